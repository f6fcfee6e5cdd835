"""What Slack makes of a message, written from its documentation and not from our renderer: which
words call or lead away.

https://docs.slack.dev/messaging/formatting-message-text: between `<` and `>` stand `@user`,
`#channel`, `!special` or an address with or without `|label`; `&`, `<` and `>` as such are written
as entities; an address that stands bare is linked.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

BARE = re.compile(r"[a-z][a-z0-9+.-]*://\S", re.IGNORECASE)
CALLS = {"@": "user", "#": "channel", "!": "special"}


@dataclass(frozen=True)
class Live:
    """Something that does more than be read."""

    kind: str
    what: str


def live(text: str) -> list[Live]:
    """What is alive in a text in which Slack reads markup."""
    found: list[Live] = []
    at, between = 0, ""
    while (start := text.find("<", at)) >= 0:
        between += text[at:start]
        end = text.find(">", start)
        inner = text[start + 1 : end] if end >= 0 else ""
        if not inner or inner[0] == " " or {"\n", "<"} & set(inner):
            between, at = between + "<", start + 1
            continue
        found += _bare(between)
        found.append(Live(CALLS.get(inner[0], "link"), inner.partition("|")[0]))
        between, at = "", end + 1
    return found + _bare(between + text[at:])


def _bare(text: str) -> list[Live]:
    return [Live("bare link", found[0]) for found in BARE.finditer(text)]


def of_message(form: dict[str, Any]) -> Iterator[Live]:
    """What is alive in the arguments of chat.postMessage: its text, and its blocks down to the
    last element.
    """
    yield from live(form.get("text", ""))
    yield from _of_block(form.get("blocks", []))


def _of_block(part: Any) -> Iterator[Live]:
    if isinstance(part, list):
        for each in part:
            yield from _of_block(each)
    if not isinstance(part, dict):
        return
    kind = part.get("type")
    if kind in ("mrkdwn", "markdown"):
        yield from live(str(part.get("text")))
    if kind in ("user", "usergroup", "channel", "broadcast", "date", "team"):
        yield Live(kind, str(part))
    if kind in ("link", "button", "image") and (
        address := part.get("url") or part.get("image_url")
    ):
        yield Live("link", address)
    for each in part.values():
        yield from _of_block(each)
