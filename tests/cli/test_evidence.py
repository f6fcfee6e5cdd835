"""`monitor evidence` as a user runs it."""

import hashlib
import json
import sys
from pathlib import Path

import pytest
from command import ROOT, one_line, run, typed


@pytest.fixture
def store(kept_store: Path) -> Path:
    return kept_store


def test_a_pack_is_made_told_and_checked(store: Path, tmp_path: Path):
    pack = tmp_path / "pack.zip"

    done = typed(store, "evidence uel-2025-10 Dedrone --out", pack)
    checked = run("evidence", "--verify", pack)

    assert (done.returncode, checked.returncode) == (0, 0)
    sha256 = hashlib.sha256(pack.read_bytes()).hexdigest()
    assert f"SHA-256 of the pack: {sha256}" in done.stdout
    assert (tmp_path / "pack.zip.sha256").read_text() == f"{sha256}  pack.zip\n"
    assert "coverage:" in done.stdout
    assert "quotes stand at their places" in checked.stdout


def test_a_pack_of_which_a_byte_was_changed_is_refused_in_a_line(store: Path, tmp_path: Path):
    pack = tmp_path / "pack.zip"
    typed(store, "evidence mofcom-2025-61 --out", pack, "--json")
    content = bytearray(pack.read_bytes())
    content[len(content) // 2] ^= 1
    pack.write_bytes(content)

    checked = run("evidence", "--verify", pack, "--json")

    assert checked.returncode == 1
    assert "a byte was changed" in json.loads(checked.stdout)["refused"][0]
    assert checked.stderr == ""
    assert "refused: a byte was changed" in run("evidence", "--verify", pack).stderr


def test_the_sum_that_somebody_was_told_is_held_against_the_whole(store: Path, tmp_path: Path):
    pack = tmp_path / "pack.zip"
    made = json.loads(
        typed(store, "evidence mofcom-2025-61 --out", pack, "--json").stdout.splitlines()[0]
    )

    assert run("evidence", "--verify", pack, "--sha256", made["sha256"]).returncode == 0
    assert run("evidence", "--verify", pack, "--sha256", "0" * 64).returncode == 1


@pytest.mark.parametrize(
    ("asked", "code", "why"),
    [
        (["evidence"], 2, "name what to pack"),
        (["evidence", "uel-2025-10"], 2, "--out"),
        (["evidence", "uel-2025-10", "--verify", "x.zip"], 2, "takes nothing else"),
        (
            ["evidence", "Nobody Anywhere Ltd", "--out", "x.zip"],
            1,
            "nothing on record is called that",
        ),
        (["evidence", "--verify", "nowhere.zip"], 1, "can't be read"),
        (
            ["evidence", "--verify", str(ROOT / "README.md"), "--sha256", "1858ef"],
            2,
            "is no SHA-256",
        ),
    ],
)
def test_what_can_not_be_packed_or_checked_is_one_line(
    store: Path, tmp_path: Path, monkeypatch, asked, code, why
):
    monkeypatch.chdir(tmp_path)

    done = run("--store", store, *asked)

    assert done.returncode == code
    assert why in one_line(done)
    assert [*tmp_path.iterdir()] == []


def test_an_authority_that_does_not_answer_is_told_and_one_without_its_extra_is_a_mistake(
    store: Path, tmp_path: Path, monkeypatch
):
    config = tmp_path / "config.toml"
    config.write_text("[evidence]\ntimestamp = 'http://127.0.0.1:9/tsr'\n")
    words = ("--config", config, "--store", store, "evidence", "uel-2025-10", "--out")

    assert "no timestamp: 127.0.0.1" in run(*words, tmp_path / "pack.zip").stdout
    monkeypatch.setitem(sys.modules, "rfc3161_client", None)
    done = run(*words, tmp_path / "other.zip")
    assert (done.returncode, "needs the extra evidence" in one_line(done)) == (2, True)
