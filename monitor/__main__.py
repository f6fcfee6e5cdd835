"""`python -m monitor`."""

from typing import TYPE_CHECKING

from monitor.lazy import lazy

if TYPE_CHECKING:
    from monitor.cli import app
else:
    app = lazy("monitor.cli.app")


def main() -> None:
    """The command line."""
    app.main()


if __name__ == "__main__":
    main()
