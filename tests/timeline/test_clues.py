"""What acts are found by, and by what those hang together of which one undoes what another does."""

import pytest
from acts import DUAL_USE, UEL, control, entity, listing, suspension
from statutes import act, measure

from monitor.model import Announcement
from monitor.timeline.clues import Clue, clues


def words(act: Announcement, kind: Clue) -> set[str]:
    return {word for clue, word in clues(act) if clue is kind}


def removal(name: str, register: str) -> Announcement:
    return act("uel-2026-1", measure("remove", register=register, entities=(entity(name),)))


@pytest.mark.parametrize(
    ("name", "register", "meet"),
    [("DEDRONE BY AXON", UEL, True), ("Dedrone by Axon", DUAL_USE, False), ("Epirus", UEL, False)],
)
def test_who_is_taken_off_a_list_leads_to_the_act_that_put_them_on_it(name: str, register: str, meet: bool):
    listed, struck = words(listing(10, "Dedrone by Axon"), Clue.LISTS), words(removal(name, register), Clue.STRIKES)

    assert bool(listed & struck) is meet


def test_an_act_is_found_by_the_register_that_it_changes_where_it_changes_one():
    assert words(control(57, "1C909.a"), Clue.ON) == {DUAL_USE}
    assert words(suspension(70, "mofcom-2025-57"), Clue.ON) == set()
