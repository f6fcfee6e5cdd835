"""What of a whole act, report or edition touches the watch list, and what of history a changed list touches. Pure."""

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType

import msgspec

from monitor.model import Announcement, Edition, Entity, Fact, Item, Match, Measure, PageChange, ScreeningResult
from monitor.vocabulary.letters import EAST_ASIAN
from monitor.watch.entries import Entry, Party
from monitor.watch.match import Pairing, WatchList, screen
from monitor.watch.names import without_forms

Acts = Mapping[str, Announcement]


def pairings(fact: Fact | Edition, watch: WatchList, earlier: Acts = MappingProxyType({})) -> tuple[Pairing, ...]:
    """Every match of whom and what it lists, removes, frees or speaks of; the surest first, what a person dismissed last."""
    matches = (match for subject, register in _placed(fact, earlier) for match in screen(subject, watch, register))
    return tuple(sorted(matches, key=lambda match: (match.dismissed is not None, -match.score, match.entry.key)))


def changed(fact: Fact | Edition) -> frozenset[str]:
    """The acts by key of which it says no more than that they hold no longer, again, or otherwise."""
    measures = fact.measures if isinstance(fact, Announcement) else ()
    return frozenset(target.key for measure in measures if not _names_anything(measure) for target in measure.amends)


def _names_anything(measure: Measure) -> bool:
    return bool(measure.entities or measure.items)


def _placed(fact: Fact | Edition, earlier: Acts) -> Iterator[tuple[Entity | Item, str | None]]:
    """Also whom and what the acts list that it changes as a whole: what suspends a control touches who ships what it controls."""
    yield from _own(fact)
    measures = fact.measures if isinstance(fact, Announcement) else ()
    targets = (target for measure in measures if not _names_anything(measure) for target in measure.amends)
    for target in dict.fromkeys(targets):
        if target.key in earlier:
            yield from _own(_part(earlier[target.key], target.clauses))


def _part(act: Announcement, clauses: tuple[str, ...]) -> Announcement:
    """The measures under these clauses; the whole act where none of it is marked so."""
    under = tuple(measure for measure in act.measures if set(measure.clauses) & set(clauses))
    return msgspec.structs.replace(act, measures=under) if under else act


def _own(fact: Fact | Edition) -> Iterator[tuple[Entity | Item, str | None]]:
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


def screened(fact: Fact | Edition | PageChange, watch: WatchList, earlier: Acts = MappingProxyType({})) -> ScreeningResult | None:
    """How a change was held against the watch list, `earlier` being the acts it changes; None where there is no list."""
    if not watch.entries:
        return None
    if isinstance(fact, PageChange):
        return _in_words(fact, watch)
    result = _said(watch, sum(1 for _ in _placed(fact, earlier)), pairings(fact, watch, earlier))
    return msgspec.structs.replace(result, unheld=tuple(sorted(changed(fact) - earlier.keys())))


def _in_words(change: PageChange, watch: WatchList) -> ScreeningResult:
    """The same of a page that is no act: who and what stands in the words that came."""
    spoken = [subject for wording in change.rewordings for subject in spoken_of(wording.before, wording.after, watch)]
    pairings = [pairing for subject in spoken for pairing in screen(subject, watch, change.authority or None)]
    return _said(watch, len(spoken), sorted(pairings, key=lambda pairing: (pairing.dismissed is not None, -pairing.score)))


def screened_before(matches: Iterable[Pairing], listed: int, watch: WatchList) -> ScreeningResult:
    """How changed entries of the list were held against all the `listed` that stand on record: what they may be."""
    return _said(watch, listed, sorted(matches, key=lambda match: (match.dismissed is not None, -match.score)))


def _said(watch: WatchList, listed: int, matches: Sequence[Pairing]) -> ScreeningResult:
    parties = sum(isinstance(entry, Party) for entry in watch.entries)
    return ScreeningResult(
        names=parties, products=len(watch.entries) - parties, listed=listed, found=tuple(dict.fromkeys(map(_touch, matches)))
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
        subject=called(match.subject),
        owner=match.entry.owner,
        quote=match.quote,
        dismissed_by=match.dismissed.by if match.dismissed else "",
        dismissed_at=match.dismissed.at if match.dismissed else "",
        tie=match.tie,
    )


def called(subject: Entity | Item) -> str:
    """What a match calls its subject: its English name, or its code and name."""
    name = subject.names.get("en") or next(iter(subject.names.values()), "")
    return f"{subject.codes[0]} {name}".strip() if isinstance(subject, Item) and subject.codes else name


# Who and what of a watch list stands in running text, as it is written there: a name in full, a code. Pure.

LEAST = 4  # letters of a name that is known in running text without its legal form; three characters of a script without spaces
LEAST_EAST_ASIAN = 3
QUOTE = 200  # characters


def spoken_of(before: str, after: str, watch: WatchList) -> Iterator[Entity | Item]:
    """Whom and what the words name that were not named there before: a party as the list calls it, goods by their codes there."""
    old, new = _Words(before), _Words(after)
    for entry in watch.entries:
        if came := tuple(name for name in _names(entry) if new.has(name) and not old.has(name)):
            yield _subject(entry, came, after)


class _Words:
    """A text to be looked through for names."""

    def __init__(self, text: str) -> None:
        self._spaced = f" {' '.join(_split(text))} "
        self._joined = self._spaced.replace(" ", "")

    def has(self, name: str) -> bool:
        """Whether the name stands in it, as whole words."""
        words = _split(name)
        if EAST_ASIAN.search(name):
            joined = "".join(words)
            return len(joined) >= LEAST_EAST_ASIAN and joined in self._joined
        bare, _ = without_forms(words)
        forms = [words, bare] if len("".join(bare)) >= LEAST else [words]
        return any(form and f" {' '.join(form)} " in self._spaced for form in forms)


def _split(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKC", text).casefold()
    return "".join(letter if letter.isalnum() else " " for letter in plain).split()


def _names(entry: Entry) -> tuple[str, ...]:
    if isinstance(entry, Party):
        return (entry.name, *entry.aliases)
    return (*entry.codes, *entry.eccn)


def _subject(entry: Entry, came: tuple[str, ...], text: str) -> Entity | Item:
    if isinstance(entry, Party):
        language = "zh" if EAST_ASIAN.search(entry.name) else "en"
        return Entity(names={language: entry.name}, kind="person" if entry.person else "org", quote=text[:QUOTE])
    return Item(names={}, codes=came, quote=text[:QUOTE])  # what it is called nobody said
