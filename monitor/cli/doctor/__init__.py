"""Looks for what is wrong: the house first, then every source's address, all at once; writes nothing to the history."""

import asyncio
from collections.abc import Awaitable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from monitor.cli.doctor.address import Examined, examine, unresolved
from monitor.cli.doctor.environment import house, skew
from monitor.cli.doctor.finding import Finding
from monitor.cli.doctor.saved import compare, save
from monitor.cli.doctor.words import network, told
from monitor.cli.progress import Progress, watched
from monitor.clock import Clock, SystemClock
from monitor.config import Config
from monitor.errors import MonitorError
from monitor.fetch import Fetcher
from monitor.source.registry import Registry
from monitor.source.scraper import Source

PATIENCE = 20.0  # seconds for one page: with it a machine off line has its answer within a minute
LOOKUPS = 64  # names looked up at a time: a dead resolver blocks a thread for each


def checkup(
    config: Config, config_file: Path | None, store: Path, names: Sequence[str], *, keep: bool, quiet: bool = False
) -> list[Finding]:
    """Every finding, the house's first; with `keep` each page that came is saved as a fixture.

    On a terminal it shows which sources have not answered yet, unless it is to be `quiet`.

    Raises:
        ConfigError: no such source, or a scraper that can't be imported.
    """
    registry = Registry(config)
    sources = registry.named(names) if names else registry.sources
    examined = asyncio.run(_examine_all(config, sources, SystemClock(), quiet=quiet))
    findings = [told(each, compare(each.source, each.page), _saved(each) if keep else "") for each in examined]
    answers = [answer for each in examined for answer in each.answers]
    common = [skew(answers), *network(examined)]
    return [*house(config, config_file, store, len(registry.sources)), *common, *findings]


async def _examine_all(config: Config, sources: Sequence[Source], clock: Clock, *, quiet: bool) -> list[Examined]:
    asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(LOOKUPS))
    fetcher = _fetcher(config, clock)
    try:
        with watched("addresses", quiet=quiet) as progress:
            for source in sources:
                progress(source.id, 1)
            nowhere = await unresolved(sources, clock.now())
            waiting = (_settled(source.id, examine(source, fetcher, clock, nowhere), progress) for source in sources)
            return list(await asyncio.gather(*waiting))
    finally:
        await fetcher.aclose()


async def _settled(source: str, examined: Awaitable[Examined], progress: Progress) -> Examined:
    found = await examined
    progress(source, -1)
    return found


def _fetcher(config: Config, clock: Clock) -> Fetcher:
    return Fetcher(
        user_agent=config.fetch.name,
        clock=clock,
        deadline=min(config.fetch.deadline.total_seconds(), PATIENCE),
        allow_private=config.fetch.allow_private,
        gap=config.fetch.gap.total_seconds(),
        robots=config.fetch.robots,
    )


def _saved(examined: Examined) -> str:
    """Where the page was kept, or why not, in words."""
    if examined.page is None:
        return ""
    try:
        return f"saved as {save(examined.source, examined.page)}"
    except MonitorError as error:
        return f"not saved: {error}"
