"""The pages of registers, of our own watch list and of the sources, as values for their templates."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice
from statistics import median
from typing import Any

from monitor import vocabulary
from monitor.console.desk import ConsoleDesk
from monitor.console.question import Given, day
from monitor.errors import ConfigError, MonitorError
from monitor.history import EditionTold, ListedOn, RegisterStatus, Stretch, cases, looks, vitals, watched
from monitor.history import registers as stored_registers
from monitor.model import FieldValue, Problem, RowChange
from monitor.pipeline import answers, asking, rows
from monitor.pipeline import lines as case_lines
from monitor.pipeline.answers import SourceState, State
from monitor.pipeline.life import metrics
from monitor.pipeline.screen import Asking, entries_of, findings, remarks_on_file, summary
from monitor.render import dates, words
from monitor.source.health.words import kind_words
from monitor.source.schedule import is_stale
from monitor.source.scraper import Source
from monitor.watch import lists
from monitor.watch.lists import Imported

Shown = dict[str, Any]
ROWS = 100  # of a register on one page
CHANGES = 500  # rows of editions on one page
FIRST, LAST = date(1970, 1, 2), date(9999, 12, 30)  # of days that are moments in every zone
STRIP = 90  # days
NAMES = 500  # of one screening: whoever asks next waits for it
CASES = 50  # events, of those that were told last
FOUND = 1_000  # rows of an answer that are shown
WELL, LATE, NEVER = "well", "not read as often as they should be", "never read"
ROW_HEADS = ("record", "name", "first seen", "state")
CHANGE_HEADS = ("read", "what", "record", "name", "fields")


def registers(desk: ConsoleDesk) -> Shown:
    """Every register: those that are published whole, and those that acts make."""
    state = desk.history(stored_registers.statuses)
    standing = Counter(one.lifecycle.measure.register for one in desk.knowledge.timeline.on(desk.now.date()))
    made = {code: standing[code] for code in desk.registers_named}
    return {
        "title": "Registers",
        "heads": rows.REGISTERS,
        "registers": [(rows.register(status), status.reader, vocabulary.register(status.code)) for status in state],
        "made": sorted((vocabulary.register(code, own=True), code, number) for code, number in made.items()),
        "coverage": desk.line(desk.resting()),
    }


def register(desk: ConsoleDesk, given: Given) -> Shown:
    """The rows of a register on a day that hold some words, a page of them; what changed between two days."""
    status = register_of(desk, given["reader"])
    listed = rows_of(desk, status, given, ROWS + 1)
    between = bool(given["since"] or given["until"])
    moved = list(islice(_changes(changes(desk, status, given)), CHANGES + 1)) if between else []
    remarks = too_early(status, given, "on", "since", "until")
    return {
        "title": vocabulary.register(status.code, own=True),
        "meaning": vocabulary.meaning(status.code),
        "reader": status.reader,
        "code": status.code,
        "given": given,
        "heads": rows.REGISTERS,
        "status": rows.register(status),
        "row_heads": ROW_HEADS,
        "rows": [_row(row, status.code) for row in listed[:ROWS]],
        "next": listed[ROWS - 1].row if len(listed) > ROWS else "",
        "change_heads": CHANGE_HEADS,
        "changes": moved[:CHANGES],
        "older": len(moved) > CHANGES,
        "between": between,
        "remarks": remarks,
        "coverage": desk.line(desk.resting(status.code, remarks)),
    }


def register_of(desk: ConsoleDesk, reader: str) -> RegisterStatus:
    """The register of a reader, or of its code.

    Raises:
        MonitorError: none was ever read that is called so.
    """
    read = desk.history(stored_registers.statuses)
    if of_it := next((status for status in read if reader in (status.reader, status.code)), None):
        return of_it
    near = asking.nearest(reader, [status.reader for status in read])
    raise MonitorError(f"no register that was read whole is called {reader!r}" + (f"; did you mean {near}?" if near else ""))


def too_early(status: RegisterStatus, given: Given, *names: str) -> tuple[str, ...]:
    """What is to be said where one of the days that are asked for under these names is before the register was first read."""
    asked = [on for name in names if (on := day(given, name))]
    return tuple(filter(None, [answers.not_before([status], min(asked))])) if asked else ()


def rows_of(desk: ConsoleDesk, status: RegisterStatus, given: Given, most: int) -> list[ListedOn]:
    """The rows of a register that hold the words that are asked for; on the day that is, else today."""
    on = day(given, "on") or vocabulary.today(status.code, desk.now)
    return desk.history(
        stored_registers.rows_on, status.reader, _moment(on, time.max, status.code), given["q"], given["after"], most
    )


def changes(desk: ConsoleDesk, status: RegisterStatus, given: Given) -> Iterator[EditionTold]:
    """The editions of a register that were read between the days that are asked for."""
    since = day(given, "since") or FIRST
    until = day(given, "until") or vocabulary.today(status.code, desk.now)
    return desk.history.walk(
        stored_registers.editions, status.code, _moment(since, time.min, status.code), _moment(until, time.max, status.code)
    )


def _moment(on: date, at: time, code: str) -> datetime:
    """A time of a day of the publisher of a register."""
    return datetime.combine(min(max(on, FIRST), LAST), at, vocabulary.zone(code))


def _row(row: ListedOn, code: str) -> tuple[str, ...]:
    missing = f"missing since {rows.moment(row.held)} without proof that it is gone" if row.held else "listed"
    gone = f"gone since {dates.local(vocabulary.today(code, row.gone).isoformat(), code)}" if row.gone else missing
    return row.row, row.name, rows.moment(row.first_seen), gone


def _changes(editions: Iterable[EditionTold]) -> Iterator[tuple[str, ...]]:
    for told in editions:
        for change in told.edition.changes:
            yield rows.moment(told.at), change.action, change.id, change.name, _fields(change)


def _fields(change: RowChange) -> str:
    return "; ".join(f"{name}: {_value(old)} → {_value(new)}" for name, (old, new) in change.fields.items())


def _value(value: FieldValue) -> str:
    return (value if isinstance(value, str) else ", ".join(value)) or "nothing"


def watch_list_page(desk: ConsoleDesk) -> Shown:
    """The watch list, what of it is listed, what people decided; and the form to screen with."""
    covered = desk.resting()
    entries = desk.watched
    answer = desk.matches()
    found = [finding for finding in findings(answer) if finding.score]
    return {
        "title": "Us",
        "entries": [(entry.key, entry.name, entry.owner, entry.origin.rpartition("/")[2] or "the store") for entry in entries],
        "found": found[:FOUND],
        "more": max(len(found) - FOUND, 0),
        "unusable": answer.unusable,
        "case_heads": case_lines.CASE_HEADS,
        "cases": list(_touching(desk)),
        "looked_at": CASES,
        "decisions": [(one.entry, one.subject_name, one.by, dates.day(one.at)) for one in desk.history(watched.dismissals)],
        "most": NAMES,
        "coverage": desk.line(covered),
    }


def _touching(desk: ConsoleDesk) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Of what was told last that which touches the watch list, or may: how it stands, and which entries that is about."""
    for case in desk.history(cases.cases, every=True, limit=CASES):
        if case.matches:
            yield (
                case_lines.case_row(case_lines.case_line(desk.history, case)),
                tuple(dict.fromkeys(match.entry for match in case.matches)),
            )


def asked_of(text: str, file: str = "", body: bytes = b"") -> Asking:
    """What a person pasted, a name, a tariff number or a code a line, and the rows of a file, where one is given.

    No line is ever taken for the name of a file.

    Raises:
        ConfigError: the file is no list; there is nothing to screen, or more than can be screened here.
    """
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    read = lists.entries(_named(file), body, None, {}, every=True) if file or body else Imported(entries=())
    if not lines and not read.entries:
        raise ConfigError("say whom or what to screen: a name a line, or a file with a list")
    if len(lines) + len(read.entries) > NAMES:
        raise ConfigError(f"more than {NAMES} names; `monitor screen FILE` takes any number")
    pasted = (entry for line in lines for entry in entries_of(line))
    return Asking((*pasted, *read.entries), read.taken, remarks_on_file(read))


def _named(file: str) -> str:
    """What a file is called, wherever it lay."""
    return file.replace("\\", "/").rpartition("/")[2] or "file"


def screened(desk: ConsoleDesk, asked: Asking) -> Shown:
    """What a screening found."""
    covered = desk.resting()
    answer = desk.screening(asked, desk.lists_of_others)
    found = findings(answer)
    return {
        "title": "Screened",
        "summary": summary(answer, found),
        "found": found[:FOUND],
        "more": max(len(found) - FOUND, 0),
        "coverage": desk.line(covered),
    }


@dataclass(frozen=True, slots=True)
class Day:
    """One day of a source's strip: `read`, `trouble` or `unread`."""

    left: float
    state: str


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A source, how it is doing, its last ninety days as a picture and in words."""

    cells: tuple[str, ...]
    days: tuple[Day, ...]
    text: str


def sources(desk: ConsoleDesk) -> Shown:
    """Every source: how it is doing by cause, its last ninety days, how long after publication it was told."""
    covered = desk.resting()
    state = desk.state()
    first = desk.now - timedelta(days=STRIP)
    stretches: dict[str, list[Stretch]] = defaultdict(list)
    for stretch in desk.history(looks.stretches, first):
        stretches[stretch.about].append(stretch)
    return {
        "title": "Sources",
        "troubles": [rows.trouble(trouble) for trouble in state.troubles],
        "trouble_heads": rows.TROUBLES,
        "causes": _causes(desk, state),
        "heads": [head for head, used in zip(rows.STATES, _used(state.sources), strict=True) if used],
        "used": list(_used(state.sources)),
        "sources": [_source(source, stretches[source.source], desk.now) for source in sorted(state.sources, key=_by_need)],
        "alerts": _times(desk),
        "width": round(100 / STRIP, 2),
        "coverage": desk.line(covered),
    }


def _by_need(state: SourceState) -> tuple[bool, bool, bool, str]:
    """What fails first, then what leaves pages unread, then what is well, and what was never read at the end."""
    return state.problem is None, not state.unread, state.last_ok is None, state.source


def _used(states: tuple[SourceState, ...]) -> Iterator[bool]:
    """Which columns say anything."""
    told = list(map(rows.source, states))
    return (place == 0 or any(cells[place] for cells in told) for place in range(len(rows.STATES)))


def _causes(desk: ConsoleDesk, state: State) -> list[tuple[str, str]]:
    """How many sources are well, and how many are not, of each cause."""
    doubts = {trouble.about: trouble.problem for trouble in reversed(state.troubles)}  # the gravest comes first, and stays
    counted = Counter(
        _cause(desk, source, one.problem or doubts.get(source.id), one.last_ok)
        for source, one in zip(desk.sources, state.sources, strict=True)
    )
    first = [(cause, counted.pop(cause, 0)) for cause in (WELL, LATE, NEVER)]
    return [(cause, words.things(number, "source")) for cause, number in (*first, *counted.most_common()) if number]


def _cause(desk: ConsoleDesk, source: Source, problem: Problem | None, last_ok: datetime | None) -> str:
    """Why a source is not well; or that it is, which nobody knows of one that should have been read since."""
    if problem:
        return kind_words(problem.kind)
    if last_ok is None:
        return NEVER
    return LATE if is_stale(source, last_ok, desk.config.health.patience, desk.now) else WELL


def _source(state: SourceState, stretches: list[Stretch], now: datetime) -> SourceLine:
    days = tuple(
        Day(round(100 * number / STRIP, 2), _of_day(stretches, now - timedelta(days=STRIP - number), now))
        for number in range(STRIP)
    )
    counted = Counter(day.state for day in days)
    text = f"of the last {STRIP} days {counted['read']} read, {counted['trouble']} with trouble, {counted['unread']} not read"
    return SourceLine(rows.source(state), days, text)


def _of_day(stretches: list[Stretch], begins: datetime, now: datetime) -> str:
    ends = begins + timedelta(days=1)
    during = [stretch for stretch in stretches if stretch.since < ends and (stretch.until or now) >= begins]
    if any(stretch.kind for stretch in during):
        return "trouble"
    return "read" if during else "unread"


def _times(desk: ConsoleDesk) -> list[tuple[str, str, str, str]]:
    """By authority that says the minute: how many alerts of the last ninety days, and how long after publication they arrived."""
    lasted: dict[str, list[float]] = defaultdict(list)
    for alert in desk.history(vitals.told_after, desk.now - timedelta(days=STRIP)):
        after = metrics.time_to_alert(alert) if "T" in alert.published else None
        if after is not None:
            lasted[alert.authority].append(after.total_seconds())
    return [
        (vocabulary.authority(code), words.things(len(times), "alert"), words.about(median(times)), words.about(max(times)))
        for code, times in sorted(lasted.items())
    ]
