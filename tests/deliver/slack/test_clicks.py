"""What becomes of a click that nothing has been done with yet, where the history or Slack does not answer."""

import logging
import time
from dataclasses import replace

import pytest
from notices import saved
from slack_bolt import BoltRequest
from slack_sdk.errors import SlackApiError
from slack_sdk.web import WebClient
from socket_peer import click

from monitor.config import TriageSettings
from monitor.deliver.slack.blocks import payload
from monitor.deliver.slack.clicks import Clicks
from monitor.deliver.slack.directory import Directory
from monitor.errors import MonitorError
from monitor.render.alert import compose

ABOUT = replace(saved("act-smallest"), event="mofcom-2025-57")
MESSAGE = {"ts": "1700000000.000100", "blocks": payload(compose(ABOUT), with_buttons=True)["blocks"]}


class Web(WebClient):
    """Keeps what it is asked, and refuses it."""

    def __init__(self) -> None:
        super().__init__("xoxb-1")
        self.asked: list[tuple[str, str]] = []

    def api_call(self, method: str, *, json: dict) -> None:
        self.asked.append((method, str(json)))
        raise SlackApiError("no", {"ok": False, "error": "expired_trigger_id"})


class Desk:
    """A desk whose history knows nothing, or is busy."""

    def __init__(self, error: MonitorError | None) -> None:
        self.error = error

    def case(self, what: str) -> None:
        if self.error:
            raise self.error


def asked_of_slack(error: MonitorError | None, caplog: pytest.LogCaptureFixture) -> list[tuple[str, str]]:
    """What Slack is asked once somebody clicks what takes a modal."""
    web = Web()
    clicks = Clicks(web, Desk(error), TriageSettings(), Directory(web, TriageSettings(), lambda: 0.0), logging.getLogger("quiet"))
    answer = clicks.app().dispatch(BoltRequest(mode="socket_mode", body=click(MESSAGE, "triage_done")))
    deadline = time.monotonic() + 5
    while "chat.postEphemeral" not in caplog.text and time.monotonic() < deadline:
        time.sleep(0.005)
    assert answer.status == 200
    return web.asked


@pytest.mark.parametrize(
    ("error", "why"),
    [(None, "the monitor knows no such event"), (MonitorError("the disk is full"), "the monitor does not answer now")],
)
def test_who_clicks_is_told_why_nothing_opens_and_the_log_says_that_they_do_not_see_it(error, why: str, caplog):
    ((method, told),) = asked_of_slack(error, caplog)

    assert method == "chat.postEphemeral"
    assert f"Not done: {why}" in told
    assert "chat.postEphemeral: expired_trigger_id" in caplog.text
    assert "was not acknowledged" not in caplog.text
