"""Facts that arrive in a history as if a page had brought them."""

from datetime import UTC, datetime

from monitor.alert.event import Known, judge
from monitor.config import EventSettings
from monitor.model import Evidence
from monitor.source.page import Request
from monitor.store import History, PageRead, Stamp, addresses, facts

NOW = datetime(2025, 10, 9, 1, 0, tzinfo=UTC)
PAGE = Request("https://ministry.example/act")
BODY = Stamp("0" * 64, '"v1"')
EVIDENCE = Evidence(url=PAGE.url, sha256="0" * 64, fetched_at="2025-10-09T01:00:00Z")


def decide(found, known: Known):
    return judge(
        found, known, authority="cn-mofcom", now=NOW, silent=False, windows=EventSettings()
    )


def arrive(history: History, *found) -> None:
    place = history(addresses.take_up, "toy.notices", [PAGE], "toy.notices", NOW)[0]
    history(facts.record_page, place, PageRead(found, (), EVIDENCE, BODY), decide, NOW)
