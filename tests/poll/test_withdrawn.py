"""An act that was told and is published no more is told once, after two looks and the word of
its list.
"""

from datetime import timedelta

import msgspec
import pytest
from acts import listing

from monitor.alert.event import NoticeKind
from monitor.ask.coverage import load_coverage
from monitor.ask.rows import make_change_row
from monitor.render.alert import compose_alert
from monitor.store import sightings

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


@pytest.fixture
async def told(desk, ministry):
    """A desk that has told an act of ten days ago, with another that is still there."""
    ministry.publish("9", listing(9, "Acme Widgets"))
    await desk.poll()
    ministry.publish("10", listing(10, "TechInsights"))
    await desk.poll()
    await desk.poll(after=10 * DAY)
    return desk


def take_down(ministry, *paths: str, status: int = 404) -> None:
    for path in paths:
        ministry.hidden.add(path)
        ministry.status[path] = status


async def headlines(desk) -> list[str]:
    owed = [one for one in await desk.waiting("alerts") if one.kind is NoticeKind.AMENDED]
    return [compose_alert(await desk.notice(one)).headline for one in owed]


async def polls(desk, *, over: timedelta, every: timedelta = 5 * MINUTE) -> None:
    for _ in range(int(over / every)):
        await desk.poll(after=every)


@pytest.mark.parametrize("status", [404, 410])
async def test_an_act_that_is_gone_and_unlisted_is_told_once_within_the_hour_and_its_bytes_are_kept(
    told, ministry, status
):
    take_down(ministry, "10", status=status)
    await polls(told, over=HOUR)

    assert await headlines(told) == [
        "China no longer publishes UEL Notice No. 10 of 2025: its page is gone since 19 Oct 2025"
    ]
    (owed,) = [one for one in await told.waiting("alerts") if one.kind is NoticeKind.AMENDED]
    notice = await told.notice(owed)
    assert b"TechInsights" in told.pipeline.archive.get(notice.evidence.sha256)
    assert [entity.names["en"] for entity in notice.fact.measures[0].entities] == ["TechInsights"]

    recorded = await told.pipeline.history(sightings.find_recorded_by_url, notice.evidence.url)
    assert [make_change_row(change)[1] for change in recorded] == ["new", "its page is gone"]

    await polls(told, over=20 * DAY, every=DAY)
    assert len(await headlines(told)) == 1


async def test_an_answer_names_it_as_gone_until_its_page_is_back(told, ministry):
    async def gone() -> tuple[str, ...]:
        sources, now = told.pipeline.registry.sources, told.clock.now()
        return await told.pipeline.history.run(
            lambda kept: load_coverage(kept, sources, now, DAY).gone
        )

    assert await gone() == ()
    take_down(ministry, "10")
    await polls(told, over=HOUR)
    (key,) = await gone()
    assert key == listing(10, "TechInsights").key

    del ministry.status["10"]
    ministry.hidden.clear()
    await polls(told, over=2 * DAY, every=HOUR)
    assert await gone() == ()


async def test_it_is_looked_at_twice_ten_minutes_apart(told, ministry):
    take_down(ministry, "10")
    asked = len(ministry.asked)
    await told.poll(after=5 * MINUTE)
    await told.poll(after=5 * MINUTE)
    assert [path for path, _ in ministry.asked[asked:]].count("10") == 1
    assert await headlines(told) == []
    await told.poll(after=5 * MINUTE)
    assert [path for path, _ in ministry.asked[asked:]].count("10") == 2
    assert len(await headlines(told)) == 1


async def test_one_that_is_back_at_the_second_look_is_not_told(told, ministry):
    take_down(ministry, "10")
    await told.poll(after=5 * MINUTE)
    del ministry.status["10"]
    await polls(told, over=2 * HOUR, every=15 * MINUTE)

    assert await headlines(told) == []


async def test_one_that_its_list_still_has_is_not_told_before_that_has_it_no_more(told, ministry):
    ministry.status["10"] = 404
    await polls(told, over=20 * DAY, every=DAY)
    assert await headlines(told) == []
    ministry.hidden.add("10")
    await polls(told, over=HOUR)
    assert len(await headlines(told)) == 1


async def test_one_that_only_left_the_list_is_not_told(told, ministry):
    ministry.hidden.add("10")
    await polls(told, over=5 * DAY, every=DAY)

    assert await headlines(told) == []


async def test_one_that_another_address_still_publishes_is_not_told_before_that_is_gone_too(
    told, ministry
):
    mirror = msgspec.structs.replace(listing(10, "TechInsights"), url="https://mirror.example/10")
    ministry.publish("10-mirror", mirror)
    await told.poll(after=HOUR)
    take_down(ministry, "10")
    await polls(told, over=DAY, every=4 * HOUR)
    assert await headlines(told) == []
    take_down(ministry, "10-mirror")
    await polls(told, over=HOUR)
    assert len(await headlines(told)) == 1


async def test_one_of_which_nobody_was_told_is_not_told_as_gone(told, ministry):
    take_down(ministry, "9")
    await polls(told, over=DAY, every=4 * HOUR)

    assert await headlines(told) == []


@pytest.mark.parametrize("status", [500, 403, 429])
async def test_a_server_that_fails_says_nothing_of_the_act(told, ministry, status):
    take_down(ministry, "10", status=status)
    await polls(told, over=DAY, every=4 * HOUR)

    assert await headlines(told) == []


async def test_of_a_list_that_loses_all_its_entries_some_are_looked_at_and_what_is_there_is_not_told(
    told, ministry
):
    ministry.hidden |= {"9", "10"}
    asked = len(ministry.asked)
    await told.poll(after=5 * MINUTE)

    assert {path for path, _ in ministry.asked[asked:]} >= {"9", "10"}
    assert await headlines(told) == []


ERROR = "<html><h1>404</h1><p>您访问的页面不存在</p></html>"


async def test_one_whose_page_says_that_it_is_not_there_is_gone(told, ministry):
    ministry.hidden.add("10")
    ministry.pages["10"] = ERROR.encode()
    await polls(told, over=HOUR)

    assert len(await headlines(told)) == 1


@pytest.mark.parametrize("title", ["系统维护", "安全验证"])
async def test_a_wall_or_word_of_maintenance_says_nothing_of_the_act(told, ministry, title):
    ministry.hidden.add("10")
    ministry.pages["10"] = ERROR.replace("<html>", f"<html><title>{title}</title>").encode()
    await polls(told, over=HOUR)

    assert await headlines(told) == []


async def test_one_that_was_never_read_and_says_that_it_is_not_there_is_told_by_its_listed_title(
    told, ministry
):
    ministry.publish("11", ERROR)
    ministry.titles["11"] = "商务部公告2025年第61号 公布对物项实施出口管制的决定"
    await polls(told, over=40 * MINUTE)

    assert NoticeKind.LISTED in [kind for kind, _ in await told.owed()]
