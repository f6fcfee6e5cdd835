"""Every kind of trouble has a word that people understand, a sentence, a row in the manual, and a way out that doctor names."""

from pathlib import Path

import pytest

from monitor.cli.doctor.words import REMEDIES
from monitor.errors import ErrorKind
from monitor.source.health import SENTENCES, WORDS, kind_word, kind_words, sentence

MANUAL = (Path(__file__).parents[3] / "docs" / "operate.md").read_text().partition("## What the ops channel says")[2]


@pytest.mark.parametrize("kind", WORDS)
def test_the_word_and_the_finer_kind_stand_in_the_manual(kind):
    table = MANUAL.partition("\n## ")[0]

    assert f"`{kind}`" in table or f": {kind}`" in table
    assert kind_word(kind) in table or f"`{kind}`" in table.partition("Nothing can be seen")[2]


@pytest.mark.parametrize("kind", WORDS)
def test_the_word_has_one_clear_sentence(kind):
    assert sentence(kind).endswith(".")
    assert sentence(kind).count("\n") == 0


@pytest.mark.parametrize("kind", WORDS)
def test_doctor_has_a_way_out(kind):
    assert REMEDIES.get(kind), f"{kind} has no remedy"


def test_no_sentence_is_of_no_use():
    assert {kind_word(kind) for kind in WORDS} == {*SENTENCES}


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        (ErrorKind.DNS, "unreachable (dns)"),
        (ErrorKind.STALE, "stale"),
        (ErrorKind.NOT_THE_PAGE, "not the page"),
        (ErrorKind.MAINTENANCE, "not the page (maintenance)"),
        (ErrorKind.INCOMPLETE, "count mismatch"),
        (ErrorKind.NOT_MODIFIED, "always 304"),
        (ErrorKind.WATCH_LIST, "watch-list"),
    ],
)
def test_the_finer_kind_stands_beside_the_word_where_it_says_more(kind, told):
    assert kind_words(kind) == told
