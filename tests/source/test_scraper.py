import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import pytest
from acts import listing
from cases import read_cases
from each import for_each
from hypothesis import given
from hypothesis import strategies as st

from monitor.alert.event import NoticeKind
from monitor.config import Config
from monitor.errors import ConfigError, LayoutChanged, NotThePage, SourceError, Unreadable
from monitor.model import Entity, Listing
from monitor.source.configured import PageReader
from monitor.source.habits import Expected
from monitor.source.page import Body, Entry, Link, Page, Record, Register, Request
from monitor.source.registry import Registry
from monitor.source.scraper import (
    FEWEST,
    MOST_HASTE,
    At,
    Busy,
    Source,
    belongs_to_publisher,
    count_content,
    get_domain,
    learn_habit,
    make_reader_name,
    read_all,
    source,
)
from monitor.store import OPS, acts, sightings

PAGES = Path(__file__).parents[1] / "pages"
HERE = "https://ministry.example/list/index.html"


def page(body: str, *, url: str = HERE) -> Page:
    return Page(url=url, body=Body(body.encode()))


def nothing(page: Page) -> list:
    return []


def test_a_feed_yields_its_entries_and_refuses_to_be_empty():
    item = (
        "<item><title>Rare earths</title><link>https://press.example/1</link><description>New"
        " rules</description></item>"
    )
    (entry,) = page(
        f"<rss version='2.0'><channel>{item}<item><title>no link</title></item></channel></rss>"
    ).feed()

    assert (entry.url, entry.title, entry.summary) == (
        "https://press.example/1",
        "Rare earths",
        "New rules",
    )
    for empty in (
        "<rss version='2.0'><channel></channel></rss>",
        "<html>Choose your cookies</html>",
    ):
        with pytest.raises(NotThePage, match="expected a feed with entries"):
            page(empty).feed()


def test_a_feed_that_is_the_name_of_a_file_opens_no_file(tmp_path):
    secret = tmp_path / "feed.xml"
    secret.write_text(
        "<rss version='2.0'><channel><item><link>https://secret.example/</link></item></channel></rss>"
    )

    with pytest.raises(NotThePage):
        page(str(secret)).feed()


def test_html_within_json_is_a_page_of_its_own_with_its_own_address():
    outer = Page(
        url="https://ministry.example/api",
        body=Body(b"{}"),
        charset="gb18030",
        content_type="application/json",
    )
    part = outer.part('<li><a href="art/1.html">公告</a></li>', url=HERE)

    (link,) = part.links("li a", read=nothing)
    assert (link.url, link.title) == ("https://ministry.example/list/art/1.html", "公告")
    assert outer.part("<p>x</p>").url == outer.url


@pytest.mark.parametrize(
    "said",
    read_cases(
        """
        Mon-Fry | 08:30-17:30 | Asia/Shanghai | 1 minute
        Mon-Fri | 8-17 | Asia/Shanghai | 1 minute
        Mon-Fri | 17:30-08:30 | Asia/Shanghai | 1 minute
        Mon-Fri | 08:30-17:30 | Asia/Shanghia | 1 minute
        Mon-Fri | 08:30-17:30 | Asia/Shanghai | often
        """
    ),
)
def test_hours_that_are_none_are_refused_where_they_are_declared(said: tuple[str, str, str, str]):
    with pytest.raises((ValueError, ZoneInfoNotFoundError, ConfigError)):
        Busy(*said)


OFFICE = Busy("Mon-Fri", "08:30-17:30", "Asia/Shanghai", every="1 minute")


@pytest.mark.parametrize(
    ("busy", "moment", "years"),
    [
        (OFFICE, "2025-12-31T17:00Z", ["2026", "2025"]),  # it is New Year in Beijing
        (OFFICE, "2026-02-01T00:00Z", ["2026"]),
        (None, "2026-01-01T00:00Z", ["2026", "2025"]),  # of Greenwich where no zone is known
        (None, "2026-01-31T23:59Z", ["2026", "2025"]),
        (None, "2026-12-31T23:59Z", ["2026"]),
    ],
)
def test_in_january_last_years_page_is_asked_for_too_by_the_clock_of_the_publisher(
    busy: Busy | None, moment: str, years: list[str]
):
    posted = Request("https://x.example/{year}/", form={"a": "1"})
    yearly = source(name="x", authority="x", url=posted, every="1 hour", busy=busy)(nothing)
    asked = yearly.requests(datetime.fromisoformat(moment))

    assert [request.url.split("/")[3] for request in asked] == years
    assert {request.method for request in asked} == {"POST"}


def test_what_a_scraper_says_of_its_source_is_kept_in_measures_of_time_and_requests():
    posted = Request("https://x.example/more", form={"a": "1"})
    said = source(
        name="x", authority="cn-mofcom", url=posted, every="1 hour", deadline="5 minutes", patience="2 hours", absence="45 days",
        unmoved="10 days", canary="art_1", floor=15, mirror="xx.other", enabled=False,
        companions={"more": "https://x.example/a", "form": posted},
    )(nothing)  # fmt: skip

    assert (said.request, said.deadline, said.patience) == (
        posted,
        timedelta(minutes=5),
        timedelta(hours=2),
    )
    assert said.expected == Expected(
        timedelta(days=45), timedelta(days=10), "art_1", 15, "xx.other"
    )
    assert said.companions == {"more": Request("https://x.example/a"), "form": posted}
    assert not said.enabled


NOON = At("Mon-Fri", "12:00", "America/New_York", every="1 minute")


@pytest.mark.parametrize(
    ("hours", "zone"),
    [
        ({}, "Asia/Tokyo"),
        ({"busy": OFFICE}, "Asia/Shanghai"),
        ({"at": NOON}, "America/New_York"),
        ({"busy": OFFICE, "at": NOON}, "Asia/Shanghai"),
        ({"busy": OFFICE, "zone": "Europe/Berlin"}, "Europe/Berlin"),
        ({"zone": "UTC"}, "UTC"),
    ],
)
def test_the_zone_of_a_source_is_said_or_that_of_its_hours_or_of_its_authority(
    hours: dict, zone: str
):
    said = source(name="x", authority="jp-meti", url="https://x.example/", every="1 hour", **hours)(
        nothing
    )

    assert said.zone == ZoneInfo(zone)


def test_a_reader_is_called_by_its_module_and_name_and_a_page_of_the_settings_by_its_own():
    declared = source(name="x", authority="x", url="https://x.example/", every="1 hour")(nothing)

    assert (
        make_reader_name(nothing)
        == make_reader_name(declared)
        == declared.id
        == "test_scraper.nothing"
    )
    assert make_reader_name(PageReader("page:bis-press", "text", "True")) == "page:bis-press"


def test_a_source_reads_like_its_reader_and_owns_the_pages_of_its_hosts():
    def entries(page: Page) -> list[Entry]:
        return [Entry(page.url, page.text)]

    declared = source(
        name="x", authority="x", url="https://www.x.gov.cn/", every="1 hour", hosts=("*.y.cn",)
    )(entries)

    assert declared(page("a")) == [Entry(HERE, "a")]
    assert [
        declared.owns(f"https://{host}/a") for host in ("b.x.gov.cn", "z.y.cn", "z.gov.cn")
    ] == [True, True, False]


def links(page: Page) -> Iterator[Link | Entry]:
    yield from (Link(f"{page.url}{number}", nothing) for number in range(3))
    yield Entry(page.url, "a fact")


def roll(count: int, *, cut: bool = False, declared: int | None = None) -> Register:
    def records() -> Iterator[Record]:
        yield from (Record(str(number), b"") for number in range(count))
        if cut:
            raise KeyError("no end")

    entry = Listing(subject=Entity(names={"en": "Alpha"}, kind="org"))
    return Register("un-sc", records(), lambda raw: entry, declared=declared)


def test_what_a_reader_finds_is_counted_by_links_and_facts_and_of_a_register_by_records():
    assert count_content(links, page("a")) == (3, 1)
    assert count_content(nothing, page("a")) == (0, 0)
    assert count_content(lambda page: roll(7), page("a")) == (0, 7)
    assert isinstance(read_all(lambda page: roll(7), page("a")), Register)


@pytest.mark.parametrize(
    ("register", "refused", "why"),
    [
        (roll(0), LayoutChanged, "un-sc: not one record"),
        (roll(2, declared=3), NotThePage, "declares 3 records and has 2"),
        (roll(2, cut=True), Unreadable, "failed: KeyError: 'no end'"),
    ],
)
def test_a_register_that_is_not_whole_is_not_counted(
    register: Register, refused: type[Exception], why: str
):
    with pytest.raises(refused, match=why):
        count_content(lambda page: register, page("a"))


def test_a_reader_that_refuses_a_page_is_heard_in_its_own_words():
    def refusing(page: Page) -> list:
        raise NotThePage("an excerpt, not the whole")

    with pytest.raises(NotThePage, match=r"^an excerpt, not the whole$"):
        read_all(refusing, page("a"))


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("<h1>System maintenance</h1><p>The site is under maintenance.</p>", "maintenance"),
        ("<title>Just a moment...</title><p>Enable JavaScript and cookies</p>", "bot-wall"),
        ('{"error": "internal"}', "error-page"),
        ("<h1>News</h1><p>Notice No. 4 of 2030</p>", "layout"),
    ],
)
def test_a_page_without_what_its_reader_looks_for_is_called_what_it_says_itself(body, kind):
    with pytest.raises(SourceError) as caught:
        read_all(lambda page: page.links("ul.news a", read=nothing), page(body))
    assert caught.value.kind == kind


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
    assert [target["key"][-2:] for target in measure["amends"]] == [
        "55",
        "56",
        "57",
        "58",
        "61",
        "62",
    ]
    assert measure["ends"]["on"] == "2026-11-10"


NEW_YORK = ZoneInfo("America/New_York")
SHANGHAI = ZoneInfo("Asia/Shanghai")
FILINGS = At("Mon-Fri", "08:45 11:15 16:15", "America/New_York", every="1 minute")
NOW = datetime(2026, 3, 5, 12, 0, tzinfo=UTC)  # a Thursday
moments = st.datetimes(datetime(2025, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC))


def in_new_york(month: int, day: int, hour: int, minute: int) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=NEW_YORK).astimezone(UTC)


def test_the_minutes_after_a_time_are_covered_and_no_others():
    minutes = [
        "08:44",
        "08:45",
        "08:59",
        "09:00",
        "11:14",
        "11:15",
        "12:00",
        "16:15",
        "16:29",
        "16:30",
    ]
    covered = [at for at in minutes if FILINGS.covers(in_new_york(3, 5, *map(int, at.split(":"))))]

    assert covered == ["08:45", "08:59", "11:15", "16:15", "16:29"]


def test_a_time_is_that_of_the_publisher_on_both_sides_of_the_change_of_clocks():
    # clocks go forward on the 8th
    friday, monday = (FILINGS.next_turn(in_new_york(3, day, 3, 0)) for day in (6, 9))

    assert (friday.hour, friday.minute) == (13, 45)
    assert (monday.hour, monday.minute) == (12, 45)


def test_after_the_last_time_on_friday_comes_the_first_on_monday():
    assert FILINGS.next_turn(in_new_york(3, 6, 16, 30)) == in_new_york(3, 9, 8, 45)


def test_days_may_go_over_the_end_of_the_week():
    office = Busy("Sun-Thu", "08:00-16:00", "Asia/Jerusalem", every="1 minute")
    # from a Monday on
    noons = [datetime(2031, 1, day, 12, tzinfo=office.place) for day in range(6, 13)]

    assert [office.covers(noon) for noon in noons] == [True, True, True, True, False, False, True]
    assert office.next_turn(noons[4]) == datetime(2031, 1, 12, 8, tzinfo=office.place)


MONDAYS = Busy("Mon-Mon", "08:00-09:00", "Asia/Shanghai", every="1 minute")


def test_hours_are_those_of_their_days_alone():
    covered = [
        day
        for day in range(1, 15)
        if MONDAYS.covers(datetime(2026, 3, day, 8, 30, tzinfo=SHANGHAI))
    ]

    assert covered == [2, 9]
    assert [OFFICE.covers(datetime(2026, 3, 6, *at, tzinfo=SHANGHAI)) for at in ((8, 29), (8, 30), (17, 29), (17, 30))] == [
        False, True, True, False,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("times", "every"),
    [("", "1 minute"), ("8:45am", "1 minute"), ("23:50", "1 minute"), ("08:45", "often")],
)
def test_times_that_are_none_are_refused_where_they_are_declared(times: str, every: str):
    with pytest.raises(Exception, match=r"times|Invalid|midnight|duration"):
        At("Mon-Fri", times, "America/New_York", every=every)


def test_the_minutes_after_a_time_end_before_midnight():
    late = At("Mon-Fri", "08:45 23:44", "America/New_York", every=timedelta(seconds=30))

    assert late.period == timedelta(seconds=30)
    assert late.covers(in_new_york(3, 5, 23, 58))
    with pytest.raises(ValueError, match="23:45 lasts beyond midnight"):
        At("Mon-Fri", "23:45", "America/New_York", every="1 minute")
    lasting = At("Mon-Fri", "11:00", "America/New_York", every="1 minute", lasting="90 minutes")
    assert [lasting.covers(in_new_york(3, 5, *at)) for at in ((12, 29), (12, 30))] == [True, False]


def weekly(count: int, *, hour: int = 16, weekday: int = 3) -> list[datetime]:
    """One publication a week at that hour in Shanghai, the last of them this week."""
    last = datetime(2026, 3, 2, hour, 20, tzinfo=SHANGHAI) + timedelta(days=weekday)
    return [last - timedelta(weeks=number) for number in range(1, count + 1)]


def test_an_hour_in_which_much_was_published_is_looked_at_more_often():
    learnt = learn_habit(weekly(FEWEST), SHANGHAI, NOW)

    assert learnt is not None
    thursday = datetime(2026, 3, 12, 16, 59, tzinfo=SHANGHAI)
    assert learnt.hastens(thursday) == MOST_HASTE
    assert learnt.hastens(thursday + timedelta(minutes=1)) == 1
    assert learnt.hastens(thursday + timedelta(days=1)) == 1


def test_what_was_published_within_a_year_up_to_this_moment_counts():
    hours = [NOW - timedelta(days=400) + timedelta(days=7 * number) for number in range(FEWEST - 2)]
    ends = [NOW, NOW - timedelta(days=400)]

    # the first of them is the end of the memory, and counts once
    assert learn_habit([*hours, *ends], UTC, NOW) is None
    assert learn_habit([*hours, NOW - timedelta(weeks=1), NOW], UTC, NOW) is not None
    assert (
        learn_habit([*hours, NOW - timedelta(weeks=1), NOW + timedelta(seconds=1)], UTC, NOW)
        is None
    )
    assert (
        learn_habit(
            [*hours[1:], ends[1] - timedelta(seconds=1), *ends[:1], NOW - timedelta(weeks=1)],
            UTC,
            NOW,
        )
        is None
    )


def test_an_hour_into_which_it_fell_on_three_days_is_a_habit_and_on_two_is_none():
    anywhere = [NOW - timedelta(hours=31 * number) for number in range(1, 12)]
    thrice = learn_habit([*anywhere, *weekly(3)], SHANGHAI, NOW)

    assert thrice is not None
    assert [*thrice.haste] == [(3, 16)]
    assert learn_habit([*anywhere, *weekly(2)], SHANGHAI, NOW) is None


def test_what_falls_into_every_hour_alike_hastens_none():
    learnt = learn_habit([NOW - timedelta(hours=number) for number in range(3 * 7 * 24)], UTC, NOW)

    assert learnt is not None
    assert learnt.haste == {}


def test_a_package_of_many_acts_within_an_hour_was_published_once():
    package = [NOW - timedelta(days=1, seconds=number) for number in range(200)]

    assert learn_habit(package, SHANGHAI, NOW) is None


def test_an_hour_that_brings_more_is_looked_at_more_often_but_never_beyond_the_bound():
    seen = [
        *weekly(40),
        *weekly(5, hour=10, weekday=0),
        *(NOW - timedelta(hours=29 * number) for number in range(1, 280)),
    ]

    learnt = learn_habit(seen, SHANGHAI, NOW)

    assert learnt is not None
    often = learnt.hastens(datetime(2026, 3, 12, 16, 30, tzinfo=SHANGHAI))
    rarer = learnt.hastens(datetime(2026, 3, 9, 10, 30, tzinfo=SHANGHAI))
    assert 1 < rarer < often <= MOST_HASTE


@given(st.lists(moments, min_size=12, max_size=24), moments)
def test_a_habit_never_makes_a_source_rarer(seen: list[datetime], moment: datetime):
    learnt = learn_habit(seen, SHANGHAI, datetime(2027, 1, 1, tzinfo=UTC))

    assert learnt is None or 1 <= learnt.hastens(moment) <= MOST_HASTE


def test_the_next_hour_begins_at_the_publishers_full_hour_also_where_that_is_no_full_hour_elsewhere():
    kolkata = ZoneInfo("Asia/Kolkata")
    learnt = learn_habit(weekly(20), kolkata, NOW)

    assert learnt is not None
    assert learnt.next_turn(datetime(2026, 3, 5, 12, 10, 5, tzinfo=UTC)) == datetime(
        2026, 3, 5, 12, 30, tzinfo=UTC
    )


REGISTRY = Registry(Config())


@pytest.mark.parametrize(
    ("host", "registered"),
    read_cases(
        """
        www.mofcom.gov.cn | mofcom.gov.cn
        www.gov.cn | www.gov.cn
        sanctionslist.fcdo.gov.uk | fcdo.gov.uk
        www.meti.go.jp | meti.go.jp
        www.bbc.co.uk | bbc.co.uk
        feeds.npr.org | npr.org
        www.news.cn | news.cn
        webgate.ec.europa.eu | europa.eu
        www.international.gc.ca | international.gc.ca
        ofac.treasury.gov | treasury.gov
        127.0.0.1 | 127.0.0.1
        localhost | localhost
        gov.uk | gov.uk
        cn | cn
        a.org.example | org.example
        a.mofcom.cn | mofcom.cn
        2001:db8::1 | 2001:db8::1
        """
    ),
)
def test_the_domain_of_a_host_is_what_somebody_registered(host: str, registered: str):
    assert get_domain(host) == registered


@pytest.mark.parametrize(
    ("url", "own", "declared", "is_own"),
    read_cases("""
        https://exportcontrol.mofcom.gov.cn/a | https://www.mofcom.gov.cn/ | () | True
        https://WWW.MOFCOM.GOV.CN:8443/a | https://www.mofcom.gov.cn/ | () | True
        https://www.customs.gov.cn/a | https://www.gov.cn/ | ('*.gov.cn',) | True
        https://treas.gov/a | https://ofac.treasury.gov/ | ('*.treas.gov',) | True
        https://mofcom.gov.cn./a | https://www.mofcom.gov.cn/ | () | True
        https://127.0.0.1:8443/a | https://127.0.0.1/ | () | True
        https://press.example/a | https://www.mofcom.gov.cn/ | ('other.example', 'Press.Example') | True
        https://www.mfa.gov.cn/a | https://www.mofcom.gov.cn/ | () | False
        https://mofcom.gov.cn.evil.example/a | https://www.mofcom.gov.cn/ | () | False
        https://evilmofcom.gov.cn/a | https://www.mofcom.gov.cn/ | () | False
        https://www.mofcom.gov.cn@evil.example/a | https://www.mofcom.gov.cn/ | () | False
        https://eviltreas.gov/a | https://ofac.treasury.gov/ | ('*.treas.gov',) | False
        https://gov.cn.example/a | https://www.gov.cn/ | ('*.gov.cn',) | False
        https://127.0.0.2/a | https://127.0.0.1/ | () | False
        https://[broken | https://www.mofcom.gov.cn/ | () | False
        mailto:somebody | mailto:somebody | () | False
        mailto:somebody | mailto:somebody | ('*',) | False
        https://ess.example/a | https://www.mofcom.gov.cn/ | ('press.example',) | False
        """),
)
def test_a_host_of_the_domain_or_a_declared_one_is_the_publishers_and_no_other(
    url: str, own: str, declared: tuple[str, ...], is_own: bool
):
    assert belongs_to_publisher(url, own, declared) is is_own


def saved_links(source: Source) -> list[str]:
    goldens = PAGES.glob(f"{source.id.replace('.', '/')}-*.facts.json")
    return [
        fact["url"]
        for golden in goldens
        for fact in json.loads(golden.read_text())["facts"]
        if fact["type"] == "link"
    ]


@for_each("source", REGISTRY.sources, ids=lambda source: source.id)
def test_what_the_saved_index_of_a_source_links_to_lies_on_its_hosts(source: Source):
    strange = [url for url in saved_links(source) if not source.owns(url)]

    assert strange == [], 'correct "url" in its facts, or name the host in hosts=(…) of the source'


def test_most_sources_that_are_indexes_have_a_saved_one_with_links():
    assert sum(bool(saved_links(source)) for source in REGISTRY.sources) >= 20


def elsewhere(url: str) -> str:
    """The same page on another host."""
    return (
        url.replace("localhost", "127.0.0.1")
        if "localhost" in url
        else url.replace("127.0.0.1", "localhost")
    )


async def test_an_act_on_a_host_that_is_not_the_publishers_is_told_as_unconfirmed_and_the_keepers_know(
    desk, ministry, httpserver
):
    await desk.poll()
    for number in (10, 11):
        ministry.hidden.add(str(number))
        ministry.elsewhere.append(
            elsewhere(ministry.publish(str(number), listing(number, "Alpha")))
        )
    await desk.poll()

    assert await desk.pipeline.history(acts.list_newest_acts, 9) == []
    alerts, (said,) = await desk.notices("alerts"), await desk.notices(OPS)
    assert [notice.kind for notice in alerts] == [NoticeKind.EARLY] * 2
    assert [notice.fact.mentions.keys for notice in alerts] == [
        ("uel-2025-11",),
        ("uel-2025-10",),
    ]
    assert [notice.fact.mentions.entities[0].names for notice in alerts] == [{"en": "Alpha"}] * 2
    assert (said.kind, said.problem.kind) == (NoticeKind.FOREIGN, "foreign host")


async def test_a_foreign_page_on_an_act_that_is_known_stands_in_its_thread_and_changes_nothing(
    desk, ministry
):
    await desk.poll()
    ministry.publish("10", listing(10, "Alpha"))
    await desk.poll()
    ministry.hidden.add("11")
    ministry.elsewhere.append(
        elsewhere(ministry.publish("11", listing(10, "Alpha", "Smuggled In")))
    )
    await desk.poll()

    assert [notice.kind for notice in await desk.notices("alerts")] == [
        NoticeKind.ACT,
        NoticeKind.PRESS,
    ]
    (seen,) = (await desk.pipeline.history(sightings.load_law)).acts.values()
    assert [entity.names["en"] for entity in seen.now.measures[0].entities] == ["Alpha"]
