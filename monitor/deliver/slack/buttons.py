"""The buttons of an alert, and what a click on one says. Pure.

Limits: https://docs.slack.dev/reference/block-kit/block-elements
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from typing import Any

from monitor.alert.event import HANDLED, NoticeKind
from monitor.config.redact import clean
from monitor.render.alert import Alert
from monitor.render.text import unbracketed
from monitor.triage.values import SLACK, Person, TriageRequest, Verb

Element = dict[str, Any]

MOST_VALUE = 1_900  # characters
PLACE = "-"  # the value of a button whose event is known by its place
ACTION = "triage_"
MORE = f"{ACTION}more"
OPEN_NOTICE = "open_notice"
DIRECT = Verb.TAKE  # what needs no further word
LABELS = {Verb.TAKE: "Take", Verb.DONE: "Done …", Verb.NOT_OURS: "Not ours …", Verb.SNOOZE: "Snooze …"}
WHY = "why"
FURTHER = {Verb.MUTE: "Mute …", Verb.TELL: "Tell …", WHY: "Why was this told?"}
REACTIONS = {"eyes": Verb.TAKE, "white_check_mark": Verb.DONE}
BY_REACTION = "done, by a reaction"


def elements(alert: Alert) -> Iterator[Element]:
    """The buttons of an alert about an event that people deal with; none for any other."""
    if not alert.event or alert.form not in HANDLED - {NoticeKind.STATE}:
        return
    for verb, label in LABELS.items():
        button = {"type": "button", "action_id": f"{ACTION}{verb}", "text": plain(label)}
        yield {**button, "value": known_by(alert.event) or PLACE, **({"style": "primary"} if verb is DIRECT else {})}
    options = [{"text": plain(label), "value": str(word)} for word, label in FURTHER.items()]
    yield {"type": "overflow", "action_id": MORE, "options": options}


def known_by(event: str) -> str:
    """An event's key where there is room for it; else it is known by the place of its message."""
    return event if len(event) <= MOST_VALUE else ""


def plain(text: str) -> Element:
    """Text in which Slack reads no markup."""
    return {"type": "plain_text", "text": unbracketed(clean(text)) or "–", "emoji": False}


def verb_of_click(body: Mapping[str, Any]) -> str:
    """What was clicked: a verb, or `why`; nothing for a button that only opens a page."""
    action = body["actions"][0]
    if action["action_id"] == MORE:
        return str(action["selected_option"]["value"])
    return str(action["action_id"]).removeprefix(ACTION) if str(action["action_id"]).startswith(ACTION) else ""


def event_of_click(body: Mapping[str, Any]) -> str:
    """The event that a click is about, by its key; else by the place of the message."""
    values = (element.get("value") for block in _blocks(body) for element in block.get("elements", ()) if _is_ours(element))
    event = next((value for value in values if value and value != PLACE), "")
    return event or place(body)


def place(body: Mapping[str, Any]) -> str:
    """Where the message stands in which somebody clicked."""
    container = body.get("container") or {}
    return f"{container.get('channel_id', '')}:{container.get('message_ts', '')}"


def _blocks(body: Mapping[str, Any]) -> list[dict[str, Any]]:
    return list((body.get("message") or {}).get("blocks") or ())


def _is_ours(element: Mapping[str, Any]) -> bool:
    return element.get("type") == "button" and str(element.get("action_id", "")).startswith(ACTION)


def key(body: Mapping[str, Any]) -> str:
    """What names a click for ever: the same when Slack delivers it again."""
    action = body["actions"][0]
    return digest(body["user"]["id"], action.get("action_ts", ""), action["action_id"], place(body))


def digest(*parts: str) -> str:
    """A key of what these have in common with no other click."""
    return f"slack:{hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:32]}"


def person(user: Mapping[str, Any]) -> Person:
    """Who clicked; the name clean, so that one can be asked for by what is shown."""
    return Person(f"slack:{user['id']}", clean(str(user.get("username") or user.get("name") or "")) or user["id"])


def taken(body: Mapping[str, Any]) -> TriageRequest:
    """A click that needs no further word."""
    return TriageRequest(
        key=key(body), verb=Verb(verb_of_click(body)), event=event_of_click(body), person=person(body["user"]), via=SLACK
    )


def reacted(body: Mapping[str, Any]) -> TriageRequest | None:
    """A reaction to a message, as a click; None for one that means nothing here."""
    told = body["event"]
    item, verb = told.get("item") or {}, REACTIONS.get(told.get("reaction", ""))
    if verb is None or item.get("type") != "message":
        return None
    return TriageRequest(
        key=digest("reaction", str(body.get("event_id") or told.get("event_ts", ""))),
        verb=verb,
        event=f"{item['channel']}:{item['ts']}",
        person=Person(f"slack:{told['user']}", ""),  # a reaction does not say what one is called
        via=SLACK,
        decision=BY_REACTION if verb is Verb.DONE else "",
    )
