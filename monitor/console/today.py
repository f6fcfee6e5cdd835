"""What the first page of the console shows: what was told, what touches us, what comes."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice

from monitor import vocabulary
from monitor.alert.event import HANDLED, NoticeKind
from monitor.alert.notice import Notice
from monitor.ask import rows
from monitor.ask.absences import Absence, word_absence
from monitor.ask.standing import describe_state_on
from monitor.console.answering import Given, Shown, word_error
from monitor.console.desk import ConsoleDesk, WatchListUnread
from monitor.render import keepers, words
from monitor.render.alert import compose
from monitor.render.values import Alert
from monitor.store import (
    Message,
    OutboxState,
    handling,
    notices,
    outbox,
    troubles,
)

TOLD_OF = frozenset(
    {
        NoticeKind.ACT,
        NoticeKind.AMENDED,
        NoticeKind.DISAGREEMENT,
        NoticeKind.EARLY,
        NoticeKind.EDITION,
        NoticeKind.LISTED,
        NoticeKind.PAGE,
        NoticeKind.PRESS,
        NoticeKind.REMINDER,
        NoticeKind.WATCH,
    }
)
FOLLOWING = (NoticeKind.PRESS, NoticeKind.REMINDER)
MESSAGES = 300  # the newest, among which what was told is looked for
TOLD = 20
AHEAD = timedelta(days=30)
NOBODY = "Nobody has taken it"


@dataclass(frozen=True, slots=True)
class ToldLine:
    """An event that people were told of, in the words of its newest message: `about` is what it can
    be looked up by, `touches` whether it is about the watch list; `now` is how its acts stand,
    `stands` who has it or what was decided; `readings` of what two readings can be compared.
    """

    alert: Alert
    when: str
    about: str
    arrived: bool
    touches: bool
    stands: tuple[str, ...] = ()
    now: tuple[str, ...] = ()
    before: str = ""
    readings: str = ""


def show_today(desk: ConsoleDesk, _: Given) -> Shown:
    """What was told, what bites in the next thirty days, what touches us, how fresh each
    authority is.
    """
    on = desk.now.date()
    told = list(_told(desk))
    days = desk.key_dates(on, on + AHEAD)
    touching = [one for one in told if one.touches]
    try:
        watched, unread = len(desk.watched), ""
    except WatchListUnread as error:
        watched, unread = 0, word_error(error)
    absence = Absence.TOUCHING if told else Absence.TOLD
    entries = words.count_entries(watched)
    return {
        "title": "Today",
        "cards": told,
        "touching": touching,
        "watched": watched,
        "unread": unread,
        "untouched": word_absence(absence, {}, desk.coverage(), told=len(told), watched=entries),
        "untold": word_absence(Absence.TOLD, {}, desk.coverage()),
        "dates": [
            (rows.make_key_date_row(date, days.acts, days.stale.get(date.authority)), date.act)
            for date in days.dates
        ],
        "day_remarks": rows.list_day_remarks(days, on, desk.coverage()),
        "troubles": [
            rows.make_trouble_row(trouble)
            for trouble in desk.history(troubles.list_incident_states)
        ],
        "fresh": list(_fresh(desk)),
    }


def _told(desk: ConsoleDesk) -> Iterator[ToldLine]:
    """The events that people were told of last, each once whatever was told of it, and however
    many ways that went.
    """
    events: dict[str, list[Message]] = defaultdict(list)
    for message in desk.history(outbox.list_messages, every=True, limit=MESSAGES, kinds=TOLD_OF):
        events[message.event or message.key.partition("@")[0]].append(message)
    for messages in islice(events.values(), TOLD):
        # A reminder counts days from when it was told, and the press follows: what else was said
        # tells the event itself.
        own = [message for message in messages if message.kind not in FOLLOWING] or messages
        last = max(own, key=lambda message: message.severity.rank)
        notice = desk.history(notices.load_told_notice, last.id)
        newest = [
            message
            for message in messages
            if message.key.partition("@")[0] == last.key.partition("@")[0]
        ]
        arrived = [
            message.sent_at
            for message in newest
            if message.state is OutboxState.SENT and message.sent_at
        ]
        others = {
            message.key.partition("@")[0]: message.created_at
            for message in messages
            if message not in newest
        }
        yield ToldLine(
            alert=compose(notice),
            when=rows.format_utc(min(arrived) if arrived else newest[0].created_at),
            about=(
                notice.act.key
                if notice.act
                else notice.edition.register
                if notice.edition
                else notice.event
            ),
            arrived=bool(arrived),
            readings=_find_readings(notice),
            touches=notice.touches is not None
            and bool(notice.touches.sure or notice.touches.possible),
            stands=_stands(desk, messages),
            now=tuple(_describe_now(desk, notice)),
            before=(
                f"{words.format_count(len(others), 'other message')}, the last on"
                f" {rows.format_utc(max(others.values()))}"
                if others
                else ""
            ),
        )


def _find_readings(notice: Notice) -> str:
    """The page that was edited, if it is one that two readings can be compared of."""
    if notice.kind is NoticeKind.AMENDED and notice.act and not notice.problem:
        return notice.act.key
    return notice.page.url if notice.page and not notice.page.new else ""


def _describe_now(desk: ConsoleDesk, notice: Notice) -> Iterator[str]:
    """How the acts stand now that are told of; those that stand alike in one line."""
    days = notice.reminder.dates if notice.reminder else ()
    told = [target.key for day in days for target in day.amends] or [day.act for day in days]
    alike: dict[str, list[str]] = defaultdict(list)
    for key in dict.fromkeys(
        told or [act.key for act in (*notice.acts, *filter(None, [notice.act]))]
    ):
        states = (describe_state_on(part, desk.now) for part in desk.knowledge.parts_of(key))
        if stands := "; ".join(dict.fromkeys(states)):
            alike[stands].append(key)
    yield from (f"{words.name_acts(keys)} now: {stands}" for stands, keys in alike.items())


def _stands(desk: ConsoleDesk, messages: Sequence[Message]) -> tuple[str, ...]:
    """Who has what was told, or what was decided; nothing of what nobody can take."""
    event = messages[0].event
    if not event or all(message.kind not in HANDLED for message in messages):
        return ()
    handled = desk.history(handling.load_handled, event)
    return (tuple(keepers.list_handling_lines(handled)) if handled else ()) or (NOBODY,)


def _fresh(desk: ConsoleDesk) -> Iterator[tuple[str, ...]]:
    """Each authority with how many of its sources were ever read, and when the last of them was."""
    health = desk.history(troubles.load_source_healths)
    by_authority: dict[str, list[datetime | None]] = {}
    for source in desk.sources:
        state = health.get(source.id)
        by_authority.setdefault(source.authority or "press", []).append(
            state.last_ok if state else None
        )
    for code, moments in sorted(
        by_authority.items(), key=lambda pair: vocabulary.authority(pair[0])
    ):
        read = [moment for moment in moments if moment]
        last = rows.format_utc(max(read)) if read else "never"
        ago = (
            f"{words.format_rough_duration((desk.now - max(read)).total_seconds())} ago"
            if read
            else ""
        )
        yield (
            vocabulary.authority(code),
            f"{len(read)} of {words.format_count(len(moments), 'source')}",
            last,
            ago,
        )
