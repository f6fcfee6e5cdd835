"""A rendered page's own requests: which are allowed, how they are sent, what came. Only documents,
scripts and their requests: pictures, fonts and films have no words. A style sheet is answered
empty, because some scripts wait for one.
"""

import re
from collections import OrderedDict
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import field
from datetime import datetime, timedelta
from typing import Literal

import httpx

from monitor.errors import ErrorKind, FetchError, NotThePage
from monitor.fetch.answer import Validators, parse_http_date, refuse_failure
from monitor.fetch.body import read_body
from monitor.fetch.request_step import RequestStep, make_first_step
from monitor.model import frozen
from monitor.source.page import Request

MOST = 200  # requests of one page
ASKED = {"document", "script", "xhr", "fetch"}
STYLE = "stylesheet"
METHODS = ("GET", "POST", "HEAD")  # a reader of a page changes nothing
OURS = {
    "user-agent",
    "accept-encoding",
    "accept-language",
    "cookie",
    "host",
    "connection",
    "content-length",
    "range",
}
OF_BROWSERS = ("sec-", ":", "proxy-", "upgrade-")
BODILESS = (httpx.codes.NO_CONTENT, httpx.codes.RESET_CONTENT, httpx.codes.NOT_MODIFIED)
ANSWERED = {
    "content-encoding",
    "content-length",
    "transfer-encoding",
    "connection",
    "keep-alive",
    "content-security-policy",
}


@frozen
class PartRequest:
    """One request of a page, as its browser would send it."""

    url: str
    kind: str
    method: str = "GET"
    headers: Mapping[str, str] = field(default_factory=dict)
    content: bytes | None = None

    @property
    def said(self) -> dict[str, str]:
        """Return its headers, without ours and those that only describe a browser."""
        said = {name: value for name, value in self.headers.items() if name.lower() not in OURS}
        return {
            name: value for name, value in said.items() if not name.lower().startswith(OF_BROWSERS)
        }

    @property
    def name(self) -> str:
        """Return what identifies a request."""
        return f"{self.method} {self.url}"


@frozen
class FetchedPart:
    """The answer to a request."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def told(self) -> dict[str, str]:
        """The headers as they go on to the browser, which gets the body unpacked."""
        return {name: value for name, value in self.headers.items() if name.lower() not in ANSWERED}


def make_part_step(request: PartRequest, page: Request, cookies: str) -> RequestStep:
    """Build the request: with the page's own headers, if it goes to the same host.

    Raises:
        FetchError: the address can't be fetched ("request").
    """
    step = make_first_step(Request(request.url), Validators())
    if request.method not in METHODS:
        raise FetchError(
            f"{step.url.host}: a page that is looked at may not {request.method}",
            ErrorKind.REQUEST,
        )
    own = page.headers if step.url.host == httpx.URL(page.url).host else {}
    said = request.said | ({"cookie": cookies} if cookies else {})
    method: Literal["GET", "POST", "HEAD"] = request.method  # type: ignore[assignment]  # one of METHODS
    return RequestStep(step.url, method, headers=own, said=said, content=request.content)


async def make_part(answer: httpx.Response, *, limit: int, now: datetime) -> FetchedPart:
    """Return the answer, good or bad as a script sees it: "not found" and "forbidden" are answers.

    Raises:
        FetchError: the server failed or asks for a delay; or the body is not whole.
    """
    status = answer.status_code
    if status >= httpx.codes.INTERNAL_SERVER_ERROR or status == httpx.codes.TOO_MANY_REQUESTS:
        refuse_failure(answer, now=now)
    headers = {
        name: value for name, value in answer.headers.items() if name.lower() != "set-cookie"
    }
    cookies = answer.headers.get_list("set-cookie")
    if cookies:
        headers["set-cookie"] = "\n".join(cookies)  # as the browser's driver takes several
    body = b""
    if status not in BODILESS:
        with suppress(NotThePage):  # empty, which a script may well take
            body = (await read_body(answer, limit=limit)).whole
    return FetchedPart(status, headers, body)


# Scripts of a page, cached as their servers allow: each poll fetches few.

LONGEST = timedelta(days=1)
SHARE = 0.1  # of a script's age, if its server sets no limit (RFC 9111, 4.2.2)
MOST_BYTES = 32 * 1024 * 1024  # bytes of the whole cache
MAX_AGE = re.compile(r"(?:^|[\s,])max-age=\"?(\d{1,9})")
NOT_KEPT = re.compile(r"no-store|no-cache|must-understand")


class ScriptCache:
    """The scripts of all pages, the least recently used dropped first; `way` is a script's
    proxy, if any.
    """

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[str, str], tuple[FetchedPart, datetime]] = OrderedDict()
        self._size = 0

    def take(self, request: PartRequest, way: str, now: datetime) -> FetchedPart | None:
        """Return the cached script, if it is fresh."""
        part, until = self._kept.get((way, request.url), (None, now))
        if part is None or request.kind != "script" or until <= now:
            return None
        self._kept.move_to_end((way, request.url))
        return part

    def put(self, request: PartRequest, way: str, part: FetchedPart, now: datetime) -> None:
        """Keep a script, if that is one and its server lets us."""
        fresh = compute_freshness(part.headers, now)
        if (
            (request.kind, request.method, part.status) != ("script", "GET", 200)
            or not fresh
            or len(part.body) > MOST_BYTES
        ):
            return
        self._drop((way, request.url))
        self._kept[way, request.url] = (part, now + fresh)
        self._size += len(part.body)
        while self._size > MOST_BYTES:
            self._drop(next(iter(self._kept)))

    def _drop(self, name: tuple[str, str]) -> None:
        if dropped := self._kept.pop(name, None):
            self._size -= len(dropped[0].body)


def compute_freshness(headers: Mapping[str, str], now: datetime) -> timedelta:
    """Return how long an answer may be cached; a day at most, and never without the server's
    word.
    """
    told = {name.lower(): value for name, value in headers.items()}
    rule = told.get("cache-control", "").lower()
    if NOT_KEPT.search(rule) or "*" in told.get("vary", ""):
        return timedelta()
    if age := MAX_AGE.search(rule):
        return min(timedelta(seconds=int(age[1])), LONGEST)
    changed = parse_http_date(told.get("last-modified", ""))
    return min(max(now - changed, timedelta()) * SHARE, LONGEST) if changed else timedelta()
