"""How it looks where something would go: for people in lines that fit any terminal, for programs one JSON object a line."""

from collections.abc import Collection, Iterable, Iterator

from rich.console import Console
from rich.padding import Padding

from monitor.cli.tables import legible, print_json
from monitor.model import ScreeningResult
from monitor.pipeline.routing import Routed, Stop, line, touched


def show(routed: Routed, *, as_json: bool) -> None:
    """Which rules fit, where it goes, when, whom it mentions, and why not elsewhere."""
    if as_json:
        print_json(line(routed))
        return
    console = Console()
    console.print(legible(routed.what, style="bold"))
    _indented(console, _features(routed), 2)
    for stop in routed.stops:
        console.print(legible(f"goes to {stop.destination}, {_when(stop)}", style="green"))
        _indented(console, [f"because {stop.why}" if stop.why else "config.toml has no rules: all goes there"], 2)
    if routed.mentions:
        console.print(legible(f"mentions {', '.join(routed.mentions)}"))
    if routed.threads:
        threads = f"is told as well in the threads of {', '.join(routed.threads)}, wherever those were told"
        console.print(legible(threads))
    for other in routed.others:
        console.print(legible(f"not to {' and '.join(other.rule.to)} by {other.name}:", style="dim"))
        _indented(console, other.unmet, 2)
    console.print()


def _indented(console: Console, lines: Iterable[str], by: int) -> None:
    for text in lines:
        console.print(Padding(legible(text), (0, 0, 0, by), expand=False))


def _features(routed: Routed) -> Iterator[str]:
    """What rules see of it."""
    features = routed.features
    if features.unknown:
        yield "not understood: it may be on any register, and do anything"
    yield " · ".join(_seen(routed))
    yield from _touches(routed.touches)


def _seen(routed: Routed) -> Iterator[str]:
    features = routed.features
    if features.authority:
        yield f"authority {features.authority}"
    yield from (f"{name} {', '.join(sorted(values))}" for name, values in _named(routed) if values)
    yield f"severity {features.severity}"


def _named(routed: Routed) -> Iterator[tuple[str, Collection[str]]]:
    yield "register", routed.features.registers
    yield "action", routed.features.actions
    yield "topic", routed.topics


def _touches(result: ScreeningResult | None) -> Iterator[str]:
    if result is None:
        return
    names = list(touched(result))
    yield f"touches {', '.join(names)}" if names else f"touches none of your {result.names + result.products} entries"
    if result.possible:
        yield f"may touch {', '.join(dict.fromkeys(match.entry for match in result.possible))}"


def _when(stop: Stop) -> str:
    if stop.at is None:
        return "at once"
    return f"at {stop.at.day} {stop.at:%b %Y, %H:%M}, after its quiet hours ({stop.quiet})"
