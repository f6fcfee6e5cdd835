from datetime import timedelta
from zoneinfo import ZoneInfo

import msgspec
import pytest

from monitor.config import Config, SourceSettings
from monitor.config.pages import PageSettings
from monitor.config.times import parsed
from monitor.errors import ConfigError
from monitor.source.registry import Registry


def config(**keys) -> Config:
    table = {"name": "customs", "url": "https://customs.example/news", "text": True, **keys}
    return Config(packages=(), page=(msgspec.convert(table, PageSettings, dec_hook=parsed),))


def test_with_no_package_only_pages_are_sources():
    (source,) = Registry(config(every="5 minutes")).sources
    assert (source.id, source.kind, source.every, source.authority) == ("page:customs", "page", timedelta(minutes=5), "")


def test_hours_are_those_of_the_publisher():
    busy = {"days": "Mon-Fri", "hours": "08:30-17:30", "zone": "Asia/Shanghai", "every": "1 minute"}
    (source,) = Registry(config(busy=busy)).sources
    assert (source.busy.period, source.zone) == (timedelta(minutes=1), ZoneInfo("Asia/Shanghai"))


def test_what_is_said_of_a_page_is_what_its_source_asks_and_its_reader_reads():
    said = {"text": None, "rows": "li", "key": "b", "floor": 3, "headers": {"X-Key": "KEY"}, "charset": "gbk", "render": True}
    (source,) = Registry(config(**said)).sources

    assert (source.request.headers, source.request.charset) == ({"X-Key": "{env:KEY}"}, "gbk")
    assert (source.read.way, source.read.where, source.read.key, source.read.floor) == ("rows", "li", "b", 3)
    assert (source.render, source.read.rendered) == (True, True)


DAYS = timedelta(days=1)


@pytest.mark.parametrize(
    ("keys", "kind", "absence", "unmoved"),
    [
        ({}, "page", 3650 * DAYS, 3650 * DAYS),
        ({"absence": "90 days"}, "page", 90 * DAYS, 3650 * DAYS),
        ({"kind": "official", "authority": "us-bis"}, "acts", None, None),
        ({"kind": "press", "absence": "9 days"}, "press", 9 * DAYS, None),
    ],
)
def test_a_text_may_stay_as_it_is_for_decades_and_acts_and_news_as_long_as_is_learnt(keys, kind, absence, unmoved):
    (source,) = Registry(config(**keys)).sources

    assert (source.kind, source.expected.absence, source.expected.unmoved) == (kind, absence, unmoved)
    assert source.authority == keys.get("authority", "")


def test_a_typo_names_the_nearest_page():
    with pytest.raises(ConfigError, match="no source is called 'page:custom'; did you mean 'page:customs'?"):
        Registry(config()).named(["page:custom"])


def test_an_authority_that_nobody_knows_is_refused_by_the_name_of_the_page():
    with pytest.raises(ConfigError, match="config: page 'customs': authority: nobody knows 'us-biss'; did you mean 'us-bis'?"):
        Registry(config(kind="official", authority="us-biss"))


def test_readers_are_found_by_name_those_of_linked_pages_too():
    registry = Registry(config(text=None, links="li a"))
    assert registry.reader("page:customs").way == "links"
    assert registry.reader("page:customs.linked").way == "text"


def test_a_page_can_be_changed_and_switched_off_like_any_source():
    settings = msgspec.structs.replace(config(), sources={"page:customs": SourceSettings(enabled=False)})
    assert Registry(settings).sources == []
