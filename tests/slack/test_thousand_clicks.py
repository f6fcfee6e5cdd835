"""A thousand clicks on one alert, while connections break, acknowledgements are lost and the
daemon is killed.
"""

import random
import time
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest
from acts import listing
from lives import CONFIG
from socket_peer import APP, BOT, CHANNEL, SocketPeer, click

from monitor.config import Config, SlackSettings
from monitor.deliver.destinations import channels
from monitor.deliver.sending import deliver
from monitor.deliver.terminal import Terminal
from monitor.source.registry import Registry
from monitor.store import History, handling

EVENT = "uel-2025-10"
PATIENCE = 300.0
WITHIN = 3.0  # seconds: what Slack waits for an answer


@pytest.fixture
def peer():
    running = SocketPeer(seed=11, lose=0.1, twice=0.2, again=3.0)
    yield running
    running.stop()


@pytest.fixture
def toy_config(toy_config, peer: SocketPeer, monkeypatch):
    monkeypatch.setenv("SLACK_BOT_TOKEN", BOT)
    monkeypatch.setenv("SLACK_APP_TOKEN", APP)
    slack = SlackSettings(channel=CHANNEL, api=peer.api, gap=timedelta(0), grace=timedelta(0))
    return msgspec.structs.replace(toy_config, slack=slack)


@pytest.fixture
async def told(open_desk, ministry, peer: SocketPeer) -> None:
    """A listing that stands in the channel, in a store that nobody holds any more."""
    async with open_desk() as desk:
        await desk.poll()
        ministry.publish("10", listing(10, "Halifax Forum"))
        await desk.poll()
        bots = channels(desk.pipeline.config, Terminal())
        assert await deliver(desk.pipeline.history, bots, desk.clock) == []


@pytest.fixture
def running(peer: SocketPeer, tmp_path: Path) -> Path:
    """config.toml of a daemon that polls nothing."""
    toys = [source.id for source in Registry(Config(packages=("toy_scrapers",))).sources]
    off = "".join(f'[sources."{toy}"]\nenabled = false\n' for toy in toys if toy != "toy.notices")
    text = CONFIG.format(
        store=tmp_path / "store",
        api=peer.api,
        alerts=CHANNEL,
        troubles="C0TROUBLES",
        gap=0.001,
        grace=0.05,
        others=off,
    )
    path = tmp_path / "config.toml"
    path.write_text(text)
    return path


def until(is_so, what: str) -> None:
    deadline = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < deadline, what
        time.sleep(0.05)


def one_by_one(peer: SocketPeer, first: int) -> list[float]:
    """How long a click takes from its delivery to its acknowledgement where nothing is lost and
    nobody else clicks, sorted.
    """
    peer.lose = 0.0
    message = peer.messages[peer.ts_of(f"{EVENT}:act")]
    took = []
    for number in range(first, first + 20):
        envelope = peer.deliver("interactive", click(message, "triage_take", "last", at=number))
        until(lambda envelope=envelope: envelope.acks, "it was never acknowledged")
        took.append(envelope.took)
    return sorted(took)


@pytest.mark.parametrize(
    ("clicks", "kills"),
    [
        pytest.param(60, 2, marks=pytest.mark.long),
        pytest.param(1_000, 10, marks=pytest.mark.sweep),
    ],
)
def test_all_clicks_are_on_record_once_each_and_the_message_says_the_last(
    clicks, kills, told, running, lives, peer, tmp_path, capsys
):
    dice = random.Random(5)
    secrets = {"SLACK_BOT_TOKEN": BOT, "SLACK_APP_TOKEN": APP}
    lives.begin("--config", running, "run", **secrets)
    until(lambda: peer.connections, "nobody listens")
    deadly = set(dice.sample(range(clicks), kills))
    for number in range(clicks):
        if number in deadly:
            lives.end()
            lives.begin("--config", running, "run", **secrets)
        elif dice.random() < 0.01:
            peer.disconnect()
        message = peer.messages[peer.ts_of(f"{EVENT}:act")]
        peer.deliver("interactive", click(message, "triage_take", f"p{number:04}", at=number))
        time.sleep(0.02)
    until(lambda: not peer.waiting, f"{peer.waiting} were never acknowledged")
    with History(tmp_path / "store", read_only=True) as history:
        done = [handling.by for handling in history(handling.list_handlings)]
        last = history(handling.find_case, EVENT).handled.by
    until(
        lambda: f"Taken by {last}" in peer.messages[peer.ts_of(f"{EVENT}:act")]["text"],
        "the message says something else",
    )
    took = one_by_one(peer, clicks)
    lives.end()
    with capsys.disabled():
        sent = sum(len(envelope.sent) for envelope in peer.envelopes.values())
        alone = f"{took[len(took) // 2]:.3f} s (longest {took[-1]:.3f} s)"
        print(  # noqa: T201
            f"\n{clicks} clicks, delivered {sent} times, {kills} kills; one alone is acknowledged"
            f" after {alone}"
        )

    assert sorted(done) == [f"p{number:04}" for number in range(clicks)]
    assert took[len(took) // 2] < WITHIN
