import asyncio
import json
import os
import socket
import ssl
import subprocess
import threading
from collections.abc import Awaitable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from acts import control
from command import run, typed
from lacking import lacking
from pytest_httpserver import HTTPServer
from raw_server import Exchange, answer, raw_server

from monitor.cli.doctor import make_source_finding, summarize_sources, word_remedy
from monitor.cli.doctor.house import Finding, check_clock, describe_sqlite, list_proven_sources
from monitor.cli.doctor.source import Comparison, Examined, Reading, guess_extension
from monitor.config import Config, FetchSettings
from monitor.config.stores import Store
from monitor.errors import ErrorKind
from monitor.fetch.answer import Seen, _make_certificate
from monitor.model import Problem
from monitor.source.health import find_way_out
from monitor.source.registry import Registry
from monitor.store import DATABASE, OPS, History, PollEnds, outbox, owing, polls, troubles
from monitor.store.archive import FolderArchive
from monitor.store.lock import Lock


def listed(count: int, css: str = "list") -> str:
    rows = "".join(f"<li><a href='/{n}'>第{n}号</a></li>" for n in range(count))
    return f"<html><meta charset='gbk'><ul class='{css}'>{rows}</ul></html>"


def test_a_source_that_is_well_says_who_answered_and_how_it_compares_with_its_saved_page(clinic):
    clinic.save("acts-first.html", listed(4), facts=4)
    clinic.answers(listed(6).encode("gbk"))

    found = clinic.source()

    assert found.ok
    assert found.seen.startswith(("127.0.0.1 · 200 · ", "::1 · 200 · "))
    assert "text/html, gbk" in found.seen
    assert (
        "6 links, 0 facts · saved acts-first.html: 4 links, 0 facts, ratio 1.5 · same selectors"
        in found.seen
    )
    assert found.details["saved"] == {
        "file": "acts-first.html", "links": 4, "facts": 0, "selectors": {"ul.list a": 4}, "ratio": 1.5,
    }  # fmt: skip


def test_a_layout_that_changed_names_the_selector_and_the_way_out(clinic):
    clinic.save("acts-first.html", listed(4), facts=4)
    clinic.answers(listed(6, css="newlist").encode("gbk"))

    found = clinic.source()

    assert not found.ok
    assert "no longer found: ul.list a" in found.seen
    assert "layout: 0 nodes match" in found.seen
    assert found.remedy.startswith("the page changed, or another came: open it in a browser")
    assert "`monitor doctor jp_own.acts --save`, mend the selector" in found.remedy


@pytest.mark.parametrize(
    ("status", "kind", "way_out"),
    [
        (404, "gone", "find its new address"),
        (403, "refused", "put a contact"),
        (503, "server", "wait"),
        (202, "not-the-page", ""),
    ],
)
def test_a_status_has_its_cause_and_its_way_out(clinic, status: int, kind: str, way_out: str):
    clinic.answers("no", status)

    found = clinic.source()

    assert found.problem
    assert (found.ok, found.problem.kind) == (False, kind)
    assert f"{kind}: localhost: answered {status}" in found.seen
    assert way_out in found.remedy


def test_redirects_are_counted_and_the_last_address_is_told(clinic, httpserver: HTTPServer):
    clinic.answers("", 302, Location=httpserver.url_for("/moved"))
    clinic.answers(listed(3), path="/moved")

    assert f"1 redirect to {httpserver.url_for('/moved')}" in clinic.source().seen


async def test_one_address_asked_twice_is_no_redirect(clinic):
    def tell(exchange: Exchange) -> Awaitable[None]:
        missing = b"/robots" in exchange.request
        return exchange.send(
            answer(b"a,b\n", status="404 No" if missing else "200 OK", length=None)
        )

    async with raw_server(tell) as server:
        finding = await asyncio.to_thread(clinic.source, server.url)

    assert sum(b"GET / " in request for request in server.requests) == 2
    assert "redirect" not in finding.seen


def test_robots_are_obeyed_and_named(clinic, httpserver: HTTPServer):
    httpserver.clear_all_handlers()
    httpserver.expect_request("/robots.txt").respond_with_data("User-agent: *\nDisallow: /li")

    found = clinic.source()

    assert "its robots.txt forbids this address to regulatory-monitor" in found.seen
    assert found.remedy == find_way_out(ErrorKind.ROBOTS)


def test_save_keeps_the_page_that_came_as_a_fixture(clinic):
    clinic.answers(listed(6).encode("gbk"))

    found = clinic.source(keep=True)
    (page,) = clinic.pages.iterdir()

    assert page.name == f"acts-live-{datetime.now(UTC):%Y%m%d}.html"
    assert page.read_bytes() == listed(6).encode("gbk")
    assert f"saved as {page}" in found.seen


def test_the_newest_live_page_is_the_one_compared_and_refused_ones_never(clinic):
    clinic.save("acts-live-20250101.html", listed(3), facts=3)
    clinic.save("acts-live-20251001.html", listed(5), facts=5)
    clinic.save("acts-later.html", listed(9), facts=9)
    clinic.save("acts-live-20251101.html", "maintenance", facts=0)
    clinic.answers(listed(5))

    assert "saved acts-live-20251001.html: 5 links" in clinic.source().seen


def test_only_what_is_asked_for_is_examined_and_the_store_stays_as_it_was(
    clinic, httpserver: HTTPServer
):
    with History(clinic.store):
        pass
    before = {path.name: path.read_bytes() for path in clinic.store.iterdir()}
    clinic.answers(listed(3))

    findings = clinic.findings()

    assert "jp_own.others" not in findings
    assert "/other" not in [request.path for request, _ in httpserver.log]
    assert {
        path.name: path.read_bytes() for path in clinic.store.iterdir() if path.name in before
    } == before
    with History(clinic.store, read_only=True) as history:
        assert history(troubles.load_source_healths) == {}


# the house


def test_a_store_that_is_not_there_yet_is_well(clinic):
    findings = clinic.findings()

    assert findings["store"].ok
    assert "`monitor poll` begins one" in findings["store"].remedy
    assert not clinic.store.exists()


def test_a_file_of_the_store_that_can_t_be_written_is_named(
    clinic, monkeypatch: pytest.MonkeyPatch
):
    with History(clinic.store):
        pass
    kept = clinic.store / DATABASE
    allows = os.access
    monkeypatch.setattr(os, "access", lambda path, mode: path != kept and allows(path, mode))
    finding = clinic.findings()["store"]

    assert (finding.ok, finding.seen) == (False, f"{kept}: can't be written")


def test_who_holds_the_store_is_told(clinic):
    with Lock(clinic.store):
        with History(clinic.store):
            pass
        assert f"held by process {os.getpid()}" in clinic.findings()["store"].seen
    assert "not held" in clinic.findings()["store"].seen


def test_a_lock_that_can_t_be_read_is_wrong(clinic):
    (clinic.store / "lock").mkdir(parents=True)
    finding = clinic.findings()["store"]

    assert (finding.ok, "lock: can't be read: Is a directory" in finding.seen) == (False, True)


def test_a_broken_store_and_a_damaged_archive_are_wrong(clinic):
    clinic.store.mkdir()
    (clinic.store / DATABASE).write_bytes(b"no database at all " * 99)
    archive = FolderArchive(clinic.store / "archive")
    body = archive.put(b"evidence")
    (path,) = (clinic.store / "archive").glob("*/*.zst")
    path.write_bytes(b"rot")

    findings = clinic.findings()

    assert not findings["store"].ok
    assert "can't be opened" in findings["store"].seen
    assert (findings["archive"].ok, body in findings["archive"].seen) == (False, True)


def test_a_destination_that_took_nothing_at_the_last_try_is_wrong(clinic):
    clinic.answers(listed(3))
    at = datetime(2025, 10, 9, 1, 0, tzinfo=UTC)
    with History(clinic.store) as history:
        history(owing.enqueue_disk_full, at, at)
        history(owing.owe_settings_refused, "no such key", at)
        waiting = clinic.findings()
        history(outbox.mark_held_up, OPS, "slack.example: no connection")

    assert not any(subject.startswith("messages") for subject in waiting)
    failing = clinic.findings()["messages to ops"]
    assert not failing.ok
    assert failing.seen == "2 messages since 2025-10-09T01:00:00Z: slack.example: no connection"


def test_the_race_in_sqlite_is_told_where_it_is():
    assert all(
        "one writer" in describe_sqlite(version) for version in ((3, 46, 1), (3, 7, 0), (3, 51, 2))
    )
    assert not any(
        "one writer" in describe_sqlite(version)
        for version in ((3, 51, 3), (3, 44, 6), (3, 50, 7), (3, 6, 23))
    )


def seen(*, late: float) -> Seen:
    now = datetime(2025, 10, 9, tzinfo=UTC)
    return Seen("https://x/", 200, now, now + timedelta(seconds=late), "", None, "")


def test_the_clock_is_held_against_most_servers_not_against_one():
    assert check_clock([seen(late=1), seen(late=0), seen(late=9000)]).ok
    wrong = check_clock([seen(late=3600), seen(late=3601), seen(late=0)])

    assert not wrong.ok
    assert "3600 s behind" in wrong.seen
    assert "NTP" in wrong.remedy


def test_a_clock_that_was_held_against_none_is_neither_well_nor_wrong():
    alone = check_clock([])

    assert (alone.state, alone.fields["ok"]) == ("unknown", None)


def test_a_clock_is_not_said_to_be_ahead_by_what_servers_cut_off():
    assert check_clock([seen(late=-0.9)]).seen == "as the servers' (median of 1 answer)"
    assert check_clock([seen(late=-5)]).seen.startswith("5 s ahead of the servers'")


def test_a_store_counts_what_was_read_well_not_what_failed(clinic):
    with History(clinic.store) as history:
        at, patience = datetime(2025, 10, 9, tzinfo=UTC), timedelta(hours=1)
        for source, problem in (("a", None), ("b", Problem(ErrorKind.DNS, "no name"))):
            history(polls.end, (PollEnds(source, problem, at, patience),))

    assert "1 source read well so far; writable by this user" in clinic.findings()["store"].seen


def test_a_certificate_is_its_issuer_and_its_last_day():
    told_by_ssl = {
        "issuer": ((("countryName", "US"),), (("organizationName", "Let's Encrypt"),)),
        "notAfter": "Jun  1 12:00:00 2027 GMT",
    }

    assert (_make_certificate(told_by_ssl).issuer, _make_certificate(told_by_ssl).expires) == (
        "Let's Encrypt",
        "2027-06-01",
    )
    assert _make_certificate({}).expires == "unknown"


def test_every_remedy_names_a_key_or_a_command_that_exists():
    named = {
        word.partition(".")[2]
        for text in map(find_way_out, ErrorKind)
        for word in text.split()
        if word.startswith("fetch.")
    }

    assert {key.strip(",:;") for key in named} <= set(FetchSettings.__struct_fields__)


@pytest.mark.parametrize(
    ("body", "ends"),
    [
        (b"\xef\xbb\xbf<?xml version='1.0'?><rss/>", "xml"),
        (b"<?xml version='1.0'?>\n<!DOCTYPE html><html/>", "html"),
        (b' {"a":1}', "json"),
        (b"%PDF-1.7", "pdf"),
        (b"<html>", "html"),
    ],
)
def test_a_page_is_named_by_its_own_bytes(body: bytes, ends: str):
    assert guess_extension(body) == ends


def finding(kind: str | None) -> Finding:
    problem = Problem(kind=ErrorKind(kind), text="x") if kind else None
    return Finding("toy", ok=not problem, seen="", is_source=True, problem=problem)


def test_sources_are_counted_by_what_came_of_them():
    told = summarize_sources([*map(finding, (None, None, "refused", "empty", "layout", "dns"))])

    assert told == [
        ("read well", "2", "toy, toy"),
        *[(outcome, "1", "toy") for outcome in ("refused", "empty", "layout", "unreachable")],
    ]
    assert summarize_sources([finding(None), Finding("disk", ok=True, seen="")]) == []


async def test_a_poll_that_read_a_source_well_proves_it(desk, tmp_path: Path):
    store, nowhere = Store(tmp_path / "store"), Store(tmp_path / "nowhere")
    assert list_proven_sources(store) == list_proven_sources(nowhere) == frozenset()

    await desk.poll()

    assert list_proven_sources(store) == {"toy.notices"}


def test_a_source_without_a_page_that_came_from_its_publisher_is_unproven_while_it_is_not_read():
    source = Registry(Config()).source("cn_mfa.countermeasures")
    examined = Examined(
        source, "https://x/", problem=Problem(kind=ErrorKind.REFUSED, text="answered 403")
    )
    read = Comparison(Reading(problem=examined.problem), file="countermeasures-live-20261130.html")

    assert "unproven" in make_source_finding(examined, None, "").seen
    assert "unproven" not in make_source_finding(examined, read, "").seen
    assert "unproven" not in make_source_finding(examined, None, "", {source.id}).seen
    captured = replace(examined, source=Registry(Config()).source("us_fcc.covered"))
    assert "unproven" not in make_source_finding(captured, None, "").seen
    assert "unproven" not in make_source_finding(Examined(source, "https://x/"), None, "").seen
    assert (
        "monitor hand-in FILE --source cn_mfa.countermeasures --by NAME"
        in make_source_finding(examined, None, "").remedy
    )


# the command


def test_tls_is_told_with_issuer_and_expiry(
    clinic, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    names = (
        "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj"
        " /CN=localhost/O=Own-CA"
    )
    try:
        alternative = [
            "-addext",
            "subjectAltName=DNS:localhost",
            "-keyout",
            "key.pem",
            "-out",
            "cert.pem",
        ]
        subprocess.run(
            ["openssl", *names.split(), *alternative], cwd=tmp_path, check=True, capture_output=True
        )
    except FileNotFoundError:
        lacking("openssl makes the certificate")
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(tmp_path / "cert.pem", tmp_path / "key.pem")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "cert.pem"))
    with HTTPServer(host="localhost", ssl_context=context) as secure:
        secure.expect_request("/list").respond_with_data(listed(3), content_type="text/html")
        trusted = clinic.source(secure.url_for("/list"))
        monkeypatch.delenv("SSL_CERT_FILE")
        refused = clinic.source(secure.url_for("/list"))

    tomorrow = datetime.now(UTC) + timedelta(days=2)
    assert f"TLS by Own-CA until {tomorrow:%Y-%m-%d}" in trusted.seen
    assert "self-signed certificate" in refused.seen
    assert "SSL_CERT_FILE" in refused.remedy


def test_off_line_every_source_has_a_line(tmp_path: Path):
    config = tmp_path / "config.toml"
    config.write_text(
        '[fetch]\nallow_private = true\ndeadline = "1 second"\ngap = "0.001 seconds"\n'
        f'[sources."us_npr.news"]\nurl = "http://127.0.0.1:{deaf()}/"\n'
    )
    names = {json.loads(line)["id"] for line in typed(config, "sources --json").stdout.splitlines()}

    result = typed(config, "--store", tmp_path / "store", "doctor", "--json")
    lines = [json.loads(line) for line in result.stdout.splitlines()]

    assert (result.returncode, result.stderr) == (1, "")
    by_hand = {name for name in names if name.startswith("by_hand.")}
    assert {line["source"] for line in lines if "source" in line} == names - by_hand
    assert f"{len(names)} sources in scrapers, {len(by_hand)} of them fed by hand" in result.stdout
    assert all(line["remedy"] for line in lines if "source" in line)
    assert not (tmp_path / "store").exists()


def deaf() -> int:
    """A port that takes connections and never answers, while this process lives."""
    listener = socket.create_server(("127.0.0.1", 0))
    kept: list[socket.socket] = [listener]

    def listen() -> None:
        while True:
            kept.append(listener.accept()[0])

    threading.Thread(target=listen, daemon=True).start()
    return int(listener.getsockname()[1])


def test_the_table_is_for_people_and_well_is_exit_0(settings: Path, ministry):
    ministry.publish("18", control(18, "1C902.a"))

    result = typed(settings, "doctor toy.notices")

    assert result.returncode == 0, result.stdout
    assert "toy.notices" in result.stdout
    assert "2 links, 0 facts" in " ".join(result.stdout.split())


@pytest.fixture
def settings(ministry, tmp_path: Path) -> Path:
    path = tmp_path / "config.toml"
    path.write_text(f"""
packages = ["toy_scrapers"]
store = "{tmp_path / "store"}"
[fetch]
allow_private = true
[sources."toy.notices"]
url = "{ministry.index}"
[sources."toy.yearbook"]
enabled = false
""")
    return path


def test_an_unknown_source_is_one_clear_line():
    result = run("doctor", "cn_mofcm")

    assert result.returncode == 2
    assert "did you mean" in result.stderr


@pytest.mark.parametrize("kind", [ErrorKind.DNS, ErrorKind.REDIRECT, ErrorKind.GONE])
def test_the_address_of_a_page_is_set_where_it_stands(kind: ErrorKind):
    assert 'set url in the [[page]] whose name is "five"' in word_remedy(kind, "page:five")
    assert 'set url under [sources."toy.notices"]' in word_remedy(kind, "toy.notices")


def test_a_page_that_is_too_large_is_not_sent_to_a_scraper_that_it_has_not():
    assert "can't be raised" in word_remedy(ErrorKind.TOO_LARGE, "page:five")
    assert "size_limit" in word_remedy(ErrorKind.TOO_LARGE, "toy.notices")
