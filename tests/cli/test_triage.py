"""`monitor triage`, `mute` and `outbox resend --to` of alerts: the same core as behind the
buttons.
"""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from acts import control, listing
from command import one_line, typed

from monitor.model import to_json

EVENT = "uel-2025-10"


@pytest.fixture
def told(settings: Path, ministry) -> Path:
    """A store in which a listing was told, and a control that begins on a day to come."""
    typed(settings, "poll toy.notices")
    ministry.publish("10", listing(10, "Halifax Forum"))
    typed(settings, "poll toy.notices --all")
    return settings


def lines(done) -> list[dict]:
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_what_was_told_waits_until_somebody_has_decided(told: Path):
    (waits,) = lines(typed(told, "triage --json"))
    took = typed(told, "triage take uel-2025-10 --by 'Li Wei'")
    (taken,) = lines(typed(told, "triage --json"))
    typed(told, "triage done 1 --decision 'no effect' --note 'no order' --by Ana")

    assert (waits["event"], waits["stage"], list(waits["told"])) == (EVENT, "open", ["alerts"])
    assert waits["what"] == "China adds Halifax Forum to the Unreliable Entity List"
    assert took.stdout.splitlines()[-1] == f"{EVENT}: taken by Li Wei"
    assert (taken["stage"], taken["by"]) == ("taken", "Li Wei")
    assert typed(told, "triage").stdout == "nothing waits for anybody\n"
    assert "done: no effect" in typed(told, "triage --all").stdout


def test_why_says_the_rule_the_evidence_and_all_that_was_done(told: Path):
    typed(told, "triage take uel-2025-10 --by 'Li Wei'")
    typed(told, "outbox resend uel-2025-10 --to ops --reason 'they ship there' --by Ana")
    (why,) = lines(typed(told, "show --why uel-2025-10 --json"))
    words = typed(told, "show --why uel-2025-10").stdout

    assert [(step["did"], step["by"], step.get("said", "")) for step in why["done"]] == [
        ("take", "Li Wei", ""),
        ("tell", "Ana", "ops; they ship there"),
    ]
    assert why["url"].endswith("/10")
    assert "Evidence: http" in words
    assert "9 Oct 2025 (Beijing): begins, as an act prints it\n" in words
    assert "tell by Ana (command line): ops; they ship there" in words


def test_a_message_is_shown_by_its_number_with_and_without_a_mark(told: Path):
    sent = next(each for each in lines(typed(told, "outbox --all --json")) if "said_at" in each)
    number = str(sent["id"])
    story, marked = typed(told, "show", number), typed(told, "show", f"#{number}")
    why, marked_why = (typed(told, "show --why", each) for each in (number, f"#{number}"))

    first = story.stdout.partition("\n")[0]
    assert first == (
        f"message {number} to {sent['to']} of {sent['since']}: sent at {sent['said_at']}, 0 failed tries"
    )
    assert "Halifax Forum" in story.stdout
    assert marked.stdout == story.stdout
    assert "rule" in why.stdout.lower()
    assert marked_why.stdout == why.stdout
    assert typed(told, "show 99").returncode != 0


def test_what_rests_says_until_when_also_until_a_day_of_the_act_itself(settings: Path, ministry):
    typed(settings, "poll toy.notices")
    act = control(57, "1C909.a")
    begins = f"{datetime.now(UTC) + timedelta(days=20):%Y-%m-%d}"
    ministry.publish("57", to_json(act).decode().replace("2025-11-08", begins))
    typed(settings, "poll toy.notices --all")
    typed(settings, "mute mofcom-2025-57 --until begins")
    (rests,) = lines(typed(settings, "triage --json"))

    assert rests["until"] == f"{begins}T00:00:00Z"
    assert "nothing of this event ends" in one_line(
        typed(settings, "mute mofcom-2025-57 --until ends")
    )


def test_news_is_muted_and_heard_again(told: Path):
    muted = typed(
        told,
        "mute register:cn-unreliable-entities --until '3 days' --reason known --by Li",
    )
    (line,) = lines(typed(told, "mute --json"))

    assert muted.returncode == 0, muted.stderr
    assert (line["subject"], line["by"], line["reason"]) == (
        "register:cn-unreliable-entities",
        "Li",
        "known",
    )
    assert "known" in typed(told, "mute").stdout
    assert typed(told, "mute register:cn-unreliable-entities --off").returncode == 0
    assert typed(told, "mute").stdout == "nothing is muted\n"
    assert "is not muted" in one_line(typed(told, "mute register:cn-unreliable-entities --off"))


REFUSED = [
    ("triage take uel-2025-1", f"did you mean '{EVENT}'?", 2),
    ("triage take ???", "`monitor triage` lists those that are open", 2),
    ("triage done uel-2025-10 --decision ' '", "give the decision", 1),
    ("mute uel-2025-10 --until yesterday", "is no moment", 2),
    ("mute uel-2025-10 --until '500 days'", "more than 366 days ahead", 1),
    ("mute register:cn-nothing --until '3 days'", "no register is called", 2),
    ("mute source:toy.notice5 --until '3 days'", "did you mean 'toy.notices'", 2),
    ("mute topic:rare --until '3 days'", "names none under [topics]", 2),
    ("mute product:magnet --until '3 days'", "'magnet' is not on the watch list", 2),
    ("mute rare --until '3 days'", "`monitor triage` lists alerts", 2),
    ("outbox resend uel-2025-10 --to desk", "no destination is called", 2),
    ("triage not-ours uel-2025-10 --entry Acme", "'Acme' is not on the watch list", 2),
    ("triage not-ours 'Acme Ltd' --entry Acme", "'Acme' is not on the watch list", 2),
    ("triage not-ours uel-2025-10 --undo", "name the entry with --entry", 2),
]


def test_what_can_t_be_done_is_refused_in_one_line(told: Path):
    answers = [(words, typed(told, words)) for words, _, _ in REFUSED]

    assert [(words, done.returncode) for words, done in answers] == [
        (words, status) for words, _, status in REFUSED
    ]
    assert [
        words
        for (words, done), (_, why, _) in zip(answers, REFUSED, strict=True)
        if why not in one_line(done)
    ] == []
    assert lines(typed(told, "triage --json"))[0]["stage"] == "open"


def test_a_dismissal_of_a_name_that_is_not_listed_says_so_with_the_nearest(told: Path):
    typed(told, "watch add 'Halifax Forum'")
    slip, meant = (
        typed(told, f"triage not-ours '{name}' --entry 'Halifax Forum' --by Ana")
        for name in ("Halifax Forom", "Halifax Forum")
    )

    assert (slip.returncode, meant.returncode, meant.stderr) == (0, 0, "")
    assert one_line(slip) == (
        "monitor: Halifax Forom: nothing on record is called that; did you mean 'Halifax Forum'?"
    )


def test_one_entry_is_dismissed_by_the_alert_that_was_sent_before_it_was_watched(
    told: Path, tmp_path: Path
):
    typed(told, "watch add 'Halifax Forum'")
    by = "--entry 'Halifax Forum' --by Ana"
    why = "another forum"
    done = typed(told, f"triage not-ours {EVENT} {by} --reason", why)
    screened = typed(told, "screen 'Halifax Forum' --no-record").stdout
    typed(told, "export audit --out", tmp_path / "steps.csv", "--steps")
    (*_, kept) = lines(typed(told, "watch --json"))

    assert "supplier:halifaxforum is not Halifax Forum, says Ana" in done.stdout
    assert (kept["by"], kept["reason"]) == ("Ana", why)
    assert f"Halifax Forum: Ana, {kept['at']}: {why}" in typed(told, "watch").stdout
    assert screened.count(f": {why})") == 1
    assert "is your supplier" in screened
    assert f"Halifax Forum is not Halifax Forum: {why}" in (tmp_path / "steps.csv").read_text()
    undone = typed(told, f"triage not-ours 'Halifax Forum' {by} --undo --reason", why)
    assert (undone.returncode, "none is kept" in undone.stderr) == (2, True)
