"""What the sentences of an act do: verb, register, whom or what; an operation a verb."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from monitor.extract import gate, why
from monitor.extract.words import find_all_live, find_live
from monitor.extract.zh import dates, issuers, references
from monitor.extract.zh.changes import read_changes
from monitor.extract.zh.lines import Line, make_line, read_mark
from monitor.extract.zh.names import Piece, mask_brackets, read_entities
from monitor.extract.zh.operations import (
    Context,
    Operation,
    is_of_earlier_listing,
    is_reported,
    read_times,
    split_sentences,
)
from monitor.extract.zh.words import (
    BLOCKED,
    CALLS_IT,
    CHANGES,
    CHINESE,
    CONTROLLED,
    COUNTERED,
    DUAL_USE,
    GATE,
    GOODS,
    IMPOSED,
    LABELS,
    LISTS,
    MEASURES,
    TABLES,
    UNRELIABLE,
    blot_titles,
    is_uncertain,
)
from monitor.model import Action, Start
from monitor.vocabulary.authorities import UEL_NOTICES

WORDS = CHINESE.table("operations")

BLOTTED = re.compile("\x00+")
PUTS = re.compile("将")


def read_line_operations(
    line: Line, context: Context, *, only_decided: bool = True
) -> list[Operation]:
    """Read the operations of one line, sentence by sentence."""
    done: list[Operation] = []
    # its clauses, and the entries below them
    context.leads = context.leads and (
        TABLES.clause.match(line.text) is not None or line.text.startswith("(")
    )
    for sentence in split_sentences(line):
        done.extend(_read_sentence(sentence, context, only_decided=only_decided))
        if not sentence.text.endswith(";"):
            context.carried = None
        context.goes_on = sentence.text.endswith(";") and (
            context.goes_on or TABLES.decides.search(blot_titles(sentence.text)) is not None
        )
        context.references.extend(
            references.find_references(sentence.text, series=context.series, year=context.year)
        )
    context.leads = context.leads or TABLES.leads.search(line.text) is not None
    return done


def _read_sentence(sentence: Piece, context: Context, *, only_decided: bool) -> list[Operation]:
    if (
        dates.tells_earlier_act(sentence.text, context.published)
        or dates.tells_history(sentence.text, context.published)
        or is_of_earlier_listing(sentence.text)
        or WORDS.apart.search(sentence.text)
        or WORDS.on_breach.match(sentence.text)
    ):
        return []
    seen = blot_titles(sentence.text)
    changed = list(read_changes(sentence, context))
    decides = TABLES.decides.search(seen)
    since = decides.end() if decides else 0
    decides = decides or _find_decided_before(seen, context)
    decides = decides or (TABLES.declares.search(seen) if context.authority in IMPOSED else None)
    if decides and (bar := gate.find_bar(seen, decides.start(), GATE)):
        why.explain_sentence(bar, sentence.text)
        return []
    if context.blocks and TABLES.blocks.search(seen):
        return [Operation(Action.RESTRICT, sentence, BLOCKED), *changed]
    unsure = not decides and (only_decided or is_uncertain(seen))
    entities = [
        operation
        for operation in (() if unsure else _list_entity_operations(sentence, seen, since, context))
        if _is_decided_now(operation, sentence, seen)
    ]
    goods = (
        []
        if entities
        else [
            *_list_controls(sentence, seen, context, decided=bool(decides)),
            *_list_publications(sentence),
        ]
    )
    return [*entities, *goods, *changed]


def _find_decided_before(seen: str, context: Context) -> re.Match[str] | None:
    """Find the opening of a clause that a line above decides, or the words before a semicolon
    (`决定将甲列入…;将乙列入…`).
    """
    if context.blocks:
        return None
    goes_on = context.goes_on and not TABLES.future.match(seen)
    return TABLES.clause.match(seen) if context.leads else PUTS.match(seen) if goes_on else None


def _is_decided_now(operation: Operation, sentence: Piece, seen: str) -> bool:
    """Return whether the words before its names let it be decided here and now."""
    assert operation.who
    bar = gate.find_bar(seen, max(operation.who.start - sentence.start - 1, 0), GATE)
    if bar:
        why.explain_sentence(bar, sentence.text)
    return bar is None


def _list_entity_operations(
    sentence: Piece, seen: str, since: int, context: Context
) -> Iterator[Operation]:
    flat = mask_brackets(seen)
    start, end = read_times(sentence, context)

    def made(action: Action, match: re.Match[str], register: str | None) -> Operation:
        who = sentence.part(*match.span("who"))
        verb = None if match.re.groupindex.get("verb") else match.end("who")
        return Operation(
            action, sentence, register, who, starts=start, ends=end, decided=since > 0, verb=verb
        )

    lifted = [
        _read_lift(match, context, made) for match in find_all_live(TABLES.lifts, flat, since)
    ]
    yield from lifted
    for match in find_all_live(TABLES.lists_it, flat, since):
        yield made(Action.ADD, match, LISTS[match["list"]])
    for match in (match for pattern in CALLS_IT for match in find_all_live(pattern, flat, since)):
        yield made(Action.ADD, match, LABELS[match["label"]])
    for match in find_all_live(TABLES.takes_off, flat, since):
        if name := match["list"] or match["after"]:
            yield made(Action.REMOVE, match, LISTS[name])
    if context.authority in IMPOSED:
        yield from _list_dealings(flat, since, context, made)
    if not lifted:
        yield from _list_treatments(flat, since, context, made)


Maker = Callable[[Action, re.Match[str], str | None], Operation]


def _read_lift(match: re.Match[str], context: Context, made: Maker) -> Operation:
    """Read what ends or halts the measures against somebody."""
    # by what they forbid, measures are known in the acts of a list alone
    by_what = WORDS.forbids.match(match["kind"]) and not any(
        kind in match["kind"] for kind in MEASURES
    )
    unknown = by_what and context.series != UEL_NOTICES.code
    before = match.string[match.start() : match.start("who")]
    cited = references.find_keyed(before, series=context.series, year=context.year)
    on = None if unknown else _find_imposed_register(match, context)
    lifted = replace(made(CHANGES[match["verb"]], match, on), references=cited)
    if lifted.action is not Action.REPEAL:
        return lifted
    for_a_time = lifted.ends and match["verb"] == "停止"
    return replace(lifted, action=Action.SUSPEND if for_a_time else Action.REMOVE)


def _list_dealings(flat: str, since: int, context: Context, made: Maker) -> Iterator[Operation]:
    """Read what an authority imposes or ends without naming a list."""
    register = IMPOSED[context.authority]
    relieved = list(find_all_live(TABLES.no_longer, flat, since))
    for match in relieved:
        yield made(Action.REMOVE, match, register)
    for match in find_all_live(TABLES.no_dealings, flat, since):
        if not relieved:
            yield made(Action.ADD, match, register)


def _list_treatments(flat: str, since: int, context: Context, made: Maker) -> Iterator[Operation]:
    match = find_live(TABLES.inquires, flat, since)
    if match and context.series == UEL_NOTICES.code:
        yield made(Action.INVESTIGATE, match, UNRELIABLE)
        return
    listing = find_live(TABLES.lists_it, flat, since) or next(
        (called for pattern in CALLS_IT if (called := find_live(pattern, flat, since))), None
    )
    here = listing.end() if listing else since
    match = find_live(TABLES.treats, flat, here)
    # a sentence that says whom it is against speaks for the clauses below it, unless it is one
    context.counters = context.counters and not (
        match and read_mark(make_line(flat)).level == "none"
    )
    if not match and (context.counters or issuers.is_of_orders(context.series)):
        match = find_live(TABLES.dealt_with, flat, here)
    if not match or TABLES.halted_whom.search(match["who"]):
        return
    operation = made(
        Action.RESTRICT if TABLES.already.search(match["who"]) else Action.ADD,
        match,
        _find_imposed_register(match, context),
    )
    if not listing or _has_other_names(operation, made(Action.ADD, listing, None)):
        yield operation


def _find_imposed_register(match: re.Match[str], context: Context) -> str:
    """The register that a treatment comes to: the one it calls them by, its issuer's own, the
    one its kind is known by.
    """
    called = next((LABELS[label] for label in LABELS if label in match["who"]), None)
    known = called or IMPOSED.get(context.authority) or MEASURES.get(match["kind"])
    known = known or (CONTROLLED if match["kind"].endswith("管控") else None)
    return known or (UNRELIABLE if context.series == UEL_NOTICES.code else COUNTERED)


def _has_other_names(treatment: Operation, listing: Operation) -> bool:
    """Return whether a treatment beside a listing has other names too; mostly it only explains the
    listing.
    """
    assert treatment.who
    assert listing.who
    known = [entity.names for entity in read_entities(listing.who)]
    return any(entity.names not in known for entity in read_entities(treatment.who))


def _list_controls(
    sentence: Piece, seen: str, context: Context, *, decided: bool
) -> Iterator[Operation]:
    flat = mask_brackets(seen)
    starts = _read_control_start(sentence, context)
    if curbed := TABLES.curbs.search(flat):
        yield Operation(
            Action.RESTRICT, sentence, DUAL_USE, goods=True, decided=decided, verb=curbed.start()
        )
    elif (
        decided and TABLES.adjusts.search(BLOTTED.sub("\x00", flat)) and _is_of_goods(sentence.text)
    ):
        yield Operation(
            Action.AMEND, sentence, _register_named(sentence.text), goods=True, decided=decided
        )
    elif (controlled := TABLES.controls.search(flat)) and (decided or not is_reported(flat)):
        verb = controlled.start("verb") if controlled["verb"] else controlled.start()
        yield Operation(
            Action.ADD, sentence, DUAL_USE, goods=True, starts=starts, decided=decided, verb=verb
        )


def _read_control_start(sentence: Piece, context: Context) -> Start | None:
    """The day that opens a sentence on goods (`自…起,不再对下列物项实施出口管制`)."""
    opens = WORDS.opens_with_day.match(sentence.text)
    return read_times(sentence, context)[0] if opens else None


def _is_of_goods(text: str) -> bool:
    return "出口管制" in text.replace("出口管制法", "").replace("出口管制条例", "") or bool(
        TABLES.published_title.search(text)
    )


def _register_named(text: str) -> str | None:
    known = TABLES.published_title.search(text)
    return GOODS[known[0]] if known else DUAL_USE


def _list_publications(sentence: Piece) -> Iterator[Operation]:
    for match in (
        *find_all_live(TABLES.publishes, sentence.text),
        *TABLES.title_first.finditer(sentence.text),
    ):
        known = TABLES.published_title.search(match["title"])
        if known and not match["title"].endswith(("规定", "条例", "办法", "的决定")):
            yield Operation(Action.REPLACE, sentence, GOODS[known[0]])
