"""What on record a person may mean by a name, by goods or by a code: found as a screening finds it, and in no other way."""

from collections.abc import Container, Hashable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import takewhile

from monitor.history import ListingPeriod, OnRecord
from monitor.model import Entity, Item
from monitor.pipeline.asking import nearest
from monitor.pipeline.knowledge import Records, numbered
from monitor.pipeline.screen import CODE, TARIFF, Screened, check, entries_of
from monitor.pipeline.standing import things
from monitor.timeline import Lifecycle, MeasureQuery
from monitor.timeline.values import identities, identity
from monitor.watch import glosses
from monitor.watch.match import DEFAULT, Thresholds, WatchList

CHAPTER = 2  # characters, the least in which codes have to agree to come near each other


@dataclass(frozen=True, slots=True)
class Meant:
    """What is asked for, and whom and what on record that means: all of them where `entities` or `items` are None.

    `unread` are acts whose own lists could not be read and which may be about the goods; `hits` are the matches by which all were
    found.
    """

    asked: MeasureQuery
    entities: frozenset[Hashable] | None = None
    items: frozenset[Hashable] | None = None
    unread: frozenset[str] = frozenset()
    hits: tuple[Screened, ...] = ()

    @property
    def is_whole(self) -> bool:
        """Whether all on record is meant, or all of one register."""
        return self.entities is None and self.items is None and self.asked == MeasureQuery(register=self.asked.register)

    def meets(self, part: Lifecycle) -> bool:
        """Whether a part of a measure is about all that is asked."""
        named = self.entities is None or any(identity(entity) in self.entities for entity in part.entities)
        controlled = self.items is None or any(identity(item) in self.items for item in part.items)
        controlled = controlled or (part.act.key in self.unread and not things(part))
        return named and controlled and self.asked.meets(part)

    def narrowed(self, part: Lifecycle) -> Lifecycle:
        """The same, of whom and what it names only that which is meant."""
        named = tuple(entity for entity in part.entities if self.entities is None or identity(entity) in self.entities)
        return replace(part, entities=named, items=tuple(filter(self._means, part.items)))

    def _means(self, item: Item) -> bool:
        if self.items is not None:
            return identity(item) in self.items
        return not self.asked.item or self.asked.about(item)


def recall(text: str, records: Records, thresholds: Thresholds = DEFAULT) -> tuple[Screened, ...]:
    """The subjects on record that a word may mean, the surest first."""
    hits = check(entries_of(text), WatchList([], thresholds), records)
    return tuple(sorted(hits, key=lambda hit: -hit.match.score))


def rows_of(hits: Iterable[Screened]) -> tuple[OnRecord, ...]:
    """The records of whole registers among these, each once."""
    of_registers = (hit.on_record for hit in hits if hit.on_record and not hit.on_record.act)
    return tuple({(record.register, record.row, record.since): record for record in of_registers}.values())


def period(record: OnRecord) -> ListingPeriod:
    """For how long a record stood on its register."""
    name = " / ".join(dict.fromkeys(record.subject.names.values()))
    first = datetime.fromisoformat(record.since)
    gone, read_at, held = map(_moment, (record.gone, record.read_at, record.held))
    return ListingPeriod(record.register, record.row, name, first, gone, read_at, held, record.url)


def _moment(at: str | None) -> datetime | None:
    return datetime.fromisoformat(at) if at else None


def unread_acts(hits: Iterable[Screened]) -> frozenset[str]:
    """The acts among these whose own lists could not be read."""
    return frozenset(hit.on_record.act for hit in hits if hit.on_record and hit.on_record.unread)


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
    of_it = [hit for hit in hits if (identity(hit.match.subject) in own if own else _is_title(part, hit))]
    return max(of_it, key=lambda hit: hit.match.score, default=None)


def _is_title(part: Lifecycle, hit: Screened) -> bool:
    return bool(hit.on_record and hit.on_record.unread and hit.on_record.act == part.act.key)


def unknown(text: str, acts: Iterable[str], records: Records) -> str:
    """That nothing on record is called so, and what comes nearest: of codes, acts by their keys, names, words of our glossary."""
    if is_code(text):
        near = _nearest_code(text, records.subjects())
        why = "no act on record prints this code; goods that acts name in words alone are not found by it"
    else:
        near = _nearest_act(text, acts) or nearest(text, _called(records.subjects()))
        why = "nothing on record is called that"
    return f"{text}: {why}; {f'did you mean {near!r}?' if near else '`monitor status` lists the newest acts'}"


def is_code(text: str) -> bool:
    """Whether a word is a tariff number or a control code."""
    return bool(TARIFF.fullmatch(text) or CODE.fullmatch(text))


def _nearest_code(text: str, subjects: Iterable[Entity | Item]) -> str:
    """The code that begins as this one does, for as long as any does."""
    items = (subject for subject in subjects if isinstance(subject, Item))
    alike = {code: _alike(_plain(code), _plain(text)) for item in items for code in (*item.codes, *item.hs)}
    first = max(alike, key=lambda code: alike[code], default="")
    return first if first and alike[first] >= CHAPTER else ""


def _alike(one: str, other: str) -> int:
    """How many characters two codes begin with alike."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _plain(code: str) -> str:
    return code.replace(".", "").replace(" ", "").casefold()


def _nearest_act(text: str, acts: Iterable[str]) -> str:
    """Of the series and year that are named, the act whose number comes nearest."""
    asked = numbered(text)
    numbers = [(act, number) for act in acts for number in numbered(act)] if asked else []
    of_it = [
        (abs(number.number - asked[0].number), act)
        for act, number in numbers
        if number.year == asked[0].year and asked[0].series in ("", number.series)
    ]
    return min(of_it, default=(0, ""))[1]


def _called(subjects: Iterable[Entity | Item]) -> Iterator[str]:
    for subject in subjects:
        yield from subject.names.values()
        if isinstance(subject, Item):
            yield from glosses.words_of(subject)
