import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from registers_europe import ERROR_PAGE, OTHER_XML, changes, golden, lines, read, refusal


def test_gb_csv_tells_what_the_xml_tells(tmp_path: Path) -> None:
    by_xml, by_csv = (
        read(source, golden(source)) for source in ("gb_fcdo.sanctions", "gb_fcdo.sanctions_csv")
    )

    assert [levelled(row) for row in by_csv] == [levelled(row) for row in by_xml]


def levelled(row: object) -> object:
    """A row without the order of what it tells."""
    if not hasattr(row, "subject"):
        return row
    subject = {name: getattr(row.subject, name) for name in row.subject.__struct_fields__}
    return (
        row.id,
        subject | {"aliases": sorted(row.subject.aliases)},
        {name: sorted(value) for name, value in row.fields.items()},
    )


def test_gb_csv_rows_in_any_order_are_the_same_designations(tmp_path: Path) -> None:
    reported, header, *designated = lines(golden("gb_fcdo.sanctions_csv"))
    new = b"\r\n".join([reported, header, *reversed(designated), b""])

    assert changes("gb_fcdo.sanctions_csv", golden("gb_fcdo.sanctions_csv"), new, tmp_path) == []


def test_gb_csv_one_more_phone_number_is_one_change_whatever_rows_it_brings(tmp_path: Path) -> None:
    old = golden("gb_fcdo.sanctions_csv")
    table = list(csv.reader(io.StringIO(old.decode(), newline="")))
    phone, known_as = table[1].index("Phone number"), table[1].index("Unique ID")
    more = [
        [*row[:phone], "+93 1", *row[phone + 1 :]]
        for row in table[2:]
        if row[known_as] == "AFG0006"
    ]
    out = io.StringIO()
    csv.writer(out).writerows([*table, *more])

    assert changes("gb_fcdo.sanctions_csv", old, out.getvalue().encode(), tmp_path) == [
        ("amend", "AFG0006", {"phones": ("", "+93 1")})
    ]


@pytest.mark.parametrize(
    ("spoil", "kind"),
    [
        (lambda body: body.rstrip()[:-60], "truncated"),
        (lambda body: body.replace(b"Unique ID", b"Reference"), "layout"),
        (lambda body: body.replace(b"AFG0001,12703", b",12703"), "layout"),
        (lambda body: body.replace(b"AFG0006,7172", b"AFG0006,7172,7173", 1), "layout"),
        (lambda body: b"\r\n".join(lines(body)[:2]), "layout"),
        (lambda body: ERROR_PAGE, "error-page"),
        (lambda body: OTHER_XML, "error-page"),
        (lambda body: b"", "empty"),
    ],
    ids=[
        "cut inside",
        "heading renamed",
        "row without id",
        "row too long",
        "no rows",
        "error",
        "another",
        "empty",
    ],
)
def test_gb_csv_that_is_not_whole_is_refused(spoil: Callable[[bytes], bytes], kind: str) -> None:
    assert refusal("gb_fcdo.sanctions_csv", spoil(golden("gb_fcdo.sanctions_csv"))) == kind


def test_gb_days_that_are_none_stay_as_they_are_printed(tmp_path: Path) -> None:
    body = (
        golden("gb_fcdo.sanctions")
        .replace(b"25/01/2001", b"31/02/2001")
        .replace(b"dd/mm/1945", b"circa 1945")
    )
    fields = next(
        row.fields for row in read("gb_fcdo.sanctions", body) if getattr(row, "id", "") == "AFG0006"
    )

    assert fields["listed_on"] == "31/02/2001"
    assert fields["born"] == ("circa 1945", "1958-01-01")
