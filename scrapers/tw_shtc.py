"""Taiwan: International Trade Administration (經濟部國際貿易署): the Entity List for strategic high-tech
commodities (SHTC).
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from monitor import Entity, Listing, Page, Register, Request, source
from monitor.extract.en import places as en_places
from monitor.source.formats import gather_fields, key, table
from monitor.source.formats.table import Cells, Columns
from monitor.vocabulary.letters import HAN

COLUMNS = Columns.of(
    """
number: 項次item | 項次 | item
name: 名稱name | 名稱 | name
aliases: 別名alias | 別名 | alias
countries: 國家代碼country code | 國家代碼 | country code
addresses: 地址address | 地址 | address
documents: 護照號碼ID Number | 護照號碼 | ID Number
""",
    needed="name, aliases, countries, addresses",
)
TAG = re.compile(r"<[^<>]*>")
PIECE = re.compile(r"[;；]")
CHINESE = re.compile(r"^(?:簡體中文|繁體中文)\s*[:：]\s*")
UNITED_NATIONS = re.compile(r"[（(]永久參考號\s*[:：]\s*+([^（(）)]+)[）)]")


@source(
    name="Taiwan SHTC Entity List",
    authority="tw-trade",
    url=Request(
        "https://www.trade.gov.tw/OpenData/getOpenData.aspx?oid=0F2CD336A579151B",
        # without it the server sends another page
        headers={"Referer": "https://data.gov.tw/dataset/102368"},
    ),
    every="1 hour",
    language="zh",
)
def entities(page: Page) -> Register:
    """The whole list. Its running number is no id: it moves with every edition."""
    rows = table.delimited(page, COLUMNS).without("number")
    printed = replace(rows, rows=tuple(row for row in rows.rows if any(row.values())))
    printed.refuse_unnamed(page.url, "name")
    return table.register(
        "tw-shtc",
        printed,
        id=lambda row: key(row["countries"], _pieces(row["name"])[0]),
        read=listing,
    )


def _pieces(cell: str) -> list[str]:
    """Split a cell at semicolons of half and full width."""
    words = " ".join(UNITED_NATIONS.sub("", TAG.sub("", cell)).split())
    return [piece.strip() for piece in PIECE.split(words) if piece.strip()] or [words]


def _read_names(rows: Sequence[Cells]) -> tuple[dict[str, str], tuple[str, ...]]:
    """Read the first name in each language, and the others."""
    names: dict[str, str] = {}
    aliases: list[str] = []
    for row in rows:
        for piece in [*_pieces(row["name"]), *_pieces(row["aliases"])]:
            name = CHINESE.sub("", piece)
            language = "zh" if HAN.search(name) else "en"
            if piece in _pieces(row["name"]) and language not in names:
                names[language] = name
            elif name and name not in names.values():
                aliases.append(name)
    return names, tuple(dict.fromkeys(aliases))


def listing(rows: Sequence[Cells]) -> Listing:
    """One entity; rows of one name and country are one record."""
    names, aliases = _read_names(rows)
    places = list(dict.fromkeys(code for row in rows for code in _pieces(row["countries"]) if code))
    country = en_places.coded(places[0]) if len(places) == 1 else None
    numbers = [match[1].strip() for row in rows if (match := UNITED_NATIONS.search(row["name"]))]
    fields = {"documents": [one for row in rows for one in _pieces(row.get("documents", ""))]}
    if not country:  # as it is printed
        fields["countries" if len(places) > 1 else "country"] = places
    return Listing(
        subject=Entity(
            names=names,
            aliases=aliases,
            # the list has persons, organisations and ships, and does not tell them apart
            kind="other",
            country=country,
            ids={"UN": numbers[0]} if numbers else {},
            addresses=tuple(
                dict.fromkeys(where for row in rows for where in _pieces(row["addresses"]) if where)
            ),
        ),
        fields=gather_fields(fields),
    )
