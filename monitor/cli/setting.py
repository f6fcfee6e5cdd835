"""The context of all commands: options, settings, store, sources, and the "now" of queries."""

import getpass
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from typer import Option

from monitor.clock import SystemClock
from monitor.config import Config, load, rules, salvage
from monitor.config.files import make_private_folder, path_exists, put, shorten_path
from monitor.config.logs import Level, LogFormat, Logging
from monitor.config.outward import note
from monitor.config.redact import clean
from monitor.config.stores import Store, has_password, hide_address_secrets, is_database
from monitor.errors import ConfigError, MonitorError, StoreError

if TYPE_CHECKING:
    from monitor import store as histories
    from monitor.cli import ask
    from monitor.source import registry as registries
    from monitor.source.habits import Expected
    from monitor.source.page import Reader


KEPT = "config.kept"  # in a store's folder: config.toml as the daemon read it last


@dataclass(frozen=True)
class Setting:
    """The global options."""

    config_file: Path | None
    store_named: str | None
    log_level: Level | None = None
    log_format: LogFormat | None = None
    salvaged: Config | None = None

    def past_mistakes(self) -> tuple["Setting", str]:
        """Read the valid part of a wrong config.toml, with the error; "" if there is none."""
        try:
            _ = self.registry
        except ConfigError as error:
            return replace(self, salvaged=salvage(self.config_file)), str(error)
        return self, ""

    def keep_settings(self) -> None:
        """Save config.toml as it was just read, because the daemon continues with it.

        A full store does not end the process.
        """
        with suppress(MonitorError, OSError):
            make_private_folder(self.store.folder)
            put(self.store / KEPT, self._written)

    def note_other_settings(self) -> None:
        """Say that the daemon's settings are not those of our file: it was changed, or is
        another.
        """
        with suppress(OSError):
            if (self.store / KEPT).read_bytes() != self._written:
                note(
                    f"monitor: the daemon goes on by other settings than {self._file} has now;"
                    " `systemctl reload monitor` (SIGHUP) makes it read its own file again"
                )

    @property
    def _file(self) -> Path:
        return self.config_file or Path("config.toml")

    @property
    def _written(self) -> bytes:
        path = self._file
        return path.read_bytes() if path.is_file() else b""

    @property
    def logging(self) -> Logging:
        """Choose the log of a short command: little, unless an option asks for more."""
        return Logging(self.log_level or Level.WARNING, self.log_format or LogFormat.HUMAN)

    def logging_of_daemon(self, config: Config) -> Logging:
        """Choose the daemon's log: by config.toml, unless an option overrides it."""
        return Logging(
            self.log_level or config.log.level, self.log_format or config.log.format, command=False
        )

    @cached_property
    def config(self) -> Config:
        """Read config.toml on first use; then its scrapers' declarations are known."""
        from monitor import vocabulary
        from monitor.source import registry as registries

        if self.salvaged:
            return self.salvaged
        config = load(self.config_file, _list_complaints)
        if set(config.packages) - set(Config().packages) or any(
            rules.find_unknown_terms(config, vocabulary.current())
        ):
            registries.Registry(config)
        return config

    @property
    def store(self) -> Store:
        """Find the history: a folder, or a database with a folder of this machine beside it.

        Raises:
            StoreError: another file has that name, nothing can be there, or the folder is a store
                itself.
        """
        return store_of(self.store_named or self.config.store, Path(self.config.folder))

    def history(self) -> "histories.History":
        """Open the history for reading."""
        from monitor import store as histories

        return histories.History(self.store, read_only=True)

    def desk(self, *, as_json: bool) -> "ask.CommandDesk":
        """Return the context of queries."""
        from monitor.cli import ask

        return ask.CommandDesk(self.store, self.config, self.registry.sources, as_json, self.now())

    def now(self) -> datetime:
        """The moment of a question: now, or the end of a replay in the store that it made."""
        from monitor.ask import replayed

        return replayed.end_of(self.store.folder) or SystemClock().now()

    def find_reader(self, name: str | None) -> "tuple[Reader | None, str]":
        """The reader of this name and the address of its source; without a name none."""
        if not name:
            return None, ""
        return self.registry.reader(name), self.registry.address(name)

    def find_expected(self, reader: str | None) -> "Expected | None":
        """Load the usual behaviour of the only source with this reader; None if there is none."""
        if not reader:
            return None
        known = {source.id: source.expected for source in self.registry.declared}
        return known.get(self.registry.only_source(reader))

    @property
    def registry(self) -> "registries.Registry":
        """All sources."""
        from monitor.source import registry as registries

        return registries.Registry(self.config)


def _list_complaints(config: Config) -> Iterable[str]:
    """List the errors in the destinations of config.toml."""
    if not config.destinations:
        return ()
    from monitor.deliver import destinations

    return destinations.list_key_complaints(config)


def store_of(text: str, folder: Path) -> Store:
    """The store that is named so: a folder, or a database beside which this machine has its own
    `folder`.

    Raises:
        ConfigError: the address of the database holds a password.
        StoreError: something else is called so, or nothing can be; or the folder is a store by
            itself.
    """
    from monitor import store as histories

    if not is_database(text):
        return Store(find_usable_folder(Path(text)))
    if has_password(text):
        way = "keep it in PGPASSWORD or ~/.pgpass, since others can read a command line"
        raise ConfigError(
            f"store: {hide_address_secrets(text)}: the address holds a password; {way}"
        )
    if path_exists(find_usable_folder(folder) / histories.DATABASE):
        way = (
            "name another with folder = … in config.toml, for what this machine keeps beside the"
            " database"
        )
        raise StoreError(f"{shorten_path(folder)}: holds a history of its own; {way}")
    return Store(folder, text)


def find_usable_folder(store: Path) -> Path:
    """A store's folder, there or not.

    Raises:
        StoreError: something else is called so, or nothing can be.
    """
    try:
        there = next(
            path for path in (store.absolute(), *store.absolute().parents) if path.exists()
        )
        if not there.is_dir():
            raise StoreError(
                f"{shorten_path(there)}: is a file, and a store is a folder; choose another with"
                " --store"
            )
    except OSError as error:
        raise StoreError(
            f"{shorten_path(store)}: can't be used: {error.strerror}; choose another with --store"
        ) from error
    return store


OFTEN = 700  # of gc: as Python has it, for what goes on, unlike a command
Json = Annotated[bool, Option("--json", help="One JSON object a line.")]
ReaderName = Annotated[
    str | None, Option("--as", metavar="SOURCE.READER", help="Read FILE as this reader does.")
]
SavedPage = Annotated[
    Path | None, Option(metavar="FILE", help="That page, saved; nothing is fetched.")
]
Unconfirmed = Annotated[
    bool,
    Option("--unconfirmed", help="Instead: what a second reader says, and nobody confirmed."),
]
Mapped = Annotated[
    list[str] | None, Option("--map", metavar="HEADING=FIELD", help="The meaning of a column.")
]
Reason = Annotated[str, Option("--reason", metavar="TEXT", help="Why.")]
By = Annotated[str, Option("--by", metavar="NAME", help="Who says so.")]
Orderer = Annotated[
    str, Option("--by", metavar="NAME", help="Your name; default: your login name.")
]


def parse_person(by: str) -> str:
    """Return the person's name, cleaned so that the shown form can be searched; by default the
    login name.
    """
    if name := clean(by):
        return name
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # nobody in /etc/passwd has this id
        return "somebody on this machine"


def parse_day(option: str, text: str) -> date:
    """The day that an option names.

    Raises:
        ConfigError: it is none; names the option.
    """
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ConfigError(f"{option}: {text!r} is not a date; write it as 2025-10-09") from error


def end_after_delivery(undelivered: Sequence[str] | None) -> None:
    """End a command; with exit 1 where a message was not delivered, each with a line on stderr."""
    for text in undelivered or ():
        note(f"monitor: not delivered yet: {text}")
    end_command(not undelivered)


def end_command(done: bool) -> None:
    """End a command; with exit 1 where not all was done."""
    if not done:
        raise typer.Exit(1)
