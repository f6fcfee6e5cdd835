"""Show the law in the console: on a day, for an act, for a search, over time."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from urllib.parse import urlencode

from monitor import vocabulary
from monitor.alert.event import Notice, NoticeKind, ToldAct
from monitor.ask import answers, asking, cases, exports, rows
from monitor.ask.absences import Absence, word_absence
from monitor.ask.answers import AsOf
from monitor.ask.lines import list_passage_lines
from monitor.ask.rows import describe_standing, explain_unless, make_row_on_day
from monitor.ask.screen import Screened
from monitor.ask.standing import Standing, find_row_status, get_today, make_part_standing
from monitor.ask.stories import Story
from monitor.clock import format_instant, format_minute
from monitor.console import archived
from monitor.console.archived import list_readings
from monitor.console.desk import (
    FOUND,
    MOST,
    ConsoleDesk,
    Given,
    Shown,
    choose_status,
    list_choices,
    read_day,
    read_number,
    word_error,
)
from monitor.console.screenings import list_screenings
from monitor.errors import MonitorError
from monitor.model import Announcement, frozen
from monitor.render import acts, dates, keepers, words
from monitor.render.alert import compose_alert
from monitor.render.lifecycle import format_period, format_state
from monitor.render.text import cut
from monitor.render.values import Alert
from monitor.run.triage import load_case_or_fail
from monitor.store import OnRecord, handling
from monitor.store import acts as stored_acts
from monitor.timeline import Lifecycle, MeasureQuery, Span, Status, StatusOnDay
from monitor.triage.values import Case

LINES = 200  # of an answer on one page
NAMED = 300  # names and goods of an answer that are shown
RECORDED = 60  # changes that are shown


# A line of an answer: its subject, its status, the reason, and links.


@frozen
class AnswerLine:
    """One line: `key` is that of its act, `state` the word by which it is coloured."""

    subject: str
    how: str
    why: tuple[str, ...] = ()
    link: str = ""
    key: str = ""
    state: str = ""


def make_life_lines(
    lives: Iterable[tuple[Lifecycle, Span]], hits: Sequence[Screened]
) -> list[AnswerLine]:
    """Parts of measures as they stand; words that were quoted once are not quoted again."""
    quoted: set[str] = set()
    lines = []
    for life, span in lives:
        stands, why = make_row_on_day(StatusOnDay(life, span), hits)
        lines.append(
            _make_line(
                stands,
                tuple(explain_unless(reason, quoted) for reason in why),
                life.act.key,
                span.status,
            )
        )
        quoted.update(why)
    return lines


def make_period_lines(periods: Iterable[OnRecord], on: date) -> list[AnswerLine]:
    """Rows of registers that are published whole, on a day."""
    return [
        _make_line(*rows.make_period_row(period, on), state=find_row_status(period, on))
        for period in periods
    ]


def _make_line(
    stands: Standing, why: tuple[str, ...] = (), key: str = "", state: str = ""
) -> AnswerLine:
    return AnswerLine(
        stands.subject, describe_standing(stands), why, stands.link, key, name_css_class(state)
    )


def name_css_class(state: str) -> str:
    """Name the style sheet's class of a status."""
    return state.replace(" ", "-")


# Law over time as a picture: a lane for each part of a measure, a bar for each stretch of its life.
# Pure.

# how far the picture goes on beyond the last day that is known, or today
AHEAD = timedelta(days=90)
LANES = 200
LONGEST = 90  # characters of what a lane is about
ACROSS = 100.0  # percent
NARROWEST = 0.4  # ditto, so that a day can be seen


@frozen
class Bar:
    """A stretch, from `left` over `width` in percent; `text` says it in words."""

    left: float
    width: float
    state: str
    text: str


@frozen
class Lane:
    """A part of a measure."""

    subject: str
    act: str
    key: str
    bars: tuple[Bar, ...]

    @property
    def text(self) -> str:
        """The whole lane in words."""
        return "; ".join(bar.text for bar in self.bars)


@frozen
class Year:
    """A year's name and the place where it begins."""

    left: float
    name: str


@frozen
class Picture:
    """Lanes by register; `today` is where today stands in percent, `more` how many lanes are not
    drawn.
    """

    groups: tuple[tuple[str, tuple[Lane, ...]], ...]
    years: tuple[Year, ...]
    today: float
    more: int = 0


def draw_picture(lives: Sequence[Lifecycle], today: date, more: int = 0) -> Picture:
    """Draw the history of these parts of measures: the newest ones, with `more` beside them."""
    drawn = sorted(lives, key=lambda life: life.spans[0].since if life.spans else date.min)[-LANES:]
    first, last = _find_ends(drawn, today)
    groups: dict[str, list[Lane]] = defaultdict(list)
    for life in drawn:
        groups[life.measure.register or ""].append(_make_lane(life, first, last))
    named = (
        (vocabulary.register(code) if code else "other measures", tuple(lanes))
        for code, lanes in sorted(groups.items())
    )
    return Picture(
        tuple(named),
        tuple(_list_years(first, last)),
        _place_day(today, first, last),
        len(lives) - len(drawn) + more,
    )


def _find_ends(lives: Iterable[Lifecycle], today: date) -> tuple[date, date]:
    """Find the first and the last day of the picture."""
    days = [
        day
        for life in lives
        for span in life.spans
        for day in (span.since, span.until)
        if date.min < day < date.max
    ]
    first, last = min([today, *days]), max([today, *days])
    return date(first.year, 1, 1), min(last, date.max - AHEAD) + AHEAD


def _make_lane(life: Lifecycle, first: date, last: date) -> Lane:
    stands = make_part_standing(life, None)
    return Lane(
        cut(stands.subject, LONGEST),
        stands.act,
        life.act.key,
        tuple(_make_bar(life, span, first, last) for span in life.spans),
    )


def _make_bar(life: Lifecycle, span: Span, first: date, last: date) -> Bar:
    left, right = (
        _place_day(span.since, first, last),
        _place_day(min(span.until, last), first, last),
    )
    width = (
        min(max(right - left, NARROWEST), ACROSS - left)
        if span.status is not Status.ENDED
        else NARROWEST
    )
    return Bar(
        round(left, 2),
        round(width, 2),
        name_css_class(span.status),
        f"{format_period(life, span)}: {format_state(life, span)}",
    )


def _place_day(day: date, first: date, last: date) -> float:
    return ACROSS * (day - first).days / max((last - first).days, 1)


def _list_years(first: date, last: date) -> Iterable[Year]:
    step = (last.year - first.year) // 8 + 1
    for year in range(first.year, last.year + 1, step):
        yield Year(round(_place_day(date(year, 1, 1), first, last), 2), str(year))


def show_as_of(desk: ConsoleDesk, given: Given) -> Shown:
    """Show the form for a day and, once it is filled in, the answer or why there is none."""
    shown: Shown = {
        "title": "As of a day",
        "given": given,
        "today": desk.now.date().isoformat(),
        "registers": list_choices(desk.registers_named, vocabulary.register),
    }
    if not given["day"]:
        return shown
    try:
        asked, answer = query_as_of(desk, given)
        return shown | _show_answer(desk, given, asked, answer)
    except MonitorError as error:
        return shown | {"wrong": word_error(error), "answered": choose_status(error)}


def _show_answer(desk: ConsoleDesk, given: Given, asked: MeasureQuery, answer: AsOf) -> Shown:
    """Show the status on the day; with another day, what differs between the two."""
    shown = {"on_day": dates.format_date(given["day"]), "about_code": asked.register}
    if read_day(given, "before"):
        return shown | _compare_days(desk, given, asked, answer)
    first = read_number(given, "from")
    parts = [(one.lifecycle, one.span) for one in answer.on_day[first : first + LINES]]
    begin = max(first - len(answer.on_day), 0)
    listed = answer.periods[begin : begin + LINES - len(parts)]
    last, every = first + len(parts) + len(listed), len(answer.on_day) + len(answer.periods)
    lines = words.format_count(every, "line")
    return shown | {
        "lines": make_life_lines(parts, answer.hits),
        "counted": f"{first + 1:,} to {last:,} of {lines}" if first or last < every else "",
        "next": urlencode({**given, "from": last}) if last < every else "",
        "periods": make_period_lines(listed, answer.day),
        "nothing": rows.explain_empty(answer, desk.coverage(asked.register)),
        "named": _cut_names(rows.list_names_of_parts(parts, answer.hits)) if asked.register else [],
        "remarks": answer.remarks,
    }


Known = tuple[str, ...]


@frozen
class Side:
    """The lines of one day that differ from the other day."""

    on: str
    other: str
    lines: list[AnswerLine]
    named: list["Named"]


def _compare_days(desk: ConsoleDesk, given: Given, asked: MeasureQuery, answer: AsOf) -> Shown:
    """Show the lines of either of two days that the other lacks."""
    day, before = (dates.format_date(given[name]) for name in ("day", "before"))
    then = desk.asof(date.fromisoformat(given["before"]), read_day(given, "known"), asked)
    sides = [_find_other(before, then, day, answer), _find_other(day, answer, before, then)]
    same = word_absence(Absence.SAME, answer.stale, desk.coverage(asked.register))
    return {
        "sides": [side for side in sides if side.lines],
        "nothing": "" if any(side.lines for side in sides) else same,
        "remarks": tuple(dict.fromkeys((*then.remarks, *answer.remarks))),
    }


def _find_other(on: str, one: AsOf, day: str, other: AsOf) -> Side:
    there = {known for known, _ in _list_lines(other)}
    lines = [line for known, line in _list_lines(one) if known not in there]
    acts = {line.key for line in lines}
    parts = [(part.lifecycle, part.span) for part in one.on_day if part.lifecycle.act.key in acts]
    return Side(on, day, lines, _cut_names(rows.list_names_of_parts(parts, one.hits)))


def _list_lines(answer: AsOf) -> list[tuple[Known, AnswerLine]]:
    """List each line with its identity, which leaves out when it was last read."""
    parts = [(one.lifecycle, one.span) for one in answer.on_day]
    stood: list[Known] = [(span.status, str(span.since), str(span.until)) for _, span in parts]
    periods = make_period_lines(answer.periods, answer.day)
    stood += [(line.how, line.link, "") for line in periods]
    lines = make_life_lines(parts, answer.hits) + periods
    return [
        ((line.key, line.subject, *known), line) for known, line in zip(stood, lines, strict=True)
    ]


def query_as_of(desk: ConsoleDesk, given: Given) -> tuple[MeasureQuery, AsOf]:
    """Parse the parameters of a question, and compute the status on its day, or today.

    Raises:
        MonitorError: no register or place has this name; names the nearest. Or as the desk raises it.
    """
    register, place = given["register"], given["destination"]
    asked = MeasureQuery(
        register=asking.parse_register(register) if register else "",
        entity=given["entity"],
        item=given["item"],
        destination=asking.parse_country(place) if place else "",
    )
    return asked, desk.asof(
        read_day(given, "day") or desk.now.date(), read_day(given, "known"), asked
    )


@frozen
class Named:
    """The number of names in an act, and the `names` that are shown."""

    act: str
    number: int
    names: tuple[str, ...]


def _cut_names(named: list[rows.Names]) -> list[Named]:
    """Keep the first of very many names, with the full number for each act."""
    left, cut = NAMED, []
    for stands, names in named:
        cut.append(Named(stands.act, len(names), names[:left]))
        left = max(left - len(names), 0)
    return cut


def show_act(desk: ConsoleDesk, given: Given) -> Shown:
    """Show an act: its measures, the archived page with marked quotes, its amendments, evidence."""
    key = given["key"]
    story = desk.story(key)
    own = next((seen.now for seen in story.acts if seen.now.key == key), None)
    shown = show_story(desk, story) | {
        "title": words.name_act(own) if own else key,
        "own": own,
        "key": key,
    }
    changes = [change for change in story.recorded if change.key == key]
    if own:
        case = desk.history(handling.find_case, key)
        shown["alert"] = _compose_act(desk, own, changes[0].at if changes else desk.now, case)
        shown["stands"] = list(keepers.list_handling_lines(case.handled if case else None))
    if own and changes:
        shown["page"] = archived.mark_quotes(desk.archive, changes[-1].evidence, own)
        shown["page_of"] = rows.make_change_row(changes[-1])
        shown["readings"] = len(list_readings(changes))
    return shown


def show_event(desk: ConsoleDesk, given: Given) -> Shown:
    """Show why an event was sent, which entries its acts touch now, and its triage."""
    case = load_case_or_fail(desk.history, given["key"])
    line = cases.explain_case(desk.history, case)
    done = [
        (format_minute(step.at), step.did, step.by, step.said, step.refused) for step in line.done
    ]
    return {
        "title": line.case.what,
        "key": given["key"],
        "why": [*keepers.explain_event(case, ""), *_list_touches_now(desk, case)],
        "done": done,
    }


def _list_touches_now(desk: ConsoleDesk, case: Case) -> Iterator[str]:
    """List what each act of an event touches on the watch list as it is now."""
    happening = desk.history(stored_acts.load_event, case.event)
    for act in happening.acts if happening else ():
        for line in _compose_act(desk, act, desk.now, case).touches:
            yield f"{words.name_act(act)} and your watch list as it is now: {line.text}"


def _compose_act(desk: ConsoleDesk, act: Announcement, first: datetime, case: Case | None) -> Alert:
    """Compose an act as a message shows it."""
    known = desk.load_changed(act)
    return compose_alert(
        Notice(
            key=act.key,
            kind=NoticeKind.ACT,
            source="",
            authority=act.authority,
            first_seen=format_instant(first),
            body=ToldAct(act, known=known),
            touches=desk.screen_act(act),
            event=case.event if case and case.told else "",
            handled=case.handled if case else None,
        )
    )


def show_search(desk: ConsoleDesk, given: Given) -> Shown:
    """Show the story of any name, number or word that was printed."""
    about = given["q"]
    if not about:
        return {"title": "Search", "asked": ""}
    try:
        whole = desk.story(about, most=None)
    except MonitorError as error:
        ours = list_screenings(desk, about, given.asker)
        if not ours["screened"]:
            raise
        return {"title": "Search", "asked": about, "wrong": str(error)} | ours
    story = narrow_story(whole, given, desk.now)
    left = max(len(story.lifecycles) - MOST, 0)
    shown = show_story(desk, replace(story, lifecycles=story.lifecycles[:MOST], more=left))
    if story is not whole:
        shown["nothing"] = "" if story.parts or story.periods else word_absence(Absence.CHOSEN, {})
    return shown | {
        "asked": about,
        "facets": list_facets(whole, given, desk.now),
        "file": urlencode({name: text for name, text in given.items() if text}),
    }


def show_story(desk: ConsoleDesk, story: Story) -> Shown:
    """Show a story as its page has it."""
    return {
        "title": story.title or "Search",
        "asked": "",
        "story_title": story.title,
        "says": story.says.splitlines(),
        "lines": make_life_lines(rows.sort_by_surety(story, desk.now), story.hits),
        "named": _cut_names(
            rows.list_names_of_parts(
                ((life, life.on(desk.now.date())) for life in story.parts), story.hits
            )
        ),
        "periods": make_period_lines(story.periods, desk.now.date()),
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
    """Show acts as bars over time: all on record, or those of a search."""
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
        "registers": list_choices(desk.registers_named, vocabulary.register),
    }


# Which parts of an answer are shown: by authority, register, year and state, with how many there
# are of each.

FACETS = ("authority", "register", "year", "state")
HEADS = ("subject", "state", "list", "since", "act", "key", "link")
Values = Mapping[str, str]


@frozen
class Choice:
    """A value of a facet: how many parts have it, and the address that shows these alone; of the
    one that is chosen, the address that shows all.
    """

    label: str
    number: int
    address: str
    is_chosen: bool


def narrow_story(story: Story, given: Given, now: datetime) -> Story:
    """Narrow a story to the parts with the chosen values, with their acts and passages."""
    chosen = {name: given[name] for name in FACETS if given[name]}
    if not chosen:
        return story
    lives = tuple(life for life in story.lifecycles if _is_fitting(_find_values(life, now), chosen))
    keys = {life.act.key for life in lives}
    return replace(
        story,
        lifecycles=lives,
        acts=tuple(seen for seen in story.acts if seen.now.key in keys),
        recorded=tuple(change for change in story.recorded if change.key in keys),
        periods=tuple(
            one for one in story.periods if _is_fitting(_find_row_values(one, now), chosen)
        ),
        passages=tuple(
            one
            for one in story.passages
            if any(_is_fitting(_find_values(life, now), chosen) for life in one.parts)
        ),
    )


def list_facets(story: Story, given: Given, now: datetime) -> list[tuple[str, list[Choice]]]:
    """List each facet that divides or narrows the answer, its most frequent value first.

    A count is of what the other facets leave.
    """
    every = list(_list_values(story, now))
    facets = []
    for name in FACETS:
        others = {other: given[other] for other in FACETS if other != name and given[other]}
        counted = Counter(values[name] for values in every if _is_fitting(values, others))
        choices = [
            _make_choice(given, name, value, number)
            for value, number in counted.most_common()
            if value
        ]
        if len(choices) > 1 or given[name]:
            facets.append((name, choices))
    return facets


def _make_choice(given: Given, name: str, value: str, number: int) -> Choice:
    is_chosen = given[name] == value
    asked = {**given, name: "" if is_chosen else value}
    address = urlencode({key: text for key, text in asked.items() if text})
    label = {"authority": vocabulary.authority, "register": vocabulary.register}.get(name, str)
    return Choice(label(value), number, f"/search?{address}", is_chosen)


def _list_values(story: Story, now: datetime) -> Iterator[Values]:
    """Yield the values of all that holds or held: what is not announced yet has no line."""
    lives = [*story.lifecycles, *(life for one in story.passages for life in one.parts)]
    once = {id(life): _find_values(life, now) for life in lives}
    yield from (values for values in once.values() if values["state"])
    yield from (_find_row_values(one, now) for one in story.periods)


def _find_values(life: Lifecycle, now: datetime) -> Values:
    span = life.on(get_today(life, now))
    return {
        "authority": life.act.authority,
        "register": life.measure.register or "",
        "year": (life.act.published or "")[:4],
        "state": span.status if span else "",
    }


def _find_row_values(row: OnRecord, now: datetime) -> Values:
    state = find_row_status(row, now.date())
    return {"authority": "", "register": row.register, "year": row.since[:4], "state": state}


def _is_fitting(values: Values, chosen: Values) -> bool:
    return all(values[name] == value for name, value in chosen.items())


def write_csv(desk: ConsoleDesk, given: Given) -> bytes:
    """Write all parts that a search shows as CSV, with a mark for spreadsheets."""
    story = narrow_story(desk.story(given["q"], most=None), given, desk.now)
    lines = (
        (rows.make_row_on_day(StatusOnDay(life, span), story.hits)[0], life.act.key)
        for life, span in rows.sort_by_surety(story, desk.now)
    )
    cells = (
        (one.subject, one.state, one.register, one.since, one.act, key, one.link)
        for one, key in lines
    )
    return exports.write_sheet(HEADS, cells)
