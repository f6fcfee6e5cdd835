"""The day of a capture is in its name, in whatever form the collector wrote it."""

import json
from pathlib import Path

import pytest
from command import run

LIST = "<data-set>{}</data-set>"
RECORD = "<record><Country>Iran</Country><Entity>{}</Entity></record>"


@pytest.mark.parametrize(
    ("name", "at"),
    [
        ("2024-12-17.xml", "2024-12-17T00:00:00Z"),
        ("list_2024-12-17.xml", "2024-12-17T00:00:00Z"),
        ("0003_2024-12-17T101530Z.xml", "2024-12-17T10:15:30Z"),
    ],
)
def test_a_capture_is_of_the_day_that_its_name_says(tmp_path: Path, name: str, at: str) -> None:
    (tmp_path / name).write_text(LIST.format(RECORD.format("Nord")))

    done = run("replay", tmp_path, "--source", "ca_sema.consolidated", "--json")

    assert f'"at":"{at}"' in done.stdout


def test_a_change_of_form_is_remarked_with_the_first_capture_that_shows_it_and_never_again(
    tmp_path: Path,
) -> None:
    records = "".join(
        RECORD.format(f"Firm {number}</Entity><Schedule>1, Part {number}</Schedule><Entity>")
        for number in range(6)
    )
    records = records.replace("<Entity></Entity>", "")
    for day in range(1, 5):
        body = records.replace("Schedule>", "Annex>") if day % 2 == 0 else records
        (tmp_path / f"2024-12-0{day}.xml").write_text(LIST.format(body))

    done = run("replay", tmp_path, "--source", "ca_sema.consolidated", "--json")
    told = [json.loads(line) for line in done.stdout.splitlines()]

    assert [each["changes"] for each in told] == [[], [], [], []]
    assert "what was called Schedule is called Annex: taken for the same" in told[1]["remarks"]
    assert "remarks" not in told[3]
