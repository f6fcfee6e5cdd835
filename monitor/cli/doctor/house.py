"""Check the monitor's own environment: settings, store, archive, clock, Python, SQLite. Reads
only.
"""

import os
import platform
import shutil
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import field
from itertools import groupby, islice
from pathlib import Path
from statistics import median

from monitor.clock import format_instant
from monitor.config import VERSION, Config
from monitor.config.stores import Store
from monitor.errors import ConfigError, StoreError
from monitor.fetch import Seen
from monitor.model import Problem, frozen
from monitor.render import words
from monitor.source.scraper import Source
from monitor.store import DATABASE, NEWEST, History, has_store, outbox, troubles
from monitor.store.archive import ARCHIVE, open_archive
from monitor.store.lock import find_lock_holder

WRITTEN = (f"{DATABASE}*", "lock", ARCHIVE)  # of a store, by all that changes it
SAMPLE = 20
MOST_SKEW, PRECISION = 60.0, 2.0  # seconds
LEAST_SPACE = 200 * 1024 * 1024
RACE = ((3, 7, 0), (3, 51, 2))
MENDED = ((3, 44, 6), (3, 50, 7))


@frozen
class Finding:
    """A check, whether it is well (None: it could not be checked), what was seen, and the way out;
    `details` are for a bug report.
    """

    subject: str
    ok: bool | None
    seen: str
    remedy: str = ""
    details: Mapping[str, object] = field(default_factory=dict)
    is_source: bool = False
    problem: Problem | None = None  # of a source

    @property
    def state(self) -> str:
        """The result in a word."""
        return "unknown" if self.ok is None else "ok" if self.ok else "wrong"

    @property
    def fields(self) -> dict[str, object]:
        """The finding for programs."""
        subject = {"source" if self.is_source else "check": self.subject}
        return {**subject, "ok": self.ok, "seen": self.seen, "remedy": self.remedy, **self.details}


def make_good_finding(subject: str, seen: str, remedy: str = "") -> Finding:
    """A finding of what is well; a remedy may make it better."""
    return Finding(subject, ok=True, seen=seen, remedy=remedy)


def make_bad_finding(subject: str, seen: str, remedy: str) -> Finding:
    """A finding of what is wrong, and the way out."""
    return Finding(subject, ok=False, seen=seen, remedy=remedy)


def check_environment(
    config: Config, config_file: Path | None, store: Store, sources: Sequence[Source]
) -> Iterator[Finding]:
    """Everything that is not a source."""
    file = config_file or Path("config.toml")
    where = str(file) if file.exists() else "no config.toml here: the defaults"
    remedy = (
        "put an address at which a publisher can reach you into fetch.user_agent"
        if config.fetch.is_anonymous
        else ""
    )
    yield make_good_finding(
        "config",
        f"{where}; {_count_sources(config, sources)}",
        remedy,
    )
    yield make_good_finding(
        "version",
        f"monitor {VERSION}, Python {platform.python_version()} on {platform.system()}"
        f" {platform.machine()}",
    )
    yield (
        make_good_finding("sqlite", describe_sqlite(sqlite3.sqlite_version_info))
        if store.database is None
        else _check_postgres(store)
    )
    folder = next(
        folder for folder in (store.folder, *store.folder.absolute().parents) if folder.exists()
    )
    yield _check_store(store, folder)
    yield from _check_outbox(store)
    free = shutil.disk_usage(folder).free
    remedy = "" if free >= LEAST_SPACE else "make room: alerts wait until the store can write"
    yield Finding("disk", ok=not remedy, seen=f"{free // (1024 * 1024):,} MB free", remedy=remedy)
    yield _check_archive(store)


def _count_sources(config: Config, sources: Sequence[Source]) -> str:
    """Count what is watched, and what of it people feed, which is not asked for here."""
    places = [*config.packages, *(["[[page]]"] if config.page else [])]
    by_hand = sum(source.by_hand is not None for source in sources)
    where = f" in {', '.join(places)}" if places else ""
    fed = f", {by_hand} of them fed by hand" if by_hand else ""
    return f"{words.format_count(len(sources), 'source')}{where}{fed}"


def describe_sqlite(version: tuple[int, ...]) -> str:
    """Describe the version of SQLite, with its known fault."""
    text = ".".join(map(str, version))
    if RACE[0] <= version <= RACE[1] and version not in MENDED:
        text += (
            "; 3.7.0 to 3.51.2 (but 3.44.6 and 3.50.7) can damage a database that two processes"
            " write while its log is reset; the monitor's one writer avoids it: let nothing else"
            " write the store"
        )
    return text


def _check_postgres(store: Store) -> Finding:
    from monitor.store import postgres

    try:
        return make_good_finding("postgresql", postgres.load_version(store.database or ""))
    except (ConfigError, StoreError) as error:
        return make_bad_finding(
            "postgresql", str(error), "see that it runs, and that we may connect to it"
        )


def _find_unwritable(store: Store, folder: Path) -> Path | None:
    """Find what of a store this user can't write: its folder, or a file in it."""
    if not (folder.is_dir() and os.access(folder, os.W_OK | os.X_OK)):
        return folder
    parts = (part for name in WRITTEN for part in sorted(store.folder.glob(name)))
    return next((part for part in parts if not os.access(part, os.W_OK)), None)


def _check_store(store: Store, folder: Path) -> Finding:
    if refused := _find_unwritable(store, folder):
        return make_bad_finding(
            "store", f"{refused}: can't be written", "choose another with --store or store = …"
        )
    try:
        known = find_lock_holder(store)
    except StoreError as error:
        return make_bad_finding(
            "store", str(error), "have this user read it: who asks is not who writes the store"
        )
    held = f"held by process {known.pid or 'unknown'}" if known and known.is_held else "not held"
    try:
        if not has_store(store):
            return make_good_finding(
                "store", f"{store}: none yet; writable by this user", "`monitor poll` begins one"
            )
        with History(store, read_only=True) as history:
            healths = history(troubles.load_source_healths)
    except StoreError as error:
        return make_bad_finding(
            "store", f"{error}; {held}", "see the message; a backup keeps what is known"
        )
    read = sum(health.first_ok is not None for health in healths.values())
    seen = f"revision {NEWEST}, {words.format_count(read, 'source')} read well so far"
    return make_good_finding("store", f"{store}: {seen}; writable by this user; {held}")


def _check_outbox(store: Store) -> Iterator[Finding]:
    """The destinations that did not take what was sent; none if the store can't be read."""
    with suppress(StoreError):
        if not has_store(store):
            return
        with History(store, read_only=True) as history:
            messages = history(outbox.list_messages)
        for name, group in groupby(messages, key=lambda message: message.destination):
            waiting = [*group]
            failure = next((message.failure for message in waiting if message.failure), None)
            if failure:
                since = format_instant(min(message.created_at for message in waiting))
                yield make_bad_finding(
                    f"messages to {name}",
                    f"{words.format_count(len(waiting), 'message')} since {since}: {failure}",
                    "see that it can be reached; `monitor outbox` lists what waits",
                )


def list_proven_sources(store: Store) -> frozenset[str]:
    """List the sources with a good poll; none if the store can't be read."""
    with suppress(StoreError):
        if has_store(store):
            with History(store, read_only=True) as history:
                healths = history(troubles.load_source_healths)
            return frozenset(source for source, health in healths.items() if health.first_ok)
    return frozenset()


def _check_archive(store: Store) -> Finding:
    called = str(store) if store.database else store / ARCHIVE
    try:
        archive = open_archive(store)
        bodies = list(islice(archive.bodies(), SAMPLE))
    except StoreError as error:
        return make_bad_finding("archive", str(error), "see the message")
    try:
        for body in bodies:
            archive.get(body)
    except StoreError as error:
        return make_bad_finding(
            "archive", str(error), "restore the file from a backup: it is the proof of an alert"
        )
    return make_good_finding(
        "archive",
        (
            f"{called}: {len(bodies)} bodies opened and checked against their hashes"
            if bodies
            else f"{called}: none yet"
        ),
    )


def check_clock(answers: Sequence[Seen]) -> Finding:
    """Our clock against the servers' Date headers; one server's own slip does not count."""
    behind = [(answer.date - answer.at).total_seconds() for answer in answers if answer.date]
    if not behind:
        return Finding("clock", ok=None, seen="not compared: no server gave its time")
    off = median(behind)
    # servers give whole seconds, cut
    by = "as" if abs(off) < PRECISION else f"{abs(off):.0f} s {'behind' if off > 0 else 'ahead of'}"
    seen = f"{by} the servers' (median of {words.format_count(len(behind), 'answer')})"
    ok = abs(off) <= MOST_SKEW
    remedy = (
        "" if ok else "set the clock (NTP): schedules and first-seen times are wrong by this much"
    )
    return Finding(
        "clock", ok=ok, seen=seen, remedy=remedy, details={"skew_seconds": round(off, 1)}
    )
