"""What can be exported, and in which forms: for each kind how it is walked, and what each record says in each form."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from monitor.config import rules
from monitor.errors import ConfigError
from monitor.history import Cursor, History, taken
from monitor.model import to_json
from monitor.pipeline.exports import ftm, spreadsheet, walks
from monitor.pipeline.exports.walks import ExportedEntity

CSV, JSONL, FTM = "csv", "jsonl", "ftm"
FORMS = (CSV, JSONL, FTM)
ALERTS = "alerts"
Walk = Iterator[Any]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of record: its walk, the columns of its CSV, and how they are rows, a line, or somebody.

    `total` is how many there are, where that is cheap to know.
    """

    walk: Callable[[History, Cursor, datetime], Walk]
    columns: tuple[str, ...]
    cells: Callable[[Iterable[Any]], Iterator[spreadsheet.Cells]]
    line: Callable[[Any], object] = lambda record: record
    somebody: Callable[[Any], Iterable[ftm.FtmEntity]] | None = None
    total: Callable[[History], int | None] = lambda _: None


def _rows(history: History, since: Cursor, _: datetime) -> Walk:
    """Rows as the history keeps them, each with the codes of the registers."""
    codes = history(taken.codes_of_registers)
    return ((listed, codes) for listed in history.walk(taken.rows_since, since))


def _somebody(row: Any) -> Iterable[ftm.FtmEntity]:
    entity = walks.of_row(*row)
    return ftm.ftm_entities(entity) if isinstance(entity, ExportedEntity) else ()


KINDS = {
    "acts": Kind(lambda history, since, _: walks.acts(history, since), spreadsheet.ACTS, partial(map, spreadsheet.act)),
    "measures": Kind(walks.measures, spreadsheet.MEASURES, partial(map, spreadsheet.measure)),
    "entities": Kind(walks.entities, spreadsheet.ENTITIES, partial(map, spreadsheet.entity), somebody=ftm.ftm_entities),
    "items": Kind(walks.items, spreadsheet.ITEMS, partial(map, spreadsheet.item)),
    "rows": Kind(
        _rows,
        spreadsheet.ROWS,
        spreadsheet.rows,
        lambda row: walks.exported_row(*row),
        _somebody,
        lambda history: history(taken.how_many_rows),
    ),
    ALERTS: Kind(lambda history, since, _: walks.alerts(history, since), spreadsheet.ALERTS, partial(map, spreadsheet.alert)),
}


def kind_named(name: str) -> Kind:
    """A kind by its name.

    Raises:
        ConfigError: there is none; with the nearest.
    """
    if not name:
        raise ConfigError(f"say what to export: {', '.join(KINDS)}; or --feed DIR")
    if name not in KINDS:
        raise ConfigError(f"nothing to export is called {name[:60]!r}; {rules.nearest(name, list(KINDS), 'there are')}")
    return KINDS[name]


def form(name: str, kind: str) -> str:
    """A form by its name, in which that kind can be written.

    Raises:
        ConfigError: there is none, or it has only somebody in it, and they are none.
    """
    if name not in FORMS:
        raise ConfigError(f"--format: no form is called {name[:60]!r}; {rules.nearest(name, FORMS, 'there are')}")
    if name == FTM and kind_named(kind).somebody is None:
        able = " and ".join(other for other, one in KINDS.items() if one.somebody)
        raise ConfigError(f"--format ftm: is about who is listed; {able} can be written so")
    return name


@dataclass
class Tally:
    """How many records have passed by, and how many of them have nobody in them, where only somebody is written."""

    records: int = 0
    nobody: int = 0


def written(kind: Kind, form: str, records: Iterable[Any], tally: Tally) -> Iterator[bytes]:
    """The records in a form, a piece at a time; a CSV begins with its headings."""
    passing = _counted(records, tally)
    if form == CSV:
        return spreadsheet.written(kind.columns, kind.cells(passing))
    if form == JSONL:
        return (to_json(kind.line(record)) + b"\n" for record in passing)
    assert kind.somebody is not None
    return _of_somebody(kind.somebody, passing, tally)


def _counted(records: Iterable[Any], tally: Tally) -> Walk:
    for record in records:
        tally.records += 1
        yield record


def _of_somebody(somebody: Callable[[Any], Iterable[ftm.FtmEntity]], records: Iterable[Any], tally: Tally) -> Iterator[bytes]:
    for record in records:
        lines = [to_json(entity) for entity in somebody(record)]
        tally.nobody += not lines
        yield from (line + b"\n" for line in lines)
