"""Read what an English act forbids, licenses or charges, if it does nothing to a subject or an
earlier act.
"""

from dataclasses import replace

from monitor.extract import frame, gate, why
from monitor.extract.en.names import listed
from monitor.extract.en.operations import (
    FOLLOWING,
    WORDS,
    Context,
    Operation,
    abroad,
    earlier,
    european_list,
    goods_named,
    list_code,
    names_somebody,
    register_of,
)
from monitor.extract.en.words import ENGLISH, GATE
from monitor.model import Action, Entity, Item
from monitor.vocabulary import country_of
from monitor.vocabulary.registers import BLOCKED, COUNTERED, DUAL_USE


def restriction(sentence: str, context: Context) -> Operation | None:
    """Read what a sentence forbids, licenses or charges; None if it does none of these, or another
    does.
    """
    if licensed := WORDS.licensed.search(sentence):
        # a general licence is on no list but that of such licences, whatever its title names
        general = ("General License", replace(context, title="")) if licensed["general"] else None
        return Operation(Action.ADD, list_code(*general or (sentence, context)), sentence)
    if WORDS.prolongs.search(sentence) and not WORDS.of_itself.search(sentence):
        return Operation(
            Action.AMEND, european_list(context), sentence, amends=earlier(sentence, context)
        )
    if WORDS.charges.search(sentence):
        return Operation(Action.ADD, None, sentence, destinations=abroad(sentence, context))
    match = WORDS.forbids.search(sentence) or WORDS.needs.search(sentence)
    if match is None or WORDS.of_office.search(sentence[: match.start()]):
        return None
    bar = gate.bar(sentence, match.start(), GATE)
    if bar:
        why.sentence(bar, sentence.strip())
    operation = _forbidden(sentence, sentence[: match.start()], context)
    action = frame.settled(
        operation.action, sentence, match.start(), ENGLISH.table("frame"), goods=True
    )
    return replace(operation, action=action) if action and not bar else None


def _forbidden(sentence: str, subject: str, context: Context) -> Operation:
    if context.issuer == "cn-mfa":
        return Operation(Action.ADD, COUNTERED.code, sentence, entities=_countered(context.title))
    if WORDS.blocks.search(sentence):
        return Operation(Action.RESTRICT, BLOCKED.code, sentence)
    exports = _exports(sentence)
    on = register_of(sentence, context.title, context.issuer)
    ours = (
        DUAL_USE.code if exports and country_of(context.issuer) == "cn" else european_list(context)
    )
    return Operation(
        Action.RESTRICT,
        on.code if on and on.goods else ours,
        sentence,
        destinations=abroad(sentence, context),
        items=goods_of(sentence),
        entities=() if exports else _barred(subject),
        goods=FOLLOWING.search(sentence) is not None,
    )


def _exports(sentence: str) -> list[str]:
    return list(
        dict.fromkeys(
            match["goods"]
            for pattern in (WORDS.exports_of, WORDS.needed_for)
            for match in pattern.finditer(sentence)
        )
    )


def goods_of(sentence: str) -> tuple[Item, ...]:
    """List the named goods with exports that a sentence forbids or licenses."""
    return tuple(
        item for goods in _exports(sentence) for item in goods_named(goods, sentence.strip())
    )


def _countered(title: str) -> tuple[Entity, ...]:
    """Read the names against whom a title says that a decision is; `a Defence Company` names
    nobody.
    """
    who = title.partition(" against ")[2]
    return (
        ()
        if who.startswith(("a ", "an ", "certain ", "some ", "relevant "))
        else tuple(listed(who))
    )


def _barred(subject: str) -> tuple[Entity, ...]:
    """Read the names that a ban without a list is about."""
    return tuple(listed(subject)) if names_somebody(subject.strip(" ,")) else ()
