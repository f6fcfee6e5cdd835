"""Word one act as a person needs it at nine in the morning: what changes for whom and when, and who
or what is listed.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain

from monitor import vocabulary
from monitor.alert.event import Side
from monitor.model import (
    Action,
    Announcement,
    Entity,
    Item,
    Measure,
    Reviewed,
    distinct,
)
from monitor.render import dates, phrases, words
from monitor.render.phrases import (
    Acts,
    Operation,
    Voice,
    merge_operations,
    name_whom,
    phrase_clauses,
    phrase_operation,
    phrase_targets,
)
from monitor.render.text import (
    capitalize_first,
    cut,
    join_alike,
    join_words,
)
from monitor.render.titles import format_title
from monitor.render.words import ANNEX, Line, Table, keep_filled_tables
from monitor.watch import criteria
from monitor.watch.glosses import put_english_first, translate_whole

ORIGINAL = "In the original"
NAMED = 3  # how many names a line has before the table does
SHOWN_OF_BESIDE = 120  # characters of the first sentence beside what an act does
SHOWN_OF_QUOTE = 40  # characters of the first of many parts that were not understood
TOLD = 3  # how many of the things an act does are told


def summarize_act(act: Announcement, known: Acts) -> str:
    """Say what `list_act_lines` lists in one text, or that it was not understood."""
    if act.understood == "none":
        return (
            f"{vocabulary.authority(act.authority)} published it, and it was not understood:"
            " read it."
        )
    lines = (f"{line.label}: {line.text}." for line in list_act_lines(act, known))
    return " ".join(lines) or "What it does was not understood: read it."


def _word_from(measures: tuple[Measure, ...], authority: str) -> str:
    """`From 8 Nov 2025 (Beijing)`; of parts with days of their own each day with its clauses."""
    by_day: dict[str, list[Measure]] = {}
    for measure in measures:
        by_day.setdefault(measure.starts.on if measure.starts else "", []).append(measure)
    if list(by_day) == [""]:
        # to move a last day needs no first one, and `until` says what is not stated beside it
        is_told = all(measure.ends for measure in measures)
        return "" if is_told else "on a day that it does not state"
    days = [
        (
            f"{dates.format_local_date(on, authority)}{_word_clauses(measures) if len(by_day) > 1 else ''}"
            if on
            else f"a day not stated{_word_clauses(measures)}"
        )
        for on, measures in by_day.items()
    ]
    return f"from {join_words(days)}"


def _word_clauses(measures: list[Measure]) -> str:
    marks = tuple(mark for measure in measures for mark in measure.clauses)
    return f" for {phrase_clauses(marks)}" if marks else ""


def _word_until(operation: Operation) -> str:
    ends = list(
        dict.fromkeys(
            dates.format_last_day(measure.ends) for measure in operation.measures if measure.ends
        )
    )
    bare = operation.action is Action.ADD and not (operation.entities or operation.items)
    begins = operation.extends or bare or any(measure.starts for measure in operation.measures)
    unsaid = "" if begins else " (from when is not stated)"
    return f" until {join_words(ends)}{unsaid}" if ends else ""


def format_since(act: Announcement) -> str:
    """` from 8 Nov 2025 (Beijing)`; where its parts begin on several days, each with its clauses."""
    starts = any(measure.starts for measure in act.measures)
    return f" {_word_from(act.measures, act.authority)}" if starts else ""


def list_act_lines(act: Announcement, known: Acts) -> Iterator[Line]:
    """An act in short: what it does and who must act, on what, from when until when; English
    before the original.
    """
    operations, more = merge_operations(act)[:TOLD], len(merge_operations(act)) - TOLD
    if act.understood == "none" or not operations:
        return
    yield from (
        Line("Doubt", f"{capitalize_first(doubt.why)}: it may do the opposite, read it")
        for doubt in act.doubts[:1]
    )
    who = [line.text for line in list_terms(act) if line.label == TERMS["scope"]]
    rest = [f"{words.format_count(more, 'more change')} below"] if more > 0 else []
    yield Line(
        "What",
        _join_parts([*(_word_effect(operation, act) for operation in operations), *who, *rest]),
    )
    if on := _join_parts(_name_things(operation, act, known) for operation in operations):
        yield Line("On", on)
    yield Line(
        "When",
        _join_parts(
            f"{_word_from(of.measures, act.authority)}{_word_until(of)}".strip()
            for of in operations
        ),
    )


def _join_parts(parts: Iterable[str]) -> str:
    return capitalize_first("; ".join(dict.fromkeys(filter(None, parts))))


def _word_effect(operation: Operation, act: Announcement) -> str:
    """Word the effect of an operation on its subject, which another line names."""
    if operation.extends:
        return f"{_name_targets_below(operation)} will have another last day"
    if operation.done_to:
        whom = " to those named below" if operation.whom else ""
        return f"{_name_targets_below(operation)} {operation.done_to}{whom}"
    if operation.action is Action.ADD and operation.meaning:
        return operation.meaning
    who, goods = vocabulary.authority(act.authority), words.join_goods(words.name_goods(act))
    return f"{who} {phrase_operation(operation, Voice(who, goods=goods))}"


def _name_targets_below(operation: Operation) -> str:
    """Name what the lines below list: acts, clauses or both."""
    whole = {not target.clauses for target in operation.targets}
    kinds = ("acts" if True in whole else "", "clauses" if False in whole else "")
    return f"the {' and '.join(filter(None, kinds))} below"


def _name_things(operation: Operation, act: Announcement, known: Acts) -> str:
    """The first of what it is on, each in English with the original behind it."""
    if operation.targets:
        return f"{phrase_targets(operation.targets)}{_word_goods(operation, known)}{operation.whom}"
    rows = [make_entity_row(entity)[:2] for entity in operation.entities]
    shown = [f"{name} ({original})" if original else name for name, original in rows[:NAMED]] or [
        *map(_name_item, operation.items[:NAMED])
    ]
    more = len(rows or operation.items) - NAMED
    named = "; ".join([*shown, *([f"and {more:,} more"] if more > 0 else [])])
    goods = words.join_goods(words.name_goods(act), most=4) if not operation.entities else ""
    return f"{goods}: {named}" if goods and named else goods or named or _word_stated(operation)


def _word_goods(operation: Operation, known: Acts) -> str:
    """Word the goods of the amended acts, if these are known."""
    acts = [known[target.key] for target in operation.targets if target.key in known]
    goods = list(dict.fromkeys(word for act in acts for word in words.name_goods(act)))
    return f" ({words.join_goods(goods, most=4)})" if goods else ""


def _word_stated(operation: Operation) -> str:
    """Word how many names the text states, where none was read."""
    stated = sum(count.entities or count.entries or 0 for count in operation.stated)
    return f"{words.format_count(stated, 'name')} as stated" if stated else ""


def _name_item(item: Item) -> str:
    own = next((name for language, name in item.names.items() if name and language != "en"), "")
    named = put_english_first(own, item.names.get("en", ""))
    return criteria.add_criteria(named or ", ".join(item.codes) or "an unnamed item", item)


# What a kind of term is called before its lines.
TERMS = {
    "scope": "Who must act",
    "threshold": "Threshold",
    "affiliates": "Affiliates",
    "presumption": "Licences",
    "exemption": "Exempt",
    "duty": "Duties",
}
CRITERIA = "Criteria"


def list_terms(act: Announcement) -> Iterator[Line]:
    """List further duties of an act: a line for each kind of term, without lines that a longer one
    repeats.

    Then list the criteria of its goods, and who reviewed the reading.
    """
    texts: dict[str, dict[str, None]] = {kind: {} for kind in TERMS}
    for term in chain(act.terms, *(measure.terms for measure in act.measures)):
        texts[term.kind][term.text] = None
    for kind, lines in texts.items():
        told = [
            line
            for line in lines
            if not any(other.startswith((f"{line}:", f"{line} for:")) for other in lines)
        ]
        if told:
            yield Line(TERMS[kind], "; ".join(join_alike(told)))
    if beyond := criteria.gather_criteria(distinct(one.items for one in act.measures)):
        yield Line(CRITERIA, beyond)
    if act.reviewed:
        yield Line("Reviewed", describe_review(act.reviewed))


def describe_review(reviewed: Reviewed) -> str:
    """Say who completed or corrected the reading, when and why, and whether the page has changed
    since.
    """
    stale = "; its page has changed since: to be reviewed again" if reviewed.stale else ""
    why = f": {reviewed.reason}" if reviewed.reason else ""
    return (
        f"completed or corrected by {reviewed.by} on"
        f" {dates.format_date(reviewed.at[:10])}{why}{stale}"
    )


def list_act_details(act: Announcement, known: Acts) -> Iterator[Line]:
    """List an act's title, number, issuers and amended acts, which a reader looks up later."""
    yield Line("Title", format_title(act.title) or words.name_act(act))
    if act.number and act.number != act.title:
        yield Line("Number", act.number)
    if issuers := words.name_joint_issuers(act):
        yield Line("Issued by", issuers)
    changed = dict.fromkeys(
        (words.name_done(measure, act), target, name_whom((measure,)))
        for measure in act.measures
        for target in measure.amends
    )
    for done, target, whom in changed:
        earlier = known.get(target.key)
        part = f"{phrase_clauses(target.clauses)} of " if target.clauses else ""
        title = f": {format_title(earlier.title)}" if earlier and earlier.title else ""
        name = words.name_act(earlier) if earlier else words.name_acts((target.key,))
        url = earlier.url if earlier else ""
        yield Line(capitalize_first(done), f"{part}{name}{whom}{title}", url)
    for attachment in act.attachments:
        yield Line(ANNEX, attachment.title or "attachment", attachment.url)
    if act.legal_basis:
        yield Line("Legal basis", ", ".join(act.legal_basis))
    if act.beside:
        more = f" and {len(act.beside) - 1} more" if len(act.beside) > 1 else ""
        yield Line("Also says", f"“{cut(act.beside[0], SHOWN_OF_BESIDE)}”{more}")


def get_start_and_end(act: Announcement) -> tuple[str, str]:
    """Start and end, to be compared with another reading of the same act."""
    return (
        _word_when(act, lambda each: dates.format_date(each.starts.on) if each.starts else ""),
        _word_when(act, lambda each: dates.format_last_day(each.ends) if each.ends else ""),
    )


def _word_when(act: Announcement, moment: Callable[[Measure], str]) -> str:
    """The date all measures share, or each date with its clauses."""
    by_moment: dict[str, list[Measure]] = {}
    for measure in act.measures:
        by_moment.setdefault(moment(measure), []).append(measure)
    if len(by_moment) == 1:
        return next(iter(by_moment))
    return "; ".join(f"{_word_part(measures)}: {day}" for day, measures in by_moment.items() if day)


def _word_part(measures: list[Measure]) -> str:
    marks = tuple(mark for measure in measures for mark in measure.clauses)
    return (
        phrase_clauses(marks)
        if marks
        else join_words(list(dict.fromkeys(words.DONE[measure.action] for measure in measures)))
    )


def list_shortfalls(act: Announcement) -> Iterator[str]:
    """List the parts that were not understood, and each count in the text that the
    reading misses.
    """
    gathered: dict[tuple[str, str], list[str]] = {}
    for unread in act.not_read:
        gathered.setdefault((unread.what, unread.why), []).append(unread.quote)
    for (what, why), quotes in gathered.items():
        yield _word_shortfall(what, why, quotes)
    for measure in act.measures:
        yield from _list_miscounts(measure)
    if act.understood != "full" and not act.not_read:
        yield (
            "the text as a whole; open the notice"
            if act.understood == "none"
            else "parts of the text; open the notice"
        )


def _word_shortfall(what: str, why: str, quotes: Sequence[str]) -> str:
    """Say what was not understood and why; of many alike parts, their number and the first."""
    first, *more = quotes
    if not more:
        return f"{what} ({why}): “{first}”" if first else f"{what} ({why})"
    return (
        f"{words.format_count(len(quotes), what)} ({why}): “{cut(first, SHOWN_OF_QUOTE)}” and"
        f" {len(more)} more"
    )


def _list_miscounts(measure: Measure) -> Iterator[str]:
    if measure.stated is None:
        return
    entries = sum(entity.parent is None for entity in measure.entities)
    counts = (
        (measure.stated.entities, len(measure.entities), "names"),
        (measure.stated.entries, entries, "entries"),
    )
    for stated, read, noun in counts:
        if stated is not None and stated != read:
            yield f"the text states {stated:,} {noun}; {read:,} were read"


def make_act_tables(act: Announcement) -> tuple[Table, ...]:
    """Make the tables of listed entities and of controlled items."""
    return keep_filled_tables(_make_entity_table(act), _make_item_table(act))


def _make_entity_table(act: Announcement) -> Table:
    several = [operation for operation in merge_operations(act) if operation.entities]
    rows = tuple(
        (_name_list(operation) if len(several) > 1 else "", *make_entity_row(entity))
        for operation in several
        for entity in operation.entities
    )
    return Table("Names", ("List", "Name", ORIGINAL, "Note"), rows)


def _name_list(operation: Operation) -> str:
    return (
        f"{operation.action}: {vocabulary.register(operation.register)}"
        if operation.register
        else str(operation.action)
    )


def make_entity_row(entity: Entity) -> tuple[str, str, str]:
    """Make a row of an entity: English name, original name, and a note."""
    own = next((name for language, name in entity.names.items() if language != "en"), "")
    english = entity.names.get("en", "")
    return (
        f"{'↳ ' if entity.parent else ''}{english or own}",
        own if english else "",
        describe_entity(entity),
    )


def describe_entity(entity: Entity) -> str:
    """Role, group, country, kind, other names."""
    parts = [
        entity.role or "",
        f"member of {entity.parent}" if entity.parent else "",
        words.get_country_name(entity.country) if entity.country else "",
        entity.kind if entity.kind in {"person", "vessel", "aircraft"} and not entity.role else "",
        f"also {', '.join(entity.aliases)}" if entity.aliases else "",
    ]
    return "; ".join(filter(None, parts))


def _make_item_table(act: Announcement) -> Table:
    rows = tuple(
        make_item_row(item) for operation in merge_operations(act) for item in operation.items
    )
    return Table("Items", ("Code", "Item", ORIGINAL, "HS", "Note"), rows)


def make_item_row(item: Item) -> tuple[str, str, str, str, str]:
    """Make a row of an item: codes, English name or gloss, original, HS numbers,
    criteria and note.
    """
    own = next((name for language, name in item.names.items() if language != "en"), "")
    english, beyond = item.names.get("en") or translate_whole(own), criteria.describe_criteria(item)
    printed = criteria.read_printed(item) if beyond else ""
    return (
        ", ".join(item.codes),
        english or own,
        printed or (own if english else ""),
        ", ".join(item.hs),
        "; ".join(filter(None, (beyond, item.note))),
    )


def list_act_quotes(act: Announcement) -> tuple[str, ...]:
    """The words that carry the verbs, each once."""
    return tuple(dict.fromkeys(measure.quote for measure in act.measures if measure.quote))


# Two laws at once, side by side: what one forbids and what the other lists, each by its own words.
# No conclusion is drawn.

LABEL = "Two laws at once"
LONGEST = 300  # characters of a quote


def join_pair_lines(pairs: Iterable[tuple[Side, Side]]) -> Iterator[Line]:
    """Both sides of each pair, one under the other."""
    for pair in pairs:
        yield from (Line(LABEL, _describe_side(side), side.url) for side in pair)


def _describe_side(side: Side) -> str:
    quote = f": “{cut(side.quote, LONGEST)}”" if side.quote else ""
    on = f" ({dates.format_date(side.on)})" if side.on else ""
    return f"{side.name}, {vocabulary.register(side.register)}{on}{quote}"


# What differs between two readings of one act whose page was edited.


def make_edit_tables(before: Announcement, after: Announcement) -> tuple[Table, ...]:
    """Names and items added, removed, changed."""
    names = tuple(_diff_entities(_list_entities(before), _list_entities(after)))
    items = tuple(_diff_items(_list_items(before), _list_items(after)))
    return keep_filled_tables(
        Table("Names", ("Change", "Name", ORIGINAL, "Note"), names),
        Table("Items", ("Change", "Code", "Item", ORIGINAL, "Note"), items),
    )


def count_edits(tables: Sequence[Table]) -> str:
    """`2 names added, 1 name removed`."""
    return ", ".join(
        phrase
        for table in tables
        for phrase in _list_counts(table, table.title.lower().removesuffix("s"))
    )


def _list_counts(table: Table, noun: str) -> Iterator[str]:
    for change in ("added", "removed", "changed"):
        if number := sum(row[0] == change for row in table.rows):
            yield f"{words.format_count(number, noun)} {change}"


def list_edit_facts(before: Announcement, after: Announcement) -> Iterator[Line]:
    """Dates, destinations, targets, terms and title that are not what they were."""
    starts, ends = zip(get_start_and_end(before), get_start_and_end(after), strict=True)
    old_terms, new_terms = (
        {line.label: line.text for line in list_terms(act)} for act in (before, after)
    )
    pairs = (
        ("Start", *starts),
        ("End", *ends),
        ("Measures", phrases.phrase_operations(before), phrases.phrase_operations(after)),
        ("Acts it changes", _name_targets(before), _name_targets(after)),
        *((label, old_terms.get(label, ""), new_terms.get(label, "")) for label in TERMS.values()),
        ("Title", before.title, after.title),
    )
    for label, old, new in pairs:
        if old != new:
            yield Line(label, f"{new or 'not stated'} (was: {old or 'not stated'})")


def _name_targets(act: Announcement) -> str:
    return words.name_acts(target.key for measure in act.measures for target in measure.amends)


def _list_entities(act: Announcement) -> list[Entity]:
    return list(distinct(measure.entities for measure in act.measures))


def _list_items(act: Announcement) -> list[Item]:
    return list(distinct(measure.items for measure in act.measures))


def _diff_entities(before: Sequence[Entity], after: Sequence[Entity]) -> Iterator[tuple[str, ...]]:
    old = {name: entity for entity in before for name in entity.names.values()}
    kept = {name for entity in after for name in entity.names.values()}
    for entity in after:
        same = next((old[name] for name in entity.names.values() if name in old), None)
        if same is None:
            yield ("added", *make_entity_row(entity))
        elif make_entity_row(same) != make_entity_row(entity):
            yield ("changed", *make_entity_row(entity))
    for entity in before:
        if kept.isdisjoint(entity.names.values()):
            yield ("removed", *make_entity_row(entity))


def _diff_items(before: Sequence[Item], after: Sequence[Item]) -> Iterator[tuple[str, ...]]:
    old, new = dict.fromkeys(map(_join_item_row, before)), dict.fromkeys(map(_join_item_row, after))
    yield from (("added", *row) for row in new if row not in old)
    yield from (("removed", *row) for row in old if row not in new)


def _join_item_row(item: Item) -> tuple[str, str, str, str]:
    code, name, original, hs, note = make_item_row(item)
    return code, name, original, "; ".join(filter(None, [f"HS {hs}" if hs else "", note]))
