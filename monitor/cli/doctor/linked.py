"""The first pages that a source links to, read as their reader reads them: a list whose acts can't be read is not well."""

import asyncio
import re
from dataclasses import dataclass

from monitor import vocabulary
from monitor.cli.doctor.saved import proven
from monitor.errors import MonitorError, SourceError
from monitor.fetch import Fetched, Fetcher
from monitor.source.page import Link, Page, Register
from monitor.source.scraper import Source, read_all, reader_name, tally
from monitor.vocabulary import NamedRegister
from monitor.vocabulary.letters import HAN_RANGE

MOST = 3  # pages of one source
TURN = 30.0  # seconds for each
NAMED = 3  # registers
CALLED_LIST = re.compile(
    rf"[“《]([{HAN_RANGE}“”]{{2,24}}(?:清单|名单|目录|リスト))[”》]|(?<![\w'-])((?:[A-Z][\w'-]*+\s){{1,5}}(?:List|Register|Schedule)\b)"
)


@dataclass(frozen=True)
class Followed:
    """A page that the source links to: how many facts its reader finds, else what was wrong.

    `nothing` says why there may be none, where no saved page shows that this reader ever found any.
    """

    url: str
    reader: str
    facts: int = 0
    problem: str = ""
    nothing: str = ""

    @property
    def words(self) -> str:
        """In one line."""
        if self.problem:
            return f"a page it links to can't be read: {self.problem}"
        return "" if self.nothing else f"a page it links to gives {self.facts} fact{'s' * (self.facts != 1)}"


async def follow(source: Source, page: Page, fetcher: Fetcher) -> Followed | None:
    """What comes of the first links on a page, up to one that gives a fact; None where it has none, or only speaks of acts."""
    followed = None
    for link in _first(source, page):
        followed = await _visited(source, link, fetcher)
        if followed.facts:
            break
    return followed


async def _visited(source: Source, link: Link, fetcher: Fetcher) -> Followed:
    reader = reader_name(link.read)
    try:
        async with asyncio.timeout(TURN):
            answer = await fetcher.fetch(
                link.asks, size_limit=source.size_limit, deadline=source.deadline, proxy=source.proxy, render=source.render
            )
        assert isinstance(answer, Fetched), "asked without validators, a server can't say that nothing changed"
        links, facts = await asyncio.to_thread(tally, link.read, answer.page)
    except TimeoutError:
        return Followed(link.url, reader, problem=f"its turn did not come within {TURN:.0f} s")
    except SourceError as error:
        return Followed(link.url, reader, problem=f"{error.kind}: {error}")
    if links or facts or proven(source, reader):
        return Followed(link.url, reader, facts)
    return Followed(link.url, reader, nothing=_why(answer.page))


def _first(source: Source, page: Page) -> list[Link]:
    if source.kind != "acts":
        return []
    try:
        content = read_all(source.read, page)
    except SourceError:
        return []
    return [] if isinstance(content, Register) else [link for link in content if isinstance(link, Link)][:MOST]


def _why(page: Page) -> str:
    try:
        return why_nothing(page.document().text)
    except MonitorError as error:
        return str(error)


def why_nothing(text: str) -> str:
    """In words for whoever keeps the reader; what a page on another subject gives is none of their business, and they say so."""
    known = [register for register in vocabulary.current().registers.values() if _names(register, text)]
    strange = [match[1] or match[2].strip() for match in CALLED_LIST.finditer(text)]
    if known:
        called = ", ".join(register.name for register in known[:NAMED])
        return f"it names {called}, and no verb that is known does anything there"
    if strange:
        called = ", ".join(dict.fromkeys(strange[: NAMED * 3]))
        return f"it names no register that is known, but perhaps a new one ({called}): declare a NamedRegister"
    return "it names no register that is known, and controls no goods in words that are known"


def _names(register: NamedRegister, text: str) -> bool:
    names = (register.own, *register.written)
    return any(word and word in text for word in names) or any(
        re.search(phrase, text) for phrase in register.phrases or (re.escape(register.name),)
    )
