"""`monitor try URL`: what the monitor would watch on a page now, with the lines for config.toml.
Records nothing.
"""

import json
import re
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial, reduce
from operator import getitem
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from soupsieve import SelectorSyntaxError

from monitor.ask.lines import make_line
from monitor.cli.new import take_page
from monitor.cli.new.guess import Keys, find_lists, find_rows_css, guess
from monitor.cli.output import print_json, print_text
from monitor.config import Config
from monitor.config.pages import PageSettings, find_page_mistakes
from monitor.diff.noise import Noise, learn_noise, weigh_change
from monitor.diff.parts import diff_parts
from monitor.errors import ConfigError, SourceError
from monitor.fetch import is_html
from monitor.model import Excerpt, Part, Value, frozen
from monitor.render.text import cut
from monitor.render.wordings import mark_difference
from monitor.source.configured import make_source, select_rows
from monitor.source.page import Found, Link, Page, Reader, Register
from monitor.source.scraper import read_all

SHOWN = 5
LONGEST = 160  # characters of what is shown of each
FEW = 200  # characters: no page with real content has fewer
IDENTIFIES = re.compile(r"(?:.*_)?(?:id|no|nr|number|key|code|uid|guid)", re.IGNORECASE)
IDENTIFYING = re.compile(  # a heading
    r"\b(?:id|no|nos|nr|number|code|ref|reference|key|uid|guid|num[eé]ro)\b|№|编号|編號|番号|번호|代码|代碼|号码|文号",
    re.IGNORECASE,
)
PLAIN = re.compile(r"[A-Za-z_]\w*")
WORD = re.compile(r"[a-z0-9]+")
NOTHING_MOVED = "fetched twice: no change, so no alert"
NOT_AGAIN = "the second fetch failed: constant changes are unknown"

Content = list[Found] | Register


class Trial(Value, kw_only=True):
    """What would be watched: the number and kind of parts, the first ones, the lines for
    config.toml. `differs` has what changes at each fetch, `told` what would be reported between
    two. `remark` is on an almost empty page, and on the second fetch.
    """

    what: str
    count: int
    first: tuple[str, ...]
    lines: tuple[str, ...]
    differs: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
    remark: str = ""


def propose_page(
    config: Config,
    url: str,
    asked: dict[str, str | bool],
    *,
    name: str = "",
    render: bool = False,
    file: Path | None = None,
) -> Trial:
    """List what these keys of `[[page]]` would watch on a page; without keys, those that fit best.

    Raises:
        ConfigError: the selector or path is wrong.
        SourceError: the page can't be fetched, or nothing on it matches.
    """
    take = partial(take_page, config, url, render=render)
    page = take(file)
    ways = (asked or _guess_ways(page)) | ({"render": True} if render else {})
    keys = {"name": name or _name_page(url), "url": url, **ways}
    read = _make_reader(keys)
    remark = "" if render else _word_remark(page)
    content = _read_with_remark(read, page, remark)
    moved, outcome = Moved(), ""
    if not file:
        moved, outcome = _try_again(content, lambda: read_all(read, take(None)))
    said = _list_said(content)
    return make_line(
        Trial,
        moved,
        what=_name_ways(ways),
        count=len(said),
        first=tuple(cut(line, LONGEST) for line in said[:SHOWN]),
        lines=tuple(_write_keys(keys)),
        remark="; ".join(filter(None, (remark, outcome))),
    )


def _make_reader(keys: dict[str, str | bool]) -> Reader:
    settings = PageSettings(**keys)  # type: ignore[arg-type]  # its keys, by their types
    for complaint in find_page_mistakes([settings]):
        raise ConfigError(complaint)
    return make_source(settings).read


def _write_keys(keys: dict[str, str | bool]) -> Iterator[str]:
    yield "[[page]]"
    for key, value in keys.items():
        yield f"{key} = {json.dumps(value, ensure_ascii=False)}"


def _read_with_remark(read: Reader, page: Page, remark: str) -> Content:
    """Read a page; a failure tells the remark on it as well."""
    try:
        return read_all(read, page)
    except SourceError as error:
        if remark:
            raise SourceError(f"{error}; {remark}", kind=error.kind) from error
        raise


def _word_remark(page: Page) -> str:
    """Warn that a page with scripts and few words may be filled by them, so that its plain form has
    nothing to watch.
    """
    try:
        if not is_html(page) or not page.soup.find("script") or len(page.document().text) >= FEW:
            return ""
    except SourceError:
        return ""
    return (
        "few words stand on it as it comes, and scripts may write the others: --render looks at it"
        " in a browser"
    )


def _guess_ways(page: Page) -> dict[str, str | bool]:
    """The best way to watch it."""
    try:
        looks = guess(page)
    except ConfigError:
        return _find_longest_list(page) or _guess_rows_ways(page) or {"text": True}
    if looks.template == "feed":
        return {"feed": True}
    if looks.template == "json":
        return _guess_json_ways(page.json(), looks.path, looks.link_key)
    return (
        {"links": looks.css}
        if looks.template == "list"
        else _guess_rows_ways(page) or {"text": looks.css}
    )


def _guess_rows_ways(page: Page) -> dict[str, str | bool]:
    """Find the rows of the page's main table, and the column that identifies them; a row counter
    does not.
    """
    if not is_html(page) or not (css := find_rows_css(page)):
        return {}
    first = page.soup.select(css)[0]
    cells = [cell.get_text(" ", strip=True) for cell in first.find_all(["th", "td"])]
    has_headings = first.find("th") or not any(map(str.isdigit, "".join(cells)))
    headings = sorted(cells, key=lambda said: not IDENTIFYING.search(said)) if has_headings else ()
    key = next(
        (
            heading
            for heading in headings
            if _are_distinct([part.id for part in _read_rows(page, css, heading)])
        ),
        "",
    )
    return {"rows": css, "key": key} if key else {"rows": css}


def _read_rows(page: Page, css: str, heading: str) -> list[Part]:
    """The rows below their headings, as they are watched; none where nothing is called so."""
    try:
        rows = list(select_rows(page, css, heading)) if heading else []
    except (SourceError, SelectorSyntaxError):
        return []
    return rows[1:] if rows and rows[0].id == heading else rows


def _are_distinct(names: Sequence[str]) -> bool:
    return (
        "" not in names
        and len({*names}) == len(names) > 1
        and list(names) != [str(n) for n in range(1, len(names) + 1)]
    )


def _find_longest_list(page: Page) -> dict[str, str | bool]:
    """Find the longest list in JSON without addresses, outside any single row; None if there is
    none.
    """
    try:
        body = page.json()
    except SourceError:
        return {}
    whole = [
        (path, rows)
        for path, rows in find_lists(body)
        if all(isinstance(step, str) for step in path)
    ]
    path, rows = max(whole, key=lambda listing: len(listing[1]), default=((), []))
    return _guess_json_ways(body, path, "") if rows else {}


def _guess_json_ways(body: Any, path: Keys, otherwise: str) -> dict[str, str | bool]:
    """Watch each row of the list at this path by an identifying key, or `otherwise`."""
    steps = (
        f".{step}" if isinstance(step, str) and PLAIN.fullmatch(step) else f"[{json.dumps(step)}]"
        for step in path
    )
    rows = reduce(getitem, path, body)
    keys = [
        key
        for key in rows[0]
        if IDENTIFIES.fullmatch(key) and len({str(row.get(key)) for row in rows}) == len(rows)
    ]
    key = next(iter(keys), otherwise)
    ways: dict[str, str | bool] = {"json": f"${''.join(steps)}[*]", "key": key}
    return {way: said for way, said in ways.items() if said}


def _name_ways(ways: dict[str, str | bool]) -> str:
    way, where = next((way, where) for way, where in ways.items() if way not in ("key", "render"))
    noun = {"links": "links", "rows": "rows", "feed": "entries of a feed", "json": "values"}.get(
        way, "paragraphs and rows"
    )
    return f"{noun}{f' at {where!r}' if isinstance(where, str) else ''}"


def _list_said(content: Content) -> list[str]:
    """List the findings, a line each."""
    parts = [] if isinstance(content, Register) else content
    excerpts = [part for part in parts if isinstance(part, Excerpt)]
    links = [f"{part.title} · {part.url}" for part in parts if isinstance(part, Link)]
    known = [(part.id, part.text) for excerpt in excerpts for part in excerpt.parts]
    return [
        *links,
        *(f"[{name}] {text}" if name and name not in text else text for name, text in known),
    ]


@frozen
class Moved:
    """The differences at the second fetch: what would be reported (`told`), and what `differs`
    each time.
    """

    told: tuple[str, ...] = ()
    differs: tuple[str, ...] = ()


def _try_again(content: Content, look: Callable[[], Content]) -> tuple[Moved, str]:
    """Compare with a second fetch, if it comes, and say what to know of it: a help and no more."""
    try:
        moved = _look_again(content, look)
    except SourceError:
        return Moved(), NOT_AGAIN
    return moved, "" if moved.told or moved.differs else NOTHING_MOVED


def _look_again(content: Content, look: Callable[[], Content]) -> Moved:
    """Fetch the page again, and once more if it changed, as a poll does before a report.

    Raises:
        SourceError: it did not come again.
    """
    second = look()
    one, other = _find_excerpt(content), _find_excerpt(second)
    if one is None or other is None:
        known = set(_list_said(content))
        return Moved(
            told=tuple(cut(said, LONGEST) for said in _list_said(second) if said not in known)[
                :SHOWN
            ]
        )
    if not diff_parts(one, other):
        return Moved()
    now = datetime.now(UTC)
    noise, doubted = learn_noise(Noise(), one, [other, _find_excerpt(look()) or other], now)
    weighed = weigh_change(
        one, other, noise, now, was=now, every=timedelta(minutes=10), doubted=doubted
    )
    differences = {
        move: cut(mark_difference(*move.texts), LONGEST) for move in diff_parts(one, other)
    }
    return Moved(
        told=tuple(differences[move] for move in weighed.told)[:SHOWN],
        differs=tuple(said for move, said in differences.items() if move not in weighed.told)[
            :SHOWN
        ],
    )


def _find_excerpt(content: Content) -> Excerpt | None:
    return next(
        (
            part
            for part in ([] if isinstance(content, Register) else content)
            if isinstance(part, Excerpt)
        ),
        None,
    )


def _name_page(url: str) -> str:
    """`customs-news` of `https://www.customs.example/en/news.html`."""
    parts = urlsplit(url)
    hosts = [
        label
        for label in (parts.hostname or "").lower().split(".")[:-1]
        if label not in ("www", "co", "com", "gov", "go")
    ]
    words = [
        *WORD.findall("-".join(hosts[-1:])),
        *WORD.findall(parts.path.lower().rpartition(".")[0] or parts.path.lower())[-1:],
    ]
    return "-".join(words)[:60] or "page"


def show_trial(trial: "Trial", *, as_json: bool) -> None:
    """Print what would be watched, what changes by itself, and the lines for config.toml, ready
    to paste.
    """
    if as_json:
        print_json(trial)
        return
    print_text(f"would watch {trial.count:,} {trial.what}; the first:", "bold")
    for said in trial.first:
        print_text(said, indent=2)
    for said in trial.told:
        print_text(f"changed between two fetches, and would be reported: {said}", indent=2)
    for said in trial.differs:
        print_text(f"differs at each fetch, and would not be reported: {said}", "dim", indent=2)
    if trial.remark:
        print_text(trial.remark, "bold")
    print_text("to watch it, put into config.toml:", "bold")
    for line in trial.lines:
        print_text(line)
