"""The bundled scenario as `monitor replay` tells it, played once for all processes that ask
something of it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from command import Done, run
from made_once import made_once

from monitor.alert.event import Notice
from monitor.config import Config
from monitor.poll import replay
from monitor.poll.scenarios import Scenario
from monitor.store import ALERTS, OPS

STORE = ".replay"


@dataclass(frozen=True)
class Story:
    """What the command said, the alerts and troubles of sources that it told, and when it ended."""

    done: Done
    alerts: list[Notice]
    ops: list[Notice]
    ended: datetime | None


def played(factory: pytest.TempPathFactory) -> tuple[Path, Story]:
    """The folder in which it was played, whose store nobody may change, and what was said."""
    return made_once(factory, "demonstration", _play)


class Heard:
    """A channel, and all that it is told to say or to edit."""

    def __init__(self, channel: Any) -> None:
        self._channel = channel
        self.heard: list[Notice] = []

    def __getattr__(self, name: str) -> Any:
        return getattr(self._channel, name)

    def post(self, notice: Notice, *, thread: str | None) -> str:
        self.heard.append(notice)
        return self._channel.post(notice, thread=thread)

    def update(self, notice: Notice, receipt: str) -> str:
        self.heard.append(notice)
        return self._channel.update(notice, receipt)


def _play(folder: Path) -> Story:
    heard: dict[str, Heard] = {}
    play, ends = replay.replay, list[datetime | None]()

    def hear(
        scenario: Scenario, config: Config, store: Path, channels: Mapping[str, Any]
    ) -> replay.Played:
        heard.update({name: Heard(channel) for name, channel in channels.items()})
        came = play(scenario, config, store, heard)
        ends.append(came.ended)
        return came

    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        patch.setattr(replay, "replay", hear)
        done = run("replay", COLUMNS="80")
    return Story(done, heard[ALERTS].heard, heard[OPS].heard, *ends)
