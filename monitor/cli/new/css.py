"""Finds the densest list of similar links on a page, and the shortest CSS that selects exactly it. Pure."""

import os.path
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count, islice
from urllib.parse import urljoin

from bs4 import BeautifulSoup, Tag

from monitor.vocabulary.letters import HAN

CHROME = re.compile(r"nav|menu|foot|header|crumb|pager|pagination|sidebar|share|lang", re.IGNORECASE)
NAMED = re.compile(r"[A-Za-z_][\w-]*")
PASSING = re.compile(
    r"\d{3}|^(?:active|current|on|cur|first|last|odd|even|hover|selected|clearfix|fl|fr|left|right)$", re.IGNORECASE
)
LEAST_LINKS = 3
LEAST_WIDTH = 12  # columns of a title on average; a menu's words are shorter
WIDEST = 80
DEEPEST = 6
WORTH = 2.0  # how much more a wider container must hold to be taken for the list


@dataclass(frozen=True)
class LinkList:
    """A list of links: its CSS, where it leads, how many columns its titles fill."""

    css: str
    links: tuple[str, ...]
    width: int


@dataclass(frozen=True)
class _Group:
    """Anchors that stand at the same place below one container."""

    container: Tag
    path: tuple[str, ...]
    anchors: dict[str, Tag]

    @property
    def width(self) -> int:
        return sum(_width(anchor) for anchor in self.anchors.values())


def densest_list(soup: BeautifulSoup, url: str) -> LinkList | None:
    """The list whose links say most, menus aside; None where the page has none."""
    best: _Group | None = None
    for group in sorted(_groups(soup, url), key=lambda group: (len(group.path), -group.width)):
        if best is None or group.width > WORTH * best.width or (len(group.path) == len(best.path) and group.width > best.width):
            best = group
    if best is None:
        return None
    css = _css(soup, best, url)
    return LinkList(css, tuple(_addresses(soup.select(css), url)), best.width)


def _groups(soup: BeautifulSoup, url: str) -> Iterator[_Group]:
    groups: dict[tuple[int, tuple[str, ...]], _Group] = {}
    for anchor, containers in _anchors(soup):
        address = _address(anchor, url)
        if not address or _is_chrome(anchor):
            continue
        path: tuple[str, ...] = (anchor.name,)
        for place, above in reversed(containers):
            group = groups.setdefault((place, path), _Group(above, path, {}))
            if address not in group.anchors or _width(anchor) > _width(group.anchors[address]):
                group.anchors[address] = anchor
            path = (above.name, *path)
    for group in groups.values():
        if len(group.anchors) >= LEAST_LINKS and group.width >= LEAST_WIDTH * len(group.anchors):
            yield group


def _anchors(soup: BeautifulSoup) -> Iterator[tuple[Tag, tuple[tuple[int, Tag], ...]]]:
    """The anchors in the order of the page, each with what it stands in, the nearest last, and the place of that on the page."""
    places = count()
    left: list[tuple[Tag, tuple[tuple[int, Tag], ...]]] = [(soup, ())]
    while left:
        node, containers = left.pop()
        if node.name == "a" and node.has_attr("href"):
            yield node, containers
        inside = (*containers, (next(places), node))[-DEEPEST:]
        left.extend((child, inside) for child in reversed(node.find_all(recursive=False)))


def _address(anchor: Tag, url: str) -> str:
    try:
        address = urljoin(url, str(anchor["href"]).strip())
    except ValueError:  # an address such as http://[
        return ""
    return address if address.startswith(("http://", "https://")) and not str(anchor["href"]).startswith("#") else ""


def _addresses(anchors: Sequence[Tag], url: str) -> dict[str, None]:
    return dict.fromkeys(address for anchor in anchors if (address := _address(anchor, url)))


def _is_chrome(anchor: Tag) -> bool:
    return any(
        above.name in ("nav", "header", "footer", "aside") or any(CHROME.search(name) for name in _own_names(above))
        for above in anchor.parents
        if above.name not in ("body", "html", "[document]")
    )


def _width(anchor: Tag) -> int:
    text = anchor.get_text(" ", strip=True)
    return min(len(text) + len(HAN.findall(text)), WIDEST)


def _own_names(node: Tag) -> list[str]:
    return [str(node.get("id") or ""), *node.get_attribute_list("class")]


def names_of(node: Tag) -> list[str]:
    """The CSS names of a node that are likely to stay: its id, then its classes; not those of a state or a number."""
    names = [name if name and NAMED.fullmatch(name) and not PASSING.search(name) else "" for name in _own_names(node)]
    selectors = [f"#{names[0]}"] if names[0] else []
    return selectors + [f"{node.name}.{name}" for name in names[1:] if name]


def _css(soup: BeautifulSoup, group: _Group, url: str) -> str:
    """The first of the candidates, shortest first, that selects these links and no other; else the one that comes nearest."""
    wanted = set(group.anchors)
    nearest, most = "a", -1.0
    for css in _candidates(group):
        selected = set(_addresses(soup.select(css), url))
        likeness = len(selected & wanted) / len(selected | wanted)
        if likeness > most:
            nearest, most = css, likeness
        if likeness == 1:
            break
    return nearest


def _candidates(group: _Group) -> Iterator[str]:
    heads = [*names_of(group.container), *_heads_above(group)]
    anchors = list(group.anchors.values())
    last = _common_class(anchors)
    tails = [*_tails(group.path, "a")] + ([*_tails(group.path, f"a.{last}")] if last else [])
    # letter by letter: /2025/art_1 and /2025/art_2 share more than a folder
    prefix = os.path.commonprefix([str(anchor["href"]) for anchor in anchors])  # noqa: RUF071
    if len(prefix) > 2 and '"' not in prefix and "\\" not in prefix:
        tails += _tails(group.path, f'a[href^="{prefix}"]')
    for tail in tails:
        yield from (f"{head} {tail}" for head in heads)
    yield from tails


def _tails(path: tuple[str, ...], anchor: str) -> list[str]:
    """Ways to say where in a row the link is, the loosest first: `li a`, `ul > li > a`."""
    rows = [tag for tag in path[:-1] if tag in ("li", "tr", "dt", "dd", "h2", "h3", "h4", "article")]
    loose = [f"{rows[-1]} {anchor}"] if rows else []
    return [*loose, anchor, " > ".join((*path[:-1], anchor))]


def _heads_above(group: _Group) -> Iterator[str]:
    """Named ancestors of a container, with the container's own tag where that says more."""
    for above in islice(group.container.parents, DEEPEST):
        for name in names_of(above) if above.name not in ("body", "html", "[document]") else []:
            yield f"{name} {group.container.name}"
            yield name


def _common_class(anchors: Sequence[Tag]) -> str:
    counted: defaultdict[str, int] = defaultdict(int)
    for anchor in anchors:
        for name in _own_names(anchor)[1:]:
            counted[name] += bool(NAMED.fullmatch(name) and not PASSING.search(name))
    return next((name for name, count in counted.items() if count == len(anchors)), "")
