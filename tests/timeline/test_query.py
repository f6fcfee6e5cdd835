from datetime import date

import pytest
from acts import DUAL_USE, UEL, control, entity
from cases import read_cases
from statutes import act, measure, stood, timeline

from monitor.model import Item
from monitor.timeline import MeasureQuery


@pytest.mark.parametrize(
    ("asked", "number"),
    [("EAR99", 1), ("ear99", 1), ("ML1", 1), ("ml1.b", 1), ("ML", 0), ("EAR9", 0)],
)
def test_a_code_of_one_level_is_found_as_a_whole(asked: str, number: int):
    assert (
        len(
            stood(
                timeline(control(57, "EAR99", "ML1")), date(2025, 11, 8), MeasureQuery(item=asked)
            )
        )
        == number
    )


@pytest.mark.parametrize(
    ("asked", "number"),
    read_cases(
        """
        1C909.a | 1
        1c909 | 1
        1C | 1
        1D | 0
        1C909.a.1 | 1
        1C90 | 1
        1C-909 | 1
        １Ｃ ９０９ | 1
        1C91 | 0
        1C910 | 0
        """
    ),
)
def test_a_code_is_found_by_what_it_lies_under_and_by_what_lies_under_it(asked: str, number: int):
    assert (
        len(stood(timeline(control(57, "1C909.a")), date(2025, 11, 8), MeasureQuery(item=asked)))
        == number
    )


@pytest.mark.parametrize(
    ("asked", "number"), [("2805", 1), ("28053019", 1), ("2805301900", 1), ("2806", 0)]
)
def test_an_hs_number_is_found_by_its_beginning(asked: str, number: int):
    item = Item(names={"zh": "钬"}, hs=("28053019",))
    acts = [act("a", measure("add", register=DUAL_USE, starts="2025-11-08", items=(item,)))]

    assert len(stood(timeline(*acts), date(2025, 11, 8), MeasureQuery(item=asked))) == number


AXON = entity("Dedrone by Axon", "反无人机技术公司")
METAL, CHIPS = (
    Item(names={"en": "A"}, codes=("1C909.a",), hs=("2805",)),
    Item(names={"en": "B"}, codes=("2B001",)),
)
BOOK = (
    act("firm", measure("add", register=UEL, starts="2025-10-09", entities=(AXON,))),
    act("place", measure("restrict", starts="2025-01-01", destinations=("US", "JP"))),
    act("goods", measure("add", register=DUAL_USE, starts="2025-11-08", items=(METAL,))),
    act(
        "all",
        measure(
            "add", register=UEL, destinations=("US",), entities=(entity("Epirus"),), items=(CHIPS,)
        ),
    ),
)


@pytest.mark.parametrize(
    ("asked", "keys"),
    [
        (MeasureQuery(register=UEL), "all firm"),
        (MeasureQuery(register=DUAL_USE), "goods"),
        (MeasureQuery(destination="us"), "all place firm goods"),
        (MeasureQuery(destination="jp"), "place firm goods"),
        (MeasureQuery(item="1C909"), "goods"),
        (MeasureQuery(item="1c909.a.1"), "goods"),
        (MeasureQuery(item="28053019"), "goods"),
        (MeasureQuery(item="2B"), "all"),
        (MeasureQuery(item="1C909.b"), ""),
        (MeasureQuery(item=" . "), ""),
        (MeasureQuery(register=UEL, item="2B001", destination="US"), "all"),
        (MeasureQuery(register=DUAL_USE, item="2B001", destination="US"), ""),
        (MeasureQuery(register=UEL, item="1C909", destination="US"), ""),
        (MeasureQuery(register=UEL, item="2B001", destination="JP"), ""),
    ],
    ids=str,
)
def test_what_is_found_is_what_meets_all_that_is_asked_and_nothing_else(
    asked: MeasureQuery, keys: str
):
    line = timeline(*BOOK)

    assert {each.lifecycle.act.key for each in stood(line, date(2025, 11, 8), asked)} == {
        *keys.split()
    }
    assert {lifecycle.act.key for lifecycle in line.about(asked)} == {*keys.split()}


def test_who_asks_for_nothing_is_told_of_all_that_is_not_over():
    assert not MeasureQuery()
    assert all(
        [
            MeasureQuery(register=UEL),
            MeasureQuery(entity="x"),
            MeasureQuery(item="1"),
            MeasureQuery(destination="US"),
        ]
    )
    assert {
        each.lifecycle.act.key for each in stood(timeline(*BOOK), date(2025, 11, 8), MeasureQuery())
    } == {
        "firm",
        "place",
        "goods",
        "all",
    }
    assert all(MeasureQuery().meets(lifecycle) for lifecycle in timeline(*BOOK).lifecycles)
