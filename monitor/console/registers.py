"""Show registers in the console: all of them, the records of one, and its changes."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from itertools import islice

from monitor import vocabulary
from monitor.ask import answers, asking, rows
from monitor.ask.absences import Absence, word_absence
from monitor.console.archived import Piece, mark_words
from monitor.console.desk import ConsoleDesk, Given, Shown, read_day
from monitor.errors import MonitorError
from monitor.model import frozen
from monitor.render import dates
from monitor.render.text import word_value
from monitor.store import (
    EditionTold,
    ListedOn,
    RegisterStatus,
)
from monitor.store import registers as stored_registers

ROWS = 100  # of a register on one page
CHANGES = 500  # rows of editions on one page
FIRST, LAST = date(1970, 1, 2), date(9999, 12, 30)  # of days that are moments in every zone


def show_registers(desk: ConsoleDesk, _: Given) -> Shown:
    """Show every register: those published whole, and those that acts make."""
    state = desk.history(stored_registers.list_register_statuses)
    standing = Counter(
        one.lifecycle.measure.register for one in desk.knowledge.timeline.on(desk.now.date())
    )
    made = {code: standing[code] for code in desk.registers_named}
    return {
        "title": "Registers",
        "unread": word_absence(Absence.REGISTER, {}, desk.coverage()),
        "unmade": word_absence(Absence.MADE, desk.knowledge.stale, desk.coverage()),
        "registers": [
            (rows.register(status), status.reader, vocabulary.register(status.code))
            for status in state
        ],
        "made": sorted(
            (vocabulary.register(code, own=True), code, number) for code, number in made.items()
        ),
    }


def show_register(desk: ConsoleDesk, given: Given) -> Shown:
    """Show a page of a register's records on a day with some words, and what changed between two
    days.
    """
    status = find_register(desk, given["reader"])
    listed = find_rows(desk, status, given, ROWS + 1)
    between = bool(given["since"] or given["until"])
    moved = (
        list(islice(_list_changes(find_changes(desk, status, given)), CHANGES + 1))
        if between
        else []
    )
    remarks = warn_too_early(status, given, "on", "since", "until")
    return {
        "title": vocabulary.register(status.code, own=True),
        "meaning": vocabulary.meaning(status.code),
        "reader": status.reader,
        "code": status.code,
        "given": given,
        "status": rows.register(status),
        "read_at": rows.format_utc(status.read_at),
        "rows": [_make_row(row, status.code) for row in listed[:ROWS]],
        "next": listed[ROWS - 1].row if len(listed) > ROWS else "",
        "changes": moved[:CHANGES],
        "older": len(moved) > CHANGES,
        "between": between,
        "no_row": word_absence(Absence.ROW, {}, desk.coverage(status.code)),
        "unchanged": word_absence(Absence.ROW_CHANGE, {}, desk.coverage(status.code)),
        "about_code": status.code,
        "remarks": remarks,
    }


def find_register(desk: ConsoleDesk, reader: str) -> RegisterStatus:
    """Find the register of a reader, or of its code.

    Raises:
        MonitorError: no register with this name was read yet.
    """
    read = desk.history(stored_registers.list_register_statuses)
    if of_it := next((status for status in read if reader in (status.reader, status.code)), None):
        return of_it
    near = asking.suggest_name(reader, [status.reader for status in read])
    raise MonitorError(
        f"no register that was read whole is called {reader!r}"
        + (f"; did you mean {near}?" if near else "")
    )


def warn_too_early(status: RegisterStatus, given: Given, *names: str) -> tuple[str, ...]:
    """Warn if one of these days is before the first read of the register."""
    asked = [on for name in names if (on := read_day(given, name))]
    return tuple(filter(None, [answers.explain_not_before([status], min(asked))])) if asked else ()


def find_rows(desk: ConsoleDesk, status: RegisterStatus, given: Given, most: int) -> list[ListedOn]:
    """Find the records of a register with the given words, on the given day or today."""
    on = read_day(given, "on") or vocabulary.today(status.code, desk.now)
    return desk.history(
        stored_registers.list_records_on,
        status.reader,
        _make_instant(on, time.max, status.code),
        given["q"],
        given["after"],
        most,
    )


def find_changes(desk: ConsoleDesk, status: RegisterStatus, given: Given) -> Iterator[EditionTold]:
    """Find the editions of a register that were read between two days."""
    since = read_day(given, "since") or FIRST
    until = read_day(given, "until") or vocabulary.today(status.code, desk.now)
    return desk.history.walk(
        stored_registers.list_editions,
        status.code,
        _make_instant(since, time.min, status.code),
        _make_instant(until, time.max, status.code),
    )


def _make_instant(on: date, at: time, code: str) -> datetime:
    """Return a time of day by the clock of a register's publisher."""
    return datetime.combine(min(max(on, FIRST), LAST), at, vocabulary.zone(code))


def _make_row(row: ListedOn, code: str) -> tuple[str, ...]:
    missing = (
        f"missing since {rows.format_utc(row.held)} without proof that it is gone"
        if row.held
        else "listed"
    )
    gone = (
        f"gone since {dates.format_local_date(vocabulary.today(code, row.gone).isoformat(), code)}"
        if row.gone
        else missing
    )
    return row.row, row.name, rows.format_utc(row.first_seen), gone


@frozen
class RowChange:
    """A changed record: when it was read, and each field before and after."""

    cells: tuple[str, ...]
    fields: tuple[tuple[str, tuple[Piece, ...], tuple[Piece, ...]], ...]


def _list_changes(editions: Iterable[EditionTold]) -> Iterator[RowChange]:
    for told in editions:
        for change in told.edition.changes:
            fields = (
                (name, *mark_words(word_value(old), word_value(new)))
                for name, (old, new) in change.fields.items()
            )
            yield RowChange(
                (rows.format_utc(told.at), change.action, change.id, change.name), tuple(fields)
            )
