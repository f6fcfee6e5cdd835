"""What a `History` can be asked of triage: what was done with events, how they stand, what is muted."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from monitor.history import calling, cases, erasing, handling, owing, silences
from monitor.history.transactions import Transactions
from monitor.triage.values import Case, Handling, KeptPerson, PersonalRecord, Silence, TriageRequest
from monitor.triage.working import DeskRules

EVERY = timedelta(minutes=5)
ANYTHING = "SELECT max(id) FROM handling"  # in the words of the driver: where there is nothing, no table need be made to ask


class Triaging(Transactions):
    """What people have done with the events of a history."""

    _called: datetime | None = None  # when it was last looked whom to call
    _hour: datetime | None = None  # in which days of law were last looked at

    def handle(self, asked: TriageRequest, now: datetime) -> Handling:
        """Do what a person asks, once for its key: recorded in one transaction with all that follows from it.

        Raises:
            ConfigError: there is no such event, or nobody was told of it.
        """
        with self._transaction() as session:
            return handling.handle(session, asked, now)

    def handling(self, key: str) -> Handling | None:
        """What was done under this key."""
        with self._transaction() as session:
            return handling.of_key(session, key)

    def handlings(self, event: str | None = None) -> list[Handling]:
        """All that was ever done with an event, or with all of them, in its order."""
        with self._transaction() as session:
            return handling.handlings(session, event)

    def last_handling(self) -> int:
        """What moves whenever anything is done with an event, or refused."""
        with self._transaction() as session:
            return handling.last(session)

    def cases(self, *, every: bool = False, limit: int | None = None) -> list[Case]:
        """The events that were told and nobody has decided, the newest first; with `every` those that somebody has, too."""
        with self._transaction() as session:
            return list(cases.cases(session, every=every, limit=limit))

    def case(self, what: str) -> Case | None:
        """The event that somebody means: by its key, an act of it, the number or the place of a message about it."""
        with self._transaction() as session:
            event = handling.event_named(session, what)
            return cases.case(session, event) if event else None

    def call(self, desks: Mapping[str, DeskRules], now: datetime) -> None:
        """Owe every call to an event that has fallen due, once each; looked for every few minutes."""
        if self._called and timedelta() <= now - self._called < EVERY:
            return
        hour = now.replace(minute=0, second=0, microsecond=0)
        with self._transaction() as session:
            if desks or session.connection().exec_driver_sql(ANYTHING).scalar():
                calling.call(session, desks, now, days=self._hour != hour)
        self._called, self._hour = now, hour

    def weekly(self, day: str, destination: str, now: datetime) -> None:
        """Owe a destination the word of this week, once however often it is asked for."""
        with self._transaction() as session:
            owing.owe_weekly(session, day, destination, now)

    def people(self) -> list[KeptPerson]:
        """Everybody of whom something is kept, but for those who were erased."""
        with self._transaction() as session:
            return erasing.everybody(session)

    def kept_of(self, kept: KeptPerson) -> list[PersonalRecord]:
        """All that is kept of somebody, the oldest first."""
        with self._transaction() as session:
            return sorted(erasing.entries(session, kept), key=lambda entry: entry.at)

    def silences(self, now: datetime) -> list[Silence]:
        """What is muted now."""
        with self._transaction() as session:
            return silences.standing(session, now)
