"""An act as it was known + as it was found → how they differ. Pure."""

from enum import StrEnum
from typing import Any

import msgspec

from monitor.model import Announcement, Report


class ChangeKind(StrEnum):
    """How a fact differs from what was known."""

    NEW = "new"  # nobody had shown us this act
    AMENDED = "amended"  # its page was edited: the measures differ
    CORRECTED = "corrected"  # the page says what it always said, our reader understands it better
    REPEATED = "repeated"  # the same act at another address
    REPORTED = "reported"  # a report, or an official reply that only repeats an act
    EDITION = "edition"  # a register was published anew, with other rows


def compare(
    found: Announcement | Report,
    *,
    known: Announcement | None,
    last: Announcement | Report | None,
    then: Announcement | None = None,
) -> ChangeKind | None:
    """What `found` is against what was known; None where it is nothing new.

    `known` is the act with this key wherever it was read; `last` the last reading of this act or report at the same address;
    `then` what today's reader makes of the bytes `last` was read from, which tells an edited page from a better reader.
    """
    if isinstance(found, Report):
        return None if last else ChangeKind.REPORTED
    if known is None:
        return ChangeKind.NEW
    if not isinstance(last, Announcement):
        return ChangeKind.REPEATED
    if substance(found) == substance(last):
        return None
    if then is not None and substance(found) == substance(then):
        return ChangeKind.CORRECTED
    return ChangeKind.AMENDED


def substance(act: Announcement) -> bytes:
    """What an act does, without how it is worded or ordered: equal substance is the same law."""
    return msgspec.json.encode(_ordered(_unquoted(msgspec.to_builtins(act.measures))))


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
