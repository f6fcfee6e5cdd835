"""PostgreSQL for tests: one server for all processes of a run, gone with the last of them, and
servers of a test's own.

Debian's package is enough: no cluster of its own need run. The server listens on a socket in a
short folder and nowhere else; as it refuses to run as root, it is another user's where we are that.
Its words are sorted as people sort them, and it lives in Shanghai's time: whatever leans on how a
server was set up shows.
"""

import fcntl
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import psycopg
from lacking import lacking

WHERE = ("/usr/lib/postgresql", "/usr/pgsql")  # Debian's, each version in a folder of its own
USER = "monitor"
ALWAYS = {
    "listen_addresses": "",
    "autovacuum": "off",
    "timezone": "Asia/Shanghai",
    "shared_buffers": "32MB",
}
FORGETFUL = {
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
}
UNTIL_ALL_ARE_GONE = """
exec 9>>"$1/used"
flock -x 9
kill -QUIT $(head -n 1 "$1/tables/postmaster.pid")
while [ -e "$1/tables/postmaster.pid" ]; do sleep 0.1; done
rm -rf "$1"
"""
ALONE = (
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND"
    " pid != pg_backend_pid()"
)
TABLES = (
    "SELECT format('%I', tablename) FROM pg_tables WHERE schemaname = 'public' AND tablename !="
    " 'alembic_version'"
)
FROM_ONE = (
    "SELECT setval(format('%I', sequencename), 1, false) FROM pg_sequences WHERE last_value IS NOT"
    " NULL"
)
NUMBERS = count(1)
SHAPE = """
SELECT table_name, column_name, data_type, collation_name, column_default, is_nullable, '' FROM information_schema.columns
WHERE table_schema = 'public'
UNION ALL SELECT tablename, indexname, indexdef, '', '', '', '' FROM pg_indexes WHERE schemaname = 'public'
UNION ALL SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid), '', '', '', '' FROM pg_constraint
WHERE conrelid != 0
UNION ALL SELECT viewname, definition, '', '', '', '', '' FROM pg_views WHERE schemaname = 'public'
ORDER BY 1, 2, 3
"""


def programs() -> Path | None:
    """The folder of `initdb` and `postgres`: the newest, and None where there are none."""
    versions = [path.parent for folder in WHERE for path in Path(folder).glob("*/bin/initdb")]
    if versions:
        return max(versions, key=lambda path: int(path.parent.name.partition(".")[0]))
    by_path = shutil.which("initdb")
    return Path(by_path).resolve().parent if by_path else None


@dataclass
class Server:
    """A server in a folder of its own; `forgetful` where none of its tests cuts its power."""

    folder: Path
    forgetful: bool = True

    @classmethod
    def made(cls, *, forgetful: bool = True) -> "Server":
        """A new one, running."""
        server = cls(Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp")), forgetful)
        if os.getuid() == 0:
            os.chown(server.folder, *_another())
        sorting = ("--locale=C", "--locale-provider=icu", "--icu-locale=en")
        server._run(
            "initdb",
            "--no-sync",
            "--no-instructions",
            "-E",
            "UTF8",
            "-A",
            "trust",
            "-U",
            USER,
            *sorting,
        )
        server.start()
        return server

    def start(self) -> None:
        """Start it, and wait until it answers."""
        settings = (
            ALWAYS
            | {"unix_socket_directories": str(self.folder)}
            | (FORGETFUL if self.forgetful else {})
        )
        told = " ".join(f"-c {name}='{value}'" for name, value in settings.items())
        self._run("pg_ctl", "start", "-w", "-l", str(self.folder / "log"), "-o", told)

    def stop(self, mode: str = "fast") -> None:
        """Stop it; `immediate` is as if its power were cut."""
        self._run("pg_ctl", "stop", "-w", "-m", mode)

    def restart(self, mode: str = "fast") -> None:
        """Stop it and start it anew."""
        self.stop(mode)
        self.start()

    def gone(self) -> None:
        """Stop it and take away all that it kept."""
        if (self.folder / "tables/postmaster.pid").exists():
            self.stop("immediate")
        shutil.rmtree(self.folder)

    def url(self, name: str) -> str:
        """How one of its databases is opened."""
        return f"postgresql://{USER}@/{name}?host={self.folder}"

    def create(self, name: str, template: str = "template0") -> str:
        """Make a database like another to which nobody is connected; how it is opened."""
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}" STRATEGY file_copy')
        return self.url(name)

    def template(self, name: str, fill: Callable[[str], object]) -> str:
        """The name of a database to be copied, which the first that asks for it fills."""
        with (self.folder / f"{name}.lock").open("a+") as turn:
            fcntl.flock(turn, fcntl.LOCK_EX)
            turn.seek(0)
            if not turn.read():
                fill(self.create(name))
                turn.write("filled")
        return name

    def empty(self, name: str) -> None:
        """Leave nothing in the tables of a database but its revision, whoever is connected: a
        tenth of what a new copy takes.
        """
        with psycopg.connect(self.url(name), autocommit=True) as connection:
            connection.execute(ALONE)
            there = [table for (table,) in connection.execute(TABLES)]
            rows = " UNION ALL ".join(
                f"SELECT '{table}' WHERE EXISTS (SELECT FROM {table})" for table in there
            )
            filled = [table for (table,) in connection.execute(rows)]
            if filled:
                connection.execute(f"TRUNCATE {', '.join(filled)} CASCADE")
            connection.execute(FROM_ONE)

    def drop(self, name: str) -> None:
        """Drop a database, whoever is connected to it."""
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def _run(self, program: str, *words: str) -> None:
        bin_folder = programs()
        assert bin_folder
        user = (
            dict(zip(("user", "group"), _another(), strict=True)) | {"extra_groups": ()}
            if os.getuid() == 0
            else {}
        )
        command = [bin_folder / program, "-D", self.folder / "tables", *words]
        with (self.folder.parent / f"{self.folder.name}.out").open("w+") as out:
            done = subprocess.run(
                command,
                check=False,
                stdout=out,
                stderr=out,
                cwd="/",
                start_new_session=True,
                **user,
            )
            assert done.returncode == 0, Path(out.name).read_text()
        Path(out.name).unlink()


def _another() -> tuple[int, int]:
    """A user who is not root, and the group."""
    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return entry.pw_uid, entry.pw_gid
    raise AssertionError("no user that a server could run as")


@contextmanager
def shared(base: Path) -> Iterator[Server]:
    """The one server of all processes whose temporary folders are below `base`: who comes first
    starts it.
    """
    with (base / "postgres.lock").open("a+") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        turn.seek(0)
        server = Server(Path(known)) if (known := turn.read()) else None
        used = _joined(server) if server else None
        if server is None or used is None:
            server = Server.made()
            used = _joined(server)
            turn.seek(0)
            turn.truncate()
            turn.write(str(server.folder))
            turn.flush()
            watch = ["sh", "-c", f"({UNTIL_ALL_ARE_GONE}) &", "sh", str(server.folder)]
            quiet = subprocess.DEVNULL
            subprocess.run(
                watch, check=True, stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True
            )
    assert used is not None
    try:
        yield server
    finally:
        os.close(used)


def _joined(server: Server) -> int | None:
    """The file by which others see that the server is used, held; None where it is gone, or
    about to go.
    """
    try:
        used = os.open(server.folder / "used", os.O_RDWR | os.O_CREAT, 0o600)
        fcntl.flock(used, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except OSError:
        return None
    return used


def needed() -> None:
    """Skip a test where there is no PostgreSQL; in CI there is."""
    if programs() is None:
        lacking("no PostgreSQL here: the package `postgresql` brings it, and none of it need run")


def shape_of(database: str) -> list[tuple[str, ...]]:
    """How the tables of a database were made, and all that belongs to them."""
    with psycopg.connect(database) as connection:
        return connection.execute(SHAPE).fetchall()


def a_name() -> str:
    """A name that no other database of a run has."""
    return f"of-{os.getpid()}-{next(NUMBERS)}"
