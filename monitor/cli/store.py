"""`monitor backup | restore`, and `poll --tidy`: maintain the store."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

from typer import Argument, Context, Option

from monitor.cli.setting import Setting, end_command
from monitor.clock import SystemClock
from monitor.config.outward import note, say
from monitor.errors import ConfigError, StoreHeld


def backup(
    context: Context,
    file: Annotated[Path, Argument(metavar="FILE", help="A new file: a tar that any tool opens.")],
    empty: Annotated[bool, Option("--empty", help="Back up a store that has no page yet.")] = False,
) -> None:
    """Write the whole store into one checked file, and print a summary. A daemon may run
    meanwhile.
    """
    from monitor.store.backup import write_backup

    setting: Setting = context.obj
    made = write_backup(setting.store, file, datetime.now(UTC), needs_pages=not empty)
    for sha256 in made.lost:
        note(
            f"monitor: {setting.store}: the page {sha256} proves a fact, and is missing from the"
            " archive or damaged"
        )
    polled = (
        f", last polled {made.polled_at:%Y-%m-%d %H:%M} UTC" if made.polled_at else ", never polled"
    )
    holds = (
        f"acts {made.acts:,}, registers {made.registers:,}, pages {made.bodies:,}, sources"
        f" {made.sources:,}{polled}"
    )
    note(f"monitor: {file}: holds {setting.store}: {holds}")
    end_command(done=not made.lost)


def restore(
    context: Context,
    file: Annotated[Path, Argument(metavar="FILE", help="A file of `monitor backup`.")],
) -> None:
    """Make a new store of a backup, in a folder or an empty database. No alert is sent twice."""
    setting: Setting = context.obj
    from monitor.store.backup import put_back

    contents = put_back(file, setting.store, datetime.now(UTC))
    note(f"monitor: {setting.store}: as it was at {contents.made_at:%Y-%m-%d %H:%M} UTC")


def move(
    words: Annotated[list[str] | None, Argument()] = None,  # noqa: ARG001
) -> None:
    """The command of an earlier version to move a history."""
    raise ConfigError(
        "move: stop all writers of the store, then `monitor --store FROM backup FILE`, `monitor"
        " --store TO restore FILE`"
    )


def tidy(setting: Setting) -> None:
    """Delete unreferenced archived bodies; a daemon does so once a day by itself."""
    from monitor.cli import once
    from monitor.run import upkeep
    from monitor.store import archive
    from monitor.store.threaded import HistoryThread

    async def here(history: "HistoryThread") -> "upkeep.Freed":
        kept = archive.open_archive(setting.store)
        return await upkeep.Upkeep(
            history, kept, SystemClock(), setting.config.upkeep.keep, setting.config
        ).whole()

    try:
        freed = once.run_under_lock(setting.store, here, without="nothing is kept")
    except StoreHeld as error:
        raise StoreHeld(f"{error}; where it is a daemon, it does this once a day") from error
    gone = (
        f"bodies on which nothing rests {freed.bodies:,} ({freed.size / 1e6:,.1f} MB), drafts"
        f" {freed.drafts:,}"
    )
    say(f"gone from the archive: {gone}")
