"""Scenarios: recorded pages with the moments from which each address answered them."""

import hashlib
import threading
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import msgspec

from monitor.clock import Clock
from monitor.config import files, parse
from monitor.errors import ConfigError
from monitor.fetch.connect import FORWARDED_SCHEME

LARGEST = 10 * files.MEGABYTE
BUNDLED = Path(__file__).parent / "2025-10"


class Answer(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The answer of `url` from `at` on: the bytes of `file`, or a short body for `status`."""

    at: datetime
    url: str
    file: str | None = None
    status: int = 200
    content_type: str = "text/html"
    headers: dict[str, str] = {}


class Stretch(
    msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"begins": "from", "ends": "to"}
):
    """A time in which the monitor runs; between two of them the clock jumps."""

    begins: datetime
    ends: datetime


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    title: str
    sources: tuple[str, ...]
    awake: tuple[Stretch, ...]
    answers: tuple[Answer, ...]
    questions: tuple[str, ...] = ()


@dataclass(frozen=True)
class Scenario:
    """A folder with scenario.toml and its pages. `questions` are commands that what it leaves
    can answer.
    """

    folder: Path
    title: str
    sources: tuple[str, ...]
    awake: tuple[Stretch, ...]
    answers: tuple[Answer, ...]
    questions: tuple[str, ...] = ()

    @cached_property
    def _by_url(self) -> dict[str, list[Answer]]:
        answers = defaultdict(list)
        for answer in sorted(self.answers, key=lambda answer: answer.at):
            answers[answer.url].append(answer)
        return answers

    def answer(self, url: str, moment: datetime) -> Answer | None:
        """Find the answer of `url` at `moment`; None before its first one."""
        answers = self._by_url.get(url, [])
        index = bisect_right([answer.at for answer in answers], moment)
        return answers[index - 1] if index else None

    def body(self, answer: Answer) -> bytes:
        """The bytes of an answer."""
        return (
            (self.folder / answer.file).read_bytes()
            if answer.file
            else f"<html><title>{answer.status}</title></html>".encode()
        )


def load(folder: Path) -> Scenario:
    """Load the scenario in `folder`.

    Raises:
        ConfigError: there is none, or it can't be played.
    """
    path = folder / "scenario.toml"
    written = files.read_file_bytes(
        path,
        most=LARGEST,
        error=ConfigError,
        way="a scenario is a folder with scenario.toml and its pages",
    )
    try:
        file = msgspec.convert(parse(written, path), _File)
    except msgspec.ValidationError as error:
        raise ConfigError(f"{files.shorten_path(path)}: {error}") from error
    missing = [
        answer.file
        for answer in file.answers
        if answer.file and not files.is_file(folder / answer.file)
    ]
    if missing or not file.awake:
        raise ConfigError(
            f"{path}: " + (f"no such page: {missing[0]}" if missing else "no [[awake]] stretch")
        )
    return Scenario(
        folder,
        file.title,
        file.sources,
        tuple(sorted(file.awake, key=lambda stretch: stretch.begins.astimezone(UTC))),
        file.answers,
        file.questions,
    )


# A local HTTP server that answers for the real hosts as of a clock's time.


class _Server(ThreadingHTTPServer):
    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up is part of life; the replay's own output is no place for it."""


@contextmanager
def serve_scenario(scenario: Scenario, clock: Clock) -> Iterator[int]:
    """The port of a server that runs while the block does."""
    server = _Server(("127.0.0.1", 0), _make_handler(scenario, clock))
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()


def _make_handler(scenario: Scenario, clock: Clock) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            url = f"{self.headers[FORWARDED_SCHEME]}://{self.headers['Host']}{self.path}"
            answer = scenario.answer(url, clock.now())
            if answer is None:
                self._send(404, b"<html><title>404</title></html>", {})
                return
            body = scenario.body(answer)
            etag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
            if answer.status == 200 and self.headers["If-None-Match"] == etag:
                self._send(304, b"", {"ETag": etag})
            else:
                self._send(answer.status, body, _make_headers(answer, etag))

        def _send(self, status: int, body: bytes, headers: dict[str, str]) -> None:
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            if status != 304:
                self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - http.server's protocol
            """Log nothing: the replay prints its own story."""

    return Handler


def _make_headers(answer: Answer, etag: str) -> dict[str, str]:
    validators = {"ETag": etag} if answer.status == 200 else {}
    return {"Content-Type": answer.content_type, **validators, **answer.headers}
