import json
import logging
import socket
import threading
from dataclasses import replace
from typing import Any

import pytest
from cases import read_cases
from command import FAR
from notices import act, company, listing, of_act, saved
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from monitor.alert.event import NoticeKind
from monitor.deliver.channel import Channel, Pace
from monitor.deliver.slack.client import ALL_PAGES, RECENT_PAGES, SlackBot, SlackWebhook
from monitor.errors import ConfigError, DeliveryError
from monitor.render.alert import compose_alert

TOKEN = "xoxb-canary-0123456789"
ACT = saved("act-largest")
PARENT = saved("parent-largest")
PRESS = saved("press-largest")
LONG = act(listing(*(company(f"第{number}公司", f"=Firm {number}") for number in range(30))))
ROWS = replace(of_act(LONG, NoticeKind.ROWS), key="mofcom-2025-99:act:rows")
SLOW = Response("slow down", 429, {"Retry-After": "9"})


class Slack:
    """A workspace with one channel. `next` answers are given before it behaves; it takes the
    message first where told so.
    """

    def __init__(self, server: HTTPServer) -> None:
        self.messages: list[dict[str, Any]] = []
        self.asked: list[tuple[str, dict[str, Any]]] = []
        self.next: list[Response | dict[str, Any]] = []
        self.accepts = False
        self.mixes = True  # whether every channel shows what stands in any
        self.uploads: list[dict[str, Any]] = []
        self._server = server
        server.expect_request("/upload").respond_with_handler(self._take)
        self.page = 100
        for method, answer in {
            "chat.postMessage": self._post,
            "chat.update": self._update,
            "conversations.history": self._history,
            "conversations.replies": self._history,
            "conversations.join": lambda asked: {"ok": True},
            "files.getUploadURLExternal": self._place,
            "files.completeUploadExternal": self._share,
        }.items():
            server.expect_request(f"/api/{method}").respond_with_handler(
                self._handler(method, answer)
            )

    def _handler(self, method: str, answer) -> Any:
        def handle(request: Request) -> Response:
            asked = request.get_json() if request.is_json else request.form.to_dict()
            assert request.headers["Authorization"] == f"Bearer {TOKEN}"
            self.asked.append((method, asked))
            if not self.next:
                return self._json(answer(asked))
            if self.accepts:
                answer(asked)
            said = self.next.pop(0)
            return said if isinstance(said, Response) else self._json(said)

        return handle

    def _json(self, answer: dict[str, Any]) -> Response:
        return Response(json.dumps(answer), content_type="application/json")

    def _post(self, asked: dict[str, Any]) -> dict[str, Any]:
        ts = f"1760000000.{len(self.messages):06}"
        self.messages.append({**asked, "ts": ts})
        return {"ok": True, "channel": asked["channel"], "ts": ts}

    def _place(self, asked: dict[str, Any]) -> dict[str, Any]:
        self.uploads.append({"name": asked["filename"]})
        return {
            "ok": True,
            "file_id": f"F{len(self.uploads)}",
            "upload_url": self._server.url_for("/upload"),
        }

    def _take(self, request: Request) -> Response:
        self.uploads[-1]["content"] = request.data or request.files["file"].read()
        return Response("OK")

    def _share(self, asked: dict[str, Any]) -> dict[str, Any]:
        message = {
            "ts": f"1760000000.{len(self.messages):06}",
            "files": [{"name": self.uploads[-1]["name"]}],
            "channel": asked["channel_id"],
        }
        self.messages.append(
            message | ({"thread_ts": asked["thread_ts"]} if asked.get("thread_ts") else {})
        )
        return {"ok": True, "files": json.loads(asked["files"])}

    def _update(self, asked: dict[str, Any]) -> dict[str, Any]:
        message = next(message for message in self.messages if message["ts"] == asked["ts"])
        message.update(asked)
        return {"ok": True, "channel": asked["channel"], "ts": asked["ts"]}

    def _history(self, asked: dict[str, Any]) -> dict[str, Any]:
        thread = asked.get("ts")
        found = [
            m
            for m in reversed(self.messages)
            if m.get("thread_ts") == thread and m["ts"] > asked.get("oldest", "")
        ]
        found = [
            m for m in found if m.get("channel", asked["channel"]) == asked["channel"] or self.mixes
        ]
        if asked.get("include_all_metadata") not in (True, "1", "true", "True"):
            found = [
                {name: part for name, part in message.items() if name != "metadata"}
                for message in found
            ]
        at = int(asked.get("cursor") or 0)
        following = str(at + self.page) if at + self.page < len(found) else ""
        return {
            "ok": True,
            "messages": found[at : at + self.page],
            "response_metadata": {"next_cursor": following},
        }

    def methods(self) -> list[str]:
        return [method for method, _ in self.asked]


@pytest.fixture
def slack(httpserver: HTTPServer) -> Slack:
    return Slack(httpserver)


@pytest.fixture
def bot(httpserver: HTTPServer, slack: Slack) -> SlackBot:
    return SlackBot(TOKEN, "C1", base_url=httpserver.url_for("/api/"), pace=Pace(deadline=FAR))


def refusal(channel: Channel, notice=ACT, thread: str | None = None) -> DeliveryError:
    with pytest.raises(DeliveryError) as refused:
        channel.post(notice, thread=thread)
    return refused.value


def test_thread_that_is_gone_is_named_in_a_message_of_its_own(bot, slack):
    slack.next = [{"ok": False, "error": "cannot_reply_to_message"}]
    bot.post(PRESS, thread="C1:1.0")

    (message,) = slack.messages
    assert "thread_ts" not in message
    assert message["text"].startswith("About “UEL Notice No. 10 of 2025")


def test_a_reply_that_nobody_may_miss_is_shown_in_the_channel_too_and_no_other(bot, slack):
    first = bot.post(ACT, thread=None)
    bot.post(ACT, thread=first)  # it lists names
    bot.post(replace(PRESS, touches=None), thread=first)

    assert [message.get("reply_broadcast") for message in slack.messages] == [None, True, None]


def test_details_and_buttons_stand_in_a_message_only_where_they_are_asked_for(
    httpserver, bot, slack
):
    heard = SlackBot(
        TOKEN,
        "C1",
        base_url=httpserver.url_for("/api/"),
        pace=Pace(deadline=FAR),
        with_buttons=True,
    )
    first = [each.post(replace(ACT, event="uel-2025-10"), thread=None) for each in (bot, heard)]
    details = compose_alert(ACT).quotes[0]

    assert [details in json.dumps(message, ensure_ascii=False) for message in slack.messages] == [
        False,
        False,
    ]
    assert ["triage_take" in json.dumps(message) for message in slack.messages] == [False, True]
    for each, receipt in zip((bot, heard), first, strict=True):
        each.update(replace(PARENT, event="uel-2025-10"), receipt)
    assert ["triage_take" in json.dumps(message) for message in slack.messages] == [False, True]


def test_a_message_stands_where_slack_says_that_it_does(bot, slack):
    slack.next = [{"ok": True, "ts": "1.0", "channel": "C9"}, {"ok": True, "ts": "2.0"}]

    assert [bot.post(ACT, thread=None) for _ in range(2)] == ["C9:1.0", "C1:2.0"]


def test_an_edited_message_that_is_about_another_says_so(bot, slack):
    bot.update(PRESS, bot.post(ACT, thread=None))

    assert slack.messages[0]["text"].startswith("About “UEL Notice No. 10 of 2025")


def test_edit_changes_the_message_and_leaves_its_key(bot, slack):
    first = bot.post(ACT, thread=None)

    assert bot.update(PARENT, first) == first
    (message,) = slack.messages
    assert message["text"].startswith("🟠 China publishes four acts")
    assert message["metadata"]["event_payload"]["key"] == ACT.key


@pytest.mark.parametrize("code", ["message_not_found", "edit_window_closed", "cant_update_message"])
def test_message_that_cannot_be_edited_is_said_anew(bot, slack, code):
    slack.next = [{"ok": False, "error": code}]

    assert bot.update(PARENT, "C1:1.0") == f"C1:{slack.messages[0]['ts']}"


def test_edit_without_a_place_is_a_post(bot, slack):
    assert bot.update(PARENT, "") == f"C1:{slack.messages[0]['ts']}"


@pytest.mark.parametrize(("header", "seconds"), [("7", 7), ("99999", 900), ("soon", 30), ("0", 1)])
def test_429_says_how_long_to_wait_and_is_believed_within_reason(bot, slack, header, seconds):
    slack.next = [
        Response(
            '{"ok":false,"error":"ratelimited"}',
            429,
            {"Retry-After": header},
            content_type="application/json",
        )
    ]
    error = refusal(bot)

    assert (error.outcome, error.retry_after, slack.messages) == ("refused", seconds, [])


@pytest.mark.parametrize(
    "answer",
    [
        Response("oops", 500),
        Response(
            '{"ok":false,"error":"service_unavailable"}', 503, content_type="application/json"
        ),
        {"ok": False, "error": "fatal_error"},
        Response("<html>a proxy</html>", 200),
        Response('{"ok":true,"ts":"17', 200),
        Response("[]", 200),
        Response("null", 200),
        Response('{"ok":true}', 200),
        Response(b"\xff\xfe", 200, content_type="application/json; charset=utf-8"),
        Response("{}", 200, content_type="application/json; charset=no-such-charset"),
    ],
    ids=str,
)
def test_answer_lost_after_acceptance_is_unknown_and_then_found(bot, slack, answer):
    slack.next, slack.accepts = [answer], True

    assert refusal(bot).outcome == "unknown"
    assert len(slack.messages) == 1
    assert bot.find(ACT.key, thread=None, since=None) == f"C1:{slack.messages[0]['ts']}"


def test_reply_is_looked_for_in_its_thread(bot, slack):
    first = bot.post(ACT, thread=None)
    reply = bot.post(PRESS, thread=first)

    assert "About" not in slack.messages[1]["text"]
    assert bot.find(PRESS.key, thread=first, since=None) == reply
    assert slack.methods()[-1] == "conversations.replies"
    assert bot.find(PRESS.key, thread=None, since=None) is None


def test_search_turns_every_page_and_starts_after_what_is_known(bot, slack):
    receipts = [bot.post(replace(ACT, key=f"k{number}"), thread=None) for number in range(7)]
    slack.page = 2

    assert bot.find("k0", thread=None, since=None) == receipts[0]
    assert bot.find("k0", thread=None, since=receipts[0]) is None
    assert bot.find("k1", thread=None, since=receipts[0]) == receipts[1]


def test_search_goes_back_further_where_it_is_known_how_far(bot, slack):
    receipts = [
        bot.post(replace(ACT, key=f"k{number}"), thread=None) for number in range(ALL_PAGES + 2)
    ]
    slack.page = 1
    last = ALL_PAGES + 1 - RECENT_PAGES

    assert bot.find(f"k{last}", thread=None, since=None) is None
    assert bot.find(f"k{last}", thread=None, since=receipts[0]) == receipts[last]
    with pytest.raises(DeliveryError, match="more messages than can be looked through") as failed:
        bot.find("k1", thread=None, since=receipts[0])
    assert failed.value.outcome == "unknown"


def test_what_was_said_since_a_message_is_recalled_by_its_keys_threads_included(bot, slack):
    first, second = (bot.post(replace(ACT, key=key), thread=None) for key in ("k0", "k1"))
    slack.messages.append({"ts": "1760000000.6", "text": "somebody else"})

    assert sorted(bot.recalled(None)) == ["k0", "k1"]
    assert bot.recalled(first) == ["k1"]
    assert bot.recalled(second) == []


def test_of_threads_only_what_was_said_there_since_is_recalled(bot, slack):
    old, quiet = (bot.post(replace(ACT, key=key), thread=None) for key in ("k0", "k1"))
    bot.post(replace(PRESS, key="r0"), thread=old)
    since = bot.post(replace(ACT, key="k2"), thread=None)
    bot.post(replace(PRESS, key="r1"), thread=old)
    slack.messages.append(
        {"ts": "1760000000.9", "thread_ts": slack.messages[0]["ts"], "text": "somebody else"}
    )
    slack.messages[0]["latest_reply"] = slack.messages[-1]["ts"]
    slack.messages[1]["latest_reply"] = slack.messages[1]["ts"]
    slack.asked.clear()

    assert bot.recalled(since) == ["r1"]
    assert [(method, asked.get("ts"), asked.get("oldest")) for method, asked in slack.asked] == [
        ("conversations.history", None, None),
        ("conversations.replies", slack.messages[0]["ts"], slack.messages[3]["ts"]),
    ]
    assert sorted(bot.recalled(None)) == ["k0", "k1", "k2", "r0", "r1"]
    assert sorted(bot.recalled(quiet)) == ["k2", "r0", "r1"]


def test_an_empty_channel_recalls_nothing(bot, slack):
    slack.next = [{"ok": True}]

    assert bot.recalled(None) == []


def test_what_is_not_in_its_thread_is_not_looked_for_elsewhere(bot, slack):
    first = bot.post(ACT, thread=None)
    slack.asked.clear()

    assert bot.find(PRESS.key, thread=first, since=None) is None
    assert slack.methods() == ["conversations.replies"]


def test_what_was_said_in_another_channel_is_found_where_it_stands(bot, slack):
    slack.mixes = False
    elsewhere = bot.post(PRESS, thread="COLD:1.0")

    assert elsewhere.startswith("COLD:")
    assert bot.find(PRESS.key, thread="COLD:1.0", since=None) == elsewhere
    ours = bot.post(replace(PRESS, key="later"), thread=None)
    assert bot.find("later", thread="COLD:1.0", since=None) == ours


def test_messages_of_others_are_passed_over(bot, slack):
    slack.messages.append(
        {
            "ts": "1760000000.5",
            "metadata": {"event_type": "other", "event_payload": {"key": ACT.key}},
        }
    )
    slack.messages.append({"ts": "1760000000.6", "text": ACT.key})

    assert bot.find(ACT.key, thread=None, since=None) is None


@pytest.mark.parametrize(
    ("answers", "wait", "closed", "searchable"),
    [
        ([SLOW], 9, False, True),
        ([{"error": "token_revoked"}], 300, True, True),
        ([{"error": "missing_scope"}], 300, False, False),
        ([{"error": "not_in_channel"}, {"ok": True}], 300, True, True),
        ([{"error": "not_in_channel"}, {"error": "missing_scope"}], 300, False, False),
    ],
)
def test_search_that_fails_leaves_the_outcome_unknown_and_says_whether_to_look_again(
    bot, slack, answers, wait, closed, searchable
):
    slack.next = [*answers]

    with pytest.raises(DeliveryError) as failed:
        bot.find(ACT.key, thread=None, since=None)
    error = failed.value
    assert (error.outcome, error.retry_after, error.closed, bot.searchable) == (
        "unknown",
        wait,
        closed,
        searchable,
    )
    assert slack.methods() == ["conversations.history", "conversations.join"][: len(answers)]


def test_reply_to_a_thread_that_is_gone_is_looked_for_in_the_channel(bot, slack):
    slack.next = [{"ok": False, "error": "cannot_reply_to_message"}]
    receipt = bot.post(PRESS, thread="C1:1.0")
    slack.next = [{"ok": False, "error": "thread_not_found"}]

    assert bot.find(PRESS.key, thread="C1:1.0", since=None) == receipt


@pytest.mark.parametrize(
    ("notice", "codes", "closed"),
    [
        *(
            (ACT, [code], True)
            for code in (
                "invalid_auth",
                "token_revoked",
                "account_inactive",
                "channel_not_found",
                "is_archived",
            )
        ),
        (ACT, ["never_heard"], False),
        (ACT, ["not_in_channel", "missing_scope"], True),
        (ROWS, ["is_archived"], True),
    ],
)
def test_what_a_person_must_mend_loses_nothing(bot, slack, notice, codes, closed):
    slack.next = [{"ok": False, "error": code} for code in codes]
    error = refusal(bot, notice, thread=None if notice is ACT else "C1:1.0")

    assert (error.outcome, error.retry_after, error.closed) == ("refused", 300, closed)
    assert codes[0] in str(error)
    assert slack.methods() == (
        ["files.getUploadURLExternal"]
        if notice is ROWS
        else ["chat.postMessage", "conversations.join"][: len(codes)]
    )


def test_bot_enters_a_public_channel_by_itself(bot, slack):
    slack.next = [{"ok": False, "error": "not_in_channel"}]

    assert bot.post(ACT, thread=None)
    assert slack.methods() == ["chat.postMessage", "conversations.join", "chat.postMessage"]


def post_as_text(bot, slack) -> None:
    bot.post(ACT, thread=None)

    (message,) = slack.messages
    assert "blocks" not in message
    assert message["text"].startswith("🔴 China adds 24 names")
    assert message["metadata"]["event_payload"]["key"] == ACT.key


@pytest.mark.parametrize(
    "code",
    [
        "invalid_blocks",
        "invalid_blocks_format",
        "msg_blocks_too_long",
        "invalid_attachments",
        "metadata_too_large",
    ],
)
def test_refused_blocks_are_sent_as_text(bot, slack, code, caplog):
    slack.next = [{"ok": False, "error": code}]
    post_as_text(bot, slack)

    assert code in caplog.text
    assert "SHA-256" in caplog.text


def test_an_alert_whose_layout_fails_is_sent_as_text(bot, slack, monkeypatch, caplog):
    def fall_over(*_: object, **__: object) -> None:
        raise IndexError("a mistake of ours")

    monkeypatch.setattr("monitor.deliver.slack.blocks.make_payload", fall_over)
    post_as_text(bot, slack)

    assert f"{ACT.key} can't be laid out" in caplog.text


def test_text_refused_too_is_permanent(bot, slack):
    slack.next = [{"ok": False, "error": "invalid_blocks"}, {"ok": False, "error": "msg_too_long"}]

    assert refusal(bot).outcome == "permanent"


def test_warnings_are_logged(bot, slack, caplog):
    slack.next = [
        {"ok": True, "ts": "1.0", "response_metadata": {}},
        {
            "ok": True,
            "ts": "1.0",
            "channel": "C1",
            "response_metadata": {"warnings": ["message_truncated"]},
        },
    ]
    bot.post(ACT, thread=None)
    assert "with a warning" not in caplog.text
    bot.post(ACT, thread=None)

    assert "Slack took the message with a warning: message_truncated" in caplog.text


def test_the_full_list_is_a_file_in_the_thread(bot, slack):
    receipt = bot.post(ROWS, thread="C1:1760000000.5")
    (message,) = slack.messages
    lines = slack.uploads[0]["content"].decode("utf-8-sig").splitlines()

    assert (receipt, message["thread_ts"]) == ("C1:1760000000.5", "1760000000.5")
    assert message["files"][0]["name"] == "mofcom-2025-99_act_rows.csv"
    assert len(lines) == 31
    assert "'=Firm 0,第0公司" in lines[1]  # what a spreadsheet would run is told apart


def test_the_full_list_of_what_has_no_thread_is_a_file_in_the_channel(bot, slack):
    receipt = bot.post(ROWS, thread=None)
    (message,) = slack.messages

    assert (receipt, message["channel"], message.get("thread_ts")) == ("", "C1", None)
    # each needs a scope
    assert slack.methods() == ["files.getUploadURLExternal", "files.completeUploadExternal"]


def test_a_file_whose_answer_was_lost_is_found_by_its_name_in_the_thread(bot, slack):
    bot.post(ROWS, thread="C1:1760000000.5")

    assert bot.find(ROWS.key, thread="C1:1760000000.5", since=None) == "C1:1760000000.000000"
    assert bot.find("mofcom-2025-98:act:rows", thread="C1:1760000000.5", since=None) is None


def test_without_the_scope_for_files_the_list_is_left_out_and_blocks_nothing(bot, slack):
    slack.next = [{"ok": False, "error": "missing_scope", "needed": "files:write"}]

    error = refusal(bot, ROWS)

    assert (error.outcome, str(error)) == ("permanent", "the full list needs the scope files:write")


@pytest.mark.parametrize(
    "upload", ["http://127.0.0.1:1/upload", "/refused"], ids=["nobody listens", "a proxy refuses"]
)
def test_a_list_that_can_not_be_uploaded_goes_as_text_and_is_found_by_its_key(
    bot, slack, httpserver: HTTPServer, upload
):
    httpserver.expect_request("/refused").respond_with_data("Forbidden", status=403)
    url = upload if upload.startswith("http") else httpserver.url_for(upload)
    slack.next = [{"ok": True, "file_id": "F1", "upload_url": url}]
    receipt = bot.post(ROWS, thread="C1:1760000000.5")
    (message,) = slack.messages

    assert message["thread_ts"] == "1760000000.5"
    assert message["text"].count("\n") == 30
    assert "=Firm 0 | 第0公司" in message["text"]
    assert bot.find(ROWS.key, thread="C1:1760000000.5", since=None) == receipt


@pytest.mark.parametrize(
    "code",
    ["storage_limit_reached", "file_uploads_disabled", "thread_not_found", "invalid_arguments"],
)
def test_where_slack_takes_no_file_the_list_is_left_out_and_blocks_nothing(bot, slack, code):
    slack.next = [{"ok": False, "error": code}]

    assert refusal(bot, ROWS, thread="C1:1.0").outcome == "permanent"


@pytest.mark.parametrize("code", ["is_archived", "channel_not_found", "not_in_channel"])
def test_what_belongs_to_a_channel_that_is_ours_no_longer_is_said_and_found_in_ours(
    bot, slack, code
):
    gone = {"ok": False, "error": code}
    no_entry = [{"ok": False, "error": "missing_scope"}] if code == "not_in_channel" else []
    slack.next = [gone, *no_entry]
    reply = bot.post(PRESS, thread="COLD:1.0")
    slack.next = [gone]
    edit = bot.update(PARENT, "COLD:1.0")

    assert [message["channel"] for message in slack.messages] == ["C1", "C1"]
    # an archived channel can still be read
    assert bot.find(PRESS.key, thread="COLD:1.0", since=None) == reply
    slack.next = [gone]
    assert bot.find(PRESS.key, thread="COLD:1.0", since=None) == reply
    assert bot.find(PARENT.key, thread=None, since=None) == edit
    slack.next = [gone, *no_entry]
    assert refusal(bot, ROWS, thread="COLD:1.0").outcome == "permanent"


class Broken:
    """A server that takes one request and then does what `ending` says."""

    def __init__(self, ending: bytes | None) -> None:
        self._ending = ending
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._socket.getsockname()[1]}"

    def serve(self) -> None:
        connection, _ = self._socket.accept()
        with connection:
            connection.recv(65536)
            if self._ending is None:
                # close by reset
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
            elif self._ending == b"silence":
                connection.recv(65536)
                self._wait.wait(5)
            else:
                connection.sendall(self._ending)

    def __enter__(self):
        self._wait = threading.Event()
        self._thread = threading.Thread(target=self.serve)
        self._thread.start()
        return self

    def __exit__(self, *error):
        self._wait.set()
        self._thread.join()
        self._socket.close()


SHORT = (
    b'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n{"ok":true'
)


@pytest.mark.parametrize(
    "ending",
    [b"", None, SHORT, b"silence", b"not http at all\r\n\r\n"],
    ids=["disconnect", "reset", "short", "silence", "noise"],
)
def test_connection_that_breaks_leaves_the_outcome_unknown(ending):
    with Broken(ending) as server:
        error = refusal(SlackBot(TOKEN, "C1", base_url=f"{server.url}/api/", pace=Pace(deadline=1)))

    assert error.outcome == "unknown"


def test_nobody_there_is_a_refusal():
    with socket.create_server(("127.0.0.1", 0)) as unused:
        port = unused.getsockname()[1]

    assert (
        refusal(SlackBot(TOKEN, "C1", base_url=f"http://127.0.0.1:{port}/api/")).outcome
        == "refused"
    )
    assert (
        refusal(SlackBot(TOKEN, "C1", base_url="http://no-such-host.invalid/api/")).outcome
        == "refused"
    )


def test_server_without_tls_is_a_refusal(httpserver):
    bot = SlackBot(
        TOKEN,
        "C1",
        base_url=httpserver.url_for("/api/").replace("http:", "https:"),
        pace=Pace(deadline=FAR),
    )

    assert refusal(bot).outcome == "refused"


SECRET = "T000/B000/canarycanary"


@pytest.fixture
def hook(httpserver: HTTPServer) -> SlackWebhook:
    return SlackWebhook(httpserver.url_for(f"/services/{SECRET}"), pace=Pace(deadline=FAR))


def answer(server: HTTPServer, text: str, status: int = 200, **headers: str) -> None:
    server.expect_ordered_request(f"/services/{SECRET}").respond_with_data(
        text, status, headers, content_type="text/plain"
    )


def bodies(server: HTTPServer) -> list[dict[str, Any]]:
    return [request.get_json() for request, _ in server.log]


def test_webhook_speaks_and_gets_no_receipt(httpserver, hook):
    answer(httpserver, "ok")

    assert hook.post(ACT, thread=None) == ""
    (body,) = bodies(httpserver)
    assert body["blocks"]
    assert "metadata" not in body
    assert not hook.searchable
    assert hook.find(ACT.key, thread=None, since=None) is None


def test_webhook_reply_names_its_thread(httpserver, hook):
    answer(httpserver, "ok")
    hook.post(PRESS, thread="")

    assert bodies(httpserver)[0]["text"].startswith("About “UEL Notice No. 10 of 2025")


def test_webhook_has_no_thread_for_details_so_they_stand_in_the_message(httpserver, hook):
    answer(httpserver, "ok")
    hook.post(replace(ACT, event="uel-2025-10"), thread=None)
    (body,) = bodies(httpserver)

    assert compose_alert(ACT).quotes[0] in json.dumps(body, ensure_ascii=False)
    assert "triage_" not in json.dumps(body)  # a click would go nowhere
    for name in ("rows-smallest", "details-smallest"):
        assert hook.post(saved(name), thread=None) == ""
    assert len(bodies(httpserver)) == 1


def test_webhook_leaves_edits_to_the_message_that_caused_them(httpserver, hook):
    assert hook.update(PARENT, "") == ""
    assert bodies(httpserver) == []


@pytest.mark.parametrize(
    ("text", "status", "outcome"),
    read_cases(
        """
        action_prohibited | 403 | refused
        channel_not_found | 404 | refused
        no_service | 404 | refused
        channel_is_archived | 410 | refused
        rate_limited | 429 | refused
        rollup_error | 500 | unknown
        <html>bad gateway</html> | 502 | unknown
        <html>a proxy</html> | 200 | unknown
        <html>no entry</html> | 407 | refused
        """
    ),
)
def test_webhook_answers_are_understood(httpserver, hook, text, status, outcome):
    answer(httpserver, text, status)

    assert refusal(hook).outcome == outcome


def test_webhook_that_refuses_blocks_gets_text(httpserver, hook):
    answer(httpserver, "invalid_payload", 400)
    answer(httpserver, "ok")
    hook.post(ACT, thread=None)

    assert "blocks" not in bodies(httpserver)[1]


@pytest.mark.parametrize(
    "url",
    [
        "hooks.slack.com/x",
        "file:///etc/passwd",
        f"https://hooks.slack.com/{SECRET}\n",
        "https://e x/",
    ],
)
def test_address_that_is_none_is_refused_unshown(url):
    with pytest.raises(ConfigError) as refused:
        SlackWebhook(url)
    assert SECRET not in str(refused.value)
    assert "hooks.slack.com" not in str(refused.value)


@pytest.fixture
def everything_logged(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> pytest.LogCaptureFixture:
    """As where another library configures logging: what is there already is enabled, and says
    all that it has.
    """
    caplog.set_level(logging.DEBUG)
    for logger in [
        one for one in logging.root.manager.loggerDict.values() if isinstance(one, logging.Logger)
    ]:
        monkeypatch.setattr(logger, "disabled", False)
        caplog.set_level(logging.DEBUG, logger.name)
    return caplog


def test_secrets_are_never_shown(httpserver, bot, slack, everything_logged):
    slack.next = [
        {"ok": False, "error": "invalid_auth"},
        Response("oops", 500),
        {"ok": False, "error": f"echo {TOKEN}"},
    ]
    errors = [refusal(bot) for _ in range(3)]
    with Broken(b"") as server:
        hook = SlackWebhook(f"{server.url}/services/{SECRET}", pace=Pace(deadline=1))
        errors.append(refusal(hook))

    shown = everything_logged.text + repr(bot) + repr(hook) + bot.name + hook.name
    for error in errors:
        shown += repr(error) + repr(error.__cause__) + repr(error.__context__)
    assert TOKEN not in shown
    assert SECRET not in shown
