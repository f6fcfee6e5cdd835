"""Whether alerts can arrive: token, scopes, channels, further destinations. Posts only where it is told to. Does I/O."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path

from monitor import deliver
from monitor.cli.doctor import channels
from monitor.cli.doctor.channels import NamedChannel, places
from monitor.cli.doctor.destinations import WEBHOOK, others, own_webhook
from monitor.cli.doctor.finding import Finding
from monitor.cli.doctor.slack_web import Answer, Workspace
from monitor.config import Config
from monitor.config.variables import secret
from monitor.deliver.slack import APP_TOKEN, TOKEN, is_heard

MANIFEST = Path(deliver.__file__).with_name("slack-manifest.yaml")
PREFIXES = {"xapp-": "an app-level token", "xoxp-": "a user's token", "xoxe": "a token that expires", "https:": "an address"}

# What each scope is for. Without the first ones an alert does not arrive, or may arrive twice, or without its full list.
NEEDED = {
    "chat:write": "to post",
    "channels:history": "to look whether a message arrived, so that it is told once",
    "files:write": "to add the full list of a long alert as a file",
}
PRIVATE = {"groups:history": "to look whether a message arrived in a private channel, so that it is told once"}
USEFUL = {"channels:read": "to look at public channels here", "groups:read": "to look at private channels here"}


def slack(config: Config, *, send: bool = False, wait: Callable[[float], None] = time.sleep) -> list[Finding]:
    """Everything that stands between an alert and its reader; with `send` a test message is posted to each place."""
    findings = [*_bots(config, send=send, wait=wait), *_buttons(config), *own_webhook(send=send), *others(config, send=send)]
    if not findings:
        remedy = f"put a bot token into {TOKEN} (see slack manifest), or an incoming webhook's address into {WEBHOOK}"
        findings = [Finding("slack", ok=False, seen="not set up: alerts are printed to the terminal", remedy=remedy)]
    return [*findings, manifest()]


def manifest() -> Finding:
    """The app to make in Slack."""
    text = MANIFEST.read_text(encoding="utf-8")
    seen = f"{MANIFEST}: paste it at https://api.slack.com/apps → Create New App → From a manifest"
    return Finding("slack manifest", ok=True, seen=seen, details={"manifest": text})


def _bots(config: Config, *, send: bool, wait: Callable[[float], None]) -> Iterator[Finding]:
    ours = places(config)
    for variable in dict.fromkeys(place.token for place in ours):
        yield from _bot(variable, [place for place in ours if place.token == variable], config.slack.api, send=send, wait=wait)


def _bot(variable: str, ours: list[NamedChannel], api: str, *, send: bool, wait: Callable[[float], None]) -> Iterator[Finding]:
    """One token and every channel it has to serve."""
    token = secret(variable)
    if token is None:
        named = variable if variable.isidentifier() else "a variable"  # whoever wrote the token itself must not see it here
        yield Finding(f"slack token {named}", ok=False, seen="not set", remedy=f"put the bot token (xoxb-…) into {named}")
        return
    workspace = Workspace(token, api)
    answer = workspace.ask("auth.test")
    yield _token(variable, token, answer)
    if answer.failure:
        return
    user = str(answer.body.get("user") or "the bot")
    seen = [channels.look(workspace, place, user, answer.scopes or frozenset()) for place in ours]
    yield _scopes(variable, answer.scopes, private=any(channel.private for channel in seen))
    yield from (channel.finding for channel in seen)
    if send:
        yield from (channels.send(workspace, place, wait) for place in ours if place.channel)


def _buttons(config: Config) -> Iterator[Finding]:
    """Whether clicks could be heard, where there is a token for it: a connection is asked for, and none is opened."""
    subject, token = f"slack buttons {APP_TOKEN}", secret(APP_TOKEN)
    if token is None or secret(TOKEN) is None:
        return
    answer = Workspace(token, config.slack.api).ask("apps.connections.open")
    if answer.failure:
        remedy = f"put an app-level token (xapp-…) with the scope connections:write into {APP_TOKEN}, and switch Socket Mode on"
        yield Finding(subject, ok=False, seen=answer.failure, remedy=remedy)
    elif not is_heard():
        yield Finding(subject, ok=False, seen="the library slack-bolt is not installed", remedy="uv sync --extra triage")
    else:
        yield Finding(subject, ok=True, seen="clicks can be heard; `monitor run` hears them")


def _token(variable: str, token: str, answer: Answer) -> Finding:
    wrong = next((f"; it looks like {kind} ({start}…)" for start, kind in PREFIXES.items() if token.startswith(start)), "")
    if answer.failure:
        mended = f"put the Bot User OAuth Token (xoxb-…) of the app into {variable}; see slack manifest"
        remedy = mended if answer.code else "check the network and slack.api; the token was not looked at"
        return Finding(f"slack token {variable}", ok=False, seen=f"{answer.failure}{wrong}", remedy=remedy)
    team, user = answer.body.get("team", "?"), answer.body.get("user", "?")
    details = {name: answer.body.get(name) for name in ("team", "team_id", "user", "user_id", "bot_id") if answer.body.get(name)}
    is_bot = bool(answer.body.get("bot_id"))
    return Finding(
        f"slack token {variable}",
        ok=True,
        seen=f"{'bot' if is_bot else 'user'} {user} of {team}{wrong}",
        remedy="" if is_bot else "a bot's own token (xoxb-…) is safer: it sees only the channels it was invited to",
        details=details,
    )


def _scopes(variable: str, scopes: frozenset[str] | None, *, private: bool) -> Finding:
    subject = f"slack scopes {variable}"
    if scopes is None:
        return Finding(subject, ok=True, seen="Slack did not say which scopes the token has")
    needed = NEEDED | (PRIVATE if private else {})
    lacking = {name: why for name, why in needed.items() if name not in scopes}
    unseen = {name: why for name, why in USEFUL.items() if name not in scopes and (private or name == "channels:read")}
    missing = "; ".join(f"{name} is missing ({why})" for name, why in (lacking | unseen).items())
    remedy = "add them at api.slack.com/apps → OAuth & Permissions, then reinstall the app" if missing else ""
    seen = missing or f"all there: {', '.join(sorted(scopes))}"
    return Finding(subject, ok=not lacking, seen=seen, remedy=remedy, details={"scopes": sorted(scopes)})
