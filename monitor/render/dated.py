"""That an act came long after the day it bears: what was in force meanwhile is to be looked at."""

from collections.abc import Iterator

from monitor.alert.notice import Notice
from monitor.render import dates, words


def lines(notice: Notice) -> Iterator[str]:
    """A line for each act of the message; of several each by its name."""
    names = {act.key: words.act(act) for act in (*([notice.act] if notice.act else []), *notice.acts)}
    for late in notice.back_dated:
        whose = f"{names[late.act]}: back-dated" if len(notice.acts) > 1 and late.act in names else "Back-dated"
        absent = f"it was not there yet when {late.source} was read on {dates.day(late.absent_at)}"
        yield f"{whose}: it bears the day {dates.day(late.published)}, but {absent}."
