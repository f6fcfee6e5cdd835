"""What of a whole act, an edition, a report or a page touches the watch list."""

import msgspec
import pytest

from monitor.model import (
    Action,
    Announcement,
    Edition,
    Entity,
    Item,
    Measure,
    Mentions,
    PageChange,
    Report,
    Rewording,
    RowChange,
    Target,
)
from monitor.watch.entries import Party, Product
from monitor.watch.match import (
    Dismissal,
    WatchList,
    find_pairings,
    list_acts_changed,
    make_result,
    screen_fact,
    screen_subject,
)
from monitor.watch.values import Relation

TEAL = Entity(names={"zh": "蒂尔无人机公司", "en": "Teal Drones, Inc."}, kind="org")
NOVA = Entity(names={"en": "Nova Optics Ltd"}, kind="org")
MAGNET = Item(names={"zh": "磁体"}, codes=("1C909.a",), hs=("850511",))
LAMP = Item(names={"zh": "灯"}, hs=("940540",))
OURS = (
    Party(name="Teal Drones, Inc."),
    Party(name="Nova Optics"),
    Product(name="Magnet", hs=("850511",)),
    Product(name="Lamp", hs=("940540",)),
)
WATCH = WatchList(OURS)


def act(*measures: Measure, key: str = "mofcom-2025-61") -> Announcement:
    return Announcement(
        key=key, authority="cn-mofcom", title="t", measures=measures, understood="full"
    )


def adds(*subjects: Entity | Item, clauses: tuple[str, ...] = ()) -> Measure:
    entities = tuple(subject for subject in subjects if isinstance(subject, Entity))
    return Measure(
        action=Action.ADD,
        clauses=clauses,
        entities=entities,
        items=tuple(subject for subject in subjects if isinstance(subject, Item)),
    )


def suspends(*targets: Target, naming: tuple[Entity, ...] = ()) -> Measure:
    return Measure(action=Action.SUSPEND, amends=targets, entities=naming)


def touched(
    fact: Announcement | Edition | Report | PageChange, *earlier: Announcement
) -> tuple[int, list[str]]:
    """How many the fact lists, and which entries of ours they are."""
    result = screen_fact(fact, WATCH, {one.key: one for one in earlier})
    assert result is not None
    return result.listed, sorted(match.entry for match in result.found)


EARLIER = act(adds(TEAL, clauses=("1",)), adds(MAGNET, clauses=("2",)), key="mofcom-2024-1")


@pytest.mark.parametrize(
    ("fact", "listed", "entries"),
    [
        (act(adds(TEAL), adds(MAGNET, LAMP)), 3, ["Lamp", "Magnet", "Teal Drones, Inc."]),
        # the whole of an earlier one
        (act(suspends(Target(key="mofcom-2024-1"))), 2, ["Magnet", "Teal Drones, Inc."]),
        (act(suspends(Target(key="mofcom-2024-1", clauses=("2", "3")))), 1, ["Magnet"]),
        # none is marked so
        (act(suspends(Target(key="mofcom-2024-1", clauses=("9",)))), 2, ["Magnet", "Teal Drones, Inc."]),
        (act(suspends(Target(key="mofcom-2024-1")), suspends(Target(key="mofcom-2024-1"))), 2, ["Magnet", "Teal Drones, Inc."]),
        # it says itself whom
        (act(suspends(Target(key="mofcom-2024-1"), naming=(NOVA,))), 1, ["Nova Optics"]),
        (act(suspends(Target(key="mofcom-2024-1")), adds(NOVA)), 3, ["Magnet", "Nova Optics", "Teal Drones, Inc."]),
        (act(suspends(Target(key="mofcom-1999-1"))), 0, []),
        (Report(kind="press", title="t", mentions=Mentions(entities=(TEAL,))), 1, ["Teal Drones, Inc."]),
        (Report(kind="press", title="t"), 0, []),
    ],
)  # fmt: skip
def test_whom_and_what_an_act_lists_or_changes_as_a_whole_is_held_against_the_list(
    fact: Announcement | Report, listed: int, entries: list[str]
):
    assert touched(fact, EARLIER) == (listed, entries)


def test_rows_that_came_and_those_whose_removal_is_not_believed_are_both_held_against_it():
    came = RowChange(action="add", id="1", name="Teal", entity=TEAL)
    gone = RowChange(action="remove", id="2", name="磁体", item=MAGNET)
    edition = Edition(
        key="e",
        register="cn-x",
        authority="cn-mofcom",
        rows=1,
        before=2,
        changes=(came,),
        held=(gone,),
    )

    assert touched(edition) == (2, ["Magnet", "Teal Drones, Inc."])
    assert touched(msgspec.structs.replace(edition, held=())) == (1, ["Teal Drones, Inc."])


def test_an_act_is_known_to_change_others_only_where_it_names_nobody_itself():
    target = Target(key="mofcom-2024-1")

    assert list_acts_changed(act(suspends(target))) == {"mofcom-2024-1"}
    assert list_acts_changed(act(suspends(target, naming=(TEAL,)))) == frozenset()
    assert (
        list_acts_changed(act(Measure(action=Action.SUSPEND, amends=(target,), items=(MAGNET,))))
        == frozenset()
    )
    assert (
        list_acts_changed(
            Report(kind="press", title="t", mentions=Mentions(keys=("mofcom-2024-1",)))
        )
        == frozenset()
    )


def test_what_an_act_changes_that_nobody_has_shown_us_is_named():
    fact = act(
        suspends(Target(key="mofcom-2024-1")),
        suspends(Target(key="mofcom-2023-9"), Target(key="mofcom-2022-1")),
    )

    for earlier, unheld in (
        ({}, ("mofcom-2022-1", "mofcom-2023-9", "mofcom-2024-1")),
        (
            {EARLIER.key: EARLIER},
            ("mofcom-2022-1", "mofcom-2023-9"),
        ),
    ):
        result = screen_fact(fact, WATCH, earlier)
        assert result is not None
        assert result.unheld == unheld


def test_without_a_list_nothing_is_said_and_with_one_how_long_it_is():
    assert screen_fact(act(adds(TEAL)), WatchList([])) is None
    result = screen_fact(
        act(adds(TEAL)), WatchList([Party(name="Acme"), Product(name="Lamp"), Product(name="Pump")])
    )

    assert result is not None
    assert (result.names, result.products, result.found) == (1, 2, ())


def test_the_surest_come_first_and_what_a_person_dismissed_last():
    dismissed = Dismissal(
        entry=OURS[0].key, subject="tealdronesinc", by="Ann", at="2025-10-10T00:00:00Z"
    )
    watch = WatchList(
        [*OURS, Party(name="Teal Drones", relation=Relation.CUSTOMER)], dismissals=[dismissed]
    )
    fact = act(adds(TEAL, MAGNET))

    first, second, last = find_pairings(fact, watch)

    assert [(pairing.entry.name, bool(pairing.dismissed)) for pairing in (first, second, last)] == [
        ("Teal Drones", False),
        ("Magnet", False),
        ("Teal Drones, Inc.", True),
    ]
    assert first.score > second.score < last.score
    result = make_result([last, second, first], 7, watch)
    assert ([match.entry for match in result.found], result.listed) == (
        ["Teal Drones", "Magnet", "Teal Drones, Inc."],
        7,
    )
    assert [(match.dismissed_by, match.dismissed_at) for match in result.found][1:] == [
        ("", ""),
        ("Ann", "2025-10-10T00:00:00Z"),
    ]


def test_of_a_page_the_words_that_came_are_held_against_it_by_the_register_of_its_authority():
    came = Rewording(before="1C909.a", after="Teal Drones, Inc. and items of 3A001")
    chip, drone = (
        Product(name="Chip", eccn=("3A001",)),
        Party(name="Teal Drones, Inc.", owner="Bob"),
    )
    said = Dismissal(entry=drone.key, subject="tealdronesinc", by="Ann", at="2025-10-10T00:00:00Z")

    for authority, chips in (
        ("us-bis", [("Chip", "match")]),
        ("cn-mofcom", []),
        ("", [("Chip", "match")]),
    ):
        page = PageChange(page="page:x", authority=authority, rewordings=(came,))
        result = screen_fact(page, WatchList([drone, chip], dismissals=[said]))

        assert result is not None
        assert (result.listed, [(match.entry, match.verdict) for match in result.found]) == (
            2,
            [*chips, ("Teal Drones, Inc.", "match")],
        )
        assert [match.owner for match in result.found] == [*[""] * len(chips), "Bob"]


def test_a_match_has_the_words_of_both_sides():
    (pairing,) = screen_subject(
        msgspec.structs.replace(TEAL, quote="蒂尔"),
        WatchList([Party(name="Teal Drones", relation=Relation.CUSTOMER, owner="Bob")]),
    )
    (match,) = make_result([pairing], 1, WATCH).found

    assert (match.entry, match.key, match.relation, match.subject, match.owner, match.quote) == (
        "Teal Drones",
        "customer:tealdrones",
        "customer",
        "Teal Drones, Inc.",
        "Bob",
        "蒂尔",
    )
