"""Merge an act with its annexes: an annex's list is the act's, and its unread parts are named.
No I/O.
"""

import re
from collections.abc import Collection, Iterator, Sequence

from msgspec.structs import replace

from monitor import vocabulary
from monitor.model import Action, Announcement, Measure, Unread, frozen
from monitor.names.numerals import parse_number

# what an annex leaves open: it has no verb of its own
LISTING = (Action.ADD, Action.REMOVE, Action.RESTRICT)
ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4, "V": 5, "VI": 6, "VII": 7, "VIII": 8, "IX": 9, "X": 10}
WHICH = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3}|[IVX]{1,4}\b)"
# `附件1`, `附件一至三`, `Annexes I and II`; without a number it may be any.
NAMED = re.compile(
    rf"(?:附[件表]|\b(?:[Aa]nnex(?:es)?|[Aa]ppendix|[Aa]ttachments?)\b)\s*(?P<which>{WHICH})?"
)
MORE = re.compile(
    rf"\s*(?P<to>、|,|和|及|与|至|到|-|to\b|and\b)\s*+(?:附[件表]\s*+)?(?P<which>{WHICH})"
)
LEADING = re.compile(
    rf"\s*+(?:(?:附[件表]|[Aa]nnex|[Aa]ppendix|[Aa]ttachment)\s*+)?(?P<which>{WHICH})(?:\s*[.、:：．]|\s|$)"
)
ONE_PART = re.compile(
    rf"(?:附[件表]|[Aa]nnex|[Aa]ppendix)[^,，。;；]{{0,6}}?(?:第{WHICH}部分|,? [Pp]art {WHICH})"
)


@frozen
class AnnexReading:
    """The result of one annex: its partial acts, or why it could not be read."""

    title: str
    acts: tuple[Announcement, ...] = ()
    failure: str | None = None


def _list_still_unread(
    act: Announcement, parts: Sequence[AnnexReading], still_open: Collection[str] | None
) -> Iterator[Unread]:
    """List what annexes leave unread; an annex that was tried is not listed as unopened.

    `still_open` are the quotes of measures without a list; None: no annex lists anything.
    """
    tried = [part.title for part in parts if part.title]
    for unread in act.not_read:
        was_tried = unread.what == "attachment" and any(
            unread.quote in title or title in unread.quote for title in tried
        )
        is_listed = (
            unread.what in ("items", "entities")
            and still_open is not None
            and not (unread.quote and unread.quote in still_open)
        )
        if not (was_tried or is_listed):
            yield unread


def complete_with_annexes(act: Announcement, parts: Sequence[AnnexReading]) -> Announcement:
    """The act with what its annexes list, each in every measure that names it."""
    measures, reached = list(act.measures), set[int]()
    for part in parts:
        for listed in (
            measure for found in part.acts if found.key == act.key for measure in found.measures
        ):
            places = _find_receivers(act, listed, _find_number(act, part.title))
            reached.update(places)
            for place in places:
                measures[place] = _add_listed(measures[place], listed)
            if not places:
                measures.append(listed)
    still_open = None
    if reached or len(measures) > len(act.measures):
        still_open = {each.quote for place, each in enumerate(measures) if place not in reached}
    unread = (
        *_list_still_unread(act, parts, still_open),
        *(
            Unread(what="annex", why=part.failure, quote=part.title)
            for part in parts
            if part.failure
        ),
        *_list_unsplit_parts(measures[place] for place in sorted(reached)),
    )
    is_part = unread or any(found.understood == "part" for part in parts for found in part.acts)
    understood = (
        "none" if act.understood == "none" and not measures else "part" if is_part else "full"
    )
    return replace(act, measures=tuple(measures), not_read=unread, understood=understood)


def _find_receivers(act: Announcement, listed: Measure, annex: int | None) -> list[int]:
    """Find an annex's measures: those that name it, or else one decision with all its starts."""
    fit = {
        place: _list_named_annexes(measure.quote)
        for place, measure in enumerate(act.measures)
        if _can_list(measure, listed)
    }
    numbered = [place for place, numbers in fit.items() if numbers and annex in numbers]
    unnumbered = [
        place
        for place, numbers in fit.items()
        if numbers == frozenset() or (numbers and annex is None)
    ]
    naming = numbered or unnumbered
    if listed.entities:  # an act may add by one annex and remove by another
        naming = [
            place for place in naming if act.measures[place].action is listed.action
        ] or naming
    same = [
        place for place in fit if act.measures[place].action is listed.action and fit[place] is None
    ]
    if naming or not same:
        return naming
    first = act.measures[same[0]]
    return [place for place in same if _is_same_decision(act.measures[place], first)]


def _can_list(measure: Measure, listed: Measure) -> bool:
    """Return whether a measure may have an annex's list: goods or names on its register, of no
    earlier act.
    """
    register = vocabulary.current().registers.get(measure.register or "")
    is_kind = register is None or register.goods is not bool(listed.entities)
    is_on = None in (register, listed.register) or measure.register == listed.register
    names = measure.action in LISTING and not measure.amends and NAMED.search(measure.quote)
    return is_kind and is_on and bool(names or measure.action is listed.action)


def _is_same_decision(one: Measure, other: Measure) -> bool:
    return (one.register, one.amends, one.quote) == (other.register, other.amends, other.quote)


def _add_listed(measure: Measure, listed: Measure) -> Measure:
    return replace(
        measure, entities=measure.entities + listed.entities, items=measure.items + listed.items
    )


def _list_named_annexes(text: str) -> frozenset[int] | None:
    """List the annex numbers in a text; empty for an annex without a number, None for no annex."""
    found = list(NAMED.finditer(text))
    return frozenset(which for match in found for which in _run(match)) if found else None


def _run(named: re.Match[str]) -> Iterator[int]:
    """The numbers of `附件1至3` and `Annexes I and II`."""
    last = _parse_number(named["which"])
    if last is None:
        return
    yield last
    end = named.end()
    while (more := MORE.match(named.string, end)) and (value := _parse_number(more["which"])):
        yield from range(last + 1, value) if more["to"] in ("至", "到", "-", "to") else ()
        yield value
        last, end = value, more.end()


def _parse_number(which: str | None) -> int | None:
    return ROMAN.get(which) or parse_number(which) if which else None


def _find_number(act: Announcement, title: str) -> int | None:
    """Return an annex's number: its title's, or else its place among the act's files; None for a
    single one.
    """
    if leading := LEADING.match(title):
        return _parse_number(leading["which"])
    titles = [file.title for file in act.attachments]
    return titles.index(title) + 1 if len(titles) > 1 and title in titles else None


def _list_unsplit_parts(measures: Iterator[Measure]) -> Iterator[Unread]:
    """Measures on a part of an annex have all its items."""
    for measure in measures:
        if ONE_PART.search(measure.quote):
            yield Unread(
                what="items",
                why="it names a part of the annex; all items of the annex are shown",
                quote=measure.quote,
            )
