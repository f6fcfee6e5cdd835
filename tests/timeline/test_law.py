"""All acts on record and what follows from them."""

from datetime import date, timedelta

import pytest
from acts import UEL, control, listing, suspension
from examples import examples
from hypothesis import given
from hypothesis import strategies as st
from statute_books import DAYS, life, statute_books, told
from statutes import SEEN, stood

from monitor.model import Announcement
from monitor.timeline import MeasureQuery, Reading, Sighting, Timeline, list_known
from monitor.timeline.timeline import Law, list_key_dates
from monitor.timeline.values import make_identities

ASKED = st.builds(
    MeasureQuery,
    register=st.sampled_from(["", UEL]),
    item=st.sampled_from(["", "1C909", "1C909.a.1", "2B"]),
    destination=st.sampled_from(["", "JP"]),
)


def seen(*acts: Announcement, day: int = 0, baseline: bool = False) -> list[Sighting]:
    return [Sighting((Reading(SEEN + timedelta(days=day), act),), baseline) for act in acts]


@examples(100)
@given(statute_books(), DAYS.map(date.fromisoformat), ASKED)
def test_what_is_looked_up_is_what_a_walk_of_all_lives_finds_in_the_order_of_the_law(
    acts, day, asked
):
    line = Law(seen(*acts)).timeline
    own = [each for each in line.lifecycles if line.is_own(each)]

    assert line.about(asked) == [each for each in own if asked.meets(each)]
    met = [
        each
        for each in own
        if asked.meets(each) and each.on(day) and (asked or each.on(day).status != "ended")
    ]
    assert sorted(map(repr, (life(each.lifecycle) for each in stood(line, day, asked)))) == sorted(
        map(repr, map(life, met))
    )
    for key in {each.act.key for each in line.lifecycles}:
        assert line.of_act(key) == [each for each in line.lifecycles if each.act.key == key]
    for each in line.lifecycles:
        named = make_identities((*each.entities, *each.items))
        naming = [
            other
            for other in line.lifecycles
            if named & make_identities((*other.entities, *other.items))
        ]
        assert line.naming(named) == naming
        with_act = [
            other
            for other in line.lifecycles
            if other in naming or other.act.key == "mofcom-2025-1"
        ]
        assert line.naming(named, ["mofcom-2025-1", "nowhere"]) == with_act


@examples(60)
@given(statute_books(), statute_books(), st.integers(0, 60))
def test_the_law_of_a_day_is_that_of_the_acts_as_they_were_known_then(before, after, day):
    sightings = [
        *seen(*before, baseline=True),
        *(each for each in seen(*after, day=40) if each.now not in before),
    ]
    law, then = Law(sightings), SEEN.date() + timedelta(days=day)
    then_known = list_known(law.acts.values(), then)

    assert told(law.known_on(then)) == told(Timeline(then_known))
    assert law.known_on(then) is law.known_on(then)
    assert law.oldest(then).then == len(then_known)
    assert list(law.key_dates) == list_key_dates(law.timeline)


def test_acts_come_in_the_order_in_which_they_were_first_seen():
    law = Law(
        seen(suspension(70, "mofcom-2025-57"), control(57, "1C909.a"), listing(10, "Dedrone"))
    )

    assert list(law.acts) == ["mofcom-2025-70", "mofcom-2025-57", "uel-2025-10"]
    assert [each.now.key for each in law.of({"uel-2025-10", "mofcom-2025-70"})] == [
        "mofcom-2025-70",
        "uel-2025-10",
    ]


@pytest.mark.parametrize(
    ("known_on", "then"),
    [(None, 2), (date(2025, 10, 8), 0), (date(2025, 10, 9), 1), (date(2025, 10, 11), 2)],
)
def test_how_far_it_goes_back_is_said_by_days_of_the_authority(known_on: date | None, then: int):
    early = listing(9, "Beta", published="2025-10-01")
    oldest = Law([*seen(control(57, "1C909.a")), *seen(early, day=1)]).oldest(known_on)

    assert (oldest.then, oldest.published, oldest.seen) == (
        then,
        date(2025, 10, 1),
        date(2025, 10, 9),
    )
    assert Law([]).oldest(None).published is None
