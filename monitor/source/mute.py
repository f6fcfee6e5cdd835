"""A person's word that nobody need be told of a source's troubles for a while. It always ends; news is told. Pure."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from monitor.clock import duration
from monitor.errors import ConfigError

LONGEST = timedelta(days=30)
QUOTED = 60  # characters
FORMS = "write it as 2026-12-01, 2026-12-01T09:00 or 3 days"


@dataclass(frozen=True, slots=True)
class Mute:
    """Who muted a source, when, until when and why."""

    source: str
    until: datetime
    by: str
    at: datetime
    reason: str = ""


def end_of(text: str, now: datetime, longest: timedelta | None = LONGEST) -> datetime:
    """When a mute ends: a day (as it begins), a moment, or for how long from now on; UTC where no other offset is printed.

    Raises:
        ConfigError: it is none of these, is over, or lies more than the `longest` time ahead.
    """
    until = _moment(text.strip(), now)
    if until <= now:
        raise ConfigError(f"--until: {text[:QUOTED]!r} is over; it is {now:%Y-%m-%dT%H:%M} UTC now")
    if longest and until > now + longest:
        raise ConfigError(f"--until: {text[:QUOTED]!r} lies more than {longest.days} days ahead; mute it again then")
    return until


def _moment(text: str, now: datetime) -> datetime:
    try:
        told = datetime.fromisoformat(text)
        return (told if told.tzinfo else told.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        pass
    try:
        return now + duration(text)
    except ConfigError as error:
        raise ConfigError(f"--until: {text[:QUOTED]!r} is no moment; {FORMS}") from error
