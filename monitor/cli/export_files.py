"""Write the files of `monitor export` and `evidence`, and check a pack."""

import sys
from codecs import BOM_UTF8
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import BinaryIO

import msgspec

from monitor.ask import answers, audit, exports, feeds, screenings, stories
from monitor.ask.coverage import Coverage, explain_nothing_read
from monitor.ask.knowledge import Knowledge
from monitor.ask.routing import make_router
from monitor.cli import once
from monitor.cli.ask import CommandDesk
from monitor.cli.export import SCREENINGS, STDOUT
from monitor.cli.output import print_json, print_lines
from monitor.cli.progress import count_progress
from monitor.cli.setting import Setting, end_after_delivery, end_command, parse_day, parse_person
from monitor.cli.triage import LOGIN
from monitor.config import files
from monitor.config.outward import note, redacted, say
from monitor.errors import ConfigError, MonitorError
from monitor.evidence import pack, verify
from monitor.evidence.contents import Contents
from monitor.model import frozen, to_json
from monitor.render.words import format_count
from monitor.run.record import record_screening
from monitor.run.triage import make_key
from monitor.store import BEGINNING, Dossier, History, exported, has_store, troubles
from monitor.store import screenings as kept_screenings
from monitor.store.archive import open_archive
from monitor.store.screenings import KeptScreening, ScreeningOrder
from monitor.triage.values import Person

ZIP = "zip"  # a record that others can check
Days = tuple[datetime | None, datetime | None]  # from when, and before when


@frozen
class Target:
    """A file or stdout, and the form that was asked for, if any."""

    out: str
    named: str

    @property
    def form(self) -> str:
        """Return the given form, else that of the file name, else CSV."""
        suffix = Path(self.out).suffix.lower().removeprefix(".")
        return self.named or suffix or exports.CSV

    @contextmanager
    def open(self) -> Iterator[BinaryIO]:
        """Open the output. A CSV file begins with a mark: without it spreadsheets do not see
        UTF-8.
        """
        if self.out == STDOUT:
            sys.stdout.flush()
            yield sys.stdout.buffer
            sys.stdout.buffer.flush()
            return
        with files.open_atomic(Path(self.out)) as file:
            yield file

    def write(self, pieces: Iterable[bytes], report: Callable[[], None] = lambda: None) -> None:
        """Write an export, without secrets."""
        with self.open() as file:
            if self.form == exports.CSV and self.out != STDOUT:
                file.write(BOM_UTF8)
            for piece in pieces:
                file.write(redacted(piece.decode()).encode())
                report()

    def tell(self, result: str) -> None:
        """Print the result where it does not mix with the export."""
        (note if self.out == STDOUT else say)(f"{self.out}: {result}")


def export_known(
    desk: CommandDesk, kind: str, target: Target, since: str | None, part: str = ""
) -> None:
    """Write what is known of this kind since a cursor, or what is unconfirmed of a `part`; and last
    its ground.
    """
    exports.find_kind(kind)
    exports.check_form(target.form, kind)
    if desk.as_json and target.out == STDOUT:
        raise ConfigError(
            "--json prints a summary on stdout, where the export goes too; name a file with --out"
        )
    if kind == exports.UNCONFIRMED and since:
        raise ConfigError("--since: what is unconfirmed is always written whole")
    covered = _load_coverage(desk, alone=kind == exports.ALERTS)
    _print_summary(desk, kind, target, *_write_known(desk, kind, target, since, part))
    if target.out == STDOUT:
        note(desk.line(covered))
    else:
        desk.end(covered)


def _write_known(
    desk: CommandDesk, kind: str, target: Target, since: str | None, part: str
) -> tuple[exports.Tally, str]:
    """Write the records with progress on the terminal; count them, and tell the next --since."""
    tally = exports.Tally()
    with History(desk.store, read_only=True) as history:
        begins, ends = exports.parse_since(since, history), history(exported.make_cursor)
        records = (
            exports.walk_unconfirmed(part, history)
            if part
            else exports.find_kind(kind).walk(desk.knowledge(history), begins, desk.now)
        )
        all_rows = kind == "rows" and begins == BEGINNING
        total = history(exported.count_register_rows) if all_rows else None
        pieces = exports.write_records(kind, target.form, records, tally)
        with count_progress(kind, total) as come_to:
            target.write(pieces, lambda: come_to(tally.records))
    return tally, "" if kind == exports.UNCONFIRMED else exports.format_cursor(ends)


def _print_summary(
    desk: CommandDesk, kind: str, target: Target, tally: exports.Tally, cursor: str
) -> None:
    """Print the result, and the start of the next export."""
    if desk.as_json:
        nobody = {"nobody": tally.nobody} if tally.nobody else {}
        print_json(
            {"kind": kind, "file": target.out, "records": tally.records, **nobody, "cursor": cursor}
        )
        return
    left_out = f", of which {tally.nobody:,} list nobody and are left out" if tally.nobody else ""
    further = f"; what comes after them: --since {cursor}" if cursor else ""
    target.tell(f"{tally.records:,} {kind}{left_out}{further}")


def export_record(
    setting: Setting,
    kind: str,
    target: Target,
    days: tuple[str | None, str | None],
    every_step: bool,
    person: str,
    *,
    erase: bool,
    by: str,
) -> None:
    """Write people's actions, or screenings; or print or erase a person's stored data."""
    within = _parse_days(*days)
    if erase and not person:
        raise ConfigError("--erase: name the person with --person")
    if kind == SCREENINGS and (every_step or (person and not erase)):
        raise ConfigError("screenings: --steps goes with an audit, and --person with --erase")
    if kind == SCREENINGS and person:
        _erase_answers(setting, person, by)
    elif kind == SCREENINGS:
        _export_screenings(setting, target, within)
    elif person:
        _export_person(setting, person, by, erase=erase)
    else:
        _export_audit(setting, target, within, every_step=every_step)


def _export_audit(setting: Setting, target: Target, within: Days, *, every_step: bool) -> None:
    """Write who got each alert, who took and decided it, a row an alert or a step, as CSV without
    formulas.
    """
    with setting.history() as history:
        table = (audit.format_step_rows if every_step else audit.format_alert_rows)(
            history, *within
        )
    with target.open() as file:
        file.write(table)
    rows = table.count(b"\n") - 1
    target.tell(format_count(rows, "row"))


def _parse_days(since: str | None, until: str | None) -> Days:
    """Parse the ends of a period; days are UTC."""
    first = datetime.combine(parse_day("--since", since), time(), UTC) if since else None
    last = datetime.combine(parse_day("--until", until), time(), UTC) if until else None
    return first, last and last + timedelta(days=1)


def _erase_answers(setting: Setting, name: str, by: str) -> None:
    """Erase all answers about a name; only their sums show it."""
    who = parse_person(by)
    count = record_screening(
        setting.store, ScreeningOrder(person=Person(f"{LOGIN}{who}", who), via="", erase=name)
    )
    say(
        f"erased: {format_count(count, 'answer')}; the sums stay, and backups that were made before"
        " still have what was erased"
    )


def _export_screenings(setting: Setting, target: Target, within: Days) -> None:
    """Write the screenings, and mark each that differs from its record."""
    if target.form != ZIP:
        exports.check_form(target.form, "acts")
    sound: dict[int, bool] = {}
    with setting.history() as history:

        def walk() -> Iterator[KeptScreening]:
            for kept in history.walk(kept_screenings.iterate_screenings, *within):
                sound[kept.number] = kept.is_sound
                yield kept

        _write_screenings(walk, target)
    target.tell(f"{len(sound)} screenings")
    changed = [number for number, is_sound in sound.items() if not is_sound]
    for number in changed:
        note(f"monitor: screening {number} is not as it was recorded, or one before it is missing")
    end_command(not changed)


def _write_screenings(walk: Callable[[], Iterator[KeptScreening]], target: Target) -> None:
    """Write them as a pack that others can check, as CSV, or else as a line of JSON each."""

    def write_lines() -> Iterator[bytes]:
        return (to_json(screenings.export_screening(kept)) + b"\n" for kept in walk())

    if target.form == ZIP:
        sha256 = pack.write_screenings(write_lines, Path(target.out))
        say(f"SHA-256 of the pack: {sha256}; `monitor evidence --verify` checks it")
    elif target.form == exports.CSV:
        rows = (row for kept in walk() for row in screenings.list_rows(kept))
        target.write(exports.write_csv(screenings.COLUMNS, rows))
    else:
        target.write(write_lines())


def _export_person(setting: Setting, name: str, by: str, *, erase: bool) -> None:
    """Print a person's stored data; with `erase` remove name and id."""
    eraser = parse_person(by)
    with setting.history() as history:
        person = audit.find_person(history, name)
        if not erase:
            print_lines(audit.list_entry_lines(history, person))
            return
        order = audit.make_erasure_request(person, Person(f"{LOGIN}{eraser}", eraser), make_key())
    undelivered = once.give_order(setting, order, without="nothing was sent")
    say(
        "erased: what was done stays, without the name; backups that were made before still have it"
    )
    end_after_delivery(undelivered)


def _load_coverage(desk: CommandDesk, *, alone: bool) -> Coverage:
    """Load the ground of an export; one that stands `alone` may rest on watched pages too.

    Raises:
        MonitorError: there is none, so nothing to export.
    """
    covered = desk.coverage()
    if covered.is_empty and not (alone and _has_read_anything(desk)):
        raise MonitorError(explain_nothing_read(covered, str(desk.store)))
    return covered


def _has_read_anything(desk: CommandDesk) -> bool:
    if not has_store(desk.store):
        return False
    with History(desk.store, read_only=True) as history:
        return any(state.last_ok for state in history(troubles.load_source_healths).values())


def write_feeds(desk: CommandDesk, named: str) -> None:
    """A folder of feeds and calendars; what has not moved is not touched."""
    if not named.strip():
        raise ConfigError("--feed: names no folder")
    folder = Path(named)
    covered = _load_coverage(desk, alone=True)
    about = list(feeds.list_feed_subjects(desk.config.topics, desk.watched))
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except (OSError, ValueError) as failure:
        raise MonitorError(
            f"{files.shorten_path(folder)}: can't be made: {files.describe_os_error(failure)}"
        ) from failure
    with History(desk.store, read_only=True) as history:
        router = make_router(desk.config)
        key_dates = answers.load_key_dates(Knowledge(history), date.min, date.max)
        documents = feeds.iterate_feed_files(history, router, about, key_dates, desk.now)
        moved = [
            files.put(folder / name, redacted(body.decode()).encode()) for name, body in documents
        ]
    if desk.as_json:
        print_json({"folder": str(folder), "files": len(moved), "changed": sum(moved)})
    else:
        say(f"{folder}: {len(moved):,} feeds and calendars, {sum(moved):,} of them new or changed")
    desk.end(covered)


def pack_evidence(desk: CommandDesk, asked: tuple[str, ...], out: Path) -> None:
    """Write a pack of what is asked for, and print its sums."""
    sources = [source.id for source in desk.sources]
    desk.ask(
        lambda history: stories.load_dossier(
            history, asked, desk.thresholds, desk.watched, sources
        ),
        lambda dossier: _write_pack(desk, asked, dossier, out),
    )


def _write_pack(desk: CommandDesk, asked: tuple[str, ...], dossier: Dossier, out: Path) -> None:
    authority = desk.config.evidence.timestamp
    stamp = pack.make_stamper(authority, desk.config.fetch.name) if authority else None
    made = pack.write(Contents(asked, dossier, open_archive(desk.store)), out, stamp)
    shown = files.shorten_path(out)
    if desk.as_json:
        counted = {name: value for name, value in msgspec.structs.asdict(made).items() if value}
        print_json({"file": str(out), **counted})
    else:
        say(
            f"{shown}: acts and reports: {made.acts}; pages and files: {made.bodies}; records of"
            f" registers: {made.rows}"
        )
        say(
            f"quotes: {made.quotes}, {made.placed} at places in the words, {made.in_bytes} found in"
            " the bytes by Python alone"
        )
        say(f"SHA-256 of the pack: {made.sha256} (also in {shown}.sha256)")
        say(f"SHA-256 of its manifest: {made.manifest}")
        if made.timestamp:
            say(made.timestamp)
    for lacking in made.missing:
        note(f"monitor: {shown}: {lacking}")


def check_pack(file: Path, sha256: str, *, as_json: bool) -> None:
    """Check a pack, by this SHA-256 or that in the file beside it, and print what was found."""
    files.refuse(file, most=2**62)
    if sha256 and not verify.SHA256.fullmatch(sha256.lower()):
        raise ConfigError(
            f"--sha256: {sha256[:80]!r} is no SHA-256, which has 64 hexadecimal digits"
        )
    wrong = list(verify.find_complaints(file, (sha256 or verify.find_sidecar_hash(file)).lower()))
    lines = [] if wrong else list(verify.describe_pack(file))
    if as_json:
        print_json({"file": str(file), "refused": wrong, "checked": lines})
    else:
        for line in lines:
            say(f"ok: {line}")
        for line in wrong:
            note(f"monitor: {files.shorten_path(file)}: refused: {line}")
    end_command(not wrong)
