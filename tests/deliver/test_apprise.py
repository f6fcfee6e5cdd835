import base64
import logging
import re
import sys
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import apprise as library
import pytest
from each import for_each
from notices import BARE, NAMES, act, company, listing, of_act, saturated, saved
from pytest_httpserver import HTTPServer

from monitor.alert.event import NoticeKind
from monitor.deliver import apprise
from monitor.deliver.apprise import Apprise
from monitor.errors import ConfigError, DeliveryError
from monitor.render.alert import compose_alert
from monitor.render.words import Line

ACT = saved("act-largest")
SECRET = "canary0123456789"


@pytest.fixture(autouse=True)
def _library_log() -> Iterator[None]:
    log = logging.getLogger("apprise")
    level = log.level
    yield
    log.setLevel(level)


@pytest.fixture
def channel(httpserver: HTTPServer) -> Apprise:
    return Apprise("desk", httpserver.url_for(f"/{SECRET}").replace("http://", "json://"))


def told(server: HTTPServer) -> list[dict[str, Any]]:
    return [request.get_json() for request, _ in server.log]


def test_notice_is_told_as_title_and_plain_text(httpserver, channel):
    httpserver.expect_request(f"/{SECRET}").respond_with_data("")

    assert channel.post(ACT, thread=None) == ""
    (message,) = told(httpserver)
    assert message["title"].startswith(
        "🔴 China adds 24 names in 14 entries to the Unreliable Entity List"
    )
    assert message["message"].startswith(
        "What: The list's rules of 19 Sep 2020 allow bans on trade with China"
    )
    assert message["message"].endswith(saved("act-largest").fact.url)


def test_reply_names_its_thread(httpserver, channel):
    httpserver.expect_request(f"/{SECRET}").respond_with_data("")
    channel.post(saved("press-largest"), thread="")

    assert told(httpserver)[0]["message"].startswith("About “UEL Notice No. 10 of 2025")


@pytest.mark.filterwarnings("ignore::urllib3.exceptions.InsecureRequestWarning")
@pytest.mark.parametrize(
    "kind",
    [
        "act",
        "amended",
        "daily",
        "digest",
        "press",
        "problem",
        "reminder",
        "rows",
        "watch",
        "weekly",
    ],
)
def test_teams_gets_an_adaptive_card_with_the_whole_headline_and_a_paragraph_a_line(
    server_side, kind
):
    notice = saved(f"{kind}-largest")
    alert = compose_alert(notice)
    with HTTPServer(ssl_context=server_side) as teams:
        teams.expect_request(re.compile("/workflows/.*")).respond_with_data("", 202)
        url = f"workflow://localhost:{teams.port}/W0RKFLOW/{SECRET}?image=no&verify=no"
        Apprise("desk", url).post(notice)
        ((request, _),) = teams.log

    (card,) = request.get_json()["attachments"]
    assert card["contentType"] == "application/vnd.microsoft.card.adaptive"
    (block,) = card["content"]["body"]
    text = re.sub(r"\[(http.*)\]\(http.*\)", r"\1", block["text"])
    headline, *lines = re.sub(r"\\([\W_])", r"\1", text).split("\n\n")
    assert block["wrap"]
    assert headline == apprise.make_title(alert)
    assert lines == list(filter(None, apprise.make_body(alert).split("\n")))
    for url in filter(None, (alert.console, alert.url)):
        assert f"]({url})" in block["text"]
    assert len(request.data) < 28_000  # what Teams takes


def test_a_card_shows_foreign_text_as_it_is_written_and_leads_nowhere_else():
    text = apprise.make_card_text(
        "*T*_", "[bank](https:\u200a//e.example) `x`\n\nhttps://a.example/b_(c)"
    )

    assert text.split("\n\n") == [
        r"\*T\*\_",
        "\\[bank\\](https:\u200a//e.example) \\`x\\`",
        r"[https://a.example/b\_(c)](https://a.example/b_(c%29)",
    ]


def test_edits_are_left_to_the_message_that_caused_them(httpserver, channel):
    assert channel.update(saved("parent-largest"), "") == ""
    assert told(httpserver) == []
    assert not channel.searchable
    assert channel.find(ACT.key, thread=None, since=None) is None


def test_full_list_comes_as_a_file(httpserver, channel):
    httpserver.expect_request(f"/{SECRET}").respond_with_data("")
    channel.post(
        of_act(act(listing(*(company(f"第{n}号公司") for n in range(553)))), NoticeKind.ROWS),
        thread="",
    )

    (attached,) = told(httpserver)[0]["attachments"]
    assert attached["filename"] == "mofcom-2025-99_rows.csv"
    assert len(base64.b64decode(attached["base64"]).decode().splitlines()) == 554


def test_address_is_never_shown(httpserver, channel, caplog):
    caplog.set_level(0)
    httpserver.expect_request(f"/{SECRET}").respond_with_data("no", 500)

    with pytest.raises(DeliveryError) as failed:
        channel.post(ACT, thread=None)
    assert failed.value.outcome == "unknown"
    assert (
        SECRET
        not in f"{failed.value!r}{failed.value.__cause__!r}{failed.value.__context__!r}{channel!r}{channel.name}"
    )
    ours = [record for record in caplog.records if record.name.startswith(("apprise", "monitor"))]
    assert SECRET not in "".join(record.getMessage() for record in ours)


@pytest.mark.parametrize("url", [f"nothing://{SECRET}", SECRET, f"{SECRET}\n"])
def test_address_of_no_service_is_refused_unshown(url):
    with pytest.raises(ConfigError, match="destinations.desk.apprise") as refused:
        Apprise("desk", url)
    assert SECRET not in str(refused.value)


def test_missing_library_is_named_with_the_way_to_get_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "apprise", None)  # as if it were not installed
    with pytest.raises(
        ConfigError, match=r"destinations.desk.apprise needs the library apprise: pip install"
    ):
        Apprise("desk", "json://localhost")


@for_each("name", NAMES)
def test_every_kind_has_title_and_text(name):
    alert = compose_alert(saved(name))

    assert 0 < len(apprise.make_title(alert)) <= 120
    assert 0 < len(apprise.make_body(alert)) <= 3500
    assert alert.url in apprise.make_body(alert)


@pytest.mark.parametrize(
    "text", ["甲" * 1000, "", "@everyone", "<@123> <!here>", "http://evil.example/login", "a\nb"]
)
def test_foreign_text_stays_short_calls_nobody_and_links_nowhere(text):
    for notice in saturated(text, 12):
        alert = compose_alert(notice)
        said = f"{apprise.make_title(alert)}\n{apprise.make_body(alert).removesuffix(alert.url)}"
        assert len(said) <= 3500 + 1 + 120
        assert not [words for words in ("@everyone", "<@", "<!", "://") if words in said]


def test_a_service_that_fails_in_a_way_of_its_own_leaves_the_outcome_unknown(channel, monkeypatch):
    def fails(*_: object, **__: object) -> None:
        raise IndexError(SECRET)

    monkeypatch.setattr(library.Apprise, "notify", fails)
    with pytest.raises(
        DeliveryError, match=r"apprise:desk did not confirm the message \(IndexError\)"
    ) as failed:
        channel.post(ACT, thread=None)
    assert (failed.value.outcome, SECRET in str(failed.value)) == ("unknown", False)


def test_the_library_says_nothing_at_all_for_it_names_addresses(channel):
    assert not logging.getLogger("apprise").isEnabledFor(logging.CRITICAL)


def test_details_stood_in_the_message_whose_they_are(httpserver, channel):
    assert channel.post(saved("details-largest"), thread=None) == ""
    assert told(httpserver) == []


def test_only_a_full_list_has_a_file(httpserver, channel):
    httpserver.expect_request(f"/{SECRET}").respond_with_data("")
    channel.post(ACT, thread=None)
    channel.try_out("Is it there?")

    assert [message["attachments"] for message in told(httpserver)] == [[], []]
    assert (told(httpserver)[1]["title"], told(httpserver)[1]["message"]) == (
        "Test message",
        "Is it there?",
    )
    assert channel.advice == ""


def test_the_summary_is_whole_where_other_lines_are_cut():
    words = "word " * 160
    long = replace(BARE, summary=words.strip(), status=(words,))
    cut, *summary, last = apprise.make_body(long).splitlines()

    assert (len(cut), cut[-1], last) == (300, "…", "seen")
    assert "".join(summary).replace(" ", "") == words.replace(" ", "")


def test_why_it_came_here_stands_at_the_end_and_the_address_behind_it():
    why = "You get this because a rule names it"

    assert apprise.make_body(replace(BARE, why="a rule names it", url="https://e.cn/57")).endswith(
        f"\n{why}\n\nhttps://e.cn/57"
    )
    assert "You get this" not in apprise.make_body(replace(BARE, why=""))
    assert apprise.make_body(BARE).endswith("seen")


def test_what_is_long_ends_in_an_ellipsis_before_an_address_that_stays_whole():
    address = f"https://e.cn/{'1' * 900}"
    said = apprise.make_body(
        replace(BARE, url=address, details=tuple(Line("Clause", "word " * 50) for _ in range(20)))
    )

    assert len(said) <= 3_500
    assert said.endswith(f"…\n\n{address}")


def test_what_says_nothing_is_a_dash():
    assert (
        apprise.make_body(
            replace(BARE, summary="", evidence=(), status=(), touches=(), thread="", why="")
        )
        == "–"
    )
