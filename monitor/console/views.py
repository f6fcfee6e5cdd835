"""What each page of the console shows, as values for its template: asked of the desk, in the words of the command line."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from typing import Any
from urllib.parse import urlencode

from monitor import vocabulary
from monitor.alert.event import HANDLED, NoticeKind
from monitor.alert.notice import Notice
from monitor.console import archived
from monitor.console.answering import wrong
from monitor.console.desk import ConsoleDesk, WatchListUnread
from monitor.console.lines import of_lives, of_periods
from monitor.console.picture import LANES, picture
from monitor.console.question import Given, day, number
from monitor.history import Message, OutboxState, dealings, troubles
from monitor.pipeline import asking, rows
from monitor.pipeline.answers import AsOf
from monitor.pipeline.stories import Story
from monitor.render import acts, dates, keepers, words
from monitor.render.alert import Alert
from monitor.timeline import Lifecycle, MeasureQuery

Shown = dict[str, Any]
TOLD_OF = frozenset(
    {
        NoticeKind.ACT,
        NoticeKind.AMENDED,
        NoticeKind.DISAGREEMENT,
        NoticeKind.EARLY,
        NoticeKind.EDITION,
        NoticeKind.LISTED,
        NoticeKind.PAGE,
        NoticeKind.PRESS,
        NoticeKind.REMINDER,
        NoticeKind.WATCH,
    }
)
MESSAGES = 300  # the newest, among which what was told is looked for
TOLD = 20
AHEAD = timedelta(days=30)
LINES = 200  # of an answer on one page
NOBODY = "Nobody has taken it"
NAMED = 300  # names and goods of an answer that are shown
RECORDED = 60  # changes that are shown


@dataclass(frozen=True, slots=True)
class ToldLine:
    """Something that people were told: `about` is what it can be looked up by, `touches` whether it is about the watch list;
    `stands` is who has it or what was decided.
    """

    alert: Alert
    when: str
    about: str
    arrived: bool
    touches: bool
    stands: tuple[str, ...] = ()


def today(desk: ConsoleDesk) -> Shown:
    """What was told, what bites in the next thirty days, what touches us, how fresh each authority is."""
    covered = desk.resting()
    on = desk.now.date()
    told = list(_told(desk))
    days = desk.key_dates(on, on + AHEAD)
    return {
        "title": "Today",
        "told": told,
        "touching": [one for one in told if one.touches],
        **_list(desk),
        "heads": rows.DATES,
        "dates": [(rows.key_date(date, days.acts, days.stale.get(date.authority)), date.act) for date in days.dates],
        "unseen_days": rows.unseen_days(days),
        "troubles": [rows.trouble(trouble) for trouble in desk.history(troubles.states)],
        "trouble_heads": rows.TROUBLES,
        "fresh": list(_fresh(desk)),
        "coverage": desk.line(covered),
    }


def _list(desk: ConsoleDesk) -> Shown:
    """How long the watch list is, or that it can't be read."""
    try:
        return {"watched": len(desk.watched), "unread": ""}
    except WatchListUnread as error:
        return {"watched": 0, "unread": wrong(error)}


def _told(desk: ConsoleDesk) -> Iterator[ToldLine]:
    """The newest that people were told, once whatever the number of ways it went."""
    ways: dict[str, list[Message]] = defaultdict(list)
    for message in desk.history(dealings.messages, every=True, limit=MESSAGES, kinds=TOLD_OF):
        ways[message.key.partition("@")[0]].append(message)
    for messages in islice(ways.values(), TOLD):
        notice, alert = desk.told_of(messages[0].id)
        arrived = [message.sent_at for message in messages if message.state is OutboxState.SENT and message.sent_at]
        when = rows.moment(min(arrived) if arrived else messages[0].created_at)
        touches = notice.touches is not None and bool(notice.touches.sure or notice.touches.possible)
        yield ToldLine(alert, when, _about(notice), bool(arrived), touches, _stands(notice))


def _stands(notice: Notice) -> tuple[str, ...]:
    """Who has what was told, or what was decided; nothing of what nobody can take."""
    if notice.handled is None:
        return (NOBODY,) if notice.event and notice.kind in HANDLED else ()
    return tuple(keepers.lines(notice.handled)) or (NOBODY,)


def _about(notice: Notice) -> str:
    if notice.act:
        return notice.act.key
    return notice.edition.register if notice.edition else ""


def _fresh(desk: ConsoleDesk) -> Iterator[tuple[str, ...]]:
    """Each authority with how many of its sources were ever read, and when the last of them was."""
    health = desk.history(troubles.healths)
    by_authority: dict[str, list[datetime | None]] = {}
    for source in desk.sources:
        state = health.get(source.id)
        by_authority.setdefault(source.authority or "press", []).append(state.last_ok if state else None)
    for code, moments in sorted(by_authority.items(), key=lambda pair: vocabulary.authority(pair[0])):
        read = [moment for moment in moments if moment]
        last = rows.moment(max(read)) if read else "never"
        yield vocabulary.authority(code), f"{len(read)} of {words.things(len(moments), 'source')}", last, ago(read, desk.now)


def ago(moments: list[datetime], now: datetime) -> str:
    """How long ago the last of these moments is, in the largest unit; "" without any."""
    return f"{words.about((now - max(moments)).total_seconds())} ago" if moments else ""


def asof(desk: ConsoleDesk, given: Given) -> Shown:
    """What was in force on a day: the form, and where it was filled in the answer."""
    shown: Shown = {"title": "As of a day", "given": given, "today": desk.now.date().isoformat(), "registers": _registers(desk)}
    on = day(given, "day")
    if on is None:
        return shown | {"coverage": desk.line(desk.resting())}
    asked, answer = stood(desk, given)
    first = number(given, "from")
    parts = [(one.lifecycle, one.span) for one in answer.on_day[first : first + LINES]]
    left = len(answer.on_day) - first - len(parts)
    return shown | {
        "on_day": dates.day(on.isoformat()),
        "lines": of_lives(parts, answer.hits),
        "counted": _counted(answer.on_day, first, len(parts)) if first or left > 0 else "",
        "next": urlencode({**given, "from": first + len(parts)}) if left > 0 else "",
        "periods": of_periods(answer.periods) if not first else [],
        "named": _cut(rows.names_of_parts(parts, answer.hits)) if asked.register else [],
        "coverage": desk.line(desk.resting(asked.register, answer.remarks)),
    }


def _counted(all_of_it: Sequence[object], first: int, shown: int) -> str:
    return f"{first + 1:,} to {first + shown:,} of {words.things(len(all_of_it), 'line')}"


def stood(desk: ConsoleDesk, given: Given) -> tuple[MeasureQuery, AsOf]:
    """What the words of a question mean, and how that stood on its day, else how it stands today.

    Raises:
        MonitorError: no register or no place is called so; with the nearest. Or as the desk has it.
    """
    register, place = given["register"], given["destination"]
    asked = MeasureQuery(
        register=asking.register(register) if register else "",
        entity=given["entity"],
        item=given["item"],
        destination=asking.place(place) if place else "",
    )
    return asked, desk.asof(day(given, "day") or desk.now.date(), day(given, "known"), asked)


def _registers(desk: ConsoleDesk) -> list[tuple[str, str]]:
    """The registers on which anything is on record, for whoever chooses one."""
    return sorted(((code, vocabulary.register(code)) for code in desk.registers_named), key=lambda pair: pair[1])


@dataclass(frozen=True, slots=True)
class Named:
    """How many an act names, and of these the `names` that are shown."""

    act: str
    number: int
    names: tuple[str, ...]


def _cut(named: list[rows.Names]) -> list[Named]:
    """Of very many names the first; how many there are is said of each act."""
    left, cut = NAMED, []
    for stands, names in named:
        cut.append(Named(stands.act, len(names), names[:left]))
        left = max(left - len(names), 0)
    return cut


def act(desk: ConsoleDesk, key: str) -> Shown:
    """An act: its measures, the archived page with the quoted words marked, what changed it, evidence."""
    story = desk.story(key)
    own = next((seen.now for seen in story.acts if seen.now.key == key), None)
    shown = of_story(desk, story) | {"title": words.act(own) if own else key, "own": own, "key": key}
    change = next((change for change in reversed(story.recorded) if change.key == key), None)
    if own and change:
        quotes = archived.quotes([own])
        shown["page"] = archived.shown(desk.archive, change.evidence.sha256, change.evidence.url, quotes)
        shown["page_of"] = rows.change(change)
    return shown


def search(desk: ConsoleDesk, about: str) -> Shown:
    """The story of whatever was ever printed."""
    if not about.strip():
        return {"title": "Search", "asked": "", "coverage": desk.line(desk.resting())}
    return of_story(desk, desk.story(about)) | {"asked": about}


def of_story(desk: ConsoleDesk, story: Story) -> Shown:
    """A story as its page has it."""
    return {
        "title": story.title or "Search",
        "asked": "",
        "story_title": story.title,
        "lines": of_lives(rows.by_surety(story, desk.now), story.hits),
        "named": _cut(rows.names_of_parts(((life, life.on(desk.now.date())) for life in story.parts), story.hits)),
        "periods": of_periods(story.periods),
        "registers": [(rows.register_read(status), status.reader) for status in story.registers],
        "register_heads": rows.REGISTERS[:4],
        "opposed": acts.lines(story.opposed),
        "pages": [rows.page(page) for page in story.pages],
        "page_heads": rows.PAGES,
        "lives": list(rows.lives(story)) if story.acts else [],
        "life_heads": rows.LIFE,
        "acts": [rows.act(seen) for seen in story.acts],
        "recorded": [rows.change(change) for change in story.recorded[-RECORDED:]],
        "older": max(len(story.recorded) - RECORDED, 0),
        "more": story.more,
        "nothing": rows.nothing(story),
        "picture": picture([life for life in story.parts if rows.is_sure(life, story.hits)], desk.now.date(), story.more),
        "coverage": desk.line(desk.resting(story.about)),
    }


def timeline(desk: ConsoleDesk, about: str) -> Shown:
    """Acts as bars over time: of all that is on record, or of what somebody names."""
    lives: Sequence[Lifecycle]
    if about.strip():
        story = desk.story(about)
        lives, nothing = story.parts, rows.nothing(story) or "what is on record of it is no part of an act"
        more = story.more
    else:
        own = desk.knowledge.timeline.own
        lives, nothing = sorted(own, key=lambda life: life.spans[0].since)[-LANES:], "no part of an act is on record"
        more = len(own) - len(lives)
    return {
        "title": "Timeline",
        "about": about,
        "nothing": nothing,
        "picture": picture(lives, desk.now.date(), more),
        "registers": _registers(desk),
        "coverage": desk.line(desk.resting()),
    }
