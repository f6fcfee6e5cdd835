"""The edge where text leaves the process: one line that does nothing to a terminal and holds no
secret. Does I/O.
"""

import sys
from collections.abc import Callable
from enum import StrEnum

from monitor.config import redact
from monitor.config.redact import redacted

__all__ = ["Weight", "make_printable", "note", "redacted", "say", "set_note_form"]


class Weight(StrEnum):
    """The level of a line beside the results, in the words of the log."""

    INFO = "info"
    ERROR = "error"
    CRITICAL = "critical"


def _keep_text(text: str, _weight: Weight) -> str:
    return text


_noted: Callable[[str, Weight], str] = _keep_text  # how a line beside the results is written


def make_printable(text: object) -> str:
    """Fit to be printed: on one line, sanitized, without a secret."""
    return redacted(redact.make_one_line(str(text)))


def set_note_form(form: Callable[[str, Weight], str] | None) -> None:
    """The format of `note`'s lines: as programs read them, with a level; by default plain."""
    global _noted  # noqa: PLW0603 - of the process, as its stderr is
    _noted = form or _keep_text


def note(text: str, weight: Weight = Weight.INFO) -> None:
    """A line on stderr."""
    _write_line(sys.stderr, _noted(make_printable(text), weight))


def say(text: str) -> None:
    """A line on stdout."""
    _write_line(sys.stdout, make_printable(text))


def _write_line(out: object, line: str) -> None:
    print(line, file=out, flush=True)  # type: ignore[call-overload]
