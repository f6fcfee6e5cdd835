"""The columns of a table that people keep."""

import pytest
from cases import read_cases
from each import for_each

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


@for_each(
    ("heading", "field"),
    read_cases("""
        HTS Code | hs
        CN code | hs
        Tariff No. | hs
        Schedule B | hs
        HSN | hs
        Zolltarifnummer | hs
        our zolltarifliste | hs
        zolltarifliste | ""  # one word may be anything
        US ECCN | eccn
        Our (ECCN) | eccn
        产品名称规格 | product
        Vendor Name | party
        Vendor Name (legal) | party
        Lieferant | party
        Kontrahent | party
        Nom du fournisseur | party
        Fabricant | party
        Nom de jeune fille | ""
        Ragione sociale | party
        Rag. soc. 2 | party
        Razon social | party  # without its accent
        Razão social | party
        Наименование поставщика | party
        Tedarikçi Adı | party
        供应商名称（中文） | party
        最终用户 | party
        取引先会社名 | party
        Name 1 | name
        Name1 | name
        VENDOR_NAME_ALT | aliases
        Nombre anterior / otros nombres | aliases
        Weitere Namen: | aliases
        Country of registration | country
        Registered country (ISO) | country
        Country 2* | country
        Foo / 国家 | country
        国家代码表 | country
        Land des Lieferanten | country
        land | country
        Страна | country
        Lieu du siège | ""
        LEI | ids
        P.IVA | ids
        N° TVA | ids
        Vendor No. | ref
        Vendor # | ref
        Lief.-Nr. | ref
        Nr kontrahenta | ref
        거래처코드 | ref
        Postal code | ref
        foo bar number | ref
        foo_bar_code | ref
        Ultimate parent company | parent
        Konzernobergesellschaft | parent
        持股比例 | share
        Kapitalanteil in % | share
        Quote-part | share
        Share % | share
        Owned % | share
        Discount % | ""
        Our suppliers of the year | ""
        Prov. dir. | ""
        Na. de. | ""
        City | ""
        foo | ""
        """),
)
def test_a_heading_is_known_by_its_words_as_systems_and_languages_write_them(
    heading: str, field: str
):
    assert find_field(heading) == field


def test_a_heading_may_be_of_two_lines_and_of_sixty_letters_and_no_more():
    assert find_field("Name\nof vendor") == "name"
    assert [find_field("our hs code " + "x" * more) for more in (48, 49)] == ["hs", ""]


def test_a_field_that_is_none_is_told_with_those_that_are():
    assert suggest_fields("foo").startswith("'foo' is no field; one of: ref, name, party, ")
