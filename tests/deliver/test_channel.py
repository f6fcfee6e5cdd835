"""How fast a place is spoken to."""

from datetime import UTC, datetime, timedelta

from monitor.deliver.channel import LONGEST_TURN, Pace
from monitor.poll.replay import StoryClock


class Sleepless(StoryClock):
    """A clock that stands still and keeps how long it was to be slept."""

    def __init__(self) -> None:
        super().__init__(datetime(2025, 10, 9, 8, 0, tzinfo=UTC))
        self.slept: list[float] = []

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)


async def test_those_who_want_to_speak_at_once_speak_one_gap_apart():
    clock, pace = Sleepless(), Pace(gap=1.5)
    for _ in range(3):
        await pace.turn(clock)

    assert clock.slept == [1.5, 3.0]


async def test_a_turn_that_is_further_off_than_any_queue_is_not_waited_for():
    clock, pace = Sleepless(), Pace(gap=LONGEST_TURN + 1)
    for _ in range(2):
        await pace.turn(clock)

    assert clock.slept == []


async def test_the_longest_turn_there_is_is_waited_for():
    clock, pace = Sleepless(), Pace(gap=LONGEST_TURN)
    for _ in range(2):
        await pace.turn(clock)

    assert clock.slept == [LONGEST_TURN]


async def test_who_comes_late_takes_a_turn_from_now_on():
    clock, pace = Sleepless(), Pace(gap=2)
    await pace.turn(clock)
    clock.move_to(clock.now() + timedelta(seconds=10))
    await pace.turn(clock)
    await pace.turn(clock)

    assert clock.slept == [2]
