"""The words by which an act is understood, and where they stand in the words of its page."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

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
        """From where to where the quote stands, not before that place unless it stands nowhere else; None where it does not."""
        wanted = "".join(quote.split())
        start = bisect_left(self._kept, after)
        begins = self._squeezed.find(wanted, start)
        if begins < 0:
            begins = self._squeezed.find(wanted)
        if not wanted or begins < 0:
            return None
        return self._kept[begins], self._kept[begins + len(wanted) - 1] + 1
