"""Turn a notice into an alert: its text in order of need, before any channel gives it a
look. Pure.
"""

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import singledispatch

from monitor import vocabulary
from monitor.alert.event import (
    CALLING,
    Body,
    Day,
    Notice,
    NoticeKind,
    ToldAct,
    ToldReminder,
    Week,
)
from monitor.alert.event import count as rows_count
from monitor.diff.acts import find_lost, list_contradictions
from monitor.model import Announcement, Edition, PageChange, Report, Severity
from monitor.render import (
    acts,
    dates,
    editions,
    frame,
    keepers,
    pages,
    phrases,
    provenance,
    reminders,
    screening,
    words,
)
from monitor.render.frame import sanitize_notice
from monitor.render.lifecycle import describe_act_status, describe_effects
from monitor.render.screening import HEADLINE
from monitor.render.text import capitalize_first, keep_web_url
from monitor.render.titles import format_title
from monitor.render.values import Alert, choose_mark
from monitor.render.words import Line
from monitor.watch.values import ScreeningResult

log = logging.getLogger(__name__)


def compose_alert(notice: Notice) -> Alert:
    """Compose the alert of a notice."""
    if notice.kind in (NoticeKind.STATE, NoticeKind.COMPLETED) and notice.shows:
        return replace(
            compose_alert(replace(notice, kind=notice.shows)), kind=notice.kind, shows=notice.shows
        )
    notice = sanitize_notice(notice)
    alert = _compose_safely(notice)
    mark = choose_mark(notice)
    local_times = keepers.list_local_times(notice)
    return replace(
        alert,
        mark=mark,
        next_step=frame.word_next_step(notice, alert),
        console=frame.link_console(notice),
        headline=frame.finish_headline(notice, alert.headline),
        facts=frame.keep_web_addresses(
            (*alert.facts, *acts.join_pair_lines(notice.opposed), *local_times)
        ),
        acts=frame.keep_web_addresses(alert.acts),
        details=frame.keep_web_addresses(alert.details),
        evidence=(mark.word, *provenance.make_evidence_line(notice)),
        url=keep_web_url(alert.url),
        status=tuple(frame.list_status(notice, alert)),
        touches=tuple(frame.list_touches(notice, alert)),
        mentions=notice.mentions,
        event=notice.event,
        why=notice.why,
        at=dates.format_date(notice.first_seen),
        offers=provenance.has_offer(notice),
    )


def _compose_safely(notice: Notice) -> Alert:
    """The alert; where our own words fail us, at least that there is one, and where to look: a
    mistake must not hold it back.
    """
    try:
        is_call = notice.kind in CALLING
        return _compose_call(notice) if is_call else _compose_body(notice.body, notice)
    except Exception as error:
        log.exception("%s can't be put into words", notice.key)
        name, url = _name_fact(notice)
        summary = (
            f"{name}: this alert could not be put into words ({type(error).__name__}); the source"
            " itself says what it is."
        )
        return replace(_make_base(notice, f"{notice.kind}: {name}", summary), url=url)


def _name_fact(notice: Notice) -> tuple[str, str]:
    """Name what a message is about, with its address."""
    match notice.fact:
        case Announcement(title=name, url=url) | Edition(register=name, url=url):
            return name, url
        case PageChange(url=url):
            return notice.key, url
    return notice.key, ""


@singledispatch
def _compose_body(_: Body, notice: Notice) -> Alert:
    """Compose the words of what a message is about; without it they are mostly for the keepers."""
    if notice.kind is NoticeKind.DIGEST:
        return _compose_digest(notice)
    if notice.kind is NoticeKind.WATCH and notice.touches:
        return _compose_watch(notice, notice.touches)
    return _make_base(notice, *keepers.compose_keeper_message(notice))


def _make_base(notice: Notice, headline: str, summary: str) -> Alert:
    return Alert(notice.key, notice.kind, notice.source, headline, summary)


@_compose_body.register(ToldAct)
def _compose_told_act(told: ToldAct, notice: Notice) -> Alert:
    return _OF_ACTS[notice.kind](told, notice)


def _compose_act(told: ToldAct, notice: Notice) -> Alert:
    if notice.in_thread:
        return replace(_compose_whole(told, notice), thread=_name_thread(notice.acts))
    return _compose_parent(told, notice)  # by now it may be the first of several


def _compose_essentials(told: ToldAct, notice: Notice) -> Alert:
    act = told.act
    return replace(
        _make_base(
            notice,
            phrases.compose_act_headline(act, HEADLINE, told.known),
            acts.summarize_act(act, told.known),
        ),
        status=describe_act_status((act,), told.touched_by, notice.as_of),
        facts=tuple(line for line in acts.list_terms(act) if line.label != acts.TERMS["scope"]),
        not_read=tuple(acts.list_shortfalls(act)),
        tables=acts.make_act_tables(act),
        details=(*acts.list_act_details(act, told.known), *provenance.list_annex_lines(told)),
        quotes=acts.list_act_quotes(act),
        url=act.url,
    )


def _compose_whole(told: ToldAct, notice: Notice) -> Alert:
    lines = tuple(acts.list_act_lines(told.act, told.known))
    return replace(_compose_essentials(told, notice), lines=lines)


def _compose_details(told: ToldAct, notice: Notice) -> Alert:
    """The first reply under an act: its title, its words, its legal basis, what it was read
    from.
    """
    act, whole = told.act, _compose_essentials(told, notice)
    return replace(
        _make_base(notice, f"What {words.name_act(act)} says, in its own words", ""),
        details=whole.details,
        quotes=whole.quotes,
        url=act.url,
        thread=_name_thread((act,)),
    )


def _compose_withdrawn(told: ToldAct, notice: Notice) -> Alert:
    """Compose the alert for an act whose page is gone; its last reading stays on record."""
    act = told.act
    since = dates.format_date(notice.first_seen[:10])
    headline = (
        f"{words.name_country_of(act.authority)} no longer publishes {words.name_act(act)}: its"
        f" page is gone since {since}"
    )
    summary = (
        "Its page was gone at two looks, and its list does not have it. That says nothing of its"
        " force. The bytes are kept."
    )
    return replace(
        _compose_essentials(told, notice),
        headline=headline,
        summary=summary,
        thread=_name_thread(notice.acts),
    )


def _compose_amended(told: ToldAct, notice: Notice) -> Alert:
    if notice.problem:
        return _compose_withdrawn(told, notice)
    act, before = told.act, told.before
    tables = acts.make_edit_tables(before, act) if before else ()
    differing = tuple(acts.list_edit_facts(before, act)) if before else ()
    labels = ", ".join(line.label.lower() for line in differing)
    changed = "; ".join(filter(None, [acts.count_edits(tables), labels and f"{labels} changed"]))
    headline, summary = _word_edit(told, changed or "names, items and dates stay as they were")
    if told.elsewhere and before:
        differing = (*differing, pages.make_known_address_line(before))
    return replace(
        _compose_essentials(told, notice),
        headline=headline,
        summary=summary,
        facts=differing,
        tables=tables,
        details=tuple(
            line
            for line in acts.list_act_details(act, told.known)
            if line.label not in {of.label for of in differing}
        ),
        thread=_name_thread(notice.acts),
    )


def _word_edit(told: ToldAct, changed: str) -> tuple[str, str]:
    """The headline and the summary: a page says more elsewhere, a person reviewed it, or its page
    was edited.
    """
    act, before = told.act, told.before
    who, name = words.name_country_of(act.authority), words.name_act(act)
    if told.elsewhere and before:
        return (
            f"{who} says more of {name} at another address: {changed}",
            "What holds of it, as far as both pages say, is below.",
        )
    if act.reviewed and before and act.reviewed != before.reviewed and not act.reviewed.stale:
        says = f"{capitalize_first(act.reviewed.reason)} (“{act.reviewed.quote}”)"
        return (
            f"{act.reviewed.by} reviewed how {name} was read: {changed}",
            f"{says}. `monitor review {act.key}` has the machine's reading.",
        )
    holds = "what holds now is below."
    if before and find_lost(before, act):
        holds = "an edit is no removal: what the page dropped stays on record."
    return (
        f"{who} edits {name}: {changed}",
        f"Its page was edited after it was published; {holds}",
    )


def _compose_disagreement(told: ToldAct, notice: Notice) -> Alert:
    act, before = told.act, told.before or told.act
    other = told.elsewhere or act
    contradicting = list_contradictions(before, other)
    who, name = words.name_country_of(act.authority), words.name_act(act)
    about = (
        ", ".join(
            dict.fromkeys(capitalize_first(contradiction.what) for contradiction in contradicting)
        )
        or "What it says"
    )
    tables = acts.make_edit_tables(before, act)
    more = acts.count_edits(tables)
    outcome = (
        f"Both are kept on record: {more}."
        if more
        else "What was known stays until the pages agree."
    )
    return replace(
        _compose_essentials(told, notice),
        headline=f"{who} contradicts itself on {name} at two addresses: {about}",
        summary=f"{outcome} Look at both pages.",
        facts=(
            *pages.list_contradiction_lines(contradicting),
            pages.make_known_address_line(before),
        ),
        tables=tables,
        details=tuple(acts.list_act_details(act, told.known)),
        quotes=pages.list_contradiction_quotes(contradicting),
        url=other.url,
        thread=_name_thread(notice.acts),
    )


def _compose_effect(told: ToldAct, notice: Notice) -> Alert:
    later = told.act
    done = tuple(describe_effects(notice.acts, later))
    known = {act.key: act for act in notice.acts} | dict(told.known)
    return replace(
        _make_base(
            notice,
            done[0] if done else phrases.compose_act_headline(later, HEADLINE, told.known),
            acts.summarize_act(later, known),
        ),
        lines=tuple(acts.list_act_lines(later, known)),
        status=done if len(done) > 1 else (),
        not_read=tuple(acts.list_shortfalls(later)),
        details=(Line("Title", format_title(later.title) or words.name_act(later)),),
        quotes=acts.list_act_quotes(later),
        url=later.url,
        thread=_name_thread(notice.acts),
    )


def _compose_unreadable(told: ToldAct, notice: Notice) -> Alert:
    """Compose the alert for unreadable pages of one authority, with acts that were read
    meanwhile.
    """
    if notice.acts and not notice.in_thread:
        return _compose_parent(told, notice)
    if not notice.unread:
        act = told.act
        base = _make_base(notice, pages.describe_page_without_act(act, notice.source), "")
        return replace(base, facts=pages.list_unread_facts(act, HEADLINE), url=act.url)
    first, *others = notice.unread
    base = _make_base(
        notice, pages.compose_unread_headline(notice.unread, notice.source), pages.WAY_OUT
    )
    base = replace(base, status=(pages.describe_unread_status(notice.unread, notice.source),))
    if others:
        return replace(
            base, acts=tuple(pages.list_unread_lines(notice.unread, first.url)), url=first.url
        )
    return replace(base, facts=pages.list_unread_facts(first, HEADLINE), url=first.url)


def _compose_parent(told: ToldAct, notice: Notice) -> Alert:
    if notice.unread and not notice.acts:
        return _compose_unreadable(told, notice)
    first = notice.acts[0] if notice.acts else told.act
    alert = replace(
        _compose_whole(replace(told, act=first), notice),
        status=describe_act_status(notice.acts or (first,), told.touched_by, notice.as_of),
    )
    return (
        _compose_package(told, notice, alert)
        if len(notice.acts) + len(notice.unread) > 1
        else alert
    )


def _compose_package(told: ToldAct, notice: Notice, first: Alert) -> Alert:
    """Several acts as one message: each with its own effect, and nothing said of all that is
    true of some only.
    """
    names = words.name_acts([act.key for act in notice.acts])
    several = len(notice.acts) > 1
    return replace(
        first,
        headline=phrases.compose_package_headline(notice.acts) if several else first.headline,
        summary=f"{vocabulary.authority(notice.acts[0].authority)} published {names}.",
        facts=tuple(_list_terms_of_several(notice.acts)),
        not_read=tuple(_list_unread_of_several(notice)),
        acts=tuple(_list_members(told, notice, first.url)),
    )


def _list_unread_of_several(notice: Notice) -> Iterator[str]:
    for act in notice.acts:
        yield from (f"{words.name_act(act)}: {text}" for text in acts.list_shortfalls(act))
    if reason := pages.explain_unread(notice.unread) if notice.unread else "":
        yield f"{words.format_count(len(notice.unread), 'more act')}: {reason}"


def _list_members(told: ToldAct, notice: Notice, url: str) -> Iterator[Line]:
    """Each act in a line, with its address where that is not `url`; then those that were not read."""
    for act in notice.acts:
        touched = screening.summarize_touched(notice.screened.get(act.key))
        does = f"{_word_member(act, told.known)}{touched}"
        yield Line(words.name_act(act), does, act.url if act.url != url else "")
    yield from pages.list_unread_lines(notice.unread, url, "not read yet")


def _list_terms_of_several(several: Sequence[Announcement]) -> Iterator[Line]:
    """The terms of several acts; what more than one says is one line with their names."""
    of: dict[Line, list[str]] = {}
    for act in several:
        for term in acts.list_terms(act):
            of.setdefault(term, []).append(act.key)
    # the lines of the acts say whose and of what year they are
    named = vocabulary.authority(several[0].authority)
    years = {(act.published or "")[:4] for act in several}
    year = years.pop() if len(years) == 1 else ""
    for term, keys in of.items():
        yield Line(term.label, f"{words.name_acts(keys, named=named, dated=year)}: {term.text}")


def _word_member(act: Announcement, known: Mapping[str, Announcement]) -> str:
    """Word what an act of a package does, and from when."""
    doubt = f"{frame.DOUBTED.lower()}: " if act.doubts else ""
    return f"{doubt}{phrases.phrase_effect(act, known)}{acts.format_since(act)}"


@_compose_body.register(Report)
def _compose_report(report: Report, notice: Notice) -> Alert:
    if notice.kind is NoticeKind.EARLY:
        return _compose_early(report, notice)
    return replace(
        _make_base(notice, pages.compose_report_headline(report), pages.summarize_report(report)),
        facts=tuple(pages.list_report_facts(report)),
        url=report.url,
        thread=_name_thread(notice.acts),
    )


def _compose_early(report: Report, notice: Notice) -> Alert:
    by = dates.format_date(notice.as_of or notice.first_seen)
    return replace(
        _make_base(
            notice,
            f"{pages.mark_unconfirmed(report)}: {report.title or report.url}",
            pages.summarize_report(report),
        ),
        status=(f"No official act was seen by {by}.",),
        facts=tuple(pages.list_report_facts(report)),
        url=report.url,
    )


@_compose_body.register(Edition)
def _compose_edition(edition: Edition, notice: Notice) -> Alert:
    if notice.kind is NoticeKind.ROWS:
        return _compose_rows(edition, notice)
    held = notice.touches
    ours = {match.subject for match in (*held.sure, *held.possible)} if held else set()
    return replace(
        _make_base(
            notice, editions.compose_edition_headline(edition), editions.summarize_edition(edition)
        ),
        facts=tuple(editions.list_edition_facts(edition)),
        tables=editions.make_edition_tables(edition, ours),
        url=edition.url,
        thread=_name_thread(notice.acts),
    )


@_compose_body.register(PageChange)
def _compose_page(change: PageChange, notice: Notice) -> Alert:
    return replace(
        _make_base(
            notice, pages.compose_page_headline(change), pages.summarize_page_change(change)
        ),
        facts=tuple(pages.list_page_facts(change)),
        url=change.url,
    )


def _compose_watch(notice: Notice, touches: ScreeningResult) -> Alert:
    headline = screening.name_first(
        screening.group_by_entry(touches.sure or touches.possible), "on record as listed"
    )
    base = _make_base(notice, headline, screening.summarize_look_back(touches))
    return replace(base, tables=(screening.make_match_table(touches),))


@_compose_body.register(Day)
def _compose_daily(day: Day, notice: Notice) -> Alert:
    base = _make_base(notice, keepers.compose_daily_headline(day), keepers.summarize_daily(day))
    left_out = day.told - len(notice.gathered)
    more = (
        (Line("", f"… and {words.format_count(left_out, 'more change')}"),) if left_out > 0 else ()
    )
    return replace(
        base,
        facts=(*_list_undelivered(day), *keepers.list_daily_facts(day, notice.zone)),
        acts=(*_list_headlines(notice), *more),
    )


def _compose_call(notice: Notice) -> Alert:
    """Compose an escalation under the headline of the alert that nobody has taken."""
    about = (
        compose_alert(notice.gathered[0])
        if notice.gathered
        else _make_base(notice, notice.event, "")
    )
    base = _make_base(
        notice,
        keepers.compose_untaken_headline(notice, about.headline),
        keepers.summarize_untaken(notice),
    )
    return replace(base, facts=about.facts[: frame.SHOWN_FACTS], url=about.url)


@_compose_body.register(Week)
def _compose_weekly(week: Week, notice: Notice) -> Alert:
    zone = notice.zone
    waiting = ((compose_alert(message), handled) for message, handled in week.waiting)
    acts = tuple(
        Line(alert.title, keepers.describe_waiting(handled, zone), alert.url)
        for alert, handled in waiting
    )
    more = (
        (Line("", f"… and {words.format_count(week.open - len(acts), 'more alert')}"),)
        if week.open > len(acts)
        else ()
    )
    base = _make_base(notice, keepers.compose_week_headline(week), keepers.summarize_week(week))
    return replace(base, facts=tuple(keepers.list_muted_lines(week, zone)), acts=(*acts, *more))


def _list_undelivered(day: Day) -> Iterator[Line]:
    """List undelivered messages with the reason and the remedy."""
    for message, answer in day.undelivered:
        yield Line("Has not arrived", f"{compose_alert(message).headline}, {answer}")
    if day.undelivered:
        yield Line("", "`monitor outbox` lists what is owed, and has it tried or dropped.")


def _list_headlines(notice: Notice) -> tuple[Line, ...]:
    """The gathered messages, a line each with its address, what matters most first."""
    gathered = [
        compose_alert(message)
        for message in sorted(notice.gathered, key=lambda message: -message.severity.rank)
    ]
    return tuple(Line("", alert.title, alert.url) for alert in gathered)


def _compose_digest(notice: Notice) -> Alert:
    """Many messages that had to wait: how many, why, and the headline of each; they themselves
    follow in its thread.
    """
    count = words.format_count(len(notice.gathered), "message")
    headlines = _list_headlines(notice)
    first = (
        f"; the first: {headlines[0].text.partition(' ')[2]}"
        if headlines and notice.severity is Severity.CRITICAL
        else ""
    )
    why = f"{keepers.format_cause(notice)}. All follow in this thread."
    return replace(_make_base(notice, f"{count} had to wait{first}", why), acts=headlines)


def _compose_rows(fact: Announcement | Edition, notice: Notice) -> Alert:
    """The full list of what another message shows the beginning of."""
    count = words.format_count(rows_count(fact), "row")
    name = (
        f"the {vocabulary.register(fact.register)}"
        if isinstance(fact, Edition)
        else words.name_act(fact)
    )
    return replace(
        _make_base(
            notice, f"The full list of {name} follows: {count}", "It is the file in this thread."
        ),
        thread=_name_thread(notice.acts),
    )


@_compose_body.register(ToldReminder)
def _compose_reminder(told: ToldReminder, notice: Notice) -> Alert:
    reminder, known = told.reminder, told.known
    act = known.get(reminder.dates[0].act)
    said = (
        reminders.compose_overtaken(reminder, known, told.touched_by, HEADLINE)
        if told.is_overtaken
        else (
            reminders.compose_reminder_headline(reminder, known, HEADLINE),
            reminders.summarize_reminder(reminder, known),
        )
    )
    return replace(
        _make_base(notice, *said),
        facts=reminders.list_press_lines(reminder, told.reports),
        details=reminders.list_reminder_details(reminder, known),
        quotes=reminders.list_reminder_quotes(reminder),
        url=act.url if act else "",
        thread=_name_thread(notice.acts),
    )


def _compose_alternating(told: ToldAct, notice: Notice) -> Alert:
    name = words.name_act(told.act)
    summary = (
        "Each version was reported. The next message comes once it stays the same, or says something"
        " new."
    )
    return replace(
        _make_base(notice, f"{name} changes back and forth on its page", summary),
        url=told.act.url,
        thread=_name_thread(notice.acts),
    )


_OF_ACTS: dict[NoticeKind, Callable[[ToldAct, Notice], Alert]] = {
    NoticeKind.ACT: _compose_act,
    NoticeKind.AMENDED: _compose_amended,
    NoticeKind.DISAGREEMENT: _compose_disagreement,
    NoticeKind.EFFECT: _compose_effect,
    NoticeKind.PARENT: _compose_parent,
    NoticeKind.LISTED: _compose_unreadable,
    NoticeKind.COMPLETED: _compose_unreadable,  # as whatever it shows
    NoticeKind.STATE: _compose_act,  # as whatever it shows, which is never itself
    NoticeKind.ROWS: lambda told, notice: _compose_rows(told.act, notice),
    NoticeKind.DETAILS: _compose_details,
    NoticeKind.ALTERNATES: _compose_alternating,
}


def _name_thread(first: tuple[Announcement, ...]) -> str:
    name = words.name_act(first[0]) if first else ""
    whole = f"{name}, which {phrases.phrase_operations(first[0])}" if first else ""
    return whole if len(whole) <= frame.LONGEST else name
