"""What a watch list is made of: whom we buy from and sell to, what is ours, what we make of which parts. Pure."""

import msgspec

from monitor.model import Relation, Tie, TieKind, Value
from monitor.watch import names


class Owner(Value, frozen=True, kw_only=True):
    """Who owns a party: how many percent, where that is known, and through whom (`path`, the nearest first)."""

    name: str
    share: float | None = None
    ids: tuple[str, ...] = ()
    path: tuple[str, ...] = ()
    source: str = ""

    def tie(self, kind: TieKind = TieKind.OWNED, *, like: bool = False) -> Tie:
        """The tie of the party to a subject that this owner is, or belongs to the group of."""
        return Tie(kind=kind, like=like, owner=self.name, share=self.share, path=self.path, source=self.source)


class Party(Value, frozen=True, kw_only=True, tag="party"):
    """Someone we deal with, or a firm of our own. `owner` of us keeps the relation; `origin` is the file and row it is from.

    `parent` is the group it belongs to, `share` how many percent of it the parent holds, `owners` who else is known to own it.
    """

    name: str
    relation: Relation = Relation.SUPPLIER
    aliases: tuple[str, ...] = ()
    country: str | None = None
    ids: tuple[str, ...] = ()
    parent: str | None = None
    share: float | None = None
    owners: tuple[Owner, ...] = ()
    person: bool = False
    owner: str = ""
    note: str = ""
    origin: str = ""

    @property
    def key(self) -> str:
        """What the entry is known by: `supplier:acmeltd`."""
        return f"{self.relation}:{names.plain(self.name)}"

    @property
    def all_owners(self) -> tuple[Owner, ...]:
        """The parent that a list names, and who else is known."""
        return ((Owner(name=self.parent, share=self.share),) if self.parent else ()) + self.owners

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
        return ":".join((self.relation, *(names.plain(part) for part in (self.part_of, self.name) if part)))


Entry = Party | Product


def merged(one: Entry, more: Entry) -> tuple[Entry, list[str]]:
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
    """A party that another row names a further parent of has both."""
    if not isinstance(one, Party) or not one.parent or not more.parent or one.parent == more.parent:
        return one, more
    return one.owned_by(Owner(name=more.parent, share=more.share)), msgspec.structs.replace(more, parent=None, share=None)
