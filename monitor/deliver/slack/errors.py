"""What each answer of Slack, and each silence, says of a message: refused, perhaps posted, or never to be taken. Pure."""

import re
import socket
import ssl
from collections.abc import Mapping
from http.client import HTTPException
from typing import Any
from urllib.error import URLError

from slack_sdk import errors as sdk

from monitor.errors import DeliveryError, Outcome

MAX_WAIT = 900.0  # a longer Retry-After is not believed
PROBE = 300.0  # how often a destination that is down is tried again; what it is owed is kept

RATE = {"ratelimited", "rate_limited", "message_limit_exceeded"}
PERHAPS = {"fatal_error", "internal_error", "service_unavailable", "request_timeout", "rollup_error"}
TOKEN = {
    "invalid_auth", "not_authed", "token_revoked", "token_expired", "account_inactive", "org_login_required",
    "ekm_access_denied", "two_factor_setup_required", "no_service", "no_service_id", "no_team", "invalid_token",
    "not_allowed_token_type",
}  # fmt: skip
CHANNEL = {
    "channel_not_found", "not_in_channel", "is_archived", "channel_is_archived", "action_prohibited", "missing_scope",
    "no_permission", "team_not_found", "posting_to_general_channel_denied", "user_not_found",
}  # fmt: skip
FORM = {
    "invalid_blocks", "invalid_blocks_format", "msg_blocks_too_long", "no_text", "too_many_attachments",
    "invalid_attachments", "msg_too_long", "invalid_payload", "invalid_arguments", "only_one_table_allowed",
}  # fmt: skip
THREAD = {
    "cannot_reply_to_message", "message_not_found", "thread_not_found", "edit_window_closed", "cant_update_message",
}  # fmt: skip

ANOTHER = "put the app's Bot User OAuth Token (xoxb-…) into the environment and start the monitor again"
INVITE = "in the channel: /invite the bot"

REASONS = {  # what a refusal means to whoever runs the monitor, and what to do about it
    "invalid_auth": f"it knows no such token; {ANOTHER}",
    "invalid_token": f"it knows no such token; {ANOTHER}",
    "not_authed": f"no token reached it; {ANOTHER}",
    "token_revoked": f"the token was revoked; reinstall the app, then {ANOTHER}",
    "token_expired": f"the token has expired; switch token rotation off in the app, then {ANOTHER}",
    "account_inactive": f"the app was removed or its account switched off; install it again, then {ANOTHER}",
    "not_allowed_token_type": f"it is no token of a bot; {ANOTHER}",
    "no_service": "the webhook was removed; make a new one in the app",
    "no_service_id": "the webhook's address is cut short; copy it whole",
    "no_team": "the workspace is gone; name another one's token",
    "missing_scope": "the app lacks a scope; `monitor doctor --slack` says which one",
    "channel_not_found": f"it knows no such channel, or the bot is not in a private one; {INVITE}, or mend the id in config.toml",
    "not_in_channel": f"the bot is not in it; {INVITE}",
    "is_archived": "it is archived; unarchive it, or name another in config.toml",
    "channel_is_archived": "it is archived; unarchive it, or name another in config.toml",
    "restricted_action": "the workspace lets apps post there no more; ask its administrators",
    "posting_to_general_channel_denied": "the workspace lets apps not post there; name another channel in config.toml",
    "team_not_found": "the token is of a whole organisation; take one of the workspace that has the channel",
}

_NOT_SENT = (ConnectionRefusedError, socket.gaierror, ssl.SSLError)
_UNREACHABLE = {101, 113}  # ENETUNREACH, EHOSTUNREACH
_CODE = re.compile(r"[a-z][a-z0-9_]{1,60}")


class FormRefused(DeliveryError):
    """Slack does not take the blocks or metadata as we made them."""

    def __init__(self, code: str) -> None:
        super().__init__(f"Slack does not take the form of the message ({code})", outcome=Outcome.PERMANENT)
        self.code = code


class PlaceRefused(DeliveryError):
    """The message to answer or to edit is gone, or may not be touched."""

    def __init__(self, code: str) -> None:
        super().__init__(f"Slack does not let this message be answered or edited ({code})", outcome=Outcome.REFUSED)
        self.code = code


class MessageRefused(DeliveryError):
    """Slack does not take this message, for a reason that we don't know."""

    def __init__(self, code: str) -> None:
        super().__init__(f"Slack refuses the message ({code})", outcome=Outcome.REFUSED, retry_after=PROBE)
        self.code = code


class NotAllowed(DeliveryError):
    """The token or the channel is not what it must be; a person has to see to it, and until then nothing is lost."""

    def __init__(self, text: str, code: str) -> None:
        super().__init__(f"{text} ({code})", outcome=Outcome.REFUSED, retry_after=PROBE, closed=True)
        self.code = code


def let_out() -> tuple[type[Exception], ...]:
    """All that slack_sdk and the urllib under it let out; anything else is a mistake of ours and is raised as it is."""
    return (sdk.SlackClientError, OSError, HTTPException, ValueError, LookupError, AttributeError)


def of_error(error: Exception) -> DeliveryError:
    """What an exception says. Its own text is left out: it may hold an address that is a secret."""
    if isinstance(error, sdk.SlackApiError):
        return of_answer(error.response.status_code, _headers(error.response.headers), _code(error.response.data))
    if isinstance(error, URLError) and _never_left(error.reason):
        return DeliveryError(f"Slack can't be reached ({type(error.reason).__name__})", outcome=Outcome.REFUSED)
    return DeliveryError(f"no whole answer from Slack ({type(error).__name__})", outcome=Outcome.UNKNOWN)


def of_answer(status: int, headers: Mapping[str, str], code: str) -> DeliveryError:
    """What an HTTP status and Slack's error code say."""
    if status == 429 or code in RATE:
        return DeliveryError("Slack asks for patience", outcome=Outcome.REFUSED, retry_after=_retry_after(headers))
    if status >= 500 or code in PERHAPS:
        return DeliveryError(f"Slack failed with the message in its hands ({code or status})", outcome=Outcome.UNKNOWN)
    if not code and status < 300:  # not Slack's JSON: a proxy's page, or an answer cut short
        return DeliveryError("an answer that is not Slack's", outcome=Outcome.UNKNOWN)
    return _refusal(code or str(status))


def _refusal(code: str) -> DeliveryError:
    if code in FORM or code.startswith(("metadata_", "invalid_metadata")):
        return FormRefused(code)
    if code in THREAD or code.startswith("restricted_action_thread"):
        return PlaceRefused(code)
    if code in TOKEN:
        return NotAllowed(f"Slack refuses the token or webhook{_reason(code)}", code)
    if code in CHANNEL or code.startswith("restricted_action"):
        return NotAllowed(f"Slack refuses the channel{_reason(code)}", code)
    return MessageRefused(code)


def _reason(code: str) -> str:
    """What a code means, as the end of a sentence; nothing where nobody has put it into words."""
    return f": {REASONS[code]}" if code in REASONS else ""


def code_of(text: str) -> str:
    """Slack's error code, and nothing that is none."""
    return text if _CODE.fullmatch(text) else ""


def cause(error: Exception) -> str:
    """What went wrong, in a word: Slack's error code where it gave one, else the kind of exception; never its text."""
    answer = error.response if isinstance(error, sdk.SlackApiError) else None
    return _code(getattr(answer, "data", answer)) or type(error).__name__


def _code(answer: Any) -> str:
    error = answer.get("error") if isinstance(answer, dict) else None
    return code_of(error) if isinstance(error, str) else ""


def _never_left(reason: object) -> bool:
    """Whether the request surely did not reach Slack: no name, no connection, no TLS."""
    return isinstance(reason, _NOT_SENT) or (isinstance(reason, OSError) and reason.errno in _UNREACHABLE)


def _headers(headers: Any) -> dict[str, str]:
    return {str(name).lower(): str(value) for name, value in dict(headers or {}).items()}


def _retry_after(headers: Mapping[str, str]) -> float:
    value = next((value for name, value in headers.items() if name.lower() == "retry-after"), "")
    try:
        return min(max(float(value), 1.0), MAX_WAIT)
    except ValueError:
        return 30.0
