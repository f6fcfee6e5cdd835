"""When the publishers of sources were seen to publish, as a history shows it."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from monitor.config.stores import Store
from monitor.history import History
from monitor.source.hours import MEMORY
from monitor.source.schedule import habits
from monitor.source.scraper import Source


def with_habits(store: Store, sources: Iterable[Source], now: datetime) -> list[Source]:
    """The sources with what a daemon over this store knows of their hours.

    Raises:
        StoreError: the history can't be read.
    """
    sources = list(sources)
    with History(store, read_only=True) as history:
        learnt = habits(sources, history.published(now - MEMORY), now)
    return [replace(source, habit=learnt.get(source.id)) for source in sources]
