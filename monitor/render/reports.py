"""What the press, or an official who only repeats, says of an act; never said as law."""

from collections.abc import Iterator

from monitor import vocabulary
from monitor.model import Report
from monitor.render import dates, words
from monitor.render.parts import Line
from monitor.render.phrases import names
from monitor.render.text import cut, listed


def headline(report: Report) -> str:
    """Who says it, and the title."""
    return f"{_publisher(report)}: {report.title or 'a report without a title'}"


def summary(report: Report) -> str:
    """Who says it, when, under what title, and what it speaks of."""
    on = f" on {dates.day(report.published)}" if report.published else ""
    verb = "repeated the act" if report.kind == "restatement" else "reported"
    about = _mentions(report)
    return f"{_publisher(report)} {verb}{on}: “{report.title or report.url}”{f', which mentions {about}' if about else ''}."


def facts(report: Report) -> Iterator[Line]:
    """Publisher, title, day, and every act, register and name it mentions."""
    yield Line("Publisher", _publisher(report))
    yield Line("Title", report.title or report.url, report.url)
    if report.published:
        yield Line("Published", dates.day(report.published))
    if report.mentions.keys:
        yield Line("Mentions acts", words.act_names(report.mentions.keys))
    if report.mentions.registers:
        yield Line("Mentions registers", listed([vocabulary.register(code, own=True) for code in report.mentions.registers]))
    if report.mentions.entities:
        yield Line("Mentions names", ", ".join(next(iter(who.names.values()), "") for who in report.mentions.entities))


def _publisher(report: Report) -> str:
    return report.publisher or ("An official" if report.kind == "restatement" else "The press")


def _mentions(report: Report) -> str:
    mentioned = report.mentions
    parts = [
        words.act_names(mentioned.keys),
        listed([f"the {vocabulary.register(code)}" for code in mentioned.registers]),
        names(mentioned.entities) if mentioned.entities else "",
    ]
    return cut(listed(list(filter(None, parts))), 300)
