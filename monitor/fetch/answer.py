"""What an answer means before its body is read, pure: a page to come, nothing new, or a failure with its name."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus

import httpx

from monitor.errors import ErrorKind, FetchError, NotThePage
from monitor.source.body import Body
from monitor.source.page import Page

LONGEST_WAIT = 3600.0  # seconds: one that asks for years would be a way to switch us off


@dataclass(frozen=True)
class Validators:
    """What a server gave to ask "has it changed?" next time; stored beside the address."""

    etag: str | None = None
    last_modified: str | None = None

    @property
    def headers(self) -> dict[str, str]:
        """The conditional headers that ask it."""
        both = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in both.items() if value}

    @property
    def elsewhere(self) -> "Validators":
        """What is left of them where a redirect leads, which may be another page each time.

        A strong ETag names content; a date only says "not newer", which is true of any old page.
        """
        return Validators(etag=self.etag if self.etag and self.etag.startswith('"') else None)


@dataclass(frozen=True)
class Fetched:
    """A whole page and its validators; `took` is how many seconds it was on its way."""

    page: Page
    validators: Validators
    took: float = 0.0


@dataclass(frozen=True)
class Unchanged:
    """The server says 304: the page is the one we have."""


def validators_of(headers: httpx.Headers) -> Validators:
    """The validators in an answer, where they can be sent back as they are."""
    return Validators(etag=_sendable(headers.get("etag")), last_modified=_sendable(headers.get("last-modified")))


def _sendable(value: str | None) -> str | None:
    return value if value and len(value) < 1000 and value.isascii() and value.isprintable() else None


def refuse_failure(answer: httpx.Response, *, now: datetime) -> None:
    """Let status 200 pass.

    Raises:
        NotThePage: another success, such as the empty 202 of a bot wall.
        FetchError: a failure; `kind` is "busy", "gone", "refused", "server" or, for anything else, "protocol".
    """
    status = answer.status_code
    if status == HTTPStatus.OK:
        return
    text = f"{answer.request.url.host}: answered {status} {_phrase(status)}".rstrip()
    if answer.is_success:
        raise NotThePage(text)
    wait = retry_after(answer.headers.get("retry-after", ""), now=now)
    if wait is not None:
        text += f", asks to wait {wait:.0f} s"
    raise FetchError(text, kind=_kind(status, asks_to_wait=wait is not None), retry_after=wait)


def _kind(status: int, *, asks_to_wait: bool) -> ErrorKind:
    if status == HTTPStatus.TOO_MANY_REQUESTS or (status == HTTPStatus.SERVICE_UNAVAILABLE and asks_to_wait):
        return ErrorKind.BUSY
    if status in (HTTPStatus.NOT_FOUND, HTTPStatus.GONE):
        return ErrorKind.GONE
    return {4: ErrorKind.REFUSED, 5: ErrorKind.SERVER}.get(status // 100, ErrorKind.PROTOCOL)


def _phrase(status: int) -> str:
    # not the server's own reason, which may hold anything
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return ""


def retry_after(value: str, *, now: datetime) -> float | None:
    """Seconds to wait as the header asks, in seconds or as a date, an hour at most; None where it says neither."""
    if re.fullmatch(r"[0-9]+", value.strip()):
        return min(float(value), LONGEST_WAIT)
    try:
        moment = parsedate_to_datetime(value)
    except (ValueError, OverflowError):
        return None
    if moment.tzinfo is None:  # "-0000": UTC of an unknown zone (RFC 5322, 3.3)
        moment = moment.replace(tzinfo=UTC)
    return min(max((moment - now).total_seconds(), 0.0), LONGEST_WAIT)


# What kind of page came: one that a browser shows, or the tree that one had.

HTML = ("text/html", "application/xhtml+xml")
MARK = b"<!-- rendered: this page as a browser had it after its scripts ran, not the publisher's own bytes -->\n"


def is_html(page: Page) -> bool:
    """Whether a browser would show it as a page: a PDF, a feed or JSON is what it is."""
    kind = page.content_type.partition(";")[0].strip().lower()
    return kind in HTML or (not kind and page.body.whole.lstrip()[:15].lower().startswith((b"<!doctype html", b"<html")))


def is_rendered(body: Body) -> bool:
    """Whether it is the tree that a browser had, and not what a publisher sent."""
    return body.whole.startswith(MARK)
