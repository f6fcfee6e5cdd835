"""All that is on record, each part read when it is first asked for; whoever answers many questions keeps it between them."""

from functools import cached_property

from monitor.history import History
from monitor.pipeline.law import Law
from monitor.pipeline.on_record import KeptRecords, Records


class Knowledge:
    """What a history knew when it was asked; one that has moved since needs another."""

    def __init__(self, history: History) -> None:
        self._history = history

    @cached_property
    def law(self) -> Law:
        """The law, as far as somebody asks."""
        return Law(self._history)

    @property
    def records(self) -> Records:
        """All that was ever listed or controlled."""
        return KeptRecords(self._history)
