"""How events stand and what was done with them, as lines for people and for programs."""

from collections.abc import Mapping

from monitor.clock import iso
from monitor.history import History, handling, notices
from monitor.model import Severity, Value
from monitor.render.alert import compose
from monitor.triage.values import Case, Handled, Handling, Silence, Stage, Verb

HEADS = ("event", "is", "by", "since (UTC)", "matters", "told", "what")


class CaseLine(Value, frozen=True, kw_only=True):
    """An event for programs: how it stands, and since when; who was told of it, and who was not and why."""

    event: str
    what: str
    stage: Stage
    severity: Severity
    opened: str
    by: str = ""
    since: str = ""
    decision: str = ""
    text: str = ""
    until: str = ""
    told: Mapping[str, str] = {}
    untold: Mapping[str, str] = {}


class ConcernLine(Value, frozen=True, kw_only=True):
    """An entry of the watch list that the event touches, or may, and why."""

    entry: str
    subject: str
    score: float
    reason: str


class DoneLine(Value, frozen=True, kw_only=True):
    """One thing that was done with an event."""

    at: str
    did: Verb
    by: str
    via: str
    role: str = ""
    said: str = ""
    refused: str = ""


class WhyLine(Value, frozen=True, kw_only=True):
    """Why an event was told: by which rule where, whom it touches, on what it rests, what was done with it."""

    case: CaseLine
    rules: Mapping[str, str] = {}
    matches: tuple[ConcernLine, ...] = ()
    url: str = ""
    sha256: str = ""
    dates: Mapping[str, str] = {}
    done: tuple[DoneLine, ...] = ()


class SilenceLine(Value, frozen=True, kw_only=True):
    """What is muted, for programs."""

    subject: str
    until: str
    by: str
    at: str
    reason: str = ""


def headline(history: History, case: Case) -> str:
    """What it is, in one sentence."""
    return compose(history(notices.told_of, case.message)).headline if case.message else case.event


def line(history: History, case: Case) -> CaseLine:
    """An event as one line."""
    handled = case.handled
    return CaseLine(
        event=case.event,
        what=headline(history, case),
        stage=handled.stage,
        severity=case.severity,
        opened=iso(case.opened_at),
        by=handled.by,
        since=handled.since,
        decision=handled.decision,
        text=handled.text,
        until=handled.until,
        told={name: iso(at) if at else "" for name, at in case.told.items()},
        untold=case.untold,
    )


def row(line: CaseLine) -> tuple[str, ...]:
    """The same as a row, under `HEADS`."""
    stage = f"{line.stage}: {line.decision}" if line.decision else line.stage
    rests = f", rests until {minute(line.until)}" if line.until else ""
    told = ", ".join([*(name if at else f"{name} (owed)" for name, at in line.told.items()), *map(_untold, line.untold)])
    return line.event, f"{stage}{rests}", line.by, minute(line.since or line.opened), line.severity, told, line.what


def _untold(name: str) -> str:
    return f"{name} (not told)"


def minute(moment: str) -> str:
    """A moment (UTC, ISO) to the minute."""
    return moment[:16].replace("T", " ")


def why(history: History, case: Case) -> WhyLine:
    """Why an event was told, and what became of it."""
    return WhyLine(
        case=line(history, case),
        rules={name: rule for name, rule in case.why.items() if rule},
        matches=tuple(
            ConcernLine(entry=match.entry, subject=match.subject, score=match.score, reason=match.reason)
            for match in case.matches
        ),
        url=case.evidence.url if case.evidence else "",
        sha256=case.evidence.sha256 if case.evidence else "",
        dates=case.dates,
        done=tuple(map(done, history(handling.handlings, case.event))),
    )


def done(handling: Handling) -> DoneLine:
    """One thing that was done, as a line."""
    return DoneLine(
        at=iso(handling.at),
        did=handling.verb,
        by=handling.by,
        via=handling.via,
        role=handling.role,
        said=handling_words(handling),
        refused=handling.refused,
    )


def handling_words(handling: Handling) -> str:
    """What was said with it: a decision, an end, a destination, a reason."""
    until = f"until {handling.until}" if handling.until else ""
    return "; ".join(filter(None, (handling.decision, handling.to, until, handling.text)))


def silence_line(silence: Silence) -> SilenceLine:
    """What is muted as one line."""
    return SilenceLine(
        subject=silence.subject, until=iso(silence.until), by=silence.by, at=iso(silence.at), reason=silence.reason
    )


def stands(handled: Handled) -> str:
    """How an event stands, in a few words."""
    rests = f", rests until {handled.until}" if handled.until else ""
    decided = f": {handled.decision}" if handled.decision else ""
    by = f" by {handled.by}" if handled.by else ""
    return f"{handled.stage}{decided}{by}{rests}"
