import pytest

from monitor.source.configured import canonical


@pytest.mark.parametrize(
    ("url", "same"),
    [
        ("https://a.example/n;jsessionid=8A7B6C?id=5", "https://a.example/n?id=5"),
        ("https://a.example/n?PHPSESSID=abc123&id=5", "https://a.example/n?id=5"),
        ("https://a.example/n?id=5&utm_source=feed&utm_medium=rss", "https://a.example/n?id=5"),
        ("https://a.example/n?id=5&_=1764144000123", "https://a.example/n?id=5"),
        ("https://a.example/n?id=5&sid=0123456789abcdef0123456789abcdef", "https://a.example/n?id=5"),
        ("https://a.example/n?id=5#top", "https://a.example/n?id=5"),
        ("https://a.example/n?UTM_Source=feed", "https://a.example/n"),
        ("https://a.example/n?x=&t=1764144000&q=%E9%95%93", "https://a.example/n?x=&q=%E9%95%93"),
        ("https://a.example/n;jsessionid=8A7B6C", "https://a.example/n"),
        ("https://a.example/n?v=0.38461538&r=0123456789abcdef01234567", "https://a.example/n"),
    ],
)
def test_what_names_a_visit_is_no_part_of_an_address(url: str, same: str):
    assert canonical(url) == same


@pytest.mark.parametrize(
    "url",
    [
        "https://a.example/n?id=5",
        "https://a.example/n?sid=20261126",
        "https://a.example/n?id=1764144&page=2",
        "https://a.example/n?q=%E9%95%93&x=",
        "https://a.example/s?token=notice",
        "https://a.example/n?id=1764144000",
        "https://a.example/n?id=0123456789abcdef0123456789abcdef",
        "https://a.example/n?file=0123456789abcdef0123456789abcdef",
        "https://a.example/n?q=a+b&x=1,2",
        "https://a.example/art/2026/art_8f3a9c01d2e4f5a611b2c3d4.html",
    ],
)
def test_what_names_a_page_stays(url: str):
    assert canonical(url) == url
