"""A register as it was known + as it is found → the rows that came, went or changed. Pure.

Records are hashed as they pass by, and kept (packed) only where the hash has moved; those alone are understood, both versions by
today's reader, so that neither a new order of the bytes nor a better reader is taken for a change.
"""

import hashlib
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import zstandard

from monitor.diff.duplicates import Family, base, families, placed, places_of
from monitor.diff.form import MANY, form_of, without_form, written_otherwise
from monitor.diff.listings import differences, flat, name_of
from monitor.diff.pairs import Side, paired
from monitor.model import Entity, FieldValue, Item, Listing, RowAction, RowChange
from monitor.source.register import Record, Register

MOST_WITNESSES = 100
DIGEST = 16  # bytes of BLAKE2b: an accident is out of the question, and a million of them are 16 MB


@dataclass(frozen=True, slots=True)
class Version:
    """One record's bytes, packed, and their digest."""

    digest: bytes
    packed: bytes

    @property
    def raw(self) -> bytes:
        """The record's own bytes."""
        return zstandard.ZstdDecompressor().decompress(self.packed)


@dataclass(frozen=True, slots=True)
class Scanned:
    """A register walked to its end: how many records it has, which are new or have moved, which known ones are missing."""

    count: int
    moved: Mapping[str, Version]
    missing: frozenset[str]

    def wanted(self, known: Mapping[str, bytes]) -> frozenset[str]:
        """The known records whose bytes it takes to explain what has moved.

        Those that moved or are missing; those that share an id with one of these; and where several moved some that did not, for
        what these hold as before is no matter of the publisher's form.
        """
        moved = self.moved.keys() & known.keys()
        further = places_of(known)
        kin = {place for name in (*self.moved, *self.missing) for place in (base(name), *further.get(base(name), ()))}
        stayed = sorted(known.keys() - moved - self.missing) if len(moved) > 1 or len(known) <= MOST_WITNESSES else []
        witnesses = stayed[:: len(stayed) // MOST_WITNESSES + 1]
        return frozenset(moved | self.missing | (kin & known.keys()) | set(witnesses))

    def state(self, known: Mapping[str, bytes]) -> str:
        """What names the register as it was read, whatever the order of its records."""
        here = {name: record_digest for name, record_digest in known.items() if name not in self.missing}
        return state_of(here | {name: version.digest for name, version in self.moved.items()})


@dataclass(frozen=True, slots=True)
class Changes:
    """What changed, and what is odd about the layout: tags and columns that the reader does not know."""

    rows: tuple[RowChange, ...] = ()
    remarks: tuple[str, ...] = ()


def digest(raw: bytes) -> bytes:
    """What tells whether a record has moved."""
    return hashlib.blake2b(raw, digest_size=DIGEST).digest()


def state_of(digests: Mapping[str, bytes]) -> str:
    """What names a register by its records' digests."""
    every = hashlib.blake2b(digest_size=DIGEST)
    for name in sorted(digests):
        every.update(name.encode() + b"\0" + digests[name])
    return every.hexdigest()


def scan(register: Register, known: Mapping[str, bytes]) -> Scanned:
    """Walk a register against the digests of what is known of it.

    Raises:
        SourceError: the register is not whole: it ends early, or has not the records it declares.
    """
    walk = _Walk(known)
    count = 0
    for record in register.records:
        count += 1
        walk.take(record)
    register.refuse_short(count)
    walk.set_duplicates_apart(register.read)
    return Scanned(count, walk.moved, frozenset(known.keys() - walk.here.keys()))


class _Walk:
    """What has been met of a register so far."""

    def __init__(self, known: Mapping[str, bytes]) -> None:
        self._known = known
        self._places = places_of(known)
        self._pack = zstandard.ZstdCompressor(level=1).compress  # fast: a first read packs every record
        self._duplicates: dict[str, dict[bytes, bytes | None]] = {}
        self.here: dict[str, bytes] = {}
        self.moved: dict[str, Version] = {}

    def take(self, record: Record) -> None:
        """One more record; several under one id wait until all are met."""
        record_digest, seen = digest(record.raw), self.here.get(record.id)
        if record.id in self._places:
            self._duplicates.setdefault(record.id, {})[record_digest] = record.raw
        elif seen is None:
            self._place(record.id, record_digest, record.raw)
        elif seen != record_digest:
            first = self.moved.get(record.id)
            self._duplicates.setdefault(record.id, {seen: first.raw if first else None})[record_digest] = record.raw

    def _place(self, name: str, record_digest: bytes, raw: bytes) -> None:
        self.here[name] = record_digest
        if self._known.get(name) != record_digest:
            # A copy: zstandard gives back a block as large as the record, of which only a part is used.
            self.moved[name] = Version(record_digest, bytes(memoryview(self._pack(raw))))

    def set_duplicates_apart(self, read: Callable[[bytes], Listing]) -> None:
        """Give all records under an id that has several a place of their own."""
        for name, raws in self._duplicates.items():
            self.here.pop(name, None)
            self.moved.pop(name, None)
            for place, record_digest in placed(name, raws, self._places.get(name, ()), self._known, read).items():
                self._place(place, record_digest, raws[record_digest] or b"")


def understood(register: Register, scanned: Scanned) -> dict[str, Listing]:
    """What each record that is new or has moved says, by its id."""
    return {known_as: register.read(version.raw) for known_as, version in scanned.moved.items()}


def explain(register: Register, scanned: Scanned, before: Mapping[str, bytes], now: Mapping[str, Listing]) -> Changes:
    """What the moved and missing records mean: `before` has the raw bytes of those that were known, `now` what they say.

    What only the publisher's form brings with it is remarked, and changes no row.
    """
    known = {name: register.read(raw) for name, raw in before.items() if name in now or name in scanned.missing}
    stayed = {name: raw for name, raw in before.items() if name not in known}
    kin = families(known, now, {name: partial(register.read, raw) for name, raw in stayed.items()})
    same = [pair for family in kin.values() for pair in family.same()]
    raws = {new: (before[old], scanned.moved[new].raw) for old, new in same}
    form = form_of(register, [*raws.values()], [*stayed.values()], scanned.count)
    changed = [
        _moved(new, *form.sides(register, raw, known[old], now[new])) for (old, new), raw in zip(same, raws.values(), strict=True)
    ]
    removed, added = ([side for family in kin.values() for side in sides(family)] for sides in (Family.removed, Family.added))
    pairs = paired(removed, added, alike=not register.official_ids)
    for old, new in pairs:
        raw = (before[old.id], scanned.moved[new.id].raw)
        changed.append(_exchanged(old.id, new.id, *form.sides(register, raw, old.listing, new.listing)))
    holders = _holders(changed, [register.read(raw) for raw in stayed.values()] if len(changed) >= MANY else [], scanned.count)
    amended, remarks = _amended(register, changed, holders, scanned.count)
    rows = _unpaired(RowAction.ADD, added, {new.id for _, new in pairs}) + _unpaired(
        RowAction.REMOVE, removed, {old.id for old, _ in pairs}
    )
    unread = {name for listing in now.values() for name in listing.unread}
    return Changes((*rows, *amended), (*register.remarks, *map(unread_remark, sorted(unread)), *form.remarks(unread), *remarks))


@dataclass(frozen=True, slots=True)
class Moved:
    """A record whose bytes have moved: what it says now and said before, and what of that differs."""

    id: str
    listing: Listing
    fields: Mapping[str, tuple[FieldValue, FieldValue]]
    before: Listing


def _moved(name: str, old: Listing, new: Listing) -> Moved:
    return Moved(base(name), new, differences(old, new), old)


def _holders(changed: Sequence[Moved], stayed: Sequence[Listing], count: int) -> Mapping[str, float]:
    """How many rows of the register have each field: of those that stayed as some of them say."""
    held: Counter[str] = Counter(name for moved in changed for name in flat(moved.before))
    others = Counter(name for listing in stayed for name in flat(listing))
    share = max(count - len(changed), 0) / max(len(stayed), 1)
    return {name: held[name] + others[name] * share for name in (*held, *others)}


def _amended(
    register: Register, changed: Sequence[Moved], holders: Mapping[str, float], count: int
) -> tuple[list[RowChange], list[str]]:
    """The rows that say another thing, and what is remarked of fields that most of them only write otherwise."""
    whole = len(changed) == count
    rewritten = written_otherwise([moved.fields for moved in changed], holders, whole=whole)
    if _put_together_otherwise(changed, whole=whole):
        rewritten |= {"id"}
    if register.official_ids:
        rewritten -= {"id"}
    rows = []
    for moved in changed:
        fields = without_form(moved.fields, rewritten)
        # An id of ours is made of what a row says: where nothing else differs it was only put together otherwise.
        if fields.keys() - ({"id"} & rewritten):
            rows.append(change(RowAction.AMEND, moved.id, moved.listing, fields))
    return rows, [f"the publisher writes {name} otherwise: no row is taken to have changed by that" for name in sorted(rewritten)]


def _put_together_otherwise(changed: Sequence[Moved], *, whole: bool) -> bool:
    """Whether many rows have another id and say the same."""
    times = sum(moved.fields.keys() == {"id"} for moved in changed)
    return times >= MANY or (whole and times > 1 and times == len(changed))


def _unpaired(action: RowAction, sides: Sequence[Side], taken: Collection[str]) -> list[RowChange]:
    return [change(action, side.id, side.listing) for side in sides if side.id not in taken]


def unread_remark(name: str) -> str:
    """What is said of a tag or column that the reader does not know."""
    return f"records hold {name}, which is not read"


def _exchanged(before: str, now: str, old: Listing, new: Listing) -> Moved:
    return Moved(now, new, {"id": (before, now), **differences(old, new)}, old)


def change(
    action: RowAction, known_as: str, listing: Listing, fields: Mapping[str, tuple[FieldValue, FieldValue]] | None = None
) -> RowChange:
    """A row's change as a value."""
    subject = listing.subject
    return RowChange(
        action=action,
        id=known_as,
        name=name_of(listing),
        fields=dict(fields or {}),
        entity=subject if isinstance(subject, Entity) else None,
        item=subject if isinstance(subject, Item) else None,
        details=listing.fields,
    )


Before = Callable[[Collection[str]], Mapping[str, bytes]]


def compare(register: Register, known: Mapping[str, bytes], before: Before) -> tuple[Scanned, Changes]:
    """Sift and explain; `before` gives the raw bytes that known records had.

    Raises:
        SourceError: the register is not whole, or its reader fell over a record.
    """
    scanned = scan(register, known)
    wanted = scanned.wanted(known) if scanned.moved or scanned.missing else frozenset()
    return scanned, explain(register, scanned, before(wanted) if wanted else {}, understood(register, scanned))
