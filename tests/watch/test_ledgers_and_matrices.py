"""Books as purchasing, systems and project rooms keep them: each firm by its own name, with its
other names and owners, and what is of no use said. Firms are invented beside a few listed ones.
"""

import csv
import io
from dataclasses import dataclass

import pytest
from cases import read_cases, read_rows

from monitor.watch.entries import Party
from monitor.watch.lists import Imported, read_entries
from monitor.watch.values import Relation

Rows = list[list[str]]


def read(rows: Rows, relation: Relation | None = None) -> Imported:
    body = io.StringIO()
    csv.writer(body).writerows(rows)
    return read_entries("book.csv", body.getvalue().encode(), relation)


def parties(imported: Imported) -> list[Party]:
    return [entry for entry in imported.entries if isinstance(entry, Party)]


@dataclass(frozen=True)
class Book:
    about: str
    rows: Rows
    names: tuple[str, ...]
    said: tuple[str, ...] = ()


BOOKS = (
    Book(
        "a name cut over two columns is one, a department beside a whole one is none",
        read_rows("""
            Kreditor | Name 1 | Name 2 | Ort
            100310 | BAODING LYSZD TRADE AND | BUSINESS CO., LTD. | Baoding
            100311 | Pumpenbau Kessel KG | Abt. Versand | Aalen
            Summe 2 Kreditoren
            """),
        ("BAODING LYSZD TRADE AND BUSINESS CO., LTD.", "Pumpenbau Kessel KG"),
        ("“Ort”", "Summe 2 Kreditoren"),
    ),
    Book(
        "print cuts a long name: its end stands alone in the next row",
        [
            ["VENDOR#", "VENDOR NAME", "CTRY"],
            ["0012", "WABASH GEAR & FORGE ", "US"],
            ["", "WORKS COMPANY", ""],
            ["0013", "CAMEL GROUP CO LTD", "CN"],
            ["TOTAL", "2 VENDORS", ""],
            ["*** END OF LIST ***", "", ""],
        ],
        ("WABASH GEAR & FORGE WORKS COMPANY", "CAMEL GROUP CO LTD"),
        ("row 3: goes on with the name above", "'2 VENDORS' is no name", "END OF LIST"),
    ),
    Book(
        "a country is a column, its firms stand below it",
        read_rows(r"""
            Approved sources
            Commodity | China | Germany | Remarks
            Fibre | Aksu Biaoxin Fiber Co., Ltd.\nSuzhou Vliesstoff Ltd | Weberei Hain KG | x
            Solar | - | Sonnwerk Plau GmbH
            No. of sources | 2 | 2
            Iran: nothing new
            """),
        ("Aksu Biaoxin Fiber Co., Ltd.", "Suzhou Vliesstoff Ltd", "Weberei Hain KG", "Sonnwerk Plau GmbH"),
        ("“Remarks”", "'-' is no name", "No. of sources", "Iran: nothing new", "Approved sources"),
    ),
    Book(
        "several suppliers of a part are firms of their own",
        read_rows("""
            Part | Supplier 1 | Supplier 2 | 2nd source | Price
            Seal | Dichtungen Pohl e.K. | Camel Group Co., Ltd. | tbd | 1
            Lens |  | Optik Saal GmbH | Skydio, Inc. | 2
            """),
        ("Dichtungen Pohl e.K.", "Camel Group Co., Ltd.", "Optik Saal GmbH", "Skydio, Inc."),
        ("“2nd source” is party of its own", "“Price”", "'tbd' is no name"),
    ),
    Book(
        "a second table has other headings, of which some are known",
        read_rows("""
            Component | Manufacturer | Ticket
            MCU | Geehy Semiconductor | G-1
            |
            Software
            Tool | Vendor | Owner
            Viewer | Tidewell Software Ltd | Priya
            """),
        ("Geehy Semiconductor", "Tidewell Software Ltd"),
        ("“Ticket”", "“Tool”", "“Software”"),
    ),
    Book(
        "regions above firms and notes below them are no firms",
        read_rows(r"""
            Supplier | Since | Buyer
            HONG KONG / TAIWAN
            Kingherbs Limited * | 2019 | K. Abel
            EUROPE
            Officine Tarsi\nS.r.l.¹ | 2020 | K. Abel
            * single source
            Note: see the audit of May
            3 suppliers
            """),
        ("Kingherbs Limited", "Officine Tarsi S.r.l."),
        ("HONG KONG / TAIWAN", "EUROPE", "* single source", "Note: see", "3 suppliers", "“Since”"),
    ),
    Book(
        "a register of contracts and a declaration to customs",
        read_rows("""
            合同编号 | 甲方 | 乙方 | 合同金额（元）
            HT-1 | 宁波甬泰传动有限公司 | 珠海极海半导体有限公司 | 9000
            小计 |  |  | 9000
            """),
        ("宁波甬泰传动有限公司", "珠海极海半导体有限公司"),
        ("合同金额（元）", "小计"),
    ),
    Book(
        "bids beside each other: each firm heads a column, most of the rows are of no use",
        read_rows("""
            Bids for housings
            Criterion | Bidder A | Bidder B | Weight
            Company | Camel Group | Zerspanung Ruhm GmbH
            Country | CN | DE
            Price EUR | 1200 | 1900 | 40 %
            Lead time | 8 wks | 5 wks | 20 %
            """),
        ("Camel Group", "Zerspanung Ruhm GmbH"),
        ("“Price EUR”", "“Lead time”"),
    ),
    Book(
        "labels for letters: a firm with its address in each cell, and no heading",
        read_rows(r"""
            ADT Technik GmbH\nAm Ring 4\n65549 Limburg | Optik Saal GmbH\nAm Wehr 2\n07318 Saal
            Forge Lane Ltd\nForge Lane 8\nB70 8AB Bromwich
            """),
        ("ADT Technik GmbH", "Optik Saal GmbH", "Forge Lane Ltd"),
        ("without headings; is it so?", "“column B” is party of its own"),
    ),
    Book(
        "ledgers of Indian accounts",
        read_rows("""
            Sundry Creditors
            Particulars | GSTIN/UIN | Closing Balance
            M/s Inspectech |  | 12000 Cr
            Messrs. Ganga Castings Pvt. Ltd. | 27AAACG1234F1Z5 | 900 Cr
            Grand Total |  | 12900
            """),
        ("Inspectech", "Ganga Castings Pvt. Ltd."),
        ("a form of address: “M/s”", "“Closing Balance”", "Grand Total"),
    ),
    Book(
        "an address below the name, in its cell",
        read_rows(r"""
            Payee | IBAN
            Inspectech\nNo. 4 Mall Road\n54000 Lahore\nPakistan
            Beamish & Co\n12 Quay Street\nBS1 4DJ Bristol | GB00
            Hansa 24 Spedition\nGmbH | DE00
            """),
        ("Inspectech", "Beamish & Co", "Hansa 24 Spedition GmbH"),
        ("without an address: “No. 4 Mall Road", "“IBAN”"),
    ),
)  # fmt: skip


@pytest.mark.parametrize("book", BOOKS, ids=lambda book: book.about)
def test_each_firm_of_a_book_is_an_entry_and_what_is_none_is_said(book: Book):
    imported = read(book.rows)
    said = "\n".join((*imported.taken, *imported.unused, *imported.remarks, *imported.unusable))

    assert tuple(party.name for party in parties(imported)) == book.names
    assert [words for words in book.said if words not in said] == []


@pytest.mark.parametrize(
    ("note", "name"),
    read_cases("""
        formerly Foshan Lingang Metal Factory | Foshan Lingang Metal Factory
        renamed, now HY Solar | HY Solar
        A/K/A DIRAC GROUP | DIRAC GROUP
        ex Dal Pozzo & Figli | Dal Pozzo & Figli
        dawniej Drewpol s.c. | Drewpol s.c.
        原名：宁波恒泰标准件厂 | 宁波恒泰标准件厂
        旧社名：北陸鎖工業㈱ | 北陸鎖工業㈱
        audited; formerly Foo Co., Ltd. | Foo Co., Ltd.
        anciennement client | None  # no name
        now with Tom's team | None
        blocked since 03/2024 | None
        formerly Foo (Shanghai) | Foo (Shanghai)
        原名 Foo（上海） | Foo (Shanghai)
        原名：甲公司（上海） | 甲公司 (上海)
        vormals Foo Inc. (Deutschland) | Foo Inc. (Deutschland)
        formerly Foo Ltd (until 2019) | Foo Ltd
        formerly Germany | None
        """),
)
def test_a_remark_tells_a_further_name(note: str, name: str | None):
    imported = read([["Supplier", "Remarks"], ["Acme Ltd", note]])

    (party,) = parties(imported)
    assert (party.name, party.aliases, party.remarked) == ("Acme Ltd", (), (name,) if name else ())
    assert [f"{name!r} is taken from" in said for said in imported.remarks] == [True] * bool(name)


def test_a_name_that_begins_like_a_remark_stays_whole_and_one_behind_an_arrow_is_a_further_one():
    rows = [["Supplier"], ["Ex Libris Ltd"], ["Druck Sund GmbH -> jetzt Ninestar Corporation"]]

    assert [party.aliases for party in parties(read(rows))] == [(), ("Ninestar Corporation",)]


def test_two_scripts_on_two_lines_are_one_firm_and_two_legal_forms_are_two():
    rows = [
        ["Supplier"],
        ["Geehy Semiconductor Co., Ltd.\n珠海极海半导体有限公司"],
        ["Foo AG\nBar KG"],
    ]

    assert [(party.name, party.aliases) for party in parties(read(rows))] == [
        ("Geehy Semiconductor Co., Ltd.", ("珠海极海半导体有限公司",)),
        ("Foo AG", ()),
        ("Bar KG", ()),
    ]


def test_an_owner_and_its_share_are_read_under_the_headings_of_many_languages():
    rows = [
        ["거래처명", "영문명", "모회사", "지분율"],
        ["낙타에너지(주)", "Nakta Energy", "Camel Group Co., Ltd.", "0.7"],
    ]
    polish = [
        ["Nazwa kontrahenta", "Spółka dominująca", "Udział %"],
        ["Drewno Sp. z o.o.", "Camel Group Co., Ltd.", "60"],
    ]

    for shown, share in ((rows, 70), (polish, 60)):
        (party,) = parties(read(shown))
        assert (party.parent, party.share) == ("Camel Group Co., Ltd.", share)


def test_what_stands_behind_two_suppliers_is_of_the_first_unless_each_has_its_own():
    shared = [["Supplier", "2nd supplier", "Country"], ["Acme Ltd", "Beta GmbH", "GB"]]
    own = [
        ["Supplier 1", "Country 1", "Supplier 2", "Country 2"],
        ["Acme Ltd", "GB", "Beta GmbH", "DE"],
    ]

    for rows, countries in ((shared, ["GB", None]), (own, ["GB", "DE"])):
        for relation in (None, Relation.SUPPLIER):
            assert [party.country for party in parties(read(rows, relation))] == countries


def test_the_halves_of_a_name_are_of_one_firm_where_suppliers_are_numbered():
    rows = [["Vendor name", "Vendor name 2"], ["Royal Tools", "Trading Co., Ltd."]]

    assert [party.name for party in parties(read(rows))] == ["Royal Tools Trading Co., Ltd."]


def test_countries_are_known_in_the_languages_of_those_who_write_them():
    rows = [["Nazwa kontrahenta", "Kraj"], ["Foo UAB", "Litwa"], ["Bar", "Chiny"], ["Baz", "مصر"]]

    assert [party.country for party in parties(read(rows))] == ["LT", "CN", "EG"]
