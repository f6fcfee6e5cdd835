"""All that is on record, each part loaded on first use; a caller with many queries keeps it
between them.
"""

import re
import time
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from functools import cached_property

from monitor import vocabulary
from monitor.ask.coverage import Coverage, load_coverage
from monitor.config.outward import note
from monitor.errors import NamesUnread, StoreError
from monitor.model import Announcement, Edition, Entity, Fact, Item, LastRead, RowAction, frozen
from monitor.render.dates import format_date
from monitor.render.words import name_acts
from monitor.source.schedule import Freshness
from monitor.store import (
    History,
    NamesOnRecord,
    OnRecord,
    acts,
    names,
    registers,
    sightings,
    watched,
)
from monitor.timeline import Lifecycle, Timeline
from monitor.timeline.timeline import Law
from monitor.timeline.values import make_identities
from monitor.vocabulary import PerVocabulary, Vocabulary
from monitor.vocabulary.letters import HAN, bare
from monitor.watch import glosses
from monitor.watch.entries import Entry, list_owners
from monitor.watch.match import (
    ALONE,
    AllListed,
    Beside,
    Pairing,
    WatchList,
    find_asked_for,
    has_owner_share,
    screen_entry,
    screen_fact,
)
from monitor.watch.values import ScreeningResult

# Finds the acts a person means: by key, number, title or address, or by numbers as acts and
# messages write them.

NUMBERS = r"Nos?\.?\s*(?P<numbers>\d{1,4}(?:(?:,\s*|\s+and\s+)(?:Nos?\.?\s*)?\d{1,4})*)\s+of\s+(?P<year>\d{4})"
SHORT = re.compile(
    r"(?:no\.? ?)?(?P<number>\d{1,4}) ?(?:/|of) ?(?P<year>(?:19|20)\d{2})", re.IGNORECASE
)
KEY = re.compile(r"(?P<series>.+)-(?P<year>\d{4})-(?P<number>\d+)")
BRACKETS = str.maketrans("〔〕（）", "[]()")
TITLE = 8  # letters, the least by which a title is known
# how one of ours stands elsewhere, by what is done to it here
STANDING: Mapping[RowAction | None, str] = {RowAction.ADD: "also on", RowAction.REMOVE: "still on"}


def _compile_numbers(known: Vocabulary) -> re.Pattern[str]:
    labels = "|".join(
        sorted((re.escape(series.label) for series in known.series.values()), key=len, reverse=True)
    )
    return re.compile(rf"(?:(?P<label>{labels})\s+)?\b{NUMBERS}", re.IGNORECASE)


_ours = PerVocabulary(_compile_numbers)
# A number without its year, as people say it: `MOFCOM No. 61`, `第61号`.
YEARLESS = re.compile(
    r"(?:(?P<label>\D{2,40}?)\s+)?(?:no\.?\s*(?P<number>\d{1,4})|第?(?P<han>\d{1,4})号)",
    re.IGNORECASE,
)


@frozen
class Numbered:
    """An act by its number; `series` is empty if not given."""

    series: str
    year: int
    number: int

    def is_of(self, key: str) -> bool:
        """Return whether an act of this key has that number."""
        parts = KEY.fullmatch(key)
        if parts is None or (int(parts["year"]), int(parts["number"])) != (self.year, self.number):
            return False
        return not self.series or parts["series"] == self.series


def parse_numbered_acts(text: str) -> list[Numbered]:
    """The acts that a text names by number: `MOFCOM No. 55, 56 and 57 of 2025`,
    `商务部公告2025年第61号`, `mofcom-2025-61`, `61/2025`.
    """
    if key := KEY.fullmatch(text) or SHORT.fullmatch(text):
        series = key.groupdict().get("series") or ""
        return [Numbered(series, int(key["year"]), int(key["number"]))]
    numbered_acts = dict.fromkeys((*_parse_our_numbers(text), *_parse_printed_numbers(text)))
    whose = {(act.year, act.number) for act in numbered_acts if act.series}
    return [act for act in numbered_acts if act.series or (act.year, act.number) not in whose]


def _parse_our_numbers(text: str) -> Iterator[Numbered]:
    series = {
        label_series.label.casefold(): code
        for code, label_series in vocabulary.current().series.items()
    }
    for match in _ours().finditer(text):
        for number in re.findall(r"\d+", match["numbers"]):
            yield Numbered(
                series.get((match["label"] or "").casefold(), ""), int(match["year"]), int(number)
            )


def _parse_printed_numbers(text: str) -> Iterator[Numbered]:
    from monitor.extract.named import find_numbers  # noqa: PLC0415 - takes long to load

    text = text.translate(BRACKETS) if HAN.search(text) else text
    yield from (Numbered(*number) for number in find_numbers(text))


class NamedActs:
    """Acts by what people call them; `unseen` are those that are known by their keys alone."""

    def __init__(self, acts: Iterable[Announcement], unseen: Iterable[str] = ()) -> None:
        self._titles: list[tuple[str, str]] = []
        self._called: dict[str, set[str]] = defaultdict(set)
        self._keys = set(unseen)
        for act in acts:
            self._keys.add(act.key)
            self._titles.append((bare(act.title), act.key))
            for word in (
                bare(act.number or ""),
                bare(act.title),
                act.url,
                *(annex.url for annex in act.attachments),
            ):
                self._called[word].add(act.key)
        self._called.pop("", None)

    def named(self, text: str) -> set[str]:
        """Find the keys of acts in a text: by key, number, title or its beginning, or address."""
        if text in self._keys:  # what is a key is no number and no title
            return {text}
        return (
            self._called.get(text, set()) | self._called.get(bare(text), set())
            or {key for act in parse_numbered_acts(text) for key in self._keys if act.is_of(key)}
            or self._of_any_year(text)
            or {key for title, key in self._titles if is_title_beginning(title, text)}
        )

    def _of_any_year(self, text: str) -> set[str]:
        """Find the acts of a number without its year."""
        asked = YEARLESS.fullmatch(text)
        if asked is None:
            return set()
        label, number = (asked["label"] or "").casefold(), int(asked["number"] or asked["han"])
        codes = {
            code
            for code, series in vocabulary.current().series.items()
            if label in ("", series.label.casefold())
        }
        known = ((KEY.fullmatch(key), key) for key in self._keys)
        return {
            key
            for parts, key in known
            if parts and int(parts["number"]) == number and parts["series"] in codes
        }


def is_title_beginning(title: str, text: str) -> bool:
    """Return whether a text is a bare title, or enough of it, as after truncation."""
    asked = bare(text.rstrip("…"))
    return len(asked) >= TITLE and asked in title


# All on record, searchable by name: by the history's index, or by a walk over loaded data. Both
# find the same.

UNREAD = (
    "names are made ready to be searched, those of {:,} records are left, and nothing is said of"
    " any before: ask again soon"
)
PAUSE = 0.15  # seconds in which another process may begin to write


def make_names_ready(history: History) -> None:
    """Update the tables of names before a search; if that takes long, print so on stderr.

    Raises:
        NamesUnread: this transaction sees an earlier state.
        StoreError: the store can't be written from here.
    """
    if history(names.count_lag):
        with history.to_write() as writer:
            while left := writer(names.make_some):
                note(f"names on record are made ready to be searched: {left:,} records are left")
                time.sleep(PAUSE)
        if lacking := history(names.count_lag):
            raise NamesUnread(UNREAD.format(lacking))


class AllRecords(AllListed):
    """All past subjects of acts and registers, loaded in memory and searchable by place."""

    def __init__(self, records: Sequence[OnRecord]) -> None:
        super().__init__(
            [record.subject for record in records], [record.register for record in records]
        )
        self._records = records

    def __len__(self) -> int:
        return len(self._records)

    @contextmanager
    def open(self) -> "Iterator[AllRecords]":
        """Open all records for a search in the block."""
        yield self

    def records(self, places: Sequence[int]) -> Mapping[int, OnRecord]:
        """The records at some places."""
        return {place: self._records[place] for place in places}

    def glossed(self, text: str) -> frozenset[Hashable]:
        """List the goods whose Chinese names our glossary translates with this word."""
        return find_glossed_goods(text, self.subjects())

    def subjects(self) -> Iterator[Entity | Item]:
        """Iterate over all subjects."""
        return (record.subject for record in self._records)


class KeptRecords:
    """All records from a history's index, which loads only possible matches."""

    def __init__(self, history: History) -> None:
        self._history = history
        self._in_memory: AllRecords | None = None

    def __len__(self) -> int:
        """Count the subjects."""
        walked = self._walked()
        return self._history(names.count) if walked is None else len(walked)

    @contextmanager
    def open(self) -> "Iterator[Searched]":
        """Yield the searchable whole; no other query of the history runs in the block."""
        if (walked := self._walked()) is not None:
            yield walked
        else:
            with self._history.transaction() as session:
                yield names.open_names_on_record(session)

    def _walked(self) -> AllRecords | None:
        """Return all records in memory, if the tables are out of date and can't be written from
        here.
        """
        if self._in_memory is None:
            try:
                make_names_ready(self._history)
            except NamesUnread:
                raise
            except StoreError:
                self._in_memory = AllRecords(list(self._history.walk(watched.walk_records)))
        return self._in_memory

    def glossed(self, text: str) -> frozenset[Hashable]:
        if (walked := self._walked()) is not None:
            return walked.glossed(text)
        with self._history.transaction() as session:
            kept = names.open_names_on_record(session)
            found = kept.records(sorted(kept.under(glosses.make_end_key(text))))
            return find_glossed_goods(text, (record.subject for record in found.values()))

    def subjects(self) -> Iterator[Entity | Item]:
        return self._history.walk(watched.walk_subjects)


Records = AllRecords | KeptRecords
Searched = AllRecords | NamesOnRecord


def find_glossed_goods(text: str, things: Iterable[Entity | Item]) -> frozenset[Hashable]:
    """List the goods whose Chinese names our glossary translates with this word: `batteries`,
    `diamond`, `grinding wheel`.
    """
    return make_identities(
        thing for thing in things if isinstance(thing, Item) and glosses.is_called(thing, text)
    )


class Knowledge:
    """The history's knowledge at one state, and its age; a changed history needs another."""

    def __init__(self, history: History, freshness: Freshness | None = None) -> None:
        self.history = history
        self.freshness = freshness

    @cached_property
    def law(self) -> Law:
        """All acts on record and what follows from them."""
        return self.history(sightings.load_law)

    @cached_property
    def stale(self) -> Mapping[str, LastRead]:
        """The authorities of acts on record that were not read lately, each with its last good
        read.
        """
        return (
            self.freshness.all_stale(self.history(acts.count_by_authority))
            if self.freshness
            else {}
        )

    @cached_property
    def registers(self) -> frozenset[str]:
        """The codes of the registers that were read whole."""
        return frozenset(code for code, _ in self.history(registers.load_read_times).values())

    @cached_property
    def covered(self) -> Coverage | None:
        """The coverage of a negative answer; None if the sources are unknown."""
        if (fresh := self.freshness) is None:
            return None
        return load_coverage(self.history, fresh.sources, fresh.now, fresh.patience)

    @cached_property
    def timeline(self) -> Timeline:
        """The law as it is known now."""
        return (
            self.law.timeline.as_seen(self.freshness.last_read)
            if self.freshness
            else self.law.timeline
        )

    def known_on(self, day: date | None, asked: date) -> Timeline:
        """Return the law as known at the end of a day (None: now), for a question about a day."""
        then = self.law.known_on(day) if day else self.law.timeline
        if not (fresh := self.freshness):
            return then
        return then.as_seen((fresh.at_end_of(day) if day else fresh).about(asked).last_read)

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
        return KeptRecords(self.history)


# Does an act touch us: what others on record add to what the act alone says.


def screen_with_others(
    act: Announcement,
    watch: WatchList,
    earlier: Mapping[str, Announcement],
    records: Records,
) -> ScreeningResult | None:
    """Screen an act with what others on record add; None without a list."""
    alone = screen_fact(act, watch, earlier)
    beside = look_beside(records, watch, [(act, alone)], earlier)
    return alone if beside == ALONE else screen_fact(act, watch, earlier, beside)


def look_beside(
    records: Records,
    watch: WatchList,
    results: Sequence[tuple[Fact | Edition, ScreeningResult | None]],
    earlier: Mapping[str, Announcement],
) -> Beside:
    """Find what other records add to results.

    First: owners that hold half of an entry together with a minority owner. Second: materials that
    acts ask for in goods that the facts list without a code.
    """
    minor = {
        one.key
        for _, result in results
        if result
        for one in result.possible
        if one.tie and one.tie.owner
    }
    touched = [
        entry for entry in watch.entries if entry.key in minor and len(list_owners(entry)) > 1
    ]
    owners: dict[str, set[str]] = {}
    for pairing in (
        filter(has_owner_share, list_standing_pairings(records, touched, watch)) if touched else ()
    ):
        owners.setdefault(pairing.entry.key, set()).add(pairing.tie.owner)
    lists = dict[str, str]()
    for fact, result in results:
        if isinstance(fact, Edition) and result:
            lists |= _find_other_lists(records, watch, fact, result)
    if not watch.products:
        return Beside(owners, lists=lists)
    with records.open() as searched:
        asked_for = find_asked_for([fact for fact, _ in results], watch, searched, earlier)
    return Beside(owners, asked_for, lists)


def _find_other_lists(
    records: Records, watch: WatchList, edition: Edition, result: ScreeningResult
) -> dict[str, str]:
    """Map entries that a list takes off or puts on to the other lists on which they stand, or which
    they left on the day of the last read.
    """
    actions = {change.name: change.action for change in edition.changes}
    done = {hit.key: actions.get(hit.subject) for hit in result.found}
    lists = dict[str, str]()
    touched = [entry for entry in watch.entries if done.get(entry.key) in STANDING]
    for one, record in _list_pairings(records, touched, watch):
        key, gone = one.entry.key, (record.gone or "")[:10]
        if record.act or record.register == edition.register or not one.tie.is_certain:
            continue
        where = f"the {vocabulary.register(record.register)}"
        told = "" if gone else f"{STANDING[done[key]]} {where}"
        if gone == record.read_at[:10] and done[key] is RowAction.ADD:
            told = f"off {where} since {format_date(gone)}"
        if told not in lists.get(key, ""):
            lists[key] = f"{lists.get(key, '')}; {told}"
    return lists


def list_standing_pairings(
    records: Records, entries: Iterable[Entry], watch: WatchList
) -> list[Pairing]:
    """List the subjects that entries may match and where they are listed, without titles of acts
    with unread lists.
    """
    return [
        _name_place(pairing, record)
        for pairing, record in _list_pairings(records, entries, watch)
        if not (record.unread or record.gone)
    ]


def _list_pairings(
    records: Records, entries: Iterable[Entry], watch: WatchList
) -> list[tuple[Pairing, OnRecord]]:
    with records.open() as searched:
        found = [placed for entry in entries for placed in screen_entry(entry, searched, watch)]
        on_record = searched.records([place for place, _ in found])
        return [(pairing, on_record[place]) for place, pairing in found]


def _name_place(pairing: Pairing, record: OnRecord) -> Pairing:
    """Add to the reason where the subject is listed: `on the Unreliable Entity List (UEL Notice No.
    10 of 2025)`.
    """
    act = name_acts([record.act]) if record.act else ""
    named = f"on the {vocabulary.register(record.register)}" if record.register else ""
    place = f"{named} ({act})" if named and act else named or f"in {act}"
    return pairing.replace(reason=f"{pairing.reason}; {place}")
