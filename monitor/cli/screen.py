"""`monitor screen`: names, products and whole files against the watch list and the record, or against a list that is named."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from rich.console import Console

from monitor.cli.records import STANDING, cells, print_standing, print_wrapped
from monitor.cli.tables import legible, print_json, print_table
from monitor.clock import SystemClock
from monitor.config.outward import note
from monitor.config.redact import clean
from monitor.errors import ConfigError
from monitor.pipeline.hold import Holding, ListComparison, hold
from monitor.pipeline.rows import how
from monitor.pipeline.standing import Standing
from monitor.render import dates
from monitor.render.text import listed
from monitor.watch.columns import FIELDS, nearest
from monitor.watch.match import DEFAULT, Thresholds
from monitor.watch.screening import called
from monitor.watch.ties import describe_tie

if TYPE_CHECKING:
    from monitor.cli.asking import CommandDesk
    from monitor.pipeline.screen import Screened, Screening

SHOWN_WITHOUT = 50  # names; of more, those that are like nobody are counted only
ALSO = 12  # further subjects that are named
HEADS = ("asked", "verdict", *STANDING)

Scores = tuple[float | None, float | None]  # from which likeness on a thing is shown, and from which it is a match


def against_list(asked: Sequence[str], against: Path, scores: Scores, mapped: Mapping[str, str], *, as_json: bool) -> None:
    """Hold files against a list; no store is opened.

    Raises:
        ConfigError: a file can't be read, or a threshold is none.
    """
    held = hold([Path(file) for file in asked], against, thresholds(*scores), mapped)
    if as_json:
        for hit in held.hits:
            print_json(hit)
    else:
        _show(held)
    for line in held.unused:
        note(f"monitor: {line}")


def against_all(desk: "CommandDesk", asked: Sequence[str], scores: Scores, mapped: Mapping[str, str]) -> "Screening":
    """Hold names and files against the watch list and all on record, as it stands now.

    Raises:
        ConfigError: a file can't be read, or a threshold is none.
    """
    from monitor.pipeline import screen

    config, store = desk.config, desk.store
    if any(one.url for one in config.screen_against):
        from monitor.pipeline import copies

        if hindered := copies.refresh(config, store, SystemClock()):
            note(f"monitor: {hindered}")
    wanted = thresholds(*scores, Thresholds(config.watch.match, config.watch.review))
    watch = msgspec.structs.replace(config.watch, review=wanted.review, match=wanted.match)
    return screen.screening(msgspec.structs.replace(config, watch=watch), store, asked, mapped, desk.now, desk.sources)


def show(answer: "Screening", out: Path | None, *, as_json: bool, resting: str = "", on_nothing: bool = False) -> None:
    """What was found, and of files a summary; as a file for a colleague where that is asked for, with what it is `resting` on.

    `on_nothing`: nothing was ever read that it could be found in, so that nothing is said of what is like nobody.

    Raises:
        MonitorError: the file can't be written.
    """
    from monitor.pipeline import screen

    _show_screening(answer, as_json=as_json, on_nothing=on_nothing)
    if not on_nothing:
        _sum_up(answer, out, resting)
    elif out:
        note(f"monitor: {out}: not written, since nothing is known")
    for line in (*answer.unusable, *screen.told_of(answer.lists)):
        note(f"monitor: {line}")


def _sum_up(answer: "Screening", out: Path | None, resting: str) -> None:
    from monitor.cli import result_file
    from monitor.pipeline import screen

    rows = screen.findings(answer)
    lines = screen.summary(answer, rows)
    if answer.taken or out or len(answer.asked) > SHOWN_WITHOUT:
        for line in lines[: 2 + len(answer.taken)]:
            note(f"monitor: {line}")
    if out:
        result_file.write(out, rows, [*lines, *filter(None, [resting])])
        note(f"monitor: {out}: {len(rows):,} rows")


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


def mapping(pairs: Sequence[str] | None) -> dict[str, str]:
    """`HEADING=field` as a person writes it.

    Raises:
        ConfigError: it is no such pair, or there is no such field.
    """
    fields = {}
    for pair in pairs or ():
        heading, equals, field = pair.rpartition("=")
        if not equals or not heading.strip():
            raise ConfigError(f"--map {pair!r}: say HEADING=field, such as --map 'Kred-Bez=name'")
        if field.strip() not in FIELDS:
            raise ConfigError(f"--map {pair!r}: {nearest(field.strip())}")
        fields[heading.strip()] = field.strip()
    return fields


def _show(held: ListComparison) -> None:
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
    refs = {asked.ref for asked in held.asked}
    console.print(legible(f"{len(refs)} held against {held.listed} of the list: {len(by_ref)} with something alike"))


def _show_screening(answer: "Screening", *, as_json: bool, on_nothing: bool) -> None:
    """Every match of what was asked for, with its reason; a dismissed one too, with whose word it is."""
    from monitor.pipeline.screen import Screened

    if as_json:
        for hit in (*answer.found, *answer.by_others):
            print_json(hit)
        if answer.lists:
            print_json({"lists": answer.lists})
        return
    hits: dict[str, list[Screened]] = {entry.name: [] for entry in answer.asked}
    for hit in (*answer.found, *answer.by_others):
        hits[hit.asked].append(hit)
    shown = {name: mine for name, mine in hits.items() if mine or not on_nothing}
    if Console().is_terminal:
        _print_hits(shown, _nothing(answer))
    elif shown:
        print_table(HEADS, [row for name, mine in shown.items() for row in _rows(name, mine, _nothing(answer))])


def _nothing(answer: "Screening") -> str:
    """Of how much it is said that nothing is alike."""
    ours = f"nothing alike among {answer.records:,} names and goods on record and {answer.watched:,} entries of your watch list"
    return "; ".join((ours, *(f"of {one.list}: {one.problem or f'nothing among {one.entries:,}'}" for one in answer.lists)))


def _rows(name: str, hits: "Sequence[Screened]", nothing: str) -> list[tuple[str, ...]]:
    if not hits:
        return [(name, nothing, *("" for _ in STANDING))]
    return [(name, _verdict(hit), *cells(_standing(hit), _why(hit))) for hit in hits]


def _why(hit: "Screened") -> str:
    return f"{hit.match.reason} ({hit.match.kind} {hit.match.score:.2f})"


def _print_hits(hits: "Mapping[str, Sequence[Screened]]", nothing: str) -> None:
    """A record for all hits that stand alike; of many names those without any are counted only."""
    for name, mine in hits.items():
        if mine or len(hits) <= SHOWN_WITHOUT:
            print_wrapped(name, style="bold")
        if not mine and len(hits) <= SHOWN_WITHOUT:
            print_wrapped(nothing, 2)
        for first, *rest in _gathered(mine):
            subjects = [_standing(hit).subject for hit in rest]
            also = f"also {listed(subjects[:ALSO])}{' …' if len(subjects) > ALSO else ''}" if rest else ""
            stands = _standing(first)
            print_standing(msgspec.structs.replace(stands, subject=_verdict(first, stands.subject)), _why(first), also, indent=2)


def _gathered(hits: "Sequence[Screened]") -> "list[list[Screened]]":
    """The hits that stand alike and are as sure: the members of a group, the goods of one act."""
    from monitor.pipeline.screen import Screened

    alike: dict[object, list[Screened]] = {}
    for hit in hits:
        alike.setdefault((_verdict(hit), how(_standing(hit))), []).append(hit)
    return list(alike.values())


def _verdict(hit: "Screened", subject: str = "it") -> str:
    """The tie of what was asked for to what was found; a person's word that there is none stands beside it."""
    dismissed = hit.match.dismissed
    tie = describe_tie(hit.match.tie, subject)
    return f"{tie} (dismissed by {dismissed.by} on {dates.day(dismissed.at)})" if dismissed else tie


def _standing(hit: "Screened") -> Standing:
    """How it stands; what is only on the reader's own list stands there, and what others say is said to be theirs."""
    if theirs := hit.theirs:
        state = f"on a list of others, as of {theirs.as_of}: not on record here"
        subject, says = clean(called(hit.match.subject)), clean(f"{theirs.ref}: {theirs.says}")
        return Standing(subject=subject, register=theirs.list, state=state, act=says)
    return hit.stands or Standing(subject=f"{hit.match.entry.name} ({hit.match.entry.key})", state="on your watch list")
