import pytest

from monitor.config.harmless import clean
from monitor.render.text import cut, escaped, listed, web_address


def test_text_is_cut_between_letters_not_inside_them() -> None:
    assert cut("abcdef", 4) == "abc…"
    assert cut("abe\u0301f", 4) == "ab…"
    assert cut("abc", 3) == "abc"


def test_escapes_are_never_halved() -> None:
    assert escaped("a<b>&", 100) == "a&lt;b&gt;&amp;"
    assert escaped("<<<<", 10) == "&lt;&lt;…"
    assert "://" not in escaped("see https://evil.example", 100)


def test_clean_text_is_one_line() -> None:
    assert clean(" a\t\nb \x1b[31mc\u202ed ") == "a b [31mcd"


@pytest.mark.parametrize(
    ("url", "safe"),
    [
        ("https://e.cn/a b|c<d>", "https://e.cn/a%20b%7Cc%3Cd%3E"),
        ("https://e.cn/art_1.html?x=1&y=2#z", "https://e.cn/art_1.html?x=1&y=2#z"),
        ("http://[half", ""),
        ("https:///nohost", ""),
        ("//e.cn/x", ""),
        (f"https://e.cn/{'a' * 3000}", ""),
    ],
)
def test_only_whole_web_addresses_become_links(url: str, safe: str) -> None:
    assert web_address(url) == safe


def test_lists_are_read_aloud() -> None:
    assert [listed(parts) for parts in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == ["", "a", "a and b", "a, b and c"]
