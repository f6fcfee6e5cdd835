"""Print the answer to a query of the history, and last its ground; unread sources give no
answer.
"""

import asyncio
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, time
from functools import partial
from pathlib import Path
from typing import TypeVar

import msgspec
from rich.console import Console

from monitor.ask import asking, lines, rows, stories
from monitor.ask.answers import AsOf, KeyDates, compute_as_of
from monitor.ask.coverage import (
    Coverage,
    Listed,
    SourceGaps,
    State,
    explain_nothing_read,
    find_gaps,
    format_coverage,
    load_coverage,
    load_state,
    measure_freshness,
)
from monitor.ask.knowledge import Knowledge
from monitor.ask.standing import get_today
from monitor.ask.stories import Story
from monitor.ask.unconfirmed import Query, find_unconfirmed
from monitor.ask.watchlist import get_thresholds, load_entries_in_files, load_stored_entries
from monitor.cli.output import (
    BENEATH,
    Row,
    print_all,
    print_json,
    print_lines,
    print_named,
    print_some,
    print_standings,
    print_table,
    print_text,
    print_wrapped,
)
from monitor.clock import SystemClock, format_instant, format_minute
from monitor.config import Config, rules
from monitor.config.outward import note
from monitor.config.redact import clean
from monitor.config.stores import Store
from monitor.errors import ConfigError, MonitorError
from monitor.model import frozen
from monitor.render import acts, dates, words
from monitor.render.opinions import word_disagreements, word_measure, word_opinion
from monitor.render.pages import compose_page_headline
from monitor.render.text import cut, join_first_names
from monitor.render.wordings import mark_difference
from monitor.run.life import daemon_state
from monitor.run.life.daemon_state import DaemonSeen, DaemonState, ask_daemon
from monitor.run.life.pulse import Working
from monitor.run.life.quiet import Certificate, format_certificate, make_certificate
from monitor.source.configured import PREFIX
from monitor.source.schedule import Freshness, compute_longest_gap
from monitor.source.scraper import Source
from monitor.store import History, PageKnown, PageTold, has_store, looks, sightings, troubles
from monitor.timeline import MeasureQuery, Status, StatusOnDay
from monitor.watch.entries import Entry
from monitor.watch.match import Thresholds

T = TypeVar("T")
# how a recorded screening is named
SCREENING = re.compile(r"screening(?::| (?=\d+$))(?P<number>.*)")


@frozen
class CommandDesk:
    """The context of queries: the store, the sources that fill it, the time, and whether a program
    reads the answer.
    """

    store: Store
    config: Config
    sources: list[Source]
    as_json: bool
    now: datetime

    def ask(
        self,
        question: Callable[[History], T],
        show: Callable[[T], None],
        lines: Callable[[T], Iterable[object]] | None = None,
        about: Callable[[T], str] = lambda _: "",
        *,
        alone: bool = False,
    ) -> T:
        """Print an answer, for programs as `lines`, and its ground; `about` is its register,
        authority or country. One that stands `alone` is shown without any read of acts, as long as
        pages or sources were read.

        Raises:
            MonitorError: no read could answer, or the query names something unknown. The answer so
                far is printed first.
        """
        if not has_store(self.store):
            raise self._empty(self._covered(None))
        printed = (lambda answer: print_lines(lines(answer))) if lines and self.as_json else show
        with History(self.store, read_only=True) as history:
            covered = self._covered(history)
            healths = history(troubles.load_source_healths).values() if alone else ()
            if covered.is_empty and not any(health.last_ok for health in healths):
                if healths:
                    printed(question(history))
                raise self._empty(covered)
            answer = self._answer(question, history, covered)
            if about(answer) and (covered := self._covered(history, about(answer))).is_empty:
                raise self._empty(covered)
            printed(answer)
            remarks = answer.remarks if isinstance(answer, AsOf) else ()
            self.end(msgspec.structs.replace(covered, remarks=(*covered.remarks, *remarks)))
            return answer

    @property
    def thresholds(self) -> Thresholds:
        """Return the threshold of similar names in the settings."""
        return get_thresholds(self.config)

    @property
    def watched(self) -> list[Entry]:
        """The watch list, in the settings' files and in the store."""
        return [*load_entries_in_files(self.config)[0], *load_stored_entries(self.store)[0]]

    def freshness(self, history: History) -> Freshness:
        """Compute each authority's freshness."""
        return measure_freshness(history, self.sources, self.now, self.config.health.patience)

    def knowledge(self, history: History) -> Knowledge:
        """Load all that is on record, with its age."""
        return Knowledge(history, self.freshness(history))

    def coverage(self) -> Coverage:
        """Load the ground of any answer."""
        if not has_store(self.store):
            return self._covered(None)
        with History(self.store, read_only=True) as history:
            return self._covered(history)

    def _covered(self, history: History | None, about: str = "") -> Coverage:
        return load_coverage(history, self.sources, self.now, self.config.health.patience, about)

    def _answer(self, question: Callable[[History], T], history: History, covered: Coverage) -> T:
        try:
            return question(history)
        except MonitorError:
            self.end(covered)
            raise

    def _empty(self, covered: Coverage) -> MonitorError:
        self.end(covered)
        return MonitorError(explain_nothing_read(covered, str(self.store)))

    def line(self, covered: Coverage) -> str:
        """Write the ground of an answer in a line."""
        return f"coverage: {format_coverage(covered, self.now)}"

    def end(self, covered: Coverage) -> None:
        """The last line of an answer."""
        if self.as_json:
            print_json({"coverage": covered})
        else:
            print_text(self.line(covered), "dim")

    def end_or_refuse(self, covered: Coverage) -> None:
        """Print the ground of an answer already given.

        Raises:
            MonitorError: there is none.
        """
        if covered.is_empty:
            raise self._empty(covered)
        self.end(covered)


def show_sources(sources: Sequence[Listed], *, as_json: bool) -> None:
    """Every source, its address and pace, and the hours it was learnt to publish in."""
    if as_json:
        print_lines(sources)
        return
    learnt = [
        "; ".join(f"{one.every} {one.day} {one.hours} {one.zone}" for one in source.learnt)
        for source in sources
    ]
    heads = ("id", "name", "authority", "address", "looked at", "learnt")
    print_table(
        heads,
        [
            (one.id, one.name, one.authority, one.url, one.every, hours)
            for one, hours in zip(sources, learnt, strict=True)
        ],
    )


def ask_as_of(desk: CommandDesk, day: date, known_on: date | None, query: MeasureQuery) -> None:
    """Print the status of a query on a day, as known at the end of another."""
    code = query.register
    desk.ask(
        lambda history: compute_as_of(
            desk.knowledge(history), day, known_on, query, desk.thresholds
        ),
        partial(show_asof, whole=bool(code)),
        lines.list_as_of_lines,
        lambda _: code,
    )


def show_asof(answer: AsOf, *, whole: bool = False) -> None:
    """Print the status of a query; `whole`: with all names and goods, as for a register."""
    print_standings([rows.make_row_on_day(on_day, answer.hits) for on_day in answer.on_day])
    if whole:
        print_named(
            rows.list_names_of_parts(
                ((on_day.lifecycle, on_day.span) for on_day in answer.on_day), answer.hits
            )
        )
    listed = [rows.make_period_row(period, answer.day) for period in answer.periods]
    most = SHOWN if Console().is_terminal else len(listed)
    print_standings(listed[:most])
    if listed[most:]:
        print_wrapped(f"and {len(listed) - most:,} more, see --json", BENEATH)
    if nothing := rows.explain_empty(answer):
        print_text(nothing)


def show_key_dates(days: KeyDates) -> None:
    """The days on which the law changes by itself."""
    print_some(
        rows.DATES,
        [
            rows.make_key_date_row(day, days.acts, days.stale.get(day.authority))
            for day in days.dates
        ],
    )


def note_day_remarks(days: KeyDates, first: date, last: date) -> None:
    """Print ended suspensions; without a key date, state so, and which sources could have missed
    one.
    """
    for line in rows.list_day_remarks(days, first, last):
        note(f"monitor: {line}")


def write_ics(file: Path, days: KeyDates, now: datetime) -> None:
    """Write key dates to a calendar file.

    Raises:
        MonitorError: it can't be written.
    """
    from monitor.render import ics

    try:
        file.write_bytes(ics.render_ics(days.dates, days.acts, now))
    except OSError as error:
        raise MonitorError(f"{file}: can't be written: {error.strerror}") from error


def show_state(state: State) -> None:
    """Print each source's health, the pending messages, the newest acts."""
    print_some(rows.TROUBLES, list(map(rows.make_trouble_row, state.troubles)))
    print_table(rows.STATES, map(rows.make_source_row, state.sources))
    print_some(rows.REGISTERS, list(map(rows.register, state.registers)))
    owed = ", ".join(
        f"{number} {outbox_state}" for outbox_state, number in sorted(state.messages.items())
    )
    print_text(f"messages: {f'{owed}, counting the replies in threads' if owed else 'none yet'}")
    print_some(rows.NEWEST, list(map(rows.make_newest_row, state.newest)))


def ask_state(desk: CommandDesk) -> None:
    """Print what prevents delivery, and the state of all."""
    show_trouble(desk.store, as_json=desk.as_json)
    desk.ask(
        lambda history: load_state(history, desk.sources, desk.now),
        show_state,
        lines.list_state_lines,
        alone=True,
    )


def ask_gaps(desk: CommandDesk, since: str, sources: Sequence[Source]) -> None:
    """Print when each of some sources, or of all, was not read since a day."""
    first = asking.parse_past_day("--since", since, desk.now)
    begin = datetime.combine(first, time.min, UTC)
    desk.ask(
        lambda history: find_gaps(history, sources or desk.sources, begin, desk.now),
        lambda found: show_gaps(found, first),
        iter,
        alone=True,
    )


def show_gaps(found: list[SourceGaps], since: date) -> None:
    """Print each source's gaps since a day."""
    print_some(rows.GAPS, [rows.gaps(source) for source in found if source.gaps])
    without = sum(not source.gaps for source in found)
    print_text(
        f"{words.format_count(without, 'source')} read without a gap since"
        f" {dates.format_date(since.isoformat())} (UTC)"
    )


SHOWN = 40  # changes that a person is shown; a program gets all of them


def show_unconfirmed(desk: CommandDesk, asked: Sequence[Query], until: str = "") -> None:
    """Print what a second reader says of a query, with the mark by which a review accepts it."""
    desk.ask(
        lambda history: find_unconfirmed(history, asked, desk.thresholds, until),
        lambda found: print_all(
            found,
            ("act", "mark", "says", "state", "quote", "link"),
            lambda said: (
                said.act,
                said.mark,
                word_measure(said.measure),
                said.state,
                said.measure.quote,
                said.url,
            ),
            "no second reader says anything of it that is not confirmed",
        ),
        iter,
    )


def ask_about(desk: CommandDesk, about: str) -> None:
    """Print the story of anything that was printed, with its ground."""
    ids = [source.id for source in desk.sources]
    _ask_story(
        desk,
        lambda history: stories.show(
            desk.knowledge(history), about, desk.thresholds, desk.watched, ids
        ),
    )


def ask_listed_since(desk: CommandDesk, day: str, about: str) -> None:
    """Print who was listed since a day; `about`: on one register."""
    since = asking.parse_past_day("--listed-since", day, desk.now)
    _ask_story(desk, lambda history: stories.show_listed(desk.knowledge(history), since, about))


def _ask_story(desk: CommandDesk, look: Callable[[History], Story]) -> None:
    """Print a story with its ground."""
    desk.ask(
        look,
        lambda story: show_story(story, desk.now),
        lambda story: lines.list_story_lines(story, desk.now),
        lambda story: story.about,
    )


def show_story(story: Story, now: datetime) -> None:
    """Print the status of a query, its history, the register rows, the acts and the evidence."""
    if story.title:
        print_text(story.title, "bold")
    for said in story.says.splitlines():
        print_wrapped(said, BENEATH)
    print_some(rows.REGISTERS[:4], list(map(rows.register_read, story.registers)))
    print_standings(
        [
            rows.make_row_on_day(StatusOnDay(life, span), story.hits)
            for life, span in rows.sort_by_surety(story, now)
        ]
    )
    print_named(
        rows.list_names_of_parts(
            ((life, life.on(get_today(life, now))) for life in story.parts), story.hits
        )
    )
    _print_terms(story, now)
    print_standings([rows.make_period_row(period, now.date()) for period in story.periods])
    _print_opinions(story)
    for line in acts.join_pair_lines(story.opposed):
        print_wrapped(f"{line.label}: {line.text}")
        print_wrapped(line.url, BENEATH, "dim") if line.url else None
    print_some(rows.PAGES, list(map(rows.make_page_row, story.pages)))
    _print_passages(lines.list_passage_lines(story.passages, now))
    if story.acts and Console().is_terminal:
        _print_history(story)
    elif story.acts:
        print_some(rows.LIFE, list(rows.list_lives(story)))
        print_some(rows.ACTS, list(map(rows.make_act_row, story.acts)))
        print_some(rows.EVIDENCE, list(map(rows.make_change_row, story.recorded)))
    if nothing := rows.explain_empty(story):
        print_text(nothing)


def _print_opinions(story: Story) -> None:
    for act in (sighting.now for sighting in story.acts):
        if opinion := story.opinions.get(act.key):
            for said in (*word_disagreements(act, opinion), *word_opinion(act, opinion)):
                print_wrapped(f"{words.name_act(act)}: {said}")


def _print_passages(found: list[lines.PassageLine]) -> None:
    """Print words of archived pages, the publisher and the status."""
    for line in found[:SHOWN]:
        more = f" · and {words.format_count(line.more, 'more line')}" if line.more else ""
        print_wrapped(f"{line.title} · {line.state}{more}")
        print_wrapped(f"“{line.says}”", BENEATH)
        print_wrapped(line.url, BENEATH, "dim")
    if len(found) > SHOWN:
        print_wrapped(f"and {len(found) - SHOWN:,} more, see --json", BENEATH)


def _print_terms(story: Story, now: datetime) -> None:
    """Print the other requirements of the acts in question, and how an act stands that is not in
    force.
    """
    binding = reversed(rows.sort_by_surety(story, now))
    stands = {life.act.key: span.status for life, span in binding}
    without_parts = (seen.now for seen in story.acts if not seen.now.measures)
    shown = {act.key: act for act in (*(life.act for life in story.parts), *without_parts)}
    for act in shown.values():
        status = stands.get(act.key, Status.IN_FORCE)
        state = "" if status is Status.IN_FORCE else f" ({status})"
        name = f"{words.name_act(act)}, " if len(shown) > 1 else ""
        for line in acts.list_terms(act):
            print_wrapped(f"{name}{line.label}{state}: {line.text}")


def _print_history(story: Story) -> None:
    """Print the history, its acts and its evidence, each with addresses not printed above."""
    printed = {life.act.url for life in story.lifecycles}
    lives = list(rows.list_lives(story))
    several = len({act for _, _, act, _ in lives}) > 1
    if lives:
        print_wrapped("History", style="bold")
    for when, life_state, act, by in lives:
        print_wrapped(
            f"{when}:"
            f" {f'{act}, ' if several else ''}{life_state}{'' if by == act else f', by {by}'}",
            BENEATH,
        )
    print_wrapped("Acts", style="bold")
    for key, title, published, first_seen, link in map(rows.make_act_row, story.acts):
        print_wrapped(f"{key} · {title} · published {published}, first seen {first_seen}", BENEATH)
        _print_link(link, printed)
    print_wrapped("Evidence", style="bold")
    for change in story.recorded[:SHOWN]:
        at, kind, key, source, sha256, page = rows.make_change_row(change)
        print_wrapped(f"{at} · {key} {kind} · {source} · SHA-256 {sha256[:12]}", BENEATH)
        _print_link(page, printed)
    if len(story.recorded) > SHOWN:
        print_wrapped(f"and {len(story.recorded) - SHOWN:,} more, see --json", BENEATH)


def _print_link(url: str, printed: set[str]) -> None:
    if url and url not in printed:
        printed.add(url)
        print_wrapped(url, 2 * BENEATH, "dim")


def show_trouble(store: Store, *, as_json: bool) -> None:
    """Print what prevents the delivery of this store's messages, even before a first read; with the
    way out.
    """
    if not has_store(store):
        return
    with History(store, read_only=True) as history:
        trouble, count = lines.make_outbox_line(history)
    if as_json:
        print_json(trouble)
        return
    for place in trouble.closed:
        print_text(
            f"{place.destination} takes nothing since {format_minute(place.since)} UTC: {place.why}"
        )
    for message in trouble.refused:
        is_over = "will not arrive" if message.undelivered else "has not arrived yet"
        print_text(f"{is_over}: {message.what} → {message.to}: {message.answer}")
    if count:
        more = count - len(trouble.refused)
        before = f"and {more} more; " if more > 0 else ""
        print_text(f"{before}`monitor outbox` lists them; retry, drop and resend are its commands")


NAMED = 4  # sources that are being read
WAY_OUT = "nothing is polled; `monitor run` begins one"


def show_daemon(store: Store, *, as_json: bool) -> bool:
    """Print the state of this store's daemon or workers; return whether one works."""
    if store.database:
        now = SystemClock().now()
        with History(store, read_only=True) as history:
            known = history(looks.list_workers)
        workers = daemon_state.describe_workers(known, now)
        shown: object = {"workers": workers}
        said, works = daemon_state.format_workers(workers), daemon_state.has_live_worker(known, now)
    else:
        daemon = asyncio.run(ask_daemon(store))
        shown = {"daemon": daemon}
        said, works = list_daemon_lines(daemon), daemon.does is not None and daemon.does.goes_round
    if as_json:
        print_json(shown)
    else:
        for line in said:
            print_text(line)
    return works


def print_certificates(desk: CommandDesk, sources: Sequence[Source]) -> None:
    """Print the ground of each source's silence."""

    def certificates(history: History) -> list[Certificate]:
        return [
            make_certificate(
                history(looks.explain_quiet, source.id),
                partial(compute_longest_gap, source),
                desk.now,
            )
            for source in sources
        ]

    def show(certified: list[Certificate]) -> None:
        for source in certified:
            print_text(format_certificate(source))

    desk.ask(certificates, show, lambda found: ({"quiet": one} for one in found), alone=True)


def list_daemon_lines(daemon: DaemonSeen) -> Iterator[str]:
    """Describe a daemon in lines."""
    process = f"process {daemon.pid}" if daemon.pid else "a process"
    if daemon.does:
        yield _describe_doing(daemon.does)
        yield from (f"wrong: {complaint.text}" for complaint in daemon.does.wrong)
    elif daemon.state is DaemonState.SILENT:
        yield f"{process} holds this store, and does not answer: {daemon.why}"
    elif daemon.state is DaemonState.GONE:
        yield (
            f"no daemon runs on this store; the last one ({process}) did not end by itself:"
            f" {WAY_OUT}"
        )
    else:
        yield f"no daemon runs on this store: {WAY_OUT}"


def _describe_doing(does: Working) -> str:
    reading = (
        f"reads {join_first_names(does.polling, NAMED)}"
        if does.polling
        else "reads nothing this moment"
    )
    since = (
        f"monitor {does.version} runs since {dates.format_date(does.since)} (process {does.pid})"
    )
    parts = (
        f"{since}: watches {words.format_count(does.sources, 'source')}, {reading}",
        f"next {does.next.source} at {dates.format_date(does.next.at)}" if does.next else "",
        (
            f"all that was due was last looked at by {dates.format_date(does.last_good_cycle)}"
            if does.last_good_cycle
            else ""
        ),
    )
    return "; ".join(filter(None, parts))


TOLD = ("told", "what", "SHA-256", "page")
IGNORED = ("last", "times", "why", "what")
NOW = ("page", "parts", "title", "SHA-256")


def is_page(about: str) -> bool:
    """Return whether this is a watched page's name, or a message's key about one."""
    return about.startswith(PREFIX)


def show_page(desk: CommandDesk, about: str, *, ignored: bool) -> None:
    """Print the story of a watched page; with `ignored` the unreported changes and the reasons.

    Raises:
        ConfigError: no such page; with the nearest.
        MonitorError: it was never read.
    """
    name = ":".join(about.split(":")[:2])
    ids = [source.id for source in desk.sources if is_page(source.id)]
    if name not in ids:
        near = rules.suggest_name(name, ids) if ids else "config.toml has no [[page]]"
        raise ConfigError(f"no page is called {name!r}; {near}")
    if not has_store(desk.store):
        raise _make_unread_error(name)
    with History(desk.store, read_only=True) as history:
        known, told = (
            history(sightings.list_watched_addresses, name),
            history(sightings.list_page_alerts, name),
        )
    if not known:
        raise _make_unread_error(name)
    if desk.as_json:
        print_lines(_list_page_lines(known, told, ignored=ignored))
        return
    print_text(name, "bold")
    for heading, shown in (
        [(IGNORED, _list_ignored(known))] if ignored else _list_story_tables(known, told)
    ):
        print_some(heading, shown)
    if ignored and not any(page.noise.ignored for page in known):
        print_text("nothing was ignored")
    elif not ignored and not told:
        print_text("no alert on it so far")


def _make_unread_error(name: str) -> MonitorError:
    return MonitorError(f"{name}: was not read yet; `monitor poll {name}` reads it")


def _list_story_tables(
    known: Sequence[PageKnown], changes: Sequence[PageTold]
) -> Iterator[tuple[Row, list[Row]]]:
    yield (
        NOW,
        [
            (
                page.evidence.url,
                f"{len(page.excerpt.parts):,}",
                clean(page.excerpt.title),
                page.evidence.sha256,
            )
            for page in known
        ],
    )
    yield (
        TOLD,
        [
            (
                rows.format_utc(change.at),
                clean(cut(compose_page_headline(change.change), 200)),
                change.evidence.sha256,
                change.evidence.url,
            )
            for change in changes
        ],
    )


def _list_ignored(known: Sequence[PageKnown]) -> list[Row]:
    return [
        (
            rows.format_utc(change.at),
            f"{change.times:,}",
            change.why,
            clean(mark_difference(change.before, change.after)),
        )
        for page in known
        for change in reversed(page.noise.ignored)
    ]


def _list_page_lines(
    known: Sequence[PageKnown], changes: Sequence[PageTold], *, ignored: bool
) -> Iterator[dict[str, object]]:
    if ignored:
        for page in known:
            for left_out in page.noise.ignored:
                told_of = {
                    **msgspec.to_builtins(left_out),
                    "at": format_instant(left_out.at),
                    "times": left_out.times,
                }
                yield {"type": "ignored", "url": page.evidence.url, **told_of}
        return
    for page in known:
        yield {
            "type": "excerpt",
            "sha256": page.evidence.sha256,
            **msgspec.to_builtins(page.excerpt),
            "url": page.evidence.url,
        }
    for change in changes:
        yield {
            "at": format_instant(change.at),
            "sha256": change.evidence.sha256,
            **msgspec.to_builtins(change.change),
        }
