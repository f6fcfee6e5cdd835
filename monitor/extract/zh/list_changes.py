"""Read listings and removals in other words than `决定将…列入`: `同意其移出`, `…，现列为恶意实体`.

Read also those whom an act protects, and the acts that it lists in order to change them.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import islice, takewhile

from monitor import vocabulary
from monitor.extract import gate, why
from monitor.extract.account import Said
from monitor.extract.zh import annexes, places
from monitor.extract.zh.changes import Whole
from monitor.extract.zh.lines import MARK, Line, read_mark
from monitor.extract.zh.names import (
    ORG_END,
    Folded,
    Piece,
    find_before,
    find_meant_entities,
    fold_sentence,
    is_pointing_back,
    mask_brackets,
    read_entities,
    read_firms,
    read_in_prose,
)
from monitor.extract.zh.operations import Context, Operation, read_times, split_sentences
from monitor.extract.zh.references import Reference, find_keyed, find_references
from monitor.extract.zh.sections import Sections
from monitor.extract.zh.words import (
    BLOCKED,
    CHANGES,
    CHINESE,
    COUNTERED,
    DUAL_USE,
    GATE,
    GENERAL_LICENCES,
    HONG_KONG,
    LABELS,
    LISTS,
    NAMESAKE,
    PORT_MEASURES,
    STATE_TRADING,
    UNRELIABLE,
    blot_titles,
    has_list_name,
)
from monitor.model import Action, Entity, Measure, Stated, tell_in_part
from monitor.names.numerals import parse_number
from monitor.vocabulary import PerVocabulary
from monitor.vocabulary.authorities import UEL_NOTICES

WORDS = CHINESE.table("list_changes")

OF_ISSUER = PerVocabulary(  # what an authority imposes on somebody abroad
    lambda known: {
        register.issuer: register.code
        for register in known.registers.values()
        if register.code in (COUNTERED, HONG_KONG)
    }
)


def read_changes_to_named(
    sentence: Piece, page: Sections, context: Context, *, imposed: bool = True
) -> Iterator[Operation]:
    """Read what a sentence does to those it names, or to those it points back to: on a list, or by
    what is `imposed` without one.
    """
    seen = fold_sentence(sentence, mask_brackets(blot_titles(sentence.text)))
    words = seen.text
    start, end = read_times(sentence, context)
    changes = [*_read_listings(seen, page)] or ([*_read_measures(seen, page)] if imposed else [])
    for action, register, verb, entities in changes:
        if bar := gate.find_bar(words, verb, GATE) or gate.find_bar(
            words, _find_opening(words, verb), GATE
        ):
            why.explain_sentence(bar, sentence.text)
        elif entities:
            named = tuple(entities)
            for_a_time = end and action is Action.REMOVE and words.startswith("停止", verb)
            done = Action.SUSPEND if for_a_time else action
            adjusted = done is Action.AMEND and WORDS.adjusted.match(words, verb)
            yield Operation(
                done,
                sentence,
                register,
                references=_find_act_of_list(words, verb, context) if done in EASES else (),
                starts=start,
                ends=end or (Whole(sentence, context).ends if done is Action.SUSPEND else None),
                read_whole=True,
                entities=named,
                verb=None
                if adjusted or words.startswith("扩", verb)
                else _find_printed_place(seen, verb),
                unclear="which of their measures change is only quoted" if adjusted else "",
            )


def _find_act_of_list(words: str, verb: int, context: Context) -> tuple[Reference, ...]:
    """Find the act that published the list behind a verb (`移出第7号公告公布的关注名单`)."""
    act = WORDS.act_of_list.match(words, verb)
    return find_keyed(act["act"], series=context.series, year=context.year) if act else ()


EASES = (Action.SUSPEND, Action.REMOVE, Action.RESUME)


def add_listing_act(operations: list[Operation], page: Sections) -> list[Operation]:
    """Give what eases a listing the act that made it, as the page says (`第7号公告将…列入…`)."""
    if any(each.references for each in operations):
        return operations
    texts = [sentence.text for line in page.deciding for sentence in split_sentences(line)]
    made_it = [text[: each.end()] for text in texts for each in LISTED_ACTS.by.finditer(text)]
    one = {each.key: each for text in made_it for each in _list_cited_acts(text, page)}
    stay = [text for text in texts if LISTED_ACTS.others_stay.fullmatch(text)]
    cited = [each for text in stay for each in _list_cited_acts(text, page)] or [*one.values()]
    if not cited or (len(cited) > 1 and not stay):
        return operations
    told = NAMESAKE.sub("", page.text)
    named = {code for name, code in LISTS.items() if name in told}
    return [
        replace(each, references=tuple(cited)) if _is_eased_listing(each, named) else each
        for each in operations
    ]


def read_kept_rest(page: Sections) -> Iterator[Operation]:
    """Read which acts are changed in part, as the act says that their rest goes on."""
    for line in page.deciding:
        for sentence in split_sentences(line):
            rest = LISTED_ACTS.rest_stays.match(sentence.text)
            if rest and (acts := tuple(_list_cited_acts(sentence.text, page))):
                unclear = tell_in_part(Action.AMEND)
                yield Operation(Action.AMEND, sentence, references=acts, unclear=unclear)


def _list_cited_acts(text: str, page: Sections) -> tuple[Reference, ...]:
    named = find_keyed(text, series=page.series, year=page.year)
    return tuple(each for each in named if each.key != page.key)


def _is_eased_listing(operation: Operation, named: set[str]) -> bool:
    """Return whether an operation does so, on the only list that its act has named."""
    whom = operation.who or operation.entities
    changes = operation.action in (*EASES, Action.AMEND) or WORDS.widened.search(
        operation.piece.text
    )
    return bool(changes and whom and operation.register) and named <= {operation.register}


def _find_opening(words: str, verb: int) -> int:
    """Find where the phrase of a verb opens (`将甲公司移出`), which may be allowed or refused; else the
    verb itself.
    """
    opens = max(words.rfind(mark, _find_clause_start(words, verb), verb) for mark in "将把")
    return opens if opens >= 0 else verb


def _find_clause_start(words: str, verb: int) -> int:
    first = max(verb - gate.FAR, 0)
    return max(first, *(words.rfind(mark, first, verb) + 1 for mark in ",。;:"))


Change = tuple[Action, str | None, int, list[Entity]]


def _read_listings(seen: Folded, page: Sections) -> Iterator[Change]:
    words, sentence = seen.text, seen.piece
    if halted := _find_halted(seen, page):
        if _is_only_asked(words, halted):
            why.explain_sentence(gate.Bar.PLAN, sentence.text)
            return
        register = _find_named_register(halted, sentence, page) or OF_ISSUER().get(page.authority)
        if register or "measures" not in halted.re.groupindex:
            action = HALTS.get(halted["verb"], Action.REMOVE)
            yield action, register, halted.start("verb"), _read_named(seen, halted, page)
        return
    if widened := WORDS.widened.search(words) or _find_adjusted(seen, page):
        action = Action.ADD if widened.re is WORDS.widened else Action.AMEND
        register = _find_named_register(widened, sentence, page)
        if register:
            yield action, register, widened.start("verb"), _read_named(seen, widened, page)
        return
    if named_as := WORDS.names_as.search(words):
        verb = named_as.start("verb")
        register = _find_named_register(named_as, sentence, page)
        register = register or vocabulary.find_only_list(page.authority)
        yield (
            Action.ADD,
            register,
            verb,
            _read_named(seen, named_as, page)
            or annexes.read_listed_names(sentence, _find_printed_place(seen, verb), page),
        )
        return
    if behind := WORDS.taken_behind.search(words) or WORDS.put_behind.search(words):
        action = Action.ADD if behind.re is WORDS.put_behind else Action.REMOVE
        register = _find_named_register(behind, sentence, page)
        yield action, register, behind.start("verb"), _read_named(seen, behind, page)
        return
    yield from _read_counted(seen, page) or _undo_listings(_read_moves(seen, page), words)


def _find_halted(seen: Folded, page: Sections) -> re.Match[str] | None:
    """Find what ends, halts or resumes the measures of a list or an act for somebody."""
    words = seen.text
    return (
        WORDS.halts.search(words)
        or WORDS.halted_behind.search(words)
        or WORDS.whose_halted.search(words)
        or WORDS.act_halted.search(words)
        or WORDS.halts_act.search(words)
        or WORDS.freed.search(words)
        or _find_resumed(seen, page)
    )


def _read_counted(seen: Folded, page: Sections) -> list[Change]:
    """Read how many come or go: those in the annexes, if they are as many, and all do the same."""
    counted = WORDS.counted.search(seen.text)
    if not counted:
        return []
    moves = (each for line in page.deciding for each in WORDS.counted.finditer(line.text))
    if len(list(islice(moves, 2))) > 1:
        return []
    told = [entity for part in page.annexes for entity in annexes.read_name_lines(part).entities]
    listed = told if len(told) == parse_number(counted["count"]) else []
    action = Action.REMOVE if counted["off"] else Action.ADD
    register = _find_named_register(counted, seen.piece, page)
    return [(action, register, counted.start(), listed)]


def _undo_listings(moves: Iterable[Change], words: str) -> list[Change]:
    """Take a listing that its sentence undoes (`甲公司列入…，经核实已整改，予以移出`) for an earlier
    one: it only says who is removed.
    """
    settled = list[Change]()
    for move in moves:
        action, register, verb, _ = move
        listed = settled[-1] if settled else None
        if listed and action is Action.REMOVE and _is_undone(listed, register, verb, words):
            settled[-1] = action, register, verb, listed[3]
        else:
            settled.append(move)
    return settled


def _is_undone(listed: Change, register: str | None, verb: int, words: str) -> bool:
    action, same, place, _ = listed
    return (
        (action, same) == (Action.ADD, register)
        and WORDS.undone.fullmatch(words, place, verb) is not None
        and not WORDS.decides.search(words, _find_clause_start(words, place), place)
    )


def _read_moves(seen: Folded, page: Sections) -> Iterator[Change]:
    words, sentence = seen.text, seen.piece
    here, moved = 0, list[Entity]()
    for match in WORDS.verb.finditer(words):
        if _is_only_asked(words, match) or (match["on"] and _is_halting(words, match.start())):
            why.explain_sentence(gate.Bar.PLAN, sentence.text)
            continue
        if WORDS.of_listed.match(words, match.end()):
            continue
        register = _find_named_register(match, sentence, page)
        if not WORDS.onward.fullmatch(words, here, match.start()):
            moved = []
        if register:
            action = Action.REMOVE if match["off"] else Action.ADD
            moved = moved or _read_phrase_names(seen, here, match.start(), page)
            yield action, register, match.start(), moved
        here = match.end()


HALTS = {"暂停": Action.SUSPEND, "中止": Action.SUSPEND, "恢复": Action.RESUME}


def _find_resumed(seen: Folded, page: Sections) -> re.Match[str] | None:
    """Find a resumed listing, if the sentence or its act is on a list of entities."""
    on_list = page.series == UEL_NOTICES.code or _find_named_list(
        f"{page.title.text}\n{seen.piece.text}"
    )
    return WORDS.resumed.search(seen.text) if on_list else None


def _find_adjusted(seen: Folded, page: Sections) -> re.Match[str] | None:
    """Find what those on the Unreliable Entity List may do again, in an act on that list."""
    return WORDS.adjusted.search(seen.text) if page.series == UEL_NOTICES.code else None


def _is_halting(words: str, verb: int) -> bool:
    """Return whether the phrase of a verb opens like one that ends or halts a listing
    (`暂停对…列入`).
    """
    begin = _find_clause_start(words, verb)
    return WORDS.halting.search(words, 0 if begin == verb - gate.FAR else begin, verb) is not None


def _is_only_asked(words: str, verb: re.Match[str]) -> bool:
    """Return whether somebody only asks for what the verb says, and it is not granted."""
    begin = _find_clause_start(words, verb.start())
    asked = WORDS.asked.match(words, begin, verb.start()) or (
        WORDS.asked_behind.match(words, verb.end())
        and not WORDS.granted.search(words, begin, verb.start())
    )
    return bool(asked) and not WORDS.granted.search(words, verb.end(), verb.end() + gate.FAR)


def _find_named_register(match: re.Match[str], sentence: Piece, page: Sections) -> str | None:
    """The list that the words name, the sentence, the title; else that of the act's own series,
    or the first it speaks of.
    """
    if match["list"] or match["label"]:
        return LISTS[match["list"]] if match["list"] else LABELS[match["label"]]
    known = list_named(sentence.text, page) or _list_of(page.text, vocabulary.current())
    named = WORDS.any_list.match(match.string, match.end()) or WORDS.from_list.search(
        match.string, _find_clause_start(match.string, match.start()), match.start()
    )
    of_holders = named and (named["white"] or not known) and is_of_licences(page)
    of_traders = not known and WORDS.of_traders.search(sentence.text)
    return GENERAL_LICENCES if of_holders else STATE_TRADING if of_traders else known


def is_of_licences(page: Sections) -> bool:
    """Return whether an act's list is one of licence holders."""
    return WORDS.white_list.search(page.text) is not None


def list_named(text: str, page: Sections) -> str | None:
    """The list that a text names, or the title of its act; else that of the act's own series."""
    code = _find_named_list(text) or _find_named_list(page.title.text)
    return code or (UNRELIABLE if page.series == UEL_NOTICES.code else None)


@lru_cache(maxsize=8)
def _list_of(text: str, _known: object) -> str | None:
    """The first list that an act speaks of, looked for once however many sentences ask."""
    return _find_named_list(text) or next(
        (code for label, code in LABELS.items() if label in text), None
    )


def names_list(text: str) -> bool:
    """Return whether a text names a list of persons or firms."""
    return _find_named_list(text) is not None


def _find_named_list(text: str) -> str | None:
    named = NAMESAKE.sub("", text)
    return next((code for name, code in LISTS.items() if name in named), None)


def _read_phrase_names(seen: Folded, here: int, verb: int, page: Sections) -> list[Entity]:
    """Read the names between the opening of a phrase and its verb; a pronoun means
    those before it.
    """
    words, sentence = seen.text, seen.piece
    here = here or _skip_mark(seen)
    opens = max((match.end() for match in WORDS.puts.finditer(words, here, verb)), default=None)
    stretch = words[opens if opens is not None else here : verb]
    joined = WORDS.joins.search(stretch)
    who = seen.part(opens if opens is not None else here, verb - (len(joined[0]) if joined else 0))
    if who.text and is_pointing_back(who):
        meant = find_meant_entities(who, page.before(who.line))
        return meant or _read_announced_list(sentence, page)
    if opens is not None and (entities := read_entities(who)):
        return entities
    if annexes.BELOW.search(words):
        return annexes.read_listed_names(sentence, _find_printed_place(seen, verb), page)
    last = who.part(who.text.rfind(",") + 1, len(who.text))
    alone = read_firms(last) or _read_head_firms(who)
    return read_in_prose(who) or alone or find_before(sentence, page.before(sentence.line))


def _read_announced_list(sentence: Piece, page: Sections) -> list[Entity]:
    """Read the list below a colon, where a sentence before has said that it follows
    (`下列企业…。将其移出…:`).
    """
    line = sentence.line
    announced = annexes.BELOW.search(line.text, 0, sentence.start)
    if not announced or sentence.end < len(line.text) or WORDS.measures_follow.search(line.text):
        return []
    return annexes.read_names_below(line, page)


def _skip_mark(seen: Folded) -> int:
    """Find where the words of a sentence begin behind the mark of its line."""
    mark = MARK.match(seen.text) if seen.piece.start == 0 else None
    return mark.end() if mark else 0


def _read_head_firms(who: Piece) -> list[Entity]:
    """The firms at the head of a phrase."""
    did = WORDS.did.search(who.text)
    return read_firms(who.part(0, did.start())) if did else []


def _read_measures(seen: Folded, page: Sections) -> Iterator[Change]:
    """Read measures of authorities with a register of their own, and anyone's bans on a firm."""
    words = seen.text
    register = OF_ISSUER().get(page.authority)
    if page.authority == "cn-mfa" and (
        match := WORDS.ends_now.search(words) or WORDS.moves.search(words)
    ):
        titled = WORDS.in_title.search(page.title.text)
        who = read_entities(Piece(page.title, *titled.span("who"))) if titled else []
        yield (
            Action.AMEND if match.re is WORDS.moves else Action.REMOVE,
            register,
            match.start("verb"),
            who,
        )
    elif page.authority == "cn-mfa" and (match := WORDS.lifted.search(words)):
        yield Action.REMOVE, register, match.start("verb"), _read_named(seen, match, page)
    elif page.authority == "cn-mfa" and (match := WORDS.measure.search(words)):
        undoes = WORDS.undoes.search(words, words.rfind(",", 0, match.start()) + 1, match.start())
        if not undoes and WORDS.taken.search(match[0]):
            return
        action = CHANGES[undoes[0]] if undoes else Action.ADD
        action = Action.REMOVE if action is Action.REPEAL else action
        yield action, register, (undoes or match).start(), _read_named(seen, match, page)
    elif (page.series == UEL_NOTICES.code or has_list_name(words, UNRELIABLE)) and (
        match := WORDS.inquiry.search(words)
    ):
        yield Action.INVESTIGATE, UNRELIABLE, match.start("verb"), _find_suspects(seen, match, page)
    else:
        yield from _read_bans(seen, page, register)


def _read_bans(seen: Folded, page: Sections, register: str | None) -> Iterator[Change]:
    """Read whom nobody may serve or supply, or who may not enter."""
    read = read_firms
    if match := WORDS.not_served.search(seen.text):
        register = DUAL_USE
    elif match := WORDS.barred.search(seen.text):
        register = PORT_MEASURES if "船" in match["who"] else register
        read = read_entities
    else:
        match = WORDS.supply.search(seen.text)
    if match:
        yield Action.RESTRICT, register, match.start("verb"), _read_named(seen, match, page, read)


def _find_printed_place(seen: Folded, verb: int) -> int:
    """Find where a verb stands in the sentence as printed."""
    return seen.places[verb]


def _read_named(
    seen: Folded,
    match: re.Match[str],
    page: Sections,
    read: Callable[[Piece], list[Entity]] = read_entities,
) -> list[Entity]:
    """Read those whom a match's words name, point back to or find in a list; `read` reads their
    names.
    """
    who = seen.part(*match.span("who"))
    if annexes.FOLLOW.search(who.text):
        return annexes.read_listed_names(
            seen.piece, _find_printed_place(seen, match.start("verb")), page
        )
    return find_meant_entities(who, page.before(who.line)) if is_pointing_back(who) else read(who)


def _find_suspects(seen: Folded, match: re.Match[str], page: Sections) -> list[Entity]:
    """Read those who are pointed back to, else the named firms, also before the sentence."""
    who = seen.part(*match.span("who")) if match["who"] else None
    if who and is_pointing_back(who):
        return _read_named(seen, match, page)
    return (read_firms(who) if who else []) or find_before(seen.piece, page.before(seen.piece.line))


# The firms that a blocking order protects from foreign measures.

ORDERS = CHINESE.table("forms")
ON_THESE = ORDERS.on_these


def add_protected(operations: Sequence[Operation], page: Sections) -> list[Operation]:
    """The operations, the blocking order once, with the firms that the act protects and how many
    it says there are.
    """
    order = next(operation for operation in operations if operation.register == BLOCKED)
    firms = _collect_protected(page)
    stated, _ = places.stated([*(line.text for line in page.body), page.title.text])
    own = Stated(entities=stated.entities) if stated else None
    unclear = (
        ""
        if firms or not ORDERS.listed.search(page.text)
        else "the firms that it protects stand in a list that was not read"
    )
    whole = replace(order, read_whole=True, entities=firms, stated=own, unclear=unclear)
    return [
        whole if operation is order else operation
        for operation in operations
        if operation is order or operation.register != BLOCKED
    ]


def _collect_protected(page: Sections) -> tuple[Entity, ...]:
    below = annexes.read_entity_list(list(annexes.list_headed_lines(page.body))).entities or [
        entity for part in page.annexes for entity in annexes.read_entity_list(part).entities
    ]
    entities = [*below, *(entity for line in page.body for entity in _list_protected(line))]
    return tuple({str(entity.names): entity for entity in entities}.values())


def _list_protected(line: Line) -> Iterator[Entity]:
    entry = read_mark(line)
    if entry.level in ("number", "sub", "dash", "bracket") and ORDERS.firm.fullmatch(entry.words):
        yield from _list_phrase_firms(Piece(line, entry.start, len(line.text)))
    for sentence in split_sentences(line):
        words = mask_brackets(sentence.text)
        for match in ORDERS.against.finditer(words):
            if not ORDERS.unnamed.search(match["who"]) and not ORDERS.pointers.match(match["who"]):
                yield from _list_phrase_firms(sentence.part(*match.span("who")))


def _list_phrase_firms(piece: Piece) -> Iterator[Entity]:
    """Yield the names of a phrase; one protected beside others (`等两家企业`) is a firm by any name."""
    others = "等" in mask_brackets(piece.text)
    for entity in read_entities(piece):
        if others or ORG_END.search(entity.names.get("zh", "")) or "en" in entity.names:
            yield entity.replace(kind="org", role=None)


# Earlier acts that stand on the lines below a sentence, which does the same to each of them:
# `现决定废止下列公告:`.

LISTED_ACTS = CHINESE.table("listed_acts")


def read_listed_act_changes(page: Sections, context: Context) -> Iterator[Operation]:
    """Read what the act does to the acts that it lists."""
    for line in page.body:
        head = LISTED_ACTS.head.search(line.text)
        if head is None:
            continue
        verb = "before" if head["before"] else "after"
        if bar := gate.find_bar(line.text, head.start(verb), GATE):
            why.explain_sentence(bar, line.text)
            continue
        cited = [
            (entry, reference)
            for entry in takewhile(_is_marked, page.after(line))
            for reference in find_references(entry.text, series=context.series)[:1]
        ]
        if cited and all(reference.key for _, reference in cited):
            yield from _list_act_changes(Piece.of(line), CHANGES[head[verb]], cited, context)


def _list_act_changes(
    sentence: Piece,
    action: Action,
    cited: Sequence[tuple[Line, Reference]],
    context: Context,
) -> Iterator[Operation]:
    """Yield what is done to the listed acts, and to those of which a part stays."""
    start, end = read_times(sentence, context)
    ends = end if action is Action.SUSPEND else None
    limited = {id(entry) for entry, _ in cited if LISTED_ACTS.limited.search(entry.text)}
    whole = tuple(act for entry, act in cited if id(entry) not in limited)
    made = Operation(action, sentence, starts=start, ends=ends, read_whole=True)
    if whole:
        yield replace(made, references=whole)
    for entry, act in cited:
        if id(entry) in limited:
            piece, unclear = Piece.of(entry), tell_in_part(action)
            yield replace(
                made, action=Action.AMEND, piece=piece, references=(act,), unclear=unclear
            )


def _is_marked(line: Line) -> bool:
    return read_mark(line).level != "none"


def drop_taken(said: Iterable[Said], measures: Sequence[Measure]) -> Iterator[Said]:
    """The sentences of an act without those that only name an act which a measure has."""
    keys = {target.key for measure in measures for target in measure.amends}
    for sentence in said:
        cited = find_references(sentence.words)
        taken = cited and all(reference.key in keys for reference in cited)
        if not (taken and LISTED_ACTS.entry.fullmatch(sentence.words)):
            yield sentence
