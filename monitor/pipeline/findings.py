"""What a screening found, a row for each thing that was asked for and each that it may be: what a colleague reads. Pure."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass, replace
from enum import StrEnum

from monitor import vocabulary
from monitor.model import Action, Entity, Item, MatchVerdict
from monitor.pipeline.others import ListState
from monitor.pipeline.screen import Screened, Screening
from monitor.watch.entries import Entry, Party, describe_tie

HEADS = (
    "Row", "Asked for", "What", "State", "Tie", "Today", "Listed as", "List", "Since", "Act", "Why", "Kind", "Score", "Owner",
    "Note", "Link",
)  # fmt: skip


class FindingState(StrEnum):
    """How it is with what was asked for, the worst first."""

    MATCH = "listed"
    POSSIBLE = "may be listed"
    THEIRS = "listed by others"
    MAY_BE_THEIRS = "may be listed by others"
    GONE = "was listed, no longer"
    DISMISSED = "dismissed"
    OURS = "on your watch list"
    NOTHING = "nothing alike"


ORDER = tuple(FindingState)


@dataclass(frozen=True, slots=True)
class Finding:
    """A row under `HEADS`."""

    row: str
    asked: str
    what: str
    state: FindingState
    tie: str = ""  # to who or what was found, unless it is what was asked for
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

    @property
    def said(self) -> str:
        """How it is with what was asked for, or with who it is tied to."""
        return f"{self.state} (owner or group)" if self.tie else self.state

    @property
    def cells(self) -> tuple[str, ...]:
        """As they stand in a row."""
        return tuple(map(str, astuple(replace(self, state=self.said))))  # type: ignore[arg-type]  # as a word


def findings(answer: Screening) -> list[Finding]:
    """All rows, what is listed first; each thing that was asked for stands at least once."""
    hits: dict[tuple[str, str], list[Screened]] = {}
    for hit in (*answer.found, *answer.by_others):
        hits.setdefault((hit.origin, hit.asked), []).append(hit)
    told = [row for entry in answer.asked for row in _rows(entry, hits.get((entry.origin, entry.name), []))]
    return sorted(dict.fromkeys(told), key=lambda row: (ORDER.index(row.state), bool(row.tie), -float(row.score or 0)))


def _rows(entry: Entry, hits: Sequence[Screened]) -> Iterator[Finding]:
    party = isinstance(entry, Party)
    mine = [hit for hit in hits if isinstance(hit.match.subject, Entity) == party]
    what = "name" if party else "product"
    row = entry.origin.rpartition("/")[2]
    if not mine:
        yield Finding(row, entry.name, what, FindingState.NOTHING, owner=entry.owner, note=entry.note)
    for hit in mine:
        today = hit.stands.state if hit.stands else ""
        link = hit.on_record.url if hit.on_record else ""
        why = (hit.match.reason, hit.match.kind, f"{hit.match.score:.2f}")
        tie = "" if hit.match.tie.is_direct else describe_tie(hit.match.tie, _called(hit.match.subject))
        yield Finding(row, entry.name, what, _state(hit), tie, today, *_where(hit), *why, entry.owner, entry.note, link)


def _state(hit: Screened) -> FindingState:
    if hit.match.dismissed:
        return FindingState.DISMISSED
    if hit.theirs:
        return FindingState.THEIRS if hit.match.verdict is MatchVerdict.MATCH else FindingState.MAY_BE_THEIRS
    if hit.on_record is None:
        return FindingState.OURS
    if hit.on_record.gone or hit.on_record.action in {Action.REMOVE, Action.REPEAL} or (hit.stands and hit.stands.over):
        return FindingState.GONE
    return FindingState.MATCH if hit.match.verdict is MatchVerdict.MATCH else FindingState.POSSIBLE


def _where(hit: Screened) -> tuple[str, str, str, str]:
    """As what, on which list, since when, by which act."""
    if theirs := hit.theirs:
        return _called(hit.match.subject), f"{theirs.list} (as of {theirs.as_of})", "", f"{theirs.ref}: {theirs.says}"
    if hit.on_record is None:
        return hit.match.entry.name, "your watch list", "", ""
    record = hit.on_record
    return _called(record.subject), vocabulary.register(record.register), record.since[:10], record.act


def _called(subject: Entity | Item) -> str:
    names = " / ".join(dict.fromkeys(subject.names.values()))
    return f"{' '.join(subject.codes)} {names}".strip() if isinstance(subject, Item) else names


def summary(answer: Screening, rows: Sequence[Finding]) -> list[str]:
    """What was asked for, how it stands, against what it was held, and what could not be used: a sentence each."""
    worst: dict[tuple[str, str, str], str] = {}
    for row in rows:
        worst.setdefault((row.row, row.asked, row.what), row.said)
    counts = Counter(worst.values())
    asked = Counter(what for _, _, what in worst)
    kinds = ", ".join(f"{number:,} {what}{'s' if number != 1 else ''}" for what, number in sorted(asked.items()))
    states = ", ".join(f"{counts[state]:,} {state}" for state in dict.fromkeys(worst.values()))
    against = f"held against {answer.records:,} listed subjects on record and {answer.watched:,} entries of your watch list"
    if not answer.records:
        against = f"nothing is on record yet: held against {answer.watched:,} entries of your watch list alone"
    return [f"{kinds}: {states}", against, *answer.taken, *answer.unusable, *told_of(answer.lists)]


def told_of(lists: Sequence[ListState]) -> Iterator[str]:
    """Of each list of others whose it is, of which day, how many it names; or why nothing was held against it."""
    for one in lists:
        if one.problem:
            yield f"{one.list}, a list of others: nothing was held against it: {one.problem}"
        else:
            yield f"{one.list}, a list of others, as of {one.as_of}: {one.entries:,} names; what it says is theirs"
        yield from (f"{one.list}: {remark}" for remark in one.remarks)
