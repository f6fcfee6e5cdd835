"""`python -m tests.bench.trial [--pages 1000] [--rounds 5]`: watched pages against a bare loop and the monitors people use.

A server of its own process, a thousand pages on twenty names, 50 ms away (`trial_site`); each round one after the other lets all
look at the same pages. Whole processes are measured (`trial_meter`), medians printed, with the ratio to the bare loop in the
same run (`trial_floor`). The others take part where they are installed. Printed, never asserted.
"""

import argparse
import json
import os
import re
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
MOST = {"wall": 1.5, "cpu": 1.5}  # times the bare loop, and half a second
COMPILED = {"PYTHONDONTWRITEBYTECODE": ""}  # else each process would compile all of the program by itself
SYNCED = re.compile(r"^\s*\S+\s+\S+\s+\S+\s+(\d+)\s+(?:\d+\s+)?(?:fdatasync|fsync)$", re.MULTILINE)


@dataclass
class Runner:
    """Who takes part: how it is called, what it is asked with, where it keeps what it knows; `figures` by name, by round."""

    name: str
    command: list[str]
    folder: Path
    environment: dict[str, str] = field(default_factory=dict)
    figures: defaultdict[str, list[float]] = field(default_factory=lambda: defaultdict(list))

    def run(self, kind: str, before: Sequence[str] = ()) -> None:
        """One round of this kind, measured."""
        size = occupied(self.folder)
        meter = [sys.executable, "-m", "tests.bench.trial_meter", *before, *self.command]
        environment = os.environ | COMPILED | self.environment
        done = subprocess.run(meter, env=environment, check=True, capture_output=True, text=True)
        figures = json.loads(done.stdout)
        if figures.pop("status"):
            raise SystemExit(f"{self.name} failed: {done.stderr[-500:]}")
        for name, figure in figures.items():
            self.figures[f"{kind} {name}"].append(figure)
        self.figures[f"{kind} disk"].append((occupied(self.folder) - size) / 1e6)

    def median(self, name: str) -> float:
        """Of all rounds."""
        return statistics.median(self.figures[name]) if self.figures[name] else float("nan")


def occupied(folder: Path) -> int:
    """Bytes of all files below a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


@contextmanager
def site() -> Iterator[int]:
    """The publishers, and the port at which they are."""
    with subprocess.Popen([sys.executable, "-m", "tests.bench.trial_site"], stdout=subprocess.PIPE, text=True) as process:
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
    entries = [f'[[page]]\nname = "p{page}"\nurl = "{url}"\ntext = {text}\n' for page, url in enumerate(urls(port, pages))]
    config = folder / "config.toml"
    config.write_text(SETTINGS.format(folder=folder, port=port) + "".join(entries))
    command = [str(Path(sys.executable).parent / "monitor"), "--config", str(config), "poll", "--all"]
    return Runner(f"ours, text = {text}", command, folder, {"SLACK_BOT_TOKEN": "xoxb-trial"})


def floor(folder: Path, port: int, pages: int) -> Runner:
    """The bare loop."""
    command = [sys.executable, "-m", "tests.bench.trial_floor", str(port), str(pages), str(folder / "state.sqlite")]
    return Runner("bare httpx loop, a client a host", command, folder)


def urlwatch(folder: Path, port: int, pages: int) -> Runner:
    """urlwatch out of the box, and webchanges, which takes the same files."""
    jobs = (f"name: page:p{page}\nurl: {url}\n" for page, url in enumerate(urls(port, pages)))
    (folder / "urls.yaml").write_text("---\n".join(jobs))
    report = {"slack": {"enabled": True, "webhook_url": f"http://127.0.0.1:{port}/hook"}, "stdout": {"enabled": False}}
    (folder / "config.yaml").write_text(json.dumps({"report": report}))
    files = ["--urls", str(folder / "urls.yaml"), "--config", str(folder / "config.yaml"), "--cache", str(folder / "cache.db")]
    return Runner("urlwatch, out of the box", ["urlwatch", *files], folder)


def webchanges(folder: Path, port: int, pages: int) -> Runner:
    """webchanges, which came of it."""
    runner = urlwatch(folder, port, pages)
    files = ["--jobs" if word == "--urls" else "--database" if word == "--cache" else word for word in runner.command[1:]]
    return Runner("webchanges, out of the box", ["webchanges", *files], folder)


PEERS: dict[str, Callable[[Path, int, int], Runner]] = {"urlwatch": urlwatch, "webchanges": webchanges}


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
        return dict(httpx.get(f"http://127.0.0.1:{self._port}/-/round/{self.pages}/{int(changed)}").json())

    def round(self, kind: str, *, changed: bool = False) -> None:
        """One round; what was told in it is counted for each."""
        for runner in self.taking_part:
            self._round(changed=changed)
            runner.run(kind)
            for name, count in self._round().items():
                if count is not None:
                    runner.figures[f"{kind} {name}"].append(count)

    def synced(self, runner: Runner) -> int | None:
        """How often a round in which nothing changed waits for the disk; None where nobody can look on."""
        if shutil.which("strace") is None:
            return None
        log = runner.folder / "strace"
        runner.run("caught up")  # what changed in the round of who came after it
        self._round()
        runner.run("strace", ["strace", "-f", "-c", "-o", str(log), "-e", "trace=fdatasync,fsync"])
        counts = [int(count) for count in SYNCED.findall(log.read_text())]
        log.unlink()
        return sum(counts)


def table(trial: Trial) -> None:
    """What came of it."""
    bare = trial.taking_part[0]
    row = "{:36} {:>6} {:>6} {:>6} {:>6} {:>6} {:>6} {:>6} {:>7} {:>7} {:>7} {:>7} {:>7} {:>7}\n".format
    heads = (
        "wall s",
        "CPU s",
        "ms/page",
        "MB",
        "× wall",
        "× CPU",
        "false",
        "missed",
        "disk MB",
        "syncs",
        "1st s",
        "1% wall",
        "1% CPU",
    )
    sys.stdout.write(row("a round in which nothing changed", *heads))
    for runner in trial.taking_part:
        wall, cpu = runner.median("same wall"), runner.median("same cpu")
        false = sum(runner.figures["same false"]) + sum(runner.figures["changed false"])
        synced = trial.synced(runner) if runner.name.startswith("ours") else None
        figures = (
            f"{wall:.2f}",
            f"{cpu:.2f}",
            f"{1000 * cpu / trial.pages:.2f}",
            f"{runner.median('same peak'):.0f}",
            f"{wall / bare.median('same wall'):.2f}",
            f"{cpu / bare.median('same cpu'):.2f}",
            f"{false:.0f}",
            f"{sum(runner.figures['changed missed']):.0f}",
            f"{runner.median('same disk'):.2f}",
            "-" if synced is None else f"{synced}",
            f"{runner.median('changed first_alert'):.2f}",
            f"{runner.median('changed wall'):.2f}",
            f"{runner.median('changed cpu'):.2f}",
        )
        sys.stdout.write(row(runner.name, *figures))
    bound = ", ".join(f"{name} {times * bare.median(f'same {name}') + 0.5:.2f}" for name, times in MOST.items())
    sys.stdout.write(f"at most: {bound} s, 110 MB, 0 false, 0 missed, 0.2 MB, 30 syncs, first alert 0.5 s\n")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--pages", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--only", choices=("", "selector", "main"), default="", help="one of our two ways, and the bare loop")
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
