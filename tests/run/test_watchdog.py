import signal
import subprocess
import sys

import pytest
from command import FAR

SCRIPT = """
import asyncio, logging, re, signal, time
from monitor.run.signals import watch_loop

async def main():
    async with watch_loop(beat=0.1, patience=1.5):
        await asyncio.sleep(0.3)
        {stand_still}
        print("went on", flush=True)

asyncio.run(main())
"""


def run(stand_still: str) -> subprocess.CompletedProcess[str]:
    script = SCRIPT.format(stand_still=stand_still)
    return subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False, timeout=FAR
    )


def test_a_loop_that_waits_for_ever_ends_the_process_with_a_line_and_where_it_stood():
    ended = run("time.sleep(50)")

    assert ended.returncode == 1
    assert "the event loop has stood still" in ended.stderr
    assert "in main" in ended.stderr


@pytest.mark.long
def test_a_pattern_that_holds_the_interpreter_for_ever_ends_the_process_too():
    ended = run("re.match(r'(a|a)+$', 'a' * 60 + 'b')")

    assert ended.returncode == -signal.SIGPROF
    assert "in main" in ended.stderr


def test_work_beside_the_loop_and_a_loop_that_beats_end_nothing():
    ended = run(
        "await asyncio.gather(*(asyncio.to_thread(lambda: any(n < 0 for n in range(12_000_000)))"
        " for _ in range(3)))"
    )

    assert (ended.returncode, ended.stdout) == (0, "went on\n")
