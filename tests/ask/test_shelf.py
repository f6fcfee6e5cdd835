"""What was made of names, as a file: taken for what it is, or not at all."""

from pathlib import Path

import pytest

from monitor.ask import others
from monitor.ask.others import FileShelf

NAMES, OTHERS = b"n" * 32, b"o" * 32


@pytest.fixture
def file(tmp_path: Path) -> Path:
    FileShelf(tmp_path / "lists" / "a.names").put(NAMES, b"made of them")
    return tmp_path / "lists" / "a.names"


def test_what_was_put_is_there_for_the_next_and_in_the_place_of_what_was_before(file: Path):
    assert FileShelf(file).get(NAMES) == b"made of them"

    FileShelf(file).put(OTHERS, b"made of others")

    assert (FileShelf(file).get(NAMES), FileShelf(file).get(OTHERS)) == (None, b"made of others")
    assert [path.name for path in file.parent.iterdir()] == ["a.names"]


@pytest.mark.parametrize("place", [0, 40, 70, -1])
def test_what_is_damaged_is_not_taken(file: Path, place: int):
    content = bytearray(file.read_bytes())
    content[place] ^= 1
    file.write_bytes(content)

    assert FileShelf(file).get(NAMES) is None


def test_what_other_rules_made_of_the_same_names_is_not_taken(file: Path, monkeypatch):
    monkeypatch.setattr(others, "hash_shelf_rules", lambda: b"of another version")

    assert FileShelf(file).get(NAMES) is None


def test_where_nothing_can_be_kept_nothing_is_said(tmp_path: Path):
    (tmp_path / "lists").write_text("in the way")
    shelf = FileShelf(tmp_path / "lists" / "a.names")

    shelf.put(NAMES, b"made of them")

    assert shelf.get(NAMES) is None
