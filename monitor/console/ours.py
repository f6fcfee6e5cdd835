"""What the console shows of us: the watch list, and what of it is on record."""

from collections.abc import Iterator
from functools import partial

from monitor.ask import cases
from monitor.ask.absences import Absence, word_absence
from monitor.ask.findings import make_findings
from monitor.ask.screenings import describe_findings, list_differing
from monitor.clock import format_instant
from monitor.console.answering import FOUND, Given, Shown
from monitor.console.deeds import make_token
from monitor.console.desk import ConsoleDesk
from monitor.console.screenings import NAMES, group_by_name, may_read
from monitor.render import dates, words
from monitor.store import (
    handling,
    watched,
)

ENTRIES = 200  # of the watch list
CASES = 50  # events, of those that were told last


def show_watch_list(desk: ConsoleDesk, given: Given) -> Shown:
    """The watch list, what of it is listed, what people decided; and the form to screen with."""
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
        "cases": list(_touching(desk)),
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
    """What is said where nothing of the list is on record, and where nothing told touches it."""
    stale, covered = desk.knowledge.stale, desk.coverage()
    told = len(desk.history(handling.list_cases, every=True, limit=CASES))
    absence = Absence.TOUCHING if told else Absence.TOLD
    return {
        "unlike": word_absence(Absence.WATCHED, stale, covered, watched=watched),
        "untouched": word_absence(absence, {}, covered, told=told, watched=watched),
    }


def _list_differing(desk: ConsoleDesk, given: Given) -> Iterator[tuple[str, ...]]:
    """The answers on record, of those that the asker may read, that would differ today."""
    for past in list_differing(desk.history):
        if may_read(past.screening, given.asker):
            at = dates.format_date(format_instant(past.screening.at))
            then = describe_findings(past.then.found)
            yield str(past.screening.number), at, past.then.name, then


def _touching(desk: ConsoleDesk) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Of what was told last that which touches the watch list, or may: how it stands, and which
    entries that is about.
    """
    for case in desk.history(handling.list_cases, every=True, limit=CASES, touching=True):
        yield (
            cases.make_case_row(cases.make_case_line(desk.history, case)),
            tuple(dict.fromkeys(match.entry for match in case.matches)),
        )
