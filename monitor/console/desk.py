"""Where the console asks: the store, opened only to be read; what is known is kept until it moves. Used from one thread."""

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import date, datetime
from functools import lru_cache, partial
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar, cast

import msgspec

from monitor.alert.notice import Notice
from monitor.config import Config, files
from monitor.config.stores import Store
from monitor.errors import ConfigError, MonitorError, StoreError
from monitor.history import (
    DATABASE,
    History,
    Session,
    acts,
    naming,
    notices,
    registers,
    sightings,
    there,
    troubles,
    watch_state,
    watched,
)
from monitor.history import names as kept_names
from monitor.history.archive import of_store
from monitor.pipeline import answers, copies, others, screen, stories
from monitor.pipeline.answers import AsOf, KeyDates, State
from monitor.pipeline.coverage import Coverage, coverage, coverage_line, nothing_read
from monitor.pipeline.knowledge import Knowledge
from monitor.pipeline.others import OtherList
from monitor.pipeline.screen import Asking, Screening
from monitor.pipeline.standing import Standings
from monitor.pipeline.stories import Story
from monitor.render.alert import Alert, compose
from monitor.source.schedule import Freshness
from monitor.source.scraper import Source
from monitor.timeline import MeasureQuery
from monitor.watch import names
from monitor.watch.entries import Entry
from monitor.watch.match import Thresholds

P = ParamSpec("P")
T = TypeVar("T")
MOST = 500  # parts of measures on one page
READ = 500  # names that are kept as they were read
HERE = "this store"  # where it lies is nobody's business who asks from elsewhere


class WatchListUnread(StoreError):
    """A file of the watch list can't be read."""


class HistoryRead(History):
    """A history that is only read; how its registers stand, for which all rows are counted, is asked once for each reading."""

    waits_for_names = False  # who asks for a name while more are to be made ready is told to ask again

    def __init__(self, store: Store) -> None:
        super().__init__(store, read_only=True)
        counted = super().__call__
        self._registers = lru_cache(1)(lambda _: counted(registers.statuses))

    def __call__(self, function: Callable[Concatenate[Session, P], T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        if function is registers.statuses:
            return cast("T", self._registers(tuple(sorted(self(registers.when_read).items()))))
        return super().__call__(function, *args, **kwargs)


class ConsoleDesk:
    """Answers from one store, as the command line does.

    Raises:
        StoreError: from `at_one_moment` and whatever is asked after it, if the store can't be read.
        MonitorError: nothing was ever read that could answer, or nothing is called what is asked for.
    """

    def __init__(self, store: Store | Path, config: Config, sources: list[Source], now: Callable[[], datetime]) -> None:
        self.config = config
        self.sources = sources
        self.archive = of_store(store)
        self._store = Store.of(store)
        self._file_name = str(self._store / DATABASE)
        self._now = now
        self._ids = frozenset(source.id for source in sources)
        self._history: History | None = None
        self._file: tuple[int, int] | None = None
        self._moved: object = None  # by what it is seen that anything was written,
        self._on_record: object = None  # that more, or else, is on record,
        self._ours: object = None  # and that the watch list, or what people say of it, has changed
        self._openings = 0  # what a file system calls a file may be what it called another
        self.now = now()
        # The last of each thing that is dear to look up, by what moves when it could be another.
        self._covered = lru_cache(8)(lambda _, about: self._coverage(about))
        self._knowledge = lru_cache(1)(lambda _: Knowledge(self.history, self._freshness))
        self._stale_at = lru_cache(1)(lambda _: tuple(self._freshness.all_stale(self.history(acts.count_by_authority)).items()))
        self._entries = lru_cache(1)(lambda _: screen.everything(self.config, self.history))
        self._as_held = lru_cache(1)(
            lambda _: screen.our_list(self.config, self.history(watched.entries), self.history(watched.dismissals))
        )
        self._of_others = lru_cache(1)(lambda _: self._lists_of_others())
        self._matches = lru_cache(1)(lambda _: self._held_all())
        self._named = lru_cache(1)(lambda _: self._registers_named())
        self._told = lru_cache(1)(lambda _: dict[object, object]())

    @contextmanager
    def at_one_moment(self) -> Iterator[tuple[object, ...]]:
        """Take the store as it is now, for all that is looked up in the block; what differs once an answer could."""
        self.now = self._now().replace(second=0, microsecond=0)
        self._open()
        if self._history is None:
            yield (self.now,)
            return
        with self._history.at_one_moment() as state:
            self._take(self._history, state)
            yield self._moved, self._lists(), self.now

    def _open(self) -> None:
        """Have the history that is there, which may have been put back."""
        file = self._which()
        if file is None:
            self.close()
        elif self._history is None or file != self._file:
            self.close()
            self._history, self._file = self._opened(), file
            self._openings += 1

    def _take(self, history: History, state: object) -> None:
        """Learn what has moved."""
        moved = self._openings, state
        if moved != self._moved:
            self._moved, self._ours = moved, history(watch_state.stamp)
            self._on_record = (
                self._openings,
                history(sightings.latest_change),
                tuple(sorted(history(registers.when_read).items())),
            )

    def _which(self) -> tuple[int, int] | None:
        """Which file the history is; of a database that it is there. None where there is none."""
        if self._store.database:
            return (0, 0) if there(self._store) else None
        try:
            found = os.stat(self._file_name)  # noqa: PTH116 - asked for every question: a Path costs more than the answer
        except OSError:  # `there` says why
            return self._which() if there(self._store) else None
        return found.st_dev, found.st_ino

    def _opened(self) -> History:
        history = HistoryRead(self._store)
        if history.is_copy:  # read as a file that never changes, which a process that lives long can't promise
            history.close()
            raise StoreError(f"{self._store}: can be read only as a copy; put it where it may be written, and serve it there")
        history.refuse_copy_of_older()  # which stays as it was when it was opened
        return history

    def _lists(self) -> tuple[object, ...]:
        """When the files of the watch list were written last."""
        return tuple(map(_written, map(Path, self.config.watch.files)))

    def close(self) -> None:
        """Let go of the store."""
        if self._history is not None:
            self._history.close()
        self._history = self._file = None

    @property
    def history(self) -> History:
        """The store's history.

        Raises:
            MonitorError: nothing was ever read into it.
        """
        if self._history is None:
            raise MonitorError(nothing_read(self._coverage(), HERE))
        return self._history

    @property
    def knowledge(self) -> Knowledge:
        """What is on record."""
        return self._knowledge((self._on_record, self._stale))

    @property
    def _freshness(self) -> Freshness:
        return Freshness(self.sources, self.history(troubles.healths), self.now, self.config.health.patience)

    @property
    def _stale(self) -> object:
        """The authorities of acts on record that were not read lately."""
        return self._stale_at((self._moved, self.now))

    @property
    def registers_named(self) -> frozenset[str]:
        """The registers that acts make."""
        return self._named(self._on_record)

    def _registers_named(self) -> frozenset[str]:
        return frozenset(filter(None, (life.measure.register for life in self.knowledge.timeline.lifecycles)))

    def read_ahead(self) -> bool:
        """Make some names ready to be searched, so that nobody waits for all of them; whether any are left."""
        self._open()
        if self._history is None or not self._history(naming.lag):
            return False
        with self._history.to_write() as history:
            return bool(kept_names.make_some(history))

    def rest(self) -> None:
        """A question is answered: what takes much room is not kept for the next."""
        if names.read.cache_info().currsize > READ:
            names.read.cache_clear()

    def resting(self, about: str = "", remarks: tuple[str, ...] = ()) -> Coverage:
        """What an answer rests on; `about` says of which register, authority or country it is.

        Raises:
            MonitorError: on nothing.
        """
        assert self.history, "which says that nothing was ever read"
        covered = self._covered((self._moved, self.now), about)
        if covered.is_empty and not any(state.last_ok for state in self.history(troubles.healths).values()):
            raise MonitorError(nothing_read(covered, HERE))
        return msgspec.structs.replace(covered, remarks=(*covered.remarks, *remarks)) if remarks else covered

    def line(self, covered: Coverage) -> str:
        """What an answer rests on, in a line."""
        return f"coverage: {coverage_line(covered, self.now)}"

    def ending(self) -> str:
        """The same of any answer, also where there is none."""
        return self.line(self._covered((self._moved, self.now), "") if self._history else self._coverage())

    def _coverage(self, about: str = "") -> Coverage:
        return coverage(self._history, self.sources, self.now, self.config.health.patience, about)

    @property
    def thresholds(self) -> Thresholds:
        """From which likeness on a name is taken for another."""
        return Thresholds(self.config.watch.match, self.config.watch.review)

    @property
    def watched(self) -> list[Entry]:
        """The watch list, in the settings' files and in the store.

        Raises:
            WatchListUnread: a file of it can't be read.
        """
        with _reading_the_list():
            return self._entries(self._list_stamp())

    def _list_stamp(self) -> tuple[object, ...]:
        """What moves when the watch list, in the settings' files or in the store, has changed."""
        return self._openings, self._ours, self._lists()

    def asof(self, day: date, known_on: date | None, asked: MeasureQuery) -> AsOf:
        """How what is asked stood on a day."""
        return answers.asof(self.history, day, known_on, asked, self.thresholds, self.knowledge)

    def story(self, about: str, most: int | None = MOST) -> Story:
        """The story of what somebody names, of at `most` so many parts of measures; None: the whole of it.

        Raises:
            WatchListUnread: nothing else is called so, and what the entries of the list are called can't be read.
        """
        tell = partial(stories.show, self.history, about, self.thresholds, sources=self._ids, knowledge=self.knowledge, most=most)
        try:
            entries = self.watched
        except WatchListUnread as unread:
            with suppress(MonitorError):
                return tell()
            raise unread from None
        return tell(entries=entries)

    def key_dates(self, since: date, until: date) -> KeyDates:
        """The days on which the law changes by itself."""
        return answers.key_dates(self.history, since, until, self._freshness)

    def state(self) -> State:
        """How the sources are doing."""
        return answers.status(self.history, self.sources, self.now)

    def of_news(self, known_by: object, look_up: Callable[[], T]) -> T:
        """What is dear to put together, kept until more is on record or the watch list has changed."""
        kept = self._told((self._on_record, self._ours))
        if known_by not in kept:
            kept[known_by] = look_up()
        return cast("T", kept[known_by])

    def told_of(self, message: int) -> tuple[Notice, Alert]:
        """What a message says, and in words."""
        notice = self.history(notices.told_of, message)
        return notice, compose(notice)

    def screening(self, asking: Asking, lists: Sequence[OtherList] = ()) -> Screening:
        """What somebody asks for, held against the watch list and all on record, and against these lists of others.

        Raises:
            WatchListUnread: a file of the list can't be read.
        """
        standings = Standings(self.knowledge.parts_of, self.now)
        stored, dismissals = self.history(watched.entries), self.history(watched.dismissals)
        with _reading_the_list():
            ours = None if self.config.watch.ownership else self._as_held(self._list_stamp())
            return screen.held(self.config, [asking], stored, dismissals, self.knowledge.records, standings, lists, ours)

    @property
    def lists_of_others(self) -> tuple[OtherList, ...]:
        """The lists of others that config.toml names; where they lie is nobody's business who asks from elsewhere."""
        return self._of_others(tuple(_written(file) for place in self._places() for file in (place, copies.beside(place))))

    def _lists_of_others(self) -> tuple[OtherList, ...]:
        return tuple(map(_without_folder, others.read(self.config, self._store), self._places()))

    def _places(self) -> list[Path]:
        return [others.place(one, self._store) for one in self.config.screen_against]

    def matches(self) -> Screening:
        """The watch list, held against all on record: once for each state of both, since it takes long."""
        return self._matches((self._on_record, self._list_stamp(), self.now.date(), self._stale))

    def _held_all(self) -> Screening:
        with _reading_the_list():
            in_files, unusable = screen.in_files(self.config)
        entries = (*in_files, *self.history(watched.entries))
        if not entries:
            return Screening((), (), tuple(unusable))
        answer = self.screening(Asking(entries))
        return replace(answer, found=tuple(hit for hit in answer.found if hit.on_record))


def _without_folder(one: OtherList, place: Path) -> OtherList:
    """A list whose problem names its file alone."""
    named = one.state.problem.replace(files.shown_path(place), place.name)
    return replace(one, state=msgspec.structs.replace(one.state, problem=named))


def _written(path: Path) -> int | None:
    """When a file was written last; None where nobody can look, of which whoever reads it says why."""
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
