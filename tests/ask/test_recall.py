"""What on record a person may mean, and what comes nearest where nothing does."""

from types import SimpleNamespace

import pytest
from acts import UEL, control, entity, listing
from statutes import act, measure, timeline

from monitor.ask.answers import (
    Meant,
    explain_unknown,
    narrow_part,
    pick_surest_match,
    recall,
    select_records,
    select_unread_acts,
)
from monitor.ask.knowledge import AllRecords
from monitor.model import Item
from monitor.store import OnRecord
from monitor.timeline import MeasureQuery
from monitor.timeline.values import make_identity

GOODS = Item(names={"zh": "钬", "en": "holmium"}, codes=("1C909.a",), hs=("2805.30.19",))
OTHERS = Item(names={"zh": "镝"}, codes=("6A002.a",))
LISTED = OnRecord(subject=entity("Alpha Ltd"), act="uel-2025-10", register=UEL)
ROW = OnRecord(subject=entity("Alpha Ltd"), register="un-sc", row="7", since="2025-10-09T01:00:00Z")
UNREAD = OnRecord(subject=Item(names={"zh": "钬等物项"}), act="mofcom-2025-58", unread=True)
RECORDS = AllRecords(
    [
        LISTED,
        ROW,
        UNREAD,
        *(OnRecord(subject=item, act="mofcom-2025-57") for item in (GOODS, OTHERS)),
    ],
)
ACTS = ("mofcom-2025-55", "mofcom-2025-61", "uel-2025-58", "mofcom-2024-57")


def explain(text: str, records: AllRecords = RECORDS) -> str:
    known = SimpleNamespace(law=SimpleNamespace(acts=ACTS), records=records, stale={}, covered=None)
    return explain_unknown(text, known)


@pytest.mark.parametrize(
    ("text", "near"),
    [
        ("1C908", "'1C909.a'"),
        ("6A003", "'6A002.a'"),
        ("1C301", "'1C909.a'"),  # two characters are the least
        ("1D909", ""),
        ("2805.30.11", "'2805.30.19'"),
        ("9999.00.11", ""),
    ],
)
def test_a_code_that_no_act_prints_is_answered_with_the_one_that_begins_most_alike(
    text: str, near: str
):
    said = explain(text)

    assert said.startswith(
        f"{text}: no act on record prints this code; goods that acts name in words alone"
    )
    assert said.endswith(
        f"did you mean {near}?" if near else "`monitor status` lists the newest acts"
    )


def test_a_heading_is_the_least_in_which_numbers_come_near_each_other():
    records = AllRecords(
        [OnRecord(subject=Item(names={"zh": "钬"}, hs=("2805",)), act="mofcom-2025-57")]
    )

    assert "did you mean '2805'?" in explain("2805.10", records)
    assert "did you mean" not in explain("2809.10", records)


@pytest.mark.parametrize(
    ("text", "near"),
    [
        ("mofcom-2025-57", "mofcom-2025-55"),
        ("mofcom-2025-60", "mofcom-2025-61"),
        ("uel-2025-1", "uel-2025-58"),
        ("No. 59 of 2025", "uel-2025-58"),  # of any series
        ("MOFCOM No. 1 of 2024", "mofcom-2024-57"),
        ("Alfa Ltd", "Alpha Ltd"),
        ("holmiun", "holmium"),
    ],
)
def test_an_act_or_a_name_that_is_not_on_record_is_answered_with_the_nearest(text: str, near: str):
    assert explain(text) == f"{text}: nothing on record is called that; did you mean {near!r}?"


def test_what_comes_near_nothing_is_answered_with_where_to_look():
    said = explain("mofcom-1999-5", AllRecords([]))

    assert (
        said
        == "mofcom-1999-5: nothing on record is called that; `monitor status` lists the newest acts"
    )


def test_the_surest_of_what_a_word_may_mean_comes_first():
    records = AllRecords(
        [
            OnRecord(subject=entity(name), act="uel-2025-10")
            for name in ("Alpha Holdings Ltd", "Alpha Ltd")
        ]
    )
    hits = recall("Alpha Ltd", records)

    assert next(iter(hits[0].match.subject.names.values())) == "Alpha Ltd"
    assert [hit.match.score for hit in hits] == sorted(
        (hit.match.score for hit in hits), reverse=True
    )


def test_of_what_is_found_rows_of_registers_are_each_once_and_the_acts_that_could_not_be_read_are_known():
    hits = recall("Alpha Ltd", RECORDS)

    assert select_records([*hits, *hits]) == (ROW,)
    assert select_unread_acts(hits) == frozenset()
    assert select_unread_acts(recall("钬", RECORDS)) == {"mofcom-2025-58"}


@pytest.mark.parametrize(
    ("meant", "met"),
    [
        (Meant(MeasureQuery()), ["1C909.a", "1C910.a", "Alpha", "Beta", "unread"]),
        (Meant(MeasureQuery(), entities=frozenset({make_identity(entity("Alpha"))})), ["Alpha"]),
        (
            Meant(
                MeasureQuery(),
                items=frozenset(
                    {make_identity(Item(names={"zh": "物项1C909.a"}, codes=("1C909.a",)))}
                ),
            ),
            ["1C909.a"],
        ),
        (
            Meant(
                MeasureQuery(),
                items=frozenset(),
                unread=frozenset({"mofcom-2025-58", "mofcom-2025-57"}),
            ),
            ["unread"],
        ),
        (Meant(MeasureQuery(), entities=frozenset(), items=frozenset()), []),
        (Meant(MeasureQuery(item="1C910")), ["1C910.a"]),
    ],
)
def test_of_a_part_only_that_is_meant_which_is_asked_for(meant: Meant, met: list[str]):
    unread = act("mofcom-2025-58", measure("add", register=UEL))
    law = timeline(control(57, "1C909.a", "1C910.a"), listing(10, "Alpha", "Beta"), unread)
    parts = [meant.narrowed(part) for part in law.own if meant.meets(part)]

    named = {name for part in parts for thing in part.entities for name in thing.names.values()}
    coded = {code for part in parts for item in part.items for code in item.codes}
    assert sorted(named | coded | {"unread" for part in parts if part.act.key == unread.key}) == met


def test_all_of_a_register_is_meant_where_nothing_else_is_asked():
    assert Meant(MeasureQuery(register=UEL)).is_whole
    assert not any(
        meant.is_whole
        for meant in (
            Meant(MeasureQuery(register=UEL, item="1C909")),
            Meant(MeasureQuery(), entities=frozenset()),
            Meant(MeasureQuery(), items=frozenset()),
        )
    )


def test_a_part_is_narrowed_to_whom_and_what_is_wanted_and_says_by_which_match_it_was_found():
    (part,) = timeline(listing(10, "Alpha Ltd", "Beta GmbH")).of_act("uel-2025-10")
    wanted = {make_identity(entity("Alpha Ltd"))}

    assert narrow_part(part, {make_identity(entity("Gamma"))}) == part
    assert [each.names["en"] for each in narrow_part(part, wanted).entities] == ["Alpha Ltd"]
    hits = recall("Alpha Ltd", RECORDS)
    assert (found := pick_surest_match(part, hits)) is not None
    assert found.match.score == max(hit.match.score for hit in hits)
    assert pick_surest_match(part, recall("1C909", RECORDS)) is None


def test_a_part_that_names_nobody_is_found_by_the_title_of_its_own_act_alone():
    unread, other = (
        act(key, measure("add", register=UEL)) for key in ("mofcom-2025-58", "mofcom-2025-59")
    )
    parts = [part for each in (unread, other) for part in timeline(unread, other).of_act(each.key)]

    assert [pick_surest_match(part, recall("钬", RECORDS)) is not None for part in parts] == [
        True,
        False,
    ]
