import re

import pytest
from examples import examples
from hypothesis import given
from hypothesis import strategies as st

from monitor.model import PageChange, Rewording
from monitor.render.pages import (
    compose_page_headline,
    list_page_facts,
    summarize_page_change,
)
from monitor.render.wordings import mark_difference


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
        ("a b c d", "a x c y", "a [-b-] [+x+] c [-d-] [+y+]"),
        ("a b  c d", "a x  y d", "a [-b  c-] [+x  y+] d"),  # what only a space parts is one change
        ("a b c", "b c", "[-a-] b c"),
        ("a b c", "a b", "a b [-c-]"),
        ("a", "b", "[-a-] [+b+]"),
        ("", "new", "[+new+]"),
        ("gone", "", "[-gone-]"),
    ],
)
def test_a_difference_shows_the_words_and_what_stands_beside_them(before, after, told):
    assert mark_difference(before, after) == told


def test_in_a_long_text_a_word_that_stands_in_it_often_is_no_less_a_word():
    often = " ".join(["of goods"] * 150)

    assert (
        mark_difference(f"May {often}", f"June {often}")
        == "[-May-] [+June+] of goods of goods of …"
    )


WORDS = st.lists(st.sampled_from(["alpha", "beta", "gamma", "delta", "x"]), max_size=8).map(
    " ".join
)


@given(WORDS, WORDS)
@examples(200)
def test_what_a_difference_adds_stands_in_the_new_wording(before, after):
    told = mark_difference(before, after)
    assert all(words in after for words in re.findall(r"\[\+(.*?)\+\]", told))
    assert all(words in before for words in re.findall(r"\[-(.*?)-\]", told))
    assert (before != after) == ("[" in told)


@given(st.text(max_size=5_000), st.text(max_size=5_000))
@examples(30)
def test_a_difference_is_never_a_screenful(before, after):
    assert len(mark_difference(before, after)) <= 610


def words(*changed: int, of: int = 30) -> str:
    return " ".join("X" if at in changed else f"w{at}" for at in range(of))


@pytest.mark.parametrize(
    ("of", "changed", "told"),
    [
        (30, (15,), "… w10 w11 w12 w13 w14 [-w15-] [+X+] w16 w17 w18 w19 w20 …"),
        (11, (5,), "w0 w1 w2 w3 w4 [-w5-] [+X+] w6 w7 w8 w9 w10"),
        (13, (6,), "… w1 w2 w3 w4 w5 [-w6-] [+X+] w7 w8 w9 w10 w11 …"),
        (12, (0, 11), "[-w0-] [+X+] w1 w2 w3 w4 w5 w6 w7 w8 w9 w10 [-w11-] [+X+]"),
        (13, (0, 12), "[-w0-] [+X+] w1 w2 w3 w4 w5 … w7 w8 w9 w10 w11 [-w12-] [+X+]"),
    ],
)
def test_five_words_stand_on_either_side_and_a_sign_where_others_are_left_out(of, changed, told):
    assert mark_difference(words(of=of), words(*changed, of=of)) == told


def test_two_wordings_that_are_too_long_to_be_compared_stand_beside_each_other():
    long = " ".join(f"{at:03}" for at in range(501))  # 1,001 tokens with its spaces

    def told(one: str) -> str:
        return mark_difference(f"a {one} b", f"c {one} d")

    assert told(long).count("[+") == 1
    assert told(long[:-12]).count("[+") == 2


def test_what_both_wordings_begin_and_end_with_makes_them_none_too_long():
    long = " ".join(["sanctioned entity"] * 2_000)

    assert mark_difference(f"{long} of {long}", f"{long} in {long}") == (
        "… entity sanctioned entity sanctioned entity [-of-] [+in+] sanctioned entity sanctioned"
        " entity sanctioned …"
    )


def change(*rewordings: Rewording, **more) -> PageChange:
    return PageChange(page="page:hk-circulars", rewordings=rewordings, **more)


ADDED, REWORDED, REMOVED = (
    Rewording(after="new words"),
    Rewording(before="a b c", after="a x c"),
    Rewording(before="old words"),
)


@pytest.mark.parametrize(
    ("told", "said"),
    [
        (change(REMOVED, REWORDED, ADDED), "hk-circulars changed: new words"),
        (change(REMOVED, REWORDED), "hk-circulars changed: a [-b-] [+x+] c"),
        (change(REMOVED, more=2), "hk-circulars changed: 1 part removed and 2 more"),
        (change(REMOVED), "hk-circulars changed: 1 part removed"),
        (change(more=2), "hk-circulars changed: 2 more"),
        (
            change(ADDED, new=True, title="Circular 7", url="https://e.hk/7"),
            "hk-circulars: new page: Circular 7",
        ),
        (change(new=True, url="https://e.hk/7"), "hk-circulars: new page: https://e.hk/7"),
    ],
)
def test_a_headline_has_the_first_words_that_are_new(told, said):
    assert compose_page_headline(told) == said


def test_a_summary_counts_what_changed_and_claims_no_act():
    nobodys = "Only the page changed: open it to see whether it is an act."

    assert (
        summarize_page_change(change(REMOVED, REWORDED, ADDED, ADDED))
        == f"The page: 2 parts added, 1 part reworded and 1 part removed. {nobodys}"
    )
    assert (
        summarize_page_change(change(ADDED, title="Circulars"))
        == f"“Circulars”: 1 part added. {nobodys}"
    )
    assert (
        summarize_page_change(change(ADDED, new=True))
        == "A page it links to that was not there before; it begins as follows."
    )


def test_what_came_stands_first_and_of_a_new_page_nothing_is_called_added():
    assert [
        (line.label, line.text) for line in list_page_facts(change(REMOVED, REWORDED, ADDED))
    ] == [
        ("Added", "new words"),
        ("Reworded", "a [-b-] [+x+] c"),
        ("Removed", "old words"),
    ]
    assert [(line.label, line.text) for line in list_page_facts(change(ADDED, new=True))] == [
        ("", "new words")
    ]


@pytest.mark.parametrize(
    ("part", "text", "url"),
    [
        (Rewording(after="new", id="row 1", url="https://e.hk/1"), "row 1: new", "https://e.hk/1"),
        (Rewording(after="row 1 new", id="row 1"), "row 1 new", ""),
        (
            Rewording(after="new", id="https://e.hk/1", url="https://e.hk/1"),
            "new",
            "https://e.hk/1",
        ),
        (Rewording(after="new"), "new", ""),
        (Rewording(before="old", id="row 1"), "row 1: old", ""),
    ],
)
def test_a_part_is_called_by_what_it_is_known_by_unless_that_says_nothing(part, text, url):
    (line,) = list_page_facts(change(part))

    assert (line.text, line.url) == (text, url)


@pytest.mark.parametrize(
    ("shown", "more", "said"),
    [
        (10, 0, []),
        (11, 0, ["… and 1 more part; the page as it was is kept"]),
        (12, 3, ["… and 5 more parts; the page as it was is kept"]),
        (2, 1, ["… and 1 more part; the page as it was is kept"]),
    ],
)
def test_parts_that_are_not_shown_are_counted(shown, more, said):
    assert [
        line.text
        for line in list_page_facts(change(*(ADDED,) * shown, more=more))
        if line.text != "new words"
    ] == said
