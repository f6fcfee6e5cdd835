"""The word of the day: what was told, which sources are silent, how fresh each one is."""

from monitor.alert.notice import Freshness, Notice
from monitor.render import dates, words
from monitor.render.parts import Line, Table


def headline(notice: Notice) -> str:
    """`All quiet: 34 sources read`, or what is not."""
    silent = _silent(notice)
    said = f"{words.things(notice.told, 'alert')} in the last day" if notice.told else "All quiet"
    read = words.things(len(notice.sources) - len(silent), "source")
    return f"{said}: {read} read, {len(silent):,} silent" if silent else f"{said}: {read} read"


def summary(notice: Notice) -> str:
    """The same for a screen reader, with the sources that give nothing."""
    silent = [each.source for each in _silent(notice)]
    return f"{headline(notice)}." + (f" Silent: {', '.join(silent)}." if silent else "")


def facts(notice: Notice) -> tuple[Line, ...]:
    """The sources that give nothing, and why."""
    return tuple(Line(each.source, f"{each.problem.kind}: {each.problem.text}") for each in _silent(notice) if each.problem)


def tables(notice: Notice) -> tuple[Table, ...]:
    """Every source and when it was last read, the stalest first."""
    stalest = sorted(notice.sources, key=lambda each: each.last_ok or "")
    rows = tuple((each.source, dates.day(each.last_ok) if each.last_ok else "never", _state(each)) for each in stalest)
    return (Table("Sources", ("Source", "Last read", "State"), rows),) if rows else ()


def _state(each: Freshness) -> str:
    return each.problem.kind if each.problem else "well"


def _silent(notice: Notice) -> list[Freshness]:
    return [each for each in notice.sources if each.problem]
