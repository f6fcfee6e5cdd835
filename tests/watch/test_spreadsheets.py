# ruff: noqa: E501 -- what a list holds is easier to compare in one line
"""Lists as companies keep them: every cell that can be used is, and what is not is said."""

import datetime as dt
import io
import zipfile
from typing import Any, NamedTuple

import pytest
from cases import read_cases
from each import for_each
from workbooks import make_workbook

from monitor.errors import ConfigError
from monitor.watch.entries import Party
from monitor.watch.lists import Imported, read_entries
from monitor.watch.noise import Cleaned, clean_name
from monitor.watch.values import Relation


def ods(*table: list[str]) -> bytes:
    """The smallest OpenDocument sheet."""
    cells = "".join(
        "<table:table-row>" + "".join(f"<table:table-cell office:value-type='string'><text:p>{cell}</text:p></table:table-cell>" for cell in row) + "</table:table-row>"
        for row in table
    )  # fmt: skip
    space = "urn:oasis:names:tc:opendocument:xmlns"
    content = (
        f"<office:document-content xmlns:office='{space}:office:1.0' xmlns:table='{space}:table:1.0' xmlns:text='{space}:text:1.0'>"
        f"<office:body><office:spreadsheet><table:table table:name='Blatt1'>{cells}</table:table></office:spreadsheet></office:body>"
        "</office:document-content>"
    )
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as packed:
        packed.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        packed.writestr("content.xml", content)
        packed.writestr(
            "META-INF/manifest.xml",
            "<manifest:manifest xmlns:manifest='urn:oasis:names:tc:opendocument:xmlns:manifest:1.0'/>",
        )
    return held.getvalue()


class Messy(NamedTuple):
    """A list: its name, its bytes, what it must give, and what must be said of it."""

    file: str
    body: bytes
    given: list[tuple[object, ...]]
    said: tuple[str, ...] = ()


def party(
    name: str, country: str | None = None, *ids: str, aliases: tuple[str, ...] = ()
) -> tuple[object, ...]:
    return name, country, ids, aliases


def product(
    name: str, hs: tuple[str, ...] = (), codes: tuple[str, ...] = (), eccn: tuple[str, ...] = ()
) -> tuple[object, ...]:
    return name, hs, codes, eccn


def merged(book: Any, sheet: Any) -> None:
    sheet.merge_range(
        0, 0, 0, 4, "Approved vendors, fourth quarter", book.add_format({"bold": True})
    )
    sheet.write_row(1, 0, ["printed by Purchasing"])
    sheet.merge_range(3, 1, 3, 2, "Vendor")
    sheet.write_row(3, 0, ["No."])
    sheet.write_row(4, 0, ["", "Name", "Country", "Payment terms"])
    sheet.write_row(5, 0, ["1", "Acme Optics Ltd", "GB", "30 days"])


def hidden(_: Any, sheet: Any) -> None:
    sheet.write_row(0, 0, ["Vendor"])
    sheet.write_row(1, 0, ["Hidden GmbH"])
    sheet.hide()


def dated(book: Any, sheet: Any) -> None:
    sheet.write_row(0, 0, ["Part description", "HS Code"])
    sheet.write(1, 0, "Grease")
    sheet.write_datetime(1, 1, dt.datetime(2710, 12, 1), book.add_format({"num_format": "yyyy-mm"}))


LISTS = [
    Messy("title.csv", b"Suppliers of plant 2\n\nVendor Name;Land\nAcme;Deutschland\n", [party("Acme", "DE")]),
    Messy("utf16.csv", "供应商名称（中文）\t国家\n华为技术有限公司\t中国\n".encode("utf-16"), [party("华为技术有限公司", "CN")]),
    Messy("gbk.txt", "供应商名称,统一社会信用代码\n华为技术有限公司,914403001922038216\n".encode("gb18030"), [party("华为技术有限公司", None, "914403001922038216")]),
    Messy("sjis.csv", "取引先名,国名\n株式会社ツガミ,日本\n".encode("cp932"), [party("株式会社ツガミ", "JP")]),
    Messy("big5.csv", "供應商名稱,國家\n台達電子,TW\n".encode("big5"), [party("台達電子", "TW")]),
    Messy("ansi.csv", "Lieferant;Länderschlüssel;PLZ\nMüller Präzision GmbH;DE;70173\n".encode("cp1252"), [party("Müller Präzision GmbH", "DE")], ("“PLZ” (C)",)),
    Messy("sap.xlsx", make_workbook({"S": [["LIFNR", "Name 1", "Name 2", "LAND1"], [100234.0, "Acme Optics", "Werk Süd", "DEU"]]}), [party("Acme Optics", "DE", aliases=("Werk Süd", "Acme Optics Werk Süd"))]),
    Messy("merged.xlsx", make_workbook({"S": merged}), [party("Acme Optics Ltd", "GB")], ("“Payment terms” (D)",)),
    Messy("sheets.xlsx", make_workbook({"S1": [["Vendor", "Country"], ["Acme", "US"]], "S2": [["Supplier", "Pays"], ["Bravo", "Frankreich"]], "S3": hidden, "S4": [["notes"], ["call them"]]}), [party("Acme", "US"), party("Bravo", "FR")], ("[S3]: the sheet is hidden", "[S4]: no column holds names")),
    Messy("floats.xlsx", make_workbook({"S": [["Item description", "HTS Code"], ["Magnet", 85051110.0], ["Oil", 8051010.0], ["Drive", 8504.4]]}), [product("Magnet", ("85051110",)), product("Oil", ("08051010",)), product("Drive", ("850440", "85044"))], ("taken as 08051010", "taken as 8504.40")),
    Messy("dates.xlsx", make_workbook({"S": dated}), [product("Grease", ("271012",))], ("was made a date",)),
    Messy("german.csv", b"Materialkurztext;Zolltarifnummer;Werkstoff\nMagnet;8505,11;NdFeB\n", [product("Magnet", ("850511",))]),
    Messy("customs.tsv", b"Description of goods\tCN code\tSchedule B\tTariff No.\nRobot\t8479 50 00\t8479.50.0000\t\n", [product("Robot", ("84795000", "8479500000"))]),
    Messy("indian.csv", b"Item Name,HSN/SAC\nBearing,8482\n", [product("Bearing", ("8482",))]),
    Messy("eccn.xlsx", make_workbook({"S": [["Product", "ECCN (US)", "Export control code"], ["Software", 500.0, "n/a"], ["Chip", "3A001.a.7", "3A001"]]}), [product("Software", (), (), ("5E002",)), product("Chip", (), ("3A001",), ("3A001.a.7",))], ("taken as 5E002",)),
    Messy("noise.csv", b'Vendor,Country\n"ACME GMBH (DO NOT USE)",DE\n"VENDOR 603 - Bravo Ltd",GB\n"Hensoldt AG / ADR",DE\n"Echo Inc C/O Foxtrot LLC",US\nVENDOR 604,US\n', [party("ACME GMBH", "DE"), party("Bravo Ltd", "GB"), party("Hensoldt AG", "DE"), party("Echo Inc", "US", aliases=("Echo Inc C/O Foxtrot LLC",))], ("DO NOT USE", "VENDOR 603", "ADR", "C/O Foxtrot LLC", "'VENDOR 604' is no name")),
    Messy("both.csv", "供应商 / Vendor,品名 / Item,海关编码\n华为技术有限公司,磁体,85051110\n".encode(), [party("华为技术有限公司"), product("磁体", ("85051110",))]),
    Messy("bars.csv", b"Company|VAT No|E-mail\nAcme|DE123456789|a@b.example\n", [party("Acme", None, "DE123456789")], ("“E-mail” (C)",)),
    Messy("rounded.csv", b"Part name,HS code\nMagnet,8.50511E+09\n", [product("Magnet")], ("was rounded by a spreadsheet",)),
    Messy("open.ods", ods(["Fournisseur", "Pays"], ["Acme SA", "Allemagne"]), [party("Acme SA", "DE")]),
    Messy("export.xls", b"Vendor Name\tCountry Key\nAcme\tUSA\n", [party("Acme", "US")]),
    Messy("page.xls", b"<html><table><tr><th>Supplier</th><th>Country</th></tr><tr><td>Acme</td><td>US</td></tr></table></html>", [party("Acme", "US")]),
]  # fmt: skip


def told(read: Imported) -> str:
    return "\n".join((*read.taken, *read.unused, *read.remarks, *read.unusable))


@for_each("messy", LISTS, ids=[messy.file for messy in LISTS])
def test_every_cell_that_can_be_used_is_and_what_is_not_is_said(messy: Messy):
    read = read_entries(messy.file, messy.body, None)
    given = [
        (each.name, each.country, each.ids, each.aliases)
        if isinstance(each, Party)
        else (each.name, each.hs, each.codes, each.eccn)
        for each in read.entries
    ]

    assert given == messy.given
    assert [line for line in messy.said if line not in told(read)] == []
    assert "headings in row" in read.taken[0]


def test_a_list_is_read_as_what_a_person_says_it_is_and_the_other_columns_are_named():
    body = b"Vendor,Item,HS code\nAcme,Magnet,850511\n"

    as_suppliers, as_products = (
        read_entries("v.csv", body, Relation.SUPPLIER),
        read_entries("v.csv", body, Relation.PRODUCT),
    )

    assert [each.name for each in as_suppliers.entries] == ["Acme"]
    assert "“HS code” (C, hs)" in as_suppliers.unused[0]
    assert [each.name for each in as_products.entries] == ["Magnet"]
    assert "“Vendor” (A, party)" in as_products.unused[0]


def test_a_heading_that_nobody_knows_can_be_explained():
    body = b"Kred-Bez,XY\nAcme,DE\n"

    with pytest.raises(ConfigError, match="--map HEADING=name"):
        read_entries("s.csv", body, Relation.SUPPLIER)
    (read,) = read_entries(
        "s.csv", body, Relation.SUPPLIER, {"Kred-Bez": "name", "B": "country"}
    ).entries
    assert isinstance(read, Party)
    assert (read.name, read.country) == ("Acme", "DE")
    mapped = {"Kred-Bez": "name", "Nobody": "ids"}
    assert read_entries("s.csv", body, Relation.SUPPLIER, mapped).strangers == ("Nobody",)


def test_a_formula_that_nobody_computed_is_said_and_one_that_gives_nothing_is_none():
    heads, known = ["Name", "Country", "Note"], ["Acme Ltd", "GB", ("=A3", "kept")]
    computed = [[("=B2", ""), "US"], [("=HYPERLINK(A9)", ""), "US"], [None, "US", ("=A1", "")]]
    body = make_workbook({"L": [heads, *computed, known]})
    read = read_entries("s.xlsx", body, Relation.SUPPLIER)
    said = (
        "s.xlsx [L] row 2 (and in 2 further rows): a formula without a value; open the file in a"
        " spreadsheet program and save it"
    )
    empty = body_with(body, b"<f>A1</f>", b't="str"', row=4)

    assert [entry.name for entry in read.entries] == ["Acme Ltd"]
    assert read.unusable == (said, *(f"s.xlsx [L] row {row}: no name" for row in (2, 3, 4)))
    assert read_entries("s.xlsx", empty, Relation.SUPPLIER).unusable[0] == said.replace(
        "2 f", "1 f"
    )


def body_with(body: bytes, formula: bytes, kind: bytes, row: int) -> bytes:
    """The workbook with one formula marked as of another kind of value."""
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(body)) as packed, zipfile.ZipFile(held, "w") as anew:
        for name in packed.namelist():
            cell = b'<c r="C%d">' % row + formula
            marked = cell.replace(b'">', b'" ' + kind + b">")
            anew.writestr(name, packed.read(name).replace(cell, marked))
    return held.getvalue()


def test_rows_are_told_at_the_number_that_the_sheet_shows():
    read = read_entries(
        "s.xlsx",
        make_workbook({"S1": [[], [], [], ["Vendor"], [], ["Acme"], [], ["VENDOR 12345"]]}),
        Relation.SUPPLIER,
    )

    assert read.entries[0].origin == "s.xlsx [S1] row 6"
    assert read.unusable == ("s.xlsx [S1] row 8: 'VENDOR 12345' is no name",)


@pytest.mark.parametrize(
    ("kept", "name"),
    read_cases(
        """
        Acme GmbH | Acme GmbH
        *** BLOCKED *** Acme GmbH | Acme GmbH
        Acme GmbH - gesperrt | Acme GmbH
        100234 - Acme | Acme
        Acme Ltd - EUR | Acme Ltd
        华为技术有限公司（停用） | 华为技术有限公司
        3M Company | 3M Company
        Closed Loop Partners | Closed Loop Partners
        One-time vendor | ""
        New Holland | New Holland
        A/S Norden | A/S Norden
        Acme Inc /DE/ | Acme Inc
        Acme - ADR | Acme
        Acme, Attention: A. Clerk | Acme
        V1002 Acme | Acme
        BLOCKED- Acme | Acme
        Dummy domestic supplier | ""
        Misc. vendors | ""
        10023 Acme Ltd | Acme Ltd
        """
    ),
)  # fmt: skip
def test_what_the_keepers_of_a_list_write_is_no_name(kept: str, name: str):
    assert clean_name(kept).name == name


@pytest.mark.parametrize(
    "name",
    read_cases(
        """
        Boingo Wi-Fi
        Stora-NV
        Center of Attention LLC
        Pay Attention Media
        2020 Companies LLC
        1688 Holdings
        Closed-End Fund Advisors
        Closed Joint Stock Company Almaz
        Blocked Drains Ltd
        Test Equipment Suppliers
        Test Rite
        Misc
        """
    ),
)  # fmt: skip
def test_a_name_that_only_looks_like_such_a_mark_is_kept_whole(name: str):
    assert clean_name(name) == Cleaned(name)
