"""Find what the outermost verb of a clause makes of a deed: `撤销将甲列入…的决定` removes. One engine, a
table for each language.

No pattern decides whether something is added or lifted. It finds a deed and its verb; the frame
says what becomes of the deed. In the tables, `clause` separates the parts of a sentence, `joins`
those of a clause; `aside` is blanked. Each row of `outer` bends the deed behind it. An `opener`
begins the deed's object, where only a verb `beside` the deed counts. A `noun` makes the deed a
thing (`the decision to add`): a verb that bends a thing may also stand behind it. A thing that
nothing bends is an earlier one, unless its clause `utters` it; a `ground` for a deed is never done.
If a table has `leads`, only those may stand before what is `led`.
"""

import re
from collections.abc import Iterator
from enum import StrEnum

from monitor.extract import why
from monitor.extract.words import Words
from monitor.model import Action


class Turn(StrEnum):
    """The effects of an outer verb on a deed."""

    LIFTED = "lifted"
    STAYED = "stayed"
    RESUMED = "resumed"
    PROLONGED = "prolonged"
    DENIED = "denied"
    UNCLEAR = "unclear"


FAR = 1_000  # characters around a verb in which another may bend it
COMPOSED = {  # what two verbs come to: first the inner, then the outer
    (Turn.STAYED, Turn.LIFTED): Turn.RESUMED,
    (Turn.STAYED, Turn.RESUMED): Turn.RESUMED,
    (Turn.STAYED, Turn.PROLONGED): Turn.STAYED,
    # `cancels … and no longer …` says the same thing twice
    (Turn.LIFTED, Turn.LIFTED): Turn.LIFTED,
}
BURDENS = (Action.ADD, Action.RESTRICT)
BECOMES = {
    Turn.LIFTED: Action.REMOVE,
    Turn.STAYED: Action.SUSPEND,
    Turn.RESUMED: Action.RESUME,
    Turn.PROLONGED: Action.AMEND,
}


def find_turn(
    sentence: str, verb: int, words: Words, *, burden: bool = True, strict: bool = False
) -> Turn | None:
    """Find the effect of outer verbs on the deed with its verb at this place; None if it is simply
    done.

    If the deed is no `burden`, verbs before it do not count (`the stay is lifted`), except a
    denial. `strict`: only known words may stand before the deed.
    """
    sentence, verb = sentence[max(0, verb - FAR) : verb + FAR], min(verb, FAR)
    text = words.aside.sub(lambda aside: "\x00" * len(aside[0]), sentence)
    clause = max((mark.end() for mark in words.clause.finditer(text, 0, verb)), default=0)
    stop = words.clause.search(text, verb)
    ends = stop.start() if stop else len(text)
    begins = max((mark.end() for mark in words.joins.finditer(text, clause, verb)), default=clause)
    bent = [*_list_before(text, begins, verb, words)]
    if noun := _find_thing(text, (clause, ends), verb, words, strict=strict and burden):
        bent += _list_outer(text, noun.end(), ends, words)
        bent = bent or _list_outer(text, 0, begins, words)[:1]
        bent = bent or _list_outer(text, ends, len(text), words)[:1]
        if not bent:
            uttered = words.utters.search(text, clause, noun.start()) and not words.ground.search(
                text[clause : noun.end()]
            )
            return None if uttered else Turn.UNCLEAR
    elif not burden:
        bent = bent if bent[:1] == [Turn.DENIED] else []
    elif strict and not bent and _is_led_by_unknown(text, begins, verb, words):
        return Turn.UNCLEAR
    turned: Turn | None = None
    for outer in bent:
        turned = outer if turned is None else COMPOSED.get((turned, outer), Turn.UNCLEAR)
    return turned


def _find_thing(
    text: str, clause: tuple[int, int], verb: int, words: Words, *, strict: bool
) -> re.Match[str] | None:
    """Find the words that make a thing of the deed at a verb.

    A burden may begin behind the deed of its thing (`the order to impose | export controls`).
    """
    for thing in words.noun.finditer(text, *clause):
        for begin, end in map(thing.span, thing.groupdict()):
            open_end = strict and 0 <= begin < verb and thing.end() == end
            within = open_end and not words.joins.search(text, begin, verb)
            if within or begin <= verb < end:
                return thing
    return None


def _list_before(text: str, begins: int, verb: int, words: Words) -> Iterator[Turn]:
    """The verbs before a deed, the nearest first; within its object only the one that stands
    right before it.
    """
    opener = max(
        (match.start() for match in words.opener.finditer(text, begins, verb)), default=verb
    )
    if opener < verb and (beside := words.beside.search(text, opener, verb)):
        yield from _list_outer(text, beside.start(), verb, words)
    yield from reversed(_list_outer(text, begins, opener, words))


def _is_led_by_unknown(text: str, begins: int, verb: int, words: Words) -> bool:
    """Return whether unknown words stand before the object of a deed, which may lift it."""
    opener = words.led.search(text, begins, verb + 2) if "leads" in words.as_written else None
    return opener is not None and words.leads.fullmatch(text, begins, opener.start()) is None


def _list_outer(text: str, begins: int, ends: int, words: Words) -> list[Turn]:
    """The verbs that bend something, in their order."""
    found = [
        (match.start(), Turn(kind))
        for kind, pattern in words.table_of("outer").items()
        for match in pattern.finditer(text, begins)
        if match.start() < ends
    ]
    return [kind for _, kind in sorted(found)]


def settle_action(
    action: Action, sentence: str, verb: int, words: Words, *, goods: bool = False
) -> Action | None:
    """Return the action of a deed with its verb at this place; None if nothing is done, or it is
    unclear.

    Without a control from some day on, goods are free; a firm that is "not listed" is only not
    listed.
    """
    turned = find_turn(sentence, verb, words, burden=action in BURDENS, strict=True)
    if turned is None:
        return action
    if turned is Turn.DENIED and goods and action in BURDENS:
        return Action.REMOVE
    becomes = BECOMES.get(turned) if action in BURDENS else None
    if becomes is None:
        why.explain_sentence(f"what is done to it is {turned}", sentence.strip())
    return becomes
