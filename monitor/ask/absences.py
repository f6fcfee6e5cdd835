"""Word what was not found: stale sources first, then the absence, then its limits. Only this module
states an absence, so that none sounds surer than its ground.
"""

from collections.abc import Mapping
from enum import StrEnum

from monitor.ask.coverage import Coverage
from monitor.model import LastRead
from monitor.render import words
from monitor.render.reminders import warn_unseen

NAMED = 3  # authorities that were not read lately


class Absence(StrEnum):
    """The things that may be absent."""

    STOOD = "nothing on record that you asked about was in force on that day"
    OF_BOTH = (
        "nothing on record that was in force on that day names both the name and the goods; ask for"
        " each by itself"
    )
    SAME = "nothing on record that you asked about differs between the two days"
    ABOUT = "nothing on record is about it"
    IN_ACT = "no listing and no control was found in it"
    IN_PART = "no listing and no control was found in what of it is understood"
    PART = "no part of an act is on record"
    DAY = "no day from {days} is known on which the law changes by itself"
    CHOSEN = "nothing on record about it is of what is chosen"
    CODE = (
        "no act on record prints this code; goods that acts name in words alone are not found by it"
    )
    NAME = "nothing on record is called that"
    ALIKE = (
        "nothing alike among {records} names and goods on record and {watched} of your watch list"
    )
    RECORDED = "nothing alike among {records} names and goods on record"
    WATCHED = "none of {watched} of the watch list is like anything on record"
    REST = "{rest:,} of {watched} of the watch list: nothing on record is like them"
    TOUCHING = (
        "none of the last {told} alerts touched your watch list as it was then ({watched} now)"
    )
    OF_TOLD = "none of the last {told} alerts matches your choice"
    TOLD = "nothing was sent yet"
    ROW = "no row that is on record has these words, or stands on the list on that day"
    ROW_CHANGE = "no read between these days changed a row"
    READING = "no other reading of it is on record"
    SCREENING = "no screening of it that you may read is among the newest {newest} on record"
    REGISTER = "no register that is published whole was read yet"
    MADE = "no act of a register is on record"


# else a measure
UNSEEN = {
    Absence.DAY: "a day since",
    Absence.ALIKE: "a listing",
    Absence.RECORDED: "a listing",
    Absence.WATCHED: "a listing",
    Absence.REST: "a listing",
}


def word_absence(
    absence: Absence,
    stale: Mapping[str, LastRead],
    covered: Coverage | None = None,
    **named: object,
) -> str:
    """Word why an answer has nothing, and what it rests on.

    `MOFCOM was last read on 7 Nov 2025: a measure would not have been seen; nothing on record that
    you asked about was in force …`. `stale` are authorities without a recent read. A gap in what is
    `covered` is named.
    """
    unseen = [
        warn_unseen(last_read, UNSEEN.get(absence, "a measure"))
        for last_read in list(stale.values())[:NAMED]
    ]
    if len(stale) > NAMED:
        unseen.append(
            f"{words.format_count(len(stale) - NAMED, 'other publisher')} not read lately either"
        )
    far = ""
    if covered and (behind := len(covered.stale) + len(covered.never)):
        sources, heard = words.format_count(covered.sources, "source"), covered.sources - behind
        far = (
            f", as far as {heard} of {sources} say"
            if heard
            else f"; none of {sources} is up to date"
        )
    return "; ".join((*unseen, f"{absence.format(**named)}{far}"))
