"""What a second reader says of an act, in lines that never pass for what the act says."""

from collections.abc import Iterator

from monitor.diff.opinions import list_new
from monitor.model import Announcement, Entity, Item, Measure, Opinion
from monitor.render.text import cut, join_first_names
from monitor.render.words import format_count

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
        yield f"S{whose[1:]}: {format_count(len(new) - SHOWN, 'more measure')}"
    if opinion.title_en:
        yield f"Machine translation of the title ({opinion.model}): {opinion.title_en}"


def word_measure(measure: Measure) -> str:
    """What a measure does, to whom or what, and when."""
    subjects: tuple[Entity | Item, ...] = (*measure.entities, *measure.items)
    names = [name for subject in subjects for name in subject.names.values()]
    names += [target.key for target in measure.amends]
    days = "".join(
        f", {word} {day.on}"
        for word, day in (("from", measure.starts), ("until", measure.ends))
        if day
    )
    return f"{measure.action} {join_first_names(names, SHOWN) if names else ''}".rstrip() + days
