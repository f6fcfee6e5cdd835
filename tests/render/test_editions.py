"""A register's new edition in words: counts, rows, and a storm of equal edits as one line."""

import pytest

from monitor.model import Edition, Entity, Item, RowAction, RowChange
from monitor.render import editions


def firm(name: str, **more) -> Entity:
    return Entity(names={"en": name}, kind="org", **more)


def amended(name: str, /, **fields) -> RowChange:
    return RowChange(action=RowAction.AMEND, id=name, name=name, fields=fields, entity=firm(name))


def edition(*changes: RowChange, **more) -> Edition:
    about = {
        "key": "k",
        "register": "un-sc",
        "authority": "un-sc",
        "rows": 9,
        "before": 8,
        "published": "2025-10-09",
    }
    return Edition(**{**about, **more}, changes=changes)


def rows(*changes: RowChange) -> list[tuple[str, ...]]:
    return list(editions.make_edition_tables(edition(*changes))[0].rows)


def test_a_storm_of_equal_edits_is_one_line_with_their_number():
    storm = [
        amended(f"Firm {at}", comments=("listed", "listed; review concluded")) for at in range(499)
    ]
    line, other = rows(*storm, amended("Another", comments=("a", "b")))

    assert line[1] == "499 rows, all alike"
    assert line[-1] == "comments: listed → listed; review concluded"
    assert other[1] == "Another"


def test_four_equal_edits_are_no_storm():
    assert len(rows(*(amended(f"Firm {at}", comments=("a", "b")) for at in range(4)))) == 4


def test_a_text_of_sixty_letters_is_short_enough_to_be_told_whole():
    ((*_, edit),) = rows(amended("Firm", remarks=("a" * 60, "b" * 60)))

    assert edit == f"remarks: {'a' * 60} → {'b' * 60}"


def test_a_key_that_is_made_of_the_name_is_not_told_beside_the_name():
    ((*_, edit),) = rows(amended("Firm AG", name=("Firm", "Firm AG"), id=("FIRM|CH", "FIRM AG|CH")))

    assert edit == "name: Firm → Firm AG"


def came(name: str, entity: Entity | None = None, **more) -> RowChange:
    return RowChange(action=RowAction.ADD, id=name, name=name, entity=entity, **more)


def gone(name: str) -> RowChange:
    return RowChange(action=RowAction.REMOVE, id=name, name=name, entity=firm(name))


def test_a_summary_says_who_came_and_what_standing_there_means_only_where_somebody_did():
    def told(*changes: RowChange) -> str:
        return editions.summarize_edition(edition(*changes, register="cn-export-control-entities"))

    means = (
        "Dual-use exports to them, also those under way, are barred or restricted (regulations in"
        " force since 1 Dec 2024). Each act states its own measures."
    )

    assert told(came("A")) == f"1 added (A). 9 now, 8 before. {means}"
    assert told(gone("A"), gone("B"), gone("C")) == "3 removed (A, B and C). 9 now, 8 before."
    assert (
        told(gone("A"), gone("B"), gone("C"), gone("D"), amended("E", x=("a", "b")))
        == "4 removed (A, B, C and 1 more); 1 amended (E). 9 now, 8 before."
    )
    assert (
        editions.summarize_edition(edition(came("A"), register="xx-list"))
        == "1 added (A). 9 now, 8 before."
    )
    assert (
        editions.compose_edition_headline(
            edition(amended("E", x=("a", "b")), came("A"), register="xx-list")
        )
        == "Xx-list changes: 1 added, 1 amended"
    )


def test_what_came_and_went_stands_before_what_was_amended():
    assert [row[:2] for row in rows(amended("E", x=("a", "b")), came("A"), gone("B"))] == [
        ("added", "A"),
        ("removed", "B"),
        ("amended", "E"),
    ]


@pytest.mark.parametrize(
    ("entity", "cells"),
    [
        (firm("A"), ("added", "A")),
        (
            Entity(names={"en": "A", "ru": "А"}, kind="org", country="RU"),
            ("added", "A", "А", "Russia"),
        ),
        (Entity(names={"ru": "A", "zh": "甲"}, kind="org"), ("added", "A", "甲")),
        (Entity(names={"en": "Other"}, kind="org"), ("added", "A")),
        (None, ("added", "A")),
    ],
)
def test_a_row_has_the_own_name_where_it_is_another_and_the_country(entity, cells):
    assert rows(came("A", entity)) == [cells]


@pytest.mark.parametrize(
    ("change", "details"),
    [
        (came("A", firm("A", aliases=("B", "C"))), "also B and C"),
        (came("A", firm("A", aliases=tuple("BCDE"))), "also B, C and D"),
        (came("A", Entity(names={"en": "A"}, kind="vessel", ids={"imo": "1", "mmsi": "2"})), "vessel; imo 1, mmsi 2"),
        (
            came("A", item=Item(names={"en": "A"}, codes=("1C1", "1C2"), hs=("28", "29"), note="n")),
            "1C1 1C2; HS 28 29; n",
        ),
        (RowChange(action=RowAction.REMOVE, id="1", name="A", item=Item(names={"en": "A"}, codes=("1C1",))), "1C1"),
        (
            came("A", firm("A"), details={"listed_on": "2025-10-09", "programmes": ("SDGT", "IRAN"), "shoe_size": "9"}),
            "programmes SDGT, IRAN; listed on 9 Oct 2025",
        ),
    ],
)  # fmt: skip
def test_a_row_that_came_or_went_has_what_a_reader_needs_of_it(change, details):
    assert rows(change)[0][-1] == details


def test_a_row_that_came_with_no_more_than_its_name_has_no_details():
    assert rows(came("A", firm("A"))) == [("added", "A")]


def edit(**fields) -> str:
    ((*_, told),) = rows(amended("Firm", **fields))
    return told


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"listed_on": ("", "2025-10-09")}, "listed on: none → 2025-10-09"),
        ({"listed_on": ("2025-10-09", "")}, "listed on: 2025-10-09 → none"),
        ({"ids.imo": ("1", "2")}, "ids imo: 1 → 2"),
        ({"ids": (("1",), ("2",))}, "identifiers: + “2” - “1”"),
        ({"aliases": ("", ("A", "B"))}, "aliases: + “A” + “B”"),
        ({"aliases": (("A", "B"), "A")}, "aliases: - “B”"),
        ({"a": ("1", "2"), "b": ("3", "4")}, "a: 1 → 2; b: 3 → 4"),
        ({"id": ("100", "200")}, "id: 100 → 200"),
    ],
)
def test_what_was_amended_is_told_field_by_field(fields, told):
    assert edit(**fields) == told


def test_of_two_long_texts_the_words_that_differ_are_told_in_their_place():
    text = " ".join(f"w{at}" for at in range(30))

    assert edit(remarks=(text, f"{text} end")) == "remarks: … w25 w26 w27 w28 w29 [+end+]"


def test_of_rows_that_are_held_back_three_are_named():
    def held(*names: str) -> list[str]:
        return [
            f"{line.label}: {line.text}"
            for line in editions.list_edition_facts(
                edition(came("F"), held=tuple(map(gone, names)))
            )
        ]

    assert held("A") == ["Missing: 1 row, and no removal is proven: A"]
    assert held(*"ABCD") == ["Missing: 4 rows, and no removal is proven: A; B; C; and 1 more"]
    assert held() == []
