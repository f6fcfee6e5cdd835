"""The real daemon, killed at random, before a Slack that answers every other message wrongly."""

import random
import time
from collections import Counter
from pathlib import Path

import pytest
from emulator import TOKENS, twice
from owing import Desk, owed
from weather import Weather

from monitor.store import ALERTS, OPS, History, outbox

PATIENCE = 900


class Ordeal:
    """Lives of the daemon over one outbox, until as many were killed as asked for and nothing is
    owed any more.
    """

    def __init__(self, lives, settings: Path, store: Path, weather: Weather, seed: int) -> None:
        self._lives = lives
        self._settings = settings
        self._store = store
        self._weather = weather
        self._dice = random.Random(seed)
        self._desk = Desk()
        self._kept = History(store)  # written only between two lives
        self._seen = History(store, read_only=True)  # waits for nobody who writes
        self.expected: dict[str, list[str]] = {ALERTS: [], OPS: []}
        self.kills = 0
        self.died: Counter[str] = Counter()

    def owe(self, acts: int, troubles: int) -> None:
        known = {destination: set(keys) for destination, keys in self.expected.items()}
        self._desk.owe(self._kept, acts, troubles)
        for destination, keys in owed(self._kept).items():
            self.expected[destination] += [key for key in keys if key not in known[destination]]

    def endure(self, kills: int, longest: float) -> None:
        """Kill once with a message in the air, then after random times until `kills` have been;
        then let it live on.
        """
        for kill in range(kills):
            self._begin()
            if kill:
                time.sleep(self._dice.uniform(0.02, longest))
            else:
                self._weather.catch()
            self._kill()
            if not self._waiting():
                self.owe(acts=40, troubles=50)
        self._begin()
        deadline = time.monotonic() + PATIENCE
        while self._waiting():
            assert time.monotonic() < deadline, f"still waiting: {owed(self._seen)}"
            time.sleep(0.1)
        self._lives.end()

    def _begin(self) -> None:
        token = TOKENS[self.kills * len(TOKENS) // 2 // 1000 % 30]
        self._lives.begin("--config", self._settings, "run", SLACK_BOT_TOKEN=token)

    def _kill(self) -> None:
        assert self._lives.end() == -9
        self.kills += 1
        # A request that is on its way arrives within the time after which a message is looked for:
        # the real one is 15 s.
        self._weather.let_go()
        self._weather.settle()
        self.died.update(self._seen(outbox.count_by_state).keys() & {"sending"})

    def _waiting(self) -> int:
        counts = self._seen(outbox.count_by_state)
        return sum(times for state, times in counts.items() if state != "sent")

    def close(self) -> None:
        self._kept.close()
        self._seen.close()


MANY = 150


@pytest.mark.parametrize(
    ("acts", "troubles", "kills", "longest"),
    [
        pytest.param(22, 28, 8, 1.0, id="50-alerts", marks=pytest.mark.long),
        pytest.param(160, 200, 200, 1.0, id="400-alerts", marks=pytest.mark.sweep),
    ],
)
def test_nothing_is_lost_or_told_twice_or_out_of_order(
    acts, troubles, kills, longest, workspace, lives, settings_of, tmp_path, record_property
):
    with Weather(workspace.port, seed=kills) as weather:
        settings = settings_of(workspace, weather.api)
        ordeal = Ordeal(lives, settings, tmp_path / "store", weather, seed=kills)
        ordeal.owe(acts, troubles)
        ordeal.endure(kills, longest)
        ordeal.close()
    heard = {ALERTS: workspace.keys(workspace.alerts), OPS: workspace.keys(workspace.troubles)}
    # The daemon adds words of its own: a digest of what came late, reminders.
    said = {
        name: [key for key in keys if key in {*ordeal.expected[name]}]
        for name, keys in heard.items()
    }
    posts = sum(weather.seen.values())
    for name, figure in {
        "alerts": sum(map(len, ordeal.expected.values())),
        "kills": ordeal.kills,
        "killed while a message was on its way": ordeal.died["sending"],
        "posts": posts,
        "bad": weather.bad,
        "lost": sum(len(set(ordeal.expected[name]) - set(said[name])) for name in said),
        "twice": sum(map(len, map(twice, heard.values()))),
    }.items():
        record_property(name, figure)
        print(f"{name}: {figure}")  # noqa: T201 - a sweep tells what it measured

    for name, keys in said.items():
        assert keys == ordeal.expected[name]
    assert [twice(keys) for keys in heard.values()] == [[], []]
    assert ordeal.died["sending"]
    if kills >= MANY:  # a few answers may miss by chance what a sweep surely meets
        assert weather.bad >= 0.35 * posts
    log = (tmp_path / "daemon.log").read_text()
    assert "Traceback" not in log
