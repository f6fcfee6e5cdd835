"""What an answer rests on, as a value and in a line."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest
from acts import control
from arrivals import arrive

from monitor.ask.coverage import Coverage, explain_nothing_read, format_coverage, load_coverage
from monitor.errors import ErrorKind
from monitor.model import Problem
from monitor.source.health import Paths
from monitor.source.scraper import Source, source
from monitor.store import History, PollEnds, polls

NOW = datetime(2025, 11, 7, 9, 0, tzinfo=UTC)
PATIENCE = timedelta(minutes=30)


def declared(name: str, authority: str, **more) -> Source:
    def read(page):
        return []

    read.__qualname__ = name
    return source(
        name=name, authority=authority, url="https://m.example/", every="5 minutes", **more
    )(read)


SOURCES = [
    declared("acts", "cn-mofcom"),
    declared("replies", "cn-mofcom"),
    declared("list", "us-bis"),
    declared("news", "us-npr", kind="press"),
]


def polled(history: History, source: Source, at: datetime, problem: Problem | None = None) -> None:
    history(polls.end, [PollEnds(source.id, problem, at, PATIENCE)])


@pytest.fixture
def covered(tmp_path: Path) -> Callable[..., Coverage]:
    """Of acts that were read now, replies that were read two days ago and fail since, and a list
    that never was.
    """
    with History(tmp_path) as history:
        arrive(history, control(57, "1C909"))
        polled(history, SOURCES[0], NOW)
        polled(history, SOURCES[1], NOW - timedelta(days=2))
        polled(history, SOURCES[1], NOW, Problem(kind=ErrorKind.SERVER, text="answered 503"))

    def asked(about: str = "") -> Coverage:
        with History(tmp_path, read_only=True) as opened:
            return load_coverage(opened, SOURCES, NOW, PATIENCE, about)

    return asked


def test_an_answer_rests_on_the_publishers_own_sources_and_says_which_are_missing_stale_and_failing(
    covered,
):
    found = covered()

    assert (found.sources, found.read, found.authorities, found.acts) == (3, 2, ("cn-mofcom",), 1)
    assert (found.oldest, found.newest) == ("2025-11-05T09:00:00Z", "2025-11-07T09:00:00Z")
    assert [id_.rpartition(".")[2] for id_ in (*found.never, *found.stale)] == ["list", "replies"]
    assert found.failing[0].endswith("replies: server: answered 503")


def test_an_answer_about_one_country_rests_on_its_sources_alone(covered):
    of_china, of_america = covered("cn-unreliable-entities"), covered("us-bis-entity-list")

    assert (of_china.sources, of_china.never) == (2, ())
    assert (of_america.is_empty, of_china.is_empty) == (True, False)
    assert explain_nothing_read(of_america, "store").startswith(
        "store: no act and no register of United States was read yet, so nothing can be said"
    )


def test_without_a_history_an_answer_rests_on_nothing():
    nothing = load_coverage(None, SOURCES, NOW, PATIENCE)

    assert (nothing.is_empty, nothing.read, len(nothing.never)) == (True, 0, 3)
    assert (
        format_coverage(nothing, NOW)
        == "no act and no register was read yet (0 of 3 official sources)"
    )


def test_where_no_source_reads_acts_that_is_said_and_not_that_none_was_read(tmp_path: Path):
    with History(tmp_path) as history:
        pages_alone = load_coverage(history, [], NOW, PATIENCE)

    assert format_coverage(pages_alone, NOW) == "no source that reads acts is configured"
    assert explain_nothing_read(pages_alone, ".store").endswith(
        'name packages in config.toml, such as packages = ["scrapers"]'
    )


FULL = Coverage(
    about=None, sources=2, read=1, authorities=("cn-mofcom",), oldest="2025-11-07T08:59:00Z", newest="2025-11-07T09:00:00Z",
    never=("a.list",), never_of=("us-bis",), stale=(), failing=(), unread=(), registers=(), held=(), partly=(), acts=3,
    since="2025-10-09", rows=0,
)  # fmt: skip
NEVER_OF = ("us-bis", "us-ofac", "cn-mfa", "cn-gacc", "cn-miit", "cn-gov")
READ = "1 of 2 official sources read (MOFCOM), last 7 Nov 2025 09:00 UTC, the longest ago 7 Nov 2025 08:59 UTC"
REST = "the oldest act on record is of 9 Oct 2025; never read: BIS"
REST_OF_MANY = f"{READ}; {REST}, OFAC, China's MFA, China Customs"


@pytest.mark.parametrize(
    ("of_it", "line"),
    [
        ({}, f"{READ}; {REST}"),
        (
            {"oldest": "2025-11-07T09:00:00Z"},
            f"1 of 2 official sources read (MOFCOM), last 7 Nov 2025 09:00 UTC; {REST}",
        ),
        ({"since": None, "never": (), "never_of": ()}, READ),
        (
            {"never_of": ("cn-mofcom",)},
            f"{READ}; the oldest act on record is of 9 Oct 2025; never read: a.list",
        ),
        *[
            (
                {"never": ("x",) * number, "never_of": NEVER_OF[:number]},
                f"{REST_OF_MANY}{rest}",
            )
            for number, rest in ((5, " and 1 more authority"), (6, " and 2 more authorities"))
        ],
        (
            {"never": ("a", "b"), "never_of": ("cn-mofcom",) * 2},
            (
                f"{READ}; the oldest act on record is of 9 Oct 2025; never read: 2 other sources of"
                " MOFCOM"
            ),
        ),
        ({"about": "cn"}, f"{READ.replace('sources', 'sources for China')}; {REST}"),
        ({"copy_of": ""}, f"this is a copy that nobody writes; {READ}; {REST}"),
        (
            {"copy_of": "2025-11-07T09:00:00Z"},
            f"this is a copy that nobody writes, as of 7 Nov 2025 09:00 UTC; {READ}; {REST}",
        ),
        (
            {"blind": ("MOFCOM since 7 Nov 2025",)},
            f"{READ}; nothing can be seen now of MOFCOM since 7 Nov 2025; {REST}",
        ),
        ({"remarks": ("rows are left out",)}, f"{READ}; rows are left out; {REST}"),
        (
            {"odd": ("a: silent",)},
            f"{READ}; {REST.replace('never', 'in doubt, though read: a: silent; never')}",
        ),
        (
            {"failing": ("a: server: no",), "muted": ("a until 8 Nov",)},
            (
                f"{READ}; {REST}; failing: a: server: no; muted, so that nobody is warned of their"
                " troubles: a until 8 Nov"
            ),
        ),
        (
            {"unread": ("u",), "held": ("r: 2",)},
            f"{READ}; {REST}; 1 page not read (see `monitor status`); rows held back: r: 2",
        ),
        (
            {"partly": ("mofcom-2025-57",)},
            f"{READ}; {REST}; not fully understood: MOFCOM No. 57 of 2025",
        ),
        (
            {"gone": ("mofcom-2025-57",)},
            (
                f"{READ}; {REST}; their pages are gone, and nobody knows whether they still hold:"
                " MOFCOM No. 57 of 2025"
            ),
        ),
        ({"newest": None, "oldest": None, "read": 0}, f"0 of 2 official sources read; {REST}"),
        (
            {"newest": None, "oldest": None, "read": 0, "acts": 0, "held": ("r: 2",)},
            "no act and no register was read yet (0 of 2 official sources)",
        ),
    ],
)
def test_the_line_says_what_there_is_to_say_and_nothing_else(of_it: dict[str, object], line: str):
    assert format_coverage(msgspec.structs.replace(FULL, **of_it), NOW) == line


@pytest.mark.parametrize(("days", "ago"), [(0, ""), (1, ", 1 day ago"), (2, ", 2 days ago")])
def test_the_line_says_how_many_days_ago_the_last_read_was(days: int, ago: str):
    assert f"last 7 Nov 2025 09:00 UTC{ago}, the longest" in format_coverage(
        FULL, NOW + timedelta(days=days, hours=23)
    )


@pytest.mark.parametrize(
    ("of_it", "empty", "of_nobody"),
    [
        ({}, False, False),
        ({"read": 0}, False, False),
        ({"read": 0, "acts": 0}, True, False),
        ({"read": 0, "acts": 0, "sources": 0}, True, True),
        ({"read": 0, "acts": 0, "sources": 0, "about": "cn"}, True, False),
        ({"acts": 0, "sources": 0}, False, False),
    ],
)
def test_an_answer_rests_on_nothing_where_nothing_was_read_and_on_nobody_where_nothing_could_be(
    of_it: dict[str, object], empty: bool, of_nobody: bool
):
    found = msgspec.structs.replace(FULL, **of_it)

    assert (found.is_empty, found.is_of_nobody) == (empty, of_nobody)


@pytest.mark.parametrize(
    ("failing", "about", "blind"),
    [
        (2, "", ("MOFCOM since 7 Nov 2025 07:00 UTC",)),
        (2, "cn-unreliable-entities", ("MOFCOM since 7 Nov 2025 07:00 UTC",)),
        (2, "us-bis", ()),
        (1, "", ()),
    ],
)
def test_of_whom_nothing_can_be_seen_is_said_in_answers_about_them(
    tmp_path: Path, failing: int, about: str, blind: tuple[str, ...]
):
    ids = [source.id for source in SOURCES[:3]]
    china, america = Paths("cn-mofcom", ids[:2], ids), Paths("us-bis", ids[2:], ids)
    with History(tmp_path) as history:
        for hours in (2, 1, 0):
            at = NOW - timedelta(hours=hours)
            for place, name in enumerate(ids):
                problem = (
                    Problem(kind=ErrorKind.CONNECT, text="no")
                    if hours < 2 and place < failing
                    else None
                )
                history(
                    polls.end,
                    [PollEnds(name, problem, at, PATIENCE, paths=china if place < 2 else america)],
                )
        found = load_coverage(history, SOURCES, NOW, PATIENCE, about)

    assert (found.blind, found.odd) == (blind, ())


def test_where_no_server_can_be_reached_nothing_can_be_seen_of_anybody(tmp_path: Path):
    sources = [
        declared(f"s{number}", authority)
        for number, authority in enumerate(["cn-mofcom"] * 3 + ["us-bis"] * 3)
    ]
    ids = [source.id for source in sources]
    with History(tmp_path) as history:
        for hours in (2, 1, 0):
            problem = Problem(kind=ErrorKind.CONNECT, text="no") if hours < 2 else None
            for place, source in enumerate(sources):
                paths = Paths(source.authority, ids[:3] if place < 3 else ids[3:], ids)
                history(
                    polls.end,
                    [
                        PollEnds(
                            source.id, problem, NOW - timedelta(hours=hours), PATIENCE, paths=paths
                        )
                    ],
                )
        found = load_coverage(history, sources, NOW, PATIENCE, "us-bis")

    assert found.blind == ("anybody since 7 Nov 2025 07:00 UTC",)
