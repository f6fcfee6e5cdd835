"""Polls that begin and end together: one transaction for all, and each ends as it would by
itself.
"""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from monitor.diff.noise import Noise
from monitor.errors import ErrorKind
from monitor.model import Evidence, Excerpt, Problem
from monitor.source.habits import Expected
from monitor.source.page import Link, Request
from monitor.store import (
    OPS,
    History,
    Look,
    PageRead,
    PageSeen,
    PollBegins,
    PollEnds,
    Stamp,
    Standing,
    addresses,
    facts,
    looks,
    notices,
    outbox,
    polls,
    troubles,
)

NOW = datetime(2026, 11, 26, 8, 0, tzinfo=UTC)
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
SILENT = Problem(kind=ErrorKind.SERVER, text="answered 503")
NAMES = [f"toy.s{number}" for number in range(40)]


def begins(name: str, at: datetime) -> PollBegins:
    return PollBegins(name, [Request(f"https://{name}.example/")], name, at)


def ends(
    name: str, at: datetime, standing: Standing | None = None, problem: Problem | None = None
) -> PollEnds:
    looks = [Look(place, at) for place in standing.starts] if standing else []
    return PollEnds(name, problem, at, HOUR, gap=lambda *_: HOUR, looks=looks)


def nothing(*_: object) -> None:
    """No fact is recorded."""


def test_polls_that_end_together_leave_what_each_would_leave_by_itself(
    history: History, tmp_path: Path
):
    def rounds(history: History, *, together: bool) -> None:
        for turn in range(4):
            at = NOW + turn * MINUTE
            ended = [
                ends(name, at, problem=SILENT if turn == 2 and name == NAMES[3] else None)
                for name in NAMES[:5]
            ]
            for group in [ended] if together else [[poll] for poll in ended]:
                history(polls.end, group)

    rounds(history, together=True)
    with History(tmp_path / "alone") as alone:
        rounds(alone, together=False)

        assert history(troubles.load_source_healths) == alone(troubles.load_source_healths)
        assert [history(looks.explain_quiet, name) for name in NAMES[:5]] == [
            alone(looks.explain_quiet, name) for name in NAMES[:5]
        ]


def test_first_reads_that_end_together_leave_what_each_would_leave_by_itself(
    history: History, tmp_path: Path
):
    def first(history: History, *, together: bool) -> list[bool]:
        standings = history(polls.begin, [begins(name, NOW) for name in NAMES])
        for place in [place for standing in standings for place in standing.starts]:
            evidence = Evidence(url=place.request.url, sha256="a" * 64, fetched_at=NOW.isoformat())
            listed = ((Link(f"{place.request.url}1", iter), "toy.notice"),)
            history(
                facts.record_page,
                place,
                PageRead((), listed, evidence, Stamp("a" * 64)),
                nothing,
                NOW,
            )
        ended = [
            replace(ends(name, NOW), expected=Expected(canary="/2" if name == NAMES[3] else ""))
            for name in NAMES
        ]
        groups = [ended] if together else [[poll] for poll in ended]
        return [one.baseline for group in groups for one in history(polls.end, group)]

    assert first(history, together=True) == [True] * len(NAMES)
    with History(tmp_path / "alone") as alone:
        first(alone, together=False)

        assert [trouble.about for trouble in history(troubles.list_incident_states)] == [NAMES[3]]
        assert (history(troubles.list_incident_states), history(troubles.load_source_healths)) == (
            alone(troubles.list_incident_states),
            alone(troubles.load_source_healths),
        )
        assert [history(looks.explain_quiet, name) for name in NAMES[:5]] == [
            alone(looks.explain_quiet, name) for name in NAMES[:5]
        ]


def test_a_look_counts_only_where_the_page_is_still_what_it_was_held_against(history: History):
    def standing(at: datetime) -> Standing:
        return history(polls.begin, [begins("toy.s0", at)])[0]

    before = standing(NOW)
    other = Look(before.starts[0], NOW, came=True, stamp=Stamp("a" * 64, etag='"a"'))
    history(polls.end, [PollEnds("toy.s0", None, NOW, HOUR, looks=[other])])
    # compared with what it was before that
    history(polls.end, [ends("toy.s0", NOW + MINUTE, before)])

    (place,) = standing(NOW + MINUTE).starts
    assert (place.sha256, place.etag, place.came_at, place.same_at) == ("a" * 64, '"a"', NOW, None)

    history(polls.end, [ends("toy.s0", NOW + 2 * MINUTE, standing(NOW + 2 * MINUTE))])

    assert standing(NOW + 2 * MINUTE).starts[0].same_at == NOW + 2 * MINUTE


def test_a_look_does_not_undo_that_its_page_failed_later_in_the_same_poll(history: History):
    def standing(at: datetime) -> Standing:
        return history(polls.begin, [begins("toy.s0", at)])[0]

    for at in (NOW, NOW + MINUTE):
        before = standing(at)
        history(polls.record_reader_stop, before.starts[0], "b" * 64, SILENT, at)
        # at first the page was as it had been
        history(polls.end, [ends("toy.s0", at, before, problem=SILENT)])

    (place,) = standing(NOW + MINUTE).starts
    assert (place.attempts, place.quarantine) == (2, "b" * 64)


def test_what_is_due_is_known_by_its_words_too_when_it_is_asked_for_in_the_middle_of_a_poll(
    history: History,
):
    url, later = "https://toy.s0.example/notice", NOW + 7 * HOUR
    read = PageRead(
        (),
        ((Link(url, iter), "toy.notice"),),
        Evidence(url=url, sha256="a" * 64, fetched_at=NOW.isoformat()),
        Stamp("a" * 64),
    )
    (start,) = history(polls.begin, [begins("toy.s0", NOW)])[0].starts
    history(facts.record_page, start, read, nothing, NOW)
    (place,) = history(polls.list_due_pages, "toy.s0", NOW)
    seen = PageSeen(
        Excerpt(page="toy", title="Toy", url=url, parts=()), Noise(), sketch=b"its words"
    )
    history(facts.record_page, place, replace(read, links=(), watched=(seen,)), nothing, NOW)

    (due,) = history(polls.list_due_pages, "toy.s0", later)
    assert due.sketch == b"its words"
    assert [due] == [*history(polls.begin, [begins("toy.s0", later)])[0].due]


def test_the_message_of_an_outage_says_another_cause_and_not_the_same_one_in_other_words(
    history: History,
):
    elsewhere = Problem(kind=ErrorKind.REDIRECT, text="redirects to itself")
    told = []
    for turn, problem in enumerate(
        (SILENT, Problem(kind=SILENT.kind, text="answered 502"), elsewhere)
    ):
        history(polls.end, [PollEnds("toy.s0", problem, NOW + turn * MINUTE, patience=timedelta())])
        (owed,) = history(outbox.list_pending, OPS)
        told.append(history(notices.compose_notice, owed.id).problem)

    assert told == [SILENT, SILENT, elsewhere]


def test_of_those_polled_since_a_moment_one_that_was_polled_at_it_is_told_too(history: History):
    for name, at in zip(NAMES[:3], (NOW - MINUTE, NOW, NOW + MINUTE), strict=True):
        (standing,) = history(polls.begin, [begins(name, at)])
        history(polls.end, [ends(name, at, standing)])

    assert [*history(addresses.load_last_polls, NOW)] == NAMES[1:3]
    assert [*history(addresses.load_last_polls)] == NAMES[:3]
