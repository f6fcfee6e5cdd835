"""From all measures and what touches each to the life of every part of them. Pure."""

from collections.abc import Iterable, Iterator, Sequence

from monitor.model import Action
from monitor.timeline.effects import Effect, EffectGraph, Node, extends
from monitor.timeline.influences import ENDING, Influences, Operation, operation, suspensions
from monitor.timeline.parts import MeasurePart, parts
from monitor.timeline.values import Lifecycle, Span


def lifecycles(nodes: Iterable[Node]) -> Iterator[Lifecycle]:
    """The life of every measure, part by part, in the order of the law."""
    graph = EffectGraph(nodes)
    lifecycles = Lifecycles(graph)
    for node in sorted(graph.nodes, key=lambda node: node.rank):
        yield from lifecycles.of(node)


class Lifecycles:
    """The lives that are known already: what touches a measure has to have its own life first.

    Of acts that touch each other in a ring, the one that the ring leads back to counts for nothing there.
    """

    def __init__(self, graph: EffectGraph) -> None:
        self._graph = graph
        self._known: dict[Node, tuple[Lifecycle, ...]] = {}
        self._begun: set[Node] = set()

    def of(self, node: Node) -> tuple[Lifecycle, ...]:
        """The lives of a measure's parts."""
        for affected in self._in_turn(node):
            told = (self._lifecycle(affected, part) for part in parts(affected, self._graph.touching.get(affected, ())))
            self._known[affected] = tuple(lifecycle for lifecycle in told if lifecycle.spans)
        return self._known[node]

    def _in_turn(self, node: Node) -> Iterator[Node]:
        """What has to be told first, then the measure itself; a stack of ours, since acts may hang together by hundreds."""
        waiting = [node]
        while waiting:
            last = waiting[-1]
            if last not in self._begun:
                self._begun.add(last)
                touching = sorted({effect.by for effect in self._graph.touching.get(last, ())}, key=lambda other: other.rank)
                waiting += [by for by in reversed(touching) if by not in self._begun]
                continue
            waiting.pop()
            if last not in self._known:
                yield last

    def _lifecycle(self, node: Node, part: MeasurePart) -> Lifecycle:
        return Lifecycle(
            cause=node.cause,
            seen=node.seen,
            clauses=part.clauses,
            apart=part.apart,
            entities=part.entities,
            items=part.items,
            destinations=part.destinations,
            spans=self._influences(node, part.effects).spans(),
            rank=node.rank,
        )

    def _influences(self, node: Node, effects: Sequence[Effect]) -> Influences:
        by = sorted({effect.by for effect in effects}, key=lambda other: other.rank)
        done = sorted(
            (influence for other in by if (influence := operation(other, self._whole(other)))),
            key=lambda one: (one.since, one.by.rank),
        )
        resumptions = tuple(_doing(done, Action.RESUME))
        return Influences(
            node=node,
            endings=tuple(_doing(done, *ENDING)),
            extensions=tuple(one for one in done if extends(one.by.measure)),
            resumptions=resumptions,
            suspensions=tuple(
                stretch
                for other in by
                if other.measure.action is Action.SUSPEND
                for stretch in suspensions(other, self._whole(other), resumptions)
            ),
        )

    def _whole(self, node: Node) -> tuple[Span, ...]:
        """The life of what of a measure nobody singled out: by it we tell whether it touches others."""
        lifecycles = self._known.get(node, ())
        return lifecycles[-1].spans if lifecycles else ()


def _doing(done: Iterable[Operation], *actions: Action) -> Iterator[Operation]:
    return (one for one in done if one.by.measure.action in actions)
