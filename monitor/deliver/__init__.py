"""Takes what is owed from the outbox to the channels that can say it: in order, told once, never lost."""

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
from monitor.deliver.channel import Channel, Checkable, DeliveryPolicy, Pace, Recalling, Unopened, run_in_thread
from monitor.errors import DeliveryError, MonitorError, Outcome, Overtaken, StoreBroken
from monitor.render.alert import compose, render_words
from monitor.store import ALERTS, OPS, OutboxState, Owed, notices, outbox, owing
from monitor.store.threaded import HistoryThread

# Before anything is to be said: whether each destination lets us in, as far as it can be asked. Nothing waits for the answer.


async def check(history: HistoryThread, channels: Mapping[str, Channel], clock: Clock) -> None:
    """Ask every way out that can be asked, and say at once which takes nothing: in the log, by `monitor status`, and to others.

    The ops channel hears of it; where that is closed itself, all that are open do.
    """
    asked = {name: channel for name, channel in channels.items() if isinstance(channel, Checkable)}
    answers = await asyncio.gather(*(_answer(channel) for channel in asked.values()))
    closed = {each.destination for each in await history(outbox.list_closed_destinations)}
    for name in closed - asked.keys():  # its settings are others now, or it is gone; one that is still closed says so itself
        await history(outbox.close_destination, name, None, clock.now())
    refused: dict[str, list[str]] = defaultdict(list)
    for name, answer in zip(asked, answers, strict=True):
        if answer is not None and not answer.closed:
            log.warning("%s: can't be asked whether it lets us in: %s", name, answer)
            continue
        why = redacted(str(answer)) if answer else None
        await history(outbox.close_destination, name, why, clock.now())
        if why:
            refused[why].append(name)
    still_open = channels.keys() - {name for names in refused.values() for name in names}
    for why, names in refused.items():
        log.error("nothing can be told to %s: %s. Polls go on; what is owed waits, and is not lost", " and ".join(names), why)
        await history(owing.enqueue_closed, names, why, still_open & {OPS} or still_open, clock.now())


async def _answer(channel: Checkable) -> DeliveryError | None:
    try:
        await run_in_thread(channel.check)
    except DeliveryError as error:
        return error
    return None


if TYPE_CHECKING:
    from monitor.alert.notice import Notice

__all__ = ["Channel", "DeliveryPolicy", "Flushed", "Pace", "deliver", "flush", "keep_delivering", "reroute_orphans"]

LONGEST_WAIT = timedelta(minutes=15)  # that a destination may ask for
LONGEST_BACK_OFF = timedelta(minutes=5)
PATIENCE = 4  # times that a destination is asked what it heard, before it is told all the same
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
"""Takes a destination for as long as the block lasts, where several processes deliver; it gives whether nobody else has it."""

log = logging.getLogger(__name__)


def claim_alone(_: str) -> AbstractAsyncContextManager[bool]:
    """The claim of one who delivers alone: each destination is his."""
    return nullcontext(enter_result=True)


@dataclass(frozen=True, slots=True)
class Flushed:
    """How far we came with one destination: what failed last, when the message that waits there may go, who takes over.

    `is_known`: all that waits there was known to fail, so that nobody need hear of it again.
    """

    failure: DeliveryError | None = None
    again: datetime | None = None
    fallback: str | None = None
    is_known: bool = False


@dataclass(frozen=True, slots=True)
class Failed:
    """How a message failed, and when it may go again."""

    error: DeliveryError
    again: datetime


async def deliver(
    history: HistoryThread,
    channels: Mapping[str, Channel],
    clock: Clock,
    policies: Mapping[str, DeliveryPolicy] = NO_POLICIES,
    claim: Claim = claim_alone,
) -> list[DeliveryError]:
    """Send what waits, destination by destination side by side; within one nothing overtakes. What failed comes back.

    A destination that somebody else has is left to them.
    """
    flushed: list[Flushed] = []
    asked = channels
    for _ in channels:  # whom others have handed over to is asked again; not for ever, since they may hand over in a ring
        now = await asyncio.gather(
            *(flush(history, name, channel, clock, policies.get(name, PLAIN), claim) for name, channel in asked.items())
        )
        flushed += now
        asked = {name: channels[name] for flush in now if (name := flush.fallback) and name in channels}
    return [flush.failure for flush in flushed if flush.failure]


async def reroute_orphans(history: HistoryThread, destinations: Collection[str]) -> None:
    """Let alerts tell what is owed to a destination that config.toml no longer has; replies to what was told there, too."""
    if moved := await history(outbox.reroute_orphaned_messages, destinations, ALERTS):
        log.warning("%d messages go to alerts: config.toml no longer has the destinations that they were owed to", moved)


async def keep_delivering(
    history: HistoryThread, name: str, channel: Channel, clock: Clock, owed: asyncio.Event, policies: DeliveryPolicy = PLAIN
) -> NoReturn:
    """Send what waits at one destination whenever `owed` is set, and as soon as a message that was held back may go.

    Raises:
        StoreBroken: what was sent can't be recorded any more.
    """
    while True:
        owed.clear()
        flushed = Flushed()
        try:
            flushed = await flush(history, name, channel, clock, policies)
        except StoreBroken:
            raise
        except MonitorError as error:  # a full disk, say: what is not recorded as sent is looked for, next time
            log.error("delivery: %s", error)  # noqa: TRY400 - one line; our own errors say all
        except Exception:  # a mistake in one message must not end all others; the next time may go better
            log.exception("delivery to %s", channel.name)
        if flushed.failure and not flushed.is_known:
            log_event(Happened.UNDELIVERED, logging.WARNING, to=name, text=str(flushed.failure))
        wait = (flushed.again - clock.now()).total_seconds() if flushed.again else None
        # Not wait_for(): on Python 3.11 it loses our cancellation where the event is set in the same moment.
        with suppress(TimeoutError):
            async with asyncio.timeout(wait):
                await owed.wait()


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
            with suppress(Overtaken):  # they lost their claim, or a person stepped in: what waits is looked at anew
                return await _flush(history, destination, channel, clock, policies)
    return Flushed()


async def _flush(history: HistoryThread, destination: str, channel: Channel, clock: Clock, policies: DeliveryPolicy) -> Flushed:
    if isinstance(channel, Unopened):
        return await _hold_back(history, destination, channel)
    failure = None
    until = policies.quiet_until(clock.now())
    if error := await _compared(history, destination, channel, clock):
        await history(outbox.mark_held_up, destination, redacted(str(error)))
        return Flushed(error, clock.now() + timedelta(seconds=max(error.retry_after or 0.0, channel.pace.grace)))
    for owed in await _waiting(history, destination, channel, clock, policies):
        if until and not _may_disturb(owed):
            continue
        if _held(owed, clock.now()):
            return Flushed(failure, owed.not_before)
        if failed := await _send(history, owed, channel, clock, policies):
            failure = failed.error
            if failure.closed:
                await history(outbox.close_destination, destination, redacted(str(failure)), clock.now())
            fallback = policies.fallback if failure.closed else None
            if fallback:
                await _hand_over(history, destination, fallback)
            if failure.outcome != Outcome.PERMANENT:
                return Flushed(failure, failed.again, fallback)
    return Flushed(failure, until)


async def _hand_over(history: HistoryThread, destination: str, fallback: str) -> bool:
    """Let another destination tell what waits at a closed one; whether there was anything."""
    if moved := await history(outbox.send_elsewhere, destination, fallback):
        log.warning("%s is closed: what is owed to it (%d) goes to %s", destination, moved, fallback)
    return moved > 0


async def _hold_back(history: HistoryThread, destination: str, channel: Unopened) -> Flushed:
    """What is owed to a destination that can't be opened stays owed to it, and says why; unless a fallback takes it over."""
    fallback = channel.fallback
    goes_on = fallback if fallback and await _hand_over(history, destination, fallback) else None
    waiting, new = await history(outbox.hold_back, destination, redacted(channel.why))
    failure = DeliveryError(channel.why, outcome=Outcome.REFUSED, closed=True) if waiting else None
    return Flushed(failure, fallback=goes_on, is_known=not new)


async def _compared(history: HistoryThread, destination: str, channel: Channel, clock: Clock) -> DeliveryError | None:
    """Before the first message since we started: see that nothing was said there that we know nothing of.

    A history that was put back from a backup takes what was said since for unsaid; then each message is looked for first.
    """
    if not (isinstance(channel, Recalling) and channel.searchable) or destination in history.compared:
        return None
    if not await history(outbox.list_pending, destination):
        return None
    since = await history(outbox.find_last_place, destination)
    try:
        recalled = await run_in_thread(lambda: channel.recalled(since))
    except DeliveryError as error:
        history.unanswered[destination] += 1
        # A closed one is found out by what we say; and who never says what it heard must not hold back what is news.
        tried, can_say = history.unanswered[destination], channel.searchable
        if can_say and not error.closed and tried < PATIENCE:
            return error
        if not error.closed and (tried == PATIENCE or not can_say):  # once: one that could say it is asked before each message
            log.warning("%s: what was said there is not known (%s): %s", channel.name, redacted(str(error)), TWICE)
        return None
    if await history(outbox.compare, recalled, clock.now()):
        log.warning("%s: more was said there than this history knows of (was a backup put back?): %s", channel.name, LOOKING)
    history.compared.add(destination)
    return None


def _may_disturb(owed: Owed) -> bool:
    """Whether a message goes out in quiet hours: what we tried to say is settled; an edit waits, as its first message may.

    What others may have said, before a backup was put back, was never tried by us: it waits as well.
    """
    tried = owed.state is OutboxState.SENDING and owed.not_before is not None
    return tried or breaks_quiet_hours(owed.severity, owed.kind)


async def _waiting(
    history: HistoryThread, destination: str, channel: Channel, clock: Clock, policies: DeliveryPolicy
) -> list[Owed]:
    """What waits, in order; where much of it is late, and the destination has threads, gathered in one."""
    waiting, now = await history(outbox.list_pending, destination), clock.now()
    if not channel.searchable or policies.quiet_until(now) or not policies.batches(waiting, now):
        return waiting
    await history(outbox.batch_pending, destination, policies.why, now, more_than=policies.few)
    return await history(outbox.list_pending, destination)


def _held(owed: Owed, now: datetime) -> bool:
    """Whether a message has to wait; no longer than we ever ask for, so that a clock set back holds nothing for hours."""
    return owed.not_before is not None and now < owed.not_before <= now + LONGEST_WAIT


async def _send(history: HistoryThread, owed: Owed, channel: Channel, clock: Clock, policies: DeliveryPolicy) -> Failed | None:
    """One message to its place. Sent is recorded after the channel said so; an unknown outcome is looked up, never guessed.

    Raises:
        Overtaken: another process has taken it up since we looked.
    """
    try:
        receipt = await _already_there(history, owed, channel)
        if receipt is None:
            await channel.pace.turn(clock)
            leaving = await _leaving(history, owed, channel, clock)
            if leaving is None:  # a person dropped it, or a later act overtook it, since we looked
                return None
            owed = leaving
            notice = replace(await history(notices.compose_notice, owed.id), zone=policies.zone, console=policies.console)
            await history(outbox.keep_words, owed.id, redacted(render_words(compose(notice))))
            receipt = await run_in_thread(lambda: _say(channel, owed, notice))
    except DeliveryError as error:
        return Failed(error, await _keep(history, owed, channel, error, clock))
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


async def _leaving(history: HistoryThread, owed: Owed, channel: Channel, clock: Clock) -> Owed | None:
    """The message as it leaves; should we end now, nobody looks for it before it is sure to show."""
    # Renewed: the thread's first message may have been sent a moment ago.
    wait = timedelta(seconds=channel.pace.grace + (channel.pace.deadline if history.is_shared else 0.0))
    not_before = clock.now() + wait if channel.searchable or history.is_shared else None
    doubtful = owed.state is OutboxState.SENDING and not channel.searchable
    return await history(outbox.mark_sending, owed, not_before=not_before, doubtful=doubtful)


def _say(channel: Channel, owed: Owed, notice: "Notice") -> str:
    if owed.kind not in EDITING:
        return channel.post(notice, thread=owed.thread)
    # An edit of a first message that never arrived has nothing to edit: what it adds is said in the replies.
    return channel.update(notice, owed.thread) if owed.thread is not None else ""


async def _already_there(history: HistoryThread, owed: Owed, channel: Channel) -> str | None:
    if owed.state is not OutboxState.SENDING or not channel.searchable:
        return None
    owed = await history(outbox.reload_message, owed)
    # An edit leaves no trace and may be repeated; but it may have been said anew, where the message to edit was gone.
    thread = None if owed.kind in EDITING else owed.thread
    return await run_in_thread(lambda: channel.find(owed.key, thread=thread, since=owed.since))


async def _keep(history: HistoryThread, owed: Owed, channel: Channel, error: DeliveryError, clock: Clock) -> datetime:
    """Keep a message that has not, or not surely, arrived; when it may go again."""
    state = BECOMES[error.outcome]
    grace = channel.pace.grace if error.outcome == Outcome.UNKNOWN else 0.0  # to be looked for no earlier than it must show
    wait = (
        compute_backoff(owed.attempts, grace or 1.0).total_seconds()
        if error.retry_after is None
        else max(error.retry_after, grace)
    )
    not_before = clock.now() + timedelta(seconds=wait)
    await history(outbox.mark_unsent, owed, state, redacted(str(error)), not_before)
    return not_before


def compute_backoff(attempts: int, first: float = 1.0) -> timedelta:
    """How long to wait after the n-th failure: twice as long each time, `first` seconds at first."""
    return min(timedelta(seconds=first * 2 ** min(attempts, 10)), LONGEST_BACK_OFF)
