"""Add up how much of a firm its listed owners hold, level by level, as on a day. Pure.

A firm that listed owners hold at half or more counts as theirs on the next level: 60 % of 60 % is
owned, and is not 36 %. OFAC's 50 % rule (FAQ 398 to 402) and the Affiliates Rule of BIS count like
this.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

from monitor.names.name import normalize_name, read_name
from monitor.names.numbers import normalize_number
from monitor.watch.entries import Entry, Owner, Party, is_minority, list_owners

FURTHEST = 12  # owners above one another that are followed
WHOLE = 100.0


class Stake(NamedTuple):
    """The percent of a firm that an owner has; None if not stated."""

    owner: str
    owned: str
    share: float | None


class Holding(NamedTuple):
    """The percent of a firm that counts as of listed owners, None where not stated; and the
    arithmetic, where there is any.
    """

    share: float | None
    arithmetic: str = ""


def add_shares(firm: str, stakes: Iterable[Stake], listed: Collection[str]) -> Holding:
    """Add up how much of a firm the `listed` ones hold; a firm in a circle never counts
    for itself.
    """
    by_owned = _group_by_owned(stakes)
    named = frozenset(map(_make_key, listed))
    counted: dict[str, list[Stake]] = {}  # firms that count as theirs, with what they were found by
    while True:
        theirs = named | counted.keys()
        parts = {
            owned: _list_held_by(theirs, some)
            for owned, some in by_owned.items()
            if owned not in theirs
        }
        more = {
            owned: some
            for owned, some in parts.items()
            if owned != _make_key(firm) and some and not is_minority(_sum_shares(some))
        }
        if not more:
            break
        counted |= more
    last = _list_held_by(theirs, by_owned.get(_make_key(firm), ()))
    told = (
        _describe_stakes(last, counted)
        if len(last) > 1 or any(_make_key(stake.owner) in counted for stake in last)
        else ""
    )
    return Holding(_sum_shares(last), told)


def hold_together(party: Party, owners: Collection[str]) -> Holding:
    """Add up how much of a party these owners hold together."""
    return add_shares(
        party.name,
        (
            Stake(owner.name, owner.path[-1] if owner.path else party.name, owner.share)
            for owner in party.all_owners
        ),
        owners,
    )


def _make_key(name: str) -> str:
    return read_name(name).whole


def _group_by_owned(stakes: Iterable[Stake]) -> dict[str, list[Stake]]:
    """Group stakes by firm; of two stakes of one owner keep the larger, and none of a firm in
    itself.
    """
    largest: dict[tuple[str, str], Stake] = {}
    for stake in stakes:
        pair = _make_key(stake.owner), _make_key(stake.owned)
        if pair[0] != pair[1] and (
            pair not in largest or _rank_share(stake) > _rank_share(largest[pair])
        ):
            largest[pair] = stake
    by_owned: dict[str, list[Stake]] = {}
    for (_, owned), stake in largest.items():
        by_owned.setdefault(owned, []).append(stake)
    return by_owned


def _rank_share(stake: Stake) -> float:
    return WHOLE + 1 if stake.share is None else stake.share


def _list_held_by(theirs: Collection[str], stakes: Iterable[Stake]) -> list[Stake]:
    return [stake for stake in stakes if _make_key(stake.owner) in theirs]


def _sum_shares(stakes: Sequence[Stake]) -> float | None:
    """The sum of what is stated; None where that is below half and more is not stated."""
    stated = min(WHOLE, round(sum(stake.share for stake in stakes if stake.share is not None), 6))
    return None if is_minority(stated) and any(stake.share is None for stake in stakes) else stated


def _describe_stakes(stakes: Sequence[Stake], counted: dict[str, list[Stake]]) -> str:
    """`30 % by A + 30 % by B (60 % by C) = 60 %`: behind an owner that is not listed stand those
    it counts by.
    """
    told = []
    for stake in stakes:
        above = counted.get(_make_key(stake.owner))
        share = "a share not stated" if stake.share is None else f"{stake.share:g} %"
        told.append(
            f"{share} by {stake.owner}{f' ({_describe_stakes(above, counted)})' if above else ''}"
        )
    total = _sum_shares(stakes)
    return f"{' + '.join(told)}{f' = {total:g} %' if len(told) > 1 and total is not None else ''}"


# Who stands above a party, by what the other entries of a list say of its owners. Pure.


def add_chains(entries: Iterable[Entry], known: Iterable[Entry], day: str) -> list[Entry]:
    """The entries with the stakes that are held on a day, and with the owners of their owners,
    as far as `known` says.
    """
    by_mark: dict[str, list[Party]] = {}
    for party in known:
        if isinstance(party, Party) and party.all_owners:
            for mark in _make_marks(party.name, party.ids):
                by_mark.setdefault(mark, []).append(party)
    return [
        _add_chain(entry, by_mark, day) if isinstance(entry, Party) and entry.all_owners else entry
        for entry in entries
    ]


def share_owners(entries: Sequence[Entry]) -> list[Entry]:
    """Give each row the owners that other rows of its name state, with their origin."""
    by_name: dict[str, list[Owner]] = {}
    for entry in entries:
        by_name.setdefault(normalize_name(entry.name), []).extend(
            owner.replace(source=owner.source or entry.origin) for owner in list_owners(entry)
        )
    return [
        entry.owned_by(
            *(
                owner
                for owner in by_name[normalize_name(entry.name)]
                if owner.source != entry.origin
            )
        )
        if isinstance(entry, Party)
        else entry
        for entry in entries
    ]


def _make_marks(name: str, ids: Iterable[str]) -> Iterator[str]:
    """Make the marks that equate an owner with a party: numbers, and the name without its legal
    form.
    """
    yield from filter(None, map(normalize_number, ids))
    yield f"called {read_name(name).joined}"


def _add_chain(party: Party, by_mark: dict[str, list[Party]], day: str) -> Party:
    first = [owner for owner in party.all_owners if owner.is_held_on(day)]
    found, here = list(first), first
    for _ in range(FURTHEST):
        here = [above for owner in here for above in _list_above(owner, by_mark, day)]
        here = [
            owner
            for owner in here
            if (owner.name, owner.path) not in {(one.name, one.path) for one in found}
        ]
        found += here
    more = tuple(dict.fromkeys(found))
    if party.parent and more[:1] == party.all_owners[:1]:
        return party.replace(owners=more[1:])
    return party.replace(parent=None, share=None, held_from="", held_until="", owners=more)


def _list_above(owner: Owner, by_mark: dict[str, list[Party]], day: str) -> Iterator[Owner]:
    """The owners of an owner, each with the path below it; none twice in one chain."""
    same = {
        party.key: party
        for mark in _make_marks(owner.name, owner.ids)
        for party in by_mark.get(mark, ())
        if _is_party(owner, party)
    }
    path = (*owner.path, owner.name)
    for above in (
        above for party in same.values() for above in party.all_owners if above.is_held_on(day)
    ):
        if _make_key(above.name) not in {_make_key(name) for name in path}:
            yield above.replace(path=(*path, *above.path))


def _is_party(owner: Owner, party: Party) -> bool:
    """Return whether an owner is a party: by a number, or by name unless both have different legal
    forms.
    """
    one, other = read_name(owner.name), read_name(party.name)
    numbers = {*map(normalize_number, owner.ids)} & {*map(normalize_number, party.ids)} - {""}
    return bool(numbers) or one.whole == other.whole or not (one.forms and other.forms)
