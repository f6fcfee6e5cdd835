"""Settings and the edge of the process.

config.toml becomes a frozen `Config`; an error names the file, the key and the nearest right one.
The edge: `files` that people name, secrets and foreign text (`redact`), all output (`outward`).
"""

import re
import tomllib
from collections.abc import Callable, Iterable
from itertools import chain
from pathlib import Path
from typing import Any

import msgspec

from monitor.config import files, redact
from monitor.config.mistakes import explain_mistake, find_mistakes, find_old_keys, find_unprintable
from monitor.config.outward import note
from monitor.config.settings import (
    NO_CONTACT,
    VERSION,
    CalendarSettings,
    Config,
    ConsoleSettings,
    DailySettings,
    DeskSettings,
    DestinationSettings,
    EventSettings,
    FetchSettings,
    LifeSettings,
    OtherListSettings,
    RouteSettings,
    Section,
    SlackSettings,
    SourceSettings,
    TriageSettings,
    WatchSettings,
)
from monitor.config.times import parse_setting
from monitor.errors import ConfigError

__all__ = [
    "NO_CONTACT",
    "VERSION",
    "CalendarSettings",
    "Config",
    "ConsoleSettings",
    "DailySettings",
    "DeskSettings",
    "DestinationSettings",
    "EventSettings",
    "FetchSettings",
    "LifeSettings",
    "OtherListSettings",
    "RouteSettings",
    "Section",
    "SlackSettings",
    "SourceSettings",
    "TriageSettings",
    "WatchSettings",
    "load",
    "parse",
    "salvage",
]

LARGEST = 16 * files.MEGABYTE  # twenty thousand pages take two
LONGEST_QUOTE = 200
NO_FILE = "name another with --config, or write one with `monitor init`"
STORE = re.compile(r"""^(store|folder)\s*=\s*(["'])(.+?)\2""", re.MULTILINE)


def load(path: Path | None, further: Callable[[Config], Iterable[str]] = lambda _: ()) -> Config:
    """Load the configuration in `path`; without a path ./config.toml if there is one, else the
    defaults. `further` lists errors that only other rooms know.

    Raises:
        ConfigError: the file is missing, not TOML, or has an unknown key or value.
    """
    path = path or (Path("config.toml") if Path("config.toml").exists() else None)
    if path is None:
        return Config()
    table = parse(files.read_file_bytes(path, most=LARGEST, error=ConfigError, way=NO_FILE), path)
    redact.know(table)
    for key in find_unprintable(table):
        raise ConfigError(f"{path}: {key or 'a key'}: holds a control character; write it without")
    table = _gather_ways(_drop_empty(table))
    try:
        config = msgspec.convert(table, Config, dec_hook=parse_setting)
    except msgspec.ValidationError as error:
        raise ConfigError(f"{path}: {explain_mistake(str(error), table, Config)}") from error
    for complaint in chain(find_mistakes(config), further(config)):
        raise ConfigError(f"{path}: {complaint}")
    for remark in find_old_keys(table):
        note(f"monitor: {path}: {remark}")
    return config


def salvage(path: Path | None) -> Config:
    """The defaults with the store that a config.toml with mistakes names, as far as it can be
    found.

    Raises:
        ConfigError: the file can't be read.
    """
    body = files.read_file_bytes(
        path or Path("config.toml"), most=LARGEST, error=ConfigError, way=NO_FILE
    )
    found = STORE.findall(body.decode("utf-8", "replace"))
    return Config(**{key: value for key, _, value in found})


def parse(body: bytes, path: Path) -> dict[str, Any]:
    """Parse TOML into a table.

    Raises:
        ConfigError: it is invalid, or no person wrote it.
    """
    try:
        return tomllib.loads(body.decode("utf-8"))
    except RecursionError as error:
        raise ConfigError(
            f"{files.shorten_path(path)}: not valid TOML: brackets or keys are nested too deeply"
        ) from error
    except ValueError as error:  # also a byte that is no UTF-8, and a number of thousands of digits
        raise ConfigError(
            f"{files.shorten_path(path)}: not valid TOML: {str(error)[:LONGEST_QUOTE]}"
        ) from error


def _drop_empty(value: Any) -> Any:
    """TOML has no null: an empty text stands for none."""
    if isinstance(value, dict):
        return {key: _drop_empty(part) for key, part in value.items()}
    return None if value == "" else value


def _gather_ways(table: dict[str, Any]) -> dict[str, Any]:
    """Move each destination's foreign keys under `way`: only its channel knows them."""
    destinations = table.get("destinations")
    if not isinstance(destinations, dict):
        return table
    return {
        **table,
        "destinations": {
            name: _gather_way(destination) for name, destination in destinations.items()
        },
    }


def _gather_way(destination: Any) -> Any:
    if not isinstance(destination, dict):
        return destination
    ours = {key: value for key, value in destination.items() if key in redact.COMMON}
    way = {
        key: value
        for key, value in destination.items()
        if key not in redact.COMMON and value is not None
    }
    return {**ours, "way": way}
