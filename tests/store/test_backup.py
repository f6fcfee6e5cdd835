"""A store in one file and back again: nothing less, nothing unnoticed, nothing told twice."""

import hashlib
import json
import shutil
import sqlite3
import tarfile
from contextlib import closing
from io import BytesIO
from pathlib import Path

import pytest
from acts import control, listing
from command import one_line, run

from monitor.store import DATABASE, IDENTITY, History, backup

pytestmark = pytest.mark.files  # what is told of a database's is in test_moving.py

STORES = Path(__file__).parents[1] / "stores"
SETTINGS = """
store = "{store}"
packages = ["toy_scrapers"]
[fetch]
allow_private = true
[sources."toy.notices"]
url = "{index}"
[sources."toy.yearbook"]
enabled = false
"""


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where a store is kept in which one act was told, once a test has made it."""
    return tmp_path_factory.mktemp("told") / "store"


@pytest.fixture
def settings(tmp_path: Path, ministry, told: Path) -> Path:
    """Those of a store in which one act was told."""
    path = tmp_path / "config.toml"
    path.write_text(SETTINGS.format(store=tmp_path / "store", index=ministry.index))
    ministry.publish("1", control(1, "1C001"))
    if told.exists():
        shutil.copytree(told, tmp_path / "store")
        ministry.publish("10", listing(10, "Dedrone by Axon"))
        return path
    assert run("--config", path, "poll", "toy").returncode == 0
    ministry.publish("10", listing(10, "Dedrone by Axon"))
    assert "Dedrone by Axon" in run("--config", path, "poll", "toy").stdout
    shutil.copytree(tmp_path / "store", told)
    return path


@pytest.fixture
def made(settings: Path, tmp_path: Path, told: Path) -> Path:
    if not (kept := told.with_name("made.tar")).exists():
        assert run("--config", settings, "backup", kept).returncode == 0
    return Path(shutil.copy(kept, tmp_path))


def members(file: Path) -> list[str]:
    with tarfile.open(file) as tar:
        return tar.getnames()


def rewritten(file: Path, change) -> None:
    """The backup with the bytes of each member as `change` makes them of its name and its bytes;
    None leaves it out.
    """
    with tarfile.open(file) as tar:
        content = [(member, tar.extractfile(member).read()) for member in tar]
    with tarfile.open(file, "w") as tar:
        for member, old in content:
            if (new := change(member.name, old)) is not None:
                member.size = len(new)
                tar.addfile(member, BytesIO(new))


def tampered(file: Path, change) -> None:
    """The backup with another history, as `change` makes it of the path of the old one, and all
    sums counted anew.
    """
    history = file.with_name("tampered.sqlite")

    def changed(name: str, old: bytes) -> bytes | None:
        if name == DATABASE:
            history.write_bytes(old)
            if change:
                change(history)
            digests[name] = hashlib.sha256(history.read_bytes()).hexdigest()
            return history.read_bytes() if change else None
        if name == backup.CONTENTS:
            contents = json.loads(old)
            contents["files"] |= digests
            if not change:
                del contents["files"][DATABASE]
            return json.dumps(contents).encode()
        return old

    digests: dict[str, str] = {}
    rewritten(file, changed)


def by(*statements: str):
    """A change of a history by SQL."""

    def change(history: Path) -> None:
        with closing(sqlite3.connect(history)) as connection:
            connection.execute("PRAGMA writable_schema=ON")
            for statement in statements:
                connection.execute(statement)
            connection.commit()

    return change


def content(store: Path) -> list[str]:
    with closing(sqlite3.connect(store / DATABASE)) as connection:
        return [*connection.iterdump()]


def answers(settings: Path, *store: str | Path) -> str:
    return run("--config", settings, *store, "show", "uel-2025-10", "--json").stdout


def test_what_is_put_back_answers_as_the_store_did(settings: Path, made: Path, tmp_path: Path):
    restored = run("--config", settings, "--store", tmp_path / "back", "restore", made)

    assert restored.returncode == 0
    assert f"{tmp_path / 'back'}: as it was at " in one_line(restored)
    assert answers(settings, "--store", tmp_path / "back") == answers(settings) != ""
    assert {path.stat().st_mode & 0o077 for path in (tmp_path / "back").rglob("*")} == {0}
    assert not [*tmp_path.glob(".*")]


def test_what_was_told_before_the_backup_is_not_told_again_and_what_comes_later_is(
    settings: Path, made: Path, tmp_path: Path, ministry
):
    shutil.rmtree(tmp_path / "store")
    assert run("--config", settings, "restore", made).returncode == 0
    ministry.publish("11", listing(11, "TechInsights"))
    again = run("--config", settings, "poll", "toy")

    assert "adds TechInsights to the" in again.stdout
    assert again.stdout.count("new act") == 1


def test_after_it_is_put_back_the_store_doubts_what_it_takes_for_unsaid(
    settings: Path, made: Path, tmp_path: Path, ministry
):
    shutil.rmtree(tmp_path / "store")
    run("--config", settings, "restore", made)
    polled = run("--config", settings, "poll", "toy")

    assert "fewer sent messages than the store's file" in polled.stderr


def test_a_backup_is_made_while_others_write(settings: Path, tmp_path: Path):
    busy = sqlite3.connect(tmp_path / "store" / DATABASE, isolation_level=None)
    busy.execute("BEGIN IMMEDIATE")
    done = run("--config", settings, "backup", tmp_path / "made.tar")
    busy.execute("ROLLBACK")
    busy.close()

    assert done.returncode == 0
    assert DATABASE in members(tmp_path / "made.tar")


def test_a_proof_that_the_store_has_lost_is_named_and_the_rest_is_kept(
    settings: Path, tmp_path: Path
):
    lost, *_ = sorted((tmp_path / "store" / "archive").glob("??/*.zst"))
    lost.write_bytes(b"worn")
    done = run("--config", settings, "backup", tmp_path / "made.tar")

    assert done.returncode == 1
    assert lost.stem in done.stderr
    assert DATABASE in members(tmp_path / "made.tar")
    assert not [name for name in members(tmp_path / "made.tar") if lost.stem in name]


def test_a_damaged_history_is_no_backup(settings: Path, tmp_path: Path):
    database = tmp_path / "store" / DATABASE
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    pages = bytearray(database.read_bytes())
    pages[len(pages) // 2 : len(pages) // 2 + 4096 * 4] = b"\xff" * 4096 * 4
    database.write_bytes(pages)
    done = run("--config", settings, "backup", tmp_path / "made.tar")

    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "made.tar").exists()


def test_neither_takes_the_place_of_what_is_there(settings: Path, made: Path, tmp_path: Path):
    again = run("--config", settings, "backup", made)
    over = run("--config", settings, "restore", made)

    assert (again.returncode, over.returncode) == (1, 1)
    assert "is there already" in one_line(again)
    assert "is not empty; move it away" in one_line(over)


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda file: file.write_bytes(file.read_bytes()[: file.stat().st_size // 2]), "not whole"),
        (
            lambda file: rewritten(file, lambda name, old: None if name == "backup.json" else old),
            "not whole",
        ),
        (
            lambda file: rewritten(
                file, lambda name, old: old[:-1] + b"!" if name == IDENTITY else old
            ),
            f"damaged: {IDENTITY}",
        ),
        (
            lambda file: rewritten(file, lambda name, old: None if name == DATABASE else old),
            f"damaged: {DATABASE}",
        ),
        (lambda file: tampered(file, None), f"has no {DATABASE}"),
        (lambda file: file.write_bytes(b"no tar at all"), "no backup"),
        (lambda file: file.unlink(), "No such file"),
    ],
    ids=[
        "cut",
        "without its contents",
        "changed",
        "without its history",
        "without a word of its history",
        "another file",
        "missing",
    ],
)
def test_what_is_no_whole_backup_is_refused_and_leaves_nothing(
    settings: Path, made: Path, tmp_path: Path, spoil, said: str
):
    spoil(made)
    done = run("--config", settings, "--store", tmp_path / "back", "restore", made)

    assert done.returncode == 1
    assert said in one_line(done)
    assert not (tmp_path / "back").exists()
    assert not [*tmp_path.glob(".back*")]


SILENCE = (
    "CREATE TRIGGER {} AFTER INSERT ON outbox BEGIN UPDATE outbox SET state = 'sent' WHERE id ="
    " new.id; END"
)
QUIET = SILENCE.format("quiet")
DISGUISE = (
    "UPDATE sqlite_master SET type = '{0}', name = '{1}', tbl_name = '{1}' WHERE name = 'quiet'"
)
BEHIND = "UPDATE sqlite_master SET rowid = rowid + 1000 WHERE sql LIKE 'CREATE VIEW alerts%'"
REWORD = "UPDATE sqlite_master SET sql = replace(sql, '{}', '{}') WHERE name = '{}'"
OLDER = ("DELETE FROM alembic_version", "INSERT INTO alembic_version VALUES ('0001')")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (by(QUIET), "has a trigger that is not the monitor's own ('quiet')"),
        (by(SILENCE.format("ix_outbox_state")), "has a trigger that is not"),
        (by(QUIET, DISGUISE.format("table", "outbox")), f"{DATABASE} is damaged"),
        (by(QUIET, DISGUISE.format("view", "alerts"), BEHIND), f"{DATABASE} is damaged"),
        (by(QUIET, DISGUISE.format("table", "sqlite_stat1")), f"{DATABASE} is damaged"),
        (
            by("CREATE VIEW told AS SELECT * FROM outbox"),
            "has a view that is not the monitor's own ('told')",
        ),
        (
            by("DROP VIEW alerts", "CREATE VIEW alerts AS SELECT 1 AS alert"),
            "its view alerts is not as the monitor makes it",
        ),
        (
            by("CREATE TABLE more (id INTEGER)"),
            "has a table that is not the monitor's own ('more')",
        ),
        (by("CREATE VIRTUAL TABLE more USING fts5(words)"), "has a table that is not"),
        (by("CREATE UNIQUE INDEX more ON outbox (destination, key)"), "has an index that is not"),
        (by("DROP INDEX ix_outbox_state"), "lacks the index ix_outbox_state"),
        (by("ALTER TABLE outbox ADD COLUMN more VARCHAR"), "its table outbox is not as"),
        (
            by(
                REWORD.format(
                    "state VARCHAR NOT NULL", "state VARCHAR NOT NULL ON CONFLICT IGNORE", "outbox"
                )
            ),
            "its table outbox",
        ),
        (
            by(REWORD.format("attempts INTEGER", 'attempts "INTEGER"', "outbox")),
            "its table outbox is not as",
        ),
        (
            by("UPDATE alembic_version SET version_num = '9999'"),
            "written by a newer version (revision 9999",
        ),
        (by("UPDATE alembic_version SET version_num = '0010'"), "holds no history of this monitor"),
        (by("INSERT INTO alembic_version VALUES ('0001')"), "holds no history of this monitor"),
        (by(*OLDER), "that is not the monitor's own"),
        (
            lambda history: history.write_bytes(b"no database at all" * 1000),
            f"{DATABASE} is damaged",
        ),
        (lambda history: history.write_bytes(b""), "holds no history of this monitor"),
        (by(f"UPDATE sqlite_master SET rootpage = {2**31 - 1} WHERE name = 'outbox'"), "damaged"),
        (lambda history: history.write_bytes(history.read_bytes()[:-8192]), "damaged"),
    ],
)
def test_a_history_that_is_not_as_the_monitor_makes_it_is_refused_and_leaves_nothing(
    made: Path, tmp_path: Path, change, said: str
):
    tampered(made, change)
    done = run("--store", tmp_path / "back", "restore", made)

    assert done.returncode == 1
    assert said in one_line(done)
    assert str(made) in one_line(done)
    assert "put back another backup" in one_line(done) or "upgrade the monitor" in one_line(done)
    assert not [*tmp_path.glob("*back*")]


def test_a_backup_with_what_could_not_be_put_back_is_not_made(settings: Path, tmp_path: Path):
    by(QUIET)(tmp_path / "store" / DATABASE)
    done = run("--config", settings, "backup", tmp_path / "made.tar")

    assert done.returncode == 1
    assert "has a trigger that is not the monitor's own ('quiet')" in one_line(done)
    assert not (tmp_path / "made.tar").exists()


def test_what_analyze_counted_is_no_change(made: Path, tmp_path: Path):
    tampered(made, by("ANALYZE"))

    assert run("--store", tmp_path / "back", "restore", made).returncode == 0


def link(kind: bytes, name: str = f"archive/ab/{'ab' * 32}.zst", size: int = 0) -> tarfile.TarInfo:
    member = tarfile.TarInfo(name)
    member.type, member.linkname, member.size = kind, DATABASE, size
    return member


@pytest.mark.parametrize(
    ("member", "said"),
    [
        (link(tarfile.SYMTYPE), "is a link, a sparse file or another"),
        (link(tarfile.LNKTYPE), "is a link, a sparse file or another"),
        (link(tarfile.FIFOTYPE), "is a link, a sparse file or another"),
        (link(tarfile.GNUTYPE_SPARSE), "is a link, a sparse file or another"),
        (link(tarfile.REGTYPE, IDENTITY, 4096), f"{IDENTITY} is larger than it can be"),
        (link(tarfile.REGTYPE, backup.CONTENTS, 8 * backup.MEGABYTE), "is larger than it can be"),
        (link(tarfile.REGTYPE, "store/../history.sqlite", 8), "is in no backup of a store"),
        (link(tarfile.REGTYPE, "../back.escaped", 8), "is in no backup of a store"),
        (link(tarfile.DIRTYPE, "archive"), "is in no backup of a store"),
    ],
)
def test_a_member_that_no_backup_has_is_refused_and_leaves_nothing(
    made: Path, tmp_path: Path, member: tarfile.TarInfo, said: str
):
    with tarfile.open(tmp_path / "more.tar", "w") as tar:
        tar.addfile(member, BytesIO(bytes(member.size)))
    more = (tmp_path / "more.tar").read_bytes()
    made.write_bytes(more[: 512 + (member.size + 511) // 512 * 512] + made.read_bytes())
    done = run("--store", tmp_path / "back", "restore", made)

    assert done.returncode == 1
    assert said in one_line(done)
    assert not [*tmp_path.glob("*back*")]


def test_a_member_that_comes_twice_is_refused(made: Path, tmp_path: Path):
    with tarfile.open(made, "a") as tar:
        tar.addfile(link(tarfile.REGTYPE, DATABASE))

    assert "is in it twice, or behind the list of contents" in one_line(
        run("--store", tmp_path / "back", "restore", made)
    )


@pytest.mark.parametrize("version", ["0.1.0", "0.2.0"])
def test_a_store_that_an_older_version_left_is_backed_up_as_it_is(tmp_path: Path, version: str):
    shutil.copytree(STORES / version / "store", tmp_path / "old")
    made = run("--store", tmp_path / "old", "backup", tmp_path / "made.tar")
    restored = run("--store", tmp_path / "back", "restore", tmp_path / "made.tar")

    assert (made.returncode, restored.returncode) == (0, 0)
    assert content(tmp_path / "back") == content(tmp_path / "old") != []


def test_a_view_that_its_own_version_did_not_make_is_refused(tmp_path: Path):
    shutil.copytree(STORES / "0.1.0" / "store", tmp_path / "old")
    assert run("--store", tmp_path / "old", "backup", tmp_path / "made.tar").returncode == 0
    tampered(tmp_path / "made.tar", by("CREATE VIEW alerts AS SELECT 1"))

    assert "has a view that is not the monitor's own ('alerts')" in one_line(
        run("--store", tmp_path / "back", "restore", tmp_path / "made.tar")
    )


def test_a_backup_says_which_store_it_holds_and_how_much_of_it(
    settings: Path, tmp_path: Path, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    done = run("--config", settings, "backup", "made.tar")
    pages = len([*(tmp_path / "store" / "archive").glob("??/*.zst")])

    assert done.returncode == 0
    holds = (
        f"made.tar: holds {tmp_path / 'store'}: acts 2, registers 0, pages {pages}, sources 1, last"
        " polled "
    )
    assert holds in one_line(done)


def test_a_store_without_pages_is_backed_up_only_where_that_is_meant(tmp_path: Path):
    with History(tmp_path / "empty"):
        pass
    refused = run("--store", tmp_path / "empty", "backup", tmp_path / "made.tar")
    assert not (tmp_path / "made.tar").exists()
    made = run("--store", tmp_path / "empty", "backup", tmp_path / "made.tar", "--empty")

    assert (refused.returncode, made.returncode) == (1, 0)
    assert "has no page yet; name the store with --store" in one_line(refused)
    assert "acts 0, registers 0, pages 0, sources 0, never polled" in one_line(made)


def test_where_there_is_no_history_nothing_is_backed_up_or_begun(tmp_path: Path):
    (tmp_path / "empty").mkdir()
    done = run("--store", tmp_path / "empty", "backup", tmp_path / "made.tar")

    assert done.returncode == 1
    assert "no history here yet" in one_line(done)
    assert not [*(tmp_path / "empty").iterdir()]
    assert not (tmp_path / "made.tar").exists()


def test_beside_a_store_that_is_put_back_nothing_is_touched(
    settings: Path, made: Path, tmp_path: Path, monkeypatch
):
    synced: list[str] = []
    monkeypatch.setattr(backup, "sync_folder", lambda folder: synced.append(folder.name))
    (tmp_path / "beside" / "deep").mkdir(parents=True)
    run("--config", settings, "--store", tmp_path / "back", "restore", made)

    assert synced[-1] == tmp_path.name
    assert not {"beside", "deep"} & {*synced}
