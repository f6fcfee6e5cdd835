"""Begins a scraper: saves the page, looks at it, writes the module from the template that fits. The only writer of scrapers."""

import asyncio
import importlib
import importlib.util
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from monitor.cli.doctor.source import extension, write_page
from monitor.cli.new.guess import Guess, article_css, guess
from monitor.cli.new.register import largest_table
from monitor.cli.new.write import MAINTENANCE, Kind, country_of, register, scraper, without_zone
from monitor.clock import SystemClock
from monitor.config import Config, files
from monitor.errors import ConfigError, SourceError
from monitor.fetch import Fetched, Fetcher, browser_of
from monitor.source.body import Body
from monitor.source.page import Page, Request
from monitor.source.scraper import MEGABYTE, Source, tally

NAME = re.compile(r"(?P<country>[a-z]{2})_[a-z0-9]+(?:_[a-z0-9]+)*")
OURS = "scrapers"
OWN = "own_scrapers"  # in the current folder, where ours are installed and none of your own are named
INSTALLED = {"site-packages", "dist-packages"}
LARGEST = 20 * MEGABYTE


def begin(config: Config, name: str, url: str, file: Path | None, kind: Kind = Kind.OFFICIAL) -> Iterator[str]:
    """Write the scraper and its pages; what was done and what comes next, a line each.

    Raises:
        ConfigError: the name is wrong, something of this name is there already, or no template fits.
        SourceError: the page can't be fetched.
    """
    _refuse_wrong_name(name)
    _refuse_wrong_address(url)
    package, folder = _package(config)
    module, pages = folder / f"{name}.py", folder.parent / "tests" / "pages" / name
    _refuse_overwriting(module, pages)
    page = Page(url=url, body=Body(files.body(file, most=LARGEST))) if file else asyncio.run(fetched(config, url))
    if kind is Kind.REGISTER:
        yield from _begin_register(package, module, pages, name, page)
        return
    guessed = guess(page)
    first = write_page(pages / f"{guessed.reader}-first.{extension(page.body.whole)}", page.body.whole)
    yield f"saved   {_near(first)}: {guessed.words}"
    refused = write_page(pages / f"{guessed.reader}-maintenance.html", MAINTENANCE.encode())
    yield f"saved   {_near(refused)}: a page it must refuse, ours until you save the site's own"
    linked = None if file or not guessed.links else _fetched_or_none(config, guessed.links[0])
    if linked:
        saved = write_page(pages / f"{guessed.linked}-first.{extension(linked.body.whole)}", linked.body.whole)
        yield f"saved   {_near(saved)}: the first page it links to"
    text = scraper(name, url, guessed, article_css(linked) if linked else None, kind)
    yield from _written(package, module, text, page)
    yield from _next(name, guessed, pages, has_linked=linked is not None)


def _begin_register(package: str, module: Path, pages: Path, name: str, page: Page) -> Iterator[str]:
    guessed = largest_table(page)
    first = write_page(pages / f"entries-first.{extension(page.body.whole)}", page.body.whole)
    yield f"saved   {_near(first)}: guessed: {guessed.words}"
    refused = write_page(pages / "entries-maintenance.html", MAINTENANCE.encode())
    yield f"saved   {_near(refused)}: a page it must refuse, ours until you save the site's own"
    yield from _written(package, module, register(name, page.url, guessed, ""), page)
    yield f"next 1  say in {_near(module)} what each column is (country, ids, dates), and what it means to stand on the list"
    yield "next 2  pytest tests/test_pages.py    writes the rows beside each page; review them, run it again"


def _written(package: str, module: Path, text: str, page: Page) -> Iterator[str]:
    write_page(module, text.encode())
    if package == OWN:
        write_page(module.parent / "__init__.py", b"")
        if str(Path.cwd()) not in sys.path:
            sys.path.insert(0, str(Path.cwd()))
    yield f"wrote   {_near(module)}: {_tried(f'{package}.{module.stem}', page)}"
    if zoneless := without_zone(module.stem):
        yield f"next 0  {zoneless}"
    if package == OWN:
        yield f'next 0  packages = ["{OURS}", "{OWN}"] in config.toml, and PYTHONPATH=. before monitor, so that it is found'


def kind_of(text: str) -> Kind:
    """What was said of the pages.

    Raises:
        ConfigError: it is none of the kinds.
    """
    try:
        return Kind(text.strip().lower())
    except ValueError as error:
        raise ConfigError(f"--kind: {text!r} is none of {', '.join(Kind)}") from error


def _refuse_wrong_name(name: str) -> None:
    shape = NAME.fullmatch(name)
    if not shape:
        raise ConfigError(f"{name!r}: a scraper is called <country>_<publisher> in small letters, such as cn_mofcom")
    if not country_of(name):
        raise ConfigError(f"{name!r}: {shape['country']!r} is no country's ISO code (nor eu or un)")


def _refuse_wrong_address(url: str) -> None:
    if not url.startswith(("http://", "https://")):
        raise ConfigError(f"{url!r}: not an address; it begins with https://")


def _package(config: Config) -> tuple[str, Path]:
    """The package the scraper goes into: your own, where config.toml names one that can be written, else ours."""
    own = [name for name in config.packages if name != OURS]
    folders = {name: _folder(name) for name in (*own, OURS) if name in config.packages}
    for name, folder in folders.items():
        if folder and os.access(folder, os.W_OK) and not INSTALLED & set(folder.parts):
            return name, folder
    if any(folder and INSTALLED & set(folder.parts) for folder in folders.values()):
        return OWN, Path.cwd() / OWN  # installed: what is written there would be gone with the next version
    raise ConfigError(f"config: packages: none of {', '.join(config.packages)} is a folder that can be written")


def _folder(package: str) -> Path | None:
    spec = importlib.util.find_spec(package)
    return Path(next(iter(spec.submodule_search_locations))) if spec and spec.submodule_search_locations else None


def _refuse_overwriting(module: Path, pages: Path) -> None:
    for path in (module, pages):
        if path.exists() and (path.is_file() or any(path.iterdir())):
            raise ConfigError(f"{_near(path)}: is there already; remove it or choose another name")


async def fetched(config: Config, url: str, *, render: bool = False) -> Page:
    """A page as it is now, asked for as config.toml says; to `render`, as a browser has it.

    Raises:
        SourceError: none came.
    """
    fetcher = Fetcher(
        user_agent=config.fetch.name,
        clock=SystemClock(),
        deadline=config.fetch.deadline.total_seconds(),
        allow_private=config.fetch.allow_private,
        robots=config.fetch.robots,
        browser=browser_of(config, ["--render"] if render else []),
    )
    try:
        answer = await fetcher.fetch(Request(url), size_limit=LARGEST, proxy=config.fetch.proxy or "", render=render)
    finally:
        await fetcher.aclose()
    assert isinstance(answer, Fetched), "asked without validators, a server can't say that nothing changed"
    return answer.page


def _fetched_or_none(config: Config, url: str) -> Page | None:
    """The first page of a list, which is a help and no more: without it the scraper is written all the same."""
    try:
        return asyncio.run(fetched(config, url))
    except SourceError:
        return None


def _tried(module: str, page: Page) -> str:
    """What the new reader finds on its own page."""
    importlib.invalidate_caches()
    sources = [value for value in vars(importlib.import_module(module)).values() if isinstance(value, Source)]
    try:
        links, facts = tally(sources[0].read, page)
    except SourceError as error:
        return f"it refuses the page ({error}); mend it before you go on"
    return f"it finds {links} links and {facts} facts"


def _next(name: str, guessed: Guess, pages: Path, *, has_linked: bool) -> Iterator[str]:
    steps = [f"monitor read {_near(pages)}/{guessed.reader}-first.* --as {name}.{guessed.reader}    shows what it finds"]
    if guessed.linked:
        more = "another page" if has_linked else "a page"
        steps.append(f"save {more} of the list that announces something as {_near(pages)}/{guessed.linked}-<case>.html")
    steps.append("pytest tests/test_pages.py    writes the facts beside each page; review them, run it again")
    yield from (f"next {number}  {step}" for number, step in enumerate(steps, 1))


def _near(path: Path) -> Path:
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path
