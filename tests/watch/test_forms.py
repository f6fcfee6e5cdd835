"""Legal forms: which two one firm may have."""

import pytest

from monitor.vocabulary.forms import han, latin
from monitor.watch.likeness import agreement


@pytest.mark.parametrize(
    ("one", "other", "factor", "said"),
    [
        ("", "", 1.0, ""),
        ("gmbh", "", 0.98, "one without its legal form"),
        ("gmbh", "gmbh", 1.0, ""),
        ("gmbh", "gesellschaft mit beschrankter haftung", 1.0, ""),
        ("ooo", "llc", 0.99, ""),  # how it is put into English
        ("gmbh", "ooo", 0.8, "legal forms of different countries"),
        ("gmbh", "ltd", 0.8, "legal forms of different countries"),
        ("gmbh", "ag", 0.8, "another legal form of one country"),
        ("gmbh", "company", 0.97, "legal forms written otherwise"),
        ("corp", "inc", 0.97, "legal forms written otherwise"),
        ("plc", "ltd", 0.93, "another legal form"),  # one of them is but an English word
        ("ooo", "ao", 0.93, "another legal form"),
    ],
)
def test_two_legal_forms_go_together_by_country_and_kind(one: str, other: str, factor: float, said: str):
    mine, theirs = (tuple(latin()[tuple(spelt.split())] for spelt in [some] if spelt) for some in (one, other))

    assert agreement(mine, theirs) == agreement(theirs, mine) == (factor, said)


def test_of_several_forms_the_two_that_go_best_together_count():
    gmbh, company, ooo = (latin()[form,] for form in ("gmbh", "company", "ooo"))

    assert agreement((ooo, gmbh), (gmbh,)) == (1.0, "")
    assert agreement((ooo, company), (gmbh,)) == (0.97, "legal forms written otherwise")


def test_chinese_and_japanese_forms_are_known_by_what_they_are():
    assert [(han()[form].kind, "JP" in han()[form].countries) for form in ("有限公司", "株式会社", "总公司")] == [
        ("limited", False),
        ("stock", True),
        ("company", False),
    ]
    assert agreement((han()["有限公司"],), (latin()["ltd",],)) == (0.99, "")
