"""A record of every screening, for as long as laws require: the query, the lists, the answer, the
person.

Each entry is chained to the one before by its SHA-256. So a changed or missing entry shows. An
erased answer leaves its SHA-256, and the chain holds.
"""

import hashlib
import json
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime, timedelta

import msgspec
import zstandard
from sqlalchemy import delete, func, select

from monitor.clock import format_instant
from monitor.model import Value, to_json
from monitor.names.name import normalize_name
from monitor.store import mutes, names, owing
from monitor.store.columns import make_row, make_value
from monitor.store.session import Session
from monitor.store.tables import ChangeRow, PersonRow, RegisterRow, ScreeningRow
from monitor.triage.values import Person

KEPT = timedelta(days=3653)  # ten years: 31 CFR 501.601
ERASED = "sha256:"


class ScreeningOrder(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """A screening to record. With `erase`: a name to remove from all answers, with its results.
    `packed`, `asked` and `checked` are as in their columns.
    """

    person: Person
    via: str
    packed: bytes = b""
    asked: str = ""
    checked: str = ""
    erase: str = ""


class KeptScreening(Value, kw_only=True):
    """A recorded screening; `is_sound` if it matches its place in the chain. An erased answer is
    its SHA-256. `checked` is the stamp of lists and rules of the last check; `differs` are the
    places of answers that changed. `handle` identifies who asked.
    """

    number: int
    at: datetime
    by: str
    via: str
    head: str
    answers: tuple[str, ...]
    before: str
    sha256: str
    is_sound: bool
    checked: str = ""
    differs: tuple[int, ...] = ()
    handle: str = ""


class ListHeld(Value, kw_only=True):
    """A list in a screening: its edition, its time of reading, its bytes; or why it is missing
    (`problem`).
    """

    list: str
    as_of: str = ""
    read_at: str = ""
    sha256: str = ""
    entries: int = 0
    problem: str = ""


def pack_answers(head: str, answers: Sequence[str]) -> bytes:
    """The lists and answers of a screening, as a row stores them."""
    return zstandard.ZstdCompressor(level=9).compress(to_json([head, *answers]))


def _unpack_answers(packed: bytes) -> list[str]:
    return msgspec.json.decode(zstandard.ZstdDecompressor().decompress(packed), type=list[str])


def load_lists_held(session: Session) -> list[ListHeld]:
    """The lists in the history: the acts up to the last change, and each register at its last
    read.
    """
    change = session.find_row(ChangeRow, order=ChangeRow.id.desc())
    acts = ListHeld(
        list="acts",
        as_of=format_instant(change.at) if change else "",
        sha256=(change.sha256 or "") if change else "",
        entries=change.id if change else 0,
    )
    registers = (
        ListHeld(
            list=row.code,
            as_of=row.published or "",
            read_at=format_instant(row.read_at),
            sha256=row.sha256,
            entries=row.rows,
        )
        for row in session.list_rows(RegisterRow)
    )
    return [acts, *registers]


def hash_lists(session: Session) -> str:
    """Return a stamp that changes when a list in the history changes, or a rule for names."""
    held = sorted((one.list, one.sha256, str(one.entries)) for one in load_lists_held(session))
    return hashlib.sha256(to_json([names.hash_name_rules(), held])).hexdigest()


def record(session: Session, order: ScreeningOrder, now: datetime) -> int:
    """Save a screening and return its number. An order to erase changes stored answers, and returns
    how many.
    """
    if order.erase:
        return _erase_answers(session, order.erase)
    last = session.find_row(ScreeningRow, order=ScreeningRow.id.desc())
    row = make_row(
        ScreeningRow,
        order,
        at=now.replace(microsecond=0),
        person=mutes.save_person(session, order.person),
        before=last.digest if last else "",
        digest="",
    )
    row.digest = _hash_record(row, _unpack_answers(row.packed))
    return session.keep(row).id


def _hash_record(row: ScreeningRow, kept: Sequence[str]) -> str:
    said = (text.removeprefix(ERASED) if is_erased(text) else _hash_text(text) for text in kept)
    return _hash_text(
        "\n".join((row.before, format_instant(row.at), str(row.person), row.via, *said))
    )


def _hash_text(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def is_erased(answer: str) -> bool:
    """Return whether only the SHA-256 of an answer is left."""
    return answer.startswith(ERASED)


def _erase_answers(session: Session, name: str) -> int:
    """Leave of all answers about a name their SHA-256 alone; how many there were."""
    erased = 0
    for number in session.list_values(ScreeningRow.id):
        row = session.get_one(ScreeningRow, number)
        head, *answers = _unpack_answers(row.packed)
        left = [
            f"{ERASED}{_hash_text(answer)}" if _is_about(answer, name) else answer
            for answer in answers
        ]
        if left != answers:
            row.packed = pack_answers(head, left)
            erased += sum(one != other for one, other in zip(left, answers, strict=True))
        session.flush()
        session.expunge(row)
    return erased


def find_kept(session: Session, order: ScreeningOrder) -> int:
    """Return the number of the last such screening, 0 for none; for an erasure, how many answers
    have the name.
    """
    if order.erase:
        packed = session.list_values(ScreeningRow.packed)
        return sum(
            _is_about(answer, order.erase)
            for answers in packed
            for answer in _unpack_answers(answers)[1:]
        )
    same = ScreeningRow.asked == order.asked, ScreeningRow.packed == order.packed
    return session.find_greatest(ScreeningRow.id, *same) or 0


def _is_about(answer: str, name: str) -> bool:
    if is_erased(answer):
        return False
    asked_names = (asked["name"] for asked in json.loads(answer)["asked"])
    return any(not _find_keys(name).isdisjoint(_find_keys(one)) for one in asked_names)


SEVERAL = re.compile(r"[\n;；|/、]+")
WORD = re.compile(r"\w+")


def _find_keys(text: str) -> set[str]:
    """A name and each of several in a cell as keys: levelled, and by its words in any order."""
    parts = [part for part in (text, *SEVERAL.split(text)) if part.strip()]
    ordered = {" ".join(sorted(WORD.findall(part.casefold()))) for part in parts}
    return {*map(normalize_name, parts), *ordered} - {""}


def iterate_screenings(
    session: Session, since: datetime | None = None, until: datetime | None = None
) -> Iterator[KeptScreening]:
    """Iterate over the screenings of a period in order, each checked against its sum and the one
    before.
    """
    before: str | None = None
    for number in session.list_values(ScreeningRow.id, order=ScreeningRow.id):
        row = session.get_one(ScreeningRow, number)
        if (since is None or row.at >= since) and (until is None or row.at < until):
            yield _make_kept(session, row, follows=before in (None, row.before))
        before = row.digest
        session.expunge(row)


def load_screening(session: Session, number: int) -> KeptScreening | None:
    """The screening of this number, checked against its sum and the one before; None: there is
    none.
    """
    row = session.get(ScreeningRow, number)
    if row is None:
        return None
    earlier = session.find_row(ScreeningRow, ScreeningRow.id < number, order=ScreeningRow.id.desc())
    return _make_kept(session, row, follows=earlier is None or earlier.digest == row.before)


def iterate_recent(session: Session, most: int) -> Iterator[KeptScreening]:
    """Iterate over the newest screenings, the newest first; none is checked against the one
    before.
    """
    for row in session.list_rows(ScreeningRow, order=ScreeningRow.id.desc(), limit=most):
        yield _make_kept(session, row, follows=True)


def _make_kept(session: Session, row: ScreeningRow, *, follows: bool) -> KeptScreening:
    head, *answers = kept = _unpack_answers(row.packed)
    person = session.get_one(PersonRow, row.person)
    return make_value(
        KeptScreening,
        row,
        number=row.id,
        by=mutes.get_person_name(person),
        handle=person.handle,
        head=head,
        answers=tuple(answers),
        sha256=row.digest,
        is_sound=follows and row.digest == _hash_record(row, kept),
    )


def forget_old_screenings(session: Session, now: datetime) -> None:
    """Delete screenings past their retention, the oldest first, so that the chain of the others
    holds.
    """
    session.execute(delete(ScreeningRow).where(ScreeningRow.at < now - KEPT))


def list_newest(session: Session) -> list[KeptScreening]:
    """List the newest screening of each equal query, the newest first."""
    newest = select(func.max(ScreeningRow.id)).group_by(ScreeningRow.asked)
    rows = session.list_rows(
        ScreeningRow, ScreeningRow.id.in_(newest), order=ScreeningRow.id.desc()
    )
    return [_make_kept(session, row, follows=True) for row in rows]


def has_differing(session: Session) -> bool:
    """Return whether the last check found an answer that would differ."""
    return session.find_row(ScreeningRow, ScreeningRow.differs != ()) is not None


def record_check(
    session: Session,
    looked_at: Collection[int],
    stamp: str,
    differs: Mapping[int, tuple[int, ...]],
    says: str,
    now: datetime,
) -> None:
    """Record a check against other lists or rules: which answers differ. Enqueue a message if
    one is new.
    """
    for number in looked_at:
        row = session.get_one(ScreeningRow, number)
        row.checked, row.differs = stamp, differs.get(number, ())
    if says:
        owing.enqueue_rescreened(session, says, now)
