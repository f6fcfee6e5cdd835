"""What an act is about, in English words for its goods."""

import pytest
from notices import act

from monitor.model import Action, Item, Measure
from monitor.render.words import join_goods, name_goods


@pytest.mark.parametrize(
    ("title", "items", "said"),
    [
        ("公布对稀土实施管制的决定", ("锂电池",), ("rare earths",)),
        ("公告", ("锂电池", "金属钬", "锂电池"), ("batteries", "rare earths")),
        ("公告", ("某物",), ()),
    ],
)
def test_an_act_is_about_what_its_title_says_else_its_items(title, items, said):
    measure = Measure(action=Action.ADD, items=tuple(Item(names={"zh": name}) for name in items))

    assert name_goods(act(measure, title=title)) == said


def test_of_many_goods_the_first_are_told():
    assert join_goods(()) == ""
    assert join_goods(("a", "b", "c")) == "a, b and c"
    assert join_goods(("a", "b", "c", "d")) == "a, b, c and more"
    assert join_goods(["a", "b"], 1) == "a and more"
