from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from monitor.ask.coverage import Learnt, list_sources
from monitor.model import to_json
from monitor.source.page import Link, Page
from monitor.source.scraper import Busy, Habit, source

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 3, 5, 12, 40, tzinfo=UTC)  # a Thursday


@source(
    name="Notices",
    authority="cn-mofcom",
    url="https://notices.example/",
    every="5 minutes",
    busy=Busy("Mon-Fri", "08:30-17:30", "Asia/Shanghai", every="2 minutes"),
)
def notices(page: Page) -> list[Link]:
    return []


def test_a_source_is_listed_with_the_hours_that_are_set_beside_those_that_were_learnt():
    habit = Habit(SHANGHAI, {(3, 15): 3.0, (3, 16): 3.0, (3, 17): 3.0, (5, 9): 2.5, (6, 23): 2.0})
    (line,) = list_sources([replace(notices, habit=habit)], NOW)

    zone = "Asia/Shanghai"
    assert line.every == f"5 min; 2 min Mon-Fri 08:30-17:30 {zone}"
    assert line.learnt == (
        Learnt(day="Thu", hours="15:00-18:00", zone=zone, every="1 min"),
        Learnt(day="Sat", hours="09:00-10:00", zone=zone, every="2 min"),
        Learnt(day="Sun", hours="23:00-24:00", zone=zone, every="2.5 min"),
    )


def test_whom_to_name_where_words_are_passed_on_is_listed():
    (line,) = list_sources([replace(notices, attribution="The Ministry's Gazette")], NOW)

    assert to_json(line).endswith(b'"attribution":"The Ministry\'s Gazette"}')
