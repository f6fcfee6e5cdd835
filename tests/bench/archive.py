"""`python -m tests.bench.archive`: what it costs to keep a page's bytes in a folder, and in PostgreSQL, in one run."""

import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from sqlalchemy import create_engine, text

sys.path.insert(0, str(Path(__file__).parents[1]))

from postgres import Server

from monitor.history.archive import Archive, FolderArchive
from monitor.history.archive_database import BODY, PIECE, DatabaseArchive

PAGES = 500
LARGE = 30 * 1024 * 1024


def pages(seed: int = 0) -> list[bytes]:
    """Pages of 20 to 80 KB, as compressible as words are."""
    drawn = random.Random(seed)
    words = [drawn.randbytes(drawn.randint(2, 5)).hex().encode() for _ in range(3000)]
    return [b" ".join(drawn.choices(words, k=drawn.randint(3000, 12000))) for _ in range(PAGES)]


def took(work: Callable[[], object]) -> tuple[float, float]:
    """Seconds by the clock, and of this process's processor."""
    began, worked = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - began, time.process_time() - worked


def measured(archive: Archive, bodies: list[bytes], large: bytes) -> Iterable[str]:
    """A line for each thing that is done with it."""
    names: list[str] = []
    for what, work in (
        ("put", lambda: names.extend(map(archive.put, bodies))),
        ("get", lambda: [archive.get(name) for name in names]),
    ):
        wall, cpu = took(work)
        yield f"{what} a page      {1000 * wall / PAGES:7.2f} ms {1000 * cpu / PAGES:7.2f} ms CPU"
    wall, cpu = took(lambda: archive.put(large))
    yield f"put {LARGE // 1024**2} MB       {1000 * wall:7.0f} ms {1000 * cpu:7.0f} ms CPU"


def main() -> None:
    """Measure both, and print."""
    bodies, large = pages(), random.Random(1).randbytes(LARGE)
    server = Server.made(forgetful=False)
    try:
        engine = create_engine(server.create("bodies").replace("postgresql:", "postgresql+psycopg:"))
        for table in (BODY, PIECE):
            table.create(engine)
        with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:
            for name, archive in (("folder", FolderArchive(Path(folder))), ("PostgreSQL", DatabaseArchive(engine))):
                sys.stdout.writelines(f"{name:11} {line}\n" for line in measured(archive, bodies, large))
            blocks = sum(path.stat().st_blocks * 512 for path in Path(folder).rglob("*"))
        with engine.connect() as connection:
            size = connection.execute(text("SELECT pg_total_relation_size('body') + pg_total_relation_size('piece')")).scalar()
        sys.stdout.write(f"on the disk: folder {blocks / 1e6:.1f} MB, PostgreSQL {(size or 0) / 1e6:.1f} MB\n")
        engine.dispose()
    finally:
        server.gone()


if __name__ == "__main__":
    main()
