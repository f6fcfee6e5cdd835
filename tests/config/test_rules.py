"""Rules of config.toml that could never fit: said where the file is read, with the name that was
meant.
"""

from pathlib import Path

import pytest
from command import one_line, typed

RULE = "[[routes]]\nto = ['ops']\n"


def refused(tmp_path: Path, text: str) -> str:
    (tmp_path / "config.toml").write_text(text)
    ended = typed(tmp_path / "config.toml", "--store", tmp_path / "store", "sources")
    assert (ended.returncode, ended.stdout) == (2, "")
    return one_line(ended)


@pytest.mark.parametrize(
    ("rule", "line"),
    [
        (
            "authority = ['cn-mofcm']",
            "rule 1: no authority is called 'cn-mofcm'; did you mean 'cn-mofcom'?",
        ),
        ("authority = ['xx-*']", "rule 1: no authority is called 'xx-*'; "),
        (
            "register = ['cn-dual-use-item']",
            "rule 1: no register is called 'cn-dual-use-item'; did you mean 'cn-dual-use-items'?",
        ),
        (
            "action = ['suspended']",
            "rule 1: no action is called 'suspended'; did you mean 'suspend'?",
        ),
        (
            "topic = ['rare-earth']\n[topics]\nrare-earths = ['稀土']",
            "'rare-earth'; did you mean 'rare-earths'?",
        ),
        (
            "topic = ['chips']\n[topics]\nchips = []",
            "rule 1: can never fit: the topic 'chips' has no words",
        ),
        (
            "authority = ['press']\naction = ['add']",
            "rule 1: can never fit: the press does nothing",
        ),
    ],
)
def test_a_rule_that_can_never_fit_is_refused_with_the_way_out(
    tmp_path: Path, rule: str, line: str
):
    assert line in refused(tmp_path, RULE + rule)


def test_a_destination_that_nobody_described_is_refused_with_the_nearest(tmp_path: Path):
    line = refused(
        tmp_path, "[destinations.rare-desk]\nslack = 'C1'\n[[routes]]\nto = ['rare-dsk']"
    )

    assert "rule 1: no destination is called 'rare-dsk'; did you mean 'rare-desk'?" in line


@pytest.mark.parametrize(
    "rule", ["authority = ['press']", "authority = ['gb-ecju']", "register = ['cn-*', 'us-bis-*']"]
)
def test_the_press_and_what_scrapers_declare_may_be_named(tmp_path: Path, rule: str):
    (tmp_path / "config.toml").write_text(RULE + rule)

    assert typed(tmp_path / "config.toml", "sources").returncode == 0
