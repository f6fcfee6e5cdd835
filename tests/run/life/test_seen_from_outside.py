"""A daemon as those see it who look after it: its supervisor, a prober, Prometheus, a dead-man's
switch, `monitor status`.
"""

import json
import signal
import socket
import time
import urllib.request
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from http.client import HTTPException
from pathlib import Path
from urllib.error import HTTPError

import pytest
from acts import listing
from command import Running, eventually, run
from prometheus_client.parser import text_string_to_metric_families

from monitor.run.daemon import TICK

SECRET = "5c6f0a1e-canary-9d"
INTERVAL = 5.0  # seconds between two looks at the source
SLACK = 15.0  # of a machine with much else to do


class Supervisor:
    """The place at which a service tells how it is, and all that was told there."""

    def __init__(self, folder: Path) -> None:
        self.place = str(folder / "notify")
        self._ear = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._ear.bind(self.place)
        self._ear.settimeout(0)
        self._said: list[str] = []

    def close(self) -> None:
        self._ear.close()

    @property
    def heard(self) -> list[str]:
        """The first word of each message: what it is about."""
        while True:
            try:
                self._said.append(self._ear.recv(4_096).decode())
            except BlockingIOError:
                return [said.partition("\n")[0] for said in self._said]

    @property
    def status(self) -> str:
        return self._said[-1].rpartition("STATUS=")[2]


@pytest.fixture
def supervisor(tmp_path: Path) -> Iterator[Supervisor]:
    with closing(Supervisor(tmp_path)) as listening:
        yield listening


@pytest.fixture
def place() -> str:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return f"127.0.0.1:{free.getsockname()[1]}"


@pytest.fixture
def daemon(
    settings: Path, tmp_path: Path, supervisor: Supervisor, place: str, httpserver
) -> Iterator[Running]:
    """One that loses patience with a source after fifteen seconds."""
    httpserver.expect_request(f"/{SECRET}").respond_with_data("OK")
    quick = 'every = "5 seconds"'
    settings.write_text(
        settings.read_text().replace('[sources."toy.notices"]', f'[sources."toy.notices"]\n{quick}')
    )
    with settings.open("a") as file:
        file.write(
            f'[health]\npatience = "1 second"\n[life]\nlisten = "{place}"\nping = "SWITCH"\n'
        )
    running = Running(
        settings, tmp_path, NOTIFY_SOCKET=supervisor.place, SWITCH=httpserver.url_for(f"/{SECRET}")
    )
    yield running
    running.kill()


def asked(place: str, path: str) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(f"http://{place}{path}", timeout=10) as answer:
            return answer.status, answer.read().decode()
    except HTTPError as refused:
        return refused.code, refused.read().decode()
    except (OSError, HTTPException):
        return 0, ""


def figures(place: str) -> dict[str, float]:
    _, text = asked(place, "/metrics")
    return {
        " ".join([sample.name, *sample.labels.values()]): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def seen(settings: Path) -> dict:
    line, *_ = run("--config", settings, "status", "--alive", "--json").stdout.splitlines()
    return json.loads(line)["daemon"]


@pytest.mark.long
def test_a_daemon_proves_that_it_works_and_says_when_it_is_blind(
    daemon: Running,
    settings: Path,
    tmp_path: Path,
    supervisor: Supervisor,
    place: str,
    ministry,
    httpserver,
):
    eventually(lambda: supervisor.heard.count("WATCHDOG=1") >= 2)
    assert supervisor.heard[0] == "READY=1"
    assert supervisor.status.startswith("watching 1 source, reading ")

    does = seen(settings)["does"]
    assert (seen(settings)["state"], does["pid"], does["sources"], does.get("wrong", [])) == (
        "working",
        daemon.pid,
        1,
        [],
    )
    assert run("--config", settings, "status", "--alive").returncode == 0

    status, text = asked(place, "/healthz")
    assert (status, json.loads(text)["wrong"]) == (200, [])

    eventually(lambda: any(request.path == f"/{SECRET}" for request, _ in httpserver.log))

    ministry.publish("10", listing(10, "Dedrone by Axon"))
    eventually(lambda: "Dedrone by Axon" in daemon.out)
    eventually(lambda: figures(place).get("monitor_time_to_alert_seconds_count day") == 1)
    said = [
        asked(place, "/metrics")[1],
        text,
        run("--config", settings, "status", "toy", "--json").stdout,
    ]
    told = figures(place)
    assert told["monitor_source_newest_item_timestamp_seconds toy.notices"] > 0
    assert told["monitor_source_last_good_read_timestamp_seconds toy.notices"] > 0
    assert told["monitor_outbox_messages sent"] >= 1
    assert told["monitor_ticks_total"] >= 2

    ministry.status["index"] = 503
    failed = time.monotonic()
    eventually(lambda: asked(place, "/healthz")[0] == 503)
    assert time.monotonic() - failed < 3 * INTERVAL + TICK.total_seconds() + SLACK
    assert "MOFCOM: none of its sources was read well" in asked(place, "/healthz")[1]
    # it works, and knows that it is blind
    assert run("--config", settings, "status", "--alive").returncode == 0
    ministry.status.clear()
    # it would wait a while by itself
    assert run("--config", settings, "poll", "toy").returncode == 0
    eventually(lambda: asked(place, "/healthz")[0] == 200)

    assert run("--config", settings, "mute", "toy.notices", "--until", "1 hour").returncode == 0
    eventually(lambda: [*json.loads(asked(place, "/healthz")[1])["muted"]] == ["toy.notices"])
    assert run("--config", settings, "mute", "toy.notices", "--off").returncode == 0

    before = Counter(supervisor.heard)["READY=1"]
    daemon.told(signal.SIGHUP)
    eventually(lambda: Counter(supervisor.heard)["READY=1"] == before + 1)
    assert "RELOADING=1" in supervisor.heard
    eventually(lambda: asked(place, "/healthz")[0] == 200)
    assert seen(settings)["does"]["since"] == does["since"]

    daemon.told(signal.SIGSTOP)
    time.sleep(0.5)  # until what was on its way has come
    heard, pings = len(supervisor.heard), len(httpserver.log)
    stopped = run("--config", settings, "status", "--alive")
    assert (len(supervisor.heard), len(httpserver.log)) == (heard, pings)
    assert (stopped.returncode, "does not answer within 5 seconds" in stopped.stdout) == (1, True)
    daemon.told(signal.SIGCONT)

    assert daemon.stopped() == 0
    assert supervisor.heard[-1] == "STOPPING=1"
    assert seen(settings) == {"state": "none", "pid": daemon.pid}
    written = [
        path.read_bytes().decode(errors="replace") for path in tmp_path.rglob("*") if path.is_file()
    ]
    assert not any(SECRET in content for content in (*written, *said))


def test_a_daemon_that_was_killed_is_said_to_be_gone(
    daemon: Running, settings: Path, supervisor: Supervisor
):
    eventually(lambda: "READY=1" in supervisor.heard)
    daemon.kill()

    assert seen(settings) == {"state": "gone", "pid": daemon.pid}
    assert "did not end by itself" in run("--config", settings, "status").stdout.splitlines()[0]


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (
            '[life]\nping = "NO_SUCH_VARIABLE"',
            "life.ping: NO_SUCH_VARIABLE is not set in the environment",
        ),
        (
            f'[life]\nping = "https://hc.example/{SECRET}"',
            "life.ping: the variable it names is not set",
        ),
    ],
)
def test_a_switch_that_is_not_there_is_a_wrong_setting_named_at_the_start(
    settings: Path, written: str, said: str
):
    with settings.open("a") as file:
        file.write(f"{written}\n")

    result = run("--config", settings, "run")
    assert result.returncode == 2
    assert said in result.stderr
    assert SECRET not in result.stderr
