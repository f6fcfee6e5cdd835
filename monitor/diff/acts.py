"""An act as it was known + as it was found → how they differ. Pure."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import msgspec

from monitor.diff import mirrors
from monitor.model import Announcement, Report


class ChangeKind(StrEnum):
    """How a fact differs from what was known, or what else is recorded."""

    NEW = "new"  # nobody had shown us this act
    AMENDED = "amended"  # its page was edited: the measures differ
    CORRECTED = "corrected"  # the page says what it always said, our reader understands it better
    REPEATED = "repeated"  # the same act at another address, with nothing that is not known
    EXTENDED = "extended"  # another address says more of the act than was known
    DISPUTED = "disputed"  # another address contradicts what was known
    REPORTED = "reported"  # a report, or an official reply that only repeats an act
    ALTERNATES = "alternates"  # the page goes to and fro between what was told before: not told again
    EDITION = "edition"  # a register was published anew, with other rows
    REMINDER = "reminder"  # a day came on which the law changes and no page does
    PAGE = "page"  # a page that is watched says other words, which are nobody's act
    WATCH = "watch"  # a changed watch list touches what was listed before
    LISTED = "listed"  # a page that is listed can't be read


@dataclass(frozen=True, slots=True)
class Compared:
    """How a fact differs from what was known; `act` is the act as it is known from now on, None where that stays as it was."""

    kind: ChangeKind
    act: Announcement | None = None


def compare(
    found: Announcement | Report,
    *,
    known: Announcement | None,
    last: Announcement | Report | None,
    then: Announcement | None = None,
    elsewhere: Sequence[Announcement] = (),
) -> Compared | None:
    """What `found` is against what was known; None where it is nothing new.

    `known` is the act with this key wherever it was read; `last` the last reading of this act or report at the same address,
    `elsewhere` the last ones at others; `then` what today's reader makes of the bytes `last` was read from, which tells an
    edited page from a better reader.
    """
    if isinstance(found, Report):
        return None if last else Compared(ChangeKind.REPORTED)
    if known is None:
        return Compared(ChangeKind.NEW, found)
    if not isinstance(last, Announcement):
        return _elsewhere(found, known, elsewhere)
    if substance(found) == substance(last):
        return None
    return _reread(found, known, last, then)


def _elsewhere(found: Announcement, known: Announcement, readings: Sequence[Announcement]) -> Compared:
    """The act at an address where it had not been read: what it says there may be known, more, or a contradiction."""
    meant = substance(found)
    if any(meant == substance(reading) for reading in readings):
        return Compared(ChangeKind.REPEATED)
    held = mirrors.held_against(known, found)
    if held.contradictions:
        return Compared(ChangeKind.DISPUTED, held.act)
    return Compared(ChangeKind.EXTENDED, held.act) if held.more else Compared(ChangeKind.REPEATED)


def _reread(found: Announcement, known: Announcement, last: Announcement, then: Announcement | None) -> Compared:
    """A page that reads otherwise than it did; what only other addresses have said of the act stays."""
    alone = substance(known) == substance(last)
    act = found if alone else mirrors.edited(known, last, found)
    if not alone and substance(act) == substance(known):
        return Compared(ChangeKind.REPEATED)
    better = then is not None and substance(found) == substance(then)
    return Compared(ChangeKind.CORRECTED if better else ChangeKind.AMENDED, act)


def substance(act: Announcement) -> bytes:
    """What an act does, without how it is worded or ordered: equal substance is the same law.

    Of an act that was not understood all that is known is a sentence: another sentence may be another law.
    """
    if act.understood == "none":
        return msgspec.json.encode([" ".join(unread.quote.split()) for unread in act.not_read])
    return msgspec.json.encode(_ordered(_unquoted(msgspec.to_builtins(act.measures))))


def substance_digest(act: Announcement) -> str:
    """What tells whether an act does what it did: the hash of its substance."""
    return hashlib.blake2b(substance(act), digest_size=16).hexdigest()


def _unquoted(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _unquoted(part) for key, part in value.items() if key != "quote"}
    if isinstance(value, list | tuple):
        return [_unquoted(part) for part in value]
    return " ".join(value.split()) if isinstance(value, str) else value


def _ordered(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _ordered(value[key]) for key in sorted(value)}
    if isinstance(value, list):
        return sorted((_ordered(part) for part in value), key=msgspec.json.encode)
    return value
