"""What the daemon's log says of a poll: a line for each thing that happened, none where nothing
has.
"""

from datetime import timedelta

import pytest
from acts import control, listing, press
from channels import Channel, flush
from editions import PEOPLE, roll
from log_lines import Record, recorded, told

from monitor.config.logs import Level
from monitor.errors import StoreError
from monitor.run.daemon import Daemon, log_start
from monitor.run.orders import MuteOrder, PollOrder

NOTICES = "toy.notices"


async def polled(desk, source: str = NOTICES, *, after: timedelta = timedelta(minutes=5)) -> None:
    """A poll as the daemon makes it."""
    desk.clock.move_to(desk.clock.now() + after)
    await Daemon(desk.pipeline, {}).answer(PollOrder(sources=(source,)))


async def test_an_act_is_a_line_with_its_source_its_key_and_how_long_it_took(desk, ministry):
    await polled(desk)
    url = ministry.publish("18", control(18, "1C902.a"))
    with recorded() as log:
        await polled(desk)
        (line,) = log()

    assert told([line]) == [
        {
            "level": "info",
            "event": "act",
            "source": NOTICES,
            "key": "mofcom-2025-18",
            "change": "new",
            "url": url,
        }
    ]
    assert 0 < line["duration"] < 60


async def test_a_poll_that_finds_nothing_new_logs_nothing(desk, ministry):
    ministry.publish("18", control(18, "1C902.a"))
    await polled(desk)
    with recorded() as log:
        for _ in range(3):
            await polled(desk)

        assert log() == []


async def test_a_first_read_is_one_line_however_many_acts_it_finds(desk, ministry):
    for number in (18, 19, 20):
        ministry.publish(str(number), control(number, "1C902.a"))
    with recorded() as log:
        await polled(desk)
        assert told(log()) == [{"level": "info", "event": "baseline", "source": NOTICES}]
    with recorded(Level.DEBUG) as log:
        ministry.publish("21", control(21, "1C902.a"))
        await polled(desk)
        assert [line["event"] for line in log()] == ["act"]


async def test_an_edited_act_and_the_press_on_one_are_lines_of_their_own(desk, ministry):
    ministry.publish("10", listing(10, "Acme Ltd"))
    await polled(desk)
    ministry.publish("10", listing(10, "Acme Ltd", "Zeta Oy"))
    ministry.publish("spoken", press("Acme Ltd", url=ministry.index.replace("index", "spoken")))
    with recorded() as log:
        await polled(desk, after=timedelta(hours=7))
        lines = {line["event"]: line for line in log()}

    assert lines["act"]["change"] == "amended"
    assert lines["report"]["key"] == ministry.index.replace("index", "spoken")


async def test_an_edition_is_a_line_with_how_many_rows_it_moved(desk, ministry):
    ministry.publish("roll", roll(PEOPLE))
    await polled(desk, "rolls.roll")
    ministry.publish("roll", roll({**PEOPLE, "1": "Alpha plc", "4": "Delta AG"}, "2025-10-10"))
    with recorded() as log:
        await polled(desk, "rolls.roll", after=timedelta(minutes=30))
        (line,) = log()

    assert (line["event"], line["source"], line["reader"]) == (
        "edition",
        "rolls.roll",
        "rolls.roll",
    )
    assert {name: line[name] for name in ("added", "removed", "amended", "held")} == {
        "added": 1,
        "removed": 0,
        "amended": 1,
        "held": 0,
    }
    assert 0 < line["duration"] < 60


async def test_an_outage_is_a_line_when_it_begins_when_its_cause_changes_and_when_it_ends(
    desk, ministry
):
    await polled(desk)
    daemon = Daemon(desk.pipeline, {})
    with recorded() as log:
        for status in (500, 500, 404, 404, 500):
            ministry.status["index"] = status
            desk.clock.move_to(desk.clock.now() + timedelta(minutes=10))
            await daemon.answer(PollOrder(sources=(NOTICES,)))
        ministry.status["index"] = 200
        desk.clock.move_to(desk.clock.now() + timedelta(minutes=32))
        daemon = Daemon(desk.pipeline, {})  # begun anew meanwhile
        await daemon.answer(PollOrder(sources=(NOTICES,)))
        *failures, end = log()

    assert {(line["level"], line["event"], line["source"]) for line in failures} == {
        ("warning", "failure", NOTICES)
    }
    assert [line["kind"] for line in failures] == ["server", "gone", "server"]
    assert all(0 < line["duration"] < 60 for line in failures)
    assert (end["event"], end["source"], end["duration"]) == ("recovery", NOTICES, 72 * 60.0)


async def test_a_start_counts_what_was_ever_read_and_what_gives_nothing_as_no_line_follows(
    desk, ministry
):
    ministry.status["index"] = 503
    await polled(desk)
    with recorded() as log:
        await log_start(desk.pipeline)
        await polled(desk)  # for the same cause as before
        ministry.status.clear()
        await polled(desk)
        await log_start(desk.pipeline)
        begun, *_, later = lines = log()

    assert [line["event"] for line in lines] == ["started", "recovery", "baseline", "started"]
    assert (begun["known"], begun["failing"]) == (0, 1)
    assert (later["known"], later["failing"]) == (1, 0)


async def test_where_a_source_fails_on_and_off_ten_lines_a_day_are_seen_and_that_there_are_more(
    desk, ministry
):
    await polled(desk)
    daemon = Daemon(desk.pipeline, {})

    async def look(times: int) -> list[Record]:
        with recorded() as log:
            for look in range(times):
                ministry.status["index"] = 200 if look % 2 else 500
                desk.clock.move_to(desk.clock.now() + timedelta(minutes=10))
                await daemon.answer(PollOrder(sources=(NOTICES,)))
            return log()

    *lines, last = await look(30)
    desk.clock.move_to(desk.clock.now() + timedelta(hours=20))
    tomorrow = await look(2)

    assert [line["event"] for line in lines] == ["failure", "recovery"] * 5
    assert (last["level"], last["event"]) == ("warning", "remark")
    assert last["text"] == (
        f"{NOTICES} fails on and off: until 2025-10-10T01:15:00Z its lines have level DEBUG"
    )
    assert [line["event"] for line in tomorrow] == ["failure", "recovery"]


async def test_a_message_is_a_line_once_it_is_sent_with_how_long_it_was_owed(desk, ministry):
    await polled(desk)
    ministry.publish("18", control(18, "1C902.a"))
    await polled(desk)
    with recorded() as log:
        await flush(desk, Channel(), after=timedelta(seconds=90))
        sent, *details = log()

    assert told([sent]) == [
        {
            "level": "info",
            "event": "message",
            "source": NOTICES,
            "key": "mofcom-2025-18:act",
            "kind": "act",
            "to": "channel",
            "tries": 1,
        }
    ]
    assert sent["duration"] == 90.0
    assert [line["kind"] for line in details] == ["details"]


async def test_what_a_scraper_falls_over_is_logged_with_its_source_and_its_traceback(
    desk, ministry, monkeypatch
):
    async def falls(*_args):
        raise KeyError("a mistake of ours")

    monkeypatch.setattr(type(desk.pipeline), "record_acts", falls)
    with recorded() as log:
        await polled(desk)
        mistake = next(line for line in log() if "traceback" in line)

    assert (mistake["level"], mistake["source"]) == ("error", NOTICES)
    assert mistake["traceback"].endswith("KeyError: 'a mistake of ours'")


@pytest.mark.parametrize(
    ("error", "traced"), [(StoreError("store: locked"), False), (KeyError("row"), True)]
)
async def test_an_error_of_ours_is_one_line_and_a_mistake_shows_where_it_was_made(
    desk, error: Exception, traced: bool
):
    with recorded() as log:
        Daemon(desk.pipeline, {})._handle_error(error)
        (line,) = log()

    assert ("KeyError" in str(line)) == traced, line


async def test_a_mute_and_its_end_are_lines_with_who_did_it_why_and_until_when(desk):
    daemon = Daemon(desk.pipeline, {})
    with recorded() as log:
        for words in (("Li Wei", "3 days", "it is moved"), ("Ana",)):
            await daemon.answer(MuteOrder(NOTICES, *words))
        begins, ends = log()

    assert [begins[name] for name in ("event", "source", "until", "by", "reason")] == [
        *("mute", NOTICES, "2025-10-12T01:00:00Z", "Li Wei", "it is moved"),
    ]
    assert [ends.get(name) for name in ("source", "until", "by", "reason")] == [
        NOTICES,
        None,
        "Ana",
        None,
    ]
