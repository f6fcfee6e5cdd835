"""Answers as rows of words, under their heads: the same on a terminal and in a browser. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime

from monitor import vocabulary
from monitor.ask.absences import Absence, word_absence
from monitor.ask.answers import AsOf, KeyDates, is_sure, pick_surest_match
from monitor.ask.coverage import Coverage, SourceGaps, SourceState
from monitor.ask.screen import Screened
from monitor.ask.standing import (
    Standing,
    get_today,
    list_subjects,
    make_part_standing,
    make_period_standing,
)
from monitor.ask.stories import Story
from monitor.clock import format_instant
from monitor.config.redact import clean
from monitor.diff.acts import ChangeKind
from monitor.errors import ErrorKind
from monitor.model import KeyDate, LastRead
from monitor.render import dates
from monitor.render import words as in_english
from monitor.render.editions import list_details
from monitor.render.lifecycle import (
    NAMED,
    format_because,
    format_bilingual_name,
    format_period,
    format_state,
)
from monitor.render.phrases import phrase_clauses
from monitor.render.reminders import Acts, Tense, describe_day, warn_unseen
from monitor.render.text import capitalize_first
from monitor.render.titles import format_title
from monitor.source.health import describe_kind
from monitor.store import Act, KnownPage, OnRecord, Recorded, RegisterStatus, TroubleState
from monitor.timeline import Lifecycle, Sighting, Span, StatusOnDay

DATES = ("day", "authority", "what", "basis", "because")
TROUBLES = ("trouble", "of", "since", "what is known of it")
STATES = ("source", "last good poll", "due", "problem", "pages not read")
GAPS = ("source", "last good poll", "nothing was seen")
REGISTERS = ("register", "rows", "published", "last read", "held back")
NEWEST = ("act", "first seen", "title")
ACTS = ("act", "title", "published", "first seen", "link")
LIFE = ("when", "what became of it", "act", "by")
EVIDENCE = ("recorded", "what", "act", "source", "SHA-256", "page")
PAGES = ("page", "read", "what came of it", "link")
NOTHING_CAME = "nothing that is on record: no listing and no control was found in it"

PAST_DAYS = (
    "of past days only those that acts set ahead are here, not those of an act's publication or"
    " that a later act overtook: `monitor show DAY` has all that changed on a day"
)

Row = tuple[str, ...]
Names = tuple[Standing, Row]  # a line of an answer, and its names and goods


def format_utc(at: datetime) -> str:
    """An instant as every answer has it: `7 Nov 2025 08:00 UTC`."""
    return dates.format_date(format_instant(at))


def describe_standing(stands: Standing) -> str:
    """`in force · Unreliable Entity List · since 9 Oct 2025 (Beijing) · UEL Notice No. 10 of
    2025`.
    """
    since = f"since {stands.since}" if stands.since[:1].isdigit() else stands.since
    return " · ".join(filter(None, (stands.state, stands.register, since, stands.act)))


def make_row_on_day(on_day: StatusOnDay, hits: Sequence[Screened] = ()) -> tuple[Standing, Row]:
    """A part of a measure, its status, and its words; if a name found it, also the similarity."""
    stands, hit = (
        make_part_standing(on_day.lifecycle, on_day.span),
        pick_surest_match(on_day.lifecycle, hits),
    )
    if not is_sure(on_day.lifecycle, hits):
        stands = stands.replace(subject=f"may be {stands.subject}")
    alike = f"{hit.match.reason} ({hit.match.kind} {hit.match.score:.2f})" if hit else ""
    return stands, tuple(filter(None, (alike, *map(format_because, on_day.span.because))))


def make_period_row(record: OnRecord, on: date) -> tuple[Standing, Row]:
    """A record of a whole register on a day, and what else it says."""
    return make_period_standing(record, on), tuple(map(clean, list_details(record.details)))


def explain_unless(reason: str, quoted: set[str]) -> str:
    """Name the origin of the words; quote them only the first time."""
    act, quote, _ = reason.partition("“")
    return f"{act.rstrip(': ')}, as quoted above" if reason in quoted and quote else reason


def list_names_of_parts(
    parts: Iterable[tuple[Lifecycle, Span | None]], hits: Sequence[Screened]
) -> list[Names]:
    """List the names and goods of parts whose line only counts them; without merely similar
    ones.
    """
    return [
        (
            make_part_standing(life, span),
            tuple(clean(format_bilingual_name(thing)) for thing in list_subjects(life)),
        )
        for life, span in parts
        if len(list_subjects(life)) > NAMED and is_sure(life, hits)
    ]


def sort_by_surety(story: Story, now: datetime) -> list[tuple[Lifecycle, Span]]:
    """Sort a story's parts by status: in force first, sure matches before possible ones."""
    standing = [(life, span) for life in story.parts if (span := life.on(get_today(life, now)))]
    return sorted(
        standing, key=lambda pair: (pair[1].status.rank, not is_sure(pair[0], story.hits))
    )


def explain_empty(answer: AsOf | Story, covered: Coverage | None = None) -> str:
    """Explain an answer with nothing in force; "" if something is."""
    if isinstance(answer, AsOf):
        empty = Absence.OF_BOTH if answer.of_both else Absence.STOOD
        absence = empty if not (answer.on_day or answer.periods) else None
    elif answer.lifecycles or answer.periods or answer.pages or answer.registers or answer.passages:
        absence = None
    elif answer.acts:
        absence = (
            Absence.IN_ACT
            if all(seen.now.understood == "full" for seen in answer.acts)
            else Absence.IN_PART
        )
    else:
        absence = Absence.ABOUT
    return word_absence(absence, answer.stale, covered) if absence else ""


def list_lives(story: Story) -> Iterator[Row]:
    """List the history of sure matches, day by day, under `LIFE`; name a clause that has a history
    of its own. Parts that only their hedges keep apart share a line.
    """
    yield from dict.fromkeys(_list_each_life(story))


def _list_each_life(story: Story) -> Iterator[Row]:
    marks = defaultdict[str, set[tuple[str, ...]]](set)
    for life in story.parts:
        marks[life.act.key].add(life.clauses)
    for life in story.parts:
        several = life.clauses and len(marks[life.act.key]) > 1
        clause = f"{phrase_clauses(life.clauses)}: " if several else ""
        for span in life.spans if is_sure(life, story.hits) else ():
            by = in_english.name_acts(dict.fromkeys(cause.act.key for cause in span.because))
            yield (
                format_period(life, span),
                f"{clause}{format_state(replace(life, spans=(span,)), span)}",
                make_part_standing(life, span).act,
                by,
            )


def make_key_date_row(day: KeyDate, acts: Acts, stale: LastRead | None = None) -> Row:
    """A day on which the law changes by itself, under `DATES`; first that its authority was not
    read lately.
    """
    parts = (
        warn_unseen(stale, "an act that changes this") if stale else "",
        describe_day([day], acts),
    )
    text, quote = (
        clean(capitalize_first("; ".join(filter(None, parts)))),
        f"“{clean(day.quote)}”" if day.quote else "",
    )
    computed = (
        f"computed from {dates.format_iso_duration(day.duration)}" if day.duration else "computed"
    )
    basis = computed if day.computed else "as printed"
    return (
        dates.format_local_date(day.on, day.authority),
        vocabulary.authority(day.authority),
        text,
        basis,
        quote,
    )


def list_day_remarks(
    days: KeyDates, first: date, last: date, covered: Coverage | None = None
) -> list[str]:
    """Describe earlier ends of suspensions; without a key date, state that too."""
    until = "on" if last == date.max else f"to {dates.format_date(last.isoformat())}"
    period = f"{dates.format_date(first.isoformat())} {until}"
    nothing = [] if days.dates else [word_absence(Absence.DAY, days.stale, covered, days=period)]
    is_past = days.asked_on and first.isoformat() < days.asked_on
    return [*list_ran_out(days), *nothing, *([PAST_DAYS] if is_past else [])]


def list_ran_out(days: KeyDates) -> list[str]:
    """Describe ended suspensions without an act on what follows."""
    return [
        clean(
            f"{dates.format_local_date(day.on, day.authority)}:"
            f" {describe_day([day], days.acts, _choose_tense(day, days))}"
        )
        for day in days.ran_out
    ]


def _choose_tense(day: KeyDate, days: KeyDates) -> Tense:
    if day.changed or day.authority in days.stale:
        return Tense.DUE
    return Tense.AHEAD if days.asked_on and day.on >= days.asked_on else Tense.OVER


def make_source_row(state: SourceState) -> Row:
    """Describe a source's health, under `STATES`."""
    problem = "; ".join(
        filter(
            None,
            (f"{state.problem.kind}: {state.problem.text}" if state.problem else "", _muted(state)),
        )
    )
    last = format_utc(state.last_ok) if state.last_ok else "never"
    return state.source, last, format_utc(state.due), problem, "; ".join(state.unread)


def gaps(found: SourceGaps) -> Row:
    """Describe a source's gaps, under `GAPS`."""
    unseen = (
        f"{dates.format_date(gap.since)} to {dates.format_date(gap.until)}" for gap in found.gaps
    )
    return found.source, dates.format_date(found.last_ok), "; ".join(unseen)


def _muted(state: SourceState) -> str:
    if not state.muted:
        return ""
    why = f": {state.muted.reason}" if state.muted.reason else ""
    return f"muted until {format_utc(state.muted.until)} by {state.muted.by}{why}"


def make_trouble_row(trouble: TroubleState) -> Row:
    """Describe an incident: its word, its subject, its start and its records, under `TROUBLES`."""
    of = (
        vocabulary.authority(trouble.about)
        if trouble.problem.kind is ErrorKind.BLIND
        else trouble.about
    )
    return describe_kind(trouble.problem.kind), of, format_utc(trouble.since), trouble.problem.text


def register(register: RegisterStatus) -> Row:
    """Describe a register: its size and unconfirmed removals, under `REGISTERS`."""
    return *register_read(register), _held(register)


def register_read(register: RegisterStatus) -> Row:
    """Return the same without the delayed ones."""
    return (
        register.reader,
        f"{register.rows:,}",
        dates.format_date(register.published or ""),
        format_utc(register.read_at),
    )


def _held(register: RegisterStatus) -> str:
    if not register.held:
        return ""
    way = (
        f"monitor poll --release {register.reader}"
        if register.asks
        else "until the next read agrees"
    )
    return f"{register.held:,} ({way})"


def make_newest_row(act: Act) -> Row:
    """An act that came lately, under `NEWEST`."""
    return act.key, format_utc(act.first_seen), clean(format_title(act.title))


def make_act_row(seen: Sighting) -> Row:
    """An act of a story, under `ACTS`."""
    act = seen.now
    published = (
        dates.format_local_date(act.published, act.authority) if act.published else "unknown"
    )
    return act.key, clean(format_title(act.title)), published, format_utc(seen.first_seen), act.url


def make_change_row(change: Recorded) -> Row:
    """Describe a recorded change and its evidence, under `EVIDENCE`."""
    evidence = change.evidence
    return (
        format_utc(change.at),
        # a withdrawn act would be one that its authority took back
        "its page is gone" if change.kind is ChangeKind.WITHDRAWN else change.kind,
        change.key,
        change.source,
        evidence.sha256,
        evidence.url,
    )


def make_page_row(page: KnownPage) -> Row:
    """A page of which nothing is on record, under `PAGES`."""
    read = dates.format_date(page.first_read) if page.first_read else "not read"
    came = page.problem or (NOTHING_CAME if page.first_read else "still to be read")
    return clean(page.title), read, came, page.url
