"""`monitor route --from`: the history on record against the rules and the watch list of today.
It changes nothing.
"""

import asyncio
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from monitor.cli.outbox import format_minute
from monitor.cli.setting import Setting, parse_day
from monitor.config.outward import note, say
from monitor.errors import ConfigError, MonitorError

if TYPE_CHECKING:
    from monitor.poll import backtest as backtests

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
        for line in (*played.told, *played.rules, *played.destinations):
            output.print_json(line)
    else:
        _show(played)
    for text in _list_remarks(played):
        note(f"monitor: {text}")


def _show(played: "backtests.Played") -> None:
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
