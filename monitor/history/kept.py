"""What a `History` can be asked for the upkeep: which sources people have muted, what it can prove, and
which bodies of the archive it needs for that.
"""

from collections.abc import Collection
from datetime import datetime

from monitor.history import dossier as dossiers
from monitor.history import mutes, proofs, retrievals
from monitor.history.transactions import Transactions
from monitor.source.mute import Mute


class Retention(Transactions):
    """The mutes of a history, what it can prove, and what it needs of the archive."""

    def mutes(self, now: datetime) -> list[Mute]:
        """Every mute that holds now, by source."""
        with self._transaction() as session:
            return mutes.standing(session, now)

    def mute(self, sources: Collection[str], until: datetime, by: str, reason: str, now: datetime) -> None:
        """A person wants to hear of no trouble of these sources until then."""
        with self._transaction() as session:
            mutes.mute(session, sources, until, by, reason, now)

    def unmute(self, sources: Collection[str], by: str, now: datetime) -> list[str]:
        """A person took that back; which of these sources were muted."""
        with self._transaction() as session:
            return mutes.withdraw(session, sources, by, now)

    def dossier(self, keys: Collection[str], rows: Collection[tuple[str, str]] = ()) -> dossiers.Dossier:
        """All that is on record of these acts, by key, and of these records, by the code of the register and their id there."""
        with self._transaction() as session:
            return dossiers.dossier(session, keys, rows)

    def needed(self, bodies: Collection[str]) -> set[str]:
        """Those of these bodies, by their SHA-256, that something rests on: they must lie in the archive."""
        with self._transaction() as session:
            return proofs.needed(session, bodies)

    def forget_retrievals(self, bodies: Collection[str], before: datetime) -> None:
        """These bodies are gone: how they came before then is nothing that anybody asks for."""
        with self._transaction() as session:
            retrievals.forget(session, bodies, before)

    def prove(self, bodies: Collection[str]) -> None:
        """These bodies prove something beside the page that is recorded with them: annexes, companions."""
        with self._transaction() as session:
            proofs.prove(session, bodies)

    def proofs_are_known(self) -> bool:
        """Whether a body that is not `needed` is surely none that proves anything."""
        with self._transaction() as session:
            return proofs.are_known(session)

    def take_for_proofs(self, bodies: Collection[str], now: datetime) -> None:
        """Take these bodies, all that lie in the archive, for needed: an earlier version did not say which are."""
        with self._transaction() as session:
            proofs.take_for_proofs(session, bodies, now)
