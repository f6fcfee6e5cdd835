"""List the outbox: pending messages by destination, their age, last answer and next try."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

import msgspec

from monitor.alert.event import NoticeKind
from monitor.alert.route import breaks_quiet_hours
from monitor.ask.lines import make_line
from monitor.clock import format_instant
from monitor.config import Config
from monitor.deliver.channel import DeliveryPolicy, load_policies
from monitor.model import Value
from monitor.render import alert
from monitor.store import History, Intervention, Message, OutboxState, notices, outbox

NOW = "now"


class DealingLine(Value, kw_only=True):
    """A person's action on a message."""

    at: str
    intervention: Intervention = msgspec.field(name="deed")
    by: str
    reason: str = ""


class MessageLine(Value, kw_only=True):
    """A message for programs; `next` is `now`, an instant (UTC, ISO), or the message that it comes
    `after`. `said` is the text as sent, and `what` its first line.
    """

    id: int
    key: str
    kind: NoticeKind
    what: str
    to: str
    meant_for: str = ""
    state: OutboxState
    since: str
    tries: int
    next: str = ""
    after: int | None = None
    answer: str = ""
    said_at: str = ""
    said: str = ""
    again_of: int | None = None
    dealings: tuple[DealingLine, ...] = ()


def list_message_lines(
    history: History, config: Config, now: datetime, messages: Sequence[Message]
) -> list[MessageLine]:
    """Messages with their content and next try."""
    destinations = {message.destination for message in messages}
    turns = dict(_list_turns(history, destinations, load_policies(config), now))
    return [
        make_message_line(history, message, *turns.get(message.id, ("", None)))
        for message in messages
    ]


def _list_turns(
    history: History, destinations: Iterable[str], ways: Mapping[str, DeliveryPolicy], now: datetime
) -> Iterator[tuple[int, tuple[str, int | None]]]:
    """List each pending message's next try: when, or behind which other message of the same
    destination.
    """
    for name in destinations:
        before = None
        until = ways.get(name, DeliveryPolicy()).quiet_until(now)
        for owed in history(outbox.list_pending, name):
            held = owed.not_before if owed.not_before and owed.not_before > now else None
            quiet = until if until and not breaks_quiet_hours(owed.severity, owed.kind) else None
            at = max(filter(None, (held, quiet)), default=None)
            yield owed.id, ("", before) if before else (format_instant(at) if at else NOW, None)
            before = owed.id


def make_message_line(
    history: History, message: Message, turn: str = "", after: int | None = None
) -> MessageLine:
    """A message as one line, with its next try: when, or `after` which message."""
    return make_line(
        MessageLine,
        message,
        what=message.said.partition("\n")[0] or format_message_headline(history, message.id),
        to=message.destination,
        meant_for=message.meant_for or "",
        since=format_instant(message.created_at),
        tries=message.attempts,
        next=turn,
        after=after,
        answer=message.failure or "",
        said_at=format_instant(message.sent_at) if message.sent_at else "",
        dealings=tuple(make_line(DealingLine, dealing) for dealing in message.dealings),
    )


def format_message_headline(history: History, message: int) -> str:
    """Summarize a message in one sentence."""
    return alert.compose_alert(history(notices.load_told_notice, message)).headline
