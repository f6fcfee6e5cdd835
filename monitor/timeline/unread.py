"""Find sentences of acts that were not understood, and the rows that they may change. No I/O.

A sentence is about the firms and goods on record that it names. If it names none, it is about the
acts that it names. Else it is about the lists that its act leaves otherwise unchanged.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from monitor import vocabulary
from monitor.model import Announcement, Entity, Item, Target, frozen
from monitor.timeline.values import (
    Cause,
    Hedge,
    Lifecycle,
    Path,
    Span,
    is_akin,
    list_codes,
    parse_clauses,
    parse_code,
)
from monitor.vocabulary.letters import SPACELESS_RANGE

FindActs = Callable[[Announcement, str], Iterable[Target]]  # those that a sentence names

ALONE = rf"{SPACELESS_RANGE}\uac00-\ud7af"  # letters that stand without spaces between words
WORD = re.compile(rf"[{ALONE}]|[^\W_{ALONE}]+")
CODE = re.compile(r"(?<![0-9A-Za-z.])\d[A-Ea-e]\d{3}(?:\.[0-9A-Za-z]{1,3})*(?![0-9A-Za-z])")
TEARING = ("sentence", "measure")  # what of a measure's own sentence may turn it
LEAST = 4  # letters by which a name is known in a sentence; of a script without spaces half


def find_no_acts(_act: Announcement, _quote: str) -> tuple[Target, ...]:
    """Find no acts, for callers that do not read which acts a sentence names."""
    return ()


Thing = tuple[type, int]  # a firm or goods of a part of a measure, by its place there
Row = tuple[int, Thing]  # of a part, by its place among the lives
ALL: Thing = (object, 0)  # all of a part


@frozen
class Doubt:
    """A sentence of an act that was not understood, and the day on which the act was `told`.

    `tears`: a measure that it quotes was not read to its end.
    """

    hedge: Hedge
    told: date
    tears: bool


def add_hedges(
    lifecycles: Sequence[Lifecycle],
    seen: Iterable[tuple[Announcement, datetime]],
    find_acts: FindActs,
) -> tuple[Lifecycle, ...]:
    """Add to each history the sentences that may change it, from the day of their acts."""
    doubts = [doubt for act, at in seen for doubt in _list_doubts(act, at)]
    if not doubts:
        return tuple(lifecycles)
    rows, found = _Rows(lifecycles), defaultdict[int, list[tuple[Doubt, Thing]]](list)
    for doubt in doubts:
        for place, thing in rows.of(doubt, find_acts):
            found[place].append((doubt, thing))
    torn = _find_torn(lifecycles, doubts)
    return tuple(
        _hedge(part, said, torn)
        for place, lifecycle in enumerate(lifecycles)
        for part, said in _split(lifecycle, found.get(place, ()))
    )


def _split(
    lifecycle: Lifecycle, found: Sequence[tuple[Doubt, Thing]]
) -> Iterator[tuple[Lifecycle, Sequence[Doubt]]]:
    """Split a part of a measure by the sentences that are about its names; yield each
    with these.
    """
    of: dict[Thing, list[Doubt]] = {thing: [] for thing in list_things(lifecycle)}
    told = [cause for span in lifecycle.spans for cause in span.changed]
    for doubt, thing in found:
        if not any(is_of(cause, doubt.hedge) for cause in told):
            for each in of if thing == ALL else [thing]:
                of[each].append(doubt)
    together: dict[tuple[Doubt, ...], list[Thing]] = defaultdict(list)
    for each, doubts in of.items():
        together[tuple(dict.fromkeys(doubts))].append(each)
    if len(together) == 1:
        yield lifecycle, next(iter(together))
        return
    for said, things in together.items():
        entities = tuple(lifecycle.entities[at] for kind, at in things if kind is Entity)
        items = tuple(lifecycle.items[at] for kind, at in things if kind is Item)
        yield replace(lifecycle, entities=entities, items=items), said


def list_things(lifecycle: Lifecycle) -> list[Thing]:
    """List the places of a part's firms and goods; of a part without any only itself."""
    entities: list[Thing] = [(Entity, at) for at in range(len(lifecycle.entities))]
    items: list[Thing] = [(Item, at) for at in range(len(lifecycle.items))]
    return [*entities, *items] or [ALL]


def _list_doubts(act: Announcement, seen: datetime) -> Iterator[Doubt]:
    told = vocabulary.day(act.published or "", act.authority)
    told = told or vocabulary.today(act.authority, seen)
    quotes = dict.fromkeys(part.quote for part in act.not_read if part.quote)
    torn = {part.quote for part in act.not_read if part.what in TEARING}
    for quote in quotes:
        # a sentence says more exactly than its paragraph what was not understood
        if not any(other != quote and other in quote for other in quotes):
            yield Doubt(Hedge(act, quote), told, quote in torn)


def _find_torn(
    lifecycles: Iterable[Lifecycle], doubts: Iterable[Doubt]
) -> Mapping[Cause, tuple[Doubt, ...]]:
    """Find the measures that were not understood to the end of their own sentence."""
    of_act = defaultdict[str, list[Doubt]](list)
    for doubt in doubts:
        if doubt.tears:
            of_act[doubt.hedge.act.key].append(doubt)
    return {
        cause: torn
        for cause in {lifecycle.cause for lifecycle in lifecycles}
        if (torn := tuple(_overlapping(cause, of_act.get(cause.act.key, ()))))
    }


def _overlapping(cause: Cause, doubts: Iterable[Doubt]) -> Iterator[Doubt]:
    return (doubt for doubt in doubts if is_of(cause, doubt.hedge))


def is_of(cause: Cause, hedge: Hedge) -> bool:
    """Return whether a sentence is that of a measure."""
    own = cause.measure.quote.strip() if cause.act.key == hedge.act.key else ""
    return bool(own) and (own in hedge.quote or hedge.quote in own)


def _hedge(
    lifecycle: Lifecycle, found: Sequence[Doubt], torn: Mapping[Cause, tuple[Doubt, ...]]
) -> Lifecycle:
    if not found and not any(cause in torn for span in lifecycle.spans for cause in span.because):
        return lifecycle
    return replace(
        lifecycle,
        spans=tuple(
            replace(span, hedges=tuple(_list_hedges(span, found, torn))) for span in lifecycle.spans
        ),
    )


def _list_hedges(
    span: Span, found: Sequence[Doubt], torn: Mapping[Cause, tuple[Doubt, ...]]
) -> Iterator[Hedge]:
    """The sentences that may change a status."""
    by_cause = (doubt for cause in span.because for doubt in torn.get(cause, ()))
    said = (doubt for doubt in found if doubt.told <= span.until)
    yield from dict.fromkeys(doubt.hedge for doubt in (*said, *by_cause))


class _Rows:
    """The lives by what a sentence may call them."""

    def __init__(self, lifecycles: Sequence[Lifecycle]) -> None:
        self._lifecycles = lifecycles
        self._called = defaultdict[str, set[tuple[tuple[str, ...], str, Row]]](set)
        self._coded = defaultdict[str, list[tuple[Path, Row]]](list)
        self._placed = defaultdict[Hashable, list[int]](list)
        for place, lifecycle in enumerate(lifecycles):
            self._placed[lifecycle.act.key].append(place)
            self._placed["register", lifecycle.measure.register].append(place)
            for at, item in enumerate(lifecycle.items):
                for path in list_codes(item):
                    self._coded["".join(path[:5])].append((path, (place, (Item, at))))
            for at, entity in enumerate(lifecycle.entities):
                for name in entity.spellings:
                    self._call(name, (place, (Entity, at)))

    def _call(self, name: str, row: Row) -> None:
        words = tuple(WORD.findall(unicodedata.normalize("NFKC", name)))
        letters = sum(len(word) * (2 if word[0] > "\u3000" else 1) for word in words)
        if letters >= LEAST:
            exact = words[0] if len(words) == 1 else ""  # one word may be a common one
            folded = tuple(word.casefold() for word in words)
            self._called[folded[0]].add((folded, exact, row))

    def of(self, doubt: Doubt, find_acts: FindActs) -> set[Row]:
        """Find the rows that a sentence may change: rows of its country, known by then."""
        act, quote = doubt.hedge.act, unicodedata.normalize("NFKC", doubt.hedge.quote)
        if named := self._meant(doubt, (*self._named(quote), *self._of_codes(quote))):
            return named
        of_acts = self._of_acts(find_acts(act, doubt.hedge.quote))
        return self._meant(doubt, of_acts) or self._meant(doubt, self._on_lists(act, quote))

    def _meant(self, doubt: Doubt, rows: Iterable[Row]) -> set[Row]:
        home = vocabulary.country_of(doubt.hedge.act.authority)
        return {
            (place, thing)
            for place, thing in rows
            if (lifecycle := self._lifecycles[place]).rank[1] <= doubt.told
            and vocabulary.country_of(lifecycle.act.authority) == home
        }

    def _named(self, quote: str) -> Iterator[Row]:
        words = WORD.findall(quote)
        folded = tuple(word.casefold() for word in words)
        for at, word in enumerate(folded):
            for name, exact, row in self._called.get(word, ()):
                if folded[at : at + len(name)] == name and exact in ("", words[at]):
                    yield row

    def _of_codes(self, quote: str) -> Iterator[Row]:
        for code in map(parse_code, CODE.findall(quote)):
            for path, row in self._coded.get("".join(code[:5]), ()):
                if is_akin(code, path):
                    yield row

    def _of_acts(self, named: Iterable[Target]) -> Iterator[Row]:
        for target in named:
            places = self._placed.get(target.key, [])
            of_clauses = [place for place in places if self._is_under(place, target)]
            yield from ((place, ALL) for place in of_clauses or places)

    def _is_under(self, place: int, target: Target) -> bool:
        own = parse_clauses(self._lifecycles[place].clauses)
        return any(is_akin(one, other) for one in parse_clauses(target.clauses) for other in own)

    def _on_lists(self, act: Announcement, quote: str) -> Iterator[Row]:
        changed = {measure.register for measure in act.measures}
        for code in vocabulary.find_registers(quote):
            if code not in changed:
                yield from ((place, ALL) for place in self._placed.get(("register", code), ()))
