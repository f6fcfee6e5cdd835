"""An alert as plain text, for mail and messengers: foreign text calls nobody there and links nowhere. Pure."""

from collections.abc import Iterator

from monitor.render.alert import Alert
from monitor.render.parts import Line, Table
from monitor.render.text import cut, unbracketed

MOST = 3_500  # characters: less than a message of any messenger worth the name
ROWS = 20
LINE = 300
TITLE = 120


def title(alert: Alert) -> str:
    """The headline on one line."""
    return cut(_disarmed(alert.headline), TITLE) or "–"


def body(alert: Alert) -> str:
    """All that the alert says, the most needed first; what is too long ends in an ellipsis, and the address stays whole."""
    address = f"\n\n{alert.url}" if alert.url else ""
    said = "\n".join(cut(_disarmed(line), LINE) for line in _lines(alert))
    return (cut(said, max(MOST - len(address), 0)) + address).strip() or "–"


def _lines(alert: Alert) -> Iterator[str]:
    if alert.thread:
        yield f"About “{alert.thread}”"
    yield from alert.status
    # The summary alone must do for who reads nothing else: it is not cut at the length of a line.
    yield from _folded(alert.summary)
    yield from map(_labelled, (*alert.facts, *alert.acts))
    yield from (f"Not fully understood: {text}" for text in alert.not_read)
    for table in alert.tables:
        yield from _rows(table)
    yield from (f"“{quote}”" for quote in alert.quotes)
    yield " · ".join(f"{line.label} {line.text}" for line in alert.evidence)


def _folded(text: str) -> Iterator[str]:
    yield from (text[at : at + LINE] for at in range(0, min(len(text), 4 * LINE), LINE))


def _labelled(line: Line) -> str:
    return f"{line.label}: {line.text}" if line.label and line.text else line.label or line.text


def _rows(table: Table) -> Iterator[str]:
    yield f"{table.title}:"
    yield from (f"- {' · '.join(filter(None, row))}" for row in table.rows[:ROWS])
    if (left_out := len(table.rows) - ROWS) > 0:
        yield f"… and {left_out:,} more"


def _disarmed(text: str) -> str:
    """Text that no messenger takes for a mention (`@everyone`, `<!here>`) or for an address."""
    return unbracketed(text).replace("@", "@\u200b").replace("://", ":\u200a//")
