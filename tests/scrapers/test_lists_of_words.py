"""Lists whose rows have no id of their own: an edit is an edit, and what the publisher numbers
anew is nothing.
"""

from pathlib import Path

import pytest
from registers_ofac import CSL, changes, swapped

from monitor.model import Entity
from monitor.source.page import Body, Page, Reader
from monitor.source.scraper import count_content
from scrapers import eu_consolidated, gb_ofsi, jp_mof, us_bis, us_cbp, us_csl, us_ddtc

PAGES = Path(__file__).parent.parent / "pages"
CCL, EAR, MIEU, FROZEN, DEBARRED, ORDERS, BANS = (
    (PAGES / name).read_bytes()
    for name in (
        "us_bis/control_list-2025.xml",
        "us_bis/regulations-2025.json",
        "us_bis/military_intelligence-2022.xml",
        "jp_mof/frozen-2026.csv",
        "us_ddtc/statutory-2026.csv",
        "us_cbp/orders-2025.csv",
        "gb_ofsi/investment_bans-2026.html",
    )
)
EDITS: dict[str, tuple[Reader, bytes, bytes, bytes, list[tuple[str, set[str]]]]] = {
    "a paragraph of an ECCN": (
        us_bis.control_list,
        CCL,
        b"75 mm or more",
        b"50 mm or more",
        [("amend", {"a.1"})],
    ),
    "an ECCN that goes": (
        us_bis.control_list,
        CCL,
        b"<FP-2><B>3B991",
        b"<FP-2><B>3B992",
        [("amend", {"id", "codes"})],
    ),
    "a section that is amended": (
        us_bis.regulations,
        EAR,
        b"2022-09-16",
        b"2026-09-16",
        [("amend", {"amended", "url"})],
    ),
    "an end user more": (
        us_bis.military_intelligence,
        MIEU,
        b"(RGB).",
        b"(RGB) and the Second Bureau.",
        [("add", set())],
    ),
    "groups numbered anew": (jp_mof.frozen, FROZEN, b"\r\n6,006-000012", b"\r\n7,007-000012", []),
    "a name in Japanese": (
        jp_mof.frozen,
        FROZEN,
        "ロシア銀行".encode(),
        "ロッシーヤ銀行".encode(),
        [("amend", {"name.ja"})],
    ),
    "a notice more": (
        us_ddtc.statutory,
        DEBARRED,
        b"69 FR 17468",
        b"70 FR 1",
        [("amend", {"citation"})],
    ),
    "an order that is lifted": (
        us_cbp.orders,
        ORDERS,
        b"Products,Active",
        b"Products,Inactive",
        [("amend", {"status"})],
    ),
    "a number on the other list": (
        gb_ofsi.investment_bans.read,
        BANS,
        b"<td>13104</td><td>-</td>",
        b"<td>13104</td><td>RUS9</td>",
        [("amend", {"reference"})],
    ),
}


@pytest.mark.parametrize("edit", EDITS)
def test_an_edit_is_told_as_what_it_is(edit: str, tmp_path: Path) -> None:
    read, body, old, new, expected = EDITS[edit]

    rows = changes(read, tmp_path, body, swapped(body, old, new)).rows

    assert [(row.action, set(row.fields)) for row in rows] == expected


def test_a_row_of_a_list_that_is_read_where_it_is_published_is_left_out() -> None:
    debarred = CSL.replace(b"Nonproliferation Sanctions (ISN)", b"ITAR Debarred (DTC)", 1)

    assert [
        count_content(us_csl.consolidated, Page("https://data.trade.gov/x", Body(body)))[1]
        for body in (CSL, debarred)
    ] == [4, 3]


def test_a_name_that_is_wrapped_is_one_and_a_labelled_line_is_an_alias() -> None:
    rows = [
        {"annex": "XLVII", "name": "Kulevi Oil Refinery,\nGeorgia"},
        {"annex": "IV", "name": "Nord\na.k.a.: North; Norden"},
    ]

    read = [eu_consolidated.listing([row]).subject for row in rows]

    assert [
        (entity.names["en"], entity.aliases) for entity in read if isinstance(entity, Entity)
    ] == [
        ("Kulevi Oil Refinery, Georgia", ()),
        ("Nord", ("North", "Norden")),
    ]
