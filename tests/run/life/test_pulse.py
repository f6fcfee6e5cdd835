from datetime import UTC, datetime, timedelta

from monitor.run.life.pulse import Pulse

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
