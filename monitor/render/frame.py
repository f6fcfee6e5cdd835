"""Add to each alert what surrounds its own words: assignee, certainty, matches, next step, console
link. Pure.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from typing import Any
from urllib.parse import quote

import msgspec

from monitor.alert.event import (
    ASSERTING,
    CALLING,
    EDITING,
    HANDLED,
    MONITOR,
    OF_OTHERS,
    Notice,
    NoticeKind,
    ToldAct,
    ToldReminder,
)
from monitor.config.redact import clean, clean_json
from monitor.model import Announcement, Edition, PageChange, Reminder, Report
from monitor.render import dates, keepers, pages, provenance, screening
from monitor.render.phrases import phrase_clauses
from monitor.render.screening import HEADLINE
from monitor.render.text import capitalize_first, cut, keep_web_url
from monitor.render.values import Alert, is_decided, is_overtaken, list_own_acts
from monitor.render.words import Line
from monitor.triage.values import Stage

SHOWN_FACTS = 4  # of a message that people are called to
LONGEST = 118  # characters of a headline that Slack's header takes
REPEAT = " (possible repeat)"
ASKING = frozenset({NoticeKind.EDITION, NoticeKind.REMINDER, NoticeKind.WATCH})
DOUBTED, DOUBTED_OF_SEVERAL = "May be the opposite", "Some may be the opposite"


def finish_headline(notice: Notice, headline: str) -> str:
    """The headline with its doubt, the reader's own and a repeat, as long as there is room."""
    tail = REPEAT if notice.repeated else ""
    # what calls people has another headline in it
    limit = LONGEST if notice.kind in CALLING else HEADLINE
    return (
        cut(
            _mark_doubt(notice) + (_compose_touched(notice, headline) or headline),
            limit - len(tail),
        )
        + tail
    )


def list_status(notice: Notice, alert: Alert) -> Iterator[str]:
    """List who has it and who should, its state, what came late, and a second reader's opinion."""
    yield from _word_again(notice)
    if notice.meant_for:
        yield f"This was meant for {notice.meant_for}, which can't be reached."
    yield from keepers.list_handling_lines(notice.handled, notice.zone)
    yield from alert.status
    yield from provenance.list_back_dated_lines(notice)
    yield from provenance.list_opinion_lines(notice)


def list_touches(notice: Notice, alert: Alert) -> Iterator[Line]:
    """List its matches with the watch list; none for acts of others."""
    if notice.kind not in OF_OTHERS:
        yield from screening.list_touch_lines(
            notice.touches,
            alert.not_read,
            _find_least_understood(notice),
            notice.body if isinstance(notice.body, PageChange) else None,
            _has_unnumbered(notice),
            _list_facts(notice),
        )


def word_next_step(notice: Notice, alert: Alert) -> str:
    """Word the next step, if there is one; "" once it is decided."""
    held = notice.touches
    if notice.in_thread or is_decided(notice) or not _asks_for_deed(notice, alert):
        return ""
    is_taken = notice.handled and notice.handled.stage is Stage.TAKEN
    # nobody can take what nobody was told
    take = "take it, and " if notice.event and not is_taken else ""
    steps = [
        f"{take}{_word_reading(notice)}" if held and held.sure else "",
        "say which of these may be yours, or that none is" if held and held.possible else "",
        "open the notice for what could not be read, below" if alert.not_read else "",
        (
            ""
            if held and held.names + held.products
            else "screen your suppliers and goods: this was not compared with them"
        ),
    ]
    return capitalize_first("; ".join(filter(None, steps)))


def _asks_for_deed(notice: Notice, alert: Alert) -> bool:
    """Return whether it reports law in force or to come, or a changed watch list."""
    if is_overtaken(notice):
        return False
    is_act = alert.lines or alert.is_package
    return notice.kind in ASKING or bool(
        is_act and any(act.measures for act in list_own_acts(notice))
    )


def _word_reading(notice: Notice) -> str:
    """Say what to read: a few clauses of one act, the notice, or the rows of a watch list."""
    if notice.kind is NoticeKind.WATCH:
        return "look at each in the list below"
    own = list_own_acts(notice)
    marks = dict.fromkeys(mark for act in own for of in act.measures for mark in of.clauses)
    is_few = len(own) == 1 and 0 < len(marks) <= SHOWN_FACTS
    return f"read {phrase_clauses(tuple(marks)) if is_few else 'the notice'}"


def link_console(notice: Notice) -> str:
    """Link the subject in the console, if that has an address."""
    path = name_console_path(notice)
    return keep_web_url(f"{notice.console.rstrip('/')}/{path}") if notice.console else ""


def name_console_path(notice: Notice) -> str:
    """The page of the console that has what a message is about: an act that was read, else what is
    found by its name, else the event that people take and decide; of a source all sources.
    """
    about = next(iter(notice.gathered), notice) if notice.kind in CALLING else notice
    fact = about.fact
    days = fact.dates if isinstance(fact, Reminder) else ()
    unread = {page.key for page in about.unread}  # no act of these is on record
    own = [act.key for act in list_own_acts(about) if act.key not in unread]
    if key := next(iter([*(day.act for day in days), *own]), ""):
        return f"act/{quote(key, safe='')}"
    name = fact.register if isinstance(fact, Edition) else about.event
    is_event = about.kind in HANDLED and not isinstance(fact, Edition)
    place = f"event/{quote(name, safe='')}" if is_event else f"search?q={quote(name, safe='')}"
    is_of_source = about.problem is not None and about.source != MONITOR
    return place if name else "sources" if is_of_source else ""


def _has_unnumbered(notice: Notice) -> bool:
    """Return whether our goods are compared with some without a tariff number."""
    known = notice.body.known if isinstance(notice.body, ToldAct | ToldReminder) else {}
    acts = (*notice.told_acts, *known.values())
    ours = notice.touches.products if notice.touches else 0
    return bool(ours) and any(
        not item.hs for act in acts for of in act.measures for item in of.items
    )


def _find_least_understood(notice: Notice) -> str:
    """Return how much of its acts was understood: of a package the least."""
    return min(
        (act.understood for act in notice.told_acts),
        key=("none", "part", "full").index,
        default="full",
    )


def keep_web_addresses(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """Remove addresses that are not of the web from lines."""
    return tuple(replace(line, url=keep_web_url(line.url)) for line in lines)


def _compose_touched(notice: Notice, otherwise: str) -> str:
    """The headline where a message is about the reader's own; of what comes and of what the
    press says the matter itself is.
    """
    if notice.kind in OF_OTHERS | CALLING | {NoticeKind.REMINDER}:
        return ""
    facts, report = _list_facts(notice), notice.body
    if not isinstance(report, Report):
        past = _find_past_day(notice, facts)
        seen = past or notice.as_of or notice.first_seen
        return screening.compose_touch_headline(
            notice.touches, facts, otherwise, seen, past=bool(past)
        )
    headline = screening.compose_touch_headline(notice.touches, facts, report.title or report.url)
    return (
        f"{pages.mark_unconfirmed(report)}: {headline[:1].lower()}{headline[1:]}"
        if headline
        else ""
    )


def _find_past_day(notice: Notice, facts: Sequence[Announcement | Edition]) -> str:
    """Return the day of its facts where they may hold no more: a later act changes them, or the
    message is edited after the day of its first sight; else "".
    """
    is_edit = notice.shows is not None or notice.kind in EDITING
    changed = isinstance(notice.body, ToldAct) and notice.body.touched_by
    if changed and notice.kind in EDITING | {NoticeKind.ACT}:
        days = (fact.published for fact in facts if isinstance(fact, Announcement))
        return next(filter(None, days), notice.first_seen)
    return notice.first_seen if is_edit and notice.as_of[:10] > notice.first_seen[:10] else ""


def _list_facts(notice: Notice) -> tuple[Announcement | Edition, ...]:
    """List the facts that can touch the reader's own; none for a reminder, because nothing is done
    yet.
    """
    if notice.kind is NoticeKind.REMINDER:
        return ()
    if isinstance(notice.body, Edition):
        return (notice.body,)
    own = notice.acts if notice.kind is NoticeKind.PARENT else ()
    return own or notice.told_acts


def _mark_doubt(notice: Notice) -> str:
    """Return a mark for a headline if the act's own words may contradict it."""
    is_edited = notice.kind is NoticeKind.PARENT and notice.acts
    acts = notice.acts if is_edited else notice.told_acts[:1]
    doubtful = [bool(act.doubts) for act in acts] if notice.kind in ASSERTING else []
    return f"{DOUBTED if all(doubtful) else DOUBTED_OF_SEVERAL}: " if any(doubtful) else ""


def _word_again(notice: Notice) -> tuple[str, ...]:
    """Say that it was sent before, and who asked for it again."""
    first = f"; it was first said on {dates.format_date(notice.said_at)}" if notice.said_at else ""
    return (f"Said again because {notice.again} asked for it{first}.",) if notice.again else ()


OURS = {"key", "event"}  # of a notice: by them it is found, so they stay as they are


def sanitize_notice(notice: Notice) -> Notice:
    """Clean all texts of a notice."""
    clean_notice: Notice = _sanitize_value(notice)
    return clean_notice


def _sanitize_value(value: Any) -> Any:
    if isinstance(value, msgspec.Struct):
        return msgspec.convert(clean_json(msgspec.to_builtins(value)), type(value))
    if isinstance(value, tuple):
        return tuple(map(_sanitize_value, value))
    if isinstance(value, Mapping):
        return {key: _sanitize_value(held) for key, held in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        names = {field.name for field in fields(value)} - (
            OURS if isinstance(value, Notice) else set()
        )
        return replace(value, **{name: _sanitize_value(getattr(value, name)) for name in names})
    return clean(value) if type(value) is str else value
