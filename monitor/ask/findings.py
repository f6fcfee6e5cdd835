"""The results of a screening: a row for each query and each possible match, and what they say in
sum. No I/O.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum

from msgspec import structs

from monitor import vocabulary
from monitor.ask.absences import Absence, word_absence
from monitor.ask.others import ListState
from monitor.ask.screen import CODE, Screened, Screening, is_code
from monitor.model import Entity, Item, Value
from monitor.render import dates
from monitor.render.words import count_entries, format_count
from monitor.vocabulary.registers import COMMERCE_CONTROL
from monitor.watch.entries import Entry, Party, Product, describe_tie
from monitor.watch.glosses import name_goods
from monitor.watch.match import Dismissal, is_by_group
from monitor.watch.values import MatchVerdict

PRODUCT = "product"
HEADS = (
    "Row", "Asked for", "What", "State", "Tie", "How it stood", "Listed as", "List", "Since", "Act", "Why", "Kind", "Score",
    "Owner", "Note", "Link", "Your id", "Country",
)  # fmt: skip


class FindingState(StrEnum):
    """The verdicts on a query, the worst first."""

    MATCH = "listed"
    POSSIBLE = "may be listed"
    THEIRS = "listed by others"
    MAY_BE_THEIRS = "may be listed by others"
    GONE = "was listed, no longer"
    DISMISSED = "dismissed"
    UNREAD = "nothing alike in what was read"
    WATCHED = "on your watch list"
    OURS = "on your watch list alone"
    NOTHING = "nothing alike"


ORDER = tuple(FindingState)


class Finding(Value):
    """A row under `HEADS`."""

    row: str
    asked: str
    what: str
    state: FindingState
    tie: str = ""  # the tie between match and query, unless they are the same
    today: str = ""
    listed_as: str = ""
    register: str = ""
    since: str = ""
    act: str = ""
    why: str = ""
    kind: str = ""
    score: str = ""
    owner: str = ""
    note: str = ""
    link: str = ""
    ref: str = ""
    country: str = ""

    @property
    def said(self) -> str:
        """Return the verdict on a query, or on who is tied to it and no more."""
        return f"owner or group {self.state}" if self.tie else self.state

    @property
    def called(self) -> str:
        """Return the listed subject as people read it, the English first."""
        if self.what == PRODUCT:
            return name_goods(self.listed_as)
        return " / ".join(reversed(self.listed_as.split(" / ")))

    @property
    def tied(self) -> str:
        """Return the tie with the subject so called."""
        return self.tie.replace(self.listed_as, self.called)

    @property
    def subject(self) -> str:
        """Return the listed subject by the code or the name that a dismissal knows it by."""
        code = self.listed_as.partition(" ")[0]
        return code if CODE.fullmatch(code) else self.listed_as.rpartition(" / ")[2]

    @property
    def cells(self) -> tuple[str, ...]:
        """Return the cells of a row."""
        told = self.replace(state=self.said, tie=self.tied, listed_as=self.called)
        return tuple(map(str, structs.astuple(told)))

    @property
    def about(self) -> tuple[str, ...]:
        """Return the listed subject in question."""
        return self.listed_as, self.register, self.act, self.tie


def make_findings(answer: Screening) -> list[Finding]:
    """List all rows, matches first; each query has at least one row."""
    return sort_findings(
        row for _, rows in group_findings(answer, once=True) for row in leave_out_nothing(rows)
    )


def leave_out_nothing(rows: Sequence[Finding]) -> Sequence[Finding]:
    """The rows of a name that say something, else the first: no firm also appears as "no
    product".
    """
    return [row for row in rows if row.state is not FindingState.NOTHING] or rows[:1]


def sort_findings(rows: Iterable[Finding]) -> list[Finding]:
    """Sort rows by their verdicts, the worst first, and by surety; each once."""
    return sorted(
        dict.fromkeys(rows),
        key=lambda row: (ORDER.index(row.state), bool(row.tie), -float(row.score or 0)),
    )


def group_findings(
    answer: Screening, *, once: bool = False
) -> Iterator[tuple[tuple[Entry, ...], list[Finding]]]:
    """List each name's rows in each place, with its query: a firm, goods, or either. `once`: a group
    that was dismissed with its head has one row.
    """
    hits: dict[tuple[str, str], list[Screened]] = {}
    asked: dict[tuple[str, str], list[Entry]] = {}
    for hit in answer.hits:
        hits.setdefault((hit.origin, hit.asked), []).append(hit)
    for entry in answer.asked:
        asked.setdefault((entry.origin, entry.name), []).append(entry)
    for place, entries in asked.items():
        rows = dict.fromkeys(
            row
            for entry in entries
            for row in _make_entry_rows(answer, entry, hits.get(place, []), once=once)
        )
        yield tuple(dict.fromkeys(entries)), [*rows]


def _make_entry_rows(
    answer: Screening, entry: Entry, hits: Sequence[Screened], *, once: bool
) -> Iterator[Finding]:
    party = isinstance(entry, Party)
    mine = [hit for hit in hits if isinstance(hit.match.subject, Entity) == party]
    asked = (entry.origin.rpartition("/")[2], entry.name, "name" if party else PRODUCT)
    is_listed = any(hit.on_record or hit.theirs for hit in mine)
    is_known = any(hit.on_record or hit.theirs for hit in hits)
    absent = "" if is_listed else explain_nothing_alike(answer, entry.name, is_watched=bool(mine))
    if not mine:
        is_part = entry.unread or _lacks_control_list(answer, entry)
        state = FindingState.UNREAD if is_part else FindingState.NOTHING
        of_row = {"owner": entry.owner, "note": entry.note, **_list_own_words(entry)}
        yield Finding(*asked, state, today=absent, **of_row)
    for hit, others in join_groups(mine) if once else ((hit, 0) for hit in mine):
        match, said = hit.match, _describe_dismissal(hit, others) if once else ""
        yield Finding(
            *asked,
            _state(hit, is_known=is_known),
            "" if match.tie.is_direct else describe_tie(match.tie, _join_names(match.subject)),
            hit.stands.state if hit.stands else absent,
            *_describe_listing(hit),
            *(f"{match.reason}{said}{describe_unread(hit)}", match.kind, f"{match.score:.2f}"),
            entry.owner,
            entry.note,
            hit.on_record.url if hit.on_record else "",
            **_list_own_words(entry),
        )


def _list_own_words(entry: Entry) -> dict[str, str]:
    """The number that the asker's row has, and its country."""
    country = entry.country if isinstance(entry, Party) else None
    return {"ref": entry.ref, "country": country or ""}


def join_groups(hits: Iterable[Screened]) -> list[tuple[Screened, int]]:
    """Each hit, but of a group that was dismissed with its head only one, with how many more."""
    rows: list[tuple[Screened, int]] = []
    places: dict[Dismissal, int] = {}
    for hit in hits:
        said = hit.match.dismissed
        if said in places and is_by_group(hit.match):
            first, others = rows[places[said]]
            rows[places[said]] = first, others + 1
            continue
        if said:
            places.setdefault(said, len(rows))
        rows.append((hit, 0))
    return rows


def describe_unread(hit: Screened) -> str:
    """Say what of the row of a listed name was not read; "" where all was."""
    unread = hit.match.entry.unread if hit.on_record or hit.theirs else ()
    return f"; {_word_unread(unread)}" if unread else ""


def _word_unread(unread: Iterable[str]) -> str:
    return f"not read in its row: {'; '.join(unread)}"


def _describe_dismissal(hit: Screened, others: int) -> str:
    """Say who dismissed a match when, and of how many more of its group that holds."""
    if not (dismissed := hit.match.dismissed):
        return ""
    more = f", with {others} more of its group" if others else ""
    why = f": {dismissed.reason}" if dismissed.reason else ""
    return f"; not ours, says {dismissed.by}, {dates.format_date(dismissed.at)}{why}{more}"


def _state(hit: Screened, *, is_known: bool) -> FindingState:
    """The verdict on a query by this match; `is_known`: another is on record or on others' list."""
    if hit.match.dismissed:
        return FindingState.DISMISSED
    is_match = hit.match.verdict is MatchVerdict.MATCH
    if hit.theirs:
        return FindingState.THEIRS if is_match else FindingState.MAY_BE_THEIRS
    if hit.on_record is None:
        return FindingState.WATCHED if is_known else FindingState.OURS
    if hit.is_over:
        return FindingState.GONE
    return FindingState.MATCH if is_match else FindingState.POSSIBLE


def _describe_listing(hit: Screened) -> tuple[str, str, str, str]:
    """Describe a listing: the name, the list, the start, the act."""
    if theirs := hit.theirs:
        return (
            _join_names(hit.match.subject),
            f"{theirs.list} (as of {theirs.as_of})",
            "",
            f"{theirs.ref}: {theirs.says}",
        )
    if hit.on_record is None:
        return hit.match.entry.name, "your watch list", "", ""
    record = hit.on_record
    return (
        _join_names(record.subject),
        vocabulary.register(record.register),
        hit.stands.began if hit.stands else "",
        record.act,
    )


def _join_names(subject: Entity | Item) -> str:
    names = " / ".join(dict.fromkeys(subject.names.values()))
    return f"{' '.join(subject.codes)} {names}".strip() if isinstance(subject, Item) else names


def summarize_screening(answer: Screening, rows: Sequence[Finding]) -> list[str]:
    """Summarize a screening: the queries, verdicts, lists, and unused parts, a sentence each."""
    against = (
        f"compared with {answer.records:,} listed subjects on record and"
        f" {count_entries(answer.watched)} of your watch list"
    )
    if not answer.records:
        against = (
            f"nothing is on record yet: compared with {count_entries(answer.watched)} of your watch"
            " list alone"
        )
    return [
        _count_verdicts(rows),
        against,
        *answer.taken,
        *answer.unusable,
        *describe_lists(answer.lists),
    ]


def _count_verdicts(rows: Sequence[Finding]) -> str:
    """Count the queries of each kind and their worst verdicts; a name that may also be goods is one
    query.
    """
    worst: dict[tuple[str, str], str] = {}
    kinds: dict[tuple[str, str], set[str]] = {}
    for row in rows:
        worst.setdefault((row.row, row.asked), row.said)
        kinds.setdefault((row.row, row.asked), set()).add(row.what)
    counts = Counter(worst.values())
    asked = Counter(min(what) for what in kinds.values())
    told = (
        f"{number:,} {what}{'s' if number != 1 else ''}" for what, number in sorted(asked.items())
    )
    states = (f"{counts[state]:,} {state}" for state in dict.fromkeys(worst.values()))
    return f"{', '.join(told)}: {', '.join(states)}"


def explain_nothing_alike(answer: Screening, asked: str, *, is_watched: bool = False) -> str:
    """State that nothing matches a query, on record and on each external list; `is_watched`: the
    watch list has it.
    """
    is_watched = is_watched or asked in answer.themselves
    alike = Absence.RECORDED if is_watched else Absence.ALIKE
    absence, watched = Absence.CODE if is_code(asked) else alike, count_entries(answer.watched)
    ours = word_absence(absence, answer.stale, records=f"{answer.records:,}", watched=watched)
    entries = [one for one in answer.asked if one.name == asked]
    asked_goods = (isinstance(one, Product) for one in entries)
    lacks = any(_lacks_control_list(answer, one) for one in entries)
    unseen = f"the {COMMERCE_CONTROL.name} was never read"
    unread = dict.fromkeys(told for one in entries for told in one.unread)
    limit = "goods that acts name in other words are not found"
    return "; ".join(
        (
            ours,
            *([limit] if absence is Absence.ALIKE and any(asked_goods) else []),
            *([f"of its ECCN nothing is known: {unseen}"] if lacks else []),
            *([_word_unread(unread)] if unread else []),
            *(
                f"of {one.list}: {one.problem or f'nothing among {one.entries:,}'}"
                for one in answer.lists
            ),
        )
    )


def _lacks_control_list(answer: Screening, entry: Entry) -> bool:
    """Return whether the list of its ECCN was not read."""
    has_eccn = isinstance(entry, Product) and bool(entry.eccn)
    return has_eccn and COMMERCE_CONTROL.code not in answer.registers


def describe_lists(lists: Sequence[ListState]) -> Iterator[str]:
    """Describe each external list: its owner, day and size; or why it was not used."""
    for one in lists:
        if one.problem:
            yield f"{one.list}, a list of others: nothing was compared with it: {one.problem}"
        else:
            yield (
                f"{one.list}, a list of others, as of {one.as_of}: {format_count(one.entries, 'name')}; what it"
                " says is theirs"
            )
        yield from (f"{one.list}: {remark}" for remark in one.remarks)
