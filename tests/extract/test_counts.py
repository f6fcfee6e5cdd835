"""Counts that a text states and that don't add up are said."""

import pytest

from monitor.extract.en import numerals
from monitor.model import Entity, Stated


def of(*countries: str) -> list[Entity]:
    return [
        Entity(names={"en": f"Firm {place}"}, kind="org", country=country)
        for place, country in enumerate(countries)
    ]


@pytest.mark.parametrize(
    ("stated", "entities", "quote"),
    [
        (Stated(entities=3, by_destination={"JP": 1, "US": 2}), of("JP", "US", "US"), ""),
        (Stated(entities=21, entries=23, by_destination={"MM": 2, "CN": 17, "AE": 4}), [], ""),
        (Stated(entities=33), [], "adds thirty-three (33) entities"),
        (None, [], "the 2 (two) lists"),
    ],
)
def test_counts_that_add_up_are_not_spoken_of(stated, entities, quote):
    assert not list(numerals.list_count_gaps(stated, entities, quote))


@pytest.mark.parametrize(
    ("stated", "entities", "quote", "why"),
    [
        (
            Stated(entities=3, by_destination={"JP": 2, "US": 2}),
            [],
            "",
            "the destinations add up to 4, the text says 3",
        ),
        (
            Stated(entities=33),
            [],
            "adds thirty-three (34) entities",
            "thirty-three (34) contradicts itself",
        ),
        (
            Stated(entities=3, by_destination={"JP": 1, "US": 2}),
            of("JP", "JP", "US"),
            "",
            "the names read are of other countries than the text counts",
        ),
    ],
)
def test_counts_that_do_not_add_up_are_said(stated, entities, quote, why):
    assert [each.why for each in numerals.list_count_gaps(stated, entities, quote)] == [why]
