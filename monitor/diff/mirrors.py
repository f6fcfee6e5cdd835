"""One act read at two addresses → what the second says more, and in what the two contradict each other. Pure.

A page may be a translation, a summary, or read only in part: that it says less means nothing. Whom and what an act lists is held
together by names of one script, by codes and ids; where the scripts differ there is nothing to hold but the number.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import msgspec
from rapidfuzz import fuzz

from monitor.diff.things import Thing, paired, strangers, unquoted, without
from monitor.model import Action, Announcement, End, Entity, Item, Measure, Start, Target, Unread, to_json

P = TypeVar("P", Entity, Item, Target, str)
Group = tuple[Action, str | None]
GIVES = frozenset({Action.ADD, Action.RESTRICT, Action.RESUME})
TAKES = frozenset({Action.REMOVE, Action.REPEAL, Action.SUSPEND})
GROWS = ("entities", "items", "destinations", "amends", "starts", "ends")  # in which a measure can be more than it was
UNLIKE = 60  # of 100; below, two titles name different acts
LISTS = "names that the other page does not have in the same script: which of them are the same is not known"


@dataclass(frozen=True, slots=True)
class Contradiction:
    """What two addresses say differently of one act: `known` is what was known of it, `found` what the other page says."""

    what: str
    known: str
    found: str
    known_quote: str = ""
    found_quote: str = ""


@dataclass(frozen=True, slots=True)
class MirrorComparison:
    """What another address adds to an act: whether it says `more`, what it contradicts, the act as it is then known."""

    act: Announcement
    more: bool
    contradictions: tuple[Contradiction, ...] = ()


def held_against(known: Announcement, found: Announcement) -> MirrorComparison:
    """The act as `found` at an address where it had not been read, against all that is known of it."""
    act = united(known, found)
    return MirrorComparison(act, more=act.measures != known.measures, contradictions=contradictions(known, found))


def contradictions(known: Announcement, found: Announcement) -> tuple[Contradiction, ...]:
    """In what two readings can't both be right, each once."""
    every = [*_other_act(known, found), *_actions(known, found), *_days(known, found), *_disjoint(known, found)]
    return tuple(dict.fromkeys(every))


def united(known: Announcement, found: Announcement) -> Announcement:
    """What is known with all that `found` has more; what is contradicted stays as it was known."""
    if known.understood == "none" and found.measures:  # nothing of it was known but that it was published
        return msgspec.structs.replace(found, url=found.url or known.url, title=known.title)
    measures, unsure = list(known.measures), False
    for measure in found.measures:
        news = _news(measure, known, found)
        unsure = unsure or bool(news and news.unsure)
        if news:
            _take(measures, news.measure)
    if tuple(measures) == known.measures:
        return known
    remark = (Unread(what="names", why=LISTS),) if unsure else ()
    return msgspec.structs.replace(
        known,
        measures=tuple(measures),
        url=found.url or known.url,
        not_read=(*known.not_read, *(unread for unread in remark if unread not in known.not_read)),
        understood="part" if remark else known.understood,
    )


def edited(known: Announcement, last: Announcement, found: Announcement) -> Announcement:
    """What is known after the page that read `last` reads `found`: what other addresses gave stays, what this one took goes."""
    kept = tuple(left for measure in known.measures if (left := _left(measure, last, found)))
    return united(msgspec.structs.replace(found, measures=kept), found)


def _left(measure: Measure, last: Announcement, found: Announcement) -> Measure | None:
    """What is left of a known measure; None where the page that had all of it has it no more."""
    was, now = _of(last, _group(measure)), _of(found, _group(measure))
    if not was:
        return measure
    entities = _kept(measure.entities, _entities(was), _entities(now))
    items = _kept(measure.items, _items(was), _items(now))
    if not now:
        return msgspec.structs.replace(measure, entities=entities, items=items) if entities or items else None
    return msgspec.structs.replace(
        measure,
        entities=entities,
        items=items,
        destinations=_kept(measure.destinations, _places(was), _places(now)),
        amends=_kept(measure.amends, _amended(was), _amended(now)),
        starts=measure.starts if was[0].starts == now[0].starts else now[0].starts,
        ends=measure.ends if was[0].ends == now[0].ends else now[0].ends,
    )


def _kept(known: Sequence[P], was: Sequence[P], now: Sequence[P]) -> tuple[P, ...]:
    """What is known without what stood on the page and does not stand there as it did."""
    stands = [unquoted(part) for part in now]
    gone = [part for part in was if unquoted(part) not in stands]
    return tuple(without(known, gone))


@dataclass(frozen=True, slots=True)
class _News:
    """What a measure has that is not known, as a measure; `unsure` where names of different scripts were only counted."""

    measure: Measure
    unsure: bool


def _news(measure: Measure, known: Announcement, found: Announcement) -> _News | None:
    """What one of `found`'s measures has that is not known; None where that is nothing."""
    foreign, same = _foreign(known, found), _of(known, _group(measure))
    listed, unsure = _unlisted(measure, known, found)
    if not same:
        new = bool(listed.entities or listed.items)
        if not new and not _says_more(measure, known, found):
            return None
        return _News(listed if foreign or _disputed(measure, known, found) else measure, unsure)
    days = {name: _new_day(measure, same, _of(found, _group(measure)), name, foreign=foreign) for name in ("starts", "ends")}
    if any(day and _printed(same, name) for name, day in days.items()):
        return _News(measure, unsure)  # a second printed day is a second measure
    there = known.measures if foreign else same
    places = tuple(place for place in measure.destinations if place not in _places(there))
    news = msgspec.structs.replace(listed, destinations=places, amends=_untargeted(measure, there, foreign=foreign), **days)
    return _News(news, unsure) if any(getattr(news, name) for name in GROWS) else None


def _unlisted(measure: Measure, known: Announcement, found: Announcement) -> tuple[Measure, bool]:
    """The measure with only those entities and items that are not known; whether some of them were only counted.

    In a translation they may be known of a measure that is called otherwise.
    """
    group = _group(measure)
    wide = _foreign(known, found) or not _of(known, group)
    ours, theirs = known.measures if wide else _of(known, group), found.measures if wide else _of(found, group)
    entities, items = paired(_entities(theirs), _entities(ours)), paired(_items(theirs), _items(ours))
    new = {to_json(thing) for thing in (*entities.new, *items.new)}
    listed = msgspec.structs.replace(
        measure,
        entities=tuple(entity for entity in measure.entities if to_json(entity) in new),
        items=tuple(item for item in measure.items if to_json(item) in new),
    )
    return listed, entities.unsure or items.unsure


def _says_more(measure: Measure, known: Announcement, found: Announcement) -> bool:
    """Whether a measure of a kind that was not known, which lists nobody new, is one more: not where it is a translator's word
    for a known one, nor where it does to those who are known something else, for that is a contradiction.
    """
    if _disputed(measure, known, found):
        return False
    return not _foreign(known, found) or bool(_untargeted(measure, known.measures, foreign=True))


def _disputed(measure: Measure, known: Announcement, found: Announcement) -> bool:
    """Whether the two readings do not agree on what is done to the measure's register."""
    if measure.register is None or not (ours := _on(known, measure.register)):
        return False
    return any(_opposite([action], [measure.action]) for action in ours) or ours.keys().isdisjoint(_on(found, measure.register))


def _untargeted(measure: Measure, known: Sequence[Measure], *, foreign: bool) -> tuple[Target, ...]:
    """The acts, and the clauses of them, that are not known to be changed; how clauses are called is each language's own."""
    clauses: dict[str, set[str]] = {}
    for target in _amended(known):
        clauses.setdefault(target.key, set()).update(target.clauses)
    return tuple(
        target
        for target in measure.amends
        if target.key not in clauses
        or (not foreign and clauses[target.key] and not clauses[target.key].issuperset(target.clauses))
    )


def _take(measures: list[Measure], news: Measure) -> None:
    """Add what is new to the first measure of its group, or as one of its own."""
    known = next((measure for measure in measures if _group(measure) == _group(news)), None)
    if known is None or any(getattr(news, name) and _printed([known], name) for name in ("starts", "ends")):
        measures.append(news)
        return
    measures[measures.index(known)] = msgspec.structs.replace(
        known,
        entities=(*known.entities, *news.entities),
        items=(*known.items, *news.items),
        destinations=(*known.destinations, *news.destinations),
        amends=(*known.amends, *news.amends),
        starts=news.starts or known.starts,
        ends=news.ends or known.ends,
    )


def _new_day(
    measure: Measure, same: Sequence[Measure], theirs: Sequence[Measure], name: str, *, foreign: bool
) -> Start | End | None:
    """A start or an end that was not known; None also for one that is printed otherwise, which contradicts.

    One that follows from the day of publication says nothing where another does: pages of one act are published on many days.
    """
    day = getattr(measure, name)
    days = [known for other in same if (known := getattr(other, name))]
    if day is None or day.on[:10] in {known.on[:10] for known in days}:
        return None
    ours, printed = _printed(same, name), _printed(theirs, name)
    whole = not ours or not ours.keys().isdisjoint(printed)
    if day.basis != "explicit":
        whole = not foreign and ours.keys() <= printed.keys() and all(known.basis == "explicit" for known in days)
    return day if whole else None


def _days(known: Announcement, found: Announcement) -> Iterator[Contradiction]:
    for group in _groups(found):
        for name, what in (("starts", "Start"), ("ends", "End")):
            ours, theirs = _printed(_of(known, group), name), _printed(_of(found, group), name)
            if ours and theirs and ours.keys().isdisjoint(theirs):
                yield Contradiction(what, *map(", ".join, (ours, theirs)), *map(_first, (ours, theirs)))


def _printed(measures: Sequence[Measure], name: str) -> dict[str, str]:
    """The printed days of some measures, each with the words that say so."""
    days = [(getattr(measure, name), measure) for measure in measures]
    return {day.on[:10]: day.quote or measure.quote for day, measure in days if day and day.basis == "explicit"}


def _actions(known: Announcement, found: Announcement) -> Iterator[Contradiction]:
    """Another action for the same register; in a translation only the opposite one."""
    for register in dict.fromkeys(measure.register for measure in found.measures if measure.register):
        ours, theirs = _on(known, register), _on(found, register)
        if ours and ours.keys().isdisjoint(theirs) and (_opposite(ours, theirs) or not _foreign(known, found)):
            yield Contradiction(f"Action on {register}", *map(", ".join, (ours, theirs)), *map(_first, (ours, theirs)))


def _disjoint(known: Announcement, found: Announcement) -> Iterator[Contradiction]:
    """Names or items of one kind of measure of which the two have none in common."""
    for group in _groups(found):
        ours, theirs = _of(known, group), _of(found, group)
        for what, things in (("Names", _entities), ("Items", _items)):
            mine, other = things(ours), things(theirs)
            if strangers(mine, other):
                yield Contradiction(what, _names(mine), _names(other), ours[0].quote, theirs[0].quote)


def _other_act(known: Announcement, found: Announcement) -> Iterator[Contradiction]:
    """A number that was used for two acts: another title, and no kind of measure in common."""
    if not (known.measures and found.measures) or _foreign(known, found):
        return
    if _groups(known).keys().isdisjoint(_groups(found)) and fuzz.ratio(known.title, found.title) < UNLIKE:
        yield Contradiction("Act", known.title, found.title, known.measures[0].quote, found.measures[0].quote)


def _foreign(known: Announcement, found: Announcement) -> bool:
    return known.language != found.language


def _group(measure: Measure) -> Group:
    return measure.action, measure.register


def _groups(act: Announcement) -> dict[Group, None]:
    return dict.fromkeys(map(_group, act.measures))


def _of(act: Announcement, group: Group) -> list[Measure]:
    return [measure for measure in act.measures if _group(measure) == group]


def _on(act: Announcement, register: str) -> dict[Action, str]:
    return {measure.action: measure.quote for measure in act.measures if measure.register == register}


def _opposite(ours: Collection[Action], theirs: Collection[Action]) -> bool:
    return any(one.issuperset(ours) and other.issuperset(theirs) for one, other in ((GIVES, TAKES), (TAKES, GIVES)))


def _entities(measures: Sequence[Measure]) -> list[Entity]:
    return [entity for measure in measures for entity in measure.entities]


def _items(measures: Sequence[Measure]) -> list[Item]:
    return [item for measure in measures for item in measure.items]


def _places(measures: Sequence[Measure]) -> list[str]:
    return [place for measure in measures for place in measure.destinations]


def _amended(measures: Sequence[Measure]) -> list[Target]:
    return [target for measure in measures for target in measure.amends]


def _first(quoted: Mapping[Any, str]) -> str:
    return next(iter(quoted.values()), "")


def _names(things: Sequence[Thing]) -> str:
    """How many, and the first few by name."""
    first = ", ".join(next(iter(thing.names.values()), "") for thing in things[:3])
    return f"{len(things):,}: {first}{', …' if len(things) > 3 else ''}"
