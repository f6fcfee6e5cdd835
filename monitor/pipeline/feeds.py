"""What was told, as feeds: of all, of an authority, a register, a topic, an entry of the watch list; and its days as calendars.

One entry for each thing that was told, in the words of the alert. What people have done with it, and who was called, is nobody's
business who reads a feed; what it touches of the watch list is said in the feed of that entry alone.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache

import msgspec

from monitor import vocabulary
from monitor.alert.event import NoticeKind
from monitor.alert.notice import Notice
from monitor.alert.route import Router, features_of
from monitor.diff import ChangeKind
from monitor.history import AlertTaken, History, acts, notices, taken
from monitor.model import (
    Edition,
    Fact,
    KeyDate,
    PageChange,
    Reminder,
    ScreeningResult,
    edition_from_json,
    fact_from_json,
    page_change_from_json,
    reminder_from_json,
)
from monitor.pipeline.answers import KeyDates
from monitor.render.alert import compose, plain_lines
from monitor.render.atom import NAME, AtomEntry, Feed, atom, urn
from monitor.render.ics import ics
from monitor.watch.entries import Entry as Watched

ALL, AUTHORITY, REGISTER, TOPIC, WATCH = "all", "authority", "register", "topic", "watch"
KINDS = {ALL: "", AUTHORITY: "Authority: ", REGISTER: "Register: ", TOPIC: "Topic: ", WATCH: "Watch list: "}
NEWEST = 100  # entries of a feed; what is older is exported
ROWS = 20  # of each list of an entry
CALENDAR, FEED, DAYS = "calendar", ".atom", ".ics"
PLAIN = re.compile(r"[a-z0-9][a-z0-9._-]{0,80}")
QUIET = "What the monitor told of it; that it is empty, or says nothing new, is no word on sources that could not be read."


@dataclass(frozen=True, slots=True)
class Subject:
    """What a feed is about: of which kind, by its code, and what it is called."""

    kind: str
    code: str
    title: str

    @property
    def name(self) -> str:
        """What its feed is called, in an address and as a file, the same always: `register-un-sc`."""
        return f"{self.kind}-{_slug(self.code)}" if self.code else self.kind

    @property
    def touched(self) -> str:
        """The entry of the watch list that it is about, if any."""
        return self.code if self.kind == WATCH else ""


@dataclass(frozen=True, slots=True)
class ToldEntry:
    """Something that was told, and what it is about: kinds and codes of subjects."""

    alert: AlertTaken
    about: frozenset[tuple[str, str]]


def _slug(code: str) -> str:
    """A code as a name that any file system and address takes; what that changes is told apart by its digest."""
    if PLAIN.fullmatch(code):
        return code
    plain_name = re.sub(r"[^a-z0-9._-]+", "-", code.lower())[:60].strip("-.")
    return f"{plain_name}-{hashlib.blake2b(code.encode(), digest_size=4).hexdigest()}".strip("-")


def subjects(topics: Iterable[str], entries: Iterable[Watched]) -> Iterator[Subject]:
    """All that there is a feed of, also where nothing was told yet: who subscribes need not wait."""
    yield Subject(ALL, "", "All that was told")
    known = vocabulary.current()
    yield from (Subject(AUTHORITY, code, vocabulary.authority(code)) for code in sorted(known.authorities))
    yield from (Subject(REGISTER, code, vocabulary.register(code)) for code in sorted(known.registers))
    yield from (Subject(TOPIC, topic, topic) for topic in topics)
    yield from {entry.key: Subject(WATCH, entry.key, entry.name) for entry in entries}.values()


def told_alerts(history: History, router: Router) -> list[ToldEntry]:
    """All that was told, the newest first, each with what it is about."""
    alerts = {alert.message: alert for alert in history(taken.alerts_since) if alert.is_told}
    found: dict[int, set[tuple[str, str]]] = {}
    reminders: dict[int, Reminder] = {}
    for message, kind, fact, touches in history.walk(taken.facts_told):
        if message in alerts:
            found[message] = _touched(touches)
            if kind == ChangeKind.REMINDER:
                reminders[message] = reminder_from_json(fact)
            elif kind != ChangeKind.WATCH:
                found[message] |= _about(_fact(kind, fact), router)
    texts = _texts(history, {day.act for reminder in reminders.values() for day in reminder.dates})
    for message, reminder in reminders.items():
        found[message] |= {about for day in reminder.dates for about in _of_day(day, texts, router)}
    return [ToldEntry(alerts[message], frozenset(about)) for message, about in found.items()]


def _fact(kind: str, fact: str) -> Fact | Edition | PageChange:
    if kind == ChangeKind.EDITION:
        return edition_from_json(fact)
    return page_change_from_json(fact) if kind == ChangeKind.PAGE else fact_from_json(fact)


def _touched(touches: str) -> set[tuple[str, str]]:
    """The entries of the watch list that it touches, or may."""
    if not touches:
        return set()
    result = msgspec.json.decode(touches, type=ScreeningResult)
    return {(WATCH, match.key) for match in (*result.sure, *result.possible)}


def _about(fact: Fact | Edition | PageChange, router: Router) -> set[tuple[str, str]]:
    """Whose it is, and of which registers and topics."""
    features = features_of(fact)
    topics = router.topics_of(features.text)
    registers = ((REGISTER, code) for code in features.registers)
    return {(AUTHORITY, features.authority), *registers, *((TOPIC, topic) for topic in topics)}


def _texts(history: History, keys: set[str]) -> dict[str, str]:
    """What rules read of each of these acts."""
    return {key: features_of(act).text for key, act in history(acts.acts_by_key, keys).items()}


def _of_day(day: KeyDate, texts: Mapping[str, str], router: Router) -> set[tuple[str, str]]:
    topics = router.topics_of(texts.get(day.act, ""))
    registers = {(REGISTER, day.register)} if day.register else set()
    return {(AUTHORITY, day.authority), *registers, *((TOPIC, topic) for topic in topics)}


def chosen(everything: Iterable[ToldEntry], subject: Subject) -> list[AlertTaken]:
    """The newest that is about a subject; what a changed watch list touches is told to whoever reads the feed of its entry."""
    if subject.kind == ALL:
        return [one.alert for one in everything if one.alert.kind != NoticeKind.WATCH][:NEWEST]
    about = (subject.kind, subject.code)
    return [one.alert for one in everything if about in one.about][:NEWEST]


def entry(history: History, store: str, alert: AlertTaken, touched: str = "") -> AtomEntry:
    """Something that was told, in the words that it has by now; of the watch list it says only what `touched` (a key) is."""
    notice = _of_nobody(history(notices.told_of, alert.message), touched)
    composed = compose(notice)
    publisher = notice.report.publisher if notice.report else vocabulary.authority(notice.authority) if notice.authority else ""
    return AtomEntry(
        id=urn(store, "alert", alert.key),
        title=composed.headline,
        at=alert.at,
        changed=alert.changed,
        summary=composed.summary,
        text="\n".join(filter(None, plain_lines(composed, ROWS))),
        author=publisher or NAME,
        url=composed.url,
        kind=alert.kind,
    )


def _of_nobody(notice: Notice, touched: str) -> Notice:
    """The same without what people have done with it, why it went where, and what else it touches."""
    touches = notice.touches if touched else None
    if touches:
        touches = msgspec.structs.replace(touches, found=tuple(match for match in touches.found if match.key == touched))
    alone = replace(notice, touches=touches, screened={})
    return replace(alone, handled=None, mentions=(), why="", meant_for="", repeated=False)


def feed(history: History, subject: Subject, entries: Iterable[AtomEntry], place: str = "") -> Feed:
    """The feed of a subject."""
    store = history(taken.store_identity)
    return Feed(
        id=urn(store, "feed", subject.kind, subject.code),
        title=f"{KINDS[subject.kind]}{subject.title}",
        about=QUIET,
        begun=history(taken.begun),
        entries=tuple(entries),
        place=place,
    )


def days(history: History, router: Router, key_dates: KeyDates, now: datetime, topic: str = "") -> bytes:
    """The key dates as a calendar; of a topic those of acts that speak of it, or change one that does.

    It is as old as what it was made of, and the same until that moves.
    """
    dates, acts = key_dates.dates, key_dates.acts
    text = cache(lambda key: features_of(acts[key]).text if key in acts else "")
    about = [day for day in dates if not topic or any(topic in router.topics_of(text(key)) for key in _acts_of(day))]
    return ics(about, acts, history(taken.changed_at) or now)


def _acts_of(day: KeyDate) -> Iterator[str]:
    yield day.act
    yield from (target.key for target in day.amends)


def documents(
    history: History, router: Router, about: Sequence[Subject], key_dates: KeyDates, now: datetime
) -> Iterator[tuple[str, bytes]]:
    """All feeds and calendars as files, each with its name."""
    everything, store = told_alerts(history, router), history(taken.store_identity)
    alerts = {one.alert.message: one.alert for one in everything}
    composed = cache(lambda message, touched: entry(history, store, alerts[message], touched))
    for subject in about:
        entries = [composed(alert.message, subject.touched) for alert in chosen(everything, subject)]
        yield f"{subject.name}{FEED}", atom(feed(history, subject, entries))
        if subject.kind == TOPIC:
            yield f"{subject.name}{DAYS}", days(history, router, key_dates, now, subject.code)
    yield f"{CALENDAR}{DAYS}", days(history, router, key_dates, now)
