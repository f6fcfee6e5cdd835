"""What `monitor poll`, the daemon and a replay do beside the polls of a cycle."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest
from acts import listing, suspension

from monitor.alert.event import NoticeKind
from monitor.config import CalendarSettings, Config, DailySettings
from monitor.config.times import DailyTime
from monitor.deliver.channel import Channel, Pace
from monitor.poll.assembly import poll
from monitor.poll.calendar_file import CalendarFile
from monitor.poll.replay import replay
from monitor.poll.round import (
    enqueue_due,
    find_next_due,
    has_caught_up,
    list_due_sources,
    summarize_day,
)
from monitor.poll.scenarios import load
from monitor.store import ALERTS, OPS, History, PollEnds, outbox, owing, polls


async def test_what_a_look_brings_is_owed_before_it_is_told_and_the_calendar_knows_it(
    desk, ministry, tmp_path: Path
):
    sources = [desk.pipeline.registry.source("toy.notices")]
    calendar = tmp_path / "dates.ics"
    told = []
    for published in ([], [listing(10, "Dedrone")], [suspension(70, "uel-2025-10")]):
        for act in published:
            ministry.publish(act.key, act)
        desk.clock.move_to(desk.clock.now() + timedelta(hours=1))
        for source in await list_due_sources(desk.pipeline, sources):
            await poll(desk.pipeline, source)
        await enqueue_due(desk.pipeline, sources, (ALERTS, OPS))
        told.append([key for _, key in await desk.owed()])
        await CalendarFile(calendar).refresh(desk.pipeline.history, desk.clock.now())

    assert told[0] == []
    assert told[1] == ["uel-2025-10:act"]
    assert "mofcom-2025-70:act" in told[2]
    assert "SUMMARY" in calendar.read_text(encoding="utf-8")


async def test_what_is_owed_to_a_destination_that_is_gone_is_handed_over_before_it_is_told(desk):
    def owe(history: History) -> None:
        history(owing.enqueue_daily, "2025-10-09", "gone", desk.clock.now())

    await desk.pipeline.history.run(owe)
    await enqueue_due(desk.pipeline, [], (ALERTS, OPS))

    assert [kind for kind, _ in await desk.owed()] == [NoticeKind.DAILY]


async def test_no_reminder_is_owed_from_what_was_known_before_a_long_sleep(desk, ministry):
    sources = [desk.pipeline.registry.source("toy.notices")]
    await desk.poll()
    ministry.publish("70", suspension(70, "mofcom-2025-61", published="2025-10-09"))
    await desk.poll()
    desk.clock.move_to(desk.clock.now() + timedelta(days=396))  # the suspension ends in two days

    await enqueue_due(desk.pipeline, sources, (ALERTS, OPS))
    asleep = [kind for kind, _ in await desk.owed()]
    await poll(desk.pipeline, sources[0])
    await enqueue_due(desk.pipeline, sources, (ALERTS, OPS))
    awake = [kind for kind, _ in await desk.owed()]

    assert NoticeKind.REMINDER not in asleep
    assert NoticeKind.REMINDER in awake


class Ear(Channel):
    name, pace = "ear", Pace(gap=0)

    def __init__(self) -> None:
        self.heard: list[NoticeKind] = []

    def post(self, notice, *, thread):
        self.heard.append(notice.kind)
        return ""

    def update(self, notice, receipt):
        return self.post(notice, thread=None)


def test_a_replay_gives_the_summary_of_the_day_and_keeps_its_calendar_to_itself(tmp_path: Path):
    story = tmp_path / "story"
    story.mkdir()
    awake = "from = 2025-10-09T00:50:00Z\nto = 2025-10-09T01:10:00Z"
    (story / "scenario.toml").write_text(
        f'title = "none"\nsources = ["cn_mofcom"]\nanswers = []\n[[awake]]\n{awake}\n'
    )
    peoples, ops = tmp_path / "dates.ics", Ear()
    config = msgspec.structs.replace(
        Config(),
        daily=DailySettings(at=DailyTime.of("09:00 Asia/Shanghai")),
        calendar=CalendarSettings(file=str(peoples)),
    )

    replay(load(story), config, tmp_path / "store", {ALERTS: Ear(), OPS: ops})

    assert NoticeKind.DAILY in ops.heard
    assert (tmp_path / "store" / "calendar.ics").exists()
    assert not peoples.exists()


def test_a_replay_that_was_told_to_its_end_begins_anew(tmp_path: Path):
    story = tmp_path / "story"
    story.mkdir()
    (story / "scenario.toml").write_text(
        'title = "none"\nsources = ["cn_mofcom"]\nanswers = []\n[[awake]]\n'
        "from = 2025-10-09T00:50:00Z\nto = 2025-10-09T01:10:00Z\n"
    )
    config = msgspec.structs.replace(
        Config(), daily=DailySettings(at=DailyTime.of("09:00 Asia/Shanghai"))
    )
    heard = []
    for _ in range(2):
        ops = Ear()
        replay(load(story), config, tmp_path / "store", {ALERTS: Ear(), OPS: ops})
        heard.append(ops.heard)

    assert NoticeKind.DAILY in heard[0]
    assert heard[1] == heard[0]


async def test_the_first_word_of_a_day_waits_until_each_source_was_polled_once(desk):
    daily = DailySettings(at=DailyTime.of("00:00 Asia/Shanghai"))
    pipeline = replace(
        desk.pipeline, config=msgspec.structs.replace(desk.pipeline.config, daily=daily)
    )
    sources, owed = pipeline.registry.sources[:2], []
    for source in (None, *sources):
        if source:
            await pipeline.history(
                polls.end, [PollEnds(source.id, None, desk.clock.now(), timedelta(minutes=30))]
            )
        await summarize_day(pipeline, sources)
        owed.append([each.kind for each in await pipeline.history(outbox.list_pending, OPS)])

    assert owed == [[], [], [NoticeKind.DAILY]]


@pytest.mark.parametrize(
    ("behind", "is_caught_up"), [(timedelta(minutes=9), True), (timedelta(minutes=11), False)]
)
async def test_we_have_caught_up_where_each_source_was_looked_at_within_ten_minutes_of_its_turn(
    desk, behind: timedelta, is_caught_up: bool
):
    source = desk.pipeline.registry.source("toy.notices")
    await desk.pipeline.history(
        polls.end, [PollEnds(source.id, None, desk.clock.now(), timedelta(minutes=30))]
    )
    turn = await find_next_due(desk.pipeline, [source])
    before = await list_due_sources(desk.pipeline, [source])
    desk.clock.move_to(turn)
    then = await list_due_sources(desk.pipeline, [source])
    desk.clock.move_to(turn + behind)

    assert (before, then) == ([], [source])
    assert await has_caught_up(desk.pipeline, [source]) is is_caught_up
    assert await has_caught_up(desk.pipeline, [])
