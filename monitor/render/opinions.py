"""Word a second reader's opinion so that it never passes for the act, and a person's changes of a
reading.
"""

from collections.abc import Iterator
from typing import Any

from monitor.diff.opinions import list_disagreements, list_new
from monitor.diff.review import PARTS
from monitor.model import (
    Announcement,
    Entity,
    Item,
    Measure,
    Opinion,
    Proposal,
    Target,
    Term,
)
from monitor.render import dates, lifecycle, words
from monitor.render.text import cut, join_first_names

CHANGED = 12  # parts of a measure that a person changed
LONGEST = 160  # characters of a quote
SHOWN = 6  # names of a measure


def mark_unconfirmed(opinion: Opinion) -> str:
    """`second reader (model), unconfirmed`, beside all that it says."""
    return f"second reader ({opinion.model}), unconfirmed"


def word_opinion(act: Announcement, opinion: Opinion) -> Iterator[str]:
    """Lines of what it says beside the grammar; what it says against it is among the doubts of
    the act.
    """
    new, whose = list_new(act, opinion), mark_unconfirmed(opinion)
    for measure in new[:SHOWN]:
        yield f"S{whose[1:]}: {word_measure(measure)} (“{cut(measure.quote, LONGEST)}”)"
    if len(new) > SHOWN:
        yield f"S{whose[1:]}: {words.format_count(len(new) - SHOWN, 'more measure')}"
    if opinion.title_en:
        yield f"Machine translation of the title ({opinion.model}): {opinion.title_en}"


def word_disagreements(act: Announcement, opinion: Opinion) -> Iterator[str]:
    """Lines of what it says against the grammar, with both quotes."""
    for unread in list_disagreements(act, opinion):
        yield f"{unread.why}; it quotes “{unread.quote}”"


def word_measure(measure: Measure) -> str:
    """Say what a measure does, to whom or what, and when."""
    subjects: tuple[Entity | Item, ...] = (*measure.entities, *measure.items)
    names = [name for subject in subjects for name in subject.names.values()]
    names += [target.key for target in measure.amends]
    days = "".join(
        f", {word} {day.on}"
        for word, day in (("from", measure.starts), ("until", measure.ends))
        if day
    )
    return f"{measure.action} {join_first_names(names, SHOWN) if names else ''}".rstrip() + days


def describe_proposal(proposal: Proposal) -> str:
    """Say what a person added to a reading, removed, or settled."""
    changes = (("added", proposal.add), ("struck", proposal.strike))
    said = [f"{verb} {_describe_change(each)}" for verb, some in changes for each in some]
    return "; ".join((*said, *(f"settled {part.what}" for part in proposal.settled)))


def _describe_change(measure: Measure) -> str:
    parts = [said for _, said in list_days(measure)]
    parts += [describe_part(part) for _, part in list_parts(measure)]
    return f"{describe_head(measure)}{': ' if parts else ''}{join_first_names(parts, CHANGED)}"


def describe_head(measure: Measure) -> str:
    """Say what a measure does, in which register, by which clauses."""
    return " ".join(filter(None, (measure.action, measure.register, *measure.clauses)))


def list_days(measure: Measure) -> Iterator[tuple[str, str]]:
    """Its first and last day, by name, in words."""
    for name, day in (("starts", measure.starts), ("ends", measure.ends)):
        if day:
            yield name, f"{name} {dates.format_date(day.on)}"


def list_parts(measure: Measure) -> list[tuple[str, Any]]:
    """List the named parts of a measure, by field."""
    return [(name, part) for name in PARTS for part in getattr(measure, name)]


def describe_part(part: Any) -> str:
    """One of these, in words."""
    if isinstance(part, Entity | Item):
        return lifecycle.format_bilingual_name(part)
    if isinstance(part, Target):
        return " ".join(("changes", words.name_acts([part.key]), *part.clauses))
    return (
        f"{part.kind}: {part.text}"
        if isinstance(part, Term)
        else f"to {words.name_destination(part)}"
    )
