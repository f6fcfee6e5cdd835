"""`monitor replay`: recorded pages through the whole pipeline, printed as a story with next
steps.
"""

import shlex
import shutil
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from typer import Argument, Context, Option

from monitor.cli.setting import Json, Setting, find_usable_folder
from monitor.config.outward import note, say
from monitor.config.stores import is_database
from monitor.errors import ConfigError

if TYPE_CHECKING:
    from monitor.poll.replay import Played
    from monitor.poll.scenarios import Scenario
    from monitor.source import registry as registries

PROGRAM = "monitor"


def replay(
    context: Context,
    scenario: Annotated[
        Path | None,
        Argument(
            metavar="DIR",
            help=(
                "A folder with scenario.toml (default: October 2025), or with --source of captures."
            ),
        ),
    ] = None,
    source: Annotated[
        str | None,
        Option(
            metavar="SOURCE",
            help="The register whose captures, in the order of their names, are replayed.",
        ),
    ] = None,
    full: Annotated[
        bool,
        Option(
            "--full",
            help="Each message whole; default: the first of each event, the rest in a line.",
        ),
    ] = False,
    as_json: Json = False,
) -> None:
    """Play recorded pages through the whole program, in their own time: a demonstration."""
    setting: Setting = context.obj
    if source is not None:
        _replay_captures(setting.registry, source, scenario, as_json=as_json)
    else:
        _replay_scenario(setting, scenario, full=full, as_json=as_json)


def _replay_scenario(setting: Setting, folder: Path | None, *, full: bool, as_json: bool) -> None:
    """Play a scenario into a store of its own, and ask that what the scenario asks."""
    from monitor.cli import story as stories
    from monitor.deliver import destinations, terminal
    from monitor.poll import replay as replays
    from monitor.poll import scenarios

    named = setting.store_named or ".replay"
    if is_database(named):
        raise ConfigError("replay: plays in a folder, and in no database: name one with --store")
    store = find_usable_folder(Path(named))
    shown = terminal.Terminal(json=as_json) if full or as_json else stories.StoryTerminal()
    channels = destinations.open_terminal_for_all(setting.config, shown)
    story = scenarios.load(folder or scenarios.BUNDLED)
    note(f"replay: {story.title}")
    if isinstance(shown, stories.StoryTerminal):
        note(
            "replay: ↳ stands in the thread of a message, ↻ edits one; --full shows each message"
            " whole"
        )
    played = replays.replay(story, setting.config, store, channels)
    for line in destinations.count_sent(channels):
        note(f"replay: {line}")
    for line in end_lines(played, story, store):
        note(line)
    _answer_questions(setting, story, store, full=full, as_json=as_json)


def _answer_questions(
    setting: Setting, story: "Scenario", store: Path, *, full: bool, as_json: bool
) -> None:
    """Ask the store that was made what the scenario asks; a program gets the commands alone."""
    from monitor.cli import story as stories

    program = find_own_command(sys.argv[0])
    for question in story.questions:
        command = f"--store {shlex.quote(str(store))} {question}"
        if as_json:
            note(f"    {program} {command}")
        else:
            say(f"$ {program} {command}")
            stories.answer_question(
                [*_list_config_options(setting), *shlex.split(command)], full=full
            )


def _list_config_options(setting: Setting) -> list[str]:
    """The option that names the same settings again."""
    return ["--config", str(setting.config_file)] if setting.config_file else []


def _replay_captures(
    registry: "registries.Registry", source: str, folder: Path | None, *, as_json: bool
) -> None:
    from monitor.cli import read as reading

    if folder is None:
        raise ConfigError(
            "replay --source needs a folder of captures: monitor replay DIR --source SOURCE"
        )
    for capture in reading.iterate_captures(
        registry.reader(source), folder, url=registry.address(source)
    ):
        reading.show_capture(capture, as_json=as_json)


def end_lines(played: "Played", story: "Scenario", store: Path) -> Iterator[str]:
    """Print a summary on stderr, because stdout has the alerts."""
    yield f"replay: {played.polls} looks at {len(story.sources)} sources, all as the scenario has them"
    if played.failures:
        yield from _list_failures(played)
    if story.questions:
        yield f"replay: its store is {store}; --store says which folder to ask:"


def find_own_command(program: str) -> str:
    """Return the command to call us again: by name if the shell finds it, or else by the path in
    use.
    """
    path = shutil.which(PROGRAM)
    if path and Path(path).absolute() == Path(program).absolute():
        return PROGRAM
    return shlex.quote(program) if Path(program).name == PROGRAM else f"python -m {PROGRAM}"


def _list_failures(played: "Played") -> Iterator[str]:
    yield f"replay: {len(played.failures)} of them failed, as such sites do; what failed:"
    for (source, why), times in Counter(played.failures).items():
        yield f"    {times} × {source}: {why}"
    yield f"replay: each was asked for again; {_word_lost(played.unread, played.unsent)}"


def _word_lost(unread: Sequence[str], unsent: int) -> str:
    if not unread and not unsent:
        return "no page is left unread and no message unsent"
    return f"still owed: {len(unread)} pages to be read, {unsent} messages to be sent"
