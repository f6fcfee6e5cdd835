"""What several commands take, and how a day is written among it."""

import getpass
from datetime import date
from typing import Annotated

import typer

from monitor.config.redact import clean
from monitor.errors import ConfigError

Json = Annotated[bool, typer.Option("--json", help="One JSON object a line.")]
By = Annotated[str, typer.Option("--by", metavar="NAME", help="Who says so.")]
Orderer = Annotated[str, typer.Option("--by", metavar="NAME", help="Who wants it; default: your login name.")]


def who(by: str) -> str:
    """Who wants something: as it is said, clean, so that one can be asked for by what is shown; else whoever is logged in."""
    if name := clean(by):
        return name
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # nobody in /etc/passwd has this id
        return "somebody on this machine"


def day(option: str, text: str) -> date:
    """The day that an option names.

    Raises:
        ConfigError: it is none; names the option.
    """
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ConfigError(f"{option}: {text!r} is not a date; write it as 2025-10-09") from error
