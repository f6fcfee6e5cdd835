import json
import re
import time
from pathlib import Path
from typing import Any

import pytest
from command import run, typed
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from monitor.cli.doctor import find_unopened
from monitor.cli.doctor.house import Finding
from monitor.cli.doctor.slack import MANIFEST, NEEDED, PRIVATE, UPLOADS, USEFUL, check_slack
from monitor.config import Config, DestinationSettings, SlackSettings
from monitor.deliver.slack.client import SlackBot

TOKEN = "xoxb-canary-0123456789"
ALL = "chat:write,channels:history,channels:read,files:write"
NAMES = (
    "SLACK_BOT_TOKEN",
    "SLACK_APP_TOKEN",
    "SLACK_WEBHOOK_URL",
    "HTTP_PROXY",
    "HTTPS_PROXY",
    "http_proxy",
    "https_proxy",
)


class Team:
    """A workspace that knows its bot's scopes, its channels and what stands in them."""

    def __init__(self, server: HTTPServer) -> None:
        self.scopes: str | None = ALL
        self.channels: dict[str, dict[str, Any]] = {"C1": {"name": "alerts", "is_member": True}}
        self.messages: list[dict[str, Any]] = []
        self.errors: dict[str, dict[str, Any]] = {}
        self.forgets = False
        self.asked: list[str] = []
        self.api = server.url_for("/api/")
        for method in (
            "auth.test",
            "conversations.info",
            "conversations.list",
            "conversations.history",
            "chat.postMessage",
        ):
            server.expect_request(f"/api/{method}").respond_with_handler(self._handler(method))

    def _handler(self, method: str):
        def handle(request: Request) -> Response:
            asked = request.get_json() if request.is_json else request.values.to_dict()
            assert request.headers["Authorization"] == f"Bearer {TOKEN}"
            self.asked.append(method)
            answer = self.errors.get(method) or getattr(
                self, f"_{method.replace('.', '_').lower()}"
            )(asked)
            headers = {"x-oauth-scopes": self.scopes} if self.scopes is not None else {}
            return Response(
                json.dumps({"ok": "error" not in answer, **answer}),
                answer.get("status", 200),
                headers,
                content_type="application/json",
            )

        return handle

    def _auth_test(self, asked: dict[str, Any]) -> dict[str, Any]:
        return {
            "team": "Trade desk",
            "team_id": "T1",
            "user": "monitor",
            "user_id": "U1",
            "bot_id": "B1",
        }

    def _conversations_info(self, asked: dict[str, Any]) -> dict[str, Any]:
        channel = self.channels.get(asked["channel"])
        return (
            {"channel": {"id": asked["channel"], **channel}}
            if channel
            else {"error": "channel_not_found"}
        )

    def _conversations_list(self, asked: dict[str, Any]) -> dict[str, Any]:
        if asked["types"] == "private_channel":
            return {"error": "missing_scope", "needed": "groups:read"}
        ids = sorted(self.channels)
        at = int(asked.get("cursor") or 0)
        following = str(at + 1) if at + 1 < len(ids) else ""
        return {
            "channels": [{"id": ids[at], **self.channels[ids[at]]}],
            "response_metadata": {"next_cursor": following},
        }

    def _conversations_history(self, asked: dict[str, Any]) -> dict[str, Any]:
        shown = ["ts", "text", *(["metadata"] if asked.get("include_all_metadata") else [])]
        return {
            "messages": [
                {name: each[name] for name in shown if name in each} for each in self.messages
            ]
        }

    def _chat_postmessage(self, asked: dict[str, Any]) -> dict[str, Any]:
        message = {**asked, "ts": f"1760000000.{len(self.messages)}"}
        if not self.forgets:
            self.messages.append(message)
        return {"channel": asked["channel"], "ts": message["ts"]}


@pytest.fixture(autouse=True)
def _bare(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def team(httpserver: HTTPServer, monkeypatch: pytest.MonkeyPatch) -> Team:
    monkeypatch.setenv("SLACK_BOT_TOKEN", TOKEN)
    monkeypatch.setattr(time, "sleep", lambda _seconds: None)
    return Team(httpserver)


def looked(
    team: Team, channel: str = "C1", *, send: bool = False, **more: Any
) -> dict[str, Finding]:
    config = Config(slack=SlackSettings(channel=channel, api=team.api), **more)
    findings = {finding.subject: finding for finding in check_slack(config, send=send)}
    assert TOKEN not in repr(findings)
    return findings


def test_all_is_well_where_a_bot_can_speak_and_look_back(team: Team) -> None:
    found = looked(team)

    assert all(finding.ok for finding in found.values())
    assert found["slack token SLACK_BOT_TOKEN"].seen == "bot monitor of Trade desk"
    assert found["slack scopes SLACK_BOT_TOKEN"].seen.startswith("all there: channels:history")
    assert found["slack channel of alerts, ops"].seen.startswith(
        "#alerts (C1): monitor is in it; it can be read back"
    )
    assert "chat.postMessage" not in team.asked


@pytest.mark.parametrize(
    ("answer", "well", "says"),
    [
        ({"ok": True, "url": "wss://example"}, True, "clicks can arrive"),
        ({"ok": False, "error": "not_allowed_token_type"}, False, "not_allowed_token_type"),
    ],
)
def test_whether_clicks_could_be_heard_is_asked_of_slack(
    team: Team,
    httpserver: HTTPServer,
    monkeypatch: pytest.MonkeyPatch,
    answer: dict[str, Any],
    well: bool,
    says: str,
) -> None:
    monkeypatch.setenv("SLACK_APP_TOKEN", "xapp-1-canary")
    httpserver.expect_request("/api/apps.connections.open").respond_with_json(answer)
    finding = looked(team)["slack buttons SLACK_APP_TOKEN"]

    assert finding.ok is well
    assert says in finding.seen
    assert well or "connections:write" in finding.remedy


@pytest.mark.parametrize("code", ["invalid_auth", "token_revoked", "account_inactive"])
def test_token_that_is_refused_is_the_only_finding_about_it(team: Team, code: str) -> None:
    team.errors["auth.test"] = {"error": code}
    found = looked(team)

    assert list(found) == ["slack token SLACK_BOT_TOKEN", "slack manifest"]
    assert code in found["slack token SLACK_BOT_TOKEN"].seen
    assert not found["slack token SLACK_BOT_TOKEN"].ok


@pytest.mark.parametrize(
    ("method", "subject"),
    [
        ("auth.test", "slack token SLACK_BOT_TOKEN"),
        ("conversations.info", "slack channel of alerts, ops"),
        ("conversations.history", "slack channel of alerts, ops"),
        ("chat.postMessage", "slack test message to alerts, ops"),
    ],
)
@pytest.mark.parametrize(
    ("answer", "says"),
    [
        ({"status": 429, "error": "ratelimited"}, "Slack asks for patience"),
        ({"status": 500}, "Slack failed (500)"),
        ({"error": "internal_error"}, "Slack failed (internal_error)"),
    ],
)
def test_slack_that_asks_for_patience_or_fails_is_waited_for_and_no_other_advice_is_given(
    team: Team, method: str, subject: str, answer: dict[str, Any], says: str
) -> None:
    team.errors[method] = {"error": "", **answer}
    found = looked(team, send=True)[subject]

    assert found.seen.endswith(says)
    assert found.remedy == "wait, then ask again; nothing was checked"


def test_a_page_in_the_place_of_slack_says_nothing_of_the_token(
    team: Team, httpserver: HTTPServer
) -> None:
    httpserver.clear_all_handlers()
    httpserver.expect_request("/api/auth.test").respond_with_data("<p>A proxy's own page</p>")
    found = looked(team)["slack token SLACK_BOT_TOKEN"]

    assert found.remedy.startswith("check the network")


@pytest.mark.parametrize("start", ["xapp-", "xoxp-"])
def test_token_of_another_kind_is_named_and_not_shown(
    team: Team, monkeypatch: pytest.MonkeyPatch, start: str
) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", f"{start}canary")
    found = check_slack(Config(slack=SlackSettings(channel="C1", api="http://127.0.0.1:1/")))

    assert f"({start}…)" in found[0].seen
    assert "canary" not in repr(found)


def test_slack_that_is_out_of_reach_is_no_wrong_token(team: Team) -> None:
    (found, _) = check_slack(Config(slack=SlackSettings(channel="C1", api="http://127.0.0.1:1/")))

    assert "Slack can't be reached" in found.seen
    assert found.remedy.startswith("check the network")


@pytest.mark.parametrize("scope", ["chat:write", "channels:history", "files:write"])
def test_missing_scope_is_named_with_what_it_is_for(team: Team, scope: str) -> None:
    team.scopes = ",".join(each for each in ALL.split(",") if each != scope)
    found = looked(team)["slack scopes SLACK_BOT_TOKEN"]

    assert not found.ok
    assert found.seen == f"{scope} is missing ({NEEDED[scope]})"
    assert "reinstall" in found.remedy


def test_scope_that_only_the_doctor_needs_is_no_fault(team: Team) -> None:
    team.scopes = ALL.replace("channels:read,", "")
    team.errors["conversations.info"] = {"error": "missing_scope", "needed": "channels:read"}
    found = looked(team)

    assert found["slack scopes SLACK_BOT_TOKEN"].ok
    assert "channels:read is missing" in found["slack scopes SLACK_BOT_TOKEN"].seen
    assert found["slack channel of alerts, ops"].ok


def test_private_channel_needs_other_scopes_and_of_a_server_that_tells_none_nothing_is_said(
    team: Team,
) -> None:
    team.channels["C1"]["is_private"] = True
    assert "groups:history is missing" in looked(team)["slack scopes SLACK_BOT_TOKEN"].seen

    team.scopes = None
    assert looked(team)["slack scopes SLACK_BOT_TOKEN"].state == "unknown"


@pytest.mark.parametrize(
    ("channel", "known", "errors", "says"),
    [
        (
            "#export-control",
            {"C2": {"name": "export-control"}},
            {},
            "write its id C2 instead of its name",
        ),
        ("C404", {}, {}, "/invite @monitor"),
        ("", {}, {}, "[slack] channel"),
        ("C1", {"C1": {"name": "alerts", "is_archived": True}}, {}, "#alerts (C1) is archived"),
        (
            "C1",
            {},
            {"conversations.history": {"error": "missing_scope", "needed": "channels:history"}},
            "it needs channels:history | without it an alert may come twice",
        ),
    ],
    ids=["a name", "unknown", "none", "archived", "not read back"],
)
def test_a_channel_that_can_not_be_used_says_why_and_the_way_out(
    team: Team, channel: str, known, errors, says: str
) -> None:
    team.channels |= known
    team.errors |= errors
    found = looked(team, channel)["slack channel of alerts, ops"]

    assert not found.ok
    assert says in f"{found.seen} | {found.remedy}"


@pytest.mark.parametrize(
    ("scopes", "private", "well"), [(ALL, False, False), (f"{ALL},channels:join", False, True)]
)
def test_bot_outside_a_channel_is_well_only_where_it_can_enter(
    team: Team, scopes: str, private: bool, well: bool
) -> None:
    team.scopes = scopes
    team.channels["C1"] = {"name": "alerts", "is_member": False, "is_private": private}
    found = looked(team)["slack channel of alerts, ops"]

    assert found.ok is well
    assert found.remedy == "in the channel: /invite @monitor"


def ways(**further: dict[str, str]) -> dict[str, DestinationSettings]:
    return {name: DestinationSettings(way=way) for name, way in further.items()}


def test_each_channel_is_looked_at_once_with_all_that_goes_there(team: Team) -> None:
    team.channels["C2"] = {"name": "desk", "is_member": True}
    found = looked(
        team,
        destinations=ways(
            desk={"slack": "C2"},
            again={"slack": "C1"},
            far={"slack": "C3", "token": "OTHER_TOKEN"},
        ),
    )

    assert found["slack channel of alerts, ops, again"].ok
    assert found["slack channel of desk"].ok
    assert found["slack token OTHER_TOKEN"].seen == "not set"
    assert team.asked.count("conversations.info") == 2


def test_token_written_into_the_file_is_not_shown(team: Team) -> None:
    found = looked(team, destinations=ways(desk={"slack": "C2", "token": "xoxb-canary-2"}))

    assert "xoxb-canary-2" not in repr(found)


def test_sent_message_is_found_again_by_its_key_and_none_that_the_history_misses(
    team: Team,
) -> None:
    found = looked(team, send=True)["slack test message to alerts, ops"]

    assert (found.ok, found.seen) == (True, "posted, and found again by its key")
    (message,) = team.messages
    assert message["text"].startswith("Test message")
    assert list(SlackBot(TOKEN, "C1", base_url=team.api).recalled(None)) == []


@pytest.mark.parametrize(
    ("forgets", "errors", "says"),
    [
        (True, {}, "not found again within 15 s"),
        (False, {"chat.postMessage": {"error": "restricted_action"}}, "restricted_action"),
    ],
)
def test_sent_message_that_does_not_show_or_is_refused_is_a_finding(
    team: Team, forgets: bool, errors, says: str
) -> None:
    team.forgets, team.errors = forgets, errors
    found = looked(team, send=True)["slack test message to alerts, ops"]

    assert (found.ok, says in found.seen) == (False, True)


def test_webhook_alone_is_at_least_once(
    monkeypatch: pytest.MonkeyPatch, httpserver: HTTPServer
) -> None:
    httpserver.expect_request("/hook").respond_with_data("ok")
    monkeypatch.setenv("SLACK_WEBHOOK_URL", httpserver.url_for("/hook"))

    (webhook, _) = check_slack(Config())
    assert webhook.ok
    assert "at least once" in webhook.seen
    assert httpserver.log == []
    assert check_slack(Config(), send=True)[1].seen == "taken"


def test_webhook_that_refuses_says_why(
    monkeypatch: pytest.MonkeyPatch, httpserver: HTTPServer
) -> None:
    httpserver.expect_request("/hook").respond_with_data("no_service", 404)
    monkeypatch.setenv("SLACK_WEBHOOK_URL", httpserver.url_for("/hook"))
    found = check_slack(Config(), send=True)

    assert "no_service" in found[1].seen
    assert httpserver.url_for("/hook") not in repr(found)


def test_other_destinations_are_looked_at_and_tried(
    monkeypatch: pytest.MonkeyPatch, httpserver: HTTPServer
) -> None:
    httpserver.expect_request("/in").respond_with_data("")
    monkeypatch.setenv("DESK_URL", httpserver.url_for("/in"))
    monkeypatch.setenv("DESK_APPRISE", httpserver.url_for("/in").replace("http", "json"))
    further = ways(
        desk={"webhook": "DESK_URL"}, mail={"apprise": "DESK_APPRISE"}, lost={"webhook": "LOST_URL"}
    )
    found = {
        finding.subject: finding for finding in check_slack(Config(destinations=further), send=True)
    }

    assert "not signed" in found["destination desk"].remedy
    assert "LOST_URL is not set" in found["destination lost"].seen
    assert not found["destination lost"].ok
    assert [found[f"test message to {name}"].seen for name in ("desk", "mail")] == [
        "taken",
        "taken",
    ]
    assert [request.get_json().get("kind") for request, _ in httpserver.log] == ["test", None]


def test_destination_that_does_not_answer_is_a_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DESK_URL", "http://127.0.0.1:1/in")
    found = check_slack(Config(destinations=ways(desk={"webhook": "DESK_URL"})), send=True)

    assert "can't be reached" in found[1].seen
    assert not found[1].ok


def test_without_any_way_out_the_first_step_is_said() -> None:
    (found, manifest) = check_slack(Config())

    assert not found.ok
    assert "SLACK_BOT_TOKEN" in found.remedy
    assert manifest.details["manifest"] == MANIFEST.read_text()


def test_manifest_asks_for_every_scope_that_is_looked_for() -> None:
    asked = set(re.findall(r"^ +- ([a-z:]+)", MANIFEST.read_text(), re.MULTILINE))

    assert asked == {*NEEDED, *PRIVATE, *USEFUL, "channels:join"}


def test_command_prints_one_object_a_line_and_fails_where_something_is_wrong(
    tmp_path: Path,
) -> None:
    (tmp_path / "config.toml").write_text("")
    done = typed(tmp_path / "config.toml", "doctor --slack --json")

    assert done.returncode == 1
    assert [json.loads(line)["check"] for line in done.stdout.splitlines()] == [
        "slack",
        "slack manifest",
    ]


@pytest.mark.parametrize("wrong", [("--send",), ("--slack", "cn_mofcom"), ("--slack", "--save")])
def test_options_that_do_not_fit_together_are_wrong_use(wrong: tuple[str, ...]) -> None:
    assert run("doctor", *wrong).returncode == 2


def test_a_channel_without_a_token_is_wrong_with_and_without_slack(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    config = Config(
        slack=SlackSettings(channel="C1"),
        destinations=ways(desk={"webhook": "NO_URL"}),
    )
    of_house = {
        finding.subject: finding.seen for finding in find_unopened(config) if not finding.ok
    }
    of_slack = {finding.subject: finding.seen for finding in check_slack(config) if not finding.ok}

    assert list(of_house) == ["destination alerts, ops", "destination desk"]
    assert of_house["destination alerts, ops"].startswith(
        "slack.channel: SLACK_BOT_TOKEN is not set"
    )
    assert of_slack["slack token SLACK_BOT_TOKEN"] == "not set"
    assert list(find_unopened(Config())) == []
    monkeypatch.setenv("SLACK_BOT_TOKEN", TOKEN)
    assert [finding.ok for finding in find_unopened(Config())] == [False]


def test_the_host_of_full_lists_is_tried_too(
    team: Team, httpserver: HTTPServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    # which answers, be it that there is no such page
    monkeypatch.setitem(UPLOADS, team.api, httpserver.url_for("/files/"))
    assert looked(team)["slack uploads"].ok
    monkeypatch.setitem(UPLOADS, team.api, "http://127.0.0.1:1/")
    closed = looked(team)["slack uploads"]

    assert (closed.ok, "can't be reached" in closed.seen) == (False, True)
    assert closed.remedy == "open port 443 to it; until then full lists come as text"
