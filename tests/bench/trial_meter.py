"""`python -m tests.bench.trial_meter COMMAND…`: what a command costs with all the processes that it
starts, as JSON on stdout.

Orphans come to us, so that none is left out. The peak is the sum of those of all processes, which
is more than they ever had together.
"""

import ctypes
import json
import os
import subprocess
import sys
import time

SUBREAPER = 36  # prctl(2): PR_SET_CHILD_SUBREAPER


def measured(command: list[str]) -> dict[str, float]:
    """Run it to its end, and all that it leaves behind."""
    ctypes.CDLL(None).prctl(SUBREAPER, 1, 0, 0, 0)
    began, cpu, peak, wall, status = time.monotonic(), 0.0, 0, 0.0, 0
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    while True:
        try:
            ended, code, usage = os.wait4(-1, 0)
        except ChildProcessError:
            break
        cpu, peak = cpu + usage.ru_utime + usage.ru_stime, peak + usage.ru_maxrss
        if ended == process.pid:
            wall, status = time.monotonic() - began, code
    return {"wall": wall, "cpu": cpu, "peak": peak / 1000, "status": status}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(measured(sys.argv[1:])))
