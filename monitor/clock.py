"""Now and sleep as one passed-in value, so that October 2025 can be lived through in seconds;
and durations in words.
"""

import asyncio
import re
from datetime import UTC, datetime, timedelta
from typing import Protocol

from monitor.errors import ConfigError


class Clock(Protocol):
    """The pipeline's access to time."""

    def now(self) -> datetime:
        """The present instant, aware, UTC."""

    async def sleep(self, seconds: float) -> None:
        """Wait."""


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


def format_instant(moment: datetime) -> str:
    """An instant as UTC text to the second, `2025-10-09T01:03:00Z`."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def format_minute(instant: str) -> str:
    """An instant as text, to the minute: `2025-10-09 01:00`."""
    return instant[:16].replace("T", " ")


UNITS = {"second": 1, "minute": 60, "hour": 3600, "day": 86400}
SHORTEST, LONGEST = 0.001, 3_660.0 * 86400  # seconds
QUOTED = 60


def parse_duration(text: str) -> timedelta:
    """`"5 minutes"` → 5 minutes. Units: seconds, minutes, hours, days.

    Raises:
        ConfigError: anything else.
    """
    match = re.fullmatch(
        r"([0-9]{1,12}(?:\.[0-9]{1,12})?)\s*(second|minute|hour|day)s?", text.strip()
    )
    seconds = float(match[1]) * UNITS[match[2]] if match else 0.0
    if not SHORTEST <= seconds <= LONGEST:
        raise ConfigError(
            f"{text[:QUOTED]!r} is not a duration of a millisecond to ten years; write for example"
            ' "5 minutes" or "2 hours"'
        )
    return timedelta(seconds=seconds)


def format_duration(span: timedelta) -> str:
    """Format a duration as people say it: `42 min`, `5 h`, `12 days`."""
    minutes = span.total_seconds() / 60
    if minutes < 1:
        return "less than a minute"
    if minutes < 2 * 60:
        return f"{minutes:.0f} min"
    return f"{minutes / 60:.0f} h" if minutes < 48 * 60 else f"{minutes / 60 / 24:,.0f} days"
