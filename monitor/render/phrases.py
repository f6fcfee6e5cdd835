"""Word what an act does as a verb phrase, gathered by action and register."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import field, replace

from monitor import vocabulary
from monitor.model import (
    Action,
    Announcement,
    Entity,
    Item,
    Measure,
    Stated,
    Target,
    distinct,
    frozen,
)
from monitor.render import dates, words
from monitor.render.text import NAME, cut, join_words
from monitor.render.titles import translate_title
from monitor.vocabulary.registers import DUAL_USE

FAMILIES = 3
MANY = 3  # acts that a headline counts instead of numbering them

Acts = Mapping[str, Announcement]


@frozen
class Operation:
    """All measures of an act that do the same to the same register."""

    action: Action
    register: str | None
    measures: tuple[Measure, ...]
    in_part: Action | None = None  # what it does for some only

    @property
    def entities(self) -> tuple[Entity, ...]:
        return distinct(measure.entities for measure in self.measures)

    @property
    def items(self) -> tuple[Item, ...]:
        return distinct(measure.items for measure in self.measures)

    @property
    def targets(self) -> tuple[Target, ...]:
        return tuple(target for measure in self.measures for target in measure.amends)

    @property
    def stated(self) -> tuple[Stated, ...]:
        return tuple(measure.stated for measure in self.measures if measure.stated)

    @property
    def whom(self) -> str:
        """Word for whom alone it holds, of what it does to earlier acts."""
        return name_whom(self.measures)

    @property
    def extends(self) -> bool:
        """Return whether it only amends, and each measure has a last day: that of what it amends."""
        amends = self.action is Action.AMEND and not self.in_part
        return amends and all(measure.ends for measure in self.measures)

    @property
    def done_to(self) -> str:
        """Word what happens to the amended acts; "" if another phrase says it."""
        if self.in_part:
            return f"will be {words.DONE[self.in_part]} in part: read for whom or what"
        return words.DONE_TO.get(self.action, "") if self.targets else ""

    @property
    def meaning(self) -> str:
        """The meaning of a listing; only the act's own measures, if these were read."""
        code, terms = self.register or "", (term for of in self.measures for term in of.terms)
        if vocabulary.allows(code) and any(term.kind == "duty" for term in terms):
            return "the act states its own measures, see its duties"
        return vocabulary.meaning(code).rstrip(".")

    @property
    def is_control(self) -> bool:
        """Return whether it controls goods and names no parties."""
        return (
            self.action in (Action.ADD, Action.RESTRICT)
            and not self.entities
            and self.register in (None, DUAL_USE.code)
        )


@frozen
class Voice:
    """What a sentence has already said, and its manner.

    `authority` was named, so its acts need only numbers. `place` was named, so its registers need
    no country. `goods` are the subject of the act, in words. `known` are the earlier acts on
    record, by key. `brief` counts many acts, `counting` any number.
    """

    authority: str = ""
    place: str = ""
    goods: str = ""
    known: Acts = field(default_factory=dict)
    brief: bool = False
    counting: bool = False


def merge_operations(*acts: Announcement) -> tuple[Operation, ...]:
    """The measures of an act, or of all acts of a package: those alike together, in the order of
    the text.
    """
    alike: dict[tuple[Action, str | None, Action | None], list[Measure]] = {}
    for act in acts:
        for measure in act.measures:
            kind = measure.action, measure.register, act.find_partial_deed(measure)
            alike.setdefault(kind, []).append(measure)
    return tuple(
        Operation(action, register, tuple(measures), in_part)
        for (action, register, in_part), measures in alike.items()
    )


def phrase_operations(act: Announcement) -> str:
    """Word all operations of an act: `adds 24 names in 14 entries to the Unreliable
    Entity List`.
    """
    return _phrase_all(act, Voice(vocabulary.authority(act.authority)))


def phrase_effect(act: Announcement, known: Acts) -> str:
    """`puts rare earths (15 items) under export control`: what one of several acts does."""
    return _phrase_all(act, _make_brief_voice(act, known))


def _make_brief_voice(act: Announcement, known: Acts) -> Voice:
    goods = words.join_goods(words.name_goods(act))
    return Voice(
        vocabulary.authority(act.authority),
        words.name_country_of(act.authority),
        goods,
        known,
        brief=True,
    )


def compose_act_headline(act: Announcement, limit: int, known: Acts | None = None) -> str:
    """Say who does what, in one line that fits."""
    who, voice = words.name_country_of(act.authority), _make_brief_voice(act, known or {})
    if act.understood == "none":
        return cut(
            f"{who} publishes an act not understood:"
            f" {translate_title(act.title) or act.title or words.name_act(act)}",
            limit,
        )
    whole = f"{who} {_phrase_all(act, voice)}"
    if len(whole) <= limit:
        return whole
    counted = f"{who} {_phrase_all(act, replace(voice, counting=True))}"
    if len(counted) <= limit:
        return counted
    for tallied in (compose_package_headline((act,)), _tally_changes(act)):
        if len(tallied) <= limit and len(merge_operations(act)) > 1:
            return tallied
    first, *more = [phrase_operation(operation, voice) for operation in merge_operations(act)] or [
        _phrase_all(act, voice)
    ]
    tail = " and more" if more else ""
    return f"{cut(f'{who} {first}', limit - len(tail))}{tail}"


def _tally_changes(act: Announcement) -> str:
    """`China changes five earlier acts: resumed and suspended in part`, of an act that does no
    more.
    """
    operations = merge_operations(act)
    keys = {target.key for operation in operations for target in operation.targets}
    done = [words.name_done(of, act) for operation in operations for of in operation.measures]
    what = f"{words.spell_number(len(keys))} earlier act{'' if len(keys) == 1 else 's'}"
    is_all = all(of.targets and not (of.entities or of.items) for of in operations)
    who = words.name_country_of(act.authority)
    told = f"{who} changes {what}: {join_words(list(dict.fromkeys(done)))}"
    return told if is_all else compose_package_headline((act,))


def compose_package_headline(acts: tuple[Announcement, ...]) -> str:
    """Say what several acts of one authority do together, so that no kind of act is missing."""
    done = "; ".join(_tally_operation(operation) for operation in merge_operations(*acts))
    unread = " (not all could be read)" if any(act.understood != "full" for act in acts) else ""
    count = f"{words.spell_number(len(acts))} act{'' if len(acts) == 1 else 's'}"
    return (
        f"{words.name_country_of(acts[0].authority)} publishes {count}{unread}:"
        f" {done or 'not understood'}"
    )


def phrase_operation(operation: Operation, voice: Voice) -> str:
    """One operation as verb and object."""
    if operation.in_part:
        until = _phrase_until(operation)
        phrase = _PHRASES[operation.in_part](operation, voice).removesuffix(until)
        return f"{phrase} in part{until}"
    return _PHRASES[operation.action](operation, voice)


def _phrase_all(act: Announcement, voice: Voice) -> str:
    done = join_words([phrase_operation(operation, voice) for operation in merge_operations(act)])
    return done or "publishes an act whose measures were not understood"


def _tally_operation(operation: Operation) -> str:
    """`24 names listed`, `18 items controlled`, `six acts suspended`."""
    in_part = operation.in_part
    done = f"{words.TALLIED[in_part]} in part" if in_part else words.TALLIED[operation.action]
    if operation.entities:
        return f"{words.format_count(len(operation.entities), 'name')} {done}"
    if operation.items:
        controlled = "controlled" if operation.action is Action.ADD else done
        return f"{words.format_count(len(operation.items), 'item')} {controlled}"
    if operation.targets:
        return (
            f"{words.format_count(len({target.key for target in operation.targets}), 'act')} {done}"
        )
    return (
        "controls added (no items read)"
        if operation.is_control
        else f"{_name_register(operation, Voice())} {words.CHANGED[operation.action]}"
    )


def _phrase_added(operation: Operation, voice: Voice) -> str:
    if operation.is_control:
        kind = "export control" if operation.register else "control"
        return (
            f"puts {_phrase_things(operation, voice) or voice.goods or 'items'} under"
            f" {kind}{_phrase_places(operation)}"
        )
    return (
        f"adds {_phrase_things(operation, voice) or 'names'} to"
        f" {_name_register(operation, voice)}{_phrase_places(operation)}"
    )


def _phrase_removed(operation: Operation, voice: Voice) -> str:
    things = _phrase_things(operation, voice) or (
        f"what {_name_targets(operation, voice)} listed" if operation.targets else "names"
    )
    return f"removes {things} from {_name_register(operation, voice)}"


def _make_phrase(verb: str) -> Callable[[Operation, Voice], str]:
    def phrased(operation: Operation, voice: Voice) -> str:
        changed = _name_targets(operation, voice) or _name_register(operation, voice)
        return f"{verb} {changed}{operation.whom}"

    return phrased


def _phrase_amended(operation: Operation, voice: Voice) -> str:
    """Word a change of earlier acts' last day; an extended suspension is named only if all its acts
    are on record.
    """
    ends = {measure.ends.on if measure.ends else "" for measure in operation.measures}
    if len(ends) > 1 or not operation.targets or not operation.extends:
        return _make_phrase("amends")(operation, voice)
    acts = [voice.known.get(target.key) for target in operation.targets]
    known = [of for act in acts if act for of in act.measures]
    suspends = bool(known) and all(acts) and all(of.action is Action.SUSPEND for of in known)
    on, earlier = ends.pop(), max((of.ends.on for of in known if of.ends), default="")
    verb = "moves the end of" if earlier > on else "extends"
    what = "the suspension by " if suspends else ""
    return f"{verb} {what}{_name_targets(operation, voice)} to {dates.format_date(on)}"


def _phrase_suspended(operation: Operation, voice: Voice) -> str:
    things = _phrase_things(operation, voice)
    measures = (
        f"measures on {things}" if things else f"measures under {_name_register(operation, voice)}"
    )
    acts = _name_targets(operation, voice)
    return f"suspends {f'{acts}{operation.whom}' if acts else measures}{_phrase_until(operation)}"


def _phrase_until(operation: Operation) -> str:
    ends = {measure.ends.on for measure in operation.measures if measure.ends}
    return f" until {dates.format_date(ends.pop())}" if len(ends) == 1 else ""


def _phrase_restricted(operation: Operation, voice: Voice) -> str:
    where = _phrase_places(operation)
    if operation.entities:
        return f"restricts dealings with {_phrase_things(operation, voice)}"
    if operation.items or voice.goods or where:
        goods = _phrase_things(operation, voice) or voice.goods
        return f"restricts exports{f' of {goods}' if goods else ''}{where}"
    return (
        f"restricts exports under {_name_register(operation, voice)}"
        if operation.register
        else "adds restrictions"
    )


def _phrase_inquiry(operation: Operation, voice: Voice) -> str:
    under = f" under {_name_register(operation, voice)}" if operation.register else ""
    return (
        "opens an"
        f" investigation{f' of {_phrase_things(operation, voice)}' if _phrase_things(operation, voice) else ''}{under}"
    )


_PHRASES: dict[Action, Callable[[Operation, Voice], str]] = {
    Action.ADD: _phrase_added,
    Action.REMOVE: _phrase_removed,
    Action.AMEND: _phrase_amended,
    Action.REPLACE: _make_phrase("replaces"),
    Action.REPEAL: _make_phrase("ends"),
    Action.SUSPEND: _phrase_suspended,
    Action.RESUME: _make_phrase("resumes"),
    Action.RESTRICT: _phrase_restricted,
    Action.INVESTIGATE: _phrase_inquiry,
}


def _phrase_things(operation: Operation, voice: Voice) -> str:
    if operation.entities:
        is_one = len(operation.entities) == 1 and voice.counting
        return "1 name" if is_one else phrase_names(operation.entities)
    if operation.items:
        return phrase_items(operation.items, voice.goods)
    stated = sum(count.entities or count.entries or 0 for count in operation.stated)
    return f"{words.format_count(stated, 'name')} (as stated)" if stated else ""


def phrase_names(entities: tuple[Entity, ...]) -> str:
    """`24 names in 14 entries`: members of a group share its entry; one alone is named."""
    if len(entities) == 1:
        return cut(choose_english_name(entities[0]), NAME)
    entries = sum(entity.parent is None for entity in entities)
    grouped = f" in {words.count_entries(entries)}" if 0 < entries < len(entities) else ""
    return f"{words.format_count(len(entities), 'name')}{grouped}"


# what holds for the names and goods of its measure, not for all that the earlier act has
FOR_SOME = (Action.SUSPEND, Action.RESUME, Action.REPEAL, Action.REMOVE)


def name_whom(measures: Sequence[Measure]) -> str:
    """` for 2 names`: for whom or what an earlier act ends, is suspended or applies again, if not
    all of it does.
    """
    changing = [of for of in measures if of.amends and of.action in FOR_SOME]
    limited = [of for of in changing if of.entities or of.items]
    if len(limited) < len(changing):
        return " in part" if limited else ""
    entities = distinct(of.entities for of in limited)
    named = (
        phrase_names(entities) if entities else phrase_items(distinct(of.items for of in limited))
    )
    return f" for {named}" if limited else ""


def phrase_items(controlled: tuple[Item, ...], goods: str = "") -> str:
    """`rare earths (15 items)`, where the goods are known; else how many, and the families of
    codes they are of.
    """
    if goods:
        return f"{goods} ({words.format_count(len(controlled), 'item')})"
    families = list(
        dict.fromkeys(cut(code.split(".")[0], 12) for item in controlled for code in item.codes)
    )
    more = " …" if len(families) > FAMILIES else ""
    codes = f" ({', '.join(families[:FAMILIES])}{more})" if families else ""
    return f"{words.format_count(len(controlled), 'item')}{codes}"


def choose_english_name(entity: Entity) -> str:
    """The name an English reader can say, else the one there is."""
    return entity.names.get("en") or next(filter(None, entity.names.values()), "an unnamed party")


def phrase_targets(targets: tuple[Target, ...], named: str = "") -> str:
    """Name targets: `MOFCOM No. 55 and 56 of 2025 and clause 2 of No. 61 of 2025`; without a series
    in `named`.
    """
    whole = [target.key for target in targets if not target.clauses]
    parts = [
        f"{phrase_clauses(target.clauses)} of {words.name_acts((target.key,), named=named)}"
        for target in targets
        if target.clauses
    ]
    return join_words(
        [*([words.name_acts(whole, named=named)] if whole else []), *dict.fromkeys(parts)]
    )


def _name_targets(operation: Operation, voice: Voice) -> str:
    keys = {target.key for target in operation.targets}
    if keys and (voice.counting or (voice.brief and len(keys) >= MANY)):
        acts = [voice.known.get(key) for key in keys]
        are_controls = all(
            act
            and act.measures
            and all(operation.is_control for operation in merge_operations(act))
            for act in acts
        )
        noun = "export control" if are_controls else "earlier act"
        return f"{words.spell_number(len(keys))} {noun}{'' if len(keys) == 1 else 's'}"
    return phrase_targets(operation.targets, "" if voice.brief else voice.authority)


def phrase_clauses(marks: tuple[str, ...]) -> str:
    """`clause 2`, `clauses 1 and 2(1)`: numerals of the original as figures."""
    return f"clause{'' if len(marks) == 1 else 's'} {join_words([words.format_mark(mark) for mark in marks])}"


def _phrase_places(operation: Operation) -> str:
    codes = dict.fromkeys(code for measure in operation.measures for code in measure.destinations)
    return f" to {join_words([words.name_destination(code) for code in codes])}" if codes else ""


def _name_register(operation: Operation, voice: Voice) -> str:
    if not operation.register:
        return "a list it does not name"
    name = vocabulary.register(operation.register)
    return f"the {name.removeprefix(f'{voice.place} ') if voice.place else name}"
