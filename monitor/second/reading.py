"""An act's words → an opinion of it: asked in parts, each part checked, its cost counted. Does I/O by its client."""

from dataclasses import dataclass
from typing import Protocol

from monitor import vocabulary
from monitor.config.settings import SecondReaderSettings
from monitor.model import DIRECTION, Action, Announcement, Dropped, Entity, Item, Measure, Opinion, Unread
from monitor.second.answer import Answer, split_text
from monitor.second.check import Checker
from monitor.second.client import NoAnswer, Used
from monitor.vocabulary.letters import folded

LONGEST = 200_000  # characters of an act that are asked about; what follows is said to be left out
MILLION = 1_000_000


class Reader(Protocol):
    """Who is asked about a text."""

    async def ask(self, text: str, title: str, registers: list[str]) -> tuple[Answer, Used]:
        """An answer, and what it took."""
        ...


@dataclass(frozen=True, slots=True)
class Asked:
    """What came of asking: an opinion, or why there is none and in how many seconds to ask again; and what it took."""

    used: Used
    opinion: Opinion | None = None
    failure: str = ""
    wait: float = 0.0


async def read_act(reader: Reader, settings: SecondReaderSettings, text: str, *, title: str = "", own: str = "") -> Asked:
    """What the second reader makes of an act; `text` is all its words, `own` its key."""
    checker, used = Checker(f"{title}\n{text}", own), Used()
    measures: list[Measure] = []
    titled = ""
    registers = sorted(vocabulary.current().registers)
    try:
        for piece in split_text(text[:LONGEST], settings.window):
            answer, took = await reader.ask(piece, title, registers)
            used += took
            measures += checker.check(answer)
            titled = titled or " ".join(answer.title_en.split())[:300]
    except NoAnswer as failed:
        return Asked(used + failed.used, failure=str(failed), wait=failed.wait)
    if len(text) > LONGEST:
        checker.dropped.append(Dropped(what="the end of the act", why=f"only {LONGEST:,} characters are asked about"))
    return Asked(used, Opinion(model=settings.model, measures=tuple(measures), title_en=titled, dropped=tuple(checker.dropped)))


def count_cost(settings: SecondReaderSettings, asked: int, answered: int) -> float:
    """What tokens cost, in the unit of `price`."""
    return (asked * settings.price[0] + answered * settings.price[1]) / MILLION


def list_disagreements(act: Announcement, opinion: Opinion) -> tuple[Unread, ...]:
    """Where the second reader says the opposite of the grammar on somebody, something or an earlier act; both quotes."""
    ours, theirs = _deeds(act.measures), _deeds(opinion.measures)
    return tuple(
        Unread(
            what=DIRECTION,
            why=f"a second reader ({opinion.model}) says {their.action} of {name}, the grammar {our.action}: “{our.quote}”",
            quote=their.quote,
        )
        for name, our in ours.items()
        if (their := theirs.get(name)) and _adds(their.action) != _adds(our.action)
    )


def list_new(act: Announcement, opinion: Opinion) -> tuple[Measure, ...]:
    """The measures of an opinion with what the grammar did not read: only that is worth a person's look."""
    known = {(name, _adds(measure.action)) for name, measure in _deeds(act.measures).items()}
    found = (
        (measure, any((name, _adds(measure.action)) not in known for name in _names(measure))) for measure in opinion.measures
    )
    acted = {measure.action for measure in act.measures}
    return tuple(measure for measure, is_new in found if is_new or (not _names(measure) and measure.action not in acted))


def _deeds(measures: tuple[Measure, ...]) -> dict[str, Measure]:
    """What is done to whom, by name; of somebody to whom two things are done nothing, since which one is meant is unsure."""
    deeds: dict[str, Measure] = {}
    twice: set[str] = set()
    for measure in measures:
        for name in _names(measure):
            twice |= {name} if name in deeds and _adds(deeds[name].action) != _adds(measure.action) else set()
            deeds.setdefault(name, measure)
    return {name: measure for name, measure in deeds.items() if name not in twice}


def _names(measure: Measure) -> set[str]:
    subjects: tuple[Entity | Item, ...] = (*measure.entities, *measure.items)
    return {folded(name) for subject in subjects for name in subject.names.values()} | {act.key for act in measure.amends}


def _adds(action: Action) -> bool:
    return action in (Action.ADD, Action.RESTRICT, Action.RESUME)
