"""Workers that are killed, a database whose power is cut, a Slack in bad weather, a host that
all ask: what came of it.
"""

import random
import re
import signal
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from pathlib import Path
from typing import Self

import postgres
from emulator import TOKENS, Workspace, twice
from lives import Lives
from owing import Desk, owed
from weather import Weather

from monitor.config.stores import Store
from monitor.store import ALERTS, OPS, History, outbox, troubles

GAP = 0.5  # seconds from one request to the shared host to the next
EVERY = 5  # seconds from one poll of a page to the next: more than the host may be asked
SETTINGS = """
store = "{store}"
folder = "{folder}"
packages = []
[slack]
api = "{api}"
channel = "{alerts}"
ops_channel = "{troubles}"
gap = "0.001 seconds"
grace = "{grace} seconds"
timeout = "2 seconds"
[fetch]
allow_private = true
robots = false
gap = "{gap} seconds"
"""
PAGE = """
[[page]]
name = "p{number}"
url = "{host}/p{number}"
rows = "tr"
every = "{every} seconds"
floor = 1
"""
TRACEBACK = re.compile(r"Traceback.*(?:\n.*){0,80}")
LOADED = ("monitor.cli.once", "monitor.run.work.worker", "monitor.poll.watched_pages")
FEW = 20  # kills, over which what is owed at first lasts
SELDOM = 4  # kills from one row that is published to the next
PATIENCE = 900.0  # seconds until all that is owed has to have arrived


class Publisher:
    """A host with pages of rows: when it was asked for what, and which rows it has published."""

    def __init__(self, pages: int) -> None:
        self.asked: list[tuple[float, str]] = []
        self.rows = {f"/p{number}": [f"Circular 1{number:02}000"] for number in range(pages)}
        self.published: list[str] = []
        self._server = _Site(("127.0.0.1", 0), _Answer)
        self._server.publisher = self
        self._thread = threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.05}
        )
        self._thread.start()
        self.host = f"http://127.0.0.1:{self._server.server_address[1]}"

    def publish(self, page: int) -> None:
        """One more row of a page."""
        rows = self.rows[f"/p{page}"]
        rows.append(f"Circular 1{page:02}{len(rows):03}")
        self.published.append(rows[-1])

    @property
    def nearest(self) -> float:
        """Seconds between the two requests that were nearest to each other."""
        return min(later - earlier for (earlier, _), (later, _) in pairwise(self.asked))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


class _Site(ThreadingHTTPServer):
    publisher: Publisher

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that was killed is no error of ours."""


class _Answer(BaseHTTPRequestHandler):
    server: _Site

    def do_GET(self) -> None:
        publisher = self.server.publisher
        publisher.asked.append((time.monotonic(), self.path))
        rows = "".join(
            f"<tr><td>{row} of the harbour office on berths and cranes</td></tr>"
            for row in publisher.rows[self.path]
        )
        body = f"<html><title>Circulars</title><table>{rows}</table></html>".encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Silent."""


@dataclass
class Came:
    """What came of a storm."""

    alerts: int
    kills: int
    restarts: int
    posts: int
    bad: int
    lost: list[str]
    twice: list[str]
    out_of_order: list[str]
    requests: int
    nearest: float
    seconds: float
    tracebacks: list[str]
    endings: list[int] = field(default_factory=list)

    def lines(self) -> Iterator[str]:
        """The figures, a line each."""
        for name, value in vars(self).items():
            yield (
                f"{name}: {len(value) if isinstance(value, list) and name != 'endings' else value}"
            )


class Storm:
    """So many workers over one database."""

    def __init__(self, folder: Path, *, workers: int, pages: int, grace: float, seed: int) -> None:
        self._folder, self._dice, self._pages, self._grace = (
            folder,
            random.Random(seed),
            pages,
            grace,
        )
        self._server = postgres.Server.made(forgetful=False)
        self._store = Store(folder / "store", self._server.create("storm"))
        self._store.folder.mkdir()
        self._workspace = Workspace(folder / "slack")
        self._weather, self._publisher = Weather(self._workspace.port, seed), Publisher(pages)
        self._settings = folder / "config.toml"
        self._settings.write_text(self._written())
        self._desk, self._kept = Desk(), History(self._store)
        self.expected: dict[str, list[str]] = {ALERTS: [], OPS: []}
        self._lives = [Lives(folder / f"worker-{number}.log", *LOADED) for number in range(workers)]
        self._began = 0

    def _written(self) -> str:
        peer = self._workspace
        settings = SETTINGS.format(
            store=self._store.database,
            folder=self._store.folder,
            api=self._weather.api,
            alerts=peer.alerts,
            troubles=peer.troubles,
            gap=GAP,
            grace=self._grace,
        )
        return settings + "".join(
            PAGE.format(number=number, host=self._publisher.host, every=EVERY)
            for number in range(self._pages)
        )

    def owe(self, acts: int, troubles: int) -> None:
        """Owe what four acts and two days of troubles in five bring, in the order in which it
        has to arrive.
        """
        known = {destination: set(keys) for destination, keys in self.expected.items()}
        self._desk.owe(self._kept, acts, troubles)
        for destination, keys in owed(self._kept).items():
            ours = [key for key in keys if not key.startswith("page:")]
            self.expected[destination] += [key for key in ours if key not in known[destination]]

    def endure(self, kills: int, restarts: int, longest: float) -> Came:
        """Kill workers after random times, each followed by another at once, and cut the
        database's power between them.
        """
        began = time.monotonic()
        for lives in self._lives:
            self._begin(lives)
        self._until(lambda: self._baselines() == self._pages, "each page has its baseline")
        cuts = {kills * (number + 1) // (restarts + 1) for number in range(restarts)}
        for kill in range(kills):
            time.sleep(self._dice.uniform(0.02, longest))
            # more rows of a page than a message shows are told by their number
            if not kill % SELDOM:
                self._publisher.publish(self._dice.randrange(self._pages))
            lives = self._dice.choice(self._lives)
            assert lives.end() == -9
            self._begin(lives)
            if kill in cuts:
                self._server.restart("immediate")
            elif kills > FEW and not self._waiting():
                self.owe(acts=8, troubles=10)
        self._until(
            lambda: not self._waiting() and not self._unread(), "all that is owed has arrived"
        )
        return self._came(kills, len(cuts), time.monotonic() - began)

    def _begin(self, lives: Lives) -> None:
        self._began += 1
        lives.begin("--config", self._settings, "run", SLACK_BOT_TOKEN=TOKENS[self._began % 30])

    def _waiting(self) -> int:
        return sum(
            times for state, times in self._kept(outbox.count_by_state).items() if state != "sent"
        )

    def _baselines(self) -> int:
        """How many pages have been read well; what they say later is told."""
        return sum(
            name.startswith("page:") and state.last_ok is not None
            for name, state in self._kept(troubles.load_source_healths).items()
        )

    def _unread(self) -> set[str]:
        """The rows that nobody was told of yet."""
        told = set(self._told())
        return {row for row in self._publisher.published if row not in told}

    def _told(self) -> Sequence[str]:
        words = "\n".join(
            str(message) for message in self._workspace.messages(self._workspace.alerts)
        )
        return re.findall(r"Circular \d{6}", words)

    @staticmethod
    def _until(is_so: Callable[[], bool], what: str) -> None:
        deadline = time.monotonic() + PATIENCE
        while not is_so():
            assert time.monotonic() < deadline, f"not in time: {what}"
            time.sleep(1)

    def _came(self, kills: int, restarts: int, seconds: float) -> Came:
        endings = [lives.end(signal.SIGTERM) for lives in self._lives]
        peer = self._workspace
        heard = {ALERTS: peer.keys(peer.alerts), OPS: peer.keys(peer.troubles)}
        said = {
            name: [key for key in keys if key in {*self.expected[name]}]
            for name, keys in heard.items()
        }
        logs = "".join(path.read_text() for path in self._folder.glob("worker-*.log"))
        return Came(
            alerts=sum(map(len, self.expected.values())) + len(self._publisher.published),
            kills=kills,
            restarts=restarts,
            posts=sum(self._weather.seen.values()),
            bad=self._weather.bad,
            lost=[key for name in said for key in self.expected[name] if key not in {*said[name]}]
            + sorted(self._unread()),
            twice=[key for keys in heard.values() for key in twice(keys)],
            out_of_order=[name for name in said if said[name] != self.expected[name]],
            requests=len(self._publisher.asked),
            nearest=self._publisher.nearest,
            seconds=seconds,
            tracebacks=TRACEBACK.findall(logs),
            endings=endings,
        )

    def close(self) -> None:
        """End all of it."""
        for lives in self._lives:
            lives.close()
        self._kept.close()
        for part in (self._weather, self._publisher):
            part.__exit__()
        self._workspace.stop()
        self._server.gone()


@contextmanager
def storm(
    folder: Path, *, workers: int = 4, pages: int = 12, grace: float = 1.0, seed: int = 1
) -> Iterator[Storm]:
    """A storm that is about to begin."""
    coming = Storm(folder, workers=workers, pages=pages, grace=grace, seed=seed)
    try:
        yield coming
    finally:
        coming.close()
