"""What is wrong with a source is told once, edited while it lasts and answered when it is over:
through polls of a bad server.
"""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta

import msgspec
import pytest
from acts import control
from channels import Channel
from conftest import Desk
from editions import board, firms

from monitor.ask.coverage import format_coverage as covered
from monitor.ask.coverage import load_coverage
from monitor.config import Config, SourceSettings
from monitor.config.pages import PageSettings
from monitor.config.times import Duration
from monitor.deliver.sending import deliver
from monitor.model import Severity
from monitor.poll.assembly import open_pipeline
from monitor.render.alert import compose_alert
from monitor.store import OPS, mutes, polls, troubles

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
TOYS = ("toy.notices", "toy.bulletin")


class Ops(Channel):
    """The ops channel as a person sees it: its messages as they read now, and under each what
    was answered in its thread.
    """

    def __init__(self) -> None:
        super().__init__()
        self.shown: dict[str, str] = {}
        self.answers: list[tuple[str, str]] = []
        self.severities: list[Severity] = []

    def post(self, notice, *, thread):
        receipt = super().post(notice, thread=thread)
        alert = compose_alert(notice)
        if thread:
            self.answers.append((thread, f"{alert.headline}. {alert.summary}"))
        else:
            self.shown[receipt] = f"{alert.headline}. {alert.summary}"
            self.severities.append(notice.severity)
        return receipt

    def update(self, notice, receipt):
        alert = compose_alert(notice)
        self.shown[receipt] = f"{alert.headline}. {alert.summary}"
        return super().update(notice, receipt)

    @property
    def heads(self) -> list[str]:
        return [text.partition(". ")[0] for text in self.shown.values()]


class Watched:
    """A desk whose ops channel is told after each poll."""

    def __init__(self, desk: Desk) -> None:
        self.desk, self.ops = desk, Ops()

    async def poll(self, *sources: str, after: timedelta = 5 * MINUTE, times: int = 1) -> None:
        for _ in range(times):
            self.desk.clock.move_to(self.desk.clock.now() + after)
            for source in sources or ("toy.notices",):
                await self.desk.poll(after=timedelta(), source=source)
            await self.tell()

    async def tell(self) -> None:
        await deliver(self.desk.pipeline.history, {OPS: self.ops}, self.desk.clock)


@pytest.fixture
def watch(toy_config: Config, tmp_path, clock) -> Callable[..., AsyncIterator[Watched]]:
    """A desk over the toys alone, whose notices are set as asked."""

    @asynccontextmanager
    async def opened(page: tuple[PageSettings, ...] = (), **settings) -> AsyncIterator[Watched]:
        on = {
            "toy.notices": msgspec.structs.replace(toy_config.sources["toy.notices"], **settings),
            "toy.bulletin": msgspec.structs.replace(
                toy_config.sources["toy.bulletin"], enabled=True
            ),
            "toy.yearbook": SourceSettings(enabled=False),
        }
        off = {
            name: SourceSettings(enabled=False)
            for name in toy_config.sources
            if name.startswith("rolls")
        }
        config = msgspec.structs.replace(
            toy_config, sources=toy_config.sources | off | on, page=page
        )
        async with open_pipeline(config, tmp_path / "store", clock) as pipeline:
            yield Watched(Desk(pipeline, clock))

    return opened


async def test_an_outage_is_one_message_that_is_edited_while_it_lasts_and_answered_when_it_is_over(
    watch, ministry
):
    async with watch() as world:
        await world.poll(*TOYS)
        ministry.status["index"] = 503
        await world.poll(*TOYS, times=7)
        first = dict(world.ops.shown)
        ministry.status["index"] = 404
        await world.poll(*TOYS)
        second = dict(world.ops.shown)
        await world.poll(*TOYS, times=70)
        third = dict(world.ops.shown)
        ministry.status.clear()
        ministry.publish("61", control(61, "1C909"))
        await world.poll(*TOYS)

    assert [text.partition(" (")[0] for shown in (first, second) for text in shown.values()] == [
        "toy.notices gives nothing: unreachable", "toy.notices gives nothing: wrong address",
    ]  # fmt: skip
    assert "One other source of its authority is read: toy.bulletin." in first["1"]
    since, last = "It has given nothing since 9 Oct 2025 01:10 UTC", "9 Oct 2025 01:05 UTC"
    assert f"{since}; it was last read well at {last}." in first["1"]
    assert f"{since}, now for this cause; it was last read well at {last}." in second["1"]
    assert "For 6 h so far." in third["1"]
    assert (len(world.ops.said), world.ops.edits) == (2, ["1"] * 3)
    assert world.ops.shown["1"].startswith(
        "toy.notices gave nothing for 6 h: wrong address (gone). It was over at 9 Oct 2025"
    )
    assert world.ops.answers == [
        (
            "1",
            "toy.notices is back after 6 h. 1 new page or change was found: what it announces is reported now.",
        )
    ]


async def test_the_end_of_an_outage_counts_what_changed_on_a_page_meanwhile(watch, ministry):
    page = PageSettings(name="five", url=ministry.index, text="body")
    async with watch(page=(page,)) as world:
        ministry.publish("60", control(60, "1C908"))
        await world.poll("page:five", times=2)
        ministry.status["index"] = 503
        await world.poll("page:five", times=7)
        ministry.status.clear()
        ministry.publish("61", control(61, "1C909"))
        await world.poll("page:five", times=3)

    ((_, answer),) = world.ops.answers
    assert "page:five is back after" in answer
    assert answer.endswith("1 new page or change was found: what it announces is reported now.")


async def test_the_answer_says_how_many_minutes_it_took(watch, ministry):
    async with watch() as world:
        await world.poll(*TOYS)
        ministry.status["index"] = 503
        await world.poll(*TOYS, times=8)
        ministry.status.clear()
        await world.poll(*TOYS, after=7 * MINUTE)

    assert world.ops.answers == [("1", "toy.notices is back after 42 min. Nothing new was found.")]


async def test_one_of_two_ways_to_an_authority_is_a_note_and_both_are_an_alarm(watch, ministry):
    async with watch() as world:
        await world.poll(*TOYS)
        ministry.status["index"] = 503
        await world.poll(*TOYS, times=8)
        ministry.status["bulletin"] = 403
        await world.poll(*TOYS, times=8)
        history, registry, clock = (
            world.desk.pipeline.history,
            world.desk.pipeline.registry,
            world.desk.clock,
        )
        line = await history.run(
            lambda kept: covered(
                load_coverage(kept, registry.sources, clock.now(), 30 * MINUTE), clock.now()
            )
        )
        open_troubles = await history(troubles.list_incident_states)
        ministry.status.clear()
        await world.poll("toy.bulletin")

    assert world.ops.severities == [Severity.LOW, Severity.HIGH]
    assert world.ops.heads[0].startswith("toy.notices gives nothing: unreachable")
    assert world.ops.heads[1] == "Nothing could be seen of MOFCOM for 45 min"
    assert world.ops.answers == [
        ("2", "Back after 45 min: MOFCOM can be read again. Nothing new was found.")
    ]
    assert "; nothing can be seen now of MOFCOM since 9 Oct 2025 01:45 UTC; " in line
    assert [(trouble.about, trouble.problem.kind) for trouble in open_troubles] == [
        ("toy.notices", "server"),
        ("cn-mofcom", "blind"),
    ]


async def test_ways_that_fall_together_are_one_alarm_and_who_stays_down_is_told_once_the_other_is_back(
    watch, ministry
):
    async with watch() as world:
        await world.poll(*TOYS)
        ministry.status.update(index=403, bulletin=403)
        await world.poll(*TOYS, times=10)
        alarm = dict(world.ops.shown)
        del ministry.status["bulletin"]
        await world.poll(*TOYS, times=2)

    (told,) = alarm.values()
    assert told.startswith(
        "Nothing can be seen of MOFCOM since 9 Oct 2025 01:05 UTC. blocked (refused): toy.bulletin,"
        " toy.notices. None of its sources gives anything. `monitor doctor` says what to do."
    )
    assert world.ops.heads == [
        "Nothing could be seen of MOFCOM for 55 min",
        "toy.notices gives nothing: blocked (refused)",
    ]


async def test_who_comes_back_a_moment_after_the_others_is_no_message_of_its_own(watch, ministry):
    async with watch() as world:
        await world.poll(*TOYS)
        ministry.status.update(index=403, bulletin=403)
        await world.poll(*TOYS, times=10)
        del ministry.status["bulletin"]
        await world.poll("toy.bulletin", "toy.notices")
        await world.poll("toy.notices", after=MINUTE)
        ministry.status.clear()
        await world.poll(*TOYS, after=MINUTE)

    assert world.ops.heads == ["Nothing could be seen of MOFCOM for 55 min"]
    assert len(world.ops.answers) == 1


async def test_what_is_over_before_it_could_be_told_is_one_message(watch, ministry):
    async with watch() as world:
        await world.poll(*TOYS)
        ministry.status["index"] = 503
        world.ops.weather = ["refused"]
        await world.poll(*TOYS, times=7)
        told_before = list(world.ops.said)
        ministry.status.clear()
        await world.poll("toy.notices")

    assert told_before == []
    assert world.ops.heads == ["toy.notices gave nothing for 35 min: unreachable (server)"]
    assert (len(world.ops.said), world.ops.edits) == (1, [])


async def test_a_process_that_has_just_started_looks_round_before_it_tells_what_another_saw(
    desk, ministry
):
    world = Watched(desk)
    await world.poll(*MANY)
    await lose(world, ministry, times=4)
    world.desk.clock.move_to(began := desk.clock.now() + HOUR)
    world.desk = Desk(replace(desk.pipeline, awake=lambda: began), desk.clock)
    await world.poll(*MANY, after=MINUTE, times=4)
    at_first = list(world.ops.heads)
    await world.poll(*MANY, after=MINUTE)

    assert at_first == []
    assert [head.partition(" since")[0] for head in world.ops.heads] == [
        "Nothing can be seen at all"
    ]


MANY = (
    "toy.notices",
    "toy.yearbook",
    "rolls.roll",
    "rolls.news",
    "rolls.board",
    "rolls.gazette",
    "rolls.pair",
)


async def lose(world: Watched, ministry, times: int) -> None:
    """Poll many sources while no server answers."""
    for name in ("roll", "board", "news", "gazette", "2025"):
        ministry.publish(name, "x")
    ministry.status.update(
        dict.fromkeys(("index", "roll", "board", "news", "gazette", "2025"), 503)
    )
    await world.poll(*MANY, times=times)


async def test_where_nobody_can_be_reached_one_message_says_so(desk, ministry):
    world = Watched(desk)
    sources = MANY
    ministry.hidden = {"roll", "board", "news", "gazette", "2025"}  # the index has none of them
    ministry.publish("roll", "x")
    ministry.status.update(index=503)
    await world.poll(*sources, times=1)
    for name in ("roll", "board", "news", "gazette", "2025"):
        ministry.publish(name, "x")
        ministry.status[name] = 503
    await world.poll(*sources, times=8)

    begun = list(world.ops.heads)
    ministry.status.clear()
    await world.poll("toy.notices")

    assert [head.partition(" since")[0] for head in begun] == ["Nothing can be seen at all"]
    assert [head.partition(" for ")[0] for head in world.ops.heads] == [
        "Nothing could be seen at all"
    ]
    assert [answer.partition(" after ")[0] for _, answer in world.ops.answers] == ["Back"]


async def test_a_number_that_was_passed_over_is_told_once_after_a_week_and_withdrawn_when_it_comes(
    watch, ministry
):
    for number in range(41, 61):
        ministry.publish(str(number), control(number, "1C909"))
    async with watch() as world:
        await world.poll()
        for number in (61, 62, 64):
            ministry.publish(str(number), control(number, "1C909"))
        await world.poll(times=6, after=DAY)
        silent = dict(world.ops.shown)
        await world.poll(times=4, after=DAY)
        told = dict(world.ops.shown)
        ministry.publish("63", control(63, "1C909"))
        await world.poll(after=DAY)

    assert silent == {}
    assert [text.partition(". A number")[0] for text in told.values()] == [
        (
            "toy.notices needs a look: gap. No. 63 of 2025 (mofcom) is missing, though No. 64 came on"
            " 10 Oct 2025"
        )
    ]
    assert world.ops.severities == [Severity.LOW]
    assert world.ops.answers[0][1].startswith("toy.notices: what was missing has come after 3 days")


async def test_an_act_that_only_the_other_way_shows_is_told_until_it_comes(watch, ministry):
    async with watch() as world:
        await world.poll(*TOYS)
        for number in range(1, 13):
            ministry.publish(str(number), control(number, "1C909"))
            await world.poll(*TOYS, after=DAY)
        ministry.publish("13", control(13, "1C909"))
        ministry.lacking["index"] = {"13"}
        await world.poll(*TOYS, after=DAY, times=4)
        told = dict(world.ops.shown)
        ministry.lacking.clear()
        await world.poll(*TOYS, after=DAY)

    assert [text.partition(" since")[0] for text in told.values()] == [
        "toy.notices needs a look: disagrees with its mirror. mofcom-2025-13 is at toy.bulletin"
    ]
    assert [answer.partition(" after")[0] for _, answer in world.ops.answers] == [
        "toy.notices: what was missing has come"
    ]


async def test_two_readings_of_one_register_that_stay_apart_for_two_days_are_told(desk, ministry):
    world, both = Watched(desk), ("rolls.board", "rolls.copied")
    for name in ("board", "copied"):
        ministry.publish(name, board(firms(40)))
    await world.poll(*both)
    ministry.publish("board", board(firms(41)))
    await world.poll(*both, after=DAY, times=3)
    before = list(world.ops.heads)
    await world.poll(*both, after=DAY)
    told = dict(world.ops.shown)
    ministry.publish("copied", board(firms(41)))
    await world.poll(*both, after=DAY)

    assert before == []
    assert [text.partition(", for more than 2 days")[0] for text in told.values()] == [
        (
            "rolls.copied needs a look: disagrees with its mirror. 1 row stands only in one of it and"
            " rolls.board"
        )
    ]
    assert [answer.partition(" after")[0] for _, answer in world.ops.answers] == [
        "rolls.copied is well again"
    ]


async def test_bytes_that_never_change_are_told_and_that_they_move_again(watch, ministry):
    async with watch(unmoved=Duration(days=3)) as world:
        await world.poll(times=6, after=DAY)
        ministry.noise = "<!-- moved -->"
        await world.poll(after=DAY)

    assert world.ops.heads == ["toy.notices needed a look for 2 days: frozen"]
    assert world.ops.answers == [("1", "toy.notices is well again after 2 days: frozen. ")]


async def test_a_page_that_moves_and_brings_nothing_new_is_told_as_a_zombie(watch, ministry):
    ministry.publish("61", control(61, "1C909", published="2025-10-01"))
    async with watch(absence=Duration(days=10)) as world:
        for day in range(12):
            ministry.noise = f"<!-- {day} -->"
            await world.poll(after=DAY)

    assert world.ops.heads == ["toy.notices needs a look: zombie"]
    assert "the newest it has is of 1 Oct 2025" in world.ops.shown["1"]


FEED = [f"2025-06-{day:02}" for day in range(1, 25)]


@pytest.mark.parametrize("later", [HOUR, HOUR / 12])
@pytest.mark.parametrize("days", [FEED, FEED[::-1]], ids=["the oldest first", "the newest first"])
async def test_a_list_whose_newest_entry_is_old_is_named_from_the_first_read_until_it_has_a_newer_one(
    watch, ministry, days, later
):
    for number, day in enumerate(days):
        ministry.publish(str(number), control(number + 1, "1C909", published=day))
        ministry.titles[str(number)] = f"Notice {number} {day}"
    async with watch() as world:
        await world.poll()
        first = dict(world.ops.shown)
        ministry.publish("99", control(99, "1C909"))
        ministry.titles["99"] = "Notice 99 2025-10-09"
        await world.poll(after=later)

    assert [text.partition(";")[0] for text in first.values()] == [
        (
            "toy.notices needs a look: zombie. the newest of 24 entries is of 24 Jun 2025, 107"
            " days ago"
        )
    ]
    assert [answer.partition(" after")[0] for _, answer in world.ops.answers] == [
        "toy.notices is well again"
    ]


async def test_a_list_in_no_order_of_its_days_is_named_at_the_first_read(watch, ministry):
    days = [f"2025-{9 + number % 2:02}-{1 + number * 5 % 9:02}" for number in range(20)]
    for number, day in enumerate(days):
        ministry.publish(str(number), control(number + 1, "1C909", published=day))
        ministry.titles[str(number)] = f"Notice {number} {day}"
    async with watch() as world:
        await world.poll()

    assert world.ops.heads == ["toy.notices needs a look: no order"]


async def test_a_list_that_lost_its_days_is_named(watch, ministry):
    for number in range(1, 7):
        ministry.publish(str(number), control(number, "1C909", published=f"2025-10-0{number}"))
        ministry.titles[str(number)] = f"Notice {number} 2025-10-0{number}"
    async with watch() as world:
        await world.poll()
        before = list(world.ops.heads)
        ministry.titles.clear()
        await world.poll(after=HOUR)

    assert before == []
    assert world.ops.heads == ["toy.notices needs a look: days lost"]


async def test_an_answer_from_a_cache_is_named_while_it_is_older_than_the_time_between_two_looks(
    watch, ministry
):
    ministry.publish("61", control(61, "1C909"))
    async with watch() as world:
        ministry.age = 60
        await world.poll()
        young = list(world.ops.heads)
        ministry.age = 6244
        await world.poll(after=HOUR, times=2)
        old = list(world.ops.heads)
        ministry.age = 0
        await world.poll(after=HOUR, times=3)

    assert young == []
    assert old == ["toy.notices needs a look: old answer"]
    assert [answer.partition(" after")[0] for _, answer in world.ops.answers] == [
        "toy.notices is well again"
    ]


async def test_an_entry_that_always_stood_there_is_missed_and_welcomed_back(watch, ministry):
    for number in range(1, 11):
        ministry.publish(str(number), control(number, "1C909"))
    async with watch() as world:
        for number in range(11, 41):
            ministry.publish(str(number), control(number, "1C909"))
            await world.poll(after=3 * DAY)
        ministry.hidden = {"1", "2", "3"}
        await world.poll(after=DAY)
        gone = list(world.ops.heads)
        ministry.hidden = set()
        await world.poll(after=DAY)

    assert gone == ["toy.notices needs a look: canary missing"]
    assert world.ops.heads == ["toy.notices needed a look for 24 h: canary missing"]


async def test_a_declared_canary_and_a_declared_floor_are_held_to(watch, ministry):
    ministry.publish("61", control(61, "1C909"))
    async with watch(canary="/61", floor=2) as world:
        await world.poll(after=DAY)
        well = list(world.ops.heads)
        ministry.hidden = {"61"}
        await world.poll(after=DAY)

    assert well == []
    assert sorted(head.rpartition(": ")[2] for head in world.ops.heads) == [
        "canary missing",
        "count mismatch",
    ]


async def test_a_server_that_says_not_modified_for_ever_is_found_out_within_a_day_and_then_asked_every_hour(
    watch, ministry
):
    ministry.etag = "always"
    async with watch() as world:
        await world.poll()
        ministry.publish("61", control(61, "1C909"))
        await world.poll(times=23, after=HOUR)
        before = await world.desk.owed()
        await world.poll(times=2, after=HOUR)
        ministry.publish("62", control(62, "1C909"))
        await world.poll(times=13, after=5 * MINUTE)
        acts = [key for kind, key in await world.desk.owed() if kind == "act"]

    assert before == []
    assert acts == ["mofcom-2025-61:act", "mofcom-2025-62:act"]
    assert world.ops.heads == ["toy.notices needs a look: always 304"]


@pytest.mark.sweep
async def test_a_source_that_is_well_for_a_year_is_never_doubted(watch, ministry):
    async with watch() as world:
        for day in range(60):
            if day % 2 == 0:
                ministry.publish(str(day // 2 + 1), control(day // 2 + 1, "1C909"))
            await world.poll(*TOYS, after=6 * DAY)

    assert world.ops.said == []


async def mute(world: Watched, *sources: str, during: timedelta) -> None:
    now = world.desk.clock.now()
    await world.desk.pipeline.history(
        mutes.mute_sources, sources, now + during, "Li Wei", "its server moves", now
    )


async def test_a_muted_source_is_not_told_of_until_the_mute_ends_and_what_it_brings_is(
    watch, ministry
):
    async with watch() as world:
        await world.poll(*TOYS)
        await mute(world, "toy.notices", during=3 * HOUR)
        ministry.status["index"] = 503
        await world.poll(*TOYS, times=20)
        muted = list(world.ops.heads)
        await world.poll(*TOYS, times=20)
        after = list(world.ops.heads)
        await mute(world, "toy.notices", during=3 * HOUR)
        ministry.status.clear()
        ministry.publish("61", control(61, "1C909"))
        await world.poll(*TOYS)
        owed = await world.desk.owed()

    assert muted == []
    assert after == ["toy.notices gives nothing: unreachable (server)"]
    assert [key for _, key in owed] == ["mofcom-2025-61:act"]
    assert len(world.ops.answers) == 1, "what was told is answered, muted or not"


async def test_an_outage_that_begins_and_ends_while_its_source_is_muted_was_never_told(
    watch, ministry
):
    async with watch() as world:
        await world.poll(*TOYS)
        await mute(world, "toy.notices", during=DAY)
        ministry.status["index"] = 503
        await world.poll(*TOYS, times=20)
        ministry.status.clear()
        await world.poll(*TOYS, times=3)

    assert (world.ops.shown, world.ops.answers) == ({}, [])


async def test_an_authority_that_can_t_be_seen_at_all_is_an_alarm_unless_all_its_sources_are_muted(
    watch, ministry
):
    async with watch() as world:
        await world.poll(*TOYS)
        await mute(world, *TOYS, during=2 * HOUR)
        ministry.status.update(index=403, bulletin=403)
        await world.poll(*TOYS, times=12)
        all_muted = list(world.ops.heads)
        await world.desk.pipeline.history(
            mutes.unmute_sources, ["toy.bulletin"], "Li Wei", world.desk.clock.now()
        )
        await world.poll(*TOYS, times=2)

    assert all_muted == []
    assert world.ops.heads == ["Nothing can be seen of MOFCOM since 9 Oct 2025 01:05 UTC"]


async def test_what_is_strange_about_a_muted_source_is_told_when_the_mute_ends(watch, ministry):
    async with watch(unmoved=Duration(days=3)) as world:
        await mute(world, "toy.notices", during=10 * DAY)
        await world.poll(times=9, after=DAY)
        muted = list(world.ops.heads)
        await world.poll(times=2, after=DAY)

    assert muted == []
    assert world.ops.heads == ["toy.notices needs a look: frozen"]


async def test_a_source_that_hangs_while_it_is_muted_is_told_of_when_the_mute_ends(watch):
    async with watch() as world:
        await world.poll(*TOYS)
        awake = world.desk.clock.now()
        await mute(world, *TOYS, during=5 * HOUR)
        heads = []
        for hours in (2, 4):
            world.desk.clock.move_to(awake + hours * HOUR)
            await world.desk.pipeline.history(
                polls.tell_stale, dict.fromkeys(TOYS, HOUR), awake, world.desk.clock.now(), {}, {}
            )
            await world.tell()
            heads += world.ops.heads
        world.desk.clock.move_to(awake + 6 * HOUR)
        await world.desk.pipeline.history(
            polls.tell_stale, dict.fromkeys(TOYS, HOUR), awake, world.desk.clock.now(), {}, {}
        )
        await world.tell()

    assert heads == []
    assert len(world.ops.shown) == 2
