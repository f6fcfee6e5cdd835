"""An act on somebody else's host: a reprint, a partner's page, a hijacked link. It is spoken of there, not announced. Pure."""

from collections.abc import Sequence

from monitor.errors import ErrorKind
from monitor.model import Announcement, Fact, Mentions, Problem, Report
from monitor.source.hosts import host_of


def spoken_of(facts: Sequence[Fact], url: str) -> tuple[Fact, ...]:
    """The facts of a page on a foreign host: all that its acts say as one report, which nobody but the issuer can confirm."""
    acts = [fact for fact in facts if isinstance(fact, Announcement)]
    return (*(fact for fact in facts if isinstance(fact, Report)), *([_report(acts, url)] if acts else []))


def _report(acts: Sequence[Announcement], url: str) -> Report:
    measures = [measure for act in acts for measure in act.measures]
    mentions = Mentions(
        keys=tuple(dict.fromkeys(act.key for act in acts)),
        registers=tuple(dict.fromkeys(measure.register for measure in measures if measure.register)),
        entities=tuple(entity for measure in measures for entity in measure.entities),
    )
    first = acts[0]
    return Report(kind="press", title=first.title, url=url, publisher=host_of(url), published=first.published, mentions=mentions)


def remark(url: str) -> Problem:
    """What the keepers of the source are told, once a host."""
    said = f"acts that it links to lie on {host_of(url)}, which is no host of the publisher: what they say is told as unconfirmed"
    return Problem(kind=ErrorKind.FOREIGN_HOST, text=f"{said}; if it is the publisher's own, name it in hosts=(…) of the source")
