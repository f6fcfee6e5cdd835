"""A Chinese page cut into head, body, annexes and attachments, with what it says of itself:
kind, issuer, number, date.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property
from itertools import islice, takewhile

from monitor import vocabulary
from monitor.document import Document
from monitor.extract import subject
from monitor.extract.zh import dates, issuers, references
from monitor.extract.zh import lines as markers
from monitor.extract.zh.lines import Line, read_lines
from monitor.extract.zh.words import CHINESE, TABLES
from monitor.model import Attachment, Entity
from monitor.names.numerals import parse_number
from monitor.vocabulary import country_of

CUT = "[Content truncated"
FILES = "相关附件"
WORDS = CHINESE.table("sections")

EARLY = 5  # lines of the body
SIGNATURE = WORDS.signature


def read_header_fields(lines: Sequence[Line]) -> dict[str, Line]:
    """The header fields (`【发布文号】…`): `issuer`, `number`, `signed`, `day`, `begins`."""
    plain = (
        line.part(*match.span("value"))
        for line in lines
        if not line.cells
        for match in WORDS.number_field.finditer(line.text)
    )
    number = next(plain, None)
    return ({"number": number} if number else {}) | {
        kind: line.part(*match.span("value"))
        for line in lines
        for match in WORDS.field.finditer(line.text)
        for kind in ("issuer", "number", "signed", "day", "begins")
        if match[kind]
    }


def has_number_field(body: Sequence[Line]) -> bool:
    """Return whether a page's head has a field for the act's number."""
    return "number" in read_header_fields(body[:HEAD_LINES])


def find_act_date(
    body: Sequence[Line], fields: dict[str, Line], page: str | None, url: str
) -> str | None:
    """The act's own date: signature, header field, promulgation; the page's date only where the
    act bears none.
    """
    signed = next(
        (
            day
            for line in reversed(body)
            if SIGNATURE.match(line.text) and (day := dates.first_day(line.text))
        ),
        None,
    )
    days = [fields[name] for name in ("signed", "day") if name in fields]
    days += [line for line in body[:EARLY] if WORDS.dated.match(line.text)]
    field_day = next((day for line in days if (day := dates.first_day(line.text))), None)
    issued = next(
        (
            day
            for place, line in enumerate(body[:HEAD_LINES])
            if place < EARLY - 1 or line.text.startswith("(")
            if WORDS.promulgated.search(line.text) and (day := dates.first_day(line.text))
        ),
        None,
    )
    return signed or field_day or issued or page or _find_header_day(body) or _read_url_day(url)


def _find_header_day(body: Sequence[Line]) -> str | None:
    bare = (
        line
        for line in body[:5]
        if len(line.text) < 60 and "。" not in line.text and dates.ISO_DAY.search(line.text)
    )
    return next((dates.first_day(line.text) for line in bare), None)


def _read_url_day(url: str) -> str | None:
    match = re.search(r"/t(\d{4})(\d\d)(\d\d)_", url)
    return dates.first_day("-".join(match.groups())) if match else None


def find_own_number(
    title: Line,
    head: Sequence[Line],
    foot: Sequence[Line],
    fields: dict[str, Line],
    when: str | None,
) -> tuple[str | None, str | None]:
    """The act's own number as printed, and its key; some print it above their signature."""
    year = int(when[:4]) if when else None
    corrects = WORDS.corrects.search(title.text)
    for line in (*(fields[name] for name in ("number",) if name in fields), title, *head):
        if corrects and line is not title and SAYS.search(line.text):
            continue  # the number that opens its sentence is that of the act which is put right
        if own := _find_leading_reference(line):
            return line.said(_find_issuer_start(line, own), own.end), own.key
        if order := _find_own_order(line):
            return line.said(order.start("issuer"), order.end()), _order_key(
                order, dates.first_day(line.text), year
            )
        if line is fields.get("number") and "issuer" in fields:
            spread = _spread_number((fields["issuer"], line), year)
            if spread[1]:
                return spread
    spread = _spread_number((title, *head), year)
    return spread if spread[1] else _spread_number((title, *foot), year)


def _find_leading_reference(line: Line) -> references.Reference | None:
    """A number that opens a line (`商务部公告2025年第1号 …`) is the act's own; one inside a sentence is
    another's.
    """
    reference = next(iter(references.find_references(line.text)), None)
    bracketed = line.text.startswith("(") and line.text.endswith(")")
    if (
        reference
        and reference.issued
        and reference.key
        and _find_issuer_start(line, reference) == int(bracketed)
    ):
        return reference
    return None


def _find_issuer_start(line: Line, reference: references.Reference) -> int:
    before = references.BEFORE.search(line.text[: reference.start])
    return before.start() if before else reference.start


def _find_own_order(line: Line) -> re.Match[str] | None:
    match = WORDS.order.search(line.text)
    own = match and (
        line.text.startswith("(") or line.text[: match.start()] in ("", "中华人民共和国")
    )
    return match if own else None


def _order_key(order: re.Match[str], day: str | None, year: int | None) -> str | None:
    when = int(day[:4]) if day else year
    issuer = issuers.BY_NAME.get(order["issuer"])
    series = issuer.numbers(order=True) if issuer else ""
    return f"{series}-{when}-{parse_number(order['number'])}" if when and series else None


def _spread_number(head: Sequence[Line], year: int | None) -> tuple[str | None, str | None]:
    """A number alone on its line, under the lines that name the issuer."""
    for place, line in enumerate(head):
        match = WORDS.year_alone.fullmatch(line.text) or WORDS.order_alone.fullmatch(line.text)
        above = "".join(map(_read_issuer_words, head[_find_head_start(head, place) : place]))
        lead = issuers.find_first_issuer(above) if match else None
        when = parse_number(match["year"]) if match and "year" in match.groupdict() else year
        order = bool(WORDS.ordered.search(above))
        series = lead.issuer.numbers(order=order) if lead else ""
        if match and lead and series and when:
            kind = "令" if order else "公告"
            return (
                f"{lead.issuer.name}{kind}{line.said(0, len(line.text)).removeprefix(kind)}",
                f"{series}-{when}-{parse_number(match['number'])}",
            )
    return None, None


def _find_head_start(head: Sequence[Line], place: int) -> int:
    """Find the line with which the head above a number begins: many may issue an act together,
    each in a line of its own.
    """
    start = max(0, place - 4)
    while start and all(issuers.find_signing_issuer(each.text) for each in head[start - 1 :][:2]):
        start -= 1
    return start


def _read_issuer_words(line: Line) -> str:
    """Return what a line above a number says of its issuer; of a title only the opening name."""
    if not line.text.endswith(("的公告", "的决定", "的通告")):
        return line.text
    lead = issuers.find_opening_issuer(line.text)
    return lead.name if lead else ""


def find_issuer(title: Line, body: Sequence[Line], key: str | None) -> str:
    """Find the issuer: by the key, else the title, the signature, the text."""
    if key:
        return vocabulary.issuer(key)
    signed = [line.text for line in body[-6:] if len(line.text) < 30]
    texts = [title.text, *reversed(signed), "".join(line.text for line in body)]
    return next(
        (known.issuer.authority for text in texts if (known := issuers.find_first_issuer(text))), ""
    )


class Form(StrEnum):
    """The kinds of pages; only an act can change the law, or a reply if nothing else
    announces it.
    """

    ACT = "act"
    REPLY = "reply"
    LESSON = "lesson"
    NEWS = "news"
    OTHER = "other"


PLAIN_LINE = re.compile(r"[。;:,]")
SAYS = re.compile("。|[:;]$")  # a sentence, not a number by itself
ANNEX = WORDS.annex
SHORTEST_TITLE = 10  # characters
SITE = re.compile(r"[^。;,:]{2,30}[-|_>·]+")
HEAD_LINES = 14
FOOT_LINES = 4
NEAR = 30  # lines that one looks back


@dataclass(frozen=True)
class Sections:
    """The page. `number` is its own act number as printed, `key` what it is known by if it has
    one.
    """

    form: Form
    title: Line
    body: tuple[Line, ...]
    annexes: tuple[tuple[Line, ...], ...]
    attachments: tuple[Attachment, ...]
    authority: str
    number: str | None
    key: str | None
    published: str | None
    cut: bool
    # those below a line
    lists: dict[int, list[Entity]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    _below: dict[int, tuple[Line, ...]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    @property
    def year(self) -> int | None:
        """The year of the act, for numbers that leave it out."""
        return int(self.published[:4]) if self.published else None

    @property
    def series(self) -> str:
        """The act's own series; empty without a number."""
        return self.key.rsplit("-", 2)[0] if self.key else ""

    @cached_property
    def text(self) -> str:
        """Its title and its body."""
        return "\n".join([self.title.text, *(line.text for line in self.body)])

    @cached_property
    def promulgates(self) -> bool:
        """Return whether it publishes the text of a law."""
        told = (line.text for line in self.body if WORDS.promulgates.search(line.text))
        return not all(map(WORDS.of_measures.search, told))

    @cached_property
    def deciding(self) -> tuple[Line, ...]:
        """The lines that may decide something: those of a law that a decree publishes say what
        is to be, and decide nothing now.
        """
        own = takewhile(
            lambda line: not (self.promulgates and WORDS.articles.match(line.text)), self.body
        )
        head = len(tuple(takewhile(lambda line: "。" not in line.text, self.body)))
        return tuple(
            line
            for place, line in enumerate(own)
            if self._may_decide(line) and not (place < head and _is_frame(line))
        )

    def _may_decide(self, line: Line) -> bool:
        is_title = line.text == self.title.text and "。" not in line.text
        return (
            not is_title
            and PLAIN_LINE.search(line.text) is not None
            and not line.text.startswith("【")
        )

    def place(self, line: Line) -> int | None:
        """Return the number of a line in the body; None for an annex or a piece."""
        return line.place if line.place is not None and line.place < len(self.body) else None

    def before(self, line: Line) -> tuple[Line, ...]:
        """The lines right before one of the body, as many as one looks back in an act."""
        here = self.place(line) or 0
        return self.body[max(here - NEAR, 0) : here]

    def after(self, line: Line) -> tuple[Line, ...]:
        """The lines that one of the body can head as its list: to the next that introduces one,
        or to the signature.
        """
        here = self.place(line) or 0
        if here not in self._below:
            self._below[here] = tuple(takewhile(_may_be_listed, islice(self.body, here + 1, None)))
        return self._below[here]

    def known_as(self, authority: str = "") -> str:
        """The key: the number's, else issuer (`authority` where the page itself names none),
        date and a hash of the words.
        """
        if self.key:
            return self.key
        words = "\n".join(line.keyed for line in self.body)
        return subject.make_key(self.authority or authority, self.published, words)


def is_own_key(key: str, authority: str | None) -> bool:
    """Return whether an act on an authority's page can have this number: it is of the
    same country.
    """
    return not authority or country_of(vocabulary.issuer(key)) == country_of(authority)


def _may_be_listed(line: Line) -> bool:
    introduces = line.text.endswith((":", "。")) and WORDS.introduces.search(line.text)
    return not (introduces or issuers.find_signing_issuer(line.text) or SIGNATURE.match(line.text))


def read_sections(document: Document, *, url: str = "", authority: str | None = None) -> Sections:
    """The page cut into its parts."""
    whole, lines = read_lines(document)
    title = _drop_site_name(whole, lines)
    lines = [line for line in lines if not WORDS.address.match(line.text)]
    kept = [line for line in lines[: _find_footer(lines)] if not TABLES.footer.match(line.text)]
    foot = next(
        (place for place in range(len(kept), 0, -1) if not _is_frame(kept[place - 1])), None
    )
    content = [replace(line, place=place) for place, line in enumerate(kept[:foot])]
    divide = _find_annex_start(content)
    body, rest = content[:divide], content[divide:]
    fields = read_header_fields(body[:HEAD_LINES])
    published = find_act_date(body, fields, document.published, url)
    number, key = find_own_number(title, body[:HEAD_LINES], body[-FOOT_LINES:], fields, published)
    key = key if key and is_own_key(key, authority) else None
    return Sections(
        form=_find_form(title, body, key),
        title=title,
        body=tuple(body),
        annexes=tuple(_split_annexes(rest)),
        attachments=tuple(_list_attachments(body, document)),
        authority=authority or find_issuer(title, body, key),
        number=number,
        key=key,
        published=published,
        cut=any(CUT in line.text for line in lines),
    )


def _drop_site_name(title: Line, lines: Sequence[Line]) -> Line:
    """The title without the site's name before it, where a line of the page is the rest."""
    return next(
        (
            line
            for line in lines[:HEAD_LINES]
            if len(line.text) >= SHORTEST_TITLE
            and title.text.endswith(line.text)
            and SITE.fullmatch(title.text[: -len(line.text)])
        ),
        title,
    )


def _is_frame(line: Line) -> bool:
    """Return whether a line is of the page around an act: a field whose label no act has and whose
    value is no sentence, or a run of links.
    """
    field = None if line.cells else WORDS.frame.match(line.text)
    return field is not None and not WORDS.of_act.search(field["label"] or "")


def _find_footer(lines: Sequence[Line]) -> int | None:
    """Find where the page continues below its act; a toolbar above the signature or an annex does
    not count.
    """
    signatures = [place for place, line in enumerate(lines) if SIGNATURE.match(line.text)]
    last_annex = max(
        (place for place, line in enumerate(lines) if ANNEX.match(line.text)), default=0
    )
    for place, line in enumerate(lines):
        if place < 2 or not TABLES.footer.match(line.text):
            continue
        above = signatures and place < signatures[0]
        if line.text.startswith(FILES) or not (above or place < last_annex):
            return place
    return None


def _find_form(title: Line, body: Sequence[Line], key: str | None) -> Form:
    # an act may be printed below the words of who hands it out
    is_printed = any(WORDS.year_alone.fullmatch(line.text) for line in body[:4])
    talks = TABLES.talk.search(title.text) and not is_printed
    if talks or any(WORDS.asked.search(line.text) for line in (title, *body[:4])):
        return Form.REPLY
    made_up = (line for line in body if TABLES.made_up.search(line.text))
    if TABLES.lessons.search(title.text) or next(made_up, None):
        return Form.LESSON
    if has_number_field(body):  # also where the press prints it
        return Form.ACT
    if any(TABLES.news.search(line.text[:40]) for line in body[:3]):
        return Form.NEWS
    if key or (WORDS.title_end.search(title.text) and WORDS.act_title.match(title.text)):
        return Form.ACT
    return Form.OTHER


def _find_annex_start(content: Sequence[Line]) -> int:
    """Find where the annexes begin: at a heading of their own, or after the signature."""
    signed = max(
        (place for place, line in enumerate(content) if SIGNATURE.match(line.text)), default=-1
    )
    for place, line in enumerate(content):
        if place and (ANNEX.match(line.text) or (place > signed and find_annex_label(line.text))):
            return place
    after = range(max(signed, 0) + 1, len(content))
    return next(
        (place for place in after if WORDS.listing.match(content[place].text)), len(content)
    )


def find_annex_label(text: str) -> re.Match[str] | None:
    """The heading of an annex, with its number; with a colon or a title it is one behind the
    signature alone.
    """
    return ANNEX.match(text) or WORDS.annex_colon.match(text) or WORDS.annex_titled.match(text)


def _split_annexes(rest: Sequence[Line]) -> list[tuple[Line, ...]]:
    parts: list[list[Line]] = []
    for line in rest:
        if find_annex_label(line.text) or not parts:
            parts.append([])
        parts[-1].append(line)
    return [tuple(part) for part in parts]


def _list_attachments(body: Sequence[Line], document: Document) -> list[Attachment]:
    files = [line for line in body if WORDS.file.search(line.text[-6:]) and len(line.text) < 80]
    titles = [
        *_list_attached_titles(body),
        *(_strip_number(line, _find_label_end(line)) for line in files),
    ]
    links = {
        title: url
        for title, url in document.links
        if title and (WORDS.file.search(url) or WORDS.file.search(title) or "fileUrl" in url)
    }
    wanted = list(dict.fromkeys(title for title in titles if title)) or list(links)
    unused = [
        title for title in links if not any(title in other or other in title for other in wanted)
    ]
    return [Attachment(title=title, url=_find_link(title, links)) for title in [*wanted, *unused]]


def _find_link(title: str, links: dict[str, str]) -> str:
    return next((url for name, url in links.items() if name in title or title in name), "")


def _list_attached_titles(body: Sequence[Line]) -> list[str]:
    titles: list[str] = []
    listing = False
    for line in body:
        if match := WORDS.attached.match(line.text):
            # below a title without a number stand the annex's own entries
            listing = line.text[match.start("title")].isdigit()
            titles.append(_strip_number(line, match.start("title")))
        elif WORDS.annex_colon.match(line.text):
            listing = True
        elif listing and (entry := markers.read_mark(line)).level == "number":
            titles.append(_strip_number(line, entry.start))
        else:
            listing = False
    return titles


def _find_label_end(line: Line) -> int:
    match = WORDS.attached.match(line.text)
    return match.start("title") if match else 0


def _strip_number(line: Line, start: int) -> str:
    entry = re.match(r"\d{1,2}[.、]\s*", line.text[start:])
    return line.said(start + (entry.end() if entry else 0), len(line.text))
