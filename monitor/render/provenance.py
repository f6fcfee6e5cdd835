"""Word where a message comes from: which act, when it was published and seen, by which source, the
bytes that say so, and what a second reader says of it.
"""

from collections.abc import Iterator
from datetime import datetime

from monitor.alert.event import MONITOR, Notice, NoticeKind, ToldAct, Trouble
from monitor.diff.opinions import list_new
from monitor.model import Announcement, Edition, Evidence, HandedIn, Reminder, Report
from monitor.render import dates, words
from monitor.render.opinions import word_opinion
from monitor.render.text import cut
from monitor.render.words import Line

ANNEXES = 5  # whose bytes are named
A_DAY = 24 * 60  # minutes; what was seen later was not seen late, but looked for late


def list_annex_lines(told: ToldAct) -> tuple[Line, ...]:
    """List the annexes that were read with the act, with their hashes."""
    return tuple(
        Line(
            "Annex read",
            f"{cut(title or 'annex', 60)}, SHA-256 {evidence.sha256[:12]}",
            evidence.url,
        )
        for title, evidence in told.annexes[:ANNEXES]
    )


def make_evidence_line(notice: Notice) -> tuple[str, ...]:
    """Make the line of evidence: the act, when it was published and seen, its source and bytes."""
    edited = notice.kind is NoticeKind.PARENT
    fact = notice.acts[0] if edited and notice.acts else notice.fact
    published = fact.published if isinstance(fact, Announcement | Edition | Report) else None
    authority = fact.authority if isinstance(fact, Announcement | Edition) else ""
    day = (
        dates.format_local_date(published, authority)
        if published and authority
        else dates.format_date(published or "")
    )
    is_remark = notice.problem is not None and not isinstance(notice.body, Trouble)
    is_news = is_remark or not isinstance(fact, Reminder | None)
    when = "edited" if edited else "first seen" if is_news else "as of"
    delay = "" if edited else _word_delay(published, notice.first_seen)
    sha256 = notice.evidence.sha256 if notice.evidence else ""
    handed = notice.evidence.handed if notice.evidence else None
    parts = (
        words.name_act(fact) if isinstance(fact, Announcement) else "",
        f"published {day}" if day else "",
        f"{when} {dates.format_date(notice.first_seen)}{delay}",
        _word_handed_in(notice.evidence, handed) if notice.evidence and handed else "",
        notice.source if notice.source != MONITOR else "",
        f"{'last change ' if edited else ''}SHA-256 {sha256[:12]}" if sha256 else "",
    )
    return tuple(filter(None, parts))


def _word_handed_in(evidence: Evidence, handed: HandedIn) -> str:
    """Say that the page was not fetched: who handed it in, and when they saved it."""
    note = f" ({cut(handed.note, 100)})" if handed.note else ""
    return (
        f"handed in by {cut(handed.by, 60)}, saved {dates.format_date(evidence.fetched_at)}, not"
        f" fetched{note}"
    )


def _word_delay(published: str | None, seen: str) -> str:
    """Say how many minutes after publication it was seen, if the publisher gives the time."""
    try:
        minutes = (
            datetime.fromisoformat(seen) - datetime.fromisoformat(published or "")
        ).total_seconds() / 60
    except (TypeError, ValueError):  # only a day, or none
        return ""
    return f" ({minutes:,.0f} min after)" if 0 <= minutes < A_DAY else ""


def has_offer(notice: Notice) -> bool:
    """Return whether a second reader found in an act what the grammar did not read."""
    return any(
        list_new(act, notice.opinions[act.key])
        for act in notice.told_acts
        if act.key in notice.opinions
    )


def list_opinion_lines(notice: Notice) -> Iterator[str]:
    """List what a second reader says of each act in the message and in its press; name the act if
    several.
    """
    told = {act.key: act for act in notice.told_acts}
    for act in (*told.values(), *notice.press):
        whose = f"{words.name_act(act)}: " if len(notice.acts) > 1 or act in notice.press else ""
        if opinion := notice.opinions.get(act.key):
            yield from (f"{whose}{line}" for line in word_opinion(act, opinion))


def list_back_dated_lines(notice: Notice) -> Iterator[str]:
    """A line for each act of the message; of several each by its name."""
    names = {act.key: words.name_act(act) for act in notice.told_acts}
    for late in notice.body.back_dated if isinstance(notice.body, ToldAct) else ():
        whose = (
            f"{names[late.act]}: back-dated"
            if len(notice.acts) > 1 and late.act in names
            else "Back-dated"
        )
        absent = (
            f"it was not there yet when {late.source} was read on"
            f" {dates.format_date(late.absent_at)}"
        )
        yield f"{whose}: it bears the day {dates.format_date(late.published)}, but {absent}."
