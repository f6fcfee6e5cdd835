"""What reading a page in a process of its own costs, over reading it here: `python -m tests.bench.readers`.

The first page that has moved starts the processes; the goal is half a second for that, and 5 ms for each further page.
"""

import asyncio
import sys
import time
from collections.abc import Callable
from statistics import median

from monitor.config import Config
from monitor.pipeline.readers import Readers
from monitor.source.page import Page
from monitor.source.registry import Registry
from monitor.source.scraper import read_all
from tests.bench.extract import page as big_page

READER = "cn_mofcom.announcement"
PAGES = 40


def seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


async def apart(registry: Registry, page: Page) -> list[float]:
    """Seconds for each of PAGES readings, the first with the start of all processes."""
    readers = Readers(registry)
    taken = []
    for _ in range(PAGES):
        began = time.perf_counter()
        await readers.read(READER, page)
        taken.append(time.perf_counter() - began)
    await readers.aclose()
    return taken


def main() -> None:
    """Print both, and what the processes add."""
    registry = Registry(Config())
    page = big_page()
    read = registry.reader(READER)
    first, *further = asyncio.run(apart(registry, page))
    read_all(read, page)
    here = median(seconds(lambda: read_all(read, Page(page.url, page.body))) for _ in range(PAGES))
    sys.stdout.write(f"a page of {page.body.size / 1000:.0f} KB read here             {here * 1000:7.1f} ms  (the floor)\n")
    sys.stdout.write(f"the first one in a process of its own  {first * 1000:7.1f} ms  + {(first - here) * 1000:.0f} ms\n")
    ratio = median(further) / here
    sys.stdout.write(f"each further one                       {median(further) * 1000:7.1f} ms  {ratio:.2f} x the floor\n")


if __name__ == "__main__":
    main()
