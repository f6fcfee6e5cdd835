"""Which measure touches which: by the act it names, or by the names it takes off a register. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime

from monitor import vocabulary
from monitor.model import Action, Announcement, Measure, Target
from monitor.timeline.values import Cause, Path, Rank, called, clauses, codes, covers
from monitor.vocabulary.letters import bare

TOUCHING = frozenset({Action.SUSPEND, Action.RESUME, Action.REMOVE, Action.REPEAL, Action.REPLACE})
LISTING = frozenset({Action.ADD, Action.RESTRICT, Action.REPLACE})
WHOLE = ""  # no name: the register as a whole


@dataclass(frozen=True, slots=True, eq=False)
class Node:
    """A measure in its act: the day it was `told`, the first day it `begins` to hold, the last day it states if it does.

    `cause` is the measure as evidence of what it does to others and to itself.
    """

    cause: Cause
    index: int
    told: date
    begins: date
    ends: date | None = None
    seen: bool = True

    @property
    def act(self) -> Announcement:
        """The act that the measure is part of."""
        return self.cause.act

    @property
    def measure(self) -> Measure:
        """The measure itself."""
        return self.cause.measure

    @property
    def rank(self) -> Rank:
        """What came later ranks higher; the same whenever and in whatever order we read it."""
        return self.begins, self.told, self.act.key, self.index


@dataclass(frozen=True, slots=True, eq=False)
class Effect:
    """What one measure does to another; `clauses` where it names only some, by their levels."""

    by: Node
    clauses: dict[Path, str] = field(default_factory=dict)

    @property
    def narrow(self) -> bool:
        """Whether it is for the entities, items or destinations it names, and not for all that the other measure is about."""
        return self.by.measure.action is not Action.REPLACE


def nodes(act: Announcement, seen: datetime) -> Iterator[Node]:
    """The measures of an act. A day that no text gives is that of publication, else the day we saw it."""
    saw = vocabulary.today(act.authority, seen)
    published = vocabulary.day(act.published or "", act.authority)
    for index, measure in enumerate(act.measures):
        begins = vocabulary.day(measure.starts.on, act.authority) if measure.starts else None
        ends = vocabulary.day(measure.ends.on, act.authority) if measure.ends else None
        yield Node(Cause(act, measure), index, published or begins or saw, begins or published or saw, ends)


def extends(measure: Measure) -> bool:
    """Whether it gives another measure a new last day."""
    bare = not measure.entities and not measure.items
    return measure.ends is not None and (measure.action is Action.AMEND or (measure.action is Action.ADD and bare))


class EffectGraph:
    """All measures and what touches each. An act that others name and nobody has shown us stands in it by their words alone."""

    def __init__(self, every: Iterable[Node]) -> None:
        self.nodes = sorted(every, key=lambda node: node.rank)
        self.touching: dict[Node, list[Effect]] = defaultdict(list)
        self._of_act: dict[str, list[Node]] = defaultdict(list)
        self._listed: dict[tuple[str, str | Path], list[Node]] = defaultdict(list)
        for node in self.nodes:
            self._of_act[node.act.key].append(node)
            self._enter(node)
        touching = [node for node in self.nodes if node.measure.action in TOUCHING or extends(node.measure)]
        for node in touching:  # first all that nobody has shown us, so that whoever touches the whole act touches it too
            self._imagine(node)
        for node in touching:
            self._touch(node)

    def _enter(self, node: Node) -> None:
        register = node.measure.register
        if register is None or node.measure.action not in LISTING:
            return
        for name in listed(node.measure):
            self._listed[register, name].append(node)

    def _imagine(self, node: Node) -> None:
        """Where an act, or a clause of it, that others speak of was never read: let it stand there."""
        for target in node.measure.amends:
            known = self._of_act[target.key]
            if not extends(node.measure) and target.key != node.act.key and not _named(known, target):
                ghost = _ghost(node, target, known[0].act if known else None, len(known))
                self._of_act[target.key].append(ghost)
                self.nodes.append(ghost)

    def _touch(self, node: Node) -> None:
        for target in node.measure.amends:
            if target.key != node.act.key:
                for other in _named(self._of_act[target.key], target):
                    self.touching[other].append(Effect(node, clauses(target.clauses)))
        for other in dict.fromkeys(self._on_register(node)):
            if not any(effect.by is node for effect in self.touching[other]):
                self.touching[other].append(Effect(node))

    def _on_register(self, node: Node) -> Iterator[Node]:
        """The earlier listings of the names that a measure takes off a register, whatever act made them."""
        for name in sorted(struck(node.measure), key=str):
            for other in self._listed.get((node.measure.register or "", name), ()):
                if other.rank < node.rank and other.act.key != node.act.key:
                    yield other


def _named(known: list[Node], target: Target) -> list[Node]:
    """The measures of an act that a target means: those of its clauses, else those of which no clause is known."""
    named = clauses(target.clauses)
    if not named:
        return known
    exact = [node for node in known if _has_clause(node.measure, named)]
    return exact or [node for node in known if not node.measure.clauses]


def _ghost(node: Node, target: Target, act: Announcement | None, index: int) -> Node:
    marks = target.clauses if act else ()
    act = act or Announcement(key=target.key, authority=node.act.authority, title="", understood="part")
    measure = Measure(action=Action.ADD, register=node.measure.register, clauses=marks)
    return Node(Cause(act, measure), index, node.begins, node.begins, seen=False)


def listed(measure: Measure) -> set[str | Path]:
    """All names by which what a measure puts on its register may be taken off it."""
    names = {upper for subject in _subjects(measure) for upper in _above(subject)}
    return names | {WHOLE} if measure.action is Action.REPLACE else names


def struck(measure: Measure) -> set[str | Path]:
    """The names that a measure may take off its register, whatever act put them there."""
    if measure.register is None or (measure.amends and measure.action is not Action.REMOVE):
        return set()
    if measure.action is Action.REPLACE:  # a new edition of the whole register ends the edition before it
        return set() if measure.entities or measure.items else {WHOLE}
    return _subjects(measure)


def _above(name: str | Path) -> Iterator[str | Path]:
    """A name; a code with all codes that it lies under."""
    if isinstance(name, str):
        yield name
    else:
        yield from (name[:length] for length in range(1, len(name) + 1))


def _subjects(measure: Measure) -> set[str | Path]:
    named: set[str | Path] = {name for entity in measure.entities for name in called(entity)}
    for item in measure.items:
        named |= codes(item) or {bare(name) for name in item.names.values()}
    return named


def _has_clause(measure: Measure, named: dict[Path, str]) -> bool:
    own = clauses(measure.clauses)
    return any(covers(upper, lower) or covers(lower, upper) for upper in named for lower in own)
