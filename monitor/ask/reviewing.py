"""Parse a person's corrections of an act's reading, and check them against the archived page."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, get_args

import msgspec

from monitor.ask import asking, watchlist
from monitor.config import Config
from monitor.diff.opinions import list_new
from monitor.diff.review import apply_proposals, keep_head, list_unread
from monitor.errors import ConfigError, MonitorError
from monitor.evidence.contents import Words, extract_words
from monitor.evidence.verify import squeeze_space
from monitor.model import (
    DIRECTION,
    Action,
    Announcement,
    End,
    Entity,
    EntityKind,
    Evidence,
    Item,
    Measure,
    Opinion,
    Proposal,
    Start,
    Target,
    Term,
    TermKind,
    Unread,
)
from monitor.render.opinions import (
    describe_head,
    describe_part,
    list_days,
    list_parts,
    word_measure,
)
from monitor.store import History, acts, notices, opinions, watched
from monitor.store.archive import Archive
from monitor.triage.values import Offer, stamp_mark
from monitor.vocabulary.letters import EAST_ASIAN
from monitor.watch.match import screen_fact
from monitor.watch.values import ScreeningResult

WAY = "`monitor review ACT` numbers what was read"
STOPS = "。.;；"  # a reader may quote a sentence without them
OPINION = re.compile(r"s\d+")  # a second reader's finding, by its number
FORMS = (
    "MEASURE.WHAT=VALUE, such as 1.org=NAME, 1.code=1C905 NAME, 1.ends=2026-11-10, new=add REGISTER"
)


def list_facts(act: Announcement) -> Iterator[tuple[str, str]]:
    """List an act's readings, a line each, with the mark to strike it: `1`, `1.ends`, `1.3`,
    `u1`.
    """
    for number, measure in enumerate(act.measures, 1):
        yield str(number), describe_head(measure)
        for name, said in list_days(measure):
            yield f"{number}.{name}", said
        for place, (_, part) in enumerate(list_parts(measure), 1):
            yield f"{number}.{place}", describe_part(part)
    for number, unread in enumerate(list_unread(act), 1):
        yield f"u{number}", f"not read: {unread.what} ({unread.why}) {unread.quote}".strip()


def make_proposal(
    history: History,
    archive: Archive,
    key: str,
    add: Sequence[str],
    strike: Sequence[str],
    quote: str,
    reason: str,
) -> Proposal:
    """Parse what to add and strike, with quotes found on the page.

    Raises:
        ConfigError: no such act, or the words are unclear; with the way out.
        MonitorError: the quote is not on the page, or lacks the added part.
    """
    act = load_act_or_fail(history, key)
    if accepted := _list_accepted(history, act, add):
        quote, reason = quote or accepted[0].quote, reason or "as the second reader says"
    if not (reason.strip() and quote.strip() and (add or strike)):
        raise ConfigError(
            "a review says what to add or strike, why (reason), and by which words of the page (quote)"
        )
    added, struck, settled = _parse_changes(act, add, strike, quote)
    page = _find_page(history, archive, key, quote)
    return Proposal(
        act=key,
        url=page.url,
        sha256=page.sha256,
        quote=quote,
        reason=reason,
        add=(*added, *accepted),
        strike=tuple(struck),
        settled=(*settled, *_list_settled(act, accepted)),
        by=_name_second_reader(history, key) if accepted else "",
    )


def _name_second_reader(history: History, key: str) -> str:
    opinion = _load_opinion(history, key)
    return f"second reader {opinion.model}" if opinion else ""


def load_act_or_fail(history: History, key: str) -> Announcement:
    """The act with this key.

    Raises:
        ConfigError: there is none; with the way out.
    """
    act = history(acts.load_act, key)
    if act is None:
        raise ConfigError(f"{key}: no act has this key; `monitor show WHAT` prints it")
    return act


def _parse_changes(
    act: Announcement, add: Sequence[str], strike: Sequence[str], quote: str
) -> tuple[list[Measure], list[Measure], list[Unread]]:
    """Parse what a person adds, removes and settles."""
    measures, struck, settled = list(act.measures), list[Measure](), list[Unread]()
    for mark in strike:
        _strike(act, mark, struck, settled)
    own = [text for text in add if not OPINION.fullmatch(text)]
    added = [_parse_added(measures, text, quote, act, struck) for text in own]
    return added, struck, settled


def make_offer(history: History, event: str) -> Offer | None:
    """The first act of an event of which a second reader says more than was read, if any."""
    happened = history(acts.load_event, event)
    for act in happened.acts if happened else ():
        if said := word_opinions(history, act):
            return Offer(act.key, said, list(list_facts(act)))
    return None


def read_stamped_marks(history: History, key: str, stamped: Sequence[str]) -> list[str]:
    """The marks that were ticked in a form.

    Raises:
        MonitorError: one of them does not stand for what the form showed any more.
    """
    act = history(acts.load_act, key)
    shown = (*word_opinions(history, act), *list_facts(act)) if act else ()
    marks = {stamp_mark(mark, text): mark for mark, text in shown}
    if any(each not in marks for each in stamped):
        raise MonitorError("the reading has changed since this form was opened: open it again")
    return [marks[each] for each in stamped]


def make_marked_proposal(
    history: History, archive: Archive, key: str, stamped: Sequence[str], reason: str
) -> Proposal:
    """Accept what a second reader said, and strike what was read, as ticked in a form.

    Raises:
        ConfigError: no such act, or nothing is ticked; with the way out.
        MonitorError: the reading has changed since, or the quote is not on the page.
    """
    marks = read_stamped_marks(history, key, stamped)
    add = [mark for mark in marks if OPINION.fullmatch(mark)]
    strike = [mark for mark in marks if mark not in add]
    act = history(acts.load_act, key)
    quote = _quote_marked(act, strike[0]) if act and strike and not add else ""
    return make_proposal(history, archive, key, add, strike, quote, reason)


def _quote_marked(act: Announcement, mark: str) -> str:
    """The words by which something was read, or not read; its name where nothing is quoted."""
    if mark.startswith("u"):
        return list_unread(act)[int(mark[1:]) - 1].quote
    number, _, place = mark.partition(".")
    measure = act.measures[int(number) - 1]
    part = (
        list_parts(measure)[int(place) - 1][1] if place.isdigit() else getattr(measure, place, None)
    )
    names = part.names.values() if isinstance(part, Entity | Item) else ()
    return getattr(part, "quote", "") or measure.quote or next(iter(names), "")


def word_opinions(history: History, act: Announcement) -> list[tuple[str, str]]:
    """Word a second reader's opinions beside the grammar, a line each with the mark to
    accept it.
    """
    return [
        (mark, f"{word_measure(measure)} “{measure.quote}”")
        for mark, measure in list_opinions(history, act)
    ]


def list_opinions(history: History, act: Announcement) -> list[tuple[str, Measure]]:
    """List a second reader's additions to an act, each with the mark to accept it: `s1`."""
    opinion = _load_opinion(history, act.key)
    return [
        (f"s{number}", measure)
        for number, measure in enumerate(list_new(act, opinion) if opinion else (), 1)
    ]


def _load_opinion(history: History, key: str) -> Opinion | None:
    return history(opinions.load_opinions, [key]).get(key)


def _list_accepted(history: History, act: Announcement, add: Sequence[str]) -> list[Measure]:
    said = dict(list_opinions(history, act))
    asked = [text for text in add if OPINION.fullmatch(text)]
    if unknown := [mark for mark in asked if mark not in said]:
        raise ConfigError(f"--add: no second reader says {unknown[0]!r} of this act; {WAY}")
    return [said[mark] for mark in asked]


def _list_settled(act: Announcement, accepted: Sequence[Measure]) -> Iterator[Unread]:
    """List what was not read and stands whole in the quote of something accepted."""
    quotes = [squeeze_space(measure.quote) for measure in accepted]
    for unread in list_unread(act):
        said = squeeze_space(unread.quote).strip(STOPS)
        if said and unread.what != DIRECTION and any(said in quote for quote in quotes):
            yield unread


def screen_proposal(
    config: Config, history: History, proposal: Proposal, now: datetime
) -> ScreeningResult | None:
    """Screen the act as the proposal reads it."""
    act = apply_proposals(history(acts.load_acts, [proposal.act])[proposal.act], [proposal])
    entries = watchlist.add_owners(watchlist.load_entries(config, history), config.watch.ownership)
    known = history(
        acts.load_acts, [target.key for measure in act.measures for target in measure.amends]
    )
    return screen_fact(
        act, watchlist.watch_list(config, entries, history(watched.list_dismissals), now), known
    )


def _strike(act: Announcement, mark: str, struck: list[Measure], settled: list[Unread]) -> None:
    if mark not in dict(list_facts(act)):
        raise ConfigError(f"--strike: nothing is numbered {mark!r}; {WAY}")
    if mark.startswith("u"):
        settled.append(list_unread(act)[int(mark[1:]) - 1])
        return
    number, _, place = mark.partition(".")
    measure = _pick(act.measures, int(number))
    if place.isdigit():
        name, part = list_parts(measure)[int(place) - 1]
        struck.append(keep_head(measure, **{name: (part,)}))
    else:
        struck.append(keep_head(measure, **({place: getattr(measure, place)} if place else {})))


def _pick(measures: Sequence[Measure], number: int) -> Measure:
    measure = measures[number - 1]
    if [keep_head(one) for one in measures].count(keep_head(measure)) > 1:
        raise MonitorError(
            f"measure {number} has the action, register, clauses and quote of another: neither can"
            " be corrected"
        )
    return measure


def _parse_added(
    measures: list[Measure], text: str, quote: str, act: Announcement, struck: list[Measure]
) -> Measure:
    """A measure with what is added to it. Another action or register of a measure is another
    measure in its place.
    """
    place, equals, value = (part.strip() for part in text.partition("="))
    number, _, what = place.partition(".")
    if place == "new" and value:
        action, _, register = value.partition(" ")
        measures.append(
            Measure(
                **_parse_head("action", action), **_parse_head("register", register), quote=quote
            )
        )
        return measures[-1]
    if not (equals and value and number.isdecimal() and 0 < int(number) <= len(measures)):
        raise ConfigError(f"--add: {text!r} is not understood; say it as {FORMS}; {WAY}")
    measure = _pick(measures, int(number))
    if what in ("action", "register"):
        struck.append(keep_head(measure))
        measures[int(number) - 1] = measure.replace(**_parse_head(what, value))
        return measures[int(number) - 1]
    return keep_head(measure, **_parse_part(what, value, quote, act.language))


def _parse_head(what: str, value: str) -> dict[str, Any]:
    if what == "register":
        return {"register": asking.parse_register(value) if value else None}
    if value not in tuple(Action):
        raise ConfigError(f"--add: {value!r} is no action; one of {', '.join(Action)}")
    return {"action": Action(value)}


SUBJECTS = (*get_args(EntityKind), "item", "code", "hs")
BOUNDS: Mapping[str, type[Start | End]] = {"starts": Start, "ends": End}


def _parse_part(what: str, value: str, quote: str, language: str) -> dict[str, Any]:
    """Find a part or day of a measure by its name and content."""
    if what == "destination":
        return {"destinations": (asking.parse_country(value),)}
    if what == "amends":
        return {"amends": (Target(key=value),)}
    if bound := BOUNDS.get(what):
        on = asking.parse_day("--add", value).isoformat()
        return {what: bound(on=on, basis="explicit", quote=quote)}
    if what in get_args(TermKind):
        return {"terms": (msgspec.convert({"kind": what, "text": value, "quote": quote}, Term),)}
    if what in SUBJECTS:
        return _parse_subject(what, value, quote, language)
    known = (*SUBJECTS, "destination", "amends", *BOUNDS, *get_args(TermKind), "action", "register")
    raise ConfigError(f"--add: {what!r} is no part of a measure; one of {', '.join(known)}")


def _parse_subject(what: str, value: str, quote: str, language: str) -> dict[str, Any]:
    """Make an entity or an item of a name or code; the quote contains it.

    Raises:
        MonitorError: it does not.
    """
    code, _, name = value.partition(" ") if what in ("code", "hs") else ("", "", value)
    if absent := [said for said in (code, name) if squeeze_space(said) not in squeeze_space(quote)]:
        raise MonitorError(f"{absent[0]!r} does not stand in the words that are quoted")
    names = (
        {(language if language != "en" else "zh") if EAST_ASIAN.search(name) else "en": name}
        if name
        else {}
    )
    if what in get_args(EntityKind):
        return {
            "entities": (msgspec.convert({"names": names, "kind": what, "quote": quote}, Entity),)
        }
    codes, hs = ((code,) if what == kind else () for kind in ("code", "hs"))
    return {"items": (Item(names=names, codes=codes, hs=hs, quote=quote),)}


def _find_page(history: History, archive: Archive, key: str, quote: str) -> Evidence:
    """Find the page with the words, of the act or of an annex."""
    for page, bodies in history(notices.list_pages_of_act, key):
        if any(Words(extract_words(archive.get(sha256)) or "").place(quote) for sha256 in bodies):
            return page
    raise MonitorError(f"these words stand on no page of {key} as it was read last: {quote!r}")
