"""`python -m monitor`."""

from monitor.cli import app


def main() -> None:
    """The command line."""
    app.main()


if __name__ == "__main__":
    main()
