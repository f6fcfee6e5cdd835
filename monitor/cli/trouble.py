"""What keeps messages from arriving, for `monitor status`: destinations that take nothing, messages that were refused."""

from pathlib import Path

from monitor.cli.outbox import minute
from monitor.cli.tables import print_json
from monitor.config.outward import say
from monitor.history import History, there
from monitor.pipeline.outbox import Trouble, trouble


def tell(store: Path, *, as_json: bool) -> None:
    """What keeps the messages of this store from arriving, whether or not anything was ever read."""
    if there(store):
        with History(store, read_only=True) as history:
            show(trouble(history), as_json=as_json)


def show(seen: Trouble, *, as_json: bool) -> None:
    """Each by name and cause, and where to look for the way out."""
    if as_json:
        for line in (*seen.closed, *seen.refused):
            print_json(line)
        return
    for place in seen.closed:
        say(f"{place.closed} takes nothing since {minute(place.since)} UTC: {place.why}")
    for each in seen.refused:
        is_over = "will not arrive" if each.undelivered else "has not arrived yet"
        say(f"{is_over}: {each.what} → {each.to}: {each.answer}")
    more = seen.count - len(seen.refused)
    if seen.count:
        say(f"{f'and {more} more; ' if more > 0 else ''}`monitor outbox` lists them; retry, drop and resend are its commands")
