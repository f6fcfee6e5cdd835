"""`monitor screen FILE --list LIST`: a file compared with a list, without a store."""

import json
from pathlib import Path

import pytest
from command import one_line, run, typed

from monitor.ask.hold import compare_lists
from monitor.errors import ConfigError

PARTIES = [
    {
        "ref": "w1",
        "name": "Teal Drones, Inc.",
        "aliases": [],
        "country": "US",
        "ids": [],
        "kind": "org",
    },
    {"ref": "w2", "name": "Halifax Forum", "ids": ["9876543210"], "kind": "org"},
    {
        "ref": "w3",
        "name": "Magnet",
        "hs": ["8505.11"],
        "codes": ["1C909.a"],
        "relation": "part",
        "part_of": "Motor",
    },
    {"ref": "w4", "name": "Chip", "eccn": ["3A001"], "relation": "product", "part_of": None},
]
ASKED = [
    {"ref": "a1", "names": {"en": "Teal Drones Incorporated"}, "kind": "org", "ids": {}},
    {"ref": "a2", "names": {"zh": "论坛"}, "kind": "org", "ids": {"anything": "9876543210"}},
    {"ref": "a3", "names": {"zh": "磁体"}, "hs": ["85051110"], "codes": [], "note": ""},
    {"ref": "a4", "names": {"en": "circuits"}, "codes": ["3A001"], "register": "us-ccl"},
    {"ref": "a5", "names": {"en": "Zyxwv Qponm"}, "kind": "org"},
]


def lines(path: Path, rows: list[dict[str, object]]) -> Path:
    path.write_text(
        "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8"
    )
    return path


def hits(*arguments: str | Path) -> list[tuple[str, str, str]]:
    result = run("screen", *arguments, "--json")
    assert result.returncode == 0, result.stderr
    found = [json.loads(line) for line in result.stdout.splitlines()]
    return [
        (hit["asked"]["ref"], hit["match"]["entry"]["ref"], hit["match"]["kind"]) for hit in found
    ]


def test_entities_and_items_are_held_against_a_list_by_name_number_and_code(tmp_path: Path):
    asked, against = lines(tmp_path / "asked.jsonl", ASKED), lines(tmp_path / "list.jsonl", PARTIES)

    assert hits(asked, "--list", against, "--review", "0.01") == [
        ("a1", "w1", "legal-form"),
        ("a2", "w2", "id"),
        ("a3", "w3", "HS"),
        ("a4", "w4", "control-code"),
    ]


def test_a_list_may_be_a_table_with_the_same_columns(tmp_path: Path):
    asked, against = lines(tmp_path / "asked.jsonl", ASKED), tmp_path / "list.csv"
    against.write_text("ref,name,ids\nS-1,Teal Drones,\nS-2,Forum,9876543210\n")

    assert [hit[:2] for hit in hits(asked, "--list", against)] == [("a1", "S-1"), ("a2", "S-2")]


def test_a_hit_is_a_line_with_both_names_the_score_and_the_reason(tmp_path: Path):
    asked, against = (
        lines(tmp_path / "asked.jsonl", ASKED[:1]),
        lines(tmp_path / "list.jsonl", PARTIES),
    )
    (line,) = run("screen", asked, "--list", against, "--json").stdout.splitlines()

    match = json.loads(line)["match"]
    assert json.loads(line)["asked"] == {"ref": "a1", "name": "Teal Drones Incorporated"}
    assert match["entry"] == {"ref": "w1", "name": "Teal Drones, Inc."}
    assert 0.85 <= match["score"] <= 1
    assert "Teal Drones" in match["reason"]


def test_the_thresholds_say_what_is_shown_and_what_is_sure(tmp_path: Path):
    asked = lines(
        tmp_path / "asked.jsonl", [{"ref": 1, "names": {"en": "Teal Holdings"}, "kind": "org"}]
    )
    against = lines(tmp_path / "list.jsonl", PARTIES)

    def verdicts(*options: str) -> list[str]:
        shown = run("screen", asked, "--list", against, "--json", *options)
        return [json.loads(line)["match"]["verdict"] for line in shown.stdout.splitlines()]

    assert verdicts("--review", "0.99") == []
    assert verdicts("--review", "0.01") == ["possible"]
    assert verdicts("--review", "0.01", "--match", "0.02") == ["match"]


def test_nothing_alike_is_no_failure_and_makes_no_store(tmp_path: Path):
    asked, against = (
        lines(tmp_path / "asked.jsonl", ASKED[4:]),
        lines(tmp_path / "list.jsonl", PARTIES),
    )
    result = typed(tmp_path / "store", "screen", asked, "--list", against, "--json")

    assert (result.returncode, result.stdout, result.stderr) == (0, "", "")
    assert not (tmp_path / "store").exists()


def test_what_a_row_has_that_is_not_used_is_said(tmp_path: Path):
    asked = lines(
        tmp_path / "asked.jsonl",
        [{"ref": 1, "names": {"en": "Acme"}, "kind": "org", "colour": "red"}],
    )
    result = run("screen", asked, "--list", lines(tmp_path / "list.jsonl", PARTIES[:1]))

    assert one_line(result) == "monitor: asked.jsonl line 1: not used: colour"
    assert "1 compared with 1 of the list: 0 with something alike" in result.stdout


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("[1]", "asked.jsonl line 1: no JSON object"),
        ('{"ref": 1}', "has no names, ids, codes or HS numbers"),
    ],
)
def test_a_line_that_holds_nothing_is_said_and_the_rest_is_held(
    tmp_path: Path, line: str, said: str
):
    asked = tmp_path / "asked.jsonl"
    asked.write_text(f'{line}\n{{"ref": "a1", "name": "Teal Drones", "kind": "org"}}\n')
    result = run("screen", asked, "--list", lines(tmp_path / "list.jsonl", PARTIES), "--json")

    assert said in one_line(result)
    assert [json.loads(hit)["asked"]["ref"] for hit in result.stdout.splitlines()] == ["a1"]


@pytest.mark.parametrize(
    "options", [("--match", "2"), ("--review", "0"), ("--review", "0.9", "--match", "0.8")]
)
def test_a_threshold_that_is_no_likeness_is_refused(tmp_path: Path, options: tuple[str, ...]):
    against = lines(tmp_path / "list.jsonl", PARTIES)

    assert run("screen", against, "--list", against, *options).returncode == 2


def test_lines_of_json_are_no_names(tmp_path: Path):
    result = run("screen", lines(tmp_path / "asked.jsonl", ASKED))

    assert result.returncode != 0
    assert "--list LIST" in one_line(result)


def test_a_list_or_a_file_of_which_nothing_could_be_used_says_why(tmp_path: Path):
    useless = lines(tmp_path / "useless.jsonl", [{"ref": 1}])
    useful = lines(tmp_path / "useful.jsonl", PARTIES)

    with pytest.raises(
        ConfigError,
        match=r"useless.jsonl: not one entry could be used; useless.jsonl line 1: no name",
    ):
        compare_lists([useful], useless)
    with pytest.raises(
        ConfigError,
        match=r"not one line could be compared with the list; useless.jsonl line 1: has no names",
    ):
        compare_lists([useless], useful)


def test_each_row_of_a_table_is_held_also_where_two_say_the_same(tmp_path: Path):
    (against := tmp_path / "list.csv").write_text("ref,name\nS-1,Teal Drones\nS-2,Teal Drones\n")
    (asked := tmp_path / "asked.csv").write_text("ref,name\nA-1,Teal Drones\nA-2,Teal Drones\n")
    held = compare_lists([asked], against)

    assert (len(held.asked), held.listed) == (2, 2)
    assert {hit.asked.ref for hit in held.hits} == {"A-1", "A-2"}
