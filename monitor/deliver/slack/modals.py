"""Slack's forms for clicks that need more input, and their answers; foreign text is never markup.
No I/O. Limits: https://docs.slack.dev/reference/views/modal-views
"""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from monitor.alert.event import HANDLED, NoticeKind
from monitor.config.redact import clean
from monitor.render import dates
from monitor.render.text import cut, replace_brackets
from monitor.render.values import Alert
from monitor.triage.values import (
    SLACK,
    Case,
    Offer,
    Person,
    TriageRequest,
    Verb,
    list_mute_subjects,
    stamp_mark,
)

View = dict[str, Any]
Block = dict[str, Any]

CALLBACK = "triage"
TITLE, OPTION, LONGEST, LINE = 24, 75, 2_000, 2_900  # characters
MOST_BOXES, MOST_OPTIONS, MOST_BLOCKS = 10, 100, 100
DECISION, TEXT, PAIRS, UNTIL, SUBJECT, TO = "decision", "text", "pairs", "until", "subject", "to"
SAID, STRIKE = "said", "strike"  # of a review: what a second reader said, what was read
BEGINNING = "T00:00:00Z"  # of a day, as every day here begins
WHOLE = (
    "The whole thread is snoozed, with all its acts: nobody is called to it before that day. What"
    " is new is sent all the same."
)
PRODUCT_OPTION = 150  # characters of a value


def make_done_view(case: Case, where: str, decisions: Sequence[str]) -> View:
    """Build the form for a decision and its details."""
    options = [_make_option(decision, decision) for decision in decisions[:MOST_OPTIONS]]
    return _make_view(
        Verb.DONE,
        "What was decided?",
        case,
        where,
        _make_select(DECISION, "Decision", options),
        _make_text("Remark"),
    )


def make_not_ours_view(case: Case, where: str) -> View:
    """Build the form for dismissed matches and the reason."""
    options = [
        _make_option(f"{pair.entry_name} is not {pair.subject_name}", pair.digest)
        for pair in case.pairs[:MOST_OPTIONS]
    ]
    blocks = (
        [_make_boxes(PAIRS, "These are not the same", options, chosen=True)]
        if options
        else [_make_words("No match is left on record: it is closed as not yours.")]
    )
    if len(case.pairs) > MOST_OPTIONS:
        blocks.append(
            _make_words(
                f"These are the first {MOST_OPTIONS} of {len(case.pairs):,}; once they are"
                " dismissed, click again."
            )
        )
    return _make_view(Verb.NOT_OURS, "Not ours", case, where, *blocks, _make_text("Why"))


def snooze(case: Case, where: str, today: str) -> View:
    """Build the form for a snooze: any day, or one of the act's own."""
    ahead = [(day, what) for day, what in case.dates.items() if day > today]
    options = [
        _make_option(f"{dates.format_date(day)}: something {what}", day)
        for day, what in ahead[:MOST_OPTIONS]
    ]
    own = (
        [_make_select(SUBJECT, "A day of the act itself", options, optional=True)]
        if options
        else []
    )
    day = _make_day("Any day", optional=bool(own))
    return _make_view(Verb.SNOOZE, "Snooze until", case, where, *own, day, _make_words(WHOLE))


def mute(case: Case, where: str, topics: Sequence[str]) -> View:
    """Build the form for a mute: subject, end, reason."""
    subjects = list_mute_subjects(case, topics)
    options = [
        _make_option(subject, subject) for subject in subjects if len(subject) <= PRODUCT_OPTION
    ][:MOST_OPTIONS]
    told = _make_words(
        "What touches your watch list is sent all the same, and says that it is muted."
    )
    return _make_view(
        Verb.MUTE,
        "Mute",
        case,
        where,
        _make_select(SUBJECT, "What", options),
        _make_day("Until"),
        _make_text("Why"),
        told,
    )


def tell(case: Case, where: str, destinations: Sequence[str]) -> View:
    """Build the form to choose another destination."""
    options = [_make_option(name, name) for name in destinations if name not in case.told][
        :MOST_OPTIONS
    ]
    if not options:
        return make_why_view(("Every destination of config.toml received it.",))
    return _make_view(
        Verb.TELL, "Tell", case, where, _make_select(TO, "Destination", options), _make_text("Why")
    )


def make_review_view(case: Case, where: str, offer: Offer | None) -> View:
    """Build the form to accept what a second reader said of an act, and to strike what was read."""
    if offer is None:
        return make_why_view(("Nothing is left that a second reader says and nobody reviewed.",))
    asked = ((SAID, "It is so", offer.said), (STRIKE, "It is not so", offer.facts))
    boxes = [
        _make_boxes(
            name,
            label,
            [
                _make_option(f"{mark} {text}", stamp_mark(mark, text))
                for mark, text in lines[:MOST_OPTIONS]
            ],
            chosen=False,
            optional=True,
        )
        for name, label, lines in asked
        if lines
    ]
    boxes += [
        _make_words(
            f"“{label}” has the first {MOST_OPTIONS} of {len(lines):,};"
            f" `monitor review {offer.act}` has all."
        )
        for _, label, lines in asked
        if len(lines) > MOST_OPTIONS
    ]
    quoted = [_make_words(f"{mark} {text}") for mark, text in offer.said[:MOST_BOXES]]
    return _make_view(
        Verb.REVIEW, "Second reader", case, where, *quoted, *boxes, _make_text("Why"), to=offer.act
    )


def make_why_view(lines: Sequence[str]) -> View:
    """Build the form that explains an alert; it has no input."""
    shown = [line for line in lines if line]
    if len(shown) > MOST_BLOCKS:
        left = len(shown) - MOST_BLOCKS + 1
        shown = [*shown[: MOST_BLOCKS - 1], f"… and {left:,} more, which `monitor show --why` has."]
    blocks = [_make_words(line) for line in shown]
    return {
        "type": "modal",
        "title": make_plain_text("Why was this sent?"),
        "close": make_plain_text("Close"),
        "blocks": blocks,
    }


def _make_view(
    verb: Verb, title: str, case: Case, where: str, *blocks: Block, to: str = ""
) -> View:
    return {
        "type": "modal",
        "callback_id": CALLBACK,
        "private_metadata": json.dumps(
            {"verb": verb, "event": make_event_value(case.event), "where": where, "to": to}
        ),
        "title": make_plain_text(cut(title, TITLE)),
        "submit": make_plain_text("Save"),
        "close": make_plain_text("Cancel"),
        "blocks": list(blocks),
    }


def _make_input(name: str, label: str, element: dict[str, Any], *, optional: bool) -> Block:
    return {
        "type": "input",
        "block_id": name,
        "label": make_plain_text(label),
        "optional": optional,
        "element": {**element, "action_id": name},
    }


def _make_select(
    name: str, label: str, options: list[dict[str, Any]], *, optional: bool = False
) -> Block:
    return _make_input(
        name, label, {"type": "static_select", "options": options}, optional=optional
    )


def _make_boxes(
    name: str, label: str, options: list[dict[str, Any]], *, chosen: bool, optional: bool = False
) -> Block:
    """Options of which any may be chosen, and all are at first if `chosen`; of more than Slack has
    boxes for it is a list to choose from.
    """
    kind = "checkboxes" if len(options) <= MOST_BOXES else "multi_static_select"
    first = {"initial_options": options} if chosen else {}
    return _make_input(name, label, {"type": kind, "options": options, **first}, optional=optional)


def _make_day(label: str, *, optional: bool = False) -> Block:
    return _make_input(UNTIL, label, {"type": "datepicker"}, optional=optional)


def _make_text(label: str) -> Block:
    return _make_input(
        TEXT,
        label,
        {"type": "plain_text_input", "multiline": True, "max_length": LONGEST},
        optional=True,
    )


def _make_option(text: str, value: str) -> dict[str, Any]:
    return {"text": make_plain_text(cut(text, OPTION)), "value": value}


def _make_words(text: str) -> Block:
    section = {
        "type": "rich_text_section",
        "elements": [{"type": "text", "text": cut(clean(text), LINE) or "–"}],
    }
    return {"type": "rich_text", "elements": [section]}


def parse_answer(body: Mapping[str, Any]) -> TriageRequest:
    """Parse a form that was saved."""
    view = body["view"]
    about = json.loads(view["private_metadata"])
    given = {
        name: value for block in view["state"]["values"].values() for name, value in block.items()
    }
    day = _get_chosen(given.get(UNTIL)) or (
        _get_chosen(given.get(SUBJECT)) if about["verb"] == Verb.SNOOZE else ""
    )
    return TriageRequest(
        key=hash_click("view", view["id"], json.dumps(view["state"]["values"], sort_keys=True)),
        verb=Verb(about["verb"]),
        event=about["event"] or about["where"],
        person=parse_person(body["user"]),
        via=SLACK,
        decision=_get_chosen(given.get(DECISION)),
        text=_get_chosen(given.get(TEXT)),
        until=f"{day}{BEGINNING}" if day else "",
        to=about["to"]
        or _get_chosen(given.get(TO))
        or (_get_chosen(given.get(SUBJECT)) if about["verb"] == Verb.MUTE else ""),
        pairs=tuple(
            option["value"]
            for name in (PAIRS, SAID, STRIKE)
            for option in (given.get(name) or {}).get("selected_options") or ()
        ),
    )


def find_first_block(body: Mapping[str, Any]) -> str:
    """Beside which question a refusal is shown."""
    asked = (block for block in body["view"].get("blocks", ()) if block.get("type") == "input")
    return next((str(block["block_id"]) for block in asked), TEXT)


def _get_chosen(given: Mapping[str, Any] | None) -> str:
    """Return the chosen or typed value of a field."""
    if not given:
        return ""
    option = given.get("selected_option") or {}
    return str(option.get("value") or given.get("selected_date") or given.get("value") or "")


# The buttons of an alert, and the meaning of a click. No I/O. Limits:
# https://docs.slack.dev/reference/block-kit/block-elements

Element = dict[str, Any]

MOST_VALUE = 1_900  # characters
PLACE = "-"  # the value of a button that finds its event by its message
ACTION = "triage_"
MORE = f"{ACTION}more"
OPEN_NOTICE, OPEN_CONSOLE = "open_notice", "open_console"
DIRECT = Verb.TAKE  # what needs no further word
LABELS = {
    Verb.TAKE: "Take",
    Verb.DONE: "Done …",
    Verb.NOT_OURS: "Not ours …",
    Verb.SNOOZE: "Snooze …",
}
CALLED = {
    NoticeKind.UNTAKEN: (Verb.TAKE,),
    NoticeKind.DUE: (Verb.TAKE, Verb.DONE, Verb.SNOOZE),
}
REVIEW = "Second reader …"
WHY = "why"
FURTHER = {Verb.MUTE: "Mute …", Verb.TELL: "Tell …", WHY: "Why was this sent?"}
REACTIONS = {"eyes": Verb.TAKE, "white_check_mark": Verb.DONE}
BY_REACTION = "done, by a reaction"


def make_buttons(alert: Alert) -> Iterator[Element]:
    """Build the buttons of an alert on an event in triage; a call has those for what it asks."""
    called = {verb: LABELS[verb] for verb in CALLED.get(alert.form, ())}
    labels = LABELS if alert.form in HANDLED - {NoticeKind.STATE} else called
    reviewed = {Verb.REVIEW: REVIEW} if labels is LABELS and alert.offers else {}
    for verb, label in {**labels, **reviewed}.items() if alert.event else ():
        button = {"type": "button", "action_id": f"{ACTION}{verb}", "text": make_plain_text(label)}
        yield {
            **button,
            "value": make_event_value(alert.event) or PLACE,
            **({"style": "primary"} if verb is DIRECT else {}),
        }
    if alert.event and labels is LABELS:
        options = [
            {"text": make_plain_text(label), "value": str(word)} for word, label in FURTHER.items()
        ]
        yield {"type": "overflow", "action_id": MORE, "options": options}


def make_event_value(event: str) -> str:
    """An event's key where there is room for it; else it is known by the place of its message."""
    return event if len(event) <= MOST_VALUE else ""


def make_plain_text(text: str) -> Element:
    """Text in which Slack reads no markup."""
    return {"type": "plain_text", "text": replace_brackets(clean(text)) or "–", "emoji": False}


def parse_verb(body: Mapping[str, Any]) -> str:
    """Return the clicked verb, or `why`; None for a button that only opens a page."""
    action = body["actions"][0]
    if action["action_id"] == MORE:
        return str(action["selected_option"]["value"])
    return (
        str(action["action_id"]).removeprefix(ACTION)
        if str(action["action_id"]).startswith(ACTION)
        else ""
    )


def parse_event(body: Mapping[str, Any]) -> str:
    """The event that a click is about, by its key; else by the place of the message."""
    values = (
        element.get("value")
        for block in (body.get("message") or {}).get("blocks") or ()
        for element in block.get("elements", ())
        if element.get("type") == "button" and str(element.get("action_id", "")).startswith(ACTION)
    )
    event = next((value for value in values if value and value != PLACE), "")
    return event or parse_place(body)


def parse_place(body: Mapping[str, Any]) -> str:
    """Return the place of the message with the click."""
    container = body.get("container") or {}
    return f"{container.get('channel_id', '')}:{container.get('message_ts', '')}"


def make_click_key(body: Mapping[str, Any]) -> str:
    """Return a click's permanent key: the same if Slack delivers it again."""
    action = body["actions"][0]
    return hash_click(
        body["user"]["id"], action.get("action_ts", ""), action["action_id"], parse_place(body)
    )


def hash_click(*parts: str) -> str:
    """A key of what these have in common with no other click."""
    return f"slack:{hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:32]}"


def parse_person(user: Mapping[str, Any]) -> Person:
    """Return the person who clicked, with the name cleaned so that the shown form can be
    searched.
    """
    return Person(
        f"slack:{user['id']}",
        clean(str(user.get("username") or user.get("name") or "")) or user["id"],
    )


def parse_click(body: Mapping[str, Any]) -> TriageRequest:
    """A click that needs no further word."""
    return TriageRequest(
        key=make_click_key(body),
        verb=Verb(parse_verb(body)),
        event=parse_event(body),
        person=parse_person(body["user"]),
        via=SLACK,
    )


def parse_reaction(body: Mapping[str, Any]) -> TriageRequest | None:
    """Parse a reaction to a message as a click; None for one without a meaning here."""
    told = body["event"]
    item, verb = told.get("item") or {}, REACTIONS.get(told.get("reaction", ""))
    if verb is None or item.get("type") != "message":
        return None
    return TriageRequest(
        key=hash_click("reaction", str(body.get("event_id") or told.get("event_ts", ""))),
        verb=verb,
        event=f"{item['channel']}:{item['ts']}",
        person=Person(f"slack:{told['user']}", ""),  # a reaction has no name of the person
        via=SLACK,
        decision=BY_REACTION if verb is Verb.DONE else "",
    )
