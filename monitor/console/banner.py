"""The lines at the top of every page: how reliable the answers are, and what waits for a person."""

from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import quote

from monitor import vocabulary
from monitor.ask.coverage import ACTS, Coverage, name_never_read
from monitor.console.desk import ConsoleDesk
from monitor.model import LastRead, frozen
from monitor.render import dates, words
from monitor.render.text import join_first_names
from monitor.store import handling

NAMED = 4  # authorities or acts of one line
WELL, PARTLY, NEVER = "Read as they should be", "Read, but not all sources", "Never read"
Link = tuple[str, str]  # words, address


@frozen
class BannerLine:
    """One line, where it leads, and its `state`: `well`, `doubt` (less may be known than it
    seems) or `waiting`. `begin` are the fixed words before it.
    """

    text: str
    links: tuple[Link, ...]
    state: str = "doubt"
    begin: str = ""


def frame_page(desk: ConsoleDesk, covered: Coverage) -> dict[str, Any]:
    """Make the parts that frame every page."""
    return {
        "coverage": desk.line(covered),
        "banner": make_banner(desk, covered) if desk.is_open else (),
    }


def make_banner(desk: ConsoleDesk, covered: Coverage) -> tuple[BannerLine, ...]:
    """Make the lines of the banner.

    They say whether this is a replay, how fresh each authority is, and what ran out unseen. They
    also say what is withheld, what was not understood, whose page is gone, and which events nobody
    has taken.
    """
    return tuple(
        line
        for lines in (
            _list_remarks(desk),
            _list_reads(desk),
            _list_blind(covered),
            _list_ran_out(desk),
            _list_held(covered),
            _list_partly(covered),
            _list_gone(covered),
        )
        for line in lines
    ) + tuple(_list_untaken(desk))


def _list_remarks(desk: ConsoleDesk) -> Iterator[BannerLine]:
    for remark in desk.coverage().remarks:
        yield BannerLine(remark, (("Sources", "/sources"),), begin="Not of today")


def _list_reads(desk: ConsoleDesk) -> Iterator[BannerLine]:
    freshness = desk.freshness
    whose = dict.fromkeys(
        source.authority for source in freshness.sources if source.kind == ACTS and source.authority
    )
    links = (("Sources", "/sources"),)
    reads = {code: freshness.last_read(code) for code in whose}
    lacking = set(desk.coverage().never_of)
    kinds: dict[str, Callable[[str, LastRead], object]] = {
        "Not read since": lambda _, read: read.at and not read.fresh,
        PARTLY: lambda code, read: read.fresh and code in lacking,
        WELL: lambda code, read: read.fresh and code not in lacking,
    }
    for begin, is_so in kinds.items():
        if some := [_name_read(code, read) for code, read in reads.items() if is_so(code, read)]:
            state = "well" if begin == WELL else "doubt"
            yield BannerLine(join_first_names(some, NAMED), links, state, begin)
    if never := name_never_read(desk.coverage()):
        yield BannerLine(join_first_names(never, NAMED), links, begin=NEVER)


def _name_read(code: str, read: LastRead) -> str:
    source = f" ({read.source})" if read.source else ""
    return f"{vocabulary.authority(code)}{source} {dates.format_date(read.at or '')}".strip()


def _list_blind(covered: Coverage) -> Iterator[BannerLine]:
    for blind in covered.blind:
        links = (("Sources", "/sources"),)
        yield BannerLine(blind, links, begin="Nothing can be seen now of")


def _list_ran_out(desk: ConsoleDesk) -> Iterator[BannerLine]:
    days = desk.key_dates(desk.now.date(), desk.now.date())
    targets = {target.key for day in days.ran_out for target in day.amends}
    if targets:
        latest = days.ran_out[-NAMED:]
        until = dates.format_date(latest[-1].on)
        links = (*_link_acts(day.act for day in latest), ("Timeline", "/timeline"))
        begin = "Suspensions that ended, and no act was seen since"
        yield BannerLine(f"{len(targets):,}, the last after {until}", links, begin=begin)


def _list_held(covered: Coverage) -> Iterator[BannerLine]:
    for register in covered.registers:
        if register.held:
            name = vocabulary.register(register.register)
            links = ((name, f"/register/{quote(register.reader)}"),)
            begin = "Removals held, since nothing proves them"
            yield BannerLine(f"{register.held:,}", links, begin=begin)


def _list_partly(covered: Coverage) -> Iterator[BannerLine]:
    if covered.partly:
        begin = "Acts not understood, or in part"
        yield BannerLine(f"{len(covered.partly):,}", _link_acts(covered.partly), begin=begin)


def _list_gone(covered: Coverage) -> Iterator[BannerLine]:
    if covered.gone:
        begin = "Acts whose page is gone, so that nobody knows whether they still hold"
        yield BannerLine(f"{len(covered.gone):,}", _link_acts(covered.gone), begin=begin)


def _list_untaken(desk: ConsoleDesk) -> Iterator[BannerLine]:
    if untaken := desk.history(handling.count_untaken):
        links = (("Told last", "/#told"),)
        yield BannerLine(f"{untaken:,}", links, "waiting", "Events that nobody has taken")


def _link_acts(keys: "Iterator[str] | tuple[str, ...]") -> tuple[Link, ...]:
    return tuple(
        (words.name_acts([key]), f"/act/{quote(key)}") for key in list(dict.fromkeys(keys))[:NAMED]
    )
