"""Check that alerts can arrive: token, scopes, channels, further destinations. Posts only on
request. Does I/O.
"""

import logging
import time
from collections.abc import Iterator, Mapping
from dataclasses import field
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path
from typing import Any

from slack_sdk.web import SlackResponse, WebClient
from slack_sdk.webhook import WebhookClient

from monitor import deliver
from monitor.cli.doctor.house import Finding, make_bad_finding, make_good_finding
from monitor.clock import format_instant
from monitor.config import Config
from monitor.config.variables import read_secret
from monitor.deliver import destinations
from monitor.deliver import slack as slack_way
from monitor.deliver.channel import Channel
from monitor.deliver.slack import APP_TOKEN, TOKEN, is_heard
from monitor.deliver.slack.blocks import EVENT_TYPE
from monitor.deliver.slack.client import (
    PERHAPS,
    RATE,
    SDK_ERRORS,
    SLACK,
    SlackWebhook,
    convert_error,
    extract_code,
)
from monitor.errors import ConfigError, DeliveryError
from monitor.model import frozen

POST = "chat.postMessage"
# of a message's own: else the history would miss it, and doubt what it knows
TEST_TYPE = f"{EVENT_TYPE}_test"
HELLO = (
    "Test message of the regulatory monitor (`monitor doctor --slack --send`): its alerts will come"
    " here."
)
TIMEOUT = 20  # seconds for an answer
UPLOADS = {SLACK: "https://files.slack.com/"}  # of full lists, by the address of the Web API
LIST_PAGES = 20  # of 200 channels each
RECENT = 15  # messages: as many as Slack shows at once to any app
# seconds before each look for what was posted: together as long as Slack may take
LOOKS = (0.0, 1.0, 2.0, 4.0, 8.0)
WEBHOOK = "SLACK_WEBHOOK_URL"
MANIFEST = Path(deliver.__file__).with_name("slack-manifest.yaml")
PREFIXES = {
    "xapp-": "an app-level token",
    "xoxp-": "a user's token",
    "xoxe": "a token that expires",
    "https:": "an address",
}

# The purpose of each scope. Without the first ones an alert fails, may arrive twice, or lacks its
# full list.
NEEDED = {
    "chat:write": "to post",
    "channels:history": "to find sent messages, so that none is repeated",
    "files:write": "to add the full list of a long alert as a file",
}
PRIVATE = {"groups:history": "to find sent messages in a private channel, so that none is repeated"}
USEFUL = {
    "channels:read": "to look at public channels here",
    "groups:read": "to look at private channels here",
}
PUT_BOTS = "put the Bot User OAuth Token (xoxb-…) of the app into {}; see slack manifest"
CHECK_WAY = "check the network and slack.api; nothing was checked"
WAIT = "wait, then ask again; nothing was checked"
NAME_CHANNEL = (
    'name it in config.toml: [slack] channel = "C…" (channel → View channel details → at the'
    " bottom)"
)

_silent = logging.getLogger(f"{__name__}.sdk")
_silent.setLevel(logging.CRITICAL + 1)  # slack_sdk logs whole requests


@frozen
class Answer:
    """Slack's answer, its `body`; `failure` and `code` are "" for ok. `passes`: it asks for
    patience, or failed.
    """

    body: Mapping[str, Any] = field(default_factory=dict)
    scopes: frozenset[str] | None = None
    failure: str = ""
    code: str = ""
    passes: bool = False

    def choose_remedy(self, refused: str) -> str:
        """Return the way out of its failure: `refused` only where Slack refuses something."""
        if self.passes:
            return WAIT
        return refused if self.code else CHECK_WAY


def make_client(token: str, api: str) -> WebClient:
    """A workspace as one bot sees it."""
    return WebClient(token, base_url=api, timeout=TIMEOUT, retry_handlers=[], logger=_silent)


def ask(client: WebClient, method: str, **asked: Any) -> Answer:
    """Call a method; what posts takes JSON, what reads does not."""
    try:
        return _parse_answer(
            client.api_call(method, json=asked)
            if method == POST
            else client.api_call(method, params=asked)
        )
    except SDK_ERRORS as error:
        response = getattr(error, "response", None)
        body = (
            response.data
            if isinstance(response, SlackResponse) and isinstance(response.data, dict)
            else {}
        )
        code = extract_code(str(body.get("error") or ""))
        status = response.status_code if isinstance(response, SlackResponse) else 0
        passes = status == 429 or status >= 500 or code in RATE | PERHAPS
        return Answer(body, failure=_name_failure(error, body), code=code, passes=passes)


def list_channels(client: WebClient, kinds: str) -> Iterator[Mapping[str, Any]]:
    """Every channel of these kinds that the bot can see."""
    cursor = ""
    for _ in range(LIST_PAGES):
        answer = ask(
            client,
            "conversations.list",
            types=kinds,
            limit=200,
            exclude_archived=False,
            cursor=cursor,
        )
        yield from answer.body.get("channels") or ()
        cursor = (answer.body.get("response_metadata") or {}).get("next_cursor") or ""
        if not cursor:
            return


def _parse_answer(response: SlackResponse) -> Answer:
    headers = {
        str(name).lower(): str(value) for name, value in dict(response.headers or {}).items()
    }
    scopes = headers.get("x-oauth-scopes")
    body = response.data if isinstance(response.data, dict) else {}
    granted = (
        frozenset(part.strip() for part in scopes.split(",") if part.strip())
        if scopes is not None
        else None
    )
    return (
        Answer(body, granted)
        if body.get("ok")
        else Answer(body, granted, "an answer that is not Slack's")
    )


def _name_failure(error: Exception, body: Mapping[str, Any]) -> str:
    """Return the error and the scopes in an answer; nothing if it has none."""
    names = [part.strip() for part in str(body.get("needed") or "").split(",")]
    needed = ", ".join(
        name for name in names if name.replace(":", "").replace(".", "").replace("_", "").isalpha()
    )
    return f"{convert_error(error)}{f'; it needs {needed}' if needed else ''}"


def check_slack(config: Config, *, send: bool = False) -> list[Finding]:
    """Check everything between an alert and its reader; `send` posts a test message to each
    place.
    """
    findings = [
        *_check_bots(config, send=send),
        *_check_buttons(config),
        *_check_webhook(send=send),
        *_check_others(config, send=send),
    ]
    if not findings:
        remedy = (
            f"put a bot token into {TOKEN} (see slack manifest), or an incoming webhook's address"
            f" into {WEBHOOK}"
        )
        findings = [
            make_bad_finding("slack", "not set up: alerts are printed to the terminal", remedy)
        ]
    text = MANIFEST.read_text(encoding="utf-8")
    seen = f"{MANIFEST}: paste it at https://api.slack.com/apps → Create New App → From a manifest"
    return [*findings, Finding("slack manifest", ok=True, seen=seen, details={"manifest": text})]


def _check_bots(config: Config, *, send: bool) -> Iterator[Finding]:
    ours = _list_channels(config)
    for variable in dict.fromkeys(place.token for place in ours):
        served = [place for place in ours if place.token == variable]
        yield from _check_bot(variable, served, config.slack.api, send=send)


@frozen
class NamedChannel:
    """A channel that config.toml names, with its keys there and the variable that holds its
    token.
    """

    keys: str
    channel: str | None
    token: str


def _list_channels(config: Config) -> list[NamedChannel]:
    """Every channel of config.toml, each once, with all that goes there."""
    slack_settings, named = config.slack, list[tuple[str, str | None, str]]()
    if read_secret(TOKEN) or (slack_settings.channel and not read_secret("SLACK_WEBHOOK_URL")):
        named.append(("alerts", slack_settings.channel, TOKEN))
        named.append(("ops", slack_settings.ops_channel or slack_settings.channel, TOKEN))
    for name, destination in config.destinations.items():
        settings = destinations.read_way_settings(name, destination)
        if isinstance(settings, slack_way.Settings):
            named.append((name, settings.slack, settings.token))
    keys: dict[tuple[str | None, str], list[str]] = {}
    for name, channel, token in named:
        keys.setdefault((channel, token), []).append(name)
    return [
        NamedChannel(", ".join(names), channel, token) for (channel, token), names in keys.items()
    ]


def _check_bot(
    variable: str, ours: list[NamedChannel], api: str, *, send: bool
) -> Iterator[Finding]:
    """One token and every channel it has to serve."""
    token = read_secret(variable)
    if token is None:
        # the file may have the token itself, which must not appear here
        named = variable if variable.isidentifier() else "a variable"
        yield make_bad_finding(
            f"slack token {named}", "not set", f"put the bot token (xoxb-…) into {named}"
        )
        return
    client = make_client(token, api)
    answer = ask(client, "auth.test")
    yield _check_token(variable, token, answer)
    if answer.failure:
        return
    user = str(answer.body.get("user") or "the bot")
    seen = [_check_channel(client, place, user, answer.scopes or frozenset()) for place in ours]
    yield _check_scopes(variable, answer.scopes, private=any(private for _, private in seen))
    yield from (finding for finding, _ in seen)
    if api in UPLOADS:
        yield _check_uploads(UPLOADS[api])
    if send:
        yield from (_send_test_message(client, place) for place in ours if place.channel)


def _check_uploads(url: str) -> Finding:
    """Check that the host of full lists is reachable: a firewall may allow only the other one."""
    try:
        WebhookClient(url, timeout=TIMEOUT, retry_handlers=[], logger=_silent).send(text="")
    except SDK_ERRORS as error:
        seen = f"{url} can't be reached ({type(error).__name__})"
        return make_bad_finding(
            "slack uploads", seen, "open port 443 to it; until then full lists come as text"
        )
    return make_good_finding("slack uploads", f"{url} answers")


def _check_token(variable: str, token: str, answer: Answer) -> Finding:
    kind = next(
        (
            f"; it looks like {kind} ({start}…)"
            for start, kind in PREFIXES.items()
            if token.startswith(start)
        ),
        "",
    )
    if answer.failure:
        remedy = answer.choose_remedy(PUT_BOTS.format(variable))
        return make_bad_finding(f"slack token {variable}", f"{answer.failure}{kind}", remedy)
    team, user = answer.body.get("team", "?"), answer.body.get("user", "?")
    details = {
        name: answer.body.get(name)
        for name in ("team", "team_id", "user", "user_id", "bot_id")
        if answer.body.get(name)
    }
    is_bot = bool(answer.body.get("bot_id"))
    return Finding(
        f"slack token {variable}",
        ok=True,
        seen=f"{'bot' if is_bot else 'user'} {user} of {team}{kind}",
        remedy=(
            ""
            if is_bot
            else "a bot's own token (xoxb-…) is safer: it sees only the channels it was invited to"
        ),
        details=details,
    )


def _check_scopes(variable: str, scopes: frozenset[str] | None, *, private: bool) -> Finding:
    subject = f"slack scopes {variable}"
    if scopes is None:
        return Finding(subject, ok=None, seen="Slack's answer does not name them")
    needed = NEEDED | (PRIVATE if private else {})
    lacking = {name: why for name, why in needed.items() if name not in scopes}
    unseen = {
        name: why
        for name, why in USEFUL.items()
        if name not in scopes and (private or name == "channels:read")
    }
    missing = "; ".join(f"{name} is missing ({why})" for name, why in (lacking | unseen).items())
    remedy = (
        "add them at api.slack.com/apps → OAuth & Permissions, then reinstall the app"
        if missing
        else ""
    )
    seen = missing or f"all there: {', '.join(sorted(scopes))}"
    return Finding(
        subject, ok=not lacking, seen=seen, remedy=remedy, details={"scopes": sorted(scopes)}
    )


def _check_channel(
    client: WebClient, place: NamedChannel, bot: str, scopes: frozenset[str]
) -> tuple[Finding, bool]:
    """One channel, from the outside and by reading it; whether it is private."""
    subject = f"slack channel of {place.keys}"
    if not place.channel:
        return make_bad_finding(subject, "config.toml names no channel", NAME_CHANNEL), False
    answer = ask(client, "conversations.info", channel=place.channel)
    if answer.code == "channel_not_found":
        return _make_unknown_finding(client, place.channel, subject, bot), False
    if answer.failure and answer.code != "missing_scope":
        remedy = answer.choose_remedy("see slack token")
        return make_bad_finding(subject, f"{place.channel}: {answer.failure}", remedy), False
    channel = answer.body.get("channel") or {}
    private = bool(channel.get("is_private"))
    return (
        _check_known_channel(
            client, place, subject, channel, bot, joins="channels:join" in scopes and not private
        ),
        private,
    )


def _make_unknown_finding(client: WebClient, named: str, subject: str, bot: str) -> Finding:
    """No channel of this id: perhaps its name was written, or it is private and the bot was not
    invited.
    """
    name = named.lstrip("#").casefold()
    channels = chain(
        list_channels(client, "public_channel"), list_channels(client, "private_channel")
    )
    channel = next(
        (channel for channel in channels if str(channel.get("name", "")).casefold() == name), None
    )
    if channel:
        remedy = (
            f"write its id {channel['id']} instead of its name: names change, and Slack finds no"
            " message by them"
        )
        return make_bad_finding(subject, f"{named} is the name of {channel['id']}", remedy)
    remedy = (
        "take the id from channel → View channel details → at the bottom; in a private channel"
        f" /invite @{bot} first"
    )
    return make_bad_finding(
        subject, f"{named}: no such channel, or private and {bot} is not in it", remedy
    )


def _check_known_channel(
    client: WebClient,
    place: NamedChannel,
    subject: str,
    channel: Mapping[str, Any],
    bot: str,
    *,
    joins: bool,
) -> Finding:
    """A channel that is there."""
    called = f"#{channel['name']} ({place.channel})" if channel.get("name") else place.channel
    if channel.get("is_archived"):
        return make_bad_finding(
            subject, f"{called} is archived", "unarchive it, or name another in config.toml"
        )
    if not channel.get("is_member", True):
        enters = "; it enters with its first message" if joins else ""
        return Finding(
            subject,
            ok=joins,
            seen=f"{called}: {bot} is not in it{enters}",
            remedy=f"in the channel: /invite @{bot}",
        )
    return _check_reading_back(client, place, subject, called, bot)


def _check_reading_back(
    client: WebClient, place: NamedChannel, subject: str, called: str | None, bot: str
) -> Finding:
    """Check whether a message in a channel can be found there again."""
    history = _read_recent(client, place.channel)
    if history.failure:
        remedy = history.choose_remedy(
            "without it an alert may come twice after a broken connection, marked as a possible"
            " repeat: see slack scopes"
        )
        return make_bad_finding(subject, f"{called}: can't be read back: {history.failure}", remedy)
    ours = sum(_get_key(message) is not None for message in history.body.get("messages") or ())
    read_back = (
        f"{ours} of ours among the last {RECENT}, found by their keys"
        if ours
        else "none of ours lately; --send tries it"
    )
    return make_good_finding(subject, f"{called}: {bot} is in it; it can be read back: {read_back}")


def _read_recent(client: WebClient, channel: str | None) -> Answer:
    return ask(
        client, "conversations.history", channel=channel, limit=RECENT, include_all_metadata=True
    )


def _send_test_message(client: WebClient, place: NamedChannel) -> Finding:
    """Post a test message and find it by its key, as for an alert of unknown fate."""
    subject, key = (
        f"slack test message to {place.keys}",
        f"doctor:{format_instant(datetime.now(UTC))}:{place.channel}",
    )
    about = {
        "event_type": TEST_TYPE,
        "event_payload": {"key": key, "kind": "test", "source": "monitor"},
    }
    answer = ask(
        client,
        POST,
        channel=place.channel,
        text=HELLO,
        metadata=about,
        unfurl_links=False,
        unfurl_media=False,
    )
    if answer.failure:
        remedy = answer.choose_remedy("see slack channel and slack scopes")
        return make_bad_finding(subject, f"no word that it was posted: {answer.failure}", remedy)
    lost = _look_for_message(client, str(answer.body.get("channel") or place.channel), key)
    remedy = "alerts arrive, but may come twice after a broken connection: see slack scopes"
    seen = f"posted, but {lost}" if lost else "posted, and found again by its key"
    return Finding(subject, ok=not lost, seen=seen, remedy=remedy if lost else "")


def _look_for_message(client: WebClient, channel: str, key: str) -> str:
    """Look until the message of this key shows; why it did not, or ""."""
    for seconds in LOOKS:
        time.sleep(seconds)
        history = _read_recent(client, channel)
        if history.failure:
            return f"it can't be read back: {history.failure}"
        if any(
            _get_key(message, TEST_TYPE) == key for message in history.body.get("messages") or ()
        ):
            return ""
    return f"not found again within {sum(LOOKS):.0f} s"


def _get_key(message: Mapping[str, Any], event_type: str = EVENT_TYPE) -> str | None:
    """Under which key a message of this type was posted; None for others."""
    metadata = message.get("metadata") or {}
    return (
        (metadata.get("event_payload") or {}).get("key")
        if metadata.get("event_type") == event_type
        else None
    )


def _check_buttons(config: Config) -> Iterator[Finding]:
    """Check that clicks can arrive, if there is a token: request a connection, and open none."""
    subject, token = f"slack buttons {APP_TOKEN}", read_secret(APP_TOKEN)
    if token is None or read_secret(TOKEN) is None:
        return
    answer = ask(make_client(token, config.slack.api), "apps.connections.open")
    if answer.failure:
        remedy = answer.choose_remedy(
            f"put an app-level token (xapp-…) with the scope connections:write into {APP_TOKEN},"
            " and switch Socket Mode on"
        )
        yield make_bad_finding(subject, answer.failure, remedy)
    elif not is_heard():
        yield make_bad_finding(
            subject, "the library slack-bolt is not installed", "uv sync --extra triage"
        )
    else:
        yield make_good_finding(subject, "clicks can arrive; `monitor run` handles them")


def _check_webhook(*, send: bool) -> Iterator[Finding]:
    """SLACK_WEBHOOK_URL, where there is no bot token to go before it."""
    url = read_secret(WEBHOOK)
    if not url or read_secret(TOKEN):
        return
    try:
        channel = SlackWebhook(url)
    except ConfigError as error:
        yield make_bad_finding(
            "slack webhook", str(error), f"copy the whole address into {WEBHOOK}"
        )
        return
    seen = (
        "set; at least once: it can't be read back, so after a broken connection an alert may come"
        " twice, marked"
    )
    yield make_good_finding(
        "slack webhook", seen, f"for exactly once, threads and edits: a bot token in {TOKEN}"
    )
    if send:
        yield _try_out(channel, "slack test message to alerts, ops")


def _check_others(config: Config, *, send: bool) -> Iterator[Finding]:
    """Destinations that are no Slack channel."""
    for name, settings in config.destinations.items():
        if isinstance(destinations.read_way_settings(name, settings), slack_way.Settings):
            continue
        try:
            channel = destinations.open_channel(name, settings, config)
        except ConfigError as error:
            yield make_bad_finding(
                f"destination {name}", str(error), "set the variable where the monitor is started"
            )
            continue
        often = "in effect exactly once" if channel.searchable else "at least once"
        yield make_good_finding(
            f"destination {name}",
            f"set; {often}",
            channel.advice,
        )
        if send:
            yield _try_out(channel, f"test message to {name}")


def _try_out(channel: Channel, subject: str) -> Finding:
    try:
        channel.try_out(HELLO)
    except DeliveryError as error:
        return make_bad_finding(subject, str(error), "see the answer: address, secret or network")
    return make_good_finding(subject, "taken")
