"""What on record a person may mean by a name, by goods or by a code: found as a screening finds it, and in no other way."""

from collections.abc import Container, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from monitor.history import ListingPeriod, OnRecord
from monitor.model import Announcement, Item
from monitor.pipeline.asking import nearest
from monitor.pipeline.screen import Screened, check, entries_of
from monitor.pipeline.standing import identities, identity, things
from monitor.timeline import Asked, Lifecycle
from monitor.watch.match import DEFAULT, Thresholds, WatchList


@dataclass(frozen=True, slots=True)
class Meant:
    """What is asked for, and whom and what on record that means: all of them where `entities` or `items` are None.

    `hits` are the matches by which they were found.
    """

    asked: Asked
    entities: frozenset[Hashable] | None = None
    items: frozenset[Hashable] | None = None
    hits: tuple[Screened, ...] = ()

    def meets(self, part: Lifecycle) -> bool:
        """Whether a part of a measure is about all that is asked."""
        named = self.entities is None or any(identity(entity) in self.entities for entity in part.entities)
        controlled = self.items is None or any(identity(item) in self.items for item in part.items)
        return named and controlled and self.asked.meets(part)

    def narrowed(self, part: Lifecycle) -> Lifecycle:
        """The same, of whom and what it names only that which is meant."""
        named = tuple(entity for entity in part.entities if self.entities is None or identity(entity) in self.entities)
        return replace(part, entities=named, items=tuple(filter(self._means, part.items)))

    def _means(self, item: Item) -> bool:
        if self.items is not None:
            return identity(item) in self.items
        return not self.asked.item or self.asked.about(item)


def recall(text: str, records: Sequence[OnRecord], thresholds: Thresholds = DEFAULT) -> tuple[Screened, ...]:
    """The subjects on record that a word may mean, the surest first."""
    hits = check(entries_of(text), WatchList([], thresholds), records)
    return tuple(sorted(hits, key=lambda hit: -hit.match.score))


def rows_of(hits: Iterable[Screened]) -> tuple[OnRecord, ...]:
    """The records of whole registers among these, each once."""
    of_registers = (hit.on_record for hit in hits if hit.on_record and not hit.on_record.act)
    return tuple({(record.register, record.row, record.since): record for record in of_registers}.values())


def period(record: OnRecord) -> ListingPeriod:
    """For how long a record stood on its register."""
    gone = datetime.fromisoformat(record.gone) if record.gone else None
    name = " / ".join(dict.fromkeys(record.subject.names.values()))
    return ListingPeriod(record.register, record.row, name, datetime.fromisoformat(record.since), gone)


def names_any(part: Lifecycle, wanted: Container[Hashable]) -> bool:
    """Whether a part of a measure names any of these."""
    return any(identity(thing) in wanted for thing in things(part))


def narrowed(part: Lifecycle, wanted: Container[Hashable]) -> Lifecycle:
    """The same part with these alone."""
    named = tuple(entity for entity in part.entities if identity(entity) in wanted)
    return replace(part, entities=named, items=tuple(item for item in part.items if identity(item) in wanted))


def surest(part: Lifecycle, hits: Iterable[Screened]) -> Screened | None:
    """The surest of the matches by which a part was found; None where it was not found by a name."""
    own = identities(things(part))
    return max((hit for hit in hits if identity(hit.match.subject) in own), key=lambda hit: hit.match.score, default=None)


def nearest_name(text: str, acts: Iterable[Announcement], records: Iterable[OnRecord]) -> str:
    """`; did you mean …?`: what is on record that comes nearest, of acts, names and codes; "" where nothing does."""
    near = nearest(text, _called(acts, records))
    return f"; did you mean {near!r}?" if near else ""


def _called(acts: Iterable[Announcement], records: Iterable[OnRecord]) -> Iterator[str]:
    for act in acts:
        yield act.key
    for record in records:
        yield from record.subject.names.values()
        if isinstance(record.subject, Item):
            yield from (*record.subject.codes, *record.subject.hs)
