"""Watched pages beside a bare loop and the monitors people use.

A server of its own process, a thousand pages on twenty names, 50 ms away (`trial_site`); each round
one after the other lets all look at the same pages. Whole processes are measured (`trial_meter`),
medians printed, with the ratio to the bare loop in the same run (`trial_floor`). The others take
part where they can be installed.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from math import isnan
from pathlib import Path

import httpx

from tests.bench.harness import Row, compare
from tests.bench.peers import install
from tests.bench.trial_site import HOSTS

PAGES, ROUNDS = 1_000, 2

SETTINGS = """store = "{folder}/store"
packages = []
[fetch]
user_agent = "trial (+contact: nobody@example.org)"
allow_private = true
gap = "0.001 seconds"
at_a_time = 5
[slack]
channel = "C1"
api = "http://127.0.0.1:{port}/api/"
gap = "0.001 seconds"
"""
# else each process would compile all of the program by itself
COMPILED = {"PYTHONDONTWRITEBYTECODE": ""}


@dataclass
class Runner:
    """Who takes part: how it is called, what it is asked with, where it keeps what it knows;
    `figures` by name, by round.
    """

    name: str
    command: list[str]
    folder: Path
    environment: dict[str, str] = field(default_factory=dict)
    figures: defaultdict[str, list[float]] = field(default_factory=lambda: defaultdict(list))

    def run(self, kind: str) -> None:
        """One round of this kind, measured."""
        meter = [sys.executable, "-m", "tests.bench.trial_meter", *self.command]
        environment = os.environ | COMPILED | self.environment
        done = subprocess.run(meter, env=environment, check=True, capture_output=True, text=True)
        figures = json.loads(done.stdout)
        if figures.pop("status"):
            raise SystemExit(f"{self.name} failed: {done.stderr[-500:]}")
        for name, figure in figures.items():
            self.figures[f"{kind} {name}"].append(figure)

    def median(self, name: str) -> float:
        """Of all rounds."""
        return statistics.median(self.figures[name]) if self.figures[name] else float("nan")


@contextmanager
def site() -> Iterator[int]:
    """The publishers, and the port at which they are."""
    with subprocess.Popen(
        [sys.executable, "-m", "tests.bench.trial_site"], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout
        try:
            yield int(process.stdout.readline())
        finally:
            process.terminate()


def urls(port: int) -> list[str]:
    """Where the pages are."""
    return [f"http://127.0.0.{2 + page % HOSTS}:{port}/page/{page}" for page in range(PAGES)]


def ours(folder: Path, port: int, text: str) -> Runner:
    """The monitor, with its pages in config.toml."""
    entries = [
        f'[[page]]\nname = "p{page}"\nurl = "{url}"\ntext = {text}\n'
        for page, url in enumerate(urls(port))
    ]
    config = folder / "config.toml"
    config.write_text(SETTINGS.format(folder=folder, port=port) + "".join(entries))
    command = [
        str(Path(sys.executable).parent / "monitor"),
        "--config",
        str(config),
        "poll",
        "--all",
    ]
    return Runner(f"`text = {text}`", command, folder, {"SLACK_BOT_TOKEN": "xoxb-trial"})


def floor(folder: Path, port: int) -> Runner:
    """The bare loop."""
    command = [
        sys.executable,
        "-m",
        "tests.bench.trial_floor",
        str(port),
        str(PAGES),
        str(folder / "state.sqlite"),
    ]
    return Runner("bare loop", command, folder)


def urlwatch(folder: Path, port: int, program: Path) -> Runner:
    """urlwatch as it comes."""
    jobs = (f"name: page:p{page}\nurl: {url}\n" for page, url in enumerate(urls(port)))
    (folder / "urls.yaml").write_text("---\n".join(jobs))
    report = {
        "slack": {"enabled": True, "webhook_url": f"http://127.0.0.1:{port}/hook"},
        "stdout": {"enabled": False},
    }
    (folder / "config.yaml").write_text(json.dumps({"report": report}))
    files = {"--urls": "urls.yaml", "--config": "config.yaml", "--cache": "cache.db"}
    asked = [word for option, name in files.items() for word in (option, str(folder / name))]
    return Runner("urlwatch", [str(program), *asked], folder)


def webchanges(folder: Path, port: int, program: Path) -> Runner:
    """webchanges, which came of it and takes the same files. It tells nobody: its webhook fails at a
    report in more than one piece.
    """
    runner = urlwatch(folder, port, program)
    options = {"--urls": "--jobs", "--cache": "--database"}
    return Runner("webchanges", [options.get(word, word) for word in runner.command], folder)


PEERS = {"urlwatch": urlwatch, "webchanges": webchanges}


def list_runners(folder: Path, port: int) -> Iterator[Runner]:
    """All who take part, the bare loop first."""

    def own(name: str) -> Path:
        (folder / name).mkdir()
        return folder / name

    yield floor(own("floor"), port)
    yield ours(own("selector"), port, '"#content"')
    yield ours(own("main"), port, "true")
    for name, peer in PEERS.items():
        if commands := install(name):
            yield peer(own(name), port, commands / name)


class Trial:
    """The rounds, one after the other, each with all who take part."""

    def __init__(self, port: int, taking_part: Sequence[Runner]) -> None:
        self._port, self.taking_part = port, taking_part

    def _round(self, *, changed: bool = False) -> dict[str, float]:
        return dict(
            httpx.get(f"http://127.0.0.1:{self._port}/-/round/{PAGES}/{int(changed)}").json()
        )

    def round(self, kind: str, *, changed: bool = False) -> None:
        """One round; what was told in it is counted for each."""
        for runner in self.taking_part:
            self._round(changed=changed)
            runner.run(kind)
            for name, count in self._round().items():
                if count is not None:
                    runner.figures[f"{kind} {name}"].append(count)


def tell(trial: Trial) -> Iterator[Row]:
    """What a look at pages that say nothing new takes, and how soon the first of some is told."""
    bare, *others = trial.taking_part
    for runner in others:
        what, most = f"{PAGES:,} pages unchanged: {runner.name}", "2.4 and 500"
        took, floor = runner.median("same cpu"), bare.median("same cpu")
        yield compare(what, took, bare.name, floor, most if runner.name.startswith("`") else "")
    for runner in others:
        false = sum(runner.figures["same false"]) + sum(runner.figures["changed false"])
        missed = sum(runner.figures["changed missed"])
        wrong = f" ({false:.0f} false, {missed:.0f} missed)" if false or missed else ""
        what, took = f"first alert: {runner.name}", runner.median("changed first_alert")
        if isnan(took):
            yield Row(what, f"none{wrong}")
        else:
            yield compare(what, took, bare.name, bare.median("changed wall"), more=wrong)


def measure() -> Iterator[Row]:
    """Some rounds in which nothing changes, half as many in which one page in a hundred does."""
    with site() as port, tempfile.TemporaryDirectory(prefix="trial-") as name:
        trial = Trial(port, list(list_runners(Path(name), port)))
        # ours learns at its first three looks which words of a page are noise
        for kind in ("first", "second", "third"):
            trial.round(kind)
        for _ in range(ROUNDS):
            trial.round("same")
        for _ in range(ROUNDS // 2):
            trial.round("changed", changed=True)
        yield from tell(trial)
