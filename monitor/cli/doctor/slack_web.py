"""Asks Slack's Web API and says what came of it, as a value: never an exception, never the token. Does I/O."""

import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from slack_sdk.web import SlackResponse, WebClient
from slack_sdk.webhook import WebhookClient

from monitor.deliver.slack.client import code_of, let_out, of_answer, of_error

HELLO = "Test message of the regulatory monitor (`monitor doctor --slack --send`): its alerts will come here."
TIMEOUT = 20  # seconds for an answer
LIST_PAGES = 20  # of 200 channels each

_silent = logging.getLogger(f"{__name__}.sdk")
_silent.setLevel(logging.CRITICAL + 1)  # slack_sdk logs whole requests


@dataclass(frozen=True)
class Answer:
    """What Slack said, its `body`; `failure` and `code` are "" where it said ok."""

    body: Mapping[str, Any] = field(default_factory=dict)
    scopes: frozenset[str] | None = None
    failure: str = ""
    code: str = ""


class Workspace:
    """A workspace as one bot sees it."""

    def __init__(self, token: str, api: str) -> None:
        self._client = WebClient(token, base_url=api, timeout=TIMEOUT, retry_handlers=[], logger=_silent)

    def ask(self, method: str, **asked: Any) -> Answer:
        """Call a method that only reads."""
        return self._answer(method, {"params": asked})

    def post(self, **message: Any) -> Answer:
        """Say something in a channel."""
        return self._answer("chat.postMessage", {"json": message})

    def _answer(self, method: str, asked: Mapping[str, Any]) -> Answer:
        try:
            return _understood(self._client.api_call(method, **asked))
        except let_out() as error:
            response = getattr(error, "response", None)
            body = response.data if isinstance(response, SlackResponse) and isinstance(response.data, dict) else {}
            return Answer(body, failure=_failure(error, body), code=code_of(str(body.get("error") or "")))

    def channels(self, kinds: str) -> Iterator[Mapping[str, Any]]:
        """Every channel of these kinds that the bot can see."""
        cursor = ""
        for _ in range(LIST_PAGES):
            answer = self.ask("conversations.list", types=kinds, limit=200, exclude_archived=False, cursor=cursor)
            yield from answer.body.get("channels") or ()
            cursor = (answer.body.get("response_metadata") or {}).get("next_cursor") or ""
            if not cursor:
                return


def _understood(response: SlackResponse) -> Answer:
    headers = {str(name).lower(): str(value) for name, value in dict(response.headers or {}).items()}
    scopes = headers.get("x-oauth-scopes")
    body = response.data if isinstance(response.data, dict) else {}
    granted = frozenset(part.strip() for part in scopes.split(",") if part.strip()) if scopes is not None else None
    return Answer(body, granted) if body.get("ok") else Answer(body, granted, "an answer that is not Slack's", "not_slack")


def _failure(error: Exception, body: Mapping[str, Any]) -> str:
    needed = _scopes(body.get("needed"))
    return f"{of_error(error)}{f'; it needs {needed}' if needed else ''}"


def _scopes(text: object) -> str:
    """The scopes that an answer names, and nothing that is none."""
    names = [part.strip() for part in str(text or "").split(",")]
    return ", ".join(name for name in names if name.replace(":", "").replace(".", "").replace("_", "").isalpha())


def hello(url: str) -> str:
    """Post a test message through an incoming webhook; what went wrong, in words, or "" where nothing did."""
    try:
        answer = WebhookClient(url, timeout=TIMEOUT, retry_handlers=[], logger=_silent).send(text=HELLO)
    except let_out() as error:
        return str(of_error(error))
    text = answer.body.strip()
    return "" if answer.status_code == 200 and text == "ok" else str(of_answer(answer.status_code, {}, code_of(text)))
