"""Back up a whole store into one file while others write it, and restore it.

The file is a plain tar: `history.sqlite`, `identity`, `archive/ab/<sha256>.zst` as in a store. Last
comes `backup.json` with the SHA-256 of each. A truncated backup lacks it, and is refused.
"""

import hashlib
import os
import re
import shutil
import sqlite3
import tarfile
import tempfile
from collections.abc import Collection, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from datetime import datetime
from io import BytesIO
from itertools import zip_longest
from pathlib import Path
from typing import IO, Any

import msgspec
from sqlalchemy import Connection, Engine, String, create_engine, func, insert, select, type_coerce
from sqlalchemy import Table as Made
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import StaticPool
from sqlalchemy.schema import AddConstraint, CreateIndex, CreateTable

from monitor.config import VERSION, files
from monitor.config.stores import Store
from monitor.errors import StoreError
from monitor.model import frozen
from monitor.store import dialect, exported, identity, outbox, upgrades
from monitor.store.archive import (
    ARCHIVE,
    BODY,
    MEGABYTE,
    PIECE,
    FolderArchive,
    open_whole,
    sync_folder,
)
from monitor.store.columns import Json, Table, make_storable
from monitor.store.disk_errors import BROKEN_CODES, wrap_database_error, wrap_disk_error
from monitor.store.engine import DATABASE, copy_to, make_tables, open_new
from monitor.store.proofs import PROVING
from monitor.store.transactions import History

CONTENTS = "backup.json"
MEMBER = re.compile(
    rf"{re.escape(DATABASE)}|{identity.FILE}|{ARCHIVE}/[0-9a-f]{{2}}/[0-9a-f]{{64}}\.zst"
)
LINE = 200  # bytes of the list of contents for each file; a name and two SHA-256 take less
SHORT = {identity.FILE: 1024}  # bytes at most
COUNTED = {"acts": "act", "registers": "register", "sources": "source"}
KEEP_LAST = "no backup was made, since it could not be put back; keep the last one"
ANOTHER = "put back another backup"


class Contents(msgspec.Struct, frozen=True):
    """The header of a backup: its version, its time, and the SHA-256 of each file by name."""

    version: str
    made_at: datetime
    files: dict[str, str]


@frozen
class BackupMade:
    """A backup's number of `bodies` of pages, acts, registers and sources; the SHA-256 of pages
    that the store has `lost`.
    """

    bodies: int
    lost: tuple[str, ...]
    acts: int
    registers: int
    sources: int
    polled_at: datetime | None


def write_backup(
    place: Store | Path, file: Path, now: datetime, *, needs_pages: bool = False
) -> BackupMade:
    """Write the store into a new file: all of it or nothing. Others may write the store meanwhile.

    The history comes first, then the archive. Only unreferenced bodies can leave the archive, so
    all bodies of the history are in the backup. A database first becomes a folder beside the file.
    So its backup is like any other, and needs twice the room.

    Raises:
        StoreError: the file exists or can't be written; the history is missing, unreadable or
            damaged; or `needs_pages`, and the
            store never had a page.
    """
    if file.exists():
        raise StoreError(f"{file}: is there already; a backup is a new file")
    store = Store.of(place)
    if store.database:
        with tempfile.TemporaryDirectory(prefix=".backup-", dir=file.parent) as folder:
            copy_into_folder(store, Path(folder), with_archive=True)
            return _back_up_folder(Path(folder), file, now, str(store) if needs_pages else "")
    return _back_up_folder(store.folder, file, now, str(store) if needs_pages else "")


def _back_up_folder(store: Path, file: Path, now: datetime, needs_pages: str) -> BackupMade:
    """Back up a store in a folder; `needs_pages` is the name of a store that must have pages."""
    if not (store / DATABASE).exists():
        identity.refuse_if_lost(store, str(store / DATABASE))
        raise StoreError(
            f"{store}: no history here yet; name the store that has one: --store, or `store` in"
            " config.toml"
        )
    try:
        with (
            tempfile.TemporaryDirectory(prefix=".backup-", dir=file.parent) as folder,
            open_whole(file, file.with_name(f".{file.name}.part")) as written,
        ):
            copy = Path(folder) / DATABASE
            copy_to(store / DATABASE, copy)
            proofs, counted = _check_history(copy)
            kept = _write_tar(written, copy, store, now)
            if needs_pages and not kept and not proofs:
                raise StoreError(
                    f"{needs_pages}: has no page yet; name the store with --store, or back this one"
                    " up with --empty"
                )
            if lost := proofs - kept:  # or it became unreferenced, and was deleted meanwhile
                copy_to(store / DATABASE, copy)
                proofs, counted = _check_history(copy)
                lost &= proofs
        sync_folder(file.absolute().parent)
    except OSError as error:
        raise wrap_disk_error(error, f"{file}: can't be written") from error
    return BackupMade(bodies=len(kept), lost=tuple(sorted(lost)), **counted)


def put_back(file: Path, place: Store | Path, now: datetime) -> Contents:
    """Restore a store from a backup, with every file checked, into a folder or an empty database:
    all of it or nothing.

    Messages sent since the backup are not in it. So from now on each message is searched in its
    channel before it is sent. The sums show that the backup is whole, never who made it. So a
    history that could act by itself, as by a trigger, is refused.

    Raises:
        StoreError: the store exists; the file is no backup, is damaged, differs from what the
            monitor makes, or can't be read.
    """
    store = Store.of(place)
    folder = store.folder
    _refuse_filled(store)
    draft = folder.absolute().with_name(f".{folder.absolute().name}.part")
    shutil.rmtree(draft, ignore_errors=True)  # of a killed process
    try:
        files.make_private_folder(draft)
        contents = _extract_files(file, draft)
        with open_untrusted(draft / DATABASE, str(file), ANOTHER):
            # as after every loss: then each message is looked for first
            if mark := identity.read(draft):
                identity.save_count_to_file(draft, identity.Mark(mark.identity, mark.sendings + 1))
        if store.database:
            copy_into_database(draft, store, now)
        else:
            _take_name(draft, folder)
    except OSError as error:
        raise wrap_disk_error(error, f"{error.filename or file}: can't be put back") from error
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return contents


def _open_empty(database: str) -> Engine:
    from monitor.store import postgres  # noqa: PLC0415 - of an extra

    return postgres.open_empty_database(database)


def _refuse_filled(store: Store) -> None:
    folder = store.folder
    if store.database:
        _open_empty(store.database).dispose()
    elif folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise StoreError(f"{folder}: is not empty; move it away, or choose another with --store")


def _take_name(draft: Path, folder: Path) -> None:
    """Let a draft be the store, for good."""
    for path in (*(path for path in draft.rglob("*") if path.is_dir()), draft):
        sync_folder(path)
    if folder.exists():
        folder.rmdir()
    draft.rename(folder)
    sync_folder(folder.absolute().parent)


def _check_history(database: Path) -> tuple[set[str], dict[str, Any]]:
    """The SHA-256 of every body that a history, of this version or an older one, names as a proof;
    the numbers of its acts, registers and sources, and its last poll.

    Raises:
        StoreError: the history is damaged, or has what is not the monitor's own.
    """
    with open_untrusted(database, DATABASE, KEEP_LAST) as connection:
        named = [(column.class_.__tablename__, column.key) for column in PROVING]
        known = "SELECT 1 FROM pragma_table_info(?) WHERE name = ?"
        there = [pair for pair in named if connection.execute(known, pair).fetchone()]
        rows = (
            row
            for table, column in there
            for row in connection.execute(f"SELECT DISTINCT {column} FROM {table}")  # noqa: S608
        )
        proofs = {sha256 for (sha256,) in rows if sha256}
        counted = {
            name: connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # noqa: S608
            for name, table in COUNTED.items()
        }
        (polled_at,) = connection.execute("SELECT max(last_poll) FROM source").fetchone()
    return proofs, counted | {"polled_at": datetime.fromisoformat(polled_at) if polled_at else None}


def _write_tar(written: IO[bytes], database: Path, store: Path, now: datetime) -> set[str]:
    """Write all into a tar; the SHA-256 of the bodies that are whole, and so are in it."""
    archive, kept = FolderArchive(store / ARCHIVE), set[str]()
    with tarfile.open(fileobj=written, mode="w", format=tarfile.PAX_FORMAT) as tar:
        sums = {DATABASE: _add_file(tar, database, DATABASE)}
        if (store / identity.FILE).exists():
            sums[identity.FILE] = _add_file(tar, store / identity.FILE, identity.FILE)
        for sha256, path in archive.files():
            name = f"{ARCHIVE}/{sha256[:2]}/{path.name}"
            with suppress(FileNotFoundError):  # it is unreferenced now
                if archive.is_whole(sha256):
                    sums[name] = _add_file(tar, path, name)
                    kept.add(sha256)
        contents = msgspec.json.encode(Contents(VERSION, now, sums))
        tar.addfile(_make_member(CONTENTS, len(contents), now), BytesIO(contents))
    return kept


def _add_file(tar: tarfile.TarFile, path: Path, name: str) -> str:
    """Add a file under a name; its SHA-256."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        size = file.tell()
        file.seek(0)
        tar.addfile(
            _make_member(name, size, datetime.fromtimestamp(path.stat().st_mtime).astimezone()),
            file,
        )
    return digest


def _make_member(name: str, size: int, at: datetime) -> tarfile.TarInfo:
    member = tarfile.TarInfo(name)
    member.size, member.mode, member.mtime = size, files.FILE, int(at.timestamp())
    return member


def _extract_files(file: Path, folder: Path) -> Contents:
    """Unpack a backup into a folder and check it.

    Raises:
        StoreError: a sum differs.
    """
    digests: dict[str, str] = {}
    contents = None
    try:
        with tarfile.open(file, "r:") as tar:
            for member in tar:
                largest = (
                    MEGABYTE + LINE * len(digests)
                    if member.name == CONTENTS
                    else SHORT.get(member.name)
                )
                _refuse_strange(
                    file, member, largest, is_there=member.name in digests or contents is not None
                )
                stream = tar.extractfile(member)
                assert stream, "a regular file has bytes"
                if member.name == CONTENTS:
                    contents = msgspec.json.decode(stream.read(), type=Contents)
                else:
                    digests[member.name] = _copy_file(stream, folder, member.name)
    except (tarfile.TarError, msgspec.MsgspecError, EOFError) as error:
        raise StoreError(f"{file}: no backup, or not whole: {error}") from error
    if contents is None:
        raise StoreError(f"{file}: not whole: it was cut off, or is no backup")
    if DATABASE not in contents.files:
        raise StoreError(f"{file}: has no {DATABASE}; {ANOTHER}")
    _refuse_damaged(file, contents.files, digests)
    return contents


def _refuse_damaged(file: Path, listed: Mapping[str, str], digests: Mapping[str, str]) -> None:
    wrong = sorted(name for name in {*listed, *digests} if listed.get(name) != digests.get(name))
    if wrong:
        raise StoreError(
            f"{file}: damaged: {wrong[0]}{f' and {len(wrong) - 1} more' if wrong[1:] else ''}"
        )


def _refuse_strange(
    file: Path, member: tarfile.TarInfo, largest: int | None, *, is_there: bool
) -> None:
    """See that a member is a plain file that a backup has, once, and no larger than it can be. The
    list of contents is the last.

    Raises:
        StoreError: it is not.
    """
    if member.name != CONTENTS and not MEMBER.fullmatch(member.name):
        raise StoreError(f"{file}: {member.name[:200]!r} is in no backup of a store; {ANOTHER}")
    if member.type not in (tarfile.REGTYPE, tarfile.AREGTYPE) or member.sparse is not None:
        raise StoreError(
            f"{file}: {member.name} is a link, a sparse file or another that no backup has;"
            f" {ANOTHER}"
        )
    if is_there:
        raise StoreError(
            f"{file}: {member.name} is in it twice, or behind the list of contents; {ANOTHER}"
        )
    if largest is not None and member.size > largest:
        raise StoreError(f"{file}: {member.name} is larger than it can be; {ANOTHER}")


def _copy_file(stream: IO[bytes], store: Path, name: str) -> str:
    """Write a file of a store; the SHA-256 of what was written."""
    path = store / name
    digest = hashlib.sha256()
    for folder in reversed(path.relative_to(store).parents):
        files.make_private_folder(store / folder)
    with open(path, "xb", opener=files.open_private) as written:
        while piece := stream.read(MEGABYTE):
            digest.update(piece)
            written.write(piece)
        written.flush()
        os.fsync(written.fileno())
    return digest.hexdigest()


# Compares the schema of a foreign database with the schemas that this version makes or can upgrade.

# what ANALYZE makes: numbers for the planner of queries
STATISTICS = re.compile(r"CREATE TABLE sqlite_stat[1-4]\([a-z,]+\)")
# only a column that was added later has the brackets
LITERAL_DEFAULT = re.compile(r"DEFAULT \(('[^']*')\)")

Schema = dict[tuple[str, str, str], tuple[str, ...]]
"""Map kind, name and table of each part of a schema to its SQL; several parts of one name are
joined.
"""


@contextmanager
def open_untrusted(path: Path, called: str, way: str) -> Iterator[sqlite3.Connection]:
    """Open a foreign database after a check that it is a whole history. Nothing is written, or left
    beside it. An error names the database as `called` and gives the `way` out.

    Raises:
        StoreError: it is damaged, or its schema differs from a history's.
    """
    try:
        with closing(
            sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)
        ) as connection:
            for pragma in (
                "trusted_schema=OFF",
                "cell_size_check=ON",
                "mmap_size=0",
                "query_only=ON",
            ):
                connection.execute(f"PRAGMA {pragma}")
            _refuse_foreign(connection, called, way)
            # last: it executes the schema's SQL
            (verdict,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
            if verdict != "ok":
                raise StoreError(f"{called}: damaged ({verdict}); {way}")
            yield connection
    except sqlite3.Error as error:
        verdict = (
            "damaged"
            if getattr(error, "sqlite_errorcode", 0) & 0xFF in BROKEN_CODES
            else "can't be read"
        )
        raise StoreError(f"{called}: {path.name} is {verdict} ({error}); {way}") from error


def _refuse_foreign(connection: sqlite3.Connection, called: str, way: str) -> None:
    """See that a history has exactly the tables, indexes and views of its version, and no triggers.

    Raises:
        StoreError: it has more, less or others, or is of a version that we don't know.
    """
    found = _load_schema(connection)
    revision = _read_revision(connection, found)
    if revision <= upgrades.NEWEST and revision not in {upgrades.NEWEST, *upgrades.RELEASED}:
        raise StoreError(f"{called}: holds no history of this monitor; {way}")
    ours = _load_schema_of(upgrades.find_older_version(called, revision))
    for part in sorted(found.keys() | ours.keys()):
        kind, name, _ = part
        if part not in ours:
            an = "an" if kind == "index" else "a"
            raise StoreError(
                f"{called}: has {an} {kind[:60]} that is not the monitor's own ({name[:60]!r});"
                f" {way}"
            )
        if part not in found:
            raise StoreError(f"{called}: lacks the {kind} {name}; {way}")
        if found[part] != ours[part]:
            raise StoreError(f"{called}: its {kind} {name} is not as the monitor makes it; {way}")


def _read_revision(connection: sqlite3.Connection, found: Schema) -> str:
    """Return the revision that a history names; empty for none, or more than one."""
    if (
        found.get(("table", "alembic_version", "alembic_version"), ("",))[0]
        != "CREATE TABLE alembic_version"
    ):
        return ""
    rows = connection.execute("SELECT version_num FROM alembic_version LIMIT 2").fetchall()
    return str(rows[0][0]) if len(rows) == 1 else ""


def _load_schema_of(older: str | None) -> Schema:
    """The schema of an older version, else of this one, made in memory."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    with closing(connection):
        if older:
            connection.executescript(upgrades.load_old_tables(older))
        else:
            make_tables(
                create_engine("sqlite://", creator=lambda: connection, poolclass=StaticPool)
            )
        return _load_schema(connection)


def _load_schema(connection: sqlite3.Connection) -> Schema:
    schema: Schema = {}
    for kind, name, table, made in connection.execute(
        "SELECT type, name, tbl_name, coalesce(sql, '') FROM sqlite_master"
    ):
        # SQLite uses only this SQL, whatever kind and name are beside it
        if not STATISTICS.fullmatch(str(made)):
            part = str(kind), str(name), str(table)
            schema[part] = (*schema.get(part, ()), *_normalize_part(part[0], part[1], str(made)))
    return schema


def _normalize_part(kind: str, name: str, made: str) -> tuple[str, ...]:
    """Normalize a part's SQL: the order of columns and constraints of a table does not count."""
    if kind != "table":
        return (" ".join(made.split()),)
    head, _, rest = made.partition("(")
    inside, _, tail = rest.rpartition(")")
    pieces, depth = [""], 0
    for sign in inside:
        depth += (sign == "(") - (sign == ")")
        if sign == "," and not depth:
            pieces.append("")
        else:
            pieces[-1] += sign
    pieces = [LITERAL_DEFAULT.sub(r"DEFAULT \1", " ".join(piece.split())) for piece in pieces]
    return (" ".join(head.replace(f'"{name}"', name).split()), *sorted(pieces), tail.strip())


# A history copied whole between a folder and a database: in one transaction, each row compared on
# both sides.

AT_ONCE = 1_000  # rows
BODIES = frozenset({BODY.name, PIECE.name})  # of the archive, which are files of a folder
# the others load on first use of a name
MADE_AGAIN = frozenset({"naming", "name", "name_key", "name_word", "subject_key"})


def copy_into_folder(source: Store, folder: Path, *, with_archive: bool = False) -> None:
    """Copy a database's history into a folder, as of one moment.

    Raises:
        StoreError: the one can't be read, or the other not written.
    """
    path = folder / DATABASE
    files.make_private_file(path)
    with History(source, read_only=True) as history, history.tables() as read:
        if with_archive:
            history.refuse_copy_of_older()  # which has none
        with _open_new(open_new(path), str(path)) as written:
            copy_rows(read, written)
        if with_archive:
            _write_bodies(read, folder / ARCHIVE)
    if with_archive:
        with History(folder):
            """Its name is beside it."""


def copy_into_database(folder: Path, target: Store, now: datetime) -> None:
    """Copy a history from a folder (any earlier version) into an empty database: all of it or
    nothing.

    From `now` on, workers search each message in its channel before they send it. All workers do so
    for the usual time after a loss; those of this machine from their start.

    Raises:
        StoreError: the database has a history, can't be written, or belongs to another store than
            this machine's folder.
    """
    assert target.database is not None
    with History(folder) as history:
        history(outbox.doubt_if_behind, now)
        identity.refuse_another(target.folder, str(target), history(exported.store_identity))
        with (
            _open_new(_open_empty(target.database), str(target)) as written,
            history.tables() as read,
        ):
            copy_rows(read, written)
            _put_bodies(FolderArchive(folder / ARCHIVE), written, now)
    marks = [mark for mark in (identity.read(folder), identity.read(target.folder)) if mark]
    files.make_private_folder(target.folder)
    identity.save_count_to_file(
        target.folder, identity.Mark(marks[0].identity, max(mark.sendings for mark in marks) + 1)
    )
    identity.allow_writing_again(target.folder)


def copy_rows(source: Connection, target: Connection) -> None:
    """Make the tables, and copy all rows but those of the archive and those that are made of
    others. The caller commits.

    Raises:
        StoreError: what was written is not what was read.
    """
    tables, on_server = Table.metadata.sorted_tables, target.dialect.name != "sqlite"
    if on_server:
        for table in tables:  # a row need not wait for those that it names
            target.execute(CreateTable(table, include_foreign_key_constraints=[]))
    else:
        target.exec_driver_sql("PRAGMA defer_foreign_keys = ON")  # a row may name a later one
        Table.metadata.create_all(target, checkfirst=False)
    for table in (table for table in tables if table.name not in BODIES | MADE_AGAIN):
        count = 0
        for some in _iterate_rows(source, table):
            target.execute(insert(table), some)
            count += len(some)
        pairs = zip_longest(_iterate_rows(source, table), _iterate_rows(target, table))
        if any(read != written for read, written in pairs):
            raise StoreError(
                f"{table.name}: {count} rows were read, and others written; nothing was copied"
            )
    if on_server:
        _finish_tables(target, tables)
    dialect.make(target)
    upgrades.stamp_newest_revision(target)


def _finish_tables(connection: Connection, tables: Collection[Made]) -> None:
    """Make what tables on a server lack, once they are filled; the next number of each comes
    after its greatest.
    """
    for table in tables:
        for index in sorted(table.indexes, key=lambda index: str(index.name)):
            connection.execute(CreateIndex(index))
        for key in sorted(table.foreign_key_constraints, key=lambda key: str(key.name)):
            connection.execute(AddConstraint(key, isolate_from_table=False))
        if (column := table.autoincrement_column) is not None:
            greatest = connection.execute(select(func.max(column))).scalar()
            own = func.pg_get_serial_sequence(f'"{table.name}"', column.name)
            connection.execute(select(func.setval(own, greatest or 1, greatest is not None)))
    connection.exec_driver_sql("ANALYZE")


def _iterate_rows(connection: Connection, table: Made) -> Iterator[list[dict[str, Any]]]:
    """Iterate over rows in portions, by name of column, in the order of the key."""
    kept = (
        type_coerce(column, String).label(column.name) if isinstance(column.type, Json) else column
        for column in table.columns
    )
    asked = select(*kept).order_by(*table.primary_key.columns)
    with connection.execute(asked, execution_options={"yield_per": AT_ONCE}) as result:
        for some in result.mappings().partitions():
            yield [{name: make_storable(value) for name, value in row.items()} for row in some]


@contextmanager
def _open_new(engine: Engine, called: str) -> Iterator[Connection]:
    """A transaction in which a new history is written."""
    try:
        with engine.begin() as connection:
            yield connection
    except DBAPIError as error:
        raise wrap_database_error(error.orig, called) from error
    finally:
        engine.dispose()


def _put_bodies(archive: FolderArchive, written: Connection, now: datetime) -> None:
    """Put the files of an archive into a database, as they are packed."""
    for sha256, path in archive.files():
        written.execute(
            insert(BODY), {"sha256": sha256, "size": path.stat().st_size, "put_at": now}
        )
        with path.open("rb") as packed:
            for number, piece in enumerate(iter(lambda: packed.read(MEGABYTE), b"")):
                written.execute(
                    insert(PIECE), {"sha256": sha256, "number": number, "packed": piece}
                )


def _write_bodies(read: Connection, folder: Path) -> None:
    """Write the bodies of a database as files of an archive, whole or not."""
    for sha256 in read.execute(select(BODY.c.sha256)).scalars().all():
        path = folder / sha256[:2] / f"{sha256}.zst"
        path.parent.mkdir(parents=True, exist_ok=True)
        pieces = select(PIECE.c.packed).where(PIECE.c.sha256 == sha256).order_by(PIECE.c.number)
        with path.open("xb") as packed:
            packed.writelines(read.execute(pieces, execution_options={"yield_per": 4}).scalars())
