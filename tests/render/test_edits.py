"""What an edited page says otherwise than before."""

import msgspec
from notices import act, company, listing

from monitor.model import Action, End, Entity, Item, Measure, Start, Target, Term
from monitor.render.acts import count_edits, list_edit_facts, list_terms, make_edit_tables


def item(code: str, name: str = "某设备", **more) -> Item:
    return Item(names={"zh": name}, codes=(code,), **more)


def control(*items: Item, **more):
    return act(Measure(action=Action.ADD, register="cn-dual-use-items", items=items, **more))


def rows(before, after) -> list[tuple[str, ...]]:
    return [row for table in make_edit_tables(before, after) for row in table.rows]


def test_a_name_is_the_same_where_one_of_its_scripts_is():
    before = act(listing(company("甲", "A"), company("乙", "B"), company("丙", "C")))
    after = act(listing(company("甲二", "A"), company("乙", "B"), company("丁", "D")))

    assert rows(before, after) == [
        ("changed", "A", "甲二"),
        ("added", "D", "丁"),
        ("removed", "C", "丙"),
    ]
    assert (
        count_edits(make_edit_tables(before, after))
        == "1 name added, 1 name removed, 1 name changed"
    )


def test_a_change_of_what_is_said_of_a_name_is_one_and_no_change_is_none():
    org = Entity(names={"zh": "甲"}, kind="org")
    before, after = act(listing(org)), act(listing(msgspec.structs.replace(org, country="US")))

    assert rows(before, after) == [("changed", "甲", "United States")]
    assert rows(before, before) == []
    assert count_edits(make_edit_tables(before, before)) == ""


def test_items_are_held_against_each_other_row_by_row_with_their_headings():
    before = control(item("1C909.a", hs=("28053019",)), item("1C909.b"), item("1C909.b"))
    after = control(
        item("1C909.a", hs=("28053019",), note="new"),
        item("1C909.b"),
        item("1C909.c"),
        item("1C909.c"),
    )

    assert rows(before, after) == [
        ("added", "1C909.a", "equipment …", "某设备", "HS 28053019; new"),
        ("added", "1C909.c", "equipment …", "某设备", ""),
        ("removed", "1C909.a", "equipment …", "某设备", "HS 28053019"),
    ]
    assert count_edits(make_edit_tables(before, after)) == "2 items added, 1 item removed"


def told(before, after) -> dict[str, str]:
    return {line.label: line.text for line in list_edit_facts(before, after)}


def test_every_fact_that_is_not_what_it_was_is_told_with_what_it_was():
    before = act(Measure(action=Action.SUSPEND, amends=(Target(key="mofcom-2025-57"),)))
    after = act(
        Measure(
            action=Action.REPEAL,
            amends=(Target(key="mofcom-2025-58"),),
            starts=Start(on="2025-11-10", basis="explicit"),
            ends=End(on="2026-11-10", basis="explicit"),
        ),
        title="新公告",
    )

    assert told(before, after) == {
        "Start": "10 Nov 2025 (was: not stated)",
        "End": "10 Nov 2026 (was: not stated)",
        "Measures": "ends No. 58 of 2025 (was: suspends No. 57 of 2025)",
        "Acts it changes": "MOFCOM No. 58 of 2025 (was: MOFCOM No. 57 of 2025)",
        "Title": "新公告 (was: 公告)",
    }
    assert told(after, before)["End"] == "not stated (was: 10 Nov 2026)"
    assert told(after, after) == {}


def refuses(use: str) -> Term:
    return Term(kind="presumption", text=f"applications are refused for: {use}", policy="refused")


def test_a_term_that_moved_is_told_with_what_it_was():
    before = control(
        item("1C909"),
        terms=(
            Term(
                kind="threshold",
                text="applies if the share is 0.1 % or more of the value",
                value=0.1,
                unit="percent",
            ),
        ),
    )
    after = control(
        item("1C909"),
        terms=(
            Term(
                kind="threshold",
                text="applies if the share is 0.5 % or more of the value",
                value=0.5,
                unit="percent",
            ),
        ),
    )

    assert told(before, after) == {
        "Threshold": (
            "applies if the share is 0.5 % or more of the value"
            " (was: applies if the share is 0.1 % or more of the value)"
        )
    }


def test_terms_are_a_line_a_kind_and_lines_that_begin_alike_are_one():
    terms = (
        refuses("military users"),
        refuses("terrorism"),
        Term(kind="presumption", text="applications are refused"),
    )

    (line,) = list_terms(control(item("1C909"), terms=terms))

    assert (line.label, line.text) == (
        "Licences",
        "applications are refused for: military users, terrorism",
    )
