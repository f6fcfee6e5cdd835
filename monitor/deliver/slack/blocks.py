"""An alert as Block Kit: foreign text goes only where Slack reads no markup, and every message fits
Slack's limits. No I/O. Limits: https://docs.slack.dev/reference/block-kit/blocks, and for a whole
message, which the documentation leaves open, https://github.com/slackapi/bolt-js/issues/2867.
"""

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from monitor.alert.event import SHORT, WITH_DETAILS_BELOW
from monitor.deliver.slack import modals
from monitor.model import frozen
from monitor.render.text import cut, escape_text, keep_web_url, replace_brackets
from monitor.render.values import Alert
from monitor.render.words import Line, Table

Block = dict[str, Any]
Element = dict[str, Any]

# characters; ditto, of all blocks; bytes of them as JSON
MESSAGE_TEXT, BLOCKS_TEXT, BLOCKS_JSON = 4_000, 9_500, 15_500
LIST_TEXT = 38_000  # characters; Slack truncates a longer text to 40,000
EVENT_TYPE = "regulatory_alert"
EVENT_KEY = 200  # characters; a key is a few words, but one of a report may be its address


@frozen
class Allowance:
    """The limits of an alert: rows of its table, characters of a cell and a line, lines of a
    kind.
    """

    rows: int
    cell: int
    line: int
    lines: int


# Tried in turn until the message fits; the last one fits whatever the text. Each is so many rows,
# characters of a cell and of a line, and lines of a kind.
ALLOWANCES = tuple(
    Allowance(*limits)
    for limits in (
        (40, 160, 600, 12),
        (40, 80, 400, 10),
        (40, 50, 250, 8),
        (25, 50, 200, 8),
        (15, 40, 150, 6),
        (5, 30, 80, 4),
        (3, 20, 40, 4),
    )
)


def make_payload(
    alert: Alert, *, threaded: bool = False, detailed: bool = False, with_buttons: bool = False
) -> dict[str, Any]:
    """Build the arguments of chat.postMessage without channel and thread. `threaded`: it is in its
    thread and need not name it. `detailed`: without a thread, the message itself has the details.
    `with_buttons`: somebody handles clicks.
    """
    candidates = (
        _make_blocks(
            alert, allowance, threaded=threaded, detailed=detailed, with_buttons=with_buttons
        )
        for allowance in ALLOWANCES
    )
    return {
        "text": _write_sentence(alert, threaded=threaded),
        "blocks": next(filter(fits_slack, candidates), []),
        **_make_envelope(alert),
    }


def make_plain_payload(alert: Alert, *, threaded: bool = False) -> dict[str, Any]:
    """Build a message without blocks, for when Slack refuses them: the sentence and the link."""
    link = f"\n<{alert.url}>" if alert.url else ""
    text = _write_sentence(alert, threaded=threaded, limit=MESSAGE_TEXT - len(link))
    return {"text": text + link, **_make_envelope(alert)}


def make_list_payload(alert: Alert, lines: Sequence[str]) -> dict[str, Any]:
    """The full list as lines of text, as far as a message holds them."""
    text = escape_text("\n".join([alert.headline, *lines]), LIST_TEXT)
    return {"text": text, **_make_envelope(alert)}


def fits_slack(blocks: Sequence[Block]) -> bool:
    """Return whether Slack accepts all these blocks in one message."""
    size = len(json.dumps(blocks, ensure_ascii=False, separators=(",", ":")).encode())
    return size <= BLOCKS_JSON and sum(len(text) for text in _list_texts(blocks)) <= BLOCKS_TEXT


def _list_texts(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if isinstance(value.get("text"), str):
            yield value["text"]
        value = list(value.values())
    if isinstance(value, list):
        for part in value:
            yield from _list_texts(part)


def _make_envelope(alert: Alert) -> dict[str, Any]:
    about = {
        "key": alert.key,
        "kind": str(alert.kind),
        "source": alert.source,
        "event": cut(alert.event, EVENT_KEY),
    }
    about = {name: value for name, value in about.items() if value}
    return {
        "metadata": {"event_type": EVENT_TYPE, "event_payload": about},
        "unfurl_links": False,
        "unfurl_media": False,
    }


def _write_sentence(alert: Alert, *, threaded: bool, limit: int = MESSAGE_TEXT) -> str:
    """Write the text for notifications and screen readers: the headline first."""
    thread = [f"About “{alert.thread}”"] if alert.thread and not threaded else []
    touches = [line.text for line in alert.touches]
    sentences = [
        *thread,
        alert.title,
        *touches,
        alert.summary,
        *alert.status,
        *(f"{line.label}: {line.text}" if line.label else line.text for line in alert.acts),
    ]
    return escape_text(" ".join(f"{told.rstrip('.')}." for told in sentences if told), limit)


def _make_blocks(
    alert: Alert, allowance: Allowance, *, threaded: bool, detailed: bool, with_buttons: bool
) -> list[Block]:
    text = {"type": "plain_text", "text": replace_brackets(alert.title), "emoji": False}
    blocks = [
        *([] if alert.form in SHORT else [{"type": "header", "text": text}]),
        *_make_rich(_make_body(alert, allowance, threaded=threaded)),
        *(_make_table(table, allowance) for table in alert.tables[:1]),
        *_make_rich(
            _make_end(
                alert,
                allowance,
                detailed=detailed or bool(alert.thread) or alert.form not in WITH_DETAILS_BELOW,
            )
        ),
        *_make_context(alert, allowance),
        *_make_actions(alert, with_buttons=with_buttons),
    ]
    # An edit with the replaced message's ids would be merged with it: each revision has another
    # key.
    revision = hashlib.sha256(alert.key.encode()).hexdigest()[:12]
    return [
        {"type": block["type"], "block_id": f"{revision}-{at}", **block}
        for at, block in enumerate(blocks)
    ]


def _make_body(alert: Alert, allowance: Allowance, *, threaded: bool) -> Iterator[Element]:
    """Build all above the table."""
    thread = [Line("About", alert.thread)] if alert.thread and not threaded else []
    if alert.mentions:
        yield _make_section([_make_mention(name) for name in alert.mentions])
    if alert.form in SHORT:
        yield _make_section([_make_bold(cut(alert.title, allowance.line))])
    yield from _make_lines([*thread, *(Line("", text) for text in alert.status)], allowance)
    for line in alert.essence:
        yield _make_section(_make_spans(line, replace(allowance, line=2 * allowance.line)))
    yield from _make_lines(alert.touches, allowance)
    yield from _make_lines(alert.ours[len(alert.touches) :], allowance)
    if not alert.is_package:
        yield from _make_lines(alert.facts, allowance)
    if alert.acts:
        yield _make_list([_make_spans(line, allowance) for line in alert.acts[: allowance.lines]])
        yield from _make_more(
            len(alert.acts) - allowance.lines,
            "act" if alert.form in WITH_DETAILS_BELOW else "message",
        )
    if alert.is_package:  # their terms are below their action
        yield from _make_lines(alert.facts, allowance)


def _make_mention(name: str) -> Element:
    if name.startswith(("U", "W")):
        return {"type": "user", "user_id": name}
    if name.startswith("S"):
        return {"type": "usergroup", "usergroup_id": name}
    return {"type": "broadcast", "range": name}


def _make_lines(lines: Sequence[Line], allowance: Allowance) -> Iterator[Element]:
    for line in lines[: allowance.lines]:
        yield _make_section(_make_spans(line, allowance))
    yield from _make_more(len(lines) - allowance.lines, "line")


def _make_end(alert: Alert, allowance: Allowance, *, detailed: bool) -> Iterator[Element]:
    """Build all below the table: omitted rows, tables without room, unparsed parts, details."""
    for table in alert.tables[:1]:
        yield from _make_more(
            len(table.rows) - allowance.rows, table.title.lower().removesuffix("s")
        )
    for table in alert.tables[1:]:
        yield _make_section([_make_bold(table.title)])
        rows = table.rows[: allowance.lines]
        yield _make_list(
            [[_make_text(cut(" · ".join(filter(None, row)), allowance.line))] for row in rows]
        )
        yield from _make_more(len(table.rows) - len(rows), table.title.lower().removesuffix("s"))
    if alert.not_read:
        yield _make_section([_make_bold("Not fully understood: open the notice for")])
        yield _make_list(
            [[_make_text(cut(text, allowance.line))] for text in alert.not_read[: allowance.lines]]
        )
        yield from _make_more(len(alert.not_read) - allowance.lines, "part")
    if detailed:
        yield from _make_lines(alert.details, allowance)
        for quote in alert.quotes[: allowance.lines // 4]:
            yield {"type": "rich_text_quote", "elements": [_make_text(cut(quote, allowance.line))]}


def _make_more(left_out: int, noun: str) -> Iterator[Element]:
    if left_out > 0:
        yield _make_section(
            [
                {
                    **_make_text(f"… and {left_out:,} more {noun}{'' if left_out == 1 else 's'}"),
                    "style": {"italic": True},
                }
            ]
        )


def _make_table(table: Table, allowance: Allowance) -> Block:
    rows = [table.columns, *table.rows[: allowance.rows]]
    cells = [
        [{"type": "raw_text", "text": cut(cell, allowance.cell) or "–"} for cell in row]
        for row in rows
    ]
    return {
        "type": "table",
        "rows": cells,
        "column_settings": [{"is_wrapped": True}] * len(table.columns),
    }


def _make_context(alert: Alert, allowance: Allowance) -> Iterator[Block]:
    """One line of evidence, and why it came here."""
    because = f"You get this because {alert.why}" if alert.why else ""
    lines = [
        replace_brackets(cut(line, max(allowance.line, 200)))
        for line in (" · ".join(alert.evidence), because)
        if line
    ]
    if lines:
        yield {
            "type": "context",
            "elements": [{"type": "plain_text", "text": line, "emoji": False} for line in lines],
        }


def _make_actions(alert: Alert, *, with_buttons: bool) -> Iterator[Block]:
    """Make the buttons for triage, and the links."""
    shown = list(modals.make_buttons(alert)) if with_buttons else []
    links = (
        ("Open in console", alert.console, modals.OPEN_CONSOLE),
        ("Open notice", alert.url, modals.OPEN_NOTICE),
    )
    for label, address, action in links:
        if url := keep_web_url(address, limit=1_500):
            text = modals.make_plain_text(label)
            shown.append(
                {
                    "type": "button",
                    "action_id": action,
                    "text": text,
                    "url": url,
                    "value": cut(alert.key, 500),
                }
            )
    if shown:
        yield {"type": "actions", "elements": shown}


def _make_rich(elements: Iterator[Element]) -> Iterator[Block]:
    if shown := list(elements):
        yield {"type": "rich_text", "elements": shown}


def _make_section(elements: list[Element]) -> Element:
    return {"type": "rich_text_section", "elements": elements}


def _make_list(rows: list[list[Element]]) -> Element:
    return {
        "type": "rich_text_list",
        "style": "bullet",
        "elements": [_make_section(row) for row in rows],
    }


def _make_spans(line: Line, allowance: Allowance) -> list[Element]:
    """A label in bold and its text, which is a link where it has an address."""
    text = cut(line.text, allowance.line)
    label = (
        [_make_bold(cut(f"{line.label}: " if text else line.label, allowance.line))]
        if line.label
        else []
    )
    if not text:
        return label or [_make_text("–")]
    return [
        *label,
        {"type": "link", "url": line.url, "text": text}
        if len(line.url) in range(1, 400)
        else _make_text(text),
    ]


def _make_text(text: str) -> Element:
    return {"type": "text", "text": text or "–"}


def _make_bold(text: str) -> Element:
    return {**_make_text(text), "style": {"bold": True}}
