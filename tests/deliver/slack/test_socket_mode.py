"""One connection over which clicks are heard: another is opened where it says nothing more, and
what is amiss is said once.
"""

import logging
import time
from collections.abc import Callable, Iterator

import pytest
from command import FAR
from pytest_httpserver import HTTPServer
from socket_peer import APP, BOT, SocketPeer, is_settled, reaction

from monitor.config import TriageSettings
from monitor.deliver.slack import socket_mode
from monitor.deliver.slack.socket_mode import DEAF, STALE, SocketMode

pytestmark = pytest.mark.long  # each connection takes seconds to be closed
HEARD, UNHEARD = "connected to Slack Socket Mode", "clicks in Slack are not heard"


@pytest.fixture(autouse=True)
def _pings_are_rare(monkeypatch: pytest.MonkeyPatch) -> None:
    """No sign of life comes but those that a test gives."""
    monkeypatch.setattr(socket_mode, "PING", 600.0)


@pytest.fixture
def peer() -> Iterator[SocketPeer]:
    running = SocketPeer(again=60)
    yield running
    running.stop()


def until(is_so: Callable[[], object]) -> None:
    deadline = time.monotonic() + FAR
    while not is_so():
        assert time.monotonic() < deadline, "it never came"
        time.sleep(0.005)


class Ear:
    """Somebody who listens, by a clock that a test turns; nothing of what is heard means
    anything.
    """

    def __init__(self, peer: SocketPeer, api: str = "") -> None:
        self.peer, self.now = peer, 0.0
        self.mode = SocketMode(
            BOT, APP, None, TriageSettings(), base_url=api or peer.api, monotonic=lambda: self.now
        )

    def looks(self, at: float) -> None:
        """Look at this second, and let what is opened then be open."""
        self.now = at
        self.mode.look()
        until(lambda: self.peer.connections and is_settled(self.mode))

    def hears(self, at: float) -> None:
        """Something is said that is no click."""
        until(lambda: self.peer.connections == 1)
        self.now = at
        self.peer.chat()
        self.mode.look()

    @property
    def opened(self) -> int:
        """How many connections were asked for so far."""
        return len(self.peer.told("apps.connections.open"))


@pytest.fixture
def ear(peer: SocketPeer, caplog: pytest.LogCaptureFixture) -> Iterator[Ear]:
    caplog.set_level(logging.INFO)
    listening = Ear(peer)
    yield listening
    listening.mode.close()


def said(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [
        record.getMessage()
        for record in caplog.records
        if record.name == "monitor.deliver.slack.socket_mode"
    ]


def test_a_connection_is_opened_once_and_hears_until_it_is_closed(ear, caplog):
    ear.looks(0.0)
    ear.hears(1.0)
    ear.mode.look()

    assert (ear.opened, said(caplog)) == (1, [HEARD])
    ear.mode.close()
    until(lambda: not ear.peer.connections)
    ear.mode.close()  # twice is as good as once


def test_a_connection_that_says_nothing_for_too_long_is_replaced_and_then_closed(ear, caplog):
    ear.looks(0.0)
    ear.hears(1.0)
    ear.looks(1.0 + DEAF)
    quiet = ear.opened
    ear.looks(2.0 + DEAF)
    until(lambda: ear.peer.connections == 1)

    assert (quiet, ear.opened) == (1, 2)
    assert said(caplog) == [HEARD, "no signal from Slack for 46 s: another connection is opened"]


def test_a_connection_without_an_envelope_for_long_is_replaced_though_it_is_not_deaf_and_without_a_word(
    ear, caplog
):
    ear.looks(0.0)
    for step in range(1, 46):
        ear.hears(step * STALE / 45)  # every 40 seconds
    before = ear.opened
    ear.hears(STALE + 1)
    until(lambda: ear.peer.connections == 1)

    assert (before, ear.opened, said(caplog)) == (1, 2, [HEARD])


def test_an_envelope_is_a_sign_of_life(ear):
    ear.looks(0.0)
    for step in range(1, 45):
        ear.hears(step * 40.0)
    envelope = ear.peer.deliver("events_api", reaction("1700000000.000100", "tada"))
    until(lambda: envelope.acks)
    ear.hears(1_800.0)
    ear.hears(1_830.0)

    assert ear.opened == 1


@pytest.fixture
def gate(peer: SocketPeer, httpserver: HTTPServer) -> Callable[..., None]:
    """What Slack answers, one after the other, to who wants a connection: a code, or an address
    that leads to it or nowhere.
    """

    def answers(*given: str) -> None:
        for answer in given:
            address = {
                "open": f"ws://127.0.0.1:{peer.relay.port}/link/",
                "nowhere": "ws://127.0.0.1:9/link/",
            }.get(answer)
            told = {"ok": True, "url": address} if address else {"ok": False, "error": answer}
            httpserver.expect_ordered_request("/api/apps.connections.open").respond_with_json(told)

    return answers


LOST = f"{UNHEARD}: no connection ({{}}); it is tried again every 10 s"


@pytest.mark.parametrize(
    ("answers", "looks", "told"),
    [
        (("invalid_auth", "invalid_auth", "open"), (), (LOST.format("invalid_auth"), HEARD)),
        (
            ("open", "internal_error", "internal_error", "open"),
            (100, 110, 120),
            (HEARD, LOST.format("internal_error"), HEARD),
        ),
        (
            ("invalid_auth", "open", "internal_error"),
            (100,),
            (LOST.format("invalid_auth"), HEARD, LOST.format("internal_error")),
        ),
    ],
)
def test_that_nobody_is_heard_is_said_once_with_the_cause_and_so_is_the_end_of_it(
    answers, looks, told, peer, gate, httpserver, caplog
):
    caplog.set_level(logging.INFO)
    gate(*answers)
    ear = Ear(peer, httpserver.url_for("/api/"))
    for _ in answers[: answers.index("open")]:
        ear.mode.look()
    ear.looks(0.0)
    ear.hears(1.0)
    for at in looks:
        ear.looks(at)
    ear.mode.close()

    assert [line for line in said(caplog) if "another connection" not in line] == [*told]


def test_one_that_could_not_be_replaced_and_says_something_again_is_heard(
    peer, gate, httpserver, caplog
):
    caplog.set_level(logging.INFO)
    gate("open", "internal_error")
    ear = Ear(peer, httpserver.url_for("/api/"))
    ear.looks(0.0)
    ear.hears(1.0)
    ear.looks(100.0)
    ear.hears(110.0)
    ear.hears(120.0)
    ear.mode.close()

    assert said(caplog)[2:] == [LOST.format("internal_error"), HEARD]


def test_one_that_is_to_be_replaced_only_since_it_is_old_is_heard_as_long_as_no_other_opens(
    peer, gate, httpserver, caplog
):
    caplog.set_level(logging.INFO)
    gate("open", "internal_error", "invalid_auth", "open")
    ear = Ear(peer, httpserver.url_for("/api/"))
    ear.looks(0.0)
    for at in range(40, int(STALE), 40):
        ear.hears(at)
    for at in (1, 11, 21):
        ear.hears(STALE + at)
    ear.mode.close()

    old = (
        f"{HEARD} over an old connection only: no connection (internal_error); it is tried again"
        " every 10 s"
    )
    assert said(caplog) == [HEARD, old, HEARD]


def test_a_connection_that_leads_nowhere_is_none(peer, gate, httpserver, caplog):
    gate("nowhere")
    ear = Ear(peer, httpserver.url_for("/api/"))
    ear.mode.look()

    assert len(said(caplog)) == 1
    assert said(caplog)[0].startswith(UNHEARD)


def test_the_library_writes_down_nothing_of_what_it_hears(ear, caplog):
    caplog.set_level(logging.DEBUG)
    ear.looks(0.0)
    ear.hears(1.0)

    assert [
        record.getMessage()
        for record in caplog.records
        if record.name.startswith(("monitor", "slack"))
    ] == [HEARD]
