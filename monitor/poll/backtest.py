"""Play the recorded history against today's rules and watch list: which messages would go where,
when, to whom. It runs in a temporary store; nothing else is written.
"""

import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property, partial
from operator import itemgetter
from pathlib import Path

import msgspec

from monitor import vocabulary
from monitor.alert.event import (
    ATTACHED,
    Decision,
    Event,
    Known,
    Notice,
    NoticeKind,
    judge,
    place_edition,
)
from monitor.alert.route import ALERTS, Router, describe_rule, extract_features
from monitor.ask.coverage import WAY_OUT
from monitor.ask.routing import list_entries_touched, make_router, watch_list_of_today
from monitor.clock import format_instant
from monitor.config import Config, EventSettings
from monitor.config.times import Duration
from monitor.deliver.channel import Channel, DeliveryPolicy, Pace, load_policies
from monitor.deliver.sending import deliver
from monitor.diff import ChangeKind
from monitor.errors import MonitorError
from monitor.model import Announcement, Edition, Fact, Report, Severity, Value, frozen
from monitor.poll.replay import StoryClock
from monitor.render.alert import compose_alert
from monitor.source.page import Request
from monitor.store import (
    OPS,
    Address,
    Delta,
    Happening,
    History,
    OutboxState,
    PageRead,
    Stamp,
    acts,
    addresses,
    facts,
    outbox,
    reminders,
    sightings,
)
from monitor.store.threaded import HistoryThread
from monitor.watch.match import WatchList, list_acts_changed, screen_fact

# Each recorded fact in turn, recorded and sent as if it were found now, with the same decisions,
# rules and delivery. Incidents and daily digests are left out.

Earlier = Mapping[str, Announcement]  # the acts that one changes, by key
NOTHING: Earlier = {}
MORNING = time(1, tzinfo=UTC)  # when the reminders of a day are looked for
# a window in which nothing is one package: of a baseline nobody knows the hours
APART = Duration(seconds=-1)


class ToldLine(Value, kw_only=True):
    """A message of the backtest: `after` is when its fact was found, if quiet hours delayed it
    until `at`.
    """

    at: str
    to: str
    kind: NoticeKind
    headline: str
    severity: Severity
    in_thread: bool = False
    why: str = ""
    mentions: tuple[str, ...] = ()
    touches: tuple[str, ...] = ()
    after: str = ""


@dataclass
class Listener(Channel):
    """A destination that accepts and collects all messages."""

    name: str
    clock: StoryClock
    heard: list[ToldLine]
    searchable: bool = True
    pace: Pace = field(default_factory=lambda: Pace(gap=0))

    def post(self, notice: Notice, *, thread: str | None = None) -> str:
        if notice.kind not in ATTACHED:
            self.heard.append(
                _make_told_line(notice, self.name, self.clock.now(), in_thread=bool(thread))
            )
        return str(len(self.heard))

    def update(self, notice: Notice, receipt: str) -> str:  # noqa: ARG002 - an edit brings no message
        return receipt


def _make_told_line(notice: Notice, to: str, now: datetime, *, in_thread: bool) -> ToldLine:
    alert = compose_alert(notice)
    at = format_instant(now)
    return ToldLine(
        at=at,
        to=to,
        kind=notice.kind,
        headline=alert.headline,
        severity=notice.severity,
        in_thread=in_thread,
        why=notice.why,
        mentions=notice.mentions,
        touches=tuple(list_entries_touched(notice.touches)),
        after=notice.first_seen if notice.first_seen != at else "",
    )


@dataclass
class Play:
    """The state of a running backtest."""

    config: Config
    scratch: HistoryThread
    clock: StoryClock
    watch: WatchList
    start: datetime
    heard: list[ToldLine] = field(default_factory=list)
    fitted: Counter[int] = field(default_factory=Counter)
    changes: int = 0

    @cached_property
    def router(self) -> Router:
        """The rules of today."""
        return make_router(self.config)

    @cached_property
    def ways(self) -> Mapping[str, DeliveryPolicy]:
        """The destinations of today."""
        return load_policies(self.config)

    async def up_to(self, moment: datetime) -> None:
        """Let time pass: reminders fall due each morning, quiet hours end."""
        if self.clock.now() < self.start <= moment:
            self.clock.move_to(self.start - timedelta(seconds=1))
            untold = lambda decision, _fact: replace(decision, posts=())  # noqa: E731 - what fell due before is told no more
            await self.scratch(reminders.remind, self.clock.now(), untold)
        for stop in [*_list_mornings(self.clock.now(), moment), moment]:
            if stop >= self.start:
                await self._quiet_until(stop)
            self.clock.move_to(stop)
            if stop >= self.start:
                await self.scratch(reminders.remind, stop, self._addressed)
                await self._deliver()

    async def _quiet_until(self, moment: datetime) -> None:
        """Deliver at the end of all quiet hours until then."""
        while ends := [
            until
            for way in self.ways.values()
            if (until := way.quiet_until(self.clock.now())) and until < moment
        ]:
            self.clock.move_to(min(ends))
            await self._deliver()

    async def _deliver(self) -> None:
        """Hand over what waits; on most mornings nothing does."""
        if not (await self.scratch(outbox.count_by_state)).get(OutboxState.PENDING):
            return
        listeners = {
            name: Listener(name, self.clock, self.heard)
            for name in (ALERTS, OPS, *self.config.destinations)
        }
        await deliver(self.scratch, listeners, self.clock, self.ways)

    async def happen(self, happening: Happening, moment: datetime) -> None:
        """Record one fact as if it were found now, and send its messages."""
        await self.up_to(moment)
        (place,) = await self.scratch(
            addresses.take_up,
            happening.source,
            [Request(happening.evidence.url)],
            happening.source,
            moment,
        )
        stamp = Stamp(happening.evidence.sha256)
        if isinstance(happening.found, Edition):
            await self._edition(happening, happening.found, place, stamp, moment)
        else:
            await self._fact(happening, happening.found, place, stamp, moment)
        if moment >= self.start:
            await self._deliver()

    async def _fact(
        self,
        happening: Happening,
        found: Fact,
        tracked_page: Address,
        stamp: Stamp,
        moment: datetime,
    ) -> None:
        earlier = await self.scratch(acts.load_acts, list_acts_changed(found))
        events = self.config.events
        windows = msgspec.structs.replace(events, package=APART) if happening.baseline else events
        decide = partial(
            self._judge, moment=moment, windows=windows, earlier=earlier, kind=happening.kind
        )
        await self.scratch(
            facts.record_page,
            tracked_page,
            PageRead((found,), (), happening.evidence, stamp),
            decide,
            moment,
            windows,
        )

    def _judge(
        self,
        found: Fact,
        known: Known,
        *,
        moment: datetime,
        windows: EventSettings,
        earlier: Mapping[str, Announcement],
        kind: ChangeKind,
    ) -> Decision | None:
        decision = judge(
            found,
            known,
            authority="press" if isinstance(found, Report) else found.authority,
            now=moment,
            silent=moment < self.start,
            windows=windows,
            then=found
            if kind is ChangeKind.CORRECTED and isinstance(found, Announcement)
            else None,
        )
        return self._addressed(decision, decision.act or found, earlier) if decision else None

    async def _edition(
        self,
        happening: Happening,
        edition: Edition,
        tracked_page: Address,
        stamp: Stamp,
        moment: datetime,
    ) -> None:
        def decide(found: Edition, events: Sequence[Event]) -> Decision:
            decision = place_edition(found, events)
            return self._addressed(
                decision if moment >= self.start else Decision(decision.kind, None), found
            )

        delta = _make_delta(happening, edition)
        await self.scratch(
            facts.record_register, tracked_page, delta, happening.evidence, stamp, decide, moment
        )

    def _addressed(
        self, decision: Decision, found: Fact | Edition, earlier: Earlier = NOTHING
    ) -> Decision:
        """Deliver as usual; count each matching rule once for each reported change."""
        touches = screen_fact(found, self.watch, earlier) if self.watch.entries else None
        if decision.posts:
            self.changes += 1
            fitting = self.router.routing(
                extract_features(found, touches=bool(touches and touches.sure))
            ).fitting
            self.fitted.update([verdict.number for verdict in fitting] or [0])
        return self.router.addressed(decision, found, touches)


def _make_delta(happening: Happening, edition: Edition) -> Delta:
    """An edition without its records: what changed is in it."""
    return Delta(
        reader=happening.source,
        register=edition.register,
        url=happening.evidence.url,
        published=None,
        rows=edition.rows,
        sha256=happening.evidence.sha256,
        moved={},
        described={},
        edition=edition,
        proven=True,
    )


def _list_mornings(since: datetime, until: datetime) -> Iterator[datetime]:
    for days in range((until.date() - since.date()).days + 1):
        morning = datetime.combine(since.date() + timedelta(days=days), MORNING)
        if since < morning < until:
            yield morning


class RuleLine(Value, kw_only=True):
    """A rule (without a number: none fitted), and how many of the changes it fitted."""

    rule: int | None
    asks: str
    to: tuple[str, ...]
    fitted: int


class DestinationLine(Value, kw_only=True):
    """A destination: messages of its own and replies, those that touch the watch list, those
    that call somebody.
    """

    destination: str
    messages: int
    replies: int
    touching: int
    mentioning: int


@frozen
class Played:
    """The messages from `first` on, and the use of each rule and destination; `begins` is the
    oldest day on record.
    """

    told: tuple[ToldLine, ...]
    rules: tuple[RuleLine, ...]
    destinations: tuple[DestinationLine, ...]
    changes: int
    first: date
    begins: date


def _choose_moment(happening: Happening) -> datetime:
    """Return when to play a fact: as it was found; a baseline act at noon of its day of
    publication.
    """
    act = happening.found
    if not (happening.baseline and isinstance(act, Announcement)):
        return happening.at
    day = vocabulary.day(act.published or "", act.authority)
    return (
        min(
            happening.at,
            datetime.combine(day, time(12), vocabulary.zone(act.authority)).astimezone(UTC),
        )
        if day
        else happening.at
    )


async def play_back(config: Config, history: History, first: date, last: date) -> Played:
    """Run the backtest from the first day to the last (days of UTC).

    Raises:
        MonitorError: nothing is on record, so no rule can be judged.
    """
    watch = watch_list_of_today(config, history)
    happenings = sorted(
        ((_choose_moment(found), found) for found in history(sightings.list_happenings)),
        key=itemgetter(0),
    )
    start, end = (datetime.combine(day, time(), UTC) for day in (first, last + timedelta(days=1)))
    if not happenings:
        raise MonitorError(f"nothing is on record that could be played; {WAY_OUT}")
    begins = happenings[0][0]
    with tempfile.TemporaryDirectory(prefix="monitor-backtest-") as folder:
        scratch = HistoryThread(History(Path(folder)))
        try:
            play = Play(
                config, scratch, StoryClock(min(begins, start) - timedelta(seconds=1)), watch, start
            )
            for moment, happening in happenings:
                if moment < end:
                    await play.happen(happening, moment)
            await play.up_to(end)
        finally:
            scratch.close()
    told = tuple(line for line in play.heard if line.at < format_instant(end))
    rules, destinations = _list_rule_lines(play), _list_destination_lines(config, told)
    return Played(told, tuple(rules), tuple(destinations), play.changes, first, begins.date())


def _list_rule_lines(play: Play) -> Iterator[RuleLine]:
    for number, rule in enumerate(play.config.routes, 1):
        yield RuleLine(
            rule=number, asks=describe_rule(rule), to=rule.to, fitted=play.fitted[number]
        )
    yield RuleLine(rule=None, asks="(what no rule fits)", to=(ALERTS,), fitted=play.fitted[0])


def _list_destination_lines(config: Config, told: Sequence[ToldLine]) -> Iterator[DestinationLine]:
    for name in (ALERTS, OPS, *config.destinations):
        here = [line for line in told if line.to == name]
        yield DestinationLine(
            destination=name,
            messages=sum(not line.in_thread for line in here),
            replies=sum(line.in_thread for line in here),
            touching=sum(bool(line.touches) for line in here),
            mentioning=sum(bool(line.mentions) for line in here),
        )
