"""How `show page:NAME` looks: what a watched page said last, what was told of it, and what was ignored and why."""

from collections.abc import Iterator, Sequence

import msgspec

from monitor.cli.answers import print_some
from monitor.cli.asking import CommandDesk
from monitor.cli.layout import print_sentence
from monitor.cli.tables import print_json
from monitor.clock import iso
from monitor.config import rules
from monitor.config.redact import clean
from monitor.errors import ConfigError, MonitorError
from monitor.history import History, PageKnown, PageTold, pages, there
from monitor.pipeline.rows import moment
from monitor.render.pages import difference, headline
from monitor.render.text import cut
from monitor.source.configured import PREFIX

TOLD = ("told", "what", "SHA-256", "page")
IGNORED = ("last", "times", "why", "what")
NOW = ("page", "parts", "title", "SHA-256")


def is_page(about: str) -> bool:
    """Whether this is the name of a watched page, or the key of a message about one."""
    return about.startswith(PREFIX)


def show_page(desk: CommandDesk, about: str, *, ignored: bool) -> None:
    """The story of a watched page; with `ignored` what was not told, and why.

    Raises:
        ConfigError: no page is called so, with the nearest.
        MonitorError: it was never read.
    """
    name = ":".join(about.split(":")[:2])
    ids = [source.id for source in desk.sources if is_page(source.id)]
    if name not in ids:
        near = rules.nearest(name, ids) if ids else "config.toml has no [[page]]"
        raise ConfigError(f"no page is called {name!r}; {near}")
    if not there(desk.store):
        raise _unread(name)
    with History(desk.store, read_only=True) as history:
        known, told = history(pages.of_page, name), history(pages.page_alerts, name)
    if not known:
        raise _unread(name)
    lines = _ignored(known) if ignored else _story(known, told)
    if desk.as_json:
        for line in _as_json(known, told, ignored=ignored):
            print_json(line)
        return
    print_sentence(name, "bold")
    for heading, rows in lines:
        print_some(heading, rows)
    if ignored and not any(page.noise.ignored for page in known):
        print_sentence("nothing was ignored")
    elif not ignored and not told:
        print_sentence("nothing was told of it so far")


def _unread(name: str) -> MonitorError:
    return MonitorError(f"{name}: was not read yet; `monitor poll {name}` reads it")


def _story(known: Sequence[PageKnown], told: Sequence[PageTold]) -> Iterator[tuple[tuple[str, ...], list[tuple[str, ...]]]]:
    yield (
        NOW,
        [(page.evidence.url, f"{len(page.excerpt.parts):,}", clean(page.excerpt.title), page.evidence.sha256) for page in known],
    )
    yield (
        TOLD,
        [
            (moment(change.at), clean(cut(headline(change.change), 200)), change.evidence.sha256, change.evidence.url)
            for change in told
        ],
    )


def _ignored(known: Sequence[PageKnown]) -> Iterator[tuple[tuple[str, ...], list[tuple[str, ...]]]]:
    yield (
        IGNORED,
        [
            (moment(change.at), f"{change.times:,}", change.why, clean(difference(change.before, change.after)))
            for page in known
            for change in reversed(page.noise.ignored)
        ],
    )


def _as_json(known: Sequence[PageKnown], told: Sequence[PageTold], *, ignored: bool) -> Iterator[dict[str, object]]:
    if ignored:
        for page in known:
            for left_out in page.noise.ignored:
                told_of = {**msgspec.to_builtins(left_out), "at": iso(left_out.at), "times": left_out.times}
                yield {"type": "ignored", "url": page.evidence.url, **told_of}
        return
    for page in known:
        yield {"type": "excerpt", "sha256": page.evidence.sha256, **msgspec.to_builtins(page.excerpt), "url": page.evidence.url}
    for change in told:
        yield {"at": iso(change.at), "sha256": change.evidence.sha256, **msgspec.to_builtins(change.change)}
