"""Where the browser is that renders pages, and what is missing where there is none."""

import importlib.util
import shutil
from collections.abc import Iterable
from typing import TYPE_CHECKING

from monitor.config import Config
from monitor.errors import ConfigError

if TYPE_CHECKING:
    from monitor.fetch.browser import Browser

INSTALL = "needs the extra browser: pip install 'regulatory-monitor[browser]' (here: .venv/bin/uv sync --extra browser)"
NAMES = ("chromium", "chromium-browser", "google-chrome")


def executable(setting: str | None) -> str:
    """Where the browser is: as config.toml says (`fetch.browser`), else under a name that it has.

    Raises:
        ConfigError: there is none, or the extra that drives it is missing.
    """
    if importlib.util.find_spec("playwright") is None:
        raise ConfigError(INSTALL)
    names = [setting] if setting else NAMES
    path = next((path for name in names if (path := shutil.which(name))), None)
    if path is None:
        lacking = f"finds no program {setting!r}, which fetch.browser names" if setting else "finds no browser on this machine"
        raise ConfigError(f"{lacking}: apt-get install chromium, or name another Chromium in fetch.browser")
    return path


def browser_of(config: Config, asking: Iterable[str]) -> "Browser | None":
    """The browser for what asks for one, such as `page:x: render`; none where nothing does.

    Raises:
        ConfigError: it, or the extra that drives it, is missing.
    """
    name = next(iter(asking), None)
    if name is None:
        return None
    try:
        program = executable(config.fetch.browser)
        from monitor.fetch.browser import Browser  # noqa: PLC0415 - of an extra, which is there now

        return Browser(program, config.fetch.name)
    except ConfigError as error:
        raise ConfigError(f"{name} {error}") from error
