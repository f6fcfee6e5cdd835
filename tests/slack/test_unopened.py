"""A destination without its secret: polls go on, what is owed to it waits for it alone, and
every other way says so.
"""

import json
import signal
from pathlib import Path

import pytest
from acts import listing
from command import Running, eventually, run
from emulator import TOKENS, Workspace
from werkzeug import Response

from monitor.store import History, OutboxState, outbox

TOKEN = {"SLACK_BOT_TOKEN": TOKENS[0]}
ACT = "uel-2025-10:act"


@pytest.fixture
def settings(settings: Path, workspace: Workspace) -> Path:
    """A channel of Slack, whose token is not in the environment."""
    place = (
        f'[slack]\nchannel = "{workspace.alerts}"\ngap = "0.001 seconds"\ngrace = "0.05'
        f' seconds"\napi = "{workspace.api}"\n'
    )
    settings.write_text(settings.read_text().replace("[fetch]", f"{place}[fetch]"))
    return settings


@pytest.fixture
def desk(settings: Path, httpserver) -> list[dict]:
    """A second destination, a program's, which is told all that alerts are told; what it heard."""
    heard: list[dict] = []
    httpserver.expect_request("/desk").respond_with_handler(
        lambda request: heard.append(request.json) or Response("")
    )
    added = '[destinations.desk]\nwebhook = "DESK_URL"\n[[routes]]\nto = ["alerts", "desk"]\n'
    settings.write_text(settings.read_text() + added)
    return heard


def owed(tmp_path: Path) -> set[tuple[str, str, OutboxState]]:
    with History(tmp_path / "store", read_only=True) as history:
        messages = history(outbox.list_messages, every=True)
    return {
        (each.key, each.destination, each.state)
        for each in messages
        if each.key.startswith("uel-2025-10:act")
    }


def test_a_poll_without_the_token_books_nothing_and_the_next_one_with_it_tells_all(
    settings, workspace, ministry, tmp_path
):
    first = run("--config", settings, "poll", "toy.notices")
    ministry.publish("10", listing(10, "Dedrone by Axon"))
    second = run("--config", settings, "poll", "toy.notices")
    waiting = owed(tmp_path)
    status = run("--config", settings, "status").stdout

    for done in (first, second):
        assert (done.returncode, done.stdout) == (1, "")
        (line,) = [line for line in done.stderr.splitlines() if "SLACK_BOT_TOKEN" in line]
        assert (
            "alerts and ops, and what is owed there waits: slack.channel: SLACK_BOT_TOKEN is"
            " not set" in line
        )
        assert "Set it, or take the channel out" in line
    assert {state for _, _, state in waiting} == {OutboxState.PENDING}
    assert {to for _, to, _ in waiting} == {"alerts"}
    assert "SLACK_BOT_TOKEN" in status
    assert run("--config", settings, "poll", "toy.notices", **TOKEN).returncode == 0
    assert workspace.keys(workspace.alerts).count(ACT) == 1


def test_a_command_that_delivers_says_so_too_and_books_nothing(settings, ministry, tmp_path):
    run("--config", settings, "poll", "toy.notices")
    ministry.publish("10", listing(10, "Dedrone by Axon"))
    run("--config", settings, "poll", "toy.notices")
    done = run("--config", settings, "outbox", "retry", "all")

    assert done.returncode == 1
    assert done.stderr.count("SLACK_BOT_TOKEN is not set") == 1
    assert {state for _, _, state in owed(tmp_path)} == {OutboxState.PENDING}


def test_a_destination_with_its_secret_is_told_its_own_and_nothing_of_others(
    settings, desk, httpserver, ministry, tmp_path
):
    variables = {"DESK_URL": httpserver.url_for("/desk")}
    run("--config", settings, "poll", "toy.notices", **variables)
    ministry.publish("10", listing(10, "Dedrone by Axon"))
    done = run("--config", settings, "poll", "toy.notices", **variables)

    assert done.returncode == 1
    assert [each["key"] for each in desk] == [f"{ACT}@desk"]
    assert (ACT, "alerts", OutboxState.PENDING) in owed(tmp_path)


def test_the_daemon_polls_and_owes_without_the_token_and_says_so_where_it_can(
    settings, desk, httpserver, ministry, tmp_path
):
    daemon = Running(settings, tmp_path, DESK_URL=httpserver.url_for("/desk"))
    eventually(lambda: "baseline" in daemon.err or daemon.over)
    ministry.publish("10", listing(10, "Dedrone by Axon"))
    eventually(
        lambda: (
            "and what is owed there waits"
            in run("--config", settings, "poll", "toy.notices").stderr
        )
    )
    eventually(lambda: len(desk) > 1)
    lines = run("--config", settings, "status", "--json").stdout.splitlines()
    closed = [
        line for line in map(json.loads, lines) if "alerts" in json.dumps(line.get("closed", ""))
    ]
    assert daemon.stopped() == 0

    assert (
        "nothing can be sent to alerts and ops: slack.channel: SLACK_BOT_TOKEN is not set"
        in daemon.err
    )
    assert '"event":"undelivered"' in daemon.err
    assert "Traceback" not in daemon.err
    assert closed
    (word,) = [each for each in desk if each["kind"] == "remark"]
    assert "SLACK_BOT_TOKEN is not set" in word["summary"]
    assert (ACT, "alerts", OutboxState.PENDING) in owed(tmp_path)


@pytest.mark.long
def test_a_channel_that_is_named_later_is_owed_what_comes_from_then_on(
    settings, ministry, tmp_path
):
    text = settings.read_text()
    settings.write_text(text.replace("channel =", "# channel ="))
    daemon = Running(settings, tmp_path)
    eventually(lambda: "baseline" in daemon.err or daemon.over)
    settings.write_text(text)
    daemon.told(signal.SIGHUP)
    eventually(lambda: "SLACK_BOT_TOKEN is not set" in daemon.err)
    ministry.publish("10", listing(10, "Dedrone by Axon"))
    eventually(
        lambda: (
            "and what is owed there waits"
            in run("--config", settings, "poll", "toy.notices").stderr
        )
    )
    eventually(lambda: '"event":"undelivered"' in daemon.err)

    assert daemon.stopped() == 0
    assert daemon.out == ""
    assert (ACT, "alerts", OutboxState.PENDING) in owed(tmp_path)
