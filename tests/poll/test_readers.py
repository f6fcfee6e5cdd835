"""Pages that stop their readers, through a whole poll: a real server, a real database, real
processes.
"""

import asyncio
import multiprocessing.synchronize
import os
import signal
import sys
import time
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from unittest.mock import Mock

import msgspec
import pytest
from acts import control, listing
from command import FAR, eventually

from monitor.alert.event import NoticeKind
from monitor.config import Config, FetchSettings
from monitor.config.times import Duration
from monitor.errors import ReaderKilled, SourceError
from monitor.model import to_json
from monitor.poll import reader_process
from monitor.poll import readers as reading
from monitor.poll.reader_process import ToRead, answer_task, begin
from monitor.poll.readers import A_SECOND, Readers
from monitor.source.page import Body, Link, Page, Register
from monitor.source.registry import Registry
from monitor.store import OPS

DAY = timedelta(days=1)


@pytest.fixture
def toy_config(toy_config: Config) -> Config:
    return msgspec.structs.replace(
        toy_config,
        fetch=FetchSettings(
            allow_private=True, gap=Duration(milliseconds=1), reading=Duration(seconds=5)
        ),
    )


@pytest.fixture
async def readers() -> AsyncIterator[Readers]:
    found = Readers(Registry(Config(packages=("toy_scrapers", "toy_registers"))), seconds=5)
    yield found
    await found.aclose()


def children() -> set[int]:
    return set(map(int, Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()))


def page(text: str | bytes) -> Page:
    return Page("https://toy.example/1", Body(text if isinstance(text, bytes) else text.encode()))


async def remarks(desk) -> list[str]:
    owed = await desk.waiting(OPS)
    return [
        (await desk.notice(each)).problem.text for each in owed if each.kind is NoticeKind.REMARK
    ]


async def baseline(desk) -> None:
    """The first good read, however often a busy machine has its readers miss their short
    deadline.
    """
    while await desk.poll():
        pass


async def test_a_page_that_never_ends_is_stopped_named_and_its_siblings_are_told(desk, ministry):
    await baseline(desk)
    url = ministry.publish("54", "never ends")
    ministry.publish("55", control(55, "2B902.a"))
    (failure,) = await desk.poll()

    assert failure.kind == "killed"
    assert str(failure) == f"{url}: toy.notice came to no end within 5 s and was stopped"
    assert await desk.owed() == [(NoticeKind.ACT, "mofcom-2025-55:act")]


async def test_a_large_page_is_given_the_time_of_its_size_and_that_of_its_companions(
    readers, tmp_path: Path
):
    large = tmp_path / "large"
    large.write_bytes(b"never ends".ljust(A_SECOND))
    companion = Page("https://toy.example/2", Body(large))
    asked = Page("https://toy.example/1", Body(large), companions={"more": companion})

    with pytest.raises(
        ReaderKilled, match=r"toy\.notice came to no end within 7 s and was stopped"
    ):
        await readers.read("toy.notice", asked)


async def test_a_page_that_takes_its_process_along_is_a_failure_of_its_own(desk, ministry):
    await baseline(desk)
    ministry.publish("54", "take the process along")
    ministry.publish("55", control(55, "2B902.a"))
    (failure,) = await desk.poll()

    assert (failure.kind, "SIGKILL" in str(failure)) == ("killed", True)
    assert await desk.owed() == [(NoticeKind.ACT, "mofcom-2025-55:act")]


async def test_a_page_whose_reader_was_stopped_twice_is_left_alone_and_people_are_told_once(
    desk, ministry
):
    await baseline(desk)
    url = ministry.publish("54", "never ends")
    for _ in range(4):
        await desk.poll(after=timedelta(hours=1))

    (told,) = await remarks(desk)
    assert told.startswith(f"{url}: toy.notice came to no end")
    assert "for the second time" in told
    asked = [path for path, _ in ministry.asked].count("54")
    await desk.poll(after=2 * DAY)
    assert ([path for path, _ in ministry.asked].count("54"), len(await remarks(desk))) == (
        asked + 1,
        1,
    )


async def test_a_page_in_quarantine_is_read_as_soon_as_its_bytes_have_changed(desk, ministry):
    await baseline(desk)
    ministry.publish("54", "never ends")
    for _ in range(3):
        await desk.poll(after=timedelta(hours=1))
    ministry.publish("54", listing(54, "Dedrone"))
    await desk.poll(after=timedelta(hours=1))

    assert [kind for kind, _ in await desk.owed()] == [NoticeKind.ACT]


async def test_an_index_that_stops_its_reader_is_left_alone_until_its_bytes_change(
    desk, ministry, httpserver
):
    ministry.publish("endless", "never ends")
    for _ in range(2):
        await desk.poll(source="toy.endless", after=timedelta(hours=1))
    (failure,) = await desk.poll(source="toy.endless", after=timedelta(hours=1))
    ministry.publish("endless", "at an end")

    assert failure.kind == "quarantined"
    assert await desk.poll(source="toy.endless", after=timedelta(hours=1)) == []


async def test_a_poll_that_finds_nothing_new_starts_no_process(open_desk, ministry):
    async with open_desk() as desk:
        await desk.poll()
    before = children()
    async with open_desk() as desk:
        await desk.poll()

        assert children() <= before


def workers() -> dict[int, multiprocessing.process.BaseProcess]:
    """The processes that read, by their numbers."""
    return {process.pid: process for process in multiprocessing.active_children() if process.pid}


def channel(readers: Readers):
    """On which the last process is given pages, and answers."""
    return readers._pools[-1]._pool_manager.worker_manager.workers_channel


async def test_processes_are_kept_between_pages_and_gone_when_the_pipeline_closes(readers):
    found, seen = [], []
    for number in range(3):
        found += await readers.read("toy.notice", page(to_json(control(number, "1C909.a"))))
        seen.append(set(workers()))
    await readers.aclose()

    assert len(found) == 3
    assert seen == [seen[0]] * 3
    assert len(seen[0]) == 1
    assert not workers()


async def test_two_endless_pages_are_stopped_side_by_side_and_a_third_waits_its_turn(readers):
    results = await asyncio.gather(
        readers.read("toy.notice", page("spins 1")),
        readers.read("toy.notice", page("spins 2")),
        readers.read("toy.notice", page(to_json(control(1, "1C909.a")))),
        return_exceptions=True,
    )

    assert [type(each) for each in results] == [ReaderKilled, ReaderKilled, list]


async def test_whoever_waits_for_a_page_may_leave_and_the_reader_is_stopped(readers):
    await readers.read("toy.notice", page("nothing"))
    before, readers._seconds = workers(), 600
    waiting = asyncio.ensure_future(readers.read("toy.notice", page("spins")))
    while not all(map(is_busy, before)):  # noqa: ASYNC110 - what we wait for is out of our sight
        await asyncio.sleep(0.01)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    while workers().keys() & before.keys():  # noqa: ASYNC110 - ditto
        await asyncio.sleep(0.01)

    assert await readers.read("toy.notice", page("nothing")) == []


def is_busy(pid: int) -> bool:
    """Whether a process has spent some tenths of a second on the processor."""
    used = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11:13]
    return sum(map(int, used)) > 0.3 * os.sysconf("SC_CLK_TCK")


async def test_a_process_that_died_between_pages_is_no_pages_fault(readers):
    readers._seconds = FAR
    await readers.read("toy.notice", page("nothing"))
    with channel(readers).lock():  # that is, between pages, and not in mid-answer
        (process,) = workers().values()
        process.kill()
        process.join()

    assert await readers.read("toy.notice", page("nothing")) == []


async def test_a_page_that_comes_as_its_process_dies_is_read_by_another(readers, monkeypatch):
    readers._seconds = FAR
    await readers.read("toy.notice", page("nothing"))
    (pool,) = readers._pools
    queue = pool._context.task_queue
    put = queue.put

    def put_late(task):  # as one that passed the look whether the process is there
        monkeypatch.setattr(queue, "put", put)
        with channel(readers).lock():
            for process in workers().values():
                process.kill()
        eventually(lambda: not pool.active)
        put(task)

    monkeypatch.setattr(queue, "put", put_late)

    assert await readers.read("toy.notice", page("nothing")) == []
    assert readers._pools != [pool]


async def test_what_a_terminal_or_a_supervisor_sends_to_every_process_ends_no_reader(readers):
    await readers.read("toy.notice", page("nothing"))
    before = workers()
    for pid in before:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            os.kill(pid, number)

    assert await readers.read("toy.notice", page("nothing")) == []
    assert workers().keys() == before.keys()


async def test_processes_that_nobody_waits_for_any_more_when_they_are_there_end_with_the_others(
    readers,
):
    asking = asyncio.ensure_future(readers.read("toy.notice", page("nothing")))
    await readers.begun.wait()  # they are being started
    asking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asking
    await readers.aclose()

    assert not workers()


def reads(page: Page, *started) -> None:
    """What a process that reads does with one page."""
    begin(*started)
    answer_task(ToRead("toy.notice", page), 600)
    signal.pause()


@pytest.mark.parametrize("text", ["nothing", "never ends", "spins"])
def test_a_reader_ends_with_its_parent_however_deep_in_a_page_it_is(text: str):
    context = multiprocessing.get_context("forkserver")
    life, end_of_it = context.Pipe(duplex=False)
    process = context.Process(
        target=reads, args=(page(text), life, ("toy_scrapers.toy",), (), {}, False)
    )
    process.start()
    life.close()
    time.sleep(0.2)
    end_of_it.close()
    process.join(FAR)
    ended = process.exitcode
    process.kill()

    assert ended == 1


async def test_where_a_process_was_killed_in_mid_answer_the_next_page_is_read_by_others(
    readers, monkeypatch
):
    monkeypatch.setattr(reading, "DEAD", 0.5)
    await readers.read("toy.notice", page("nothing"))
    channel(readers).mutex.acquire()  # what it had has no owner any more
    readers._seconds = 0.5
    with pytest.raises(ReaderKilled, match="came to no end"):
        await readers.read("toy.notice", page("nothing"))
    readers._seconds = FAR

    assert await readers.read("toy.notice", page("nothing")) == []


async def test_a_page_for_which_no_process_lasts_is_a_failure_and_ends_no_poll(
    readers, monkeypatch
):
    monkeypatch.setattr(reader_process, "begin", sys.exit)

    with pytest.raises(ReaderKilled, match=r"toy\.notice took its process along"):
        await readers.read("toy.notice", page("nothing"))


async def test_where_no_process_can_begin_it_is_said_what_the_machine_lacks(readers, monkeypatch):
    def refuse(*_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(multiprocessing.synchronize, "_multiprocessing", Mock(SemLock=refuse))

    with pytest.raises(SourceError, match=r"Permission denied; it needs .* a /dev/shm to write in"):
        await readers.read("toy.notice", page("nothing"))


async def test_a_reader_that_would_end_its_process_is_refused_as_any_that_fails(readers):
    with pytest.raises(SourceError, match=r"SystemExit: enough"):
        await readers.read("toy.notice", page("give up"))


async def test_a_readers_refusal_keeps_its_kind_and_its_words(readers):
    with pytest.raises(
        SourceError, match=r"toy\.notice failed: KeyError: .a scraper's mistake."
    ) as refusal:
        await readers.read("toy.notice", page("stumble"))

    assert refusal.value.kind == "reader"


async def test_a_link_comes_back_with_its_own_reader(readers):
    (link,) = await readers.read("toy.notices", page("<ul><li><a href='/2'>two</a></li></ul>"))

    assert isinstance(link, Link)
    assert (link.url, link.title, link.read.__name__) == ("https://toy.example/2", "two", "notice")


async def test_a_register_is_walked_and_explained_although_another_page_was_read_meanwhile(readers):
    roll = page(
        "<roll day='2025-10-09' count='1'><entry><id>1</id><name>Alpha</name></entry></roll>"
    )
    register = await readers.read("rolls.roll", roll)
    await readers.read("toy.notice", page("nothing"))
    scanned = await readers.walk("rolls.roll", roll, {})
    await readers.read("toy.notice", page("nothing"))
    explained = await readers.explain("rolls.roll", roll, {}, {})

    assert isinstance(register, Register)
    assert (register.declared, scanned.count, list(scanned.moved)) == (1, 1, ["1"])
    assert [(change.action, change.name) for change in explained.changes.rows] == [("add", "Alpha")]
    assert explained.described["1"]["name"] == "Alpha"


async def test_a_register_is_walked_against_what_is_known_of_it_now_although_it_was_walked_before(
    readers,
):
    roll = page(
        "<roll day='2025-10-09' count='1'><entry><id>1</id><name>Alpha</name></entry></roll>"
    )
    first = await readers.walk("rolls.roll", roll, {})
    again = await readers.walk(
        "rolls.roll", roll, {name: version.digest for name, version in first.moved.items()}
    )

    assert (list(first.moved), list(again.moved)) == (["1"], [])


async def test_a_reader_sees_no_token(readers, monkeypatch):
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-1234")

    with pytest.raises(SourceError) as shown:
        await readers.read("toy.notice", page("show the environment"))

    assert "PATH" in str(shown.value)
    assert "SLACK" not in str(shown.value)
