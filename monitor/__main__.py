"""`python -m monitor`."""

import gc

from monitor.cli import app

# objects that are made before any is looked at as garbage: a command is over soon, and leaves
# little
SELDOM = 50_000


def main() -> None:
    """The command line."""
    gc.set_threshold(SELDOM)
    try:
        app.main()
    finally:
        gc.freeze()  # the process ends: nothing of it need be looked through once more


if __name__ == "__main__":
    main()
