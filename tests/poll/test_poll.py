from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from acts import control, listing

from monitor.alert.event import NoticeKind
from monitor.errors import StoreError
from monitor.poll.assembly import poll
from monitor.poll.round import list_due_sources
from monitor.store import acts, polls
from monitor.store.threaded import HistoryThread

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


@pytest.mark.both
async def test_the_first_read_of_a_source_is_a_baseline_and_tells_nobody(desk, ministry):
    ministry.publish("18", control(18, "1C902.a"))

    assert await desk.poll() == []
    assert await desk.owed() == []
    assert [act.key for act in await desk.pipeline.history(acts.list_newest_acts, 10)] == [
        "mofcom-2025-18"
    ]


async def test_acts_are_told_in_the_order_in_which_they_were_issued(desk, ministry):
    await desk.poll()
    for number in (55, 56, 57):
        ministry.publish(str(number), control(number, "1C909.a"))
    await desk.poll()

    told = [key for kind, key in await desk.owed() if kind is NoticeKind.ACT]
    assert told == ["mofcom-2025-55:act", "mofcom-2025-56:act", "mofcom-2025-57:act"]


@pytest.mark.both
async def test_what_a_poll_brought_is_told_once_and_in_its_order_where_its_end_was_never_kept(
    desk, ministry, monkeypatch
):
    class End(BaseException):
        """What ends the process when all is read."""

    keep = HistoryThread.__call__

    async def cut_off_at_the_end(history, function, *asked):
        if function is polls.end:
            raise End
        return await keep(history, function, *asked)

    await desk.poll()
    for number in (55, 56, 57):
        ministry.publish(str(number), control(number, "1C909.a"))
    with monkeypatch.context() as patch:
        patch.setattr(HistoryThread, "__call__", cut_off_at_the_end)
        with pytest.raises(End):
            await desk.poll()
    ministry.asked.clear()
    await desk.poll()

    told = [key for kind, key in await desk.owed() if kind is NoticeKind.ACT]
    assert told == ["mofcom-2025-55:act", "mofcom-2025-56:act", "mofcom-2025-57:act"]
    assert ministry.asked == [("index", 304)]


async def test_since_tells_what_a_baseline_would_keep_to_itself(open_desk, ministry):
    ministry.publish("18", control(18, "1C902.a", published="2025-04-04"))
    ministry.publish("61", control(61, "2B902.a", published="2025-10-09"))

    async with open_desk(since=date(2025, 10, 1)) as desk:
        await desk.poll()

        assert await desk.owed() == [(NoticeKind.ACT, "mofcom-2025-61:act")]


@pytest.mark.both
async def test_an_article_that_failed_is_read_at_the_next_poll_although_the_index_is_unchanged(
    desk, ministry
):
    await desk.poll()
    ministry.publish("57", control(57, "1C909.a"))
    ministry.status["57"] = 500
    failures = await desk.poll()
    ministry.status.clear()
    ministry.asked.clear()
    await desk.poll()

    assert [failure.kind for failure in failures] == ["server"]
    assert ministry.asked == [("index", 304), ("57", 200)]
    assert await desk.owed() == [(NoticeKind.ACT, "mofcom-2025-57:act")]


async def test_what_failed_in_the_first_read_stays_baseline_when_it_comes(desk, ministry):
    ministry.publish("18", control(18, "1C902.a"))
    ministry.status["18"] = 500
    await desk.poll()
    ministry.status.clear()
    await desk.poll()

    assert await desk.owed() == []


async def test_one_broken_page_does_not_silence_its_siblings(desk, ministry):
    await desk.poll()
    ministry.publish("55", "stumble")
    ministry.publish("56", control(56, "2B902.a"))
    failures = await desk.poll()

    assert [failure.kind for failure in failures] == ["reader"]
    assert "a scraper's mistake" in str(failures[0])
    assert await desk.owed() == [(NoticeKind.ACT, "mofcom-2025-56:act")]


async def test_an_index_that_is_down_does_not_keep_us_from_what_is_owed(desk, ministry):
    await desk.poll()
    ministry.publish("57", control(57, "1C909.a"))
    ministry.status["57"] = 500
    await desk.poll()
    ministry.status = {"index": 503}
    await desk.poll()

    assert await desk.owed() == [(NoticeKind.ACT, "mofcom-2025-57:act")]


async def test_an_act_whose_page_vanished_is_not_a_delisting_and_no_trouble_of_the_source(
    desk, ministry
):
    await desk.poll()
    ministry.publish("10", listing(10, "Dedrone"))
    await desk.poll()
    ministry.publish("10", "nothing")

    assert await desk.poll(after=2 * HOUR) == []
    assert len(await desk.owed()) == 1


async def test_the_evidence_of_every_fact_is_in_the_archive(desk, ministry):
    await desk.poll()
    ministry.publish("10", listing(10, "Dedrone"))
    await desk.poll()

    owed = (await desk.waiting("alerts"))[0]
    notice = await desk.notice(owed)

    assert notice.evidence is not None
    assert desk.pipeline.archive.get(notice.evidence.sha256) == ministry.pages["10"]


async def test_an_act_in_the_first_index_of_a_new_year_is_news(desk, ministry):
    desk.clock.move_to(datetime(2025, 12, 31, 2, 0, tzinfo=UTC))
    ministry.publish("2025", control(70, "1C909.a", published="2025-11-07"))
    await desk.poll(source="toy.yearbook")
    desk.clock.move_to(datetime(2026, 1, 1, 1, 0, tzinfo=UTC))
    ministry.publish("2026", control(1, "1C909.a", published="2026-01-01"))
    ministry.asked.clear()
    await desk.poll(source="toy.yearbook")

    assert [key for _, key in await desk.owed()] == ["mofcom-2025-1:act"]
    assert sorted(ministry.asked) == [("2025", 304), ("2026", 200)]


async def test_a_new_years_index_that_is_not_there_yet_is_no_trouble(desk, ministry):
    desk.clock.move_to(datetime(2026, 1, 1, 2, 0, tzinfo=UTC))
    ministry.publish("2025", control(70, "1C909.a"))
    ministry.publish("2026", "not yet")
    ministry.status["2026"] = 404

    assert await desk.poll(source="toy.yearbook") == []


async def test_an_index_that_is_not_there_at_any_other_time_is_trouble(desk, ministry):
    ministry.publish("2025", "gone")
    ministry.status["2025"] = 404

    assert [failure.kind for failure in await desk.poll(source="toy.yearbook")] == ["gone"]


async def test_not_modified_is_believed_for_a_day_and_then_the_page_is_asked_for_whole(
    desk, ministry
):
    ministry.publish("18", control(18, "1C902.a"))
    await desk.poll()
    ministry.asked.clear()
    for _ in range(25):
        await desk.poll(after=HOUR)

    assert [status for path, status in ministry.asked if path == "index"].count(200) == 1


class Refusing:
    """An archive that takes nothing."""

    def put_stream(self, body):
        raise StoreError("the archive can't be written")


async def test_whatever_a_poll_raises_is_recorded_so_that_the_source_is_not_asked_again_at_once(
    desk, ministry
):
    await desk.poll()
    ministry.publish("55", control(55, "1C909.a"))
    desk.clock.move_to(desk.clock.now() + HOUR)
    refused = replace(desk.pipeline, archive=Refusing())
    outcome = await poll(refused, desk.pipeline.registry.source("toy.notices"))

    assert ([failure.kind for failure in outcome.failures], outcome.recorded) == (["store"], True)
    assert (
        await list_due_sources(desk.pipeline, [desk.pipeline.registry.source("toy.notices")]) == []
    )


async def test_a_server_that_asks_to_wait_for_years_waits_an_hour_at_most(
    desk, ministry, httpserver
):
    await desk.poll()
    httpserver.clear_all_handlers()
    httpserver.expect_request("/index").respond_with_data(
        "busy", status=429, headers={"Retry-After": "315360000"}
    )
    await desk.poll()
    source = desk.pipeline.registry.source("toy.notices")
    desk.clock.move_to(desk.clock.now() + HOUR)

    assert await list_due_sources(desk.pipeline, [source]) == [source]
