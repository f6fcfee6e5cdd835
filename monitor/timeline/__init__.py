"""What is in force on a day: the history of every measure, across the acts that touch it. No I/O.
Facts only: the texts' statements with their words. This room draws no conclusions.
"""

from monitor.timeline.timeline import Timeline, list_known
from monitor.timeline.values import (
    CHANGING,
    Cause,
    Ending,
    Lifecycle,
    MeasureQuery,
    Reading,
    Sighting,
    Span,
    Status,
    StatusOnDay,
)

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
