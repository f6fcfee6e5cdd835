"""Now and sleep as one passed-in value, so that October 2025 can be lived through in seconds; and durations in words."""

import asyncio
import re
from datetime import UTC, datetime, timedelta
from typing import Protocol

from monitor.errors import ConfigError


class Clock(Protocol):
    """What the pipeline knows of time."""

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


def iso(moment: datetime) -> str:
    """An instant as UTC text to the second, `2025-10-09T01:03:00Z`."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


UNITS = {"second": 1, "minute": 60, "hour": 3600, "day": 86400}


def duration(text: str) -> timedelta:
    """`"5 minutes"` → 5 minutes. Units: seconds, minutes, hours, days.

    Raises:
        ConfigError: anything else.
    """
    match = re.fullmatch(r"(\d+(?:\.\d+)?)\s*(second|minute|hour|day)s?", text.strip())
    if not match or float(match[1]) <= 0:
        raise ConfigError(f'{text!r} is not a duration; write for example "5 minutes" or "2 hours"')
    return timedelta(seconds=float(match[1]) * UNITS[match[2]])
