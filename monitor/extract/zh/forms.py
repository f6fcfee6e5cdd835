"""An act in a form of its own (a licence, a duty, a quota, a correction, a list that changes) → its operations.

Asked only where the grammar of lists and controls has found nothing in the act; the gate stands before each fact here too.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TypeVar

from monitor.extract import gate, why
from monitor.extract.named import Pattern
from monitor.extract.zh import dates, form_words, issuers, list_changes, references, wordings
from monitor.extract.zh.amendments import EXTENSION
from monitor.extract.zh.clauses import (
    Context,
    Folded,
    Operation,
    clauses,
    folded,
    is_reported,
    quoted_end,
    sentences,
    settled,
    times,
)
from monitor.extract.zh.leftovers import SUMS_UP
from monitor.extract.zh.lines import Line
from monitor.extract.zh.names import Piece
from monitor.extract.zh.sections import Sections
from monitor.extract.zh.subjects import GATE
from monitor.extract.zh.tables import GENERAL_LICENCES
from monitor.extract.zh.wordings import Wording
from monitor.model import Action, End, Entity, Item, Start
from monitor.vocabulary.letters import HAN_RANGE

# What would follow from something, or is asked of an applicant.
CASE = re.compile("^(?:如(?!下)|若|未[^,。;]{1,24}的,|违反|逾期|拒不|申请|确需|[^,。;]{2,40}的,)")
NEGATED = re.compile("(?:不再|尚?未|已经?|停止|终止|取消|解除|暂停|暂缓|不予?)(?:对|针对)?$")
NEGATION = 4  # characters before words in which they are denied
USERS = re.compile("用户|用途|军|实体|组织|机构|企业|个人|任何国家|所有国家|境外")


@dataclass(frozen=True)
class Act:
    """What the forms ask of a whole act."""

    page: Sections
    lines: Sequence[Line]

    _spoken: dict[Pattern, bool] = field(default_factory=dict)

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
        return CORRECTS.search(self.page.text) is not None

    @cached_property
    def elsewhere(self) -> bool:
        """Whether it leaves something to an annex."""
        return ELSEWHERE.search(SHARED_OUT.sub("", self.page.text)) is not None

    @cached_property
    def catalogue(self) -> tuple[str | None, ...]:
        """The register of the catalogue that it speaks of, by itself; empty where it speaks of none."""
        return next(((code,) for pattern, code in wordings.CATALOGUES if pattern.search(self.page.text)), ())


def operations(page: Sections, lines: Sequence[Line], context: Context, known: Iterable[Operation]) -> list[Operation]:
    """What the sentences of an act do in forms of their own; duties only where nothing else is done.

    A sentence of which something is `known` already only says whom it puts on a list or takes off it.
    """
    act = Act(page, lines)
    if decree := _decree(act, context):
        return [decree]
    all_sentences = [sentence for line in lines for sentence in sentences(line) if not is_reported(sentence.text)]
    known_places = _places(known)
    done = [
        operation
        for sentence in all_sentences
        for operation in _of(sentence, act, context, known=_within(sentence, known_places))
    ]
    if not done and not known_places:
        done = [
            operation for sentence in all_sentences for operation in settled([*_operations_of(sentence, act, context, duty=True)])
        ]
    return timed(_without_consequences(done), all_sentences, context)


def _without_consequences(operations: list[Operation]) -> list[Operation]:
    """The operations without what only says what it means to be put on a list, or to be taken off it."""
    if any(operation.action is Action.REMOVE and operation.entities for operation in operations):
        operations = [each for each in operations if each.register != GENERAL_LICENCES or each.entities]
    added = {str(entity.names) for operation in operations if operation.action is Action.ADD for entity in operation.entities}
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
    all_sentences = [sentence for line in lines for sentence in sentences(line) if SUMS_UP.match(sentence.text)]
    operations = [operation for sentence in all_sentences for operation in _catalogued(sentence, act, context)]
    return tuple(item for operation in operations if operation.action is not Action.REMOVE for item in operation.items)


def timed(operations: list[Operation], all_sentences: Sequence[Piece], context: Context) -> list[Operation]:
    """The operations with the one start and the one end that other sentences of the act give."""
    starts = _agreed(
        times(sentence, Context(published=context.published))[0] for sentence in all_sentences if not CASE.match(sentence.text)
    )
    named = any(operation.entities for operation in operations)
    terms = {_place(sentence): _term(sentence, context, starts, named=named) for sentence in all_sentences}
    doing = {_place(operation.piece) for operation in operations}
    # Of several sentences that do something each has its own term.
    shared = _agreed(term for place, term in terms.items() if len(doing) == 1 or place not in doing)
    return [
        replace(
            operation,
            starts=operation.starts or starts,
            ends=operation.ends or (None if operation.action in LASTING else terms.get(_place(operation.piece)) or shared),
        )
        for operation in operations
    ]


def _place(piece: Piece) -> tuple[str, int]:
    """Where a sentence stands; of two lines that say the same it is one, and so is its term."""
    return piece.line.text, piece.start


LASTING = (Action.REMOVE, Action.REPEAL, Action.RESUME)
TERM = re.compile(
    "(?:为期|试行|有效期|期限|配额|额度|实施|执行|施行|适用|措施|管制)[^,。;]{0,16}?(?:至|到|为|[一二两三四五六七八九十\\d]+(?:年|个月))|失效|届满|截止|止$"
)
OF_LICENCES = re.compile("许可证?(?:的)?有效期|有效期内")
W = TypeVar("W", Start, End)


def _term(sentence: Piece, context: Context, starts: Start | None, *, named: bool) -> End | None:
    """The last day that a sentence of its own gives; of a licence it is one only where its holders are named."""
    text = sentence.text
    if not TERM.search(text) or CASE.match(text) or (OF_LICENCES.search(text) and not named):
        return None
    begins = starts.on if starts else context.published
    ended = quoted_end(sentence, dates.end(text, begins) or dates.spoken_end(text, context.published))
    return None if _of_old(sentence, ended) else ended


def _of_old(sentence: Piece, end: End | None) -> bool:
    """Whether an end is computed from a length by which another is moved: that counts from a day we do not know."""
    return end is not None and end.basis == "computed" and bool(EXTENSION.search(sentence.text))


def _agreed(bounds: Iterable[W | None]) -> W | None:
    """The one start or end that is told; nothing where none is, or several that differ."""
    by_day = {bound.on: bound for bound in bounds if bound}
    return next(iter(by_day.values())) if len(by_day) == 1 else None


# A decision on a law whose text the decree prints behind it: what that says is to be, and is not done by the act.
DECREED = re.compile(
    r"《[^《》]{0,40}关于(?P<verb>修改|修订|废止|停止执行)[^《》]{0,10}[〈<《](?P<law>[^〉>》]{2,60})[^》]{0,20}》"
)


def _decree(act: Act, context: Context) -> Operation | None:
    """The law that a decree changes or ends."""
    for line in act.page.body:
        for sentence in sentences(line):
            match = DECREED.search(sentence.text)
            if match and re.search("公布|发布|施行", sentence.text[match.end() :]):
                action = Action.AMEND if match["verb"] in ("修改", "修订") else Action.REPEAL
                start, _ = times(sentence, context)
                return Operation(action, sentence, starts=start, read_whole=True)
    return None


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
    if CASE.match(sentence.text):
        return
    if known:
        yield from settled([*list_changes.operations(sentence, act.page, context)])
        return
    operations = [
        *settled([*list_changes.operations(sentence, act.page, context)]),
        *(corrections_of(sentence, act.page, context) if act.corrects else ()),
    ] or settled([*_catalogued(sentence, act, context)])
    yield from operations or settled([*_operations_of(sentence, act, context, duty=False)])


def _operations_of(sentence: Piece, act: Act, context: Context, *, duty: bool) -> Iterator[Operation]:
    """The first form whose words a sentence bears, which is not all that it does where another stands beside it."""
    words = folded(sentence, form_words.seen(sentence.text))
    if CASE.match(words.text):
        return
    first: tuple[re.Match[str], Operation] | None = None
    for wording, match in _borne(words.text, act, duty=duty):
        if bar := gate.bar(words.text, match.start("verb"), GATE):
            why.sentence(bar, sentence.text)
        elif first and not _beside(first, wording, match):
            continue
        elif made := _made(wording, match, words, act, context):
            if first and (made.items or made.entities):
                first = (first[0], replace(first[1], unclear=first[1].unclear or "not all that the sentence does was understood"))
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
    for wording in wordings.WORDINGS:
        if wording.duty is duty and act.speaks_of(wording) and (match := wording.phrase.search(words)):
            places = (match.start(), match.start("verb"))
            if not any(NEGATED.search(words, max(place - NEGATION, 0), place) for place in places):
                yield wording, match


def _made(wording: Wording, match: re.Match[str], words: Folded, act: Act, context: Context) -> Operation | None:
    sentence = words.piece
    start, end = times(sentence, context)
    end = None if _of_old(sentence, end) else end
    verb = words.places[match.start("verb")]
    if form_words.stand_below(match):
        return Operation(wording.action, sentence, wording.register, starts=start, ends=end, goods=True, verb=verb)
    entities = form_words.entities(wording, match, words, act.page)
    goods = (
        form_words.rationed(sentence) if wording.amounts else (form_words.goods(match, words) or form_words.behind(match, words))
    )
    goods = goods or (() if entities and not wording.amounts else form_words.in_title(act.page.title, wording, sentence))
    abroad = form_words.abroad(match, words) if wording.abroad else ()
    whereto = form_words.span(match, "to", words)
    if whereto and not (abroad or entities or USERS.search(whereto.text)):
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
        unclear=_unclear(wording, match[0], act, sentence, named=bool(goods or entities or abroad))
        or (form_words.unplaced(match, words) if wording.abroad and not entities else ""),
        verb=verb,
    )


WHOLE = re.compile("两用物项|军民两用|任何物项|一切物项|管制物项|所有物项|船舶|港务费")
SHARED_OUT = re.compile("(?:分配|分解)[^,。;]{0,8}见附[件表]")  # who gets how much of what is told
ELSEWHERE = re.compile("附件|附表|附后|后附")


def _unclear(wording: Wording, words: str, act: Act, sentence: Piece, *, named: bool) -> str:
    """Why it is not understood whole: an annex says of what it is, or it has `named` neither goods nor firms nor places."""
    if ELSEWHERE.search(SHARED_OUT.sub("", sentence.text)) or (act.elsewhere and not named):
        return "whom or what it is for stands in an annex that was not read"
    if named:
        return ""
    return "what it is for was not understood" if wording.needs and not WHOLE.search(words) else ""


def _catalogued(sentence: Piece, act: Act, context: Context) -> Iterator[Operation]:
    """What is added to a catalogue of goods or technologies, taken off it or changed, clause by clause."""
    if not (register := act.catalogue):
        return
    start, end = times(sentence, context)
    for clause in clauses(sentence):
        words = form_words.seen(clause.text)
        for action, pattern in wordings.CHANGED:
            match = pattern.search(words)
            if not match or gate.bar(words, match.start(), GATE):
                continue
            below = form_words.BELOW.search(match[0]) is not None  # of goods that a list names, which has a grammar of its own
            if (items := () if below else form_words.goods(match, clause)) or below:
                yield Operation(
                    action,
                    sentence,
                    register[0],
                    starts=start,
                    ends=end,
                    goods=below,
                    read_whole=not below,
                    items=items,
                    verb=None if match["verb"] or action is not Action.ADD else clause.start - sentence.start + match.end() - 2,
                )
                break


# Acts that put another one right (`更正`, `勘误`, `应为`): which one, and the names or numbers as they should have been.

CORRECTS = re.compile("更正|勘误|应为|应改为|误为|有误|漏印|漏列|补正|订正")
QUOTED = re.compile(r'"(?P<name>[^"]{2,80})"')
LATIN = re.compile(
    rf"(?:应为|更正为|改为|订正为|应改为)[:\"]*(?P<name>[A-Z][^{HAN_RANGE}\";。]{{2,160}}?)(?=[\"。;,]*(?:[{HAN_RANGE}]|$|。))"
)
RENAMED = re.compile(
    rf'(?:实体|企业|公司|机构)(?:中文)?名称[^。;]{{0,60}}?(?:应为|更正为|改为|订正为):?"(?P<name>[{HAN_RANGE}][^"]{{1,60}})"'
)
INSTEAD = r"(?:应为|更正为|改为|订正为|应改为|应作)[:\"]*"
NUMBERED = re.compile(rf"{INSTEAD}(?P<number>\d{{8,10}})(?!\d)")
CORRECTED_TERM = re.compile(rf"{INSTEAD}(?:自)?(?:\d{{4}}年\d|[\d一二两三四五六七八九十]+(?:年|个月|日|天))")
OF_NAME = re.compile("(?:英文|外文)(?:名称?|译名)|名称")


def corrections_of(sentence: Piece, page: Sections, context: Context) -> Iterator[Operation]:
    """The act that a sentence corrects, of an act that puts another one right."""
    own = _references(sentence.text, page, context)
    verb = CORRECTS.search(sentence.text)
    if not own or (verb and gate.bar(sentence.text, verb.start(), GATE)):
        return
    entities, items = tuple(_renamed(sentence)), tuple(_renumbered(sentence))
    yield Operation(
        Action.AMEND,
        sentence,
        references=own,
        read_whole=True,
        entities=entities,
        items=items,
        unclear=_unclear_correction(sentence, named=bool(entities or items)),
    )


def _references(text: str, page: Sections, context: Context) -> tuple[references.Reference, ...]:
    series = page.series or issuers.series_of(page.authority)
    cited = references.references(text.replace("本部", ""), series=series, year=context.year)
    own = tuple(reference for reference in cited if reference.key and reference.key != page.key)
    if own or not CORRECTS.search(text) or text == page.title.text:
        return own
    return _references(page.title.text, page, context)


def _renumbered(sentence: Piece) -> Iterator[Item]:
    """The number of a thing as it should have been."""
    for match in NUMBERED.finditer(sentence.text):
        number = match["number"]
        yield Item(names={"zh": number}, hs=(number,), quote=sentence.line.quote(sentence.start, sentence.end).strip())


def _unclear_correction(sentence: Piece, *, named: bool) -> str:
    """Why what is put right is not told: a day or a term moves a day which only the act that is corrected tells whole."""
    if CORRECTED_TERM.search(sentence.text):
        return "the day or the term that it puts right is told in its words only"
    return "" if named or not OF_NAME.search(sentence.text) else "what it puts right is told in its words only"


def _renamed(sentence: Piece) -> Iterator[Entity]:
    """The entity whose name in Latin letters is put right: by its name in Chinese, with the new one."""
    text = sentence.text
    if (new := RENAMED.search(text)) and not LATIN.search(text):
        chinese = sentence.part(*new.span("name")).said()
        yield Entity(names={"zh": chinese}, kind="org", quote=sentence.line.quote(sentence.start, sentence.end).strip())
        return
    latin, name = LATIN.search(text), QUOTED.search(text)
    if latin and name and OF_NAME.search(text) and latin.start() > name.end():
        chinese = sentence.part(*name.span("name")).said()
        yield Entity(
            names={"zh": chinese, "en": sentence.part(*latin.span("name")).said()},
            kind="org",
            quote=sentence.line.quote(sentence.start, sentence.end).strip(),
        )
