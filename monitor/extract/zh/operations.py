"""What the sentences of an act do: verb, register, whom or what, start and end; an operation a verb."""

import re
from collections.abc import Iterator

from monitor.extract import gate, why
from monitor.extract.named import find, finds
from monitor.extract.zh import references
from monitor.extract.zh.amendments import changes
from monitor.extract.zh.clauses import Context, Maker, Operation, is_reported, sentences, times
from monitor.extract.zh.lines import Line
from monitor.extract.zh.names import Piece, listed, mask
from monitor.extract.zh.subjects import GATE
from monitor.extract.zh.tables import (
    ADJUSTS,
    ALREADY,
    BLOCKED,
    BLOCKS,
    CALLS_IT,
    CHANGES,
    CONTROLS,
    COUNTERED,
    CURBS,
    DECIDES,
    DECLARES,
    DUAL_USE,
    FINDS,
    GOODS,
    IMPOSED,
    INQUIRES,
    LABELS,
    LIFTS,
    LISTS,
    LISTS_IT,
    MEASURES,
    NO_DEALINGS,
    NO_LONGER,
    PUBLISHED_TITLE,
    PUBLISHES,
    TAKES_OFF,
    TITLE_FIRST,
    TREATS,
    UNRELIABLE,
    blot_titles,
    speaks_of,
    uncertain,
)
from monitor.model import Action
from monitor.vocabulary.authorities import UEL_NOTICES

HIDDEN = re.compile("\x00+")


def operations(line: Line, context: Context, *, only_decided: bool = True) -> list[Operation]:
    """The operations of one line, a sentence after the other."""
    done: list[Operation] = []
    for sentence in sentences(line):
        done.extend(_sentence_operations(sentence, context, only_decided=only_decided))
        if not sentence.text.endswith(";"):
            context.carried = None
        context.references.extend(references.references(sentence.text, series=context.series, year=context.year))
    return done


def _sentence_operations(sentence: Piece, context: Context, *, only_decided: bool) -> list[Operation]:
    seen = blot_titles(sentence.text)
    changed = list(changes(sentence, context))
    decides = DECIDES.search(seen)
    since = decides.end() if decides else 0
    decides = decides or (DECLARES.search(seen) if context.authority in IMPOSED else None)
    if decides and (bar := gate.bar(seen, decides.start(), GATE)):
        why.sentence(bar, sentence.text)
        return []
    if context.blocks and BLOCKS.search(seen):
        return [Operation(Action.RESTRICT, sentence, BLOCKED), *changed]
    if not decides and (only_decided or uncertain(seen)):
        return [*_controls(sentence, seen, decided=False), *_publications(sentence), *changed]
    entities = [operation for operation in _on_entities(sentence, seen, since, context) if _passes(operation, sentence, seen)]
    goods = [] if entities else [*_controls(sentence, seen, decided=bool(decides)), *_publications(sentence)]
    return [*entities, *goods, *changed]


def _passes(operation: Operation, sentence: Piece, seen: str) -> bool:
    """Whether the words before whom it names let it be decided, here and now."""
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
        return Operation(action, sentence, register, who, starts=start, ends=end, decided=since > 0, verb=verb)

    lifted = list(finds(LIFTS, flat, since))
    for match in lifted:
        action = CHANGES[match["verb"]]
        yield made(Action.REMOVE if action is Action.REPEAL else action, match, _imposed(match, context))
    for match in finds(LISTS_IT, flat, since):
        yield made(Action.ADD, match, LISTS[match["list"]])
    for match in (match for pattern in CALLS_IT for match in finds(pattern, flat, since)):
        yield made(Action.ADD, match, LABELS[match["label"]])
    for match in finds(TAKES_OFF, flat, since):
        if name := match["list"] or match["after"]:
            yield made(Action.REMOVE, match, LISTS[name])
    if context.authority in IMPOSED:
        yield from _dealings(flat, since, context, made)
    if not lifted:
        yield from _treatments(flat, since, context, made)


def _dealings(flat: str, since: int, context: Context, made: Maker) -> Iterator[Operation]:
    """What an authority imposes or ends where it names no list at all."""
    register = IMPOSED[context.authority]
    relieved = list(finds(NO_LONGER, flat, since))
    for match in relieved:
        yield made(Action.REMOVE, match, register)
    for match in finds(NO_DEALINGS, flat, since):
        if not relieved:
            yield made(Action.ADD, match, register)


def _treatments(flat: str, since: int, context: Context, made: Maker) -> Iterator[Operation]:
    inquiry = find(INQUIRES, flat, since) or find(FINDS, flat)
    if (match := inquiry) and (context.series == UEL_NOTICES.code or speaks_of(flat, UNRELIABLE)):
        yield made(Action.INVESTIGATE, match, UNRELIABLE)
        return
    listing = find(LISTS_IT, flat, since) or next(
        (called for pattern in CALLS_IT if (called := find(pattern, flat, since))), None
    )
    if not (match := find(TREATS, flat, listing.end() if listing else since)):
        return
    operation = made(Action.RESTRICT if ALREADY.search(match["who"]) else Action.ADD, match, _imposed(match, context))
    if not listing or _names_others(operation, made(Action.ADD, listing, None)):
        yield operation


def _imposed(match: re.Match[str], context: Context) -> str:
    """The register that a treatment comes to: the one it calls them by, its issuer's own, the one its kind is known by."""
    called = next((LABELS[label] for label in LABELS if label in match["who"]), None)
    known = called or IMPOSED.get(context.authority) or MEASURES.get(match["kind"])
    return known or (UNRELIABLE if context.series == UEL_NOTICES.code else COUNTERED)


def _names_others(treatment: Operation, listing: Operation) -> bool:
    """Whether a treatment beside a listing is of somebody else too; mostly it only says what the listing means."""
    assert treatment.who
    assert listing.who
    known = [entity.names for entity in listed(listing.who)]
    return any(entity.names not in known for entity in listed(treatment.who))


def _controls(sentence: Piece, seen: str, *, decided: bool) -> Iterator[Operation]:
    flat = mask(seen)
    if curbed := CURBS.search(flat):
        yield Operation(Action.RESTRICT, sentence, DUAL_USE, goods=True, decided=decided, verb=curbed.start())
    elif decided and ADJUSTS.search(HIDDEN.sub("\x00", flat)) and _of_goods(sentence.text):
        yield Operation(Action.AMEND, sentence, _register_named(sentence.text), goods=True, decided=decided)
    elif (controlled := CONTROLS.search(flat)) and (decided or not is_reported(flat)):
        verb = controlled.start("verb") if controlled["verb"] else controlled.start()
        yield Operation(Action.ADD, sentence, DUAL_USE, goods=True, decided=decided, verb=verb)


def _of_goods(text: str) -> bool:
    return "出口管制" in text.replace("出口管制法", "").replace("出口管制条例", "") or bool(PUBLISHED_TITLE.search(text))


def _register_named(text: str) -> str | None:
    known = PUBLISHED_TITLE.search(text)
    return GOODS[known[0]] if known else DUAL_USE


def _publications(sentence: Piece) -> Iterator[Operation]:
    for match in (*finds(PUBLISHES, sentence.text), *TITLE_FIRST.finditer(sentence.text)):
        known = PUBLISHED_TITLE.search(match["title"])
        if known and not match["title"].endswith(("规定", "条例", "办法", "的决定")):
            yield Operation(Action.REPLACE, sentence, GOODS[known[0]])
