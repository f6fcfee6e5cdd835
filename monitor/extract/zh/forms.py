"""An act in a form of its own (a licence, a duty, a quota, a correction, a blocking order) → its
operations.

Asked only where the grammar of lists and controls has found nothing in the act; the gate stands
before each fact here too.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TypeVar

from monitor.extract import codes, gate, subject, why
from monitor.extract.zh import (
    annexes,
    dates,
    item_names,
    items,
    list_changes,
    net,
    places,
)
from monitor.extract.zh.annexes import entities_listed as annex
from monitor.extract.zh.annexes import is_firm
from monitor.extract.zh.corrections import corrections_of
from monitor.extract.zh.leftovers import OLD_NAME, SUMS_UP
from monitor.extract.zh.lines import Line
from monitor.extract.zh.names import Folded, Piece, before_goods, firms, folded, mask
from monitor.extract.zh.names import is_pointing_back as points
from monitor.extract.zh.names import those_meant as meant
from monitor.extract.zh.operations import (
    EXTENSION,
    Context,
    Operation,
    clauses,
    is_reported,
    quoted_end,
    sentences,
    settled,
    times,
)
from monitor.extract.zh.sections import Sections
from monitor.extract.zh.words import (
    CATALOGUES,
    CHANGED,
    CHINESE,
    GATE,
    GENERAL_LICENCES,
    LISTS,
    PORT_MEASURES,
    RATIONED,
    SUBJECTS,
    TABLES,
    WORDINGS,
    Wording,
)
from monitor.model import Action, End, Entity, Item, Start

WORDS = CHINESE.table("forms")
ANNEXED = CHINESE.table("items").elsewhere

RULES = ("规定", "条例", "办法", "的决定", "细则", "法")
# Whereto goods go, whatever is named: `出口至甲国的…`, `向甲国、乙国出口`, `对甲国最终用户`.
WHERETO = (
    re.compile(
        r"(?:向|至|往)(?P<places>[^,。;:()向至往的\d\x00]{2,40}?)(?:的|出口|供货|销售|输出)"
    ),
    re.compile(r"对(?P<places>[^,。;:()对的\d\x00]{2,40}?)(?:最终用|用户)"),
)


def blot_out(text: str) -> str:
    """The sentence with brackets and titles blotted out, but for the names of registers."""

    def title(match: re.Match[str]) -> str:
        known = match[1] in LISTS or (
            TABLES.published_title.search(match[1]) and not match[1].endswith(RULES)
        )
        return f'"{match[1]}"' if known else "\x00" * len(match[0])

    return mask(TABLES.titled.sub(title, text))


def find_goods_behind(match: re.Match[str], words: Folded) -> tuple[Item, ...]:
    """The goods that stand behind the firms which something is for (`授予甲公司石墨出口…许可`)."""
    who = find_piece(match, "who", words)
    end = len(before_goods(who).text) if who else 0
    return item_names.things_in_prose(who.part(end, len(who.text))) if who else ()


def rationed(sentence: Piece) -> tuple[Item, ...]:
    """Each thing of which a sentence says how much there may be."""
    rations = (find_goods(match, sentence) for match in RATIONED.finditer(blot_out(sentence.text)))
    return tuple(item for ration in rations for item in ration)


def find_goods_in_title(title: Line, wording: Wording, sentence: Piece) -> tuple[Item, ...]:
    """The goods that only the title names, with the tariff numbers of the sentence."""
    if wording.register in (PORT_MEASURES, None):
        return ()
    match = WORDS.titled_goods.search(title.text)
    named = find_goods(match, Piece(title, 0, len(title.text))) if match else ()
    numbers = codes.tariff_numbers(sentence.text) if len(named) == 1 else ()
    return tuple(item.replace(hs=item.hs or numbers) for item in named)


def find_piece(match: re.Match[str], group: str, words: Piece | Folded) -> Piece | None:
    """The words of a place that the form may have."""
    if group not in match.re.groupindex or match[group] is None:
        return None
    return words.part(*match.span(group))


def find_goods(match: re.Match[str], words: Piece | Folded) -> tuple[Item, ...]:
    """The things at all places that the form has for them."""
    pieces = [
        piece
        for group in ("goods", "goods2", "goods3", "before")
        if (piece := find_piece(match, group, words)) and piece.text
    ]
    return tuple(
        item for piece in pieces for item in item_names.things_in_prose(_without_places(piece))
    )


def _without_places(piece: Piece) -> Piece:
    """The goods without the countries that go before them (`出口至甲国、乙国的…`, `向甲国出口…`)."""
    lead = re.match(
        rf"(?:向|对|出口)?(?:至|到|往)?(?:原产于|来自|产自)?(?:(?:{places.country_pattern()})[、"
        r"和及与]?)+(?:原产|出口|产)?的?",
        piece.text,
    )
    return piece.part(lead.end(), len(piece.text)) if lead else piece


def find_destinations(match: re.Match[str], words: Folded) -> tuple[str, ...]:
    """Where goods go to: what the form says, else what any words of the sentence say."""
    rows = _whereto(match, words, (WORDS.to, *WHERETO))
    return tuple(dict.fromkeys(code for row in rows for code in places.all_in(row)))


def _whereto(match: re.Match[str], words: Folded, patterns: Sequence[re.Pattern[str]]) -> list[str]:
    whereto = find_piece(match, "to", words)
    return (
        [whereto.text]
        if whereto
        else [row["places"] for each in patterns for row in each.finditer(words.piece.text)]
    )


def unplaced(match: re.Match[str], words: Folded) -> str:
    """Why the destinations are not told whole: one has no code."""
    unknown = [name for row in _whereto(match, words, WHERETO) for name in places.unknown_in(row)]
    return f"a destination was not understood: {unknown[0]}" if unknown else ""


def find_entities(
    wording: Wording, match: re.Match[str], words: Folded, page: Sections
) -> list[Entity]:
    """Those a wording is done to: named in its words, or in the lines that it heads."""
    sentence = words.piece
    who = find_piece(match, "who", words) or find_piece(match, "to", words)
    if who and points(who):
        return meant(who, page.before(who.line))
    if who and (named := firms(who)):
        return named
    if who and annexes.FOLLOW.search(who.text):
        return annexes.those_listed(sentence, words.places[match.start("verb")], page)
    if not wording.listing:
        return []
    return (
        annexes.those_behind(sentence, words.places[match.start()])
        or list(annexes.firms_listed(sentence, page))
        or _annexed(page)
    )


def _annexed(page: Sections) -> list[Entity]:
    """The firms that an annex lists which holds nothing else."""
    listed_there = [entity for part in page.annexes for entity in annex(part).entities]
    return (
        listed_there if all(is_firm(entity.names.get("zh", "")) for entity in listed_there) else []
    )


NEGATION = 4  # characters before words in which they are denied


@dataclass(frozen=True)
class Act:
    """What the forms ask of a whole act."""

    page: Sections
    lines: Sequence[Line]

    _spoken: dict[re.Pattern[str], bool] = field(default_factory=dict)

    def speaks_of(self, wording: Wording) -> bool:
        """Whether the act is one in which the wording can stand."""
        if wording.on is None:
            return True
        if wording.on not in self._spoken:
            self._spoken[wording.on] = wording.on.search(self.page.text) is not None
        return self._spoken[wording.on]

    @cached_property
    def corrects(self) -> bool:
        """Whether it puts another act right."""
        return WORDS.corrects.search(self.page.text) is not None

    @cached_property
    def elsewhere(self) -> bool:
        """Whether it leaves something to an annex."""
        return WORDS.elsewhere.search(WORDS.shared_out.sub("", self.page.text)) is not None

    @cached_property
    def catalogue(self) -> tuple[str | None, ...]:
        """The register of the catalogue that it speaks of, by itself; empty where it speaks of
        none.
        """
        return next(((code,) for pattern, code in CATALOGUES if pattern.search(self.page.text)), ())


def operations(
    page: Sections, lines: Sequence[Line], context: Context, known: Iterable[Operation]
) -> list[Operation]:
    """What the sentences of an act do in forms of their own; duties only where nothing else is
    done.

    A sentence of which something is `known` already only says whom it puts on a list or takes off
    it.
    """
    act = Act(page, lines)
    if decree := _decree(act, context):
        return [decree, *list_changes.end_by_law(page, decree, context)]
    all_sentences = [
        sentence for line in lines for sentence in sentences(line) if not is_reported(sentence.text)
    ]
    known_places = _places(known)
    done = [
        operation
        for sentence in all_sentences
        for operation in _of(sentence, act, context, known=_within(sentence, known_places))
    ]
    done += _bans_beside(all_sentences, act, context, known_places)
    if not done and not known_places:
        done = [
            operation
            for sentence in all_sentences
            for operation in settled([*_operations_of(sentence, act, context, duty=True)])
        ]
    done = timed(_without_introductions(_without_consequences(done)), all_sentences, context)
    return _ended_by_rows(done, page) if any(line.cells for line in page.body) else done


def _bans_beside(
    all_sentences: Iterable[Piece], act: Act, context: Context, known_places: dict[Line, list[int]]
) -> Iterator[Operation]:
    """What clauses forbid of sentences of which another clause is known already."""
    for sentence in all_sentences:
        for clause in clauses(sentence) if _within(sentence, known_places) else ():
            if not _within(clause, known_places):
                for each in _of(clause, act, context, known=False):
                    if each.action is Action.RESTRICT and (each.destinations or each.items):
                        yield each


def _ended_by_rows(operations: list[Operation], page: Sections) -> list[Operation]:
    """The operations on those named in a table, with the last day that all its rows print; a table
    that says more of them is not told whole.
    """
    column, days = -1, dict[str, str]()
    for line in page.body:
        heads = [place for place, cell in enumerate(line.cells) if WORDS.last_days.fullmatch(cell)]
        others = [cell for place, cell in enumerate(line.cells) if place not in heads]
        if heads and not all(map(WORDS.of_holders.fullmatch, others)):
            return operations
        column = heads[0] if heads else column
        day = dates.first_day(line.cells[column]) if 0 <= column < len(line.cells) else None
        days |= {day: line.raw.strip()} if day else {}
    if len(days) != 1:
        return operations
    [(on, row)] = days.items()
    ends = End(on, "explicit", quote=row)
    return [
        replace(each, ends=ends)
        if each.entities and not each.ends and each.action is Action.ADD
        else each
        for each in operations
    ]


def _without_introductions(operations: list[Operation]) -> list[Operation]:
    """The operations without those of sentences that only introduce or close what is put right."""
    told = any(
        each.action is Action.AMEND and each.references and (each.entities or each.items)
        for each in operations
    )
    return [
        each
        for each in operations
        if not told
        or each.entities
        or each.items
        or WORDS.around_corrections.search(each.piece.text) is None
    ]


def _without_consequences(operations: list[Operation]) -> list[Operation]:
    """The operations without what only says what it means to be put on a list, or to be taken
    off it.
    """
    if any(operation.action is Action.REMOVE and operation.entities for operation in operations):
        operations = [
            each for each in operations if each.register != GENERAL_LICENCES or each.entities
        ]
    added = {
        str(entity.names)
        for operation in operations
        if operation.action is Action.ADD
        for entity in operation.entities
    }
    return [
        operation
        for operation in operations
        if operation.action is not Action.RESTRICT
        or not operation.entities
        or not {str(entity.names) for entity in operation.entities} <= added
    ]


def summed_up(page: Sections, lines: Sequence[Line], context: Context) -> tuple[Item, ...]:
    """What an act that publishes a catalogue anew names of it as added or changed."""
    act = Act(page, lines)
    all_sentences = [
        sentence for line in lines for sentence in sentences(line) if SUMS_UP.match(sentence.text)
    ]
    operations = [
        operation for sentence in all_sentences for operation in _catalogued(sentence, act, context)
    ]
    return tuple(
        item
        for operation in operations
        if operation.action is not Action.REMOVE
        for item in operation.items
    )


def timed(
    operations: list[Operation], all_sentences: Sequence[Piece], context: Context
) -> list[Operation]:
    """The operations with the one start and the one end that other sentences of the act give."""
    starts = _agreed(
        times(sentence, Context(published=context.published))[0]
        for sentence in all_sentences
        if not WORDS.case.match(sentence.text)
    )
    named = any(operation.entities for operation in operations)
    terms = {
        _place(sentence): _term(sentence, context, starts, named=named)
        for sentence in all_sentences
    }
    doing = {_place(operation.piece) for operation in operations}
    # Of several sentences that do something each has its own term.
    shared = _agreed(term for place, term in terms.items() if len(doing) == 1 or place not in doing)
    return [
        replace(
            operation,
            starts=operation.starts or starts,
            ends=operation.ends
            or (
                None
                if operation.action in LASTING
                else terms.get(_place(operation.piece)) or shared
            ),
        )
        for operation in operations
    ]


def _place(piece: Piece) -> tuple[str, int]:
    """Where a sentence stands; of two lines that say the same it is one, and so is its term."""
    return piece.line.text, piece.start


LASTING = (Action.REMOVE, Action.REPEAL, Action.RESUME)
W = TypeVar("W", Start, End)


def _term(sentence: Piece, context: Context, starts: Start | None, *, named: bool) -> End | None:
    """The last day that a sentence of its own gives; of a licence it is one only where its
    holders are named.
    """
    text = sentence.text
    if (
        not WORDS.term.search(text)
        or WORDS.case.match(text)
        or (WORDS.of_licences.search(text) and not named)
    ):
        return None
    begins = starts.on if starts else context.published
    ended = quoted_end(
        sentence, dates.end(text, begins) or dates.spoken_end(text, context.published)
    )
    return None if _of_old(sentence, ended) else ended


def _of_old(sentence: Piece, end: End | None) -> bool:
    """Whether an end is computed from a length by which another is moved: that counts from a day
    we do not know.
    """
    return end is not None and end.basis == "computed" and bool(EXTENSION.search(sentence.text))


def _agreed(bounds: Iterable[W | None]) -> W | None:
    """The one start or end that is told; nothing where none is, or several that differ."""
    by_day = {bound.on: bound for bound in bounds if bound}
    return next(iter(by_day.values())) if len(by_day) == 1 else None


def _decree(act: Act, context: Context) -> Operation | None:
    """The law that a decree publishes, changes or ends."""
    for line in act.page.body:
        for sentence in sentences(line):
            match = WORDS.decreed.search(sentence.text)
            if match and re.search("公布|发布|施行", sentence.text[match.end() :]):
                action = Action.AMEND if match["verb"] in ("修改", "修订") else Action.REPEAL
                start, _ = times(sentence, context)
                return Operation(action, sentence, starts=start, read_whole=True)
            law = WORDS.promulgated.search(sentence.text)
            if law and (SUBJECTS.ours.search(law[0]) or _is_ours(act.page)):
                start, _ = times(sentence, context)
                unclear = "the law that it publishes is only quoted"
                return Operation(
                    Action.ADD, sentence, starts=start, read_whole=True, unclear=unclear
                )
    return None


def _is_ours(page: Sections) -> bool:
    """Whether the articles of a law are on our subjects, whatever it is called."""
    return subject.of_act(page.title.text, net.spoken(page), SUBJECTS).ours


def _places(known: Iterable[Operation]) -> dict[Line, list[int]]:
    """Where in which line something is known to be done, in order."""
    places: dict[Line, list[int]] = {}
    for operation in known:
        places.setdefault(operation.piece.line, []).append(operation.piece.start)
    return {line: sorted(starts) for line, starts in places.items()}


def _within(sentence: Piece, known_places: dict[Line, list[int]]) -> bool:
    """Whether one of the places is in this sentence."""
    starts = known_places.get(sentence.line, [])
    first = bisect_left(starts, sentence.start)
    return first < len(starts) and starts[first] < sentence.end


def _of(sentence: Piece, act: Act, context: Context, *, known: bool) -> Iterator[Operation]:
    if (
        WORDS.case.match(sentence.text)
        or WORDS.stays.match(sentence.text)
        or dates.is_before(sentence.text, context.published)
    ):
        return
    if known:
        yield from settled([*list_changes.operations(sentence, act.page, context)])
        return
    operations = [
        *settled([*list_changes.operations(sentence, act.page, context)]),
        *(corrections_of(sentence, act.page, context) if act.corrects else ()),
    ] or _renumbered_rows(settled([*_catalogued(sentence, act, context)]))
    yield from operations or settled([*_operations_of(sentence, act, context, duty=False)])


def _operations_of(
    sentence: Piece, act: Act, context: Context, *, duty: bool
) -> Iterator[Operation]:
    """The first form whose words a sentence bears, which is not all that it does where another
    stands beside it.
    """
    words = folded(sentence, blot_out(sentence.text))
    if WORDS.case.match(words.text) and not (duty and WORDS.exports_case.match(words.text)):
        return
    first: tuple[re.Match[str], Operation] | None = None
    for wording, match in _borne(words.text, act, duty=duty):
        if bar := gate.bar(words.text, match.start("verb"), GATE):
            why.sentence(bar, sentence.text)
        elif first and not _beside(first, wording, match):
            continue
        elif made := _made(wording, match, words, act, context):
            if first and (made.items or made.entities):
                first = (
                    first[0],
                    replace(
                        first[1],
                        unclear=first[1].unclear or "not all that the sentence does was understood",
                    ),
                )
                break
            first = first or (match, made)
    if first:
        yield first[1]


def _beside(first: tuple[re.Match[str], Operation], wording: Wording, match: re.Match[str]) -> bool:
    """Whether a form does something else than the first, in words of its own.

    Words that point back only say what follows from the first (`不再受理其申请`).
    """
    apart = match.start() >= first[0].end() or match.end() <= first[0].start()
    another = (wording.action, wording.register) != (first[1].action, first[1].register)
    return apart and another and "其" not in match[0]


def _borne(words: str, act: Act, *, duty: bool) -> Iterator[tuple[Wording, re.Match[str]]]:
    """The forms whose words a sentence bears, and does not deny."""
    for wording in WORDINGS:
        if (
            wording.duty is duty
            and act.speaks_of(wording)
            and (match := wording.phrase.search(words))
        ):
            places = (match.start(), match.start("verb"))
            if not any(
                WORDS.negated.search(words, max(place - NEGATION, 0), place) for place in places
            ):
                yield wording, match


def _made(
    wording: Wording, match: re.Match[str], words: Folded, act: Act, context: Context
) -> Operation | None:
    sentence = words.piece
    start, end = times(sentence, context)
    end = None if _of_old(sentence, end) else end
    verb = words.places[match.start("verb")]
    if "goods" in match.re.groupindex and bool(WORDS.below.search(match["goods"] or "")):
        return Operation(
            wording.action,
            sentence,
            wording.register,
            starts=start,
            ends=end,
            goods=True,
            verb=verb,
        )
    entities = find_entities(wording, match, words, act.page)
    elsewhere = not (entities or wording.amounts) and ANNEXED.search(match[0])
    annexed = items.in_annexes(act.page) if elsewhere else ()
    goods = annexed or (
        rationed(sentence)
        if wording.amounts
        else (find_goods(match, words) or find_goods_behind(match, words))
    )
    goods = goods or (
        ()
        if entities and not wording.amounts
        else find_goods_in_title(act.page.title, wording, sentence)
    )
    abroad = find_destinations(match, words) if wording.abroad else ()
    whereto = find_piece(match, "to", words)
    if whereto and not (abroad or entities or WORDS.users.search(whereto.text)):
        return None
    return Operation(
        wording.action,
        sentence,
        wording.register,
        starts=start,
        ends=end,
        read_whole=True,
        entities=tuple(entities),
        items=goods,
        destinations=abroad,
        unclear=(
            not annexed
            and _unclear(wording, match[0], act, sentence, named=bool(goods or entities or abroad))
        )
        or (unplaced(match, words) if wording.abroad and not entities else ""),
        verb=verb,
    )


def _unclear(wording: Wording, words: str, act: Act, sentence: Piece, *, named: bool) -> str:
    """Why it is not understood whole: an annex says of what it is, or it has `named` neither
    goods nor firms nor places.
    """
    if WORDS.elsewhere.search(WORDS.shared_out.sub("", sentence.text)) or (
        act.elsewhere and not named
    ):
        return "whom or what it is for stands in an annex that was not read"
    if named:
        return ""
    return (
        "what it is for was not understood"
        if wording.needs and not WORDS.whole.search(words)
        else ""
    )


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
    """A thing with the numbers that stand behind its name, but for those that are put right."""
    behind = OLD_NAME.sub("", text[text.rfind(item.names["zh"]) :])
    return item.replace(hs=tuple(dict.fromkeys(item_names.NUMBER.findall(behind))) or item.hs)


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


def _catalogued(sentence: Piece, act: Act, context: Context) -> Iterator[Operation]:
    """What is added to a catalogue of goods or technologies, taken off it or changed, clause by
    clause.
    """
    if not (register := act.catalogue):
        return
    start, end = times(sentence, context)
    if items := _entry_added(sentence):
        yield Operation(
            Action.ADD, sentence, register[0], starts=start, ends=end, read_whole=True, items=items
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
            firms_below = tuple(annexes.firms_listed(sentence, act.page)) if of_firms else ()
            items = () if below else find_goods(match, clause)
            if action is Action.AMEND and len(items) == 1:
                items = (_renumber(items[0], clause.text),)
            if items or below:
                yield Operation(
                    action,
                    sentence,
                    register[0],
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
