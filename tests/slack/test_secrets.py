"""A canary for a token: wherever the program writes anything, on good days and bad ones, it must
not sing.
"""

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from acts import control, listing
from command import FAR, Done, environment, eventually, run
from werkzeug import Request, Response

from monitor.deliver import webhook
from monitor.store import DATABASE

SONG = "canary-7f3a9c51e2"
SECRETS = {"SLACK_BOT_TOKEN": f"xoxb-{SONG}"}
HOOK = {"SLACK_WEBHOOK_URL": f"http://127.0.0.1:9/services/T0/B0/{SONG}"}


class Singing:
    """What was written anywhere, and by whom."""

    def __init__(self, config: Path, folder: Path) -> None:
        self._config = config
        self._folder = folder
        self.said: list[tuple[str, str]] = []
        self.prelude = ""  # Python that the daemon runs first

    def run(self, *arguments: str | Path, **secrets: str) -> Done:
        done = run("--config", self._config, *arguments, **self._environment(secrets))
        self.said.append((" ".join(map(str, arguments)), done.stdout + done.stderr))
        return done

    def live_until(self, *words: str, **secrets: str) -> None:
        """The daemon, until it says all these words."""
        start = f"{self.prelude}from monitor.cli.app import main\nif __name__ == '__main__': main()"
        command = [sys.executable, "-c", start, "--config", str(self._config), "run"]
        log = self._folder / "daemon.log"
        with log.open("w") as out:
            process = subprocess.Popen(
                command, stdout=out, stderr=out, env=environment(**self._environment(secrets))
            )
            eventually(lambda: all(word in log.read_text() for word in words))
            process.send_signal(signal.SIGTERM)
            process.wait(timeout=FAR)

    def _environment(self, secrets: dict[str, str]) -> dict[str, str]:
        return {"NO_PROXY": "*", "PYTHONWARNINGS": "ignore", **(secrets or SECRETS)}

    def heard(self) -> list[str]:
        """Where the canary sings."""
        files = [
            (str(path), path.read_bytes()) for path in self._folder.rglob("*") if path.is_file()
        ]
        spoken = [(name, text.encode()) for name, text in self.said]
        return [name for name, content in (*files, *spoken) if SONG.encode() in content]


@pytest.fixture
def slack(httpserver, settings: Path) -> Iterator[list[Response]]:
    """A Slack that gives the answers told, then fails; each that can carry the token echoes it."""
    answers: list[Response] = []

    def answer(request: Request) -> Response:
        assert SONG in request.headers["Authorization"]
        return (
            answers.pop(0)
            if answers
            else Response(f"<html>500: {request.headers['Authorization']}</html>", 500)
        )

    for method in (
        "chat.postMessage",
        "conversations.history",
        "conversations.replies",
        "auth.test",
    ):
        httpserver.expect_request(f"/api/{method}").respond_with_handler(answer)
    place = (
        f'[slack]\nchannel = "C1"\ngrace = "0.01 seconds"\napi = "{httpserver.url_for("/api/")}"\n'
    )
    settings.write_text(settings.read_text().replace("[fetch]", f"{place}[fetch]"))
    return answers


@pytest.fixture
def singing(settings: Path, tmp_path: Path) -> Singing:
    return Singing(settings, tmp_path)


def refused(code: str) -> Response:
    return Response(
        json.dumps({"ok": False, "error": code, "echo": SECRETS}), content_type="application/json"
    )


def test_the_token_is_in_no_output_no_log_and_no_file_whatever_fails(
    singing, slack, ministry, tmp_path
):
    singing.run("poll", "toy.notices")
    ministry.publish("10", listing(10, "Dedrone by Axon"))
    slack += [refused(f"invalid_auth {SECRETS['SLACK_BOT_TOKEN']}")]
    assert "not delivered yet" in singing.run("poll", "toy.notices", "--json").stderr
    ministry.publish("11", control(11, "1C909.a"))
    ministry.publish("12", "stumble")  # a scraper's mistake
    singing.run("poll", "toy.notices")
    for command in (
        ("status",),
        ("status", "--json"),
        ("sources", "--json"),
        ("doctor",),
        ("doctor", "--slack", "--json"),
    ):
        singing.run(*command)
    singing.run("poll", "toy.nobody")
    slack += [
        Response("slow down", 429, {"Retry-After": "1"}),
        refused("invalid_auth"),
        Response(f'{{"ok":tr {SONG}', 200),
    ]
    singing.live_until("undelivered")
    store = tmp_path / "store"
    assert b"mofcom-2025-11" in b"".join(path.read_bytes() for path in store.glob(f"{DATABASE}*"))
    assert singing.heard() == []
    (store / DATABASE).write_bytes(b"no database at all")
    assert singing.run("poll", "toy.notices").returncode != 0

    assert singing.heard() == []
    assert len(singing.said) == 10


def test_an_address_that_is_a_secret_is_not_shown_either(singing, ministry):
    singing.run("poll", "toy.notices", **HOOK)
    ministry.publish("10", listing(10, "Dedrone by Axon"))
    assert "can't be reached" in singing.run("poll", "toy.notices", **HOOK).stderr
    singing.run("status", "--json", **HOOK)
    singing.run("doctor", "--json", **HOOK)
    singing.run("poll", "toy.notices", SLACK_WEBHOOK_URL=f"hooks.slack.example/{SONG}")

    assert singing.heard() == []


def test_a_token_without_a_channel_is_a_wrong_setting_and_is_not_shown(singing):
    done = singing.run("poll", "toy.notices")

    assert done.returncode == 2
    assert "slack.channel" in done.stderr
    assert singing.heard() == []


@pytest.fixture
def ways(httpserver, settings: Path) -> dict[str, str]:
    """A program's address, its key and an address of apprise: each a secret, each answered by
    nothing but trouble.
    """
    place = f"127.0.0.1:{httpserver.port}"
    httpserver.expect_request("/hook").respond_with_data(f"500 {SONG}", 500)
    text = settings.read_text()
    settings.write_text(f"""{text}
[destinations.desk]
webhook = "DESK_HOOK"
secret = "DESK_KEY"
[destinations.mail]
apprise = "DESK_MAIL"
[destinations.gone]
webhook = "GONE_HOOK"
[[routes]]
to = ["alerts", "desk", "mail", "gone"]
""")
    return {
        "DESK_HOOK": f"http://{place}/hook?key={SONG}",
        "DESK_KEY": f"k-{SONG}",
        "DESK_MAIL": f"json://ann:{SONG}@{place}/{SONG}",
        "GONE_HOOK": f"http://ann:{SONG}@127.0.0.1:9/{SONG}",
    }


@pytest.mark.long
def test_a_programs_address_and_apprises_are_in_no_log_and_no_file(
    singing, ways, ministry, tmp_path
):
    singing.run("poll", "toy.notices", **ways)
    ministry.publish("10", listing(10, "Dedrone by Axon"))
    told = singing.run("poll", "toy.notices", **ways).stderr
    assert {line.split()[4] for line in told.splitlines() if "not delivered yet" in line} >= {
        "webhook:desk",
        "webhook:gone",
    }
    ministry.publish("11", control(11, "1C909.a"))
    ministry.publish("12", "stumble")
    singing.live_until("webhook:desk answers 500", '"to":"gone"', **ways)
    log = (tmp_path / "daemon.log").read_text()
    assert "HTTP Request" not in log
    for command in (
        ("status", "--json"),
        ("doctor", "--json"),
        ("doctor", "--slack", "--send"),
        ("show", "mofcom-2025-10"),
    ):
        singing.run(*command, **ways)

    assert singing.heard() == []


def test_a_failure_that_names_a_secret_is_stored_without_it(
    singing, settings, ministry, tmp_path, monkeypatch
):
    """A proxy's or a server's words come from where we have no hand in them."""
    place = '[destinations.desk]\nwebhook = "DESK_HOOK"\n[[routes]]\nto = ["desk"]\n'
    settings.write_text(settings.read_text() + place)
    singing.prelude = BROKEN
    monkeypatch.setattr(webhook.Webhook, "send", webhook.Webhook.send)  # put back afterwards
    exec(BROKEN, {})
    address = f"http://127.0.0.1:9/{SONG}"
    singing.run("poll", "toy.notices", DESK_HOOK=address)
    ministry.publish("10", listing(10, "Dedrone by Axon"))

    assert "refused: [redacted]" in singing.run("poll", "toy.notices", DESK_HOOK=address).stderr
    singing.live_until('"text":"refused', DESK_HOOK=address)
    assert b"refused: [redacted]" in b"".join(
        path.read_bytes() for path in (tmp_path / "store").glob(f"{DATABASE}*")
    )
    assert singing.heard() == []


BROKEN = """
import monitor.deliver.webhook as hook
from monitor.errors import DeliveryError
def fails(self, *_, **__): raise DeliveryError('refused: ' + self._url, outcome='refused')
hook.Webhook.send = fails
"""


@pytest.mark.parametrize(
    "wrong",
    [
        f'desk = "xoxb-{SONG}',
        f'[slack]\nchannel = ["xoxb-{SONG}"]',
        f"[slack]\nxoxb-{SONG} = 1",
        f"= xoxb-{SONG}",
    ],
)
def test_a_config_that_is_wrong_where_a_token_stands_is_told_without_it(singing, tmp_path, wrong):
    elsewhere = tmp_path / "wrong" / "config.toml"
    elsewhere.parent.mkdir()
    elsewhere.write_text(wrong)
    singing = Singing(elsewhere, tmp_path / "none")
    for command, code in (
        (("run",), 2),
        (("poll", "--json"), 2),
        (("doctor", "--json"), 2),
        (("status",), 1),
    ):
        assert singing.run(*command).returncode == code

    assert singing.heard() == []
