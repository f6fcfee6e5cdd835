"""How far a long pass is: on stderr while it lasts, and only where somebody looks on. Does I/O."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from monitor.config.outward import fit

# A pass that nobody watches must not wait for its picture.
if TYPE_CHECKING:
    from rich import console as rich_console
    from rich import progress as rich_progress

Progress = Callable[[str, int], None]  # whose pages, and how many more are owed: -1 when one of them is settled


def unwatched(whose: str, owed: int) -> None:
    """Nobody looks on."""


@contextmanager
def watched(unit: str, *, quiet: bool = False, console: "rich_console.Console | None" = None) -> Iterator[Progress]:
    """Whom to tell how far a pass is; a line for each who still owes something, gone when the pass is over."""
    if quiet or not (console.is_terminal if console else sys.stderr.isatty()):
        yield unwatched
        return
    from rich import console as rich_console
    from rich import progress as rich_progress

    columns = (
        rich_progress.TextColumn("{task.description}", markup=False),
        rich_progress.BarColumn(),
        rich_progress.MofNCompleteColumn(),
        rich_progress.TimeElapsedColumn(),
    )
    # What is told on stdout meanwhile may go into a file or a pipe: it must not come out among the lines on stderr.
    with rich_progress.Progress(
        *columns, console=console or rich_console.Console(stderr=True), transient=True, redirect_stdout=False
    ) as picture:
        yield _Lines(picture, unit).move


@contextmanager
def counted(what: str, total: int | None, console: "rich_console.Console | None" = None) -> Iterator[Callable[[int], None]]:
    """Whom to tell by how many a pass has come on; one line, gone when it is over. `total` is None where that is not known."""
    from rich import console as rich_console
    from rich import progress as rich_progress

    if not (console.is_terminal if console else sys.stderr.isatty()):
        yield lambda _: None
        return
    columns = (
        rich_progress.TextColumn("{task.description}", markup=False),
        rich_progress.BarColumn(),
        rich_progress.TextColumn("{task.completed:,.0f}"),
        rich_progress.TimeElapsedColumn(),
        rich_progress.TimeRemainingColumn(),
    )
    with rich_progress.Progress(
        *columns, console=console or rich_console.Console(stderr=True), transient=True, redirect_stdout=False
    ) as picture:
        task = picture.add_task(fit(what), total=total)
        yield lambda by: picture.advance(task, by)


class _Lines:
    """The line of the whole, and below it those of whoever still owes something."""

    def __init__(self, picture: "rich_progress.Progress", unit: str) -> None:
        from rich import progress as rich_progress

        self._picture = picture
        self._whole = picture.add_task(unit, total=0)
        self._lines: dict[str, rich_progress.TaskID] = {}

    def move(self, whose: str, owed: int) -> None:
        """Take in what one owes more, or has settled."""
        if whose not in self._lines:
            self._lines[whose] = self._picture.add_task(fit(whose), total=0)
        for line in (self._whole, self._lines[whose]):
            task = self._picture.tasks[self._picture.task_ids.index(line)]
            total, settled = (task.total or 0) + max(owed, 0), task.completed + max(-owed, 0)
            self._picture.update(line, total=total, completed=settled, visible=line == self._whole or settled < total)
