"""What Slack asks for where a click is not enough, and what was answered; foreign text stands where no markup is read. Pure.

Limits: https://docs.slack.dev/reference/views/modal-views
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from monitor.config.redact import clean
from monitor.deliver.slack.buttons import digest, known_by, person, plain
from monitor.render import dates
from monitor.render.text import cut
from monitor.triage.values import SLACK, About, Case, TriageRequest, Verb

View = dict[str, Any]
Block = dict[str, Any]

CALLBACK = "triage"
TITLE, OPTION, LONGEST, LINE = 24, 75, 2_000, 2_900  # characters
MOST_BOXES, MOST_OPTIONS, MOST_BLOCKS = 10, 100, 100
DECISION, TEXT, PAIRS, UNTIL, SUBJECT, TO = "decision", "text", "pairs", "until", "subject", "to"
BEGINNING = "T00:00:00Z"  # of a day, as every day here begins
PRODUCT_OPTION = 150  # characters of a value


def done(case: Case, where: str, decisions: Sequence[str]) -> View:
    """Which decision, and what else there is to say."""
    options = [_option(decision, decision) for decision in decisions[:MOST_OPTIONS]]
    return _view(Verb.DONE, "What was decided?", case, where, _select(DECISION, "Decision", options), _text("Remark"))


def not_ours(case: Case, where: str) -> View:
    """Which of the matches are not the reader's own, and why."""
    options = [_option(f"{pair.entry_name} is not {pair.subject_name}", pair.digest) for pair in case.pairs[:MOST_OPTIONS]]
    blocks = [_boxes(options)] if options else [_words("No match is left on record: it is closed as not yours.")]
    if len(case.pairs) > MOST_OPTIONS:
        blocks.append(_words(f"These are the first {MOST_OPTIONS} of {len(case.pairs):,}; once they are dismissed, click again."))
    return _view(Verb.NOT_OURS, "Not ours", case, where, *blocks, _text("Why"))


def snooze(case: Case, where: str, today: str) -> View:
    """Until which day it rests: any day, or one of the act's own."""
    ahead = [(day, what) for day, what in case.dates.items() if day > today]
    options = [_option(f"{dates.day(day)}: something {what}", day) for day, what in ahead[:MOST_OPTIONS]]
    own = [_select(SUBJECT, "A day of the act itself", options, optional=True)] if options else []
    return _view(Verb.SNOOZE, "Rest until", case, where, *own, _day("Any day", optional=bool(own)))


def mute(case: Case, where: str, topics: Sequence[str]) -> View:
    """What is muted, until when, and why."""
    names = {
        About.SOURCE: case.sources,
        About.REGISTER: case.registers,
        About.TOPIC: topics,
        About.PRODUCT: case.products,
    }
    subjects = [f"{about}:{name}" for about, many in names.items() for name in many]
    options = [_option(subject, subject) for subject in subjects if len(subject) <= PRODUCT_OPTION][:MOST_OPTIONS]
    told = _words("What touches your watch list is told all the same, and says that it is muted.")
    return _view(Verb.MUTE, "Mute", case, where, _select(SUBJECT, "What", options), _day("Until"), _text("Why"), told)


def tell(case: Case, where: str, destinations: Sequence[str]) -> View:
    """Who else has to know."""
    options = [_option(name, name) for name in destinations if name not in case.told][:MOST_OPTIONS]
    if not options:
        return why(("Every destination of config.toml was told of it.",))
    return _view(Verb.TELL, "Tell", case, where, _select(TO, "Destination", options), _text("Why"))


def why(lines: Sequence[str]) -> View:
    """Why it was told; nothing to answer."""
    shown = [line for line in lines if line]
    if len(shown) > MOST_BLOCKS:
        left = len(shown) - MOST_BLOCKS + 1
        shown = [*shown[: MOST_BLOCKS - 1], f"… and {left:,} more, which `monitor triage why` has."]
    blocks = [_words(line) for line in shown]
    return {"type": "modal", "title": plain("Why was this told?"), "close": plain("Close"), "blocks": blocks}


def _view(verb: Verb, title: str, case: Case, where: str, *blocks: Block) -> View:
    return {
        "type": "modal",
        "callback_id": CALLBACK,
        "private_metadata": json.dumps({"verb": verb, "event": known_by(case.event), "where": where}),
        "title": plain(cut(title, TITLE)),
        "submit": plain("Save"),
        "close": plain("Cancel"),
        "blocks": list(blocks),
    }


def _input(name: str, label: str, element: dict[str, Any], *, optional: bool) -> Block:
    return {
        "type": "input",
        "block_id": name,
        "label": plain(label),
        "optional": optional,
        "element": {**element, "action_id": name},
    }


def _select(name: str, label: str, options: list[dict[str, Any]], *, optional: bool = False) -> Block:
    return _input(name, label, {"type": "static_select", "options": options}, optional=optional)


def _boxes(options: list[dict[str, Any]]) -> Block:
    """All are chosen at first; of more than Slack has boxes for it is a list to choose from."""
    kind = "checkboxes" if len(options) <= MOST_BOXES else "multi_static_select"
    return _input(PAIRS, "These are not the same", {"type": kind, "options": options, "initial_options": options}, optional=False)


def _day(label: str, *, optional: bool = False) -> Block:
    return _input(UNTIL, label, {"type": "datepicker"}, optional=optional)


def _text(label: str) -> Block:
    return _input(TEXT, label, {"type": "plain_text_input", "multiline": True, "max_length": LONGEST}, optional=True)


def _option(text: str, value: str) -> dict[str, Any]:
    return {"text": plain(cut(text, OPTION)), "value": value}


def _words(text: str) -> Block:
    section = {"type": "rich_text_section", "elements": [{"type": "text", "text": cut(clean(text), LINE) or "–"}]}
    return {"type": "rich_text", "elements": [section]}


def answered(body: Mapping[str, Any]) -> TriageRequest:
    """What was saved in a modal."""
    view = body["view"]
    about = json.loads(view["private_metadata"])
    given = {name: value for block in view["state"]["values"].values() for name, value in block.items()}
    day = _chosen(given.get(UNTIL)) or (_chosen(given.get(SUBJECT)) if about["verb"] == Verb.SNOOZE else "")
    return TriageRequest(
        key=digest("view", view["id"], json.dumps(view["state"]["values"], sort_keys=True)),
        verb=Verb(about["verb"]),
        event=about["event"] or about["where"],
        person=person(body["user"]),
        via=SLACK,
        decision=_chosen(given.get(DECISION)),
        text=_chosen(given.get(TEXT)),
        until=f"{day}{BEGINNING}" if day else "",
        to=_chosen(given.get(TO)) or (_chosen(given.get(SUBJECT)) if about["verb"] == Verb.MUTE else ""),
        pairs=tuple(option["value"] for option in (given.get(PAIRS) or {}).get("selected_options") or ()),
    )


def first_block(body: Mapping[str, Any]) -> str:
    """Beside which question a refusal is shown."""
    asked = (block for block in body["view"].get("blocks", ()) if block.get("type") == "input")
    return next((str(block["block_id"]) for block in asked), TEXT)


def _chosen(given: Mapping[str, Any] | None) -> str:
    """What was chosen, picked or written."""
    if not given:
        return ""
    option = given.get("selected_option") or {}
    return str(option.get("value") or given.get("selected_date") or given.get("value") or "")
