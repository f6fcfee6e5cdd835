"""`monitor route`: what it says of a rule is what delivery makes of it."""

import json
from pathlib import Path

import pytest
from acts import control, suspension
from command import one_line, typed

from monitor.model import to_json

RULES = """
[destinations.desk]
slack = "C0DESK"
quiet = "22:00-07:00 Asia/Shanghai"
[destinations.europe]
slack = "C0EUROPE"
[topics]
holmium = ["钬", "holmium"]
[[routes]]
to = ["desk"]
register = ["cn-dual-use-items"]
action = ["add"]
mention = ["here"]
[[routes]]
to = ["europe"]
authority = ["eu-*"]
[[routes]]
to = ["ops"]
topic = ["holmium"]
severity = "critical"
"""
NIGHT, DAY = "2026-11-20T23:30+08:00", "2026-11-20T12:00+08:00"


@pytest.fixture
def ruled(settings: Path) -> Path:
    settings.write_text(settings.read_text() + RULES)
    return settings


def asked(settings: Path, words: str, *more: str) -> dict:
    told = typed(settings, f"route {words}", *more, "--json")
    assert told.returncode == 0, told.stderr
    return json.loads(told.stdout)


def test_an_act_on_record_goes_where_the_rules_of_today_send_it(settings: Path, ministry):
    typed(settings, "poll")
    ministry.publish("61", control(61, "1C909"))
    typed(settings, "poll toy")
    settings.write_text(settings.read_text() + RULES)

    answer = asked(settings, "mofcom-2025-61 --at", DAY)

    assert answer["to"] == [
        {"destination": "desk", "why": "rule 1 (register cn-dual-use-items, action add) fits"}
    ]
    assert answer["mentions"] == ["here"]
    assert [other["unmet"] for other in answer["not_by"]] == [
        ["authority is cn-mofcom, and eu-* is asked for"],
        ["severity is high, below critical", "no word of holmium stands in it"],
    ]


def test_a_saved_page_is_read_and_held_against_the_rules(ruled: Path, tmp_path: Path):
    page = tmp_path / "act.json"
    page.write_bytes(to_json(suspension(70, "mofcom-2025-61")))

    answer = asked(ruled, f"{page} --as toy.notice")

    assert [stop["destination"] for stop in answer["to"]] == ["alerts"]
    assert answer["to"][0]["why"] == "no rule of config.toml fits it"
    assert answer["threads"] == ["mofcom-2025-61"]


def test_quiet_hours_hold_back_what_does_not_touch_the_reader(ruled: Path):
    described = "--authority cn-mofcom --register cn-dual-use-items --action add --at"

    assert [stop.get("at") for stop in asked(ruled, described, DAY)["to"]] == [None]
    assert [stop.get("at") for stop in asked(ruled, described, NIGHT)["to"]] == [
        "2026-11-20T23:00:00Z"
    ]
    assert [stop.get("at") for stop in asked(ruled, described, NIGHT, "--touches")["to"]] == [None]


def test_words_and_topics_that_are_described_are_found_as_in_an_act(ruled: Path):
    for words in ("--topic holmium", "--text 'compounds of Holmium'"):
        answer = asked(ruled, words, "--touches")
        assert (answer["topics"], [stop["destination"] for stop in answer["to"]]) == (
            ["holmium"],
            ["ops"],
        )


def test_what_touches_the_watch_list_of_today_is_said_and_is_critical(ruled: Path, tmp_path: Path):
    typed(ruled, "watch add Magnet --as product --code 1C909")
    page = tmp_path / "act.json"
    page.write_bytes(to_json(control(61, "1C909")))

    answer = asked(ruled, f"{page} --as toy.notice")

    assert (answer["severity"], answer["touches"]) == ("critical", ["Magnet"])


def test_people_read_it_at_80_columns(ruled: Path):
    told = typed(ruled, "route --authority eu-council --action suspend", COLUMNS="80").stdout

    assert "goes to europe, at once\n  because rule 2 (authority eu-*) fits\n" in told
    assert (
        "not to desk by rule 1 (register cn-dual-use-items, action add):\n  it has no register"
        in told
    )
    assert max(map(len, told.splitlines())) <= 80


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (
            "--authority cn-mofcm",
            "--authority: no authority is called 'cn-mofcm'; did you mean 'cn-mofcom'?",
        ),
        (
            "--register sdn",
            "--register: no register is called 'sdn'; did you mean 'us-ofac-sdn'?",
        ),
        ("--action ban", "--action: no action is called 'ban'; "),
        ("--topic holmum", "--topic: no topic is called 'holmum'; did you mean 'holmium'?"),
        ("mofcom-2025-61 --touches", "leave out the options that describe something else"),
        ("", "name an act or a saved page, describe one"),
        ("--touches --at noon", "--at: 'noon' is no moment"),
    ],
)
def test_what_nobody_knows_is_wrong_use_with_the_nearest(ruled: Path, words: str, line: str):
    ended = typed(ruled, f"route {words}")

    assert (ended.returncode, line in one_line(ended)) == (2, True), ended.stderr


def test_an_act_that_is_not_on_record_and_a_page_on_nothing_are_said_as_such(
    ruled: Path, tmp_path: Path
):
    page = tmp_path / "act.txt"
    page.write_text("A page on the weather of the day, at length and without a decision.")

    assert "no such act is on record" in one_line(typed(ruled, "route mofcom-2025-99"))
    ended = typed(ruled, "route", page)
    assert (ended.returncode, "it announces nothing" in ended.stderr) == (1, True)
