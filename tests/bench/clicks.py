"""`python -m tests.bench.clicks`: how long Slack waits for a click, and what it costs to look whom to call."""

import asyncio
import os
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from acts import control
from owing import Desk as Outbox
from socket_peer import APP, BOT, CHANNEL, Envelope, SocketPeer, click
from sqlalchemy import insert

from monitor.clock import SystemClock
from monitor.config import Config, SlackSettings
from monitor.config.times import Duration
from monitor.deliver import deliver
from monitor.deliver.destinations import channels
from monitor.deliver.terminal import Terminal
from monitor.history import ALERTS, History, calling
from monitor.history.tables import ActRow, EventRow, HandlingRow, OutboxRow
from monitor.model import to_json
from monitor.pipeline.assembly import open_pipeline
from monitor.pipeline.desk import keep_hearing
from monitor.triage.deciding import DeskRules

ALONE, TOGETHER, EVENTS = 200, 50, 20_000
KEY = "mofcom-2025-1:act"


def say(words: str) -> None:
    sys.stdout.write(f"{words}\n")


def spread(envelopes: Sequence[Envelope]) -> str:
    took = sorted(envelope.took * 1000 for envelope in envelopes)
    return f"median {took[len(took) // 2]:.0f} ms, 99 % {took[int(len(took) * 0.99)]:.0f} ms, longest {took[-1]:.0f} ms"


async def clicked(peer: SocketPeer, first: int, number: int, *, together: bool) -> list[Envelope]:
    """So many people take the alert, one after another or all at once."""
    message, envelopes = peer.messages[peer.ts_of(KEY)], []
    for at in range(first, first + number):
        envelopes.append(await asyncio.to_thread(peer.deliver, "interactive", click(message, "triage_take", f"p{at}", at=at)))
        if not together:
            await until(lambda: envelopes[-1].acks)
    await until(lambda: all(envelope.acks for envelope in envelopes))
    return envelopes


async def until(is_so: Callable[[], object]) -> None:
    while not is_so():  # noqa: ASYNC110 - the other end has threads, and no events
        await asyncio.sleep(0.001)


async def clicks(folder: Path, peer: SocketPeer) -> None:
    """A pipeline over one alert that stands in the channel."""
    os.environ.update(SLACK_BOT_TOKEN=BOT, SLACK_APP_TOKEN=APP)
    slack = SlackSettings(channel=CHANNEL, api=peer.api, gap=Duration(0), grace=Duration(0))
    config = Config(packages=("toy_scrapers",), slack=slack)
    async with open_pipeline(config, folder, SystemClock()) as pipeline:
        await pipeline.history.run(lambda history: Outbox().owe(history, acts=1, troubles=0))
        await deliver(pipeline.history, channels(config, Terminal()), pipeline.clock)
        hearing = asyncio.create_task(keep_hearing(pipeline, lambda: None, lambda error: None))
        await until(lambda: peer.connections)
        say(f"{ALONE} clicks, one after another: {spread(await clicked(peer, 0, ALONE, together=False))}")
        say(f"{TOGETHER} clicks at once: {spread(await clicked(peer, ALONE, TOGETHER, together=True))}")
        hearing.cancel()
        with suppress(asyncio.CancelledError):
            await hearing


def looks(folder: Path) -> None:
    """A year of a desk that decides nine alerts of ten, has some, and takes none of those of the last hours."""
    now = datetime.now(UTC)
    history = History(folder)
    told = [now - timedelta(days=365) * (number / EVENTS) for number in range(EVENTS)]
    with history.transaction() as session:
        events = [
            {"key": f"e{number}", "authority": "cn-mofcom", "opened_at": at, "told": True} for number, at in enumerate(told)
        ]
        session.execute(insert(EventRow), events)
        rows = [
            {
                "key": f"e{number}:act",
                "kind": "act",
                "destination": ALERTS,
                "source": "x",
                "event": f"e{number}",
                "created_at": at,
            }
            | {"sent_at": at, "state": "sent", "receipt": f"C:{number}.1"}
            for number, at in enumerate(told)
        ]
        session.execute(insert(OutboxRow), rows)
        done = ['{"stage":"taken","owner":1}' if number % 10 == 0 else '{"stage":"done"}' for number in range(EVENTS)]
        handlings = [
            {"key": f"k{number}", "event": f"e{number}", "at": at, "verb": "take", "before": "{}", "after": done[number]}
            for number, at in enumerate(told)
            if number > 5
        ]
        session.execute(insert(HandlingRow), handlings)
        act = to_json(control(1, "1C909.a")).decode()
        acts = [{"key": f"a{number}", "event": f"e{number}", "first_seen": at, "fact": act} for number, at in enumerate(told)]
        session.execute(insert(ActRow), acts)
    for later, words in ((timedelta(0), "once an hour"), (timedelta(minutes=6), "every five minutes")):
        began = time.process_time()
        history(calling.call, {ALERTS: DeskRules(after=timedelta(days=10), mentions=("here",))}, now + later)
        say(f"whom to call, of {EVENTS:,} alerts of a year, {words}: {(time.process_time() - began) * 1000:.0f} ms of a core")
    history.close()


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        peer = SocketPeer()
        asyncio.run(clicks(Path(folder) / "clicks", peer))
        peer.stop()
        looks(Path(folder) / "looks")


if __name__ == "__main__":
    main()
