"""Answer the console's questions from the store, opened read-only, each at one moment; and send the
answers.

The desk is used from one thread. An answer has foreign text escaped, no control character, no
secret, and links only to web addresses.
"""

import asyncio
import hashlib
import logging
import re
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import date, datetime
from functools import cache, partial
from importlib import resources
from operator import itemgetter
from pathlib import Path
from typing import Any, TypeVar, cast

import msgspec
from babel.messages.pofile import read_po
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from monitor.ask import answers, asking, knowledge, others, rows, screen, stories, watchlist
from monitor.ask.answers import AsOf, KeyDates
from monitor.ask.coverage import (
    Coverage,
    SourceState,
    State,
    explain_nothing_read,
    format_coverage,
    load_coverage,
    load_state,
    measure_freshness,
)
from monitor.ask.knowledge import Knowledge, make_names_ready
from monitor.ask.others import OtherList
from monitor.ask.screen import Asking, DecidedEntry, Pairs, Screening
from monitor.ask.screenings import make_order
from monitor.ask.standing import Standings
from monitor.ask.stories import Story
from monitor.clock import SystemClock
from monitor.config import Config, files
from monitor.config.outward import make_printable, redacted
from monitor.config.stores import Store
from monitor.console.guard import Asker
from monitor.errors import ConfigError, EvidenceLost, MonitorError, NamesUnread, StoreError
from monitor.model import Announcement, frozen, to_json
from monitor.names.name import read_name
from monitor.render import dates
from monitor.render.text import capitalize_first, keep_web_url
from monitor.render.titles import translate_title
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
        with _wrap_list_error():
            return watchlist.load_entries(self.config, self.history)

    def asof(self, day: date, known_on: date | None, query: MeasureQuery) -> AsOf:
        """Compute the status of the queried measures on a day."""
        return answers.compute_as_of(self.knowledge, day, known_on, query, self.thresholds)

    def story(self, about: str, most: int | None = MOST) -> Story:
        """Tell the story of an act, a name or goods, with at most `most` parts of measures; None:
        all.

        Raises:
            WatchListUnread: nothing else has this name, and the watch list can't be read.
        """
        ids = frozenset(source.id for source in self.sources)
        tell = partial(stories.show, self.knowledge, about, self.thresholds, sources=ids, most=most)
        try:
            entries = self.watched
        except WatchListUnread as unread:
            with suppress(MonitorError):
                return tell()
            raise unread from None
        return tell(entries=entries)

    def key_dates(self, since: date, until: date) -> KeyDates:
        """List the days on which the law changes by itself."""
        return answers.load_key_dates(self.knowledge, since, until)

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
        with _wrap_list_error():
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
            _find_written_at(file)
            for place in places
            for file in (place, others.get_state_path(place))
        ]
        return self._keep(
            "lists of others",
            written,
            lambda: tuple(map(_hide_folder, others.read(self.config, self._store), places)),
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
            [_find_written_at(Path(file)) for file in self.config.watch.files],
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
        with _wrap_list_error():
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


def _hide_folder(one: OtherList, place: Path) -> OtherList:
    """Return an external list whose problem names only its file."""
    named = one.state.problem.replace(files.shorten_path(place), place.name)
    return replace(one, state=msgspec.structs.replace(one.state, problem=named))


def _find_written_at(path: Path) -> int | None:
    """Return when a file was last written; None if it can't be read. Its reader reports why."""
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return None


@contextmanager
def _wrap_list_error() -> Iterator[None]:
    try:
        yield
    except ConfigError as error:
        raise WatchListUnread(str(error)) from error


# One question after the other, on the thread that holds the store.

Shown = dict[str, Any]
ENGLISH = "en"
LANGUAGES = (ENGLISH, "zh")
HTML = "text/html; charset=utf-8"
JSON = "application/json"
WAITING = 64  # questions
FOUND = 1_000  # rows of an answer that are shown
BROKEN = "the store can't be read now; what `monitor serve` prints says why"
LOST = "the page is missing from the archive, or damaged there"
BUSY = "too many questions wait; ask again in a moment"
MISTAKE = "a mistake of the monitor's own; what `monitor serve` prints says which"
PLACES = (
    ("/", "Today"),
    ("/timeline", "Timeline"),
    ("/asof", "As of a day"),
    ("/registers", "Registers"),
    ("/us", "Us"),
    ("/sources", "Sources"),
    ("/feeds", "Feeds"),
    ("/search", "Search"),
)


class Given(dict[str, str]):
    """The parameters of a question, by name, with the asker and the language."""

    def __init__(
        self, words: Mapping[str, str], asker: Asker | None = None, language: str = ENGLISH
    ) -> None:
        super().__init__(words)
        self.asker = asker or Asker()
        self.language = language


def choose_language(request: Request) -> str:
    """Choose the first language of a browser that the console speaks; browsers name the
    best first.
    """
    named = request.headers.get("accept-language", "").lower().split(",")
    tags = (re.split(r"[-;]", name.strip())[0] for name in named)
    return next((tag for tag in tags if tag in LANGUAGES), ENGLISH)


def list_choices(codes: Iterable[str], label: Callable[[str], str]) -> list[tuple[str, str]]:
    """List codes with their labels, sorted by label."""
    return sorted(((code, label(code)) for code in codes), key=itemgetter(1))


def read_number(given: Given, name: str) -> int:
    """Read the number of this parameter; 0 without one.

    Raises:
        ConfigError: it is not a number.
    """
    text = given[name] or "0"
    if not (text.isascii() and text.isdigit() and len(text) < 19):
        raise ConfigError(f"{name}: a number")
    return int(text)


def read_day(given: Given, name: str) -> date | None:
    """Read the day of this parameter; None without one.

    Raises:
        ConfigError: it is not a day; names the nearest.
    """
    try:
        return asking.parse_day(name, given[name]) if given[name] else None
    except MonitorError as error:
        raise ConfigError(str(error)) from error


class Turns:
    """The desk, from an event loop: it answers one question after the other."""

    def __init__(self, desk: ConsoleDesk) -> None:
        self._desk = desk
        self._waiting = 0
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="console")

    async def once(self, look_up: Callable[[ConsoleDesk], T]) -> T:
        """Look something up now.

        Raises:
            HTTPException: too many others wait already, or the monitor made a mistake.
            MonitorError: as the desk raises it.
        """
        if self._waiting >= WAITING:
            raise HTTPException(503, BUSY)
        self._waiting += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(
                self._thread, self._looked, look_up
            )
        finally:
            self._waiting -= 1

    def _looked(self, look_up: Callable[[ConsoleDesk], T]) -> T:
        try:
            with self._desk.at_one_moment():
                return look_up(self._desk)
        except MonitorError:
            raise
        except Exception as error:  # noqa: BLE001 - whatever it is, nobody elsewhere reads it
            where = traceback.extract_tb(error.__traceback__)[-1]
            what = (
                f"{type(error).__name__}: {error} ({Path(where.filename).name}, line"
                f" {where.lineno})"
            )
            log.critical("console: a mistake of the monitor's own, please report it: %s", what)
            raise HTTPException(500, MISTAKE) from None

    def close(self) -> None:
        """Let go of the store once all is answered."""
        self._thread.submit(self._desk.close)
        self._thread.shutdown()


@frozen
class Answer:
    """A whole answer, of some content type."""

    body: bytes
    kind: str
    status: int = 200


def respond(request: Request, answer: Answer) -> Response:
    """Respond with an answer and its ETag; or say that the asker has it already."""
    tag = f'"{hashlib.blake2b(answer.body, digest_size=12).hexdigest()}"'
    held = {
        held.strip().removeprefix("W/")
        for held in request.headers.get("if-none-match", "").split(",")
    }
    if answer.status == 200 and tag in held:
        return Response(status_code=304, headers={"ETag": tag})
    return Response(answer.body, answer.status, {"ETag": tag}, answer.kind)


def choose_status(error: MonitorError) -> int:
    """Choose the HTTP status by which a program knows what is wrong."""
    if isinstance(error, ConfigError):
        return 400
    return 503 if isinstance(error, StoreError) and not isinstance(error, EvidenceLost) else 404


def word_error(error: MonitorError) -> str:
    """Word an error for somebody elsewhere; only the operator learns where the store lies."""
    if isinstance(error, EvidenceLost):
        return LOST
    if isinstance(error, StoreError) and not isinstance(error, NamesUnread):
        log.error("console: %s", error)
        return UNREAD if isinstance(error, WatchListUnread) else BROKEN
    return str(error)


def render_page(
    template: str, here: str, shown: Mapping[str, Any], language: str = ENGLISH
) -> bytes:
    """Render a page of HTML; `here` is its place in the console."""
    page = _load_templates(language).get_template(template)
    return page.render(shown, places=PLACES, here=here, language=language).encode()


def encode_json(value: object) -> bytes:
    """Encode a value as JSON, without secrets."""
    return redacted(to_json(value).decode()).encode()


def read_static(name: str) -> bytes:
    """Read a file that is equal for all users."""
    return resources.files("monitor.console").joinpath("templates", name).read_bytes()


@cache
def load_catalogue(language: str) -> Mapping[str, str]:
    """Load the fixed words of the console in another language, by the English ones."""
    with (
        resources.files("monitor.console")
        .joinpath("translations", f"{language}.po")
        .open("rb") as file
    ):
        return {str(message.id): str(message.string) for message in read_po(file) if message.id}


@cache
def _load_templates(language: str) -> Environment:
    templates = Environment(
        loader=PackageLoader("monitor.console"),
        # to look for each file again, whenever a page is shown, takes as long as to show a short
        # one
        auto_reload=False,
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=lambda value: (
            value if isinstance(value, Markup) else make_printable("" if value is None else value)
        ),
    )
    translated = {} if language == ENGLISH else load_catalogue(language)
    templates.globals["_"] = lambda text: translated.get(text, text)
    templates.globals["heads"] = rows  # the names of columns
    templates.filters["day"] = dates.format_date
    templates.filters["english"] = translate_title
    templates.filters["sentence"] = capitalize_first
    templates.filters["web"] = lambda value: keep_web_url(value) if isinstance(value, str) else ""
    return templates
