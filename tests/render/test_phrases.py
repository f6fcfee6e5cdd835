"""What an act does, as a headline says it and as it is counted among others."""

import msgspec
import pytest
from notices import act, company, listing

from monitor.model import (
    Action,
    Announcement,
    End,
    Entity,
    Item,
    Measure,
    Stated,
    Target,
    Unread,
    tell_in_part,
)
from monitor.render.acts import list_act_details, summarize_act
from monitor.render.lifecycle import describe_act_status
from monitor.render.phrases import (
    compose_act_headline,
    compose_package_headline,
    phrase_effect,
    phrase_items,
    phrase_names,
    phrase_operations,
    phrase_targets,
)

UEL, DUAL_USE, CATALOGUE = "cn-unreliable-entities", "cn-dual-use-items", "cn-licence-catalogue"
EXTENSION = "公布对稀土相关物项实施出口管制的决定"  # its goods are rare earths
A, B = company("甲", "A"), company("乙", "B")


def item(*codes: str) -> Item:
    return Item(names={"zh": "某设备"}, codes=codes)


def targets(*numbers: int) -> tuple[Target, ...]:
    return tuple(Target(key=f"mofcom-2025-{number}") for number in numbers)


def until(day: str) -> End:
    return End(on=day, basis="explicit")


def told(*measures: Measure, title: str = "公告") -> str:
    return compose_act_headline(act(*measures, title=title), 90).removeprefix("China ")


@pytest.mark.parametrize(
    ("measure", "said"),
    [
        (Measure(action=Action.ADD, register=UEL), "adds names to the Unreliable Entity List"),
        (
            Measure(action=Action.ADD, register=UEL, stated=Stated(entries=14)),
            "adds 14 names (as stated) to the Unreliable Entity List",
        ),
        (Measure(action=Action.ADD), "puts items under control"),
        (
            Measure(action=Action.ADD, destinations=("US", "JP")),
            "puts items under control to the United States and Japan",
        ),
        (
            Measure(action=Action.ADD, register=DUAL_USE, items=(item("1C909"),)),
            "puts 1 item (1C909) under export control",
        ),
        (
            Measure(action=Action.ADD, register=CATALOGUE, items=(item("1C909"),)),
            "adds 1 item (1C909) to the dual-use licence catalogue",
        ),
        (
            Measure(action=Action.REMOVE, register=UEL),
            "removes names from the Unreliable Entity List",
        ),
        (
            Measure(action=Action.REMOVE, register=UEL, entities=(A, B), amends=targets(5)),
            "removes 2 names from the Unreliable Entity List",
        ),
        (Measure(action=Action.REPLACE), "replaces a list it does not name"),
        (
            Measure(action=Action.SUSPEND, entities=(A, B), ends=until("2026-11-10")),
            "suspends measures on 2 names until 10 Nov 2026",
        ),
        (Measure(action=Action.SUSPEND), "suspends measures under a list it does not name"),
        (
            Measure(action=Action.RESTRICT, entities=(A,), items=(item("1"),)),
            "restricts dealings with A",
        ),
        (
            Measure(action=Action.RESTRICT, items=(item("1C909"),)),
            "restricts exports of 1 item (1C909)",
        ),
        (
            Measure(action=Action.RESTRICT, items=(item("1"),), destinations=("JP",)),
            "restricts exports of 1 item (1) to Japan",
        ),
        (Measure(action=Action.RESTRICT), "adds restrictions"),
        (Measure(action=Action.INVESTIGATE), "opens an investigation"),
        (
            Measure(action=Action.INVESTIGATE, register=UEL),
            "opens an investigation under the Unreliable Entity List",
        ),
        (
            Measure(action=Action.INVESTIGATE, register=UEL, entities=(A,)),
            "opens an investigation of A under the Unreliable Entity List",
        ),
    ],
)
def test_what_is_not_known_of_a_measure_is_left_out_of_its_phrase(measure, said):
    assert told(measure) == said


@pytest.mark.parametrize(
    ("measure", "said"),
    [
        (Measure(action=Action.ADD), "puts rare earths under control"),
        (
            Measure(action=Action.ADD, items=(item("1"), item("2"))),
            "puts rare earths (2 items) under control",
        ),
        (Measure(action=Action.RESTRICT), "restricts exports of rare earths"),
        (
            Measure(action=Action.RESTRICT, destinations=("US",)),
            "restricts exports of rare earths to the United States",
        ),
    ],
)
def test_goods_that_only_the_title_names_stand_in_the_headline(measure, said):
    assert told(measure, title=EXTENSION) == said


@pytest.mark.parametrize(
    ("ends", "said"),
    [
        (("2026-11-10", "2026-11-10"), "suspends MOFCOM No. 5 and 6 of 2025 until 10 Nov 2026"),
        # no one day is true of both
        (("2026-11-10", "2026-12-10"), "suspends MOFCOM No. 5 and 6 of 2025"),
        (("2026-11-10", None), "suspends MOFCOM No. 5 and 6 of 2025 until 10 Nov 2026"),
        ((None, None), "suspends MOFCOM No. 5 and 6 of 2025"),
    ],
)
def test_a_last_day_is_told_of_what_ends_on_one(ends, said):
    both = zip(targets(5, 6), ends, strict=True)

    assert (
        told(
            *(
                Measure(action=Action.SUSPEND, amends=(of,), ends=until(on) if on else None)
                for of, on in both
            )
        )
        == said
    )


def test_few_earlier_acts_are_numbered_and_many_are_counted():
    assert (
        told(Measure(action=Action.REPEAL, amends=targets(5, 6)))
        == "ends MOFCOM No. 5 and 6 of 2025"
    )
    assert told(Measure(action=Action.REPEAL, amends=targets(5, 6, 7))) == "ends three earlier acts"


CONTROL = act(
    Measure(action=Action.ADD, register=DUAL_USE, items=(item("1"),)), key="mofcom-2025-5"
)
LISTING = act(listing(A), key="mofcom-2025-6")
BOTH = act(*CONTROL.measures, *LISTING.measures, key="mofcom-2025-6")
EMPTY = act(key="mofcom-2025-6")


@pytest.mark.parametrize(
    ("other", "said"),
    [
        (msgspec.structs.replace(CONTROL, key="mofcom-2025-6"), "three export controls"),
        (LISTING, "three earlier acts"),
        (BOTH, "three earlier acts"),
        (EMPTY, "three earlier acts"),
        (None, "three earlier acts"),
    ],
)
def test_acts_are_called_export_controls_only_where_all_of_them_are_known_to_be_nothing_else(
    other, said
):
    acts = (
        CONTROL,
        msgspec.structs.replace(CONTROL, key="mofcom-2025-7"),
        *([other] if other else []),
    )
    suspension = act(Measure(action=Action.SUSPEND, amends=targets(5, 6, 7)))

    assert (
        compose_act_headline(suspension, 90, {of.key: of for of in acts})
        == f"China suspends {said}"
    )


NAMED = Measure(action=Action.REPEAL, amends=targets(1001, 1002))
PARTS = Measure(
    action=Action.SUSPEND,
    amends=tuple(Target(key=f"mofcom-2025-{n}", clauses=("一", "二")) for n in (31, 32)),
)


@pytest.mark.parametrize(
    ("measures", "limit", "said"),
    [
        ((NAMED,), 43, "China ends MOFCOM No. 1001 and 1002 of 2025"),
        ((NAMED,), 42, "China ends two earlier acts"),
        ((NAMED, PARTS), 90, "China ends two earlier acts and suspends two earlier acts"),
        ((NAMED, PARTS), 57, "China ends two earlier acts and suspends two earlier acts"),
        ((NAMED, PARTS), 56, "China publishes one act: 2 acts ended; 2 acts suspended"),
        ((NAMED, PARTS), 55, "China publishes one act: 2 acts ended; 2 acts suspended"),
        ((NAMED, PARTS), 54, "China changes four earlier acts: ended and suspended"),
        ((NAMED, PARTS), 40, "China ends MOFCOM No. 1001 and… and more"),
        ((NAMED,), 24, "China ends MOFCOM No.…"),
    ],
)
def test_the_longest_headline_that_fits_is_the_one_that_is_told(measures, limit, said):
    assert compose_act_headline(act(*measures), limit) == said


def test_an_act_without_a_title_that_nobody_understood_is_told_by_its_number():
    unread = msgspec.structs.replace(act(title=""), understood="none")

    assert (
        compose_act_headline(unread, 90)
        == "China publishes an act not understood: MOFCOM No. 99 of 2025"
    )


@pytest.mark.parametrize(
    ("measure", "said"),
    [
        (listing(A, B), "2 names listed"),
        (Measure(action=Action.ADD, register=DUAL_USE, items=(item("1"),)), "1 item controlled"),
        (
            Measure(action=Action.REMOVE, register=DUAL_USE, items=(item("1"), item("2"))),
            "2 items delisted",
        ),
        (
            Measure(
                action=Action.SUSPEND,
                amends=(*targets(5, 6), Target(key="mofcom-2025-6", clauses=("一",))),
            ),
            "2 acts suspended",
        ),
        (Measure(action=Action.ADD), "controls added (no items read)"),
        (Measure(action=Action.RESTRICT, register=DUAL_USE), "controls added (no items read)"),
        (
            Measure(action=Action.AMEND, register=DUAL_USE),
            "the dual-use export control list amended",
        ),
        (Measure(action=Action.ADD, register=UEL), "the Unreliable Entity List extended"),
        (Measure(action=Action.REMOVE, register=UEL), "the Unreliable Entity List shortened"),
    ],
)
def test_each_kind_of_what_several_acts_do_is_counted(measure, said):
    assert compose_package_headline((act(measure),)) == f"China publishes one act: {said}"
    assert (
        compose_package_headline((act(measure), act(NAMED)))
        == f"China publishes two acts: {said}; 2 acts ended"
    )


def test_a_package_of_which_one_act_was_understood_in_part_says_so():
    part = msgspec.structs.replace(act(NAMED), understood="part")

    assert (
        compose_package_headline((act(listing(A)), part))
        == "China publishes two acts (not all could be read): 1 name listed; 2 acts ended"
    )
    assert (
        compose_package_headline((msgspec.structs.replace(act(), understood="none"),))
        == "China publishes one act (not all could be read): not understood"
    )


def test_beside_the_authority_its_acts_need_their_numbers_only_and_beside_the_place_its_registers_no_place():
    us: Announcement = msgspec.structs.replace(
        act(Measure(action=Action.AMEND, register="us-ofac-sdn")), authority="us-ofac"
    )

    assert phrase_operations(act(NAMED)) == "ends No. 1001 and 1002 of 2025"
    assert phrase_effect(act(NAMED), {}) == "ends MOFCOM No. 1001 and 1002 of 2025"
    assert (phrase_operations(us), phrase_effect(us, {})) == (
        "amends the US SDN List",
        "amends the SDN List",
    )


def member(of: str) -> Entity:
    return Entity(names={"en": "C"}, kind="org", parent=of)


@pytest.mark.parametrize(
    ("entities", "said"),
    [
        ((A,), "A"),
        ((company("甲"),), "甲"),
        ((Entity(names={"en": "", "ja": "乙社"}, kind="org"),), "乙社"),
        ((Entity(names={}, kind="org"),), "an unnamed party"),
        ((A, B), "2 names"),
        ((A, member("甲")), "2 names in 1 entry"),
        ((A, B, member("乙")), "3 names in 2 entries"),
        ((member("甲"), member("甲")), "2 names"),  # the entry itself is not among them
    ],
)
def test_names_are_counted_with_the_entries_that_they_share(entities, said):
    assert phrase_names(entities) == said


@pytest.mark.parametrize(
    ("codes", "said"),
    [
        (((), ()), "2 items"),
        ((("1C909.a", "1C909.b"), ("2A1",)), "2 items (1C909, 2A1)"),
        ((("1", "2"), ("3",)), "2 items (1, 2, 3)"),
        ((("1", "2"), ("3", "4")), "2 items (1, 2, 3 …)"),
    ],
)
def test_items_are_counted_with_the_first_families_of_their_codes(codes, said):
    assert phrase_items(tuple(item(*of) for of in codes)) == said


def test_whole_acts_are_named_together_and_parts_of_acts_each_once():
    part = Target(key="mofcom-2025-61", clauses=("二",))

    assert (
        phrase_targets((*targets(55), part, *targets(56), part))
        == "MOFCOM No. 55 and 56 of 2025 and clause 2 of MOFCOM No. 61 of 2025"
    )
    assert phrase_targets((part,), "MOFCOM") == "clause 2 of No. 61 of 2025"


@pytest.mark.parametrize(
    ("known", "said"),
    [
        (None, "extends MOFCOM No. 70 of 2025 to 10 Nov 2027"),
        (
            Measure(action=Action.SUSPEND, amends=targets(5), ends=until("2026-11-10")),
            "extends the suspension by MOFCOM No. 70 of 2025 to 10 Nov 2027",
        ),
        (
            Measure(action=Action.SUSPEND, amends=targets(5), ends=until("2028-11-10")),
            "moves the end of the suspension by MOFCOM No. 70 of 2025 to 10 Nov 2027",
        ),
        (
            Measure(action=Action.ADD, register=DUAL_USE),
            "extends MOFCOM No. 70 of 2025 to 10 Nov 2027",
        ),
    ],
)
def test_an_act_that_moves_a_last_day_is_said_to_extend(known: Measure | None, said: str):
    extension = act(
        Measure(action=Action.AMEND, amends=targets(70), ends=until("2027-11-10")), title="公告"
    )
    acts = {"mofcom-2025-70": act(known)} if known else {}

    assert compose_act_headline(extension, 90, acts) == f"China {said}"


def test_an_act_that_amends_otherwise_or_to_several_days_is_said_to_amend():
    two = (
        Measure(action=Action.AMEND, amends=targets(number), ends=until(day))
        for number, day in ((5, "2027-11-10"), (6, "2027-12-10"))
    )

    assert told(*two) == "amends MOFCOM No. 5 and 6 of 2025"
    assert told(Measure(action=Action.AMEND, amends=targets(5))) == "amends MOFCOM No. 5 of 2025"


def limited(action: Action, *numbers: int, quote: str = "对甲公司的措施") -> Announcement:
    """An act that does something to others for some only, as it is read."""
    measure = Measure(action=Action.AMEND, amends=targets(*numbers), quote=quote)
    unread = Unread("measure", tell_in_part(action), f"自即日起，{quote}。")
    return msgspec.structs.replace(act(measure), understood="part", not_read=(unread,))


@pytest.mark.parametrize(
    ("action", "does", "done"),
    [
        (Action.REPEAL, "ends MOFCOM No. 55 of 2025 in part", "ended in part"),
        (Action.REMOVE, "ends MOFCOM No. 55 of 2025 in part", "ended in part"),
        (Action.SUSPEND, "suspends MOFCOM No. 55 of 2025 in part", "suspended in part"),
        (Action.RESUME, "resumes MOFCOM No. 55 of 2025 in part", "resumed in part"),
        (Action.REPLACE, "amends MOFCOM No. 55 of 2025 in part", "amended in part"),
    ],
)
def test_what_an_act_does_for_some_only_is_told_as_that_wherever_it_is_told(action, does, done):
    later = limited(action, 55)
    (effect,) = describe_act_status([act(key="mofcom-2025-55")], [later])

    assert compose_act_headline(later, 90) == f"China {does}"
    assert f"1 act {done}" in compose_package_headline((later, act(NAMED)))
    assert f"The acts below will be {done}: read for whom or what. On: MOFCOM No. 55" in (
        summarize_act(later, {})
    )
    assert effect.startswith(f"{done.capitalize()} by ")
    assert done.capitalize() in [line.label for line in list_act_details(later, {})]


def test_the_last_day_of_what_is_suspended_in_part_is_told_and_is_no_new_last_day_of_the_act():
    later = limited(Action.SUSPEND, 55)
    later = act(msgspec.structs.replace(later.measures[0], ends=until("2026-02-01")))
    later = msgspec.structs.replace(later, not_read=limited(Action.SUSPEND, 55).not_read)
    (effect,) = describe_act_status([act(key="mofcom-2025-55")], [later])

    assert (
        compose_act_headline(later, 90)
        == "China suspends MOFCOM No. 55 of 2025 in part until 1 Feb 2026"
    )
    assert effect.startswith("Suspended in part until 1 Feb 2026 by ")
    assert "will be suspended in part: read for whom or what." in summarize_act(later, {})


def test_a_headline_without_room_for_each_earlier_act_has_all_that_is_done_to_them():
    earlier = limited(Action.SUSPEND, *range(1001, 1003))
    resumed = Measure(action=Action.RESUME, amends=targets(*range(1003, 1006)), quote="恢复实施")
    halted = Measure(action=Action.SUSPEND, amends=targets(1006), quote="暂停实施")
    whole = msgspec.structs.replace(earlier, measures=(*earlier.measures, resumed, halted))

    assert (
        compose_act_headline(whole, 90)
        == "China changes six earlier acts: suspended in part, resumed and suspended"
    )


@pytest.mark.parametrize(
    ("measure", "does", "done"),
    [
        (
            Measure(
                action=Action.SUSPEND, amends=targets(55), entities=(A,), ends=until("2026-02-01")
            ),
            "suspends MOFCOM No. 55 of 2025 for A until 1 Feb 2026",
            "Suspended for A until 1 Feb 2026",
        ),
        (
            Measure(action=Action.RESUME, amends=targets(55), entities=(A, B)),
            "resumes MOFCOM No. 55 of 2025 for 2 names",
            "Resumed for 2 names",
        ),
        (
            Measure(action=Action.REPEAL, amends=targets(55), items=(item("1C909"),)),
            "ends MOFCOM No. 55 of 2025 for 1 item (1C909)",
            "Ended for 1 item (1C909)",
        ),
        (
            Measure(action=Action.REMOVE, register=UEL, amends=targets(55), entities=(A,)),
            "removes A from the Unreliable Entity List",
            "Listing ended for A",
        ),
    ],
)
def test_what_is_done_to_an_act_for_those_that_are_named_is_told_with_them(measure, does, done):
    later = act(measure)
    (effect,) = describe_act_status([act(key="mofcom-2025-55")], [later])

    assert compose_act_headline(later, 90) == f"China {does}"
    assert effect.startswith(f"{done} by ")


def test_what_is_done_to_one_act_whole_and_to_another_for_some_is_done_in_part():
    whole = Measure(action=Action.SUSPEND, amends=targets(55))
    some = Measure(action=Action.SUSPEND, amends=targets(56), entities=(A,))

    assert told(whole, some) == "suspends MOFCOM No. 55 and 56 of 2025 in part"
    assert "56 of 2025 in part. When: " in summarize_act(act(whole, some), {})
