"""`monitor init`: write first settings, and print the next steps."""

import json
import re
from pathlib import Path
from typing import Annotated

from typer import Argument, Context

from monitor import config
from monitor.cli.setting import Setting
from monitor.config import files
from monitor.config.outward import say
from monitor.config.stores import is_database
from monitor.errors import ConfigError, MonitorError

SETTINGS, SCHEMA, DOCS = "config.toml", "config.schema.json", "docs"
BUNDLED = Path(config.__file__).with_name("bundled")
STEPS = """\
wrote   {path}: the settings to begin with, explained; {schema}: for an editor that checks it
next 1  {path}: a contact address in fetch.user_agent, your channel in [slack], your sources in `only`
next 2  {command} doctor    checks the setup and says what to do
next 3  {command} run    watches; alerts go to this terminal until SLACK_BOT_TOKEN is set
docs    {docs}: use.md explains each command, config.md each setting, operate.md the service and Slack"""
STORE_LINE = re.compile(r"^store = .*$", re.MULTILINE)


Folder = Annotated[Path, Argument(metavar="[DIR]", help="A folder; default: this one.")]


def init(
    context: Context,
    folder: Folder = Path(),
) -> None:
    """Write config.toml (naming --store, if given), and print the next three steps and where the
    docs are.
    """
    setting: Setting = context.obj
    path = folder / SETTINGS
    if files.path_exists(path):
        raise ConfigError(f"{files.shorten_path(path)}: is there already; name another folder")
    text = find_bundled(SETTINGS).read_text(encoding="utf-8")
    if store := _store_named(setting.store_named, folder):
        text = STORE_LINE.sub(
            lambda _: f"store = {json.dumps(store, ensure_ascii=False)}", text, count=1
        )
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise MonitorError(
            f"{files.shorten_path(folder)}: can't be made: {files.describe_os_error(error)}"
        ) from error
    files.put(path, text.encode())
    files.put(folder / SCHEMA, find_bundled(SCHEMA).read_bytes())
    command = "monitor" if folder == Path() else f"monitor --config {path}"
    about = {"path": path, "schema": folder / SCHEMA, "docs": find_bundled(DOCS)}
    for step in STEPS.splitlines():
        say(step.format(command=command, **about))


def find_bundled(name: str) -> Path:
    """Find a bundled file or folder: within the installed package, or beside it in a checkout."""
    inside = BUNDLED / name
    return inside if inside.exists() else BUNDLED.parents[2] / name


def _store_named(named: str | None, folder: Path) -> str | None:
    """The store that the settings name from wherever they are read; None for the default of the
    current folder.
    """
    if named:
        return named if is_database(named) else str(Path(named).absolute())
    return None if folder == Path() else str(folder.absolute() / ".store")
