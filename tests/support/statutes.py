"""Acts that do something to each other, in a line each."""

from datetime import UTC, date, datetime

from monitor.model import Action, Announcement, End, Measure, Start, Target
from monitor.timeline import MeasureQuery, StatusOnDay, Timeline

SEEN = datetime(2025, 10, 9, 8, 0, tzinfo=UTC)
SIX = tuple(f"mofcom-2025-{number}" for number in (55, 56, 57, 58, 61, 62))


def act(
    key: str, *measures: Measure, published: str | None = "2025-11-01", authority: str = "cn-mofcom"
) -> Announcement:
    return Announcement(
        key=key,
        authority=authority,
        title=key,
        published=published,
        measures=measures,
        understood="full",
    )


def measure(
    action: str,
    *targets: str,
    starts: str = "",
    ends: str = "",
    clauses: tuple[str, ...] = (),
    **more,
) -> Measure:
    """A measure on whole acts (`mofcom-2025-57`) or on clauses of them (`mofcom-2024-46 二`)."""
    amends = tuple(
        Target(key=key, clauses=(mark,) if mark else ())
        for key, _, mark in (each.partition(" ") for each in targets)
    )
    return Measure(
        action=Action(action),
        amends=amends,
        clauses=clauses,
        starts=Start(on=starts, basis="explicit", quote=f"from {starts}") if starts else None,
        ends=End(on=ends, basis="explicit", quote=f"to {ends}") if ends else None,
        **more,
    )


def timeline(*acts: Announcement) -> Timeline:
    return Timeline((each, SEEN) for each in acts)


def stood(line: Timeline, day: date, query: MeasureQuery) -> list[StatusOnDay]:
    """How all that meets a query stands on a day."""
    return [StatusOnDay(life, span) for life in line.about(query) if (span := life.on(day))]


def on_day(
    acts: tuple[Announcement, ...] | list[Announcement], key: str, day: str
) -> list[tuple[str, str]]:
    """How an act's measures stand on a day: the clauses or names of each part, and its status."""
    on = date.fromisoformat(day)
    return sorted(
        (part_of(on_day), status_of(on_day)) for on_day in all_on(timeline(*acts), key, on)
    )


def all_on(line: Timeline, key: str, on: date) -> list[StatusOnDay]:
    return [
        StatusOnDay(lifecycle, span) for lifecycle in line.of_act(key) if (span := lifecycle.on(on))
    ]


def part_of(on_day: StatusOnDay) -> str:
    names = [name for entity in on_day.lifecycle.entities for name in entity.names.values()]
    return " ".join([*on_day.lifecycle.clauses, *names, *on_day.lifecycle.destinations])


def status_of(on_day: StatusOnDay) -> str:
    return (
        f"{on_day.span.status}: {on_day.span.why}" if on_day.span.why else str(on_day.span.status)
    )
