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
