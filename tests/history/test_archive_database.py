"""An archive in a database, on both engines: what is put comes back, or it is said that it does not."""

import hashlib
import os
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, update

from monitor.errors import EvidenceLost, StoreError
from monitor.history.archive import FolderArchive
from monitor.history.archive_database import BODY, PIECE, DatabaseArchive

TEXT = b"<li>Notice 70 of 2031</li>" * 500
NOISE = os.urandom(3 * 1024 * 1024)
DAY = timedelta(days=1)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.long)])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    url = f"sqlite:///{tmp_path / 'bodies.sqlite'}"
    if request.param == "postgresql":
        url = request.getfixturevalue("postgres_database").replace("postgresql://", "postgresql+psycopg://")
    engine = create_engine(url, connect_args={"timeout": 20} if request.param == "sqlite" else {})
    for table in (BODY, PIECE):
        table.create(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def archive(engine: Engine) -> DatabaseArchive:
    return DatabaseArchive(engine)


@pytest.mark.parametrize("body", [b"", TEXT, NOISE], ids=["nothing", "a page", "three megabytes"])
def test_a_body_comes_back_under_its_hash_whole_and_in_pieces(archive: DatabaseArchive, body: bytes) -> None:
    sha256 = archive.put_stream(BytesIO(body))

    assert sha256 == hashlib.sha256(body).hexdigest()
    assert archive.get(sha256) == body == b"".join(archive.pieces(sha256))
    assert sha256 in archive
    assert archive.is_whole(sha256)
    assert list(archive.bodies()) == [sha256]


def test_a_body_takes_what_its_pieces_do(archive: DatabaseArchive) -> None:
    text, noise = archive.put(TEXT), archive.put(NOISE)

    assert archive.takes(text) < len(TEXT) / 10
    assert archive.takes(noise) >= len(NOISE)
    assert archive.takes("0" * 64) == 0


def test_what_is_not_there_is_lost_and_no_empty_body(archive: DatabaseArchive) -> None:
    sha256 = "0" * 64

    assert sha256 not in archive
    assert not archive.is_whole(sha256)
    with pytest.raises(EvidenceLost, match="not in the archive"):
        archive.get(sha256)
    with pytest.raises(EvidenceLost, match="not in the archive"):
        archive.pieces(sha256)


@pytest.mark.parametrize("damage", [b"no zstd", b""], ids=["other bytes", "cut"])
def test_a_damaged_body_is_lost_and_put_anew(archive: DatabaseArchive, engine: Engine, damage: bytes) -> None:
    sha256 = archive.put(TEXT)
    with engine.begin() as connection:
        connection.execute(update(PIECE).values(packed=damage))

    assert not archive.is_whole(sha256)
    with pytest.raises(EvidenceLost, match="damaged in the archive"):
        archive.get(sha256)

    archive.put(TEXT)
    assert archive.get(sha256) == TEXT


def test_only_what_nobody_put_since_is_removed_with_all_its_pieces(archive: DatabaseArchive, engine: Engine) -> None:
    old, renewed = archive.put(TEXT), archive.put(NOISE)
    with engine.begin() as connection:
        connection.execute(update(BODY).values(put_at=datetime.now(UTC) - 10 * DAY))
    archive.put(NOISE)
    before, took = datetime.now(UTC) - DAY, archive.takes(old)

    assert archive.older(before) == [old]
    assert [archive.remove(body, before) for body in (old, renewed, old)] == [took, None, None]
    assert list(archive.bodies()) == [renewed]
    with engine.begin() as connection:
        assert set(connection.execute(PIECE.select()).scalars()) == {renewed}


def test_what_lies_beneath_is_read_and_never_written(archive: DatabaseArchive, engine: Engine, tmp_path: Path) -> None:
    beneath = FolderArchive(tmp_path / "beneath")
    below = beneath.put(TEXT)
    above = DatabaseArchive(engine, beneath)

    assert below in above
    assert above.get(below) == TEXT == b"".join(above.pieces(below))
    above.put(NOISE)
    assert list(beneath.bodies()) == [below]


def test_many_who_put_the_same_at_the_same_time_put_it_once(archive: DatabaseArchive) -> None:
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


def test_a_database_that_is_not_there_is_one_line(archive: DatabaseArchive, engine: Engine) -> None:
    PIECE.drop(engine)

    with pytest.raises(StoreError, match="the archive can't be used"):
        archive.put(TEXT)
