"""Two readings of a page side by side: of an act, a report, or a page that is watched."""

from collections.abc import Sequence

from monitor.ask import rows
from monitor.ask.absences import Absence, word_absence
from monitor.console.answering import Given, Shown
from monitor.console.archived import Pair, compare_readings, mark_words
from monitor.console.desk import ConsoleDesk
from monitor.errors import MonitorError
from monitor.store import Recorded, sightings


def list_readings(recorded: Sequence[Recorded]) -> list[Recorded]:
    """What was recorded of a page, each body once, the oldest first."""
    first: dict[str, Recorded] = {}
    for one in recorded:
        first.setdefault(one.evidence.sha256, one)
    return list(first.values())


def show_readings(desk: ConsoleDesk, given: Given) -> Shown:
    """Two readings of what has this key, or of the page at this address: without more said, the
    last two.

    Raises:
        MonitorError: nothing of it is on record, or no reading has these bytes.
    """
    of = given["of"]
    readings = list_readings(
        desk.history(sightings.list_recorded, [of])
        or desk.history(sightings.find_recorded_by_url, of)
    )
    if not readings:
        raise MonitorError(f"no page of {of!r} was recorded; give an act's key or an address")
    before = _choose(readings, given["old"], readings[max(len(readings) - 2, 0)])
    after = _choose(readings, given["new"], readings[-1])
    pairs = (
        compare_readings(desk.archive, before.evidence, after.evidence)
        if len(readings) > 1
        else _list_told(desk, after)
    )
    return {
        "title": "Two readings of",
        "title_of": of,
        "of": of,
        "readings": [
            (one.evidence.sha256, rows.format_utc(one.at), one.kind, one.evidence.url)
            for one in readings
        ],
        "sides": (before.evidence, after.evidence),
        "pairs": pairs,
        "differ": any(not pair.same for pair in pairs),
        "alone": word_absence(Absence.READING, {}, desk.coverage()),
    }


def _choose(readings: Sequence[Recorded], sha256: str, otherwise: Recorded) -> Recorded:
    if not sha256:
        return otherwise
    found = next((one for one in readings if one.evidence.sha256 == sha256), None)
    if found is None:
        raise MonitorError(f"no reading of it has the SHA-256 {sha256[:64]!r}")
    return found


def _list_told(desk: ConsoleDesk, after: Recorded) -> list[Pair]:
    """What was told of a watched page; its first bytes are not kept."""
    told = [
        one.change
        for one in desk.history(sightings.list_page_alerts, after.key)
        if one.evidence.url == after.evidence.url
    ]
    return [
        Pair(*mark_words(one.before, one.after)) for last in told[-1:] for one in last.rewordings
    ]
