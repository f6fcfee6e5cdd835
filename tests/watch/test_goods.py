"""An item that an act controls against what we make and buy: tariff numbers, materials and what a thing is."""

import pytest

from monitor.model import Item
from monitor.watch import materials, uses
from monitor.watch.entries import Product
from monitor.watch.goods import overlaps
from monitor.watch.match import WatchList, screen


def verdict(item: Item, product: Product) -> str:
    """How the screening finds the two: a match, possible, or not at all."""
    return next((match.verdict for match in screen(item, WatchList([product]))), "nothing")


@pytest.mark.parametrize(
    ("ours", "printed", "found"),
    [
        ("8507600090", "85076000", "match"),  # the act controls the whole of our line
        ("28258000", "2825800010", "match"),
        ("282580", "2825800010", "possible"),  # ours is wider
        ("84798999", "8479899956", "possible"),  # ours is the line of other machines
        ("28053018", "28053019", "nothing"),  # another line of the same tariff
        ("2805301900", "28053018", "possible"),  # perhaps another country's
        ("28053019", "28500000", "nothing"),
        ("2805", "28053019", "possible"),
    ],
)
def test_tariff_numbers_agree_by_the_digits_that_both_have(ours: str, printed: str, found: str):
    assert verdict(Item(names={"zh": "物项"}, hs=(printed,)), Product(name="Ours", hs=(ours,))) == found


def test_a_wider_line_is_a_match_where_the_material_is_the_same():
    item = Item(names={"zh": "锑的氧化物"}, hs=("2825800010",))

    assert verdict(item, Product(name="Antimony trioxide, 99.8 %", hs=("282580",))) == "match"
    assert verdict(item, Product(name="Oxides", hs=("282580",))) == "possible"


def test_an_other_line_is_said_to_be_one():
    (overlap,) = overlaps(Item(names={"zh": "物项"}, hs=("8479899956",)), Product(name="Robot", hs=("84798999",)))

    assert "not named elsewhere" in overlap.reason


@pytest.mark.parametrize(
    ("name", "item", "found"),
    [
        ("Dysprosium metal ingot 99.9%", "金属镝", "match"),
        ("Dysprosium lamp", "金属镝", "possible"),  # a thing with the material in it
        ("钨丝灯", "钨合金", "possible"),
        ("Diamond wire saw", "人造金刚石线锯", "match"),
        ("Diamond climbing rope", "人造金刚石线锯", "nothing"),  # the act controls another thing
        ("Natural diamond powder", "人造金刚石微粉", "nothing"),
        ("Germanium-free glass", "锗锭", "nothing"),
        ("Titanium dioxide pigment", "海绵钛", "nothing"),
        ("Yttria powder", "氧化钇", "match"),
        ("Cemented carbide inserts", "碳化钨", "possible"),
        ("硬质合金刀片", "碳化钨", "possible"),
        ("Ammonium metatungstate", "仲钨酸铵", "possible"),
        ("LFP", "磷酸铁锂正极材料", "match"),
        ("Nd magnet", "含镝的钕铁硼永磁材料", "nothing"),
        ("NdFeB magnet N42", "含镝的钕铁硼永磁材料", "possible"),  # whether with dysprosium is not said
        ("NdFeB magnet with dysprosium", "含镝的钕铁硼永磁材料", "match"),
        ("Hydrophone, towed", "水听器", "match"),
        ("Holmes screw", "金属钬", "nothing"),
    ],
)
def test_a_material_in_a_name_is_a_match_where_the_product_is_the_material_or_the_same_thing(name: str, item: str, found: str):
    assert verdict(Item(names={"zh": item}), Product(name=name)) == found


def test_what_a_product_is_made_of_touches_another_thing_of_that_material_perhaps():
    saw = Item(names={"zh": "人造金刚石线锯"})

    assert verdict(saw, Product(name="Wheel", materials=("diamond",))) == "possible"
    assert verdict(Item(names={"zh": "人造金刚石微粉"}), Product(name="Wheel", materials=("diamond",))) == "match"


def test_dopants_and_alloys_are_read_from_their_symbols():
    assert {each.name for each in materials.named("Ho:YAG rod")} >= {"holmium"}
    assert {each.name for each in materials.named("Al-Sc target")} == {"scandium"}


def test_a_name_is_the_material_if_it_says_no_more_than_its_shape():
    assert uses.is_material("High-purity gallium metal 6N")
    assert uses.is_material("高纯镓锭")
    assert not uses.is_material("Gallium thermometer")
    assert not uses.is_material("镓温度计")


def test_a_material_is_one_of_its_group_and_of_that_groups_group():
    assert materials.groups(materials.by_names()["neodymium"]) == ("light rare earths", "rare earths")
    assert materials.groups(materials.by_names()["gallium"]) == ()


@pytest.mark.parametrize(
    ("ours", "printed", "found"),
    [
        ("立式窑", "立式窑", "match"),  # no material, and a thing that our glossary does not have
        ("Ｐ 507", "P507", "match"),
        ("辊道窯", "辊道窑", "match"),
        ("立式窑砖", "立式窑", "nothing"),
    ],
)
def test_what_bears_the_very_name_that_an_act_prints_is_found(ours: str, printed: str, found: str):
    assert verdict(Item(names={"zh": printed}), Product(name=ours)) == found


def test_the_same_name_is_said_to_be_the_reason():
    (overlap,) = overlaps(Item(names={"zh": "立式窑"}), Product(name="立式窑"))

    assert (overlap.how, overlap.reason) == ("exact", "both are called “立式窑”")
