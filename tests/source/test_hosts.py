"""Only what lies on a publisher's own hosts is its act."""

import json
from pathlib import Path

import pytest
from acts import listing

from monitor.alert.event import NoticeKind
from monitor.config import Config
from monitor.history import OPS, acts, notices, sightings
from monitor.source.registry import Registry
from monitor.source.scraper import Source, belongs, domain

PAGES = Path(__file__).parents[1] / "pages"
REGISTRY = Registry(Config())


@pytest.mark.parametrize(
    ("host", "registered"),
    [
        ("www.mofcom.gov.cn", "mofcom.gov.cn"),
        ("www.gov.cn", "www.gov.cn"),
        ("sanctionslist.fcdo.gov.uk", "fcdo.gov.uk"),
        ("www.meti.go.jp", "meti.go.jp"),
        ("www.bbc.co.uk", "bbc.co.uk"),
        ("feeds.npr.org", "npr.org"),
        ("www.news.cn", "news.cn"),
        ("webgate.ec.europa.eu", "europa.eu"),
        ("www.international.gc.ca", "international.gc.ca"),
        ("ofac.treasury.gov", "treasury.gov"),
        ("127.0.0.1", "127.0.0.1"),
        ("localhost", "localhost"),
        ("gov.uk", "gov.uk"),
        ("cn", "cn"),
        ("a.org.example", "org.example"),
        ("a.mofcom.cn", "mofcom.cn"),
        ("2001:db8::1", "2001:db8::1"),
    ],
)
def test_the_domain_of_a_host_is_what_somebody_registered(host: str, registered: str):
    assert domain(host) == registered


@pytest.mark.parametrize(
    ("url", "own", "declared"),
    [
        ("https://exportcontrol.mofcom.gov.cn/a", "https://www.mofcom.gov.cn/", ()),
        ("https://WWW.MOFCOM.GOV.CN:8443/a", "https://www.mofcom.gov.cn/", ()),
        ("https://www.customs.gov.cn/a", "https://www.gov.cn/", ("*.gov.cn",)),
        ("https://treas.gov/a", "https://ofac.treasury.gov/", ("*.treas.gov",)),
        ("https://mofcom.gov.cn./a", "https://www.mofcom.gov.cn/", ()),
        ("https://127.0.0.1:8443/a", "https://127.0.0.1/", ()),
        ("https://press.example/a", "https://www.mofcom.gov.cn/", ("other.example", "Press.Example")),
    ],
)
def test_a_host_of_the_domain_or_a_declared_one_is_the_publishers(url: str, own: str, declared: tuple[str, ...]):
    assert belongs(url, own, declared)


@pytest.mark.parametrize(
    ("url", "own", "declared"),
    [
        ("https://www.mfa.gov.cn/a", "https://www.mofcom.gov.cn/", ()),
        ("https://mofcom.gov.cn.evil.example/a", "https://www.mofcom.gov.cn/", ()),
        ("https://evilmofcom.gov.cn/a", "https://www.mofcom.gov.cn/", ()),
        ("https://www.mofcom.gov.cn@evil.example/a", "https://www.mofcom.gov.cn/", ()),
        ("https://eviltreas.gov/a", "https://ofac.treasury.gov/", ("*.treas.gov",)),
        ("https://gov.cn.example/a", "https://www.gov.cn/", ("*.gov.cn",)),
        ("https://127.0.0.2/a", "https://127.0.0.1/", ()),
        ("https://[broken", "https://www.mofcom.gov.cn/", ()),
        ("mailto:somebody", "mailto:somebody", ()),
        ("mailto:somebody", "mailto:somebody", ("*",)),
        ("https://ess.example/a", "https://www.mofcom.gov.cn/", ("press.example",)),
    ],
)
def test_any_other_host_is_somebody_elses(url: str, own: str, declared: tuple[str, ...]):
    assert not belongs(url, own, declared)


def saved_links(source: Source) -> list[str]:
    goldens = PAGES.glob(f"{source.id.replace('.', '/')}-*.facts.json")
    return [fact["url"] for golden in goldens for fact in json.loads(golden.read_text())["facts"] if fact["type"] == "link"]


@pytest.mark.parametrize("source", REGISTRY.sources, ids=lambda source: source.id)
def test_what_the_saved_index_of_a_source_links_to_lies_on_its_hosts(source: Source):
    assert [url for url in saved_links(source) if not source.owns(url)] == []


def test_most_sources_that_are_indexes_have_a_saved_one_with_links():
    assert sum(bool(saved_links(source)) for source in REGISTRY.sources) >= 20


async def told(desk, destination: str) -> list:
    return [await desk.pipeline.history(notices.notice, owed.id) for owed in await desk.waiting(destination)]


def elsewhere(url: str) -> str:
    """The same page on another host."""
    return url.replace("localhost", "127.0.0.1") if "localhost" in url else url.replace("127.0.0.1", "localhost")


async def test_an_act_on_a_host_that_is_not_the_publishers_is_told_as_unconfirmed_and_the_keepers_know(
    desk, ministry, httpserver
):
    await desk.poll()
    for number in (10, 11):
        ministry.hidden.add(str(number))
        ministry.elsewhere.append(elsewhere(ministry.publish(str(number), listing(number, "Alpha"))))
    await desk.poll()

    assert await desk.pipeline.history(acts.newest, 9) == []
    alerts, (said,) = await told(desk, "alerts"), await told(desk, OPS)
    assert [notice.kind for notice in alerts] == [NoticeKind.EARLY] * 2
    assert [notice.report.mentions.keys for notice in alerts] == [("uel-2025-11",), ("uel-2025-10",)]
    assert [notice.report.mentions.entities[0].names for notice in alerts] == [{"en": "Alpha"}] * 2
    assert (said.kind, said.problem.kind) == (NoticeKind.FOREIGN, "foreign host")


async def test_a_foreign_page_on_an_act_that_is_known_stands_in_its_thread_and_changes_nothing(desk, ministry):
    await desk.poll()
    ministry.publish("10", listing(10, "Alpha"))
    await desk.poll()
    ministry.hidden.add("11")
    ministry.elsewhere.append(elsewhere(ministry.publish("11", listing(10, "Alpha", "Smuggled In"))))
    await desk.poll()

    assert [notice.kind for notice in await told(desk, "alerts")] == [NoticeKind.ACT, NoticeKind.PRESS]
    (seen,) = (await desk.pipeline.history(sightings.law)).acts.values()
    assert [entity.names["en"] for entity in seen.now.measures[0].entities] == ["Alpha"]
