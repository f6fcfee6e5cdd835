"""One act as a person needs it at nine in the morning: what changes for whom and when, and whom or what it lists."""

from collections.abc import Callable, Iterable, Iterator

from monitor import vocabulary
from monitor.alert.notice import Side
from monitor.model import Action, Announcement, Entity, Item, Measure
from monitor.render import dates, glossary, words
from monitor.render.phrases import Acts, Operation, Voice, clauses, operations, phrase, spoken, targeted
from monitor.render.text import capital, cut, listed, uncapital
from monitor.render.words import ANNEX, Line, Table, filled
from monitor.watch.glosses import gloss

NAMED = 3  # how many names the sentence says before the table does
TOLD = 3  # how many of the things an act does are told in sentences of their own


def summary(act: Announcement, known: Acts) -> str:
    """What changes for whom, from when and until when: a sentence for each thing that the act does."""
    if act.understood == "none":
        return f"{vocabulary.authority(act.authority)} published it, and it was not understood: read it."
    sentences = list(dict.fromkeys(_sentence(operation, act, known) for operation in operations(act)))
    more = [f"{words.things(len(sentences) - TOLD, 'more change')} below."] if len(sentences) > TOLD else []
    doubt = [f"{capital(act.doubts[0].why)}: it may do the opposite, read it. As it was read:"] if act.doubts else []
    return " ".join([*doubt, *sentences[:TOLD], *more]) or "What it does was not understood: read it."


def _sentence(operation: Operation, act: Announcement, known: Acts) -> str:
    again = ", and afterwards will be again" if operation.action is Action.SUSPEND and _until(operation) else ""
    sentence = f"{_from(operation.measures, act.authority)}{_until(operation)}, {_consequence(operation, act, known)}{again}"
    return f"{capital(sentence.rstrip('.'))}."


def _from(measures: tuple[Measure, ...], authority: str) -> str:
    """`From 8 Nov 2025 (Beijing)`; of parts with days of their own each day with its clauses."""
    by_day: dict[str, list[Measure]] = {}
    for measure in measures:
        by_day.setdefault(measure.starts.on if measure.starts else "", []).append(measure)
    if list(by_day) == [""]:
        return "on a day that it does not state"
    days = [
        f"{dates.local(on, authority)}{_of(measures) if len(by_day) > 1 else ''}" if on else f"a day not stated{_of(measures)}"
        for on, measures in by_day.items()
    ]
    return f"from {listed(days)}"


def _of(measures: list[Measure]) -> str:
    marks = tuple(mark for measure in measures for mark in measure.clauses)
    return f" for {clauses(marks)}" if marks else ""


def _until(operation: Operation) -> str:
    ends = list(dict.fromkeys(dates.last_day(measure.ends) for measure in operation.measures if measure.ends))
    return f" until {listed(ends)}" if ends else ""


def since(act: Announcement) -> str:
    """` from 8 Nov 2025 (Beijing)`, where all its parts begin on one day."""
    starts = {measure.starts.on if measure.starts else "" for measure in act.measures}
    on = starts.pop() if len(starts) == 1 else ""
    return f" from {dates.local(on, act.authority)}" if on else ""


def _consequence(operation: Operation, act: Announcement, known: Acts) -> str:
    if operation.action is Action.ADD:
        return _added(operation, act)
    if operation.action in _DONE_TO and operation.targets:
        return f"{targeted(operation.targets)}{_about(operation, known)} {_DONE_TO[operation.action]}"
    if operation.action is Action.REMOVE and operation.entities:
        return f"{_named(operation)} {_are(len(operation.entities))} off the {_register(operation)}"
    who = vocabulary.authority(act.authority)
    goods = glossary.spoken(glossary.goods(act)) if not operation.entities else ""
    return f"{who} {phrase(operation, Voice(who, goods=goods))}{_including(operation)}"


_DONE_TO = {
    Action.SUSPEND: "will not be applied",
    Action.RESUME: "will be applied again",
    Action.REPEAL: "will no longer be applied",
    Action.AMEND: "will be applied as amended",
    Action.REPLACE: "will give way to this act",
}


def _added(operation: Operation, act: Announcement) -> str:
    meaning = uncapital(vocabulary.meaning(operation.register or "").rstrip("."))
    things = _named(operation)
    if operation.items or not operation.entities:
        goods = glossary.spoken(glossary.goods(act), most=4)
        things = f"{goods} ({things})" if goods and things else goods or things
    if meaning:
        return f"for {things or 'whom or what it names'}: {meaning}"
    where = f"on the {_register(operation)}" if operation.register else "under control"
    count = len(operation.entities) or len(operation.items) or _stated(operation)
    return f"{things} {_are(count)} {where}" if things else f"what it names is {where}"


def _are(count: int) -> str:
    return "is" if count == 1 else "are"


def _register(operation: Operation) -> str:
    return vocabulary.register(operation.register, own=True) if operation.register else "list"


def _about(operation: Operation, known: Acts) -> str:
    """What the acts it changes are about, in words, where we have them."""
    acts = [known[target.key] for target in operation.targets if target.key in known]
    goods = list(dict.fromkeys(word for act in acts for word in glossary.goods(act)))
    return f" ({glossary.spoken(goods, most=4)})" if goods else ""


def _named(operation: Operation) -> str:
    """The first names, and how many more; of items how many."""
    if operation.entities:
        names = [cut(spoken(entity), 50) for entity in operation.entities[:NAMED]]
        more = [f"{len(operation.entities) - NAMED:,} more"] if len(operation.entities) > NAMED else []
        return listed([*names, *more])
    if len(operation.items) == 1:
        return cut(_item(operation.items[0]), 60)
    if operation.items:
        return words.things(len(operation.items), "item")
    stated = _stated(operation)
    return f"{words.things(stated, 'name')} as stated" if stated else ""


def _stated(operation: Operation) -> int:
    return sum(count.entities or count.entries or 0 for count in operation.stated)


def _including(operation: Operation) -> str:
    return f" ({_named(operation)})" if len(operation.entities) > 1 else ""


def _item(item: Item) -> str:
    name = next(filter(None, item.names.values()), "")
    return item.names.get("en") or name or ", ".join(item.codes) or "an unnamed item"


def details(act: Announcement, known: Acts) -> Iterator[Line]:
    """What the act is called, what it rests on, which acts it changes: what its reader looks up, not what he needs at once."""
    yield Line("Title", act.title or words.act(act))
    if act.number and act.number != act.title:
        yield Line("Number", act.number)
    yield from targets(act, known)
    for attachment in act.attachments:
        yield Line(ANNEX, attachment.title or "attachment", attachment.url)
    if act.legal_basis:
        yield Line("Legal basis", ", ".join(act.legal_basis))


def targets(act: Announcement, known: Acts) -> Iterator[Line]:
    """The earlier acts it changes, with their titles where we have them."""
    changed = dict.fromkeys((measure.action, target) for measure in act.measures for target in measure.amends)
    for action, target in changed:
        earlier = known.get(target.key)
        part = f"{clauses(target.clauses)} of " if target.clauses else ""
        title = f": {earlier.title}" if earlier and earlier.title else ""
        name = words.act(earlier) if earlier else words.act_names((target.key,))
        yield Line(capital(words.DONE[action]), f"{part}{name}{title}", earlier.url if earlier else "")


def when(act: Announcement) -> tuple[str, str]:
    """Start and end, to be compared with another reading of the same act."""
    return _when(act, _start), _when(act, _end)


def _start(measure: Measure) -> str:
    return dates.day(measure.starts.on) if measure.starts else ""


def _end(measure: Measure) -> str:
    return dates.last_day(measure.ends) if measure.ends else ""


def _when(act: Announcement, moment: Callable[[Measure], str]) -> str:
    """The date all measures share, or each date with its clauses."""
    by_moment: dict[str, list[Measure]] = {}
    for measure in act.measures:
        by_moment.setdefault(moment(measure), []).append(measure)
    if len(by_moment) == 1:
        return next(iter(by_moment))
    return "; ".join(f"{_part(measures)}: {day}" for day, measures in by_moment.items() if day)


def _part(measures: list[Measure]) -> str:
    marks = tuple(mark for measure in measures for mark in measure.clauses)
    return clauses(marks) if marks else listed(list(dict.fromkeys(words.DONE[measure.action] for measure in measures)))


def shortfalls(act: Announcement) -> Iterator[str]:
    """What was not understood, and every count of the text that what was read does not meet."""
    for unread in act.not_read:
        quoted = f": “{unread.quote}”" if unread.quote else ""
        yield f"{unread.what} ({unread.why}){quoted}"
    for measure in act.measures:
        yield from _miscounts(measure)
    if act.understood != "full" and not act.not_read:
        yield "the text as a whole; open the notice" if act.understood == "none" else "parts of the text; open the notice"


def _miscounts(measure: Measure) -> Iterator[str]:
    if measure.stated is None:
        return
    entries = sum(entity.parent is None for entity in measure.entities)
    counts = ((measure.stated.entities, len(measure.entities), "names"), (measure.stated.entries, entries, "entries"))
    for stated, read, noun in counts:
        if stated is not None and stated != read:
            yield f"the text states {stated:,} {noun}; {read:,} were read"


def tables(act: Announcement) -> tuple[Table, ...]:
    """Who is listed, and what is controlled."""
    return filled(_entities(act), _items(act))


def _entities(act: Announcement) -> Table:
    several = [operation for operation in operations(act) if operation.entities]
    rows = tuple(
        (_list(operation) if len(several) > 1 else "", *row(entity)) for operation in several for entity in operation.entities
    )
    return Table("Names", ("List", "Name", "English name", "Note"), rows)


def _list(operation: Operation) -> str:
    return f"{operation.action}: {vocabulary.register(operation.register)}" if operation.register else str(operation.action)


def row(entity: Entity) -> tuple[str, str, str]:
    """Own name, English name, and what else a reader should know of it."""
    own = next((name for language, name in entity.names.items() if language != "en"), "")
    member = "↳ " if entity.parent else ""
    english = entity.names.get("en", "")
    return (f"{member}{own}" if own else "", english if own else f"{member}{english}", note(entity))


def note(entity: Entity) -> str:
    """Role, group, country, kind, other names."""
    parts = [
        entity.role or "",
        f"member of {entity.parent}" if entity.parent else "",
        words.country(entity.country) if entity.country else "",
        entity.kind if entity.kind in {"person", "vessel", "aircraft"} and not entity.role else "",
        f"also {', '.join(entity.aliases)}" if entity.aliases else "",
    ]
    return "; ".join(filter(None, parts))


def _items(act: Announcement) -> Table:
    rows = tuple(item_row(item) for operation in operations(act) for item in operation.items)
    return Table("Items", ("Code", "Item", "In English", "HS", "Note"), rows)


def item_row(item: Item) -> tuple[str, str, str, str, str]:
    """Code, name, English name or else the English of the words in it that are known, HS numbers, note."""
    own = next((name for language, name in item.names.items() if language != "en"), "")
    return (", ".join(item.codes), own, item.names.get("en") or gloss(own), ", ".join(item.hs), item.note)


def quotes(act: Announcement) -> tuple[str, ...]:
    """The words that carry the verbs, each once."""
    return tuple(dict.fromkeys(measure.quote for measure in act.measures if measure.quote))


# Two laws at once, side by side: what one forbids and what the other lists, each by its own words. No conclusion is drawn.

LABEL = "Two laws at once"
LONGEST = 300  # characters of a quote


def lines(pairs: Iterable[tuple[Side, Side]]) -> Iterator[Line]:
    """Both sides of each pair, one under the other."""
    for pair in pairs:
        yield from (Line(LABEL, _side(side), side.url) for side in pair)


def _side(side: Side) -> str:
    quote = f": “{cut(side.quote, LONGEST)}”" if side.quote else ""
    on = f" ({dates.day(side.on)})" if side.on else ""
    return f"{side.name}, {vocabulary.register(side.register)}{on}{quote}"
