"""What a column holds beside texts and numbers: an instant, a word of a fixed set; how many values a statement may name."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from enum import StrEnum
from itertools import islice
from typing import Any, ClassVar, TypeVar

from sqlalchemy import DateTime, Dialect, String
from sqlalchemy.types import TypeDecorator

from monitor.alert.event import NoticeKind
from monitor.diff import ChangeKind
from monitor.history.values import Deed, MarkKind, OutboxState
from monitor.model import RowAction, Severity
from monitor.triage.values import About, Verb

T = TypeVar("T")

AT_ONCE = 500  # values in one statement


def parts(values: Iterable[T]) -> Iterator[list[T]]:
    """The values in parts, each of which one statement may name; no more of them are taken than that."""
    walk = iter(values)
    while some := list(islice(walk, AT_ONCE)):
        yield some


class Instant(TypeDecorator[datetime]):
    """An aware instant, kept as UTC without offset, since SQLite has no zones."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - SQLAlchemy's protocol
        return value.astimezone(UTC).replace(tzinfo=None) if value else None

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - SQLAlchemy's protocol
        return value.replace(tzinfo=UTC) if value else None


class Word(TypeDecorator[StrEnum]):
    """A word of an enum, kept as it is spelt: what is stored must not change when a member is renamed."""

    impl = String
    cache_ok = True  # SQLAlchemy wants each class to say so itself
    of: ClassVar[type[StrEnum]]

    def process_bind_param(self, value: StrEnum | None, dialect: Dialect) -> str | None:  # noqa: ARG002 - SQLAlchemy's protocol
        return None if value is None else str(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> StrEnum | None:  # noqa: ARG002 - SQLAlchemy's protocol
        return None if value is None else self.of(value)


class ChangeWord(Word):
    """A kind of change."""

    cache_ok = True
    of = ChangeKind


class MarkWord(Word):
    """What an event is marked by."""

    cache_ok = True
    of = MarkKind


class NoticeWord(Word):
    """A kind of notice."""

    cache_ok = True
    of = NoticeKind


class RowActionWord(Word):
    """What became of a row."""

    cache_ok = True
    of = RowAction


class SeverityWord(Word):
    """How much a message matters."""

    cache_ok = True
    of = Severity


class DeedWord(Word):
    """What a person had done with a message."""

    cache_ok = True
    of = Deed


class AboutWord(Word):
    """What may be muted."""

    cache_ok = True
    of = About


class VerbWord(Word):
    """What was done with an event."""

    cache_ok = True
    of = Verb


class StateWord(Word):
    """How far a message has come."""

    cache_ok = True
    of = OutboxState
