"""The key dates as a current iCalendar file, for subscription through a web server."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from monitor.config import Config, files
from monitor.errors import MonitorError, StoreError
from monitor.model import KeyDate
from monitor.store import exported, registers, sightings
from monitor.store.threaded import HistoryThread
from monitor.timeline.timeline import Law


@dataclass
class CalendarFile:
    """One file. It is written again after any new record; a reader always finds a whole file."""

    file: Path
    _written_at: tuple[int, int] | None = None

    async def refresh(self, history: HistoryThread, now: datetime) -> None:
        """Bring the file up to date.

        Raises:
            StoreError: it can't be written.
        """
        latest = (
            await history(sightings.find_latest_change),
            await history(exported.count_register_rows),
        )
        if latest != self._written_at:
            # also after a failure: it is logged once, and the next try waits for news
            self._written_at = latest
            await asyncio.to_thread(
                _write_calendar,
                self.file,
                await history(sightings.load_law),
                await history(registers.list_row_dates, date.min, date.max),
                now,
            )


def open_calendar_file(config: Config) -> CalendarFile | None:
    """Open the calendar file of config.toml; None if there is none."""
    return CalendarFile(Path(config.calendar.file)) if config.calendar.file else None


def _write_calendar(file: Path, law: Law, of_rows: Sequence[KeyDate], now: datetime) -> None:
    from monitor.render import ics  # noqa: PLC0415 - loads icalendar

    acts = {key: sighting.now for key, sighting in law.acts.items()}
    body = ics.render_ics([*law.key_dates, *of_rows], acts, now)
    try:
        files.put(file, body)
    except MonitorError as error:
        raise StoreError(f"calendar.file: {error}") from error
