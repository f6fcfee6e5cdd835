"""Who is in which user group of Slack, kept for a while so that no click waits for it. Does I/O."""

import logging
from collections.abc import Callable, Mapping

from slack_sdk.errors import SlackApiError
from slack_sdk.web import WebClient

from monitor.config import TriageSettings
from monitor.deliver.slack.errors import cause, let_out
from monitor.triage.permission import groups_named

KEPT = 300.0  # seconds
AGAIN = 30.0  # seconds after which Slack is asked anew where no answer came

log = logging.getLogger(__name__)


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
