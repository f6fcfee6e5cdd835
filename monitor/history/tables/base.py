"""What the tables have in common."""

from typing import Any

from sqlalchemy import BigInteger, Integer, MetaData, event, text
from sqlalchemy.orm import Mapper
from sqlmodel import SQLModel


def where(condition: str) -> dict[str, Any]:
    """Of an index that has only some of the rows: which. Whoever makes tables on PostgreSQL says it there too (`postgres`): here
    it would load all that speaks to it, also for those who have none, thirty milliseconds of each start.
    """
    return {"sqlite_where": text(condition)}


NAMES = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Table(SQLModel):
    """Base of the tables; its own metadata, so that other SQLModel users in the process never meet ours."""

    metadata = MetaData(naming_convention=NAMES)
    model_config = {"defer_build": True}  # rows are never validated: what would do it need not be built


@event.listens_for(Table, "instrument_class", propagate=True)
def _as_wide_as_sqlite(mapper: Mapper[Any], _row: type[Table]) -> None:
    """Numbers of 64 bits, as SQLite's are: those of PostgreSQL are also cast to what the table says."""
    for column in mapper.local_table.columns:
        if isinstance(column.type, Integer):
            column.type = Integer().with_variant(BigInteger(), "postgresql")
