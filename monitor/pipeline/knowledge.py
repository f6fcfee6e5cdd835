"""All that is on record, each part read when it is first asked for; whoever answers many questions keeps it between them."""

from collections.abc import Sequence
from functools import cached_property

from monitor.history import History, OnRecord
from monitor.pipeline.law import Law
from monitor.pipeline.screen import recorded


class Knowledge:
    """What a history knew when it was asked; one that has moved since needs another."""

    def __init__(self, history: History) -> None:
        self._history = history

    @cached_property
    def law(self) -> Law:
        """The law, as far as somebody asks."""
        return Law(self._history)

    def forget(self, most: int) -> None:
        """Let go of the subjects on record where there are more than so many; they are read again when they are asked for."""
        if len(vars(self).get("records", ())) > most:
            del self.records

    @cached_property
    def records(self) -> Sequence[OnRecord]:
        """All that was ever listed or controlled."""
        return recorded(self._history)
