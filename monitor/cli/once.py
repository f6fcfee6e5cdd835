"""One pass over what is due, by ourselves or by the daemon that holds the store; and the daemon
itself.
"""

import asyncio
import gc
import logging
import sys
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator, Mapping, Sequence
from contextlib import aclosing, asynccontextmanager, closing, nullcontext
from dataclasses import field, replace
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from monitor.cli import causes
from monitor.cli.progress import watch_progress
from monitor.cli.setting import OFTEN, Setting
from monitor.clock import SystemClock
from monitor.config import Config, load, logs
from monitor.config.outward import note, redacted
from monitor.config.stores import Store
from monitor.deliver.channel import Channel, load_policies
from monitor.deliver.destinations import (
    channels,
    count_sent,
    list_unopened,
    load_rehearsal_policies,
    open_terminal_for_all,
    warn_before_first,
)
from monitor.deliver.ping import find_ping_address
from monitor.deliver.sending import deliver
from monitor.deliver.terminal import Terminal
from monitor.errors import ConfigError, MonitorError, StoreHeld
from monitor.model import frozen, to_json
from monitor.poll.assembly import open_pipeline, poll
from monitor.poll.calendar_file import open_calendar_file
from monitor.poll.outcome import Outcome
from monitor.poll.poll import Pipeline
from monitor.poll.round import enqueue_due, select_sources
from monitor.poll.telling import Telling
from monitor.run.control import SOCKET, Polled, ask
from monitor.run.dispatch import apply_order
from monitor.run.hand_in import take_up_order
from monitor.run.orders import (
    HandInOrder,
    HistoryOrder,
    MuteOrder,
    OutboxOrder,
    PageOrder,
    PollOrder,
)
from monitor.run.signals import Signals
from monitor.source.registry import Registry, read_again
from monitor.source.scraper import Source
from monitor.store import History, Intervention, has_store, make_scratch_copy, outbox
from monitor.store.lock import Lock
from monitor.store.threaded import HistoryThread, prepare_names

if TYPE_CHECKING:
    from monitor.run.work import holding


BASELINE = "recorded as the baseline; what comes from now on is told"
DRY_BASELINE = "not recorded in a dry run; the next poll is the first one again"


@frozen
class Passed:
    """The result of a cycle: each source, failed deliveries, and whether the watch list was
    `whole`. `unopened` names destinations that accept nothing, with the reason.
    """

    polled: Sequence[Polled]
    undelivered: Sequence[str] = ()
    whole: bool = True
    unopened: Mapping[str, Sequence[str]] = field(default_factory=dict)


def poll_once(
    setting: Setting, order: PollOrder | PageOrder, *, dry_run: bool = False, as_json: bool = False
) -> bool:
    """Poll and deliver; return whether all went well. Each failure is one line on stderr, with
    progress meanwhile. If a daemon polls, by other settings than ours, that is said.

    Raises:
        StoreHeld: a process without an answer holds the store.
    """
    terminal = Terminal(json=as_json)
    if dry_run:
        with make_scratch_copy(setting.store) as copy:
            channels = open_terminal_for_all(setting.config, terminal)
            passed = asyncio.run(
                _make_pass(
                    setting.config, copy, order, channels, quiet=as_json, copy_of=setting.store
                )
            )
        for line in count_sent(channels):
            note(f"monitor: {line}")
    else:
        passed = _lock_or_ask(setting, order, terminal, quiet=as_json)
    every = isinstance(order, PollOrder) and order.all
    _report_pass(passed, every=every, as_json=as_json, dry_run=dry_run)
    failed = passed.undelivered or passed.unopened or any(one.problems for one in passed.polled)
    return passed.whole and not failed


def _report_pass(passed: Passed, *, every: bool, as_json: bool, dry_run: bool) -> None:
    for outcome in passed.polled:
        _report_outcome(outcome, as_json=as_json, dry_run=dry_run)
    for line in _describe_failures(passed.polled, every=every):
        note(f"monitor: {line}")
    if not passed.polled:
        note("monitor: nothing is due; name a source or use --all to look all the same")
    for why, names in passed.unopened.items():
        note(
            f"monitor: nothing can be sent to {' and '.join(names)}, and what is owed there waits:"
            f" {why}"
        )
    for line in dict.fromkeys(passed.undelivered):
        if line not in passed.unopened:
            note(f"monitor: not delivered yet: {line}")


def _lock_or_ask(
    setting: Setting, order: PollOrder | PageOrder, terminal: Terminal, *, quiet: bool
) -> Passed:
    config, store = setting.config, setting.store
    try:
        # the holder has the secrets for alerts; a command that only asks needs none
        with Lock(store):
            configured = channels(config, terminal)
            passed = asyncio.run(_make_pass(config, store, order, configured, quiet=quiet))
            return replace(passed, unopened=list_unopened(configured))
    except StoreHeld:
        polled = asyncio.run(ask(store / SOCKET, order))
        if not isinstance(order, HandInOrder):
            setting.note_other_settings()
        return Passed(polled, unopened=_list_closed(store))


def _list_closed(store: Store) -> Mapping[str, Sequence[str]]:
    """List the destinations that accept nothing from the store's holder, with the reason."""
    reasons: dict[str, list[str]] = defaultdict(list)
    with History(store, read_only=True) as history:
        for closed in history(outbox.list_closed_destinations):
            reasons[closed.why].append(closed.destination)
    return reasons


@asynccontextmanager
async def _join_workers(store: Store) -> AsyncIterator["holding.Holding | None"]:
    """Open the claims against other workers; None if there are none on the store."""
    if store.database is None:
        yield None
        return
    from monitor.run.work import holding

    async with aclosing(holding.Holding(store.database)) as held:
        yield held


async def _poll_source(
    pipeline: Pipeline, source: Source, held: "holding.Holding | None"
) -> Outcome:
    async with held.source_at_last(source.id) if held else nullcontext():
        return await poll(pipeline, source)


async def _make_pass(
    config: Config,
    store: Store,
    order: PollOrder | PageOrder,
    channels: Mapping[str, Channel],
    *,
    quiet: bool,
    copy_of: Store | None = None,
) -> Passed:
    gc.freeze()  # loaded modules stay, so garbage collection can skip them
    async with (
        _join_workers(store) as held,
        open_pipeline(
            config,
            store,
            SystemClock(),
            since=order.since if isinstance(order, PollOrder) else None,
            copy_of=copy_of,
            gate=held.gate if held else None,
        ) as pipeline,
    ):
        if not isinstance(order, PollOrder):
            return await _take_up_order(pipeline, order, channels)
        sources = await select_sources(pipeline, order.sources, every=order.all)
        rehearses = copy_of is not None
        passed = await _poll_sources(
            pipeline, sources, channels, held, quiet=quiet, rehearses=rehearses
        )
        # a register's names may be many
        if not rehearses and any(polled.baseline for polled in passed.polled):
            await prepare_names(pipeline.history)
    return passed


async def _take_up_order(
    pipeline: Pipeline, order: PageOrder, channels: Mapping[str, Channel]
) -> Passed:
    outcomes = await take_up_order(pipeline, order)
    policies = load_policies(pipeline.config)
    undelivered = await deliver(pipeline.history, channels, pipeline.clock, policies)
    return Passed(
        [Polled.of(outcome) for outcome in outcomes], [str(error) for error in undelivered]
    )


async def _poll_sources(
    pipeline: Pipeline,
    sources: Sequence[Source],
    channels: Mapping[str, Channel],
    held: "holding.Holding | None",
    *,
    quiet: bool,
    rehearses: bool,
) -> Passed:
    """Run one cycle over these sources; messages leave meanwhile. A rehearsal writes no file."""
    config, history, clock = pipeline.config, pipeline.history, pipeline.clock
    policies = load_rehearsal_policies(config) if rehearses else load_policies(config)
    telling = Telling(history, channels, clock, policies, pipeline.owed)
    async with telling:
        with watch_progress("pages", quiet=quiet) as progress:
            seen = replace(pipeline, progress=progress)
            outcomes = await asyncio.gather(
                *(_poll_source(seen, source, held) for source in sources)
            )
    await enqueue_due(pipeline, sources, channels, outcomes=outcomes)
    undelivered = [str(error) for error in await telling.the_rest()]
    if not rehearses and (calendar := open_calendar_file(config)):
        await calendar.refresh(history, clock.now())
    polled = [Polled.of(outcome) for outcome in outcomes]
    return Passed(polled, undelivered, whole=not pipeline.watching.unread)


def _report_outcome(outcome: Polled, *, as_json: bool, dry_run: bool) -> None:
    if as_json:
        sys.stdout.write(redacted(to_json(outcome).decode()) + "\n")
    if outcome.took:
        note(f"monitor: {outcome.source}: {outcome.took}")
    if outcome.withheld:
        note(f"monitor: {outcome.source}: {outcome.withheld}")
    if outcome.baseline:
        note(f"monitor: {outcome.source}: first read, {DRY_BASELINE if dry_run else BASELINE}")


def _describe_failures(polled: Sequence[Polled], *, every: bool) -> Iterator[str]:
    """Describe failures, one line for many sources with one cause; with `every` one line for
    each.
    """
    failed = [outcome for outcome in polled if outcome.problems]
    found = causes.group_unreached((outcome.source, outcome.problems) for outcome in failed)
    common = [] if every else [cause for cause in found if cause.is_common]
    nothing = (
        causes.describe_no_network(found, len(polled)) if len(polled) > causes.MOST_ALONE else ""
    )
    if nothing:
        yield f"{nothing}; {causes.CHECK_NETWORK}{'' if every else '; `--all` names each'}"
    if not nothing or len(found) > 1:
        yield from (f"{len(cause.sources)} sources: {cause.line}" for cause in common)
    said = {source for cause in common for source in cause.sources}
    for outcome in failed:
        if outcome.source not in said:
            yield from (
                f"{outcome.source}: {problem.kind}: {problem.text};"
                f" `monitor doctor {outcome.source}` says what to do"
                for problem in outcome.problems
            )


@frozen
class Settings:
    """A daemon's settings: read at its start, and again at a signal (SIGHUP)."""

    config: Config
    channels: Mapping[str, Channel]

    @classmethod
    def read(cls, config: Config) -> "Settings":
        """The channels of these settings beside them, once nothing in them is wrong.

        Raises:
            ConfigError: something is.
        """
        find_ping_address(config)  # which raises where there is none
        configured = channels(config, Terminal())
        if remark := warn_before_first(configured):
            logging.getLogger(__name__).warning(remark)
        return cls(config, configured)


def run_daemon(setting: Setting, queues: str | None) -> None:
    """Run the daemon until a signal; on SIGHUP it continues with what config.toml is then, under
    the same lock. On a database it is a worker for these `queues`, beside others.

    Raises:
        ConfigError: no such queue, queues on a folder, or the database extra is missing.
        StoreHeld: another monitor writes this store.
    """
    gc.set_threshold(OFTEN)
    named = _parse_queues(queues, setting.store)
    logs.set_up_log(setting.logging_of_daemon(setting.config))
    first = Settings.read(setting.config)
    with Lock(setting.store):
        setting.keep_settings()
        asyncio.run(_run_until_signal(setting, first, named))


def _read_again(setting: Setting) -> Settings:
    """Read settings that take the place of the first: what they log and what their scrapers declare
    counts from then on.
    """
    config = load(setting.config_file)
    if config.store != setting.config.store:
        raise ConfigError(
            "store: can't be changed while the monitor runs; stop it and start it again"
        )
    read = Settings.read(config)
    with read_again(config.packages):
        Registry(config)  # last: what its scrapers declare is known from then on
    logs.set_up_log(setting.logging_of_daemon(config))
    setting.keep_settings()
    return read


def _parse_queues(written: str | None, store: Store) -> Sequence[str]:
    """The queues that are named so, once all is loaded that works on them; none for a folder."""
    if store.database is None:
        if written is not None:
            raise ConfigError(
                "run: --queues: is for a store in a database (store = postgresql://…); on a folder"
                " one does all"
            )
        return ()
    try:
        from monitor.run.work import tasks
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] != "pgqueuer":
            raise
        raise ConfigError(
            "run: needs the extra `workers`: pip install 'regulatory-monitor[workers]'"
        ) from error
    names = [name.strip() for name in written.split(",")] if written else [*tasks.QUEUES]
    if strange := [name for name in names if name not in tasks.QUEUES]:
        raise ConfigError(f"run: --queues: {strange[0]!r} is none of {', '.join(tasks.QUEUES)}")
    return names


async def _run_until_signal(setting: Setting, first: Settings, queues: Sequence[str]) -> None:
    from monitor.run import daemon

    store = setting.store
    if store.database:
        from monitor.run.work import worker

    signals, began, renewed = Signals.heard(), SystemClock().now(), partial(_read_again, setting)
    now: Settings | None = first
    while now:
        reread = now is not first
        if store.database:
            async with worker.join(
                now.config, now.channels, store, queues, signals, began, reread=reread
            ) as joined:
                now = await joined.run(store / SOCKET, renewed) if joined else None
        else:
            async with open_pipeline(now.config, store, SystemClock(), reread=reread) as pipeline:
                now = await daemon.serve(
                    pipeline, now.channels, store / SOCKET, signals, renewed, began
                )


T = TypeVar("T")


def run_under_lock(
    store: Store, here: Callable[[HistoryThread], Coroutine[Any, Any, T]], *, without: str
) -> T:
    """Run `here` under the store's lock.

    Raises:
        MonitorError: there is no history, so `without` is true; or the order fails.
        StoreHeld: another process holds the store.
    """
    if not has_store(store):
        raise MonitorError(
            f"{store}: there is no history here, so {without}; choose another with --store"
        )

    async def done() -> T:
        with closing(HistoryThread(History(store))) as history:
            return await here(history)

    with Lock(store):
        return asyncio.run(done())


def give_order(setting: Setting, order: HistoryOrder, *, without: str) -> Sequence[str] | None:
    """Carry out an order on messages, an event or a mute, then deliver; return the failures, or
    None if the running monitor does it.

    Raises:
        MonitorError: there is no history, so `without` is true; or it can't be done.
        StoreHeld: a process without an answer holds the store.
    """
    config, store = setting.config, setting.store
    mutes = isinstance(order, MuteOrder)
    drops = isinstance(order, OutboxOrder) and order.intervention is Intervention.DROP

    async def here(history: HistoryThread) -> list[str]:
        configured = {} if mutes or drops else channels(config, Terminal())
        await apply_order(history, lambda: Registry(config), order, SystemClock().now())
        failed = await deliver(history, configured, SystemClock(), load_policies(config))
        return [*dict.fromkeys(str(error) for error in failed)]

    try:
        return run_under_lock(store, here, without=without)
    except StoreHeld:
        asyncio.run(ask(store / SOCKET, order))
        return None
