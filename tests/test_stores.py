"""Stores that earlier versions left behind: today's program opens them, answers alike, and tells what was owed, once."""

import json
import shutil
import sqlite3
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from acts import control
from typer.testing import CliRunner
from werkzeug import Request, Response

from monitor.alert.event import NoticeKind
from monitor.cli.app import app
from monitor.config import load
from monitor.deliver import Pace, deliver
from monitor.fetch.local import LocalTransport
from monitor.history import ALERTS, DATABASE, OPS, History
from monitor.model import to_json
from monitor.pipeline.assembly import open_pipeline, poll
from monitor.pipeline.replay import StoryClock

VERSIONS = sorted(path for path in (Path(__file__).parent / "stores").iterdir() if path.is_dir())
LEFT = {"0.1.0": datetime(2025, 12, 14, 5, 10, tzinfo=UTC)}  # the last thing that happened there


@pytest.fixture(params=VERSIONS, ids=lambda path: path.name)
def version(request, tmp_path: Path) -> Path:
    return shutil.copytree(request.param, tmp_path / request.param.name)


def asked(version: Path, command: list[str]) -> list[dict]:
    place = ["--config", str(version / "config.toml"), "--store", str(version / "store")]
    result = CliRunner().invoke(app, [*place, *command])
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


def holds(answer: object, known: object) -> bool:
    """Whether an answer says all that is known, in its order; an object may say more."""
    if isinstance(known, dict) and isinstance(answer, dict):
        return all(name in answer and holds(answer[name], value) for name, value in known.items())
    if isinstance(known, list) and isinstance(answer, list):
        return len(answer) == len(known) and all(map(holds, answer, known))
    return answer == known


def lines(answer: list[dict], known: list[dict]) -> list[dict]:
    """Without the sources that nobody polled there."""
    polled = {line["source"] for line in known if "source" in line}
    return [line for line in answer if "source" not in line or line["source"] in polled]


def unweighed(known: list[dict]) -> list[dict]:
    """Without how sure a match was and why: names are compared better than they were, whom they are stays."""
    weighed = {"kind", "score", "reason"}
    return [{**line, "match": {name: told for name, told in line["match"].items() if name not in weighed}} for line in known]


def test_a_store_of_an_earlier_version_answers_alike(version: Path):
    History(version / "store").close()  # whoever writes brings the tables up to date
    golden = [json.loads(line) for line in (version / "answers.jsonl").read_text().splitlines()]

    assert len(golden) > 20
    for known in golden:
        answer = asked(version, known["asked"])
        answer = lines(answer, known["answered"]) if known["asked"][0] == "status" else answer
        expected = unweighed(known["answered"]) if known["asked"][0] == "screen" else known["answered"]
        assert holds(answer, expected), (known["asked"], answer, known["answered"])


@dataclass
class Ear:
    """A destination that takes everything and can't be read back."""

    name: str
    searchable = False
    pace: Pace = field(default_factory=lambda: Pace(gap=0))
    heard: list[tuple[str, bool]] = field(default_factory=list)

    def post(self, notice, *, thread):
        self.heard.append((notice.key, notice.repeated))
        return ""

    def update(self, notice, receipt):
        return self.post(notice, thread=None)

    def find(self, key, *, thread, since):
        return None


@pytest.fixture
def as_before(httpserver):
    """Every page as it was, but two: one that could not be read is one now, and one that failed is back."""
    back = {"/broken": control(98, "8A001", published="2025-12-14")}

    def answer(request: Request) -> Response:
        if request.path in back:
            return Response(to_json(back[request.path]), content_type="text/html; charset=utf-8")
        return Response(status=304 if "If-None-Match" in request.headers else 404)

    for path in ("index", "yearbook", "roll", "board", "about", "annex-81", "annex-80", "broken"):
        httpserver.expect_request(f"/{path}").respond_with_handler(answer)
    return httpserver.port


def owed(history: History, names: list[str]) -> dict[str, list[str]]:
    return {name: [each.key for each in history.waiting(name) if each.kind is not NoticeKind.PARENT] for name in names}


def came_lately(store: Path, moment: datetime) -> None:
    """An older version did not keep when bytes came, so all would be asked for whole, and here is nobody who has them."""
    with closing(sqlite3.connect(store / DATABASE)) as connection, connection:
        connection.execute("UPDATE address SET came_at = ?", (f"{moment:%Y-%m-%d %H:%M:%S.%f}",))


async def test_a_poll_over_a_store_of_an_earlier_version_tells_what_was_owed_and_what_is_new_once(version: Path, as_before):
    clock = StoryClock(LEFT[version.name] + timedelta(hours=1))
    config = load(version / "config.toml")
    ears = {name: Ear(name) for name in (ALERTS, OPS, *config.destinations)}
    with History(version / "store") as history:
        before = owed(history, list(ears))
        on_its_way = {each.key for name in ears for each in history.waiting(name) if each.state == "sending"}
    came_lately(version / "store", clock.now())
    async with open_pipeline(config, version / "store", clock, transport=lambda _host: LocalTransport(as_before)) as pipeline:
        for source in ("toy.notices", "toy.yearbook", "rolls.roll", "rolls.board"):
            await poll(pipeline, pipeline.registry.source(source))
        for _ in range(2):
            assert await deliver(pipeline.history, ears, clock) == []
            clock.move_to(clock.now() + timedelta(minutes=1))
    heard = {name: Counter(key for key, _ in ear.heard if ":parent:" not in key) for name, ear in ears.items()}
    since = {ALERTS: ["mofcom-2025-98:act"], "desk": ["mofcom-2025-98:act@desk"], OPS: ["toy.yearbook:recovered"]}

    assert on_its_way
    assert all(before[name] for name in (ALERTS, "desk", "night"))
    for name, told in heard.items():
        assert set(told.values()) <= {1}
        new = [key for key in told if key not in before[name]]
        assert [key.partition(":2025")[0] for key in new] == since.get(name, [])
        assert set(before[name]) <= set(told)
    assert {key for ear in ears.values() for key, repeated in ear.heard if repeated} == on_its_way
