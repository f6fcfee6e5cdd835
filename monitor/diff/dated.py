"""An act that bears a day on which it was not there yet. Pure."""

from datetime import datetime, timedelta

from monitor import vocabulary
from monitor.model import Announcement

BEHIND = timedelta(days=3)  # what is signed on a Friday stands on many a site on Monday


def is_back_dated(act: Announcement, absent_at: datetime) -> bool:
    """Whether it bears a day more than three before the one on which its source was read well, without it."""
    day = vocabulary.day(act.published or "", act.authority)
    return day is not None and vocabulary.today(act.authority, absent_at) - day > BEHIND
