"""How a line of an answer looks in a browser: whom or what, how it stands, why, and where one can go from there. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from monitor.history import OnRecord
from monitor.pipeline.rows import how, on_day_row
from monitor.pipeline.screen import Screened
from monitor.pipeline.standing import Standing, of_period
from monitor.timeline import Lifecycle, Span, StatusOnDay


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """One line: `key` is that of its act, `state` the word by which it is coloured."""

    subject: str
    how: str
    why: tuple[str, ...] = ()
    link: str = ""
    key: str = ""
    state: str = ""


def of_lives(lives: Iterable[tuple[Lifecycle, Span]], hits: Sequence[Screened]) -> list[AnswerLine]:
    """Parts of measures as they stand; words that were quoted once are not quoted again."""
    quoted: set[str] = set()
    lines = []
    for life, span in lives:
        stands, why = on_day_row(StatusOnDay(life, span), hits)
        lines.append(_line(stands, tuple(_unless(reason, quoted) for reason in why), life.act.key, span.status))
        quoted.update(why)
    return lines


def of_periods(periods: Iterable[OnRecord]) -> list[AnswerLine]:
    """Rows of registers that are published whole."""
    return [_line(stands := of_period(period), state="ended" if stands.over else "in force") for period in periods]


def _line(stands: Standing, why: tuple[str, ...] = (), key: str = "", state: str = "") -> AnswerLine:
    return AnswerLine(stands.subject, how(stands), why, stands.link, key, css(state))


def css(state: str) -> str:
    """A status as the name of a class of the style sheet."""
    return state.replace(" ", "-")


def _unless(reason: str, quoted: set[str]) -> str:
    act, quote, _ = reason.partition("“")
    return f"{act.rstrip(': ')}, as quoted above" if reason in quoted and quote else reason
