"""What may be asked, as values: by them questions are answered, and described."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from monitor.console.desk import ConsoleDesk
from monitor.errors import ConfigError, MonitorError
from monitor.pipeline import asking

Given = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Question:
    """What can be asked: `needs` has to be said, `takes` may be; `gives` is the type of the answer."""

    path: str
    about: str
    answer: Callable[[ConsoleDesk, Given], object]
    gives: Any
    needs: tuple[str, ...] = ()
    takes: tuple[str, ...] = ()

    @property
    def in_path(self) -> tuple[str, ...]:
        """What the path names."""
        return tuple(part.strip("{}").partition(":")[0] for part in self.path.split("/") if part.startswith("{"))


def number(given: Given, name: str) -> int:
    """The number that is asked for under this name; 0 where none is.

    Raises:
        ConfigError: it is none.
    """
    text = given[name] or "0"
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise ConfigError(f"{name}: a number")
    return int(text)


def day(given: Given, name: str) -> date | None:
    """The day that is asked for under this name; None where none is.

    Raises:
        ConfigError: it is no day; with the nearest.
    """
    try:
        return asking.day(name, given[name]) if given[name] else None
    except MonitorError as error:
        raise ConfigError(str(error)) from error
