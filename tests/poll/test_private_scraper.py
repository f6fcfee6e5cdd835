"""A scraper of a user's own that brings its own authority and register: from the ministry's page
to the words of the alert.
"""

import textwrap
from zoneinfo import ZoneInfo

import msgspec
import pytest
from typer.testing import CliRunner

from monitor import vocabulary
from monitor.alert.event import NoticeKind
from monitor.cli.app import app
from monitor.config import DestinationSettings, RouteSettings, SourceSettings
from monitor.errors import ConfigError
from monitor.poll.readers import Readers
from monitor.render.alert import compose_alert
from monitor.source.page import Body, Page
from monitor.source.registry import Registry
from monitor.store import ALERTS

DESK = "desk"
SCRAPER = """
    from monitor import Authority, NamedRegister, source
    from monitor.extract import zh

    OFFICE = Authority("sg-customs", "Singapore Customs")
    LIST = NamedRegister("sg-restricted", "Restricted End-User List", "sg-customs", own="限制用户名单", meaning="no permits.")


    @source(name="SG notices", authority="sg-customs", url="http://127.0.0.1:1/", every="5 minutes")
    def notices(page):
        yield from page.links("ul a", read=notice)


    def notice(page):
        yield from zh.facts(page.document("main"), url=page.url, authority="sg-customs")
"""
NOTICE = """<html><head><title>关于将阿尔法公司列入限制用户名单的公告</title></head><body><main>
<h1>关于将阿尔法公司列入限制用户名单的公告</h1>
<p>决定将阿尔法公司（Alpha Pte Ltd）列入限制用户名单。</p>
<p>本公告自2025年10月9日起施行。</p>
</main></body></html>"""


@pytest.fixture
def toy_config(toy_config, ministry, tmp_path, monkeypatch):
    package = tmp_path / tmp_path.name  # a name that no other test has imported
    package.mkdir()
    (package / "__init__.py").touch()
    (package / "sg_customs.py").write_text(textwrap.dedent(SCRAPER))
    monkeypatch.syspath_prepend(tmp_path)
    return msgspec.structs.replace(
        toy_config,
        packages=(*toy_config.packages, package.name),
        sources={**toy_config.sources, "sg_customs.notices": SourceSettings(url=ministry.index)},
        destinations={DESK: DestinationSettings(way={"slack": "C0DESK"})},
        routes=(RouteSettings(to=(DESK,), authority=("sg-*",), register=("sg-restricted",)),),
    )


async def test_its_act_is_understood_routed_and_told_like_one_of_ours(desk, ministry):
    await desk.poll(source="sg_customs.notices")
    ministry.publish("3", NOTICE)
    await desk.poll(source="sg_customs.notices")

    assert [kind for kind, _ in await desk.owed(DESK)] == [NoticeKind.ACT]
    assert await desk.owed(ALERTS) == []
    (owed,) = await desk.waiting(DESK)
    notice = await desk.notice(owed)
    (measure,) = notice.acts[0].measures
    assert (measure.register, measure.entities[0].names["en"]) == ("sg-restricted", "Alpha Pte Ltd")
    alert = compose_alert(notice)
    assert alert.headline == "Singapore adds Alpha Pte Ltd to the Restricted End-User List"
    assert alert.summary == (
        "What: No permits. On: Alpha Pte Ltd (阿尔法公司). When: From 9 Oct 2025 (Singapore)."
    )
    assert vocabulary.zone("sg-customs") == ZoneInfo("Asia/Singapore")


async def test_its_list_is_understood_on_other_publishers_pages_too_in_the_process_that_reads_them(
    toy_config,
):
    readers = Readers(
        Registry(
            msgspec.structs.replace(
                toy_config, packages=("scrapers", toy_config.packages[-1]), sources={}
            )
        )
    )
    page = Page(
        "https://www.mofcom.gov.cn/1.html",
        Body(NOTICE.replace("<main>", '<main><div class="art-con">').encode()),
    )

    try:
        (act,) = await readers.read("cn_mofcom.announcement", page)
    finally:
        await readers.aclose()

    assert act.measures[0].register == "sg-restricted"


def test_a_rule_for_what_nobody_declares_is_refused_with_the_nearest(toy_config):
    routes = (RouteSettings(to=(DESK,), register=("sg-restrict",)),)

    with pytest.raises(
        ConfigError,
        match=r"rule 1: no register is called 'sg-restrict'; did you mean 'sg-restricted'\?",
    ):
        Registry(msgspec.structs.replace(toy_config, routes=routes))


def test_a_registry_without_it_knows_it_no_more(toy_config):
    Registry(msgspec.structs.replace(toy_config))
    assert vocabulary.register("sg-restricted") == "Restricted End-User List"

    Registry(msgspec.structs.replace(toy_config, packages=("toy_scrapers",), sources={}, routes=()))

    assert vocabulary.register("sg-restricted") == "sg-restricted"


def test_a_command_that_only_reads_knows_what_the_scrapers_of_its_config_declare(
    toy_config, tmp_path
):
    path = tmp_path / "config.toml"
    path.write_text(f'packages = ["{toy_config.packages[-1]}"]\nstore = "{tmp_path / "store"}"\n')

    answer = CliRunner().invoke(app, ["--config", str(path), "calendar"])

    assert answer.exit_code == 1, "there is no store yet"
    assert vocabulary.register("sg-restricted") == "Restricted End-User List"
