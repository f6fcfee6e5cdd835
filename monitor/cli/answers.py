"""How answers look on a terminal: tables for people, one JSON object a line for programs. It only shows what it is given."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.text import Text

from monitor import vocabulary
from monitor.cli.tables import legible, print_json, print_table
from monitor.clock import iso
from monitor.config.harmless import clean
from monitor.errors import MonitorError
from monitor.history import Act, ListingPeriod, OnRecord, Recorded, RegisterStatus
from monitor.lazy import lazy
from monitor.model import KeyDate
from monitor.pipeline import lines
from monitor.pipeline.answers import AsOf, KeyDates, SourceState, State, Story
from monitor.pipeline.screen import Screened, Screening
from monitor.render import dates, words
from monitor.render.lifecycle import because, during, part, said
from monitor.render.reminders import Acts
from monitor.render.reminders import told_of as happens
from monitor.render.text import capital
from monitor.timeline import Sighting, Status, StatusOnDay
from monitor.watch.match import Pairing

if TYPE_CHECKING:
    from monitor.render import ics
else:
    ics = lazy("monitor.render.ics")

STYLES = {Status.IN_FORCE: "green", Status.SUSPENDED: "yellow", Status.SUSPENSION_ENDED: "yellow", Status.ANNOUNCED: "cyan"}
NOTHING_KNOWN = "nothing that is known by then is about this"
SHOWN_WITHOUT = 50  # names; of more, those that are like nobody are counted only
NOTHING_ALIKE = "nothing alike on the watch list or on record"
STATES = ("source", "last good poll (UTC)", "due", "problem", "pages still owed a read")
REGISTERS = ("register", "rows", "published", "last read anew (UTC)", "held back")
NEWEST = ("act", "first seen (UTC)", "title")
PERIODS = ("whole register", "row", "name", "first seen (UTC)", "gone (UTC)")
DATES = ("day", "authority", "what", "basis", "because")


def show_asof(answer: AsOf, *, as_json: bool) -> None:
    """How everything stood that was asked for."""
    if as_json:
        _print_lines(lines.of_asof(answer))
        return
    for on_day in answer.on_day:
        _print_on_day(on_day)
    _print_periods(answer.periods)
    if not answer.on_day and not answer.periods:
        Console().print(legible(NOTHING_KNOWN))


def show_story(story: Story, *, as_json: bool) -> None:
    """The acts, what became of each of their measures, the rows of whole registers, and the bytes that say so."""
    if as_json:
        _print_lines(lines.of_story(story))
        return
    for seen in story.acts:
        _print_act(seen)
    for lifecycle in story.lifecycles:
        for span in lifecycle.spans:
            _print_on_day(StatusOnDay(lifecycle, span))
    _print_periods(story.periods)
    for change in story.recorded:
        _print_evidence(change)


def show_key_dates(found: KeyDates, *, as_json: bool) -> None:
    """The days on which the law changes by itself."""
    if as_json:
        _print_lines(found.dates)
    else:
        _print_rows(DATES, [_key_date(each, found.acts) for each in found.dates])


def write_ics(file: Path, found: KeyDates, now: datetime) -> None:
    """The same days as a calendar file.

    Raises:
        MonitorError: it can't be written.
    """
    try:
        file.write_bytes(ics.ics(found.dates, found.acts, now))
    except OSError as error:
        raise MonitorError(f"{file}: can't be written: {error.strerror}") from error


def show_state(state: State, *, as_json: bool) -> None:
    """How each source is doing, what is owed, the newest acts."""
    if as_json:
        _print_lines(lines.of_state(state))
        return
    print_table(STATES, map(_source, state.sources))
    _print_rows(REGISTERS, [_register(each) for each in state.registers])
    owed = ", ".join(f"{number} {what}" for what, number in sorted(state.messages.items()))
    Console().print(legible(f"messages: {owed or 'none yet'}"))
    print_table(NEWEST, map(_newest, state.newest))


def show_screening(answer: Screening, *, as_json: bool) -> None:
    """Every match of what was asked for, with its reason; a dismissed one too, with whose word it is."""
    if as_json:
        _print_lines(answer.found)
        return
    console = Console(soft_wrap=True)
    hits: dict[str, list[str]] = {entry.name: [] for entry in answer.asked}
    for each in answer.found:
        hits[each.asked] += _screened(each)
    for name, lines_of_it in hits.items():
        if lines_of_it or len(hits) <= SHOWN_WITHOUT:
            console.print(legible(name, style="bold"))
            for line in lines_of_it or [NOTHING_ALIKE]:
                console.print(legible(f"  {line}"))


def _print_lines(values: Iterable[object]) -> None:
    for value in values:
        print_json(value)


def _print_rows(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    if rows:
        print_table(heads, rows)


def _print_on_day(on_day: StatusOnDay) -> None:
    """One part of a measure: how it stands and since when, what it is, and why, in lines that fit any terminal."""
    lifecycle, span, console = on_day.lifecycle, on_day.span, Console(soft_wrap=True)
    status, act = legible(said(span), STYLES.get(span.status, "")), legible(clean(words.act(lifecycle.act)), "bold")
    console.print(Text.assemble(status, "  ", act, legible(f"  {part(lifecycle)}")))
    console.print(legible(f"    {during(span)}"))
    for cause in span.because:
        console.print(legible(f"    {because(cause)}", style="dim"))


def _print_periods(periods: Iterable[ListingPeriod]) -> None:
    _print_rows(PERIODS, [_period(period) for period in periods])


def _period(period: ListingPeriod) -> tuple[str, ...]:
    return period.register, period.row, clean(period.name), iso(period.first_seen), iso(period.gone) if period.gone else ""


def _print_act(seen: Sighting) -> None:
    act, console = seen.now, Console(soft_wrap=True)
    console.print(Text.assemble(legible(act.key, "bold"), legible(f"  {act.title}")))
    console.print(
        legible(f"    published {act.published or 'unknown'}, first seen {iso(seen.first_seen)}  {act.url}", style="dim")
    )


def _print_evidence(change: Recorded) -> None:
    evidence = change.evidence
    told = f"{iso(change.at)}  {change.kind}  {change.key}  {change.source}  {evidence.url}  sha256 {evidence.sha256}"
    Console(soft_wrap=True).print(legible(told, style="dim"))


def _key_date(each: KeyDate, acts: Acts) -> tuple[str, ...]:
    what, quote = clean(capital(happens([each], acts))), f"“{clean(each.quote)}”"
    return each.on, vocabulary.authority(each.authority), what, _basis(each), quote


def _basis(each: KeyDate) -> str:
    if not each.computed:
        return "explicit"
    return f"computed from {dates.duration(each.duration)}" if each.duration else "computed"


def _source(state: SourceState) -> tuple[str, ...]:
    line = lines.of_source_state(state)
    return line.source, _minute(line.last_ok), _minute(line.next), line.problem, line.unread


def _register(each: RegisterStatus) -> tuple[str, ...]:
    """Its size, and what of it is not believed to be gone yet."""
    return each.reader, f"{each.rows:,}", each.published or "", _minute(iso(each.read_at)), _held(each)


def _held(register: RegisterStatus) -> str:
    if not register.held:
        return ""
    way = f"monitor release {register.reader}" if register.asks else "until the next read agrees"
    return f"{register.held:,} ({way})"


def _newest(act: Act) -> tuple[str, ...]:
    return act.key, _minute(iso(act.first_seen)), act.title


def _minute(moment: str) -> str:
    """`2025-10-09T01:00:41Z` as `2025-10-09 01:00`; a word stays a word."""
    return moment[:16].replace("T", " ")


def _screened(row: Screened) -> Iterator[str]:
    match = row.match
    yield f"{_verdict(match)}  {match.score:.2f}  {match.kind}  {_whom(row)}"
    yield f"    {match.reason}"


def _verdict(match: Pairing) -> str:
    dismissed = match.dismissed
    return f"{match.verdict}, dismissed by {dismissed.by} on {dismissed.at[:10]}" if dismissed else match.verdict


def _whom(row: Screened) -> str:
    if row.on_record is None:
        return f"watch list: {row.match.entry.key}"
    name = " / ".join(row.match.subject.names.values()) or " ".join(getattr(row.match.subject, "codes", ()))
    return f"on record: {name}, {_where(row.on_record)}"


def _where(found: OnRecord) -> str:
    where = " ".join(filter(None, (found.register, found.action, found.act)))
    return f"{where}, gone since {found.gone[:10]}" if found.gone else where
