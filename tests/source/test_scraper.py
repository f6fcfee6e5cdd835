import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import pytest

from monitor.config import Config
from monitor.errors import ConfigError, LayoutChanged, NotThePage, Unreadable
from monitor.source.configured import PageReader
from monitor.source.health import Expected
from monitor.source.page import Body, Entry, Link, Page, Record, Register, Request
from monitor.source.registry import Registry
from monitor.source.scraper import At, Busy, read_all, reader_name, source, tally

PAGES = Path(__file__).parents[1] / "pages"
HERE = "https://ministry.example/list/index.html"


def page(body: str, *, url: str = HERE) -> Page:
    return Page(url=url, body=Body(body.encode()))


def nothing(page: Page) -> list:
    return []


def test_links_are_absolute_told_once_and_named_by_their_title():
    found = list(
        page(
            '<a href="art_1.html" title="The whole title">The who…</a><a href="/art_2.html"> Two </a>'
            '<a href="art_1.html">again</a><a href="javascript:void(0)">menu</a>'
        ).links("a", read=nothing)
    )

    assert [(link.url, link.title) for link in found] == [
        ("https://ministry.example/list/art_1.html", "The whole title"),
        ("https://ministry.example/art_2.html", "Two"),
    ]


def test_an_address_that_is_none_does_not_take_its_siblings_along():
    body = page('<a href="http://[">broken</a><a href="mailto:x@y">mail</a><a href="art_1.html">act</a>')

    assert [link.title for link in body.links("a", read=nothing)] == ["act"]


def test_a_feed_yields_its_entries_and_refuses_to_be_empty():
    item = "<item><title>Rare earths</title><link>https://press.example/1</link><description>New rules</description></item>"
    (entry,) = page(f"<rss version='2.0'><channel>{item}<item><title>no link</title></item></channel></rss>").feed()

    assert (entry.url, entry.title, entry.summary) == ("https://press.example/1", "Rare earths", "New rules")
    for empty in ("<rss version='2.0'><channel></channel></rss>", "<html>Choose your cookies</html>"):
        with pytest.raises(NotThePage, match="expected a feed with entries"):
            page(empty).feed()


def test_a_feed_that_is_the_name_of_a_file_opens_no_file(tmp_path):
    secret = tmp_path / "feed.xml"
    secret.write_text("<rss version='2.0'><channel><item><link>https://secret.example/</link></item></channel></rss>")

    with pytest.raises(NotThePage):
        page(str(secret)).feed()


def test_html_within_json_is_a_page_of_its_own_with_its_own_address():
    outer = Page(url="https://ministry.example/api", body=Body(b"{}"), charset="gb18030", content_type="application/json")
    part = outer.part('<li><a href="art/1.html">公告</a></li>', url=HERE)

    (link,) = part.links("li a", read=nothing)
    assert (link.url, link.title) == ("https://ministry.example/list/art/1.html", "公告")
    assert outer.part("<p>x</p>").url == outer.url


def test_words_of_an_old_chinese_encoding_are_read_by_the_requests_charset():
    body = "<html><head><meta charset='gb2312'></head><body><p>赖镕喆</p></body></html>".encode("gb18030")

    assert "赖镕喆" in Page(url=HERE, body=Body(body), charset="gb18030").text


@pytest.mark.parametrize(
    "said",
    [
        ("Mon-Fry", "08:30-17:30", "Asia/Shanghai", "1 minute"),
        ("Mon-Fri", "8-17", "Asia/Shanghai", "1 minute"),
        ("Mon-Fri", "17:30-08:30", "Asia/Shanghai", "1 minute"),
        ("Mon-Fri", "08:30-17:30", "Asia/Shanghia", "1 minute"),
        ("Mon-Fri", "08:30-17:30", "Asia/Shanghai", "often"),
    ],
)
def test_hours_that_are_none_are_refused_where_they_are_declared(said: tuple[str, str, str, str]):
    with pytest.raises((ValueError, ZoneInfoNotFoundError, ConfigError)):
        Busy(*said)


def test_in_january_last_years_page_is_asked_for_too_by_the_clock_of_the_publisher():
    yearly = source(
        name="x",
        authority="x",
        url="https://x.example/{year}/",
        every="1 hour",
        busy=Busy("Mon-Fri", "08:30-17:30", "Asia/Shanghai", every="1 minute"),
    )(nothing)

    new_year_in_beijing = datetime(2025, 12, 31, 17, 0, tzinfo=UTC)
    assert [request.url[-6:] for request in yearly.requests(new_year_in_beijing)] == ["/2026/", "/2025/"]
    assert [request.url[-6:] for request in yearly.requests(datetime(2026, 2, 1, tzinfo=UTC))] == ["/2026/"]


@pytest.mark.parametrize(
    ("moment", "years"),
    [
        (datetime(2026, 1, 1, tzinfo=UTC), ["/2026/", "/2025/"]),
        (datetime(2026, 1, 31, 23, 59, tzinfo=UTC), ["/2026/", "/2025/"]),
        (datetime(2026, 12, 31, 23, 59, tzinfo=UTC), ["/2026/"]),
    ],
)
def test_the_year_in_an_address_is_that_of_greenwich_where_no_zone_is_known(moment: datetime, years: list[str]):
    yearly = source(name="x", authority="x", url=Request("https://x.example/{year}/", form={"a": "1"}), every="1 hour")(nothing)

    assert [request.url[-6:] for request in yearly.requests(moment)] == years
    assert {request.method for request in yearly.requests(moment)} == {"POST"}


def test_what_a_scraper_says_of_its_source_is_kept_in_measures_of_time_and_requests():
    posted = Request("https://x.example/more", form={"a": "1"})
    said = source(
        name="x", authority="cn-mofcom", url=posted, every="1 hour", deadline="5 minutes", patience="2 hours", absence="45 days",
        unmoved="10 days", canary="art_1", floor=15, mirror="xx.other", enabled=False,
        companions={"more": "https://x.example/a", "form": posted},
    )(nothing)  # fmt: skip

    assert (said.request, said.deadline, said.patience) == (posted, timedelta(minutes=5), timedelta(hours=2))
    assert said.expected == Expected(timedelta(days=45), timedelta(days=10), "art_1", 15, "xx.other")
    assert said.companions == {"more": Request("https://x.example/a"), "form": posted}
    assert not said.enabled


BUSY = Busy("Mon-Fri", "08:30-17:30", "Asia/Shanghai", every="1 minute")
NOON = At("Mon-Fri", "12:00", "America/New_York", every="1 minute")


@pytest.mark.parametrize(
    ("hours", "zone"),
    [
        ({}, "Asia/Tokyo"),
        ({"busy": BUSY}, "Asia/Shanghai"),
        ({"at": NOON}, "America/New_York"),
        ({"busy": BUSY, "at": NOON}, "Asia/Shanghai"),
        ({"busy": BUSY, "zone": "Europe/Berlin"}, "Europe/Berlin"),
        ({"zone": "UTC"}, "UTC"),
    ],
)
def test_the_zone_of_a_source_is_said_or_that_of_its_hours_or_of_its_authority(hours: dict, zone: str):
    said = source(name="x", authority="jp-meti", url="https://x.example/", every="1 hour", **hours)(nothing)

    assert said.zone == ZoneInfo(zone)


def test_a_reader_is_called_by_its_module_and_name_and_a_page_of_the_settings_by_its_own():
    declared = source(name="x", authority="x", url="https://x.example/", every="1 hour")(nothing)

    assert reader_name(nothing) == reader_name(declared) == declared.id == "test_scraper.nothing"
    assert reader_name(PageReader("page:bis-press", "text", "True")) == "page:bis-press"


def test_a_source_reads_like_its_reader_and_owns_the_pages_of_its_hosts():
    def entries(page: Page) -> list[Entry]:
        return [Entry(page.url, page.text)]

    declared = source(name="x", authority="x", url="https://www.x.gov.cn/", every="1 hour", hosts=("*.y.cn",))(entries)

    assert declared(page("a")) == [Entry(HERE, "a")]
    assert [declared.owns(f"https://{host}/a") for host in ("b.x.gov.cn", "z.y.cn", "z.gov.cn")] == [True, True, False]


def links(page: Page) -> Iterator[Link | Entry]:
    yield from (Link(f"{page.url}{number}", nothing) for number in range(3))
    yield Entry(page.url, "a fact")


def roll(count: int, *, cut: bool = False, declared: int | None = None) -> Register:
    def records() -> Iterator[Record]:
        yield from (Record(str(number), b"") for number in range(count))
        if cut:
            raise KeyError("no end")

    return Register("un-sc", records(), lambda raw: raw, declared=declared)  # type: ignore[arg-type,return-value]


def test_what_a_reader_finds_is_counted_by_links_and_facts_and_of_a_register_by_records():
    assert tally(links, page("a")) == (3, 1)
    assert tally(nothing, page("a")) == (0, 0)
    assert tally(lambda page: roll(7), page("a")) == (0, 7)
    assert isinstance(read_all(lambda page: roll(7), page("a")), Register)


@pytest.mark.parametrize(
    ("register", "refused", "why"),
    [
        (roll(0), LayoutChanged, "un-sc: not one record"),
        (roll(2, declared=3), NotThePage, "declares 3 records and has 2"),
        (roll(2, cut=True), Unreadable, "failed: KeyError: 'no end'"),
    ],
)
def test_a_register_that_is_not_whole_is_not_counted(register: Register, refused: type[Exception], why: str):
    with pytest.raises(refused, match=why):
        tally(lambda page: register, page("a"))


def test_a_reader_that_refuses_a_page_is_heard_in_its_own_words():
    def refusing(page: Page) -> list:
        raise NotThePage("an excerpt, not the whole")

    with pytest.raises(NotThePage, match=r"^an excerpt, not the whole$"):
        read_all(refusing, page("a"))


def test_a_reader_that_falls_over_a_page_is_a_failure_of_that_page_with_its_name():
    def careless(page: Page) -> list:
        return [page.json()["missing"]]

    with pytest.raises(Unreadable, match="careless failed: KeyError: 'missing'") as caught:
        read_all(careless, page("{}"))
    assert caught.value.kind == "reader"


def test_no_two_sources_ask_for_the_same_page():
    asked = [source.request.identity for source in Registry(Config()).sources]

    assert len(asked) == len(set(asked))


@pytest.mark.parametrize(
    "saved",
    [
        "cn_mofcom/announcement-2025-70",
        "cn_mofcom/announcement-2025-70-second-address",
        "cn_mofcom_security/notice-2025-70",
        "cn_mofcom_english/announcement-2025-70",
        "cn_export_control/control_lists-november",
        "cn_gov/policy-2025-70",
    ],
)
def test_one_act_is_the_same_by_key_and_operation_at_all_its_addresses(saved):
    act = json.loads((PAGES / f"{saved}.facts.json").read_text())["facts"][0]
    (measure,) = act["measures"]

    assert act["key"] == "mofcom-2025-70"
    assert [target["key"][-2:] for target in measure["amends"]] == ["55", "56", "57", "58", "61", "62"]
    assert measure["ends"]["on"] == "2026-11-10"
