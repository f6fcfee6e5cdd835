"""A register that is served in two editions by turns."""

import random
from datetime import timedelta

import pytest
from editions import board, changes, firms

from monitor.alert.event import NoticeKind
from monitor.store import OPS


async def actions(desk) -> list[str]:
    return [action for edition in await changes(desk) for action, _, _ in edition]


async def test_a_name_taken_off_and_put_back_within_a_day_is_told_both_times(desk, ministry):
    for count in (11, 10, 11):
        ministry.publish("board", board(firms(count)))
        for later in (timedelta(hours=3), timedelta(minutes=10)):
            await desk.poll(source="rolls.board", after=later)

    assert await actions(desk) == ["remove", "add"]
    assert await desk.notices(OPS) == []


async def test_of_two_servers_of_which_one_is_behind_nothing_is_told_twice(desk, ministry):
    for number in range(24):
        ministry.publish("board", board(firms(10 + number % 2)))
        await desk.poll(source="rolls.board", after=timedelta(minutes=1 if number % 3 else 5))

    assert await actions(desk) == ["add"]
    assert await desk.notices(OPS) == []


async def test_two_editions_served_in_turns_are_told_there_and_back_and_then_once_that_they_alternate(
    desk, ministry
):
    await alternating(desk, ministry, 9)

    assert await actions(desk) == ["add", "remove"]
    (said,) = await desk.notices(OPS)
    assert said.kind is NoticeKind.ALTERNATES
    assert said.problem.text.startswith(
        "The US FCC Covered List has changed back and forth since 2025-10-09 02:06 UTC"
    )
    assert "the same for 6 hours" in said.problem.text
    assert "`monitor poll --release rolls.board`" in said.problem.text


@pytest.mark.long
async def test_what_alternates_for_days_is_told_no_more_for_that(desk, ministry):
    for number in range(101):
        ministry.publish("board", board(firms(10 + number // 2 % 2)))
        await desk.poll(source="rolls.board", after=timedelta(hours=1))

    assert await actions(desk) == ["add", "remove"]
    assert len(await desk.notices(OPS)) == 1


async def alternating(desk, ministry, times: int = 6) -> None:
    """A board that was told to have ten names last: each of its editions stands for a while."""
    for number in range(times + 1):
        ministry.publish("board", board(firms(10 + number % 2)))
        for _ in range(2):
            await desk.poll(source="rolls.board", after=timedelta(minutes=11))


async def test_what_has_alternated_and_stays_otherwise_than_it_was_told_last_is_told(
    desk, ministry
):
    await alternating(desk, ministry)
    ministry.publish("board", board(firms(11)))
    for _ in range(6):
        await desk.poll(source="rolls.board", after=timedelta(hours=1))
    before = await actions(desk)
    await desk.poll(source="rolls.board", after=timedelta(hours=1))

    assert before == ["add", "remove"]
    assert await actions(desk) == ["add", "remove", "add"]


async def test_a_third_version_of_what_alternates_is_told_at_once(desk, ministry):
    await alternating(desk, ministry)
    ministry.publish("board", board(firms(12)))
    await desk.poll(source="rolls.board")

    assert await actions(desk) == ["add", "remove", "add", "add"]


async def test_what_alternates_can_be_released(desk, ministry):
    await alternating(desk, ministry, times=5)
    await desk.pipeline.release("rolls.board")

    assert await actions(desk) == ["add", "remove", "add"]


async def test_editions_in_turns_of_which_one_misses_rows_are_told_there_and_back_and_then_no_more(
    desk, ministry
):
    for number in range(24):
        ministry.publish("board", board(firms(32 if number // 2 % 2 else 40)))
        await desk.poll(source="rolls.board", after=timedelta(minutes=15))

    told = [edition[0][0] for edition in await changes(desk)]
    assert told == ["remove", "add"]
    assert [notice.kind for notice in await desk.notices(OPS)] == [NoticeKind.ALTERNATES]


async def test_a_row_that_went_is_told_once_however_two_servers_take_turns(desk, ministry):
    dice = random.Random(7)
    ministry.publish("board", board(firms(30)))
    await desk.poll(source="rolls.board")
    for _ in range(30):
        ministry.publish("board", board(firms(dice.choice((29, 30)))))
        await desk.poll(source="rolls.board", after=timedelta(seconds=55))
    ministry.publish("board", board(firms(29)))
    for _ in range(12):
        await desk.poll(source="rolls.board", after=timedelta(minutes=1))

    assert await actions(desk) == ["remove"]
