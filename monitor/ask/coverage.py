"""The ground of an answer: sources read and until when, sources never read, and their unread or
unparsed parts.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import groupby

import msgspec
from msgspec import structs

from monitor import vocabulary
from monitor.ask import replayed
from monitor.clock import format_instant
from monitor.config.stores import Store
from monitor.days import SHORT_WEEKDAYS
from monitor.errors import ErrorKind
from monitor.model import Announcement, Problem, Value, frozen
from monitor.render import dates, words
from monitor.render.text import cut, join_first_names
from monitor.source.health import SIGNS, Health, SourceMute, name_kind
from monitor.source.schedule import (
    SKEW,
    Freshness,
    Tried,
    compute_next_poll,
    get_cadence,
    is_stale,
    learn_habits,
)
from monitor.source.scraper import HOUR, HOURS_OF_A_WEEK, MEMORY, Source
from monitor.store import (
    Act,
    History,
    OutboxState,
    RegisterStatus,
    TroubleState,
    acts,
    addresses,
    listings,
    looks,
    mutes,
    outbox,
    registers,
    sightings,
    troubles,
)
from monitor.store import acts as stored_acts
from monitor.vocabulary.authorities import country_of

ACTS = "acts"
NAMED = 4  # of each kind that a line names
NOBODY = "no source that reads acts is configured"
WAY_OUT = "`monitor poll --all` reads every source once, `monitor run` goes on reading them"


class RegisterLine(msgspec.Struct, frozen=True, kw_only=True):
    """A whole register at its last read; the answer names its absences. `asks`: a person must
    confirm the withheld removals.
    """

    reader: str
    rows: int
    held: int
    asks: bool
    published: str | None
    read_at: datetime
    register: str


class Coverage(msgspec.Struct, frozen=True, kw_only=True):
    """The ground of an answer; it always shows each field, because an absence rests on them.

    `sources` are the publishers' own sources in use. `read` are those with a good read; their last
    ones lie between `oldest` and `newest` (UTC). `never` are the others by id, `never_of` their
    publishers. `stale` should have been read since; `failing` failed at the last poll. `unread` are
    pending pages, `held` registers with withheld rows, `partly` acts with an unparsed part,
    `gone` acts whose page is gone. `acts` and `rows` are counts, `since` is the day of the oldest
    act.

    `about` is the country of the answer, if any, `remarks` its limits. `blind` names who cannot be
    seen now, and since when. `odd` are sources that are read but doubtful, with the reason. `muted`
    are sources with muted failures, and each end. `copy_of` is the instant (UTC) of a store's copy,
    "" if unknown.
    """

    about: str | None
    sources: int
    read: int
    authorities: tuple[str, ...]
    oldest: str | None
    newest: str | None
    never: tuple[str, ...]
    never_of: tuple[str, ...]
    stale: tuple[str, ...]
    failing: tuple[str, ...]
    unread: tuple[str, ...] = ()
    registers: tuple[RegisterLine, ...] = ()
    held: tuple[str, ...] = ()
    partly: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    acts: int = 0
    since: str | None = None
    rows: int = 0
    remarks: tuple[str, ...] = ()
    blind: tuple[str, ...] = ()
    odd: tuple[str, ...] = ()
    muted: tuple[str, ...] = ()
    copy_of: str | None = None

    @property
    def is_empty(self) -> bool:
        """Return whether the answer has no read at all to rest on."""
        return not (self.read or self.acts or self.registers)

    @property
    def is_of_nobody(self) -> bool:
        """Return whether no source can be read: pages of config.toml are reported as pages, and
        state no law.
        """
        return self.is_empty and not self.sources and not self.about


def load_coverage(
    history: History | None,
    sources: Sequence[Source],
    now: datetime,
    patience: timedelta,
    about: str = "",
) -> Coverage:
    """Load the ground of an answer; an empty one without a history. `about` is a register's or
    authority's code, or a country's.
    """
    country = country_of(about)
    own = [
        source for source in sources if source.kind == ACTS and _is_of(source.authority, country)
    ]
    health = history(troubles.load_source_healths) if history else {}
    covered = _cover_reads(country, own, health, patience, now)
    if history is None:
        return covered
    covered = _add_troubles(_add_records(covered, history), history, own, now)
    ended = replayed.end_of(history.folder)
    lacking = history(addresses.leave_unread)
    return structs.replace(
        covered,
        unread=tuple(
            page
            for source in own
            if source.id in lacking
            for page in history(addresses.list_unread_pages_of_source, source.id)
        ),
        remarks=(f"a replay, as of its own end on {_format_day(ended)}",) if ended else (),
        copy_of=_copy_of(history, health),
    )


def _cover_reads(
    country: str,
    own: Sequence[Source],
    health: Mapping[str, Health],
    patience: timedelta,
    now: datetime,
) -> Coverage:
    """Tell which sources were read and when, which never, and which are stale or failing."""
    known = [(source, health[source.id]) for source in own if source.id in health]
    read = {source.id: state.last_ok for source, state in known if state.last_ok}
    never = [source for source in own if source.id not in read]
    return Coverage(
        about=country or None,
        sources=len(own),
        read=len(read),
        authorities=tuple(dict.fromkeys(source.authority for source in own if source.id in read)),
        oldest=format_instant(min(read.values())) if read else None,
        newest=format_instant(max(read.values())) if read else None,
        never=tuple(source.id for source in never),
        never_of=tuple(source.authority for source in never),
        stale=tuple(
            source.id
            for source in own
            if source.id in read and is_stale(source, read[source.id], patience, now)
        ),
        failing=tuple(
            f"{source.id}: {state.problem.kind}: {state.problem.text}"
            for source, state in known
            if state.problem
        ),
    )


def make_register_line(status: RegisterStatus) -> RegisterLine:
    """A register at its last read."""
    same = (name for name in RegisterLine.__struct_fields__ if name != "register")
    return RegisterLine(register=status.code, **{name: getattr(status, name) for name in same})


def _add_records(covered: Coverage, history: History) -> Coverage:
    """Add what is on record of the country: its acts, and its registers with their rows."""
    country = covered.about or ""
    counted = [
        counted
        for authority, counted in history(acts.count_by_authority).items()
        if _is_of(authority, country)
    ]
    standing = [
        register
        for register in history(registers.list_register_statuses)
        if _is_of(register.code, country)
    ]
    return structs.replace(
        covered,
        registers=tuple(map(make_register_line, standing)),
        held=tuple(f"{register.reader}: {register.held}" for register in standing if register.held),
        partly=_list_keys(history(acts.list_acts_not_understood), country),
        gone=_list_keys(history(listings.list_acts_without_page), country),
        acts=sum(number for number, _ in counted),
        since=min((day for _, day in counted if day), default=None),
        rows=sum(register.rows for register in standing),
    )


def _list_keys(found: Iterable[Announcement], country: str) -> tuple[str, ...]:
    return tuple(act.key for act in found if _is_of(act.authority, country))


def _add_troubles(
    covered: Coverage, history: History, own: Sequence[Source], now: datetime
) -> Coverage:
    """Add who cannot be seen now, which sources are in doubt, and which are muted."""
    ids = {source.id for source in own}
    open_troubles = history(troubles.list_incident_states)
    blind = (_word_unseen(trouble, covered.about or "") for trouble in open_troubles)
    return structs.replace(
        covered,
        blind=tuple(filter(None, blind)),
        odd=tuple(
            f"{trouble.about}: {name_kind(trouble.problem.kind)}"
            for trouble in open_troubles
            if trouble.about in ids and trouble.problem.kind in SIGNS
        ),
        muted=tuple(
            f"{mute.source} until {_format_day(mute.until)}"
            for mute in history(mutes.list_source_mutes, now)
            if mute.source in ids
        ),
    )


def _word_unseen(trouble: TroubleState, country: str) -> str:
    """State who of the answer's country cannot be seen, and since when; "" for others."""
    if trouble.problem.kind is ErrorKind.NETWORK:
        return f"anybody since {_format_day(trouble.since)}"
    if trouble.problem.kind is ErrorKind.BLIND and _is_of(trouble.about, country):
        return f"{vocabulary.authority(trouble.about)} since {_format_day(trouble.since)}"
    return ""


def _format_day(instant: datetime) -> str:
    return dates.format_date(format_instant(instant))


def _copy_of(history: History, health: Mapping[str, Health]) -> str | None:
    """Find the last write of the store that this is a copy of, by its polls."""
    if not history.is_copy:
        return None
    return max(
        (format_instant(state.last_poll) for state in health.values() if state.last_poll),
        default="",
    )


def _is_of(code: str, country: str) -> bool:
    return not country or country_of(code) == country


def explain_nothing_read(covered: Coverage, place: str) -> str:
    """State that no act was read yet, where, and what to do; watched pages may have been."""
    if covered.is_of_nobody:
        return (
            f"{place}: {NOBODY}, so nothing can be said; name packages in config.toml, such as"
            ' packages = ["scrapers"]'
        )
    of = f" of {words.get_country_name(covered.about.upper())}" if covered.about else ""
    return f"{place}: no act and no register{of} was read yet, so nothing can be said; {WAY_OUT}"


def format_coverage(covered: Coverage, now: datetime) -> str:
    """Write the ground of an answer in a line."""
    said = [_word_copy(covered), _read(covered, now)]
    said += () if covered.is_empty else _word_freshness(covered)
    said.append(_word_names("failing", covered.failing))
    said.append(_word_names("muted, so that nobody is warned of their troubles", covered.muted))
    said += () if covered.is_empty else _word_gaps(covered)
    return "; ".join(filter(None, said))


def _word_freshness(covered: Coverage) -> Iterator[str]:
    """Say since when and how well sources are read."""
    yield from (f"nothing can be seen now of {whom}" for whom in covered.blind)
    yield from covered.remarks
    if covered.since:
        yield f"the oldest act on record is of {dates.format_date(covered.since)}"
    yield _word_names("stale, not read as often as they should be", covered.stale)
    yield _word_names("in doubt, though read", covered.odd)
    never = name_never_read(covered)
    more = ("", " authority", " authorities")[min(max(len(never) - NAMED, 0), 2)]
    yield f"{_word_names('never read', never)}{more}"


def _word_gaps(covered: Coverage) -> Iterator[str]:
    """Say which pages, rows and acts an answer may lack."""
    if covered.unread:
        pages = words.format_count(len(covered.unread), "page")
        yield f"{pages} not read (see `monitor status`)"
    yield _word_names("rows held back", covered.held)
    if covered.partly:
        yield f"not fully understood: {cut(words.name_acts(covered.partly), 200)}"
    if covered.gone:
        gone = cut(words.name_acts(covered.gone), 200)
        yield f"their pages are gone, and nobody knows whether they still hold: {gone}"


def _word_names(what: str, names: Sequence[str]) -> str:
    return f"{what}: {join_first_names(names, NAMED)}" if names else ""


def _word_copy(covered: Coverage) -> str:
    if covered.copy_of is None:
        return ""
    return (
        "this is a copy that nobody"
        f" writes{f', as of {dates.format_date(covered.copy_of)}' if covered.copy_of else ''}"
    )


def _read(covered: Coverage, now: datetime) -> str:
    if covered.is_of_nobody:
        return NOBODY
    of = f" for {words.get_country_name(covered.about.upper())}" if covered.about else ""
    sources = f"{covered.read} of {words.format_count(covered.sources, 'official source')}{of}"
    if covered.newest is None or covered.oldest is None:
        # watched pages and the press may have been: they are no ground of an answer about acts
        unread = f"no act and no register was read yet ({sources})"
        return unread if covered.is_empty else f"{sources} read"
    whose = join_first_names([vocabulary.authority(code) for code in covered.authorities], NAMED)
    newest, oldest = dates.format_date(covered.newest), dates.format_date(covered.oldest)
    last = datetime.fromisoformat(covered.newest)
    ago = f", {words.format_age(last, now)}" if (now - last).days > 0 else ""
    return (
        f"{sources} read ({whose}), last"
        f" {newest}{ago}{f', the longest ago {oldest}' if oldest != newest else ''}"
    )


def name_never_read(covered: Coverage) -> list[str]:
    """Name the authorities of which nothing was read yet.

    First come those with some unread sources, with their number; then those with most sources.
    """
    sources: dict[str, list[str]] = {}
    for source, code in zip(covered.never, covered.never_of, strict=True):
        sources.setdefault(code, []).append(source)
    partly = [
        some[0] if len(some) == 1 else f"{len(some)} other sources of {vocabulary.authority(code)}"
        for code, some in sources.items()
        if code in covered.authorities
    ]
    whole = [code for code in sources if code not in covered.authorities]
    whole.sort(key=lambda code: -len(sources[code]))
    return [*partly, *map(vocabulary.authority, whole)]


def measure_freshness(
    history: History, sources: Sequence[Source], now: datetime, patience: timedelta
) -> Freshness:
    """Compute the freshness of the sources; for a replay only those of its story count, until it
    is polled.
    """
    mark = replayed.mark_of(history.folder)
    is_story = mark is not None and (mark.ended is not None or not mark.finished)
    told = (
        [source for source in sources if source.id in mark.sources]
        if mark and is_story and mark.sources
        else sources
    )
    is_over = mark is not None and mark.ended is not None
    health = history(troubles.load_source_healths)
    return Freshness(told, health, now, patience, is_over=is_over)


# The monitor's own state: how its sources are, what is not delivered, and what it may have
# missed.

NEWEST = 10  # acts in a state of affairs


@frozen
class SourceState:
    """The health of a source: its last good poll (None: never), its next poll, and why each page in
    `unread` is pending; whether it is `muted`.
    """

    source: str
    last_ok: datetime | None
    due: datetime
    problem: Problem | None
    unread: tuple[str, ...]
    muted: SourceMute | None = None


@frozen
class State:
    """The monitor's health: its sources, whole registers, `messages` by state, the newest acts;
    `troubles` are the reported open incidents.
    """

    sources: tuple[SourceState, ...]
    registers: tuple[RegisterStatus, ...]
    messages: Mapping[OutboxState, int]
    newest: tuple[Act, ...]
    troubles: tuple[TroubleState, ...] = ()


class Gap(Value, kw_only=True):
    """A time in which nobody read a source well (UTC)."""

    since: str
    until: str


class SourceGaps(Value, kw_only=True):
    """What a source may have missed since a moment; its last good poll may be `never`."""

    source: str
    last_ok: str
    gaps: tuple[Gap, ...]


def find_gaps(
    history: History, sources: Sequence[Source], since: datetime, now: datetime
) -> list[SourceGaps]:
    """List what each source may have missed since a moment; the longest gap first."""
    looked = history(
        lambda session: {
            each.source: each.gaps for each in looks.list_coverage(session, since, now)
        }
    )
    healths = history(troubles.load_source_healths)
    found = []
    for source in sources:
        health = healths.get(source.id, Health())
        gaps = [*_list_gaps(health, looked.get(source.id), since, now)]
        shown = (Gap(since=format_instant(begin), until=format_instant(end)) for begin, end in gaps)
        last = format_instant(health.last_ok) if health.last_ok else "never"
        missed = sum((end - begin for begin, end in gaps), timedelta())
        found.append((missed, SourceGaps(source=source.id, last_ok=last, gaps=tuple(shown))))
    return [each for _, each in sorted(found, key=lambda pair: -pair[0])]


def _list_gaps(
    health: Health,
    looked: Sequence[tuple[datetime, datetime]] | None,
    since: datetime,
    now: datetime,
) -> Iterator[tuple[datetime, datetime]]:
    """List the times since a moment in which a source of this health was not `looked` at."""
    if health.first_ok is None or looked is None:
        yield max(since, health.last_ok or since), now
        return
    if health.first_ok > since:
        yield since, health.first_ok
    yield from ((max(begin, since), end) for begin, end in looked)


def _find_next(
    source: Source, tried: Tried | None, state: Health | None, now: datetime
) -> datetime:
    """Return when a source is polled next, or a page from it must be handed in."""
    last = (state.last_ok if state else None) or now
    return last + source.by_hand if source.by_hand else compute_next_poll(source, tried, now)


def _find_skew(source: str, last: datetime | None, now: datetime) -> Problem | None:
    """Say of a read of a time to come that nobody knows when it was."""
    if last is None or last - now <= SKEW:
        return None
    when = dates.format_date(format_instant(last))
    text = f"it was read when the clock was ahead, at {when}, and nobody knows when that was"
    again = f"`monitor run` reads it again by itself, `monitor poll {source}` now"
    return Problem(ErrorKind.STALE, f"{text}; {again}")


def load_state(history: History, sources: Sequence[Source], now: datetime) -> State:
    """Load each source's health, the pending messages, the newest acts."""
    health, tried = history(troubles.load_source_healths), history(addresses.load_last_polls)
    muted = {mute.source: mute for mute in history(mutes.list_source_mutes, now)}
    states = (
        SourceState(
            source.id,
            # No later than now: of a clock that was ahead, and was set back since, nobody knows the
            # true time.
            min(state.last_ok, now) if (state := health.get(source.id)) and state.last_ok else None,
            max(_find_next(source, tried.get(source.id), health.get(source.id), now), now),
            (state.problem or _find_skew(source.id, state.last_ok, now)) if state else None,
            tuple(history(addresses.list_unread_pages_of_source, source.id)),
            muted.get(source.id),
        )
        for source in sources
    )
    return State(
        tuple(states),
        tuple(history(registers.list_register_statuses)),
        history(outbox.count_by_state),
        tuple(history(stored_acts.list_newest_acts, NEWEST)),
        tuple(
            sorted(
                history(troubles.list_incident_states),
                key=lambda trouble: (-trouble.severity.rank, trouble.since),
            )
        ),
    )


# The sources as a person lists them: their pace in words, and the hours of news that were learnt.


class Learnt(Value, kw_only=True):
    """A source's learnt hours of news, by weekday and zone, and its pace in them, in words."""

    day: str
    hours: str
    zone: str
    every: str


class Listed(Value, kw_only=True):
    """A source, its address, its set pace in words, and its `learnt` hours. `attribution` is the
    name to give when its data is passed on, "" if none is required.
    """

    id: str
    name: str
    authority: str
    url: str
    every: str
    learnt: tuple[Learnt, ...] = ()
    attribution: str = ""


def list_sources(sources: Iterable[Source], now: datetime) -> tuple[Listed, ...]:
    """The sources in their order; what is learnt of them holds for the week from now on."""
    return tuple(
        Listed(
            id=source.id,
            name=source.name,
            authority=source.authority,
            url=source.request.url,
            every="; ".join(_describe_paces(source)),
            learnt=tuple(_describe_learnt(source, now)),
            attribution=source.attribution,
        )
        for source in sources
    )


def _describe_learnt(source: Source, now: datetime) -> Iterator[Learnt]:
    """The hours of the week that bring news, those together that follow each other at one pace."""
    if source.habit is None:
        return
    zone, haste = source.habit.zone, source.habit.haste
    first = now.astimezone(zone).replace(minute=0, second=0, microsecond=0)
    week = [
        (hour.weekday(), hour.hour, get_cadence(source, hour))
        for hour in (first + n * HOUR for n in range(HOURS_OF_A_WEEK))
    ]
    known = sorted((day, hour, pace) for day, hour, pace in week if (day, hour) in haste)
    runs = groupby(
        enumerate(known), key=lambda place: (place[1][0], place[1][1] - place[0], place[1][2])
    )
    for (day, _, pace), run in runs:
        hours = [hour for _, (_, hour, _) in run]
        yield Learnt(
            day=SHORT_WEEKDAYS[day],
            hours=f"{hours[0]:02}:00-{hours[-1] + 1:02}:00",
            zone=str(zone),
            every=_format_minutes(pace),
        )


def _describe_paces(source: Source) -> Iterator[str]:
    """`5 min; 1 min Mon-Fri 08:30-17:30 Asia/Shanghai; 1 min from Mon-Fri 08:45 11:15
    America/New_York on`.
    """
    yield "by hand" if source.by_hand else _format_minutes(source.every)
    if busy := source.busy:
        yield f"{_format_minutes(busy.period)} {busy.days} {busy.hours} {busy.zone}"
    if at := source.at:
        yield f"{_format_minutes(at.period)} from {at.days} {at.times} {at.zone} on"


def _format_minutes(period: timedelta) -> str:
    return f"{period / timedelta(minutes=1):.3g} min"


def add_learned_hours(store: Store, sources: Iterable[Source], now: datetime) -> list[Source]:
    """Load the sources with their learnt hours, as a daemon over this store has them.

    Raises:
        StoreError: the history can't be read.
    """
    sources = list(sources)
    with History(store, read_only=True) as history:
        learnt = learn_habits(sources, history(sightings.list_publishing_times, now - MEMORY), now)
    return [replace(source, habit=learnt.get(source.id)) for source in sources]
