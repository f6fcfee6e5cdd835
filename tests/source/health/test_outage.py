from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from each import for_each

from monitor.errors import ErrorKind
from monitor.model import Problem
from monitor.source.health import (
    WORDS,
    Health,
    Paths,
    Reach,
    Verdict,
    compute_reach,
    describe_kind,
    explain_kind,
    find_last_seen,
    find_way_out,
    is_stale,
    mark_told_alone,
    mark_told_stale,
    name_kind,
    update_health,
)

START = datetime(2025, 10, 9, 3, 30, tzinfo=UTC)
DOWN = Problem(kind="server", text="answered 503")
STILL_DOWN = Problem(kind="server", text="answered 502 at 12:01")
LOST = Problem(kind="dns", text="there is no such host")


def lived(*minutes_and_problems: tuple[int, Problem | None]) -> list[Verdict]:
    health, said = Health(), []
    for minutes, problem in minutes_and_problems:
        health, verdict = update_health(
            health, problem, START + timedelta(minutes=minutes), patience=timedelta(minutes=30)
        )
        said.append(verdict)
    return said


def test_a_short_outage_is_nobodys_business():
    assert lived((0, DOWN), (5, DOWN), (29, DOWN), (31, None)) == [Verdict.NOTHING] * 4


def test_a_long_outage_is_told_once_and_its_end_once():
    assert lived((0, DOWN), (30, DOWN), (45, DOWN), (60, None), (61, None)) == [
        Verdict.NOTHING,
        Verdict.PROBLEM,
        Verdict.NOTHING,
        Verdict.RECOVERED,
        Verdict.NOTHING,
    ]


def test_a_trouble_of_which_people_were_told_is_put_right_once_it_has_another_cause_or_has_lasted_long():
    told = lived(
        (0, DOWN),
        (30, DOWN),
        (45, STILL_DOWN),
        (60, LOST),
        (75, LOST),
        (359, LOST),
        (360, LOST),
        (361, LOST),
    )

    assert [at for at, verdict in enumerate(told) if verdict is Verdict.CHANGED] == [3, 6]


def test_patience_starts_anew_after_a_good_poll():
    assert lived((0, DOWN), (29, None), (31, DOWN), (59, DOWN)) == [Verdict.NOTHING] * 4


def test_the_first_good_poll_is_remembered_for_ever():
    health, _ = update_health(Health(), None, START, patience=timedelta(minutes=30))
    health, _ = update_health(
        health, DOWN, START + timedelta(hours=1), patience=timedelta(minutes=30)
    )
    health, _ = update_health(
        health, None, START + timedelta(hours=2), patience=timedelta(minutes=30)
    )

    assert health.first_ok == START


def test_a_source_of_which_nothing_came_for_longer_than_its_bound_is_stale_until_that_is_told():
    hour = timedelta(hours=1)
    health = Health(last_ok=START)

    assert [
        is_stale(health, START + waited, bound=hour, awake=START) for waited in (hour, 2 * hour)
    ] == [False, True]
    assert not is_stale(
        mark_told_stale(health, START + 2 * hour), START + 3 * hour, bound=hour, awake=START
    )


HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    "health",
    [
        Health(since=START),
        Health(since=START, last_ok=START - 9 * HOUR, last_poll=START + 9 * HOUR),
        Health(last_ok=START, last_poll=START - 9 * HOUR),
        Health(last_poll=START),
    ],
)
def test_nothing_good_has_come_since_the_trouble_began_or_else_the_last_good_poll_or_the_last_of_all(
    health: Health,
):
    awake = START - 20 * HOUR

    assert [
        is_stale(health, START + waited, bound=HOUR, awake=awake)
        for waited in (HOUR, HOUR + timedelta(seconds=1))
    ] == [
        False,
        True,
    ]


@pytest.mark.parametrize(
    ("health", "text", "since"),
    [
        (
            Health(last_ok=START),
            "no poll of it has come to an end since 2025-10-09 03:30 UTC",
            START,
        ),
        (Health(), "no poll of it has come to an end since it was first asked", START + 9 * HOUR),
        (
            Health(last_ok=START, since=START + HOUR, problem=DOWN, failures=3),
            DOWN.text,
            START + HOUR,
        ),
    ],
)
def test_what_is_told_of_a_stale_source_is_its_trouble_or_that_no_poll_ends(
    health: Health, text: str, since: datetime
):
    told = mark_told_stale(health, START + 9 * HOUR)

    assert (told.told, told.problem.text, told.since, told.failures) == (
        True,
        text,
        since,
        health.failures,
    )


def test_failures_are_counted_since_they_began_and_forgotten_with_a_good_poll():
    health = Health(first_ok=START - HOUR)
    for minutes in (0, 10, 20):
        health, _ = update_health(health, DOWN, START + timedelta(minutes=minutes), patience=HOUR)

    assert (health.failures, health.since, health.last_poll, health.told) == (
        3,
        START,
        START + timedelta(minutes=20),
        False,
    )
    health, _ = update_health(health, None, START + HOUR, patience=HOUR)
    assert health == Health(first_ok=START - HOUR, last_poll=START + HOUR, last_ok=START + HOUR)


def test_how_long_a_trouble_lasts_is_said_once_at_each_of_its_ages_however_rarely_it_is_asked():
    days = (0, 1, 2, 3, 4, 7, 8, 29, 31, 89, 91, 200)
    told = lived((0, DOWN), (30, DOWN), *((24 * 60 * day + 31, STILL_DOWN) for day in days[1:]))

    assert [days[at - 1] for at, verdict in enumerate(told) if verdict is Verdict.CHANGED] == [
        1,
        3,
        7,
        31,
        91,
    ]


def test_what_was_told_before_its_cause_was_known_is_put_right_by_it():
    _, verdict = update_health(
        mark_told_alone(Health(since=START), told=True), DOWN, START + HOUR, patience=HOUR
    )

    assert verdict is Verdict.CHANGED


def test_a_trouble_that_was_told_together_with_others_counts_as_told_or_not():
    assert mark_told_alone(Health(failures=3), told=True) == Health(failures=3, told=True)
    assert mark_told_alone(Health(failures=3, told=True), told=False) == Health(failures=3)


NOW = datetime(2025, 10, 9, 1, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
MOFCOM, OFAC = ("a.one", "a.two", "a.three"), ("b.one", "b.two", "b.three")
PATHS = Paths("cn-mofcom", MOFCOM, (*MOFCOM, *OFAC, "c.alone"))


def down(kind: ErrorKind = ErrorKind.DNS, *, minutes: int = 30) -> Health:
    since = NOW - minutes * MINUTE
    return Health(
        first_ok=since,
        last_poll=NOW,
        last_ok=since - MINUTE,
        failures=9,
        problem=Problem(kind=kind, text="x"),
        since=since,
    )


def well(*, minutes: int = 1) -> Health:
    return Health(first_ok=NOW, last_poll=NOW - minutes * MINUTE, last_ok=NOW - minutes * MINUTE)


def far(healths: dict[str, Health], paths: Paths = PATHS, source: str = "a.one") -> Reach:
    return compute_reach(source, healths[source], paths, healths)


@pytest.mark.parametrize("other", [well(), well(minutes=300), Health()])
def test_while_another_source_of_the_authority_may_be_read_it_is_a_note(other):
    assert far({"a.one": down(), "a.two": down(), "a.three": other, "b.one": well()}) is Reach.ONE


def test_the_last_source_of_an_authority_that_falls_is_an_alarm_whatever_the_cause():
    healths = {
        "a.one": down(),
        "a.two": down(ErrorKind.LAYOUT),
        "a.three": down(ErrorKind.REFUSED),
        "b.one": well(),
    }

    assert far(healths) is Reach.AUTHORITY


def test_the_only_source_of_an_authority_is_known_to_be_that():
    assert (
        far(
            {"c.alone": down(), "b.one": well()},
            Paths("us-fcc", ("c.alone",), PATHS.every),
            "c.alone",
        )
        is Reach.ONLY
    )


def test_the_press_and_a_source_of_which_nothing_else_is_known_are_never_an_alarm():
    assert far({"a.one": down()}, Paths()) is Reach.ONE


def test_where_nobody_can_be_reached_it_is_the_network():
    assert far(dict.fromkeys(PATHS.every, down())) is Reach.EVERYTHING


@pytest.mark.parametrize("other", [well(), down(ErrorKind.LAYOUT)])
def test_one_answer_of_anybody_acquits_the_network(other):
    assert far({**dict.fromkeys(PATHS.every, down()), "c.alone": other}) is Reach.AUTHORITY


def test_what_was_not_asked_since_says_nothing_of_the_network():
    assert (
        far({**dict.fromkeys(PATHS.every, down()), "c.alone": well(minutes=200)})
        is Reach.EVERYTHING
    )


def test_one_authority_alone_is_not_the_network():
    assert far(dict.fromkeys(MOFCOM, down()), Paths("cn-mofcom", MOFCOM, MOFCOM)) is Reach.AUTHORITY


@pytest.mark.parametrize(
    ("asked", "reached"), [((), Reach.AUTHORITY), (("b.one",), Reach.EVERYTHING)]
)
def test_an_authority_of_many_sources_is_not_the_network_while_nobody_else_was_asked(
    asked: tuple[str, ...], reached: Reach
):
    own = tuple(f"a.{number}" for number in range(9))
    healths = {**dict.fromkeys((*own, *asked), down()), "b.two": well(minutes=300)}

    assert far(healths, Paths("cn-mofcom", own, (*own, "b.one", "b.two")), "a.0") is reached


@pytest.mark.parametrize(("minutes", "reached"), [(30, Reach.AUTHORITY), (31, Reach.EVERYTHING)])
def test_an_answer_at_the_very_moment_when_it_began_to_fail_acquits_the_network(
    minutes: int, reached: Reach
):
    assert far({**dict.fromkeys(PATHS.every, down()), "c.alone": well(minutes=minutes)}) is reached


@pytest.mark.parametrize(("failing", "reached"), [(4, Reach.AUTHORITY), (5, Reach.EVERYTHING)])
def test_five_that_fail_at_once_are_the_network_and_four_are_not(failing: int, reached: Reach):
    several = ("a.one", "a.two", *OFAC)[:failing]

    assert (
        far(dict.fromkeys(several, down()), Paths("cn-mofcom", MOFCOM[:2], PATHS.every)) is reached
    )


def test_an_authority_was_seen_last_when_any_of_its_sources_was():
    assert find_last_seen([down(), well(minutes=90), Health()]) == NOW - 31 * MINUTE
    assert find_last_seen([Health()]) is None


MANUAL = (
    (Path(__file__).parents[3] / "docs" / "operate.md")
    .read_text()
    .partition("## What the ops channel says")[2]
)


@for_each("kind", WORDS)
def test_the_word_and_the_finer_kind_stand_in_the_manual(kind):
    table = MANUAL.partition("\n## ")[0]

    assert f"`{kind}`" in table or f": {kind}`" in table
    assert name_kind(kind) in table or f"`{kind}`" in table.partition("Nothing can be seen")[2]


@for_each("kind", WORDS)
def test_the_word_has_one_clear_sentence(kind):
    assert explain_kind(kind).endswith(".")
    assert explain_kind(kind).count("\n") == 0


@for_each("kind", WORDS)
def test_doctor_has_a_way_out(kind):
    is_said_of_any = find_way_out(kind) == find_way_out("no kind of ours")

    assert is_said_of_any == (kind in (ErrorKind.FETCH, ErrorKind.SOURCE)), f"{kind} has no remedy"


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        (ErrorKind.DNS, "unreachable (dns)"),
        (ErrorKind.STALE, "stale"),
        (ErrorKind.NOT_THE_PAGE, "not the page"),
        (ErrorKind.MAINTENANCE, "not the page (maintenance)"),
        (ErrorKind.INCOMPLETE, "count mismatch"),
        (ErrorKind.NOT_MODIFIED, "always 304"),
        (ErrorKind.WATCH_LIST, "watch-list"),
        (ErrorKind.SETTINGS, "settings"),
    ],
)
def test_the_finer_kind_stands_beside_the_word_where_it_says_more(kind, told):
    assert describe_kind(kind) == told
