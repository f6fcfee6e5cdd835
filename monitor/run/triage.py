"""Prepare a person's triage request for the writer of the history."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from difflib import get_close_matches
from uuid import uuid4

import msgspec

from monitor import vocabulary
from monitor.ask import reviewing, screen, watchlist
from monitor.clock import format_instant
from monitor.config import Config, rules
from monitor.config.events import Happened, log_event
from monitor.config.stores import Store
from monitor.errors import ConfigError, MonitorError
from monitor.model import Proposal, frozen
from monitor.source.health import end_of
from monitor.source.registry import Registry
from monitor.store import ALERTS, OPS, History, handling, watched
from monitor.store.archive import Archive
from monitor.store.threaded import HistoryThread
from monitor.triage.values import BOTH, About, Case, Handling, Person, TriageRequest, Verb
from monitor.watch.match import Dismissal, name_subject

BEGINS, ENDS = "begins", "ends"  # days of law of the event itself, as an end
SHOWN = 50


@frozen
class Wish:
    """A request in a person's own words: `what` event, `until` when, `about` what."""

    verb: Verb
    what: str = ""
    decision: str = ""
    text: str = ""
    until: str = ""
    to: str = ""
    entries: tuple[str, ...] = ()
    proposal: Proposal | None = None


def make_key() -> str:
    """Return a command's permanent key."""
    return f"command:{uuid4().hex}"


def make_triage_request(
    history: History,
    config: Config,
    registry: Registry,
    wish: Wish,
    person: Person,
    key: str,
    now: datetime,
) -> TriageRequest:
    """A wish with everything in it found.

    Raises:
        ConfigError: there is no such event, day, destination, source, register, topic or product;
            names the nearest, or the way.
    """
    case = load_case_or_fail(history, wish.what) if wish.what else None
    until = format_instant(_parse_end(wish.until, case, now)) if wish.until else ""
    proposal = wish.proposal
    touches = reviewing.screen_proposal(config, history, proposal, now) if proposal else None
    to = _find_destination(wish.to, config) if wish.verb is Verb.TELL else wish.to
    if wish.verb is Verb.MUTE:
        to = parse_mute_subject(wish.to, config, registry, history)
    return TriageRequest(
        key=key,
        verb=wish.verb,
        event=case.event if case else "",
        person=person,
        decision=wish.decision,
        text=wish.text,
        until=until,
        to=to,
        pairs=tuple(_list_pairs(case, wish.entries)),
        proposal=proposal,
        touches=touches,
    )


def add_proposal(
    history: History, config: Config, archive: Archive, request: TriageRequest, now: datetime
) -> TriageRequest:
    """A click on a review with what its marks mean: the corrected act, and its matches.

    Raises:
        MonitorError: there is no such mark, or its words stand on no page.
    """
    proposal = reviewing.make_marked_proposal(
        history, archive, request.to, request.pairs, request.text
    )
    touches = reviewing.screen_proposal(config, history, proposal, now)
    return msgspec.structs.replace(request, proposal=proposal, touches=touches, pairs=())


def load_case_or_fail(history: History, what: str) -> Case:
    """Load the event that somebody names.

    Raises:
        ConfigError: there is none; names the nearest open one.
    """
    case = history(handling.find_case, what)
    if case is None:
        near = get_close_matches(
            what, [case.event for case in history(handling.list_cases, limit=SHOWN)], 1
        )
        way = f"did you mean {near[0]!r}?" if near else "`monitor triage` lists those that are open"
        raise ConfigError(f"{what!r} is no event that was sent; {way}")
    return case


def _parse_end(text: str, case: Case | None, now: datetime) -> datetime:
    """Parse an end: an instant, a day, a duration, or the next day on which something of the event
    begins or ends.
    """
    if text not in (BEGINS, ENDS):
        return end_of(text, now, longest=None)
    dates = case.dates if case else {}
    days = (
        day for day, what in dates.items() if text in what.split(BOTH) and day > f"{now:%Y-%m-%d}"
    )
    day = min(days, default=None)
    if day is None:
        raise ConfigError(f"--until: nothing of this event {text} on a day to come")
    return end_of(day, now, longest=None)


def _find_destination(name: str, config: Config) -> str:
    known = [ALERTS, OPS, *config.destinations]
    if name not in known:
        raise ConfigError(f"no destination is called {name!r}; {rules.suggest_name(name, known)}")
    return name


def parse_mute_subject(text: str, config: Config, registry: Registry, history: History) -> str:
    """Parse the subject of a mute: `source:cn_mofcom`, `register:…`, `topic:…`, `product:…` with
    its entry's key.

    Raises:
        ConfigError: it does not exist; with the nearest, or the way out.
    """
    about, _, name = text.partition(":")
    if about == About.SOURCE:
        registry.named([name])
        return text
    if about == About.PRODUCT:
        goods = [
            entry for entry in watchlist.load_entries(config, history) if entry.relation.is_goods
        ]
        return f"{about}:{watchlist.find_entry_key(name, goods)}"
    known: Mapping[str, Sequence[str]] = {
        About.REGISTER: rules.list_registers(vocabulary.current()),
        About.TOPIC: list(config.topics),
    }
    if about not in known:
        raise ConfigError(
            f"{text!r}: name the subject of the mute as one of {', '.join(About)}, a colon and its"
            " name"
        )
    if name not in known[about] or not name:
        near = (
            rules.suggest_name(name, known[about])
            if known[about]
            else "config.toml names none under [topics]"
        )
        raise ConfigError(f"no {about} is called {name!r}; {near}")
    return text


def _list_pairs(case: Case | None, entries: Sequence[str]) -> Iterator[str]:
    """The digests of the matches of these entries, by key or name.

    Raises:
        ConfigError: the event touches no such entry.
    """
    pairs = case.pairs if case else ()
    for entry in entries:
        digests = [pair.digest for pair in pairs if entry in (pair.entry, pair.entry_name)]
        if not digests:
            known = ", ".join(dict.fromkeys(pair.entry_name for pair in pairs)) or "none"
            raise ConfigError(f"{entry!r} is no entry that this event touches; it touches: {known}")
        yield from digests


async def apply_triage_order(
    history: HistoryThread, order: TriageRequest, now: datetime
) -> Handling:
    """Do it, on record.

    Raises:
        MonitorError: there is no such event, or it can't be done.
    """
    done = await history(handling.handle, order, now)
    log_event(
        Happened.TRIAGE,
        about=done.event or None,
        did=done.verb,
        key=done.key,
        via=done.via,
        refused=done.refused or None,
    )
    return done


async def apply_or_refuse(history: HistoryThread, order: TriageRequest, now: datetime) -> Handling:
    """Run an action for a command, which raises a refusal.

    Raises:
        MonitorError: no such event, it can't be done, or was refused; it is recorded all the same.
    """
    handling = await apply_triage_order(history, order, now)
    if handling.refused:
        raise MonitorError(handling.refused)
    return handling


def list_untouched(
    store: Store, config: Config, what: str, entries: Sequence[str], now: datetime
) -> list[tuple[str, str]]:
    """List entries that match an event's act today but did not when the event was sent, each with
    its subject.

    Raises:
        ConfigError: the watch list has no such entry, or one of its files can't be read.
    """
    with History(store, read_only=True) as history:
        case = load_case_or_fail(history, what)
        stored = watchlist.load_entries(config, history)
    touched = {name for pair in case.pairs for name in (pair.entry, pair.entry_name)}
    if not touched.isdisjoint(entries):
        return []
    keys = [watchlist.find_entry_key(entry, stored) for entry in entries]
    names = {one.key: one.name for one in stored if one.key in keys}
    answer = screen.screen_questions(config, store, [*names.values()], now=now)
    return [
        (key, name_subject(hit.match.subject))
        for key, name in names.items()
        for hit in answer.found
        if hit.asked == name and hit.on_record and hit.on_record.act in (what, case.event)
    ]


def dismiss_match(
    store: Store,
    config: Config,
    entry: str,
    subject: str,
    person: Person,
    now: datetime,
    *,
    reason: str = "",
    undo: bool = False,
) -> Dismissal:
    """Record that an entry of the watch list is not this listed subject, or take that back.

    Raises:
        ConfigError: the list has no such entry, or a name is missing.
        MonitorError: there is nothing to take back, or it can't be written.
    """
    with watchlist.open_to_write(store) as history:
        entries = watchlist.load_entries(config, history)
        dismissal = screen.make_dismissal(entry, subject, person.name, now, entries)
        pair = dismissal.entry, dismissal.subject
        if not undo and reason:
            dismissal = dismissal.replace(reason=reason)
            history(handling.dismiss_for_reason, dismissal, person, make_key(), now)
        elif not undo:
            history(watched.dismiss, dismissal, now)
        elif not history(watched.revoke_dismissal, *pair, person.name, now):
            raise MonitorError(
                f"nobody has dismissed {dismissal.subject_name} for {dismissal.entry}; see monitor"
                " watch"
            )
    return dismissal
