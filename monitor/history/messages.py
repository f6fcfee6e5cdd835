"""What a `History` can be asked of the messages that are owed: which wait, and how they fared."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlmodel import Session, col, func, select

from monitor.alert.event import NoticeKind
from monitor.alert.notice import Notice
from monitor.history import dealings, identity, notices, outbox, owing, rerouting
from monitor.history.records import Closed, Message
from monitor.history.tables import OutboxRow
from monitor.history.transactions import Transactions
from monitor.history.values import OutboxState, Owed


class Messages(Transactions):
    """The outbox of a history."""

    def waiting(self, destination: str) -> list[Owed]:
        """Messages owed to `destination`, in the order they must arrive."""
        with self._transaction() as session:
            return outbox.waiting(session, destination)

    def renewed(self, owed: Owed) -> Owed:
        """A message as it is by now: what it stands under may have arrived, or been found, a moment ago."""
        with self._transaction() as session:
            return outbox.renewed(session, owed)

    def notice(self, owed: Owed) -> Notice:
        """What a message says, as it is known now."""
        with self._transaction() as session:
            return notices.notice(session, owed.id)

    def sending(self, owed: Owed, *, not_before: datetime | None, doubtful: bool) -> Owed | None:
        """A message is about to leave: from now on its outcome is unknown until it is marked otherwise.

        Should we die now, it is not looked for before `not_before`. The message comes back with its thread as it is by now, or
        not at all where it is owed no more.

        Raises:
            Overtaken: another process has taken it up since it was looked at.
        """
        with self._transaction() as session:
            mark = identity.count(session)
            leaving = outbox.sending(session, owed, not_before=not_before, doubtful=doubtful)
        identity.counted(self._store.folder, mark)
        return leaving

    def doubt_if_behind(self, now: datetime) -> bool:
        """Doubt what waits if fewer messages left by this database than by this store; whether it is so."""
        lags, self._lags = self._lags, False
        if lags:
            with self._transaction() as session:
                self._doubt(session, now)
        return lags

    def last_place(self, destination: str) -> str | None:
        """Where the newest message stands that is known to have arrived at a destination."""
        with self._transaction() as session:
            return outbox.last_place(session, destination)

    def compare(self, keys: Collection[str], now: datetime) -> bool:
        """Doubt what waits if any of these messages, which were said, is not known to have left; whether it is so."""
        with self._transaction() as session:
            behind = outbox.strange(session, keys)
            if behind:
                self._doubt(session, now)
        return behind

    def _doubt(self, session: Session, now: datetime) -> None:
        identity.doubt(session, self._store.folder, now)
        outbox.doubt(session)

    def sent(self, owed: Owed, receipt: str, now: datetime) -> None:
        """A message has arrived."""
        with self._transaction() as session:
            outbox.arrived(session, owed.id, receipt, now)

    def kept(self, owed: Owed, state: OutboxState, why: str, not_before: datetime) -> None:
        """A message has not (or not surely) arrived: it stays `pending` or `sending` until `not_before`."""
        with self._transaction() as session:
            outbox.kept(session, owed, state, why, not_before)

    def held_up(self, destination: str, why: str) -> None:
        """A destination could not even be asked what it heard: the message that is next there says why it waits."""
        with self._transaction() as session:
            outbox.held_up(session, destination, why)

    def hold_back(self, destination: str, why: str) -> tuple[int, int]:
        """All that waits at a destination says why nothing is tried; how many messages wait, and how many did not say so yet."""
        with self._transaction() as session:
            return outbox.hold_back(session, destination, why)

    def owing(self) -> list[str]:
        """The destinations that are owed anything."""
        with self._transaction() as session:
            owed = select(OutboxRow.destination).where(col(OutboxRow.state).in_(outbox.OWED)).distinct()
            return sorted(session.exec(owed).all())

    def was_away(self, since: datetime, now: datetime) -> None:
        """Owe word that the database could not be asked since then, and can be now."""
        with self._transaction() as session:
            owing.owe_return(session, since, now)

    def had_no_room(self, since: datetime, now: datetime) -> None:
        """Owe word that nothing could be stored since then, and can be now."""
        with self._transaction() as session:
            owing.owe_room(session, since, now)

    def tell_closed(self, closed: Sequence[str], why: str, to: Collection[str], now: datetime) -> None:
        """Owe these destinations word that others are closed."""
        with self._transaction() as session:
            owing.owe_closed(session, closed, why, to, now)

    def batch(self, destination: str, why: str, now: datetime, *, more_than: int = 1) -> None:
        """Let what waits at a destination stand in the thread of one message that says what it is, and `why` it comes late.

        Nothing is gathered where no more than `more_than` messages wait; without a `why` it is what failed last.
        """
        with self._transaction() as session:
            outbox.batch(session, destination, why, now, more_than=more_than)

    def fail_over(self, destination: str, elsewhere: str) -> int:
        """Send what waits at a closed destination elsewhere; how many messages that are."""
        with self._transaction() as session:
            return rerouting.fail_over(session, destination, elsewhere)

    def reroute_orphans(self, destinations: Collection[str], elsewhere: str) -> int:
        """Send elsewhere what waits at any destination that is none of these; how many messages that are."""
        with self._transaction() as session:
            return rerouting.reroute_orphans(session, destinations, elsewhere)

    def daily(self, day: str, destination: str, now: datetime) -> None:
        """Owe a destination the word of this day: how fresh every source is. Once, however often it is asked for."""
        with self._transaction() as session:
            owing.owe_daily(session, day, destination, now)

    def messages(self, *, every: bool = False, limit: int | None = None, kinds: Collection[NoticeKind] = ()) -> list[Message]:
        """What is owed or could not be delivered, in its order; with `every` all that ever was, the newest first.

        Of these kinds only, where any is named.
        """
        with self._transaction() as session:
            return dealings.messages(session, every=every, limit=limit, kinds=kinds)

    def told_of(self, message: int) -> Notice:
        """What a message of the outbox says, or said, as it is known now.

        Raises:
            MonitorError: there is no such message.
        """
        with self._transaction() as session:
            return notices.notice(session, dealings.row_of(session, message).id or 0)

    def retry(self, messages: Collection[int], by: str, now: datetime) -> None:
        """A person wants these tried now; all that is owed or could not be delivered where none is named.

        Raises:
            MonitorError: one of them is not there, or need not be tried; then none is.
        """
        with self._transaction() as session:
            dealings.retry(session, messages, by, now)

    def drop(self, messages: Collection[int], by: str, reason: str, now: datetime) -> None:
        """A person says that these shall not be told, nor what hangs from them.

        Raises:
            MonitorError: one of them is not there, or was told already; then none is dropped.
        """
        with self._transaction() as session:
            dealings.drop(session, messages, by, reason, now)

    def resend(self, messages: Collection[int], by: str, reason: str, now: datetime) -> list[int]:
        """A person wants said once more what was said: second messages, which say so; which ones they are.

        Raises:
            MonitorError: one of them is not there, or was not said; then none is said again.
        """
        with self._transaction() as session:
            return dealings.resend(session, messages, by, reason, now)

    def close_destination(self, destination: str, why: str | None, now: datetime) -> None:
        """A destination takes nothing until a person has seen to it; without a `why` it does again."""
        with self._transaction() as session:
            dealings.close(session, destination, why, now)

    def closed(self) -> list[Closed]:
        """The destinations that take nothing until a person has seen to it."""
        with self._transaction() as session:
            return dealings.closed(session)

    def counts(self) -> dict[OutboxState, int]:
        """Messages by state, for `monitor status`."""
        with self._transaction() as session:
            rows = session.exec(select(OutboxRow.state, func.count()).group_by(OutboxRow.state)).all()
            return {OutboxState(state): count for state, count in rows}
