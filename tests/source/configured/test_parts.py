import pytest
from cases import read_cases

from monitor.errors import ConfigError, LayoutChanged, NotThePage
from monitor.source import configured as reader
from monitor.source.configured import normalize_url
from monitor.source.page import Body, Page

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
    assert reader.normalize_words(one) == reader.normalize_words(other)


def test_no_word_of_a_long_paragraph_goes_unseen():
    end = "and germanium since 1 May."
    said = page(
        f"<html><body><p>{'word ' * (reader.LONGEST // 4)}{end}</p></body></html>"
    ).document()

    long = list(reader.split_paragraphs(said))

    assert len(long) > 1
    assert "".join(part.text for part in long).endswith(end)
    assert max(len(part.text) for part in long) <= reader.LONGEST


TABLE = """<table><tr><th>No.</th><th>Firm</th></tr><tr><td>7</td><td><a href="/7?utm_source=x">Alpha</a></td></tr>
<tr><td>8</td><td><b class="n">Beta</b></td></tr></table>"""


def test_a_key_is_a_column_by_its_heading_and_the_heading_is_no_row():
    found = list(reader.select_rows(page(TABLE), "table tr", "no."))
    assert [(part.id, part.text, part.url) for part in found] == [
        ("7", "7 | Alpha", "https://ministry.example/7"),
        ("8", "8 | Beta", ""),
    ]


def test_a_key_is_css_within_the_row_where_no_column_is_called_so():
    found = list(reader.select_rows(page(TABLE), "table tr", "b.n"))
    assert [part.id for part in found] == ["", "", "Beta"]


def test_a_key_that_no_row_has_is_a_change_of_layout():
    with pytest.raises(LayoutChanged, match="no row of 'table tr' has the key 'Number'"):
        list(reader.select_rows(page(TABLE), "table tr", "Number"))


def texts(found) -> list[str]:
    return [part.text for part in found]


def test_a_row_without_the_column_of_the_key_has_none():
    short = TABLE.replace("</table>", "<tr><td>9</td></tr></table>")

    assert [part.id for part in reader.select_rows(page(short), "table tr", "Firm")] == [
        "Alpha",
        "Beta",
        "",
    ]


LIST = """<ul><li>Notes</li><li><a name="top">Alpha</a> <a href="mailto:a@a.example">Mail</a></li>
<li><a href="/8"> <img src="x"></a> Beta <i></i></li><li><a href="https://other.example/9">Gamma</a></li><li> </li></ul>"""


def test_a_row_of_a_list_has_the_address_of_its_link_and_the_key_that_css_finds_in_it():
    assert [
        (part.id, part.text, part.url) for part in reader.select_rows(page(LIST), "li", "a[href]")
    ] == [
        ("", "Notes", ""),
        ("Mail", "Alpha Mail", ""),
        ("/8", "Beta", "https://ministry.example/8"),
        ("Gamma", "Gamma", "https://other.example/9"),
    ]
    assert [(part.text, part.url) for part in reader.select_rows(page(LIST), "li a", "")] == [
        ("Alpha", URL),
        ("Mail", ""),
        ("Gamma", "https://other.example/9"),
    ]


def test_a_table_within_a_cell_belongs_to_the_cell():
    nested = (
        "<table><tr class=o><td>1</td><td>Alpha"
        " <table><tr><td>a</td><td>b</td></tr></table></td></tr></table>"
    )

    assert texts(reader.select_rows(page(nested), "tr.o", "")) == ["1 | Alpha a b"]


def test_paragraphs_and_rows_of_a_document_are_parts():
    said = page(
        "<html><body><h1>Notice</h1><p>On gallium.</p><p>"
        " </p><table><tr><td>1<td></td><td>Alpha</tr></table></body></html>"
    )

    assert texts(reader.split_paragraphs(said.document())) == ["Notice", "On gallium.", "1 | Alpha"]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (" <html><head><title> Rare  earths\n</title></head></html>", "Rare earths"),
        ("<html><body>Rare earths</body></html>", ""),
        ("<?xml version='1.0'?><rss><channel><title>Feed</title></channel></rss>", ""),
        ('{"title": "<title>JSON</title>"}', ""),
    ],
)
def test_only_an_html_page_has_a_title(text: str, title: str):
    assert reader.get_title(page(text)) == title


def test_what_is_watched_of_a_page_is_its_main_text_and_of_one_without_all_that_it_says():
    words = (
        "Exports of gallium need a licence from the first of May on, whatever their destination."
    )
    full = (
        f"<html><head><title>Notice</title></head><body><main><p>{words}</p></main><footer>Contact"
        " us</footer></body></html>"
    )
    main = reader.read_main_text(page(full))

    assert (main.title, texts(reader.split_paragraphs(main))) == ("Notice", [words])
    assert texts(
        reader.split_paragraphs(
            reader.read_main_text(page("<html><body><footer>Contact us</footer></body></html>"))
        )
    ) == ["Contact us"]


def test_an_act_is_the_article_of_its_page_and_else_all_of_it():
    words = (
        "Exports of gallium need a licence from the first of May on, whatever their destination."
    )
    page_of = (
        "<html><head><meta name='PubDate' content='2026-03-04'></head><body><p>Latest:"
        " tin</p>{}</body></html>"
    )
    act, bare = (
        reader.read_article(page(page_of.format(body)))
        for body in (f"<article><p>{words}</p></article>", "<p>Short.</p>")
    )

    assert (texts(reader.split_paragraphs(act)), act.published) == ([words], "2026-03-04")
    assert texts(reader.split_paragraphs(bare)) == ["Latest: tin", "Short."]


def test_an_entry_of_a_feed_says_its_title_and_its_summary_or_the_one_that_it_has():
    items = [
        (
            "<title>One</title><description>&lt;p&gt;on"
            " &lt;b&gt;gallium&lt;/b&gt;&lt;/p&gt;</description><link>https://a.example/1?utm_source=x</link>"
        ),
        "<title>Two</title><link>https://a.example/2</link>",
        "<description>on tin</description><link>https://a.example/3</link>",
        "<link>https://a.example/4</link>",
    ]
    feed = (
        "<rss"
        f" version='2.0'><channel>{''.join(f'<item>{item}</item>' for item in items)}</channel></rss>"
    )

    assert [(part.id, part.text, part.url) for part in reader.read_feed_entries(page(feed))] == [
        ("https://a.example/1", "One: on gallium", "https://a.example/1?utm_source=x"),
        ("https://a.example/2", "Two", "https://a.example/2"),
        ("https://a.example/3", "on tin", "https://a.example/3"),
    ]


SEVEN = '{"no": 7, "names": ["Alpha", "Beta"], "at": {"city": "Baku", "open": true}}'
VALUES = f'{{"items": [{SEVEN}, "bare", null, {{"no": null, "x": 1.5}}]}}'


def test_values_in_json_are_told_by_their_members_and_known_by_one_of_them():
    assert [
        (part.id, part.text) for part in reader.select_values(page(VALUES), "$.items[*]", "no")
    ] == [
        ("7", "at: {city: Baku; open: true}; names: Alpha, Beta; no: 7"),
        ("", "bare"),
        ("", "no: ; x: 1.5"),
    ]
    assert [part.id for part in reader.select_values(page(VALUES), "$.items[*]", "")] == [""] * 3
    assert texts(reader.select_values(page(VALUES), "$.items[0].at.open", "")) == ["true"]


def test_a_member_that_no_value_has_is_a_change_of_layout_and_no_value_at_all_is_none():
    with pytest.raises(LayoutChanged, match=r"no value at '\$\.items\[\*\]' has the key 'number'"):
        list(reader.select_values(page(VALUES), "$.items[*]", "number"))
    assert list(reader.select_values(page(VALUES), "$.things[*]", "number")) == []


def test_the_order_of_members_means_nothing():
    one, other = ('{"items": [{"a": 1, "b": true}]}', '{"items": [{"b": true, "a": 1}]}')
    assert list(reader.select_values(page(one), "$.items[*]", "")) == list(
        reader.select_values(page(other), "$.items[*]", "")
    )


def test_a_path_that_is_none_is_an_error_of_the_settings():
    with pytest.raises(ConfigError, match=r"page 'x': json: '\$\.items\[' is no JSONPath"):
        reader.compile_path("$.items[", "page 'x': json")


def test_a_page_of_too_many_parts_wants_a_scraper():
    with pytest.raises(NotThePage, match="write a scraper"):
        list(
            reader.select_rows(page("<ul>" + "<li>x</li>" * (reader.MOST + 1) + "</ul>"), "li", "")
        )
    assert (
        len(list(reader.select_values(page(f"[{'1,' * (reader.MOST - 1)}1]"), "$[*]", "")))
        == reader.MOST
    )


@pytest.mark.parametrize(
    ("url", "same"),
    read_cases(
        """
        https://a.example/n;jsessionid=8A7B6C?id=5 | https://a.example/n?id=5
        https://a.example/n?PHPSESSID=abc123&id=5 | https://a.example/n?id=5
        https://a.example/n?id=5&utm_source=feed&utm_medium=rss | https://a.example/n?id=5
        https://a.example/n?id=5&_=1764144000123 | https://a.example/n?id=5
        https://a.example/n?id=5&sid=0123456789abcdef0123456789abcdef | https://a.example/n?id=5
        https://a.example/n?id=5#top | https://a.example/n?id=5
        https://a.example/n?UTM_Source=feed | https://a.example/n
        https://a.example/n?x=&t=1764144000&q=%E9%95%93 | https://a.example/n?x=&q=%E9%95%93
        https://a.example/n;jsessionid=8A7B6C | https://a.example/n
        https://a.example/n?v=0.38461538&r=0123456789abcdef01234567 | https://a.example/n
        """
    ),
)
def test_what_names_a_visit_is_no_part_of_an_address(url: str, same: str):
    assert normalize_url(url) == same


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
    assert normalize_url(url) == url
