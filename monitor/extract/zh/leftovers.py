"""Find what an act prints that belongs into facts but is in none (days, terms, acts, changes): it
is understood in part.

This checks the sentences that may decide something. A new form of act needs no change here.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from monitor.extract import account, codes, gate, why
from monitor.extract.zh import dates, lines, references
from monitor.extract.zh.annexes import read_firm
from monitor.extract.zh.lines import Line, read_mark
from monitor.extract.zh.names import Piece, mask_brackets
from monitor.extract.zh.operations import split_sentences
from monitor.extract.zh.words import CHINESE, GATE, TABLES, blot_titles
from monitor.model import Action, Entity, Item, Measure, Unread, frozen
from monitor.vocabulary.letters import HAN_RANGE

WORDS = CHINESE.table("leftovers")
DEEDS = CHINESE.table("operations")
PRINTED = CHINESE.table("items").printed
FORMS = CHINESE.table("forms")
NOMINAL = CHINESE.table("account").nominal

CLAUSE = re.compile("[^,;。]+")
BETWEEN_BARS = re.compile(r"[^|]+")
SENTENCE = re.compile("[。;:]")
PLAIN = re.compile(rf"[。;:,{HAN_RANGE}]")
PERSON = re.compile(rf"[{HAN_RANGE}]·[{HAN_RANGE}]")
PRINTED_IN = re.compile(r"(?<=》)\([^()]*(?:公布|发布|印发|修[订正])[^()]*\)")  # of a rule
LOST = re.compile(r"(?:编号|税号|税则号列):[、,和及]*\)")  # a site has lost the numbers
LETTER = re.compile(r"[^\W\d_]{2}")
HEADING = re.compile(
    "(?:序[号號]|[编編][号號]|.{0,6}名称?|姓名|.{0,3}[中英外]文.{0,3})(?:[(（].*)?"
)


@frozen
class TakenFacts:
    """The parts of an act that its facts have taken."""

    starts: frozenset[str]
    ends: frozenset[str]
    keys: frozenset[str]
    quotes: Counter[str]
    names: frozenset[str]
    lengths: frozenset[int]
    printed: str
    ended: tuple[str, ...]
    resumes: bool

    def opens(self, text: str, here: int) -> bool:
        """Return whether one of the names stands at a place."""
        return any(text[here : here + length] in self.names for length in self.lengths)

    def has(self, name: str) -> bool:
        """Return whether a name is one of theirs, or within one."""
        return name in self.printed

    def covering(self, quote: str, *, enough: int) -> int:
        """Count the facts that a sentence has given.

        If those that quote it alone are `enough`, no others are searched.
        """
        own = self.quotes[quote]
        return (
            own
            if own >= enough
            else sum(
                times for known, times in self.quotes.items() if quote in known or known in quote
            )
        )


def list_leftovers(
    body: Iterable[Line], measures: Sequence[Measure], *, key: str | None, published: str | None
) -> list[Unread]:
    """List the sentences that no measure has taken, each once."""
    taken = _collect_taken(measures)
    unread: list[Unread] = []
    for line, below in pairwise([*body, None]):
        for sentence in split_sentences(line) if line else ():
            if _heads_taken_entry(sentence, below, taken):
                continue
            if left := next(_list_reasons(sentence, taken, key, published), None):
                quote = sentence.quote
                why.explain_sentence(left, quote)
                unread.append(Unread("sentence", left, quote))
    return unread


def _heads_taken_entry(sentence: Piece, below: Line | None, taken: TakenFacts) -> bool:
    """Return whether a sentence heads entries of a catalogue, and the first of them gave a fact."""
    if below is None or not FORMS.heads_entries.fullmatch(sentence.text):
        return False
    return taken.covering(Piece.of(below).quote, enough=1) > 0


def list_names_left(
    body: Iterable[Line], measures: Sequence[Measure], *, unread: Iterable[Unread]
) -> list[Unread]:
    """List lines with a name that no measure has taken.

    A line that is a firm's name counts; if the act names somebody, any Latin name counts too.
    """
    on_somebody = any(measure.entities for measure in measures)
    taken = _collect_taken(measures)
    left = (line.raw for line in body if _has_other_name(line, taken, latin=on_somebody))
    return _report_untold("name", "a name was not understood", left, unread)


def list_tables_left(
    body: Iterable[Line], measures: Sequence[Measure], *, unread: Iterable[Unread]
) -> list[Unread]:
    """The first row of figures or letters in an act of whose tables no fact has a row."""
    words = _collect_names(measures)
    words |= {number for each in measures for item in each.items for number in item.hs}
    rows = [line for line in body if sum(map(bool, line.cells)) > 1 or "\t" in line.raw]
    if any(word in line.raw or word in line.text for line in rows for word in words):
        return []
    left = [line.raw.strip() for line in rows if not PLAIN.search(line.text)]
    return _report_untold("table", "a table was not understood", left[:1], unread)


def _report_untold(
    what: str, reason: str, quotes: Iterable[str], unread: Iterable[Unread]
) -> list[Unread]:
    """Report these quotes as unread, without those in `unread`."""
    told = "\n".join(part.quote for part in unread if part.quote)
    return [Unread(what, reason, quote) for quote in quotes if quote not in told]


def list_bare_entries_left(
    body: Sequence[Line], measures: Sequence[Measure], *, unread: Iterable[Unread]
) -> list[Unread]:
    """Lines that only name a thing, right below a heading of entries or an entry that was read."""
    quotes = {item.quote for measure in measures for item in measure.items}
    left = (
        line.raw.strip()
        for above, line in pairwise(body)
        if FORMS.heads_entries.fullmatch(above.text) or Piece.of(above).quote in quotes
        if FORMS.bare_entry.fullmatch(line.text) and read_mark(line).level == "none"
    )
    return _report_untold("items", "an entry of the list was not read", left, unread)


def list_persons_left(measures: Sequence[Measure], *, unread: Iterable[Unread]) -> list[Unread]:
    """Sentences of facts with a person's name, or an entry with a part of a body behind its name,
    that no fact has.
    """
    named = [entity for measure in measures for entity in measure.entities]
    words = [word for each in named for word in (each.quote, each.role, *each.spellings) if word]
    told = re.compile("|".join(map(re.escape, sorted(words, key=len, reverse=True))) or "(?!)")
    left = [each.quote for each in measures if PERSON.search(told.sub("", each.quote))]
    left += [each.quote for each in named if each.quote and WORDS.part_of.search(each.quote)]
    return _report_untold("name", "a name was not understood", left, unread)


def list_exceptions_left(measures: Sequence[Measure], *, unread: Iterable[Unread]) -> list[Unread]:
    """Items of which words free a part that their names do not have."""
    items = [item for measure in measures for item in measure.items]
    exempt = {quote for quote in {item.quote for item in items} if WORDS.exempt.search(quote)}
    left = (
        item.quote
        for item in items
        if item.quote in exempt
        and not any(WORDS.exempt.search(name) for name in item.names.values())
    )
    return _report_untold("items", "what of it is exempt is only quoted", left, unread)


def list_ends_left(measures: Sequence[Measure], *, unread: Iterable[Unread]) -> list[Unread]:
    """Sentences of measures that say until when they hold, where none of these has an end."""
    ended = {each.quote for each in measures if each.ends}
    quotes = {each.quote: lines.make_line(each.quote).text for each in measures}
    left = (
        quote
        for quote, text in quotes.items()
        if quote not in ended and not WORDS.endless.search(text)
        if WORDS.term.search(text) or WORDS.stayed_for.search(text)
    )
    return _report_untold("term", "when it ends was not understood", left, unread)


def list_bans_left(
    body: Iterable[Line], measures: Sequence[Measure], *, unread: Iterable[Unread]
) -> list[Unread]:
    """Sentences that gave a fact and beside it forbid trade, with others than those they name."""
    left = (
        sentence.quote
        for line in body
        for sentence in split_sentences(line)
        if WORDS.bans.search(blot_titles(sentence.text))
        if (own := [each for each in measures if _overlap(each.quote, sentence.quote)])
        and not any(each.action is Action.RESTRICT or each.items for each in own)
    )
    return _report_untold("sentence", "not all that it does was understood", left, unread)


def _overlap(one: str, other: str) -> bool:
    return bool(one) and (one in other or other in one)


def list_numbers_left(
    body: Iterable[Line], measures: Sequence[Measure], *, unread: Iterable[Unread]
) -> list[Unread]:
    """Lines of an act on goods with tariff numbers that no item has."""
    listed = [item for measure in measures for item in measure.items]
    known = {number for item in listed for number in item.hs}
    left = (
        line.raw.strip()
        for line in body
        if listed
        and not (line.cells or line.text.startswith("【"))
        and (LOST.search(line.text) or not _read_tariff_numbers(line) <= known)
    )
    return _report_untold("items", "tariff numbers that no item has taken", left, unread)


def _read_tariff_numbers(line: Line) -> set[str]:
    """Read the tariff numbers of a line, without a corrected one."""
    text = OLD_NAME.sub("", NOMINAL.sub("", line.text))
    printed = (number.replace(".", "") for number in PRINTED.findall(text))
    return {*codes.list_tariff_numbers(text), *printed}


def list_days_left(
    body: Iterable[Line], measures: Sequence[Measure], published: str | None
) -> Iterator[Unread]:
    """Rows of a table with a day to come that no measure has."""
    bounds = (bound for measure in measures for bound in (measure.starts, measure.ends))
    known = {bound.on[:10] for bound in bounds if bound}
    for line in body:
        days = {dates.day(day) for day in dates.FULL_DAY.finditer(line.text) if line.cells}
        if any(day and day[:10] not in known and day > (published or "") for day in days):
            yield Unread("day", account.NO_DAY, line.raw.strip())


def _has_other_name(line: Line, taken: TakenFacts, *, latin: bool) -> bool:
    other = latin and _has_other_latin(line.text, taken)
    spans = () if line.cells else map(re.Match.span, BETWEEN_BARS.finditer(line.text))
    parts = [line.part(*span) for span in spans] or [line]
    return other or any((firm := read_firm(part)) and not taken.has(firm) for part in parts)


def _has_other_latin(text: str, taken: TakenFacts) -> bool:
    """Return whether a text prints a Latin name that no fact has, apart from a corrected one."""
    names = WORDS.latin.finditer(OLD_NAME.sub("", text))
    return any(not taken.has(name[1]) for name in names)


def _collect_taken(measures: Sequence[Measure]) -> TakenFacts:
    names = [
        name for measure in measures for entity in measure.entities for name in entity.spellings
    ]
    return TakenFacts(
        starts=frozenset(measure.starts.on for measure in measures if measure.starts),
        ends=frozenset(measure.ends.on for measure in measures if measure.ends),
        keys=frozenset(target.key for measure in measures for target in measure.amends),
        quotes=Counter(filter(None, _list_quotes(measures))),
        names=frozenset(names),
        lengths=frozenset(map(len, names)),
        printed="\n".join(names),
        ended=tuple(
            dict.fromkeys(
                measure.ends.quote for measure in measures if measure.ends and measure.ends.quote
            )
        ),
        resumes=any(measure.action is Action.RESUME for measure in measures),
    )


def _list_quotes(measures: Sequence[Measure]) -> Iterator[str]:
    """The quotes of measures; of a correction each new name has its own sentence."""
    for measure in measures:
        yield measure.quote
        if measure.action is Action.AMEND:
            yield from {each.quote for each in measure.entities} - {measure.quote}


OLD_NAME = WORDS.old_name


def _is_about_named(text: str, taken: TakenFacts) -> bool:
    """Return whether a sentence tells what the named did."""
    opening = WORDS.found.match(text)
    here = opening.end() if opening else 0
    return taken.opens(text, here) and not WORDS.of_issuer.search(text, here)


def _list_reasons(
    sentence: Piece, taken: TakenFacts, key: str | None, published: str | None
) -> Iterator[str]:
    text = sentence.text
    seen = NOMINAL.sub(lambda use: "\x00" * len(use[0]), mask_brackets(blot_titles(text)))
    quote = sentence.quote
    if WORDS.some_begin.search(seen) and taken.covering(quote, enough=1):
        yield "for some of them it begins on another day"
    if WORDS.exempt.search(seen) and taken.covering(quote, enough=1):
        yield "what is exempt from it is only quoted"
    if (
        dates.is_before(text, published)
        or TABLES.announces.search(seen)
        or WORDS.case.search(seen)
        or _is_about_named(text, taken)
    ):
        return
    yield from _list_times_left(text, seen, taken, published)
    verbs = {
        verb: clause[0]
        for clause in CLAUSE.finditer(seen)
        if (verb := WORDS.operative.search(seen, *clause.span()))
    }
    covered = taken.covering(quote, enough=max(1, len(verbs))) + any(
        ended in quote for ended in taken.ended
    )
    verb = next((verb for verb in verbs if not gate.find_bar(seen, verb.start(), GATE)), None)
    if _has_other_latin(text, taken) and (verb or covered):
        yield "a name was not understood"
    if verb and (left := _explain_changes_left(text, verbs, taken, key, covered)):
        yield left


def _list_times_left(
    text: str, seen: str, taken: TakenFacts, published: str | None
) -> Iterator[str]:
    begun = [*dates.list_starts(text, published)] if WORDS.takes_effect.search(seen) else []
    others = [start.on for start, _, last in begun[1:] if WORDS.begins_there.match(text, last)]
    if begun and taken.starts and not {begun[0][0].on, *others} <= taken.starts:
        yield "a day on which something begins was not understood"
    if begun and not taken.starts:
        yield "when it begins was not understood"
    if WORDS.each_its_own.search(seen) and len(taken.ends) <= 1:
        yield "which term is whose was not understood"
    endless = WORDS.endless.search(seen) or DEEDS.moves_start.search(seen)
    if WORDS.term.search(seen) and not taken.ends and not endless:
        yield "when it ends was not understood"


def _explain_changes_left(
    text: str, verbs: dict[re.Match[str], str], taken: TakenFacts, key: str | None, covered: int
) -> str:
    """Explain which changes in a sentence no measure has taken."""
    named = {
        reference.key
        for reference in references.find_references(
            PRINTED_IN.sub("", text), series=key.rsplit("-", 2)[0] if key else ""
        )
        if reference.key
    }
    if not covered:
        return "what it changes was not understood"
    if named - taken.keys - {key}:
        return "not all acts that it names were understood"
    if not taken.resumes and any(verb[0] == "恢复" for verb in verbs):
        return "what lives again was not understood"
    unnumbered = {
        verb[0]
        for verb, clause in verbs.items()
        if not WORDS.number.search(clause) and not WORDS.follows.search(clause)
    }
    return "not all that it does was understood" if len(unnumbered) > covered else ""


# Lists that semicolons join in the midst of a sentence (`禁止向某国出口甲；乙；丙`): their parts that no fact
# has taken.
#
# A semicolon ends a sentence for all forms, since most that it parts do something of their own;
# such a part does nothing.


def list_parts_left(
    body: Iterable[Line], measures: Sequence[Measure], *, unread: Iterable[Unread]
) -> list[Unread]:
    """The parts of a list beside a part that gave a fact."""
    quotes = {measure.quote for measure in measures}
    names = _collect_names(measures)
    lengths = {len(name) for name in names}
    parts = (
        _quote_part(part)
        for line in body
        if ";" in line.text
        for part in _list_parts_beside(line, quotes)
    )
    left = (
        part
        for part in parts
        if not any(part[:length] in names or part[-length:] in names for length in lengths)
    )
    return _report_untold("sentence", "a part of what it lists was not understood", left, unread)


def _collect_names(measures: Iterable[Measure]) -> set[str]:
    """Collect the names of a measure's subjects, and the words that state them."""
    named: list[Entity | Item] = []
    for measure in measures:
        named += [*measure.entities, *measure.items]
    return {
        words
        for thing in named
        for words in (*thing.names.values(), _strip_signs(thing.quote or ""))
        if words
    }


def _list_parts_beside(line: Line, quotes: set[str]) -> Iterator[Piece]:
    """The parts of a line that only name, in a sentence of which another part gave a fact."""
    run: list[Piece] = []
    for part in split_sentences(line):
        run.append(part)
        if part.text.endswith(";") and part.end < len(line.text):
            continue
        if any(piece.quote in quotes for piece in run):
            yield from (
                piece for piece in run if piece.quote not in quotes and _has_only_names(piece)
            )
        run = []


def _has_only_names(part: Piece) -> bool:
    words = mask_brackets(part.text).strip(";。 ")
    lead = WORDS.lead.match(words)
    return bool(words) and WORDS.says.search(words, lead.end() if lead else 0) is None


def _quote_part(part: Piece) -> str:
    """The part as printed, without the mark before it and the sign behind it."""
    here = part.line.part(part.start, part.end)
    return _strip_signs(here.quote(read_mark(here).start, len(here.text)))


def _strip_signs(words: str) -> str:
    return words.strip(" 　;；。")
