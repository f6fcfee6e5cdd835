"""The bot before a Slack-compatible peer that nobody here wrote."""

import signal
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread

import pytest
from command import FAR
from emulator import BLIND, MUTE, TOKENS, Workspace
from notices import saved
from owing import Desk, owed

from monitor.deliver.slack.client import SlackBot
from monitor.errors import DeliveryError
from monitor.store import ALERTS, OPS, History

ACT, PARENT, PRESS = saved("act-largest"), saved("parent-largest"), saved("press-largest")


@pytest.fixture(scope="module")
def peer(tmp_path_factory):
    running = Workspace(tmp_path_factory.mktemp("peer"))
    yield running
    running.stop()


def bot(peer: Workspace, token: str = TOKENS[0]) -> SlackBot:
    return SlackBot(token, peer.alerts, base_url=peer.api)


def test_post_reply_and_edit_are_found_again_by_their_keys(peer):
    first = bot(peer).post(ACT, thread=None)
    reply = bot(peer).post(PRESS, thread=first)
    edited = bot(peer).update(PARENT, first)

    assert edited == first
    assert bot(peer).find(ACT.key, thread=None, since=None) == first
    assert bot(peer).find(PRESS.key, thread=first, since=None) == reply
    assert bot(peer).find("never:said", thread=None, since=None) is None
    (message,) = [
        message for message in peer.messages(peer.alerts) if first.endswith(message["ts"])
    ]
    assert message["text"].startswith("🟠 China publishes four acts")


def test_a_token_that_may_not_speak_refuses_and_loses_nothing(peer):
    with pytest.raises(DeliveryError) as refused:
        bot(peer, MUTE).post(ACT, thread=None)

    assert (refused.value.outcome, refused.value.retry_after) == ("refused", 300)
    assert "missing_scope" in str(refused.value)


def test_a_token_that_may_not_look_back_says_so(peer):
    blind = bot(peer, BLIND)
    with pytest.raises(DeliveryError):
        blind.find(ACT.key, thread=None, since=None)

    assert not blind.searchable


class Hanging(BaseHTTPRequestHandler):
    """Takes a request and never answers."""

    def do_POST(self) -> None:
        self.server.asked.set()
        self.server.over.wait()

    def log_message(self, *_: object) -> None:
        """Silent."""


@pytest.fixture
def hanging():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Hanging)
    server.daemon_threads = True
    server.asked, server.over = Event(), Event()
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    yield server
    server.over.set()
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.long
def test_sigterm_does_not_wait_for_a_slack_that_hangs(hanging, peer, lives, settings_of, tmp_path):
    with History(tmp_path / "store") as history:
        Desk().owe(history, acts=2, troubles=1)
        expected = owed(history)
    settings = settings_of(peer, f"http://127.0.0.1:{hanging.server_address[1]}/api/")
    lives.begin("--config", settings, "run", SLACK_BOT_TOKEN=TOKENS[0])
    assert hanging.asked.wait(FAR)

    assert lives.end(signal.SIGTERM) == 0
    assert not hanging.over.is_set()  # it hangs to this day,
    # and nobody has waited until that was a failure
    assert "delivery" not in (tmp_path / "daemon.log").read_text()
    with History(tmp_path / "store") as history:
        assert owed(history) == {ALERTS: expected[ALERTS], OPS: expected[OPS]}
