"""Answers for programs: one JSON object a line. Names, their order and what is left out are a contract with who reads them."""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import TypeVar

import msgspec
from msgspec.structs import asdict

from monitor.alert.notice import Side
from monitor.clock import iso
from monitor.diff import ChangeKind
from monitor.errors import ErrorKind
from monitor.history import Act, KnownPage, ListingPeriod, OutboxState, Recorded, RegisterStatus, TroubleState
from monitor.model import Action, Announcement, End, Entity, Item, MatchVerdict, Severity, Start, Target, Value
from monitor.pipeline.answers import AsOf, SourceState, State
from monitor.pipeline.outbox import ClosedLine, OutboxTrouble, RefusedLine
from monitor.pipeline.recall import surest
from monitor.pipeline.screen import Screened
from monitor.pipeline.standing import of_part, state_on
from monitor.pipeline.stories import Story
from monitor.render.lifecycle import status_words
from monitor.source.health.words import kind_word
from monitor.timeline import Cause, Ending, Lifecycle, Sighting, Span, Status, StatusOnDay
from monitor.timeline.values import identity


class CauseLine(Value, frozen=True, kw_only=True):
    """The measure that made a status what it is."""

    act: str
    action: Action
    quote: str = ""
    url: str = ""
    starts: Start | None = None
    ends: End | None = None


class SpanLine(Value, frozen=True, kw_only=True):
    """A status, also as it is `said`, from `since` to `until`, its last day; days are ISO dates."""

    status: Status
    why: Ending | None = None
    said: str
    since: str
    until: str | None = None
    because: tuple[CauseLine, ...] = ()


class PartLine(Value, frozen=True, kw_only=True):
    """A measure, or the part of it that shares one fate; of an act that was not seen there is no `action`."""

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
    act_seen: bool = True


class MatchLine(Value, frozen=True, kw_only=True):
    """By which likeness the surest of the subjects of a part was found."""

    kind: str
    score: float
    verdict: MatchVerdict
    reason: str


class StatusOnDayLine(PartLine, frozen=True, kw_only=True):
    """A part of a measure and, as in SpanLine, how it stood; `state` also says until when, `match` why it is an answer."""

    status: Status
    why: Ending | None = None
    said: str
    since: str
    until: str | None = None
    because: tuple[CauseLine, ...] = ()
    state: str
    match: MatchLine | None = None


class MeasureLine(PartLine, frozen=True, kw_only=True, tag_field="type", tag="measure"):
    """A part of a measure, all that became of it, and how it stands today."""

    life: tuple[SpanLine, ...]
    state: str
    match: MatchLine | None = None


class ListingPeriodLine(Value, frozen=True, kw_only=True):
    """A row of a whole register, and from when to when it was seen there (UTC, ISO)."""

    register: str
    row: str
    name: str
    first_seen: str
    gone: str | None = None


class RowLine(ListingPeriodLine, frozen=True, kw_only=True, tag_field="type", tag="row"):
    """A row of a whole register, as a story has it."""


class PageLine(Value, frozen=True, kw_only=True, tag_field="type", tag="page"):
    """A page that is known, and of which nothing is on record."""

    source: str
    url: str
    title: str = ""
    first_read: str | None = None
    problem: str | None = None


class RegisterOnRecord(Value, frozen=True, kw_only=True, tag_field="type", tag="register"):
    """A register that is published whole, as it was last read."""

    register: str
    reader: str
    rows: int
    published: str | None = None
    read_at: str


class SideLine(Value, frozen=True, kw_only=True):
    """One of two laws that speak of one firm: its register, its words, its day, where it stands."""

    name: str
    register: str
    quote: str
    on: str
    url: str


class OpposedLine(Value, frozen=True, kw_only=True, tag_field="type", tag="two laws"):
    """What one law forbids to obey, and what the other demands; nothing is concluded."""

    forbids: SideLine
    demands: SideLine


class ActLine(Value, frozen=True, kw_only=True, tag_field="type", tag="act"):
    """An act as it is understood now; a `baseline` was there when its source was first read."""

    act: Announcement
    first_seen: str
    baseline: bool


class ChangeLine(Value, frozen=True, kw_only=True, tag_field="type", tag="change"):
    """One change that was recorded, and the bytes that say so."""

    at: str
    kind: ChangeKind
    act: str
    source: str
    url: str
    sha256: str
    fetched_at: str


class MutedLine(Value, frozen=True, kw_only=True):
    """Who muted a source, until when (UTC) and why."""

    until: str
    by: str
    reason: str = ""


class SourceStateLine(Value, frozen=True, kw_only=True):
    """How a source is doing; its last good poll may be `never`."""

    source: str
    last_ok: str
    next: str
    problem: str = ""
    unread: str = ""
    muted: MutedLine | None = None


class RegisterLine(msgspec.Struct, frozen=True, kw_only=True):
    """How a register stands; what is absent is said to be so."""

    reader: str
    rows: int
    held: int
    asks: bool
    published: str | None
    read_at: datetime


class OutboxLine(Value, frozen=True, kw_only=True):
    """How many messages there are in each state; destinations that take nothing, and the first that were refused."""

    outbox: dict[OutboxState, int]
    closed: tuple[ClosedLine, ...] = ()
    refused: tuple[RefusedLine, ...] = ()


class TroubleLine(Value, frozen=True, kw_only=True):
    """What is wrong with a source, an authority or (`monitor`) all of them, in the word for it, since when."""

    trouble: str
    about: str
    kind: ErrorKind
    text: str
    since: str
    severity: Severity


class NewestLine(Value, frozen=True, kw_only=True):
    """An act that came lately."""

    act: str
    title: str
    first_seen: str


def of_asof(answer: AsOf) -> Iterator[StatusOnDayLine | ListingPeriodLine]:
    """Each part that stood, then each row."""
    yield from (_on_day(on_day, answer.hits) for on_day in answer.on_day)
    yield from map(_period, answer.periods)


def of_story(
    story: Story, now: datetime
) -> Iterator[ActLine | MeasureLine | ChangeLine | RowLine | PageLine | RegisterOnRecord | OpposedLine]:
    """Acts, measures as they stand now, changes, rows, known pages, registers, each with its `type`."""
    yield from map(of_act, story.acts)
    yield from (of_measure(life, story.hits, now) for life in story.lifecycles)
    yield from map(of_change, story.recorded)
    yield from (RowLine(**asdict(_period(period))) for period in story.periods)
    yield from map(_page, story.pages)
    yield from map(of_register, story.registers)
    yield from (OpposedLine(forbids=_side(forbids), demands=_side(demands)) for forbids, demands in story.opposed)


def _side(side: Side) -> SideLine:
    return SideLine(name=side.name, register=side.register, quote=side.quote, on=side.on, url=side.url)


def of_state(state: State) -> Iterator[TroubleLine | SourceStateLine | RegisterLine | NewestLine]:
    """Troubles, sources, registers, acts; each kind of line is known by its first name, not by its place.

    How the outbox is doing is a line apart, since it is owed before anything is read.
    """
    yield from map(_trouble, state.troubles)
    yield from map(of_source_state, state.sources)
    yield from map(_register, state.registers)
    yield from map(_newest, state.newest)


def of_outbox(messages: Mapping[OutboxState, int], seen: OutboxTrouble) -> OutboxLine:
    """How many messages there are in each state, and what keeps them from arriving."""
    return OutboxLine(outbox=dict(messages), closed=seen.closed, refused=seen.refused)


def of_source_state(state: SourceState) -> SourceStateLine:
    """When it last did well, when it is due, what is wrong with it."""
    return SourceStateLine(
        source=state.source,
        last_ok=iso(state.last_ok) if state.last_ok else "never",
        next=iso(state.due),
        problem=f"{state.problem.kind}: {state.problem.text}" if state.problem else "",
        unread="; ".join(state.unread),
        muted=MutedLine(until=iso(state.muted.until), by=state.muted.by, reason=state.muted.reason) if state.muted else None,
    )


def _trouble(state: TroubleState) -> TroubleLine:
    return TroubleLine(
        trouble=kind_word(state.problem.kind),
        about=state.about,
        kind=state.problem.kind,
        text=state.problem.text,
        since=iso(state.since),
        severity=state.severity,
    )


def _on_day(on_day: StatusOnDay, hits: tuple[Screened, ...]) -> StatusOnDayLine:
    stands = of_part(on_day.lifecycle, on_day.span)
    match = _match(on_day.lifecycle, hits)
    return StatusOnDayLine(**asdict(_part(on_day.lifecycle)), **asdict(_span(on_day.span)), state=stands.state, match=match)


def of_measure(lifecycle: Lifecycle, hits: tuple[Screened, ...], now: datetime) -> MeasureLine:
    """A part of a measure with all that became of it, and how it stands at a moment."""
    return MeasureLine(
        **asdict(_part(lifecycle)),
        life=tuple(map(_span, lifecycle.spans)),
        state=state_on(lifecycle, now),
        match=_match(lifecycle, hits),
    )


def _match(lifecycle: Lifecycle, hits: tuple[Screened, ...]) -> MatchLine | None:
    hit = surest(lifecycle, hits)
    if hit is None:
        return None
    return MatchLine(kind=hit.match.kind, score=hit.match.score, verdict=hit.match.verdict, reason=hit.match.reason)


def _page(page: KnownPage) -> PageLine:
    read = iso(page.first_read) if page.first_read else None
    return PageLine(source=page.source, url=page.url, title=page.title, first_read=read, problem=page.failure)


def of_register(status: RegisterStatus) -> RegisterOnRecord:
    """A register as it was last read."""
    return RegisterOnRecord(
        register=status.code, reader=status.reader, rows=status.rows, published=status.published, read_at=iso(status.read_at)
    )


def _part(lifecycle: Lifecycle) -> PartLine:
    act, measure = lifecycle.act, lifecycle.measure
    return PartLine(
        act=act.key,
        title=act.title,
        authority=act.authority,
        url=act.url,
        published=act.published or None,
        action=measure.action if lifecycle.seen else None,
        register=measure.register or None,
        clauses=lifecycle.clauses,
        all_but_clauses=lifecycle.apart,
        amends=measure.amends,
        starts=measure.starts,
        ends=measure.ends,
        destinations=lifecycle.destinations,
        entities=lifecycle.entities,
        items=lifecycle.items,
        act_seen=lifecycle.seen,
    )


def _span(span: Span) -> SpanLine:
    return SpanLine(
        status=span.status,
        why=span.why,
        said=status_words(span),
        since=span.since.isoformat(),
        until=None if span.until == date.max else span.until.isoformat(),
        because=tuple(map(_cause, span.because)),
    )


def _cause(cause: Cause) -> CauseLine:
    act, measure = cause.act, cause.measure
    return CauseLine(
        act=act.key, action=measure.action, quote=measure.quote, url=act.url, starts=measure.starts, ends=measure.ends
    )


def _period(period: ListingPeriod) -> ListingPeriodLine:
    gone = iso(period.gone) if period.gone else None
    return ListingPeriodLine(
        register=period.register, row=period.row, name=period.name, first_seen=iso(period.first_seen), gone=gone
    )


def of_act(seen: Sighting) -> ActLine:
    """An act as it is understood now."""
    return ActLine(act=seen.now, first_seen=iso(seen.first_seen), baseline=seen.baseline)


def of_change(change: Recorded) -> ChangeLine:
    """A change that was recorded, and its evidence."""
    evidence = change.evidence
    return ChangeLine(
        at=iso(change.at),
        kind=change.kind,
        act=change.key,
        source=change.source,
        url=evidence.url,
        sha256=evidence.sha256,
        fetched_at=evidence.fetched_at,
    )


def _register(status: RegisterStatus) -> RegisterLine:
    return RegisterLine(
        reader=status.reader,
        rows=status.rows,
        held=status.held,
        asks=status.asks,
        published=status.published,
        read_at=status.read_at,
    )


def _newest(act: Act) -> NewestLine:
    return NewestLine(act=act.key, title=act.title, first_seen=iso(act.first_seen))


# Ids that stay: made of what tells a part of a measure, a subject or a day from others, so that they are the same in every
# answer and after every start, for as long as the act is understood in the same way. Pure.

V = TypeVar("V")


def digest(*parts: object) -> str:
    """Twelve figures that tell these from all else."""
    return hashlib.blake2b(msgspec.json.encode(parts), digest_size=6).hexdigest()


def part_id(part: PartLine) -> str:
    """`mofcom-2025-61:3f…`: the act, and of it the clauses, whom and what."""
    named = sorted(str(sorted(names.items())) for names in (*_names(part.entities), *_names(part.items)))
    codes = [item.codes for item in part.items]
    return f"{part.act}:{digest(part.action, part.register, part.clauses, part.all_but_clauses, named, codes, part.destinations)}"


def _names(things: Iterable[Entity | Item]) -> list[Mapping[str, str]]:
    return [thing.names for thing in things]


def subject_id(subject: Entity | Item) -> str:
    """What tells a subject from others, as `identity` does."""
    names = identity(subject)
    return digest(sorted(map(str, names)) if isinstance(names, frozenset) else [sorted(names[0]), *names[1:]])  # type: ignore[index]


def numbered(things: Iterable[V], id_of: Callable[[V], str]) -> Iterator[tuple[str, V]]:
    """Each thing with its id, as far as somebody asks for; where an id comes again its number behind it."""
    counted: Counter[str] = Counter()
    for thing in things:
        known = id_of(thing)
        counted[known] += 1
        yield (known if counted[known] == 1 else f"{known}.{counted[known]}"), thing
