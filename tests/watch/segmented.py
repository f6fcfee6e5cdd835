"""Segments of an index of names as a database would keep them, in memory."""

from collections.abc import Sequence

from monitor.watch import merging
from monitor.watch.packed import Bodies, PackEntry, Segment, segment
from monitor.watch.packs import KINDS, Counts, Pack


def kept(counts: Counts, made: Sequence[Pack]) -> Segment:
    bodies = dict(enumerate(pack.body for pack in made))
    entries = [PackEntry(number, *pack[:5]) for number, pack in enumerate(made)]
    return segment(counts, entries, Bodies(lambda ids: {number: bodies[number] for number in ids}))


def into_one(some: Sequence[Segment]) -> Segment:
    made: list[Pack] = []
    for kind in KINDS:
        behind, done = None, False
        while not done:
            more, done = merging.merged(kind, some, behind, 1)
            made += more
            behind = more[-1] if more else behind
    return kept(Counts(*(sum(counts) for counts in zip(*(one.counts for one in some), strict=True))), made)
