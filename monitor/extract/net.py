"""The net under the grammar: what has the shape of an act and is on our subjects is told, understood or not.

By structure, not by phrases: an issuer of ours, a number or a signature, a day. A text of a form that nobody knows is thereby
told on its first day as published and not understood.
"""

from dataclasses import dataclass

from monitor.extract.subject import Subject
from monitor.model import Unread

NOT_UNDERSTOOD = "published, not understood: read it"


@dataclass(frozen=True, slots=True)
class Shape:
    """What a page has of an act: who issues it, its own number, the word for its kind, whether it is signed and dated."""

    issuer: str
    numbered: bool
    kind: str
    signed: bool
    dated: bool

    @property
    def missing(self) -> str:
        """What it lacks to be an act; nothing where it is one."""
        if not self.issuer:
            return "no issuer of ours heads or signs it"
        if self.numbered or (self.kind and (self.signed or self.dated)):
            return ""
        return "it has neither a number of its own nor the name, signature and day of an act"


def caught(shape: Shape, subject: Subject) -> str:
    """Why a page from which nothing was understood need not be told; nothing where it must be."""
    if shape.missing:
        return shape.missing
    return "" if subject.ours else f"its subject: {subject.why}" + (f" ({subject.quote})" if subject.quote else "")


def unread(quote: str) -> Unread:
    """What is said of an act that was not understood."""
    return Unread(what="act", why=NOT_UNDERSTOOD, quote=quote)
