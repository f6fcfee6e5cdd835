"""Show the sources in the console: their health, and their last ninety days."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta
from statistics import median

from monitor import vocabulary
from monitor.ask import rows
from monitor.ask.coverage import SourceState, State, explain_nothing_read
from monitor.console.desk import HERE, ConsoleDesk, Given, Shown
from monitor.model import Problem, frozen
from monitor.render import words
from monitor.run.life import metrics
from monitor.source.health import describe_kind
from monitor.source.schedule import is_stale
from monitor.source.scraper import Source
from monitor.store import Stretch, looks

STRIP = 90  # days
WELL, LATE, NEVER = "well", "not read as often as they should be", "never read"


@frozen
class Day:
    """One day of a source's strip: `read`, `trouble` or `unread`."""

    left: float
    state: str


@frozen
class SourceLine:
    """A source, how it is doing, its last ninety days as a picture and in words."""

    cells: tuple[str, ...]
    days: tuple[Day, ...]
    text: str


def show_sources(desk: ConsoleDesk, _: Given) -> Shown:
    """Show every source: health by cause, last ninety days, and delay of its alerts."""
    state = desk.state()
    first = desk.now - timedelta(days=STRIP)
    stretches: dict[str, list[Stretch]] = defaultdict(list)
    for stretch in desk.history(looks.list_coverage_stretches, first) if desk.is_open else ():
        stretches[stretch.about].append(stretch)
    covered = desk.coverage()
    used = list(_find_used_columns(state.sources))
    return {
        "title": "Sources",
        "unread": explain_nothing_read(covered, HERE) if covered.is_empty else "",
        "counted": covered.sources,
        "all": len(state.sources),
        "troubles": [rows.make_trouble_row(trouble) for trouble in state.troubles],
        "causes": _count_causes(desk, state),
        "state_heads": [head for head, is_used in zip(rows.STATES, used, strict=True) if is_used],
        "used": used,
        "sources": [
            _make_source_line(source, stretches[source.source], desk.now)
            for source in sorted(state.sources, key=_rank_by_need)
        ],
        "alerts": _list_alert_times(desk) if desk.is_open else [],
        "width": round(100 / STRIP, 2),
    }


def _rank_by_need(state: SourceState) -> tuple[bool, bool, bool, str]:
    """Make a sort key: failing sources first, then those with unread pages, healthy ones, never
    read ones.
    """
    return state.problem is None, not state.unread, state.last_ok is None, state.source


def _find_used_columns(states: tuple[SourceState, ...]) -> Iterator[bool]:
    """Find the columns that are not empty."""
    told = list(map(rows.make_source_row, states))
    return (place == 0 or any(cells[place] for cells in told) for place in range(len(rows.STATES)))


def _count_causes(desk: ConsoleDesk, state: State) -> list[tuple[str, str]]:
    """Count the healthy sources, and the others by cause."""
    # the gravest comes first, and stays
    doubts = {trouble.about: trouble.problem for trouble in reversed(state.troubles)}
    counted = Counter(
        _name_cause(desk, source, one.problem or doubts.get(source.id), one.last_ok)
        for source, one in zip(desk.sources, state.sources, strict=True)
    )
    first = [(cause, counted.pop(cause, 0)) for cause in (WELL, LATE, NEVER)]
    return [
        (cause, words.format_count(number, "source"))
        for cause, number in (*first, *counted.most_common())
        if number
    ]


def _name_cause(
    desk: ConsoleDesk, source: Source, problem: Problem | None, last_ok: datetime | None
) -> str:
    """Name the cause why a source is not healthy, or say that it is healthy, late or never read."""
    if problem:
        return describe_kind(problem.kind)
    if last_ok is None:
        return NEVER
    return LATE if is_stale(source, last_ok, desk.config.health.patience, desk.now) else WELL


def _make_source_line(state: SourceState, stretches: list[Stretch], now: datetime) -> SourceLine:
    days = tuple(
        Day(
            round(100 * number / STRIP, 2),
            _find_day_state(stretches, now - timedelta(days=STRIP - number), now),
        )
        for number in range(STRIP)
    )
    counted = Counter(day.state for day in days)
    text = (
        f"of the last {STRIP} days {counted['read']} read, {counted['trouble']} with trouble,"
        f" {counted['unread']} not read"
    )
    return SourceLine(rows.make_source_row(state), days, text)


def _find_day_state(stretches: list[Stretch], begins: datetime, now: datetime) -> str:
    ends = begins + timedelta(days=1)
    during = [
        stretch
        for stretch in stretches
        if stretch.since < ends and (stretch.until or now) >= begins
    ]
    if any(stretch.kind for stretch in during):
        return "trouble"
    return "read" if during else "unread"


def _list_alert_times(desk: ConsoleDesk) -> list[tuple[str, str, str, str]]:
    """Count the alerts of the last ninety days by authority, with their delay after publication."""
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
