"""Compare two versions of one row; order, white space, width and case do not count. No I/O."""

import re
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence

from rapidfuzz.distance import Levenshtein

from monitor.model import Entity, FieldValue, Listing, find_row_days, frozen, to_json
from monitor.names.forms import ENDINGS
from monitor.vocabulary.letters import bare, folded


def name_of(listing: Listing) -> str:
    """Return a row's name: the English one, if there is one."""
    names = listing.subject.names
    return names.get("en") or next(iter(names.values()), "")


def describe_listing(listing: Listing) -> Mapping[str, str]:
    """A record's content as the history keeps it, by column."""
    starts, ends = find_row_days(listing.fields)
    return {
        "name": name_of(listing),
        "subject": to_json(listing.subject).decode(),
        "details": to_json(listing.fields).decode(),
        "starts": starts,
        "ends": ends,
    }


def diff_fields(old: Listing, new: Listing) -> dict[str, tuple[FieldValue, FieldValue]]:
    """Map each changed field to its value before and after."""
    before, after = flatten_listing(old), flatten_listing(new)
    names = [*after, *(name for name in before if name not in after)]
    sides = {name: (before.get(name, ""), after.get(name, "")) for name in names}
    return {
        name: both
        for name, both in sides.items()
        if simplify_value(both[0]) != simplify_value(both[1])
    }


def join_meaning(listing: Listing) -> str:
    """Return a row's content as one text, equal only for equal rows."""
    return repr(
        sorted((name, simplify_value(value)) for name, value in flatten_listing(listing).items())
    )


def flatten_listing(listing: Listing) -> Mapping[str, FieldValue]:
    """Return a row's content by field, without empty ones."""
    subject = listing.subject
    words: dict[str, FieldValue] = {"name": name_of(listing)}
    words |= {
        f"name.{language}": name for language, name in subject.names.items() if language != "en"
    }
    if isinstance(subject, Entity):
        words |= {
            "aliases": subject.aliases,
            "kind": subject.kind,
            "country": subject.country or "",
            "role": subject.role or "",
            "parent": subject.parent or "",
            "addresses": subject.addresses,
            **{f"ids.{name}": value for name, value in subject.ids.items()},
        }
    else:
        words |= {"codes": subject.codes, "hs": subject.hs, "note": subject.note}
    return {name: value for name, value in (words | listing.fields).items() if value}


def simplify_value(value: FieldValue) -> object:
    """A value without what is of no importance."""
    return folded(value) if isinstance(value, str) else sorted(folded(one) for one in value)


# Pair rows that went and came on one day: the same row under another id, name or label. No I/O.

SHORTEST = 6  # letters; below, names are alike by accident
FUZZY = 5  # letters; below, a word with one other letter is another word
BEGINNING = 6  # words of a text that two rows hardly share together with all else
DETAILS = 3  # that two rows agree in
END = 3  # letters at the beginning or end of a name, of which a slip leaves one as it is
LIKE = 0.8  # of the shorter text
# of one row; a name that is there a thousand times must not cost a million comparisons
MOST_CANDIDATES = 50
WORD = re.compile(r"[^\W_]+")
BRACKETS = re.compile(r"[(（\[][^()（）\[\]]*[)）\]]")
GENERIC = ("THE", "PRIVATE", "PUBLIC", "OPEN", "CLOSED", "JOINT", "STOCK")
LEGAL_FORMS = frozenset({*GENERIC, *(ending.upper() for ending in ENDINGS)})


@frozen
class Side:
    """A row of one side, with an id that the other side lacks."""

    id: str
    listing: Listing


Pairs = list[tuple[Side, Side]]
Marks = Callable[[Side], Iterable[Hashable]]
Fit = Callable[[Side, Side], bool]


def pair_rows(removed: Sequence[Side], added: Sequence[Side], *, alike: bool) -> Pairs:
    """Pair equal rows: with the same name, or with `alike` a similar one. Names may only differ if
    ids are derived from names: an official id that is gone under another name is gone.
    """
    ways: list[tuple[Marks, Fit]] = [(_list_full_name, _always)]
    if alike:
        ways += [
            (_list_letters, _always),
            (_list_words_without_form, _have_same_brackets),
            (_list_marks, _is_respelt),
            (_list_details, _is_respelt),
            (_list_numbers, _share_most_words),
        ]
        ways += [(_list_beginning, _is_continuation)]
    pairs: Pairs = []
    for marks, fit in ways:
        pairs += _pair_by(*list_unpaired(removed, added, pairs), marks, fit)
    return pairs


def list_unpaired(
    removed: Sequence[Side], added: Sequence[Side], pairs: Iterable[tuple[Side, Side]]
) -> tuple[list[Side], list[Side]]:
    """The rows on each side that are in no pair."""
    paired = {side.id for pair in pairs for side in pair}
    return [side for side in removed if side.id not in paired], [
        side for side in added if side.id not in paired
    ]


def _pair_by(removed: Sequence[Side], added: Sequence[Side], marks: Marks, fit: Fit) -> Pairs:
    """Pair rows that share a mark and fit; of several the ones that differ least."""
    holders: dict[Hashable, list[Side]] = {}
    for new in added:
        for mark in marks(new):
            holders.setdefault(mark, []).append(new)
    return pair_nearest(
        removed,
        lambda old: [new for mark in marks(old) for new in holders.get(mark, ()) if fit(old, new)],
    )


def _always(_old: Side, _new: Side) -> bool:
    return True


# The keys of a pair: rows without a common one never match.


def _list_full_name(side: Side) -> Iterator[Hashable]:
    return filter(None, (folded(name_of(side.listing)),))


def _list_letters(side: Side) -> Iterator[Hashable]:
    return filter(None, (bare(name_of(side.listing)),))


def _list_words_without_form(side: Side) -> Iterator[Hashable]:
    """Yield a name's sorted words with its country, without legal forms and brackets; none if
    short.
    """
    words = _split_words(BRACKETS.sub(" ", name_of(side.listing)))
    if sum(map(len, words)) >= SHORTEST:
        yield _get_country(side), tuple(sorted(words))


def _have_same_brackets(old: Side, new: Side) -> bool:
    """Return whether one name has all that the other has in brackets: another place or number is
    another row.
    """
    one, other = (
        {
            words
            for group in BRACKETS.findall(name_of(side.listing))
            if (words := tuple(_split_words(group)))
        }
        for side in (old, new)
    )
    gone, came = one - other, other - one
    return not (gone and came) and not any(
        letter.isdigit() for words in gone | came for word in words for letter in word
    )


def _list_numbers(side: Side) -> set[str]:
    """List the numbers of an entity; a single one may belong to somebody else."""
    subject = side.listing.subject
    return (
        {folded(number) for number in subject.ids.values()}
        if isinstance(subject, Entity)
        else set()
    )


def _share_most_words(old: Side, new: Side) -> bool:
    return any(
        2 * len(one & other) > min(len(one), len(other))
        for one in _list_all_names(old)
        for other in _list_all_names(new)
    )


def _list_all_names(side: Side) -> list[set[str]]:
    """The words of each name and alias."""
    subject = side.listing.subject
    aliases = subject.aliases if isinstance(subject, Entity) else ()
    return [
        set(words) for name in (*subject.names.values(), *aliases) if (words := _split_words(name))
    ]


def _list_beginning(side: Side) -> Iterator[Hashable]:
    """Return the first words of a row that is identified by its text, with all else."""
    words = _split_words(name_of(side.listing))
    if not isinstance(side.listing.subject, Entity) and len(words) >= BEGINNING:
        yield tuple(words[:BEGINNING]), _list_fields(side)


def _list_details(side: Side) -> Iterator[Hashable]:
    """Return all that a row says beside its name, with one end of that."""
    fields, letters = _list_fields(side), "".join(sorted(_split_words(name_of(side.listing))))
    if len(fields) >= DETAILS:
        yield from ((fields, "begins", letters[:END]), (fields, "ends", letters[-END:]))


def _list_fields(side: Side) -> tuple[tuple[str, str], ...]:
    fields = side.listing.fields.items()
    return tuple(sorted((name, repr(simplify_value(value))) for name, value in fields))


def _is_continuation(old: Side, new: Side) -> bool:
    """Return whether one text is the other, shortened or continued: all but its end is the same."""
    one, other = _split_words(name_of(old.listing)), _split_words(name_of(new.listing))
    shared = next(
        (at for at, (mine, theirs) in enumerate(zip(one, other, strict=False)) if mine != theirs),
        len(min(one, other, key=len)),
    )
    return shared >= LIKE * min(len(one), len(other))


def _is_respelt(old: Side, new: Side) -> bool:
    """Return whether the words differ by a letter in some only: Hunan is no spelling of Henan
    unless all else agrees.
    """
    one, other = (
        sorted(_split_words(name_of(old.listing))),
        sorted(_split_words(name_of(new.listing))),
    )
    return (
        _get_country(old) == _get_country(new)
        and len(one) == len(other)
        and all(
            mine == theirs
            or (
                min(len(mine), len(theirs)) >= FUZZY
                and (mine + theirs).isalpha()
                and Levenshtein.distance(mine, theirs, score_cutoff=1) == 1
            )
            for mine, theirs in zip(one, other, strict=True)
        )
    )


def _list_marks(side: Side) -> Iterator[Hashable]:
    """Return what two rows hardly ever share."""
    subject = side.listing.subject
    if isinstance(subject, Entity):
        yield from (("address", folded(where)) for where in subject.addresses)
        yield from (("alias", folded(alias)) for alias in subject.aliases if len(alias) >= SHORTEST)
        yield from (("id", folded(number)) for number in subject.ids.values())


def pair_nearest(removed: Sequence[Side], candidates: Callable[[Side], Sequence[Side]]) -> Pairs:
    """Pair each row with one of its candidates, those that differ least first, each once."""
    ranked = [
        (len(diff_fields(old.listing, new.listing)), at, old, new)
        for at, old in enumerate(removed)
        for new in candidates(old)[:MOST_CANDIDATES]
    ]
    gone: set[str] = set()
    come: set[str] = set()
    pairs = []
    for _, _, old, new in sorted(ranked, key=lambda pair: pair[:2]):
        if old.id not in gone and new.id not in come:
            gone.add(old.id)
            come.add(new.id)
            pairs.append((old, new))
    return pairs


def _split_words(name: str) -> list[str]:
    """The words of a name without its legal form; `L.L.C.` is one word."""
    return [
        word
        for word in WORD.findall(folded(name).replace(".", "").replace("'", ""))
        if word not in LEGAL_FORMS
    ]


def _get_country(side: Side) -> str | None:
    return side.listing.subject.country if isinstance(side.listing.subject, Entity) else None
