"""Every source, as it is listed: what is polled, where and how often. Apart from the other answers, since it needs no history."""

from collections.abc import Iterable, Iterator
from datetime import timedelta

from monitor.model import Value
from monitor.source.scraper import Source

MINUTE = timedelta(minutes=1)


class Listed(Value, frozen=True, kw_only=True):
    """A source, its address, and its pace in words."""

    id: str
    name: str
    authority: str
    url: str
    every: str


def listed(sources: Iterable[Source]) -> tuple[Listed, ...]:
    """The sources in their order."""
    return tuple(map(_listed, sources))


def _listed(source: Source) -> Listed:
    return Listed(id=source.id, name=source.name, authority=source.authority, url=source.request.url, every=_pace(source))


def _pace(source: Source) -> str:
    """`5 min; 1 min Mon-Fri 08:30-17:30 Asia/Shanghai; 1 min from Mon-Fri 08:45 11:15 America/New_York on`."""
    return "; ".join(_paces(source))


def _paces(source: Source) -> Iterator[str]:
    yield _minutes(source.every)
    if busy := source.busy:
        yield f"{_minutes(busy.period)} {busy.days} {busy.hours} {busy.zone}"
    if at := source.at:
        yield f"{_minutes(at.period)} from {at.days} {at.times} {at.zone} on"


def _minutes(period: timedelta) -> str:
    return f"{period / MINUTE:g} min"
