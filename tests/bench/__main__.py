"""`python -m tests.bench`: what commands take, beside an import of the libraries that they use."""

import logging
import os
import resource
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from pytest_httpserver import HTTPServer

from tests.bench.harness import fill_store, print_line

RUNS = 7
LIBRARIES = "import httpx, sqlmodel, bs4, lxml, typer, rich"
INDEX = (
    "<html><body><ul>"
    + "".join(f'<li><a href="/art_{n}.html">No. {n}</a></li>' for n in range(30))
    + "</ul></body></html>"
)
ACT = '<html><div class="art-con">会议通知</div></html>'
SETTINGS = """store = "{folder}/store"
[fetch]
allow_private = true
[sources."cn_mofcom.announcements"]
url = "{url}"
"""


def measure_cpu(*command: str) -> float:
    """The median of some runs in seconds of a processor, after one that warms the disk."""
    spent = []
    for _ in range(RUNS + 1):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(
            command,
            check=True,
            capture_output=True,
            env=os.environ | {"PYTHONDONTWRITEBYTECODE": ""},
        )
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        spent.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return statistics.median(spent[1:])


def main() -> None:
    """Measure and print."""
    # a line a request is not what is measured
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    floor = measure_cpu(sys.executable, "-c", LIBRARIES)
    print_line("the libraries imported", floor, floor)
    with HTTPServer(host="127.0.0.1") as server, tempfile.TemporaryDirectory() as folder:
        server.expect_request("/index").respond_with_data(
            INDEX, content_type="text/html; charset=utf-8"
        )
        server.expect_request("/robots.txt").respond_with_data("", status=404)
        for number in range(30):
            server.expect_request(f"/art_{number}.html").respond_with_data(
                ACT, content_type="text/html; charset=utf-8"
            )
        fill_store(Path(folder) / "store", 1_000)
        config = Path(folder) / "config.toml"
        config.write_text(SETTINGS.format(folder=folder, url=server.url_for("/index")))
        monitor = [str(Path(sys.executable).parent / "monitor"), "--config", str(config)]
        questions = (
            ["--help", "status", "show un-sc", "screen Huaxin"],
            ["at most 300 ms", *["at most 1,200 ms"] * 3],
        )
        for asked, bound in zip(*questions, strict=True):
            print_line(f"monitor {asked}", measure_cpu(*monitor, *asked.split()), floor, bound)
        unchanged = measure_cpu(*monitor, "poll", "cn_mofcom.announcements")
        print_line("monitor poll, one source unchanged", unchanged, floor, "at most 1,200 ms")


if __name__ == "__main__":
    main()
