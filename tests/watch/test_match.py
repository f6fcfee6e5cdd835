import random

import pytest
from acts import listing
from cases import read_cases

from monitor.model import Entity, Item
from monitor.names.candidates import Index, Spelling
from monitor.watch.entries import Owner, Party, Product, describe_tie
from monitor.watch.match import (
    MATCH,
    AllListed,
    Dismissal,
    Thresholds,
    WatchList,
    find_pairings,
    screen_entry,
    screen_subject,
)
from monitor.watch.values import Relation

TEAL = Entity(
    names={"zh": "蒂尔无人机公司", "en": "Teal Drones, Inc."},
    kind="org",
    country="US",
    parent="Red Cat Holdings, Inc.",
    quote="蒂尔",
)


def found(subject: Entity | Item, *entries: Party | Product) -> list[tuple[str, str]]:
    return [(match.kind, match.verdict) for match in screen_subject(subject, WatchList(entries))]


def test_a_supplier_is_found_by_either_name_of_a_listed_entity_with_its_quote():
    (match,) = screen_subject(TEAL, WatchList([Party(name="蒂爾無人機公司"), Party(name="Acme")]))

    assert (match.kind, match.verdict, match.score, match.quote) == ("exact", "match", 1.0, "蒂尔")


@pytest.mark.parametrize(
    ("listed", "ours", "verdicts"),
    read_cases("""
        Teal Systems of America | Teal Systems Deutschland GmbH | ['possible']
        Zetacom Japan | Zetacom Deutschland | []
        Government of Estonia | Government of Ethiopia | []
        Zetacom Japan | Zetacom Optics Deutschland | []
        Bank of America | Bank of China | []
        Atlas Japan | Atlas Deutschland | []
        """),
)
def test_two_firms_that_differ_in_a_country_behind_their_name_may_be_of_one_group(
    listed: str, ours: str, verdicts: list[str]
):
    found = screen_subject(Entity(names={"en": listed}, kind="org"), WatchList([Party(name=ours)]))

    assert [match.verdict for match in found] == verdicts


@pytest.mark.parametrize(
    ("listed", "ours"),
    [
        ("Dedrone by Axon", "Dedrone GmbH"),
        ("Dedrone by Axon", "Dedrone"),
        ("Dedrone", "Dedrone by Axon"),
        ("Skydio", "Skydio by Alpha Inc."),
    ],
)
def test_a_brand_may_be_whoever_is_listed_by_it_with_its_owner(listed: str, ours: str):
    found = screen_subject(Entity(names={"en": listed}, kind="org"), WatchList([Party(name=ours)]))

    assert [match.verdict for match in found] == ["possible"]


def test_both_directions_find_the_same_for_the_same_reason():
    entries = [
        Party(name="Teal Drones"),
        Party(name="Red Cat Holdings"),
        Party(name="X", parent="Teal Drones Inc."),
        Party(name="Acme"),
    ]
    watch = WatchList(entries)

    there = {
        (match.entry.key, match.kind, match.score, match.reason)
        for match in screen_subject(TEAL, watch)
    }
    back = {
        (match.entry.key, match.kind, match.score, match.reason)
        for entry in entries
        for _, match in screen_entry(entry, AllListed([TEAL]), watch)
    }

    assert len(there) == 3
    assert there == back


def test_a_low_score_clears_nobody():
    entity = Entity(names={"en": "Siemens (China) Co., Ltd."}, kind="org")
    entry = Party(name="Siemens Co., Ltd.")

    assert found(entity, entry) == [("fuzzy", "possible")]
    assert [
        match.verdict
        for match in screen_subject(entity, WatchList([entry], Thresholds(match=0.75)))
    ] == ["match"]


def test_a_score_that_equals_a_threshold_has_reached_it():
    entity, entry = (
        Entity(names={"en": "Siemens (China) Co., Ltd."}, kind="org"),
        Party(name="Siemens Co., Ltd."),
    )
    item, product = (
        Item(names={"zh": "磁体"}, hs=("850511",)),
        Product(name="Magnet", hs=("850511",)),
    )
    for subject, ours in ((entity, entry), (item, product)):
        ((score, _),) = scores(subject, ours, review=0.5)

        assert scores(subject, ours, review=0.5, match=score) == [(score, "match")]
        assert scores(subject, ours, review=0.5, match=score + 0.001) == [(score, "possible")]
        assert scores(subject, ours, review=score) == [
            (score, "match" if score >= MATCH else "possible")
        ]
        assert scores(subject, ours, review=score + 0.001) == []


def scores(
    subject: Entity | Item, ours: Party | Product, **thresholds: float
) -> list[tuple[float, str]]:
    """The same from either side."""
    watch = WatchList([ours], Thresholds(**thresholds))
    there, back = (
        screen_subject(subject, watch),
        [match for _, match in screen_entry(ours, AllListed([subject]), watch)],
    )
    assert [match.score for match in there] == [match.score for match in back]
    return [(match.score, match.verdict) for match in there]


@pytest.mark.parametrize(
    ("name", "countries", "score"),
    read_cases("""
        Teal Drones | ('US', 'FR') | 0.97
        Teal Drons | ('US', 'FR') | 0.84  # one core name in two countries is for a person, however alike
        Teal Drons | ('US', 'US') | 0.95
        Teal Drones | ('US', None) | 1.0
        Teal Drones | (None, 'US') | 1.0
        Teal Drones | ('CN', 'HK') | 1.0  # a firm and its seat are often printed under either
        Teal Drones | ('MO', 'HK') | 1.0
        Teal Drones | ('CN', 'TW') | 0.97
        """),
)
def test_another_country_costs_a_name_that_is_only_alike_more(
    name: str, countries: tuple[str | None, str | None], score: float
):
    listed, ours = countries
    entity = Entity(names={"en": "Teal Drones"}, kind="org", country=listed)

    assert [found for found, _ in scores(entity, Party(name=name, country=ours))] == [score]


def test_a_dismissed_match_stays_in_sight_with_whose_word_it_is():
    entry = Party(name="Teal Drones")
    said = Dismissal(entry=entry.key, subject="蒂尔无人机公司", by="Ann", at="2025-10-10T00:00:00Z")

    (match,) = screen_subject(TEAL, WatchList([entry], dismissals=[said]))

    assert (match.dismissed, match.verdict) == (said, "match")


def test_a_dismissal_is_of_one_pair_alone():
    entry, other = Party(name="Teal Drones"), Party(name="Teal Drones", relation=Relation.CUSTOMER)
    said = Dismissal(entry=entry.key, subject="tealdronesinc", by="Ann", at="2025-10-10T00:00:00Z")

    matches = screen_subject(TEAL, WatchList([entry, other], dismissals=[said]))

    assert {match.entry.key: bool(match.dismissed) for match in matches} == {
        entry.key: True,
        other.key: False,
    }


def test_items_find_no_suppliers_and_entities_no_products():
    watch = WatchList([Party(name="Dysprosium"), Product(name="Teal Drones")])

    assert screen_subject(TEAL, watch) == ()
    assert [
        match.entry.key for match in screen_subject(Item(names={"en": "dysprosium"}), watch)
    ] == []


def test_a_name_is_found_among_many_even_misspelt():
    dice = random.Random(3)
    crowd = [
        "".join(dice.choices("abcdefghiklmnoprstuvz", k=9)).title()
        + " Technology Trading Co., Ltd."
        for _ in range(3_000)
    ]
    index = Index(
        Spelling(number, text) for number, text in enumerate([*crowd, "Vacuumschmelze GmbH"])
    )

    assert [index.spelt[number].text for number in index.candidates("Vacumschmelze")] == [
        "Vacuumschmelze GmbH"
    ]
    for name in crowd[::300]:
        assert name in [index.spelt[number].text for number in index.candidates(name)]


@pytest.mark.parametrize(
    ("name", "asked"),
    [
        ("中国石油集团", "Zhongguo Shiyou Jituan"),
        ("中国科学院", "Zhongguo Kexueyuan"),
        ("蒂尔无人机公司", "Dier Wurenji Gongsi"),
    ],
)
def test_a_chinese_name_is_found_by_its_sounds_also_where_all_its_words_have_a_translation(
    name: str, asked: str
):
    assert Index([Spelling(0, "Jituan Trading"), Spelling(1, name)]).candidates(asked)[0] == 1


class OneShelf:
    """Holds what was put last, whatever it is asked for."""

    made = b""

    def get(self, names: bytes) -> bytes | None:
        return self.made[32:] if self.made[:32] == names else None

    def put(self, names: bytes, made: bytes) -> None:
        self.made = names + made


def test_what_lies_on_a_shelf_finds_the_same_and_no_name_is_read_again(monkeypatch):
    spelt = [
        Spelling(1, "Sunrise Drones Ltd"),
        Spelling(2, "Иван Пример", person=True),
        Spelling(3, "蒂尔无人机公司"),
    ]
    asked, shelf = ("Sunrize Drones", "Ivan Primer", "Teal Drones 蒂尔"), OneShelf()
    made = [Index(spelt).candidates(name) for name in asked]
    Index(spelt, shelf)
    monkeypatch.setattr("monitor.names.candidates.parse_name", None)

    kept = Index(spelt, shelf)

    assert [kept.candidates(name) for name in asked] == made
    assert made[:2] == [[0], [1]]


@pytest.mark.parametrize(
    "name",
    read_cases("""
        On AG
        du
        The The
        An Ltd
        DE GmbH
        """),
)
def test_a_name_of_small_words_alone_is_found(name: str) -> None:
    (found,) = screen_subject(
        Entity(names={"en": name.upper()}, kind="org"), WatchList([Party(name=name)])
    )

    assert (found.score, found.verdict) == (1.0, "match")


@pytest.mark.parametrize(
    ("listed", "shares", "ties"),
    [
        (["Nova Optics"], (30, 30), ["is owned 30 % by it"]),
        (["Nova Optics", "Brix Laser"], (30, 10), ["is owned 10 % by it", "is owned 30 % by it"]),
        (["Nova Optics", "Brix Lazer Trading"], (30, 30), ["is owned 30 % by it"]),
        (
            ["Nova Optics", "Brix Laser"],
            (30, 30),
            [
                (
                    "is owned 60 % by several that are listed, among them it (30 % by Nova Optics + 30"
                    " % by Brix Laser = 60 %)"
                )
            ]
            * 2,
        ),
        (
            ["Nova Optics", "Brix Laser"],
            (60, 10),
            [
                "is owned 60 % by it",
                (
                    "is owned 70 % by several that are listed, among them it (60 % by Nova Optics +"
                    " 10 % by Brix Laser = 70 %)"
                ),
            ],
        ),
    ],
)
def test_shares_of_several_that_one_act_lists_are_added_up(
    listed: list[str], shares: tuple[float, float], ties: list[str]
):
    owners = tuple(
        Owner(name=name, share=share)
        for name, share in zip(("Nova Optics", "Brix Laser"), shares, strict=True)
    )
    found = find_pairings(listing(10, *listed), WatchList([Party(name="Yak Works", owners=owners)]))

    assert sorted(describe_tie(match.tie, "it") for match in found if not match.tie.like) == ties
    assert {match.verdict for match in found if match.tie.share and match.tie.share < 50} <= {
        "possible"
    }
    assert {match.verdict for match in found if match.tie.share and match.tie.share >= 50} <= {
        "match"
    }
