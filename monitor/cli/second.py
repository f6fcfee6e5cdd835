"""`monitor read --second`: the reading of a saved page by config.toml's second reader, beside the
grammar's.
"""

import asyncio
from pathlib import Path

from monitor.cli.output import print_json, print_text
from monitor.cli.read import LARGEST, Answer
from monitor.config import Config, files
from monitor.config.outward import note
from monitor.errors import ConfigError
from monitor.evidence.contents import extract_words
from monitor.model import Announcement, Opinion, Reply
from monitor.render.opinions import word_disagreements, word_opinion
from monitor.run.second_reading import open_reader
from monitor.second.reading import read_act

NO_ACT = Announcement(key="", authority="", title="", understood="none")


def show_second(config: Config, path: Path, answer: Answer, *, as_json: bool) -> bool:
    """Print what the second reader makes of a file; whether it made anything.

    Raises:
        ConfigError: there is no second reader, or the variable with its key is not set.
    """
    words = extract_words(files.read_file_bytes(path, most=LARGEST))
    asked = (
        asyncio.run(_ask_reader(config, words, _find_act(answer)))
        if words
        else Reply(failure="no words can be read")
    )
    if asked.opinion:
        _show_opinion(asked.opinion, asked, answer, as_json=as_json)
    else:
        note(f"monitor: {answer.file}: second reader: {asked.failure}")
    return asked.opinion is not None


async def _ask_reader(config: Config, words: str, act: Announcement) -> Reply:
    reader = open_reader(config)
    if reader is None:
        raise ConfigError(
            "--second: no second reader is set; write url and model under [second_reader] in"
            " config.toml"
        )
    try:
        return await read_act(reader, config.second_reader, words, act)
    finally:
        await reader.aclose()


def _show_opinion(opinion: Opinion, used: Reply, answer: Answer, *, as_json: bool) -> None:
    """Print its findings, the dropped ones with reasons, and the tokens used."""
    if as_json:
        print_json(
            {
                "file": answer.file,
                "opinion": opinion,
                "tokens": {"asked": used.asked, "answered": used.answered},
            }
        )
        return
    act = _find_act(answer)
    for line in (*word_disagreements(act, opinion), *word_opinion(act, opinion)):
        print_text(line, indent=2)
    for dropped in opinion.dropped:
        print_text(f"dropped: {dropped.what}: {dropped.why}", "dim", indent=2)
    print_text(f"tokens: {used.asked:,} asked, {used.answered:,} answered", "dim", indent=2)


def _find_act(answer: Answer) -> Announcement:
    return next((fact for fact in answer.facts if isinstance(fact, Announcement)), NO_ACT)
