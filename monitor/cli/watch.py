"""`monitor watch …`: keep the watch list."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from typer import Argument, Context, Option

from monitor.cli.overview import Commands
from monitor.cli.setting import Json, Mapped
from monitor.config.outward import note, say
from monitor.errors import ConfigError
from monitor.watch.values import Relation

if TYPE_CHECKING:
    from monitor.watch.entries import Entry as WatchEntry
    from monitor.watch.match import Dismissal

app = typer.Typer(cls=Commands, name="watch")

PREVIEWED = 10  # entries that a preview shows
Entry = Annotated[
    str,
    Argument(metavar="ENTRY", help="An entry: its key as `monitor watch` prints it, or its name."),
]


@app.callback(invoke_without_command=True)
def watch(context: Context, as_json: Json = False) -> None:
    """List the watch list, of files and store, and all dismissals; add, import or remove entries
    of the store.
    """
    if context.invoked_subcommand:
        return
    from monitor.ask import watchlist

    entries, unusable = watchlist.load_entries_in_files(context.obj.config)
    stored, dismissals = watchlist.load_stored_entries(context.obj.store)
    _show_entries([*entries, *stored], dismissals, as_json=as_json)
    for line in unusable:
        note(f"monitor: {line}")


Cells = list[str] | None  # of an option that may be given more than once


@app.command("add")
def add(
    context: Context,
    name: Annotated[str, Argument(metavar="NAME")],
    relation: Annotated[Relation, Option("--as", help="Its role for you.")] = Relation.SUPPLIER,
    alias: Annotated[Cells, Option(help="Another name; may be given more than once.")] = None,
    country: Annotated[str | None, Option(help="ISO code or name.")] = None,
    identifier: Annotated[Cells, Option("--id", help="A registration number.")] = None,
    parent: Annotated[str | None, Option(help="The group it belongs to.")] = None,
    hs: Annotated[Cells, Option(help="A tariff number (products, parts).")] = None,
    code: Annotated[Cells, Option(help="A control code, of no US list (products, parts).")] = None,
    eccn: Annotated[Cells, Option(help="An ECCN, of the American list (products, parts).")] = None,
    material: Annotated[Cells, Option(help="A material it is made of (products, parts).")] = None,
    part_of: Annotated[str | None, Option(help="The product it is a part of.")] = None,
    owner: Annotated[str | None, Option(help="Your colleague in charge.")] = None,
) -> None:
    """Add one entry to the watch list in the store."""
    from monitor.watch import lists

    cells = {
        "name": [name],
        "aliases": alias,
        "country": [country],
        "ids": identifier,
        "parent": [parent],
        "hs": hs,
        "codes": code,
        "eccn": eccn,
        "materials": material,
        "part_of": [part_of],
        "owner": [owner],
    }
    given = {field: [cell for cell in many or () if cell] for field, many in cells.items()}
    made = lists.make_entry({field: many for field, many in given.items() if many}, relation)
    _keep_entries(context, (made,))


@app.command("import")
def import_(
    context: Context,
    file: Annotated[
        Path,
        Argument(
            metavar="FILE", help="CSV, TSV, XLSX, XLS or ODS; headings in the usual languages."
        ),
    ],
    relation: Annotated[
        Relation | None, Option("--as", help="The role of its rows, unless a column has it.")
    ] = None,
    columns: Mapped = None,
    preview: Annotated[
        bool, Option("--preview", help="Print what would be imported, and keep nothing.")
    ] = False,
) -> None:
    """Import a file into the store, and print what each column was taken for and which rows were
    not used.
    """
    from monitor.ask import watchlist
    from monitor.cli import screen as shown

    mapped = shown.parse_mapping(columns)
    headings = {**context.obj.config.watch.headings, **mapped}
    read = watchlist.read_list_file(file, relation, headings)
    watchlist.refuse_strangers(mapped, [read])
    for line in read.taken:
        note(f"monitor: {line}")
    if preview and read.entries:
        _preview_entries(read.entries)
    elif read.entries:
        _keep_entries(context, read.entries)
    for line in watchlist.list_file_remarks(read):
        note(f"monitor: {line}")
    if not read.entries:
        raise ConfigError(f"{file}: gives no name, so nothing is imported")
    if read.unusable:
        raise typer.Exit(1)


@app.command("remove")
def remove(context: Context, entry: Entry) -> None:
    """Remove an entry of the store; one of a file is removed in the file."""
    from monitor.ask import watchlist
    from monitor.store import watched

    with watchlist.open_to_write(context.obj.store) as history:
        key = watchlist.find_entry_key(entry, history(watched.list_entries))
        history(watched.remove, key)
    say(f"{key}: removed")


def _preview_entries(entries: "tuple[WatchEntry, ...]") -> None:
    """Print the first entries, and how many there are."""
    from monitor.render.words import count_entries

    _show_entries(entries[:PREVIEWED], [])
    more = f"and {len(entries) - PREVIEWED} more; " if len(entries) > PREVIEWED else ""
    say(f"{more}{count_entries(len(entries))}; nothing was kept")


def _keep_entries(context: Context, entries: "tuple[WatchEntry, ...]") -> None:
    from monitor.ask import watchlist
    from monitor.render.words import count_entries
    from monitor.store import watched

    with watchlist.open_to_write(context.obj.store) as history:
        known = history(watched.list_entries)
        merged, kept = watchlist.keep_known(entries, known)
        moved = history(watched.add, merged, datetime.now(UTC))
    say(f"{len(entries)} read, {moved} new or changed")
    if left := watchlist.count_left(entries, known):
        stay = f"stay{'s' * (left == 1)} on the list"
        say(
            f"an import removes nothing: {count_entries(left)} of that role, not in this file, {stay}"
        )
    for line in kept:
        note(f"monitor: {line}")


def _show_entries(
    entries: "Sequence[WatchEntry]", dismissals: "Sequence[Dismissal]", *, as_json: bool = False
) -> None:
    """List every watch-list entry, with its dismissed matches."""
    from monitor.cli import output

    if as_json:
        output.print_lines((*entries, *dismissals))
        return
    rows = [(entry.key, entry.name, entry.origin or "the store", entry.owner) for entry in entries]
    output.print_table(("entry", "name", "from", "owner"), rows)
    if not rows:
        note(
            "monitor: the watch list is empty; fill it with monitor watch import FILE, or name"
            " files under [watch] in config.toml"
        )
    for dismissal in dismissals:
        why = f": {dismissal.reason}" if dismissal.reason else ""
        output.print_text(
            f"{dismissal.entry} is not {dismissal.subject_name}: {dismissal.by},"
            f" {dismissal.at}{why}"
        )
