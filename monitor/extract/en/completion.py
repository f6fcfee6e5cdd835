"""Operations of an English act with what stands in other sentences: entries printed below, `these entities`, the list before."""

import re
from dataclasses import replace

from monitor.extract.en import entries
from monitor.extract.en.objects import register_of
from monitor.extract.en.operations import Operation
from monitor.extract.en.sections import Sections
from monitor.model import Action


def completed(done: list[Operation], page: Sections, before: list[Operation]) -> list[Operation]:
    """Operations with the entries that the page prints below their sentence, and with the list of those before them."""
    if done and entries.introduces(done[0].quote) and not any(each.entities or each.items for each in done):
        listing = next((each for each in done if each.action is not Action.AMEND), done[0])
        printed = entries.below(page.body, done[0].quote)
        on = register_of(listing.quote, page.title, page.authority, entities=True)
        register = listing.register or (on.code if on and printed else None)
        done = [replace(each, entities=printed, register=register) if each is listing else each for each in done]
    lists = [each.register for each in before if each.register and each.entities]
    return [replace(each, register=lists[-1]) if each.entities and not each.register and lists else each for each in done]


def continued(told: list[Operation], done: list[Operation]) -> list[Operation]:
    """All operations; one on `these entities` names those whom the one before has only counted."""
    last, first = (told[-1] if told else None), (done[0] if done else None)
    if not last or not first or last.entities or not first.entities or not THESE.match(first.quote.strip()):
        return [*told, *done]
    if (last.action, last.register) != (first.action, first.register):
        return [*told, *done]
    whole = replace(last, entities=first.entities, destinations=last.destinations or first.destinations)
    return [*told[:-1], replace(whole, quote=f"{last.quote.strip()}. {first.quote.strip()}"), *done[1:]]


THESE = re.compile(r"(?:These|The) (?:\w+ )?(?:entities|persons|individuals|firms|companies|vessels) are\b")
