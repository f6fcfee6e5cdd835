"""Every source, as it is listed: what is polled, where and how often. Apart from the other answers, since it needs no history."""

from collections.abc import Iterable
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
    """`5 min; 1 min Mon-Fri 08:30-17:30 Asia/Shanghai`."""
    minutes = f"{source.every / MINUTE:g} min"
    if source.busy is None:
        return minutes
    return f"{minutes}; {source.busy.period / MINUTE:g} min {source.busy.days} {source.busy.hours} {source.busy.zone}"
