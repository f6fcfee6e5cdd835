"""All that is on record, each part read when it is first asked for; whoever answers many questions keeps it between them."""

from datetime import date
from functools import cached_property

from monitor.history import History
from monitor.pipeline.law import Law
from monitor.pipeline.on_record import KeptRecords, Records
from monitor.source.freshness import Freshness


class Knowledge:
    """What a history knew when it was asked, and how fresh that is; one that has moved since needs another."""

    def __init__(self, history: History, freshness: Freshness | None = None) -> None:
        self._history = history
        self.freshness = freshness

    @cached_property
    def law(self) -> Law:
        """The law, as far as somebody asks."""
        return self.law_known_on(None)

    def law_known_on(self, day: date | None) -> Law:
        """The same as it was known at the end of a day."""
        if self.freshness is None:
            return Law(self._history, day)
        return Law(self._history, day, (self.freshness.at_end_of(day) if day else self.freshness).stale)

    @property
    def records(self) -> Records:
        """All that was ever listed or controlled."""
        return KeptRecords(self._history)
