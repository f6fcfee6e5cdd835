"""Looks for what is wrong: the house first, then every source's address, all at once; writes nothing to the history."""

import asyncio
from collections.abc import Awaitable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from monitor.cli.doctor import folder
from monitor.cli.doctor.address import Examined, examine, unresolved
from monitor.cli.doctor.destinations import unopened
from monitor.cli.doctor.environment import house, skew
from monitor.cli.doctor.finding import Finding
from monitor.cli.doctor.saved import compare, save
from monitor.cli.doctor.words import network, of_source
from monitor.cli.output import print_json, print_table
from monitor.cli.progress import Progress, watched
from monitor.clock import Clock, SystemClock
from monitor.config import Config
from monitor.config.stores import Store
from monitor.errors import MonitorError
from monitor.fetch import Fetcher, browser_of
from monitor.source.registry import Registry
from monitor.source.scraper import Source

PATIENCE = 20.0  # seconds for one page: with it a machine off line has its answer within a minute
LOOKUPS = 64  # names looked up at a time: a dead resolver blocks a thread for each


def checkup(
    config: Config,
    config_file: Path | None,
    store: Store | Path,
    names: Sequence[str],
    *,
    keep: bool,
    quiet: bool = False,
    to: Path | None = None,
) -> list[Finding]:
    """Every finding, the house's first; with `keep` each page that came is saved as a fixture.

    `to`: every source there is, switched on or not, and all that was seen is kept in that folder, to be sent to whoever mends it.

    On a terminal it shows which sources have not answered yet, unless it is to be `quiet`.

    Raises:
        ConfigError: no such source, or a scraper that can't be imported.
    """
    registry = Registry(config)
    sources = registry.declared if to else registry.named(names) if names else registry.sources
    all_examined = asyncio.run(_examine_all(config, sources, SystemClock(), quiet=quiet))
    findings = [
        of_source(examined, compare(examined.source, examined.page), _saved(examined) if keep else "")
        for examined in all_examined
    ]
    answers = [answer for examined in all_examined for answer in examined.answers]
    common = [skew(answers), *network(all_examined)]
    all_findings = [*house(config, config_file, store, len(registry.sources)), *unopened(config), *common, *findings]
    if to:
        folder.keep(to, all_examined, all_findings)
    return all_findings


async def _examine_all(config: Config, sources: Sequence[Source], clock: Clock, *, quiet: bool) -> list[Examined]:
    asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(LOOKUPS))
    fetcher = _fetcher(config, clock, [f"{source.id}: render" for source in sources if source.render])
    try:
        with watched("addresses", quiet=quiet) as progress:
            for source in sources:
                progress(source.id, 1)
            nowhere = await unresolved(sources, clock.now())
            waiting = (_settled(source.id, examine(source, fetcher, clock, nowhere), progress) for source in sources)
            return list(await asyncio.gather(*waiting))
    finally:
        await fetcher.aclose()


async def _settled(source: str, examining: Awaitable[Examined], progress: Progress) -> Examined:
    examined = await examining
    progress(source, -1)
    return examined


def _fetcher(config: Config, clock: Clock, rendered: Sequence[str]) -> Fetcher:
    return Fetcher(
        user_agent=config.fetch.name,
        clock=clock,
        deadline=min(config.fetch.deadline.total_seconds(), PATIENCE),
        allow_private=config.fetch.allow_private,
        gap=config.fetch.gap.total_seconds(),
        robots=config.fetch.robots,
        browser=browser_of(config, rendered),
    )


def _saved(examined: Examined) -> str:
    """Where the page was kept, or why not, in words."""
    if examined.page is None:
        return ""
    try:
        return f"saved as {save(examined.source, examined.page)}"
    except MonitorError as error:
        return f"not saved: {error}"


def show_checkup(findings: Sequence["Finding"], *, as_json: bool) -> None:
    """Everything that was looked at, what was seen, and the way out of what is wrong."""
    if as_json:
        for finding in findings:
            subject = {"source" if finding.is_source else "check": finding.subject}
            print_json({**subject, "ok": finding.ok, "seen": finding.seen, "remedy": finding.remedy, **finding.details})
        return
    rows = [(finding.subject, "ok" if finding.ok else "wrong", finding.seen, finding.remedy) for finding in findings]
    print_table(("what", "is", "seen", "way out"), rows)
