import pytest
from examples import examples
from hypothesis import given
from hypothesis import strategies as st

from monitor.errors import ConfigError, LayoutChanged, NotThePage
from monitor.source.body import Body
from monitor.source.configured import parts
from monitor.source.page import Page

URL = "https://ministry.example/list"


def page(text: str) -> Page:
    return Page(URL, Body(text.encode()))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Licence  for\n gallium", "Licence for gallium"),
        ("ＡＣＭＥ　Ｌｔｄ", "ACME Ltd"),
        ("gal\u00adlium", "gallium"),
        ("第 六十一 号", "第六十一号"),
        ("a\u200bb\ufeff", "ab"),
    ],
)
def test_what_printers_vary_is_the_same(one: str, other: str):
    assert parts.normal(one) == parts.normal(other)


@given(st.text(max_size=60))
@examples(200)
def test_what_is_normal_stays_so(text: str):
    assert parts.normal(parts.normal(text)) == parts.normal(text)


def test_no_word_of_a_long_paragraph_goes_unseen():
    end = "and germanium since 1 May."
    said = page(f"<html><body><p>{'word ' * (parts.LONGEST // 4)}{end}</p></body></html>").document()

    long = list(parts.words(said))

    assert len(long) > 1
    assert "".join(part.text for part in long).endswith(end)
    assert max(len(part.text) for part in long) <= parts.LONGEST


TABLE = """<table><tr><th>No.</th><th>Firm</th></tr><tr><td>7</td><td><a href="/7?utm_source=x">Alpha</a></td></tr>
<tr><td>8</td><td><b class="n">Beta</b></td></tr></table>"""


def test_a_key_is_a_column_by_its_heading_and_the_heading_is_no_row():
    found = list(parts.rows(page(TABLE), "table tr", "no."))
    assert [(part.id, part.text, part.url) for part in found] == [
        ("7", "7 | Alpha", "https://ministry.example/7"),
        ("8", "8 | Beta", ""),
    ]


def test_a_key_is_css_within_the_row_where_no_column_is_called_so():
    found = list(parts.rows(page(TABLE), "table tr", "b.n"))
    assert [part.id for part in found] == ["", "", "Beta"]


def test_a_key_that_no_row_has_is_a_change_of_layout():
    with pytest.raises(LayoutChanged, match="no row of 'table tr' has the key 'Number'"):
        list(parts.rows(page(TABLE), "table tr", "Number"))


def test_a_json_feed_is_a_feed():
    feed = (
        '{"version": "https://jsonfeed.org/version/1.1", "items": [{"url": "/5", "title": "Five", "content_text": "on gallium"}]}'
    )
    assert [(part.id, part.text) for part in parts.entries(page(feed))] == [("https://ministry.example/5", "Five: on gallium")]


def test_the_order_of_members_means_nothing():
    one, other = ('{"items": [{"a": 1, "b": true}]}', '{"items": [{"b": true, "a": 1}]}')
    assert list(parts.values(page(one), "$.items[*]", "")) == list(parts.values(page(other), "$.items[*]", ""))


def test_a_path_that_is_none_is_an_error_of_the_settings():
    with pytest.raises(ConfigError, match=r"page 'x': json: '\$\.items\[' is no JSONPath"):
        parts.path_of("$.items[", "page 'x': json")


def test_a_page_of_too_many_parts_wants_a_scraper():
    with pytest.raises(NotThePage, match="write a scraper"):
        list(parts.rows(page("<ul>" + "<li>x</li>" * (parts.MOST + 1) + "</ul>"), "li", ""))
