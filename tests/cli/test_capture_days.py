"""The day of a capture is in its name, in whatever form the collector wrote it."""

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
