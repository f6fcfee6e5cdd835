"""What of an alert touches the reader's own watch list: told first, a line for each entry; that none does, and of how much."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from monitor import vocabulary
from monitor.model import Action, Announcement, Edition, Entity, Item, Match, ScreeningResult
from monitor.render import dates, words
from monitor.render.parts import Line, Table
from monitor.render.phrases import operations
from monitor.render.text import capital, cut, listed

NAMED = 3
SHOWN = 3  # entries that a message names, of those that are touched and of those that may be
RELATIONS = {"own": "own", "supplier": "supplier", "customer": "customer", "product": "product", "part": "part"}
ENTRY = 40  # characters of a name in a headline
PUT = {  # whom an operation names → what he is by it
    Action.ADD: "on",
    Action.REMOVE: "off",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of the watch list with all its hits: those that are as sure as each other."""

    matches: tuple[Match, ...]

    @property
    def first(self) -> Match:
        return self.matches[0]

    @property
    def called(self) -> str:
        """`your supplier TechInsights`."""
        return f"your {RELATIONS.get(self.first.relation, self.first.relation)} {cut(self.first.entry, ENTRY)}".strip()

    @property
    def subjects(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(match.subject for match in self.matches))


def entries(matches: Sequence[Match]) -> tuple[Entry, ...]:
    """The matches gathered by the entry that they are of, in the order in which entries come."""
    by_key: dict[tuple[str, str], list[Match]] = {}
    for match in matches:
        by_key.setdefault((match.key, match.entry), []).append(match)
    return tuple(Entry(tuple(alike)) for alike in by_key.values())


def headline(touches: ScreeningResult | None, facts: Sequence[Announcement | Edition]) -> str:
    """`Your supplier TechInsights is on China's Unreliable Entity List`; nothing where none is touched for sure."""
    if touches is None or not touches.sure:
        return ""
    first, *others = entries(touches.sure)
    more = f" and {len(others):,} more" if others else ""
    return f"{capital(first.called)}{more} {_standing(first, facts, 'are' if more else 'is')}"


def _standing(entry: Entry, facts: Sequence[Announcement | Edition], verb: str) -> str:
    """`is on China's Unreliable Entity List`: what an act or an edition does to whom it calls so."""
    for fact in facts:
        for action, register, names in _done(fact):
            if entry.first.subject in names:
                return f"{verb} {_now(action, register, fact.authority)}"
    return f"{verb} touched"


def _done(fact: Announcement | Edition) -> Iterator[tuple[str, str | None, set[str]]]:
    if isinstance(fact, Edition):
        for action in ("add", "remove", "amend"):
            yield action, fact.register, {change.name for change in fact.changes if change.action == action}
        return
    for operation in operations(fact):
        yield operation.action, operation.register, _called((*operation.entities, *operation.items))


def _called(subjects: Sequence[Entity | Item]) -> set[str]:
    """By which names a match may call them."""
    names = {name for subject in subjects for name in subject.names.values()}
    names |= {alias for subject in subjects if isinstance(subject, Entity) for alias in subject.aliases}
    return names | {code for subject in subjects if isinstance(subject, Item) for code in (*subject.codes, *subject.hs)}


def _now(action: str, register: str | None, authority: str) -> str:
    """What somebody or something is by what is done to it."""
    whose = words.place(authority)
    if register == "cn-dual-use-items" or (register is None and action == Action.ADD):
        return f"{'no longer ' if action == Action.REMOVE else ''}under {whose}'s export controls"
    name = words.possessive(authority, vocabulary.register(register)) if register else f"a list of {whose}"
    if action in PUT:
        return f"{PUT[Action(action)]} {name}"
    return f"described anew on {name}" if register else f"under new measures of {whose}"


def none(touches: ScreeningResult, unread: Sequence[str] = ()) -> str:
    """`None of your 212 names and 40 products`, and in what: nothing is said of what could not be read."""
    if touches.sure or not touches.names + touches.products:
        return ""
    parts = ((touches.names, "name"), (touches.products, "product"))
    held = listed([words.things(count, noun) for count, noun in parts if count])
    more = f" and {len(unread) - 1:,} more" if len(unread) > 1 else ""
    scope = f" in what could be read (what could not: {cut(unread[0].partition(' (')[0], 60)}{more})" if unread else ""
    rest = f"; {words.number(len(entries(touches.possible)))} may be" if touches.possible else ""
    return f"None of your {held} is touched by it{scope}{rest}"


def lines(touches: ScreeningResult | None, unread: Sequence[str] = ()) -> Iterator[Line]:
    """A line for each entry that is touched, then for each that may be, with the reason; what of the list was not held."""
    if touches is None:
        return
    yield from _gathered(touches.sure, "{your} → {theirs} ({why})", "of your watch list")
    if clear := none(touches, unread):
        yield Line("", f"{clear}.")
    yield from _gathered(touches.possible, "may be {your} → {theirs} ({why})", "that may be of your watch list")
    if touches.unread:
        yield Line("", f"Your watch list could not be read whole: {'; '.join(touches.unread)}.")
    yield from (Line("", _dismissed(match)) for match in touches.dismissed[:SHOWN])


def _gathered(matches: Sequence[Match], form: str, rest: str) -> Iterator[Line]:
    touched = entries(matches)
    for entry in touched[:SHOWN]:
        owner = f" ({entry.first.owner})" if entry.first.owner else ""
        told = form.format(your=f"{entry.called}{owner}", theirs=_subjects(entry), why=entry.first.reason)
        yield Line("", capital(told))
    if len(touched) > SHOWN:
        yield Line("", f"… and {len(touched) - SHOWN:,} more {rest}")


def _subjects(entry: Entry) -> str:
    first, *others = entry.subjects
    more = f" and {words.things(len(others), 'more name')}" if others else ""
    return f"{cut(first, 60)}{more}"


def table(touches: ScreeningResult) -> Table:
    """All matches of a changed list against history."""
    rows = tuple((match.entry, match.subject, _verdict(match), match.reason) for match in touches.found)
    return Table("Matches", ("Yours", "Listed", "Is it?", "Why"), rows)


def _verdict(match: Match) -> str:
    return "dismissed" if match.dismissed_by else "yes" if match.verdict == "match" else "may be"


def looked_back(touches: ScreeningResult) -> str:
    """What a changed watch list touches of all that was listed before, in a sentence."""
    names = list(dict.fromkeys(match.entry for match in (*touches.sure, *touches.possible)))
    shown = listed([*(cut(name, 60) for name in names[:NAMED]), *_more(names)])
    return (
        f"Your watch list has changed: of {touches.listed:,} names and items on record, {shown}"
        f" {'is' if len(names) == 1 else 'are'} or may be listed."
    )


def _more(names: Sequence[str]) -> list[str]:
    return [f"{len(names) - NAMED:,} more"] if len(names) > NAMED else []


def _dismissed(match: Match) -> str:
    undo = f"monitor watch undismiss '{match.key}' '{cut(match.subject, 60)}'"
    who = f"{RELATIONS.get(match.relation, match.relation)} {cut(match.entry, 60)}"
    return f"{match.subject} is not {who}: {match.dismissed_by}, {dates.day(match.dismissed_at)}; to undo: {undo}"
