"""What was recorded: when it was published, and a page at a time."""

from datetime import UTC, datetime, timedelta

import pytest
from acts import control, listing
from arrivals import NOW, arrive

from monitor.store import History, sightings


@pytest.mark.parametrize(
    ("printed", "moment"),
    [
        ("2025-10-09T09:30:00+08:00", datetime(2025, 10, 9, 1, 30, tzinfo=UTC)),
        ("2025-10-09", NOW),
        ("2025-10-09T09:30:00", NOW),
        ("2025-10-09T", NOW),
    ],
    ids=["a time", "a bare day", "a time of nowhere", "no time"],
)
def test_news_was_published_when_it_says_so_and_else_when_it_was_seen(
    history: History, printed: str, moment: datetime
):
    arrive(history, listing(11, "Aero Parts", published=printed))

    assert history(sightings.list_publishing_times, NOW) == {"toy.notices": [moment]}
    assert history(sightings.list_publishing_times, NOW + timedelta(seconds=1)) == {}


async def test_events_are_those_after_the_one_that_was_seen_last(desk, ministry):
    await desk.poll()
    for number in (55, 56, 57):
        ministry.publish(str(number), control(number, "1C909"))
        await desk.poll()
    ask = desk.pipeline.history

    first, *others = await ask(sightings.list_events, 0, 10)
    assert [event.recorded.key for event in (first, *others)] == [
        "mofcom-2025-55",
        "mofcom-2025-56",
        "mofcom-2025-57",
    ]
    assert await ask(sightings.list_events, first.id, 10) == others
    assert await ask(sightings.list_events, first.id, 1) == others[:1]
    assert await ask(sightings.list_events, others[-1].id, 10) == []
