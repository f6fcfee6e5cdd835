"""What an office decides by word of mouth: the deeds of a statement, without its questions, threats and recollections."""

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from monitor.extract import deeds as grammar
from monitor.extract.antecedent import meant
from monitor.extract.clauses import Context, Deed
from monitor.extract.names import Piece, listed
from monitor.extract.normal import Line
from monitor.extract.phrases import DOUBT
from monitor.extract.sheet import Sheet

if TYPE_CHECKING:
    from monitor.model import Action

ASKED = re.compile(r"^(?:[^:。]{0,20}记者[^:。]{0,6}|问):")
HEARSAY = re.compile(r"[?？]$|请问|有消息|有传|据传|据报|有媒体|有舆论")
# What stands before the verb: it was done before, is not done, or is what somebody wants done.
OTHERWISE = re.compile(r"(?:已经?|曾经?|不会?|没有|未|是否|会否|要求|呼吁|建议|应该?|可能|此前)(?:依法)?$")
NEAR = 12  # characters: more than any of these words


def decisions(sheet: Sheet, told: Iterable[Line]) -> list[Deed]:
    """The deeds that name somebody; what is said again of the same people is left out."""
    context = Context(authority=sheet.authority, year=sheet.year, published=sheet.published)
    kept: dict[tuple[Action, str | None], set[str]] = {}
    found: list[Deed] = []
    for deed in (deed for line in told if not ASKED.match(line.text) for deed in grammar.deeds(line, context)):
        if not deed.who or not _decided(deed, deed.who):
            continue
        who = meant(deed.who, sheet.body)
        names = {str(entity.names) for entity in listed(who)}
        known = kept.setdefault((deed.action, deed.register), set())
        if names - known:
            found.append(replace(deed, who=who))
        known |= names
    return found


def _decided(deed: Deed, who: Piece) -> bool:
    """Whether a sentence decides rather than asks, warns or recalls; `决定` says so by itself."""
    said = deed.piece.text
    before = who.line.text[max(deed.piece.start, who.start - 1 - NEAR) : who.start - 1]
    return not HEARSAY.search(said) and not OTHERWISE.search(before) and (deed.decided or not DOUBT.search(said))
