"""Compare an act as known with the act as found. Pure."""

import hashlib
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Any

import msgspec
from msgspec.structs import replace
from rapidfuzz import fuzz

from monitor.diff.things import (
    Mark,
    P,
    Thing,
    find_unpaired,
    has_nothing_common,
    list_marks,
    pair_by_marks,
    strip_quotes,
    subtract_parts,
    unite,
)
from monitor.model import (
    Action,
    Announcement,
    End,
    Fact,
    Measure,
    Report,
    Start,
    Target,
    Unread,
    frozen,
    to_json,
)

# of an act without a number: its issuer, its day, a digest of its words
WORDED_KEY = re.compile(r"(?P<whose>.+-(?:\d{4}-\d\d-\d\d|undated))-[0-9a-f]{8}")


class ChangeKind(StrEnum):
    """How a fact differs from what was known, or what else is recorded."""

    NEW = "new"  # nobody had shown us this act
    AMENDED = "amended"  # its page was edited: the measures differ
    CORRECTED = "corrected"  # the page is the same, and our reader parses it better
    REPEATED = "repeated"  # the same act at another address, with nothing that is not known
    EXTENDED = "extended"  # another address states more of the act than was known
    DISPUTED = "disputed"  # another address contradicts what was known
    # a person completed or corrected what was read of it, or should look again
    REVIEWED = "reviewed"
    REPORTED = "reported"  # a report, or an official reply that only repeats an act
    ALTERNATES = "alternates"  # the page alternates between reported texts: no new report
    EDITION = "edition"  # a register has a new edition with other rows
    REMINDER = "reminder"  # a day came on which the law changes and no page does
    PAGE = "page"  # a watched page has other words, which are no act
    WATCH = "watch"  # a changed watch list touches what was listed before
    LISTED = "listed"  # a page that is listed can't be read
    WITHDRAWN = "withdrawn"  # a reported act is no longer published


@frozen
class Compared:
    """The difference between a fact and what was known. `act` is the act as known now, None if
    unchanged.
    """

    kind: ChangeKind
    act: Announcement | None = None


def compare(
    found: Announcement | Report,
    *,
    known: Announcement | None,
    last: Announcement | Report | None,
    then: Announcement | None = None,
    elsewhere: Sequence[Announcement] = (),
    ours: Collection[Thing] = (),
) -> Compared | None:
    """Compare `found` with what was known; None if it is nothing new.

    `known` is the act with this key, from any address. `last` is the last reading of this act or
    report at the same address, `elsewhere` those at others. `then` is today's reading of the bytes
    of `last`, which tells an edited page from a better reader. `ours` are the watch-list matches of
    `found` that nothing known has.
    """
    if isinstance(found, Report):
        return None if last else Compared(ChangeKind.REPORTED)
    if known is None:
        return Compared(ChangeKind.NEW, found)
    if not isinstance(last, Announcement):
        return _compare_elsewhere(found, known, elsewhere, ours)
    meant = extract_substance(found)
    if meant == extract_substance(last):
        return None
    # Facts that only other addresses have stay.
    alone = extract_substance(known) == extract_substance(last)
    act = found if alone else apply_edit(known, last, found)
    if not alone and extract_substance(act) == extract_substance(known):
        return Compared(ChangeKind.REPEATED)
    better = then is not None and meant == extract_substance(then)
    return Compared(ChangeKind.CORRECTED if better else ChangeKind.AMENDED, act)


def _compare_elsewhere(
    found: Announcement,
    known: Announcement,
    readings: Sequence[Announcement],
    ours: Collection[Thing],
) -> Compared:
    """Compare the act at a new address: known, more, or a contradiction."""
    if extract_substance(found) in map(extract_substance, readings):
        return Compared(ChangeKind.REPEATED)
    act = _add_ours(unite_readings(known, found), found, ours)
    if list_contradictions(known, found):
        return Compared(ChangeKind.DISPUTED, act)
    return (
        Compared(ChangeKind.EXTENDED, act)
        if act.measures != known.measures
        else Compared(ChangeKind.REPEATED)
    )


def keep_keys(found: Sequence[Fact], last: Sequence[Announcement]) -> list[Fact]:
    """Give an edited act of a page the key of its `last` reading. Without a number its key is made
    of its words: edited, it would be a new act beside the old one.
    """
    acts = [fact for fact in found if isinstance(fact, Announcement)]
    known, read = {act.key for act in last}, {act.key for act in acts}
    new = [act for act in acts if act.key not in known]
    old = [act for act in last if act.key not in read]
    edited = {
        act.key: before[0].key
        for act in new
        if len(before := [other for other in old if _is_same_act(act, other)]) == 1
        and sum(_is_same_act(other, before[0]) for other in new) == 1
    }
    return [
        fact.replace(key=edited[fact.key])
        if isinstance(fact, Announcement) and fact.key in edited
        else fact
        for fact in found
    ]


def _is_same_act(act: Announcement, other: Announcement) -> bool:
    """Return whether two acts without a number are of one issuer and day, and called alike."""
    one, two = WORDED_KEY.fullmatch(act.key), WORDED_KEY.fullmatch(other.key)
    return (
        one is not None
        and two is not None
        and one["whose"] == two["whose"]
        and fuzz.ratio(act.title, other.title) >= UNLIKE
    )


def extract_substance(act: Announcement) -> bytes:
    """Return an act's substance without words and order: equal substance is the same law. Of an
    unparsed act only a sentence is known: another sentence may be another law.
    """
    if act.understood == "none":
        return msgspec.json.encode([" ".join(unread.quote.split()) for unread in act.not_read])
    return msgspec.json.encode(_sort_values(_remove_quotes(msgspec.to_builtins(act.measures))))


def hash_substance(act: Announcement) -> str:
    """Return the hash of an act's substance."""
    return hashlib.blake2b(extract_substance(act), digest_size=16).hexdigest()


def _remove_quotes(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _remove_quotes(part) for key, part in value.items() if key != "quote"}
    if isinstance(value, list | tuple):
        return [_remove_quotes(part) for part in value]
    return " ".join(value.split()) if isinstance(value, str) else value


def _sort_values(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _sort_values(value[key]) for key in sorted(value)}
    if isinstance(value, list):
        return sorted((_sort_values(part) for part in value), key=msgspec.json.encode)
    return value


# Compare one act's readings at two addresses: additions and contradictions. No I/O. A page may be a
# translation, a summary, or partly read: a shorter one means nothing. Subjects are compared by
# names of one script, codes and ids, and keep the names of all pages. With different scripts only
# their number can be compared.

Group = tuple[Action, str | None]
GIVES = frozenset({Action.ADD, Action.RESTRICT, Action.RESUME})
TAKES = frozenset({Action.REMOVE, Action.REPEAL, Action.SUSPEND})
THINGS = ("entities", "items")
# in which a measure can be more than it was
LISTED, DAYS = (*THINGS, "destinations", "amends"), ("starts", "ends")
UNLIKE = 60  # of 100; below, two titles name different acts
LISTS = (
    "names that the other page does not have in the same script: which of them are the same is not"
    " known"
)


@frozen
class Contradiction:
    """The differences of two addresses on one act: `known` is what was known, `found` the other
    page.
    """

    what: str
    known: str
    found: str
    known_quote: str = ""
    found_quote: str = ""


def list_contradictions(known: Announcement, found: Announcement) -> tuple[Contradiction, ...]:
    """List the contradictions of two readings, each once."""
    every = [
        *_compare_titles(known, found),
        *_compare_actions(known, found),
        *_compare_days(known, found),
        *_compare_lists(known, found),
    ]
    return tuple(dict.fromkeys(every))


def unite_readings(known: Announcement, found: Announcement) -> Announcement:
    """Add what `found` has more to the known; a contradiction leaves it as known."""
    # nothing of it was known but that it was published
    if known.understood == "none" and found.measures:
        return replace(found, url=found.url or known.url, title=known.title)
    measures, unsure = [_merge_names(measure, found) for measure in known.measures], False
    for measure in found.measures:
        news, counted = _find_news(measure, known, found)
        unsure = unsure or counted
        if news:
            _take(measures, news)
    if tuple(measures) == known.measures:
        return known
    act = replace(known, measures=tuple(measures), url=found.url or known.url)
    return _add_doubt(act) if unsure else act


def _add_doubt(act: Announcement) -> Announcement:
    """The act with the remark that some of its names may be the same."""
    remark = Unread(what="names", why=LISTS)
    not_read = act.not_read if remark in act.not_read else (*act.not_read, remark)
    return replace(act, not_read=not_read, understood="part")


def _add_ours(act: Announcement, found: Announcement, ours: Collection[Thing]) -> Announcement:
    """Add those of `ours` with unknown names to the act: a translated name may equal no known
    one.
    """
    measures = list(act.measures)
    for measure in found.measures if ours else ():
        listed = {}
        for name in THINGS:
            new, _, _ = pair_by_marks(
                [one for one in getattr(measure, name) if one in ours],
                _collect_listed(measures, name),
            )
            listed[name] = tuple(new)
        if any(listed.values()):
            _take(
                measures,
                replace(measure, destinations=(), amends=(), starts=None, ends=None, **listed),
            )
    if tuple(measures) == act.measures:
        return act
    return _add_doubt(replace(act, measures=tuple(measures), url=found.url or act.url))


def _merge_names(measure: Measure, found: Announcement, said: Collection[Mark] = ()) -> Measure:
    """Merge the measure's names, codes and ids, without those in `said`, which `found` uses."""
    there = _list_measures_of(found, _group(measure)) or found.measures
    listed = {}
    for name in THINGS:
        known = getattr(measure, name)
        same = {
            id(one): other for one, other in find_unpaired(_collect_listed(there, name), known).same
        }
        listed[name] = tuple(
            unite(one, same[id(one)], said) if id(one) in same else one for one in known
        )
    return replace(measure, **listed)


def apply_edit(known: Announcement, last: Announcement, found: Announcement) -> Announcement:
    """Update the known act after a page with the reading `last` reads `found`: other addresses'
    facts stay, this one's removals apply.
    """
    kept = tuple(left for measure in known.measures if (left := _remove_gone(measure, last, found)))
    act = unite_readings(replace(found, measures=kept), found)
    said = {
        mark
        for name in THINGS
        for thing in _collect_listed(last.measures, name)
        for mark in list_marks(thing, every=True)
    }
    return replace(
        act, measures=tuple(_merge_names(measure, known, said) for measure in act.measures)
    )


def _remove_gone(measure: Measure, last: Announcement, found: Announcement) -> Measure | None:
    """Return what is left of a known measure; None if the page that stated it lacks it now."""
    was, now = _list_measures_of(last, _group(measure)), _list_measures_of(found, _group(measure))
    if not was:
        return measure
    kept = {
        name: _keep_known(
            getattr(measure, name), _collect_listed(was, name), _collect_listed(now, name)
        )
        for name in LISTED
    }
    if not now:
        entities, items = kept["entities"], kept["items"]
        return replace(measure, entities=entities, items=items) if entities or items else None
    days = {
        name: getattr(measure if getattr(was[0], name) == getattr(now[0], name) else now[0], name)
        for name in DAYS
    }
    return replace(measure, **kept, **days)


def _keep_known(known: Sequence[P], was: Sequence[P], now: Sequence[P]) -> tuple[P, ...]:
    """Remove from the known what was on the page and is no longer there in that form."""
    stands = [strip_quotes(part) for part in now]
    gone = [part for part in was if strip_quotes(part) not in stands]
    return tuple(subtract_parts(known, gone))


def find_lost(before: Announcement, after: Announcement) -> list[Thing]:
    """List the names and goods that an edit of an act's page took away."""
    return [
        thing
        for name in THINGS
        for thing in find_unpaired(
            _collect_listed(before.measures, name), _collect_listed(after.measures, name)
        ).new
    ]


def loses_or_moves(before: Announcement, after: Announcement) -> bool:
    """Return whether an edit took a name or goods away, or moved a last day."""
    was, now = ({of.ends.on for of in act.measures if of.ends} for act in (before, after))
    return was != now or bool(find_lost(before, after))


def _find_news(
    measure: Measure, known: Announcement, found: Announcement
) -> tuple[Measure | None, bool]:
    """Return the unknown part of `found`'s measure, as a measure (None: nothing), and whether names
    of different scripts were only counted.
    """
    foreign, same = _is_foreign(known, found), _list_measures_of(known, _group(measure))
    listed, unsure = _remove_listed(measure, known, found)
    if not same:
        disputed = _is_disputed(measure, known, found)
        # An unknown kind of measure is one more. It is not if it translates a known one. If it does
        # something else to known subjects, it is a contradiction.
        no_kind = disputed or (
            foreign and not _list_new_targets(measure, known.measures, foreign=True)
        )
        if no_kind and not (listed.entities or listed.items):
            return None, False
        return listed if foreign or disputed else measure, unsure
    theirs = _list_measures_of(found, _group(measure))
    days = {name: _find_new_day(measure, same, theirs, name, foreign=foreign) for name in DAYS}
    if any(day and _map_printed_days(same, name) for name, day in days.items()):
        return measure, unsure  # a second printed day is a second measure
    there = known.measures if foreign else same
    listed_places = _collect_listed(there, "destinations")
    places = tuple(place for place in measure.destinations if place not in listed_places)
    news = replace(
        listed,
        destinations=places,
        amends=_list_new_targets(measure, there, foreign=foreign),
        **days,
    )
    has_any = any(getattr(news, name) for name in (*LISTED, *DAYS))
    return (news, unsure) if has_any else (None, False)


def _remove_listed(
    measure: Measure, known: Announcement, found: Announcement
) -> tuple[Measure, bool]:
    """The measure with only those entities and items that are not known; whether some of them were
    only counted.

    In a translation they may be known of a measure that is called otherwise.
    """
    group = _group(measure)
    wide = _is_foreign(known, found) or not _list_measures_of(known, group)
    ours, theirs = (
        known.measures if wide else _list_measures_of(known, group),
        found.measures if wide else _list_measures_of(found, group),
    )
    things = {
        name: find_unpaired(_collect_listed(theirs, name), _collect_listed(ours, name))
        for name in THINGS
    }
    new = {name: set(map(to_json, unpaired.new)) for name, unpaired in things.items()}
    left = {
        name: tuple(one for one in getattr(measure, name) if to_json(one) in new[name])
        for name in new
    }
    return replace(measure, **left), any(unpaired.unsure for unpaired in things.values())


def _is_disputed(measure: Measure, known: Announcement, found: Announcement) -> bool:
    """Return whether the two readings disagree on the action on the measure's register."""
    if measure.register is None or not (ours := _map_actions(known, measure.register)):
        return False
    return any(
        _is_opposite([action], [measure.action]) for action in ours
    ) or ours.keys().isdisjoint(_map_actions(found, measure.register))


def _list_new_targets(
    measure: Measure, known: Sequence[Measure], *, foreign: bool
) -> tuple[Target, ...]:
    """List the acts and clauses without a known change; each language has its own names of
    clauses.
    """
    clauses: dict[str, set[str]] = {}
    for target in _collect_listed(known, "amends"):
        clauses.setdefault(target.key, set()).update(target.clauses)
    return tuple(
        target
        for target in measure.amends
        if target.key not in clauses
        or (
            not foreign
            and clauses[target.key]
            and not clauses[target.key].issuperset(target.clauses)
        )
    )


def _take(measures: list[Measure], news: Measure) -> None:
    """Add what is new to the first measure of its group, or as one of its own."""
    known = next((measure for measure in measures if _group(measure) == _group(news)), None)
    if known is None or any(
        getattr(news, name) and _map_printed_days([known], name) for name in DAYS
    ):
        measures.append(news)
        return
    listed = {name: (*getattr(known, name), *getattr(news, name)) for name in LISTED}
    days = {name: getattr(news, name) or getattr(known, name) for name in DAYS}
    measures[measures.index(known)] = replace(known, **listed, **days)


def _find_new_day(
    measure: Measure,
    same: Sequence[Measure],
    theirs: Sequence[Measure],
    name: str,
    *,
    foreign: bool,
) -> Start | End | None:
    """Return an unknown start or end; None also for a different printed one, which contradicts.

    A day that follows from the publication does not count against another: pages of one act have
    many days of publication.
    """
    day = getattr(measure, name)
    days = [known for other in same if (known := getattr(other, name))]
    if day is None or day.on[:10] in {known.on[:10] for known in days}:
        return None
    ours, printed = _map_printed_days(same, name), _map_printed_days(theirs, name)
    whole = not ours or not ours.keys().isdisjoint(printed)
    if day.basis != "explicit":
        whole = (
            not foreign
            and ours.keys() <= printed.keys()
            and all(known.basis == "explicit" for known in days)
        )
    return day if whole else None


def _compare_days(known: Announcement, found: Announcement) -> Iterator[Contradiction]:
    for group in _list_groups(found):
        for name, what in (("starts", "Start"), ("ends", "End")):
            ours, theirs = (
                _map_printed_days(_list_measures_of(known, group), name),
                _map_printed_days(_list_measures_of(found, group), name),
            )
            if ours and theirs and ours.keys().isdisjoint(theirs):
                yield _make_contradiction(what, ours, theirs)


def _make_contradiction(
    what: str, ours: Mapping[Any, str], theirs: Mapping[Any, str]
) -> Contradiction:
    """Return both readings' statements, and their first words for them."""
    return Contradiction(
        what,
        ", ".join(ours),
        ", ".join(theirs),
        next(iter(ours.values())),
        next(iter(theirs.values())),
    )


def _map_printed_days(measures: Sequence[Measure], name: str) -> dict[str, str]:
    """Map the printed days of some measures to their words."""
    days = [(getattr(measure, name), measure) for measure in measures]
    return {
        day.on[:10]: day.quote or measure.quote
        for day, measure in days
        if day and day.basis == "explicit"
    }


def _compare_actions(known: Announcement, found: Announcement) -> Iterator[Contradiction]:
    """Another action for the same register; in a translation only the opposite one."""
    for register in dict.fromkeys(
        measure.register for measure in found.measures if measure.register
    ):
        ours, theirs = _map_actions(known, register), _map_actions(found, register)
        if (
            ours
            and ours.keys().isdisjoint(theirs)
            and (_is_opposite(ours, theirs) or not _is_foreign(known, found))
        ):
            yield _make_contradiction(f"Action on {register}", ours, theirs)


def _compare_lists(known: Announcement, found: Announcement) -> Iterator[Contradiction]:
    """Find kinds of measures whose two lists of names or items have nothing in common."""
    for group in _list_groups(found):
        ours, theirs = _list_measures_of(known, group), _list_measures_of(found, group)
        for what, name in (("Names", "entities"), ("Items", "items")):
            mine, other = _collect_listed(ours, name), _collect_listed(theirs, name)
            if has_nothing_common(mine, other):
                yield Contradiction(
                    what, _name_first(mine), _name_first(other), ours[0].quote, theirs[0].quote
                )


def _compare_titles(known: Announcement, found: Announcement) -> Iterator[Contradiction]:
    """A number that was used for two acts: another title, and no kind of measure in common."""
    if not (known.measures and found.measures) or _is_foreign(known, found):
        return
    if (
        _list_groups(known).keys().isdisjoint(_list_groups(found))
        and fuzz.ratio(known.title, found.title) < UNLIKE
    ):
        yield Contradiction(
            "Act", known.title, found.title, known.measures[0].quote, found.measures[0].quote
        )


def _is_foreign(known: Announcement, found: Announcement) -> bool:
    return known.language != found.language


def _group(measure: Measure) -> Group:
    return measure.action, measure.register


def _list_groups(act: Announcement) -> dict[Group, None]:
    return dict.fromkeys(map(_group, act.measures))


def _list_measures_of(act: Announcement, group: Group) -> list[Measure]:
    return [measure for measure in act.measures if _group(measure) == group]


def _map_actions(act: Announcement, register: str) -> dict[Action, str]:
    return {
        measure.action: measure.quote for measure in act.measures if measure.register == register
    }


def _is_opposite(ours: Collection[Action], theirs: Collection[Action]) -> bool:
    return any(
        one.issuperset(ours) and other.issuperset(theirs)
        for one, other in ((GIVES, TAKES), (TAKES, GIVES))
    )


def _collect_listed(measures: Sequence[Measure], name: str) -> list[Any]:
    """Return the lists of some measures under a name of `LISTED`."""
    return [one for measure in measures for one in getattr(measure, name)]


def _name_first(things: Sequence[Thing]) -> str:
    """Return the number, and the first few by name."""
    first = ", ".join(next(iter(thing.names.values()), "") for thing in things[:3])
    return f"{len(things):,}: {first}{', …' if len(things) > 3 else ''}"
