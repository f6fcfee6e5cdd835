"""How a destination wants to be spoken to: hours in which only what is critical is said, and where to turn while it is closed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from monitor.config import Config
from monitor.history import ALERTS, OPS, Owed
from monitor.schedule import Quiet

LATE = timedelta(minutes=10)  # what waits longer had to wait; below, it is only its turn
MANY = 10  # so many late messages are one message with a thread; fewer are told one by one
AFTER_QUIET = 2


@dataclass(frozen=True, slots=True)
class Manners:
    """Of one destination. `hours` are its quiet hours as config.toml has them."""

    hours: str = ""
    fallback: str = ""

    def quiet_until(self, now: datetime) -> datetime | None:
        """When the quiet hours that it is in are over; None outside them."""
        quiet = Quiet.of(self.hours)
        return quiet.until(now) if quiet else None

    def gathers(self, waiting: list[Owed], now: datetime) -> bool:
        """Whether so much had to wait that it is told in one message's thread."""
        late = [owed for owed in waiting if owed.created_at and now - owed.created_at > LATE and owed.state == "pending"]
        return len(late) > self.few

    @property
    def few(self) -> int:
        """How many late messages are still told one by one."""
        return AFTER_QUIET if self.hours else MANY

    @property
    def why(self) -> str:
        """Why messages came late, as far as it lies in the manners."""
        return f"They came in quiet hours ({self.hours})." if self.hours else ""


def manners(config: Config) -> Mapping[str, Manners]:
    """The manners of each destination that config.toml describes."""
    first = Manners(fallback=config.slack.fallback)
    return {ALERTS: first, OPS: first} | {name: Manners(each.quiet, each.fallback) for name, each in config.destinations.items()}
