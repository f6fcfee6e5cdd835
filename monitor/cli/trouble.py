"""What keeps messages from arriving, for `monitor status`: destinations that take nothing, messages that were refused."""

from pathlib import Path

from monitor.cli.layout import print_sentence
from monitor.cli.outbox import minute
from monitor.history import History, there
from monitor.pipeline.outbox import Trouble, trouble


def tell(store: Path) -> None:
    """What keeps the messages of this store from arriving, whether or not anything was ever read there."""
    if there(store):
        with History(store, read_only=True) as history:
            show(trouble(history))


def show(seen: Trouble) -> None:
    """Each by name and cause, and where to look for the way out."""
    for place in seen.closed:
        print_sentence(f"{place.destination} takes nothing since {minute(place.since)} UTC: {place.why}")
    for each in seen.refused:
        is_over = "will not arrive" if each.undelivered else "has not arrived yet"
        print_sentence(f"{is_over}: {each.what} → {each.to}: {each.answer}")
    more = seen.count - len(seen.refused)
    if seen.count:
        print_sentence(
            f"{f'and {more} more; ' if more > 0 else ''}`monitor outbox` lists them; retry, drop and resend are its commands"
        )
