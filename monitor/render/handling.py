"""Who has an event, and what was decided: the lines that stand in its messages."""

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from monitor.render import dates
from monitor.render.text import capital, cut
from monitor.triage.values import Handled, Stage

SPOKEN = 200  # characters of what somebody wrote


def lines(handled: Handled | None, zone: str = "") -> Iterator[str]:
    """`Taken by Li Wei, 9 Oct 2025, 09:05 Berlin`; moments by the clock of `zone`, else UTC."""
    if handled is None:
        return
    at = moment(handled.since, zone)
    if handled.stage is Stage.TAKEN:
        yield f"Taken by {handled.by}, {at}"
    elif handled.stage is Stage.DONE:
        text = f": {cut(handled.text, SPOKEN)}" if handled.text else ""
        yield f"{capital(handled.decision)}{text} (decided by {handled.by}, {at})"
    if handled.until:
        yield f"Rests until {moment(handled.until, zone)}"


def moment(at: str, zone: str = "") -> str:
    """A moment (UTC, ISO) by the clock of a zone, with the place whose clock it is."""
    if not at:
        return ""
    local = datetime.fromisoformat(at).astimezone(ZoneInfo(zone or "UTC"))
    return f"{dates.moment(local)} {(zone or 'UTC').rpartition('/')[2].replace('_', ' ')}"
