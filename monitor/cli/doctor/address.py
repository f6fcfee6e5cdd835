"""One source's address, looked at from the outside: does its name resolve, who answers, what comes, what its reader finds."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from urllib.parse import urlsplit

from monitor.cli.doctor.linked import Followed, follow
from monitor.clock import Clock
from monitor.config.proxies import DIRECT
from monitor.errors import ErrorKind, SourceError
from monitor.fetch import Fetched, Fetcher, Seen
from monitor.fetch.connect import resolve
from monitor.model import Problem
from monitor.source.page import Page, Request
from monitor.source.scraper import Source

LOOKUP = 10.0  # seconds for a name
TURN = 45.0  # seconds for everything: sources of one slow host wait for each other


@dataclass(frozen=True)
class Examined:
    """A source and what came of asking for its page."""

    source: Source
    url: str
    answers: tuple[Seen, ...] = ()
    page: Page | None = None
    problem: Problem | None = None
    followed: Followed | None = None


@dataclass
class _Visit:
    """What is known so far, kept where a timeout can't take it away."""

    answers: list[Seen] = field(default_factory=list)


async def unresolved(sources: Sequence[Source], now: datetime) -> Mapping[str, Problem]:
    """The hosts whose names don't resolve, each looked up once; of those that are asked through a proxy it looks."""
    direct = [source for source in sources if source.proxy in ("", DIRECT)]
    hosts = {_host(request.url) for source in direct for request in source.requests(now)}
    problems = await asyncio.gather(*(_lookup(host) for host in sorted(hosts)))
    return {host: problem for host, problem in zip(sorted(hosts), problems, strict=True) if problem}


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:  # an address such as http://[; the fetcher names what is wrong with it
        return ""


async def _lookup(host: str) -> Problem | None:
    if not host:
        return None
    try:
        async with asyncio.timeout(LOOKUP):
            await resolve(host, 443)
    except TimeoutError:
        return Problem(kind=ErrorKind.DNS, text=f"{host}: no answer from the resolver within {LOOKUP:.0f} s")
    except (OSError, UnicodeError):
        return Problem(kind=ErrorKind.DNS, text=f"{host}: the name does not resolve")
    return None


async def examine(source: Source, fetcher: Fetcher, clock: Clock, nowhere: Mapping[str, Problem]) -> Examined:
    """Ask for a source's page; in January last year's too, where this year's has not begun."""
    examined = Examined(source, source.request.url)
    for request in source.requests(clock.now()):
        if source.proxy in ("", DIRECT) and (problem := nowhere.get(_host(request.url))):
            return Examined(source, request.url, problem=problem)
        examined = await _visit(source, request, fetcher)
        if examined.problem is None:
            break
    if examined.page is None:
        return examined
    return replace(examined, followed=await follow(source, examined.page, fetcher))


async def _visit(source: Source, request: Request, fetcher: Fetcher) -> Examined:
    visit = _Visit()
    page, problem = None, None
    try:
        async with asyncio.timeout(TURN):
            answer = await fetcher.fetch(
                request,
                size_limit=source.size_limit,
                deadline=source.deadline,
                watch=visit.answers.append,
                proxy=source.proxy,
                render=source.render,
            )
        assert isinstance(answer, Fetched), "asked without validators, a server can't say that nothing changed"
        page = answer.page
    except TimeoutError:
        problem = Problem(kind=ErrorKind.TURN, text=f"{_host(request.url)}: its turn did not come within {TURN:.0f} s")
    except SourceError as error:
        problem = Problem(kind=error.kind, text=str(error))
    return Examined(source, request.url, tuple(visit.answers), page, problem)
