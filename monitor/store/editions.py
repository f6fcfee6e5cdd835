"""Recording what one read of a register brought: the rows, the change, the event, and who is owed a message."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from sqlmodel import Session

from monitor.alert.event import Decision, Event, NoticeKind
from monitor.diff import flaps, held
from monitor.errors import ErrorKind
from monitor.model import Edition, Evidence, Problem, to_json
from monitor.store import addresses, habits, marks, owing, proofs, registers, watched
from monitor.store.acts import open_event, save_change
from monitor.store.records import Delta, Retrieval
from monitor.store.tables import ChangeRow
from monitor.store.values import Address, Stamp

Place = Callable[[Edition, Sequence[Event]], Decision]


def record_register(
    session: Session,
    place: Address,
    delta: Delta,
    evidence: Evidence,
    stamp: Stamp,
    decide: Place,
    now: datetime,
    came: Sequence[Retrieval] = (),
) -> None:
    """A register was read: its rows stand as they are now, changes are recorded, messages owed, validators kept.

    A body of which something is held is asked for anew next time, so its stamp is not kept. `came` says how its bytes did,
    where they are kept.
    """
    record(session, delta, evidence, place.source, decide, now)
    proofs.keep_retrievals(session, came)
    addresses.mark_page_read(session, place, stamp if delta.settled else None, now, news=delta.edition is not None)


def record(session: Session, delta: Delta, evidence: Evidence, source: str, place: Place, now: datetime) -> None:
    """Keep the rows as they are now, and all that follows from what changed. Without an edition nothing is told."""
    if edition := delta.edition:
        change = _keep(
            session, edition, place(edition, marks.find_events_of_edition(session, edition, now)), evidence, source, now
        )
        if edition.changes:
            assert change.id is not None
            registers.save_alterations(session, delta, edition.changes, change.id, now)
    first = registers.load_register_state(session, delta.reader) is None
    if delta.edition or first:
        habits.note_edition(session, source, delta.reader, "" if delta.edition else delta.published or "", now)
    if first:
        watched.hold_again(session)
    _enqueue_remarks(session, delta, source, now)
    registers.save_records(session, delta, source, now)


def _keep(session: Session, edition: Edition, decision: Decision, evidence: Evidence, source: str, now: datetime) -> ChangeRow:
    if decision.opens and decision.event:
        open_event(session, decision.event, edition.authority, now, told=bool(decision.posts))
    said = {"at": now, "key": edition.key, "source": source, "event": decision.event, "fact": to_json(edition).decode()}
    change = save_change(session, decision, evidence, **said)
    if decision.opens and decision.event and decision.posts:
        marks.keep(session, decision.event, edition, now)
    for post in decision.posts:
        owing.enqueue_messages(session, post, edition, change, source, now)
    return change


def _enqueue_remarks(session: Session, delta: Delta, source: str, now: datetime) -> None:
    """Say what is new of the layout, and what only a person can release; once each."""
    before = registers.load_register_state(session, delta.reader)
    if news := sorted(delta.remarks - (before.remarks if before else frozenset())):
        owing.enqueue_remark(session, NoticeKind.LAYOUT, source, Problem(kind=ErrorKind.LAYOUT, text="; ".join(news)), now)
    if delta.begins and delta.flaps.begun:
        way = f"to believe what it says now: monitor poll --release {delta.reader}"
        text = f"{flaps.word_flap(delta.register, delta.flaps.begun)}; {way}"
        owing.enqueue_remark(session, NoticeKind.ALTERNATES, source, Problem(kind=ErrorKind.ALTERNATES, text=text), now)
    held = bool(delta.held) and not delta.unconfirmed
    if before and (delta.asks or delta.proven) and held and delta.held != before.standing.held:
        text = _word_missing(delta, before.standing.rows, now)
        owing.enqueue_remark(session, NoticeKind.HELD, source, Problem(kind=ErrorKind.HELD, text=text), now)


def _word_missing(delta: Delta, rows: int, now: datetime) -> str:
    """What seems to have gone, and what it takes to believe that."""
    text = f"{len(delta.held):,} of {rows:,} rows of {delta.register} seem to have gone on {now:%Y-%m-%d}"
    if delta.proven:
        apart = held.APART // timedelta(minutes=1)
        confirmed = f"a second read {apart} minutes later confirms it, or: monitor poll --release {delta.reader}"
        return f"{text}, though it is whole by its form; {confirmed}"
    return (
        f"{text}, more than a page that can't prove to be whole is believed; look at it, and if they are gone:"
        f" monitor poll --release {delta.reader}"
    )
