"""A saved file of any kind → one line of facts and problems, as `monitor read --json` prints it."""

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from bs4 import BeautifulSoup

from monitor import extract, model
from monitor.config import files
from monitor.document import Document, decode, from_binary, from_html, from_text, weigh
from monitor.document.article import article
from monitor.document.error_pages import refuse
from monitor.errors import MonitorError, SourceError
from monitor.source.page import Body, Link, Page, Reader, Record, Register
from monitor.source.scraper import guard_reader, read_all, reader_name

MARKUP = re.compile(r"<(?:!doctype|html|head|body|div|p|table|ul|ol|span|br|article|section|h[1-6])\b[^>]*>", re.IGNORECASE)
LARGEST = 200 * files.MEGABYTE
DOCUMENT_NUMBER = b'"document_number"'  # what only the Federal Register's JSON has
Said = model.Fact | model.Excerpt | model.Linked | model.RegisterRead | model.Row
Read = Callable[[bytes, str], Iterable[Said]]


class Answer(model.Value, frozen=True):
    """One line: the file, its hash, what it says, and why it says nothing."""

    file: str
    sha256: str
    facts: tuple[Said, ...]
    problems: tuple[model.Problem, ...]


def read_file(path: Path, *, reader: Read | None = None, url: str = "") -> Answer:
    """What we understand of a saved file. A reader, if given, gets the bytes and the address.

    Raises:
        MonitorError: there is no such file, or it can't be opened.
    """
    body = files.body(path, most=LARGEST)
    facts, problems = _facts(body, reader or generic, url)
    return Answer(file=files.text_of(path), sha256=hashlib.sha256(body).hexdigest(), facts=facts, problems=problems)


def _facts(body: bytes, reader: Read, url: str) -> tuple[tuple[Said, ...], tuple[model.Problem, ...]]:
    try:
        return tuple(reader(body, url)), ()
    except SourceError as error:
        return (), (model.Problem(kind=error.kind, text=str(error)),)


def lines(paths: Iterable[Path], *, reader: Read | None = None, url: str = "") -> Iterator[Answer | MonitorError]:
    """An answer for each file, or the error that stands for it; one bad file never silences the others."""
    for path in paths:
        try:
            yield read_file(path, reader=reader, url=url)
        except MonitorError as error:
            yield error


def to_line(answer: Answer) -> str:
    """The answer as one line of JSON; empty lists are printed, since they are said, not absent."""
    facts = b",".join(model.to_json(fact) for fact in answer.facts).decode()
    problems = b",".join(model.to_json(problem) for problem in answer.problems).decode()
    head = model.to_json({"file": answer.file, "sha256": answer.sha256}).decode()
    return f'{head[:-1]},"facts":[{facts}],"problems":[{problems}]}}'


def generic(body: bytes, url: str = "") -> list[model.Fact]:
    """What the generic grammar understands of a page.

    Raises:
        SourceError: the bytes are no page.
    """
    if DOCUMENT_NUMBER in body and (loaded := _json(body)) is not None:
        return extract.us.federal_register(loaded)
    return extract.understand(document(body, url), url=url)


def _json(body: bytes) -> object:
    """What the bytes say as JSON; nothing where they are none."""
    try:
        return json.loads(body) if body.lstrip(b"\xef\xbb\xbf \r\n\t")[:1] in (b"{", b"[") else None
    except (ValueError, RecursionError):
        return None


def document(body: bytes, url: str = "") -> Document:
    """The words of a saved page of any kind; of a whole HTML page only its article.

    Raises:
        Unreadable: the bytes are empty, of no kind or charset we know, or too much to read.
        NotThePage: the words were ruined, or are an error's.
    """
    if packed := from_binary(body):
        return packed
    text = decode(body, declared="")
    refuse(text)
    if not MARKUP.search(text[:5000]):
        return from_text(text)
    weigh(text)
    soup = BeautifulSoup(text, "lxml")
    return from_html(soup, root=article(soup), url=url)


def by(read: Reader) -> Read:
    """A scraper's reader as a reader of saved bytes; a link it would follow is said as one, a register row by row."""

    def facts(body: bytes, url: str) -> Iterator[Said]:
        page = Page(url=url, body=Body(body))
        content = read_all(read, page)
        if isinstance(content, Register):
            with guard_reader(read, url):
                yield from rows(content)
            return
        for fact in content:
            yield _linked(fact) if isinstance(fact, Link) else fact

    return facts


def rows(register: Register) -> Iterator[model.RegisterRead | model.Row]:
    """A register as facts: first what it says of itself, then every record.

    Raises:
        SourceError: it is not whole.
    """
    records = list(register.records)
    register.refuse_short(len(records))
    yield model.RegisterRead(
        register=register.register, published=register.published, declared=register.declared, rows=len(records)
    )
    yield from (_row(register, record) for record in records)


def _row(register: Register, record: Record) -> model.Row:
    listing = register.read(record.raw)
    return model.Row(register=register.register, id=record.id, subject=listing.subject, fields=listing.fields)


def _linked(link: Link) -> model.Linked:
    return model.Linked(url=link.url, title=link.title, read=reader_name(link.read).partition(".")[2])
