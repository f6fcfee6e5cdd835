"""What keeps many sources from being reached is said once for each cause, and of each source
where that is asked for.
"""

import json
from pathlib import Path

import pytest
from command import typed

from monitor.cli.causes import describe_no_network, group_unreached
from monitor.errors import ErrorKind
from monitor.model import Problem

PAGE = """
[[page]]
name = "{name}"
url = "{url}"
text = true
"""


def dns(host: str) -> Problem:
    return Problem(kind=ErrorKind.DNS, text=f"{host}: the name does not resolve")


def no_word(host: str) -> Problem:
    return Problem(kind=ErrorKind.DEADLINE, text=f"{host}: no whole answer within the deadline")


@pytest.fixture
def offline(tmp_path: Path) -> Path:
    """Settings of five pages at which nobody listens."""
    pages = "".join(PAGE.format(name=f"page-{n}", url=f"http://127.0.0.1:1/{n}") for n in range(5))
    path = tmp_path / "config.toml"
    path.write_text(
        f'store = "{tmp_path / "store"}"\npackages = []\n{pages}[fetch]\nallow_private = true\n'
    )
    return path


def test_the_causes_come_by_how_many_share_them_in_words_without_a_host():
    failed = [
        ("a", [dns("a.example")]),
        ("b", [no_word("b.example")]),
        ("c", [no_word("c.example"), no_word("d.example")]),
    ]
    assert [cause.line for cause in group_unreached(failed)] == [
        "deadline: no whole answer within the deadline: b, c",
        "dns: the name does not resolve: a",
    ]


def test_only_the_first_sources_of_many_are_named():
    (cause,) = group_unreached((f"s{n}", [dns("a.example")]) for n in range(8))
    assert cause.line == "dns: the name does not resolve: s0, s1, s2, s3, s4, s5 and 2 more"


@pytest.mark.parametrize(
    "other", [[], [dns("a.example"), Problem(kind=ErrorKind.GONE, text="a.example: answered 404")]]
)
def test_a_source_that_answered_is_no_sign_of_a_dead_network(other: list[Problem]):
    causes = group_unreached([("a", [dns("a.example")]), ("b", other)])
    assert describe_no_network(causes, 2) == ""


def test_a_dead_network_is_one_line_with_its_cause_where_all_share_it():
    one, two = ("a", [dns("a.example")]), ("b", [dns("b.example")])
    assert (
        describe_no_network(group_unreached([one, two]), 2)
        == "none of 2 sources could be reached: the name does not resolve"
    )
    assert (
        describe_no_network(group_unreached([one, ("b", [no_word("b")])]), 2)
        == "none of 2 sources could be reached"
    )


def test_a_poll_without_a_network_says_one_line_and_with_all_a_line_for_each(offline: Path):
    short, long = typed(offline, "poll"), typed(offline, "poll --all")

    assert (short.returncode, long.returncode) == (1, 1)
    assert len(short.stderr.splitlines()) == 1
    assert short.stderr.startswith("monitor: none of 5 sources could be reached: ")
    assert "firewall" in short.stderr
    assert "--all" in short.stderr
    assert [f"page:page-{n}: connect" in long.stderr for n in range(5)] == [True] * 5


def test_a_checkup_without_a_network_says_one_line_a_cause_and_programs_have_each_source(
    offline: Path,
):
    short, long, told = (typed(offline, "doctor", *words) for words in ([], ["--all"], ["--json"]))

    assert [done.returncode for done in (short, long, told)] == [1, 1, 1]
    assert "none of 5 sources could be reached" in short.stdout
    assert len([line for line in short.stdout.splitlines() if "page:page-" in line]) == 1
    assert "names each" not in short.stdout  # that one line has them all
    assert len([line for line in long.stdout.splitlines() if line.startswith("page:page-")]) == 5
    assert (
        len([one for line in told.stdout.splitlines() if "source" in (one := json.loads(line))])
        == 5
    )
