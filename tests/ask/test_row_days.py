"""Rows of registers with days of their own: from when and until when they stand, in every answer;
and all else that they say.
"""

import json
from datetime import UTC, date, datetime
from pathlib import Path

import icalendar
import pytest
from editions import roll

from monitor.ask import answers, exports, lines, rows
from monitor.ask.knowledge import Knowledge
from monitor.ask.screen import add_standings
from monitor.ask.standing import Standings
from monitor.model import KeyDateKind, find_row_days
from monitor.render.ics import render_ics
from monitor.store import BEGINNING, History, exported, sightings
from monitor.timeline import MeasureQuery, Status

COMING, ENDING = "<effective>2025-11-01</effective>", "<expires>2025-11-30</expires>"
READ = "listed when last read, 9 Oct 2025 (New York)"


async def read_roll(desk, ministry, more: str, name: str = "Alpha Ltd") -> None:
    """Have a roll of one firm read on 9 October, and some other firm's beside it."""
    entries = roll({"1": name}, more=more).replace('count="1"', 'count="2"')
    other = "<entry><id>2</id><name>Beta GmbH</name></entry></roll>"
    ministry.publish("roll", entries.replace("</roll>", other))
    desk.clock.move_to(datetime(2025, 10, 9, 12, 0, tzinfo=UTC))
    await desk.poll(source="rolls.roll")


def ask(history: History, day: str, **asked: str) -> answers.AsOf:
    return answers.compute_as_of(
        Knowledge(history), date.fromisoformat(day), None, MeasureQuery(**asked)
    )


def stand(history: History, day: str, name: str = "Alpha Ltd") -> str:
    answer = ask(history, day, entity=name)
    (row,) = answer.periods
    return rows.make_period_row(row, answer.day)[0].state


@pytest.mark.parametrize(
    ("more", "day", "state"),
    [
        (COMING, "2025-10-31", f"from 1 Nov 2025 (New York) by its own row; {READ}"),
        (COMING, "2025-11-01", READ),
        (ENDING, "2025-11-30", f"ends 30 Nov 2025 (New York) by its own row; {READ}"),
        (ENDING, "2025-12-01", f"ended 30 Nov 2025 (New York) by its own row; {READ}"),
    ],
)
async def test_a_row_stands_from_its_own_first_day_to_its_own_last_day(
    desk, ministry, tmp_path: Path, more: str, day: str, state: str
):
    await read_roll(desk, ministry, more)

    with History(tmp_path / "store", read_only=True) as history:
        assert (stand(history, day), stand(history, day, "Beta GmbH")) == (state, READ)


@pytest.mark.parametrize(
    ("fields", "days"),
    [
        ({}, ("", "")),
        ({"effective": "2025-11-01", "listed_on": "2020-01-01"}, ("2025-11-01", "")),
        ({"effective": "soon", "listed_on": "2020-01-01T00:00"}, ("2020-01-01", "")),
        ({"effective": ("2025-11-01", "2022-06-21")}, ("2022-06-21", "")),
        ({"expires": ("2025-11-01", "2099-01-01", "never")}, ("", "2099-01-01")),
    ],
)
def test_of_several_days_the_first_begins_and_the_last_ends(fields, days: tuple[str, str]):
    assert find_row_days(fields) == days


async def test_a_screening_says_from_when_a_row_stands_and_ranks_it_below_what_stands(
    desk, ministry, tmp_path: Path
):
    await read_roll(desk, ministry, COMING)
    before, after = (datetime(2025, month, 20, tzinfo=UTC) for month in (10, 11))

    with History(tmp_path / "store", read_only=True) as history:
        known = Knowledge(history)
        (hit,) = answers.recall("Alpha Ltd", known.records)
        told = [Standings(known.parts_of, now) for now in (before, after)]
        ranks = [each.rank(hit.on_record) for each in told]
        (screened,) = add_standings([hit], told[0])
    assert screened.stands.state.startswith("from 1 Nov 2025 (New York) by its own row; ")
    assert ranks == [Status.ANNOUNCED.rank, Status.IN_FORCE.rank]


async def test_the_calendar_has_the_days_of_rows_that_were_ahead_when_they_came(
    desk, ministry, tmp_path: Path
):
    await read_roll(
        desk, ministry, "<effective>2025-11-01</effective><expires>2026-01-31</expires>"
    )
    await desk.poll(source="rolls.roll")

    with History(tmp_path / "store", read_only=True) as history:
        days = answers.load_key_dates(Knowledge(history), date.min, date.max)
        within = answers.load_key_dates(Knowledge(history), date(2025, 11, 2), date(2026, 1, 30))
    assert [(day.kind, day.on, day.act, day.rows) for day in days.dates] == [
        (KeyDateKind.START, "2025-11-01", "un-sc", ("Alpha Ltd",)),
        (KeyDateKind.END, "2026-01-31", "un-sc", ("Alpha Ltd",)),
    ]
    assert not within.dates
    assert [rows.make_key_date_row(day, {})[:4] for day in days.dates] == [
        (
            "1 Nov 2025 (New York)",
            "UN Security Council",
            "Listing of Alpha Ltd on the UN Security Council Consolidated List takes effect",
            "as printed",
        ),
        (
            "31 Jan 2026 (New York)",
            "UN Security Council",
            "Listing of Alpha Ltd on the UN Security Council Consolidated List has its last day",
            "as printed",
        ),
    ]
    written = icalendar.Calendar.from_ical(render_ics(days.dates, {}, datetime.now(UTC)))
    events = written.walk("VEVENT")
    assert [(event["description"], event["status"]) for event in events] == [
        ("Alpha Ltd", "CONFIRMED")
    ] * 2
    assert len({event["uid"] for event in events}) == 2


@pytest.mark.parametrize(
    "more", ["<effective>2025-10-08</effective><expires>2025-10-08</expires>", ""]
)
async def test_days_that_were_over_when_a_row_came_are_none_of_the_calendar(
    desk, ministry, tmp_path: Path, more: str
):
    await read_roll(desk, ministry, more)

    with History(tmp_path / "store", read_only=True) as history:
        assert not answers.load_key_dates(Knowledge(history), date.min, date.max).dates


async def test_a_register_that_is_published_whole_answers_with_its_rows_of_the_day(
    desk, ministry, tmp_path: Path
):
    await read_roll(desk, ministry, "")
    desk.clock.move_to(datetime(2025, 10, 12, 12, 0, tzinfo=UTC))
    ministry.publish("roll", roll({"2": "Beta GmbH", "3": "Gamma SA"}, "2025-10-12"))
    await desk.poll(source="rolls.roll")

    with History(tmp_path / "store", read_only=True) as history:
        then, now = (ask(history, day, register="un-sc") for day in ("2025-10-10", "2025-10-13"))
        other = ask(history, "2025-10-13", register="us-fcc-covered")
    assert [[line.row for line in lines.list_as_of_lines(one)] for one in (then, now, other)] == [
        ["1", "2"],
        ["2", "3"],
        [],
    ]
    assert [rows.explain_empty(one) == "" for one in (then, now, other)] == [True, True, False]
    assert then.remarks == now.remarks == ()


DETAILS = "<born>EXACT, 1971-03-11</born><measures>asset freeze</measures>"


async def test_what_a_row_says_stands_in_answers_and_exports(desk, ministry, tmp_path: Path):
    await read_roll(desk, ministry, DETAILS + COMING + ENDING)

    with History(tmp_path / "store", read_only=True) as history:
        answer = ask(history, "2025-10-10", entity="Alpha Ltd")
        (line,) = lines.list_as_of_lines(answer)
        (row, url), _ = history.walk(exported.iterate_rows_since, BEGINNING)
        walked = list(exports.KINDS["rows"].walk(Knowledge(history), BEGINNING, desk.clock.now()))
    said = {
        "effective": "2025-11-01",
        "expires": "2025-11-30",
        "born": "EXACT, 1971-03-11",
        "measures": "asset freeze",
    }
    assert rows.make_period_row(answer.periods[0], answer.day)[1] == (
        "measures asset freeze",
        "effective 1 Nov 2025",
        "expires 30 Nov 2025",
        "born EXACT, 11 Mar 1971",
    )
    for told in (line, row):
        assert (told.starts, told.ends, told.details) == ("2025-11-01", "2025-11-30", said)
    head, cells, _ = b"".join(exports.write_records("rows", "csv", walked, exports.Tally())).split(
        b"\r\n"
    )[:3]
    shown = dict(zip(head.decode().split(","), cells.decode().split(","), strict=False))
    assert (shown["starts"], shown["ends"]) == ("2025-11-01", "2025-11-30")
    assert b"measures asset freeze" in cells
    written = b"".join(exports.write_records("rows", "ftm", walked[:1], exports.Tally()))
    (sanction,) = (
        entity["properties"]
        for entity in map(json.loads, written.splitlines())
        if entity["schema"] == "Sanction"
    )
    assert {name: sanction[name] for name in ("startDate", "endDate", "provisions")} == {
        "startDate": ["2025-11-01"],
        "endDate": ["2025-11-30"],
        "provisions": ["asset freeze"],
    }
    assert url.endswith("/roll")


async def test_rows_of_an_earlier_version_get_their_details_at_the_next_read_and_nothing_is_told(
    desk, ministry, tmp_path: Path
):
    await read_roll(desk, ministry, COMING)
    before = await desk.pipeline.history(sightings.find_latest_change)
    await desk.pipeline.history(forget_details)
    assert await desk.poll(source="rolls.roll") == []

    with History(tmp_path / "store", read_only=True) as history:
        assert stand(history, "2025-10-10").startswith("from 1 Nov 2025")
        assert history(sightings.find_latest_change) == before


def forget_details(session) -> None:
    """Leave the rows and their page as an upgrade leaves them."""
    for query in (
        "UPDATE listed SET details = NULL, starts = ''",
        "UPDATE address SET sha256 = NULL, etag = NULL, last_modified = NULL",
    ):
        session.connection().exec_driver_sql(query)
