"""Read the act that a Chinese page prints: its measures, and what of it was not understood."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial

from monitor.extract import account, subject, terms, why
from monitor.extract.zh import (
    annexes,
    dates,
    forms,
    grammar,
    headings,
    issuers,
    list_changes,
    net,
    periods,
    preamble,
    references,
)
from monitor.extract.zh import lines as markers
from monitor.extract.zh.items import FOLLOWING
from monitor.extract.zh.leftovers import (
    list_bans_left,
    list_bare_entries_left,
    list_days_left,
    list_ends_left,
    list_exceptions_left,
    list_leftovers,
    list_names_left,
    list_numbers_left,
    list_parts_left,
    list_persons_left,
    list_tables_left,
)
from monitor.extract.zh.measures import Reading, make_measures, read_effects
from monitor.extract.zh.net import read_shape
from monitor.extract.zh.operations import Context, Operation, settle_operations, split_sentences
from monitor.extract.zh.sections import Form, Sections
from monitor.extract.zh.words import BLOCKED, CHINESE, IMPOSED, SUBJECTS
from monitor.model import IN_PART, Action, Announcement, Measure, Unread

WORDS = CHINESE.table("pages")
IN_STEP = CHINESE.table("operations").in_step


def read_act(page: Sections, url: str) -> Announcement | None:
    """Read the act that a page prints: what was understood, else that it was published; None if it
    prints none.
    """
    if reason := _explain_no_act(page):
        why.explain_page(reason, page.title.raw)
        return None
    announcement = (
        _understand_act(page, url)
        if page.authority
        and not net.is_of_china_abroad(page)
        and not page.title.text.endswith("的函")  # what it grants, it grants one firm
        and (page.form is Form.ACT or not read_shape(page).missing)
        else None
    )
    known = announcement or net.read_act_by_shape(page, url)
    if known and not known.measures and page.form is Form.ACT:
        return known.replace(terms=terms.find_terms(_list_said(page), CHINESE))
    return known


def _explain_no_act(page: Sections) -> str:
    """Explain why a page with an act's form is none of ours, whatever its sentences say."""
    title = page.title.text
    if WORDS.rules.search(title) and not WORDS.on_law.search(title) and not page.promulgates:
        return "a law's text by itself"
    if net.is_found(page):
        return "what a search found"
    by_title = subject.find_title_subject(title, SUBJECTS)
    always = {*SUBJECTS.as_written["always"], "tariffs"}
    if by_title and not by_title.ours and (by_title.why in always or page.form is not Form.ACT):
        return f"its subject: {by_title.why}" + (
            f" ({by_title.quote})" if by_title.why == "tariffs" else ""
        )
    return ""


def _understand_act(page: Sections, url: str) -> Announcement | None:
    operations = [
        operation
        for operation in _read_operations(page)
        if not issuers.is_of_others(operation.piece.text, page.authority)
    ]
    operations = list_changes.add_listing_act(operations, page)
    if operations := operations or list(list_changes.read_kept_rest(page)):
        operations = _clear_steps(operations)
        reading = make_measures(page, operations, read_effects(page.body, page.published))
        return make_announcement(page, url, reading)
    context = Context(series=page.series, year=page.year, published=page.published)
    in_title = grammar.read_line_operations(page.title, context, only_decided=False)
    from_title = [
        operation
        for operation in settle_operations(_drop_own_act(in_title, page))
        if operation.who or operation.references
    ]
    if not from_title:
        return None
    reading = make_measures(page, from_title, read_effects(page.body, page.published))
    reading.unread.append(Unread("body", "only the title could be understood", page.title.raw))
    return make_announcement(page, url, reading)


def _clear_steps(operations: Sequence[Operation]) -> list[Operation]:
    """The operations; which parts of an earlier act only fall with goods or names that the act
    itself moves is known by these.
    """
    moves = any(each.goods or each.items or each.who or each.entities for each in operations)
    return [
        replace(each, unclear="")
        if moves and each.unclear in IN_PART.values() and IN_STEP.search(each.piece.text)
        else each
        for each in operations
    ]


def _drop_own_act(operations: Iterable[Operation], page: Sections) -> list[Operation]:
    """Remove operations on the act itself, which never repeals itself through its own title.

    Remove also those on an act without a printed year and with a higher number: no act knows of a
    later one.
    """
    own = int(page.key.rpartition("-")[2]) if page.key else 0
    return [
        operation
        for operation in _date_references(operations, page)
        if not any(
            reference.key == page.key
            or (
                not reference.dated
                and reference.year == page.year
                and reference.series == page.series
                and reference.number > own
            )
            for reference in operation.references
        )
    ]


def _date_references(operations: Iterable[Operation], page: Sections) -> Iterator[Operation]:
    """The operations, an earlier act with the year that the text prints with its number."""
    years = references.find_years(page.text, series=page.series)
    for operation in operations:
        dated = (
            replace(each, year=years.get((each.series, each.number), each.year), dated=True)
            if not each.dated and (each.series, each.number) in years
            else each
            for each in operation.references
        )
        yield replace(operation, references=tuple(dated)) if operation.references else operation


def _read_operations(page: Sections) -> list[Operation]:
    context = Context(series=page.series, year=page.year, published=page.published)
    context.counters = page.authority == "cn-mfa"
    context.blocks = any(
        list_changes.ON_THESE.search(line.text) for line in (page.title, *page.body)
    )
    operations = [
        operation
        for line in page.deciding
        for operation in grammar.read_line_operations(line, context)
    ]
    lines = [sentence for line in page.deciding for sentence in split_sentences(line)]
    if by_headings := headings.read_headed_operations(page, context):
        return periods.add_periods(by_headings, lines, context)
    operations += list_changes.read_listed_act_changes(page, context)
    operations = settle_operations(_drop_own_act(operations, page))
    on_entities = [operation for operation in operations if operation.who]
    goods = [operation for operation in operations if operation.goods]
    others = [operation for operation in operations if not operation.who and not operation.goods]
    if on_entities:
        on_entities += forms.read_listings_beside(page, context, on_entities)
        return join_partial_changes(others, on_entities)
    known = _join_goods_and_others(_keep_one_control(goods, page), others)
    if any(
        operation.goods or operation.register == BLOCKED or operation.action is Action.REPLACE
        for operation in known
    ):
        return _complete_operations(known, page, context)
    return join_partial_changes(
        known, _drop_own_act(forms.read_form_operations(page, context, known), page)
    )


def join_partial_changes(known: list[Operation], others: list[Operation]) -> list[Operation]:
    """All operations; what is done to an earlier act for some of those it lists is not done to the
    whole act.
    """
    eases = (Action.SUSPEND, Action.REMOVE)
    for stay in [each for each in known if each.action in eases or _is_partial(each)]:
        acts = {each.key for each in stay.references}
        for place, other in enumerate(others):
            if (
                ((_is_partial(stay) and other.action in eases) or other.action is stay.action)
                and (other.entities or other.who)
                and stay.piece.line == other.piece.line
                and {each.key for each in other.references} <= acts
            ):
                others[place] = _narrow_to_clauses(replace(other, references=stay.references))
                known = [each for each in known if each is not stay]
    return [*known, *others]


def _narrow_to_clauses(operation: Operation) -> Operation:
    """The operation; if it ends a part of an act for somebody, and names no list, they stay on it."""
    clauses = any(each.clauses for each in operation.references)
    off_list = list_changes.names_list(operation.piece.text)
    if operation.action is not Action.REMOVE or not clauses or off_list:
        return operation
    return replace(
        operation, action=Action.AMEND, unclear="which of their measures change is only quoted"
    )


def _is_partial(operation: Operation) -> bool:
    return operation.unclear in IN_PART.values()


def _complete_operations(
    known: list[Operation], page: Sections, context: Context
) -> list[Operation]:
    """Complete a blocking order with those whom it protects."""
    if any(operation.register == BLOCKED for operation in known):
        all_sentences = [sentence for line in page.deciding for sentence in split_sentences(line)]
        return periods.add_periods(list_changes.add_protected(known, page), all_sentences, context)
    return known


def _join_goods_and_others(goods: list[Operation], others: list[Operation]) -> list[Operation]:
    """Give a control the acts that it amends; a replaced list is not also amended."""
    if not goods or goods[0].action is not Action.AMEND:
        return [*goods, *others]
    if any(operation.action is Action.REPLACE for operation in others):
        return others
    changed = tuple(
        reference
        for operation in others
        if operation.action is Action.AMEND
        for reference in operation.references
    )
    return [
        replace(goods[0], action=Action.AMEND, references=changed),
        *goods[1:],
        *(operation for operation in others if operation.action is not Action.AMEND),
    ]


def _keep_one_control(goods: list[Operation], page: Sections) -> list[Operation]:
    """Keep one control of the act's goods.

    The deciding sentence speaks for those that explain it, but not for one with its own list.
    """
    decided = next((operation for operation in goods if operation.decided), None)
    if decided:
        others = (operation for operation in goods if operation.action is not decided.action)
        return [
            decided,
            *(operation for operation in others if FOLLOWING.search(operation.piece.text)),
        ]
    return goods[:1] if "出口管制" in page.title.text else []


def make_announcement(page: Sections, url: str, reading: Reading) -> Announcement:
    """Make the act of what was read of a page, with what was not understood."""
    measures, unread = account.close_act(
        reading.measures, partial(_close_act, page, reading.unread)
    )
    if page.cut:
        unread.append(Unread("text", "the page was cut before its end"))
    if not page.published:
        unread.append(Unread("day", "the day of the act was not understood"))
    return Announcement(
        key=page.known_as(),
        number=page.number,
        authority=page.authority,
        title=page.title.raw.strip(),
        url=url,
        published=page.published,
        language="zh",
        measures=tuple(measures),
        legal_basis=_list_laws(page),
        attachments=page.attachments,
        understood="part" if unread else "full",
        not_read=tuple(unread),
    )


def _close_act(
    page: Sections, unread: Sequence[Unread], measures: Sequence[Measure]
) -> account.Closed:
    of_before = preamble.find_history(page, measures)
    said = [each for each in _list_said(page) if each.quote not in of_before]
    measures = terms.give_terms(measures, terms.read_terms(said, CHINESE))
    left = [*unread, *_list_unread_files(page, measures)]
    # who speaks says it twice
    if page.form is Form.ACT or (page.form is Form.OTHER and page.authority not in IMPOSED):
        left = _list_act_leftovers(page, said, measures, left)
        left = [each for each in left if not (each.what == "sentence" and each.quote in of_before)]
    left += list_persons_left(measures, unread=left)
    return measures, left


def _list_act_leftovers(
    page: Sections, said: Sequence[account.Said], measures: Sequence[Measure], unread: list[Unread]
) -> list[Unread]:
    """List what of an act is in no measure, behind what is already `unread`."""
    unread = [
        *unread,
        *list_leftovers(page.deciding, measures, key=page.key, published=page.published),
    ]
    unread += list_parts_left(page.deciding, measures, unread=unread)
    unread += list_names_left(page.body, measures, unread=unread)
    unread += list_tables_left(page.body, measures, unread=unread)
    unread += list_bare_entries_left(page.body, measures, unread=unread)
    unread += list_exceptions_left(measures, unread=unread)
    unread += list_numbers_left(page.body, measures, unread=unread)
    unread += list_bans_left(page.body, measures, unread=unread)
    unread += list_ends_left(measures, unread=unread)
    unread += list_days_left(page.body, measures, page.published)
    unread += account.list_unaccounted(
        list_changes.drop_taken(said, measures),
        measures,
        CHINESE.table("account"),
        published=page.published,
        unread=unread,
    )
    return unread


def _list_said(page: Sections) -> Iterator[account.Said]:
    """The sentences of an act for its account, with the clause that each belongs to."""
    top = clause = ""
    for line in (each for each in page.deciding if not annexes.is_country_heading(each)):
        for sentence in split_sentences(line):
            if dates.is_before(sentence.text, page.published):
                continue
            mark = markers.MARK.match(sentence.text)
            if mark and (mark["top"] or mark["sub"]):
                top = mark["top"] or top
                clause = top if mark["top"] else f"{top}({mark['sub']})"
            words = sentence.text[mark.end() if mark else 0 :].strip()
            days = {
                dates.day(day)
                for day in dates.FULL_DAY.finditer(sentence.text)
                if not WORDS.of_before.match(sentence.text, day.end())
            }
            quote = sentence.quote
            is_entry = mark is not None and not mark["top"]
            yield account.Said(
                words,
                quote,
                frozenset(on[:10] for on in days if on),
                is_entry=is_entry,
                clause=clause,
            )


def _list_unread_files(page: Sections, measures: Sequence[Measure]) -> Iterable[Unread]:
    """Report attachments without their words on the page."""
    if page.annexes or any(measure.entities or measure.items for measure in measures):
        return
    for attachment in page.attachments:
        if "指南" not in attachment.title and "指引" not in attachment.title:
            yield Unread("attachment", "it is a file of its own", attachment.title)


def _list_laws(page: Sections) -> tuple[str, ...]:
    return tuple(
        dict.fromkeys(
            name
            for line in page.body
            if re.search("根据|依据|依照", line.text)
            for name in WORDS.law.findall(line.text)
        )
    )
