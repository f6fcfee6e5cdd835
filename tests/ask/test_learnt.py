from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from acts import control
from arrivals import NOW, arrive

from monitor.ask.coverage import add_learned_hours
from monitor.config import Config
from monitor.source.registry import Registry
from monitor.store import History

FIRST = datetime(2025, 7, 3, 16, 20, tzinfo=ZoneInfo("Asia/Shanghai"))  # a Thursday


def test_what_a_history_shows_of_the_hours_of_a_source_is_known_where_nothing_runs(tmp_path: Path):
    with History(tmp_path) as history:
        for week in range(14):
            arrive(
                history,
                control(week, "1C909.a", published=(FIRST + timedelta(weeks=week)).isoformat()),
            )
    sources = Registry(Config(packages=("toy_scrapers",))).sources

    habits = {source.id: source.habit for source in add_learned_hours(tmp_path, sources, NOW)}
    learnt = habits.pop("toy.notices")
    assert learnt is not None
    assert learnt.haste == {(3, 16): 3.0}
    assert {*habits.values()} == {None}
