"""What this version leaves behind for later ones: `python -m tests.support.keep_store` writes
`tests/stores/<version>`.

It is the newest store of an earlier version, opened and polled once more by this one, and told
nobody. So each store has seen every upgrade up to its own version, and is asked what all earlier
ones were asked.
"""

import asyncio
import gc
import json
import shutil
import sqlite3
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from unittest import mock

from acts import control
from local_transport import LocalTransport
from pytest_httpserver import HTTPServer
from typer.testing import CliRunner
from werkzeug import Request, Response

from monitor.cli.app import app
from monitor.config import VERSION, load
from monitor.model import to_json
from monitor.poll.assembly import open_pipeline, poll
from monitor.poll.replay import StoryClock
from monitor.source.schedule import Freshness
from monitor.store import DATABASE
from monitor.store.threaded import prepare_names

STORES = Path(__file__).parent.parent / "stores"
SOURCES = ("toy.notices", "toy.yearbook", "rolls.roll", "rolls.board")
LATER = timedelta(hours=1)


def versions() -> list[Path]:
    """The folder of each version, the oldest first."""
    return sorted(
        (path for path in STORES.iterdir() if path.is_dir()),
        key=lambda path: [*map(int, path.name.split("."))],
    )


def left(version: Path) -> datetime:
    """The last poll that was made there."""
    with closing(
        sqlite3.connect(f"file:{version / 'store' / DATABASE}?mode=ro", uri=True)
    ) as connection:
        (last,) = connection.execute("SELECT max(last_poll) FROM source").fetchone()
    return datetime.fromisoformat(f"{last}+00:00")


def serve_as_before(server: HTTPServer) -> None:
    """Every page as it was, but two: one that could not be read is one now, and one that failed
    is back.
    """
    back = {"/broken": control(98, "8A001", published="2025-12-14")}

    def answer(request: Request) -> Response:
        if request.path in back:
            return Response(to_json(back[request.path]), content_type="text/html; charset=utf-8")
        return Response(status=304 if "If-None-Match" in request.headers else 404)

    for path in ("index", "yearbook", "roll", "board", "about", "annex-81", "annex-80", "broken"):
        server.expect_request(f"/{path}").respond_with_handler(answer)


def asked(version: Path, command: list[str]) -> list[dict]:
    """What today's program answers about a store, as `--json` prints it, but for what that rests
    on and how old that is.
    """
    place = ["--config", str(version / "config.toml"), "--store", str(version / "store")]
    unrecorded = (
        ["--no-record"] if command[0] == "screen" else []
    )  # a record is written, and a store that is asked stays as it is
    with mock.patch.object(Freshness, "_is_fresh", return_value=True):
        result = CliRunner().invoke(app, [*place, *command, *unrecorded])
    assert result.exit_code == 0, result.output
    return [
        line for line in map(json.loads, result.stdout.splitlines()) if list(line) != ["coverage"]
    ]


def golden(version: Path) -> list[dict]:
    """What the version itself answered: `asked` and `answered`."""
    return [json.loads(line) for line in (version / "answers.jsonl").read_text().splitlines()]


def came_lately(store: Path, moment: datetime) -> None:
    """0.1.0 did not keep when bytes came, so all would be asked for whole, and here is nobody
    who has them.
    """
    with closing(sqlite3.connect(store / DATABASE)) as connection, connection:
        connection.execute("UPDATE address SET came_at = ?", (f"{moment:%Y-%m-%d %H:%M:%S.%f}",))


async def _poll_once_more(version: Path, port: int) -> None:
    clock = StoryClock(left(version) + LATER)
    async with open_pipeline(
        load(version / "config.toml"),
        version / "store",
        clock,
        transport=lambda _host: LocalTransport(port),
    ) as pipeline:
        came_lately(version / "store", clock.now())
        for source in SOURCES:
            await poll(pipeline, pipeline.registry.source(source))
        await prepare_names(pipeline.history)


def _packed(store: Path) -> None:
    """One file, as small as it gets, that no process holds."""
    gc.collect()  # nor this one by a connection that nobody uses any more
    with closing(sqlite3.connect(store / DATABASE, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
        connection.execute("VACUUM")
    for beside in store.iterdir():
        if not beside.is_dir() and beside.name not in {DATABASE, "identity"}:
            beside.unlink()


def _steady(line: dict) -> dict:
    """An answer without what hangs on the day on which it is asked for."""
    return {name: value for name, value in line.items() if name != "next"}


def _answers(version: Path, questions: list[list[str]]) -> list[dict]:
    polled = {line["source"] for line in golden(version)[0]["answered"] if "source" in line}
    return [
        {
            "asked": question,
            "answered": [
                _steady(line)
                for line in asked(version, question)
                if line.get("source", "") in {"", *polled}
            ],
        }
        for question in questions
    ]


def keep(version: Path, before: Path) -> None:
    """Write a version's folder, from that of the one before it; a config.toml that is there
    already stays.
    """
    written = (
        (version / "config.toml").read_text()
        if version.exists()
        else (before / "config.toml").read_text()
    )
    shutil.rmtree(version, ignore_errors=True)
    # what that version left in a database
    shutil.copytree(before, version, ignore=shutil.ignore_patterns("postgres.sql.zst"))
    (version / "config.toml").write_text(written)
    with HTTPServer() as server:
        serve_as_before(server)
        asyncio.run(_poll_once_more(version, server.port))
    answers = _answers(version, [known["asked"] for known in golden(before)])
    (version / "answers.jsonl").write_text(
        "".join(f"{json.dumps(answer, ensure_ascii=False)}\n" for answer in answers)
    )
    _packed(version / "store")


if __name__ == "__main__":
    *_, last = (path for path in versions() if path.name != VERSION)
    keep(STORES / VERSION, last)
