"""The words by which an act is understood, and where they stand in the words of its page."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from monitor.evidence.verify import parts
from monitor.model import Announcement, Entity, Item, Measure, Report

SHORTEST = 2  # characters, the least that is worth looking for


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a page, and of what in the act they are the proof (`measures[0].starts`)."""

    of: str
    words: str


def quotes(fact: Announcement | Report) -> Iterator[Quote]:
    """Every quote of an act in the order of its text; a name or a thing without words of its own is quoted by its name."""
    if isinstance(fact, Announcement):
        for number, measure in enumerate(fact.measures):
            yield from _of_measure(f"measures[{number}]", measure)
        for number, part in enumerate(fact.not_read):
            yield from _quote(f"not_read[{number}]", part.quote)
    else:
        yield from _things("mentions.entities", fact.mentions.entities)


def _of_measure(place: str, measure: Measure) -> Iterator[Quote]:
    yield from _quote(place, measure.quote)
    for name, day in (("starts", measure.starts), ("ends", measure.ends)):
        yield from _quote(f"{place}.{name}", day.quote if day else "")
    yield from _things(f"{place}.entities", measure.entities)
    yield from _things(f"{place}.items", measure.items)


def _things(place: str, things: Sequence[Entity | Item]) -> Iterator[Quote]:
    for number, thing in enumerate(things):
        yield from _quote(f"{place}[{number}]", thing.quote or next(iter(thing.names.values()), ""))


def _quote(place: str, words: str) -> Iterator[Quote]:
    if len("".join(words.split())) >= SHORTEST:
        yield Quote(place, words)


class Words:
    """The words of a page, in which a quote is found whatever white space and line breaks stand between its characters."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._kept = [place for place, letter in enumerate(text) if not letter.isspace()]
        self._squeezed = "".join(text[place] for place in self._kept)

    def place(self, quote: str, after: int = 0) -> tuple[int, int] | None:
        """From where to where the quote stands, not before that place unless it stands nowhere else; None where it does not.

        Of one with gaps from its first part to its last, as near to its longest part as they stand.
        """
        said = parts(quote)
        start = bisect_left(self._kept, after)
        span = (self._span(said, start) or self._span(said, 0)) if said else None
        return (self._kept[span[0]], self._kept[span[1] - 1] + 1) if span else None

    def _span(self, said: list[str], start: int) -> tuple[int, int] | None:
        longest = max(range(len(said)), key=lambda number: len(said[number]))
        first = self._squeezed.find(said[longest], start)
        last = first + len(said[longest])
        for part in reversed(said[:longest]):
            first = self._squeezed.rfind(part, 0, first) if first >= 0 else first
        for part in said[longest + 1 :]:
            begins = self._squeezed.find(part, last)
            first, last = (first, begins + len(part)) if begins >= 0 else (begins, last)
        return (first, last) if first >= 0 else None
