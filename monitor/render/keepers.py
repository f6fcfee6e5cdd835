"""What those who run the monitor are told of its sources, each as a headline and what there is to know."""

from monitor.alert.event import NoticeKind
from monitor.alert.notice import Notice
from monitor.errors import ErrorKind
from monitor.render import dates

HEADLINES = {
    NoticeKind.ALTERNATES: "{source} alternates between versions",
    NoticeKind.FOREIGN: "{source} links to an act on a foreign host",
    NoticeKind.HELD: "{source} lost rows that are held back",
    NoticeKind.LAYOUT: "{source} has a layout that has grown",
    NoticeKind.PROBLEM: "{source} gives nothing: {kind}",
    NoticeKind.REMARK: "{source} needs a look: {kind}",
}


def told(notice: Notice) -> tuple[str, str]:
    """Headline and summary of a message that is about a source, the watch list or the disk."""
    kind = notice.problem.kind if notice.problem else "no cause was recorded"
    if notice.kind is NoticeKind.RECOVERED:
        return _recovered(notice)
    if kind == ErrorKind.WATCH_LIST:
        return "Your watch list can't be read whole", f"{cause(notice)}."
    after = " Nothing of it is taken for a change." if notice.kind is NoticeKind.LAYOUT else ""
    return HEADLINES[notice.kind].format(source=notice.source, kind=kind), f"{cause(notice)}.{after}"


def _recovered(notice: Notice) -> tuple[str, str]:
    if notice.problem and notice.problem.kind is ErrorKind.DISK_FULL:
        return "There is room on the disk again", notice.problem.text
    return f"{notice.source} gives facts again", ""


def cause(notice: Notice) -> str:
    """What was recorded of the cause, without its full stop."""
    return dates.inside(notice.problem.text.rstrip(".")) if notice.problem else "no cause was recorded"
