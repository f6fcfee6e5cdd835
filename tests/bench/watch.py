"""`python -m tests.bench.watch`: how sure and how fast a name is found on a watch list. Printed, never asserted.

Precision and recall are those of the labelled pairs of tests/watch, through the index; speed is a ratio to a floor of the same
run, rapidfuzz over the same names. Each index is built in a process of its own, whose peak memory is its own.
"""

import random
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator

from rapidfuzz import fuzz, process

from monitor.model import Entity
from monitor.watch.entries import Party
from monitor.watch.match import WatchList, screen
from tests.watch.labelled import HELD_OUT, TUNED, Pair, scored, table

SIZES = {"1 entity, 1,000,000 names": (1_000_000, 20), "553 entities, 10,000 names": (10_000, 553)}
PLACES = """
Shanghai Shenzhen Beijing Hangzhou Suzhou Wuhan Chengdu Ningbo Xiamen Dalian Moscow Kazan Tokyo Osaka Seoul
Berlin Hamburg
""".split()  # noqa: SIM905 -- in rows
TRADES = """
Technology Electronics Trading Machinery Precision Industry Optical Chemical Materials Semiconductor Logistics
Energy Aviation
""".split()  # noqa: SIM905 -- in rows
FORMS = ["Co., Ltd.", "Limited", "Inc.", "GmbH", "LLC", "JSC", "Corporation", "S.A.", "AG", "Pte. Ltd."]
CITIES, LINES = ("上海", "深圳", "北京", "杭州", "苏州", "武汉"), ("科技", "电子", "贸易", "机械", "材料")
HAN = "华东方中新科海天宏达明远鑫瑞安泰恒盛兴隆金龙凯德创联永信丰利和顺嘉美立正元通"
SYLLABLES = """
hua xin da ming yuan tai heng sheng long jin kai de chuang lian yong xin feng li he shun jia mei bor tek ver
lan ros kor mik san
""".split()  # noqa: SIM905 -- in rows


def names(count: int) -> Iterator[str]:
    """Names as a supplier list has them: a place, a word of the firm's own, trades, a legal form; a fifth in Chinese."""
    dice = random.Random(7)
    for number in range(count):
        if number % 5:
            own = "".join(dice.choices(SYLLABLES, k=dice.choice((2, 3, 3, 4)))).title()
            trades = " ".join(dice.sample(TRADES, dice.choice((1, 2))))
            yield f"{dice.choice(PLACES)} {own} {trades} {dice.choice(FORMS)}"
        else:
            own = "".join(dice.choices(HAN, k=dice.choice((2, 3, 4))))
            yield f"{dice.choice(CITIES)}{own}{dice.choice(LINES)}有限公司"


def asked(count: int, among: list[str]) -> list[Entity]:
    """Listed entities: half stand on the list as they are or with a slip, half do not."""
    dice = random.Random(11)
    fresh = [name.replace("Shanghai", "Harbin") + " Research" for name in names(count)]
    known = [_slipped(dice.choice(among), dice) for _ in range(count)]
    return [Entity(names={"en": dice.choice(pair)}, kind="org") for pair in zip(fresh, known, strict=True)]


def _slipped(name: str, dice: random.Random) -> str:
    place = dice.randrange(4, len(name) - 1) if len(name) > 6 else 0
    return name[:place] + name[place + 1 :] if place and dice.random() < 0.5 else name


def seconds(run: Callable[[], object]) -> float:
    """How long it takes, once: the first alert is the one that counts."""
    began = time.perf_counter()
    run()
    return time.perf_counter() - began


def measure(count: int, queries: int) -> None:
    """Build one index, ask it, and print its figures."""
    every = list(names(count))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    lists: list[WatchList] = []
    built = seconds(lambda: lists.append(WatchList(Party(name=name) for name in every)))
    memory = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    entities = asked(queries, every)
    spent = [seconds(lambda entity=entity: screen(entity, lists[0])) for entity in entities]  # type: ignore[misc]  # bound at once
    low = [name.casefold() for name in every]
    floor = [
        seconds(lambda entity=entity: process.extract(entity.names["en"].casefold(), low, scorer=fuzz.token_sort_ratio, limit=10))  # type: ignore[misc]  # ditto
        for entity in entities[:20]
    ]
    whole, each = sum(spent), sum(floor) / len(floor)
    sys.stdout.write(
        f"built in {built:.1f} s, {memory:.0f} MB; one {whole / queries * 1000:.2f} ms (worst {max(spent) * 1000:.1f}),"
        f" all {whole:.2f} s; rapidfuzz.process.extract {each * 1000:.1f} ms; {whole / queries / each:.2f} x the floor\n"
    )


def main() -> None:
    """Measure and print."""
    sets: dict[str, list[Pair]] = {"tuned on": TUNED, "held out": HELD_OUT}
    for name, pairs in sets.items():
        sys.stdout.write(f"{name}, {len(pairs)} pairs\n{table(scored(pairs))}")
    for title, (count, queries) in SIZES.items():
        command = [sys.executable, "-m", "tests.bench.watch", str(count), str(queries)]
        answer = subprocess.run(command, check=True, capture_output=True, text=True)
        sys.stdout.write(f"{title}: {answer.stdout}")


if __name__ == "__main__":
    if len(sys.argv) > 1:
        measure(int(sys.argv[1]), int(sys.argv[2]))
    else:
        main()
