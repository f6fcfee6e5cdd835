"""By which rules the law is made of acts, and whether it is: where they are others, it has to be made anew."""

import hashlib
from pathlib import Path

from sqlmodel import Session, col, func, select

from monitor.history import spoken
from monitor.history.acts import READ
from monitor.history.tables import ChangeRow, LawRow, RulesRow
from monitor.vocabulary import PerVocabulary, Vocabulary

# Not by importing it: who polls a page that has not moved need not wait for it.
ROOT = Path(__file__).parents[1]
TEXTS = (*sorted((ROOT / "timeline").glob("*.py")), ROOT / "vocabulary" / "letters.py")


def _rules(known: Vocabulary) -> str:
    """The rules themselves, and in which zones authorities count their days."""
    told = hashlib.blake2b(digest_size=16)
    for text in TEXTS:
        told.update(text.read_bytes())
    zones = sorted((code, authority.zone) for code, authority in known.authorities.items())
    told.update(repr((zones, sorted((code, register.issuer) for code, register in known.registers.items()))).encode())
    return told.hexdigest()


rules = PerVocabulary(_rules)


def are_kept(session: Session) -> bool:
    """Whether the law that is kept was made by today's rules."""
    row = session.get(RulesRow, 1)
    return row is not None and row.rules == rules()


LATEST = select(func.max(LawRow.latest))


def latest(session: Session) -> int:
    """The last change that the law follows from."""
    ((last,),) = spoken.rows(session, LATEST, {})
    return last or 0


def is_current(session: Session) -> bool:
    """Whether the law follows from all changes by today's rules."""
    last = latest(session)
    newer = select(ChangeRow.id).where(col(ChangeRow.kind).in_(READ), col(ChangeRow.id) > last)
    return (not last or are_kept(session)) and session.exec(newer.limit(1)).first() is None
