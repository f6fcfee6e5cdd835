"""`python -m tests.bench.trial [--pages 1000] [--rounds 5]`: watched pages against a bare loop and
the monitors people use.

A server of its own process, a thousand pages on twenty names, 50 ms away (`trial_site`); each round
one after the other lets all look at the same pages. Whole processes are measured (`trial_meter`),
medians printed, with the ratio to the bare loop in the same run (`trial_floor`). The others take
part where they are installed. Printed, never asserted.
"""

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from tests.bench.trial_site import HOSTS

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
# times the bare loop, and half a second; times it in the first round; times faster than urlwatch
MOST, FIRST, FASTER = 2.4, 5, 3
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


def urls(port: int, pages: int) -> list[str]:
    """Where the pages are."""
    return [f"http://127.0.0.{2 + page % HOSTS}:{port}/page/{page}" for page in range(pages)]


def ours(folder: Path, port: int, pages: int, text: str) -> Runner:
    """The monitor, with its pages in config.toml."""
    entries = [
        f'[[page]]\nname = "p{page}"\nurl = "{url}"\ntext = {text}\n'
        for page, url in enumerate(urls(port, pages))
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
    return Runner(f"ours, text = {text}", command, folder, {"SLACK_BOT_TOKEN": "xoxb-trial"})


def floor(folder: Path, port: int, pages: int) -> Runner:
    """The bare loop."""
    command = [
        sys.executable,
        "-m",
        "tests.bench.trial_floor",
        str(port),
        str(pages),
        str(folder / "state.sqlite"),
    ]
    return Runner("bare httpx loop, a client a host", command, folder)


def urlwatch(folder: Path, port: int, pages: int) -> Runner:
    """urlwatch out of the box, and webchanges, which takes the same files."""
    jobs = (f"name: page:p{page}\nurl: {url}\n" for page, url in enumerate(urls(port, pages)))
    (folder / "urls.yaml").write_text("---\n".join(jobs))
    report = {
        "slack": {"enabled": True, "webhook_url": f"http://127.0.0.1:{port}/hook"},
        "stdout": {"enabled": False},
    }
    (folder / "config.yaml").write_text(json.dumps({"report": report}))
    files = [
        "--urls",
        str(folder / "urls.yaml"),
        "--config",
        str(folder / "config.yaml"),
        "--cache",
        str(folder / "cache.db"),
    ]
    return Runner("urlwatch, out of the box", ["urlwatch", *files], folder)


def webchanges(folder: Path, port: int, pages: int) -> Runner:
    """webchanges, which came of it."""
    runner = urlwatch(folder, port, pages)
    files = [
        "--jobs" if word == "--urls" else "--database" if word == "--cache" else word
        for word in runner.command[1:]
    ]
    return Runner("webchanges, out of the box", ["webchanges", *files], folder)


PEERS: dict[str, Callable[[Path, int, int], Runner]] = {
    "urlwatch": urlwatch,
    "webchanges": webchanges,
}


def runners(folder: Path, port: int, pages: int, only: str) -> Iterator[Runner]:
    """All who take part."""

    def own(name: str) -> Path:
        (folder / name).mkdir()
        return folder / name

    yield floor(own("floor"), port, pages)
    for name, text in (("selector", '"#content"'), ("main", "true")):
        if only in ("", name):
            yield ours(own(name), port, pages, text)
    for name, peer in PEERS.items():
        if not only and shutil.which(name):
            yield peer(own(name), port, pages)


class Trial:
    """The rounds, one after the other, each with all who take part."""

    def __init__(self, port: int, pages: int, taking_part: Sequence[Runner]) -> None:
        self._port, self.pages, self.taking_part = port, pages, taking_part

    def _round(self, *, changed: bool = False) -> dict[str, float]:
        return dict(
            httpx.get(f"http://127.0.0.1:{self._port}/-/round/{self.pages}/{int(changed)}").json()
        )

    def round(self, kind: str, *, changed: bool = False) -> None:
        """One round; what was told in it is counted for each."""
        for runner in self.taking_part:
            self._round(changed=changed)
            runner.run(kind)
            for name, count in self._round().items():
                if count is not None:
                    runner.figures[f"{kind} {name}"].append(count)


COLUMNS = {
    "first × wall": ("first wall", True),
    "first × CPU": ("first cpu", True),
    "wall s": ("same wall", False),
    "CPU s": ("same cpu", False),
    "MB": ("same peak", False),
    "× wall": ("same wall", True),
    "× CPU": ("same cpu", True),
    "1 % wall": ("changed wall", False),
    "1 % CPU": ("changed cpu", False),
    "1st alert": ("changed first_alert", False),
}


def table(trial: Trial) -> None:
    """What came of it: the first round, one in which nothing changed, one in which a page in a
    hundred did.
    """
    bare = trial.taking_part[0]
    row = ("{:36}" + " {:>12}" * (len(COLUMNS) + 2) + "\n").format
    sys.stdout.write(row("", *COLUMNS, "false", "missed"))
    for runner in trial.taking_part:
        figures = (
            f"{runner.median(name) / (bare.median(name) if is_ratio else 1):.2f}"
            for name, is_ratio in COLUMNS.values()
        )
        false = sum(runner.figures["same false"]) + sum(runner.figures["changed false"])
        sys.stdout.write(
            row(
                runner.name,
                *figures,
                f"{false:.0f}",
                f"{sum(runner.figures['changed missed']):.0f}",
            )
        )
    wall, cpu = (MOST * bare.median(f"same {name}") + 0.5 for name in ("wall", "cpu"))
    sys.stdout.write(
        f"at most, where nothing changed: wall {wall:.2f} s, CPU {cpu:.2f} s, {FASTER} times as"
        " fast as urlwatch; "
    )
    sys.stdout.write(f"in the first round {FIRST} times the bare loop; 0 false, 0 missed\n")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--pages", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument(
        "--only",
        choices=("", "selector", "main"),
        default="",
        help="one of our two ways, and the bare loop",
    )
    asked = parser.parse_args()
    with site() as port, tempfile.TemporaryDirectory(prefix="trial-") as name:
        trial = Trial(port, asked.pages, list(runners(Path(name), port, asked.pages, asked.only)))
        trial.round("first")
        trial.round("warm")
        for _ in range(asked.rounds):
            trial.round("same")
        for _ in range(max(asked.rounds // 2, 1)):
            trial.round("changed", changed=True)
        table(trial)


if __name__ == "__main__":
    main()
