"""How fast one place may be spoken to, and how long it may take to show what was said there."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from monitor.clock import Clock

LONGEST_TURN = 60.0  # seconds; a longer wait is not a queue but a clock that was set back


@dataclass
class Pace:
    """Shared by all who speak to one place.

    Args:
        gap: seconds from one message to the next; Slack takes about one a second in a channel.
        grace: seconds until a post of which no answer came is sure to show where it can be looked for.
    """

    gap: float = 1.0
    grace: float = 15.0
    _free: datetime | None = field(default=None, init=False)

    async def turn(self, clock: Clock) -> None:
        """Wait until it is our turn. The turn is taken before the wait, so nobody else has the same."""
        now = clock.now()
        wait = (self._free - now).total_seconds() if self._free else 0.0
        wait = wait if 0.0 < wait <= LONGEST_TURN else 0.0
        self._free = now + timedelta(seconds=wait + self.gap)
        if wait:
            await clock.sleep(wait)
