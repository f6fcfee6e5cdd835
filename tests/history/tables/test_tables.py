import sys

import pytest
from sqlalchemy import Integer
from sqlalchemy.dialects import postgresql

from monitor.history import tables
from monitor.history.tables import whole

pytestmark = pytest.mark.files  # about what is declared: no store is opened
ROWS = [getattr(tables, name) for name in tables.__all__ if name.endswith("Row")]


def test_whoever_asks_for_all_tables_has_every_row_by_its_name():
    assert sorted(row.__tablename__ for row in ROWS) == sorted(whole().tables)


def test_with_a_table_are_loaded_those_whose_rows_its_own_name():
    homes = {row.__table__: sys.modules[row.__module__] for row in ROWS}
    named = {(homes[table], homes[key.column.table]) for table in homes for key in table.foreign_keys}

    assert [(home, other) for home, other in named if other not in (home, *vars(home).values())] == []


def test_every_number_is_as_wide_on_postgresql_as_on_sqlite():
    numbers = [column for table in whole().tables.values() for column in table.columns if isinstance(column.type, Integer)]

    assert {column.type.compile(postgresql.dialect()) for column in numbers} == {"BIGINT"}
