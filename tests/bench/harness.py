"""What the benches share: work in a process of its own, a row with its ratio to a floor of the
same run, a store to ask.
"""

import random
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import astuple, dataclass
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

READER = "un_sc.consolidated"
SEEN = datetime(2026, 1, 1, tzinfo=UTC)
AT_ONCE = 10_000
RUNS = 3
PLACES = (
    "Shanghai Shenzhen Beijing Hangzhou Wuhan Moscow Kazan Tokyo Osaka Seoul Berlin Hamburg".split()  # noqa: SIM905 -- in a row
)
TRADES = "Technology Electronics Trading Machinery Precision Optical Chemical Materials Logistics Energy".split()  # noqa: SIM905 -- in a row
FORMS = (
    "Co., Ltd.",
    "Limited",
    "Inc.",
    "GmbH",
    "LLC",
    "JSC",
    "Corporation",
    "S.A.",
    "AG",
    "Pte. Ltd.",
)
SYLLABLES = (
    "hua xin da ming yuan tai heng long jin kai chuang lian yong feng shun mei bor tek ver lan"  # noqa: SIM905 -- in a row
    " ros mik".split()
)
HAN = "华东方中新科海天宏达明远鑫瑞安泰恒盛兴隆金龙凯德创联永信丰利和顺嘉美立正元通"


def draw_names(count: int, seed: int = 7) -> Iterator[str]:
    """Names as registers have them: a place, a word of the firm's own, trades, a legal form; a
    fifth in Chinese.
    """
    dice = random.Random(seed)
    for number in range(count):
        if number % 5:
            own = "".join(dice.choices(SYLLABLES, k=dice.choice((2, 3, 3, 4)))).title()
            yield (
                f"{dice.choice(PLACES)} {own} {' '.join(dice.sample(TRADES, dice.choice((1, 2))))}"
                f" {dice.choice(FORMS)}"
            )
        else:
            yield f"上海{''.join(dice.choices(HAN, k=dice.choice((2, 3, 4))))}科技有限公司"


def fill_store(store: Path, rows: int) -> None:
    """A store with a register of so many rows."""
    from sqlalchemy import insert  # noqa: PLC0415

    from monitor.model import Entity, to_json  # noqa: PLC0415
    from monitor.store import History  # noqa: PLC0415
    from monitor.store.tables import ListedRow, RegisterRow, SourceRow  # noqa: PLC0415

    register = {
        "code": "un-sc",
        "url": "https://example.org/",
        "rows": rows,
        "read_at": SEEN,
        "sha256": "0" * 64,
    }
    row = {"reader": READER, "digest": b"0" * 16, "raw": b"0" * 300, "first_seen": SEEN}
    with History(store) as history, history.transaction() as session:
        session.execute(
            insert(SourceRow),
            [{"id": READER, "first_ok": SEEN, "last_ok": SEEN, "last_poll": SEEN}],
        )
        session.execute(insert(RegisterRow), [register | {"reader": READER, "source": READER}])
        every = enumerate(draw_names(rows))
        while some := list(islice(every, AT_ONCE)):
            subjects = (
                (at, name, to_json(Entity(names={"en": name}, kind="org")).decode())
                for at, name in some
            )
            listed = [
                row | {"row": f"{at:07}", "name": name, "subject": text}
                for at, name, text in subjects
            ]
            session.execute(insert(ListedRow), listed)


def say_cost(work: Callable[[], object]) -> None:
    """Do it in this process, and say what it took."""
    began = time.process_time()
    work()
    sys.stderr.write(f"{time.process_time() - began} {read_peak()}\n")


def read_peak() -> float:
    """The most megabytes that this process held. `ru_maxrss` would count its parent's too."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return next(int(line.split()[1]) / 1024 for line in status.splitlines() if "VmHWM" in line)


def measure_apart(module: str, *arguments: object, runs: int = RUNS) -> tuple[float, float]:
    """CPU seconds and peak megabytes of what a bench does in a process of its own: the best of
    some runs, and the worst peak.
    """
    command = [sys.executable, "-m", f"tests.bench.{module}", *map(str, arguments)]
    ended = [
        subprocess.run(command, check=True, capture_output=True, text=True).stderr
        for _ in range(runs)
    ]
    took = [tuple(map(float, said.splitlines()[-1].split())) for said in ended]
    return min(seconds for seconds, _ in took), max(peak for _, peak in took)


@dataclass(frozen=True)
class Row:
    """A line of the table: what was measured, beside what, the ratio, and what may be at most."""

    what: str
    ours: str
    beside: str = ""
    ratio: str = ""
    most: str = ""

    def __str__(self) -> str:
        return f"|{'|'.join(astuple(self))}|"


def compare(
    what: str, seconds: float, beside: str, floor: float, most: str = "", more: str = ""
) -> Row:
    """What took so many seconds, beside a floor of the same run."""
    ratio = f"{seconds / floor:.2f}"
    return Row(what, f"{write_ms(seconds)}{more}", f"{beside}: {write_ms(floor)}", ratio, most)


def write_ms(seconds: float) -> str:
    """Milliseconds, as exactly as one reads them."""
    milliseconds = seconds * 1000
    return f"{milliseconds:,.0f}" if milliseconds >= 10 else f"{milliseconds:.2f}"
