"""A history in which much has happened lately, and one more thing that happens."""

from collections.abc import Callable
from datetime import datetime, timedelta

import msgspec
from sqlalchemy import insert

from monitor.alert.event import Decision, Known, judge, place_edition
from monitor.alert.route import Router
from monitor.config import EventSettings
from monitor.model import (
    Action,
    Announcement,
    Edition,
    Entity,
    Evidence,
    Fact,
    Measure,
    Mentions,
    Report,
    RowChange,
    to_json,
)
from monitor.source.page import Request
from monitor.store import Delta, History, PageRead, Stamp, addresses, facts
from monitor.store.columns import Table
from monitor.store.tables import ActRow, EventRow, MarkRow

PAGE = Request("https://ministry.example/act")
EVIDENCE = Evidence(url=PAGE.url, sha256="0" * 64, fetched_at="2025-10-09T01:00:00Z")
UEL = "cn-unreliable-entities"


def act(number: int, published: str) -> Announcement:
    entities = tuple(
        Entity(names={"en": f"Firm {number} of {part}"}, kind="org") for part in range(5)
    )
    measure = Measure(action=Action.ADD, register=UEL, entities=entities)
    key = f"uel-2025-{number}"
    return Announcement(
        key=key,
        authority="cn-mofcom",
        title=key,
        published=published,
        measures=(measure,),
        understood="full",
    )


def report(number: int, published: str, firm: int) -> Report:
    entities = (Entity(names={"en": f"Firm {firm} of 0"}, kind="org"),)
    mentions = Mentions(registers=(UEL,), entities=entities)
    return Report(
        kind="press",
        title=f"On {number}",
        url=f"https://news.example/{number}",
        published=published,
        mentions=mentions,
    )


def edition(number: int, firm: int) -> Edition:
    change = RowChange(action="add", id=str(firm), name=f"Firm {firm} of 0")
    return Edition(
        key=f"edition-{number}",
        register=UEL,
        authority="cn-mofcom",
        rows=2,
        before=1,
        changes=(change,),
    )


def happened(history: History, events: int, now: datetime) -> None:
    """Let so many acts of one register have been told within the last fortnight."""
    day = timedelta(days=13) / events
    acts = [
        (act(number, f"{now - day * number:%Y-%m-%d}"), now - timedelta(hours=1) - day * number)
        for number in range(events)
    ]
    marks = [
        {"event": each.key, "kind": "act", "about": UEL, "name": name, "at": at}
        for each, at in acts
        for name in ("", *(f"firm{each.key.rpartition('-')[2]}of{part}" for part in range(5)))
    ]
    with history.tables() as connection:
        rows: list[tuple[type[Table], list[dict[str, object]]]] = [
            (
                EventRow,
                [
                    {"key": each.key, "authority": "cn-mofcom", "opened_at": at, "told": True}
                    for each, at in acts
                ],
            ),
            (
                ActRow,
                [
                    {
                        "key": each.key,
                        "event": each.key,
                        "first_seen": at,
                        "fact": to_json(each).decode(),
                    }
                    for each, at in acts
                ],
            ),
            (MarkRow, marks),
        ]
        for table, values in rows:
            connection.execute(insert(table), values)


def record(
    history: History, fact: Fact, now: datetime, *, sha256: str = "0" * 64, silent: bool = False
) -> None:
    """One more fact, of as much weight as what it does."""

    def decide(found: Fact, known: Known) -> Decision | None:
        decision = judge(
            found, known, authority="cn-mofcom", now=now, silent=silent, windows=EventSettings()
        )
        return Router().addressed(decision, found) if decision else None

    place = history(addresses.take_up, "toy.notices", [PAGE], "toy.notices", now)[0]
    evidence = msgspec.structs.replace(
        EVIDENCE, url=f"{PAGE.url}/{getattr(fact, 'key', '')}", sha256=sha256
    )
    history(facts.record_page, place, PageRead((fact,), (), evidence, Stamp("0" * 64)), decide, now)


def record_edition(history: History, found: Edition, now: datetime) -> None:
    """One more edition of the register."""
    place = history(addresses.take_up, "toy.roll", [PAGE], "toy.roll", now)[0]
    none: frozenset[str] = frozenset()
    delta = Delta(
        reader="toy.roll",
        register=UEL,
        url=PAGE.url,
        published=None,
        rows=2,
        sha256="0" * 64,
        moved={},
        gone=none,
        held=none,
        remarks=none,
        described={},
        edition=found,
    )
    history(facts.record_register, place, delta, EVIDENCE, Stamp("0" * 64), place_edition, now)


ONE_MORE: dict[str, Callable[[History, int, datetime], None]] = {
    "an act": lambda history, number, now: record(
        history, act(10**6 + number, f"{now:%Y-%m-%d}"), now
    ),
    "a report": lambda history, number, now: record(
        history, report(number, f"{now:%Y-%m-%d}", number % 10), now
    ),
    "an edition": lambda history, number, now: record_edition(
        history, edition(number, number % 10), now
    ),
}
