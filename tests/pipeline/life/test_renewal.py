import asyncio
from collections.abc import Callable

import pytest

from monitor.errors import ConfigError
from monitor.pipeline.life.renewal import until_told
from monitor.pipeline.signals import Signals


@pytest.mark.parametrize(
    ("amiss", "said"),
    [
        (ConfigError("config.toml: no TOML"), "SIGHUP: config.toml: no TOML"),
        (RuntimeError("ours"), "a mistake of the monitor's own"),
    ],
)
async def test_whatever_is_amiss_with_new_settings_all_goes_on_until_some_are_right(amiss: Exception, said: str, caplog):
    signals, answers = Signals(), [amiss, "new"]

    def settings() -> str:
        answer = answers.pop(0)
        if isinstance(answer, Exception):
            asyncio.run_coroutine_threadsafe(_again(signals.begin_anew), loop)
            raise answer
        return answer

    loop = asyncio.get_running_loop()
    signals.begin_anew()

    assert await until_told(signals, settings, str) == "new"
    assert said in caplog.text


async def test_who_is_told_to_stop_takes_up_nothing():
    signals = Signals()
    signals.begin_anew()
    signals.end()

    assert await until_told(signals, lambda: "new", str) is None


async def _again(told: Callable[[], None]) -> None:
    told()
