"""Legal forms: which two one firm may have."""

import pytest

from monitor.vocabulary.forms import latin
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
