"""What each page of the console shows, as values for its template: asked of the desk, in the
words of the command line.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice
from statistics import median
from typing import Any
from urllib.parse import urlencode

from monitor import vocabulary
from monitor.alert.event import HANDLED, NoticeKind
from monitor.alert.notice import Notice
from monitor.ask import answers, asking, rows
from monitor.ask import lines as case_lines
from monitor.ask.absences import Absence, word_absence
from monitor.ask.answers import AsOf, SourceState, State
from monitor.ask.lines import list_passage_lines
from monitor.ask.screen import (
    Asking,
    Finding,
    list_file_remarks,
    make_entries,
    make_findings,
    summarize_screening,
)
from monitor.ask.standing import describe_state_on
from monitor.ask.stories import Story
from monitor.clock import format_instant
from monitor.console import archived
from monitor.console.answering import Given, read_day, read_number, word_error
from monitor.console.desk import ConsoleDesk, WatchListUnread
from monitor.console.lines import LANES, draw_picture, make_life_lines, make_period_lines
from monitor.errors import ConfigError, MonitorError
from monitor.model import Announcement, FieldValue, Problem
from monitor.render import acts, dates, keepers, words
from monitor.render.alert import Alert, compose
from monitor.run.life import metrics
from monitor.source.health import describe_kind
from monitor.source.schedule import is_stale
from monitor.source.scraper import Source
from monitor.store import (
    EditionTold,
    ListedOn,
    Message,
    OutboxState,
    RegisterStatus,
    Stretch,
    handling,
    looks,
    notices,
    outbox,
    troubles,
    watched,
)
from monitor.store import acts as stored_acts
from monitor.store import registers as stored_registers
from monitor.timeline import Lifecycle, MeasureQuery
from monitor.watch import lists
from monitor.watch.lists import Imported

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
FOLLOWING = (NoticeKind.PRESS, NoticeKind.REMINDER)
MESSAGES = 300  # the newest, among which what was told is looked for
TOLD = 20
AHEAD = timedelta(days=30)
LINES = 200  # of an answer on one page
NOBODY = "Nobody has taken it"
NAMED = 300  # names and goods of an answer that are shown
RECORDED = 60  # changes that are shown
ROWS = 100  # of a register on one page
CHANGES = 500  # rows of editions on one page
FIRST, LAST = date(1970, 1, 2), date(9999, 12, 30)  # of days that are moments in every zone
STRIP = 90  # days
UNRECORDED = "not recorded: what `monitor serve` prints says why"
NAMES = 500  # of one screening: whoever asks next waits for it
CASES = 50  # events, of those that were told last
FOUND = 1_000  # rows of an answer that are shown
WELL, LATE, NEVER = "well", "not read as often as they should be", "never read"


@dataclass(frozen=True, slots=True)
class ToldLine:
    """An event that people were told of, in the words of its newest message: `about` is what it can
    be looked up by, `touches` whether it is about the watch list; `now` is how its acts stand,
    `stands` who has it or what was decided.
    """

    alert: Alert
    when: str
    about: str
    arrived: bool
    touches: bool
    stands: tuple[str, ...] = ()
    now: tuple[str, ...] = ()
    before: str = ""


def show_today(desk: ConsoleDesk, _: Given) -> Shown:
    """What was told, what bites in the next thirty days, what touches us, how fresh each
    authority is.
    """
    on = desk.now.date()
    told = list(_told(desk))
    days = desk.key_dates(on, on + AHEAD)
    touching = [one for one in told if one.touches]
    try:
        watched, unread = len(desk.watched), ""
    except WatchListUnread as error:
        watched, unread = 0, word_error(error)
    absence = Absence.TOUCHING if told else Absence.TOLD
    entries = words.count_entries(watched)
    return {
        "title": "Today",
        "cards": told,
        "touching": touching,
        "watched": watched,
        "unread": unread,
        "untouched": word_absence(absence, {}, desk.coverage(), told=len(told), watched=entries),
        "untold": word_absence(Absence.TOLD, {}, desk.coverage()),
        "dates": [
            (rows.make_key_date_row(date, days.acts, days.stale.get(date.authority)), date.act)
            for date in days.dates
        ],
        "day_remarks": rows.list_day_remarks(days, on, desk.coverage()),
        "troubles": [
            rows.make_trouble_row(trouble)
            for trouble in desk.history(troubles.list_incident_states)
        ],
        "fresh": list(_fresh(desk)),
    }


def _told(desk: ConsoleDesk) -> Iterator[ToldLine]:
    """The events that people were told of last, each once whatever was told of it, and however
    many ways that went.
    """
    events: dict[str, list[Message]] = defaultdict(list)
    for message in desk.history(outbox.list_messages, every=True, limit=MESSAGES, kinds=TOLD_OF):
        events[message.event or message.key.partition("@")[0]].append(message)
    for messages in islice(events.values(), TOLD):
        # A reminder counts days from when it was told, and the press follows: what else was said
        # tells the event itself.
        own = [message for message in messages if message.kind not in FOLLOWING] or messages
        last = max(own, key=lambda message: message.severity.rank)
        notice = desk.history(notices.load_told_notice, last.id)
        newest = [
            message
            for message in messages
            if message.key.partition("@")[0] == last.key.partition("@")[0]
        ]
        arrived = [
            message.sent_at
            for message in newest
            if message.state is OutboxState.SENT and message.sent_at
        ]
        others = {
            message.key.partition("@")[0]: message.created_at
            for message in messages
            if message not in newest
        }
        yield ToldLine(
            alert=compose(notice),
            when=rows.format_utc(min(arrived) if arrived else newest[0].created_at),
            about=(
                notice.act.key
                if notice.act
                else notice.edition.register
                if notice.edition
                else notice.event
            ),
            arrived=bool(arrived),
            touches=notice.touches is not None
            and bool(notice.touches.sure or notice.touches.possible),
            stands=_stands(desk, messages),
            now=tuple(_describe_now(desk, notice)),
            before=(
                f"{words.format_count(len(others), 'other message')}, the last on"
                f" {rows.format_utc(max(others.values()))}"
                if others
                else ""
            ),
        )


def _describe_now(desk: ConsoleDesk, notice: Notice) -> Iterator[str]:
    """How the acts stand now that are told of; those that stand alike in one line."""
    days = notice.reminder.dates if notice.reminder else ()
    told = [target.key for day in days for target in day.amends] or [day.act for day in days]
    alike: dict[str, list[str]] = defaultdict(list)
    for key in dict.fromkeys(
        told or [act.key for act in (*notice.acts, *filter(None, [notice.act]))]
    ):
        states = (describe_state_on(part, desk.now) for part in desk.knowledge.parts_of(key))
        if stands := "; ".join(dict.fromkeys(states)):
            alike[stands].append(key)
    yield from (f"{words.name_acts(keys)} now: {stands}" for stands, keys in alike.items())


def _stands(desk: ConsoleDesk, messages: Sequence[Message]) -> tuple[str, ...]:
    """Who has what was told, or what was decided; nothing of what nobody can take."""
    event = messages[0].event
    if not event or all(message.kind not in HANDLED for message in messages):
        return ()
    handled = desk.history(handling.load_handled, event)
    return (tuple(keepers.list_handling_lines(handled)) if handled else ()) or (NOBODY,)


def _fresh(desk: ConsoleDesk) -> Iterator[tuple[str, ...]]:
    """Each authority with how many of its sources were ever read, and when the last of them was."""
    health = desk.history(troubles.load_source_healths)
    by_authority: dict[str, list[datetime | None]] = {}
    for source in desk.sources:
        state = health.get(source.id)
        by_authority.setdefault(source.authority or "press", []).append(
            state.last_ok if state else None
        )
    for code, moments in sorted(
        by_authority.items(), key=lambda pair: vocabulary.authority(pair[0])
    ):
        read = [moment for moment in moments if moment]
        last = rows.format_utc(max(read)) if read else "never"
        ago = (
            f"{words.format_rough_duration((desk.now - max(read)).total_seconds())} ago"
            if read
            else ""
        )
        yield (
            vocabulary.authority(code),
            f"{len(read)} of {words.format_count(len(moments), 'source')}",
            last,
            ago,
        )


def show_as_of(desk: ConsoleDesk, given: Given) -> Shown:
    """What was in force on a day: the form, and where it was filled in the answer."""
    shown: Shown = {
        "title": "As of a day",
        "given": given,
        "today": desk.now.date().isoformat(),
        "registers": _registers(desk),
    }
    on = read_day(given, "day")
    if on is None:
        return shown
    asked, answer = query_as_of(desk, given)
    first = read_number(given, "from")
    parts = [(one.lifecycle, one.span) for one in answer.on_day[first : first + LINES]]
    left, lines = (
        len(answer.on_day) - first - len(parts),
        words.format_count(len(answer.on_day), "line"),
    )
    return shown | {
        "on_day": dates.format_date(on.isoformat()),
        "lines": make_life_lines(parts, answer.hits),
        "counted": (
            f"{first + 1:,} to {first + len(parts):,} of {lines}" if first or left > 0 else ""
        ),
        "next": urlencode({**given, "from": first + len(parts)}) if left > 0 else "",
        "periods": make_period_lines(answer.periods) if not first else [],
        "nothing": rows.explain_empty(answer, desk.coverage(asked.register)),
        "named": _cut(rows.list_names_of_parts(parts, answer.hits)) if asked.register else [],
        "about_code": asked.register,
        "remarks": answer.remarks,
    }


def query_as_of(desk: ConsoleDesk, given: Given) -> tuple[MeasureQuery, AsOf]:
    """What the words of a question mean, and how that stood on its day, else how it stands today.

    Raises:
        MonitorError: no register or no place is called so; with the nearest. Or as the desk has it.
    """
    register, place = given["register"], given["destination"]
    asked = MeasureQuery(
        register=asking.register(register) if register else "",
        entity=given["entity"],
        item=given["item"],
        destination=asking.parse_country(place) if place else "",
    )
    return asked, desk.asof(
        read_day(given, "day") or desk.now.date(), read_day(given, "known"), asked
    )


def _registers(desk: ConsoleDesk) -> list[tuple[str, str]]:
    """The registers on which anything is on record, for whoever chooses one."""
    return sorted(
        ((code, vocabulary.register(code)) for code in desk.registers_named),
        key=lambda pair: pair[1],
    )


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


def show_act(desk: ConsoleDesk, given: Given) -> Shown:
    """An act: its measures, the archived page with the quoted words marked, what changed it,
    evidence.
    """
    key = given["key"]
    story = desk.story(key)
    own = next((seen.now for seen in story.acts if seen.now.key == key), None)
    shown = show_story(desk, story) | {
        "title": words.name_act(own) if own else key,
        "own": own,
        "key": key,
    }
    change = next((change for change in reversed(story.recorded) if change.key == key), None)
    if own:
        shown["alert"] = _compose_act(desk, story, own)
    if own and change:
        shown["page"] = archived.mark_quotes(desk.archive, change.evidence, own)
        shown["page_of"] = rows.make_change_row(change)
    return shown


def _compose_act(desk: ConsoleDesk, story: Story, act: Announcement) -> Alert:
    """An act as a message tells it."""
    first = next((change.at for change in story.recorded if change.key == act.key), desk.now)
    changed = {target.key for measure in act.measures for target in measure.amends}
    return compose(
        Notice(
            key=act.key,
            kind=NoticeKind.ACT,
            source="",
            authority=act.authority,
            first_seen=format_instant(first),
            act=act,
            touches=desk.history(stored_acts.load_screening_results, [act.key]).get(act.key),
            known=desk.history(stored_acts.load_acts, changed),
        )
    )


def search(desk: ConsoleDesk, given: Given) -> Shown:
    """The story of whatever was ever printed."""
    about = given["q"]
    if not about:
        return {"title": "Search", "asked": ""}
    return show_story(desk, desk.story(about)) | {"asked": about}


def show_story(desk: ConsoleDesk, story: Story) -> Shown:
    """A story as its page has it."""
    return {
        "title": story.title or "Search",
        "asked": "",
        "story_title": story.title,
        "lines": make_life_lines(rows.sort_by_surety(story, desk.now), story.hits),
        "named": _cut(
            rows.list_names_of_parts(
                ((life, life.on(desk.now.date())) for life in story.parts), story.hits
            )
        ),
        "periods": make_period_lines(story.periods),
        "registers": [(rows.register_read(status), status.reader) for status in story.registers],
        "opposed": acts.join_pair_lines(story.opposed),
        "pages": [rows.make_page_row(page) for page in story.pages],
        "passages": list_passage_lines(story.passages[:FOUND], desk.now),
        "lives": list(rows.list_lives(story)) if story.acts else [],
        "acts": [rows.make_act_row(seen) for seen in story.acts],
        "recorded": [rows.make_change_row(change) for change in story.recorded[-RECORDED:]],
        "older": max(len(story.recorded) - RECORDED, 0),
        "more": story.more,
        "nothing": rows.explain_empty(story, desk.coverage(story.about)),
        "picture": draw_picture(
            [life for life in story.parts if answers.is_sure(life, story.hits)],
            desk.now.date(),
            story.more,
        ),
        "about_code": story.about,
    }


def show_timeline(desk: ConsoleDesk, given: Given) -> Shown:
    """Acts as bars over time: of all that is on record, or of what somebody names."""
    about = given["about"]
    lives: Sequence[Lifecycle]
    if about.strip():
        story = desk.story(about)
        lives, nothing = story.parts, rows.explain_empty(story, desk.coverage(story.about))
        more = story.more
    else:
        own = desk.knowledge.timeline.own
        lives, nothing = sorted(own, key=lambda life: life.spans[0].since)[-LANES:], ""
        more = len(own) - len(lives)
    return {
        "title": "Timeline",
        "about": about,
        "nothing": nothing or word_absence(Absence.PART, desk.knowledge.stale, desk.coverage()),
        "picture": draw_picture(lives, desk.now.date(), more),
        "registers": _registers(desk),
    }


def show_registers(desk: ConsoleDesk, _: Given) -> Shown:
    """Every register: those that are published whole, and those that acts make."""
    state = desk.history(stored_registers.list_register_statuses)
    standing = Counter(
        one.lifecycle.measure.register for one in desk.knowledge.timeline.on(desk.now.date())
    )
    made = {code: standing[code] for code in desk.registers_named}
    return {
        "title": "Registers",
        "unread": word_absence(Absence.REGISTER, {}, desk.coverage()),
        "unmade": word_absence(Absence.MADE, desk.knowledge.stale, desk.coverage()),
        "registers": [
            (rows.register(status), status.reader, vocabulary.register(status.code))
            for status in state
        ],
        "made": sorted(
            (vocabulary.register(code, own=True), code, number) for code, number in made.items()
        ),
    }


def register(desk: ConsoleDesk, given: Given) -> Shown:
    """The rows of a register on a day that hold some words, a page of them; what changed between
    two days.
    """
    status = register_of(desk, given["reader"])
    listed = find_rows(desk, status, given, ROWS + 1)
    between = bool(given["since"] or given["until"])
    moved = (
        list(islice(_changes(find_changes(desk, status, given)), CHANGES + 1)) if between else []
    )
    remarks = warn_too_early(status, given, "on", "since", "until")
    return {
        "title": vocabulary.register(status.code, own=True),
        "meaning": vocabulary.meaning(status.code),
        "reader": status.reader,
        "code": status.code,
        "given": given,
        "status": rows.register(status),
        "rows": [_row(row, status.code) for row in listed[:ROWS]],
        "next": listed[ROWS - 1].row if len(listed) > ROWS else "",
        "changes": moved[:CHANGES],
        "older": len(moved) > CHANGES,
        "between": between,
        "no_row": word_absence(Absence.ROW, {}, desk.coverage(status.code)),
        "unchanged": word_absence(Absence.ROW_CHANGE, {}, desk.coverage(status.code)),
        "about_code": status.code,
        "remarks": remarks,
    }


def register_of(desk: ConsoleDesk, reader: str) -> RegisterStatus:
    """The register of a reader, or of its code.

    Raises:
        MonitorError: none was ever read that is called so.
    """
    read = desk.history(stored_registers.list_register_statuses)
    if of_it := next((status for status in read if reader in (status.reader, status.code)), None):
        return of_it
    near = asking.suggest_name(reader, [status.reader for status in read])
    raise MonitorError(
        f"no register that was read whole is called {reader!r}"
        + (f"; did you mean {near}?" if near else "")
    )


def warn_too_early(status: RegisterStatus, given: Given, *names: str) -> tuple[str, ...]:
    """What is to be said where one of the days that are asked for under these names is before
    the register was first read.
    """
    asked = [on for name in names if (on := read_day(given, name))]
    return tuple(filter(None, [answers.explain_not_before([status], min(asked))])) if asked else ()


def find_rows(desk: ConsoleDesk, status: RegisterStatus, given: Given, most: int) -> list[ListedOn]:
    """The rows of a register that hold the words that are asked for; on the day that is, else
    today.
    """
    on = read_day(given, "on") or vocabulary.today(status.code, desk.now)
    return desk.history(
        stored_registers.list_records_on,
        status.reader,
        _moment(on, time.max, status.code),
        given["q"],
        given["after"],
        most,
    )


def find_changes(desk: ConsoleDesk, status: RegisterStatus, given: Given) -> Iterator[EditionTold]:
    """The editions of a register that were read between the days that are asked for."""
    since = read_day(given, "since") or FIRST
    until = read_day(given, "until") or vocabulary.today(status.code, desk.now)
    return desk.history.walk(
        stored_registers.list_editions,
        status.code,
        _moment(since, time.min, status.code),
        _moment(until, time.max, status.code),
    )


def _moment(on: date, at: time, code: str) -> datetime:
    """A time of a day of the publisher of a register."""
    return datetime.combine(min(max(on, FIRST), LAST), at, vocabulary.zone(code))


def _row(row: ListedOn, code: str) -> tuple[str, ...]:
    missing = (
        f"missing since {rows.format_utc(row.held)} without proof that it is gone"
        if row.held
        else "listed"
    )
    gone = (
        f"gone since {dates.format_local_date(vocabulary.today(code, row.gone).isoformat(), code)}"
        if row.gone
        else missing
    )
    return row.row, row.name, rows.format_utc(row.first_seen), gone


def _changes(editions: Iterable[EditionTold]) -> Iterator[tuple[str, ...]]:
    for told in editions:
        for change in told.edition.changes:
            fields = (
                f"{name}: {_value(old)} → {_value(new)}"
                for name, (old, new) in change.fields.items()
            )
            yield rows.format_utc(told.at), change.action, change.id, change.name, "; ".join(fields)


def _value(value: FieldValue) -> str:
    return (value if isinstance(value, str) else ", ".join(value)) or "nothing"


def show_watch_list(desk: ConsoleDesk, _: Given) -> Shown:
    """The watch list, what of it is listed, what people decided; and the form to screen with."""
    entries = desk.watched
    answer = desk.matches()
    found = [finding for finding in make_findings(answer) if finding.score]
    by_entry: dict[tuple[str, str], list[Finding]] = defaultdict(list)
    for finding in found[:FOUND]:
        by_entry[finding.row, finding.asked].append(finding)
    return {
        "title": "Us",
        "entries": [
            (entry.key, entry.name, entry.owner, entry.origin.rpartition("/")[2] or "the store")
            for entry in entries
        ],
        "by_entry": list(by_entry.values()),
        "more": max(len(found) - FOUND, 0),
        "unusable": answer.unusable,
        "unlike": word_absence(
            Absence.WATCHED,
            desk.knowledge.stale,
            desk.coverage(),
            watched=words.count_entries(len(entries)),
        ),
        "untouched": word_absence(
            Absence.TOUCHING,
            {},
            desk.coverage(),
            told=CASES,
            watched=words.count_entries(len(entries)),
        ),
        "case_heads": case_lines.CASE_HEADS,
        "cases": list(_touching(desk)),
        "looked_at": CASES,
        "decisions": [
            (one.entry, one.subject_name, one.by, dates.format_date(one.at))
            for one in desk.history(watched.list_dismissals)
        ],
        "most": NAMES,
    }


def _touching(desk: ConsoleDesk) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Of what was told last that which touches the watch list, or may: how it stands, and which
    entries that is about.
    """
    for case in desk.history(handling.list_cases, every=True, limit=CASES):
        if case.matches:
            yield (
                case_lines.make_case_row(case_lines.make_case_line(desk.history, case)),
                tuple(dict.fromkeys(match.entry for match in case.matches)),
            )


def parse_questions(text: str, file: str = "", body: bytes = b"") -> Asking:
    """What a person pasted, a name, a tariff number or a code a line, and the rows of a file, where
    one is given.

    No line is ever taken for the name of a file.

    Raises:
        ConfigError: the file is no list; there is nothing to screen, or more than can be screened
            here.
    """
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    named = file.replace("\\", "/").rpartition("/")[2] or "file"  # wherever it lay
    read = (
        lists.read_entries(named, body, None, {}, every=True)
        if file or body
        else Imported(entries=())
    )
    if not lines and not read.entries:
        raise ConfigError("say whom or what to screen: a name a line, or a file with a list")
    if len(lines) + len(read.entries) > NAMES:
        raise ConfigError(f"more than {NAMES} names; `monitor screen FILE` takes any number")
    pasted = (entry for line in lines for entry in make_entries(line))
    return Asking((*pasted, *read.entries), read.taken, list_file_remarks(read))


def show_screening(desk: ConsoleDesk, asked: Asking, who: str) -> Shown:
    """What a screening found, and whether it is on record."""
    answer = desk.screening(asked, desk.lists_of_others)
    found, number = make_findings(answer), desk.keep_record(answer, who)
    return {
        "title": "Screened",
        "summary": [
            *summarize_screening(answer, found),
            f"recorded as screening {number}" if number else UNRECORDED,
        ],
        "found": found[:FOUND],
        "more": max(len(found) - FOUND, 0),
    }


@dataclass(frozen=True, slots=True)
class Day:
    """One day of a source's strip: `read`, `trouble` or `unread`."""

    left: float
    state: str


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A source, how it is doing, its last ninety days as a picture and in words."""

    cells: tuple[str, ...]
    days: tuple[Day, ...]
    text: str


def show_sources(desk: ConsoleDesk, _: Given) -> Shown:
    """Every source: how it is doing by cause, its last ninety days, how long after publication
    it was told.
    """
    state = desk.state()
    first = desk.now - timedelta(days=STRIP)
    stretches: dict[str, list[Stretch]] = defaultdict(list)
    for stretch in desk.history(looks.list_coverage_stretches, first):
        stretches[stretch.about].append(stretch)
    return {
        "title": "Sources",
        "troubles": [rows.make_trouble_row(trouble) for trouble in state.troubles],
        "causes": _causes(desk, state),
        "state_heads": [
            head for head, used in zip(rows.STATES, _used(state.sources), strict=True) if used
        ],
        "used": list(_used(state.sources)),
        "sources": [
            _source(source, stretches[source.source], desk.now)
            for source in sorted(state.sources, key=_by_need)
        ],
        "alerts": _times(desk),
        "width": round(100 / STRIP, 2),
    }


def _by_need(state: SourceState) -> tuple[bool, bool, bool, str]:
    """What fails first, then what leaves pages unread, then what is well, and what was never
    read at the end.
    """
    return state.problem is None, not state.unread, state.last_ok is None, state.source


def _used(states: tuple[SourceState, ...]) -> Iterator[bool]:
    """Which columns say anything."""
    told = list(map(rows.make_source_row, states))
    return (place == 0 or any(cells[place] for cells in told) for place in range(len(rows.STATES)))


def _causes(desk: ConsoleDesk, state: State) -> list[tuple[str, str]]:
    """How many sources are well, and how many are not, of each cause."""
    # the gravest comes first, and stays
    doubts = {trouble.about: trouble.problem for trouble in reversed(state.troubles)}
    counted = Counter(
        _cause(desk, source, one.problem or doubts.get(source.id), one.last_ok)
        for source, one in zip(desk.sources, state.sources, strict=True)
    )
    first = [(cause, counted.pop(cause, 0)) for cause in (WELL, LATE, NEVER)]
    return [
        (cause, words.format_count(number, "source"))
        for cause, number in (*first, *counted.most_common())
        if number
    ]


def _cause(
    desk: ConsoleDesk, source: Source, problem: Problem | None, last_ok: datetime | None
) -> str:
    """Why a source is not well; or that it is, which nobody knows of one that should have been
    read since.
    """
    if problem:
        return describe_kind(problem.kind)
    if last_ok is None:
        return NEVER
    return LATE if is_stale(source, last_ok, desk.config.health.patience, desk.now) else WELL


def _source(state: SourceState, stretches: list[Stretch], now: datetime) -> SourceLine:
    days = tuple(
        Day(
            round(100 * number / STRIP, 2),
            _of_day(stretches, now - timedelta(days=STRIP - number), now),
        )
        for number in range(STRIP)
    )
    counted = Counter(day.state for day in days)
    text = (
        f"of the last {STRIP} days {counted['read']} read, {counted['trouble']} with trouble,"
        f" {counted['unread']} not read"
    )
    return SourceLine(rows.make_source_row(state), days, text)


def _of_day(stretches: list[Stretch], begins: datetime, now: datetime) -> str:
    ends = begins + timedelta(days=1)
    during = [
        stretch
        for stretch in stretches
        if stretch.since < ends and (stretch.until or now) >= begins
    ]
    if any(stretch.kind for stretch in during):
        return "trouble"
    return "read" if during else "unread"


def _times(desk: ConsoleDesk) -> list[tuple[str, str, str, str]]:
    """By authority that says the minute: how many alerts of the last ninety days, and how long
    after publication they arrived.
    """
    lasted: dict[str, list[float]] = defaultdict(list)
    for alert in desk.history(looks.list_told_after, desk.now - timedelta(days=STRIP)):
        after = metrics.compute_time_to_alert(alert) if "T" in alert.published else None
        if after is not None:
            lasted[alert.authority].append(after.total_seconds())
    return [
        (
            vocabulary.authority(code),
            words.format_count(len(times), "alert"),
            words.format_rough_duration(median(times)),
            words.format_rough_duration(max(times)),
        )
        for code, times in sorted(lasted.items())
    ]
