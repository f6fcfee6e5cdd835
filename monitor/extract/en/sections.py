"""An English page of an authority cut into its parts: number, date, body, annex; nothing where
it prints no act.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import takewhile, zip_longest

from monitor.document import Block, BlockKind, Document
from monitor.extract import subject
from monitor.extract.en import dates, issuers, places, words
from monitor.extract.en.entries import (
    KINDS,
    TELLS,
    add_own_letters,
    is_column_heading,
    is_introduction,
)
from monitor.extract.en.names import PERSON
from monitor.extract.en.references import (
    MECHANISM,
    SENTENCE_END,
    Reference,
    cut_sentence,
    find_references,
)
from monitor.extract.en.words import ENGLISH, TABLES
from monitor.model import Entity, EntityKind, Unread, frozen
from monitor.vocabulary import country_of
from monitor.vocabulary.authorities import MOFCOM_ANNOUNCEMENTS, UEL_NOTICES
from monitor.vocabulary.letters import HAN

WORDS = ENGLISH.table("sections")

# The annex of an English act: a line or a row an entity, with its members and details.

ENTRY = re.compile(r"\s*(?:\d{1,5}\s*[.、)]|\(\d{1,5}\))(?!\d)\s*(?P<words>\S.*)")
MEMBER = re.compile(r"\s*[-–—•·]\s*(?P<words>\S.*)")
BRACKET = re.compile(r"(?<!\s)\s*+\((?P<words>[^()]++)\)")
OF_THE_ENTRY = ENGLISH.table("entries").of_the_entry
NAME_LENGTH = 160
CODE = 3  # letters of a country's code, which may as well be an alias


@dataclass
class Annex:
    """The content of an annex. `entries` counts its lines, `entities` are its names."""

    entities: list[Entity] = field(default_factory=list)
    entries: int = 0
    unread: list[Unread] = field(default_factory=list)
    kind: EntityKind = "org"
    headed: bool = False  # whether the last line was the heading of a kind


def read_annex(blocks: Iterable[Block], country: str | None) -> Annex:
    """The entities an annex lists."""
    listing = Annex()
    for block in blocks:
        if block.kind is BlockKind.PARAGRAPH and WORDS.footers.match(block.text):
            break
        if block.rows:
            for row in block.rows:
                _read_row(listing, row, country)
        else:
            _read_line(listing, block, country)
    return listing


def choose_cited_annex(blocks: Sequence[Block], sentence: str) -> Sequence[Block]:
    """The blocks of the one annex of several that a sentence names: `Annex B`; else all of them."""
    headings = {
        place: heading["label"]
        for place, block in enumerate(blocks)
        if (heading := WORDS.labelled.match(block.text))
    }
    named = {match["label"] for match in WORDS.names_annex.finditer(sentence)}
    of_it = [place for place, label in headings.items() if label in named]
    if len(named) != 1 or len(of_it) != 1 or len(headings) == 1:
        return blocks
    end = min((place for place in headings if place > of_it[0]), default=len(blocks))
    return blocks[of_it[0] : end]


def choose_changed_blocks(blocks: Sequence[Block], action: str) -> Sequence[Block]:
    """The blocks under the headings of what is done, `ADDITIONS`; all of them where none says it."""
    of_it: list[Block] = []
    heading, headed = None, False
    for block in blocks:
        if change := WORDS.change.fullmatch(block.text.strip()):
            heading, headed = change.lastgroup, True
        elif heading == action:
            of_it.append(block)
    return of_it if headed else blocks


def is_headed(blocks: Sequence[Block], action: str) -> bool:
    """Return whether a heading in an annex says that this is done to those below it."""
    changes = (WORDS.change.fullmatch(block.text.strip()) for block in blocks)
    return any(change.lastgroup == action for change in changes if change)


def _read_line(listing: Annex, block: Block, country: str | None) -> None:
    text = block.text.strip()
    if WORDS.on_print.fullmatch(text):
        return
    headed, listing.headed = listing.headed, False
    if WORDS.change.fullmatch(text):
        listing.kind = "org"
    elif heading := WORDS.heading.fullmatch(text):
        listing.kind, listing.headed = KINDS.get(heading["kind"].lower(), "org"), True
    elif (detail := WORDS.detail.match(text)) and listing.entities:
        _add_detail(listing, detail)
    elif listing.entities and OF_THE_ENTRY.match(text):
        last = listing.entities[-1]
        whole = f"{last.quote}\n{text}"
        listing.entities[-1] = add_own_letters(last.replace(quote=whole), text)
    elif (member := MEMBER.match(text)) and listing.entities:
        group = next(named for named in reversed(listing.entities) if named.parent is None)
        made = make_entity(member["words"], text, listing.kind, country)
        listing.entities.append(made.replace(parent=next(iter(group.names.values()))))
    elif (entry := ENTRY.match(text)) or block.kind is BlockKind.ITEM or headed:
        listing.headed = headed and not entry
        _add_entity(listing, entry["words"] if entry else text, text, country)
    elif (
        listing.entities
        and len(text) < NAME_LENGTH
        and not (issuers.is_issuer(text) or LETTERHEAD.letterhead.fullmatch(text))
        and (WORDS.shortened.search(text) or not WORDS.closes.search(text))
    ):
        listing.unread.append(Unread("annex line", "no number shows whether it is an entry", text))


def _add_entity(listing: Annex, words: str, quote: str, country: str | None) -> None:
    if len(words) > NAME_LENGTH or WORDS.sentence_like.search(words):
        listing.unread.append(Unread("annex line", "no name found in it", quote))
        return
    listing.entries += 1
    listing.entities.append(make_entity(words, quote, listing.kind, country))


def make_entity(words: str, quote: str, kind: EntityKind, country: str | None) -> Entity:
    """A name as printed: what stands in brackets is its Chinese name or an alias."""
    brackets = [match["words"].strip() for match in BRACKET.finditer(words)]
    name = WORDS.born.split(DELETED.sub("", words), maxsplit=1)[0]
    bare = BRACKET.sub("", name).strip().rstrip(";,、").strip()
    kind = kind if name == DELETED.sub("", words) and not PERSON.fullmatch(bare) else "person"
    name = bare if WORDS.shortened.search(bare) else bare.rstrip(".")
    chinese = next((bracket for bracket in brackets if HAN.search(bracket)), None)
    named = next((each for each in brackets if len(each) > CODE and places.coded(each)), None)
    country = (named and places.coded(named)) or country
    aliases = tuple(
        re.sub(r"^(?:a\.?k\.?a\.?|also known as)\s*:?\s*", "", bracket, flags=re.IGNORECASE)
        for bracket in brackets
        if bracket not in (chinese, named)
    )
    return Entity(
        {"en": name} | ({"zh": chinese} if chinese else {}),
        kind,
        aliases=aliases,
        country=None if kind == "person" else country,
        quote=quote,
    )


# what a correction prints of the name that was: `ACME LTD [ACMA LTD]`
DELETED = re.compile(r"(?<=\w)\s\[[^\[\]]{2,160}\]$")


def _add_detail(listing: Annex, detail: re.Match[str]) -> None:
    last, value = listing.entities[-1], detail["words"].strip()
    if detail["label"].lower().startswith("address"):
        listing.entities[-1] = last.replace(addresses=(*last.addresses, value))
    else:
        listing.entities[-1] = last.replace(aliases=(*last.aliases, value))


def _read_row(listing: Annex, row: tuple[str, ...], country: str | None) -> None:
    cells = [cell for cell in row if cell and not NUMBER.fullmatch(cell)]
    latin = next((cell for cell in cells if not HAN.search(cell)), "")
    if not latin or re.search(r"\bname\b|^Entit", latin, re.IGNORECASE):
        return
    _add_entity(listing, latin, " ".join(row), country)
    if listing.entities and (chinese := next((cell for cell in cells if HAN.search(cell)), None)):
        last = listing.entities[-1]
        listing.entities[-1] = last.replace(names=last.names | {"zh": chinese})


NUMBER = re.compile(r"[‘’'“\"]?(?:No\.?|\d{1,5}[.)]?)")
HEAD = 6
LONG = 220
ENTRIES = 6  # blocks after a heading that show whether it is one of a list


@dataclass(frozen=True)
class Sections:
    """The parts of an act. `titles` are the annexes that are files of their own, `out` is the day
    of the journal that prints it.
    """

    title: str
    authority: str
    reference: Reference | None
    published: str | None
    body: tuple[str, ...]
    annex: tuple[Block, ...]
    titles: tuple[str, ...]
    out: str | None = None

    @property
    def key(self) -> str:
        """The number's, else issuer, date and a hash of the words."""
        if self.reference:
            return self.reference.key
        words = "\n".join(self.body)
        return subject.make_key(self.authority, self.published, words)

    @cached_property
    def sentences(self) -> tuple[str, ...]:
        """The sentences of its body, each no longer than is read."""
        return tuple(_split_sentences(line for line in self.body if not self._is_of_title(line)))

    def _is_of_title(self, line: str) -> bool:
        """Return whether a line is the title, or goes on with it: `implementing Regulation …`."""
        return line == self.title or (line[:1].islower() and line in self.title)

    @cached_property
    def reasons(self) -> frozenset[str]:
        """The sentences that stand only under a heading of history or reasons, and do not speak of
        this act.
        """
        under = set(_list_reason_lines(self.body))
        others = _split_sentences(line for line in self.body if line not in under)
        told = set(_split_sentences(under)) - set(others)
        return frozenset(each for each in told if not WORDS.of_this_act.search(each))

    @property
    def published_apart(self) -> bool:
        """Return whether it is published on another day than its date, without printing that, as
        acts of the Union are.
        """
        return country_of(self.authority) == "eu"


def _split_sentences(lines: Iterable[str]) -> Iterator[str]:
    return (
        cut_sentence(sentence)
        for line in lines
        for sentence in _split_line(line)
        if sentence and sentence.strip()
    )


def _split_line(line: str) -> Iterator[str]:
    """The sentences of a line; a row of a table of names is one."""
    if is_column_heading(line.partition("\n")[0]):
        return iter(line.split("\n"))
    return iter(SENTENCE_END.split(WORDS.signs.sub("\n", line)))


def _list_reason_lines(body: Sequence[str]) -> Iterator[str]:
    """The lines of each section of history or reasons, up to the section with the next number."""
    for place, line in enumerate(body):
        if heading := WORDS.of_reasons.match(line):
            following = str(int(heading["number"]) + 1)
            below = body[place + 1 :]
            marks = (WORDS.section_mark.match(each) for each in below)
            end = next(
                (at for at, mark in enumerate(marks) if mark and mark["number"] == following), None
            )
            if end is not None:  # else what acts may stand below it as well
                yield from (line, *below[:end])


def read_sections(document: Document, authority: str | None) -> Sections | None:
    """The parts of the act a page prints."""
    blocks = [block for block in document.blocks if block.text.strip()]
    title, head = document.title.strip(), _join_head(document, blocks)
    issuer = authority or _find_issuer(head)
    is_act = (
        TABLES.act_title.match(title)
        and not TABLES.talk.search(title)
        and not TABLES.out_of_scope.search(title)
    )
    if not is_act or not issuer:
        return None
    start, titles = _find_annex(blocks)
    printed = (block.text.strip() for block in blocks[:start])
    body = [line for line in printed if not LETTERHEAD.site.fullmatch(line)]
    published = _find_signed_day(body) or document.published or _find_day_below(blocks)
    return Sections(
        title,
        issuer,
        _choose_own_number(title, find_references(head, published, of=issuer)),
        published,
        (*body, *_list_closing(body, blocks[start:])),
        tuple(blocks[start:]),
        titles,
    )


def _list_closing(body: Sequence[str], below: Sequence[Block]) -> Iterator[str]:
    """The sentences below a list that say when the act begins, if none of its body does."""
    begins = ENGLISH.table("account").begins
    if not any(begins.match(line) for line in body):
        lines = (block.text.strip() for block in below if not block.rows)
        yield from (line for line in lines if begins.fullmatch(line.rstrip(".")))


def _choose_own_number(title: str, cited: Sequence[Reference]) -> Reference | None:
    """Return the number of the act; it is the mechanism's if that speaks, whoever seals it."""
    own = cited[0] if cited else None
    if own and own.series == MOFCOM_ANNOUNCEMENTS.code and MECHANISM.search(title):
        return replace(own, series=UEL_NOTICES.code)
    return own


def read_plain_act(document: Document, authority: str, published: str | None) -> Sections:
    """Split an act of any form that has no number in its title."""
    blocks = list(_join_marks(document.blocks))
    start, titles = _find_annex(blocks)
    body = [*list_operative_lines(block.text.strip() for block in blocks[:start])]
    files = tuple(title for title in titles if not WORDS.sentence.search(title))
    head = "\n".join(block.text for block in blocks[:LETTERHEAD_HEAD] if len(block.text) < LONG)
    return Sections(
        document.title.strip(),
        authority,
        None,
        published,
        (*body, *_list_closing(body, blocks[start:])),
        tuple(blocks[start:]),
        files,
        find_journal_day(head),
    )


def find_journal_day(head: str) -> str | None:
    """Find the day of the journal of the Union that prints an act, in the head of its page."""
    forms = (LETTERHEAD.journal, LETTERHEAD.journal_behind, LETTERHEAD.journal_numbered)
    found = (on for form in forms if (on := dates.in_figures(form.search(head))))
    words = LETTERHEAD.journal_in_words.search(head)
    return next(found, words and dates.first_day(head[words.end() :]))


def _join_marks(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks with text, each with the mark that a copy prints in a line of its own above it."""
    mark = ""
    for block in blocks:
        text = block.text.strip()
        alone = block.kind is BlockKind.PARAGRAPH and LETTERHEAD.mark_alone.fullmatch(text)
        if text and not alone:
            yield replace(block, text=f"{mark} {text}") if mark and not block.rows else block
        mark = text if alone else mark if not text else ""


def _join_head(document: Document, blocks: list[Block]) -> str:
    """The title and the lines below it that could hold the number."""
    short = [
        block.text.strip()
        for block in blocks[:HEAD]
        if len(block.text) < LONG and not block.text.rstrip().endswith(".")
    ]
    return " ".join(dict.fromkeys([document.title.strip(), *short]))


def _find_issuer(head: str) -> str | None:
    return next(
        (authority for name, authority in words.ISSUERS.items() if re.search(name, head)), None
    )


def _find_annex(blocks: list[Block]) -> tuple[int, tuple[str, ...]]:
    """Find where the annex begins, and the titles of annexes that only point to a file."""
    titles: list[str] = []
    for place, block in enumerate(blocks):
        text = block.text.strip()  # `Annex I is amended as follows.` is no heading
        told = text.endswith((".", ",", ";")) and TELLS.search(text)
        marked = None if told else TABLES.annex.fullmatch(text)
        if not marked:
            continue
        after = blocks[place + 1 : place + 1 + ENTRIES]
        # else a sentence of the act, and its list; or the heading stands once more above the entries
        again = any(map(TABLES.annex.fullmatch, _list_texts_above(after)))
        introduced = any(is_introduction(each.text) for each in after)
        if _is_list(after) and not (again or introduced):
            below = {block.text.strip() for block in blocks[place:]}
            return place, tuple(title for title in titles if title not in below)
        if marked["title"]:
            titles.append(marked["title"].strip())
    return _find_bare_table(blocks), tuple(titles)


def _list_texts_above(after: Sequence[Block]) -> Iterator[str]:
    """Yield the lines above the first entry."""
    return (block.text.strip() for block in takewhile(lambda each: not _is_entry(each), after))


def _find_bare_table(blocks: Sequence[Block]) -> int:
    """Find the table of names that stands without a heading below words on an annex of this act,
    where no words bring in the entries of a list.
    """
    if any(is_introduction(block.text.strip()) for block in blocks):
        return len(blocks)
    said = next(
        (place for place, block in enumerate(blocks) if WORDS.own_annex.search(block.text)),
        len(blocks),
    )
    tables = (
        place
        for place, block in enumerate(blocks)
        if place > said and block.rows and is_column_heading(" | ".join(block.rows[0]))
    )
    return next(tables, len(blocks))


def _is_entry(block: Block) -> bool:
    return (
        bool(block.rows)
        or block.kind is BlockKind.ITEM
        or re.match(r"\s*\(?1\s*[.)]", block.text) is not None
    )


def _is_list(after: list[Block]) -> bool:
    """Return whether the next lines are entries of a list, not clauses."""
    entries = [block for block in after if _is_entry(block)]
    return bool(entries) and (
        bool(entries[0].rows) or not re.search(r"\b(?:shall|prohibited|is|are)\b", entries[0].text)
    )


def _find_signed_day(body: list[str]) -> str | None:
    """The day the act is signed: a line of its own near the end, else one below its number."""
    for line in [*reversed(body[-5:]), *body[:HEAD]]:
        day = dates.FULL_DAY.search(line)
        if day and len(line) < 60 and not re.search(r"\b(?:effect|until|from)\b", line):
            return dates.day(day["day"])
    return None


def _find_day_below(blocks: Sequence[Block]) -> str | None:
    """The day that stands alone in a line near the end, below the annex."""
    alone = (dates.FULL_DAY.fullmatch(block.text.strip()) for block in blocks[-3:])
    return next((dates.day(day["day"]) for day in alone if day), None)


@frozen
class Context:
    """The context of an act's sentences: its issuer, title and key, and those of whom it has found
    something.
    """

    issuer: str
    title: str
    key: str
    published: str | None
    determined: str = ""


def is_mechanism(page: Sections) -> bool:
    """Return whether the Unreliable Entity List's working mechanism speaks."""
    return bool(MECHANISM.search(page.title)) or bool(
        page.reference and page.reference.series == UEL_NOTICES.code
    )


# The letterhead: what stands around an act on its page.

LETTERHEAD = ENGLISH.table("letterhead")

LETTERHEAD_HEAD = 14  # blocks of a page in which its title stands
LONGEST_TITLE = 300


def set_title(document: Document) -> Document:
    """The page under the title of its act, where its first line is only a letterhead: an office,
    a docket, a number of a page.
    """
    title = document.title.strip()
    if LETTERHEAD.of_union_alone.fullmatch(title):
        return _join_union_title(document, title)
    if not _is_letterhead(title):
        return document
    head = [line for line in document.lines[:LETTERHEAD_HEAD] if line != title]
    if of_union := next(filter(LETTERHEAD.of_union_alone.fullmatch, head), ""):
        return _join_union_title(document, of_union)
    line = next((line for line in head if not _is_letterhead(line)), "")
    if not line or len(line) > LONGEST_TITLE or LETTERHEAD.prose.search(line):
        return document
    return replace(
        document, title=f"{title} {line}" if LETTERHEAD.numbered.fullmatch(line) else line
    )


def _join_union_title(document: Document, title: str) -> Document:
    """Join the title of an act of the Union from its lines: its number, its day, what it does."""
    lines = document.lines[:LETTERHEAD_HEAD]
    begin = lines.index(title) + 1 if title in lines else 1
    behind = takewhile(
        lambda line: not line.isupper() and not line.endswith((".", ",", ":")),
        lines[begin : begin + 3],
    )
    return replace(document, title=" ".join([title, *behind]))


def _is_letterhead(line: str) -> bool:
    if not line or line.upper().endswith(" NOTICE"):  # which says what is below it
        return False
    return bool(LETTERHEAD.letterhead.fullmatch(line) or dates.FULL_DAY.fullmatch(line)) or (
        issuers.is_issuer(line) and not any(letter.isdigit() for letter in line)
    )


# The day that an act says is its own.

TAIL = 6


def find_own_day(document: Document) -> str | None:
    """The day that the act prints as its own; None where it says none by these words."""
    # the title of a correction has the day of the act that it corrects
    own = not LETTERHEAD.corrects.match(document.title)
    if own and (match := LETTERHEAD.of_union.search(document.title)):
        return dates.first_day(match[0])
    lines = [line for line in document.lines if not LETTERHEAD.site.fullmatch(line)]
    american = _is_american(document, lines)
    for line in _join_days(lines[:LETTERHEAD_HEAD]):
        for said in LETTERHEAD.says.finditer(line[:LONGEST_TITLE]):
            if day := _read_day_at(line, said.end(), american=american):
                return day
        begin = place.end() if (place := LETTERHEAD.place.match(line)) else 0
        figures = LETTERHEAD.figures.match(line, begin)
        alone = figures and (LETTERHEAD.dateline if place else LETTERHEAD.nothing).match(
            line, figures.end()
        )
        if alone and (day := _read_day_at(line, begin, american=american)):
            return day
    if lines and not american and LETTERHEAD.figures.fullmatch(lines[-1]):
        return _read_day_at(lines[-1], 0, american=False)
    for line in (*lines[-TAIL:], *lines[:LETTERHEAD_HEAD]):
        if (match := LETTERHEAD.ordinal.search(line)) and not LETTERHEAD.begins.search(
            line[: match.start()]
        ):
            return dates.day(f"{match['month']} {match['day']}, {match['year']}")
    return None


def _is_american(document: Document, lines: Iterable[str]) -> bool:
    known = issuers.find_first_issuer("\n".join([document.title, *list(lines)[:LETTERHEAD_HEAD]]))
    return known is not None and country_of(known.authority) == "us"


def _read_day_at(line: str, place: int, *, american: bool) -> str | None:
    """The day that is printed at a place of a line: in words, or in figures, months first in the
    United States.
    """
    if (match := dates.FULL_DAY.match(line, place)) or (
        match := dates.FULL_DAY.match(line, place + 1)
    ):
        return dates.day(match["day"])
    figures = LETTERHEAD.figures.match(line, place)
    if figures is None:
        return None
    month, day = (
        (figures["a"], figures["b"])
        if american and figures["mark"] == "/"
        else (figures["b"], figures["a"])
    )
    return dates.day(f"{figures['year']}-{int(month):02}-{int(day):02}")


# What of the lines of an act is its own law.


def _join_days(lines: Sequence[str]) -> Iterator[str]:
    """The lines of an act, with a day in the line of what it is the day of: `Made`, `4 May 2030`."""
    label = ""
    for line, below in zip_longest(lines, lines[1:], fillvalue=""):
        alone = LETTERHEAD.above_its_day.fullmatch(line) and dates.FULL_DAY.fullmatch(below)
        if not alone:
            yield f"{label}{line}"
        label = f"{line} " if alone else ""


def _join_instructions(lines: Sequence[str]) -> Iterator[str]:
    """The lines, with an order to change a text behind the words that say where: `Section 31—`,
    `Repeal "1 July 2031"`, `Substitute "1 July 2032".`
    """
    place = ""
    for line in lines:
        is_quoted = place.count('"') % 2 or place.count("“") > place.count("”")
        joins = place and (is_quoted or LETTERHEAD.orders.match(line) is not None)
        if place and not joins:
            yield place
            place = ""
        whole = f"{place} {line}" if joins else line
        opens = LETTERHEAD.opens_order.search(line) is not None or (
            joins and not line.endswith((".", ";"))
        )
        place = whole if opens else ""
        if not opens:
            yield whole
    if place:
        yield place


def list_operative_lines(lines: Iterable[str]) -> Iterator[str]:
    """The lines of an act without the recitals before it, the analyses filed with it and what
    says that it is no part of it, its labels and links to other pages apart.
    """
    lines = list(_join_instructions(list(_join_days(list(lines)))))
    adopted = next(
        (place for place, line in enumerate(lines) if LETTERHEAD.adopted.search(line)), -1
    )
    filed = apart = decided = links = False
    for line in lines[adopted + 1 :]:
        is_above = decided and LETTERHEAD.links.fullmatch(line) is not None
        links = is_above or (links and LETTERHEAD.link.fullmatch(line) is not None)
        # a note at the head of an act says nothing of what stands below it
        behind = apart or (decided and LETTERHEAD.apart.fullmatch(line) is not None)
        apart = behind and not LETTERHEAD.next_act.match(line)
        decided = decided or line.rstrip().endswith((".", ":", ";"))
        if LETTERHEAD.filed.fullmatch(line):
            filed = True
            continue
        if filed and (_is_heading(line) or LETTERHEAD.supplement.match(line)):
            filed = False
        if not (filed or apart or links) and not LETTERHEAD.dropped.fullmatch(line):
            headed = WORDS.of_reasons.match(line)
            yield line if headed else LETTERHEAD.label.sub("", line, count=1)


def _is_heading(line: str) -> bool:
    return (
        len(line) < 80
        and not line.endswith((".", ";", ":", ","))
        and line[:1].isupper()
        and not line[0].isdigit()
    )
