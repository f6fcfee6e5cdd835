"""What those who run the monitor are told of its sources, each as a headline and what there is to know."""

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from monitor import vocabulary
from monitor.alert.event import MONITOR, NoticeKind
from monitor.alert.notice import Notice, Trouble, Week
from monitor.errors import ErrorKind
from monitor.render import dates, words
from monitor.render.text import capital, cut
from monitor.render.words import Line
from monitor.source.health import kind_word, kind_words, sentence
from monitor.triage.values import Case, Handled, Stage
from monitor.watch.entries import describe_tie

HEADLINES = {
    NoticeKind.ALTERNATES: "{source} alternates between versions",
    NoticeKind.FOREIGN: "{source} links to an act on a foreign host",
    NoticeKind.HELD: "{source} lost rows that are held back",
    NoticeKind.LAYOUT: "{source} has a layout that has grown",
    NoticeKind.PROBLEM: "{source} gives nothing: {kind}",
    NoticeKind.REMARK: "{source} needs a look: {kind}",
}
NO_CAUSE = "no cause was recorded"
PATHS = 8  # sources that are named
ALARMS = (ErrorKind.BLIND, ErrorKind.NETWORK)


def keeper_message(notice: Notice) -> tuple[str, str]:
    """Headline and summary of a message that is about a source, the watch list or the disk."""
    kind = notice.problem.kind if notice.problem else NO_CAUSE
    if notice.kind is NoticeKind.RECOVERED:
        return _recovered(notice)
    if kind == ErrorKind.WATCH_LIST:
        return "Your watch list can't be read whole", f"{cause(notice)}."
    if kind == ErrorKind.CLOSED:
        return "Messages wait: a destination takes none", f"{cause(notice)}."
    if notice.trouble:
        return _headline(notice, notice.trouble), _summary(notice, notice.trouble)
    after = " Nothing of it is taken for a change." if notice.kind is NoticeKind.LAYOUT else ""
    return HEADLINES[notice.kind].format(source=notice.source, kind=kind), f"{cause(notice)}.{after}"


def _headline(notice: Notice, trouble: Trouble) -> str:
    """What is wrong; once it is over, what was."""
    kind = notice.problem.kind if notice.problem else ErrorKind.SOURCE
    if kind in ALARMS:
        seen = "could be seen" if trouble.over else "can be seen"
        until = f"for {trouble.lasted}" if trouble.over else f"since {dates.day(trouble.since)}"
        return f"Nothing {seen} {_whose(notice)} {until}"
    if trouble.sign:
        return f"{notice.source} needed a look for {trouble.lasted}: {kind_word(kind)}" if trouble.over else _looks(notice, kind)
    gave = f"gave nothing for {trouble.lasted}" if trouble.over else "gives nothing"
    return f"{notice.source} {gave}: {kind_words(kind)}"


def _looks(notice: Notice, kind: ErrorKind) -> str:
    return HEADLINES[NoticeKind.REMARK].format(source=notice.source, kind=kind_word(kind))


def _whose(notice: Notice) -> str:
    return "at all" if notice.source == MONITOR else f"of {vocabulary.authority(notice.source)}"


def _summary(notice: Notice, trouble: Trouble) -> str:
    """Cause, what it means, who else looks there, how long it lasts or when it was over."""
    kind = notice.problem.kind if notice.problem else ErrorKind.SOURCE
    over = f"It was over at {dates.day(trouble.over)}." if trouble.over else ""
    lasts = f"For {trouble.lasted} so far." if notice.kind is NoticeKind.UPDATED and not trouble.over else ""
    others = "" if trouble.sign or trouble.over else _others(notice, trouble)
    return " ".join(filter(None, (over, f"{cause(notice)}.", sentence(kind), others, lasts)))


def _others(notice: Notice, trouble: Trouble) -> str:
    """Whether what the source shows is seen elsewhere meanwhile."""
    read = [path.source for path in trouble.paths if path.last_ok and not path.problem]
    if not read:
        return "It is the only source of its authority that is read." if notice.severity.rank > 1 else ""
    more = f" and {len(read) - PATHS} more" if len(read) > PATHS else ""
    count = f"{words.number(len(read)).capitalize()} other{'' if len(read) == 1 else 's'} of its authority"
    count += " is read" if len(read) == 1 else " are read"
    return f"{count}: {', '.join(read[:PATHS])}{more}."


STORED_AGAIN = {
    ErrorKind.DISK_FULL: "There is room on the disk again",
    ErrorKind.DATABASE_AWAY: "The database answers again",
}


def _recovered(notice: Notice) -> tuple[str, str]:
    if notice.problem and notice.problem.kind in STORED_AGAIN:
        return STORED_AGAIN[notice.problem.kind], notice.problem.text
    if notice.trouble is None or notice.problem is None:
        return f"{notice.source} gives facts again", ""
    trouble, kind = notice.trouble, notice.problem.kind
    if kind in ALARMS:
        return f"Back after {trouble.lasted}: something can be seen {_whose(notice)} again", _brought(trouble)
    if not trouble.sign:
        return f"{notice.source} is back after {trouble.lasted}", _brought(trouble)
    if trouble.subject:
        came = "has come" if trouble.brought else "is not waited for any more"
        return f"{notice.source}: what was missing {came} after {trouble.lasted}", f"{cause(notice)}."
    return f"{notice.source} is well again after {trouble.lasted}: {kind_word(kind)}", ""


def _brought(trouble: Trouble) -> str:
    if not trouble.brought:
        return "Nothing new was found."
    if trouble.brought == 1:
        return "1 new page was found: what it announces is told now."
    return f"{trouble.brought:,} new pages were found: what they announce is told now."


def cause(notice: Notice) -> str:
    """What was recorded of the cause, without its full stop."""
    return dates.inside(notice.problem.text.rstrip(".")) if notice.problem else NO_CAUSE


# What calls people to an event, and the word of the week on how they deal with them.

NOBODY = "Nobody has taken this yet"
YOURS = "This waits for a decision"
SAID = 70  # characters of the headline that it is about


def headline(notice: Notice, about: str) -> str:
    """`Nobody has taken this yet: China adds 24 names …`."""
    return f"{NOBODY if notice.kind is NoticeKind.UNTAKEN else YOURS}: {cut(about, SAID)}"


def summary(notice: Notice) -> str:
    """What is asked of whoever reads it."""
    if notice.kind is NoticeKind.UNTAKEN:
        return "Whoever takes it says so in its message; until then it is nobody's."
    return "Say in its message what is decided, or let it rest once more."


def week_headline(week: Week) -> str:
    """As `This week 7 alerts were told, 5 taken, 4 decided; 3 wait`."""
    waits = f"{week.open:,} {'waits' if week.open == 1 else 'wait'}" if week.open else "none waits"
    told = f"{words.things(week.told, 'alert')} {'was' if week.told == 1 else 'were'} told"
    return f"This week {told}, {week.taken:,} taken, {week.decided:,} decided; {waits}"


def week_summary(week: Week) -> str:
    """What was kept back, and why."""
    if not week.kept_back:
        return "Nothing was kept back for being muted."
    return f"{words.things(week.kept_back, 'message')} {'was' if week.kept_back == 1 else 'were'} not told, being muted."


def muted(week: Week, zone: str) -> Iterator[Line]:
    """What is muted, and until when."""
    for subject, until in week.muted:
        yield Line("Muted", f"{subject} until {moment(until, zone)}")


def stands(handled: Handled, zone: str) -> str:
    """How one that waits stands."""
    rests = f", rests until {moment(handled.until, zone)}" if handled.until else ""
    if handled.stage is Stage.TAKEN:
        return f"{handled.by} has it since {moment(handled.since, zone)}{rests}"
    return f"nobody has it{rests}"


# Who has an event, and what was decided: the lines that stand in its messages; and why it was told.

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
