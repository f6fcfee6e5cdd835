"""What an act does, gathered by action and register and said as a verb phrase."""

from collections.abc import Callable
from dataclasses import dataclass

from monitor import vocabulary
from monitor.model import Action, Announcement, Entity, Item, Measure, Stated, Target
from monitor.render import dates, words
from monitor.render.text import cut, listed

NAME_LIMIT = 60
FAMILIES = 3
NOT_UNDERSTOOD = "publishes an act that is not understood: read it"


@dataclass(frozen=True, slots=True)
class Operation:
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


def operations(*acts: Announcement) -> tuple[Operation, ...]:
    """The measures of an act, or of all acts of a package: those alike together, in the order of the text."""
    found: dict[tuple[Action, str | None], list[Measure]] = {}
    for measure in (measure for act in acts for measure in act.measures):
        found.setdefault((measure.action, measure.register), []).append(measure)
    return tuple(Operation(action, register, tuple(alike)) for (action, register), alike in found.items())


def does(act: Announcement, *, own: bool = False) -> str:
    """`adds 24 names (14 entries) to the Unreliable Entity List`, every operation of it; `own` adds the register's own name."""
    voice = Voice(vocabulary.authority(act.authority), own)
    return listed([phrase(operation, voice) for operation in operations(act)]) or NOT_UNDERSTOOD


def headline(act: Announcement, limit: int) -> str:
    """Who does what, in one line that fits."""
    who = vocabulary.authority(act.authority)
    counted = any(operation.entities or operation.items or operation.targets for operation in operations(act))
    whole = f"{who} {does(act)}{'' if counted else f' ({words.act(act)})'}"
    if len(whole) <= limit:
        return whole
    first, *more = [phrase(operation, Voice(who)) for operation in operations(act)] or [does(act)]
    return f"{cut(f'{who} {first}', limit - 10)}{' and more' if more else ''}"


def package(acts: tuple[Announcement, ...]) -> str:
    """What several acts of one authority do together: whoever reads only this line must not miss one of their kinds."""
    who = vocabulary.authority(acts[0].authority)
    done = listed([phrase(operation, Voice(who, brief=True)) for operation in operations(*acts)])
    unread = " (not all could be read)" if any(act.understood != "full" for act in acts) else ""
    return f"{who} in {len(acts)} acts{unread} {done or 'publishes what is not understood: read them'}"


def phrase(operation: Operation, voice: Voice) -> str:
    """One operation as verb and object."""
    return _PHRASES[operation.action](operation, voice)


def _adds(operation: Operation, voice: Voice) -> str:
    if not operation.entities and operation.register in (None, "cn-dual-use-items"):
        kind = "export control" if operation.register else "control"
        return f"puts {_things(operation, voice) or 'items'} under {kind}{_destinations(operation)}"
    return f"adds {_things(operation, voice) or 'names'} to {_register(operation, voice)}{_destinations(operation)}"


def _removes(operation: Operation, voice: Voice) -> str:
    what = _things(operation, voice) or (f"what {_targets(operation, voice)} listed" if operation.targets else "names")
    return f"removes {what} from {_register(operation, voice)}"


def _changes(verb: str) -> Callable[[Operation, Voice], str]:
    def said_of(operation: Operation, voice: Voice) -> str:
        return f"{verb} {_targets(operation, voice) or _register(operation, voice)}"

    return said_of


def _suspends(operation: Operation, voice: Voice) -> str:
    ends = {measure.ends.on for measure in operation.measures if measure.ends}
    until = f" until {dates.day(ends.pop())}" if len(ends) == 1 else ""
    things = _things(operation, voice)
    measures = f"measures on {things}" if things else f"measures under {_register(operation, voice)}"
    return f"suspends {_targets(operation, voice) or measures}{until}"


def _restricts(operation: Operation, voice: Voice) -> str:
    where = _destinations(operation)
    if operation.entities:
        return f"restricts dealings with {_things(operation, voice)}"
    if operation.items or where:
        return f"restricts exports{f' of {_things(operation, voice)}' if operation.items else ''}{where}"
    return f"restricts exports under {_register(operation, voice)}" if operation.register else "adds restrictions"


def _investigates(operation: Operation, voice: Voice) -> str:
    under = f" under {_register(operation, voice)}" if operation.register else ""
    return f"opens an investigation{f' of {_things(operation, voice)}' if _things(operation, voice) else ''}{under}"


_PHRASES: dict[Action, Callable[[Operation, Voice], str]] = {
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


def _things(operation: Operation, voice: Voice) -> str:
    if operation.entities:
        return words.things(len(operation.entities), "name") if voice.brief else names(operation.entities)
    if operation.items:
        return words.things(len(operation.items), "item") if voice.brief else items(operation.items)
    stated = sum(each.entities or each.entries or 0 for each in operation.stated)
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


def _targets(operation: Operation, voice: Voice) -> str:
    whole = [target.key for target in operation.targets if not target.clauses]
    parts = [
        f"{clauses(target.clauses)} of {words.act_names((target.key,), said=voice.said)}"
        for target in operation.targets
        if target.clauses
    ]
    return listed([*([words.act_names(whole, said=voice.said)] if whole else []), *dict.fromkeys(parts)])


def clauses(marks: tuple[str, ...]) -> str:
    """`clause 二`, `clauses 一 and 二`."""
    return f"clause{'' if len(marks) == 1 else 's'} {listed(marks)}"


def _destinations(operation: Operation) -> str:
    found = dict.fromkeys(code for measure in operation.measures for code in measure.destinations)
    return f" to {listed([words.destination(code) for code in found])}" if found else ""


def _register(operation: Operation, voice: Voice) -> str:
    return f"the {vocabulary.register(operation.register, own=voice.own)}" if operation.register else "a list it does not name"
