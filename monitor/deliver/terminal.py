"""The channel that always works: alerts on a terminal in Slack's form, or as one JSON object a
line. Does I/O.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from json import dumps
from typing import TextIO

from rich.box import ROUNDED, SIMPLE_HEAD

# The form of an alert loads with the first one: most polls send nothing.
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.panel import Panel
from rich.style import Style
from rich.table import Table as Grid
from rich.text import Text

from monitor.alert.event import ATTACHED, Notice, NoticeKind, Trouble
from monitor.config.outward import redacted
from monitor.deliver.channel import Channel, Pace, Receipt
from monitor.errors import DeliveryError, Outcome
from monitor.render.alert import compose_alert
from monitor.render.csv_rows import encode_notice
from monitor.render.values import Alert
from monitor.render.words import ANNEX, Line, Table


@dataclass
class Terminal(Channel):
    """Prints to a console or file; there is nothing to answer, to edit or to look through
    afterwards.
    """

    name = "terminal"
    pace = Pace(gap=0)

    out: Console | TextIO | None = None
    json: bool = field(default=False, kw_only=True)

    @cached_property
    def _console(self) -> Console:
        return open_console(self.out)

    def post(self, notice: Notice, *, thread: Receipt | None = None) -> Receipt:  # noqa: ARG002  # the notice says it
        return self.told(notice)

    def told(self, notice: Notice, *, to: str = "", where: str = "") -> Receipt:
        """Print it, in a dry run with its destination `to`; a person sees `where` above it.

        Raises:
            DeliveryError: the pipe or the file was closed.
        """
        # the alert has the first rows and the details, and as JSON all of them
        if notice.kind in ATTACHED:
            return ""
        alert = compose_alert(notice)
        try:
            if where and not self.json and alert.kind not in OPS:
                self.remark(where)
            self._write(
                _make_line(notice, alert, self._encoding, to) if self.json else self._picture(alert)
            )
        except (OSError, ValueError) as error:  # the pipe or the file was closed
            raise DeliveryError("the terminal takes no more output", Outcome.REFUSED) from error
        return ""

    def remark(self, text: str) -> None:
        """One line that is no message."""
        self._write(f"{text}\n")

    def update(self, notice: Notice, receipt: Receipt = "") -> Receipt:  # noqa: ARG002  # it is printed anew
        if isinstance(notice.body, Trouble) and notice.body.over:
            return ""  # its end has a line of its own
        return self.post(notice)

    @property
    def _encoding(self) -> str:
        return getattr(self._console.file, "encoding", None) or "utf-8"

    def _picture(self, alert: Alert) -> str:
        with self._console.capture() as capture:
            show(alert, self._console)
        return capture.get()

    def _write(self, text: str) -> None:
        """Print; a character the terminal does not have becomes a question mark."""
        self._console.file.write(
            redacted(text).encode(self._encoding, "replace").decode(self._encoding)
        )
        self._console.file.flush()


def _make_line(notice: Notice, alert: Alert, encoding: str, to: str = "") -> str:
    """One object; in escapes where the terminal could not show its characters."""
    whole = encode_notice(notice, alert) | ({"to": to} if to else {})
    line = dumps(whole, ensure_ascii=False)
    try:
        line.encode(encoding)
    except UnicodeEncodeError:
        line = dumps(whole, ensure_ascii=True)
    return f"{line}\n"


# The form of an alert on a terminal. Loaded with the first one.

ROWS = 40


def _split_labels(table: str) -> dict[NoticeKind, str]:
    """The label of each kind of message, one a line."""
    lines = (line.partition(" ") for line in table.strip().splitlines())
    return {NoticeKind(kind): words for kind, _, words in lines}


TITLES = _split_labels("""
act new act
amended act edited
disagreement addresses disagree
effect changed by a later act
early unconfirmed press
listed listed, not read
completed listed before, read now
parent first message, edited
state how it stands now
edition register changed
page page changed
watch your watch list
reminder reminder
untaken nobody has it
due waits for a decision
weekly the week
""")
OPS = _split_labels("""
problem red
updated yellow
recovered green
held yellow
layout yellow
remark yellow
alternates yellow
foreign yellow
""")
BORDERS = _split_labels("""
effect yellow
amended yellow
disagreement red
parent blue
state blue
listed yellow
completed blue
early magenta
""")
QUOTES = 3


def open_console(out: Console | TextIO | None) -> Console:
    """The output stream; standard output by default."""
    return out if isinstance(out, Console) else Console(file=out)


def show(alert: Alert, console: Console) -> None:
    """Print the alert: a panel; a reply indented under its thread's name; an incident as one
    line.
    """
    console.print(render_alert(alert))


def render_alert(alert: Alert) -> RenderableType:
    """The alert as rich would print it."""
    if alert.kind in OPS:
        # after a line break, foreign words must not start a line like ours
        grid = Grid.grid(padding=(0, 2, 0, 0))
        grid.add_column(no_wrap=True)
        grid.add_column(overflow="fold")
        grid.add_row(
            Text(alert.at, style="dim"),
            Text.assemble(
                (f"{alert.kind} ".upper(), OPS[alert.kind]),
                ". ".join(filter(None, (alert.title, alert.summary))),
            ),
        )
        return grid
    panel = Panel(
        Group(*_make_content(alert)),
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


def _make_content(alert: Alert) -> Iterator[RenderableType]:
    yield Text(alert.title, style="bold")
    yield from (Text(line, style="bold yellow") for line in alert.status)
    if alert.kind is NoticeKind.STATE or (
        alert.kind is NoticeKind.PARENT and (alert.acts or alert.status)
    ):
        # Printed text can't be edited: print only what the edit adds, the rest stands above.
        yield from (
            Text(f"• {': '.join(filter(None, (line.label, line.text)))}") for line in alert.acts
        )
        return
    yield from _make_short(alert.essence)
    yield from _make_short(alert.ours)
    facts: list[RenderableType] = [_make_grid(alert.facts)] if alert.facts else []
    acts: list[RenderableType] = [
        Text(f"• {': '.join(filter(None, (line.label, line.text)))}") for line in alert.acts
    ]
    yield from [*acts, *facts] if alert.is_package else [*facts, *acts]
    for table in alert.tables:
        yield from _make_table(table)
    yield from _make_section(
        "Not fully understood: open the notice for", alert.not_read, "bold red"
    )
    if alert.details:
        yield Padding(_make_grid(alert.details), (1, 0, 0, 0))
    yield from (
        Padding(Text(f"“{quote}”", style="italic"), (1, 0, 0, 0)) for quote in alert.quotes[:QUOTES]
    )
    yield Padding(Text(" · ".join(alert.evidence), style="dim"), (1, 0, 0, 0))
    if alert.why:
        yield Text(f"You get this because {alert.why}", style="dim")
    for label, url in (("Open in console ", alert.console), ("Open notice ", alert.url)):
        if url:
            yield Text.assemble((label, "dim"), _make_address(url), overflow="fold")


def _make_short(lines: Sequence[Line]) -> Iterator[RenderableType]:
    yield from (
        Text.assemble((f"{line.label}  " if line.label else "", "dim"), line.text) for line in lines
    )


def _make_grid(lines: Sequence[Line]) -> Grid:
    grid = Grid.grid(padding=(0, 2, 0, 0))
    grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")
    for line in lines:
        address = ("\n", _make_address(line.url)) if line.label == ANNEX and line.url else ()
        grid.add_row(Text(line.label, style="dim"), Text.assemble(line.text, *address))
    return grid


def _make_address(url: str) -> Text:
    """Make a link that may wrap at the end of a panel: terminals with links open the
    whole address.
    """
    return Text(url, style=Style(link=url))


def _make_section(title: str, lines: Sequence[str], style: str) -> Iterator[RenderableType]:
    if lines:
        yield Padding(Text(title, style=style), (1, 0, 0, 0))
        yield from (Text(f"• {line}") for line in lines)


def _make_table(table: Table) -> Iterator[RenderableType]:
    grid = Grid(box=SIMPLE_HEAD, padding=(0, 1, 0, 0), header_style="dim", show_edge=False)
    for column in table.columns:
        grid.add_column(Text(column), overflow="fold")
    for row in table.rows[:ROWS]:
        grid.add_row(*(Text(cell) for cell in row))
    yield Padding(grid, (1, 0, 0, 0))
    if (left_out := len(table.rows) - ROWS) > 0:
        yield Text(f"… and {left_out:,} more", style="dim")
