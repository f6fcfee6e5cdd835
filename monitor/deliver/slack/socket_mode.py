"""Hears who clicks in Slack, without a public address: Socket Mode by slack-bolt's synchronous adapter, on threads of its own.

A click is on record before Slack is told that it came; what comes twice is done once. A connection that hears nothing any more is
replaced: the adapter's own look at it goes by the wall clock, and by its own pings alone. Does I/O.
"""

import logging
import time
from collections.abc import Callable
from contextlib import suppress
from threading import Thread

from slack_bolt.adapter import socket_mode as adapter
from slack_sdk.web import WebClient

from monitor.config import TriageSettings
from monitor.deliver.slack.clicks import ClickDesk, Clicks, Directory
from monitor.deliver.slack.errors import cause, let_out

DEAF = 45.0  # seconds in which nothing at all was heard, not even an answer to a ping
STALE = 1_800.0  # seconds without an envelope after which another connection is opened all the same, before this one is closed
PING = 10.0  # seconds from one ping to the next
TIMEOUT = 2  # seconds: what is asked of Slack within a click must not use up the three that it waits for its answer
PATIENCE = 30  # seconds for a connection to be opened
LOOK = 10.0  # seconds from one look at the connection to the next

log = logging.getLogger(__name__)
_quiet = logging.getLogger(f"{__name__}.library")
_quiet.addFilter(lambda _: False)  # it logs whole envelopes, and addresses that are secrets


class SocketMode:
    """One connection to Slack at a time.

    Raises:
        ConfigError: slack-bolt is not installed.

    Args:
        token: the bot's, for modals and private words.
        app_token: the app's, for the connection.
        monotonic: seconds that only ever go forward.
    """

    def __init__(
        self,
        token: str,
        app_token: str,
        desk: ClickDesk,
        settings: TriageSettings,
        *,
        base_url: str = WebClient.BASE_URL,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._web = WebClient(token, base_url=base_url, timeout=TIMEOUT, retry_handlers=[], logger=_quiet)
        self._opening = WebClient(token, base_url=base_url, timeout=PATIENCE, retry_handlers=[], logger=_quiet)
        self._app_token = app_token
        self._directory = Directory(self._web, settings, monotonic)
        self._monotonic = monotonic
        self._handler: adapter.SocketModeHandler | None = None
        self._seen: tuple[object, ...] = ()
        self._heard = self._enveloped = monotonic()
        self._envelopes = 0
        self._missing = ""  # what is amiss, as it was said last
        self._app = Clicks(self._web, desk, settings, self._directory, _quiet).app()

    def look(self) -> None:
        """Open a connection where there is none, or another where this one hears nothing; to be called every few seconds."""
        self._directory.refresh()
        if self._handler is None:
            self._replace("")
        elif (deaf := self._monotonic() - self._last_heard()) > DEAF:
            self._replace(f"nothing was heard of Slack for {deaf:.0f} s")
        elif self._monotonic() - self._enveloped > STALE:
            self._replace("")
        elif self._missing:
            self._hears()  # what there is says something again

    def close(self) -> None:
        """Hear nobody any more."""
        handler, self._handler = self._handler, None
        if handler:
            _closed(handler)

    def _last_heard(self) -> float:
        """When anything came last: an envelope, or an answer to a ping."""
        client = self._handler.client if self._handler else None
        session = getattr(client, "current_session", None)
        seen = (getattr(session, "session_id", ""), getattr(session, "last_ping_pong_time", None), self._envelopes)
        if seen != self._seen:
            self._seen, self._heard = seen, self._monotonic()
        return self._heard

    def _replace(self, why: str) -> None:
        """Open another connection before the old one is closed, so that none is missed between the two."""
        if why:
            log.warning("%s: another connection is opened", why)
        handler = self._handler_made()
        try:
            handler.connect()  # type: ignore[no-untyped-call]
            if not handler.client.is_connected():  # it keeps the cause to itself
                raise ConnectionError
        except let_out() as error:
            _closed(handler)
            self._misses("not heard" if why or not self._handler else "heard over an old connection only", error)
            return
        old, self._handler = self._handler, handler
        self._heard = self._enveloped = self._monotonic()
        if self._missing or not old:
            self._hears()
        if old:
            Thread(target=_closed, args=(old,), name="socket mode", daemon=True).start()

    def _hears(self) -> None:
        log.info("clicks in Slack are heard")
        self._missing = ""

    def _misses(self, state: str, error: Exception) -> None:
        """Say once what is amiss; the cause may be another at each look."""
        if self._missing != state:
            log.warning("clicks in Slack are %s: no connection (%s); it is tried again every %g s", state, cause(error), LOOK)
        self._missing = state

    def _handler_made(self) -> adapter.SocketModeHandler:
        handler = adapter.SocketModeHandler(
            self._app, self._app_token, logger=_quiet, web_client=self._opening, ping_interval=PING
        )
        handler.client.on_message_listeners.append(self._counted)
        return handler

    def _counted(self, message: str) -> None:
        self._envelopes += 1
        if '"envelope_id"' in message:
            self._enveloped = self._monotonic()


def _closed(handler: adapter.SocketModeHandler) -> None:
    with suppress(Exception):
        handler.close()  # type: ignore[no-untyped-call]
