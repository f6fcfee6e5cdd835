"""The English of the goods that a Chinese text names."""

import pytest
from cases import read_cases

from monitor.model import Item
from monitor.watch.glosses import is_called, make_end_key, make_goods_keys


@pytest.mark.parametrize(
    ("word", "is_one"),
    read_cases(
        """
        grinding wheel | True
        Wheels | True
        battery | False
        grinding | False
        """
    ),
)
def test_goods_are_called_by_the_end_of_the_words_for_them_which_is_a_key_of_theirs(
    word: str, is_one: bool
) -> None:
    wheel = Item(names={"zh": "人造金刚石砂轮"})

    assert is_called(wheel, word) is is_one
    assert (make_end_key(word) in make_goods_keys(wheel)) is is_one
