"""The addresses at which the console is looked at: each a question to the desk, and the template
that shows its answer.

Feeds and calendars are the documents that `monitor export --feed` writes. Deciders have forms for
triage, each with its own token.
"""

import re
from base64 import b64encode
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import partial
from itertools import islice
from tempfile import TemporaryFile
from typing import IO, Any, get_args
from urllib.parse import quote

import msgspec
from msgspec import structs
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

from monitor import vocabulary
from monitor.alert.route import Router
from monitor.ask import cases, feeds, reviewing, stories
from monitor.ask.feeds import ALL, CALENDAR, DAYS, FEED, TOPIC, WATCH, Subject
from monitor.clock import format_instant
from monitor.config.outward import redacted
from monitor.config.redact import clean
from monitor.console import archived, law, names, registers, screenings, sources, today
from monitor.console.banner import frame_page
from monitor.console.desk import (
    HTML,
    Answer,
    ConsoleDesk,
    Given,
    Turns,
    choose_language,
    choose_status,
    list_choices,
    read_static,
    render_page,
    respond,
    word_error,
)
from monitor.console.guard import ASKER, DEED, DISMISSAL, check_token, make_token
from monitor.errors import ConfigError, MonitorError
from monitor.evidence.contents import Contents
from monitor.evidence.pack import write_pack
from monitor.model import Action, EntityKind, TermKind, frozen
from monitor.render.atom import MIME, Feed, render_atom
from monitor.render.opinions import describe_head
from monitor.run import triage
from monitor.source.registry import Registry
from monitor.store import acts, exported, handling, proofs
from monitor.triage.values import (
    CONSOLE,
    Person,
    TriageRequest,
    Verb,
    explain_missing_role,
    explain_refusal,
    list_mute_subjects,
    list_roles,
    stamp_mark,
)

Order = Callable[[TriageRequest], Sequence[str] | None]
DEEDS = (Verb.TAKE, Verb.DONE, Verb.NOT_OURS, Verb.SNOOZE, Verb.MUTE)
NEW = "new"  # instead of the number of a measure: one that was not read
HEAD, PARTS = ("action", "register"), ("starts", "ends", "destination", "amends")
ADDED = ("measure", *HEAD, "kind", "name", "code", "hs", "goods", *PARTS, "term", "says")
FIELDS = ("verb", "what", "decision", "text", "until", "to", "quote", *ADDED)
TICKS = ("said", "strike")
FACTS = 300  # of an act that are shown to be struck; `monitor review` numbers all


def make_forms(
    desk: ConsoleDesk, what: str, user: str, form: FormData | None = None
) -> dict[str, Any]:
    """Make the forms for an event or an act, with the input of a refused try. Only a decider gets
    forms.
    """
    case = desk.history(handling.find_case, what) if what and user else None
    if case is None:
        return {"deeds": None}
    act = desk.history(acts.load_act, what)
    happening = desk.history(acts.load_event, case.event)
    offered = {
        "stands": cases.describe_case_state(case.handled),
        "together": [one.key for one in happening.acts if one.key != what] if happening else (),
        "verbs": DEEDS if case.told else (),
        "decisions": desk.config.triage.decisions,
        "pairs": case.pairs,
        "subjects": list_mute_subjects(case, list(desk.config.topics)),
        "facts": list(islice(reviewing.list_facts(act), FACTS)) if act else (),
        "measures": [*enumerate(map(describe_head, act.measures), 1)] if act else (),
        "registers": list_choices(vocabulary.current().registers, vocabulary.register),
        "choices": {
            "action": tuple(Action),
            "kind": get_args(EntityKind),
            "term": get_args(TermKind),
        },
        "typed": _read_fields(form or FormData()),
        "ticked": _list_ticks(form) if form else (),
        "said": reviewing.word_opinions(desk.history, act)[:FACTS] if act else (),
        "token": partial(make_token, user),
        "stamp": stamp_mark,
        "what": what,
    }
    return {"deeds": offered}


def make_deed_routes(turns: Turns, order: Order | None) -> list[Route]:
    """Make the routes that take the forms."""
    if not order:
        return []
    return [
        Route(DEED, partial(_carry_out, turns, order), methods=["POST"]),
        Route(DISMISSAL, partial(_record_dismissal, turns), methods=["POST"]),
    ]


async def _record_dismissal(turns: Turns, request: Request) -> Response:
    """Record that a match on Us is not ours, or take that back."""
    user = request.scope[ASKER].decider
    async with request.form(max_files=0) as form:
        check_token(form, user)
        entry, subject = (str(form.get(name, "")).strip() for name in ("entry", "subject"))
        undo = bool(form.get("undo"))
    await turns.once(partial(_dismiss_match, user, entry, subject, undo))
    return RedirectResponse("/us#decisions", 303)


def _dismiss_match(user: str, entry: str, subject: str, undo: bool, desk: ConsoleDesk) -> None:
    has = list_roles(desk.config.triage, user, {})
    if refused := explain_missing_role(desk.config.triage, Verb.NOT_OURS, has):
        raise ConfigError(refused)
    desk.dismiss_match(entry, subject, clean(user), undo=undo)


async def _carry_out(turns: Turns, order: Order, request: Request) -> Response:
    user = request.scope[ASKER].decider
    async with request.form(max_files=0) as form:
        nonce = check_token(form, user)
        try:
            asked = await turns.once(partial(_make_request, form, user, f"console:{nonce}"))
            await run_in_threadpool(order, asked)
        except MonitorError as error:
            language = choose_language(request)
            page = await turns.once(partial(_show_again, form, user, error, language))
            return Response(page, choose_status(error), media_type=HTML)
    return RedirectResponse(f"/event/{quote(asked.event)}", 303)


def _show_again(
    form: FormData, user: str, error: MonitorError, language: str, desk: ConsoleDesk
) -> bytes:
    """Show the forms again, with the reason why nothing was done and the typed words."""
    what = str(form.get("what", ""))
    shown = {
        "title": "Not done",
        "wrong": word_error(error),
        "why": (),
        "done": (),
        **make_forms(desk, what, user, form),
        **frame_page(desk, desk.coverage()),
    }
    return render_page("event.html", "", shown, language)


def _read_fields(form: FormData) -> dict[str, str]:
    return {name: str(form.get(name, "")).strip() for name in FIELDS}


def _list_ticks(form: FormData) -> list[str]:
    return [str(tick) for name in TICKS for tick in form.getlist(name)]


def list_added(given: Mapping[str, str], measures: int) -> Iterator[str]:
    """List what a form adds to a reading with so many measures, in the syntax of `monitor review`.

    Raises:
        ConfigError: a new measure has no deed.
    """
    if not any(given[name] for name in ADDED if name not in ("measure", "kind", "term")):
        return
    number = given["measure"]
    if number == NEW:
        if not given["action"]:
            raise ConfigError("choose the deed of the measure that was not read")
        number = str(measures + 1)
        yield f"{NEW}={given['action']} {given['register']}"
    parts = [(name, given[name]) for name in (*(HEAD if given["measure"] != NEW else ()), *PARTS)]
    parts += [(given["kind"], given["name"]), (given["term"], given["says"])]
    coded = [(name, f"{given[name]} {given['goods']}") for name in ("code", "hs") if given[name]]
    parts += coded or [("item", given["goods"])]
    yield from (f"{number}.{name}={value.strip()}" for name, value in parts if value.strip())


def _make_request(form: FormData, user: str, key: str, desk: ConsoleDesk) -> TriageRequest:
    """Make a triage request from a form, and look up everything in it.

    Raises:
        MonitorError: something does not exist; says what, or what to do.
    """
    given = _read_fields(form)
    pairs, what = tuple(map(str, form.getlist("pair"))), given["what"]
    if given["verb"] not in (*DEEDS, Verb.REVIEW):
        raise ConfigError("say what is to be done, by one of the forms")
    verb, proposal = Verb(given["verb"]), None
    if verb is Verb.NOT_OURS and not pairs:
        raise ConfigError("say which of the matches are not yours")
    if verb is Verb.REVIEW:
        add, strike = (
            reviewing.read_stamped_marks(desk.history, what, [*map(str, form.getlist(name))])
            for name in TICKS
        )
        act = desk.history(acts.load_act, what)
        typed = list_added(given, len(act.measures) if act else 0)
        proposal = reviewing.make_proposal(
            desk.history, desk.archive, what, [*add, *typed], strike, given["quote"], given["text"]
        )
    wish = triage.Wish(
        verb, what, given["decision"], given["text"], given["until"], given["to"], proposal=proposal
    )
    has = list_roles(desk.config.triage, user, {})
    person = Person(f"{CONSOLE}:{user}", clean(user), has[0] if has else "")
    registry = Registry(desk.config)
    asked = triage.make_triage_request(
        desk.history, desk.config, registry, wish, person, key, desk.now
    )
    refused = explain_refusal(desk.config.triage, asked, has, f"{desk.now:%Y-%m-%d}")
    return msgspec.structs.replace(asked, via=CONSOLE, pairs=pairs, refused=refused)


# The pages.

View = Callable[[ConsoleDesk, Given], dict[str, Any]]
FEEDS = "/feeds"
VISIT = "seen"  # the cookie
INSTANT = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ"
ONE_VISIT, YEAR = timedelta(minutes=30), 366 * 86_400
SEARCHED = ("q", *law.FACETS)
CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ICS = "text/calendar; charset=utf-8"
LONGEST = 300  # characters of a word that is looked up
# bytes of the pages of an evidence pack: no more is made while others wait
LARGEST = 16 * 1024 * 1024
PIECE = 256 * 1024
FILES: dict[str, tuple[Callable[[ConsoleDesk, Given], bytes], str]] = {
    "/name.csv": (names.write_csv, CSV),
    "/search.csv": (law.write_csv, CSV),
    "/screenings.csv": (screenings.write_screenings, CSV),
    "/screening.csv": (screenings.write_csv, CSV),
    "/screening.xlsx": (screenings.write_workbook, XLSX),
}
STILL = {
    "/style.css": ("style.css", "text/css; charset=utf-8"),
    "/icon.svg": ("icon.svg", "image/svg+xml"),
}


@frozen
class Place:
    """A page of the console: its address, template, parameters and place in the menu.

    `always`: it answers also before anything was read.
    """

    path: str
    template: str
    view: View
    asked: tuple[str, ...] = ()
    here: str = ""
    always: bool = False


def list_feeds(desk: ConsoleDesk, _: Given) -> dict[str, Any]:
    """List every feed with an entry, and the calendars, by kind, with their addresses."""
    by_kind: dict[str, list[tuple[str, str, str]]] = {}
    told = feeds.list_told_alerts(desk.history, Router(desk.config.routes, desk.config.topics))
    subjects = list(feeds.list_feed_subjects(desk.config.topics, desk.watched))
    filled = [
        subject for subject in subjects if subject.kind == ALL or feeds.choose_alerts(told, subject)
    ]
    for subject in filled:
        days = {
            TOPIC: _make_address(f"{subject.name}{DAYS}"),
            ALL: _make_address(f"{CALENDAR}{DAYS}"),
        }.get(subject.kind, "")
        by_kind.setdefault(subject.kind, []).append(
            (subject.title, _make_address(f"{subject.name}{FEED}"), days)
        )
    return {"title": "Feeds", "kinds": by_kind, "empty": len(subjects) - len(filled)}


def _make_address(file: str) -> str:
    return f"{FEEDS}/{quote(file)}"


TODAY = Place("/", "today.html", today.show_today, today.CHOSEN, "/")
PAGES = (
    Place(
        "/asof",
        "asof.html",
        law.show_as_of,
        ("day", "before", "known", "register", "entity", "item", "destination", "from"),
        "/asof",
    ),
    Place("/act/{key:path}", "story.html", law.show_act),
    Place("/event/{key:path}", "event.html", law.show_event),
    Place("/name", "name.html", names.show_name, ("of",), "/search"),
    Place("/search", "story.html", law.show_search, SEARCHED, "/search"),
    Place("/timeline", "timeline.html", law.show_timeline, ("about",), "/timeline"),
    Place("/readings", "readings.html", archived.show_readings, ("of", "old", "new"), "/search"),
    Place("/registers", "registers.html", registers.show_registers, here="/registers"),
    Place(
        "/register/{reader}",
        "register.html",
        registers.show_register,
        ("q", "on", "since", "until", "after"),
        "/registers",
    ),
    Place("/us", "us.html", screenings.show_watch_list, here="/us"),
    Place("/screening/{number}", "screening.html", screenings.show_recorded, here="/us"),
    Place("/sources", "sources.html", sources.show_sources, here="/sources", always=True),
    Place(FEEDS, "feeds.html", list_feeds, here=FEEDS),
)


def make_page_routes(turns: Turns) -> list[Route]:
    """Make the routes of all pages."""
    return [
        Route("/", partial(_look_today, turns, TODAY)),
        *(Route(place.path, partial(_serve_page, turns, place)) for place in PAGES),
        Route("/screen", partial(_serve_screening, turns), methods=["POST"]),
        Route("/evidence/{sha256}", partial(serve_archived, turns)),
        Route("/pack", partial(_serve_pack, turns)),
        *(Route(path, partial(_serve_table, turns, *file)) for path, file in FILES.items()),
        Route(f"{FEEDS}/{{file}}", partial(_serve_feed, turns)),
        *(Route(path, partial(_serve_static, *file)) for path, file in STILL.items()),
    ]


def read_given(request: Request, names: tuple[str, ...]) -> Given:
    """Read the parameters of these names ("" if missing), and those in the path.

    Raises:
        ConfigError: one is too long.
    """
    asked = {name: request.query_params.get(name, "") for name in names} | request.path_params
    if long := next((name for name, text in asked.items() if len(text) > LONGEST), ""):
        raise ConfigError(f"{long}: more than {LONGEST} characters are nothing that is looked up")
    words = {name: " ".join(text.split()) for name, text in asked.items()}
    return Given(words, request.scope.get(ASKER), choose_language(request))


async def _serve_page(turns: Turns, place: Place, request: Request) -> Response:
    asked = read_given(request, place.asked)
    return respond(request, await turns.once(partial(_show_page, place, asked)))


async def _look_today(turns: Turns, place: Place, request: Request) -> Response:
    """Show the first page; a cookie keeps the time of this visit, so that news is
    visible as such.
    """
    asked, cookie = read_given(request, place.asked), request.cookies.get(VISIT, "")

    def look(desk: ConsoleDesk) -> tuple[Answer, str]:
        asked["seen"] = read_visit(cookie, desk.now)
        return _show_page(place, asked, desk), f"{asked['seen']}|{format_instant(desk.now)}"

    answer, visit = await turns.once(look)
    response = respond(request, answer)
    response.set_cookie(VISIT, visit, YEAR, httponly=True, samesite="strict")
    return response


def read_visit(cookie: str, now: datetime) -> str:
    """Read when the reader last looked before this visit (UTC, ISO); "" on the first visit."""
    kept = re.fullmatch(rf"({INSTANT}|)\|({INSTANT})", cookie)
    if kept is None:
        return ""
    is_same = now - datetime.fromisoformat(kept[2]) < ONE_VISIT
    return kept[1] if is_same else kept[2]


async def _serve_screening(turns: Turns, request: Request) -> Response:
    asker = request.scope[ASKER]
    async with request.form(max_files=1, max_fields=3) as form:
        check_token(form, asker.who)
        file, names = form.get("file"), form.get("names")
        body = await file.read() if isinstance(file, UploadFile) else b""
        name = (file.filename or "") if isinstance(file, UploadFile) else ""
    text = names if isinstance(names, str) else ""
    place = Place(
        "/screen",
        "screened.html",
        lambda desk, _: screenings.show_screening(
            desk,
            screenings.parse_questions(text, name, body, desk.config.watch.headings),
            asker.who,
        ),
        here="/us",
    )
    return respond(request, await turns.once(partial(_show_page, place, read_given(request, ()))))


def _show_page(place: Place, asked: Given, desk: ConsoleDesk) -> Answer:
    """Show a page; if it can't be answered, show why, with what is known all the same."""
    try:
        covered = desk.coverage() if place.always else desk.resting()
        shown = place.view(desk, asked)
        if about := shown.get("about_code"):
            covered = desk.resting(about)
        shown = shown | make_forms(desk, str(shown.get("key", "")), asked.asker.decider)
        covered = structs.replace(covered, remarks=(*covered.remarks, *shown.get("remarks", ())))
        return Answer(
            render_page(
                place.template, place.here, shown | frame_page(desk, covered), asked.language
            ),
            HTML,
            shown.get("answered", 200),
        )
    except MonitorError as error:
        shown = {"title": "No answer", "wrong": word_error(error)} | frame_page(
            desk, desk.coverage()
        )
        return Answer(
            render_page("error.html", place.here, shown, asked.language),
            HTML,
            choose_status(error),
        )


async def serve_archived(turns: Turns, request: Request) -> Response:
    """Serve the bytes of a page as they came, as a file: never as a page of this origin."""
    sha256 = request.path_params["sha256"][:64]

    def of_record(desk: ConsoleDesk) -> Iterator[bytes]:
        if not desk.history(proofs.select_needed_bodies, {sha256}):
            raise MonitorError("nothing on record rests on bytes with this SHA-256")
        return desk.archive.pieces(sha256)

    pieces = await turns.once(of_record)
    first = await turns.once(lambda _: next(pieces, b""))
    headers = {
        "Content-Disposition": f'attachment; filename="{sha256}.bin"',
        "Content-Security-Policy": "sandbox",
    }
    return StreamingResponse(
        _send_rest(turns, first, pieces), media_type="application/octet-stream", headers=headers
    )


async def _send_rest(turns: Turns, first: bytes, pieces: Iterator[bytes]) -> AsyncIterator[bytes]:
    piece = first
    while piece:
        yield piece
        piece = await turns.once(lambda _: next(pieces, b""))


async def _serve_pack(turns: Turns, request: Request) -> Response:
    """Send an evidence pack of a search as a file."""
    about = read_given(request, ("of",))["of"]
    file, sha256 = await turns.once(partial(_pack_evidence, about))
    name = make_file_stem(about) or "evidence"
    headers = {
        "Content-Disposition": f'attachment; filename="{name}.zip"',
        "Content-Length": str(file.seek(0, 2)),
        "Repr-Digest": f"sha-256=:{b64encode(bytes.fromhex(sha256)).decode()}:",
    }
    return StreamingResponse(_read_pieces(file), media_type="application/zip", headers=headers)


def make_file_stem(about: str) -> str:
    """Make a file name from a search."""
    return re.sub(r"[^A-Za-z0-9.-]+", "-", about).strip("-.")


def _pack_evidence(about: str, desk: ConsoleDesk) -> tuple[IO[bytes], str]:
    """Write the evidence of a search to a temporary file, and return it with its SHA-256.

    Raises:
        MonitorError: nothing on record has this name, or the pages are too large.
    """
    dossier = stories.load_dossier_of_stories(desk.history, [(about, desk.story(about, most=None))])
    if sum(map(desk.archive.takes, dossier.bodies)) > LARGEST:
        raise MonitorError(
            "the pages are more than is packed here; on the machine itself: monitor evidence"
            f" '{about}' --out FILE"
        )
    file = TemporaryFile()  # noqa: SIM115 - it is closed once it was sent
    return file, write_pack(Contents((about,), dossier, desk.archive), file).sha256


def _read_pieces(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        file.seek(0)
        yield from iter(lambda: file.read(PIECE), b"")


async def _serve_table(
    turns: Turns, write: Callable[[ConsoleDesk, Given], bytes], kind: str, request: Request
) -> Response:
    """Serve a table as a file."""
    asked = read_given(request, ("of", *SEARCHED))
    response = respond(request, await turns.once(lambda desk: Answer(write(desk, asked), kind)))
    stem, _, form = request.url.path.strip("/").rpartition(".")
    name = "-".join(filter(None, [stem, make_file_stem(asked["q"] or asked["of"])]))
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    return response


async def _serve_feed(turns: Turns, request: Request) -> Response:
    file, base = request.path_params["file"][:LONGEST], str(request.base_url).rstrip("/")
    try:
        return respond(request, await turns.once(partial(_make_document, file, base)))
    except MonitorError as error:
        return Response(f"{word_error(error)}\n", choose_status(error), media_type="text/plain")


def _make_document(file: str, base: str, desk: ConsoleDesk) -> Answer:
    """Serve a feed or a calendar by its name.

    Raises:
        MonitorError: nothing was read yet, or nothing has this name.
    """
    desk.resting()
    name, dot, suffix = file.rpartition(".")
    watched = desk.watched if name.startswith(f"{WATCH}-") else ()
    subject = next(
        (one for one in feeds.list_feed_subjects(desk.config.topics, watched) if one.name == name),
        None,
    )
    router = Router(desk.config.routes, desk.config.topics)
    if file == f"{CALENDAR}{DAYS}" or (
        subject and subject.kind == TOPIC and f"{dot}{suffix}" == DAYS
    ):
        days = desk.key_dates(date.min, date.max)
        body, kind = (
            feeds.make_calendar(
                desk.history, router, days, desk.now, subject.code if subject else ""
            ),
            ICS,
        )
    elif subject and f"{dot}{suffix}" == FEED:
        body, kind = (
            render_atom(_feed_of(desk, subject, router, f"{base}{_make_address(file)}")),
            MIME,
        )
    else:
        raise MonitorError(f"no feed or calendar is called {file!r}; {FEEDS} lists all")
    return Answer(redacted(body.decode()).encode(), kind)


def _feed_of(desk: ConsoleDesk, subject: Subject, router: Router, place: str) -> Feed:
    store = desk.history(exported.store_identity)
    alerts = feeds.choose_alerts(feeds.list_told_alerts(desk.history, router), subject)
    return feeds.make_feed(
        desk.history,
        subject,
        [feeds.make_feed_entry(desk.history, store, alert, subject.touched) for alert in alerts],
        place,
    )


async def _serve_static(name: str, kind: str, request: Request) -> Response:
    return respond(request, Answer(read_static(name), kind))
