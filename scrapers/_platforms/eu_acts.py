"""What acts of the EU on restrictive measures and dual-use items decide: whom their annexes
list, delist, and describe anew.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from msgspec.structs import replace

from monitor import (
    Action,
    Announcement,
    Entity,
    EntityKind,
    LayoutChanged,
    Measure,
    Start,
    Target,
    Unread,
)
from monitor.extract.en import dates
from monitor.source.formats import folded
from monitor.source.formats.nationalities import countries
from monitor.source.formats.numbers import imo
from monitor.vocabulary.forms import ABBREVIATED
from scrapers._platforms.oj_text import Piece

NUMBER = re.compile(
    r"\((?:EU|CFSP|EU,"
    r" Euratom|Euratom)\)\s*(?:(?P<year>20\d\d)/(?P<number>\d{1,5})|No\s*(?P<old>\d{1,4})/(?P<of>20\d\d))"
)
KIND_OF_ACT = re.compile(r"\b(?:REGULATION|DECISION)\b", re.IGNORECASE)
ISSUER = re.compile(
    r"THE (?:COUNCIL OF THE EUROPEAN UNION|EUROPEAN COMMISSION|EUROPEAN PARLIAMENT)", re.IGNORECASE
)
OF_DAY = re.compile(r"\bof (\d{1,2} \w+ \d{4})\b")
PRINTED = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
ANNEX = re.compile(r"[‘'“]?ANNEX(?:\s+[IVXLC\d]+[A-Z]?)?\W*", re.IGNORECASE)
# Lines come with single blanks between their words.
AMENDED = re.compile(
    r"(?:(?P<annex>Annex(?:es)? [IVXLC]{1,8}[a-z]?(?: and [IVXLC]{1,8}[a-z]?)?) (?:to|of) )?"
    r"(?:Implementing )?(?:Regulation|Decision) " + NUMBER.pattern,
    re.IGNORECASE,
)
# What a sentence does with the entries that follow it, or with those of the annex.
DOES: tuple[tuple[re.Pattern[str], Action], ...] = (
    (
        re.compile(r"\b(?:deleted|removed|delisted)\b(?! and replaced)", re.IGNORECASE),
        Action.REMOVE,
    ),
    (
        re.compile(r"\b(?:replaced|substituted|amended to read|updated)\b", re.IGNORECASE),
        Action.AMEND,
    ),
    (re.compile(r"\b(?:added|inserted|included)\b", re.IGNORECASE), Action.ADD),
)
OF_ENTRIES = re.compile(
    r"\b(?:entr(?:y|ies)|persons?|entit(?:y|ies)|bod(?:y|ies)|vessels?|groups?|organisations?|listed"
    r" in the Annex)\b",
    re.IGNORECASE,
)
VERB = re.compile(r"\b(?:is|are|shall)\b", re.IGNORECASE)
KINDS: tuple[tuple[re.Pattern[str], EntityKind], ...] = (
    (
        re.compile(
            r"\b(?:legal persons|entit(?:y|ies)|bodies|groups|undertakings|organisations)\b",
            re.IGNORECASE,
        ),
        "org",
    ),
    (re.compile(r"\b(?:natural )?persons?\b|\bindividuals\b", re.IGNORECASE), "person"),
    (re.compile(r"\b(?:vessels?|ships)\b", re.IGNORECASE), "vessel"),
)
QUOTE = 600  # letters
HEADING = 60  # letters; a longer line is a sentence
LONGEST = 200  # letters of an entry without a number
OPENS = re.compile(r"[‘“](?!\d)")
CLOSES = re.compile(r"[’”][.,;]*$")
QUOTED = re.compile(r"[‘“][^‘“]{2,300}?[’”](?!\w)")
MARKS = " ‘’'“”\"\u00a0"
ENTRY_NUMBER = re.compile(r"[‘'“\"]?\d{1,4}[.)]?\s+")
BRACKETS = re.compile(r"\(([^()]*+)\)")
ALIAS = re.compile(
    r"^(?:a\.?\s*k\.?\s*a\.?|f\.?\s*k\.?\s*a\.?|alias(?:es)?|also known as|formerly known as|good"
    r" quality a\.k\.a\.)\W*",
    re.IGNORECASE,
)
BETWEEN = re.compile(r"[;\n]|,? (?:a\.k\.a\.|f\.k\.a\.|alias) ", re.IGNORECASE)
DETAIL = re.compile(r"^(?P<label>[A-Z][\w /()]{2,40}?)\s*:\s*(?P<words>.+)$")
LATIN = re.compile(r"[A-Za-z]")
FURTHER = re.compile(
    r"[.,;]\s+(?=(?:Date of birth|DOB|Born|Address|Nationality|Passport|Title|Place of birth|Other"
    r" information|National id)\b)"
)
HEADING_ONLY = re.compile(
    r"(?:[A-Z]\.\s*)?(?:Natural persons|Persons|Entities|Legal persons, entities and"
    r" bodies|Vessels)",
    re.IGNORECASE,
)
DUAL_USE = re.compile(r"2021/821\b|\bdual-use\b", re.IGNORECASE)
IN_FORCE = re.compile(
    r"enter into force on the (?:(?P<same>da(?:y|te) of its"
    r" publication)|(?:(?P<word>twentieth|third|seventh) )?day following)"
    r"[^.]*"
)
DECIDES = re.compile(r"\b(?:is|are|shall)\b")
# What of the articles is read elsewhere, or decides nothing by itself.
SETTLED = re.compile(
    r"\bas (?:set out|specified|indicated) in (?:the )?Annex|\bin accordance with (?:the )?Annex"
    r"|\bset out in (?:the )?Annex(?:es)? to this\b|\bamended as follows\W*$|\bin its entirety\b"
    r"|\benter into force\b|\bAnnex\b.{0,99}\b(?:amended|replaced) by (?:the )?(?:text|Annex)\b",
    re.IGNORECASE,
)
SENTENCE = re.compile(r"(?<=[.;])\s+(?=[A-Z(])")
TRADE_ANNEXES = ("833/2014",)  # whose annexes of entities restrict exports and freeze nothing


@dataclass
class Entries:
    """What was read below one sentence: an action (None where no word of it is known), the
    sentence, and whom it concerns.
    """

    action: Action | None
    quote: str
    entities: list[Entity] = field(default_factory=list)
    nameless: list[str] = field(default_factory=list)

    def take(self, rows: Iterable[Entity | str]) -> None:
        """Add the rows of a table: entities, and the words of rows without a name."""
        for row in rows:
            if isinstance(row, Entity):
                self.entities.append(row)
            else:
                self.nameless.append(row)


def act(printed: Sequence[Piece], url: str) -> Announcement:
    """The act that these lines and tables are.

    Raises:
        LayoutChanged: it has no title with a number.
    """
    title = _title(printed)
    named = NUMBER.search(title)
    if not named:
        raise LayoutChanged(f"{url}: no number of an act in {title[:120]!r}")
    published = _published(printed, title)
    measures, unread = _understand(printed, published)
    if not measures and not unread:
        unread = [
            Unread(
                what="act",
                why="it lists nobody, and what else it does is not understood",
                quote=title[:300],
            )
        ]
    return Announcement(
        key=_key(named),
        number=named[0],
        authority="eu-council",
        title=title,
        url=url,
        published=published,
        language="en",
        measures=tuple(measures),
        understood="none" if not measures else "part" if unread else "full",
        not_read=tuple(unread),
    )


def _understand(
    printed: Sequence[Piece], published: str | None
) -> tuple[list[Measure], list[Unread]]:
    """Read what the act does, and what of it was not understood."""
    body, annex = _parts(printed)
    articles = " ".join(piece.text for piece in body)
    starts = _starts(articles, published)
    read = list(_entries(annex, _of_articles(body)))
    unread = [unread_entry for entries in read for unread_entry in _unread(entries)]
    done = [
        _measure(entries, entries.action, articles, starts)
        for entries in read
        if entries.entities and entries.action
    ]
    measures = _together(done) or [*_dual_use(body, starts)]
    unread += _left(body, [*(each.quote for each in unread), *(each.quote for each in measures)])
    return measures, unread


def _unread(entries: Entries) -> Iterator[Unread]:
    """Report what of a sentence, and of the rows below it, was not understood."""
    if not entries.entities:
        yield Unread(what="annex", why="no entry found below it", quote=entries.quote[:300])
    elif not entries.action:
        yield Unread(
            what="annex",
            why="what is done with the entries below it is not understood",
            quote=entries.quote[:300],
        )
    yield from (
        Unread(what="annex", why="a row without a name", quote=row[:300])
        for row in entries.nameless
    )


def _left(body: Sequence[Piece], quoted: Sequence[str]) -> Iterator[Unread]:
    """The sentences of the articles that decide something that was not read."""
    for piece in body[_find_articles(body) :]:
        for said in SENTENCE.split(piece.text):
            is_read = any(said[:300] in quote for quote in quoted)
            if DECIDES.search(said) and not SETTLED.search(said) and not is_read:
                yield Unread(what="sentence", why="not understood", quote=said[:300])


def _find_articles(body: Sequence[Piece]) -> int:
    """Where the articles begin: recitals, which come before them, decide nothing."""
    articles = (at for at, piece in enumerate(body) if re.match(r"(?:Sole )?Article\b", piece.text))
    return next(articles, 0)


def _key(named: re.Match[str]) -> str:
    """Acts of all kinds share one series of numbers since 2015."""
    return f"eu-{named['year'] or named['of']}-{int(named['number'] or named['old'])}"


def _title(printed: Sequence[Piece]) -> str:
    lines: list[str] = []
    for piece in printed[:60]:
        if ISSUER.match(piece.text):
            break
        if lines or (KIND_OF_ACT.search(piece.text) and NUMBER.search(piece.text)):
            lines.append(piece.text)
    return " ".join(lines)


def _published(printed: Sequence[Piece], title: str) -> str | None:
    """The day in the journal's head, else that of the act."""
    for piece in printed[:12]:
        if day := PRINTED.fullmatch(piece.text or "".join("".join(row) for row in piece.rows)):
            return f"{day[3]}-{int(day[2]):02}-{int(day[1]):02}"
        for cell in (cell for row in piece.rows for cell in row):
            if day := PRINTED.fullmatch(cell.strip()):
                return f"{day[3]}-{int(day[2]):02}-{int(day[1]):02}"
    made = OF_DAY.search(title)
    return dates.day(made[1]) if made else None


def _parts(printed: Sequence[Piece]) -> tuple[Sequence[Piece], Sequence[Piece]]:
    """The articles, and all annexes."""
    issued = next((at for at, piece in enumerate(printed) if ISSUER.match(piece.text)), 0)
    start = next(
        (at for at, piece in enumerate(printed) if at > issued and ANNEX.fullmatch(piece.text)),
        len(printed),
    )
    return printed[issued:start], printed[start:]


def _of_articles(body: Sequence[Piece]) -> tuple[Action, str] | None:
    """Read what the articles do with all that the annex lists."""
    articles = body[_find_articles(body) :]
    return next((told for piece in articles if (told := _told(piece.text))), None)


def _told(sentence: str) -> tuple[Action, str] | None:
    if not OF_ENTRIES.search(sentence):
        return None
    return next(((action, sentence) for does, action in DOES if does.search(sentence)), None)


def _begins(line: str) -> tuple[Action | None, str] | None:
    """Read what a line of the annex does with the entries below it; the action is None
    if unknown.
    """
    if told := _told(line):
        return told
    entry = ENTRY_NUMBER.match(line) or line.startswith(("‘", "“"))
    return (
        (None, line)
        if not entry and line.endswith(":") and VERB.search(line) and OF_ENTRIES.search(line)
        else None
    )


def _entries(annex: Sequence[Piece], all_of_it: tuple[Action, str] | None) -> Iterator[Entries]:
    """Read what each sentence of the annex does, with the entries below it."""
    current = Entries(*all_of_it) if all_of_it else None
    kind: EntityKind = "other"
    before = ""
    quoted = _find_quoted(annex)
    for at, piece in enumerate(annex):
        told = _begins(piece.text)
        kind = _kind(piece.text) or kind if len(piece.text) < HEADING or told else kind
        if told:
            of_articles = bool(current and all_of_it and current.quote == all_of_it[1])
            leads = of_articles or (
                before.endswith(":") and current is not None and before == current.quote
            )
            if current is None or current.entities or current.action != told[0] or not leads:
                if current and (current.entities or not of_articles):
                    yield current
                current = Entries(*told)
            current.take(_in_sentence(piece.text, kind))
        elif current and piece.rows:
            current.take(_rows(piece.rows, kind))
        elif current and (entity := _line(piece.text, kind, quoted=at in quoted)):
            current.take([entity])
        before = piece.text
    if current:
        yield current


def _kind(line: str) -> EntityKind | None:
    return next((kind for pattern, kind in KINDS if pattern.search(line)), None)


def _rows(rows: Sequence[Sequence[str]], kind: EntityKind) -> Iterator[Entity | str]:
    """The entity of each row; the words of one in which no name stands."""
    head = next((row for row in rows if any(_is_name_heading(cell) for cell in row)), None)
    at = next(place for place, cell in enumerate(head) if _is_name_heading(cell)) if head else None
    for row in rows:
        if row is head or not any(cell.strip() for cell in row):
            continue
        place = (
            at
            if at is not None
            else next((n for n, cell in enumerate(row) if LATIN.search(cell)), 0)
        )
        words = " | ".join(" ".join(cell.split()) for cell in row if cell)
        named = place < len(row) and row[place].strip(MARKS)
        yield _entity(row[place], "\n".join(row[place + 1 :]), kind, words) if named else words


def _is_name_heading(cell: str) -> bool:
    return bool(re.match(r"NAMES?\b", folded(cell.strip(MARKS)))) and len(cell) < HEADING


def _find_quoted(annex: Sequence[Piece]) -> frozenset[int]:
    """Find the lines within a quotation that opens with a name without a number."""
    found: list[int] = []
    is_open = False
    for at, piece in enumerate(annex):
        if is_open and not piece.rows and not _begins(piece.text):
            found.append(at)
        is_open = (is_open or bool(OPENS.match(piece.text))) and not CLOSES.search(piece.text)
    return frozenset(found)


def _in_sentence(sentence: str, kind: EntityKind) -> Iterator[Entity]:
    """The entries that a sentence quotes itself: `the following entry is deleted: ‘Acme LLC’`."""
    for match in QUOTED.finditer(sentence, (sentence.find(":") + 1) or len(sentence)):
        if isinstance(entity := _line(match[0], kind), Entity):
            yield replace(entity, quote=sentence[:QUOTE])


def _line(line: str, kind: EntityKind, *, quoted: bool = False) -> Entity | str | None:
    """An entry printed as a line: it has a number, or stands in quotation marks."""
    if quoted and not ENTRY_NUMBER.match(line):
        if DETAIL.match(line) or HEADING_ONLY.fullmatch(_bare(line)):
            return None
        if len(line) > LONGEST or VERB.search(line):
            return line
    elif not ENTRY_NUMBER.match(line) and not line.startswith(("‘", "“")):
        return None
    if not LATIN.search(line):
        return None
    words = FURTHER.split(ENTRY_NUMBER.sub("", line), maxsplit=1)[0]
    words = _bare(words)
    return _entity(words, "", kind, line) if words and not HEADING_ONLY.fullmatch(words) else None


def _entity(name_cell: str, details: str, kind: EntityKind, quote: str) -> Entity:
    unnumbered = ENTRY_NUMBER.sub("", name_cell.strip(MARKS))
    bare = BRACKETS.sub("\n", unnumbered)
    name, *further = map(_bare, bare.split("\n"))
    bracketed = [words.strip(MARKS) for words in (*further, *BRACKETS.findall(unnumbered))]
    told = [words for words in bracketed if words and not countries(words)]
    places = [place for words in bracketed for place in countries(words) or ()]
    aliases = [
        alias.strip(MARKS + ",;") for words in told for alias in BETWEEN.split(ALIAS.sub("", words))
    ]
    facts = dict(_details(f"{details}\n{unnumbered}"))
    home = (
        facts.get("nationality", "")
        if kind == "person"
        else facts.get("address", "").rpartition(",")[2]
    )
    nation = countries(home) or places
    ship = imo([facts["imo"]]) if "imo" in facts else ""
    return Entity(
        names={"en": " ".join(name.split())},
        kind=kind,
        aliases=tuple(
            dict.fromkeys(" ".join(alias.split()) for alias in aliases if alias and alias != name)
        ),
        country=nation[0] if len(nation) == 1 else None,
        role=facts.get("role"),
        ids={"IMO": ship} if ship else {},
        addresses=(facts["address"],) if "address" in facts else (),
        quote=quote[:QUOTE],
    )


OWN_STOP = re.compile(rf"{ABBREVIATED}\.\W*$")


def _bare(line: str) -> str:
    """A name without what stands around it; the full stop of a legal form is its own."""
    line = re.sub(r"[’”'\"][.,;]*$", "", line.strip())
    return line.strip(MARKS + ",;" if OWN_STOP.search(line) else MARKS + ",;.")


def _details(cell: str) -> Iterator[tuple[str, str]]:
    """Read the lines of identifying information by their known kinds."""
    for line in cell.split("\n"):
        if detail := DETAIL.match(line.strip()):
            label = detail["label"].lower()
            for known in ("nationality", "address", "imo"):
                if known in label:
                    yield known, detail["words"].strip().rstrip(".;")
            if re.match(r"(?:position|function|title)", label):
                yield "role", detail["words"].strip().rstrip(".;")


def _measure(entries: Entries, action: Action, articles: str, starts: Start | None) -> Measure:
    amends = tuple(
        _targets(articles if "Annex" not in entries.quote else f"{entries.quote} {articles}")
    )
    trade = any(act in articles for act in TRADE_ANNEXES)
    return Measure(
        action=action,
        register="eu-dual-use" if trade else "eu-financial-sanctions",
        amends=amends[:1],
        starts=starts,
        entities=tuple(entries.entities),
        quote=entries.quote[:QUOTE],
    )


def _together(measures: Iterable[Measure]) -> list[Measure]:
    """One measure for what is done under several headings of one annex."""
    together: dict[tuple[Action, str], Measure] = {}
    for measure in measures:
        of = (measure.action, repr(measure.amends))
        together[of] = (
            replace(
                together[of],
                entities=(*together[of].entities, *measure.entities),
                quote=f"{together[of].quote} … {measure.quote}"[:QUOTE],
            )
            if of in together
            else measure
        )
    return [*together.values()]


def _targets(words: str) -> Iterator[Target]:
    for amended in AMENDED.finditer(words):
        if amended["annex"]:
            yield Target(key=_key(amended), clauses=(" ".join(amended["annex"].split()),))


def _dual_use(body: Sequence[Piece], starts: Start | None) -> Iterator[Measure]:
    """An act that gives the list of dual-use items a new text."""
    for piece in body:
        if (
            re.search(r"\bAnnex I\b", piece.text)
            and DUAL_USE.search(piece.text)
            and re.search(r"\breplaced\b", piece.text)
        ):
            yield Measure(
                action=Action.REPLACE,
                register="eu-dual-use",
                amends=tuple(_targets(piece.text)),
                starts=starts,
                quote=piece.text[:QUOTE],
            )
            return


def _starts(articles: str, published: str | None) -> Start | None:
    """The day of entry into force, counted from that of publication."""
    match = IN_FORCE.search(articles)
    if not match or not published:
        return None
    days = (
        0
        if match["same"]
        else {"twentieth": 20, "third": 3, "seventh": 7}.get(match["word"] or "", 1)
    )
    on = date.fromisoformat(published) + timedelta(days=days)
    return Start(on=on.isoformat(), basis="publication", quote=match[0])
