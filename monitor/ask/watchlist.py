"""Load the watch list: the files that config.toml names, the entries of the store, and owners from
GLEIF's files. Reads files and the store.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from datetime import datetime
from pathlib import Path

from monitor.clock import SystemClock, format_instant
from monitor.config import Config, files
from monitor.config.stores import Store
from monitor.errors import ConfigError, MonitorError, StoreHeld
from monitor.names.name import normalize_name
from monitor.store import History, has_store, watched
from monitor.store.lock import Lock
from monitor.watch import lists, theirs
from monitor.watch.entries import Entry, merge_entries
from monitor.watch.lists import Imported
from monitor.watch.match import Dismissal, Thresholds, WatchList
from monitor.watch.ownership import add_chains
from monitor.watch.values import Relation

LARGEST = 64 * files.MEGABYTE
Stored = tuple[Sequence[Entry], Sequence[Dismissal]]  # what the store has of the list


@contextmanager
def open_to_write(store: Store) -> Iterator[History]:
    """Open the history to write the watch list. This is safe beside a daemon of this version: it
    only reads these tables, and SQLite has one writer at a time.

    Raises:
        StoreHeld: a daemon of an older version runs on it.
    """
    with ExitStack() as stack:
        with suppress(StoreHeld):
            stack.enter_context(Lock(store))
        yield stack.enter_context(History(store))


def read_list_file(
    path: Path,
    relation: Relation | None,
    mapped: Mapping[str, str] | None = None,
    *,
    every: bool = False,
) -> Imported:
    """Read a file's entries; `mapped` explains unknown headings, `every` asks for each row.

    Raises:
        ConfigError: it can't be read, or is no list.
    """
    body = files.read_file_bytes(path, most=LARGEST, error=ConfigError)
    return lists.read_entries(
        files.make_path_text(path).rpartition("/")[2], body, relation, mapped, every=every
    )


def list_watched_files(config: Config) -> list[tuple[Path, Relation]]:
    """The files that config.toml names, and what their rows are to us."""
    watch = config.watch
    of: dict[Relation, tuple[str, ...]] = {
        Relation.SUPPLIER: watch.suppliers,
        Relation.CUSTOMER: watch.customers,
        Relation.OWN: watch.own,
        Relation.PRODUCT: watch.products,
        Relation.PART: watch.parts,
    }
    return [(Path(path), relation) for relation, paths in of.items() for path in paths]


def read_watched_file(config: Config, path: Path, relation: Relation) -> Imported:
    """Read a file that config.toml names.

    Raises:
        ConfigError: it can't be read, is no list, or gives no name.
    """
    read = read_list_file(path, relation, config.watch.headings)
    if not read.entries:
        raise ConfigError(describe_nothing_read(path, read))
    return read


def describe_nothing_read(path: Path, read: Imported) -> str:
    """Say that a file gives no name, how its columns were read, and what of it was unusable."""
    seen = "; ".join((*read.taken[:1], *read.unusable[:1])) or "it holds no row"
    return f"{files.shorten_path(path)}: gives no name: {seen}"


def load_entries_in_files(config: Config) -> tuple[list[Entry], list[str]]:
    """The entries of the files that config.toml names, and what of them could not be used.

    Raises:
        ConfigError: a file can't be read, is no list, or gives no name.
    """
    try:
        read = [
            read_watched_file(config, path, relation)
            for path, relation in list_watched_files(config)
        ]
    except ConfigError as error:
        raise ConfigError(
            f"the watch list can't be read, so this has no answer: {error}; mend the file, or take"
            " it out of [watch]"
        ) from error
    unknown = list_strangers(config.watch.headings, read) if read else []
    return [entry for file in read for entry in file.entries], [
        *(f"[watch] headings: no column is called {heading!r}" for heading in unknown),
        *(line for file in read for line in list_file_remarks(file)),
    ]


def list_strangers(mapped: Mapping[str, str], read: Sequence[Imported]) -> list[str]:
    """List the explained headings that none of the files has."""
    return [heading for heading in mapped if all(heading in one.strangers for one in read)]


def refuse_strangers(mapped: Mapping[str, str], read: Sequence[Imported]) -> None:
    """Refuse a heading of --map that none of the files has.

    Raises:
        ConfigError: there is one.
    """
    if strangers := list_strangers(mapped, read):
        seen = next((line for one in read for line in one.taken), "no table was given")
        raise ConfigError(f"--map: no column is called {', '.join(map(repr, strangers))}; {seen}")


def list_file_remarks(read: Imported) -> tuple[str, ...]:
    """Write notes on a file: its unusable and mended parts."""
    return (*read.unused, *read.remarks, *read.unusable)


def load_stored(history: History) -> Stored:
    """The entries and dismissals of the store."""
    return history(watched.list_entries), history(watched.list_dismissals)


def load_stored_entries(store: Store) -> Stored:
    """Load the entries and dismissals of a store; none if it has no history yet."""
    if not has_store(store):
        return (), ()
    with History(store, read_only=True) as history:
        return load_stored(history)


def load_entries(config: Config, history: History) -> list[Entry]:
    """All entries, of files and of the store."""
    return [*load_entries_in_files(config)[0], *history(watched.list_entries)]


def keep_known(entries: Sequence[Entry], stored: Sequence[Entry]) -> tuple[list[Entry], list[str]]:
    """The entries with what another file said of them before; and which these are, in words. The
    same file takes its own back.
    """
    known = {entry.key: entry for entry in stored}
    merged, kept = [], []
    for entry in entries:
        before = known.get(entry.key)
        if before is None or name_file(before) == name_file(entry):
            merged.append(entry)
            continue
        both, other = merge_entries(entry, before)
        merged.append(both)
        source = before.origin or "monitor watch add"
        but = f", but not {', '.join(other)}" if other else ""
        if other or both != entry:
            kept.append(f"{entry.name} was on the list by {source}: kept with what that says{but}")
    return merged, kept


def count_left(entries: Sequence[Entry], stored: Sequence[Entry]) -> int:
    """Count the stored entries of the roles of a file's entries that the file does not have."""
    roles = {entry.relation for entry in entries if entry.origin}
    keys = {entry.key for entry in entries}
    return sum(entry.relation in roles and entry.key not in keys for entry in stored)


def name_file(entry: Entry) -> str:
    """Return the name of an entry's file; "" if it has none."""
    return re.split(r" \[| row ", entry.origin, maxsplit=1)[0]


def find_entry_key(named: str, entries: Sequence[Entry]) -> str:
    """The key of the entry that a person names by its key or its name.

    Raises:
        ConfigError: there is none, or more than one has that name.
    """
    keys = {
        entry.key
        for entry in entries
        if named == entry.key or normalize_name(named) == normalize_name(entry.name)
    }
    if len(keys) != 1:
        why = (
            f"names {len(keys)} entries: {', '.join(sorted(keys))}"
            if keys
            else "is not on the watch list"
        )
        raise ConfigError(f"{named!r} {why}; `monitor watch` lists its entries")
    return keys.pop()


def get_thresholds(config: Config) -> Thresholds:
    """The likenesses from which on a name may be, and is, another."""
    return Thresholds(config.watch.match, config.watch.review)


def watch_list(
    config: Config,
    entries: Sequence[Entry],
    dismissals: Sequence[Dismissal],
    now: datetime | None = None,
) -> WatchList:
    """Load the watch list as it is `now` (default: today), with the thresholds of config.toml. Two
    entries with one key become one, with both files' data.
    """
    unique: dict[str, Entry] = {}
    for entry in entries:
        unique[entry.key] = (
            merge_entries(unique[entry.key], entry)[0] if entry.key in unique else entry
        )
    owned = add_chains(
        unique.values(), unique.values(), format_instant(now or SystemClock().now())[:10]
    )
    return WatchList(owned, get_thresholds(config), dismissals)


LARGEST_GLEIF = 16 * 1024 * files.MEGABYTE


def add_owners(entries: Sequence[Entry], paths: Sequence[str]) -> list[Entry]:
    """Add owners from GLEIF's files to the entries; relationships first, then only their names.

    Raises:
        ConfigError: a file can't be read, or is none of GLEIF's.
    """
    if not paths:
        return list(entries)
    known = theirs.Ownership()
    for path in sorted(map(Path, paths), key=_has_names_only):
        shown = files.shorten_path(path)
        try:
            files.refuse(path, most=LARGEST_GLEIF)
            wanted = theirs.list_leis(entries, known) if _has_names_only(path) else None
            with path.open(encoding="utf-8-sig", newline="") as file:
                theirs.add_file(shown, file, known, wanted)
        except ConfigError:
            raise
        except MonitorError as error:
            raise ConfigError(str(error)) from error
        except (OSError, ValueError) as error:
            raise ConfigError(
                f"{shown}: can't be read: {files.describe_os_error(error)}"
            ) from error
    return theirs.add_owners(entries, known)


def _has_names_only(path: Path) -> bool:
    """Return whether a file is GLEIF's level 1, which only has names; by its first line."""
    try:
        with path.open(encoding="utf-8-sig") as file:
            return theirs.NAME in file.readline(100_000)
    except (OSError, ValueError):
        return False  # reported when it is read
