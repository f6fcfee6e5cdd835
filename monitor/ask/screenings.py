"""The record of screenings: what to save of an answer, how it differs from today's, and its
export.
"""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cache
from itertools import islice

import msgspec
from msgspec import structs

from monitor.ask.findings import (
    Finding,
    FindingState,
    group_findings,
    leave_out_nothing,
    sort_findings,
)
from monitor.ask.knowledge import Knowledge
from monitor.ask.lines import make_line
from monitor.ask.screen import (
    Screening,
    add_standings,
    add_sums,
    check,
    take_up_lists,
)
from monitor.ask.standing import Standings
from monitor.ask.watchlist import Stored
from monitor.clock import format_instant
from monitor.config import VERSION, Config
from monitor.model import Value, frozen, to_json
from monitor.names.name import normalize_name
from monitor.render import dates, words
from monitor.store import History, names, screenings
from monitor.store.screenings import KeptScreening, ListHeld, ScreeningOrder
from monitor.triage.values import Person
from monitor.watch.entries import Entry
from monitor.watch.match import Thresholds, WatchList

# Fields without a list on record: external lists are no part of the history.
UNHELD = (
    FindingState.WATCHED,
    FindingState.OURS,
    FindingState.UNREAD,
    FindingState.NOTHING,
    FindingState.THEIRS,
    FindingState.MAY_BE_THEIRS,
)


class Answer(Value, kw_only=True):
    """The results for one name in one row; empty if nothing matches."""

    asked: tuple[Entry, ...]
    found: tuple[Finding, ...] = ()

    @property
    def name(self) -> str:
        """The query."""
        return self.asked[0].name

    @property
    def names(self) -> set[str]:
        """The queried name, and the names found for it; without those that are only tied."""
        found = (one.listed_as for one in self.found if one.state not in UNHELD and not one.tie)
        return {self.name, *(name for names in found for name in names.split(" / "))}


class Head(Value, kw_only=True):
    """The lists and rules of a screening: the `program` and a digest of the rules for names;
    `coverage` is what was read until then, and what was not.
    """

    program: str
    rules: str
    review: float
    match: float
    names: int
    lists: tuple[ListHeld, ...] = ()
    remarks: tuple[str, ...] = ()
    coverage: str = ""


class ExportedScreening(Value, kw_only=True):
    """A screening as it is exported; an answer that was erased is its SHA-256 alone. `is_sound`:
    nothing of it was changed.
    """

    number: int
    at: str
    by: str
    via: str
    head: msgspec.Raw
    answers: tuple[msgspec.Raw, ...]
    before: str
    sha256: str
    is_sound: bool


def make_order(
    history: History,
    scores: Thresholds,
    answer: Screening,
    person: Person,
    via: str,
    coverage: str = "",
) -> ScreeningOrder:
    """Build the record of an answer, with its coverage."""
    answers = [Answer(asked=asked, found=tuple(found)) for asked, found in group_findings(answer)]
    head = Head(
        program=VERSION,
        rules=names.hash_name_rules(),
        review=scores.review,
        match=scores.match,
        names=len(answers),
        lists=(*history(screenings.load_lists_held), *_list_lists_beside(answer)),
        remarks=answer.unusable,
        coverage=coverage,
    )
    asked = sorted({entry.key for one in answers for entry in one.asked})
    return ScreeningOrder(
        person=person,
        via=via,
        packed=screenings.pack_answers(
            to_json(head).decode(), [to_json(one).decode() for one in answers]
        ),
        asked=hashlib.sha256(to_json(asked)).hexdigest(),
        checked=history(screenings.hash_lists),
    )


def _list_lists_beside(answer: Screening) -> Iterator[ListHeld]:
    """The watch list and the external lists, as they were when it was asked."""
    yield ListHeld(list="watch list", sha256=answer.watched_sha256, entries=answer.watched)
    yield from (make_line(ListHeld, one) for one in answer.lists)


def read_answers(screening: KeptScreening) -> Iterator[tuple[int, Answer]]:
    """Its answers with their places, but those that were erased."""
    for place, answer in enumerate(screening.answers):
        if not screenings.is_erased(answer):
            yield place, msgspec.json.decode(answer, type=Answer)


def find_answers(
    kept: Iterable[KeptScreening], name: str
) -> Iterator[tuple[KeptScreening, int, Answer]]:
    """The answers that ask for this name, or found it listed, with their screenings and places."""
    wanted = normalize_name(name)

    @cache  # a list that is screened every day has the same answers every day
    def find_answer(text: str) -> Answer | None:
        if screenings.is_erased(text):
            return None
        answer = msgspec.json.decode(text, type=Answer)
        return answer if wanted in map(normalize_name, answer.names) else None

    for screening in kept:
        for place, text in enumerate(screening.answers):
            if answer := find_answer(text):
                yield screening, place, answer


def export_screening(screening: KeptScreening) -> ExportedScreening:
    """Export a recorded screening for programs, as it was recorded."""
    erased = (screenings.is_erased(answer) for answer in screening.answers)
    answers = (
        f'{{"erased":"{answer}"}}' if gone else answer
        for answer, gone in zip(screening.answers, erased, strict=True)
    )
    return make_line(
        ExportedScreening,
        screening,
        head=msgspec.Raw(screening.head),
        answers=tuple(map(msgspec.Raw, answers)),
    )


def list_recorded(kept: KeptScreening) -> list[Finding]:
    """List the recorded findings of each name, the worst first."""
    return sort_findings(
        finding for _, answer in read_answers(kept) for finding in leave_out_nothing(answer.found)
    )


def tell_coverage(kept: KeptScreening) -> str:
    """Return the coverage of a recorded answer."""
    return msgspec.json.decode(kept.head, type=Head).coverage


def describe_recorded(kept: KeptScreening) -> list[str]:
    """Say who asked when, on which ground, and whether the record is unchanged."""
    erased = sum(map(screenings.is_erased, kept.answers))
    coverage = tell_coverage(kept)
    others = [answer.name for place, answer in read_answers(kept) if place in kept.differs]
    return [
        f"asked by {kept.by} on {dates.format_date(format_instant(kept.at))}, as it was found then",
        *([coverage] if coverage else []),
        *([f"would differ today: {'; '.join(dict.fromkeys(others))}"] if others else []),
        *([f"erased: {words.format_count(erased, 'answer')}"] if erased else []),
        *(
            []
            if kept.is_sound
            else ["the record is not as it was written, or one before it is missing"]
        ),
    ]


COLUMNS = ("screening", "at (UTC)", "by", "via", *Finding.__struct_fields__, "sha256", "coverage")


def list_rows(screening: KeptScreening) -> Iterator[tuple[str, ...]]:
    """List a recorded screening under `COLUMNS`: a row for each finding.

    A name without a finding, or with an erased answer, also has a row.
    """
    begins = (str(screening.number), format_instant(screening.at), screening.by, screening.via)
    ends = screening.sha256, tell_coverage(screening)
    for found in (found for _, answer in read_answers(screening) for found in answer.found):
        yield *begins, *found.cells, *ends
    for erased in filter(screenings.is_erased, screening.answers):
        cells = dict.fromkeys(Finding.__struct_fields__, "") | {"state": "erased", "why": erased}
        yield *begins, *cells.values(), *ends


# Compare a recorded answer with today's: lists and rules change, and a clear name may now match.


@frozen
class Past:
    """A recorded answer and its place; `asked` is the query with its owners of today."""

    screening: KeptScreening
    place: int
    then: Answer
    asked: tuple[Entry, ...] = ()


@frozen
class Other:
    """An answer that would be another one today."""

    past: Past
    now: tuple[Finding, ...]


class Standing(Value, kw_only=True):
    """An answer on record and that of today, for programs."""

    screening: int
    at: str
    asked: str
    then: tuple[Finding, ...]
    now: tuple[Finding, ...]


def list_newest_answers(screenings: Iterable[KeptScreening]) -> list[Past]:
    """Return each name's newest answer; `screenings` has the newest first."""
    newest: dict[tuple[str, ...], Past] = {}
    for screening in screenings:
        for place, answer in read_answers(screening):
            newest.setdefault(
                tuple(entry.key for entry in answer.asked), Past(screening, place, answer)
            )
    return [*newest.values()]


def list_differing(history: History) -> list[Past]:
    """List the newest answers that would differ today, as the last check found."""
    if not history(screenings.has_differing):
        return []
    newest = list_newest_answers(history(screenings.list_newest))
    return [past for past in newest if past.place in past.screening.differs]


def take_up_again(
    config: Config,
    answers: Sequence[Past],
    stored: Stored,
    now: datetime,
) -> Iterator[tuple[list[Past], WatchList]]:
    """Prepare answers for another screening, with the watch list; those with other thresholds
    apart.

    Raises:
        ConfigError: a watch-list file can't be read, or is no list.
    """
    by_scores: dict[tuple[float, float], list[Past]] = {}
    for past in answers:
        head = msgspec.json.decode(past.screening.head, type=Head)
        by_scores.setdefault((head.review, head.match), []).append(past)
    for (review, match), some in by_scores.items():
        scored = structs.replace(
            config, watch=structs.replace(config.watch, review=review, match=match)
        )
        asked = [entry for past in some for entry in past.then.asked]
        wanted, ours, _ = take_up_lists(scored, asked, stored, now)
        owned = iter(wanted)
        yield (
            [replace(past, asked=tuple(islice(owned, len(past.then.asked)))) for past in some],
            ours,
        )


def find_others(
    history: History, answers: Sequence[Past], ours: WatchList, now: datetime
) -> list[Other]:
    """Find the answers that would differ by today's records."""
    known = Knowledge(history)
    asked = [
        entry.replace(origin=str(number))
        for number, past in enumerate(answers)
        for entry in past.asked
    ]
    found = add_sums(
        add_standings(check(asked, ours, known.records), Standings(known.parts_of, now))
    )
    today = Screening(asked=tuple(asked), found=tuple(found), unusable=())
    held = zip(answers, group_findings(today), strict=True)
    others = (Other(past, tuple(one.replace(row="") for one in again)) for past, (_, again) in held)
    return [other for other in others if _have_changed(other.past.then.found, other.now)]


def _have_changed(then: Iterable[Finding], now: Iterable[Finding]) -> bool:
    """Return whether the listed results differ, apart from dismissals."""
    before, after = (
        {one.about: one.said for one in found if one.state not in UNHELD} for found in (then, now)
    )
    dismissed = {one.about for one in (*then, *now) if one.state is FindingState.DISMISSED}
    return any(before.get(about) != after.get(about) for about in {*before, *after} - dismissed)


def describe_others(others: Iterable[Other]) -> str:
    """`two of your 300 answers of 3 Mar 2026 would differ today`."""
    of: dict[int, list[Past]] = {}
    for other in others:
        of.setdefault(other.past.screening.number, []).append(other.past)
    told = (
        f"{words.spell_number(len(mine))} of your"
        f" {words.format_count(len(mine[0].screening.answers), 'answer')} of"
        f" {dates.format_date(format_instant(mine[0].screening.at)[:10])}"
        for _, mine in sorted(of.items())
    )
    return f"{', '.join(told)} would differ today; `monitor screen --again` shows them"


def make_standing(other: Other) -> Standing:
    """Make the line of a changed answer for programs."""
    kept, then = other.past.screening, other.past.then
    return Standing(
        screening=kept.number,
        at=format_instant(kept.at),
        asked=then.name,
        then=then.found,
        now=other.now,
    )


def describe_findings(findings: Iterable[Finding]) -> str:
    """Summarize a name's result in a line: `listed: TechInsights Inc. (Unreliable Entity List)`."""
    said = (
        f"{one.said}: {one.called} ({one.register or one.act})"
        for one in findings
        if one.state not in UNHELD
    )
    return "; ".join(said) or FindingState.NOTHING
