"""Word a change of a watched page: each new or removed piece in a line, never a screenful, never as
an act.
"""

from collections import Counter
from collections.abc import Iterator, Sequence

from monitor import vocabulary
from monitor.diff.acts import Contradiction
from monitor.model import Announcement, PageChange, Report, Rewording
from monitor.render import dates, words
from monitor.render.phrases import phrase_names
from monitor.render.text import capitalize_first, cut, join_words
from monitor.render.titles import format_title, translate_title
from monitor.render.wordings import LONGEST, mark_difference
from monitor.render.words import Line

SHOWN = 10  # parts that a message shows


def compose_page_headline(change: PageChange) -> str:
    """Name the page and its first new words."""
    name = change.page.partition(":")[2]
    if change.new:
        return f"{name}: new page: {change.title or change.url}"
    first = next(iter(_sort_wordings(change)), None)
    return f"{name} changed: {_mark_words(first) if first and first.after else count_part_changes(change)}"


def summarize_page_change(change: PageChange) -> str:
    """Say how much of the page changed, and that it is not an act."""
    if change.new:
        return "A page it links to that was not there before; it begins as follows."
    title = f"“{cut(change.title, 80)}”" if change.title else "The page"
    return (
        f"{title}: {count_part_changes(change)}. Only the page changed: open it to see whether it"
        " is an act."
    )


def count_part_changes(change: PageChange) -> str:
    """`2 parts added, 1 part reworded`."""
    numbers = Counter(_word_done(wording) for wording in change.rewordings)
    told = [
        f"{words.format_count(numbers[done], 'part')} {done}"
        for done in ("added", "reworded", "removed")
        if numbers[done]
    ]
    return join_words([*told, *([f"{change.more:,} more"] if change.more else [])])


def _word_done(wording: Rewording) -> str:
    return "added" if not wording.before else "removed" if not wording.after else "reworded"


def list_page_facts(change: PageChange) -> Iterator[Line]:
    """A line for each part: what came first, since it is what people look for, then what reads
    otherwise, then what went.
    """
    wordings = _sort_wordings(change)
    for wording in wordings[:SHOWN]:
        yield _make_line(wording, label="" if change.new else _word_done(wording).capitalize())
    if left_out := len(wordings[SHOWN:]) + change.more:
        yield Line(
            "", f"… and {words.format_count(left_out, 'more part')}; the page as it was is kept"
        )


def _sort_wordings(change: PageChange) -> Sequence[Rewording]:
    order = ("added", "reworded", "removed")
    return sorted(change.rewordings, key=lambda wording: order.index(_word_done(wording)))


def _mark_words(wording: Rewording) -> str:
    if wording.before and wording.after:
        return mark_difference(wording.before, wording.after)
    return cut(wording.after or wording.before, LONGEST)


def _make_line(wording: Rewording, label: str) -> Line:
    name = (
        f"{cut(wording.id, 60)}: "
        if wording.id and wording.id != wording.url and wording.id not in wording.after
        else ""
    )
    return Line(label, name + _mark_words(wording), wording.url)


# Pages that are listed and can't be read: each by its title, since when, and why.

WAY_OUT = "Open it yourself; this message is edited when it is read."
TITLE = 200  # characters of one title of several


def compose_unread_headline(unread: Sequence[Announcement], source: str) -> str:
    """Say who publishes the unreadable pages: one by its title, several by their number."""
    first, *others = unread
    english = translate_title(first.title)
    title = f"{words.name_act(first)}, {english}" if english else first.title or first.url
    what, who = first.not_read[0].what, _name_place(first, source)
    if others:
        return f"{who} publishes {words.spell_number(len(unread))} {what}s that can't be read"
    return f"{who} publishes {'an' if what == 'act' else 'a'} {what} that can't be read: {title}"


def describe_unread_status(unread: Sequence[Announcement], source: str) -> str:
    """Say why pages can't be read, if all have one reason, and by whom."""
    who = vocabulary.authority(unread[0].authority) if unread[0].authority else source
    return f"{capitalize_first(explain_unread(unread) or 'each is named below')} ({who})."


def explain_unread(unread: Sequence[Announcement]) -> str:
    """Say why pages can't be read, if all have one reason; else ""."""
    reasons = {page.not_read[0].why for page in unread}
    return reasons.pop() if len(reasons) == 1 else ""


def list_unread_lines(unread: Sequence[Announcement], url: str, mark: str = "") -> Iterator[Line]:
    """Each of several pages by its title, with its reason or this mark; to `url` the message
    leads as a whole.
    """
    differs = not explain_unread(unread)
    for page in unread:
        why = page.not_read[0].why if differs else mark
        text = f"{cut(format_title(page.title) or page.url, TITLE)}{f' ({why})' if why else ''}"
        yield Line("", text, page.url if page.url != url else "")


def list_unread_facts(page: Announcement, shown: int) -> tuple[Line, ...]:
    """The whole title, where a headline of so many characters does not show it."""
    is_shown = page.title in compose_unread_headline((page,), "")[:shown]
    return () if is_shown else (Line("Title", format_title(page.title)),)


def describe_page_without_act(page: Announcement, source: str) -> str:
    """Say that a page could be read at last and announces no act that was not known."""
    return (
        f"{_name_place(page, source)}: a listed page was read and brings no new act:"
        f" {page.title or page.url}"
    )


def _name_place(page: Announcement, source: str) -> str:
    return words.name_country_of(page.authority) if page.authority else source


def list_contradiction_lines(contradicting: Sequence[Contradiction]) -> tuple[Line, ...]:
    """List what each side says, contradiction by contradiction."""
    return tuple(
        Line(
            of.what,
            f"{dates.format_dates_in(of.known) or 'not stated'}; elsewhere"
            f" {dates.format_dates_in(of.found) or 'not stated'}",
        )
        for of in contradicting
    )


def make_known_address_line(before: Announcement) -> Line:
    """Link the page known before; the message itself links the other one."""
    return Line("Known from", before.title or "its page", before.url)


def list_contradiction_quotes(contradicting: Sequence[Contradiction]) -> tuple[str, ...]:
    """The words of both pages, each once."""
    return tuple(
        dict.fromkeys(
            quote for of in contradicting for quote in (of.known_quote, of.found_quote) if quote
        )
    )


# What the press, or an official who only repeats, says of an act; never told as law.


def compose_report_headline(report: Report) -> str:
    """Name the publisher of a report, and its title."""
    verb = "repeats" if report.kind == "restatement" else "reports"
    return (
        f"{capitalize_first(name_publisher(report))} {verb}:"
        f" {report.title or 'a report without a title'}"
    )


def summarize_report(report: Report) -> str:
    """Say when it was reported, and what it mentions."""
    on = f" on {dates.format_date(report.published)}" if report.published else ""
    verb = "Repeated" if report.kind == "restatement" else "Reported"
    mentioned = report.mentions
    parts = [
        words.name_acts(mentioned.keys),
        join_words([f"the {vocabulary.register(code, own=True)}" for code in mentioned.registers]),
        phrase_names(mentioned.entities) if mentioned.entities else "",
    ]
    about = cut(join_words(list(filter(None, parts))), 300)
    return f"{verb}{on}{f'; it mentions {about}' if about else ''}; it changes no law."


def list_report_facts(report: Report) -> Iterator[Line]:
    """Every name it mentions."""
    if len(report.mentions.entities) > 1:
        yield Line(
            "Mentioned",
            ", ".join(next(iter(who.names.values()), "") for who in report.mentions.entities),
        )


def name_publisher(report: Report) -> str:
    """Name the publisher of a report, as far as known."""
    return report.publisher or ("an official" if report.kind == "restatement" else "the press")


def mark_unconfirmed(report: Report) -> str:
    """`Unconfirmed (NPR)`, before what no authority has said yet."""
    return f"Unconfirmed ({name_publisher(report)})"
