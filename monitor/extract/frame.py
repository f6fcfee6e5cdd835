"""What the outermost verb of a clause makes of a deed: `撤销将甲列入…的决定` takes off. One engine, a table for each language.

No pattern decides whether something is put on or lifted. It finds a deed and its verb; the frame says what becomes of the deed.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from monitor.extract import why
from monitor.model import Action
from monitor.vocabulary import forms


class Turn(StrEnum):
    """What an outer verb does to a deed."""

    LIFTED = "lifted"
    STAYED = "stayed"
    RESUMED = "resumed"
    PROLONGED = "prolonged"
    DENIED = "denied"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class Words:
    """How a language says it. A sentence is parted at `clause`, a clause at `joins`; what stands `aside` is blotted out.

    Each row of `outer` bends the deed behind it. An `opener` begins the deed's object, in which only a verb `beside` the deed
    counts. What `noun` finds at a deed makes a thing of it (`the decision to add`): whatever bends a thing may stand behind it as
    well. A thing that nobody bends is one of before, but where its clause `utters` it; a `ground` for a deed is never done.
    """

    clause: re.Pattern[str]
    joins: re.Pattern[str]
    aside: re.Pattern[str]
    outer: Mapping[Turn, re.Pattern[str]]
    opener: re.Pattern[str]
    beside: re.Pattern[str]
    noun: re.Pattern[str]
    ground: re.Pattern[str]
    utters: re.Pattern[str]


FAR = 1_000  # characters around a verb in which another may bend it
COMPOSED = {  # what two verbs come to: first the inner, then the outer
    (Turn.STAYED, Turn.LIFTED): Turn.RESUMED,
    (Turn.STAYED, Turn.RESUMED): Turn.RESUMED,
    (Turn.STAYED, Turn.PROLONGED): Turn.STAYED,
    (Turn.LIFTED, Turn.LIFTED): Turn.LIFTED,  # `cancels … and no longer …` says the same thing twice
}
BURDENS = (Action.ADD, Action.RESTRICT)
BECOMES = {Turn.LIFTED: Action.REMOVE, Turn.STAYED: Action.SUSPEND, Turn.RESUMED: Action.RESUME, Turn.PROLONGED: Action.AMEND}


def turn(sentence: str, verb: int, words: Words, *, burden: bool = True) -> Turn | None:
    """What becomes of the deed whose verb stands at a place of a sentence; nothing where it is simply done.

    Of what is no `burden` the verbs before it say nothing (`the stay is lifted`), but for a denial.
    """
    sentence, verb = sentence[max(0, verb - FAR) : verb + FAR], min(verb, FAR)
    text = words.aside.sub(lambda aside: "\x00" * len(aside[0]), sentence)
    begins = max((mark.end() for mark in words.clause.finditer(text, 0, verb)), default=0)
    stop = words.clause.search(text, verb)
    ends = stop.start() if stop else len(text)
    things = words.noun.finditer(text, begins, ends)
    noun = next(
        (thing for thing in things if any(begin <= verb < end for begin, end in map(thing.span, thing.groupdict()))), None
    )
    clause = begins
    begins = max((mark.end() for mark in words.joins.finditer(text, begins, verb)), default=begins)
    bent = [*_before(text, begins, verb, words)]
    if noun:
        bent += _outer(text, noun.end(), ends, words)
        bent = bent or [*_outer(text, 0, begins, words), *_outer(text, ends, len(text), words)][:1]
        if not bent:
            uttered = words.utters.search(text, clause, noun.start()) and not words.ground.search(text[clause : noun.end()])
            return None if uttered else Turn.UNCLEAR
    elif not burden:
        bent = bent if bent[:1] == [Turn.DENIED] else []
    turned: Turn | None = None
    for outer in bent:
        turned = outer if turned is None else COMPOSED.get((turned, outer), Turn.UNCLEAR)
    return turned


def _before(text: str, begins: int, verb: int, words: Words) -> Iterator[Turn]:
    """The verbs before a deed, the nearest first; within its object only the one that stands right before it."""
    opener = max((match.start() for match in words.opener.finditer(text, begins, verb)), default=verb)
    if opener < verb and (beside := words.beside.search(text, opener, verb)):
        yield from _outer(text, beside.start(), verb, words)
    yield from reversed(_outer(text, begins, opener, words))


def _outer(text: str, begins: int, ends: int, words: Words) -> list[Turn]:
    """The verbs that bend something, in their order."""
    found = [
        (match.start(), kind)
        for kind, pattern in words.outer.items()
        for match in pattern.finditer(text, begins)
        if match.start() < ends
    ]
    return [kind for _, kind in sorted(found)]


def settled(action: Action, sentence: str, verb: int, words: Words, *, goods: bool = False) -> Action | None:
    """What is done by a deed whose verb stands at a place of a sentence; nothing where nothing is, or nobody can tell what.

    From a day on no control of goods is the end of it; a firm that is not listed is only not listed.
    """
    turned = turn(sentence, verb, words, burden=action in BURDENS)
    if turned is None:
        return action
    if turned is Turn.DENIED and goods and action in BURDENS:
        return Action.REMOVE
    becomes = BECOMES.get(turned) if action in BURDENS else None
    if becomes is None:
        why.sentence(f"what is done to it is {turned}", sentence.strip())
    return becomes


FREED = "(?:[无毋]须|[无不]需|不必)(?!逐|每|再次|另行|重复|单独)|免[予于除]"  # `无须逐单申领` frees of no licence
CHINESE = Words(
    clause=re.compile("[,;:。]"),
    joins=re.compile("并|且|同时|以及"),
    aside=re.compile(r"《[^《》]*》|\([^()]*\)"),
    outer={
        Turn.LIFTED: re.compile(f"不再|撤[销回]|取消|解除|废止|终止|停止|豁免|放[开宽]|解禁|失效|{FREED}"),
        Turn.STAYED: re.compile("暂停|中止|暂缓|再停"),
        Turn.RESUMED: re.compile("恢复"),
        Turn.PROLONGED: re.compile("延长|顺延|延续|延至"),
        Turn.DENIED: re.compile("不予(?=[将把对列纳实采适])|不(?=[将把对])|未(?=[将把对予列纳])"),
    },
    opener=re.compile("[将把对]"),
    beside=re.compile("(?:不再|停止|暂停|中止|恢复|取消|暂缓|终止|不予)(?:继续|执行)?$"),
    noun=re.compile(
        r"(?P<deed>[列纳]入|列为|移[出除]|实施|采取|适用|执行|实行)"
        r"(?:[^,;。:的]{0,24}(?:[清名]单|目录|管制|措施|制裁|限制|实体)[\"》]?)?"
        r"(?:的[^,;。:的]{0,12}(?:决定|内容|措施|公告|规定|做法|安排|理由|情形|条件|管制|限制)|的?(?:情形|条件|申请))|"
        r"(?P<ban>禁止|限制)[^,;。:]{1,40}的(?:规定|措施|要求|决定)"  # `禁止向某国出口某物的规定`
    ),
    ground=re.compile("(?:理由|情形|条件)$|(?:^|[,;。:])(?:(?!同意|批准|准[予许]|核准)[^,;。:])*申请$"),
    utters=re.compile("(?:公布|发布)(?!之日)|作出|宣布|关于|同意|批准|准予|准许|核准"),
)
THING = r"(?:decisions?|orders?|determinations?|notices?|announcements?|rules?|measures?|actions?|entr(?:y|ies)|requirements?)"
ENGLISH = Words(
    clause=re.compile(rf"[;:]|,(?! {forms.FORM})|\.\s(?=[A-Z])"),
    joins=re.compile(r"\band\b"),
    aside=re.compile(r"\([^()]*\)|“[^“”]*”|\b(?:which|who|because|since|having)\b[^,;:]*"),
    outer={
        Turn.LIFTED: re.compile(
            r"\b(?:(?:revo[kc]|rescind|rescission|withdr[ae]w|lift|cancel|annul|terminat|discontinu|repeal|overturn|quash|"
            r"waiv)\w*|"
            r"ceas(?:es?|ed|ing)|no longer|stop(?:s|ped|ping)?|set(?:s|ting)? aside|exempt(?:s|ed|ing)?|void|expires?|lapses?|"
            r"to end|ends(?= (?:the|its|all|export)\b)|released)\b"
        ),
        Turn.STAYED: re.compile(r"\b(?:suspend(?:s|ed|ing)?|suspension|paus(?:es?|ed|ing)|stay(?:s|ed|ing)?)\b"),
        Turn.RESUMED: re.compile(r"\b(?:resum(?:es?|ed|ing|ption)|reinstat\w+|reimpos\w+)\b"),
        Turn.PROLONGED: re.compile(r"\b(?:prolong\w*|renew(?:s|ed|ing|al)?)\b"),
        Turn.DENIED: re.compile(
            r"\b(?:not|never)\s(?=(?:to |be |been )*\w)|\brefrain\w* from\b|"
            r"\b[Nn]o\s(?=(?:[\w-]+\s){0,2}(?:licen[cs]es?|permits?|authori[sz]ations?|controls?|restrictions?)\b)"
        ),
    },
    opener=re.compile(r"(?!)"),
    beside=re.compile(r"(?!)"),
    noun=re.compile(
        rf"\b(?:{THING}\s(?:of (?:(?!and\b)[^,;:]){{2,40}}?\s)?"
        r"(?:to\s|that\s|(?:by|under) which\s|"
        r"(?=adding|listing|imposing|placing|designating|prohibiting|banning|restricting|barring))|"
        r"[Tt]he\s(?=addition|inclusion|listing|designation|imposition|prohibition|ban\b|restriction))(?P<deed>\w+)"
    ),
    ground=re.compile("(?!)"),
    utters=re.compile(""),
)
