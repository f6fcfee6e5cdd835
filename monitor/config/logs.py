"""Logging as every command has it: one line a record on stderr, sanitized and without a secret, a traceback indented below it."""

import logging
import sys
import threading
from collections.abc import Iterator
from contextlib import suppress
from types import TracebackType

from monitor.config.outward import fit
from monitor.config.redact import redacted

COMMAND = "monitor: %(message)s"
DAEMON = "%(asctime)s %(levelname)s %(message)s"

log = logging.getLogger(__name__)


class Fit(logging.Formatter):
    """What a record says, fit to leave: its message with all arguments, its exception, its stack."""

    def format(self, record: logging.LogRecord) -> str:
        record.message = fit(record.getMessage())
        record.asctime = self.formatTime(record, self.datefmt)
        return "\n".join([fit(self.formatMessage(record)), *(f"    {fit(line)}" for line in self._below(record))])

    def _below(self, record: logging.LogRecord) -> Iterator[str]:
        """Each line of the traceback and of the stack; indented, none of them can pass for a record of its own."""
        if record.exc_info:
            yield from redacted(self.formatException(record.exc_info)).splitlines()
        elif record.exc_text:
            yield from redacted(record.exc_text).splitlines()
        if record.stack_info:
            yield from redacted(record.stack_info).splitlines()


class Stderr(logging.Handler):
    """To whatever stderr is at the moment: a progress bar puts itself in its place for a while."""

    def emit(self, record: logging.LogRecord) -> None:
        try:
            sys.stderr.write(f"{self.format(record)}\n")
            sys.stderr.flush()
        except Exception:  # noqa: BLE001 - nothing that can't be logged may end what logs it
            self.handleError(record)

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - the name that logging calls
        """Say that a record can't be said: Python's own way prints its arguments as they are."""
        with suppress(OSError, ValueError):
            sys.stderr.write(f"a record of {fit(record.name)} could not be written\n")


def install(level: int = logging.WARNING, form: str = COMMAND) -> None:
    """Log on stderr: what we say from `level` on, what libraries and warnings say only where it is a warning at least."""
    root = logging.getLogger()
    handler = next((handler for handler in root.handlers if isinstance(handler, Stderr)), None) or Stderr()
    handler.setFormatter(Fit(form))
    root.addHandler(handler)
    root.setLevel(logging.WARNING)  # at INFO an HTTP client logs every address, and an address may be a secret
    logging.getLogger("monitor").setLevel(level)
    logging.captureWarnings(capture=True)
    sys.excepthook = _uncaught
    threading.excepthook = _in_thread


def _uncaught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    log.critical("a mistake of the monitor's own", exc_info=(kind, error, trace))


def _in_thread(failure: threading.ExceptHookArgs) -> None:
    if failure.exc_value is not None:
        _uncaught(failure.exc_type, failure.exc_value, failure.exc_traceback)
