"""Check before every fact who decides, and whether it is decided now. One rule, words in tables.

A verb of deciding counts if the nearest subject before it is the issuer of the page. Nothing around
it may say that it is intended, allowed, requested, or repeated from another day. In the tables,
`ours` and `strangers` are subjects; `aside` stands before a word that is no subject. A clause that
opens with `grounds` has no subject of the decision. `refused` is searched in the clause before the
verb, `plan`, `power` and `past` in its last words, `proposal` in the whole sentence.
"""

from enum import StrEnum

from monitor.extract.words import Words


class Bar(StrEnum):
    """The reasons why a sentence is no present decision of its page's issuer."""

    STRANGER = "somebody else's doing, not the issuer's"
    REFUSED = "refused or left undone, not done"
    PLAN = "intended, demanded or feared, not decided"
    POWER = "what may be done, not what is done"
    PROPOSAL = "a proposal, open for comment"
    PAST = "decided before, and only repeated"


NEAR = 40  # characters before a verb that can bend it
FAR = 400  # characters before a verb in which its subject is looked for


def find_bar(text: str, verb: int, words: Words, *, speaker: bool = True) -> Bar | None:
    """Find what keeps the words at `verb` from being a decision; None if they are one.

    `speaker`: a sentence without a subject is the issuer's own, as in an act; in a report it has
    none.
    """
    text, verb = text[max(0, verb - FAR) : verb + FAR], min(verb, FAR)
    begins = _find_clause_start(text, verb, words)
    clause = text[begins:verb]
    near = clause[-NEAR:]
    if words.proposal.search(text):
        return Bar.PROPOSAL
    if words.power.search(near):
        return Bar.POWER
    if words.plan.search(near):
        return Bar.PLAN
    if words.refused.search(clause):  # the request of a firm of any length, to be removed
        return Bar.REFUSED
    if words.past.search(near):
        return Bar.PAST
    return None if _is_ours_deciding(text[:verb], words, speaker=speaker) else Bar.STRANGER


def _find_clause_start(text: str, verb: int, words: Words) -> int:
    """Find where the clause of a verb begins."""
    return max((match.end() for match in words.clause.finditer(text, 0, verb)), default=0)


def _is_ours_deciding(before: str, words: Words, *, speaker: bool) -> bool:
    """Return whether the last subject before a verb is one of ours; clauses of grounds do not
    count.
    """
    here, last = 0, speaker
    for end in [*(match.end() for match in words.clause.finditer(before)), len(before)]:
        if not words.grounds.match(before, here):
            last = _is_subject_ours(before, here, end, words, last=last)
        here = end
    return last


def _is_subject_ours(text: str, start: int, end: int, words: Words, *, last: bool) -> bool:
    """Return whether the issuer is the last subject of this part that is not an object."""
    ours = [match.start() for match in words.ours.finditer(text, start, end)]
    others = [
        match.start()
        for match in words.strangers.finditer(text, start, end)
        if not words.aside.search(text, max(start, match.start() - NEAR), match.start())
    ]
    if not ours and not others:
        return last
    return max(ours, default=-1) > max(others, default=-1)
