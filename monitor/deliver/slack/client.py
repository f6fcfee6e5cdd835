"""The clients of Slack: a bot, which can reply, edit and search, and a webhook, which can only
post. Does I/O.
"""

import hashlib
import json
import logging
import math
import re
import socket
import ssl
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from functools import cached_property
from http.client import HTTPException
from traceback import clear_frames
from typing import Any, TypeVar
from urllib.error import URLError

from slack_sdk import errors as sdk
from slack_sdk import web, webhook

from monitor.alert.event import ATTACHED, Notice, NoticeKind
from monitor.deliver.channel import Channel, Pace, Receipt
from monitor.deliver.slack import blocks
from monitor.errors import ConfigError, DeliveryError, Outcome
from monitor.render import csv_rows
from monitor.render.alert import compose_alert
from monitor.render.text import keep_web_url
from monitor.render.values import Alert

# Interpret each answer of Slack, or silence: refused, maybe posted, or never acceptable. No I/O.

MAX_WAIT = 900.0  # a longer Retry-After is ignored
PROBE = 300.0  # tries of an unreachable destination in a row; its messages stay pending


def _split_codes(words: str) -> frozenset[str]:
    return frozenset(words.split())


RATE = _split_codes("ratelimited rate_limited message_limit_exceeded")
PERHAPS = _split_codes(
    "fatal_error internal_error service_unavailable request_timeout rollup_error"
)
TOKEN = _split_codes("""
    invalid_auth not_authed token_revoked token_expired account_inactive org_login_required ekm_access_denied
    two_factor_setup_required no_service no_service_id no_team invalid_token not_allowed_token_type
    """)
CHANNEL = _split_codes("""
    channel_not_found not_in_channel is_archived channel_is_archived action_prohibited missing_scope no_permission
    team_not_found posting_to_general_channel_denied user_not_found
    """)
FORM = _split_codes("""
    invalid_blocks invalid_blocks_format msg_blocks_too_long no_text too_many_attachments invalid_attachments
    msg_too_long invalid_payload invalid_arguments only_one_table_allowed
    """)
THREAD = _split_codes(
    "cannot_reply_to_message message_not_found thread_not_found edit_window_closed"
    " cant_update_message"
)

ANOTHER = (
    "put the app's Bot User OAuth Token (xoxb-…) into the environment and start the monitor again"
)
INVITE = "in the channel: /invite the bot"

REASONS = {  # Slack's refusals in the operator's words, with the way out
    "invalid_auth": f"it knows no such token; {ANOTHER}",
    "invalid_token": f"it knows no such token; {ANOTHER}",
    "not_authed": f"no token reached it; {ANOTHER}",
    "token_revoked": f"the token was revoked; reinstall the app, then {ANOTHER}",
    "token_expired": f"the token has expired; switch token rotation off in the app, then {ANOTHER}",
    "account_inactive": (
        f"the app was removed or its account switched off; install it again, then {ANOTHER}"
    ),
    "not_allowed_token_type": f"it is no token of a bot; {ANOTHER}",
    "no_service": "the webhook was removed; make a new one in the app",
    "no_service_id": "the webhook's address is cut short; copy it whole",
    "no_team": "the workspace is gone; name another one's token",
    "missing_scope": "the app lacks a scope; `monitor doctor --slack` names it",
    "channel_not_found": (
        f"it knows no such channel, or the bot is not in a private one; {INVITE}, or mend the id in"
        " config.toml"
    ),
    "not_in_channel": f"the bot is not in it; {INVITE}",
    "is_archived": "it is archived; unarchive it, or name another in config.toml",
    "channel_is_archived": "it is archived; unarchive it, or name another in config.toml",
    "restricted_action": "the workspace lets apps post there no more; ask its administrators",
    "posting_to_general_channel_denied": (
        "the workspace lets apps not post there; name another channel in config.toml"
    ),
    "team_not_found": (
        "the token is of a whole organisation; take one of the workspace that has the channel"
    ),
}

_NOT_SENT = (ConnectionRefusedError, socket.gaierror, ssl.SSLError)
_UNREACHABLE = {101, 113}  # ENETUNREACH, EHOSTUNREACH
_CODE = re.compile(r"[a-z][a-z0-9_]{1,60}")


class Refused(DeliveryError):
    """Slack refuses a message, for a reason that we may not know."""

    def __init__(
        self,
        text: str,
        code: str,
        outcome: Outcome,
        *,
        retry_after: float | None = None,
        closed: bool = False,
    ) -> None:
        super().__init__(
            f"{text} ({code})", outcome=outcome, retry_after=retry_after, closed=closed
        )
        self.code = code


class FormRefused(Refused):
    """Slack does not take the blocks or metadata as we made them."""


class PlaceRefused(Refused):
    """The message to answer or to edit is gone, or may not be touched."""


class NotAllowed(Refused):
    """A wrong token or channel: a person has to fix it, and until then nothing is lost."""


# All errors of slack_sdk and its urllib; any other is our own bug, and is raised as it is.
SDK_ERRORS = (
    sdk.SlackClientError,
    OSError,
    HTTPException,
    ValueError,
    LookupError,
    AttributeError,
)


def convert_error(error: Exception) -> DeliveryError:
    """Describe an exception without its own text, which may have a secret address."""
    if isinstance(error, sdk.SlackApiError):
        return convert_answer(
            error.response.status_code,
            _read_headers(error.response.headers),
            _get_code(error.response.data),
        )
    if isinstance(error, URLError) and _never_left(error.reason):
        return DeliveryError(
            f"Slack can't be reached ({type(error.reason).__name__})", Outcome.REFUSED
        )
    return DeliveryError(f"no whole answer from Slack ({type(error).__name__})", Outcome.UNKNOWN)


def convert_answer(status: int, headers: Mapping[str, str], code: str) -> DeliveryError:
    """Describe an HTTP status and Slack's error code."""
    if status == 429 or code in RATE:
        return DeliveryError(
            "Slack asks for patience", Outcome.REFUSED, retry_after=_retry_after(headers)
        )
    if status >= 500 or code in PERHAPS:
        return DeliveryError(f"Slack failed ({code or status})", Outcome.UNKNOWN)
    if not code and status < 300:  # not Slack's JSON: a proxy's page, or an answer cut short
        return DeliveryError("an answer that is not Slack's", Outcome.UNKNOWN)
    return _make_refusal(code or str(status))


def _make_refusal(code: str) -> DeliveryError:
    if code in FORM or code.startswith(("metadata_", "invalid_metadata")):
        return FormRefused("Slack does not take the form of the message", code, Outcome.PERMANENT)
    if code in THREAD or code.startswith("restricted_action_thread"):
        return PlaceRefused(
            "Slack does not let this message be answered or edited", code, Outcome.REFUSED
        )
    what = "token or webhook" if code in TOKEN else "channel"
    if code in TOKEN | CHANNEL or code.startswith("restricted_action"):
        reason = f": {REASONS[code]}" if code in REASONS else ""
        return NotAllowed(
            f"Slack refuses the {what}{reason}",
            code,
            Outcome.REFUSED,
            retry_after=PROBE,
            closed=True,
        )
    return Refused("Slack refuses the message", code, Outcome.REFUSED, retry_after=PROBE)


def extract_code(text: str) -> str:
    """Return Slack's error code; "" if the text is none."""
    return text if _CODE.fullmatch(text) else ""


def name_cause(error: Exception) -> str:
    """Name the error in a word: Slack's code, or else the kind of exception; never its text."""
    answer = error.response if isinstance(error, sdk.SlackApiError) else None
    return _get_code(getattr(answer, "data", answer)) or type(error).__name__


def _get_code(answer: Any) -> str:
    error = answer.get("error") if isinstance(answer, dict) else None
    return extract_code(error) if isinstance(error, str) else ""


def _never_left(reason: object) -> bool:
    """Return whether the request surely did not reach Slack: no name, no connection, no TLS."""
    return isinstance(reason, _NOT_SENT) or (
        isinstance(reason, OSError) and reason.errno in _UNREACHABLE
    )


def _read_headers(headers: Any) -> dict[str, str]:
    return {str(name).lower(): str(value) for name, value in dict(headers or {}).items()}


def _retry_after(headers: Mapping[str, str]) -> float:
    value = next((value for name, value in headers.items() if name.lower() == "retry-after"), "")
    try:
        return min(max(float(value), 1.0), MAX_WAIT)
    except ValueError:
        return 30.0


SLACK = "https://slack.com/api/"
PAGE = 100
RECENT_PAGES, ALL_PAGES = 10, 100  # how far back to look without and with a message to start from

_log = logging.getLogger(__name__)
_sdk_log = logging.getLogger(f"{__name__}.sdk")
# slack_sdk logs whole requests, and a webhook's address is its secret
_sdk_log.addFilter(lambda _: False)

T = TypeVar("T")


class SlackBot(Channel):
    """A bot in one channel."""

    def __init__(
        self,
        token: str,
        channel: str,
        *,
        base_url: str = SLACK,
        pace: Pace | None = None,
        with_buttons: bool = False,
    ) -> None:
        self._token, self._base_url = token, base_url
        self._channel = channel
        self._with_buttons = with_buttons
        self.name = f"slack:{channel}"
        self.searchable = True
        self.pace = pace or Pace()

    def __repr__(self) -> str:
        return f"SlackBot({self._channel})"

    @cached_property
    def _client(self) -> web.WebClient:
        # The default retry handler posts twice where Slack took the message and the connection then
        # broke.
        timeout = math.ceil(self.pace.deadline)
        return web.WebClient(
            self._token,
            base_url=self._base_url,
            timeout=timeout,
            retry_handlers=[],
            logger=_sdk_log,
        )

    def check(self) -> None:
        """Check that Slack knows the token; the first post shows whether the bot may use the
        channel.
        """
        self._call("auth.test")

    def _call(self, method: str, **said: Any) -> web.SlackResponse:
        return _ask_slack(lambda: self._client.api_call(method, **said))

    def post(self, notice: Notice, *, thread: Receipt | None = None) -> Receipt:
        if notice.kind is NoticeKind.ROWS:
            return self._upload(notice, thread)
        alert = compose_alert(notice)
        if not thread:
            return self._say_alert(alert, {"channel": self._channel})
        channel, ts = _split_receipt(thread)
        # One message that Slack shows in the thread and in the channel.
        both = {"reply_broadcast": True} if notice.reaches_channel else {}
        try:
            return self._say_alert(alert, {"channel": channel, "thread_ts": ts, **both})
        except (PlaceRefused, NotAllowed) as refusal:
            self._raise_unless_gone(refusal, channel)
            # a message of its own names the thread
            return self._say_alert(alert, {"channel": self._channel})

    def update(self, notice: Notice, receipt: Receipt) -> Receipt:
        if not receipt:
            return self.post(notice, thread=None)
        channel, ts = _split_receipt(receipt)
        alert = compose_alert(notice)
        try:
            _show_or_say(
                alert,
                lambda form: self._edit_message({"channel": channel, "ts": ts, **form}),
                threaded=False,
                with_buttons=self._with_buttons,
            )
        except (PlaceRefused, NotAllowed) as refusal:
            self._raise_unless_gone(refusal, channel)
            return self._say_alert(alert, {"channel": self._channel})
        return receipt

    def find(
        self, key: str, *, thread: Receipt | None = None, since: Receipt | None = None
    ) -> Receipt | None:
        return self._search(lambda: self._find_message(key, thread, since))

    def recalled(self, since: Receipt | None) -> list[str]:
        return self._search(
            lambda: list(self._list_keys(_split_receipt(since)[1] if since else ""))
        )

    def _list_keys(self, after: str) -> Iterator[str]:
        """List message keys with one request, and one more for each thread with new replies."""
        where = {"channel": self._channel, "limit": PAGE, "include_all_metadata": True}
        for message in self._call("conversations.history", params=where).get("messages") or []:
            if _is_later(message.get("ts"), after) and (key := _get_key(message)):
                yield key
            if _is_later(message.get("latest_reply"), after):
                replies = self._iterate_history(self._channel, message["ts"], after or None)
                yield from (
                    key
                    for reply in replies
                    if _is_later(reply.get("ts"), after) and (key := _get_key(reply))
                )

    def _search(self, look: Callable[[], T]) -> T:
        try:
            return look()
        except DeliveryError as error:
            code = getattr(error, "code", None)
            # A bot without read access may still post: an unsearchable message is repeated and
            # marked, rather than lost.
            blind = code in {"missing_scope", "no_permission"} or (
                code == "not_in_channel" and not self._join_channel(self._channel)
            )
            self.searchable = not blind
            # An error of the search proves nothing about the message.
            why = f"can't look for a message: {error}"
            closed = error.closed and self.searchable
            raise DeliveryError(
                why, Outcome.UNKNOWN, retry_after=error.retry_after, closed=closed
            ) from None

    def _find_message(
        self, key: str, thread: Receipt | None, since: Receipt | None
    ) -> Receipt | None:
        oldest = _split_receipt(since)[1] if since else None
        if thread:
            channel, parent = _split_receipt(thread)
            try:
                receipt = self._look_up(key, channel, parent, oldest)
            except (PlaceRefused, NotAllowed) as refusal:
                self._raise_unless_gone(refusal, channel)
                receipt = None
            else:
                if receipt or channel == self._channel:
                    return receipt
        # Not in a missing thread: Slack would post it in the channel.
        return self._look_up(key, self._channel, None, oldest)

    def _look_up(
        self, key: str, channel: str, parent: str | None, oldest: str | None
    ) -> Receipt | None:
        match = next(
            (
                message
                for message in self._iterate_history(channel, parent, oldest)
                if _has_key(message, key)
            ),
            None,
        )
        return f"{channel}:{match['ts']}" if match else None

    def _raise_unless_gone(self, refusal: Refused, channel: str) -> None:
        """Raise Slack's refusal, unless the place is gone: a message, or a channel that is ours
        no longer.
        """
        if isinstance(refusal, NotAllowed) and channel == self._channel:
            raise refusal

    def _say_alert(self, alert: Alert, place: dict[str, Any]) -> Receipt:
        answer = _show_or_say(
            alert,
            lambda form: self._post_form({**place, **form}),
            threaded="thread_ts" in place,
            with_buttons=self._with_buttons,
        )
        return _make_receipt(answer, place["channel"])

    def _upload(self, notice: Notice, thread: Receipt | None) -> Receipt:
        """Post the full list as a file; as text if its host can't be reached. If Slack accepts no
        file, nothing waits for it.
        """
        channel, ts = _split_receipt(thread) if thread else (self._channel, None)
        title, name = compose_alert(notice).headline, csv_rows.make_file_name(notice.key)
        content = csv_rows.render_csv(notice)
        try:
            _ask_slack(
                lambda: self._client.files_upload_v2(
                    channel=channel,
                    thread_ts=ts,
                    filename=name,
                    title=title,
                    content=content,
                )
            )
        except Refused as refusal:
            why = f"is left out: {refusal}"
            if refusal.code == "missing_scope":
                why = "needs the scope files:write"
            else:
                self._raise_unless_gone(refusal, channel)
            raise DeliveryError(f"the full list {why}", Outcome.PERMANENT) from None
        except DeliveryError as failure:
            # files.slack.com may be closed while slack.com is open, and must delay nothing
            if failure.retry_after:
                raise
            if found := self._find_message(notice.key, thread, None):
                return found
            _log.warning("the full list goes as text, since it can't be uploaded: %s", failure)
            return self._post_list(notice, channel, ts)
        return f"{channel}:{ts}" if ts else ""

    def _post_list(self, notice: Notice, channel: str, ts: str | None) -> Receipt:
        place = {"channel": channel, **({"thread_ts": ts} if ts else {})}
        form = blocks.make_list_payload(compose_alert(notice), csv_rows.list_lines(notice))
        return _make_receipt(self._post_form(place | form), channel)

    def _post_form(self, message: dict[str, Any]) -> web.SlackResponse:
        try:
            return self._call("chat.postMessage", json=message)
        except NotAllowed as refusal:
            if refusal.code != "not_in_channel" or not self._join_channel(message["channel"]):
                raise
        return self._call("chat.postMessage", json=message)

    def _join_channel(self, channel: str) -> bool:
        """Return whether we can join the channel: it is public, and we have the scope
        `channels:join`.
        """
        with suppress(DeliveryError):
            self._call("conversations.join", json={"channel": channel})
            return True
        return False

    def _edit_message(self, message: dict[str, Any]) -> web.SlackResponse:
        # Without metadata Slack keeps the old: the first message is still found by its own key.
        kept = {
            name: value
            for name, value in message.items()
            if name in {"channel", "ts", "text", "blocks"}
        }
        return self._call("chat.update", json=kept)

    def _iterate_history(
        self, channel: str, parent: str | None, oldest: str | None
    ) -> Iterator[dict[str, Any]]:
        """Iterate over the messages of the channel or of one thread, page by page."""
        where = {"channel": channel, "limit": PAGE, "include_all_metadata": True}
        where |= {name: value for name, value in (("ts", parent), ("oldest", oldest)) if value}
        method = "conversations.replies" if parent else "conversations.history"
        for _ in range(ALL_PAGES if oldest else RECENT_PAGES):
            answer = self._call(method, params=where)
            yield from answer.get("messages") or []
            where["cursor"] = (answer.get("response_metadata") or {}).get("next_cursor") or ""
            if not where["cursor"]:
                return
        if oldest:
            raise DeliveryError(
                "Slack holds more messages than can be looked through", Outcome.UNKNOWN
            )


class SlackWebhook(Channel):
    """An incoming webhook: without threads, edits or search, so replies stand alone and name their
    subject.
    """

    name = "slack:webhook"

    def __init__(self, url: str, *, pace: Pace | None = None) -> None:
        if keep_web_url(url) != url:
            raise ConfigError("SLACK_WEBHOOK_URL is not a web address")
        self._url = url
        self.pace = pace or Pace()

    def __repr__(self) -> str:
        return "SlackWebhook()"

    @cached_property
    def _client(self) -> webhook.WebhookClient:
        timeout = math.ceil(self.pace.deadline)
        return webhook.WebhookClient(self._url, timeout=timeout, retry_handlers=[], logger=_sdk_log)

    def post(self, notice: Notice, *, thread: Receipt | None = None) -> Receipt:  # noqa: ARG002  # it has no threads
        # no files either: the alert has the first rows, and here its details too
        if notice.kind in ATTACHED:
            return ""
        _show_or_say(compose_alert(notice), self._post_form, threaded=False, detailed=True)
        return ""

    def try_out(self, words: str) -> None:
        self._post_form({"text": words})

    def _post_form(self, form: dict[str, Any]) -> webhook.WebhookResponse:
        body = {name: value for name, value in form.items() if name != "metadata"}
        answer = _ask_slack(lambda: self._client.send_dict(body))
        if answer.status_code == 200 and answer.body.strip() == "ok":
            return answer
        raise convert_answer(
            answer.status_code, dict(answer.headers), extract_code(answer.body.strip())
        )


def _show_or_say(
    alert: Alert,
    say: Callable[[dict[str, Any]], T],
    *,
    threaded: bool,
    detailed: bool = False,
    with_buttons: bool = False,
) -> T:
    """Post blocks; if Slack refuses them, post text rather than nothing."""
    try:
        form = blocks.make_payload(
            alert, threaded=threaded, detailed=detailed, with_buttons=with_buttons
        )
    except Exception:  # noqa: BLE001 - a mistake of ours must not hold back the alert
        _log.exception("%s can't be laid out: sent as plain text", alert.key)
        return say(blocks.make_plain_payload(alert, threaded=threaded))
    try:
        return say(form)
    except FormRefused as refusal:
        digest = hashlib.sha256(json.dumps(form).encode()).hexdigest()
        _log.warning("%s: sent as plain text; SHA-256 of the refused payload %s", refusal, digest)
    return say(blocks.make_plain_payload(alert, threaded=threaded))


def _ask_slack(call: Callable[[], T]) -> T:
    """The answer, or a DeliveryError that holds nothing of the exception it comes from: that may
    know secrets.
    """
    try:
        return call()
    except SDK_ERRORS as error:
        failure = convert_error(error)
        # slack_sdk's frames have the open connection, and the token
        clear_frames(error.__traceback__)
    raise failure


def _make_receipt(answer: web.SlackResponse, channel: str) -> Receipt:
    warnings = (answer.get("response_metadata") or {}).get("warnings")
    if warnings:
        _log.warning("Slack took the message with a warning: %s", ", ".join(map(str, warnings)))
    ts = answer.get("ts")
    if not ts:
        raise DeliveryError("Slack took the message but did not return its place", Outcome.UNKNOWN)
    return f"{answer.get('channel') or channel}:{ts}"


def _split_receipt(receipt: Receipt) -> tuple[str, str]:
    channel, _, ts = receipt.rpartition(":")
    return channel, ts


def _is_later(ts: str | None, after: str) -> bool:
    """Return whether one timestamp is later than another; both have the same number of decimals."""
    return bool(ts) and tuple(map(int, str(ts).split("."))) > tuple(
        map(int, (after or "0.0").split("."))
    )


def _has_key(message: dict[str, Any], key: str) -> bool:
    """Return whether this message, or a file in it, has this key."""
    return _get_key(message) == key or any(
        file.get("name") == csv_rows.make_file_name(key) for file in message.get("files") or []
    )


def _get_key(message: dict[str, Any]) -> str | None:
    metadata = message.get("metadata") or {}
    return (
        (metadata.get("event_payload") or {}).get("key")
        if metadata.get("event_type") == blocks.EVENT_TYPE
        else None
    )
