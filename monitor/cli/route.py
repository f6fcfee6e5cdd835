"""`monitor route`: where something would go, and why not elsewhere. Nothing is written or sent."""

import asyncio
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from typer import Argument, Context, Option

from monitor.cli.setting import Json, ReaderName, Setting, parse_day
from monitor.clock import format_minute
from monitor.config import files
from monitor.config.outward import note, say
from monitor.errors import ConfigError, MonitorError
from monitor.model import Announcement, Report
from monitor.render.words import count_entries

if TYPE_CHECKING:
    from monitor import store as histories
    from monitor.ask import routing
    from monitor.poll import backtest as backtests

Many = list[str] | None


Subject = Annotated[
    str | None,
    Argument(metavar="ACT|FILE", help="An act on record, such as mofcom-2025-61, or a saved page."),
]


Since = Annotated[
    str | None,
    Option("--from", metavar="DATE", help="Instead: play back the record from that day."),
]


Until = Annotated[
    str | None,
    Option("--to", metavar="DATE", help="With --from: the last day; default: today."),
]


def route(
    context: Context,
    subject: Subject = None,
    authority: Annotated[
        str, Option(metavar="CODE", help="Instead: describe one, by its authority.")
    ] = "",
    register: Annotated[Many, Option(metavar="CODE", help="Which register it changes.")] = None,
    action: Annotated[Many, Option(metavar="ACTION", help="Its action: add, suspend, …")] = None,
    topic: Annotated[
        Many, Option(metavar="NAME", help="Which topic of config.toml it is about.")
    ] = None,
    text: Annotated[str, Option(metavar="WORDS", help="Words in it.")] = "",
    touches: Annotated[bool, Option("--touches", help="It touches your watch list.")] = False,
    reader: ReaderName = None,
    at: Annotated[
        str, Option(metavar="WHEN", help="At which moment, such as 2026-11-20T23:30+08:00; now.")
    ] = "",
    since: Since = None,
    until: Until = None,
    as_json: Json = False,
) -> None:
    """Print who gets an act, a page or what you describe, when, and why not elsewhere; --from plays
    back the record.
    """
    from monitor.ask import routing

    if since:
        play_back(context.obj, since, until, as_json=as_json)
        return
    described = routing.Described(
        authority, tuple(register or ()), tuple(action or ()), tuple(topic or ()), text, touches
    )
    moment = _parse_moment(at) if at else datetime.now(UTC)
    for answer in _route_any(context, subject, described, reader, moment):
        _show_routed(answer, as_json=as_json)


def _route_any(
    context: Context,
    subject: str | None,
    described: "routing.Described",
    reader: str | None,
    now: datetime,
) -> "list[routing.Routed]":
    """Route an act, a saved page, or what is described.

    Raises:
        ConfigError: neither is named, or both are.
    """
    from monitor.ask import routing

    is_described = described != routing.Described()
    if subject and is_described:
        raise ConfigError(
            f"{subject}: is on record or saved; leave out the options that describe something else"
        )
    if subject:
        return _route_subject(context, subject, reader, now)
    if is_described:
        return [routing.route_description(context.obj.config, described, now)]
    raise ConfigError(
        "name an act or a saved page, describe one (--authority, --register, --action,"
        " --topic), or play back with --from"
    )


def _route_subject(
    context: Context, subject: str, reader: str | None, now: datetime
) -> "list[routing.Routed]":
    from monitor import store as histories
    from monitor.ask import routing

    setting: Setting = context.obj
    config, is_there = setting.config, histories.has_store(setting.store)
    with setting.history() if is_there else nullcontext() as history:
        facts = (
            _read_saved(context, Path(subject), reader)
            if files.path_exists(Path(subject))
            else [_load_act(history, subject)]
        )
        watch, known = (
            routing.watch_list_of_today(config, history),
            routing.load_acts_changed_by(history, facts),
        )
    return [routing.route_fact(config, fact, watch, known, now) for fact in facts]


def _load_act(history: "histories.History | None", key: str) -> Announcement:
    from monitor.store import acts

    act = history(acts.load_act, key) if history else None
    if act is None:
        raise MonitorError(
            f"{key}: no such act is on record, and no such file is here; `monitor status` lists the"
            " newest acts"
        )
    return act


def _read_saved(
    context: Context, file: Path, reader: str | None
) -> Sequence[Announcement | Report]:
    """List the facts on a saved page."""
    from monitor.cli import read as reading

    read, url = context.obj.find_reader(reader)
    answer = reading.read_file(file, reader=reading.make_read(read) if read else None, url=url)
    for problem in answer.problems:
        note(f"monitor: {file}: {problem.kind}: {problem.text}")
    facts = [fact for fact in answer.facts if isinstance(fact, Announcement | Report)]
    if not facts:
        raise MonitorError(
            f"{file}: it announces nothing, so there is no alert; `monitor read --why {file}`"
            " says why"
        )
    return facts


def _parse_moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise ConfigError(
            f"--at: {text!r} is no moment; write it as 2026-11-20T23:30+08:00"
        ) from error
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _show_routed(routed: "routing.Routed", *, as_json: bool) -> None:
    """Print the rules that match, destinations, times, mentions, and why not elsewhere."""
    from monitor.ask import routing
    from monitor.cli.output import print_json, print_text

    if as_json:
        print_json(routing.make_routed_line(routed))
        return
    print_text(routed.what, "bold")
    for line in _list_features(routed):
        print_text(line, indent=2)
    for stop in routed.stops:
        when = (
            f"at {stop.at.day} {stop.at:%b %Y, %H:%M}, after its quiet hours ({stop.quiet})"
            if stop.at
            else "at once"
        )
        why = f"because {stop.why}" if stop.why else "config.toml has no rules: all goes there"
        print_text(f"goes to {stop.destination}, {when}", "green")
        print_text(why, indent=2)
    if routed.mentions:
        print_text(f"mentions {', '.join(routed.mentions)}")
    if routed.threads:
        print_text(
            f"is sent as well to the threads of {', '.join(routed.threads)}, wherever those were"
            " told"
        )
    for other in routed.others:
        print_text(f"not to {' and '.join(other.rule.to)} by {other.name}:", "dim")
        for unmet in other.unmet:
            print_text(unmet, indent=2)
    print_text("")


def _list_features(routed: "routing.Routed") -> Iterator[str]:
    """Describe what the rules compare: its content, and its matches with the watch list."""
    from monitor.ask import routing

    features, result = routed.features, routed.touches
    values = (
        ("register", features.registers),
        ("action", features.actions),
        ("topic", routed.topics),
    )
    seen = [f"{name} {', '.join(sorted(given))}" for name, given in values if given]
    authority = [f"authority {features.authority}"] if features.authority else []
    if features.unknown:
        yield "not understood: it may be on any register, and do anything"
    yield " · ".join((*authority, *seen, f"severity {features.severity}"))
    if result:
        names = ", ".join(routing.list_entries_touched(result))
        held = result.names + result.products
        yield f"touches {names or f'none of your {count_entries(held)}'}"
    if result and result.possible:
        yield f"may touch {', '.join(dict.fromkeys(match.entry for match in result.possible))}"


# `--from`: the history on record against the rules and the watch list of today.

RULES = ("rule", "asks", "fitted", "sends to")
DESTINATIONS = ("destination", "messages", "replies", "touch you", "mention somebody")


def play_back(setting: Setting, since: str, until: str | None, *, as_json: bool) -> None:
    """Print the messages that today's rules and watch list would have sent on recorded facts:
    where, when and to whom.
    """
    from monitor import store as histories
    from monitor.cli import output
    from monitor.poll import backtest as backtests

    first, last = (
        parse_day("--from", since),
        parse_day("--to", until) if until else datetime.now(UTC).date(),
    )
    if last < first:
        raise ConfigError(f"--to: {last} is before --from {first}")
    if not histories.has_store(setting.store):
        raise MonitorError(
            f"{setting.store}: there is no history here to play; choose another with --store"
        )
    with setting.history() as history:
        played = asyncio.run(backtests.play_back(setting.config, history, first, last))
    if as_json:
        output.print_lines((*played.told, *played.rules, *played.destinations))
    else:
        _show_played(played)
    for text in _list_remarks(played):
        note(f"monitor: {text}")


def _show_played(played: "backtests.Played") -> None:
    from monitor.cli import output

    together: dict[tuple[str, str], list[backtests.ToldLine]] = {}
    for line in played.told:
        together.setdefault((line.at, line.headline), []).append(line)
    for (at, headline), lines in together.items():
        say(f"{format_minute(at)}  {headline}")
        for text in _list_entries(lines):
            say(f"    {text}")
    say("")
    output.print_table(RULES, [_make_rule_row(line) for line in played.rules])
    say("")
    output.print_table(DESTINATIONS, [_make_destination_row(line) for line in played.destinations])


def _list_entries(lines: "Sequence[backtests.ToldLine]") -> Iterator[str]:
    """Describe one message's destinations, matches, mentions and quiet hours."""
    yield f"to {', '.join(_list_places(lines))}"
    first = lines[0]
    if first.touches:
        yield f"touches {', '.join(first.touches)}"
    if first.mentions:
        yield f"mentions {', '.join(first.mentions)}"
    if first.after:
        yield f"found {format_minute(first.after)}, held back by quiet hours"


def _list_places(lines: "Sequence[backtests.ToldLine]") -> Iterator[str]:
    """Each place once, with how often where that is more than once."""
    places = Counter(f"{line.to} (in a thread)" if line.in_thread else line.to for line in lines)
    return (place if times == 1 else f"{place} × {times}" for place, times in places.items())


def _make_rule_row(line: "backtests.RuleLine") -> tuple[str, ...]:
    fitted = str(line.fitted) if line.fitted or line.rule is None else "never"
    return str(line.rule or "none"), line.asks, fitted, ", ".join(line.to)


def _make_destination_row(line: "backtests.DestinationLine") -> tuple[str, ...]:
    counts = (line.messages, line.replies, line.touching, line.mentioning)
    return line.destination, *map(str, counts)


def _list_remarks(played: "backtests.Played") -> Iterator[str]:
    never = [str(line.rule) for line in played.rules if line.rule and not line.fitted]
    if never:
        named = f"rule{'s' if len(never) > 1 else ''} {', '.join(never)}"
        yield f"{named} fitted nothing in this time; `monitor route` tries one"
    if played.begins > played.first:
        yield f"what is on record begins on {played.begins}; of the days before nothing is known"
    if not played.told:
        yield "no alert would have been sent in this time"
