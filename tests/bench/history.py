"""`python -m tests.bench.history`: one day's edition of a register recorded in a history of a thousand and of a million rows."""

import asyncio
import statistics
import sys
import tempfile
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import insert

from monitor.alert.event import Decision
from monitor.diff import ChangeKind
from monitor.history import History, Stamp, addresses, editions
from monitor.history.tables import ListedRow
from monitor.history.threaded import HistoryThread
from monitor.model import Evidence
from monitor.pipeline.recording import Reading, delta_of
from monitor.source.body import Body
from monitor.source.page import Page, Request
from monitor.source.register import Register
from scrapers.un_sc import consolidated
from tests.bench.registers import write
from tests.happenings import ONE_MORE, happened

READER = "un_sc.consolidated"
DAYS = 5
START = datetime(2026, 1, 1, tzinfo=UTC)
AT_ONCE = 10_000


def age(history: History, rows: int) -> None:
    """Give the history rows that stood in the register once and are gone."""
    with history._engine.begin() as connection:
        for first in range(0, rows, AT_ONCE):
            connection.execute(insert(ListedRow), [_gone(number) for number in range(first, min(first + AT_ONCE, rows))])


def _gone(number: int) -> dict[str, object]:
    about = {"reader": READER, "row": f"gone-{number}", "digest": b"0" * 16, "raw": b"0" * 300, "name": f"Gone {number}"}
    return {**about, "subject": "{}", "first_seen": START, "last_seen": START, "gone": START + timedelta(days=number % 900)}


async def day(history: HistoryThread, path: Path, moment: datetime) -> None:
    """Read an edition and record what it moves."""
    page = Page("https://example.org/", Body(path), fetched_at=moment)
    register = consolidated.read(page)
    assert isinstance(register, Register)
    register = replace(register, published=None)  # two editions take turns, so the day they name goes to and fro
    delta = await delta_of(Reading(register, page, consolidated.read, READER, "un-sc"), history)
    evidence = Evidence(url=page.url, sha256=page.body.sha256, fetched_at=moment.isoformat())
    (place,) = await history(addresses.take_up, READER, [Request(page.url)], READER, moment)
    quiet = lambda edition, _events: Decision(ChangeKind.EDITION, edition.key, opens=True)  # noqa: E731
    await history(editions.record_register, place, delta, evidence, Stamp(page.sha256), quiet, moment)


async def days(rows: int, editions: list[Path]) -> float:
    """The median of some days' editions, in seconds, in a history of so many rows."""
    with tempfile.TemporaryDirectory() as folder:
        opened = History(Path(folder))
        age(opened, rows)
        history = HistoryThread(opened)
        await day(history, editions[0], START)
        spent = []
        for number in range(1, DAYS + 1):
            began = time.perf_counter()
            await day(history, editions[number % 2], START + timedelta(days=number))
            spent.append(time.perf_counter() - began)
        history.close()
    return statistics.median(spent)


async def unchanged() -> float:
    """Seconds to record that a register's bytes are what they were."""
    with tempfile.TemporaryDirectory() as folder:
        history = HistoryThread(History(Path(folder)))
        (place,) = await history(addresses.take_up, READER, [Request("https://example.org/")], READER, START)
        spent = []
        for _ in range(20):
            began = time.perf_counter()
            await history(addresses.unchanged, place.id, START)
            spent.append(time.perf_counter() - began)
        history.close()
    return statistics.median(spent)


def recorded(what: str, events: int) -> float:
    """The median of CPU seconds to record one more thing, where so many events were told within a fortnight."""
    with tempfile.TemporaryDirectory() as folder, History(Path(folder)) as history:
        happened(history, events, START)
        spent = []
        for number in range(60):
            moment = START + timedelta(hours=number)  # each by itself, and no package with the one before
            began = time.process_time()
            ONE_MORE[what](history, number, moment)
            spent.append(time.process_time() - began)
    return statistics.median(spent)


def lately() -> None:
    """Print what recording costs by how much has happened lately."""
    for what in ONE_MORE:
        few, *more = [(events, recorded(what, events)) for events in (10, 1_000, 10_000)]
        rest = "".join(f"   {events:,}: {spent * 1000:6.2f} ms {spent / few[1]:5.2f} x" for events, spent in more)
        sys.stdout.write(f"{what:<10} after {few[0]} recent events {few[1] * 1000:6.2f} ms{rest}\n")


def main() -> None:
    """Measure and print."""
    lately()
    with tempfile.TemporaryDirectory() as folder:
        editions = [Path(folder) / "old.xml", Path(folder) / "new.xml"]
        write(editions[0], 17, edited=False)
        write(editions[1], 17, edited=True)
        few = asyncio.run(days(1_000, editions))
        many = asyncio.run(days(1_000_000, editions))
    sys.stdout.write(f"a day's edition of 17 MB among 1,000 gone rows      {few * 1000:6.0f} ms\n")
    sys.stdout.write(f"a day's edition of 17 MB among 1,000,000 gone rows  {many * 1000:6.0f} ms  {many / few:5.2f} x\n")
    sys.stdout.write(f"the same bytes again                                {asyncio.run(unchanged()) * 1000:6.2f} ms\n")


if __name__ == "__main__":
    main()
