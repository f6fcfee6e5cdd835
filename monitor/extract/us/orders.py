"""Orders of the Bureau of Industry and Security that deny export privileges → a measure.

An order has a heading (`Order Renewing Temporary Denial of Export Privileges`), those whom it is
on in a line of their matter or only in what it orders first, and the day that it lasts to.
"""

import re
from collections.abc import Iterator
from itertools import takewhile, zip_longest

from monitor.document import Document
from monitor.extract import account, terms
from monitor.extract.en import dates
from monitor.extract.en.names import strip_stop
from monitor.extract.en.words import ENGLISH
from monitor.model import ONLY_QUOTED, Action, End, Entity, Measure, Start, Unread
from monitor.vocabulary.forms import FORM
from monitor.vocabulary.registers import DENIED_PERSONS

ORDERS = ENGLISH.table("us_denial_orders")

TOP = 24  # lines in which an order without a matter has its heading
LINES = 12  # between the matter and the heading of the order
SENTENCE = re.compile(r"(?<=[a-z)\"”\d])\.\s+(?=[A-Z])|\n")


def is_order(document: Document) -> bool:
    """Return whether a page is such an order: somebody's matter, a heading, words that order."""
    lines = _list_lines(document)
    return (
        _find_heading(lines) is not None
        and any(ORDERS.ordered.search(line) for line in lines)
        and bool(ORDERS.on_privileges.search(document.text))
    )


def _list_lines(document: Document) -> list[str]:
    """List the lines of an order without the brackets that rule off its caption: `Acme LLC    )`."""
    return [bare for line in document.lines if (bare := RULED_OFF.sub("", line))]


RULED_OFF = re.compile(r"(?:^|(?<!\s)\s++)\)$")


def compose_title(document: Document) -> str:
    """Compose a title of the order from its heading and names."""
    lines = _list_lines(document)
    heading = _find_heading(lines)
    names = "; ".join(_list_names(lines))
    return (
        f"{heading[0].strip().title() if heading and heading[0].isupper() else heading[0] if heading else ''}:"
        f" {names}".strip(": ")
    )


BY_HEADING = {"repeal": Action.REMOVE, "amend": Action.AMEND, "add": Action.ADD}  # an order


def read_order(document: Document, published: str | None) -> tuple[Measure | None, list[Unread]]:
    """Read what the order does, and what of it was not understood."""
    lines = _list_lines(document)
    heading = _find_heading(lines)
    names = list(_list_names(lines))
    if heading is None or not names:
        return None, []
    sentences = [
        words for line in lines for part in SENTENCE.split(line) if (words := part.strip())
    ]
    ordered = _list_ordering(sentences)
    action = BY_HEADING[str(heading.lastgroup)]
    lasts = action is not Action.REMOVE
    signed = ORDERS.signed.search("\n".join(lines))
    on = dates.day(signed["day"]) if signed else published
    starts, ends = _read_order_term(ordered, sentences, on, lasts=lasts)
    made = Measure(
        action,
        DENIED_PERSONS.code,
        starts=starts,
        ends=ends,
        entities=tuple(
            Entity({"en": name}, "org" if _is_firm(name) else "person", quote=name)
            for name in names
        ),
        quote=(ordered or [heading[0]])[0].strip(),
    )
    left = list(_list_order_leftovers(lines, made))
    first = _find_first(lines)
    if len(names) == 1 and first and ORDERS.of_several.search(first[0]):
        left.append(Unread("names", "the order names more than one", first[0]))
    found = terms.read_terms([account.Said(each.quote, each.quote) for each in left], ENGLISH)
    made, *_ = terms.give_terms([made], found)
    stated = {term.quote for term in made.terms if ONLY_QUOTED not in term.text}
    left = [each for each in left if each.quote not in stated]
    if made.action is Action.AMEND and made.ends is None:
        left.append(Unread("sentence", "what it changes was not read", made.quote))
    return made, left


def _list_ordering(sentences: list[str]) -> list[str]:
    """List the sentences that order; for one that only introduces an order, the next one."""
    return [
        following if sentence.endswith(":") and following else sentence
        for sentence, following in zip_longest(sentences, sentences[1:], fillvalue="")
        if ORDERS.ordered.search(sentence)
    ]


def _find_heading(lines: list[str]) -> re.Match[str] | None:
    matter = _find_matter(lines)
    if matter is None:
        names_first = _find_first(lines) or any(_list_captioned(lines))
        top = lines[:TOP] if names_first else ()
        return next((match for line in top if (match := ORDERS.heading.fullmatch(line))), None)
    around = (
        *lines[matter + 1 : matter + 1 + LINES],
        *lines[max(0, matter - LINES) : matter],
        *lines[:1],
    )
    return next((match for line in around if (match := ORDERS.heading.fullmatch(line))), None)


def _find_matter(lines: list[str]) -> int | None:
    """Find the matter: the last at the top, for the title above it may have one too."""
    found = [place for place, line in enumerate(lines) if ORDERS.matter.match(line)]
    return max((place for place in found if place < TOP), default=next(iter(found), None))


def _list_names(lines: list[str]) -> Iterator[str]:
    """Yield whom an order is on: those in its matter, else those whom it orders first."""
    if _find_matter(lines) is not None:
        yield from _list_matter_names(lines)
        return
    first = _find_first(lines)
    for part in JOINED.split(ORDERS.where.sub(";", first["who"])) if first else ():
        if words := part.strip(" ,"):
            yield from _split_ordered(words, lines)
    if first is None:
        yield from _list_captioned(lines)


def _list_captioned(lines: list[str]) -> Iterator[str]:
    """Yield the names right above the text, each with its address: `Acme LLC, 4 High Street;`."""
    opens = next((at for at, line in enumerate(lines[:TOP]) if ORDERS.opens.match(line)), 0)
    above = takewhile(lambda line: line.endswith((";", ".", "; and")), lines[:opens][::-1])
    for part in JOINED.split(" ".join([*above][::-1])):
        first = ORDERS.first.match(part)
        if first and first[0] != part:
            yield strip_stop(first[0])


def _find_first(lines: list[str]) -> re.Match[str] | None:
    return next(filter(None, map(ORDERS.first_of_all.match, lines)), None)


def _split_ordered(words: str, lines: list[str]) -> Iterator[str]:
    """Yield the names in words that also have addresses: each ends as firms do, or opens a line."""
    pieces = PIECE.split(words)[::2]
    joints = PIECE.split(words)[1::2]
    begun, found = "", False
    for place, piece in enumerate(pieces):
        begun = f"{begun}{joints[place - 1]}{piece}" if begun else piece
        goes_on = place + 1 < len(pieces) and ONLY_FORM.fullmatch(pieces[place + 1])
        if goes_on or not begun[:1].isupper():
            begun = begun if goes_on else ""
        elif ENDS_AS_FIRM.search(begun) or _stands_above(
            begun, lines[:TOP], behind_firm=found and joints[place - 1] == ", "
        ):
            yield strip_stop(begun)
            begun, found = "", True
        elif place + 1 < len(pieces) and joints[place] == ", ":
            begun = ""  # a part of an address
    if not found:
        yield strip_stop((ORDERS.first.match(words) or [words])[0])


def _stands_above(name: str, lines: list[str], *, behind_firm: bool) -> bool:
    """Return whether a line opens with a name; behind a firm and a comma, where its address stands
    too, whether one is nothing but this name, without a number.
    """
    if behind_firm:
        return name in lines and not HAS_DIGIT.search(name)
    return any(_opens(line, name) for line in lines)


def _opens(line: str, name: str) -> bool:
    return line.startswith(name) and line[len(name) : len(name) + 1] in ("", ",", ";")


HAS_DIGIT = re.compile(r"\d")
PIECE = re.compile(r"(, (?:and )?|,? and (?=[A-Z]))")
ONLY_FORM = re.compile(rf"{FORM}\.?")
ENDS_AS_FIRM = re.compile(rf"\b(?:{FORM}|DMCC|FZE|FZCO|Airlines?)\.?$")


def _list_matter_names(lines: list[str]) -> Iterator[str]:
    """Yield the names in the matter: the first line of each, above an address."""
    matter = _find_matter(lines) or 0
    opening = ORDERS.matter.match(lines[matter])
    # those in the line itself: `X, Dubai; and Y, Graz; Respondents`
    for part in JOINED.split(opening["name"].strip()) if opening else ():
        if ORDERS.heading.fullmatch(part):
            return  # the matter is a title, and whole
        first = ORDERS.first.match(part)
        if first and not ORDERS.nobody.match(part):
            yield strip_stop(first[0])
    below = lines[matter + 1 : matter + 1 + LINES]
    ends = (place for place, line in enumerate(below) if _is_end_of_names(line))
    end = next(ends, 0)  # where nothing shows where the names end, there are none
    below = [line for line in below[:end] if not ORDERS.nobody.match(line)]
    if len(below) == 1 and (first := ORDERS.first.match(below[0])):
        yield strip_stop(first[0])  # its address is in the same line, if anywhere
        return
    *above, last = below or [""]
    closed = last.endswith((";", ".", ","))
    if closed and all(line.endswith((";", "; and", ".", "; and,")) for line in above):
        parts = filter(None, (ORDERS.first.match(line) for line in below))
        yield from (strip_stop(part[0].rstrip(" ;.")) for part in parts)
        return
    for line in below:
        if line.lower().strip(" ,;") in ("and", "in the matter of:"):
            continue
        line = ORDERS.label.sub("", line)  # noqa: PLW2901 -- the line without its label
        first = ORDERS.first.match(line)
        if first and first[0] != line and _is_firm(first[0]):
            yield strip_stop(first[0])  # and its address in the same line
            continue
        name = strip_stop(re.sub(r"(?<!\s)\s*\(?a/k/a.*|^and\s+|(?<!\s)\s+and$", "", line))
        if name and not ORDERS.address.search(re.sub(rf",? {FORM}\.?$", "", name)):
            yield name


def _is_end_of_names(line: str) -> bool:
    """Return whether a line is the heading of the order, or opens its text."""
    return ORDERS.heading.fullmatch(line) is not None or ORDERS.opens.match(line) is not None


JOINED = re.compile(r";\s*(?:and\s+)?")


def _is_firm(name: str) -> bool:
    return (
        re.search(rf"\b{FORM}\b", name) is not None
        or re.search(r"\b(?:DMCC|FZE|FZCO|Airlines?|Trading)\b", name) is not None
    )


def _read_order_term(
    ordered: list[str], sentences: list[str], published: str | None, *, lasts: bool
) -> tuple[Start | None, End | None]:
    now = [each for each in sentences if not ORDERS.background.search(each)]
    own = [each for each in now if ORDERS.itself.search(each)]
    starts = next(
        (
            start
            for text in (*ordered, *own)
            if (start := dates.start(text, published, text, authority="us-bis"))
        ),
        None,
    )
    if starts is None and published:
        starts = Start(published, "publication", (ordered or [""])[0].strip())
    if not lasts or starts is None:
        return starts, None
    dated = (each for each in (*ordered, *own, *now) if not ORDERS.says_period.search(each))
    ends = (dates.end(text, starts.on, text) for text in dated)
    return starts, next((end for end in ends if end), None)


def _list_order_leftovers(lines: list[str], made: Measure) -> Iterator[Unread]:
    """Yield what an order says beyond the measure and the usual formulas."""
    behind = max(
        place
        for place, line in enumerate(lines)
        if ORDERS.heading.fullmatch(line) or ORDERS.matter.match(line)
    )
    names = lines[behind + 1 : behind + 1 + LINES]  # and their addresses
    behind += next((place for place, line in enumerate(names) if ORDERS.opens.match(line)), 0)
    taken = {made.quote, made.starts.quote.strip() if made.starts and made.starts.quote else ""}
    known = re.compile("|".join(re.escape(each.names["en"]) for each in made.entities) or "(?!)")
    for line in lines[behind + 1 :]:
        for sentence in SENTENCE.split(line):
            words = sentence.strip()
            of_them = known.sub("Respondent", words)
            told = (
                ORDERS.decides_nothing.search(of_them)
                or ORDERS.background.search(words)
                or (made.ends and ORDERS.says_period.search(words))
            )
            if (
                not (told and not ORDERS.excepts.search(words))
                and words not in taken
                and (len(words) >= SHORT or ACCOUNT.obliges.search(words))
            ):
                yield Unread("sentence", "not understood", words)


SHORT = 60  # characters
ACCOUNT = ENGLISH.table("account")
