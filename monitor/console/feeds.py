"""What was told, for feed readers and calendars: the documents that `monitor export --feed` writes, and a page of all of them."""

from datetime import date
from functools import partial
from typing import Any
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from monitor.alert.route import Router
from monitor.config.outward import redacted
from monitor.console import look
from monitor.console.answering import respond, status_of, wrong
from monitor.console.desk import ConsoleDesk
from monitor.console.turns import Answer, Turns
from monitor.errors import MonitorError
from monitor.history import AlertTaken, taken
from monitor.pipeline import feeds
from monitor.pipeline.feeds import ALL, CALENDAR, DAYS, FEED, TOPIC, WATCH, Subject
from monitor.render.atom import MIME, AtomEntry, atom

HERE = "/feeds"
ICS = "text/calendar; charset=utf-8"
HTML = "text/html; charset=utf-8"
LONGEST = 200  # characters of a name


def routes(turns: Turns) -> list[Route]:
    """The page that lists them, and each of them."""
    return [Route(HERE, partial(_listed, turns)), Route(f"{HERE}/{{file}}", partial(_given, turns))]


async def _listed(turns: Turns, request: Request) -> Response:
    return respond(request, await turns.answer((HERE,), _page), HTML)


def _page(desk: ConsoleDesk) -> Answer:
    return Answer(look.page("feeds.html", HERE, _all(desk)))


def _all(desk: ConsoleDesk) -> dict[str, Any]:
    """Every feed and calendar, by kind, with its address."""
    covered = desk.resting()
    by_kind: dict[str, list[tuple[str, str, str]]] = {}
    for subject in _subjects(desk):
        days = _address(f"{subject.name}{DAYS}") if subject.kind == TOPIC else ""
        days = _address(f"{CALENDAR}{DAYS}") if subject.kind == ALL else days
        by_kind.setdefault(subject.kind, []).append((subject.title, _address(f"{subject.name}{FEED}"), days))
    return {"title": "Feeds", "kinds": by_kind, "coverage": desk.line(covered)}


def _address(file: str) -> str:
    return f"{HERE}/{quote(file)}"


def _subjects(desk: ConsoleDesk, *, watched: bool = True) -> list[Subject]:
    return list(feeds.subjects(desk.config.topics, desk.watched if watched else ()))


async def _given(turns: Turns, request: Request) -> Response:
    file = request.path_params["file"][:LONGEST]
    base = str(request.base_url).rstrip("/")
    kind = ICS if file.endswith(DAYS) else MIME
    try:
        answer = await turns.answer((HERE, base, file), partial(_document, file, base))
    except MonitorError as error:
        return Response(f"{wrong(error)}\n", status_of(error), media_type="text/plain")
    return respond(request, answer, kind)


def _answer(body: bytes) -> Answer:
    return Answer(redacted(body.decode()).encode())


def _document(file: str, base: str, desk: ConsoleDesk) -> Answer:
    """A feed or a calendar by its name.

    Raises:
        MonitorError: nothing was ever read, or nothing is called so.
    """
    desk.resting()
    name, dot, suffix = file.rpartition(".")
    if file == f"{CALENDAR}{DAYS}":
        return _answer(_days(desk))
    subject = next((one for one in _subjects(desk, watched=name.startswith(f"{WATCH}-")) if one.name == name), None)
    if subject and f"{dot}{suffix}" == FEED:
        return _answer(atom(feeds.feed(desk.history, subject, _entries(desk, subject), f"{base}{_address(file)}")))
    if subject and subject.kind == TOPIC and f"{dot}{suffix}" == DAYS:
        return _answer(_days(desk, subject.code))
    raise MonitorError(f"no feed or calendar is called {file!r}; {HERE} lists all")


def _days(desk: ConsoleDesk, topic: str = "") -> bytes:
    return feeds.days(desk.history, _router(desk), desk.key_dates(date.min, date.max), desk.now, topic)


def _router(desk: ConsoleDesk) -> Router:
    return Router(desk.config.routes, desk.config.topics)


def _entries(desk: ConsoleDesk, subject: Subject) -> list[AtomEntry]:
    store = desk.history(taken.store_identity)
    told = desk.of_news(ALL, lambda: feeds.told_alerts(desk.history, _router(desk)))
    return [_entry(desk, store, alert, subject) for alert in feeds.chosen(told, subject)]


def _entry(desk: ConsoleDesk, store: str, alert: AlertTaken, subject: Subject) -> AtomEntry:
    return desk.of_news(
        (alert.message, alert.changed, subject.touched),
        lambda: feeds.entry(desk.history, store, alert, subject.touched),
    )
