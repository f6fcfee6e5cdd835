"""Reminders of key dates, on which no page changes: enqueued once by event, and withdrawn when
overtaken.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import groupby
from operator import itemgetter
from typing import Any

from sqlalchemy import select

from monitor import vocabulary
from monitor.alert.event import HANDLED, Decision, NoticeKind, Post
from monitor.diff import ChangeKind
from monitor.errors import ErrorKind
from monitor.model import (
    Announcement,
    Fact,
    KeyDate,
    KeyDateKind,
    Problem,
    Reminder,
    frozen,
    reminder_from_json,
    to_json,
)
from monitor.source.schedule import Freshness
from monitor.source.scraper import Source
from monitor.store import handling, mutes, owing, reviews
from monitor.store.acts import decode_act
from monitor.store.columns import chunk_values
from monitor.store.outbox import add, make_message_beside
from monitor.store.records import OutboxState
from monitor.store.session import Session
from monitor.store.sightings import find_latest_change, load_law
from monitor.store.tables import ActRow, ChangeRow, EventRow, HandlingRow, OutboxRow
from monitor.store.troubles import load_source_healths
from monitor.timeline.timeline import LATEST, Law, list_due_reminders
from monitor.triage.values import (
    BY_ITSELF,
    OPEN,
    DeskRules,
    Person,
    Stage,
    State,
    TriageRequest,
    Verb,
)

Address = Callable[[Decision, Fact], Decision]

REMEMBERED = timedelta(days=365)  # far longer than any reminder may be late


@frozen
class Reminded:
    """The state at the last search for reminders: no reminder is due before one of these
    changes.
    """

    change: int
    days: tuple[date, ...]  # today, in the zone of each authority, and in UTC for acts without one


def _load_standing(session: Session, now: datetime) -> Reminded:
    """Load the state on which reminders depend: the last change and the days."""
    return Reminded(
        find_latest_change(session),
        tuple(now.astimezone(zone).date() for zone in (*vocabulary.zones(), UTC)),
    )


def _keep_decision(decision: Decision, _: Fact) -> Decision:
    """The default without a rule."""
    return decision


def remind(
    session: Session,
    now: datetime,
    address: Address = _keep_decision,
    sources: Sequence[Source] = (),
    patience: timedelta = timedelta(),
) -> None:
    """Enqueue the reminders of key dates that are due; skip the search if neither day nor history
    changed. `address` applies the rules. `sources` are switched on, and may be silent for
    `patience`.
    """
    if not session.has(ActRow):
        return  # no act, and so no day of one
    if _load_standing(session, now) == session.recall(Reminded):
        return
    _enqueue_due(
        session,
        address,
        load_law(session),
        Freshness(sources, load_source_healths(session), now, patience),
    )
    session.remember(_load_standing(session, now))


def _enqueue_due(session: Session, address: Address, law: Law, freshness: Freshness) -> None:
    """Enqueue every due reminder once; withdraw those that a later act has overtaken."""
    now = freshness.now
    stand = {key_date.identity for key_date in law.key_dates}
    owing.take_back_reminders(
        session,
        lambda reminder: any(key_date.identity in stand for key_date in reminder.dates),
        now,
    )
    of_acts = select(ActRow.key, ActRow.event).where(ActRow.event.is_not(None))
    events = dict(session.execute(of_acts).all())
    _enqueue_edits_of_passed(session, law, events, now)
    owed = _list_pending_keys(session, now)
    first_seen = {key: sighting.first_seen for key, sighting in law.acts.items()}
    due = list_due_reminders(law.key_dates, first_seen, now)
    fresh = [
        reminder
        for reminder in due
        if _make_word_key(reminder.dates[0], reminder.before) not in owed
    ]
    for together in _group_by_event(fresh, events):
        _enqueue_reminder(session, together, events, address, freshness)


def _enqueue_edits_of_passed(
    session: Session, law: Law, events: Mapping[str, str], now: datetime
) -> None:
    """Enqueue an edit of first messages with a last day that has passed: their text has it
    ahead.
    """
    for date_passed in filter(lambda key_date: _is_past_end(key_date, now), law.key_dates):
        for event in _list_threads(session, [date_passed], events):
            for row in handling.list_root_messages(session, event):
                if row.state is OutboxState.SENT and f"{row.created_at:%Y-%m-%d}" <= date_passed.on:
                    key = f"{event}:{NoticeKind.PARENT}:{date_passed.on}"
                    add(session, make_message_beside(row, key, NoticeKind.PARENT, now))


def _is_past_end(key_date: KeyDate, now: datetime) -> bool:
    passed = vocabulary.today(key_date.authority, now) - date.fromisoformat(key_date.on)
    return key_date.kind is not KeyDateKind.START and timedelta() < passed <= LATEST


def _make_word_key(key_date: KeyDate, before: int) -> tuple[object, ...]:
    return *key_date.identity, key_date.clauses, before


def _list_pending_keys(session: Session, now: datetime) -> set[tuple[object, ...]]:
    every = (
        reminder_from_json(fact)
        for fact in session.list_values(
            ChangeRow.fact, ChangeRow.at >= now - REMEMBERED, kind=ChangeKind.REMINDER
        )
    )
    return {
        _make_word_key(key_date, reminder.before)
        for reminder in every
        for key_date in reminder.dates
    }


def _group_by_event(fresh: Iterable[Reminder], events: Mapping[str, str]) -> Iterator[Reminder]:
    """Group the acts of one event with the same day into one reminder."""
    together: dict[tuple[object, ...], list[Reminder]] = defaultdict(list)
    for reminder in (reminder for reminder in fresh if reminder.dates[0].act in events):
        first = reminder.dates[0]
        together[
            events[first.act], first.authority, first.kind, first.on, first.action, reminder.before
        ].append(reminder)
    for alike in together.values():
        yield alike[0].replace(dates=tuple(reminder.dates[0] for reminder in alike))


def _enqueue_reminder(
    session: Session,
    reminder: Reminder,
    events: Mapping[str, str],
    address: Address,
    freshness: Freshness,
) -> None:
    """Record that a key date came, with the evidence of its act, and enqueue a message."""
    first, now = reminder.dates[0], freshness.now
    latest = session.find_row(
        ChangeRow, ChangeRow.kind != ChangeKind.REMINDER, key=first.act, order=ChangeRow.id.desc()
    )
    assert latest is not None, "an act that was seen was recorded"
    sources, stale = freshness.count_fresh(first.authority), freshness.stale(first.authority)
    reminder = reminder.replace(sources=sources, stale=stale)
    change = session.keep(
        ChangeRow(
            at=now,
            kind=ChangeKind.REMINDER,
            key=first.act,
            source=latest.source,
            event=events[first.act],
            fact=to_json(reminder).decode(),
            url=latest.url,
            sha256=latest.sha256,
            fetched_at=latest.fetched_at,
        )
    )
    own = Post(NoticeKind.REMINDER, events[first.act])
    # a late one, after an upgrade or a long stop, gets one message: threads are for those on time
    threads = () if reminder.late else _list_threads(session, reminder.dates, events)
    posts = (own, *(replace(own, event=event, in_thread=True) for event in threads))
    act = decode_act(session.get_one(ActRow, first.act).fact)
    addressed = address(Decision(ChangeKind.REPEATED, own.event, posts=posts), act)
    owing.enqueue_reminder(session, addressed.posts, reminder, change, now)


def _list_threads(
    session: Session, dates: Sequence[KeyDate], events: Mapping[str, str]
) -> list[str]:
    """List the reported events of the acts with this day, and of the acts that they change."""
    keys = [key_date.act for key_date in dates] + [
        target.key for key_date in dates for target in key_date.amends
    ]
    threads = dict.fromkeys(event for key in keys if (event := events.get(key)))
    told = set(session.list_values(EventRow.key, EventRow.key.in_(list(threads)), EventRow.told))
    return [event for event in threads if event in told]


# Calls for what nobody took in time, for taken events undecided on their day, and for ended
# snoozes.

LOOKED_AT = timedelta(days=60)  # no calls for older messages
ITSELF = Person("", "")
SLACK_HANDLE = "slack:"
EVERY = timedelta(minutes=5)


@frozen
class Called:
    """The time of the last search for calls."""

    at: datetime


def call_people(session: Session, desks: Mapping[str, DeskRules], now: datetime) -> None:
    """Owe every call to an event that has fallen due, once each; looked for every few minutes."""
    last = session.recall(Called)
    if last and timedelta() <= now - last.at < EVERY:
        return
    if desks or handling.find_last_handling(session):
        _call_due(session, desks, now)
    session.remember(Called(now))


def _call_due(session: Session, desks: Mapping[str, DeskRules], now: datetime) -> None:
    """Enqueue every due call once, each on record.

    Untouched events are the largest part. They are searched only if a destination escalates, and
    until the escalation.
    """
    states = handling.load_event_states(session)
    for key, stands in states.items():
        if stands.until and datetime.fromisoformat(stands.until) <= now:
            _return_snoozed(session, session.get_one(EventRow, key), stands, now)
    taken = {
        key: stands
        for key, stands in states.items()
        if stands.stage is Stage.TAKEN and not stands.until
    }
    for event, acts in _load_acts(session, sorted(taken)):
        _remind_owner(session, event, acts, taken[event.key], now)
    for act, review in reviews.list_stale_reviews(session):
        _ask_again(session, act, review, now)
    wanted = {name: desk for name, desk in desks.items() if desk.after}
    for row in _list_untaken(session, wanted, states, now) if wanted else ():
        _escalate_message(session, row, wanted[row.destination], now)


def _list_untaken(
    session: Session, desks: Mapping[str, DeskRules], states: Mapping[str, State], now: datetime
) -> list[OutboxRow]:
    """List the first messages at these desks of events that nobody took, without an escalation
    there.
    """
    known = set(session.list_values(HandlingRow.key, verb=Verb.ESCALATED))
    lately = (
        OutboxRow.kind.in_(HANDLED),
        OutboxRow.destination.in_(sorted(desks)),
        OutboxRow.sent_at > now - LOOKED_AT,
    )
    return [
        row
        for row in session.list_rows(OutboxRow, *lately, state=OutboxState.SENT, in_thread=False)
        if row.event
        and (stands := states.get(row.event, OPEN)).stage is Stage.OPEN
        and not stands.until
        if _make_escalation_key(row.event, row.destination) not in known
    ]


def _make_escalation_key(event: str, destination: str) -> str:
    return f"escalated:{event}:{destination}"


def _return_snoozed(session: Session, event: EventRow, stands: State, now: datetime) -> None:
    """End a snooze and call the person who set it."""
    key = f"returned:{event.key}:{stands.until}"
    if _record_once(session, key, Verb.RETURNED, event.key, now):
        last = session.find_row(
            HandlingRow, event=event.key, verb=Verb.SNOOZE, order=HandlingRow.id.desc()
        )
        _enqueue_call(
            session, event, key, last.person if last else None, "it has rested until today", now
        )


def _ask_again(session: Session, act: Announcement, review: HandlingRow, now: datetime) -> None:
    """The page of a reviewed act has changed: call its reviewer. If the act had no message, report
    to the operators.
    """
    event, why = (
        session.get_one(EventRow, review.event),
        f"{act.key}: its page has changed since it was reviewed",
    )
    if not _record_once(session, f"stale:{review.key}", Verb.STALE, event.key, now):
        return
    if event.told:
        _enqueue_call(session, event, f"stale:{review.key}", review.person, why, now)
    else:
        text = f"{why}; look again: monitor review {act.key}"
        owing.enqueue_remark(
            session, NoticeKind.REMARK, act.key, Problem(ErrorKind.STALE, text), now
        )


def _escalate_message(session: Session, row: OutboxRow, desk: DeskRules, now: datetime) -> None:
    """Enqueue a mention in the event's thread, and a message at the other destination."""
    assert row.sent_at is not None
    assert row.event is not None
    returned = session.find_row(
        HandlingRow, event=row.event, verb=Verb.RETURNED, order=HandlingRow.id.desc()
    )
    since = max(row.sent_at, returned.at) if returned else row.sent_at
    key, own = _make_escalation_key(row.event, row.destination), f"{row.event}:untaken"
    if not desk.is_late(since, now) or not _record_once(
        session, key, Verb.ESCALATED, row.event, now, to=desk.to
    ):
        return
    said: dict[str, Any] = {
        "in_thread": True,
        "mentions": " ".join(desk.mentions),
        "why": "nobody has taken it in time",
    }
    add(session, make_message_beside(row, own, NoticeKind.UNTAKEN, now, **said))
    if desk.to and desk.to != row.destination:
        said |= {"in_thread": False, "mentions": "", "destination": desk.to}
        add(
            session,
            make_message_beside(row, f"{own}:{row.destination}", NoticeKind.UNTAKEN, now, **said),
        )


def _load_acts(
    session: Session, events: Sequence[str]
) -> Iterator[tuple[EventRow, list[Announcement]]]:
    """These events with their acts, some at a time."""
    for some in chunk_values(events):
        query = select(EventRow, ActRow.fact).join(ActRow, ActRow.event == EventRow.key)
        rows = session.execute(query.where(EventRow.key.in_(some)).order_by(EventRow.key)).all()
        for event, group in groupby(rows, key=itemgetter(0)):
            yield event, [decode_act(fact) for _, fact in group]


def _remind_owner(
    session: Session, event: EventRow, acts: Sequence[Announcement], stands: State, now: datetime
) -> None:
    """Remind the assignee of an undecided event when the day of its change comes."""
    today = vocabulary.today(event.authority, now).isoformat()
    days = [
        day for day in handling.list_key_dates(acts) if f"{event.opened_at:%Y-%m-%d}" < day <= today
    ]
    if not days:
        return
    day = max(days)
    key = f"reminded:{event.key}:{day}"
    if _record_once(session, key, Verb.REMINDED, event.key, now, until=day):
        why = "it is yours, its day has come, and nothing is decided"
        _enqueue_call(session, event, key, stands.owner, why, now)


def _record_once(
    session: Session, key: str, verb: Verb, event: str, now: datetime, **said: Any
) -> bool:
    """Have on record what was done by itself; whether it was not before."""
    if session.has(HandlingRow, key=key):
        return False
    asked = TriageRequest(key=key, verb=verb, event=event, person=ITSELF, via=BY_ITSELF, **said)
    handling.handle(session, asked, now)
    return True


def _enqueue_call(
    session: Session, event: EventRow, key: str, person: int | None, why: str, now: datetime
) -> None:
    """Mention a person by Slack id at the destinations of the event's first messages."""
    handles = [row.handle for row in mutes.load_people(session, [person]).values()]
    members = " ".join(
        handle.removeprefix(SLACK_HANDLE) for handle in handles if handle.startswith(SLACK_HANDLE)
    )
    for row in handling.list_root_messages(session, event.key):
        if row.state is OutboxState.SENT:
            add(
                session,
                make_message_beside(
                    row, key, NoticeKind.DUE, now, in_thread=True, mentions=members, why=why
                ),
            )
