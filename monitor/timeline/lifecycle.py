"""Compute the history of every part of every measure from the measures' effects. No I/O."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from itertools import pairwise, product
from types import MappingProxyType

from monitor import vocabulary
from monitor.model import Action, Announcement, Entity, Item, Measure, Target, frozen
from monitor.timeline.values import (
    Cause,
    Ending,
    Lifecycle,
    Path,
    Rank,
    Span,
    Status,
    is_akin,
    is_same_item,
    is_within,
    list_codes,
    list_names,
    parse_clauses,
)
from monitor.vocabulary.letters import bare

# Which measure affects which: by the act it names, or by the names it removes from a register. No
# I/O.

TOUCHING = frozenset({Action.SUSPEND, Action.RESUME, Action.REMOVE, Action.REPEAL, Action.REPLACE})
LISTING = frozenset({Action.ADD, Action.RESTRICT, Action.REPLACE})
WHOLE = ""  # no name: the register as a whole


@dataclass(frozen=True, slots=True, eq=False)
class Node:
    """A measure in its act: its day of publication (`told`), its first day in force (`begins`), its
    stated last day, if any. `cause` is the measure as evidence of its effects on others and itself.
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
        """A sort key: later effects rank higher, in whatever order they are read."""
        return self.begins, self.told, self.act.key, self.index


@dataclass(frozen=True, slots=True, eq=False)
class Effect:
    """One measure's effect on another; `clauses` if only some, by their levels."""

    by: Node
    clauses: dict[Path, str] = field(default_factory=dict)

    @property
    def narrow(self) -> bool:
        """Return whether it is only for its own entities, items or destinations, not for all of the
        other measure.
        """
        return self.by.measure.action is not Action.REPLACE


def list_nodes(act: Announcement, seen: datetime) -> Iterator[Node]:
    """The measures of an act. A day that no text gives is that of publication, else the day we
    saw it.
    """
    saw = vocabulary.today(act.authority, seen)
    published = vocabulary.day(act.published or "", act.authority)
    for index, measure in enumerate(act.measures):
        begins = vocabulary.day(measure.starts.on, act.authority) if measure.starts else None
        ends = vocabulary.day(measure.ends.on, act.authority) if measure.ends else None
        yield Node(
            Cause(act, measure), index, published or begins or saw, begins or published or saw, ends
        )


def is_extension(measure: Measure, act: Announcement) -> bool:
    """Return whether it gives another measure a new last day: not a last day for some only."""
    bare = not measure.entities and not measure.items
    return measure.ends is not None and (
        (measure.action is Action.AMEND and not act.find_partial_deed(measure))
        or (measure.action is Action.ADD and bare)
    )


def is_prolonged(node: Node, by: Node) -> bool:
    """Return whether what suspends a suspension, until a day after its last, prolongs it: `the
    suspension of No. 70 is extended to 2027`.
    """
    halts = node.measure.action is by.measure.action is Action.SUSPEND
    return halts and bool(node.ends and by.ends and by.ends > node.ends)


class EffectGraph:
    """Collect all measures and their effects. An act known only from others has their words."""

    def __init__(self, every: Iterable[Node]) -> None:
        self.nodes = sorted(every, key=lambda node: node.rank)
        self.touching: dict[Node, list[Effect]] = defaultdict(list)
        self._of_act: dict[str, list[Node]] = defaultdict(list)
        self._listed: dict[tuple[str, str | Path], list[Node]] = defaultdict(list)
        for node in self.nodes:
            self._of_act[node.act.key].append(node)
            self._enter(node)
        touching = [
            node
            for node in self.nodes
            if node.measure.action in TOUCHING or is_extension(node.measure, node.act)
        ]
        # first all that nobody has shown us, so that effects on the whole act reach it too
        for node in touching:
            self._imagine(node)
        for node in touching:
            self._touch(node)
        self.changes: dict[Cause, list[Node]] = defaultdict(list)
        for node in self.nodes:
            if node.measure.action is Action.AMEND and not is_extension(node.measure, node.act):
                for target in node.measure.amends:
                    for other in _find_named(self._of_act[target.key], target):
                        self.changes[other.cause].append(node)

    def add_changes(self, node: Node, part: Lifecycle, span: Span) -> Span:
        """A status of a part with what changes it, or what made it so, in words alone."""
        causes = dict.fromkeys((node.cause, *span.because))
        of_words = (change for cause in causes for change in self.changes.get(cause, ()))
        changed = (*of_words, *self._find_changes_of_parent(node, part))
        until = {change.cause: change for change in changed if change.begins <= span.until}
        return replace(span, changed=() if span.status is Status.ENDED else tuple(until))

    def _find_changes_of_parent(self, node: Node, part: Lifecycle) -> Iterator[Node]:
        """Find effects that free the group of firms in a part, and leave these firms open."""
        parents = {bare(entity.parent) for entity in part.entities if entity.parent}
        for effect in self.touching.get(node, ()) if parents else ():
            named = {name for of in effect.by.measure.entities for name in list_names(of)}
            freed = named.intersection(*(list_names(entity) for entity in part.entities))
            if effect.narrow and named & parents and not freed:
                yield effect.by

    def _enter(self, node: Node) -> None:
        register = node.measure.register
        if register is None or node.measure.action not in LISTING:
            return
        for name in list_removable_names(node.measure):
            self._listed[register, name].append(node)

    def _imagine(self, node: Node) -> None:
        """Insert an act or clause that others mention and that was never seen."""
        for target in node.measure.amends:
            known = self._of_act[target.key]
            if (
                not is_extension(node.measure, node.act)
                and target.key != node.act.key
                and not _find_named(known, target)
            ):
                ghost = _make_ghost(node, target, known[0].act if known else None, len(known))
                self._of_act[target.key].append(ghost)
                self.nodes.append(ghost)

    def _touch(self, node: Node) -> None:
        for target in node.measure.amends:
            if target.key != node.act.key:
                for other in _find_named(self._of_act[target.key], target):
                    self.touching[other].append(Effect(node, parse_clauses(target.clauses)))
        for other in dict.fromkeys(self._on_register(node)):
            if not any(effect.by is node for effect in self.touching[other]):
                self.touching[other].append(Effect(node))

    def _on_register(self, node: Node) -> Iterator[Node]:
        """Find the earlier listings of the names that a measure removes from a register, in any
        act.
        """
        for name in sorted(list_struck_names(node.measure), key=str):
            listed_so = self._listed.get((node.measure.register or "", name), ())
            yield from (
                other
                for other in listed_so
                if other.rank < node.rank and other.act.key != node.act.key
            )


def _find_named(known: list[Node], target: Target) -> list[Node]:
    """Find a target's measures in an act: those of its clauses, or else those with no known
    clause.
    """
    named = parse_clauses(target.clauses)
    if not named:
        return known
    exact = [
        node
        for node in known
        if any(
            is_akin(upper, lower)
            for upper in named
            for lower in parse_clauses(node.measure.clauses)
        )
    ]
    return exact or [node for node in known if not node.measure.clauses]


def _make_ghost(node: Node, target: Target, act: Announcement | None, index: int) -> Node:
    marks = target.clauses if act else ()
    act = act or Announcement(
        key=target.key, authority=node.act.authority, title="", understood="part"
    )
    measure = Measure(action=Action.ADD, register=node.measure.register, clauses=marks)
    return Node(Cause(act, measure), index, node.begins, node.begins, seen=False)


def list_removable_names(measure: Measure) -> set[str | Path]:
    """All names by which what a measure puts on its register may be taken off it."""
    subjects = _collect_subjects(measure)
    upper = {
        path[:length]
        for path in subjects
        if isinstance(path, tuple)
        for length in range(1, len(path))
    }
    names = subjects | upper
    return names | {WHOLE} if measure.action is Action.REPLACE else names


def list_struck_names(measure: Measure) -> set[str | Path]:
    """List the names that a measure may remove from its register, whichever act added them."""
    if measure.register is None or (measure.amends and measure.action is not Action.REMOVE):
        return set()
    # a new edition of the whole register ends the edition before it
    if measure.action is Action.REPLACE:
        return set() if measure.entities or measure.items else {WHOLE}
    return _collect_subjects(measure)


def _collect_subjects(measure: Measure) -> set[str | Path]:
    named: set[str | Path] = {name for entity in measure.entities for name in list_names(entity)}
    for item in measure.items:
        named |= list_codes(item) or {bare(name) for name in item.names.values()}
    return named


# Split a measure into parts that always share one status: by clause, by name or item, by
# destination. No I/O.

Thing = Entity | Item
Scope = Mapping[Effect, frozenset[Hashable]]  # what an effect is for, where it is not for all


@frozen
class Slice:
    """A slice along one of three dimensions: its content, and the effects that exempt it."""

    of: tuple[Hashable, ...]
    spared_by: frozenset[Effect] = frozenset()
    apart: tuple[str, ...] = ()


def split_parts(node: Node, effects: Sequence[Effect]) -> Iterator[tuple[Lifecycle, list[Effect]]]:
    """Return a measure's parts, without their history, and the effects on each. An effect on
    nothing in the measure does not count. A part's clauses are all that are not `apart`, unless
    some are named.
    """
    measure = node.measure
    own: dict[Hashable, Thing] = {
        (Entity, at): entity for at, entity in enumerate(measure.entities)
    }
    own |= {(Item, at): item for at, item in enumerate(measure.items)}
    things = dict(own)
    for effect in effects:
        things |= {_make_thing_key(entity): entity for entity in effect.by.measure.entities}
        things |= {_make_thing_key(item): item for item in effect.by.measure.items}
    subjects, places = _find_subject_scope(measure, effects), _find_place_scope(measure, effects)
    felt = [effect for effect in effects if subjects.get(effect, True) and places.get(effect, True)]
    ways = (
        _slice_by_clause(measure, felt),
        _make_slices(tuple(own), felt, subjects, _find_kin_scope(measure, felt)),
        _make_slices(measure.destinations, felt, places),
    )
    for clause, subject, place in product(*ways):
        spared_by = clause.spared_by | subject.spared_by | place.spared_by
        named = [things[name] for name in subject.of]
        part = Lifecycle(
            cause=node.cause,
            seen=node.seen,
            clauses=tuple(str(mark) for mark in clause.of),
            apart=clause.apart,
            entities=tuple(thing for thing in named if isinstance(thing, Entity)),
            items=tuple(thing for thing in named if isinstance(thing, Item)),
            destinations=tuple(str(code) for code in place.of),
            rank=node.rank,
        )
        yield part, [effect for effect in felt if effect not in spared_by]


def _make_thing_key(thing: Thing) -> Hashable:
    codes = (thing.codes, thing.hs) if isinstance(thing, Item) else ()
    return type(thing), tuple(sorted(thing.names.items())), codes


def _find_subject_scope(measure: Measure, effects: Iterable[Effect]) -> Scope:
    return {
        effect: frozenset(_list_subjects(measure, effect.by.measure))
        for effect in effects
        if effect.narrow and (effect.by.measure.entities or effect.by.measure.items)
    }


def _list_subjects(measure: Measure, by: Measure) -> Iterator[Hashable]:
    """Return another measure's names and goods in this one; if this one has none, cut them out
    of it.
    """
    named = {name for entity in by.entities for name in list_names(entity)}
    yield from map(_make_thing_key, () if measure.entities else by.entities)
    yield from (
        (Entity, at) for at, entity in enumerate(measure.entities) if list_names(entity) & named
    )
    yield from map(_make_thing_key, () if measure.items else by.items)
    yield from (
        (Item, at)
        for at, item in enumerate(measure.items)
        if any(is_same_item(other, item) for other in by.items)
    )


def _find_kin_scope(measure: Measure, effects: Iterable[Effect]) -> Scope:
    """Find the firms whose group an effect names without them: they are a part of their own."""
    parents = {
        (Entity, at): bare(entity.parent)
        for at, entity in enumerate(measure.entities)
        if entity.parent
    }
    return {
        effect: frozenset(at for at, parent in parents.items() if parent in named)
        for effect in effects
        if parents
        and (named := {name for of in effect.by.measure.entities for name in list_names(of)})
    }


def _find_place_scope(measure: Measure, effects: Iterable[Effect]) -> Scope:
    return {
        effect: frozenset(
            code
            for code in effect.by.measure.destinations
            if not measure.destinations or code in measure.destinations
        )
        for effect in effects
        if effect.narrow and effect.by.measure.destinations
    }


def _make_slices(
    own: Sequence[Hashable],
    effects: Iterable[Effect],
    scope: Scope,
    kin: Scope = MappingProxyType({}),
) -> list[Slice]:
    """Group what the same effects exempt; a measure without names is also about all others."""
    limited = [effect for effect in effects if effect in scope]
    if not limited:
        return [Slice(tuple(own))]
    others = (
        ()
        if own
        else dict.fromkeys(thing for effect in limited for thing in sorted(scope[effect], key=repr))
    )
    together: dict[tuple[frozenset[Effect], ...], list[Hashable]] = defaultdict(list)
    for thing in (*own, *others):
        spared_by = frozenset(effect for effect in limited if thing not in scope[effect])
        of_kin = frozenset(effect for effect in spared_by if thing in kin.get(effect, ()))
        together[spared_by, of_kin].append(thing)
    rest = [] if own else [Slice((), frozenset(limited))]
    return [*(Slice(tuple(alike), spared_by) for (spared_by, _), alike in together.items()), *rest]


def _slice_by_clause(measure: Measure, effects: Iterable[Effect]) -> list[Slice]:
    own = parse_clauses(measure.clauses)
    limited = [
        effect for effect in effects if effect.clauses and not _is_all_under(own, effect.clauses)
    ]
    if not limited:
        return [Slice(measure.clauses)]
    # A measure without clauses may have any clause.
    named = ((path, mark) for effect in limited for path, mark in effect.clauses.items())
    marks = own | {
        path: mark
        for path, mark in named
        if not own or any(is_within(upper, path) for upper in own)
    }
    together: dict[frozenset[Effect], list[Path]] = defaultdict(list)
    for path in sorted(marks):
        together[
            frozenset(effect for effect in limited if not _is_all_under([path], effect.clauses))
        ].append(path)
    rest = (
        []
        if own
        else [Slice((), frozenset(limited), apart=tuple(marks[path] for path in sorted(marks)))]
    )
    return [
        *(_make_slice(marks, alike, spared_by) for spared_by, alike in together.items()),
        *rest,
    ]


def _make_slice(
    marks: Mapping[Path, str], alike: Sequence[Path], spared_by: frozenset[Effect]
) -> Slice:
    deeper = tuple(
        mark
        for path, mark in marks.items()
        if path not in alike and any(is_within(upper, path) for upper in alike)
    )
    return Slice(tuple(marks[path] for path in alike), spared_by, apart=deeper)


def _is_all_under(lower: Iterable[Path], upper: Iterable[Path]) -> bool:
    """Return whether there are clauses below, all equal to or under one of those above."""
    below = list(lower)
    return bool(below) and all(any(is_within(above, path) for above in upper) for path in below)


# Compute one part's history, day by day: from all effects on it to its periods. No I/O.

DAY = timedelta(days=1)
ENDING = {
    Action.REMOVE: Ending.REMOVED,
    Action.REPEAL: Ending.REPEALED,
    Action.REPLACE: Ending.REPLACED,
}
HOLDING = (Status.IN_FORCE, Status.SUSPENSION_ENDED)


@frozen
class Suspension:
    """Days on which one measure suspends a part, the measures that ended it, and `why`, as in a
    span. An expiry has the measure with its last day. A resumption that cuts it short explains
    itself.
    """

    by: Node
    since: date
    until: date
    ended_by: tuple[Cause, ...] = ()
    why: Ending | None = None


@frozen
class Operation:
    """A permanent effect of another measure, and its start."""

    by: Node
    since: date


@frozen
class Influences:
    """All data for a part's status on a day."""

    node: Node
    endings: tuple[Operation, ...]
    extensions: tuple[Operation, ...]
    resumptions: tuple[Operation, ...]
    suspensions: tuple[Suspension, ...]

    def spans(self) -> tuple[Span, ...]:
        """The history of the part, from its first to its last known day."""
        marks = sorted({*self._turns(), date.max})
        spans: list[Span] = []
        for since, after in pairwise(marks):
            span = self._on(since)
            if span is None:
                continue
            until = after if after == date.max else after - DAY
            if spans and replace(spans[-1], since=span.since, until=span.until) == span:
                spans[-1] = replace(spans[-1], until=until)
            else:
                spans.append(replace(span, since=since, until=until))
        return tuple(spans)

    def _turns(self) -> Iterator[date]:
        """The days on which something may change."""
        if self.node.seen:
            yield from (min(self.node.told, self.node.begins), self.node.begins)
        for operation in (*self.endings, *self.extensions, *self.resumptions):
            yield operation.since
        for suspension in self.suspensions:
            yield from (suspension.since, get_next_day(suspension.until))
        for ends in (self.node.ends, *(operation.by.ends for operation in self.extensions)):
            if ends:
                yield get_next_day(ends)

    def _on(self, day: date) -> Span | None:
        if ending := next(
            (operation for operation in self.endings if operation.since <= day), None
        ):
            return _make_span(Status.ENDED, ending.by.cause, why=ENDING[ending.by.measure.action])
        limit = self._limit(day)
        if limit.ends and limit.ends < day:
            return _make_span(Status.ENDED, limit.cause, why=Ending.EXPIRED)
        if active := [
            suspension
            for suspension in self.suspensions
            if suspension.since <= day <= suspension.until
        ]:
            return _make_span(Status.SUSPENDED, *(suspension.by.cause for suspension in active))
        if day < self.node.begins:
            return _make_span(Status.ANNOUNCED, self.node.cause) if self.node.seen else None
        return self._free(day)

    def _limit(self, day: date) -> Node:
        """Return the measure that sets the last day: its own, or a later one."""
        return next(
            (operation.by for operation in reversed(self.extensions) if operation.since <= day),
            self.node,
        )

    def _free(self, day: date) -> Span | None:
        """Nothing suspends it today; the last suspension shows whether any act restores it."""
        over = [
            suspension
            for suspension in self.suspensions
            if self.node.begins <= suspension.until < day
        ]
        last = max(
            over, key=lambda suspension: (suspension.until, suspension.by.rank), default=None
        )
        resumed = [operation for operation in self.resumptions if operation.since <= day]
        if resumed and (last is None or last.until < resumed[-1].since):
            return _make_span(Status.IN_FORCE, *self._itself(), resumed[-1].by.cause)
        if last is None:
            return _make_span(Status.IN_FORCE, *self._itself()) if self.node.seen else None
        if last.why is Ending.EXPIRED:
            return _make_span(
                Status.SUSPENSION_ENDED, last.by.cause, *last.ended_by, last=last.until
            )
        return _make_span(Status.IN_FORCE, *self._itself(), *last.ended_by)

    def _itself(self) -> Iterator[Cause]:
        if self.node.seen:
            yield self.node.cause


def list_suspensions(
    by: Node, lifecycle: Sequence[Span], resumptions: Iterable[Operation]
) -> Iterator[Suspension]:
    """The days on which `by`, a measure that suspends, does so; none once its target was
    resumed.
    """
    later = [
        operation
        for operation in resumptions
        if (operation.since, operation.by.rank) > (by.begins, by.rank)
    ]
    resumed = min(later, key=lambda operation: (operation.since, operation.by.rank), default=None)
    for at, span in enumerate(lifecycle):
        if span.status not in HOLDING or (resumed and resumed.since <= span.since):
            continue
        if resumed and resumed.since <= span.until:
            yield Suspension(by, span.since, resumed.since - DAY)
        else:
            yield _make_suspension(by, span, lifecycle[at + 1 : at + 2])


def _make_suspension(by: Node, span: Span, following: Sequence[Span]) -> Suspension:
    """Return a suspension that ended by itself, with what follows: nothing yet, itself on other
    grounds, or its end.
    """
    over = [after for after in following if after.status not in HOLDING]
    ended_by = tuple(cause for after in over for cause in after.because)
    return Suspension(
        by, span.since, span.until, ended_by, why=next((after.why for after in over), None)
    )


def find_operation(by: Node, lifecycle: Sequence[Span]) -> Operation | None:
    """Return the permanent effect of `by`, from its first day in force; None if it never is."""
    since = next((span.since for span in lifecycle if span.status in HOLDING), None)
    return Operation(by, since) if since else None


def get_next_day(day: date) -> date:
    """The day after; after the last there is none."""
    return day if day == date.max else day + DAY


def _make_span(
    status: Status, *because: Cause, why: Ending | None = None, last: date | None = None
) -> Span:
    return Span(date.min, date.max, status, tuple(dict.fromkeys(because)), why, last)


def build_lifecycles(nodes: Iterable[Node]) -> Iterator[Lifecycle]:
    """The life of every measure, part by part, in the order of the law."""
    graph = EffectGraph(nodes)
    lifecycles = Lifecycles(graph)
    for node in sorted(graph.nodes, key=lambda node: node.rank):
        yield from lifecycles.of(node)


class Lifecycles:
    """The computed histories: a measure that affects another needs its own first. In a ring of
    acts, the one that the ring leads back to does not count there.
    """

    def __init__(self, graph: EffectGraph) -> None:
        self._graph = graph
        self._known: dict[Node, tuple[Lifecycle, ...]] = {}
        self._begun: set[Node] = set()

    def of(self, node: Node) -> tuple[Lifecycle, ...]:
        """The lives of a measure's parts."""
        for affected in self._in_turn(node):
            told = (
                replace(part, spans=tuple(self._spans(affected, part, effects)))
                for part, effects in split_parts(affected, self._graph.touching.get(affected, ()))
            )
            self._known[affected] = tuple(lifecycle for lifecycle in told if lifecycle.spans)
        return self._known[node]

    def _in_turn(self, node: Node) -> Iterator[Node]:
        """Compute all prerequisites, then the measure itself; on our own stack, because acts may be
        linked by hundreds.
        """
        waiting = [node]
        while waiting:
            last = waiting[-1]
            if last not in self._begun:
                self._begun.add(last)
                touching = sorted(
                    {effect.by for effect in self._graph.touching.get(last, ())},
                    key=lambda other: other.rank,
                )
                waiting += [by for by in reversed(touching) if by not in self._begun]
                continue
            waiting.pop()
            if last not in self._known:
                yield last

    def _spans(self, node: Node, part: Lifecycle, effects: Sequence[Effect]) -> Iterator[Span]:
        for span in self._influences(node, effects).spans():
            yield self._graph.add_changes(node, part, span)

    def _influences(self, node: Node, effects: Sequence[Effect]) -> Influences:
        by = sorted({effect.by for effect in effects}, key=lambda other: other.rank)
        done = sorted(
            (influence for other in by if (influence := find_operation(other, self._whole(other)))),
            key=lambda one: (one.since, one.by.rank),
        )
        resumptions = tuple(_filter_by_action(done, Action.RESUME))
        return Influences(
            node=node,
            endings=tuple(_filter_by_action(done, *ENDING)),
            extensions=tuple(
                one
                for one in done
                if is_extension(one.by.measure, one.by.act) or is_prolonged(node, one.by)
            ),
            resumptions=resumptions,
            suspensions=tuple(
                stretch
                for other in by
                if other.measure.action is Action.SUSPEND and not is_prolonged(node, other)
                for stretch in list_suspensions(other, self._whole(other), resumptions)
            ),
        )

    def _whole(self, node: Node) -> tuple[Span, ...]:
        """Return the history of a measure's unnamed rest: it decides whether the measure affects
        others.
        """
        lifecycles = self._known.get(node, ())
        return lifecycles[-1].spans if lifecycles else ()


def _filter_by_action(done: Iterable[Operation], *actions: Action) -> Iterator[Operation]:
    return (one for one in done if one.by.measure.action in actions)
