"""How a command ends that was not done: one clear line and an exit code, never a traceback."""

import os
import sys
import traceback
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from typer._click.exceptions import ClickException, NoArgsIsHelpError  # typer has no public names for them

from monitor.cli import overview
from monitor.config import redact
from monitor.config.outward import Weight, fit, note, say
from monitor.errors import ConfigError, MonitorError, StoreHeld

LONGEST_ERROR = 300
INTERRUPTED = 130


@contextmanager
def plain_errors() -> Iterator[None]:
    """Each error as one line and its exit code."""
    try:
        with _as_one_line():
            yield
    except BrokenPipeError:  # whoever read us has gone, perhaps while an error or the help was told
        sys.stderr.close()
        sys.exit(1)


@contextmanager
def _as_one_line() -> Iterator[None]:
    try:
        yield
    except MonitorError as error:
        note(f"monitor: {error}", Weight.ERROR)
        sys.exit(3 if isinstance(error, StoreHeld) else 2 if isinstance(error, ConfigError) else 1)
    except NoArgsIsHelpError as asked:  # nothing was said, so nothing was wrong
        for line in asked.message.splitlines():
            say(line)
        sys.exit(0)
    except ClickException as error:
        note(overview.wrong_use(error), Weight.ERROR)
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        note("monitor: interrupted; what was owed is still owed")
        sys.exit(INTERRUPTED)
    except BrokenPipeError:
        raise
    except Exception as error:  # noqa: BLE001 - whatever it is, it leaves as one line without a secret
        note(f"monitor: a mistake of the monitor's own, please report it: {_of_python(error)}", Weight.CRITICAL)
        sys.exit(1)


def _of_python(error: Exception) -> str:
    """An error of Python's, and where it was raised."""
    where = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__}: {fit(error)[:LONGEST_ERROR]} ({Path(where.filename).name}, line {where.lineno})"


def refuse_undecodable(words: Sequence[str]) -> None:
    """A file may be called by bytes that are no text; nothing else that a person says may.

    Raises:
        ConfigError: a word holds such bytes, and no file is called so.
    """
    for word in words:
        if not word.isascii() and redact.halved(word) and not os.path.lexists(word):
            raise ConfigError(f"{fit(word)[:LONGEST_ERROR]}: holds bytes that are no UTF-8; write it in UTF-8")
