"""What keeps messages from arriving, for `monitor status`: destinations that take nothing, messages that were refused."""

from monitor.cli.layout import print_sentence
from monitor.cli.outbox import minute
from monitor.cli.tables import print_json
from monitor.config.stores import Store
from monitor.history import History, outbox, there
from monitor.pipeline.lines import OutboxTrouble, of_outbox, trouble


def tell(store: Store, *, as_json: bool) -> None:
    """What keeps the messages of this store from arriving, whether or not anything was ever read there."""
    if not there(store):
        return
    with History(store, read_only=True) as history:
        seen = trouble(history)
        if as_json:
            print_json(of_outbox(history(outbox.count_by_state), seen))
        else:
            show(seen)


def show(seen: OutboxTrouble) -> None:
    """Each by name and cause, and where to look for the way out."""
    for place in seen.closed:
        print_sentence(f"{place.destination} takes nothing since {minute(place.since)} UTC: {place.why}")
    for message in seen.refused:
        is_over = "will not arrive" if message.undelivered else "has not arrived yet"
        print_sentence(f"{is_over}: {message.what} → {message.to}: {message.answer}")
    more = seen.count - len(seen.refused)
    if seen.count:
        print_sentence(
            f"{f'and {more} more; ' if more > 0 else ''}`monitor outbox` lists them; retry, drop and resend are its commands"
        )
