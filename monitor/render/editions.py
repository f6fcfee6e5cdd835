"""Word the changes of a register's new edition: counts first, then records; many equal edits make
one line.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence

from monitor import vocabulary
from monitor.model import Edition, Entity, FieldValue, Item, RowAction, RowChange
from monitor.render import dates, words
from monitor.render.text import NAME, capitalize_first, cut, join_first_names, join_words
from monitor.render.wordings import mark_difference
from monitor.render.words import Line, Table, keep_filled_tables

STORM = 5  # edits that are equal in every field: more of them are one line with their number
NAMED = 3
DONE = {RowAction.ADD: "added", RowAction.REMOVE: "removed", RowAction.AMEND: "amended"}
FIRST_DETAILS = (
    "programme",
    "programmes",
    "part",
    "list",
    "lists",
    "measures",
    "requirement",
    "policy",
    "act",
    "act_in_force_on",
    "reference",
    "citation",
    "listed_on",
    "effective",
    "expires",
    "delisted_on",
    "born",
    "remarks",
    "comments",
)
LONG = 60  # characters; of a longer text only the words that differ are shown
PLAIN_NAMES = {
    "ids": "identifiers",
    "listed_on": "listed on",
    "updated_on": "updated on",
    "act_in_force_on": "in force on",
    "delisted_on": "off the list from",
}


def compose_edition_headline(edition: Edition) -> str:
    """`US SDN List changes: 12 added, 3 removed, 5 amended`."""
    return (
        f"{capitalize_first(vocabulary.register(edition.register))} changes:"
        f" {count_row_changes(edition.changes)}"
    )


def summarize_edition(edition: Edition) -> str:
    """Say who was added and removed, how many remain, and what a listing means."""
    moved = [_word_moved(edition.changes, action) for action in RowAction]
    size = f"{edition.rows:,} now, {edition.before:,} before."
    meaning = (
        vocabulary.meaning(edition.register)
        if any(change.action is RowAction.ADD for change in edition.changes)
        else ""
    )
    return (
        f"{'; '.join(filter(None, moved))}."
        f" {size}{f' {capitalize_first(meaning)}' if meaning else ''}"
    )


def count_row_changes(changes: Sequence[RowChange]) -> str:
    """`12 added, 3 removed, 5 amended`."""
    numbers = Counter(change.action for change in changes)
    return ", ".join(
        f"{numbers[action]:,} {done}" for action, done in DONE.items() if numbers[action]
    )


def _word_moved(changes: Sequence[RowChange], action: RowAction) -> str:
    names = [change.name for change in changes if change.action == action]
    if not names:
        return ""
    return (
        f"{len(names):,} {DONE[action]}"
        f" ({join_first_names([cut(name, NAME) for name in names], NAMED)})"
    )


def list_edition_facts(edition: Edition) -> Iterator[Line]:
    """List the withheld removals."""
    if edition.held:
        names = "; ".join(cut(change.name, NAME) for change in edition.held[:NAMED])
        more = f"; and {len(edition.held) - NAMED:,} more" if len(edition.held) > NAMED else ""
        count = words.format_count(len(edition.held), "row")
        yield Line("Missing", f"{count}, and no removal is proven: {names}{more}")


def make_edition_tables(edition: Edition, ours: Collection[str] = ()) -> tuple[Table, ...]:
    """Make a table with each change as a row: the action, the name, and details; `ours` come
    first.
    """
    first, rest = (
        [change for change in edition.changes if (change.name in ours) is is_ours]
        for is_ours in (True, False)
    )
    heading = ("Change", "Name", "Own name", "Where", "Details")
    return keep_filled_tables(Table("Changes", heading, (*_list_rows(first), *_list_rows(rest))))


def _list_rows(changes: Sequence[RowChange]) -> Iterator[tuple[str, ...]]:
    yield from (
        _make_row(change, _word_details(change))
        for change in changes
        if change.action != RowAction.AMEND
    )
    amended = [change for change in changes if change.action == RowAction.AMEND]
    alike = Counter(describe_edit(change) for change in amended)
    edits: set[str] = set()
    for change in amended:
        edit = describe_edit(change)
        if alike[edit] < STORM:
            yield _make_row(change, edit)
        elif edit not in edits:
            edits.add(edit)
            yield ("amended", f"{alike[edit]:,} rows, all alike", "", "", edit)


def _make_row(change: RowChange, details: str) -> tuple[str, ...]:
    subject = change.entity or change.item
    own = next(
        (
            name
            for language, name in (subject.names if subject else {}).items()
            if language != "en" and name != change.name
        ),
        "",
    )
    where = (
        words.get_country_name(change.entity.country)
        if change.entity and change.entity.country
        else ""
    )
    return (DONE[change.action], change.name, own, where, details)


def _word_details(change: RowChange) -> str:
    """Word the details of an added or removed record: kind, codes, programme, dates, ids."""
    parts = [*_list_subject_details(change.entity or change.item), *list_details(change.details)]
    return "; ".join(filter(None, parts))


def _list_subject_details(subject: Entity | Item | None) -> Iterator[str]:
    if isinstance(subject, Item):
        yield " ".join(subject.codes)
        yield f"HS {' '.join(subject.hs)}" if subject.hs else ""
        yield subject.note
    if isinstance(subject, Entity):
        yield "" if subject.kind == "org" else subject.kind
        yield (
            f"also {join_words([cut(alias, NAME) for alias in subject.aliases[:NAMED]])}"
            if subject.aliases
            else ""
        )
        yield ", ".join(f"{name} {value}" for name, value in list(subject.ids.items())[:NAMED])


def list_details(details: Mapping[str, FieldValue]) -> Iterator[str]:
    """List what a record says beside its names, field by field, the weightiest first."""
    for name in FIRST_DETAILS:
        if value := details.get(name):
            yield f"{_name_field(name)} {cut(dates.format_dates_in(', '.join(_list_values(value))), 120)}"


def describe_edit(change: RowChange) -> str:
    """Word an amendment field by field."""
    return "; ".join(
        f"{_name_field(name)}: {_word_difference(*change.fields[name])}"
        for name in _list_fields(change)
    )


def name_fields(change: RowChange) -> str:
    """Name the fields that an amendment changed."""
    return join_first_names([_name_field(name) for name in _list_fields(change)], NAMED)


def _list_fields(change: RowChange) -> list[str]:
    """List the changed fields, without an id that only repeats a changed name."""
    return [name for name in change.fields if name != "id" or "name" not in change.fields]


def _name_field(name: str) -> str:
    return PLAIN_NAMES.get(name, name.replace("_", " ").replace(".", " "))


def _word_difference(old: FieldValue, new: FieldValue) -> str:
    if isinstance(old, str) and isinstance(new, str):
        return (
            mark_difference(old, new)
            if min(len(old), len(new)) > LONG
            else f"{cut(old, 120) or 'none'} → {cut(new, 120) or 'none'}"
        )
    before, after = _list_values(old), _list_values(new)
    return _sign_values(
        [value for value in after if value not in before],
        [value for value in before if value not in after],
    )


def _sign_values(came: Sequence[str], went: Sequence[str]) -> str:
    return " ".join(
        [
            *(f"+ “{cut(value, 120)}”" for value in came),
            *(f"- “{cut(value, 120)}”" for value in went),
        ]
    )


def _list_values(value: FieldValue) -> tuple[str, ...]:
    return ((value,) if value else ()) if isinstance(value, str) else value
