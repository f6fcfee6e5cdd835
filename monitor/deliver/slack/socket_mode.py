"""Receive clicks from Slack without a public address: Socket Mode by slack-bolt's synchronous
adapter, on its own threads.

A click is recorded before Slack gets its acknowledgement; a repeat has no effect. A dead connection
is replaced: the adapter's own check uses the wall clock, and only its own pings. Does I/O.
"""

import logging
import re
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from threading import Thread
from typing import Any, Protocol

import slack_bolt
from msgspec.structs import replace
from slack_bolt import authorization
from slack_bolt.adapter import socket_mode as adapter
from slack_sdk.errors import SlackApiError
from slack_sdk.web import WebClient

from monitor.config import TriageSettings
from monitor.deliver.slack import modals
from monitor.deliver.slack.client import SDK_ERRORS, name_cause
from monitor.errors import ConfigError, MonitorError
from monitor.model import frozen
from monitor.render.keepers import explain_event
from monitor.triage.values import (
    Case,
    Handling,
    Offer,
    TriageRequest,
    Verb,
    explain_refusal,
    list_groups,
    list_roles,
)

# Handles clicks in Slack: each is recorded before the acknowledgement, and refused in private. Does
# I/O.

# The members of Slack's user groups, cached so that no click waits for them. Does I/O.

KEPT = 300.0  # seconds
AGAIN = 30.0  # seconds until the next request after one without an answer


class Directory:
    """The members of the user groups that config.toml names."""

    def __init__(
        self, web: WebClient, settings: TriageSettings, monotonic: Callable[[], float]
    ) -> None:
        self._web = web
        self._named = list_groups(settings)
        self._monotonic = monotonic
        self._groups: dict[str, frozenset[str]] = {}
        self._asked: float | None = None

    def groups(self) -> Mapping[str, frozenset[str]]:
        """Their members, as they were known last."""
        if self._asked is None:
            self.refresh()
        return self._groups

    def refresh(self) -> None:
        """Refresh the members when they are old; if Slack does not answer, keep the old ones."""
        now = self._monotonic()
        if not self._named or (self._asked is not None and now - self._asked < KEPT):
            return
        self._asked = now
        for group in self._named:
            try:
                answer = self._web.api_call("usergroups.users.list", params={"usergroup": group})
                self._groups[group] = frozenset(answer.get("users") or ())
            except SDK_ERRORS as error:
                if not isinstance(error, SlackApiError):  # which would be the same soon after
                    self._asked = now - KEPT + AGAIN
                log.warning(
                    "Slack did not list the members of %s: %s (it takes the scope usergroups:read)",
                    group,
                    name_cause(error),
                )


UNKNOWN = "the monitor knows no such event"
BUSY = "the monitor does not answer now; click once more"


Body = dict[str, Any]
Ack = Callable[..., Any]


class ClickDesk(Protocol):
    """The receiver of clicks; each call waits for the writer of the history, and raises only
    MonitorError.
    """

    def do(self, request: TriageRequest) -> Handling:
        """Have it done, on record."""
        ...

    def case(self, what: str) -> Case | None:
        """The event that is meant, by its key or by the place of a message about it."""
        ...

    def headline(self, case: Case) -> str:
        """Return what it is, in one sentence."""
        ...

    def offer(self, case: Case) -> Offer | None:
        """List the parts of an event's act that can be reviewed."""
        ...

    def today(self) -> str:
        """The day (ISO)."""
        ...

    @property
    def destinations(self) -> Sequence[str]:
        """Return the destinations that a message can be sent to."""
        ...

    @property
    def topics(self) -> Sequence[str]:
        """The topics of config.toml."""
        ...


@frozen
class Clicks:
    """Passes clicks to the desk; `web` opens modals and posts private messages."""

    web: WebClient
    desk: ClickDesk
    settings: TriageSettings
    directory: Directory
    logger: logging.Logger

    def app(self) -> slack_bolt.App:
        """Make slack-bolt's app."""
        result = authorization.AuthorizeResult(
            enterprise_id=None, team_id=None, bot_token=self.web.token
        )
        app = slack_bolt.App(client=self.web, authorize=lambda **_: result, logger=self.logger)
        app.error(_log_failure)
        app.action(re.compile(rf"{modals.ACTION}.*"))(self._clicked)
        app.action(modals.OPEN_NOTICE)(_acknowledge_click)
        app.action(modals.OPEN_CONSOLE)(_acknowledge_click)
        app.view(modals.CALLBACK)(self._saved)
        # Slack gets its acknowledgement before a listener runs, so records are written before that.
        app.event("reaction_added", middleware=[self._reacted])(_acknowledge_heard)
        return app

    def _clicked(self, ack: Ack, body: Body) -> None:
        if modals.parse_verb(body) != Verb.TAKE:
            ack()  # nothing is recorded yet
            self._opened(body)
            return
        refused = self._done(modals.parse_click(body))
        ack()
        self._say_to(body["user"]["id"], modals.parse_place(body), refused)

    def _saved(self, ack: Ack, body: Body) -> None:
        if refused := self._done(modals.parse_answer(body)):
            ack(response_action="errors", errors={modals.find_first_block(body): refused})
        else:
            ack()

    def _reacted(self, body: Body, next: Callable[[], Any]) -> None:  # noqa: A002 - as slack-bolt calls it
        asked = modals.parse_reaction(body)
        refused = self._done(asked) if asked else ""
        if asked and refused != UNKNOWN:  # a reaction to other people's messages is not for us
            self._say_to(body["event"]["user"], asked.event, refused)
        next()

    def _done(self, request: TriageRequest) -> str:
        """Run an action by the person's roles; return the refusal, if any."""
        has = list_roles(
            self.settings, request.person.handle.partition(":")[2], self.directory.groups()
        )
        person = replace(request.person, role=has[0] if has else "")
        refused = explain_refusal(self.settings, request, has, self.desk.today())
        try:
            return self.desk.do(replace(request, person=person, refused=refused)).refused
        except ConfigError:
            return UNKNOWN

    def _opened(self, body: Body) -> None:
        """Open a form for what a click lacks. If that fails, the person clicks again: this click is
        acknowledged already.
        """
        try:
            case = self.desk.case(modals.parse_event(body))
            view = (
                self._view(case, modals.parse_verb(body), modals.parse_place(body))
                if case
                else None
            )
        except MonitorError as error:
            log.warning("what a click asks for was not shown: %s", error)
            self._say_to(body["user"]["id"], modals.parse_place(body), BUSY)
            return
        if view:
            self._ask_slack("views.open", {"trigger_id": body["trigger_id"], "view": view})
        else:
            self._say_to(body["user"]["id"], modals.parse_place(body), UNKNOWN)

    def _view(self, case: Case, word: str, where: str) -> modals.View:
        views: Mapping[str, Callable[[], modals.View]] = {
            Verb.DONE: lambda: modals.make_done_view(case, where, self.settings.decisions),
            Verb.NOT_OURS: lambda: modals.make_not_ours_view(case, where),
            Verb.SNOOZE: lambda: modals.snooze(case, where, self.desk.today()),
            Verb.MUTE: lambda: modals.mute(case, where, self.desk.topics),
            Verb.TELL: lambda: modals.tell(case, where, self.desk.destinations),
            Verb.REVIEW: lambda: modals.make_review_view(case, where, self.desk.offer(case)),
        }
        view = views.get(word)
        return (
            view()
            if view
            else modals.make_why_view(list(explain_event(case, self.desk.headline(case))))
        )

    def _say_to(self, member: str, where: str, words: str) -> None:
        """Post a message that only they see; nothing if it is empty."""
        if not words:
            return
        section = {"type": "section", "text": modals.make_plain_text(f"Not done: {words}")}
        told = {
            "channel": where.partition(":")[0],
            "user": member,
            "text": "Not done",
            "blocks": [section],
        }
        self._ask_slack("chat.postEphemeral", told)

    def _ask_slack(self, method: str, told: Body) -> None:
        """Call Slack and log a failure: the record stays in any case."""
        try:
            self.web.api_call(method, json=told)
        except SDK_ERRORS as error:
            log.warning(
                "Slack does not show the answer to a click: %s: %s", method, name_cause(error)
            )


def _log_failure(error: Exception) -> None:
    """Slack gets no acknowledgement, and so may deliver it again."""
    if isinstance(error, MonitorError):
        log.warning("a click was not acknowledged: %s", error)
    else:
        log.error("a click was not acknowledged", exc_info=error)


def _acknowledge_click(ack: Ack) -> None:
    """A button that opens a page has done so."""
    ack()


def _acknowledge_heard() -> None:
    """Acknowledge nothing: it was done before the click was handled."""


DEAF = 45.0  # seconds without any signal, not even an answer to a ping
# seconds without an envelope after which another connection is opened all the same, before this one
# is closed
STALE = 1_800.0
PING = 10.0  # seconds from one ping to the next
# seconds: requests to Slack within a click must fit into its three seconds for an answer
TIMEOUT = 2
PATIENCE = 30  # seconds for a connection to be opened
NOT_HEARD = "clicks in Slack are not heard"
OLD_ONLY = "connected to Slack Socket Mode over an old connection only"
LOOK = 10.0  # seconds from one look at the connection to the next

log = logging.getLogger(__name__)
_quiet = logging.getLogger(f"{__name__}.library")
_quiet.addFilter(lambda _: False)  # it logs whole envelopes, and addresses that are secrets


class SocketMode:
    """One connection to Slack at a time.

    Args:
        token: the bot's, for modals and private words.
        app_token: the app's, for the connection.
        monotonic: seconds that only ever go forward.
    """

    look_every = LOOK

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
        self._web = WebClient(
            token, base_url=base_url, timeout=TIMEOUT, retry_handlers=[], logger=_quiet
        )
        self._opening = WebClient(
            token, base_url=base_url, timeout=PATIENCE, retry_handlers=[], logger=_quiet
        )
        self._app_token = app_token
        self._directory = Directory(self._web, settings, monotonic)
        self._monotonic = monotonic
        self._handler: adapter.SocketModeHandler | None = None
        self._seen: tuple[object, ...] = ()
        self._heard = self._enveloped = monotonic()
        self._envelopes = 0
        self._missing = ""  # the last reported problem
        self._app = Clicks(self._web, desk, settings, self._directory, _quiet).app()

    def look(self) -> None:
        """Open a missing connection, or replace a silent one; called every few seconds."""
        self._directory.refresh()
        if self._handler is None:
            self._replace("")
        elif (deaf := self._monotonic() - self._last_heard()) > DEAF:
            self._replace(f"no signal from Slack for {deaf:.0f} s")
        elif self._monotonic() - self._enveloped > STALE:
            self._replace("")
        elif self._missing:
            self._hears()  # the connection is alive again

    def close(self) -> None:
        """Stop listening."""
        handler, self._handler = self._handler, None
        if handler:
            _close_handler(handler)

    def _last_heard(self) -> float:
        """Return the time of the last signal: an envelope, or an answer to a ping."""
        client = self._handler.client if self._handler else None
        session = getattr(client, "current_session", None)
        seen = (
            getattr(session, "session_id", ""),
            getattr(session, "last_ping_pong_time", None),
            self._envelopes,
        )
        if seen != self._seen:
            self._seen, self._heard = seen, self._monotonic()
        return self._heard

    def _replace(self, why: str) -> None:
        """Open another connection before the old one is closed, so that none is missed between
        the two.
        """
        if why:
            log.warning("%s: another connection is opened", why)
        handler = self._handler_made()
        try:
            handler.connect()  # type: ignore[no-untyped-call]
            if not handler.client.is_connected():  # it does not report the cause
                raise ConnectionError
        except SDK_ERRORS as error:
            _close_handler(handler)
            # log a problem once; its cause may differ at each check
            state = NOT_HEARD if why or not self._handler else OLD_ONLY
            if self._missing != state:
                log.warning(
                    "%s: no connection (%s); it is tried again every %g s",
                    state,
                    name_cause(error),
                    LOOK,
                )
            self._missing = state
            return
        old, self._handler = self._handler, handler
        self._heard = self._enveloped = self._monotonic()
        if self._missing or not old:
            self._hears()
        if old:
            Thread(target=_close_handler, args=(old,), name="socket mode", daemon=True).start()

    def _hears(self) -> None:
        log.info("connected to Slack Socket Mode")
        self._missing = ""

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


def _close_handler(handler: adapter.SocketModeHandler) -> None:
    with suppress(Exception):
        handler.close()  # type: ignore[no-untyped-call]
