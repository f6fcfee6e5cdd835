import json
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import demonstration
import pytest
from channels import Channel
from command import environment
from sqlalchemy import select

from monitor.alert.event import Notice, NoticeKind
from monitor.ask.coverage import measure_freshness
from monitor.ask.replayed import Mark, end_of, leave_story, mark_of, write_mark
from monitor.config import Config
from monitor.errors import ConfigError, StoreHeld
from monitor.model import Report
from monitor.poll.replay import replay
from monitor.poll.scenarios import BUNDLED, Scenario, Stretch, load
from monitor.source.registry import Registry
from monitor.store import DATABASE, OPS, History
from monitor.store.lock import Lock
from monitor.store.tables import OutboxRow

SIX = {f"mofcom-2025-{number}" for number in (55, 56, 57, 58, 61, 62)}


@pytest.fixture(scope="module")
def story_store(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, demonstration.Story]:
    """Where October and November 2025 were played, and what was told."""
    folder, told = demonstration.played(tmp_path_factory)
    return folder / demonstration.STORE, told


@pytest.fixture(scope="module")
def story(story_store) -> demonstration.Story:
    """What was told alone."""
    return story_store[1]


def of_kind(notices: list[Notice], kind: NoticeKind) -> list[Notice]:
    return [notice for notice in notices if notice.kind is kind]


def test_the_six_controls_the_listing_and_the_suspension_are_each_told_once_and_aprils_act_not_at_all(
    story,
):
    told = [notice.fact.key for notice in of_kind(story.alerts, NoticeKind.ACT)]

    assert Counter(told) == Counter({*SIX, "uel-2025-10", "mofcom-2025-70"})


def test_the_listing_has_its_24_names_as_printed_in_14_entries_and_23_legal_entities(story):
    (listing,) = [notice.fact for notice in story.alerts if notice.key == "uel-2025-10:act"]
    entities = [entity for measure in listing.measures for entity in measure.entities]

    assert len(entities) == 24
    assert len([entity for entity in entities if entity.parent is None]) == 14
    assert len({entity.names["en"] for entity in entities}) == 23


def test_the_suspension_names_the_six_and_its_end_and_reaches_both_threads_of_october(story):
    (suspension,) = [notice.fact for notice in story.alerts if notice.key == "mofcom-2025-70:act"]
    effects = of_kind(story.alerts, NoticeKind.EFFECT)

    assert {target.key for measure in suspension.measures for target in measure.amends} == SIX
    assert {measure.ends.on for measure in suspension.measures if measure.ends} == {"2026-11-10"}
    assert {key for notice in effects for act in notice.acts if (key := act.key) in SIX} == SIX


def test_number_57_that_failed_once_is_told_a_minute_later(story):
    seen = {notice.fact.key: notice.first_seen for notice in of_kind(story.alerts, NoticeKind.ACT)}

    assert seen["mofcom-2025-56"] < seen["mofcom-2025-57"] < "2025-10-09T08:03:00Z"


def test_the_days_to_come_are_reminded_of_before_the_suspension_overtakes_them(story):
    reminded = [notice for notice in of_kind(story.alerts, NoticeKind.REMINDER) if not notice.acts]

    assert [(each.on, each.act) for notice in reminded for each in notice.fact.dates] == [
        *(("2025-11-08", f"mofcom-2025-{number}") for number in (55, 56, 57, 58)),
        ("2025-12-01", "mofcom-2025-61"),
    ]
    assert all(notice.first_seen < "2025-11-07T08:00:00Z" for notice in reminded)


def test_the_press_is_told_in_the_thread_and_the_spokesperson_not_at_all(story):
    reports = [notice for notice in story.alerts if isinstance(notice.fact, Report)]

    assert [(notice.kind, notice.fact.publisher) for notice in reports] == [
        (NoticeKind.PRESS, "NPR")
    ]


def test_the_hour_of_503_and_the_maintenance_page_are_two_troubles_of_one_source_and_no_news(story):
    assert [notice.kind for notice in story.ops] == [
        NoticeKind.PROBLEM,
        NoticeKind.UPDATED,
        NoticeKind.RECOVERED,
    ] * 2
    assert [
        notice.problem.kind for notice in of_kind(story.ops, NoticeKind.PROBLEM) if notice.problem
    ] == ["server", "maintenance"]


def test_a_replay_that_came_to_its_end_begins_anew_and_one_that_is_held_is_left_alone(
    tmp_path: Path,
):
    (tmp_path / "replay.json").write_text(json.dumps({"scenario": "another", "finished": False}))

    with pytest.raises(ConfigError, match="another scenario"):
        replay(load(BUNDLED), Config(), tmp_path, {})


def test_a_replay_that_came_to_its_end_is_asked_as_of_then_and_a_real_store_now(
    tmp_path: Path, story_store
):
    store, told = story_store

    assert end_of(store) == told.ended
    assert end_of(tmp_path) is None


def test_a_real_history_is_never_played_over(tmp_path: Path):
    (tmp_path / DATABASE).write_bytes(b"somebody's real history")

    with pytest.raises(ConfigError, match="a replay needs a store of its own"):
        replay(load(BUNDLED), Config(), tmp_path, {})

    assert (tmp_path / DATABASE).read_bytes() == b"somebody's real history"


def test_two_replays_cannot_share_a_store(tmp_path: Path):
    with Lock(tmp_path), pytest.raises(StoreHeld):
        replay(load(BUNDLED), Config(), tmp_path, {})


@pytest.mark.parametrize(
    "broken", ["", "title = 3", "title = 'x'\nsources = []\nawake = []\nanswers = []"]
)
def test_a_scenario_that_cannot_be_played_is_one_line(tmp_path: Path, broken: str):
    (tmp_path / "scenario.toml").write_text(broken)

    with pytest.raises(ConfigError, match="scenario.toml"):
        load(tmp_path)


def played_with_kills(store: Path, kills: int, dice: random.Random) -> list[str]:
    """Play, kill with SIGKILL at random points, and play to the end; the keys of the outbox.

    Every other kill comes a random time after the start, the sooner the more of them there are, so
    also before the first alert; the others
    a moment after some random line of the story was told, so that there is progress.
    """
    command = [sys.executable, "-m", "monitor", "--store", str(store), "replay"]
    for kill in range(kills):
        with subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment()
        ) as process:
            assert process.stderr is not None
            assert process.stdout is not None
            assert process.stderr.readline().startswith(b"replay: ")
            for _ in range(dice.randint(1, 96 // kills) if kill % 2 else 0):
                process.stdout.readline()
            time.sleep(dice.uniform(0, 0.05 if kill % 2 else 5 / kills))
            process.send_signal(signal.SIGKILL)
        told = store / "replay.json"  # not there before the first line of the story is
        if told.exists() and json.loads(told.read_text())["finished"]:
            assert kill >= kills // 2, "the story ended before it was killed often enough"
            break  # another run would begin anew
    subprocess.run(command, check=True, capture_output=True, env=environment())
    return outbox(store)


def outbox(store: Path) -> list[str]:
    with History(store, read_only=True) as history, history.tables() as connection:
        rows = connection.execute(select(OutboxRow.key, OutboxRow.state)).all()
    assert {state for _, state in rows} == {"sent"}
    # how many edits wait together depends on when we died
    return sorted(key for key, _ in rows if ":parent:" not in key)


@pytest.mark.parametrize(
    "kills", [pytest.param(2, marks=pytest.mark.long), pytest.param(40, marks=pytest.mark.sweep)]
)
def test_killed_at_random_points_every_alert_is_in_the_outbox_exactly_once(
    kills: int, tmp_path: Path, tmp_path_factory
):
    quiet, _ = demonstration.played(tmp_path_factory)

    assert played_with_kills(tmp_path / "killed", kills, random.Random(kills)) == outbox(
        quiet / demonstration.STORE
    )


def test_what_waits_at_the_end_of_a_story_is_sent_when_its_time_has_come(tmp_path: Path):
    begins = datetime(2025, 10, 9, tzinfo=UTC)
    awake = Stretch(begins, begins + timedelta(minutes=35))
    story = Scenario("no page at all", ("us_npr.news",), (awake,), (), folder=tmp_path)
    busy = Channel()
    busy.weather = ["refused"] * 2  # in the last round, and at the end

    played = replay(story, Config(), tmp_path / "store", {OPS: busy})

    assert [key for key, _ in busy.said] == ["us_npr.news:problem:2025-10-09T00:00:00Z"]
    assert played.unsent == 0
    assert played.ended == awake.ends + timedelta(minutes=1)


def test_a_replay_that_is_polled_has_no_end_of_its_own_any_more(tmp_path: Path):
    mark = Mark("story", finished=True, ended=datetime(2025, 11, 7, tzinfo=UTC), sources=("a.b",))
    write_mark(tmp_path, mark)
    assert end_of(tmp_path) == mark.ended

    leave_story(tmp_path)

    assert end_of(tmp_path) is None
    assert mark_of(tmp_path) == Mark("story", finished=True, sources=("a.b",))


def test_a_replay_that_is_polled_counts_all_sources_and_its_story_only_its_own(tmp_path: Path):
    registry = Registry(Config())
    names = ("cn_mofcom.announcements", "us_npr.news")
    sources = [registry.source(name) for name in names]
    ended = datetime(2025, 11, 7, tzinfo=UTC)
    write_mark(tmp_path, Mark("story", finished=True, ended=ended, sources=names[:1]))
    with History(tmp_path) as history:

        def counted() -> list[str]:
            fresh = measure_freshness(history, sources, ended, timedelta(minutes=30))
            return [source.id for source in fresh.sources]

        assert counted() == [*names[:1]]
        leave_story(tmp_path)
        assert counted() == [*names]
