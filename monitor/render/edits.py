"""What differs between two readings of one act whose page was edited."""

from collections.abc import Iterator, Sequence

from monitor.model import Announcement, Entity, Item
from monitor.render import acts, phrases, words
from monitor.render.words import Line, Table, filled


def edits(before: Announcement, after: Announcement) -> tuple[Table, ...]:
    """Names and items added, removed, changed."""
    names = tuple(_entity_rows(_entities(before), _entities(after)))
    items = tuple(_item_rows(_items(before), _items(after)))
    return filled(
        Table("Names", ("Change", "Name", "English name", "Note"), names),
        Table("Items", ("Change", "Code", "Item", "In English", "Note"), items),
    )


def counted(tables: Sequence[Table]) -> str:
    """`2 names added, 1 name removed`."""
    return ", ".join(phrase for table in tables for phrase in _counts(table, table.title.lower().removesuffix("s")))


def _counts(table: Table, noun: str) -> Iterator[str]:
    for change in ("added", "removed", "changed"):
        if number := sum(row[0] == change for row in table.rows):
            yield f"{words.things(number, noun)} {change}"


def facts(before: Announcement, after: Announcement) -> Iterator[Line]:
    """Dates, destinations, targets and title that are not what they were."""
    starts, ends = zip(acts.when(before), acts.when(after), strict=True)
    pairs = (
        ("Start", *starts),
        ("End", *ends),
        ("Measures", phrases.operations_phrase(before), phrases.operations_phrase(after)),
        ("Acts it changes", _targets(before), _targets(after)),
        ("Title", before.title, after.title),
    )
    for label, old, new in pairs:
        if old != new:
            yield Line(label, f"{new or 'not stated'} (was: {old or 'not stated'})")


def _targets(act: Announcement) -> str:
    return words.act_names(target.key for measure in act.measures for target in measure.amends)


def _entities(act: Announcement) -> list[Entity]:
    return [entity for measure in act.measures for entity in measure.entities]


def _items(act: Announcement) -> list[Item]:
    return [item for measure in act.measures for item in measure.items]


def _entity_rows(before: Sequence[Entity], after: Sequence[Entity]) -> Iterator[tuple[str, ...]]:
    old = {name: entity for entity in before for name in entity.names.values()}
    kept = {name for entity in after for name in entity.names.values()}
    for entity in after:
        same = next((old[name] for name in entity.names.values() if name in old), None)
        if same is None:
            yield ("added", *acts.row(entity))
        elif acts.row(same) != acts.row(entity):
            yield ("changed", *acts.row(entity))
    for entity in before:
        if kept.isdisjoint(entity.names.values()):
            yield ("removed", *acts.row(entity))


def _item_rows(before: Sequence[Item], after: Sequence[Item]) -> Iterator[tuple[str, ...]]:
    old, new = dict.fromkeys(map(_item_row, before)), dict.fromkeys(map(_item_row, after))
    yield from (("added", *row) for row in new if row not in old)
    yield from (("removed", *row) for row in old if row not in new)


def _item_row(item: Item) -> tuple[str, str, str, str]:
    code, own, english, hs, note = acts.item_row(item)
    return code, own, english, "; ".join(filter(None, [f"HS {hs}" if hs else "", note]))
