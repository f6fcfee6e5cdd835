"""The English of the goods that a Chinese text names."""

import pytest

from monitor.model import Item
from monitor.watch.glosses import families, gloss, is_called, key, keys


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
    ("word", "is_one"), [("grinding wheel", True), ("Wheels", True), ("battery", False), ("grinding", False)]
)
def test_goods_are_called_by_the_end_of_the_words_for_them_which_is_a_key_of_theirs(word: str, is_one: bool) -> None:
    wheel = Item(names={"zh": "人造金刚石砂轮"})

    assert is_called(wheel, word) is is_one
    assert (key(word) in keys(wheel)) is is_one
