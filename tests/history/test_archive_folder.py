import hashlib
import os
import resource
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.errors import EvidenceLost, StoreError
from monitor.history.archive import FolderArchive

pytestmark = pytest.mark.files  # the archive of a folder; test_archive_database.py has the other

BODY = "<li>商务部公告2025年第70号</li>".encode() * 500
SHA256 = hashlib.sha256(BODY).hexdigest()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "archive"


@pytest.fixture
def archive(folder: Path) -> FolderArchive:
    return FolderArchive(folder)


def test_a_body_comes_back_under_its_hash(archive: FolderArchive, folder: Path) -> None:
    assert SHA256 not in archive
    assert archive.put(BODY) == SHA256
    assert SHA256 in archive
    assert archive.get(SHA256) == BODY

    [file] = [path for path in folder.rglob("*") if path.is_file()]
    assert file == folder / SHA256[:2] / f"{SHA256}.zst"
    assert file.stat().st_size < len(BODY) / 10


@given(body=st.binary(max_size=200))
def test_any_bytes_come_back(body: bytes, tmp_path_factory: pytest.TempPathFactory) -> None:
    archive = FolderArchive(tmp_path_factory.getbasetemp() / "any")

    assert archive.get(archive.put(body)) == body


def test_what_is_there_is_not_written_again(archive: FolderArchive, folder: Path) -> None:
    archive.put(BODY)
    file = folder / SHA256[:2] / f"{SHA256}.zst"
    before = file.stat().st_ino

    archive.put(BODY)

    assert file.stat().st_ino == before


DAY = timedelta(days=1)
NOW = datetime.now(UTC)


def age(folder: Path, days: float) -> None:
    """All that lies there was written so long ago."""
    for file in folder.rglob("*"):
        os.utime(file, times=((NOW - days * DAY).timestamp(),) * 2)


def test_a_body_that_nobody_has_put_for_long_can_go_and_one_that_was_put_again_stays(archive: FolderArchive, folder: Path):
    sha256 = archive.put(BODY)
    age(folder, 100)
    assert archive.older(NOW - 90 * DAY) == [sha256]
    archive.put(BODY)

    assert archive.remove(sha256, NOW - 90 * DAY) is None
    assert archive.get(sha256) == BODY
    age(folder, 100)
    assert archive.remove(sha256, NOW - 90 * DAY) > 0
    assert archive.remove(sha256, NOW - 90 * DAY) is None
    with pytest.raises(EvidenceLost):
        archive.get(sha256)


def test_a_body_that_goes_while_it_is_put_again_is_there_afterwards(archive: FolderArchive, folder: Path, monkeypatch):
    sha256 = archive.put(BODY)
    age(folder, 100)
    is_whole = FolderArchive.is_whole

    def gone_once_it_was_looked_at(self, sha256: str) -> bool:
        whole = is_whole(self, sha256)
        assert archive.remove(sha256, NOW - 90 * DAY)
        return whole

    monkeypatch.setattr(FolderArchive, "is_whole", gone_once_it_was_looked_at)
    archive.put(BODY)
    monkeypatch.undo()

    assert archive.get(sha256) == BODY


def test_a_draft_of_a_killed_process_is_swept_and_one_that_is_written_stays(archive: FolderArchive, folder: Path):
    archive.put(BODY)
    old = folder / SHA256[:2] / f".{SHA256}.0badcafe.part"
    old.write_bytes(b"half")
    age(folder, 2)
    new = old.with_name(f".{SHA256}.5eedcafe.part")
    new.write_bytes(b"ha")

    assert archive.sweep(NOW - DAY) == 1
    assert (old.exists(), new.exists()) == (False, True)
    assert archive.get(SHA256) == BODY


def test_a_missing_body_is_named(archive: FolderArchive) -> None:
    with pytest.raises(StoreError, match=f"^not in the archive: .*{SHA256}.zst$"):
        archive.get(SHA256)


def damaged(content: bytes) -> Iterator[bytes]:
    yield b""
    yield content[: len(content) // 2]
    yield content[:-1]
    yield b"\0" * len(content)
    yield content[:20] + bytes([content[20] ^ 1]) + content[21:]
    yield b"plain text"


@pytest.mark.parametrize("number", range(6))
def test_a_damaged_body_is_named(archive: FolderArchive, folder: Path, number: int) -> None:
    archive.put(BODY)
    file = folder / SHA256[:2] / f"{SHA256}.zst"
    file.write_bytes(list(damaged(file.read_bytes()))[number])

    with pytest.raises(StoreError, match=f"^damaged in the archive: .*{SHA256}.zst$"):
        archive.get(SHA256)


@pytest.mark.parametrize("target", ["/", "/proc/self/mem", f"{SHA256}.zst"])
def test_a_body_that_the_disk_does_not_give_back_is_lost_and_written_anew(
    archive: FolderArchive, folder: Path, target: str
) -> None:
    archive.put(BODY)
    file = folder / SHA256[:2] / f"{SHA256}.zst"
    file.unlink()
    file.symlink_to(target)

    with pytest.raises(EvidenceLost, match=f"^unreadable in the archive .*{SHA256}.zst$"):
        archive.get(SHA256)
    archive.put(BODY)
    assert archive.get(SHA256) == BODY


@pytest.mark.parametrize("name", ["", "../../etc/passwd", SHA256.upper(), SHA256 + "\n"])
def test_only_a_hash_is_a_name(archive: FolderArchive, name: str) -> None:
    with pytest.raises(StoreError, match="is not a SHA-256"):
        archive.get(name)


def test_a_full_disk_is_one_line_and_leaves_nothing(archive: FolderArchive, folder: Path) -> None:
    _, most = resource.getrlimit(resource.RLIMIT_FSIZE)
    noise = b"".join(hashlib.sha256(bytes([number])).digest() for number in range(250))
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, most))  # a file that can't grow is as near as a test gets to a full disk
    try:
        with pytest.raises(StoreError, match=r"^can't write to the archive: File too large \("):
            archive.put(noise)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))

    assert not [path for path in folder.rglob("*") if path.is_file()]
    assert archive.get(archive.put(noise)) == noise


def test_a_folder_that_can_not_be_written_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(StoreError, match=r"^can't write to the archive: Not a directory \(.*\)$"):
        FolderArchive(tmp_path / "file").put(BODY)


def test_an_archive_reads_what_lies_beneath_it_and_leaves_that_as_it_is(tmp_path: Path):
    beneath = FolderArchive(tmp_path / "real")
    known = beneath.put(b"a page")
    copy = FolderArchive(tmp_path / "copy", beneath)
    new = copy.put(b"another page")

    assert (copy.get(known), known in copy) == (b"a page", True)
    assert (copy.get(new), new in beneath) == (b"another page", False)
