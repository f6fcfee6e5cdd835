"""Queries that are asked for every name: put into the words of an engine once, and asked of the driver itself.

To have SQLAlchemy put a query into words, and to make rows of what comes, takes ten times as long as SQLite needs for the answer.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import Dialect, Select
from sqlmodel import Session

from monitor.history.columns import parts
from monitor.history.dialect import is_postgres, of_driver

Row = tuple[Any, ...]


class CompiledQuery(NamedTuple):
    """A query in the words of an engine.

    `bound` are its values in their order, each with a place where it is one of many; `fixed` those that it brings itself.
    """

    words: str
    bound: tuple[tuple[str, str, int | None], ...]
    fixed: Mapping[str, Any]
    positional: bool

    def values(self, wanted: Mapping[str, Any]) -> Any:
        """The values, as the driver takes them."""
        asked = {**self.fixed, **wanted}
        each = ((known_as, asked[name] if place is None else asked[name][place]) for known_as, name, place in self.bound)
        return [value for _, value in each] if self.positional else dict(each)


def rows(session: Session, query: Select[*tuple[Any, ...]], asked: Mapping[str, Any]) -> list[Row]:
    """What a query finds with these values, as the driver gives it: instants and words of an enum are as they are kept."""
    connection = session.connection()
    said = _said(query, connection.dialect, tuple((name, len(some)) for name, some in asked.items() if isinstance(some, list)))
    return of_driver(connection, [(said.words, said.values(asked))])


def with_numbers(session: Session, query: str, numbers: Iterable[int], column: str = "id") -> Iterator[Row]:
    """The rows of a query that have one of these numbers in a column."""
    if is_postgres(session):
        for some in parts(numbers):
            yield from of_driver(
                session.connection(), [(f"{query} WHERE {column} IN ({','.join(map(str, map(int, some)))})", None)]
            )
    else:  # one after the other it finds them sooner than together
        yield from of_driver(session.connection(), ((f"{query} WHERE {column} = ?", (number,)) for number in numbers))


@lru_cache(maxsize=64)
def _said(query: Select[*tuple[Any, ...]], dialect: Dialect, lengths: tuple[tuple[str, int], ...]) -> CompiledQuery:
    many = {name: [None] * length for name, length in lengths}
    compiled: Any = query.compile(dialect=dialect)
    state = compiled.construct_expanded_state(compiled.params | many, escape_names=False)
    of_many = {known_as: (name, place) for name, some in state.parameter_expansion.items() for place, known_as in enumerate(some)}
    names = state.positiontup or state.parameters
    bound = tuple((name, *of_many.get(name, (name, None))) for name in names)
    return CompiledQuery(state.statement, bound, compiled.params, dialect.positional)
