"""What becomes of one part of a measure, day by day: from all that touches it to the stretches of its life. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise

from monitor.model import Action
from monitor.timeline.effects import Node
from monitor.timeline.values import Cause, Ending, Span, Status

DAY = timedelta(days=1)
ENDING = {Action.REMOVE: Ending.REMOVED, Action.REPEAL: Ending.REPEALED, Action.REPLACE: Ending.REPLACED}
HOLDING = (Status.IN_FORCE, Status.SUSPENSION_ENDED)


@dataclass(frozen=True, slots=True)
class Suspension:
    """A stretch of days on which a part is suspended by one measure, which measures ended it, and `why`, as of a span.

    One that expired was ended by the measure that states its last day. Of one cut short by a resumption that itself tells.
    """

    by: Node
    since: date
    until: date
    ended_by: tuple[Cause, ...] = ()
    why: Ending | None = None


@dataclass(frozen=True, slots=True)
class Operation:
    """What another measure does once and for all, and since when."""

    by: Node
    since: date


@dataclass(frozen=True, slots=True)
class Influences:
    """All that decides how a part stands on a day."""

    node: Node
    endings: tuple[Operation, ...]
    extensions: tuple[Operation, ...]
    resumptions: tuple[Operation, ...]
    suspensions: tuple[Suspension, ...]

    def spans(self) -> tuple[Span, ...]:
        """Its life from the first day to the last that is known of it."""
        marks = sorted({*self._turns(), date.max})
        spans: list[Span] = []
        for since, after in pairwise(marks):
            span = self._on(since)
            if span is None:
                continue
            until = after if after == date.max else after - DAY
            if spans and _alike(spans[-1], span):
                spans[-1] = replace(spans[-1], until=until)
            else:
                spans.append(replace(span, since=since, until=until))
        return tuple(spans)

    def _turns(self) -> Iterator[date]:
        """The days on which something may change."""
        if self.node.seen:
            yield from (min(self.node.told, self.node.begins), self.node.begins)
        for operation in (*self.endings, *self.extensions, *self.resumptions):
            yield operation.since
        for suspension in self.suspensions:
            yield from (suspension.since, next_day(suspension.until))
        for ends in (self.node.ends, *(operation.by.ends for operation in self.extensions)):
            if ends:
                yield next_day(ends)

    def _on(self, day: date) -> Span | None:
        if ending := next((operation for operation in self.endings if operation.since <= day), None):
            return _span(Status.ENDED, ending.by.cause, why=ENDING[ending.by.measure.action])
        limit = self._limit(day)
        if limit.ends and limit.ends < day:
            return _span(Status.ENDED, limit.cause, why=Ending.EXPIRED)
        if active := [suspension for suspension in self.suspensions if suspension.since <= day <= suspension.until]:
            return _span(Status.SUSPENDED, *(suspension.by.cause for suspension in active))
        if day < self.node.begins:
            return _span(Status.ANNOUNCED, self.node.cause) if self.node.seen else None
        return self._free(day)

    def _limit(self, day: date) -> Node:
        """The measure that sets the last day: its own, or one that gave it another."""
        return next((operation.by for operation in reversed(self.extensions) if operation.since <= day), self.node)

    def _free(self, day: date) -> Span | None:
        """Nothing holds it back today; what did so last says whether anybody has said that it applies again."""
        over = [suspension for suspension in self.suspensions if self.node.begins <= suspension.until < day]
        last = max(over, key=lambda suspension: (suspension.until, suspension.by.rank), default=None)
        resumed = [operation for operation in self.resumptions if operation.since <= day]
        if resumed and (last is None or last.until < resumed[-1].since):
            return _span(Status.IN_FORCE, *self._itself(), resumed[-1].by.cause)
        if last is None:
            return _span(Status.IN_FORCE, *self._itself()) if self.node.seen else None
        if last.why is Ending.EXPIRED:
            return _span(Status.SUSPENSION_ENDED, last.by.cause, *last.ended_by, last=last.until)
        return _span(Status.IN_FORCE, *self._itself(), *last.ended_by)

    def _itself(self) -> Iterator[Cause]:
        if self.node.seen:
            yield self.node.cause


def suspensions(by: Node, lifecycle: Sequence[Span], resumptions: Iterable[Operation]) -> Iterator[Suspension]:
    """The days on which `by`, a measure that suspends, does so; none once its target was resumed."""
    later = [operation for operation in resumptions if (operation.since, operation.by.rank) > (by.begins, by.rank)]
    resumed = min(later, key=lambda operation: (operation.since, operation.by.rank), default=None)
    for at, span in enumerate(lifecycle):
        if span.status not in HOLDING or (resumed and resumed.since <= span.since):
            continue
        if resumed and resumed.since <= span.until:
            yield Suspension(by, span.since, resumed.since - DAY)
        else:
            yield _to_its_end(by, span, lifecycle[at + 1 : at + 2])


def _to_its_end(by: Node, span: Span, following: Sequence[Span]) -> Suspension:
    """A suspension that nobody cut short, with what came after it: nothing yet, itself on other grounds, or its end."""
    over = [after for after in following if after.status not in HOLDING]
    ended_by = tuple(cause for after in over for cause in after.because)
    return Suspension(by, span.since, span.until, ended_by, why=next((after.why for after in over), None))


def operation(by: Node, lifecycle: Sequence[Span]) -> Operation | None:
    """What `by` does for good, from the first day on which it holds; None where it never does."""
    since = next((span.since for span in lifecycle if span.status in HOLDING), None)
    return Operation(by, since) if since else None


def next_day(day: date) -> date:
    """The day after; after the last there is none."""
    return day if day == date.max else day + DAY


def _span(status: Status, *because: Cause, why: Ending | None = None, last: date | None = None) -> Span:
    return Span(date.min, date.max, status, tuple(dict.fromkeys(because)), why, last)


def _alike(one: Span, other: Span) -> bool:
    return replace(one, since=other.since, until=other.until) == other
