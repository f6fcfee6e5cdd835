"""Where something would go by the rules of config.toml, asked of values."""

from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import pytest
from acts import control, press, suspension

from monitor.config import Config, DestinationSettings, RouteSettings
from monitor.config.times import QuietHours
from monitor.errors import ConfigError
from monitor.model import Announcement, Report
from monitor.pipeline.routing import Described, Routed, line, of_description, of_fact, touched, watch_list_of_today
from monitor.watch.entries import Product
from monitor.watch.match import WatchList

NIGHT, DAY = datetime(2026, 11, 20, 15, 30, tzinfo=UTC), datetime(2026, 11, 20, 4, 0, tzinfo=UTC)
CONFIG = Config(
    destinations={
        "desk": DestinationSettings(way={"slack": "C0DESK"}, quiet=QuietHours(time(22), time(7), ZoneInfo("Asia/Shanghai"))),
        "europe": DestinationSettings(way={"slack": "C0EUROPE"}),
    },
    topics={"holmium": ("钬", "holmium")},
    routes=(
        RouteSettings(to=("desk",), register=("cn-dual-use-items",), mention=("here",)),
        RouteSettings(to=("europe",), authority=("eu-*",)),
    ),
)
MAGNET = WatchList([Product(name="Magnet", codes=("1C909",))])


def described(now: datetime = DAY, **more) -> Routed:
    return of_description(CONFIG, Described(**more), now)


def fact(found: Announcement | Report, watch: WatchList | None = None, now: datetime = DAY) -> Routed:
    return of_fact(CONFIG, found, watch or WatchList([]), {}, now)


@pytest.mark.parametrize(
    ("now", "touches", "at"), [(DAY, False, None), (NIGHT, False, "2026-11-20T23:00:00Z"), (NIGHT, True, None)]
)
def test_quiet_hours_hold_back_what_does_not_touch_whom_it_goes_to(now: datetime, touches: bool, at: str | None):
    told = line(described(now, registers=("cn-dual-use-items",), touches=touches))

    assert [(stop.destination, stop.at or None) for stop in told.to] == [("desk", at)]
    assert told.mentions == ("here",)


def test_those_rules_are_named_that_do_not_fit_and_why():
    told = line(described(authority="eu-council"))

    assert [stop.destination for stop in told.to] == ["europe"]
    assert [other.to for other in told.not_by] == [("desk",)]
    assert all(other.unmet for other in told.not_by)


def test_a_topic_is_one_of_its_words_and_a_word_of_the_text_is_found():
    assert described(topics=("holmium",)).topics == described(text="on HOLMIUM oxide").topics == ("holmium",)
    assert described().topics == ()


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"authority": "cn-mofcm"}, "--authority: no authority is called 'cn-mofcm'; did you mean 'cn-mofcom'?"),
        ({"registers": ("un-sc", "sdn")}, "--register: no register is called 'sdn'"),
        ({"actions": ("ban",)}, "--action: no action is called 'ban'"),
        ({"topics": ("holmum",)}, "--topic: no topic is called 'holmum'; did you mean 'holmium'?"),
    ],
)
def test_what_nobody_knows_is_refused_with_the_nearest(given: dict[str, object], why: str):
    with pytest.raises(ConfigError) as refused:
        described(**given)

    assert why in str(refused.value)


def test_without_topics_it_is_said_that_there_are_none():
    with pytest.raises(ConfigError, match=r"config.toml names none under \[topics\]"):
        of_description(Config(), Described(topics=("holmium",)), DAY)


def test_an_act_is_held_against_the_watch_list_where_there_is_one():
    plain, touching, other = fact(control(57, "1C909")), fact(control(57, "1C909"), MAGNET), fact(control(57, "6A002"), MAGNET)

    assert plain.touches is None
    assert (line(touching).touches, line(touching).severity) == (("Magnet",), "critical")
    assert (line(other).touches, line(plain).touches, list(touched(None))) == ((), (), [])
    assert line(other).severity != "critical"
    assert plain.what.startswith("mofcom-2025-57: ")


def test_an_act_is_told_in_the_threads_of_those_that_it_changes_each_once_and_a_report_in_none():
    found = fact(suspension(70, "mofcom-2025-57", "mofcom-2025-61", "mofcom-2025-57"))

    assert line(found).threads == ("mofcom-2025-57", "mofcom-2025-61")
    assert fact(press("Alpha")).threads == ()
    assert fact(press("Alpha")).what.startswith("https://news.example/1: ")
    assert fact(press("Alpha", url="")).what == "China lists firms: China lists firms"


def test_without_a_history_the_watch_list_is_that_of_the_files():
    assert watch_list_of_today(Config(), None).entries == ()
