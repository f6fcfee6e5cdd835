"""Sentences in forms of their own: instruments that order in the imperative, items of schedules, entries of a list, court orders.

One row a form: its pattern, what it does, and whether those whom it is on stand in it (`who`), below it, or are places (`place`).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from monitor.extract.en import places
from monitor.extract.en.names import listed
from monitor.extract.en.operations import Context, Operation, register_of
from monitor.extract.en.words import ENGLISH
from monitor.model import Action, Entity, Item

WORDS = ENGLISH.table("forms")


@dataclass(frozen=True, slots=True)
class Form:
    """A form of a sentence, and what is done by it."""

    action: Action
    pattern: re.Pattern[str]
    goods: bool = False


NAMES = r"(?P<who>[A-Z“\"'][^;]{1,200}?)"
ENTRY = r"(?:(?:table )?items?|entr(?:y|ies)|(?:listing|designation)s?)"
DEALS = r"(?:which deals? with|dealing with|relating to|concerning|(?:in respect )?of|for)"
GONE = r"(?:repealed|deleted|struck (?:out|off|from [^.;:]{2,80})|removed|omitted|revoked|annulled|quashed|set aside)"
COMMITTEE = r"\bCommittee\b.{0,400}?\b"  # whose resolutions and subjects stand before its verb
FORMS = (
    Form(Action.ADD, re.compile(r"\A(?:Add|Insert):$")),
    Form(Action.REMOVE, re.compile(r"\A(?:Omit|Repeal|Remove|Delete):$")),
    Form(
        Action.REMOVE,
        re.compile(rf"(?:Omit|Repeal|Delete|Remove) the (?:whole )?{ENTRY}\b[^.;:]{{0,40}}?,? {DEALS} {NAMES}(?:\.|$)"),
    ),
    Form(
        Action.REMOVE,
        re.compile(
            rf"(?:Items?|Entr(?:y|ies)|Paragraphs?) [\d.]+(?:(?:, | and | to )[\d.]+){{0,20}} (?:of|in|under) (?:Part|"
            rf"[Tt]he [Ss]chedule|Schedule)"
            rf"\b[^;:]{{0,160}}? (?:is|are) {GONE}:?$"
        ),
    ),
    Form(
        Action.REMOVE,
        re.compile(
            rf"[Tt]he decisions? (?:to (?:designate|list)|designating|listing) {NAMES}(?: under| as| in| for|"
            rf",)[^;]{{0,200}}? (?:was|were|is|are|has been|have been) {GONE}"
        ),
    ),
    Form(
        Action.REMOVE,
        re.compile(rf"[Rr]eferences? to [“\"'](?P<place>[^”\"']{{2,60}})[”\"'] in [^;:]{{2,160}}? (?:is|are) {GONE}"),
    ),
    Form(
        Action.ADD,
        re.compile(
            r"amended by adding (?:a reference to )?[“\"'](?P<place>[^”\"']{2,60})[”\"'] (?:to|in|after|before|in alphabetical)"
        ),
    ),
    Form(
        Action.REMOVE,
        re.compile(r"\bdetermin\w+ that (?P<who>[A-Z].{2,400}?) no longer (?:meets?|qualif(?:y|ies)|satisf(?:y|ies))\b"),
    ),
    Form(
        Action.REMOVE,
        re.compile(r"\bno longer appl(?:y|ies) to the following (?:names?|persons?|individuals?|entit(?:y|ies)):?$"),
    ),
    Form(
        Action.REMOVE,
        re.compile(rf"{COMMITTEE}(?:removed|delisted|deleted) the (?:\w+ )?(?:entry|entries|names?)\b[^.;]{{0,60}}? from\b"),
    ),
    Form(
        Action.ADD,
        re.compile(rf"{COMMITTEE}(?:added|approved the addition of) the (?:\w+ )?(?:entry|entries|names?)\b[^.;]{{0,60}}? to\b"),
    ),
    Form(
        Action.AMEND,
        re.compile(rf"{COMMITTEE}(?:enacted the amendments?|amended the (?:\w+ )?(?:entry|entries|names?))\b"),
    ),
    Form(
        Action.REMOVE,
        re.compile(
            r"(?:has|have) decided to (?:strike|take|remove|delete) the following (?:names |entries |persons )?(?:from|"
            r"off) the [Ll]ist\b[^:]*$"
        ),
    ),
    Form(
        Action.ADD,
        re.compile(
            r"(?:has|have) (?:taken over|adopted|transposed) the (?:names|entries|additions|designations) (?:which|that|of|"
            r"made)\b[^:]*$"
        ),
    ),
    Form(
        Action.ADD,
        re.compile(
            r"(?:applied|imposed|applies|imposes) (?:the |statutory |administrative ){0,2}(?:measures|sanctions|"
            r"debarments?) [^;:]{0,200}?(?:against|on) the following "
            r"(?:foreign )?(?:persons|entities)[^:]{0,160}: (?P<who>[A-Z].+)"
        ),
    ),
    Form(
        Action.AMEND,
        re.compile(
            rf"In the {ENTRY} (?:for|of|concerning|relating to) {NAMES}(?: \([^()]*\))?,? (?:the |"
            rf"its )[\w ]{{2,60}} (?:now reads?|(?:is|are|has been) (?:replaced|changed|amended|corrected))"
        ),
    ),
    Form(
        Action.ADD,
        re.compile(
            r"(?:[Aa]fter|[Bb]efore) (?:the )?(?:paragraph|item|entry|"
            r"article)s? [\w.()]{1,12},? (?:of [^:]{1,60} )?(?:insert|add):? [“\"'](?P<goods>.+)",
            re.DOTALL,
        ),
        goods=True,
    ),
    Form(
        Action.REMOVE,
        re.compile(r"(?:^|, )items? (?P<goods>\d[A-Z]\d{3}[\w.]*)(?:,| is| are)? ?(?:repeal(?:ed)?|omit(?:ted)?|deleted?)\b"),
        goods=True,
    ),
    Form(
        Action.AMEND,
        re.compile(
            r"^In (?:regulation|section|paragraph|article) \w{1,8}(?:\(\w{1,4}\)){0,3}, (?:after|for|"
            r"before) [“\"'].+[”\"'],? (?:insert|substitute)\b"
        ),
    ),
    Form(
        Action.REPEAL,
        re.compile(
            r"(?:interim final |final |temporary )?[Rr]ule published (?:at|on|in)\b[^;:]{2,120}?,? is (?:hereby )?withdrawn\b"
        ),
    ),
)


def operations(sentence: str, context: Context) -> Iterator[Operation]:
    """What a sentence of such a form does; the first that fits."""
    text = sentence.strip()
    for form in FORMS:
        match = form.pattern.search(text)
        if match is None:
            continue
        groups = match.groupdict()
        on = register_of(text, context.title, context.issuer, entities=not form.goods)
        yield Operation(
            form.action,
            on.code if on else None,
            sentence,
            entities=tuple(_named(groups["who"])) if groups.get("who") else (),
            destinations=tuple(places.all_in(groups["place"])) if groups.get("place") else (),
            items=tuple(_goods(groups["goods"], text)) if groups.get("goods") else (),
        )
        return


def _goods(words: str, quote: str) -> Iterator[Item]:
    """The goods by the code with which they open."""
    if match := CODED.match(words):
        name = re.split(r"\s(?:providing|having|with|capable|of \d)\b", match["name"])[0].strip(" .,;:\"”’'")
        yield Item(names={"en": name or match["code"]}, codes=(match["code"],), quote=quote)


CODED = re.compile(r"(?P<code>\d[A-E]\d{3}(?:\.[a-z0-9]{1,2})*)\.?\s*(?P<name>[^.;]*)")


def _named(words: str) -> Iterator[Entity]:
    """The names among words that hold nothing else, without `any successor thereof` and the countries in brackets."""
    bare = WORDS.under.sub("", WORDS.words.sub("", words)).strip(" .")
    yield from listed(f": {bare}")
