"""Tables as a person at 80 columns and as a program behind a pipe see them."""

import re
import shutil

import pytest
from command import ROOT, run, typed
from rich.cells import cell_len

from monitor.cli.output import print_table, print_text, wrap_text
from monitor.store import History

HEADS = ("source", "problem", "way out")
ADDRESS = "https://www.mofcom.gov.cn/cms_files/filemanager/policySummary/attach/202510/a02a6479ee17ada669fd713d24b227bb.pdf"
SENTENCE = "the name does not resolve, and nothing else of this publisher could be reached either"
LISTING = (
    ("sources",),
    ("status",),
    ("outbox", "--all"),
    ("doctor", "toy"),
    ("calendar", "--from", "2025-01-01"),
    ("watch",),
)


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    def lines(heads, rows, columns: int = 80) -> list[str]:
        for name, value in {
            "TTY_COMPATIBLE": "1",
            "COLUMNS": str(columns),
            "TERM": "xterm",
        }.items():
            monkeypatch.setenv(name, value)
        print_table(heads, rows)
        return plain(capsys.readouterr().out)

    return lines


def plain(text: str) -> list[str]:
    return [line.rstrip() for line in re.sub(r"\x1b\[[0-9;]*m", "", text).splitlines()]


def test_what_fits_is_a_table(shown):
    assert shown(("a", "b"), [("one", "two"), ("three", "four")]) == [
        "a      b",
        "one    two",
        "three  four",
    ]


def test_a_sentence_is_wrapped_beside_others_where_the_terminal_is_broad_enough(shown):
    lines = shown(HEADS, [("un_sc", SENTENCE, SENTENCE)], columns=120)

    assert lines[0].split() == ["source", "problem", "way", "out"]
    assert len(lines) == 3
    assert all(cell_len(line) <= 120 for line in lines)


def test_what_does_not_fit_stands_beneath_its_row_under_its_own_head_and_an_address_is_never_broken(
    shown,
):
    assert shown(
        HEADS, [("un_sc", SENTENCE, "wait"), ("eu_fsf", f"gone {ADDRESS}", "")], columns=50
    ) == [
        "un_sc problem: the name does not resolve, and",
        "    nothing else of this publisher could be",
        "    reached either; way out: wait",
        "eu_fsf problem: gone",
        f"    {ADDRESS}",
    ]


def test_chinese_takes_two_columns_a_character_and_is_broken_where_the_line_ends():
    assert list(wrap_text("一二三四五六七", 6)) == ["一二三", "四五六", "七"]


def test_a_column_without_a_value_is_left_out_for_a_person_and_kept_for_a_program(
    shown, capsys, monkeypatch
):
    rows = [("un_sc", "", "wait")]
    assert shown(HEADS, rows)[0] == "source  way out"
    monkeypatch.delenv("TTY_COMPATIBLE")

    print_table(HEADS, rows)

    assert capsys.readouterr().out == "source\tproblem\tway out\nun_sc\t\twait\n"


def test_a_cell_with_a_tab_or_a_line_end_moves_no_column(capsys: pytest.CaptureFixture[str]):
    print_table(("a", "b"), [("x\ty", "one\ntwo")])

    assert capsys.readouterr().out.splitlines()[1] == "x y\tone two"


@pytest.mark.parametrize("command", LISTING, ids=" ".join)
def test_every_listing_is_tab_separated_behind_a_pipe_and_fits_a_terminal(command, tmp_path):
    store = shutil.copytree(ROOT / "tests/stores/0.1.0/store", tmp_path / "store")
    History(store).close()  # brings the tables up to date
    settings = tmp_path / "config.toml"
    settings.write_text(f'packages = ["toy_scrapers"]\nstore = "{store}"\n')
    assert typed(settings, "watch add 'Teal Drones, Inc.'").returncode == 0

    piped = run("--config", settings, *command).stdout.splitlines()
    seen = plain(
        run("--config", settings, *command, TTY_COMPATIBLE="1", TERM="dumb", COLUMNS="80").stdout
    )

    assert any("\t" in line for line in piped)
    assert not any("\t" in line for line in seen)
    assert [line for line in seen if cell_len(line) > 80 and "://" not in line] == []


def test_a_sentence_ends_its_lines_between_words_on_a_terminal_and_is_one_line_for_a_program(
    capsys, monkeypatch
):
    for name, value in {"TTY_COMPATIBLE": "1", "COLUMNS": "50", "TERM": "xterm"}.items():
        monkeypatch.setenv(name, value)
    print_text(SENTENCE)
    seen = plain(capsys.readouterr().out)
    monkeypatch.delenv("TTY_COMPATIBLE")
    print_text(SENTENCE)

    assert seen == [
        "the name does not resolve, and nothing else of",
        "this publisher could be reached either",
    ]
    assert capsys.readouterr().out == f"{SENTENCE}\n"
