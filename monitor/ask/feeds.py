"""Feeds of alerts: of all, of an authority, register, topic or watch-list entry; and key dates as
calendars. One entry for each alert, in its own words. A feed leaves out triage and mentions. Only
an entry's own feed shows its matches.
"""

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cache

import msgspec

from monitor import vocabulary
from monitor.alert.event import Notice, NoticeKind
from monitor.alert.route import Router, extract_features
from monitor.ask.answers import KeyDates
from monitor.diff import ChangeKind
from monitor.model import (
    Edition,
    Fact,
    PageChange,
    Reminder,
    Report,
    edition_from_json,
    fact_from_json,
    frozen,
    page_change_from_json,
    reminder_from_json,
)
from monitor.render.alert import compose_alert
from monitor.render.atom import NAME, AtomEntry, Feed, make_urn, render_atom
from monitor.render.ics import render_ics
from monitor.render.plain import render_plain
from monitor.store import History, RecordedAlert, acts, exported, notices
from monitor.watch.entries import Entry as Watched
from monitor.watch.values import ScreeningResult

ALL, AUTHORITY, REGISTER, TOPIC, WATCH = "all", "authority", "register", "topic", "watch"
KINDS = {
    ALL: "",
    AUTHORITY: "Authority: ",
    REGISTER: "Register: ",
    TOPIC: "Topic: ",
    WATCH: "Watch list: ",
}
FACTS: Mapping[str, Callable[[str], Fact | Edition | PageChange]] = {
    ChangeKind.EDITION: edition_from_json,
    ChangeKind.PAGE: page_change_from_json,
}
NEWEST = 100  # entries of a feed; what is older is exported
ROWS = 20  # of each list of an entry
CALENDAR, FEED, DAYS = "calendar", ".atom", ".ics"
PLAIN = re.compile(r"[a-z0-9][a-z0-9._-]{0,80}")
QUIET = (
    "What the monitor told of it; that it is empty, or says nothing new, is no word on sources that"
    " could not be read."
)


@frozen
class Subject:
    """The subject of a feed: its kind, code and name."""

    kind: str
    code: str
    title: str

    @property
    def name(self) -> str:
        """Return the feed's permanent name in addresses and files: `register-un-sc`."""
        return f"{self.kind}-{_make_slug(self.code)}" if self.code else self.kind

    @property
    def touched(self) -> str:
        """The entry of the watch list that it is about, if any."""
        return self.code if self.kind == WATCH else ""


@frozen
class ToldEntry:
    """An alert with the kinds and codes of its subjects."""

    alert: RecordedAlert
    about: frozenset[tuple[str, str]]


def _make_slug(code: str) -> str:
    """Turn a code into a name for any file system and address; a digest keeps altered codes
    apart.
    """
    if PLAIN.fullmatch(code):
        return code
    plain_name = re.sub(r"[^a-z0-9._-]+", "-", code.lower())[:60].strip("-.")
    return f"{plain_name}-{hashlib.blake2b(code.encode(), digest_size=4).hexdigest()}".strip("-")


def list_feed_subjects(topics: Iterable[str], entries: Iterable[Watched]) -> Iterator[Subject]:
    """List all possible feeds, also empty ones, so that a subscriber need not wait."""
    yield Subject(ALL, "", "All alerts")
    known = vocabulary.current()
    yield from (
        Subject(AUTHORITY, code, vocabulary.authority(code)) for code in sorted(known.authorities)
    )
    yield from (
        Subject(REGISTER, code, vocabulary.register(code)) for code in sorted(known.registers)
    )
    yield from (Subject(TOPIC, topic, topic) for topic in topics)
    yield from {entry.key: Subject(WATCH, entry.key, entry.name) for entry in entries}.values()


def list_told_alerts(history: History, router: Router) -> list[ToldEntry]:
    """List all alerts, the newest first, each with its subjects."""
    alerts = {
        alert.message: alert for alert in history(exported.list_alerts_since) if alert.is_told
    }
    found: dict[int, set[tuple[str, str]]] = {}
    reminders: dict[int, Reminder] = {}
    for message, kind, fact, touches in history.walk(exported.iterate_facts_told):
        if message not in alerts:
            continue
        result = msgspec.json.decode(touches, type=ScreeningResult) if touches else None
        found[message] = (
            {(WATCH, match.key) for match in (*result.sure, *result.possible)} if result else set()
        )
        if kind == ChangeKind.REMINDER:
            reminders[message] = reminder_from_json(fact)
        elif kind != ChangeKind.WATCH:
            features = extract_features(FACTS.get(kind, fact_from_json)(fact))
            found[message] |= _list_about(
                router, features.authority, features.registers, features.text
            )
    named = {day.act for reminder in reminders.values() for day in reminder.dates}
    texts = {key: extract_features(act).text for key, act in history(acts.load_acts, named).items()}
    for message, reminder in reminders.items():
        for day in reminder.dates:
            registers = [day.register] if day.register else []
            found[message] |= _list_about(router, day.authority, registers, texts.get(day.act, ""))
    return [ToldEntry(alerts[message], frozenset(about)) for message, about in found.items()]


def _list_about(
    router: Router, authority: str, registers: Iterable[str], text: str
) -> set[tuple[str, str]]:
    """List the authority, registers and topics of an act."""
    topics = ((TOPIC, topic) for topic in router.topics_of(text))
    return {(AUTHORITY, authority), *((REGISTER, code) for code in registers), *topics}


def choose_alerts(everything: Iterable[ToldEntry], subject: Subject) -> list[RecordedAlert]:
    """List the newest alerts on a subject; those of a changed watch list go to the feed of the
    entry.
    """
    if subject.kind == ALL:
        return [one.alert for one in everything if one.alert.kind != NoticeKind.WATCH][:NEWEST]
    about = (subject.kind, subject.code)
    return [one.alert for one in everything if about in one.about][:NEWEST]


def make_feed_entry(
    history: History, store: str, alert: RecordedAlert, touched: str = ""
) -> AtomEntry:
    """Write an alert in its present words; of the watch list it names only `touched` (a key)."""
    notice = _leave_out_people(history(notices.load_told_notice, alert.message), touched)
    composed = compose_alert(notice)
    publisher = (
        notice.body.publisher
        if isinstance(notice.body, Report)
        else vocabulary.authority(notice.authority)
        if notice.authority
        else ""
    )
    return AtomEntry(
        id=make_urn(store, "alert", alert.key),
        title=composed.title,
        at=alert.at,
        changed=alert.changed,
        summary=composed.summary,
        text="\n".join(filter(None, render_plain(composed, ROWS))),
        author=publisher or NAME,
        url=composed.url,
        kind=alert.kind,
    )


def _leave_out_people(notice: Notice, touched: str) -> Notice:
    """Remove from a notice its triage, the reason for its way, and all matches but the `touched`
    one.
    """
    touches = notice.touches if touched else None
    if touches:
        touches = touches.replace(
            found=tuple(match for match in touches.found if match.key == touched)
        )
    alone = replace(notice, touches=touches, screened={})
    return replace(alone, handled=None, mentions=(), why="", meant_for="", repeated=False)


def make_feed(
    history: History, subject: Subject, entries: Iterable[AtomEntry], place: str = ""
) -> Feed:
    """The feed of a subject."""
    store = history(exported.store_identity)
    return Feed(
        id=make_urn(store, "feed", subject.kind, subject.code),
        title=f"{KINDS[subject.kind]}{subject.title}",
        about=QUIET,
        begun=history(exported.load_first_read),
        entries=tuple(entries),
        place=place,
    )


def make_calendar(
    history: History, router: Router, key_dates: KeyDates, now: datetime, topic: str = ""
) -> bytes:
    """Write the key dates as a calendar; for a topic those of acts that mention it, or that change
    such an act. Its age is that of its data, so it stays the same until they change.
    """
    dates, acts = key_dates.dates, key_dates.acts
    text = cache(lambda key: extract_features(acts[key]).text if key in acts else "")
    named = [(day, (day.act, *(target.key for target in day.amends))) for day in dates]
    about = [
        day
        for day, keys in named
        if not topic or any(topic in router.topics_of(text(key)) for key in keys)
    ]
    return render_ics(about, acts, history(exported.find_last_change) or now)


def iterate_feed_files(
    history: History, router: Router, about: Sequence[Subject], key_dates: KeyDates, now: datetime
) -> Iterator[tuple[str, bytes]]:
    """All feeds and calendars as files, each with its name."""
    everything, store = list_told_alerts(history, router), history(exported.store_identity)
    alerts = {one.alert.message: one.alert for one in everything}
    composed = cache(
        lambda message, touched: make_feed_entry(history, store, alerts[message], touched)
    )
    for subject in about:
        entries = [
            composed(alert.message, subject.touched) for alert in choose_alerts(everything, subject)
        ]
        yield f"{subject.name}{FEED}", render_atom(make_feed(history, subject, entries))
        if subject.kind == TOPIC:
            yield (
                f"{subject.name}{DAYS}",
                make_calendar(history, router, key_dates, now, subject.code),
            )
    yield f"{CALENDAR}{DAYS}", make_calendar(history, router, key_dates, now)
