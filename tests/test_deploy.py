"""What we give to those who run the monitor as a service or in a container: hardened, complete,
and what the documents say.
"""

import os
import re
import shutil
import subprocess
from configparser import RawConfigParser
from typing import Any
from urllib.parse import urlsplit

import pytest
import yaml
from command import ROOT
from typer.main import get_command

from monitor.cli.app import app
from monitor.config import redact, stores
from monitor.run import signals
from monitor.run.life import systemd

UNIT = ROOT / "deploy/monitor.service"
CONTAINER = ROOT / "deploy/Containerfile"
COMPOSE = ROOT / "deploy/compose.yaml"
MOST_EXPOSED = 2.5  # of ten, as `systemd-analyze security` counts


def unit() -> dict[str, dict[str, str]]:
    """The unit's sections; of a key that is said twice the last."""
    parser = RawConfigParser(strict=False, delimiters=("=",))
    parser.optionxform = str  # type: ignore[assignment]
    parser.read(UNIT)
    return {name: dict(parser[name]) for name in parser.sections()}


@pytest.fixture
def analyze() -> str:
    found = shutil.which("systemd-analyze")
    if found is None and not os.environ.get("CI"):
        pytest.skip("systemd-analyze is not here (package systemd)")
    assert found
    return found


def test_the_service_is_exposed_to_no_more_than_it_needs(analyze: str):
    said = subprocess.run(
        [
            analyze,
            "security",
            "--offline=true",
            "--no-pager",
            f"--threshold={MOST_EXPOSED * 10:.0f}",
            UNIT,
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    level = re.search(r"Overall exposure level for monitor\.service: ([\d.]+)", said.stdout)

    assert level
    assert float(level[1]) <= MOST_EXPOSED
    assert said.returncode == 0


def test_systemd_can_read_the_units_and_starts_one_that_calls_people_where_ours_fails(
    analyze: str, tmp_path
):
    for path in (UNIT, UNIT.with_name("monitor-failed.service")):
        text = re.sub(
            "^ExecStart=.*",
            f"ExecStart={shutil.which('true')}",
            path.read_text(),
            flags=re.MULTILINE,
        )
        (tmp_path / path.name).write_text(
            text.replace("/srv/monitor/docs/operate.md", str(ROOT / "docs/operate.md"))
        )
    units = [tmp_path / UNIT.name, tmp_path / unit()["Unit"]["OnFailure"]]
    done = subprocess.run(
        [analyze, "verify", "--man=no", *units], capture_output=True, text=True, check=False
    )

    assert (done.returncode, done.stderr) == (0, "")


def test_the_service_leaves_no_core_in_which_a_secret_stands():
    assert unit()["Service"]["LimitCORE"] == "0"


def test_the_service_tells_systemd_how_it_is_and_is_killed_where_it_hangs():
    service = unit()["Service"]

    assert (service["Type"], service["NotifyAccess"]) == ("notify", "main")
    assert service["WatchdogSec"] == "5min"
    # our own, which says where the loop stood, comes first
    assert signals.PATIENCE + 2 * signals.BEAT < 5 * 60
    assert systemd.PLACE == "NOTIFY_SOCKET"
    assert service["Restart"] == "on-failure"


def test_the_service_runs_as_its_own_user_once_the_network_is_there_and_owns_its_store_alone():
    sections = unit()

    assert sections["Service"]["User"] == "monitor"
    assert "network-online.target" in sections["Unit"]["Wants"]
    assert "network-online.target" in sections["Unit"]["After"]
    assert (sections["Service"]["StateDirectory"], sections["Service"]["StateDirectoryMode"]) == (
        "monitor",
        "0700",
    )
    # the settings name it, for every command alike
    assert "--store" not in sections["Service"]["ExecStart"]
    assert (
        """sed 's|^store = .*|store = "/var/lib/monitor"|' config.toml > /etc/monitor.toml"""
        in (ROOT / "docs/operate.md").read_text()
    )
    assert re.search("^store = ", (ROOT / "config.toml").read_text(), re.MULTILINE)


def steps() -> list[list[tuple[str, str]]]:
    """The container file's instructions with what they say, stage by stage; what stands before
    the first is a stage too.
    """
    text = re.sub(r"\\\n\s*", " ", CONTAINER.read_text())
    stages: list[list[tuple[str, str]]] = [[]]
    for line in filter(None, (line.strip() for line in text.splitlines())):
        if line.startswith("#"):
            continue
        word, _, rest = line.partition(" ")
        if word == "FROM":
            stages.append([])
        stages[-1].append((word, rest))
    return stages


def said(word: str) -> list[str]:
    """What the last stage says by an instruction."""
    return [rest for instruction, rest in steps()[-1] if instruction == word]


def test_the_container_runs_as_nobody_of_the_machine_keeps_its_store_and_says_whether_it_lives():
    (user,), (health,), (signal,) = said("USER"), said("HEALTHCHECK"), said("STOPSIGNAL")

    # a number, so that an orchestrator can see that it is not root
    assert re.fullmatch(r"[1-9]\d{3,}:[1-9]\d{3,}", user)
    assert '"status", "--alive"' in health
    assert signal == "SIGTERM"
    assert said("VOLUME") == ["/var/lib/monitor"]
    assert [said("ENTRYPOINT")[0].endswith('"/var/lib/monitor"]'), said("CMD")] == [
        True,
        ['["run"]'],
    ]


def test_what_the_container_copies_is_there_and_is_let_through_and_no_secret_stands_in_it():
    through = {
        line.removeprefix("!")
        for line in (CONTAINER.parent / f"{CONTAINER.name}.dockerignore").read_text().split()
    }
    copied = [
        source
        for stage in steps()
        for word, rest in stage
        if word == "COPY" and "--from" not in rest
        for source in rest.split()[:-1]
    ]

    assert copied
    assert all((ROOT / source).exists() and source in through for source in copied)
    assert not re.search(r"TOKEN|SECRET|PASSWORD|WEBHOOK", CONTAINER.read_text())


def test_the_container_takes_the_uv_that_the_makefile_takes_and_a_python_that_we_say_we_work_with():
    version = re.search(r"^UV_VERSION := (\S+)$", (ROOT / "Makefile").read_text(), re.MULTILINE)
    python = re.search(r"python:(3\.\d+)-slim", CONTAINER.read_text())

    assert version
    assert f"uv=={version[1]}" in CONTAINER.read_text()
    assert python
    assert f"Python :: {python[1]}" in (ROOT / "pyproject.toml").read_text()


def words_of(words: list[str]) -> tuple[tuple[str, ...], list[str]]:
    """The command that these words name, and what of them it does not take; nothing is run."""
    context = get_command(app).make_context("monitor", words)
    name, command, rest = context.command.resolve_command(
        context, [*context._protected_args, *context.args]
    )
    return (name,), command.make_context(name, rest, parent=context).args


def services() -> dict[str, dict[str, Any]]:
    """The services of the compose file, each with what it has of others."""
    return yaml.safe_load(COMPOSE.read_text())["services"]


def test_the_compose_file_is_a_database_workers_and_the_console_of_one_store():
    made = services()

    assert made.keys() == {"database", "worker", "console"}
    assert made["worker"]["entrypoint"] == made["console"]["entrypoint"]
    assert made["worker"]["deploy"]["replicas"] > 1
    store = made["worker"]["entrypoint"][made["worker"]["entrypoint"].index("--store") + 1]
    assert stores.is_database(store)
    assert store in made["worker"]["healthcheck"]["test"]
    for name in ("worker", "console"):
        path, options = words_of([*made[name]["entrypoint"][1:], *made[name]["command"]])
        assert (path, options) == (("run",) if name == "worker" else ("serve",), [])


def test_the_compose_file_builds_our_container_with_what_its_services_need_and_waits_for_the_database():
    for name, needed in (("worker", "workers"), ("console", "console")):
        service = services()[name]
        build = service["build"]
        assert (COMPOSE.parent / build["context"] / build["dockerfile"]).samefile(CONTAINER)
        assert f"--extra {needed}" in build["args"]["EXTRAS"]
        assert "EXTRAS" in {
            rest.partition("=")[0] for stage in steps() for word, rest in stage if word == "ARG"
        }
        assert service["depends_on"] == {"database": {"condition": "service_healthy"}}
        assert (service["read_only"], service["cap_drop"]) == (True, ["ALL"])


def test_the_compose_file_s_database_is_the_one_that_its_services_name_and_has_their_password():
    made = services()
    store = urlsplit(made["worker"]["entrypoint"][-1])
    database = made[store.hostname]
    its = database["environment"]

    assert (store.username, store.path) == (
        its["POSTGRES_USER"],
        f"/{its.get('POSTGRES_DB', its['POSTGRES_USER'])}",
    )
    assert database["healthcheck"]["test"] == [
        "CMD",
        "pg_isready",
        f"--username={its['POSTGRES_USER']}",
    ]
    assert "UTF8" in its["POSTGRES_INITDB_ARGS"]
    for name in ("worker", "console"):
        assert made[name]["environment"]["PGPASSWORD"] == its["POSTGRES_PASSWORD"]


def test_what_the_compose_file_s_services_are_told_by_the_environment_the_configuration_knows():
    made = services()
    told = {name for service in ("worker", "console") for name in made[service]["environment"]}
    sample = (ROOT / "config.toml").read_text()

    assert (
        told - {"PGPASSWORD"}
        == {name for name in told if name in sample}
        > {*redact.SLACK} - {"SLACK_WEBHOOK_URL"}
    )


def test_no_secret_stands_in_the_compose_file():
    written = [
        value for service in services().values() for value in service.get("environment", {}).items()
    ]

    assert written
    assert all(
        value.startswith("${") for name, value in written if re.search(r"TOKEN|PASSWORD", name)
    )
