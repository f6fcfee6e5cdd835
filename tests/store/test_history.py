import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from acts import control, listing
from arrivals import BODY, EVIDENCE, NOW, PAGE, arrive
from command import environment

from monitor import vocabulary
from monitor.alert.event import Known, judge
from monitor.config import EventSettings
from monitor.errors import StoreError
from monitor.store import (
    ALERTS,
    DATABASE,
    History,
    PageRead,
    acts,
    addresses,
    facts,
    outbox,
    reminders,
    sightings,
)
from monitor.store.lock import Lock
from monitor.vocabulary import NamedRegister

pytestmark = pytest.mark.usefixtures("made_anew")


def run_apart(code: str) -> None:
    """Run some code in a process of its own."""
    subprocess.run([sys.executable, "-c", code], check=True, env=environment())


def test_what_was_recorded_is_there_after_reopening(tmp_path: Path):
    with History(tmp_path) as history:
        arrive(history, listing(10, "Dedrone"))

    with History(tmp_path) as history:
        assert [act.key for act in history(acts.list_newest_acts, 5)] == ["uel-2025-10"]
        assert [owed.key for owed in history(outbox.list_pending, ALERTS)] == [
            "uel-2025-10:act",
            "uel-2025-10:act:details",
        ]


def test_validators_are_kept_only_together_with_what_the_page_brought(tmp_path: Path):
    def fall_over(found, known):
        raise RuntimeError("the power went")

    with History(tmp_path) as history:
        place = history(addresses.take_up, "toy.notices", [PAGE], "toy.notices", NOW)[0]
        with pytest.raises(RuntimeError):
            history(
                facts.record_page,
                place,
                PageRead((listing(10, "Dedrone"),), (), EVIDENCE, BODY),
                fall_over,
                NOW,
            )

        assert history(addresses.take_up, "toy.notices", [PAGE], "toy.notices", NOW)[0].etag is None
        assert history(acts.list_newest_acts, 5) == []


def test_the_same_message_is_never_owed_twice(tmp_path: Path):
    def always_new(found, known):
        return judge(
            found, Known(), authority="cn-mofcom", now=NOW, silent=False, windows=EventSettings()
        )

    with History(tmp_path) as history:
        place = history(addresses.take_up, "toy.notices", [PAGE], "toy.notices", NOW)[0]
        for _ in range(2):
            history(
                facts.record_page,
                place,
                PageRead((listing(10, "Dedrone"),), (), EVIDENCE, BODY),
                always_new,
                NOW,
            )

        assert len(history(outbox.list_pending, ALERTS)) == 2  # the act, and its details


def test_times_come_back_aware_and_in_utc(history: History):
    arrive(history, listing(10, "Dedrone"))

    assert history(acts.list_newest_acts, 1)[0].first_seen == NOW


@pytest.mark.files
def test_the_database_is_durable_in_the_way_the_design_asks(tmp_path: Path):
    names = ("journal_mode", "synchronous", "foreign_keys")
    with History(tmp_path) as history, history.tables() as connection:
        pragmas = [connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in names]

    assert pragmas == ["wal", 2, 1]


@pytest.mark.files
def test_a_database_from_a_newer_version_is_refused_in_one_line_and_left_as_it_is(tmp_path: Path):
    History(tmp_path).close()
    with closing(sqlite3.connect(tmp_path / DATABASE)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")

    with pytest.raises(StoreError, match="newer version.*upgrade the monitor"):
        History(tmp_path)

    with closing(sqlite3.connect(tmp_path / DATABASE)) as connection, connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchone() == ("9999",)


@pytest.mark.files
def test_a_damaged_database_is_refused_and_never_made_anew(tmp_path: Path):
    (tmp_path / DATABASE).write_bytes(b"this is not a database, but it was one once" * 50)

    with pytest.raises(StoreError, match=r"history\.sqlite: can't be opened"):
        History(tmp_path)

    assert (tmp_path / DATABASE).read_bytes().startswith(b"this is not")


@pytest.mark.files
def test_a_database_killed_before_its_tables_were_made_is_made(tmp_path: Path):
    with closing(sqlite3.connect(tmp_path / DATABASE)) as connection, connection:
        connection.execute("PRAGMA journal_mode=WAL")

    with History(tmp_path) as history:
        assert history(acts.list_newest_acts, 1) == []


@pytest.mark.files
def test_somebody_elses_database_is_refused(tmp_path: Path):
    with closing(sqlite3.connect(tmp_path / DATABASE)) as connection, connection:
        connection.execute("CREATE TABLE recipes (name TEXT)")

    with pytest.raises(StoreError, match="not a history of this monitor"):
        History(tmp_path)


@pytest.mark.files
def test_reading_a_store_that_is_not_there_says_how_to_begin_one(tmp_path: Path):
    with pytest.raises(StoreError, match="`monitor poll` begins one"):
        History(tmp_path / "nowhere", read_only=True)


def test_a_reader_sees_what_the_writer_wrote_while_it_writes(tmp_path: Path):
    with History(tmp_path) as writer:
        arrive(writer, listing(10, "Dedrone"))
        with History(tmp_path, read_only=True) as reader:
            assert len(reader(acts.list_newest_acts, 5)) == 1


@pytest.mark.files
def test_a_reader_reads_on_though_its_process_wrote_as_well_and_another_wrote_last(tmp_path: Path):
    with History(tmp_path) as writer:
        arrive(writer, listing(10, "Dedrone"))
    with History(tmp_path, read_only=True) as reader:
        assert len(reader(acts.list_newest_acts, 5)) == 1
        with History(tmp_path) as writer:
            arrive(writer, listing(11, "Dedrone"))
        assert len(reader(acts.list_newest_acts, 5)) == 2
        # one that knows of no reader takes the log away as it ends
        for number in (12, 13):
            run_apart(
                "from pathlib import Path; from acts import listing; from arrivals import arrive;"
                " from monitor.store import History\n"
                f"with History(Path({str(tmp_path)!r})) as writer:\n"
                f"    arrive(writer, listing({number}, 'Dedrone'))"
            )
            assert len(reader(acts.list_newest_acts, 5)) == number - 9


def test_what_is_asked_at_one_moment_is_as_it_was_then_whatever_is_written_meanwhile(
    tmp_path: Path,
):
    with History(tmp_path) as writer, History(tmp_path, read_only=True) as reader:

        def ask() -> tuple[int, ...]:
            return (
                len(reader(acts.list_newest_acts, 5)),
                len(reader(sightings.load_law).acts),
                reader(sightings.find_latest_change),
            )

        seen = []
        for number in (10, 11, 12):
            with reader.at_one_moment():
                before = ask()
                arrive(writer, listing(number, "Dedrone"))
                assert ask() == before
            with reader.at_one_moment():
                seen.append(ask())

    assert seen == [(1, 1, 1), (2, 2, 2), (3, 3, 3)]


def test_the_law_is_read_once_until_more_is_known_of_an_act(tmp_path: Path):
    with History(tmp_path) as writer, History(tmp_path, read_only=True) as reader:
        arrive(writer, control(57, "1C909"))
        law = reader(sightings.load_law)
        writer(reminders.remind, datetime(2025, 11, 8, tzinfo=UTC))  # a change, and of no act

        assert writer(sightings.find_latest_change) > 1
        assert reader(sightings.load_law) is law
        arrive(writer, listing(10, "Dedrone"))
        assert [*law.acts, "uel-2025-10"] == [*reader(sightings.load_law).acts]
        assert reader(sightings.load_law).timeline.of_act("uel-2025-10")


def test_the_law_is_told_anew_by_another_vocabulary(history: History):
    arrive(history, control(57, "1C909"))
    law = history(sightings.load_law)
    vocabulary.use([NamedRegister("cn-toys", "Toys", "cn-mofcom")])
    try:
        assert history(sightings.load_law) is not law
    finally:
        vocabulary.use()


def test_what_fails_in_a_moment_spoils_nothing_that_is_asked_behind_it(tmp_path: Path):
    with History(tmp_path) as writer, History(tmp_path, read_only=True) as reader:
        arrive(writer, listing(10, "Dedrone"))
        with reader.at_one_moment():
            with pytest.raises(StoreError, match="nowhere"), reader.tables() as tables:
                tables.exec_driver_sql("SELECT 1 FROM nowhere")
            arrive(writer, listing(11, "Epirus"))
            behind = len(reader(acts.list_newest_acts, 5))

        assert (behind, len(reader(acts.list_newest_acts, 5))) == (2, 2)


TAKE_THE_LOCK = """
import os, sys
from pathlib import Path
from monitor.errors import MonitorError
from monitor.store.lock import Lock
if os.getuid() == 0 and "as-nobody" in sys.argv:  # root may write anywhere
    os.setuid(65534)
try:
    with Lock(Path(sys.argv[1])):
        print("taken")
except MonitorError as error:
    print(f"{type(error).__name__}: {error}")
"""


def taken_by_another(*arguments: str | Path) -> str:
    command = [sys.executable, "-c", TAKE_THE_LOCK, *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


@pytest.mark.files
def test_a_read_only_folder_is_one_clear_line():
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o555)

        line = taken_by_another(folder, "as-nobody")

    assert (
        line == f"StoreError: {folder}: can't be written: Permission denied; choose another with"
        " --store\n"
    )


@pytest.mark.files
def test_a_file_where_the_store_should_be_is_one_clear_line(tmp_path: Path):
    (tmp_path / "store").write_text("a file")

    with pytest.raises(StoreError, match="can't be written"), Lock(tmp_path / "store"):
        pass
