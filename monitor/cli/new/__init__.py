"""Begins a scraper: saves the page, looks at it, writes the module from the template that fits.
The only writer of scrapers.
"""

import asyncio
import csv
import importlib
import importlib.util
import io
import json
import os
import re
import sys
from collections.abc import Iterator, Sequence
from importlib import resources
from pathlib import Path
from string import Template

from monitor import vocabulary
from monitor.cli.doctor.source import guess_extension, write_page
from monitor.cli.new.guess import (
    OWN_GRAMMAR,
    READ,
    Guess,
    describe_language,
    find_article_css,
    guess,
)
from monitor.cli.pages import Kind
from monitor.clock import SystemClock
from monitor.config import Config, files
from monitor.errors import ConfigError, SourceError
from monitor.fetch import open_fetcher
from monitor.model import frozen
from monitor.source.formats import folded, html_tables
from monitor.source.page import Body, Page, Request
from monitor.source.scraper import MEGABYTE, Source, count_content, refuse_sign_in
from monitor.vocabulary import countries

NAME = re.compile(r"(?P<country>[a-z]{2})_[a-z0-9]+(?:_[a-z0-9]+)*")
OURS = "scrapers"
# in the current folder, if ours are installed and config.toml names none of yours
OWN = "own_scrapers"
INSTALLED = {"site-packages", "dist-packages"}
LARGEST = 20 * MEGABYTE
ANY_ARTICLE = "article, main, #content, .content, .article"
LONGEST_TITLE = 60
# links a list must have: enough to notice a change of layout, few enough for a quiet week
MOST_EXPECTED = 3
TEMPLATES = resources.files("monitor.cli.new") / "templates"
CALLED_NAME = re.compile(
    r"\b(?:name|entity|company|person|party|organi[sz]ation|vessel)\b|名称|名稱|姓名|企業名|企业|실체|이름",
    re.IGNORECASE,
)
UNREAD = (
    "acts are read in Chinese, English, Japanese and Korean; this source gives no name or goods, at"
    " most that an act came"
)
LEAST_ROWS = 2
MOST_COLUMNS = 60
WALKS = {"html": "gather_fields, html_tables, key, table"}
DELIMITERS = {"csv": ",", "csv with semicolons": ";", "csv with tabs": "\t"}
NAMED = "    found = table.named(rows, COLUMNS, page.url)"
FOUND = {
    "html": f"rows = (row for each in html_tables.tables(page) for row in each.rows)\n{NAMED}",
    "csv": "found = table.delimited(page, COLUMNS)",
    "csv with semicolons": 'found = table.delimited(page, COLUMNS, delimiter=";")',
    "csv with tabs": 'found = table.delimited(page, COLUMNS, delimiter="\\t")',
    "sheet": f"rows = (row for each in page.document().blocks for row in each.rows)\n{NAMED}",
}


def begin(
    config: Config, name: str, url: str, file: Path | None, kind: Kind = Kind.OFFICIAL
) -> Iterator[str]:
    """Write the scraper and its pages; what was done and what comes next, a line each.

    Raises:
        ConfigError: the name is wrong, something of this name is there already, or no template
            fits.
        SourceError: the page can't be fetched, or asks to sign in.
    """
    _refuse_name(name, url)
    package, folder = _find_package(config)
    module, pages = folder / f"{name}.py", folder.parent / "tests" / "pages" / name
    for path in (module, pages):
        if path.exists() and (path.is_file() or any(path.iterdir())):
            raise ConfigError(
                f"{_get_near(path)}: is there already; remove it, or choose another name; a further"
                " source of one publisher belongs into the same module: begin it under another name,"
                " and move it there"
            )
    page = take_page(config, url, file)
    refuse_sign_in(page)
    if kind is Kind.REGISTER:
        yield from _begin_register(package, module, pages, page)
        return
    guessed = guess(page)
    linked = None if file or not guessed.links else _fetch_first_linked(config, guessed.links[0])
    yield from _begin_acts(package, module, pages, page, url, guessed, linked, kind)


def _refuse_name(name: str, url: str) -> None:
    """See that a scraper can have this name, and that this is an address.

    Raises:
        ConfigError: they are not.
    """
    shape = NAME.fullmatch(name)
    if not shape:
        raise ConfigError(
            f"{name!r}: a scraper is called <country>_<publisher> in small letters, such as"
            " cn_mofcom"
        )
    if not countries.name(shape["country"]):
        raise ConfigError(f"{name!r}: {shape['country']!r} is no country's ISO code (nor eu or un)")
    if not url.startswith(("http://", "https://")):
        raise ConfigError(f"{url!r}: not an address; it begins with https://")


def _begin_register(package: str, module: Path, pages: Path, page: Page) -> Iterator[str]:
    table = find_largest_table(page)
    yield from _save_fixtures(pages, "entries", page, f"guessed: {table.words}")
    yield from _write_module(
        package, module, _write_register_scraper(module.stem, page.url, table), page
    )
    yield (
        f"next 1  say in {_get_near(module)} what each column is (country, dates), which of them"
        " is an id that stays, and what standing on the list means"
    )
    steps = (_name_reading(module.stem, pages, "entries"), *_name_page_test(pages, "rows"))
    for number, step in enumerate(steps, 2):
        yield f"next {number}  {step}"


def _begin_acts(
    package: str,
    module: Path,
    pages: Path,
    page: Page,
    url: str,
    guessed: Guess,
    linked: Page | None,
    kind: Kind,
) -> Iterator[str]:
    yield from _save_fixtures(pages, guessed.reader, page, guessed.words)
    if linked:
        saved = write_page(
            pages / f"{guessed.linked}-first.{guess_extension(linked.body.whole)}",
            linked.body.whole,
        )
        yield f"saved   {_get_near(saved)}: the first page it links to"
    article = find_article_css(linked) if linked else ""
    text = _write_scraper(module.stem, url, guessed, article, kind)
    yield from _write_module(package, module, text, page)
    if guessed.language not in READ:
        yield f"note    its pages are {describe_language(guessed.language)}: {UNREAD}"
        yield f"note    to get its changes as text, with your watch list: monitor try {url}"
    for number, step in enumerate(_list_steps(module.stem, pages, guessed, linked), 1):
        yield f"next {number}  {step}"


def _list_steps(name: str, pages: Path, guessed: Guess, linked: Page | None) -> Iterator[str]:
    yield _name_reading(name, pages, guessed.reader)
    if guessed.linked:
        more = "another page" if linked else "a page"
        yield (
            f"save {more} of the list that announces something as"
            f" {_get_near(pages)}/{guessed.linked}-<case>.html"
        )
    yield from _name_page_test(pages, "facts")


def _name_reading(name: str, pages: Path, reader: str) -> str:
    return (
        f"monitor read {_get_near(pages)}/{reader}-first.* --as {name}.{reader}    shows what it"
        " finds"
    )


def _name_page_test(pages: Path, found: str) -> Iterator[str]:
    """The step of the page test, where there is one: an installed monitor brings none."""
    test = pages.parent.parent / "test_pages.py"
    if test.exists():
        yield (
            f"pytest {_get_near(test)}    writes the {found} beside each page; review them, run it"
            " again, and at last `make test`"
        )


def _save_fixtures(pages: Path, reader: str, page: Page, words: str) -> Iterator[str]:
    """Write the fixtures: the page, and one that the reader must refuse."""
    first = write_page(
        pages / f"{reader}-first.{guess_extension(page.body.whole)}", page.body.whole
    )
    yield f"saved   {_get_near(first)}: {words}"
    refused = write_page(
        pages / f"{reader}-maintenance.html", (TEMPLATES / "maintenance.html.tmpl").read_bytes()
    )
    yield f"saved   {_get_near(refused)}: a page it must refuse, ours until you save the site's own"


def _write_module(package: str, module: Path, text: str, page: Page) -> Iterator[str]:
    """Write the module, and print what its reader finds on its own page."""
    write_page(module, text.encode())
    if package == OWN:
        write_page(module.parent / "__init__.py", b"")
        if str(Path.cwd()) not in sys.path:
            sys.path.insert(0, str(Path.cwd()))
    importlib.invalidate_caches()
    written = importlib.import_module(f"{package}.{module.stem}")
    source = next(value for value in vars(written).values() if isinstance(value, Source))
    try:
        links, facts = count_content(source.read, page)
        found = f"it finds {links} links and {facts} facts"
    except SourceError as error:
        found = f"it refuses the page ({error}); mend it before you go on"
    yield f"wrote   {_get_near(module)}: {found}"
    country, authority = module.stem.partition("_")[0], module.stem.replace("_", "-")
    if authority not in vocabulary.current().authorities and not countries.zone_of(country):
        zones = ", ".join(countries.zones(country)) or "a name such as Europe/Berlin"
        whose = f'say zone="…" in Authority("{authority}", …): the zone of its days'
        yield f"next 0  {whose} ({zones}); no source is read before"
    if package == OWN:
        yield (
            f'next 0  packages = ["{OURS}", "{OWN}"] in config.toml, and PYTHONPATH=. before'
            " monitor, so that it is found"
        )


def _find_package(config: Config) -> tuple[str, Path]:
    """Find the package for the scraper: your own, if config.toml names a writable one, or else
    ours.
    """
    own = [name for name in config.packages if name != OURS]
    folders = {name: _make_folder(name) for name in (*own, OURS) if name in config.packages}
    for name, folder in folders.items():
        if folder and os.access(folder, os.W_OK) and not INSTALLED & set(folder.parts):
            return name, folder
    if any(folder and INSTALLED & set(folder.parts) for folder in folders.values()):
        # installed: what is written there would be gone with the next version
        return OWN, Path.cwd() / OWN
    raise ConfigError(
        f"config: packages: none of {', '.join(config.packages)} is a folder that can be written"
    )


def _make_folder(package: str) -> Path | None:
    spec = importlib.util.find_spec(package)
    return (
        Path(next(iter(spec.submodule_search_locations)))
        if spec and spec.submodule_search_locations
        else None
    )


def take_page(config: Config, url: str, file: Path | None, *, render: bool = False) -> Page:
    """Read a page from a file, or fetch it.

    Raises:
        MonitorError: the file can't be read, or no page came.
    """
    if file:
        return Page(url=url, body=Body(files.read_file_bytes(file, most=LARGEST)))
    return asyncio.run(_fetch_page(config, url, render=render))


async def _fetch_page(config: Config, url: str, *, render: bool) -> Page:
    fetcher = open_fetcher(config, SystemClock(), ["--render"] if render else ())
    try:
        fetched = await fetcher.fetch_page(
            Request(url), size_limit=LARGEST, proxy=config.fetch.proxy or "", render=render
        )
    finally:
        await fetcher.aclose()
    return fetched.page


def _fetch_first_linked(config: Config, url: str) -> Page | None:
    """Fetch the first page of a list, for help only: without it the scraper is written all the
    same.
    """
    try:
        return take_page(config, url, None)
    except SourceError:
        return None


def _get_near(path: Path) -> Path:
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path


# A guess and a template → the text of a scraper.


def _write_scraper(name: str, url: str, guessed: Guess, article: str, kind: Kind) -> str:
    """The module's text. `article` is the CSS of a linked page's words, "" where no such page
    was seen.
    """
    authority, publisher = name.replace("_", "-"), _name_publisher(name)
    css = _quote_value(guessed.css if guessed.template == "article" else article or ANY_ARTICLE)
    grammar = guessed.language if guessed.language in OWN_GRAMMAR else "understand"
    of_kind = '\n    kind="press",' if kind is Kind.PRESS else ""
    in_language = "" if guessed.language == "zh" else f'\n    language="{guessed.language}",'
    if kind is Kind.PRESS and grammar == "en":
        understand = f'en.report(words, url=page.url, publisher="{publisher}")'
    else:
        issuer = "" if kind is Kind.PRESS else f', authority="{authority}"'
        read = grammar if grammar == "understand" else f"{grammar}.facts"
        understand = f"{read}(words, url=page.url{issuer})"
    return _fill_template(
        guessed.template,
        name,
        url,
        title=guessed.title,
        label=f"{publisher} {guessed.reader}",
        options=of_kind + in_language,
        grammar=grammar,
        reader=guessed.reader,
        linked=guessed.linked,
        css=_quote_value(guessed.css),
        least=str(min(MOST_EXPECTED, max(1, len(guessed.links)))),
        link=_quote_value(guessed.link_key),
        title_key=_quote_value(guessed.title_key),
        path="".join(f"[{_quote_value(step)}]" for step in guessed.path),
        article=css,
        understand=understand,
    )


def _write_register_scraper(name: str, url: str, table: "RegisterTable") -> str:
    """The text of a module that reads a register from a table."""
    authority, publisher = name.replace("_", "-"), _name_publisher(name)
    code = f"{authority}-list"
    meaning = 'meaning="say what it means to stand on it."'
    parts = (f'"{code}"', f'"{publisher} list"', f'"{authority}"', meaning)
    named = "".join(f"    {part},\n" for part in parts) + ")\n"
    return _fill_template(
        "register",
        name,
        url,
        label=f"{publisher} list",
        named="NamedRegister, ",
        declared=f"LIST = NamedRegister(\n{named}",
        walks=WALKS.get(table.form, "gather_fields, key, table"),
        headings="\n".join(f"{ours}: {heading}" for ours, heading in table.columns.items()),
        options='\n    language="en",',
        reader="entries",
        found=FOUND[table.form],
        code=code,
    )


def _fill_template(
    template: str, scraper: str, url: str, *, title: str = "", declared: str = "", **parts: str
) -> str:
    """Fill a template with all parts; it declares an unknown authority. In a country with several
    zones, only people know which one sets its days: until they add it, loading fails.
    """
    authority, publisher = scraper.replace("_", "-"), _name_publisher(scraper)
    is_known = authority in vocabulary.current().authorities
    office = "" if is_known else f'\nOFFICE = Authority("{authority}", "{publisher}")\n'
    return Template((TEMPLATES / f"{template}.tmpl").read_text(encoding="utf-8")).substitute(
        country=countries.name(scraper.partition("_")[0]),
        publisher=_strip_text(title) or publisher,
        names="" if is_known else "Authority, ",
        declared=f"{office or chr(10)}{declared}" if declared else office,
        authority=authority,
        url=_quote_value(url),
        **parts,
    )


def _name_publisher(name: str) -> str:
    return name.partition("_")[2].replace("_", " ").upper()


def _quote_value(value: str | int) -> str:
    """A literal as ruff writes it: in single quotes only where that saves escapes."""
    if (
        isinstance(value, str)
        and '"' in value
        and "'" not in value
        and "\\" not in value
        and value.isprintable()
    ):
        return f"'{value}'"
    return json.dumps(value, ensure_ascii=False)


def _strip_text(text: str) -> str:
    """A page's own title, fit for a docstring: it is foreign text that becomes source code."""
    return _keep_harmless(text)[:LONGEST_TITLE].rstrip(" .")


def _keep_harmless(text: str) -> str:
    """A text in one line that can't end a string of the module."""
    kept = (char if char.isprintable() and char not in '"\\' else " " for char in text)
    return " ".join("".join(kept).split())


# A register's page → where its table is and what its columns are called.


@frozen
class RegisterTable:
    """How to walk a register's page (`html`, `csv`, `sheet`), and its headings by our names; one is
    `name`.
    """

    form: str
    columns: dict[str, str]
    rows: int

    @property
    def words(self) -> str:
        """Print the guesses for a person to check."""
        return (
            f"a table of {self.rows} rows; name in {self.columns['name']!r}, columns"
            f" {', '.join(self.columns.values())}"
        )


def find_largest_table(page: Page) -> RegisterTable:
    """Find the largest table of a page, with its first row as headings.

    Raises:
        ConfigError: there is none, as in XML, whose records have no headings.
    """
    tables = sorted(
        _iterate_tables(page), key=lambda table: (len(table[1]), len(table[1][0])), reverse=True
    )
    for form, rows in tables:
        columns = _match_columns(rows[0])
        if len(columns) > 1 and len(rows) > LEAST_ROWS:
            return RegisterTable(form, _call_name(columns), len(rows) - 1)
    raise ConfigError(
        f"{page.url}: no table with headings in it; copy the scraper that is nearest to it (un_sc"
        " for XML)"
    )


def _call_name(columns: dict[str, str]) -> dict[str, str]:
    """The same columns; that of the name, or else the first, is called `name`."""
    called = [ours for ours, heading in columns.items() if CALLED_NAME.search(heading)]
    name = "name" if "name" in columns else [*called, *columns][0]
    return {"name" if ours == name else ours: heading for ours, heading in columns.items()}


def _iterate_tables(page: Page) -> Iterator[tuple[str, Sequence[Sequence[str]]]]:
    if packed := page.binary():
        yield from (("sheet", block.rows) for block in packed.blocks if block.rows)
        return
    if page.text.lstrip().startswith("<"):
        try:
            yield from (("html", table.rows) for table in html_tables.tables(page) if table.rows)
        except SourceError as error:
            raise ConfigError(f"{page.url}: no table can be read from it: {error}") from error
        return
    for form, delimiter in DELIMITERS.items():
        table = csv.reader(io.StringIO(page.text, newline=""), delimiter=delimiter)
        if rows := [row for row in table if any(row)]:
            yield form, rows


def _match_columns(headings: Sequence[str]) -> dict[str, str]:
    """Each heading under a name of our own, fit for a field."""
    columns: dict[str, str] = {}
    for number, heading in enumerate(headings[:MOST_COLUMNS], 1):
        printed = _keep_harmless(heading.replace("|", " "))
        ours = (
            re.sub(r"\W+", "_", folded(printed).lower()).strip("_")[:40]
            if printed.isascii()
            else f"column_{number}"
        )
        if printed and ours and ours not in columns:
            columns[ours] = printed
    return columns
