"""What acts are found by, and by what those hang together of which one undoes what another does."""

import pytest
from acts import DUAL_USE, UEL, control, entity, listing, suspension
from statutes import act, measure

from monitor.model import Announcement, Attachment, Item
from monitor.timeline.clues import Clue, clues, of_identities, upper
from monitor.timeline.names import code


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


def lifted(*goods: Item, register: str = DUAL_USE) -> Announcement:
    return act("mofcom-2026-1", measure("remove", register=register, items=goods))


@pytest.mark.parametrize(
    ("code", "meet"), [("1C909.a", True), ("1C909", True), ("1C", True), ("1C909.a.1", False), ("1C90", False)]
)
def test_a_code_that_is_taken_off_a_register_leads_to_what_lies_under_it(code: str, *, meet: bool):
    struck = words(lifted(Item(names={}, codes=(code,))), Clue.STRIKES)

    assert bool(words(control(57, "1C909.a"), Clue.LISTS) & struck) is meet


def test_goods_without_a_code_lead_to_the_act_that_listed_them_by_their_name():
    listed = act("a", measure("add", register=DUAL_USE, items=(Item(names={"en": "Holmium metal"}),)))

    assert words(listed, Clue.LISTS) & words(lifted(Item(names={"en": "HOLMIUM metal"})), Clue.STRIKES)
    assert words(listed, Clue.NAMES) == {"holmiummetal"}


def test_what_lists_nobody_is_not_led_to_and_what_strikes_nobody_leads_nowhere():
    assert words(removal("Dedrone", UEL), Clue.LISTS) == set()
    assert words(listing(10, "Dedrone"), Clue.STRIKES) == set()


def test_an_act_that_gives_others_a_later_day_leads_to_whom_they_list_as_one_that_takes_off_does():
    later = measure("amend", register=UEL, ends="2027-04-30", entities=(entity("Dedrone"),))
    sooner = measure("amend", register=UEL, entities=(entity("Dedrone"),))

    assert words(act("b", later), Clue.STRIKES) & words(listing(10, "Dedrone"), Clue.LISTS)
    assert words(act("c", sooner), Clue.STRIKES) == set()


def test_the_levels_of_a_code_are_found_among_those_of_all_that_lies_under_it():
    (found,) = words(control(57, "1C909"), Clue.CODE)

    assert found in upper(code("1C909.a.1"))
    assert found in upper(code("1C909"))
    assert found not in upper(code("1C"))
    assert found not in upper(code("1C90"))


def test_an_act_is_found_by_its_title_its_number_its_addresses_and_the_law_it_rests_on():
    found = Announcement(
        key="mofcom-2025-57",
        authority="cn-mofcom",
        title="Notice  ONE",
        number="No. 57",
        url="https://e.cn/57",
        attachments=(Attachment(title="List", url="https://e.cn/57.pdf"),),
        legal_basis=("Export Control LAW",),
        understood="part",
    )

    assert words(found, Clue.TITLE) == {"noticeone"}
    assert words(found, Clue.CALLED) == {"no57", "https://e.cn/57", "https://e.cn/57.pdf"}
    assert words(found, Clue.LAW) == {"exportcontrollaw"}


def test_an_act_is_found_by_what_it_changes_where_it_is_for_and_whom_it_names():
    measures = measure(
        "suspend", "mofcom-2025-57", "mofcom-2025-58 二", destinations=("US",), entities=(entity("Dedrone", "反无人机"),)
    )

    assert words(act("s", measures), Clue.AMENDS) == {"mofcom-2025-57", "mofcom-2025-58"}
    assert words(act("s", measures), Clue.TO) == {"US"}
    assert words(act("s", measures), Clue.NAMES) == {"dedrone", "反无人机"}


def test_a_name_and_a_code_that_tell_one_thing_from_another_lead_to_the_acts_that_name_it():
    named = words(listing(10, "Dedrone"), Clue.NAMES)
    coded = words(control(57, "1C909.a"), Clue.CODE)
    found = set(of_identities([(("dedrone",), ("1C909.a",)), frozenset({"epirus"})]))

    assert found == {(Clue.NAMES, *named), (Clue.CODE, *coded), (Clue.NAMES, "epirus")}


def test_a_clue_to_what_is_listed_is_its_register_and_its_name_or_code_for_earlier_versions_have_kept_it_so():
    assert words(listing(10, "Dedrone"), Clue.LISTS) == {f"{UEL}\ndedrone"}
    assert words(control(57, "1C909"), Clue.LISTS) == {f"{DUAL_USE}\n{levels}" for levels in ("1.", "1.c.", "1.c.909.")}
