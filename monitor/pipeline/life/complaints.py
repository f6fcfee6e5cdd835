"""What a daemon knows to be wrong with itself: that it stands still, tells nobody, or is blind and nobody was told. Pure."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from monitor import vocabulary
from monitor.clock import iso
from monitor.history import MONITOR, Waiting
from monitor.pipeline.life.pulse import Complaint, DaemonTrouble, Pulse
from monitor.render.text import first_names
from monitor.source.health import Health
from monitor.source.scraper import Source

STUCK = timedelta(minutes=15)  # for a message that waits, and nothing else arrives at its destination
GRACE = timedelta(minutes=15)  # beyond a source's bound: people are told of its next failure, which may be a back-off away
NAMED = 8  # sources that one complaint names
UNREAD = Health()


def of_itself(pulse: Pulse, *, full: bool) -> Iterator[Complaint]:
    """What a daemon knows without asking its store."""
    if pulse.is_late:
        last = f"since {iso(pulse.ticked)}" if pulse.ticked else "yet"
        yield Complaint(DaemonTrouble.TICKS, f"no tick has come to a good end {last}")
    if full:
        yield Complaint(DaemonTrouble.STORE, "there is no room on the disk: nothing is asked for that can't be kept")


def of_outbox(waiting: Iterable[Waiting], quiet: Collection[str], awake: datetime, now: datetime) -> Iterator[Complaint]:
    """The destinations at which nothing arrives although something is owed; those in `quiet` hours may wait."""
    for place in waiting:
        moved = max(filter(None, (place.since, place.last_sent, awake)))
        if now - moved > STUCK and place.destination not in quiet:
            text = f"{place.messages} to {place.destination} wait since {iso(place.since)}, and nothing arrives there"
            yield Complaint(DaemonTrouble.OUTBOX, text)


def of_sources(
    sources: Sequence[Source],
    health: Mapping[str, Health],
    told: Collection[str],
    bounds: Mapping[str, timedelta],
    awake: datetime,
    now: datetime,
) -> Iterator[Complaint]:
    """The sources not read well within their bounds of which nobody was told; the authorities that can't be seen at all.

    `told` are the sources and authorities (or MONITOR, of all) of which people know that something is wrong, or
    want to hear nothing.
    """
    named = {source.id for source in sources if {source.id, source.authority, MONITOR}.intersection(told)}
    unread = {source.id: _unread_for(health.get(source.id, UNREAD), awake, now) for source in sources}
    if silent := sorted(name for name, long in unread.items() if long > bounds[name] + GRACE and name not in named):
        yield Complaint(DaemonTrouble.BLIND, f"not read well for too long, and nobody was told: {first_names(silent, NAMED)}")
    blind = {name for name, long in unread.items() if long > bounds[name]}
    for authority, paths in _by_authority(sources).items():
        if blind.issuperset(paths):
            name = vocabulary.authority(authority)
            yield Complaint(
                DaemonTrouble.BLIND,
                f"{name}: none of its sources was read well for too long: {first_names(sorted(paths), NAMED)}",
            )


def _unread_for(health: Health, awake: datetime, now: datetime) -> timedelta:
    """For how long nothing good was read of it, while we were `awake` to read it."""
    return now - max(health.last_ok or awake, awake)


def _by_authority(sources: Iterable[Source]) -> Mapping[str, set[str]]:
    paths: defaultdict[str, set[str]] = defaultdict(set)
    for source in sources:
        if source.kind == "acts":
            paths[source.authority].add(source.id)
    return paths
