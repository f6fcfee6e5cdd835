"""Stores that earlier versions left behind: today's program opens them, answers alike, and tells
what was owed, once.
"""

import re
import shutil
import sqlite3
from collections import Counter
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import pairwise, repeat
from pathlib import Path

import pytest
from keep_store import LATER, SOURCES, asked, came_lately, golden, left, serve_as_before, versions
from local_transport import LocalTransport

from monitor.alert.event import NoticeKind
from monitor.config import VERSION, load
from monitor.deliver.channel import Channel, Pace
from monitor.deliver.sending import deliver
from monitor.poll.assembly import open_pipeline, poll
from monitor.poll.replay import StoryClock
from monitor.store import ALERTS, DATABASE, OPS, History, names, outbox

VERSIONS = versions()
TOLD_BY = {  # what one more poll finds out, by the version that left the store
    "0.1.0": {
        ALERTS: ["mofcom-2025-98:act", "mofcom-2025-98:act:details"],
        "desk": ["mofcom-2025-98:act@desk", "mofcom-2025-98:act:details@desk"],
        OPS: ["toy.yearbook:recovered"],
    },
    "0.2.0": {OPS: ["rolls.board:problem"]},
    "0.3.0": {},
}


@pytest.fixture(params=VERSIONS, ids=lambda path: path.name)
def version(request, tmp_path: Path) -> Path:
    return shutil.copytree(request.param, tmp_path / request.param.name)


def holds(answer: object, known: object) -> bool:
    """Whether an answer says all that is known, in its order; an object may say more, and name
    more that is called so.
    """
    if isinstance(known, dict) and isinstance(answer, dict):
        return all(
            name in answer and _holds_under(name, answer[name], value)
            for name, value in known.items()
        )
    if isinstance(known, list) and isinstance(answer, list):
        return len(answer) == len(known) and all(map(holds, answer, known))
    return answer == known


def _holds_under(name: str, answer: object, known: object) -> bool:
    if name == "entities" and isinstance(answer, list) and isinstance(known, list):
        return all(any(holds(entity, one) for entity in answer) for one in known)
    if name == "subject" and isinstance(answer, str) and isinstance(known, str):
        # the English of goods comes first since, and what an act asks beyond their name behind
        said, told = (Counter(re.findall(r"\w[\w.]*", words)) for words in (answer, known))
        return not told - said
    if name in ("said", "state") and isinstance(answer, str) and isinstance(known, str):
        # by when no extension was seen is said since
        return answer.startswith((known, known.replace(" with no", ", no")))
    return holds(answer, known)


SAID_SINCE = {"daemon"}  # kinds of line that `status` did not have at first


def lines(answer: list[dict], known: list[dict]) -> list[dict]:
    """Kind by kind: a line is known by its first name, not by its place. Without the sources that
    nobody polled there.

    Of the kinds that came later only one that the version did not have is left out, and no other.
    """
    polled = {line["source"] for line in known if "source" in line}
    later = SAID_SINCE - {next(iter(line)) for line in known}
    kept = [line for line in answer if next(iter(line)) not in later]
    return by_kind(line for line in kept if "source" not in line or line["source"] in polled)


def by_kind(answer: Iterable[dict]) -> list[dict]:
    return sorted(answer, key=lambda line: next(iter(line)))


def unweighed(known: list[dict]) -> list[dict]:
    """Without how sure a match was and why: names are compared better than they were, whom they
    are stays.
    """
    return [
        {
            **line,
            "match": {
                name: told
                for name, told in line["match"].items()
                if name not in (SURER if is_renamed(line) else WEIGHED)
                # since 0.3.0 a dismissal marks the listing only, and not the entry of one's own
                if name != "dismissed" or "on_record" in line
            },
        }
        for line in known
    ]


WEIGHED = {"kind", "score", "reason"}
# Since 0.3.0 a row is also found by the names that it had: it was only alike.
RENAMED = {"Beta GmbH": "Beta AG"}
SURER = WEIGHED | {"verdict", "tie"}


def is_renamed(line: dict) -> bool:
    listed = line.get("on_record", {}).get("subject", {}).get("names", {}).get("en", "")
    return RENAMED.get(line["asked"]) == listed


# Acts on goods that print no code: since 0.3.0 a code's answers name them as what it may be.
WITHOUT_CODES = {"mofcom-2025-18", "mofcom-2025-61"}
MAY_BE = {"1C909": WITHOUT_CODES, "2805": WITHOUT_CODES}


def without_may_be(answer: list[dict], asked: list[str], expected: list[dict]) -> list[dict]:
    """The lines of an answer on the acts that the version named. All others must be those that a
    code may be, and say so; or say of an own entry that nothing listed is like it, which came
    later.
    """
    if expected and not any("on_record" in line or "absent" in line for line in expected):
        answer = [line for line in answer if "absent" not in line]
    named = {*map(act_of, expected)}
    more = [line for line in answer if act_of(line) not in named]
    assert {*map(act_of, more)} == set().union(*map(MAY_BE.get, asked, repeat(set()))) - named
    matches = {(act_of(line), line["match"]["verdict"]) for line in more if "match" in line}
    assert matches == {(act_of(line), "possible") for line in more}
    return [line for line in answer if act_of(line) in named]


def act_of(line: dict) -> str:
    act = line.get("on_record", line).get("act", "")
    return act["key"] if isinstance(act, dict) else act


def contents(version: Path) -> dict[Path, object]:
    """The bytes of each file. Of a database with today's tables it is their rows, but for the names:
    these are written anew where the rules of names moved on.
    """
    files = {path: path.read_bytes() for path in version.rglob("*") if path.is_file()}
    if version.name != VERSION:
        return files
    kept = {path: body for path, body in files.items() if not path.name.startswith(DATABASE)}
    file = version / "store" / DATABASE
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as connection:
        tables = connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table'"
        ).fetchall()
        rows = {
            name: connection.execute(f"SELECT * FROM {name}").fetchall()
            for (name,) in tables
            if name not in ("naming", *names.TABLES)
        }
    return kept | {file: rows}


@pytest.mark.parametrize("upgraded", [False, True])
def test_a_store_of_an_earlier_version_answers_alike(version: Path, upgraded: bool):
    if upgraded:
        History(version / "store").close()  # as does whoever writes
    before = contents(version)

    assert len(golden(version)) > 20
    of_each_kind = {known["asked"][0]: known for known in golden(version)}
    for known in golden(version) if upgraded else of_each_kind.values():
        answer = asked(version, known["asked"])
        expected = known["answered"]
        if known["asked"][0] == "status":
            answer, expected = lines(answer, expected), by_kind(expected)
        if known["asked"][0] == "screen":
            expected = unweighed(expected)
        # What is in force is answered first since then: the lines stay, their order does not.
        if known["asked"][0] in ("asof", "screen", "show"):
            answer = without_may_be(answer, known["asked"], expected)
            assert len(answer) == len(expected), known["asked"]
            missing = [line for line in expected if not any(holds(one, line) for one in answer)]
            assert missing == [], (known["asked"], missing)
            renamed = [line["match"] for line in answer if "on_record" in line and is_renamed(line)]
            assert all((hit["kind"], hit["verdict"]) == ("former", "match") for hit in renamed)
        else:
            assert holds(answer, expected), (known["asked"], answer, expected)
    if not upgraded:
        assert contents(version) == before


@pytest.mark.parametrize(("before", "after"), list(pairwise(VERSIONS)), ids=lambda path: path.name)
def test_each_version_answered_all_that_the_one_before_it_had_answered(before: Path, after: Path):
    answered = {tuple(known["asked"]): known["answered"] for known in golden(after)}

    for known in golden(before):
        if known["asked"][0] != "status":  # that says how the last poll went
            for line in (
                unweighed(known["answered"]) if known["asked"][0] == "screen" else known["answered"]
            ):
                assert any(holds(answer, line) for answer in answered[tuple(known["asked"])]), (
                    known["asked"],
                    line,
                )


def test_a_store_of_this_version_is_kept():
    assert VERSIONS[-1].name == VERSION


@dataclass
class Ear(Channel):
    """A destination that takes everything and can't be read back."""

    name: str
    pace: Pace = field(default_factory=lambda: Pace(gap=0))
    heard: list[tuple[str, bool]] = field(default_factory=list)

    def post(self, notice, *, thread):
        self.heard.append((notice.key, notice.repeated))
        return ""

    def update(self, notice, receipt):
        return self.post(notice, thread=None)


@pytest.fixture
def as_before(httpserver):
    serve_as_before(httpserver)
    return httpserver.port


def owed(history: History, names: list[str]) -> dict[str, list[str]]:
    return {
        name: [
            each.key
            for each in history(outbox.list_pending, name)
            if each.kind is not NoticeKind.PARENT
        ]
        for name in names
    }


async def test_a_poll_over_a_store_of_an_earlier_version_tells_what_was_owed_and_what_is_new_once(
    version: Path, as_before
):
    clock = StoryClock(left(version) + LATER)
    config = load(version / "config.toml")
    ears = {name: Ear(name) for name in (ALERTS, OPS, *config.destinations)}
    with History(version / "store") as history:
        before = owed(history, list(ears))
        on_its_way = {
            each.key
            for name in ears
            for each in history(outbox.list_pending, name)
            if each.state == "sending"
        }
    came_lately(version / "store", clock.now())
    async with open_pipeline(
        config, version / "store", clock, transport=lambda _host: LocalTransport(as_before)
    ) as pipeline:
        for source in SOURCES:
            await poll(pipeline, pipeline.registry.source(source))
        for _ in range(2):
            assert await deliver(pipeline.history, ears, clock) == []
            clock.move_to(clock.now() + timedelta(minutes=1))
    heard = {
        name: Counter(key for key, _ in ear.heard if ":parent:" not in key)
        for name, ear in ears.items()
    }
    since = TOLD_BY[version.name]

    assert on_its_way
    assert all(before[name] for name in (ALERTS, "desk", "night"))
    for name, told in heard.items():
        assert set(told.values()) <= {1}
        new = [key for key in told if key not in before[name]]
        assert [key.partition(":2025")[0] for key in new] == since.get(name, [])
        assert set(before[name]) <= set(told)
    assert {key for ear in ears.values() for key, repeated in ear.heard if repeated} == on_its_way
