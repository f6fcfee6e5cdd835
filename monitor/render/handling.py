"""Who has an event, and what was decided: the lines that stand in its messages; and why it was told."""

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from monitor.render import dates
from monitor.render.text import capital, cut
from monitor.triage.values import Case, Handled, Stage
from monitor.watch.ties import describe_tie

SPOKEN = 200  # characters of what somebody wrote


def lines(handled: Handled | None, zone: str = "") -> Iterator[str]:
    """`Taken by Li Wei, 9 Oct 2025, 09:05 Berlin`; moments by the clock of `zone`, else UTC."""
    if handled is None:
        return
    at = moment(handled.since, zone)
    if handled.stage is Stage.TAKEN:
        yield f"Taken by {handled.by}, {at}"
    elif handled.stage is Stage.DONE:
        text = f": {cut(handled.text, SPOKEN)}" if handled.text else ""
        yield f"{capital(handled.decision)}{text} (decided by {handled.by}, {at})"
    if handled.until:
        yield f"Rests until {moment(handled.until, zone)}"


def moment(at: str, zone: str = "") -> str:
    """A moment (UTC, ISO) by the clock of a zone, with the place whose clock it is."""
    if not at:
        return ""
    local = datetime.fromisoformat(at).astimezone(ZoneInfo(zone or "UTC"))
    return f"{dates.moment(local)} {(zone or 'UTC').rpartition('/')[2].replace('_', ' ')}"


def explained(case: Case, headline: str) -> Iterator[str]:
    """Why an event was told, in lines: the rule, the match, the evidence, when it was first seen, who was told."""
    yield headline
    yield f"First seen {case.opened_at:%Y-%m-%d %H:%M} UTC, event {case.event}; it matters: {case.severity}."
    for name, at in case.told.items():
        when = f"{at:%Y-%m-%d %H:%M} UTC" if at else "not yet"
        yield f"Told to {name}, {when}: {case.why.get(name) or 'all goes there that no rule sends elsewhere'}."
    for name, reason in case.untold.items():
        yield f"Not told to {name}: {reason}."
    if case.evidence:
        yield f"Evidence: {case.evidence.url}, SHA-256 {case.evidence.sha256[:12]}."
    for match in case.matches:
        tie = describe_tie(match.known_tie, match.subject)
        yield f"Touches {match.entry}, which {tie} ({match.score:.2f}, {match.reason})."
    if not case.matches:
        yield "No match with your watch list is on record."  # of what could not be read nobody knows
