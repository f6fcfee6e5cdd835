"""What becomes of a click: who is told what of it, and what is said where the history or Slack
does not answer.
"""

import logging
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from command import FAR
from notices import saved
from slack_bolt import BoltRequest
from slack_sdk.errors import SlackApiError
from slack_sdk.web import WebClient
from socket_peer import CHANNEL, click, reaction

from monitor.config import TriageSettings
from monitor.deliver.slack.blocks import make_payload
from monitor.deliver.slack.socket_mode import Clicks, Directory
from monitor.errors import ConfigError, MonitorError
from monitor.model import Severity
from monitor.render.alert import compose
from monitor.triage.values import Case, Handled, Handling, TriageRequest

ABOUT = replace(saved("act-smallest"), event="mofcom-2025-57")
MESSAGE = {
    "ts": "1700000000.000100",
    "blocks": make_payload(compose(ABOUT), with_buttons=True)["blocks"],
}


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


def asked_of_slack(
    error: MonitorError | None, caplog: pytest.LogCaptureFixture
) -> list[tuple[str, str]]:
    """What Slack is asked once somebody clicks what takes a modal."""
    web = Web()
    clicks = Clicks(
        web,
        Desk(error),
        TriageSettings(),
        Directory(web, TriageSettings(), lambda: 0.0),
        logging.getLogger("quiet"),
    )
    answer = clicks.app().dispatch(
        BoltRequest(mode="socket_mode", body=click(MESSAGE, "triage_done"))
    )
    deadline = time.monotonic() + FAR
    while "chat.postEphemeral" not in caplog.text and time.monotonic() < deadline:
        time.sleep(0.005)
    assert answer.status == 200
    return web.asked


@pytest.mark.parametrize(
    ("error", "why"),
    [
        (None, "the monitor knows no such event"),
        (MonitorError("the disk is full"), "the monitor does not answer now"),
    ],
)
def test_who_clicks_is_told_why_nothing_opens_and_the_log_says_that_they_do_not_see_it(
    error, why, caplog
):
    ((method, told),) = asked_of_slack(error, caplog)

    assert method == "chat.postEphemeral"
    assert f"Not done: {why}" in told
    assert "chat.postEphemeral: expired_trigger_id" in caplog.text
    assert "was not acknowledged" not in caplog.text


NOW = datetime(2025, 10, 9, 1, 0, tzinfo=UTC)


class Willing(WebClient):
    """Keeps what it is asked, and does it."""

    def __init__(self) -> None:
        super().__init__("xoxb-1")
        self.asked: list[tuple[str, dict]] = []

    def api_call(self, method: str, *, json: dict) -> None:
        self.asked.append((method, json))


class Open:
    """A desk that does what is asked of it, or says why not; of an event it knows nothing but
    its key.
    """

    topics = ("rare earths",)
    destinations = ("alerts", "ops")

    def __init__(self, answer: str | Exception = "") -> None:
        self.answer = answer
        self.done: list[TriageRequest] = []

    def do(self, asked: TriageRequest) -> Handling:
        self.done.append(asked)
        if isinstance(self.answer, Exception):
            raise self.answer
        who = {"by": asked.person.name, "handle": asked.person.handle, "role": asked.person.role}
        refused = asked.refused or self.answer
        return Handling(
            1,
            asked.key,
            asked.event,
            NOW,
            asked.verb,
            "slack",
            **who,
            before=Handled(),
            after=Handled(),
            refused=refused,
        )

    def case(self, what: str) -> Case:
        return Case(
            event=what,
            authority="cn-mofcom",
            opened_at=NOW,
            severity=Severity.NORMAL,
            handled=Handled(),
        )

    def headline(self, case: Case) -> str:
        return f"{case.event} controls holmium"

    def today(self) -> str:
        return "2025-10-09"


class Heard:
    """Somebody clicked, and was answered."""

    def __init__(self, desk: Open, body: dict, settings: TriageSettings | None = None) -> None:
        self.web, self.desk = Willing(), desk
        settings = settings or TriageSettings()
        directory = Directory(self.web, settings, lambda: 0.0)
        app = Clicks(self.web, desk, settings, directory, logging.getLogger("quiet")).app()
        self.answer = app.dispatch(BoltRequest(mode="socket_mode", body=body))

    def asked(self, method: str) -> list[dict]:
        """What Slack was asked by one method, as soon as it was."""
        self.until(lambda: method in dict(self.web.asked))
        return [told for name, told in self.web.asked if name == method]

    def until(self, is_so: Callable[[], bool]) -> None:
        deadline = time.monotonic() + FAR
        while not is_so() and time.monotonic() < deadline:
            time.sleep(0.005)


ROLES = TriageSettings(
    roles={"compliance": ("U0LI", "U0ANA"), "trade": ("U0LI",)}, decide=("trade",)
)


def test_who_takes_an_event_is_acknowledged_and_told_nothing_more():
    heard = Heard(Open(), click(MESSAGE, "triage_take"), ROLES)

    assert heard.answer.status == 200
    ((asked, role),) = [(asked, asked.person.role) for asked in heard.desk.done]
    assert (asked.event, asked.refused, role) == ("mofcom-2025-57", "", "compliance")
    assert heard.web.asked == []


def test_why_a_click_was_refused_is_said_only_to_who_clicked():
    heard = Heard(Open("somebody else has it"), click(MESSAGE, "triage_take"))
    (told,) = heard.asked("chat.postEphemeral")

    assert (told["channel"], told["user"]) == (CHANNEL, "U0LI")
    assert "Not done: somebody else has it" in str(told["blocks"])
    assert heard.desk.done[0].person.role == ""


@pytest.mark.parametrize(
    ("action", "choice", "title", "shows"),
    [
        ("triage_done", "", "What was decided?", "contract checked"),
        ("triage_not-ours", "", "Not ours", "No match is left on record"),
        ("triage_snooze", "", "Rest until", "Any day"),
        ("triage_more", "mute", "Mute", "topic:rare earths"),
        ("triage_more", "tell", "Tell", "ops"),
        ("triage_more", "why", "Why was this told?", "mofcom-2025-57 controls holmium"),
    ],
)
def test_a_click_that_needs_a_further_word_opens_what_asks_for_it(action, choice, title, shows):
    heard = Heard(Open(), click(MESSAGE, action, choice=choice))
    (opened,) = heard.asked("views.open")

    assert (opened["trigger_id"], opened["view"]["title"]["text"]) == ("trigger-0", title)
    assert shows in str(opened["view"])
    assert heard.desk.done == []


def test_a_button_that_opens_a_page_is_acknowledged():
    body = click(MESSAGE, "triage_take")
    body["actions"][0]["action_id"] = "open_notice"

    assert Heard(Open(), body).answer.status == 200


@pytest.mark.parametrize(
    ("emoji", "answer", "done", "told"),
    [
        ("eyes", "", 1, []),
        ("eyes", "somebody else has it", 1, ["Not done: somebody else has it"]),
        ("eyes", ConfigError("no such event"), 1, []),  # a reaction to somebody else's words
        ("tada", "", 0, []),
    ],
)
def test_a_reaction_is_answered_only_where_it_is_one_of_ours_and_was_refused(
    emoji, answer, done, told
):
    heard = Heard(Open(answer), reaction("1700000000.000100", emoji))

    assert heard.answer.status == 200
    assert len(heard.desk.done) == done
    assert [each["blocks"][0]["text"]["text"] for _, each in heard.web.asked] == told
    assert {each["user"] for _, each in heard.web.asked} <= {"U0LI"}


@pytest.mark.parametrize(
    ("error", "traced"),
    [(MonitorError("the disk is full"), False), (KeyError("a mistake of ours"), True)],
)
def test_a_click_that_could_not_be_put_on_record_is_not_acknowledged_and_the_log_says_why(
    error, traced, caplog
):
    heard = Heard(Open(error), click(MESSAGE, "triage_take"))

    assert heard.answer.status != 200
    assert "a click was not acknowledged" in caplog.text
    assert str(error) in caplog.text
    assert ("Traceback" in caplog.text) == traced
