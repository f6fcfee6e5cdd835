"""What a simulated stretch of time came to: told once, told wrongly, told late; which outages
were reported, and whose end.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from statistics import median

from toy_offices import offices

from monitor.alert.event import NoticeKind
from year.life import DOWN, QUIET_KINDS, Lived, Told
from year.plan import HARMLESS, UNSEEN, Published, Stretch, Trouble
from year.web import effects

SLACK = timedelta(seconds=2)
PATIENCE = timedelta(minutes=30)  # the default of [health]
Effect = tuple[str, str]  # what is done, and to what


@dataclass(frozen=True)
class Delay:
    """How long a change waited to be told, and the cadence of its source meanwhile: the longer
    one where its hours ended.
    """

    waited: timedelta
    cadence: timedelta

    @property
    def share(self) -> float:
        """Of the cadence, two seconds aside."""
        return (self.waited - SLACK) / self.cadence


class Account:
    """The figures of what was lived."""

    def __init__(self, lived: Lived) -> None:
        self._lived, self._plan = lived, lived.plan
        self._sources = {name: offices.source_of(name) for name in lived.plan.offices}

    @cached_property
    def _expected(self) -> dict[Effect, Published]:
        by_office: defaultdict[str, list[Published]] = defaultdict(list)
        for change in self._plan.published:
            by_office[change.office].append(change)
        return {
            (action, name): change
            for some in by_office.values()
            for action, name, change in effects(some)
        }

    @cached_property
    def _told(self) -> defaultdict[Effect, list[datetime]]:
        told: defaultdict[Effect, list[datetime]] = defaultdict(list)
        for each in self._lived.alerts:
            for effect in _effects_of(each):
                told[effect].append(each.at)
        return told

    @property
    def once(self) -> int:
        """The changes that were told exactly once."""
        return sum(len(self._told[effect]) == 1 for effect in self._expected)

    @property
    def missed(self) -> list[Effect]:
        """Those that were not told at all."""
        return [effect for effect in self._expected if not self._told[effect]]

    @property
    def false(self) -> list[Effect]:
        """What was told and had not happened, or was told again."""
        return [effect for effect, at in self._told.items() for _ in at[effect in self._expected :]]

    @cached_property
    def delays(self) -> list[Delay]:
        """How long each change waited, from when it could be known."""
        return [
            Delay(
                max(self._told[effect][0] - self._knowable(change), timedelta()),
                max(
                    self._cadence(change.office, moment)
                    for moment in (change.at, self._knowable(change), self._told[effect][0])
                ),
            )
            for effect, change in self._expected.items()
            if self._told[effect]
        ]

    def _cadence(self, office: str, moment: datetime) -> timedelta:
        """What is set for this moment, whatever was learnt."""
        source = self._sources[office]
        return source.busy.period if source.busy and source.busy.covers(moment) else source.every

    def _knowable(self, change: Published) -> datetime:
        """When the change was there to be seen, its site, Slack and ourselves being there."""
        moment, hidden = change.at, [*self._of(change.office, HARMLESS), *self._away]
        while ahead := [stretch.ends for stretch in hidden if stretch.holds(moment)]:
            moment = max(ahead)
        return moment

    def _of(self, office: str, but: frozenset[object]) -> list[Trouble]:
        return [
            trouble
            for trouble in self._plan.troubles
            if trouble.office == office and trouble.fault not in but
        ]

    @cached_property
    def _away(self) -> list[Stretch]:
        """When we were not there, or Slack was not."""
        return [*self._plan.slack_out, *self._plan.asleep]

    @property
    def median(self) -> float:
        """Of the delays as shares of the cadence."""
        return median(delay.share for delay in self.delays)

    @property
    def p95(self) -> float:
        """The same, of which nineteen in twenty are no longer."""
        return quantile(sorted(delay.share for delay in self.delays))

    @cached_property
    def _problems(self) -> dict[str, list[datetime]]:
        return self._ops(NoticeKind.PROBLEM)

    def _ops(self, kind: NoticeKind) -> dict[str, list[datetime]]:
        told: defaultdict[str, list[datetime]] = defaultdict(list)
        for each in self._lived.ops:
            if each.notice.kind is kind:
                told[_office(each)].append(each.at)
        return told

    @cached_property
    def outages(self) -> list[Trouble]:
        """Those so long that they must be reported."""
        return [
            trouble
            for office in self._plan.offices
            for trouble in self._of(office, HARMLESS | UNSEEN)
            if self._due(trouble) < trouble.ends
        ]

    def _due(self, trouble: Trouble) -> datetime:
        """By when an outage must be reported: after three cadences and the patience, or as soon
        as we and Slack are back.
        """
        due = trouble.begins + 3 * self._sources[trouble.office].every + PATIENCE
        for away in sorted(self._away, key=lambda stretch: stretch.begins):
            if away.begins < due and away.ends > trouble.begins:
                due = max(due, away.ends + 2 * self._sources[trouble.office].every)
        return due

    @cached_property
    def unreported(self) -> list[Trouble]:
        """The long outages of which no word came within their bound."""
        return [
            outage
            for outage in self.outages
            if not _any_within(
                self._problems.get(outage.office, []), self._before(outage), self._due(outage)
            )
        ]

    def _before(self, outage: Trouble) -> datetime:
        """Since when word of an outage counts: one that runs into the next is told once."""
        begins = outage.begins
        for other in reversed(self._of(outage.office, HARMLESS)):
            if other.begins < begins <= other.ends + 2 * self._sources[outage.office].every:
                begins = other.begins
        return begins

    @cached_property
    def groundless(self) -> list[tuple[str, datetime]]:
        """What was reported although nothing was amiss with the site."""
        return [
            (office, at)
            for office, told in self._problems.items()
            for at in told
            if not any(self._grounds(office, at))
        ]

    def _grounds(self, office: str, at: datetime) -> Iterator[bool]:
        since = at - 4 * self._sources[office].every - 12 * timedelta(hours=1)
        yield from (
            trouble.begins < at and trouble.ends > since
            for trouble in self._of(office, frozenset())
        )

    @cached_property
    def unended(self) -> list[tuple[str, datetime]]:
        """The reports whose end was never told, though the site was well again for long."""
        ended = self._ops(NoticeKind.RECOVERED)
        return [
            (office, at)
            for office, told in self._problems.items()
            for at in told
            if not any(end >= at for end in ended.get(office, []))
            and self._well_for_long(office, at)
        ]

    def _well_for_long(self, office: str, at: datetime) -> bool:
        """Whether a site that was reported then has to have been looked at in this year after
        its trouble was over.
        """
        over = max(
            (trouble.ends for trouble in self._of(office, frozenset()) if trouble.begins < at),
            default=at,
        )
        return over + 2 * self._sources[office].every < self._plan.whole.ends

    def shortcomings(self) -> list[str]:
        """What is not as it has to be, whatever the time it took."""
        return [
            *(f"not told: {effect}" for effect in self.missed),
            *(f"told and had not happened, or told again: {effect}" for effect in self.false),
            *(f"not reported within its bound: {outage}" for outage in self.unreported),
            *(f"reported without a ground: {report}" for report in self.groundless),
            *(f"its end was not told: {report}" for report in self.unended),
        ]


def quantile(ordered: Sequence[float]) -> float:
    """What nineteen in twenty are no larger than."""
    return ordered[min(int(len(ordered) * 0.95), len(ordered) - 1)]


def _effects_of(told: Told) -> Iterator[Effect]:
    """What a message says has happened."""
    notice = told.notice
    if notice.kind in QUIET_KINDS:
        return
    if notice.kind is NoticeKind.ACT:
        yield "add", notice.fact.title.rpartition(" ")[2]
    elif notice.kind is NoticeKind.EDITION:
        yield from (
            (str(change.action), change.name.rpartition(" ")[2]) for change in notice.fact.changes
        )
    else:
        yield str(notice.kind), notice.key


def _office(told: Told) -> str:
    return told.notice.source.rpartition(".")[2]


def _any_within(moments: Sequence[datetime], begins: datetime, ends: datetime) -> bool:
    at = bisect_left(moments, begins)
    return at < len(moments) and moments[at] <= ends + DOWN
