"""A watched page through the commands: polled, listed, shown, with what was ignored."""

import json
from pathlib import Path

import pytest
from command import run as monitor

PAGE = (
    "<html><title>Circulars</title><body><main id='c'><h1>Circulars</h1><p>{0}</p><p>Page views:"
    " {1}</p></main></body></html>"
)


@pytest.fixture
def run(httpserver, tmp_path: Path):
    path = tmp_path / "config.toml"
    path.write_text(f"""
store = "{tmp_path / "store"}"
packages = []
[fetch]
allow_private = true
robots = false
gap = "0.01 seconds"
[[page]]
name = "circulars"
url = "{httpserver.url_for("/circulars")}"
text = "#c"
""")

    def asked(*words: str):
        return monitor("--config", path, *words)

    return asked


def say(httpserver, words: str, views: int) -> None:
    httpserver.clear()
    httpserver.expect_request("/circulars").respond_with_data(
        PAGE.format(words, views), content_type="text/html; charset=utf-8"
    )


def test_a_page_is_polled_told_listed_and_shown_by_its_name(run, httpserver):
    say(httpserver, "Forms go to Harbour Road.", 7)
    assert run("poll", "page:circulars").returncode == 0
    say(httpserver, "Forms go to Garden Road.", 9)
    told = run("poll", "page:circulars")
    assert "circulars changed: Forms go to [-Harbour-] [+Garden+] Road." in told.stdout

    assert "page:circulars" in run("sources").stdout
    status = run("status")
    assert (status.returncode, "page:circulars" in status.stdout) == (0, True)
    assert "circulars changed: Forms go to" in run("show", "page:circulars").stdout
    _, change = map(json.loads, run("show", "page:circulars", "--json").stdout.splitlines())
    assert change["rewordings"] == [
        {"before": "Forms go to Harbour Road.", "after": "Forms go to Garden Road."}
    ]
    assert "a counter" in run("show", "page:circulars", "--ignored").stdout
    (ignored,) = map(
        json.loads, run("show", "page:circulars", "--ignored", "--json").stdout.splitlines()
    )
    assert (ignored["why"], ignored["times"], ignored["after"]) == ("a counter", 1, "Page views: 9")


def test_the_key_of_its_message_shows_it_too(run, httpserver):
    say(httpserver, "One.", 1)
    run("poll", "--all")
    say(httpserver, "Two and more.", 1)
    told = json.loads(run("poll", "--all", "--json").stdout.splitlines()[0])
    assert told["kind"] == "page"
    assert run("show", told["key"]).returncode == 0


def test_doctor_looks_at_it(run, httpserver):
    say(httpserver, "One.", 1)
    answer = run("doctor", "page:circulars")
    assert "page:circulars" in answer.stdout


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (("poll", "page:circular"), "did you mean 'page:circulars'?"),
        (
            ("show", "page:circular"),
            "no page is called 'page:circular'; did you mean 'page:circulars'?",
        ),
        (
            ("show", "page:circulars"),
            "page:circulars: was not read yet; `monitor poll page:circulars` reads it",
        ),
        (("show", "gallium", "--ignored"), "--ignored goes with a watched page"),
    ],
)
def test_what_can_t_be_shown_is_said_with_the_way_out(run, words, line):
    answer = run(*words)
    assert answer.returncode != 0
    assert line in answer.stderr


def test_a_page_that_a_person_saved_is_handed_in_and_not_asked_for_again(run, httpserver, tmp_path):
    say(httpserver, "Forms go to Harbour Road.", 7)
    run("poll", "page:circulars")
    httpserver.clear()  # it answers no more
    saved = tmp_path / "saved.html"
    saved.write_text(PAGE.format("Forms go to Garden Road.", 7))
    done = run("hand-in", saved, "--source", "page:circulars", "--by", "Ann")
    assert done.returncode == 0, done.stderr
    assert "Forms go to [-Harbour-] [+Garden+] Road." in done.stdout
    assert "handed in by Ann" in done.stdout
    assert "page:circulars: taken as a page of page:circulars: 0 links, 1 fact" in done.stderr


def test_its_troubles_can_be_muted(run, httpserver):
    say(httpserver, "One.", 1)
    run("poll", "page:circulars")
    done = run(
        "mute", "page:circulars", "--until", "3 days", "--reason", "they rebuild", "--by", "Ann"
    )
    assert (done.returncode, "page:circulars" in done.stdout) == (0, True), done.stderr


def test_a_saved_page_is_read_as_it_would_be(run, tmp_path):
    saved = tmp_path / "saved.html"
    saved.write_text(PAGE.format("Forms go to Garden Road.", 7))
    done = run("read", saved, "--as", "page:circulars", "--json")
    (fact,) = json.loads(done.stdout)["facts"]
    assert (fact["type"], fact["page"]) == ("excerpt", "page:circulars")
