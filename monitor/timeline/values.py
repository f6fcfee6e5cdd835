"""The values of a timeline: an act as it was seen, a part of a measure, and the stretches of its life."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from monitor import vocabulary
from monitor.model import Action, Announcement, Entity, Item, LastRead, Measure

# What these do shows in the life of the measures they touch; all others have something of their own that is in force.
CHANGING = frozenset({Action.REMOVE, Action.AMEND, Action.REPEAL, Action.SUSPEND, Action.RESUME})


Rank = tuple[date, date, str, int]  # the first day of a measure, the day it was told, its act's key, its number in that


class Status(StrEnum):
    """How a measure stands on a day, as the texts have it."""

    ANNOUNCED = "announced"  # published, and its first day is still ahead
    IN_FORCE = "in force"
    SUSPENDED = "suspended"
    SUSPENSION_ENDED = "suspension ended"  # its last day is over and no act was seen that says what comes after it
    ENDED = "ended"


class Ending(StrEnum):
    """By what something ended."""

    EXPIRED = "expired"  # its last day is over
    REMOVED = "removed"
    REPEALED = "repealed"
    REPLACED = "replaced"


@dataclass(frozen=True, slots=True)
class Reading:
    """An act as it was understood from the instant `at`."""

    at: datetime
    act: Announcement


@dataclass(frozen=True, slots=True)
class Sighting:
    """An act, as it was first understood and as often as that changed.

    `baseline`: it stood there when its source was first read, so that when we saw it says nothing of when it became known.
    """

    readings: tuple[Reading, ...]
    baseline: bool

    @property
    def now(self) -> Announcement:
        """The act as it is understood now."""
        return self.readings[-1].act

    @property
    def first_seen(self) -> datetime:
        """When we first saw it."""
        return self.readings[0].at

    def on(self, day: date) -> Announcement | None:
        """The act as it was known at the end of `day` in its authority's zone; None if it was not."""
        known = [reading.act for reading in self.readings if vocabulary.today(reading.act.authority, reading.at) <= day]
        if known:
            return known[-1]
        first = self.readings[0].act
        published = vocabulary.day(first.published or "", first.authority)
        return first if self.baseline and published and published <= day else None


@dataclass(frozen=True, slots=True, eq=False)
class Cause:
    """The measure of an act that made a status what it is: its quote is the evidence. Compared as one of the timeline's own."""

    act: Announcement
    measure: Measure


@dataclass(frozen=True, slots=True)
class Span:
    """A status that lasts from `since` to `until`, its last day (`date.max`: as far as we know for good).

    `why` is of what ended. `last`: of a suspension that ended without a word on what
    follows, its last day. `because` are the measures that made it so: the measure itself first where it stands by itself; of a
    suspension that ended, the one that suspended first and the one that states its last day at the end.
    `stale`: of such a suspension, the last good read of who might have extended it, where that is too old to show it.
    """

    since: date
    until: date
    status: Status
    because: tuple[Cause, ...]
    why: Ending | None = None
    last: date | None = None
    stale: LastRead | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Lifecycle:
    """A measure, or the part of it that always shared one fate, and what became of it.

    `clauses`, `entities`, `items` and `destinations` are those of the part; `apart` are the clauses that have a life of their
    own. Of an act that is not `seen`, only what others say of it is known.
    """

    cause: Cause
    seen: bool
    clauses: tuple[str, ...] = ()
    apart: tuple[str, ...] = ()
    entities: tuple[Entity, ...] = ()
    items: tuple[Item, ...] = ()
    destinations: tuple[str, ...] = ()
    spans: tuple[Span, ...] = ()
    rank: Rank = (date.min, date.min, "", 0)

    @property
    def act(self) -> Announcement:
        """The act that the measure is part of."""
        return self.cause.act

    @property
    def measure(self) -> Measure:
        """The measure as the act has it."""
        return self.cause.measure

    def on(self, day: date) -> Span | None:
        """How it stands on a day; None before it was announced."""
        return next((span for span in self.spans if span.since <= day <= span.until), None)


@dataclass(frozen=True, slots=True)
class StatusOnDay:
    """A part of a measure and how it stood on the day that was asked for."""

    lifecycle: Lifecycle
    span: Span
