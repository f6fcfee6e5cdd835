"""`full` is earned by account: of what was read of an act in full, one fact is taken out, and the
account must notice.
"""

from functools import cache

import pytest

from monitor.model import Action, Measure
from tests.support.acts import entity
from tests.support.taken_out import Loss, count_noticed, list_losses, list_pages, list_without

SPREAD = 12  # of so many acts one is asked in each run


@cache
def read_losses(every: int) -> list[Loss]:
    return list(list_losses(list_pages()[::every]))


FLOORS = {
    "name": 0.90,
    "goods": 0.70,
    "earlier act": 0.85,
    "start": 0.91,
    "end": 0.86,
    "measure": 0.89,
}  # of facts of a kind, what is noticed at least


def test_what_is_taken_out_is_one_fact_at_a_time():
    act = [
        Measure(action=Action.ADD, entities=(entity("Alpha"), entity("Beta"))),
        Measure(action=Action.REMOVE, entities=(entity("Gamma"),)),
    ]

    without = {(kind, fact): measures for kind, fact, measures in list_without(act)}

    assert without["name", "Alpha"] == [act[0].replace(entities=(entity("Beta"),)), act[1]]
    assert without["measure", "add: "] == [act[1]]
    assert len(without) == 5


def test_most_facts_that_are_taken_out_are_noticed():
    losses = read_losses(SPREAD)

    assert len(losses) > 100
    assert sum(loss.noticed for loss in losses) >= 0.82 * len(losses)


@pytest.mark.long
def test_of_facts_of_each_kind_so_many_are_noticed_where_they_are_taken_out():
    counts = count_noticed(read_losses(1))

    assert all(total > 100 for _, total in counts.values())
    shares = {kind: noticed / total for kind, (noticed, total) in counts.items()}
    assert {kind: share for kind, share in shares.items() if share < FLOORS[kind]} == {}
