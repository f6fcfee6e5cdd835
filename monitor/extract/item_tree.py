"""A list of goods as the tree that its marks and control codes make, and which of its nodes are the
items.

What a line names, and whether it introduces conditions, its language says (`zh.items`, `en.items`);
the rest is the same for
all: the node with its own tariff numbers is the item; what stands below it without numbers is a
  condition, what has numbers an
item too.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from monitor.extract.words import Language
from monitor.model import Item, frozen

CODED = "coded"  # the level of a line that only its control code marks
PLAIN = "plain"  # and of one that bears no mark at all
DEEPEST = 20  # levels of codes below each other
Introduces = Literal["", "conditions", "kinds", "examples"]
IN_BRACKETS = re.compile(r"\([^()]*\)")


def find_introduced(words: str, language: Language) -> Introduces:
    """Return what a line introduces below it, by its words; "" if its end introduces nothing."""
    introduction = IN_BRACKETS.sub("", words).rstrip()
    known: Iterable[Introduces] = (
        ("conditions", "examples", "kinds") if introduction.endswith((":", ",")) else ()
    )
    ways = language.table("introductions")
    return next((way for way in known if getattr(ways, way).search(introduction)), "")


@frozen
class Thing:
    """The name in a line, with the tariff numbers right after it; a line that only measures has no
    name.
    """

    name: str
    hs: tuple[str, ...] = ()


@frozen
class ListLine:
    """A line of a list.

    `level` is the kind of its mark, `wide` whether that kind divides an act rather than a list.
    `closing` are numbers that stand behind the end of the sentence: after the last condition they
    are those of the whole list.
    """

    level: str
    quote: str
    things: tuple[Thing, ...] = ()
    codes: tuple[str, ...] = ()
    closing: tuple[str, ...] = ()
    introduces: Introduces = ""
    wide: bool = False
    ordinal: bool = False
    reserved: bool = False
    heading: bool = False
    intangible: bool = False


@dataclass
class Node:
    """An entry with those below it."""

    entry: ListLine
    children: list["Node"] = field(default_factory=list)

    @property
    def hs(self) -> tuple[str, ...]:
        """The tariff numbers of its own line."""
        return tuple(number for thing in self.entry.things for number in thing.hs)

    @property
    def branch(self) -> Iterator["Node"]:
        """The node and all below it."""
        yield self
        for child in self.children:
            yield from child.branch

    @property
    def coded(self) -> bool:
        """Return whether the branch has a control code of its own."""
        return any(node.entry.codes for node in self.branch)

    def priced(self, *, closing: bool) -> bool:
        """Return whether the branch names goods with tariff numbers; `closing` counts numbers at
        the end.
        """
        return any(
            thing.name and (thing.hs or (closing and node.entry.closing))
            for node in self.branch
            for thing in node.entry.things
        )


def list_items(entries: Iterable[ListLine], language: str) -> list[Item]:
    """The items of a list, in its order."""
    roots = build_tree(entries)
    coded = any(root.coded for root in roots)
    return [item for root in roots for item in _read_branch(root, (), language, "", coded=coded)]


def build_tree(entries: Iterable[ListLine]) -> list[Node]:
    """The entries, each below the one that it belongs to."""
    roots: list[Node] = []
    path: list[Node] = []
    for entry in entries:
        node = Node(entry)
        del path[_find_depth(path, entry) :]
        (path[-1].children if path else roots).append(node)
        path.append(node)
    return roots


def _find_depth(path: Sequence[Node], entry: ListLine) -> int:
    """Return how much of the path stays above an entry.

    A mark of an open kind continues there; another kind divides further.
    """
    if entry.level == CODED:
        return _find_coded_depth(path, entry.codes[0])
    same = [place for place, node in enumerate(path) if node.entry.level == entry.level]
    return same[-1] if same else len(path)


def _find_coded_depth(path: Sequence[Node], code: str) -> int:
    """Codes tell by themselves what stands above: `1C909` above `1C909.a`, and no other code."""
    coded = [place for place, node in enumerate(path) if node.entry.codes]
    above = [place + 1 for place in coded if code.startswith(path[place].entry.codes[0] + ".")]
    return min(above[-1] if above else coded[0] if coded else len(path), DEEPEST)


def _read_branch(
    node: Node, inherited: tuple[str, ...], language: str, above: str, *, coded: bool
) -> Iterator[Item]:
    """The items of a branch: its parts where they are items of their own, else the branch as
    one.

    What only measures, and has a code and tariff numbers, is what the line `above` it names.
    """
    entry = _name_by_line_above(node.entry, above)
    if entry.reserved:
        return
    own = entry.codes or inherited
    parts = [child for child in node.children if not child.entry.reserved]
    if node.hs and any(thing.name for thing in entry.things):
        yield from _list_own_items(entry, own, language, _list_loose_numbers(node, own=False))
        parts = [part for part in parts if part.coded or part.priced(closing=False)]
    elif not _is_dividing(node, parts, own):
        if not entry.heading and (own or not coded or entry.intangible):
            yield from _list_own_items(entry, own, language, _list_loose_numbers(node, own=True))
        return
    elif entry.introduces == "conditions":
        parts = [part for part in parts if part.coded or part.priced(closing=False)]
    for part in parts:
        yield from _read_branch(part, own, language, _find_name(entry), coded=coded)


def _find_name(entry: ListLine) -> str:
    return next((thing.name for thing in entry.things if thing.name), "")


def _name_by_line_above(entry: ListLine, above: str) -> ListLine:
    hs = tuple(number for thing in entry.things for number in thing.hs)
    if not (above and entry.codes and hs) or _find_name(entry):
        return entry
    return replace(entry, things=(Thing(above, hs),))


def _is_dividing(node: Node, parts: Sequence[Node], own: tuple[str, ...]) -> bool:
    """Return whether the lines below are items rather than conditions or finer kinds."""
    entry = node.entry
    if not parts:
        return False
    if any(part.coded for part in parts):
        return True
    if any(part.priced(closing=entry.introduces != "conditions") for part in parts):
        return True
    if entry.introduces in ("conditions", "examples"):
        return False
    if own:
        return bool(entry.codes) and any(part.entry.ordinal for part in parts)
    return entry.wide or entry.introduces == "kinds"


def _list_loose_numbers(node: Node, *, own: bool) -> tuple[str, ...]:
    """The numbers of the branch that no named thing has: those behind measures, and those that
    close the list.
    """
    branch = list(node.branch)
    loose = [
        number
        for part in branch
        for thing in part.entry.things
        if not thing.name
        for number in thing.hs
    ]
    closing = [number for part in (branch if own else branch[1:]) for number in part.entry.closing]
    return tuple(dict.fromkeys([*loose, *closing, *(node.entry.closing if not own else ())]))


def _list_own_items(
    entry: ListLine, codes: tuple[str, ...], language: str, loose: tuple[str, ...]
) -> Iterator[Item]:
    """Yield the goods that the line itself names; numbers further below belong to the
    last of them.
    """
    named = [thing for thing in entry.things if thing.name]
    for thing in named:
        hs = (*thing.hs, *loose) if thing is named[-1] else thing.hs
        yield Item(
            {language: thing.name},
            codes,
            tuple(dict.fromkeys(hs)),
            quote=entry.quote,
        )


def find_bracket_start(text: str, start: int, end: int) -> int:
    """Find where the bracket opens that holds a tariff number as its last remark: `alloys (such as
    rods, HS …)`.
    """
    opened: list[int] = []
    for place in range(start, end):
        if text[place] == "(":
            opened.append(place)
        elif text[place] == ")" and opened:
            opened.pop()
    return opened[0] if opened else end
