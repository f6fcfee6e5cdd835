"""Listens, and answers until it is told to end. What it says goes to stderr; who asked for what is said nowhere."""

import asyncio
import socket
from collections.abc import Callable
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path

import uvicorn

from monitor.config import Config
from monitor.config.outward import note
from monitor.console.app import console
from monitor.console.desk import Desk
from monitor.console.guard import door
from monitor.errors import ConfigError
from monitor.source.scraper import Source

AT_ONCE = 64  # connections
KEPT_OPEN = 15  # seconds that a connection may be silent
LONGEST_HEAD = 16_384  # bytes


def serve(store: Path, config: Config, sources: list[Source], now: Callable[[], datetime], host: str, port: int) -> None:
    """Answer at a host and a port until SIGTERM or Ctrl-C.

    Raises:
        ConfigError: others could reach it and nothing says who may; or nobody can listen there.
    """
    entrance = door(config.console, host)
    with _listening(host, port) as listener:
        place = listener.getsockname()
        note(f"monitor: look at http://{f'[{place[0]}]' if ':' in place[0] else place[0]}:{place[1]}/ ; Ctrl-C ends it")
        app = console(Desk(store, config, sources, now), entrance)
        asyncio.run(uvicorn.Server(_settings(app)).serve(sockets=[listener]))


def _listening(host: str, port: int) -> socket.socket:
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with ExitStack() as opened:
            listener = opened.enter_context(socket.socket(family, kind, protocol))
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind(address)
            opened.pop_all()
    except (OSError, OverflowError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise ConfigError(f"--host {host} --port {port}: nobody can listen there: {why}; name another") from error
    return listener


def _settings(app: object) -> uvicorn.Config:
    return uvicorn.Config(
        app,  # type: ignore[arg-type]
        http="h11",
        ws="none",
        log_config=None,
        access_log=False,
        proxy_headers=False,  # who asks is who is connected: what a header says of that anybody can write
        server_header=False,
        limit_concurrency=AT_ONCE,
        timeout_keep_alive=KEPT_OPEN,
        h11_max_incomplete_event_size=LONGEST_HEAD,
    )
