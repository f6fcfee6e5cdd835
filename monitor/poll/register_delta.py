"""Compare one read of a register with the history. It reads the history, and writes nothing."""

import hashlib
from dataclasses import replace
from datetime import timedelta

from msgspec.structs import replace as replace_value

from monitor.diff import flaps
from monitor.diff import held as ruins
from monitor.diff.flaps import Weighed
from monitor.diff.held import APART, Verdict, is_later, split_removals
from monitor.diff.rows import Changes, Scanned, hash_register
from monitor.errors import ErrorKind, NotThePage
from monitor.model import Edition, RowChange, frozen, to_json
from monitor.poll.reader_process import Explained
from monitor.poll.readers import Readers
from monitor.source.page import Page, Register, parse_publication
from monitor.store import Delta, RegisterState, registers, watched
from monitor.store.threaded import HistoryThread

AHEAD = timedelta(days=2)  # how far a publisher's day may be ahead of ours


@frozen
class Reading:
    """A register on a page, with its reader and authority; `released` if a person confirms all
    of it.
    """

    register: Register
    page: Page
    reader: str
    authority: str
    released: bool = False


async def compute_delta(reading: Reading, history: HistoryThread, readers: Readers) -> Delta:
    """Compare the read with the known register; `edition` is None without news: a baseline, or no
    changed row.

    Raises:
        SourceError: the register is incomplete, older than the known one, or its reader fails.
    """
    known = await history(registers.load_register_state, reading.reader)
    digests = known.digests if known else {}
    scanned = await readers.walk(reading.reader, reading.page, digests)
    wanted = scanned.wanted(digests) if scanned.moved or scanned.missing else frozenset()
    before = await history(registers.load_record_bytes, reading.reader, wanted) if wanted else {}
    explained = Explained(Changes(remarks=reading.register.remarks), {})
    if scanned.moved or scanned.missing:
        explained = await readers.explain(reading.reader, reading.page, digests, before)
        rows = await history(watched.add_former_names, reading.reader, explained.changes.rows)
        explained = replace(explained, changes=replace(explained.changes, rows=rows))
    if known is None:
        return _make_delta(reading, scanned, explained, None, frozenset(explained.changes.remarks))
    return _judge_delta(reading, scanned, explained, known)


def _judge_delta(
    reading: Reading, scanned: Scanned, explained: Explained, known: RegisterState
) -> Delta:
    if ruins.is_garbled(explained.changes.rows):
        lost = "letters of its rows were replaced by question marks before they reached us"
        raise NotThePage(f"{reading.register.register}: {lost}", ErrorKind.QUESTION_MARKS)
    if ruins.is_encoded_twice(explained.changes.rows):
        spoilt = "letters of its rows were encoded twice before they reached us"
        raise NotThePage(f"{reading.register.register}: {spoilt}", ErrorKind.ENCODED_TWICE)
    verdict = _split_removals(reading, scanned, explained, known)
    if verdict.waits:
        return _make_unconfirmed_delta(reading, explained, known, verdict)
    weighed = _weigh_content(reading, scanned, known, verdict)
    if weighed.held:
        return _make_waiting_delta(reading, scanned, explained, known, weighed)
    edition = Edition(
        key=_make_edition_key(reading, verdict.believed, known.editions),
        register=reading.register.register,
        authority=reading.authority,
        url=reading.page.url,
        published=reading.register.published,
        rows=scanned.count,
        before=known.standing.rows,
        changes=verdict.believed,
        held=verdict.held,
        asks=verdict.asks,
    )
    told = edition if verdict.believed else None
    held = frozenset(change.id for change in verdict.held)
    remarks = frozenset(explained.changes.remarks) | known.remarks
    delta = _make_delta(reading, scanned, explained, told, remarks, held, asks=verdict.asks)
    return replace(delta, flaps=weighed.flaps, unconfirmed=verdict.unconfirmed)


def _split_removals(
    reading: Reading, scanned: Scanned, explained: Explained, known: RegisterState
) -> Verdict:
    """Decide which changes to report, and which removals to withhold."""
    day = _drop_future_day(known.standing.published, reading)
    return split_removals(
        reading.register,
        scanned.count,
        explained.changes.rows,
        replace(known.standing, published=day),
        reading.page.came_at,
        released=reading.released,
        handed=reading.page.handed is not None,
        returns=scanned.state(known.digests) in known.flaps.others,
    )


def _make_unconfirmed_delta(
    reading: Reading, explained: Explained, known: RegisterState, verdict: Verdict
) -> Delta:
    """Record which rows are missing for the first time; change nothing else."""
    held = frozenset(change.id for change in verdict.held)
    still = Scanned(known.standing.rows - len(held), {}, frozenset())
    delta = _make_delta(reading, still, explained, None, known.remarks, held)
    return replace(delta, flaps=known.flaps, unconfirmed=True, again=not known.standing.held)


def _weigh_content(
    reading: Reading, scanned: Scanned, known: RegisterState, verdict: Verdict
) -> Weighed:
    """Weigh whether the register's new content is reported, or only alternates."""
    state = scanned.state(known.digests)
    before = (
        known.flaps
        if known.flaps.current
        else replace_value(known.flaps, current=hash_register(known.digests))
    )
    # with withheld rows, the last report differs from the register's present content
    if not verdict.believed:
        return Weighed(flaps.reset_flaps(before, before.current if verdict.held else state))
    if reading.released:
        return Weighed(flaps.record_telling(before, state, reading.page.came_at))
    certain = reading.page.handed is not None or is_later(reading.register, known.standing)
    return flaps.weigh_flap(before, state, reading.page.came_at, timedelta() if certain else APART)


def _make_waiting_delta(
    reading: Reading, scanned: Scanned, explained: Explained, known: RegisterState, weighed: Weighed
) -> Delta:
    """Record a read that only goes back to an earlier report: all stays as last reported."""
    still = Scanned(scanned.count, {}, frozenset())
    delta = _make_delta(reading, still, explained, None, known.remarks, known.standing.held)
    # while it is unreported, many polls in a row show whether two servers alternate
    first = not weighed.flaps.returns
    return replace(delta, flaps=weighed.flaps, alternates=True, begins=weighed.begins, again=first)


def _make_delta(
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
        published=_drop_future_day(reading.register.published, reading),
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
        saved=reading.page.came_at if reading.page.handed else None,
    )


def _drop_future_day(published: str | None, reading: Reading) -> str | None:
    """Return a day of publication; none if it is in the future: after a typing error, every true
    edition would look older.
    """
    moment = parse_publication(published) if published else None
    return published if moment and moment <= reading.page.came_at + AHEAD else None


def _make_edition_key(reading: Reading, changes: tuple[RowChange, ...], before: int) -> str:
    """Make an edition's key. Its bytes alone are not unique: they may return, or be reported in
    parts. So the key also has the number of changed editions `before` it, which survives a restore.
    """
    named = (reading.reader, reading.page.body.sha256, str(before))
    told = hashlib.sha256(b" ".join([*map(str.encode, named), to_json(changes)])).hexdigest()
    day = f"{reading.register.published[:10]}-" if reading.register.published else ""
    return f"{reading.register.register}-{day}{told[:8]}"
