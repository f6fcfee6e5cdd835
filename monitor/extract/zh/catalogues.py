"""Read what is added to a catalogue of goods or technologies, removed from it or changed."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from monitor.extract import gate
from monitor.extract.zh import annexes, item_names
from monitor.extract.zh.leftovers import OLD_NAME, SUMS_UP
from monitor.extract.zh.names import Piece
from monitor.extract.zh.objects import blot_out, find_goods
from monitor.extract.zh.operations import Context, Operation, clauses, sentences, settled, times
from monitor.extract.zh.sections import Sections
from monitor.extract.zh.words import CATALOGUES, CHANGED, CHINESE, GATE
from monitor.model import Action, Item

WORDS = CHINESE.table("forms")


Catalogue = tuple[str | None, ...]  # its register; empty where an act speaks of none


def find_catalogue(page: Sections) -> Catalogue:
    """The register of the catalogue that an act speaks of, by itself."""
    return next(((code,) for pattern, code in CATALOGUES if pattern.search(page.text)), ())


def operations(
    sentence: Piece, page: Sections, catalogue: Catalogue, context: Context
) -> list[Operation]:
    """Read what a sentence does to a catalogue."""
    return _renumbered_rows(settled([*_changes(sentence, page, catalogue, context)]))


def summed_up(page: Sections, context: Context) -> tuple[Item, ...]:
    """Read what an act with a new catalogue names as added or changed."""
    catalogue = find_catalogue(page)
    return tuple(
        item
        for line in page.deciding
        for sentence in sentences(line)
        if SUMS_UP.match(sentence.text)
        for operation in _changes(sentence, page, catalogue, context)
        if operation.action is not Action.REMOVE
        for item in operation.items
    )


def _changes(
    sentence: Piece, page: Sections, catalogue: Catalogue, context: Context
) -> Iterator[Operation]:
    if not catalogue:
        return
    start, end = times(sentence, context)
    if items := _entry_added(sentence):
        yield Operation(
            Action.ADD, sentence, catalogue[0], starts=start, ends=end, read_whole=True, items=items
        )
        return
    for clause in _with_points(clauses(sentence)):
        words = blot_out(clause.text)
        for action, pattern in CHANGED:
            match = pattern.search(words)
            if not match or gate.bar(words, match.start(), GATE):
                continue
            # of goods that a list names, which has a grammar of its own
            below = WORDS.below.search(match[0]) is not None
            of_firms = below and WORDS.of_firms.search(match[0]) is not None
            firms_below = tuple(annexes.firms_listed(sentence, page)) if of_firms else ()
            items = () if below else find_goods(match, clause)
            if action is Action.AMEND and len(items) == 1:
                items = (_renumber(items[0], clause.text),)
            if items or below:
                yield Operation(
                    action,
                    sentence,
                    catalogue[0],
                    starts=start,
                    ends=end,
                    goods=below and not firms_below,
                    read_whole=bool(firms_below) or not below,
                    entities=firms_below,
                    items=items,
                    verb=(
                        None
                        if match["verb"] or action is not Action.ADD
                        else clause.start - sentence.start + match.end() - 2
                    ),
                )
                break


def _with_points(parts: Iterable[Piece]) -> Iterator[Piece]:
    """The clauses of a sentence, one on points of control with the entry before it."""
    held: Piece | None = None
    for part in parts:
        if held and WORDS.of_points.match(f"{held.text[-12:]}{part.text}"):
            held = Piece(held.line, held.start, part.end)
            continue
        if held:
            yield held
        held = part
    if held:
        yield held


def _entry_added(sentence: Piece) -> tuple[Item, ...]:
    """The entry that a sentence adds to a catalogue by its number, if it does."""
    entry = WORDS.entry_added.search(sentence.text)
    if entry is None:
        return ()
    name, code = ("name", "code") if entry["name"] else ("name2", "code2")
    named = {"zh": sentence.part(*entry.span(name)).said()}
    return (Item(named, (entry[code],), quote=sentence.quote),)


def _renumbered_rows(operations: list[Operation]) -> list[Operation]:
    """The operations; a thing that a sentence takes off a catalogue and adds again gets another
    number there.
    """
    names = {
        action: {
            str(item.names) for each in operations if each.action is action for item in each.items
        }
        for action in (Action.ADD, Action.REMOVE)
    }
    if not operations or not names[Action.ADD] or names[Action.ADD] != names[Action.REMOVE]:
        return operations
    return [
        replace(
            each,
            action=Action.AMEND,
            items=tuple(_renumber(item, each.piece.text) for item in each.items),
        )
        for each in operations
        if each.action is not Action.REMOVE
    ]


def _renumber(item: Item, text: str) -> Item:
    """Give a thing the numbers behind its name, without those that are corrected."""
    behind = OLD_NAME.sub("", text[text.rfind(item.names["zh"]) :])
    return item.replace(hs=tuple(dict.fromkeys(item_names.NUMBER.findall(behind))) or item.hs)
