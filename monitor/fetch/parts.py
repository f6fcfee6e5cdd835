"""What a page asks for while a browser renders it: what of it is asked for at all, how, and what came.

Only documents, scripts and what scripts ask for: pictures, fonts and films say no words. A sheet of style is taken for empty,
since some scripts wait for one.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

import httpx

from monitor.errors import ErrorKind, FetchError, NotThePage
from monitor.fetch.answer import Validators, refuse_failure
from monitor.fetch.body import read_body
from monitor.fetch.request_step import RequestStep, first_step
from monitor.source.page import Request

MOST = 200  # requests of one page
ASKED = {"document", "script", "xhr", "fetch"}
STYLE = "stylesheet"
METHODS = ("GET", "POST", "HEAD")  # who looks at a page changes nothing
OURS = {"user-agent", "accept-encoding", "accept-language", "cookie", "host", "connection", "content-length", "range"}
BODILESS = (httpx.codes.NO_CONTENT, httpx.codes.RESET_CONTENT, httpx.codes.NOT_MODIFIED)
ANSWERED = {"content-encoding", "content-length", "transfer-encoding", "connection", "keep-alive", "content-security-policy"}


@dataclass(frozen=True)
class PartRequest:
    """One request of a page, as its browser would send it."""

    url: str
    kind: str
    method: str = "GET"
    headers: Mapping[str, str] = field(default_factory=dict)
    content: bytes | None = None

    @property
    def said(self) -> dict[str, str]:
        """Its headers, but for those that are ours to say, and those that only describe a browser."""
        return {name: value for name, value in self.headers.items() if name.lower() not in OURS and not _of_browsers(name)}

    @property
    def name(self) -> str:
        """What makes two of them the same."""
        return f"{self.method} {self.url}"


@dataclass(frozen=True)
class FetchedPart:
    """What came of it."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def told(self) -> dict[str, str]:
        """The headers as they go on to the browser, which gets the body unpacked."""
        return {name: value for name, value in self.headers.items() if name.lower() not in ANSWERED}


def part_step(asked: PartRequest, page: Request, cookies: str) -> RequestStep:
    """How it is asked for: with what the page itself was asked with, if it goes to the same host.

    Raises:
        FetchError: the address can't be fetched ("request").
    """
    step = first_step(Request(asked.url), Validators())
    if asked.method not in METHODS:
        raise FetchError(f"{step.url.host}: a page that is looked at may not {asked.method}", kind=ErrorKind.REQUEST)
    own = page.headers if step.url.host == httpx.URL(page.url).host else {}
    said = asked.said | ({"cookie": cookies} if cookies else {})
    method: Literal["GET", "POST", "HEAD"] = asked.method  # type: ignore[assignment]  # one of METHODS
    return RequestStep(step.url, method, headers=own, said=said, content=asked.content)


async def part_of(answer: httpx.Response, *, limit: int, now: datetime) -> FetchedPart:
    """What came, good or bad as far as a script may care: that there is no such thing, or that we may not have it, is an answer.

    Raises:
        FetchError: the server failed or asks for patience; or the body is not whole.
    """
    status = answer.status_code
    if status >= httpx.codes.INTERNAL_SERVER_ERROR or status == httpx.codes.TOO_MANY_REQUESTS:
        refuse_failure(answer, now=now)
    headers = {name: value for name, value in answer.headers.items() if name.lower() != "set-cookie"}
    cookies = answer.headers.get_list("set-cookie")
    if cookies:
        headers["set-cookie"] = "\n".join(cookies)  # as the browser's driver takes several
    if status in BODILESS:
        return FetchedPart(status, headers, b"")
    try:
        return FetchedPart(status, headers, (await read_body(answer, limit=limit)).whole)
    except NotThePage:  # empty, which a script may well take
        return FetchedPart(status, headers, b"")


def _of_browsers(name: str) -> bool:
    return name.lower().startswith(("sec-", ":", "proxy-", "upgrade-"))
