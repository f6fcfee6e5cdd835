"""What the tables have in common."""

from typing import Any

from sqlalchemy import MetaData, text
from sqlmodel import SQLModel


def where(condition: str) -> dict[str, Any]:
    """Of an index that has only some of the rows: which."""
    return {f"{engine}_where": text(condition) for engine in ("sqlite", "postgresql")}


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
