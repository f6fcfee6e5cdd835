"""Compare a known register with a new read: added, removed and changed rows. No I/O.

Records are hashed as they pass, and kept (packed) only with a new hash. Only those are parsed, both
versions by today's reader. So neither a new order of the bytes nor a better reader looks like a
change.
"""

import hashlib
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import chain, count

import msgspec
import zstandard

from monitor.days import NUMBERS
from monitor.diff.listings import (
    Side,
    diff_fields,
    flatten_listing,
    join_meaning,
    list_unpaired,
    name_of,
    pair_nearest,
    pair_rows,
)
from monitor.errors import SourceError
from monitor.model import Entity, FieldValue, Item, Listing, RowAction, RowChange, frozen
from monitor.source.formats.nationalities import countries
from monitor.source.page import Register, Shape
from monitor.vocabulary.letters import folded

MOST_WITNESSES = 100
DIGEST = 16  # bytes of BLAKE2b: an accident is out of the question, and a million of them are 16 MB


class Version(msgspec.Struct, frozen=True, gc=False):
    """One record's bytes, packed, and their digest. There may be a million: garbage collection
    skips them.
    """

    digest: bytes
    packed: bytes

    @property
    def raw(self) -> bytes:
        """The record's own bytes."""
        return zstandard.ZstdDecompressor().decompress(self.packed)


@frozen
class Scanned:
    """A register read to its end: the number of records, the new and changed ones, the missing
    ones.
    """

    count: int
    moved: Mapping[str, Version]
    missing: frozenset[str]

    def wanted(self, known: Mapping[str, bytes]) -> frozenset[str]:
        """The known records whose bytes explain the changes. These are the changed and missing
        ones, and those that share an id with one. With several changes some unchanged ones are
        added: a field that they keep is no change of form.
        """
        moved = self.moved.keys() & known.keys()
        further = group_places(known)
        kin = {
            place
            for name in (*self.moved, *self.missing)
            for place in (get_base_id(name), *further.get(get_base_id(name), ()))
        }
        stayed = (
            sorted(known.keys() - moved - self.missing)
            if len(moved) > 1 or len(known) <= MOST_WITNESSES
            else []
        )
        witnesses = stayed[:: len(stayed) // MOST_WITNESSES + 1]
        return frozenset(moved | self.missing | (kin & known.keys()) | set(witnesses))

    def state(self, known: Mapping[str, bytes]) -> str:
        """Return a register's digest, which does not depend on the order of its records."""
        here = {
            name: record_digest for name, record_digest in known.items() if name not in self.missing
        }
        return hash_register(here | {name: version.digest for name, version in self.moved.items()})


@frozen
class Changes:
    """The changes, and layout problems: tags and columns unknown to the reader."""

    rows: tuple[RowChange, ...] = ()
    remarks: tuple[str, ...] = ()


def hash_record(raw: bytes) -> bytes:
    """Return a record's digest."""
    return hashlib.blake2b(raw, digest_size=DIGEST).digest()


def hash_register(digests: Mapping[str, bytes]) -> str:
    """Return a register's digest from its records' digests."""
    every = hashlib.blake2b(digest_size=DIGEST)
    for name in sorted(digests):
        every.update(name.encode() + b"\0" + digests[name])
    return every.hexdigest()


def scan(register: Register, known: Mapping[str, bytes]) -> Scanned:
    """Walk a register against the digests of its known records.

    Raises:
        SourceError: the register is incomplete: it ends early, or lacks records that it declares.
    """
    places = group_places(known)
    pack = zstandard.ZstdCompressor(level=1).compress  # fast: a first read packs every record
    duplicates: dict[str, dict[bytes, bytes | None]] = {}  # several under an id wait for the end
    here: dict[str, bytes] = {}
    moved: dict[str, Version] = {}
    count = 0

    def place(name: str, digest: bytes, raw: bytes) -> None:
        here[name] = digest
        if known.get(name) != digest:
            moved[name] = Version(digest, bytes(memoryview(pack(raw))))  # its block is far larger

    for record in register.records:
        count += 1
        digest, seen = hash_record(record.raw), here.get(record.id)
        if seen is None and record.id not in places:
            place(record.id, digest, record.raw)
        elif seen != digest:
            first = moved.get(record.id)
            met = {seen: first.raw if first else None} if seen else {}
            duplicates.setdefault(record.id, met)[digest] = record.raw
    register.refuse_short(count)
    for name, raws in duplicates.items():
        here.pop(name, None)
        moved.pop(name, None)
        placed = assign_places(name, raws, places.get(name, ()), known, register.read)
        for at, digest in placed.items():
            place(at, digest, raws[digest] or b"")
    return Scanned(count, moved, frozenset(known.keys() - here.keys()))


def read_listings(register: Register, scanned: Scanned) -> dict[str, Listing]:
    """Return the content of each new or changed record, by id."""
    return {
        known_as: register.read_checked(known_as, version.raw)
        for known_as, version in scanned.moved.items()
    }


def explain(
    register: Register, scanned: Scanned, before: Mapping[str, bytes], now: Mapping[str, Listing]
) -> Changes:
    """Explain the changed and missing records: `before` has the known ones' raw bytes, `now` their
    content. A change of form alone is a note, and changes no row.
    """
    moved = now.keys() | scanned.missing
    known = {name: register.read(raw) for name, raw in before.items() if name in moved}
    stayed = {name: raw for name, raw in before.items() if name not in moved}
    readers = {name: partial(register.read, raw) for name, raw in stayed.items()}
    kin = group_families(known, now, readers)
    same = [pair for family in kin.values() for pair in family.same()]
    raws = [(before[old], scanned.moved[new].raw) for old, new in same]
    form = compare_form(register, raws, [*stayed.values()], scanned.count)
    removed = [side for family in kin.values() for side in family.removed()]
    added = [side for family in kin.values() for side in family.added()]
    pairs = pair_rows(removed, added, alike=not register.official_ids)
    changed = [
        _make_moved(get_base_id(new), form.sides(register, raw, known[old], now[new]))
        for (old, new), raw in zip(same, raws, strict=True)
    ]
    for gone, come in pairs:
        raw = (before[gone.id], scanned.moved[come.id].raw)
        sides = form.sides(register, raw, gone.listing, come.listing)
        changed.append(_make_moved(come.id, sides, (gone.id, come.id)))
    others = [register.read(raw) for raw in stayed.values()] if len(changed) >= MANY else []
    amended, remarks = _list_amended(register, changed, others, scanned.count)
    rows = _list_unpaired(removed, added, pairs)
    if register.official_ids:
        rows, copies = _drop_copies(rows, kin)
        remarks += copies
    unread = {name for listing in now.values() for name in listing.unread}
    not_read = (f"records hold {name}, which is not read" for name in sorted(unread))
    notes = *register.remarks, *not_read, *form.remarks(unread), *remarks
    return Changes((*rows, *amended), notes)


def _list_unpaired(
    removed: Sequence[Side], added: Sequence[Side], pairs: Sequence[tuple[Side, Side]]
) -> list[RowChange]:
    """List the records that came, then those that went, without those that changed their id."""
    gone, come = list_unpaired(removed, added, pairs)
    return [
        make_row_change(action, side.id, side.listing)
        for action, sides in ((RowAction.ADD, come), (RowAction.REMOVE, gone))
        for side in sides
    ]


def _drop_copies(
    rows: Sequence[RowChange], kin: Mapping[str, "Family"]
) -> tuple[list[RowChange], list[str]]:
    """Merge a second record under a publisher's own id with the same name. If the first one goes,
    the remaining one is the row: it is amended. Return a remark for each id that has a copy now.
    """
    kept, copies = [], []
    for row in rows:
        base = get_base_id(row.id)
        here = {**kin[base].stayed, **kin[base].new}.values()
        alike = [listing for listing in here if folded(name_of(listing)) == folded(row.name)]
        if row.action is RowAction.ADD and row.id != base and len(alike) > 1:
            copies.append(f"two records have the id {base}: the second is not told as added")
        elif row.action is RowAction.REMOVE and alike:
            if row.id == base and (fields := diff_fields(kin[base].old[row.id], alike[0])):
                kept.append(make_row_change(RowAction.AMEND, base, alike[0], fields))
        else:
            kept.append(row)
    return kept, copies


@frozen
class Moved:
    """A record with new bytes: its content now and before, and the difference."""

    id: str
    listing: Listing
    fields: Mapping[str, tuple[FieldValue, FieldValue]]
    before: Listing


def _make_moved(
    known_as: str, sides: tuple[Listing, Listing], ids: tuple[str, str] | None = None
) -> Moved:
    """Compare both versions of a record, and both `ids` of one that changed its id."""
    before, now = sides
    renamed = {"id": ids} if ids else {}
    return Moved(known_as, now, {**renamed, **diff_fields(before, now)}, before)


def _count_holders(
    changed: Sequence[Moved], stayed: Sequence[Listing], count: int
) -> Mapping[str, float]:
    """Count each field's rows in the register; unchanged rows are estimated from a sample."""
    held: Counter[str] = Counter(
        name for moved in changed for name in flatten_listing(moved.before)
    )
    others = Counter(name for listing in stayed for name in flatten_listing(listing))
    share = max(count - len(changed), 0) / max(len(stayed), 1)
    return {name: held[name] + others[name] * share for name in (*held, *others)}


def _list_amended(
    register: Register, changed: Sequence[Moved], stayed: Sequence[Listing], count: int
) -> tuple[list[RowChange], list[str]]:
    """Return the changed rows, and notes on fields that most of them only write in another way."""
    holders, whole = _count_holders(changed, stayed, count), len(changed) == count
    rewritten = find_rewritten_fields([moved.fields for moved in changed], holders, whole=whole)
    # a row with another id and the same content
    times = sum(moved.fields.keys() == {"id"} for moved in changed)
    if times >= MANY or (whole and times > 1 and times == len(changed)):
        rewritten |= {"id"}
    if register.official_ids:
        rewritten -= {"id"}
    rows = []
    for moved in changed:
        fields = drop_form_changes(moved.fields, rewritten)
        # Our own id is made of a row's content: if nothing else differs, it was only built in
        # another way.
        if fields.keys() - ({"id"} & rewritten):
            rows.append(make_row_change(RowAction.AMEND, moved.id, moved.listing, fields))
    return rows, [
        f"the publisher writes {name} otherwise: no row is taken to have changed by that"
        for name in sorted(rewritten)
    ]


def make_row_change(
    action: RowAction,
    known_as: str,
    listing: Listing,
    fields: Mapping[str, tuple[FieldValue, FieldValue]] | None = None,
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


def compare(
    register: Register, known: Mapping[str, bytes], before: Before
) -> tuple[Scanned, Changes]:
    """Sift and explain; `before` gives the raw bytes that known records had.

    Raises:
        SourceError: the register is not whole, or its reader fell over a record.
    """
    scanned = scan(register, known)
    wanted = scanned.wanted(known) if scanned.moved or scanned.missing else frozenset()
    return scanned, explain(
        register, scanned, before(wanted) if wanted else {}, read_listings(register, scanned)
    )


# Several records under one id: each has a place, by its content and not by its bytes. No I/O. The
# first place has the plain id, further ones `id##2`, `id##3`. Two equal ones are one record.

PLACE = re.compile(r"##\d+$|#[0-9a-f]{8}$")  # the latter is how an older version called them

Read = Callable[[bytes], Listing]


def get_base_id(name: str) -> str:
    """Return the id of a record without its place under that id."""
    return PLACE.sub("", name)


def group_places(known: Mapping[str, bytes]) -> dict[str, list[str]]:
    """The further places that are known of, by id."""
    places: dict[str, list[str]] = defaultdict(list)
    for name in known:
        if "#" in name and (of := get_base_id(name)) != name:
            places[of].append(name)
    return places


def assign_places(
    name: str,
    raws: Mapping[bytes, bytes | None],
    places: Sequence[str],
    known: Mapping[str, bytes],
    read: Read,
) -> dict[str, bytes]:
    """Assign places to the records under one id. Unchanged ones keep theirs; the others come in
    order of content. `raws` has the records by digest, None for one that stands unchanged in the
    first place.
    """
    at = {
        known[place]: place for place in (name, *places) if place in known and known[place] in raws
    }
    placed_there = {place: digest for digest, place in at.items()}
    said = {
        digest: join_meaning(read(raw)) for digest, raw in sorted(raws.items()) if raw is not None
    }
    there = {words for digest, words in said.items() if digest in at}
    new = {words: digest for digest, words in said.items() if words not in there}
    every = chain((name,), (f"{name}##{number}" for number in count(2)))
    free = (place for place in every if place not in placed_there)
    return placed_there | {next(free): digest for _, digest in sorted(new.items())}


@dataclass
class Family:
    """The records under one id: the earlier ones (changed or missing), the present ones, and the
    unchanged ones.
    """

    old: dict[str, Listing] = field(default_factory=dict)
    new: dict[str, Listing] = field(default_factory=dict)
    stayed: dict[str, Listing] = field(default_factory=dict)

    def same(self) -> list[tuple[str, str]]:
        """The old and the new place of each record that is there on both sides, those that
        differ least first.
        """
        if len(self.old) == 1 and self.old.keys() == self.new.keys():
            return [(name, name) for name in self.old]
        old, new = (
            [Side(name, listing) for name, listing in side.items()] for side in (self.old, self.new)
        )
        return [(mine.id, theirs.id) for mine, theirs in pair_nearest(old, lambda _: new)]

    def removed(self) -> list[Side]:
        """Return the removed ones, each at a place that is empty now, unless an equal one is
        there.
        """
        there = [*self.stayed.values(), *self.new.values()]
        return self._list_leftover(self.old, {old for old, _ in self.same()}, self.new, there)

    def added(self) -> list[Side]:
        """Return the added ones, each at a place that was empty, unless an equal one was there."""
        return self._list_leftover(
            self.new, {new for _, new in self.same()}, self.old, [*self.stayed.values()]
        )

    @staticmethod
    def _list_leftover(
        side: Mapping[str, Listing],
        same: Collection[str],
        other: Collection[str],
        there: Collection[Listing],
    ) -> list[Side]:
        left = [listing for name, listing in side.items() if name not in same]
        said = set(map(join_meaning, there)) if left else set()
        unlike = [listing for listing in left if not said or join_meaning(listing) not in said]
        return [
            Side(*row)
            for row in zip((name for name in side if name not in other), unlike, strict=False)
        ]


def group_families(
    before: Mapping[str, Listing],
    now: Mapping[str, Listing],
    stayed: Mapping[str, Callable[[], Listing]],
) -> dict[str, Family]:
    """Group the changed, missing and new records by id; of those that `stayed` only sharers of
    these ids are read.
    """
    kin: dict[str, Family] = defaultdict(Family)
    for name, listing in before.items():
        kin[get_base_id(name)].old[name] = listing
    for name, listing in now.items():
        kin[get_base_id(name)].new[name] = listing
    for name, read in stayed.items():
        if (family := kin.get(get_base_id(name))) is not None:
            family.stayed[name] = read()
    return kin


# Tell a publisher's change of form from a change of content. No I/O. New, dropped or renamed
# columns and tags, and values with a new notation in most rows, change no row.

FEWEST = 3  # records in which a part is called otherwise, with the same words
MOST_CANDIDATES = 20  # parts of one record with the same words
ALIKE = 0.8  # of them
MOST = 0.5  # of all records: what so many have at once that had it not is a matter of form
# rows in which a value is written otherwise, or a tag came or went; in a smaller register all
MANY = 10
TOKEN = re.compile(r"[^\W_]+")
MONTHS = {name.upper(): str(month) for name, month in NUMBERS.items()}

NOTHING: Mapping[str, str] = {}

Raw = tuple[bytes, bytes]  # a record's bytes as they were, and as they are


@frozen
class Form:
    """The differences in form of two editions: renamed parts (new name → old name), dropped parts,
    new parts.
    """

    shape: Shape | None = None
    renamed: Mapping[str, str] = field(default_factory=dict)
    gone: frozenset[str] = frozenset()
    new: frozenset[str] = frozenset()

    def remarks(self, unread: Collection[str] = ()) -> Iterator[str]:
        """Describe the change of form for the reader's maintainer, beside the notes on unread
        parts.
        """
        yield from (
            f"what was called {old} is called {new}: taken for the same"
            for new, old in sorted(self.renamed.items())
        )
        yield from (
            f"the publisher no longer gives {name}: no row is taken to have changed by that"
            for name in sorted(self.gone)
        )
        yield from (
            f"the publisher now gives {name}: no row is taken to have changed by that"
            for name in sorted(self.new - set(unread))
        )

    def sides(
        self, register: Register, raw: Raw, old: Listing, new: Listing
    ) -> tuple[Listing, Listing]:
        """Return both versions of a record in one form; as published if nothing is in common."""
        if self.shape is None:
            return old, new
        without: dict[str, str | None] = dict.fromkeys(self.gone | self.new)
        backward, forward = self.renamed, {old: new for new, old in self.renamed.items()}
        reads = [
            read
            for names in ((NOTHING, backward), (forward, NOTHING))
            if (
                read := _read_renamed(
                    register,
                    self.shape,
                    raw,
                    [{**_add_parents(renamed), **without} for renamed in names],
                )
            )
        ]
        return min(
            reads, key=lambda sides: sum(len(side.unread) for side in sides), default=(old, new)
        )


def _read_renamed(
    register: Register, shape: Shape, raw: Raw, names: Sequence[Mapping[str, str | None]]
) -> tuple[Listing, Listing] | None:
    """Both versions with their parts called so; None where the reader can't do without what is
    left out.
    """
    try:
        before, after = (
            register.read(shape.reshaped(record, called))
            for record, called in zip(raw, names, strict=True)
        )
    except (LookupError, SourceError):
        return None
    return (before, after) if name_of(before) and name_of(after) else None


def _add_parents(renamed: Mapping[str, str]) -> dict[str, str]:
    """The paths that lead to what is called otherwise are called otherwise too."""
    parents: dict[str, str] = {}
    for new, old in renamed.items():
        mine, theirs = new.split("/"), old.split("/")
        for depth in range(1, len(mine) + 1):
            if mine[:depth] != theirs[:depth]:
                parents["/".join(mine[:depth])] = "/".join(theirs[:depth])
    return parents


def compare_form(
    register: Register, moved: Sequence[Raw], unmoved: Collection[bytes], count: int
) -> Form:
    """Compare the form of a register with `count` records by its changed records, and some
    unchanged ones.
    """
    if register.shape is None:
        return Form()
    parts = register.shape.parts
    before, after = [parts(old) for old, _ in moved], [parts(new) for _, new in moved]
    old, new = _count_fields(before), _count_fields(after)
    stayed = {name for raw in unmoved for name in parts(raw)}
    gone, came = old.keys() - new.keys() - stayed, new.keys() - old.keys() - stayed
    # then nothing else can have it under the old name
    all_known = len(moved) + len(unmoved) >= count
    renamed = _find_renamed(before, after, gone, came, fewest=1 if all_known else FEWEST)

    def in_most(counts: Counter[str], name: str) -> bool:
        return MOST * count <= counts[name] >= MANY or 1 < counts[name] == count

    def of_form(names: Collection[str], counts: Counter[str]) -> frozenset[str]:
        assert register.shape is not None
        return frozenset(name for name in names if register.shape.exact or in_most(counts, name))

    left_out, added = (
        of_form(gone - set(renamed.values()), old),
        of_form(came - renamed.keys(), new),
    )
    return (
        Form(register.shape, renamed, left_out, added) if renamed or left_out or added else Form()
    )


def _count_fields(records: Sequence[Mapping[str, tuple[str, ...]]]) -> Counter[str]:
    return Counter(name for parts in records for name in parts)


def _find_renamed(
    before: Sequence[Mapping[str, tuple[str, ...]]],
    after: Sequence[Mapping[str, tuple[str, ...]]],
    gone: Collection[str],
    came: Collection[str],
    *,
    fewest: int,
) -> dict[str, str]:
    """Find parts whose words are now under a new name. One that is always empty may be any."""
    held: dict[str, Counter[str]] = {name: Counter() for name in gone}
    totals: Counter[str] = Counter()
    for old, new in zip(before, after, strict=True):
        by_words: dict[tuple[str, ...], list[str]] = {}
        for name, words in new.items():
            if (
                name in came
                and any(words)
                and len(by_words.setdefault(words, [])) < MOST_CANDIDATES
            ):
                by_words[words].append(name)
        for name, words in old.items():
            if name in gone and any(words):
                totals[name] += 1
                held[name].update(
                    new_name
                    for new_name in by_words.get(words, ())
                    if new_name.count("/") == name.count("/")
                )
    renamed: dict[str, str] = {}
    for old_name, candidates in sorted(held.items()):
        for new_name, times in candidates.most_common():
            if times >= max(fewest, ALIKE * totals[old_name]) and new_name not in renamed:
                renamed[new_name] = old_name
                break
    return renamed


Fields = Mapping[str, tuple[FieldValue, FieldValue]]  # what differs of a row: before and after


def find_rewritten_fields(
    rows: Sequence[Fields], holders: Mapping[str, float], *, whole: bool
) -> frozenset[str]:
    """The fields that most rows which have them write otherwise. `whole`: these rows are the
    register.
    """
    alike = Counter(
        name for fields in rows for name, (old, new) in fields.items() if _is_same_content(old, new)
    )

    def in_most(name: str, times: int) -> bool:
        return (times >= MANY and times >= MOST * holders.get(name, 0)) or (
            whole and 1 < times == holders.get(name, times)
        )

    return frozenset(name for name, times in alike.items() if in_most(name, times))


def drop_form_changes(
    fields: Fields, rewritten: Collection[str]
) -> dict[str, tuple[FieldValue, FieldValue]]:
    """Return a row's differences without fields that only have a new notation."""
    return {
        name: both
        for name, both in fields.items()
        if name not in rewritten or not _is_same_content(*both)
    }


def _is_same_content(old: FieldValue, new: FieldValue) -> bool:
    """Return whether two values mean the same: equal words and numbers in another order or
    notation, or the same countries.
    """
    if not (old and new):
        return False
    return _list_tokens(old) == _list_tokens(new) or (
        (codes := _parse_countries(old)) is not None and codes == _parse_countries(new)
    )


def _list_tokens(value: FieldValue) -> list[str]:
    words = value if isinstance(value, str) else " ".join(value)
    unmarked = "".join(
        letter
        for letter in unicodedata.normalize("NFD", words)
        if not unicodedata.combining(letter)
    )
    return sorted(map(_normalize_token, TOKEN.findall(folded(unmarked))))


def _normalize_token(word: str) -> str:
    """A word or number as it counts: `06` as 6, `June` as 6, `IMO9826902` as its digits."""
    return MONTHS.get(
        word, word.removeprefix("IMO").lstrip("0") if word.removeprefix("IMO").isdecimal() else word
    )


def _parse_countries(value: FieldValue) -> list[str] | None:
    told = [countries(words) for words in ([value] if isinstance(value, str) else value)]
    return sorted({code for codes in told for code in codes or ()}) if told and all(told) else None
