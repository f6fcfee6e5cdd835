"""Takes what is owed from the outbox to the mouths that can say it: in order, told once, never lost."""

import asyncio
from collections.abc import Mapping
from datetime import timedelta

from monitor.clock import Clock
from monitor.deliver.mouth import Mouth
from monitor.errors import DeliveryError
from monitor.event import NoticeKind
from monitor.history import History, Owed
from monitor.history.threaded import HistoryThread
from monitor.render.notice import Notice

__all__ = ["Mouth", "deliver"]

GRACE = timedelta(seconds=15)  # a post whose outcome is unknown may take this long to show in the channel's history
LONGEST_WAIT = timedelta(minutes=15)


async def deliver(history: HistoryThread, mouths: Mapping[str, Mouth], clock: Clock) -> list[DeliveryError]:
    """Send what waits, destination by destination side by side; within one nothing overtakes. What failed comes back."""
    failures = await asyncio.gather(*(_flush(history, name, mouth, clock) for name, mouth in mouths.items()))
    return [failure for failure in failures if failure]


async def _flush(history: HistoryThread, destination: str, mouth: Mouth, clock: Clock) -> DeliveryError | None:
    failure = None
    for owed in await history(History.waiting, destination):
        if owed.not_before and owed.not_before > clock.now():
            return failure
        try:
            await _send(history, owed, mouth, clock)
        except DeliveryError as error:
            failure = error
            await _keep(history, owed, error, clock)
            if error.outcome != "permanent":
                return failure
    return failure


async def _send(history: HistoryThread, owed: Owed, mouth: Mouth, clock: Clock) -> None:
    """One message to its place. Sent is recorded after the mouth said so; an unknown outcome is looked up, never guessed."""
    receipt = await _already_there(owed, mouth)
    if receipt is None:
        # Renewed: the thread's first message may have been sent a moment ago.
        not_before = clock.now() + GRACE if mouth.searchable else None
        doubtful = owed.state == "sending" and not mouth.searchable
        owed = await history(History.sending, owed, not_before=not_before, doubtful=doubtful)
        notice = await history(History.notice, owed)
        receipt = await asyncio.to_thread(_say, mouth, owed, notice)
    await history(History.sent, owed, receipt, clock.now())


def _say(mouth: Mouth, owed: Owed, notice: Notice) -> str:
    if owed.kind is not NoticeKind.PARENT:
        return mouth.post(notice, thread=owed.thread)
    # An edit of a first message that never arrived has nothing to edit: what it adds is said in the replies.
    return mouth.update(notice, owed.thread) if owed.thread is not None else ""


async def _already_there(owed: Owed, mouth: Mouth) -> str | None:
    if owed.state != "sending" or not mouth.searchable or owed.kind is NoticeKind.PARENT:
        return None
    return await asyncio.to_thread(mouth.find, owed.key, thread=owed.thread, since=None)


async def _keep(history: HistoryThread, owed: Owed, error: DeliveryError, clock: Clock) -> None:
    state = {"refused": "pending", "unknown": "sending", "permanent": "undeliverable"}[error.outcome]
    wait = error.retry_after if error.retry_after is not None else backoff(owed.attempts).total_seconds()
    not_before = clock.now() + max(timedelta(seconds=wait), GRACE if error.outcome == "unknown" else timedelta())
    await history(History.kept, owed, state, str(error), not_before)


def backoff(attempts: int) -> timedelta:
    """How long to wait after the n-th refusal."""
    return min(timedelta(seconds=2 ** min(attempts, 10)), LONGEST_WAIT)
