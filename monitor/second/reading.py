"""Read an act into an opinion: ask in parts, check each part, count the cost. The client does the
I/O.
"""

import asyncio
from typing import Protocol

from monitor import vocabulary
from monitor.config.settings import SecondReaderSettings
from monitor.model import Announcement, Dropped, Measure, Opinion, Reply
from monitor.second.answer import Answer, make_question, split_text
from monitor.second.check import Checker
from monitor.second.client import NoAnswer, Used

# the longest text of an act to check; the opinion reports a longer one's omission
LONGEST = 200_000
MILLION = 1_000_000
PER_TOKEN = 1.5  # bytes of a token at least: two tokens for a Chinese character
AGAIN_SIZE = 20_000  # bytes at most of the answer that a second question shows and of its fault


class Reader(Protocol):
    """The interface of a second reader."""

    async def ask(self, text: str, title: str, registers: list[str]) -> tuple[Answer, Used]:
        """Ask for an answer; return it with what it cost."""
        ...


async def read_act(
    reader: Reader, settings: SecondReaderSettings, text: str, act: Announcement | None = None
) -> Reply:
    """Return the second reader's opinion of an act.

    `text` has all words of the act, `act` is the grammar's reading. Without a text, it only
    translates the title.
    """
    title = act.title if act else ""
    checker, used = Checker(f"{title}\n{text}", act), Used()
    measures: list[Measure] = []
    titled = ""
    registers = sorted(vocabulary.current().registers)
    try:
        for piece in _list_pieces(settings, text):
            answer, took = await reader.ask(piece, title, registers)
            used += took
            if piece:  # a long page takes a while
                measures += await asyncio.to_thread(checker.check, answer)
            titled = titled or " ".join(answer.title_en.split())[:300]
    except NoAnswer as failed:
        used += failed.used
        return Reply(
            asked=used.asked, answered=used.answered, failure=str(failed), wait=failed.wait
        )
    if len(text) > LONGEST:
        why = f"only {LONGEST:,} characters are asked about"
        checker.dropped.append(Dropped(what="the end of the act", why=why))
    opinion = Opinion(
        model=settings.model,
        measures=tuple(measures),
        title_en=titled,
        dropped=tuple(checker.dropped),
    )
    return Reply(asked=used.asked, answered=used.answered, opinion=opinion)


def _list_pieces(settings: SecondReaderSettings, text: str) -> list[str]:
    return [*split_text(text[:LONGEST], settings.window)] or [""]


def find_most(settings: SecondReaderSettings, text: str, title: str) -> Used:
    """Return the most tokens that reading a text can cost: each part is asked twice."""
    registers = sorted(vocabulary.current().registers)
    most = Used()
    for piece in _list_pieces(settings, text):
        messages = make_question(piece, title, registers, schema=False)
        size = sum(len(message["content"].encode()) for message in messages)
        most += Used(int((2 * size + AGAIN_SIZE) / PER_TOKEN), 2 * settings.answer)
    return most


def count_cost(settings: SecondReaderSettings, asked: int, answered: int) -> float:
    """Return the cost of tokens, in the unit of `price`."""
    return (asked * settings.price[0] + answered * settings.price[1]) / MILLION
