"""How old what we know is, before a sentence that claims something about now. Pure."""

from datetime import datetime

from monitor import vocabulary
from monitor.model import LastRead
from monitor.render import dates, words


def unseen(stale: LastRead, what: str) -> str:
    """`MOFCOM was last read on 7 Nov 2025: an extension would not have been seen`."""
    return f"{_last_read(stale)}: {what} would not have been seen"


def _last_read(stale: LastRead) -> str:
    is_country = "-" not in stale.of
    of = f"publishers of {words.destination(stale.of.upper())}" if is_country else vocabulary.authority(stale.of)
    if not stale.has_source:
        return f"no source of {of} is switched on"
    were = "were" if is_country else "was"
    if stale.at is None:
        return f"{of} {were} never read"
    on = vocabulary.today(stale.of, datetime.fromisoformat(stale.at))
    return f"{of} {were} last read on {dates.day(on.isoformat())}"
