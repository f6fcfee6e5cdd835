"""What a rehearsal shows: each message once in full, every destination it would go to, and why,
without telling anybody.
"""

import io
import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from acts import control, listing, suspension
from channels import HOUR, flush
from command import run
from notices import saved

from monitor.alert.route import NO_RULE
from monitor.config.times import QuietHours
from monitor.deliver.destinations import Rehearsed, Shown, count_sent
from monitor.deliver.terminal import Terminal
from monitor.model import Severity
from monitor.render.alert import compose_alert

RULES = """
[destinations.desk]
slack = "C0DESK"
quiet = "00:00-23:59 UTC"
[[routes]]
to = ["alerts", "desk"]
register = ["cn-dual-use-items"]
mention = ["here"]
"""


@pytest.fixture
def news(settings: Path, ministry) -> Path:
    """A poll that would tell of a control, which a rule sends to two places, and of a listing,
    which none does.
    """
    run("--config", settings, "poll")
    ministry.publish("61", control(61, "1C909"))
    ministry.publish("10", listing(10, "Dedrone by Axon"))
    return settings


def test_a_dry_run_names_every_destination_whom_it_mentions_and_when(news):
    news.write_text(news.read_text() + RULES)
    told = run("--config", news, "poll", "toy.notices", "--dry-run")

    lines = told.stdout.splitlines()
    control_lines = [line for line in lines if line.startswith("→") and "mentions here" in line]
    places = {re.match(r"→ (?:also )?to (\w+)", line)[1] for line in control_lines}
    assert places == {"alerts", "desk"}
    assert any(
        "at 23:59 after its quiet hours (00:00-23:59 UTC)" in line
        for line in control_lines
        if "desk" in line
    )
    assert len([line for line in control_lines if line.startswith("→ also to")]) == 1
    assert "monitor: messages by destination: " in told.stderr
    assert "no rule of config.toml fits" in told.stderr
    assert "no rule of config.toml fits" not in told.stdout


def test_messages_that_no_rule_fits_are_counted_at_the_end():
    lines = Terminal(io.StringIO())
    channel = Rehearsed("alerts", lines, shown := Shown(), None, alone=False)
    for why in ("rule 1", NO_RULE, NO_RULE):
        channel.post(replace(saved("act-smallest"), why=why))

    assert list(count_sent({"alerts": channel})) == [
        "messages by destination: alerts 3",
        "no rule of config.toml fits 2 of them: those go to alerts",
    ]
    assert shown.messages == {"alerts": 3}


async def test_messages_that_waited_long_are_shown_one_by_one(desk, ministry):
    shown = Shown()
    await desk.poll()
    for number in range(1, 13):
        ministry.publish(str(number), suspension(number, "mofcom-2024-1"))
    await desk.poll()
    await flush(
        desk, Rehearsed("alerts", Terminal(io.StringIO()), shown, None, alone=False), after=HOUR
    )

    assert shown.keys == {f"mofcom-2025-{number}:act" for number in range(1, 13)}


def test_a_program_reads_each_destination_by_itself(news):
    news.write_text(news.read_text() + RULES)
    lines = [
        json.loads(line)
        for line in run("--config", news, "poll", "toy", "--dry-run", "--json").stdout.splitlines()
    ]

    assert sorted(
        line["to"] for line in lines if line.get("key", "").startswith("mofcom-2025-61:act")
    ) == ["alerts", "desk"]


def test_where_there_is_one_place_to_go_nothing_is_said_of_it(news):
    told = run("--config", news, "poll", "toy.notices", "--dry-run")

    assert "Dedrone by Axon" in told.stdout
    assert "→ to" not in told.stdout
    assert "by destination" not in told.stderr


def rehearsed(*notices, quiet: str = "", **more) -> str:
    """What is shown of these messages to two places."""
    out, shown = io.StringIO(), Shown()
    places = [
        Rehearsed(
            name,
            Terminal(out),
            shown,
            QuietHours.of(quiet) if quiet else None,
            **{"alone": False, **more},
        )
        for name in ("alerts", "desk")
    ]
    for notice in notices:
        for place in places:
            assert (
                place.post(replace(notice, key=f"{notice.key}@{place.destination}"), thread=None)
                == ""
            )
    return out.getvalue()


def test_a_message_is_shown_in_full_once_and_elsewhere_by_its_headline():
    said = rehearsed(saved("act-smallest"))
    headline = compose_alert(saved("act-smallest")).headline

    assert said.startswith("→ to alerts\n╭")
    assert said.endswith(f"→ also to desk: {headline}\n")
    assert said.count("╭") == 1
    assert rehearsed(saved("act-smallest"), alone=True).count("╭") == 2


@pytest.mark.parametrize("name", ["rows-smallest", "details-smallest"])
def test_what_hangs_from_another_message_is_neither_shown_nor_counted(name):
    out, shown = io.StringIO(), Shown()
    place = Rehearsed("desk", Terminal(out), shown, None, alone=False)
    place.post(saved(name))

    assert (out.getvalue(), shown.messages["desk"]) == ("", 0)
    assert list(count_sent({"desk": place})) == ["messages by destination: desk 0"]


def test_why_a_message_goes_there_is_said_but_that_no_rule_sent_it_only_at_the_end():
    assert "You get this because rule 1" in rehearsed(replace(saved("act-smallest"), why="rule 1"))
    assert NO_RULE not in rehearsed(replace(saved("act-smallest"), why=NO_RULE))


def test_whom_it_would_mention_and_that_it_would_wait_is_said_of_what_waits_only():
    calling = replace(saved("act-smallest"), mentions=("here", "U0LI"))

    assert "→ to alerts, mentions here, U0LI\n" in rehearsed(calling)
    assert "mentions" not in rehearsed(saved("act-smallest"))
    assert "after its quiet hours" in rehearsed(saved("act-smallest"), quiet="00:00-23:59 UTC")
    assert "after its quiet hours" not in rehearsed(saved("act-smallest"), quiet="23:58-23:59 UTC")
    critical = replace(saved("act-smallest"), severity=Severity.CRITICAL)
    assert "after its quiet hours" not in rehearsed(critical, quiet="00:00-23:59 UTC")


def test_an_edit_is_shown_but_is_no_message_more():
    out, shown = io.StringIO(), Shown()
    place = Rehearsed("desk", Terminal(out), shown, None, alone=False)
    place.update(saved("parent-largest"))

    assert "first message, edited" in out.getvalue()
    assert shown.messages["desk"] == 0
    assert (place.searchable, place.find("uel-2025-10:act")) == (False, None)


def test_there_is_nothing_to_sum_up_where_all_goes_to_one_place_or_nothing_was_rehearsed():
    alone = Rehearsed("alerts", Terminal(io.StringIO()), Shown(), None, alone=True)

    assert [*count_sent({"alerts": alone}), *count_sent({"alerts": Terminal()})] == []
