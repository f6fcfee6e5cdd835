import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Event

import pytest

from monitor.lazy import exports, lazy

HEAVY = {
    "alembic",
    "apprise",
    "apscheduler",
    "babel",
    "bs4",
    "cn2an",
    "feedparser",
    "httpx",
    "lxml",
    "playwright",
    "rich",
    "slack_sdk",
    "sqlalchemy",
    "structlog",
}


def loaded_by(program: str) -> set[str]:
    """The modules that a process of its own has loaded after some lines."""
    shown = subprocess.run(
        [sys.executable, "-c", f"{program}\nimport sys\nprint(*sys.modules)"], check=True, capture_output=True, text=True
    )
    return set(shown.stdout.split())


def test_the_command_line_loads_what_a_command_needs_when_it_runs():
    loaded = loaded_by("import monitor.cli.app")

    assert "typer" in loaded
    assert not loaded & HEAVY
    assert not loaded & {"monitor.history", "monitor.fetch", "monitor.extract", "monitor.document.html"}


def test_what_drives_a_browser_is_not_loaded_where_no_page_asks_for_one():
    program = "from monitor.config import Config; from monitor.pipeline import assembly; assembly.browser_of(Config(), [])"
    assert "playwright" not in loaded_by(program)


def test_a_command_that_logs_nothing_does_not_load_what_writes_a_log():
    assert "structlog" not in loaded_by("import monitor.cli.once; from monitor.config import logs; logs.install()")


def test_a_poll_that_finds_nothing_loads_no_parser_and_no_picture():
    loaded = loaded_by("import monitor.cli.once, monitor.pipeline.hand_in")

    assert "httpx" in loaded
    assert not loaded & {"alembic", "babel", "bs4", "lxml", "multiprocessing", "opencc", "rapidfuzz"}
    assert not loaded & {"slack_sdk", "trafilatura", "psycopg", "pgqueuer", "sqlalchemy.dialects.postgresql"}


def test_a_poll_that_finds_nothing_loads_nothing_that_judges_words_or_remembers_what_came():
    loaded = loaded_by("import monitor.cli.once, monitor.pipeline.hand_in, monitor.deliver.slack.client")

    assert "monitor.history.polls" in loaded
    assert not loaded & {"monitor.pipeline.recording", "monitor.pipeline.screen", "monitor.watch.match", "monitor.watch.entries"}
    assert not loaded & {"monitor.history.notices", "monitor.history.registers", "monitor.render.alert", "monitor.timeline"}


def test_a_poll_of_a_page_that_has_not_moved_makes_a_few_tables_and_loads_nothing_of_what_would_have_to_be_said(
    tmp_path, httpserver
):
    httpserver.expect_request("/notice").respond_with_data(f"<main>{'<p>One notice.</p>' * 40}</main>", content_type="text/html")
    (tmp_path / "config.toml").write_text(
        f"""store = "{tmp_path / "store"}"
packages = []
[fetch]
user_agent = "tests (+contact: nobody@example.org)"
allow_private = true
gap = "0.001 seconds"
[[page]]
name = "notice"
url = "{httpserver.url_for("/notice")}"
text = "main"
"""
    )
    asked = ["monitor", "--config", str(tmp_path / "config.toml"), "poll", "page:notice"]
    run = "try: app.main()\nexcept SystemExit as end: assert not end.code"
    poll = f"import sys\nfrom monitor.cli import app\nsys.argv = {asked}\n{run}"
    loaded_by(poll)
    loaded = loaded_by(poll)

    of_history = {name.removeprefix("monitor.history.") for name in loaded if name.startswith("monitor.history.")}
    tables = {name.removeprefix("tables.") for name in of_history if name.startswith("tables.")}
    assert tables == {"acts", "base", "outbox", "sources", "store"}
    assert not of_history & {"calling", "facts", "habits", "handling", "naming", "owing", "reads", "records"}
    assert not of_history & {"silences", "troubles", "watched"}
    assert not loaded & {"monitor.alert.notice", "monitor.diff.mirrors", "monitor.vocabulary.letters"}
    assert not loaded & {"monitor.source.configured.parts", "alembic", "bs4", "lxml", "slack_sdk"}


def test_what_keeps_and_says_an_alert_can_be_loaded_before_there_is_one():
    program = "from monitor.deliver.slack.client import SlackBot; from monitor.history import History"
    loaded = loaded_by(f"{program}; History.prepare(None); SlackBot('xoxb', 'C1').prepare()")

    assert loaded >= {"slack_sdk.web.client", "monitor.deliver.slack.blocks", "monitor.render.alert"}
    assert loaded >= {f"monitor.history.{name}" for name in ("notices", "owing", "pages", "tables.readings")}


def test_a_source_and_its_readers_are_declared_without_a_parser():
    assert not loaded_by("import monitor.source.page, scrapers.cn_mofcom") & {"bs4", "feedparser", "monitor.extract.zh.pages"}


def test_a_module_is_loaded_by_the_first_thing_that_is_asked_of_it():
    assert lazy("json").loads("[1]") == [1]


def test_who_asks_while_another_thread_still_loads_a_module_waits_for_all_of_it(tmp_path, monkeypatch):
    (tmp_path / "half_loaded.py").write_text("import sys\nsys.begun.set()\nsys.goes_on.wait()\nVALUE = 1\n")
    monkeypatch.syspath_prepend(tmp_path)
    begun, goes_on, asks = Event(), Event(), lazy("half_loaded")
    monkeypatch.setattr(sys, "begun", begun, raising=False)
    monkeypatch.setattr(sys, "goes_on", goes_on, raising=False)
    with ThreadPoolExecutor(2) as threads:
        first = threads.submit(lambda: asks.VALUE)
        begun.wait()
        second = threads.submit(lambda: asks.VALUE)
        try:
            with suppress(TimeoutError):
                second.result(0.05)
        finally:
            goes_on.set()

        assert (first.result(), second.result()) == (1, 1)


def test_what_a_lazy_module_or_a_package_does_not_have_is_an_error_that_names_both():
    with pytest.raises(AttributeError, match="module 'json' has no attribute 'never'"):
        lazy("json").never  # noqa: B018 - asked for
    with pytest.raises(AttributeError, match="module 'monitor' has no attribute 'never'"):
        exports("monitor", {})("never")
    with pytest.raises(ModuleNotFoundError, match="no_such_module"):
        lazy("no_such_module").anything  # noqa: B018 - asked for
