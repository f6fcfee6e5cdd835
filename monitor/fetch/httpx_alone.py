"""httpx without its command line, which it loads wherever click and rich are installed: a tenth of what a poll takes to begin.

To be imported before it is. Whoever wants that command line starts it in a process of its own.
"""

import sys

MAIN = "httpx._main"
if "httpx" not in sys.modules:
    sys.modules[MAIN] = None  # type: ignore[assignment]  # for Python: not to be found, as where click is not installed
    import httpx  # noqa: F401

    del sys.modules[MAIN]
