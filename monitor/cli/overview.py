"""The program's own front: commands by purpose, global options anywhere, one line for wrong
words.
"""

import os
import shlex
import sys
import traceback
from collections.abc import Iterator, Mapping, Sequence
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
BEGIN = (
    "All commands: monitor help all. Begin with: monitor replay (a demonstration), monitor init"
    " (which names the docs)."
)
FIRST = ("replay", "run", "poll", "status", "doctor", "asof", "show", "screen")
SECTIONS = {
    "Watch": ("replay", "init", "poll", "run", "status", "doctor", "sources"),
    "Ask": ("asof", "show", "screen", "calendar", "evidence", "export", "serve"),
    "Alerts": ("watch", "route", "mute", "triage", "review", "outbox"),
    "Pages and the store": ("hand-in", "read", "new", "try", "backup", "restore"),
}
# Commands of earlier versions: the new words, and the option for each old argument. For one
# version.
OLD: Mapping[str, tuple[str, ...]] = {
    "work": ("run",),
    "release": ("poll --release",),
    "tidy": ("poll --tidy",),
    "backtest": ("route",),
    "diff": ("read", "--as", "--against"),
    "route test": ("route",),
    "watch list": ("watch",),
    "watch dismiss": ("triage not-ours", "--entry"),
    "watch undismiss": ("triage not-ours --undo", "--entry"),
    "triage mute": ("mute",),
    "triage unmute": ("mute --off",),
    "triage muted": ("mute",),
    "triage snooze": ("mute",),
    "triage tell": ("outbox resend", "", "--to"),
    "triage why": ("show --why",),
    "triage audit": ("export audit", "--out"),
    "triage export": ("export audit", "--person"),
    "triage erase": ("export audit --erase", "--person"),
}
RENAMED = {"--from": "--since", "--to": "--until"}  # options of `triage audit`
# of old commands: options without a value
FLAGS = ("--json", "--steps", "--touches", "--help", "-h")
WHOLE = 1_000  # characters: a first sentence is never cut
VERSION = "--version"
TAKING = ("--config", "--store", "--log-level", "--log-format")  # global, with a value
ENDS_OPTIONS = "--"


class Commands(TyperGroup):
    """A group of commands, each with its whole first sentence."""

    def format_commands(self, ctx: Context, formatter: HelpFormatter) -> None:
        self.write_section(formatter, ctx, "Commands", self.list_commands(ctx))

    def write_section(
        self, formatter: HelpFormatter, ctx: Context, title: str, names: Sequence[str]
    ) -> None:
        """Write some commands under a title."""
        broad = max(map(len, self.commands))
        with formatter.section(title):
            formatter.write_dl([(name.ljust(broad), self._says(ctx, name)) for name in names])

    def _says(self, ctx: Context, name: str) -> str:
        command = self.get_command(ctx, name)
        return command.get_short_help_str(limit=WHOLE) if command else ""


class Overview(Commands):
    """The group of all commands. Global options work before or after the command."""

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        front, rest = split_globals(args)
        if rest[:1] == ["help"]:
            ctx.meta["all"] = rest[1:] == ["all"]
            rest = [*([] if ctx.meta["all"] else rest[1:]), "--help"]
        return super().parse_args(ctx, [*front, *translate_old(rest)])

    def format_options(self, ctx: Context, formatter: HelpFormatter) -> None:
        """The commands first: they are what one looks for."""
        for title, names in (
            SECTIONS.items() if ctx.meta.get("all") else [("The first commands", FIRST)]
        ):
            self.write_section(formatter, ctx, title, names)
        super().format_options(ctx, formatter)

    def format_commands(self, ctx: Context, formatter: HelpFormatter) -> None:
        """Print the commands above the options."""


def translate_old(words: list[str]) -> list[str]:
    """The words of a command as this version has it, with a line where an earlier one called it
    otherwise.
    """
    old = next((old for old in OLD if words[: len(old.split())] == old.split()), "")
    if not old:
        return words
    new, *options = OLD[old]
    left, said = words[len(old.split()) :], new.split()
    while left:
        word = left.pop(0)
        if word.startswith("-") and word != ENDS_OPTIONS:
            said.append(RENAMED.get(word, word) if old == "triage audit" else word)
            if left and word not in FLAGS and "=" not in word:
                said.append(left.pop(0))
        else:
            said += [*filter(None, [options.pop(0)] if options else []), word]
    note(
        f"monitor: {old}: write `monitor {shlex.join(said)}`; the old words work in this version"
        " only"
    )
    return said


def split_globals(words: Sequence[str]) -> tuple[list[str], list[str]]:
    """The global options of a command line, and its other words; behind `--` nothing is an
    option.
    """
    front: list[str] = []
    rest: list[str] = []
    left = list(words)
    while left and left[0] != ENDS_OPTIONS:
        word = left.pop(0)
        if word in TAKING:
            if not left:
                # so that it is missed by name, and takes no command for its value
                return [word], []
            front += [word, left.pop(0)]
        elif word == VERSION or word.startswith(tuple(f"{option}=" for option in TAKING)):
            front.append(word)
        else:
            rest.append(word)
    return front, [*rest, *left]


def explain_wrong_use(error: ClickException) -> str:
    """Describe an error in a command's words in one line, with the help to read."""
    message = " ".join(error.format_message().replace("Value error, ", "").split()).removesuffix(
        "."
    )
    context = error.ctx if isinstance(error, UsageError) else None
    way = (
        f"{' See' if message.endswith('?') else '; see'} {context.command_path} -h"
        if context
        else ""
    )
    return f"monitor: {message[:1].lower()}{message[1:]}{way}"


LONGEST_ERROR = 300
INTERRUPTED = 130


@contextmanager
def catch_errors() -> Iterator[None]:
    """Each error as one line and its exit code."""
    try:
        with _print_as_one_line():
            yield
    except BrokenPipeError:
        # the reader of our output has gone, perhaps during an error or the help
        sys.stderr.close()
        sys.exit(1)


@contextmanager
def _print_as_one_line() -> Iterator[None]:
    try:
        yield
    except MonitorError as error:
        note(f"monitor: {error}", Weight.ERROR)
        sys.exit(3 if isinstance(error, StoreHeld) else 2 if isinstance(error, ConfigError) else 1)
    except NoArgsIsHelpError as asked:  # no words, so no error
        for line in asked.message.splitlines():
            say(line)
        sys.exit(0)
    except ClickException as error:
        note(explain_wrong_use(error), Weight.ERROR)
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        note("monitor: interrupted; pending messages stay pending")
        sys.exit(INTERRUPTED)
    except BrokenPipeError:
        raise
    except Exception as error:  # noqa: BLE001 - whatever it is, it leaves as one line without a secret
        note(
            "monitor: a mistake of the monitor's own, please report it:"
            f" {_word_python_error(error)}",
            Weight.CRITICAL,
        )
        sys.exit(1)


def _word_python_error(error: Exception) -> str:
    """An error of Python's, and where it was raised."""
    where = traceback.extract_tb(error.__traceback__)[-1]
    return (
        f"{type(error).__name__}: {make_printable(error)[:LONGEST_ERROR]}"
        f" ({Path(where.filename).name}, line {where.lineno})"
    )


def refuse_undecodable(words: Sequence[str]) -> None:
    """Accept a file name in bytes that are no text, and refuse all other words with such bytes.

    Raises:
        ConfigError: a word has such bytes, and there is no such file.
    """
    for word in words:
        if not word.isascii() and redact.has_surrogates(word) and not os.path.lexists(word):
            raise ConfigError(
                f"{make_printable(word)[:LONGEST_ERROR]}: holds bytes that are no UTF-8; write it"
                " in UTF-8"
            )
