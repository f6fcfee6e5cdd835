"""The interface of a channel: send a notice, correct it, search for it, and its pace."""

import asyncio
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Thread
from typing import NoReturn, TypeVar
from zoneinfo import ZoneInfo

from monitor.alert.event import Notice, NoticeKind
from monitor.clock import Clock
from monitor.config import Config
from monitor.config.times import QuietHours
from monitor.errors import DeliveryError, Outcome
from monitor.model import frozen
from monitor.store import ALERTS, OPS, OutboxState, Owed

LATE = timedelta(minutes=10)  # what waits longer had to wait; below, it is only its turn
MANY = 10  # so many late messages share one message with a thread; fewer go one by one
AFTER_QUIET = 2  # ditto, where there are quiet hours
LONGEST_TURN = 60.0  # seconds; a longer wait is not a queue but a clock that was set back


@dataclass
class Pace:
    """The pace of one place, shared by all its users.

    Args: gap: seconds between messages; Slack takes about one a second in a channel. grace: seconds
    until a post without an answer surely shows in a search. deadline: seconds after which a post is
    given up: until then it may still be on its way, as far as another process knows.
    """

    gap: float = 1.0
    grace: float = 15.0
    deadline: float = 30.0
    _free: datetime | None = field(default=None, init=False)

    async def turn(self, clock: Clock) -> None:
        """Wait for our turn. The turn is taken before the wait, so no one else gets it."""
        now = clock.now()
        wait = max((self._free - now).total_seconds(), 0.0) if self._free else 0.0
        wait = wait if wait <= LONGEST_TURN else 0.0
        self._free = now + timedelta(seconds=wait + self.gap)
        if wait:
            await clock.sleep(wait)


Receipt = str
"""A message's place, for replies and edits (Slack: `channel:ts`); empty if there is none."""


class Channel:
    """A destination. All methods are synchronous and raise only DeliveryError. `name` is for logs
    and status, never a secret. `searchable`: `find` can answer. If not, a message of unknown fate
    is sent again, marked as a possible repeat. Two destinations at one place share their `pace`.
    `compared`: it was checked since our start, and has no message unknown to us.
    """

    name: str
    searchable: bool = False
    compared: bool = False
    failed_checks: int = 0
    pace: Pace

    def post(self, notice: Notice, *, thread: Receipt | None = None) -> Receipt:
        """Post it, in the thread of the message at `thread`, if given."""
        raise NotImplementedError

    def update(self, notice: Notice, receipt: Receipt) -> Receipt:  # noqa: ARG002 - most have nothing to edit
        """Replace the message at `receipt`; may be repeated freely. Returns its present place.
        Without edits this does nothing: the message that caused the edit has its content, unless it
        completes one.
        """
        return self.post(notice) if notice.kind is NoticeKind.COMPLETED else ""

    def find(
        self,
        key: str,  # noqa: ARG002 - most can't find
        *,
        thread: Receipt | None = None,  # noqa: ARG002 - most can't find
        since: Receipt | None = None,  # noqa: ARG002 - most can't find
    ) -> Receipt | None:
        """Find the notice with this key; `since` is the last message known to be older. A
        DeliveryError means that the answer is still unknown.
        """
        return None

    def recalled(self, since: Receipt | None) -> list[str]:  # noqa: ARG002 - most can't list
        """List the keys of messages after the one at `since`, as far as quickly found. A
        DeliveryError means that the answer is still unknown.
        """
        return []

    def check(self) -> None:
        """Check the access without a post, if possible.

        A DeliveryError that is `closed` means that there is no access; any other leaves it unknown.
        """

    @property
    def advice(self) -> str:
        """Describe errors in its setup, with the way out; empty if there are none."""
        return ""

    def try_out(self, words: str) -> None:  # noqa: ARG002 - not every way out can
        """Post these words, without a notice, for `monitor doctor --slack --send`."""
        raise DeliveryError("this destination takes no message for a trial", Outcome.REFUSED)


@frozen
class Unopened(Channel):
    """A destination that can't be opened, such as one without its secret: it accepts nothing, and
    its messages wait. `why` names the key and the way out; `fallback` takes over, if there is one.
    """

    name: str
    why: str
    fallback: str | None = None
    pace: Pace = field(default_factory=Pace, repr=False)
    searchable: bool = True  # nothing is sent from here that could come twice

    def check(self) -> NoReturn:
        raise DeliveryError(self.why, Outcome.REFUSED, closed=True)


# A blocking call beside the event loop, on a thread that nobody waits for when the process has to
# end.

T = TypeVar("T")


async def run_in_thread(call: Callable[[], T]) -> T:
    """Run `call` in a thread and return its result. After our cancellation it continues unheeded;
    asyncio.to_thread would delay the end.
    """
    answer: Future[T] = Future()
    answer.set_running_or_notify_cancel()  # from now on our cancellation leaves it alone

    def work() -> None:
        try:
            answer.set_result(call())
        except BaseException as error:  # noqa: BLE001 - raised anew where it is awaited
            answer.set_exception(error)

    Thread(target=work, name="deliver", daemon=True).start()
    return await asyncio.wrap_future(answer)


@frozen
class DeliveryPolicy:
    """One destination's quiet hours, fallback, time zone and console."""

    quiet: QuietHours | None = None
    fallback: str | None = None
    zone: str = ""
    console: str = ""

    def quiet_until(self, now: datetime) -> datetime | None:
        """Return the end of the present quiet hours; None outside them."""
        return self.quiet.until(now) if self.quiet else None

    def batches(self, waiting: list[Owed], now: datetime) -> bool:
        """Return whether so many messages are late that one message's thread gets them."""
        late = [
            owed
            for owed in waiting
            if owed.created_at
            and now - owed.created_at > LATE
            and owed.state is OutboxState.PENDING
        ]
        return len(late) > self.few

    @property
    def few(self) -> int:
        """Return how many late messages still go one by one."""
        return AFTER_QUIET if self.quiet else MANY

    @property
    def why(self) -> str:
        """Explain late messages, as far as the policy causes it."""
        return f"They came in quiet hours ({self.quiet})." if self.quiet else ""


def load_policies(config: Config) -> Mapping[str, DeliveryPolicy]:
    """The policy of each destination that config.toml describes."""
    console = config.console.url
    first = DeliveryPolicy(None, config.slack.fallback, _get_zone_key(config.slack.zone), console)
    return {ALERTS: first, OPS: first} | {
        name: DeliveryPolicy(
            settings.quiet, settings.fallback, _get_zone_key(settings.zone), console
        )
        for name, settings in config.destinations.items()
    }


def _get_zone_key(zone: ZoneInfo | None) -> str:
    return zone.key if zone else ""
