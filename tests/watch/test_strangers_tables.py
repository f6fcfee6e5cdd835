"""Twelve tables as strangers keep them, labelled before they were first read: which listed firms must be
found, which rows must give no match, which rows must be named as not used.
"""

import csv
import io
import re
from dataclasses import dataclass, field

import pytest
from cases import read_rows
from workbooks import make_workbook

from monitor.model import Entity
from monitor.names.several import Part, find_parts
from monitor.watch.entries import Party
from monitor.watch.lists import Imported, read_entries
from monitor.watch.match import AllListed, Pairing, WatchList, screen_entry
from monitor.watch.tables import make_column_letter
from monitor.watch.values import MatchVerdict


@dataclass(frozen=True)
class Sheet:
    name: str
    rows: list[list[str]]
    found: dict[int, set[str]]
    clear: set[int] = field(default_factory=set)
    unused: set[int] = field(default_factory=set)
    ending: str = "xlsx"
    separator: str = ","
    merged: bool = False

    def write(self) -> bytes:
        """The bytes of the sheet, as a workbook or text."""
        if self.ending == "csv":
            out = io.StringIO(newline="")
            csv.writer(out, delimiter=self.separator).writerows(self.rows)
            return out.getvalue().encode()
        last = make_column_letter(len(self.rows[0]) - 1)
        return make_workbook({"S": self.rows}, [("S", f"A1:{last}1")] * self.merged)


DED, DZY, ELB, EPI = (
    "Dedrone by Axon",
    "DZYNE Technologies",
    "Elbit Systems of America, LLC",
    "Epirus, Inc.",
)
AER, EXE, ALL, BAE = (
    "AeroVironment, Inc.",
    "Exelis Inc.",
    "Alliant Techsystems Operations LLC",
    "BAE Systems, Inc.",
)
FLI, VSE, CUB, REC = (
    "Teledyne FLIR, LLC",
    "VSE Corporation",
    "Cubic Global Defense",
    "Recorded Future, Inc.",
)
HAL, TEC, TEU, TJP = (
    "Halifax International Security Forum",
    "TechInsights Inc.",
    "TechInsights Europe Limited",
    "TechInsights Japan KK",
)
TKR, SAR = "TechInsights Korea Co. Ltd.", "SARL Strategy Analytics"

SHEETS = [
    Sheet(
        "1 german title merged, own word for the heading",
        read_rows("""
            Kreditorenstamm Werk Süd, Stichtag 30.09.2026
            |
            Nr. | Firmierung | Ort | Warengruppe
            1 | Teledyne FLIR, LLC | Wilsonville | Kameras
            2 | Kugellager Hoppe KG | Schweinfurt | Lager
            3 | Gebrüder Weiß GmbH & Co. KG | Lauterach | Fracht
            4 | Recorded Future Inc | Somerville | Software
            Summe: 4 Kreditoren
            """),
        found={4: {FLI}, 7: {REC}},
        clear={5, 6},
        unused={8},
        merged=True,
    ),
    Sheet(
        "2 csv, title, note, two-line headings",
        read_rows("""
            Supplier register 2026
            |
            Exported from the ERP by J. Doe on 3 March
            Supplier |  | Purchases
            Name | Country | 2025 | 2026
            Cubic Global Defense | US | 1200 | 900
            Marks and Spencer | GB | 10 | 0
            Elbit Systems of America LLC | US | 55 | 70
            Total |  | 1265 | 970
            """),
        found={6: {CUB}, 8: {ELB}},
        clear={7},
        unused={9},
        ending="csv",
        separator=";",
    ),
    Sheet(
        "3 line breaks and enumerations",
        read_rows(r"""
            Artikel | Hersteller / Händler | Land
            Sensor | Foo GmbH\nTechInsights Inc. | DE
            Ventil | 1. Alfa SpA 2. VSE Corporation | IT
            Kabel | a) Nordwerk AB  b) Epirus, Inc. | SE
            Radar | • Cubic Global Defense\n• Muster AG | US
            Schrauben | Schrauben\nMeier GmbH | DE
            Lager | (i) Halifax International Security Forum; (ii) Hoppe | CA
            Licht | - Exelis Inc.\n- Lumen Oy\n- DZYNE Technologies | US
            """),
        found={2: {TEC}, 3: {VSE}, 4: {EPI}, 5: {CUB}, 7: {HAL}, 8: {EXE, DZY}},
        clear={6},
    ),
    Sheet(
        "4 and, ampersand, plus, commas",
        read_rows("""
            vendor | remarks
            Johnson & Johnson
            Procter and Gamble Co., Ltd.
            Ernst & Young / Berlin
            Marks and Spencer
            AeroVironment, Inc. and Black & Decker
            BAE Systems, Inc. & Siemens AG
            Dedrone by Axon + Muster GmbH
            Epirus & Sons Bakery
            VSE and Partner Engineering
            TechInsights & Söhne KG
            Foo Ltd, Bar Ltd, VSE Corporation
            Hotel Epirus, Athens, Greece
            Smith, Kline & French
            Future, Forum and Analytics Ltd
            """),
        found={6: {AER}, 7: {BAE}, 8: {DED}, 12: {VSE}},
        clear={2, 3, 4, 5, 9, 10, 11, 13, 14, 15},
        ending="csv",
    ),
    Sheet(
        "5 chinese, title, total and signature",
        read_rows("""
            2026年度合格供应商名录
            编制部门：采购部 |  |  | 编制日期：2026年3月
            序号 | 单位全称 | 国别 | 备注
            1 | 反无人机技术公司、TechInsights公司 | 美国
            2 | 宇航环境公司和西门子公司 | 美国
            3 | 上海测试有限公司（Exelis Inc.） | 中国
            4 | 伊比鲁斯公司；埃比特系统美国分公司 | 美国
            5 | 和平机械公司 | 中国
            合计 | 5家
            制表人：王芳 |  | 审核：李强
            """),
        found={4: {DED, TEC}, 5: {AER}, 6: {EXE}, 7: {EPI, ELB}},
        clear={8},
        unused={10},
        merged=True,
    ),
    Sheet(
        "6 japanese, title",
        read_rows("""
            取引先一覧表（2026年度）
             |  | 作成：購買課
            No. | 会社名 | 国
            1 | TechInsights Japan KK・株式会社サンプル | 日本
            2 | VSE Corporation、三菱電機株式会社 | 米国
            3 | 株式会社甲乙及びElbit Systems of America, LLC | 米国
            4 | セブン＆アイ・ホールディングス | 日本
            以上
            """),
        found={4: {TJP}, 5: {VSE}, 6: {ELB}},
        clear={7},
        unused={8},
    ),
    Sheet(
        "7 french csv with title and note",
        read_rows("""
            Liste des fournisseurs agréés – mise à jour 03/2026
            NB : liste confidentielle, ne pas diffuser
            Raison sociale | Pays | Contact
            SARL Strategy Analytics et Société Martin & Fils | FR | M. Roy
            Dassault Systèmes | FR
            Alliant Techsystems Operations LLC (filiale d'Orbital Sciences Corp.) | US
            Établissements Durand et Cie | FR
            Fin de la liste
            """),
        found={4: {SAR}, 6: {ALL}},
        clear={5, 7},
        ending="csv",
        separator=";",
    ),
    Sheet(
        "8 spanish",
        read_rows("""
            Proveedores homologados 2026
            Denominación social | NIF | Ciudad
            Hijos de Rivera, S.A.U. | A15002637 | La Coruña
            Halifax International Security Forum y Universidad de Cádiz |  | Cádiz
            Talleres García e Hijos S.L. / DZYNE Technologies |  | Vigo
            Construcciones y Contratas S.A. |  | Madrid
            """),
        found={4: {HAL}, 5: {DZY}},
        clear={3, 6},
        merged=True,
    ),
    Sheet(
        "9 russian",
        read_rows("""
            Перечень поставщиков на 2026 год
            |
            № п/п | Наименование организации | Страна
            1 | ООО «Ромашка»; Recorded Future, Inc. | Россия
            2 | АО «Завод» и Cubic Global Defense | Россия
            3 | ООО «Иванов и сыновья» | Россия
            Итого: 3
            """),
        found={4: {REC}, 5: {CUB}},
        clear={6},
        unused={7},
    ),
    Sheet(
        "10 no heading, a title in one cell, one column",
        read_rows(r"""
            Our vendors as of May (do not forward)
            |
            Dedrone by Axon \| Bolt Ltd
            Muster GmbH (formerly Exelis Inc.)
            Foo Ltd [Epirus, Inc.]
            Muster AG c/o TechInsights Inc.
            Pratt & Whitney Canada Corp.
            Epirus / Bakery
            """),
        found={3: {DED}, 4: {EXE}, 5: {EPI}, 6: {TEC}},
        clear={7, 8},
        ending="csv",
    ),
    Sheet(
        "11 title, headings that nobody knows",
        read_rows("""
            Supplier list 2026
            Lfd. | Anschriftzeile 1 | Anschriftzeile 2
            1 | TechInsights Inc. | Ottawa
            2 | Blumen Risse GmbH | Schwerte
            """),
        found={3: {TEC}},
    ),
    Sheet(
        "12 korean, tabs",
        read_rows("""
            2026년 협력업체 목록
            업체명 | 국가
            주식회사 한빛, TechInsights Korea Co. Ltd. | 한국
            Exelis Inc. 및 삼성전자 | 미국
            (주)가나다/VSE Corporation | 한국
            김앤장 | 한국
            """),
        found={3: {TKR}, 4: {EXE}, 5: {VSE}},
        clear={6},
        ending="csv",
        separator="\t",
    ),
]

CHINESE = {
    DED: "反无人机技术公司",
    TEC: "TechInsights公司",
    AER: "宇航环境公司",
    EPI: "伊比鲁斯公司",
    ELB: "埃比特系统美国分公司",
}
ENGLISH = (DED, DZY, ELB, EPI, AER, EXE, ALL, BAE, FLI, VSE, CUB, REC, HAL, TEC, TJP, TKR, SAR)
LISTED = AllListed(
    [
        Entity(
            kind="org",
            names={"en": name} | ({"zh": CHINESE[name]} if name in CHINESE else {}),
            quote=name,
        )
        for name in ENGLISH
    ]
)


def screen_party(party: Party) -> dict[str, Pairing]:
    return {
        pairing.subject.names["en"]: pairing
        for _, pairing in reversed(screen_entry(party, LISTED, WatchList(())))
    }


def find_hits(read: Imported) -> dict[int, dict[str, Pairing]]:
    hits: dict[int, dict[str, Pairing]] = {}
    for entry in read.entries:
        if isinstance(entry, Party):
            row = int(entry.origin.rpartition(" ")[2])
            hits[row] = hits.get(row, {}) | screen_party(entry)
    return hits


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_every_listed_firm_of_a_strangers_table_is_found_and_no_other(sheet: Sheet):
    read = read_entries(f"l.{sheet.ending}", sheet.write(), None, every=True)

    hits = find_hits(read)
    assert {row: names - set(hits.get(row, {})) for row, names in sheet.found.items()} == {
        row: set() for row in sheet.found
    }
    sure = {
        row: [name for name, hit in hits[row].items() if hit.verdict is MatchVerdict.MATCH]
        for row in sheet.clear
    }
    assert sure == {row: [] for row in sheet.clear}
    told = "\n".join(read.unusable)
    assert [row for row in sheet.unused if not re.search(rf"row {row}\b", told)] == []


@pytest.mark.parametrize(
    ("cell", "listed", "verdict"),
    [
        ("Foo Ltd; Dedrone by Axon", DED, MatchVerdict.MATCH),
        ("Foo Ltd; Epirus", EPI, MatchVerdict.POSSIBLE),
        ("Foo GmbH / Dedrone by Axon", DED, MatchVerdict.POSSIBLE),
        ("Foo GmbH and Epirus, Inc.", EPI, MatchVerdict.MATCH),
        ("1. Foo 2. Exelis Inc.", EXE, MatchVerdict.MATCH),
        ("反无人机技术公司、TechInsights公司", TEC, MatchVerdict.MATCH),
    ],
)
def test_a_part_of_a_cell_says_that_it_is_one(cell: str, listed: str, verdict: MatchVerdict):
    hit = screen_party(Party(name=cell))[listed]

    assert (hit.verdict, "read as" in hit.reason) == (verdict, True)


@pytest.mark.parametrize(
    "name",
    [
        "Johnson & Johnson",
        "Novo Nordisk A/S",
        "Alpha GmbH & Co. KG",
        "Muster Co., Limited",
        "Air Liquide S.A./N.V.",
        "Type A/B Systems Ltd",
        "中国人民和平公司",
        "上海和黄药业有限公司",
        "和平机械公司",
        "Epirus, Inc.",
    ],
)
def test_the_name_of_one_firm_has_no_parts(name: str):
    assert find_parts(name) == []


def test_a_trade_behind_a_joining_word_is_no_firm():
    assert find_parts("Limmt Economic and Trade Company, Ltd.") == [
        Part("Limmt Economic", is_sure=False)
    ]
    assert find_parts("Smith Ltd and Jones Ltd") == [
        Part("Smith Ltd", is_sure=True),
        Part("Jones Ltd", is_sure=True),
    ]
