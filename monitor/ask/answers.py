"""Questions to the history and their answers, as values: a caller needs neither the store nor its
rules. Each function takes a History, which may be read-only, and writes nothing.
"""

from collections.abc import Collection, Container, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import field, replace
from datetime import date, datetime
from itertools import chain
from operator import attrgetter

from rapidfuzz.distance import Prefix

from monitor import vocabulary
from monitor.ask.absences import Absence, word_absence
from monitor.ask.asking import suggest_name
from monitor.ask.knowledge import Knowledge, Records, parse_numbered_acts
from monitor.ask.screen import Screened, check, find_uncoded, is_code, make_entries
from monitor.ask.standing import list_subjects, name_of_row
from monitor.config.redact import clean
from monitor.errors import MonitorError
from monitor.model import Announcement, Entity, Item, KeyDate, KeyDateKind, LastRead, frozen
from monitor.render import dates, words
from monitor.render.text import join_words
from monitor.store import OnRecord, RegisterStatus, registers, watched
from monitor.timeline import Lifecycle, MeasureQuery, Status, StatusOnDay, Timeline
from monitor.timeline.timeline import Law
from monitor.timeline.values import make_identities, make_identity
from monitor.vocabulary.authorities import country_of
from monitor.vocabulary.letters import fold_code
from monitor.watch import glosses
from monitor.watch.entries import Product
from monitor.watch.match import DEFAULT, Thresholds, WatchList
from monitor.watch.values import MatchVerdict

# What a name, goods or a code means on record: the same search as in a screening.

# characters, the least in which control codes, and HS numbers, agree that come near each other
CHAPTER, HEADING = 2, 4


@frozen
class Meant:
    """A query with its subjects on record; None in `entities` or `items` means all. `unread` are
    acts with unread lists that may be about the goods; `hits` are the matches that found all.
    """

    asked: MeasureQuery
    entities: frozenset[Hashable] | None = None
    items: frozenset[Hashable] | None = None
    unread: frozenset[str] = frozenset()
    hits: tuple[Screened, ...] = ()

    @property
    def is_whole(self) -> bool:
        """Return whether the query means all on record, or all of one register."""
        return (
            self.entities is None
            and self.items is None
            and self.asked == MeasureQuery(register=self.asked.register)
        )

    def meets(self, part: Lifecycle) -> bool:
        """Return whether a part of a measure is about the whole query."""
        named = self.entities is None or any(
            make_identity(entity) in self.entities for entity in part.entities
        )
        controlled = self.items is None or any(
            make_identity(item) in self.items for item in part.items
        )
        controlled = controlled or (part.act.key in self.unread and not list_subjects(part))
        return named and controlled and self.asked.meets(part)

    def narrowed(self, part: Lifecycle) -> Lifecycle:
        """Return the same part with only the query's names and goods."""
        named = tuple(
            entity
            for entity in part.entities
            if self.entities is None or make_identity(entity) in self.entities
        )
        scores = {make_identity(hit.match.subject): -hit.match.score for hit in self.hits[::-1]}
        named = tuple(sorted(named, key=lambda entity: scores.get(make_identity(entity), 0.0)))
        coded = self.asked if self.asked.item else None
        controlled = tuple(
            item
            for item in part.items
            if (
                make_identity(item) in self.items
                if self.items is not None
                else coded is None or coded.about(item)
            )
        )
        return replace(part, entities=named, items=controlled)


def recall(text: str, records: Records, thresholds: Thresholds = DEFAULT) -> tuple[Screened, ...]:
    """The subjects on record that a word may mean, the surest first."""
    hits = check(make_entries(text), WatchList([], thresholds), records)
    return tuple(sorted(hits, key=lambda hit: -hit.match.score))


def select_records(hits: Iterable[Screened]) -> tuple[OnRecord, ...]:
    """The records of whole registers among these, and of what pages of acts print no longer, each
    once.
    """
    records = (hit.on_record for hit in hits if hit.on_record)
    return tuple(
        {
            (record.register, record.row, record.since, record.act, name_of_row(record)): record
            for record in records
            if record.unprinted or not record.act
        }.values()
    )


def select_unread_acts(hits: Iterable[Screened]) -> frozenset[str]:
    """List the acts among these with unread lists."""
    return frozenset(hit.on_record.act for hit in hits if hit.on_record and hit.on_record.unread)


def narrow_part(part: Lifecycle, wanted: Container[Hashable]) -> Lifecycle:
    """Return the same part with only these, if it names any of them."""
    named = tuple(entity for entity in part.entities if make_identity(entity) in wanted)
    controlled = tuple(item for item in part.items if make_identity(item) in wanted)
    return replace(part, entities=named, items=controlled) if named or controlled else part


def pick_surest_match(part: Lifecycle, hits: Iterable[Screened]) -> Screened | None:
    """The surest of the matches by which a part was found; None where it was not found by a
    name.
    """
    own = make_identities(list_subjects(part))
    of_it = [
        hit
        for hit in hits
        if (
            make_identity(hit.match.subject) in own
            if own
            else part.act.key in select_unread_acts([hit])
        )
    ]
    return max(of_it, key=lambda hit: hit.match.score, default=None)


def is_sure(part: Lifecycle, hits: Iterable[Screened]) -> bool:
    """Return whether a part is surely about the query, and not only similar."""
    hit = pick_surest_match(part, hits)
    return hit is None or hit.match.verdict is MatchVerdict.MATCH


def explain_unknown(text: str, knowledge: Knowledge, further: Iterable[str] = ()) -> str:
    """State that the query matches nothing on record, add `further`, and suggest the nearest:
    codes, act keys, names, glossary words.
    """
    subjects = knowledge.records.subjects()
    if is_code(text):
        near, absence = _find_nearest_code(text, subjects), Absence.CODE
    else:
        near = _find_nearest_act(text, knowledge.law.acts)
        near, absence = near or suggest_name(text, _iterate_names(subjects)), Absence.NAME
    why = "; ".join((word_absence(absence, knowledge.stale, knowledge.covered), *further))
    return (
        f"{text}: {why};"
        f" {f'did you mean {near!r}?' if near else '`monitor status` lists the newest acts'}"
    )


def _find_nearest_code(text: str, subjects: Iterable[Entity | Item]) -> str:
    """The code that begins as this one does, for as long as any does."""
    asked = _strip_code(text)
    codes = (
        code
        for subject in subjects
        if isinstance(subject, Item)
        for code in (*subject.codes, *subject.hs)
    )
    alike = {code: Prefix.similarity(_strip_code(code), asked) for code in codes}
    first = max(alike, key=lambda code: alike[code], default="")
    least = HEADING if asked.isdigit() else CHAPTER
    return first if first and alike[first] >= least else ""


def _strip_code(code: str) -> str:
    return fold_code(code).replace(".", "").casefold()


def _find_nearest_act(text: str, acts: Iterable[str]) -> str:
    """Find the act of this series and year with the nearest number."""
    asked = next(iter(parse_numbered_acts(text)), None)
    if asked is None:
        return ""
    of_it = [
        (abs(number.number - asked.number), act)
        for act in acts
        for number in parse_numbered_acts(act)
        if number.year == asked.year and asked.series in ("", number.series)
    ]
    return min(of_it, default=(0, ""))[1]


def _iterate_names(subjects: Iterable[Entity | Item]) -> Iterator[str]:
    for subject in subjects:
        yield from subject.names.values()
        if isinstance(subject, Item):
            yield from glosses.list_goods_words(subject)


READ_LATER = 6  # acts that are named
OF_BOTH = "only what names both the name and the goods is shown"


@frozen
class AsOf:
    """The status of all that matches a query, on a day: parts of measures, and register rows.

    Parts come in the order of `Status`, in force first; each has only the query's names and goods.
    `hits` are the matches that found it. `remarks` state what the answer leaves out, a phrase each.
    `stale` are the authorities in question whose later acts may be missing. `of_both`: only what
    names both the name and the goods was asked for.
    """

    on_day: Sequence[StatusOnDay]
    periods: tuple[OnRecord, ...]
    hits: tuple[Screened, ...] = ()
    remarks: tuple[str, ...] = ()
    stale: Mapping[str, LastRead] = field(default_factory=dict)
    day: date = date.max
    of_both: bool = False


@frozen
class KeyDates:
    """Key dates, on which no page changes, and the known acts by key. `stale` are authorities of
    recorded acts without a recent read, each with its last good one. `ran_out` are earlier ends of
    suspensions without an act on what follows. `asked_on` is the day of the query (ISO).
    """

    dates: tuple[KeyDate, ...]
    acts: Mapping[str, Announcement]
    stale: Mapping[str, LastRead] = field(default_factory=dict)
    ran_out: tuple[KeyDate, ...] = ()
    asked_on: str = ""


def compute_as_of(
    knowledge: Knowledge,
    day: date,
    known_on: date | None,
    query: MeasureQuery,
    thresholds: Thresholds = DEFAULT,
) -> AsOf:
    """Find the status of a query on a day, as known now or at the end of another day.

    Raises:
        MonitorError: nothing on record matches, or the history is younger than that day.
    """
    standing = knowledge.history(registers.list_register_statuses)
    _refuse_before_all(knowledge.law, standing, day, known_on)
    meant = _find_meant(knowledge, query, thresholds)
    stood, first = _find_standing(day, knowledge.known_on(known_on, day), meant)
    records = _list_records(knowledge, meant, known_on)
    gone, there = _part_by_removal(records, day)
    of_both = bool(query.entity and query.item)
    remarks = (
        *_tell_known_on(knowledge.law, stood, day, known_on),
        OF_BOTH if of_both else "",
        *_list_remarks(stood, query, day, first),
        *(_describe_removal(*removal) for removal in gone if not meant.is_whole),
        *_describe_whole_registers(standing, query, day),
    )
    return AsOf(
        on_day=sorted(stood, key=lambda each: _order(each, query, meant.hits)),
        periods=there,
        hits=meant.hits,
        remarks=tuple(filter(None, remarks)),
        stale=_find_stale(knowledge, query, day),
        day=day,
        of_both=of_both,
    )


def _find_stale(knowledge: Knowledge, query: MeasureQuery, day: date) -> Mapping[str, LastRead]:
    """The authorities in question whose later acts may be missing, on a day."""
    fresh = knowledge.freshness and knowledge.freshness.at_end_of(day)
    return fresh.all_stale(_list_authorities(knowledge.law, query)) if fresh else {}


def _list_records(knowledge: Knowledge, meant: Meant, known_on: date | None) -> Iterator[OnRecord]:
    """The rows that are meant, and what pages print no longer, as they were known on a day."""
    register = meant.asked.register if meant.is_whole else ""
    rows = knowledge.history(watched.find_records, register=register) if register else ()
    lost = _list_lost(knowledge, register) if meant.is_whole else ()
    for record in (*select_records(meant.hits), *rows, *lost):
        if known := _restore_known(record, known_on):
            yield known


def _tell_known_on(
    law: Law, stood: Sequence[StatusOnDay], day: date, known_on: date | None
) -> Iterator[str]:
    """Say what an answer as of an earlier day leaves out; else what later acts say in it."""
    if known_on is None:
        yield _tell_hindsight(stood, day)
        return
    yield f"as known at the end of {_format_day(known_on)}: later reads are left out"
    yield _tell_read_later(law, stood, known_on)


def _tell_hindsight(stood: Sequence[StatusOnDay], day: date) -> str:
    """Say that acts after a day affect what is reported of that day; "" if none does."""
    spans = [span for each in stood for span in each.lifecycle.spans if span.since > day]
    acts = chain(
        (cause.act for span in spans for cause in span.because),
        (cause.act for each in stood for cause in each.span.changed),
        (hedge.act for each in stood for hedge in each.span.hedges),
    )
    if not any((act.published or "")[:10] > day.isoformat() for act in acts):
        return ""
    return f"by acts of after that day too, as known now; --known {day} leaves them out"


def _list_remarks(
    stood: Sequence[StatusOnDay], query: MeasureQuery, day: date, first: date | None
) -> Iterator[str]:
    """List what an answer about measures must add; "" for what does not apply."""
    yield _tell_undated(stood)
    yield _name_anywhere(stood) if query.destination else ""
    if first and first > day:
        yield f"what is asked is on record from {_format_day(first)} on"


def _describe_removal(record: OnRecord, since: date) -> str:
    name, register = clean(name_of_row(record)), vocabulary.register(record.register)
    return f"{name} is gone from {register} since {_format_day(since)}"


def _find_standing(
    day: date, timeline: Timeline, meant: Meant
) -> tuple[Sequence[StatusOnDay], date | None]:
    """Find what was in force on a day for a query; for a narrower query also since when it is on
    record.
    """
    if not meant.asked and meant.is_whole:
        return timeline.on(day), None
    lives = _list_lives_about(timeline, meant)
    stood = [StatusOnDay(meant.narrowed(life), s) for life in lives if (s := life.on(day))]
    if meant.asked.destination:  # an ended part appears only for a place that it names
        ended = Status.ENDED
        stood = [s for s in stood if s.lifecycle.destinations or s.span.status is not ended]
    return stood, min((life.spans[0].since for life in lives), default=None)


def _tell_read_later(law: Law, stood: Sequence[StatusOnDay], known_on: date) -> str:
    """State which acts were published by the day of knowledge, and first read only later; "" for
    none.
    """
    seen = {each.lifecycle.act.key: law.acts.get(each.lifecycle.act.key) for each in stood}
    later = {
        key: day
        for key, sighting in seen.items()
        if sighting
        and (day := vocabulary.today(sighting.now.authority, sighting.first_seen)) > known_on
    }
    if not later:
        return ""
    by, first_read = _format_day(known_on), _format_day(min(later.values()))
    return f"published by {by}, but first read from {first_read} on: {_name_few(later)}"


def _tell_undated(stood: Sequence[StatusOnDay]) -> str:
    """State which acts print no day of their own, so that their first read counts; "" for none."""
    lives = [each.lifecycle for each in stood if each.lifecycle.seen]
    undated = {
        life.act.key: None for life in lives if not (life.act.published or life.measure.starts)
    }
    return f"counts from its first read, for want of a day: {_name_few(undated)}" if undated else ""


def _name_few(keys: Collection[str]) -> str:
    return words.name_acts(keys) if len(keys) <= READ_LATER else f"{len(keys):,} acts here"


def _list_lost(knowledge: Knowledge, register: str) -> Iterator[OnRecord]:
    """List what pages of acts print no longer; of one register, if given."""
    for key, lost in knowledge.history(watched.load_lost).items():
        for record in watched.iterate_subjects_of_act(knowledge.law.acts[key].now, lost):
            if record.unprinted and register in ("", record.register):
                yield record


def _part_by_removal(
    records: Iterable[OnRecord], day: date
) -> tuple[list[tuple[OnRecord, date]], tuple[OnRecord, ...]]:
    """The records that had gone by a day, each with its day, and those that were there."""
    gone, there = [], []
    for record in records:
        left = _get_publisher_day(record, record.gone) if record.gone else None
        if left and left <= day:
            gone.append((record, left))
        elif _get_publisher_day(record, record.since) <= day:
            there.append(record)
    return gone, tuple(there)


def _name_anywhere(stood: Sequence[StatusOnDay]) -> str:
    """Say how many measures name no destination; "" if none."""
    anywhere = [each for each in stood if not each.lifecycle.destinations]
    measures = words.format_count(len(anywhere), "measure")
    hedged = ", unless what their lines quote says otherwise"
    torn = hedged if any(each.span.hedges for each in anywhere) else ""
    return f"{measures} name no destination and hold for any{torn}" if anywhere else ""


def _describe_whole_registers(
    standing: Sequence[RegisterStatus], query: MeasureQuery, day: date
) -> Iterator[str]:
    """Say what an answer lacks of registers that are published whole."""
    whole = [register for register in standing if query.register in ("", register.code)]
    if whole and not query:
        rows = words.format_count(sum(register.rows for register in whole), "row")
        yield f"{rows} of registers published whole are answered by --register, --entity and --item"
    yield explain_not_before(whole, day)


def _list_authorities(law: Law, query: MeasureQuery) -> list[str]:
    """List the authorities with possible answers; for a register those of its country."""
    country = country_of(query.register)
    authorities = dict.fromkeys(sighting.now.authority for sighting in law.acts.values())
    return [authority for authority in authorities if country in ("", country_of(authority))]


def _list_lives_about(timeline: Timeline, meant: Meant) -> list[Lifecycle]:
    """The lives that are about all that is meant."""
    if meant.entities is not None:
        some = timeline.naming(meant.entities)
    elif meant.items is not None:
        some = timeline.naming(meant.items, meant.unread)
    else:
        return timeline.about(meant.asked)
    return [life for life in some if timeline.is_own(life) and meant.meets(life)]


def explain_not_before(registers: Sequence[RegisterStatus], day: date) -> str:
    """State that these registers are unknown on a day before their first read; "" if none is."""
    first = {
        register.code: vocabulary.today(register.code, register.first_read)
        for register in registers
        if register.first_read
    }
    later = {code: since for code, since in first.items() if since > day}
    if not later:
        return ""
    names = join_words([vocabulary.register(code) for code in later])
    first_day = _format_day(min(later.values()))
    return f"who stood on {names} is not known before {first_day}, when it was first read"


def _order(
    on_day: StatusOnDay, query: MeasureQuery, hits: Sequence[Screened]
) -> tuple[object, ...]:
    """Sort parts: those with the destination first, then those in force, then sure matches."""
    life, act = on_day.lifecycle, on_day.lifecycle.act
    anywhere = bool(query.destination) and not life.destinations
    return (
        anywhere,
        on_day.span.status.rank,
        bool(hits) and not is_sure(life, hits),
        act.published or "",
        act.key,
    )


def _refuse_before_all(
    law: Law, registers: Sequence[RegisterStatus], day: date, known_on: date | None
) -> None:
    """Refuse a day before all records, or a state of knowledge before the first."""
    if registers or not law.acts:
        return
    oldest = law.oldest(known_on)
    if not oldest.then and known_on and oldest.seen:
        raise MonitorError(
            f"{_format_day(known_on)}: nothing was on record by then; the nearest day is"
            f" {_format_day(oldest.seen)}"
        )
    if oldest.published and day < oldest.published:
        raise MonitorError(
            f"{_format_day(day)}: nothing on record is as old; the nearest day is"
            f" {_format_day(oldest.published)}"
        )


def _format_day(day: date) -> str:
    return dates.format_date(day.isoformat())


def _find_meant(knowledge: Knowledge, query: MeasureQuery, thresholds: Thresholds) -> Meant:
    """Find the query's subjects on record; a code is compared with the codes that acts control."""
    coded = knowledge.timeline.about(MeasureQuery(item=query.item)) if query.item else []
    by_code = not query.item or bool(coded)
    if not query.entity and by_code:
        return _add_uncoded(query, coded, knowledge, thresholds)
    named = _find_hits(query.entity, Entity, knowledge, thresholds) if query.entity else ()
    controlled = () if by_code else _find_hits(query.item, Item, knowledge, thresholds)
    goods = make_identities(hit.match.subject for hit in controlled) | knowledge.records.glossed(
        query.item
    )
    return Meant(
        replace(query, entity="", item=query.item if by_code else ""),
        entities=make_identities(hit.match.subject for hit in named) if query.entity else None,
        items=None if by_code else goods,
        unread=select_unread_acts(controlled),
        hits=(*named, *controlled),
    )


def _add_uncoded(
    query: MeasureQuery, coded: Sequence[Lifecycle], knowledge: Knowledge, thresholds: Thresholds
) -> Meant:
    """Add to a query by code the goods that are listed without a code and may fall under it.

    Goods in the same measures as goods with the code are left out.
    """
    goods = {
        make_identity(item): item for life in coded for item in life.items if query.about(item)
    }
    watch, asked = WatchList([], thresholds), Product(name=query.item)
    lost = _find_lost(query.item, knowledge.records, thresholds) if coded else ()
    with knowledge.records.open() as searched:
        called = (name for item in goods.values() for name in item.names.values())
        uncoded = tuple(find_uncoded(asked, called, watch, searched))
    beside = make_identities(item for life in coded for item in life.items)
    hits = tuple(hit for hit in uncoded if make_identity(hit.match.subject) not in beside)
    if not hits:
        return Meant(query, hits=lost)
    return Meant(
        replace(query, item=""),
        items=frozenset(goods) | make_identities(hit.match.subject for hit in hits),
        unread=select_unread_acts(hits),
        hits=(*hits, *lost),
    )


def _find_lost(code: str, records: Records, thresholds: Thresholds) -> tuple[Screened, ...]:
    """Goods of a code that pages of acts print no longer."""
    hits = recall(code, records, thresholds)
    return tuple(hit for hit in hits if hit.on_record and hit.on_record.unprinted)


def _find_hits(
    text: str, kind: type, knowledge: Knowledge, thresholds: Thresholds
) -> tuple[Screened, ...]:
    records = knowledge.records
    hits = tuple(
        hit for hit in recall(text, records, thresholds) if isinstance(hit.match.subject, kind)
    )
    if not hits and not (kind is Item and records.glossed(text)):
        raise MonitorError(explain_unknown(text, knowledge))
    return hits


def _restore_known(record: OnRecord, on: date | None) -> OnRecord | None:
    """Return the known state of a record at the end of its publisher's day; None before its
    first sight.
    """
    if on is None:
        return record
    if _get_publisher_day(record, record.since) > on:
        return None
    if record.unprinted:  # before that day its act still names it
        return record if _get_publisher_day(record, record.unprinted) <= on else None
    later = {
        name
        for name in ("gone", "read_at", "held")
        if (at := getattr(record, name)) and _get_publisher_day(record, at) > on
    }
    return record.replace(**{name: "" if name == "read_at" else None for name in later})


def _get_publisher_day(record: OnRecord, moment: str) -> date:
    if "T" not in moment:  # acts have days, registers have instants
        return date.fromisoformat(moment) if moment else date.min
    return vocabulary.today(record.register, datetime.fromisoformat(moment))


def load_key_dates(knowledge: Knowledge, since: date, until: date) -> KeyDates:
    """List the key dates from `since` to `until`, as far as known, with their age."""
    law, freshness = knowledge.law, knowledge.freshness
    of_rows = knowledge.history(registers.list_row_dates, since, until)
    dates = sorted([*law.list_key_dates(since, until), *of_rows], key=attrgetter("on"))
    ran_out = _list_ended_suspensions(law, since)
    about = {
        key
        for day in (*dates, *ran_out)
        for key in (day.act, *(target.key for target in day.amends))
    }
    acts = {sighting.now.key: sighting.now for sighting in law.of(about)}
    asked_on = freshness.now.date().isoformat() if freshness else ""
    return KeyDates(tuple(dates), acts, knowledge.stale, ran_out, asked_on)


def _list_ended_suspensions(law: Law, day: date) -> tuple[KeyDate, ...]:
    """List the ends of suspensions before a day, without an act on what follows."""
    standing = law.timeline.on(day)
    over = {
        (on.lifecycle.act.key, str(on.span.last))
        for on in standing
        if on.span.status is Status.SUSPENSION_ENDED
    }
    ended = (key_date for key_date in law.key_dates if key_date.kind is KeyDateKind.SUSPENSION_END)
    return tuple(
        key_date
        for key_date in ended
        if over & {(target.key, key_date.on) for target in key_date.amends}
    )
