"""A local HTTP server that answers for the real hosts as they stood at the moment of a clock."""

import hashlib
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from monitor.clock import Clock
from monitor.fetch.local import FORWARDED_SCHEME
from monitor.pipeline.scenarios import Answer, Scenario


class _Server(ThreadingHTTPServer):
    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up is part of life; the replay's own output is no place for it."""


@contextmanager
def serving(scenario: Scenario, clock: Clock) -> Iterator[int]:
    """The port of a server that runs while the block does."""
    server = _Server(("127.0.0.1", 0), _handler(scenario, clock))
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()


def _handler(scenario: Scenario, clock: Clock) -> type[BaseHTTPRequestHandler]:
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
                self._send(answer.status, body, _headers(answer, etag))

        def _send(self, status: int, body: bytes, headers: dict[str, str]) -> None:
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            if status != 304:
                self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - http.server's protocol
            """Say nothing: the replay tells its own story."""

    return Handler


def _headers(answer: Answer, etag: str) -> dict[str, str]:
    validators = {"ETag": etag} if answer.status == 200 else {}
    return {"Content-Type": answer.content_type, **validators, **answer.headers}
