from datetime import date

import pytest
from acts import entity, listing
from statutes import SEEN, act, all_on, measure, part_of

from monitor.extract.named import find_named_acts
from monitor.model import Announcement, Item, Target, Unread
from monitor.timeline import Timeline

UEL = "cn-unreliable-entities"
FIRMS = listing(10, "Alpha Ltd", "Beta GmbH", "Gamma Optics Inc.")
GOODS = act(
    "mofcom-2025-57",
    measure(
        "add",
        starts="2025-10-09",
        items=tuple(Item(names={"en": code}, codes=(code,)) for code in ("1C909.a", "1C910.a")),
    ),
)


def later(*quotes: str, number: int = 20, published: str = "2026-01-05", **more) -> Announcement:
    """An act of which these sentences were not understood."""
    unread = tuple(Unread("sentence", "not understood", quote) for quote in quotes)
    made = act(f"mofcom-2026-{number}", *more.pop("measures", ()), published=published, **more)
    return made.replace(understood="part", not_read=unread)


def hedged(*acts: Announcement, day: str = "2026-02-01") -> dict[str, list[str]]:
    """The sentences that may change each row that has some."""
    line = Timeline(((each, SEEN) for each in acts), find_named_acts)
    rows = (row for each in acts for row in all_on(line, each.key, date.fromisoformat(day)))
    return {
        f"{part_of(row)}{''.join(code for item in row.lifecycle.items for code in item.codes)}": [
            hedge.quote for hedge in row.span.hedges
        ]
        for row in rows
        if row.span.hedges
    }


def test_a_sentence_that_was_not_understood_hedges_the_rows_of_whom_it_names():
    said = "自2026年1月10日起，对GAMMA OPTICS Inc.的措施暂停实施90日。"

    assert hedged(FIRMS, GOODS, later(said)) == {"Gamma Optics Inc.": [said]}


@pytest.mark.parametrize(
    ("said", "rows"),
    [
        ("1C909.a to Korea follows later rules.", ["1C909.a"]),
        ("Beta of the sea and alpha ltdx are no names.", []),
        ("对商务部公告2025年第57号的物项另行规定。", ["1C909.a1C910.a"]),
        ("The measures of MOFCOM Announcement No. 57 of 2025 are eased.", ["1C909.a1C910.a"]),
        ("对出口管制管控名单另行规定。", ["Delta AG"]),
    ],
)
def test_a_sentence_hedges_what_it_names_and_nothing_else(said: str, rows: list[str]):
    controlled = act(
        "mofcom-2025-9",
        measure("add", register="cn-export-control-entities", entities=(entity("Delta AG"),)),
    )

    found = hedged(FIRMS, GOODS, controlled, later(said))

    assert found == {key: [said] for key in rows}


def test_a_sentence_of_another_country_or_of_before_hedges_nothing():
    said = "Alpha Ltd is treated otherwise."

    assert hedged(FIRMS, later(said, authority="us-bis")) == {}
    assert hedged(FIRMS, later(said, published="2024-01-05")) == {}


def test_a_status_of_before_a_sentence_was_told_is_not_hedged():
    said = "Alpha Ltd is treated otherwise."
    ended = measure("remove", register=UEL, entities=(entity("Alpha Ltd"),), starts="2025-12-01")
    acts = (FIRMS, act("uel-2025-30", ended), later(said))

    assert hedged(*acts, day="2025-11-20") == {}
    assert hedged(*acts)["Alpha Ltd"] == [said]


def test_what_a_measure_does_is_hedged_where_its_own_sentence_was_not_understood_to_its_end():
    said = "the notice ends, but not for those of its second part"
    ends = measure("repeal", "uel-2025-10", starts="2026-01-10").replace(quote="the notice ends,")

    assert set(hedged(FIRMS, later(said, measures=(ends,)))) >= {
        "Alpha Ltd Beta GmbH Gamma Optics Inc."
    }


@pytest.mark.parametrize(
    "said",
    [
        "向日本出口上述物项的，自2027年6月1日起适用本公告。",
        "附件所列第二项自2027年6月1日起适用前述措施。",
        "Point (3) of Article 1 shall apply from 1 June 2027.",
    ],
)
def test_what_an_act_says_of_its_own_goods_hedges_them(said: str):
    own = later(said, number=88, measures=GOODS.measures)

    assert hedged(own) == {"1C909.a1C910.a": [said]}


@pytest.mark.parametrize(
    "said",
    [
        "自2019年6月1日起适用的措施见附件。",
        "商务部公告2025年第99号自2027年6月1日起实施。",
        "The next meeting is on 1 June 2027.",
    ],
)
def test_a_day_that_is_past_of_another_act_or_of_nothing_that_holds_hedges_no_own_goods(said: str):
    assert hedged(later(said, number=88, measures=GOODS.measures)) == {}


def test_what_is_told_as_a_change_is_not_told_again():
    said = "除乙公司外，停止实施该公告"
    change = measure("amend", "uel-2025-10").replace(quote=said)

    assert "Alpha Ltd Beta GmbH Gamma Optics Inc." not in hedged(
        FIRMS, later(said, measures=(change,))
    )


def test_an_act_names_others_in_both_languages_and_itself_where_it_says_when_that_holds():
    chinese = act("mofcom-2026-5")

    assert find_named_acts(chinese, "商务部公告2025年第61号第一条第（一）项不再适用") == (
        Target(key="mofcom-2025-61", clauses=("一(一)",)),
    )
    assert find_named_acts(chinese, "Regulation (EU) No 833/2014 is amended") == (
        Target(key="eu-2014-833"),
    )
    assert find_named_acts(chinese, "This notice applies to Peru from May.") == (
        Target(key="mofcom-2026-5"),
    )
    assert find_named_acts(chinese, "This notice was written in May.") == ()
