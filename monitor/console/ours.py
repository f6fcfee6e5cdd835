"""What the console shows of us: the watch list, what of it is on record, and screenings."""

from collections import defaultdict
from collections.abc import Iterator

from monitor.ask import lines as case_lines
from monitor.ask.absences import Absence, word_absence
from monitor.ask.screen import (
    Asking,
    Finding,
    list_file_remarks,
    make_entries,
    make_findings,
    summarize_screening,
)
from monitor.console.answering import FOUND, Given, Shown
from monitor.console.desk import ConsoleDesk
from monitor.errors import ConfigError
from monitor.render import dates, words
from monitor.store import (
    handling,
    watched,
)
from monitor.watch import lists
from monitor.watch.lists import Imported

UNRECORDED = "not recorded: what `monitor serve` prints says why"
NAMES = 500  # of one screening: whoever asks next waits for it
CASES = 50  # events, of those that were told last


def show_watch_list(desk: ConsoleDesk, _: Given) -> Shown:
    """The watch list, what of it is listed, what people decided; and the form to screen with."""
    entries = desk.watched
    answer = desk.matches()
    found = [finding for finding in make_findings(answer) if finding.score]
    by_entry: dict[tuple[str, str], list[Finding]] = defaultdict(list)
    for finding in found[:FOUND]:
        by_entry[finding.row, finding.asked].append(finding)
    return {
        "title": "Us",
        "entries": [
            (entry.key, entry.name, entry.owner, entry.origin.rpartition("/")[2] or "the store")
            for entry in entries
        ],
        "by_entry": list(by_entry.values()),
        "more": max(len(found) - FOUND, 0),
        "unusable": answer.unusable,
        "unlike": word_absence(
            Absence.WATCHED,
            desk.knowledge.stale,
            desk.coverage(),
            watched=words.count_entries(len(entries)),
        ),
        "untouched": word_absence(
            Absence.TOUCHING,
            {},
            desk.coverage(),
            told=CASES,
            watched=words.count_entries(len(entries)),
        ),
        "case_heads": case_lines.CASE_HEADS,
        "cases": list(_touching(desk)),
        "looked_at": CASES,
        "decisions": [
            (one.entry, one.subject_name, one.by, dates.format_date(one.at))
            for one in desk.history(watched.list_dismissals)
        ],
        "most": NAMES,
    }


def _touching(desk: ConsoleDesk) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Of what was told last that which touches the watch list, or may: how it stands, and which
    entries that is about.
    """
    for case in desk.history(handling.list_cases, every=True, limit=CASES):
        if case.matches:
            yield (
                case_lines.make_case_row(case_lines.make_case_line(desk.history, case)),
                tuple(dict.fromkeys(match.entry for match in case.matches)),
            )


def parse_questions(text: str, file: str = "", body: bytes = b"") -> Asking:
    """What a person pasted, a name, a tariff number or a code a line, and the rows of a file, where
    one is given.

    No line is ever taken for the name of a file.

    Raises:
        ConfigError: the file is no list; there is nothing to screen, or more than can be screened
            here.
    """
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    named = file.replace("\\", "/").rpartition("/")[2] or "file"  # wherever it lay
    read = (
        lists.read_entries(named, body, None, {}, every=True)
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
    """What a screening found, and whether it is on record."""
    answer = desk.screening(asked, desk.lists_of_others)
    found, number = make_findings(answer), desk.keep_record(answer, who)
    return {
        "title": "Screened",
        "summary": [
            *summarize_screening(answer, found),
            f"recorded as screening {number}" if number else UNRECORDED,
        ],
        "found": found[:FOUND],
        "more": max(len(found) - FOUND, 0),
    }
