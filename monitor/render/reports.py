"""What the press, or an official who only repeats, says of an act; never told as law."""

from collections.abc import Iterator

from monitor import vocabulary
from monitor.model import Report
from monitor.render import dates, words
from monitor.render.phrases import names
from monitor.render.text import capital, cut, listed
from monitor.render.words import Line


def headline(report: Report) -> str:
    """Who reports it, and the title."""
    verb = "repeats" if report.kind == "restatement" else "reports"
    return f"{capital(publisher(report))} {verb}: {report.title or 'a report without a title'}"


def summary(report: Report) -> str:
    """When it was reported, and what it speaks of."""
    on = f" on {dates.day(report.published)}" if report.published else ""
    verb = "Repeated" if report.kind == "restatement" else "Reported"
    about = _mentions(report)
    return f"{verb}{on}{f'; it mentions {about}' if about else ''}; it changes no law."


def facts(report: Report) -> Iterator[Line]:
    """Every name it mentions."""
    if len(report.mentions.entities) > 1:
        yield Line("Mentioned", ", ".join(next(iter(who.names.values()), "") for who in report.mentions.entities))


def publisher(report: Report) -> str:
    """Who published it, as far as is known."""
    return report.publisher or ("an official" if report.kind == "restatement" else "the press")


def unconfirmed(report: Report) -> str:
    """`Unconfirmed (NPR)`, before what no authority has said yet."""
    return f"Unconfirmed ({publisher(report)})"


def _mentions(report: Report) -> str:
    mentioned = report.mentions
    parts = [
        words.act_names(mentioned.keys),
        listed([f"the {vocabulary.register(code, own=True)}" for code in mentioned.registers]),
        names(mentioned.entities) if mentioned.entities else "",
    ]
    return cut(listed(list(filter(None, parts))), 300)
