"""Reminders of the days on which the law changes and no page does: owed once, by event, and taken back when overtaken."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

import msgspec
from sqlalchemy import select

from monitor import vocabulary
from monitor.alert.event import Decision, NoticeKind, Post
from monitor.diff import ChangeKind
from monitor.model import Fact, KeyDate, Reminder, reminder_from_json, to_json
from monitor.source.schedule import Freshness
from monitor.source.scraper import Source
from monitor.store import owing
from monitor.store.acts import decode_act
from monitor.store.session import Session
from monitor.store.sightings import find_latest_change, load_law
from monitor.store.tables import ActRow, ChangeRow, EventRow
from monitor.store.troubles import load_source_healths
from monitor.timeline.law import Law, list_due_reminders

Address = Callable[[Decision, Fact], Decision]

REMEMBERED = timedelta(days=365)  # far longer than any reminder may be late


@dataclass(frozen=True, slots=True)
class Reminded:
    """How things stood when reminders were last looked for: nothing can be owed before one of these is another."""

    change: int
    days: tuple[date, ...]  # today, in the zone of each authority, and in UTC for acts without one


def _load_standing(session: Session, now: datetime) -> Reminded:
    """How things stand now."""
    return Reminded(find_latest_change(session), tuple(now.astimezone(zone).date() for zone in (*vocabulary.zones(), UTC)))


def _keep_decision(decision: Decision, _: Fact) -> Decision:
    """Where no rule sends it elsewhere."""
    return decision


def remind(
    session: Session,
    now: datetime,
    address: Address = _keep_decision,
    sources: Sequence[Source] = (),
    patience: timedelta = timedelta(),
) -> None:
    """Owe the reminders of days that change the law which have fallen due; nothing where neither day nor history moved.

    `address` says where rules send them; `sources` are switched on, and may be silent for `patience`.
    """
    if session.scalar(select(ActRow.key).limit(1)) is None:
        return  # no act, and so no day of one
    if _load_standing(session, now) == session.recall(Reminded):
        return
    _enqueue_due(session, address, load_law(session), Freshness(sources, load_source_healths(session), now, patience))
    session.remember(_load_standing(session, now))


def _enqueue_due(session: Session, address: Address, law: Law, freshness: Freshness) -> None:
    """Owe every reminder that has fallen due and was not owed yet; take back what an act seen meanwhile has overtaken."""
    now = freshness.now
    stand = {_make_date_key(key_date) for key_date in law.key_dates}
    owing.cancel_reminders(session, lambda reminder: any(_make_date_key(key_date) in stand for key_date in reminder.dates))
    owed = _list_pending_keys(session, now)
    first_seen = {key: sighting.first_seen for key, sighting in law.acts.items()}
    due = list_due_reminders(law.key_dates, first_seen, now)
    fresh = [reminder for reminder in due if _make_word_key(reminder.dates[0], reminder.before) not in owed]
    events = {key: event for key, event in session.execute(select(ActRow.key, ActRow.event)).all() if event} if fresh else {}
    for together in _group_by_event(fresh, events):
        _enqueue_reminder(session, together, events, address, freshness)


def _make_date_key(key_date: KeyDate) -> tuple[object, ...]:
    return key_date.act, key_date.kind, key_date.on, key_date.action


def _make_word_key(key_date: KeyDate, before: int) -> tuple[object, ...]:
    return *_make_date_key(key_date), key_date.clauses, before


def _list_pending_keys(session: Session, now: datetime) -> set[tuple[object, ...]]:
    query = select(ChangeRow.fact).where(ChangeRow.kind == ChangeKind.REMINDER, ChangeRow.at >= now - REMEMBERED)
    every = (reminder_from_json(fact) for fact in session.scalars(query).all())
    return {_make_word_key(key_date, reminder.before) for reminder in every for key_date in reminder.dates}


def _group_by_event(fresh: Iterable[Reminder], events: Mapping[str, str]) -> Iterator[Reminder]:
    """What happens on one day by the acts of one event is one reminder."""
    together: dict[tuple[object, ...], list[Reminder]] = defaultdict(list)
    for reminder in (reminder for reminder in fresh if reminder.dates[0].act in events):
        first = reminder.dates[0]
        together[events[first.act], first.authority, first.kind, first.on, first.action, reminder.before].append(reminder)
    for alike in together.values():
        yield msgspec.structs.replace(alike[0], dates=tuple(reminder.dates[0] for reminder in alike))


def _enqueue_reminder(
    session: Session, reminder: Reminder, events: Mapping[str, str], address: Address, freshness: Freshness
) -> None:
    """Record that a date came, with the evidence of the act that names it, and owe word of it."""
    first, now = reminder.dates[0], freshness.now
    query = select(ChangeRow).where(ChangeRow.key == first.act, ChangeRow.kind != ChangeKind.REMINDER)
    latest = session.scalar(query.order_by(ChangeRow.id.desc()))
    assert latest is not None, "an act that was seen was recorded"
    sources, stale = freshness.count_fresh(first.authority), freshness.stale(first.authority)
    reminder = msgspec.structs.replace(reminder, sources=sources, stale=stale)
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
    posts = (own, *(replace(own, event=event, in_thread=True) for event in _list_threads(session, reminder, events)))
    act = decode_act(session.get_one(ActRow, first.act).fact)
    addressed = address(Decision(ChangeKind.REPEATED, own.event, posts=posts), act)
    owing.enqueue_reminder(session, addressed.posts, reminder, change, now)


def _list_threads(session: Session, reminder: Reminder, events: Mapping[str, str]) -> list[str]:
    """The events that were told, of the acts that name the day and of those that it changes."""
    keys = [key_date.act for key_date in reminder.dates] + [
        target.key for key_date in reminder.dates for target in key_date.amends
    ]
    threads = dict.fromkeys(event for key in keys if (event := events.get(key)))
    told = set(session.list_values(EventRow.key, EventRow.key.in_(list(threads)), EventRow.told))
    return [event for event in threads if event in told]
