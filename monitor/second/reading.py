"""An act's words → an opinion of it: asked in parts, each part checked, its cost counted. Its
client does the I/O.
"""

from dataclasses import dataclass
from typing import Protocol

from monitor import vocabulary
from monitor.config.settings import SecondReaderSettings
from monitor.model import Announcement, Dropped, Measure, Opinion
from monitor.second.answer import Answer, split_text
from monitor.second.check import Checker
from monitor.second.client import NoAnswer, Used

# the longest text of an act to check; the opinion reports a longer one's omission
LONGEST = 200_000
MILLION = 1_000_000


class Reader(Protocol):
    """The interface of a second reader."""

    async def ask(self, text: str, title: str, registers: list[str]) -> tuple[Answer, Used]:
        """An answer, and what it took."""
        ...


@dataclass(frozen=True, slots=True)
class Asked:
    """The result: an opinion, or why there is none and the seconds until the next try; and the
    tokens used.
    """

    used: Used
    opinion: Opinion | None = None
    failure: str = ""
    wait: float = 0.0


async def read_act(
    reader: Reader, settings: SecondReaderSettings, text: str, act: Announcement | None = None
) -> Asked:
    """Return the second reader's opinion of an act; `text` is all its words, `act` what the
    grammar made of it.
    """
    title = act.title if act else ""
    checker, used = Checker(f"{title}\n{text}", act), Used()
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
        checker.dropped.append(
            Dropped(what="the end of the act", why=f"only {LONGEST:,} characters are asked about")
        )
    return Asked(
        used,
        Opinion(
            model=settings.model,
            measures=tuple(measures),
            title_en=titled,
            dropped=tuple(checker.dropped),
        ),
    )


def count_cost(settings: SecondReaderSettings, asked: int, answered: int) -> float:
    """Return the cost of tokens, in the unit of `price`."""
    return (asked * settings.price[0] + answered * settings.price[1]) / MILLION
