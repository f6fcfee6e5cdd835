"""`monitor review`: a person completes or corrects what was read of an act; what the machine
read stays beside it.
"""

import json
import shutil
from pathlib import Path

import pytest
from acts import listing
from command import one_line, typed

from monitor.model import Unread

EVENT = "uel-2025-10"
SOURCE = "toy.notices"
REASON = "--reason 'the page names it' --by 'Li Wei'"


def act(*names: str, title: str = "", unread: bool = True):
    """A listing of which a part is not read."""
    part = (
        (Unread(what="a name", why="not understood", quote="and Zephyr Works"),) if unread else ()
    )
    made = listing(10, *names).replace(not_read=part, understood="part" if unread else "full")
    return made.replace(title=f"{made.title} {title}and Zephyr Works")


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where a store is kept in which the act was told, once a test has made it."""
    return tmp_path_factory.mktemp("told") / "store"


@pytest.fixture
def told(settings: Path, ministry, kept: Path) -> Path:
    store = settings.with_name("store")
    if kept.exists():
        shutil.copytree(kept, store)
        ministry.publish("10", act("Halifax Forum"))
        return settings
    typed(settings, "poll", SOURCE)
    ministry.publish("10", act("Halifax Forum"))
    typed(settings, "poll", SOURCE, "--all")
    shutil.copytree(store, kept)
    return settings


def monitor(settings: Path, words: str):
    done = typed(settings, words)
    assert done.returncode == 0, done.stderr
    return done.stdout


def review(settings: Path, words: str = "") -> str:
    return monitor(settings, f"review {EVENT} {words}")


def complete(settings: Path) -> str:
    added = "--add '1.org=Zephyr Works' --strike u1 --quote 'and Zephyr Works'"
    return review(settings, f"{added} {REASON}")


def test_it_numbers_what_was_read(told: Path):
    assert [line.split()[0] for line in review(told).splitlines()] == ["1", "1.starts", "1.1", "u1"]


def test_a_completed_reading_is_told_in_the_act_s_thread_as_reviewed(told: Path):
    said = complete(told)

    assert "About “MOFCOM" in said or "Li Wei reviewed how" in said
    assert "1 name added" in said
    assert "the page names it" in said.lower()


def test_answers_go_by_the_reviewed_facts_and_say_so(told: Path):
    complete(told)
    shown = monitor(told, "show 'Zephyr Works'")
    stood = monitor(told, "asof 2025-10-10 --register cn-unreliable-entities")
    screened = monitor(told, "screen 'Zephyr Works'")

    for answer in (shown, stood, screened):
        assert "reviewed by Li Wei" in " ".join(answer.split())
        assert "Zephyr Works" in answer
    (exported,) = [
        json.loads(line) for line in monitor(told, "export acts --format jsonl").splitlines()
    ]
    assert (exported["act"]["understood"], exported["act"]["reviewed"]["by"]) == ("full", "Li Wei")
    assert "Zephyr Works" in monitor(told, "export entities")


def test_the_machine_s_reading_stays_beside_it(told: Path):
    complete(told)
    beside = review(told).splitlines()
    read = json.loads(review(told, "--json"))

    assert "+ Zephyr Works" in beside
    assert [len(read[which]["measures"][0]["entities"]) for which in ("act", "machine")] == [2, 1]
    assert read["machine"]["understood"] == "part"


def test_what_was_read_wrongly_is_struck(told: Path):
    review(told, f"--strike 1.1 --quote 'Halifax Forum' {REASON}")

    assert "Halifax Forum" not in monitor(told, "export entities")


@pytest.mark.parametrize(
    ("words", "new", "gone"),
    [
        (
            "--add 'new=restrict cn-dual-use-items' --add 2.item=Zephyr",
            {"restrict cn-dual-use-items"},
            set(),
        ),
        (
            "--add 1.action=remove",
            {"remove cn-unreliable-entities"},
            {"add cn-unreliable-entities"},
        ),
        (
            "--add 1.register=cn-watch-list",
            {"add cn-watch-list"},
            {"add cn-unreliable-entities"},
        ),
        ("--add '1.ends=10 Nov 2026'", {"ends 10 Nov 2026"}, set()),
        ("--add 1.starts=2025-10-10", {"starts 10 Oct 2025"}, {"starts 9 Oct 2025"}),
        ("--add 1.destination=Japan", {"to Japan"}, set()),
        ("--add 1.amends=mofcom-2024-46", {"changes MOFCOM No. 46 of 2024"}, set()),
        (
            "--add '1.duty=must keep records for 5 years'",
            {"duty: must keep records for 5 years"},
            set(),
        ),
        ("--strike 1.starts", set(), {"starts 9 Oct 2025"}),
        (
            "--strike 1 --strike u1",
            set(),
            {"add cn-unreliable-entities", "Halifax Forum", "starts 9 Oct 2025"},
        ),
    ],
)
def test_a_reviewer_adds_and_strikes_whatever_a_reading_has(told: Path, words, new, gone):
    before = facts(told)
    review(told, f"{words} --quote 'Zephyr Works' {REASON}")
    after = facts(told)

    assert new <= after - before
    assert gone <= before - after


def facts(settings: Path) -> set[str]:
    lines = review(settings).splitlines()
    return {line.split(None, 1)[1] for line in lines if line[0].isdigit() or line.startswith("u")}


def test_what_is_known_as_it_was_read_then_is_still_known(told: Path):
    complete(told)

    assert "Zephyr Works" not in typed(told, "asof 2025-10-10 --known 2025-10-10 --json").stdout


@pytest.mark.parametrize(
    ("words", "wrong"),
    [
        (
            "--add '1.org=Zephyr Works' --quote 'and Nobody Ltd'",
            "does not stand in the words that are quoted",
        ),
        ("--add '1.org=Nobody Ltd' --quote 'and Nobody Ltd'", "stand on no page"),
        ("--add '1.org=Zephyr Works'", "by which words of the page (quote)"),
        ("--strike 1.9 --quote Halifax", "nothing is numbered '1.9'"),
        (
            "--add '2.org=Zephyr Works' --quote 'and Zephyr Works'",
            "is not understood; say it as",
        ),
        (
            "--add '1.firm=Zephyr Works' --quote 'and Zephyr Works'",
            "'firm' is no part of a measure",
        ),
        ("--add 1.ends=never --quote 'and Zephyr Works'", "'never' is no day"),
        ("--add new=forbid --quote 'and Zephyr Works'", "'forbid' is no action"),
    ],
)
def test_what_its_page_does_not_say_or_what_means_nothing_is_refused(told: Path, words, wrong):
    done = typed(told, f"review {EVENT} {words} --reason 'so it is'")

    assert done.returncode != 0
    assert wrong in one_line(done)


def test_the_monitor_that_runs_does_it_whatever_it_carries(
    settings: Path, ministry, tmp_path: Path, request
):
    names = [f"Halifax{number}{'x' * 60}" for number in range(700)]
    typed(settings, "poll", SOURCE)
    ministry.publish("10", act(*names))
    typed(settings, "poll", SOURCE, "--all")
    request.getfixturevalue("daemon")
    review(settings, f"--add 1.register=cn-watch-list --quote 'Zephyr Works' {REASON}")

    assert "add cn-watch-list" in review(settings)
