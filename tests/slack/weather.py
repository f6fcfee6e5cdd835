"""Bad weather in front of a Slack-compatible peer: a proxy whose dice decide what becomes of
each request and answer.
"""

import http.client
import random
import socket
import struct
import threading
import time
from collections import Counter
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self

from command import FAR

# What may become of a message that is posted. "before": Slack never saw it; "after": Slack took it,
# and the answer is lost.
POSTS = {
    "patience before": 0.10,
    "failure before": 0.05,
    "reset before": 0.06,
    "reset after": 0.09,
    "silence after": 0.07,
    "failure after": 0.08,
    "slow": 0.25,
}
READS = {"patience before": 0.08, "reset before": 0.06, "failure after": 0.04, "slow": 0.10}
SLOW = 0.15
ANSWERS = {
    "patience before": (429, b'{"ok":false,"error":"ratelimited"}'),
    "failure before": (503, b"<html>Service Unavailable</html>"),
    "failure after": (500, b'{"ok":false,"error":"internal_error"}'),
}


class Weather:
    """A proxy on its own port; `seen` counts what became of the posts, `others` of all else."""

    def __init__(self, port: int, seed: int, *, calm: bool = False) -> None:
        self._behind = port
        self._dice = random.Random(seed)
        self._calm = calm
        self._lock = threading.Condition()
        self._flying = 0
        self._caught, self._let_go = threading.Event(), threading.Event()
        self._let_go.set()
        self.seen: Counter[str] = Counter()
        self.others: Counter[str] = Counter()
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._server.weather = self
        self._thread = threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.05}
        )
        self._thread.start()
        self.api = f"http://127.0.0.1:{self._server.server_address[1]}/api/"

    @property
    def bad(self) -> int:
        """How many posts were answered wrongly, or not at all."""
        return sum(times for kind, times in self.seen.items() if kind.endswith(("before", "after")))

    def catch(self) -> None:
        """Hold the next post in the air, from when it is there until it is `let_go`."""
        self._caught.clear()
        self._let_go.clear()
        assert self._caught.wait(FAR)

    def let_go(self) -> None:
        self._let_go.set()

    def fly(self, path: str) -> None:
        """What a request does before anything becomes of it: it is held, if it is a post and one
        is to be caught.
        """
        if path.endswith("chat.postMessage") and not self._let_go.is_set():
            self._caught.set()
            self._let_go.wait()

    def cast(self, path: str) -> str:
        posted = path.endswith("chat.postMessage")
        chances = {} if self._calm else POSTS if posted else READS
        with self._lock:
            kind = self._dice.choices(
                [*chances, "fine"], [*chances.values(), 1 - sum(chances.values())]
            )[0]
            (self.seen if posted else self.others)[kind] += 1
        return kind

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.let_go()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def flown(self, by: int) -> None:
        with self._lock:
            self._flying += by
            self._lock.notify_all()

    def settle(self) -> None:
        """Wait until nothing is on its way any more: of what was sent before now, all has
        arrived that ever will.
        """
        with self._lock:
            assert self._lock.wait_for(lambda: not self._flying, FAR)

    def behind(self, handler: BaseHTTPRequestHandler, body: bytes) -> tuple[int, bytes]:
        kept = {
            name: value
            for name, value in handler.headers.items()
            if name.lower() in ("authorization", "content-type")
        }
        connection = http.client.HTTPConnection("127.0.0.1", self._behind, timeout=FAR)
        connection.request("POST", handler.path, body, kept)
        answer = connection.getresponse()
        whole = answer.status, answer.read()
        connection.close()
        return whole


class _Server(ThreadingHTTPServer):
    weather: Weather

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that was killed is no error of ours."""


class _Handler(BaseHTTPRequestHandler):
    server: _Server

    def do_POST(self) -> None:
        weather = self.server.weather
        weather.flown(1)
        try:
            self._answer(weather)
        finally:
            weather.flown(-1)

    def _answer(self, weather: Weather) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        weather.fly(self.path)
        kind = weather.cast(self.path)
        if kind.endswith("before"):
            self._spoil(kind)
            return
        status, answer = weather.behind(self, body)
        if kind.endswith("after"):
            self._spoil(kind)
            return
        if kind == "slow":
            time.sleep(SLOW)
        self._send(status, answer)

    def _spoil(self, kind: str) -> None:
        if kind in ANSWERS:
            self._send(*ANSWERS[kind])
        elif kind.startswith("reset"):
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.connection.close()
        self.close_connection = True

    def _send(self, status: int, answer: bytes) -> None:
        with suppress(OSError):  # whoever asked may be dead
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(answer)))
            if status == 429:
                self.send_header("Retry-After", "1")
            self.end_headers()
            self.wfile.write(answer)

    def log_message(self, *_: object) -> None:
        """Silent."""
