"""Search owners of names: find those that may be the queried one, with reasons. Pure."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, Literal, NamedTuple, TypeVar

from monitor.model import Entity, Item
from monitor.names.alignment import DOUBT, How
from monitor.names.candidates import Candidates, Index, Shelf, Spelling
from monitor.names.likeness import (
    BRANCH_ABROAD,
    SHORT_NAME,
    compare_names,
    find_lone_word,
    list_two_words,
    rate_branch,
)
from monitor.names.name import ACRONYM, read_name, split_names
from monitor.names.name import Kind as WordKind
from monitor.names.numbers import (
    OF_A_COURT,
    PASSPORT,
    SURE,
    find_contradiction,
    normalize_number,
)
from monitor.names.several import find_parts
from monitor.vocabulary.countries import CHINA
from monitor.watch.entries import Party, is_minority
from monitor.watch.mentions import find_named_firms
from monitor.watch.ownership import hold_together

T = TypeVar("T")
Kind = (
    How
    | Literal[
        "alias",
        "id",
        "former",
        "named",
        "parent",
        "member",
        "sister",
        "remark",
        "HS",
        "control-code",
        "material",
    ]
)
ELSEWHERE, ELSEWHERE_AND_ALIKE = 0.97, 0.93  # both sides name a country, and another one
ELSEWHERE_AND_MORE, SURE_ABROAD = 0.88, 0.80  # and one of them has a trade or place more
# one core name in two countries is two firms as often as one: a person has to look
SAME_CORE_ABROAD = 0.84
# two as often as one: a short number of two countries, an LEI that differs (a group's firms are
# called alike), a firm called as a person or a ship is, an alias of a few letters
AS_OFTEN_TWO = 0.80
MINORITY = 0.80  # an owner of less than half
# what an owner's name is to the party, by the owner's share
PARENT_PART = "parent part"  # what may be an owner by itself, of several in a cell
PARENTS = frozenset({"parent", "minority", PARENT_PART})
REMARK = "remark"  # a name that stands in a remark alone
NAMED: Final = "named"  # a firm that listed goods name
FORMER = "former"  # a name that its row of a register bears no more
GROUP = "group"  # what initials in brackets behind an institute with a number are
INITIALS = "initials"  # an alias that is made of letters of another name of the same owner
PART, FRAGMENT = "part", "fragment"  # a firm of several in a cell; what may be none
OF_SEVERAL = frozenset({PART, FRAGMENT})
FRAGMENT_FROM, FRAGMENT_ALONE = 0.85, 0.84
REMARK_ALONE = 0.84
ALIASES = frozenset({"alias", INITIALS, FORMER})
TRADES = frozenset({WordKind.COMMON, WordKind.SOFT})
GROUP_ALONE, FEW_LETTERS = 0.75, 3


class Hit(NamedTuple):
    """One owner in an index, found by one of its names; `ours` is the name of our side that it was
    found by.

    `minor` says that a party's owner of less than half ties them; `alike` is the score without
    that.
    """

    score: float
    kind: Kind
    reason: str
    ours: str = ""
    alike: float = 0.0
    minor: bool = False


NO_HIT = Hit(0.0, "fuzzy", "")


class Names(NamedTuple):
    """The names of one side, with what tells it from others.

    `owners` are numbers of its owners. `initials`: it may go by its initials; ships and persons do
    not. `seats` are the countries that have one of its legal forms.
    """

    spelt: tuple[tuple[str, str], ...]
    ids: frozenset[str]
    country: str | None
    person: bool
    initials: bool
    owners: frozenset[str] = frozenset()
    passports: frozenset[str] = frozenset()
    seats: frozenset[str] = frozenset()


class Called(NamedTuple):
    """One name of a subject, its role, and the subject's other names."""

    text: str
    role: str
    of: Names


def make_subject_names(subject: Entity | Item) -> Names:
    """A listed entity; its `parent` is the group it is a member of. Of goods, whom they name."""
    if isinstance(subject, Item):
        named = tuple((name, NAMED) for name in dict.fromkeys(find_named_firms(subject)))
        return Names(named, frozenset(), None, person=False, initials=True)
    spelt = [(name, "name") for name in subject.names.values()] + [
        (alias, "alias") for alias in subject.aliases
    ]
    others = [(subject.parent, "parent")] if subject.parent else []
    others += [(name, FORMER) for name in subject.former]
    return Names(
        spelt=_split_spellings(spelt + others),
        ids=_normalize_numbers(subject.ids.values()),
        country=subject.country,
        person=subject.kind == "person",
        initials=subject.kind in ("org", "other"),
        passports=_normalize_numbers(
            number for kind, number in subject.ids.items() if PASSPORT.search(kind)
        ),
        seats=_collect_seats(spelt),
    )


def make_party_names(party: Party) -> Names:
    """An entry of the watch list, and who owns it."""
    spelt = [(party.name, "name")] + [(alias, "alias") for alias in party.aliases]
    seats = _collect_seats(spelt)
    spelt += [(name, REMARK) for name in party.remarked]
    spelt += [
        (part.name, PART if part.is_sure else FRAGMENT)
        for name, role in spelt
        for part in (find_parts(name) if role != REMARK else ())
    ]
    owners = party.all_owners
    for owner in owners:
        is_small = is_minority(hold_together(party, (owner.name,)).share)
        role = "minority" if is_small else "parent"
        spelt.append((owner.name, role))
        for part in find_parts(owner.name):
            spelt.append((part.name, role if is_small or part.is_sure else PARENT_PART))
    return Names(
        spelt=_split_spellings(spelt),
        ids=_normalize_numbers(party.ids),
        country=party.country,
        person=party.person,
        initials=not party.person,
        owners=_normalize_numbers(identifier for owner in owners for identifier in owner.ids),
        passports=_normalize_numbers(filter(PASSPORT.search, party.ids)),
        seats=seats,
    )


def _collect_seats(spelt: Sequence[tuple[str, str]]) -> frozenset[str]:
    """Collect the countries of the legal forms of a subject with several names."""
    names = [name for name, _ in spelt] if len(spelt) > 1 else []
    return frozenset(
        country for name in names for form in read_name(name).forms for country in form.countries
    )


def _split_spellings(spelt: list[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Each name with what it is; the second in one cell is an alias: `X (Y)` has the alias Y."""
    called = dict.fromkeys(
        (name, _choose_role(name, text, role) if place else role)
        for text, role in spelt
        for place, name in enumerate(split_names(text))
    )
    wholes = [read_name(name).whole for name, _ in called if " " in name]
    return tuple(
        (name, INITIALS if role == "alias" and _is_short_for_any(name, wholes) else role)
        for name, role in called
    )


def _is_short_for_any(alias: str, wholes: Iterable[str]) -> bool:
    """Return whether a word may abbreviate another name of its owner, which has its letters in
    order.
    """
    short = read_name(alias)
    if len(short.words) != 1 or short.cjk:
        return False
    return any(_has_in_order(short.joined, whole) for whole in wholes if whole != short.whole)


def _has_in_order(letters: str, whole: str) -> bool:
    rest = iter(whole)
    return all(letter in rest for letter in letters)


def _choose_role(inner: str, whole: str, role: str) -> str:
    """Return the role of a further name in a cell: an alias, or the initials of a numbered
    institute's group.
    """
    if role not in ("name", "alias"):
        return role
    numbered = any(word.kind is WordKind.NUMBER for word in read_name(split_names(whole)[0]).words)
    return GROUP if numbered and ACRONYM.fullmatch(inner) else "alias"


def _normalize_numbers(written: Iterable[str]) -> frozenset[str]:
    return frozenset(filter(None, map(normalize_number, written)))


def _rank_hit(hit: Hit) -> tuple[float, float]:
    """Rank a hit by its score; of two minority owners, the one with the surer name."""
    return hit.score, hit.alike * hit.minor


class Owners(ABC):
    """Owners of names by their numbers, searchable, wherever they are kept."""

    index: Candidates  # their names

    @abstractmethod
    def spellings(self, numbers: Sequence[int]) -> Sequence[Spelling]:
        """The names of these numbers of the index."""

    @abstractmethod
    def about(self, owner: int) -> Names:
        """Return the names and marks of an owner; its names may be missing."""

    @abstractmethod
    def under(self, mark: str) -> Sequence[int]:
        """The owners of names that have this number as their own."""

    @abstractmethod
    def owned_under(self, mark: str) -> Sequence[int]:
        """List those whose owner has this number."""

    def hits(self, asked: Names, least: float, *, listed: bool) -> Iterator[tuple[int, Hit]]:
        """Find each owner that may be the queried one, by its best name. `listed`: the query is an
        authority's entry.
        """
        best: dict[int, Hit] = {}
        by_name = (
            (spelling.owner, self._hit(asked, text, role, spelling, listed=listed))
            for text, role in asked.spelt
            for spelling in self.spellings(self.index.candidates(text, person=asked.person))
        )
        for owner, hit in (*self._by_number(asked, listed=listed), *by_name):
            if max(hit.score, hit.alike) >= least and _rank_hit(hit) > _rank_hit(
                best.get(owner, NO_HIT)
            ):
                best[owner] = hit
        yield from best.items()

    def _by_number(self, asked: Names, *, listed: bool) -> Iterator[tuple[int, Hit]]:
        for mark in sorted(asked.ids):
            for owner in self.under(mark):
                theirs, ours = _order_sides(asked.country, self.about(owner).country, listed=listed)
                elsewhere = len(mark) < SURE and _is_elsewhere(theirs, ours)
                also = f", in another country ({theirs}, {ours})" if elsewhere else ""
                if not elsewhere and OF_A_COURT.fullmatch(mark):
                    also = ", which another court may have given to another firm"
                score = AS_OFTEN_TWO if also else 1.0
                yield owner, Hit(score, "id", f"the same number {mark}{also}")
            for owner in self.owned_under(mark):
                yield (
                    owner,
                    Hit(1.0, "parent", f"the same number {mark} as an owner of our entry", mark),
                )
        for mark in sorted(asked.owners):
            for owner in self.under(mark):
                kind: Kind = "member" if listed else "parent"
                yield (
                    owner,
                    Hit(
                        1.0,
                        kind,
                        f"the same number {mark} as an owner of {'it' if listed else 'our entry'}",
                        mark,
                    ),
                )

    def _hit(self, asked: Names, text: str, role: str, spelling: Spelling, *, listed: bool) -> Hit:
        names = _order_sides(read_name(text), read_name(spelling.text), listed=listed)
        person = asked.person or spelling.person
        alike = compare_names(*names, person=person)
        if alike.score < BRANCH_ABROAD and not person:
            alike = max(alike, rate_branch(*names), key=lambda one: one.score)
        if not alike.score:  # most candidates: their owners need not be loaded
            return NO_HIT
        theirs, ours = _order_sides(
            Called(text, role, asked),
            Called(spelling.text, spelling.role, self.about(spelling.owner)),
            listed=listed,
        )
        score, reasons = alike.score, list(alike.reasons)
        for lower in LOWERED_BY:
            score, reason = lower(score, alike.how, theirs, ours)
            reasons += filter(None, [reason])
        if not score:
            return NO_HIT
        minor, score = "minority" in (role, spelling.role), round(score, 3)
        kind, reason = _describe_match(alike.how, theirs, ours, reasons)
        return Hit(min(score, MINORITY) if minor else score, kind, reason, ours.text, score, minor)


class Parties(Owners):
    """Owners of names in memory: the entries of a watch list, or all that a list names."""

    def __init__(self, known_by: Iterable[Names], shelf: Shelf | None = None) -> None:
        self._about: list[Names] = []
        self._ids: dict[str, list[int]] = {}
        self._owned: dict[str, list[int]] = {}
        self.index: Index = Index(self._spellings(known_by), shelf)

    def _spellings(self, known_by: Iterable[Names]) -> Iterator[Spelling]:
        alike: dict[Names, Names] = {}  # of a million most are the same, and one is enough
        for owner, names_of in enumerate(known_by):
            known = names_of._replace(spelt=(), owners=frozenset())
            self._about.append(alike.setdefault(known, known))
            for mark in names_of.ids:
                self._ids.setdefault(mark, []).append(owner)
            for mark in names_of.owners:
                self._owned.setdefault(mark, []).append(owner)
            yield from (
                Spelling(owner, text, role, names_of.person) for text, role in names_of.spelt
            )

    def spellings(self, numbers: Sequence[int]) -> Sequence[Spelling]:
        return [self.index.spelt[number] for number in numbers]

    def about(self, owner: int) -> Names:
        return self._about[owner]

    def under(self, mark: str) -> Sequence[int]:
        return self._ids.get(mark, ())

    def owned_under(self, mark: str) -> Sequence[int]:
        return self._owned.get(mark, ())


# What makes a likeness of two names less sure: each takes the score and gives the new one, 0 where
# they are two, with the reason.
Lowered = tuple[float, str]


def _limit_by_form(score: float, how: How, theirs: Called, ours: Called) -> Lowered:
    form = _describe_foreign_form(theirs, ours)
    if not form or how == "exact":
        return score, ""
    if how == "acronym":
        return 0.0, ""
    return min(score * ELSEWHERE_AND_ALIKE, SAME_CORE_ABROAD), form


def _limit_by_seat(score: float, how: How, theirs: Called, ours: Called) -> Lowered:
    """Limit the score of two legal forms of different countries.

    They may be two languages of a third country, or forms of different names of one firm.
    """
    one, other = _find_seats(theirs), _find_seats(ours)
    both, at = one & other, {theirs.of.country, ours.of.country}
    is_one = not one or not other or one <= other or other <= one
    if (
        score <= SAME_CORE_ABROAD
        or how == "exact"
        or is_one
        or len(both) > 1
        or both & at
        or not _is_strict(theirs, ours)
    ):
        return score, ""
    return min(score, SAME_CORE_ABROAD), "legal forms of two countries"


def _find_seats(called: Called) -> frozenset[str]:
    """Find the countries of a name's legal form; for a form of any country, those of its owner's
    names.
    """
    forms = read_name(called.text).forms
    stated = frozenset(country for form in forms for country in form.countries)
    return stated or (called.of.seats if forms else stated)


def _is_strict(*called: Called) -> bool:
    """Return whether one of them has a legal form that is no translation."""
    forms = (form for one in called for form in read_name(one.text).forms)
    return any(form.countries and not form.loose for form in forms)


def _limit_by_trade(score: float, how: How, theirs: Called, ours: Called) -> Lowered:
    """Limit words of trade alone (Industrial Solutions), if one country is not on record."""
    kinds = {word.kind for one in (theirs, ours) for word in read_name(one.text).words}
    is_known = bool(theirs.of.country) == bool(ours.of.country)
    is_bare = _is_strict(theirs) != _is_strict(ours)
    if score <= SAME_CORE_ABROAD or how == "exact" or is_known or not (is_bare and kinds <= TRADES):
        return score, ""
    return SAME_CORE_ABROAD, "words of trade alone, and one country is not on record"


def _limit_by_group(score: float, _: How, theirs: Called, ours: Called) -> Lowered:
    """Reject a name with more words than a group's: it is a firm of the group, not its head."""
    group, mine = ({word.text for word in read_name(one.text).words} for one in (theirs, ours))
    is_branch = theirs.role in PARENTS and ours.role not in PARENTS and group < mine
    return (0.0 if is_branch else score), ""


def _limit_by_head(score: float, how: How, theirs: Called, ours: Called) -> Lowered:
    """Limit a firm with one country's legal form and the group's name: it is often not the head."""
    forms = read_name(ours.text).forms
    is_branch = any(form.countries and not form.loose for form in forms)
    if theirs.role not in PARENTS or ours.role in PARENTS or how == "exact" or not is_branch:
        return score, ""
    if any(form.countries for form in read_name(theirs.text).forms):
        return score, ""  # the two forms are compared
    return min(score, SAME_CORE_ABROAD), "a legal form that the group's name does not have"


def _limit_by_lone_word(score: float, _: How, theirs: Called, ours: Called) -> Lowered:
    """A listed word alone (an alias Orion) beside ours with another: half the world's; and a word
    of ours beside a person or a ship.
    """
    listed, own = read_name(theirs.text), read_name(ours.text)
    if score > SHORT_NAME:  # alike in more than that word
        return score, ""
    if find_lone_word(listed) in list_two_words(own):
        return 0.0, ""
    is_group = find_lone_word(own) in list_two_words(listed)
    is_firm = theirs.of.initials and ours.of.initials and theirs.role not in PARENTS
    return (score if is_firm or not is_group else 0.0), ""


def _limit_by_remark(score: float, _: How, theirs: Called, ours: Called) -> Lowered:
    if REMARK not in (theirs.role, ours.role):
        return score, ""
    return min(score, REMARK_ALONE), "the name stands in a remark"


def _limit_by_country(score: float, how: How, theirs: Called, ours: Called) -> Lowered:
    if not _is_elsewhere(theirs.of.country, ours.of.country):
        return score, ""
    if how == "acronym":  # initials are many firms', and in another country another's
        return 0.0, ""
    less = ELSEWHERE_AND_ALIKE if score >= SURE_ABROAD else ELSEWHERE_AND_MORE
    is_same = how == "exact" and score >= SURE_ABROAD
    lowered = score * ELSEWHERE if is_same else min(score * less, SAME_CORE_ABROAD)
    return lowered, f"countries differ: {theirs.of.country}, {ours.of.country}"


def _limit_by_number(score: float, _: How, theirs: Called, ours: Called) -> Lowered:
    if not PARENTS.isdisjoint((theirs.role, ours.role)):
        return score, ""
    if not OF_SEVERAL.isdisjoint((theirs.role, ours.role)):
        return score, ""  # no one knows to which of the several a number belongs
    other = find_contradiction(theirs.of.ids, ours.of.ids) or _describe_other_passport(
        theirs.of.passports, ours.of.passports
    )
    return (min(score, AS_OFTEN_TWO), other) if other else (score, "")


def _limit_by_letters(score: float, how: How, theirs: Called, ours: Called) -> Lowered:
    """Limit matches of a few letters.

    They may be a group's initials behind two institutes, initials of a known full name, or a short
    alias.
    """
    roles, named = {theirs.role, ours.role}, [read_name(one.text) for one in (theirs, ours)]
    # of one in another script the full name may be in another language
    is_known = INITIALS in roles and not any(name.foreign for name in named)
    if roles == {GROUP} or (how == "acronym" and is_known):
        return 0.0, ""
    if GROUP in roles:
        return min(score, GROUP_ALONE), "these are the initials of its group"
    shortest = min((name.joined for name in named), key=len)
    if roles.isdisjoint(ALIASES) or len(shortest) > FEW_LETTERS or not shortest.isascii():
        return score, ""
    same = how != "acronym" and named[0].joined == named[1].joined
    return min(score, DOUBT) * same, f"an alias of {len(shortest)} letters alone"


def _limit_by_common_word(score: float, _: How, theirs: Called, ours: Called) -> Lowered:
    """Limit an alias of one word that is a trade or a place (City, Indonesia): many
    firms have it.
    """
    named = [read_name(one.text) for one in (theirs, ours)]
    is_common = [
        one.role in ALIASES and len(name.words) == 1 and not (name.own or name.cjk)
        for one, name in zip((theirs, ours), named, strict=True)
    ]
    if not any(is_common):
        return score, ""
    same = named[0].joined == named[1].joined
    return min(score, DOUBT) * same, "an alias that is a common word"


def _limit_by_kind(score: float, how: How, theirs: Called, ours: Called) -> Lowered:
    """A firm beside a person or a ship, which has no initials and no legal form."""
    if theirs.of.initials == ours.of.initials:
        return (score, "") if how != "acronym" or ours.of.initials else (0.0, "")
    other, firm = sorted((theirs, ours), key=lambda called: called.of.initials)
    being, named = read_name(other.text), read_name(firm.text)
    is_firm, is_word = bool(named.forms and not being.forms), " " not in other.text.strip()
    is_other = named.joined != being.joined and not other.of.person  # Orion Star is no Orion Group
    if how == "acronym" or is_other or (is_word and (is_firm or named.joined != being.joined)):
        return 0.0, ""
    if not (is_firm or is_word):
        return score, ""
    return min(score, AS_OFTEN_TWO), "one is a firm, the other a person or a ship"


def _limit_by_several(score: float, _: How, theirs: Called, ours: Called) -> Lowered:
    """Limit a match with one of several firms in a cell, which may be a piece of one
    firm's name.
    """
    roles = {theirs.role, ours.role} & OF_SEVERAL
    if FRAGMENT in roles or PARENT_PART in (theirs.role, ours.role):
        score = min(score, FRAGMENT_ALONE) * (score >= FRAGMENT_FROM)
        return score, "read as a firm by itself, which it may not be" if score else ""
    return score, "read as one of several firms" if roles else ""


LOWERED_BY = (  # what is in doubt by its letters is nobody's in another country
    _limit_by_letters,
    _limit_by_common_word,
    _limit_by_group,
    _limit_by_head,
    _limit_by_lone_word,
    _limit_by_form,
    _limit_by_seat,
    _limit_by_trade,
    _limit_by_country,
    _limit_by_number,
    _limit_by_kind,
    _limit_by_several,
    _limit_by_remark,
)


def _order_sides(asked: T, found: T, *, listed: bool) -> tuple[T, T]:
    """Order two sides: the listed one first, ours second. `listed`: the queried one is listed."""
    return (asked, found) if listed else (found, asked)


def _describe_other_passport(theirs: frozenset[str], ours: frozenset[str]) -> str:
    """Word that both have passports, but no common one; "" else."""
    return (
        f"another passport: {min(theirs)}, {min(ours)}"
        if theirs and ours and theirs.isdisjoint(ours)
        else ""
    )


def _is_elsewhere(one: str | None, other: str | None) -> bool:
    """Return whether both countries are known and differ."""
    return one is not None and other is not None and one != other and not {one, other} <= CHINA


def _describe_foreign_form(theirs: Called, ours: Called) -> str:
    """Word which name has a legal form that the other's country does not know; "" if its country is
    known.
    """
    for one, other in ((theirs, ours), (ours, theirs)):
        of = [form.countries for form in read_name(one.text).forms if form.countries]
        place = other.of.country
        if of and one.of.country is None and place and not any(place in some for some in of):
            return f"“{one.text}” has no legal form of {place}"
    return ""


def _describe_match(
    how: How, theirs: Called, ours: Called, reasons: Sequence[str]
) -> tuple[Kind, str]:
    """The kind of a match and its reason: what is listed first, our entry second."""
    same = "; ".join(reasons) or "the same name"
    is_one = theirs.text == ours.text
    both = f"“{ours.text}”: {same}" if is_one else f"“{theirs.text}”, ours “{ours.text}”: {same}"
    both = f"its former name {both}" if theirs.role == FORMER else both
    if theirs.role == NAMED:
        whom = "the owner of our entry, " if ours.role in PARENTS else ""
        return NAMED, f"it names {whom}{both}"
    if theirs.role in PARENTS:
        return (
            ("sister", f"it and our entry belong to {both}")
            if ours.role in PARENTS
            else ("member", f"it belongs to {both}")
        )
    if ours.role in PARENTS:
        return "parent", f"it is the parent of our entry, {both}"
    if REMARK in (theirs.role, ours.role):
        return "remark", both
    if theirs.role == FORMER:
        return "former", both
    return "alias" if how == "exact" and ALIASES & {theirs.role, ours.role} else how, both
