"""What an act does, gathered by action and register and said as a verb phrase."""

from collections.abc import Callable
from dataclasses import dataclass

from monitor import vocabulary
from monitor.model import Action, Announcement, Entity, Item, Measure, Stated, Target
from monitor.render import dates, words
from monitor.render.text import cut, listed

NAME_LIMIT = 60
FAMILIES = 3


@dataclass(frozen=True, slots=True)
class Deed:
    """All measures of an act that do the same to the same register."""

    action: Action
    register: str | None
    measures: tuple[Measure, ...]

    @property
    def entities(self) -> tuple[Entity, ...]:
        return tuple(entity for measure in self.measures for entity in measure.entities)

    @property
    def items(self) -> tuple[Item, ...]:
        return tuple(item for measure in self.measures for item in measure.items)

    @property
    def targets(self) -> tuple[Target, ...]:
        return tuple(target for measure in self.measures for target in measure.amends)

    @property
    def stated(self) -> tuple[Stated, ...]:
        return tuple(measure.stated for measure in self.measures if measure.stated)


@dataclass(frozen=True, slots=True)
class Voice:
    """What the sentence has said already (`said`: the authority, whose acts then need only their numbers), and its manner.

    `own` adds the register's own name; `brief` only counts.
    """

    said: str = ""
    own: bool = False
    brief: bool = False


def deeds(*acts: Announcement) -> tuple[Deed, ...]:
    """The measures of an act, or of all acts of a package: those alike together, in the order of the text."""
    found: dict[tuple[Action, str | None], list[Measure]] = {}
    for measure in (measure for act in acts for measure in act.measures):
        found.setdefault((measure.action, measure.register), []).append(measure)
    return tuple(Deed(action, register, tuple(alike)) for (action, register), alike in found.items())


def does(act: Announcement, *, own: bool = False) -> str:
    """`adds 24 names (14 entries) to the Unreliable Entity List`, every deed of it; `own` adds the register's own name."""
    voice = Voice(vocabulary.authority(act.authority), own)
    return listed([phrase(deed, voice) for deed in deeds(act)]) or "publishes an act whose measures were not understood"


def headline(act: Announcement, limit: int) -> str:
    """Who does what, in one line that fits."""
    who = vocabulary.authority(act.authority)
    counted = any(deed.entities or deed.items or deed.targets for deed in deeds(act))
    whole = f"{who} {does(act)}{'' if counted else f' ({words.act(act)})'}"
    if len(whole) <= limit:
        return whole
    first, *more = [phrase(deed, Voice(who)) for deed in deeds(act)] or [does(act)]
    return f"{cut(f'{who} {first}', limit - 10)}{' and more' if more else ''}"


def package(acts: tuple[Announcement, ...]) -> str:
    """What several acts of one authority do together: whoever reads only this line must not miss one of their kinds."""
    who = vocabulary.authority(acts[0].authority)
    done = listed([phrase(deed, Voice(who, brief=True)) for deed in deeds(*acts)])
    unread = " (not all could be read)" if any(act.understood == "part" for act in acts) else ""
    return f"{who} in {len(acts)} acts{unread} {done or 'publishes measures that were not understood'}"


def phrase(deed: Deed, voice: Voice) -> str:
    """One deed as verb and object."""
    return _PHRASES[deed.action](deed, voice)


def _adds(deed: Deed, voice: Voice) -> str:
    if not deed.entities and deed.register in (None, "cn-dual-use-items"):
        return f"puts {_things(deed, voice) or 'items'} under {'export ' if deed.register else ''}control{_destinations(deed)}"
    return f"adds {_things(deed, voice) or 'names'} to {_register(deed, voice)}{_destinations(deed)}"


def _removes(deed: Deed, voice: Voice) -> str:
    what = _things(deed, voice) or (f"what {_targets(deed, voice)} listed" if deed.targets else "names")
    return f"removes {what} from {_register(deed, voice)}"


def _changes(verb: str) -> Callable[[Deed, Voice], str]:
    def said_of(deed: Deed, voice: Voice) -> str:
        return f"{verb} {_targets(deed, voice) or _register(deed, voice)}"

    return said_of


def _suspends(deed: Deed, voice: Voice) -> str:
    ends = {measure.ends.on for measure in deed.measures if measure.ends}
    until = f" until {dates.day(ends.pop())}" if len(ends) == 1 else ""
    things = _things(deed, voice)
    measures = f"measures on {things}" if things else f"measures under {_register(deed, voice)}"
    return f"suspends {_targets(deed, voice) or measures}{until}"


def _restricts(deed: Deed, voice: Voice) -> str:
    where = _destinations(deed)
    if deed.entities:
        return f"restricts dealings with {_things(deed, voice)}"
    if deed.items or where:
        return f"restricts exports{f' of {_things(deed, voice)}' if deed.items else ''}{where}"
    return f"restricts exports under {_register(deed, voice)}" if deed.register else "adds restrictions"


def _investigates(deed: Deed, voice: Voice) -> str:
    under = f" under {_register(deed, voice)}" if deed.register else ""
    return f"opens an investigation{f' of {_things(deed, voice)}' if _things(deed, voice) else ''}{under}"


_PHRASES: dict[Action, Callable[[Deed, Voice], str]] = {
    Action.ADD: _adds,
    Action.REMOVE: _removes,
    Action.AMEND: _changes("amends"),
    Action.REPLACE: _changes("replaces"),
    Action.REPEAL: _changes("ends"),
    Action.SUSPEND: _suspends,
    Action.RESUME: _changes("resumes"),
    Action.RESTRICT: _restricts,
    Action.INVESTIGATE: _investigates,
}


def _things(deed: Deed, voice: Voice) -> str:
    if deed.entities:
        return words.things(len(deed.entities), "name") if voice.brief else names(deed.entities)
    if deed.items:
        return words.things(len(deed.items), "item") if voice.brief else items(deed.items)
    stated = sum(each.entities or each.entries or 0 for each in deed.stated)
    return f"{words.things(stated, 'name')} (as stated)" if stated else ""


def names(entities: tuple[Entity, ...]) -> str:
    """`24 names (14 entries)`: members of a group share its entry; one alone is named."""
    if len(entities) == 1:
        return cut(spoken(entities[0]), NAME_LIMIT)
    entries = sum(entity.parent is None for entity in entities)
    grouped = f" ({words.entries(entries)})" if 0 < entries < len(entities) else ""
    return f"{words.things(len(entities), 'name')}{grouped}"


def items(controlled: tuple[Item, ...]) -> str:
    """`15 items (1C909, 1C910, 1C911 …)`: how many, and the families of codes they are of."""
    families = list(dict.fromkeys(cut(code.split(".")[0], 12) for item in controlled for code in item.codes))
    more = " …" if len(families) > FAMILIES else ""
    said = f" ({', '.join(families[:FAMILIES])}{more})" if families else ""
    return f"{words.things(len(controlled), 'item')}{said}"


def spoken(entity: Entity) -> str:
    """The name an English reader can say, else the one there is."""
    return entity.names.get("en") or next(filter(None, entity.names.values()), "an unnamed party")


def _targets(deed: Deed, voice: Voice) -> str:
    whole = [target.key for target in deed.targets if not target.clauses]
    parts = [
        f"{clauses(target.clauses)} of {words.act_names((target.key,), said=voice.said)}"
        for target in deed.targets
        if target.clauses
    ]
    return listed([*([words.act_names(whole, said=voice.said)] if whole else []), *dict.fromkeys(parts)])


def clauses(marks: tuple[str, ...]) -> str:
    """`clause 二`, `clauses 一 and 二`."""
    return f"clause{'' if len(marks) == 1 else 's'} {listed(marks)}"


def _destinations(deed: Deed) -> str:
    found = dict.fromkeys(code for measure in deed.measures for code in measure.destinations)
    return f" to {listed([words.destination(code) for code in found])}" if found else ""


def _register(deed: Deed, voice: Voice) -> str:
    return f"the {vocabulary.register(deed.register, own=voice.own)}" if deed.register else "a list it does not name"
