"""Sentences of a form of their own, as the table `forms` has them → operations."""

import re
from collections.abc import Iterator, Sequence

from monitor import vocabulary
from monitor.extract.en import issuers, items, own_acts, places
from monitor.extract.en.names import read_entities, strip_stop
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
# `Under CHINA, the entries for "Acme Co., Ltd.," and "Beta LLC"`.
INSTRUCTION = re.compile(
    r"(?:\(?\w{1,3}[.)]\s)?(?:Under [A-Z][^;:\"“]{2,60}?,? by )?"
    r"(?P<verb>[Aa]dding|[Rr]emoving|[Rr]evising|[Aa]mending)\b"
)
ENTRIES_FOR = re.compile(
    r"(?:\(?\w{1,3}[.)]\s)?(?:Adding|Removing|Revising|Under)\b[^\"“;]{0,240}?\bentr(?:y|ies)\b"
    r"[^\"“;]{0,160}?\bfor:?\s(?P<who>[\"“].+)",
    re.DOTALL,
)
QUOTED = re.compile(r"[\"“](?P<name>[^\"“”]{2,160}?),?[\"”]")
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
        opening = INSTRUCTION.match(sentence.strip())
        verb = opening["verb"].capitalize() if opening else verb
        entry = ENTRIES_FOR.match(sentence.strip())
        if (
            verb
            and entry
            and (on := register_of(sentence, context.title, context.issuer, entities=True))
        ):
            whom = tuple(
                Entity({"en": named["name"].strip()}, "org", quote=sentence.strip())
                for named in QUOTED.finditer(entry["who"])
            )
            found[sentence] = [Operation(INSTRUCTED[verb], on.code, sentence, entities=whom)]
    return found


def list_bare_names(words: str) -> Iterator[Entity]:
    """The names among words that hold nothing else, without `any successor thereof` and the
    countries in brackets.
    """
    bare = strip_stop(WORDS.under.sub("", WORDS.words.sub("", words)))
    bare = DESCRIBED.sub("", bare) if ";" in bare else bare
    yield from read_entities(f": {bare}")


# what somebody is, behind a name in a list that semicolons part: `Jane Doe, manager of a yard;`
DESCRIBED = re.compile(r",\s(?:an?\s|the\s|former\s)?[a-z]{3,20}(?:\s[^;,]{1,80})?(?=\s*(?:;|$))")
