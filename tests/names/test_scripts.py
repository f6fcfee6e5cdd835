"""Characters of one shape."""

import pytest
from cases import read_cases

from monitor.names import scripts


@pytest.mark.parametrize(
    ("text", "shape"),
    read_cases(
        """
        國際 | 国际
        図書館 | 图书馆
        广州Zeta | 广州Zeta
        浜松 | 滨松
        "" | ""
        """
    ),
)
def test_traditional_and_japanese_characters_have_the_simplified_shape_one_for_one(
    text: str, shape: str
) -> None:
    assert scripts.simplify_han(text) == shape
