"""Deliver pending messages from the outbox to the channels: in order, once, none lost."""

import asyncio
import logging
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from contextlib import AbstractAsyncContextManager, nullcontext, suppress
from dataclasses import replace
from datetime import datetime, timedelta
from typing import NoReturn

from monitor.alert.event import EDITING
from monitor.alert.route import breaks_quiet_hours
from monitor.clock import Clock
from monitor.config.events import Happened, log_event
from monitor.config.redact import redacted
from monitor.deliver.channel import Channel, DeliveryPolicy, Unopened, run_in_thread
from monitor.errors import (
    DeliveryError,
    MonitorError,
    Outcome,
    Overtaken,
    StoreAway,
    StoreBroken,
)
from monitor.model import frozen
from monitor.render.alert import compose_alert
from monitor.render.plain import render_words
from monitor.store import ALERTS, OPS, OutboxState, Owed, notices, outbox, owing
from monitor.store.threaded import HistoryThread

# At the start, checks that each destination lets us in, if that can be checked. Nothing waits for
# the answer.


async def keep_checking(
    history: HistoryThread, channels: Mapping[str, Channel], clock: Clock
) -> None:
    """Check every channel; ask those that refuse again from time to time, until all let us in."""
    refused = await check(history, channels, clock)
    while refused:
        await clock.sleep(LONGEST_BACK_OFF.total_seconds())
        refused = [
            name for name in refused if await _still_refuses(history, name, channels[name], clock)
        ]


async def _still_refuses(history: HistoryThread, name: str, channel: Channel, clock: Clock) -> bool:
    """Return whether a destination does not let us in; record it if it does."""
    if await _check_channel(channel):
        return True
    await history(outbox.close_destination, name, None, clock.now())
    return False


async def check(history: HistoryThread, channels: Mapping[str, Channel], clock: Clock) -> list[str]:
    """Check every channel, and report at once those that refuse: in the log, in
    `monitor status`, and to others. The ops channel gets it, or all open destinations if it is
    closed itself. Return their names.
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
            "nothing can be sent to %s: %s. Polls go on; what is owed waits, and is not lost",
            " and ".join(names),
            why,
        )
        await history(
            owing.enqueue_closed, names, why, still_open & {OPS} or still_open, clock.now()
        )
    return [name for names in refused.values() for name in names]


async def _check_channel(channel: Channel) -> DeliveryError | None:
    try:
        await run_in_thread(channel.check)
    except DeliveryError as error:
        return error
    return None


LONGEST_WAIT = timedelta(minutes=15)  # the longest delay that a destination may ask for
LONGEST_BACK_OFF = timedelta(minutes=5)
MAX_FAILED_CHECKS = 4  # of a destination's own history before it gets messages all the same
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


@frozen
class Flushed:
    """The state of one destination: its last failure, the time of its next message, its fallback.
    `is_known`: all pending messages there were known to fail, so nobody needs another report.
    """

    failure: DeliveryError | None = None
    again: datetime | None = None
    fallback: str | None = None
    is_known: bool = False


@frozen
class Failed:
    """A message's failure, and its next try."""

    error: DeliveryError
    again: datetime


async def deliver(
    history: HistoryThread,
    channels: Mapping[str, Channel],
    clock: Clock,
    policies: Mapping[str, DeliveryPolicy] = NO_POLICIES,
) -> list[DeliveryError]:
    """Send pending messages, destinations in parallel, in order within each; return the
    failures.
    """
    couriers = {
        name: Courier(history, name, channel, clock, policies.get(name, PLAIN))
        for name, channel in channels.items()
    }
    flushed: list[Flushed] = []
    asked = couriers
    # a fallback gets another turn; not for ever, because fallbacks may form a ring
    for _ in channels:
        now = await asyncio.gather(*(courier.flush() for courier in asked.values()))
        flushed += now
        asked = {
            name: couriers[name] for flush in now if (name := flush.fallback) and name in couriers
        }
    return [flush.failure for flush in flushed if flush.failure]


async def reroute_orphans(history: HistoryThread, destinations: Collection[str]) -> None:
    """Reroute to `alerts` the messages of destinations gone from config.toml, with replies to
    earlier ones.
    """
    if moved := await history(outbox.reroute_orphaned_messages, destinations, ALERTS):
        log.warning("%d messages go to alerts: config.toml no longer has their destinations", moved)


@frozen
class Courier:
    """Sends what waits at one destination, in its order. One that another process has claimed is
    left alone.
    """

    history: HistoryThread
    destination: str
    channel: Channel
    clock: Clock
    policy: DeliveryPolicy = PLAIN
    claim: Claim = claim_alone

    async def keep_delivering(self, owed: asyncio.Event) -> NoReturn:
        """Send messages whenever `owed` is set, and when a delayed message is due.

        Raises:
            StoreBroken: sent messages can't be recorded any more.
        """
        while True:
            owed.clear()
            flushed = await self.flush_and_log()
            wait = (flushed.again - self.clock.now()).total_seconds() if flushed.again else None
            # Not wait_for(): on Python 3.11 it loses our cancellation if the event is set in the
            # same moment.
            with suppress(TimeoutError):
                async with asyncio.timeout(wait):
                    await owed.wait()

    async def flush_and_log(self) -> Flushed:
        """Send pending messages; log a new failure, and each mistake.

        Raises:
            StoreBroken: sent messages can't be recorded any more.
            StoreAway: they can't be recorded now; another process may continue.
        """
        flushed = Flushed()
        try:
            flushed = await self.flush()
        except (StoreAway, StoreBroken):
            raise
        except MonitorError as error:
            # a full disk, say: an unrecorded message is searched next time
            log.error("delivery: %s", error)  # noqa: TRY400 - one line; our own errors say all
        except Exception:
            # a mistake in one message must not end all others; the next time may go better
            log.exception("delivery to %s", self.channel.name)
        if flushed.failure and not flushed.is_known:
            text = str(flushed.failure)
            log_event(Happened.UNDELIVERED, logging.WARNING, to=self.destination, text=text)
        return flushed

    async def flush(self) -> Flushed:
        """Send pending messages, unless another process does."""
        async with self.claim(self.destination) as is_ours:
            for _ in range(MOST_LOOKS if is_ours else 0):
                # they lost their claim, or a person acted: load the pending messages again
                with suppress(Overtaken):
                    return await self._flush_once()
        return Flushed()

    async def _flush_once(self) -> Flushed:
        if isinstance(self.channel, Unopened):
            return await self._hold_back(self.channel)
        failure = None
        until = self.policy.quiet_until(self.clock.now())
        if again := await self._find_wait(until):
            return Flushed(again=again)
        if error := await self._compare_once():
            await self.history(outbox.mark_held_up, self.destination, redacted(str(error)))
            wait = timedelta(seconds=max(error.retry_after or 0.0, self.channel.pace.grace))
            return Flushed(error, self.clock.now() + wait)
        for owed in await self._load_waiting():
            if until and not _may_disturb(owed):
                continue
            if _must_wait(owed, self.clock.now()):
                return Flushed(failure, owed.not_before)
            if failed := await self._send(owed):
                failure = failed.error
                fallback = await self._close(failure) if failure.closed else None
                if failure.outcome != Outcome.PERMANENT:
                    return Flushed(failure, failed.again, fallback)
        return Flushed(failure, until)

    async def _close(self, failure: DeliveryError) -> str | None:
        """Record that the destination takes nothing; the fallback that takes over, if any."""
        now = self.clock.now()
        await self.history(outbox.close_destination, self.destination, redacted(str(failure)), now)
        if self.policy.fallback:
            await self._hand_over(self.policy.fallback)
        return self.policy.fallback

    async def _hand_over(self, fallback: str) -> bool:
        """Reroute a closed destination's messages to its fallback; return whether there were
        any.
        """
        if moved := await self.history(outbox.send_elsewhere, self.destination, fallback):
            log.warning(
                "%s is closed: its pending messages (%d) go to %s",
                self.destination,
                moved,
                fallback,
            )
        return moved > 0

    async def _hold_back(self, channel: Unopened) -> Flushed:
        """Keep the messages of a destination that can't be opened, with the reason, unless a
        fallback takes them.
        """
        goes_on = channel.fallback and await self._hand_over(channel.fallback)
        why = redacted(channel.why)
        waiting, new = await self.history(outbox.hold_back, self.destination, why)
        failure = DeliveryError(channel.why, Outcome.REFUSED, closed=True)
        return Flushed(
            failure if waiting else None,
            fallback=channel.fallback if goes_on else None,
            is_known=not new,
        )

    async def _find_wait(self, until: datetime | None) -> datetime | None:
        """Return the next try of what is tried next, if it is later; till then its destination is
        not asked for its history either.
        """
        if self.channel.compared:
            return None  # it is asked no more
        waiting = await self.history(outbox.list_pending, self.destination)
        first = next((owed for owed in waiting if not until or _may_disturb(owed)), None)
        must_wait = first and _must_wait(first, self.clock.now())
        return first.not_before if first and must_wait else None

    async def _compare_once(self) -> DeliveryError | None:
        """Check before the first message since our start that nothing there is unknown to us. A
        restored history takes later messages for unsent; then each one is searched first.
        """
        history, channel, name = self.history, self.channel, self.destination
        if not channel.searchable or channel.compared:
            return None
        if not await history(outbox.list_pending, name):
            return None
        since = await history(outbox.find_last_place, name)
        try:
            recalled = await run_in_thread(lambda: channel.recalled(since))
        except DeliveryError as error:
            return self._excuse(error)
        if await history(outbox.compare, recalled, self.clock.now()):
            log.warning(
                "%s: it has messages unknown to this history (was a backup restored?): %s",
                channel.name,
                LOOKING,
            )
        channel.compared = True
        return None

    def _excuse(self, error: DeliveryError) -> DeliveryError | None:
        """A closed one shows when we post. A destination that cannot list its history must not
        delay news.
        """
        self.channel.failed_checks += 1
        tried, can_say = self.channel.failed_checks, self.channel.searchable
        if can_say and not error.closed and tried < MAX_FAILED_CHECKS:
            return error
        # once: a searchable one is checked before each message
        if not error.closed and (tried == MAX_FAILED_CHECKS or not can_say):
            log.warning(
                "%s: its last messages are unknown (%s): %s",
                self.channel.name,
                redacted(str(error)),
                TWICE,
            )
        return None

    async def _load_waiting(self) -> list[Owed]:
        """Load pending messages in order; many late ones go into one thread, if the destination
        has threads.
        """
        policy, now = self.policy, self.clock.now()
        waiting = await self.history(outbox.list_pending, self.destination)
        if not self.channel.searchable or policy.quiet_until(now):
            return waiting
        if not policy.batches(waiting, now):
            return waiting
        await self.history(
            outbox.batch_pending, self.destination, policy.why, now, more_than=policy.few
        )
        return await self.history(outbox.list_pending, self.destination)

    async def _send(self, owed: Owed) -> Failed | None:
        """Deliver one message. It is recorded as sent after the channel's answer; an unknown
        outcome is searched, never guessed.

        Raises:
            Overtaken: another process has taken it up meanwhile.
        """
        try:
            receipt = await self._find_posted(owed)
            if receipt is None:
                await self.channel.pace.turn(self.clock)
                leaving = await self._mark_leaving(owed)
                if leaving is None:  # a person dropped it, or a later act overtook it
                    return None
                owed = leaving
                receipt = await self._post(owed)
        except DeliveryError as error:
            return Failed(error, await self._keep_unsent(owed, error))
        now = self.clock.now()
        await self.history(outbox.mark_sent, owed.id, receipt, now)
        log_event(
            Happened.MESSAGE,
            source=owed.source,
            key=owed.key,
            kind=owed.kind,
            to=self.channel.name,
            tries=owed.attempts + 1,
            duration=(now - owed.created_at).total_seconds() if owed.created_at else None,
        )
        return None

    async def _post(self, owed: Owed) -> str:
        """Compose a message as it is known now, keep its words, and post it."""
        composed = await self.history(notices.compose_notice, owed.id)
        notice = replace(composed, zone=self.policy.zone, console=self.policy.console)
        words = redacted(render_words(compose_alert(notice)))
        await self.history(outbox.keep_words, owed.id, words)
        channel, place = self.channel, owed.thread
        if owed.kind not in EDITING:
            return await run_in_thread(lambda: channel.post(notice, thread=place))
        # An edit of a first message that never arrived has no target: the replies have its
        # content.
        if place is None:
            return ""
        return await run_in_thread(lambda: channel.update(notice, place))

    async def _mark_leaving(self, owed: Owed) -> Owed | None:
        """Mark a message before it is sent; after a crash it is not searched before it is sure to
        show.
        """
        # Renewed: the thread's first message may have been sent a moment ago.
        pace, is_shared, can_find = (
            self.channel.pace,
            self.history.is_shared,
            self.channel.searchable,
        )
        wait = timedelta(seconds=pace.grace + (pace.deadline if is_shared else 0.0))
        return await self.history(
            outbox.mark_sending,
            owed,
            not_before=self.clock.now() + wait if can_find or is_shared else None,
            doubtful=owed.state is OutboxState.SENDING and not can_find,
        )

    async def _find_posted(self, owed: Owed) -> str | None:
        channel = self.channel
        if owed.state is not OutboxState.SENDING or not channel.searchable:
            return None
        owed = await self.history(outbox.reload_message, owed)
        # An edit leaves no trace and may be repeated; but a missing target may have led to a new
        # post.
        thread = None if owed.kind in EDITING else owed.thread
        return await run_in_thread(lambda: channel.find(owed.key, thread=thread, since=owed.since))

    async def _keep_unsent(self, owed: Owed, error: DeliveryError) -> datetime:
        """Keep a message that has not, or not surely, arrived; when it may go again."""
        # to be looked for no earlier than it must show
        grace = self.channel.pace.grace if error.outcome == Outcome.UNKNOWN else 0.0
        wait = (
            compute_backoff(owed.attempts, grace or 1.0)
            if error.retry_after is None
            else timedelta(seconds=max(error.retry_after, grace))
        )
        not_before, state = self.clock.now() + wait, BECOMES[error.outcome]
        await self.history(outbox.mark_unsent, owed, state, redacted(str(error)), not_before)
        return not_before


def _may_disturb(owed: Owed) -> bool:
    """Return whether a message goes out in quiet hours. A tried message is settled; an edit waits,
    as its first message may. A message that others may have sent before a restore is untried by us:
    it waits too.
    """
    tried = owed.state is OutboxState.SENDING and owed.not_before is not None
    return tried or breaks_quiet_hours(owed.severity, owed.kind)


def _must_wait(owed: Owed, now: datetime) -> bool:
    """Return whether a message must wait; never longer than our longest delay, so that a clock set
    back holds nothing for hours.
    """
    return owed.not_before is not None and now < owed.not_before <= now + LONGEST_WAIT


def compute_backoff(attempts: int, first: float = 1.0) -> timedelta:
    """Return the delay after the n-th failure: `first` seconds, doubled each time."""
    return min(timedelta(seconds=first * 2 ** min(attempts, 10)), LONGEST_BACK_OFF)
