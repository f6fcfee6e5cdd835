"""How a part of a measure stands: in what words, what part of which act it is, and whose words say so. Pure."""

from datetime import date
from itertools import chain

from monitor import vocabulary
from monitor.config.harmless import clean
from monitor.model import Measure
from monitor.render import dates, words
from monitor.render.phrases import clauses, items, names
from monitor.render.text import cut
from monitor.timeline import Cause, Life, Span, Status

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


def part(life: Life) -> str:
    """Which part of the act: its clauses, its register, and whom or what it names."""
    return clean(" · ".join(filter(None, chain(_clauses(life), _does(life), _about(life)))))


def _clauses(life: Life) -> tuple[str, ...]:
    own = clauses(life.clauses) if life.clauses else ""
    return own, f"all but {clauses(life.apart)}" if life.apart else ""


def _does(life: Life) -> tuple[str, ...]:
    register = life.measure.register
    return str(life.measure.action) if life.seen else "act not seen", vocabulary.register(register) if register else ""


def _about(life: Life) -> tuple[str, ...]:
    amends = [target.key for target in life.measure.amends]
    return (
        names(life.entities) if life.entities else "",
        items(life.items) if life.items else "",
        f"to {', '.join(life.destinations)}" if life.destinations else "",
        f"of {words.act_names(amends)}" if amends else "",
    )


def because(cause: Cause) -> str:
    """The act that made it so, and its words."""
    return clean(f"{words.act(cause.act)}: “{_quote(cause.measure)}”")


def _quote(measure: Measure) -> str:
    """The words that carry the verb and those that give the days, each once."""
    days = [day.quote for day in (measure.starts, measure.ends) if day and day.quote not in measure.quote]
    return " … ".join(filter(None, (cut(measure.quote, QUOTE), *days)))
