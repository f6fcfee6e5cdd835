"""`monitor read | new | try | hand-in`: pages that a person saved, or wants to watch."""

import sys
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from typer import Argument, Context, Option

from monitor.cli.setting import Json, ReaderName, SavedPage, Setting, end_command
from monitor.config.outward import note, say
from monitor.errors import ConfigError, MonitorError

if TYPE_CHECKING:
    from monitor.cli import read as reading


class Kind(StrEnum):
    """The kinds of a publisher's pages; a page alone does not tell a ministry from a newspaper."""

    OFFICIAL = "official"
    PRESS = "press"
    REGISTER = "register"


Against = Annotated[
    Path | None,
    Option(
        metavar="OLD",
        help="Only what changed since this copy of a register; --as names its reader.",
    ),
]


AGAINST_ONE = (
    "--against compares one file by the reader of a register: monitor read NEW --as SOURCE"
    " --against OLD"
)
Explain = Annotated[
    bool, Option("--why", help="For each page and sentence: what it gave, or why nothing.")
]


Second = Annotated[
    bool, Option("--second", help="Also print the findings of config.toml's second reader.")
]


def read(
    context: Context,
    files: Annotated[list[Path], Argument(metavar="FILE", help="Saved pages.")],
    reader: ReaderName = None,
    url: Annotated[str, Option(metavar="URL", help="The address the page is from.")] = "",
    explain: Explain = False,
    against: Against = None,
    second: Second = False,
    as_json: Json = False,
) -> None:
    """Print what the monitor understands of saved pages. It writes nothing, and sends nothing
    except with --second.
    """
    from monitor.cli import read as reading

    setting: Setting = context.obj
    chosen, address = setting.find_reader(reader)
    read_as = (
        reading.make_read(chosen, setting.find_expected(reader), datetime.now(UTC))
        if chosen
        else None
    )
    url = url or address
    if against:
        if chosen is None or len(files) > 1:
            raise ConfigError(AGAINST_ONE)
        reading.show_changes(
            reading.compare_bodies(chosen, against, files[0], url=url), files[0], as_json=as_json
        )
        return
    done = [
        _read_file(setting, file, read_as, url, explain=explain, second=second, as_json=as_json)
        for file in files
    ]
    end_command(all(done))


def _read_file(
    setting: Setting,
    file: Path,
    read_as: "reading.Read | None",
    url: str,
    *,
    explain: bool,
    second: bool,
    as_json: bool,
) -> bool:
    """Print the reading of one file; return whether all went well. One bad file never silences
    the others.
    """
    from monitor.cli import read as reading
    from monitor.extract import why

    try:
        with why.collect_reasons() as reasons:
            answer = reading.read_file(file, reader=read_as, url=url)
    except MonitorError as error:
        note(f"monitor: {error}")
        return False
    reading.show_answer(answer, reasons, as_json=as_json)
    if explain:
        reading.show_reasons(reasons, as_json=as_json)
    done = not answer.problems
    if second:
        from monitor.cli.second import show_second

        done = show_second(setting.config, file, answer, as_json=as_json) and done
    for problem in answer.problems:
        note(f"monitor: {answer.file}: {problem.kind}: {problem.text}")
    return done


def new(
    context: Context,
    name: Annotated[
        str, Argument(metavar="NAME", help="<country>_<publisher>, such as cn_mofcom.")
    ],
    url: Annotated[
        str, Argument(metavar="URL", help="The page on which new acts or articles appear first.")
    ],
    page: SavedPage = None,
    kind: Annotated[
        Kind | None,
        Option(metavar="KIND", help="official (acts), press, or register; asked for without it."),
    ] = None,
) -> None:
    """Begin a scraper: save its page and write NAME.py, from the template that fits, into the first
    of `packages` in config.toml that is yours, else into scrapers.
    """
    from monitor.cli import new as beginnings

    setting: Setting = context.obj
    for line in beginnings.begin(setting.config, name, url, page, kind or _ask_kind()):
        say(line)


Key = Annotated[
    str,
    Option(metavar="KEY", help="What identifies a row or value: a column, CSS in it, a member."),
]


PathOption = Annotated[
    str,
    Option("--path", metavar="JSONPATH", help="Watch the values that this path finds in JSON."),
]


Links = Annotated[str, Option(metavar="CSS", help="Watch the pages that these links lead to.")]


def try_page(
    context: Context,
    url: Annotated[str, Argument(metavar="URL", help="The page that you want to watch.")],
    select: Annotated[str, Option(metavar="CSS", help="Watch the words of what this finds.")] = "",
    links: Links = "",
    rows: Annotated[str, Option(metavar="CSS", help="Watch each of these rows.")] = "",
    key: Key = "",
    path: PathOption = "",
    feed: Annotated[bool, Option("--feed", help="Watch the entries of a feed.")] = False,
    render: Annotated[
        bool, Option("--render", help="Load it in a browser, which runs its scripts.")
    ] = False,
    name: Annotated[str, Option(metavar="NAME", help="A name for the page.")] = "",
    page: SavedPage = None,
    as_json: Json = False,
) -> None:
    """Print what the monitor would watch on a page, by the best way or the one you name, and the
    lines for config.toml.
    """
    from monitor.cli import trial as trials

    setting: Setting = context.obj
    ways: dict[str, str | bool] = {
        "text": select,
        "links": links,
        "rows": rows,
        "json": path,
        "feed": feed,
        "key": key,
    }
    asked = {way: ways[way] for way in ways if ways[way]}
    trials.show_trial(
        trials.propose_page(setting.config, url, asked, name=name, render=render, file=page),
        as_json=as_json,
    )


def hand_in(
    context: Context,
    file: Annotated[
        Path, Argument(metavar="FILE", help="A page or file of the source, saved in a browser.")
    ],
    source: Annotated[
        str, Option(metavar="SOURCE", help="The reader's name: jp_meti.end_user_list.")
    ],
    by: Annotated[
        str, Option(metavar="NAME", help="The person who saved it; the alert names them.")
    ],
    note: Annotated[str, Option(metavar="WORDS", help="A note for the alert.")] = "",
    url: Annotated[
        str,
        Option(
            metavar="URL", help="The page's address; default: its own statement, else the source's."
        ),
    ] = "",
    saved_at: Annotated[
        str, Option(metavar="WHEN", help="2026-11-20, or with a time; default: the file's time.")
    ] = "",
) -> None:
    """Read a page that a person saved, as if the monitor had fetched it: for a source that answers
    only browsers.
    """
    from monitor.cli import once
    from monitor.run.orders import HandInOrder

    setting: Setting = context.obj
    order = HandInOrder(str(file.absolute()), source, by, note, url, saved_at)
    end_command(once.poll_once(setting, order))


def _ask_kind() -> Kind:
    """Ask the person at the terminal what the publisher's pages are; without a terminal, ask
    nothing.
    """
    if not sys.stdin.isatty():
        raise ConfigError(
            "--kind: name the kind of pages: official (a ministry's acts), press, or register (a"
            " list published whole)"
        )
    answer: Kind = typer.prompt(
        "What are its pages: official (acts), press, or register (a list published whole)?",
        type=Kind,
    )
    return answer
