"""Sentences of a form of their own, as the table `forms` has them → operations."""

from collections.abc import Iterator

from monitor.extract.en import issuers, items, places
from monitor.extract.en.names import listed
from monitor.extract.en.operations import Context, Operation, register_of
from monitor.extract.en.words import ENGLISH
from monitor.model import Action, Entity

WORDS = ENGLISH.table("forms")


def operations(sentence: str, context: Context) -> Iterator[Operation]:
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
            on.code if on else None,
            sentence,
            entities=tuple(_bare_names(groups["who"])) if groups.get("who") else (),
            destinations=tuple(places.all_in(groups["place"])) if groups.get("place") else (),
            items=tuple(items.coded(groups["goods"], text)) if groups.get("goods") else (),
        )
        return


def _bare_names(words: str) -> Iterator[Entity]:
    """The names among words that hold nothing else, without `any successor thereof` and the
    countries in brackets.
    """
    bare = WORDS.under.sub("", WORDS.words.sub("", words)).strip(" .")
    yield from listed(f": {bare}")
