import random

import pytest

from monitor.model import Action, Announcement, Edition, Entity, Item, Measure, Relation, RowChange
from monitor.watch import materials
from monitor.watch.candidates import Index, Spelling
from monitor.watch.entries import Party, Product
from monitor.watch.goods import agree, overlaps
from monitor.watch.match import MATCH, AllListed, Dismissal, Thresholds, WatchList, pairings, screen, screen_entry

TEAL = Entity(
    names={"zh": "蒂尔无人机公司", "en": "Teal Drones, Inc."},
    kind="org",
    country="US",
    parent="Red Cat Holdings, Inc.",
    quote="蒂尔",
)


def found(subject: Entity | Item, *entries: Party | Product) -> list[tuple[str, str]]:
    return [(match.kind, match.verdict) for match in screen(subject, WatchList(entries))]


def test_a_supplier_is_found_by_either_name_of_a_listed_entity_with_its_quote():
    (match,) = screen(TEAL, WatchList([Party(name="蒂爾無人機公司"), Party(name="Acme")]))

    assert (match.kind, match.verdict, match.score, match.quote) == ("exact", "match", 1.0, "蒂尔")


@pytest.mark.parametrize(
    ("entry", "kind"),
    [
        (Party(name="Teal Drones"), "legal-form"),
        (Party(name="Our drone shop", aliases=("Teal Drones, Inc.",)), "alias"),
        (Party(name="Teal Drons Inc"), "fuzzy"),
        (Party(name="Red Cat Holdings"), "member"),
        (Party(name="Flying Squirrel LLC", parent="Teal Drones Inc."), "parent"),
    ],
)
def test_the_kind_of_a_match_says_by_which_way_it_was_found(entry: Party, kind: str):
    assert found(TEAL, entry) == [(kind, "match")]


def test_both_directions_find_the_same_for_the_same_reason():
    entries = [
        Party(name="Teal Drones"),
        Party(name="Red Cat Holdings"),
        Party(name="X", parent="Teal Drones Inc."),
        Party(name="Acme"),
    ]
    watch = WatchList(entries)

    there = {(match.entry.key, match.kind, match.score, match.reason) for match in screen(TEAL, watch)}
    back = {
        (match.entry.key, match.kind, match.score, match.reason)
        for entry in entries
        for _, match in screen_entry(entry, AllListed([TEAL]), watch)
    }

    assert len(there) == 3
    assert there == back


def test_a_number_finds_whom_no_name_would():
    vessel = Entity(names={"en": "OCEAN STAR"}, kind="vessel", ids={"imo": "IMO 9187629"})

    assert found(vessel, Party(name="MV Morning Glory", ids=("imo9187629",))) == [("id", "match")]


@pytest.mark.parametrize(
    ("ours", "printed", "found_by"), [("12-38.56", "123856", ["id"]), ("12345", "12345", []), ("ABCDEF", "ABCDEF", [])]
)
def test_a_number_of_six_characters_names_somebody_and_a_shorter_one_or_a_word_does_not(
    ours: str, printed: str, found_by: list[str]
):
    vessel = Entity(names={"en": "OCEAN STAR"}, kind="vessel", ids={"no": printed})

    assert [kind for kind, _ in found(vessel, Party(name="MV Morning Glory", ids=(ours,)))] == found_by


def test_a_low_score_clears_nobody():
    entity = Entity(names={"en": "Siemens (China) Co., Ltd."}, kind="org")
    entry = Party(name="Siemens Co., Ltd.")

    assert found(entity, entry) == [("fuzzy", "possible")]
    assert [match.verdict for match in screen(entity, WatchList([entry], Thresholds(match=0.75)))] == ["match"]


def test_a_score_that_equals_a_threshold_has_reached_it():
    entity, entry = Entity(names={"en": "Siemens (China) Co., Ltd."}, kind="org"), Party(name="Siemens Co., Ltd.")
    item, product = Item(names={"zh": "磁体"}, hs=("850511",)), Product(name="Magnet", hs=("850511",))
    for subject, ours in ((entity, entry), (item, product)):
        ((score, _),) = scores(subject, ours, review=0.5)

        assert scores(subject, ours, review=0.5, match=score) == [(score, "match")]
        assert scores(subject, ours, review=0.5, match=score + 0.001) == [(score, "possible")]
        assert scores(subject, ours, review=score) == [(score, "match" if score >= MATCH else "possible")]
        assert scores(subject, ours, review=score + 0.001) == []


def scores(subject: Entity | Item, ours: Party | Product, **thresholds: float) -> list[tuple[float, str]]:
    """The same from either side."""
    watch = WatchList([ours], Thresholds(**thresholds))
    there, back = screen(subject, watch), [match for _, match in screen_entry(ours, AllListed([subject]), watch)]
    assert [match.score for match in there] == [match.score for match in back]
    return [(match.score, match.verdict) for match in there]


@pytest.mark.parametrize(
    ("name", "countries", "score"),
    [
        ("Teal Drones", ("US", "FR"), 0.97),
        ("Teal Drons", ("US", "FR"), 0.84),  # one core name in two countries is for a person, however alike
        ("Teal Drons", ("US", "US"), 0.95),
        ("Teal Drones", ("US", None), 1.0),
        ("Teal Drones", (None, "US"), 1.0),
        ("Teal Drones", ("CN", "HK"), 1.0),  # a firm and its seat are often printed under either
        ("Teal Drones", ("MO", "HK"), 1.0),
        ("Teal Drones", ("CN", "TW"), 0.97),
    ],
)
def test_another_country_costs_a_name_that_is_only_alike_more(name: str, countries: tuple[str | None, str | None], score: float):
    listed, ours = countries
    entity = Entity(names={"en": "Teal Drones"}, kind="org", country=listed)

    assert [found for found, _ in scores(entity, Party(name=name, country=ours))] == [score]


def test_another_country_lowers_the_score_and_is_said():
    (match,) = screen(TEAL, WatchList([Party(name="Teal Drones", country="FR")]))

    assert match.score < 0.98
    assert "countries differ: US, FR" in match.reason


def test_a_dismissed_match_stays_in_sight_with_whose_word_it_is():
    entry = Party(name="Teal Drones")
    said = Dismissal(entry=entry.key, subject="蒂尔无人机公司", by="Ann", at="2025-10-10T00:00:00Z")

    (match,) = screen(TEAL, WatchList([entry], dismissals=[said]))

    assert (match.dismissed, match.verdict) == (said, "match")


def test_a_dismissal_is_of_one_pair_alone():
    entry, other = Party(name="Teal Drones"), Party(name="Teal Drones", relation=Relation.CUSTOMER)
    said = Dismissal(entry=entry.key, subject="tealdronesinc", by="Ann", at="2025-10-10T00:00:00Z")

    matches = screen(TEAL, WatchList([entry, other], dismissals=[said]))

    assert {match.entry.key: bool(match.dismissed) for match in matches} == {entry.key: True, other.key: False}


def test_an_act_and_an_edition_touch_by_all_they_list_and_the_dismissed_come_last():
    drone, magnet = Party(name="Teal Drones, Inc."), Product(name="Magnet", hs=("850511",))
    said = Dismissal(entry=drone.key, subject="tealdronesinc", by="Ann", at="2025-10-10T00:00:00Z")
    item = Item(names={"zh": "磁体"}, hs=("850511",))
    act = Announcement(
        key="a", authority="cn-mofcom", title="t", understood="full",
        measures=(Measure(action=Action.ADD, entities=(TEAL,)), Measure(action=Action.ADD, items=(item,))),
    )  # fmt: skip
    gone = RowChange(action="remove", id="1", name="Teal", entity=TEAL)
    edition = Edition(key="e", register="r", authority="us-ofac", rows=1, before=2, changes=(gone,))
    watch = WatchList([drone, magnet], dismissals=[said])

    assert [match.entry.name for match in pairings(act, watch)] == ["Magnet", "Teal Drones, Inc."]
    assert [match.kind for match in pairings(edition, watch)] == ["exact"]


@pytest.mark.parametrize(
    ("one", "other", "digits"),
    [("850511", "85051110", 6), ("85051110", "85051110", 8), ("8505", "85051110", 4), ("85051110", "85051190", 6),
     ("8505", "8506", 0), ("850511", "850519", 0), ("85", "8505", 0)],
)  # fmt: skip
def test_tariff_numbers_agree_at_the_digits_both_have(one: str, other: str, digits: int):
    assert agree(one, other) == agree(other, one) == digits


@pytest.mark.parametrize(
    ("ours", "printed", "overlap"),
    [
        ("1C909.a.1", "1C909", "1C909 covers our 1C909.a.1"),
        ("1C909", "1C909.a.1", "our 1C909 covers"),
        ("1c909.A.1", "1C909.a.1", "control code 1C909.a.1"),
        ("3A001.b.2", "3A001.b.20", "are paragraphs of one control code, 3A001"),
        ("3A001", "3A002", None),
        ("1C909", "1C90", None),
    ],
)
def test_control_codes_touch_up_and_down_their_hierarchy(ours: str, printed: str, overlap: str | None):
    found = overlaps(Item(names={"zh": "物项"}, codes=(printed,)), Product(name="ours", codes=(ours,)))

    assert [each.how for each in found] == (["control-code"] if overlap else [])
    assert not overlap or overlap in found[0].reason


@pytest.mark.parametrize(
    ("product", "register", "verdict"),
    [
        (Product(name="ours", eccn=("3C003",)), "us-ccl", "match"),
        (Product(name="ours", eccn=("3C003",)), "cn-dual-use-items", "possible"),
        (Product(name="ours", codes=("3C003",)), "cn-dual-use-items", "match"),
        (Product(name="ours", codes=("3C003",)), "us-ccl", "possible"),
        (Product(name="ours", codes=("3C003",)), None, "match"),
    ],
)
def test_a_control_code_is_a_match_on_its_own_list_alone(product: Product, register: str | None, verdict: str):
    item = Item(names={"zh": "物项"}, codes=("3C003",))

    assert [match.verdict for match in screen(item, WatchList([product]), register)] == [verdict]


def test_paragraphs_beside_each_other_are_for_a_person():
    item = Item(names={"zh": "物项"}, codes=("1C909.a",))

    assert [match.verdict for match in screen(item, WatchList([Product(name="ours", codes=("1C909.b",))]))] == ["possible"]


@pytest.mark.parametrize(
    ("ours", "printed", "touched"),
    [("ML1", "ML1.a", True), ("ml1.b", "ML1", True), ("EAR99", "ear99", True), ("ML1", "ML10", False), ("ML1", "EAR99", False)],
)
def test_codes_of_one_level_touch_as_any_other(ours: str, printed: str, *, touched: bool):
    item, product = Item(names={"en": "item"}, codes=(printed,)), Product(name="ours", codes=(ours,))

    assert bool(overlaps(item, product)) == bool(screen(item, WatchList([product]))) == touched


@pytest.mark.parametrize(
    ("item", "product", "verdict"),
    [
        ("金属镝、含镝合金", Product(name="Motor", materials=("Dy",)), "match"),
        ("金屬鏑", Product(name="Dysprosium oxide"), "match"),
        ("中重稀土相关物项", Product(name="Motor", materials=("terbium",)), "match"),
        ("砷化镓", Product(name="Chip", materials=("gallium",)), "possible"),
        ("人造金刚石微粉", Product(name="Wheel", materials=("superhard materials",)), "possible"),
    ],
)
def test_materials_touch_across_languages_and_groups(item: str, product: Product, verdict: str):
    assert found(Item(names={"zh": item}), product) == [("material", verdict)]


def test_a_symbol_is_no_word_and_a_word_inside_another_no_material():
    assert materials.in_text("In As No one, W. Smith") == frozenset()
    assert materials.in_text("石墨烯 银行") == frozenset()
    assert {each.name for each in materials.in_text("Dy2O3")} == {"dysprosium"}


def test_a_part_touches_as_its_product_would():
    (match,) = screen(
        Item(names={"zh": "磁体"}, hs=("85051110",)),
        WatchList([Product(name="Magnet", relation=Relation.PART, part_of="Motor", hs=("850511",))]),
    )

    assert match.entry.key == "part:motor:magnet"
    assert "agrees at all 6 digits that both have" in match.reason


def test_items_find_no_suppliers_and_entities_no_products():
    watch = WatchList([Party(name="Dysprosium"), Product(name="Teal Drones")])

    assert screen(TEAL, watch) == ()
    assert [match.entry.key for match in screen(Item(names={"en": "dysprosium"}), watch)] == []


def test_a_name_is_found_among_many_even_misspelt():
    dice = random.Random(3)
    crowd = ["".join(dice.choices("abcdefghiklmnoprstuvz", k=9)).title() + " Technology Trading Co., Ltd." for _ in range(3_000)]
    index = Index(Spelling(number, text) for number, text in enumerate([*crowd, "Vacuumschmelze GmbH"]))

    assert [index.spelt[number].text for number in index.candidates("Vacumschmelze")] == ["Vacuumschmelze GmbH"]
    for name in crowd[::300]:
        assert name in [index.spelt[number].text for number in index.candidates(name)]


@pytest.mark.parametrize(
    ("name", "asked"),
    [("中国石油集团", "Zhongguo Shiyou Jituan"), ("中国科学院", "Zhongguo Kexueyuan"), ("蒂尔无人机公司", "Dier Wurenji Gongsi")],
)
def test_a_chinese_name_is_found_by_its_sounds_also_where_all_its_words_have_a_translation(name: str, asked: str):
    assert Index([Spelling(0, "Jituan Trading"), Spelling(1, name)]).candidates(asked)[0] == 1


class OneShelf:
    """Holds what was put last, whatever it is asked for."""

    made = b""

    def get(self, names: bytes) -> bytes | None:
        return self.made[32:] if self.made[:32] == names else None

    def put(self, names: bytes, made: bytes) -> None:
        self.made = names + made


def test_what_lies_on_a_shelf_finds_the_same_and_no_name_is_read_again(monkeypatch):
    spelt = [Spelling(1, "Sunrise Drones Ltd"), Spelling(2, "Иван Пример", person=True), Spelling(3, "蒂尔无人机公司")]
    asked, shelf = ("Sunrize Drones", "Ivan Primer", "Teal Drones 蒂尔"), OneShelf()
    made = [Index(spelt).candidates(name) for name in asked]
    Index(spelt, shelf)
    monkeypatch.setattr("monitor.watch.candidates.parse", None)

    kept = Index(spelt, shelf)

    assert [kept.candidates(name) for name in asked] == made
    assert made[:2] == [[0], [1]]


@pytest.mark.parametrize(
    ("others", "person"),
    [
        (["SunriseDay"], False),
        (["Sunrise D", "ay"], False),
        (["Day", "Sunrise"], False),
        (["Sunrise"], False),
        (["Sunrise", "Day"], True),
    ],
)
def test_what_was_made_of_other_names_is_not_taken_for_theirs(others: list[str], person: bool):
    shelf = OneShelf()
    Index([Spelling(1, "Sunrise"), Spelling(2, "Day")], shelf)
    before = shelf.made

    Index([Spelling(number, text, person=person) for number, text in enumerate(others)], shelf)

    assert shelf.made != before


@pytest.mark.parametrize("name", ["On AG", "du", "The The", "An Ltd", "DE GmbH"])
def test_a_name_of_small_words_alone_is_found(name: str) -> None:
    (found,) = screen(Entity(names={"en": name.upper()}, kind="org"), WatchList([Party(name=name)]))

    assert (found.score, found.verdict) == (1.0, "match")
