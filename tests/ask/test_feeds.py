"""Feeds and calendars as files, of a store in which acts, registers and a watch list have told
something.
"""

from datetime import UTC, datetime
from pathlib import Path

import icalendar
import pytest
from atoms import complaints, read
from command import one_line, typed
from sqlalchemy import insert

from monitor.alert.event import NoticeKind
from monitor.alert.route import Router
from monitor.ask import feeds
from monitor.ask.feeds import ALL, AUTHORITY, REGISTER, TOPIC, WATCH, Subject
from monitor.diff import ChangeKind
from monitor.model import PageChange, Rewording, to_json
from monitor.store import History, exported, notices
from monitor.store.tables import ChangeRow, OutboxRow, SourceRow

NOW = datetime(2025, 12, 15, tzinfo=UTC)
TOPICS = {"rare-earths": ["稀土", "rare earth"], "Öl & Gas/2": ["petroleum"]}
ROUTER = Router((), TOPICS)
SETTINGS = """
[topics]
rare-earths = ["稀土", "rare earth"]
"Öl & Gas/2" = ["petroleum"]
"""


@pytest.fixture(scope="module")
def store(kept_store: Path) -> Path:
    return kept_store


@pytest.fixture(scope="module")
def folder(store: Path, tmp_path_factory) -> Path:
    """All feeds, written once."""
    made = tmp_path_factory.mktemp("written")
    (made / "config.toml").write_text(SETTINGS)
    done = typed(made / "config.toml", "--store", store, "export", "--feed", made / "feeds")
    assert (
        done.returncode,
        "feeds and calendars, " in done.stdout,
        "coverage: " in done.stdout,
    ) == (0, True, True), done.stderr
    return made / "feeds"


def titles(folder: Path, name: str) -> list[str]:
    return [entry.title for entry in read((folder / f"{name}.atom").read_bytes()).entries]


def test_every_feed_is_valid_and_every_calendar_can_be_read(folder: Path):
    documents = {path.name: path.read_bytes() for path in folder.iterdir()}

    assert {
        name: wrong
        for name, body in documents.items()
        if name.endswith(".atom") and (wrong := complaints(body))
    } == {}
    (odd,) = folder.glob("topic-l-gas-2-*.ics")
    assert {name for name in documents if not name.endswith(".atom")} == {
        "calendar.ics",
        "topic-rare-earths.ics",
        odd.name,
    }
    for name, body in documents.items():
        read(body) if name.endswith(".atom") else icalendar.Calendar.from_ical(body)


def test_an_authority_a_register_a_topic_and_an_entry_have_what_is_about_them_and_no_more(
    folder: Path,
):
    assert titles(folder, "register-un-sc") == [
        "🔵 UN Security Council Consolidated List changes: 1 added",
        "🔵 UN Security Council Consolidated List changes: 1 added, 1 removed, 1 amended",
    ]
    assert titles(folder, "register-un-sc") == titles(folder, "authority-un-sc")
    assert any("rare earths" in title for title in titles(folder, "topic-rare-earths"))
    assert not any("UN Security" in title for title in titles(folder, "topic-rare-earths"))
    (acme,) = folder.glob("watch-customer-acmemetals-*.atom")
    assert all("Acme Metals" in title for title in titles(folder, acme.stem))
    assert len(titles(folder, acme.stem)) == 2


def test_what_is_the_readers_own_is_said_in_the_feed_of_that_entry_alone(folder: Path):
    own = ("Acme Metals is on", "our customer", "our product", "Magnet drive")
    told = {
        path.name: path.read_text()
        for path in folder.glob("*.atom")
        if not path.name.startswith("watch-")
    }

    assert [name for name, text in told.items() if any(words in text for words in own)] == []
    (magnet,) = folder.glob("watch-product-magnetdrive-*.atom")
    assert "Acme Metals" not in magnet.read_text()


def test_a_reminder_belongs_to_the_topic_of_the_act_whose_day_comes(folder: Path):
    kinds = {
        tag.term
        for entry in read((folder / "topic-rare-earths.atom").read_bytes()).entries
        for tag in entry.tags
    }

    assert "reminder" in kinds


def test_the_calendar_of_a_topic_has_the_days_of_acts_that_speak_of_it_or_change_one_that_does(
    folder: Path,
):
    whole, some = (
        {
            str(event["uid"])
            for event in icalendar.Calendar.from_ical((folder / name).read_bytes()).walk("VEVENT")
        }
        for name in ("calendar.ics", "topic-rare-earths.ics")
    )

    assert some
    assert some < whole


def test_an_entry_is_told_anew_when_its_event_is_told_of_again_under_the_same_id(
    store: Path, folder: Path
):
    with History(store, read_only=True) as history:
        alert = next(
            alert
            for alert in history(exported.list_alerts_since)
            if alert.key == "mofcom-2025-61:act"
        )
        entry = feeds.make_feed_entry(history, "store", alert)
        again = feeds.make_feed_entry(history, "store", alert)

    assert (entry.at, entry.changed) == ("2025-10-09T01:00:41Z", "2025-11-07T08:00:39Z")
    assert "suspended" in entry.text.lower()
    assert entry == again


def test_what_was_muted_or_overtaken_before_it_was_said_is_no_news(store: Path):
    with History(store, read_only=True) as history:
        keys = {one.alert.key for one in feeds.list_told_alerts(history, ROUTER)}

    assert "mofcom-2025-96:act" in keys  # still owed
    assert "mofcom-2025-95:reminder:start:2025-12-20:7:add" not in keys


def test_nobody_who_took_an_alert_or_is_called_to_it_is_named(store: Path):
    with History(store, read_only=True) as history:
        alert = next(
            alert for alert in history(exported.list_alerts_since) if alert.key == "uel-2025-90:act"
        )
        notice = history(notices.load_told_notice, alert.message)
        bare = feeds._leave_out_people(notice, "")

    assert (bare.handled, bare.mentions, bare.why, bare.touches) == (None, (), "", None)


def test_a_second_writing_touches_nothing(store: Path, folder: Path):
    before = {path: path.stat().st_mtime_ns for path in folder.iterdir()}
    config = folder.parent / "config.toml"
    done = typed(config, "--store", store, "export", "--feed", folder, "--json")

    assert '"changed":0' in done.stdout
    assert {path: path.stat().st_mtime_ns for path in folder.iterdir()} == before


def test_an_empty_store_makes_no_feeds_and_says_why(tmp_path: Path):
    done = typed(tmp_path / "none", "export --feed", tmp_path / "feeds")

    assert (done.returncode, (tmp_path / "feeds").exists()) == (1, False)
    assert "no act and no register was read yet" in one_line(done)


@pytest.mark.parametrize(
    "words", [("acts",), ("--format", "csv"), ("--since", "2025-01-01"), ("--out", "x.csv")]
)
def test_a_folder_of_feeds_is_asked_for_alone(store: Path, tmp_path: Path, words: tuple[str, ...]):
    done = typed(store, "export", *words, "--feed", tmp_path / "feeds")

    assert (done.returncode, "name it alone" in one_line(done)) == (2, True)


def test_a_folder_that_can_not_be_made_is_refused_in_a_line(store: Path, tmp_path: Path):
    (tmp_path / "file").write_text("")
    done = typed(store, "export --feed", tmp_path / "file")

    assert (done.returncode, "can't be made" in one_line(done)) == (1, True)


@pytest.mark.parametrize(
    "code", ["../../etc/passwd", "a/b", "..", "", "Ü", "supplier:acme", "A", "x" * 300]
)
def test_the_name_of_a_feed_is_safe_in_a_folder_and_an_address(code: str):
    name = Subject(TOPIC, code, code).name

    assert set(name) <= set("abcdefghijklmnopqrstuvwxyz0123456789-._")
    assert len(name) < 100
    assert not name.startswith(".")


def test_two_that_would_be_called_alike_are_not():
    names = [Subject(TOPIC, code, code).name for code in ("a", "A", "a/", "a:", "ä", "a-")]

    assert len({*names}) == len(names)


def test_a_store_of_watched_pages_alone_has_feeds_and_alerts_and_no_acts(tmp_path: Path):
    (tmp_path / "config.toml").write_text(f'store = "{tmp_path / "store"}"\npackages = []\n')
    wording = Rewording(before="Forms go to Harbour Road.", after="Forms go to Garden Road.")
    change = to_json(
        PageChange(
            page="page:circulars", title="Circulars", url="https://e.cn/c", rewordings=(wording,)
        )
    ).decode()
    with History(tmp_path / "store") as history, history.tables() as connection:
        connection.execute(
            insert(SourceRow), {"id": "page:circulars", "first_ok": NOW, "last_ok": NOW}
        )
        about = {
            "at": NOW,
            "key": "c",
            "source": "page:circulars",
            "fact": change,
            "url": "u",
            "sha256": "0" * 64,
            "fetched_at": NOW,
        }
        connection.execute(insert(ChangeRow), {"kind": ChangeKind.PAGE, **about})
        owed = {
            "key": "c:page",
            "kind": NoticeKind.PAGE,
            "destination": "alerts",
            "source": "page:circulars",
            "change": 1,
        }
        connection.execute(insert(OutboxRow), {**owed, "created_at": NOW})

    feed, alerts, acts = (
        typed(tmp_path / "config.toml", "export", *words)
        for words in (("--feed", tmp_path), ("alerts",), ("acts",))
    )

    assert (feed.returncode, alerts.returncode, acts.returncode) == (0, 0, 1)
    assert ["Garden" in title for title in titles(tmp_path, "all")] == [True]
    assert "Garden" in alerts.stdout
    assert "no source that reads acts is configured" in one_line(acts)


def test_there_is_a_feed_of_everything_that_can_be_named():
    kinds = {subject.kind for subject in feeds.list_feed_subjects(TOPICS, [])}

    assert kinds == {ALL, AUTHORITY, REGISTER, TOPIC}
    assert feeds.KINDS.keys() - kinds == {WATCH}


def test_days_of_a_store_in_which_nothing_was_recorded_are_a_calendar_without_events(
    tmp_path: Path,
):
    with History(tmp_path / "new") as history:
        body = feeds.make_calendar(
            history, ROUTER, feeds.KeyDates((), {}), datetime(2025, 1, 1, tzinfo=UTC)
        )

    assert icalendar.Calendar.from_ical(body).walk("VEVENT") == []
