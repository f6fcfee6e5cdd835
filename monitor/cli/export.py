"""`monitor export` and `evidence`: what is known, whole or what came since, as a file for a
spreadsheet or another program; or as a pack that others can check.
"""

import sys
from codecs import BOM_UTF8
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, BinaryIO

import msgspec
import typer
from typer import Argument, Context, Option

from monitor.cli.setting import (
    Json,
    Orderer,
    Setting,
    Unconfirmed,
    end_after_delivery,
    end_command,
    parse_day,
    parse_person,
)
from monitor.config import files
from monitor.config.outward import note, redacted, say
from monitor.config.stores import Store
from monitor.errors import ConfigError, MonitorError
from monitor.model import Value
from monitor.triage.values import Person

if TYPE_CHECKING:
    from monitor.ask import coverage as coverages
    from monitor.ask import exports
    from monitor.cli import ask
    from monitor.store import Dossier
    from monitor.store.screenings import KeptScreening

FEED_ALONE = (
    "--feed: a folder of feeds has neither KIND, --format, --since nor --out; name it alone"
)
OF_A_RECORD = (
    "--until, --steps, --person and --erase go with an audit or screenings: monitor export audit"
)
STDOUT = "-"
AUDIT, SCREENINGS = "audit", "screenings"
ZIP = "zip"  # a record that others can check
Days = tuple[datetime | None, datetime | None]  # from when, and before when
OFTEN = 500  # records between two progress reports


class Exported(Value, kw_only=True):
    """The result of an export, for programs; `cursor` is for the next --since, if there is one."""

    kind: str
    file: str
    records: int
    nobody: int = 0
    cursor: str


Form = Annotated[
    str,
    Option(
        "--format",
        metavar="FORM",
        help="csv, jsonl, or ftm (FollowTheMoney) of entities and rows.",
    ),
]


Kind = Annotated[
    str,
    Argument(
        metavar="KIND",
        help="acts, measures, entities, items, rows, alerts, audit (of triage), screenings.",
    ),
]


Since = Annotated[
    str | None,
    Option(
        metavar="DATE|CURSOR",
        help="Only what came since: a day, or what the last export printed.",
    ),
]


Erase = Annotated[
    bool,
    Option("--erase", help="With --person: remove the name; of screenings: answers about it."),
]


Feed = Annotated[
    str | None,
    Option("--feed", metavar="DIR", help="Instead: alerts as Atom feeds, and calendars."),
]


Until = Annotated[
    str | None, Option(metavar="DATE", help="For an audit or screenings: the last day (UTC).")
]


Steps = Annotated[bool, Option("--steps", help="For an audit: a row a step, not an alert.")]


PersonOption = Annotated[
    str, Option(metavar="PERSON", help="For an audit: all stored data of a person.")
]


def export(
    context: Context,
    kind: Kind = "",
    form: Form = "",
    out: Annotated[str, Option("--out", metavar="FILE", help="Where to; - is stdout.")] = STDOUT,
    since: Since = None,
    until: Until = None,
    steps: Steps = False,
    person: PersonOption = "",
    erase: Erase = False,
    by: Orderer = "",
    feed: Feed = None,
    unconfirmed: Unconfirmed = False,
    as_json: Json = False,
) -> None:
    """Write what is known as files for spreadsheets, programs and feed readers: all of it, or
    what came since.
    """
    setting: Setting = context.obj
    if feed is not None:
        if kind or form or since or out != STDOUT:
            raise ConfigError(FEED_ALONE)
        _write_feeds(setting.desk(as_json=as_json), feed)
    elif unconfirmed:
        _export_known(setting, "unconfirmed", out, form, since, part=kind, as_json=as_json)
    elif kind in (AUDIT, SCREENINGS):
        within = _parse_days(since, until)
        _export_record(
            setting, kind, out, form, within, steps=steps, person=person, erase=erase, by=by
        )
    elif until or steps or person or erase:
        raise ConfigError(OF_A_RECORD)
    else:
        _export_known(setting, kind, out, form, since, as_json=as_json)


def _export_known(
    setting: Setting,
    kind: str,
    out: str,
    form: str,
    since: str | None,
    *,
    part: str = "",
    as_json: bool,
) -> None:
    """Write what is known of this kind, and last its ground."""
    from monitor.ask import exports

    exports.find_kind(kind)
    form = exports.check_form(_choose_form(form, out), kind)
    if as_json and out == STDOUT:
        raise ConfigError(
            "--json prints a summary on stdout, where the export goes too; name a file with --out"
        )
    if kind == exports.UNCONFIRMED and since:
        raise ConfigError("--since: what is unconfirmed is always written whole")
    desk = setting.desk(as_json=as_json)
    covered = _load_coverage(desk, alone=kind == exports.ALERTS)
    _print_summary(_write_known(desk, kind, part, out, form, since), as_json=as_json)
    if out == STDOUT:
        note(desk.line(covered))
    else:
        desk.end(covered)


def _write_known(
    desk: "ask.CommandDesk", kind: str, part: str, out: str, form: str, since: str | None
) -> Exported:
    """Write the records of this kind, or the unconfirmed ones of a `part`, since a cursor."""
    from monitor import store as histories
    from monitor.ask import exports
    from monitor.store import exported

    with histories.History(desk.store, read_only=True) as history:
        begins, ends = exports.parse_since(since, history), history(exported.make_cursor)
        records = (
            exports.walk_unconfirmed(part, history)
            if part
            else exports.find_kind(kind).walk(desk.knowledge(history), begins, desk.now)
        )
        all_rows = kind == "rows" and begins == histories.BEGINNING
        total = history(exported.count_register_rows) if all_rows else None
        tally = _write_records(records, kind, out, form, total)
    cursor = "" if kind == exports.UNCONFIRMED else exports.format_cursor(ends)
    return Exported(kind=kind, file=out, records=tally.records, nobody=tally.nobody, cursor=cursor)


def _write_records(
    records: Iterable[Any], kind: str, out: str, form: str, total: int | None
) -> "exports.Tally":
    """Write the records, with progress on the terminal; `total` is None if unknown."""
    from monitor.ask import exports
    from monitor.cli import progress

    tally = exports.Tally()
    with (
        _open_place(out, marked=form == exports.CSV) as file,
        progress.count_progress(kind, total) as came_on,
    ):
        _write_pieces(file, exports.write_records(kind, form, records, tally), tally, came_on)
    return tally


def _export_record(
    setting: Setting,
    kind: str,
    out: str,
    form: str,
    within: Days,
    *,
    steps: bool,
    person: str,
    erase: bool,
    by: str,
) -> None:
    """Write people's actions, or screenings; or print or erase a person's stored data."""
    if erase and not person:
        raise ConfigError("--erase: name the person with --person")
    if kind == SCREENINGS and (steps or (person and not erase)):
        raise ConfigError("screenings: --steps goes with an audit, and --person with --erase")
    if kind == SCREENINGS and person:
        _erase_answers(setting, person, by)
    elif kind == SCREENINGS:
        _export_screenings(setting, out, form, within)
    elif person:
        _export_person(setting, person, by, erase=erase)
    else:
        _export_audit(setting, out, within, every_step=steps)


def _export_audit(setting: Setting, out: str, within: Days, *, every_step: bool) -> None:
    """Write who got each alert, who took and decided it, a row an alert or a step, as CSV without
    formulas.
    """
    from monitor.ask import audit

    with setting.history() as history:
        text = (audit.format_step_rows if every_step else audit.format_alert_rows)(history, *within)
    with _open_place(out, marked=False) as file:
        file.write(text.encode())
    (note if out == STDOUT else say)(f"{out}: {max(text.count(chr(10)) - 1, 0)} rows")


def _parse_days(since: str | None, until: str | None) -> Days:
    """Parse the ends of a period; days are UTC."""
    first = datetime.combine(parse_day("--since", since), time(), UTC) if since else None
    return first, (
        datetime.combine(parse_day("--until", until), time(), UTC) + timedelta(days=1)
        if until
        else None
    )


def _erase_answers(setting: Setting, name: str, by: str) -> None:
    """Erase all answers about a name; only their sums show it."""
    from monitor.cli import triage
    from monitor.render.words import format_count
    from monitor.run import record
    from monitor.store.screenings import ScreeningOrder

    who = parse_person(by)
    count = record.record_screening(
        setting.store,
        ScreeningOrder(person=Person(f"{triage.LOGIN}{who}", who), via="", erase=name),
    )
    say(
        f"erased: {format_count(count, 'answer')}; the sums stay, and backups that were made before"
        " still have what was erased"
    )


def _export_screenings(setting: Setting, out: str, form: str, within: Days) -> None:
    """Write the screenings, and mark each that differs from its record."""
    from monitor.ask import exports
    from monitor.store import screenings

    form = _choose_form(form, out)
    if form != ZIP:
        exports.check_form(form, "acts")
    sound: dict[int, bool] = {}
    with setting.history() as history:

        def walk() -> Iterator["KeptScreening"]:
            for kept in history.walk(screenings.iterate_screenings, *within):
                sound[kept.number] = kept.is_sound
                yield kept

        _write_screenings(walk, out, form)
    (note if out == STDOUT else say)(f"{out}: {len(sound)} screenings")
    changed = [number for number, is_sound in sound.items() if not is_sound]
    for number in changed:
        note(f"monitor: screening {number} is not as it was recorded, or one before it is missing")
    end_command(not changed)


def _write_screenings(walk: "Callable[[], Iterator[KeptScreening]]", out: str, form: str) -> None:
    """Write them as a pack that others can check, as CSV, or else as a line of JSON each."""
    from monitor.ask import exports
    from monitor.ask import screenings as answers
    from monitor.evidence import pack
    from monitor.model import to_json

    def write_lines() -> Iterator[bytes]:
        return (to_json(answers.export_screening(kept)) + b"\n" for kept in walk())

    if form == ZIP:
        sha256 = pack.write_screenings(write_lines, Path(out))
        say(f"SHA-256 of the pack: {sha256}; `monitor evidence --verify` checks it")
        return
    is_csv = form == exports.CSV
    rows = (row for kept in walk() for row in answers.list_rows(kept))
    with _open_place(out, marked=is_csv) as file:
        pieces = exports.write_csv(answers.COLUMNS, rows) if is_csv else write_lines()
        _write_pieces(file, pieces, exports.Tally(), lambda _: None)


def _choose_form(form: str, out: str) -> str:
    """Return the given form, else that of the file name, else CSV."""
    from monitor.ask import exports

    return form or Path(out).suffix.lower().removeprefix(".") or exports.CSV


def _export_person(setting: Setting, name: str, by: str, *, erase: bool) -> None:
    """Print a person's stored data; with `erase` remove name and id."""
    from monitor.ask import audit
    from monitor.cli import once, output, triage
    from monitor.run import control
    from monitor.run import triage as desk

    eraser = parse_person(by)
    with setting.history() as history:
        person = audit.find_person(history, name)
        if not erase:
            output.print_lines(audit.list_entry_lines(history, person))
            return
        order = audit.make_erasure_request(
            person, Person(f"{triage.LOGIN}{eraser}", eraser), desk.make_key()
        )
    undelivered = once.give_order(setting, control.Poll(triage=order), without="nothing was sent")
    say(
        "erased: what was done stays, without the name; backups that were made before still have it"
    )
    end_after_delivery(undelivered)


def _load_coverage(desk: "ask.CommandDesk", *, alone: bool) -> "coverages.Coverage":
    """Load the ground of an export; one that stands `alone` may rest on watched pages too.

    Raises:
        MonitorError: there is none, so nothing to export.
    """
    from monitor.ask import coverage as coverages

    covered = desk.coverage()
    if covered.is_empty and not (alone and _read_anything(desk.store)):
        raise MonitorError(coverages.explain_nothing_read(covered, str(desk.store)))
    return covered


def _read_anything(store: Store) -> bool:
    from monitor import store as histories
    from monitor.store import troubles

    if not histories.has_store(store):
        return False
    with histories.History(store, read_only=True) as history:
        return any(state.last_ok for state in history(troubles.load_source_healths).values())


def _write_feeds(desk: "ask.CommandDesk", named: str) -> None:
    """A folder of feeds and calendars; what has not moved is not touched."""
    if not named.strip():
        raise ConfigError("--feed: names no folder")
    folder = Path(named)
    from monitor import store as histories
    from monitor.alert import route as routes
    from monitor.ask import answers, feeds
    from monitor.cli import output

    covered = _load_coverage(desk, alone=True)
    about = list(feeds.list_feed_subjects(desk.config.topics, desk.watched))
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except (OSError, ValueError) as failure:
        raise MonitorError(
            f"{files.shorten_path(folder)}: can't be made: {files.describe_os_error(failure)}"
        ) from failure
    with histories.History(desk.store, read_only=True) as history:
        router = routes.Router(desk.config.routes, desk.config.topics)
        key_dates = answers.load_key_dates(history, date.min, date.max)
        documents = feeds.iterate_feed_files(history, router, about, key_dates, desk.now)
        moved = [
            files.put(folder / name, redacted(body.decode()).encode()) for name, body in documents
        ]
    if desk.as_json:
        output.print_json({"folder": str(folder), "files": len(moved), "changed": sum(moved)})
    else:
        say(f"{folder}: {len(moved):,} feeds and calendars, {sum(moved):,} of them new or changed")
    desk.end(covered)


@contextmanager
def _open_place(out: str, *, marked: bool) -> Iterator[BinaryIO]:
    """Open the output of an export. A CSV file begins with a mark: without it spreadsheets do not
    see UTF-8.
    """
    if out == STDOUT:
        sys.stdout.flush()
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    with files.open_atomic(Path(out)) as file:
        if marked:
            file.write(BOM_UTF8)
        yield file


def _write_pieces(
    file: BinaryIO, pieces: Iterator[bytes], tally: "exports.Tally", came_on: Callable[[int], None]
) -> None:
    told = 0
    for piece in pieces:
        file.write(redacted(piece.decode()).encode())
        if tally.records - told >= OFTEN:
            came_on(tally.records - told)
            told = tally.records


def _print_summary(exported: Exported, *, as_json: bool) -> None:
    """Print the result, and the start of the next export."""
    from monitor.cli import output

    if as_json:
        output.print_json(exported)
        return
    nobody = (
        f", of which {exported.nobody:,} list nobody and are left out" if exported.nobody else ""
    )
    further = f"; what comes after them: --since {exported.cursor}" if exported.cursor else ""
    line = f"{exported.file}: {exported.records:,} {exported.kind}{nobody}{further}"
    (note if exported.file == STDOUT else say)(line)


# `monitor evidence`: pack the evidence of an act or a name so that others can check it alone; or
# check a pack.

Asked = Annotated[
    list[str] | None,
    Argument(metavar="ACT|NAME", help="As for `monitor show`: an act, a name, goods, a code."),
]


Sha256 = Annotated[
    str,
    Option("--sha256", metavar="HEX", help="With --verify: what the whole pack should have."),
]


Out = Annotated[Path | None, Option("--out", metavar="FILE", help="The pack: a new .zip.")]


def evidence(
    context: Context,
    asked: Asked = None,
    out: Out = None,
    check: Annotated[
        Path | None, Option("--verify", metavar="FILE", help="Instead: check a pack, offline.")
    ] = None,
    sha256: Sha256 = "",
    as_json: Json = False,
) -> None:
    """Pack the bytes, quotes, readings and messages of an act or a name for others to check; or
    check a pack.
    """
    from monitor.ask import stories
    from monitor.cli.setting import Setting

    if check:
        if asked or out:
            raise ConfigError("--verify checks a pack, and takes nothing else but --sha256")
        _check_pack(check, sha256, as_json=as_json)
        return
    if not asked or out is None:
        raise ConfigError(
            "name what to pack and the file: monitor evidence mofcom-2025-61 --out pack.zip;"
            " --verify FILE checks one"
        )
    setting: Setting = context.obj
    desk = setting.desk(as_json=as_json)
    desk.ask(
        lambda history: stories.load_dossier(
            history, asked, desk.thresholds, desk.watched, [source.id for source in desk.sources]
        ),
        lambda dossier: _write_pack(desk, tuple(asked), dossier, out),
    )


def _write_pack(
    desk: "ask.CommandDesk", asked: tuple[str, ...], dossier: "Dossier", out: Path
) -> None:
    from monitor.cli import output
    from monitor.evidence import contents, pack
    from monitor.store import archive

    authority = desk.config.evidence.timestamp
    stamp = pack.make_stamper(authority, desk.config.fetch.name) if authority else None
    made = pack.write(
        contents.Contents(asked, dossier, archive.open_archive(desk.store)), out, stamp
    )
    if desk.as_json:
        output.print_json(
            {
                "file": str(out),
                **{name: value for name, value in msgspec.structs.asdict(made).items() if value},
            }
        )
    else:
        shown = files.shorten_path(out)
        say(
            f"{shown}: {made.acts} acts and reports, {made.bodies} pages and files, {made.rows}"
            " records of registers"
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
        note(f"monitor: {files.shorten_path(out)}: {lacking}")


def _check_pack(file: Path, sha256: str, *, as_json: bool) -> None:
    from monitor.cli import output
    from monitor.evidence import verify

    files.refuse(file, most=2**62)
    if sha256 and not verify.SHA256.fullmatch(sha256.lower()):
        raise ConfigError(
            f"--sha256: {sha256[:80]!r} is no SHA-256, which has 64 hexadecimal digits"
        )
    wrong = list(verify.find_complaints(file, (sha256 or verify.find_sidecar_hash(file)).lower()))
    lines = [] if wrong else list(verify.describe_pack(file))
    if as_json:
        output.print_json({"file": str(file), "refused": wrong, "checked": lines})
    else:
        for line in lines:
            say(f"ok: {line}")
        for line in wrong:
            note(f"monitor: {files.shorten_path(file)}: refused: {line}")
    if wrong:
        raise typer.Exit(1)
