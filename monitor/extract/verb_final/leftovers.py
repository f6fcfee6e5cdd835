"""What an act in a verb-final language says that its measures do not: countries, entries, days and
names that were not read.
"""

import re
from collections.abc import Iterator, Sequence

from monitor.extract.account import DIRECTIONS
from monitor.extract.verb_final.dates import list_starts, opens_exception
from monitor.extract.verb_final.deeds import Deed
from monitor.extract.verb_final.items import GOODS_COUNTED, PLACES_COUNTED
from monitor.extract.verb_final.lines import LEVEL, Line, count_on
from monitor.extract.verb_final.names import ARROW
from monitor.extract.words import Words
from monitor.model import Action, Entity, Measure, Unread

NOBODY = "whom it lists was not read"


def list_unplaced(measures: Sequence[Measure]) -> Iterator[Unread]:
    """Countries that a deed counts and does not name: `別表第3から一国を削除`."""
    for each in measures:
        on = each.entities or each.items or each.destinations
        if PLACES_COUNTED.search(each.quote.translate(LEVEL)) and not on:
            yield Unread("places", "which countries they are is not said", each.quote)


def list_skipped(
    measures: Sequence[Measure], lines: Sequence[Line], words: Words
) -> Iterator[Unread]:
    """Report the entries whose number follows that of a name that was read: `② …` behind `① …`."""
    read = {entity.quote for measure in measures for entity in measure.entities}
    due = ""
    for line in lines:
        mark = None if line.cells else words.mark.match(line.text)
        if mark and line.raw.strip() in read:
            due = count_on(mark[0])
        elif mark and due and mark[0].strip() == due and not words.stop.search(line.text + "\n"):
            yield Unread("entities", "the name of an entry was not read", line.raw.strip())
            due = count_on(mark[0])


def list_other_starts(
    measures: Sequence[Measure], lines: Sequence[Line], words: Words, published: str | None
) -> Iterator[Unread]:
    """Days on which something begins, and no measure does."""
    begun = {each.starts.on[:10] for each in measures if each.starts}
    for start in list_starts(lines, words, published):
        if (begun or opens_exception(start, words)) and start.on[:10] not in begun:
            yield Unread("day", "something else begins on another day", start.quote or "")


def list_nameless(measures: Sequence[Measure], words: Words) -> Iterator[Unread]:
    """Changes of a list of names that have no names."""
    for each in measures:
        on_names = each.register not in words.as_written["of_goods"]
        placed = each.destinations and not words.whom.search(each.quote)
        bare = not (each.entities or each.items or placed)
        if on_names and bare and each.action in (Action.ADD, Action.REMOVE):
            yield Unread("list", NOBODY, each.quote)


def list_endless(measures: Sequence[Measure], words: Words) -> Iterator[Unread]:
    """Report what is prolonged where no measure has an end."""
    if any(each.ends for each in measures):
        return
    for each in measures:
        if each.action is Action.AMEND and words.prolongs.search(each.quote):
            yield Unread("term", "when it ends was not understood", each.quote)


def list_uncounted(
    deed: Deed, deeds: Sequence[Deed], named: Sequence[Entity], on: str | None
) -> Iterator[Unread]:
    """Report names (of a list `on` names) and goods that a deed counts beyond those that were
    read.
    """
    way = DIRECTIONS.get(deed.action)  # who is listed is restricted
    alike = [other for other in deeds if DIRECTIONS.get(other.action) == way]
    told = any(len(other.entities) == deed.count for other in alike)
    if not named and on and deed.count and not told:
        yield Unread("list", NOBODY, deed.quote)
    elif named and deed.count and deed.count > len(named):
        yield Unread("entities", "not all whom it counts were read", deed.quote)
    counted = GOODS_COUNTED.search(deed.quote.translate(LEVEL))
    if counted and int(counted["count"]) > max(len(other.items) for other in alike):
        why = "they are counted, and stand in an annex that is not on the page"
        yield Unread("items", why, deed.quote)


def list_renamed(lines: Sequence[Line], *, named: bool) -> Iterator[Unread]:
    """Report the lines that print an old name and a new one: with an arrow between them, where
    somebody is named, or each marked as the wrong or the right one.
    """
    for line in lines:
        if (named and RENAMED.search(line.text)) or CORRECTED.match(line.text):
            yield Unread("entities", "the change of a name was not read", line.raw.strip())


RENAMED = re.compile(rf"[A-Z][^→⇒➡]{{2,100}}(?:{ARROW.pattern})[^→⇒➡]{{0,40}}[A-Z][a-z]")
CORRECTED = re.compile(r"\s{0,4}[(\[【〔](?:誤|正|오|정)[)\]】〕]\s?[^\W\d]")
