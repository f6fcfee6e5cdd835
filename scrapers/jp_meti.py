"""Japan: Ministry of Economy, Trade and Industry (経済産業省): the End User List (外国ユーザーリスト)."""

import re
from collections.abc import Iterator, Sequence

from monitor import (
    Busy,
    Entity,
    ErrorKind,
    LayoutChanged,
    Link,
    Listing,
    NotThePage,
    Page,
    Register,
    source,
)
from monitor.extract.en import places
from monitor.source.formats import folded, html_tables, key, table
from monitor.source.formats.prose import words
from monitor.source.formats.table import Cells, Columns
from monitor.vocabulary import countries
from monitor.vocabulary.letters import WIDE_RANGE, bare

COLUMNS = Columns.of(
    """
number: No. | No | 番号
country: 国名、地域名 Country or Region | Country or Region | 国名、地域名
name: 企業名､組織名 Company or Organization | Company or Organization | 企業名、組織名
aliases: 別名 Also Known As | Also Known As | 別名
weapons: 懸念区分 Type of WMD | Type of WMD | 懸念区分
conventional: 通常兵器 Conventional Weapons | Conventional Weapons | 通常兵器
""",
    needed="number, country, name, aliases, weapons",
)
LIST = re.compile(r"外国ユーザーリスト|End User List", re.IGNORECASE)
FILE = re.compile(r"(?:/(\d{4})(\d\d)(\d\d)|(?<![^/]))[^/]*\.(xlsx?|pdf)$", re.IGNORECASE)
KANA = r"[\u30a1-\u30fa\u30fc-\u30ff\uff66-\uff9f]"
# The dot before each alias, which in a PDF has no space around it; between two letters of katakana
# it is a part of a name.
BULLET = re.compile(rf"(?:(?<!{KANA})[・･•]|[・･•](?!{KANA}))\s*+")
ITSELF = re.compile(r"リスト本体")  # beside it stands a notice that only speaks of the list
LATIN = re.compile(r"[A-Za-z].*", re.DOTALL)
WRAPPED = re.compile(rf"(?<=[{WIDE_RANGE}])\s++|(?<!\s)\s++(?=[{WIDE_RANGE}])")
# biological, chemical, missiles, nuclear; conventional weapons
WEAPONS = ("B", "C", "M", "N", "CW")
LETTERS = re.compile("[A-Z]+")
HEAD = re.compile(rf"(?:^|(?<=\.))[ \u3000]*+(\d{{1,4}})\s*+(?=[^\n]*[{WIDE_RANGE}])", re.MULTILINE)
UPDATED = re.compile(r"最終更新日\s*[：:]\s*(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日")
JAPANESE = re.compile(rf"[{WIDE_RANGE}）」]")
KNOWN_AS = ", a.k.a."
DASHED = re.compile(r"(?:;(?: and)?|:)\s*-\s*")


@source(
    name="METI End User List",
    authority="jp-meti",
    url="https://www.meti.go.jp/policy/anpo/law05.html",
    every="30 minutes",
    language="ja",
)
def end_user_list(page: Page) -> Iterator[Link]:
    """The page on the law of export control, and each release on a new edition: the list as a
    sheet, else as a PDF.
    """
    words(page)
    files = [link for link in page.links("a[href]", read=end_users) if FILE.search(link.url)]
    lists = (
        [link for link in files if ITSELF.search(link.title)]
        or [link for link in files if LIST.search(link.title)]
        or [link for link in files if link.url.lower().endswith(".xlsx")]
    )
    if not lists:
        raise LayoutChanged(f"{page.url}: no file is called the End User List")
    yield max(
        lists, key=lambda link: (_edition(link.url) or "", not link.url.lower().endswith(".pdf"))
    )


def _edition(url: str) -> str | None:
    """The day in a file's name: `20250929_4.xlsx`."""
    named = FILE.search(url)
    return f"{named[1]}-{named[2]}-{named[3]}" if named and named[1] else None


@source(
    name="METI releases on the End User List",
    authority="jp-meti",
    # the feed (ml_index_release_atom.xml) stands still
    url="https://www.meti.go.jp/press/index.html",
    every="30 minutes",
    busy=Busy("Mon-Fri", "08:30-19:00", "Asia/Tokyo", every="5 minutes"),
    language="ja",
    captured="2026-08",
)
def releases(page: Page) -> Iterator[Link]:
    """The ministry's newest releases, of which only those on the list are followed; it is there
    before the page on the law is.
    """
    words(page)
    if page.body.whole.lstrip().startswith(b"<?xml"):
        found = [
            Link(entry.url, read=end_user_list.read, title=entry.title) for entry in page.feed()
        ]
    else:
        found = [*page.links("div.txt_box a.cut_txt", read=end_user_list.read, at_least=5)]
    yield from (link for link in found if LIST.search(link.title))


def end_users(page: Page) -> Register:
    """The whole list, from a sheet, a PDF or a page: the publisher gives it in each, and numbers
    its rows, which is no id.
    """
    rows = table.named(_joined(_rows(page)), COLUMNS, page.url)
    numbers = [row["number"] for row in rows.rows]
    if numbers != [str(number) for number in range(1, len(numbers) + 1)]:
        gap = next(
            number for number, printed in enumerate([*numbers, ""], 1) if printed != str(number)
        )
        raise NotThePage(f"{page.url}: row number {gap} is missing", kind=ErrorKind.INCOMPLETE)
    return table.register(
        "jp-meti-end-users",
        rows.without("number"),
        id=_known_as,
        read=listing,
        published=_edition(page.url),
    )


def _rows(page: Page) -> Iterator[Sequence[str]]:
    packed = page.binary()
    for block in packed.blocks if packed else html_tables.tables(page):
        yield from block.rows


def _joined(rows: Iterator[Sequence[str]]) -> Iterator[Sequence[str]]:
    """A row that goes on on the next page has no number there."""
    above: Sequence[str] = ()
    for row in rows:
        if above and len(row) == len(above) and not row[0].strip():
            above = [f"{upper}\n{lower}".strip() for upper, lower in zip(above, row, strict=True)]
            continue
        if above:
            yield above
        above = row
    if above:
        yield above


def _known_as(row: Cells) -> str:
    """Country and name, the name by its letters alone, since each form of the list breaks its
    lines elsewhere.
    """
    return key(_place(row["country"]) or row["country"], bare(row["name"]))


def _place(country: str) -> str | None:
    """`イラン Islamic Republic of Iran` as IR: by the English name, else by the Japanese one."""
    latin = LATIN.search(country)
    own = country[: latin.start()].strip() if latin else country.strip()
    return (places.coded(latin[0]) if latin else None) or countries.spelt("ja").get(own)


def _unknown_place(country: str) -> dict[str, str]:
    """A country that has no code, as it is printed."""
    printed = " ".join(country.split())
    return {} if _place(country) or not printed else {"country": printed}


def listing(rows: Sequence[Cells]) -> Listing:
    """One organisation; of one that is printed twice the words of both."""
    first = rows[0]
    aliases = [alias for row in rows for alias in _aliases(row["aliases"])]
    told = [
        folded(cell)
        for row in rows
        for cell in (row["weapons"], row.get("conventional", ""))
        if cell
    ]
    letters = [letter for cell in told for letter in LETTERS.findall(cell)]
    kinds = tuple(kind for kind in WEAPONS if kind in letters)
    strange = [letter for letter in letters if letter not in WEAPONS] + [
        cell for cell in told if not LETTERS.search(cell)
    ]
    return Listing(
        subject=Entity(
            names={"en": _line(first["name"].lstrip("・･• "))},
            aliases=tuple(dict.fromkeys(aliases)),
            kind="org",
            country=_place(first["country"]),
        ),
        fields=({"weapons": kinds} if kinds else {}) | _unknown_place(first["country"]),
        unread=tuple(f"a type of weapons: {words}" for words in dict.fromkeys(strange)),
    )


def _aliases(cell: str) -> list[str]:
    return [alias for alias in (_line(piece) for piece in BULLET.split(cell)) if alias]


def _line(cell: str) -> str:
    """Words without the breaks of lines that each form has elsewhere."""
    return WRAPPED.sub("", " ".join(cell.split()))


@source(
    name="METI lists on Russia and Belarus",
    authority="jp-meti",
    url="https://www.meti.go.jp/policy/external_economy/trade_control/02_export/17_russia/russia.html",
    every="1 hour",
    language="ja",
)
def russia(page: Page) -> Iterator[Link]:
    """The page on exports to Russia: three files with whom nobody may export to, in Russia, in
    Belarus and elsewhere.
    """
    words(page)
    files = [link for link in page.links("a[href]", read=in_russia) if "特定団体一覧" in link.title]
    for place, read in (("ロシア", in_russia), ("ベラルーシ", in_belarus), ("第三国", elsewhere)):
        found = [link for link in files if place in link.title]
        if len(found) != 1:
            raise LayoutChanged(
                f"{page.url}: {len(found)} files list organisations of {place}, expected one"
            )
        yield Link(found[0].url, read=read, title=found[0].title)


def in_russia(page: Page) -> Register:
    """Organisations of Russia."""
    return _banned(page, "ロシア連邦")


def in_belarus(page: Page) -> Register:
    """Organisations of Belarus."""
    return _banned(page, "ベラルーシ共和国")


def elsewhere(page: Page) -> Register:
    """Organisations of other countries."""
    return _banned(page, "第三国")


def _banned(page: Page, place: str) -> Register:
    """A list in prose: a number and the Japanese name, the English one with aliases, then where
    they are.
    """
    text = page.document().text
    if f"{place}の団体" not in text.partition("\n")[0]:
        raise NotThePage(f"{page.url}: not the list of organisations of {place}")
    heads: list[re.Match[str]] = []
    for match in HEAD.finditer(text):  # addresses begin with numbers too, but not with the next one
        heads += [match] if int(match[1]) == len(heads) + 1 else []
    if not heads:
        raise LayoutChanged(f"{page.url}: no numbered organisations")
    ends = [match.start() for match in heads[1:]] + [len(text)]
    rows = tuple(
        _organisation(text[match.end() : end]) for match, end in zip(heads, ends, strict=True)
    )
    if unnamed := [number for number, row in enumerate(rows, 1) if not row["en"]]:
        raise LayoutChanged(f"{page.url}: organisation {unnamed[0]} has no English name")
    day = UPDATED.search(text)
    return table.register(
        "jp-export-bans",
        table.Table(rows),
        id=lambda row: key(row["en"].partition(KNOWN_AS)[0]),
        read=banned,
        published=f"{day[1]}-{int(day[2]):02}-{int(day[3]):02}" if day else None,
    )


def _organisation(text: str) -> Cells:
    names, _, address = text.partition("所在地")
    end = max((match.end() for match in JAPANESE.finditer(names)), default=0)
    parts = {"ja": names[:end], "en": names[end:], "address": address.lstrip("：: ")}
    return {name: _line(part) for name, part in parts.items()}


def banned(rows: Sequence[Cells]) -> Listing:
    """One organisation."""
    name, _, others = rows[0]["en"].partition(KNOWN_AS)
    own, _, others_ja = rows[0]["ja"].partition("（別称、")
    aliases = [*DASHED.split(others)[1:], *re.split("、|及び", others_ja.rstrip("）"))]
    return Listing(
        subject=Entity(
            names={"en": name, "ja": own},
            aliases=tuple(
                dict.fromkeys(alias for piece in aliases if (alias := piece.strip(" .;")))
            ),
            kind="org",
            addresses=tuple(
                where.strip(" .")
                for where in re.split(r";(?: and)? ", rows[0]["address"])
                if where.strip(" .")
            ),
        )
    )
