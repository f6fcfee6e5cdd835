"""`python -m tests.bench`: whole commands against the floor of merely importing what they must use."""

import logging
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from pytest_httpserver import HTTPServer

RUNS = 7
LIBRARIES = "import httpx, sqlmodel, bs4, lxml, typer, rich"
INDEX = "<html><body><ul>" + "".join(f'<li><a href="/art_{n}.html">No. {n}</a></li>' for n in range(30)) + "</ul></body></html>"
SETTINGS = """
[fetch]
allow_private = true
[sources."cn_mofcom.announcements"]
url = "{url}"
"""


def median(run: Callable[[], object]) -> float:
    """The median of some runs in seconds, after one that warms the disk."""
    run()
    spent = []
    for _ in range(RUNS):
        began = time.perf_counter()
        run()
        spent.append(time.perf_counter() - began)
    return statistics.median(spent)


def command(*arguments: str) -> Callable[[], object]:
    """A process to time."""
    return lambda: subprocess.run(arguments, check=True, capture_output=True)


def monitor(*arguments: str) -> Callable[[], object]:
    """The command line as a process."""
    return command(str(Path(sys.executable).parent / "monitor"), *arguments)


def line(name: str, seconds: float, floor: float, of: str) -> None:
    """One figure and its ratio."""
    sys.stdout.write(f"{name:44} {seconds * 1000:7.0f} ms   {seconds / floor:5.2f} × {of}\n")


def main() -> None:
    """Measure and print."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)  # a line a request is not what is measured
    bare = median(command(sys.executable, "-c", "pass"))
    imports = median(command(sys.executable, "-c", LIBRARIES))
    line("python -c pass", bare, bare, "itself")
    line("the libraries imported", imports, bare, "python -c pass")
    line("monitor --help", median(monitor("--help")), bare, "python -c pass")
    with HTTPServer(host="127.0.0.1") as server, tempfile.TemporaryDirectory() as folder:
        server.expect_request("/index").respond_with_data(INDEX, content_type="text/html; charset=utf-8")
        server.expect_request("/").respond_with_data("", status=404)
        for number in range(30):
            server.expect_request(f"/art_{number}.html").respond_with_data(
                '<html><div class="art-con">会议通知</div></html>', content_type="text/html; charset=utf-8"
            )
        config = Path(folder) / "config.toml"
        config.write_text(SETTINGS.format(url=server.url_for("/index")))
        unchanged = median(monitor("--config", str(config), "--store", f"{folder}/store", "poll", "cn_mofcom.announcements"))
    line("monitor poll, one source unchanged", unchanged, imports, "the libraries imported")


if __name__ == "__main__":
    main()
