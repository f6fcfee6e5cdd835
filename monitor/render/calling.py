"""What calls people to an event, and the word of the week on how they deal with them."""

from collections.abc import Iterator

from monitor.alert.event import NoticeKind
from monitor.alert.notice import Notice, Week
from monitor.render import handling, words
from monitor.render.parts import Line
from monitor.render.text import cut
from monitor.triage.values import Handled, Stage

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
        yield Line("Muted", f"{subject} until {handling.moment(until, zone)}")


def stands(handled: Handled, zone: str) -> str:
    """How one that waits stands."""
    rests = f", rests until {handling.moment(handled.until, zone)}" if handled.until else ""
    if handled.stage is Stage.TAKEN:
        return f"{handled.by} has it since {handling.moment(handled.since, zone)}{rests}"
    return f"nobody has it{rests}"
