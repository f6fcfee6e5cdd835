"""A dismissal of the head of a group is one of all whom only the group ties to the entry, in
whichever language it is named.
"""

import csv
import json
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from acts import entity, listing
from command import ROOT, typed
from msgspec.structs import replace

from monitor.model import Entity
from monitor.render.screening import list_touch_lines
from monitor.store import History, watched
from monitor.watch.entries import Party
from monitor.watch.match import Dismissal, WatchList, find_pairings, screen_fact, screen_subject

HEAD = Entity(names={"zh": "蓝河集团", "en": "Blue River Inc."}, kind="org", country="US")
MEMBERS = tuple(
    Entity(names={"en": f"{name} Ltd"}, kind="org", country="US", parent="蓝河集团")
    for name in ("Ostrava", "Kestrel", "Mirny")
)
OURS = Party(name="Blue River", aliases=("蓝河集团",))
SAID = Dismissal(
    entry=OURS.key,
    subject="blueriverinc",
    by="Ann",
    at="2026-03-03T00:00:00Z",
    subject_name="Blue River Inc.",
)


def act(*entities: Entity):
    told = listing(10, "x")
    return replace(told, measures=(replace(told.measures[0], entities=entities),))


def test_all_members_go_with_the_head_and_what_is_alike_by_itself_does_not():
    alike = Entity(names={"en": "Blue River GmbH"}, kind="org", country="DE")
    pairings = find_pairings(act(HEAD, *MEMBERS, alike), WatchList([OURS], dismissals=[SAID]))

    assert {next(iter(one.subject.names.values())): bool(one.dismissed) for one in pairings} == {
        "蓝河集团": True,
        "Ostrava Ltd": True,
        "Kestrel Ltd": True,
        "Mirny Ltd": True,
        "Blue River GmbH": False,
    }


def test_a_member_that_comes_later_alone_is_covered_by_the_name_of_its_group():
    said = replace(SAID, subject="蓝河集团")
    (later,) = screen_subject(MEMBERS[0], WatchList([OURS], dismissals=[said]))

    assert later.dismissed == said


def test_a_member_that_is_dismissed_leaves_the_head_and_its_sisters():
    said = replace(SAID, subject="ostravaltd")
    pairings = find_pairings(act(HEAD, *MEMBERS), WatchList([OURS], dismissals=[said]))

    assert [next(iter(one.subject.names.values())) for one in pairings if one.dismissed] == [
        "Ostrava Ltd"
    ]


def test_another_entry_is_not_covered():
    other = Party(name="Blue River", aliases=("蓝河集团",), relation="customer")
    pairings = find_pairings(act(HEAD, *MEMBERS), WatchList([OURS, other], dismissals=[SAID]))

    assert {(one.entry.key, bool(one.dismissed)) for one in pairings} == {
        (OURS.key, True),
        (other.key, False),
    }


def test_a_message_has_one_line_for_a_group_with_the_words_that_undo_it():
    touches = screen_fact(act(HEAD, *MEMBERS), WatchList([OURS], dismissals=[SAID]))
    lines = [line.text for line in list_touch_lines(touches) if "not-ours" in line.text]

    assert len(lines) == 1
    assert "monitor triage not-ours 'Blue River Inc.' --entry" in lines[0]


@pytest.fixture
def store(tmp_path: Path) -> Path:
    store = shutil.copytree(ROOT / "tests/stores/0.2.0/store", tmp_path / "store")
    with History(store) as history:
        history(watched.add, [Party(name="TechInsights")], datetime(2026, 1, 1, tzinfo=UTC))
    return store


def screened(store: Path, out: Path) -> tuple[set[bool], list[str]]:
    done = typed(store, "screen TechInsights --no-record --json --out", out)
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    rows = csv.DictReader(out.read_text(encoding="utf-8-sig").splitlines())
    return {"dismissed" in line["match"] for line in lines if "on_record" in line}, [
        row["State"] for row in rows
    ]


def test_a_person_dismisses_a_group_by_one_command_sees_its_head_and_takes_it_back(
    store: Path, tmp_path: Path
):
    words = "triage not-ours 'TechInsights Inc.' --entry TechInsights --by Ana"
    typed(store, words)
    dismissed, rows = screened(store, tmp_path / "a.csv")
    printed = typed(store, "screen TechInsights --no-record").stdout
    typed(store, words, "--undo")
    again, _ = screened(store, tmp_path / "b.csv")

    assert dismissed == {True}
    # the group, and the firm of that name in it
    assert rows.count("dismissed") == 2
    assert printed.count("dismissed by Ana") == 2
    assert "and 9 more of its group" in printed
    assert again == {False}


def test_a_dismissed_listing_of_the_entrys_own_name_is_shown_and_the_entry_is_not_marked(
    store: Path, tmp_path: Path
):
    typed(store, "watch add 'Dedrone by Axon'")
    typed(store, "triage not-ours 'Dedrone by Axon' --entry 'Dedrone by Axon' --by Ana")
    out = tmp_path / "out.csv"
    printed = typed(store, "screen 'Dedrone by Axon' --no-record --out", out).stdout.splitlines()
    (ours,) = [line for line in printed if "on your watch list" in line]
    (listed,) = [line for line in printed if "Unreliable Entity List" in line]
    rows = [*csv.DictReader(out.read_text(encoding="utf-8-sig").splitlines())]

    assert "dismissed" not in ours
    assert "is it (dismissed by Ana on " in listed
    assert [(row["What"], row["State"], row["List"]) for row in rows] == [
        ("name", "dismissed", "Unreliable Entity List"),
        ("name", "on your watch list", "your watch list"),
    ]


def test_who_dismisses_an_event_has_one_row_for_a_group(settings: Path, ministry):
    typed(settings, "watch add 'Blue River' --as supplier --alias 蓝河集团")
    typed(settings, "poll toy.notices")
    ministry.publish("10", act(HEAD, *MEMBERS, entity("Halifax")))
    typed(settings, "poll toy.notices --all")
    typed(settings, "triage not-ours uel-2025-10 --by Ana")
    kept = [json.loads(line) for line in typed(settings, "watch --json").stdout.splitlines()]

    assert [one["subject_name"] for one in kept if "subject_name" in one] == ["Blue River Inc."]
