"""`monitor serve`: the console, which is an extra that need not be installed."""

import gc
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from monitor.config import Config
from monitor.config.stores import Store
from monitor.errors import ConfigError

if TYPE_CHECKING:
    from monitor.source.scraper import Source

OFTEN = 700  # Python's own: unlike a command, the console goes on
PARTS = frozenset({"jinja2", "markupsafe", "multipart", "python_multipart", "starlette", "uvicorn"})


def serve(store: Store, config: Config, sources: "list[Source]", now: Callable[[], datetime], host: str, port: int) -> None:
    """Listen until told to end.

    Raises:
        ConfigError: the extra is not installed; or as the console has it.
    """
    try:
        from monitor.console.serve import serve as run
    except ModuleNotFoundError as error:
        if error.name not in PARTS:
            raise
        raise ConfigError("serve: needs the extra `console`: pip install 'regulatory-monitor[console]'") from error
    gc.set_threshold(OFTEN)
    run(store, config, sources, now, host, port)
