"""The templates: what is foreign is escaped, no control character and no secret leaves, and only web addresses are links."""

from collections.abc import Callable, Mapping
from contextvars import ContextVar
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from monitor.config.outward import fit, fitting, redacted
from monitor.model import to_json
from monitor.render import dates
from monitor.render.text import web_address

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
_fitting: ContextVar[Callable[[object], str]] = ContextVar("how what a page shows is made fit", default=fit)


def page(template: str, here: str, shown: Mapping[str, Any]) -> bytes:
    """A page of HTML; `here` is where in the console it stands."""
    made = _templates().get_template(template)
    before = _fitting.set(fitting())
    try:
        return made.render(shown, ways=_ways(here)).encode()
    finally:
        _fitting.reset(before)


@cache
def _ways(here: str) -> Markup:
    """The links to all places, which are the same on every page of a place."""
    return Markup(_templates().get_template("ways.html").render(here=here, places=PLACES))  # noqa: S704 - a template made it


def json_of(value: object) -> bytes:
    """A value as JSON, without secrets."""
    return redacted(to_json(value).decode()).encode()


def still(name: str) -> bytes:
    """A file that is the same for everybody."""
    return files("monitor.console").joinpath("templates", name).read_bytes()


@cache
def _templates() -> Environment:
    templates = Environment(
        loader=PackageLoader("monitor.console"),
        auto_reload=False,  # to look for each file again, whenever a page is shown, takes as long as to show a short one
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_fit,
    )
    templates.filters["day"] = dates.day
    templates.filters["web"] = lambda value: web_address(value) if isinstance(value, str) else ""
    return templates


def _fit(value: object) -> object:
    """Fit to be shown: what a template made of parts that are, is."""
    return value if isinstance(value, Markup) else _fitting.get()("" if value is None else value)
