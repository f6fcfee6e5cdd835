import ast
import importlib
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from cases import read_cases
from pytest_httpserver import HTTPServer

from monitor.cli.new import begin
from monitor.cli.new.guess import find_densest_list
from monitor.config import Config, FetchSettings
from monitor.config.times import Duration
from monitor.errors import ConfigError, SourceError
from monitor.source.page import Body, Link, Page
from monitor.source.scraper import Source, read_all
from monitor.vocabulary import Vocabulary

ROOT = Path(__file__).parents[3]
URL = "https://www.office.example/press/index.html"

MENU = "".join(
    f"<li><a href='/menu/{number}.html'>Ministry department {number}</a></li>"
    for number in range(9)
)


def row(number: int, *, words: str = "Statement on export controls on rare earths") -> str:
    return (
        f"<li class='item-{number}'><a href='/press/r_{number}.html'>{words} No. {number}</a> <i>21"
        " Nov</i></li>"
    )


def list_page(rows: str) -> str:
    nav = f"<div id='gnavi' class='menu'><ul>{MENU}</ul></div>"
    return (
        f'<html><head><title>Press "releases" \\ MOFA</title></head><body>{nav}<div'
        f" class='main'>{rows}</div></body></html>"
    )


LIST = list_page(f"<ul class='link-list'>{''.join(map(row, range(7)))}</ul>")
CHINESE = list_page(
    "<ul class='list1'>"
    + "".join(
        "<li><a"
        f" href='./202511/t2025110{n}_1.html'>关于对美国军工企业采取反制措施的决定之{n}</a></li>"
        for n in range(6)
    )
    + "</ul>"
)
ATOM = """<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Export news</title>
<entry><title>Notice 30</title><link href="https://www.gov.example/30"/></entry>
<entry><title>Notice 29</title><link href="https://www.gov.example/29"/></entry></feed>"""
ROWS = '{"code":0,"tags":[{"id":1},{"id":2}],"result":{"rows":[{"id":1,"title":"公告2025年第70号","url":"/70.html"},{"id":2,"title":"公告2025年第69号","url":"/69.html"}]}}'  # noqa: E501
SENTENCE = "<p>The ministry controls the export of these goods to all countries from today on.</p>"
ARTICLE = f"""<html><head><title>Controlled goods</title></head><body><ul class='menu'>{MENU}</ul>
<div class="wrap"><div id="zoom"><h1>Controlled goods</h1>{SENTENCE * 20}</div></div></body></html>"""


def links(source: Source, body: str) -> list[str]:
    return [
        found.url
        for found in read_all(source.read, Page(url=URL, body=Body(body.encode())))
        if isinstance(found, Link)
    ]


@pytest.mark.parametrize(
    ("body", "reader", "extension", "first"),
    [
        (LIST, "announcements", "html", "https://www.office.example/press/r_0.html"),
        (
            CHINESE,
            "announcements",
            "html",
            "https://www.office.example/press/202511/t20251100_1.html",
        ),
        (ATOM, "news", "xml", "https://www.gov.example/30"),
        (ROWS, "announcements", "json", "https://www.office.example/70.html"),
    ],
    ids=["list", "chinese list", "atom", "json"],
)
def test_a_page_gets_a_scraper_that_finds_its_links_and_refuses_a_page_that_is_not_it(
    begun, body: str, reader: str, extension: str, first: str
):
    Path("tests").mkdir()
    Path("tests/test_pages.py").touch()
    source, lines = begun(body)
    pages = Path("tests/pages/jp_mofa")

    assert links(source, body)[0] == first
    assert (pages / f"{reader}-first.{extension}").read_text() == body
    with pytest.raises(SourceError):
        read_all(
            source.read,
            Page(url=URL, body=Body((pages / f"{reader}-maintenance.html").read_bytes())),
        )
    assert len(lines) == 6
    assert source.language == ("zh" if "关于" in body or "公告" in body else "en")


def test_where_a_country_has_several_zones_people_are_asked_for_the_one_and_none_is_made_up(
    package: str,
):
    Path("page").write_text(LIST)
    lines = list(begin(Config(packages=(package,)), "mn_customs", URL, Path("page")))
    written = importlib.import_module(f"{package}.mn_customs")

    (asked,) = (line for line in lines if 'zone="…" in Authority("mn-customs", …)' in line)
    assert "Asia/Ulaanbaatar" in asked
    assert "no source is read before" in asked
    with pytest.raises(
        ConfigError, match=r"Authority\(\"mn-customs\", \"CUSTOMS\", zone=\"Area/City\"\)"
    ):
        Vocabulary([written.OFFICE])


def test_an_article_is_read_where_its_words_are(package: str, begun):
    source, _ = begun(ARTICLE)

    assert source.id == "jp_mofa.notice"
    assert '"#zoom"' in Path(package, "jp_mofa.py").read_text()


@pytest.mark.parametrize(
    "body", [LIST, CHINESE, ATOM, ROWS, ARTICLE], ids=["list", "chinese", "atom", "json", "article"]
)
def test_what_is_written_passes_our_own_checks(package: str, begun, body: str):
    begun(body)
    command = [sys.executable, "-m", "ruff"]
    settings = [
        "--config",
        str(ROOT / "pyproject.toml"),
        str(Path(package, "jp_mofa.py").absolute()),
    ]

    for verb in (["check", "--ignore", "INP001"], ["format", "--check"]):
        result = subprocess.run(
            [*command, *verb, *settings], cwd=ROOT, capture_output=True, text=True, check=False
        )
        assert result.returncode == 0, result.stdout


def test_a_title_can_t_break_out_of_the_docstring(package: str, begun):
    source, _ = begun(LIST.replace("MOFA</title>", '"""\nimport os  # MOFA</title>'))

    module = ast.parse(Path(package, "jp_mofa.py").read_text())
    assert (ast.get_docstring(module) or "").startswith("Japan: Press releases")
    assert not [node for node in module.body if isinstance(node, ast.Import)]
    assert links(source, LIST)


def test_menus_lists_split_by_rows_and_second_links_of_a_row_don_t_mislead():
    rows = "".join(
        f"<ul>{''.join(row(block * 5 + n) for n in range(5))}</ul>" for block in range(4)
    )
    more = (
        "<a class='more' href='/press/archive_of_the_last_years.html'>The archive of the press"
        " releases</a>"
    )
    found = find_densest_list(Page(url=URL, body=Body(list_page(rows + more).encode())).soup, URL)

    assert found is not None
    assert len(found.links) == 20
    assert all("/press/r_" in link for link in found.links)


def test_a_name_is_country_and_publisher(package: str):
    Path("page").write_text(LIST)
    for name, why in (
        ("Mofa", "<country>_<publisher>"),
        ("zz_mofa", "no country"),
        ("jp_", "<country>"),
        ("jp_a.b", "<country>"),
    ):
        with pytest.raises(ConfigError, match=why):
            list(begin(Config(packages=(package,)), name, URL, Path("page")))
    with pytest.raises(ConfigError, match="begins with https"):
        list(begin(Config(packages=(package,)), "jp_mofa", "www.mofa.example", Path("page")))
    assert not Path("tests").exists()


def test_nothing_is_overwritten(package: str, begun):
    begun(LIST)
    before = {path: path.read_bytes() for path in Path().rglob("*") if path.is_file()}

    with pytest.raises(ConfigError, match=rf"{package}/jp_mofa.py: is there already"):
        list(begin(Config(packages=(package,)), "jp_mofa", URL, Path("page")))

    assert {path: path.read_bytes() for path in Path().rglob("*") if path.is_file()} == before


@pytest.mark.parametrize(
    ("body", "why"),
    read_cases(
        """
        %PDF-1.7 | no template for PDF
        {not json | is not:
        {"rows":[{"id":1},{"id":2}]} | no list of rows with addresses
        <html><body><p>Hello.</p></body></html> | neither a list of links nor an article
        <?xml version='1.0'?><sanctions><row/></sanctions> | no template for XML
        """
    ),
)
def test_a_page_no_template_fits_is_one_clear_line_and_nothing_is_written(
    package: str, begun, body: str, why: str
):
    with pytest.raises(ConfigError, match=why):
        begun(body)

    assert not Path("tests").exists()
    assert not Path(package, "jp_mofa.py").exists()


def test_a_page_that_asks_to_sign_in_gets_no_scraper(package: str):
    wall = "<title>Sign in</title><form><input type=password></form>"
    Path("page").write_text(f"{wall}{LIST}")

    with pytest.raises(SourceError, match="asks to sign in"):
        list(begin(Config(packages=(package,)), "jp_mofa", URL, Path("page")))
    assert not Path("tests").exists()


def test_online_the_first_page_of_the_list_is_saved_too_and_tells_where_its_words_are(
    package: str, httpserver: HTTPServer
):
    httpserver.expect_request("/robots.txt").respond_with_data("", 404)
    httpserver.expect_request("/press").respond_with_data(
        LIST, content_type="text/html; charset=utf-8"
    )
    httpserver.expect_request(re.compile(r"/press/r_\d\.html")).respond_with_data(
        ARTICLE, content_type="text/html; charset=utf-8"
    )
    config = Config(
        packages=(package,), fetch=FetchSettings(allow_private=True, gap=Duration(milliseconds=1))
    )

    lines = list(begin(config, "jp_mofa", httpserver.url_for("/press"), None))

    assert Path("tests/pages/jp_mofa/announcement-first.html").read_text() == ARTICLE
    assert 'page.document("#zoom")' in Path(package, "jp_mofa.py").read_text()
    assert any("finds 7 links" in line for line in lines)


@pytest.mark.long
def test_a_newcomer_comes_from_a_page_to_a_green_page_test(tmp_path: Path):
    """The steps of scrapers/README.md in a repository that holds nothing else."""
    for folder in ("scrapers", "tests/pages"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "scrapers/__init__.py").touch()
    (tmp_path / "tests/test_pages.py").write_text((ROOT / "tests/test_pages.py").read_text())
    (tmp_path / "saved.xml").write_text(ATOM)
    act = (
        "China's Ministry of Commerce announced export controls on rare earths in Announcement No."
        " 61 of 2025."
    )

    begin_it = command(
        tmp_path,
        *("monitor", "new", "gb_ecju", "https://www.gov.example/news.atom"),
        *("--page", "saved.xml", "--kind", "official"),
    )
    (tmp_path / "tests/pages/gb_ecju/article-october.html").write_text(
        f"<article><h1>Rare earths</h1><p>{act}</p></article>"
    )
    options = ("-q", "-p", "no:randomly", "--import-mode=importlib", "tests/test_pages.py")
    first, second = (command(tmp_path, "pytest", *options) for _ in range(2))

    assert begin_it.returncode == 0, begin_it.stderr
    assert first.returncode == 1
    assert set(re.findall(r"wrote ([\w/.-]+\.facts\.json): please review it", first.stdout)) == {
        "gb_ecju/article-october.facts.json",
        "gb_ecju/news-first.facts.json",
        "gb_ecju/news-maintenance.facts.json",
    }
    assert second.returncode == 0, second.stdout


def command(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """A command in a folder whose `scrapers` go before ours."""
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(folder), str(ROOT)])}
    return subprocess.run(
        [sys.executable, "-m", *words],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
