"""`monitor export` as a person runs it: files that are whole or as they were, a word on what
they rest on and where to go on.
"""

import csv
import io
import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from command import one_line, typed
from terminals import look_on

from monitor.ask.exports import COLUMNS, KINDS
from monitor.cli.progress import count_progress


@pytest.fixture
def store(kept_store: Path) -> Path:
    return kept_store


@pytest.fixture
def export(store: Path, tmp_path: Path):
    return lambda words, *more: typed(store, f"export {words}", *more)


def cursor(said: str) -> str:
    return re.search(r"--since ([\d.]+)", said)[1]


def test_a_file_says_what_it_rests_on_and_from_where_the_next_goes_on(export, tmp_path: Path):
    done = export("acts --out", tmp_path / "acts.csv")
    first, last = done.stdout.splitlines()
    again = export("acts --out", tmp_path / "more.csv", "--since", cursor(first))

    assert (done.returncode, first.startswith(f"{tmp_path / 'acts.csv'}: 17 acts; ")) == (0, True)
    assert last.startswith("coverage: ")
    assert "more.csv: 0 acts; " in again.stdout
    assert (tmp_path / "more.csv").read_text("utf-8-sig").splitlines() == [
        ",".join(COLUMNS["acts"])
    ]


def test_a_csv_that_is_a_file_is_marked_as_utf_8_for_spreadsheets_and_one_on_stdout_is_not(
    export, tmp_path: Path
):
    export("entities --out", tmp_path / "e.csv")
    said = export("entities")

    assert (tmp_path / "e.csv").read_bytes() == b"\xef\xbb\xbf" + said.stdout.encode()
    assert "反无人机技术公司" in {
        row["names"] for row in csv.DictReader(io.StringIO(said.stdout, newline=""))
    }
    assert "coverage: " in said.stderr


def test_the_form_is_as_the_file_is_called_or_as_is_said(export, tmp_path: Path):
    export("rows --out", tmp_path / "r.jsonl")
    export("rows --out", tmp_path / "r.txt", "--format", "ftm")

    assert json.loads((tmp_path / "r.jsonl").read_text().splitlines()[0])["register"] == "un-sc"
    assert json.loads((tmp_path / "r.txt").read_text().splitlines()[0])["schema"] == "Company"


def test_a_day_as_the_beginning_leaves_out_what_came_before(export):
    said = [
        json.loads(line)
        for line in export("acts --since 2025-12-01 --format jsonl").stdout.splitlines()
    ]

    assert {act["id"] for act in said} == {"mofcom-2025-96", "mofcom-2025-97", "mofcom-2025-98"}


def test_measures_that_a_later_act_has_changed_are_among_what_came_since(export):
    said = [
        json.loads(line)
        for line in export("measures --since 2025-12-01 --format jsonl").stdout.splitlines()
    ]

    assert {"mofcom-2025-95", "mofcom-2025-96"} <= {measure["measure"]["act"] for measure in said}
    assert "mofcom-2025-61" not in {measure["measure"]["act"] for measure in said}


def test_a_program_is_told_in_json_what_became_of_it(export, tmp_path: Path):
    done, covered = map(
        json.loads, export("items --out", tmp_path / "i.csv", "--json").stdout.splitlines()
    )

    assert done == {
        "kind": "items",
        "file": str(tmp_path / "i.csv"),
        "records": done["records"],
        "cursor": done["cursor"],
    }
    assert done["records"] == len((tmp_path / "i.csv").read_text("utf-8-sig").splitlines()) - 1
    assert covered["coverage"]["acts"] == 17


def test_an_empty_store_gives_no_file_and_says_why(tmp_path: Path):
    done = typed(tmp_path / "none", "export acts --out", tmp_path / "acts.csv")

    assert done.returncode == 1
    assert "no act and no register was read yet, so nothing can be said" in one_line(done)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("act", "did you mean 'acts'?"),
        ("acts --format ftm", "entities and rows can be written so"),
        ("acts --out acts.xlsx", "there are: csv, jsonl, ftm"),
        ("acts --since lately", "neither a day (2025-10-09) nor the cursor"),
        ("acts --since 2025-02-30", "neither a day"),
        ("acts --since 33.0.0.0", "of another store"),
        ("acts --json", "name a file with --out"),
        ("--feed ''", "--feed: names no folder"),
    ],
)
def test_what_is_asked_wrongly_is_refused_in_a_line(export, words: str, said: str):
    done = export(words)

    assert (done.returncode, done.stdout) == (2, "")
    assert said in one_line(done)


@pytest.mark.parametrize("place", ["", "folder", "missing/acts.csv", "nul\0.csv"])
def test_a_place_where_nothing_can_be_written_is_refused_in_a_line(
    export, tmp_path: Path, place: str
):
    (tmp_path / "folder").mkdir()
    done = export("acts --format csv --out", f"{tmp_path}/{place}")

    assert done.returncode == 1
    assert "can't be written" in one_line(done) or "no regular file" in one_line(done)


def test_an_export_that_fails_leaves_the_file_as_it_was(export, tmp_path: Path, monkeypatch):
    (tmp_path / "acts.csv").write_text("as it was")

    monkeypatch.setitem(KINDS, "acts", replace(KINDS["acts"], cells=lambda act: 1 / 0))
    done = export("acts --out", tmp_path / "acts.csv")

    assert done.returncode == 1
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [
        ("acts.csv", "as it was")
    ]


def test_a_link_stays_one_and_what_it_leads_to_is_written(export, tmp_path: Path):
    (tmp_path / "real.csv").write_text("old")
    (tmp_path / "link.csv").symlink_to(tmp_path / "real.csv")
    export("acts --out", tmp_path / "link.csv")

    assert (tmp_path / "link.csv").is_symlink()
    assert "mofcom-2025-61" in (tmp_path / "real.csv").read_text()


def test_who_looks_on_sees_how_far_it_is(monkeypatch: pytest.MonkeyPatch):
    screen = look_on(monkeypatch)
    with count_progress("rows", 1_000) as come_to:
        come_to(500)

    assert "500" in screen.getvalue()
