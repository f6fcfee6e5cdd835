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
    if done and entries.introduces(done[0].quote) and not any(operation.entities or operation.items for operation in done):
        listing = next((operation for operation in done if operation.action is not Action.AMEND), done[0])
        printed = entries.below(page.body, done[0].quote)
        on = register_of(listing.quote, page.title, page.authority, entities=True)
        register = listing.register or (on.code if on and printed else None)
        done = [
            replace(operation, entities=printed, register=register) if operation is listing else operation for operation in done
        ]
    lists = [operation.register for operation in before if operation.register and operation.entities]
    return [
        replace(operation, register=lists[-1]) if operation.entities and not operation.register and lists else operation
        for operation in done
    ]


def continued(before: list[Operation], done: list[Operation]) -> list[Operation]:
    """All operations; one on `these entities` names those whom the one before has only counted."""
    last, first = (before[-1] if before else None), (done[0] if done else None)
    if not last or not first or last.entities or not first.entities or not THESE.match(first.quote.strip()):
        return [*before, *done]
    if (last.action, last.register) != (first.action, first.register):
        return [*before, *done]
    whole = replace(last, entities=first.entities, destinations=last.destinations or first.destinations)
    return [*before[:-1], replace(whole, quote=f"{last.quote.strip()}. {first.quote.strip()}"), *done[1:]]


THESE = re.compile(r"(?:These|The) (?:\w+ )?(?:entities|persons|individuals|firms|companies|vessels) are\b")
