"""External lists of config.toml (`[[screen_against]]`): screened against, and never part of our
record. Reads files.
"""

import hashlib
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache, cached_property
from hashlib import blake2b
from pathlib import Path
from urllib.parse import urlsplit

import msgspec

from monitor.config import Config, OtherListSettings, files
from monitor.config.stores import Store
from monitor.errors import ConfigError, MonitorError, NotThePage, SourceError
from monitor.model import Entity, Value
from monitor.names.candidates import Shelf
from monitor.source.page import Body, Page, Register
from monitor.source.registry import Registry
from monitor.source.scraper import guard_reader, read_all
from monitor.store import has_store
from monitor.vocabulary import register as register_name
from monitor.watch import theirs
from monitor.watch.match import AllListed
from monitor.watch.rules import DIGEST, hash_rules
from monitor.watch.theirs import Theirs

UNREADABLE = (MonitorError, OSError, UnicodeDecodeError)
FTM, SIMPLE = "ftm", "simple-csv"
MANY = 1_000  # names; fewer are read sooner than looked for
FOLDER = "lists"  # the folder of a store for copies of remote lists
LARGEST, LARGEST_SHELF = 4096 * files.MEGABYTE, 2048 * files.MEGABYTE
HEADS = "id,schema,"  # with which OpenSanctions' table of targets begins


class SaidBy(Value, kw_only=True):
    """The ground of an external listing: the list, its day, the id, and the words."""

    list: str
    as_of: str
    ref: str = ""
    says: str = ""


class ListState(Value, kw_only=True):
    """The state of an external list: its day and its size; or why it was not used (`problem`)."""

    list: str
    as_of: str = ""
    entries: int = 0
    problem: str = ""
    remarks: tuple[str, ...] = ()
    sha256: str = ""


@dataclass(frozen=True)
class OtherList:
    """An external list that was read: its state and its names."""

    state: ListState
    entries: tuple[Theirs, ...] = ()
    shelf: Shelf | None = None

    @cached_property
    def listings(self) -> AllListed:
        """Its names, searchable."""
        return AllListed(
            [entry.entity for entry in self.entries],
            shelf=self.shelf if len(self.entries) >= MANY else None,
        )

    def said(self, place: int) -> SaidBy:
        """The list's statement on the subject at this place."""
        entry = self.entries[place]
        return SaidBy(list=self.state.list, as_of=self.state.as_of, ref=entry.ref, says=entry.says)


def read(config: Config, store: Store, *, keeps: bool = False) -> tuple[OtherList, ...]:
    """Load every external list of config.toml; a remote one from its copy in the store, without a
    fetch. `keeps`: save the search index in the store, if there is one, for the next time. A
    broken, missing or empty list reports that, and no part of it counts.

    Raises:
        ConfigError: an unknown format.
    """
    return tuple(
        replace(
            _read_other_list(one, config, store),
            shelf=open_shelf(store, one.name) if keeps else None,
        )
        for one in config.screen_against
    )


def get_list_path(settings: OtherListSettings, store: Store) -> Path:
    """Return the path of a list."""
    return Path(settings.file) if settings.file else copy_path(store, settings.url)


def _read_other_list(settings: OtherListSettings, config: Config, store: Store) -> OtherList:
    path, not_had, told = get_list_path(settings, store), "", list[str]()
    if settings.url:
        known = load_copy_state(store, settings.url)
        if known is None:
            not_had = (
                f"{urlsplit(settings.url).hostname}: was not asked for yet; `monitor screen` does"
            )
        elif known.problem:
            not_had = f"asked for at {known.asked_at}: {known.problem}"
    if not_had and not path.exists():
        return OtherList(ListState(list=settings.name, problem=not_had))
    if not_had:
        told.append(f"an older copy, since it did not come: {not_had}")
    try:
        entries = _read_whole(settings, path, config, told.append)
        # the file's own day, if its content states none
        written = datetime.fromtimestamp(path.stat().st_mtime, UTC).date().isoformat()
        with path.open("rb") as file:
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    except ConfigError:
        raise
    except UNREADABLE as error:
        return OtherList(
            ListState(
                list=settings.name,
                problem=f"{files.shorten_path(path)}: {_explain_unreadable(error, path)}",
            )
        )
    as_of = max((entry.on for entry in entries), default="") or written
    state = ListState(
        list=settings.name, as_of=as_of, entries=len(entries), remarks=tuple(told), sha256=sha256
    )
    return OtherList(state, entries)


def explain_unusable(config: Config, settings: OtherListSettings, path: Path) -> str:
    """Explain why a file is no list in its form; "" if it is one.

    Raises:
        ConfigError: its form is unknown.
    """
    try:
        _read_whole(settings, path, config, lambda _: None)
    except UNREADABLE as error:
        if isinstance(error, ConfigError) and settings.format:
            raise
        return _explain_unreadable(error, path)
    return ""


def _explain_unreadable(error: Exception, path: Path) -> str:
    """Explain why a file can't be read, without its name."""
    return (
        files.describe_os_error(error)
        if isinstance(error, OSError)
        else str(error).replace(f"{files.shorten_path(path)}: ", "")
    )


def _read_whole(
    settings: OtherListSettings, path: Path, config: Config, tell: theirs.Tell
) -> tuple[Theirs, ...]:
    """Read all names of a list; a broken or empty one is refused whole."""
    files.refuse(path, most=LARGEST)
    entries = tuple(_read_entries(settings, path, config, tell))
    if not entries:
        raise NotThePage("it names nobody")
    return entries


def _read_entries(
    settings: OtherListSettings, path: Path, config: Config, tell: theirs.Tell
) -> Iterable[Theirs]:
    form = settings.format or _guess_format(path)
    if form == FTM:
        with path.open("rb") as lines:
            yield from theirs.read_ftm(lines, tell)
    elif form == SIMPLE:
        with path.open(encoding="utf-8-sig", newline="") as rows:
            yield from theirs.read_simple_targets(rows, tell)
    else:
        yield from _read_register(form, path, config, tell)


def _guess_format(path: Path) -> str:
    """Guess a file's format by its beginning.

    Raises:
        NotThePage: it is a web page instead of a list, or a register in XML.
        ConfigError: it is nothing known.
    """
    with path.open("rb") as file:
        begins = file.read(64).lstrip(b"\xef\xbb\xbf \r\n\t").decode("latin-1").replace('"', "")
    if begins.startswith("{"):
        return FTM
    if begins.startswith(HEADS) or not begins:
        return SIMPLE
    way = f'{FTM}, {SIMPLE}, or the source that reads such a register, such as "us_ofac.sdn_csv"'
    if begins.startswith("<"):
        raise NotThePage(f"is a page, or XML; where it is a list say its format: {way}")
    raise ConfigError(f"screen_against: {files.shorten_path(path)}: say its format: {way}")


def _read_register(reader: str, path: Path, config: Config, tell: theirs.Tell) -> Iterator[Theirs]:
    """Read a file in the form of a known register; it must be complete."""
    registry = Registry(config)
    read, address = registry.reader(reader), registry.address(reader)
    try:
        register = read_all(read, Page(address, Body(path)))
        if not isinstance(register, Register):
            raise ConfigError(f"screen_against: {reader} does not read a register published whole")
        with guard_reader(read, address):
            records = [(record.id, register.read(record.raw)) for record in register.records]
            register.refuse_short(len(records))
    except SourceError as error:  # the file is another register; its path is not its address
        raise NotThePage(str(error).replace(f"{address}: ", "")) from error
    says, on = register_name(register.register, own=True), (register.published or "")[:10]
    named = [
        (ref, listing.subject) for ref, listing in records if isinstance(listing.subject, Entity)
    ]
    if goods := len(records) - len(named):
        tell(f"left out, since they are goods: {goods:,}")
    yield from (Theirs(ref, entity, says, on) for ref, entity in named)


# The search index of a list, cached in a file for the next command; it is never required. Does I/O.


class FileShelf:
    """A cache for one list's index: a file, named by the list's content and the rules."""

    def __init__(self, path: Path) -> None:
        self._place = path

    def get(self, names: bytes) -> bytes | None:
        """Load the index of the names with this digest, if it is there and undamaged."""
        try:
            kept = files.read_file_bytes(self._place, most=LARGEST_SHELF)
        except MonitorError:
            return None
        made = kept[2 * DIGEST :]
        return made if kept[: 2 * DIGEST] == _make_label(names, made) else None

    def put(self, names: bytes, made: bytes) -> None:
        """Save the index in place of the last one; if that fails, each command builds it."""
        try:
            files.make_private_folder(self._place.parent)
            files.put(self._place, _make_label(names, made) + made)
        except (MonitorError, OSError):
            return


def _make_label(names: bytes, made: bytes) -> bytes:
    return _hash_bytes(names + hash_shelf_rules()) + _hash_bytes(made)


def _hash_bytes(content: bytes) -> bytes:
    return blake2b(content, digest_size=DIGEST).digest()


@cache
def hash_shelf_rules() -> bytes:
    """Return a stamp of the rules for names: our code, the libraries, this Python and machine."""
    return _hash_bytes(hash_rules() + f"{sys.version}\n{sys.byteorder}".encode())


class Copied(Value, kw_only=True):
    """The state of a copy: its address, its last fetch and validators; or its error."""

    url: str
    asked_at: str
    etag: str | None = None
    last_modified: str | None = None
    problem: str = ""


def copy_path(store: Store, url: str) -> Path:
    """Return the path of a list's copy."""
    return store / FOLDER / hashlib.sha256(url.encode()).hexdigest()[:24]


def open_shelf(store: Store, name: str) -> FileShelf | None:
    """Return the path of a list's index; None without a store."""
    return FileShelf(copy_path(store, name).with_suffix(".names")) if has_store(store) else None


def load_copy_state(store: Store, url: str) -> Copied | None:
    """Load a copy's state; None before the first fetch."""
    try:
        return msgspec.json.decode(get_state_path(copy_path(store, url)).read_bytes(), type=Copied)
    except (OSError, msgspec.DecodeError, msgspec.ValidationError):
        return None


def get_state_path(path: Path) -> Path:
    """Return the path of a copy's state."""
    return path.with_suffix(".json")
