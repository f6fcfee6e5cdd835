"""A notice as an alert: what a person is told, in order of need, before any channel gives it a look. Pure."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace

from monitor import vocabulary
from monitor.alert.event import NoticeKind
from monitor.alert.notice import Notice
from monitor.alert.notice import count as rows_count
from monitor.diff.mirrors import contradictions
from monitor.errors import ErrorKind
from monitor.model import Announcement, Edition, Evidence, HandedIn, Report, Severity
from monitor.render import acts, daily, dates, editions, edits, mirrors, phrases, reminders, reports, screening, words
from monitor.render.parts import Line, Table
from monitor.render.sanitize import washed
from monitor.render.standing import effects, standing
from monitor.render.text import capital, cut, web_address

log = logging.getLogger(__name__)

HEADLINE = 120
ANNEXES = 5  # whose bytes are named
REPEAT = " (possible repeat)"


@dataclass(frozen=True, slots=True)
class Alert:
    """What one message says; all of it facts, none of it markup.

    `mentions` are Slack ids (or `here`) of those who are called; they come from config.toml, never from a page.
    `summary` alone must do for a screen reader; `status` is how the act stands now; `acts` are those of a package; `thread`
    names the first message that this one answers, for channels that have no threads.
    """

    key: str
    kind: NoticeKind
    source: str
    headline: str
    summary: str
    status: tuple[str, ...] = ()
    facts: tuple[Line, ...] = ()
    acts: tuple[Line, ...] = ()
    not_read: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()
    quotes: tuple[str, ...] = ()
    evidence: tuple[Line, ...] = ()
    url: str = ""
    thread: str = ""
    repeated: bool = False
    touches: tuple[Line, ...] = ()
    mentions: tuple[str, ...] = ()
    severity: Severity = Severity.NORMAL
    event: str = ""


def compose(notice: Notice) -> Alert:
    """What the notice says."""
    notice = washed(notice)
    alert = _composed(notice)
    tail = REPEAT if notice.repeated else ""
    return replace(
        alert,
        headline=cut(_first(screening.headline(notice.touches), alert.headline, " · "), HEADLINE - len(tail)) + tail,
        summary=_first(screening.summary(notice.touches), alert.summary, " ") + tail,
        facts=tuple(replace(line, url=web_address(line.url)) for line in alert.facts),
        acts=tuple(replace(line, url=web_address(line.url)) for line in alert.acts),
        evidence=_evidence(notice),
        url=web_address(alert.url),
        repeated=notice.repeated,
        status=(*_meant_for(notice), *alert.status),
        touches=tuple(screening.lines(notice.touches)),
        mentions=notice.mentions,
        severity=notice.severity,
        event=notice.event,
    )


def _composed(notice: Notice) -> Alert:
    """The alert; where our own words fail us, at least that there is one, and where to look: a mistake must not hold it back."""
    try:
        return _COMPOSED[notice.kind](notice)
    except Exception as error:
        log.exception("%s can't be put into words", notice.key)
        subject = notice.act or notice.edition
        what = notice.act.title if notice.act else notice.edition.register if notice.edition else notice.key
        said = f"{what}: this alert could not be put into words ({type(error).__name__}); the source itself says what it is."
        return replace(_base(notice, f"{notice.kind}: {what}", said), url=subject.url if subject else "")


def _first(what: str, rest: str, between: str) -> str:
    """What touches the reader stands before all else."""
    return f"{what}{between}{rest}" if what else rest


def _meant_for(notice: Notice) -> tuple[str, ...]:
    return (f"This was meant for {notice.meant_for}, which can't be reached.",) if notice.meant_for else ()


def _base(notice: Notice, headline: str, summary: str) -> Alert:
    return Alert(notice.key, notice.kind, notice.source, headline, summary)


def _act(notice: Notice) -> Alert:
    act = _the(notice.act)
    later = notice.acts[:1] if notice.acts and notice.acts[0].key != act.key else ()
    return replace(_essentials(notice, act), thread=_thread(later))


def _essentials(notice: Notice, act: Announcement) -> Alert:
    return replace(
        _base(notice, phrases.headline(act, HEADLINE), acts.summary(act)),
        status=standing((act,), notice.touched_by),
        facts=tuple(acts.facts(act, notice.known)),
        not_read=tuple(acts.shortfalls(act)),
        tables=acts.tables(act),
        quotes=acts.quotes(act),
        url=act.url,
    )


def _amended(notice: Notice) -> Alert:
    act, before = _the(notice.act), notice.before
    tables = edits.edits(before, act) if before else ()
    differing = tuple(edits.facts(before, act)) if before else ()
    who, name = vocabulary.authority(act.authority), words.act(act)
    labels = ", ".join(line.label.lower() for line in differing)
    said = "; ".join(filter(None, [edits.counted(tables), labels and f"{labels} changed"]))
    said = said or "names, items and dates stay as they were"
    headline, summary = f"{name} was edited: {said}", f"{who} edited the page of {name} after publishing it: {said}."
    if notice.elsewhere and before:
        headline = f"{name}, at another address: {said}"
        summary = f"{who} says more of {name} at another address than where it was read before: {said}."
        differing = (*differing, *mirrors.addresses(before, notice.elsewhere))
    return replace(
        _base(notice, headline, summary),
        status=standing((act,), notice.touched_by),
        facts=(*differing, *acts.identity(act)),
        not_read=tuple(acts.shortfalls(act)),
        tables=tables,
        quotes=acts.quotes(act),
        url=act.url,
        thread=_thread(notice.acts),
    )


def _disagreement(notice: Notice) -> Alert:
    act, before = _the(notice.act), notice.before or _the(notice.act)
    other = notice.elsewhere or act
    found = contradictions(before, other)
    who, name = vocabulary.authority(act.authority), words.act(act)
    about = ", ".join(dict.fromkeys(capital(each.what) for each in found)) or "What it says"
    tables = edits.edits(before, act)
    more = edits.counted(tables)
    told = f"Both stand in what is known of it: {more}." if more else "What was known stays until the pages agree."
    return replace(
        _base(
            notice,
            f"Two addresses disagree on {name}: {about}",
            f"Two addresses of {who} say different things of {name}. {told} Look at both pages.",
        ),
        status=standing((act,), notice.touched_by),
        facts=(*mirrors.lines(found), *mirrors.addresses(before, other), *acts.identity(act)),
        not_read=tuple(acts.shortfalls(act)),
        tables=tables,
        quotes=mirrors.quotes(found),
        url=other.url,
        thread=_thread(notice.acts),
    )


def _effect(notice: Notice) -> Alert:
    later = _the(notice.act)
    done = tuple(effects(notice.acts, later))
    published = f", published {dates.day(later.published)}," if later.published else ""
    return replace(
        _base(
            notice,
            done[0] if done else f"Official act: {phrases.headline(later, HEADLINE)}",
            f"{words.act(later)}{published} {phrases.does(later)}{acts.in_force(later)}.",
        ),
        status=done if len(done) > 1 else (),
        facts=(Line("Act", later.title or words.act(later), later.url),),
        not_read=tuple(acts.shortfalls(later)),
        quotes=acts.quotes(later),
        url=later.url,
        thread=_thread(notice.acts),
    )


def _parent(notice: Notice) -> Alert:
    first = notice.acts[0] if notice.acts else _the(notice.act)
    alert = replace(_essentials(notice, first), status=standing(notice.acts or (first,), notice.touched_by))
    if len(notice.acts) < 2:
        return alert
    who, names = vocabulary.authority(first.authority), words.act_names([act.key for act in notice.acts])
    return replace(
        alert,
        headline=phrases.package(notice.acts),
        summary=f"{who} published {len(notice.acts)} acts ({names}). The first: {alert.summary}",
        acts=tuple(Line(words.act(act), phrases.does(act), act.url) for act in notice.acts),
    )


def _press(notice: Notice) -> Alert:
    report = _report(notice)
    return replace(
        _base(notice, reports.headline(report), reports.summary(report)),
        facts=tuple(reports.facts(report)),
        url=report.url,
        thread=_thread(notice.acts),
    )


def _early(notice: Notice) -> Alert:
    report = _report(notice)
    return replace(
        _base(notice, f"Unconfirmed: {reports.headline(report)}", reports.summary(report)),
        status=("Unconfirmed: a press report; no official act has been seen yet",),
        facts=tuple(reports.facts(report)),
        url=report.url,
    )


def _edition(notice: Notice) -> Alert:
    edition = notice.edition
    assert edition is not None, "a notice of this kind carries an edition"
    return replace(
        _base(notice, editions.headline(edition), editions.summary(edition)),
        facts=tuple(editions.facts(edition)),
        tables=editions.tables(edition),
        url=edition.url,
        thread=_thread(notice.acts),
    )


def _watch(notice: Notice) -> Alert:
    assert notice.touches is not None, "a notice of this kind carries matches"
    base = _base(notice, "listed before", screening.looked_back(notice.touches))
    return replace(base, tables=(screening.table(notice.touches),))


def _daily(notice: Notice) -> Alert:
    base = _base(notice, daily.headline(notice), daily.summary(notice))
    return replace(base, facts=daily.facts(notice), tables=daily.tables(notice))


def _digest(notice: Notice) -> Alert:
    """Many messages that had to wait: how many, why, and the headline of each; they themselves follow in its thread."""
    count = words.things(len(notice.gathered), "message")
    return replace(
        _base(notice, f"{count} that had to wait", f"{count} follow in this thread. {_said(notice)}"),
        facts=tuple(Line(dates.day(each.first_seen), compose(each).headline) for each in notice.gathered),
    )


def _rows(notice: Notice) -> Alert:
    """The full list of what another message shows the beginning of."""
    fact = notice.edition or _the(notice.act)
    count = words.things(rows_count(fact), "row")
    what = vocabulary.register(fact.register) if isinstance(fact, Edition) else words.act(fact)
    return replace(
        _base(notice, f"The full list: {count}", f"The full list of {what}: {count}, as a file."), thread=_thread(notice.acts)
    )


def _reminder(notice: Notice) -> Alert:
    reminder, known = notice.reminder, notice.known
    assert reminder is not None, "a notice of this kind carries a reminder"
    act = known.get(reminder.dates[0].act)
    return replace(
        _base(notice, capital(reminders.headline(reminder, known)), capital(reminders.summary(reminder, known))),
        facts=reminders.facts(reminder, known)[: 1 if notice.acts else None],  # in the thread the acts are known
        quotes=() if notice.acts else reminders.quotes(reminder),
        url=act.url if act else "",
        thread=_thread(notice.acts),
    )


def _held(notice: Notice) -> Alert:
    return _base(notice, f"{notice.source}: removals held back", f"{notice.source}: {_said(notice)}.")


def _alternates(notice: Notice) -> Alert:
    if notice.act is None:
        return _base(notice, f"{notice.source}: it comes and goes", f"{notice.source}: {_said(notice)}.")
    name = words.act(notice.act)
    said = (
        f"The page of {name} alternates between versions that were told: not told again before it stays as it is, or says more."
    )
    facts = (Line("Page", notice.act.url, notice.act.url),) if notice.act.url else ()
    return replace(_base(notice, f"{name}: its page comes and goes", said), facts=facts, thread=_thread(notice.acts))


def _foreign(notice: Notice) -> Alert:
    return _base(notice, f"{notice.source}: an act on a foreign host", f"{notice.source}: {_said(notice)}.")


def _layout(notice: Notice) -> Alert:
    said = _said(notice)
    return _base(
        notice, f"{notice.source}: its layout has grown", f"{notice.source}: {said}. Nothing of it is taken for a change."
    )


def _remark(notice: Notice) -> Alert:
    kind = notice.problem.kind if notice.problem else "a remark"
    return _base(notice, f"{notice.source}: {kind}", f"{notice.source}: {_said(notice)}.")


def _said(notice: Notice) -> str:
    return notice.problem.text if notice.problem else "no cause was recorded"


def _problem(notice: Notice) -> Alert:
    found = notice.problem
    kind, text = (found.kind, found.text) if found else ("unknown", "no cause was recorded")
    if kind == ErrorKind.WATCH_LIST:
        return _base(notice, "your watch list can't be read whole", f"Your watch list can't be read whole: {text}")
    return _base(notice, f"{notice.source} gives nothing: {kind}", f"{notice.source} gives nothing ({kind}): {text}")


def _recovered(notice: Notice) -> Alert:
    if notice.problem and notice.problem.kind is ErrorKind.DISK_FULL:
        return _base(notice, "There is room on the disk again", notice.problem.text)
    return _base(notice, f"{notice.source} gives facts again", f"{notice.source} gives facts again.")


_COMPOSED: dict[NoticeKind, Callable[[Notice], Alert]] = {
    NoticeKind.ACT: _act,
    NoticeKind.AMENDED: _amended,
    NoticeKind.DISAGREEMENT: _disagreement,
    NoticeKind.EFFECT: _effect,
    NoticeKind.PRESS: _press,
    NoticeKind.EARLY: _early,
    NoticeKind.PARENT: _parent,
    NoticeKind.EDITION: _edition,
    NoticeKind.DAILY: _daily,
    NoticeKind.WATCH: _watch,
    NoticeKind.DIGEST: _digest,
    NoticeKind.ROWS: _rows,
    NoticeKind.REMINDER: _reminder,
    NoticeKind.ALTERNATES: _alternates,
    NoticeKind.HELD: _held,
    NoticeKind.FOREIGN: _foreign,
    NoticeKind.LAYOUT: _layout,
    NoticeKind.REMARK: _remark,
    NoticeKind.PROBLEM: _problem,
    NoticeKind.RECOVERED: _recovered,
}


def _the(act: Announcement | None) -> Announcement:
    assert act is not None, "a notice of this kind carries an act"
    return act


def _report(notice: Notice) -> Report:
    assert notice.report is not None, "a notice of this kind carries a report"
    return notice.report


def _thread(first: tuple[Announcement, ...]) -> str:
    return cut(f"{words.act(first[0])}, which {phrases.does(first[0])}", HEADLINE) if first else ""


def _annex(title: str, evidence: Evidence) -> Line:
    said = f"{cut(title or 'annex', 60)}, SHA-256 {evidence.sha256}"
    return Line("Annex read", said, web_address(evidence.url))


def _handed(evidence: Evidence, handed: HandedIn) -> Line:
    """That we did not fetch the page ourselves: who gave it, and when they had saved it."""
    note = f": {cut(handed.note, 100)}" if handed.note else ""
    return Line("Handed in", f"by {cut(handed.by, 60)}, saved {dates.day(evidence.fetched_at)}, not fetched by the monitor{note}")


def _evidence(notice: Notice) -> tuple[Line, ...]:
    """When we saw it, where, and the bytes that say so. An edited first message is dated by its edit."""
    edited = notice.kind is NoticeKind.PARENT
    when = {NoticeKind.PARENT: "Edited", NoticeKind.REMINDER: "Reminded"}.get(notice.kind, "First seen")
    lines = [Line(when, dates.day(notice.first_seen)), Line("Source", notice.source)]
    if notice.evidence:
        lines += [_handed(notice.evidence, notice.evidence.handed)] if notice.evidence.handed else []
        sha256 = notice.evidence.sha256
        lines.append(
            Line("Last change read from" if edited else "Read from", notice.evidence.url, web_address(notice.evidence.url))
        )
        lines.append(Line("SHA-256", f"{sha256[:12]} ({sha256})" if sha256 else ""))
        lines += [_annex(title, evidence) for title, evidence in notice.annexes[:ANNEXES]]
    return tuple(replace(line, label=capital(line.label)) for line in lines if line.text)
