"""What a reader learns of facts, in lines: how the texts of `texts/` tell what is expected of a
page.
"""

from monitor.model import Announcement, Entity, Fact, Measure, Report


def tell(fact: Fact) -> list[str]:
    """What a reader learns of an act, a line a measure, and a line of what is left to be read;
    of a report what it speaks of.
    """
    if isinstance(fact, Report):
        names = (" ".join(entity.names.values()) for entity in fact.mentions.entities)
        return [" | ".join([fact.kind, *fact.mentions.registers, *fact.mentions.keys, *names])]
    assert isinstance(fact, Announcement)
    return [
        fact.understood,
        *map(tell_measure, fact.measures),
        *(f"not read: {part.why}" for part in fact.not_read),
    ]


def tell_whole(fact: Fact) -> list[str]:
    """The same below a line that says who issued the act, when and under which number; and a
    line of shares by destination.
    """
    if not isinstance(fact, Announcement):
        return tell(fact)
    stated = (measure.stated.by_destination for measure in fact.measures if measure.stated)
    shares = [
        f"shares: {', '.join(f'{place} {count}' for place, count in each.items())}"
        for each in stated
        if each
    ]
    return [
        " | ".join(filter(None, [fact.key, fact.number, fact.authority, fact.published])),
        *tell(fact),
        *shares,
    ]


def tell_measure(made: Measure) -> str:
    said = [
        str(made.action),
        made.register or "-",
        *(" ".join([target.key, *target.clauses]) for target in made.amends),
    ]
    said += [" ".join(filter(None, tell_entity(each))) for each in made.entities]
    said += [
        " ".join(dict.fromkeys([*each.names.values(), *each.codes, *each.hs]))
        for each in made.items
    ]
    said += [f"to {place}" for place in made.destinations]
    said += [f"clause {label}" for label in made.clauses]
    said += [f"of {made.stated.entities or made.stated.entries}"] if made.stated else []
    said += [f"from {made.starts.on} ({made.starts.basis})"] if made.starts else []
    said += (
        [f"until {made.ends.on}" + (f" ({made.ends.duration})" if made.ends.duration else "")]
        if made.ends
        else []
    )
    return " | ".join(said)


def tell_entity(named: Entity) -> list[str | None]:
    more = [
        *named.aliases,
        *named.addresses,
        *named.ids.values(),
        named.parent and f"of {named.parent}",
    ]
    return [*named.names.values(), named.kind, named.role, named.country, *more]
