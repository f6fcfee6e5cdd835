"""The first contact with a publisher: what can't be read is not well, and one folder holds all that was seen."""

import json
from pathlib import Path

import pytest
from command import FAR
from pytest_httpserver import HTTPServer

from monitor.cli.doctor import check_all
from monitor.cli.doctor.house import Finding
from monitor.cli.doctor.source import explain_nothing, make_url_shape
from monitor.config import Config, FetchSettings, SourceSettings
from monitor.config.times import Duration
from monitor.errors import ConfigError

SCRAPER = """
from monitor import Authority, Link, Page, source
from monitor.extract import en

OFFICE = Authority("jp-first", "First")

@source(name="First list", authority="jp-first", url="http://127.0.0.1:1/list", every="5 minutes")
def acts(page):
    yield from page.links("ul.list a", read=act, at_least=1)

def act(page):
    yield from en.facts(page.document(), url=page.url, authority="jp-first")

@source(name="First, switched off", authority="jp-first", url="http://127.0.0.1:1/off", every="5 minutes", enabled=False)
def off(page):
    yield from page.links("ul.list a", read=act, at_least=1)
"""
WORDS = "Nord Works is entered in the Strategic Goods Denial List from today on."
ACT = f"<html><body><article><h1>Order</h1><p>{WORDS}</p></article></body></html>"


class Clinic:
    def __init__(self, folder: Path, package: str, server: HTTPServer) -> None:
        self.folder, self.package, self.server = folder, package, server
        self.pages = folder / "tests/pages/jp_first"
        self.pages.mkdir(parents=True)
        server.expect_request("/robots.txt").respond_with_data("", 404)

    def serve(self, path: str, body: str, **headers: str) -> None:
        self.server.expect_request(path).respond_with_data(body, 200, headers, content_type="text/html; charset=utf-8")

    def save(self, name: str, body: str, facts: int = 1) -> None:
        (self.pages / name).write_text(body, encoding="utf-8")
        (self.pages / name).with_suffix(".facts.json").write_text(json.dumps({"url": "", "facts": [{}] * facts}))

    def findings(self, to: Path | None = None) -> dict[str, Finding]:
        own = {
            name: SourceSettings(url=self.server.url_for(path))
            for name, path in (("jp_first.acts", "/list"), ("jp_first.off", "/off"))
        }
        fetch = FetchSettings(allow_private=True, gap=Duration(milliseconds=1), deadline=Duration(seconds=FAR))
        config = Config(packages=(self.package,), fetch=fetch, sources=own)
        return {
            each.subject: each for each in check_all(config, None, self.folder / "store", ["jp_first.acts"], keep=False, to=to)
        }


@pytest.fixture(name="clinic")
def clinic_(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, httpserver: HTTPServer) -> Clinic:
    package = f"first_{abs(hash(tmp_path))}"
    (tmp_path / package).mkdir()
    (tmp_path / package / "__init__.py").touch()
    (tmp_path / package / "jp_first.py").write_text(SCRAPER)
    monkeypatch.syspath_prepend(tmp_path)
    return Clinic(tmp_path, package, httpserver)


def listed(*paths: str) -> str:
    return f"<html><ul class='list'>{''.join(f'<li><a href={path!r}>An order</a></li>' for path in paths)}</ul></html>"


def test_a_source_whose_acts_give_no_fact_is_not_well_and_says_what_is_not_known(clinic: Clinic) -> None:
    clinic.serve("/list", listed("/act/1"))
    clinic.serve("/act/1", ACT)

    finding = clinic.findings()["jp_first.acts"]

    assert not finding.ok
    assert "it names no register that is known, but perhaps a new one (Strategic Goods Denial List)" in finding.seen


def test_a_reader_that_a_saved_page_has_proven_may_meet_a_page_on_another_subject(clinic: Clinic) -> None:
    clinic.serve("/list", listed("/act/1"))
    clinic.serve("/act/1", ACT)
    clinic.save("act-first.html", ACT)

    assert clinic.findings()["jp_first.acts"].ok


def test_links_that_all_have_another_form_than_before_are_said(clinic: Clinic) -> None:
    clinic.save("acts-first.html", listed("/act/1", "/act/2"))
    clinic.serve("/list", listed("/login?next=1"))
    clinic.serve("/login", "<html></html>")

    finding = clinic.findings()["jp_first.acts"]

    assert (finding.ok, "another form than on the saved page" in finding.seen) == (False, True)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://x.gov/2025/art_0a1b2c3d4e.html", "https://x.gov/2026/art_ffff00001111.html"),
        ("https://x.gov/a/1", "https://x.gov/a/22"),
    ],
)
def test_numbers_and_hashes_are_no_matter_of_form(one: str, other: str) -> None:
    assert make_url_shape(one) == make_url_shape(other) != make_url_shape("https://x.gov/b")


def test_one_folder_holds_every_address_with_headers_and_what_was_found_and_no_secret(
    clinic: Clinic, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-1234567890-abcdefghij")
    clinic.serve("/list", listed("/act/1", "/act/xoxb-1234567890-abcdefghij"), Server="acme", **{"Set-Cookie": "id=private"})
    clinic.serve("/off", listed("/act/1"))
    clinic.serve("/act/1", ACT)
    folder = tmp_path / "report"

    clinic.findings(to=folder)

    told = json.loads((folder / "jp_first.acts/finding.json").read_text())
    assert told["answers"][0]["headers"]["server"].endswith("acme")
    assert [json.loads(line)["read"] for line in (folder / "jp_first.acts/found.jsonl").read_text().splitlines()] == [
        "jp_first.act"
    ] * 2
    assert (folder / "jp_first.off/page.html").is_file()
    everything = "".join(path.read_text() for path in folder.rglob("*") if path.is_file())
    assert "abcdefghij" not in everything
    assert "id=private" not in everything
    assert "An order" in everything


def test_a_folder_that_holds_something_is_left_alone(clinic: Clinic, tmp_path: Path) -> None:
    (tmp_path / "report").mkdir()
    (tmp_path / "report/mine.txt").write_text("mine")
    clinic.serve("/list", listed("/act/1"))

    with pytest.raises(ConfigError, match="is there already"):
        clinic.findings(to=tmp_path / "report")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("决定将下列实体纳入“重点监管清单”。", "重点监管清单"),
        ("关于不可靠实体清单的说明", "and no verb that is known does anything there"),
        ("The weather is fine.", "it names no register that is known"),
    ],
)
def test_why_nothing_was_found_names_the_register_or_the_verb(text: str, said: str) -> None:
    assert said in explain_nothing(text)
