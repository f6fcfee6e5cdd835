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

from monitor.extract import gate, subject, why
from monitor.extract.zh import catalogues, dates, items, list_changes, net
from monitor.extract.zh.corrections import read_corrections, read_renamings
from monitor.extract.zh.lines import Line
from monitor.extract.zh.names import Folded, Piece, fold_sentence, read_entities
from monitor.extract.zh.objects import (
    blot_out,
    explain_unplaced,
    find_destinations,
    find_entities,
    find_goods,
    find_goods_in_title,
    find_piece,
    list_rationed_items,
)
from monitor.extract.zh.operations import (
    Context,
    Operation,
    is_reported,
    read_times,
    settle_operations,
    split_sentences,
)
from monitor.extract.zh.periods import add_periods, is_of_old
from monitor.extract.zh.references import Reference, find_keyed
from monitor.extract.zh.sections import Sections
from monitor.extract.zh.wordings import WORDINGS, Wording
from monitor.extract.zh.words import CHINESE, GATE, GENERAL_LICENCES, SUBJECTS, TABLES
from monitor.model import Action, Item, tell_in_part

WORDS = CHINESE.table("forms")
APART = CHINESE.table("operations").apart
ANNEXED = CHINESE.table("items").elsewhere


CASE = CHINESE.table("leftovers").case
NEGATION = 4  # characters before words in which they are denied


@dataclass(frozen=True)
class Act:
    """What the forms need to know of a whole act."""

    page: Sections
    _spoken: dict[re.Pattern[str], bool] = field(default_factory=dict)

    def speaks_of(self, wording: Wording) -> bool:
        """Return whether the wording can stand in this act."""
        if wording.on is None:
            return True
        if wording.on not in self._spoken:
            self._spoken[wording.on] = wording.on.search(self.page.text) is not None
        return self._spoken[wording.on]

    @cached_property
    def corrects(self) -> bool:
        """Return whether it corrects another act."""
        return WORDS.corrects.search(self.page.text) is not None

    @cached_property
    def elsewhere(self) -> bool:
        """Return whether it leaves something to an annex."""
        return WORDS.elsewhere.search(WORDS.shared_out.sub("", self.page.text)) is not None

    @cached_property
    def catalogue(self) -> catalogues.Catalogue:
        """The catalogue that it speaks of."""
        return catalogues.find_catalogue(self.page)


def read_form_operations(
    page: Sections, context: Context, known: Iterable[Operation]
) -> list[Operation]:
    """Read what the sentences of an act do in special forms; read duties only if nothing else is
    done.

    A sentence of which something is `known` can only add names to a list or remove them.
    """
    act = Act(page)
    if decree := _read_decree(act, context):
        return [decree]
    all_sentences = [
        sentence
        for line in page.deciding
        for sentence in split_sentences(line)
        if not is_reported(sentence.text)
    ]
    known_places = _map_places(known)
    done = [
        operation
        for sentence in all_sentences
        for operation in _read_sentence(
            sentence, act, context, known=_has_known_place(sentence, known_places)
        )
    ]
    if not done and not known_places:
        done = [
            operation
            for sentence in all_sentences
            for operation in settle_operations([*_read_by_forms(sentence, act, context, duty=True)])
        ]
    return add_periods(_drop_introductions(_drop_consequences(done)), all_sentences, context)


def read_listings_beside(
    page: Sections, context: Context, known: Sequence[Operation]
) -> list[Operation]:
    """Read what sentences that gave nothing do to lists, in an act that names others in the
    grammar's words.
    """
    known_places = _map_places(known)
    done = (
        operation
        for line in page.deciding
        for sentence in split_sentences(line)
        if not (is_reported(sentence.text) or _has_known_place(sentence, known_places))
        if not (_tells_nothing(sentence, context) or CASE.search(sentence.text))
        if not dates.opens_before(sentence.text, context.published)
        for operation in list_changes.read_changes_to_named(sentence, page, context, imposed=False)
    )
    return [each for each in settle_operations([*done]) if not _is_said(each, known)]


def _is_said(operation: Operation, known: Iterable[Operation]) -> bool:
    """Return whether the same is done to the same names already."""
    alike = [each for each in known if each.action is operation.action]
    named = [entity for each in alike if each.who for entity in read_entities(each.who)]
    named += [entity for each in alike for entity in each.entities]
    said = {entity.names.get("zh", "") for entity in named}
    return all(entity.names.get("zh", "") in said for entity in operation.entities)


def _drop_introductions(operations: list[Operation]) -> list[Operation]:
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


def _drop_consequences(operations: list[Operation]) -> list[Operation]:
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
    banned = {each.piece.line for each in operations if each.items}
    return [
        operation
        for operation in operations
        if not (added and _only_points_back(operation))
        if operation.action is not Action.RESTRICT
        or (operation.entities and not {str(each.names) for each in operation.entities} <= added)
        # how a ban of goods is carried out, in its own line
        or not (operation.entities or (operation.unclear and operation.piece.line in banned))
        or operation.items
        or operation.destinations
    ]


def _only_points_back(operation: Operation) -> bool:
    """Return whether a ban names nobody and nothing, and is on those who are named before."""
    named = operation.entities or operation.items or operation.destinations or operation.goods
    bans = operation.action is Action.RESTRICT and not named
    return bans and WORDS.on_named.search(operation.piece.text) is not None


def _read_decree(act: Act, context: Context) -> Operation | None:
    """The law that a decree publishes, changes or ends."""
    for line in act.page.body:
        for sentence in split_sentences(line):
            match = WORDS.decreed.search(sentence.text) or _find_decree_of_ours(sentence)
            if match and re.search("公布|发布|施行", sentence.text[match.end() :]):
                action = Action.AMEND if match["verb"] in ("修改", "修订") else Action.REPEAL
                start, _ = read_times(sentence, context)
                return Operation(action, sentence, starts=start, read_whole=True)
            amended = WORDS.amended_law.search(sentence.text)
            if amended and (SUBJECTS.ours.search(amended[0]) or _is_ours(act.page)):
                start, _ = read_times(sentence, context)
                unclear = "what it changes in the law is only quoted"
                return Operation(
                    Action.AMEND, sentence, starts=start, read_whole=True, unclear=unclear
                )
            law = WORDS.promulgated.search(sentence.text)
            if law and (SUBJECTS.ours.search(law[0]) or _is_ours(act.page)):
                start, _ = read_times(sentence, context)
                unclear = "the law that it publishes is only quoted"
                return Operation(
                    Action.ADD, sentence, starts=start, read_whole=True, unclear=unclear
                )
    return None


def _find_decree_of_ours(sentence: Piece) -> re.Match[str] | None:
    """Find the decision on rules of one subject that a decree publishes, if that is ours."""
    match = WORDS.decreed_rules.search(sentence.text)
    return match if match and SUBJECTS.ours.search(match[0]) else None


def _is_ours(page: Sections) -> bool:
    """Return whether the articles of a law are on our subjects, whatever its name."""
    return subject.find_act_subject(page.title.text, net.list_sentences(page), SUBJECTS).ours


def _map_places(known: Iterable[Operation]) -> dict[Line, list[int]]:
    """Map lines to the places of known operations in them, in order."""
    places: dict[Line, list[int]] = {}
    for operation in known:
        places.setdefault(operation.piece.line, []).append(operation.piece.start)
    return {line: sorted(starts) for line, starts in places.items()}


def _has_known_place(sentence: Piece, known_places: dict[Line, list[int]]) -> bool:
    """Return whether one of the places is in this sentence."""
    starts = known_places.get(sentence.line, [])
    first = bisect_left(starts, sentence.start)
    return first < len(starts) and starts[first] < sentence.end


def _read_sentence(
    sentence: Piece, act: Act, context: Context, *, known: bool
) -> Iterator[Operation]:
    if _tells_nothing(sentence, context):
        return
    if known:
        yield from settle_operations(
            [*list_changes.read_changes_to_named(sentence, act.page, context)]
        )
        return
    operations = [
        *settle_operations([*list_changes.read_changes_to_named(sentence, act.page, context)]),
        *(
            read_corrections(sentence, act.page, context)
            if act.corrects
            else read_renamings(sentence, act.page, context)
        ),
    ] or catalogues.read_catalogue_changes(sentence, act.page, act.catalogue, context)
    yield from operations or settle_operations(
        [*_read_by_forms(sentence, act, context, duty=False)]
    )


def _tells_nothing(sentence: Piece, context: Context) -> bool:
    """Return whether a sentence tells a case, what stays or what was before."""
    return bool(
        (WORDS.case.match(sentence.text) and not WORDS.exempt_case.match(sentence.text))
        or is_kept(sentence.text)
        or dates.is_before(sentence.text, context.published)
        or APART.search(sentence.text)
    )


def is_kept(sentence: str) -> bool:
    """Return whether a sentence says what of an earlier act goes on as it was."""
    kept = WORDS.stays.match(sentence) or list_changes.LISTED_ACTS.rest_stays.match(sentence)
    return kept is not None


def _read_by_forms(
    sentence: Piece, act: Act, context: Context, *, duty: bool
) -> Iterator[Operation]:
    """Read a sentence by the first form that fits, and by another one that stands beside it."""
    words = fold_sentence(sentence, blot_out(sentence.text))
    free = WORDS.exempt_case.match(words.text) and not duty
    owed = duty and WORDS.exports_case.match(words.text)
    if WORDS.case.match(words.text) and not (free or owed):
        return
    first: tuple[re.Match[str], Operation] | None = None
    for wording, match in _list_matching_forms(words.text, act, duty=duty):
        if bar := gate.find_bar(words.text, match.start("verb"), GATE):
            why.explain_sentence(bar, sentence.text)
        elif first and not _is_beside(first, wording, match):
            continue
        elif made := _make_operation(wording, match, words, act, context):
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


def _is_beside(
    first: tuple[re.Match[str], Operation], wording: Wording, match: re.Match[str]
) -> bool:
    """Return whether a form does something else than the first, in words of its own.

    Words that point back only state what follows from the first (`不再受理其申请`, `出口时无须申领许可`).
    """
    if "goods" in match.re.groupindex and WORDS.at_export.fullmatch(match["goods"] or ""):
        return False
    apart = match.start() >= first[0].end() or match.end() <= first[0].start()
    another = (wording.action, wording.register) != (first[1].action, first[1].register)
    return apart and another and "其" not in match[0]


def _list_matching_forms(
    words: str, act: Act, *, duty: bool
) -> Iterator[tuple[Wording, re.Match[str]]]:
    """Yield the forms with words that a sentence has and does not deny."""
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


def _make_bare_operation(
    wording: Wording, match: re.Match[str], words: Folded, act: Act, context: Context
) -> Operation:
    """Make the operation of a wording, with its days and acts, before it is known on what it is."""
    start, end = read_times(words.piece, context)
    return Operation(
        wording.action,
        words.piece,
        wording.register,
        starts=start,
        ends=None if is_of_old(words.piece, end) else end,
        verb=words.places[match.start("verb")],
        references=_find_amended_acts(wording, words.piece, act.page, context),
    )


def _make_operation(
    wording: Wording, match: re.Match[str], words: Folded, act: Act, context: Context
) -> Operation | None:
    made = _make_bare_operation(wording, match, words, act, context)
    if "goods" in match.re.groupindex and WORDS.below.search(match["goods"] or ""):
        return replace(made, goods=True)
    entities = tuple(find_entities(wording, match, words, act.page))
    elsewhere = not (entities or wording.amounts) and ANNEXED.search(match[0])
    annexed = items.read_annexed_items(act.page) if elsewhere else ()
    goods = annexed or _find_form_goods(wording, match, words, act.page.title, named=bool(entities))
    abroad = find_destinations(match, words) if wording.abroad else ()
    whereto = find_piece(match, "to", words)
    if whereto and not (abroad or entities or WORDS.users.search(whereto.text)):
        return None
    # places alone do not say of which goods, where an annex has these
    placed = abroad and ("goods" in match.re.groupindex or not act.elsewhere)
    named = bool(goods or entities or placed)
    return replace(
        made,
        read_whole=True,
        entities=entities,
        items=goods,
        destinations=abroad,
        unclear=(not annexed and _explain_unclear(wording, match[0], act, made.piece, named=named))
        or (explain_unplaced(match, words) if wording.abroad and not entities else ""),
    )


def _find_amended_acts(
    wording: Wording, sentence: Piece, page: Sections, context: Context
) -> tuple[Reference, ...]:
    """The acts of which a form changes something: those that its sentence names, else the title."""
    if wording.action is not Action.AMEND:
        return ()
    named = (
        find_keyed(text, series=page.series, year=page.year)
        for text in (sentence.text, page.title.text)
    )
    before = context.references if TABLES.back.search(sentence.text) else ()
    others = (tuple(each for each in acts if each.key != page.key) for acts in (before, *named))
    return next(filter(None, others), ())


def _find_form_goods(
    wording: Wording, match: re.Match[str], words: Folded, title: Line, *, named: bool
) -> tuple[Item, ...]:
    """The goods of a form by their amounts, in its words or behind its firms; else, where nobody
    is named, those of the title.
    """
    if wording.amounts:
        return list_rationed_items(words.piece)
    return find_goods(match, words) or (
        () if named else find_goods_in_title(title, wording, words.piece)
    )


def _explain_unclear(
    wording: Wording, words: str, act: Act, sentence: Piece, *, named: bool
) -> str:
    """Explain why it is not fully understood; "" if it is.

    An annex has its subjects, or it has `named` neither goods nor firms nor places.
    """
    if WORDS.elsewhere.search(WORDS.shared_out.sub("", sentence.text)) or (
        act.elsewhere and not named
    ):
        return "whom or what it is for stands in an annex that was not read"
    if named and wording.conditional:
        return tell_in_part(Action.AMEND)
    if named:
        return ""
    if wording.partly:
        return tell_in_part(wording.action)
    return (
        "what it is for was not understood"
        if wording.needs and not WORDS.whole.search(words)
        else ""
    )
