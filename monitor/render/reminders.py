"""A day that comes: what takes effect, ends or returns on it, for which goods, by which act, and
how near it is.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from enum import IntEnum

from monitor import vocabulary
from monitor.model import (
    Action,
    Announcement,
    KeyDate,
    KeyDateKind,
    LastRead,
    Measure,
    Reminder,
    Report,
    Target,
)
from monitor.render import dates, words
from monitor.render.pages import name_publisher
from monitor.render.phrases import merge_operations, name_whom, phrase_clauses
from monitor.render.text import (
    capitalize_first,
    cut,
    join_first_names,
    join_words,
    lower_first,
)
from monitor.render.titles import format_title
from monitor.render.words import Line

Acts = Mapping[str, Announcement]

MOST_GOODS = 5


class Tense(IntEnum):
    """The tense for a day; a past day was only `DUE` if a later change may be unseen."""

    AHEAD = 0
    OVER = 1
    DUE = 2


# What follows a suspension no text says: a headline leaves it open.
_MAY_RETURN = ("may return", "may be back", "might have returned")
_TURNS = {
    KeyDateKind.SUSPENSION_END: _MAY_RETURN,
    KeyDateKind.START: ("take effect", "took effect", "were to take effect"),
    KeyDateKind.END: ("end", "have ended", "were to end"),
}
_ENDS = ("ends", "ended", "was to end")
_FOLLOWS = ("suspends may", "suspended may", "suspended could")
_TURNS_ALONE = {
    KeyDateKind.SUSPENSION_END: _MAY_RETURN,
    KeyDateKind.START: ("takes effect", "took effect", "was to take effect"),
    KeyDateKind.END: ("ends", "has ended", "was to end"),
}


def compose_reminder_headline(reminder: Reminder, known: Acts, limit: int) -> str:
    """`In 5 days: China's export controls on rare earths and batteries may return`; by the acts'
    numbers where no words are known.
    """
    left, tense = _count_days_left(reminder), _choose_tense(reminder)
    first = reminder.dates[0]
    goods = _name_goods(reminder, known)
    for most in range(min(len(goods), MOST_GOODS), 0, -1):
        controls = (
            f"{words.name_country_of(first.authority)}'s export controls on"
            f" {words.join_goods(goods, most)}"
        )
        line = f"{_word_days_left(left)}: {controls} {_choose_turn(first.kind, tense, many=True)}"
        if len(line) <= limit:
            return line
    whole = f"{_word_days_left(left)}: {describe_day(reminder.dates, known, tense)}"
    return (
        whole
        if len(whole) <= limit
        else cut(f"{_word_days_left(left)}: {_word_counted(reminder, tense)}", limit)
    )


def compose_overtaken(
    reminder: Reminder, known: Acts, later: Sequence[Announcement], limit: int
) -> tuple[str, str]:
    """Compose headline and summary of a reminder that `later` acts have overtaken.

    `Overtaken by MOFCOM No. 70 of 2025: MOFCOM No. 55 of 2025 was to take effect`. Without later
    acts, a new reading of the act overtook it.
    """
    by = _name_acts([act.key for act in later], {**known, **{act.key: act for act in later}})
    by = by or "a new reading of the act"
    whole = f"Overtaken by {by}: {describe_day(reminder.dates, known, Tense.DUE)}"
    short = f"Overtaken by {by}: {_word_counted(reminder, Tense.DUE)}"
    held = describe_consequence(reminder.dates, known, Tense.DUE)
    return (
        whole if len(whole) <= limit else cut(short, limit),
        f"This reminder no longer holds: {held}. {capitalize_first(by)} changed that: read it.",
    )


def _count_days_left(reminder: Reminder) -> int:
    """Days until the day comes; negative once it is over."""
    return reminder.before - reminder.late


def _choose_tense(reminder: Reminder) -> Tense:
    if _count_days_left(reminder) >= 0:
        return Tense.AHEAD
    is_sure = not (reminder.stale or any(day.changed for day in reminder.dates))
    return Tense.OVER if is_sure else Tense.DUE


def _word_counted(reminder: Reminder, tense: Tense) -> str:
    """`six suspended acts of MOFCOM may return`, where they can't be numbered in so little room."""
    first = reminder.dates[0]
    keys = _list_affected(reminder.dates)
    state = "suspended " if first.kind is KeyDateKind.SUSPENSION_END else ""
    many = len(keys) != 1
    return (
        f"{words.spell_number(len(keys))} {state}{'acts' if many else 'act'} of"
        f" {vocabulary.authority(first.authority)} {_choose_turn(first.kind, tense, many=many)}"
    )


def _choose_turn(kind: KeyDateKind, tense: Tense, *, many: bool) -> str:
    """Word in a headline what happens to acts or controls on their day."""
    return (_TURNS if many else _TURNS_ALONE)[kind][tense]


def summarize_reminder(reminder: Reminder, known: Acts) -> str:
    """Say what holds from which day, how we know the day, and which acts could make it untrue.

    If the authority was not read lately, that comes first.
    """
    first = reminder.dates[0]
    consequence = (
        f"{capitalize_first(describe_consequence(reminder.dates, known, _choose_tense(reminder)))}."
    )
    if reminder.stale:
        consequence = f"{capitalize_first(warn_unseen(reminder.stale, _word_with_article(first)))}. {consequence}"
    seen = "" if any(day.changed for day in reminder.dates) else _word_unseen(first, reminder)
    counted = f" from {dates.format_iso_duration(first.duration)}" if first.duration else ""
    computed = f" No text prints that day: it is computed{counted}." if first.computed else ""
    late = (
        f" This reminder is {words.format_count(reminder.late, 'day')} late: it was due on"
        f" {dates.format_date(reminder.due)}."
        if reminder.late
        else ""
    )
    return f"{consequence}{seen and f' {seen}'}{computed}{late}"


def list_reminder_details(reminder: Reminder, known: Acts) -> tuple[Line, ...]:
    """The acts it is about that we have seen."""
    keys = dict.fromkeys(
        key
        for date in reminder.dates
        for key in (date.act, *(target.key for target in date.amends))
    )
    first = reminder.dates[0].act  # where the message leads
    return tuple(
        Line("Act", _name_with_title(known[key]), known[key].url if key != first else "")
        for key in keys
        if key in known
    )


# What the press says of a day that moves; what an act says of it is seen in the act.
MOVES = re.compile(
    "延长|延期|展期|顺延|extend|extension|prolong|postpone|truce|longer", re.IGNORECASE
)


def list_press_lines(reminder: Reminder, reports: Sequence[Report]) -> tuple[Line, ...]:
    """List reports of another end, and say that no official text states it."""
    first = reminder.dates[0]
    moved = (
        [report for report in reports if MOVES.search(report.title)]
        if first.kind is not KeyDateKind.START
        else []
    )
    if not moved:
        return ()
    day = dates.format_local_date(first.on, first.authority)
    own = f"{words.name_acts([first.act])}: {day}; no official text of another was seen"
    lines = (
        Line(
            "Press",
            f"unconfirmed ({name_publisher(report)}{_word_day(report)}): “{report.title}”",
            report.url,
        )
        for report in moved
    )
    return (Line("End", own), *lines)


def _word_day(report: Report) -> str:
    return f", {dates.format_date(report.published)}" if report.published else ""


def _name_goods(reminder: Reminder, known: Acts) -> tuple[str, ...]:
    """Name the goods of the acts that begin, end or return, if all are known to control goods."""
    first = reminder.dates[0]
    acts = [known.get(key) for key in _list_affected(reminder.dates)]
    changes_others = first.kind is not KeyDateKind.SUSPENSION_END and (
        first.amends or first.action in words.NOUNS
    )
    if changes_others or not all(
        act and any(operation.is_control for operation in merge_operations(act)) for act in acts
    ):
        return ()
    return tuple(dict.fromkeys(word for act in acts if act for word in words.name_goods(act)))


def describe_consequence(days: Sequence[KeyDate], known: Acts, tense: Tense) -> str:
    """`the suspension of MOFCOM No. 55 of 2025 under No. 70 of 2025 ends on 10 Nov 2026 (Beijing);
    what it suspends may apply again`: no text says more of what follows.
    """
    first = days[0]
    on = dates.format_local_date(first.on, first.authority)
    if first.kind is KeyDateKind.SUSPENSION_END:
        follows = _FOLLOWS[tense]
        return (
            f"the {lower_first(_word_suspension(days, known))} {_ENDS[tense]} on {on}"
            f"{_word_changed(days, known)}; what it {follows} apply again{_word_duty(days, known)}"
        )
    if first.kind is KeyDateKind.START and not (first.amends or first.action in words.NOUNS):
        subject = join_words(
            [_name_part(date, known) for date in days if date.clauses] + _name_whole(days, known)
        )
        return f"from {on} {subject} {_conjugate_be(days, tense)} applied{_word_duty(days, known)}"
    happens = _word_change(days, known, tense) or describe_day(days, known, tense)
    return f"{'on' if first.kind is KeyDateKind.END else 'from'} {on} {happens}"


def describe_day_after(day: KeyDate, known: Acts) -> str:
    """`suspension of MOFCOM No. 55 under No. 70 of 2025 was until 10 Nov 2026 (Beijing), no
    extension seen`: what follows no act says.
    """
    until = dates.format_local_date(day.on, day.authority)
    seen = _word_changed([day], known) or ", no extension seen"
    return f"{_word_suspension([day], known)} was until {until}{seen}"


def _is_one(what: Sequence[KeyDate | Target]) -> bool:
    """Return whether a sentence on these has its verb in the singular."""
    return len(what) == 1 and len(what[0].clauses) < 2


def _conjugate_be(what: Sequence[KeyDate], tense: Tense) -> str:
    if tense is Tense.AHEAD:
        return "will be"
    if tense is Tense.DUE:
        return "was to be" if _is_one(what) else "were to be"
    return "is" if _is_one(what) else "are"


def _word_duty(days: Sequence[KeyDate], known: Acts) -> str:
    """Say what that means for those bound, and which acts define them by themselves."""
    meant = dict.fromkeys(
        vocabulary.meaning(date.register).rstrip(".") for date in days if date.register
    )
    told = join_words([meaning for meaning in meant if meaning])
    keys = [key for key in _list_affected(days) if key in known and _has_own_scope(known[key])]
    binds = (
        "binds, it says itself: read it"
        if len(keys) == 1
        else "bind, they say themselves: read them"
    )
    own = f"; whom and what {_name_acts(keys, known)} {binds}" if keys else ""
    return f": {told}{own}" if told else ""


def _list_affected(days: Sequence[KeyDate]) -> list[str]:
    """The acts that begin, end or are suspended."""
    keys = [target.key for date in days for target in date.amends] or [date.act for date in days]
    return list(dict.fromkeys(keys))


def _has_own_scope(act: Announcement) -> bool:
    return any(term.kind == "scope" for measure in act.measures for term in measure.terms)


def list_reminder_quotes(reminder: Reminder) -> tuple[str, ...]:
    """The words that give the day."""
    return tuple(dict.fromkeys(date.quote for date in reminder.dates if date.quote))


def describe_day(together: Sequence[KeyDate], known: Acts, tense: Tense = Tense.AHEAD) -> str:
    """Describe what happens on a day of these key dates, which share a kind and an action."""
    first = together[0]
    if first.rows:
        whom = join_first_names(first.rows, MOST_GOODS)
        verb = _choose_verb(first.kind, tense, many=False)
        return f"Listing of {whom} on the {vocabulary.register(first.act)} {verb}"
    if first.kind is KeyDateKind.SUSPENSION_END:
        return f"{_word_suspension(together, known)} {_ENDS[tense]}{_word_changed(together, known)}"
    if change := _word_change(together, known, tense):
        return capitalize_first(change)
    subject = join_words(
        [_name_part(date, known) for date in together if date.clauses]
        + _name_whole(together, known)
    )
    return f"{subject} {_choose_verb(first.kind, tense, many=len(together) > 1 or len(first.clauses) > 1)}"


def _word_changed(together: Sequence[KeyDate], known: Acts) -> str:
    keys = [key for date in together for key in date.changed]
    return f", but changed by {_name_acts(keys, known)}: read it" if keys else ""


def _word_suspension(together: Sequence[KeyDate], known: Acts) -> str:
    by = [date.act for date in together]
    prefix = (
        vocabulary.series(together[0].amends[0].key.rsplit("-", 2)[0]) if together[0].amends else ""
    )
    targets = f"{_name_targets(together, known)}{_word_whom(together, known, Action.SUSPEND)}"
    return f"Suspension of {targets} under {_name_acts(by, known, named=prefix)}"


def _word_whom(together: Sequence[KeyDate], known: Acts, action: Action) -> str:
    """Word for whom alone these acts do that to others."""
    acts = [known[key] for key in dict.fromkeys(date.act for date in together) if key in known]
    return name_whom([of for act in acts for of in act.measures if of.action is action])


def _word_change(together: Sequence[KeyDate], known: Acts, tense: Tense) -> str:
    """Word what happens to other acts, for the middle of a sentence; "" if nothing does."""
    first = together[0]
    if not first.amends or (first.kind is not KeyDateKind.END and first.action not in words.NOUNS):
        return ""
    by, is_end = _name_acts([date.act for date in together], known), first.kind is KeyDateKind.END
    verb = _choose_verb(first.kind, tense, many=is_end)
    targets = f"{_name_targets(together, known)}{_word_whom(together, known, first.action)}"
    if is_end:
        return f"the measures of {targets} {verb}, as {by} states"
    return f"the {_name_deed(first, known)} of {targets} by {by} {verb}"


def _name_deed(day: KeyDate, known: Acts) -> str:
    """Name what its act does on a day: `amendment`, `suspension in part`."""
    act = known.get(day.act)
    in_part = act and next(
        filter(None, (act.find_partial_deed(one) for one in act.measures if _is_of(one, day))), None
    )
    return f"{words.NOUNS[in_part]} in part" if in_part else words.NOUNS[day.action]


def _is_of(measure: Measure, day: KeyDate) -> bool:
    return measure.action is day.action and not {*measure.amends}.isdisjoint(day.amends)


def _name_targets(together: Sequence[KeyDate], known: Acts) -> str:
    targets = list(dict.fromkeys(target for date in together for target in date.amends))
    whole = [target.key for target in targets if not target.clauses]
    parts = [
        f"{phrase_clauses(target.clauses)} of {_name_acts([target.key], known)}"
        for target in targets
        if target.clauses
    ]
    return join_words([*([_name_acts(whole, known)] if whole else []), *parts]) or "the measures"


def _name_part(date: KeyDate, known: Acts) -> str:
    return f"{phrase_clauses(date.clauses)} of {_name_acts([date.act], known)}"


def _name_whole(together: Sequence[KeyDate], known: Acts) -> list[str]:
    keys = [date.act for date in together if not date.clauses]
    return [_name_acts(keys, known)] if keys else []


def _name_acts(keys: Sequence[str], known: Acts, *, named: str = "") -> str:
    """Acts by series and number, others by what they call themselves."""
    unnumbered = [
        key
        for key in keys
        if key in known and words.name_act(known[key]) != words.name_acts((key,))
    ]
    numbered = [key for key in keys if key not in unnumbered]
    names = [words.name_acts(numbered, named=named)] if numbered else []
    return join_words(
        [*names, *(f"“{words.name_act(known[key])}”" for key in dict.fromkeys(unnumbered))]
    )


def _choose_verb(kind: KeyDateKind, tense: Tense, *, many: bool) -> str:
    if kind is KeyDateKind.START:
        return (_TURNS if many else _TURNS_ALONE)[kind][tense]
    last = "have their last day" if many else "has its last day"
    return (
        last,
        "had the last day",
        "were to have their last day" if many else "was to have its last day",
    )[tense]


def _word_days_left(left: int) -> str:
    if left < 0:
        return "Yesterday" if left == -1 else f"{-left} days ago"
    return ("Today", "Tomorrow")[left] if left < 2 else f"In {left} days"


def _word_unseen(first: KeyDate, reminder: Reminder) -> str:
    if not reminder.sources:
        return (
            ""
            if reminder.stale
            else f"No source was read that could show {_word_with_article(first)}."
        )
    at = words.format_count(reminder.sources, "other source" if reminder.stale else "source")
    due = vocabulary.day(reminder.due, first.authority)
    by = (
        f" by {dates.format_date((due + timedelta(days=reminder.late)).isoformat())}" if due else ""
    )
    return f"No {_name_other(first)} seen at {at}{by}."


def _word_with_article(first: KeyDate) -> str:
    return f"an {_name_other(first)}"


def _name_other(first: KeyDate) -> str:
    """Name what would make a reminder of this day untrue."""
    return "extension" if first.kind is KeyDateKind.SUSPENSION_END else "act that changes this"


def _name_with_title(act: Announcement) -> str:
    name = words.name_act(act)
    return f"{name}: {format_title(act.title)}" if act.title and act.title != name else name


# How old what we know is, before a sentence that claims something about now. Pure.


def warn_unseen(read: LastRead | None, what: str) -> str:
    """`MOFCOM was last read on 7 Nov 2025: an extension would not have been seen`; of a fresh read
    `no extension seen by …`.

    All that says what was not seen says it so; without `read` nothing is known of how fresh that
    is.
    """
    if read is None or read.fresh:
        return (
            f"no {what.partition(' ')[2]}"
            f" seen{f' by {dates.format_date(read.at)}' if read and read.at else ''}"
        )
    return (
        f"{describe_last_read(read)}: {what} would not have been"
        f" seen{' there' if read.source else ''}"
    )


def describe_last_read(stale: LastRead) -> str:
    """`MOFCOM was last read on 7 Nov 2025`."""
    is_country = "-" not in stale.of
    of = (
        f"publishers of {words.name_destination(stale.of.upper())}"
        if is_country
        else vocabulary.authority(stale.of)
    )
    if not stale.has_source:
        return f"no source of {of} is switched on"
    were = "were" if is_country and not stale.source else "was"
    of = f"the source {stale.source}" if stale.source else of
    if stale.at is None:
        return f"{of} {were} never read"
    return f"{of} {were} last read on {_format_read(stale)}"


def format_read_by(read: LastRead) -> str:
    """`, as read by 7 Nov 2025`, behind what is said of a later day."""
    return f", as read by {_format_read(read)}" if read.at else ""


def _format_read(read: LastRead) -> str:
    on = vocabulary.today(read.of, datetime.fromisoformat(read.at or ""))
    return dates.format_date(on.isoformat())
