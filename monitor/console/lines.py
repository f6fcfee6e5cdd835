"""How a line of an answer looks in a browser: whom or what, how it stands, why, and where one
can go from there. Pure.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from monitor import vocabulary
from monitor.ask.rows import describe_standing, explain_unless, make_row_on_day
from monitor.ask.screen import Screened
from monitor.ask.standing import Standing, make_part_standing, make_period_standing
from monitor.render.lifecycle import format_period, format_state
from monitor.render.text import cut
from monitor.store import OnRecord
from monitor.timeline import Lifecycle, Span, Status, StatusOnDay


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """One line: `key` is that of its act, `state` the word by which it is coloured."""

    subject: str
    how: str
    why: tuple[str, ...] = ()
    link: str = ""
    key: str = ""
    state: str = ""


def make_life_lines(
    lives: Iterable[tuple[Lifecycle, Span]], hits: Sequence[Screened]
) -> list[AnswerLine]:
    """Parts of measures as they stand; words that were quoted once are not quoted again."""
    quoted: set[str] = set()
    lines = []
    for life, span in lives:
        stands, why = make_row_on_day(StatusOnDay(life, span), hits)
        lines.append(
            _line(
                stands,
                tuple(explain_unless(reason, quoted) for reason in why),
                life.act.key,
                span.status,
            )
        )
        quoted.update(why)
    return lines


def make_period_lines(periods: Iterable[OnRecord]) -> list[AnswerLine]:
    """Rows of registers that are published whole."""
    return [
        _line(stands := make_period_standing(period), state="ended" if stands.over else "in force")
        for period in periods
    ]


def _line(
    stands: Standing, why: tuple[str, ...] = (), key: str = "", state: str = ""
) -> AnswerLine:
    return AnswerLine(
        stands.subject, describe_standing(stands), why, stands.link, key, name_css_class(state)
    )


def name_css_class(state: str) -> str:
    """A status as the name of a class of the style sheet."""
    return state.replace(" ", "-")


# Law over time as a picture: a lane for each part of a measure, a bar for each stretch of its life.
# Pure.

# how far the picture goes on beyond the last day that is known, or today
AHEAD = timedelta(days=90)
LANES = 200
LONGEST = 90  # characters of what a lane is about
ACROSS = 100.0  # percent
NARROWEST = 0.4  # ditto, so that a day can be seen


@dataclass(frozen=True, slots=True)
class Bar:
    """A stretch, from `left` over `width` in percent; `text` says it in words."""

    left: float
    width: float
    state: str
    text: str


@dataclass(frozen=True, slots=True)
class Lane:
    """A part of a measure."""

    subject: str
    act: str
    key: str
    bars: tuple[Bar, ...]

    @property
    def text(self) -> str:
        """The whole lane in words."""
        return "; ".join(bar.text for bar in self.bars)


@dataclass(frozen=True, slots=True)
class Year:
    """Where a year begins."""

    left: float
    name: str


@dataclass(frozen=True, slots=True)
class Picture:
    """Lanes by register; `today` is where today stands in percent, `more` how many lanes are not
    drawn.
    """

    groups: tuple[tuple[str, tuple[Lane, ...]], ...]
    years: tuple[Year, ...]
    today: float
    more: int = 0


def draw_picture(lives: Sequence[Lifecycle], today: date, more: int = 0) -> Picture:
    """What became of these parts of measures; the newest of many, beside which there are `more`."""
    drawn = sorted(lives, key=lambda life: life.spans[0].since if life.spans else date.min)[-LANES:]
    first, last = _ends(drawn, today)
    groups: dict[str, list[Lane]] = defaultdict(list)
    for life in drawn:
        groups[life.measure.register or ""].append(_lane(life, first, last))
    named = (
        (vocabulary.register(code) if code else "other measures", tuple(lanes))
        for code, lanes in sorted(groups.items())
    )
    return Picture(
        tuple(named),
        tuple(_years(first, last)),
        _place(today, first, last),
        len(lives) - len(drawn) + more,
    )


def _ends(lives: Iterable[Lifecycle], today: date) -> tuple[date, date]:
    """The first and the last day of the picture."""
    days = [
        day
        for life in lives
        for span in life.spans
        for day in (span.since, span.until)
        if date.min < day < date.max
    ]
    first, last = min([today, *days]), max([today, *days])
    return date(first.year, 1, 1), min(last, date.max - AHEAD) + AHEAD


def _lane(life: Lifecycle, first: date, last: date) -> Lane:
    stands = make_part_standing(life, None)
    return Lane(
        cut(stands.subject, LONGEST),
        stands.act,
        life.act.key,
        tuple(_bar(life, span, first, last) for span in life.spans),
    )


def _bar(life: Lifecycle, span: Span, first: date, last: date) -> Bar:
    left, right = _place(span.since, first, last), _place(min(span.until, last), first, last)
    width = (
        min(max(right - left, NARROWEST), ACROSS - left)
        if span.status is not Status.ENDED
        else NARROWEST
    )
    return Bar(
        round(left, 2),
        round(width, 2),
        name_css_class(span.status),
        f"{format_period(life, span)}: {format_state(life, span)}",
    )


def _place(day: date, first: date, last: date) -> float:
    return ACROSS * (day - first).days / max((last - first).days, 1)


def _years(first: date, last: date) -> Iterable[Year]:
    step = (last.year - first.year) // 8 + 1
    for year in range(first.year, last.year + 1, step):
        yield Year(round(_place(date(year, 1, 1), first, last), 2), str(year))
