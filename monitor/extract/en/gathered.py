"""Measures of one act that say one thing in several sentences, as one: who is counted here and named there, what is amended by adding."""

import re
from collections.abc import Sequence

import msgspec

from monitor import vocabulary
from monitor.model import Action, Measure
from monitor.vocabulary import country_of

LISTING = (Action.ADD, Action.REMOVE)
AS_FOLLOWS = re.compile(
    r"\b(?:is|are|be) (?:hereby )?amended (?:as follows|as set out|in accordance with|as indicated|by (?:adding|removing|"
    r"deleting|inserting))\b|"
    r"\bamends? (?:the|part|this|Annex|Schedule)\b[^.;]{0,120}\bby (?:adding|removing|deleting|inserting)\b"
)


def gather(measures: Sequence[Measure], authority: str) -> list[Measure]:
    """The measures, each said once, on the list that its issuer keeps where no sentence names one."""
    listed = [_on_own_list(measure, authority) for measure in measures]
    return _counted(_amended(listed))


def _on_own_list(measure: Measure, authority: str) -> Measure:
    """A measure on those whom it names, with the one list of names that its issuer keeps."""
    if measure.register or not measure.entities or measure.action not in (*LISTING, Action.AMEND):
        return measure
    own = [
        register.code
        for register in vocabulary.current().registers.values()
        if not register.goods and register.issuer == authority and country_of(authority) not in ("us", "cn")
    ]
    return msgspec.structs.replace(measure, register=own[0]) if len(own) == 1 else measure


def _amended(measures: Sequence[Measure]) -> list[Measure]:
    """Without what says only that an annex is amended, where another measure says how: that has the earlier act then."""
    specific = [
        measure for measure in measures if measure.action in LISTING and (measure.entities or measure.items or measure.stated)
    ]
    frames = [
        measure
        for measure in measures
        if specific and measure.action is Action.AMEND and not measure.entities and AS_FOLLOWS.search(measure.quote)
    ]
    amends = tuple(dict.fromkeys(target for frame in frames for target in frame.amends))
    register = next((frame.register for frame in frames if frame.register), None)
    return [
        msgspec.structs.replace(measure, amends=measure.amends or amends, register=measure.register or register)
        if any(measure is each for each in specific)
        else measure
        for measure in measures
        if not any(measure is frame for frame in frames)
    ]


def _counted(measures: Sequence[Measure]) -> list[Measure]:
    """Those who are only counted, with those of the same deed whom other sentences name, where their number is the same."""
    kept = list(measures)
    for counted in measures:
        count = counted.stated.entities if counted.stated and not counted.entities else None
        named = [
            measure
            for measure in kept
            if measure.entities and measure.action is counted.action and measure.register in (None, counted.register)
        ]
        entities = tuple({str(entity.names): entity for measure in named for entity in measure.entities}.values())
        if count and len(entities) == count:
            whole = msgspec.structs.replace(counted, entities=entities, register=counted.register or named[0].register)
            place = min(kept.index(counted), *(kept.index(measure) for measure in named))
            kept = [measure for measure in kept if measure is not counted and not any(measure is each for each in named)]
            kept.insert(place, whole)
    return kept
