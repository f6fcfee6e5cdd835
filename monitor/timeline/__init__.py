"""What is in force on a day: the life of every measure, across the acts that touch it. Pure.

Facts only: what the texts say, with the words that say it. What that means for anybody is not said here.
"""

from monitor.timeline.timeline import Timeline, list_known
from monitor.timeline.values import CHANGING, Cause, Ending, Lifecycle, MeasureQuery, Reading, Sighting, Span, Status, StatusOnDay

__all__ = [
    "CHANGING",
    "Cause",
    "Ending",
    "Lifecycle",
    "MeasureQuery",
    "Reading",
    "Sighting",
    "Span",
    "Status",
    "StatusOnDay",
    "Timeline",
    "list_known",
]
