"""What is done with clicks in Slack: each is on record before Slack is told that it came, and refused in private. Does I/O."""

import logging
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import msgspec
import slack_bolt
from slack_bolt import authorization
from slack_sdk.errors import SlackApiError
from slack_sdk.web import WebClient

from monitor.config import TriageSettings
from monitor.deliver.slack import modals
from monitor.deliver.slack.errors import cause, let_out
from monitor.errors import ConfigError, MonitorError
from monitor.render.keepers import explained
from monitor.triage.deciding import groups_named, refusal, roles
from monitor.triage.values import Case, Handling, TriageRequest, Verb

# Who is in which user group of Slack, kept for a while so that no click waits for it. Does I/O.

KEPT = 300.0  # seconds
AGAIN = 30.0  # seconds after which Slack is asked anew where no answer came


class Directory:
    """The members of the user groups that config.toml names."""

    def __init__(self, web: WebClient, settings: TriageSettings, monotonic: Callable[[], float]) -> None:
        self._web = web
        self._named = groups_named(settings)
        self._monotonic = monotonic
        self._groups: dict[str, frozenset[str]] = {}
        self._asked: float | None = None

    def groups(self) -> Mapping[str, frozenset[str]]:
        """Their members, as they were known last."""
        if self._asked is None:
            self.refresh()
        return self._groups

    def refresh(self) -> None:
        """Ask anew once what is known is old; where Slack does not say, what was known stays."""
        now = self._monotonic()
        if not self._named or (self._asked is not None and now - self._asked < KEPT):
            return
        self._asked = now
        for group in self._named:
            try:
                answer = self._web.api_call("usergroups.users.list", params={"usergroup": group})
                self._groups[group] = frozenset(answer.get("users") or ())
            except let_out() as error:
                if not isinstance(error, SlackApiError):  # which would be the same soon after
                    self._asked = now - KEPT + AGAIN
                log.warning("who is in %s was not said: %s (it takes the scope usergroups:read)", group, cause(error))


INSTALL = (
    "SLACK_APP_TOKEN is set, and buttons need the library slack-bolt: pip install 'regulatory-monitor[triage]'"
    " (here: .venv/bin/uv sync --extra triage)"
)
UNKNOWN = "the monitor knows no such event"
BUSY = "the monitor does not answer now; click once more"

log = logging.getLogger(__name__)

Body = dict[str, Any]
Ack = Callable[..., Any]


class ClickDesk(Protocol):
    """What clicks are handed to; each call waits for whoever writes the history, and raises only MonitorError."""

    def do(self, asked: TriageRequest) -> Handling:
        """Have it done, on record."""
        ...

    def case(self, what: str) -> Case | None:
        """The event that is meant, by its key or by the place of a message about it."""
        ...

    def headline(self, case: Case) -> str:
        """What it is, in one sentence."""
        ...

    def today(self) -> str:
        """The day (ISO)."""
        ...

    @property
    def destinations(self) -> Sequence[str]:
        """Whom something can be told."""
        ...

    @property
    def topics(self) -> Sequence[str]:
        """The topics of config.toml."""
        ...


@dataclass(frozen=True)
class Clicks:
    """Hands what people click to the desk; `web` is asked for modals and private words."""

    web: WebClient
    desk: ClickDesk
    settings: TriageSettings
    directory: Directory
    logger: logging.Logger

    def app(self) -> slack_bolt.App:
        """What slack-bolt calls.

        Raises:
            ConfigError: it is not installed.
        """
        try:
            result = authorization.AuthorizeResult(enterprise_id=None, team_id=None, bot_token=self.web.token)
            app = slack_bolt.App(
                client=self.web,
                authorize=lambda **_: result,
                logger=self.logger,
            )
        except ImportError as error:
            raise ConfigError(INSTALL) from error
        app.error(_failed)
        app.action(re.compile(rf"{modals.ACTION}.*"))(self._clicked)
        app.action(modals.OPEN_NOTICE)(_acknowledged)
        app.view(modals.CALLBACK)(self._saved)
        # Slack is told of an event before its listener runs, so what has to be on record by then is done on the way there.
        app.event("reaction_added", middleware=[self._reacted])(_heard)
        return app

    def _clicked(self, ack: Ack, body: Body) -> None:
        if modals.verb_of_click(body) != Verb.TAKE:
            ack()  # nothing is recorded yet
            self._opened(body)
            return
        refused = self._done(modals.taken(body))
        ack()
        self._say_to(body["user"]["id"], modals.place(body), refused)

    def _saved(self, ack: Ack, body: Body) -> None:
        if refused := self._done(modals.answered(body)):
            ack(response_action="errors", errors={modals.first_block(body): refused})
        else:
            ack()

    def _reacted(self, body: Body, next: Callable[[], Any]) -> None:  # noqa: A002 - as slack-bolt calls it
        asked = modals.reacted(body)
        refused = self._done(asked) if asked else ""
        if asked and refused != UNKNOWN:  # a reaction to somebody else's words is none of ours
            self._say_to(body["event"]["user"], asked.event, refused)
        next()

    def _done(self, asked: TriageRequest) -> str:
        """Have it done, by the roles of who asks; why it was refused, if it was."""
        has = roles(self.settings, asked.person.handle.partition(":")[2], self.directory.groups())
        person = msgspec.structs.replace(asked.person, role=has[0] if has else "")
        refused = refusal(self.settings, asked.verb, has)
        try:
            return self.desk.do(msgspec.structs.replace(asked, person=person, refused=refused)).refused
        except ConfigError:
            return UNKNOWN

    def _opened(self, body: Body) -> None:
        """Ask what a click does not say. Where that can't be opened, one clicks once more: this one is acknowledged already."""
        try:
            case = self.desk.case(modals.event_of_click(body))
            view = self._view(case, modals.verb_of_click(body), modals.place(body)) if case else None
        except MonitorError as error:
            log.warning("what a click asks for was not shown: %s", error)
            self._say_to(body["user"]["id"], modals.place(body), BUSY)
            return
        if view:
            self._ask_slack("views.open", {"trigger_id": body["trigger_id"], "view": view})
        else:
            self._say_to(body["user"]["id"], modals.place(body), UNKNOWN)

    def _view(self, case: Case, word: str, where: str) -> modals.View:
        views: Mapping[str, Callable[[], modals.View]] = {
            Verb.DONE: lambda: modals.done(case, where, self.settings.decisions),
            Verb.NOT_OURS: lambda: modals.not_ours(case, where),
            Verb.SNOOZE: lambda: modals.snooze(case, where, self.desk.today()),
            Verb.MUTE: lambda: modals.mute(case, where, self.desk.topics),
            Verb.TELL: lambda: modals.tell(case, where, self.desk.destinations),
        }
        view = views.get(word)
        return view() if view else modals.why(list(explained(case, self.desk.headline(case))))

    def _say_to(self, member: str, where: str, words: str) -> None:
        """Say something that only they see; nothing where there is nothing to say."""
        if not words:
            return
        section = {"type": "section", "text": modals.plain(f"Not done: {words}")}
        told = {"channel": where.partition(":")[0], "user": member, "text": "Not done", "blocks": [section]}
        self._ask_slack("chat.postEphemeral", told)

    def _ask_slack(self, method: str, told: Body) -> None:
        """What is on record stays so, whatever Slack makes of this; that nobody sees it is said."""
        try:
            self.web.api_call(method, json=told)
        except let_out() as error:
            log.warning("Slack does not show the answer to a click: %s: %s", method, cause(error))


def _failed(error: Exception) -> None:
    """Slack is told nothing, and so delivers it again where it does that."""
    if isinstance(error, MonitorError):
        log.warning("a click was not acknowledged: %s", error)
    else:
        log.error("a click was not acknowledged", exc_info=error)


def _acknowledged(ack: Ack) -> None:
    """A button that opens a page has done so."""
    ack()


def _heard() -> None:
    """All of it is done by then."""
