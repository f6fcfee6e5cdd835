"""Records as rows of a CSV that a spreadsheet opens: every cell text, none of them a formula. Pure."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice

import msgspec

from monitor.history import Listed
from monitor.model import Entity, Item
from monitor.pipeline.exports.walks import ExportedAct, ExportedAlert, ExportedEntity, ExportedItem, ExportedMeasure, Stand
from monitor.pipeline.lines import SpanLine
from monitor.render.csv_rows import FORMULA, harmless

Cells = Sequence[str]

WHOM = ("name", "names", "aliases", "kind", "country", "role", "parent", "ids", "addresses")
WHAT = ("name", "names", "codes", "hs", "note")
WHERE = ("act", "title", "action", "register", "row", "starts", "ends", "state", "first_seen", "gone", "held", "url")
ACTS = (
    "id", "number", "title", "authority", "published", "language", "understood", "actions", "registers", "measures",
    "legal_basis", "url", "first_seen", "changed", "baseline",
)  # fmt: skip
MEASURES = (
    "id", "act", "title", "authority", "published", "action", "register", "clauses", "all_but_clauses", "amends", "starts",
    "ends", "destinations", "entities", "items", "state", "life", "url",
)  # fmt: skip
ENTITIES = ("id", *WHOM, *WHERE)
ITEMS = ("id", *WHAT, *WHERE)
ROWS = ("register", "reader", "row", *WHOM, "codes", "hs", "note", "first_seen", "gone", "held")
ALERTS = (
    "id", "kind", "severity", "source", "event", "at", "arrived", "to", "about", "headline", "summary", "touches", "url",
    "sha256",
)  # fmt: skip

AT_ONCE = 500  # rows that are looked at together
BETWEEN = "¤"  # stands between cells that are looked at together: can be seen, and is hardly ever in one
SIGNS = tuple(sign for sign in FORMULA if sign != "-")  # rare enough to be looked for anywhere
BEGINS = (f"{BETWEEN}-", f"{BETWEEN} ")  # a space would be taken away


class Subject(msgspec.Struct):
    """Whoever or whatever a row lists, as the history keeps it; `kind` is that of an entity."""

    names: dict[str, str] = {}
    kind: str = "item"
    aliases: tuple[str, ...] = ()
    country: str = ""
    role: str = ""
    parent: str = ""
    ids: dict[str, str] | None = None
    addresses: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    hs: tuple[str, ...] = ()
    note: str = ""


SUBJECT = msgspec.json.Decoder(Subject)
OF_REGISTERS = dict[str, tuple[str, str]]  # by reader, the code and the address of its register


def written(columns: Cells, rows: Iterable[Cells]) -> Iterator[bytes]:
    """The rows beneath their headings, a piece at a time, with cells that do nothing but be read.

    Where many are harmless as they are that is seen of all at once: it would take as long as writing them.
    """
    yield _piece([columns])
    walk = iter(rows)
    while some := list(islice(walk, AT_ONCE)):
        yield _piece(some if _plain(some) else list(map(_guarded, some)))


def _piece(rows: Sequence[Cells]) -> bytes:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows(rows)
    return out.getvalue().encode()


def _plain(rows: Sequence[Cells]) -> bool:
    """Whether every cell of these can be seen, and none of them may begin as a formula would."""
    text = BETWEEN.join(chain(("",), chain.from_iterable(rows)))
    if any(sign in text for sign in SIGNS) or any(begin in text for begin in BEGINS):
        return False
    return text.isprintable() and text.count(BETWEEN) == sum(map(len, rows))


def _guarded(row: Cells) -> Cells:
    return row if _plain((row,)) else [harmless(cell) for cell in row]


def _both(names: dict[str, str]) -> tuple[str, str]:
    """The name that most can read, and the others."""
    first = names.get("en") or next(iter(names.values()), "")
    return first, "; ".join([name for name in names.values() if name != first])


def _ids(ids: dict[str, str]) -> str:
    return "; ".join([f"{kind} {number}" for kind, number in ids.items()])


def _whom(entity: Entity) -> tuple[str, ...]:
    return (
        *_both(entity.names),
        "; ".join(entity.aliases),
        entity.kind,
        entity.country or "",
        entity.role or "",
        entity.parent or "",
        _ids(entity.ids),
        "; ".join(entity.addresses),
    )


def _goods(item: Item) -> tuple[str, str, str]:
    return " ".join(item.codes), " ".join(item.hs), item.note


def _where(stand: Stand) -> tuple[str, ...]:
    return tuple(getattr(stand, name) for name in WHERE)


def act(exported: ExportedAct) -> Cells:
    """An act."""
    about = exported.act
    return (
        exported.id,
        about.number or "",
        about.title,
        about.authority,
        about.published or "",
        about.language,
        about.understood,
        _listed(measure.action for measure in about.measures),
        _listed(measure.register for measure in about.measures if measure.register),
        str(len(about.measures)),
        "; ".join(about.legal_basis),
        about.url,
        exported.first_seen,
        exported.changed,
        "yes" if exported.baseline else "",
    )


def _listed(words: Iterable[str]) -> str:
    return " ".join(dict.fromkeys(words))


def measure(exported: ExportedMeasure) -> Cells:
    """A part of a measure: whom and what it names is only counted, since they are exported by themselves."""
    part = exported.measure
    return (
        exported.id,
        part.act,
        part.title,
        part.authority,
        part.published or "",
        part.action or "",
        part.register or "",
        "; ".join(part.clauses),
        "; ".join(part.all_but_clauses),
        "; ".join(" ".join((target.key, *target.clauses)) for target in part.amends),
        part.starts.on if part.starts else "",
        part.ends.on if part.ends else "",
        " ".join(part.destinations),
        str(len(part.entities)),
        str(len(part.items)),
        part.state,
        "; ".join(map(_span, part.life)),
        part.url,
    )


def _span(span: SpanLine) -> str:
    return f"{span.status} {span.since}–{span.until or ''}"


def entity(exported: ExportedEntity) -> Cells:
    """Somebody on record."""
    return (exported.id, *_whom(exported.entity), *_where(exported))


def item(exported: ExportedItem) -> Cells:
    """Goods on record."""
    return (exported.id, *_both(exported.item.names), *_goods(exported.item), *_where(exported))


def rows(walk: Iterable[tuple[Listed, OF_REGISTERS]]) -> Iterator[Cells]:
    """Rows of registers, straight from what the history keeps of them: there are millions, and most say little."""
    for (reader, row, name, text, first_seen, gone, held), codes in walk:
        subject = SUBJECT.decode(text)
        names = subject.names
        yield (
            codes[reader][0] if reader in codes else reader,
            reader,
            row,
            name,
            "; ".join([other for other in names.values() if other != name]) if len(names) > 1 else "",
            "; ".join(subject.aliases) if subject.aliases else "",
            subject.kind,
            subject.country,
            subject.role,
            subject.parent,
            _ids(subject.ids) if subject.ids else "",
            "; ".join(subject.addresses) if subject.addresses else "",
            " ".join(subject.codes) if subject.codes else "",
            " ".join(subject.hs) if subject.hs else "",
            subject.note,
            first_seen,
            gone,
            held,
        )


def alert(exported: ExportedAlert) -> Cells:
    """What people were told."""
    plain = (getattr(exported, name) for name in ALERTS)
    return tuple(_text(value) for value in plain)


def _text(value: object) -> str:
    if isinstance(value, dict):
        return "; ".join(f"{name} {state}" for name, state in value.items())
    return " ".join(value) if isinstance(value, tuple) else str(value)
