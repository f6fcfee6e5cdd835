import asyncio
import importlib.util
import os
import re
import signal
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import httpx
import pytest
from command import run
from fetching import LIMIT, Hands, fetcher
from played_browser import Error, Played, Tab, passing
from rendered_site import AGENT, a_browser, looking, rendered, site

from monitor.clock import SystemClock
from monitor.config import Config, FetchSettings
from monitor.errors import ConfigError, FetchError
from monitor.fetch import Fetched, Fetcher, answer, open_fetcher
from monitor.fetch import browser as browsers
from monitor.fetch import fetcher as fetchers
from monitor.fetch.browser import ENDING, IDLE, NO_SANDBOX, Browser
from monitor.source.page import Page, Request

TEXT = {"/": "<html><body><script>document.body.append('written')</script></body></html>"}


def is_running(process: int) -> bool:
    stat = Path(f"/proc/{process}/stat")
    return stat.exists() and stat.read_text().rpartition(")")[2].split()[0] != "Z"


def process_of(browser: Browser) -> int:
    assert browser._running
    return browser._running.process


def environ_of(process: int) -> bytes:
    return Path(f"/proc/{process}/environ").read_bytes()


def test_a_missing_extra_and_a_missing_browser_are_told_with_the_way_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with pytest.raises(
        ConfigError,
        match=(
            "page:x: render finds no program '/no/such', which fetch.browser names: apt-get install"
        ),
    ):
        open_fetcher(
            Config(fetch=FetchSettings(browser="/no/such")), SystemClock(), ["page:x: render"]
        )
    monkeypatch.setenv("PATH", "")
    with pytest.raises(
        ConfigError,
        match="page:x: render finds no browser on this machine: apt-get install chromium",
    ):
        open_fetcher(Config(), SystemClock(), ["page:x: render"])
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(
        ConfigError,
        match=(
            r"page:x: render needs the extra browser: pip install 'regulatory-monitor\[browser\]'"
        ),
    ):
        open_fetcher(Config(), SystemClock(), ["page:x: render"])


def test_a_page_that_asks_for_a_browser_that_is_missing_is_a_mistake_of_the_configuration(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    config = tmp_path / "config.toml"
    config.write_text(
        "packages = []\n[[page]]\nname = 'x'\nurl = 'https://a.invalid/'\ntext = true\nrender ="
        " true\n"
    )
    polled = run("--config", config, "--store", tmp_path / "store", "poll")
    tried = run("--config", config, "try", "https://a.invalid/", "--render")
    assert (polled.returncode, tried.returncode) == (2, 2)
    assert "page:x: render needs the extra browser: pip install" in polled.stderr
    assert "--render needs the extra browser" in tried.stderr


@pytest.mark.long
async def test_a_browser_that_does_not_start_is_a_failure_of_the_page(tmp_path: Path) -> None:
    program = tmp_path / "chromium"
    program.write_text("#!/bin/sh\necho 'FATAL: No usable sandbox!' >&2\nexit 1\n")
    program.chmod(0o755)
    async with site(TEXT) as (_, server), looking(browser=Browser(str(program), AGENT)) as web:
        with pytest.raises(FetchError) as caught:
            await rendered(web, server.url)
    assert (caught.value.kind, str(caught.value)) == (
        "render",
        f"127.0.0.1: the browser failed: {browsers.NO_SANDBOX}",
    )


@pytest.mark.long
async def test_one_process_serves_all_pages_has_no_secret_and_ends_when_it_rests(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-canary")
    monkeypatch.setattr(browsers, "IDLE", 0.2)
    browser = a_browser()
    async with site(TEXT) as (there, server), looking(browser=browser) as web:
        there.bodies |= {f"/{n}": TEXT["/"] for n in range(3)}
        pages = await asyncio.gather(*(rendered(web, f"{server.url}{n}") for n in range(3)))
        first = process_of(browser)
        environ = environ_of(first)
        (home,) = re.findall(rb"(?:^|\0)HOME=([^\0]+)", environ)
        for _ in range(100):
            await asyncio.sleep(0.1)
            if not is_running(first) and not os.path.exists(home):  # noqa: ASYNC240, PTH110  no wait
                break
        else:
            pytest.fail("it runs on, or its home is still there")
        again = await rendered(web, server.url)
        last = process_of(browser)
    assert all("written</body>" in page.text for page in (*pages, again))
    assert b"canary" not in environ
    assert not is_running(last)


@pytest.mark.long
async def test_a_browser_that_was_killed_fails_its_page_and_the_next_page_gets_another() -> None:
    browser = a_browser()
    bodies = TEXT | {"/waits": "<html><script>while (true) {}</script></html>"}
    async with site(bodies) as (_, server), looking(browser=browser) as web:
        await rendered(web, server.url)
        first = process_of(browser)
        waiting = asyncio.create_task(rendered(web, f"{server.url}waits"))
        await asyncio.sleep(1.0)
        os.kill(first, signal.SIGKILL)
        with pytest.raises(FetchError) as caught:
            await waiting
        assert caught.value.kind == "render"
        assert "written" in (await rendered(web, server.url)).text
        assert process_of(browser) != first


class Publisher:
    """Pages and parts by their path; what is asked for without one is not there."""

    def __init__(self, **bodies: str) -> None:
        self.bodies = bodies
        self.asked: list[str] = []
        self.headers: dict[str, dict[str, str]] = {}

    def transport(self, host: str) -> httpx.AsyncBaseTransport:
        return httpx.MockTransport(self._answer)

    def _answer(self, request: httpx.Request) -> httpx.Response:
        name = request.url.path.strip("/")
        self.asked.append(str(request.url))
        body = self.bodies.get(name, "").encode()
        told = {
            "content-length": str(len(body)),
            "content-type": "text/html",
            **self.headers.get(name, {}),
        }
        return httpx.Response(
            200 if name in self.bodies else 503, headers=told, stream=httpx.ByteStream(body)
        )


async def writes(tab: Tab) -> None:
    tab.tree = "<html>written</html>"


@pytest.fixture
def play(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Played]:
    """Puts a browser that is played in the place of all of Playwright."""

    def of(script=writes, **options: object) -> Played:
        played = Played(script, **options)  # type: ignore[arg-type]
        for module in (browsers, browsers):
            monkeypatch.setattr(module, "async_api", played)
        return played

    return of


@asynccontextmanager
async def a_fetcher(publisher: Publisher, **options: object) -> AsyncIterator[Fetcher]:
    web = fetcher(
        transport=publisher.transport,
        browser=Browser("/opt/chromium", "regulatory-monitor/1"),
        **options,
    )
    yield web
    await web.aclose()


async def look(hands: Hands, web: Fetcher, url: str = "https://www.ministry.example/list") -> Page:
    fetched = await passing(hands, web.fetch(Request(url), size_limit=LIMIT, render=True))
    assert isinstance(fetched, Fetched)
    return fetched.page


async def test_a_browser_has_no_secret_of_ours_downloads_nothing_and_leaves_its_end_to_us(
    hands: Hands, play: Callable[..., Played], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-canary")
    played = play()
    async with a_fetcher(Publisher(list="<html></html>")) as web:
        await look(hands, web)
        (launched,), (context,) = played.launched, played.contexts
        home = launched["env"]["HOME"]  # type: ignore[index]
        assert Path(home).is_dir()  # noqa: ASYNC240  no wait

    assert launched["executable_path"] == "/opt/chromium"
    assert "canary" not in str(launched)
    # By default Playwright ends it when a signal comes to us, and the page that is being looked at
    # would fail.
    assert not any(launched[f"handle_{name}"] for name in ("sigint", "sigterm", "sighup"))
    assert not context.options["accept_downloads"]
    assert (context.options["service_workers"], context.options["user_agent"]) == (
        "block",
        "regulatory-monitor/1",
    )
    assert not Path(home).exists()  # noqa: ASYNC240  no wait


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ("Target closed\nCall log: secret", "Target closed"),
        ("Failed to launch:\n FATAL: No usable sandbox! secret", NO_SANDBOX),
        ("\x1b[31mcrash", "[31mcrash"),
    ],
)
async def test_what_a_browser_fails_of_is_said_and_the_next_page_gets_another(
    hands: Hands, play: Callable[..., Played], told: str, said: str
) -> None:
    played = play()
    played.failure = Error(told)
    async with a_fetcher(Publisher(list="<html></html>")) as web:
        with pytest.raises(FetchError) as caught:
            await look(hands, web)
        assert (caught.value.kind, str(caught.value)) == (
            "render",
            f"www.ministry.example: the browser failed: {said}",
        )
        assert played.ended == 1
        assert not Path(played.launched[0]["env"]["HOME"]).exists()  # type: ignore[index]  # noqa: ASYNC240
        played.failure = None
        assert answer.is_rendered((await look(hands, web)).body)


async def test_a_home_into_which_somebody_still_writes_fails_no_page(
    hands: Hands, play: Callable[..., Played], monkeypatch: pytest.MonkeyPatch
) -> None:
    played = play()
    remove = os.rmdir

    def is_written_into(path: str, **options: object) -> None:
        if str(path).startswith("monitor-browser-") or "/monitor-browser-" in str(path):
            raise OSError(39, "Directory not empty")
        remove(path, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(os, "rmdir", is_written_into)
    async with a_fetcher(Publisher(list="<html></html>")) as web:
        await look(hands, web)
        played.connected = False
        page = await look(hands, web)
    monkeypatch.undo()
    for launched in played.launched:
        os.rmdir(launched["env"]["HOME"])  # type: ignore[index]  # noqa: PTH106  no wait

    assert answer.is_rendered(page.body)


async def test_a_browser_ends_when_it_rests_and_not_while_a_page_is_looked_at(
    hands: Hands, play: Callable[..., Played]
) -> None:
    held = asyncio.Event()

    async def waits(tab: Tab) -> None:
        if tab.url.endswith("held"):
            await held.wait()

    played = play(waits)
    async with a_fetcher(
        Publisher(list="<html></html>", held="<html></html>"), deadline=10 * IDLE
    ) as web:
        await look(hands, web)
        await hands.move(IDLE / 2)
        await look(hands, web)
        await hands.move(IDLE * 0.75)
        assert played.ended == 0
        holding = asyncio.ensure_future(
            web.fetch(Request("https://www.ministry.example/held"), size_limit=LIMIT, render=True)
        )
        await look(hands, web)
        await hands.move(IDLE * 1.1)
        assert played.ended == 0
        held.set()
        assert isinstance(await passing(hands, holding), Fetched)
        await hands.move(IDLE * 1.1)
        assert played.ended == 1
        await look(hands, web)

    assert (len(played.launched), played.ended) == (2, 2)


@asynccontextmanager
async def a_process() -> AsyncIterator[asyncio.subprocess.Process]:
    process = await asyncio.create_subprocess_exec("sleep", "60")
    yield process
    with suppress(ProcessLookupError):
        process.kill()
    await process.wait()


@pytest.mark.parametrize("connected", [True, False])
async def test_a_browser_that_does_not_end_is_killed_and_nobody_else(
    hands: Hands, play: Callable[..., Played], *, connected: bool
) -> None:
    async with a_process() as process:
        played = play(process=process.pid)
        async with a_fetcher(Publisher(list="<html></html>")) as web:
            await look(hands, web)
            played.hangs, played.connected = True, connected
            closing = asyncio.ensure_future(web.aclose())
            await asyncio.sleep(0)
            await hands.move(ENDING * 1.1)
            await closing
        if not connected:  # the number may be another process's by now
            process.terminate()
        ended = await asyncio.wait_for(process.wait(), 10)
    assert (ended, played.ended) == (-signal.SIGKILL if connected else -signal.SIGTERM, 1)


async def test_a_page_that_does_not_close_costs_its_browser_and_not_the_next_page(
    hands: Hands, play: Callable[..., Played]
) -> None:
    async def hangs(tab: Tab) -> None:
        tab.context.hangs = tab.url.endswith("hangs")

    async with a_process() as process:
        played = play(hangs, process=process.pid)
        async with a_fetcher(Publisher(list="<html></html>", hangs="<html></html>")) as web:
            assert answer.is_rendered(
                (await look(hands, web, "https://www.ministry.example/hangs")).body
            )
            assert await asyncio.wait_for(process.wait(), 10) == -signal.SIGKILL
            played.connected = False
            assert answer.is_rendered((await look(hands, web)).body)
    assert len(played.launched) == 2


def asking(*urls: str) -> Callable[[Tab], object]:
    async def script(tab: Tab) -> None:
        for url in urls:
            given = await tab.asks(url, "script" if url.endswith(".js") else "fetch")
            tab.tree += str(given.get("aborted") or bytes(given["body"]).decode())  # type: ignore[arg-type]

    return script


async def test_a_script_that_may_be_kept_is_asked_for_once_and_words_at_each_look(
    hands: Hands, play: Callable[..., Played]
) -> None:
    publisher = Publisher(list="<html></html>", **{"app.js": "let", "words": "first"})
    publisher.headers["app.js"] = publisher.headers["words"] = {"cache-control": "max-age=600"}
    play(asking("/app.js", "/words"))
    async with a_fetcher(publisher) as web:
        first = await look(hands, web)
        publisher.bodies["words"] = "second"
        second = await look(hands, web)

    assert [page.body.whole.partition(b"</html>")[2] for page in (first, second)] == [
        b"letfirst",
        b"letsecond",
    ]
    asked = [url.rpartition("/")[2] for url in publisher.asked]
    assert asked == ["list", "app.js", "words", "list", "words"]


async def test_what_came_at_earlier_looks_is_missed_until_so_much_came_that_it_is_forgotten(
    hands: Hands, play: Callable[..., Played], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetchers, "MOST_NAMES", 1)
    publisher = Publisher(list="<html></html>", count="1")
    async with a_fetcher(publisher) as web:
        played = play(asking("https://counter.example/count"))
        await look(hands, web)
        del publisher.bodies["count"]
        with pytest.raises(
            FetchError, match="what its scripts ask for did not come: counter.example"
        ):
            await look(hands, web)
        publisher.bodies |= {"count": "1", "more": "2"}
        played.script = asking("https://counter.example/count", "https://counter.example/more")
        await look(hands, web)
        del publisher.bodies["count"]
        assert b"failed" in (await look(hands, web)).body.whole
