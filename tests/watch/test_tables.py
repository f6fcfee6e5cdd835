"""The rows of a list in whichever charset and with whichever separator it was saved."""

import pytest
from cases import read_cases
from each import for_each

from monitor.errors import ConfigError
from monitor.watch.tables import MOST_ROWS, read_tables

GREETED = [["Name", "Country"], ["Acme", "DE"]]


def rows(body: bytes, file: str = "l.csv") -> list[list[str]]:
    (table,) = read_tables(file, body, print, {})
    assert table.sheet == ""
    return [list(row) for row in table.rows]


@for_each("separator", [",", ";", "\t", "|"])
@for_each(
    "charset",
    read_cases(
        """
        utf-8
        utf-8-sig
        utf-16
        utf-16-le
        utf-16-be
        ascii
        """
    ),
)
def test_a_text_is_read_in_any_unicode_and_with_any_separator(charset: str, separator: str):
    body = "\r\n".join(separator.join(row) for row in GREETED).encode(charset)

    assert rows(body) == GREETED


def test_the_separator_is_the_one_by_which_most_headings_are_known_then_most_cells():
    assert rows(b"Name;Note, free\nAcme;a, b\n") == [["Name", "Note, free"], ["Acme", "a, b"]]
    assert rows(b"foo;bar\n1;2\n") == [["foo", "bar"], ["1", "2"]]


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (
            b'name\nAcme\n"Beta\nGamma\n',
            "l.csv row 3: a quotation mark is opened and not closed; close it, or double it",
        ),
        (
            b'name\n"' + b"x" * 140_000 + b'"\n',
            "l.csv row 2: can't be read: field larger than field limit",
        ),
        (
            b"\xff\xfe\xff\xff\x81",
            "l.csv: neither a sheet nor text of a known encoding; save it as CSV UTF-8 or XLSX",
        ),
    ],
)
def test_a_text_that_cannot_be_read_is_one_clear_error(body: bytes, why: str):
    with pytest.raises(ConfigError, match=f"^{why}"):
        rows(body)


def test_a_row_may_span_lines_and_the_last_may_end_without_one():
    assert rows(b'name,note\nAcme,"one\ntwo"') == [["name", "note"], ["Acme", "one\ntwo"]]
    assert rows(b"") == []
    assert rows(b"name\r") == [["name"]]


def test_a_list_has_a_quarter_of_a_million_rows_at_most():
    body = b"name\n" + b"Acme\n" * (MOST_ROWS - 1)

    assert len(rows(body)) == MOST_ROWS == 250_000
    with pytest.raises(
        ConfigError, match=r"^l\.csv: has more than 250,000 rows; leave out firms .*, or split it$"
    ):
        rows(body + b"Beta\n")


CELLS = b"<tr><th>Name</th><th>Country</th></tr><tr><td>Acme</td><td>DE</td></tr>"
PAGE = b" <html><table>" + CELLS + b"</table><p>and</p><table>" + CELLS + b"</table></html>"


def test_what_is_called_a_sheet_may_be_a_text_or_a_page_with_tables():
    assert rows(b"Name\tCountry\nAcme\tDE\n", "export.xls") == GREETED
    assert [
        (table.sheet, [list(row) for row in table.rows])
        for table in read_tables("page.xls", PAGE, print, {})
    ] == [
        ("table 1", GREETED),
        ("table 3", GREETED),
    ]
    with pytest.raises(
        ConfigError, match=r"^l\.xlsx: is called a sheet and is none; save it as CSV UTF-8 or XLSX$"
    ):
        list(read_tables("l.xlsx", b"Name\nAcme\n", print, {}))
    with pytest.raises(ConfigError, match=r"^l\.csv: "):
        list(read_tables("l.csv", b"PK\x03\x04 not a sheet", print, {}))
