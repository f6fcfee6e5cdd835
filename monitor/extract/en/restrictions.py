"""Read what an English act forbids, licenses or charges, if it does nothing to a subject or an
earlier act.
"""

from dataclasses import replace

from monitor.extract import frame, gate, why
from monitor.extract.en.named_goods import list_named_goods
from monitor.extract.en.names import read_entities
from monitor.extract.en.operations import (
    FOLLOWING,
    WORDS,
    Operation,
    find_eu_list,
    is_of_somebody,
    list_code,
    list_earlier,
    list_foreign_places,
    register_of,
)
from monitor.extract.en.sections import Context
from monitor.extract.en.words import ENGLISH, GATE
from monitor.model import Action, Entity, Item
from monitor.vocabulary import country_of
from monitor.vocabulary.registers import BLOCKED, COUNTERED, DUAL_USE


def read_restriction(sentence: str, context: Context) -> Operation | None:
    """Read what a sentence forbids, licenses or charges; None if it does none of these, or another
    does.
    """
    licensed = WORDS.licensed.search(sentence)
    granted = WORDS.grants.search(sentence)
    if granted and gate.find_bar(sentence, granted.start(), GATE):
        granted = None
    authorises = WORDS.authorises.search(sentence) if _is_licence(sentence, context) else None
    if licensed or granted or (authorises and not gate.find_bar(sentence, authorises.end(), GATE)):
        # a general licence is on no list but that of such licences, whatever its title names
        general = ("General License", replace(context, title=""))
        is_general = authorises or granted or (licensed and licensed["general"])
        return Operation(
            Action.ADD, list_code(*general if is_general else (sentence, context)), sentence
        )
    if WORDS.prolongs.search(sentence) and not WORDS.of_itself.search(sentence):
        return Operation(
            Action.AMEND, find_eu_list(context), sentence, amends=list_earlier(sentence, context)
        )
    if WORDS.charges.search(sentence):
        return Operation(
            Action.ADD, None, sentence, destinations=list_foreign_places(sentence, context)
        )
    match = WORDS.forbids.search(sentence) or WORDS.needs.search(sentence)
    if match is None or WORDS.of_office.search(sentence[: match.start()]):
        return None
    bar = gate.find_bar(sentence, match.start(), GATE)
    if bar:
        why.explain_sentence(bar, sentence.strip())
    operation = _make_ban(sentence, sentence[: match.start()], context)
    action = frame.settle_action(
        operation.action, sentence, match.start(), ENGLISH.table("frame"), goods=True
    )
    return replace(operation, action=action) if action and not bar else None


def _is_licence(sentence: str, context: Context) -> bool:
    """Return whether a sentence stands in a general licence, by its title or its own words."""
    return any(LICENCE.search(words) for words in (context.title, sentence))


LICENCE = ENGLISH.table("acts").licence


def _make_ban(sentence: str, subject: str, context: Context) -> Operation:
    if context.issuer == "cn-mfa":
        return Operation(
            Action.ADD, COUNTERED.code, sentence, entities=_read_countered(context.title)
        )
    if WORDS.blocks.search(sentence):
        return Operation(Action.RESTRICT, BLOCKED.code, sentence)
    exports = _list_exports(sentence)
    on = register_of(sentence, context.title, context.issuer)
    ours = (
        DUAL_USE.code if exports and country_of(context.issuer) == "cn" else find_eu_list(context)
    )
    return Operation(
        Action.RESTRICT,
        on.code if on and on.goods else ours,
        sentence,
        destinations=list_foreign_places(sentence, context),
        items=list_restricted_goods(sentence),
        entities=() if exports else _read_barred(subject),
        goods=FOLLOWING.search(sentence) is not None,
    )


def _list_exports(sentence: str) -> list[str]:
    return list(
        dict.fromkeys(
            match["goods"]
            for pattern in (WORDS.exports_of, WORDS.needed_for)
            for match in pattern.finditer(sentence)
        )
    )


def list_restricted_goods(sentence: str) -> tuple[Item, ...]:
    """List the named goods with exports that a sentence forbids or licenses."""
    return tuple(
        item
        for goods in _list_exports(sentence)
        for item in list_named_goods(goods, sentence.strip())
    )


def _read_countered(title: str) -> tuple[Entity, ...]:
    """Read the names against whom a title says that a decision is; `a Defence Company` names
    nobody.
    """
    who = title.partition(" against ")[2]
    return (
        ()
        if who.startswith(("a ", "an ", "certain ", "some ", "relevant "))
        else tuple(read_entities(who))
    )


def _read_barred(subject: str) -> tuple[Entity, ...]:
    """Read the names that a ban without a list is about."""
    return tuple(read_entities(subject)) if is_of_somebody(subject.strip(" ,")) else ()
