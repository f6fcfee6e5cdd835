import subprocess
import sys
from datetime import timedelta

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
    assert (source.busy.period, source.zone) == (timedelta(minutes=1), "Asia/Shanghai")


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


def test_no_parser_is_loaded_before_there_is_a_page_to_read():
    code = "import sys, monitor.source.registry; print(*({'bs4', 'lxml', 'trafilatura', 'jsonpath_rfc9535'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == ""
