"""Print a replay as a story: each event's first message in full, later ones in a line, and answers
at the end.
"""

import io
import sys
from collections.abc import Sequence
from contextlib import redirect_stdout
from dataclasses import replace
from typing import TextIO

from rich.text import Text

from monitor.alert.event import NoticeKind
from monitor.config.outward import note, say
from monitor.deliver.terminal import OPS, TITLES, Terminal, show
from monitor.errors import MonitorError
from monitor.render.values import Alert
from monitor.render.words import Table

ROWS = 3  # of a table
ANSWER = 3  # lines
NEWS = (NoticeKind.ACT, NoticeKind.LISTED, NoticeKind.EARLY, NoticeKind.EDITION, NoticeKind.PAGE)
EDITS = (NoticeKind.PARENT, NoticeKind.STATE)


class StoryTerminal(Terminal):
    """Prints each event's first message with the start of its tables, and all others in a line. Of
    reminders and the like it prints the first of each kind in full.
    """

    def __init__(self) -> None:
        super().__init__()
        self._looks = set[NoticeKind]()

    def _picture(self, alert: Alert) -> str:
        # an edit, whose last words are those of the recovery, or which its first message has too
        if alert.kind is NoticeKind.UPDATED or (alert.kind in EDITS and alert.thread):
            return ""
        with self._console.capture() as capture:
            is_known = alert.kind in self._looks and alert.kind not in NEWS
            if alert.thread or alert.kind in OPS or alert.kind in EDITS or is_known:
                self._console.print(
                    Text(_make_table_line(alert)), no_wrap=True, overflow="ellipsis", crop=True
                )
            else:
                self._console.print(("\n" if self._looks else "") + alert.at, style="dim")
                self._looks.add(alert.kind)
                tables = tuple(map(_shorten_table, alert.tables))
                quotes = () if alert.is_package else alert.quotes[:1]
                show(
                    replace(alert, tables=tables, details=(), quotes=quotes, url=""), self._console
                )
        return capture.get()


def _make_table_line(alert: Alert) -> str:
    if alert.kind in OPS:
        return f"{alert.at}  {alert.kind.upper()} {alert.headline}"
    if alert.kind in EDITS:
        return f"    ↻ {alert.headline}"
    kind = "" if alert.kind is NoticeKind.ACT else f"{TITLES.get(alert.kind, alert.kind)}: "
    return (
        f"    ↳ {kind}{alert.headline}" if alert.thread else f"{alert.at}  {kind}{alert.headline}"
    )


def _shorten_table(table: Table) -> Table:
    """The first rows, and how many there are beside them."""
    more = len(table.rows) - ROWS
    if more <= 1:
        return table
    return replace(
        table,
        rows=(
            *table.rows[:ROWS],
            ("…", f"and {more:,} more", *[""] * len(table.columns))[: len(table.columns)],
        ),
    )


class _Answer(io.StringIO):
    """A command's output, laid out for its stream."""

    def __init__(self, out: TextIO) -> None:
        super().__init__()
        self._out = out

    def isatty(self) -> bool:
        return self._out.isatty()


def answer_question(words: Sequence[str], *, full: bool) -> None:
    """Run a command of the program here, as if typed, and print the start of its answer, or with
    `full` all.
    """
    from monitor.cli.app import PROGRAM, app

    answer = _Answer(sys.stdout)
    try:
        with redirect_stdout(answer):
            app(list(words), prog_name=PROGRAM, standalone_mode=False)
    except MonitorError as error:
        note(f"monitor: {error}")
    lines = answer.getvalue().splitlines(keepends=True)
    shown = len(lines) if full else ANSWER
    sys.stdout.writelines(lines[:shown])
    if lines[shown:]:
        say(f"… and {len(lines) - shown:,} more lines")
