"""Whether a daemon runs on this store and what it does, the first that `monitor status` says; and what a quiet rests on."""

import asyncio
from collections.abc import Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING

from monitor.cli.layout import print_sentence
from monitor.cli.tables import print_json
from monitor.clock import SystemClock
from monitor.config.stores import Store
from monitor.history import History, looks, vitals
from monitor.pipeline.life import daemon_state
from monitor.pipeline.life.daemon_state import DaemonSeen, DaemonState, seen
from monitor.pipeline.life.pulse import Working
from monitor.pipeline.life.quiet import Certificate, certificate, certificate_line
from monitor.render import dates, words
from monitor.render.text import first_names
from monitor.source.schedule import longest_gap

if TYPE_CHECKING:
    from monitor.cli import asking
    from monitor.source.scraper import Source

NAMED = 4  # sources that are being read
WAY_OUT = "nothing is polled; `monitor run` begins one"


def tell(store: Store, *, as_json: bool) -> bool:
    """Say how the daemon of this store is, or the workers of one in a database; whether one works."""
    if store.database:
        return _tell_of_workers(store, as_json=as_json)
    daemon = asyncio.run(seen(store))
    if as_json:
        print_json({"daemon": daemon})
    else:
        for line in daemon_lines(daemon):
            print_sentence(line)
    return daemon.does is not None and daemon.does.goes_round


def _tell_of_workers(store: Store, *, as_json: bool) -> bool:
    now = SystemClock().now()
    with History(store, read_only=True) as history:
        known = history(vitals.workers)
    workers = daemon_state.describe_workers(known, now)
    if as_json:
        print_json({"workers": workers})
    else:
        for line in daemon_state.worker_lines(workers):
            print_sentence(line)
    return daemon_state.work_goes_on(known, now)


def certify(desk: "asking.CommandDesk", sources: "Sequence[Source]") -> None:
    """Say of each source what its quiet rests on."""

    def certificates(history: History) -> list[Certificate]:
        return [certificate(history(looks.quiet, source.id), partial(longest_gap, source), desk.now) for source in sources]

    def show(certified: list[Certificate]) -> None:
        for source in certified:
            if desk.as_json:
                print_json({"quiet": source})
            else:
                print_sentence(certificate_line(source))

    desk.ask(certificates, show, alone=True)


def daemon_lines(daemon: DaemonSeen) -> Iterator[str]:
    """What stands of a daemon, in lines."""
    process = f"process {daemon.pid}" if daemon.pid else "a process"
    if daemon.does:
        yield _doing(daemon.does)
        yield from (f"wrong: {complaint.text}" for complaint in daemon.does.wrong)
    elif daemon.state is DaemonState.SILENT:
        yield f"{process} holds this store, and does not say what it does: {daemon.why}"
    elif daemon.state is DaemonState.GONE:
        yield f"no daemon runs on this store; the last one ({process}) did not end by itself: {WAY_OUT}"
    else:
        yield f"no daemon runs on this store: {WAY_OUT}"


def _doing(does: Working) -> str:
    reading = f"reads {first_names(does.polling, NAMED)}" if does.polling else "reads nothing this moment"
    since = f"monitor {does.version} runs since {dates.day(does.since)} (process {does.pid})"
    parts = (
        f"{since}: watches {words.things(does.sources, 'source')}, {reading}",
        f"next {does.next.source} at {dates.day(does.next.at)}" if does.next else "",
        f"all that was due was last looked at by {dates.day(does.last_good_cycle)}" if does.last_good_cycle else "",
    )
    return "; ".join(filter(None, parts))
