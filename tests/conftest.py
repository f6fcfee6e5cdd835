import gc
import inspect
import logging
import os
import socket
import sqlite3
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from contextlib import asynccontextmanager, closing
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from ssl import SSLContext
from typing import Any

import costly
import each
import examples  # noqa: F401 - sets the profile for every law
import httpx
import postgres
import pytest
from command import FAR, Running, eventually
from kept import kept
from pytest_httpserver import HTTPServer
from reading import Here, reads_apart
from sqlalchemy import Engine
from werkzeug import Request, Response

from monitor.alert.event import Notice, NoticeKind
from monitor.config import Config, FetchSettings, SourceSettings
from monitor.config.stores import Store
from monitor.config.times import Duration
from monitor.errors import SourceError
from monitor.fetch import browser
from monitor.model import Fact, to_json
from monitor.poll.assembly import open_pipeline
from monitor.poll.poll import Pipeline
from monitor.poll.replay import StoryClock
from monitor.store import ALERTS, DATABASE, OPS, backup, engine, notices, outbox
from monitor.store import postgres as postgres_engine
from monitor.store.records import Owed

# what a test leaves behind is small; looking for it after every 700 objects is not
gc.set_threshold(100_000, 50, 100)
# where this is "dumb", nothing is shown of how far a command is
os.environ.pop("TERM", None)
for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
    os.environ.pop(name, None)
    os.environ.pop(name.lower(), None)


HERE = Here()


def pytest_runtest_setup(item: pytest.Item) -> None:
    """What an earlier test in this process set holds for it only."""
    HERE.apart = reads_apart(item)
    each.begin_anew()


# the server of a test is no part of what a command says
logging.getLogger("werkzeug").setLevel(logging.WARNING)

START = datetime(2025, 10, 9, 1, 0, tzinfo=UTC)
look_up = socket.getaddrinfo
MAKE_DATABASE, MAKE_TABLES, TO_WRITE = engine._make_database, engine.make_tables, engine.TO_WRITE
# said first: what turns a new file to WAL would wait for the disk as well
UNSYNCED = ("synchronous=OFF", *(each for each in TO_WRITE if each != "synchronous=FULL"))


def _here_alone(host: Any, *words: Any, **options: Any) -> list[Any]:
    """No test asks who is elsewhere, wherever it runs: every other name is unknown to it. An
    address is no name.
    """
    if host in (None, "localhost", b"localhost") or _is_address(os.fsdecode(host)):
        return look_up(host, *words, **options)
    raise socket.gaierror(socket.EAI_NONAME, "no test looks up a name of elsewhere")


def _is_address(host: str) -> bool:
    try:
        return ":" in host or bool(socket.inet_aton(host))  # which also reads 0x7f.1
    except OSError:
        return False


socket.getaddrinfo = _here_alone
browser.PATIENCE = FAR  # beside four other processes it may take longer than a user's to start
LONGEST = (
    "50-alerts",
    "fault_of",
    "mutations_never_crash",
    "power_loss",
    "killed_at_random",
    "forty_ways",
    "in_a_season",
    "monitor.extract.en",
    "monitor.extract.zh",
    "its_readers",
    "says_when_it_is_blind",
    "everybody_can_use_it",
    "simulated_week",
    "keeps_its_gap",
    "there_is_room",
    "green_page_test",
)


def pytest_configure(config: pytest.Config) -> None:
    """Measure what each test takes, where that is asked for."""
    if folder := os.environ.get(costly.MEASURED):
        config.pluginmanager.register(costly.Measuring(Path(folder)))


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """`make long` and `make sweep` load only the files that may hold theirs: not half of all."""
    if config.getoption("markexpr") in {"long", "sweep"} and collection_path.match("test_*.py"):
        return not costly.may_be_long(collection_path) or None
    return None


@pytest.hookimpl(tryfirst=True)  # before those that are marked are left out
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Those that cost much are long. Those that take longest begin first: at the end all would
    wait for one alone.
    """
    for item in items:
        if costly.is_costly(item) and not item.get_closest_marker("sweep"):
            item.add_marker(pytest.mark.long)
    left = [item for item in items if any(map(item.get_closest_marker, ("long", "sweep")))]
    config.stash[costly.LEFT] = {item.path for item in left}
    items.sort(key=lambda item: not any(name in item.name for name in LONGEST))


def pytest_collection_finish() -> None:
    """What is loaded by now stays to the end: nobody need look for garbage in it."""
    gc.freeze()


class Ministry:
    """A ministry's web site: an index of what was published, and the acts. Counts what it was
    asked for.
    """

    def __init__(self, server: HTTPServer) -> None:
        self._server = server
        self.pages: dict[str, bytes] = {}
        self.hidden: set[str] = set()  # there, but not on the index
        self.lacking: dict[str, set[str]] = {}  # by index, what is only on the other one
        # what a page is called on the index, where that is not its path
        self.titles: dict[str, str] = {}
        self.elsewhere: list[str] = []  # addresses of others that are on the index
        self.status: dict[str, int] = {}
        self.noise = ""  # bytes of the index that say nothing
        self.etag = ""  # that it always has, whatever it says
        self.age = 0  # seconds that what it answers has lain in a cache
        self.asked: list[tuple[str, int]] = []
        # what happens once a page was answered with
        self.after: dict[str, Callable[[], object]] = {}
        server.expect_request("/robots.txt").respond_with_data("", 404)
        for path in ("/index", "/bulletin"):
            server.expect_request(path).respond_with_handler(self._index)

    @property
    def index(self) -> str:
        return self._server.url_for("/index")

    def publish(self, path: str, content: Fact | str) -> str:
        self._server.expect_request(f"/{path}").respond_with_handler(self._page)
        # from now on it is on the index
        self.pages[path] = content.encode() if isinstance(content, str) else to_json(content)
        return self._server.url_for(f"/{path}")

    def _index(self, request: Request) -> Response:
        lacks = self.hidden | self.lacking.get(request.path[1:], set())
        shown = [path for path in reversed([*self.pages]) if path not in lacks]
        items = "".join(
            f"<li><a href='/{path}'>{self.titles.get(path, path)}</a></li>" for path in shown
        )
        items += "".join(f"<li><a href='{url}'>elsewhere</a></li>" for url in self.elsewhere)
        return self._answer(
            request,
            f"<html><ul><li><a href='/about'>about</a></li>{items}</ul>{self.noise}</html>".encode(),
        )

    def _page(self, request: Request) -> Response:
        return self._answer(request, self.pages[request.path[1:]])

    def _answer(self, request: Request, body: bytes) -> Response:
        status = self.status.get(request.path[1:], 200)
        response = Response(body, status, content_type="text/html; charset=utf-8")
        if status == 200:
            response.set_etag(self.etag) if self.etag else response.add_etag()
            response.make_conditional(request)
        if self.age:
            response.headers["Age"] = str(self.age)
        self.asked.append((request.path[1:], response.status_code))
        self.after.pop(request.path[1:], lambda: None)()
        return response


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with all tables and nothing in them."""
    path = tmp_path_factory.mktemp("empty") / DATABASE
    opened = engine.open_new(path)
    engine.make_tables(opened)
    opened.dispose()
    return path


@pytest.fixture(scope="session", autouse=True)
def _made_once(empty_database: Path, first_engine: Engine) -> Iterator[None]:
    """What each test would make anew is made once.

    A new database is a copy of an empty one. What an engine has compiled serves later ones. Whom
    TLS trusts, hundreds, is read once for all tests that name no others. No disk is waited for:
    what a power cut leaves is asked of processes of their own.
    """

    def copied(opened: Engine) -> None:
        with closing(sqlite3.connect(empty_database)) as empty:
            empty.backup(opened.raw_connection().driver_connection)

    def speaking_alike(uri: str, *, read_only: bool) -> Engine:
        opened = MAKE_DATABASE(uri, read_only=read_only)
        opened.dialect, opened._compiled_cache = first_engine.dialect, first_engine._compiled_cache
        return opened

    with HERE.reading(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(engine, "make_tables", copied)
        patch.setattr(engine, "_make_database", speaking_alike)
        patch.setattr(engine, "TO_WRITE", UNSYNCED)
        patch.setattr(os, "fsync", lambda _: None)
        patch.setattr(httpx, "create_ssl_context", lambda: _tls(os.environ.get("SSL_CERT_FILE")))
        yield


@cache
def _tls(
    _authorities: str | None, make: Callable[[], SSLContext] = httpx.create_ssl_context
) -> SSLContext:
    return make()


@pytest.fixture
def made_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the making of databases and tables is what is tested."""
    monkeypatch.setattr(engine, "_make_database", MAKE_DATABASE)
    monkeypatch.setattr(engine, "make_tables", MAKE_TABLES)
    monkeypatch.setattr(engine, "TO_WRITE", TO_WRITE)


@pytest.fixture(scope="session")
def with_tables(postgres_server: postgres.Server) -> str:
    """A database of PostgreSQL with all tables and nothing in them, to be copied."""
    return postgres_server.template(
        "tables",
        lambda url: postgres_engine.open_server(url, Path("/nowhere"), read_only=False).dispose(),
    )


def taken_along(path: Path, database: str) -> None:
    """The rows of a history in a file are in a database too."""
    read, written = (
        engine.open_engine(path, read_only=False),
        postgres_engine.open_empty_database(database),
    )
    with read.begin() as source, written.begin() as target:
        backup.copy_rows(source, target)
    read.dispose()
    written.dispose()


@pytest.fixture(scope="session")
def first_of_postgres(postgres_server: postgres.Server, with_tables: str) -> Engine:
    """As `first_engine`, of this PostgreSQL."""
    opened = postgres_engine.open_pool(postgres_server.url(with_tables), read_only=True, size=1)
    opened.connect().close()
    opened.dispose()  # nobody may be connected to what is copied
    opened._compiled_cache.capacity = 10_000
    return opened


class Databases:
    """Databases of one process for its tests, each for a folder that a test takes for a store."""

    def __init__(self, of: postgres.Server, like: str) -> None:
        self._server, self._like = of, like
        # with nothing in them: to empty one takes a tenth of what a new one does
        self._spare: list[str] = []
        self.made: dict[Path, str] = {}

    def of(self, folder: Path) -> str:
        """How the database of a folder is opened; at first it has what the folder has by then."""
        if folder not in self.made:
            self.made[folder] = (
                self._filled_from(folder) if (folder / DATABASE).exists() else self._empty()
            )
        return self._server.url(self.made[folder])

    def _empty(self) -> str:
        self.let_go([folder for folder in self.made if not folder.exists()])  # of earlier examples
        if self._spare:
            return self._spare.pop()
        self._server.create(name := postgres.a_name(), self._like)
        return name

    def _filled_from(self, folder: Path) -> str:
        taken_along(folder / DATABASE, self._server.create(name := postgres.a_name()))
        return name

    def let_go(self, folders: Iterable[Path]) -> None:
        """These folders are no stores any more."""
        for name in map(self.made.pop, folders):
            self._server.empty(name)
            self._spare.append(name)


@pytest.fixture(scope="session")
def databases(postgres_server: postgres.Server, with_tables: str) -> Databases:
    """Those of this process."""
    return Databases(postgres_server, with_tables)


@pytest.fixture
def in_databases(
    databases: Databases, first_of_postgres: Engine, monkeypatch: pytest.MonkeyPatch
) -> Iterator[dict[Path, str]]:
    """Each folder that is opened as a store is a database of its own instead; their names, by
    the folder.
    """
    plain, pooled = Store.of, postgres_engine.open_pool

    def of(place: Store | Path) -> Store:
        store = plain(place)
        return store if store.database else Store(store.folder, databases.of(store.folder))

    def speaking_alike(database: str, *, read_only: bool, size: int) -> Engine:
        opened = pooled(database, read_only=read_only, size=size)
        opened.dialect, opened._compiled_cache = (
            first_of_postgres.dialect,
            first_of_postgres._compiled_cache,
        )
        return opened

    monkeypatch.setattr(Store, "of", of)
    monkeypatch.setattr(postgres_engine, "open_pool", speaking_alike)
    yield databases.made
    databases.let_go([*databases.made])


# fixtures that each test has though it names none, and that none can change
OF_ALL = {"_made_once", "empty_database", "event_loop_policy", "first_engine", "request"}
OF_ALL.add("tmp_path_factory")


@pytest.hookimpl(tryfirst=True)  # before tests are made of the cases
def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Those that are marked so are asked of both engines, of PostgreSQL in the long run. In one of
    several processes, cheap cases that need no fixture are one test: see `each.py`.
    """
    if "PYTEST_XDIST_WORKER" in os.environ and (whole := _whole(metafunc)):
        setattr(metafunc.module, metafunc.definition.name, whole)
        names = [*inspect.signature(metafunc.function).parameters]
        metafunc.definition.own_markers.clear()
        metafunc.parametrize(names, [[None] * len(names)], ids=[f"{whole.cases} cases"])
    both = any(metafunc.definition.iter_markers("both"))
    if both or os.environ.get("ON_POSTGRES"):  # the others need not look which it is
        metafunc.fixturenames.insert(0, "_engine")
    if both:
        metafunc.parametrize(
            "_engine", ["sqlite", pytest.param("postgres", marks=pytest.mark.long)], indirect=True
        )


def _whole(metafunc: pytest.Metafunc) -> Callable[..., None] | None:
    """A test as one that goes through its cases, where nothing is made for each of them."""
    test, names = metafunc.definition, {*metafunc.fixturenames} - OF_ALL
    taken = names - inspect.signature(test.obj).parameters.keys()
    asynchronous = inspect.iscoroutinefunction(test.obj) or hasattr(test.obj, "hypothesis")
    if (
        taken
        or asynchronous
        or costly.is_costly(test)
        or not test.get_closest_marker("parametrize")
    ):
        return None
    return each.fold(test.obj)


@pytest.fixture
def _engine(request: pytest.FixtureRequest) -> Iterator[None]:
    """What answers for the stores of a test: SQLite, or PostgreSQL for one that is asked of both.

    Any other can be tried so: `ON_POSTGRES=1 .venv/bin/pytest tests/poll`. Those that look into a
    store's files fail.
    """
    asked_of_both = getattr(request, "param", None) == "postgres"
    if not asked_of_both and not os.environ.get("ON_POSTGRES"):
        yield
        return
    made = request.getfixturevalue("in_databases")
    yield
    assert made or not asked_of_both, (
        "no store was opened in this process: the test is one of `files`"
    )


@pytest.fixture(scope="session")
def first_engine(empty_database: Path) -> Engine:
    """An engine that has been connected once: it knows how this SQLite is spoken to."""
    opened = engine.open_engine(empty_database, read_only=True)
    opened.connect().close()
    opened.dispose()  # an open connection at the end fails the run on Python 3.13
    opened._compiled_cache.capacity = 10_000  # all that is ever asked
    return opened


@pytest.fixture(scope="session")
def postgres_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[postgres.Server]:
    """The PostgreSQL of this run, shared with its other processes."""
    postgres.needed()
    base = tmp_path_factory.getbasetemp()
    with postgres.shared(base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) as server:
        yield server


@pytest.fixture
def postgres_database(postgres_server: postgres.Server) -> Iterator[str]:
    """How a database is opened that has nothing in it."""
    name = postgres.a_name()
    yield postgres_server.create(name)
    postgres_server.drop(name)


@pytest.fixture
def own_postgres() -> Iterator[postgres.Server]:
    """A PostgreSQL that this test alone has, and may stop as it likes: what it has committed it
    keeps.
    """
    postgres.needed()
    server = postgres.Server.made(forgetful=False)
    yield server
    server.gone()


@pytest.fixture(scope="session")
def kept_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store as an earlier day left it, that nobody may change."""
    return kept(tmp_path_factory.mktemp("kept"))


@pytest.fixture
def ministry(httpserver: HTTPServer) -> Ministry:
    site = Ministry(httpserver)
    httpserver.expect_request("/about").respond_with_data(
        "nothing", content_type="text/html; charset=utf-8"
    )
    return site


@pytest.fixture
def clock() -> StoryClock:
    return StoryClock(START)


class Desk:
    """A pipeline over a toy ministry, with what a test wants to ask of it."""

    def __init__(self, pipeline: Pipeline, clock: StoryClock) -> None:
        self.pipeline = pipeline
        self.clock = clock

    async def poll(
        self, *, after: timedelta = timedelta(minutes=5), source: str = "toy.notices"
    ) -> list[SourceError]:
        self.clock.move_to(self.clock.now() + after)
        return list((await self.pipeline.poll(self.pipeline.registry.source(source))).failures)

    async def owed(self, destination: str = ALERTS) -> list[tuple[NoticeKind, str]]:
        return [(owed.kind, owed.key) for owed in await self.waiting(destination)]

    async def waiting(self, destination: str = ALERTS) -> list[Owed]:
        """What waits, but for the details that follow each act."""
        waiting = await self.pipeline.history(outbox.list_pending, destination)
        return [owed for owed in waiting if owed.kind is not NoticeKind.DETAILS]

    async def notice(self, message: Owed) -> Notice:
        """What a message says."""
        return await self.pipeline.history(notices.compose_notice, message.id)

    async def notices(self, destination: str = ALERTS) -> list[Notice]:
        """What all says that waits."""
        return [await self.notice(owed) for owed in await self.waiting(destination)]

    async def troubles(self) -> list[NoticeKind]:
        return [kind for kind, _ in await self.owed(OPS)]


@pytest.fixture
def toy_config(ministry: Ministry) -> Config:
    return Config(
        packages=("toy_scrapers", "toy_registers"),
        fetch=FetchSettings(allow_private=True, gap=Duration(milliseconds=1)),
        sources={
            "toy.notices": SourceSettings(url=ministry.index),
            "toy.bulletin": SourceSettings(url=ministry.index.replace("index", "bulletin")),
            "toy.shelf": SourceSettings(url=ministry.index.replace("index", "shelf")),
            "toy.endless": SourceSettings(url=ministry.index.replace("index", "endless")),
            "toy.yearbook": SourceSettings(url=ministry.index.replace("index", "{year}")),
            **{
                f"rolls.{name}": SourceSettings(url=ministry.index.replace("index", name))
                for name in ("roll", "board", "news", "gazette", "copied")
            },
            "rolls.pair": SourceSettings(url=ministry.index.replace("index", "board")),
        },
    )


@pytest.fixture
def open_desk(
    toy_config: Config, tmp_path: Path, clock: StoryClock
) -> Callable[..., AsyncIterator[Desk]]:
    @asynccontextmanager
    async def opened(config: Config = toy_config, **options) -> AsyncIterator[Desk]:
        async with open_pipeline(config, tmp_path / "store", clock, **options) as pipeline:
            yield Desk(pipeline, clock)

    return opened


@pytest.fixture
async def desk(open_desk) -> AsyncIterator[Desk]:
    async with open_desk() as opened:
        yield opened


@pytest.fixture
def settings(ministry, tmp_path: Path) -> Path:
    path = tmp_path / "config.toml"
    path.write_text(f"""
store = "{tmp_path / "store"}"
packages = ["toy_scrapers"]
[fetch]
allow_private = true
gap = "0.01 seconds"
[sources."toy.notices"]
url = "{ministry.index}"
[sources."toy.yearbook"]
enabled = false
""")
    return path


@pytest.fixture
def daemon(settings: Path, tmp_path: Path) -> Iterator[Running]:
    running = Running(settings, tmp_path)
    eventually(lambda: (tmp_path / "store" / "socket").exists() or running.over)
    yield running
    running.kill()
