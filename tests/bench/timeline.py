"""What was in force on a day, over 100,000 measures: how long it takes to build the timeline, and to answer from it.

A tenth of the acts suspend, extend, resume or end others; the rest list names or control items.
"""

import gc
import random
import sys
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

from monitor.model import Action, Announcement, End, Entity, Item, Measure, Start, Target
from monitor.timeline import MeasureQuery, Timeline

MEASURES = 100_000
FIRST = date(2010, 1, 1)
REGISTERS = [f"cn-register-{number}" for number in range(20)]
CHANGES = [Action.SUSPEND, Action.RESUME, Action.REPEAL, Action.REMOVE]
SEEN = datetime(2025, 1, 1, tzinfo=UTC)


def act(number: int, dice: random.Random) -> Announcement:
    """One act with one measure."""
    day = FIRST + timedelta(days=number * 5800 // MEASURES)
    measure = _change(number, day, dice) if number % 10 == 9 else _listing(number, day, dice)
    key, published = f"mofcom-{day.year}-{number}", day.isoformat()
    return Announcement(key=key, authority="cn-mofcom", title=key, published=published, measures=(measure,), understood="full")


def _listing(number: int, day: date, dice: random.Random) -> Measure:
    starts = Start(on=(day + timedelta(days=dice.randint(0, 60))).isoformat(), basis="explicit")
    entities = tuple(Entity(names={"en": f"Firm {number}-{each}"}, kind="org") for each in range(2))
    code = f"{number % 10}{'ABCDE'[number % 5]}{number % 900 + 100}.{'abcdef'[number % 6]}"
    items = (Item(names={"en": f"item {number}"}, codes=(code,), hs=(f"{28000000 + number * 7 % 999999}",)),)
    return Measure(
        action=Action.ADD,
        register=dice.choice(REGISTERS),
        starts=starts,
        destinations=("US",) if number % 50 == 0 else (),
        entities=entities if number % 2 else (),
        items=() if number % 2 else items,
    )


def _change(number: int, day: date, dice: random.Random) -> Measure:
    other = dice.randrange(number)
    target = Target(key=f"mofcom-{(FIRST + timedelta(days=other * 5800 // MEASURES)).year}-{other}")
    ends = End(on=(day + timedelta(days=365)).isoformat(), basis="explicit")
    return Measure(action=dice.choice(CHANGES), amends=(target,), starts=Start(on=day.isoformat(), basis="immediate"), ends=ends)


def best(answer: Callable[[], object], runs: int = 7) -> float:
    """The shortest of some runs, in milliseconds."""
    took = []
    for _ in range(runs):
        began = time.perf_counter()
        answer()
        took.append((time.perf_counter() - began) * 1000)
    return min(took)


def main() -> None:
    """Measure and print."""
    dice = random.Random(20251109)
    acts = [(act(number, dice), SEEN) for number in range(MEASURES)]
    gc.disable()
    began = time.perf_counter()
    timeline = Timeline(acts)
    sys.stdout.write(f"{MEASURES:,} measures: built in {time.perf_counter() - began:.1f} s\n")
    day = date(2025, 11, 15)
    questions = {
        "everything": None,
        "a register": MeasureQuery(register=REGISTERS[3]),
        "an entity": MeasureQuery(entity="Firm 50001-1"),
        "a code": MeasureQuery(item="2C"),
        "an HS number": MeasureQuery(item="2805"),
        "a destination": MeasureQuery(destination="US"),
    }
    for name, asked in questions.items():
        began = time.perf_counter()
        found = timeline.on(day, asked)
        first = (time.perf_counter() - began) * 1000
        again = best(lambda asked=asked: timeline.on(day, asked))
        sys.stdout.write(f"{name:14} {len(found):7,} found  {again:7.2f} ms  (the first time, with its index: {first:,.0f} ms)\n")


if __name__ == "__main__":
    main()
