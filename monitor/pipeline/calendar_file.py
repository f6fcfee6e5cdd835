"""The key dates as an iCalendar file that is kept up to date, for calendars to subscribe to where a web server serves it."""

import asyncio
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from secrets import token_hex

from monitor.config import Config
from monitor.errors import StoreError
from monitor.history import sightings
from monitor.history.threaded import HistoryThread
from monitor.render import ics
from monitor.timeline.law import Law


@dataclass
class CalendarFile:
    """One file. It is written anew when something was recorded since; a reader always finds a whole one."""

    file: Path
    _written_at: int | None = None

    async def refresh(self, history: HistoryThread, now: datetime) -> None:
        """Bring the file up to date.

        Raises:
            StoreError: it can't be written.
        """
        latest = await history(sightings.latest_change)
        if latest != self._written_at:
            self._written_at = latest  # also where it fails: that is said once, and tried again when there is something new
            await asyncio.to_thread(_write, self.file, await history(sightings.law), now)


def calendar_file(config: Config) -> CalendarFile | None:
    """The file that config.toml asks for; None where it asks for none."""
    return CalendarFile(Path(config.calendar.file)) if config.calendar.file else None


def _write(file: Path, law: Law, now: datetime) -> None:
    body = ics.ics(law.key_dates, {key: sighting.now for key, sighting in law.acts.items()}, now)
    draft = file.with_name(f".{file.name}.{token_hex(4)}")
    try:
        draft.write_bytes(body)
        draft.replace(file)
    except OSError as error:
        raise StoreError(f"calendar.file: {file}: can't be written: {error.strerror}") from error
