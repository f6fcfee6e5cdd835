"""The settings to begin with, and the steps after them."""

import tomllib
from pathlib import Path

import pytest
from command import ROOT, one_line, run

from monitor.cli import init
from monitor.config import Config, load


def test_it_writes_the_settings_and_says_three_steps_that_run(tmp_path: Path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    done = run("init")
    steps = [line for line in done.stdout.splitlines() if line.startswith("next ")]

    assert (done.returncode, done.stderr, len(steps)) == (0, "", 3)
    assert (tmp_path / "config.toml").read_text() == (ROOT / "config.toml").read_text()
    assert (tmp_path / "config.schema.json").read_text() == (
        ROOT / "config.schema.json"
    ).read_text()
    assert load(Path("config.toml")) == Config()
    assert "monitor doctor" in steps[1]
    assert (
        f"docs    {ROOT / 'docs'}: use.md explains each command, config.md each setting"
        in done.stdout
    )
    assert "config.toml: the settings to begin with, explained" in done.stdout


@pytest.mark.parametrize(
    ("words", "store"),
    [
        (["init", "made/new"], "{here}/made/new/.store"),
        (["--store", 'a "store"', "init", "made/new"], '{here}/a "store"'),
        (
            ["init", "made/new", "--store", "postgresql://db.example/monitor"],
            "postgresql://db.example/monitor",
        ),
    ],
)
def test_settings_of_another_folder_name_one_store_from_wherever_they_are_read(
    tmp_path: Path, monkeypatch, words: list[str], store: str
):
    monkeypatch.chdir(tmp_path)
    done = run(*words)

    assert done.returncode == 0
    assert tomllib.loads(Path("made/new/config.toml").read_text())["store"] == store.format(
        here=tmp_path
    )
    assert "monitor --config made/new/config.toml doctor" in done.stdout


def test_settings_that_are_there_stay(tmp_path: Path):
    (tmp_path / "config.toml").write_text("mine")
    done = run("init", tmp_path)

    assert done.returncode == 2
    assert one_line(done).endswith("config.toml: is there already; name another folder")
    assert (tmp_path / "config.toml").read_text() == "mine"


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path):
    (tmp_path / "file").touch()
    done = run("init", tmp_path / "file" / "new")

    assert done.returncode == 1
    assert "can't be made: Not a directory" in one_line(done)


def test_what_an_installation_has_within_it_comes_first(tmp_path: Path, monkeypatch):
    (tmp_path / "docs").mkdir()
    monkeypatch.setattr(init, "BUNDLED", tmp_path)

    assert init.find_bundled("docs") == tmp_path / "docs"


def test_the_package_brings_what_is_written_and_named():
    wheel = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["hatch"]["build"][
        "targets"
    ]["wheel"]["force-include"]
    assert wheel == {
        name: f"monitor/config/bundled/{name}" for name in (init.SETTINGS, init.SCHEMA, init.DOCS)
    }
    assert all((ROOT / name).exists() for name in wheel)
