"""How what is on record stands, in the words of an answer."""

from datetime import UTC, date, datetime

import pytest
from acts import UEL, control, entity, listing
from statutes import act, measure, timeline

from monitor.ask.standing import (
    Standing,
    Standings,
    describe_state_on,
    make_part_standing,
    make_period_standing,
    make_record_standing,
)
from monitor.model import Entity, Item, Measure, Unread
from monitor.store import OnRecord
from monitor.timeline import Status, Timeline

NOW = datetime(2025, 12, 1, 6, 0, tzinfo=UTC)
FIRM = entity("Alpha Ltd", "阿尔法")
ROW = OnRecord(
    subject=FIRM,
    register="un-sc",
    row="7",
    since="2025-10-09T01:00:00Z",
    read_at="2025-11-30T01:00:00Z",
    url="u",
)
GONE, HELD = datetime(2025, 11, 8, 14, tzinfo=UTC), datetime(2025, 11, 9, 14, tzinfo=UTC)


@pytest.mark.parametrize(
    ("of_it", "state", "over"),
    [
        ({}, "listed when last read, 29 Nov 2025 (New York)", False),
        ({"read_at": ""}, "listed", False),
        (
            {"held": HELD.isoformat()},
            "listed, but missing since 9 Nov 2025 (New York) without proof that it is gone",
            False,
        ),
        (
            {"held": HELD.isoformat(), "gone": GONE.isoformat()},
            "gone since 8 Nov 2025 (New York)",
            True,
        ),
    ],
)
def test_a_row_says_how_it_stood_when_its_register_was_last_read(
    of_it: dict[str, str], state: str, over: bool
):
    stands = make_record_standing(
        OnRecord(**{name: getattr(ROW, name) for name in ROW.__struct_fields__} | of_it),
        NOW.date(),
    )

    assert (stands.state, stands.over) == (state, over)
    assert (stands.since, stands.act, stands.link) == (
        "first seen 8 Oct 2025 (New York)",
        "record 7",
        "u",
    )
    assert (stands.subject, make_period_standing(ROW, NOW.date()).subject) == (
        "Alpha Ltd (阿尔法)",
        "Alpha Ltd / 阿尔法",
    )


def test_of_a_row_nothing_is_said_that_is_not_known():
    stands = make_record_standing(OnRecord(subject=FIRM, register="un-sc"), NOW.date())

    assert (stands.since, stands.act, stands.state, stands.over) == ("", "", "listed", False)


def laws() -> Timeline:
    ended = measure("remove", entities=(entity("Beta GmbH"),), register=UEL, starts="2025-11-20")
    return timeline(
        listing(10, "Alpha Ltd", "Beta GmbH"), control(57, "1C909.a"), act("uel-2025-20", ended)
    )


PAUSE = act(
    "mofcom-2025-70", measure("suspend", "mofcom-2025-57", starts="2025-11-07", ends="2026-11-10")
)


def test_what_was_suspended_before_its_first_day_never_began():
    law = timeline(control(57, "1C909.a"), PAUSE)
    (part,) = law.of_act("mofcom-2025-57")

    stands = make_part_standing(part, part.on(date(2025, 12, 1)))

    assert (stands.began, stands.since) == ("", "was to begin 8 Nov 2025 (Beijing)")


@pytest.mark.parametrize(
    ("change", "day", "state"),
    [
        (
            measure("amend", "mofcom-2025-57", starts="2026-06-01"),
            date(2026, 6, 15),
            (
                "suspended until 10 Nov 2026 (Beijing); but changed by MOFCOM No. 80 of 2026 from 1 Jun"
                " 2026: read it"
            ),
        ),
        (
            measure("amend", "mofcom-2025-70"),
            date(2026, 11, 15),
            (
                "suspension was to end on 10 Nov 2026 (Beijing); but changed by MOFCOM No. 80 of 2026:"
                " read it"
            ),
        ),
        (
            measure("amend", "mofcom-2025-70", ends="2027-11-10"),
            date(2026, 11, 15),
            "suspended until 10 Nov 2027 (Beijing)",
        ),
        (
            measure("suspend", "mofcom-2025-57", starts="2026-02-27", ends="2027-11-10"),
            date(2026, 1, 15),
            "suspended until 10 Nov 2027 (Beijing)",
        ),
        (
            measure("amend", "mofcom-2025-57", starts="2026-11-20"),
            date(2026, 6, 15),
            "suspended until 10 Nov 2026 (Beijing)",
        ),
    ],
)
def test_a_later_act_is_told_of_what_it_changes_or_goes_on_with(
    change: Measure, day: date, state: str
):
    change_act = act("mofcom-2026-80", change, published="2026-02-27")
    law = timeline(control(57, "1C909.a"), PAUSE, change_act)
    (part,) = law.of_act("mofcom-2025-57")

    assert make_part_standing(part, part.on(day)).state == state


def test_sentences_that_nobody_understood_are_quoted_with_their_acts():
    quotes = ("1C909.a 另行规定。", f"1C909.a{'甲' * 90}", "1C909.a 再行规定。")
    unread = tuple(Unread("sentence", "not understood", quote) for quote in quotes)
    later = act("mofcom-2026-9", published="2026-01-01").replace(not_read=unread)
    (part,) = timeline(control(57, "1C909.a"), later).of_act("mofcom-2025-57")

    assert make_part_standing(part, part.on(date(2025, 12, 1))).state == (
        "in force; but read MOFCOM No. 9 of 2026: “1C909.a 另行规定。”"
        f" “1C909.a{'甲' * 72}…” and 1 sentence more"
    )


def test_of_many_acts_that_change_it_the_newest_are_named():
    days = ("2026-01-01", "2026-02-01", "2026-03-01", "2026-04-01")
    changes = [
        act(f"mofcom-2026-{number}", measure("amend", "mofcom-2025-57", starts=day))
        for number, day in enumerate(days, 1)
    ]
    (part,) = timeline(control(57, "1C909.a"), *changes).of_act("mofcom-2025-57")

    assert make_part_standing(part, part.on(date(2026, 5, 1))).state == (
        "in force; but changed by MOFCOM No. 3 of 2026 from 1 Mar 2026, MOFCOM No. 4 of 2026 from 1"
        " Apr 2026 and 2 earlier acts: read it"
    )


def test_of_the_branches_of_a_freed_group_it_is_said_that_an_act_may_free_them_too():
    branch = Entity(names={"en": "Alpha Europe"}, kind="org", parent="Alpha Ltd")
    other = entity("Gamma Inc.")
    listed = measure("add", register=UEL, entities=(FIRM, branch, other), starts="2025-10-09")
    freed = measure("remove", register=UEL, entities=(FIRM,), starts="2026-03-10")
    law = timeline(act("uel-2025-10", listed), act("uel-2026-3", freed))

    assert {
        part.entities[0].names["en"]: make_part_standing(part, part.on(date(2026, 4, 1))).state
        for part in law.of_act("uel-2025-10")
    } == {
        "Alpha Ltd": "ended (removed) from 10 Mar 2026 (Beijing)",
        "Alpha Europe": (
            "in force; but changed by UEL Notice No. 3 of 2026 from 10 Mar 2026: read it"
        ),
        "Gamma Inc.": "in force",
    }


def standing(record: OnRecord) -> Standing:
    return Standings(laws().of_act, NOW).of(record)


def test_what_binds_today_ranks_before_what_does_not():
    subjects = [
        OnRecord(subject=entity("Beta GmbH"), act="uel-2025-10", register=UEL),
        OnRecord(subject=FIRM, register="un-sc", gone=GONE.isoformat()),
        OnRecord(subject=FIRM, register="un-sc"),
        OnRecord(subject=entity("Alpha Ltd"), act="uel-2025-10", register=UEL),
    ]
    standings = Standings(laws().of_act, NOW)

    ranks = [standings.rank(subject) for subject in subjects]
    assert ranks == [
        Status.ENDED.rank,
        Status.ENDED.rank,
        Status.IN_FORCE.rank,
        Status.IN_FORCE.rank,
    ]
    assert Status.IN_FORCE.rank < Status.SUSPENDED.rank < Status.ENDED.rank


@pytest.mark.parametrize(("name", "over"), [("Alpha Ltd", False), ("Beta GmbH", True)])
def test_who_an_act_lists_stands_as_the_law_has_it_today(name: str, over: bool):
    stands = standing(OnRecord(subject=entity(name), act="uel-2025-10", register=UEL, url="u"))

    assert (stands.subject, stands.register, stands.over, stands.link) == (
        name,
        "Unreliable Entity List",
        over,
        "u",
    )
    assert stands.state.startswith("ended" if over else "in force")
    assert stands.since == "9 Oct 2025 (Beijing)"
    assert stands.act == "UEL Notice No. 10 of 2025"


def test_of_whom_no_part_of_an_act_is_about_the_act_alone_is_said():
    stands = standing(OnRecord(subject=entity("Gamma SA"), act="uel-2025-10"))

    assert (stands.subject, stands.register, stands.state, stands.since, stands.over) == (
        "Gamma SA",
        "",
        "",
        "",
        False,
    )
    assert stands.act == "UEL Notice No. 10 of 2025"


def test_an_act_whose_list_could_not_be_read_stands_as_its_measures_without_names():
    unread = act("mofcom-2025-58", measure("add", register=UEL, starts="2025-11-08"))
    record = OnRecord(subject=Item(names={"zh": "x"}), act="mofcom-2025-58", unread=True)
    stands = Standings(timeline(unread).of_act, NOW).of(record)

    assert stands.state == "in force"
    assert stands.subject != "x"


def test_a_measure_is_not_announced_before_its_day_and_in_force_from_then_on():
    (part,) = timeline(listing(10, "Alpha Ltd")).of_act("uel-2025-10")
    before, then = (
        make_part_standing(part, part.on(date.fromisoformat(day)))
        for day in ("2025-10-08", "2025-10-09")
    )

    assert (before.state, before.since, before.over) == ("not announced yet", "", False)
    assert (then.state, then.since, then.over) == ("in force", "9 Oct 2025 (Beijing)", False)
    # it is the 9th in Beijing
    assert describe_state_on(part, datetime(2025, 10, 8, 16, 0, tzinfo=UTC)) == "in force"
    assert (
        make_part_standing(
            timeline(act("x-2025-1", measure("add"))).of_act("x-2025-1")[0], None
        ).register
        == ""
    )


@pytest.mark.parametrize(
    ("clauses", "others"), [(("一", "三"), "clause 1: in force"), ((), "the rest: in force")]
)
def test_states_of_clauses_that_differ_are_told_with_their_clauses(clauses, others: str):
    split = timeline(
        act("mofcom-2025-18", measure("add", entities=(FIRM,), clauses=clauses)),
        act("mofcom-2025-85", measure("suspend", "mofcom-2025-18 三", ends="2026-12-31")),
    )
    stands = Standings(split.of_act, NOW).of(OnRecord(subject=FIRM, act="mofcom-2025-18"))

    suspended = "clause 3: suspended until 31 Dec 2026 (Beijing)"
    assert set(stands.state.split("; ")) == {others, suspended}
