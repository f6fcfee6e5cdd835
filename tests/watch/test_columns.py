"""The columns of a table that people keep."""

import pytest

from monitor.watch.tables import find_field, find_layout, suggest_fields


def test_a_heading_spans_those_below_it_to_the_end_of_its_row_also_where_that_is_shorter():
    rows = [["", "Item"], ["No.", "Name", "HS code"], ["1", "gallium", "811292"]]

    made = find_layout(rows, {})

    assert made is not None
    assert (made.below, made.fields) == (2, {"ref", "name", "hs"})


Rows = list[list[str]]


def laid(rows: Rows, **mapped: str) -> tuple[int, list[tuple[str, str, str]]] | None:
    """How many rows the headings end at, and each column's letter, heading and field."""
    made = find_layout(rows, mapped)
    return (
        (made.below, [(column.letter, column.heading, column.field) for column in made.columns])
        if made
        else None
    )


@pytest.mark.parametrize(
    ("rows", "below", "fields"),
    [
        ([["Name", "Country"], ["Acme", "DE"]], 1, ["name", "country"]),
        # the row that says most
        ([["Name"], ["Supplier", "Country"], ["Acme", "DE"]], 2, ["party", "country"]),
        # of two that say as much the first
        ([["Supplier", "Country"], ["Name", "Country"]], 1, ["party", "country"]),
        ([["Name", "Country"], ["Name", "Country", "Country"]], 2, ["name", "country", "country"]),
        ([["Name", *["Country"] * 5], ["Name", "Country", "HS"]], 1, ["name", *["country"] * 5]),
        ([["Name", "Country", "Country"], ["Name", "Country", "HS"]], 2, ["name", "country", "hs"]),
        ([["Name", "12"], ["Name", "x"]], 2, ["name", ""]),  # a number is no heading
        ([["x" * 61, "Name"], ["Name"]], 2, ["name"]),  # nor is a sentence
        ([["x" * 60, "Name"], ["Acme"]], 1, ["", "name"]),
        ([["Note", "HS"]], 1, ["note", "hs"]),  # goods may be called by what is noted of them
        ([[], ["Name"]], 2, ["name"]),
        ([*[["x"]] * 39, ["Name"]], 40, ["name"]),
        # two rows are one heading
        ([["Vendor", ""], ["", "Country"], ["Acme", "DE"]], 2, ["party", "country"]),
        ([["Vendor", "", "Ship to"], ["Name", "Country", "Name"]], 2, ["name", "country", "name"]),
    ],
)
def test_the_headings_are_the_row_that_says_most(rows: Rows, below: int, fields: list[str]):
    made = find_layout(rows, {})

    assert made is not None
    assert (made.below, [column.field for column in made.columns]) == (below, fields)


def test_a_column_that_only_a_heading_above_another_covers_has_none():
    assert laid([["Vendor", "", ""], ["Name", "", "Country"], ["Acme", "x", "DE"]]) == (
        2,
        [("A", "Name", "name"), ("C", "Country", "country")],
    )


def test_headings_are_what_a_person_says_they_are_by_their_words_or_their_letter():
    rows = [["Foo", "", "Country"], ["Acme", "Ann", "DE"]]

    assert laid(rows, foo="name") == (1, [("A", "Foo", "name"), ("C", "Country", "country")])
    assert laid(rows, Foo="name", B="owner", C="note") == (
        1,
        [("A", "Foo", "name"), ("B", "B", "owner"), ("C", "Country", "note")],
    )


@pytest.mark.parametrize(
    ("heading", "found"),
    [
        ("Vendor Name (legal)", "party"),
        ("Our (ECCN)", "eccn"),
        ("Foo / 国家", "country"),
        ("Name\nof vendor", "name"),
        ("Country 2*", "country"),
        ("Name1", "name"),
        ("foo", ""),
        ("land", "country"),
        ("zolltarifliste", ""),  # one word may be anything
        ("our zolltarifliste", "hs"),
        ("foo bar number", "ref"),
        ("foo_bar_code", "ref"),
        ("国家代码表", "country"),
        ("产品名称规格", "product"),
        ("Ragione sociale", "party"),
        ("P.IVA", "ids"),
        ("Rag. soc. 2", "party"),
        ("N° TVA", "ids"),
        ("Kontrahent", "party"),
        ("Konzernobergesellschaft", "parent"),
        ("Kapitalanteil in %", "share"),
        ("Quote-part", "share"),
        ("Share %", "share"),
        ("Owned %", "share"),
        ("Discount %", ""),
        ("Lief.-Nr.", "ref"),
        ("Prov. dir.", ""),
        ("Na. de.", ""),
        ("Razão social", "party"),
        ("Наименование поставщика", "party"),
        ("Страна", "country"),
        ("Tedarikçi Adı", "party"),
        ("最终用户", "party"),
        ("Name " + "x" * 56, ""),
        ("our hs code " + "x" * 48, "hs"),
        ("our hs code " + "x" * 49, ""),
    ],
)
def test_a_heading_is_known_whole_by_a_part_or_by_a_word_that_decides(heading: str, found: str):
    assert find_field(heading) == found


def test_a_field_that_is_none_is_told_with_those_that_are():
    assert suggest_fields("foo").startswith("'foo' is no field; one of: ref, name, party, ")
