"""What each answer of Slack says of a message: nothing is sent twice that was taken, and nothing
is lost that was not.
"""

import socket
import ssl
from http.client import RemoteDisconnected
from urllib.error import URLError

import pytest
from each import for_each
from slack_sdk.errors import SlackApiError
from slack_sdk.web import SlackResponse, WebClient

from monitor.deliver.slack.client import (
    SDK_ERRORS,
    convert_answer,
    convert_error,
    extract_code,
    name_cause,
)


def answered(
    answer: object, status: int = 200, headers: dict[str, str] | None = None
) -> SlackApiError:
    where = {
        "client": WebClient(),
        "http_verb": "POST",
        "api_url": "chat.postMessage",
        "req_args": {},
    }
    return SlackApiError(
        "no", SlackResponse(**where, data=answer, headers=headers, status_code=status)
    )


@pytest.mark.parametrize(
    ("reason", "outcome"),
    [
        (ConnectionRefusedError(111, "refused"), "refused"),
        (socket.gaierror(-2, "unknown"), "refused"),
        (ssl.SSLError("no"), "refused"),
        (OSError(101, "unreachable"), "refused"),
        (OSError(113, "no route"), "refused"),
        (ConnectionResetError(104, "reset"), "unknown"),
        (TimeoutError("timed out"), "unknown"),
        ("a word", "unknown"),
    ],
)
def test_only_what_surely_did_not_reach_slack_was_refused(reason, outcome):
    error = convert_error(URLError(reason))

    assert error.outcome == outcome
    assert (f"({type(reason).__name__})" in str(error)) == (outcome == "refused")


@pytest.mark.parametrize(
    "error",
    [ConnectionRefusedError(111), RemoteDisconnected("gone"), OSError(101, "x"), ValueError("{")],
)
def test_what_broke_off_by_itself_may_have_arrived(error):
    assert isinstance(error, SDK_ERRORS)
    assert (convert_error(error).outcome, type(error).__name__ in str(convert_error(error))) == (
        "unknown",
        True,
    )


@for_each(
    ("status", "code", "outcome", "says"),
    [
        (200, "ratelimited", "refused", "asks for patience"),
        (429, "", "refused", "asks for patience"),
        (429, "never_heard", "refused", "asks for patience"),
        (200, "fatal_error", "unknown", "Slack failed (fatal_error)"),
        (500, "", "unknown", "Slack failed (500)"),
        (503, "never_heard", "unknown", "Slack failed (never_heard)"),
        (200, "", "unknown", "not Slack's"),
        (299, "", "unknown", "not Slack's"),
        (300, "", "refused", "(300)"),
        (499, "", "refused", "(499)"),
        (200, "never_heard", "refused", "(never_heard)"),
        (200, "invalid_blocks", "permanent", "form of the message"),
        (200, "metadata_too_large", "permanent", "form of the message"),
        (200, "invalid_metadata_format", "permanent", "form of the message"),
        (200, "message_not_found", "refused", "answered or edited"),
        (200, "restricted_action_thread_only_channel", "refused", "answered or edited"),
        (
            200,
            "restricted_action",
            "refused",
            "refuses the channel: the workspace lets apps post there no more",
        ),
        (
            200,
            "restricted_action_read_only_channel",
            "refused",
            "refuses the channel (restricted_action_read_only_channel)",
        ),
        (404, "channel_not_found", "refused", "refuses the channel: it knows no such channel"),
        (200, "token_revoked", "refused", "refuses the token or webhook: the token was revoked"),
        (200, "ekm_access_denied", "refused", "refuses the token or webhook (ekm_access_denied)"),
    ],
)
def test_an_answer_says_what_became_of_the_message_and_what_to_do(status, code, outcome, says):
    error = convert_answer(status, {}, code)

    assert (error.outcome, says in str(error)) == (outcome, True)
    assert error.closed == ("refuses the channel" in says or "refuses the token" in says)


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"Retry-After": "7"}, 7),
        ({"retry-after": "7"}, 7),
        ({"X": "9", "RETRY-AFTER": "7"}, 7),
        ({"X": "9"}, 30),
        (None, 30),
    ],
)
def test_the_wait_that_slack_asks_for_is_read_however_its_header_is_written(headers, seconds):
    assert (
        convert_error(answered({"ok": False, "error": "ratelimited"}, 429, headers)).retry_after
        == seconds
    )


@pytest.mark.parametrize(
    ("error", "word"),
    [
        (answered({"ok": False, "error": "missing_scope"}), "missing_scope"),
        (SlackApiError("no", {"ok": False, "error": "missing_scope"}), "missing_scope"),
        (answered({"ok": False, "error": "echo xoxb-1"}), "SlackApiError"),
        (answered({"ok": False, "error": 5}), "SlackApiError"),
        (answered({"ok": False}), "SlackApiError"),
        (answered(["<html>"]), "SlackApiError"),
        (RemoteDisconnected("https://hooks.example/secret"), "RemoteDisconnected"),
    ],
)
def test_what_went_wrong_is_slack_s_code_or_a_kind_of_error_and_never_its_text(error, word):
    assert name_cause(error) == word


def test_a_code_is_a_word_of_slack_s_and_nothing_else():
    assert [extract_code(text) for text in ("no_service", "<html>", "No", "")] == [
        "no_service",
        "",
        "",
        "",
    ]
