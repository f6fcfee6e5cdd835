"""Show the progress of a long run on stderr, only if somebody watches. Does I/O."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from monitor.config.outward import make_printable

# A pass that nobody watches must not wait for its picture.
if TYPE_CHECKING:
    from rich import progress as rich_progress

# a source, and how many more pages it has pending: -1 when one of them is settled
Progress = Callable[[str, int], None]


@contextmanager
def watch_progress(unit: str, *, quiet: bool) -> Iterator[Progress]:
    """Show a cycle's progress: a line for each source with pending pages, removed at the end."""
    if quiet or not sys.stderr.isatty():
        yield lambda _whose, _owed: None
        return
    from rich import progress as rich_progress

    columns = rich_progress.MofNCompleteColumn(), rich_progress.TimeElapsedColumn()
    with _draw_progress(*columns) as picture:
        whole, lines = picture.add_task(unit, total=0), dict[str, rich_progress.TaskID]()

        def move(whose: str, owed: int) -> None:
            if whose not in lines:
                lines[whose] = picture.add_task(make_printable(whose), total=0)
            for line in (whole, lines[whose]):
                task = picture.tasks[picture.task_ids.index(line)]
                total, settled = (task.total or 0) + max(owed, 0), task.completed + max(-owed, 0)
                picture.update(
                    line, total=total, completed=settled, visible=line == whole or settled < total
                )

        yield move


@contextmanager
def count_progress(what: str, total: int | None) -> Iterator[Callable[[int], None]]:
    """Show how far a count has come, in one line, removed at the end. `total` is None if
    unknown.
    """
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich import progress as rich_progress

    columns = (
        rich_progress.TextColumn("{task.completed:,.0f}"),
        rich_progress.TimeElapsedColumn(),
        rich_progress.TimeRemainingColumn(),
    )
    with _draw_progress(*columns) as picture:
        task = picture.add_task(make_printable(what), total=total)
        yield lambda count: picture.update(task, completed=count)


def _draw_progress(*columns: "rich_progress.ProgressColumn") -> "rich_progress.Progress":
    from rich import console as rich_console
    from rich import progress as rich_progress

    # Output on stdout may go into a file or a pipe: it must not mix with the lines on stderr.
    return rich_progress.Progress(
        rich_progress.TextColumn("{task.description}", markup=False),
        rich_progress.BarColumn(),
        *columns,
        console=rich_console.Console(stderr=True),
        transient=True,
        redirect_stdout=False,
    )
