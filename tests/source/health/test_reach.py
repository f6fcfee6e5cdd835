"""How far the failure of one source reaches: a note, an alarm of its authority, or this machine's own network."""

from datetime import UTC, datetime, timedelta

import pytest

from monitor.errors import ErrorKind
from monitor.model import Problem
from monitor.source.health import Health, Paths, Reach, last_seen, reach

NOW = datetime(2025, 10, 9, 1, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
MOFCOM, OFAC = ("a.one", "a.two", "a.three"), ("b.one", "b.two", "b.three")
PATHS = Paths("cn-mofcom", MOFCOM, (*MOFCOM, *OFAC, "c.alone"))


def down(kind: ErrorKind = ErrorKind.DNS, *, minutes: int = 30) -> Health:
    since = NOW - minutes * MINUTE
    return Health(
        first_ok=since, last_poll=NOW, last_ok=since - MINUTE, failures=9, problem=Problem(kind=kind, text="x"), since=since
    )


def well(*, minutes: int = 1) -> Health:
    return Health(first_ok=NOW, last_poll=NOW - minutes * MINUTE, last_ok=NOW - minutes * MINUTE)


def far(healths: dict[str, Health], paths: Paths = PATHS, source: str = "a.one") -> Reach:
    return reach(source, healths[source], paths, healths)


@pytest.mark.parametrize("other", [well(), well(minutes=300), Health()])
def test_while_another_source_of_the_authority_may_be_read_it_is_a_note(other):
    assert far({"a.one": down(), "a.two": down(), "a.three": other, "b.one": well()}) is Reach.ONE


def test_the_last_source_of_an_authority_that_falls_is_an_alarm_whatever_the_cause():
    healths = {"a.one": down(), "a.two": down(ErrorKind.LAYOUT), "a.three": down(ErrorKind.REFUSED), "b.one": well()}

    assert far(healths) is Reach.AUTHORITY


def test_the_only_source_of_an_authority_is_known_to_be_that():
    assert far({"c.alone": down(), "b.one": well()}, Paths("us-fcc", ("c.alone",), PATHS.every), "c.alone") is Reach.ONLY


def test_the_press_and_a_source_of_which_nothing_else_is_known_are_never_an_alarm():
    assert far({"a.one": down()}, Paths()) is Reach.ONE


def test_where_nobody_can_be_reached_it_is_the_network():
    assert far(dict.fromkeys(PATHS.every, down())) is Reach.EVERYTHING


@pytest.mark.parametrize("other", [well(), down(ErrorKind.LAYOUT)])
def test_one_answer_of_anybody_acquits_the_network(other):
    assert far({**dict.fromkeys(PATHS.every, down()), "c.alone": other}) is Reach.AUTHORITY


def test_what_was_not_asked_since_says_nothing_of_the_network():
    assert far({**dict.fromkeys(PATHS.every, down()), "c.alone": well(minutes=200)}) is Reach.EVERYTHING


def test_one_authority_alone_is_not_the_network():
    assert far(dict.fromkeys(MOFCOM, down()), Paths("cn-mofcom", MOFCOM, MOFCOM)) is Reach.AUTHORITY


@pytest.mark.parametrize(("asked", "reached"), [((), Reach.AUTHORITY), (("b.one",), Reach.EVERYTHING)])
def test_an_authority_of_many_sources_is_not_the_network_while_nobody_else_was_asked(asked: tuple[str, ...], reached: Reach):
    own = tuple(f"a.{number}" for number in range(9))
    healths = {**dict.fromkeys((*own, *asked), down()), "b.two": well(minutes=300)}

    assert far(healths, Paths("cn-mofcom", own, (*own, "b.one", "b.two")), "a.0") is reached


@pytest.mark.parametrize(("minutes", "reached"), [(30, Reach.AUTHORITY), (31, Reach.EVERYTHING)])
def test_an_answer_at_the_very_moment_when_it_began_to_fail_acquits_the_network(minutes: int, reached: Reach):
    assert far({**dict.fromkeys(PATHS.every, down()), "c.alone": well(minutes=minutes)}) is reached


@pytest.mark.parametrize(("failing", "reached"), [(4, Reach.AUTHORITY), (5, Reach.EVERYTHING)])
def test_five_that_fail_at_once_are_the_network_and_four_are_not(failing: int, reached: Reach):
    several = ("a.one", "a.two", *OFAC)[:failing]

    assert far(dict.fromkeys(several, down()), Paths("cn-mofcom", MOFCOM[:2], PATHS.every)) is reached


def test_an_authority_was_seen_last_when_any_of_its_sources_was():
    assert last_seen([down(), well(minutes=90), Health()]) == NOW - 31 * MINUTE
    assert last_seen([Health()]) is None
