"""Keep the watch list in step with its files and the store; compare its changes with all
history.
"""

import asyncio
import hashlib
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import msgspec

from monitor.ask import knowledge, watchlist
from monitor.config import Config
from monitor.config.outward import make_printable
from monitor.errors import ConfigError, StoreError
from monitor.model import Announcement, Edition, Fact, PageChange, Rewording, to_json
from monitor.render import words
from monitor.store import History, owing, watched
from monitor.store import names as stored_on_record
from monitor.store.threaded import HistoryThread, prepare_names
from monitor.watch import match
from monitor.watch.entries import Entry, list_owners
from monitor.watch.lists import Imported
from monitor.watch.match import Pairing, WatchList
from monitor.watch.values import Relation, ScreeningResult

log = logging.getLogger(__name__)

# entries compared with all on record at a time, while other tasks wait for the history
AT_ONCE = 100
Results = Sequence[tuple[Fact | Edition, ScreeningResult | None]]


@dataclass
class Watching:
    """The list that every change is screened against as it arrives."""

    config: Config
    unread: tuple[str, ...] = ()
    _list: WatchList | None = None
    _stamp: tuple[object, ...] | None = None
    _good: dict[tuple[Path, Relation], Imported] = field(default_factory=dict)
    _is_dated: bool = False

    @property
    def list(self) -> WatchList:
        """The list; where there is none, one of nothing."""
        return self._list or match.WatchList(())

    @property
    def has_anything(self) -> bool:
        """Return whether there is a list, even an unreadable one."""
        return bool((self._list and self._list.entries) or self.unread)

    async def refresh(self, history: HistoryThread, now: datetime) -> None:
        """Load the list's changes and screen them against all history. An unreadable file stops
        nothing: the log, the operators and every change name it, and its last readable content
        stays in use.
        """
        kept = await history(watched.read_watch_stamp)
        stamp = (
            *map(_stamp_file, map(Path, self.config.watch.files)),
            kept,
            now.date() if self._is_dated else None,
        )
        if stamp == self._stamp:
            return
        self._stamp = stamp  # also if a file is wrong: it is reported once, not at every check
        try:
            await self._take_up(history, kept, now)
        except StoreError:
            self._stamp = None
            raise

    async def _take_up(
        self, history: HistoryThread, since: tuple[object, ...], now: datetime
    ) -> None:
        if not (self._list or self.config.watch.files) and not await history(watched.is_known):
            return
        read = await asyncio.to_thread(self._load_entries)
        entries = await asyncio.to_thread(
            self._add_owners, [*read, *await history(watched.list_entries)]
        )
        for text in self.unread:
            await history(owing.enqueue_list_unread, text, now)
        self._list = watchlist.watch_list(
            self.config, entries, await history(watched.list_dismissals), now
        )
        self._is_dated = any(
            owner.held_from or owner.held_until for entry in entries for owner in list_owners(entry)
        )
        await self._look_back(history, since, now)

    def _load_entries(self) -> Sequence[Entry]:
        """Load the entries of all files; for an unreadable one those of its last read."""
        unread = []
        for path, relation in watchlist.list_watched_files(self.config):
            try:
                self._good[path, relation] = read = watchlist.read_watched_file(
                    self.config, path, relation
                )
            except ConfigError as error:
                before = (
                    "what it held before is used"
                    if (path, relation) in self._good
                    else "nothing is compared with it"
                )
                unread.append(
                    f"{make_printable(error)}; mend it, or take it out of [watch]; until then"
                    f" {before}"
                )
                log.warning("watch list: %s", unread[-1])
            else:
                for line in watchlist.list_file_remarks(read):
                    log.warning("watch list: %s", line)
        self.unread = tuple(unread)
        return [entry for read in self._good.values() for entry in read.entries]

    def _add_owners(self, entries: Sequence[Entry]) -> Sequence[Entry]:
        """Add owners from GLEIF's files to the entries; if one can't be read, the entries stay
        as listed.
        """
        try:
            return watchlist.add_owners(entries, self.config.watch.ownership)
        except ConfigError as error:
            self.unread = (
                *self.unread,
                f"{make_printable(error)}; until then only the owners on the list are known",
            )
            log.warning("watch list: %s", self.unread[-1])
            return entries

    async def _look_back(
        self, history: HistoryThread, since: tuple[object, ...], now: datetime
    ) -> None:
        """Compare new or changed entries (`since`) with all history, and enqueue messages on
        matches.
        """
        screened = await history(watched.load_screened)
        digests = {entry.key: _hash_entry(entry) for entry in self.list.entries}
        changed = [
            entry for entry in self.list.entries if screened.get(entry.key) != digests[entry.key]
        ]
        # an unreadable part is not gone: it must not look new when it is readable again
        if self.unread:
            digests = screened | digests
        if gone := len(screened.keys() - digests.keys()):
            log.warning("watch list: %s fewer than before", words.count_entries(gone))
        if changed or gone:
            result = await self._screen_history(history, changed) if changed else None
            await history(watched.record_look_back, digests, result, since, now)

    async def _screen_history(
        self, history: HistoryThread, changed: Sequence[Entry]
    ) -> ScreeningResult | None:
        """Screen the entries against all history; None if nothing matches. Other tasks run in
        between.
        """
        await prepare_names(history)
        parts = [changed[begins : begins + AT_ONCE] for begins in range(0, len(changed), AT_ONCE)]
        looked = [await history.run(_list_alike, some, self.list) for some in parts]
        listed = await history(stored_on_record.count, standing=True)
        found = match.add_up(match for some in looked for match in some)
        return match.make_result(found, listed, self.list) if listed else None

    async def find_beside(
        self, history: HistoryThread, results: Results, earlier: Mapping[str, Announcement]
    ) -> match.Beside:
        """Find what others on record add to these results."""
        if not self.list.entries:
            return match.ALONE
        return await history.run(_look_beside, self.list, results, earlier)

    def names_entry(self, title: str, authority: str) -> bool:
        """Return whether a title names an entry of the list."""
        words = PageChange(page="", authority=authority, rewordings=(Rewording(after=title),))
        result = match.screen_fact(words, self.list)
        return result is not None and bool(result.found)

    def screen(
        self,
        fact: Fact | Edition | PageChange,
        earlier: Mapping[str, Announcement],
        beside: match.Beside = match.ALONE,
    ) -> ScreeningResult | None:
        """Screen a fact, `earlier` being the acts it changes; None without a list."""
        result = match.screen_fact(fact, self.list, earlier, beside)
        if not self.unread:
            return result
        return msgspec.structs.replace(
            result or ScreeningResult(names=0, products=0, listed=0), unread=self.unread
        )


def _look_beside(
    history: History, watch: WatchList, results: Results, earlier: Mapping[str, Announcement]
) -> match.Beside:
    return knowledge.look_beside(knowledge.KeptRecords(history), watch, results, earlier)


def _list_alike(history: History, entries: Sequence[Entry], watch: WatchList) -> list[Pairing]:
    return knowledge.list_standing_pairings(knowledge.KeptRecords(history), entries, watch)


def _stamp_file(path: Path) -> tuple[int, ...] | None:
    """Return a stamp that changes when a file is written or becomes readable."""
    try:
        state = path.stat()
    except OSError:
        return None
    return state.st_mtime_ns, state.st_ctime_ns, state.st_size


def _hash_entry(entry: Entry) -> str:
    """Return a stamp of an entry's content, without its origin and our number of it."""
    bare = type(entry)(
        **{
            **{name: getattr(entry, name) for name in entry.__struct_fields__},
            "origin": "",
            "ref": "",
        }
    )
    return hashlib.blake2b(to_json(bare), digest_size=16).hexdigest()
