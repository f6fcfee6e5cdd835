"""The addresses at which the console is looked at: each a question to the desk, and the template that shows its answer."""

from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from monitor.console import listings, look, packs, views
from monitor.console.answering import respond, status_of, wrong
from monitor.console.desk import ConsoleDesk
from monitor.console.question import Given
from monitor.console.turns import Answer, Turns
from monitor.errors import ConfigError, MonitorError
from monitor.history import proofs

View = Callable[[ConsoleDesk, Given], dict[str, Any]]
HTML = "text/html; charset=utf-8"
LONGEST = 300  # characters of a word that is looked up
STILL = {"/style.css": ("style.css", "text/css; charset=utf-8"), "/icon.svg": ("icon.svg", "image/svg+xml")}


@dataclass(frozen=True, slots=True)
class Place:
    """A page: its address, its template, what may be asked of it, and where in the console it stands."""

    path: str
    template: str
    view: View
    asked: tuple[str, ...] = ()
    here: str = ""


PAGES = (
    Place("/", "today.html", lambda desk, _: views.today(desk), here="/"),
    Place("/asof", "asof.html", views.asof, ("day", "known", "register", "entity", "item", "destination", "from"), "/asof"),
    Place("/act/{key:path}", "story.html", lambda desk, given: views.act(desk, given["key"])),
    Place("/search", "story.html", lambda desk, given: views.search(desk, given["q"]), ("q",), "/search"),
    Place("/timeline", "timeline.html", lambda desk, given: views.timeline(desk, given["about"]), ("about",), "/timeline"),
    Place("/registers", "registers.html", lambda desk, _: listings.registers(desk), here="/registers"),
    Place("/register/{reader}", "register.html", listings.register, ("q", "on", "since", "until", "after"), "/registers"),
    Place("/us", "us.html", lambda desk, _: listings.watch_list_page(desk), here="/us"),
    Place("/sources", "sources.html", lambda desk, _: listings.sources(desk), here="/sources"),
)


def routes(turns: Turns) -> list[Route]:
    """All pages."""
    return [
        *(Route(place.path, partial(_looked, turns, place)) for place in PAGES),
        Route("/screen", partial(_screen, turns), methods=["POST"]),
        Route("/evidence/{sha256}", partial(archived, turns)),
        Route("/pack", partial(packed, turns)),
        *(Route(path, partial(_still, name, kind)) for path, (name, kind) in STILL.items()),
    ]


def given(request: Request, names: tuple[str, ...]) -> dict[str, str]:
    """What was asked for under these names, "" for what was not; and what the path names.

    Raises:
        ConfigError: of one of them more than anybody looks up.
    """
    asked = {name: request.query_params.get(name, "") for name in names} | request.path_params
    if long := next((name for name, text in asked.items() if len(text) > LONGEST), ""):
        raise ConfigError(f"{long}: more than {LONGEST} characters are nothing that is looked up")
    return {name: " ".join(text.split()) for name, text in asked.items()}


async def _looked(turns: Turns, place: Place, request: Request) -> Response:
    asked = given(request, place.asked)
    question = (place.path, tuple(asked.items()))
    return respond(request, await turns.answer(question, partial(_page, place.template, place.here, place.view, asked)), HTML)


async def _screen(turns: Turns, request: Request) -> Response:
    async with request.form(max_files=1, max_fields=3) as form:
        file, names = form.get("file"), form.get("names")
        body = await file.read() if isinstance(file, UploadFile) else b""
        name = (file.filename or "") if isinstance(file, UploadFile) else ""
    text = names if isinstance(names, str) else ""

    def screened(desk: ConsoleDesk, _: Given) -> dict[str, Any]:
        return listings.screened(desk, listings.asked_of(text, name, body))

    return respond(request, await turns.once(partial(_page, "screened.html", "/us", screened, {})), HTML)


def _page(template: str, here: str, view: View, asked: Given, desk: ConsoleDesk) -> Answer:
    """The page; what can't be answered is said on one as well, with what is known all the same."""
    try:
        return Answer(look.page(template, here, view(desk, asked)))
    except MonitorError as error:
        return Answer(_wrong(here, wrong(error), desk), status_of(error))


def _wrong(here: str, words: str, desk: ConsoleDesk) -> bytes:
    shown = {"title": "No answer", "wrong": words}
    try:
        return look.page("error.html", here, shown | {"coverage": desk.ending()})
    except MonitorError:
        return look.page("error.html", here, shown)


async def archived(turns: Turns, request: Request) -> Response:
    """The bytes of a page as they came, to be kept as a file: never shown as a page of this origin."""
    sha256 = request.path_params["sha256"][:64]

    def of_record(desk: ConsoleDesk) -> Iterator[bytes]:
        if not desk.history(proofs.needed, {sha256}):
            raise MonitorError("nothing on record rests on bytes with this SHA-256")
        return desk.archive.pieces(sha256)

    pieces = await turns.once(of_record)
    first = await turns.once(lambda _: next(pieces, b""))
    headers = {"Content-Disposition": f'attachment; filename="{sha256}.bin"', "Content-Security-Policy": "sandbox"}
    return StreamingResponse(_rest(turns, first, pieces), media_type="application/octet-stream", headers=headers)


async def packed(turns: Turns, request: Request) -> Response:
    """An evidence pack of whatever can be looked up, to be kept as a file."""
    about = given(request, ("of",))["of"]
    pack = await turns.once(lambda desk: packs.packed(desk, about))
    headers = {
        "Content-Disposition": f'attachment; filename="{pack.name}"',
        "Content-Length": str(pack.size),
        "Repr-Digest": f"sha-256=:{pack.digest}:",
    }
    return StreamingResponse(pack.pieces(), media_type="application/zip", headers=headers)


async def _rest(turns: Turns, first: bytes, pieces: Iterator[bytes]) -> AsyncIterator[bytes]:
    piece = first
    while piece:
        yield piece
        piece = await turns.once(lambda _: next(pieces, b""))


async def _still(name: str, kind: str, request: Request) -> Response:
    return respond(request, Answer(look.still(name)), kind)
