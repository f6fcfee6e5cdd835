"""JSON that programs can rely on: ids that stay, pages that join, types that are as described."""

import json
import re
from dataclasses import replace
from datetime import timedelta

import pytest
from command import run
from consoles import LOCAL, NOW, post_screening
from jsonschema import Draft202012Validator
from sqlalchemy import and_, func
from tampering import repeat_row

from monitor.config import Config, OtherListSettings
from monitor.console.api import QUESTIONS, SAID
from monitor.diff.acts import ChangeKind
from monitor.store import History, screenings
from monitor.store.lock import Lock
from monitor.store.tables import ChangeRow

STAYING = {"asof", "measures", "items", "matches", "changes"}  # those whose ids are made
GOOD = {
    "day": "2025-11-15", "name": "TechInsights", "code": "1C909", "key": "mofcom-2025-61", "reader": "rolls.roll",
    "words": "军事用途",
}  # fmt: skip


def address(question, **more: str) -> str:
    """A question asked rightly."""
    path = re.sub(r"\{(\w+)(?::path)?\}", lambda name: GOOD[name[1]], question.path)
    asked = {name: GOOD[name] for name in question.needs} | more
    return f"{path}?{'&'.join(f'{name}={value}' for name, value in asked.items())}"


async def described(client) -> dict:
    return (await client.get("/openapi.json")).json()


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.path)
async def test_every_answer_is_as_the_openapi_says(client, question):
    document = await described(client)
    said = document["paths"][question.path.replace(":path}", "}")]["get"]["responses"]["200"][
        "content"
    ]
    schema = said["application/json"]["schema"]
    answer = await client.get(address(question))

    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/json"
    Draft202012Validator({**schema, "components": document["components"]}).validate(answer.json())
    assert answer.json()["coverage"]["sources"] > 0


async def test_the_openapi_describes_all_that_can_be_asked_and_nothing_else(client):
    document = await described(client)
    operations = [operation for path in document["paths"].values() for operation in path.values()]
    named = {
        parameter["name"]
        for operation in operations
        for parameter in operation.get("parameters", ())
    }

    assert document["openapi"].startswith("3.1")
    assert {method for path in document["paths"].values() for method in path} == {"get", "post"}
    assert [path for path, ways in document["paths"].items() if "post" in ways] == [
        "/api/v1/screen"
    ]
    assert named == SAID.keys()
    assert len({operation["operationId"] for operation in operations}) == len(operations)
    for path, ways in document["paths"].items():
        in_path = {
            parameter["name"]
            for way in ways.values()
            for parameter in way.get("parameters", ())
            if parameter["in"] == "path"
        }
        assert in_path == set(re.findall(r"\{(\w+)\}", path))
    for schema in document["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)
    references = set(re.findall(r'"#/components/schemas/([^"]+)"', json.dumps(document)))
    assert references == document["components"]["schemas"].keys() & references


@pytest.mark.parametrize(
    "question",
    [one for one in QUESTIONS if "limit" in one.takes],
    ids=lambda question: question.path,
)
async def test_pages_join_to_what_one_page_has(client, question):
    whole = (await client.get(address(question, limit="1000"))).json()["results"]
    joined, after = [], ""
    while len(joined) <= len(whole):
        answer = (await client.get(address(question, limit="7", after=after))).json()
        joined += answer["results"]
        after = answer["next"]
        if after is None:
            break

    assert joined == whole
    assert len({result["id"] for result in whole}) == len(whole)


async def test_ids_stay_the_same_after_a_new_start_and_on_a_later_day(open_console):
    asked = [
        address(question) for question in QUESTIONS if question.path.rpartition("/")[2] in STAYING
    ]
    ids = []
    for now in (NOW, NOW + timedelta(days=3)):
        async with open_console(now=now) as client:
            ids.append(
                [
                    [result["id"] for result in (await client.get(path)).json().get("results", ())]
                    for path in asked
                ]
            )

    assert ids[0] == ids[1]
    assert all(ids[0])


async def test_the_same_answer_as_the_command_line(client, kept_store):
    printed = [
        json.loads(line)
        for line in run("--store", kept_store, "asof", "2025-11-15", "--json").stdout.splitlines()
    ]
    asked = (await client.get("/api/v1/asof?day=2025-11-15&limit=1000")).json()

    assert [result.get("part") or result["row"] for result in asked["results"]] == printed[:-1]


async def test_events_go_on_where_one_was(open_console, store):
    async with open_console(store) as client:
        every = (await client.get("/api/v1/events")).json()["results"]
        last = every[-1]["id"]
        none = (await client.get(f"/api/v1/events?after={last}")).json()
        repeat_row(store, ChangeRow, ChangeRow.id == int(last), [{}])
        one = (await client.get(f"/api/v1/events?after={last}")).json()

    assert (none["results"], none["next"]) == ([], None)
    assert [int(event["id"]) > int(last) for event in one["results"]] == [True]
    assert [event["change"]["at"] for event in every] == sorted(
        event["change"]["at"] for event in every
    )


@pytest.mark.parametrize(
    "path", ["/api/v1/acts", "/asof?day=2025-11-15", "/feeds/all.atom", "/feeds/calendar.ics"]
)
async def test_what_has_not_moved_is_not_sent_again(client, path):
    first = await client.get(path)
    again = await client.get(path, headers={"If-None-Match": f'"x", W/{first.headers["ETag"]}'})
    other = await client.get(path, headers={"If-None-Match": '"another"'})

    assert (again.status_code, again.content) == (304, b"")
    assert (other.status_code, other.content) == (200, first.content)


async def test_screening_says_what_it_found_and_keeps_a_record_of_it_unless_it_may_not(
    open_console, store
):
    names = ["TechInsights", "Nobody At All Ltd"]
    async with open_console(store) as client:
        answer = await client.post("/api/v1/screen", json={"names": names})
        unkept = await client.post("/api/v1/screen", json={"names": names, "record": False})
    with History(store, read_only=True) as history:
        kept = [*history.walk(screenings.iterate_screenings)]

    assert answer.status_code == 200
    assert {hit["asked"] for hit in answer.json()["results"]} == {"TechInsights"}
    assert any(
        hit["match"]["verdict"] == "match" and hit.get("act") for hit in answer.json()["results"]
    )
    assert answer.json()["coverage"]["sources"] > 0
    last = kept[-1]
    assert (answer.json()["recorded"], "recorded" in unkept.json()) == (last.number, False)
    assert (last.via, last.by, len(last.answers)) == ("console", "somebody at the console", 2)


async def test_who_the_proxy_says_asks_is_on_record_and_where_it_can_not_be_kept_that_is_said(
    open_console, store
):
    door = replace(LOCAL, user_header="x-user", proxies=frozenset({"127.0.0.1"}))
    async with open_console(store, door=door) as client:
        told = await post_screening(
            client, user="user ana", names="TechInsights", headers={"x-user": "ana"}
        )
        with Lock(store):
            unkept = await post_screening(
                client, user="user ana", names="TechInsights", headers={"x-user": "ana"}
            )
    with History(store, read_only=True) as history:
        *_, kept = history.walk(screenings.iterate_screenings)

    assert f">screening {kept.number}<" in told.text
    assert "not recorded: " in unkept.text
    assert kept.by == "ana"


async def test_a_program_is_told_what_lists_of_others_say_and_which_could_not_be_used(
    open_console, tmp_path
):
    row = {
        "id": "NK-1",
        "schema": "Company",
        "properties": {"name": ["Sunrise Drones Ltd"]},
        "datasets": ["xx"],
    }
    (tmp_path / "list.json").write_text(json.dumps(row))
    lists = tuple(
        OtherListSettings(name=name, file=str(tmp_path / f"{name}.json"))
        for name in ("list", "lost")
    )

    async with open_console(config=Config(screen_against=lists)) as client:
        answer = (await client.post("/api/v1/screen", json={"names": ["Sunrise Drones"]})).json()

    assert [(hit["theirs"]["list"], hit["theirs"]["ref"]) for hit in answer["results"]] == [
        ("list", "NK-1")
    ]
    assert [(one["list"], one.get("entries", 0), "problem" in one) for one in answer["lists"]] == [
        ("list", 1, False),
        ("lost", 0, True),
    ]


WRONG = (
    "asof", "asof?day=soon", "asof?day=2025-11-15&limit=0", "acts?limit=x", "acts?limit=1001", "acts?after=nobody",
    "events?after=-1", "entities", "asof?day=2025-11-15&regster=cn-unreliable-entities", f"entities?name={'a' * 301}",
    "asof?day=2025-02-30", "asof?day=2025-11-15&known=soon", "registers/rolls.roll/rows?on=soon",
    "registers/rolls.roll/changes?since=soon", "dates?until=soon",
)  # fmt: skip
UNKNOWN = (
    "registers/nobody/rows",
    "acts/mofcom-1999-1",
    "measures?register=nonsense",
    "nothing",
    "evidence/zz",
)


@pytest.mark.parametrize(
    ("path", "status"), [*((path, 400) for path in WRONG), *((path, 404) for path in UNKNOWN)]
)
async def test_what_is_asked_wrongly_or_is_unknown_is_a_problem_in_words(client, path, status):
    answer = await client.get(f"/api/v1/{path}")

    assert answer.status_code == status
    assert len(answer.json()["problem"]) > 10


@pytest.mark.parametrize(
    "path", ["rows?on=2020-01-01", "changes?since=2020-01-01", "changes?until=2020-01-01"]
)
async def test_of_days_before_a_register_was_read_it_is_said_that_nobody_knows(client, path):
    answer = (await client.get(f"/api/v1/registers/rolls.roll/{path}")).json()

    assert [
        "is not known before 7 Nov 2025" in remark for remark in answer["coverage"]["remarks"]
    ] == [True]


async def test_a_day_of_a_register_is_its_publishers_as_on_the_command_line(client):
    # it was first read at 01:10 UTC of the 8th, which was the 7th in Washington
    for day in ("2025-11-06", "2025-11-07"):
        rows = (await client.get(f"/api/v1/registers/rolls.board/rows?on={day}")).json()["results"]
        stood = (await client.get(f"/api/v1/asof?day={day}&entity=Firm of the Aa family")).json()[
            "results"
        ]

        assert {bool(rows), bool(stood)} == {day == "2025-11-07"}


async def test_no_change_of_a_register_is_left_out_however_often_it_was_read(open_console, store):
    asked = "/api/v1/registers/rolls.roll/changes?limit=1000"
    async with open_console(store) as client:
        before = (await client.get(asked)).json()["results"]
        repeat_row(
            store,
            ChangeRow,
            and_(
                ChangeRow.kind == ChangeKind.EDITION,
                func.json_extract(ChangeRow.fact, "$.register") == "un-sc",
            ),
            [{"at": NOW + timedelta(seconds=number)} for number in range(250)],
        )
        after = (await client.get(asked)).json()["results"]

    assert len(after) >= len(before) + 250
    assert len({change["id"] for change in after}) == len(after)


NO_NAMES = (
    b"",
    b"{}",
    b"[]",
    b'{"names": "x"}',
    b'{"names": [1]}',
    b"\xff",
    b"[" * 10_000,
    b'{"names":[],"x":1}',
)


@pytest.mark.parametrize("body", NO_NAMES, ids=range(len(NO_NAMES)))
async def test_a_screening_of_nothing_is_refused(client, body):
    answer = await client.post("/api/v1/screen", content=body)

    assert (answer.status_code, list(answer.json())) == (400, ["problem"])


async def test_whatever_is_asked_nothing_breaks(open_console):
    async with open_console() as client:
        asked = [
            (question, name)
            for question in QUESTIONS
            for name in (*question.needs, *question.takes)
        ]
        for place, (question, name) in enumerate(asked):
            words = dict.fromkeys(question.needs, "2025-11-15") | {name: _odd(place)}
            path = re.sub(r"\{(\w+)(?::path)?\}", "x", question.path)
            answer = await client.get(path, params=words)

            assert answer.status_code < 500, (path, words)


def _odd(place: int) -> str:
    every = (
        "\x00",
        "9" * 30,
        "0001-01-01",
        "9999-12-31",
        "%%%",
        "'; --",
        "[" * 50,
        "\ud7ff" * 9,
        "a" * 5_000,
        " ",
        "\u202e",
        "-1",
    )
    return every[place % len(every)]
