from datetime import UTC, datetime, timedelta

from monitor.pipeline.life.pulse import Complaint, DaemonTrouble, Pulse

BEGAN = datetime(2025, 10, 9, 1, 0, tzinfo=UTC)
TICK = timedelta(seconds=5)


def test_a_cycle_is_over_when_all_that_was_due_at_its_beginning_was_looked_at():
    pulse = Pulse(BEGAN)
    pulse.due(["a", "b"], BEGAN)
    pulse.looked("a")
    pulse.due(["b"], BEGAN + TICK)
    assert pulse.through is None

    pulse.looked("b")
    pulse.due([], BEGAN + 2 * TICK)
    assert pulse.through == BEGAN + 2 * TICK


def test_what_became_due_meanwhile_belongs_to_the_next_cycle():
    pulse = Pulse(BEGAN)
    pulse.due(["slow"], BEGAN)
    pulse.due(["slow", "quick"], BEGAN + TICK)
    pulse.looked("slow")
    pulse.due(["quick"], BEGAN + 2 * TICK)

    assert pulse.through == BEGAN + 2 * TICK

    pulse.due([], BEGAN + 3 * TICK)
    assert pulse.through == BEGAN + 2 * TICK  # `quick` was not looked at


def test_where_nothing_is_due_each_tick_is_a_cycle():
    pulse = Pulse(BEGAN)
    for ticks in range(3):
        pulse.due([], BEGAN + ticks * TICK)

    assert pulse.through == BEGAN + 2 * TICK


def test_before_the_first_tick_is_over_nothing_was_looked_at():
    pulse = Pulse(BEGAN)
    pulse.due([], BEGAN)

    assert pulse.through is None


def test_ticks_are_late_after_a_minute_without_one_however_the_clock_is_set():
    seconds = 0.0
    pulse = Pulse(BEGAN, elapsed=lambda: seconds)
    seconds = 61.0
    assert pulse.is_late

    pulse.tick(BEGAN + timedelta(hours=1))
    assert not pulse.is_late
    pulse.tick(BEGAN - timedelta(days=365))
    seconds += 59.0
    assert not pulse.is_late
    seconds += 2.0
    assert pulse.is_late


def test_work_goes_on_from_the_first_good_tick_until_one_ends_badly_or_is_late():
    seconds = 0.0
    pulse = Pulse(BEGAN, elapsed=lambda: seconds)
    states = [pulse.goes_on]
    for step in (lambda: pulse.tick(BEGAN), pulse.stumbled, lambda: pulse.tick(BEGAN)):
        step()
        states.append(pulse.goes_on)
    seconds = 60.0
    states.append(pulse.goes_on)
    seconds = 60.5
    states.append(pulse.goes_on)

    assert states == [False, True, False, True, True, False]
    assert pulse.ticks == 2


def test_what_is_done_now_is_told_in_order_with_the_moments_that_there_were():
    pulse = Pulse(BEGAN)
    wrong = (Complaint(DaemonTrouble.STORE, "no room"),)
    early = pulse.working(3, ["b", "a"], None, wrong)
    pulse.due([], BEGAN)
    pulse.due([], BEGAN + TICK)
    pulse.tick(BEGAN + TICK)
    later = pulse.working(3, [], None, (*wrong, Complaint(DaemonTrouble.TICKS, "late")))

    assert (early.polling, early.last_tick, early.last_good_cycle, early.ticks) == (("a", "b"), None, None, 0)
    assert (later.last_tick, later.last_good_cycle, later.ticks) == (*("2025-10-09T01:00:05Z",) * 2, 1)
    assert (early.goes_round, later.goes_round) == (True, False)
