"""The watch list as it is now, kept up with its files and the store; what has changed of it is held against all history."""

import asyncio
import hashlib
import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from monitor import screen
from monitor.config import Config
from monitor.errors import StoreError
from monitor.history import History
from monitor.history.threaded import HistoryThread
from monitor.model import Edition, Fact, Touches, to_json
from monitor.watch.lists import Entry
from monitor.watch.match import WatchList
from monitor.watch.touched import touched_before, touches

log = logging.getLogger(__name__)


@dataclass
class Watching:
    """The list that every change is screened against as it arrives."""

    config: Config
    list: WatchList = field(default_factory=lambda: WatchList(()))
    _stamp: tuple[object, ...] | None = None

    async def refresh(self, history: HistoryThread, now: datetime) -> None:
        """Take up what has changed of the list since it was looked at last, and screen that against all that is on record.

        Raises:
            ConfigError: a file that config.toml names can't be read or is no list. The list stays as it was.
        """
        kept = await history(History.watch_stamp)
        stamp = (*map(_written, self._files()), kept)
        if stamp == self._stamp:
            return
        self._stamp = stamp  # also where it fails: a file that is wrong is said once, not at every look
        try:
            await self._take_up(history, kept, now)
        except StoreError:
            self._stamp = None
            raise

    async def _take_up(self, history: HistoryThread, since: tuple[object, ...], now: datetime) -> None:
        found, unusable = await asyncio.to_thread(screen.in_files, self.config)
        for line in unusable:
            log.warning("watch list: %s", line)
        entries = [*found, *await history(History.watched)]
        self.list = screen.watch_list(self.config, entries, await history(History.dismissals))
        await self._look_back(history, since, now)

    def _files(self) -> Sequence[str]:
        watch = self.config.watch
        return (*watch.suppliers, *watch.customers, *watch.own, *watch.products, *watch.parts)

    async def _look_back(self, history: HistoryThread, since: tuple[object, ...], now: datetime) -> None:
        """Hold entries that are new or changed `since` against all history, and owe word of what they touch."""
        screened = await history(History.screened)
        digests = {entry.key: _digest(entry) for entry in self.list.entries}
        changed = [entry for entry in self.list.entries if screened.get(entry.key) != digests[entry.key]]
        if changed or screened.keys() - digests.keys():
            found = await self._found(history, changed) if changed else None
            await history(History.looked_back, digests, found, since, now)

    async def _found(self, history: HistoryThread, changed: Sequence[Entry]) -> Touches | None:
        standing = [record for record in await history(History.on_record) if record.gone is None]
        if not standing:
            return None
        return await asyncio.to_thread(touched_before, changed, [record.subject for record in standing], self.list)

    def touches(self, found: Sequence[Fact | Edition]) -> dict[int, Touches]:
        """How each of these was held against the list, by its identity: facts hold dicts, and can be no keys."""
        return {id(fact): said for fact in found if (said := touches(fact, self.list))}


def _written(file: str) -> tuple[int, int] | None:
    try:
        state = Path(file).stat()
    except OSError:
        return None
    return state.st_mtime_ns, state.st_size


def _digest(entry: Entry) -> str:
    """What tells whether an entry says what it said; where it is from is of no importance."""
    said = type(entry)(**{**{name: getattr(entry, name) for name in entry.__struct_fields__}, "origin": ""})
    return hashlib.blake2b(to_json(said), digest_size=16).hexdigest()
