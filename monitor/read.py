"""A saved file of any kind → one line of facts and problems, as `monitor read --json` prints it."""

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from bs4 import BeautifulSoup, Tag

from monitor import extract, model
from monitor.document import Document, decode, from_html, from_text
from monitor.errors import MonitorError, SourceError, Unreadable
from monitor.scraper import Link, Page, Reader, read_all, reader_name

MARKUP = re.compile(r"<(?:!doctype|html|head|body|div|p|table|ul|ol|span|br|article|section|h[1-6])\b[^>]*>", re.IGNORECASE)
BODIES = (
    "div.art-con",
    "[ergodic=article]",
    "div.art-con-gonggao",
    "#News_Body_Txt_A",
    "div.content_text",
    "div.news-main",
    "#UCAP-CONTENT",
    "div.TRS_Editor",
    "div.bd",
    "#zoom",
    "div.pages_content",
    "div.article-content",
    "div.article",
    "article",
    "main",
)
BINARY = {
    b"%PDF": "a PDF",
    b"PK\x03\x04": "a ZIP or office file",
    b"\x89PNG": "an image",
    b"\xff\xd8\xff": "an image",
    b"GIF8": "an image",
    b"\x1f\x8b": "a gzip file",
    b"\xd0\xcf\x11\xe0": "an old office file",
}
LEAST = 60

Read = Callable[[bytes, str], Iterable[model.Fact | model.Linked]]


class Answer(model.Value, frozen=True):
    """One line: the file, its hash, what it says, and why it says nothing."""

    file: str
    sha256: str
    facts: tuple[model.Fact | model.Linked, ...]
    problems: tuple[model.Problem, ...]


def read_file(path: Path, *, reader: Read | None = None, url: str = "") -> Answer:
    """What we understand of a saved file. A reader, if given, gets the bytes and the address.

    Raises:
        MonitorError: there is no such file, or it can't be opened.
    """
    try:
        body = path.read_bytes()
    except OSError as error:
        raise MonitorError(f"{path}: {error.strerror or error}") from error
    facts, problems = _facts(body, reader or generic, url)
    return Answer(file=str(path), sha256=hashlib.sha256(body).hexdigest(), facts=facts, problems=problems)


def _facts(body: bytes, reader: Read, url: str) -> tuple[tuple[model.Fact | model.Linked, ...], tuple[model.Problem, ...]]:
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
    return extract.understand(document(body, url), url=url)


def document(body: bytes, url: str = "") -> Document:
    """The words of a saved page of any kind; of a whole HTML page only its article.

    Raises:
        Unreadable: the bytes are empty, binary or in no charset we know.
        NotThePage: the words were ruined.
    """
    for magic, name in BINARY.items():
        if body.startswith(magic):
            raise Unreadable(f"not text: the body is {name}")
    text = decode(body, declared="")
    if not MARKUP.search(text[:5000]):
        return from_text(text)
    soup = BeautifulSoup(text, "lxml")
    return from_html(soup, root=_article(soup), url=url)


def _article(soup: BeautifulSoup) -> Tag | None:
    """The part of a page that holds its article: a body known by name, else where words are dense and links are few."""
    for selector in BODIES:
        found = [node for node in soup.select(selector) if len(node.get_text()) > LEAST]
        if found:
            return max(found, key=lambda node: len(node.get_text()))
    return _densest(soup)


def _densest(soup: BeautifulSoup) -> Tag | None:
    best, most = None, 0
    for node in soup.find_all(["div", "td", "section", "body"]):
        own = sum(
            len(part.get_text(strip=True)) for part in node.find_all(["p", "br", "li", "span", "h1", "h2"], recursive=False)
        )
        linked = sum(len(anchor.get_text(strip=True)) for anchor in node.find_all("a"))
        score = own - 3 * linked
        if score > most:
            best, most = node, score
    return best


def by(read: Reader) -> Read:
    """A scraper's reader as a reader of saved bytes; a link it would follow is said as one."""

    def facts(body: bytes, url: str) -> Iterator[model.Fact | model.Linked]:
        for found in read_all(read, Page(url=url, body=body)):
            yield _linked(found) if isinstance(found, Link) else found

    return facts


def _linked(link: Link) -> model.Linked:
    return model.Linked(url=link.url, title=link.title, read=reader_name(link.read).partition(".")[2])
