import pytest

from monitor.config.redact import clean
from monitor.render.text import (
    capitalize_first,
    cut,
    escape_text,
    join_first_names,
    join_words,
    keep_web_url,
    lower_first,
    replace_brackets,
)


def test_text_is_cut_between_letters_not_inside_them():
    assert cut("abcdef", 4) == "abc…"
    assert cut("abe\u0301f", 4) == "ab…"
    assert cut("abc", 3) == "abc"
    assert cut("ab   cdef", 5) == "ab…"
    assert cut("abc", 1) == cut("abc", 0) == "…"
    assert cut("\u0301\u0301\u0301", 2) == "…"
    assert cut("a👩\u200d👧bc", 4) == "a…"  # one sign of three characters
    assert cut("a👩\u200d👧bc", 5) == "a👩\u200d👧…"


def test_escapes_are_never_halved():
    assert escape_text("a<b>&", 100) == "a&lt;b&gt;&amp;"
    assert escape_text("<<<<", 10) == "&lt;&lt;…"
    assert "://" not in escape_text("see https://evil.example", 100)
    assert escape_text("abc", 4) == "abc"
    assert escape_text("abcd", 4) == "abc…"
    assert escape_text("ab<", 7) == "ab&lt;"
    assert escape_text("ab<", 6) == "ab…"


def test_clean_text_is_one_line():
    assert clean(" a\t\nb \x1b[31mc\u202ed ") == "a b [31mcd"


@pytest.mark.parametrize(
    ("url", "safe"),
    [
        ("https://e.cn/a b|c<d>", "https://e.cn/a%20b%7Cc%3Cd%3E"),
        ("https://e.cn/art_1.html?x=1&y=2#z", "https://e.cn/art_1.html?x=1&y=2#z"),
        (" http://e.cn/x ", "http://e.cn/x"),
        ("https://e.cn/公告", "https://e.cn/%E5%85%AC%E5%91%8A"),
        ("HTTPS://e.cn/x", "https://e.cn/x"),
        ("http://[half", ""),
        ("ftp://e.cn/x", ""),
        ("javascript:alert(1)", ""),
        ("https:///nohost", ""),
        ("//e.cn/x", ""),
        (f"https://e.cn/{'a' * 3000}", ""),
    ],
)
def test_only_whole_web_addresses_become_links(url, safe):
    assert keep_web_url(url) == safe


def test_lists_are_read_aloud():
    assert [join_words(parts) for parts in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == [
        "",
        "a",
        "a and b",
        "a, b and c",
    ]


def test_an_address_is_a_link_as_long_as_one_may_be():
    assert keep_web_url("https://e.cn", limit=12) == "https://e.cn"
    assert keep_web_url("https://e.cn", limit=11) == ""


def test_of_many_names_the_first_are_told_and_the_others_counted():
    assert join_first_names("abc", 3) == "a, b and c"
    assert join_first_names("abcd", 3) == "a, b, c and 1 more"
    assert join_first_names("a" * 1_203, 2) == "a, a and 1,201 more"


def test_a_sentence_begins_large_and_goes_on_small_but_for_names():
    assert [capitalize_first(text) for text in ("ab", "über", "", "1a")] == ["Ab", "Über", "", "1a"]
    assert [lower_first(text) for text in ("Ab", "US list", "BIS", "A", "")] == [
        "ab",
        "US list",
        "BIS",
        "a",
        "",
    ]


def test_angle_brackets_become_quotes_where_nothing_can_be_escaped():
    assert replace_brackets("<@U1> a") == "‹@U1› a"
