"""Read a page of acts in a verb-final language: what announces what, and by whom."""

from collections.abc import Sequence
from functools import partial

from monitor.document import Document
from monitor.extract import account, referee, subject, why
from monitor.extract.verb_final.deeds import Deed
from monitor.extract.verb_final.heads import (
    HEAD,
    TAIL,
    explain_no_act,
    find_issuer,
    find_published,
    find_telling,
    find_title,
)
from monitor.extract.verb_final.lines import LEVEL, Line, split_lines
from monitor.extract.verb_final.measures import find_places, make_measures
from monitor.extract.verb_final.names import take_change_tables
from monitor.extract.verb_final.sentences import find_lists, read_deeds
from monitor.extract.verb_final.stacked import join_stacked
from monitor.extract.verb_final.tables import cut_last_words, split_bars
from monitor.extract.verb_final.terms import close_act, find_terms
from monitor.extract.words import Words
from monitor.model import (
    Announcement,
    Fact,
)


def read_facts(
    document: Document, words: Words, *, url: str = "", authority: str | None = None
) -> list[Fact]:
    """Read what a page announces; nothing if it announces nothing."""
    act = _read_act(document, words, url, authority)
    return referee.judge_facts([act] if act else [], f"{document.title}\n{document.text}")


def may_concern(title: str, words: Words) -> bool:
    """Return whether a page of this title may be on our subjects: it says so, or is
    only a number.
    """
    text = title.translate(LEVEL)
    return not words.no_act.search(text) and bool(
        words.ours.search(text) or words.number.fullmatch(text.strip())
    )


def _read_act(
    document: Document, words: Words, url: str, authority: str | None
) -> Announcement | None:
    lines = cut_last_words(split_bars(split_lines(document), words), words)
    in_tables, lines = take_change_tables(join_stacked(lines, words), words)
    title = find_title(document.title.strip(), lines, words)
    head = [title.translate(LEVEL), *(line.text for line in lines[:HEAD])]
    if reason := explain_no_act(title, lines, words):
        why.explain_page(reason, title)
        return None
    issuer = authority or find_issuer(head, [line.text for line in lines[-TAIL:]], words)
    if not issuer:
        why.explain_page("no issuer of ours heads or signs it", title)
        return None
    published = find_published(lines, words, title) or document.published
    said = [] if issuer in words.as_written["only_told"] else read_deeds(lines, words, title)
    deeds = in_tables + (_drop_other_goods(said, words) if in_tables else said)
    number = next((match[0] for text in head if (match := words.number.search(text))), None)
    if not deeds and not (number or (published and words.kind.search(title.translate(LEVEL)))):
        why.explain_page("it has neither a number of its own nor the name and day of an act", title)
        return None
    measures, unread = _read_measures(deeds, lines, words, title, published)
    return Announcement(
        key=subject.make_key(issuer, published, document.text),
        number=number,
        authority=issuer,
        title=title,
        url=url,
        published=published,
        language=words.as_written["language"],
        measures=tuple(measures),
        terms=() if measures else find_terms(lines, words, title, published),
        understood="none" if not measures else "part" if unread else "full",
        not_read=tuple(unread),
    )


def _drop_other_goods(deeds: Sequence[Deed], words: Words) -> list[Deed]:
    """Drop the deeds of sentences beside a table of changes that are on goods or places, and on no
    list: the act's own list is not theirs, and the account tells that they were not read.
    """
    return [
        deed
        for deed in deeds
        if find_lists(deed.quote, words) or not (deed.items or find_places(deed, "", words))
    ]


def _read_measures(
    deeds: Sequence[Deed], lines: Sequence[Line], words: Words, title: str, published: str | None
) -> account.Closed:
    """Read the measures of an act, and what of it was not understood: without any, all of it."""
    measures, unread = make_measures(deeds, lines, words, title, published)
    measures, unread = account.close_act(
        measures, partial(close_act, lines, words, title, published, unread)
    )
    if not measures:
        unread = [subject.make_unread(find_telling(lines, words, title))]
        why.explain_page(subject.NOT_UNDERSTOOD, unread[0].quote)
    return measures, unread
