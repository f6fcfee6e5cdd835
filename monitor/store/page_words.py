"""Search the words of archived pages, one row a line: by FTS5 in SQLite, by text search in
PostgreSQL.

East Asian scripts have no blanks. A mark round each of their characters makes each a word and a
query a phrase.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from itertools import islice
from typing import Any

from sqlalchemy import select, text

from monitor.model import Fact, fact_from_json, frozen
from monitor.store import dialect
from monitor.store.columns import make_storable
from monitor.store.session import Session
from monitor.store.tables import AddressRow, ReadingRow
from monitor.vocabulary.letters import EAST_ASIAN

APART = "\x1f"
BESIDE_EAST_ASIAN = re.compile(rf"(?<={EAST_ASIAN.pattern})|(?={EAST_ASIAN.pattern})")
LONGEST = 2_000  # characters of a row: PostgreSQL knows only 256 places of a word
TWICE = 300  # characters that a row has of the one before it, where a line is cut: no phrase is
LINES = 1 << 19  # of a page; the number of a row begins with 44 bits of the hash
PAGES, NEIGHBOURS = 1 << 44, 8  # a page with the 44 bits of another takes one of the next numbers
# PostgreSQL, which takes what has signs within for addresses and files, is given bare words
KEEP = {
    False: "INSERT INTO page_line (rowid, sha256, words) VALUES (:rowid, :sha256, :line)",
    True: "INSERT INTO page_line VALUES (:rowid, :sha256, :line, to_tsvector('simple', :words))",
}
FIND = {
    False: "SELECT sha256, words FROM page_line WHERE page_line MATCH :phrase ORDER BY rowid",
    True: (
        "SELECT sha256, words FROM page_line WHERE vector @@ phraseto_tsquery('simple', :phrase)"
        " ORDER BY rowid"
    ),
}
KEPT_AT = text("SELECT sha256 FROM page_line WHERE rowid = :first")
FORGET = text("DELETE FROM page_line WHERE rowid BETWEEN :first AND :last")
# the text of a watched page of config.toml has another prefix
IS_FACT = ReadingRow.fact.startswith('{"type":')


@frozen
class Passage:
    """A line of an archived page with the words, the facts of the page, and how many `more` of its
    lines match.
    """

    words: str
    url: str
    sha256: str
    facts: tuple[Fact, ...]
    more: int


def keep_words(session: Session, pages: Mapping[str, Collection[str]]) -> None:
    """Index the lines of pages by their SHA-256; existing ones stay."""
    for sha256, lines in pages.items():
        kept = _list_numbers(session, sha256) if lines else {}
        if not lines or sha256 in kept.values():
            continue
        first = next(number for number, of in kept.items() if of is None)
        cut = (
            line[start : start + LONGEST]
            for line in lines
            for start in range(0, max(len(line) - TWICE, 1), LONGEST - TWICE)
        )
        rows = [
            {
                "rowid": number,
                "sha256": sha256,
                "line": _set_apart(line),
                "words": " ".join(list_words(line)),
            }
            for number, line in enumerate(islice(cut, LINES), first)
        ]
        session.execute(text(KEEP[dialect.is_postgres(session)]), rows)


def forget_words(session: Session, bodies: Collection[str]) -> None:
    """Let go of the lines of pages."""
    for sha256 in bodies:
        for first, of in _list_numbers(session, sha256).items():
            if of == sha256:
                session.execute(FORGET, {"first": first, "last": first + LINES - 1})


def list_pages_without_words(session: Session) -> list[tuple[str, str]]:
    """List the SHA-256 and address of pages with facts, and of their annexes, without indexed
    words.
    """
    known = set(session.execute(text("SELECT DISTINCT sha256 FROM page_line")).scalars())
    pages = {
        row.sha256: row.url
        for row in session.execute(select(ReadingRow.sha256, ReadingRow.url).where(IS_FACT))
    }
    annexes = select(AddressRow.sha256, AddressRow.request).where(
        AddressRow.parent.is_not(None), AddressRow.sha256.is_not(None)
    )
    pages |= {row.sha256: row.request.url for row in session.execute(annexes)}
    return [(sha256, url) for sha256, url in pages.items() if sha256 not in known]


def find_passages(session: Session, asked: str) -> list[Passage]:
    """Find pages with these words in their last reading, with the first such line. Punctuation
    counts if any line has it as in the query.
    """
    words = " ".join(list_words(asked))
    query = text(FIND[dialect.is_postgres(session)])
    found = session.execute(query, {"phrase": f'"{words}"'}).all() if words else []
    lines = [(sha256, line.replace(APART, "")) for sha256, line in found]
    exact = [(sha256, line) for sha256, line in lines if _fold_line(asked) in _fold_line(line)]
    by_page: dict[str, list[str]] = defaultdict(list)
    for sha256, line in exact or lines:
        by_page[sha256].append(line)
    read = _load_readings(session, by_page)
    return [
        Passage(lines[0], url, sha256, tuple(facts), len(lines) - 1)
        for sha256, lines in by_page.items()
        for url, facts in read[sha256].items()
    ]


def list_words(asked: str) -> list[str]:
    """List the words of a search text; nothing in it is syntax."""
    return re.findall(r"[^\W_]+", _set_apart(asked))


def _load_readings(
    session: Session, bodies: Collection[str]
) -> Mapping[str, Mapping[str, Sequence[Fact]]]:
    """Load the readings of these bodies, by body and address; an annex has the reading of its
    act's page.
    """
    read: dict[str, dict[str, list[Fact]]] = defaultdict(lambda: defaultdict(list))
    for row in session.list_among(ReadingRow, ReadingRow.sha256, bodies, IS_FACT):
        read[row.sha256][row.url].append(fact_from_json(row.fact))
    for annex in session.list_among(
        AddressRow, AddressRow.sha256, bodies, AddressRow.parent.is_not(None)
    ):
        page = session.get_one(AddressRow, annex.parent).request.url
        for row in session.list_rows(ReadingRow, IS_FACT, url=page):
            read[annex.sha256 or ""][annex.request.url].append(fact_from_json(row.fact))
    return read


def _list_numbers(session: Session, sha256: str) -> dict[int, str | None]:
    """The numbers that the first row of a page may have, each with the page that has it now."""
    begin = int(sha256[:11], 16)
    numbers = [(begin + further) % PAGES * LINES for further in range(NEIGHBOURS)]
    return {first: session.execute(KEPT_AT, {"first": first}).scalar() for first in numbers}


def _set_apart(line: str) -> str:
    plain: Any = make_storable(line.replace(APART, " "))
    return BESIDE_EAST_ASIAN.sub(APART, plain)


def _fold_line(line: str) -> str:
    return "".join(unicodedata.normalize("NFKC", line).casefold().split())
