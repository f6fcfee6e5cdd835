"""Orders on export privileges as the Bureau of Industry and Security signs them: `In the Matter of:` somebody.

The heading of the order says what is done; the sentences behind `IT IS ORDERED` say from when and for how long.
"""

import re
from collections.abc import Iterator

from monitor.document import Document
from monitor.extract.en import dates
from monitor.extract.en.names import without_stop
from monitor.extract.en.words import ENGLISH
from monitor.model import Action, End, Entity, Measure, Start, Unread
from monitor.vocabulary.forms import FORM
from monitor.vocabulary.registers import DENIED_PERSONS

WORDS = ENGLISH.table("us_denial_orders")

LINES = 12  # between the matter and the heading of the order
SENTENCE = re.compile(r"(?<=[a-z)\"”\d])\.\s+(?=[A-Z])|\n")


def is_order(document: Document) -> bool:
    """Whether a page is such an order: somebody's matter, a heading, words that order."""
    lines = _lines(document)
    return (
        _heading(lines) is not None
        and any(WORDS.ordered.search(line) for line in lines)
        and bool(WORDS.on_privileges.search(document.text))
    )


def title(document: Document) -> str:
    """What the order is called, with whom it is on."""
    lines = _lines(document)
    heading = _heading(lines)
    names = "; ".join(_names(lines))
    return f"{heading[0].strip().title() if heading and heading[0].isupper() else heading[0] if heading else ''}: {names}".strip(
        ": "
    )


def measure(document: Document, published: str | None) -> tuple[Measure | None, list[Unread]]:
    """What the order does, and what of it was not understood."""
    lines = _lines(document)
    heading = _heading(lines)
    names = list(_names(lines))
    if heading is None or not names:
        return None, []
    ordered = [sentence for line in lines for sentence in SENTENCE.split(line) if WORDS.ordered.search(sentence)]
    action = {"repeal": Action.REMOVE, "amend": Action.AMEND, "add": Action.ADD}[str(heading.lastgroup)]
    starts, ends = _term(ordered, [*ordered, *lines], published, lasts=action is not Action.REMOVE)
    made = Measure(
        action=action,
        register=DENIED_PERSONS.code,
        starts=starts,
        ends=ends,
        entities=tuple(Entity(names={"en": name}, kind="org" if _is_firm(name) else "person", quote=name) for name in names),
        quote=(ordered or [heading[0]])[0].strip(),
    )
    return made, list(_left(lines, made))


def _lines(document: Document) -> list[str]:
    return [line.strip() for block in document.blocks for line in block.text.splitlines() if line.strip()]


def _heading(lines: list[str]) -> re.Match[str] | None:
    matter = next((place for place, line in enumerate(lines) if WORDS.matter.match(line)), None)
    if matter is None:
        return None
    around = (*lines[matter + 1 : matter + 1 + LINES], *lines[max(0, matter - LINES) : matter])
    return next((match for line in around if (match := WORDS.heading.fullmatch(line))), None)


def _names(lines: list[str]) -> Iterator[str]:
    """Those whose matter it is: the first line of each, below which stands an address."""
    matter = next(place for place, line in enumerate(lines) if WORDS.matter.match(line))
    opening = WORDS.matter.match(lines[matter])
    printed = [opening["name"]] if opening and opening["name"] else []
    if any(
        WORDS.heading.fullmatch(line) for line in lines[:matter]
    ):  # then they stand in the line itself: `X, Dubai; and Y, Graz`
        for part in re.split(r";\s*(?:and\s+)?", printed[0] if printed else ""):
            first = WORDS.first.match(part)
            yield without_stop(first[0] if first else part)
        return
    for line in (*printed, *lines[matter + 1 : matter + 1 + LINES]):
        if WORDS.heading.fullmatch(line):
            return
        if line.lower().strip(" ,;") in ("and", "in the matter of:"):
            continue
        name = without_stop(re.sub(r"(?<!\s)\s*\(?a/k/a.*|^and\s+|(?<!\s)\s+and$", "", line))
        if name and not WORDS.address.search(re.sub(rf",? {FORM}\.?$", "", name)):
            yield name


def _is_firm(name: str) -> bool:
    return re.search(rf"\b{FORM}\b", name) is not None or re.search(r"\b(?:DMCC|FZE|FZCO|Airlines?|Trading)\b", name) is not None


def _term(ordered: list[str], lines: list[str], published: str | None, *, lasts: bool) -> tuple[Start | None, End | None]:
    own = (sentence for line in lines for sentence in SENTENCE.split(line) if WORDS.itself.search(sentence))
    starts = next((start for text in (*ordered, *own) if (start := dates.start(text, published, text, authority="us-bis"))), None)
    if starts is None and published:
        starts = Start(on=published, basis="publication", quote=(ordered or [""])[0].strip())
    if not lasts or starts is None:
        return starts, None
    return starts, next((end for text in lines if (end := dates.end(text, starts.on, text))), None)


def _left(lines: list[str], made: Measure) -> Iterator[Unread]:
    """What an order says beyond the measure and the formulas that such orders have."""
    behind = max(place for place, line in enumerate(lines) if WORDS.heading.fullmatch(line) or WORDS.matter.match(line))
    taken = {made.quote, made.starts.quote.strip() if made.starts and made.starts.quote else ""}
    for line in lines[behind + 1 :]:
        for sentence in SENTENCE.split(line):
            words = sentence.strip()
            told = WORDS.decides_nothing.search(words) or words in taken or len(words) < 60
            if not told and not WORDS.background.search(words):
                yield Unread(what="sentence", why="not understood", quote=words)
