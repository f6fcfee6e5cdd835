"""The outbox in the open, before a Slack-compatible peer: what a person sees of it and has done
arrives there, and once.
"""

import json
import signal
from dataclasses import replace
from pathlib import Path

import pytest
from command import Done, eventually, one_line, run
from emulator import GONE, MUTE, TOKENS, Workspace
from owing import START, Desk
from sqlalchemy import true
from tampering import repeat_row

from monitor.cli.outbox import SHOWN
from monitor.render.alert import compose_alert
from monitor.store import ALERTS, OPS, History, notices, owing
from monitor.store import outbox as stored_outbox
from monitor.store.lock import Lock
from monitor.store.tables import OutboxRow


@pytest.fixture(scope="module")
def peer(tmp_path_factory):
    running = Workspace(tmp_path_factory.mktemp("peer"))
    yield running
    running.stop()


@pytest.fixture
def settings(peer: Workspace, settings_of, tmp_path: Path) -> Path:
    """A store that owes a message and its details, and a channel of its own."""
    peer.alerts = peer.channel(f"alerts-{tmp_path.name[-20:].strip('_').lower()}")
    with History(tmp_path / "store") as history:
        Desk().owe(history, acts=1, troubles=0)
    return settings_of(peer, peer.api)


def outbox(settings: Path, *words: str, token: str = TOKENS[0]) -> Done:
    done = run("--config", settings, "outbox", *words, SLACK_BOT_TOKEN=token, COLUMNS="80")
    said = [
        line
        for line in done.stderr.splitlines(keepends=True)
        if "counts for this version only" not in line
    ]
    # the settings pace Slack by keys of an earlier version
    return replace(done, stderr="".join(said))


def messages(settings: Path, *words: str) -> list[dict]:
    return [json.loads(line) for line in outbox(settings, *words, "--json").stdout.splitlines()]


def there(peer: Workspace, key: str) -> int:
    return peer.keys(peer.alerts).count(key)


def test_a_refusal_is_told_in_words_and_a_retry_delivers_once(peer, settings):
    before = there(peer, "mofcom-2025-1:act")
    refused = outbox(settings, "retry", "all", token=MUTE)
    waiting = messages(settings)

    assert refused.returncode == 1
    assert (
        "the app lacks a scope; `monitor doctor --slack` names it (missing_scope)" in refused.stderr
    )
    assert [(each["state"], each["tries"]) for each in waiting] == [("pending", 1), ("pending", 0)]
    assert waiting[1]["after"] == waiting[0]["id"]
    assert waiting[0]["next"] > waiting[0]["since"]
    assert "missing_scope" in waiting[0]["answer"]
    story = run("--config", settings, "show", str(waiting[0]["id"])).stdout
    assert f"1 failed try; last answer: {waiting[0]['answer']}" in " ".join(story.split())
    assert outbox(settings, "retry", str(waiting[0]["id"])).returncode == 0
    assert messages(settings) == []
    assert there(peer, "mofcom-2025-1:act") == before + 1


def test_where_nothing_is_owed_a_retry_asks_nobody_to_do_it(settings, tmp_path: Path):
    outbox(settings, "retry", "all")

    with Lock(tmp_path / "store"):  # of one that would not answer
        again = outbox(settings, "retry", "all")

    assert (again.returncode, again.stdout) == (0, "nothing is owed\n")


def test_what_a_person_drops_is_never_said_and_stays_on_record(peer, settings):
    before = there(peer, "mofcom-2025-1:act")
    first, details = messages(settings)

    dropped = outbox(
        settings, "drop", str(first["id"]), "--by", "Li Wei", "--reason", "told by phone"
    )
    outbox(settings, "retry", "all")

    assert dropped.stdout.startswith(f"{first['id']}: dropped, and stays on record")
    assert messages(settings) == []
    assert outbox(settings).stdout == "nothing is owed\n"  # and not that it has arrived
    by_id = {each["id"]: each for each in messages(settings, "--all")}
    assert [by_id[each["id"]]["state"] for each in (first, details)] == ["dropped", "dropped"]
    (dealing,) = by_id[first["id"]]["dealings"]
    assert (dealing["deed"], dealing["by"], dealing["reason"]) == (
        "drop",
        "Li Wei",
        "told by phone",
    )
    assert there(peer, "mofcom-2025-1:act") == before


def test_of_more_messages_than_are_listed_it_is_said_that_there_are_older_ones(
    settings, tmp_path: Path
):
    assert outbox(settings, "--all").stderr == ""

    more = [{"key": f"more:{number}"} for number in range(SHOWN - 1)]
    repeat_row(tmp_path / "store", OutboxRow, true(), more)
    newest = outbox(settings, "--all", "--json")

    assert len(newest.stdout.splitlines()) == SHOWN
    assert f"these are the newest {SHOWN}; `monitor show ID` shows an older one" in one_line(newest)
    assert len(messages(settings)) == SHOWN + 1  # what is owed is listed whole


def test_a_dropped_message_that_is_wanted_after_all_is_said(peer, settings):
    first = messages(settings)[0]
    outbox(settings, "drop", str(first["id"]), "--by", "Li Wei", "--reason", "told by phone")

    assert outbox(settings, "retry", str(first["id"])).stdout.startswith(
        f"{first['id']}: has arrived"
    )


def test_a_resend_is_a_second_message_that_says_so(peer, settings):
    first = messages(settings)[0]
    outbox(settings, "retry", "all")

    again = outbox(
        settings, "resend", str(first["id"]), "--by", "Li Wei", "--reason", "deleted by mistake"
    )

    assert again.returncode == 0, again.stderr
    assert there(peer, "mofcom-2025-1:act:again:1") == 1
    (told,) = [
        message
        for message in peer.messages(peer.alerts)
        if message.get("metadata", {}).get("event_payload", {}).get("key")
        == "mofcom-2025-1:act:again:1"
    ]
    assert "Said again because Li Wei asked for it; it was first said on" in json.dumps(
        told["blocks"]
    )
    newest = messages(settings, "--all")[0]
    assert (newest["again_of"], newest["state"], newest["dealings"][0]["reason"]) == (
        first["id"],
        "sent",
        "deleted by mistake",
    )
    outbox(settings, "resend", str(first["id"]), "--by", "Li Wei")
    assert there(peer, "mofcom-2025-1:act:again:2") == 1


def test_what_can_not_be_done_is_one_line_that_names_the_way_out(settings):
    first = messages(settings)[0]["id"]

    assert f"`monitor outbox retry {first}`" in one_line(outbox(settings, "resend", str(first)))
    outbox(settings, "retry", "all")
    assert f"`monitor outbox resend {first}`" in one_line(outbox(settings, "retry", str(first)))
    assert "is sent and owed no more" in one_line(
        outbox(settings, "drop", str(first), "--by", "a", "--reason", "b")
    )
    assert "there is no such message" in one_line(outbox(settings, "retry", "4711"))
    for words in (("retry", "first"), ("drop", str(first), "--by", " ", "--reason", "b")):
        assert outbox(settings, *words).returncode == 2


@pytest.mark.long
def test_a_running_monitor_takes_up_what_is_ordered(peer, settings, lives, tmp_path):
    first = messages(settings)[0]["id"]
    outbox(settings, "retry", "all", token=MUTE)  # from now on it waits for five minutes
    assert messages(settings)[0]["tries"] == 1
    before = there(peer, "mofcom-2025-1:act")
    lives.begin("--config", settings, "run", SLACK_BOT_TOKEN=TOKENS[1])
    eventually((tmp_path / "store" / "socket").exists)

    retried = outbox(settings, "retry", str(first))
    eventually(lambda: messages(settings) == [])
    resent = outbox(settings, "resend", str(first), "--by", "Li Wei")
    eventually(lambda: messages(settings) == [])
    refused = outbox(settings, "drop", str(first), "--by", "Li Wei", "--reason", "late")
    assert lives.end(signal.SIGTERM) == 0

    assert "the running monitor does it" in retried.stdout
    assert resent.returncode == 0, resent.stderr
    assert (refused.returncode, "owed no more" in refused.stderr) == (1, True)
    assert there(peer, "mofcom-2025-1:act") == before + 1
    assert there(peer, "mofcom-2025-1:act:again:1") >= 1


def test_a_token_that_slack_does_not_know_is_told_at_once_and_polls_go_on(
    settings_of, ministry, lives, tmp_path, peer
):
    settings = settings_of(peer, peer.api)
    settings.write_text(
        settings.read_text().replace(
            "enabled = true", f'enabled = true\nabsence = "3000 days"\nurl = "{ministry.index}"'
        )
    )
    lives.begin("--config", settings, "run", SLACK_BOT_TOKEN=GONE)
    log = tmp_path / "daemon.log"
    eventually(
        lambda: (
            log.exists()
            and "nothing can be sent to alerts and ops: Slack refuses the token" in log.read_text()
        )
    )
    eventually(lambda: ("index", 200) in ministry.asked)
    lives.end(signal.SIGTERM)

    state = run("--config", settings, "status").stdout
    assert "alerts takes nothing since" in state
    assert "it knows no such token; put the app's Bot User OAuth Token (xoxb-…)" in state
    assert GONE not in state + log.read_text()
    # owed any sooner it might be taken: the peer lets such a token speak
    with History(tmp_path / "store") as history:
        Desk().owe(history, acts=1, troubles=0)
    assert outbox(settings, "retry", "all").returncode == 0
    assert "alerts takes nothing" not in run("--config", settings, "status").stdout


def test_status_names_what_has_not_arrived_and_why(settings):
    outbox(settings, "retry", "all", token=MUTE)

    state = run("--config", settings, "status").stdout
    assert "has not arrived yet: " in state
    assert "(missing_scope)" in state
    assert "`monitor outbox` lists them" in state


def test_a_program_is_told_in_status_what_was_refused(settings, peer, ministry):
    settings.write_text(
        settings.read_text().replace(
            "enabled = true", f'enabled = true\nabsence = "3000 days"\nurl = "{ministry.index}"'
        )
    )
    run("--config", settings, "poll", "toy.notices", SLACK_BOT_TOKEN=MUTE)

    lines = [
        json.loads(line)
        for line in run("--config", settings, "status", "--json").stdout.splitlines()
    ]
    (outbox_line,) = [line for line in lines if "outbox" in line]
    assert [(refused["to"], refused["what"][:10]) for refused in outbox_line["refused"]] == [
        (ALERTS, "China puts")
    ]
    assert [closed["destination"] for closed in outbox_line["closed"]] == [ALERTS]


def test_a_program_is_told_in_status_what_was_refused_also_before_anything_was_read(
    settings, tmp_path
):
    with History(tmp_path / "unread") as history:
        Desk().owe(history, acts=0, troubles=1)
    unread = ("--config", settings, "--store", tmp_path / "unread")
    run(*unread, "outbox", "retry", "all", SLACK_BOT_TOKEN=MUTE)

    state = run(*unread, "status", "--json")
    lines = [json.loads(line) for line in state.stdout.splitlines()]

    assert (state.returncode, "no act and no register was read yet" in state.stderr) == (1, True)
    assert [
        "missing_scope" in refused["answer"]
        for line in lines
        for refused in line.get("refused", ())
    ] == [True]


def test_a_slack_that_can_not_be_asked_what_it_heard_is_the_last_answer(settings, peer):
    settings.write_text(settings.read_text().replace(peer.api, "http://127.0.0.1:9/api/"))
    outbox(settings, "retry", "all")

    first, details = messages(settings)
    assert "Slack can't be reached" in first["answer"]
    assert (first["tries"], "answer" in details) == (0, False)


def test_the_word_of_the_day_names_what_has_not_arrived_and_why(settings, tmp_path):
    outbox(settings, "retry", "all", token=MUTE)
    with History(tmp_path / "store") as history:
        history(owing.enqueue_daily, "2025-10-10", OPS, START)
        (owed,) = history(stored_outbox.list_pending, OPS)
        facts = compose_alert(history(notices.compose_notice, owed.id)).facts

    assert [
        (fact.label, "to alerts: Slack refuses the channel" in fact.text) for fact in facts[:1]
    ] == [("Has not arrived", True)]
    assert "`monitor outbox`" in facts[1].text
