"""`monitor tidy`: what leaves the archive goes now, for those who have no daemon that sees to it once a day."""

from typing import TYPE_CHECKING

import typer

from monitor.clock import SystemClock
from monitor.config.outward import say
from monitor.errors import MonitorError, StoreHeld
from monitor.lazy import lazy

if TYPE_CHECKING:
    import asyncio

    from monitor import history as histories
    from monitor.cli.setting import Setting
    from monitor.history import archive, lock, threaded
    from monitor.pipeline import upkeep
else:
    asyncio = lazy("asyncio")
    histories = lazy("monitor.history")
    archive = lazy("monitor.history.archive")
    lock = lazy("monitor.history.lock")
    threaded = lazy("monitor.history.threaded")
    upkeep = lazy("monitor.pipeline.upkeep")


def tidy(context: typer.Context) -> None:
    """Free the archive of bodies on which nothing rests any more; a daemon does that once a day by itself."""
    setting: Setting = context.obj
    if not histories.there(setting.store):
        raise MonitorError(f"{setting.store}: there is no history here, so nothing is kept; choose another with --store")
    try:
        with lock.Lock(setting.store):
            freed = asyncio.run(_tidied(setting))
    except StoreHeld as error:
        raise StoreHeld(f"{error}; where it is a daemon, it does this once a day") from error
    gone = f"bodies on which nothing rests {freed.bodies:,} ({freed.size / 1e6:,.1f} MB), drafts {freed.drafts:,}"
    say(f"gone from the archive: {gone}")


async def _tidied(setting: "Setting") -> "upkeep.Freed":
    history = threaded.HistoryThread(histories.History(setting.store))
    try:
        kept = archive.Archive(setting.store / archive.ARCHIVE)
        return await upkeep.Upkeep(history, kept, SystemClock(), setting.config.upkeep.keep).whole()
    finally:
        history.close()
