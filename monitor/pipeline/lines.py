"""Answers for programs: one JSON object a line. Names, their order and what is left out are a contract with who reads them."""

from collections.abc import Iterator
from datetime import date

from msgspec.structs import asdict

from monitor.clock import iso
from monitor.history import Act, Recorded, RegisterStatus, Stay
from monitor.model import Action, Announcement, End, Entity, Item, Start, Target, Value
from monitor.pipeline.answers import AsOf, SourceState, State, Story
from monitor.render.lives import said
from monitor.timeline import Cause, Life, Sighting, Span, Status, Stood


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
    why: str = ""
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


class StoodLine(PartLine, frozen=True, kw_only=True):
    """A part of a measure and, as in SpanLine, how it stood."""

    status: Status
    why: str = ""
    said: str
    since: str
    until: str | None = None
    because: tuple[CauseLine, ...] = ()


class MeasureLine(PartLine, frozen=True, kw_only=True, tag_field="type", tag="measure"):
    """A part of a measure and all that became of it."""

    life: tuple[SpanLine, ...]


class StayLine(Value, frozen=True, kw_only=True):
    """A row of a whole register, and from when to when it was seen there (UTC, ISO)."""

    register: str
    row: str
    name: str
    first_seen: str
    gone: str | None = None


class RowLine(StayLine, frozen=True, kw_only=True, tag_field="type", tag="row"):
    """A row of a whole register, as a story has it."""


class ActLine(Value, frozen=True, kw_only=True, tag_field="type", tag="act"):
    """An act as it is understood now; a `baseline` was there when its source was first read."""

    act: Announcement
    first_seen: str
    baseline: bool


class ChangeLine(Value, frozen=True, kw_only=True, tag_field="type", tag="change"):
    """One change that was recorded, and the bytes that say so."""

    at: str
    kind: str
    act: str
    source: str
    url: str
    sha256: str
    fetched_at: str


class SourceStateLine(Value, frozen=True, kw_only=True):
    """How a source is doing; its last good poll may be `never`."""

    source: str
    last_ok: str
    next: str
    problem: str = ""
    unread: str = ""


class OutboxLine(Value, frozen=True, kw_only=True):
    """How many messages there are in each state."""

    outbox: dict[str, int]


class NewestLine(Value, frozen=True, kw_only=True):
    """An act that came lately."""

    act: str
    title: str
    first_seen: str


def of_asof(answer: AsOf) -> Iterator[StoodLine | StayLine]:
    """Each part that stood, then each row."""
    yield from map(_stood, answer.stood)
    yield from map(_stay, answer.stays)


def of_story(story: Story) -> Iterator[ActLine | MeasureLine | ChangeLine | RowLine]:
    """Acts, measures, changes, rows, each with its `type`."""
    yield from map(_act, story.acts)
    yield from map(_measure, story.lives)
    yield from map(_change, story.recorded)
    yield from (RowLine(**asdict(_stay(stay))) for stay in story.stays)


def of_state(state: State) -> Iterator[SourceStateLine | RegisterStatus | OutboxLine | NewestLine]:
    """Sources, registers, messages, acts."""
    yield from map(of_source_state, state.sources)
    yield from state.registers
    yield OutboxLine(outbox=dict(state.messages))
    yield from map(_newest, state.newest)


def of_source_state(state: SourceState) -> SourceStateLine:
    """When it last did well, when it is due, what is wrong with it."""
    return SourceStateLine(
        source=state.source,
        last_ok=iso(state.last_ok) if state.last_ok else "never",
        next=iso(state.due),
        problem=f"{state.problem.kind}: {state.problem.text}" if state.problem else "",
        unread="; ".join(state.unread),
    )


def _stood(stood: Stood) -> StoodLine:
    return StoodLine(**asdict(_part(stood.life)), **asdict(_span(stood.span)))


def _measure(life: Life) -> MeasureLine:
    return MeasureLine(**asdict(_part(life)), life=tuple(map(_span, life.spans)))


def _part(life: Life) -> PartLine:
    act, measure = life.act, life.measure
    return PartLine(
        act=act.key,
        title=act.title,
        authority=act.authority,
        url=act.url,
        published=act.published or None,
        action=measure.action if life.seen else None,
        register=measure.register or None,
        clauses=life.clauses,
        all_but_clauses=life.apart,
        amends=measure.amends,
        starts=measure.starts,
        ends=measure.ends,
        destinations=life.destinations,
        entities=life.entities,
        items=life.items,
        act_seen=life.seen,
    )


def _span(span: Span) -> SpanLine:
    return SpanLine(
        status=span.status,
        why=span.why,
        said=said(span),
        since=span.since.isoformat(),
        until=None if span.until == date.max else span.until.isoformat(),
        because=tuple(map(_cause, span.because)),
    )


def _cause(cause: Cause) -> CauseLine:
    act, measure = cause.act, cause.measure
    return CauseLine(
        act=act.key, action=measure.action, quote=measure.quote, url=act.url, starts=measure.starts, ends=measure.ends
    )


def _stay(stay: Stay) -> StayLine:
    gone = iso(stay.gone) if stay.gone else None
    return StayLine(register=stay.register, row=stay.row, name=stay.name, first_seen=iso(stay.first_seen), gone=gone)


def _act(seen: Sighting) -> ActLine:
    return ActLine(act=seen.now, first_seen=iso(seen.first_seen), baseline=seen.baseline)


def _change(change: Recorded) -> ChangeLine:
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


def _newest(act: Act) -> NewestLine:
    return NewestLine(act=act.key, title=act.title, first_seen=iso(act.first_seen))
