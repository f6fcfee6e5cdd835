"""Answer the console's questions from the store, opened read-only, each at one moment. Used from
one thread.
"""

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import TypeVar, cast

import msgspec

from monitor.ask import answers, knowledge, others, screen, stories, watchlist
from monitor.ask.answers import AsOf, KeyDates
from monitor.ask.coverage import (
    Coverage,
    explain_nothing_read,
    format_coverage,
    load_coverage,
    measure_freshness,
)
from monitor.ask.knowledge import Knowledge, make_names_ready
from monitor.ask.others import OtherList
from monitor.ask.screen import Asking, DecidedEntry, Pairs, Screening
from monitor.ask.screenings import make_order
from monitor.ask.standing import Standings
from monitor.ask.state import SourceState, State, load_state
from monitor.ask.stories import Story
from monitor.clock import SystemClock
from monitor.config import Config, files
from monitor.config.stores import Store
from monitor.errors import ConfigError, MonitorError, StoreError
from monitor.model import Announcement
from monitor.names.name import read_name
from monitor.run.record import record_screening
from monitor.run.triage import dismiss_match
from monitor.source.schedule import Freshness
from monitor.source.scraper import Source
from monitor.store import (
    DATABASE,
    History,
    acts,
    has_store,
    registers,
    screenings,
    troubles,
    watched,
)
from monitor.store.archive import open_archive
from monitor.timeline import MeasureQuery
from monitor.triage.values import Person
from monitor.watch.entries import Entry
from monitor.watch.match import Thresholds, WatchList
from monitor.watch.values import ScreeningResult

log = logging.getLogger(__name__)

T = TypeVar("T")
CONSOLE, ANYBODY = "console", "somebody"
MOST = 500  # parts of measures on one page
READ = 500  # names that are kept as they were read
UNREAD = (
    "the watch list can't be read now, so that nothing is compared with it; what `monitor serve`"
    " prints says why"
)
HERE = "this store"  # where it lies is nobody's business who asks from elsewhere


class WatchListUnread(StoreError):
    """A file of the watch list can't be read."""


class ConsoleDesk:
    """Answers from one store, as the command line does.

    Raises:
        StoreError: from `at_one_moment` and all questions after it, if the store can't be read.
        MonitorError: nothing was read yet that could answer, or the name is unknown.
    """

    def __init__(
        self,
        store: Store | Path,
        config: Config,
        sources: list[Source],
        now: Callable[[], datetime],
    ) -> None:
        self.config = config
        self.sources = sources
        self.archive = open_archive(store)
        self.now = now()
        self._store = Store.of(store)
        self._clock = now
        self._history: History | None = None
        self._file: tuple[int, int] | None = None
        self._knowledge: Knowledge | None = None
        self._freshness: Freshness | None = None
        self._kept: dict[str, tuple[object, object]] = {}
        self._covered: dict[str, Coverage] = {}
        self._pairs: tuple[str, dict[DecidedEntry, Pairs]] = "", {}

    @contextmanager
    def at_one_moment(self) -> Iterator[None]:
        """Take the store as it is now, for all that is looked up in the block."""
        self.now = self._clock().replace(second=0, microsecond=0)
        self._open()
        self._knowledge = self._freshness = None
        self._covered.clear()
        if self._history is None:
            yield
            return
        # if they can't be written, each search for a name walks all records
        with suppress(StoreError):
            make_names_ready(self._history)
        with self._history.at_one_moment():
            yield
        if read_name.cache_info().currsize > READ:
            read_name.cache_clear()

    def _open(self) -> None:
        """Have the history that is there, which may have been put back."""
        file = None
        if has_store(self._store):
            found = None if self._store.database else (self._store / DATABASE).stat()
            file = (found.st_dev, found.st_ino) if found else (0, 0)
        if file != self._file:
            self.close()
        if file is None or self._history is not None:
            return
        history = History(self._store, read_only=True)
        # read as a file that never changes, which a process that lives long can't promise
        if history.is_copy:
            history.close()
            raise StoreError(
                f"{self._store}: can be read only as a copy; put it where it may be written, and"
                " serve it there"
            )
        try:
            history.refuse_copy_of_older()  # which stays as it was when it was opened
        except StoreError:
            history.close()
            raise
        self._history, self._file = history, file

    def close(self) -> None:
        """Let go of the store."""
        if self._history is not None:
            self._history.close()
        self._history = self._file = None
        self._kept.clear()
        self._pairs = "", {}

    @property
    def history(self) -> History:
        """The store's history.

        Raises:
            MonitorError: nothing was ever read into it.
        """
        if self._history is None:
            raise MonitorError(explain_nothing_read(self.coverage(), HERE))
        return self._history

    @property
    def is_open(self) -> bool:
        """Return whether there is a history to ask."""
        return self._history is not None

    @property
    def knowledge(self) -> Knowledge:
        """Everything on record."""
        if self._knowledge is None:
            self._knowledge = Knowledge(self.history, self.freshness)
        return self._knowledge

    @property
    def freshness(self) -> Freshness:
        """When each authority was last read."""
        if self._freshness is None:
            patience = self.config.health.patience
            self._freshness = measure_freshness(self.history, self.sources, self.now, patience)
        return self._freshness

    @property
    def registers_named(self) -> set[str]:
        """The registers that acts make."""
        return {
            life.measure.register
            for life in self.knowledge.timeline.lifecycles
            if life.measure.register
        }

    def resting(self, about: str = "", remarks: tuple[str, ...] = ()) -> Coverage:
        """Return the coverage of an answer about a register, an authority or a country.

        Raises:
            MonitorError: nothing was read yet.
        """
        health = self.history(troubles.load_source_healths)
        covered = self.coverage(about)
        if covered.is_empty and not any(state.last_ok for state in health.values()):
            raise MonitorError(explain_nothing_read(covered, HERE))
        return msgspec.structs.replace(covered, remarks=(*covered.remarks, *remarks))

    def line(self, covered: Coverage) -> str:
        """Format the coverage of an answer as a line."""
        return f"coverage: {format_coverage(covered, self.now)}"

    def coverage(self, about: str = "") -> Coverage:
        """Load the coverage of any answer; it may be empty."""
        if about not in self._covered:
            patience = self.config.health.patience
            self._covered[about] = load_coverage(
                self._history, self.sources, self.now, patience, about
            )
        return self._covered[about]

    @property
    def thresholds(self) -> Thresholds:
        """The scores from which two names count as alike."""
        return watchlist.get_thresholds(self.config)

    @property
    def watched(self) -> list[Entry]:
        """The watch list, from the settings' files and the store.

        Raises:
            WatchListUnread: one of its files can't be read.
        """
        with _reading_the_list():
            return watchlist.load_entries(self.config, self.history)

    def asof(self, day: date, known_on: date | None, query: MeasureQuery) -> AsOf:
        """Compute the status of the queried measures on a day."""
        return answers.compute_as_of(
            self.history, day, known_on, query, self.thresholds, self.knowledge
        )

    def story(self, about: str, most: int | None = MOST) -> Story:
        """Tell the story of an act, a name or goods, with at most `most` parts of measures; None:
        all.

        Raises:
            WatchListUnread: nothing else has this name, and the watch list can't be read.
        """
        ids = frozenset(source.id for source in self.sources)
        tell = partial(
            stories.show,
            self.history,
            about,
            self.thresholds,
            sources=ids,
            knowledge=self.knowledge,
            most=most,
        )
        try:
            entries = self.watched
        except WatchListUnread as unread:
            with suppress(MonitorError):
                return tell()
            raise unread from None
        return tell(entries=entries)

    def key_dates(self, since: date, until: date) -> KeyDates:
        """List the days on which the law changes by itself."""
        stale = self.knowledge.stale
        return answers.load_key_dates(self.history, since, until, self.freshness, stale)

    def state(self) -> State:
        """Load the state of all sources; without a store none was ever read."""
        if self._history is None:
            never = (SourceState(one.id, None, self.now, None, ()) for one in self.sources)
            return State(tuple(never), (), {}, ())
        return load_state(self.history, self.sources, self.now)

    def screening(self, asking: Asking, lists: Sequence[OtherList] = ()) -> Screening:
        """Screen a query against the watch list, all records, and these external lists.

        Raises:
            WatchListUnread: a file of the watch list can't be read.
        """
        with _reading_the_list():
            return screen.screen_against_all(self.config, [asking], self.knowledge, self.now, lists)

    def keep_record(self, answer: Screening, who: str) -> int:
        """Save a screening with its answer and return its number. On failure return 0
        and log why.
        """
        try:
            covered = self.line(self.coverage())
            person = make_person(who)
            order = make_order(self.history, self.thresholds, answer, person, CONSOLE, covered)
            return record_screening(self._store, order)
        except MonitorError as error:
            log.error("console: not recorded: %s", error)  # noqa: TRY400 - it has no trace that would say more
            return 0

    def dismiss_match(self, entry: str, subject: str, by: str, *, undo: bool) -> None:
        """Record that an entry of the watch list is not this listed subject, or take that back.

        Raises:
            MonitorError: the list has no such entry, or it can't be written.
        """
        now = SystemClock().now()  # of a replay the desk's own stands still
        dismiss_match(self._store, self.config, entry, subject, make_person(by), now, undo=undo)

    @property
    def lists_of_others(self) -> tuple[OtherList, ...]:
        """The external lists of config.toml, without their folders: an asker elsewhere has no need
        of these.
        """
        places = [others.get_list_path(one, self._store) for one in self.config.screen_against]
        written = [
            _written(file) for place in places for file in (place, others.get_state_path(place))
        ]
        return self._keep(
            "lists of others",
            written,
            lambda: tuple(map(_without_folder, others.read(self.config, self._store), places)),
        )

    def load_changed(self, act: Announcement) -> Mapping[str, Announcement]:
        """Load the acts on record that an act changes, by key."""
        keys = {target.key for measure in act.measures for target in measure.amends}
        return self.history(acts.load_acts, keys)

    def screen_act(self, act: Announcement) -> ScreeningResult | None:
        """Screen an act against the watch list of now, with related records; None
        without a list.
        """
        changed = self.load_changed(act)
        try:
            (ours, _), stamp = self._load_list()
        except WatchListUnread as error:
            log.error("console: %s", error)  # noqa: TRY400 - it has no trace that would say more
            return ScreeningResult(names=0, products=0, listed=0, unread=(UNREAD,))
        records = self.history(screenings.hash_lists)
        return self._keep(
            f"act {act.key}",
            (stamp, records, act, changed),
            lambda: knowledge.screen_with_others(act, ours, changed, self.knowledge.records),
        )

    def _load_list(self) -> tuple[tuple[WatchList, list[str]], object]:
        """Load the watch list, its unusable parts, and a stamp of both."""
        list_stamp = (
            self.history(watched.read_watch_stamp),
            [_written(Path(file)) for file in self.config.watch.files],
            self.now.date(),
        )
        return self._keep("our list", list_stamp, self._take_up_list), list_stamp

    def matches(self) -> Screening:
        """Compare the watch list with all records, once for each state of both.

        While the records stay the same, only changed entries are compared again, because this takes
        long.
        """
        (ours, unusable), list_stamp = self._load_list()
        records = self.history(screenings.hash_lists)
        read_times = self.history(registers.load_read_times)
        return self._keep(
            "matches",
            (list_stamp, records, read_times, self.knowledge.stale),
            lambda: self._hold_list(ours, unusable, records),
        )

    def _take_up_list(self) -> tuple[WatchList, list[str]]:
        stored = watchlist.load_stored(self.history)
        with _reading_the_list():
            return screen.take_up_lists(self.config, (), stored, self.now)[1:]

    def _hold_list(self, ours: WatchList, unusable: Sequence[str], records: str) -> Screening:
        paired_with, known = self._pairs
        known = known if paired_with == records else {}
        pairs = screen.pair_list(ours, self.knowledge.records, known)
        self._pairs = records, pairs
        hits = screen.read_pairs(pairs, self.knowledge.records)
        found = screen.add_standings(hits, Standings(self.knowledge.parts_of, self.now))
        return Screening(
            asked=tuple(ours.entries),
            found=tuple(screen.add_sums(found)),
            unusable=tuple(unusable),
            records=len(self.knowledge.records),
            watched=len(ours.entries),
            stale=self.knowledge.stale or {},
        )

    def _keep(self, name: str, rests_on: object, look_up: Callable[[], T]) -> T:
        """Return a costly result, kept until its stamp changes."""
        if name not in self._kept or self._kept[name][0] != rests_on:
            self._kept[name] = rests_on, look_up()
        return cast("T", self._kept[name][1])


def make_person(who: str) -> Person:
    """Make the person that the record of screenings names for an asker."""
    name = who.removeprefix("user ") or f"{ANYBODY} at the console"
    return Person(f"{CONSOLE}:{name}", name)


def _without_folder(one: OtherList, place: Path) -> OtherList:
    """Return an external list whose problem names only its file."""
    named = one.state.problem.replace(files.shorten_path(place), place.name)
    return replace(one, state=msgspec.structs.replace(one.state, problem=named))


def _written(path: Path) -> int | None:
    """Return when a file was last written; None if it can't be read. Its reader reports why."""
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return None


@contextmanager
def _reading_the_list() -> Iterator[None]:
    try:
        yield
    except ConfigError as error:
        raise WatchListUnread(str(error)) from error
