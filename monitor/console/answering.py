"""Answer questions one after the other, on the thread that holds the store, and send the answers.

An answer has foreign text escaped, no control character, no secret, and links only to web
addresses.
"""

import asyncio
import hashlib
import logging
import re
import traceback
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from functools import cache
from importlib.resources import files
from operator import itemgetter
from pathlib import Path
from typing import Any, TypeVar

from babel.messages.pofile import read_po
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from monitor.ask import asking, rows
from monitor.config.outward import make_printable, redacted
from monitor.console.desk import UNREAD, ConsoleDesk, WatchListUnread
from monitor.console.guard import Asker
from monitor.errors import ConfigError, EvidenceLost, MonitorError, NamesUnread, StoreError
from monitor.model import frozen, to_json
from monitor.render import dates
from monitor.render.text import capitalize_first, keep_web_url
from monitor.render.titles import translate_title

log = logging.getLogger(__name__)

T = TypeVar("T")
Shown = dict[str, Any]
ENGLISH = "en"
LANGUAGES = (ENGLISH, "zh")
HTML = "text/html; charset=utf-8"
JSON = "application/json"
WAITING = 64  # questions
FOUND = 1_000  # rows of an answer that are shown
BROKEN = "the store can't be read now; what `monitor serve` prints says why"
LOST = "the page is missing from the archive, or damaged there"
BUSY = "too many questions wait; ask again in a moment"
MISTAKE = "a mistake of the monitor's own; what `monitor serve` prints says which"
PLACES = (
    ("/", "Today"),
    ("/timeline", "Timeline"),
    ("/asof", "As of a day"),
    ("/registers", "Registers"),
    ("/us", "Us"),
    ("/sources", "Sources"),
    ("/feeds", "Feeds"),
    ("/search", "Search"),
)


class Given(dict[str, str]):
    """The parameters of a question, by name, with the asker and the language."""

    def __init__(
        self, words: Mapping[str, str], asker: Asker | None = None, language: str = ENGLISH
    ) -> None:
        super().__init__(words)
        self.asker = asker or Asker()
        self.language = language


def choose_language(request: Request) -> str:
    """Choose the first language of a browser that the console speaks; browsers name the
    best first.
    """
    named = request.headers.get("accept-language", "").lower().split(",")
    tags = (re.split(r"[-;]", name.strip())[0] for name in named)
    return next((tag for tag in tags if tag in LANGUAGES), ENGLISH)


def list_choices(codes: Iterable[str], label: Callable[[str], str]) -> list[tuple[str, str]]:
    """List codes with their labels, sorted by label."""
    return sorted(((code, label(code)) for code in codes), key=itemgetter(1))


def read_number(given: Given, name: str) -> int:
    """Read the number of this parameter; 0 without one.

    Raises:
        ConfigError: it is not a number.
    """
    text = given[name] or "0"
    if not (text.isascii() and text.isdigit() and len(text) < 19):
        raise ConfigError(f"{name}: a number")
    return int(text)


def read_day(given: Given, name: str) -> date | None:
    """Read the day of this parameter; None without one.

    Raises:
        ConfigError: it is not a day; names the nearest.
    """
    try:
        return asking.parse_day(name, given[name]) if given[name] else None
    except MonitorError as error:
        raise ConfigError(str(error)) from error


class Turns:
    """The desk, from an event loop: it answers one question after the other."""

    def __init__(self, desk: ConsoleDesk) -> None:
        self._desk = desk
        self._waiting = 0
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="console")

    async def once(self, look_up: Callable[[ConsoleDesk], T]) -> T:
        """Look something up now.

        Raises:
            HTTPException: too many others wait already, or the monitor made a mistake.
            MonitorError: as the desk raises it.
        """
        if self._waiting >= WAITING:
            raise HTTPException(503, BUSY)
        self._waiting += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(
                self._thread, self._looked, look_up
            )
        finally:
            self._waiting -= 1

    def _looked(self, look_up: Callable[[ConsoleDesk], T]) -> T:
        try:
            with self._desk.at_one_moment():
                return look_up(self._desk)
        except MonitorError:
            raise
        except Exception as error:  # noqa: BLE001 - whatever it is, nobody elsewhere reads it
            where = traceback.extract_tb(error.__traceback__)[-1]
            what = (
                f"{type(error).__name__}: {error} ({Path(where.filename).name}, line"
                f" {where.lineno})"
            )
            log.critical("console: a mistake of the monitor's own, please report it: %s", what)
            raise HTTPException(500, MISTAKE) from None

    def close(self) -> None:
        """Let go of the store once all is answered."""
        self._thread.submit(self._desk.close)
        self._thread.shutdown()


@frozen
class Answer:
    """A whole answer, of some content type."""

    body: bytes
    kind: str
    status: int = 200


def respond(request: Request, answer: Answer) -> Response:
    """Respond with an answer and its ETag; or say that the asker has it already."""
    tag = f'"{hashlib.blake2b(answer.body, digest_size=12).hexdigest()}"'
    held = {
        held.strip().removeprefix("W/")
        for held in request.headers.get("if-none-match", "").split(",")
    }
    if answer.status == 200 and tag in held:
        return Response(status_code=304, headers={"ETag": tag})
    return Response(answer.body, answer.status, {"ETag": tag}, answer.kind)


def choose_status(error: MonitorError) -> int:
    """Choose the HTTP status by which a program knows what is wrong."""
    if isinstance(error, ConfigError):
        return 400
    return 503 if isinstance(error, StoreError) and not isinstance(error, EvidenceLost) else 404


def word_error(error: MonitorError) -> str:
    """Word an error for somebody elsewhere; only the operator learns where the store lies."""
    if isinstance(error, EvidenceLost):
        return LOST
    if isinstance(error, StoreError) and not isinstance(error, NamesUnread):
        log.error("console: %s", error)
        return UNREAD if isinstance(error, WatchListUnread) else BROKEN
    return str(error)


def render_page(
    template: str, here: str, shown: Mapping[str, Any], language: str = ENGLISH
) -> bytes:
    """Render a page of HTML; `here` is its place in the console."""
    page = _load_templates(language).get_template(template)
    return page.render(shown, places=PLACES, here=here, language=language).encode()


def encode_json(value: object) -> bytes:
    """Encode a value as JSON, without secrets."""
    return redacted(to_json(value).decode()).encode()


def read_static(name: str) -> bytes:
    """Read a file that is equal for all users."""
    return files("monitor.console").joinpath("templates", name).read_bytes()


@cache
def load_catalogue(language: str) -> Mapping[str, str]:
    """Load the fixed words of the console in another language, by the English ones."""
    with files("monitor.console").joinpath("translations", f"{language}.po").open("rb") as file:
        return {str(message.id): str(message.string) for message in read_po(file) if message.id}


@cache
def _load_templates(language: str) -> Environment:
    templates = Environment(
        loader=PackageLoader("monitor.console"),
        # to look for each file again, whenever a page is shown, takes as long as to show a short
        # one
        auto_reload=False,
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=lambda value: (
            value if isinstance(value, Markup) else make_printable("" if value is None else value)
        ),
    )
    translated = {} if language == ENGLISH else load_catalogue(language)
    templates.globals["_"] = lambda text: translated.get(text, text)
    templates.globals["heads"] = rows  # the names of columns
    templates.filters["day"] = dates.format_date
    templates.filters["english"] = translate_title
    templates.filters["sentence"] = capitalize_first
    templates.filters["web"] = lambda value: keep_web_url(value) if isinstance(value, str) else ""
    return templates
