"""The fetcher: takes a request from step to step until a page, a 304 or a failure comes of it."""

import asyncio
import importlib.util
import math
import os
import shutil
import time
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import cached_property
from ssl import SSLContext
from typing import TYPE_CHECKING, Required, TypedDict, Unpack

import httpx

from monitor.clock import Clock
from monitor.config import Config
from monitor.config.proxies import Proxy, make_proxy
from monitor.errors import ConfigError, ErrorKind, FetchError, SourceError
from monitor.fetch.answer import (
    Fetched,
    Seen,
    Unchanged,
    Validators,
    clean,
    inspect_answer,
    is_html,
    read_validators,
    refuse_failure,
    translate_errors,
)
from monitor.fetch.body import read_body, read_nothing
from monitor.fetch.connect import CheckedTransport, Connector, ProxiedTransport
from monitor.fetch.host import AT_A_TIME, LARGEST, Gate, Hosts, Robots, make_robots_url
from monitor.fetch.parts import FetchedPart, PartRequest, ScriptCache, make_part, make_part_step
from monitor.fetch.request_step import (
    Answered,
    RequestStep,
    fill_epoch,
    make_first_step,
    make_response_record,
    without_secrets,
)
from monitor.model import frozen
from monitor.source.page import Page, Request

if TYPE_CHECKING:
    from monitor.fetch.browser import Browser

MOST_REDIRECTS = 5
MOST_NAMES = 10_000  # of rendered pages' requests; some of them use new addresses each time
ROBOTS_SHARE = 0.3  # of the time a fetch has: a robots.txt that hangs must not cost the page
Came = Fetched | Unchanged | FetchedPart
REDIRECTS = (301, 302, 303, 307, 308)


@dataclass
class Deadline:
    """Seconds a fetch may spend on the network in all; waiting for its turn at a host is free."""

    left: float

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Let the time run; TimeoutError when it is used up."""
        loop = asyncio.get_running_loop()
        started = loop.time()
        try:
            async with asyncio.timeout(self.left):
                yield
        finally:
            self.left -= loop.time() - started


@frozen
class FetchJob:
    """One fetch on its way."""

    request: Request
    size_limit: int
    deadline: Deadline
    urgent: bool  # it goes before all that queue at its host
    watch: Callable[[Seen], None] | None = None
    proxy: Proxy | None = None
    # of this fetch only: some sites redirect until their cookie comes back
    cookies: httpx.Cookies = field(default_factory=httpx.Cookies)
    as_part: bool = False  # of a page that is rendered
    for_robots: bool = False  # robots.txt itself is always allowed (RFC 9309, 2.2.2)
    answered: list[Answered] = field(default_factory=list)  # what came, redirects first
    endless: set[str] = field(default_factory=set)  # bodies that nothing shows to be whole

    @property
    def way(self) -> str:
        """The proxy through which it goes, if any."""
        return self.proxy.place if self.proxy else ""


class FetchOptions(TypedDict, total=False):
    """How to fetch, as in `Fetcher.fetch`."""

    size_limit: Required[int]
    deadline: timedelta | None
    watch: Callable[[Seen], None] | None
    proxy: str
    render: bool
    urgent: bool


class Fetcher:
    """Fetches pages politely and safely.

    `deadline` is in seconds and includes redirects and slow bodies. `gap` is the least time between
    two requests to one host, which has at most `at_a_time` of them at once. `transport` replaces
    the network of a host (and the check for private addresses). With `robots` each host's
    robots.txt is fetched once a day, and obeyed. Without a `browser` nothing is rendered. Processes
    with the same hosts share one `gate`.
    """

    def __init__(
        self,
        *,
        user_agent: str,
        clock: Clock,
        deadline: float = 30.0,
        allow_private: bool,
        gap: float = 0.5,
        at_a_time: int = AT_A_TIME,
        robots: bool = False,
        transport: Callable[[str], httpx.AsyncBaseTransport] | None = None,
        browser: "Browser | None" = None,
        gate: Gate | None = None,
    ) -> None:
        self._user_agent = user_agent
        self._clock = clock
        self._deadline = deadline
        self._allow_private = allow_private
        self._is_real = transport is None
        connect = (lambda host, _: transport(host)) if transport else self._checked_transport
        self._hosts = Hosts(connect, clock=clock, gap=gap, at_a_time=at_a_time, gate=gate)
        self._robots = Robots(user_agent, clock) if robots else None
        self._browser = browser
        self._shelf = ScriptCache()
        self._came: set[str] = set()

    async def fetch(
        self,
        request: Request,
        *,
        validators: Validators | None = None,
        size_limit: int,
        deadline: timedelta | None = None,
        watch: Callable[[Seen], None] | None = None,
        proxy: str = "",
        render: bool = False,
        urgent: bool = False,
    ) -> Fetched | Unchanged:
        """Fetch a page, or learn that it is unchanged. `deadline` replaces ours; `watch` gets every
        answer, good or bad; `proxy` is config.toml's. A page to `render` is never unchanged: its
        scripts may find news. An `urgent` one goes first at its host.

        Raises:
            FetchError: no page came; `kind` names the cause.
            NotThePage: a success that is no page: empty, or a status such as 202.
        """
        request = fill_epoch(request, self._clock.now())
        step = make_first_step(request, None if render else validators)
        seconds = deadline.total_seconds() if deadline else self._deadline
        asked_at, began = step.url.host, time.monotonic()
        with _name_origin(asked_at):
            way = self._choose_proxy(proxy, asked_at)
            job = FetchJob(request, size_limit, Deadline(seconds), urgent, watch, way)
            answer = await self._travel(step, job)
            assert not isinstance(answer, FetchedPart), "it was asked for as a page"
            if render and isinstance(answer, Fetched):
                answer = await self._rendered(answer, job, seconds)
        if isinstance(answer, Unchanged):
            return answer
        page = without_secrets(answer.page, request)
        return replace(answer, page=page, took=time.monotonic() - began)

    async def fetch_page(self, request: Request, **options: Unpack[FetchOptions]) -> Fetched:
        """Fetch a page as it is now; without validators no server can say that it is unchanged."""
        answer = await self.fetch(request, **options)
        assert isinstance(answer, Fetched)
        return answer

    def _choose_proxy(self, proxy: str, host: str) -> Proxy | None:
        try:
            return make_proxy(proxy, "proxy") if self._is_real else None
        except ConfigError as error:
            raise FetchError(f"{host}: {error}", ErrorKind.PROXY) from None

    async def _rendered(self, answer: Fetched, job: FetchJob, seconds: float) -> Fetched:
        """Fetch a page as a browser has it after its scripts; others stay as they are."""
        if self._browser is None or not is_html(answer.page):
            return answer
        parts = replace(job, deadline=Deadline(seconds), watch=None, as_part=True)

        async def load(request: PartRequest, cookies: str) -> FetchedPart:
            if kept := self._shelf.take(request, job.way, self._clock.now()):
                return kept
            part = await self._travel(
                make_part_step(request, job.request, cookies),
                replace(parts, cookies=httpx.Cookies(), answered=[]),
            )
            assert isinstance(part, FetchedPart), "it was asked for as one"
            self._shelf.put(request, job.way, part, self._clock.now())
            return part

        if len(self._came) > MOST_NAMES:
            self._came.clear()
        page = await self._browser.render(
            answer.page, load, self._came, job.cookies, seconds=seconds, left=job.size_limit
        )
        return Fetched(page, Validators())

    async def _travel(self, step: RequestStep, job: FetchJob) -> Came:
        asked: list[tuple[str, str, str | None]] = []
        while len(asked) <= MOST_REDIRECTS:
            question = step.ask(user_agent=self._user_agent, cookies=job.cookies)
            trace = (question.method, str(question.url), question.headers.get("cookie"))
            if trace in asked:
                raise FetchError(f"{step.url.host}: redirects in a loop", ErrorKind.REDIRECT)
            asked.append(trace)
            await self._heed_robots(step, job)
            result = await self._visit_twice(step, question, job)
            if not isinstance(result, RequestStep):
                return result
            step = result
        raise FetchError(
            f"{step.url.host}: more than {MOST_REDIRECTS} redirects", ErrorKind.REDIRECT
        )

    async def _heed_robots(self, step: RequestStep, job: FetchJob) -> None:
        if self._robots is None or job.for_robots:
            return
        address = make_robots_url(step.url)

        async def ask() -> Page:
            share = job.deadline.left * ROBOTS_SHARE
            asked, deadline = Request(address), Deadline(share)
            robots = FetchJob(
                asked, LARGEST, deadline, job.urgent, proxy=job.proxy, for_robots=True
            )
            try:
                answer = await self._travel(make_first_step(asked, None), robots)
            finally:
                job.deadline.left -= share - deadline.left
            assert isinstance(answer, Fetched), "it was asked for without validators"
            return answer.page

        rules = await self._robots.of(f"{address} {job.way}", ask)
        self._hosts.slow_down(step.url.host, rules.gap)
        rules.refuse_forbidden(step.url)

    async def _visit_twice(
        self, step: RequestStep, question: httpx.Request, job: FetchJob
    ) -> Came | RequestStep:
        """Fetch, and once more after a reset without an answer, since some sites accept the second
        try; or after lines without a length, which are whole if they come twice alike.
        """
        before = len(job.answered)
        try:
            return await self._visit(step, question, job)
        except FetchError as error:
            is_reset = error.kind is ErrorKind.RESET and len(job.answered) == before
            if step.method != "GET" or not (job.endless or (is_reset and not job.for_robots)):
                raise
        return await self._visit(
            step, step.ask(user_agent=self._user_agent, cookies=job.cookies), job
        )

    async def _visit(
        self, step: RequestStep, question: httpx.Request, job: FetchJob
    ) -> Came | RequestStep:
        turn = self._hosts.turn(
            step.url.host, job.proxy, spaced=not job.for_robots, urgent=job.urgent
        )
        async with turn as transport:
            with translate_errors(step.url.host):
                async with job.deadline.running():
                    # not through httpx.AsyncClient: it logs whole URLs, keeps cookies and parses
                    # redirects even when switched off
                    answer = await transport.handle_async_request(question)
                    answer.request = question
                    job.answered.append(Answered(step, answer, self._clock.now()))
                    if job.watch:
                        job.watch(inspect_answer(answer, self._clock.now(), job.way))
                    try:
                        return await self._understand(step, answer, job)
                    finally:
                        await answer.aclose()

    async def _understand(
        self, step: RequestStep, answer: httpx.Response, job: FetchJob
    ) -> Came | RequestStep:
        if "set-cookie" in answer.headers:
            job.cookies.extract_cookies(answer)
        if answer.status_code in REDIRECTS and "location" in answer.headers:
            return step.follow(answer.status_code, answer.headers["location"])
        if answer.status_code == httpx.codes.NOT_MODIFIED and step.is_conditional:
            await read_nothing(answer)
            return Unchanged(_choose_address(step, job), clean(answer.headers.get("age", "")))
        if job.as_part:
            return await make_part(answer, limit=job.size_limit, now=self._clock.now())
        refuse_failure(answer, now=self._clock.now())
        body = await read_body(answer, limit=job.size_limit, endless=job.endless)
        page = Page(
            _choose_address(step, job),
            body,
            fetched_at=self._clock.now(),
            content_type=clean(answer.headers.get("content-type", "")),
            charset=job.request.charset,
            responses=tuple(map(make_response_record, job.answered)),
        )
        validators = read_validators(answer.headers)
        return Fetched(page, validators.elsewhere if step.redirected else validators)

    def _checked_transport(self, _host: str, proxy: Proxy | None) -> httpx.AsyncBaseTransport:
        if proxy:
            return ProxiedTransport(self._tls, proxy, allow_private=self._allow_private)
        return CheckedTransport(self._tls, Connector(allow_private=self._allow_private))

    @cached_property
    def _tls(self) -> SSLContext:
        # one for all hosts: each costs 5 ms and 0.4 MB; obeys SSL_CERT_FILE
        return httpx.create_ssl_context()

    async def aclose(self) -> None:
        """Close all connections, and the browser."""
        if self._browser:
            await self._browser.aclose()
        await self._hosts.aclose()


@contextmanager
def _name_origin(host: str) -> Iterator[None]:
    """Name the host that was asked in the error of another, to which it redirected."""
    try:
        yield
    except SourceError as error:
        if not str(error).startswith(f"{host}:"):
            error.args = (f"{error} (redirected from {host})",)
        raise


def _choose_address(step: RequestStep, job: FetchJob) -> str:
    """Return a page's address. A short-lived one is not saved: the requested one leads there
    each time.
    """
    return str(step.url) if step.redirected and not step.is_passing else job.request.url


# The path of the browser, and what is missing without it.

INSTALL = (
    "needs the extra browser: pip install 'regulatory-monitor[browser]' (here: .venv/bin/uv sync"
    " --extra browser)"
)
NAMES = ("chromium", "chromium-browser", "google-chrome")
AS_ROOT = (
    "does not run as root, where Chromium has no sandbox: give the monitor a user (docs/operate.md)"
)


def find_browser(setting: str | None) -> str:
    """Find the browser: by config.toml (`fetch.browser`), or else by its usual names.

    Raises:
        ConfigError: there is none, or the extra that drives it is missing.
    """
    if importlib.util.find_spec("playwright") is None:
        raise ConfigError(INSTALL)
    names = [setting] if setting else NAMES
    path = next((path for name in names if (path := shutil.which(name))), None)
    if path is None:
        lacking = (
            f"finds no program {setting!r}, which fetch.browser names"
            if setting
            else "finds no browser on this machine"
        )
        raise ConfigError(
            f"{lacking}: apt-get install chromium, or name another Chromium in fetch.browser"
        )
    return path


def is_root() -> bool:
    """Return whether this process is root's, where a browser has no sandbox."""
    return os.geteuid() == 0


def open_fetcher(
    config: Config,
    clock: Clock,
    renders: Iterable[str] = (),
    *,
    patience: float = math.inf,
    transport: Callable[[str], httpx.AsyncBaseTransport] | None = None,
    gate: Gate | None = None,
) -> Fetcher:
    """Open a fetcher by config.toml, with a browser if anything `renders`, such as
    `page:x: render`. A page gets no more than `patience` seconds.

    Raises:
        ConfigError: the browser, or the extra that drives it, is missing; we are root.
    """
    settings = config.fetch
    return Fetcher(
        user_agent=settings.name,
        clock=clock,
        deadline=min(settings.deadline.total_seconds(), patience),
        allow_private=settings.allow_private,
        gap=settings.gap.total_seconds(),
        at_a_time=settings.at_a_time,
        robots=settings.robots,
        transport=transport,
        browser=_open_browser(config, renders),
        gate=gate,
    )


def _open_browser(config: Config, asking: Iterable[str]) -> "Browser | None":
    name = next(iter(asking), None)
    if name is None:
        return None
    try:
        program = find_browser(config.fetch.browser)
    except ConfigError as error:
        raise ConfigError(f"{name} {error}") from error
    if is_root():
        raise ConfigError(f"{name} {AS_ROOT}")
    from monitor.fetch.browser import Browser  # noqa: PLC0415 - of an extra, which is there now

    return Browser(program, config.fetch.name)
