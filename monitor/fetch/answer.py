"""Interpret an answer before its body, without I/O: a page to come, nothing new, or a failure with
its name.
"""

import re
import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import Any

import httpx

from monitor.config import redact
from monitor.errors import ErrorKind, FetchError, NotThePage
from monitor.model import frozen
from monitor.source.page import Body, Page

PHRASES = frozenset(HTTPStatus)
LONGEST_WAIT = 3600.0  # seconds: years would switch us off


@frozen
class Validators:
    """A server's validators for the next "has it changed?"; stored beside the address."""

    etag: str | None = None
    last_modified: str | None = None

    @property
    def headers(self) -> dict[str, str]:
        """Return the conditional headers for a request."""
        both = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in both.items() if value}

    @property
    def elsewhere(self) -> "Validators":
        """Return the validators that hold after a redirect, which may lead to another page each
        time. A strong ETag names content; a date only means "not newer", which is true of any old
        page.
        """
        return Validators(etag=self.etag if self.etag and self.etag.startswith('"') else None)


@frozen
class Fetched:
    """A whole page and its validators; `took` is how many seconds it was on its way."""

    page: Page
    validators: Validators
    took: float = 0.0


@frozen
class Unchanged:
    """The server answers 304: we have the page. `url` is the address with this answer. `age` is its
    age in a cache (seconds).
    """

    url: str
    age: str = ""


def read_validators(headers: httpx.Headers) -> Validators:
    """The validators in an answer, where they can be sent back as they are."""
    return Validators(
        etag=_keep_sendable(headers.get("etag")),
        last_modified=_keep_sendable(headers.get("last-modified")),
    )


def _keep_sendable(value: str | None) -> str | None:
    return (
        value if value and len(value) < 1000 and value.isascii() and value.isprintable() else None
    )


def refuse_failure(answer: httpx.Response, *, now: datetime) -> None:
    """Let status 200 pass.

    Raises:
        NotThePage: another success, such as the empty 202 of a bot wall.
        FetchError: a failure; `kind` is "busy", "bot-wall", "gone", "refused", "server" or, for
            anything else, "protocol".
    """
    status = answer.status_code
    if status == HTTPStatus.OK:
        return
    # not the server's own reason, which may be any text
    phrase = HTTPStatus(status).phrase if status in PHRASES else ""
    text = f"{answer.request.url.host}: answered {status} {phrase}".rstrip()
    if answer.is_success:
        raise NotThePage(text)
    wait = retry_after(answer.headers.get("retry-after", ""), now=now)
    if wait is not None:
        text += f", asks to wait {wait:.0f} s"
    kind = {4: ErrorKind.REFUSED, 5: ErrorKind.SERVER}.get(status // 100, ErrorKind.PROTOCOL)
    if status == HTTPStatus.TOO_MANY_REQUESTS or (
        status == HTTPStatus.SERVICE_UNAVAILABLE and wait is not None
    ):
        kind = ErrorKind.BUSY
    elif "cf-mitigated" in answer.headers:
        kind = ErrorKind.BOT_WALL
    elif status in (HTTPStatus.NOT_FOUND, HTTPStatus.GONE):
        kind = ErrorKind.GONE
    raise FetchError(text, kind, retry_after=wait)


def retry_after(value: str, *, now: datetime) -> float | None:
    """Return the seconds to wait by the header, in seconds or as a date, an hour at most; None
    without either.
    """
    if re.fullmatch(r"[0-9]+", value.strip()):
        return min(float(value), LONGEST_WAIT)
    moment = parse_http_date(value)
    return min(max((moment - now).total_seconds(), 0.0), LONGEST_WAIT) if moment else None


def parse_http_date(header: str) -> datetime | None:
    """Parse a header's instant; None without one."""
    try:
        moment = parsedate_to_datetime(header)
    except (ValueError, OverflowError):
        return None
    # "-0000": UTC of an unknown zone (RFC 5322, 3.3)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


# The type of a page: one that a browser shows, or the tree of one.

HTML = ("text/html", "application/xhtml+xml")
MARK = (
    b"<!-- rendered: this page as a browser had it after its scripts ran, not the publisher's own"
    b" bytes -->\n"
)


def is_html(page: Page) -> bool:
    """Return whether a browser would show it as a page; a PDF, a feed or JSON is none."""
    kind = page.content_type.partition(";")[0].strip().lower()
    return kind in HTML or (
        not kind and page.body.whole.lstrip()[:15].lower().startswith((b"<!doctype html", b"<html"))
    )


def is_rendered(body: Body) -> bool:
    """Return whether it is a browser's tree, and not the publisher's bytes."""
    return body.whole.startswith(MARK)


# The border where foreign exceptions become one clear line about a host.

LONGEST_QUOTE = 80


def clean(text: str) -> str:
    """Foreign text fit for one line of a terminal or a message, and short."""
    return redact.clean(text[:LONGEST_QUOTE])


@contextmanager
def translate_errors(host: str, *, truncated: bool = False) -> Iterator[None]:
    """Turn a network error into a FetchError. `truncated`: the body has begun, so a broken answer
    is a truncated one.
    """
    try:
        yield
    except TimeoutError as error:
        raise FetchError(
            f"{host}: no whole answer within the deadline", ErrorKind.DEADLINE
        ) from error
    except httpx.RemoteProtocolError as error:
        kind, text = _explain_broken(str(error), truncated=truncated)
        raise FetchError(f"{host}: {text}", kind) from error
    except (httpx.ReadError, httpx.WriteError) as error:
        raise FetchError(f"{host}: the connection was reset", ErrorKind.RESET) from error
    except (httpx.ConnectError, httpx.ConnectTimeout) as error:
        kind, text = _explain_unconnected(error)
        raise FetchError(f"{host}: {text}", kind) from error
    except (httpx.LocalProtocolError, httpx.UnsupportedProtocol, httpx.InvalidURL) as error:
        # httpx quotes the header or address it refuses, and either may have a secret
        raise FetchError(f"{host}: the request can't be sent", ErrorKind.REQUEST) from error
    except httpx.HTTPError as error:
        raise FetchError(f"{host}: {type(error).__name__}", ErrorKind.CONNECT) from error
    except ssl.SSLError as error:  # httpcore lets those of a read through
        raise FetchError(f"{host}: {_explain_tls(error)}", ErrorKind.TLS) from error
    except OSError as error:
        raise FetchError(f"{host}: the connection failed", ErrorKind.RESET) from error


def _explain_broken(text: str, *, truncated: bool) -> tuple[ErrorKind, str]:
    # h11 quotes the bytes it choked on, so its own text is not repeated
    if truncated:
        return ErrorKind.TRUNCATED, "the connection ended before the body did"
    if "disconnected" in text:
        return ErrorKind.RESET, "the connection was closed without an answer"
    return ErrorKind.PROTOCOL, "the answer is not HTTP"


NO_ISSUER = (20, 21)  # of OpenSSL: no issuer that is known, a first certificate that nothing proves


def _explain_unconnected(error: BaseException) -> tuple[ErrorKind, str]:
    cause: BaseException | None = error
    while cause and not isinstance(cause, ssl.SSLError):
        error, cause = cause, cause.__cause__ or cause.__context__
    cause = cause or error
    if isinstance(cause, ssl.SSLCertVerificationError):
        missing = (
            "; the server may leave out an intermediate certificate"
            if cause.verify_code in NO_ISSUER
            else ""
        )
        return (
            ErrorKind.TLS,
            f"the certificate is not accepted: {clean(cause.verify_message)}{missing}",
        )
    if isinstance(cause, ssl.SSLError):
        return ErrorKind.TLS, _explain_tls(cause)
    if isinstance(cause, ConnectionRefusedError):
        return ErrorKind.CONNECT, "the connection was refused"
    return (
        ErrorKind.CONNECT,
        (
            "no connection:"
            f" {clean(getattr(cause, 'strerror', None) or str(cause) or 'no reason given')}"
        ),
    )


def _explain_tls(error: ssl.SSLError) -> str:
    return f"TLS failed: {clean(error.reason or 'no reason given').replace('_', ' ').lower()}"


# A server's visible traits in one answer, for the search for errors: status, address, certificate,
# date.

# what an answer may give to us alone
PRIVATE = {"set-cookie", "set-cookie2", "authorization", "proxy-authenticate"}


@frozen
class Certificate:
    """A host's certificate: its issuer and its end."""

    issuer: str
    expires: str


@frozen
class Seen:
    """One answer, before its body. `at` is our clock when it came, `date` the server's."""

    url: str
    status: int
    at: datetime
    date: datetime | None
    address: str
    certificate: Certificate | None
    content_type: str
    headers: Mapping[str, str] = field(default_factory=dict)


def inspect_answer(answer: httpx.Response, at: datetime, through: str = "") -> Seen:
    """Describe an answer without its body; `through` a proxy, whose address is no publisher's."""
    wire = answer.extensions.get("network_stream")
    peer = wire.get_extra_info("server_addr") if wire else None
    tls = wire.get_extra_info("ssl_object") if wire else None
    return Seen(
        url=str(answer.request.url),
        status=answer.status_code,
        at=at,
        date=parse_http_date(answer.headers.get("date", "")),
        address=f"through {through}" if through else str(peer[0]) if peer else "",
        certificate=_make_certificate(tls.getpeercert() or {}) if tls else None,
        content_type=clean(answer.headers.get("content-type", "")),
        headers={
            name: clean(value)
            for name, value in answer.headers.items()
            if name.lower() not in PRIVATE
        },
    )


def _make_certificate(told: dict[str, Any]) -> Certificate:
    issuer = {name: value for part in told.get("issuer", ()) for name, value in part}
    name = issuer.get("organizationName") or issuer.get("commonName") or "unknown"
    return Certificate(clean(name), _parse_day(told.get("notAfter", "")))


def _parse_day(text: str) -> str:
    """`Jun  1 12:00:00 2027 GMT` as 2027-06-01."""
    try:
        return (
            datetime.strptime(text, "%b %d %H:%M:%S %Y %Z").replace(tzinfo=UTC).date().isoformat()
        )
    except ValueError:
        return "unknown"
