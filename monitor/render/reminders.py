"""A day that comes: what takes effect or ends on it, by which act, and how near it is."""

from collections.abc import Mapping, Sequence

from monitor import vocabulary
from monitor.model import Action, Announcement, KeyDate, Reminder
from monitor.render import dates, words
from monitor.render.parts import Line
from monitor.render.phrases import clauses
from monitor.render.text import listed

Acts = Mapping[str, Announcement]

# What an act that changes others is about to do to them.
DOING = {
    Action.REMOVE: "end",
    Action.AMEND: "amendment",
    Action.REPLACE: "replacement",
    Action.REPEAL: "end",
    Action.SUSPEND: "suspension",
    Action.RESUME: "resumption",
}


def headline(reminder: Reminder, known: Acts) -> str:
    """`Suspension of MOFCOM No. 55 and 56 of 2025 under No. 70 of 2025 ends on 10 Nov 2026, in 7 days`."""
    left = reminder.before - reminder.late
    on = dates.day(reminder.dates[0].on)
    return f"{said(reminder.dates, known, over=left < 0)} on {on}, {_near(left)}"


def summary(reminder: Reminder, known: Acts) -> str:
    """The same as a sentence, with what was seen of an act that would make it untrue, and how we know the day."""
    first = reminder.dates[0]
    seen = f"; {_unseen(first)} seen at {words.things(reminder.sources, 'source')}" if first.kind != "start" else ""
    computed = f" {_computed(first)}" if first.computed else ""
    late = (
        f" This reminder is {words.things(reminder.late, 'day')} late: it was due on {dates.day(reminder.due)}."
        if reminder.late
        else ""
    )
    return f"{headline(reminder, known)}{seen}.{computed}{late}"


def facts(reminder: Reminder, known: Acts) -> tuple[Line, ...]:
    """The day, how we know it, and the acts it is about that we have seen."""
    first = reminder.dates[0]
    day = dates.day(first.on)
    label = "Takes effect" if first.kind == "start" else "Last day"
    keys = dict.fromkeys(key for each in reminder.dates for key in (each.act, *(target.key for target in each.amends)))
    acts = tuple(Line("Act", _titled(known[key]), known[key].url) for key in keys if key in known)
    return (Line(label, f"{day} (computed{_from(first)})" if first.computed else f"{day} (explicit)"), *acts)


def quotes(reminder: Reminder) -> tuple[str, ...]:
    """The words that give the day."""
    return tuple(dict.fromkeys(each.quote for each in reminder.dates if each.quote))


def said(together: Sequence[KeyDate], known: Acts, *, over: bool = False) -> str:
    """What happens on a day that these key dates share: of one kind, by acts that do the same."""
    first = together[0]
    if first.kind == "suspension end":
        return f"{_suspension(together, known)} {'ended' if over else 'ends'}"
    if first.amends and (first.kind == "end" or first.action in DOING):
        return f"{_change(together, known)} {_verb(first.kind, many=False, over=over)}"
    subject = listed([_parts(each, known) for each in together if each.clauses] + _whole(together, known))
    return f"{subject} {_verb(first.kind, many=len(together) > 1 or len(first.clauses) > 1, over=over)}"


def _suspension(together: Sequence[KeyDate], known: Acts) -> str:
    by = [each.act for each in together]
    prefix = vocabulary.series(_series(together[0].amends[0].key)) if together[0].amends else ""
    return f"Suspension of {_targets(together, known)} under {_names(by, known, said=prefix)}"


def _change(together: Sequence[KeyDate], known: Acts) -> str:
    first = together[0]
    by = _names([each.act for each in together], known)
    if first.kind == "end":
        return f"What {_targets(together, known)} ordered, as {by} has it,"
    return f"The {DOING[first.action]} of {_targets(together, known)} by {by}"


def _targets(together: Sequence[KeyDate], known: Acts) -> str:
    targets = list(dict.fromkeys(target for each in together for target in each.amends))
    whole = [target.key for target in targets if not target.clauses]
    parts = [f"{clauses(target.clauses)} of {_names([target.key], known)}" for target in targets if target.clauses]
    return listed([*([_names(whole, known)] if whole else []), *parts]) or "the measures"


def _parts(each: KeyDate, known: Acts) -> str:
    return f"{clauses(each.clauses)} of {_names([each.act], known)}"


def _whole(together: Sequence[KeyDate], known: Acts) -> list[str]:
    keys = [each.act for each in together if not each.clauses]
    return [_names(keys, known)] if keys else []


def _names(keys: Sequence[str], known: Acts, *, said: str = "") -> str:
    """Acts by series and number, others by what they call themselves."""
    unnumbered = [key for key in keys if key in known and words.act(known[key]) != words.act_names((key,))]
    numbered = [key for key in keys if key not in unnumbered]
    named = [words.act_names(numbered, said=said)] if numbered else []
    return listed([*named, *(f"“{words.act(known[key])}”" for key in dict.fromkeys(unnumbered))])


def _series(key: str) -> str:
    return key.rpartition("-")[0].rpartition("-")[0]


def _verb(kind: str, *, many: bool, over: bool) -> str:
    if kind == "start":
        return "took effect" if over else "take effect" if many else "takes effect"
    return "had the last day" if over else "have their last day" if many else "has its last day"


def _near(left: int) -> str:
    if left in (0, 1, -1):
        return {0: "today", 1: "tomorrow", -1: "yesterday"}[left]
    return f"in {left} days" if left > 0 else f"{-left} days ago"


def _unseen(first: KeyDate) -> str:
    return "no extension" if first.kind == "suspension end" else "no act that changes this"


def _computed(first: KeyDate) -> str:
    return f"No text prints that day: it is computed{_from(first)}."


def _from(first: KeyDate) -> str:
    return f" from {dates.duration(first.duration)}" if first.duration else ""


def _titled(act: Announcement) -> str:
    name = words.act(act)
    return f"{name}: {act.title}" if act.title and act.title != name else name
