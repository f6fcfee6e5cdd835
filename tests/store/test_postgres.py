"""A history in a database of PostgreSQL: what has to be so there, and what is said where it is
not.
"""

import shutil
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import psycopg
import pytest
import zstandard
from acts import listing
from arrivals import arrive
from cuts import power_cut
from happenings import ONE_MORE, happened
from postgres import Server, a_name, shape_of
from sqlalchemy import Integer
from sqlalchemy.dialects import postgresql

from monitor.config.stores import Store
from monitor.errors import ConfigError, StoreAway, StoreError
from monitor.store import NEWEST, History, acts, has_store, make_scratch_copy, mutes
from monitor.store.backup import write_backup
from monitor.store.columns import Table

NOW = datetime(2025, 10, 9, 1, tzinfo=UTC)
MANY = 6


@pytest.fixture
def store(tmp_path: Path, postgres_server: Server, with_tables: str) -> Iterator[Store]:
    """A history with nothing in it."""
    name = a_name()  # no other process of this run has it
    yield Store(tmp_path / "own", postgres_server.create(name, with_tables))
    postgres_server.drop(name)


def asked(store: Store, question: str) -> list[tuple]:
    with psycopg.connect(store.database) as connection:
        return connection.execute(question).fetchall()


def told(store: Store, change: str) -> None:
    with psycopg.connect(store.database) as connection:
        connection.execute(change)


def test_what_is_committed_is_on_the_disk_whatever_the_server_is_set_to(store: Store):
    name = asked(store, "SELECT current_database()")[0][0]
    told(store, f'ALTER DATABASE "{name}" SET synchronous_commit = off')
    with History(store) as history, history.tables() as connection:
        names = ("synchronous_commit", "transaction_isolation", "transaction_read_only")
        assert [connection.exec_driver_sql(f"SHOW {name}").scalar() for name in names] == [
            "on",
            "read committed",
            "off",
        ]
    with History(store, read_only=True) as history, history.tables() as connection:
        assert [connection.exec_driver_sql(f"SHOW {name}").scalar() for name in names[1:]] == [
            "repeatable read",
            "on",
        ]


def test_texts_are_compared_by_their_bytes_however_the_database_sorts(store: Store):
    words = ["a", "B", "_", "é", "商", "Z", "-a"]
    with History(store) as history:
        history(mutes.mute_sources, words, NOW, "Li", "", NOW)
        with history.tables() as connection:
            sorted_by_it = (
                connection.exec_driver_sql("SELECT name FROM mute ORDER BY name").scalars().all()
            )
    provider = "SELECT datlocprovider FROM pg_database WHERE datname = current_database()"

    assert asked(store, provider) in ([("i",)], [(b"i",)])  # where `a` is sorted before `B`
    assert asked(store, "SELECT 'a' < 'B'") == [(True,)]
    assert sorted_by_it == sorted(words)


@pytest.mark.long
def test_an_index_of_some_rows_only_is_one_there_too(store: Store):
    History(store).close()
    partly = asked(
        store, "SELECT indexname, indexdef FROM pg_indexes WHERE indexdef LIKE '%WHERE%' ORDER BY 1"
    )

    assert [(name, made.partition(" WHERE ")[2]) for name, made in partly] == [
        ("ix_dismissal_now", "(withdrawn_at IS NULL)"),
        ("ix_listed_now", "(gone IS NULL)"),
        ("ix_trouble_open", "(over IS NULL)"),
    ]


def test_of_many_that_write_at_once_each_counts_what_the_others_left(store: Store):
    came = threading.Barrier(MANY)

    def write(number: int) -> None:
        with History(store) as history:
            came.wait()
            with history.tables() as connection:
                before = connection.exec_driver_sql("SELECT sendings FROM store").scalar_one()
                connection.exec_driver_sql(f"SELECT pg_sleep(0.01 * {number % 2})")
                connection.exec_driver_sql(f"UPDATE store SET sendings = {before + 1}")

    at_once(write)

    assert asked(store, "SELECT sendings FROM store") == [(MANY,)]


def at_once(do: Callable[[int], object]) -> None:
    with ThreadPoolExecutor(MANY) as threads:
        list(threads.map(do, range(MANY)))


@pytest.mark.long
def test_of_many_that_open_an_empty_database_at_once_one_makes_the_tables(
    tmp_path: Path, postgres_database: str
):
    at_once(lambda number: History(Store(tmp_path / str(number), postgres_database)).close())

    assert asked(Store(tmp_path, postgres_database), "SELECT version_num FROM alembic_version") == [
        (NEWEST,)
    ]
    assert asked(Store(tmp_path, postgres_database), "SELECT count(*) FROM store") == [(1,)]


@pytest.mark.long
def test_a_reader_is_told_of_one_moment_and_sees_what_was_written_when_it_asks_again(
    tmp_path: Path, own_postgres: Server
):
    # others' transactions on a server that is shared are told as a change, too
    store = Store(tmp_path, own_postgres.create(a_name()))
    with History(store) as writer, History(store, read_only=True) as reader:
        with reader.at_one_moment() as before, reader.tables() as connection:
            assert connection.exec_driver_sql("SELECT count(*) FROM act").scalar() == 0
            happened(writer, 3, NOW)
            assert connection.exec_driver_sql("SELECT count(*) FROM act").scalar() == 0
        assert len(reader(acts.list_newest_acts, 10)) == 3
        later = []
        for _ in range(2):
            with reader.at_one_moment() as state:
                later.append(state)
        assert before not in later
        assert later[0] == later[1]


def test_a_page_with_a_nul_is_recorded_once_and_is_as_it_was_when_it_is_read_again(store: Store):
    fact = msgspec.structs.replace(listing(10, "Halifax Forum"), title="Notice\x00 10")
    with History(store) as history:
        arrive(history, fact)
        arrive(history, fact)
        assert [act.title for act in history(acts.list_newest_acts, 5)] == ["Notice\ufffd 10"]
        assert history(acts.count_by_authority).keys() == {fact.authority}
    assert asked(store, "SELECT kind FROM change") == [("new",)]


@pytest.mark.long
def test_an_empty_database_can_not_be_read_and_somebody_elses_not_be_used(
    store: Store, tmp_path: Path, postgres_database: str
):
    empty = Store(tmp_path / "elsewhere", postgres_database)
    with pytest.raises(StoreError, match="no history here yet; `monitor poll` begins one"):
        History(empty, read_only=True)
    assert not has_store(empty)
    told(empty, "CREATE TABLE change (recipe TEXT)")
    with pytest.raises(StoreError, match="has tables, but not of a history of this monitor"):
        History(empty)
    told(store, "UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(StoreError, match="newer version.*upgrade the monitor"):
        History(store)


@pytest.mark.long
def test_a_database_that_was_emptied_or_exchanged_is_noticed_by_the_folder_beside_it(
    store: Store, tmp_path: Path, postgres_database: str
):
    History(store).close()
    with pytest.raises(
        StoreError, match=f"the history is gone, but not the identity in {store.folder}"
    ):
        History(Store(store.folder, postgres_database))
    History(Store(tmp_path / "other", postgres_database)).close()
    with pytest.raises(StoreError, match="the history of another store than the identity"):
        History(Store(store.folder, postgres_database))


@pytest.mark.long
def test_a_database_in_another_encoding_is_refused(tmp_path: Path, postgres_server: Server):
    with psycopg.connect(postgres_server.url("postgres"), autocommit=True) as connection:
        made = "TEMPLATE template0 ENCODING 'LATIN1' LOCALE_PROVIDER libc LOCALE 'C'"
        connection.execute(f"CREATE DATABASE latin {made}")
    try:
        with pytest.raises(
            StoreError, match="a database in LATIN1 of PostgreSQL .*: it has to be in UTF8"
        ):
            History(Store(tmp_path, postgres_server.url("latin")))
    finally:
        postgres_server.drop("latin")


STORES = Path(__file__).parents[1] / "stores"
REVISION = "SELECT version_num FROM alembic_version"


@pytest.fixture
def older(tmp_path: Path, postgres_server: Server) -> Iterator[Store]:
    """What 0.2.0 left in a database."""
    version, name = STORES / "0.2.0", a_name()
    folder = shutil.copytree(
        version / "store", tmp_path / "older", ignore=shutil.ignore_patterns("history*", "archive")
    )
    store = Store(folder, postgres_server.create(name))
    told(
        store,
        zstandard.ZstdDecompressor()
        .decompress((version / "postgres.sql.zst").read_bytes())
        .decode(),
    )
    yield store
    postgres_server.drop(name)


def content(store: Store | Path) -> list[list[tuple]]:
    """All rows, but the name of the store and what this machine keeps of it."""
    with History(store, read_only=True) as history, history.tables() as connection:
        tables = [
            table for table in Table.metadata.sorted_tables if table.name not in {"body", "piece"}
        ]
        return [sorted(map(str, connection.execute(table.select()))) for table in tables]


@pytest.mark.long
def test_what_an_older_version_left_is_read_on_a_copy_and_brought_up_to_date_with_all_that_it_had(
    older: Store, store: Store, tmp_path: Path
):
    told(
        older,
        f"INSERT INTO silence VALUES (1, 'register', 'un-sc', '{NOW:%Y-%m-%d}', NULL, 'known',"
        f" '{NOW:%Y-%m-%d}')",
    )
    before, as_it_was = shape_of(older.database), content(older)
    assert (shape_of(older.database), asked(older, REVISION)) == (before, [("0021",)])
    assert [path.name for path in older.folder.iterdir()] == ["identity"]
    with pytest.raises(StoreError, match="from an older version; a command that writes"):
        write_backup(older, tmp_path / "made.tar", NOW)

    History(older).close()
    assert content(older) == as_it_was
    assert asked(older, REVISION) == [(NEWEST,)]
    assert asked(older, "SELECT about, name, reason, withdrawn_at FROM mute") == [
        ("register", "un-sc", "known", None)
    ]
    assert shape_of(older.database) == shape_of(store.database)
    folder = tmp_path / "kept"
    folder.mkdir()
    (older.folder / "history-0.2.0.sqlite").rename(folder / "history.sqlite")
    assert content(folder) == as_it_was


@pytest.mark.long
@pytest.mark.parametrize(
    "statement", ["DROP TABLE", "CREATE TABLE", "UPDATE alembic_version", "CREATE VIEW alerts"]
)
def test_an_upgrade_that_is_cut_short_leaves_all_as_it_was_and_is_made_when_the_database_is_opened_next(
    older: Store, statement: str
):
    before = shape_of(older.database)
    with power_cut(statement, "postgresql"):
        History(older)

    assert shape_of(older.database) == before
    assert asked(older, REVISION) == [("0021",)]
    History(older).close()
    assert asked(older, REVISION) == [(NEWEST,)]


@pytest.mark.parametrize(
    ("address", "refusal"),
    [
        ("postgresql://ana:hidden@127.0.0.1:1/monitor", StoreAway),
        ("postgresql://ana@127.0.0.1:1/monitor?password=hidden", StoreAway),
        ("postgresql://ana:hidden@127.0.0.1:1/monitor?pasword=hidden", ConfigError),
        ("postgresql://ana:hidden@127.0.0.1:port/monitor", StoreError),
        ("postgresql://ana:hidden@[/monitor", ConfigError),
    ],
)
def test_an_address_that_leads_nowhere_is_one_line_without_what_is_secret_in_it(
    tmp_path: Path, address: str, refusal: type
):
    with pytest.raises((ConfigError, StoreError)) as refused:
        History(Store(tmp_path, address))
    text = str(refused.value)

    assert isinstance(refused.value, refusal)
    assert "\n" not in text
    assert not {"hidden", "ana"} & set(
        text.replace("/", " ").replace(":", " ").replace("@", " ").replace("=", " ").split()
    )
    assert "hidden" not in repr(Store(tmp_path, address)) + str(Store(tmp_path, address))


@pytest.mark.long
def test_a_database_that_goes_away_is_said_to_be_away_and_is_used_again_once_it_is_back(
    tmp_path: Path, own_postgres: Server
):
    store = Store(tmp_path, own_postgres.create("monitor"))
    with History(store) as history, History(store, read_only=True) as reader:
        happened(history, 3, NOW)
        own_postgres.restart("immediate")
        assert (
            len(history(acts.list_newest_acts, 9)) == len(reader(acts.list_newest_acts, 9)) == 3
        )  # on a new connection, and nobody notices
        with pytest.raises(StoreAway):
            cut_off(history, own_postgres)
        assert len(history(acts.list_newest_acts, 9)) == 3
        own_postgres.stop()
        for opened in (history, reader):
            with pytest.raises(StoreAway, match="^postgresql:///monitor: connection"):
                opened(acts.list_newest_acts, 9)
        own_postgres.start()
        assert len(history(acts.list_newest_acts, 9)) == len(reader(acts.list_newest_acts, 9)) == 3


def cut_off(history: History, server: Server) -> None:
    """A transaction in the middle of which the server loses its power."""
    with history.tables() as connection:
        connection.exec_driver_sql("DELETE FROM act")
        server.restart("immediate")
        connection.exec_driver_sql("DELETE FROM change")


def test_without_the_extra_it_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, "psycopg", None)
    monkeypatch.delitem(sys.modules, "monitor.store.postgres")
    monkeypatch.delattr("monitor.store.postgres")
    with pytest.raises(ConfigError, match=r"needs the extra `workers`: pip install"):
        History(Store(tmp_path, "postgresql://db.example/monitor"))


@pytest.mark.long
def test_a_scratch_copy_of_a_database_has_its_rows_and_leaves_it_alone(store: Store):
    with History(store) as history:
        happened(history, 3, NOW)
    with make_scratch_copy(store) as copy, History(copy) as history:
        ONE_MORE["an act"](history, 3, NOW)
        assert len(history(acts.list_newest_acts, 9)) == 4
    with History(store, read_only=True) as history:
        assert len(history(acts.list_newest_acts, 9)) == 3


def test_every_number_is_as_wide_as_on_sqlite():
    numbers = [
        column
        for table in Table.metadata.tables.values()
        for column in table.columns
        if isinstance(column.type, Integer)
    ]

    assert {column.type.compile(postgresql.dialect()) for column in numbers} == {"BIGINT"}
