"""All acts on record and what follows from them, each part made when it is first asked for. Pure."""

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from monitor import vocabulary
from monitor.model import KeyDate
from monitor.timeline.calendar import calendar
from monitor.timeline.timeline import Timeline, known
from monitor.timeline.values import Sighting


@dataclass(frozen=True, slots=True)
class Oldest:
    """How far what is on record goes back: the first days on which an act was published, and on which one was seen.

    `then`: how many acts were known by the end of the day that was asked for.
    """

    then: int
    published: date | None
    seen: date | None


class Law:
    """The acts by key, in the order in which they were first seen, and the timeline of all of them."""

    def __init__(self, sightings: Iterable[Sighting]) -> None:
        self.acts: Mapping[str, Sighting] = {sighting.now.key: sighting for sighting in sightings}
        self._known_on: tuple[date, Timeline] | None = None

    @cached_property
    def timeline(self) -> Timeline:
        """The law as it is known now."""
        return Timeline(known(self.acts.values()))

    @cached_property
    def key_dates(self) -> tuple[KeyDate, ...]:
        """All days on which it changes by itself."""
        return tuple(calendar(self.timeline))

    def known_on(self, day: date) -> Timeline:
        """The law as it was known at the end of a day; the last such day is kept."""
        if self._known_on is None or self._known_on[0] != day:
            self._known_on = day, Timeline(known(self.acts.values(), day))
        return self._known_on[1]

    def of(self, keys: Container[str]) -> list[Sighting]:
        """These acts, in the order in which they were first seen."""
        return [sighting for key, sighting in self.acts.items() if key in keys]

    def oldest(self, known_on: date | None) -> Oldest:
        """How far back it goes, and how many acts were known on a day."""
        first = [sighting.readings[0] for sighting in self.acts.values()]
        return Oldest(
            then=sum(known_on is None or sighting.on(known_on) is not None for sighting in self.acts.values()),
            published=min(filter(None, map(published, self.acts.values())), default=None),
            seen=min((vocabulary.today(reading.act.authority, reading.at) for reading in first), default=None),
        )


def published(sighting: Sighting) -> date | None:
    """The day on which an act was published, as its authority counts it."""
    return vocabulary.day(sighting.now.published or "", sighting.now.authority)
