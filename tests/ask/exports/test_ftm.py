"""Who is on record as FollowTheMoney, read by that library itself."""

import json
import subprocess
import sys
from datetime import UTC, datetime

import pytest
from command import FAR, ROOT

from monitor.ask.exports import (
    FTM,
    KINDS,
    ExportedEntity,
    Tally,
    iterate_ftm_entities,
    write_records,
)
from monitor.ask.knowledge import Knowledge
from monitor.model import Entity, to_json
from monitor.store import BEGINNING, History

NOW = datetime(2025, 12, 15, tzinfo=UTC)
# a group of pyproject.toml: installed for this alone
GROUP = ("--isolated", "--locked", "--only-group", "followthemoney")
SHIP = Entity(
    names={"en": "Blue Star"},
    kind="vessel",
    ids={"IMO": "9187629", "call sign": "T8AB"},
    country="PA",
)
FIRM = Entity(
    names={"en": "Acme Metals Ltd", "zh": "极致金属有限公司"}, kind="org", aliases=("Acme",), country="CN", parent="Acme Group",
    ids={"LEI": "529900T8BM49AURSDO55", "Tax ID": "91; 92"}, addresses=("1 Road, Beijing", "2 Road, Beijing"),
)  # fmt: skip


def on_record(entity: Entity, **more) -> ExportedEntity:
    about = {
        "id": "uel-2025-10:1",
        "act": "uel-2025-10",
        "authority": "cn-mofcom",
        "register": "cn-unreliable-entities",
        "action": "add",
    }
    return ExportedEntity(
        entity=entity,
        **{**about, "starts": "2025-10-09", "state": "in force", "url": "https://e.cn/10", **more},
    )


def told(entity: Entity, **more) -> list[dict]:
    return [json.loads(to_json(one)) for one in iterate_ftm_entities(on_record(entity, **more))]


def test_a_firm_comes_with_what_lists_it_its_addresses_and_its_numbers():
    firm, sanction, *rest = told(FIRM)

    assert (firm["schema"], firm["properties"]["name"]) == (
        "Company",
        ["Acme Metals Ltd", "极致金属有限公司"],
    )
    assert (firm["properties"]["leiCode"], firm["properties"]["country"]) == (
        ["529900T8BM49AURSDO55"],
        ["cn"],
    )
    assert sanction["schema"] == "Sanction"
    assert sanction["properties"] == {
        "entity": [firm["id"]], "authority": ["MOFCOM"], "program": ["Unreliable Entity List"],
        "programId": ["cn-unreliable-entities"], "recordId": ["uel-2025-10"], "provisions": ["add"], "startDate": ["2025-10-09"],
        "status": ["in force"], "sourceUrl": ["https://e.cn/10"],
    }  # fmt: skip
    assert [one["schema"] for one in rest] == [
        "Address",
        "Address",
        "Identification",
        "Identification",
    ]
    assert firm["properties"]["addressEntity"] == [one["id"] for one in rest[:2]]
    assert [one["properties"]["number"] for one in rest[2:]] == [["91"], ["92"]]


def test_one_name_in_two_acts_is_one_entity_and_a_row_has_the_id_of_its_publisher():
    first, _ = told(Entity(names={"en": "Li Wei"}, kind="person"))
    second, _ = told(Entity(names={"en": "Li  WEI"}, kind="person"), id="x:2", act="x")
    row = {"act": "", "register": "un-sc", "row": "KPi.1"}
    before, _ = told(Entity(names={"en": "Li Wei"}, kind="person"), **row)
    after, _ = told(Entity(names={"en": "Li Wei-Ming"}, kind="person"), **row)

    assert first["id"] == second["id"]
    assert before["id"] == after["id"] != first["id"]


@pytest.mark.parametrize(
    ("kind", "name", "ids", "own", "papers"),
    [
        (
            "vessel",
            "A",
            {"IMO": "9187629", "MMSI": "1"},
            {"imoNumber": ["IMO9187629"], "mmsi": ["1"]},
            [],
        ),
        ("vessel", "A", {"LEI": "L1"}, {"registrationNumber": ["L1"]}, []),  # a ship has no papers
        ("aircraft", "B-1", {"serial": "7; 7; 8"}, {"serialNumber": ["7", "8"]}, []),
        ("aircraft", "B-1", {"IMO": "9187629"}, {"serialNumber": ["9187629"]}, []),
        ("org", "Alpha Ltd", {"IMO": "9187629", "MMSI": "1"}, {"imoNumber": ["IMO9187629"]}, ["1"]),
        ("org", "Alpha Ltd", {"IMO": "unknown"}, {"imoNumber": ["unknown"]}, []),
        (
            "person",
            "Li Wei",
            {"IMO": "9187629", "passport": "E1; ; E2"},
            {},
            ["9187629", "E1", "E2"],
        ),
        ("other", "X", {"SWIFT/BIC": "ABCDCNBJ"}, {"swiftBic": ["ABCDCNBJ"]}, []),
    ],
)
def test_a_number_is_somebody_s_own_where_there_is_a_place_for_it_and_else_a_paper_of_theirs(
    kind: str, name: str, ids: dict[str, str], own: dict[str, list[str]], papers: list[str]
):
    somebody, _, *rest = told(Entity(names={"en": name}, kind=kind, ids=ids))

    numbers = ("imoNumber", "mmsi", "leiCode", "swiftBic", "registrationNumber", "serialNumber")
    assert {
        of_it: said for of_it, said in somebody["properties"].items() if of_it in numbers
    } == own
    assert [one["properties"]["number"] for one in rest] == [[number] for number in papers]
    assert all(one["properties"]["holder"] == [somebody["id"]] for one in rest)


@pytest.mark.parametrize(("kind", "said_as"), [("person", "position"), ("org", "summary")])
def test_what_somebody_does_is_the_position_of_a_person_and_says_of_others_what_they_are(
    kind: str, said_as: str
):
    properties = told(Entity(names={"en": "Li Wei"}, kind=kind, role="chief", parent="Group"))[0][
        "properties"
    ]

    assert {name: properties.get(name) for name in ("position", "summary", "notes")} == {
        **dict.fromkeys(("position", "summary")),
        said_as: ["chief"],
        "notes": ["belongs to Group"],
    }


def test_nothing_is_said_of_what_is_not_known():
    somebody, sanction = told(
        Entity(names={"en": "Li Wei"}, kind="person"),
        url="",
        register="",
        act="",
        authority="",
        row="",
        starts="",
        title="",
    )

    assert set(somebody["properties"]) == {"name"}
    assert set(sanction["properties"]) == {"entity", "provisions", "status"}


@pytest.mark.parametrize(
    ("of_it", "said"),
    [
        ({"act": "", "register": "un-sc", "row": "7"}, {"recordId": ["7"], "programId": ["un-sc"]}),
        (
            {"register": "", "title": "On firms"},
            {"program": ["On firms"], "recordId": ["uel-2025-10"]},
        ),
        ({"ends": "2026-11-10T00:00", "gone": "2025-12-01T01:00:00Z"}, {"endDate": ["2026-11-10"]}),
        ({"gone": "2025-12-01T01:00:00Z"}, {"endDate": ["2025-12-01"]}),
    ],
)
def test_what_lists_somebody_says_where_and_until_when(
    of_it: dict[str, str], said: dict[str, list[str]]
):
    properties = told(Entity(names={"en": "Li Wei"}, kind="person"), **of_it)[1]["properties"]

    assert {name: properties[name] for name in said} == said


def test_whose_list_it_is_is_said_of_a_row_by_its_register_and_of_nobody_known_not_at_all():
    person = Entity(names={"en": "Li Wei"}, kind="person")

    row = {"act": "", "row": "7"}

    assert told(person, **row, register="un-sc", authority="un-sc")[1]["properties"][
        "authority"
    ] == ["UN Security Council"]
    assert "authority" not in told(person, **row, register="my.list", authority="")[1]["properties"]


@pytest.mark.long
def test_the_library_takes_all_of_it_and_loses_nothing(history: History):
    tally = Tally()
    lines = [piece for kind in ("entities", "rows") for piece in _written(history, kind, tally)]
    people = (
        SHIP,
        FIRM,
        *(
            Entity(names={"en": "X"}, kind=kind, role="chief")
            for kind in ("person", "aircraft", "other")
        ),
    )
    lines += [
        to_json(one) + b"\n"
        for entity in people
        for one in iterate_ftm_entities(on_record(entity, ends="2026-10-09"))
    ]
    command = [
        f"{sys.prefix}/bin/uv",
        "run",
        "--quiet",
        *GROUP,
        "python",
        "tests/support/ftm_reader.py",
    ]
    read = subprocess.run(
        command, input=b"".join(lines), capture_output=True, check=False, cwd=ROOT, timeout=FAR
    )

    assert read.stderr.decode().strip() == ""
    seen = json.loads(read.stdout)
    assert seen["Sanction"] == tally.records + len(people)
    assert {
        "Person",
        "Company",
        "Organization",
        "LegalEntity",
        "Vessel",
        "Airplane",
        "Address",
        "Identification",
    } <= seen.keys()


def _written(history: History, kind: str, tally: Tally):
    return list(
        write_records(kind, FTM, KINDS[kind].walk(Knowledge(history), BEGINNING, NOW), tally)
    )
