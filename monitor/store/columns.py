"""Column types beside texts and numbers: an instant, an enum, JSON. Also: how many values a
statement may have.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields
from datetime import UTC, datetime
from enum import StrEnum
from functools import cache
from itertools import islice
from typing import Any, TypeVar

import msgspec
from sqlalchemy import JSON, ColumnElement, DateTime, Dialect, String, cast
from sqlalchemy.types import TypeDecorator

from monitor.model import to_json

T = TypeVar("T")

AT_ONCE = 500  # values in one statement
AS_JSON = JSON().with_variant(String(), "sqlite")  # which reads it from a text
NUL, ESCAPED, UNKNOWN = "\x00", "\\u0000", "\ufffd"


def chunk_values(values: Iterable[T]) -> Iterator[list[T]]:
    """The values in parts, each of which one statement may name; no more of them are taken than
    that.
    """
    walk = iter(values)
    while some := list(islice(walk, AT_ONCE)):
        yield some


def decode_instant(kept: Any) -> datetime | None:
    """An instant as a driver gives it."""
    moment = datetime.fromisoformat(kept) if isinstance(kept, str) else kept
    return moment.replace(tzinfo=UTC) if moment else None


def select_json_text(column: Any, key: str) -> ColumnElement[str]:
    """Return the SQL for a key of a JSON column, as text."""
    value: ColumnElement[str] = cast(column, AS_JSON)[key].as_string()
    return value


def make_value(kind: Callable[..., T], row: Any, **further: Any) -> T:
    """Convert a row to a value type with the same field names; `further` has its other fields."""
    return kind(
        **{name: getattr(row, name) for name in _list_fields(kind) if name not in further},
        **further,
    )


@cache
def _list_fields(kind: Any) -> tuple[str, ...]:
    return getattr(kind, "__struct_fields__", None) or tuple(field.name for field in fields(kind))


def make_storable(value: Any) -> Any:
    """Prepare a value for any engine: a replacement character stands for NUL, which PostgreSQL
    refuses in text and JSON.
    """
    if not isinstance(value, str) or (NUL not in value and ESCAPED not in value):
        return value
    return type(value)(value.replace(NUL, UNKNOWN).replace(ESCAPED, UNKNOWN))


class Instant(TypeDecorator[datetime]):
    """An aware instant, stored as UTC without offset, because SQLite has no zones."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - SQLAlchemy's protocol
        return value.astimezone(UTC).replace(tzinfo=None) if value else None

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - SQLAlchemy's protocol
        return value.replace(tzinfo=UTC) if value else None


class Json(TypeDecorator[Any]):
    """A value stored as JSON; a text is JSON already."""

    impl = String
    cache_ok = True

    def __init__(self, of: Any) -> None:
        super().__init__()
        self.of = of

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:  # noqa: ARG002 - SQLAlchemy's protocol
        return value if value is None or isinstance(value, str) else to_json(value).decode()

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:  # noqa: ARG002 - SQLAlchemy's protocol
        return None if value is None else msgspec.json.decode(value, type=self.of)


class Word(TypeDecorator[StrEnum]):
    """An enum column. It stores the value, so that a renamed member changes no data."""

    impl = String
    cache_ok = True

    def __init__(self, of: type[StrEnum]) -> None:
        super().__init__()
        self.of = of

    def process_bind_param(self, value: StrEnum | None, dialect: Dialect) -> str | None:  # noqa: ARG002 - SQLAlchemy's protocol
        return None if value is None else str(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> StrEnum | None:  # noqa: ARG002 - SQLAlchemy's protocol
        return None if value is None else self.of(value)
