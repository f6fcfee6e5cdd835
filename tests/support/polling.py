"""What a daemon reads at a moment: it does not wait for its polls."""

import asyncio

from monitor.run.daemon import Daemon


def under_way(daemon: Daemon) -> list[asyncio.Task]:
    """The polls that it has begun and that are not over."""
    return [*daemon._polling.values()]


async def ended(daemon: Daemon) -> None:
    """Wait until no poll is under way; a failed one is the daemon's to tell of."""
    while polls := under_way(daemon):
        await asyncio.gather(*polls, return_exceptions=True)
