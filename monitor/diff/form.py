"""A publisher's change of form told from a change of what it says. Pure.

Columns and tags that came, went or are called otherwise, and values that are written otherwise in most rows, move no row.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from monitor.days import NUMBERS
from monitor.diff.listings import name_of
from monitor.errors import SourceError
from monitor.model import FieldValue, Listing
from monitor.source.formats.nationalities import countries
from monitor.source.register import Register, Shape
from monitor.vocabulary.letters import folded

FEWEST = 3  # records in which a part is called otherwise, with the same words
MOST_CANDIDATES = 20  # parts of one record that hold the same words
ALIKE = 0.8  # of them
MOST = 0.5  # of all records: what so many have at once that had it not is a matter of form
MANY = 10  # rows in which a value is written otherwise, or a tag came or went; in a smaller register all
TOKEN = re.compile(r"[^\W_]+")
MONTHS = {name.upper(): str(month) for name, month in NUMBERS.items()}

NOTHING: Mapping[str, str] = {}

Raw = tuple[bytes, bytes]  # a record's bytes as they were, and as they are


@dataclass(frozen=True)
class Form:
    """What differs between two editions in their form: parts called otherwise (new name → old name), parts gone, parts new."""

    shape: Shape | None = None
    renamed: Mapping[str, str] = field(default_factory=dict)
    gone: frozenset[str] = frozenset()
    new: frozenset[str] = frozenset()

    def remarks(self, unread: Collection[str] = ()) -> Iterator[str]:
        """What is told of it to whoever keeps the reader, beside what is told of parts that are not read at all."""
        yield from (f"what was called {old} is called {new}: taken for the same" for new, old in sorted(self.renamed.items()))
        yield from (
            f"the publisher no longer gives {name}: no row is taken to have changed by that" for name in sorted(self.gone)
        )
        yield from (
            f"the publisher now gives {name}: no row is taken to have changed by that" for name in sorted(self.new - set(unread))
        )

    def sides(self, register: Register, raw: Raw, old: Listing, new: Listing) -> tuple[Listing, Listing]:
        """Both versions of a record as they read in one form; as each was published where nothing is left in common."""
        if self.shape is None:
            return old, new
        without: dict[str, str | None] = dict.fromkeys(self.gone | self.new)
        backward, forward = self.renamed, {old: new for new, old in self.renamed.items()}
        reads = [
            read
            for names in ((NOTHING, backward), (forward, NOTHING))
            if (read := _read(register, self.shape, raw, [{**_with_parents(renamed), **without} for renamed in names]))
        ]
        return min(reads, key=_unread, default=(old, new))


def _read(
    register: Register, shape: Shape, raw: Raw, names: Sequence[Mapping[str, str | None]]
) -> tuple[Listing, Listing] | None:
    """Both versions with their parts called so; None where the reader can't do without what is left out."""
    try:
        before, after = (register.read(shape.reshaped(record, called)) for record, called in zip(raw, names, strict=True))
    except (LookupError, SourceError):
        return None
    return (before, after) if name_of(before) and name_of(after) else None


def _unread(sides: tuple[Listing, Listing]) -> int:
    return sum(len(side.unread) for side in sides)


def _with_parents(renamed: Mapping[str, str]) -> dict[str, str]:
    """The paths that lead to what is called otherwise are called otherwise too."""
    parents: dict[str, str] = {}
    for new, old in renamed.items():
        mine, theirs = new.split("/"), old.split("/")
        for depth in range(1, len(mine) + 1):
            if mine[:depth] != theirs[:depth]:
                parents["/".join(mine[:depth])] = "/".join(theirs[:depth])
    return parents


def form_of(register: Register, moved: Sequence[Raw], unmoved: Collection[bytes], count: int) -> Form:
    """How the form of a register of `count` records differs by those that `moved`, and some of those that did not."""
    if register.shape is None:
        return Form()
    parts = register.shape.parts
    before, after = [parts(old) for old, _ in moved], [parts(new) for _, new in moved]
    old, new = _counted(before), _counted(after)
    stayed = {name for raw in unmoved for name in parts(raw)}
    gone, came = old.keys() - new.keys() - stayed, new.keys() - old.keys() - stayed
    all_known = len(moved) + len(unmoved) >= count  # then nothing else can have it under the old name
    renamed = _renamed(before, after, gone, came, fewest=1 if all_known else FEWEST)

    def in_most(counts: Counter[str], name: str) -> bool:
        return MOST * count <= counts[name] >= MANY or 1 < counts[name] == count

    def of_form(names: Collection[str], counts: Counter[str]) -> frozenset[str]:
        assert register.shape is not None
        return frozenset(name for name in names if register.shape.exact or in_most(counts, name))

    left_out, added = of_form(gone - set(renamed.values()), old), of_form(came - renamed.keys(), new)
    return Form(register.shape, renamed, left_out, added) if renamed or left_out or added else Form()


def _counted(records: Sequence[Mapping[str, tuple[str, ...]]]) -> Counter[str]:
    return Counter(name for parts in records for name in parts)


def _renamed(
    before: Sequence[Mapping[str, tuple[str, ...]]],
    after: Sequence[Mapping[str, tuple[str, ...]]],
    gone: Collection[str],
    came: Collection[str],
    *,
    fewest: int,
) -> dict[str, str]:
    """Parts that hold under a new name what they held under an old one. One that is always empty may be any."""
    held: dict[str, Counter[str]] = {name: Counter() for name in gone}
    totals: Counter[str] = Counter()
    for old, new in zip(before, after, strict=True):
        by_words: dict[tuple[str, ...], list[str]] = {}
        for name, words in new.items():
            if name in came and any(words) and len(by_words.setdefault(words, [])) < MOST_CANDIDATES:
                by_words[words].append(name)
        for name, words in old.items():
            if name in gone and any(words):
                totals[name] += 1
                held[name].update(new_name for new_name in by_words.get(words, ()) if new_name.count("/") == name.count("/"))
    renamed: dict[str, str] = {}
    for old_name, candidates in sorted(held.items()):
        for new_name, times in candidates.most_common():
            if times >= max(fewest, ALIKE * totals[old_name]) and new_name not in renamed:
                renamed[new_name] = old_name
                break
    return renamed


Fields = Mapping[str, tuple[FieldValue, FieldValue]]  # what differs of a row: before and after


def written_otherwise(rows: Sequence[Fields], holders: Mapping[str, float], *, whole: bool) -> frozenset[str]:
    """The fields that most rows which have them write otherwise. `whole`: these rows are the register."""
    alike = Counter(name for fields in rows for name, (old, new) in fields.items() if _same_but_for_form(old, new))

    def in_most(name: str, times: int) -> bool:
        return (times >= MANY and times >= MOST * holders.get(name, 0)) or (whole and 1 < times == holders.get(name, times))

    return frozenset(name for name, times in alike.items() if in_most(name, times))


def without_form(fields: Fields, rewritten: Collection[str]) -> dict[str, tuple[FieldValue, FieldValue]]:
    """What is left of a row's differences where these fields are written otherwise."""
    return {name: both for name, both in fields.items() if name not in rewritten or not _same_but_for_form(*both)}


def _same_but_for_form(old: FieldValue, new: FieldValue) -> bool:
    """Whether two values say one thing: the same words and numbers in another order or writing, or the same countries."""
    if not (old and new):
        return False
    return _bare(old) == _bare(new) or ((codes := _countries(old)) is not None and codes == _countries(new))


def _bare(value: FieldValue) -> list[str]:
    words = value if isinstance(value, str) else " ".join(value)
    return sorted(map(_token, TOKEN.findall(folded(_without_marks(words)))))


def _without_marks(words: str) -> str:
    return "".join(letter for letter in unicodedata.normalize("NFD", words) if not unicodedata.combining(letter))


def _token(word: str) -> str:
    """A word or number as it counts: `06` as 6, `June` as 6, `IMO9826902` as its digits."""
    return MONTHS.get(word, word.removeprefix("IMO").lstrip("0") if word.removeprefix("IMO").isdecimal() else word)


def _countries(value: FieldValue) -> list[str] | None:
    told = [countries(words) for words in ([value] if isinstance(value, str) else value)]
    return sorted({code for codes in told for code in codes or ()}) if told and all(told) else None
