"""Both engines: what a history does is asked of SQLite and of PostgreSQL."""

import pytest

BOTH = {"names_kept", "outbox", "polls", "taken"}
QUICK = {"polls"}  # the others are asked of PostgreSQL in the long run


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Twice what opens a history, whatever its engine."""
    module = metafunc.module.__name__.rpartition("test_")[2]
    if module in BOTH and not any(metafunc.definition.iter_markers("files")):
        marks = [] if module in QUICK else [pytest.mark.long]
        metafunc.parametrize("_engine", ["sqlite", pytest.param("postgres", marks=marks)], indirect=True)


@pytest.fixture(autouse=True)
def _engine(request: pytest.FixtureRequest) -> None:
    if getattr(request, "param", "sqlite") == "postgres":
        request.getfixturevalue("in_databases")
