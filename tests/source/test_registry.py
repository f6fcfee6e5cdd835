import importlib
import re
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec
import pytest
from cases import read_cases

from monitor.config import Config, FetchSettings, RouteSettings, SourceSettings
from monitor.config.pages import PageSettings
from monitor.config.times import Duration, parse_setting
from monitor.errors import ConfigError
from monitor.source.health import Paths
from monitor.source.registry import Registry, read_again, unload_modules

TOYS = ("toy_scrapers",)


def test_every_source_of_a_package_is_found_without_being_registered():
    assert [source.id for source in Registry(Config(packages=TOYS)).sources] == [
        "toy.notices",
        "toy.yearbook",
    ]


def test_a_module_names_all_its_sources_and_a_full_name_one():
    registry = Registry(Config(packages=TOYS))

    assert len(registry.named(["toy"])) == 2
    assert [source.id for source in registry.named(["toy.notices", "toy.notices"])] == [
        "toy.notices"
    ]


@pytest.mark.parametrize(
    ("only", "on"),
    read_cases("""
        () | ['page:law', 'page:news', 'toy.notices', 'toy.yearbook']
        ('toy',) | ['page:law', 'page:news', 'toy.notices', 'toy.yearbook']
        ('toy.yearbook',) | ['page:law', 'page:news', 'toy.yearbook']
        ('toy.n*', 'page:law') | ['page:law', 'page:news', 'toy.notices']
        ('page:*',) | ['page:law', 'page:news']
        """),
)
def test_only_these_sources_are_on_and_every_page_of_the_file(only: tuple[str, ...], on: list[str]):
    assert [
        source.id for source in Registry(Config(packages=TOYS, page=PAGES, only=only)).sources
    ] == on


def test_a_source_that_is_switched_on_by_name_is_on_beside_only():
    config = Config(
        packages=TOYS, only=("toy.notices",), sources={"toy.yearbook": SourceSettings(enabled=True)}
    )
    assert [source.id for source in Registry(config).sources] == ["toy.notices", "toy.yearbook"]


def test_a_pattern_names_all_the_sources_that_fit_it_pages_too():
    registry = Registry(Config(packages=TOYS, page=PAGES))

    assert [source.id for source in registry.named(["toy.*"])] == ["toy.notices", "toy.yearbook"]
    assert [source.id for source in registry.named(["page:*", "*book"])] == [
        "page:law",
        "page:news",
        "toy.yearbook",
    ]
    with pytest.raises(ConfigError, match=r"no source is called 'tay\.\*'"):
        registry.named(["tay.*"])


def test_one_source_may_be_named_by_its_module_or_a_pattern_where_a_reader_is_asked_for():
    registry = Registry(Config(packages=TOYS))

    assert registry.reader("toy.year*") is registry.reader("toy.yearbook")
    assert registry.address("*yearbook") == registry.address("toy.yearbook") != ""
    with pytest.raises(
        ConfigError,
        match="toy: names 5 sources; name one of toy.bulletin, toy.endless, toy.notices",
    ):
        registry.reader("toy")


def test_a_wrong_name_is_answered_with_the_nearest():
    registry = Registry(Config(packages=TOYS))

    with pytest.raises(ConfigError, match="'toy.notice5'; did you mean 'toy.notices'"):
        registry.named(["toy.notice5"])
    with pytest.raises(ConfigError, match="no reader is called 'toy.notic'"):
        registry.reader("toy.notic")
    with pytest.raises(ConfigError, match="'page:custom'; did you mean 'page:customs'"):
        Registry(config()).named(["page:custom"])


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"only": ("toy.notises",)}, "config: only: no source is called 'toy.notises'; did you mean 'toy.notices'?"),
        ({"sources": {"toy.notises": SourceSettings()}}, "did you mean 'toy.notices'?"),
        ({"packages": ("no_such_scrapers",)}, "'no_such_scrapers' can't be imported: no such package"),
        ({"packages": ("toy_scrapers.toy",)}, "config: packages: 'toy_scrapers.toy' is a module, not a package"),
        (
            {"page": (PageSettings(name="law", url="https://law.example/", text=True, kind="official", authority="us-biss"),)},
            "config: page 'law': authority: nobody knows 'us-biss'; did you mean 'us-bis'?",
        ),
    ],
)  # fmt: skip
def test_what_the_settings_name_wrongly_is_an_error_with_the_nearest(wrong: dict, why: str):
    with pytest.raises(ConfigError, match=re.escape(why)):
        Registry(Config(**{"packages": TOYS} | wrong))


def test_a_scraper_with_a_mistake_is_named(tmp_path, monkeypatch):
    package = tmp_path / "private_scrapers"
    package.mkdir()
    (package / "__init__.py").touch()
    (package / "xx_office.py").write_text("def notices(page:\n")
    monkeypatch.syspath_prepend(tmp_path)

    with pytest.raises(
        ConfigError, match=r"private_scrapers\.xx_office can't be imported: SyntaxError"
    ):
        Registry(Config(packages=("private_scrapers",)))


def private(tmp_path, monkeypatch, text: str) -> Config:
    package = tmp_path / tmp_path.name  # a name that no other test has imported
    package.mkdir()
    (package / "__init__.py").touch()
    (package / "xx_office.py").write_text(
        "from monitor import Authority, NamedRegister, source\n" + text
    )
    monkeypatch.syspath_prepend(tmp_path)
    return Config(packages=(package.name,))


SOURCE = (
    '@source(name="N", authority="{}", url="https://a.example/", every="1 hour")\ndef'
    " notices(page):\n    yield from ()\n"
)


def test_an_authority_that_nobody_knows_is_an_error_with_the_nearest_and_the_way_out(
    tmp_path, monkeypatch
):
    config = private(tmp_path, monkeypatch, SOURCE.format("cn-mofcon"))

    with pytest.raises(ConfigError) as refused:
        Registry(config)

    assert (
        str(refused.value)
        == f"{config.packages[0]}.xx_office: xx_office.notices is of 'cn-mofcon', an authority that"
        " nobody knows; did you mean 'cn-mofcom'? A new one is declared in that module: OFFICE"
        ' = Authority("cn-mofcon", "Its name")'
    )


def test_an_authority_of_a_country_without_a_known_zone_is_an_error_that_names_its_module(
    tmp_path, monkeypatch
):
    config = private(
        tmp_path,
        monkeypatch,
        'OFFICE = Authority("xx-office", "The Office")\n' + SOURCE.format("xx-office"),
    )

    with pytest.raises(
        ConfigError, match=r"^\w+\.xx_office: the authority 'xx-office': 'xx' is no country"
    ):
        Registry(config)


def test_an_authority_that_its_module_declares_is_known(tmp_path, monkeypatch):
    text = 'OFFICE = Authority("xx-office", "The Office", zone="Asia/Tokyo")\n' + SOURCE.format(
        "xx-office"
    )

    (notices,) = Registry(private(tmp_path, monkeypatch, text)).sources

    assert notices.authority == "xx-office"


def test_a_route_to_an_authority_that_nobody_knows_is_an_error():
    routes = (RouteSettings(to=("ops",), authority=("cn-*", "press", "cn-mofcm")),)

    with pytest.raises(
        ConfigError,
        match=r"routes, rule 1: no authority is called 'cn-mofcm'; did you mean 'cn-mofcom'\?",
    ):
        Registry(Config(packages=TOYS, routes=routes))


def test_a_mirror_that_is_no_source_is_an_error_with_the_nearest(tmp_path, monkeypatch):
    config = private(
        tmp_path,
        monkeypatch,
        SOURCE.format("cn-mofcom").replace("every=", 'mirror="xx_office.notice", every='),
    )

    with pytest.raises(
        ConfigError,
        match=r"xx_office.notices: mirror: no source is called 'xx_office.notice'; did you mean",
    ):
        Registry(config)


def test_what_config_says_is_normal_of_a_source_goes_before_what_its_scraper_says():
    told = SourceSettings(absence=Duration(days=9), floor=3, patience=Duration(hours=2))
    source = Registry(Config(packages=TOYS, sources={"toy.notices": told})).source("toy.notices")

    assert (source.expected.absence, source.expected.floor, source.expected.unmoved) == (
        timedelta(days=9),
        3,
        None,
    )
    assert source.patience == timedelta(hours=2)


def test_the_ministry_of_commerce_is_seen_on_sites_of_its_own_and_not_where_only_some_of_its_acts_are_shown_again():
    registry = Registry(Config())
    paths = registry.paths(registry.source("cn_mofcom.announcements"))
    hosts = {registry.source(name).request.url.split("/")[2] for name in paths.own}

    assert {
        "cn_mofcom.releases",
        "cn_mofcom_english.announcements",
        "cn_export_control.control_lists",
    } < set(paths.own)
    assert {host.rpartition(".mofcom.gov.cn")[1] for host in hosts} == {".mofcom.gov.cn"}
    assert len(hosts) >= 5
    assert not [name for name in paths.own if name.startswith("cn_gov.")]


PAGES = (
    PageSettings(name="law", url="https://law.example/", text=True),
    PageSettings(name="news", url="https://news.example/", links="a", kind="press"),
)


def test_a_source_is_found_by_its_id_though_it_is_switched_off_and_only_by_that():
    registry = Registry(Config(packages=TOYS, page=PAGES))

    assert [registry.source(name).id for name in ("toy.bulletin", "page:law")] == [
        "toy.bulletin",
        "page:law",
    ]
    assert [registry.address(name) for name in ("toy.bulletin", "page:law", "toy.notice")] == [
        "http://toy.example:1/b",
        "https://law.example/",
        "",
    ]
    assert {source.id for source in registry.declared} - {
        source.id for source in registry.sources
    } == {
        "toy.bulletin",
        "toy.shelf",
        "toy.endless",
    }
    for name in ("toy", "toy.notice", "page:law.linked"):
        with pytest.raises(ConfigError, match=f"no source is called '{name}'"):
            registry.source(name)
    with pytest.raises(
        ConfigError, match="'toy.bulletin' is switched off; see `only` and `enabled`"
    ):
        registry.named(["toy.bulletin"])


@pytest.mark.parametrize(
    "name", ["toy.", "toy.NAMES", "toy.__name__", "other.notice", ".notice", "page:law.linked"]
)
def test_what_is_no_reader_is_refused_by_its_name(name: str):
    with pytest.raises(ConfigError, match=f"no reader is called '{name}'; did you mean"):
        Registry(Config(packages=TOYS, page=PAGES)).reader(name)


@pytest.mark.parametrize(
    ("name", "nearest"),
    [
        ("toy.annexx", "toy.annex"),
        ("toy.Iterato", "toy.reprint"),
        ("page:newz.linked", "page:news.linked"),
        ("toy.yearboo", "toy.yearbook"),
    ],
)
def test_the_nearest_reader_is_one_of_a_module_or_of_a_page(name: str, nearest: str):
    with pytest.raises(ConfigError, match=rf"did you mean '{nearest}'\?"):
        Registry(Config(packages=TOYS, page=PAGES)).reader(name)


READERS = """
from scrapers.cn_mofcom import announcement as theirs
from monitor import Page
from monitor.source.formats.zipped import unpacked
from monitor.source.formats.prose import words

PLACE = 5

def act(page: Page):
    yield from ()

def _act(page: Page):
    yield from ()

def told(page: Page, words: str):
    yield from ()

def noted(words: str):
    yield from ()

@source(name="N", authority="cn-mofcom", url="https://a.example/", every="1 hour")
def notices(page):
    yield from ()

def late(page: "Page"):
    yield from ()
"""


def test_the_readers_of_pages_of_a_module_are_its_sources_and_its_own_functions_of_a_page_alone(
    tmp_path, monkeypatch
):
    registry = Registry(private(tmp_path, monkeypatch, READERS))

    assert registry.page_readers("xx_office") == [
        "xx_office.notices",
        "xx_office.act",
        "xx_office.late",
    ]


def test_the_readers_of_a_page_of_the_settings_are_its_own_and_that_of_the_pages_it_links_to():
    registry = Registry(Config(packages=TOYS, page=PAGES))

    assert registry.page_readers("page:news") == ["page:news", "page:news.linked"]
    assert registry.page_readers("page:law") == ["page:law"]


@pytest.mark.parametrize(
    ("of_page", "of_source", "of_all", "asked", "others"),
    read_cases("""
        None | None | None | "" | ""
        None | None | http://all.example | http://all.example | http://all.example
        None | http://one.example | http://all.example | http://one.example | http://all.example
        http://own.example | None | http://all.example | http://own.example | http://all.example
        http://own.example | http://one.example | None | http://one.example | ""
        http://own.example | None | None | http://own.example | ""
        """),
)
def test_a_source_is_asked_through_its_own_proxy_and_else_through_that_of_all(
    of_page, of_source, of_all, asked, others
):
    page = PageSettings(name="law", url="https://law.example/", text=True, proxy=of_page)
    config = Config(
        packages=TOYS,
        page=(page,),
        fetch=FetchSettings(proxy=of_all),
        sources={"page:law": SourceSettings(proxy=of_source)},
    )
    registry = Registry(config)

    assert registry.source("page:law").proxy == asked
    assert {source.proxy for source in registry.declared if source.id != "page:law"} == {others}


BUSY = (
    'from monitor import Busy\n@source(name="N", authority="cn-mofcom",'
    ' url="https://www.a.gov.cn/x", every="1 hour", busy=Busy("Mon-Fri", "08:30-17:30",'
    ' "Asia/Shanghai", every="5 minutes"), hosts=("b.example",))\ndef notices(page):\n    yield'
    " from ()\n"
)


def test_a_source_that_is_moved_or_paced_keeps_all_else_and_owns_the_pages_it_owned(
    tmp_path, monkeypatch
):
    config = private(tmp_path, monkeypatch, BUSY)
    told = SourceSettings(url="https://mirror.example/x", busy_every=Duration(minutes=1))
    changed = Registry(
        Config(packages=config.packages, sources={"xx_office.notices": told})
    ).source("xx_office.notices")
    plain = Registry(config).source("xx_office.notices")

    assert (changed.busy.period, changed.every, changed.patience) == (
        timedelta(minutes=1),
        timedelta(hours=1),
        None,
    )
    assert (plain.busy.period, plain.request.url) == (
        timedelta(minutes=5),
        "https://www.a.gov.cn/x",
    )
    hosts = ("mirror.example", "c.a.gov.cn", "b.example", "other.example")
    assert [changed.owns(f"https://{host}/") for host in hosts] == [True, True, True, False]
    assert [plain.owns(f"https://{host}/") for host in hosts] == [False, True, True, False]


def test_a_pace_for_busy_hours_is_nothing_to_a_source_that_has_none():
    told = SourceSettings(busy_every=Duration(minutes=1), unmoved=Duration(days=3), canary="art_1")
    notices = Registry(Config(packages=TOYS, sources={"toy.notices": told})).source("toy.notices")

    assert (notices.busy, notices.every) == (None, timedelta(minutes=5))
    assert (notices.expected.unmoved, notices.expected.canary, notices.expected.floor) == (
        timedelta(days=3),
        "art_1",
        0,
    )


def test_a_scraper_without_an_authority_is_an_error_and_a_mirror_that_is_a_source_is_none(
    tmp_path, monkeypatch
):
    with pytest.raises(
        ConfigError, match=r"xx_office\.notices is of '', an authority that nobody knows"
    ):
        Registry(private(tmp_path, monkeypatch, SOURCE.format("")))

    assert (
        Registry(Config(packages=("toy_registers",))).source("rolls.copied").expected.mirror
        == "rolls.board"
    )


def test_the_ways_to_an_authority_are_the_sources_of_its_acts_that_are_switched_on_and_the_press_is_none():
    registry = Registry(Config(packages=TOYS, page=PAGES))
    every = ("page:law", "page:news", "toy.notices", "toy.yearbook")

    assert registry.paths(registry.source("toy.notices")) == Paths(
        "cn-mofcom", ("toy.notices", "toy.yearbook"), every
    )
    assert (
        registry.paths(registry.source("page:news"))
        == registry.paths(registry.source("page:law"))
        == Paths("", (), every)
    )


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    name = f"offices_{tmp_path.name.replace('-', '_')}"
    (tmp_path / name).mkdir()
    (tmp_path / name / "__init__.py").touch()
    (tmp_path / name / "one.py").write_text("PACE = 5\n")
    monkeypatch.syspath_prepend(tmp_path)
    yield name
    unload_modules([name])


def write(package: str, words: str) -> None:
    """What its author changed, in a file of another length, so that no cache takes it for the
    old one.
    """
    (Path(importlib.import_module(package).__file__ or "").parent / "one.py").write_text(words)


def pace(package: str) -> int:
    return importlib.import_module(f"{package}.one").PACE


def test_a_package_is_read_again_with_all_below_it_and_who_holds_it_goes_on_with_it(package: str):
    held = importlib.import_module(f"{package}.one")
    write(package, "PACE = 60\n")
    assert pace(package) == 5
    loaded = unload_modules([f"{package}.one"])

    assert loaded.keys() == {package, f"{package}.one"}
    assert pace(package) == 60
    assert (held.PACE, loaded[f"{package}.one"]) == (5, held)


def test_where_the_new_ones_fail_those_that_were_loaded_stay(package: str):
    assert pace(package) == 5
    write(package, "PACE = a mistake\n")
    with pytest.raises(SyntaxError), read_again([package]):
        pace(package)
    assert pace(package) == 5

    write(package, "PACE = 60\n")
    with read_again([package]):
        assert pace(package) == 60
    assert pace(package) == 60


def test_what_is_ours_is_never_read_again_nor_what_nobody_named(package: str):
    pace(package)
    before = {
        name: module for name, module in sys.modules.copy().items() if not name.startswith(package)
    }

    assert unload_modules(["monitor.source.registry", package]).keys() == {
        package,
        f"{package}.one",
    }
    assert {
        name: module for name, module in sys.modules.copy().items() if not name.startswith(package)
    } == before


def config(**keys) -> Config:
    table = {"name": "customs", "url": "https://customs.example/news", "text": True, **keys}
    return Config(packages=(), page=(msgspec.convert(table, PageSettings, dec_hook=parse_setting),))


def test_with_no_package_only_pages_are_sources():
    (source,) = Registry(config(every="5 minutes")).sources
    assert (source.id, source.kind, source.every, source.authority) == (
        "page:customs",
        "page",
        timedelta(minutes=5),
        "",
    )


def test_hours_are_those_of_the_publisher():
    busy = {"days": "Mon-Fri", "hours": "08:30-17:30", "zone": "Asia/Shanghai", "every": "1 minute"}
    (source,) = Registry(config(busy=busy)).sources
    assert (source.busy.period, source.zone) == (timedelta(minutes=1), ZoneInfo("Asia/Shanghai"))


def test_what_is_said_of_a_page_is_what_its_source_asks_and_its_reader_reads():
    said = {
        "text": None,
        "rows": "li",
        "key": "b",
        "floor": 3,
        "headers": {"X-Key": "KEY"},
        "charset": "gbk",
        "render": True,
    }
    (source,) = Registry(config(**said)).sources

    assert (source.request.headers, source.request.charset) == ({"X-Key": "{env:KEY}"}, "gbk")
    assert (source.read.way, source.read.where, source.read.key, source.read.floor) == (
        "rows",
        "li",
        "b",
        3,
    )
    assert (source.render, source.read.rendered) == (True, True)


DAYS = timedelta(days=1)


@pytest.mark.parametrize(
    ("keys", "kind", "absence", "unmoved"),
    [
        ({}, "page", 3650 * DAYS, 3650 * DAYS),
        ({"absence": "90 days"}, "page", 90 * DAYS, 3650 * DAYS),
        ({"kind": "official", "authority": "us-bis"}, "acts", None, None),
        ({"kind": "press", "absence": "9 days"}, "press", 9 * DAYS, None),
    ],
)
def test_a_text_may_stay_as_it_is_for_decades_and_acts_and_news_as_long_as_is_learnt(
    keys, kind, absence, unmoved
):
    (source,) = Registry(config(**keys)).sources

    assert (source.kind, source.expected.absence, source.expected.unmoved) == (
        kind,
        absence,
        unmoved,
    )
    assert source.authority == keys.get("authority", "")


def test_a_page_can_be_changed_and_switched_off_like_any_source():
    settings = msgspec.structs.replace(
        config(), sources={"page:customs": SourceSettings(enabled=False)}
    )
    assert Registry(settings).sources == []
