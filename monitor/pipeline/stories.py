"""`monitor show`: the story of whatever a message or an answer has ever printed: an act by its key, number, title or address, a
name, goods, a code, a register, an authority, a place, a day, a source, a message, the hash of a page's bytes.
"""

import re
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, replace

from monitor import vocabulary
from monitor.alert.notice import Side
from monitor.errors import ConfigError, MonitorError
from monitor.history import History, KnownPage, ListingPeriod, Recorded, RegisterStatus
from monitor.pipeline.acts_named import TITLE, acts_named, begins, numbered
from monitor.pipeline.asking import authority_in, day_in, place_in, register_in
from monitor.pipeline.knowledge import Knowledge
from monitor.pipeline.recall import Meant, names_any, narrowed, period, recall, rows_of, unknown, unread_acts
from monitor.pipeline.screen import Screened
from monitor.pipeline.standing import identities, things
from monitor.render import dates, words
from monitor.timeline import Lifecycle, MeasureQuery, Sighting, Timeline
from monitor.timeline.clues import Clue
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
        return replace(story, opposed=tuple(history.opposed(sighting.now for sighting in story.acts)))
    raise MonitorError(unknown(asked, history.act_keys, book.knowledge.records))


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
        self._law = knowledge.law

    def acts(self, about: str) -> Story | None:
        """Acts by key, number, title or address, those that change them, and those that they change."""
        candidates = self._candidates(about)
        acts = {sighting.now.key: sighting.now for sighting in self._history.sightings_of(sorted(candidates))}
        unseen = [key for key in sorted(candidates) if key not in acts and self._history.parts_of(key)]
        keys = acts_named(about, acts.values(), unseen)
        if not keys:
            return None
        timeline = self._law.around(keys)
        return self._told([life for life in timeline.lifecycles if life.act.key in keys], keys | _related(keys, timeline))

    def _candidates(self, about: str) -> set[str]:
        """The acts among which those are that somebody means by a key, a number, a title or an address, and more."""
        history, words = self._history, {about, bare(about)}
        if history.knots_of([about]):
            return {about}
        keys = history.keys_with(Clue.CALLED, words) | history.keys_with(Clue.TITLE, words)
        keys |= {key for act in numbered(about) for key in history.keys_holding_year(act.year) if act.is_of(key)}
        asked = bare(about.rstrip("…"))
        return keys | (history.keys_holding(Clue.TITLE, asked) if len(asked) >= TITLE else set())

    def address(self, about: str) -> Story | None:
        """The acts that a page at this address brought or repeated."""
        if not ADDRESS.match(about):
            return None
        keys = {change.key for change in self._history.recorded_at(about)}
        return self._about(sighting.now.key for sighting in self._history.sightings_of(sorted(keys)))

    def register(self, about: str) -> Story | None:
        """A register: what acts did to it, and how it stands where it is published whole."""
        code = register_in(about)
        if not code:
            return None
        registers = tuple(register for register in self._history.registers() if register.code == code)
        meaning = vocabulary.meaning(code)
        title = f"{vocabulary.register(code, own=True)}{f': {meaning}' if meaning else ''}"
        return replace(self._of(self._history.parts_by_day(code=code)), registers=registers, title=title, about=code)

    def authority(self, about: str) -> Story | None:
        """An authority: its acts."""
        code = authority_in(about)
        if not code:
            return None
        return replace(self._of(self._history.parts_by_day(authority=code)), title=vocabulary.authority(code), about=code)

    def place(self, about: str) -> Story | None:
        """A place: the measures on what goes there; nothing where there are none."""
        code = place_in(about)
        if not code:
            return None
        lives = [life for life in self._law.about(MeasureQuery(destination=code)).lifecycles if code in life.destinations]
        return Story(lifecycles=_by_day(lives), title=self._to(code)) if lives else None

    def empty_place(self, about: str) -> Story | None:
        """A place that no measure names."""
        code = place_in(about)
        return Story(title=self._to(code)) if code else None

    def _to(self, code: str) -> str:
        """A measure that names no destination holds for any: that one is not named means nothing by itself."""
        anywhere = self._history.parts_anywhere()
        return (
            f"to {words.destination(code)}; {words.things(anywhere, 'measure')} on record that name no destination hold for any"
        )

    def day(self, about: str) -> Story | None:
        """A day: what was published on it, and whatever began to stand otherwise on it."""
        on = day_in(about)
        if on is None:
            return None
        return replace(self._of(self._history.parts_by_day(day=on)), title=dates.day(on.isoformat()))

    def source(self, about: str) -> Story | None:
        """A source: the acts that it brought."""
        if about not in self._sources:
            return None
        return replace(self._of(self._history.parts_by_day(source=about)), title=about)

    def message(self, about: str) -> Story | None:
        """A message by its key or its number: the acts that it is about."""
        named = MESSAGE.fullmatch(about)
        return self._about(self._history.message_about(named[1] or named[2])) if named else None

    def bytes(self, about: str) -> Story | None:
        """What was recorded from bytes with this hash."""
        return self._about(change.key for change in self._history.recorded_as(about)) if SHA256.fullmatch(about) else None

    def _about(self, keys: Iterable[str]) -> Story | None:
        wanted = set(keys)
        if not wanted:
            return None
        return self._told([life for life in self._law.around(wanted).lifecycles if life.act.key in wanted], wanted)

    def names(self, about: str) -> Story | None:
        """Whom and what is called so, as a screening finds it; a code by itself, whatever stands under it or above it."""
        records = self.knowledge.records
        hits = recall(self._entries.get(about, about), records, self._thresholds)
        rows = tuple(records.called(about)) if not hits else rows_of(hits)
        wanted = identities(hit.match.subject for hit in hits) | records.glossed(about)
        unread = unread_acts(hits)
        coded = Meant(MeasureQuery(item=about))
        lives = [life for life in self._law.naming(wanted).lifecycles if names_any(life, wanted)]
        if not lives:
            lives = self._law.about(coded.asked).that(coded.meets)
            wanted = identities(item for life in lives for item in life.items if coded.asked.about(item))
        lives += [life for life in self._law.around(unread).lifecycles if life.act.key in unread and not things(life)]
        if not (lives or rows):
            return None
        story = self._told(lives, _concerned(lives))
        return replace(story, periods=tuple(map(period, rows)), hits=hits, wanted=wanted)

    def law(self, about: str) -> Story | None:
        """The acts that rest on a law."""
        law = bare(about)
        candidates = self._history.keys_holding(Clue.LAW, law) if len(law) >= LAW else set()
        seen = self._history.sightings_of(sorted(candidates))
        keys = {sighting.now.key for sighting in seen for basis in sighting.now.legal_basis if law in bare(basis)}
        lives = [life for life in self._law.around(keys).lifecycles if life.act.key in keys]
        return Story(lifecycles=_by_day(lives), title=f"acts based on {about}") if keys else None

    def page(self, about: str) -> Story | None:
        """A page that is known, and of which nothing was recorded."""
        wanted = set(numbered(about))
        pages = [
            page
            for page in self._history.pages()
            if page.url == about or begins(page.title, about) or wanted & set(numbered(page.title))
        ]
        return Story(pages=tuple(pages)) if pages else None

    def _of(self, numbers: Sequence[int]) -> Story:
        """The lives of parts, without the bytes of each."""
        told = numbers[: self._most]
        return Story(lifecycles=tuple(self._law.parts(told)), more=len(numbers) - len(told))

    def _told(self, lives: Iterable[Lifecycle], keys: set[str]) -> Story:
        """The story that these lives and all acts with these keys are part of."""
        acts = tuple(self._history.sightings_of(sorted(keys)))
        return Story(acts, _by_day(lives), tuple(self._history.recorded(keys)))


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
