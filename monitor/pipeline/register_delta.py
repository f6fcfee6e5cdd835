"""One read of a register against what the history knows of it → what moves. Reads the history, writes nothing."""

import hashlib
from dataclasses import dataclass, replace
from datetime import timedelta

from msgspec.structs import replace as replace_value

from monitor.diff import flaps
from monitor.diff import held as ruins
from monitor.diff.flaps import Weighed
from monitor.diff.held import APART, Verdict, is_later, judged
from monitor.diff.rows import Changes, Scanned, state_of
from monitor.errors import ErrorKind, NotThePage
from monitor.history import Delta, RegisterState, registers
from monitor.history.threaded import HistoryThread
from monitor.model import Edition, RowChange, to_json
from monitor.pipeline.reader_process import Explained
from monitor.pipeline.readers import Readers
from monitor.source.page import Page, Register, instant

AHEAD = timedelta(days=2)  # by which a publisher's day may be ahead of ours


@dataclass(frozen=True)
class Reading:
    """A register on a page, read by the reader of this name for this authority; `released` where a person believes all of it."""

    register: Register
    page: Page
    reader: str
    authority: str
    released: bool = False


async def delta_of(reading: Reading, history: HistoryThread, readers: Readers) -> Delta:
    """What the read moves; its `edition` is None where there is nothing to tell: a baseline, or no row that says anything else.

    Raises:
        SourceError: the register is not whole, is older than the one we know, or its reader fell over it.
    """
    known = await history(registers.state, reading.reader)
    digests = known.digests if known else {}
    scanned = await readers.walk(reading.reader, reading.page, digests)
    wanted = scanned.wanted(digests) if scanned.moved or scanned.missing else frozenset()
    before = await history(registers.raws, reading.reader, wanted) if wanted else {}
    explained = Explained(Changes(remarks=reading.register.remarks), {})
    if scanned.moved or scanned.missing:
        explained = await readers.explain(reading.reader, reading.page, digests, before)
    if known is None:
        return _delta(reading, scanned, explained, None, frozenset(explained.changes.remarks))
    return _judged(reading, scanned, explained, known)


def _judged(reading: Reading, scanned: Scanned, explained: Explained, known: RegisterState) -> Delta:
    if ruins.are_ruins(explained.changes.rows):
        lost = "letters of its rows were replaced by question marks before they reached us"
        raise NotThePage(f"{reading.register.register}: {lost}", kind=ErrorKind.QUESTION_MARKS)
    now, standing = reading.page.came_at, replace(known.standing, published=_past(known.standing.published, reading))
    verdict = judged(
        reading.register,
        scanned.count,
        explained.changes.rows,
        standing,
        now,
        released=reading.released,
        handed=reading.page.handed is not None,
        returns=scanned.state(known.digests) in known.flaps.others,
    )
    if verdict.waits:
        return _unconfirmed(reading, explained, known, verdict)
    weighed = _weighed(reading, scanned, known, verdict)
    if weighed.held:
        return _waiting(reading, scanned, explained, known, weighed)
    edition = Edition(
        key=_key(reading, verdict.believed, known.editions),
        register=reading.register.register,
        authority=reading.authority,
        url=reading.page.url,
        published=reading.register.published,
        rows=scanned.count,
        before=standing.rows,
        changes=verdict.believed,
        held=verdict.held,
        asks=verdict.asks,
    )
    told = edition if verdict.believed else None
    held = frozenset(change.id for change in verdict.held)
    remarks = frozenset(explained.changes.remarks) | known.remarks
    delta = _delta(reading, scanned, explained, told, remarks, held, asks=verdict.asks)
    return replace(delta, flaps=weighed.flaps, unconfirmed=verdict.unconfirmed)


def _unconfirmed(reading: Reading, explained: Explained, known: RegisterState, verdict: Verdict) -> Delta:
    """A read in which some rows are missing for the first time: all stands as it was, but that it is known which."""
    held = frozenset(change.id for change in verdict.held)
    still = Scanned(known.standing.rows - len(held), {}, frozenset())
    delta = _delta(reading, still, explained, None, known.remarks, held)
    return replace(delta, flaps=known.flaps, unconfirmed=True, again=not known.standing.held)


def _weighed(reading: Reading, scanned: Scanned, known: RegisterState, verdict: Verdict) -> Weighed:
    """Whether what the register says now is told, or only comes and goes."""
    state = scanned.state(known.digests)
    before = known.flaps if known.flaps.current else replace_value(known.flaps, current=state_of(known.digests))
    if not verdict.believed:  # where rows are held, what was told last is not what the register says now
        return Weighed(flaps.same(before, before.current if verdict.held else state))
    if reading.released:
        return Weighed(flaps.after_telling(before, state, reading.page.came_at))
    certain = reading.page.handed is not None or is_later(reading.register, known.standing)
    return flaps.weighed(before, state, reading.page.came_at, timedelta() if certain else APART)


def _waiting(reading: Reading, scanned: Scanned, explained: Explained, known: RegisterState, weighed: Weighed) -> Delta:
    """A read that only goes back to what was told before: all stands as it was told last."""
    still = Scanned(scanned.count, {}, frozenset())
    delta = _delta(reading, still, explained, None, known.remarks, known.standing.held)
    first = not weighed.flaps.returns  # while it is not told, many looks in a row show whether two servers answer by turns
    return replace(delta, flaps=weighed.flaps, alternates=True, begins=weighed.begins, again=first)


def _delta(
    reading: Reading,
    scanned: Scanned,
    explained: Explained,
    edition: Edition | None,
    remarks: frozenset[str],
    held: frozenset[str] = frozenset(),
    *,
    asks: bool = False,
) -> Delta:
    return Delta(
        reader=reading.reader,
        register=reading.register.register,
        url=reading.page.url,
        published=_past(reading.register.published, reading),
        rows=scanned.count,
        sha256=reading.page.body.sha256,
        moved=scanned.moved,
        gone=scanned.missing - held,
        held=held,
        asks=asks,
        remarks=remarks,
        described=explained.described,
        edition=edition,
        proven=reading.register.proven,
    )


def _past(published: str | None, reading: Reading) -> str | None:
    """A day of publication; none where it lies ahead, for after a slip of the pen every true edition would be an older one."""
    moment = instant(published) if published else None
    return published if moment and moment <= reading.page.came_at + AHEAD else None


def _key(reading: Reading, changes: tuple[RowChange, ...], before: int) -> str:
    """What names an edition: its bytes alone do not, for they may be back, and be told in parts where some of it was held.

    How many changed editions came `before` it does, also for a store that was put back from a backup and reads it anew.
    """
    named = (reading.reader, reading.page.body.sha256, str(before))
    told = hashlib.sha256(b" ".join([*map(str.encode, named), to_json(changes)])).hexdigest()
    day = f"{reading.register.published[:10]}-" if reading.register.published else ""
    return f"{reading.register.register}-{day}{told[:8]}"
