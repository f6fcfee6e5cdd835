"""Decide whether a title or a text is on our subjects: trade control, sanctions, countermeasures.
One rule, a table a language.

The subject of a title decides; a title that is only a number leaves it to the text. Some subjects
share our words but are not ours: trade defence, tariffs, quarantine, staffing, training. A title on
one of those is out, whatever else it says. In the tables, `out` names each foreign subject;
`text_out` those that a text can show too. `weak` subjects are out unless the title also has words
of ours. A title with `operative` words of ours is out only on a subject that is out `always`. A
title on a subject that is not `followed` is not even read. `number` and `idle` words in a title
name no subject; a `binding` sentence obliges somebody. `grounds` say why an act decides: they show
no foreign subject. `near` words suffice for an issuer with mostly acts of ours.
"""

import hashlib
import re
from collections.abc import Iterable
from itertools import islice

from monitor import vocabulary
from monitor.extract.words import Words
from monitor.model import Unread, frozen


@frozen
class Subject:
    """The subject of a page: whether it is `ours`, and by which words."""

    ours: bool
    why: str
    quote: str = ""


SEPARATOR = re.compile(r"[\s,、:;()（）]+")
SENTENCES = 200  # of a text that are looked at
FIRST = 12  # sentences in which an act says what it is on


def strip_number(title: str, words: Words) -> str:
    """The title without issuer and number: what it says of its subject."""
    return words.number.sub("", title).strip(" \t,.:;、。，：；()（）《》\"'“”-—")


def drop_number(title: str, words: Words) -> str:
    """The title behind the issuer and number that it opens with; a number further on is another
    act's.
    """
    here = 0
    while (match := words.number.match(title, here) or SEPARATOR.match(title, here)) and match[0]:
        here = match.end()
    return title[here:]


def find_title_subject(title: str, words: Words) -> Subject | None:
    """Find the subject of a title; None if it is only a number or names neither."""
    rest = drop_number(title, words)
    operative = words.operative.search(rest)
    for name, pattern in words.table_of("out").items():
        if (name in words.as_written["always"] or not operative) and (
            match := pattern.search(rest)
        ):
            return Subject(ours=False, why=name, quote=match[0])
    if match := words.ours.search(rest):
        return Subject(ours=True, why="title", quote=match[0])
    for name, pattern in words.table_of("weak").items():
        if match := pattern.search(rest):
            return Subject(ours=False, why=name, quote=match[0])
    return None


def find_act_subject(
    title: str, sentences: Iterable[str], words: Words, *, near: bool = False
) -> Subject:
    """Find the subject of an act by its title, else by its sentences.

    Under a title that names something, only a sentence that binds somebody counts. `near`: its
    issuer's acts are mostly on our subjects, so an act without any subject counts as ours.
    """
    if by_title := find_title_subject(title, words):
        return by_title
    if near and (match := words.near.search(drop_number(title, words))):
        return Subject(ours=True, why="title", quote=match[0])
    first_sentences = list(islice(sentences, SENTENCES))
    return find_foreign_subject(first_sentences[:FIRST], words) or _find_text_subject(
        first_sentences, words, near=near, bears_title=has_telling_title(title, words)
    )


def find_foreign_subject(sentences: Iterable[str], words: Words) -> Subject | None:
    """Find a foreign subject in sentences, whatever the title says; None without one."""
    for sentence in sentences:
        decided = words.grounds.sub("", sentence)
        for name, pattern in words.table_of("text_out").items():
            if match := pattern.search(decided):
                return Subject(ours=False, why=name, quote=match[0])
    return None


def _find_text_subject(
    sentences: Iterable[str], words: Words, *, near: bool, bears_title: bool
) -> Subject:
    for sentence in sentences:
        if (match := words.ours.search(sentence)) and (
            not bears_title or words.binding.search(sentence)
        ):
            return Subject(ours=True, why="text", quote=match[0])
        if near and (match := words.near.search(sentence)):
            return Subject(ours=True, why="text", quote=match[0])
    if near and not bears_title:
        return Subject(ours=True, why="neither title nor text names another")
    return Subject(ours=False, why="another subject")


def has_telling_title(title: str, words: Words) -> bool:
    """Return whether a title says more than its issuer, number and kind of act."""
    return any(letter.isalnum() for letter in words.idle.sub("", strip_number(title, words)))


def may_concern(title: str, words: Words, *, near: bool = False) -> bool:
    """Return whether a page of this title must be read: it has words of ours, or names no subject.

    This is more generous than `find_act_subject`: a page that is read in vain costs nothing. `near` as there.
    """
    if not has_telling_title(title, words):
        return True
    rest = drop_number(title, words)
    if not words.ours.search(rest) and not (near and words.near.search(rest)):
        return False
    by_title = find_title_subject(title, words)
    return (
        by_title is None
        or by_title.ours
        or by_title.why not in {*words.table_of("out")} - {*words.as_written["followed"]}
    )


# The net under the grammar: what has the shape of an act and is on our subjects is told, understood
# or not.
#
# By structure, not by phrases: an issuer of ours, a number or a signature, a day. A text of a form
# that nobody knows is thereby told on its first day as published and not understood.

NOT_UNDERSTOOD = "published, not understood: read it"


@frozen
class Shape:
    """The form of a page as an act: its issuer, number, kind, signature and date."""

    issuer: str
    numbered: bool
    kind: str
    signed: bool
    dated: bool

    @property
    def missing(self) -> str:
        """The parts that it lacks to be an act; "" if it is one."""
        if not self.issuer:
            return "no issuer of ours heads or signs it"
        if self.numbered or (self.kind and (self.signed or self.dated)):
            return ""
        return "it has neither a number of its own nor the name, signature and day of an act"


def explain_caught(shape: Shape, subject: Subject) -> str:
    """Explain why a page that was not understood need not be reported; "" if it must be."""
    if shape.missing:
        return shape.missing
    return (
        ""
        if subject.ours
        else f"its subject: {subject.why}" + (f" ({subject.quote})" if subject.quote else "")
    )


def is_near(authority: str) -> bool:
    """Return whether an authority mostly controls foreign trade or answers foreign measures."""
    known = vocabulary.current().authorities.get(authority)
    return known is not None and known.near


def make_key(issuer: str, published: str | None, text: str) -> str:
    """The key of an act without a number of its own: who, when, and what it says."""
    return f"{issuer}-{published or 'undated'}-{hashlib.sha256(text.encode()).hexdigest()[:8]}"


def make_unread(quote: str) -> Unread:
    """Report an act that was not understood."""
    return Unread("act", NOT_UNDERSTOOD, quote)
