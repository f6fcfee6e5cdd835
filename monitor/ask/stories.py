"""`monitor show`: the story of anything a message or an answer prints. That is: an act by its key,
number, title or address; a name, goods, a code; a register, an authority, a place; a day, a source,
a message; or the hash of a page's bytes.
"""

import re
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import field, replace
from datetime import date, datetime

from monitor import vocabulary
from monitor.alert.event import Notice, Side
from monitor.ask.answers import (
    explain_unknown,
    narrow_part,
    recall,
    select_records,
    select_unread_acts,
)
from monitor.ask.asking import find_authority, find_country, find_day, find_register
from monitor.ask.knowledge import Knowledge, is_title_beginning, parse_numbered_acts
from monitor.ask.screen import TARIFF, Screened, make_entries
from monitor.ask.standing import list_subjects
from monitor.clock import format_instant
from monitor.errors import ConfigError, MonitorError
from monitor.model import Action, Announcement, LastRead, Opinion, Reminder, frozen
from monitor.render import dates, words
from monitor.render.alert import compose_alert
from monitor.render.plain import render_words
from monitor.render.text import join_first_names
from monitor.render.values import list_own_acts
from monitor.store import (
    Dossier,
    History,
    KnownPage,
    Message,
    OnRecord,
    Recorded,
    RegisterStatus,
    Session,
    addresses,
    conflicts,
    notices,
    opinions,
    outbox,
    page_words,
    registers,
    sightings,
    watched,
)
from monitor.store import dossier as dossiers
from monitor.store.page_words import Passage
from monitor.timeline import Lifecycle, MeasureQuery, Sighting
from monitor.timeline.timeline import find_published_day
from monitor.timeline.values import make_identities
from monitor.vocabulary.letters import bare
from monitor.watch.entries import Entry, Product
from monitor.watch.match import DEFAULT, Thresholds
from monitor.watch.values import MatchVerdict

SHA256 = re.compile(r"(?=[0-9]*[a-f])[0-9a-f]{8,64}")
ADDRESS = re.compile("https?://")
LAW = 4  # letters, the least by which a law is known
MESSAGE = re.compile(r"#?(\d{1,9})|(\S+:\S+)")


NAMED = 3  # of our goods
QUOTED = 160  # characters that are shown before and behind the words that were looked for


@frozen
class PassageFound:
    """A line of an archived page with the searched words, and the parts of the page's acts."""

    passage: Passage
    words: str
    parts: tuple[Lifecycle, ...]


@frozen
class Story:
    """The story of a query: acts, their parts' histories, records, register rows.

    `hits` are the matches that found names, goods and codes. `registers` are those in question,
    `pages` known pages without an act. `opposed` are firms with conflicting laws. `title` names a
    query that is no act and no name; `about` is its code. There are `more` parts than shown, if a
    limit was given. `stale` are authorities without a recent read. `passages` are from pages with
    these words, if nothing surely matches. `opinions` are a second reader's, by act key. A message
    `says` its words.
    """

    acts: tuple[Sighting, ...] = ()
    lifecycles: tuple[Lifecycle, ...] = ()
    recorded: tuple[Recorded, ...] = ()
    periods: tuple[OnRecord, ...] = ()
    hits: tuple[Screened, ...] = ()
    registers: tuple[RegisterStatus, ...] = ()
    pages: tuple[KnownPage, ...] = ()
    title: str = ""
    about: str = ""
    opposed: tuple[tuple[Side, Side], ...] = ()
    wanted: frozenset[Hashable] = frozenset()
    more: int = 0
    stale: Mapping[str, LastRead] = field(default_factory=dict)
    passages: tuple[PassageFound, ...] = ()
    opinions: Mapping[str, Opinion] = field(default_factory=dict)
    says: str = ""

    @property
    def parts(self) -> tuple[Lifecycle, ...]:
        """Return the parts' histories, with only the `wanted` names and goods, if any."""
        return tuple(narrow_part(life, self.wanted) for life in self.lifecycles)


def show(
    knowledge: Knowledge,
    about: str,
    thresholds: Thresholds = DEFAULT,
    entries: Sequence[Entry] = (),
    sources: Collection[str] = (),
    most: int | None = None,
) -> Story:
    """Load the story of a query, with its evidence.

    `entries` are those of the watch list, which a key may name, and `sources` those to name. For a
    register, authority, day or source at `most` so many parts, of the oldest acts.

    Raises:
        MonitorError: nothing known matches; it names the nearest.
        ConfigError: the query is empty.
    """
    asked = " ".join(about.split())
    if not asked:
        raise ConfigError(
            "say what to show: an act, a name, goods, a code, a register, anything that was printed"
        )
    named = {entry.key: entry.name for entry in entries}
    if story := _Book(knowledge, thresholds, named, sources, most).find(asked):
        return story
    raise MonitorError(_explain_no_story(asked, knowledge, _list_our_goods(asked, entries)))


def _list_our_goods(asked: str, entries: Iterable[Entry]) -> list[str]:
    """The goods of the watch list with this code: what acts name in words is found by their names."""
    code = next(iter(make_entries(asked)))
    if not isinstance(code, Product):
        return []
    wanted = (*code.hs, *code.codes)
    return [
        entry.name
        for entry in entries
        if isinstance(entry, Product)
        and any(
            own.startswith(one) or one.startswith(own)
            for own in (*entry.hs, *entry.codes)
            for one in wanted
        )
    ]


def _explain_no_story(asked: str, known: Knowledge, ours: Sequence[str]) -> str:
    """State that nothing known matches a query, what is nearest, what was not searched, and which
    of our goods to ask for.
    """
    unsearched = warn_unsearched(known.history)
    if not page_words.list_words(asked):
        unsaid = "it has no word that archived pages could say"
    elif unsearched:
        unsaid = "no archived page of an act or report that can be searched says it"
    else:
        unsaid = "no archived page of an act or report says it"
    instead = f"look up what has it on your watch list: {join_first_names(ours, NAMED)}"
    return explain_unknown(asked, known, (*([instead] if ours else []), unsaid, *unsearched))


def warn_unsearched(history: History) -> list[str]:
    """Count the pages that are not indexed yet."""
    left = len(history(page_words.list_pages_without_words))
    count = words.format_count(left, "archived page")
    return [f"{count} can't be searched for words before `monitor poll --tidy`"] if left else []


def find_passages(knowledge: Knowledge, words: str) -> list[PassageFound]:
    """Find archived pages with these words, those of the newest facts first."""

    def find(passage: Passage) -> PassageFound:
        acts = [fact.key for fact in passage.facts if isinstance(fact, Announcement)]
        parts = tuple(part for key in acts for part in knowledge.parts_of(key))
        return PassageFound(passage, _cut_round(passage.words, words), parts)

    found = map(find, knowledge.history(page_words.find_passages, words))
    return sorted(found, key=lambda one: one.passage.facts[0].published or "", reverse=True)


def _describe_message(message: Message) -> str:
    """`message 16 to ops of 2025-10-09T01:00:00Z: pending, 2 failed tries; last answer: …`."""
    failed = f"{message.attempts:,} failed {'try' if message.attempts == 1 else 'tries'}"
    answer = f"; last answer: {message.failure}" if message.failure else ""
    sent = f" at {format_instant(message.sent_at)}" if message.sent_at else ""
    of = f"{message.destination} of {format_instant(message.created_at)}"
    return f"message {message.id} to {of}: {message.state}{sent}, {failed}{answer}"


def _list_keys(notice: Notice) -> Iterator[str]:
    """List the acts of a message, also those of a coming day."""
    for each in (notice, *notice.gathered):
        yield from (act.key for act in list_own_acts(each))
        for day in each.fact.dates if isinstance(each.fact, Reminder) else ():
            yield from (day.act, *(target.key for target in day.amends))


def _cut_round(line: str, words: str) -> str:
    """The words that were looked for, with some before and behind them."""
    place = re.search(
        r"[\W_]*".join(map(re.escape, page_words.list_words(words))), line, re.IGNORECASE
    )
    start, end = place.span() if place else (0, 0)
    before, behind = max(start - QUOTED, 0), end + QUOTED
    return (
        f"{'…' if before else ''}{line[before:behind].strip()}{'…' if behind < len(line) else ''}"
    )


def _list_new_records(session: Session, since: date, code: str) -> list[OnRecord]:
    """The records that came to registers read whole since a day; to one of a `code`, if any."""
    first_read = {
        status.code: format_instant(status.first_read)
        for status in registers.list_register_statuses(session)
        if status.first_read
    }

    def is_new(record: OnRecord) -> bool:
        known = first_read.get(record.register, "")
        return bool(
            known
            and record.since > known
            and code in ("", record.register)
            and vocabulary.today(record.register, datetime.fromisoformat(record.since)) >= since
        )

    return [one for one in watched.iterate_on_record(session) if not one.act and is_new(one)]


def show_listed(knowledge: Knowledge, since: date, about: str = "") -> Story:
    """List the subjects listed since a day, by acts and in whole registers; `about`: in one
    register. Those in a register's first read have an unknown start.

    Raises:
        MonitorError: there is no such register.
    """
    code = find_register(about) if about else ""
    if about and not code:
        raise MonitorError(
            f"{about}: no register is called that; --listed-since goes with a register or alone"
        )
    lives = (
        life
        for life in knowledge.timeline.own
        if life.measure.action is Action.ADD and life.entities and life.spans
    )
    return Story(
        lifecycles=_sort_by_day(
            life
            for life in lives
            if life.spans[0].since >= since and code in ("", life.measure.register)
        ),
        periods=tuple(knowledge.history(_list_new_records, since, code)),
        title=f"listed since {dates.format_date(since.isoformat())}",
        about=code,
        stale=knowledge.stale,
    )


def list_printed_days(life: Lifecycle) -> set[date | None]:
    """The first and the last day that an act prints for a measure."""
    bounds = (life.measure.starts, life.measure.ends)
    return {vocabulary.day(bound.on, life.act.authority) for bound in bounds if bound}


def narrow_to_place(life: Lifecycle, code: str) -> Lifecycle | None:
    """Narrow a part to a place: all of it for a destination, else its entities there; None if there
    are none.
    """
    if not code or code in life.destinations:
        return life if code else None
    name = re.compile(rf"\b{re.escape(words.name_destination(code))}\b")
    of_it = tuple(
        entity
        for entity in life.entities
        if entity.country == code or any(map(name.search, entity.spellings))
    )
    return replace(life, entities=of_it) if of_it else None


@frozen
class _Book:
    """All that is on record, to be looked up in one way after the other."""

    knowledge: Knowledge
    thresholds: Thresholds
    entries: dict[str, str]
    sources: Collection[str]
    most: int | None

    @property
    def history(self) -> History:
        return self.knowledge.history

    def find(self, about: str) -> Story | None:
        """Load a query's story in the first way that has one, with what is said against its acts.
        What nothing surely matches is looked for in the words of pages.
        """
        printed = self.acts, self.address, self.register, self.authority, self.place, self.day
        marks = self.source, self.bytes, self.message, self.names
        if TARIFF.fullmatch(about):  # `8112` is rather goods; `#8112` is the message
            marks = self.source, self.bytes, self.names, self.message
        ways = *printed, *marks, self.law, self.page, self.empty_place
        story = next((story for way in ways if (story := way(about))), None)
        if story is None or (
            story.hits and all(hit.match.verdict is not MatchVerdict.MATCH for hit in story.hits)
        ):
            story = self.words(about, story)
        if story is None:
            return None
        acts = [sighting.now for sighting in story.acts]
        return replace(
            story,
            opposed=tuple(self.history(conflicts.find_conflicts_of_acts, acts)),
            stale=self.knowledge.stale,
            opinions=self.history(opinions.load_opinions, [act.key for act in acts]),
        )

    def acts(self, about: str) -> Story | None:
        """Acts by key, number, title or address, those that change them, and those that they
        change.
        """
        keys, timeline = self.knowledge.acts.named(about), self.knowledge.timeline
        pairs = [
            (life.act.key, target.key)
            for life in timeline.lifecycles
            for target in life.measure.amends
        ]
        by = {by for by, target in pairs if target in keys}
        changed = {target for by, target in pairs if by in keys}
        return self._told(timeline.naming((), keys), keys | by | changed) if keys else None

    def address(self, about: str) -> Story | None:
        """The acts that a page at this address brought or repeated."""
        if not ADDRESS.match(about):
            return None
        keys = {change.key for change in self.history(sightings.find_recorded_by_url, about)}
        return self._about(keys & self.knowledge.law.acts.keys())

    def register(self, about: str) -> Story | None:
        """Load a register's story: the acts on it, and its rows if it is published whole."""
        code = find_register(about)
        if not code:
            return None
        meaning = vocabulary.meaning(code)
        title = f"{vocabulary.register(code, own=True)}{f': {meaning}' if meaning else ''}"
        return replace(
            self._of(lambda life: life.measure.register == code),
            registers=self._list_registers(lambda status: status.code == code),
            title=title,
            about=code,
        )

    def _list_registers(
        self, wanted: Callable[[RegisterStatus], bool]
    ) -> tuple[RegisterStatus, ...]:
        """List the wanted of the registers that were read whole."""
        return tuple(filter(wanted, self.history(registers.list_register_statuses)))

    def authority(self, about: str) -> Story | None:
        """An authority: its acts, and its registers."""
        code = find_authority(about)
        if not code:
            return None
        return replace(
            self._of(lambda life: life.act.authority == code),
            registers=self._list_registers(lambda status: vocabulary.keeper(status.code) == code),
            title=vocabulary.authority(code),
            about=code,
        )

    def place(self, about: str) -> Story | None:
        """Tell the story of a place: measures on goods for it, and on its entities; None if there
        are none.
        """
        story, code = self.empty_place(about), find_country(about)
        lives = [
            life
            for each in self.knowledge.timeline.lifecycles
            if (life := narrow_to_place(each, code))
        ]
        return replace(story, lifecycles=_sort_by_day(lives)) if story and lives else None

    def empty_place(self, about: str) -> Story | None:
        """Load a place's story; measures that name no destination match any place."""
        code = find_country(about)
        if not code:
            return None
        to = words.name_destination(code)
        anywhere = words.format_count(
            sum(not life.destinations for life in self.knowledge.timeline.own), "measure"
        )
        return Story(title=f"to {to}; {anywhere} on record that name no destination hold for any")

    def day(self, about: str) -> Story | None:
        """Load a day's story: its publications, its changes of status, and the printed first and
        last days.

        A printed day counts also if a later act overtook it.
        """
        on = find_day(about)
        if on is None:
            return None
        law = self.knowledge.law
        keys = {key for key, seen in law.acts.items() if find_published_day(seen) == on}
        lives = self._of(
            lambda life: (
                life.act.key in keys
                or any(on in (span.since, span.last) for span in life.spans)
                or on in list_printed_days(life)
            )
        )
        return replace(lives, title=dates.format_date(on.isoformat()))

    def source(self, about: str) -> Story | None:
        """A source: the acts that it brought, and the registers that it reads."""
        if about not in self.sources:
            return None
        brought = self.history(sightings.list_keys_of_source, about)
        readers = self.history(addresses.list_readers_of_source, about)
        return replace(
            self._of(lambda life: life.act.key in brought),
            registers=self._list_registers(lambda status: status.reader in readers),
            title=about,
        )

    def message(self, about: str) -> Story | None:
        """A message by its key or its number: whether it arrived, its words as they were sent (one
        that waits: as they are now), and all acts that it is about.
        """
        named = MESSAGE.fullmatch(about)
        key = named and (named[1] or named[2])
        message = self.history(outbox.find_message, key) if key else None
        if not (key and message):
            return None
        notice = self.history(notices.load_told_notice, message.id)
        told = {*self.history(outbox.list_keys_told, key), *_list_keys(notice)}
        says = message.said or render_words(compose_alert(notice))
        return replace(self._about(told) or Story(), title=_describe_message(message), says=says)

    def bytes(self, about: str) -> Story | None:
        """List the records from bytes with this hash."""
        if not SHA256.fullmatch(about):
            return None
        return self._about(
            change.key for change in self.history(sightings.find_recorded_by_hash, about)
        )

    def _about(self, keys: Iterable[str]) -> Story | None:
        wanted = set(keys)
        return self._told(self.knowledge.timeline.naming((), wanted), wanted) if wanted else None

    def names(self, about: str) -> Story | None:
        """Find subjects by name, as a screening does; a code matches itself, and codes above and
        below.
        """
        records, timeline = self.knowledge.records, self.knowledge.timeline
        hits = recall(self.entries.get(about, about), records, self.thresholds)
        rows = select_records(hits) if hits else tuple(self.history(watched.find_records, about))
        wanted = make_identities(hit.match.subject for hit in hits) | records.glossed(about)
        unread = select_unread_acts(hits)
        coded = MeasureQuery(item=about)
        lives = timeline.naming(wanted)
        if not lives:
            lives = timeline.about(coded)
            wanted = make_identities(
                item for life in lives for item in life.items if coded.about(item)
            )
        lives += [life for life in timeline.naming((), unread) if not list_subjects(life)]
        if not (lives or rows):
            return None
        because = (cause for life in lives for span in life.spans for cause in span.because)
        of_lives = {life.act.key for life in lives} | {cause.act.key for cause in because}
        story = self._told(lives, of_lives | {row.act for row in rows if row.act})
        return replace(story, periods=rows, hits=hits, wanted=wanted)

    def law(self, about: str) -> Story | None:
        """List the acts based on a law."""
        law = bare(about)
        acts = self.knowledge.law.acts if len(law) >= LAW else {}
        keys = {
            key
            for key, seen in acts.items()
            for basis in seen.now.legal_basis
            if law in bare(basis)
        }
        lives = self.knowledge.timeline.naming((), keys)
        return (
            Story(lifecycles=_sort_by_day(lives), title=f"acts based on {about}") if keys else None
        )

    def page(self, about: str) -> Story | None:
        """A page that is known, and of which nothing was recorded."""
        wanted = set(parse_numbered_acts(about))
        pages = [
            page
            for page in self.history(addresses.list_known_pages)
            if page.url == about
            or is_title_beginning(bare(page.title), about)
            or wanted & set(parse_numbered_acts(page.title))
        ]
        return Story(pages=tuple(pages)) if pages else None

    def words(self, about: str, alike: Story | None) -> Story | None:
        """The passages of archived pages that have these words, behind what is only called
        alike.
        """
        found = tuple(find_passages(self.knowledge, about))
        title = "; ".join(
            (
                f"said on {words.format_count(len(found), 'archived page')}",
                *warn_unsearched(self.history),
            )
        )
        return replace(alike or Story(title=title), passages=found) if found else alike

    def _of(self, concern: Callable[[Lifecycle], bool]) -> Story:
        """The lives of which something is true, without the bytes of each."""
        lives = _sort_by_day(filter(concern, self.knowledge.timeline.lifecycles))
        told = lives[: self.most]
        return Story(lifecycles=told, more=len(lives) - len(told))

    def _told(self, lives: Iterable[Lifecycle], keys: set[str]) -> Story:
        """The story that these lives and all acts with these keys are part of."""
        return Story(
            tuple(self.knowledge.law.of(keys)),
            _sort_by_day(lives),
            tuple(self.history(sightings.list_recorded, keys)),
        )


def _sort_by_day(lives: Iterable[Lifecycle]) -> tuple[Lifecycle, ...]:
    """Sort measures by their acts' days, the oldest first; within an act as in its text."""
    return tuple(sorted(lives, key=lambda life: (life.act.published or "", life.act.key)))


# Find the acts and records for an evidence pack, and all records of them. Queries the history.


def load_dossier(
    history: History,
    asked: Sequence[str],
    thresholds: Thresholds = DEFAULT,
    entries: Sequence[Entry] = (),
    sources: Collection[str] = (),
) -> Dossier:
    """All that is on record of what is named, as `monitor show` finds it.

    Raises:
        MonitorError: nothing on record is called so, or no act and no record of a register is.
    """
    known = Knowledge(history)
    told = [(about, show(known, about, thresholds, entries, sources)) for about in asked]
    return load_dossier_of_stories(history, told)


def load_dossier_of_stories(history: History, told: Iterable[tuple[str, Story]]) -> Dossier:
    """Collect the evidence of loaded stories, each with its query.

    Raises:
        MonitorError: a story has neither an act nor a register record.
    """
    keys: set[str] = set()
    rows: set[tuple[str, str]] = set()
    for about, story in told:
        own = {sighting.now.key for sighting in story.acts} | {
            life.act.key for life in story.lifecycles if life.seen
        }
        listed = {(period.register, period.row) for period in story.periods if not period.act}
        if not own | listed:
            raise MonitorError(
                f"{about}: no act and no record of a register that evidence could be packed of"
            )
        keys |= own
        rows |= listed
    return history(dossiers.load_dossier, keys, rows)
