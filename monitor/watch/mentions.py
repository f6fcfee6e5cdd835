"""Find names and codes of a watch list in running text, and firms that goods are described by. Pure."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import chain, pairwise

from monitor.model import Entity, Item
from monitor.names.forms import load_latin_forms, strip_legal_forms
from monitor.names.name import read_name
from monitor.vocabulary.letters import EAST_ASIAN
from monitor.watch.entries import Entry, Party, list_owners

# letters of a name that is known in running text without its legal form; three characters of a
# script without spaces
LEAST = 4
LEAST_EAST_ASIAN = 3
QUOTE = 200  # characters
# words with capitals, and a sign that goods are theirs
NAMED = re.compile(
    r"\b(?P<name>[A-Z][\w&-]*+(?:[.,]{0,2} \(?[A-Z][\w&-]*+\)?)*)(?P<has>\.?['’]s?\b)?"
)


def find_new_mentions(before: str, after: str, entries: Sequence[Entry]) -> Iterator[Entity | Item]:
    """Find parties, owners and goods of the watch list that the words newly name.

    Parties and owners are found by their names, goods by their codes.
    """
    old, new = _space_words(before), _space_words(after)
    owners = dict.fromkeys(owner.name for entry in entries for owner in list_owners(entry))
    for entry in (*entries, *(Party(name=owner) for owner in owners)):
        called_so = (
            (entry.name, *entry.aliases)
            if isinstance(entry, Party)
            else (*entry.codes, *entry.eccn)
        )
        if came := tuple(name for name in called_so if _has(new, name) and not _has(old, name)):
            yield _make_subject(entry, came, after)


def find_named_firms(item: Item) -> Iterator[str]:
    """Find the firms that the names of goods speak of, by a legal form or as whose the goods are."""
    for found in chain.from_iterable(map(NAMED.finditer, item.names.values())):
        words = found["name"].split()
        ends = [
            place
            for place, word in enumerate(words)
            if (_normalize_word(word),) in load_latin_forms()
        ]
        last = next((end for end, after in pairwise((*ends, 0)) if end and after != end + 1), None)
        name = read_name(" ".join(words[: last + 1] if last else words))
        if (name.forms and len(name.words) > 1) or (name.own and (name.forms or found["has"])):
            yield name.text.rstrip(",")


def _normalize_word(word: str) -> str:
    return word.strip(".,()").casefold()


def _space_words(text: str) -> str:
    """The words of a text, with a space before and behind each."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    words = "".join(letter if letter.isalnum() else " " for letter in plain).split()
    return f" {' '.join(words)} "


def _has(spaced: str, name: str) -> bool:
    """Return whether words contain a name as whole words."""
    whole = _space_words(name)
    if EAST_ASIAN.search(name):
        joined = whole.replace(" ", "")
        return len(joined) >= LEAST_EAST_ASIAN and joined in spaced.replace(" ", "")
    bare, _ = strip_legal_forms(whole.split())
    is_telling = len("".join(bare)) >= LEAST
    return (whole.strip() and whole in spaced) or (is_telling and f" {' '.join(bare)} " in spaced)


def _make_subject(entry: Entry, came: tuple[str, ...], text: str) -> Entity | Item:
    if isinstance(entry, Party):
        language = "zh" if EAST_ASIAN.search(entry.name) else "en"
        return Entity(
            names={language: entry.name},
            kind="person" if entry.person else "org",
            quote=text[:QUOTE],
        )
    return Item(names={}, codes=came, quote=text[:QUOTE])  # without a name
