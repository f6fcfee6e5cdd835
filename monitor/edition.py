"""One read of a register against what the history knows of it → what moves. Reads the history, writes nothing."""

import asyncio
import hashlib
from dataclasses import dataclass, replace
from datetime import timedelta

from msgspec.structs import replace as replace_value

from monitor.diff import flaps
from monitor.diff.flaps import Weighed
from monitor.diff.held import judged
from monitor.diff.listings import name_of
from monitor.diff.rows import Changes, Sifted, explain, sift, state_of, unread_remark
from monitor.history import Delta, History, RegisterState
from monitor.history.threaded import HistoryThread
from monitor.model import Edition, RowChange, to_json
from monitor.page import Page, Reader
from monitor.register import Register, instant
from monitor.scraper import blamed

AHEAD = timedelta(days=2)  # by which a publisher's day may be ahead of ours


@dataclass(frozen=True)
class Reading:
    """A register on a page, read by the reader of this name for this authority; `released` where a person believes all of it."""

    register: Register
    page: Page
    read: Reader
    reader: str
    authority: str
    released: bool = False


async def delta_of(reading: Reading, history: HistoryThread) -> Delta:
    """What the read moves; its `edition` is None where there is nothing to tell: a baseline, or no row that says anything else.

    Raises:
        SourceError: the register is not whole, is older than the one we know, or its reader fell over it.
    """
    known = await history(History.register, reading.reader)
    sifted = await asyncio.to_thread(_sifted, reading, known)
    if known is None:
        return _delta(reading, sifted, None, await asyncio.to_thread(_remarks, reading, sifted))
    wanted = (sifted.moved.keys() & known.digests.keys()) | sifted.missing
    before = await history(History.raws, reading.reader, wanted) if wanted else {}
    changes = await asyncio.to_thread(_explained, reading, sifted, before)
    return _judged(reading, sifted, changes, known)


def _sifted(reading: Reading, known: RegisterState | None) -> Sifted:
    with blamed(reading.read, reading.page.url):
        return sift(reading.register, known.digests if known else {})


def _explained(reading: Reading, sifted: Sifted, before: dict[str, bytes]) -> Changes:
    with blamed(reading.read, reading.page.url):
        return explain(reading.register, sifted, before)


def _remarks(reading: Reading, sifted: Sifted) -> frozenset[str]:
    """What is odd about the layout of a register that is read for the first time."""
    with blamed(reading.read, reading.page.url):
        unread = {name for version in sifted.moved.values() for name in reading.register.read(version.raw).unread}
    return frozenset({*reading.register.remarks, *map(unread_remark, unread)})


def _judged(reading: Reading, sifted: Sifted, changes: Changes, known: RegisterState) -> Delta:
    now, standing = reading.page.fetched_at, replace(known.standing, published=_past(known.standing.published, reading))
    verdict = judged(reading.register, sifted.count, changes.rows, standing, now, released=reading.released)
    weighed = _weighed(reading, sifted, known, told=bool(verdict.believed))
    if weighed.held:
        return _waiting(reading, sifted, known, weighed)
    edition = Edition(
        key=_key(reading, verdict.believed),
        register=reading.register.register,
        authority=reading.authority,
        url=reading.page.url,
        published=reading.register.published,
        rows=sifted.count,
        before=standing.rows,
        changes=verdict.believed,
        held=verdict.held,
        asks=verdict.asks,
    )
    told = edition if verdict.believed else None
    held = frozenset(change.id for change in verdict.held)
    remarks = frozenset(changes.remarks) | known.remarks
    return replace(_delta(reading, sifted, told, remarks, held, asks=verdict.asks), flaps=weighed.flaps)


def _weighed(reading: Reading, sifted: Sifted, known: RegisterState, *, told: bool) -> Weighed:
    """Whether what the register says now is told, or only comes and goes."""
    state = sifted.state(known.digests)
    before = known.flaps if known.flaps.current else replace_value(known.flaps, current=state_of(known.digests))
    if not told:
        return Weighed(flaps.same(before, state))
    if reading.released:
        return Weighed(flaps.told(before, state, reading.page.fetched_at))
    return flaps.weighed(before, state, reading.page.fetched_at)


def _waiting(reading: Reading, sifted: Sifted, known: RegisterState, weighed: Weighed) -> Delta:
    """A read that only goes back to what was told before: all stands as it was told last."""
    still = Sifted(sifted.count, {}, frozenset())
    delta = _delta(reading, still, None, known.remarks, known.standing.held)
    return replace(delta, flaps=weighed.flaps, alternates=True, begins=weighed.begins)


def _delta(
    reading: Reading,
    sifted: Sifted,
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
        rows=sifted.count,
        sha256=reading.page.sha256,
        moved=sifted.moved,
        gone=sifted.missing - held,
        held=held,
        asks=asks,
        remarks=remarks,
        describe=lambda raw: _described(reading, raw),
        edition=edition,
        proven=reading.register.proven,
    )


def _described(reading: Reading, raw: bytes) -> tuple[str, str]:
    with blamed(reading.read, reading.page.url):
        listing = reading.register.read(raw)
        return name_of(listing), to_json(listing.subject).decode()


def _past(published: str | None, reading: Reading) -> str | None:
    """A day of publication; none where it lies ahead, for after a slip of the pen every true edition would be an older one."""
    moment = instant(published) if published else None
    return published if moment and moment <= reading.page.fetched_at + AHEAD else None


def _key(reading: Reading, changes: tuple[RowChange, ...]) -> str:
    """What names an edition: its bytes alone do not, for they may be back, and be told in parts where some of it was held."""
    fetched_at = reading.page.fetched_at.isoformat()
    told = hashlib.sha256(b" ".join([reading.page.sha256.encode(), fetched_at.encode(), to_json(changes)])).hexdigest()
    return f"{reading.register.register}-{(reading.register.published or fetched_at)[:10]}-{told[:8]}"
