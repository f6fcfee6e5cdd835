"""One read of a register against what the history knows of it → what moves. Reads the history, writes nothing."""

import asyncio
import hashlib
from dataclasses import dataclass
from datetime import timedelta

from monitor.diff.held import Standing, judged
from monitor.diff.listings import name_of
from monitor.diff.rows import Changes, Sifted, explain, sift, unread_remark
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
    standing = Standing(known.standing.rows, _past(known.standing.published, reading), known.standing.held)
    verdict = judged(reading.register, sifted.count, changes.rows, standing, released=reading.released)
    edition = Edition(
        key=_key(reading, verdict.believed, known.editions),
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
    return _delta(reading, sifted, told, frozenset(changes.remarks) | known.remarks, held, asks=verdict.asks)


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
    )


def _described(reading: Reading, raw: bytes) -> tuple[str, str]:
    with blamed(reading.read, reading.page.url):
        listing = reading.register.read(raw)
        return name_of(listing), to_json(listing.subject).decode()


def _past(published: str | None, reading: Reading) -> str | None:
    """A day of publication; none where it lies ahead, for after a slip of the pen every true edition would be an older one."""
    moment = instant(published) if published else None
    return published if moment and moment <= reading.page.fetched_at + AHEAD else None


def _key(reading: Reading, changes: tuple[RowChange, ...], before: int) -> str:
    """What names an edition: its bytes alone do not, for they may be back, and be told in parts where some of it was held.

    How many changed editions came `before` it does, also for a store that was put back from a backup and reads it anew.
    """
    named = (reading.reader, reading.page.sha256, str(before))
    told = hashlib.sha256(b" ".join([*map(str.encode, named), to_json(changes)])).hexdigest()
    day = f"{reading.register.published[:10]}-" if reading.register.published else ""
    return f"{reading.register.register}-{day}{told[:8]}"
