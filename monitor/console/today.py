"""Show the first page of the console: recent alerts, matches with the watch list, coming dates."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field, replace
from datetime import datetime, timedelta
from itertools import chain, islice
from operator import attrgetter
from urllib.parse import quote

from monitor import vocabulary
from monitor.alert.event import HANDLED, Notice, NoticeKind, ToldAct, parse_kinds
from monitor.ask import rows
from monitor.ask.absences import Absence, word_absence
from monitor.ask.standing import describe_state_on
from monitor.clock import format_instant
from monitor.console.desk import (
    ConsoleDesk,
    Given,
    Shown,
    WatchListUnread,
    list_choices,
    word_error,
)
from monitor.model import Announcement, Edition, PageChange, Reminder, frozen
from monitor.render import keepers, words
from monitor.render.alert import compose_alert
from monitor.render.frame import name_console_path
from monitor.render.values import Alert, Mark, is_decided
from monitor.store import Message, OutboxState, handling, notices, outbox, troubles
from monitor.triage.values import Handled
from monitor.watch.values import ScreeningResult

TOLD_OF = parse_kinds(
    "act amended disagreement early edition listed page parent press reminder watch"
)
FOLLOWING = (NoticeKind.PRESS, NoticeKind.REMINDER)
MESSAGES = 300  # the newest, among which what was told is looked for
TOLD = 20
AHEAD = timedelta(days=30)
CHOSEN = ("severity", "authority", "register", "only")
NOBODY = "Nobody has taken it"


@frozen
class ToldLine:
    """An event with sent messages, in the words of the newest one.

    `about` is its key for a search. `is_decided`: nothing was sent since a decision. `touches`: it
    is about the watch list. `now` is the status of its acts. `stands` is its assignee or the
    decision. `readings` names two comparable readings. `is_new`: the reader has not looked since.
    `about_codes` are its authority and registers.
    """

    alert: Alert
    is_decided: bool
    when: str
    path: str
    arrived: bool
    touches: bool
    stands: tuple[str, ...] = ()
    now: tuple[str, ...] = ()
    before: str = ""
    readings: str = ""
    is_new: bool = False
    about_codes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def show_today(desk: ConsoleDesk, given: Given) -> Shown:
    """Show recent alerts, key dates of the next thirty days, watch list matches, and freshness."""
    on = desk.now.date()
    every = _list_told(desk, given["seen"])
    told = list(islice(every, TOLD))
    chosen = told
    is_narrowed = any(given[name] for name in CHOSEN)
    if is_narrowed:
        older = (one for one in chain(told, every) if _is_chosen(one, given))
        chosen = list(islice(older, TOLD))
    days = desk.key_dates(on, on + AHEAD)
    return _show_ours(desk, told) | {
        "title": "Today",
        "given": given,
        "is_narrowed": is_narrowed,
        "choices": list(_list_choices(desk)),
        "cards": chosen,
        "untold": word_absence(
            Absence.OF_TOLD if told else Absence.TOLD, {}, desk.coverage(), told=len(told)
        ),
        "dates": [
            (
                rows.make_key_date_row(date, days.acts, days.stale.get(date.authority)),
                f"/{'register' if date.rows else 'act'}/{quote(date.act)}",
            )
            for date in days.dates
        ],
        "day_remarks": rows.list_day_remarks(days, on, on + AHEAD, desk.coverage()),
        "troubles": [
            rows.make_trouble_row(trouble)
            for trouble in desk.history(troubles.list_incident_states)
        ],
        "fresh": list(_list_freshness(desk)),
    }


def _show_ours(desk: ConsoleDesk, told: Sequence[ToldLine]) -> Shown:
    """Show the alerts that touch the watch list, or that none does, or why the list
    can't be read.
    """
    try:
        watched, unread = len(desk.watched), ""
    except WatchListUnread as error:
        watched, unread = 0, word_error(error)
    absence = Absence.TOUCHING if told else Absence.TOLD
    entries = words.count_entries(watched)
    return {
        "touching": sorted((one for one in told if one.touches), key=attrgetter("is_decided")),
        "watched": watched,
        "unread": unread,
        "untouched": word_absence(absence, {}, desk.coverage(), told=len(told), watched=entries),
    }


def _list_choices(desk: ConsoleDesk) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """List the filters by name, each with its values and labels."""
    authorities = {source.authority for source in desk.sources if source.authority}
    yield "severity", [(mark.name, mark.word) for mark in Mark if mark is not Mark.MONITOR]
    for name, codes, label in (
        ("authority", authorities, vocabulary.authority),
        ("register", desk.registers_named, vocabulary.register),
    ):
        yield name, list_choices(codes, label)
    only = ("what touches us", "what nobody has taken", "what is new to me")
    yield "only", list(zip(("ours", "open", "new"), only, strict=True))


def _is_chosen(one: ToldLine, given: Given) -> bool:
    """Return whether an event passes the chosen filters."""
    kept = {
        "ours": one.touches,
        "open": one.stands == (NOBODY,),
        "new": one.is_new,
    }.get(given["only"], True)
    return (
        kept
        and given["severity"] in ("", one.alert.mark.name)
        and all(
            not given[name] or given[name] in one.about_codes[name]
            for name in ("authority", "register")
        )
    )


def _list_told(desk: ConsoleDesk, seen: str) -> Iterator[ToldLine]:
    """List the latest events with messages, each event once; `seen` is the reader's last visit."""
    events: dict[str, list[Message]] = defaultdict(list)
    for message in desk.history(outbox.list_messages, every=True, limit=MESSAGES, kinds=TOLD_OF):
        events[message.event or _name_message(message)].append(message)
    for messages in events.values():
        yield _make_told_line(desk, messages, seen)


def _name_message(message: Message) -> str:
    """Return the key of a message without its destination."""
    return message.key.partition("@")[0]


def _make_told_line(desk: ConsoleDesk, messages: Sequence[Message], seen: str) -> ToldLine:
    # A reminder counts days from when it was told, and the press follows: what else was said
    # tells the event itself.
    edits = [message for message in messages if message.kind is NoticeKind.PARENT]
    messages = [message for message in messages if message not in edits] or messages
    own = [message for message in messages if message.kind not in FOLLOWING] or messages
    last = max(own, key=lambda message: message.severity.rank)
    notice = desk.history(notices.load_told_notice, last.id)
    # One act of several speaks for none of the others: the first message, as edited, names all.
    whole = edits and last.kind is NoticeKind.ACT
    shown = desk.history(notices.load_told_notice, edits[0].id) if whole else notice
    newest = [one for one in messages if _name_message(one) == _name_message(last)]
    arrived = [one.sent_at for one in newest if one.state is OutboxState.SENT and one.sent_at]
    others = {_name_message(one): one.created_at for one in messages if one not in newest}
    alert, touches = _hold_now(desk, shown)
    handled = _load_handled(desk, messages)
    return ToldLine(
        alert=alert,
        is_decided=is_decided(notice),
        when=rows.format_utc(min(arrived) if arrived else newest[0].created_at),
        path=name_console_path(notice),
        arrived=bool(arrived),
        is_new=bool(seen) and format_instant(max(one.created_at for one in messages)) > seen,
        about_codes=_list_codes(shown),
        readings=_find_readings(notice),
        touches=touches is not None and bool(touches.sure or touches.possible),
        stands=(tuple(keepers.list_handling_lines(handled)) or (NOBODY,)) if handled else (),
        now=tuple(_describe_now(desk, shown)),
        before=_describe_others(others),
    )


def _hold_now(desk: ConsoleDesk, notice: Notice) -> tuple[Alert, ScreeningResult | None]:
    """Compose a message as it was sent, with what it touches on the watch list.

    If it, or one of its acts, was never screened, its acts are screened against the list of now.
    """
    told, acts = compose_alert(notice), {act.key: act for act in _list_acts(notice)}
    if notice.touches is not None and acts.keys().isdisjoint(notice.touches.unheld):
        return told, notice.touches
    held = ScreeningResult.together([*filter(None, map(desk.screen_act, acts.values()))])
    if held is None or held.unread:  # which is said once for all
        return told, notice.touches
    now = compose_alert(replace(notice, touches=held))
    ours = tuple(
        words.Line("", f"Your watch list as it is now: {line.text}") for line in now.touches
    )
    return replace(told, touches=ours, next_step=now.next_step), held


def _list_acts(notice: Notice) -> tuple[Announcement, ...]:
    return (*notice.acts, *notice.told_acts[:1])


def _list_codes(notice: Notice) -> Mapping[str, tuple[str, ...]]:
    """List the authority and the registers that it is about."""
    registers = [
        measure.register
        for act in _list_acts(notice)
        for measure in act.measures
        if measure.register
    ]
    if isinstance(notice.body, Edition):
        registers.append(notice.body.register)
    return {
        "authority": (notice.authority,) if notice.authority else (),
        "register": tuple(dict.fromkeys(registers)),
    }


def _describe_others(others: Mapping[str, datetime]) -> str:
    if not others:
        return ""
    count = words.format_count(len(others), "other message")
    return f"{count}, the last on {rows.format_utc(max(others.values()))}"


def _find_readings(notice: Notice) -> str:
    """Find the edited page, if two of its readings can be compared."""
    match notice.body:
        case ToldAct(act=act) if notice.kind is NoticeKind.AMENDED and not notice.problem:
            return act.key
        case PageChange(new=False, url=url):
            return url
    return ""


def _describe_now(desk: ConsoleDesk, notice: Notice) -> Iterator[str]:
    """Describe the status of the message's acts now, acts of one status in one line."""
    days = notice.fact.dates if isinstance(notice.fact, Reminder) else ()
    told = [target.key for day in days for target in day.amends] or [day.act for day in days]
    alike: dict[str, list[str]] = defaultdict(list)
    for key in dict.fromkeys(told or [act.key for act in _list_acts(notice)]):
        states = (describe_state_on(part, desk.now) for part in desk.knowledge.parts_of(key))
        if stands := "; ".join(dict.fromkeys(states)):
            alike[stands].append(key)
    yield from (f"{words.name_acts(keys)} now: {stands}" for stands, keys in alike.items())


def _load_handled(desk: ConsoleDesk, messages: Sequence[Message]) -> Handled | None:
    """Load the triage of an event; None if nobody can take it."""
    event = messages[0].event
    if not event or all(message.kind not in HANDLED for message in messages):
        return None
    return desk.history(handling.load_handled, event) or Handled()


def _list_freshness(desk: ConsoleDesk) -> Iterator[tuple[str, ...]]:
    """Yield each authority with how many of its sources were ever read, and when the last of them
    was.
    """
    health = desk.history(troubles.load_source_healths)
    by_authority: dict[str, list[datetime | None]] = {}
    for source in desk.sources:
        state = health.get(source.id)
        by_authority.setdefault(source.authority or "press", []).append(
            state.last_ok if state else None
        )
    for code, moments in sorted(
        by_authority.items(), key=lambda pair: vocabulary.authority(pair[0])
    ):
        read = [moment for moment in moments if moment]
        last = rows.format_utc(max(read)) if read else "never"
        is_told = read and not desk.freshness.is_over  # a replay's own clock tells no age
        ago = words.format_age(max(read), desk.now) if is_told else ""
        yield (
            vocabulary.authority(code),
            f"{len(read)} of {words.format_count(len(moments), 'source')}",
            last,
            ago,
        )
