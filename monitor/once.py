"""One pass over what is due, by ourselves or by the daemon that holds the store; and the daemon itself."""

import asyncio
import logging
import sqlite3
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

from monitor.clock import SystemClock
from monitor.config import Config
from monitor.control import Poll, Polled, ask
from monitor.deliver import Mouth, adopt, deliver
from monitor.deliver.choose import everything, mouths, warning
from monitor.deliver.manners import manners
from monitor.deliver.progress import watched
from monitor.deliver.terminal import Terminal
from monitor.errors import StoreHeld
from monitor.feed import Feed
from monitor.history import DATABASE, there
from monitor.history.lock import Lock
from monitor.model import to_json
from monitor.pipeline import asked_for, open_pipeline, poll, remind, word_of_the_day

SOCKET = "socket"


def poll_once(config: Config, store: Path, asked: Poll, *, dry_run: bool, as_json: bool) -> bool:
    """Poll and deliver; whether all went well. Each failure is one line on stderr, and how far it is while it lasts.

    Raises:
        StoreHeld: the store is held by a process that can't be asked.
    """
    terminal = Terminal(json=as_json)
    if dry_run:
        with scratch_copy(store) as copy:
            polled, undelivered = asyncio.run(_pass(config, copy, asked, everything(config, terminal), quiet=as_json))
    else:
        polled, undelivered = _locked_or_asked(config, store, asked, terminal, quiet=as_json)
    for outcome in polled:
        _report(outcome, as_json=as_json)
    if not polled:
        sys.stderr.write("monitor: nothing is due; name a source or use --all to look all the same\n")
    for line in undelivered:
        sys.stderr.write(f"monitor: not delivered yet: {line}\n")
    return not undelivered and not any(outcome.problems for outcome in polled)


def _locked_or_asked(
    config: Config, store: Path, asked: Poll, terminal: Terminal, *, quiet: bool
) -> tuple[Sequence[Polled], list[str]]:
    try:
        with Lock(store):  # whoever holds it has the secrets that alerts need; one who only asks need not have them
            return asyncio.run(_pass(config, store, asked, mouths(config, terminal), quiet=quiet))
    except StoreHeld:
        return asyncio.run(ask(store / SOCKET, asked)), []


async def _pass(
    config: Config, store: Path, asked: Poll, said: Mapping[str, Mouth], *, quiet: bool
) -> tuple[Sequence[Polled], list[str]]:
    since = date.fromisoformat(asked.since) if asked.since else None
    async with open_pipeline(config, store, SystemClock(), since=since) as pipeline:
        if asked.release:
            released = [await pipeline.release(reader) for reader in asked.sources]
            undelivered = await deliver(pipeline.history, said, pipeline.clock, manners(config))
            return [Polled.of(outcome) for outcome in released], [str(error) for error in undelivered]
        sources = await asked_for(pipeline, asked.sources, every=asked.all)
        with watched("pages", quiet=quiet) as progress:
            seen = replace(pipeline, progress=progress)
            outcomes = await asyncio.gather(*(poll(seen, source) for source in sources))
        if pipeline.watching:
            await pipeline.watching.refresh(pipeline.history, pipeline.clock.now())
        await remind(pipeline)
        await word_of_the_day(pipeline)
        await adopt(pipeline.history, said)
        undelivered = await deliver(pipeline.history, said, pipeline.clock, manners(config))
        if config.calendar.file:
            await Feed(Path(config.calendar.file)).refresh(pipeline.history, pipeline.clock.now())
    return [Polled.of(outcome) for outcome in outcomes], [str(error) for error in undelivered]


def _report(outcome: Polled, *, as_json: bool) -> None:
    if as_json:
        sys.stdout.write(to_json(outcome).decode() + "\n")
    if outcome.baseline:
        sys.stderr.write(f"monitor: {outcome.source}: first read, recorded as the baseline; what comes from now on is told\n")
    for problem in outcome.problems:
        sys.stderr.write(f"monitor: {outcome.source}: {problem.kind}: {problem.text}\n")


@contextmanager
def scratch_copy(store: Path) -> Iterator[Path]:
    """A copy of the history in a folder that is gone afterwards; the archive stays behind, bodies of known pages with it."""
    with tempfile.TemporaryDirectory(prefix="monitor-dry-run-") as folder:
        if there(store):
            # Not mode=ro: a read-only connection leaves its -shm and -wal files behind.
            source = sqlite3.connect(store / DATABASE)
            copy = sqlite3.connect(Path(folder) / DATABASE)
            with source, copy:
                source.backup(copy)
            source.close()
            copy.close()
        yield Path(folder)


def watch(config: Config, store: Path) -> None:
    """Run the daemon until it is told to stop.

    Raises:
        StoreHeld: another monitor writes this store.
    """
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s", stream=sys.stderr)
    logging.getLogger("apscheduler").setLevel(logging.WARNING)
    said = mouths(config, Terminal())
    if remark := warning(said):
        logging.getLogger(__name__).warning(remark)
    with Lock(store):
        asyncio.run(_watch(config, store, said))


async def _watch(config: Config, store: Path, said: Mapping[str, Mouth]) -> None:
    from monitor.daemon import serve  # noqa: PLC0415 - APScheduler is for the daemon alone

    async with open_pipeline(config, store, SystemClock()) as pipeline:
        await serve(pipeline, said, store / SOCKET)
