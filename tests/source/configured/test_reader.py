import pickle

import pytest

from monitor.errors import ConfigError, LayoutChanged, NotThePage
from monitor.model import Announcement, Excerpt, Report
from monitor.source.body import Body
from monitor.source.configured import PageReader
from monitor.source.page import Link, Page
from monitor.source.scraper import read_all, reader_name

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
    assert reader_name(read) == "page:x"
    assert reader_name(read.linked_reader) == "page:x.linked"


def test_main_text_leaves_menus_out():
    (excerpt,) = read_all(reader("text", "True"), page(ARTICLE.format("Exports of gallium need a licence from May on. " * 5)))
    assert isinstance(excerpt, Excerpt)
    assert "Home" not in " ".join(part.text for part in excerpt.parts)
    assert excerpt.parts[-1].text.startswith("Exports of gallium")


def test_the_same_bytes_give_the_same_excerpt():
    body = page(ARTICLE.format("Exports of gallium need a licence. " * 9))
    assert read_all(reader("text", "True"), body) == read_all(reader("text", "True"), page(body.text))


def test_links_that_differ_in_the_session_alone_are_one_link():
    html = "<ul><li><a href='/n?id=1&sessionid=a1'>One</a></li><li><a href='/n?id=1&sessionid=b2'>One</a></li></ul>"
    links = read_all(reader("links", "li a", headers={"X-Key": "{env:KEY}"}), page(html))
    assert [(link.url, link.title) for link in links if isinstance(link, Link)] == [("https://ministry.example/n?id=1", "One")]


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


def test_an_official_list_leads_to_acts():
    links = read_all(reader("links", "a", kind="official", authority="cn-mofcom"), page("<a href='/5'>5</a>"))
    (link,) = links
    (act,) = read_all(link.read, page(ACT, link.url))
    assert isinstance(act, Announcement)


def test_the_press_gives_reports_and_no_act():
    words = "China added three firms to its Unreliable Entity List on Monday, the Commerce Ministry said. " * 4
    (report,) = read_all(reader("text", "True", kind="press"), page(ARTICLE.format(words)))
    assert isinstance(report, Report)
    assert report.publisher == "ministry.example"


def test_a_text_is_never_an_act_whatever_it_says():
    (excerpt,) = read_all(reader("text", "main"), page(ACT))
    assert isinstance(excerpt, Excerpt)


def test_a_wall_against_robots_is_not_the_page():
    with pytest.raises(NotThePage):
        read_all(reader("text", "True"), page("<html><title>Just a moment...</title><body>Checking your browser</body></html>"))


@pytest.mark.parametrize(
    ("way", "where", "line"),
    [("links", "li[", "links: 'li\\[' is no CSS"), ("json", "items", "json: 'items' is no JSONPath")],
)
def test_a_selector_that_can_t_be_read_is_an_error_of_the_settings(way: str, where: str, line: str):
    with pytest.raises(ConfigError, match=line):
        reader(way, where).refuse_unreadable()


def test_other_settings_are_told_by_the_fingerprint():
    assert len({reader("text", where).fingerprint for where in ("main", "article", "True")}) == 3
    assert reader("text", "main").fingerprint == reader("text", "main", floor=2).fingerprint
