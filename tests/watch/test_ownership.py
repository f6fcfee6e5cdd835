"""A listed owner is shown as a fact: how much, through whom; never as a conclusion."""

import re

import pytest

from monitor.ask.watchlist import add_owners
from monitor.errors import ConfigError
from monitor.model import Entity
from monitor.watch.entries import Party
from monitor.watch.match import AllListed, WatchList, screen_entry, screen_subject

GROUP = Entity(names={"en": "Umbrella Holdings"}, kind="org", ids={"lei": "213800MBWEIJDM5CU638"})
CHILD, MIDDLE, TOP = "5493001KJTIIGC8Y1R12", "529900T8BM49AURSDO55", "213800MBWEIJDM5CU638"
CHILD_AND_PARENT = "Relationship.StartNode.NodeID,Relationship.EndNode.NodeID"
RELATIONS = f"""{CHILD_AND_PARENT},Relationship.RelationshipType,Relationship.RelationshipStatus
{CHILD},{MIDDLE},IS_DIRECTLY_CONSOLIDATED_BY,ACTIVE
{MIDDLE},{TOP},IS_DIRECTLY_CONSOLIDATED_BY,ACTIVE
{CHILD},{TOP},IS_ULTIMATELY_CONSOLIDATED_BY,ACTIVE
{TOP},{CHILD},IS_DIRECTLY_CONSOLIDATED_BY,INACTIVE
"""
NAMES = f"LEI,Entity.LegalName\n{MIDDLE},Middle BV\n{TOP},Umbrella Holdings\nXXXX,Nobody\n"


def found(party: Party) -> list[tuple[str, str, str]]:
    there = screen_subject(GROUP, WatchList([party]))
    back = [match for _, match in screen_entry(party, AllListed([GROUP]), WatchList([party]))]
    assert [(match.kind, match.score) for match in there] == [
        (match.kind, match.score) for match in back
    ]
    return [
        (match.kind, match.verdict, re.split("; (?:it|the same) ", match.reason)[0])
        for match in there
    ]


def test_gleif_tells_who_stands_above_and_through_whom(tmp_path):
    (tmp_path / "level1.csv").write_text(NAMES)
    (tmp_path / "level2.csv").write_text(RELATIONS)

    (party,) = add_owners(
        [Party(name="Acme", ids=(CHILD,))],
        [str(tmp_path / "level1.csv"), str(tmp_path / "level2.csv")],
    )

    assert isinstance(party, Party)
    assert [(owner.name, owner.path) for owner in party.owners] == [
        ("Middle BV", ()),
        ("Umbrella Holdings", ("Middle BV",)),
    ]
    assert found(party) == [
        (
            "parent",
            "match",
            (
                "owned by Umbrella Holdings through Middle BV (share not stated; GLEIF,"
                " consolidated accounts)"
            ),
        )
    ]


def test_a_cell_longer_than_is_read_is_one_clear_error(tmp_path):
    (tmp_path / "level2.csv").write_text(
        f"{RELATIONS}{'x' * 200_000},{TOP},IS_DIRECTLY_CONSOLIDATED_BY,ACTIVE\n"
    )

    with pytest.raises(
        ConfigError, match=r"level2\.csv: after line 5: field larger than field limit"
    ):
        add_owners([], [str(tmp_path / "level2.csv")])


def test_a_file_that_is_none_of_gleifs_is_one_clear_error(tmp_path):
    (tmp_path / "owners.csv").write_text("a,b\n")

    with pytest.raises(ConfigError, match=r"owners\.csv: is no GLEIF file"):
        add_owners([], [str(tmp_path / "owners.csv")])
    with pytest.raises(ConfigError, match="can't be read"):
        add_owners([], [str(tmp_path / "missing.csv")])
