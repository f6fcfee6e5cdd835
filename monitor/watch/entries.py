"""The entries of a watch list: suppliers, customers, own firms, products and their parts. Pure."""

from monitor.model import Value
from monitor.names.name import normalize_name
from monitor.watch.values import Relation, Tie, TieKind


class Owner(Value, kw_only=True):
    """An owner of a party, with its percent if known, and the first and last day (ISO) of its
    share.

    Others may stand between the two (`path`, the nearest first); then the share is in the last of
    them.
    """

    name: str
    share: float | None = None
    ids: tuple[str, ...] = ()
    path: tuple[str, ...] = ()
    source: str = ""
    held_from: str = ""
    held_until: str = ""

    def is_held_on(self, day: str) -> bool:
        """Return whether the share is held on a day, as far as its dates say."""
        return self.held_from <= day and (not self.held_until or day <= self.held_until)

    def tie(self, kind: TieKind = TieKind.OWNED, *, like: bool = False) -> Tie:
        """The tie of the party to a subject that this owner is, or belongs to the group of."""
        return Tie(
            kind=kind,
            like=like,
            owner=self.name,
            share=self.share,
            path=self.path,
            source=self.source,
        )


class Party(Value, kw_only=True, tag="party"):
    """A partner of ours, or a firm of our own.

    `owner` is our colleague for it, `ref` our own number of it, `origin` its file and row. `parent` is its group, which holds
    `share` percent of it between two days; `owners` are further owners. `remarked` are names from a
    remark alone. `unread` are parts of its row that were not understood, and may be an owner or a
    code.
    """

    name: str
    relation: Relation = Relation.SUPPLIER
    aliases: tuple[str, ...] = ()
    remarked: tuple[str, ...] = ()
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
    unread: tuple[str, ...] = ()
    ref: str = ""
    origin: str = ""

    @property
    def key(self) -> str:
        """The key of the entry: `supplier:acmeltd`."""
        return f"{self.relation}:{normalize_name(self.name)}"

    @property
    def all_owners(self) -> tuple[Owner, ...]:
        """The parent that a list names, and who else is known."""
        return (*self._parents(), *self.owners)

    def _parents(self) -> tuple[Owner, ...]:
        parent = Owner(
            name=self.parent or "",
            share=self.share,
            held_from=self.held_from,
            held_until=self.held_until,
        )
        return (parent,) if self.parent else ()

    def owned_by(self, *owners: Owner) -> "Party":
        """Add owners to the party."""
        return self.replace(owners=tuple(dict.fromkeys((*self.owners, *owners))))


class Product(Value, kw_only=True, tag="product"):
    """Goods that we make, buy or sell, or a line of a bill of materials (`part_of` a product).

    `eccn` are numbers of the American list, `codes` those of any other, where equal letters mean
    other goods.
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
    unread: tuple[str, ...] = ()
    ref: str = ""
    origin: str = ""

    @property
    def key(self) -> str:
        """The key of the entry: `part:motor:magnet`."""
        return ":".join(
            (self.relation, *(normalize_name(part) for part in (self.part_of, self.name) if part))
        )


Entry = Party | Product


def list_owners(entry: Entry) -> tuple[Owner, ...]:
    """List the owners of an entry; goods have none."""
    return entry.all_owners if isinstance(entry, Party) else ()


def merge_entries(one: Entry, more: Entry) -> tuple[Entry, list[str]]:
    """The first of two rows on one entry, with what only the second says and the several of
    both; and what they say otherwise.
    """
    if isinstance(more, Party):
        one, more = _join_parents(one, more)
    both: dict[str, object] = {}
    other = []
    for name in one.__struct_fields__:
        mine, theirs = getattr(one, name), getattr(more, name)
        if isinstance(mine, tuple):
            both[name] = tuple(dict.fromkeys((*mine, *theirs)))
        elif name == "ref":
            both[name] = "; ".join(dict.fromkeys(filter(None, (mine, theirs))))
        elif mine in (None, "") or name == "person":
            both[name] = mine or theirs
        elif theirs not in (None, "", mine) and name not in ("name", "origin"):
            other.append(f"{name.replace('_', ' ')} {theirs!r}")
    return one.replace(**both), other


def _join_parents(one: Entry, more: Party) -> tuple[Entry, Party]:
    """Join two rows of a party: with two parents it has both; with one, the share of
    another time.
    """
    if (
        not isinstance(one, Party)
        or not one.parent
        or not more.parent
        or _make_parent_key(one) == _make_parent_key(more)
    ):
        return one, more
    owners = more.all_owners[:1]
    return one.owned_by(*owners), more.replace(parent=None, share=None, held_from="", held_until="")


def _make_parent_key(party: Party) -> tuple[str | None, str, str]:
    return party.parent, party.held_from, party.held_until


# The words for a tie between an entry of the watch list and a listed subject. Pure.

MAJORITY = 50.0  # percent
WORDS = {  # where the tie is sure, and where it may be
    TieKind.SAME: ("is", "may be"),
    TieKind.NAME: ("is", "has a name like"),
    TieKind.NAMED: ("is named in", "may be named in"),
    TieKind.PARENT: ("is the parent group of", "may be the parent group of"),
    TieKind.SISTER: ("is a sister firm of", "may be a sister firm of"),
    TieKind.TIED: ("is tied by ownership or group to", "may be tied by ownership or group to"),
}


def describe_tie(tie: Tie, subject: str, status: str = "") -> str:
    """Word the tie of an entry: `is owned 60 % by TechInsights, which is listed`; with `status`,
    how the subject stands.
    """
    if tie.is_certain and status:
        return f"is {status}"
    if tie.kind is TieKind.NAMED and status.startswith("on "):
        return f"{WORDS[tie.kind][tie.like].removesuffix(' in')} {status}"
    which = f", which is {status}" if status else ""
    if tie.kind is TieKind.OWNED:
        named = f"{tie.owner}, which has a name like {subject}" if tie.like else subject
        unstated = " (share not stated)" if tie.share is None else ""
        among = "several that are listed, among them " if tie.joint else ""
        sums = f" ({tie.arithmetic})" if tie.arithmetic else ""
        return f"is owned{_format_percent(tie)} by {among}{named}{unstated}{which}{sums}"
    if tie.kind is TieKind.SISTER and is_minority(tie.share):
        return f"is owned{_format_percent(tie)} by {tie.owner}, the group of {subject}{which}"
    return f"{WORDS[tie.kind][tie.like]} {subject}{which}"


def describe_owner(owner: Tie) -> str:
    """Word all that is known of an owner: `owned 60 % by X through Y (GLEIF)`."""
    notes = "; ".join(
        filter(None, ("share not stated" if owner.share is None else "", owner.source))
    )
    through = f" through {', '.join(owner.path)}" if owner.path else ""
    if through and owner.share is not None:
        return (
            f"owned{through}, of which {owner.owner}"
            f" holds{_format_percent(owner)}{f' ({notes})' if notes else ''}"
        )
    return (
        f"owned{_format_percent(owner)} by {owner.owner}{through}{f' ({notes})' if notes else ''}"
    )


def is_minority(share: float | None) -> bool:
    """Return whether a stated share is below half."""
    return share is not None and share < MAJORITY


def _format_percent(tie: Tie) -> str:
    return f" {tie.share:g} %" if tie.share is not None else ""
