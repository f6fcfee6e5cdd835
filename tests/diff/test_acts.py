import random

import msgspec
from acts import control, listing, press

from monitor.diff import ChangeKind, compare, substance


def test_an_act_nobody_knew_is_new():
    assert compare(listing(10, "Dedrone"), known=None, last=None).kind is ChangeKind.NEW


def test_the_same_act_at_another_address_is_a_repeat_even_with_an_edited_title():
    act = listing(10, "Dedrone")
    mirror = msgspec.structs.replace(act, title="Edited", url="https://mirror.example/")

    assert compare(mirror, known=act, last=None).kind is ChangeKind.REPEATED


def test_an_edited_title_at_the_same_address_is_nothing():
    act = listing(10, "Dedrone")

    assert compare(msgspec.structs.replace(act, title="Edited"), known=act, last=act) is None


def test_an_entity_added_to_a_known_act_amends_it():
    act = listing(10, "Dedrone")

    assert compare(listing(10, "Dedrone", "Epirus"), known=act, last=act, then=act).kind is ChangeKind.AMENDED


def test_a_better_reader_corrects_and_never_amends():
    poorly_read, well_read = listing(10, "Dedrone"), listing(10, "Dedrone", "Epirus")

    assert compare(well_read, known=poorly_read, last=poorly_read, then=well_read).kind is ChangeKind.CORRECTED


def test_a_report_is_reported_once():
    assert compare(press("Dedrone"), known=None, last=None).kind is ChangeKind.REPORTED
    assert compare(press("Dedrone"), known=None, last=press("Dedrone")) is None


def test_order_of_entries_and_spaces_in_names_are_not_substance():
    names = ["Epirus, Inc.", "VSE  Corporation", "Dedrone by Axon"]
    shuffled = random.Random(1).sample(names, 3)

    assert substance(listing(10, *names)) == substance(listing(10, *(" ".join(name.split()) for name in shuffled)))


def test_a_code_is_substance():
    assert substance(control(57, "1C909.a")) != substance(control(57, "1C909.b"))
