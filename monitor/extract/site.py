"""What a site prints around an act: a page may open with menus, a banner and where one is, or
with the annex, and close with the site's owner and its rights.
"""

import re
from collections.abc import Callable
from dataclasses import replace

from monitor.document import Block, Document
from monitor.extract.words import Language

WORDS = Language("").table("site")
TOP = 3  # blocks of a page, in which an annex stands that opens it
HEAD = 40  # blocks of a page in which its title stands
SHORTEST, LONGEST = 10, 200  # characters of a title
PROSE = 50  # characters of a line that ends as a sentence does
ENDED = re.compile(r"[。.;；:：!?！？,，、]\s*$")
MARK = re.compile(r"^\s*\d{1,2}\.\s+")  # of an entry of a path that is printed as a list


def drop_menus(document: Document, may_concern: Callable[[str], bool]) -> Document:
    """The page without the lines that say where one is; where a menu opens it, it begins at the
    first line that can be its title.
    """
    title = document.title.strip()
    lines = ["" if block.rows else block.text.strip() for block in document.blocks]
    paths = [place for place, line in enumerate(lines[:HEAD]) if WORDS.path.match(line)]
    above = lines[: paths[-1]] if paths else []  # what stands above a path is the site's
    menus = [place for place, line in enumerate(above) if line and line != title and _is_menu(line)]
    sites = {*paths, *menus}
    blocks = tuple(block for place, block in enumerate(document.blocks) if place not in sites)
    below = len(above) + 1 - len(sites) if title in above else 0
    if not WORDS.path.match(title):
        document = replace(document, blocks=blocks)
        is_menu = below > 0 or _is_menu(title) or WORDS.masthead.match(title) is not None
        # a short line above a path names the site's owner
        is_owner = below > 0 and len(title) <= 2 * SHORTEST
        is_ours = may_concern(title) and any(map(str.isalpha, title)) and not is_owner
        if not is_menu or is_ours:
            return document
    place, found = _find_title(blocks[below:HEAD], may_concern)
    if not found and WORDS.masthead.match(title):  # a page on another subject
        place, found = _find_title(blocks[below:HEAD], _has_words)
    head = (block for block in blocks[: below + place] if not _is_site(block.text.strip()))
    kept = (*head, *blocks[below + place :])
    return replace(document, title=found, blocks=kept) if found else document


def drop_chrome(document: Document) -> Document:
    """The page without the lines that are no act's wherever they stand: menus of several words with
    bars between them, rights, how a letter closes.
    """
    kept = [
        block
        for block in document.blocks
        if block.rows or not all(map(_is_chrome, block.text.strip().splitlines() or ("",)))
    ]
    return replace(document, blocks=tuple(kept)) if kept else document


def put_annex_last(document: Document) -> Document:
    """The page with its act first, where an annex is printed above it; others as they are."""
    lines = ["" if block.rows else block.text.strip() for block in document.blocks]
    above = (place for place, line in enumerate(lines[:TOP]) if WORDS.annex.match(line))
    first = next(above, len(lines))
    below = (place for place in range(first + 1, len(lines)) if WORDS.act_head.match(lines[place]))
    start = next(below, None)
    if start is None:
        return document
    while start > first + 1 and WORDS.letterhead.match(lines[start - 1]):
        start -= 1
    blocks = document.blocks
    title = lines[start] if WORDS.annex.match(document.title.strip()) else document.title
    turned = (*blocks[:first], *blocks[start:], *blocks[first:start])
    return replace(document, title=title, blocks=turned)


def _is_chrome(line: str) -> bool:
    """Return whether a line is the site's; one with bars has a word that only menus have."""
    line = line.strip()
    if not line or len(line) > LONGEST:
        return not line
    parts = [part.strip() for part in WORDS.bar.split(line)]
    is_menu = len(parts) > 2 and any(map(WORDS.menu_word.fullmatch, parts))
    return is_menu or WORDS.chrome.fullmatch(line) is not None


def _is_menu(line: str) -> bool:
    return len(line) <= PROSE and WORDS.menu.search(line) is not None


def _is_site(line: str) -> bool:
    return _is_menu(line) or WORDS.masthead.match(line) is not None


def _has_words(line: str) -> bool:
    """Return whether a line can be a title of any subject: it has words, and is no menu."""
    return " " in line and not _is_site(line)


def _find_title(blocks: tuple[Block, ...], may_concern: Callable[[str], bool]) -> tuple[int, str]:
    """The first line above all sentences that says its subject, and its place; 0 and "" if none."""
    for place, block in enumerate(blocks):
        line = block.text.strip()
        if ENDED.search(line) and len(line) > PROSE:
            break
        below = (each.text.strip() for each in blocks[place + 1 :])
        may_be = SHORTEST <= len(line) <= LONGEST and not (ENDED.search(line) or MARK.match(line))
        # a list of titles, as a search gives it, has no sentence
        if may_be and may_concern(line) and any(map(ENDED.search, below)):
            return place, line
    return 0, ""
