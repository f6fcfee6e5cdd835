"""A person mutes a source, or hears it again, on record and in the log."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from log_lines import recorded

from monitor.config import Config
from monitor.errors import ConfigError, MonitorError
from monitor.history import History, mutes
from monitor.history.threaded import HistoryThread
from monitor.pipeline.muting import Muting, carry_out
from monitor.source.registry import Registry

NOW = datetime(2025, 10, 9, 1, 0, tzinfo=UTC)
REGISTRY = Registry(Config(packages=("toy_scrapers",)))


@pytest.fixture
def history(tmp_path: Path) -> Iterator[HistoryThread]:
    thread = HistoryThread(History(tmp_path))
    yield thread
    thread.close()


async def muted(history: HistoryThread) -> list[tuple[str, str, str]]:
    return [(mute.source, mute.by, mute.reason) for mute in await history(mutes.standing, NOW)]


async def test_a_source_is_muted_and_heard_again_and_the_log_says_who_did_it_why_and_until_when(history: HistoryThread):
    with recorded() as log:
        await carry_out(history, REGISTRY, Muting("toy.notices", "Li Wei", "3 days", "it is moved"), NOW)
        between = await muted(history)
        await carry_out(history, REGISTRY, Muting("toy.notices", "Ana"), NOW)
        begins, ends = log()

    assert (between, await muted(history)) == ([("toy.notices", "Li Wei", "it is moved")], [])
    assert (begins["source"], begins["until"], begins["by"], begins["reason"]) == (
        *("toy.notices", "2025-10-12T01:00:00Z", "Li Wei", "it is moved"),
    )
    assert (ends["source"], ends["by"]) == ("toy.notices", "Ana")
    assert {ends.get("until"), ends.get("reason")} == {None}


async def test_all_sources_of_a_module_are_muted_each_by_its_name(history: HistoryThread):
    await carry_out(history, REGISTRY, Muting("toy", "Li Wei", "3 days"), NOW)

    assert {source for source, _, _ in await muted(history)} == {source.id for source in REGISTRY.named(["toy"])}


async def test_what_is_not_muted_can_not_be_heard_again_and_nothing_is_said_of_it(history: HistoryThread):
    with recorded() as log:
        with pytest.raises(MonitorError, match="toy.notices: is not muted; `monitor mute` lists what is"):
            await carry_out(history, REGISTRY, Muting("toy.notices", "Li Wei"), NOW)
        with pytest.raises(ConfigError, match="is over"):
            await carry_out(history, REGISTRY, Muting("toy.notices", "Li Wei", "2025-10-01"), NOW)

        assert log() == []
