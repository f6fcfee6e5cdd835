"""A guess and a template → the text of a scraper. Pure but for the templates it reads."""

import json
from importlib.resources import files
from string import Template

from monitor import vocabulary
from monitor.cli.new.guess import ANY_ARTICLE, Guess
from monitor.vocabulary import countries

LONGEST_TITLE = 60
MOST_EXPECTED = 3  # links a list must have: enough to notice a change of layout, few enough for a quiet week
TEMPLATES = files("monitor.cli.new") / "templates"
MAINTENANCE = (TEMPLATES / "maintenance.html.tmpl").read_text(encoding="utf-8")


def country_of(name: str) -> str:
    """The country of a scraper's name in words; "" where its code is none."""
    return countries.name(name.partition("_")[0])


def scraper(name: str, url: str, found: Guess, article: str | None) -> str:
    """The module's text. `article` is the CSS of a linked page's words, None where no such page was seen."""
    publisher = name.partition("_")[2].replace("_", " ").upper()
    authority = name.replace("_", "-")
    declared = _declared(authority, publisher)
    return Template((TEMPLATES / f"{found.template}.tmpl").read_text(encoding="utf-8")).substitute(
        country=country_of(name),
        publisher=_plain(found.title) or publisher,
        label=f"{publisher} {found.reader}",
        names="Authority, " if declared else "",
        declared=declared,
        authority=authority,
        url=_quoted(url),
        options="" if found.chinese else '\n    kind="press",\n    language="en",',
        grammar="zh" if found.chinese else "en",
        reader=found.reader,
        linked=found.linked,
        css=_quoted(found.css),
        least=min(MOST_EXPECTED, max(1, len(found.links))),
        link=_quoted(found.link_key),
        title=_quoted(found.title_key),
        path="".join(f"[{_quoted(step)}]" for step in found.path),
        understand=_understand(found, _words_css(found, article), authority, publisher),
    )


def _declared(authority: str, publisher: str) -> str:
    """The line by which the scraper declares its authority; "" where everybody knows it."""
    if authority in vocabulary.current().authorities:
        return ""
    zone = "" if countries.zone_of(authority.partition("-")[0]) else ', zone="UTC"'  # a country of many zones: for people to say
    return f'\nOFFICE = Authority("{authority}", "{publisher}"{zone})\n'


def _words_css(found: Guess, article: str | None) -> str:
    return found.css if found.template == "article" else article or ANY_ARTICLE


def _understand(found: Guess, css: str, authority: str, publisher: str) -> str:
    if found.chinese:
        return f'zh.facts(page.document({_quoted(css)}), url=page.url, authority="{authority}")'
    return f'en.report(page.document({_quoted(css)}), url=page.url, publisher="{publisher}")'


def _quoted(value: str | int) -> str:
    """A literal as ruff writes it: in single quotes only where that saves escapes."""
    if isinstance(value, str) and '"' in value and "'" not in value and "\\" not in value and value.isprintable():
        return f"'{value}'"
    return json.dumps(value, ensure_ascii=False)


def _plain(text: str) -> str:
    """A page's own title, fit for a docstring: it is foreign text that becomes source code."""
    kept = "".join(char for char in text if char.isprintable() and char not in '"\\')
    return " ".join(kept.split())[:LONGEST_TITLE].rstrip(" .")
