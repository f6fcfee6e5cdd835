"""An alert as lines of plain text, the most needed first, for ways that know nothing else. Pure."""

from collections.abc import Iterator

from monitor.render.alert import Alert
from monitor.render.words import Line, Table


def lines(alert: Alert, most: int) -> Iterator[str]:
    """All that it says but its headline and its address; of each table no more than so many rows."""
    if alert.thread:
        yield f"About “{alert.thread}”"
    yield from alert.status
    yield from map(_labelled, alert.touches)
    yield alert.summary
    yield from map(_labelled, (*alert.facts, *alert.acts))
    for table in alert.tables:
        yield from _rows(table, most)
    yield from (f"Not fully understood: {text}" for text in alert.not_read)
    yield from map(_labelled, alert.details)
    yield from (f"“{quote}”" for quote in alert.quotes)
    yield " · ".join(alert.evidence)


def _labelled(line: Line) -> str:
    return f"{line.label}: {line.text}" if line.label and line.text else line.label or line.text


def _rows(table: Table, most: int) -> Iterator[str]:
    yield f"{table.title}:"
    yield from (f"- {' · '.join(filter(None, row))}" for row in table.rows[:most])
    if (left_out := len(table.rows) - most) > 0:
        yield f"… and {left_out:,} more"
