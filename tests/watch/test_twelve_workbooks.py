"""Twelve workbooks as desks have them, with what must be found in each and what must be said:
written before they were read.
"""

import csv
import re
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from cases import read_cases, read_rows
from workbooks import Rows, make_workbook

from monitor.ask.hold import compare_lists
from monitor.watch.lists import read_entries
from monitor.watch.values import Relation

# name, further names, country: of METI, UFLPA, the Denied Persons List, MOFCOM, the EU and Canada
LISTED = read_rows("""
    Dedrone by Axon | 反无人机技术公司 | US
    TechInsights Inc. |  | CA
    Skydio, Inc. |  | US
    Lockheed Martin Corporation | 洛克希德·马丁公司 | US
    Raytheon Missiles & Defense | 雷神导弹与防务公司 | US
    Geehy Semiconductor Co., Ltd. | 珠海极海半导体有限公司 | CN
    Baimtec Material Co., Ltd. | 北京航空材料研究院股份有限公司 | CN
    Guangzhou Tian-Hai-Xiang Aviation Technology Co., Ltd. | 広州天海翔航空科技有限公司;THX Aviation | CN
    Hoshine Silicon Industry (Shanshan) Co., Ltd. |  | CN
    Xinjiang Daqo New Energy, Co. Ltd | Xinjiang Great New Energy Co., Ltd. | CN
    Camel Group Co., Ltd. |  | CN
    Baoding LYSZD Trade and Business Co., Ltd. |  | CN
    Zhuhai Ninestar Management Co., Ltd. |  | CN
    Aksu Biaoxin Fiber Co., Ltd. | Aksu Shangheng Fiber Co., Ltd. | CN
    Heze Cotton and Linen Co., Ltd. |  | CN
    Kingherbs Limited | Changsha Jincao Biotechnology Co., Ltd. | CN
    Mechanic Industries Group |  | IR
    Imam Hossein University (IHU) | Emam Hoseyn Comprehensive University | IR
    Chongchongang Shipping Company | Chong Chon Gang Shipping Co. Ltd. | KP
    Russian Aircraft Corporation MiG |  | RU
    Inspectech |  | PK
    Photomasking Services Ltd. |  | GB
    Microcircuit Technology |  | GB
    ADT Analog and Digital Technik |  | DE
    Al-Rasheed Trust |  | PK
    """)


@dataclass(frozen=True)
class Book:
    about: str
    sheets: dict[str, Rows]
    found: tuple[str, ...]  # first words of what of LISTED must be found, nothing else
    said: tuple[str, ...]  # each stands in what the preview says: what was of no use
    merged: tuple[tuple[str, str], ...] = field(default=())  # sheet, range such as "A1:B1"
    hidden: tuple[tuple[str, str], ...] = field(default=())  # sheet, column such as "C:C"


def keep(cell: object) -> object:
    """A cell as a workbook holds it: a number as one, and an empty one not at all."""
    is_number = isinstance(cell, str) and NUMBER.fullmatch(cell)
    return float(cell) if is_number else None if cell == "" else cell


NUMBER = re.compile(r"[1-9]\d*(?:\.\d+)?")
BOOKS = (
    Book(
        "vendors of SAP: the name is cut over two columns, a count stands below",
        {
            "Sheet1": read_rows("""
            Kreditorenverzeichnis
            Stand: 14.11.2026
            |
            Kreditor | Name 1 | Name 2 | Ort | Lnd | USt-IdNr. | ZSperr
            0000104711 | Guangzhou Tian-Hai-Xiang | Aviation Technology Co., Ltd. | Guangzhou | CN
            0000104712 | Müller Feinmechanik GmbH |  | Aalen | DE | DE811223344 | X
            0000104713 | Baoding LYSZD Trade and | Business Co., Ltd. | Baoding | CN
            0000104714 | ADT ANALOG UND DIGITAL TECHNIK |  | Niederseeon | DE
            Anzahl Kreditoren: 4
            """)
        },
        ("Guangzhou", "Baoding", "ADT"),
        ("Anzahl Kreditoren", "ZSperr"),
    ),
    Book(
        "a Chinese list with a former name in the remarks",
        {
            "供应商": read_rows("""
            2026年度合格供应商名录
            序号 | 供应商全称 | 统一社会信用代码 | 联系人 | 联系电话 | 备注
            1 | 北京航空材料研究院股份有限公司 |  | 王伟 | 010-62496000
            2 | 苏州磁材有限公司 | 91320500MA1MCXYZ09 | 李娜 | 0512-68250000
            3 | 珠海极海半导体有限公司 |  | 张敏 | 0756-6299999 | 战略供应商
            4 | 反无人机技术公司
            合计 | 4家
            """)
        },
        ("Baimtec", "Geehy", "Dedrone"),
        ("联系人", "联系电话", "'4家' is no name"),
        (("供应商", "A1:F1"),),
    ),
    Book(
        "two languages in one cell, on two lines, and a name in quotes",
        {
            "Liste": read_rows(r"""
            Supplier / 供应商 | Country / 国家 | Incoterm
            Geehy Semiconductor Co., Ltd.\n珠海极海半导体有限公司 | China / 中国 | FCA
            "Kingherbs Limited" | China / 中国 | EXW
            Lockheed Martin Corporation（洛克希德·马丁公司） | USA / 美国
            Nordwind Optik AG\n北风光学 | Germany / 德国 | DDP
            """)
        },
        ("Geehy", "Kingherbs", "Lockheed"),
        ("Incoterm",),
    ),
    Book(
        "headings in two rows, three letters for countries",
        {
            "Vendors": read_rows("""
            Vendor |  | Registered in | Contact
            Legal name | Trading name | ISO3 | Mail | Phone
            Xinjiang Great New Energy Co Ltd | Daqo | CHN | x@example.com | 1
            Acme Fasteners Pte. Ltd. |  | SGP | y@example.com | 2
            Axon Enterprise Holdings | Dedrone by Axon | USA
            MECHANIC INDUSTRIES GROUP |  | IRN
            """)
        },
        ("Xinjiang Daqo", "Dedrone", "Mechanic"),
        ("Mail", "Phone"),
        (("Vendors", "A1:B1"), ("Vendors", "D1:E1")),
    ),
    Book(
        "three sheets, columns in another order, and one of prose",
        {
            "2025": read_rows("""
            Supplier | Country
            Camel Group Co., Ltd. | CN
            Brightwater Pumps Ltd | UK
            """),
            "2026 new": read_rows("""
            Ctry | Spend EUR | Supplier name
            PK | 12000 | Inspectech
            FR | 1800.5 | Société Lumière SAS
            """),
            "Read me": read_rows("""
            Please update this list before each audit.
            Ask purchasing for access.
            """),
        },
        ("Camel", "Inspectech"),
        ("Spend EUR", "Read me"),
    ),
    Book(
        "countries as rows of their own between the firms",
        {
            "By country": read_rows("""
            Supplier | Since | Buyer
            CHINA
            Zhuhai Ninestar Management Co., Ltd. | 2019 | K. Abel
            Hoshine Silicon Industry (Shanshan) | 2021 | K. Abel
            IRAN
            Imam Hossein University | 2011 | M. Roth
            UNITED KINGDOM
            Kestrel Castings Ltd | 2020 | M. Roth
            """)
        },
        ("Zhuhai", "Hoshine", "Imam"),
        ("CHINA", "IRAN", "UNITED KINGDOM", "Since"),
    ),
    Book(
        "numbers of vendors before the names, one name made by a formula, a hidden column",
        {
            "Export": [
                ["Vendor", "Alt.", "Block"],
                ["100234 - Camel Group Co., Ltd.", None, None],
                ["V-00871 Heze Cotton and Linen Co., Ltd.", None, "B"],
                ["100777 - Fjord Marine AS", None, None],
                [
                    ('="Aksu Biaoxin Fiber"&" Co., Ltd."', "Aksu Biaoxin Fiber Co., Ltd."),
                    None,
                    None,
                ],
                ["100999 - Skydio (inactive)", "#N/A", None],
            ]
        },
        ("Camel", "Heze", "Aksu", "Skydio"),
        ("“Block”", "“Alt.”"),
        (),
        (("Export", "C:C"),),
    ),
    Book(
        "several firms and their agents in a cell",
        {
            "Sub-tier": read_rows(r"""
            Manufacturer / Agent | Origin | Qty
            Inspectech c/o Orbit Trading FZE | PK | 4
            TechInsights Inc.; Skydio, Inc. | US/CA | 2
            1) Raytheon Missiles & Defense\n2) Lockheed Martin Corp. | US | 7
            Changsha Jincao Biotechnology Co., Ltd. (now Kingherbs Ltd) | CN | 1
            n/a
            tbd |  | 3
            """)
        },
        ("Inspectech", "TechInsights", "Skydio", "Raytheon", "Lockheed", "Kingherbs"),
        ("Qty", "n/a", "tbd"),
    ),
    Book(
        "turned by ninety degrees: each firm is a column",
        {
            "Matrix": read_rows("""
            Company | Microcircuit Technology | Oakfield Precision Ltd | Photomasking Services Ltd
            Country | GB | GB | GB
            Contact | A. Smith | B. Jones | C. Brown
            Audit | 2025 | 2026 | 2024
            """)
        },
        ("Microcircuit", "Photomasking"),
        ("Contact", "Audit"),
    ),
    Book(
        "a questionnaire, a sheet for each firm",
        {
            "ChonChon": read_rows("""
            SUPPLIER SELF-DECLARATION
            Company name: | Chong Chon Gang Shipping Co. Ltd.
            Country of registration: | North Korea
            Number of employees: | 120
            """),
            "Harbour": read_rows("""
            SUPPLIER SELF-DECLARATION
            Company name: | Harbour Lights Shipping Pte Ltd
            Country of registration: | Singapore
            Number of employees: | 80
            """),
        },
        ("Chongchongang",),
        ("Number of employees", "SELF-DECLARATION"),
    ),
    Book(
        "a CSV pasted into the first column",
        {
            "Tabelle1": read_rows("""
            Lieferant;Land;Ansprechpartner
            Russian Aircraft Corporation MiG;RU;Ivanov
            Zhuhai Ninestar Management Co., Ltd.;CN;Chen
            Bergmann & Söhne KG;DE;Bergmann
            """)
        },
        ("Russian", "Zhuhai"),
        ("Ansprechpartner",),
    ),
    Book(
        "a list of parts: who makes them is not who sells them",
        {
            "Stückliste": read_rows("""
            Pos. | Artikel | Hersteller | Lieferant | Menge | Preis/EUR
            10 | MCU APM32F103 | Geehy Semiconductor | Mouser Electronics | 500 | 1.12
            20 | Batterie 12 V | Camel Group Co Ltd | Autoteile Kranz OHG | 40 | 61.5
            30 | Schraube M4 | Würth | Würth | 9000 | 0.02
            Summe |  |  |  | 9540 | 3200.0
            """)
        },
        ("Geehy", "Camel"),
        ("“Menge”", "“Preis/EUR”", "“Pos.”"),
    ),
)


@pytest.fixture(scope="module")
def listed(tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("workbooks") / "listed.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([("name", "aliases", "country"), *LISTED])
    return path


@pytest.mark.parametrize("book", BOOKS, ids=lambda book: book.about)
def test_every_listed_firm_is_found_and_what_is_not_used_is_said(
    book: Book, listed: Path, tmp_path: Path
):
    sheets = {name: [list(map(keep, row)) for row in rows] for name, rows in book.sheets.items()}
    (path := tmp_path / "book.xlsx").write_bytes(make_workbook(sheets, book.merged, book.hidden))
    held = compare_lists([path], listed)
    found, said = {hit.match.entry.name for hit in held.hits}, "\n".join(held.unused)

    assert found == {
        next(name for name, *_ in LISTED if name.startswith(first)) for first in book.found
    }
    assert [words for words in book.said if words not in said] == []


@pytest.mark.parametrize(
    ("rows", "names"),
    read_cases("""
        [['Name', 'Country'], ['Acme', 'DE']] | ['Acme']  # as many fields either way: as it stands
        [['Name', 'Acme'], ['Note', 'Beta Ltd']] | ['Acme']  # two labels below each other are a form
        [['Supplier'], ['1. FC Köln GmbH']] | ['1. FC Köln GmbH']  # a number alone counts nothing
        [['Supplier'], ['上海甲电子有限公司 上海市南京路1号']] | ['上海甲电子有限公司']
        [['Supplier'], ['上海甲电子有限公司 深圳市乙贸易有限公司']] | ['上海甲电子有限公司', '深圳市乙贸易有限公司']
        [['Supplier'], ['3家纺有限公司']] | ['3家纺有限公司']
        """),
)
def test_what_looks_like_one_of_these_is_read_as_it_stands(rows: list[list[str]], names: list[str]):
    body = "".join("\t".join(row) + "\n" for row in rows).encode()

    assert [
        entry.name for entry in read_entries("book.tsv", body, Relation.SUPPLIER).entries
    ] == names


def test_a_country_in_two_languages_is_one_and_two_are_none():
    body = b"Supplier,Country\nAcme,Germany / Deutschland\nBeta,Germany / Austria\n"

    assert [entry.country for entry in read_entries("s.csv", body, Relation.SUPPLIER).entries] == [
        "DE",
        None,
    ]


def test_marks_in_names_make_no_table_of_a_column():
    body = make_workbook({"S": [["Supplier"], ["Acme; Beta"], ["C, D and E"]]})

    assert [entry.name for entry in read_entries("book.xlsx", body, None).entries] == [
        "Acme; Beta",
        "C, D and E",
    ]
