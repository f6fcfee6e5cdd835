"""What an answer rests on, as a value and in a line."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from acts import control
from arrivals import arrive

from monitor.errors import ErrorKind
from monitor.history import History, PollEnds
from monitor.model import Problem
from monitor.pipeline.coverage import Coverage, coverage, nothing_read, told
from monitor.source.scraper import Source, source

NOW = datetime(2025, 11, 7, 9, 0, tzinfo=UTC)
PATIENCE = timedelta(minutes=30)


def declared(name: str, authority: str, **more) -> Source:
    def read(page):
        return []

    read.__qualname__ = name
    return source(name=name, authority=authority, url="https://m.example/", every="5 minutes", **more)(read)


SOURCES = [
    declared("acts", "cn-mofcom"),
    declared("replies", "cn-mofcom"),
    declared("list", "us-bis"),
    declared("news", "us-npr", kind="press"),
]


def polled(history: History, source: Source, at: datetime, problem: Problem | None = None) -> None:
    history.polls_end([PollEnds(source.id, problem, at, PATIENCE)])


@pytest.fixture
def covered(tmp_path: Path) -> Callable[..., Coverage]:
    """Of acts that were read now, replies that were read two days ago and fail since, and a list that never was."""
    with History(tmp_path) as history:
        arrive(history, control(57, "1C909"))
        polled(history, SOURCES[0], NOW)
        polled(history, SOURCES[1], NOW - timedelta(days=2))
        polled(history, SOURCES[1], NOW, Problem(kind=ErrorKind.SERVER, text="answered 503"))

    def asked(about: str = "") -> Coverage:
        with History(tmp_path, read_only=True) as opened:
            return coverage(opened, SOURCES, NOW, PATIENCE, about)

    return asked


def test_an_answer_rests_on_the_publishers_own_sources_and_says_which_are_missing_stale_and_failing(covered):
    found = covered()

    assert (found.sources, found.read, found.authorities, found.acts) == (3, 2, ("cn-mofcom",), 1)
    assert (found.oldest, found.newest) == ("2025-11-05T09:00:00Z", "2025-11-07T09:00:00Z")
    assert [id_.rpartition(".")[2] for id_ in (*found.never, *found.stale)] == ["list", "replies"]
    assert found.failing[0].endswith("replies: server: answered 503")


def test_the_line_says_until_when_and_what_is_missing(covered):
    line = told(covered(), NOW)

    assert line.startswith("2 of 3 sources read (MOFCOM), last 7 Nov 2025 09:00 UTC, the longest ago 5 Nov 2025 09:00 UTC; ")
    assert "the oldest act on record is of 9 Oct 2025; stale, not read as often as they should be: " in line
    assert "never read: BIS" in line


def test_an_answer_about_one_country_rests_on_its_sources_alone(covered):
    of_china, of_america = covered("cn-unreliable-entities"), covered("us-bis-entity-list")

    assert (of_china.sources, of_china.never) == (2, ())
    assert (of_america.is_empty, of_china.is_empty) == (True, False)
    assert nothing_read(of_america, "store").startswith("store: nothing was read yet of United States, so nothing can be said")


def test_without_a_history_an_answer_rests_on_nothing():
    nothing = coverage(None, SOURCES, NOW, PATIENCE)

    assert (nothing.is_empty, nothing.read, len(nothing.never)) == (True, 0, 3)
    assert told(nothing, NOW) == "nothing was read yet (0 of 3 sources)"


def test_where_nothing_could_be_read_yet_it_is_said_why(tmp_path: Path):
    with History(tmp_path) as history:
        polled(history, SOURCES[0], NOW, Problem(kind=ErrorKind.SERVER, text="answered 503"))
        failing = coverage(history, SOURCES, NOW, PATIENCE)

    assert failing.is_empty
    assert told(failing, NOW) == "nothing was read yet (0 of 3 sources); failing: test_coverage.acts: server: answered 503"


def test_where_no_source_reads_acts_that_is_said_and_not_that_none_was_read(tmp_path: Path):
    with History(tmp_path) as history:
        pages_alone = coverage(history, [], NOW, PATIENCE)

    assert told(pages_alone, NOW) == "no source that reads acts is configured"
    assert nothing_read(pages_alone, ".store").endswith('name packages in config.toml, such as packages = ["scrapers"]')
