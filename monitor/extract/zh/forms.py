"""An act in a form of its own (a licence, a duty, a quota, a correction, a list that changes) → its operations.

Asked only where the grammar of lists and controls has found nothing in the act; the gate stands before each fact here too.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TypeVar

import msgspec

from monitor.extract import codes, gate, why
from monitor.extract.named import Pattern
from monitor.extract.zh import corrections, dates, deeds, list_changes, listing, places, things
from monitor.extract.zh.amendments import EXTENSION
from monitor.extract.zh.annex_lines import annex, is_firm
from monitor.extract.zh.clauses import Context, Operation, clauses, quoted_end, sentences, times
from monitor.extract.zh.deeds import Deed
from monitor.extract.zh.folded import Folded, folded
from monitor.extract.zh.leftovers import SUMS_UP
from monitor.extract.zh.lines import Line
from monitor.extract.zh.names import Piece, mask
from monitor.extract.zh.phrases import PUBLISHED_TITLE, TITLED
from monitor.extract.zh.sections import Sections
from monitor.extract.zh.subjects import GATE
from monitor.extract.zh.tables import LISTS, PORT_MEASURES
from monitor.extract.zh.whom import before_goods, firms, meant, points
from monitor.model import Action, End, Entity, Item, Start

# What would follow from something, or is asked of an applicant.
CASE = re.compile("^(?:如(?!下)|若|未[^,。;]{1,24}的,|违反|逾期|拒不|申请|确需|[^,。;]{2,40}的,)")
NEGATED = re.compile("(?:不再|尚?未|已经?|停止|终止|取消|解除|暂停|暂缓|不予?)(?:对|针对)?$")
NEGATION = 4  # characters before words in which they are denied
RULES = ("规定", "条例", "办法", "的决定", "细则", "法")
TO = re.compile(rf"(?:对|向|至|往|到|以|与)(?P<places>(?:(?:{places.country_pattern()})[、和及与]?)+)")
USERS = re.compile("用户|用途|军|实体|组织|机构|企业|个人|任何国家|所有国家|境外")
# Whereto goods go, whatever is named: `出口至甲国的…`, `向甲国、乙国出口`, `对甲国最终用户`.
WHERETO = (
    re.compile(r"(?:向|至|往)(?P<places>[^,。;:()向至往的\d\x00]{2,40}?)(?:的|出口|供货|销售|输出)"),
    re.compile(r"对(?P<places>[^,。;:()对的\d\x00]{2,40}?)(?:最终用|用户)"),
)


@dataclass(frozen=True)
class Act:
    """What the forms ask of a whole act."""

    page: Sections
    lines: Sequence[Line]

    _spoken: dict[Pattern, bool] = field(default_factory=dict)

    def speaks_of(self, deed: Deed) -> bool:
        """Whether the act is one in which the deed can stand."""
        if deed.on is None:
            return True
        if deed.on not in self._spoken:
            self._spoken[deed.on] = deed.on.search(self.page.text) is not None
        return self._spoken[deed.on]

    @cached_property
    def corrects(self) -> bool:
        """Whether it puts another act right."""
        return corrections.CORRECTS.search(self.page.text) is not None

    @cached_property
    def elsewhere(self) -> bool:
        """Whether it leaves something to an annex."""
        return ELSEWHERE.search(SHARED_OUT.sub("", self.page.text)) is not None

    @cached_property
    def catalogue(self) -> tuple[str | None, ...]:
        """The register of the catalogue that it speaks of, by itself; empty where it speaks of none."""
        return next(((code,) for pattern, code in deeds.CATALOGUES if pattern.search(self.page.text)), ())


def operations(page: Sections, lines: Sequence[Line], context: Context, known: Iterable[Operation]) -> list[Operation]:
    """What the sentences of an act do in forms of their own; duties only where nothing else is done.

    A sentence of which something is `known` already only says whom it puts on a list or takes off it.
    """
    act = Act(page, lines)
    if decree := _decree(act, context):
        return [decree]
    all_sentences = [sentence for line in lines for sentence in sentences(line)]
    known_places = _places(known)
    done = [
        operation
        for sentence in all_sentences
        for operation in _of(sentence, act, context, known=_within(sentence, known_places))
    ]
    if not done and not known_places:
        done = [operation for sentence in all_sentences for operation in _deeds(sentence, act, context, duty=True)]
    return timed(_without_consequences(done), all_sentences, context)


def _without_consequences(operations: list[Operation]) -> list[Operation]:
    """The operations without bans that only say what standing on a list means for those who are put on it."""
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
    ends = _agreed(_term(sentence, context, starts, named=named) for sentence in all_sentences)
    return [
        replace(
            operation, starts=operation.starts or starts, ends=operation.ends or (None if operation.action in LASTING else ends)
        )
        for operation in operations
    ]


LASTING = (Action.REMOVE, Action.REPEAL, Action.RESUME)
TERM = re.compile(
    "(?:为期|试行|有效期|期限|实施|执行|施行|适用|措施|管制)[^,。;]{0,16}?(?:至|到|为|[一二两三四五六七八九十\\d]+(?:年|个月))|失效|届满|截止|止$"
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
                return Operation(action, sentence, starts=start, decided=True, read_whole=True)
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
        yield from list_changes.operations(sentence, act.page, context)
        return
    operations = [
        *list_changes.operations(sentence, act.page, context),
        *(corrections.operations(sentence, act.page, context) if act.corrects else ()),
    ] or [*_catalogued(sentence, act, context)]
    yield from operations or _deeds(sentence, act, context, duty=False)


def seen(text: str) -> str:
    """The sentence with brackets and titles blotted out, but for the names of registers."""

    def title(match: re.Match[str]) -> str:
        known = match[1] in LISTS or (PUBLISHED_TITLE.search(match[1]) and not match[1].endswith(RULES))
        return f'"{match[1]}"' if known else "\x00" * len(match[0])

    return mask(TITLED.sub(title, text))


def _deeds(sentence: Piece, act: Act, context: Context, *, duty: bool) -> Iterator[Operation]:
    """The first form whose words a sentence bears, which is not all that it does where another stands beside it."""
    words = folded(sentence, seen(sentence.text))
    if CASE.match(words.text):
        return
    first: tuple[re.Match[str], Operation] | None = None
    for deed, match in _borne(words.text, act, duty=duty):
        if bar := gate.bar(words.text, match.start("verb"), GATE):
            why.sentence(bar, sentence.text)
        elif first and not _beside(first, deed, match):
            continue
        elif made := _made(deed, match, words, act, context):
            if first and (made.items or made.entities):
                first = (first[0], replace(first[1], unclear=first[1].unclear or "not all that the sentence does was understood"))
                break
            first = first or (match, made)
    if first:
        yield first[1]


def _beside(first: tuple[re.Match[str], Operation], deed: Deed, match: re.Match[str]) -> bool:
    """Whether a form does something else than the first, in words of its own.

    Words that point back only say what follows from the first (`不再受理其申请`).
    """
    apart = match.start() >= first[0].end() or match.end() <= first[0].start()
    return apart and deed.action is not first[1].action and "其" not in match[0]


def _borne(words: str, act: Act, *, duty: bool) -> Iterator[tuple[Deed, re.Match[str]]]:
    """The forms whose words a sentence bears, and does not deny."""
    for deed in deeds.DEEDS:
        if deed.duty is duty and act.speaks_of(deed) and (match := deed.phrase.search(words)):
            places = (match.start(), match.start("verb"))
            if not any(NEGATED.search(words, max(place - NEGATION, 0), place) for place in places):
                yield deed, match


def _made(deed: Deed, match: re.Match[str], words: Folded, act: Act, context: Context) -> Operation | None:
    sentence = words.piece
    start, end = times(sentence, context)
    end = None if _of_old(sentence, end) else end
    if BELOW.search(_words(match, "goods")):  # the goods stand in a list below, which has a grammar of its own
        return Operation(deed.action, sentence, deed.register, starts=start, ends=end, goods=True, decided=True)
    entities = _entities(deed, match, words, act)
    goods = _rationed(sentence) if deed.amounts else (_goods(match, words) or _behind(match, words))
    goods = goods or (() if entities and not deed.amounts else _in_title(act.page.title, deed, sentence))
    abroad = _abroad(match, words) if deed.abroad else ()
    whereto = _span(match, "to", words)
    if whereto and not (abroad or entities or USERS.search(whereto.text)):
        return None
    return Operation(
        deed.action,
        sentence,
        deed.register,
        starts=start,
        ends=end,
        decided=True,
        read_whole=True,
        entities=tuple(entities),
        items=goods,
        destinations=abroad,
        unclear=_unclear(deed, match[0], act, sentence, named=bool(goods or entities or abroad))
        or (_unplaced(match, words) if deed.abroad and not entities else ""),
    )


WHOLE = re.compile("两用物项|军民两用|任何物项|一切物项|管制物项|所有物项|船舶|港务费")
SHARED_OUT = re.compile("(?:分配|分解)[^,。;]{0,8}见附[件表]")  # who gets how much of what is told
ELSEWHERE = re.compile("附件|附表|附后|后附")
# What the title says that the act is on: `对…实施临时管制`, `延长…临时管制期限`, `公布…配额`.
TITLED_GOODS = re.compile(
    r"(?:对|将|延长|关于|取消|解除|受理|公布)(?P<goods>[^,。;:《》]{1,40}?)(?:出口|进口|开采|物项)?(?:实施|实行|加强|采取|进行|临时|试行|"
    r"最终用|流向|追溯|配额|总量|法定检验|许可|申报)|(?:^|[ 号])(?P<goods2>[\u4e00-\u9fff]{2,12}?)临时管制|"
    r"(?:^|[ 号])(?P<goods3>[\d\u4e00-\u9fff]{2,24}?)(?:出口|开采|生产)(?:配额|总量|指标)"
)


def _behind(match: re.Match[str], words: Folded) -> tuple[Item, ...]:
    """The goods that stand behind the firms which something is for (`授予甲公司石墨出口…许可`)."""
    who = _span(match, "who", words)
    end = len(before_goods(who).text) if who else 0
    return things.things(who.part(end, len(who.text))) if who and 0 < end < len(who.text) else ()


def _rationed(sentence: Piece) -> tuple[Item, ...]:
    """Each thing of which a sentence says how much there may be."""
    rations = (_goods(match, sentence) for match in deeds.RATIONED.finditer(seen(sentence.text)))
    return tuple(item for goods in rations for item in goods)


def _in_title(title: Line, deed: Deed, sentence: Piece) -> tuple[Item, ...]:
    """The goods that only the title names, with the tariff numbers of the sentence."""
    if deed.register in (PORT_MEASURES, None):
        return ()
    match = TITLED_GOODS.search(title.text)
    named = _goods(match, Piece(title, 0, len(title.text))) if match else ()
    numbers = codes.tariff_numbers(sentence.text) if len(named) == 1 else ()
    return tuple(msgspec.structs.replace(item, hs=item.hs or numbers) for item in named)


def _unclear(deed: Deed, words: str, act: Act, sentence: Piece, *, named: bool) -> str:
    """Why a deed is not understood whole: an annex says of what it is, or it has `named` neither goods nor firms nor places."""
    if ELSEWHERE.search(SHARED_OUT.sub("", sentence.text)) or (act.elsewhere and not named):
        return "whom or what it is for stands in an annex that was not read"
    if named:
        return ""
    return "what it is for was not understood" if deed.needs and not WHOLE.search(words) else ""


BELOW = re.compile("以下|下列|如下")


def _words(match: re.Match[str], group: str) -> str:
    return (match[group] or "") if group in match.re.groupindex else ""


def _span(match: re.Match[str], group: str, words: Piece | Folded) -> Piece | None:
    if group not in match.re.groupindex or match[group] is None:
        return None
    return words.part(*match.span(group))


def _goods(match: re.Match[str], words: Piece | Folded) -> tuple[Item, ...]:
    pieces = [piece for group in ("goods", "goods2", "goods3", "before") if (piece := _span(match, group, words)) and piece.text]
    return tuple(item for piece in pieces for item in things.things(_without_places(piece)))


def _without_places(piece: Piece) -> Piece:
    """The goods without the countries that go before them (`出口至甲国、乙国的…`, `向甲国出口…`)."""
    lead = re.match(
        rf"(?:向|对|出口)?(?:至|到|往)?(?:原产于|来自|产自)?(?:(?:{places.country_pattern()})[、和及与]?)+(?:原产|出口|产)?的?",
        piece.text,
    )
    return piece.part(lead.end(), len(piece.text)) if lead else piece


def _abroad(match: re.Match[str], words: Folded) -> tuple[str, ...]:
    whereto = _span(match, "to", words)
    rows = (
        [whereto.text] if whereto else [row["places"] for pattern in (TO, *WHERETO) for row in pattern.finditer(words.piece.text)]
    )
    return tuple(dict.fromkeys(code for row in rows for code in places.all_in(row)))


def _unplaced(match: re.Match[str], words: Folded) -> str:
    """Why the destinations are not told whole: one has no code."""
    whereto = _span(match, "to", words)
    rows = [whereto.text] if whereto else [row["places"] for pattern in WHERETO for row in pattern.finditer(words.piece.text)]
    unknown = [name for row in rows for name in places.unknown_in(row)]
    return f"a destination was not understood: {unknown[0]}" if unknown else ""


def _entities(deed: Deed, match: re.Match[str], words: Folded, act: Act) -> list[Entity]:
    """Those a deed is done to: named in its words, or in the lines that it heads."""
    sentence = words.piece
    who = _span(match, "who", words) or _span(match, "to", words)
    if who and points(who):
        return meant(who, act.page.before(who.line))
    if who and (named := firms(who)):
        return named
    if who and listing.FOLLOW.search(who.text):
        return listing.whom(sentence, words.places[match.start("verb")], act.page)
    if not deed.listing:
        return []
    return listing.behind(sentence, words.places[match.start()]) or list(listing.firms(sentence, act.page)) or _annexed(act.page)


def _annexed(page: Sections) -> list[Entity]:
    """The firms that an annex lists which holds nothing else."""
    listed_there = [entity for part in page.annexes for entity in annex(part).entities]
    return listed_there if all(is_firm(entity.names.get("zh", "")) for entity in listed_there) else []


def _catalogued(sentence: Piece, act: Act, context: Context) -> Iterator[Operation]:
    """What is added to a catalogue of goods or technologies, taken off it or changed, clause by clause."""
    if not (register := act.catalogue):
        return
    start, end = times(sentence, context)
    for clause in clauses(sentence):
        words = seen(clause.text)
        for action, pattern in deeds.CHANGED:
            match = pattern.search(words)
            if not match or gate.bar(words, match.start(), GATE):
                continue
            below = BELOW.search(match[0]) is not None  # of goods that a list names, which has a grammar of its own
            if (items := () if below else _goods(match, clause)) or below:
                yield Operation(
                    action,
                    sentence,
                    register[0],
                    starts=start,
                    ends=end,
                    decided=True,
                    goods=below,
                    read_whole=not below,
                    items=items,
                )
                break
