"""What the monitor itself stands on: settings, store, archive, clock, Python and SQLite. Reads only."""

import os
import platform
import shutil
import sqlite3
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from statistics import median

from monitor.cli.doctor.finding import Finding
from monitor.config import VERSION, Config
from monitor.config.stores import Store
from monitor.errors import ConfigError, StoreError
from monitor.fetch import Seen
from monitor.history import NEWEST, History, server_version, there, troubles
from monitor.history.archive import ARCHIVE, Archive, of_store
from monitor.history.lock import holder

SAMPLE = 20
MOST_SKEW = 60.0  # seconds
LEAST_SPACE = 200 * 1024 * 1024
RACE = ((3, 7, 0), (3, 51, 2))
MENDED = ((3, 44, 6), (3, 50, 7))


def house(config: Config, config_file: Path | None, place: Store | Path, sources: int) -> Iterator[Finding]:
    """Everything that is not a source."""
    store = Store.of(place)
    yield _settings(config, config_file, sources)
    yield _version()
    yield _sqlite(sqlite3.sqlite_version_info) if store.database is None else _postgres(store)
    yield _store(store)
    yield _space(store.folder)
    yield _archive(str(store) if store.database else store / ARCHIVE, store)


def _settings(config: Config, config_file: Path | None, sources: int) -> Finding:
    file = config_file or Path("config.toml")
    where = str(file) if file.exists() else "no config.toml here: the defaults"
    anonymous = config.fetch.is_anonymous
    remedy = "put an address at which a publisher can reach you into fetch.user_agent" if anonymous else ""
    return Finding("config", ok=True, seen=f"{where}; {sources} sources in {', '.join(config.packages)}", remedy=remedy)


def _version() -> Finding:
    seen = f"monitor {VERSION}, Python {platform.python_version()} on {platform.system()} {platform.machine()}"
    return Finding("version", ok=True, seen=seen)


def _sqlite(version: tuple[int, ...]) -> Finding:
    text = ".".join(map(str, version))
    if RACE[0] <= version <= RACE[1] and version not in MENDED:
        text += (
            "; 3.7.0 to 3.51.2 (but 3.44.6 and 3.50.7) can damage a database that two processes write while its log is reset;"
            " the monitor's one writer avoids it: let nothing else write the store"
        )
    return Finding("sqlite", ok=True, seen=text)


def _postgres(store: Store) -> Finding:
    try:
        return Finding("postgresql", ok=True, seen=server_version(store))
    except (ConfigError, StoreError) as error:
        return Finding("postgresql", ok=False, seen=str(error), remedy="see that it runs, and that we may connect to it")


def _store(store: Store) -> Finding:
    folder = next(folder for folder in (store.folder, *store.folder.absolute().parents) if folder.exists())
    if not (folder.is_dir() and os.access(folder, os.W_OK | os.X_OK)):
        return Finding("store", ok=False, seen=f"{folder}: can't be written", remedy="choose another with --store or store = …")
    try:
        held = _held(store)
    except StoreError as error:
        return Finding("store", ok=False, seen=str(error), remedy="have this user read it: who asks is not who writes the store")
    try:
        if not there(store):
            return Finding("store", ok=True, seen=f"{store}: none yet; writable", remedy="`monitor poll` begins one")
        with History(store, read_only=True) as history:
            known = len(history(troubles.healths))
    except StoreError as error:
        return Finding("store", ok=False, seen=f"{error}; {held}", remedy="see the message; a backup keeps what is known")
    return Finding("store", ok=True, seen=f"{store}: revision {NEWEST}, {known} sources polled so far; writable; {held}")


def _held(store: Store) -> str:
    known = holder(store)
    return f"held by process {known.pid or 'unknown'}" if known and known.is_held else "not held"


def _space(store: Path) -> Finding:
    free = shutil.disk_usage(next(folder for folder in (store.absolute(), *store.absolute().parents) if folder.exists())).free
    remedy = "" if free >= LEAST_SPACE else "make room: what can't be stored is not told"
    return Finding("disk", ok=free >= LEAST_SPACE, seen=f"{free // (1024 * 1024):,} MB free", remedy=remedy)


def _archive(called: str | Path, store: Store) -> Finding:
    try:
        return _bodies(called, of_store(store))
    except StoreError as error:
        return Finding("archive", ok=False, seen=str(error), remedy="see the message")


def _bodies(called: str | Path, archive: Archive) -> Finding:
    bodies = list(islice(archive.bodies(), SAMPLE))
    if not bodies:
        return Finding("archive", ok=True, seen=f"{called}: none yet")
    damaged = [error for error in (_fault(archive, body) for body in bodies) if error]
    if damaged:
        return Finding("archive", ok=False, seen=damaged[0], remedy="restore the file from a backup: it is the proof of an alert")
    return Finding("archive", ok=True, seen=f"{called}: {len(bodies)} bodies opened and checked against their hashes")


def _fault(archive: Archive, sha256: str) -> str:
    try:
        archive.get(sha256)
    except StoreError as error:
        return str(error)
    return ""


def skew(answers: Sequence[Seen]) -> Finding:
    """Our clock against the servers' Date headers; one server's own slip does not count."""
    behind = [(answer.date - answer.at).total_seconds() for answer in answers if answer.date]
    if not behind:
        return Finding("clock", ok=True, seen="not compared: no server gave its time")
    off = median(behind)
    seen = f"{abs(off):.0f} s {'behind' if off > 0 else 'ahead of'} the servers' (median of {len(behind)} answers)"
    ok = abs(off) <= MOST_SKEW
    remedy = "" if ok else "set the clock (NTP): schedules and first-seen times are wrong by this much"
    return Finding("clock", ok=ok, seen=seen, remedy=remedy, details={"skew_seconds": round(off, 1)})
