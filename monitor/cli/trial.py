"""`monitor try URL`: what would be watched on a page as it is now, and the lines of config.toml for it. Nothing is recorded."""

import asyncio
import json
import re
from collections.abc import Iterator
from functools import reduce
from operator import getitem
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from monitor.cli.new import fetch_page
from monitor.cli.new.guess import Keys, find_lists, guess
from monitor.cli.output import print_json, print_text
from monitor.config import Config, files
from monitor.config.pages import PageSettings, find_page_mistakes
from monitor.diff.parts import diff_parts
from monitor.errors import ConfigError, SourceError
from monitor.fetch import is_html
from monitor.model import Excerpt, Value
from monitor.render.pages import mark_difference
from monitor.render.text import cut
from monitor.source.configured import make_source
from monitor.source.page import Body, Found, Link, Page, Register
from monitor.source.scraper import MEGABYTE, read_all

SHOWN = 5
LONGEST = 160  # characters of what is shown of each
LARGEST = 20 * MEGABYTE
FEW = 200  # characters: no page with something to say has fewer
IDENTIFIES = re.compile(r"(?:.*_)?(?:id|no|nr|number|key|code|uid|guid)", re.IGNORECASE)
PLAIN = re.compile(r"[A-Za-z_]\w*")
WORD = re.compile(r"[a-z0-9]+")
NOT_AGAIN = "asked for once more, it said nothing: what differs each time is not known"


class Trial(Value, frozen=True, kw_only=True):
    """What would be watched: how many of what, the first of them, the lines to be pasted; what `differs` if asked again. `remark`
    is on a page that says next to nothing as it comes, or nothing when it is asked again.
    """

    what: str
    count: int
    first: tuple[str, ...]
    lines: tuple[str, ...]
    differs: tuple[str, ...] = ()
    remark: str = ""


def propose_page(
    config: Config, url: str, asked: dict[str, str | bool], *, name: str = "", render: bool = False, file: Path | None = None
) -> Trial:
    """Look at the page, and say what would be watched on it by these keys of `[[page]]`; without any the best way is guessed.

    Raises:
        ConfigError: no page can be watched so: a selector or a path that is none.
        SourceError: the page can't be fetched, or nothing on it is found so.
    """
    page = (
        Page(url=url, body=Body(files.read_file_bytes(file, most=LARGEST)))
        if file
        else asyncio.run(fetch_page(config, url, render=render))
    )
    ways = (asked or _guess_ways(page)) | ({"render": True} if render else {})
    settings = PageSettings(name=name or _name(url), url=url, **ways)  # type: ignore[arg-type]  # its keys, by their types
    for complaint in find_page_mistakes([settings]):
        raise ConfigError(complaint)
    read = make_source(settings).read
    remark = "" if render else _word_remark(page)
    try:
        content = read_all(read, page)
    except SourceError as error:
        if remark:
            raise SourceError(f"{error}; {remark}", kind=error.kind) from error
        raise
    remarks = [remark]
    second = content
    try:  # asked for once more, to see what differs each time: a help and no more
        second = content if file else read_all(read, asyncio.run(fetch_page(config, url, render=render)))
    except SourceError:
        remarks.append(NOT_AGAIN)
    said, keys = _list_said(content), {"name": settings.name, "url": url, **ways}
    return Trial(
        what=_name_ways(ways),
        count=len(said),
        first=tuple(cut(line, LONGEST) for line in said[:SHOWN]),
        lines=("[[page]]", *(f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in keys.items())),
        differs=tuple(_list_differing(content, second)),
        remark="; ".join(filter(None, remarks)),
    )


def _word_remark(page: Page) -> str:
    """That a page of scripts and few words may be written by these, so that nothing of it could be watched as it comes."""
    try:
        if not is_html(page) or not page.soup.find("script") or len(page.document().text) >= FEW:
            return ""
    except SourceError:
        return ""
    return "few words stand on it as it comes, and scripts may write the others: --render looks at it in a browser"


def _guess_ways(page: Page) -> dict[str, str | bool]:
    """The best way to watch it."""
    try:
        looks = guess(page)
    except ConfigError:
        return _find_longest_list(page) or {"text": True}
    if looks.template == "feed":
        return {"feed": True}
    if looks.template == "json":
        return _guess_json_ways(page.json(), looks.path, looks.link_key)
    return {"links": looks.css} if looks.template == "list" else {"text": looks.css}


def _find_longest_list(page: Page) -> dict[str, str | bool]:
    """Of JSON whose rows lead nowhere its longest list, but no list within one row alone; nothing where there is none."""
    try:
        body = page.json()
    except SourceError:
        return {}
    whole = [(path, rows) for path, rows in find_lists(body) if all(isinstance(step, str) for step in path)]
    path, rows = max(whole, key=lambda listing: len(listing[1]), default=((), []))
    return _guess_json_ways(body, path, "") if rows else {}


def _guess_json_ways(body: Any, path: Keys, otherwise: str) -> dict[str, str | bool]:
    """Each row of the list at this path, known again by a key that tells them apart, or `otherwise`."""
    steps = (f".{step}" if isinstance(step, str) and PLAIN.fullmatch(step) else f"[{json.dumps(step)}]" for step in path)
    rows = reduce(getitem, path, body)
    keys = [key for key in rows[0] if IDENTIFIES.fullmatch(key) and len({str(row.get(key)) for row in rows}) == len(rows)]
    key = next(iter(keys), otherwise)
    ways: dict[str, str | bool] = {"json": f"${''.join(steps)}[*]", "key": key}
    return {way: said for way, said in ways.items() if said}


def _name_ways(ways: dict[str, str | bool]) -> str:
    way, where = next((way, where) for way, where in ways.items() if way not in ("key", "render"))
    noun = {"links": "links", "rows": "rows", "feed": "entries of a feed", "json": "values"}.get(way, "paragraphs and rows")
    return f"{noun}{f' at {where!r}' if isinstance(where, str) else ''}"


def _list_said(content: list[Found] | Register) -> list[str]:
    """What is found, a line each."""
    parts = [] if isinstance(content, Register) else content
    excerpts = [part for part in parts if isinstance(part, Excerpt)]
    links = [f"{part.title} · {part.url}" for part in parts if isinstance(part, Link)]
    known = [(part.id, part.text) for excerpt in excerpts for part in excerpt.parts]
    return [*links, *(f"[{name}] {text}" if name and name not in text else text for name, text in known)]


def _list_differing(content: list[Found] | Register, second: list[Found] | Register) -> Iterator[str]:
    """What reads otherwise when the page is asked twice: noise, which is never told."""
    one, other = (
        next((part for part in ([] if isinstance(read, Register) else read) if isinstance(part, Excerpt)), None)
        for read in (content, second)
    )
    if one and other:
        for move in diff_parts(one, other)[:SHOWN]:
            before, after = (part.text if part else "" for part in (move.before, move.after))
            yield cut(mark_difference(before, after), LONGEST)


def _name(url: str) -> str:
    """`customs-news` of `https://www.customs.example/en/news.html`."""
    parts = urlsplit(url)
    hosts = [label for label in (parts.hostname or "").lower().split(".")[:-1] if label not in ("www", "co", "com", "gov", "go")]
    words = [*WORD.findall("-".join(hosts[-1:])), *WORD.findall(parts.path.lower().rpartition(".")[0] or parts.path.lower())[-1:]]
    return "-".join(words)[:60] or "page"


def show_trial(trial: "Trial", *, as_json: bool) -> None:
    """What would be watched of a page, what differs by itself, and the lines to be pasted, as they are pasted."""
    if as_json:
        print_json(trial)
        return
    print_text(f"would watch {trial.count:,} {trial.what}; the first:", "bold", soft_wrap=True)
    for said in trial.first:
        print_text(f"  {said}", soft_wrap=True)
    for said in trial.differs:
        print_text(f"  differs each time it is asked, and would not be told: {said}", "dim", soft_wrap=True)
    if trial.remark:
        print_text(trial.remark, "bold", soft_wrap=True)
    print_text("to watch it, put into config.toml:", "bold", soft_wrap=True)
    for line in trial.lines:
        print_text(line, soft_wrap=True)
