"""Pages that are listed and can't be read: each by its title, since when, and why."""

from collections.abc import Iterator, Sequence

from monitor import vocabulary
from monitor.model import Announcement
from monitor.render import words
from monitor.render.text import capital, cut
from monitor.render.words import Line

WAY_OUT = "Open it yourself; this message is edited when it is read."
TITLE = 120  # characters of one title of several


def headline(unread: Sequence[Announcement], source: str) -> str:
    """Who publishes what can't be read: one page by its title, several by how many they are."""
    first, *others = unread
    what, who = first.not_read[0].what, _place(first, source)
    if others:
        return f"{who} publishes {words.number(len(unread))} {what}s that can't be read"
    return f"{who} publishes {'an' if what == 'act' else 'a'} {what} that can't be read: {first.title or first.url}"


def status(unread: Sequence[Announcement], source: str) -> str:
    """Why and since when, where that is the same of all."""
    who = vocabulary.authority(unread[0].authority) if unread[0].authority else source
    return f"{capital(reason(unread) or 'each is named below')} ({who})."


def reason(unread: Sequence[Announcement]) -> str:
    """Why pages can't be read, and since when, where that is the same of all."""
    reasons = {page.not_read[0].why for page in unread}
    return reasons.pop() if len(reasons) == 1 else ""


def lines(unread: Sequence[Announcement], url: str, mark: str = "") -> Iterator[Line]:
    """Each of several pages by its title, with its reason or this mark; to `url` the message leads as a whole."""
    differs = not reason(unread)
    for page in unread:
        why = page.not_read[0].why if differs else mark
        yield Line("", f"{cut(page.title or page.url, TITLE)}{f' ({why})' if why else ''}", page.url if page.url != url else "")


def facts(page: Announcement, shown: int) -> tuple[Line, ...]:
    """The whole title, where a headline of so many characters does not show it."""
    return (Line("Title", page.title),) if len(headline((page,), "")) > shown else ()


def brings_no_act(page: Announcement, source: str) -> str:
    """Say that a page could be read at last and announces no act that was not known."""
    return f"{_place(page, source)}: a listed page was read and brings no new act: {page.title or page.url}"


def _place(page: Announcement, source: str) -> str:
    return words.place(page.authority) if page.authority else source
