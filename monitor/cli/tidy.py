"""`monitor tidy`: what leaves the archive goes now, for those who have no daemon that sees to it once a day."""

import typer

from monitor.clock import SystemClock
from monitor.config.outward import say
from monitor.errors import StoreHeld


def tidy(context: typer.Context) -> None:
    """Free the archive of bodies on which nothing rests any more; a daemon does that once a day by itself."""
    from monitor.cli import ordering
    from monitor.cli.setting import Setting
    from monitor.history import archive
    from monitor.history.threaded import HistoryThread
    from monitor.pipeline import upkeep

    setting: Setting = context.obj

    async def here(history: "HistoryThread") -> "upkeep.Freed":
        kept = archive.of_store(setting.store)
        return await upkeep.Upkeep(history, kept, SystemClock(), setting.config.upkeep.keep).whole()

    try:
        freed = ordering.under_lock(setting.store, here, without="nothing is kept")
    except StoreHeld as error:
        raise StoreHeld(f"{error}; where it is a daemon, it does this once a day") from error
    gone = f"bodies on which nothing rests {freed.bodies:,} ({freed.size / 1e6:,.1f} MB), drafts {freed.drafts:,}"
    say(f"gone from the archive: {gone}")
