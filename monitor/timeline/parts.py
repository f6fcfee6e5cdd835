"""A measure cut into the parts that always share one fate: by clause, by whom or what it names, by destination. Pure."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from monitor.model import Entity, Item, Measure
from monitor.timeline.effects import Effect, Node
from monitor.timeline.names import Path, called, clauses, covers, same_item

Thing = Entity | Item
Scope = Mapping[Effect, frozenset[Hashable]]  # what an effect is for, where it is not for all


@dataclass(frozen=True, slots=True)
class MeasurePart:
    """What is cut out, and the effects on it. Its clauses are all that are not `apart` where none are named."""

    effects: tuple[Effect, ...]
    clauses: tuple[str, ...] = ()
    apart: tuple[str, ...] = ()
    entities: tuple[Entity, ...] = ()
    items: tuple[Item, ...] = ()
    destinations: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Slice:
    """One slice along one of the three ways to cut: what lies in it, and which effects spare it."""

    of: tuple[Hashable, ...]
    spared_by: frozenset[Effect] = frozenset()
    apart: tuple[str, ...] = ()


def parts(node: Node, effects: Sequence[Effect]) -> Iterator[MeasurePart]:
    """The parts of a measure. An effect on nothing that the measure names is none."""
    measure = node.measure
    things = _things(measure, effects)
    subjects = _subject_scope(measure, effects)
    places = _destination_scope(measure, effects)
    felt = [effect for effect in effects if subjects.get(effect, True) and places.get(effect, True)]
    ways = (
        _by_clause(measure, felt),
        _slices(_own(measure), felt, subjects),
        _slices(measure.destinations, felt, places),
    )
    for clause, subject, place in product(*ways):
        spared_by = clause.spared_by | subject.spared_by | place.spared_by
        named = [things[name] for name in subject.of]
        yield MeasurePart(
            effects=tuple(effect for effect in felt if effect not in spared_by),
            clauses=tuple(str(mark) for mark in clause.of),
            apart=clause.apart,
            entities=tuple(thing for thing in named if isinstance(thing, Entity)),
            items=tuple(thing for thing in named if isinstance(thing, Item)),
            destinations=tuple(str(code) for code in place.of),
        )


def _own(measure: Measure) -> tuple[Hashable, ...]:
    return (*((Entity, at) for at in range(len(measure.entities))), *((Item, at) for at in range(len(measure.items))))


def _things(measure: Measure, effects: Iterable[Effect]) -> dict[Hashable, Thing]:
    """All entities and items, the measure's own by their place, those that only others name by their words."""
    things: dict[Hashable, Thing] = {(Entity, at): entity for at, entity in enumerate(measure.entities)}
    things |= {(Item, at): item for at, item in enumerate(measure.items)}
    for effect in effects:
        things |= {_words(entity): entity for entity in effect.by.measure.entities}
        things |= {_words(item): item for item in effect.by.measure.items}
    return things


def _words(thing: Thing) -> Hashable:
    codes = (thing.codes, thing.hs) if isinstance(thing, Item) else ()
    return type(thing), tuple(sorted(thing.names.items())), codes


def _subject_scope(measure: Measure, effects: Iterable[Effect]) -> Scope:
    return {
        effect: frozenset((*_entities(measure, effect.by.measure), *_items(measure, effect.by.measure)))
        for effect in effects
        if effect.narrow and (effect.by.measure.entities or effect.by.measure.items)
    }


def _entities(measure: Measure, by: Measure) -> Iterator[Hashable]:
    """Which entities of a measure another names; where it has none of its own, those of the other are cut out of it."""
    if not measure.entities:
        yield from map(_words, by.entities)
        return
    named = {name for entity in by.entities for name in called(entity)}
    yield from ((Entity, at) for at, entity in enumerate(measure.entities) if called(entity) & named)


def _items(measure: Measure, by: Measure) -> Iterator[Hashable]:
    if not measure.items:
        yield from map(_words, by.items)
        return
    for at, item in enumerate(measure.items):
        if any(same_item(other, item) for other in by.items):
            yield Item, at


def _destination_scope(measure: Measure, effects: Iterable[Effect]) -> Scope:
    return {
        effect: frozenset(
            code for code in effect.by.measure.destinations if not measure.destinations or code in measure.destinations
        )
        for effect in effects
        if effect.narrow and effect.by.measure.destinations
    }


def _slices(own: Sequence[Hashable], effects: Iterable[Effect], scope: Scope) -> list[Slice]:
    """What the same effects spare lies together; a measure that names nothing is also about all that others don't name."""
    limited = [effect for effect in effects if effect in scope]
    if not limited:
        return [Slice(tuple(own))]
    others = () if own else dict.fromkeys(thing for effect in limited for thing in sorted(scope[effect], key=repr))
    together: dict[frozenset[Effect], list[Hashable]] = defaultdict(list)
    for thing in (*own, *others):
        together[frozenset(effect for effect in limited if thing not in scope[effect])].append(thing)
    rest = [] if own else [Slice((), frozenset(limited))]
    return [*(Slice(tuple(alike), spared_by) for spared_by, alike in together.items()), *rest]


def _by_clause(measure: Measure, effects: Iterable[Effect]) -> list[Slice]:
    own = clauses(measure.clauses)
    limited = [effect for effect in effects if effect.clauses and not _all_under(own, effect.clauses)]
    if not limited:
        return [Slice(measure.clauses)]
    marks = own | {path: mark for effect in limited for path, mark in effect.clauses.items() if _within(own, path)}
    together: dict[frozenset[Effect], list[Path]] = defaultdict(list)
    for path in sorted(marks):
        together[frozenset(effect for effect in limited if not _all_under([path], effect.clauses))].append(path)
    rest = [] if own else [Slice((), frozenset(limited), apart=tuple(marks[path] for path in sorted(marks)))]
    return [*(_clause_slice(marks, alike, spared_by) for spared_by, alike in together.items()), *rest]


def _clause_slice(marks: Mapping[Path, str], alike: Sequence[Path], spared_by: frozenset[Effect]) -> Slice:
    deeper = tuple(mark for path, mark in marks.items() if path not in alike and any(covers(upper, path) for upper in alike))
    return Slice(tuple(marks[path] for path in alike), spared_by, apart=deeper)


def _all_under(lower: Iterable[Path], upper: Iterable[Path]) -> bool:
    """Whether there are clauses below, and each of them is one of those above or lies under it."""
    below = list(lower)
    return bool(below) and all(any(covers(above, path) for above in upper) for path in below)


def _within(own: Iterable[Path], path: Path) -> bool:
    """Whether a clause is part of a measure: of one that names no clause of its own every clause may be."""
    own = list(own)
    return not own or any(covers(upper, path) for upper in own)
