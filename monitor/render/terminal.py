"""An alert for a terminal, as Slack would look; foreign text is never read as markup."""

from collections.abc import Iterator, Sequence

from rich.box import ROUNDED, SIMPLE_HEAD
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.panel import Panel
from rich.table import Table as Grid
from rich.text import Text

from monitor.alert.event import NoticeKind
from monitor.render.alert import Alert
from monitor.render.parts import ANNEX, Line, Table

ROWS = 40
TITLES = {
    NoticeKind.ACT: "new act",
    NoticeKind.AMENDED: "act edited",
    NoticeKind.DISAGREEMENT: "addresses disagree",
    NoticeKind.EFFECT: "changed by a later act",
    NoticeKind.EARLY: "unconfirmed press",
    NoticeKind.PARENT: "first message, edited",
    NoticeKind.EDITION: "register changed",
    NoticeKind.WATCH: "your watch list",
    NoticeKind.REMINDER: "reminder",
}
OPS = {
    NoticeKind.PROBLEM: "red",
    NoticeKind.RECOVERED: "green",
    NoticeKind.HELD: "yellow",
    NoticeKind.LAYOUT: "yellow",
    NoticeKind.REMARK: "yellow",
    NoticeKind.ALTERNATES: "yellow",
    NoticeKind.FOREIGN: "yellow",
}
BORDERS = {
    NoticeKind.EFFECT: "yellow",
    NoticeKind.AMENDED: "yellow",
    NoticeKind.DISAGREEMENT: "red",
    NoticeKind.PARENT: "blue",
    NoticeKind.EARLY: "magenta",
}
QUOTES = 3


def show(alert: Alert, console: Console) -> None:
    """Print the alert: a panel; a reply indented under the name of its thread; trouble of a source as one line."""
    console.print(rendered(alert))


def rendered(alert: Alert) -> RenderableType:
    """The alert as rich would print it."""
    if alert.kind in OPS:
        return Text.assemble((f"{alert.evidence[0].text}  ", "dim"), (f"{alert.kind} ".upper(), OPS[alert.kind]), alert.summary)
    panel = Panel(
        Group(*_content(alert)),
        title=Text(TITLES.get(alert.kind, str(alert.kind)), style="dim"),
        title_align="left",
        border_style=BORDERS.get(alert.kind, "cyan"),
        box=ROUNDED,
        padding=(0, 1),
    )
    if not alert.thread:
        return panel
    thread = Text.assemble(("↳ in the thread of ", "dim"), alert.thread, overflow="fold")
    return Padding(Group(thread, panel), (0, 0, 0, 4))


def _content(alert: Alert) -> Iterator[RenderableType]:
    yield Text(alert.headline, style="bold")
    yield from (Text(line, style="bold yellow") for line in alert.status)
    if alert.kind is NoticeKind.PARENT and (alert.acts or alert.status):
        # What was printed can't be edited: only what the edit brought is printed, the rest stands above.
        yield from (Text(f"• {line.label}: {line.text}") for line in alert.acts)
        return
    if alert.touches:
        yield Padding(_grid(alert.touches), (0, 0, 1, 0))
    yield Text(alert.summary)
    if alert.facts:
        yield Padding(_grid(alert.facts), (1, 0, 0, 0))
    yield from _named("Acts of this package", [f"{line.label}: {line.text}" for line in alert.acts], "bold")
    yield from _named("Not fully understood", alert.not_read, "bold red")
    for table in alert.tables:
        yield from _table(table)
    yield from (Padding(Text(f"“{quote}”", style="italic"), (1, 0, 0, 0)) for quote in alert.quotes[:QUOTES])
    evidence = [f"{line.label} {line.text}" for line in alert.evidence if not alert.url or line.url != alert.url]
    yield Padding(Text(" · ".join(evidence), style="dim"), (1, 0, 0, 0))
    if alert.url:
        yield Text.assemble(("Open notice ", "dim"), alert.url, overflow="fold")


def _grid(lines: Sequence[Line]) -> Grid:
    grid = Grid.grid(padding=(0, 2, 0, 0))
    grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")
    for line in lines:
        address = f"\n{line.url}" if line.label == ANNEX and line.url else ""
        grid.add_row(Text(line.label, style="dim"), Text(f"{line.text}{address}"))
    return grid


def _named(title: str, lines: Sequence[str], style: str) -> Iterator[RenderableType]:
    if lines:
        yield Padding(Text(title, style=style), (1, 0, 0, 0))
        yield from (Text(f"• {line}") for line in lines)


def _table(table: Table) -> Iterator[RenderableType]:
    grid = Grid(box=SIMPLE_HEAD, padding=(0, 1, 0, 0), header_style="dim")
    for column in table.columns:
        grid.add_column(Text(column), overflow="fold")
    for row in table.rows[:ROWS]:
        grid.add_row(*(Text(cell) for cell in row))
    yield grid
    if (left_out := len(table.rows) - ROWS) > 0:
        yield Text(f"… and {left_out:,} more", style="dim")
