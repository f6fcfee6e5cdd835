"""What a watch list is made of: whom we buy from and sell to, what is ours, what we make of which parts. Pure."""

import re
from collections.abc import Callable, Iterable, Sequence

import msgspec

from monitor.model import Relation, Tie, TieKind, Value
from monitor.watch import names


class Owner(Value, frozen=True, kw_only=True):
    """Who owns a party: how many percent, where that is known, from which day to which (ISO), both included.

    Between the two may stand others (`path`, the nearest first); then the share is in the last of them.
    """

    name: str
    share: float | None = None
    ids: tuple[str, ...] = ()
    path: tuple[str, ...] = ()
    source: str = ""
    held_from: str = ""
    held_until: str = ""

    def is_held_on(self, day: str) -> bool:
        """Whether the share is held on a day, as far as its dates say."""
        return self.held_from <= day and (not self.held_until or day <= self.held_until)

    def tie(self, kind: TieKind = TieKind.OWNED, *, like: bool = False) -> Tie:
        """The tie of the party to a subject that this owner is, or belongs to the group of."""
        return Tie(kind=kind, like=like, owner=self.name, share=self.share, path=self.path, source=self.source)


class Party(Value, frozen=True, kw_only=True, tag="party"):
    """Someone we deal with, or a firm of our own. `owner` of us keeps the relation; `origin` is the file and row it is from.

    `parent` is the group it belongs to, `share` how many percent of it the parent holds, and from when to when; `owners` who else
    is known to own it.
    """

    name: str
    relation: Relation = Relation.SUPPLIER
    aliases: tuple[str, ...] = ()
    country: str | None = None
    ids: tuple[str, ...] = ()
    parent: str | None = None
    share: float | None = None
    held_from: str = ""
    held_until: str = ""
    owners: tuple[Owner, ...] = ()
    person: bool = False
    owner: str = ""
    note: str = ""
    origin: str = ""

    @property
    def key(self) -> str:
        """What the entry is known by: `supplier:acmeltd`."""
        return f"{self.relation}:{names.normalize_name(self.name)}"

    @property
    def all_owners(self) -> tuple[Owner, ...]:
        """The parent that a list names, and who else is known."""
        return (*self._parents(), *self.owners)

    def _parents(self) -> tuple[Owner, ...]:
        parent = Owner(name=self.parent or "", share=self.share, held_from=self.held_from, held_until=self.held_until)
        return (parent,) if self.parent else ()

    def owned_by(self, *owners: Owner) -> "Party":
        """The same party, of which more owners are known."""
        return msgspec.structs.replace(self, owners=tuple(dict.fromkeys((*self.owners, *owners))))


class Product(Value, frozen=True, kw_only=True, tag="product"):
    """What we make, buy or sell, or a line of a bill of materials (`part_of` a product).

    `eccn` are numbers of the American list, `codes` those of any other: the same letters are another good there.
    """

    name: str
    relation: Relation = Relation.PRODUCT
    hs: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    eccn: tuple[str, ...] = ()
    materials: tuple[str, ...] = ()
    part_of: str = ""
    owner: str = ""
    note: str = ""
    origin: str = ""

    @property
    def key(self) -> str:
        """What the entry is known by: `part:motor:magnet`."""
        return ":".join((self.relation, *(names.normalize_name(part) for part in (self.part_of, self.name) if part)))


Entry = Party | Product


def owners_of(entry: Entry) -> tuple[Owner, ...]:
    """Who owns an entry; nobody owns goods."""
    return entry.all_owners if isinstance(entry, Party) else ()


def merge_entries(one: Entry, more: Entry) -> tuple[Entry, list[str]]:
    """The first of two rows on one entry, with what only the second says and the several of both; and what they say otherwise."""
    if isinstance(more, Party):
        one, more = _with_parents(one, more)
    both, other = {}, []
    for name in one.__struct_fields__:
        mine, theirs = getattr(one, name), getattr(more, name)
        if isinstance(mine, tuple):
            both[name] = tuple(dict.fromkeys((*mine, *theirs)))
        elif mine in (None, "") or name == "person":
            both[name] = mine or theirs
        elif theirs not in (None, "", mine) and name not in ("name", "origin"):
            other.append(f"{name.replace('_', ' ')} {theirs!r}")
    return msgspec.structs.replace(one, **both), other


def _with_parents(one: Entry, more: Party) -> tuple[Entry, Party]:
    """A party that another row names a further parent of has both; of one parent, what it holds at another time."""
    if not isinstance(one, Party) or not one.parent or not more.parent or _parent(one) == _parent(more):
        return one, more
    owners = more.all_owners[:1]
    return one.owned_by(*owners), msgspec.structs.replace(more, parent=None, share=None, held_from="", held_until="")


def _parent(party: Party) -> tuple[str | None, str, str]:
    return party.parent, party.held_from, party.held_until


# The numbers that firms, ships and persons are registered under, levelled; those that only one can have. Pure.

SHORTEST = 6
SURE = 9  # characters; a shorter number is given out in many countries
MARK = re.compile(
    r"^(?:IMO|LEI|INN|OGRN|USCC|UNIFIED|VAT|TAX|ID|NO|NUMBER|REG|PASSPORT|CRN|UEN|DUNS)+"
    r"(?=\d|[A-Z]{1,2}\d|[0-9A-Z]{18,20}$)"
)
PLACEHOLDER = re.compile(r"(.)\1*|0*1234567?8?9?0?|N/?A")
LEI = re.compile(r"[0-9A-Z]{18}\d{2}")
# GB 32100: eighteen characters, of which the third to eighth are a division of China.
USCC = re.compile(r"[1-9ANY][0-9A-HJ-NPQRTUWXY]\d{6}[0-9A-HJ-NPQRTUWXY]{10}")


def normalize_number(written: str) -> str:
    """A number without its name, spaces and dashes (`IMO 9187629` is 9187629); empty where it is none or a placeholder."""
    level = "".join(letter for letter in written.upper() if letter.isalnum())
    bare = MARK.sub("", level)
    if len(bare) < SHORTEST or not any(letter.isdigit() for letter in bare) or PLACEHOLDER.fullmatch(bare):
        return ""
    return bare


def find_contradiction(one: Iterable[str], other: Iterable[str]) -> str:
    """Which number tells the two apart, in words: both have one that only one firm can have, and not the same; else nothing."""
    mine, theirs = set(one), set(other)
    for place in sorted({level[:2] for level in mine if VAT.fullmatch(level)}):
        left, right = ({level for level in some if VAT.fullmatch(level) and level.startswith(place)} for some in (mine, theirs))
        if right and not left & right:
            return f"another VAT number: {min(left)}, {min(right)}"
    for name, is_one in ONLY_ONE:
        left, right = set(filter(is_one, mine)), set(filter(is_one, theirs))
        if left and right and not left & right:
            return f"another {name}: {min(left)}, {min(right)}"
    return ""


def _is_imo(level: str) -> bool:
    """IMO resolution A.1117(30): seven digits, the last a check."""
    return level.isdecimal() and len(level) == 7 and str(_weighted(level[:6], range(7, 1, -1)))[-1] == level[6]


def _is_inn(level: str) -> bool:
    """A Russian taxpayer's number: ten digits of a firm, or twelve of a person, the last one or two a check."""
    if not level.isdecimal() or len(level) not in (10, 12):
        return False
    checks = [len(level) - 1] if len(level) == 10 else [10, 11]
    return all(_weighted(level[:at], INN_WEIGHTS[-at:]) % 11 % 10 == int(level[at]) for at in checks)


def _weighted(digits: str, weights: Iterable[int]) -> int:
    return sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=True))


def _is_lei(level: str) -> bool:
    """ISO 17442: twenty characters, the last two a check (ISO 7064)."""
    return bool(LEI.fullmatch(level)) and int("".join(str(int(letter, 36)) for letter in level)) % 97 == 1


INN_WEIGHTS = (3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8)
VAT = re.compile(
    r"(?:DE|EE|EL|PT|SI|FI|HU|LU|MT|DK)\d{8,9}|(?:IT|LV|HR)\d{11}|PL\d{10}|SE\d{12}|GB\d{9}|ATU\d{8}|BE\d{10}|CZ\d{8,10}"
)
ONLY_ONE: Sequence[tuple[str, Callable[[str], object]]] = (  # numbers of which a firm or a ship has one
    ("LEI", _is_lei),
    ("unified social credit code", USCC.fullmatch),
    ("IMO number", _is_imo),
    ("INN", _is_inn),
)


# The words for a tie between an entry of the watch list and a listed subject. Pure.

MAJORITY = 50.0  # percent
WORDS = {  # where the tie is sure, and where it may be
    TieKind.SAME: ("is", "may be"),
    TieKind.NAME: ("is", "has a name like"),
    TieKind.PARENT: ("is the parent group of", "may be the parent group of"),
    TieKind.SISTER: ("is a sister firm of", "may be a sister firm of"),
    TieKind.TIED: ("is tied by ownership or group to", "may be tied by ownership or group to"),
}


def describe_tie(tie: Tie, subject: str, status: str = "") -> str:
    """Word the tie of an entry: `is owned 60 % by TechInsights, which is listed`; with `status`, how the subject stands."""
    if tie.is_certain and status:
        return f"is {status}"
    which = f", which is {status}" if status else ""
    if tie.kind is TieKind.OWNED:
        named = f"{tie.owner}, which has a name like {subject}" if tie.like else subject
        unstated = " (share not stated)" if tie.share is None else ""
        among = "several that are listed, among them " if tie.joint else ""
        sums = f" ({tie.arithmetic})" if tie.arithmetic else ""
        return f"is owned{_percent(tie)} by {among}{named}{unstated}{which}{sums}"
    if tie.kind is TieKind.SISTER and is_minority(tie.share):
        return f"is owned{_percent(tie)} by {tie.owner}, the group of {subject}{which}"
    return f"{WORDS[tie.kind][tie.like]} {subject}{which}"


def describe_owner(owner: Tie) -> str:
    """Word all that is known of an owner: `owned 60 % by X through Y (GLEIF)`."""
    notes = "; ".join(filter(None, ("share not stated" if owner.share is None else "", owner.source)))
    through = f" through {', '.join(owner.path)}" if owner.path else ""
    if through and owner.share is not None:
        return f"owned{through}, of which {owner.owner} holds{_percent(owner)}{f' ({notes})' if notes else ''}"
    return f"owned{_percent(owner)} by {owner.owner}{through}{f' ({notes})' if notes else ''}"


def is_minority(share: float | None) -> bool:
    """Whether a stated share is below half."""
    return share is not None and share < MAJORITY


def _percent(tie: Tie) -> str:
    return f" {tie.share:g} %" if tie.share is not None else ""
