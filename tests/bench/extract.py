"""`python -m tests.bench.extract`: how fast words become facts, and whether memory stays flat. Printed, never asserted."""

import sys
import time
import tracemalloc
from collections.abc import Callable

from monitor import extract
from monitor.document import from_text
from monitor.model import Fact
from monitor.source.page import Body, Page

ACT = """商务部公告2030年第7号 公布将3家日本实体列入出口管制管控名单
决定将甲株式会社等3家日本实体列入出口管制管控名单（见附件），并采取以下措施：
一、禁止向上述3家日本实体出口两用物项。
本公告自2030年3月5日12时01分起正式实施。
商务部
2030年3月4日
附件
出口管制管控名单
1. 甲株式会社（Alpha Co., Ltd.）
2. 乙大学（Beta University）
3. 丙研究所（Gamma Institute）
"""
PAGE_SIZE = 75_000
MANY = 10_000


def page() -> Page:
    """A whole page as large as a ministry's: menus, scripts, an act."""
    lines = "".join(f"<p>{line}</p>" for line in ACT.strip().split("\n"))
    around = (
        "<ul>" + "".join(f"<li><a href='/{n}' title='公告 {n}' class='menu-item'>公告 {n}</a></li>" for n in range(200)) + "</ul>"
    )
    html = f"<html><body>{around}<div class='art-con'>{lines}</div><script>{{}}</script></body></html>"
    filled = html.replace("{}", "x" * (PAGE_SIZE - len(html.encode())))
    return Page(url="https://www.example.org/art_1.html", body=Body(filled.encode()))


def announcement(found: Page) -> list[Fact]:
    """What the ministry's own reader does with it; each time from the bytes."""
    return extract.zh.facts(Page(url=found.url, body=found.body).document("div.art-con"), url=found.url, authority="cn-mofcom")


def each(run: Callable[[], object], times: int) -> float:
    """Seconds a run, after one that loads the grammar."""
    run()
    began = time.perf_counter()
    for _ in range(times):
        run()
    return (time.perf_counter() - began) / times


def grown(run: Callable[[], object], times: int) -> int:
    """Bytes that stay after many runs, the caches of the first thousand apart."""
    tracemalloc.start()
    for _ in range(times // 10):
        run()
    before = tracemalloc.get_traced_memory()[0]
    for _ in range(times - times // 10):
        run()
    after = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    return after - before


def main() -> None:
    """Measure and print."""
    seconds = each(lambda: extract.understand(from_text(ACT)), 300)
    body = page()
    whole = each(lambda: announcement(body), 20)
    kept = grown(lambda: extract.understand(from_text(ACT)), MANY)
    sys.stdout.write(f"announcements from text                      {1 / seconds:7.0f} a second\n")
    sys.stdout.write(f"a page of {PAGE_SIZE / 1000:.0f} KB with its reader               {whole * 1000:7.1f} ms\n")
    sys.stdout.write(f"memory kept over {MANY} documents            {kept / 1024:7.0f} KB\n")


if __name__ == "__main__":
    main()
