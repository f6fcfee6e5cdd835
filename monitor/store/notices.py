"""Compose a message's content from all that the history knows when it is sent."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from operator import attrgetter
from typing import Any

from sqlalchemy import and_, func, or_, select

from monitor.alert.event import (
    ATTACHED,
    BEYOND,
    CALLING,
    EDITING,
    HANDLED,
    BackDated,
    Day,
    Freshness,
    Notice,
    NoticeKind,
    ToldAct,
    ToldReminder,
    Trouble,
    Week,
)
from monitor.clock import format_duration, format_instant
from monitor.config.times import LATE
from monitor.diff import ChangeKind
from monitor.diff.held import is_back_dated
from monitor.diff.opinions import add_doubts
from monitor.model import (
    Announcement,
    Evidence,
    KeyDate,
    PageChange,
    Reminder,
    Report,
    Severity,
    edition_from_json,
    fact_from_json,
    page_change_from_json,
    reminder_from_json,
)
from monitor.source.page import Request
from monitor.store import conflicts, handling, listings, looks, mutes, opinions, outbox, registers
from monitor.store.acts import (
    decode_act,
    list_amending_acts,
    load_acts,
    load_event,
    load_last_reading,
    load_screening_results,
    make_evidence,
    make_reading_evidence,
)
from monitor.store.handling import list_root_messages, load_handled
from monitor.store.outbox import NEVER, NEWS, NO_ROOT
from monitor.store.records import UNREAD, Intervention, MarkKind, OutboxState
from monitor.store.session import Session
from monitor.store.sightings import load_law
from monitor.store.tables import (
    ActRow,
    AddressRow,
    ChangeRow,
    DealingRow,
    LookRow,
    MarkRow,
    OutboxRow,
    ReadingRow,
    SourceRow,
    TroubleRow,
)
from monitor.store.troubles import OUTAGE
from monitor.triage.values import OPEN, Stage
from monitor.watch.values import ScreeningResult

DAY = timedelta(days=1)
AHEAD = timedelta(days=30)
GATHERED = 10  # headlines of a day
FIRST_WORDS = (NoticeKind.ACT, NoticeKind.PARENT)  # that an act is there
OPPOSABLE = (NoticeKind.ACT, NoticeKind.AMENDED, NoticeKind.EDITION)
TOLD = OutboxRow.state.not_in(NEVER)  # or still to be
# how a change keeps what it told; of another kind it is a fact
DECODERS: Mapping[ChangeKind, Callable[[str], Any]] = {
    ChangeKind.EDITION: edition_from_json,
    ChangeKind.REMINDER: reminder_from_json,
    ChangeKind.PAGE: page_change_from_json,
    ChangeKind.WATCH: lambda _: None,
}
FIRST = OutboxRow.again_of.is_(None)  # a repeat is no news of the day


def load_told_notice(session: Session, message: int) -> Notice:
    """Compose a message of the outbox, as known now.

    Raises:
        MonitorError: there is no such message.
    """
    return compose_notice(session, outbox.load_message_row(session, message).id or 0)


def compose_notice(session: Session, owed: int) -> Notice:
    """Compose a message's content, as the history knows it now."""
    row = session.get_one(OutboxRow, owed)
    if row.edits:
        return _compose_edit(session, row)
    first = session.get_one(OutboxRow, row.again_of) if row.again_of else row
    completion = listings.find_completion(session, first) if row.kind is NoticeKind.LISTED else None
    shown = completion or row
    change = session.get(ChangeRow, shown.change) if shown.change else None
    event = load_event(session, row.event) if row.event else None
    acts = event.acts if event and not _is_apart(row, change) else ()
    told = Notice(
        key=row.key,
        kind=_choose_kind(row, change) if completion else row.kind,
        source=row.source,
        authority=event.authority if event else "",
        first_seen=format_instant(first.created_at),
        as_of=format_instant(row.created_at),
        event=row.event or "",
        in_thread=row.in_thread,
        acts=acts,
        screened=load_screening_results(session, [act.key for act in acts]),
        unread=tuple(_list_unread(session, row, None if completion else change)),
        handled=load_handled(session, row.event) if row.event and row.kind in HANDLED else None,
        problem=row.problem,
        repeated=row.doubtful,
        mentions=tuple(shown.mentions.split()),
        severity=shown.severity,
        meant_for=row.meant_for or "",
        why=row.why,
        again=_find_resender(session, row) if row.again_of else "",
        said_at=format_instant(first.sent_at) if row.again_of and first.sent_at else "",
    )
    told = _add_change(session, told, row, change) if change else told
    return _compose_sum(session, first, _add_opinions(session, _add_trouble(session, told, row)))


def _is_apart(row: OutboxRow, change: ChangeRow | None) -> bool:
    """Return whether a message is a reminder outside the thread of its act."""
    return change is not None and change.kind is ChangeKind.REMINDER and not row.in_thread


def _find_resender(session: Session, row: OutboxRow) -> str:
    """Find the person who asked for a repeat."""
    asked_by = select(DealingRow.by).where(
        DealingRow.message == row.id, DealingRow.intervention == Intervention.RESEND
    )
    return session.scalar(asked_by) or "somebody"


def _add_change(session: Session, notice: Notice, row: OutboxRow, change: ChangeRow) -> Notice:
    """Load what was found, with its evidence, its matches and what else is known of it."""
    found = DECODERS.get(change.kind, fact_from_json)(change.fact)
    body, touches, authority = found, change.touches, notice.authority
    match found:
        case Reminder():
            body = _make_told_reminder(session, row, found)
            keys = sorted(_list_keys(found.dates))
            touches = _unite_screenings(load_screening_results(session, keys), keys)
        case Announcement():
            body, authority = _make_told_act(session, notice, change, found), found.authority
        case PageChange():
            authority = found.authority
    return replace(
        notice,
        body=body,
        authority=authority,
        evidence=make_evidence(change),
        touches=touches,
        opposed=conflicts.find_conflicts(session, found) if notice.kind in OPPOSABLE else (),
    )


def _make_told_act(
    session: Session, notice: Notice, change: ChangeRow, act: Announcement
) -> ToldAct:
    amended = {target.key for measure in act.measures for target in measure.amends}
    first_words = (act, *notice.acts) if notice.kind in FIRST_WORDS else ()
    return ToldAct(
        act,
        before=decode_act(change.before) if change.before else None,
        elsewhere=_load_other_reading(session, change),
        annexes=tuple(list_annexes(session, change)),
        known=load_acts(session, amended),
        touched_by=tuple(list_amending_acts(session, {one.key for one in notice.acts})),
        back_dated=tuple(list_back_dated(session, first_words)),
    )


def _make_told_reminder(session: Session, row: OutboxRow, reminder: Reminder) -> ToldReminder:
    is_overtaken = not _stands(session, reminder)
    return ToldReminder(
        reminder,
        known=load_acts(session, _list_keys(reminder.dates)),
        reports=tuple(list_reports_on(session, reminder)),
        is_overtaken=is_overtaken,
        touched_by=tuple(_list_acts_since(session, reminder, row)) if is_overtaken else (),
    )


def _stands(session: Session, reminder: Reminder) -> bool:
    """Return whether the law still has a day of the reminder."""
    stand = {key_date.identity for key_date in load_law(session).key_dates}
    return any(key_date.identity in stand for key_date in reminder.dates)


def _list_acts_since(session: Session, reminder: Reminder, row: OutboxRow) -> list[Announcement]:
    """The acts seen after a reminder that change an act of its days."""
    keys = _list_keys(reminder.dates)
    amending = {act.key: act for act in list_amending_acts(session, keys)}
    seen = ActRow.key.in_(sorted(amending.keys() - keys)), ActRow.first_seen >= row.created_at
    return [
        amending[key] for key in session.list_values(ActRow.key, *seen, order=ActRow.first_seen)
    ]


def _add_opinions(session: Session, notice: Notice) -> Notice:
    """Load a second reader's opinions on the acts of a first message, and on reports of them."""
    if notice.kind not in (*FIRST_WORDS, NoticeKind.EARLY):
        return notice
    acts = notice.told_acts
    press = opinions.load_press(session, notice.event, acts)
    said = opinions.load_opinions(session, [act.key for act in (*acts, *press)])
    doubted = {act.key: add_doubts(act, said[act.key]) for act in acts if act.key in said}
    body = notice.body
    if isinstance(body, ToldAct):
        body = replace(body, act=doubted.get(body.act.key, body.act))
    acts = tuple(doubted.get(act.key, act) for act in notice.acts)
    return replace(notice, opinions=said, press=press, acts=acts, body=body)


def _choose_kind(row: OutboxRow, change: ChangeRow | None) -> NoticeKind:
    """Return the form of a message about an unreadable page, once the page was read."""
    if change is None or change.kind is ChangeKind.LISTED:
        return row.kind
    return NoticeKind.PAGE if change.kind is ChangeKind.PAGE else NoticeKind.ACT


def _list_unread(
    session: Session, row: OutboxRow, change: ChangeRow | None
) -> Iterator[Announcement]:
    """List a message's listed pages that are still unread: a first message names all of its
    event.
    """
    if row.in_thread:
        yield from (decode_act(change.fact),) if change and row.kind is NoticeKind.LISTED else ()
    elif row.event and row.event.startswith(UNREAD):
        yield from listings.list_unread_pages_of_event(session, row.event)


def _compose_edit(session: Session, row: OutboxRow) -> Notice:
    """Compose a message once more, with the event's present status."""
    assert row.edits is not None
    first = compose_notice(session, row.edits)
    as_of = format_instant(row.created_at)
    return replace(
        first, key=row.key, kind=row.kind, shows=first.kind, repeated=row.doubtful, as_of=as_of
    )


def _add_trouble(session: Session, notice: Notice, row: OutboxRow) -> Notice:
    """Load an incident as it is now, with its length when the message was enqueued."""
    if not row.trouble:
        return notice
    about = session.get_one(TroubleRow, row.trouble)
    named = session.list_rows(SourceRow, SourceRow.id.in_([about.about, *about.paths]))
    read = {each.id: format_instant(each.last_ok) if each.last_ok else None for each in named}
    trouble = Trouble(
        since=format_instant(about.since),
        lasted=format_duration((about.over or row.created_at) - about.since),
        over=format_instant(about.over) if about.over else "",
        sign="" if about.sign == OUTAGE else about.sign,
        subject=about.subject,
        paths=tuple(
            Freshness(each.id, read[each.id], each.problem)
            for each in named
            if each.id != about.about
        ),
        brought=about.brought,
        last_ok=read.get(about.about) or "",
    )
    return replace(notice, problem=about.problem, body=trouble)


def _compose_sum(session: Session, row: OutboxRow, notice: Notice) -> Notice:
    """A message that sums up others, with what they are: it matters as much as the worst of
    them.
    """
    if row.kind in CALLING:
        return _join_notices(notice, _gather_notices(session, _list_called_to(session, row)))
    if row.kind is NoticeKind.WEEKLY:
        return _compose_week(session, row, notice)
    if row.kind is NoticeKind.DAILY:
        return _join_notices(
            _compose_day(session, row, notice),
            _gather_notices(session, _list_worst_of_day(session, row)),
        )
    if row.kind is NoticeKind.DIGEST:
        return _join_notices(notice, _gather_notices(session, _list_batched(session, row)))
    opens = notice.kind is NoticeKind.ACT and not row.in_thread
    if len(notice.acts) > 1 and (opens or row.kind is NoticeKind.PARENT):
        of_acts = OutboxRow.kind.in_((NoticeKind.ACT, NoticeKind.COMPLETED))
        worst = max(
            (
                notice.severity,
                *map(Severity, session.list_values(OutboxRow.severity, of_acts, event=row.event)),
            ),
            key=attrgetter("rank"),
        )
        touches = _unite_screenings(notice.screened, [act.key for act in notice.acts])
        return replace(notice, severity=worst, touches=touches)
    return notice


def _list_called_to(session: Session, row: OutboxRow) -> list[int]:
    """The message of the event that people are called to: the one here, else the first."""
    first = list_root_messages(session, row.event or "")
    return [one.id for one in sorted(first, key=lambda one: one.destination != row.destination)][:1]


def _compose_week(session: Session, row: OutboxRow, notice: Notice) -> Notice:
    counted, waiting = load_week(session, row)
    named = tuple(
        (compose_notice(session, number), handling.load_standing(session, event))
        for number, event in waiting
    )
    return replace(notice, body=replace(counted, waiting=named))


def _join_notices(notice: Notice, gathered: tuple[Notice, ...]) -> Notice:
    worst = max(
        (notice.severity, *(message.severity for message in gathered)), key=attrgetter("rank")
    )
    return replace(notice, gathered=gathered, severity=worst)


def _gather_notices(session: Session, ids: Iterable[int]) -> tuple[Notice, ...]:
    return tuple(compose_notice(session, owed) for owed in ids)


def _list_batched(session: Session, row: OutboxRow) -> Sequence[int]:
    """The messages that a digest gathers, without what hangs from them."""
    own = TOLD, OutboxRow.kind.not_in(ATTACHED)
    return session.list_values(OutboxRow.id, *own, order=OutboxRow.id, digest=row.id)


def _list_worst_of_day(session: Session, row: OutboxRow) -> Sequence[int]:
    """List the messages of a day, worst first, one for each change in spite of several
    destinations.
    """
    first = select(func.min(OutboxRow.id)).where(OutboxRow.created_at >= row.created_at - DAY)
    told = session.scalars(
        first.where(FIRST, TOLD, OutboxRow.kind.in_(NEWS)).group_by(OutboxRow.change)
    ).all()
    rows = session.list_rows(OutboxRow, OutboxRow.id.in_(told))
    return [
        owed.id for owed in sorted(rows, key=lambda owed: (-owed.severity.rank, owed.id))[:GATHERED]
    ]


def _compose_day(session: Session, row: OutboxRow, notice: Notice) -> Notice:
    """The summary of a day with what it has beside its messages."""
    ahead = tuple(_list_ahead(session, row.created_at))
    # count the changes reported since a moment, each once for all destinations
    changes = func.count(func.distinct(OutboxRow.change))
    query = select(changes).where(
        FIRST, TOLD, OutboxRow.created_at >= (row.created_at - DAY), OutboxRow.kind.in_(NEWS)
    )
    day = Day(
        sources=tuple(_list_freshness(session, row.created_at)),
        told=session.scalars(query).one(),
        ahead=ahead,
        known=load_acts(session, _list_keys(ahead)),
        undelivered=tuple(_list_undelivered(session)),
    )
    return replace(notice, body=day)


def _list_undelivered(session: Session) -> Iterator[tuple[Notice, str]]:
    """List refused messages that have not arrived, each with its destination and last answer,
    without edits and follow-ups.
    """
    refused = and_(OutboxRow.state == OutboxState.PENDING, OutboxRow.failure.is_not(None))
    there = or_(OutboxRow.state == OutboxState.UNDELIVERABLE, refused)
    alone = OutboxRow.kind.not_in((*EDITING, NoticeKind.DIGEST, NoticeKind.DAILY))
    for row in session.list_rows(OutboxRow, there, alone, limit=GATHERED):
        yield compose_notice(session, row.id), f"to {row.destination}: {row.failure or 'no answer'}"


def _unite_screenings(
    screened: Mapping[str, ScreeningResult], acts: Sequence[str]
) -> ScreeningResult | None:
    """Combine the matches of several acts, and list the acts without screening."""
    return ScreeningResult.together(
        list(screened.values()), [key for key in acts if key not in screened]
    )


def list_annexes(session: Session, change: ChangeRow | None) -> Iterator[tuple[str, Evidence]]:
    """The annexes that were read together with the page of a change: title, address and bytes."""
    if change is None:
        return
    page = select(AddressRow.id).where(AddressRow.identity == Request(change.url or "").identity)
    for row in session.list_rows(AddressRow, AddressRow.parent.in_(page)):
        url = row.request.url
        if row.sha256 and (came := row.first_read or change.fetched_at):
            yield row.title, Evidence(url=url, sha256=row.sha256, fetched_at=format_instant(came))


def list_pages_of_act(session: Session, key: str) -> list[tuple[Evidence, tuple[str, ...]]]:
    """List the last readings of an act's pages, with the bodies of the pages and their annexes."""
    pages = []
    for row in session.list_rows(ReadingRow, key=key):
        page = make_reading_evidence(row)
        change = session.find_row(ChangeRow, key=key, url=row.url)
        pages.append(
            (page, (row.sha256, *(annex.sha256 for _, annex in list_annexes(session, change))))
        )
    return pages


def _list_freshness(session: Session, now: datetime) -> Iterator[Freshness]:
    looked = {each.source: each for each in looks.list_coverage(session, now - DAY, now)}
    muted = {
        mute.source: format_instant(mute.until) for mute in mutes.list_source_mutes(session, now)
    }
    for row in session.list_rows(SourceRow):
        own = looked.get(row.id)
        gaps = (
            tuple((format_instant(since), format_instant(until)) for since, until in own.gaps)
            if own
            else ()
        )
        last = format_instant(row.last_ok) if row.last_ok else None
        problem, pace = row.problem, own.pace if own else None
        quiet, until = own is not None and own.quiet, muted.get(row.id, "")
        yield Freshness(row.id, last, problem, pace, gaps, quiet=quiet, muted_until=until)


def _list_ahead(session: Session, now: datetime) -> Iterator[KeyDate]:
    """The days to come on which the law changes, as far as is known."""
    today = now.date()
    yield from load_law(session).list_key_dates(today, today + AHEAD)
    yield from registers.list_row_dates(session, today, today + AHEAD)


def _list_keys(dates: Sequence[KeyDate]) -> set[str]:
    return {key for date in dates for key in (date.act, *(target.key for target in date.amends))}


def _load_other_reading(session: Session, change: ChangeRow) -> Announcement | None:
    """Return another address's reading of the act, if the change records one."""
    if change.kind not in BEYOND or change.url is None:
        return None
    reading = load_last_reading(session, change.key, change.url)
    return decode_act(reading.fact) if reading else None


# Press reports on acts on record: never law, and shown as reports.

MOST = 5  # reports that a reminder shows, the newest first


def list_reports_on(session: Session, reminder: Reminder) -> Iterator[Report]:
    """The reports on the acts of a reminder, and on those that its days change."""
    keys = _list_keys(reminder.dates)
    threads = select(ActRow.event).where(ActRow.key.in_(keys))
    marked = select(MarkRow.event).where(MarkRow.kind == MarkKind.REPORT, MarkRow.about.in_(keys))
    ours = ChangeRow.event.in_(threads) | ChangeRow.event.in_(marked)
    newest = ChangeRow.id.desc()
    for change in session.list_rows(
        ChangeRow, ours, order=newest, limit=MOST, kind=ChangeKind.REPORTED
    ):
        report = fact_from_json(change.fact)
        if isinstance(report, Report):
            yield report


# Acts that came long after the day they bear, with proof that they were not there yet.


def list_back_dated(session: Session, acts: Iterable[Announcement]) -> Iterator[BackDated]:
    """List the acts with a day on which they were not there yet, each once."""
    for act in {act.key: act for act in acts}.values():
        looked = _find_last_look_without(session, act.key)
        if looked and act.published and is_back_dated(act, looked[1]):
            yield BackDated(act.key, act.published, looked[0], format_instant(looked[1]))


def _find_last_look_without(session: Session, key: str) -> tuple[str, datetime] | None:
    """Find the source that brought an act, and its last good poll before that. None: there was
    none, or a person handed the act in.
    """
    first = session.find_row(ChangeRow, key=key, kind=ChangeKind.NEW)
    if first is None or first.handed:
        return None
    appeared = _find_link_time(session, first) or first.at
    before = LookRow.source == first.source, LookRow.until < appeared
    looked = session.find_greatest(LookRow.until, *before)
    return (first.source, looked) if looked else None


def _find_link_time(session: Session, change: ChangeRow) -> datetime | None:
    """Find when a link led to an act's page, which may have failed for days; None if it was on a
    source's own page.
    """
    page = Request(change.url or "").identity
    linked = select(AddressRow.seen_at).where(
        AddressRow.identity == page, AddressRow.start.is_(False)
    )
    return session.scalar(linked.where(AddressRow.source == change.source).limit(1))


# A week at one destination: what was sent, taken and decided, what is open, and what is muted.

LENGTH = timedelta(days=7)
NAMED = 10  # events that wait and are named


def _load_first_messages(session: Session, destination: str) -> dict[str, OutboxRow]:
    """The first message that each event got at a destination."""
    rows = session.list_rows(
        OutboxRow,
        OutboxRow.kind.not_in(NO_ROOT),
        order=OutboxRow.id.desc(),
        destination=destination,
        in_thread=False,
        state=OutboxState.SENT,
    )
    return {message.event: message for message in rows if message.event}


def _find_last_week(session: Session, row: OutboxRow) -> datetime:
    """Find when the week before ended: with its own summary, however late that came, so that no
    message is in two weeks and none between them.
    """
    before = select(OutboxRow.created_at).where(
        OutboxRow.kind == row.kind,
        OutboxRow.destination == row.destination,
        OutboxRow.created_at < row.created_at,
        OutboxRow.created_at >= row.created_at - LENGTH - LATE,
    )
    last = session.scalar(before.order_by(OutboxRow.created_at.desc()).limit(1))
    return last or row.created_at - LENGTH


def load_week(session: Session, row: OutboxRow) -> tuple[Week, list[tuple[int, str]]]:
    """Load the week before a message was enqueued, with the first messages of open events, by
    number, and the events.
    """
    since, until = _find_last_week(session, row), row.created_at
    first = _load_first_messages(session, row.destination)
    states = handling.load_event_states(session)
    told = [event for event, one in first.items() if since < one.created_at <= until]
    waiting = [
        (one.id, event)
        for event, one in first.items()
        if states.get(event, OPEN).stage is not Stage.DONE
    ]
    stages = [states.get(event, OPEN).stage for event in told]
    counted = Week(
        told=len(told),
        taken=stages.count(Stage.TAKEN),
        decided=stages.count(Stage.DONE),
        open=len(waiting),
        kept_back=session.count(
            OutboxRow,
            OutboxRow.created_at > since,
            OutboxRow.created_at <= until,
            OutboxRow.failure.startswith(mutes.MUTED),
            OutboxRow.kind.not_in(EDITING),
            in_thread=False,
            destination=row.destination,
            state=OutboxState.CANCELLED,
        ),
        muted=tuple(
            (mute.subject, format_instant(mute.until))
            for mute in mutes.list_news_mutes(session, row.created_at)
        ),
    )
    return counted, waiting[:NAMED]
