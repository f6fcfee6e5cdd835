"""One request of a fetch, without I/O: the first one, then each redirect."""

import re
from collections.abc import Mapping
from dataclasses import field, replace
from datetime import datetime
from functools import partial
from typing import Any

import httpx
from msgspec.structs import replace as replace_value

from monitor.clock import format_instant
from monitor.config import redact
from monitor.config.variables import read_secret
from monitor.errors import ErrorKind, FetchError
from monitor.fetch.answer import PRIVATE, Validators, clean
from monitor.model import frozen
from monitor.source.page import Body, Page, Request, ResponseRecord

NO_VALIDATORS = Validators()
KEEP_THE_BODY = (307, 308)
# Query keys of signed addresses that are valid for minutes: AWS, Azure, Google and others.
SIGNED = {"x-amz-signature", "x-goog-signature", "signature", "sig", "x-amz-security-token"}
VARIABLE = re.compile(r"\{env:(\w{1,100})\}")
# the rest may be a secret of one host
FOR_ANY_HOST = {"accept", "accept-language", "referer", "user-agent", "x-requested-with"}


@frozen
class RequestStep:
    """The address and form of a request."""

    url: httpx.URL
    method: str = "GET"
    form: Mapping[str, str] = field(default_factory=dict)
    json: Mapping[str, Any] | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    validators: Validators = NO_VALIDATORS
    redirected: bool = False
    # Headers and body of a page's own scripts: sent as they are, because no page may use
    # `{env:NAME}`.
    said: Mapping[str, str] = field(default_factory=dict)
    content: bytes | None = None

    @property
    def is_conditional(self) -> bool:
        """Return whether 304 is a possible answer."""
        return bool(self.validators.headers)

    @property
    def is_passing(self) -> bool:
        """Return whether the address is valid for a time only."""
        return any(name.lower() in SIGNED for name in self.url.params)

    def ask(self, *, user_agent: str, cookies: httpx.Cookies) -> httpx.Request:
        """The request as it is sent.

        Raises:
            FetchError: it can't be sent.
        """
        try:
            headers = httpx.Headers({"User-Agent": user_agent, "Accept": "*/*"})
            named = {
                name: self._filled(name, value.replace("{user_agent}", user_agent))
                for name, value in self.headers.items()
            }
            headers.update({**named, **self.validators.headers})
            headers["Accept-Encoding"] = "gzip"  # the one coding with a provable end
            form = dict(self.form) or None
            headers.update(self.said)
            asked = httpx.Request(
                self.method,
                self.url,
                headers=headers,
                data=form,
                json=self.json,
                content=self.content,
            )
        except (ValueError, TypeError) as error:
            raise FetchError(
                f"{self.url.host}: the request can't be written: {type(error).__name__}",
                ErrorKind.REQUEST,
            ) from error
        if cookies:
            cookies.set_cookie_header(asked)
        return asked

    def _filled(self, header: str, value: str) -> str:
        """The value of a header with what the environment holds in the place of its variables.

        Raises:
            FetchError: a variable is not set.
        """

        def held(variable: re.Match[str]) -> str:
            if (value := read_secret(variable[1])) is None:
                text = (
                    f"{self.url.host}: header {header}: {variable[1]} is not set in the environment"
                )
                raise FetchError(text, ErrorKind.REQUEST)
            return value

        return VARIABLE.sub(held, value)

    def follow(self, status: int, location: str) -> "RequestStep":
        """The next step.

        Raises:
            FetchError: a redirect ("redirect") that we don't follow.
        """
        try:
            url = _drop_fragment(self.url.join(location))
        except (httpx.InvalidURL, ValueError) as error:
            raise self._refusal("redirects to something that is not an address") from error
        fault = _find_fault(url)
        if fault:
            raise self._refusal(f"redirects to {fault}")
        if (self.url.scheme, url.scheme) == ("https", "http"):
            raise self._refusal("redirects from https to http")
        headers, said = self.headers, self.said
        # another port of a host may be somebody else's
        if (url.host, url.port) != (self.url.host, self.url.port):
            headers, said = (
                {name: value for name, value in kept.items() if name.lower() in FOR_ANY_HOST}
                for kept in (headers, said)
            )
        if status in KEEP_THE_BODY:
            return replace(
                self,
                url=url,
                headers=headers,
                said=said,
                validators=self.validators.elsewhere,
                redirected=True,
            )
        return RequestStep(
            url, headers=headers, said=said, validators=self.validators.elsewhere, redirected=True
        )

    def _refusal(self, text: str) -> FetchError:
        return FetchError(f"{self.url.host}: {text}", ErrorKind.REDIRECT)


def secrets_of(request: Request) -> tuple[str, ...]:
    """List the environment's values in a request's headers."""
    names = (name for value in request.headers.values() for name in VARIABLE.findall(value))
    return tuple(value for name in names if (value := read_secret(name)))


def without_secrets(page: Page, request: Request) -> Page:
    """Return the page without the secrets of its request, if it repeats them: none is saved. Its
    last answer then has the original bytes' hash.
    """
    secrets = secrets_of(request)
    if not secrets:
        return page
    clear, body = partial(redact.redact_secrets, secrets=secrets), page.body
    came = page.body.whole
    if (kept := redact.redact_bytes(came, secrets)) != came:
        body = Body(kept)
    responses = [
        replace_value(
            each,
            url=clear(each.url),
            headers={name: clear(value) for name, value in each.headers.items()},
        )
        for each in page.responses
    ]
    if body is not page.body and responses:
        responses[-1] = replace_value(responses[-1], sha256=page.body.sha256)
    return replace(
        page,
        url=clear(page.url),
        body=body,
        content_type=clear(page.content_type),
        responses=tuple(responses),
    )


def fill_epoch(request: Request, now: datetime) -> Request:
    """The request with this second in the place of `{epoch}`, by which a shared cache is passed."""
    if "{epoch}" not in request.url:
        return request
    return replace_value(request, url=request.url.replace("{epoch}", str(int(now.timestamp()))))


def make_first_step(request: Request, validators: Validators | None) -> RequestStep:
    """Build the first request of a scraper's request. Only a GET can be conditional.

    Raises:
        FetchError: the address can't be fetched ("request").
    """
    try:
        url = _drop_fragment(httpx.URL(request.url))
    except (httpx.InvalidURL, ValueError) as error:
        raise FetchError(
            f"{_get_netloc(request.url)}: not an address that can be fetched",
            ErrorKind.REQUEST,
        ) from error
    fault = _find_fault(url)
    if fault:
        raise FetchError(f"{_get_netloc(request.url)}: {fault} can't be fetched", ErrorKind.REQUEST)
    conditions = validators if validators and request.method == "GET" else NO_VALIDATORS
    return RequestStep(url, request.method, request.form, request.json, request.headers, conditions)


def _drop_fragment(url: httpx.URL) -> httpx.URL:
    return url.copy_with(fragment=None) if url.fragment else url


def _find_fault(url: httpx.URL) -> str:
    if url.scheme not in ("http", "https"):
        return f"{clean(url.scheme) or 'no'} scheme"
    if not url.host:
        return "an address without a host"
    if url.userinfo:
        return "an address with a password"
    return ""


def _get_netloc(url: str) -> str:
    # by hand, for addresses that no parser takes; without the part before "@", in the path or in
    # the query
    rest = url.partition("://")[2] or url
    return clean(rest.partition("/")[0].partition("?")[0].rpartition("@")[2]) or "no host"


# Parts of each answer on the way that are saved as evidence of its origin.

# the next answer shows the target, and a signed address is secret
LEFT_OUT = PRIVATE | {"location"}
MOST = 60  # headers; servers send some twenty
LONGEST = 1_000  # characters of a value


@frozen
class Answered:
    """An answer as it came, and its request."""

    step: RequestStep
    answer: httpx.Response
    at: datetime


def make_response_record(answered: Answered) -> ResponseRecord:
    """An answer as evidence; of an address that is valid for minutes without the query that
    makes it so.
    """
    url = answered.step.url.copy_with(query=None) if answered.step.is_passing else answered.step.url
    told = [
        (name, value)
        for name, value in answered.answer.headers.items()
        if name.lower() not in LEFT_OUT
    ]
    headers = {name: redact.make_one_line(value[:LONGEST]) for name, value in told[:MOST]}
    return ResponseRecord(
        str(url), format_instant(answered.at), answered.answer.status_code, headers
    )
