"""What was screened is on record: hits and none, against which lists, by whom; it is exported,
checked, and looked at anew.
"""

import csv
import json
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from acts import listing
from arrivals import arrive
from command import Done, run, typed
from sqlalchemy import String, cast, delete, select, update
from tampering import tamper

from monitor.store import History, screenings
from monitor.store.lock import Lock
from monitor.store.tables import OutboxRow, ScreeningRow

NOBODY = "Nobody At All Ltd"
LATER = datetime.now(UTC) + timedelta(minutes=1)


@pytest.fixture
def store(kept_store: Path, tmp_path: Path) -> Path:
    return shutil.copytree(kept_store, tmp_path / "store")


def export(store: Path, *more: str) -> tuple[list[dict], Done]:
    done = typed(store, "export screenings --format jsonl", *more)
    return [json.loads(line) for line in done.stdout.splitlines()], done


def test_a_screening_is_shown_by_its_number_as_it_was_recorded(store: Path):
    typed(store, "screen TechInsights", NOBODY, "--by", "Ana Ruiz")
    tamper(store, update(ScreeningRow).values(via="elsewhere"))
    told, programs, none = (
        typed(store, "show", *words)
        for words in (["screening:1"], ["screening 1", "--json"], ["screening:2"])
    )

    rows = [tuple(row.split("\t")[:2]) for row in told.stdout.splitlines()]
    assert rows.count(("TechInsights", "listed")) == 2
    assert rows.count((NOBODY, "nothing alike")) == 1
    assert ("TechInsights", "nothing alike") not in rows
    assert "asked by Ana Ruiz on" in told.stdout
    assert "the record is not as it was written" in told.stdout
    assert json.loads(programs.stdout)["by"] == "Ana Ruiz"
    assert (none.returncode, "no screening '2' is on record" in none.stderr) == (2, True)


def test_hits_and_none_are_kept_with_lists_rules_and_by_whom(store: Path):
    done = typed(store, "screen TechInsights", NOBODY, "--by", "Ana Ruiz")
    ((kept,), _) = export(store)
    states = {
        answer["asked"][0]["name"]: {found["state"] for found in answer["found"]}
        for answer in kept["answers"]
    }
    held = {one["list"]: one for one in kept["head"]["lists"]}

    assert (done.returncode, "recorded as screening 1" in done.stderr) == (0, True)
    told = [kept[name] for name in ("number", "by", "via", "is_sound")]
    assert told == [1, "Ana Ruiz", "command line", True]
    assert "listed" in states["TechInsights"]
    assert states[NOBODY] == {"nothing alike"}
    assert held.keys() == {"acts", "us-fcc-covered", "un-sc", "watch list"}
    assert all(len(one["sha256"]) == 64 for one in held.values())
    assert held["un-sc"]["as_of"] == "2025-12-14"
    assert len(kept["head"]["rules"]) == 64
    assert (kept["head"]["match"], kept["head"]["names"]) == (0.85, 2)


def test_a_file_is_kept_row_by_row_with_the_scores_it_was_asked_with(store: Path, tmp_path: Path):
    (tmp_path / "s.csv").write_text("name,country\nTechInsights Inc,CA\nNobody,DE\n")
    typed(store, "screen", str(tmp_path / "s.csv"), "--review", "0.8")
    ((kept,), _) = export(store)

    assert [answer["asked"][0]["country"] for answer in kept["answers"]] == ["CA", "DE"]
    assert kept["head"]["review"] == 0.8


def test_who_may_not_keep_it_keeps_none(store: Path):
    done = typed(store, "screen", NOBODY, "--no-record")

    assert (done.returncode, "record" in done.stderr) == (0, False)
    assert export(store)[0] == []


def test_where_it_can_not_be_kept_the_answer_comes_and_says_so(store: Path):
    with Lock(store):
        done = typed(store, "screen", NOBODY)

    assert done.returncode == 1
    assert "nothing alike" in done.stdout
    assert "not recorded: " in done.stderr


def test_an_export_says_what_was_changed_and_that_one_is_missing(store: Path):
    for name in ("One Ltd", "Two Ltd", "Three Ltd", "Four Ltd"):
        typed(store, "screen", name)
    sound = export(store)[1]
    tamper(
        store,
        update(ScreeningRow).where(ScreeningRow.id == 2).values(via="console"),
        delete(ScreeningRow).where(ScreeningRow.id == 3),
    )
    lines, done = export(store)

    assert (sound.returncode, done.returncode) == (0, 1)
    assert [(line["number"], line["is_sound"]) for line in lines] == [
        (1, True),
        (2, False),
        (4, False),
    ]
    assert "screening 2 is not as it was recorded" in done.stderr


def test_it_is_a_table_and_a_pack_that_others_check(store: Path, tmp_path: Path):
    typed(store, "screen TechInsights =HYPERLINK(1)")
    table = typed(store, "export screenings --out", tmp_path / "s.csv")
    packed = typed(store, "export screenings --out", tmp_path / "s.zip")
    checked = run("evidence", "--verify", tmp_path / "s.zip")
    (tmp_path / "s.zip").write_bytes(
        (tmp_path / "s.zip").read_bytes().replace(b"screenings", b"screenimgs", 1)
    )
    spoilt = run("evidence", "--verify", tmp_path / "s.zip")
    rows = list(csv.DictReader((tmp_path / "s.csv").read_text(encoding="utf-8-sig").splitlines()))

    assert [done.returncode for done in (table, packed, checked, spoilt)] == [0, 0, 0, 1]
    assert {row["asked"].lstrip("'") for row in rows} == {"TechInsights", "=HYPERLINK(1)"}
    assert not any(cell.startswith("=") for row in rows for cell in row.values())
    assert {row["screening"] for row in rows} == {"1"}


def test_days_are_those_of_utc_and_what_goes_with_what_is_said(store: Path):
    typed(store, "screen", NOBODY)
    today = datetime.now(UTC).date()
    wrong = [
        export(store, *words)[1]
        for words in (("--steps",), ("--person", "x"), ("--erase",), ("--format", "txt"))
    ]

    assert len(export(store, "--since", str(today), "--until", str(today))[0]) == 1
    assert export(store, "--until", str(today - timedelta(days=1)))[0] == []
    assert [done.returncode for done in wrong] == [2, 2, 2, 2]


def test_a_name_is_erased_from_all_answers_and_who_asked_from_all_records_and_the_chain_holds(
    store: Path,
):
    typed(store, "screen 'Hans Muster'", NOBODY, "--by", "Ana Ruiz")
    typed(store, "screen 'Beta GmbH; Muster, Hans' --by 'Ana Ruiz'")
    erase = ("--erase", "--by", "Mei")
    erased = typed(store, "export screenings --person 'Hans Muster'", *erase)
    person = typed(store, "export audit --person 'Ana Ruiz'")
    typed(store, "export audit --person 'Ana Ruiz'", *erase)
    lines, done = export(store)
    table = typed(store, "export screenings")

    assert "erased: 2 answers" in erased.stdout
    assert table.stdout.count(",erased,") == 2
    kinds = [json.loads(line)["kind"] for line in person.stdout.splitlines()]
    assert kinds == ["screening"] * 2
    assert (done.returncode, "Muster" in done.stdout, "Ana" in done.stdout) == (0, False, False)
    erased_ones = ["erased" in answer for line in lines for answer in line["answers"]]
    assert erased_ones == [True, False, True]
    assert NOBODY in done.stdout


def test_after_ten_years_it_goes_and_the_chain_of_the_rest_holds(store: Path):
    for name in ("One Ltd", "Two Ltd"):
        typed(store, "screen", name)
    with History(store) as history:
        history(screenings.forget_old_screenings, LATER + timedelta(days=3650))
        assert len(export(store)[0]) == 2
    old = datetime(2016, 1, 1, tzinfo=UTC)
    tamper(store, update(ScreeningRow).where(ScreeningRow.id == 1).values(at=old))
    with History(store) as history:
        history(screenings.forget_old_screenings, LATER)

    assert [(line["number"], line["is_sound"]) for line in export(store)[0]] == [(2, True)]


def tidy(store: Path) -> list[str]:
    """What is owed to those who are alerted after a quiet time, of what was screened."""
    typed(store, "poll --tidy")
    problem = OutboxRow.problem
    told = select(problem).where(cast(problem, String).contains("rescreened"))
    with History(store, read_only=True) as history, history.tables() as connection:
        return [said.text for said in connection.scalars(told.order_by(OutboxRow.id))]


def test_what_a_new_act_makes_another_answer_is_said_once_and_shown(store: Path):
    typed(store, "screen 'Sunrise Drones'", NOBODY, "TechInsights")
    before = tidy(store)
    with History(store) as history:
        arrive(history, listing(40, "Sunrise Drones Inc."))
    told, again = tidy(store), tidy(store)
    shown = [json.loads(line) for line in typed(store, "screen --again --json").stdout.splitlines()]
    text = typed(store, "screen --again")

    assert before == []
    assert len(told) == 1
    assert told[0].startswith("one of your 3 answers of ")
    assert again == told
    assert [
        (one["asked"], {found["state"] for found in one["now"]}) for one in shown if "now" in one
    ] == [("Sunrise Drones", {"listed", "nothing alike"})]
    assert "Sunrise Drones\tnothing alike\tlisted: Sunrise Drones Inc." in text.stdout


def test_what_is_asked_again_has_its_answer_and_is_told_no_more(store: Path):
    typed(store, "screen 'Sunrise Drones'")
    with History(store) as history:
        arrive(history, listing(40, "Sunrise Drones Inc."))
    typed(store, "screen 'Sunrise Drones'")

    assert tidy(store) == []
    again = typed(store, "screen --again").stdout
    assert "of the newest answers to 1 question on record, 0 would differ today" in again


def test_other_rules_alone_that_answer_the_same_say_nothing(store: Path, monkeypatch):
    typed(store, "screen TechInsights", NOBODY)
    monkeypatch.setattr(screenings.names, "hash_name_rules", lambda: "others")

    assert tidy(store) == []


def test_what_a_person_dismissed_since_is_no_other_answer(store: Path):
    typed(store, "screen TechInsights")
    entry = ("--entry", "TechInsights", "--by", "Ana")
    typed(store, "triage not-ours 'TechInsights Inc.'", *entry)
    with History(store) as history:
        arrive(history, listing(40, "Sunrise Drones Inc."))

    assert tidy(store) == []


def test_names_and_again_are_one_question_or_the_other(store: Path):
    assert typed(store, "screen").returncode == 2
    assert typed(store, "screen x --again").returncode == 2


def test_a_look_at_a_newer_answer_forgets_nothing_of_an_older_one(store: Path):
    typed(store, "screen 'Sunrise Drones'")
    tidy(store)
    with History(store) as history:
        arrive(history, listing(40, "Sunrise Drones Inc."))
    tidy(store)
    typed(store, "screen", NOBODY)
    tamper(store, update(ScreeningRow).where(ScreeningRow.id == 2).values(checked="other lists"))
    tidy(store)

    with History(store, read_only=True) as history:
        newest = {one.number: one.differs for one in history(screenings.list_newest)}
    assert newest == {1: (0,), 2: ()}
