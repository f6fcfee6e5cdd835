"""Deliver pending messages from the outbox to the channels: in order, once, none lost."""

import asyncio
import logging
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from contextlib import AbstractAsyncContextManager, nullcontext, suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, NoReturn

from monitor.alert.event import EDITING
from monitor.alert.route import breaks_quiet_hours
from monitor.clock import Clock
from monitor.config.events import Happened, log_event
from monitor.config.redact import redacted
from monitor.deliver.channel import (
    Channel,
    DeliveryPolicy,
    Pace,
    Unopened,
    run_in_thread,
)
from monitor.errors import (
    DeliveryError,
    MonitorError,
    Outcome,
    Overtaken,
    StoreAway,
    StoreBroken,
)
from monitor.render.alert import compose
from monitor.render.plain import render_words
from monitor.store import ALERTS, OPS, OutboxState, Owed, notices, outbox, owing
from monitor.store.threaded import HistoryThread

# At the start, checks that each destination lets us in, if that can be checked. Nothing waits for
# the answer.


async def check(history: HistoryThread, channels: Mapping[str, Channel], clock: Clock) -> None:
    """Check every channel, and report at once those that refuse: in the log, in
    `monitor status`, and to others. The ops channel gets it, or all open destinations if it is
    closed itself.
    """
    answers = await asyncio.gather(*(_check_channel(channel) for channel in channels.values()))
    closed = {each.destination for each in await history(outbox.list_closed_destinations)}
    # it is gone; one that is still closed reports that itself
    for name in closed - channels.keys():
        await history(outbox.close_destination, name, None, clock.now())
    refused: dict[str, list[str]] = defaultdict(list)
    for name, answer in zip(channels, answers, strict=True):
        if answer is not None and not answer.closed:
            log.warning("%s: its access can't be checked: %s", name, answer)
            continue
        why = redacted(str(answer)) if answer else None
        await history(outbox.close_destination, name, why, clock.now())
        if why:
            refused[why].append(name)
    still_open = channels.keys() - {name for names in refused.values() for name in names}
    for why, names in refused.items():
        log.error(
            "nothing can be told to %s: %s. Polls go on; what is owed waits, and is not lost",
            " and ".join(names),
            why,
        )
        await history(
            owing.enqueue_closed, names, why, still_open & {OPS} or still_open, clock.now()
        )


async def _check_channel(channel: Channel) -> DeliveryError | None:
    try:
        await run_in_thread(channel.check)
    except DeliveryError as error:
        return error
    return None


if TYPE_CHECKING:
    from monitor.alert.notice import Notice

__all__ = [
    "Channel",
    "DeliveryPolicy",
    "Flushed",
    "Pace",
    "deliver",
    "flush_and_log",
    "keep_delivering",
    "reroute_orphans",
]

LONGEST_WAIT = timedelta(minutes=15)  # the longest delay that a destination may ask for
LONGEST_BACK_OFF = timedelta(minutes=5)
PATIENCE = 4  # failed checks of a destination's own history before it gets messages all the same
BECOMES = {
    Outcome.REFUSED: OutboxState.PENDING,
    Outcome.UNKNOWN: OutboxState.SENDING,
    Outcome.PERMANENT: OutboxState.UNDELIVERABLE,
}
TWICE = "where a backup was put back, messages may come twice"
LOOKING = "for two days each message is looked for before it is sent"
PLAIN = DeliveryPolicy()
NO_POLICIES: Mapping[str, DeliveryPolicy] = {}
MOST_LOOKS = 3  # at what waits, in one go, where others deal with it as well

Claim = Callable[[str], AbstractAsyncContextManager[bool]]
"""Claims a destination for the length of the block, among several processes; yields whether no
other has it.
"""

log = logging.getLogger(__name__)


def claim_alone(_: str) -> AbstractAsyncContextManager[bool]:
    """The claim of a single process: each destination is its own."""
    return nullcontext(enter_result=True)


@dataclass(frozen=True, slots=True)
class Flushed:
    """The state of one destination: its last failure, the time of its next message, its fallback.
    `is_known`: all pending messages there were known to fail, so nobody needs another report.
    """

    failure: DeliveryError | None = None
    again: datetime | None = None
    fallback: str | None = None
    is_known: bool = False


@dataclass(frozen=True, slots=True)
class Failed:
    """A message's failure, and its next try."""

    error: DeliveryError
    again: datetime


async def deliver(
    history: HistoryThread,
    channels: Mapping[str, Channel],
    clock: Clock,
    policies: Mapping[str, DeliveryPolicy] = NO_POLICIES,
    claim: Claim = claim_alone,
) -> list[DeliveryError]:
    """Send pending messages, destinations in parallel, in order within each; return the failures. A
    destination that another process has claimed is skipped.
    """
    flushed: list[Flushed] = []
    asked = channels
    # a fallback gets another turn; not for ever, because fallbacks may form a ring
    for _ in channels:
        now = await asyncio.gather(
            *(
                flush(history, name, channel, clock, policies.get(name, PLAIN), claim)
                for name, channel in asked.items()
            )
        )
        flushed += now
        asked = {
            name: channels[name] for flush in now if (name := flush.fallback) and name in channels
        }
    return [flush.failure for flush in flushed if flush.failure]


async def reroute_orphans(history: HistoryThread, destinations: Collection[str]) -> None:
    """Reroute to `alerts` the messages of destinations gone from config.toml, with replies to
    earlier ones.
    """
    if moved := await history(outbox.reroute_orphaned_messages, destinations, ALERTS):
        log.warning("%d messages go to alerts: config.toml no longer has their destinations", moved)


async def keep_delivering(
    history: HistoryThread,
    name: str,
    channel: Channel,
    clock: Clock,
    owed: asyncio.Event,
    policies: DeliveryPolicy = PLAIN,
) -> NoReturn:
    """Send one destination's messages whenever `owed` is set, and when a delayed message is due.

    Raises:
        StoreBroken: sent messages can't be recorded any more.
    """
    while True:
        owed.clear()
        flushed = await flush_and_log(history, name, channel, clock, policies)
        wait = (flushed.again - clock.now()).total_seconds() if flushed.again else None
        # Not wait_for(): on Python 3.11 it loses our cancellation if the event is set in the same
        # moment.
        with suppress(TimeoutError):
            async with asyncio.timeout(wait):
                await owed.wait()


async def flush_and_log(
    history: HistoryThread,
    name: str,
    channel: Channel,
    clock: Clock,
    policies: DeliveryPolicy,
    claim: Claim = claim_alone,
) -> Flushed:
    """Send what waits at one destination; log a failure that is new, and each mistake.

    Raises:
        StoreBroken: sent messages can't be recorded any more.
        StoreAway: nor now; another process may go on.
    """
    flushed = Flushed()
    try:
        flushed = await flush(history, name, channel, clock, policies, claim)
    except (StoreAway, StoreBroken):
        raise
    except MonitorError as error:
        # a full disk, say: an unrecorded message is searched next time
        log.error("delivery: %s", error)  # noqa: TRY400 - one line; our own errors say all
    except Exception:
        # a mistake in one message must not end all others; the next time may go better
        log.exception("delivery to %s", channel.name)
    if flushed.failure and not flushed.is_known:
        log_event(Happened.UNDELIVERED, logging.WARNING, to=name, text=str(flushed.failure))
    return flushed


async def flush(
    history: HistoryThread,
    destination: str,
    channel: Channel,
    clock: Clock,
    policies: DeliveryPolicy = PLAIN,
    claim: Claim = claim_alone,
) -> Flushed:
    """Send what waits at one destination, unless somebody else does."""
    async with claim(destination) as is_ours:
        for _ in range(MOST_LOOKS if is_ours else 0):
            # they lost their claim, or a person acted: load the pending messages again
            with suppress(Overtaken):
                return await _flush_once(history, destination, channel, clock, policies)
    return Flushed()


async def _flush_once(
    history: HistoryThread,
    destination: str,
    channel: Channel,
    clock: Clock,
    policies: DeliveryPolicy,
) -> Flushed:
    if isinstance(channel, Unopened):
        return await _hold_back(history, destination, channel)
    failure = None
    until = policies.quiet_until(clock.now())
    if error := await _compare_once(history, destination, channel, clock):
        await history(outbox.mark_held_up, destination, redacted(str(error)))
        return Flushed(
            error,
            clock.now() + timedelta(seconds=max(error.retry_after or 0.0, channel.pace.grace)),
        )
    for owed in await _load_waiting(history, destination, channel, clock, policies):
        if until and not _may_disturb(owed):
            continue
        if _must_wait(owed, clock.now()):
            return Flushed(failure, owed.not_before)
        if failed := await _send_one(history, owed, channel, clock, policies):
            failure = failed.error
            if failure.closed:
                await history(
                    outbox.close_destination, destination, redacted(str(failure)), clock.now()
                )
            fallback = policies.fallback if failure.closed else None
            if fallback:
                await _hand_over(history, destination, fallback)
            if failure.outcome != Outcome.PERMANENT:
                return Flushed(failure, failed.again, fallback)
    return Flushed(failure, until)


async def _hand_over(history: HistoryThread, destination: str, fallback: str) -> bool:
    """Reroute a closed destination's messages to its fallback; return whether there were any."""
    if moved := await history(outbox.send_elsewhere, destination, fallback):
        log.warning(
            "%s is closed: its pending messages (%d) go to %s", destination, moved, fallback
        )
    return moved > 0


async def _hold_back(history: HistoryThread, destination: str, channel: Unopened) -> Flushed:
    """Keep the messages of a destination that can't be opened, with the reason, unless a fallback
    takes them.
    """
    fallback = channel.fallback
    goes_on = fallback if fallback and await _hand_over(history, destination, fallback) else None
    waiting, new = await history(outbox.hold_back, destination, redacted(channel.why))
    failure = DeliveryError(channel.why, outcome=Outcome.REFUSED, closed=True) if waiting else None
    return Flushed(failure, fallback=goes_on, is_known=not new)


async def _compare_once(
    history: HistoryThread, destination: str, channel: Channel, clock: Clock
) -> DeliveryError | None:
    """Check before the first message since our start that nothing there is unknown to us. A
    restored history takes later messages for unsent; then each one is searched first.
    """
    if not channel.searchable or destination in history.compared:
        return None
    if not await history(outbox.list_pending, destination):
        return None
    since = await history(outbox.find_last_place, destination)
    try:
        recalled = await run_in_thread(lambda: channel.recalled(since))
    except DeliveryError as error:
        history.unanswered[destination] += 1
        # A closed one shows when we post. A destination that cannot list its history must not delay
        # news.
        tried, can_say = history.unanswered[destination], channel.searchable
        if can_say and not error.closed and tried < PATIENCE:
            return error
        # once: a searchable one is checked before each message
        if not error.closed and (tried == PATIENCE or not can_say):
            log.warning(
                "%s: its last messages are unknown (%s): %s",
                channel.name,
                redacted(str(error)),
                TWICE,
            )
        return None
    if await history(outbox.compare, recalled, clock.now()):
        log.warning(
            "%s: it has messages unknown to this history (was a backup restored?): %s",
            channel.name,
            LOOKING,
        )
    history.compared.add(destination)
    return None


def _may_disturb(owed: Owed) -> bool:
    """Return whether a message goes out in quiet hours. A tried message is settled; an edit waits,
    as its first message may. A message that others may have sent before a restore is untried by us:
    it waits too.
    """
    tried = owed.state is OutboxState.SENDING and owed.not_before is not None
    return tried or breaks_quiet_hours(owed.severity, owed.kind)


async def _load_waiting(
    history: HistoryThread,
    destination: str,
    channel: Channel,
    clock: Clock,
    policies: DeliveryPolicy,
) -> list[Owed]:
    """Load pending messages in order; many late ones go into one thread, if the destination has
    threads.
    """
    waiting, now = await history(outbox.list_pending, destination), clock.now()
    if not channel.searchable or policies.quiet_until(now) or not policies.batches(waiting, now):
        return waiting
    await history(outbox.batch_pending, destination, policies.why, now, more_than=policies.few)
    return await history(outbox.list_pending, destination)


def _must_wait(owed: Owed, now: datetime) -> bool:
    """Return whether a message must wait; never longer than our longest delay, so that a clock set
    back holds nothing for hours.
    """
    return owed.not_before is not None and now < owed.not_before <= now + LONGEST_WAIT


async def _send_one(
    history: HistoryThread, owed: Owed, channel: Channel, clock: Clock, policies: DeliveryPolicy
) -> Failed | None:
    """Deliver one message. It is recorded as sent after the channel's answer; an unknown outcome is
    searched, never guessed.

    Raises:
        Overtaken: another process has taken it up meanwhile.
    """
    try:
        receipt = await _find_posted(history, owed, channel)
        if receipt is None:
            await channel.pace.turn(clock)
            leaving = await _mark_leaving(history, owed, channel, clock)
            if leaving is None:  # a person dropped it, or a later act overtook it, since we looked
                return None
            owed = leaving
            notice = replace(
                await history(notices.compose_notice, owed.id),
                zone=policies.zone,
                console=policies.console,
            )
            await history(outbox.keep_words, owed.id, redacted(render_words(compose(notice))))
            receipt = await run_in_thread(lambda: _send_words(channel, owed, notice))
    except DeliveryError as error:
        return Failed(error, await _keep_unsent(history, owed, channel, error, clock))
    await history(outbox.mark_sent, owed.id, receipt, clock.now())
    now = clock.now()
    waited = (now - owed.created_at).total_seconds() if owed.created_at else None
    log_event(
        Happened.MESSAGE,
        source=owed.source,
        key=owed.key,
        kind=owed.kind,
        to=channel.name,
        tries=owed.attempts + 1,
        duration=waited,
    )
    return None


async def _mark_leaving(
    history: HistoryThread, owed: Owed, channel: Channel, clock: Clock
) -> Owed | None:
    """The message as it leaves; should we end now, nobody looks for it before it is sure to
    show.
    """
    # Renewed: the thread's first message may have been sent a moment ago.
    wait = timedelta(
        seconds=channel.pace.grace + (channel.pace.deadline if history.is_shared else 0.0)
    )
    not_before = clock.now() + wait if channel.searchable or history.is_shared else None
    doubtful = owed.state is OutboxState.SENDING and not channel.searchable
    return await history(outbox.mark_sending, owed, not_before=not_before, doubtful=doubtful)


def _send_words(channel: Channel, owed: Owed, notice: "Notice") -> str:
    if owed.kind not in EDITING:
        return channel.post(notice, thread=owed.thread)
    # An edit of a first message that never arrived has no target: the replies have its content.
    return channel.update(notice, owed.thread) if owed.thread is not None else ""


async def _find_posted(history: HistoryThread, owed: Owed, channel: Channel) -> str | None:
    if owed.state is not OutboxState.SENDING or not channel.searchable:
        return None
    owed = await history(outbox.reload_message, owed)
    # An edit leaves no trace and may be repeated; but a missing target may have led to a new post.
    thread = None if owed.kind in EDITING else owed.thread
    return await run_in_thread(lambda: channel.find(owed.key, thread=thread, since=owed.since))


async def _keep_unsent(
    history: HistoryThread, owed: Owed, channel: Channel, error: DeliveryError, clock: Clock
) -> datetime:
    """Keep a message that has not, or not surely, arrived; when it may go again."""
    state = BECOMES[error.outcome]
    # to be looked for no earlier than it must show
    grace = channel.pace.grace if error.outcome == Outcome.UNKNOWN else 0.0
    wait = (
        compute_backoff(owed.attempts, grace or 1.0).total_seconds()
        if error.retry_after is None
        else max(error.retry_after, grace)
    )
    not_before = clock.now() + timedelta(seconds=wait)
    await history(outbox.mark_unsent, owed, state, redacted(str(error)), not_before)
    return not_before


def compute_backoff(attempts: int, first: float = 1.0) -> timedelta:
    """Return the delay after the n-th failure: `first` seconds, doubled each time."""
    return min(timedelta(seconds=first * 2 ** min(attempts, 10)), LONGEST_BACK_OFF)
