"""`python -m tests.bench.quiet [PAGES] [ROUNDS]`: how many changes of watched pages are told, missed, and told falsely.

Pages of our own making, an eighth of each kind: counters, the day a page was made, a banner that rotates by chance in the main
text, a list in another order, ids of requests, session ids in links, a clock and an offer beside the text, nothing; the footers
of all count visitors. One in five truly changes once. Each is looked at every ten minutes as the pipeline does, and asked again
where that does. Printed, never asserted: a banner is told by chance where it says one thing five times in a row.
"""

import random
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from monitor.diff.noise import Noise, Weighed, learnt, weighed
from monitor.model import Excerpt
from monitor.pipeline.watched_pages import OFTEN, TWICE
from monitor.source.configured import PageReader
from monitor.source.page import Body, Page
from monitor.source.scraper import read_all

EVERY = timedelta(minutes=10)
BEGINS = datetime(2026, 11, 26, 8, 0, tzinfo=UTC)
WORDS = """licence export gallium rule annex office form ministry circular control goods firm list permit harbour notice
    term order""".split()  # noqa: SIM905 -- in a row
BANNERS = (
    "Read our brochure on trade shows",
    "Visit the exhibition hall",
    "Sign up for the yearly conference",
    "Win a harbour tour",
)
TRUE = " and tungsten powder of any grade."
KINDS = 8


def body(number: int, at: datetime, asked: int, *, changed: bool) -> str:
    """The page as it is when it is asked for the how many-th time."""
    own, chance, kind = random.Random(number), random.Random(number * 7919 + asked), number % KINDS
    texts = [" ".join(own.choices(WORDS, k=own.randint(15, 60))).capitalize() + "." for _ in range(own.randint(6, 25))]
    items = [f"Item {own.randint(100, 999)} {' '.join(own.choices(WORDS, k=12))}" for _ in range(8)]
    if changed:
        texts[2] = texts[2].replace(".", TRUE)
    if kind == 3:
        chance.shuffle(items)
    if kind == 5:
        items = [f"<a href='/{place}?sessionid={chance.getrandbits(64):x}'>{item}</a>" for place, item in enumerate(items)]
    within = {
        0: f"<p>Page views: {1000 + 3 * asked}</p>",
        1: f"<p>Last updated: {at:%d %B %Y %H:%M}</p>",
        2: f"<p>{chance.choice(BANNERS)}</p>",
        4: f"<p>Request ID: {chance.getrandbits(64):016x}</p>",
    }.get(kind, "")
    beside = f"<div>{at:%H:%M:%S}</div><aside>{chance.choice(WORDS)} offer {chance.randint(1, 99)}</aside>" if kind == 6 else ""
    paragraphs, rows = (f"<p>{text}</p>" for text in texts), (f"<li>{item}</li>" for item in items)
    main = f"<main id='content'><h1>Notice {number}</h1>{''.join(paragraphs)}<ul>{''.join(rows)}</ul>{within}</main>"
    footer = f"<footer>{chance.randint(1, 9999)} visitors today</footer>"
    head = f"<head><title>Page {number}</title></head>"
    return f"<html>{head}<body><nav><a href='/'>Home</a></nav>{beside}{main}{footer}</body></html>"


class Watch:
    """One page, looked at as the pipeline does."""

    def __init__(self, number: int, reader: PageReader, changes: int | None) -> None:
        self._number, self._reader, self._changes = number, reader, changes
        self.asked, self._noise = 0, Noise()
        self._last = self._read(0)

    def _read(self, turn: int) -> Excerpt:
        self.asked += 1
        changed = self._changes is not None and turn >= self._changes
        html = body(self._number, BEGINS + turn * EVERY, self.asked, changed=changed)
        (excerpt,) = read_all(self._reader, Page("https://ministry.example/", Body(html.encode())))
        assert isinstance(excerpt, Excerpt)
        return excerpt

    def look(self, turn: int) -> list[str]:
        """What is told."""
        now, read = BEGINS + turn * EVERY, self._read(turn)

        def judge(last: Excerpt, noise: Noise, **more: frozenset[str]) -> Weighed:
            return weighed(last, read, noise, now, was=now - EVERY, every=EVERY, **more)

        outcome = judge(self._last, self._noise)
        if outcome.told:
            readings = self._readings(read, turn, OFTEN if any(move.is_exchange for move in outcome.told) else TWICE, judge)
            noise, doubted = learnt(self._noise, self._last, readings, now)
            outcome = judge(self._last, noise, doubted=doubted)
        self._last, self._noise = outcome.now, outcome.noise
        return [" → ".join(move.texts) for move in outcome.told]

    def _readings(self, first: Excerpt, turn: int, wanted: int, judge: Callable[..., Weighed]) -> list[Excerpt]:
        readings, moves = [first], False
        while len(readings) < wanted:
            readings.append(self._read(turn))
            if judge(readings[-1], self._noise).told and not moves:
                moves, wanted = True, max(wanted, len(readings) + 1)
        return readings


def main(pages: int, rounds: int) -> None:
    """Watch them by their main text, by a selector, and by their whole body."""
    for where in ("True", "#content", "body"):
        began, reader = time.process_time(), PageReader(name="page:trial", way="text", where=where)
        changes = {number: random.Random(number).randint(2, rounds - 1) for number in range(0, pages, 5)}
        watches = [Watch(number, reader, changes.get(number)) for number in range(pages)]
        told = [text for turn in range(1, rounds + 1) for watch in watches for text in watch.look(turn)]
        true, asked = sum(TRUE.rstrip(".") in text for text in told), sum(watch.asked for watch in watches)
        further, cost = asked - pages * (rounds + 1), (time.process_time() - began) / asked * 1000
        sys.stdout.write(f"text = {where}: {pages} pages, {rounds} rounds: {true} of {len(changes)} changes told, ")
        sys.stdout.write(f"{len(told) - true} told falsely, {further} further requests, {cost:.1f} ms CPU a reading\n")


if __name__ == "__main__":
    main(*(int(word) for word in sys.argv[1:3] or ("200", "8")))
