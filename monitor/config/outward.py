"""The edge where text leaves the process: one line that does nothing to a terminal and holds no secret. Does I/O."""

import sys

from monitor.config.harmless import line
from monitor.config.redact import redacted

__all__ = ["fit", "note", "redacted", "say"]


def fit(text: object) -> str:
    """Fit to be printed: on one line, sanitized, without a secret."""
    return redacted(line(str(text)))


def note(text: str) -> None:
    """A line on stderr."""
    _write(sys.stderr, text)


def say(text: str) -> None:
    """A line on stdout."""
    _write(sys.stdout, text)


def _write(out: object, text: str) -> None:
    print(fit(text), file=out, flush=True)  # type: ignore[call-overload]
