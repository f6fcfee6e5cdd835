"""A guess and a template → the text of a scraper. Pure but for the templates it reads."""

import json
from enum import StrEnum
from importlib.resources import files
from string import Template

from monitor import vocabulary
from monitor.cli.new.guess import ANY_ARTICLE, Guess
from monitor.cli.new.register import ROWS, WALKS, RegisterTable
from monitor.vocabulary import countries

LONGEST_TITLE = 60
MOST_EXPECTED = 3  # links a list must have: enough to notice a change of layout, few enough for a quiet week
TEMPLATES = files("monitor.cli.new") / "templates"
MAINTENANCE = (TEMPLATES / "maintenance.html.tmpl").read_text(encoding="utf-8")


class Kind(StrEnum):
    """What a publisher's pages are; nobody can tell a ministry from a newspaper by its page."""

    OFFICIAL = "official"
    PRESS = "press"
    REGISTER = "register"


def country_of(name: str) -> str:
    """The country of a scraper's name in words; "" where its code is none."""
    return countries.name(name.partition("_")[0])


def without_zone(name: str) -> str:
    """What to do where a scraper of this name declares an authority whose zone people have to say; "" where it is known."""
    country, authority = name.partition("_")[0], name.replace("_", "-")
    if authority in vocabulary.current().authorities or countries.zone_of(country):
        return ""
    zones = ", ".join(countries.zones(country)) or "a name such as Europe/Berlin"
    return f'say zone="…" in Authority("{authority}", …): by whose clock it counts its days ({zones}); no source is read before'


def scraper(name: str, url: str, guessed: Guess, article: str | None, kind: Kind = Kind.OFFICIAL) -> str:
    """The module's text. `article` is the CSS of a linked page's words, None where no such page was seen."""
    publisher = name.partition("_")[2].replace("_", " ").upper()
    authority = name.replace("_", "-")
    declared = _declared(authority, publisher)
    return Template((TEMPLATES / f"{guessed.template}.tmpl").read_text(encoding="utf-8")).substitute(
        country=country_of(name),
        publisher=_plain(guessed.title) or publisher,
        label=f"{publisher} {guessed.reader}",
        names="Authority, " if declared else "",
        declared=declared,
        authority=authority,
        url=_quoted(url),
        options=_options(kind, chinese=guessed.chinese),
        grammar="zh" if guessed.chinese else "en",
        reader=guessed.reader,
        linked=guessed.linked,
        css=_quoted(guessed.css),
        least=min(MOST_EXPECTED, max(1, len(guessed.links))),
        link=_quoted(guessed.link_key),
        title=_quoted(guessed.title_key),
        path="".join(f"[{_quoted(step)}]" for step in guessed.path),
        understand=_understand(guessed, _words_css(guessed, article), authority, publisher, kind),
    )


def register(name: str, url: str, table: RegisterTable, title: str) -> str:
    """The text of a module that reads a register from a table."""
    publisher = name.partition("_")[2].replace("_", " ").upper()
    authority = name.replace("_", "-")
    declared = _declared(authority, publisher)
    code = f"{authority}-list"
    named = f'LIST = NamedRegister("{code}", "{publisher} list", "{authority}", meaning="say what it means to stand on it.")\n'
    return Template((TEMPLATES / "register.tmpl").read_text(encoding="utf-8")).substitute(
        country=country_of(name),
        publisher=_plain(title) or publisher,
        label=f"{publisher} list",
        names="Authority, " if declared else "",
        named="NamedRegister, ",
        declared=f"{declared or chr(10)}{named}",
        walks=WALKS[table.form],
        headings="\n".join(f"        {_quoted(ours)}: ({_quoted(heading)},)," for ours, heading in table.columns.items()),
        needed=", ".join(_quoted(ours) for ours in table.columns) + ("," if len(table.columns) == 1 else ""),
        authority=authority,
        url=_quoted(url),
        options='\n    language="en",',
        reader="entries",
        rows=ROWS[table.form],
        code=code,
        name=_quoted(table.name),
    )


def _options(kind: Kind, *, chinese: bool) -> str:
    return ('\n    kind="press",' if kind is Kind.PRESS else "") + ("" if chinese else '\n    language="en",')


def _declared(authority: str, publisher: str) -> str:
    """The line by which the scraper declares its authority; "" where everybody knows it.

    Where its country has several zones, only people know by which it counts its days: until they say it, loading it is refused.
    """
    if authority in vocabulary.current().authorities:
        return ""
    return f'\nOFFICE = Authority("{authority}", "{publisher}")\n'


def _words_css(guessed: Guess, article: str | None) -> str:
    return guessed.css if guessed.template == "article" else article or ANY_ARTICLE


def _understand(guessed: Guess, css: str, authority: str, publisher: str, kind: Kind) -> str:
    if kind is Kind.PRESS and not guessed.chinese:
        return f'en.report(page.document({_quoted(css)}), url=page.url, publisher="{publisher}")'
    issuer = "" if kind is Kind.PRESS else f', authority="{authority}"'
    return f"{'zh' if guessed.chinese else 'en'}.facts(page.document({_quoted(css)}), url=page.url{issuer})"


def _quoted(value: str | int) -> str:
    """A literal as ruff writes it: in single quotes only where that saves escapes."""
    if isinstance(value, str) and '"' in value and "'" not in value and "\\" not in value and value.isprintable():
        return f"'{value}'"
    return json.dumps(value, ensure_ascii=False)


def _plain(text: str) -> str:
    """A page's own title, fit for a docstring: it is foreign text that becomes source code."""
    kept = "".join(char for char in text if char.isprintable() and char not in '"\\')
    return " ".join(kept.split())[:LONGEST_TITLE].rstrip(" .")
