"""What the outbox knows of a way out: say a notice, correct it, look whether it was said, and how fast it may be spoken to."""

import asyncio
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Thread
from typing import NoReturn, Protocol, TypeVar, runtime_checkable
from zoneinfo import ZoneInfo

from monitor.alert.notice import Notice, NoticeKind
from monitor.clock import Clock
from monitor.config import Config
from monitor.config.times import QuietHours
from monitor.errors import DeliveryError, Outcome
from monitor.store import ALERTS, OPS, OutboxState, Owed

LATE = timedelta(minutes=10)  # what waits longer had to wait; below, it is only its turn
MANY = 10  # so many late messages are one message with a thread; fewer are told one by one
AFTER_QUIET = 2  # ditto, where there are quiet hours
LONGEST_TURN = 60.0  # seconds; a longer wait is not a queue but a clock that was set back


@dataclass
class Pace:
    """Shared by all who speak to one place.

    Args:
        gap: seconds from one message to the next; Slack takes about one a second in a channel.
        grace: seconds until a post of which no answer came is sure to show where it can be looked for.
        deadline: seconds after which a post is given up: before then another process can't know that it is not still on its way.
    """

    gap: float = 1.0
    grace: float = 15.0
    deadline: float = 30.0
    _free: datetime | None = field(default=None, init=False)

    async def turn(self, clock: Clock) -> None:
        """Wait until it is our turn. The turn is taken before the wait, so nobody else has the same."""
        now = clock.now()
        wait = max((self._free - now).total_seconds(), 0.0) if self._free else 0.0
        wait = wait if wait <= LONGEST_TURN else 0.0
        self._free = now + timedelta(seconds=wait + self.gap)
        if wait:
            await clock.sleep(wait)


Receipt = str
"""Where a message stands, so that it can be answered and edited (Slack: `channel:ts`); empty where there is no such place."""


class Channel:
    """A destination. All methods are synchronous and raise only DeliveryError.

    `name` is what it is called in logs and status, never a secret. `searchable` says whether `find` can answer: if not, a
    message of unknown fate is sent again, marked as a possible repeat. Two destinations that are one place share their `pace`.
    """

    name: str
    searchable: bool = False
    pace: Pace

    def post(self, notice: Notice, *, thread: Receipt | None = None) -> Receipt:
        """Say it, in the thread of the message at `thread` if there is one."""
        raise NotImplementedError

    def update(self, notice: Notice, receipt: Receipt) -> Receipt:  # noqa: ARG002 - most have nothing to edit
        """Let the message at `receipt` say this instead; may be repeated freely. Returns where it stands now.

        Where nothing can be edited: what an edit says is also said by the message that caused it, but for what completes one.
        """
        return self.post(notice) if notice.kind is NoticeKind.COMPLETED else ""

    def find(self, key: str, *, thread: Receipt | None = None, since: Receipt | None = None) -> Receipt | None:  # noqa: ARG002 - most can't
        """Where the notice of this key was said, if it was; `since` is the last message known to be older.

        A DeliveryError means that the answer is still unknown.
        """
        return None


@dataclass(frozen=True)
class Unopened(Channel):
    """A destination that can't be opened, such as one without its secret: it takes nothing, and what is owed to it waits.

    `why` names the key and the way out; `fallback` is the destination that takes over, if there is one.
    """

    name: str
    why: str
    fallback: str | None = None
    pace: Pace = field(default_factory=Pace, repr=False)
    searchable: bool = True  # nothing is sent from here that could come twice

    def check(self) -> NoReturn:
        raise DeliveryError(self.why, outcome=Outcome.REFUSED, closed=True)

    def post(self, notice: Notice, *, thread: Receipt | None = None) -> Receipt:  # noqa: ARG002
        self.check()

    def update(self, notice: Notice, receipt: Receipt) -> Receipt:  # noqa: ARG002
        self.check()

    def find(self, key: str, *, thread: Receipt | None = None, since: Receipt | None = None) -> Receipt | None:  # noqa: ARG002
        self.check()


@runtime_checkable
class Recalling(Protocol):
    """A destination that can also say what it was told last."""

    def recalled(self, since: Receipt | None) -> list[str]:
        """The keys of what was said after the message at `since`, as far as it is quickly found.

        A DeliveryError means that the answer is still unknown.
        """
        ...


@runtime_checkable
class Trying(Protocol):
    """A destination that `monitor doctor --slack --send` can try."""

    @property
    def advice(self) -> str:
        """What is amiss with how it is set up, and the way out; empty where nothing is."""
        ...

    def try_out(self, words: str) -> None:
        """Say these words, which are about nothing.

        Raises:
            DeliveryError: they were not, or not surely, taken.
        """
        ...


@runtime_checkable
class Checkable(Protocol):
    """A destination that can be asked whether it lets us in, without saying anything there."""

    def check(self) -> None:
        """A DeliveryError that is `closed` means that it does not, any other that nobody knows."""
        ...


# A blocking call beside the event loop, on a thread that nobody waits for when the process has to end.

T = TypeVar("T")


async def run_in_thread(call: Callable[[], T]) -> T:
    """What `call` gives. Where we are cancelled it goes on, unheard; asyncio.to_thread would hold up the end until it is done."""
    loop = asyncio.get_running_loop()
    answer: asyncio.Future[T] = loop.create_future()

    def work() -> None:
        try:
            result = call()
        except BaseException as error:  # noqa: BLE001 - raised anew where it is awaited
            _unless_closed(loop, _fail, answer, error)
        else:
            _unless_closed(loop, _succeed, answer, result)

    Thread(target=work, name="deliver", daemon=True).start()
    return await answer


def _unless_closed(loop: asyncio.AbstractEventLoop, settle: Callable[..., None], *told: object) -> None:
    with suppress(RuntimeError):  # the loop is closed: nobody listens any more
        loop.call_soon_threadsafe(settle, *told)


def _succeed(answer: asyncio.Future[T], result: T) -> None:
    if not answer.done():
        answer.set_result(result)


def _fail(answer: asyncio.Future[T], error: BaseException) -> None:
    if not answer.done():
        answer.set_exception(error)


@dataclass(frozen=True, slots=True)
class DeliveryPolicy:
    """Of one destination: its quiet hours, who takes over while it is closed, the time zone of its readers; and their console."""

    quiet: QuietHours | None = None
    fallback: str | None = None
    zone: str = ""
    console: str = ""

    def quiet_until(self, now: datetime) -> datetime | None:
        """When the quiet hours that it is in are over; None outside them."""
        return self.quiet.until(now) if self.quiet else None

    def batches(self, waiting: list[Owed], now: datetime) -> bool:
        """Whether so much had to wait that it is told in one message's thread."""
        late = [
            owed for owed in waiting if owed.created_at and now - owed.created_at > LATE and owed.state is OutboxState.PENDING
        ]
        return len(late) > self.few

    @property
    def few(self) -> int:
        """How many late messages are still told one by one."""
        return AFTER_QUIET if self.quiet else MANY

    @property
    def why(self) -> str:
        """Why messages came late, as far as it lies in the policy."""
        return f"They came in quiet hours ({self.quiet})." if self.quiet else ""


def load_policies(config: Config) -> Mapping[str, DeliveryPolicy]:
    """The policy of each destination that config.toml describes."""
    console = config.console.url
    first = DeliveryPolicy(None, config.slack.fallback, _key(config.slack.zone), console)
    return {ALERTS: first, OPS: first} | {
        name: DeliveryPolicy(settings.quiet, settings.fallback, _key(settings.zone), console)
        for name, settings in config.destinations.items()
    }


def _key(zone: ZoneInfo | None) -> str:
    return zone.key if zone else ""
