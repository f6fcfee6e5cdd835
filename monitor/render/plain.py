"""An alert as lines of plain text, the most needed first, for ways that know nothing else. Pure."""

from collections.abc import Iterator

from monitor.render.values import Alert
from monitor.render.words import Line

ROWS = 20  # of a table, where a message is kept as text


def render_words(alert: Alert) -> str:
    """Render the whole alert as text, its headline first."""
    return "\n".join(filter(None, (alert.title, *render_plain(alert, ROWS), alert.url)))


def render_plain(alert: Alert, most: int) -> Iterator[str]:
    """All that it says but its headline and its address; of each table no more than so many
    rows.
    """
    if alert.thread:
        yield f"About “{alert.thread}”"
    yield from alert.status
    yield from map(join_label, (*alert.essence, *alert.ours, *alert.facts, *alert.acts))
    for table in alert.tables:
        yield f"{table.title}:"
        yield from (f"- {' · '.join(filter(None, row))}" for row in table.rows[:most])
        if (left_out := len(table.rows) - most) > 0:
            yield f"… and {left_out:,} more"
    yield from (f"Not fully understood: {text}" for text in alert.not_read)
    yield from map(join_label, alert.details)
    yield from (f"“{quote}”" for quote in alert.quotes)
    yield " · ".join(alert.evidence)


def join_label(line: Line) -> str:
    """A line with its label before it."""
    return f"{line.label}: {line.text}" if line.label and line.text else line.label or line.text
