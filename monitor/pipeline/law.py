"""The law as far as somebody asks: of what is on record only the acts that it concerns are read, and those on which their fate
hangs. What is found in this way is what a timeline of all acts would have.
"""

from collections.abc import Callable, Collection, Container, Hashable, Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby, islice
from operator import itemgetter
from typing import Generic, TypeVar, overload

from monitor.errors import StoreMoved
from monitor.history import History, PartPlace
from monitor.model import LastRead
from monitor.timeline import Lifecycle, MeasureQuery, Status, StatusOnDay, Timeline, known
from monitor.timeline.clues import Clue, levels, of_identities, upper
from monitor.timeline.names import code

R = TypeVar("R")
T = TypeVar("T")
AT_ONCE = 100  # parts whose lives are told together
KNOTS = 100  # that are told together
STATUSES = list(Status)
BETWEEN = "\t"  # the words of a line; less than whatever is in them


Stale = Callable[[str], LastRead | None]  # the last good read of an authority, where that is too old


def none_stale(_authority: str) -> None:
    """For whoever claims nothing about now."""


class Law:
    """The law of a history, as it is known now or was `known_on` a day. One that has moved since needs another.

    `stale` says of whom nothing can be claimed about now, since they were not read lately.
    """

    def __init__(self, history: History, known_on: date | None = None, stale: Stale = none_stale) -> None:
        self._history = history
        self._known_on = known_on
        self._stale = stale
        self._reaches = history.law_reaches()

    def around(self, keys: Collection[str]) -> Timeline:
        """All on which the fate of these acts hangs, and more."""
        return self._timeline(self._history.knots_of(keys))

    def naming(self, identities: Iterable[Hashable], acts: Collection[str] = ()) -> Timeline:
        """All that may name one of these, and these acts, and all on which its fate hangs, and more."""
        return self._timeline(self._naming(identities) | self._history.knots_of(acts))

    def about(
        self,
        asked: MeasureQuery,
        entities: Iterable[Hashable] | None = None,
        items: Iterable[Hashable] | None = None,
        unread: Collection[str] = (),
    ) -> Timeline:
        """All that may be about what is asked, and all on which its fate hangs, and more.

        Where entities or items are named it is about one of them; acts that are `unread` may be about any items.
        """
        knots = list(self._asked(asked))
        if entities is not None:
            knots.append(self._naming(entities))
        if items is not None:
            knots.append(self._naming(items) | self._history.knots_of(unread))
        return self._timeline(set.intersection(*knots))

    def _asked(self, asked: MeasureQuery) -> Iterator[set[int]]:
        """For each thing that is asked, the knots in which something may be about it."""
        if asked.register:
            yield self._history.knots_with(Clue.ON, [asked.register])
        if asked.destination:
            yield self._history.knots_with(Clue.TO, [asked.destination.upper()])
        if asked.item:
            yield self._coded(asked.item)

    def _coded(self, text: str) -> set[int]:
        path = code(text)
        if not path:
            return set()
        return self._history.knots_with(Clue.CODE, upper(path)) | self._history.knots_under(Clue.CODE, levels(path))

    def _naming(self, identities: Iterable[Hashable]) -> set[int]:
        by_kind = groupby(sorted(set(of_identities(identities))), itemgetter(0))
        knots = (self._history.knots_with(kind, [word for _, word in some]) for kind, some in by_kind)
        return set[int]().union(*knots)

    def standing(self, day: date, register: str = "") -> "OnDay":
        """How all that is more than a change of others stood on a day; or all that is on a register, also what had ended."""
        if self._known_on is None:
            parts = self._history.parts_standing(day, register)
            return OnDay(self.parts(parts), day)
        lines = self._as_was_known(day, register)
        return OnDay(Parts(lines, _places, lambda act: {line for line in lines if _act(line) == act}, self._told), day)

    def _as_was_known(self, day: date, register: str) -> list[str]:
        """What follows from acts as they were known then has to be told of all of them: a line each, since they may be many."""
        knots = self._history.knots_with(Clue.ON, [register]) if register else self._history.knots()
        stood = list[str]()
        for some in _together(knots, KNOTS):
            knot_of = self._history.knots_by_act(some)
            timeline = self._timeline(some)
            numbers = dict(timeline.placed())
            for on_day in timeline.on(day, MeasureQuery(register=register) if register else None):
                life = on_day.lifecycle
                since = "" if register else on_day.span.since.isoformat()
                stood.append(_line(on_day, since, PartPlace(knot_of[life.act.key], life.rank, numbers[life])))
        return sorted(stood)

    def first_day(self, register: str) -> date | None:
        """The first day of anything on a register; None where nothing ever was."""
        if self._known_on is None:
            return self._history.first_day_on(register)
        lives = self.about(asked := MeasureQuery(register=register)).that(asked.meets)
        return min((life.spans[0].since for life in lives), default=None)

    def everywhere(self, day: date) -> int:
        """How many of the parts that stood on a day name no destination."""
        if self._known_on is None:
            return self._history.parts_anywhere(day)
        timelines = map(self._timeline, _together(self._history.knots(), KNOTS))
        return sum(not on_day.lifecycle.destinations for timeline in timelines for on_day in timeline.on(day))

    def turning(self, since: date, until: date) -> Iterator[Timeline]:
        """All in which something changes between two days, some at a time."""
        return map(self._timeline, _together(sorted(self._history.knots_dated(since, until)), KNOTS))

    def parts(self, numbers: Sequence[int]) -> "Parts[int]":
        """Parts by their numbers."""
        return Parts(numbers, self._history.places, self._history.parts_of, self._told)

    def _told(self, places: Collection[PartPlace]) -> list[Lifecycle]:
        timeline = self._timeline({place.knot for place in places})
        if self._history.law_reaches() != self._reaches:  # a number may be that of another part by now
            raise StoreMoved("more became known while this was told, which might lack some of it: ask again")
        at = {(life.rank, number): life for life, number in timeline.placed()}
        return [at[place.rank, place.number] for place in places]

    def _timeline(self, knots: Iterable[int]) -> Timeline:
        return Timeline(known(self._history.sightings_in(knots), self._known_on)).as_seen(self._stale)


class Parts(Sequence[Lifecycle], Generic[R]):
    """Parts of measures in an order, each of them where `refs` say; their lives are told when somebody looks at them.

    Raises:
        StoreMoved: from whatever tells of lives, if more is known by then than when the law was first asked.
    """

    def __init__(
        self,
        refs: Sequence[R],
        places: Callable[[Sequence[R]], list[PartPlace]],
        of_act: Callable[[str], Container[R]],
        lives: Callable[[Collection[PartPlace]], list[Lifecycle]],
    ) -> None:
        self._refs, self._places, self._of_act, self._lives = refs, places, of_act, lives

    def __len__(self) -> int:
        return len(self._refs)

    @overload
    def __getitem__(self, place: int) -> Lifecycle: ...

    @overload
    def __getitem__(self, place: slice) -> list[Lifecycle]: ...

    def __getitem__(self, place: int | slice) -> Lifecycle | list[Lifecycle]:
        if isinstance(place, int):
            return self._told([self._refs[place]])[0]
        return [life for some in _together(self._refs[place], AT_ONCE) for life in self._told(some)]

    def __iter__(self) -> Iterator[Lifecycle]:
        return (life for some in _together(self._refs, AT_ONCE) for life in self._told(some))

    def from_act(self, act: str) -> "Parts[R]":
        """Those from the first part of an act on; none where it has none."""
        own = self._of_act(act)
        first = next((place for place, ref in enumerate(self._refs) if ref in own), len(self))
        return Parts(self._refs[first:], self._places, self._of_act, self._lives)

    def _told(self, refs: Sequence[R]) -> list[Lifecycle]:
        return self._lives(self._places(refs))


class OnDay(Sequence[StatusOnDay]):
    """Parts of measures, as they stood on a day."""

    def __init__(self, parts: Parts[int] | Parts[str], day: date) -> None:
        self._parts, self._day = parts, day

    def __len__(self) -> int:
        return len(self._parts)

    @overload
    def __getitem__(self, place: int) -> StatusOnDay: ...

    @overload
    def __getitem__(self, place: slice) -> list[StatusOnDay]: ...

    def __getitem__(self, place: int | slice) -> StatusOnDay | list[StatusOnDay]:
        if isinstance(place, int):
            return next(self._on_day([self._parts[place]]))
        return list(self._on_day(self._parts[place]))

    def __iter__(self) -> Iterator[StatusOnDay]:
        return self._on_day(self._parts)

    def from_act(self, act: str) -> "OnDay":
        """Those from the first part of an act on; none where it has none."""
        return OnDay(self._parts.from_act(act), self._day)

    def _on_day(self, lives: Iterable[Lifecycle]) -> Iterator[StatusOnDay]:
        return (StatusOnDay(life, span) for life in lives if (span := life.on(self._day)))


def _line(on_day: StatusOnDay, since: str, place: PartPlace) -> str:
    """How a part stood, and where it is, in such words that lines come in the order of an answer."""
    begins, told, act, measure = place.rank
    status, published = STATUSES.index(on_day.span.status), on_day.lifecycle.act.published or ""
    days = since, begins.isoformat(), told.isoformat()
    return BETWEEN.join((str(status), published, act, *days, f"{measure:06}", f"{place.number:06}", str(place.knot)))


def _places(lines: Sequence[str]) -> list[PartPlace]:
    """Where the parts of such lines are."""
    return list(map(_place, lines))


def _place(line: str) -> PartPlace:
    _, _, act, _, begins, told, measure, number, knot = line.split(BETWEEN)
    return PartPlace(int(knot), (date.fromisoformat(begins), date.fromisoformat(told), act, int(measure)), int(number))


def _act(line: str) -> str:
    return line.split(BETWEEN, 3)[2]


def _together(things: Iterable[T], most: int) -> Iterator[list[T]]:
    """The things in their order, so many at a time."""
    left = iter(things)
    while some := list(islice(left, most)):
        yield some
