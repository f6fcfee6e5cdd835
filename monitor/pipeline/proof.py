"""Which acts and records somebody means who asks for evidence, and all that is on record of them. Asks the history."""

from collections.abc import Iterable, Sequence

from monitor.errors import MonitorError
from monitor.history import Dossier, History
from monitor.history import dossier as dossiers
from monitor.pipeline import stories
from monitor.pipeline.knowledge import Knowledge
from monitor.pipeline.stories import Story
from monitor.watch.entries import Entry
from monitor.watch.match import DEFAULT, Thresholds


def dossier(
    history: History,
    asked: Sequence[str],
    thresholds: Thresholds = DEFAULT,
    entries: Sequence[Entry] = (),
    sources: Iterable[str] = (),
) -> Dossier:
    """All that is on record of what is named, as `monitor show` finds it.

    Raises:
        MonitorError: nothing on record is called so, or no act and no record of a register is.
    """
    knowledge, ids = Knowledge(history), tuple(sources)
    return of_stories(history, [(about, stories.show(history, about, thresholds, entries, ids, knowledge)) for about in asked])


def of_stories(history: History, told: Iterable[tuple[str, Story]]) -> Dossier:
    """The same of stories that were told already, each with what was asked for.

    Raises:
        MonitorError: one of them has neither an act nor a record of a register.
    """
    keys: set[str] = set()
    rows: set[tuple[str, str]] = set()
    for about, story in told:
        own = {sighting.now.key for sighting in story.acts} | {life.act.key for life in story.lifecycles if life.seen}
        listed = {(period.register, period.row) for period in story.periods}
        if not own | listed:
            raise MonitorError(f"{about}: no act and no record of a register that evidence could be packed of")
        keys |= own
        rows |= listed
    return history(dossiers.dossier, keys, rows)
