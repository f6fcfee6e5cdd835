"""What a product is, beside what it is made of."""

import pytest

from monitor.watch import materials


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Diamond wire saws", {"wire saw"}),
        ("Isostatic presses", {"isostatic press"}),
        ("Windows and a window", {"window"}),
        ("Windowsill", set()),
        ("li‑ion battery", {"lithium-ion battery"}),
        ("鋰電池", {"lithium-ion battery"}),
        ("光电倍增管 PMT", {"photomultiplier"}),
        ("Screw", set()),
    ],
)
def test_a_thing_is_known_by_each_of_its_names_in_singular_and_plural(text: str, found: set[str]):
    assert materials.goods(text) == found


def test_a_thing_that_may_be_of_anything_says_too_little_to_know_it_by():
    assert materials.specific(materials.goods("hydrophone, window and valve")) == {"hydrophone"}


@pytest.mark.parametrize(
    ("text", "is_one"),
    [("正极材料", True), ("正极材料 负极材料 电解液 闪烁体 溅射靶", True), ("正极材料 窗口", False), ("窗口", False)],
)
def test_what_a_material_is_put_to_is_the_material(text: str, is_one: bool):
    assert materials.of_material(materials.goods(text)) is is_one


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("High-purity gallium metal 6N", True),
        ("gallium ab", True),  # a grade
        ("gallium abc", False),
        ("zone-refined germanium", True),
        ("zone-foo germanium", False),
        ("GaAs wafer", True),
        ("高纯镓锭", True),
        ("镓氧化物及氯化物", True),
        ("镓灯", True),  # of one character nobody knows
        ("镓温度计", False),
        ("镓锭 6N 温度计", False),
        ("镓温度计锭", False),
    ],
)
def test_a_text_is_a_material_if_the_rest_is_its_shape_and_purity(text: str, is_one: bool):
    assert materials.is_material(text) is is_one
