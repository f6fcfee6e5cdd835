"""The content of a pack: the record as JSON, the quotes with their places, the words of the pages.
Reads the archive.
"""

import warnings
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import msgspec

from monitor.clock import format_instant
from monitor.diff import ChangeKind
from monitor.document import Block, BlockKind, has_markup, read_text
from monitor.errors import EvidenceLost, SourceError
from monitor.evidence.verify import find_said, split_quote
from monitor.model import Announcement, Entity, Evidence, Item, Report, fact_from_json, frozen
from monitor.source.page import Body, Page
from monitor.store import Dossier, Finding, RowKept, Telling, acts
from monitor.store.archive import Archive

# The words that an act's reading rests on, and their places in its page.

SHORTEST = 2  # characters, the least that is worth looking for


@frozen
class Quote:
    """Words of a page, and of what in the act they are the proof (`measures[0].starts`)."""

    of: str
    words: str


def list_quotes(fact: Announcement | Report) -> Iterator[Quote]:
    """List every quote of an act in the order of its text; a subject without words of its own is
    quoted by name.
    """
    if isinstance(fact, Announcement):
        for number, measure in enumerate(fact.measures):
            place = f"measures[{number}]"
            yield from _quote_words(place, measure.quote)
            for name, day in (("starts", measure.starts), ("ends", measure.ends)):
                yield from _quote_words(f"{place}.{name}", day.quote if day else "")
            yield from _quote_things(f"{place}.entities", measure.entities)
            yield from _quote_things(f"{place}.items", measure.items)
        for number, part in enumerate(fact.not_read):
            yield from _quote_words(f"not_read[{number}]", part.quote)
        for number, quote in enumerate(fact.beside):
            yield from _quote_words(f"beside[{number}]", quote)
    else:
        yield from _quote_things("mentions.entities", fact.mentions.entities)


def _quote_things(place: str, things: Sequence[Entity | Item]) -> Iterator[Quote]:
    for number, thing in enumerate(things):
        yield from _quote_words(
            f"{place}[{number}]", thing.quote or next(iter(thing.names.values()), "")
        )


def _quote_words(place: str, words: str) -> Iterator[Quote]:
    if len("".join(words.split())) >= SHORTEST:
        yield Quote(place, words)


class Words:
    """The words of a page, for finding quotes in spite of other white space and line breaks."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._kept = [place for place, letter in enumerate(text) if not letter.isspace()]
        self._squeezed = "".join(text[place] for place in self._kept)

    def place(self, quote: str, after: int = 0) -> tuple[int, int] | None:
        """Return a quote's start and end, after that place if possible; None if it is not there. A
        quote with gaps goes from its first part to its last, as near to its longest part as
        possible.
        """
        said = split_quote(quote)
        start = bisect_left(self._kept, after)
        span = (self._find_span(said, start) or self._find_span(said, 0)) if said else None
        return (self._kept[span[0]], self._kept[span[1] - 1] + 1) if span else None

    def _find_span(self, said: list[str], start: int) -> tuple[int, int] | None:
        longest = max(range(len(said)), key=lambda number: len(said[number]))
        first = self._squeezed.find(said[longest], start)
        last = first + len(said[longest])
        for part in reversed(said[:longest]):
            first = self._squeezed.rfind(part, 0, first) if first >= 0 else first
        for part in said[longest + 1 :]:
            begins = self._squeezed.find(part, last)
            first, last = (first, begins + len(part)) if begins >= 0 else (begins, last)
        return (first, last) if first >= 0 else None


READ = (ChangeKind.REPORTED, *acts.READ)
LARGEST = 32 * 1024 * 1024  # the largest body to take words from; no act's page is as large


@dataclass(frozen=True)
class Contents:
    """A dossier with its bytes; `asked` is the query."""

    asked: tuple[str, ...]
    dossier: Dossier
    archive: Archive

    @cached_property
    def kept(self) -> tuple[str, ...]:
        """The bodies that the archive has, whole."""
        return tuple(
            sha256 for sha256 in sorted(self.dossier.bodies) if self.archive.is_whole(sha256)
        )

    @cached_property
    def missing(self) -> list[str]:
        """List missing parts, a sentence each."""
        lost = sorted(set(self.dossier.bodies) - set(self.kept))
        lacking = [f"the bytes {sha256}: not in the archive, or damaged there" for sha256 in lost]
        if unplaced := sum("text" not in quote and "bytes" not in quote for quote in self.quotes):
            lacking.append(
                f"{unplaced} quotes stand neither in the words nor in the bytes of their pages"
            )
        return lacking

    @cached_property
    def texts(self) -> Mapping[str, str]:
        """The words of each body that is cited, by its SHA-256."""
        return {sha256: words.text for sha256, words in self._words.items()}

    @cached_property
    def _words(self) -> Mapping[str, Words]:
        cited = dict.fromkeys(
            sha256 for finding in self._readings for sha256 in self._list_pages(finding)
        )
        read = {
            sha256: extract_words(body, self._content_types.get(sha256, ""))
            for sha256 in cited
            if (body := self._load_body(sha256))
        }
        return {sha256: Words(words) for sha256, words in read.items() if words}

    @cached_property
    def quotes(self) -> list[dict[str, Any]]:
        """List every quote once, with its place in its page's words, and whether the bytes
        themselves have it.
        """
        placed: dict[tuple[str, ...], dict[str, Any]] = {}
        for finding in self._readings:
            for quote, place in self._place_quotes(finding):
                told = {"act": finding.key, "of": quote.of, "words": quote.words, **place}
                placed.setdefault((finding.key, quote.of, quote.words, place.get("page", "")), told)
        return [
            {**quote, **said}
            for quote, said in zip(
                placed.values(), self._find_charsets([*placed.values()]), strict=True
            )
        ]

    @cached_property
    def _readings(self) -> list[Finding]:
        return [
            finding
            for finding in self.dossier.findings
            if finding.kind in READ and finding.evidence
        ]

    @cached_property
    def _of_act(self) -> Mapping[str, list[str]]:
        """The bodies in which an act was read, at any of its addresses."""
        bodies: dict[str, list[str]] = defaultdict(list)
        for finding in self.dossier.findings:
            bodies[finding.key] += finding.bodies
        return bodies

    def _list_pages(self, finding: Finding) -> list[str]:
        """List the texts that may have the words: its page, the annexes, then its other
        readings.
        """
        return [*dict.fromkeys([*finding.bodies, *self._of_act[finding.key]])]

    def _place_quotes(self, finding: Finding) -> Iterator[tuple[Quote, dict[str, Any]]]:
        """Each quote with its page and its place there; of a list each thing behind the one
        before it.
        """
        reached: dict[str, int] = {}
        for quote in list_quotes(fact_from_json(finding.fact)):
            pages = self._list_pages(finding)
            place: dict[str, Any] = {"page": pages[0]}
            for page in pages:
                words = self._words.get(page)
                after = (
                    reached.get(page, 0)
                    if "].items[" in quote.of or "].entities[" in quote.of
                    else 0
                )
                if words and (span := words.place(quote.words, after)):
                    place = {
                        "page": page,
                        "text": f"texts/{page}.txt",
                        "from": span[0],
                        "to": span[1],
                    }
                    reached[page] = span[1]
                    break
            yield quote, place

    def _find_charsets(self, placed: list[dict[str, Any]]) -> Iterator[dict[str, str]]:
        """Map each quote to the charset in which the page's bytes have it, if they do."""
        of_page: dict[str, list[str]] = defaultdict(list)
        for quote in placed:
            of_page[quote["page"]].append(quote["words"])
        charsets, said = dict[str, str](), dict[str, set[str]]()
        for page, words in of_page.items():
            body = self._load_body(page)
            if charset := find_charset(body, words):
                charsets[page], said[page] = charset, find_said(body, charset, words)
        for quote in placed:
            page = quote["page"]
            yield (
                {"bytes": f"bodies/{page}", "charset": charsets[page]}
                if quote["words"] in said.get(page, ())
                else {}
            )

    def _load_body(self, sha256: str) -> bytes:
        """Read the bytes in portions; none if they are lost, or too many."""
        with suppress(EvidenceLost):
            if sha256 in self.kept and len(body := self.archive.get(sha256)) <= LARGEST:
                return body
        return b""

    @cached_property
    def _content_types(self) -> Mapping[str, str]:
        came = [came for came in self.dossier.retrievals if came.responses]
        return {each.sha256: each.responses[-1].headers.get("content-type", "") for each in came}

    def record(self) -> dict[str, Any]:
        """All that is on record, as JSON has it."""
        wanted = {row.row for row in self.dossier.rows}
        # of which act each is
        about = {finding.id: finding.key for finding in self.dossier.findings}
        return {
            "asked": list(self.asked),
            "findings": [_encode_finding(finding, wanted) for finding in self.dossier.findings],
            "told": [_encode_telling(one, about) for one in self.dossier.tellings],
            "rows": [_encode_row(row, number) for number, row in enumerate(self.dossier.rows)],
            "arrivals": [
                {
                    "sha256": came.sha256,
                    "at": format_instant(came.at),
                    "hops": list(map(msgspec.to_builtins, came.responses)),
                }
                for came in self.dossier.retrievals
            ],
        }


def _encode_telling(telling: Telling, about: Mapping[int, str]) -> dict[str, Any]:
    names = ("key", "kind", "destination", "severity", "state", "said")
    return {
        **{name: str(getattr(telling, name)) for name in names},
        "about": about.get(telling.finding or 0),
        "owed_at": format_instant(telling.owed_at),
        "told_at": format_instant(telling.told_at) if telling.told_at else None,
    }


def _encode_row(row: RowKept, number: int) -> dict[str, Any]:
    return {
        **{name: getattr(row, name) for name in ("register", "reader", "row", "name", "url")},
        "action": f"{'before ' if row.before else ''}{row.action or 'stands'}",
        "at": format_instant(row.at),
        "gone": format_instant(row.gone) if row.gone else None,
        "body": row.sha256,
        "file": name_row_file(number),
    }


def _encode_finding(finding: Finding, rows: set[str]) -> dict[str, Any]:
    fact = msgspec.json.decode(finding.fact)
    if finding.kind is ChangeKind.EDITION:  # the other rows are not in question
        fact["changes"] = [change for change in fact.get("changes", ()) if change["id"] in rows]
        fact.pop("held", None)
    return {
        "at": format_instant(finding.at),
        "kind": str(finding.kind),
        "key": finding.key,
        "source": finding.source,
        "page": _encode_evidence(finding.evidence) if finding.evidence else None,
        "annexes": [
            {"title": title, **_encode_evidence(evidence)} for title, evidence in finding.annexes
        ],
        "fact": fact,
    }


def _encode_evidence(evidence: Evidence) -> dict[str, Any]:
    """Describe the origin of bytes; a person who handed them in stays unnamed."""
    came = {"url": evidence.url, "sha256": evidence.sha256, "fetched_at": evidence.fetched_at}
    return {**came, "handed_in_at": evidence.handed.at} if evidence.handed else came


def name_row_file(number: int) -> str:
    """Return the path of a record's bytes in a pack."""
    return f"rows/{number:05}"


# The words of an archived body, by the monitor's readers; PDF and office files open in their child
# process.

CHARSETS = ("utf-8", "gb18030", "big5hkscs", "euc_jp", "shift_jis", "euc_kr", "cp1252", "utf-16")
# PDF, office files: their bytes do not have the words as they are
PACKED = (b"%PDF", b"PK\x03\x04", b"\xd0\xcf\x11\xe0")


def extract_words(body: bytes, content_type: str = "") -> str | None:
    """Return all words of a page or file, a line a block, with tabs between a row's cells; None if
    it has no readable words.
    """
    try:
        with warnings.catch_warnings():
            # that what is read as HTML is XML: its words are all that is wanted
            warnings.simplefilter("ignore", UserWarning)
            page = Page("", Body(body), content_type=content_type)
            document = page.binary() or (
                page.document() if _is_tagged(page.text) else read_text(page.text)
            )
            return "\n".join(map(_join_cells, document.blocks)) + "\n"
    except SourceError:
        return None


def _is_tagged(text: str) -> bool:
    """Return whether a text is HTML or XML."""
    return text.lstrip().startswith("<") or has_markup(text)


def find_charset(body: bytes, quotes: list[str]) -> str | None:
    """Find the charset in which the bytes have these quotes without our code: most of them, at
    least one.
    """
    charsets: tuple[str, ...] = CHARSETS
    if body.startswith(PACKED):
        return None
    with suppress(UnicodeDecodeError):
        body.decode()
        charsets = CHARSETS if b"\0" in body else CHARSETS[:1]
    best, most = None, 0
    for charset in charsets if quotes else ():  # each takes as long as all quotes are looked for
        if (count := len(find_said(body, charset, quotes))) > most:
            best, most = charset, count
        if most == len({*quotes}):
            break
    return best


def _join_cells(block: Block) -> str:
    if block.kind is BlockKind.TABLE:
        return "\n".join("\t".join(" ".join(cell.split()) for cell in row) for row in block.rows)
    return " ".join(block.text.split())
