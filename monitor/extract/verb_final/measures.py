"""Make the measures of an act in a verb-final language from its deeds: with the names, goods, days
and places that stand elsewhere.
"""

import re
from collections.abc import Sequence

from monitor.extract.verb_final.dates import find_end, find_start, list_later
from monitor.extract.verb_final.deeds import Deed
from monitor.extract.verb_final.headings import find_deed_above
from monitor.extract.verb_final.items import list_goods, list_goods_below, list_table_goods
from monitor.extract.verb_final.leftovers import list_uncounted
from monitor.extract.verb_final.lines import LEVEL, Line
from monitor.extract.verb_final.names import list_named
from monitor.extract.verb_final.sentences import GOODS, find_lists
from monitor.extract.verb_final.tables import list_mixed
from monitor.extract.words import Words
from monitor.model import Action, Entity, Measure, Start, Stated, Unread, tell_in_part
from monitor.vocabulary.countries import spelt
from monitor.vocabulary.forms import FORM


def make_measures(
    deeds: Sequence[Deed], lines: Sequence[Line], words: Words, title: str, published: str | None
) -> tuple[list[Measure], list[Unread]]:
    """Make a measure of each deed, and report which of its words are in none."""
    deeds = list(deeds)
    unread = _add_named(deeds, lines, words, title)
    deeds = _add_goods(deeds, lines, words)
    starts = find_start(lines, words, published, whole=True)
    ends_at = find_end(lines, words, published)
    if starts is None and not any(words.begins.search(line.text) for line in lines):
        starts = _find_start_today(deeds, words, published)
    measures, later = [], list(list_later(lines, words, published))
    for deed in deeds:
        named = list({str(entity.names): entity for entity in deed.entities}.values())
        on = _find_register(deed, lines, title, words, persons=bool(named))
        of_names = on if on not in words.as_written["of_goods"] else None
        sent = words.sent.search(deed.quote)
        unread += list_uncounted(deed, deeds, named, of_names)
        if named and deed.items and sent:
            why = "which goods they are not sent was not understood"
            unread.append(Unread("items", why, deed.quote))
        if not named and A_FIRM.search(deed.quote):
            unread.append(Unread("name", "a name was not understood", deed.quote))
        eased = deed.action in (*ENDS, Action.SUSPEND) and not (named or deed.items)
        if in_part := eased and words.in_part.search(deed.quote):
            unread.append(Unread("sentence", tell_in_part(deed.action), deed.quote))
        # who is made subject to a licence by name, on a list of names, is listed
        is_listed = deed.action is Action.RESTRICT and named and of_names and not sent
        measures.append(
            Measure(
                Action.ADD if is_listed else Action.AMEND if in_part else deed.action,
                on,
                starts=_choose_start(deed, starts, later, on, words, published),
                ends=None if deed.action in ENDS or _is_renaming(deed, deeds) else ends_at,
                destinations=find_places(deed, title, words),
                stated=Stated(entities=deed.count) if deed.count and named else None,
                entities=tuple(named),
                items=() if named or of_names else tuple(deed.items),
                quote=deed.quote,
            )
        )
    return _merge_said_again(measures), unread


def _is_renaming(deed: Deed, deeds: Sequence[Deed]) -> bool:
    """Return whether a deed only changes names beside others that have the act's end."""
    return deed.action is Action.AMEND and bool(deed.entities) and len(deeds) > 1


def _add_named(deeds: list[Deed], lines: Sequence[Line], words: Words, title: str) -> list[Unread]:
    """Give the deeds the names that stand below them in lists; return what was left of those."""
    first = min((deed.line for deed in deeds), default=-1)
    tables = list(list_mixed(lines, frozenset(deed.action for deed in deeds), words))
    mixed = {place for rows, _ in tables for place in rows}
    left = [unread for _, unread in tables]
    for place, entities in list_named(lines, words):
        if place in mixed or (place < first and all(map(_may_be_menu, entities))):
            continue
        below = find_deed_above(place, deeds, lines, words, title)
        if below:
            below.entities += entities
            deeds += [] if any(below is deed for deed in deeds) else [below]
        elif deeds:
            left.append(
                Unread("entities", "what is done to it was not understood", lines[place].raw)
            )
    return left


def _add_goods(deeds: list[Deed], lines: Sequence[Line], words: Words) -> list[Deed]:
    """The deeds with the goods that stand below them in lists."""
    unnamed = [deed for deed in deeds if not deed.entities]
    on_goods = [deed for deed in unnamed if deed.action in GOODS] or unnamed
    if on_goods and not any(deed.items for deed in deeds):
        on_goods[0].items += list_goods(lines, words) if len(on_goods) == 1 else []
        on_goods[0].items += list_table_goods(lines, words) if not on_goods[0].items else []
    for deed in on_goods:
        if not deed.items and words.goods_follow.search(deed.quote.translate(LEVEL)):
            deed.items += list_goods_below(lines[deed.line + 1 :], words)
    if any(deed.headed for deed in deeds):  # then that the list is changed says no more
        return [deed for deed in deeds if deed.entities or not deed.generic]
    return deeds


def _may_be_menu(entity: Entity) -> bool:
    """Return whether a name is one word in letters alone, as in a site's menu (`3. ENGLISH`)."""
    return list(entity.names) == ["en"] and " " not in entity.names["en"]


def _choose_start(
    deed: Deed,
    of_act: Start | None,
    later: Sequence[tuple[str, Start]],
    on: str | None,
    words: Words,
    published: str | None,
) -> Start | None:
    """The day that a deed's own sentence says, or on which the part begins that it changes; else
    that of the act, if that is not of another list.
    """
    said = Line(deed.quote, deed.quote.translate(LEVEL))
    own = [start for part, start in later if _is_on_part(said.text, part)]
    if start := find_start([said], words, published):
        own.append(start)
    whole = of_act if of_act and _is_of(of_act.quote, on, words) else None
    return next(iter(own), whole)


def _is_on_part(text: str, part: str) -> bool:
    """Return whether a sentence changes a part of an act: it names it, or is its clause `4`."""
    if part.isdecimal():
        return re.match(rf"{part}\s?[.、)]", text) is not None
    return re.search(rf"{re.escape(part)}(?![의の]?\d)", text) is not None


def _is_of(quote: str | None, on: str | None, words: Words) -> bool:
    """Return whether a sentence on a beginning names no other list than that."""
    named = find_lists(quote or "", words)
    return not named or on in named or not on


# a firm's Latin name: `Acme Optics Ltd.`
A_FIRM = re.compile(rf"[A-Z][\w&.'-]*,? {FORM}")
ENDS = (Action.REMOVE, Action.REPEAL, Action.RESUME)  # which last


def _merge_said_again(measures: Sequence[Measure]) -> list[Measure]:
    """The measures without those that say again, without names, what another one names."""
    full = [measure for measure in measures if measure.entities or measure.items]
    kept: dict[object, Measure] = {}
    for measure in measures:
        bare = not measure.entities and not measure.items and not measure.destinations
        if not (bare and any(_is_said_by(measure, other) for other in full)):
            items = [item.names for item in measure.items]
            own = str((measure.entities, items, measure.destinations, _find_start_day(measure)))
            key = (measure.action, measure.register, own)
            kept.setdefault(key, measure)
    return list(kept.values())


def _is_said_by(bare: Measure, full: Measure) -> bool:
    """Return whether a measure without names may be what one with names does: what is forbidden
    with those listed is what the list means.
    """
    alike = bare.action is full.action and (bare.register == full.register or full.entities)
    meant = bare.action is Action.RESTRICT and full.action is Action.ADD
    same_day = _find_start_day(bare) in (None, _find_start_day(full))
    return same_day and bool(alike or (meant and bare.register == full.register))


def _find_start_day(measure: Measure) -> str | None:
    return measure.starts.on if measure.starts else None


def _find_register(
    deed: Deed, lines: Sequence[Line], title: str, words: Words, *, persons: bool
) -> str | None:
    """The list that its sentence names, else the title, else the first line of the act that
    names one.
    """
    for text in (
        deed.quote.translate(LEVEL),
        title.translate(LEVEL),
        *(line.text for line in lines),
    ):
        found = [
            (match.start(), on)
            for on, called in words.table_of("lists").items()
            if (match := called.search(text))
        ]
        if named := [
            each for each in found if not (persons and each[1] in words.as_written["of_goods"])
        ]:
            return min(named)[1]
    return None


def find_places(deed: Deed, title: str, words: Words) -> tuple[str, ...]:
    """The places that its words are on, else the title; for a list of persons none."""
    if deed.entities:
        return ()
    codes = spelt(words.as_written["language"])
    for text in (deed.quote.translate(LEVEL), title.translate(LEVEL)):
        named = [
            codes[name]
            for match in words.places.finditer(text)
            for name in PLACES_APART.split(match["all"])
        ]
        if named:
            return tuple(dict.fromkeys(named))
    return ()


PLACES_APART = re.compile(r"[、,・·]\s?|及び|並びに|\s?및\s|[와과]\s")


def _find_start_today(deeds: Sequence[Deed], words: Words, published: str | None) -> Start | None:
    """The act's own day, where it says that it is done today."""
    for deed in deeds:
        if (
            published
            and words.today.search(deed.quote.translate(LEVEL))
            and deed.action is not Action.AMEND
        ):
            return Start(published, "immediate", deed.quote)
    return None
