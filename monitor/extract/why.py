"""Why words gave a fact or none: kept while somebody asks (`monitor read --why`), else not even put together."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

LONGEST = 200  # characters of a quote


@dataclass(frozen=True, slots=True)
class Reason:
    """What became of a page or of one of its sentences: `fact` says what it gave; else `why` says why it gave nothing."""

    of: str
    why: str
    quote: str = ""
    fact: bool = False


_kept: ContextVar[list[Reason] | None] = ContextVar("kept", default=None)


@contextmanager
def asked() -> Iterator[list[Reason]]:
    """The reasons of all that is read within the block, in the order of reading."""
    reasons: list[Reason] = []
    token = _kept.set(reasons)
    try:
        yield reasons
    finally:
        _kept.reset(token)


def page(why: str, quote: str = "") -> None:
    """Why a whole page announces nothing."""
    _keep(Reason("page", why, quote[:LONGEST]))


def sentence(why: str, quote: str) -> None:
    """Why a sentence that could decide something gives no fact."""
    _keep(Reason("sentence", why, quote[:LONGEST]))


def fact(what: str, quote: str) -> None:
    """What a sentence gave."""
    _keep(Reason("sentence", what, quote[:LONGEST], fact=True))


def _keep(reason: Reason) -> None:
    reasons = _kept.get()
    if reasons is not None and reason not in reasons:
        reasons.append(reason)
