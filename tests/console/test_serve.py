import socket
import threading

import pytest
import uvicorn
from command import eventually
from consoles import LOCAL, NOW

from monitor.config import Config
from monitor.console import guard
from monitor.console.desk import ConsoleDesk
from monitor.console.serve import Impatient, console, settings


@pytest.fixture
def port(kept_store, every_source):
    """Where a real server listens."""
    server = uvicorn.Server(settings(console(ConsoleDesk(kept_store, Config(), every_source, lambda: NOW), LOCAL)))
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        eventually(lambda: server.started)
        yield listener.getsockname()[1]
        server.should_exit = True
        thread.join()


def said_to(port: int, *parts: bytes) -> bytes:
    """What the server says until it hangs up."""
    with socket.create_connection(("127.0.0.1", port), timeout=20) as asked:
        for part in parts:
            asked.sendall(part)
        answer = b""
        while piece := asked.recv(65_536):
            answer += piece
        return answer


def test_who_asks_nothing_or_never_ends_asking_holds_no_connection(port, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(Impatient, "patience", 0.2)
        silent = said_to(port)
        half = said_to(port, b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow")
    monkeypatch.setattr(guard, "PATIENCE", 0.2)
    head = b"POST /api/v1/screen HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nContent-Length: 1000\r\n\r\n"
    body = said_to(port, head, b'{"names"')

    assert (silent, half) == (b"", b"")
    assert body.startswith(b"HTTP/1.1 408 ")


def test_what_it_says_of_itself_is_neither_its_maker_nor_its_place(port):
    answer = said_to(port, b"GET /style.css HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n").lower()

    assert answer.startswith(b"http/1.1 200 ")
    assert b"x-content-type-options: nosniff" in answer
    assert b"\r\nserver:" not in answer


@pytest.mark.parametrize(
    "asked",
    [
        b"GET http://evil.example/us HTTP/1.1\r\nHost: evil.example\r\n",
        b"GET /us HTTP/1.1\r\nHost: 127.0.0.1\r\nHost: evil.example\r\n",
        b"GET /us HTTP/1.1\r\nHost: 127.0.0.1, evil.example\r\n",
        b"GET /us HTTP/1.0\r\n",
        b"GET /us HTTP/1.1\r\nHost: 127.0.0.1@evil.example\r\n",
    ],
)
def test_a_question_that_is_for_two_hosts_or_none_is_not_answered(port, asked):
    answer = said_to(port, asked, b"Connection: close\r\n\r\n")

    assert answer.split(b" ", 2)[1] in {b"400", b"421"}
    assert b"supplier" not in answer
