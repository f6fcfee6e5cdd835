import socket

import pytest
from consoles import LOCAL, NOW, serving

from monitor.config import Config
from monitor.console import guard, serve
from monitor.console.desk import ConsoleDesk
from monitor.console.guard import Door
from monitor.console.serve import Impatient, make_console


@pytest.fixture
def port(kept_store, every_source):
    """Where a real server listens."""
    with serving(
        make_console(ConsoleDesk(kept_store, Config(), every_source, lambda: NOW), LOCAL)
    ) as listens:
        yield listens


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
    head = (
        b"POST /api/v1/screen HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nContent-Length:"
        b" 1000\r\n\r\n"
    )
    body = said_to(port, head, b'{"names"')

    assert (silent, half) == (b"", b"")
    assert body.startswith(b"HTTP/1.1 408 ")


def test_what_it_says_of_itself_is_neither_its_maker_nor_its_place(port):
    answer = said_to(
        port, b"GET /style.css HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"
    ).lower()

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


TOKEN = "wide open"
ASKED = b"GET /style.css HTTP/1.1\r\nHost: 127.0.0.1\r\n"
MAY = b"Authorization: Bearer wide open\r\n"


@pytest.fixture
def locked(kept_store, every_source):
    """Where a server listens that asks for a password."""
    with serving(
        make_console(
            ConsoleDesk(kept_store, Config(), every_source, lambda: NOW),
            Door("127.0.0.1", token=TOKEN),
        )
    ) as at:
        yield at


def connected(port: int, said: bytes) -> socket.socket:
    made = socket.create_connection(("127.0.0.1", port), timeout=20)
    made.sendall(said)
    return made


WAYS_TO_STAY = {
    "silent": b"",
    "half a head": b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow",
    "asked, and stays": ASKED + b"\r\n",
    "a wrong password, and stays": ASKED + b"Authorization: Bearer wrong\r\n\r\n",
    "a slow body": (
        b"POST /api/v1/screen HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1000\r\n\r\n{"
    ),
    "a slow body with a wrong password": (
        b"POST /screen HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer x\r\n"
        b"Transfer-Encoding: chunked\r\n\r\n5\r\nnames\r\n"
    ),
}


@pytest.mark.parametrize(
    ("number", "way"), [(63, "silent"), (64, "silent"), *((200, way) for way in WAYS_TO_STAY)]
)
def test_connections_without_the_password_never_shut_out_who_has_it(
    locked, monkeypatch, number, way
):
    monkeypatch.setattr(guard, "SLOWLY", 0.1)
    strangers = [connected(locked, WAYS_TO_STAY[way]) for _ in range(number)]
    answers = [said_to(locked, ASKED + MAY + b"Connection: close\r\n\r\n") for _ in range(3)]
    for stranger in strangers:
        stranger.close()

    assert [answer.split(b"\r\n")[0] for answer in answers] == [b"HTTP/1.1 200 OK"] * 3


def test_who_has_the_password_keeps_the_connection_while_others_crowd_in(locked):
    kept = connected(locked, ASKED + MAY + b"\r\n")
    assert kept.recv(65_536).startswith(b"HTTP/1.1 200 ")
    strangers = [connected(locked, b"") for _ in range(200)]
    kept.sendall(ASKED + MAY + b"Connection: close\r\n\r\n")

    assert kept.recv(65_536).startswith(b"HTTP/1.1 200 ")
    for each in (kept, *strangers):
        each.close()


def test_slow_bodies_of_those_who_may_ask_make_room_for_the_next(port):
    slow = [connected(port, WAYS_TO_STAY["a slow body"]) for _ in range(64)]
    answer = said_to(port, ASKED + b"Connection: close\r\n\r\n")
    for each in slow:
        each.close()

    assert answer.startswith(b"HTTP/1.1 200 ")


def test_a_second_question_that_never_ends_holds_no_connection(port, monkeypatch):
    monkeypatch.setattr(Impatient, "patience", 0.3)
    with connected(port, ASKED + b"\r\n") as asked:
        answer = asked.recv(65_536)
        asked.sendall(b"GET / HTTP/1.1\r\nX-Slow")
        while piece := asked.recv(65_536):
            answer += piece

    assert answer.startswith(b"HTTP/1.1 200 ")


def test_where_all_that_are_connected_are_being_answered_the_next_is_told_to_come_back(
    port, monkeypatch
):
    monkeypatch.setattr(serve, "AT_ONCE", 2)
    monkeypatch.setattr(Impatient, "is_answered", True)
    with connected(port, ASKED + b"\r\n") as first:
        assert first.recv(65_536).startswith(b"HTTP/1.1 200 ")
        answer = said_to(port)

    assert answer.startswith(b"HTTP/1.1 503 ")
