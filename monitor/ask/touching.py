"""Does an act touch us: what others on record add to what the act alone says."""

from collections.abc import Iterable, Mapping, Sequence

from msgspec import structs

from monitor import vocabulary
from monitor.ask.knowledge import Records
from monitor.model import Announcement, Edition, Fact
from monitor.render.words import name_acts
from monitor.store.watched import OnRecord
from monitor.watch.entries import Entry, owners_of
from monitor.watch.match import (
    ALONE,
    Beside,
    Pairing,
    WatchList,
    find_asked_for,
    owns,
    screen_entry,
    screen_fact,
)
from monitor.watch.values import ScreeningResult


def screen_with_others(
    act: Announcement,
    watch: WatchList,
    earlier: Mapping[str, Announcement],
    records: Records,
) -> ScreeningResult | None:
    """Screen an act with what others on record add; None without a list."""
    alone = screen_fact(act, watch, earlier)
    beside = look_beside(records, watch, [(act, alone)], earlier)
    return alone if beside == ALONE else screen_fact(act, watch, earlier, beside)


def look_beside(
    records: Records,
    watch: WatchList,
    results: Sequence[tuple[Fact | Edition, ScreeningResult | None]],
    earlier: Mapping[str, Announcement],
) -> Beside:
    """Find what others on record add to results: owners that hold half of an entry together with a
    minority owner, and what is asked for in goods that the facts list without a code.
    """
    minor = {
        one.key
        for _, result in results
        if result
        for one in result.possible
        if one.tie and one.tie.owner
    }
    touched = [entry for entry in watch.entries if entry.key in minor and len(owners_of(entry)) > 1]
    owners: dict[str, set[str]] = {}
    for pairing in filter(owns, list_standing_pairings(records, touched, watch)) if touched else ():
        owners.setdefault(pairing.entry.key, set()).add(pairing.tie.owner)
    if not watch.products:
        return Beside(owners)
    with records.open() as searched:
        asked_for = find_asked_for([fact for fact, _ in results], watch, searched, earlier)
    return Beside(owners, asked_for)


def list_standing_pairings(
    records: Records, entries: Iterable[Entry], watch: WatchList
) -> list[Pairing]:
    """List the subjects that entries may match and where they are listed, without titles of acts
    with unread lists.
    """
    with records.open() as searched:
        found = [placed for entry in entries for placed in screen_entry(entry, searched, watch)]
        on_record = searched.records([place for place, _ in found])
        return [
            _name_place(pairing, on_record[place])
            for place, pairing in found
            if not (on_record[place].unread or on_record[place].gone)
        ]


def _name_place(pairing: Pairing, record: OnRecord) -> Pairing:
    """The same, and where the subject is listed: `on the Unreliable Entity List (UEL Notice No. 10
    of 2025)`.
    """
    act = name_acts([record.act]) if record.act else ""
    named = f"on the {vocabulary.register(record.register)}" if record.register else ""
    place = f"{named} ({act})" if named and act else named or f"in {act}"
    return structs.replace(pairing, reason=f"{pairing.reason}; {place}")
