"""Under which destinations a rule lists its entities, and how many under each."""

import pytest

from monitor.extract.us import rules


@pytest.mark.parametrize(
    ("words", "shares", "places"),
    [
        ("under the destination of Chad", {}, ("TD",)),
        ("under the destinations of Chad (2) and Niger (3)", {"TD": 2, "NE": 3}, ("TD", "NE")),
        ("one each under Chad and Peru", {"TD": 1, "PE": 1}, ("TD", "PE")),
        (
            "one entity under each of the destinations of Chad and Niger",
            {"TD": 1, "NE": 1},
            ("TD", "NE"),
        ),
        (
            "two entities under the destination of Chad, and three under Niger",
            {"TD": 2, "NE": 3},
            ("TD", "NE"),
        ),
        ("an entity under Chad", {"TD": 1}, ("TD",)),
        ("two entities under Chad and Niger", {}, ("TD", "NE")),
        ("two entities of Chad under Niger", {}, ("NE",)),
        ("7 are listed under the destination of Chad", {"TD": 7}, ("TD",)),
        ("five under Chad (2)", {"TD": 2}, ("TD",)),
        ("located in twenty-six destinations: Chad and Niger", {}, ("TD", "NE")),
        ("three entries on the Entity List under Chad", {"TD": 3}, ("TD",)),
        ("three entries on the Unverified List under Chad", {"TD": 3}, ("TD",)),
        ("with an office in Chad", {}, ()),
    ],
)
def test_a_destination_has_the_number_that_is_said_of_it_alone(words, shares, places):
    assert rules.find_destinations(words) == (shares, places)
