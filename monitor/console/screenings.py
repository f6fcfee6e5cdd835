"""Screen in the console, and show recorded screenings to their askers and to deciders."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, fields
from functools import partial

import msgspec

from monitor.ask import cases, exports, rows
from monitor.ask.absences import Absence, word_absence
from monitor.ask.findings import Finding, FindingState, make_findings, summarize_screening
from monitor.ask.screen import Asking, make_entries
from monitor.ask.screening_file import make_result
from monitor.ask.screenings import (
    Answer,
    Head,
    describe_findings,
    describe_recorded,
    find_answers,
    list_differing,
    list_recorded,
)
from monitor.ask.watchlist import list_file_remarks
from monitor.clock import format_instant
from monitor.console.desk import FOUND, ConsoleDesk, Given, Shown, make_person, read_number
from monitor.console.guard import Asker, make_token
from monitor.errors import ConfigError, MonitorError
from monitor.model import frozen
from monitor.render import dates, words
from monitor.store import handling, watched
from monitor.store import screenings as stored
from monitor.store.screenings import KeptScreening, ListHeld
from monitor.watch import lists
from monitor.watch.lists import Imported

UNRECORDED = "not recorded: what `monitor serve` prints says why"
NAMES = 500  # of one screening: the next asker waits for it
NEWEST = 200  # screenings on record in which a name is looked for
WITHIN = f"of the newest {NEWEST} on record"


@frozen
class ScreenedRow:
    """A recorded screening of a name: when, by whom, and what it found."""

    screening: str
    at: str
    by: str
    asked: str
    found: str


ROW_HEADS = tuple(field.name for field in fields(ScreenedRow))


def parse_questions(
    text: str, file: str = "", body: bytes = b"", headings: Mapping[str, str] | None = None
) -> Asking:
    """Parse pasted lines (a name, a tariff number or a code each) and the rows of a file, if any;
    `headings` explains unknown ones.

    A line is never taken for a file name.

    Raises:
        ConfigError: the file is no list, or there is nothing or too much to screen.
    """
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    named = file.replace("\\", "/").rpartition("/")[2] or "file"  # wherever it lay
    read = (
        lists.read_entries(named, body, None, headings, every=True)
        if file or body
        else Imported(entries=())
    )
    if not lines and not read.entries:
        raise ConfigError("say whom or what to screen: a name a line, or a file with a list")
    if len(lines) + len(read.entries) > NAMES:
        raise ConfigError(f"more than {NAMES} names; `monitor screen FILE` takes any number")
    pasted = (entry for line in lines for entry in make_entries(line))
    return Asking((*pasted, *read.entries), read.taken, list_file_remarks(read))


def show_screening(desk: ConsoleDesk, asked: Asking, who: str) -> Shown:
    """Show what a screening found, how its columns were read, and whether it was recorded."""
    answer = desk.screening(asked, desk.lists_of_others)
    found, number = make_findings(answer), desk.keep_record(answer, who)
    summary = [
        line
        for line in summarize_screening(answer, found)
        if line not in (*asked.taken, *asked.unusable)
    ]
    return _show_findings(found, number) | {
        "title": "Screened",
        "summary": [*summary, *([] if number else [UNRECORDED])],
        "taken": asked.taken,
        "unusable": asked.unusable,
    }


def group_by_name(found: Iterable[Finding]) -> list[list[Finding]]:
    """Group findings by name, in the order of the findings."""
    by_name: dict[tuple[str, str], list[Finding]] = defaultdict(list)
    for finding in found:
        by_name[finding.row, finding.asked].append(finding)
    return list(by_name.values())


def _show_findings(found: list[Finding], number: int) -> Shown:
    return {
        "number": number,
        "found": group_by_name(found[:FOUND]),
        "more": max(len(found) - FOUND, 0),
    }


def show_recorded(desk: ConsoleDesk, given: Given) -> Shown:
    """Show a recorded screening: its asker, its lists, and what it found then."""
    kept = load_screening(desk, read_number(given, "number"), given.asker)
    head = msgspec.json.decode(kept.head, type=Head)
    return _show_findings(list_recorded(kept), kept.number) | {
        "title": "Screening",
        "title_of": kept.number,
        "said": describe_recorded(kept),
        "lists": [
            (
                one.list,
                *map(dates.format_date, (one.as_of, one.read_at)),
                f"{one.entries:,}",
                one.problem,
            )
            for one in head.lists
        ],
        "unusable": head.remarks,
    }


def load_screening(desk: ConsoleDesk, number: int, asker: Asker) -> KeptScreening:
    """Load a recorded screening that this asker may read.

    Raises:
        MonitorError: there is none of that number for them.
    """
    kept = desk.history(stored.load_screening, number)
    if kept is None or not may_read(kept, asker):
        raise MonitorError(f"no screening has the number {number} that you may read")
    return kept


def may_read(kept: KeptScreening, asker: Asker) -> bool:
    """Return whether the screening is the asker's own, or the asker may read all."""
    return asker.reads_all or kept.handle == make_person(asker.who).handle


def list_screenings(desk: ConsoleDesk, name: str, asker: Asker) -> Shown:
    """Our screenings of a name, the newest first, or that none is on record."""
    return {
        "of": name,
        "searched": WITHIN,
        "screened_heads": ROW_HEADS,
        "screened": [astuple(row) for row in find_rows(desk, name, asker)],
        "unscreened": word_absence(Absence.SCREENING, {}, newest=NEWEST),
    }


def find_rows(desk: ConsoleDesk, name: str, asker: Asker) -> Iterator[ScreenedRow]:
    """Yield the answers about a name that the asker may read, as rows."""
    for kept, _, answer in find_answers_about(desk, name, asker):
        yield ScreenedRow(
            str(kept.number),
            rows.format_utc(kept.at),
            kept.by,
            answer.name,
            _describe_found(answer.found),
        )


def _describe_found(found: Sequence[Finding]) -> str:
    """Describe what was found, and count owners and members of the group apart."""
    own = [finding for finding in found if not finding.tie] or found[:1]
    tied = len(found) - len(own)
    said, more = describe_findings(own), words.format_count(tied, "tied name")
    if not tied:
        return said
    return more if said == FindingState.NOTHING else f"{said}; {more}"


def find_answers_about(
    desk: ConsoleDesk, name: str, asker: Asker
) -> list[tuple[KeptScreening, int, Answer]]:
    """Find the answers about a name in the newest screenings that the asker may read."""
    recent = desk.history.walk(stored.iterate_recent, NEWEST)
    return list(find_answers((kept for kept in recent if may_read(kept, asker)), name))


def write_screenings(desk: ConsoleDesk, given: Given) -> bytes:
    """Our screenings of a name, with a mark for spreadsheets."""
    found = map(astuple, find_rows(desk, given["of"], given.asker))
    return exports.write_sheet(ROW_HEADS, found)


def write_csv(desk: ConsoleDesk, given: Given) -> bytes:
    """Write what a screening found as CSV, marked for spreadsheets."""
    return _write_result(desk, given, ".csv")


def write_workbook(desk: ConsoleDesk, given: Given) -> bytes:
    """Write what a screening found as a workbook, with its lists on a sheet of their own."""
    return _write_result(desk, given, ".xlsx")


def _write_result(desk: ConsoleDesk, given: Given, form: str) -> bytes:
    kept = load_screening(desk, read_number(given, "of"), given.asker)
    head = msgspec.json.decode(kept.head, type=Head)
    held = (f"compared with {_describe_list(one)}" for one in head.lists)
    notes = [f"screening {kept.number}", *describe_recorded(kept), *held, *head.remarks]
    return make_result(form, list_recorded(kept), notes, head.coverage)


def _describe_list(one: ListHeld) -> str:
    """Its size and when it was read; of acts only when one was changed here last, by a person too."""
    read, changed = (dates.format_date(moment) for moment in (one.read_at, one.as_of))
    days = (f"read {read}" if read else "", f"as of {changed}" if changed else "")
    return ", ".join(filter(None, (f"{one.list}: {one.entries:,}", *days, one.problem)))


# What the console shows of us: the watch list, and what of it is on record.

ENTRIES = 200  # of the watch list
CASES = 50  # events, of those that were told last


def show_watch_list(desk: ConsoleDesk, given: Given) -> Shown:
    """Show the watch list, its matches and dismissals, and the form for screening."""
    entries, answer = desk.watched, desk.matches()
    findings = make_findings(answer)
    found = [finding for finding in findings if finding.score]
    rest, watched_count = len(findings) - len(found), words.count_entries(len(entries))
    return {
        "title": "Us",
        "entries": [
            (entry.key, entry.name, entry.owner, entry.origin.rpartition("/")[2] or "the store")
            for entry in entries[:ENTRIES]
        ],
        "more_entries": max(len(entries) - ENTRIES, 0),
        "by_entry": group_by_name(found[:FOUND]),
        "more": max(len(found) - FOUND, 0),
        "rest": word_absence(
            Absence.REST, desk.knowledge.stale, desk.coverage(), rest=rest, watched=watched_count
        )
        if rest
        else "",
        "unusable": answer.unusable,
        **_word_nothing(desk, watched_count),
        "case_heads": cases.CASE_HEADS,
        "cases": list(_list_touching(desk)),
        "looked_at": CASES,
        "differing": [*_list_differing(desk, given)],
        "decisions": [
            (one.entry, one.subject_name, one.by, dates.format_date(one.at))
            for one in desk.history(watched.list_dismissals)
        ],
        "most": NAMES,
        "token": make_token(given.asker.who),
        "may_dismiss": bool(given.asker.decider),
        "deed_token": partial(make_token, given.asker.decider),
    }


def _word_nothing(desk: ConsoleDesk, watched: str) -> Shown:
    """Word the absence of matches on record, and of alerts that touch the list."""
    stale, covered = desk.knowledge.stale, desk.coverage()
    told = len(desk.history(handling.list_cases, every=True, limit=CASES))
    absence = Absence.TOUCHING if told else Absence.TOLD
    return {
        "unlike": word_absence(Absence.WATCHED, stale, covered, watched=watched),
        "untouched": word_absence(absence, {}, covered, told=told, watched=watched),
    }


def _list_differing(desk: ConsoleDesk, given: Given) -> Iterator[tuple[str, ...]]:
    """Yield the recorded answers that the asker may read and that would differ today."""
    for past in list_differing(desk.history):
        if may_read(past.screening, given.asker):
            at = dates.format_date(format_instant(past.screening.at))
            then = describe_findings(past.then.found)
            yield str(past.screening.number), at, past.then.name, then


def _list_touching(desk: ConsoleDesk) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """List the latest alerts that touch the watch list, or may: their state and the entries."""
    for case in desk.history(handling.list_cases, every=True, limit=CASES, touching=True):
        yield (
            cases.make_case_row(cases.make_case_line(desk.history, case)),
            tuple(dict.fromkeys(match.entry for match in case.matches)),
        )
