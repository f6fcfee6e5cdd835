"""Answers as rows of words: what each cell says."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from acts import control, entity, listing
from statutes import act, measure, timeline

from monitor.ask import rows
from monitor.ask.answers import recall
from monitor.ask.coverage import SourceState
from monitor.ask.knowledge import AllRecords
from monitor.ask.screen import Screened
from monitor.ask.stories import Story, narrow_to_place
from monitor.errors import ErrorKind
from monitor.model import Entity, Problem, Severity
from monitor.source.health import SourceMute
from monitor.store import KnownPage, OnRecord, RegisterStatus, TroubleState
from monitor.timeline import Lifecycle, Reading, Sighting, StatusOnDay
from monitor.watch.match import Thresholds

NOW = datetime(2025, 12, 1, 6, 0, tzinfo=UTC)
EARLY = datetime(2025, 10, 9, 1, 0, tzinfo=UTC)


def found(name: str, verdict: str = "match") -> tuple[Screened, ...]:
    records = AllRecords([OnRecord(subject=entity(name), act="uel-2025-10")])
    hits = recall("Alpha Ltd", records, Thresholds(match=0.99, review=0.3))
    assert {hit.match.verdict for hit in hits} == {verdict}
    return hits


SURE, MAYBE = found("Alpha Ltd"), found("Alpha Holdings Ltd", "possible")


def lives(*names: str) -> list[Lifecycle]:
    return timeline(listing(10, *names)).of_act("uel-2025-10")


def stood(life: Lifecycle) -> StatusOnDay:
    return StatusOnDay(life, life.spans[-1])


def test_a_part_that_was_found_by_a_name_says_how_that_is_alike_and_one_that_is_only_like_it_that_it_may_be():
    (sure,), (maybe,) = lives("Alpha Ltd"), lives("Alpha Holdings Ltd")
    (stands, words), (perhaps, _), (plain, only) = (
        rows.make_row_on_day(stood(life), hits)
        for life, hits in ((sure, SURE), (maybe, MAYBE), (sure, ()))
    )

    assert stands.subject == plain.subject == "Alpha Ltd"
    assert perhaps.subject == "may be Alpha Holdings Ltd"
    assert (f"({SURE[0].match.kind} " in words[0], len(words)) == (True, len(only) + 1)
    assert (rows.is_sure(sure, SURE), rows.is_sure(maybe, MAYBE), rows.is_sure(sure, ())) == (
        True,
        False,
        True,
    )


def test_whom_a_line_only_counts_is_named_in_full_where_it_is_surely_meant():
    many, few = lives(*(f"Firm {letter}" for letter in "ABCDEFGHIJ")), lives("Alpha Ltd")
    ((_, names),) = rows.list_names_of_parts([(life, life.spans[-1]) for life in (*many, *few)], ())

    assert names == tuple(f"Firm {letter}" for letter in "ABCDEFGHIJ")


def test_what_is_surely_meant_comes_first_and_its_life_alone_is_told_day_by_day():
    story = Story(
        lifecycles=(*lives("Alpha Holdings Ltd"), *lives("Alpha Ltd")), hits=(*MAYBE, *SURE)
    )

    assert [life.entities[0].names["en"] for life, _ in rows.sort_by_surety(story, NOW)] == [
        "Alpha Ltd",
        "Alpha Holdings Ltd",
    ]
    assert len(list(rows.list_lives(story))) == len(story.lifecycles[1].spans)
    assert next(rows.list_lives(story))[1:] == (
        "in force",
        "UEL Notice No. 10 of 2025",
        "UEL Notice No. 10 of 2025",
    )
    twice = replace(story, lifecycles=story.lifecycles[1:] * 2)
    assert len(list(rows.list_lives(twice))) == len(story.lifecycles[1].spans)
    # announced by nobody yet
    assert rows.sort_by_surety(story, datetime(2025, 10, 1, tzinfo=UTC)) == []


@pytest.mark.parametrize(
    ("story", "said"),
    [
        (Story(), "nothing on record is about it"),
        (
            Story(acts=(Sighting((Reading(EARLY, control(57)),), baseline=False),)),
            "no listing and no control was found in it",
        ),
        (Story(lifecycles=tuple(lives("Alpha"))), ""),
        (Story(periods=(OnRecord(subject=entity("Alpha"), register="un-sc"),)), ""),
        (Story(pages=(KnownPage(source="s", url="u"),)), ""),
        (
            Story(
                registers=(RegisterStatus("r", 1, 0, asks=False, published=None, read_at=EARLY),)
            ),
            "",
        ),
    ],
)
def test_a_story_by_which_nothing_stands_says_why(story: Story, said: str):
    assert rows.explain_empty(story) == said


def test_a_register_says_of_which_day_it_is_and_when_it_was_read():
    of = RegisterStatus("un_sc", 1200, 0, asks=False, published="2025-10-08", read_at=EARLY)

    assert rows.register_read(of) == ("un_sc", "1,200", "8 Oct 2025", "9 Oct 2025 01:00 UTC")
    assert rows.register_read(replace(of, published=None))[2] == ""


@pytest.mark.parametrize(
    ("problem", "mute", "said"),
    [
        (None, None, ""),
        (Problem(kind=ErrorKind.SERVER, text="no"), None, "server: no"),
        (
            None,
            SourceMute("s", NOW, "Li", EARLY, "moved"),
            "muted until 1 Dec 2025 06:00 UTC by Li: moved",
        ),
        (
            Problem(kind=ErrorKind.SERVER, text="no"),
            SourceMute("s", NOW, "Li", EARLY),
            "server: no; muted until 1 Dec 2025 06:00 UTC by Li",
        ),
    ],
)
def test_a_source_says_what_is_wrong_with_it_and_who_muted_it(
    problem: Problem | None, mute: SourceMute | None, said: str
):
    row = rows.make_source_row(
        SourceState("s", EARLY if mute else None, NOW, problem, ("a", "b"), mute)
    )

    assert row == (
        "s",
        "9 Oct 2025 01:00 UTC" if mute else "never",
        "1 Dec 2025 06:00 UTC",
        said,
        "a; b",
    )


@pytest.mark.parametrize(
    ("kind", "of"),
    [
        (ErrorKind.BLIND, "MOFCOM"),
        (ErrorKind.SERVER, "cn-mofcom"),
        (ErrorKind.NETWORK, "cn-mofcom"),
    ],
)
def test_a_trouble_is_of_an_authority_by_its_name_where_that_is_blind(kind: ErrorKind, of: str):
    row = rows.make_trouble_row(
        TroubleState("cn-mofcom", Problem(kind=kind, text="no"), Severity.HIGH, EARLY)
    )

    assert row[1:] == (of, "9 Oct 2025 01:00 UTC", "no")


@pytest.mark.parametrize(
    ("read", "problem", "said"),
    [
        (None, None, ("not read", "still to be read")),
        ("2025-10-09T01:00:00Z", None, ("9 Oct 2025 01:00 UTC", rows.NOTHING_CAME)),
        (None, "answered 500", ("not read", "answered 500")),
    ],
)
def test_a_page_says_whether_it_was_read_and_what_came_of_it(
    read: str | None, problem: str | None, said: tuple[str, str]
):
    page = KnownPage(source="s", url="u", title="On wool", first_read=read, problem=problem)

    assert rows.make_page_row(page) == ("On wool", *said, "u")


def test_each_life_of_a_clause_is_told_with_it_and_each_period_with_its_own_last_day():
    parts = [measure("add", starts="2025-10-09", clauses=(mark,)) for mark in ("一", "二")]
    stays = [
        measure("suspend", "a 一", starts="2025-11-07", ends="2026-11-10"),
        measure("suspend", "a 一", starts="2026-11-11"),
    ]
    lives = timeline(act("a", *parts), *(act(f"b{at}", stay) for at, stay in enumerate(stays)))
    story = Story(lifecycles=tuple(lives.of_act("a")))

    told = [row[1] for row in rows.list_lives(story)]
    assert "clause 1: suspended until 10 Nov 2026 (Beijing)" in told
    assert "clause 1: suspended, no last day stated" in told
    assert "clause 2: in force" in told


def test_a_part_of_a_measure_is_of_a_place_by_where_it_goes_or_by_whom_it_names():
    listed = measure(
        "add",
        entities=(entity("Alpha Japan KK"), Entity(names={"en": "Beta"}, kind="org", country="JP")),
    )
    (life,) = timeline(act("a", listed)).of_act("a")
    (sent,) = timeline(act("a", measure("restrict", destinations=("JP",)))).of_act("a")

    narrowed = narrow_to_place(life, "JP")
    assert narrowed
    assert narrowed.entities == life.entities
    assert (narrow_to_place(life, "PE"), narrow_to_place(sent, "JP")) == (None, sent)
