"""Read what the sentences of an act do, also to earlier acts: one operation for each verb.

An operation has its register, its subjects, and its start and end.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import pairwise

from monitor.extract import frame, gate, why
from monitor.extract.words import find, finds
from monitor.extract.zh import dates, issuers, references
from monitor.extract.zh.lines import Line
from monitor.extract.zh.names import Piece, listed, mask
from monitor.extract.zh.references import Reference
from monitor.extract.zh.words import (
    BLOCKED,
    CALLS_IT,
    CHANGES,
    CHINESE,
    CONTROLLED,
    COUNTERED,
    DUAL_USE,
    EXTENDS,
    GATE,
    GOODS,
    IMPOSED,
    LABELS,
    LISTS,
    MEASURES,
    TABLES,
    UNRELIABLE,
    blot_titles,
    doubtful,
    speaks_of,
    uncertain,
)
from monitor.model import Action, End, Entity, Item, Start, Stated, tell_in_part
from monitor.vocabulary.authorities import UEL_NOTICES

WORDS = CHINESE.table("operations")

SENTENCE_END = re.compile(r"[。;!?]|$")
REMARK = re.compile(r"\((?:参考|海关|商品编)")  # of the sentence whose full stop stands before it
CLAUSE_END = re.compile(r"[,:]|$")


@dataclass(frozen=True)
class Operation:
    """One action of one sentence.

    `who` is where its names stand, `goods` whether it controls things. `decided`: a verb of
    deciding states it, which controls and spokespersons' words need. `read_whole`: its form has
    read its subjects and destinations itself; nothing else is searched.
    """

    action: Action
    piece: Piece
    register: str | None = None
    who: Piece | None = None
    references: tuple[Reference, ...] = ()
    starts: Start | None = None
    ends: End | None = None
    goods: bool = False
    decided: bool = False
    others: int | None = None
    read_whole: bool = False
    entities: tuple[Entity, ...] = ()
    items: tuple[Item, ...] = ()
    destinations: tuple[str, ...] = ()
    stated: Stated | None = None
    unclear: str = ""  # what of it was not understood, in words
    # where in the sentence its verb stands, of a deed that another verb may turn
    verb: int | None = None


def settled(operations: Sequence[Operation]) -> list[Operation]:
    """The operations as the outermost verbs of their clauses have them, without those that these
    deny.
    """
    actions = (
        (
            operation.action
            if operation.verb is None
            else frame.settled(
                operation.action,
                operation.piece.text,
                operation.verb,
                CHINESE.table("frame"),
                goods=operation.goods,
            )
        )
        for operation in operations
    )
    return [
        replace(operation, action=action)
        for operation, action in zip(operations, actions, strict=True)
        if action
    ]


Maker = Callable[[Action, re.Match[str], str | None], Operation]


@dataclass
class Context:
    """What earlier sentences said and later ones omit."""

    series: str = ""
    authority: str = ""
    year: int | None = None
    published: str | None = None
    register: str | None = None
    blocks: bool = False  # whether the act is a blocking order
    leads: bool = False  # whether a line above ends with what the clauses below decide (`决定:`)
    references: list[Reference] = field(default_factory=list)
    carried: Start | None = None


def times(sentence: Piece, context: Context) -> tuple[Start | None, End | None]:
    """The start and the end a sentence gives; before a semicolon its start holds for what
    follows too.
    """
    begun = dates.start(sentence.text, context.published)
    if not begun:
        return context.carried, None
    starts, first, last = begun
    context.carried = Start(starts.on, starts.basis, quote(sentence, first, last))
    return context.carried, quoted_end(sentence, dates.end(sentence.text, starts.on))


def quoted_end(source: Piece, ended: tuple[End, int, int] | None) -> End | None:
    """The end with the words that say it."""
    if not ended:
        return None
    end, first, last = ended
    return End(end.on, end.basis, duration=end.duration, quote=quote(source, first, last))


def quote(source: Piece, first: int, last: int) -> str:
    """The printed words at a place of a piece."""
    return source.line.quote(source.start + first, source.start + last)


# characters; of a longer sentence the words around a name are quoted, else one page would fill a
# store
LONGEST_QUOTE = 3_000


def evidence(piece: Piece, who: Piece | None) -> str:
    """Quote the printed sentence of an operation; of an endless one, the part around its names."""
    if piece.end - piece.start <= LONGEST_QUOTE:
        return piece.quote
    begin = max(piece.start, who.start - LONGEST_QUOTE // 4) if who else piece.start
    end = max(begin + LONGEST_QUOTE, who.end + LONGEST_QUOTE // 4) if who else begin + LONGEST_QUOTE
    return piece.line.quote(begin, min(piece.end, end)).strip()


def is_reported(sentence: str) -> bool:
    """Return whether a sentence only tells what an earlier act did (`第7号公告规定,自…起实施…`,
    `对甲粉实施了…`).
    """
    return WORDS.reported.match(sentence) is not None or _lists_before(sentence)


def _lists_before(sentence: str) -> bool:
    """Return whether a sentence tells whom an earlier act listed (`第7号公告将甲公司列入…`)."""
    return TABLES.earlier.match(mask(sentence)) is not None


def sentences(line: Line) -> Iterator[Piece]:
    """The sentences of a line; a full stop in brackets or in a title ends none."""
    return _cut(Piece(line, 0, len(line.text)), SENTENCE_END)


def clauses(sentence: Piece) -> Iterator[Piece]:
    """The clauses of a sentence."""
    return _cut(sentence, CLAUSE_END)


def _cut(piece: Piece, ends: re.Pattern[str]) -> Iterator[Piece]:
    here = 0
    for stop in ends.finditer(mask(mask(piece.text), "《")):
        if REMARK.match(piece.text, stop.end()):
            continue
        if stop.end() > here:
            yield piece.part(here, stop.end())
        here = stop.end()


EXTENSION = re.compile("|".join(EXTENDS))
RESUMES = "恢复"
STILL = "继续实施"  # extends only where it says until when


@dataclass(frozen=True)
class Whole:
    """What a sentence says for all its clauses, read once: its start, its printed end,
    its lists.
    """

    sentence: Piece
    context: Context

    @cached_property
    def starts(self) -> Start | None:
        """The start; what follows a semicolon inherits it."""
        return times(self.sentence, self.context)[0]

    @property
    def begins(self) -> str | None:
        """The day from which a duration counts."""
        return self.starts.on if self.starts else self.context.published

    @cached_property
    def ends(self) -> End | None:
        """The end, where a day is printed."""
        text = self.sentence.text
        return (
            quoted_end(self.sentence, dates.end(text, self.begins))
            if dates.END.search(text)
            else None
        )

    @cached_property
    def old_end(self) -> str | None:
        """The day on which what is extended would have ended."""
        return _old_end(self.sentence)

    @cached_property
    def term(self) -> End | None:
        """The length of a suspension, if a clause of its own states it (`暂停期限一年`)."""
        match = WORDS.lasts.search(self.sentence.text)
        return (
            quoted_end(self.sentence.part(*match.span()), dates.end(match[0], self.begins))
            if match
            else None
        )

    @cached_property
    def stays(self) -> bool:
        """Return whether it mentions a suspension."""
        return bool(WORDS.stay.search(self.sentence.text))

    @cached_property
    def controlled(self) -> bool:
        """Return whether it mentions the control list."""
        return speaks_of(self.sentence.text, CONTROLLED)

    @cached_property
    def countered(self) -> bool:
        """Return whether it mentions countermeasures."""
        return "反制" in self.sentence.text


def changes(sentence: Piece, context: Context) -> Iterator[Operation]:
    """Read what happens to earlier acts: a clause's verb takes the numbers since the last verb."""
    text = sentence.text
    changing = TABLES.change_verb.search(text) or WORDS.stays_no_more.search(text)
    told = WORDS.recited.match(text) or dates.tells_earlier_stay(text, context.published)
    if told or not changing:
        return
    whole = Whole(sentence, context)
    pending: list[Reference] = []
    named: list[Reference] = []  # whatever the sentence has done something to
    series, year = context.series, context.year
    announced = False
    # then it is the extension that acts, not the suspension it speaks of
    extended = EXTENSION.search(text)
    for clause in clauses(sentence):
        words = mask(blot_titles(clause.text))
        announced = announced or bool(TABLES.announces.search(words))
        if TABLES.recital.match(words):
            continue
        if extended and WORDS.stay.search(words) and not EXTENSION.search(words):
            pending.extend(references.references(clause.text, series=series, year=year))
            continue
        cited = [
            _known(each, clause.text, context)
            for each in references.references(clause.text, series=series, year=year)
        ]
        series, year = (cited[-1].series, cited[-1].year) if cited else (series, year)
        verb = _verb(words)
        if stay := WORDS.stays_no_more.search(words) or (
            verb if TABLES.ends_stay.search(words) else None
        ):
            pending.clear()
            named.extend(cited)
            ended = _stay_ended(words, cited)
            if ended and not _refused(words, stay, announced=announced):
                yield replace(_change(clause, clause, whole, RESUMES, tuple(cited)), action=ended)
            continue
        if not verb or _refused(words, verb, announced=announced):
            pending.extend(cited)
            continue
        limited = _is_limited(text[: clause.start - sentence.start], words, verb, cited)
        own = tuple(each for each in (*pending, *_without_subjects(words, cited)) if each.key)
        rest = () if own else _rest(words, named)
        limited = limited or bool(rest)
        acts = own or rest or _this(words, named) or _back(words, verb["verb"], context)
        named.extend((*pending, *cited))
        pending.clear()
        if acts and not (verb["verb"] == STILL and not whole.ends):
            quoted = sentence if limited or len(acts) > len(cited) else clause
            made = _change(quoted, clause, whole, verb["verb"], acts)
            # of a change that holds for some only it is sure that the acts are amended
            why_open = tell_in_part(made.action)
            open_ = replace(made, action=Action.AMEND, ends=None, unclear=why_open)
            yield open_ if limited else made


BRACKETED = re.compile(r"\([^()]*\)")
FURTHEST = 300  # characters before a verb in which a limit of it stands


def _is_limited(before: str, words: str, verb: re.Match[str], cited: Sequence[Reference]) -> bool:
    """Return whether words beside a verb and its acts limit it to some, or to a part."""
    first = min(cited[0].start, verb.start()) if cited else verb.start()
    beside = before[before.rfind(";") + 1 :]
    if len(beside) > FURTHEST:
        beside = beside[beside.find(",", len(beside) - FURTHEST) :]
    if WORDS.limited_before.search(beside + words[:first]):
        return True
    if not cited or cited[-1].clauses:
        return False
    if len(_without_subjects(words, cited)) < len(cited):
        return True
    last = cited[-1].end
    behind = words[last : verb.start()] if verb.start() > last else words[last:]
    return WORDS.limited_behind.search(BRACKETED.sub("", behind)) is not None


def _without_subjects(words: str, cited: Sequence[Reference]) -> Sequence[Reference]:
    """The acts, up to one that the one before it only speaks of (`第7号中有关第5号的规定`)."""
    for at, (act, subject) in enumerate(pairwise(cited), 1):
        between = words[act.end : subject.start]
        if WORDS.speaks_of.fullmatch(between) and WORDS.its_words.match(words, subject.end):
            return cited[:at]
    return cited


def _known(cited: Reference, text: str, context: Context) -> Reference:
    """An act that is cited without its year, as an earlier sentence names it where the words
    point back (`前款第3号公告`).
    """
    if cited.dated or not WORDS.points.search(text, 0, cited.start):
        return cited
    before = (each for each in context.references if each.number == cited.number and each.dated)
    return next((replace(cited, series=each.series, year=each.year) for each in before), cited)


def _verb(words: str) -> re.Match[str] | None:
    """The verb of a clause: not one that only describes what it is done to (`暂停实施的第二款恢复实施`)."""
    verbs = list(TABLES.change_verb.finditer(words))
    return next(
        (verb for verb in verbs if not WORDS.describes.match(words, verb.end())),
        verbs[0] if verbs else None,
    )


def _stay_ended(words: str, cited: Sequence[Reference]) -> Action | None:
    """Return what the end of a suspension means: the ordering act is repealed, or the halted act
    resumed.

    None if the words do not say which of the two they name.
    """
    if not cited or not all(reference.key for reference in cited):
        why.sentence(
            "what ends is a suspension, and which acts it lets live again is not said", words
        )
        return None
    if WORDS.stays_no_more.search(words):
        return Action.RESUME
    if WORDS.orders_stay.match(words, cited[-1].end):
        return Action.REPEAL
    halted = WORDS.halted_behind.search(words, 0, cited[0].start) or (
        WORDS.ended_for.search(words, 0, cited[0].start)
        and WORDS.its_stay.match(words, cited[-1].end)
    )
    return Action.RESUME if halted else None


def _this(words: str, named: Sequence[Reference]) -> tuple[Reference, ...]:
    """The act named last in the sentence, where a clause points to it alone (`该公告`)."""
    return tuple(
        reference for reference in named[-1:] if reference.key and WORDS.this.search(words)
    )


def _rest(words: str, named: Sequence[Reference]) -> tuple[Reference, ...]:
    """The act named last in the sentence, where a clause is on what else it has (`其余条款`)."""
    return tuple(
        replace(each, clauses=()) for each in named[-1:] if each.key and words.startswith("其余")
    )


def _refused(words: str, verb: re.Match[str], *, announced: bool) -> bool:
    if (
        CHANGES[verb["verb"]] is Action.AMEND
        and verb["verb"] not in EXTENDS
        and not find(TABLES.direct_amendment, words)
    ):
        return True
    bar = gate.Bar.PAST if announced else gate.bar(words, verb.start(), GATE)
    if bar:
        why.sentence(bar, words)
    return bool(bar) or doubtful(words)


def _back(words: str, verb: str, context: Context) -> tuple[Reference, ...]:
    """The acts that earlier sentences name, where a clause points back to them or extends what
    it does not name again.
    """
    if not TABLES.back.search(words) and verb not in EXTENDS:
        return ()
    rest = words.startswith("其余")
    return tuple(
        replace(reference, clauses=()) if rest else reference
        for reference in context.references
        if reference.key
    )


def _change(
    quoted: Piece, clause: Piece, whole: Whole, verb: str, references: tuple[Reference, ...]
) -> Operation:
    action = CHANGES[verb]
    if verb in EXTENDS and whole.stays and not _orders_stay(clause, references):
        action = Action.SUSPEND
    register = _register_of(references, whole) or whole.context.register
    if verb == "停止" and whole.ends and action is Action.REPEAL:
        action = Action.SUSPEND  # for a time
    if (
        action is Action.REPEAL
        and register in (UNRELIABLE, CONTROLLED, COUNTERED)
        and verb != "废止"
    ):
        action = Action.REMOVE
    ends = (
        None
        if action in (Action.REMOVE, Action.REPEAL, Action.RESUME)
        else _end(clause, whole, verb)
    )
    others = TABLES.others.search(clause.text)
    unclear = "until when it is extended was not understood" if verb in EXTENDS and not ends else ""
    return Operation(
        action,
        quoted,
        register,
        None,
        references,
        whole.starts,
        ends,
        others=int(others[1]) if others else None,
        unclear=unclear,
    )


def _orders_stay(clause: Piece, references: Sequence[Reference]) -> bool:
    """Return whether the clause says that the act before it orders the suspension."""
    last = references[-1].end
    return last <= len(clause.text) and bool(WORDS.orders_stay.match(clause.text, last))


def _end(clause: Piece, whole: Whole, verb: str) -> End | None:
    """The day that the clause prints, or its sentence; else what its duration comes to."""
    if not dates.END.search(clause.text) and whole.ends:
        return whole.ends
    begins = whole.old_end if verb in EXTENDS else whole.begins
    own = quoted_end(clause, dates.end(clause.text, begins))
    return own or (whole.term if WORDS.stay.match(verb) else None)


def _old_end(sentence: Piece) -> str | None:
    """The day on which what is extended would have ended, where the line says it before."""
    # what stands before a semicolon is of other acts
    beside = sentence.line.text.rfind(";", 0, sentence.start) + 1
    old = list(WORDS.runs_out.finditer(sentence.line.text, beside, sentence.end))
    return dates.day(old[-1]) if old else None


def _register_of(references: Sequence[Reference], whole: Whole) -> str | None:
    if all(reference.series == UEL_NOTICES.code for reference in references):
        return UNRELIABLE
    if whole.controlled:
        return CONTROLLED
    if whole.countered and any(issuers.of_orders(reference.series) for reference in references):
        return COUNTERED
    return None


BLOTTED = re.compile("\x00+")


def operations(line: Line, context: Context, *, only_decided: bool = True) -> list[Operation]:
    """Read the operations of one line, sentence by sentence."""
    done: list[Operation] = []
    # its clauses, and the entries below them
    context.leads = context.leads and (
        TABLES.clause.match(line.text) is not None or line.text.startswith("(")
    )
    for sentence in sentences(line):
        done.extend(_sentence_operations(sentence, context, only_decided=only_decided))
        if not sentence.text.endswith(";"):
            context.carried = None
        context.references.extend(
            references.references(sentence.text, series=context.series, year=context.year)
        )
    context.leads = context.leads or TABLES.leads.search(line.text) is not None
    return done


def _sentence_operations(
    sentence: Piece, context: Context, *, only_decided: bool
) -> list[Operation]:
    if dates.tells_earlier_act(sentence.text, context.published) or _lists_before(sentence.text):
        return []
    seen = blot_titles(sentence.text)
    changed = list(changes(sentence, context))
    decides = TABLES.decides.search(seen)
    since = decides.end() if decides else 0
    decides = decides or (
        TABLES.clause.match(seen) if context.leads and not context.blocks else None
    )
    decides = decides or (TABLES.declares.search(seen) if context.authority in IMPOSED else None)
    if decides and (bar := gate.bar(seen, decides.start(), GATE)):
        why.sentence(bar, sentence.text)
        return []
    if context.blocks and TABLES.blocks.search(seen):
        return [Operation(Action.RESTRICT, sentence, BLOCKED), *changed]
    if not decides and (only_decided or uncertain(seen)):
        return [*_controls(sentence, seen, decided=False), *_publications(sentence), *changed]
    entities = [
        operation
        for operation in _on_entities(sentence, seen, since, context)
        if _passes(operation, sentence, seen)
    ]
    goods = (
        []
        if entities
        else [*_controls(sentence, seen, decided=bool(decides)), *_publications(sentence)]
    )
    return [*entities, *goods, *changed]


def _passes(operation: Operation, sentence: Piece, seen: str) -> bool:
    """Return whether the words before its names let it be decided here and now."""
    assert operation.who
    bar = gate.bar(seen, max(operation.who.start - sentence.start - 1, 0), GATE)
    if bar:
        why.sentence(bar, sentence.text)
    return bar is None


def _on_entities(sentence: Piece, seen: str, since: int, context: Context) -> Iterator[Operation]:
    flat = mask(seen)
    start, end = times(sentence, context)

    def made(action: Action, match: re.Match[str], register: str | None) -> Operation:
        who = sentence.part(*match.span("who"))
        verb = None if match.re.groupindex.get("verb") else match.end("who")
        return Operation(
            action, sentence, register, who, starts=start, ends=end, decided=since > 0, verb=verb
        )

    lifted = list(finds(TABLES.lifts, flat, since))
    for match in lifted:
        action = CHANGES[match["verb"]]
        if action is Action.REPEAL:
            # for a time
            action = Action.SUSPEND if end and match["verb"] == "停止" else Action.REMOVE
        before = flat[match.start() : match.start("who")]
        cited = references.find_keyed(before, series=context.series, year=context.year)
        yield replace(made(action, match, _imposed(match, context)), references=cited)
    for match in finds(TABLES.lists_it, flat, since):
        yield made(Action.ADD, match, LISTS[match["list"]])
    for match in (match for pattern in CALLS_IT for match in finds(pattern, flat, since)):
        yield made(Action.ADD, match, LABELS[match["label"]])
    for match in finds(TABLES.takes_off, flat, since):
        if name := match["list"] or match["after"]:
            yield made(Action.REMOVE, match, LISTS[name])
    if context.authority in IMPOSED:
        yield from _dealings(flat, since, context, made)
    if not lifted:
        yield from _treatments(flat, since, context, made)


def _dealings(flat: str, since: int, context: Context, made: Maker) -> Iterator[Operation]:
    """Read what an authority imposes or ends without naming a list."""
    register = IMPOSED[context.authority]
    relieved = list(finds(TABLES.no_longer, flat, since))
    for match in relieved:
        yield made(Action.REMOVE, match, register)
    for match in finds(TABLES.no_dealings, flat, since):
        if not relieved:
            yield made(Action.ADD, match, register)


def _treatments(flat: str, since: int, context: Context, made: Maker) -> Iterator[Operation]:
    inquiry = find(TABLES.inquires, flat, since) or find(TABLES.finds, flat)
    if (match := inquiry) and (context.series == UEL_NOTICES.code or speaks_of(flat, UNRELIABLE)):
        yield made(Action.INVESTIGATE, match, UNRELIABLE)
        return
    listing = find(TABLES.lists_it, flat, since) or next(
        (called for pattern in CALLS_IT if (called := find(pattern, flat, since))), None
    )
    here = listing.end() if listing else since
    match = find(TABLES.treats, flat, here)
    if not match and issuers.of_orders(context.series):
        match = find(TABLES.dealt_with, flat, here)
    if not match:
        return
    operation = made(
        Action.RESTRICT if TABLES.already.search(match["who"]) else Action.ADD,
        match,
        _imposed(match, context),
    )
    if not listing or _names_others(operation, made(Action.ADD, listing, None)):
        yield operation


def _imposed(match: re.Match[str], context: Context) -> str:
    """The register that a treatment comes to: the one it calls them by, its issuer's own, the
    one its kind is known by.
    """
    called = next((LABELS[label] for label in LABELS if label in match["who"]), None)
    known = called or IMPOSED.get(context.authority) or MEASURES.get(match["kind"])
    known = known or (CONTROLLED if match["kind"].endswith("管控") else None)
    return known or (UNRELIABLE if context.series == UEL_NOTICES.code else COUNTERED)


def _names_others(treatment: Operation, listing: Operation) -> bool:
    """Return whether a treatment beside a listing has other names too; mostly it only explains the
    listing.
    """
    assert treatment.who
    assert listing.who
    known = [entity.names for entity in listed(listing.who)]
    return any(entity.names not in known for entity in listed(treatment.who))


def _controls(sentence: Piece, seen: str, *, decided: bool) -> Iterator[Operation]:
    flat = mask(seen)
    if curbed := TABLES.curbs.search(flat):
        yield Operation(
            Action.RESTRICT, sentence, DUAL_USE, goods=True, decided=decided, verb=curbed.start()
        )
    elif decided and TABLES.adjusts.search(BLOTTED.sub("\x00", flat)) and _of_goods(sentence.text):
        yield Operation(
            Action.AMEND, sentence, _register_named(sentence.text), goods=True, decided=decided
        )
    elif (controlled := TABLES.controls.search(flat)) and (decided or not is_reported(flat)):
        verb = controlled.start("verb") if controlled["verb"] else controlled.start()
        yield Operation(Action.ADD, sentence, DUAL_USE, goods=True, decided=decided, verb=verb)


def _of_goods(text: str) -> bool:
    return "出口管制" in text.replace("出口管制法", "").replace("出口管制条例", "") or bool(
        TABLES.published_title.search(text)
    )


def _register_named(text: str) -> str | None:
    known = TABLES.published_title.search(text)
    return GOODS[known[0]] if known else DUAL_USE


def _publications(sentence: Piece) -> Iterator[Operation]:
    for match in (
        *finds(TABLES.publishes, sentence.text),
        *TABLES.title_first.finditer(sentence.text),
    ):
        known = TABLES.published_title.search(match["title"])
        if known and not match["title"].endswith(("规定", "条例", "办法", "的决定")):
            yield Operation(Action.REPLACE, sentence, GOODS[known[0]])
