from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from monitor.model import Problem
from monitor.run.life.proof import (
    STUCK,
    list_outbox_complaints,
    list_own_complaints,
    list_source_complaints,
)
from monitor.run.life.pulse import Pulse
from monitor.source.health import Health
from monitor.source.page import Request
from monitor.source.scraper import Source
from monitor.store import Waiting

NOW = datetime(2025, 10, 9, 12, 0, tzinfo=UTC)
MINUTE, BOUND = timedelta(minutes=1), timedelta(minutes=30)
AWAKE = NOW - timedelta(days=1)
WELL = Health(first_ok=AWAKE, last_poll=NOW, last_ok=NOW - 5 * MINUTE)
BLIND = Health(first_ok=AWAKE, last_poll=NOW, last_ok=NOW - 31 * MINUTE)
SILENT = Health(first_ok=AWAKE, last_poll=NOW, last_ok=NOW - 46 * MINUTE)
FAILING = Health(last_poll=NOW, since=NOW - 31 * MINUTE, problem=Problem(kind="server", text="503"))


def source(name: str, authority: str = "cn-mofcom", **other) -> Source:
    return Source(
        name,
        name,
        authority,
        Request(f"https://{name}.example/"),
        lambda _page: [],
        timedelta(minutes=5),
        **other,
    )


def of(
    health: dict[str, Health], *sources: Source, told: tuple[str, ...] = (), awake: datetime = AWAKE
) -> list[str]:
    bounds = {each.id: BOUND for each in sources}
    return [
        complaint.text
        for complaint in list_source_complaints(sources, health, told, bounds, awake, NOW)
    ]


def test_a_source_that_is_blind_and_told_is_no_complaint_while_its_authority_is_seen_on_another_path():
    assert of({"a": FAILING, "b": WELL}, source("a"), source("b"), told=("a",)) == []


def test_a_source_that_is_blind_and_of_which_nobody_was_told_is_named():
    assert of({"a": SILENT, "b": WELL}, source("a"), source("b")) == [
        "no good poll for too long, and no report: a"
    ]


def test_an_authority_none_of_whose_sources_is_read_is_named_though_people_were_told():
    (text,) = of(
        {"a": FAILING, "b": BLIND, "c": WELL},
        source("a"),
        source("b"),
        source("c", "us-bis"),
        told=("cn-mofcom",),
    )

    assert text == "MOFCOM: none of its sources was read well for too long: a and b"


def test_the_press_is_no_authority():
    assert of({"a": FAILING}, source("a", kind="press"), told=("a",)) == []


def test_one_word_of_all_sources_is_word_of_each():
    assert of({"a": FAILING, "b": WELL}, source("a"), source("b"), told=("monitor",)) == []


@pytest.mark.parametrize("health", [{}, {"a": BLIND}], ids=["never read", "read long ago"])
def test_nobody_is_blamed_for_the_time_in_which_the_daemon_did_not_run(health: dict[str, Health]):
    assert of(health, source("a"), awake=NOW - 29 * MINUTE) == []
    assert len(of(health, source("a"), awake=NOW - 31 * MINUTE)) == 1


OLD = Waiting("alerts", 3, since=NOW - STUCK - MINUTE, last_sent=None)


def stuck(*waiting: Waiting, quiet: tuple[str, ...] = (), awake: datetime = AWAKE) -> int:
    return len(list(list_outbox_complaints(waiting, quiet, awake, NOW)))


def test_a_destination_at_which_nothing_arrives_is_named_with_what_waits_there():
    (complaint,) = list_outbox_complaints([OLD], (), AWAKE, NOW)

    assert (
        complaint.text == "3 to alerts wait since 2025-10-09T11:44:00Z, and nothing arrives there"
    )


def test_who_waits_for_its_turn_is_not_stuck():
    assert stuck(replace(OLD, since=NOW - STUCK)) == 0
    assert stuck(replace(OLD, last_sent=NOW - MINUTE)) == 0
    assert stuck(OLD, quiet=("alerts",)) == 0
    assert stuck(OLD, awake=NOW - MINUTE) == 0
    assert stuck(OLD, replace(OLD, destination="ops")) == 2


@pytest.mark.parametrize(("minutes", "blind"), [(30, False), (31, True)])
def test_an_authority_can_not_be_seen_once_none_of_its_sources_was_read_within_its_bound(
    minutes: int, blind: bool
):
    health = {name: Health(last_ok=NOW - minutes * MINUTE) for name in ("a", "b")}

    assert bool(of(health, source("a"), source("b"), told=("a", "b"))) is blind
    assert of(health | {"b": WELL}, source("a"), source("b"), told=("a", "b")) == []


@pytest.mark.parametrize(("minutes", "named"), [(45, False), (46, True)])
def test_a_source_is_named_once_its_bound_and_a_while_are_over(minutes: int, named: bool):
    health = {"a": Health(last_ok=NOW - minutes * MINUTE), "b": WELL}

    assert bool(of(health, source("a"), source("b"))) is named
    assert of(health, source("a"), source("b"), told=("cn-mofcom",)) == []


@pytest.mark.parametrize(("ticked", "since"), [(None, "yet"), (NOW, "since 2025-10-09T12:00:00Z")])
def test_ticks_that_do_not_come_are_said_since_when(ticked: datetime | None, since: str):
    seconds = iter((0.0, 61.0))
    (complaint,) = list_own_complaints(
        Pulse(AWAKE, elapsed=lambda: next(seconds), ticked=ticked), full=False
    )

    assert complaint.text == f"no tick has come to a good end {since}"
