"""What later acts do to earlier ones, in a line for each thing done. Pure."""

from collections.abc import Iterator, Sequence

from monitor import vocabulary
from monitor.model import Action, Announcement, Measure, Target
from monitor.render import dates, words
from monitor.render.phrases import phrase_clauses
from monitor.render.text import capitalize_first, join_words


def describe_act_status(
    acts: Sequence[Announcement], touched_by: Sequence[Announcement], as_of: str = ""
) -> tuple[str, ...]:
    """`Suspended until 10 Nov 2026 by MOFCOM No. 70 of 2025`, a line for each thing done to these
    acts since; and which last days of their own have passed by a moment.
    """
    effects = (line for later in touched_by for line in describe_effects(acts, later, as_of))
    own = (
        (act, measure.ends)
        for act in acts
        for measure in act.measures
        if _has_passed(measure, act, as_of)
    )
    passed = (
        f"{dates.format_date(ends.on)}, a last day in {words.name_act(act)}, has passed"
        for act, ends in own
        if ends
    )
    return tuple(dict.fromkeys((*effects, *passed)))


def _has_passed(measure: Measure, act: Announcement, as_of: str) -> bool:
    today = vocabulary.day(as_of, act.authority) if as_of and measure.ends else None
    return bool(today and measure.ends and today.isoformat() > measure.ends.on[:10])


def describe_effects(
    acts: Sequence[Announcement], later: Announcement, as_of: str = ""
) -> Iterator[str]:
    """What one later act does to these, measure by measure."""
    keys = {act.key for act in acts if act.key != later.key}
    for measure in later.measures:
        touched = [target for target in measure.amends if target.key in keys]
        if touched:
            yield _effect_of_standing(
                measure, later, _subject(touched, alone=len(acts) == 1), as_of
            )


def _effect_of_standing(measure: Measure, later: Announcement, subject: str, as_of: str) -> str:
    starts = measure.starts
    since = (
        f" from {dates.format_date(starts.on)}"
        if starts and starts.on[:10] != (later.published or "")[:10]
        else ""
    )
    passed = ", a day that has passed," if _has_passed(measure, later, as_of) else ""
    until = f" until {dates.format_date(measure.ends.on)}{passed}" if measure.ends else ""
    openly = (
        ", no end date stated," if measure.action is Action.SUSPEND and not measure.ends else ""
    )
    done = f"{words.DONE[measure.action]}{since}{until}{openly} by {words.name_act(later)}"
    return f"{capitalize_first(subject)}: {done}" if subject else capitalize_first(done)


def _subject(touched: Sequence[Target], *, alone: bool) -> str:
    """Which of the acts or clauses; nothing where it is the one act as a whole."""
    whole = [target.key for target in touched if not target.clauses]
    parts = [
        phrase_clauses(target.clauses) + ("" if alone else f" of {words.name_acts((target.key,))}")
        for target in touched
        if target.clauses
    ]
    if alone and not parts:
        return ""
    return join_words([*([words.name_acts(whole)] if whole else []), *parts])
