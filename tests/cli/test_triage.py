"""`monitor triage`, `mute` and `outbox resend --to` of alerts: the same core as behind the
buttons.
"""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from acts import control, listing
from command import one_line, run, typed

from monitor.model import to_json

EVENT = "uel-2025-10"
SOURCE = "toy.notices"


@pytest.fixture
def told(settings: Path, ministry) -> Path:
    """A store in which a listing was told, and a control that begins on a day to come."""
    typed(settings, "poll", SOURCE)
    ministry.publish("10", listing(10, "Halifax Forum"))
    typed(settings, "poll", SOURCE, "--all")
    return settings


def triage(settings: Path, *words: str):
    return run("--config", settings, *(words if words[:1] in BESIDE else ("triage", *words)))


BESIDE = (("mute",), ("show",), ("outbox",))


def lines(done) -> list[dict]:
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_what_was_told_waits_until_somebody_has_decided(told: Path):
    (waits,) = lines(triage(told, "--json"))
    took = triage(told, "take", EVENT, "--by", "Li Wei")
    (taken,) = lines(triage(told, "--json"))
    triage(told, "done", "1", "--decision", "no effect", "--note", "no order", "--by", "Ana")

    assert (waits["event"], waits["stage"], list(waits["told"])) == (EVENT, "open", ["alerts"])
    assert waits["what"] == "China adds Halifax Forum to the Unreliable Entity List"
    assert took.stdout.splitlines()[-1] == f"{EVENT}: taken by Li Wei"
    assert (taken["stage"], taken["by"]) == ("taken", "Li Wei")
    assert triage(told).stdout == "nothing waits for anybody\n"
    assert "done: no effect" in triage(told, "--all").stdout


def test_why_says_the_rule_the_evidence_and_all_that_was_done(told: Path):
    triage(told, "take", EVENT, "--by", "Li Wei")
    triage(
        told, "outbox", "resend", EVENT, "--to", "ops", "--reason", "they ship there", "--by", "Ana"
    )
    (why,) = lines(triage(told, "show", "--why", EVENT, "--json"))
    words = triage(told, "show", "--why", EVENT).stdout

    assert [(step["did"], step["by"], step.get("said", "")) for step in why["done"]] == [
        ("take", "Li Wei", ""),
        ("tell", "Ana", "ops; they ship there"),
    ]
    assert why["url"].endswith("/10")
    assert "Evidence: http" in words
    assert "9 Oct 2025 (Beijing): begins, as an act prints it\n" in words
    assert "tell by Ana (command line): ops; they ship there" in words


def test_a_message_is_shown_by_its_number_with_and_without_a_mark(told: Path):
    sent = next(
        each for each in lines(triage(told, "outbox", "--all", "--json")) if "said_at" in each
    )
    number = str(sent["id"])
    story, marked = triage(told, "show", number), triage(told, "show", f"#{number}")
    why, marked_why = (triage(told, "show", "--why", each) for each in (number, f"#{number}"))

    first = story.stdout.partition("\n")[0]
    assert first == (
        f"message {number} to {sent['to']} of {sent['since']}: sent at {sent['said_at']}, 0 failed tries"
    )
    assert "Halifax Forum" in story.stdout
    assert marked.stdout == story.stdout
    assert "rule" in why.stdout.lower()
    assert marked_why.stdout == why.stdout
    assert triage(told, "show", "99").returncode != 0


def test_what_rests_says_until_when_also_until_a_day_of_the_act_itself(settings: Path, ministry):
    typed(settings, "poll", SOURCE)
    act = control(57, "1C909.a")
    begins = f"{datetime.now(UTC) + timedelta(days=20):%Y-%m-%d}"
    ministry.publish("57", to_json(act).decode().replace("2025-11-08", begins))
    typed(settings, "poll", SOURCE, "--all")
    triage(settings, "mute", "mofcom-2025-57", "--until", "begins")
    (rests,) = lines(triage(settings, "--json"))

    assert rests["until"] == f"{begins}T00:00:00Z"
    assert "nothing of this event ends" in one_line(
        triage(settings, "mute", "mofcom-2025-57", "--until", "ends")
    )


def test_news_is_muted_and_heard_again(told: Path):
    muted = triage(
        told,
        "mute",
        "register:cn-unreliable-entities",
        "--until",
        "3 days",
        "--reason",
        "known",
        "--by",
        "Li",
    )
    (line,) = lines(triage(told, "mute", "--json"))

    assert muted.returncode == 0, muted.stderr
    assert (line["subject"], line["by"], line["reason"]) == (
        "register:cn-unreliable-entities",
        "Li",
        "known",
    )
    assert "known" in triage(told, "mute").stdout
    assert triage(told, "mute", "register:cn-unreliable-entities", "--off").returncode == 0
    assert triage(told, "mute").stdout == "nothing is muted\n"
    assert "is not muted" in one_line(
        triage(told, "mute", "register:cn-unreliable-entities", "--off")
    )


REFUSED = [
    (("take", "uel-2025-1"), f"did you mean '{EVENT}'?", 2),
    (("take", "???"), "`monitor triage` lists those that are open", 2),
    (("done", EVENT, "--decision", " "), "give the decision", 1),
    (("mute", EVENT, "--until", "yesterday"), "is no moment", 2),
    (("mute", EVENT, "--until", "500 days"), "more than 366 days ahead", 1),
    (("mute", "register:cn-nothing", "--until", "3 days"), "no register is called", 2),
    (("mute", "source:toy.notice5", "--until", "3 days"), "did you mean 'toy.notices'", 2),
    (("mute", "topic:rare", "--until", "3 days"), "names none under [topics]", 2),
    (("mute", "product:magnet", "--until", "3 days"), "'magnet' is not on the watch list", 2),
    (("mute", "rare", "--until", "3 days"), "`monitor triage` lists alerts", 2),
    (("outbox", "resend", EVENT, "--to", "desk"), "no destination is called", 2),
    (("not-ours", EVENT, "--entry", "Acme"), "'Acme' is not on the watch list", 2),
    (("not-ours", "Acme Ltd", "--entry", "Acme"), "'Acme' is not on the watch list", 2),
    (("not-ours", EVENT, "--undo"), "name the entry with --entry", 2),
]


def test_what_can_t_be_done_is_refused_in_one_line(told: Path):
    answers = [(words, triage(told, *words)) for words, _, _ in REFUSED]

    assert [(words, done.returncode) for words, done in answers] == [
        (words, status) for words, _, status in REFUSED
    ]
    assert [
        words
        for (words, done), (_, why, _) in zip(answers, REFUSED, strict=True)
        if why not in one_line(done)
    ] == []
    assert lines(triage(told, "--json"))[0]["stage"] == "open"


def test_one_entry_is_dismissed_by_the_alert_that_was_sent_before_it_was_watched(
    told: Path, tmp_path: Path
):
    typed(told, "watch add 'Halifax Forum'")
    pair = ("not-ours", EVENT, "--entry", "Halifax Forum", "--by", "Ana")
    why = "another forum"
    done = triage(told, *pair, "--reason", why)
    screened = typed(told, "screen 'Halifax Forum' --no-record").stdout
    typed(told, "export audit --out", tmp_path / "steps.csv", "--steps")
    (*_, kept) = lines(typed(told, "watch --json"))

    assert "supplier:halifaxforum is not Halifax Forum, says Ana" in done.stdout
    assert (kept["by"], kept["reason"]) == ("Ana", why)
    assert f"Halifax Forum: Ana, {kept['at']}: {why}" in typed(told, "watch").stdout
    assert screened.count(f": {why})") == 1
    assert "is your supplier" in screened
    assert f"Halifax Forum is not Halifax Forum: {why}" in (tmp_path / "steps.csv").read_text()
    undone = triage(told, "not-ours", "Halifax Forum", *pair[2:], "--undo", "--reason", why)
    assert (undone.returncode, "none is kept" in undone.stderr) == (2, True)
