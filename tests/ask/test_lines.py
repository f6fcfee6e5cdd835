"""Answers for programs: what each line says, and what it leaves out."""

import json
from collections.abc import Iterable
from datetime import UTC, date, datetime

import pytest
from acts import control, entity, listing
from msgspec.structs import replace
from statutes import act, measure, timeline

from monitor.alert.event import Side
from monitor.ask import lines
from monitor.ask.answers import AsOf, recall
from monitor.ask.coverage import SourceState, State
from monitor.ask.knowledge import AllRecords
from monitor.ask.lines import make_subject_id, number_ids
from monitor.ask.screen import Screened
from monitor.ask.stories import Story
from monitor.diff.acts import ChangeKind
from monitor.errors import ErrorKind
from monitor.model import DIRECTION, Evidence, Item, LastRead, Problem, Severity, Unread, to_json
from monitor.source.health import SourceMute
from monitor.store import Act, KnownPage, OnRecord, Recorded, RegisterStatus, TroubleState
from monitor.timeline import Lifecycle, StatusOnDay

NOW = datetime(2025, 12, 1, 6, 0, tzinfo=UTC)
EARLY = datetime(2025, 10, 9, 1, 0, tzinfo=UTC)
WELL = SourceState("toy.notices", EARLY, NOW, None, ())


ROW = OnRecord(
    subject=entity("Alpha", "阿尔法"),
    register="un-sc",
    row="7",
    since="2025-10-09T01:00:00Z",
    url="u",
)


@pytest.fixture(scope="module")
def alpha() -> tuple[Screened, ...]:
    """What is found of a firm that one act names."""
    return recall(
        "Alpha Ltd", AllRecords([OnRecord(subject=entity("Alpha Ltd"), act="uel-2025-10")])
    )


def told(found: Iterable[object]) -> list[dict]:
    return [json.loads(to_json(line)) for line in found]


def one(line: object) -> dict:
    return json.loads(to_json(line))


def test_what_is_wrong_with_a_source_what_it_owes_and_who_muted_it_is_said():
    problem = Problem(kind=ErrorKind.SERVER, text="a.example: answered 500")
    mute = SourceMute("toy.notices", NOW, "Li Wei", EARLY, "is moved")
    line = one(
        lines.make_source_state_line(
            SourceState("toy.notices", None, NOW, problem, ("a: x", "b: y"), mute)
        )
    )

    assert (line["last_ok"], line["problem"], line["unread"]) == (
        "never",
        "server: a.example: answered 500",
        "a: x; b: y",
    )
    assert line["muted"] == {"until": "2025-12-01T06:00:00Z", "by": "Li Wei", "reason": "is moved"}


def test_a_state_is_told_by_troubles_sources_registers_and_acts_each_known_by_its_first_name():
    trouble = TroubleState(
        "cn-mofcom", Problem(kind=ErrorKind.SERVER, text="no"), Severity.HIGH, EARLY
    )
    register = RegisterStatus(
        "rolls.roll", 4, 1, asks=True, published=None, read_at=NOW, code="un-sc"
    )
    state = State((WELL,), (register,), {}, (Act("uel-2025-10", "On firms", EARLY),), (trouble,))
    found = told(lines.list_state_lines(state))

    assert [next(iter(line)) for line in found] == ["trouble", "source", "reader", "act"]
    assert found[0]["since"] == "2025-10-09T01:00:00Z"
    assert (found[0]["about"], found[0]["kind"], found[0]["text"]) == ("cn-mofcom", "server", "no")
    assert {name: found[2][name] for name in ("rows", "held", "asks", "published")} == {
        "rows": 4,
        "held": 1,
        "asks": True,
        "published": None,
    }


def stood(life: Lifecycle, day: date) -> StatusOnDay:
    span = life.on(day)
    assert span
    return StatusOnDay(life, span)


def test_a_part_that_stood_says_why_it_is_an_answer_where_it_was_found_by_a_name(alpha):
    line = timeline(listing(10, "Alpha Ltd"), control(57, "1C909.a"))
    parts = [
        stood(life, date(2025, 11, 15))
        for key in ("uel-2025-10", "mofcom-2025-57")
        for life in line.of_act(key)
    ]
    listed, controlled = told(lines.list_as_of_lines(AsOf(parts, (), alpha)))

    assert listed["match"]["verdict"] == "match"
    assert listed["match"]["score"] == max(hit.match.score for hit in alpha)
    assert "match" not in controlled
    assert (listed["since"], "until" in listed, listed["state"]) == (
        "2025-10-09",
        False,
        "in force",
    )


SENTENCE = Unread("sentence", "not understood", "1C909.a 另行规定。")
DOUBT = Unread(DIRECTION, "may be", "不再实施。")
LATER = act("mofcom-2025-80", published="2025-11-09")
HEDGES = {
    "": (),
    "changed": (act("mofcom-2025-80", measure("amend", "mofcom-2025-57", starts="2025-11-09")),),
    "sentence": (replace(LATER, not_read=(SENTENCE,)),),
}


@pytest.mark.parametrize("why", HEDGES)
def test_what_hedges_a_status_in_words_stands_beside_it_for_programs_with_the_act(why):
    (life,) = timeline(control(57, "1C909.a"), *HEDGES[why]).of_act("mofcom-2025-57")
    (on_day,) = told(lines.list_as_of_lines(AsOf([stood(life, date(2025, 11, 15))], (), ())))
    story = one(lines.make_measure_line(life, (), NOW))

    assert (on_day["status"], on_day["state"] != "in force") == ("in force", bool(why))
    for said in (on_day, story, story["life"][-1]):
        reasons = [(each["why"], each["act"]) for each in said.get("unsure", ())]
        assert reasons == ([(why, "mofcom-2025-80")] if why else [])


@pytest.mark.parametrize(
    ("fresh", "last", "unsure"),
    [
        (True, False, []),
        (True, True, [{"why": "unread", "read_at": EARLY.isoformat()}]),
        (False, False, [{"why": "unread", "read_at": EARLY.isoformat()}]),
    ],
)
def test_a_status_of_after_the_last_read_of_its_authority_is_not_sure(fresh, last, unsure):
    read = LastRead(of="cn-mofcom", at=EARLY.isoformat(), fresh=fresh, last=last)
    (life,) = timeline(control(57, "1C909.a")).as_seen(lambda _: read).of_act("mofcom-2025-57")
    (found,) = told(lines.list_as_of_lines(AsOf([stood(life, date(2025, 11, 15))], (), ())))

    assert found.get("unsure", []) == unsure


def test_nor_is_one_of_which_the_act_may_say_the_opposite_or_whose_subject_is_only_alike():
    doubted = replace(control(57, "1C909.a"), not_read=(DOUBT,))
    (control_life,) = timeline(doubted).of_act("mofcom-2025-57")
    (listing_life,) = timeline(listing(10, "Alpha Metals Ltd")).of_act("uel-2025-10")
    alike = recall("Alpha Metals GmbH", AllRecords([OnRecord(subject=entity("Alpha Metals Ltd"))]))
    parts = [stood(life, date(2025, 11, 15)) for life in (control_life, listing_life)]
    found = told(lines.list_as_of_lines(AsOf(parts, (), alike)))

    assert [each["unsure"][0]["why"] for each in found] == ["opposite", "match"]


def test_a_measure_is_told_with_all_that_became_of_it_and_the_last_day_of_each_stretch(alpha):
    ending = act(
        "mofcom-2025-5",
        measure("add", starts="2025-11-08", ends="2026-11-10", entities=(entity("Alpha Ltd"),)),
    )
    (life,) = timeline(ending).of_act("mofcom-2025-5")
    found = one(lines.make_measure_line(life, alpha, NOW))

    assert [(span["since"], span.get("until")) for span in found["life"]][:2] == [
        ("2025-11-01", "2025-11-07"),
        ("2025-11-08", "2026-11-10"),
    ]
    assert (found["type"], found["state"], found["match"]["verdict"]) == (
        "measure",
        "in force until 10 Nov 2026 (Beijing)",
        "match",
    )
    assert "match" not in one(lines.make_measure_line(life, (), NOW))
    assert (
        next(cause["act"] for span in found["life"] for cause in span["because"]) == "mofcom-2025-5"
    )


def test_of_an_act_without_a_day_or_a_register_none_is_told():
    (life,) = timeline(act("x-2025-1", measure("add", starts="2025-11-08"), published=None)).of_act(
        "x-2025-1"
    )
    found = one(lines.make_measure_line(life, (), NOW))

    assert {"published", "register", "ends"}.isdisjoint(found)
    assert found["action"] == "add"
    assert "act_seen" not in found  # as of most acts


def test_a_story_is_told_by_rows_pages_registers_and_laws_that_are_opposed_each_with_its_type():
    sides = [Side(name, "un-sc", "no", "2025-10-09", "u") for name in ("Alpha", "Beta")]
    evidence = Evidence(url="u", sha256="0" * 64, fetched_at="2025-10-09T01:00:00Z")
    story = Story(
        recorded=(Recorded(EARLY, ChangeKind.NEW, "uel-2025-10", "toy.notices", evidence),),
        periods=(replace(ROW, gone="2025-12-01T06:00:00Z"), ROW),
        pages=(
            KnownPage(
                source="toy.notices", url="u", title="On wool", first_read="2025-10-09T01:00:00Z"
            ),
            KnownPage(source="toy.notices", url="v", problem="no"),
        ),
        registers=(
            RegisterStatus(
                "rolls.roll", 4, 1, asks=True, published="2025-10-08", read_at=NOW, code="un-sc"
            ),
        ),
        opposed=((sides[0], sides[1]),),
    )
    found = told(lines.list_story_lines(story, NOW))

    assert [line["type"] for line in found] == [
        "change",
        "row",
        "row",
        "page",
        "page",
        "register",
        "two laws",
    ]
    change, gone, there, page, unread, register, opposed = found
    assert (change["at"], change["fetched_at"]) == ("2025-10-09T01:00:00Z",) * 2
    assert gone == {**there, "gone": "2025-12-01T06:00:00Z"}
    assert there == {
        "type": "row",
        "register": "un-sc",
        "row": "7",
        "name": "阿尔法 / Alpha",
        "first_seen": ROW.since,
    }
    assert (page["first_read"], "problem" in page) == ("2025-10-09T01:00:00Z", False)
    assert ("first_read" in unread, unread["problem"]) == (False, "no")
    assert (register["register"], register["published"]) == ("un-sc", "2025-10-08")
    assert (opposed["forbids"]["name"], opposed["demands"]["name"]) == ("Alpha", "Beta")


def test_an_id_that_comes_again_has_its_number_behind_it():
    assert list(number_ids("abaab", str.upper)) == [
        ("A", "a"),
        ("B", "b"),
        ("A.2", "a"),
        ("A.3", "a"),
        ("B.2", "b"),
    ]


def test_a_subject_has_the_id_of_its_names_however_they_are_written_and_goods_that_of_their_codes_too():
    assert make_subject_id(entity("Alpha  LTD", "阿尔法")) == make_subject_id(
        entity("alpha ltd", "阿尔法")
    )
    assert make_subject_id(entity("Alpha Ltd")) != make_subject_id(entity("Beta Ltd"))
    goods = [Item(names={"zh": "钬"}, codes=(code,)) for code in ("1C909.a", "1C909.b")]
    assert len({make_subject_id(thing) for thing in (*goods, Item(names={"zh": "钬"}))}) == 3
