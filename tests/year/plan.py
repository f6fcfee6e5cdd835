"""What happens in a simulated stretch of time, drawn by a seed: what is published, what breaks,
when we are not there.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from toy_offices import offices

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
SHANGHAI = ZoneInfo("Asia/Shanghai")
# at the beginning, for the first read; and at the end, so that all that was published can be told
QUIET = 3 * DAY


class Fault(StrEnum):
    """How an office's site fails."""

    SERVER = "5xx"
    SILENCE = "timeouts"
    RESET = "resets"
    DOWN = "no connection"
    CERTIFICATE = "bad certificate"
    CUT = "truncated"
    WALL = "bot wall, 200"
    MAINTENANCE = "maintenance, 200"
    EMPTY = "empty list"
    LAYOUT = "new layout"
    PARTIAL = "partial list"
    CHARSET = "lost letters"
    LOOP = "redirect loop"
    BUSY = "429"
    STALE = "always 304"
    FLAPPING = "two replicas"
    MOVED = "moved, redirects"


# By kind: how many there are a year at one office, and how long one lasts in the middle; few last
# many times as long.
RATES = {
    Fault.SERVER: (8.0, 20 * MINUTE),
    Fault.SILENCE: (6.0, 20 * MINUTE),
    Fault.RESET: (6.0, 10 * MINUTE),
    Fault.DOWN: (3.0, 40 * MINUTE),
    Fault.CERTIFICATE: (0.3, 20 * HOUR),
    Fault.CUT: (3.0, 15 * MINUTE),
    Fault.WALL: (3.0, 3 * HOUR),
    Fault.MAINTENANCE: (3.0, 4 * HOUR),
    Fault.EMPTY: (2.0, 2 * HOUR),
    Fault.LAYOUT: (0.4, 40 * HOUR),
    Fault.PARTIAL: (2.0, 2 * HOUR),
    Fault.CHARSET: (1.0, 2 * HOUR),
    Fault.LOOP: (1.0, 2 * HOUR),
    Fault.BUSY: (2.0, 1 * HOUR),
    Fault.STALE: (1.0, 6 * HOUR),
    Fault.FLAPPING: (1.0, 12 * HOUR),
    Fault.MOVED: (2.0, 24 * HOUR),
}
HARMLESS = frozenset({Fault.MOVED})  # the page is there, and that it moved may be reported
# the page is there, but may not show what is new
UNSEEN = frozenset({Fault.STALE, Fault.FLAPPING, Fault.PARTIAL})
LONGEST = 6 * DAY
SPREAD = 1.5  # of how long faults last, as the deviation of the logarithm


@dataclass(frozen=True)
class Stretch:
    """From one moment to another."""

    begins: datetime
    ends: datetime

    def holds(self, moment: datetime) -> bool:
        return self.begins <= moment < self.ends


@dataclass(frozen=True)
class Trouble(Stretch):
    """An office's site fails in one way."""

    office: str
    fault: Fault


@dataclass(frozen=True)
class Published:
    """One true change: an act, or a row of a register that came, went or was amended."""

    at: datetime
    office: str
    number: int
    action: str = "add"

    @property
    def name(self) -> str:
        """What it is about, and nothing else is."""
        return f"{self.office}-{self.number}"


@dataclass(frozen=True)
class Plan:
    """All that happens. `kills` are moments at which the process dies in the middle of what it
    does.
    """

    whole: Stretch
    offices: Sequence[str]
    published: Sequence[Published]
    troubles: Sequence[Trouble]
    slack_out: Sequence[Stretch]
    asleep: Sequence[Stretch]
    kills: Sequence[datetime]


def drawn(
    seed: int, names: Sequence[str], *, lasting: timedelta, changes: int, rate: float = 1.0
) -> Plan:
    """A plan; `rate` makes faults more frequent where the time is short."""
    dice = random.Random(seed)
    begins = datetime(2026, 1, 1, tzinfo=UTC)
    whole, years = Stretch(begins, begins + lasting), rate * (lasting / (365 * DAY))
    return Plan(
        whole=whole,
        offices=names,
        published=sorted(_published(dice, whole, names, changes), key=lambda change: change.at),
        troubles=[trouble for name in names for trouble in _troubles(dice, whole, name, years)],
        slack_out=list(_stretches(dice, whole, 12 * years, HOUR, 6 * HOUR)),
        asleep=list(_stretches(dice, whole, 6 * years, 2 * HOUR, 9 * HOUR)),
        kills=sorted(_moment(dice, whole) for _ in range(round(50 * lasting / (365 * DAY)) + 2)),
    )


def _published(
    dice: random.Random, whole: Stretch, names: Sequence[str], changes: int
) -> Iterator[Published]:
    calm = Stretch(
        whole.begins + min(QUIET, (whole.ends - whole.begins) / 8),
        whole.ends - min(QUIET, (whole.ends - whole.begins) / 4),
    )
    weights = [5 if offices.is_urgent(name) else 1 for name in names]
    hours = {name: dice.choice((9, 10, 11, 14, 15, 16)) for name in names}
    for number, office in enumerate(dice.choices(names, weights, k=changes), 1):
        yield Published(
            _office_moment(dice, calm, hours[office]),
            office,
            number,
            _action(dice, offices.form(office)),
        )


def _action(dice: random.Random, form: str) -> str:
    if form == "roll":
        return dice.choices(("add", "remove", "amend"), (6, 2, 2))[0]
    return dice.choices(("add", "remove"), (9, 1))[0] if form == "board" else "add"


def _office_moment(dice: random.Random, within: Stretch, hour: int) -> datetime:
    """Mostly on a working day, within two hours of the one that the office likes; the rest at
    any time.
    """
    moment = _moment(dice, within)
    if dice.random() < 0.25:
        return moment
    while moment.astimezone(SHANGHAI).weekday() > 4:
        moment = _moment(dice, within)
    midnight = moment.astimezone(SHANGHAI).replace(hour=0, minute=0, second=0, microsecond=0)
    return (midnight + hour * HOUR + dice.random() * 2 * HOUR).astimezone(UTC)


def _moment(dice: random.Random, within: Stretch) -> datetime:
    return within.begins + dice.random() * (within.ends - within.begins)


def _troubles(dice: random.Random, whole: Stretch, office: str, years: float) -> Iterator[Trouble]:
    """One after another, as if a site broke in one way at a time; none before the first read."""
    drawn_ones = [
        (_moment(dice, Stretch(whole.begins + 3 * HOUR, whole.ends)), fault, middle)
        for fault, (times, middle) in RATES.items()
        for _ in range(_count(dice, times * years))
    ]
    free = whole.begins
    for begins, fault, middle in sorted(drawn_ones):
        if begins >= free:
            free = min(
                begins + min(middle * dice.lognormvariate(0, SPREAD), LONGEST), whole.ends - DAY
            )
            if free > begins:
                yield Trouble(begins, free, office, fault)


def _count(dice: random.Random, mean: float) -> int:
    """How often something happens that happens so often on average."""
    left, times = mean, 0
    while (left := left - dice.expovariate(1.0)) > 0:
        times += 1
    return times


def _stretches(
    dice: random.Random, whole: Stretch, times: float, shortest: timedelta, longest: timedelta
) -> Iterator[Stretch]:
    free = whole.begins + 6 * HOUR
    for begins in sorted(_moment(dice, whole) for _ in range(round(times))):
        ends = begins + shortest + dice.random() * (longest - shortest)
        if begins >= free and ends < whole.ends - DAY:
            free = ends + HOUR
            yield Stretch(begins, ends)
