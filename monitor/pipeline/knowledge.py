"""All that is on record, each part read when it is first asked for; whoever answers many questions keeps it between them."""

from datetime import date
from functools import cached_property

from monitor.history import History, sightings
from monitor.pipeline.acts_named import NamedActs
from monitor.pipeline.on_record import KeptRecords, Records
from monitor.source.schedule import Freshness
from monitor.timeline import Lifecycle, Timeline
from monitor.timeline.law import Law


class Knowledge:
    """What a history knew when it was asked, and how fresh that is; one that has moved since needs another."""

    def __init__(self, history: History, freshness: Freshness | None = None) -> None:
        self._history = history
        self.freshness = freshness

    @cached_property
    def law(self) -> Law:
        """All acts on record and what follows from them."""
        return self._history(sightings.law)

    @cached_property
    def timeline(self) -> Timeline:
        """The law as it is known now."""
        return self.law.timeline.as_seen(self.freshness.stale) if self.freshness else self.law.timeline

    def known_on(self, day: date) -> Timeline:
        """The law as it was known at the end of a day."""
        then = self.law.known_on(day)
        return then.as_seen(self.freshness.at_end_of(day).stale) if self.freshness else then

    def parts_of(self, act: str) -> list[Lifecycle]:
        """The parts of an act's measures."""
        return self.timeline.of_act(act)

    @cached_property
    def acts(self) -> NamedActs:
        """The acts by what people call them; those too that others only name."""
        unseen = [life.act.key for life in self.timeline.lifecycles if not life.seen]
        return NamedActs((sighting.now for sighting in self.law.acts.values()), unseen)

    @property
    def records(self) -> Records:
        """All that was ever listed or controlled."""
        return KeptRecords(self._history)
