import re

import pytest

from monitor.vocabulary.forms import ENDING, is_ending


@pytest.mark.parametrize("text", ["Inc", "Inc.", "L.L.C.", "LLC", "S.A.", "S.p.A.", "S. de R.L."])
def test_a_legal_form_is_one_with_and_without_its_points(text: str):
    assert is_ending(text)


@pytest.mark.parametrize("text", ["Acme", "Incs", "Beijing", "", "Co., of Ningbo"])
def test_other_words_are_none(text: str):
    assert not is_ending(text)


def test_a_name_goes_on_over_the_commas_of_its_forms():
    name = re.compile(rf"[^,]+(?:, ?(?:{ENDING})+)*", re.IGNORECASE)

    assert name.match("ACME CO., LTD., 5 Main Street")[0] == "ACME CO., LTD."
