"""A register as it was known + as it is found → the rows that came, went or changed. Pure.

Records are hashed as they pass by, and kept (packed) only where the hash has moved; those alone are understood, both versions by
today's reader, so that neither a new order of the bytes nor a better reader is taken for a change.
"""

import hashlib
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

import zstandard

from monitor.diff.listings import differences, name_of
from monitor.diff.pairs import Side, paired
from monitor.model import Entity, FieldValue, Item, Listing, RowAction, RowChange
from monitor.source.register import Record, Register

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

    def state(self, known: Mapping[str, bytes]) -> str:
        """What names the register as it was read, whatever the order of its records."""
        here = {name: found for name, found in known.items() if name not in self.missing}
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
    walk.set_twins_apart()
    return Scanned(count, walk.moved, frozenset(known.keys() - walk.here.keys()))


class _Walk:
    """What has been met of a register so far."""

    def __init__(self, known: Mapping[str, bytes]) -> None:
        self._known = known
        self._pack = zstandard.ZstdCompressor(level=1).compress  # fast: a first read packs every record
        self._twins: dict[str, set[bytes]] = {}
        self.here: dict[str, bytes] = {}
        self.moved: dict[str, Version] = {}

    def take(self, record: Record) -> None:
        """One more record; of several with one id, each that has not moved keeps its name, whatever order they come in."""
        found, seen = digest(record.raw), self.here.get(record.id)
        if self._known.get(twin := _twin(record.id, found)) == found:
            self.here[twin] = found
        elif seen is None:
            self._place(record.id, found, record.raw)
        elif found == self._known.get(record.id) and seen != found:
            self._twins.setdefault(record.id, set()).add(self.moved.pop(record.id).raw)
            self._place(record.id, found, record.raw)
        elif seen != found:
            self._twins.setdefault(record.id, set()).add(record.raw)

    def _place(self, name: str, found: bytes, raw: bytes) -> None:
        self.here[name] = found
        if self._known.get(name) != found:
            # A copy: zstandard gives back a block as large as the record, of which only a part is used.
            self.moved[name] = Version(found, bytes(memoryview(self._pack(raw))))

    def set_twins_apart(self) -> None:
        """Give every further record under an id that was taken a name of its own."""
        for name, raws in self._twins.items():
            for raw in raws:
                found = digest(raw)
                self._place(_twin(name, found), found, raw)


def _twin(name: str, found: bytes) -> str:
    """The name of a further record under an id."""
    return f"{name}#{found.hex()[:8]}"


def understood(register: Register, scanned: Scanned) -> dict[str, Listing]:
    """What each record that is new or has moved says, by its id."""
    return {known_as: register.read(version.raw) for known_as, version in scanned.moved.items()}


def explain(register: Register, scanned: Scanned, before: Mapping[str, bytes], now: Mapping[str, Listing]) -> Changes:
    """What the moved and missing records mean: `before` has the raw bytes of those that were known, `now` what they say."""
    unread = {name for listing in now.values() for name in listing.unread}
    added, amended = [], []
    for known_as, new in now.items():
        if known_as not in before:
            added.append(Side(known_as, new))
        elif fields := differences(register.read(before[known_as]), new):
            amended.append(change(RowAction.AMEND, known_as, new, fields))
    removed = [Side(known_as, register.read(before[known_as])) for known_as in sorted(scanned.missing)]
    pairs = paired(removed, added, alike=not register.official_ids)
    amended += [_exchanged(old, new) for old, new in pairs]
    old_sides, new_sides = {old.id for old, _ in pairs}, {new.id for _, new in pairs}
    rows = [change(RowAction.ADD, side.id, side.listing) for side in added if side.id not in new_sides]
    rows += [change(RowAction.REMOVE, side.id, side.listing) for side in removed if side.id not in old_sides]
    return Changes((*rows, *amended), (*register.remarks, *map(unread_remark, sorted(unread))))


def unread_remark(name: str) -> str:
    """What is said of a tag or column that the reader does not know."""
    return f"records hold {name}, which is not read"


def _exchanged(old: Side, new: Side) -> RowChange:
    return change(RowAction.AMEND, new.id, new.listing, {"id": (old.id, new.id), **differences(old.listing, new.listing)})


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
    wanted = (scanned.moved.keys() & known.keys()) | scanned.missing
    return scanned, explain(register, scanned, before(wanted) if wanted else {}, understood(register, scanned))
