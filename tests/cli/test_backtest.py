"""`monitor route --from`: against the rules that were in force it says what was told, against
others what would have been.
"""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from acts import control, listing, suspension
from command import one_line, typed

from monitor.store import History

SHARED = (".sqlite-shm", ".sqlite-wal")  # SQLite's own, of whoever reads
# some days before what a test has polled, since each day is played
LATELY = f"{datetime.now(UTC) - timedelta(days=3):%Y-%m-%d}"
RULES = """
[[routes]]
to = ["ops"]
register = ["cn-dual-use-items"]
mention = ["here"]
[[routes]]
to = ["alerts"]
authority = ["eu-*"]
"""
DESK = """
[destinations.desk]
slack = "C0DESK"
quiet = "00:00-23:59 UTC"
[[routes]]
to = ["desk"]
action = ["add"]
"""


@pytest.fixture
def recorded(settings: Path, ministry) -> Path:
    """A baseline of one act, then three acts of which the last suspends the first one, told by
    the rules.
    """
    settings.write_text(settings.read_text() + RULES)
    ministry.publish("18", control(18, "1C902.a", published="2025-01-02"))
    typed(settings, "poll toy.notices")
    for number, act in (
        ("61", control(61, "1C909")),
        ("10", listing(10, "Dedrone by Axon")),
        ("70", suspension(70, "mofcom-2025-61")),
    ):
        ministry.publish(number, act)
        typed(settings, "poll toy.notices")
    return settings


def played(settings: Path, words: str) -> list[dict]:
    done = typed(settings, f"route {words} --json")
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def messages(lines: list[dict]) -> list[dict]:
    return [line for line in lines if "headline" in line]


def test_against_the_rules_that_were_in_force_it_says_what_was_told(recorded: Path):
    rows = [json.loads(line) for line in typed(recorded, "outbox --all --json").stdout.splitlines()]
    alone = [
        row
        for row in rows
        if row["kind"] not in ("details", "parent", "reminder") and "toy." not in row["key"]
    ]
    today = min(row["since"] for row in alone)[:10]

    lines = [
        line for line in messages(played(recorded, f"--from {today}")) if line["kind"] != "reminder"
    ]

    assert len(alone) > 3
    assert sorted((line["kind"], line["to"]) for line in lines) == sorted(
        (row["kind"], row["to"]) for row in alone
    )


def test_it_counts_what_each_rule_fitted_and_what_each_destination_got(recorded: Path):
    lines = played(recorded, f"--from {LATELY}")

    assert [(line.get("rule"), line["fitted"]) for line in lines if "fitted" in line][:2] == [
        (1, 1),
        (2, 0),
    ]
    ops = next(line for line in lines if line.get("destination") == "ops")
    assert (ops["messages"] >= 1, ops["mentioning"] >= 1) == (True, True)
    said = typed(recorded, "route --from", LATELY)
    assert "rule 2 fitted nothing in this time" in said.stderr
    assert "mentions here" in said.stdout


def test_what_was_there_before_the_first_read_is_played_on_the_day_it_was_published(recorded: Path):
    first, *_ = messages(played(recorded, "--from 2025-01-01 --to 2025-01-31"))

    assert (first["at"], first["to"]) == ("2025-01-02T04:00:00Z", "ops")


def test_rules_and_a_watch_list_of_today_are_tried_on_what_is_on_record(recorded: Path):
    typed(recorded, "watch add 'Dedrone by Axon'")
    recorded.write_text(recorded.read_text().replace(RULES, DESK))

    lines = messages(played(recorded, f"--from {LATELY}"))

    touching = [line for line in lines if line.get("touches")]
    assert {
        (line["to"], line["severity"], line["touches"][0])
        for line in touching
        if line["kind"] == "act"
    } == {("desk", "critical", "Dedrone by Axon")}
    assert "after" not in touching[0]


def test_quiet_hours_hold_back_what_touches_nobody(recorded: Path):
    recorded.write_text(recorded.read_text().replace(RULES, DESK))

    held = [
        line
        for line in messages(played(recorded, "--from 2025-01-01 --to 2025-02-01"))
        if line["to"] == "desk"
    ]

    assert [(line["after"], line["at"]) for line in held] == [
        ("2025-01-02T04:00:00Z", "2025-01-02T23:59:00Z")
    ]


def test_many_that_waited_for_the_end_of_quiet_hours_come_in_one_thread(settings: Path, ministry):
    settings.write_text(settings.read_text() + DESK)
    for number, code in ((18, "1C902.a"), (19, "2B005"), (20, "3A001")):
        ministry.publish(str(number), control(number, code, published="2025-01-02"))
    typed(settings, "poll toy.notices")

    held = messages(played(settings, "--from 2025-01-01 --to 2025-02-01"))

    assert [(line["to"], line.get("in_thread", False)) for line in held] == [
        ("desk", False),
        *[("desk", True)] * 3,
    ]


def test_it_changes_nothing(recorded: Path, tmp_path: Path):
    def files() -> dict[Path, bytes]:
        return {
            path: path.read_bytes()
            for path in (tmp_path / "store").rglob("*")
            if path.is_file() and path.suffix not in SHARED
        }

    before = files()
    typed(recorded, "route --from", LATELY)

    assert files() == before


@pytest.mark.parametrize(
    ("words", "status", "line"),
    [
        ("--from October", 2, "--from: 'October' is not a date"),
        (
            "--from 2025-10-09 --to 2025-10-01",
            2,
            "--to: 2025-10-01 is before --from 2025-10-09",
        ),
        ("--from 2025-10-09", 1, "there is no history here to play"),
    ],
)
def test_what_can_not_be_played_is_said_in_one_line(
    settings: Path, words: str, status: int, line: str
):
    ended = typed(settings, f"route {words}")

    assert (ended.returncode, line in one_line(ended)) == (status, True), ended.stderr


def test_that_no_rule_fits_where_nothing_is_on_record_is_not_said(settings: Path, tmp_path: Path):
    History(tmp_path / "store").close()
    settings.write_text(settings.read_text() + RULES)

    ended = typed(settings, "route --from 2025-10-09")

    assert (ended.returncode, "fitted" in ended.stdout) == (1, False)
    assert one_line(ended) == (
        "monitor: nothing is on record that could be played;"
        " `monitor poll --all` reads every source once, `monitor run` goes on reading them"
    )
