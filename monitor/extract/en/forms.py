"""Sentences of a form of their own, as the table `forms` has them → operations."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from monitor import vocabulary
from monitor.extract.en import issuers, items, own_acts, places
from monitor.extract.en.names import TYPED_QUOTES, read_entities, strip_stop
from monitor.extract.en.operations import Operation, register_of
from monitor.extract.en.sections import Context
from monitor.extract.en.words import ENGLISH
from monitor.model import Action, Entity
from monitor.vocabulary import country_of

WORDS = ENGLISH.table("forms")


def read_form_operations(sentence: str, context: Context) -> Iterator[Operation]:
    """Read what a sentence of such a form does, by the first form that fits."""
    text = sentence.strip()
    for row in WORDS.as_written["rows"]:
        match = ENGLISH.compile(row["words"], "forms").search(text)
        if match is None or issuers.is_of_others(text, match.start(), context.issuer):
            continue
        if "title" in row and not ENGLISH.compile(row["title"]).search(context.title):
            continue
        groups = match.groupdict()
        on = register_of(text, context.title, context.issuer, entities="goods" not in row)
        yield Operation(
            Action(row["does"]),
            on.code if on else _find_own_list(text, row.get("list", ""), context.issuer),
            sentence,
            entities=tuple(list_bare_names(groups["who"])) if groups.get("who") else (),
            items=tuple(items.list_coded_items(groups["goods"], text))
            if groups.get("goods")
            else (),
            destinations=tuple(places.all_in(groups.get("where") or "")),
        )
        return


def _find_own_list(text: str, kind: str, issuer: str) -> str | None:
    """Find the list of China's that a text names in any case; of others the list of this kind
    that their country keeps without a name.
    """
    if country_of(issuer) == "cn":
        return own_acts.find_called_register(text)
    kept = (
        each.code
        for each in vocabulary.current().registers.values()
        if kind and kind in each.name and each.country == country_of(issuer)
    )
    return next(kept, None)


# How a rule of the United States tells the printers what to change: `a. Removing:`, and behind it
# `Under CHINA, the entries for "Acme Co., Ltd.," and "Beta LLC"`; or both in one sentence.
DEED = "[Aa]dding|[Rr]emoving|[Rr]evising|[Aa]mending"
INSTRUCTION = re.compile(
    rf"(?:\(?\w{{1,4}}[.)]\s)?(?:Under [A-Z][^;:\"“]{{2,90}}?,? )?(?:[Bb]y )?(?P<verb>{DEED})\b"
)
ENTRIES_UNDER = re.compile(r"(?:\(?\w{1,4}[.)]\s)?Under [A-Z][^\"“;:]{2,240}?\bentr(?:y|ies)\b")
DOING = re.compile(rf"\b({DEED}|[Rr]eplacing)\b")
ENTRIES_FOR = re.compile(
    r"[^\"“;]{0,240}?\bentr(?:y|ies)\b[^\"“;]{0,160}?(?P<who>[\"“].+)", re.DOTALL
)
QUOTED = re.compile(r"[\"“](?P<name>[^\"“”]{2,160}?),?[\"”]")
FINITE = r"\b(?:is|are|was|were|has|have|had|did|will|would)\b"
TOLD = re.compile(FINITE)  # not ordered
RELATIVE = re.compile(rf"\b(?:which|that|who) {FINITE}(?:(?!{FINITE})[^;,])*")
POINT = re.compile(r"(?<=\b[A-Z]{3})\.$|(?<=\b[A-Z]{4})\.$")  # of the sentence: `FZCO.`
INSTRUCTED = {
    "Adding": Action.ADD,
    "Removing": Action.REMOVE,
    "Revising": Action.AMEND,
    "Amending": Action.AMEND,
}


def read_instructions(sentences: Sequence[str], context: Context) -> dict[str, list[Operation]]:
    """What the instructions of a rule do to entries, by the sentences that name them."""
    found: dict[str, list[Operation]] = {}
    verb = ""
    for sentence in sentences if country_of(context.issuer) == "us" else ():
        words = TYPED_QUOTES.sub('"', sentence.strip())
        opening = INSTRUCTION.match(words)
        verb = opening["verb"].capitalize() if opening else verb
        orders = opening or (verb and ENTRIES_UNDER.match(words))
        if orders and not TOLD.search(RELATIVE.sub("", QUOTED.sub("", words))):
            on = register_of(sentence, context.title, context.issuer, entities=True)
            done = _read_instruction(words, verb, sentence) if on else ()
            if operations := [replace(each, register=on.code if on else None) for each in done]:
                found[sentence] = operations
    return found


def _read_instruction(words: str, verb: str, sentence: str) -> Iterator[Operation]:
    """Read what each verb of an instruction does to the entries for those it quotes; `verb` is
    that of the words above it.
    """
    first, *others = DOING.split(words)
    pairs = zip([verb, *others[::2]], [first, *others[1::2]], strict=True)
    for doing, part in pairs:
        entry = ENTRIES_FOR.match(part) if doing.capitalize() in INSTRUCTED else None
        whom = tuple(
            Entity({"en": POINT.sub("", named["name"].strip(" ,;"))}, "org", quote=sentence.strip())
            for named in (QUOTED.finditer(entry["who"]) if entry else ())
        )
        if whom:
            yield Operation(INSTRUCTED[doing.capitalize()], None, sentence, entities=whom)


def list_bare_names(words: str) -> Iterator[Entity]:
    """The names among words that hold nothing else, without `any successor thereof` and the
    countries in brackets.
    """
    bare = strip_stop(WORDS.under.sub("", WORDS.words.sub("", words)))
    bare = DESCRIBED.sub("", bare) if ";" in bare else bare
    yield from read_entities(f": {bare}")


# what somebody is, behind a name in a list that semicolons part: `Jane Doe, manager of a yard;`
DESCRIBED = re.compile(r",\s(?:an?\s|the\s|former\s)?[a-z]{3,20}(?:\s[^;,]{1,80})?(?=\s*(?:;|$))")
