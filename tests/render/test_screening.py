"""What a message claims of the reader's own list, and never more than is known."""

from dataclasses import replace
from typing import TYPE_CHECKING

import msgspec
import pytest
from acts import control, listing
from cases import read_cases
from notices import saved

from monitor.alert.event import NoticeKind
from monitor.model import Action, Edition, Entity, Item, Measure, PageChange, RowChange, Start
from monitor.render.alert import compose_alert
from monitor.render.screening import (
    compose_touch_headline,
    describe_no_match,
    group_by_entry,
    list_touch_lines,
    make_match_table,
    summarize_look_back,
    summarize_touched,
)
from monitor.watch.values import Match, MatchVerdict, Relation, ScreeningResult, Tie, TieKind

if TYPE_CHECKING:
    from monitor.alert.event import Notice

NOTHING = ScreeningResult(names=212, products=40, listed=3)


def match(subject: str, verdict: str = "match") -> Match:
    return Match(
        kind="exact",
        score=1,
        verdict=MatchVerdict(verdict),
        reason="the same",
        entry="Motor",
        key="m",
        relation=Relation.PRODUCT,
        subject=subject,
    )


def test_none_is_said_of_as_many_entries_as_each_of_several_acts_was_held_against():
    some = ScreeningResult(names=2, products=0, listed=1)

    assert (
        describe_no_match(ScreeningResult.together([NOTHING, some]))
        == "None of your 2 names is touched by it"
    )
    assert ScreeningResult.together([]) is None


def test_what_may_be_is_never_told_as_what_is():
    result = ScreeningResult(
        names=0, products=1, listed=1, found=(match("1C909.a 含钬的物项", "possible"),)
    )

    assert compose_touch_headline(result, [control(57, "1C909.a")], "x") == ""
    assert [line.text for line in list_touch_lines(result)] == [
        "Your 1 product is not touched by it; one may be.",
        "Your product Motor may fall under 1C909.a holmium … (含钬的物项) (the same)",
    ]


def test_whom_no_fact_names_is_touched_by_what_the_message_says():
    result = ScreeningResult(names=0, products=1, listed=1, found=(match("1C909.a 物项1C909.a"),))

    assert (
        compose_touch_headline(result, [control(57, "1C909.a")], "x")
        == "Your product Motor is under China's export controls"
    )
    assert (
        compose_touch_headline(result, [listing(10, "Dedrone")], "China suspends it")
        == "Your product Motor is touched: China suspends it"
    )
    long = "China suspends six export controls and two lists of names until 10 Nov 2026"
    assert compose_touch_headline(result, [listing(10, "Dedrone")], long) == (
        f"1 of yours is touched: {long}"
    )


def supplier(name: str, subject: str = "X", verdict: str = "match", **more) -> Match:
    about = {
        "kind": "exact",
        "score": 1,
        "reason": "same name",
        "key": name,
        "relation": Relation.SUPPLIER,
    }
    return Match(**{**about, **more}, entry=name, verdict=MatchVerdict(verdict), subject=subject)


def found(*matches: Match, **more) -> ScreeningResult:
    return ScreeningResult(**{"names": 3, "products": 0, "listed": 9, **more}, found=matches)


def told(*matches: Match, **more) -> list[str]:
    return [line.text for line in list_touch_lines(found(*matches, **more))]


def test_the_hits_of_an_entry_are_gathered_and_two_entries_of_one_key_stay_two():
    matches = (supplier("A", "X"), supplier("B", "Y"), supplier("A", "Z"), supplier("A", "X"))
    renamed = msgspec.structs.replace(supplier("C"), key="A")

    assert [(entry.called, entry.subjects) for entry in group_by_entry(matches)] == [
        ("your supplier A", ("X", "Z")),
        ("your supplier B", ("Y",)),
    ]
    assert len(group_by_entry((supplier("A"), renamed))) == 2


def test_three_entries_have_a_line_each_and_the_others_are_counted():
    four, five = ([supplier(name) for name in names] for names in ("ABCD", "ABCDE"))
    may_be = [msgspec.structs.replace(match, verdict=MatchVerdict.POSSIBLE) for match in five]

    assert told(*four[:3]) == [f"Your supplier {name} → X (same name)" for name in "ABC"]
    assert told(*four)[3:] == ["… and 1 more of your watch list"]
    assert told(*five)[3:] == ["… and 2 more of your watch list"]
    assert told(*five, *may_be[:1])[4:] == ["Your supplier A may be X (same name)"]
    assert told(*may_be)[4:] == ["… and 2 more that may be of your watch list"]


@pytest.mark.parametrize(
    ("subjects", "said"),
    [
        (("X",), "X"),
        (("X", "Y"), "X and 1 more name"),
        (("X", "Y", "Z"), "X and 2 more names"),
    ],
)
def test_a_line_names_whom_the_entry_is_and_whose_it_is(subjects, said):
    matches = [supplier("A", subject, owner="Li Wei") for subject in subjects]

    assert told(*matches) == [f"Your supplier A (Li Wei) → {said} (same name)"]


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({}, "None of your 3 names is touched by it"),
        ({"products": 2}, "None of your 3 names and 2 products is touched by it"),
        ({"names": 0, "products": 1}, "Your 1 product is not touched by it"),
        ({"names": 0}, ""),
    ],
)
def test_none_is_said_of_what_there_is_on_the_list(more, said):
    assert describe_no_match(found(**more)) == said
    assert describe_no_match(found(supplier("A"), **more)) == ""


@pytest.mark.parametrize(("more", "unsought"), [(0, ""), (2, "; not in 2 more parts")])
def test_of_a_page_it_is_said_only_that_its_words_name_none(more: int, unsought: str):
    page = PageChange(page="page:x", more=more)

    assert describe_no_match(found(), page=page) == (
        "None of your 3 names stands in the words that came or went"
        f" (sought: names, known owners, codes{unsought})"
    )


@pytest.mark.parametrize(
    ("names", "rest"),
    [("A", "; one may be"), ("AB", "; two may be")],
)
def test_what_may_be_is_counted_by_entries_beside_what_is_not(names, rest):
    may_be = [supplier(name, subject, "possible") for name in names for subject in "XY"]

    assert describe_no_match(found(*may_be)) == f"None of your 3 names is touched by it{rest}"
    assert describe_no_match(found(*may_be), understood="none").endswith(rest)


@pytest.mark.parametrize(
    ("unread", "unheld", "said"),
    [
        ((), (), ""),
        (("annex 2 (no file came)",), (), " in what could be read (what could not: annex 2)"),
        (("annex 2", "annex 3"), (), " in what could be read (what could not: annex 2 and 1 more)"),
        (
            ("annex 2", "annex 3", "annex 4"),
            (),
            " in what could be read (what could not: annex 2 and 2 more)",
        ),
        (
            (),
            ("mofcom-2025-57",),
            " in what could be read (not compared with it: what MOFCOM No. 57 of 2025 listed)",
        ),
        (
            ("annex 2",),
            ("mofcom-2025-57",),
            (
                " in what could be read (what could not: annex 2; not compared with it: what MOFCOM"
                " No. 57 of 2025 listed)"
            ),
        ),
    ],
)
def test_nothing_is_claimed_of_what_could_not_be_read(unread, unheld, said):
    assert (
        describe_no_match(found(unheld=unheld), unread)
        == f"None of your 3 names is touched by it{said}"
    )


def test_what_of_the_list_was_not_read_and_what_a_person_dismissed_is_said():
    dismissed = [
        supplier(name, dismissed_by="Li Wei", dismissed_at="2025-10-09T08:00:00Z")
        for name in "ABCD"
    ]
    first = (
        "X is not supplier A: Li Wei, 9 Oct 2025 08:00 UTC; to undo: monitor triage not-ours 'X'"
        " --entry 'A' --undo"
    )

    assert told(unread=("row 3 has no name", "row 5 has no name"))[1:] == [
        "Your watch list could not be read whole: row 3 has no name; row 5 has no name."
    ]
    assert told(*dismissed)[1] == first
    assert len(told(*dismissed)) == 4
    assert list(list_touch_lines(None)) == []


def act_of(action: Action, register: str | None, *subjects: Entity | Item):
    entities = tuple(subject for subject in subjects if isinstance(subject, Entity))
    items = tuple(subject for subject in subjects if isinstance(subject, Item))
    measure = Measure(action=action, register=register, entities=entities, items=items)
    return msgspec.structs.replace(listing(10, "X"), measures=(measure,))


X, Y = (Entity(names={"en": name}, kind="org") for name in "XY")
GOODS = Item(names={"en": "X"})


@pytest.mark.parametrize(
    ("action", "register", "subject", "said"),
    [
        (Action.ADD, "cn-unreliable-entities", X, "is on China's Unreliable Entity List"),
        (Action.ADD, None, X, "is on a list of China"),
        (Action.REMOVE, "cn-unreliable-entities", X, "is off China's Unreliable Entity List"),
        (Action.REMOVE, None, X, "is off a list of China"),
        (
            Action.AMEND,
            "cn-unreliable-entities",
            X,
            "is described anew on China's Unreliable Entity List",
        ),
        (Action.AMEND, None, X, "is touched: otherwise"),
        (Action.RESTRICT, None, X, "is under new measures of China"),
        (Action.INVESTIGATE, None, X, "is touched: otherwise"),
        (Action.ADD, "cn-dual-use-items", GOODS, "is under China's export controls"),
        (Action.ADD, None, GOODS, "is under China's export controls"),
        (Action.REMOVE, "cn-dual-use-items", GOODS, "is no longer under China's export controls"),
        (Action.ADD, "cn-licence-catalogue", GOODS, "is on China's dual-use licence catalogue"),
        (Action.REMOVE, "cn-licence-catalogue", GOODS, "is off China's dual-use licence catalogue"),
        (Action.ADD, "cn-dual-use-items", X, "is on China's dual-use export control list"),
    ],
)
def test_what_an_act_makes_of_the_readers_own_is_told_first(action, register, subject, said):
    act = act_of(action, register, subject)

    assert (
        compose_touch_headline(found(supplier("A")), [act], "otherwise")
        == f"Your supplier A {said}"
    )


@pytest.mark.parametrize(
    ("action", "register", "subject", "said"),
    [
        (Action.ADD, None, GOODS, "is to be under China's export controls from 9 Oct 2025"),
        (
            Action.ADD,
            "cn-unreliable-entities",
            X,
            "is to be on China's Unreliable Entity List from 9 Oct 2025",
        ),
    ],
)
def test_what_begins_after_it_is_seen_is_told_with_its_day(action, register, subject, said):
    act = act_of(action, register, subject)
    starts = Start(on="2025-10-09", basis="explicit")
    later = msgspec.structs.replace(
        act, measures=(msgspec.structs.replace(act.measures[0], starts=starts),)
    )
    told = [
        compose_touch_headline(found(supplier("A")), [later], "otherwise", seen)
        for seen in ("2025-10-08T15:59:59Z", "2025-10-08T16:00:00Z")
    ]

    assert told[0] == f"Your supplier A {said}"
    assert told[1] == compose_touch_headline(found(supplier("A")), [act], "otherwise")


def test_of_firms_and_goods_the_firms_come_first_and_the_first_lines_have_both():
    act = act_of(Action.ADD, "cn-unreliable-entities", X)
    goods = act_of(Action.ADD, "cn-dual-use-items", GOODS.replace(names={"en": "G"}))
    products = [supplier(name, "G", relation=Relation.PRODUCT) for name in ("P", "Q", "R")]
    both = found(*products, supplier("A"), supplier("B"))

    assert [line.text[:15] for line in list_touch_lines(both, facts=[goods, act])][:3] == [
        "Your supplier A",
        "Your product P ",
        "Your supplier B",
    ]
    assert compose_touch_headline(both, [goods, act], "") == (
        "Your supplier A and 1 more are on China's Unreliable Entity List, and 3 more controlled"
    )


def test_what_was_to_begin_once_is_told_as_of_its_day_and_counted_where_names_have_no_room():
    starts = Start(on="2025-11-08", basis="explicit")
    control = act_of(Action.ADD, "cn-dual-use-items", GOODS)
    later = msgspec.structs.replace(
        control, measures=(msgspec.structs.replace(control.measures[0], starts=starts),)
    )
    listed = act_of(Action.ADD, "cn-unreliable-entities", Y)
    some = [supplier("A" * 30), supplier("B" * 30)]
    as_of = "As of 9 Oct 2025: 2 of yours are to be"

    assert (
        compose_touch_headline(found(*some), [later], "", "2025-10-09", past=True)
        == f"{as_of} under China's export controls from 8 Nov 2025"
    )
    assert (
        compose_touch_headline(
            found(*some, supplier("C", "Y")), [later, listed], "", "2025-10-09", past=True
        )
        == f"{as_of} controlled from 8 Nov 2025, and C is on the list"
    )


def test_who_is_to_be_listed_is_not_told_as_listed_where_the_list_has_no_room():
    act = act_of(Action.ADD, "cn-unreliable-entities", X, Y)
    starts = Start(on="2025-10-09", basis="explicit")
    later = msgspec.structs.replace(
        act, measures=(msgspec.structs.replace(act.measures[0], starts=starts),)
    )
    several = found(supplier("A" * 30), supplier("B" * 30, "Y"))

    assert (
        compose_touch_headline(several, [later], "", "2025-10-08T00:00:00Z")
        == f"Your supplier {'A' * 30} and 1 more are to be listed from 9 Oct 2025"
    )


@pytest.mark.parametrize(
    ("sure", "may_be", "said"),
    [
        ("", "", ""),
        ("A", "", "; touches your supplier A"),
        ("AB", "", "; touches your supplier A and your supplier B"),
        ("ABCD", "", "; touches your supplier A, your supplier B and 2 more"),
        ("A", "BC", "; touches your supplier A; 2 more of yours may be touched"),
        ("", "B", "; 1 of yours may be touched"),
    ],
)
def test_the_line_of_one_act_of_several_says_how_many_it_touches(sure, may_be, said):
    matches = [*map(supplier, sure), *(supplier(name, verdict="possible") for name in may_be)]

    assert summarize_touched(found(*matches)) == said
    assert summarize_touched(None) == ""


def test_of_several_that_are_touched_the_first_is_named():
    act = act_of(Action.ADD, "cn-unreliable-entities", X, Y)

    assert (
        compose_touch_headline(found(supplier("A"), supplier("B", "Y")), [act], "")
        == "Your supplier A and 1 more are on China's Unreliable Entity List"
    )
    assert compose_touch_headline(found(*map(supplier, "ABC")), [act], "").startswith(
        "Your supplier A and 2 more are on"
    )
    assert (
        compose_touch_headline(None, [act], "") == compose_touch_headline(found(), [act], "") == ""
    )


def test_the_fact_that_names_the_readers_own_is_the_one_that_tells_how_it_stands():
    other = act_of(Action.REMOVE, "cn-unreliable-entities", Y, X)
    later = act_of(Action.ADD, "cn-unreliable-entities", X)

    assert compose_touch_headline(
        found(supplier("A")), [act_of(Action.AMEND, None, X), other, later], ""
    ).endswith(" is off China's Unreliable Entity List")
    assert compose_touch_headline(found(supplier("A")), [listing(10, "Y"), later], "").endswith(
        " is on China's Unreliable Entity List"
    )


@pytest.mark.parametrize(("entity", "item"), [(X, None), (None, GOODS)])
def test_an_edition_tells_it_of_names_and_of_goods(entity, item):
    change = RowChange(action="remove", id="1", name="X", entity=entity, item=item)
    bare = RowChange(action="add", id="2", name="X")
    edition = Edition(
        key="k",
        register="us-bis-entity-list",
        authority="us-bis",
        rows=1,
        before=2,
        changes=(bare, change),
    )

    assert (
        compose_touch_headline(found(supplier("A")), [edition], "otherwise")
        == "Your supplier A is off the US Entity List"
    )


@pytest.mark.parametrize(
    ("action", "headline"),
    [
        ("add", "Your supplier A is to be on the US UFLPA Entity List from 5 Jan 2027"),
        ("remove", "Your supplier A is off the US UFLPA Entity List"),
    ],
)
def test_a_row_that_begins_later_is_told_with_its_own_day(action: str, headline: str):
    days = {"effective": "2027-01-05"}
    change = RowChange(action=action, id="1", name="X", entity=X, details=days)
    edition = Edition(
        key="k", register="us-dhs-uflpa", authority="us-dhs", rows=1, before=2, changes=(change,)
    )

    told = compose_touch_headline(found(supplier("A")), [edition], "", "2026-11-30T20:30:00Z")
    assert told == headline


def test_all_matches_of_a_changed_list_stand_in_a_table_with_how_sure_they_are():
    matches = (
        supplier("A"),
        supplier("B", verdict=MatchVerdict.POSSIBLE),
        supplier("C", dismissed_by="Li Wei"),
    )

    assert [row[:3] for row in make_match_table(found(*matches)).rows] == [
        ("A", "X", "yes"),
        ("B", "X", "may be it"),
        ("C", "X", "dismissed"),
    ]


@pytest.mark.parametrize(
    ("names", "said"),
    read_cases(
        """
        A | A
        AA | A
        AB | A and B
        ABC | A, B and C
        ABCDE | A, B, C and 2 more
        """
    ),
)
def test_a_changed_list_is_told_with_whom_it_touches_of_all_on_record(names, said):
    matches = [
        supplier(name, verdict=MatchVerdict.POSSIBLE if at else MatchVerdict.MATCH)
        for at, name in enumerate(names)
    ]

    assert (
        summarize_look_back(found(*matches, listed=1_200))
        == "Your watch list was compared with 1,200 names and items on record: those that touch or"
        f" may touch {said} follow."
    )


OWNED = Tie(kind=TieKind.OWNED, owner="T", share=60)
SISTER, LIKE = Tie(kind=TieKind.SISTER, owner="T", share=60), Tie(kind=TieKind.NAME, like=True)
LIST = "China's Unreliable Entity List"


def test_the_headline_names_the_tie_before_the_list():
    act = act_of(Action.ADD, "cn-unreliable-entities", X)
    owned, long = (
        supplier("A", tie=OWNED),
        supplier("Suzhou Magnet Works and Motor Parts", tie=OWNED),
    )

    assert (
        compose_touch_headline(found(owned), [act], "")
        == f"Your supplier A is owned 60 % by X, which is on {LIST}"
    )
    assert (
        compose_touch_headline(found(owned, supplier("B")), [act], "")
        == f"Your supplier B is on {LIST}; 1 more is touched"
    )
    assert compose_touch_headline(
        found(supplier("A", "Y", tie=SISTER), owned), [act], ""
    ) == compose_touch_headline(found(owned), [act], "")
    assert compose_touch_headline(found(long), [act], "").endswith(
        " is owned 60 % by X, which is listed"
    )
    assert compose_touch_headline(
        found(supplier("A", tie=OWNED), supplier("B", tie=SISTER), supplier("C", tie=SISTER)),
        [act],
        "",
    ).endswith("; 2 more are touched")


def test_a_line_and_a_table_name_the_tie_and_a_fact_only_once():
    owned = supplier("A", tie=OWNED, reason="owned 60 % by T; it is the parent")
    through = msgspec.structs.replace(
        owned,
        reason="owned 60 % by T through M; it is",
        tie=msgspec.structs.replace(OWNED, path=("M",)),
    )
    sisters = [supplier("A", name, tie=SISTER) for name in "YZ"]
    minor = supplier("A", verdict="possible", tie=msgspec.structs.replace(SISTER, share=5))

    assert told(*sisters, owned) == [
        "Your supplier A is owned 60 % by X (it is the parent); 2 more names touch it"
    ]
    assert told(through) == [
        "Your supplier A is owned 60 % by X (owned 60 % by T through M; it is)"
    ]
    assert (
        told(supplier("A", verdict="possible", tie=LIKE))[1]
        == "Your supplier A has a name like X (same name)"
    )
    assert told(minor)[1] == "Your supplier A is owned 5 % by T, the group of X (same name)"
    assert [row[2] for row in make_match_table(found(owned, sisters[0], minor)).rows] == [
        *("is owned 60 % by it", "is a sister firm of it", "is owned 5 % by T, the group of it"),
    ]


def test_an_older_record_of_an_owner_claims_no_more_than_it_knows():
    older = supplier("A", kind="parent")

    assert (
        compose_touch_headline(found(older), [act_of(Action.ADD, "cn-unreliable-entities", X)], "")
        == "Your supplier A is tied by ownership or group to X, which is listed by China"
    )


@pytest.mark.parametrize(
    ("matches", "said"),
    [
        (
            (supplier("A", tie=OWNED),),
            "Your supplier A is owned 60 % by X, which is on record as listed",
        ),
        ((supplier("A"),), "Your supplier A is on record as listed"),
        ((supplier("A"), supplier("B")), "Your supplier A and 1 more are on record as listed"),
        (
            (supplier("A"), supplier("B"), supplier("C")),
            "Your supplier A and 2 more are on record as listed",
        ),
        (
            (supplier("B", verdict=MatchVerdict.POSSIBLE), supplier("A")),
            "Your supplier A is on record as listed",
        ),
        (
            (supplier("A", verdict=MatchVerdict.POSSIBLE),),
            "Your supplier A may be X, which is on record as listed",
        ),
        (
            (
                supplier("A", verdict=MatchVerdict.POSSIBLE),
                supplier("B", verdict=MatchVerdict.POSSIBLE),
            ),
            "Your supplier A may be X, which is on record as listed; 1 more may be touched",
        ),
    ],
)
def test_a_changed_list_claims_what_is_sure_and_only_that(matches, said):
    notice: Notice = replace(
        saved("watch-smallest"), kind=NoticeKind.WATCH, touches=found(*matches)
    )

    assert compose_alert(notice).headline == said


NAMED_BY = {name: Entity(names={"en": name}, kind="org") for name in ("X", "Y", "Z", "W")}


def edition_of(**done: str) -> Edition:
    """An edition of the US Entity List that does this to each."""
    changes = tuple(
        RowChange(
            action=action.partition(" ")[0],
            id=name,
            name=name,
            entity=NAMED_BY[name],
            fields=dict.fromkeys(action.split()[1:], ("Asset freeze", "Trust services")),
        )
        for name, action in done.items()
    )
    return Edition(
        key="k",
        register="us-bis-entity-list",
        authority="us-bis",
        rows=1,
        before=2,
        changes=changes,
    )


@pytest.mark.parametrize(
    ("done", "names", "said"),
    [
        (
            {"X": "remove", "Y": "add"},
            ("A X", "B Y"),
            "Your supplier B is on the US Entity List, and A is off it",
        ),
        (
            {"X": "remove", "Y": "add", "Z": "remove", "W": "amend measures"},
            ("A X", "B Y", "C Z", "D W"),
            "Your supplier B is on the US Entity List, 1 more described anew on it, and 2 more off it",
        ),
        (
            {"X": "remove", "Y": "add"},
            (f"{'A' * 30} X", f"{'B' * 30} Y"),
            f"Your supplier {'B' * 30} is on the US Entity List, and 1 more off it",
        ),
        (
            {"X": "remove", "Y": "add", "Z": "amend measures"},
            (f"{'A' * 30} X", f"{'B' * 45} Y", "C Z"),
            "1 of yours is on the US Entity List, 1 more described anew on it, and 1 more off it",
        ),
        (
            {"X": "amend measures"},
            ("A X",),
            "Your supplier A is described anew on the US Entity List: measures",
        ),
        (
            {"X": "amend measures"},
            (f"{'A' * 36} X",),
            f"Your supplier {'A' * 36} is described anew: measures",
        ),
    ],
)
def test_whoever_comes_is_told_before_whoever_goes_and_none_counts_with_the_others(
    done, names, said
):
    matches = [supplier(*name.split()) for name in names]
    told = compose_touch_headline(found(*matches), [edition_of(**done)], "otherwise")

    assert told == said
    assert len(told) <= 90


def test_whom_goods_name_is_named_on_their_list_and_off_it_with_them():
    match = supplier("A", "X").replace(tie=Tie(kind=TieKind.NAMED))
    told = [
        compose_touch_headline(found(match), [edition_of(X=action)], "otherwise")
        for action in ("add", "remove")
    ]

    assert told == [
        "Your supplier A is named on the US Entity List",
        "Your supplier A is named in X, which is off the US Entity List",
    ]


def test_each_line_says_what_is_done_and_what_changed():
    matches = [supplier(*name) for name in ("AX", "BY", "CZ")]
    edition = edition_of(X="remove", Y="add", Z="amend measures")

    assert [line.text for line in list_touch_lines(found(*matches), facts=[edition])] == [
        "Your supplier B → Y, added (same name)",
        "Your supplier C → Z, amended: measures: Asset freeze → Trust services (same name)",
        "Your supplier A → X, removed (same name)",
    ]


def test_rows_of_a_long_change_begin_with_those_that_touch_the_readers_own():
    edition = edition_of(X="add", Y="add", Z="remove", W="amend measures")
    notice = replace(
        saved("edition-smallest"),
        body=edition,
        touches=found(supplier("A", "W"), supplier("B", "Z")),
    )

    (table,) = compose_alert(notice).tables
    assert [row[1] for row in table.rows] == ["Z", "W", "X", "Y"]
