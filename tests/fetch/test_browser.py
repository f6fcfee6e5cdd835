import asyncio
import importlib.util
import os
import re
import signal
import sys
from pathlib import Path

import pytest
from command import run
from rendered_site import AGENT, a_browser, looking, rendered, site

from monitor.clock import SystemClock
from monitor.config import Config, FetchSettings
from monitor.errors import ConfigError, FetchError
from monitor.fetch import browser as browsers
from monitor.fetch import open_fetcher
from monitor.fetch.browser import Browser

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


def test_a_browser_does_not_run_as_root(monkeypatch: pytest.MonkeyPatch) -> None:
    config = Config(fetch=FetchSettings(browser=sys.executable))
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    open_fetcher(config, SystemClock(), ["page:x: render"])
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    with pytest.raises(ConfigError, match="page:x: render does not run as root, where Chromium"):
        open_fetcher(config, SystemClock(), ["page:x: render"])
    open_fetcher(config, SystemClock())


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


@pytest.mark.long
async def test_a_browser_that_does_not_end_is_killed() -> None:
    browser = a_browser()
    async with site(TEXT) as (_, server), looking(browser=browser) as web:
        await rendered(web, server.url)
        process = process_of(browser)
        os.kill(process, signal.SIGSTOP)
    assert not is_running(process)


@pytest.mark.long
async def test_a_browser_that_gives_no_answer_fails_its_page_and_the_next_page_gets_another(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    browser = a_browser()
    async with site(TEXT) as (_, server), looking(browser=browser) as web:
        await rendered(web, server.url)
        first = process_of(browser)
        os.kill(first, signal.SIGSTOP)
        with monkeypatch.context() as patch:
            patch.setattr(browsers, "READY", 1.0)
            with pytest.raises(FetchError, match="gave no page"):
                await rendered(web, server.url)
        assert "written" in (await rendered(web, server.url)).text
        assert process_of(browser) != first
