"""Answers for programs: one JSON object a line. Names, order and omissions are a contract with
readers.
"""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import TypeVar

import msgspec
from msgspec.structs import asdict

from monitor.alert.event import Side
from monitor.ask import coverage
from monitor.ask.absences import Absence
from monitor.ask.answers import AsOf, is_sure, pick_surest_match
from monitor.ask.coverage import RegisterLine, SourceState, State
from monitor.ask.screen import Screened
from monitor.ask.standing import (
    Unsure,
    UnsureBy,
    describe_state_on,
    get_today,
    list_reasons,
    make_part_standing,
    name_of_row,
)
from monitor.ask.stories import PassageFound, Story
from monitor.clock import format_instant
from monitor.config.redact import clean
from monitor.diff import ChangeKind
from monitor.diff.opinions import add_doubts
from monitor.errors import ErrorKind
from monitor.model import (
    Action,
    Announcement,
    End,
    Entity,
    FieldValue,
    Item,
    Opinion,
    Report,
    Reviewed,
    Severity,
    Start,
    Target,
    Term,
    Value,
)
from monitor.render import words
from monitor.render.alert import compose_alert
from monitor.render.lifecycle import describe_status
from monitor.source.health import name_kind
from monitor.store import (
    History,
    KnownPage,
    OnRecord,
    OutboxState,
    Recorded,
    RegisterStatus,
    notices,
    outbox,
)
from monitor.timeline import Ending, Lifecycle, Sighting, Span, Status, StatusOnDay
from monitor.timeline.values import make_identity
from monitor.watch.values import MatchVerdict

REFUSED = 5  # messages named if only problems are in question


class CauseLine(Value, kw_only=True):
    """The measure that made a status what it is."""

    act: str
    action: Action
    quote: str = ""
    url: str = ""
    starts: Start | None = None
    ends: End | None = None


class SpanLine(Value, kw_only=True):
    """A status, with its words in `said`, from `since` to its last day `until`; days are ISO
    dates. What makes it `unsure` is to be read before it is acted on.
    """

    status: Status
    why: Ending | None = None
    said: str
    since: str
    until: str | None = None
    because: tuple[CauseLine, ...] = ()
    unsure: tuple[Unsure, ...] = ()


class PartLine(Value, kw_only=True):
    """A measure, or a part of it with one status; an unseen act has no `action`."""

    act: str
    title: str = ""
    authority: str = ""
    url: str = ""
    published: str | None = None
    action: Action | None = None
    register: str | None = None
    clauses: tuple[str, ...] = ()
    all_but_clauses: tuple[str, ...] = ()
    amends: tuple[Target, ...] = ()
    starts: Start | None = None
    ends: End | None = None
    destinations: tuple[str, ...] = ()
    entities: tuple[Entity, ...] = ()
    items: tuple[Item, ...] = ()
    terms: tuple[Term, ...] = ()
    act_seen: bool = True
    reviewed: Reviewed | None = None


class MatchLine(Value, kw_only=True):
    """The score of a part's surest subject."""

    kind: str
    score: float
    verdict: MatchVerdict
    reason: str


class StatusOnDayLine(PartLine, kw_only=True):
    """A part of a measure and its status, as SpanLine; `state` also has the end, `match` why it is
    an answer.
    """

    status: Status
    why: Ending | None = None
    said: str
    since: str
    until: str | None = None
    because: tuple[CauseLine, ...] = ()
    state: str
    match: MatchLine | None = None
    unsure: tuple[Unsure, ...] = ()


class MeasureLine(PartLine, kw_only=True, tag="measure"):
    """A part of a measure, its history, and its status today."""

    life: tuple[SpanLine, ...]
    state: str
    match: MatchLine | None = None
    unsure: tuple[Unsure, ...] = ()


class ListingPeriodLine(Value, kw_only=True):
    """A row of a whole register, and from when to when it was seen there (UTC, ISO). Or what the
    page of an `act` prints no longer since the day `unprinted`; `first_seen` is the act's day.
    `starts` and `ends` are the row's own days, `details` what else it says.
    """

    register: str
    row: str
    name: str
    first_seen: str
    gone: str | None = None
    act: str = ""
    unprinted: str | None = None
    starts: str = ""
    ends: str = ""
    details: Mapping[str, FieldValue] = {}


class RowLine(ListingPeriodLine, kw_only=True, tag="row"):
    """A row of a whole register, as a story has it."""


class RegisterOnRecord(Value, kw_only=True, tag="register"):
    """A register that is published whole, as it was last read."""

    register: str
    reader: str
    rows: int
    published: str | None = None
    read_at: str


class OpposedLine(Value, kw_only=True, tag="two laws"):
    """One law's prohibition and another's demand; no conclusion is drawn."""

    forbids: Side
    demands: Side


class SaidLine(Value, kw_only=True, tag="message"):
    """A message: whether it arrived, and its words as they were sent."""

    what: str
    says: str


class PassageLine(Value, kw_only=True, tag="passage"):
    """Words of an archived page with `more` such lines: their context, and the status of the
    page's act.
    """

    says: str
    title: str
    state: str
    acts: tuple[str, ...] = ()
    url: str
    sha256: str
    more: int = 0


class ActLine(Value, kw_only=True, tag="act"):
    """An act as it is understood now; a `baseline` was there when its source was first read."""

    act: Announcement
    first_seen: str
    baseline: bool
    opinion: Opinion | None = None


class ChangeLine(Value, kw_only=True, tag="change"):
    """One recorded change, and the bytes that prove it."""

    at: str
    kind: ChangeKind
    act: str
    source: str
    url: str
    sha256: str
    fetched_at: str


class MutedLine(Value, kw_only=True):
    """The author of a source's mute, its end (UTC) and the reason."""

    until: str
    by: str
    reason: str = ""


class SourceStateLine(Value, kw_only=True):
    """The health of a source; its last good poll may be `never`."""

    source: str
    last_ok: str
    next: str
    problem: str = ""
    unread: str = ""
    muted: MutedLine | None = None


class ClosedLine(Value, kw_only=True):
    """A destination that takes nothing, since when and why."""

    destination: str
    since: str
    why: str


class RefusedLine(Value, kw_only=True):
    """A message that was refused, with the last answer; `undelivered` where it is not tried
    again by itself.
    """

    message: int
    what: str
    to: str
    undelivered: bool = False
    answer: str


class OutboxLine(Value, kw_only=True):
    """The number of messages in each state; destinations that accept nothing, and their first
    refusals.
    """

    outbox: dict[OutboxState, int]
    closed: tuple[ClosedLine, ...] = ()
    refused: tuple[RefusedLine, ...] = ()


class TroubleLine(Value, kw_only=True):
    """An incident of a source, an authority or (`monitor`) all of them: its word and its start."""

    trouble: str
    about: str
    kind: ErrorKind
    text: str
    since: str
    severity: Severity


class NewestLine(Value, kw_only=True):
    """An act that came lately."""

    act: str
    title: str
    first_seen: str


L = TypeVar("L", bound=msgspec.Struct)
P = TypeVar("P", bound=ListingPeriodLine)
V = TypeVar("V")


def make_line(kind: type[L], value: object, /, **more: object) -> L:
    """Make a line from a value's fields of the same names, instants as text; `more` overrides."""
    same = {
        name: getattr(value, name)
        for name in kind.__struct_fields__
        if name not in more and hasattr(value, name)
    }
    return kind(
        **{
            name: format_instant(said) if isinstance(said, datetime) else said
            for name, said in same.items()
        },
        **more,
    )


def list_as_of_lines(answer: AsOf) -> Iterator[StatusOnDayLine | ListingPeriodLine]:
    """Iterate over the parts, then the rows."""
    yield from (_on_day(on_day, answer.hits) for on_day in answer.on_day)
    yield from (_period(ListingPeriodLine, record) for record in answer.periods)


def list_story_lines(
    story: Story, now: datetime
) -> Iterator[
    ActLine
    | MeasureLine
    | ChangeLine
    | RowLine
    | KnownPage
    | RegisterOnRecord
    | OpposedLine
    | PassageLine
    | SaidLine
]:
    """Iterate over a message, acts, measures with their status, changes, rows, known pages, registers,
    passages, each with its `type`.
    """
    if story.says:
        yield SaidLine(what=story.title, says=story.says)
    yield from (make_act_line(seen, story.opinions.get(seen.now.key)) for seen in story.acts)
    yield from (make_measure_line(life, story.hits, now) for life in story.lifecycles)
    yield from map(make_change_line, story.recorded)
    yield from (_period(RowLine, record) for record in story.periods)
    yield from story.pages
    yield from map(make_register_line, story.registers)
    yield from (OpposedLine(forbids=forbids, demands=demands) for forbids, demands in story.opposed)
    yield from list_passage_lines(story.passages, now)


def list_passage_lines(passages: Iterable[PassageFound], now: datetime) -> list[PassageLine]:
    """Passages, those of acts first that bind most today."""
    return [
        _make_passage_line(one, now) for one in sorted(passages, key=lambda one: _rank(one, now))
    ]


def _rank(passage: PassageFound, now: datetime) -> int:
    spans = (part.on(get_today(part, now)) for part in passage.parts)
    return min((span.status.rank for span in spans if span), default=len(Status))


def _make_passage_line(passage: PassageFound, now: datetime) -> PassageLine:
    facts = passage.passage.facts
    acts = [fact for fact in facts if isinstance(fact, Announcement)]
    reports = [
        f"{fact.publisher or fact.kind}: {fact.title}" for fact in facts if isinstance(fact, Report)
    ]
    states = dict.fromkeys(describe_state_on(part, now) for part in passage.parts)
    return make_line(
        PassageLine,
        passage.passage,
        says=clean(passage.words),
        title=clean("; ".join([*map(words.name_act, acts), *reports])),
        state="; ".join(states) or (Absence.IN_PART if acts else "a report, no act"),
        acts=tuple(act.key for act in acts),
    )


def list_state_lines(
    state: State,
) -> Iterator[TroubleLine | SourceStateLine | RegisterLine | NewestLine]:
    """List incidents, sources, registers and acts; the first name of a line tells its kind.

    The outbox has its own line, because messages can be pending before any read.
    """
    for trouble in state.troubles:
        problem = trouble.problem
        yield make_line(
            TroubleLine,
            trouble,
            trouble=name_kind(problem.kind),
            kind=problem.kind,
            text=problem.text,
        )
    yield from map(make_source_state_line, state.sources)
    yield from map(coverage.make_register_line, state.registers)
    yield from (make_line(NewestLine, act, act=act.key) for act in state.newest)


def make_outbox_line(history: History) -> tuple[OutboxLine, int]:
    """Count the messages in each state, name obstacles to delivery, and count refusals."""
    refused = [
        message
        for message in history(outbox.list_messages)
        if message.state is OutboxState.UNDELIVERABLE or message.failure
    ]
    line = OutboxLine(
        outbox=dict(history(outbox.count_by_state)),
        closed=tuple(
            make_line(ClosedLine, closed) for closed in history(outbox.list_closed_destinations)
        ),
        refused=tuple(
            RefusedLine(
                message=message.id,
                what=compose_alert(history(notices.load_told_notice, message.id)).headline,
                to=message.destination,
                undelivered=message.state is OutboxState.UNDELIVERABLE,
                answer=message.failure or "no answer",
            )
            for message in refused[:REFUSED]
        ),
    )
    return line, len(refused)


def make_source_state_line(state: SourceState) -> SourceStateLine:
    """Describe its last good poll, its next one, and its problem."""
    return make_line(
        SourceStateLine,
        state,
        last_ok=format_instant(state.last_ok) if state.last_ok else "never",
        next=format_instant(state.due),
        problem=f"{state.problem.kind}: {state.problem.text}" if state.problem else "",
        unread="; ".join(state.unread),
        muted=make_line(MutedLine, state.muted) if state.muted else None,
    )


def _on_day(on_day: StatusOnDay, hits: tuple[Screened, ...]) -> StatusOnDayLine:
    part, stands = on_day.lifecycle, make_part_standing(on_day.lifecycle, on_day.span)
    return StatusOnDayLine(
        **asdict(_part(part)),
        **(asdict(_span(part, on_day.span)) | {"unsure": (*_alike(part, hits), *stands.unsure)}),
        state=stands.state,
        match=_match(part, hits),
    )


def make_measure_line(
    lifecycle: Lifecycle, hits: tuple[Screened, ...], now: datetime
) -> MeasureLine:
    """Describe a part of a measure with its history, and its status at a moment."""
    stands = make_part_standing(lifecycle, lifecycle.on(get_today(lifecycle, now)))
    return MeasureLine(
        **asdict(_part(lifecycle)),
        life=tuple(_span(lifecycle, span) for span in lifecycle.spans),
        state=stands.state,
        match=_match(lifecycle, hits),
        unsure=(*_alike(lifecycle, hits), *stands.unsure),
    )


def _alike(lifecycle: Lifecycle, hits: tuple[Screened, ...]) -> tuple[Unsure, ...]:
    return () if is_sure(lifecycle, hits) else (Unsure(why=UnsureBy.MATCH),)


def _match(lifecycle: Lifecycle, hits: tuple[Screened, ...]) -> MatchLine | None:
    hit = pick_surest_match(lifecycle, hits)
    return make_line(MatchLine, hit.match) if hit else None


def make_register_line(status: RegisterStatus) -> RegisterOnRecord:
    """Make the line of a register at its last read."""
    return make_line(RegisterOnRecord, status, register=status.code)


def _part(lifecycle: Lifecycle) -> PartLine:
    act, measure = lifecycle.act, lifecycle.measure
    return make_line(
        PartLine,
        lifecycle,
        act=act.key,
        title=act.title,
        authority=act.authority,
        url=act.url,
        published=act.published or None,
        action=measure.action if lifecycle.seen else None,
        register=measure.register or None,
        all_but_clauses=lifecycle.apart,
        amends=measure.amends,
        starts=measure.starts,
        ends=measure.ends,
        terms=measure.terms,
        act_seen=lifecycle.seen,
        reviewed=act.reviewed,
    )


def _span(lifecycle: Lifecycle, span: Span) -> SpanLine:
    return make_line(
        SpanLine,
        span,
        said=describe_status(span),
        since=span.since.isoformat(),
        until=None if span.until == date.max else span.until.isoformat(),
        because=tuple(
            make_line(CauseLine, cause.measure, act=cause.act.key, url=cause.act.url)
            for cause in span.because
        ),
        unsure=tuple(list_reasons(lifecycle, span)),
    )


def _period(kind: type[P], record: OnRecord) -> P:
    return make_line(kind, record, name=name_of_row(record), first_seen=record.since)


def make_act_line(seen: Sighting, opinion: Opinion | None = None) -> ActLine:
    """An act as parsed now, with the doubts of a second reader, and its opinion."""
    return ActLine(
        act=add_doubts(seen.now, opinion) if opinion else seen.now,
        first_seen=format_instant(seen.first_seen),
        baseline=seen.baseline,
        opinion=opinion,
    )


def make_change_line(change: Recorded) -> ChangeLine:
    """A change that was recorded, and its evidence."""
    evidence = change.evidence
    said = {
        "act": change.key,
        "url": evidence.url,
        "sha256": evidence.sha256,
        "fetched_at": evidence.fetched_at,
    }
    return make_line(ChangeLine, change, **said)


# Stable ids of parts of measures, subjects and days: the same in every answer and after every
# start, while the act's parse is the same. No I/O.


def hash_parts(*parts: object) -> str:
    """Hash these into twelve hex digits."""
    return hashlib.blake2b(msgspec.json.encode(parts), digest_size=6).hexdigest()


def make_part_id(part: PartLine) -> str:
    """`mofcom-2025-61:3f…`: the act, and a digest of clauses, names and goods."""
    subjects: tuple[Entity | Item, ...] = (*part.entities, *part.items)
    named = sorted(str(sorted(subject.names.items())) for subject in subjects)
    codes = [item.codes for item in part.items]
    hashed = hash_parts(
        part.action,
        part.register,
        part.clauses,
        part.all_but_clauses,
        named,
        codes,
        part.destinations,
    )
    return f"{part.act}:{hashed}"


def make_subject_id(subject: Entity | Item) -> str:
    """Return what identifies a subject, as `identity` does."""
    names = make_identity(subject)
    return hash_parts(
        sorted(map(str, names)) if isinstance(names, frozenset) else [sorted(names[0]), *names[1:]]  # type: ignore[index]
    )


def number_ids(things: Iterable[V], id_of: Callable[[V], str]) -> Iterator[tuple[str, V]]:
    """Iterate over things with their ids; a repeated id gets a number."""
    counted: Counter[str] = Counter()
    for thing in things:
        known = id_of(thing)
        counted[known] += 1
        yield (known if counted[known] == 1 else f"{known}.{counted[known]}"), thing
