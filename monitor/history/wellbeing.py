"""What a `History` can be asked of how its sources are doing, and what people are told of that."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from sqlmodel import col, func, not_, or_, select

from monitor.history import addresses, looks, polls, publishing, records, tables, troubles, vitals
from monitor.history.columns import Instant
from monitor.history.tables import SourceRow
from monitor.history.transactions import Transactions
from monitor.source import health as rules
from monitor.source.health import Health
from monitor.source.health.outage import Paths
from monitor.source.schedule import Tried


class Wellbeing(Transactions):
    """The sources of a history."""

    def polls_end(self, ended: Sequence[polls.PollEnds]) -> list[polls.Ended]:
        """Polls ended: keep what they looked at and the health of their sources, owe word of it when it is worth one."""
        with self._transaction() as session:
            return polls.end(session, ended)

    def polls_begin(self, begun: Sequence[polls.PollBegins]) -> list[polls.Standing]:
        """What each of these polls is to look at."""
        with self._transaction() as session:
            return polls.begin(session, begun)

    def tell_stale(
        self, bounds: Mapping[str, timedelta], awake: datetime, now: datetime, paths: Mapping[str, Paths] | None = None
    ) -> None:
        """Owe word of each source of which nothing good came for longer than its bound, polled or not, since we are `awake`.

        A poll that has not ended yet, and brings one page after the other, such as a long baseline, is no silence.
        """
        with self._transaction() as session:
            rows = {row.id: row for row in session.exec(select(SourceRow).where(col(SourceRow.id).in_(bounds))).all()}
            fallen = {}
            for source, bound in bounds.items():
                state = troubles.health_of(rows.get(source))
                stale = rules.is_stale(state, now, bound=bound, awake=awake)
                if not stale or not (state.problem or not addresses.brought(session, source, now - bound)):
                    continue
                ways = (paths or {}).get(source, polls.ALONE)
                if not (state.problem and troubles.told_with_others(session, state.problem, ways, now)):
                    fallen[source] = rules.told_stale(state, now)
            if fallen:
                healths = {row.id: troubles.health_of(row) for row in session.exec(select(SourceRow)).all()} | fallen
            for source, state in fallen.items():
                told = troubles.fell(session, source, state, (paths or {}).get(source, polls.ALONE), healths, now)
                hold = rows[source].hold if source in rows else 0.0
                addresses.keep_health(session, source, rules.told_by_itself(state, told=told), timedelta(seconds=hold))

    def unheard(self, since: datetime) -> tuple[dict[str, datetime], frozenset[str]]:
        """The sources that were not read well since then, though people were not told: since when; and all others ever asked."""
        with self._transaction() as session:
            moment = func.coalesce(SourceRow.since, SourceRow.last_ok, SourceRow.last_poll, type_=Instant)
            heard = or_(col(SourceRow.last_ok) > since, col(SourceRow.told))
            unheard = session.exec(select(SourceRow.id, moment).where(not_(func.coalesce(heard, False)))).all()
            return dict(unheard), frozenset(session.exec(select(SourceRow.id).where(heard)).all())

    def health(self) -> dict[str, Health]:
        """How every source that was ever polled is doing."""
        with self._transaction() as session:
            return {row.id: troubles.health_of(row) for row in session.exec(select(SourceRow)).all()}

    def vitals(self, now: datetime) -> records.Vitals:
        """How sources and outbox are doing, for whoever watches over the monitor."""
        with self._transaction() as session:
            return vitals.vitals(session, now)

    def quiet(self, source: str) -> records.Quiet:
        """What a source's silence since its last change rests on."""
        with self._transaction() as session:
            return looks.quiet(session, source)

    def newest(self) -> dict[str, datetime]:
        """When each source last brought something that was not known."""
        with self._transaction() as session:
            return vitals.newest(session)

    def told_after(self, moment: datetime) -> list[records.ToldAlert]:
        """The acts and editions of registers of which the first word arrived after a moment."""
        with self._transaction() as session:
            return vitals.told_after(session, moment)

    def tried(self, since: datetime | None = None) -> dict[str, Tried]:
        """When each source was last polled, or each that was since then, how often in a row it failed, how long it asked us to
        wait.
        """
        with self._transaction() as session:
            return addresses.tried(session, since)

    def workers(self) -> list[records.Worker]:
        """The processes that work on it beside each other, as they said last."""
        with self._transaction() as session:
            rows = session.exec(select(tables.WorkerRow).order_by(col(tables.WorkerRow.name))).all()
            return [
                records.Worker(row.name, row.began, row.seen, row.queues.split(), row.doing.split(), row.schedules)
                for row in rows
            ]

    def published(self, since: datetime) -> dict[str, list[datetime]]:
        """By source, when what was told since then was published, as far as that is known."""
        with self._transaction() as session:
            return publishing.published(session, since)

    def troubles(self) -> list[records.TroubleState]:
        """All that people were told of and that is not over."""
        with self._transaction() as session:
            return troubles.states(session)
