"""Apply a person's additions and removals to an act's reading. No I/O."""

from collections.abc import Iterator, Sequence
from typing import Any

from msgspec.structs import replace

from monitor.diff.acts import DAYS, LISTED
from monitor.diff.things import subtract_parts
from monitor.model import Announcement, Measure, Proposal, Unread

PARTS = (*LISTED, "terms")
# of a partly read act without a marked part
WHOLE = Unread(what="parts of the text", why="not understood")


def list_unread(act: Announcement) -> tuple[Unread, ...]:
    """List an act's unparsed parts."""
    return act.not_read or (() if act.understood == "full" else (WHOLE,))


def keep_head(measure: Measure, **parts: Any) -> Measure:
    """Return a measure's identity in a proposal, with these of its parts and days."""
    return replace(measure, **dict.fromkeys(PARTS, ()) | dict.fromkeys((*DAYS, "stated")) | parts)


def apply_proposals(act: Announcement, proposals: Sequence[Proposal]) -> Announcement:
    """The act with all that these add and without what they strike, one after the other."""
    for proposal in proposals:
        measures = [left for measure in act.measures if (left := _strike(measure, proposal.strike))]
        for more in proposal.add:
            _add(measures, more)
        unread = tuple(part for part in list_unread(act) if part not in proposal.settled)
        act = replace(
            act,
            measures=tuple(measures),
            not_read=tuple(part for part in unread if part != WHOLE),
            understood="full" if not unread else "part" if measures else "none",
        )
    return act


def _strike(measure: Measure, strikes: Sequence[Measure]) -> Measure | None:
    for strike in strikes:
        if keep_head(strike) == keep_head(measure):
            if keep_head(strike) == strike:
                return None
            kept = {
                name: tuple(subtract_parts(getattr(measure, name), getattr(strike, name)))
                for name in PARTS
            }
            days = {name: None for name in DAYS if getattr(strike, name)}
            measure = replace(measure, **kept, **days)
    return measure


def _add(measures: list[Measure], more: Measure) -> None:
    for number, measure in enumerate(measures):
        if keep_head(measure) == keep_head(more):
            new = {name: _join(getattr(measure, name), getattr(more, name)) for name in PARTS}
            measures[number] = replace(measure, **new, **dict(_list_days(more)))
            return
    measures.append(more)


def _join(known: tuple[Any, ...], more: tuple[Any, ...]) -> tuple[Any, ...]:
    return *known, *subtract_parts(more, known)


def _list_days(measure: Measure) -> Iterator[tuple[str, Any]]:
    return ((name, day) for name in DAYS if (day := getattr(measure, name)))
