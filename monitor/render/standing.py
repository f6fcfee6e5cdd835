"""How an act stands now: what later acts have done to it."""

from collections.abc import Iterator, Sequence

from monitor.model import Action, Announcement, Measure, Target
from monitor.render import dates, words
from monitor.render.phrases import clauses
from monitor.render.text import capital, listed


def standing(acts: Sequence[Announcement], touched_by: Sequence[Announcement]) -> tuple[str, ...]:
    """`Suspended until 10 Nov 2026 by MOFCOM No. 70 of 2025`, a line for each thing done to these acts since."""
    return tuple(dict.fromkeys(line for later in touched_by for line in effects(acts, later)))


def effects(acts: Sequence[Announcement], later: Announcement) -> Iterator[str]:
    """What one later act does to these, measure by measure."""
    keys = {act.key for act in acts if act.key != later.key}
    for measure in later.measures:
        touched = [target for target in measure.amends if target.key in keys]
        if touched:
            yield _effect(measure, later, _subject(touched, alone=len(acts) == 1))


def _effect(measure: Measure, later: Announcement, subject: str) -> str:
    starts = measure.starts
    since = f" from {dates.day(starts.on)}" if starts and starts.on[:10] != (later.published or "")[:10] else ""
    until = f" until {dates.day(measure.ends.on)}" if measure.ends else ""
    openly = ", no end date stated," if measure.action is Action.SUSPEND and not measure.ends else ""
    done = f"{words.DONE[measure.action]}{since}{until}{openly} by {words.act(later)}"
    return f"{capital(subject)}: {done}" if subject else capital(done)


def _subject(touched: Sequence[Target], *, alone: bool) -> str:
    """Which of the acts or clauses; nothing where it is the one act as a whole."""
    whole = [target.key for target in touched if not target.clauses]
    parts = [
        clauses(target.clauses) + ("" if alone else f" of {words.act_names((target.key,))}")
        for target in touched
        if target.clauses
    ]
    if alone and not parts:
        return ""
    return listed([*([words.act_names(whole)] if whole else []), *parts])
