"""Keep why words gave a fact or none, while somebody asks (`monitor read --why`); else keep
nothing.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from monitor.model import Measure, frozen

LONGEST = 200  # characters of a quote
MOST = 10_000  # reasons of one page


@frozen
class Reason:
    """What became of a page or a sentence: a `fact` says what it gave, else `why` says why it gave
    nothing.
    """

    of: str
    why: str
    quote: str = ""
    fact: bool = False


_kept: ContextVar[dict[Reason, None] | None] = ContextVar("kept", default=None)


@contextmanager
def collect_reasons() -> Iterator[Iterable[Reason]]:
    """The reasons of all that is read within the block, each once, in the order of reading."""
    reasons: dict[Reason, None] = {}
    token = _kept.set(reasons)
    try:
        yield reasons
    finally:
        _kept.reset(token)


def explain_page(why: str, quote: str = "") -> None:
    """Note why a whole page announces nothing."""
    _keep_reason(Reason("page", why, quote[:LONGEST]))


def explain_sentence(why: str, quote: str) -> None:
    """Note why a sentence that could decide something gives no fact."""
    _keep_reason(Reason("sentence", why, quote[:LONGEST]))


def explain_measures(measures: Iterable[Measure]) -> None:
    """Note what the sentences of an act gave."""
    for measure in measures if _kept.get() is not None else ():
        targets = ", ".join(target.key for target in measure.amends)
        counted = (
            f"{len(measure.entities)} names"
            if measure.entities
            else f"{len(measure.items)} items"
            if measure.items
            else ""
        )
        summary = " ".join(filter(None, [str(measure.action), measure.register, targets, counted]))
        _keep_reason(Reason("sentence", summary, measure.quote[:LONGEST], fact=True))


def _keep_reason(reason: Reason) -> None:
    reasons = _kept.get()
    if reasons is not None and len(reasons) < MOST:
        reasons[reason] = None
