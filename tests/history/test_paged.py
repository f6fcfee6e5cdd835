"""What was recorded, a page at a time."""

from acts import control

from monitor.history import sightings


async def test_events_are_those_after_the_one_that_was_seen_last(desk, ministry):
    await desk.poll()
    for number in (55, 56, 57):
        ministry.publish(str(number), control(number, "1C909"))
        await desk.poll()
    ask = desk.pipeline.history

    first, *others = await ask(sightings.events, 0, 10)
    assert [event.recorded.key for event in (first, *others)] == ["mofcom-2025-55", "mofcom-2025-56", "mofcom-2025-57"]
    assert await ask(sightings.events, first.id, 10) == others
    assert await ask(sightings.events, first.id, 1) == others[:1]
    assert await ask(sightings.events, others[-1].id, 10) == []
