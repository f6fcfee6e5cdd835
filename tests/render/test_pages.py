import re

import pytest
from examples import examples
from hypothesis import given
from hypothesis import strategies as st

from monitor.model import PageChange, Rewording
from monitor.render.pages import difference, facts, headline


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("a b c", "a x c", "a [-b-] [+x+] c"),
        ("a b c", "a b and d c", "a b [+and d+] c"),
        ("a b c", "a c", "a [-b-] c"),
        ("a b c", "x y c", "[-a b-] [+x y+] c"),
        ("自5月起施行", "自6月起施行", "自[-5-] [+6+]月起施行"),
        (
            "one two three four five six seven",
            "one two three four five six eight",
            "… two three four five six [-seven-] [+eight+]",
        ),
        ("gallium and zinc are", "gallium, tin and zinc are", "gallium[+, tin+] and zinc are"),
        ("from 1,000.5 kg", "from 1,200.5 kg", "from [-1,000.5-] [+1,200.5+] kg"),
        ("", "new", "[+new+]"),
        ("gone", "", "[-gone-]"),
    ],
)
def test_a_difference_shows_the_words_and_what_stands_beside_them(before: str, after: str, told: str):
    assert difference(before, after) == told


def test_in_a_long_text_a_word_that_stands_in_it_often_is_no_less_a_word():
    often = " ".join(["of goods"] * 150)

    assert difference(f"May {often}", f"June {often}") == "[-May-] [+June+] of goods of goods of …"


WORDS = st.lists(st.sampled_from(["alpha", "beta", "gamma", "delta", "x"]), max_size=8).map(" ".join)


@given(WORDS, WORDS)
@examples(200)
def test_what_a_difference_adds_stands_in_the_new_wording(before: str, after: str):
    told = difference(before, after)
    assert all(words in after for words in re.findall(r"\[\+(.*?)\+\]", told))
    assert all(words in before for words in re.findall(r"\[-(.*?)-\]", told))
    assert (before != after) == ("[" in told)


@given(st.text(max_size=5_000), st.text(max_size=5_000))
@examples(30)
def test_a_difference_is_never_a_screenful(before: str, after: str):
    assert len(difference(before, after)) <= 610


def test_no_more_parts_are_shown_than_a_person_reads():
    change = PageChange(page="page:x", rewordings=tuple(Rewording(after=f"part {n}") for n in range(40)), more=60)
    lines = list(facts(change))
    assert len(lines) == 11
    assert lines[-1].text == "… and 90 more parts; the page as it was is kept"


def test_a_page_of_which_only_something_went_says_so():
    assert headline(PageChange(page="page:x", rewordings=(Rewording(before="gone"),))) == "x changed: 1 part removed"
