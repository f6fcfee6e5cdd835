"""What a `History` can be asked of triage: what was done with events, how they stand, what is muted."""

from datetime import datetime

from monitor.history import cases, handling, silences
from monitor.history.transactions import Transactions
from monitor.triage.values import Asked, Case, Handling, Silence


class Triaging(Transactions):
    """What people have done with the events of a history."""

    def handle(self, asked: Asked, now: datetime) -> Handling:
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

    def cases(self, *, every: bool = False, limit: int | None = None) -> list[Case]:
        """The events that were told and nobody has decided, the newest first; with `every` those that somebody has, too."""
        with self._transaction() as session:
            return list(cases.cases(session, every=every, limit=limit))

    def case(self, what: str) -> Case | None:
        """The event that somebody means: by its key, an act of it, the number or the place of a message about it."""
        with self._transaction() as session:
            event = handling.event_named(session, what)
            return cases.case(session, event) if event else None

    def silences(self, now: datetime) -> list[Silence]:
        """What is muted now."""
        with self._transaction() as session:
            return silences.standing(session, now)
