"""Which act, when it was published and seen, by which source, and the bytes that say so: the last line of a message."""

from datetime import datetime

from monitor.alert.event import MONITOR, NoticeKind
from monitor.alert.notice import Notice
from monitor.model import Announcement, Edition, Evidence, HandedIn
from monitor.render import dates, words
from monitor.render.text import cut
from monitor.render.words import Line

ANNEXES = 5  # whose bytes are named
A_DAY = 24 * 60  # minutes; what was seen later was not seen late, but looked for late


def annexes(notice: Notice) -> tuple[Line, ...]:
    """Which annexes were read with the act, and their bytes."""
    return tuple(
        Line("Annex read", f"{cut(title or 'annex', 60)}, SHA-256 {evidence.sha256[:12]}", evidence.url)
        for title, evidence in notice.annexes[:ANNEXES]
    )


def line(notice: Notice) -> tuple[str, ...]:
    """Which act, when it was published and seen, by which source, and the bytes that say so: one line."""
    edited = notice.kind is NoticeKind.PARENT
    act = notice.acts[0] if edited and notice.acts else notice.act
    fact = act or notice.edition or notice.report
    published = fact.published if fact else None
    authority = fact.authority if isinstance(fact, Announcement | Edition) else ""
    day = dates.local(published, authority) if published and authority else dates.day(published or "")
    is_news = fact or notice.page or (notice.problem and not notice.trouble)
    when = "edited" if edited else "first seen" if is_news else "as of"
    sha256 = notice.evidence.sha256 if notice.evidence else ""
    handed = notice.evidence.handed if notice.evidence else None
    parts = (
        words.act(act) if act else "",
        f"published {day}" if day else "",
        f"{when} {dates.day(notice.first_seen)}{'' if edited else _after(published, notice.first_seen)}",
        _handed(notice.evidence, handed) if notice.evidence and handed else "",
        notice.source if notice.source != MONITOR else "",
        f"{'last change ' if edited else ''}SHA-256 {sha256[:12]}" if sha256 else "",
    )
    return tuple(filter(None, parts))


def _handed(evidence: Evidence, handed: HandedIn) -> str:
    """That we did not fetch the page ourselves: who gave it, and when they had saved it."""
    note = f" ({cut(handed.note, 100)})" if handed.note else ""
    return f"handed in by {cut(handed.by, 60)}, saved {dates.day(evidence.fetched_at)}, not fetched{note}"


def _after(published: str | None, seen: str) -> str:
    """How many minutes after its publication it was seen, where the publisher gives the time."""
    try:
        minutes = (datetime.fromisoformat(seen) - datetime.fromisoformat(published or "")).total_seconds() / 60
    except (TypeError, ValueError):  # only a day, or none
        return ""
    return f" ({minutes:,.0f} min after)" if 0 <= minutes < A_DAY else ""
