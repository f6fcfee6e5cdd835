"""The key dates as a file that calendars subscribe to."""

from acts import control, suspension
from editions import roll
from icalendar import Calendar

from monitor.poll.calendar_file import CalendarFile


def events(file) -> list[str]:
    return [str(event["SUMMARY"]) for event in Calendar.from_ical(file.read_bytes()).walk("VEVENT")]


async def test_the_file_has_the_key_dates_and_follows_what_is_recorded(desk, ministry, tmp_path):
    feed = CalendarFile(tmp_path / "dates.ics")
    ministry.publish("61", control(61, "1C909"))
    await desk.poll()
    await feed.refresh(desk.pipeline.history, desk.clock.now())
    first = events(feed.file)
    ministry.publish("70", suspension(70, "mofcom-2025-61"))
    await desk.poll()
    await feed.refresh(desk.pipeline.history, desk.clock.now())

    assert len(first) == 1
    assert any("ends" in summary for summary in events(feed.file))


async def test_an_unchanged_history_does_not_write_it_again(desk, ministry, tmp_path):
    feed = CalendarFile(tmp_path / "dates.ics")
    ministry.publish("61", control(61, "1C909"))
    await desk.poll()
    await feed.refresh(desk.pipeline.history, desk.clock.now())
    feed.file.unlink()
    await feed.refresh(desk.pipeline.history, desk.clock.now())

    assert not feed.file.exists()


async def test_the_first_read_of_a_register_writes_the_days_of_its_rows(desk, ministry, tmp_path):
    feed = CalendarFile(tmp_path / "dates.ics")
    await feed.refresh(desk.pipeline.history, desk.clock.now())
    before = events(feed.file)
    ministry.publish("roll", roll({"1": "Alpha Ltd"}, more="<expires>2026-01-31</expires>"))
    await desk.poll(source="rolls.roll")
    await feed.refresh(desk.pipeline.history, desk.clock.now())

    whole = "Listing of Alpha Ltd on the UN Security Council Consolidated List has its last day"
    assert (before, events(feed.file)) == ([], [whole])
