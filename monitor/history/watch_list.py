"""What a `History` can be asked of the watch list that is kept in it, and of all that the list is held against."""

from collections.abc import Collection, Mapping
from datetime import datetime

from monitor.alert.event import NoticeKind
from monitor.errors import ErrorKind
from monitor.history import owing, watch_state, watched
from monitor.history.transactions import Transactions
from monitor.model import Problem, ScreeningResult
from monitor.watch.entries import Entry
from monitor.watch.match import Dismissal


class WatchListKept(Transactions):
    """The watch list of a history, what people said of it, and what of history it was held against."""

    def watched(self) -> list[Entry]:
        """The entries of the watch list that are kept here."""
        with self._transaction() as session:
            return watched.entries(session)

    def watch(self, entries: Collection[Entry], now: datetime) -> int:
        """Keep entries of the watch list; how many are new or differ from what was kept."""
        with self._transaction() as session:
            return watched.add(session, entries, now)

    def unwatch(self, key: str) -> bool:
        """Forget an entry of the watch list; whether there was one."""
        with self._transaction() as session:
            return watched.remove(session, key)

    def dismissals(self) -> list[Dismissal]:
        """What people have said is not on the watch list, and not taken back."""
        with self._transaction() as session:
            return watched.dismissals(session)

    def dismiss(self, dismissal: Dismissal, now: datetime) -> None:
        """A person said that an entry is not this subject."""
        with self._transaction() as session:
            watched.dismiss(session, dismissal, now)

    def undismiss(self, entry: str, subject: str, by: str, now: datetime) -> bool:
        """A person took that back; whether it had been said."""
        with self._transaction() as session:
            return watched.undismiss(session, entry, subject, by, now)

    def watch_stamp(self) -> tuple[object, ...]:
        """What moves whenever the watch list that is kept here, or what people said of it, does."""
        with self._transaction() as session:
            return watch_state.stamp(session)

    def watch_list_is_known(self) -> bool:
        """Whether anything is kept of a watch list here, be it only that there was one."""
        with self._transaction() as session:
            return watch_state.is_known(session)

    def screened(self) -> dict[str, str]:
        """Each entry of the watch list that was held against all history, and the digest of what it said then."""
        with self._transaction() as session:
            return watched.screened(session)

    def looked_back(
        self, digests: Mapping[str, str], result: ScreeningResult | None, since: tuple[object, ...], now: datetime
    ) -> None:
        """The watch list was held against all history, as the stamp was `since`: remember it, and owe word of what it touches."""
        with self._transaction() as session:
            if change := watched.looked_back(session, digests, result, since, now):
                owing.owe_watch(session, change, now)

    def watch_unread(self, text: str, now: datetime) -> None:
        """A file of the watch list can't be read: owe the people who run the monitor word of it, once a day."""
        with self._transaction() as session:
            problem = Problem(kind=ErrorKind.WATCH_LIST, text=f"{text} (since {now:%Y-%m-%d})")
            owing.owe_remark(session, NoticeKind.PROBLEM, "watch list", problem, now)
