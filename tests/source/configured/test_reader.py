import pickle

import papers
import pytest
from cases import read_cases

from monitor.document import main_text
from monitor.errors import ConfigError, LayoutChanged, NotThePage
from monitor.model import Announcement, Excerpt, Report
from monitor.source.configured import PageReader
from monitor.source.page import Body, Link, Page
from monitor.source.scraper import make_reader_name, read_all

URL = "https://ministry.example/list"
ARTICLE = """<html><head><title>Notice</title></head><body><nav><a href='/'>Home</a></nav>
<main><h1>Notice</h1><p>{0}</p></main></body></html>"""
ACT = """<html><head><title>商务部公告2031年第5号 公布将三家实体列入出口管制管控名单</title></head><body><main>
<h1>商务部公告2031年第5号 公布将三家实体列入出口管制管控名单</h1>
<p>根据《中华人民共和国出口管制法》，决定将甲公司（Alpha Corp.）列入出口管制管控名单，禁止出口经营者向上述实体出口两用物项。</p>
<p>本公告自公布之日起实施。</p><p>商务部</p><p>2031年3月3日</p></main></body></html>"""


def page(text: str, url: str = URL) -> Page:
    return Page(url, Body(text.encode()))


def reader(way: str, where: str = "", **more) -> PageReader:
    return PageReader(name="page:x", way=way, where=where, **more)


def test_it_is_known_by_the_name_of_its_page_and_can_be_sent_to_another_process():
    read = pickle.loads(pickle.dumps(reader("links", "a")))
    assert make_reader_name(read) == "page:x"
    assert make_reader_name(read.linked_reader) == "page:x.linked"


def test_main_text_leaves_menus_out():
    (excerpt,) = read_all(
        reader("text", "True"),
        page(ARTICLE.format("Exports of gallium need a licence from May on. " * 5)),
    )
    assert isinstance(excerpt, Excerpt)
    assert "Home" not in " ".join(part.text for part in excerpt.parts)
    assert excerpt.parts[-1].text.startswith("Exports of gallium")


@pytest.mark.parametrize(
    ("html", "found"),
    read_cases("""
        <main><p>one</p></main><p>off</p><main><p>two</p></main> | ['one', 'two']
        <main><p>one</p><main><p>two</p></main></main> | ['one', 'two']
        <p>off</p><main><p>one</p></main> | ['one']
        """),
)
def test_all_that_the_css_finds_is_watched_and_each_word_once(html: str, found: list[str]):
    (excerpt,) = read_all(reader("text", "main"), page(f"<body>{html}</body>"))

    assert isinstance(excerpt, Excerpt)
    assert [part.text for part in excerpt.parts] == found


def test_links_that_differ_in_the_session_alone_are_one_link():
    html = (
        "<ul><li><a href='/n?id=1&sessionid=a1'>One</a></li><li><a"
        " href='/n?id=1&sessionid=b2'>One</a></li></ul>"
    )
    links = read_all(reader("links", "li a", headers={"X-Key": "{env:KEY}"}), page(html))
    assert [(link.url, link.title) for link in links if isinstance(link, Link)] == [
        ("https://ministry.example/n?id=1", "One")
    ]


def test_headers_go_to_no_other_host():
    html = "<a href='/own'>Own</a><a href='https://other.example/x'>Other</a>"
    own, other = read_all(reader("links", "a", headers={"X-Key": "{env:KEY}"}), page(html))
    assert (own.asks.headers, other.asks.headers) == ({"X-Key": "{env:KEY}"}, {})


def test_fewer_than_the_floor_is_a_change_of_layout_and_not_of_the_page():
    with pytest.raises(LayoutChanged, match="1 rows at 'li' found, expected at least 3"):
        read_all(reader("rows", "li", floor=3), page("<li>one</li>"))


def test_an_official_page_is_read_as_acts_of_its_authority():
    (act,) = read_all(reader("text", "True", kind="official", authority="cn-mofcom"), page(ACT))
    assert isinstance(act, Announcement)
    assert (act.authority, act.key) == ("cn-mofcom", "mofcom-2031-5")


def test_the_press_gives_reports_and_no_act():
    words = (
        "China added three firms to its Unreliable Entity List on Monday, the Commerce Ministry"
        " said. " * 4
    )
    (report,) = read_all(reader("text", "True", kind="press"), page(ARTICLE.format(words)))
    assert isinstance(report, Report)
    assert report.publisher == "ministry.example"


RSS = """<rss version='2.0'><channel><title>{title}</title><item><title>Five</title><link>https://ministry.example/5?utm_source=x</link>
<description>on gallium</description></item></channel></rss>"""


def test_a_feed_is_a_window_of_entries_and_of_acts_or_news_a_list_of_links():
    body = page(RSS.format(title="Under maintenance"))  # as a feed may well be called
    (excerpt,) = read_all(reader("feed"), body)
    assert isinstance(excerpt, Excerpt)
    assert ([part.text for part in excerpt.parts], excerpt.window) == (["Five: on gallium"], True)

    for kind in ("official", "press"):
        (link,) = read_all(reader("feed", kind=kind, authority="cn-mofcom"), body)
        assert isinstance(link, Link)
        assert (link.url, link.title, link.request) == ("https://ministry.example/5", "Five", None)
        assert link.read.kind == kind


@pytest.mark.parametrize(
    ("way", "where", "body", "found"),
    [
        ("rows", "li", "<li>one</li><li> </li><li>two</li>", ["one", "two"]),
        ("json", "$.a[*]", '{"a": ["one", null, "two"]}', ["one", "two"]),
        ("text", "div", "<div><p>one</p><p>two</p></div>three", ["one", "two"]),
        ("text", "True", papers.pdf("one two"), ["one two"]),
    ],
)
def test_what_stands_where_it_says_is_what_is_watched_and_no_window(
    way: str, where: str, body: str | bytes, found: list[str]
):
    (excerpt,) = read_all(
        reader(way, where, floor=min(len(found), 2)),
        Page(URL, Body(body if isinstance(body, bytes) else body.encode())),
    )

    assert isinstance(excerpt, Excerpt)
    assert ([part.text for part in excerpt.parts], excerpt.window, excerpt.page) == (
        found,
        False,
        "page:x",
    )


@pytest.mark.parametrize(
    ("way", "where", "body", "said"),
    [
        ("rows", "li", "<li>one</li>", "1 rows at 'li' found, expected at least 2"),
        ("json", "$.a[*]", '{"a": ["one"]}', "1 values at '$.a[*]' found, expected at least 2"),
        ("feed", "True", RSS.format(title="News"), "1 entries found, expected at least 2"),
        ("text", "p", "<p>one</p>", "1 paragraphs at 'p' found, expected at least 2"),
        ("text", "True", "<p>one</p>", "1 paragraphs found, expected at least 2"),
        (
            "links",
            "a",
            "<a href='/1'>1</a><a href='/1#top'>1</a>",
            "1 links match 'a', expected at least 2",
        ),
    ],
)
def test_too_few_of_what_it_looks_for_are_called_by_what_they_are(
    way: str, where: str, body: str, said: str
):
    with pytest.raises(LayoutChanged) as refused:
        read_all(reader(way, where, floor=2), page(body))
    assert str(refused.value) == said


def test_as_many_links_as_are_expected_are_enough_and_are_read_as_whole_pages():
    links = read_all(
        reader("links", "a", floor=2, key="x"), page("<a href='/1'>One</a><a href='/2'>Two</a>")
    )

    assert [link.title for link in links] == ["One", "Two"]
    assert {
        (link.read.name, link.read.way, link.read.where, link.read.key, link.read.floor)
        for link in links
    } == {("page:x.linked", "text", "True", "", 1)}
    assert {link.read.source for link in links} == {"page:x"}


def test_a_charset_is_asked_for_at_any_host_and_what_needs_neither_is_asked_for_plainly():
    html = "<a href='/own'>Own</a><a href='https://other.example/x'>Other</a>"
    asked = read_all(
        reader("links", "a", charset="gbk", headers={"X-Key": "{env:KEY}"}), page(html)
    )
    plain = read_all(reader("links", "a"), page(html))

    assert [(link.asks.charset, dict(link.asks.headers)) for link in asked] == [
        ("gbk", {"X-Key": "{env:KEY}"}),
        ("gbk", {}),
    ]
    assert [link.request for link in plain] == [None, None]


def test_of_an_official_page_only_its_article_is_read_as_the_act():
    aside = "<div><p>商务部公告2031年第4号 将乙公司（Beta Corp.）列入出口管制管控名单</p></div>"
    (act,) = read_all(
        reader("text", "True", kind="official", authority="cn-mofcom"),
        page(ACT.replace("<main>", f"{aside}<main>")),
    )

    assert act.key == "mofcom-2031-5"


def test_a_text_is_watched_by_its_main_text_also_where_an_act_would_be_read_to_its_end():
    words = (
        "Exports of gallium need a licence from the first of May on, whatever their destination."
    )
    body = f"<html><body><article><p>{words}</p><footer>Contact us</footer></article></body></html>"
    (excerpt,) = read_all(reader("text", "True"), page(body))

    assert [part.text for part in excerpt.parts] == [words]


def test_a_page_without_words_is_no_act_and_no_news():
    for kind in ("official", "press"):
        with pytest.raises(NotThePage, match=r"ministry\.example/list: there are no words on it"):
            read_all(
                reader("text", "main", kind=kind, authority="cn-mofcom"),
                page("<html><body><main> </main>x</body></html>"),
            )


def test_news_in_chinese_names_the_act_that_it_speaks_of():
    words = (
        "新华社北京3月3日电 商务部公告2031年第5号将甲公司（Alpha Corp.）列入出口管制管控名单，"
        "自公布之日起实施。" * 3
    )
    (report,) = read_all(reader("text", "True", kind="press"), page(ARTICLE.format(words)))

    assert (report.mentions.keys, report.publisher) == (("mofcom-2031-5",), "ministry.example")


def test_news_that_says_nothing_we_know_is_a_report_of_its_host():
    words = (
        "The weather in Beijing was fine on Monday, and many people went out for a walk in the"
        " parks. " * 4
    )
    said = read_all(reader("text", "True", kind="press"), page(ARTICLE.format(words)))

    assert all(
        isinstance(report, Report) and report.publisher == "ministry.example" for report in said
    )


@pytest.mark.parametrize(
    ("by_words", "read"),
    [
        (True, {"way": "text", "where": "div.act > p"}),
        (True, {"way": "text", "where": "True"}),
        (False, {"way": "text", "where": "p[style]"}),
        (False, {"way": "text", "where": "li:nth-child(2)"}),
        (False, {"way": "rows", "where": "li"}),
        (False, {"way": "text", "where": "main", "kind": "official"}),
        (False, {"way": "links", "where": "a"}),
    ],
)
def test_only_a_text_that_is_found_by_names_goes_by_its_words(by_words: bool, read: dict[str, str]):
    assert reader(**read).goes_by_words is by_words


def find_refusal(way: str, where: str) -> str:
    try:
        reader(way, where).refuse_unreadable()
    except ConfigError as error:
        return str(error)
    return ""


@pytest.mark.parametrize(
    ("way", "where"),
    read_cases(
        """
        links | li a[href]
        rows | tr:nth-child(2)
        text | main
        text | "True"
        feed | "True"
        json | $.a[*]
        """
    ),
)
def test_selectors_and_paths_that_can_be_read_pass(way: str, where: str):
    assert find_refusal(way, where) == ""


@pytest.mark.parametrize(
    ("way", "where", "line"),
    read_cases("""
        links | li[ | page 'x': links: 'li[' is no CSS
        rows | tr:nth( | page 'x': rows: 'tr:nth(' is no CSS
        text | main[ | page 'x': text: 'main[' is no CSS
        json | items | page 'x': json: 'items' is no JSONPath
        """),
)
def test_a_selector_that_can_t_be_read_is_an_error_of_the_settings(way: str, where: str, line: str):
    assert find_refusal(way, where).startswith(line)


def test_other_settings_are_told_by_the_fingerprint():
    assert len({reader("text", where).fingerprint for where in ("main", "article", "True")}) == 3
    assert reader("text", "main").fingerprint == reader("text", "main", floor=2).fingerprint
    assert (
        len(
            {
                reader("text", "main", **more).fingerprint
                for more in ({}, {"key": "a"}, {"charset": "gbk"}, {"rendered": True})
            }
        )
        == 4
    )


def test_who_finds_the_main_text_is_told_by_the_fingerprint_of_those_who_ask_for_it(monkeypatch):
    readers = [reader("text", "True"), reader("text", "main"), reader("feed", "True")]
    before = [read.fingerprint for read in readers]
    monkeypatch.setattr("monitor.document.main_text.version", lambda _: "99.0")
    main_text.release.cache_clear()
    after = [read.fingerprint for read in readers]
    main_text.release.cache_clear()

    assert [one == other for one, other in zip(before, after, strict=True)] == [False, True, True]
