"""Column types beside texts and numbers: an instant, an enum, JSON; and the base of the tables.
Also: how many values a statement may have.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import fields
from datetime import UTC, datetime
from enum import StrEnum
from functools import cache
from itertools import islice
from types import UnionType
from typing import Any, ClassVar, TypeVar, get_args

import msgspec
from sqlalchemy import (
    JSON,
    BigInteger,
    ColumnElement,
    DateTime,
    Dialect,
    FromClause,
    Integer,
    MetaData,
    String,
    cast,
    event,
    text,
)
from sqlalchemy.orm import Mapped, Mapper
from sqlalchemy.types import TypeDecorator, TypeEngine
from sqlmodel import AutoString, Field, SQLModel, UTCDateTime
from sqlmodel.main import FieldInfo

from monitor.model import FieldValue, to_json

T = TypeVar("T")
R = TypeVar("R", bound=SQLModel)

AT_ONCE = 500  # values in one statement
AS_JSON = JSON().with_variant(String(), "sqlite")  # which reads it from a text
DETAILS = msgspec.json.Decoder(dict[str, FieldValue])
# compared by its bytes on either engine
TEXT = String().with_variant(String(collation="C"), "postgresql")
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


def decode_details(kept: str | None) -> dict[str, FieldValue]:
    """Decode the stored content of a register's record; empty if it was not stored."""
    return DETAILS.decode(kept) if kept else {}


def select_json_text(column: Any, key: str) -> ColumnElement[str]:
    """Return the SQL for a key of a JSON column, as text."""
    value: ColumnElement[str] = cast(column, AS_JSON)[key].as_string()
    return value


def make_value(kind: Callable[..., T], row: Any, /, **further: Any) -> T:
    """Convert a row to a value type with the same field names; `further` has its other fields."""
    return kind(
        **{name: getattr(row, name) for name in _list_fields(kind) if name not in further},
        **further,
    )


def make_row(kind: type[R], value: Any, **further: Any) -> R:
    """Convert a value to a row that has some of its fields; `further` has its other columns."""
    same = {
        name: getattr(value, name)
        for name in _list_fields(value.__class__)
        if name in kind.model_fields
    }
    return kind(**same | further)


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


def _is_word(of: Any) -> bool:
    return isinstance(of, type) and issubclass(of, StrEnum)


class Json(TypeDecorator[Any]):
    """A value stored as JSON, or an enum as its word, so that a renamed member changes no data; a
    text is stored as it is.
    """

    impl = TEXT
    cache_ok = True

    def __init__(self, of: Any) -> None:
        super().__init__()
        self.of = of

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:  # noqa: ARG002 - SQLAlchemy's protocol
        if value is None:
            return None
        return str(value) if isinstance(value, str) else to_json(value).decode()

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:  # noqa: ARG002 - SQLAlchemy's protocol
        if value is None:
            return None
        return self.of(value) if _is_word(self.of) else msgspec.json.decode(value, type=self.of)


# What the tables share.


def index_where(condition: str) -> dict[str, Any]:
    """Declare the rows of a partial index. PostgreSQL learns them where it is used (`postgres`):
    declared here, they would load that dialect for everybody, which takes 30 ms of each start.
    """
    return {"sqlite_where": text(condition)}


def refer_to(key: str, **further: Any) -> Any:
    """Declare a column that may name a row of another table."""
    return Field(default=None, foreign_key=key, **further)


def have_default(value: str | int) -> Any:
    """Declare a column that older rows have filled with this."""
    return Field(default=value, sa_column_kwargs={"server_default": str(value)})


NAMES = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


# Column types in place of SQLModel's defaults. Numbers have 64 bits, also on PostgreSQL, where
# queries cast them to the declared type.
KEPT_AS: Mapping[type[TypeEngine[Any]], TypeEngine[Any]] = {
    AutoString: TEXT,
    Integer: Integer().with_variant(BigInteger(), "postgresql"),
    UTCDateTime: Instant(),
}


PLAIN = (bool, bytes, datetime, float, int, str)  # types of columns that SQLModel chooses well


class Table(SQLModel):
    """Base of the tables, with its own metadata: other SQLModel users in the process never meet
    ours.
    """

    __mapper__: ClassVar[Mapper[Any]]
    __table__: ClassVar[FromClause]
    metadata = MetaData(naming_convention=NAMES)
    # Rows are never validated: what would do it need not be built.
    model_config = {"defer_build": True, "arbitrary_types_allowed": True}

    def __init_subclass__(cls, **options: Any) -> None:
        """Give SQLModel the plain type of a value; `Mapped` marks class attributes as columns. An
        type of ours is kept as JSON.
        """
        super().__init_subclass__(**options)
        cls.__annotations__ = {
            name: get_args(column)[0] for name, column in cls.__annotations__.items()
        }
        for name, kind in cls.__annotations__.items():
            of = get_args(kind)[0] if isinstance(kind, UnionType) else kind
            default = getattr(cls, name, ...)
            if of not in PLAIN and not isinstance(default, FieldInfo):
                setattr(cls, name, Field(default=default, sa_type=Json(of)))

    def copy_values(self, *left_out: str) -> dict[str, Any]:
        """Copy the values of all columns but these."""
        names = self.__mapper__.columns.keys()
        return {name: getattr(self, name) for name in names if name not in left_out}


@event.listens_for(Table, "instrument_class", propagate=True)
def _set_types(mapper: Mapper[Any], _row: type[Table]) -> None:
    for column in mapper.local_table.columns:
        column.type = KEPT_AS.get(type(column.type), column.type)


class Numbered(Table):
    """A table of numbered rows, in order of arrival."""

    id: Mapped[int] = Field(default=None, primary_key=True)

    @classmethod
    def __pydantic_init_subclass__(cls, **_options: Any) -> None:
        """Put the number last, as in stores of this version."""
        cls.model_fields["id"] = cls.model_fields.pop("id")
