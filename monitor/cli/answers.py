"""How answers look on a terminal: lines for people, tab-separated for pipes, one JSON object a line for programs. It only shows
what it is given.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from rich.console import Console

from monitor import vocabulary
from monitor.cli.records import Names, print_named, print_standings
from monitor.cli.tables import legible, print_json, print_table
from monitor.clock import iso
from monitor.config.harmless import clean
from monitor.errors import ErrorKind, MonitorError
from monitor.history import Act, RegisterStatus, TroubleState
from monitor.lazy import lazy
from monitor.model import KeyDate
from monitor.pipeline import lines
from monitor.pipeline.answers import AsOf, KeyDates, SourceState, State
from monitor.pipeline.recall import surest
from monitor.pipeline.screen import Screened
from monitor.pipeline.standing import Standing, of_part, of_period, things
from monitor.render import dates
from monitor.render.lifecycle import NAMED, because, both
from monitor.render.reminders import Acts, happening
from monitor.render.text import capital
from monitor.source.health import words
from monitor.timeline import Lifecycle, Span, StatusOnDay

if TYPE_CHECKING:
    from monitor.render import ics
else:
    ics = lazy("monitor.render.ics")

DATES = ("day", "authority", "what", "basis", "because")
TROUBLES = ("trouble", "of", "since", "what is known of it")
STATES = ("source", "last good poll", "due", "problem", "pages not read")
REGISTERS = ("register", "rows", "published", "last read", "held back")
NEWEST = ("act", "first seen", "title")


def show_asof(answer: AsOf, *, as_json: bool, whole: bool = False) -> None:
    """How everything stood that was asked for; `whole`: with all names and goods, which who asks for a register wants."""
    if as_json:
        print_lines(lines.of_asof(answer))
        return
    print_standings([on_day_row(on_day, answer.hits) for on_day in answer.on_day])
    if whole:
        print_named(named(((on_day.lifecycle, on_day.span) for on_day in answer.on_day), answer.hits))
    print_standings([(of_period(period), ()) for period in answer.periods])
    if not answer.on_day and not answer.periods:
        Console().print(legible("of what is asked nothing on record stood on that day"))


def on_day_row(on_day: StatusOnDay, hits: Sequence[Screened] = ()) -> tuple[Standing, tuple[str, ...]]:
    """A part of a measure, how it stood, and the words that say so; where it was found by a name, how that is alike."""
    stands, hit = of_part(on_day.lifecycle, on_day.span), surest(on_day.lifecycle, hits)
    if not is_sure(on_day.lifecycle, hits):
        stands = msgspec.structs.replace(stands, subject=f"may be {stands.subject}")
    alike = f"{hit.match.reason} ({hit.match.kind} {hit.match.score:.2f})" if hit else ""
    return stands, tuple(filter(None, (alike, *map(because, on_day.span.because))))


def named(parts: Iterable[tuple[Lifecycle, Span | None]], hits: Sequence[Screened]) -> list[Names]:
    """Whom and what those parts name that tell in their line only of how many; not what is only like that which was asked for."""
    return [
        (of_part(life, span), tuple(clean(both(thing)) for thing in things(life)))
        for life, span in parts
        if len(things(life)) > NAMED and is_sure(life, hits)
    ]


def is_sure(part: Lifecycle, hits: Sequence[Screened]) -> bool:
    """Whether a part is surely what was asked for, and not only something alike."""
    hit = surest(part, hits)
    return hit is None or hit.match.verdict == "match"


def show_key_dates(days: KeyDates, *, as_json: bool) -> None:
    """The days on which the law changes by itself."""
    if as_json:
        print_lines(days.dates)
    else:
        print_some(DATES, [_key_date(day, days.acts) for day in days.dates])


def write_ics(file: Path, days: KeyDates, now: datetime) -> None:
    """The same days as a calendar file.

    Raises:
        MonitorError: it can't be written.
    """
    try:
        file.write_bytes(ics.ics(days.dates, days.acts, now))
    except OSError as error:
        raise MonitorError(f"{file}: can't be written: {error.strerror}") from error


def show_state(state: State, *, as_json: bool) -> None:
    """How each source is doing, what is owed, the newest acts."""
    if as_json:
        print_lines(lines.of_state(state))
        return
    print_some(TROUBLES, list(map(_trouble, state.troubles)))
    print_table(STATES, map(_source, state.sources))
    print_some(REGISTERS, list(map(_register, state.registers)))
    owed = ", ".join(f"{number} {outbox_state}" for outbox_state, number in sorted(state.messages.items()))
    Console().print(legible(f"messages: {owed or 'none yet'}"))
    print_some(NEWEST, list(map(_newest, state.newest)))


def print_lines(values: Iterable[object]) -> None:
    """One JSON object a line."""
    for value in values:
        print_json(value)


def print_some(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Rows under their heads; nothing where there are none."""
    if rows:
        print_table(heads, rows)


def moment(at: datetime) -> str:
    """An instant as every answer has it: `7 Nov 2025 08:00 UTC`."""
    return dates.day(iso(at))


def _key_date(day: KeyDate, acts: Acts) -> tuple[str, ...]:
    text, quote = clean(capital(happening([day], acts))), f"“{clean(day.quote)}”" if day.quote else ""
    return dates.local(day.on, day.authority), vocabulary.authority(day.authority), text, _basis(day), quote


def _basis(day: KeyDate) -> str:
    if not day.computed:
        return "as printed"
    return f"computed from {dates.duration(day.duration)}" if day.duration else "computed"


def _source(state: SourceState) -> tuple[str, ...]:
    problem = "; ".join(filter(None, (f"{state.problem.kind}: {state.problem.text}" if state.problem else "", _muted(state))))
    last = moment(state.last_ok) if state.last_ok else "never"
    return state.source, last, moment(state.due), problem, "; ".join(state.unread)


def _trouble(trouble: TroubleState) -> tuple[str, ...]:
    """Its word, whose it is, since when and what was recorded."""
    of = vocabulary.authority(trouble.about) if trouble.problem.kind is ErrorKind.BLIND else trouble.about
    return words.named(trouble.problem.kind), of, moment(trouble.since), trouble.problem.text


def _muted(state: SourceState) -> str:
    if not state.muted:
        return ""
    why = f": {state.muted.reason}" if state.muted.reason else ""
    return f"muted until {moment(state.muted.until)} by {state.muted.by}{why}"


def _register(register: RegisterStatus) -> tuple[str, ...]:
    """Its size, and what of it is not believed to be gone yet."""
    return register.reader, f"{register.rows:,}", dates.day(register.published or ""), moment(register.read_at), _held(register)


def _held(register: RegisterStatus) -> str:
    if not register.held:
        return ""
    way = f"monitor release {register.reader}" if register.asks else "until the next read agrees"
    return f"{register.held:,} ({way})"


def _newest(act: Act) -> tuple[str, ...]:
    return act.key, moment(act.first_seen), act.title
