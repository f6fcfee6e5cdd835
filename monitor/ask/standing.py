"""The status of recorded subjects: the list, since when, the status today, the act and its page.
No I/O.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from datetime import date, datetime
from enum import StrEnum
from itertools import chain

import msgspec

from monitor import vocabulary
from monitor.config.redact import clean
from monitor.model import Action, Entity, Item, Value
from monitor.render import dates, lifecycle, words
from monitor.render.phrases import phrase_clauses
from monitor.render.text import NAME, cut, join_first_names
from monitor.store import OnRecord
from monitor.timeline import Lifecycle, Span, Status
from monitor.timeline.values import make_identities, make_identity

FORMER = 3  # former names of a record that are shown
# what an act does to the listing of a name without listing it
FREES = frozenset({Action.REMOVE, Action.REPEAL})
STAYS = frozenset({Action.SUSPEND, Action.RESUME})


class UnsureBy(StrEnum):
    """What may make a status another than it says."""

    MATCH = "match"  # the query is only like the subject
    UNREAD = "unread"  # its authority was last read before: a later act is not known
    OPPOSITE = "opposite"  # its act's own words may say the opposite
    CHANGED = "changed"  # an act changes it in words that give no other status
    SENTENCE = "sentence"  # one that was not understood is about it


class Unsure(Value, kw_only=True):
    """A reason to read before a status is acted on: the act and its words, or the last read (UTC)
    of the authority.
    """

    why: UnsureBy
    act: str = ""
    quote: str = ""
    url: str = ""
    read_at: str = ""


class Standing(Value, kw_only=True):
    """One line of an answer, in words; days with their place. `began` is the ISO day on which it
    was first in force, or our first sight of a record. `over`: it has ended, or is gone. Where
    nothing makes it `unsure`, it is as `state` begins.
    """

    subject: str
    register: str = ""
    since: str = ""
    began: str = ""
    state: str = ""
    act: str = ""
    link: str = ""
    over: bool = False
    unsure: tuple[Unsure, ...] = ()


def list_reasons(part: Lifecycle, span: Span) -> Iterator[Unsure]:
    """List what may make a part's status wrong: all that `format_state` hedges by."""
    if span.read and (not span.read.fresh or span.read_by):
        yield Unsure(why=UnsureBy.UNREAD, read_at=span.read.at or "")
    if part.act.doubts:
        yield Unsure(why=UnsureBy.OPPOSITE, act=part.act.key, url=part.act.url)
    said = [(UnsureBy.CHANGED, cause.act, cause.measure.quote) for cause in span.changed]
    said += [(UnsureBy.SENTENCE, hedge.act, hedge.quote) for hedge in span.hedges]
    for why, act, quote in said:
        yield Unsure(why=why, act=act.key, quote=quote, url=act.url)


def make_part_standing(part: Lifecycle, span: Span | None) -> Standing:
    """A part of a measure on a day; `span` is its status then, None before its announcement."""
    register = part.measure.register
    first = lifecycle.find_first_day(part, span) if span else None
    return Standing(
        subject=lifecycle.describe_subject(part),
        register=vocabulary.register(register) if register else "",
        since=lifecycle.format_in_force_since(part, span) if span else "",
        began=first.isoformat() if first else "",
        state=lifecycle.format_state(part, span) if span else "not announced yet",
        act=clean(words.name_act_as_read(part.act)),
        link=part.act.url,
        over=bool(span and span.status is Status.ENDED),
        unsure=tuple(list_reasons(part, span)) if span else (),
    )


def make_record_standing(record: OnRecord, on: date) -> Standing:
    """Make the status of a register's record on a day; its first sight is not the start of the
    listing.

    A record that the page of an act no longer prints counts too: an edit of a page is no removal.
    """
    if record.unprinted:
        return _make_lost_standing(record)
    gone, held, read_at = (
        _day(moment, record.register) for moment in (record.gone, record.held, record.read_at)
    )
    return Standing(
        subject=clean(lifecycle.format_bilingual_name(record.subject)),
        register=vocabulary.register(record.register),
        since=f"first seen {_day(record.since, record.register)}" if record.since else "",
        began=record.since[:10],
        state="; ".join(
            filter(
                None,
                (
                    _tell_own_days(record, on),
                    _listed(gone, held, read_at),
                    _name_former(record),
                ),
            )
        ),
        act=f"record {record.row}" if record.row else "",
        link=record.url,
        over=bool(gone),
    )


def find_row_status(record: OnRecord, on: date) -> Status:
    """Find the status of a record on a day. One that outlives its own last day counts
    as in force.
    """
    if record.gone:
        return Status.ENDED
    return Status.ANNOUNCED if record.starts > on.isoformat() else Status.IN_FORCE


def _tell_own_days(record: OnRecord, on: date) -> str:
    """Say from when or until when a record holds by its own words; "" if it prints no such day."""
    if find_row_status(record, on) is Status.ANNOUNCED:
        return f"from {dates.format_local_date(record.starts, record.register)} by its own row"
    ends = "ended" if record.ends < on.isoformat() else "ends"
    until = record.ends and dates.format_local_date(record.ends, record.register)
    return f"{ends} {until} by its own row" if until else ""


def _make_lost_standing(record: OnRecord) -> Standing:
    until = dates.format_date(record.unprinted or "")
    removal = "" if record.action in {Action.REMOVE, Action.REPEAL} else ", no removal seen with it"
    return Standing(
        subject=clean(lifecycle.format_bilingual_name(record.subject)),
        register=vocabulary.register(record.register) if record.register else "",
        since=dates.format_date(record.since) if record.since else "",
        began=record.since[:10],
        state=f"printed until {until}, no longer on the page{removal}",
        act=words.name_acts([record.act]),
        link=record.url,
    )


def name_of_row(record: OnRecord) -> str:
    """A record by all its names; goods by their codes too."""
    return _join_names(record, list(record.subject.names))


def _join_names(record: OnRecord, languages: Iterable[str]) -> str:
    codes = record.subject.codes if isinstance(record.subject, Item) else ()
    names = dict.fromkeys(record.subject.names[language] for language in languages)
    return " ".join((*codes, " / ".join(names)))


def make_period_standing(record: OnRecord, on: date) -> Standing:
    """Make the status of a record under all its names, the English first."""
    languages = sorted(record.subject.names, key=lambda language: language != "en")
    subject = clean(_join_names(record, languages))
    return msgspec.structs.replace(make_record_standing(record, on), subject=subject)


def _listed(gone: str, held: str, read_at: str) -> str:
    if gone:
        return f"gone since {gone}"
    if held:
        return f"listed, but missing since {held} without proof that it is gone"
    return f"listed when last read, {read_at}" if read_at else "listed"


def _name_former(record: OnRecord) -> str:
    """Until when it was listed under other names: `until 30 Nov 2026 as Delta Tools`."""
    named = [
        f"until {_day(until, record.register)} as {cut(clean(name), NAME)}"
        for name, until in getattr(record.subject, "former", {}).items()
    ]
    return join_first_names(named, FORMER)


def _day(moment: str | None, register: str) -> str:
    """The day that it was for a register; "" without a moment."""
    if not moment:
        return ""
    return dates.format_local_date(
        vocabulary.today(register, datetime.fromisoformat(moment)).isoformat(), register
    )


class Standings:
    """The status of each subject on record at a moment; `of_act` has the parts of an act's
    measures.
    """

    def __init__(self, of_act: Callable[[str], Iterable[Lifecycle]], now: datetime) -> None:
        self._of_act = of_act
        self.now = now
        self._known: dict[str, dict[Hashable, list[Lifecycle]]] = {}

    def _parts(self, record: OnRecord) -> list[Lifecycle]:
        """Find the parts of its act that name it; for an unread list, those without
        names or goods.
        """
        if record.act not in self._known:
            own = self._known[record.act] = defaultdict(list)
            for part in self._of_act(record.act):
                for named in make_identities(list_subjects(part)) or (None,):
                    own[named].append(part)
        named = None if record.unread else make_identity(record.subject)
        return self._known[record.act].get(named, [])

    def of(self, record: OnRecord) -> Standing:
        """Build an act subject's status from the timeline, or a register record's from its last
        read.
        """
        if record.unprinted or not record.act:
            return make_record_standing(record, self._get_day(record))
        parts = self._parts(record)
        stands = [*map(make_part_standing, parts, self._list_spans(parts))]
        return Standing(
            subject=stands[0].subject
            if stands and record.unread
            else clean(lifecycle.format_bilingual_name(record.subject)),
            register=vocabulary.register(record.register) if record.register else "",
            since="; ".join(dict.fromkeys(standing.since for standing in stands if standing.since)),
            began=min((standing.began for standing in stands if standing.began), default=""),
            state=f"{_name_deed(record.action)}{_join_states(parts, stands)}",
            act=clean(words.name_act_as_read(parts[0].act))
            if parts
            else words.name_acts([record.act]),
            link=record.url,
            over=self._is_over(record, parts, stands),
            unsure=tuple(dict.fromkeys(chain.from_iterable(each.unsure for each in stands))),
        )

    def _is_over(
        self, record: OnRecord, parts: Iterable[Lifecycle], stands: Sequence[Standing]
    ) -> bool:
        """Return whether a listing ended, or a removal has begun."""
        if record.action not in FREES:
            return bool(stands) and all(standing.over for standing in stands)
        spans = self._list_spans(parts)
        return any(span is not None and span.status is Status.IN_FORCE for span in spans)

    def _list_spans(self, parts: Iterable[Lifecycle]) -> Iterator[Span | None]:
        return (part.on(get_today(part, self.now)) for part in parts)

    def _get_day(self, record: OnRecord) -> date:
        return vocabulary.today(record.register, self.now)

    def rank(self, record: OnRecord) -> int:
        """The more a subject's measures bind today the lower."""
        if record.unprinted or not record.act:
            return find_row_status(record, self._get_day(record)).rank
        spans = filter(None, self._list_spans(self._parts(record)))
        return min((span.status.rank for span in spans), default=Status.ANNOUNCED.rank)


def _name_deed(action: Action | None) -> str:
    """`removal: ` before the state of what frees the one that it names, and lists nobody."""
    return f"{words.NOUNS_OF[action].split()[0]}: " if action and action in FREES | STAYS else ""


def _join_states(parts: Iterable[Lifecycle], stands: Iterable[Standing]) -> str:
    """Join the states of parts; of several each with its clauses."""
    of: dict[str, list[str]] = defaultdict(list)
    for part, standing in zip(parts, stands, strict=True):
        of[standing.state] += part.clauses
    if len(of) == 1:
        return next(iter(of))
    named = (
        (state, phrase_clauses(tuple(dict.fromkeys(marks)))) for state, marks in of.items() if marks
    )
    clauses = dict(named)
    rest = "the rest: " if clauses else ""
    return "; ".join(
        f"{clauses[state]}: {state}" if state in clauses else f"{rest}{state}" for state in of
    )


def describe_state_on(part: Lifecycle, now: datetime) -> str:
    """Compute a part's status on the present day of its authority."""
    return make_part_standing(part, part.on(get_today(part, now))).state


def get_today(part: Lifecycle, now: datetime) -> date:
    """The day that it is for the authority of a measure."""
    return vocabulary.today(part.act.authority, now)


def list_subjects(part: Lifecycle) -> tuple[Entity | Item, ...]:
    """List the names and goods of a part of a measure."""
    return (*part.entities, *part.items)
