"""Japan: Ministry of Finance (財務省): all whose assets are frozen (資産凍結等対象者一覧)."""

import re
from collections.abc import Iterator, Mapping, Sequence

from monitor import Entity, EntityKind, LayoutChanged, Link, Listing, Page, Register, source
from monitor.extract.en import places
from monitor.source.formats import gather_fields, key, table
from monitor.source.formats.prose import words
from monitor.source.formats.table import Cells, Columns

COLUMNS = Columns.of(
    """
group: 区分
number: 番号
notified: 告示日付
notice: 告示番号
kind: 個人・団体
name_ja: 氏名（日本語）
name: 氏名（英語）
aliases_ja: 別名・別称（日本語）
aliases: 別名・別称（英語）
former_ja: 旧称（日本語）
former: 旧称（英語）
weak_ja: 確定に十分でない別名（日本語）
weak: 確定に十分でない別名（英語）
titles_ja: 称号（日本語）
titles: 称号（英語）
positions_ja: 役職（日本語）
positions: 役職（英語）
born: 生年月日
birthplaces_ja: 出生地（日本語）
birthplaces: 出生地（英語）
nationalities_ja: 国籍（日本語）
nationalities: 国籍（英語）
passports: 旅券番号
numbers: 身分証番号
country_ja: 住所・所在地（国）（日本語）
city_ja: 住所・所在地（都市その他の情報）（日本語）
country: 住所・所在地（国）（英語）
city: 住所・所在地（都市その他の情報）（英語）
un: 国連参照番号
listed_on: リスト掲載日
remarks: その他の情報
foreign_notice: 外務省告示情報
""",
    needed="kind, name_ja, name, notified",
)
RENUMBERED = ("group", "number")  # with each group that is inserted
ALIASES = ("aliases", "former", "weak", "name_ja", "aliases_ja", "former_ja", "weak_ja")
TOLD = (
    "notified",
    "notice",
    "titles",
    "positions",
    "born",
    "birthplaces",
    "nationalities",
    "passports",
    "numbers",
    "listed_on",
)
SAID = ("remarks", "foreign_notice")
KINDS: Mapping[str, EntityKind] = {"個人": "person", "団体": "org"}
FILE = re.compile(r"shisantouketsu(\d{4})(\d\d)(\d\d)\.csv$", re.IGNORECASE)
# what stands behind an alias
DESCRIBED = re.compile(r"[（(][^（()）]{0,300}?(?:生年月日|出生地|国籍)[^（()）]*+[)）]")
PIECE = re.compile(r"[;；\n]")


@source(
    name="Japan's asset freezes",
    authority="jp-mof",
    url="https://www.mof.go.jp/policy/international_policy/gaitame_kawase/gaitame/economic_sanctions/list.html",
    every="1 hour",
    language="ja",
)
def asset_freezes(page: Page) -> Iterator[Link]:
    """The page whose newest file is the list; its name has the day."""
    words(page)
    files = [link for link in page.links("a[href]", read=frozen) if FILE.search(link.url)]
    if not files:
        raise LayoutChanged(f"{page.url}: no file shisantouketsu….csv")
    yield max(files, key=lambda link: link.url)


def frozen(page: Page) -> Register:
    """The whole list. Its own numbers are no ids: they move with each group that is inserted."""
    printed = table.delimited(page, COLUMNS)
    printed.refuse_unnamed(page.url, "name", "name_ja")
    day = FILE.search(page.url)
    return table.register(
        "jp-asset-freezes",
        printed.without(*RENUMBERED),
        id=lambda row: key(row["name"] or row["name_ja"], row.get("un") or row.get("born") or ""),
        read=listing,
        published="-".join(day.groups()) if day else None,
    )


def listing(rows: Sequence[Cells]) -> Listing:
    """One person or organisation; of one that is printed under two measures the words of both."""
    first = rows[0]
    names = {
        language: first[name]
        for language, name in (("en", "name"), ("ja", "name_ja"))
        if first[name]
    }
    aliases = [alias for row in rows for name in ALIASES for alias in _pieces(row.get(name, ""))]
    told = gather_fields({name: [_cell(row, name) for row in rows] for name in (*TOLD, *SAID)})
    country = _cell(first, "nationalities") or _cell(first, "country")
    code = places.coded(country)
    kind = KINDS.get(first["kind"])
    where = [", ".join(filter(None, (_cell(row, "city"), _cell(row, "country")))) for row in rows]
    return Listing(
        subject=Entity(
            names=names,
            aliases=tuple(alias for alias in dict.fromkeys(aliases) if alias not in names.values()),
            kind=kind or "other",
            country=code,
            ids={"UN": first["un"]} if first.get("un") else {},
            addresses=tuple(dict.fromkeys(filter(None, where))),
        ),
        fields=told | ({"country": country} if country and not code else {}),
        unread=() if kind else (f"a kind of subject: {first['kind']}",),
    )


def _cell(row: Cells, name: str) -> str:
    """A cell in English, else in Japanese."""
    return row.get(name) or row.get(f"{name}_ja", "")


def _pieces(cell: str) -> list[str]:
    return [piece.strip() for piece in PIECE.split(DESCRIBED.sub("", cell)) if piece.strip()]
