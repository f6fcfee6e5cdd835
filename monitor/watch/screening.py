"""What of a whole act, report or edition touches the watch list, and what of history a changed list touches. Pure."""

from collections.abc import Iterator, Sequence

from monitor.model import Announcement, Edition, Entity, Fact, Item, Match, ScreeningResult
from monitor.watch.lists import Entry, Party
from monitor.watch.match import Listings, Pairing, WatchList, screen, screen_entry


def pairings(fact: Fact | Edition, watch: WatchList) -> tuple[Pairing, ...]:
    """Every match of whom and what it lists, removes or speaks of; the surest first, those that a person dismissed last."""
    found = (match for subject, register in _placed(fact) for match in screen(subject, watch, register))
    return tuple(sorted(found, key=lambda match: (match.dismissed is not None, -match.score, match.entry.key)))


def subjects(fact: Fact | Edition) -> Iterator[Entity | Item]:
    """Whom and what it lists, removes or speaks of."""
    yield from (subject for subject, _ in _placed(fact))


def _placed(fact: Fact | Edition) -> Iterator[tuple[Entity | Item, str | None]]:
    """Each of them with its register; of an act that names none its issuer stands for it, whose control codes it prints."""
    if isinstance(fact, Edition):
        for change in (*fact.changes, *fact.held):
            yield from ((subject, fact.register) for subject in (change.entity, change.item) if subject)
    elif isinstance(fact, Announcement):
        for measure in fact.measures:
            register = measure.register or fact.authority
            yield from ((entity, register) for entity in measure.entities)
            yield from ((item, register) for item in measure.items)
    else:
        yield from ((entity, None) for entity in fact.mentions.entities)


def screened(fact: Fact | Edition, watch: WatchList) -> ScreeningResult | None:
    """How a change was held against the watch list; None where there is no list."""
    if not watch.entries:
        return None
    return _said(watch, sum(1 for _ in subjects(fact)), pairings(fact, watch))


def screened_before(
    changed: Sequence[Entry], listed: Sequence[Entity | Item], watch: WatchList, registers: Sequence[str | None] = ()
) -> ScreeningResult:
    """How changed entries of the list were held against all that was ever listed; `registers` are where, one for each."""
    listings = Listings(listed, registers)
    found = [match for entry in changed for _, match in screen_entry(entry, listings, watch)]
    return _said(watch, len(listed), sorted(found, key=lambda match: (match.dismissed is not None, -match.score)))


def _said(watch: WatchList, listed: int, found: Sequence[Pairing]) -> ScreeningResult:
    parties = sum(isinstance(entry, Party) for entry in watch.entries)
    return ScreeningResult(
        names=parties, products=len(watch.entries) - parties, listed=listed, found=tuple(dict.fromkeys(map(_touch, found)))
    )


def _touch(match: Pairing) -> Match:
    return Match(
        kind=match.kind,
        score=match.score,
        verdict=match.verdict,
        reason=match.reason,
        entry=match.entry.name,
        key=match.entry.key,
        relation=match.entry.relation,
        subject=_called(match.subject),
        owner=match.entry.owner,
        quote=match.quote,
        dismissed_by=match.dismissed.by if match.dismissed else "",
        dismissed_at=match.dismissed.at if match.dismissed else "",
    )


def _called(subject: Entity | Item) -> str:
    """What a subject is called: its English name, or its code and name."""
    name = subject.names.get("en") or next(iter(subject.names.values()), "")
    return f"{subject.codes[0]} {name}" if isinstance(subject, Item) and subject.codes else name
