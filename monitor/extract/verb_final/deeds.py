"""What a clause of an act in a verb-final language does: the stems of its verbs, and their effect."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from monitor.extract.verb_final.tables import LISTS
from monitor.extract.words import Words
from monitor.model import Action, Entity, Item


@dataclass
class Deed:
    """What a sentence does: its `quote`, and those that it names or lists."""

    action: Action
    quote: str
    line: int
    entities: list[Entity] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    count: int | None = None
    follows: bool = False
    weak: bool = False
    generic: bool = False
    headed: bool = False  # whether only a heading says it
    shares: bool = False  # whether it is done to what the verb before it has as its object

    def join(self, other: "Deed") -> None:
        """Take in what another clause of the sentence does in the same way."""
        self.generic = self.generic and other.generic
        self.follows = self.follows or other.follows
        self.entities += other.entities
        self.items += other.items
        self.count = (self.count or 0) + (other.count or 0) or None


Stem = tuple[int, int, Action]


def list_stems(text: str, words: Words) -> list[Stem]:
    """The stems of deeds in a text, by where they begin."""
    stems = words.table_of("deeds").items()
    return sorted(
        (match.start(), match.end(), Action(deed))
        for deed, stem in stems
        for match in stem.finditer(text)
    )


def turn_action(action: Action, before: str, words: Words) -> Action | None:
    """Find the effect of a verb on its object: a lifted ban ends; an exemption that ends eases
    nothing.
    """
    lifts = action in (Action.REMOVE, Action.REPEAL)
    if words.exempts.search(before):
        return None if lifts or action in (Action.ADD, Action.SUSPEND) else action
    if action in (Action.ADD, Action.REMOVE) and words.rule.search(before):
        return Action.AMEND
    stayed = words.table_of("deeds")[Action.SUSPEND].search(before)
    if lifts and stayed and not words.burden.search(before[stayed.end() :]):
        return Action.RESUME
    return action


def is_both(deeds: Sequence[Deed]) -> bool:
    """Return whether somebody is added and somebody is removed."""
    return LISTS.issubset(deed.action for deed in deeds)


def list_joined(text: str, stems: Sequence[Stem], words: Words) -> list[tuple[Stem, Stem]]:
    """The stems that a small word joins, of which one adds and one removes: `追加及び削除`."""
    return [
        (before, behind)
        for before, behind in pairwise(stems)
        if {before[2], behind[2]} == LISTS and words.joins.fullmatch(text, before[1], behind[0])
    ]
