"""Guess the best way to read a page: a feed, a JSON list, a list of links, one article. No I/O."""

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from io import BytesIO
from itertools import islice
from typing import Any, Literal
from urllib.parse import urljoin

import feedparser
from bs4 import BeautifulSoup, Tag

from monitor.cli.doctor.source import guess_extension
from monitor.errors import ConfigError
from monitor.model import frozen
from monitor.source.page import Page
from monitor.vocabulary import countries

Template = Literal["feed", "json", "list", "article"]
Keys = tuple[str | int, ...]
ADDRESS_KEY = re.compile(r"url|link|href", re.IGNORECASE)
TITLE_KEY = re.compile(r"title|subject|headline|name", re.IGNORECASE)
ADDRESS = re.compile(r"https?://\S+|\.{0,2}/\S+")
LEAST_ROWS = 2
CHROME = re.compile(
    r"nav|menu|foot|header|crumb|pager|pagination|sidebar|share|lang", re.IGNORECASE
)
NAMED = re.compile(r"[A-Za-z_][\w-]*")
PASSING = re.compile(
    r"\d{3}|^(?:active|current|on|cur|first|last|odd|even|hover|selected|clearfix|fl|fr|left|right)$",
    re.IGNORECASE,
)
ROWS = ("li", "tr", "dt", "dd", "h2", "h3", "h4", "article")
LEAST_LINKS = 3
LEAST_WIDTH = 12  # columns of a title on average; a menu's words are shorter
WIDEST = 80
DEEPEST = 6
WORTH = 2.0  # how much more a looser selector must find to be taken for the list
WHOLE = ("body", "html", "[document]")


@frozen
class Guess:
    """How to read a page: the template, its readers' names, the rows, and their links."""

    template: Template
    reader: str
    words: str
    title: str
    language: str
    linked: str = ""
    css: str = ""
    path: Keys = ()
    link_key: str = ""
    title_key: str = ""
    links: tuple[str, ...] = ()


def guess(page: Page) -> Guess:
    """The best way to read a page.

    Raises:
        ConfigError: none of our templates fits.
    """
    kind = guess_extension(page.body.whole)
    if kind == "xml" and (feed := _guess_feed(page)):
        return feed
    if kind == "json":
        return _guess_json(page)
    if kind == "html":
        return _guess_html(page)
    raise ConfigError(
        f"{page.url}: no template for {kind.upper()}; copy the scraper that is nearest to it"
    )


def _guess_feed(page: Page) -> Guess | None:
    feed = feedparser.parse(BytesIO(page.body.whole))
    links = tuple(str(entry.link) for entry in feed.entries if entry.get("link"))
    if not links:
        return None
    return Guess(
        template="feed",
        reader="news",
        linked="article",
        words=f"a feed with {len(links)} entries",
        title=str(feed.feed.get("title", "")),
        language=language_of(
            " ".join(entry.get("title", "") for entry in feed.entries),
            str(feed.feed.get("language", "")),
        ),
        links=links,
    )


def _guess_json(page: Page) -> Guess:
    try:
        body = json.loads(page.text)
    except (ValueError, RecursionError) as error:
        raise ConfigError(f"{page.url}: looks like JSON but is not: {error}") from error
    lists = [
        (path, rows, key) for path, rows in find_lists(body) if (key := _find_address_key(rows))
    ]
    if not lists:
        raise ConfigError(
            f"{page.url}: no list of rows with addresses in this JSON; copy the scraper that is"
            " nearest to it"
        )
    path, rows, key = max(lists, key=lambda listing: len(listing[1]))
    titles = _find_title_key(rows, key)
    return Guess(
        template="json",
        reader="announcements",
        linked="announcement",
        words=(
            f"JSON with {len(rows)} rows at {''.join(f'[{step!r}]' for step in path) or 'its top'},"
            f" address in {key!r}"
        ),
        title="",
        language=language_of(" ".join(str(row.get(titles)) for row in rows)),
        path=path,
        link_key=key,
        title_key=titles,
        links=tuple(urljoin(page.url, row[key]) for row in rows if isinstance(row.get(key), str)),
    )


def find_lists(value: Any) -> Iterator[tuple[Keys, list[dict[str, Any]]]]:
    """Iterate over every list of objects in a JSON value with its path; without recursion, because
    a page may nest for ever.
    """
    waiting: list[tuple[Keys, Any]] = [((), value)]
    while waiting:
        path, here = waiting.pop()
        if isinstance(here, dict):
            waiting += [((*path, key), inner) for key, inner in here.items()]
        elif isinstance(here, list):
            rows = [row for row in here if isinstance(row, dict)]
            if len(rows) >= LEAST_ROWS and len(rows) == len(here):
                yield path, rows
            waiting += [((*path, index), inner) for index, inner in enumerate(here[:1])]


def _find_address_key(rows: list[dict[str, Any]]) -> str:
    """Find the key with addresses in every row."""
    keys = [
        key
        for key in rows[0]
        if all(ADDRESS.fullmatch(str(row.get(key, "")).strip()) for row in rows)
    ]
    return max(keys, key=lambda key: (bool(ADDRESS_KEY.search(key)), -keys.index(key)), default="")


def _find_title_key(rows: list[dict[str, Any]], address: str) -> str:
    """The key with the words: one called a title, else that with the longest text."""
    keys = [
        key
        for key in rows[0]
        if key != address and all(isinstance(row.get(key), str) for row in rows)
    ]
    return max(
        keys,
        key=lambda key: (bool(TITLE_KEY.search(key)), sum(len(row[key]) for row in rows)),
        default=address,
    )


def _guess_html(page: Page) -> Guess:
    link_list = find_densest_list(page.soup, page.url)
    article = _find_densest_text(page.soup)
    title = page.soup.title.get_text(" ", strip=True) if page.soup.title else ""
    language = language_of(
        page.soup.get_text(" "), str(page.soup.html.get("lang") or "") if page.soup.html else ""
    )
    if link_list and link_list.width * 3 > (_count_own_words(article) if article else 0):
        description = f"a list of {len(link_list.links)} links, {link_list.css!r}"
        return Guess(
            "list",
            "announcements",
            description,
            title,
            language,
            linked="announcement",
            css=link_list.css,
            links=link_list.links,
        )
    css = find_article_css(page)
    if not css:
        raise ConfigError(
            f"{page.url}: neither a list of links nor an article with a name of its own (a list has"
            f" {LEAST_LINKS} links with the titles of what they lead to); copy a scraper near to it"
        )
    return Guess("article", "notice", f"one article or table, {css!r}", title, language, css=css)


def find_article_css(page: Page) -> str:
    """Find the CSS of the page's article or table; "" without a usable name."""
    if guess_extension(page.body.whole) != "html":
        return ""
    node = _find_densest_text(page.soup)
    while node and node.name not in WHOLE:
        for name in list_stable_names(node):
            if len(page.soup.select(name)) == 1:
                return name
        node = node.parent
    return ""


def find_rows_css(page: Page) -> str:
    """Find the CSS of a table's rows, if they have most of the page's words; "" if none do, or the
    name is not unique.
    """
    node = _find_densest_text(page.soup)
    table = node.find_parent("table") if node and node.name == "tbody" else node
    if table is None or table.name != "table" or len(table.find_all("tr")) <= LEAST_ROWS:
        return ""
    names = [
        f"{name} tr"
        for above in (table, *table.parents)
        for name in list_stable_names(above)
        if above.name not in WHOLE
    ]
    return next(
        (
            css
            for css in [*names, "table tr"]
            if len(page.soup.select(css)) == len(table.find_all("tr"))
        ),
        "",
    )


def _find_densest_text(soup: BeautifulSoup) -> Tag | None:
    """Find the node with the most words outside links in its own paragraphs or rows."""
    nodes = soup.find_all(["article", "main", "section", "div", "td", "table", "tbody"])
    return max(nodes, key=_count_own_words, default=None)


def _count_own_words(node: Tag) -> int:
    own = node.find_all(["p", "tr", "h1", "h2", "h3", "ol"], recursive=False)
    linked = node.find_all("a")
    return sum(_measure_node(part) for part in own) - 2 * sum(
        _measure_node(anchor) for anchor in linked
    )


def _measure_node(node: Tag) -> int:
    return measure_width(node.get_text(strip=True))


@frozen
class LinkList:
    """A list of links: its CSS, where it leads, how many columns its titles fill."""

    css: str
    links: tuple[str, ...]
    width: int


def find_densest_list(soup: BeautifulSoup, url: str) -> LinkList | None:
    """Find the list with the longest links, without menus; None if there is none. A looser selector
    must find much more.
    """
    looseness: dict[str, int] = {}
    # of each selector its addresses, and how many columns their titles fill
    found: dict[str, dict[str, int]] = {}
    for anchor in soup.select("a[href]"):
        if not (address := _get_address(anchor, url)) or _is_chrome(anchor):
            continue
        text = anchor.get_text(" ", strip=True)
        width = min(measure_width(text), WIDEST)
        for place, css in enumerate(_list_selectors(anchor)):
            looseness.setdefault(css, place)
            widths = found.setdefault(css, {})
            widths[address] = max(width, widths.get(address, 0))
    best, most = "", 0
    for css in sorted(found, key=lambda css: (looseness[css], -sum(found[css].values()))):
        width, count = sum(found[css].values()), len(found[css])
        if count >= LEAST_LINKS and width >= LEAST_WIDTH * count and width > WORTH * most:
            best, most = css, width
    if not best:
        return None
    links = dict.fromkeys(
        address for anchor in soup.select(best) if (address := _get_address(anchor, url))
    )
    return LinkList(best, tuple(links), most)


def _list_selectors(anchor: Tag) -> Iterator[str]:
    """Iterate over selectors of an anchor, the tightest first: by its nearest container, in a row
    of it or anywhere.
    """
    row = next((above for above in anchor.parents if above.name in ROWS), None)
    tails = [f"{row.name} a", "a"] if row else [*list_stable_names(anchor)[-1:], "a"]
    for above in islice(anchor.parents, DEEPEST):
        within = ["a"] if row and (above is row or row in above.parents) else tails
        yield from (
            f"{name} {tail}"
            for tail in within
            for name in list_stable_names(above)
            if above.name not in WHOLE
        )
    yield from tails


def _get_address(anchor: Tag, url: str) -> str:
    href = str(anchor["href"]).strip()
    try:
        address = urljoin(url, href)
    except ValueError:  # an address such as http://[
        return ""
    return (
        address if address.startswith(("http://", "https://")) and not href.startswith("#") else ""
    )


def _is_chrome(anchor: Tag) -> bool:
    return any(
        above.name in ("nav", "header", "footer", "aside")
        or any(map(CHROME.search, _list_own_names(above)))
        for above in anchor.parents
        if above.name not in WHOLE
    )


def _list_own_names(node: Tag) -> list[str]:
    return [str(node.get("id") or ""), *node.get_attribute_list("class")]


def list_stable_names(node: Tag) -> list[str]:
    """List the stable CSS names of a node: its id, then its classes; not those of a state or a
    number.
    """
    marks = ("#", *(f"{node.name}." for _ in node.get_attribute_list("class")))
    names = zip(marks, _list_own_names(node), strict=True)
    return [
        f"{mark}{name}"
        for mark, name in names
        if name and NAMED.fullmatch(name) and not PASSING.search(name)
    ]


# A text's language, by its script and its most common words; and its width.

OWN_GRAMMAR = ("zh", "en")  # a scraper calls it by its name
READ = (*OWN_GRAMMAR, "ja", "ko")  # languages of our grammars
UNKNOWN = "und"  # as ISO 639-2 has it
LETTER = re.compile(r"[^\W\d_]")
SHARE = 10  # one letter in so many, menus included, decides the script
SCRIPTS = {
    "HANGUL": "ko",
    "CJK": "zh",
    "HIRAGANA": "ja",
    "KATAKANA": "ja",
    "THAI": "th",
    "GREEK": "el",
    "HEBREW": "he",
}
WORD = re.compile(r"[^\W\d_]+")
ENGLISH = frozenset(WORD.findall("the of and to by with from that on its has"))
NO_ENGLISH = frozenset(
    WORD.findall(
        "de la le les des du et aux el los las y en un une del der die das den und von zu zur mit"
        " het een van voor met di il per con dei delle da do dos em para e o og på av om som til"
        " att för och är w z na się nie i ve ile için ya ja ei și că az és hogy dan yang untuk"
        " của và"
    )
)


def language_of(text: str, stated: str = "") -> str:
    """Return the language code (ISO 639); `stated` is the page's own statement, which may be
    wrong.
    """
    stated = stated.strip().lower().partition("-")[0]
    letters = LETTER.findall(text)
    counts = Counter(unicodedata.name(letter, "").partition(" ")[0] for letter in letters)
    del counts["LATIN"]
    most = max(counts, key=lambda script: counts[script], default="")
    kana = counts["HIRAGANA"] + counts["KATAKANA"]
    if most == "CJK" and kana * SHARE > counts["CJK"]:
        return "ja"
    if counts[most] * SHARE <= len(letters):
        return _guess_latin_language(text, stated)
    return SCRIPTS.get(most) or (stated if stated not in ("", *OWN_GRAMMAR) else UNKNOWN)


def _guess_latin_language(text: str, stated: str) -> str:
    words = [word.casefold() for word in WORD.findall(text)]
    english, other = (sum(word in common for word in words) for common in (ENGLISH, NO_ENGLISH))
    if stated not in ("", *OWN_GRAMMAR) and english <= max(other, 1):
        return stated
    if english > other:
        return "en"
    return "en" if not other and (stated == "en" or text.isascii()) else UNKNOWN


def describe_language(code: str) -> str:
    """`Korean` of `ko`."""
    return (
        countries.get_language_name(code)
        if code != UNKNOWN
        else "in a language that is not recognised"
    )


def measure_width(text: str) -> int:
    """Return a text's width in columns: an East Asian letter fills two."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)
