"""The page of a name: its entities on record, their lists, acts and ties; also as CSV."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, fields

from monitor import vocabulary
from monitor.ask import exports, rows
from monitor.ask.answers import recall
from monitor.ask.findings import make_findings
from monitor.ask.screen import Screened, add_standings
from monitor.ask.standing import Standings
from monitor.console.desk import ConsoleDesk, Given
from monitor.console.law import make_life_lines
from monitor.console.screenings import list_screenings
from monitor.errors import MonitorError
from monitor.model import Entity, frozen
from monitor.render.editions import list_details
from monitor.render.words import get_country_name
from monitor.watch.entries import describe_tie
from monitor.watch.match import name_subject
from monitor.watch.values import MatchVerdict


@frozen
class ListedRow:
    """An entry of this name on a list, now or in the past."""

    list: str
    called: str
    state: str
    since: str
    until: str
    act: str
    record: str
    says: str
    link: str


HEADS = tuple(field.name for field in fields(ListedRow))


def find_hits(desk: ConsoleDesk, name: str) -> tuple[list[Screened], list[Screened]]:
    """Find the entities that a name surely means, and those that are tied to it or similar."""
    found = add_standings(
        recall(name, desk.knowledge.records, desk.thresholds),
        Standings(desk.knowledge.parts_of, desk.now),
    )
    hits = [hit for hit in found if isinstance(hit.match.subject, Entity) and hit.on_record]
    same = [
        hit for hit in hits if hit.match.verdict is MatchVerdict.MATCH and hit.match.tie.is_direct
    ]
    return same, [hit for hit in hits if hit not in same]


def show_name(desk: ConsoleDesk, given: Given) -> dict[str, object]:
    """Show all that is on record of a name; for goods their status.

    Raises:
        MonitorError: nothing has this name; names the nearest.
    """
    name = given["of"]
    same, tied = find_hits(desk, name)
    ours = list_screenings(desk, name, given.asker)
    own = [each for each in make_findings(desk.matches()) if each.asked == name and each.score]
    ties = {
        name_subject(hit.match.subject): describe_tie(
            hit.match.tie, name_subject(hit.match.subject)
        )
        for hit in tied
    }
    return {
        "title": name,
        "about": {label: found for label, found in _describe_subjects(same).items() if found},
        "list_heads": HEADS,
        "listed": [astuple(row) for row in list_rows(same)],
        "ties": ties,
        "own": own,
        **({} if same else _show_goods(desk, name, known=bool(ours["screened"] or own))),
        **ours,
    }


def _show_goods(desk: ConsoleDesk, name: str, *, known: bool) -> dict[str, object]:
    """Show the status of goods of this name, or why there is none. Screened or watched goods
    (`known`) have a page in any case.
    """
    try:
        story = desk.story(name)
    except MonitorError as error:
        if known:
            return {"nothing": str(error)}
        raise
    return {
        "lines": make_life_lines(rows.sort_by_surety(story, desk.now), story.hits),
        "nothing": rows.explain_empty(story, desk.coverage()),
    }


def _describe_subjects(same: Sequence[Screened]) -> Mapping[str, list[str]]:
    subjects = [hit.match.subject for hit in same if isinstance(hit.match.subject, Entity)]
    said = {
        "Names": (
            name
            for one in subjects
            for name in (name_subject(one), *one.names.values(), *one.aliases)
        ),
        "Ids": (f"{kind} {value}" for one in subjects for kind, value in one.ids.items()),
        "Countries": (get_country_name(one.country) for one in subjects if one.country),
        "Role": (one.role for one in subjects if one.role),
        "Belongs to": (one.parent for one in subjects if one.parent),
        "Addresses": (address for one in subjects for address in one.addresses),
    }
    return {label: list(dict.fromkeys(found)) for label, found in said.items()}


def list_rows(same: Iterable[Screened]) -> Iterator[ListedRow]:
    """Yield each list and act that has them, once."""
    found = dict.fromkeys(row for hit in same if (row := _make_row(hit)))
    yield from found


def _make_row(hit: Screened) -> ListedRow | None:
    if (record := hit.on_record) is None:
        return None
    gone, state = (record.gone or "")[:10], hit.stands.state if hit.stands else ""
    since = hit.stands.began if hit.stands else ""
    name = vocabulary.register(record.register) if record.register else ""
    return ListedRow(
        name,
        name_subject(hit.match.subject),
        state,
        since,
        gone,
        record.act,
        record.row,
        "; ".join(list_details(record.details)),
        record.url,
    )


def write_csv(desk: ConsoleDesk, given: Given) -> bytes:
    """Write the lists of a name as CSV, with a mark for spreadsheets."""
    return exports.write_sheet(HEADS, map(astuple, list_rows(find_hits(desk, given["of"])[0])))
