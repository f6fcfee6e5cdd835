"""What a replay says at its end: what failed on the way, whether anything was lost, and what to ask of the store it leaves."""

import shlex
import shutil
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from monitor.pipeline.replay import Played
from monitor.pipeline.scenarios import Scenario

PROGRAM = "monitor"


def lines(played: Played, story: Scenario, store: Path, called: str) -> Iterator[str]:
    """Line by line, for stderr: what stands on stdout are the alerts."""
    yield f"replay: {played.polls} looks at {len(story.sources)} sources, all as they were recorded"
    if played.failures:
        yield from _failures(played)
    if story.questions:
        yield f"replay: what it learnt is in {store}; --store says which folder to ask. Try:"
        yield from (f"    {called} --store {shlex.quote(str(store))} {question}" for question in story.questions)


def called(program: str) -> str:
    """How to call us again: by name where the shell finds us by it, else by the path that was used."""
    path = shutil.which(PROGRAM)
    if path and Path(path).absolute() == Path(program).absolute():
        return PROGRAM
    return shlex.quote(program) if Path(program).name == PROGRAM else f"python -m {PROGRAM}"


def _failures(played: Played) -> Iterator[str]:
    yield f"replay: {len(played.failures)} of them failed, as such sites do; what failed:"
    for (source, why), times in Counter(played.failures).items():
        yield f"    {times} × {source}: {why}"
    yield f"replay: each was asked for again; {_lost(played.unread, played.unsent)}"


def _lost(unread: Sequence[str], unsent: int) -> str:
    if not unread and not unsent:
        return "no page is left unread and no message unsent"
    return f"still owed: {len(unread)} pages to be read, {unsent} messages to be sent"
