"""The annex of an English act: a line or a row an entity, with what stands below it."""

import pytest

from monitor.document import Block, BlockKind
from monitor.extract.en import sections


def annex(*blocks, country="US"):
    return sections.read_annex(
        [
            block if isinstance(block, Block) else Block(BlockKind.PARAGRAPH, block)
            for block in blocks
        ],
        country,
    )


def left(*blocks):
    return [(part.why, part.quote) for part in annex(*blocks).unread]


def test_details_and_members_belong_to_the_entry_above():
    found = annex(
        "1. Alpha Works",
        "Address: 1 Road",
        "Also known as: AW",
        "- Alpha Sub",
        "- Alpha Second",
        "2. Beta (a.k.a. BB)",
    )
    alpha, first, second, beta = found.entities

    assert (alpha.addresses, alpha.aliases, beta.aliases) == (("1 Road",), ("AW",), ("BB",))
    assert (first.parent, second.parent, beta.parent, found.entries) == (
        "Alpha Works",
        "Alpha Works",
        None,
        2,
    )


def test_a_detail_or_a_member_below_nobody_is_nobody():
    assert (annex("- Alone", "Address: 1 Road").entities, left("- Alone", "Address: 1 Road")) == (
        [],
        [],
    )


def test_a_second_address_is_kept_beside_the_first():
    (entity,) = annex(
        "1. Alpha Works", "Address: 1 Road", "Address: 2 Road", "Alias: AW", "Alias: AX"
    ).entities

    assert (entity.addresses, entity.aliases) == (("1 Road", "2 Road"), ("AW", "AX"))


def test_a_heading_tells_what_kind_follows_and_persons_have_no_country_of_the_act():
    found = annex(
        "Individuals", "1. Jane Roe", "Entities:", "2. Alpha Works", "Vessels", "(3) SEA STAR"
    )

    assert [(each.names["en"], each.kind, each.country) for each in found.entities] == [
        ("Jane Roe", "person", None),
        ("Alpha Works", "org", "US"),
        ("SEA STAR", "vessel", "US"),
    ]


def test_whoever_was_born_is_a_person():
    (person,) = annex("1. John Doe, born 4 May 1979").entities

    assert (person.names, person.kind, person.country) == ({"en": "John Doe"}, "person", None)


def test_what_stands_in_brackets_is_the_chinese_name_or_another():
    (entity,) = annex("1. Beta Works, Inc. (贝塔) (BW) ").entities

    assert (entity.names, entity.aliases) == ({"en": "Beta Works, Inc.", "zh": "贝塔"}, ("BW",))


def test_entries_may_be_items_of_the_page_and_end_at_its_footer():
    found = annex(
        Block(BlockKind.ITEM, "Alpha Works"), "1. Beta Works.", "Share: this", "2. Late Works"
    )

    assert [each.names["en"] for each in found.entities] == ["Alpha Works", "Beta Works"]


def test_a_row_is_an_entity_without_its_number_and_a_heading_is_none():
    rows = [
        ("No.", "Name", "中文"),
        ("1", "Alpha Works", "甲公司"),
        ("2.", "", "乙公司"),
        ("3)", "Beta", ""),
    ]
    found = annex(Block(BlockKind.TABLE, "", tuple(rows)))

    assert [each.names for each in found.entities] == [
        {"en": "Alpha Works", "zh": "甲公司"},
        {"en": "Beta"},
    ]
    assert [each.quote for each in found.entities] == ["1 Alpha Works 甲公司", "3) Beta "]


@pytest.mark.parametrize("line", ["Delta Works", "Delta Works, Inc.", "D" * 159])
def test_a_line_below_the_first_entry_that_nothing_marks_is_said(line):
    assert left("Heading", "1. Alpha Works", line) == [
        ("no number shows whether it is an entry", line)
    ]


@pytest.mark.parametrize(
    "line", ["This is a sentence.", "October 9, 2030", "Ministry of Commerce", "x" * 160]
)
def test_a_sentence_a_day_and_a_signature_are_no_lines_left(line):
    assert left("1. Alpha Works", line) == []


@pytest.mark.parametrize("words", ["The measures shall apply to Alpha", "Alpha:", "x" * 161])
def test_an_entry_that_holds_no_name_is_said(words):
    assert left(f"1. {words}") == [("no name found in it", f"1. {words}")]
    assert len(annex(f"1. {'x' * 160}").entities) == 1
