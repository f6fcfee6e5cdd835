"""Where something would go by the rules of config.toml, asked of values."""

from datetime import UTC, datetime

import pytest
from acts import press, suspension

from monitor.ask.routing import (
    Described,
    Routed,
    make_routed_line,
    route_description,
    route_fact,
    watch_list_of_today,
)
from monitor.config import Config
from monitor.errors import ConfigError
from monitor.model import Announcement, Report
from monitor.watch.match import WatchList

DAY = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)


def fact(found: Announcement | Report) -> Routed:
    return route_fact(Config(), found, WatchList([]), {}, DAY)


def test_without_topics_it_is_said_that_there_are_none():
    with pytest.raises(ConfigError, match=r"config.toml names none under \[topics\]"):
        route_description(Config(), Described(topics=("holmium",)), DAY)


def test_an_act_is_told_in_the_threads_of_those_that_it_changes_each_once_and_a_report_in_none():
    found = fact(suspension(70, "mofcom-2025-57", "mofcom-2025-61", "mofcom-2025-57"))

    assert make_routed_line(found).threads == ("mofcom-2025-57", "mofcom-2025-61")
    assert fact(press("Alpha")).threads == ()
    assert fact(press("Alpha")).what.startswith("https://news.example/1: ")
    assert fact(press("Alpha", url="")).what == "China lists firms: China lists firms"


def test_without_a_history_the_watch_list_is_that_of_the_files():
    assert watch_list_of_today(Config(), None).entries == ()
