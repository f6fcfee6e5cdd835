"""A Slack channel as alerts will find it: can the bot speak in it, and can it look back? Does I/O."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import chain
from typing import Any

from monitor.cli.doctor.finding import Finding
from monitor.cli.doctor.slack_web import HELLO, Workspace
from monitor.clock import iso
from monitor.config import Config
from monitor.config.variables import secret
from monitor.deliver import destinations, slack
from monitor.deliver.slack import TOKEN
from monitor.deliver.slack.blocks import EVENT_TYPE

RECENT = 15  # messages: as many as Slack shows at once to any app
LOOKS = (0.0, 1.0, 2.0, 4.0, 8.0)  # seconds before each look for what was posted: together as long as slack.grace


@dataclass(frozen=True)
class NamedChannel:
    """A channel that config.toml names, with its keys there and the variable that holds its token."""

    keys: str
    channel: str | None
    token: str


@dataclass(frozen=True)
class ChannelSeen:
    """What came of looking at one channel."""

    finding: Finding
    private: bool = False


def places(config: Config) -> list[NamedChannel]:
    """Every channel of config.toml, each once, with all that goes there."""
    slack_settings, named = config.slack, list[tuple[str, str | None, str]]()
    if secret(TOKEN) or (slack_settings.channel and not secret("SLACK_WEBHOOK_URL")):
        named.append(("alerts", slack_settings.channel, TOKEN))
        named.append(("ops", slack_settings.ops_channel or slack_settings.channel, TOKEN))
    for name, destination in config.destinations.items():
        settings = destinations.settings_of(name, destination)
        if isinstance(settings, slack.Settings):
            named.append((name, settings.slack, settings.token))
    keys: dict[tuple[str | None, str], list[str]] = {}
    for name, channel, token in named:
        keys.setdefault((channel, token), []).append(name)
    return [NamedChannel(", ".join(names), channel, token) for (channel, token), names in keys.items()]


def look(workspace: Workspace, place: NamedChannel, bot: str, scopes: frozenset[str]) -> ChannelSeen:
    """One channel, from the outside and by reading it."""
    subject = f"slack channel of {place.keys}"
    if not place.channel:
        remedy = 'name it in config.toml: [slack] channel = "C…" (channel → View channel details → at the bottom)'
        return ChannelSeen(Finding(subject, ok=False, seen="config.toml names no channel", remedy=remedy))
    answer = workspace.ask("conversations.info", channel=place.channel)
    if answer.code == "channel_not_found":
        return ChannelSeen(_unknown(workspace, place, subject, bot))
    if answer.failure and answer.code != "missing_scope":
        return ChannelSeen(Finding(subject, ok=False, seen=f"{place.channel}: {answer.failure}", remedy="see slack token"))
    channel = answer.body.get("channel") or {}
    private = bool(channel.get("is_private"))
    joins = "channels:join" in scopes and not private
    return ChannelSeen(_standing(workspace, place, subject, channel, bot, joins=joins), private=private)


def _unknown(workspace: Workspace, place: NamedChannel, subject: str, bot: str) -> Finding:
    """No channel of this id: perhaps its name was written, or it is private and the bot was not invited."""
    name = (place.channel or "").lstrip("#").casefold()
    channels = chain(workspace.channels("public_channel"), workspace.channels("private_channel"))
    channel = next((channel for channel in channels if str(channel.get("name", "")).casefold() == name), None)
    if channel:
        remedy = f"write its id {channel['id']} instead of its name: names change, and Slack finds no message by them"
        return Finding(subject, ok=False, seen=f"{place.channel} is the name of {channel['id']}", remedy=remedy)
    remedy = f"take the id from channel → View channel details → at the bottom; in a private channel /invite @{bot} first"
    return Finding(subject, ok=False, seen=f"{place.channel}: no such channel, or private and {bot} is not in it", remedy=remedy)


def _standing(
    workspace: Workspace, place: NamedChannel, subject: str, channel: Mapping[str, Any], bot: str, *, joins: bool
) -> Finding:
    """A channel that is there."""
    called = f"#{channel['name']} ({place.channel})" if channel.get("name") else place.channel
    if channel.get("is_archived"):
        return Finding(subject, ok=False, seen=f"{called} is archived", remedy="unarchive it, or name another in config.toml")
    if not channel.get("is_member", True):
        enters = "; it enters with its first message" if joins else ""
        return Finding(subject, ok=joins, seen=f"{called}: {bot} is not in it{enters}", remedy=f"in the channel: /invite @{bot}")
    history = workspace.ask("conversations.history", channel=place.channel, limit=RECENT, include_all_metadata=True)
    if history.failure:
        remedy = "without it an alert may come twice after a broken connection, marked as a possible repeat: see slack scopes"
        return Finding(subject, ok=False, seen=f"{called}: can't be read back: {history.failure}", remedy=remedy)
    ours = sum(_key(message) is not None for message in history.body.get("messages") or ())
    read_back = f"{ours} of ours among the last {RECENT}, found by their keys" if ours else "none of ours lately; --send tries it"
    return Finding(subject, ok=True, seen=f"{called}: {bot} is in it; it can be read back: {read_back}")


def send(workspace: Workspace, place: NamedChannel, wait: Callable[[float], None]) -> Finding:
    """Post a test message and look for it by its key, as is done with an alert whose fate is unknown."""
    subject, key = f"slack test message to {place.keys}", f"doctor:{iso(datetime.now(UTC))}:{place.channel}"
    about = {"event_type": EVENT_TYPE, "event_payload": {"key": key, "kind": "test", "source": "monitor"}}
    answer = workspace.post(channel=place.channel, text=HELLO, metadata=about, unfurl_links=False, unfurl_media=False)
    if answer.failure:
        return Finding(subject, ok=False, seen=f"not posted: {answer.failure}", remedy="see slack channel and slack scopes")
    lost = _looked_for(workspace, str(answer.body.get("channel") or place.channel), key, wait)
    remedy = "alerts arrive, but may come twice after a broken connection: see slack scopes; a longer slack.grace may help"
    seen = f"posted, but {lost}" if lost else "posted, and found again by its key"
    return Finding(subject, ok=not lost, seen=seen, remedy=remedy if lost else "")


def _looked_for(workspace: Workspace, channel: str, key: str, wait: Callable[[float], None]) -> str:
    """Look until the message of this key shows; why it did not, or ""."""
    for seconds in LOOKS:
        wait(seconds)
        history = workspace.ask("conversations.history", channel=channel, limit=RECENT, include_all_metadata=True)
        if history.failure:
            return f"it can't be read back: {history.failure}"
        if any(_key(message) == key for message in history.body.get("messages") or ()):
            return ""
    return f"not found again within {sum(LOOKS):.0f} s"


def _key(message: Mapping[str, Any]) -> str | None:
    """Under which key a message of ours was posted; None for those of others."""
    metadata = message.get("metadata") or {}
    return (metadata.get("event_payload") or {}).get("key") if metadata.get("event_type") == EVENT_TYPE else None
