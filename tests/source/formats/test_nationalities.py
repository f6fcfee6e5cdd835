"""Nationalities as registers print them, and the codes they are told by."""

import pytest

from monitor.source.formats.nationalities import countries, country


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("Russian", "RU"),
        ("  DPRK ", "KP"),
        ("syrian arab  republic", "SY"),
        ("Democratic People’s Republic of Korea", "KP"),
        ("Iran", "IR"),
        ("China", "CN"),
        ("Martian", None),
        ("unknown", None),
        ("Russian and Ukrainian", None),
        ("", None),
    ],
)
def test_one_nationality_is_one_country_or_none(words: str, code: str | None):
    assert country(words) == code


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        ("Russian", ("RU",)),
        ("Ukrainian and Russian", ("RU", "UA")),
        ("Russia, Georgia & Syria", ("GE", "RU", "SY")),
        ("a) Iranian b) Iraqi c) Iranian", ("IQ", "IR")),
        ("Bosnia and Herzegovina", ("BA",)),
        ("Trinidad and Tobago, Bosnia and Herzegovina", ("BA", "TT")),
        ("Russian, unknown", ("RU",)),
        ("Russian, Martian", None),
        ("Martian", None),
        ("", ()),
    ],
)
def test_several_are_told_in_order_and_one_that_is_not_understood_makes_all_of_them_none(words, codes):
    assert countries(words) == codes
