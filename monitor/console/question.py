"""What programs may ask, as a value: by it questions are answered, and described."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from monitor.console.desk import Desk

Given = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Question:
    """What can be asked: `needs` has to be said, `takes` may be; `gives` is the type of the answer."""

    path: str
    about: str
    answer: Callable[[Desk, Given], object]
    gives: Any
    needs: tuple[str, ...] = ()
    takes: tuple[str, ...] = ()

    @property
    def in_path(self) -> tuple[str, ...]:
        """What the path names."""
        return tuple(part.strip("{}").partition(":")[0] for part in self.path.split("/") if part.startswith("{"))
