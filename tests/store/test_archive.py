"""An archive in a folder and one in a database, on both engines: what is put comes back, or it
is said that it does not.
"""

import hashlib
import os
import resource
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, update

from monitor.errors import EvidenceLost, StoreError
from monitor.store.archive import BODY, PIECE, Archive, DatabaseArchive, FolderArchive

TEXT = "<li>商务部公告2025年第70号</li>".encode() * 500
NOISE = os.urandom(3 * 1024 * 1024)
SHA256 = hashlib.sha256(TEXT).hexdigest()
DAY = timedelta(days=1)
NOW = datetime.now(UTC)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "archive"


@pytest.fixture(params=["folder", "sqlite", pytest.param("postgresql", marks=pytest.mark.long)])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine | None]:
    """The database that it lies in, if it lies in one."""
    if request.param == "folder":
        yield None
        return
    url = f"sqlite:///{tmp_path / 'bodies.sqlite'}"
    if request.param == "postgresql":
        url = request.getfixturevalue("postgres_database").replace(
            "postgresql://", "postgresql+psycopg://"
        )
    engine = create_engine(url, connect_args={"timeout": 20} if request.param == "sqlite" else {})
    for table in (BODY, PIECE):
        table.create(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def archive(engine: Engine | None, folder: Path) -> Archive:
    return DatabaseArchive(engine) if engine else FolderArchive(folder)


def age(engine: Engine | None, folder: Path) -> None:
    """All that lies there was put ten days ago."""
    for file in folder.rglob("*"):
        os.utime(file, times=((NOW - 10 * DAY).timestamp(),) * 2)
    if engine:
        with engine.begin() as connection:
            connection.execute(update(BODY).values(put_at=NOW - 10 * DAY))


def damage(engine: Engine | None, folder: Path, content: bytes) -> None:
    """Of all that lies there these bytes are left."""
    for file in folder.rglob("*.zst"):
        file.write_bytes(content)
    if engine:
        with engine.begin() as connection:
            connection.execute(update(PIECE).values(packed=content))


@pytest.mark.parametrize("body", [b"", TEXT, NOISE], ids=["nothing", "a page", "three megabytes"])
def test_a_body_comes_back_under_its_hash_whole_and_in_pieces(
    archive: Archive, body: bytes
) -> None:
    sha256 = archive.put_stream(BytesIO(body))

    assert sha256 == hashlib.sha256(body).hexdigest()
    assert archive.get(sha256) == body == b"".join(archive.pieces(sha256))
    assert sha256 in archive
    assert archive.is_whole(sha256)
    assert list(archive.bodies()) == [sha256]


def test_a_body_takes_what_it_is_packed_to(archive: Archive) -> None:
    assert archive.takes(archive.put(TEXT)) < len(TEXT) / 10
    assert archive.takes(archive.put(NOISE)) >= len(NOISE)
    assert archive.takes("0" * 64) == 0


def test_what_is_not_there_is_lost_and_no_empty_body(archive: Archive) -> None:
    assert SHA256 not in archive
    assert not archive.is_whole(SHA256)
    with pytest.raises(EvidenceLost, match=f"not in the archive: .*{SHA256}"):
        archive.get(SHA256)
    with pytest.raises(EvidenceLost, match="not in the archive"):
        next(iter(archive.pieces(SHA256)))


@pytest.mark.parametrize(
    "content", [b"no zstd", b"", b"\0" * 300], ids=["other bytes", "cut", "zeros"]
)
def test_a_damaged_body_is_lost_and_put_anew(
    archive: Archive, engine: Engine | None, folder: Path, content: bytes
) -> None:
    archive.put(TEXT)
    damage(engine, folder, content)

    assert not archive.is_whole(SHA256)
    with pytest.raises(EvidenceLost, match=f"damaged in the archive: .*{SHA256}"):
        archive.get(SHA256)
    archive.put(TEXT)
    assert archive.get(SHA256) == TEXT


def test_only_what_nobody_put_since_is_removed_with_all_its_pieces(
    archive: Archive, engine: Engine | None, folder: Path
) -> None:
    old, renewed = archive.put(TEXT), archive.put(NOISE)
    age(engine, folder)
    archive.put(NOISE)
    before, took = NOW - DAY, archive.takes(old)

    assert archive.older(before) == [old]
    assert [archive.remove(body, before) for body in (old, renewed, old)] == [took, None, None]
    assert list(archive.bodies()) == [renewed]
    assert archive.get(renewed) == NOISE


def test_what_lies_beneath_is_read_and_never_written(
    engine: Engine | None, folder: Path, tmp_path: Path
) -> None:
    beneath = FolderArchive(tmp_path / "beneath")
    below = beneath.put(TEXT)
    above = DatabaseArchive(engine, beneath) if engine else FolderArchive(folder, beneath)

    assert below in above
    assert above.get(below) == TEXT
    above.put(NOISE)
    assert list(beneath.bodies()) == [below]


def test_many_who_put_the_same_at_the_same_time_put_it_once(archive: Archive) -> None:
    failures: list[BaseException] = []

    def put() -> None:
        try:
            archive.put(TEXT)
        except BaseException as error:  # noqa: BLE001 - told below
            failures.append(error)

    threads = [threading.Thread(target=put) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert failures == []
    assert [archive.get(sha256) for sha256 in archive.bodies()] == [TEXT]


def test_a_database_that_is_not_there_is_one_line(archive: Archive, engine: Engine | None) -> None:
    if engine:
        PIECE.drop(engine)

        with pytest.raises(StoreError, match="the archive can't be used"):
            archive.put(TEXT)


@pytest.fixture
def files(folder: Path) -> FolderArchive:
    return FolderArchive(folder)


def test_what_is_there_is_not_written_again(files: FolderArchive, folder: Path) -> None:
    files.put(TEXT)
    file = folder / SHA256[:2] / f"{SHA256}.zst"
    before = file.stat().st_ino
    files.put(TEXT)

    assert file.stat().st_ino == before


def test_a_body_that_goes_while_it_is_put_again_is_there_afterwards(
    files: FolderArchive, folder: Path, monkeypatch
):
    sha256 = files.put(TEXT)
    age(None, folder)
    is_whole = FolderArchive.is_whole

    def gone_once_it_was_looked_at(self, sha256: str) -> bool:
        whole = is_whole(self, sha256)
        assert files.remove(sha256, NOW - DAY)
        return whole

    monkeypatch.setattr(FolderArchive, "is_whole", gone_once_it_was_looked_at)
    files.put(TEXT)
    monkeypatch.undo()

    assert files.get(sha256) == TEXT


def test_a_draft_of_a_killed_process_is_swept_and_one_that_is_written_stays(
    files: FolderArchive, folder: Path
):
    files.put(TEXT)
    old = folder / SHA256[:2] / f".{SHA256}.0badcafe.part"
    old.write_bytes(b"half")
    age(None, folder)
    new = old.with_name(f".{SHA256}.5eedcafe.part")
    new.write_bytes(b"ha")

    assert files.sweep(NOW - DAY) == 1
    assert (old.exists(), new.exists()) == (False, True)
    assert files.get(SHA256) == TEXT


@pytest.mark.parametrize(
    "spoilt", [lambda kept: kept[:-1], lambda kept: kept[:20] + bytes([kept[20] ^ 1]) + kept[21:]]
)
def test_a_file_that_lacks_a_byte_or_has_another_is_damaged(
    files: FolderArchive, folder: Path, spoilt
) -> None:
    files.put(TEXT)
    file = folder / SHA256[:2] / f"{SHA256}.zst"
    file.write_bytes(spoilt(file.read_bytes()))

    with pytest.raises(StoreError, match=f"^damaged in the archive: .*{SHA256}.zst$"):
        files.get(SHA256)


@pytest.mark.parametrize("target", ["/", "/proc/self/mem", f"{SHA256}.zst"])
def test_a_body_that_the_disk_does_not_give_back_is_lost_and_written_anew(
    files: FolderArchive, folder: Path, target: str
) -> None:
    files.put(TEXT)
    file = folder / SHA256[:2] / f"{SHA256}.zst"
    file.unlink()
    file.symlink_to(target)

    with pytest.raises(EvidenceLost, match=f"^unreadable in the archive .*{SHA256}.zst$"):
        files.get(SHA256)
    files.put(TEXT)
    assert files.get(SHA256) == TEXT


@pytest.mark.parametrize("name", ["", "../../etc/passwd", SHA256.upper(), SHA256 + "\n"])
def test_only_a_hash_is_a_name(files: FolderArchive, name: str) -> None:
    with pytest.raises(StoreError, match="is not a SHA-256"):
        files.get(name)


def test_a_full_disk_is_one_line_and_leaves_nothing(files: FolderArchive, folder: Path) -> None:
    _, most = resource.getrlimit(resource.RLIMIT_FSIZE)
    # a file that can't grow is as near as a test gets to a full disk
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, most))
    try:
        with pytest.raises(StoreError, match=r"^can't write to the archive: File too large \("):
            files.put(NOISE)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))

    assert not [path for path in folder.rglob("*") if path.is_file()]
    assert files.get(files.put(NOISE)) == NOISE


def test_a_folder_that_can_not_be_written_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(StoreError, match=r"^can't write to the archive: Not a directory \(.*\)$"):
        FolderArchive(tmp_path / "file").put(TEXT)
