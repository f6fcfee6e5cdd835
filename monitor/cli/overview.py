"""The program's own face: commands by what one wants, global options wherever they stand, one line for words that are wrong."""

import os
import sys
import traceback
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from typer._click import Context, HelpFormatter  # typer has no public names for these
from typer._click.exceptions import (
    ClickException,
    NoArgsIsHelpError,  # typer has no public names for them
    UsageError,
)
from typer.core import TyperGroup

from monitor.config import redact
from monitor.config.outward import Weight, make_printable, note, say
from monitor.errors import ConfigError, MonitorError, StoreHeld

NAMES = {"help_option_names": ["--help", "-h"]}
BEGIN = "Begin with: monitor replay (a demonstration), monitor init (which says where the docs lie), monitor doctor, monitor run."
SECTIONS = {
    "See it work": ("replay", "backtest"),
    "Watch": ("init", "poll", "run", "status", "doctor"),
    "Ask what is known": ("asof", "show", "calendar", "screen", "evidence", "export", "sources", "serve"),
    "Say whom it concerns": ("watch", "route", "mute"),
    "Step in": ("triage", "outbox", "release", "hand-in"),
    "Keep the store": ("backup", "restore", "tidy"),
    "Read saved pages, add a source": ("read", "diff", "new", "try"),
}
REST = "More"
WHOLE = 1_000  # characters: a first sentence is never cut
VERSION = "--version"
TAKING = ("--config", "--store", "--log-level", "--log-format")  # global, with a value
ENDS_OPTIONS = "--"


class Commands(TyperGroup):
    """A group of commands, each with its whole first sentence."""

    def format_commands(self, ctx: Context, formatter: HelpFormatter) -> None:
        self.write_section(formatter, ctx, "Commands", self.list_commands(ctx))

    def write_section(self, formatter: HelpFormatter, ctx: Context, title: str, names: Sequence[str]) -> None:
        """Those commands under a title."""
        broad = max(map(len, self.commands))
        with formatter.section(title):
            formatter.write_dl([(name.ljust(broad), self._says(ctx, name)) for name in names])

    def _says(self, ctx: Context, name: str) -> str:
        command = self.get_command(ctx, name)
        return command.get_short_help_str(limit=WHOLE) if command else ""


class Overview(Commands):
    """All commands. What is global may be said before the command or after it."""

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        return super().parse_args(ctx, move_globals_first(args))

    def format_options(self, ctx: Context, formatter: HelpFormatter) -> None:
        """The commands first: they are what one looks for."""
        shown = [name for name in self.list_commands(ctx) if not self.commands[name].hidden]
        for title, names in group_commands(shown):
            self.write_section(formatter, ctx, title, names)
        super().format_options(ctx, formatter)

    def format_commands(self, ctx: Context, formatter: HelpFormatter) -> None:
        """They stand above the options."""


def group_commands(commands: Sequence[str]) -> Iterator[tuple[str, list[str]]]:
    """The commands that there are, by what one wants; one that nobody placed stands last."""
    placed = {name for names in SECTIONS.values() for name in names}
    for title, names in (*SECTIONS.items(), (REST, [name for name in commands if name not in placed])):
        if there := [name for name in names if name in commands]:
            yield title, there


def move_globals_first(words: Sequence[str]) -> list[str]:
    """The words of a command line with its global options in front; behind `--` nothing is an option."""
    front: list[str] = []
    rest: list[str] = []
    left = list(words)
    while left and left[0] != ENDS_OPTIONS:
        word = left.pop(0)
        if word in TAKING:
            if not left:
                return [word]  # so that it is missed by name, and takes no command for its value
            front += [word, left.pop(0)]
        elif word == VERSION or word.startswith(tuple(f"{option}=" for option in TAKING)):
            front.append(word)
        else:
            rest.append(word)
    return [*front, *rest, *left]


def explain_wrong_use(error: ClickException) -> str:
    """What is wrong with the words of a command, on one line, and which help to read."""
    message = " ".join(error.format_message().replace("Value error, ", "").split()).removesuffix(".")
    context = error.ctx if isinstance(error, UsageError) else None
    way = f"{' See' if message.endswith('?') else '; see'} {context.command_path} -h" if context else ""
    return f"monitor: {message[:1].lower()}{message[1:]}{way}"


LONGEST_ERROR = 300
INTERRUPTED = 130


@contextmanager
def catch_errors() -> Iterator[None]:
    """Each error as one line and its exit code."""
    try:
        with _print_as_one_line():
            yield
    except BrokenPipeError:  # whoever read us has gone, perhaps while an error or the help was told
        sys.stderr.close()
        sys.exit(1)


@contextmanager
def _print_as_one_line() -> Iterator[None]:
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
        note(explain_wrong_use(error), Weight.ERROR)
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        note("monitor: interrupted; what was owed is still owed")
        sys.exit(INTERRUPTED)
    except BrokenPipeError:
        raise
    except Exception as error:  # noqa: BLE001 - whatever it is, it leaves as one line without a secret
        note(f"monitor: a mistake of the monitor's own, please report it: {_word_python_error(error)}", Weight.CRITICAL)
        sys.exit(1)


def _word_python_error(error: Exception) -> str:
    """An error of Python's, and where it was raised."""
    where = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__}: {make_printable(error)[:LONGEST_ERROR]} ({Path(where.filename).name}, line {where.lineno})"


def refuse_undecodable(words: Sequence[str]) -> None:
    """A file may be called by bytes that are no text; nothing else that a person says may.

    Raises:
        ConfigError: a word holds such bytes, and no file is called so.
    """
    for word in words:
        if not word.isascii() and redact.has_surrogates(word) and not os.path.lexists(word):
            raise ConfigError(f"{make_printable(word)[:LONGEST_ERROR]}: holds bytes that are no UTF-8; write it in UTF-8")
