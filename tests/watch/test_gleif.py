"""Who stands above whom, as GLEIF's files say it."""

from itertools import pairwise

import pytest
from cases import read_cases

from monitor.errors import ConfigError
from monitor.watch import theirs
from monitor.watch.entries import Owner, Party, Product

LEIS = [f"{number:020d}" for number in range(10**17 + 1, 10**17 + 30)]
CHILD, MIDDLE, TOP = LEIS[:3]
HEAD = "Relationship.StartNode.NodeID,Relationship.EndNode.NodeID,Relationship.RelationshipType"
DIRECT, ULTIMATE = "IS_DIRECTLY_CONSOLIDATED_BY", "IS_ULTIMATELY_CONSOLIDATED_BY"


def known(
    *rows: str, head: str = f"{HEAD},Relationship.RelationshipStatus", names: str = ""
) -> theirs.Ownership:
    ownership = theirs.Ownership()
    theirs.add_file("level2.csv", [head, *rows], ownership, None)
    if names:
        theirs.add_file("level1.csv", ["LEI,Entity.LegalName", *names.split()], ownership, None)
    return ownership


def owners(ownership: theirs.Ownership, *leis: str) -> list[tuple[str, tuple[str, ...]]]:
    """The owners of a party with these numbers, each with through whom."""
    (party,) = theirs.add_owners([Party(name="Acme", ids=leis)], ownership)
    assert isinstance(party, Party)
    return [(owner.ids[0], owner.path) for owner in party.owners]


@pytest.mark.parametrize(
    ("status", "counts"),
    read_cases(
        """
        ACTIVE | True
        PUBLISHED | True
        "" | True
        INACTIVE | False
        NULL | False
        """
    ),
)
def test_a_relationship_counts_while_it_lasts(status: str, counts: bool):
    assert bool(owners(known(f"{CHILD},{TOP},{DIRECT},{status}"), CHILD)) is counts


def test_where_nothing_is_said_of_it_it_lasts_and_other_relationships_are_none():
    assert owners(known(f"{CHILD},{TOP},{DIRECT}", head=HEAD), CHILD) == [(TOP, ())]
    assert owners(known(f"{CHILD},{TOP},IS_FUND-MANAGED_BY,ACTIVE"), CHILD) == []


def test_owners_stand_from_the_nearest_to_the_last_each_with_through_whom():
    both = known(
        f"{CHILD},{MIDDLE},{DIRECT},",
        f"{MIDDLE},{TOP},{DIRECT},",
        f"{CHILD},{TOP},{ULTIMATE},",
        names=f"{MIDDLE},Mid {TOP},Top",
    )

    assert owners(both, CHILD) == [(MIDDLE, ()), (TOP, ("Mid",))]
    assert owners(both, MIDDLE) == [(TOP, ())]
    assert owners(both, TOP) == owners(both, "unknown") == []
    assert owners(known(f"{CHILD},{TOP},{ULTIMATE},"), CHILD) == [(TOP, ())]
    assert owners(known(f"{CHILD},{MIDDLE},{DIRECT},", f"{CHILD},{TOP},{ULTIMATE},"), CHILD) == [
        (MIDDLE, ()),
        (TOP, (f"LEI {MIDDLE}",)),
    ]


def test_whoever_owns_itself_or_its_owner_is_told_once():
    assert owners(known(f"{CHILD},{CHILD},{DIRECT},", f"{CHILD},{CHILD},{ULTIMATE},"), CHILD) == []
    assert owners(known(f"{CHILD},{MIDDLE},{DIRECT},", f"{MIDDLE},{CHILD},{DIRECT},"), CHILD) == [
        (MIDDLE, ())
    ]
    assert owners(
        known(
            f"{CHILD},{MIDDLE},{DIRECT},", f"{MIDDLE},{TOP},{DIRECT},", f"{TOP},{MIDDLE},{DIRECT},"
        ),
        CHILD,
    ) == [
        (MIDDLE, ()),
        (TOP, (f"LEI {MIDDLE}",)),
    ]


def test_a_chain_is_followed_twelve_owners_up():
    chain = known(*(f"{one},{above},{DIRECT}," for one, above in pairwise(LEIS)))

    assert [lei for lei, _ in owners(chain, CHILD)] == LEIS[1:13]


def test_names_are_kept_of_those_alone_who_are_asked_for():
    ownership = known(f"{CHILD},{MIDDLE},{DIRECT},", f"{MIDDLE},{TOP},{ULTIMATE},")
    entries = [
        Party(name="Acme", ids=(CHILD,)),
        Party(name="Mid", ids=(f"LEI {MIDDLE}",)),
        Product(name="Lamp"),
    ]
    wanted = theirs.list_leis(entries, ownership)

    assert wanted == {CHILD, MIDDLE, TOP}
    theirs.add_file(
        "level1.csv",
        ["LEI,Entity.LegalName", f"{TOP},Top", f"{LEIS[5]},Somebody"],
        ownership,
        wanted,
    )
    assert ownership.names == {TOP: "Top"}
    assert theirs.list_leis([Party(name="Acme", ids=(TOP,))], ownership) == frozenset()


def test_what_is_no_party_and_whoever_has_no_owner_stays_as_it_is():
    entries = [Product(name="Lamp"), Party(name="Acme", ids=(TOP,), owners=(Owner(name="Ann"),))]

    assert theirs.add_owners(entries, known(f"{CHILD},{TOP},{DIRECT},")) == entries


@pytest.mark.parametrize(
    "cut",
    [
        f'"{CHILD}"',
        f'"{CHILD},{MIDDLE},{DIRECT},ACTIVE',
        f"{CHILD},{MIDDLE}",
        f"{CHILD},{MIDDLE},{DIRECT},,",
    ],
)
def test_a_file_that_is_cut_is_refused_since_owners_are_missing(cut: str):
    with pytest.raises(
        ConfigError,
        match=r"^level2\.csv(: after line 1: unexpected end| line 2: a row has more or fewer)",
    ):
        known(cut, *([f"{MIDDLE},{TOP},{DIRECT},ACTIVE"] if cut.count('"') == 1 else []))


def test_a_row_of_names_that_is_cut_is_refused():
    with pytest.raises(ConfigError, match=r"^level1\.csv line 3: a row has more or fewer cells"):
        theirs.add_file(
            "level1.csv",
            ["LEI,Entity.LegalName", f"{TOP},Top", MIDDLE],
            theirs.Ownership(),
            None,
        )


@pytest.mark.parametrize("head", ["a,b", "LEI", "Entity.LegalName", HEAD.rpartition(",")[0]])
def test_another_file_is_refused(head: str):
    with pytest.raises(ConfigError, match=r"^x\.csv: is no GLEIF file"):
        theirs.add_file("x.csv", [head], theirs.Ownership(), None)
