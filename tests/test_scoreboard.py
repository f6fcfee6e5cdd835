"""The page of what is right: the figures of scripts that the user names, and the first ones of
the blind rounds.
"""

import csv
from pathlib import Path

import pytest
import scoreboard
from documents import ROOT, text

DOCUMENT = ROOT / "docs/scoreboard.md"
PAIR = {"precision": 1, "recall": 0.5}
SAID = {
    "score_announcements.py": [{"perfect": 3, "documents": 4, "entities": PAIR, "items": PAIR}],
    "score_forms.py": [
        {
            "right": 5,
            "acts": 9,
            "part": 2,
            "SILENT": 1,
            "WRONG": 1,
            "full": 6,
            "full right": 5,
            "pages": 8,
            "false": 0,
        }
    ],
    "score_matching.py": [
        {kind: {"match": PAIR, "review": PAIR} for kind in ("names", "products")}
    ],
    "score_registers.py": [
        {
            "days": 2,
            "days right": 2,
            "bad bodies": 1,
            "bad bodies refused": 1,
            "false changes": 0,
            "right": 1,
            "bodies": 1,
        },
        {"days": 3, "days right": 2, "false changes": 4, "right": 1, "bodies": 2},
    ],
}


@pytest.fixture
def scripts(tmp_path: Path) -> Path:
    """Scripts that measure nothing, and print what such scripts print."""
    for name, objects in SAID.items():
        (tmp_path / name).write_text(
            "import json\n" + "".join(f"print(json.dumps({each}))\n" for each in objects)
        )
    (tmp_path / "score_pages.py").write_text(
        "print('no reader  a.csv')\nprint('1 of 2 as served')\nraise SystemExit(1)\n"
    )
    return tmp_path


def test_each_line_has_the_figures_of_its_script_and_the_command(scripts: Path):
    lines = [
        line for line in scoreboard.write_page(scripts, scripts).splitlines() if "score_" in line
    ]

    assert "3 of 4 wholly right; names 1.000 / 0.500" in lines[0]
    assert (
        "5 of 9 right, 2 `part`, 1 silent, 1 wrong; of `full` 5 of 6 right; 0 of 8 false alarms"
        in lines[1]
    )
    assert (
        "| match 1.000 / 0.500, review 1.000 / 0.500 | `score_matching.py --json --corpus"
        " $CORPUS/matching` |" in lines[3]
    )
    assert "4 of 5 days right, 1 of 1 bad bodies refused, 4 false changes" in lines[7]
    assert "1 of 2 as served; 1 name no reader" in lines[9]
    assert str(scripts) not in "".join(lines)


def test_a_script_that_prints_nothing_is_named_with_its_reason(tmp_path: Path):
    (tmp_path / "score_announcements.py").write_text("raise SystemExit('no gold.jsonl')\n")

    with pytest.raises(
        SystemExit, match="score_announcements.py printed no figures: no gold.jsonl"
    ):
        scoreboard.write_page(tmp_path, tmp_path)


def test_the_page_counts_every_blind_round_and_each_act_of_one_is_counted_once():
    rounds = list(csv.DictReader(scoreboard.ROUNDS.read_text().splitlines()))

    assert scoreboard.write_rounds() in text(DOCUMENT)
    for one in rounds:
        assert sum(int(one[verdict]) for verdict in ("right", "part", "silent", "wrong")) == int(
            one["acts"]
        )
