"""The ways out, found by their names: a destination of config.toml has a key that is called like a module of `monitor.deliver`.

Such a module declares its keys and opens its channel; nothing else lists it, and it is loaded when a destination names it.
"""

import pkgutil
from collections.abc import Iterator, Mapping
from importlib import import_module
from types import ModuleType
from typing import Any, Protocol, cast

import msgspec

from monitor.config import Config, DestinationSettings, Section, redact
from monitor.config.mistakes import explained, fields, unknown_key
from monitor.config.times import parsed
from monitor.deliver.channel import Channel
from monitor.errors import ConfigError


class Way(Protocol):
    """What a module has that is a way out.

    `Settings` are its keys of a destination, one of them called like the module. One that is a `Variable` names a variable of
    the environment: a secret has no other place.
    """

    Settings: type[Section]

    def opened(self, name: str, settings: Any, config: Config) -> Channel:
        """The channel of the destination of this name.

        Raises:
            ConfigError: a variable is not set or holds what can't be used; names the key.
        """
        ...


def names() -> list[str]:
    """What the ways out are called."""
    return sorted(module.name for module in pkgutil.iter_modules(_package().__path__) if _is_way(module.name))


def complaints(config: Config) -> Iterator[str]:
    """What is wrong with the keys of destinations, with the way out; what the environment lacks is seen when one is opened."""
    for name, destination in config.destinations.items():
        try:
            settings_of(name, destination)
        except ConfigError as error:
            yield str(error)


def settings_of(name: str, destination: DestinationSettings) -> Section:
    """The keys of a destination as its way out reads them.

    Raises:
        ConfigError: it names no way out, or more than one, or has a key or a value that its way does not know.
    """
    settings = _settings(f"destinations.{name}", destination.way)
    for field in fields(type(settings)):
        if type(value := getattr(settings, field)) is str:
            redact.publish(value)
    return settings


def channel_of(name: str, destination: DestinationSettings, config: Config) -> Channel:
    """The channel of a destination.

    Raises:
        ConfigError: config.toml describes it wrongly, a variable of the environment is missing or holds what can't be used.
    """
    settings = settings_of(name, destination)
    return _way(*filter(_is_way, destination.way)).opened(name, settings, config)


def _settings(key: str, written: Mapping[str, Any]) -> Section:
    named = [field for field in written if _is_way(field)]
    if len(named) != 1:
        raise ConfigError(_none_named(key, written) if not named else f"{key}: {_one_of()}, not {' and '.join(named)}")
    kind = _way(*named).Settings
    try:
        return msgspec.convert(written, kind, dec_hook=parsed)
    except msgspec.ValidationError as error:
        raise ConfigError(explained(str(error), written, kind, within=key, beside=redact.COMMON)) from error


def _none_named(key: str, written: Mapping[str, Any]) -> str:
    if not written:
        return f"{key}: {_one_of()}, not none"
    return unknown_key(next(iter(written)), key, [*names(), *redact.COMMON])


def _one_of() -> str:
    *most, last = names()
    return f"give it exactly one of {', '.join(most)} and {last}"


def _is_way(name: str) -> bool:
    """Whether a module is one; those beside them are what all ways share."""
    return any(module.name == name for module in pkgutil.iter_modules(_package().__path__)) and hasattr(_way(name), "Settings")


def _way(name: str) -> Way:
    return cast("Way", import_module(f"{__package__}.{name}"))


def _package() -> ModuleType:
    return import_module("monitor.deliver")
