"""What is right by measure: `make scoreboard CORPUS=folder EVAL=folder` writes docs/scoreboard.md
anew.

CORPUS holds labelled texts, EVAL the scripts that let `monitor` read them. The project carries
neither. A script prints its figures as JSON, an object or several, or words in its last line. The
blind rounds stand in blind_rounds.csv.
"""

import csv
import json
import shlex
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from monitor.config import VERSION

ROOT = Path(__file__).parent.parent.parent
DOCUMENT = ROOT / "docs/scoreboard.md"
ROUNDS = Path(__file__).parent / "blind_rounds.csv"
MONITOR = Path(sys.executable).parent / "monitor"
USAGE = (
    "say where the labelled texts and the measuring scripts are: make scoreboard CORPUS=folder"
    " EVAL=folder"
)
HEAD = """# What is right, by measure

`make scoreboard CORPUS=folder EVAL=folder` wrote this page on {day:%-d %B %Y}, of version {version}. The project carries neither
corpora nor scripts. `part`: said to be incomplete (or told as press), and nothing false. Pairs are precision / recall.

## Seen

Texts that the rules' authors could read; last column: version 0.2.0.

| what | figures | `$EVAL/` and the command | unseen |
|---|---|---|---|
"""
LATEST = 10  # rounds with a line of their own; blind_rounds.csv has all
BLIND = """
## Unseen

Labelled by somebody who had not seen the grammar; first runs; CA, CE, DA, EB, RE are real.

| round, acts | right | `part` | silent | wrong | of `full` right | false alarms, of pages |
|---|---|---|---|---|---|---|
"""
ROUND = (
    "| {round}, {acts} | {right} | {part} | {silent} | {wrong} | {full right}/{full} |"
    " {false}/{pages} |\n"
)
PAIR = "{{{0}[precision]:.3f}} / {{{0}[recall]:.3f}}"
ACTS = (
    f"{{perfect}} of {{documents}} wholly right; names {PAIR.format('entities')}, items"
    f" {PAIR.format('items')}"
)
FORMS = (
    "{right} of {acts} right, {part} `part`, {SILENT} silent, {WRONG} wrong; of `full` {full right}"
    " of {full} right; {false} of {pages} false alarms"
)
NAMES, PRODUCTS = (
    f"match {PAIR.format(f'{what}[match]')}, review {PAIR.format(f'{what}[review]')}"
    for what in ("names", "products")
)
DAYS = (
    "{days right} of {days} days right, {bad bodies refused} of {bad bodies} bad bodies refused,"
    " {false changes} false changes"
)


class Measurement(NamedTuple):
    """A line of the first table: its figures in words, and those of a version whose authors had
    not seen the texts.
    """

    what: str
    command: str
    figures: str
    unseen: str = ""


MEASUREMENTS = (
    Measurement("announcements", "score_announcements.py --json --corpus $CORPUS/china", ACTS),
    Measurement("forms", "score_forms.py --json --corpus $CORPUS/forms", FORMS),
    Measurement(
        "forms-b",
        "score_forms.py --json --corpus $CORPUS/forms-b",
        FORMS,
        "13 right, 24 wrong, of these 19 `full`",
    ),
    Measurement("names", "score_matching.py --json --corpus $CORPUS/matching", NAMES),
    Measurement(
        "names-b",
        "score_matching.py --json --corpus $CORPUS/matching-b",
        NAMES,
        "match 1.000 / 0.658",
    ),
    Measurement("products", "score_matching.py --json --corpus $CORPUS/matching", PRODUCTS),
    Measurement(
        "products-b",
        "score_matching.py --json --corpus $CORPUS/matching-b",
        PRODUCTS,
        "match 1.000 / 0.833",
    ),
    Measurement("registers", "score_registers.py --json --corpus $CORPUS/registers", DAYS),
    Measurement(
        "hostile bodies",
        "score_registers.py --json --hostile --corpus $CORPUS/registers",
        "{right} of {bodies} right",
    ),
    Measurement(
        "pages", "score_pages.py --corpus $CORPUS/pages", "{words}; {unread} name no reader"
    ),
)


@cache
def run_script(command: str, corpus: Path, scripts: Path) -> dict[str, Any]:
    """Its figures; numbers of several objects are added up."""
    script, *arguments = shlex.split(command.replace("$CORPUS", shlex.quote(str(corpus))))
    with tempfile.TemporaryDirectory() as folder:  # no config.toml and no store of whoever runs it
        asked = [
            sys.executable,
            str(scripts / script),
            *arguments,
            "--command",
            shlex.quote(str(MONITOR)),
        ]
        done = subprocess.run(asked, cwd=folder, check=False, capture_output=True, text=True)
    lines = done.stdout.splitlines()
    if not lines:
        raise SystemExit(f"{script} printed no figures: {done.stderr.strip()[-300:]}")
    told = [json.loads(line) for line in lines if line.startswith("{")]
    unread = sum(line.startswith("no reader") for line in lines)
    return {"words": lines[-1], "unread": unread, **(told[-1] if told else {}), **add_up(told)}


def add_up(told: Iterable[dict[str, Any]]) -> Counter[str]:
    """What is a number in any of them."""
    total: Counter[str] = Counter()
    for each in told:
        total.update(
            {name: value for name, value in each.items() if isinstance(value, int | float)}
        )
    return total


def write_rounds() -> str:
    """The latest blind rounds, those before them as one, and all of them together."""
    rounds = list(csv.DictReader(ROUNDS.read_text().splitlines()))
    before = {"round": f"{len(rounds[:-LATEST])} before", **add_up_rounds(rounds[:-LATEST])}
    total = {"round": "all", **add_up_rounds(rounds)}
    return "".join(ROUND.format_map(each) for each in (before, *rounds[-LATEST:], total))


def add_up_rounds(rounds: Iterable[dict[str, str]]) -> Counter[str]:
    """The figures of several rounds together."""
    return add_up(
        {name: int(value) for name, value in each.items() if value.isdigit()} for each in rounds
    )


def write_page(corpus: Path, scripts: Path) -> str:
    """The document as it has to be."""
    lines = []
    for one in MEASUREMENTS:
        figures = one.figures.format_map(run_script(one.command, corpus, scripts))
        lines.append(f"| {one.what} | {figures} | `{one.command}` | {one.unseen} |\n")
    return (
        HEAD.format(day=datetime.now(UTC), version=VERSION)
        + "".join(lines)
        + BLIND
        + write_rounds()
    )


if __name__ == "__main__":
    if len(sys.argv) != 3:
        raise SystemExit(USAGE)
    DOCUMENT.write_text(
        write_page(*(Path(each).resolve() for each in sys.argv[1:])), encoding="utf-8"
    )
