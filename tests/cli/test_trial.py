"""`monitor try`: what would be watched on a page, and lines that can be pasted."""

import tomllib
from pathlib import Path

import pytest
from command import typed
from werkzeug import Response

from monitor.config import load

LIST = (
    "<html><title>News</title><body><nav><a href='/'>Home page of the office</a></nav><ul"
    " class='news'>{0}</ul></body></html>"
)
ITEMS = "".join(
    f"<li><a href='/n/{n}'>Announcement number {n} on the export of goods</a></li>"
    for n in range(1, 8)
)
ARTICLE = """<html><title>Rule</title><body><main>
<p>Exports of gallium need a licence from May on, for all destinations.</p></main></body></html>"""
FEED = "<rss version='2.0'><channel><item><title>One</title><link>https://a.example/1</link></item></channel></rss>"
JSON = (
    '{"result": {"items": [{"id": 7, "title": "One", "url": "/1"}, {"id": 8, "title": "Two", "url":'
    ' "/2"}]}}'
)

FIGURES = (
    '{"rows": [{"no": 7, "rate": 0.5, "parts": [{"no": 1}, {"no": 2}, {"no": 3}]}, {"no": 8,'
    ' "rate": 0.7, "parts": []}]}'
)
WORDLESS = "[0.5, 0.7]"


@pytest.fixture
def settings(tmp_path: Path) -> Path:
    path = tmp_path / "config.toml"
    path.write_text(
        'packages = []\n[fetch]\nallow_private = true\nrobots = false\ngap = "0.01 seconds"\n'
    )
    return path


def tried(
    settings: Path, httpserver, body: str, *words: str, kind: str = "text/html; charset=utf-8"
):
    httpserver.expect_request("/en/news.html").respond_with_data(body, content_type=kind)
    return typed(settings, "try", httpserver.url_for("/en/news.html"), *words)


def pasted(stdout: str) -> dict:
    (page,) = tomllib.loads(stdout[stdout.index("[[page]]") :])["page"]
    return page


@pytest.mark.parametrize(
    ("body", "kind", "way", "where", "first"),
    [
        (
            LIST.format(ITEMS),
            "text/html",
            "links",
            None,
            "Announcement number 1 on the export of goods",
        ),
        (ARTICLE, "text/html", "text", True, "Exports of gallium need a licence"),
        (FEED, "application/rss+xml", "feed", True, "One"),
        (JSON, "application/json", "json", "$.result.items[*]", "id: 7; title: One; url: /1"),
        (FIGURES, "application/json", "json", "$.rows[*]", "no: 7; parts"),
    ],
)
def test_without_options_the_best_way_is_guessed(
    settings, httpserver, body, kind, way, where, first
):
    done = tried(settings, httpserver, body, kind=f"{kind}; charset=utf-8")
    assert done.returncode == 0, done.stderr
    assert first in done.stdout
    page = pasted(done.stdout)
    assert way in page
    assert where in (None, page[way])


def test_the_key_that_tells_rows_without_addresses_apart_is_named(settings, httpserver):
    assert (
        pasted(tried(settings, httpserver, FIGURES, kind="application/json").stdout)["key"] == "no"
    )


def test_what_a_library_says_while_it_looks_is_not_shown(settings, httpserver):
    assert tried(settings, httpserver, WORDLESS, kind="application/json").stderr.count("\n") <= 1


def test_what_is_pasted_is_a_page(settings, httpserver):
    done = tried(
        settings,
        httpserver,
        LIST.format(ITEMS),
        "--links",
        'ul[class="news"] a',
        "--name",
        "office",
    )
    settings.write_text(settings.read_text() + done.stdout[done.stdout.index("[[page]]") :])
    (page,) = load(settings).page
    assert (page.name, page.links) == ("office", 'ul[class="news"] a')
    assert "would watch 7 links" in done.stdout


def test_a_selector_shows_the_words_that_it_finds(settings, httpserver):
    done = tried(settings, httpserver, ARTICLE, "--select", "main")
    assert "would watch 1 paragraphs and rows at 'main'" in done.stdout
    assert pasted(done.stdout)["text"] == "main"


def say(text: str) -> str:
    return ARTICLE.replace("</main>", f"<p>{text}</p></main>")


MORE = say("Exports of antimony need one too.")
NEWER = LIST.format("<li><a href='/n/0'>A new announcement on graphite</a></li>" + ITEMS)


@pytest.mark.parametrize(
    ("bodies", "words", "said"),
    [
        (
            [say(f"Draw {number}") for number in range(4)],
            ("--select", "main"),
            "differs at each fetch, and would not be reported: Draw [-0-] [+1+]",
        ),
        (
            [ARTICLE, MORE, MORE],
            ("--select", "main"),
            "changed between two fetches, and would be reported: [+Exports of antimony need one",
        ),
        ([LIST.format(ITEMS), NEWER], ("--json",), '"told":["A new announcement on graphite'),
        (
            [ARTICLE, "<html><main></main></html>"],
            ("--select", "main p"),
            "constant changes are unknown",
        ),
    ],
)
def test_what_differs_between_two_looks_is_said(settings, httpserver, bodies, words, said):
    each = iter(bodies)
    httpserver.expect_request("/en/news.html").respond_with_handler(
        lambda _: Response(next(each), content_type="text/html")
    )
    done = typed(settings, "try", httpserver.url_for("/en/news.html"), *words)

    assert done.returncode == 0, done.stderr
    assert said in done.stdout


def test_a_page_that_stands_still_would_tell_nothing(settings, httpserver):
    assert "fetched twice: no change, so no alert" in tried(settings, httpserver, ARTICLE).stdout


@pytest.mark.parametrize(
    ("words", "status", "line"),
    [
        (("--links", "ol.none a"), 1, "0 nodes match 'ol.none a', expected at least 1"),
        (("--rows", "li["), 2, "rows: 'li[' is no CSS"),
        (("--select", "main", "--links", "a"), 2, "needs exactly one of"),
    ],
)
def test_what_finds_nothing_is_said_in_one_line(settings, httpserver, words, status, line):
    done = tried(settings, httpserver, ARTICLE, *words)
    assert (done.returncode, line in done.stderr) == (status, True), done.stderr


def test_a_saved_page_is_looked_at_without_any_network(settings, tmp_path):
    page = tmp_path / "saved.html"
    page.write_text(LIST.format(ITEMS))
    done = typed(settings, "try https://office.example/news --page", page)
    assert pasted(done.stdout)["name"] == "office-news"


SCRIPTED = (
    "<html><title>News</title><body><div id='root'></div><script"
    " src='/app.js'></script></body></html>"
)


@pytest.mark.parametrize(
    ("inner", "words", "remarked"),
    [
        ("", ("--json",), True),
        ("<p>Loading the notices</p>", ("--select", "#root", "--json"), True),
        (f"<p>{'Exports need a licence. ' * 20}</p>", ("--json",), False),
    ],
)
def test_a_page_that_its_scripts_write_is_said_to_be_one(
    settings, httpserver, inner, words, remarked
):
    done = tried(settings, httpserver, SCRIPTED.replace("</div>", f"{inner}</div>"), *words)

    assert done.returncode == (0 if inner else 1)
    assert ("few words stand on it as it comes" in done.stdout + done.stderr) == remarked
