"""`monitor outbox …`: list pending messages and why they have not arrived; retry, drop or resend
one.
"""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer
from typer import Argument, Context, Option

from monitor.cli import overview, triage
from monitor.cli.setting import By, Json, Orderer, Reason, end_after_delivery, parse_person
from monitor.clock import format_minute
from monitor.config.outward import note, say
from monitor.errors import ConfigError
from monitor.triage.values import Verb

if TYPE_CHECKING:
    from monitor.ask import outbox as outboxes

app = typer.Typer(cls=overview.Commands, name="outbox")

SHOWN = 200  # messages of the full list, unless all are wanted
NOTHING = "nothing is owed"  # not "all has arrived": a person may have dropped one
HEADS = (
    "id",
    "to",
    "is",
    "since (UTC)",
    "tries",
    "next try (UTC)",
    "what",
    "last answer",
    "on record",
)

Id = Annotated[str, Argument(metavar="ID", help="A message, as `monitor outbox` numbers it.")]


@app.callback(invoke_without_command=True)
def outbox(
    context: Context,
    every: Annotated[
        bool, Option("--all", help="Also sent, dropped and superseded ones, newest first.")
    ] = False,
    as_json: Json = False,
) -> None:
    """List pending messages: where to, since when, tries, the last answer; retry, drop or resend
    one.
    """
    from monitor.ask import outbox as outboxes
    from monitor.cli import output
    from monitor.store import outbox

    if context.invoked_subcommand:
        return
    setting = context.obj
    with setting.history() as history:
        now = datetime.now(UTC)
        messages = history(outbox.list_messages, every=every, limit=SHOWN + 1 if every else None)
        shown = messages[:SHOWN] if every else messages
        lines = outboxes.list_message_lines(history, setting.config, now, shown)
        closed = history(outbox.list_closed_destinations)
    for place in closed if not as_json else ():
        note(
            f"monitor: {place.destination} takes nothing since {place.since:%Y-%m-%d %H:%M} UTC:"
            f" {place.why}"
        )
    output.print_all(
        lines, HEADS, _make_row, "there was never a message" if every else NOTHING, as_json=as_json
    )
    if len(shown) < len(messages):
        note(f"monitor: these are the newest {SHOWN}; `monitor show ID` shows an older one")


@app.command("retry")
def retry(
    context: Context,
    which: Annotated[
        str, Argument(metavar="ID|all", help="A message, or all pending and failed ones.")
    ],
    by: Orderer = "",
) -> None:
    """Try to send a message now."""
    ids = () if which == "all" else (_parse_number(which),)
    _run_order(context, "retry", ids, parse_person(by))


@app.command("drop")
def drop(
    context: Context,
    message: Id,
    by: By,
    reason: Annotated[str, Option("--reason", metavar="TEXT", help="The reason to drop it.")],
) -> None:
    """Never send a message, or what depends on it; the person and the reason stay on record."""
    if not by.strip() or not reason.strip():
        raise ConfigError("give a name (--by NAME) and a reason (--reason TEXT) for the record")
    _run_order(context, "drop", (_parse_number(message),), by, reason)


@app.command("resend")
def resend(
    context: Context,
    message: Annotated[
        str, Argument(metavar="ID", help="A message by number; with --to also an alert by key.")
    ],
    to: Annotated[
        str, Option("--to", metavar="DESTINATION", help="Send the alert to this destination too.")
    ] = "",
    by: Orderer = "",
    reason: Reason = "",
) -> None:
    """Send a message once more, marked as a repeat; or send an alert to another destination too."""
    if to:
        triage.order(context.obj, by, Verb.TELL, message, text=reason, to=to)
        return
    _run_order(context, "resend", (_parse_number(message),), parse_person(by), reason)


def _make_row(line: "outboxes.MessageLine") -> tuple[str, ...]:
    to = f"{line.to} (for {line.meant_for})" if line.meant_for else line.to
    record = [f"says {line.again_of} once more"] if line.again_of is not None else []
    for dealing in line.dealings:
        why = f": {dealing.reason}" if dealing.reason else ""
        record.append(f"{dealing.intervention} by {dealing.by}, {format_minute(dealing.at)}{why}")
    since = format_minute(line.since)
    return (
        str(line.id),
        to,
        _describe_state(line),
        since,
        str(line.tries),
        _format_next(line),
        line.what,
        line.answer,
        "; ".join(record),
    )


def _describe_state(line: "outboxes.MessageLine") -> str:
    said = {
        "pending": "waits",
        "sending": "may have arrived",
        "sent": f"said {format_minute(line.said_at)}",
    }
    return said.get(line.state, line.state)


def _format_next(line: "outboxes.MessageLine") -> str:
    if line.after is not None:
        return f"after {line.after}"
    return "by retry only" if line.state == "undeliverable" else format_minute(line.next)


def _parse_number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 19):
        raise ConfigError(f"{text!r} is no message; give its number as `monitor outbox` lists it")
    return int(text)


def _run_order(
    context: Context, wanted: str, ids: tuple[int, ...], by: str, reason: str = ""
) -> None:
    """Run an order through the running monitor or here; then print the messages' state."""
    from monitor.ask import outbox as outboxes
    from monitor.cli import once
    from monitor.run.orders import OutboxOrder
    from monitor.store import Intervention, outbox

    setting, concerned = context.obj, ids
    if not ids:
        with setting.history() as history:
            concerned = tuple(message.id for message in history(outbox.list_messages))
        if not concerned:
            say(NOTHING)
            return
    order = OutboxOrder(Intervention(wanted), ids, by, reason)
    undelivered = once.give_order(setting, order, without="nothing is owed")
    with setting.history() as history:
        messages = history(outbox.list_messages, every=True)
        if order.intervention is Intervention.RESEND:  # the newest of the repeats
            concerned = (
                max(
                    (message.id for message in messages if message.again_of is not None), default=0
                ),
            )
        ordered = [message for message in messages if message.id in concerned]
        lines = outboxes.list_message_lines(history, setting.config, datetime.now(UTC), ordered)
    for line in reversed(lines):
        say(f"{line.id}: {_format_outcome(line)}")
    if undelivered is None:
        say("the running monitor does it; `monitor outbox` shows the result")
    end_after_delivery(undelivered)


def _format_outcome(line: "outboxes.MessageLine") -> str:
    to = f"{line.what} → {line.to}"
    if line.state == "sent":
        return f"has arrived: {to}"
    if line.state == "dropped":
        return f"dropped, and stays on record: {to}"
    return (
        f"{_describe_state(line)}, next try {_format_next(line) or 'now'}:"
        f" {to}{f'; last answer: {line.answer}' if line.answer else ''}"
    )
