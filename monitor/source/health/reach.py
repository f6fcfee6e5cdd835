"""What several sources of one authority say together: one that fails is a note, all of them are an alarm. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from monitor.source.health.outage import Health
from monitor.source.health.words import UNREACHABLE, kind_word

EVERYTHING = 5  # sources that fail at once, and no other answers: not one of them is to blame


class Reach(StrEnum):
    """How far a trouble of a source reaches."""

    ONE = "one"  # others of the authority are read: a note
    ONLY = "only"  # it is the only one of its authority that is polled
    AUTHORITY = "authority"  # nothing can be seen of its authority
    EVERYTHING = "everything"  # nothing can be seen of any


@dataclass(frozen=True, slots=True)
class Paths:
    """The sources that are polled for an authority, and all that are; without an authority it is not known who else there is."""

    authority: str = ""
    own: Sequence[str] = ()
    every: Sequence[str] = ()


def reach(source: str, failing: Health, paths: Paths, healths: Mapping[str, Health]) -> Reach:
    """How far it reaches that `source` is failing; one that was never asked, or not since, may well be read."""
    if _is_network(source, failing, paths, healths):
        return Reach.EVERYTHING
    others = [healths.get(other, Health()) for other in paths.own if other != source]
    if not others:
        return Reach.ONLY if paths.authority else Reach.ONE
    return Reach.AUTHORITY if all(other.problem for other in others) else Reach.ONE


def _is_network(source: str, failing: Health, paths: Paths, healths: Mapping[str, Health]) -> bool:
    """Whether all that were asked since this one began to fail can't be reached either."""
    since = failing.since
    asked = [state for name in paths.every if name != source and (state := healths.get(name)) and _asked(state, since)]
    lost = [state for state in (failing, *asked) if state.problem and kind_word(state.problem.kind) == UNREACHABLE]
    return len(lost) == len(asked) + 1 > len(paths.own) and len(lost) >= EVERYTHING


def _asked(state: Health, since: datetime | None) -> bool:
    return bool(since and state.last_poll and state.last_poll >= since)


def last_seen(states: Sequence[Health]) -> datetime | None:
    """Until when something was seen by any of these sources; None where nothing ever was."""
    return max((state.last_ok for state in states if state.last_ok), default=None)
