"""The English of the goods that a Chinese text names."""

import pytest
from notices import act

from monitor.model import Action, Item, Measure
from monitor.render.glossary import families, gloss, goods, spoken


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("金属钬、含钬的合金", "holmium, metal, alloys"),
        ("镝", "dysprosium"),
        ("砂轮", "grinding wheels"),
        ("合金镝", "dysprosium, alloys"),  # what it is of stands first
        ("鋰離子電池", "lithium-ion batteries"),
        ("某物", ""),
        ("", ""),
    ],
)
def test_only_the_words_that_are_known_are_told_each_once(name: str, said: str) -> None:
    assert gloss(name) == said


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("金属钬、氧化镝", ("rare earths",)),
        ("锂电池和人造石墨负极材料", ("batteries", "graphite")),
        ("设备", ()),
        ("无人机", ("drones",)),
    ],
)
def test_a_headline_calls_goods_by_their_family(name: str, said: tuple[str, ...]) -> None:
    assert families(name) == said


@pytest.mark.parametrize(
    ("title", "items", "said"),
    [
        ("公布对稀土实施管制的决定", ("锂电池",), ("rare earths",)),
        ("公告", ("锂电池", "金属钬", "锂电池"), ("batteries", "rare earths")),
        ("公告", ("某物",), ()),
    ],
)
def test_an_act_is_about_what_its_title_says_else_its_items(title: str, items: tuple[str, ...], said: tuple[str, ...]) -> None:
    measure = Measure(action=Action.ADD, items=tuple(Item(names={"zh": name}) for name in items))

    assert goods(act(measure, title=title)) == said


def test_of_many_goods_the_first_are_told() -> None:
    assert spoken(()) == ""
    assert spoken(("a", "b", "c")) == "a, b and c"
    assert spoken(("a", "b", "c", "d")) == "a, b, c and more"
    assert spoken(["a", "b"], 1) == "a and more"
