"""A repository with one scraper, its saved pages and its publisher."""

import json
from pathlib import Path

import pytest
from command import FAR
from pytest_httpserver import HTTPServer

from monitor.cli.doctor import check_all
from monitor.cli.doctor.house import Finding
from monitor.config import Config, FetchSettings, SourceSettings
from monitor.config.stores import Store
from monitor.config.times import Duration

SCRAPER = """
from monitor import Authority, Link, Page, source
from monitor.extract import en

OFFICE = Authority("jp-own", "The office of a test")

@source(name="Own list", authority="jp-own", url="http://127.0.0.1:1/list", every="5 minutes")
def acts(page):
    yield from page.links("ul.list a", read=act, at_least=1)

def act(page):
    yield from en.facts(page.document(), url=page.url, authority="jp-own")

@source(name="Own list, switched off", authority="jp-own", url="http://127.0.0.1:1/other", every="5 minutes", enabled=False)
def others(page):
    yield from page.links("ul.list a", read=act, at_least=1)
"""


class Clinic:
    """What lies where, and what its publisher answers."""

    def __init__(self, folder: Path, package: str, server: HTTPServer) -> None:
        self.store = folder / "store"
        self.package = package
        self.pages = folder / "tests/pages/jp_own"
        self._server = server
        server.expect_request("/robots.txt").respond_with_data("", 404)

    def answers(
        self,
        body: str | bytes,
        status: int = 200,
        *,
        path: str = "/list",
        charset: str = "gbk",
        **headers: str,
    ) -> None:
        self._server.expect_request(path).respond_with_data(
            body, status, headers, content_type=f"text/html; charset={charset}"
        )

    def save(self, name: str, body: str, facts: int = 1) -> None:
        self.pages.mkdir(parents=True, exist_ok=True)
        (self.pages / name).write_text(body, encoding="utf-8")
        (self.pages / name).with_suffix(".facts.json").write_text(
            json.dumps({"url": "", "facts": [{}] * facts})
        )

    def findings(
        self, url: str = "", *, keep: bool = False, to: Path | None = None
    ) -> dict[str, Finding]:
        own = {
            "jp_own.acts": url or self._server.url_for("/list"),
            "jp_own.others": self._server.url_for("/other"),
        }
        config = Config(
            packages=(self.package,),
            fetch=FetchSettings(
                allow_private=True, gap=Duration(milliseconds=1), deadline=Duration(seconds=FAR)
            ),
            sources={name: SourceSettings(url=address) for name, address in own.items()},
        )
        return {
            finding.subject: finding
            for finding in check_all(
                config, None, Store(self.store), ["jp_own.acts"], keep=keep, to=to
            )
        }

    def source(self, url: str = "", *, keep: bool = False) -> Finding:
        return self.findings(url, keep=keep)["jp_own.acts"]


@pytest.fixture
def clinic(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, httpserver: HTTPServer) -> Clinic:
    package = f"own_{abs(hash(tmp_path))}"
    (tmp_path / package).mkdir()
    (tmp_path / "tests").mkdir()
    (tmp_path / package / "__init__.py").touch()
    (tmp_path / package / "jp_own.py").write_text(SCRAPER)
    monkeypatch.syspath_prepend(tmp_path)
    return Clinic(tmp_path, package, httpserver)
