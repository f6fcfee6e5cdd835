"""An act that is listed and can't be read is told once, and its message is completed when the
page is read.
"""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import timedelta

import msgspec
import pytest
from acts import control
from channels import Channel
from conftest import Desk

from monitor.alert.event import ATTACHED
from monitor.config import Config, SourceSettings
from monitor.config.pages import PageSettings
from monitor.deliver.sending import deliver
from monitor.poll.assembly import open_pipeline
from monitor.render.alert import compose_alert
from monitor.store import ALERTS, OPS

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
TITLE, OTHER_SUBJECT = (
    "商务部公告2025年第61号 公布对物项实施出口管制的决定",
    "关于春节放假安排的通知",
)
ACT = control(61, "1C909")
READ, READ_62 = (f"China puts 1 item ({code}) under export control" for code in ("1C909", "2B902"))
ENGLISH = "MOFCOM No. 61 of 2025, export control on items"
UNREAD = f"China publishes an act that can't be read: {ENGLISH}"
WALL = "<html><title>Just a moment...</title><script>wait()</script></html>"


class Shown(Channel):
    """A channel with threads and edits: what each message says now, those in a thread apart."""

    def __init__(self) -> None:
        super().__init__()
        self.roots: dict[str, str] = {}
        self.replies: dict[str, str] = {}
        self.lines: dict[str, list[str]] = {}

    def post(self, notice, *, thread):
        if notice.kind in ATTACHED:
            return ""
        receipt = super().post(notice, thread=thread)
        self._show(notice, receipt, self.replies if thread else self.roots)
        return receipt

    def update(self, notice, receipt):
        self._show(notice, receipt, self.replies if receipt in self.replies else self.roots)
        return super().update(notice, receipt)

    @property
    def heads(self) -> list[str]:
        return [text.split(" | ")[0] for text in self.roots.values()]

    def _show(self, notice, receipt, shown):
        alert = compose_alert(notice)
        shown[receipt] = " | ".join((alert.headline, *alert.status, alert.summary, alert.url))
        self.lines[receipt] = [line.text for line in alert.acts]


class Office:
    """A desk whose two channels are told after each poll."""

    def __init__(self, desk: Desk) -> None:
        self.desk, self.alerts, self.ops = desk, Shown(), Shown()

    async def poll(self, *sources: str, after: timedelta = 5 * MINUTE, times: int = 1) -> None:
        for _ in range(times):
            self.desk.clock.move_to(self.desk.clock.now() + after)
            for source in sources or ("toy.notices",):
                await self.desk.poll(after=timedelta(), source=source)
            await deliver(
                self.desk.pipeline.history, {ALERTS: self.alerts, OPS: self.ops}, self.desk.clock
            )


@pytest.fixture
def office(toy_config: Config, tmp_path, clock) -> Callable[..., AsyncIterator[Office]]:
    @asynccontextmanager
    async def opened(config: Config = toy_config):
        async with open_pipeline(config, tmp_path / "store", clock) as pipeline:
            yield Office(Desk(pipeline, clock))

    return opened


def list_unreadable(ministry, path: str = "61", *, title: str = TITLE, status: int = 403) -> None:
    ministry.titles[path] = title
    ministry.publish(path, "unread")
    ministry.status[path] = status


def let_read(ministry, path: str, content) -> None:
    ministry.status.pop(path, None)
    ministry.pages[path] = (
        content.encode() if isinstance(content, str) else msgspec.json.encode(content)
    )


@pytest.mark.both
@pytest.mark.parametrize(
    ("status", "cause"),
    [
        (404, "404 Not Found"),
        (403, "403 Forbidden"),
        (503, "503 Service Unavailable"),
        (200, "toy.notice failed"),
    ],
)
async def test_an_unreadable_act_is_told_once_after_patience_and_its_message_is_completed(
    office, ministry, status, cause
):
    async with office() as world:
        await world.poll()
        list_unreadable(ministry, status=status)
        ministry.pages["61"] = WALL.encode()
        await world.poll(times=6)
        before = dict(world.alerts.roots)
        await world.poll()
        (at, text), *others = world.alerts.roots.items()
        await world.poll(times=20)
        let_read(ministry, "61", ACT)
        await world.poll(times=8)

    assert (before, others) == ({}, [])
    assert text.startswith(f"{UNREAD} | Listed; its page can't be read: ")
    assert cause in text
    assert "since 9 Oct 2025, 09:10 Beijing" in text
    assert text.endswith("/61")
    assert list(world.alerts.roots) == [at]
    assert world.alerts.roots[at].startswith(READ)
    assert world.alerts.replies == world.ops.roots == {}


async def test_an_act_with_another_number_than_its_title_completes_the_message_of_its_page(
    office, ministry
):
    async with office() as world:
        await world.poll()
        list_unreadable(ministry)
        await world.poll(times=8)
        assert world.alerts.heads == [UNREAD]
        let_read(ministry, "61", control(62, "2B902"))
        await world.poll(after=HOUR, times=2)
        ministry.publish("63", ACT)
        await world.poll(after=HOUR)

    assert world.alerts.heads == [READ_62, READ]


async def test_an_act_that_is_withdrawn_before_it_could_be_read_is_told(office, ministry):
    async with office() as world:
        await world.poll()
        list_unreadable(ministry, status=404)
        await world.poll()
        ministry.hidden.add("61")
        await world.poll(times=12)

    assert world.alerts.heads == [UNREAD]


async def test_a_title_on_another_subject_is_told_to_those_who_run_the_monitor_and_what_its_page_brings_to_all(
    office, ministry
):
    async with office() as world:
        await world.poll()
        list_unreadable(ministry, title=OTHER_SUBJECT)
        list_unreadable(ministry, "62", title="关于国庆放假安排的通知")
        await world.poll(times=8)
        first = world.ops.heads, world.alerts.heads
        let_read(ministry, "61", ACT)
        let_read(ministry, "62", "nothing")
        await world.poll(after=HOUR, times=2)

    assert first == (["China publishes two pages that can't be read"], [])
    assert world.alerts.heads == [READ]
    assert world.ops.heads == [READ]
    assert "brings no new act" in "".join(world.ops.replies.values())


async def test_ten_unreadable_acts_are_one_message_that_names_each_and_is_edited_as_they_come(
    office, ministry
):
    async with office() as world:
        await world.poll()
        for number in range(1, 11):
            list_unreadable(ministry, str(number), title=f"商务部公告2025年第{number}号")
        await world.poll(times=8)
        told = list(world.alerts.roots.values()), world.alerts.lines["1"], len(world.alerts.replies)
        let_read(ministry, "3", control(3, "1C909"))
        await world.poll(after=HOUR, times=2)
        one = world.alerts.lines["1"]
        for number in (1, 2, 4, 5, 6, 7, 8, 9, 10):
            let_read(ministry, str(number), control(number, "1C909"))
        await world.poll(after=HOUR, times=2)

    assert told[0][0].startswith(
        "China publishes ten acts that can't be read | Listed; its page can't be read: 403"
        " Forbidden since"
    )
    assert (len(told[0]), len(told[1]), told[2]) == (1, 10, 9)
    assert told[1] == [f"商务部公告2025年第{number}号" for number in range(1, 11)]
    assert ["(not read yet)" in line for line in one] == [False, *[True] * 9]
    assert len(world.alerts.roots) == 1
    assert not any(
        "can't be read" in text
        for text in (*world.alerts.roots.values(), *world.alerts.replies.values())
    )
    assert world.alerts.roots["1"].startswith("China publishes ten acts")


@pytest.mark.parametrize("at", ["the same address", "another address"])
async def test_two_sources_that_list_one_unreadable_act_tell_it_once(office, ministry, at):
    async with office() as world:
        await world.poll("toy.notices", "toy.bulletin")
        list_unreadable(ministry)
        if at == "another address":
            list_unreadable(ministry, "copy")
            ministry.lacking = {"index": {"copy"}, "bulletin": {"61"}}
        await world.poll("toy.notices", "toy.bulletin", times=9)
        assert world.alerts.heads == [UNREAD]
        let_read(ministry, "61", ACT)
        await world.poll("toy.bulletin", "toy.notices", after=HOUR, times=2)
        let_read(ministry, "copy", ACT)
        await world.poll("toy.notices", "toy.bulletin", after=HOUR, times=2)

    assert world.alerts.heads == [READ]
    assert world.alerts.said == [(world.alerts.said[0][0], None)]


async def test_an_act_that_another_source_shows_completes_the_message_or_spares_it(
    office, ministry
):
    async with office() as world:
        await world.poll("toy.notices", "toy.bulletin")
        list_unreadable(ministry)
        list_unreadable(ministry, "62", title="商务部公告2025年第62号")
        ministry.publish("copy", control(62, "2B902"))
        ministry.lacking = {"index": {"copy"}, "bulletin": {"61", "62"}}
        await world.poll("toy.notices", "toy.bulletin", times=9)
        first = world.alerts.heads
        ministry.publish("copy2", ACT)
        ministry.lacking["index"] |= {"copy2"}
        await world.poll("toy.bulletin", after=HOUR, times=2)

    assert first == [READ_62, UNREAD]
    assert world.alerts.heads == [READ_62, READ]


async def test_a_correction_that_bears_the_number_of_a_known_act_is_told(office, ministry):
    async with office() as world:
        await world.poll()
        ministry.publish("61", ACT)
        await world.poll()
        list_unreadable(ministry, "fix", title="商务部公告2025年第61号的更正")
        await world.poll(times=9)

    assert world.alerts.heads[1:] == [
        "China publishes an act that can't be read: 商务部公告2025年第61号的更正"
    ]


async def test_what_the_first_read_of_a_source_listed_stays_silent(office, ministry):
    list_unreadable(ministry)
    async with office() as world:
        await world.poll(times=20)
        let_read(ministry, "61", ACT)
        await world.poll(after=HOUR)

    assert world.alerts.said == []


async def test_what_was_told_stays_told_when_the_monitor_starts_again(office, ministry):
    async with office() as world:
        await world.poll()
        list_unreadable(ministry)
        await world.poll(times=8)
        told = world.alerts
        assert told.heads == [UNREAD]
    async with office() as world:
        world.alerts = told
        await world.poll(times=20)
        let_read(ministry, "61", ACT)
        await world.poll(after=HOUR)

    assert told.heads == [READ]


async def test_a_message_that_had_not_left_when_its_page_was_read_leaves_once_and_whole(
    office, ministry
):
    async with office() as world:
        await world.poll()
        list_unreadable(ministry)
        world.alerts.weather = ["refused"] * 50
        await world.poll(times=9)
        let_read(ministry, "61", ACT)
        await world.poll()
        world.alerts.weather = []
        await world.poll(after=HOUR, times=2)

    assert world.alerts.heads == [READ]
    assert (len(world.alerts.said), world.alerts.edits) == (1, [])
    assert world.alerts.said[0][0].startswith("unread:")


@pytest.mark.parametrize(
    ("kind", "completed"),
    [
        ("official", "China: a listed page was read and brings no new act"),
        ("text", "laws: new page"),
    ],
)
async def test_a_page_of_the_configuration_tells_what_it_links_to_and_can_not_read(
    office, ministry, toy_config, kind, completed
):
    authority = "cn-mofcom" if kind == "official" else None
    page = PageSettings(
        name="laws", url=ministry.index, links="ul a", kind=kind, authority=authority
    )
    off = {name: SourceSettings(enabled=False) for name in toy_config.sources}
    config = msgspec.structs.replace(toy_config, page=(page,), sources=off)
    async with office(config) as world:
        ministry.publish("old", "<html><body><p>What stood there before.</p></body></html>")
        await world.poll("page:laws")
        list_unreadable(ministry, status=200)
        ministry.pages["61"] = WALL.encode()
        await world.poll("page:laws", times=9)
        first, why = world.alerts.heads, "".join(world.alerts.roots.values())
        let_read(
            ministry,
            "61",
            "<html><body><p>Words that are no act of anybody, and yet new.</p></body></html>",
        )
        await world.poll("page:laws", after=HOUR, times=3)

    (headline,) = first
    who = "China" if kind == "official" else "page:laws"
    assert f"{who} publishes an act that can't be read: {ENGLISH}".startswith(
        headline.removesuffix("…")
    )
    assert "its page can't be read: not the page: Just a moment... since" in why
    assert len(world.alerts.roots) == 1
    assert completed in "".join(world.alerts.roots.values())
