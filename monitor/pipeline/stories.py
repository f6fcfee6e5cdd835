"""`monitor show`: the story of whatever a message or an answer has ever printed: an act by its key, number, title or address, a
name, goods, a code, a register, an authority, a place, a day, a source, a message, the hash of a page's bytes.
"""

import re
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, replace

from monitor import vocabulary
from monitor.alert.notice import Side
from monitor.errors import ConfigError, MonitorError
from monitor.history import (
    History,
    KnownPage,
    ListingPeriod,
    Recorded,
    RegisterStatus,
    addresses,
    notices,
    outbox,
    registers,
    sightings,
)
from monitor.pipeline.acts_named import begins, numbered
from monitor.pipeline.asking import authority_in, day_in, place_in, register_in
from monitor.pipeline.knowledge import Knowledge
from monitor.pipeline.recall import names_any, narrowed, period, recall, rows_of, unknown, unread_acts
from monitor.pipeline.screen import Screened
from monitor.pipeline.standing import things
from monitor.render import dates, words
from monitor.timeline import Lifecycle, MeasureQuery, Sighting, Timeline
from monitor.timeline.law import published
from monitor.timeline.values import identities
from monitor.vocabulary.letters import bare
from monitor.watch.entries import Entry
from monitor.watch.match import DEFAULT, Thresholds

SHA256 = re.compile(r"(?=[0-9]*[a-f])[0-9a-f]{8,64}")
ADDRESS = re.compile("https?://")
LAW = 4  # letters, the least by which a law is known
MESSAGE = re.compile(r"#(\d{1,9})|(\S+:\S+)")


@dataclass(frozen=True, slots=True)
class Story:
    """All that is known of what somebody asks for: acts, the lives in them, what was recorded, rows of whole registers.

    `hits` are the matches by which names, goods and codes were found; `registers` are such as are asked for, `pages` known pages
    of which no act came. `opposed` are firms of which one law forbids what another demands. `title` says what it is that was
    asked for, where that is no act and no name; `about` is its code. There are `more` parts than
    lives here, where it was asked for only so many.
    """

    acts: tuple[Sighting, ...] = ()
    lifecycles: tuple[Lifecycle, ...] = ()
    recorded: tuple[Recorded, ...] = ()
    periods: tuple[ListingPeriod, ...] = ()
    hits: tuple[Screened, ...] = ()
    registers: tuple[RegisterStatus, ...] = ()
    pages: tuple[KnownPage, ...] = ()
    title: str = ""
    about: str = ""
    opposed: tuple[tuple[Side, Side], ...] = ()
    wanted: frozenset[Hashable] = frozenset()
    more: int = 0

    @property
    def parts(self) -> tuple[Lifecycle, ...]:
        """The lives, of whom and what they name only that which is `wanted`, where anything is."""
        return tuple(narrowed(life, self.wanted) if names_any(life, self.wanted) else life for life in self.lifecycles)


def show(
    history: History,
    about: str,
    thresholds: Thresholds = DEFAULT,
    entries: Sequence[Entry] = (),
    sources: Iterable[str] = (),
    knowledge: Knowledge | None = None,
    most: int | None = None,
) -> Story:
    """The whole story of what a person names, with its evidence.

    `entries` are those of the watch list, which may be named by their keys; `sources` those that may be named; `knowledge` is
    what is on record, where somebody has it already. Of a register, an authority, a day or a source at `most` so many parts are
    told, those of the oldest acts.

    Raises:
        MonitorError: nothing that is known is called that; it names the nearest.
        ConfigError: nothing is named.
    """
    asked = " ".join(about.split())
    if not asked:
        raise ConfigError("say what to show: an act, a name, goods, a code, a register, anything that was printed")
    named = {entry.key: entry.name for entry in entries}
    book = _Book(history, knowledge or Knowledge(history), thresholds, named, frozenset(sources), most)
    ways = (book.acts, book.address, book.register, book.authority, book.place, book.day, book.source, book.message, book.bytes)
    others = (book.names, book.law, book.page, book.empty_place)
    if story := next((story for way in (*ways, *others) if (story := way(asked))), None):
        return replace(story, opposed=tuple(history(notices.opposed_by_acts, (sighting.now for sighting in story.acts))))
    raise MonitorError(unknown(asked, book.knowledge.law.acts, book.knowledge.records))


class _Book:
    """All that is on record, to be looked up in one way after the other."""

    def __init__(
        self,
        history: History,
        knowledge: Knowledge,
        thresholds: Thresholds,
        entries: dict[str, str],
        sources: frozenset[str],
        most: int | None,
    ) -> None:
        self._history = history
        self.knowledge = knowledge
        self._thresholds = thresholds
        self._entries = entries
        self._sources = sources
        self._most = most

    def acts(self, about: str) -> Story | None:
        """Acts by key, number, title or address, those that change them, and those that they change."""
        keys = self.knowledge.acts.named(about)
        if not keys:
            return None
        timeline = self.knowledge.timeline
        return self._told(timeline.naming((), keys), keys | _related(keys, timeline))

    def address(self, about: str) -> Story | None:
        """The acts that a page at this address brought or repeated."""
        if not ADDRESS.match(about):
            return None
        keys = {change.key for change in self._history(sightings.recorded_at, about)}
        return self._about(keys & self.knowledge.law.acts.keys())

    def register(self, about: str) -> Story | None:
        """A register: what acts did to it, and how it stands where it is published whole."""
        code = register_in(about)
        if not code:
            return None
        standing = tuple(register for register in self._history(registers.statuses) if register.code == code)
        meaning = vocabulary.meaning(code)
        title = f"{vocabulary.register(code, own=True)}{f': {meaning}' if meaning else ''}"
        return replace(self._of(lambda life: life.measure.register == code), registers=standing, title=title, about=code)

    def authority(self, about: str) -> Story | None:
        """An authority: its acts."""
        code = authority_in(about)
        if not code:
            return None
        return replace(self._of(lambda life: life.act.authority == code), title=vocabulary.authority(code), about=code)

    def place(self, about: str) -> Story | None:
        """A place: the measures on what goes there; nothing where there are none."""
        code = place_in(about)
        if not code:
            return None
        lives = [life for life in self.knowledge.timeline.lifecycles if code in life.destinations]
        return Story(lifecycles=_by_day(lives), title=self._to(code)) if lives else None

    def empty_place(self, about: str) -> Story | None:
        """A place that no measure names."""
        code = place_in(about)
        return Story(title=self._to(code)) if code else None

    def _to(self, code: str) -> str:
        """A measure that names no destination holds for any: that one is not named means nothing by itself."""
        anywhere = sum(not life.destinations for life in self.knowledge.timeline.own)
        return (
            f"to {words.destination(code)}; {words.things(anywhere, 'measure')} on record that name no destination hold for any"
        )

    def day(self, about: str) -> Story | None:
        """A day: what was published on it, and whatever began to stand otherwise on it."""
        on = day_in(about)
        if on is None:
            return None
        law = self.knowledge.law
        keys = {key for key, seen in law.acts.items() if published(seen) == on}
        lives = self._of(lambda life: life.act.key in keys or any(on in (span.since, span.last) for span in life.spans))
        return replace(lives, title=dates.day(on.isoformat()))

    def source(self, about: str) -> Story | None:
        """A source: the acts that it brought."""
        if about not in self._sources:
            return None
        brought = self._history(sightings.brought_by, about)
        return replace(self._of(lambda life: life.act.key in brought), title=about)

    def message(self, about: str) -> Story | None:
        """A message by its key or its number: the acts that it is about."""
        named = MESSAGE.fullmatch(about)
        return self._about(self._history(outbox.about, named[1] or named[2])) if named else None

    def bytes(self, about: str) -> Story | None:
        """What was recorded from bytes with this hash."""
        return (
            self._about(change.key for change in self._history(sightings.recorded_as, about)) if SHA256.fullmatch(about) else None
        )

    def _about(self, keys: Iterable[str]) -> Story | None:
        wanted = set(keys)
        if not wanted:
            return None
        return self._told(self.knowledge.timeline.naming((), wanted), wanted)

    def names(self, about: str) -> Story | None:
        """Whom and what is called so, as a screening finds it; a code by itself, whatever stands under it or above it."""
        records, timeline = self.knowledge.records, self.knowledge.timeline
        hits = recall(self._entries.get(about, about), records, self._thresholds)
        rows = tuple(records.called(about)) if not hits else rows_of(hits)
        wanted = identities(hit.match.subject for hit in hits) | records.glossed(about)
        unread = unread_acts(hits)
        coded = MeasureQuery(item=about)
        lives = timeline.naming(wanted)
        if not lives:
            lives = timeline.about(coded)
            wanted = identities(item for life in lives for item in life.items if coded.about(item))
        lives += [life for life in timeline.naming((), unread) if not things(life)]
        if not (lives or rows):
            return None
        story = self._told(lives, _concerned(lives))
        return replace(story, periods=tuple(map(period, rows)), hits=hits, wanted=wanted)

    def law(self, about: str) -> Story | None:
        """The acts that rest on a law."""
        law = bare(about)
        acts = self.knowledge.law.acts if len(law) >= LAW else {}
        keys = {key for key, seen in acts.items() for basis in seen.now.legal_basis if law in bare(basis)}
        lives = self.knowledge.timeline.naming((), keys)
        return Story(lifecycles=_by_day(lives), title=f"acts based on {about}") if keys else None

    def page(self, about: str) -> Story | None:
        """A page that is known, and of which nothing was recorded."""
        wanted = set(numbered(about))
        pages = [
            page
            for page in self._history(addresses.pages)
            if page.url == about or begins(page.title, about) or wanted & set(numbered(page.title))
        ]
        return Story(pages=tuple(pages)) if pages else None

    def _of(self, concern: Callable[[Lifecycle], bool]) -> Story:
        """The lives of which something is true, without the bytes of each."""
        lives = _by_day(filter(concern, self.knowledge.timeline.lifecycles))
        told = lives[: self._most]
        return Story(lifecycles=told, more=len(lives) - len(told))

    def _told(self, lives: Iterable[Lifecycle], keys: set[str]) -> Story:
        """The story that these lives and all acts with these keys are part of."""
        return Story(tuple(self.knowledge.law.of(keys)), _by_day(lives), tuple(self._history(sightings.recorded, keys)))


def _by_day(lives: Iterable[Lifecycle]) -> tuple[Lifecycle, ...]:
    """The oldest act first; of one act in the order of its text."""
    return tuple(sorted(lives, key=lambda life: (life.act.published or "", life.act.key)))


def _related(keys: set[str], timeline: Timeline) -> set[str]:
    """The acts that name these, and those they name."""
    pairs = [(life.act.key, target.key) for life in timeline.lifecycles for target in life.measure.amends]
    return {by for by, target in pairs if target in keys} | {target for by, target in pairs if by in keys}


def _concerned(lives: Iterable[Lifecycle]) -> set[str]:
    """The acts of these lives, and those that made them what they are."""
    return {key for life in lives for key in (life.act.key, *(cause.act.key for span in life.spans for cause in span.because))}
