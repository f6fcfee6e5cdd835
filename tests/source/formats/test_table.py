"""Registers in rows: which cells stand under which heading, and what is no whole table."""

import pytest
from cases import read_cases

from monitor.errors import ErrorKind, LayoutChanged, NotThePage, Unreadable
from monitor.model import Entity, Listing
from monitor.source.formats.nationalities import countries, country
from monitor.source.formats.numbers import imo
from monitor.source.formats.table import SHAPE, Columns, Table, delimited, named, register
from monitor.source.page import Body, Page

COLUMNS = Columns(
    {"id": ("No.", "Number"), "name": ("Name of\nEntity",), "city": ("City",)},
    needed=("id", "name"),
)
TWO = ({"id": "1", "name": "Sirius"}, {"id": "2", "name": "Vega"})


def page(text: str) -> Page:
    return Page("https://register.example/list.csv", Body(text.encode()))


def test_a_row_may_have_empty_cells_beyond_the_last_heading():
    rows = [["No.", "Name of Entity"], ["1", "Sirius", "", ""], ["2", "Vega"]]

    assert named(rows, COLUMNS).rows == TWO


def test_the_header_is_the_first_row_with_all_needed_headings_and_stands_there_again_on_each_page():
    heads = [" NUMBER", "name of  entity"]
    rows = [
        ["The list, as of May"],
        ["No.", ""],
        heads,
        ["1", " Sirius "],
        ["Number", "NAME OF\nENTITY"],
        heads,
        ["", ""],
        ["2", "Vega"],
    ]

    assert named(rows, COLUMNS) == Table(TWO)


def test_a_column_that_nobody_knows_is_said_and_one_without_a_heading_is_not():
    rows = [["Name of Entity", "Remarks", "", "No."], ["Sirius", "x", "y", "1"]]

    assert named(rows, COLUMNS) == Table(
        ({"name": "Sirius", "id": "1"},), ("a column we do not read: Remarks",)
    )


def test_a_table_without_its_headings_is_refused_by_the_first_row_that_was_taken_for_them():
    with pytest.raises(
        LayoutChanged, match=r"^list: no column 'name' under the headings 'No\., Title'$"
    ):
        named([["No.", "Title"], ["1", "Sirius"], ["2", "Vega"]], COLUMNS, "list")
    with pytest.raises(LayoutChanged, match=r"^list: a table without rows$"):
        named([], COLUMNS, "list")


@pytest.mark.parametrize("day", ["January 15, 2025", "2025-01-15", "1/15/2025", "15 Jan 2025"])
def test_a_day_in_place_of_a_name_is_a_changed_layout(day: str):
    def read(name: str):
        rows = ({"id": "1", "name": "Sirius"}, {"id": "2", "name": name})
        return register("x", Table(rows), id=lambda row: row["id"], read=lambda _: None)

    assert len([*read(f"Works of {day}").records]) == 2
    with pytest.raises(LayoutChanged, match=f"x: a day stands where a name is read: {day}"):
        read(day)


def test_a_row_of_another_width_is_a_changed_layout_and_the_last_one_is_cut():
    heads, full, short = ["No.", "Name of Entity"], ["1", "Sirius"], ["2"]

    with pytest.raises(Unreadable, match="list: cut: the last row has 1 cells of 2") as cut:
        named([heads, full, short], COLUMNS, "list")
    assert cut.value.kind is ErrorKind.TRUNCATED
    with pytest.raises(LayoutChanged, match="list: row 2 has 1 cells under 2 headings: 2"):
        named([heads, full, short, full], COLUMNS, "list")
    with pytest.raises(
        LayoutChanged, match=r"list: row 1 has 3 cells under 2 headings: 1 \| Sirius \| Vega"
    ):
        named([heads, [*full, "Vega"]], COLUMNS, "list")
    assert named([heads], COLUMNS).rows == ()


@pytest.mark.parametrize(
    "text",
    [
        "No.,Name of Entity\n1,Sirius\n\n2,Vega",
        '"No.","Name of Entity"\r\n"1","Sirius"\r\n"2","Vega"\r\n',
        '"No.","Name of Entity"\n"1","Sirius"\n"2","Vega"',
        'No.,"Name of Entity"\n1,"Sirius"\n2,Vega',
        '"No.",Name of Entity\n"1",Sirius\n"2",Vega',
    ],
)
def test_a_table_of_text_is_read_whether_its_cells_are_quoted_or_not(text: str):
    assert delimited(page(text), COLUMNS).rows == TWO
    assert delimited(page(text.replace(",", "\t")), COLUMNS, delimiter="\t").rows == TWO


@pytest.mark.parametrize("end", ['"2","Ve', '"2",', '"2","', '"2","Vega"\n"3'])
def test_a_table_of_quoted_cells_that_ends_within_one_is_cut(end: str):
    with pytest.raises(Unreadable, match=r"list\.csv: cut: the last cell has no end") as cut:
        delimited(page(f'"No.","Name of Entity"\n"1","Sirius"\n{end}'), COLUMNS)
    assert cut.value.kind is ErrorKind.TRUNCATED


def test_markup_is_no_table_of_text():
    with pytest.raises(NotThePage, match=r"list\.csv: markup where a table of text is expected"):
        delimited(page(" <p>No.,Name of Entity</p>\n1,Sirius"), COLUMNS)


def listing(rows) -> Listing:
    return Listing(subject=Entity(names={"en": "; ".join(row["city"] for row in rows)}, kind="org"))


def test_rows_with_one_id_are_one_record_whatever_their_order():
    rows = (
        {"id": "1", "city": "Baku"},
        {"id": "2", "city": "Moscow"},
        {"city": "Astana", "id": "1"},
    )
    either, other = (
        register("roll", Table(each, ("new",)), id=lambda row: row["id"], read=listing)
        for each in (rows, rows[::-1])
    )
    records = list(either.records)

    assert [(record.id, either.read(record.raw).subject.names["en"]) for record in records] == [
        ("1", "Astana; Baku"),
        ("2", "Moscow"),
    ]
    assert {(record.id, record.raw) for record in other.records} == {
        (record.id, record.raw) for record in records
    }
    assert either.remarks == ("new",)


def test_a_table_proves_neither_its_end_nor_its_ids_unless_that_is_said():
    plain, sure = (
        register("roll", Table(()), id=lambda row: row["id"], read=listing, **more)
        for more in ({}, {"proven": True, "official_ids": True})
    )

    assert (plain.proven, plain.official_ids) == (False, False)
    assert (sure.proven, sure.official_ids) == (True, True)


def test_the_rows_of_a_record_are_taken_apart_by_column_and_put_together_under_other_names():
    raw = b'[{"city":"Baku","id":"1"},{"city":"Astana"}]'

    assert SHAPE.exact
    assert SHAPE.parts(raw) == {"city": ("Baku", "Astana"), "id": ("1", "")}
    assert SHAPE.reshaped(raw, {}) == b'[{"city":"Astana"},{"city":"Baku","id":"1"}]'
    assert (
        SHAPE.reshaped(raw, {"city": "town", "id": None}) == b'[{"town":"Astana"},{"town":"Baku"}]'
    )


@pytest.mark.parametrize(
    ("printed", "number"),
    read_cases("""
        ['IMO9826902'] | "9826902"
        ['IMO 9826902', '9826902'] | "9826902"
        ['9826902 (formerly 9187629)'] | 9826902; 9187629
        ['not  known', 'IMO 9826902'] | not known; 9826902
        ['98269021'] | "98269021"
        ['', ' '] | ""
        [] | ""
        """),
)
def test_an_imo_number_is_its_seven_digits_and_what_has_none_stays_as_it_is_printed(
    printed: list[str], number: str
):
    assert imo(printed) == number


@pytest.mark.parametrize(
    ("words", "code"),
    read_cases(
        """
        Russian | RU
        "  DPRK " | KP
        syrian arab  republic | SY
        Democratic People’s Republic of Korea | KP
        Iran | IR
        China | CN
        Martian | None
        unknown | None
        Russian and Ukrainian | None
        "" | None
        """
    ),
)
def test_one_nationality_is_one_country_or_none(words: str, code: str | None):
    assert country(words) == code


@pytest.mark.parametrize(
    ("words", "codes"),
    read_cases("""
        Russian | ('RU',)
        Ukrainian and Russian | ('RU', 'UA')
        Russia, Georgia & Syria | ('GE', 'RU', 'SY')
        a) Iranian b) Iraqi c) Iranian | ('IQ', 'IR')
        Bosnia and Herzegovina | ('BA',)
        Trinidad and Tobago, Bosnia and Herzegovina | ('BA', 'TT')
        Russian, unknown | ('RU',)
        Russian, Martian | None
        Martian | None
        "" | ()
        """),
)
def test_several_are_told_in_order_and_one_that_is_not_understood_makes_all_of_them_none(
    words, codes
):
    assert countries(words) == codes
