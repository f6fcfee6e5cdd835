from datetime import timedelta

import pytest
from toy_scrapers.toy import notice

from monitor.config import Config, RouteSettings, SourceSettings
from monitor.config.times import Duration
from monitor.errors import ConfigError
from monitor.source.page import Link
from monitor.source.registry import Registry
from monitor.source.scraper import reader_name

TOYS = ("toy_scrapers",)


def test_every_source_of_a_package_is_found_without_being_registered():
    assert [source.id for source in Registry(Config(packages=TOYS)).sources] == ["toy.notices", "toy.yearbook"]


def test_a_module_names_all_its_sources_and_a_full_name_one():
    registry = Registry(Config(packages=TOYS))

    assert len(registry.named(["toy"])) == 2
    assert [source.id for source in registry.named(["toy.notices", "toy.notices"])] == ["toy.notices"]


def test_every_reader_is_found_by_the_name_it_has_in_the_history():
    registry = Registry(Config())

    for source in registry.sources:
        assert registry.reader(reader_name(source.read)) is source.read


def test_a_wrong_name_is_answered_with_the_nearest():
    registry = Registry(Config(packages=TOYS))

    with pytest.raises(ConfigError, match="'toy.notice5'; did you mean 'toy.notices'"):
        registry.named(["toy.notice5"])
    with pytest.raises(ConfigError, match="no reader is called 'toy.notic'"):
        registry.reader("toy.notic")


def test_a_source_can_be_switched_off_moved_and_paced_by_the_configuration():
    settings = {
        "toy.notices": SourceSettings(enabled=False),
        "toy.yearbook": SourceSettings(url="https://new.example/", every=Duration(hours=2)),
    }

    (yearbook,) = Registry(Config(packages=TOYS, sources=settings)).sources

    assert (yearbook.request.url, yearbook.every) == ("https://new.example/", timedelta(hours=2))


def test_settings_for_a_source_that_does_not_exist_are_an_error():
    with pytest.raises(ConfigError, match="did you mean 'toy.notices'"):
        Registry(Config(packages=TOYS, sources={"toy.notises": SourceSettings()}))


def test_a_package_that_cannot_be_imported_is_named():
    with pytest.raises(ConfigError, match="'no_such_scrapers' can't be imported"):
        Registry(Config(packages=("no_such_scrapers",)))


def test_a_scraper_with_a_mistake_is_named(tmp_path, monkeypatch):
    package = tmp_path / "private_scrapers"
    package.mkdir()
    (package / "__init__.py").touch()
    (package / "xx_office.py").write_text("def notices(page:\n")
    monkeypatch.syspath_prepend(tmp_path)

    with pytest.raises(ConfigError, match=r"private_scrapers\.xx_office can't be imported: SyntaxError"):
        Registry(Config(packages=("private_scrapers",)))


def test_a_link_is_read_by_its_reader_name():
    assert reader_name(Link("https://x.example/", read=notice).read) == "toy.notice"


def private(tmp_path, monkeypatch, text: str) -> Config:
    package = tmp_path / tmp_path.name  # a name that no other test has imported
    package.mkdir()
    (package / "__init__.py").touch()
    (package / "xx_office.py").write_text("from monitor import Authority, NamedRegister, source\n" + text)
    monkeypatch.syspath_prepend(tmp_path)
    return Config(packages=(package.name,))


SOURCE = '@source(name="N", authority="{}", url="https://a.example/", every="1 hour")\ndef notices(page):\n    yield from ()\n'


def test_an_authority_that_nobody_knows_is_an_error_with_the_nearest_and_the_way_out(tmp_path, monkeypatch):
    config = private(tmp_path, monkeypatch, SOURCE.format("cn-mofcon"))

    with pytest.raises(ConfigError) as refused:
        Registry(config)

    assert str(refused.value) == (
        f"{config.packages[0]}.xx_office: xx_office.notices is of 'cn-mofcon', an authority that nobody knows;"
        " did you mean 'cn-mofcom'?"
        ' A new one is declared in that module: OFFICE = Authority("cn-mofcon", "Its name")'
    )


def test_an_authority_of_a_country_without_a_known_zone_is_an_error_that_names_its_module(tmp_path, monkeypatch):
    config = private(tmp_path, monkeypatch, 'OFFICE = Authority("xx-office", "The Office")\n' + SOURCE.format("xx-office"))

    with pytest.raises(ConfigError, match=r"^\w+\.xx_office: the authority 'xx-office': 'xx' is no country"):
        Registry(config)


def test_an_authority_that_its_module_declares_is_known(tmp_path, monkeypatch):
    text = 'OFFICE = Authority("xx-office", "The Office", zone="Asia/Tokyo")\n' + SOURCE.format("xx-office")

    (notices,) = Registry(private(tmp_path, monkeypatch, text)).sources

    assert notices.authority == "xx-office"


def test_a_route_to_an_authority_that_nobody_knows_is_an_error():
    routes = (RouteSettings(to=("ops",), authority=("cn-*", "press", "cn-mofcm")),)

    with pytest.raises(ConfigError, match=r"routes, rule 1: no authority is called 'cn-mofcm'; did you mean 'cn-mofcom'\?"):
        Registry(Config(packages=TOYS, routes=routes))


def test_a_mirror_that_is_no_source_is_an_error_with_the_nearest(tmp_path, monkeypatch):
    config = private(tmp_path, monkeypatch, SOURCE.format("cn-mofcom").replace("every=", 'mirror="xx_office.notice", every='))

    with pytest.raises(ConfigError, match=r"xx_office.notices: mirror: no source is called 'xx_office.notice'; did you mean"):
        Registry(config)


def test_what_config_says_is_normal_of_a_source_goes_before_what_its_scraper_says():
    told = SourceSettings(absence=Duration(days=9), floor=3, patience=Duration(hours=2))
    source = Registry(Config(packages=TOYS, sources={"toy.notices": told})).source("toy.notices")

    assert (source.expected.absence, source.expected.floor, source.expected.unmoved) == (timedelta(days=9), 3, None)
    assert source.patience == timedelta(hours=2)


def test_the_ministry_of_commerce_is_seen_on_sites_of_its_own_and_not_where_only_some_of_its_acts_are_shown_again():
    registry = Registry(Config())
    paths = registry.paths(registry.source("cn_mofcom.announcements"))
    hosts = {registry.source(name).request.url.split("/")[2] for name in paths.own}

    assert {"cn_mofcom.releases", "cn_mofcom_english.announcements", "cn_export_control.control_lists"} < set(paths.own)
    assert {host.rpartition(".mofcom.gov.cn")[1] for host in hosts} == {".mofcom.gov.cn"}
    assert len(hosts) >= 5
    assert not [name for name in paths.own if name.startswith("cn_gov.")]
