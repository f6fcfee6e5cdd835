"""Tables that say in a column what is done to whom, in any language: `Change | Name | Alias`.

A table is read whole or not at all: a row that says no known deed, or a deed without a name, could
be another's. In the table of words, `change`, `name`, `alias`, `country` and `on` are headings; one
with a `dated` column may hold another row's day. The `deeds` are what the cells say; `kept` does
nothing. A cell with a `blank` sign has nothing, and one of several names is `parted`.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache

from monitor.extract.words import Language
from monitor.model import Action, Entity, frozen
from monitor.vocabulary.countries import spelt

WORDS = Language("").table("change_tables")


# by what is done and on which list ("" where no column says that): to whom
Changes = dict[tuple[Action, str], list[Entity]]


@frozen
class Columns:
    """The places of the columns of a table; a table has several of names in several languages."""

    change: int
    names: tuple[int, ...]
    aliases: tuple[int, ...]
    country: int | None
    on: int | None


def read_changes(rows: Sequence[Sequence[str]], language: str) -> Changes:
    """Read what the rows of a table, its heading first, do to whom; nothing if one is unclear."""
    columns = _find_columns(rows[0]) if rows else None
    changes: Changes = {}
    said = on = ""
    for printed in rows[1:] if columns else ():
        assert columns
        row = [*printed, *[""] * len(rows[0])]  # a row may end before its heading does
        said = row[columns.change].strip() or said  # a merged cell stands for those below
        on = (row[columns.on].strip() or on) if columns.on is not None else ""
        action = _find_deed(said)
        entity = _read_entity(row, columns, language)
        if WORDS.kept.fullmatch(said):
            continue
        if action is None or entity is None:
            return {}
        changes.setdefault((action, on), []).append(entity)
    return changes


def read_one_list(rows: Sequence[Sequence[str]], language: str) -> dict[Action, list[Entity]]:
    """Read the changes of a table that has all its rows on one list, or names none."""
    changes = read_changes(rows, language)
    lists = {on for _, on in changes}
    return {action: whom for (action, _), whom in changes.items()} if len(lists) == 1 else {}


def _find_columns(heading: Sequence[str]) -> Columns | None:
    cells = [unicodedata.normalize("NFKC", cell).strip() for cell in heading]
    change = [at for at, cell in enumerate(cells) if WORDS.change.fullmatch(cell)]
    names = [at for at, cell in enumerate(cells) if WORDS.name.fullmatch(cell)]
    aliases = [at for at, cell in enumerate(cells) if WORDS.alias.fullmatch(cell)]
    country = next((at for at, cell in enumerate(cells) if WORDS.country.fullmatch(cell)), None)
    on = next((at for at, cell in enumerate(cells) if WORDS.on.fullmatch(cell)), None)
    if len(change) != 1 or not names or any(map(WORDS.dated.search, cells)):
        return None
    return Columns(change[0], tuple(names), tuple(aliases), country, on)


def _find_deed(said: str) -> Action | None:
    deeds = WORDS.table_of("deeds").items()
    return next((Action(deed) for deed, words in deeds if words.fullmatch(said)), None)


def _read_entity(row: Sequence[str], columns: Columns, language: str) -> Entity | None:
    """Read whom a row names: in letters of the act's language, in Latin ones, or in both."""
    names: dict[str, str] = {}
    for cell in (row[at].strip() for at in columns.names):
        if cell and not WORDS.blank.fullmatch(cell):
            names.setdefault(language if WORDS.own_letters.search(cell) else "en", cell)
    if not names:
        return None
    return Entity(
        names,
        "person" if WORDS.person.fullmatch(names.get("en", "")) else "org",
        aliases=tuple(_list_aliases(row, columns)),
        country=_find_country(row, columns, language),
        quote="\t".join(row).strip(),
    )


def _list_aliases(row: Sequence[str], columns: Columns) -> Iterator[str]:
    for cell in (row[at] for at in columns.aliases):
        for part in WORDS.parted.split(WORDS.note.sub("", cell)):
            name = part.strip(" \"“”‘’'")
            if name and not WORDS.blank.fullmatch(name):
                yield name


def _find_country(row: Sequence[str], columns: Columns, language: str) -> str | None:
    """The code of the country in its column, which may have its name in two languages."""
    cell = row[columns.country].strip() if columns.country is not None else ""
    codes = _map_codes(language)
    names = map(str.casefold, (cell, *cell.split()))
    return next((codes[name] for name in names if name in codes), None)


@cache
def _map_codes(language: str) -> dict[str, str]:
    """The codes of countries by their names in a language and in English, in small letters."""
    return {name.casefold(): code for name, code in (spelt("en") | spelt(language)).items()}
