"""Read what is added to a catalogue of goods or technologies, removed from it or changed."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from monitor.extract import gate
from monitor.extract.zh import annexes, item_names
from monitor.extract.zh.items import leads_to_goods
from monitor.extract.zh.leftovers import OLD_NAME
from monitor.extract.zh.lines import read_mark
from monitor.extract.zh.names import Piece, mask_brackets
from monitor.extract.zh.objects import blot_out, find_goods
from monitor.extract.zh.operations import (
    Context,
    Operation,
    read_times,
    settle_operations,
    split_clauses,
)
from monitor.extract.zh.sections import Sections
from monitor.extract.zh.words import CHINESE, GATE
from monitor.model import Action, Item

WORDS, ROOT = CHINESE.table("forms"), CHINESE.table("")
CATALOGUES = [
    (pattern, register or None) for register, pattern in ROOT.table_of("catalogues").items()
]
LEAVES = ("移出", "移除", "调出")
CHANGED = [(Action(action), pattern) for action, pattern in ROOT.table_of("changed").items()]


NO_ENTRY = "an entry that it adds, removes or changes was not read"
Catalogue = tuple[str | None, ...]  # its register; empty where an act speaks of none


def find_catalogue(page: Sections) -> Catalogue:
    """The register of the catalogue that an act speaks of, by itself."""
    return next(((code,) for pattern, code in CATALOGUES if pattern.search(page.text)), ())


def read_catalogue_changes(
    sentence: Piece, page: Sections, catalogue: Catalogue, context: Context
) -> list[Operation]:
    """Read what a sentence does to a catalogue."""
    return _mark_renumbered(settle_operations([*_list_changes(sentence, page, catalogue, context)]))


def _list_changes(
    sentence: Piece, page: Sections, catalogue: Catalogue, context: Context
) -> Iterator[Operation]:
    if not catalogue:
        return
    start, end = read_times(sentence, context)
    added = Operation(Action.ADD, sentence, catalogue[0], starts=start, ends=end, read_whole=True)
    if WORDS.beside_entries.fullmatch(sentence.text):
        return
    if whole := (
        _read_added_entry(sentence, added)
        or _read_behind_heading(sentence, added)
        or _read_below_heading(sentence, added, page)
    ):
        yield whole
        return
    for clause in _join_points(split_clauses(sentence)):
        words = blot_out(clause.text)
        for action, pattern in CHANGED:
            match = pattern.search(words)
            if match and not gate.find_bar(words, match.start(), GATE):
                made = _read_clause_change(replace(added, action=action), clause, match, page)
                if made:
                    yield made
                    break


def _read_clause_change(
    done: Operation, clause: Piece, match: re.Match[str], page: Sections
) -> Operation | None:
    """Read what a clause does to goods that it names, or that a list below names."""
    if WORDS.below.search(match[0]):  # which has a grammar of its own
        if _heads_entries(done.piece, page):
            return None
        of_firms = WORDS.of_firms.search(match[0])
        firms = tuple(annexes.list_firms(done.piece, page)) if of_firms else ()
        done = replace(done, goods=not firms, read_whole=bool(firms), entities=firms)
    elif entries := _list_quoted_entries(clause):
        done = replace(done, items=entries)
    elif any(map(WORDS.counts_entries.fullmatch, filter(None, match.groupdict().values()))):
        if WORDS.heads_entries.fullmatch(done.piece.text):
            return None
        done = replace(done, unclear=NO_ENTRY)
    elif items := find_goods(match, clause):
        if done.action is Action.AMEND and len(items) == 1:
            items = (_renumber_item(items[0], clause.text),)
        done = replace(done, items=items)
    elif match["verb"] in LEAVES and leads_to_goods(done.piece.text):  # the clause names their list
        done = replace(done, goods=True, read_whole=False)
    else:
        return None
    if match["verb"] or done.action is not Action.ADD:
        return done
    verb = clause.start - done.piece.start + match.end() - 2
    return None if WORDS.in_case.match(done.piece.text, verb) else replace(done, verb=verb)


def _heads_entries(sentence: Piece, page: Sections) -> bool:
    """Return whether a sentence heads the entries on the lines below it."""
    below = page.after(sentence.line)[:1] if WORDS.heads_entries.fullmatch(sentence.text) else []
    return any(WORDS.entry_below.match(line.text, read_mark(line).start) for line in below)


def _join_points(parts: Iterable[Piece]) -> Iterator[Piece]:
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


def _read_added_entry(sentence: Piece, added: Operation) -> Operation | None:
    """Read the entry that a sentence adds to a catalogue by its number, if it does."""
    entries = _make_entry_items(sentence, WORDS.entry_added.search(sentence.text))
    return replace(added, items=entries) if entries else None


def _read_behind_heading(sentence: Piece, added: Operation) -> Operation | None:
    """Read the entries behind the heading that opens their own sentence (`删除技术条目1项:某技术(编号:…)`)."""
    head, colon, _ = mask_brackets(sentence.text).partition(":")
    heads = WORDS.on_catalogue.sub("", head) + colon
    heading = WORDS.heads_entries.fullmatch(heads) if colon else None
    found = WORDS.entry_inline.finditer(sentence.text, len(head)) if heading else ()
    items = tuple(item for entry in found for item in _make_entry_items(sentence, entry))
    if heading is None or not items:
        return None
    verb = len(head + colon) - len(heads) + heading.start(heading.lastgroup or 0)
    bar = gate.find_bar(sentence.text, verb, GATE)
    return None if bar else replace(added, action=Action(heading.lastgroup or ""), items=items)


def _read_below_heading(sentence: Piece, added: Operation, page: Sections) -> Operation | None:
    """Read an entry that says nothing of its own by the heading above it."""
    headed = _find_headed_action(sentence, page)
    if not headed or WORDS.own_deed.search(sentence.text):
        return None
    if entries := _read_opening_entry(sentence):
        # a point of control that comes or goes changes the entry
        action = Action.AMEND if WORDS.of_point.search(sentence.text) else headed
        return replace(added, action=action, items=entries)
    unmarked = sentence.start > 0 or read_mark(sentence.line).level == "none"
    return None if unmarked else replace(added, action=headed, unclear=NO_ENTRY)


def _find_headed_action(sentence: Piece, page: Sections) -> Action | None:
    """Return what the heading above a line does to the entries below it; None without one."""
    level = read_mark(sentence.line).level
    for line in () if level == "top" else reversed(page.before(sentence.line)):
        above = read_mark(line).level
        if (heading := WORDS.heads_entries.fullmatch(line.text)) or above == "top":
            beside = level == above != "none"
            return Action(heading.lastgroup or "") if heading and not beside else None
    return None


def _read_opening_entry(sentence: Piece) -> tuple[Item, ...]:
    """Read the entry that opens a sentence, with its name and number."""
    begins = read_mark(sentence.line).start if sentence.start == 0 else 0
    return _make_entry_items(sentence, WORDS.entry_below.match(sentence.text, begins))


def _list_quoted_entries(clause: Piece) -> tuple[Item, ...]:
    """Read the entries of a clause whose names stand between quotation marks, whatever joins their
    words.
    """
    found = WORDS.entry_quoted.finditer(clause.text)
    return tuple(item for entry in found for item in _make_entry_items(clause, entry))


def _make_entry_items(sentence: Piece, entry: re.Match[str] | None) -> tuple[Item, ...]:
    if entry is None:
        return ()
    name, code = ("name", "code") if entry["code"] else ("name2", "code2")
    named = {"zh": sentence.part(*entry.span(name)).said()}
    return (Item(named, (entry[code],), quote=sentence.quote),)


def _mark_renumbered(operations: list[Operation]) -> list[Operation]:
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
            items=tuple(_renumber_item(item, each.piece.text) for item in each.items),
        )
        for each in operations
        if each.action is not Action.REMOVE
    ]


def _renumber_item(item: Item, text: str) -> Item:
    """Give a thing the numbers behind its name, without those that are corrected."""
    behind = OLD_NAME.sub("", text[text.rfind(item.names["zh"]) :])
    return item.replace(hs=tuple(dict.fromkeys(item_names.NUMBER.findall(behind))) or item.hs)
