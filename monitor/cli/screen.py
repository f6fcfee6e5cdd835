"""`monitor screen`: names, products and whole files against the watch list and the record, or against a list that is named."""

from collections.abc import Sequence
from pathlib import Path

import msgspec
from rich.console import Console

from monitor.cli.tables import legible, print_json
from monitor.config import Config
from monitor.config.outward import note
from monitor.errors import ConfigError
from monitor.pipeline.hold import Held, Holding, hold
from monitor.watch.match import DEFAULT, Thresholds


def against_list(asked: Sequence[str], against: Path, review: float | None, match: float | None, *, as_json: bool) -> None:
    """Hold files against a list; no store is opened.

    Raises:
        ConfigError: a file can't be read, or a threshold is none.
    """
    held = hold([Path(file) for file in asked], against, thresholds(review, match))
    if as_json:
        for hit in held.hits:
            print_json(hit)
    else:
        _show(held)
    for line in held.unused:
        note(f"monitor: {line}")


def against_all(
    config: Config, store: Path, asked: Sequence[str], review: float | None, match: float | None, *, as_json: bool
) -> None:
    """Hold names and files against the watch list and all on record.

    Raises:
        ConfigError: a file can't be read, or a threshold is none.
    """
    from monitor.cli.answers import show_screening  # noqa: PLC0415 - only here is anything looked up in the store
    from monitor.pipeline.screen import screening  # noqa: PLC0415

    lowest, surest = thresholds(review, match, Thresholds(config.watch.match, config.watch.review))[::-1]
    watch = msgspec.structs.replace(config.watch, review=lowest, match=surest)
    answer = screening(msgspec.structs.replace(config, watch=watch), store, asked)
    show_screening(answer, as_json=as_json)
    for line in answer.unusable:
        note(f"monitor: {line}")


def thresholds(review: float | None, match: float | None, otherwise: Thresholds = DEFAULT) -> Thresholds:
    """The thresholds that a person gives; what a match is, is shown as well.

    Raises:
        ConfigError: one of them is no likeness, or a match would not be shown.
    """
    for option, score in (("--review", review), ("--match", match)):
        if score is not None and not 0 < score <= 1:
            raise ConfigError(f"{option} {score:g}: a likeness is above 0 and at most 1, such as 0.85")
    surest = otherwise.match if match is None else match
    lowest = min(otherwise.review, surest) if review is None else review
    if match is not None and lowest > surest:
        raise ConfigError(f"--review {lowest:g} is above --match {surest:g}: what is a match would not be shown")
    return Thresholds(max(surest, lowest), lowest)


def _show(held: Held) -> None:
    console = Console(soft_wrap=True)
    by_ref: dict[object, list[Holding]] = {}
    for hit in held.hits:
        by_ref.setdefault(hit.asked.ref, []).append(hit)
    for ref, hits in by_ref.items():
        console.print(legible(f"{hits[0].asked.name or ref}", style="bold"))
        for hit in hits:
            match = hit.match
            console.print(legible(f"  {match.verdict}  {match.score:.2f}  {match.kind}  {match.entry.ref}: {match.entry.name}"))
            console.print(legible(f"    {match.reason}"))
    refs = {each.ref for each in held.asked}
    console.print(legible(f"{len(refs)} held against {held.listed} of the list: {len(by_ref)} with something alike"))
