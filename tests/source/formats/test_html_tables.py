"""Tables as one sees them: what a merged cell covers, what only arranges, what stands between
two tables.
"""

import pytest
from cases import read_cases

from monitor.errors import ErrorKind, LayoutChanged, Unreadable
from monitor.source.formats.html_tables import MarkupTable, tables, text, tree
from monitor.source.page import Body, Page

URL = "https://register.example/list"


def page(markup: str) -> Page:
    return Page(URL, Body(f"<html><body>{markup}</body></html>".encode()))


def rows(markup: str) -> tuple[tuple[str, ...], ...]:
    (table,) = tables(page(f"<table>{markup}</table>"))
    return table.rows


@pytest.mark.parametrize(
    ("markup", "seen"),
    read_cases("""
        <tr><th>No.</th><td>Name</td></tr> | ['No. Name']
        <tr><td colspan=2>A</td><td>CN</td></tr> | ['A A CN']
        <tr><td rowspan=2>A<td>CN</tr><tr><td>RU</tr><tr><td>B<td>IR | ['A CN', 'A RU', 'B IR']
        <tr><td rowspan=3>A<td>1</tr><tr><td>2</tr><tr><td>3</tr> | ['A 1', 'A 2', 'A 3']
        <tr><td>1<td rowspan=3>A</tr><tr><td>2</tr><tr><td>3</tr><tr><td>4<td>B</tr> | ['1 A', '2 A', '3 A', '4 B']
        <tr><td rowspan=2 colspan=2>A<td>1</tr><tr><td>2</tr><tr><td>x<td>y<td>3 | ['A A 1', 'A A 2', 'x y 3']
        <tr><td rowspan=2>A<td rowspan=2>B<td>1</tr><tr><td>2</tr> | ['A B 1', 'A B 2']
        """),
)
def test_a_merged_cell_stands_in_every_place_that_it_covers(markup: str, seen: list[str]):
    assert [" ".join(row) for row in rows(markup)] == seen


@pytest.mark.parametrize(
    "note",
    ["<tr><td>Note", "<tr><td colspan=2>Companies", "<tr><td colspan=3>All across", "<tr></tr>"],
)
def test_a_cell_alone_is_a_note_or_a_heading_and_no_row(note: str):
    assert rows(f"{note}</tr><tr><td>1<td>Alpha</tr>") == (("1", "Alpha"),)


@pytest.mark.parametrize("told", ["", " ", "0", "-1", "two", "9" * 5000, "²"])
def test_a_span_that_is_no_number_of_cells_is_one_or_refused(told: str):
    markup = f"<tr><td rowspan='{told}'>1<td>Alpha</tr><tr><td>2<td>Beta</tr>"

    assert rows(markup)[0] == ("1", "Alpha")
    if not told.startswith("9"):
        assert rows(f"<tr><td colspan='{told}'>1<td>Alpha</tr>") == (("1", "Alpha"),)
        assert rows(markup)[1] == ("2", "Beta")


@pytest.mark.parametrize(
    "markup", ["<td>x" * 101, "<td>x<td colspan=100>y", "<td colspan=1000000000>x<td>y"]
)
def test_a_table_may_have_a_hundred_columns_and_no_more(markup: str):
    assert len(rows(f"<tr><td>x<td colspan=99>y</tr><tr>{'<td>z' * 100}</tr>")[1]) == 100
    with pytest.raises(Unreadable, match="a table of more than 100 columns") as refused:
        rows(f"<tr>{markup}</tr>")
    assert refused.value.kind is ErrorKind.TOO_LARGE


def test_a_table_that_only_arranges_others_is_none_and_words_between_two_lead_to_the_second():
    inner = "<table><tr><td>1</td><td>Alpha</td></tr></table>"
    said = (
        f"Annex <b>I</b> to<table><tr><td>the <i>Order</i>{inner}</td></tr></table>as <script>var x"
        " = '<p>no word';</script>amended<template><table><tr><td>2</td><td>Shown to"
        " nobody</td></tr></table></template><!-- nor this -->"
        " today<table><tr><td>3</td><td>Gamma</td></tr></table> and so on"
    )

    assert tables(page(said)) == (
        MarkupTable((("1", "Alpha"),), "Annex I to the Order"),
        MarkupTable((("3", "Gamma"),), "as amended today"),
    )


def test_the_rows_of_the_government_publishing_office_are_rows():
    boxed = "<BOXHD><CHED>Country</CHED><CHED>Entity</CHED></BOXHD><ROW><ENT>China</ENT><ENT>Alpha</ENT></ROW>"

    assert tables(page(f"<table>{boxed}</table>"))[0].rows == (
        ("Country", "Entity"),
        ("China", "Alpha"),
    )


def test_fewer_tables_than_expected_are_a_changed_layout():
    two = page("<table></table>" * 2)

    assert len(tables(two, at_least=2)) == 2
    with pytest.raises(
        LayoutChanged, match=r"https://register\.example/list: 2 tables, expected at least 3"
    ):
        tables(two, at_least=3)
    with pytest.raises(LayoutChanged, match="0 tables, expected at least 1"):
        tables(page("<p>none</p>"))


@pytest.mark.parametrize(
    "cut", ["<html><body><table><tr><td>1</td>", "<html><body><table><tr><td>1</td></tr></TABLE>"]
)
def test_a_page_that_ends_before_it_has_closed_its_tables_is_cut(cut: str):
    with pytest.raises(Unreadable, match="the page is cut before its end") as refused:
        tree(Page(URL, Body(cut.encode())))
    assert refused.value.kind is ErrorKind.TRUNCATED
    assert (
        tree(
            Page(URL, Body(b"<?xml version='1.0' encoding='utf-8'?><HTML><table></table></html>"))
        ).tag
        == "html"
    )


@pytest.mark.parametrize(
    ("markup", "words"),
    [
        ("Alpha <b>Ltd.</b>\n  Beijing", "Alpha Ltd. Beijing"),
        ("Alpha<br>Beta<br/> <br>Gamma", "Alpha\nBeta\nGamma"),
        ("<p>Alpha</p>Beta<div>Gamma</div><ul><li>Delta", "Alpha\nBeta\nGamma\nDelta"),
        ("<b>Al</b>pha<i></i><!-- no word --> Ltd.", "Alpha Ltd."),
        ("", ""),
    ],
)
def test_the_words_of_a_cell_break_where_its_lines_do(markup: str, words: str):
    root = tree(page(f"<table><tr><td>{markup}</td></tr></table>outside"))

    assert text(next(root.iter("td"))) == words
