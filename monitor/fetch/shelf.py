"""Scripts that came with a page and may be used again for a while, as their servers say: few are asked for at each look."""

import re
from collections import OrderedDict
from collections.abc import Mapping
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime

from monitor.fetch.parts import FetchedPart, PartRequest

LONGEST = timedelta(days=1)
SHARE = 0.1  # of a script's age, where nothing else is said of how long it stays fresh (RFC 9111, 4.2.2)
MOST = 32 * 1024 * 1024  # bytes of all that are kept
MAX_AGE = re.compile(r"(?:^|[\s,])max-age=\"?(\d{1,9})")
NOT_KEPT = re.compile(r"no-store|no-cache|must-understand")


class ScriptCache:
    """The scripts of all pages, those used last kept longest; `way` is the proxy through which one came, if any."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[str, str], tuple[FetchedPart, datetime]] = OrderedDict()
        self._size = 0

    def take(self, asked: PartRequest, way: str, now: datetime) -> FetchedPart | None:
        """The script that is asked for, if it is here and fresh."""
        part, until = self._kept.get((way, asked.url), (None, now))
        if part is None or asked.kind != "script" or until <= now:
            return None
        self._kept.move_to_end((way, asked.url))
        return part

    def put(self, asked: PartRequest, way: str, part: FetchedPart, now: datetime) -> None:
        """Keep a script, if that is one and its server lets us."""
        fresh = freshness(part.headers, now)
        if asked.kind != "script" or asked.method != "GET" or part.status != 200 or fresh <= timedelta() or len(part.body) > MOST:
            return
        self._drop((way, asked.url))
        self._kept[way, asked.url] = (part, now + fresh)
        self._size += len(part.body)
        while self._size > MOST:
            self._drop(next(iter(self._kept)))

    def _drop(self, name: tuple[str, str]) -> None:
        if dropped := self._kept.pop(name, None):
            self._size -= len(dropped[0].body)


def freshness(headers: Mapping[str, str], now: datetime) -> timedelta:
    """For how long an answer may be used again; a day at most, and not at all where its server does not say."""
    told = {name.lower(): value for name, value in headers.items()}
    rule = told.get("cache-control", "").lower()
    if NOT_KEPT.search(rule) or "*" in told.get("vary", ""):
        return timedelta()
    if age := MAX_AGE.search(rule):
        return min(timedelta(seconds=int(age[1])), LONGEST)
    try:
        changed = parsedate_to_datetime(told.get("last-modified", ""))
    except (ValueError, OverflowError):
        return timedelta()
    return min(max(now - changed, timedelta()) * SHARE, LONGEST) if changed.tzinfo else timedelta()
