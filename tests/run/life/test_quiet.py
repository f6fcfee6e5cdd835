"""What is said of a source that brings nothing, over real polls of a toy ministry: a quiet has
to be earned.
"""

from dataclasses import replace
from datetime import timedelta
from functools import partial
from itertools import pairwise

import pytest
from acts import control, listing
from conftest import START, Desk
from editions import board, firms
from msgspec.structs import replace as replace_value

from monitor.errors import ErrorKind
from monitor.model import Problem
from monitor.run.life.quiet import Certificate, format_certificate, make_certificate
from monitor.source.health import Health
from monitor.source.schedule import compute_longest_gap
from monitor.store import Looks, Quiet, looks

MINUTES, HOUR = timedelta(minutes=1), timedelta(hours=1)
SOURCE = "toy.notices"


async def known(desk: Desk, source: str = SOURCE) -> Certificate:
    gap = partial(compute_longest_gap, desk.pipeline.registry.source(source))
    return make_certificate(
        await desk.pipeline.history(looks.explain_quiet, source), gap, desk.clock.now()
    )


async def polled(desk: Desk, times: int) -> None:
    for _ in range(times):
        await desk.poll()


def spans(known: Certificate) -> list[tuple[str, str]]:
    return [(gap.since[11:16], gap.until[11:16]) for gap in known.gaps]


async def test_of_a_source_that_was_never_read_nothing_is_said(desk: Desk):
    assert (
        format_certificate(await known(desk))
        == "toy.notices: no good poll yet, so its silence proves nothing"
    )
    assert not (await known(desk)).proven


async def test_right_after_a_change_no_silence_is_claimed(desk: Desk, ministry):
    await desk.poll()
    ministry.publish("10", listing(10, "Dedrone by Axon"))
    await desk.poll()
    seen = await known(desk)

    assert (seen.proven, seen.looks) == (False, 0)
    assert format_certificate(seen).startswith(
        "toy.notices: last read at 9 Oct 2025 01:10 UTC; nothing is known of the time since; the last"
        " that it brought was uel-2025-10"
    )


async def test_a_source_that_fails_right_after_a_change_says_so(desk: Desk, ministry):
    await desk.poll()
    ministry.publish("10", listing(10, "Dedrone by Axon"))
    await desk.poll()
    ministry.status["index"] = 503
    await desk.poll()

    assert "nothing is known of the time since; not covered: " in format_certificate(
        await known(desk)
    )


async def test_each_good_look_since_the_last_change_is_counted_and_the_change_is_named_with_its_bytes(
    desk: Desk, ministry
):
    await desk.poll()
    ministry.publish("10", listing(10, "Dedrone by Axon"))
    await polled(desk, 13)
    seen = await known(desk)

    assert (seen.proven, seen.looks, seen.gaps, seen.not_covered) == (True, 12, (), ())
    assert (seen.unchanged_since, seen.last_look) == (
        "2025-10-09T01:10:00Z",
        "2025-10-09T02:10:00Z",
    )
    assert seen.change
    assert (seen.change.key, seen.change.kind, len(seen.change.sha256)) == (
        "uel-2025-10",
        "new",
        64,
    )
    assert format_certificate(seen).startswith(
        "toy.notices: nothing new from 9 Oct 2025 01:10 UTC to 9 Oct 2025 02:10 UTC; read well 12"
        " times since; without a gap; "
    )


async def test_a_change_begins_the_count_anew(desk: Desk, ministry):
    await polled(desk, 5)
    before = await known(desk)
    ministry.publish("10", control(10, "1C909.a"))
    await polled(desk, 1)
    after = await known(desk)

    assert (before.looks, before.unchanged_since, before.change) == (
        4,
        "2025-10-09T01:05:00Z",
        None,
    )
    assert (after.looks, after.unchanged_since) == (0, "2025-10-09T01:30:00Z")


async def test_a_time_in_which_the_source_failed_is_a_gap_though_it_was_asked(desk: Desk, ministry):
    await polled(desk, 3)
    ministry.status["index"] = 503
    await polled(desk, 6)
    ministry.status.clear()
    await polled(desk, 2)
    seen = await known(desk)

    assert spans(seen) == [("01:15", "01:50")]
    assert (seen.proven, seen.looks) == (False, 4)
    assert "nothing new was seen from" in format_certificate(seen)
    assert (
        "no good look is on record from 9 Oct 2025 01:15 UTC to 9 Oct 2025 01:50 UTC"
        in format_certificate(seen)
    )


async def test_one_look_that_fails_is_no_gap(desk: Desk, ministry):
    await polled(desk, 3)
    ministry.status["index"] = 503
    await polled(desk, 1)
    ministry.status.clear()
    await polled(desk, 3)

    assert (await known(desk)).proven


async def test_a_time_in_which_nobody_looked_is_a_gap_while_it_lasts_and_after_it(
    desk: Desk, ministry
):
    await polled(desk, 2)
    desk.clock.move_to(desk.clock.now() + 60 * MINUTES)
    lasting = await known(desk)
    await polled(desk, 1)
    over = await known(desk)

    assert (spans(lasting), lasting.last_look) == ([("01:10", "02:10")], "2025-10-09T01:10:00Z")
    assert spans(over) == [("01:10", "02:15")]
    assert not lasting.proven
    assert not over.proven


async def test_a_source_that_fails_now_is_unchanged_only_until_its_last_good_look(
    desk: Desk, ministry
):
    await polled(desk, 3)
    ministry.status["index"] = 503
    await polled(desk, 1)
    seen = await known(desk)

    assert (seen.last_look, seen.gaps) == ("2025-10-09T01:15:00Z", ())
    assert (seen.proven, seen.not_covered) == (
        False,
        ("server: localhost: answered 503 Service Unavailable",),
    )


async def test_a_page_that_is_owed_is_not_covered(desk: Desk, ministry):
    await polled(desk, 2)
    ministry.publish("10", "stumble")
    await polled(desk, 2)
    seen = await known(desk)

    assert not seen.proven
    assert any(
        point.startswith("not read: http://") and "stumble" not in point
        for point in seen.not_covered
    )


async def test_rows_that_are_held_are_not_covered(desk: Desk, ministry):
    ministry.publish("board", board(firms(30)))
    await desk.poll(source="rolls.board")
    ministry.publish("board", board(firms(3)))
    await desk.poll(source="rolls.board")
    seen = await known(desk, "rolls.board")

    assert (seen.proven, seen.not_covered) == (False, ("27 rows of rolls.board held back",))


async def test_days_of_polls_are_one_row_and_each_gap_one_more(desk: Desk, ministry):
    await polled(desk, 40)
    one = (await desk.pipeline.history(looks.explain_quiet, SOURCE)).looks
    for _ in range(3):
        desk.clock.move_to(desk.clock.now() + 60 * MINUTES)
        await polled(desk, 10)
    more = (await desk.pipeline.history(looks.explain_quiet, SOURCE)).looks

    assert [len(one), len(more)] == [1, 4]
    assert all(before.until == after.gap_from for before, after in pairwise(more))


async def test_a_source_that_is_read_well_and_yet_strange_proves_nothing(desk: Desk, ministry):
    await polled(desk, 5)
    quiet = await desk.pipeline.history(looks.explain_quiet, SOURCE)
    frozen = Problem(kind=ErrorKind.FROZEN, text="its bytes have not moved for 40 days")
    seen = make_certificate(replace(quiet, troubles=(frozen,)), lambda *_: HOUR, desk.clock.now())

    assert (await known(desk)).proven
    assert (seen.proven, seen.not_covered) == (
        False,
        ("frozen: its bytes have not moved for 40 days",),
    )


FIRST = Looks(START, START + HOUR, 12, 5 * MINUTES)
WELL = Health(first_ok=START, last_ok=START + HOUR)
NO = Problem(kind=ErrorKind.SERVER, text="no")


def said(quiet: Quiet, after: timedelta = HOUR) -> Certificate:
    return make_certificate(quiet, lambda _one, _next: 5 * MINUTES, START + after)


@pytest.mark.parametrize(("minutes", "gaps"), [(60, []), (65, []), (66, [("02:00", "02:06")])])
def test_a_look_that_is_due_only_now_is_no_gap_and_one_that_is_overdue_is(
    minutes: int, gaps: list[tuple[str, str]]
):
    seen = said(Quiet("s", WELL, None, (FIRST,)), minutes * MINUTES)

    assert (spans(seen), seen.proven) == (gaps, not gaps)
    assert (seen.unchanged_since, seen.last_look, seen.looks) == (
        "2025-10-09T01:00:00Z",
        "2025-10-09T02:00:00Z",
        12,
    )


def test_looks_of_before_they_were_counted_prove_nothing_and_reach_to_the_last_of_them():
    seen = said(Quiet("s", WELL, None, ()))

    assert (seen.proven, seen.looks, seen.last_look) == (False, 0, "2025-10-09T02:00:00Z")
    assert spans(seen) == [("01:00", "02:00")]
    assert spans(said(Quiet("s", Health(first_ok=START), None, ()))) == [("01:00", "02:00")]


def test_all_that_is_not_covered_is_named_once():
    quiet = Quiet(
        "s",
        replace(WELL, problem=NO),
        None,
        (FIRST,),
        ("u: gone",),
        {"r": 1},
        (NO, replace_value(NO, text="odd")),
    )
    seen = said(quiet)

    assert seen.not_covered == (
        "server: no",
        "server: odd",
        "not read: u: gone",
        "1 row of r held back",
    )
    assert (
        format_certificate(seen)
        == "s: nothing new was seen from 9 Oct 2025 01:00 UTC to 9 Oct 2025 02:00 UTC; read well 12"
        " times since; without a gap; not covered: server: no, server: odd, not read: u: gone"
        " and 1 row of r held back; it never brought anything else"
    )


@pytest.mark.parametrize(("problem", "why"), [(None, ""), (NO, " (server: no)")])
def test_of_what_was_never_read_well_it_is_said_why(problem: Problem | None, why: str):
    seen = said(Quiet("s", Health(problem=problem), None, ()))

    assert format_certificate(seen) == f"s: no good poll yet, so its silence proves nothing{why}"
    assert (seen.unchanged_since, seen.last_look, seen.change, seen.gaps) == (None, None, None, ())
