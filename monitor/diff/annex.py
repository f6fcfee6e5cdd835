"""An act and its annexes → one act: what an annex lists is the act's, what could not be read of it is said. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

import msgspec

from monitor.model import Announcement, Measure, Unread


@dataclass(frozen=True, slots=True)
class AnnexReading:
    """What became of one annex: the partial acts read from it, or why it could not be read."""

    title: str
    acts: tuple[Announcement, ...] = ()
    failure: str | None = None


def completed(act: Announcement, parts: Sequence[AnnexReading]) -> Announcement:
    """The act with what its annexes list."""
    listed = [
        measure for part in parts for act_of_part in part.acts if act_of_part.key == act.key for measure in act_of_part.measures
    ]
    measures = act.measures
    for measure in listed:
        measures = _with(measures, measure)
    failures = tuple(Unread(what="annex", why=part.failure, quote=part.title) for part in parts if part.failure)
    # A file that was tried is no longer one merely not opened.
    tried = [part.title for part in parts if part.title]
    still_unread = tuple(
        unread
        for unread in act.not_read
        if not (unread.what == "attachment" and any(unread.quote in title or title in unread.quote for title in tried))
        and not (unread.what in ("items", "entities") and listed)
    )
    unread = still_unread + failures
    is_part = unread or any(found.understood == "part" for part in parts for found in part.acts)
    understood = "none" if act.understood == "none" and not measures else "part" if is_part else "full"
    return msgspec.structs.replace(act, measures=measures, not_read=unread, understood=understood)


def _with(measures: tuple[Measure, ...], listed: Measure) -> tuple[Measure, ...]:
    """`listed` poured into the measure it belongs to; beside the others where there is none."""
    for at, measure in enumerate(measures):
        if measure.action is listed.action and listed.register in (None, measure.register):
            entities, items = measure.entities + listed.entities, measure.items + listed.items
            whole = msgspec.structs.replace(measure, entities=entities, items=items)
            return (*measures[:at], whole, *measures[at + 1 :])
    return (*measures, listed)
