"""Lists of others as they export them; the fixtures are ours, in their forms."""

import csv
import io
import json

import pytest
from cases import read_cases

from monitor.errors import NotThePage
from monitor.watch import theirs

HEAD = (
    "id,schema,name,aliases,birth_date,countries,addresses,identifiers,sanctions,phones,emails,dataset,first_seen,last_seen"
    ",last_change"
)


def entity(schema: str = "Company", **properties: list) -> dict:
    return {
        "id": "NK-1",
        "caption": "Sunrise Drones",
        "schema": schema,
        "properties": properties,
        "datasets": ["us_ofac_sdn"],
        "target": True,
        "last_change": "2026-11-20T06:00:00",
    }


def read(*rows: dict, told: list[str] | None = None) -> list[theirs.Theirs]:
    lines = [json.dumps(row).encode() + b"\n" for row in rows]
    return list(
        theirs.read_ftm(io.BytesIO(b"".join(lines)), (told if told is not None else []).append)
    )


def test_a_firm_has_its_names_by_script_its_country_its_numbers_and_what_they_say_of_it():
    (known,) = read(
        entity(
            name=["Sunrise Drones Ltd", "旭日无人机有限公司"],
            alias=["Sunrise UAV"],
            weakAlias=["SD"],
            country=["cn"],
            leiCode=["5493001KJTIIGC8Y1R12"],
            topics=["sanction"],
        )
    )

    assert known.entity.names == {"en": "Sunrise Drones Ltd", "zh": "旭日无人机有限公司"}
    assert known.entity.aliases == ("Sunrise UAV", "SD")
    assert (known.entity.kind, known.entity.country) == ("org", "CN")
    assert known.entity.ids == {"leiCode": "5493001KJTIIGC8Y1R12"}
    assert (known.ref, known.says, known.on) == ("NK-1", "us_ofac_sdn, sanction", "2026-11-20")


def test_of_several_numbers_of_a_kind_each_is_held():
    (known,) = read(
        entity(
            name=["Sunrise Drones"],
            innCode=["7743013901", "7743013902"],
            leiCode=["5493001KJTIIGC8Y1R12"],
        )
    )

    assert set(known.entity.ids.values()) == {"7743013901", "7743013902", "5493001KJTIIGC8Y1R12"}


@pytest.mark.parametrize(
    ("schema", "kind"),
    read_cases("""
        Person | person
        Vessel | vessel
        Airplane | aircraft
        PublicBody | org
        """),
)
def test_each_kind_is_one_of_ours(schema: str, kind: str):
    assert [known.entity.kind for known in read(entity(schema, name=["Somebody"]))] == [kind]


def test_what_names_nobody_is_left_out_and_told():
    told: list[str] = []

    assert (
        read(
            entity("Address", full=["1 Main Street"]),
            entity("Sanction", program=["SDN"]),
            told=told,
        )
        == []
    )
    assert told == ["left out, since they name nobody: 1 Address, 1 Sanction"]


def test_of_many_kinds_that_name_nobody_six_are_told_and_how_many_there_are():
    told: list[str] = []
    kinds = ["Address", "Sanction", "Debt", "Family", "Article", "Call", "Event"]

    for count in (6, 7):
        assert (
            read(
                *(entity(kind) for kind in kinds[:count] for _ in range(9 - kinds.index(kind))),
                told=told,
            )
            == []
        )
    assert told == [
        (
            "left out, since they name nobody: 9 Address, 8 Sanction, 7 Debt, 6 Family, 5 Article,"
            " 4 Call"
        ),
        (
            "left out, since they name nobody: 9 Address, 8 Sanction, 7 Debt, 6 Family, 5 Article,"
            " 4 Call; 42 in all"
        ),
    ]


def test_whoever_has_no_name_is_told_too():
    told: list[str] = []
    nameless = entity("Person", birthDate=["1970"]) | {"caption": ""}

    assert [known.ref for known in read(nameless, entity(name=["Somebody"]), told=told)] == ["NK-1"]
    assert [
        *theirs.read_simple_targets(table([*ROW[:2], " ; ", *ROW[3:], "", "", ""]), told.append)
    ] == []
    assert told == [
        "left out, since they name nobody: 1 Person without a name",
        "left out, since they name nobody: 1 rows without a name",
    ]


def test_a_line_without_end_is_read_no_further_than_a_line_can_be():
    endless = io.BytesIO(b'{"id": "' + b"x" * theirs.LONGEST)

    with pytest.raises(NotThePage, match="line 1 is no JSON object"):
        list(theirs.read_ftm(endless, print))
    assert endless.tell() == theirs.LONGEST


def test_whoever_is_no_target_is_said_to_be_none():
    (known,) = read(entity(name=["An Associate"]) | {"target": False})

    assert known.says == f"us_ofac_sdn, {theirs.NO_TARGET}"


def test_those_nested_in_another_are_not_taken_for_its_names():
    nested = entity("Person", name=["Somebody Else"])

    (known,) = read(entity(name=["Sunrise Drones"], alias=[nested], country=["cn", "hk"]))

    assert known.entity.aliases == ()
    assert known.entity.country is None  # of two nobody knows which


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (b'{"id": "1", "schema": "Company", "prop', "line 1 is no JSON object"),
        (b"[]", "line 1 is no JSON object"),
        (b'{"ref": 1, "name": "x"}', "no entity of FollowTheMoney"),
        (b'{"schema": "Company", "properties": []}', "no entity of FollowTheMoney"),
    ],
)
def test_a_list_that_is_cut_or_another_thing_is_refused(line: bytes, why: str):
    with pytest.raises(NotThePage, match=why):
        list(theirs.read_ftm(io.BytesIO(line), print))


def table(*rows: list[str]) -> list[str]:
    written = io.StringIO()
    csv.writer(written).writerows([HEAD.split(","), *rows])
    return written.getvalue().splitlines(keepends=True)


ROW = [
    "NK-2",
    "Person",
    "Ivan Example",
    "Ivan Primer;Иван Пример",
    "1970",
    "ru",
    "",
    "7743013901;x",
    "SDN list",
    "",
    "",
    "OFAC",
]


def test_the_table_of_targets_gives_the_same():
    (known,) = theirs.read_simple_targets(
        table([*ROW, "2020-01-01", "2026-11-19", "2026-11-18"]), print
    )

    assert known.entity.names == {"en": "Ivan Example"}
    assert known.entity.aliases == ("Ivan Primer", "Иван Пример")
    assert (known.entity.kind, known.entity.country) == ("person", "RU")
    assert set(known.entity.ids.values()) == {"7743013901", "x"}
    assert (known.ref, known.says, known.on) == ("NK-2", "OFAC; SDN list", "2026-11-19")


def test_a_table_that_is_cut_or_another_is_refused():
    with pytest.raises(NotThePage, match="line 2 has 12 cells under 15 headings"):
        list(theirs.read_simple_targets(table(ROW), print))
    with pytest.raises(NotThePage, match="it has no column 'id'"):
        list(theirs.read_simple_targets(["name,country\n"], print))
    with pytest.raises(NotThePage, match="line 2"):
        list(theirs.read_simple_targets([f"{HEAD}\n", 'NK-3,Person,"Ivan\n'], print))
