"""Many cheap cases as one test: what pytest does beside each test takes longer than such a case."""

import inspect
import logging
import os
import random
from collections.abc import Callable, Collection, Iterable, Sequence
from functools import wraps
from typing import Any

import pytest
from _pytest.mark import ParameterSet

from monitor import vocabulary
from monitor.config import outward

Ids = Callable[[Any], str] | Iterable[str]
Case = tuple[str, dict[str, Any]]


def begin_anew() -> None:
    """What an earlier test or case in this process set holds for it only: each sees all that we
    log, knows only what its own scrapers declare, and has notes written as by default.
    """
    logging.getLogger("monitor").setLevel(logging.NOTSET)
    vocabulary.use()
    outward.set_note_form(None)


def _told(value: Any) -> str:
    """A value on one line, so that it can be recognised."""
    return " ".join(str(value).split())[:80]


def for_each(
    names: str | Sequence[str], values: Iterable[Any], *, ids: Ids = _told, parts: int = 1
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """As `pytest.mark.parametrize`, but one test goes through all cases, in any order.

    All are tried though some fail, and the failure names those; `CASE="its name"` in the
    environment tries one alone. What takes seconds is divided in `parts`, for several processes.
    The cases share what fixtures give: nothing that one could change, or that each begins without.
    """
    cases = _named(names, list(values), ids)

    def through_all(test: Callable[..., None]) -> Callable[..., None]:
        @wraps(test)
        def each(**given: Any) -> None:
            part = given.pop("part") if parts > 1 else 0
            _go_through(test, cases[part::parts], given)

        each.cases = len(cases) // parts * getattr(test, "cases", 1)
        each.__signature__ = _signature(test, cases, divided=parts > 1)
        return pytest.mark.parametrize("part", range(parts))(each) if parts > 1 else each

    return through_all


def _named(names: str | Sequence[str], values: list[Any], ids: Ids) -> list[Case]:
    """The cases by what they are called: by default what they consist of."""
    arguments = names.replace(" ", "").split(",") if isinstance(names, str) else names
    alone = isinstance(names, str) and len(arguments) == 1
    rows = [(value,) if alone else value for value in values]
    called = ["-".join(map(ids, row)) for row in rows] if callable(ids) else ids
    return [
        (name, dict(zip(arguments, row, strict=True)))
        for name, row in zip(called, rows, strict=True)
    ]


def _signature(test: Callable[..., None], cases: list[Case], *, divided: bool) -> inspect.Signature:
    """What is left for fixtures to give, and which part of the cases it is."""
    left = [
        each for each in inspect.signature(test).parameters.values() if each.name not in cases[0][1]
    ]
    part = inspect.Parameter("part", inspect.Parameter.KEYWORD_ONLY)
    return inspect.Signature([*left, part] if divided else left)


def _go_through(test: Callable[..., None], cases: list[Case], given: dict[str, Any]) -> None:
    """Try all cases, and raise what came of those that fail, under their names."""
    asked = os.environ.get("CASE", "")
    tried = [(name, case) for name, case in cases if asked in name]
    if asked and not tried:
        pytest.skip(f"no case is called {asked}")
    failed: list[tuple[str, BaseException]] = []
    skipped: list[pytest.skip.Exception] = []
    for name, case in random.sample(tried, len(tried)):
        begin_anew()
        try:
            test(**case, **given)
        except (Exception, pytest.fail.Exception) as error:  # noqa: BLE001 - told below
            error.add_note(f"so in the case: {name}")
            failed.append((name, error))
        except pytest.skip.Exception as lacking:
            skipped.append(lacking)
    if failed:
        told = "".join(f"\n  {name}" for name, _ in failed)
        raise BaseExceptionGroup(
            f"{len(failed)} of {len(tried)} cases fail:{told}\n", [error for _, error in failed]
        )
    if skipped:
        raise skipped[0]


def fold(test: Callable[..., None]) -> Callable[..., None] | None:
    """A test whose cases `pytest.mark.parametrize` has, as one that goes through all of them; None
    where it or a case is marked otherwise as well, or it wants more than the cases give.
    """
    tables: list[pytest.Mark] = getattr(test, "pytestmark", [])
    if not all(map(_is_plain, tables)):
        return None
    read = [_rows(*table.args) for table in tables]
    if {name for names, _ in read for name in names} != inspect.signature(test).parameters.keys():
        return None
    through = test
    for names, rows in read:
        through = for_each(names, rows)(through)

    @wraps(through)
    def whole(**_named: None) -> None:
        through()

    whole.pytestmark = []
    return whole


def _is_plain(mark: pytest.Mark) -> bool:
    """Whether a mark is a table of cases of which none is marked itself."""
    if mark.name != "parametrize" or len(mark.args) != 2 or not mark.kwargs.keys() <= {"ids"}:
        return False
    rows = mark.args[1]
    return isinstance(rows, Collection) and not any(
        isinstance(row, ParameterSet) and row.marks for row in rows
    )


def _rows(names: str | Sequence[str], rows: Collection[Any]) -> tuple[list[str], list[Any]]:
    """The names of a table, and its rows with a value for each of them."""
    columns = names.replace(",", " ").split() if isinstance(names, str) else [*names]
    alone = isinstance(names, str) and len(columns) == 1
    values = [
        row.values if isinstance(row, ParameterSet) else (row,) if alone else row for row in rows
    ]
    return columns, values
