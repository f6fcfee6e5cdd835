"""Shares of listed owners are added up, level by level, as they are on a day: worked by hand."""

import pytest
from cases import read_cases
from each import for_each

from monitor.watch.entries import Owner, Party
from monitor.watch.ownership import Stake, add_chains, add_shares, hold_together


def stakes(text: str) -> list[Stake]:
    """`A 60 X, B ? X`: A owns 60 % of X, B a share that is not stated."""
    rows = (part.split() for part in text.split(", ") if part)
    return [
        Stake(owner, owned, None if share == "?" else float(share)) for owner, share, owned in rows
    ]


@for_each(
    ("held", "listed", "share", "arithmetic"),
    read_cases("""
        A 60 X | A | 60 | ""  # one owner
        A 50 X | A | 50 | ""
        A 49.9 X | A | 49.9 | ""
        A 60 X | B | 0 | ""
        "" | A | 0 | ""
        A ? X | A | None | ""
        A 30 X, B 30 X | AB | 60 | 30 % by A + 30 % by B = 60 %  # several
        A 25 X, B 25 X | AB | 50 | 25 % by A + 25 % by B = 50 %
        A 25 X, B 24.9 X | AB | 49.9 | 25 % by A + 24.9 % by B = 49.9 %
        A 30 X, B 30 X, C 40 X | AB | 60 | 30 % by A + 30 % by B = 60 %
        A 33.3 X, B 16.7 X | AB | 50 | 33.3 % by A + 16.7 % by B = 50 %
        A 20 X, A 40 X | A | 40 | ""  # one owner said twice is not two
        A 60 X, B 60 X | AB | 100 | 60 % by A + 60 % by B = 100 %  # nobody owns more than all
        A 30 X, B ? X | AB | None | 30 % by A + a share not stated by B
        A 60 X, B ? X | AB | 60 | 60 % by A + a share not stated by B = 60 %
        B 60 X, A 60 B | A | 60 | 60 % by B (60 % by A)  # chains and not 36 %
        B 100 X, A 49 B | A | 0 | ""
        B 49 X, A 100 B | A | 49 | 49 % by B (100 % by A)
        B 60 X, A 30 B, C 30 B | AC | 60 | 60 % by B (30 % by A + 30 % by C = 60 %)
        B 60 X, A 30 B, C 30 B | A | 0 | ""
        A 25 X, B 25 X, A 50 B | A | 50 | 25 % by A + 25 % by B (50 % by A) = 50 %
        B 50 X, C 50 B, D 50 C, A 50 D | A | 50 | 50 % by B (50 % by C (50 % by D (50 % by A)))
        B 50 X, C 50 X, A 50 B, A 10 C | A | 50 | 50 % by B (50 % by A)  # FAQ 401
        B 25 X, C 25 X, A 50 B, A 50 C | A | 50 | 25 % by B (50 % by A) + 25 % by C (50 % by A) = 50 %
        X 60 B, B 60 X | A | 0 | ""  # circles
        B 60 X, C 60 B, B 60 C | A | 0 | ""
        B 60 X, C 40 B, B 60 C, A 20 B | A | 0 | ""  # nobody holds himself up
        B 60 X, C 40 B, B 60 C, A 50 B | A | 60 | 60 % by B (50 % by A)
        X 10 X, A 45 X | A | 45 | ""  # its own shares are nobody's
        B 30 X, X 60 B, A 30 X | A | 30 | ""
        """),
)
def test_what_counts_as_of_listed_owners(
    held: str, listed: str, share: float | None, arithmetic: str
):
    assert add_shares("X", stakes(held), listed) == (share, arithmetic)
    assert add_shares("X", reversed(stakes(held)), listed)[0] == share


def owned(party: Party, *others: Party, day: str, listed: str) -> float | None:
    (chained,) = add_chains([party], [party, *others], day)
    assert isinstance(chained, Party)
    return hold_together(chained, listed).share


SOLD = Party(name="X", parent="A", share=60, held_until="2024-05-01")
NOW_LESS = SOLD.owned_by(Owner(name="A", share=20, held_from="2024-05-02"))


@pytest.mark.parametrize(
    ("party", "day", "share"),
    [
        (SOLD, "2024-05-01", 60),
        (SOLD, "2024-05-02", 0),
        (NOW_LESS, "2024-05-01", 60),
        (NOW_LESS, "2024-05-02", 20),
        (Party(name="X", parent="A", share=60, held_from="2026-01-01"), "2025-12-31", 0),
        (Party(name="X", parent="A", share=60, held_from="2026-01-01"), "2026-01-01", 60),
    ],
)
def test_a_share_counts_on_the_days_on_which_it_is_held(party: Party, day: str, share: float):
    assert owned(party, day=day, listed="A") == share


@pytest.mark.parametrize(
    ("owner", "share"),
    [
        # the legal form that one of them leaves off
        (Party(name="Beta Ltd", parent="A", share=60), 60),
        (Party(name="Beta", parent="A", share=60, held_until="2024-12-31"), 0),
        (Party(name="Beta", parent="A", share=40), 0),
        (Party(name="Betas", parent="A", share=60), 0),  # another firm
    ],
)
def test_an_owner_of_an_owner_is_known_by_another_row_of_the_list(owner: Party, share: float):
    assert (
        owned(Party(name="X", parent="Beta", share=60), owner, day="2025-01-01", listed="A")
        == share
    )


def test_a_circle_of_owners_ends_and_two_legal_forms_are_two_firms():
    circle = [Party(name="X", parent="B", share=60), Party(name="B", parent="X", share=60)]
    (chained, _) = add_chains(circle, circle, "2025-01-01")
    assert isinstance(chained, Party)
    assert [owner.name for owner in chained.all_owners] == ["B", "X"]

    mine = Party(name="X", parent="Beta GmbH", share=60)
    assert (
        owned(mine, Party(name="Beta Ltd", parent="A", share=60), day="2025-01-01", listed="A") == 0
    )
