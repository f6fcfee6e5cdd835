"""Brings up `monitor` again and again: modules are loaded once, then each life is a fork of its
own, to be killed.

A line of JSON on stdin, {"arguments", "environment", "log"}, begins a life and is answered by its
pid; an empty line waits for its end and is answered by its exit status. Further modules to load are
its arguments.
"""

import importlib
import json
import os
import sys

from monitor.cli.app import main


def live(asked: dict) -> None:
    log = os.open(asked["log"], os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    for stream in (1, 2):
        os.dup2(log, stream)
    os.environ.update(asked["environment"])
    sys.argv = ["monitor", *asked["arguments"]]
    main()


def tell(number: int) -> None:
    sys.stdout.write(f"{number}\n")
    sys.stdout.flush()


def run() -> None:
    pid = 0
    for name in sys.argv[1:]:
        importlib.import_module(name)
    for line in sys.stdin:
        if line.strip():
            pid = os.fork()
            if not pid:
                live(json.loads(line))
                return
            tell(pid)
        else:
            tell(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))


if __name__ == "__main__":
    run()
