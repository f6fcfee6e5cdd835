"""How a part of a measure stands: in what words, what part of which act it is, and whose words say so. Pure."""

from datetime import date
from itertools import chain

from monitor import vocabulary
from monitor.config.harmless import clean
from monitor.model import Measure
from monitor.render import dates, words
from monitor.render.phrases import clauses, items, names
from monitor.render.text import cut
from monitor.timeline import Cause, Lifecycle, Span, Status

QUOTE = 120


def said(span: Span) -> str:
    """The status in words: facts, and what was not seen."""
    if span.status is Status.SUSPENSION_ENDED and span.last:
        return f"suspension ended on {dates.day(span.last.isoformat())} with no extension seen"
    return f"ended: {span.why}" if span.status is Status.ENDED else str(span.status)


def during(span: Span) -> str:
    """`from 2025-11-07 to 2026-11-10`; without the last day where none is known."""
    until = "" if span.until == date.max else f" to {span.until.isoformat()}"
    return f"from {span.since.isoformat()}{until}"


def part(lifecycle: Lifecycle) -> str:
    """Which part of the act: its clauses, its register, and whom or what it names."""
    return clean(" · ".join(filter(None, chain(_clauses(lifecycle), _does(lifecycle), _about(lifecycle)))))


def _clauses(lifecycle: Lifecycle) -> tuple[str, ...]:
    own = clauses(lifecycle.clauses) if lifecycle.clauses else ""
    return own, f"all but {clauses(lifecycle.apart)}" if lifecycle.apart else ""


def _does(lifecycle: Lifecycle) -> tuple[str, ...]:
    register = lifecycle.measure.register
    return str(lifecycle.measure.action) if lifecycle.seen else "act not seen", vocabulary.register(register) if register else ""


def _about(lifecycle: Lifecycle) -> tuple[str, ...]:
    amends = [target.key for target in lifecycle.measure.amends]
    return (
        names(lifecycle.entities) if lifecycle.entities else "",
        items(lifecycle.items) if lifecycle.items else "",
        f"to {', '.join(lifecycle.destinations)}" if lifecycle.destinations else "",
        f"of {words.act_names(amends)}" if amends else "",
    )


def because(cause: Cause) -> str:
    """The act that made it so, and its words."""
    return clean(f"{words.act(cause.act)}: “{_quote(cause.measure)}”")


def _quote(measure: Measure) -> str:
    """The words that carry the verb and those that give the days, each once."""
    days = [day.quote for day in (measure.starts, measure.ends) if day and day.quote not in measure.quote]
    return " … ".join(filter(None, (cut(measure.quote, QUOTE), *days)))
