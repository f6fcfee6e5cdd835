"""Events, their status and actions, as lines for people and programs."""

from collections.abc import Mapping

from monitor.ask.lines import make_line
from monitor.clock import format_instant, format_minute
from monitor.model import Severity, Value
from monitor.render import words
from monitor.render.alert import compose_alert
from monitor.render.opinions import describe_proposal
from monitor.store import History, handling, notices
from monitor.triage.values import Case, Handled, Handling, Stage, Verb

CASE_HEADS = ("event", "is", "by", "since (UTC)", "matters", "told", "what")


class CaseLine(Value, kw_only=True):
    """An event for programs: its status, since when, and its destinations, or why it had none."""

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


class ConcernLine(Value, kw_only=True):
    """An entry of the watch list that the event touches, or may, and why."""

    entry: str
    subject: str
    score: float
    reason: str


class DoneLine(Value, kw_only=True):
    """One thing that was done with an event."""

    at: str
    did: Verb
    by: str
    via: str
    role: str = ""
    said: str = ""
    refused: str = ""


class WhyLine(Value, kw_only=True):
    """Why an event was sent: the rule for each destination, its matches, its ground, its triage."""

    case: CaseLine
    rules: Mapping[str, str] = {}
    matches: tuple[ConcernLine, ...] = ()
    url: str = ""
    sha256: str = ""
    dates: Mapping[str, str] = {}
    done: tuple[DoneLine, ...] = ()


class NewsMuteLine(Value, kw_only=True):
    """The mutes, for programs."""

    subject: str
    until: str
    by: str
    at: str
    reason: str = ""


def format_case_headline(history: History, case: Case) -> str:
    """Return what it is, in one sentence."""
    return (
        compose_alert(history(notices.load_told_notice, case.message)).headline
        if case.message
        else words.name_acts([case.event])
    )


def make_case_line(history: History, case: Case) -> CaseLine:
    """An event as one line."""
    told = {name: format_instant(at) if at else "" for name, at in case.told.items()}
    about = {"event": case.event, "severity": case.severity, "untold": case.untold}
    return make_line(
        CaseLine,
        case.handled,
        what=format_case_headline(history, case),
        opened=format_instant(case.opened_at),
        told=told,
        **about,
    )


def make_case_row(line: CaseLine) -> tuple[str, ...]:
    """Make a row of an event, under `CASE_HEADS`."""
    stage = f"{line.stage}: {line.decision}" if line.decision else line.stage
    rests = f", rests until {format_minute(line.until)}" if line.until else ""
    told = ", ".join(
        [
            *(name if at else f"{name} (owed)" for name, at in line.told.items()),
            *(f"{name} (not told)" for name in line.untold),
        ]
    )
    return (
        line.event,
        f"{stage}{rests}",
        line.by,
        format_minute(line.since or line.opened),
        line.severity,
        told,
        line.what,
    )


def explain_case(history: History, case: Case) -> WhyLine:
    """Explain an event's alert and its triage."""
    return make_line(
        WhyLine,
        case.evidence,
        case=make_case_line(history, case),
        rules={name: rule for name, rule in case.why.items() if rule},
        matches=tuple(make_line(ConcernLine, match) for match in case.matches),
        dates=case.dates,
        done=tuple(map(make_done_line, history(handling.list_handlings, case.event))),
    )


def make_done_line(handling: Handling) -> DoneLine:
    """One thing that was done, as a line."""
    return make_line(DoneLine, handling, did=handling.verb, said=join_handling_words(handling))


def join_handling_words(handling: Handling) -> str:
    """Describe an action's details: a decision, an end, a destination, a changed reading, a reason."""
    until = f"until {handling.until}" if handling.until else ""
    changed = describe_proposal(handling.proposal) if handling.proposal else ""
    said = (handling.decision, handling.to, until, changed, handling.text)
    return "; ".join(filter(None, said))


def describe_case_state(handled: Handled) -> str:
    """Describe an event's status in a few words."""
    rests = f", rests until {handled.until}" if handled.until else ""
    decided = f": {handled.decision}" if handled.decision else ""
    by = f" by {handled.by}" if handled.by else ""
    return f"{handled.stage}{decided}{by}{rests}"
