"""Logging as every command has it: one line a record on stderr, sanitized and without a secret.

For people a line of words, a traceback indented below it; for programs one JSON object.
"""

import logging
import sys
import threading
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime
from enum import StrEnum
from types import TracebackType
from typing import Any

import msgspec

from monitor.config import outward
from monitor.config.events import FIELDS, get_log_fields
from monitor.config.outward import make_printable
from monitor.config.redact import redacted
from monitor.model import frozen

REMARK = "remark"  # the event of a plain remark
TRACEBACK = "traceback"
PLACES = 3  # of a second

log = logging.getLogger(__name__)


class Level(StrEnum):
    """The lowest level of records to write."""

    DEBUG = "debug"
    INFO = "info"
    WARNING = "warning"
    ERROR = "error"

    @property
    def number(self) -> int:
        """Return the level of Python's logging."""
        return logging.getLevelNamesMapping()[self.upper()]


class LogFormat(StrEnum):
    """The format of records: `auto` is for people if stderr is a terminal, otherwise for
    programs.
    """

    HUMAN = "human"
    JSON = "json"
    AUTO = "auto"

    @property
    def is_json(self) -> bool:
        """Return whether programs read it."""
        return self is LogFormat.JSON or (self is LogFormat.AUTO and not sys.stderr.isatty())


@frozen
class Logging:
    """Choose what to log, and how; a `command` that ends by itself prints plain lines without a
    time.
    """

    level: Level = Level.WARNING
    form: LogFormat = LogFormat.HUMAN
    command: bool = True


class Lines(logging.Formatter):
    """Format a record as one line of JSON, or as a line for people with Python's error below it. It
    has the time, the level, the event, the subject, and Python's error.
    """

    def __init__(self, wanted: Logging) -> None:
        super().__init__()
        self._wanted = wanted

    def format(self, record: logging.LogRecord) -> str:
        fields, words = getattr(record, FIELDS, None), record.getMessage()
        entry = {
            "at": _format_moment(datetime.fromtimestamp(record.created, UTC)),
            "level": record.levelname.lower(),
            "event": REMARK if fields is None else words,
            **get_log_fields(),
            **({"text": words} if fields is None else fields),
        }
        entry = {name: _make_fit(value) for name, value in entry.items()}
        # Its lines are redacted together: a secret may go over the end of one.
        if below := _format_traceback(record):
            entry[TRACEBACK] = "\n".join(
                make_printable(line) for line in redacted(below).splitlines()
            )
        if self._wanted.form.is_json:
            return msgspec.json.encode(entry).decode()
        return (
            f"monitor: {_format_words(entry)}"
            if self._wanted.command
            else f"{entry['at']} {record.levelname} {_format_words(entry)}"
        )


def _format_traceback(record: logging.LogRecord) -> str:
    """The traceback and the stack that a record has."""
    error = (
        logging.Formatter().formatException(record.exc_info) if record.exc_info else record.exc_text
    )
    return "\n".join(filter(None, (error, record.stack_info)))


def _make_fit(value: Any) -> Any:
    if isinstance(value, float):
        return round(value, PLACES)
    return value if value is None or isinstance(value, bool | int) else make_printable(value)


def _format_words(entry: Mapping[str, Any]) -> str:
    """Format for people: fields first. A field with foreign words is quoted unless it is one
    word.
    """
    fields = {
        name: value
        for name, value in entry.items()
        if name not in {"at", "level", "event", "text", TRACEBACK}
    }
    told = [f"{name}={_format_value(value)}" for name, value in fields.items()]
    text = entry.get("text", "")
    if entry["event"] == REMARK:
        first = " ".join([*told, text])
    else:
        first = " ".join(
            [entry["event"], *told, *([f"text={_format_value(text)}"] if text else [])]
        )
    return "\n".join([first, *(f"    {line}" for line in entry.get(TRACEBACK, "").splitlines())])


def _format_value(value: object) -> str:
    """Return a word of harmless letters as it is, and others quoted."""
    text = str(value)
    return text if text and not set(text) & set(' "=\\') else msgspec.json.encode(text).decode()


class Stderr(logging.Handler):
    """A handler to the present stderr: a progress bar replaces it for a while."""

    def emit(self, record: logging.LogRecord) -> None:
        try:
            sys.stderr.write(f"{self.format(record)}\n")
            sys.stderr.flush()
        except Exception:  # noqa: BLE001 - nothing that can't be logged may end what logs it
            self.handleError(record)

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - the name that logging calls
        """Report a record that fails to format: Python's own way prints its arguments as they
        are.
        """
        with suppress(OSError, ValueError):
            sys.stderr.write(f"a record of {make_printable(record.name)} could not be written\n")


def set_up_log(wanted: Logging) -> None:
    """Set up the log on stderr: our records from a level on, those of libraries and warnings from
    WARNING on.
    """
    root = logging.getLogger()
    handler = (
        next((handler for handler in root.handlers if isinstance(handler, Stderr)), None)
        or Stderr()
    )
    handler.setFormatter(Lines(wanted))
    root.addHandler(handler)
    # at INFO an HTTP client logs every address, and an address may be a secret
    root.setLevel(logging.WARNING)
    # a tick that it "skipped" is our matter: late ones are in `status`
    logging.getLogger("apscheduler").setLevel(logging.ERROR)
    logging.getLogger("monitor").setLevel(wanted.level.number)
    logging.captureWarnings(capture=True)
    sys.excepthook = _log_uncaught
    threading.excepthook = _log_thread_failure
    outward.set_note_form(_print_note if wanted.form.is_json else None)


def _print_note(text: str, weight: outward.Weight) -> str:
    """Print a command's note beside its results and its log, for programs."""
    return msgspec.json.encode(
        {"at": _format_moment(datetime.now(UTC)), "level": weight, "event": "note", "text": text}
    ).decode()


def _format_moment(at: datetime) -> str:
    return f"{at:%Y-%m-%dT%H:%M:%S}.{at.microsecond // 1000:03}Z"


def _log_uncaught(
    kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    log.critical("a mistake of the monitor's own", exc_info=(kind, error, trace))


def _log_thread_failure(failure: threading.ExceptHookArgs) -> None:
    if failure.exc_value is not None:
        _log_uncaught(failure.exc_type, failure.exc_value, failure.exc_traceback)
