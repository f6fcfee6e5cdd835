"""`monitor export audit`: what is on record of triage as a file, and what is kept of one person
and taken out again.
"""

import csv
import json
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from acts import listing
from command import one_line, typed

from monitor.store import History, handling, mutes, watched
from monitor.triage.values import SLACK, Person, TriageRequest, Verb
from monitor.watch.match import Dismissal

EVENT = "uel-2025-10"
NOW = datetime(2025, 10, 9, 12, 0, tzinfo=UTC)
LI = Person("slack:U0LIWEI", "Li Wei", "compliance")


@pytest.fixture
def store(settings: Path, ministry, tmp_path: Path) -> Path:
    """A listing that was told; Li Wei took it, muted something, dismissed somebody, and decided."""
    (tmp_path / "suppliers.csv").write_text("Name\nTechInsights Inc.\n")
    settings.write_text(
        settings.read_text() + f'[watch]\nsuppliers = ["{tmp_path / "suppliers.csv"}"]\n'
    )
    typed(settings, "poll toy.notices")
    ministry.publish("10", listing(10, "TechInsights"))
    typed(settings, "poll toy.notices --all")
    now = datetime.now(UTC)
    with History(tmp_path / "store") as history:
        dismissal = Dismissal(
            entry="supplier:x",
            subject="y",
            by="Li Wei",
            at="2025-10-09T00:00:00Z",
            subject_name="Y",
        )
        history(watched.dismiss, dismissal, now)
        history(
            mutes.mute_sources, ["toy.notices"], now + timedelta(days=1), "Li Wei", "moves", now
        )
        for number, (verb, more) in enumerate(
            [
                (Verb.TAKE, {}),
                (
                    Verb.MUTE,
                    {
                        "event": "",
                        "to": "topic:x",
                        "until": f"{now + timedelta(days=3):%Y-%m-%dT%H:%M:%SZ}",
                    },
                ),
                (Verb.DONE, {"decision": ""}),
                (Verb.NOT_OURS, {"text": "=cmd|'/c calc'!A1"}),
            ]
        ):
            history(
                handling.handle,
                TriageRequest(
                    **{
                        "key": f"k{number}",
                        "verb": verb,
                        "event": EVENT,
                        "person": LI,
                        "via": SLACK,
                        **more,
                    }
                ),
                now,
            )
    return settings


def audit(settings: Path, *words: str):
    return typed(settings, "export audit", *words)


def rows(file: Path) -> list[dict]:
    return list(csv.DictReader(file.read_text(encoding="utf-8-sig").splitlines()))


def test_what_is_on_record_is_an_alert_or_a_step_a_row_and_what_is_kept_of_a_person_a_line(
    store: Path, tmp_path: Path
):
    done = audit(store, "--out", str(tmp_path / "audit.csv"))
    (alert,) = rows(tmp_path / "audit.csv")

    assert done.returncode == 0
    assert "audit.csv: 1 row\n" in done.stdout
    assert (alert["event"], alert["taken by"], alert["decided by"], alert["role"]) == (
        EVENT,
        "Li Wei",
        "Li Wei",
        "compliance",
    )
    assert (alert["decision"], alert["minutes to taken"], alert["refused"]) == (
        "not ours",
        "0",
        "1",
    )
    assert alert["remark"] == "'=cmd|'/c calc'!A1"

    with History(tmp_path / "store") as history:
        history(watched.revoke_dismissal, "supplier:x", "y", "Ana", datetime.now(UTC))
    audit(store, "--out", str(tmp_path / "steps.csv"), "--steps")
    every = rows(tmp_path / "steps.csv")
    took, muted, refused, decided = (one for one in every if one["number"])
    made, *_, back = ((one["did"], one["by"], one["said"]) for one in every if not one["number"])

    assert made == ("dismissal", "Li Wei", "supplier:x is not Y")
    assert back == ("dismissal taken back", "Ana", "supplier:x is not Y")
    assert (took["before"], took["after"], took["via"]) == ("open", "taken by Li Wei", "slack")
    assert (muted["did"], muted["event"]) == ("mute", "")
    assert refused["refused"] == "give the decision"
    assert decided["after"] == "done: not ours by Li Wei"

    audit(store, "--out", str(tmp_path / "old.csv"), "--until", "2020-01-01")

    assert rows(tmp_path / "old.csv") == []

    lines = [json.loads(line) for line in audit(store, "--person", "Li Wei").stdout.splitlines()]

    steps = [f"triage: {verb}" for verb in ("take", "mute", "done", "not-ours")]
    assert sorted(line["kind"] for line in lines) == sorted(
        ["dismissal"] * 2 + ["mute of a source", "mute of news", *steps]
    )
    assert {(line["handle"], line["role"]) for line in lines} == {("slack:U0LIWEI", "compliance")}


def test_a_name_that_was_erased_is_nowhere_in_the_store_and_the_role_and_who_erased_it_are(
    store: Path, tmp_path: Path
):
    erased = audit(store, "--erase", "--person", "slack:U0LIWEI", "--by", "Ana")
    audit(store, "--out", str(tmp_path / "audit.csv"))
    (alert,) = rows(tmp_path / "audit.csv")
    with closing(sqlite3.connect(tmp_path / "store" / "history.sqlite")) as connection:
        dump = "\n".join(connection.iterdump())

    assert erased.returncode == 0, erased.stderr
    assert "Li Wei" not in dump
    assert "U0LIWEI" not in dump
    assert alert["decided by"] == "somebody who was erased (compliance)"
    assert "is nobody of whom anything is kept" in one_line(audit(store, "--person", "Li Wei"))
    audit(store, "--out", str(tmp_path / "steps.csv"), "--steps")
    last = rows(tmp_path / "steps.csv")[-1]
    assert (last["did"], last["by"], last["said"]) == ("erased", "Ana", "person:1")


def test_of_two_of_one_name_one_has_to_be_named(store: Path, tmp_path: Path):
    with History(tmp_path / "store") as history:
        other = Person("slack:U0OTHER", "Li Wei")
        history(
            handling.handle,
            TriageRequest(key="k9", verb=Verb.TAKE, event=EVENT, person=other),
            datetime.now(UTC),
        )

    assert "are 2 people: slack:U0LIWEI, slack:U0OTHER" in one_line(
        audit(store, "--erase", "--person", "Li Wei")
    )
