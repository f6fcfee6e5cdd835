"""Find where a deed stands on the page, and whether a value stands there too. Pure.

A value belongs to a deed in its sentence, or in a row below it.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import islice

from monitor.extract.referee import ANY, STOPS
from monitor.extract.words import Words
from monitor.extract.zh import references as chinese_references
from monitor.model import Action, Entity, Item, frozen
from monitor.second.deed import BLANK, blot_asides, find_clause, language_of, refuse_stretch
from monitor.second.names import VERBS, WHOLE, is_in, refuse_beside
from monitor.second.page import ASKS, OTHER, PRINTED, Page, list_days
from monitor.second.rows import (
    BIDS,
    OPENS_ROW,
    Spot,
    heads_column,
    is_listed,
    is_row,
    may_be_somebody,
)
from monitor.vocabulary.letters import HAN_RANGE

DEEDS = (
    Action.ADD, Action.REMOVE, Action.SUSPEND, Action.RESUME, Action.REPLACE,
)  # fmt: skip
CHANGES = (Action.AMEND, Action.REPLACE)  # their rows may add and delete
ISSUER = 20  # characters of a line before the number that it opens with
NEAR = 200  # characters beside a name that are looked at
TABLE_HEAD = re.compile(r"[\s|]*(?:序号|编号|No\.?|#)\s*[\t|]")  # its words do no deed
HAN_NAME = re.compile(rf"([{HAN_RANGE}·]{{3,30}})\($")
TOLD = re.compile(rf"\b[Oo]n {PRINTED}(?!\d)")
SHORT = re.compile(r"[A-Z]{2,6}")  # an abbreviation
SHORTEST = 2  # letters of a name, but one
LED = re.compile(r"[对将][^,;:。]*的[^,;:。的]*(?=,)")  # `对出口至甲国的乙,…`
# whom a measure is for: those that stand in a list
KINDS = dict.fromkeys(
    ("企业", "企業", "公司", "实体", "實體", "组织", "机构", "进口商", "用户"), "org"
) | dict.fromkeys(("个人", "人员"), "person")
LISTED_ABOVE = re.compile(
    rf"(?:[上前]述|前[开開]|(?<!未)(?<!未被)列入[^,;。]{{0,20}}的)[^,;。的]{{0,12}}?(?P<kind>{'|'.join(KINDS)})"
    r"(?!的?(?:高级|其他)?管理|的?(?:高管|股东|子公司))|[与與对對向]其(?![他它中])"
    r"|\b(?i:such|these|those|the (?:above|listed|designated|said)|set out in the annex|listed in|to them)\b"
)
# a line of offices alone, as of who issues an act
OFFICE = re.compile(
    r"^(?=.{4,160}$)[A-Z][^.:;\d]*\b(?:Unit|Office|Department|Ministry|Mechanism|Bureau|Agency|Directorate|Secretariat"
    r"|Administration|Authority|Treasury|Council|Commission|Division|Service|Board)\b[^.:;\d]*$"
    r"|(?:[部局署厅室]|(?<!公)司|委员会|机制|银行)$"
)
A_DAY = re.compile(
    r"(?:Published |Dated |Issued |Made )?(?:\d{4}[年-]\d|[A-Z][a-z]+ \d{1,2}, \d{4}|\d{1,2}\w{0,2} [A-Z][a-z]+ \d{4})"
)
LETTERED = re.compile(r"[A-Z]\. (?:(?:[A-Z][\w'’-]*|of|to|the|and|for|in|on|from|an?)(?:\s+|$))+")
SIGNS = re.compile(
    r"\b(?:Minister|Secretary|Director|Chair\w*|President|Commissioner|Officer|Administrator)\b"
)
SEPARATOR = re.compile(r"[\t|]")  # of the cells of a row
ROW_NUMBER = re.compile(r"\(?\d{1,4}[.)]?\s")
LONGEST_HEADING = 30
SEALS, HEADING = 3, 12  # lines above a day that sign; characters of a field that ends with a stop


@frozen
class Deed:
    """An action and the sentences that state it."""

    action: Action
    sentences: frozenset[int]


ADDS = Deed(Action.ADD, frozenset())


class Places:
    """The page of an act, and what its sentences do."""

    def __init__(self, text: str, own: str, published: str = "") -> None:
        self.page = Page(text)
        self._own, self._published = own, published
        self._refused: dict[tuple[Action, int], str] = {}
        self._refused_above: dict[tuple[Deed, int, bool], str] = {}

    def _say(self, number: int) -> str:
        """Return the words of a sentence."""
        return self.page.sentences[number].text

    def list_today(self, printed: str) -> list[str]:
        """List what a printed day may be, if it is the day of the act."""
        days = list_days(printed)
        return days if {*days} & (self.page.days | {self._published[:10]}) else []

    def _tells_today(self, sentence: str) -> bool:
        """Return whether a sentence tells what was done on the day of the act: `On 5 March, …`."""
        told = TOLD.search(sentence)
        return bool(told and self.list_today(told[1]))

    def refuse_deed(self, action: Action, quote: str) -> str:
        """Explain why a quote states no such deed at any of its places."""
        return _settle(self._refuse_at(action, *place) for place in self.page.find(quote))

    def deed(self, action: Action, quote: str) -> Deed:
        """Find a deed by its quote, with its sentences."""
        places = self.page.find(quote)
        done = [place for place in places if not self._refuse_at(action, *place)]
        return Deed(
            action,
            frozenset(number for place in done for number in self.page.list_sentences(*place)),
        )

    def _refuse_at(self, action: Action, begins: int, ends: int) -> str:
        numbers = self.page.list_sentences(begins, ends)
        first, last = self.page.sentences[numbers[0]], self.page.sentences[numbers[-1]]
        if self._is_title_of_another(numbers[0]):
            return "it stands in a list of titles"
        if first.line and LETTERED.fullmatch(first.text):
            return "it is a heading"
        words = self.page.text[first.begins : last.ends].replace("\n", " ")
        return refuse_stretch(
            action,
            words,
            begins - first.begins,
            ends - first.begins,
            today=self._tells_today(words),
        )

    def _is_title_of_another(self, number: int) -> bool:
        """Return whether a sentence is a title in a list: it opens with another act's number."""
        words = self.page.lines[self.page.sentences[number].line]
        is_own = words in self.page.lines[0] or not self._own
        if is_own or words.rstrip().endswith(STOPS) or "。" in words:
            return False
        cited = next(iter(chinese_references.find_references(words)), None)
        if not cited or cited.start >= ISSUER or cited.key in ("", self._own):
            return False
        return not any(verb.search(words, 0, cited.start) for verb in VERBS)

    def _refuse_sentence(self, action: Action, number: int) -> str:
        """Explain why a whole sentence states no such deed."""
        if (action, number) not in self._refused:
            words = self._say(number)
            self._refused[action, number] = refuse_stretch(
                action, words, 0, len(words), today=self._tells_today(words)
            )
        return self._refused[action, number]

    def _does(self, deed: Deed, number: int) -> bool:
        return number in deed.sentences or not self._refuse_sentence(deed.action, number)

    def list_sentences(self, deed: Deed) -> list[str]:
        """List the sentences that state a deed."""
        return [self._say(number) for number in sorted(deed.sentences)]

    def read(self, deed: Deed) -> str:
        """Read the sentences that state a deed."""
        return "\n".join(self.list_sentences(deed))

    def read_before(self, deed: Deed) -> str:
        """Read the sentences of a deed, with what precedes them in their lines."""
        read = [self.page.sentences[number] for number in sorted(deed.sentences)]
        return "\n".join(
            self.page.text[self.page.line_around(each.begins)[0] : each.ends] for each in read
        )

    def refuse_subject(self, deed: Deed, name: str, quote: str, subject: Entity | Item) -> str:
        """Explain why what a quote names is no subject of a deed; the name may stand there several
        times.
        """
        around = self.page.find(quote)
        spots = [self._find_spot(*place) for each in around for place in self.page.find(name, each)]
        # somebody's name means the same elsewhere, words for goods do not
        if isinstance(subject, Entity) and not all(_refuse_beside(spot, subject) for spot in spots):
            spots += [self._find_spot(*place) for place in self.page.find(name)]
        if SHORT.fullmatch(name) and any(map(self._is_short, self.page.find(f"({name})"))):
            return "it is short for what is no name"
        return _settle(self._refuse_name_at(deed, spot, subject) for spot in spots)

    def _is_short(self, bracket: tuple[int, int]) -> bool:
        """Return whether the words before a bracket are a list, a law or an issuer."""
        before = self._find_spot(bracket[0] + 1, bracket[1]).before
        return is_in("position", before[-NEAR:])

    def _refuse_name_at(self, deed: Deed, spot: Spot, subject: Entity | Item) -> str:
        if why := _refuse_beside(spot, subject):
            return why
        words = self._say(spot.number)
        if is_in("excepts", words):
            return "its sentence excepts something"
        if isinstance(subject, Entity) and is_in("allows", words):
            return "its sentence permits something"
        if self._does(deed, spot.number):
            why = _refuse_aside(deed.action, words, spot.place) or _refuse_subject(
                deed.action, words, spot.place
            )
        else:
            why = self._refuse_apart(deed, spot, subject)
        return "" if why and self._is_meant(deed, spot, subject) else why

    def _is_meant(self, deed: Deed, spot: Spot, subject: Entity | Item) -> bool:
        """Return whether a measure is for those whom the nearest sentence before it lists, with
        this name.
        """
        if deed.action is not Action.RESTRICT or isinstance(subject, Item):
            return False
        meant = (LISTED_ABOVE.search(words) for words in self.list_sentences(deed))
        kinds = {KINDS.get(found["kind"] or "", subject.kind) for found in meant if found}
        first = min(deed.sentences, default=0)
        above = next((n for n in range(first - 1, 0, -1) if self._does(ADDS, n)), spot.number + 1)
        between = range(max(first, above) + 1, spot.number)
        if subject.kind not in kinds or above > spot.number or any(map(self._moves_more, between)):
            return False
        return not self._refuse_name_at(Deed(Action.ADD, frozenset({above})), spot, subject)

    def _moves_more(self, number: int) -> bool:
        """Return whether a sentence, no heading, moves something on or off a list."""
        line = self.page.lines[self.page.sentences[number].line]
        return line.endswith(STOPS) and self._moves(number)

    def _find_spot(self, begins: int, ends: int) -> Spot:
        text, number = self.page.text, self.page.list_sentences(begins, ends)[0]
        first, last = self.page.line_around(begins)
        place = begins - self.page.sentences[number].begins
        return Spot(number, place, text[begins:ends], text[first:begins], text[ends:last])

    def _refuse_apart(self, deed: Deed, spot: Spot, subject: Entity | Item) -> str:
        """Explain why a name outside the sentences of a deed is not its subject."""
        words = self._say(spot.number)
        if (
            self._is_translated(deed, spot, subject)
            or self._is_referred(deed, spot)
            or (isinstance(subject, Item) and self._refers_back(deed, spot.number))
        ):
            return ""
        if self._is_changed(deed, spot, subject):
            return self._refuse_below(deed, spot.number)
        stands = is_row(spot, subject) and not (
            isinstance(subject, Entity) and self._is_lone_cell(spot)
        )
        if not stands and not is_listed(words, spot.place, spot.after):
            return "its quote stands in no sentence of such a deed"
        if self._is_unnumbered(deed, spot):
            return "it stands in no row of the list"
        return self._refuse_cell(spot, subject) or self._refuse_row(deed, spot.number)

    def _is_unnumbered(self, deed: Deed, spot: Spot) -> bool:
        """Return whether a line has no number, and the first one below the deed has one."""
        last = self.page.sentences[max(deed.sentences, default=0)].line
        first = next(filter(None, self.page.lines[last + 1 :]), "")
        numbered = ROW_NUMBER.match(first) and not first.endswith(STOPS)
        return not spot.before and bool(numbered)

    def _refuse_cell(self, spot: Spot, subject: Entity | Item) -> str:
        """Explain why a row or cell names nobody and nothing."""
        if self._is_seal(spot) or self._is_signature(spot):
            return "it is who issues or signs"
        if _own(spot.before + spot.name).reason.search(spot.before):
            return "it is the ground of the deed"
        if self._is_in_another_column(spot):
            return "it stands in the column of something else"
        if isinstance(subject, Entity) and not may_be_somebody(spot, subject):
            return "nothing says that it is somebody"
        return ""

    def _is_lone_cell(self, spot: Spot) -> bool:
        """Return whether a cell labels the next one, or has no other row beside its own."""
        if "\t" not in spot.before.lstrip("0123456789\t"):
            return False
        number, lines = self.page.sentences[spot.number].line, self.page.lines
        above = next((each for each in reversed(lines[:number]) if each), "")
        below = next((each for each in lines[number + 1 :] if each), "")
        return spot.after.startswith(":") or "\t" not in above + below

    def _is_seal(self, spot: Spot) -> bool:
        """Return whether a line only names the issuing office: before all prose, or right above its
        day.
        """
        number, lines = self.page.sentences[spot.number].line, self.page.lines
        opens = OPENS_ROW.match(spot.before)
        is_row = WHOLE.search(spot.name) or (opens and opens.end())
        if is_row or not OFFICE.search(lines[number]):
            return False
        below = islice((each for each in lines[number + 1 :] if each), SEALS)
        if any(A_DAY.match(each) for each in below):
            return True
        above = [each for each in lines[:number] if len(each) > HEADING]
        return not any(each.endswith(STOPS) for each in above)

    def _is_signature(self, spot: Spot) -> bool:
        """Return whether a line is a name with a comma, above the office of who has it."""
        lines = self.page.lines[self.page.sentences[spot.number].line + 1 :]
        below = next(filter(None, lines), "")
        signs = SIGNS.search(below)
        if spot.before or not signs:
            return False
        return spot.after == "," or (not spot.after and signs.end() == len(below))

    def _is_in_another_column(self, spot: Spot) -> bool:
        """Return whether a cell heads a column, or stands below a heading that is no name's."""
        number, lines = self.page.sentences[spot.number].line, self.page.lines
        if number and SEPARATOR.search(lines[number - 1]) and not SEPARATOR.search(lines[number]):
            return False
        first = number
        while first and SEPARATOR.search(lines[first - 1]):
            first -= 1
        heads = [each.strip() for each in SEPARATOR.split(lines[first])]
        column = len(SEPARATOR.findall(spot.before))
        if len(heads) <= column or not any(map(heads_column, heads)):
            return False
        return first == number or heads_column(heads[column])

    def _is_translated(self, deed: Deed, spot: Spot, subject: Entity | Item) -> bool:
        """Return whether it stands in brackets behind a name that is a subject of the deed."""
        called = HAN_NAME.search(spot.before)
        names = [called[1][first:] for first in range(len(called[1]) - SHORTEST)] if called else []
        return any(
            not self._refuse_name_at(deed, self._find_spot(*place), subject)
            for name in names
            for place in self.page.find(name)
            if self._does(deed, self.page.list_sentences(*place)[0])
        )

    def _is_referred(self, deed: Deed, spot: Spot) -> bool:
        """Return whether the next sentences do the deed to somebody whom this one introduces."""
        words = self._say(spot.number)
        if re.search("[,;]", _blot(words)[: spot.place]) or self._does_another(deed, spot.number):
            return False
        behind = {spot.number + 1, spot.number + 2} & deed.sentences
        last = re.escape(re.split("[·• ]", spot.name)[-1])
        found = (
            re.search(f"(.*?)(?:{REFERS.pattern}|[将把对]{last})", self._say(n)) for n in behind
        )
        return any(each and not SOMEBODY.search(each[1]) for each in found)

    def _refers_back(self, deed: Deed, number: int) -> bool:
        """Return whether the next sentences do the deed to what this one describes: `上述临时管制`."""
        return any(
            each < len(self.page.sentences)
            and self._does(deed, each)
            and ABOVE.search(self._say(each))
            for each in (number + 1, number + 2)
        )

    def _is_changed(self, deed: Deed, spot: Spot, subject: Entity | Item) -> bool:
        """Return whether a sentence adds an amended item, or opens with it."""
        if deed.action is not Action.AMEND or not isinstance(subject, Item):
            return False
        words = self._say(spot.number)
        if not self._refuse_sentence(Action.ADD, spot.number):
            return not _refuse_aside(Action.ADD, words, spot.place)
        led = LED.match(words)
        return bool(led and led.end() == spot.place + len(spot.name))

    def _refuse_row(self, deed: Deed, number: int) -> str:
        """Explain why a row does not belong to this deed above it: another one is nearer."""
        line = self.page.sentences[number].line
        if self._is_heading(line):
            return "it is a heading"
        if self._is_feature(line):
            return "it is a feature of something"
        if _own(self.page.lines[line]).state.search(self.page.lines[line]):
            return "it tells what goes on"
        if self._does_another(deed, number):
            return "its own row does something else"
        return self._refuse_below(deed, number)

    def _refuse_below(self, deed: Deed, number: int) -> str:
        """Explain why the nearest deed above a row's line is not this one; rows share
        the answer.
        """
        why, passed = "it stands below no such deed", []
        below = True  # whether only rows stand between
        for above in range(number - 1, -1, -1):
            if self.page.sentences[above].line == self.page.sentences[number].line:
                if deed.action in CHANGES and self._does(deed, above):
                    return ""
                continue
            if (place := (deed, above, below)) in self._refused_above:
                why = self._refused_above[place]
                break
            passed.append(place)
            if self._does(deed, above):
                why = ""
                break
            words = self._say(above).rstrip()
            label = ANNEX_HEAD.match(words)
            if label and (is_own := self._is_of_annex(deed, label[1], above)) is not None:
                why = "" if is_own else "it stands in another annex"
                break
            if (
                self._moves(above)
                or self._heads_changes(deed, above)
                or (below and _heads_others(words))
            ):
                why = "it stands below another deed"
                break
            below = below and not words.endswith(("。", "."))
        self._refused_above |= dict.fromkeys(passed, why)
        return why

    def _heads_changes(self, deed: Deed, number: int) -> bool:
        """Return whether a numbered heading amends what stands below it, and the deed does not."""
        line = self.page.sentences[number].line
        is_head = self.page.numbering[line] and len(self.page.lines[line]) < LONGEST_HEADING
        is_other = is_head and deed.action not in CHANGES
        return bool(is_other) and not self._refuse_sentence(Action.AMEND, number)

    def _is_of_annex(self, deed: Deed, annex: str | None, head: int) -> bool | None:
        """Return whether a deed's sentences name an annex, or None if they do not tell: an annex
        without a number is a deed's only where no other deed above it names one.
        """
        named = {found[1] for found in ANNEX_NAMED.finditer(self.read(deed))}
        if annex:
            return annex in named if named - {None} else None
        others = (number for number in range(head) if number not in deed.sentences)
        shared = any(self._moves(n) and ANNEX_NAMED.search(self._say(n)) for n in others)
        return True if None in named and not shared else None

    def _does_another(self, deed: Deed, number: int) -> bool:
        """Return whether a row states a deed of its own."""
        return deed.action not in CHANGES and any(
            not self._refuse_sentence(other, number) for other in DEEDS if other != deed.action
        )

    def _moves(self, number: int) -> bool:
        """Return whether a sentence moves something on or off a list."""
        words = self._say(number)
        if TABLE_HEAD.match(words):
            return False
        done = any(not self._refuse_sentence(other, number) for other in DEEDS)
        return done and bool(_own(words).moves.search(words))

    def _is_heading(self, line: int) -> bool:
        """Return whether a line is a heading: the line below has a deeper number or a control code.
        A list of its features does not count.
        """
        depths, lines = self.page.numbering, self.page.lines
        if FEATURED.search(lines[line]) or (line and depths[line] == depths[line - 1]):
            return False
        below = next((each for each in range(line + 1, len(lines)) if lines[each]), line)
        return 0 < depths[line] < depths[below] or bool(
            depths[line] and CODED_ROW.match(lines[below])
        )

    def _is_feature(self, line: int) -> bool:
        """Return whether a numbered line stands below one that lists the features of its item."""
        head = self.page.heads[line]
        is_item = GOODS.search(self.page.lines[line][:CODED])
        return head is not None and not is_item and bool(FEATURES.search(self.page.lines[head]))

    def read_around(self, quote: str) -> Iterator[tuple[str, int, int, int]]:
        """Yield the sentences that hold a quote, their place, and its first and last one."""
        for begins, ends in self.page.find(quote):
            numbers = self.page.list_sentences(begins, ends)
            first, last = self.page.sentences[numbers[0]], self.page.sentences[numbers[-1]]
            yield self.page.text[first.begins : last.ends], first.begins, begins, ends

    def refuse_act(self, deed: Deed, cited: Iterable[tuple[int, int]]) -> str:
        """Explain why an earlier act, cited at these places of quotes, is no subject of a deed."""
        return _settle(self._refuse_act_at(deed, *place) for place in cited)

    def _refuse_act_at(self, deed: Deed, cited: int, begins: int) -> str:
        number = self.page.list_sentences(cited, cited + 1)[0]
        sentence = self.page.sentences[number]
        place = cited - sentence.begins
        if _own(sentence.text).ground.search(sentence.text[:place]):
            return "it is the ground of the deed"
        if self._does(deed, number):
            return _refuse_state(sentence.text, place) or _refuse_clause(
                deed.action, sentence.text, place
            )
        if self._refers_back(deed, number):
            return ""
        opens = OPENS_ROW.match(sentence.text)
        if opens and sentence.begins + opens.end() + 2 >= begins:
            return self._refuse_row(deed, number)
        return "its quote stands in no sentence of such a deed"

    def refuse_day(self, deed: Deed, quote: str, *, starts: bool) -> str:
        """Explain why a day does not belong to this deed: its sentence is about another one, or an
        earlier one.
        """
        return _settle(
            self._refuse_day_in(deed, number, begins, ends, starts=starts)
            for begins, ends in self.page.find(quote)
            for number in self.page.list_sentences(begins, ends)
        )

    def _refuse_day_in(
        self, deed: Deed, number: int, begins: int, ends: int, *, starts: bool
    ) -> str:
        sentence = self.page.sentences[number]
        ends = min(ends, sentence.ends)
        own = _own(sentence.text)
        stretch = self.page.text[begins:ends]
        if ASKS.search(sentence.text):
            return "it asks"
        if own.aside.search(stretch):
            return "it is the time for something else"
        if starts and "lapses" in own.as_written and (over := own.lapses.search(stretch)):
            begins_first = own.takes.search(stretch, 0, over.start())
            if not begins_first:
                return "it ends then, or began before"
        if number in deed.sentences or (starts and self._does(deed, number)):
            return ""
        return self._refuse_day_aside(number, ends - sentence.begins, starts=starts)

    def _refuse_day_aside(self, number: int, ends: int, *, starts: bool) -> str:
        """Explain why a sentence without the deed does not state its start or end."""
        words = self._say(number)
        own = _own(words)
        if own.excepts.search(words, 0, ends):
            return "its sentence excepts something"
        if own.earlier.search(words[:ends]) or own.others.search(words):
            return "its sentence tells of an earlier act, or of others"
        if starts and not own.takes.search(words) and not OTHER.search(words):
            return "it is the day of something else"
        others = any(not self._refuse_sentence(other, number) for other in DEEDS)
        is_whole = starts and own.whole.search(words, 0, ends)
        return "it is the day of another deed" if others and not is_whole else ""


def _own(words: str) -> Words:
    """Return the second reader's own table of the language of some words."""
    return language_of(words).table("second")


def _settle(refused: Iterable[str]) -> str:
    """Return "" if something is not refused at one of its places, or the first reason."""
    reasons = [*refused]
    return "" if "" in reasons else next(iter(reasons), "its quote does not print it")


def _refuse_beside(spot: Spot, subject: Entity | Item) -> str:
    return refuse_beside(spot.name, spot.before[-NEAR:], spot.after[:NEAR], subject)


def _heads_others(words: str) -> bool:
    """Return whether a line opens a list of its own: it ends with a colon, and is no
    title or row.
    """
    if (
        not words.endswith(":")
        or PART.match(words)
        or ANNEX.fullmatch(words)
        or ANY.title.fullmatch(words.rstrip(":"))
    ):
        return False
    opening = OPENS_ROW.match(words)
    state = _own(words).state.search(words)
    return not (opening and opening.end()) or bool(state or BIDS.search(words))


ANNEX = re.compile(
    "(?:附[件表录]?|第.{1,2}批[^,;。:]{0,12}):"
)  # its rows are those of the deed above
PART = re.compile(r"(?:Section|Part|Group|Category|Annex|Schedule|Table) \d[\w().-]*(?: \(.*\))?:$")
CHANGED = re.compile(r"\b(?:modif|revis|correct)(?:y|ies|ying|es|ing|s)\b")
LABEL = r"(?:附[件表]|(?i:\b(?:annex|appendix|schedule)\b))(?: ?(\d{1,2}|[A-Z]|[IVX]{1,4})\b)?"
ANNEX_HEAD = re.compile(rf"{LABEL}:?\W*$")
ANNEX_NAMED = re.compile(rf"{LABEL}(?! (?:to|of) (?!this))")
INSERTS = re.compile(r"增加|新增|\binsert")
FEATURES = re.compile(r"具有以下[^,。]{0,6}(?:特性|特征)")
GOODS = re.compile(r"\d[A-E]\d{3}")
CODED_ROW = re.compile(rf"{GOODS.pattern}.*[{HAN_RANGE}]")
CODED = 14  # characters at the beginning of a row that may print its control code
FEATURED = re.compile(r"\d[A-E]\d{3}|具有|\d{8}")  # a code, or `having`: it is an item
ABOVE = re.compile("上述(?:临时)?(?:管制|措施|公告)|其余(?:条款|部分|内容)")
ITS = re.compile("其(?!中|[子分]公司|附属|下属|他|它)|该(?:公司|企业|实体|机构|人)")
SOMEBODY = re.compile("公司|集团|研究[所院]|大学")  # whom a sentence names itself
REFERS = re.compile(r"(?:[将把对]|同意|批准|准[予许]|允许)(?:其|该|上述)")
# those named first in a reason, or with others: `鉴于甲公司、乙公司…,决定将其列入`
REASONED = re.compile(
    rf"(?:鉴于|由于|因)(?:[^,;。、]{{0,8}}|[^,;。]{{0,80}}、[{BLANK}]*"
    rf"|[^,;:。、]{{0,20}}(?:公司|集团)(?:[{BLANK}]*(?:总裁|董事长|主席|首席执行官|负责人)[{HAN_RANGE}·]{{0,10}})?)[(“]?$"
)


def _refuse_aside(action: Action, sentence: str, place: int) -> str:
    """Explain why a place in the sentence of a deed is no part of the deed."""
    judge, own = map(language_of(sentence).table, ("referee", "second"))
    if _blot(sentence)[place] == BLANK and not _is_bracketed(sentence, place, judge):
        return "it stands aside"
    if own.ground.search(sentence[:place]) or own.reason.search(sentence[:place]):
        named = REASONED.search(_blot(sentence)[:place].rstrip(BLANK))
        return "" if named and REFERS.search(sentence, place) else "it is the ground of the deed"
    if action in CHANGES:
        return ""
    if _refuse_clause(action, sentence, place) and not _is_meant_behind(action, sentence, place):
        return "its clause does something else"
    return ""


def _is_meant_behind(action: Action, sentence: str, place: int) -> bool:
    """Return whether the next clause does the deed to what this clause introduces."""
    marks = language_of(sentence).table("frame").clause
    plain = _blot(sentence)
    behind = find_clause(marks, plain, place, place)[1] + 1
    first, last = find_clause(marks, plain, behind, behind)
    return bool(ITS.search(plain, first, last)) and not refuse_stretch(
        action, sentence, first, last
    )


def _blot(sentence: str) -> str:
    """Blank the asides of a sentence letter for letter."""
    return blot_asides(language_of(sentence), sentence)


def _refuse_subject(action: Action, sentence: str, place: int) -> str:
    """Explain why words in a Chinese sentence are not the deed's subject: they precede it."""
    judge, outer, own = map(language_of(sentence).table, ("referee", "frame", "second"))
    plain = _blot(sentence)
    says = own.table_of("says").get(action)
    verbs = [says] if says else [judge.eases, *outer.table_of("outer").values()]
    if any(each.search(plain, 0, place) for each in (outer.opener, *verbs)):
        return ""
    if not (opens := outer.opener.search(plain, place)):
        return ""
    if plain.endswith(("向", "给"), 0, place):
        return "it is whom something is done for"
    refers = any(verb.search(plain, place, opens.start()) for verb in verbs)
    return (
        ""
        if refers or REFERS.match(plain, opens.start())
        else "it stands before what the deed is done to"
    )


def _is_bracketed(sentence: str, place: int, judge: Words) -> bool:
    """Return whether words stand in brackets or quotes, as another name does."""
    asides = [each for each in judge.aside.finditer(sentence) if each.start() <= place < each.end()]
    is_title = any(sentence.endswith("号", 0, each.start()) for each in asides)
    return not is_title and any(each[0][0] in "(“" for each in asides)


def _refuse_state(sentence: str, place: int) -> str:
    """Explain why the clause around a place only tells what goes on; "" if it does more."""
    plain, marks = _blot(sentence), language_of(sentence).table("referee").clause
    clause = plain[slice(*find_clause(marks, plain, place, place))]
    return "it tells what goes on" if _own(sentence).state.search(clause) else ""


def _refuse_clause(action: Action, sentence: str, place: int) -> str:
    """Explain why the clause around a place states another deed, if it states one."""
    judge, outer, own = map(language_of(sentence).table, ("referee", "frame", "second"))
    plain = _blot(sentence)
    first, ends = find_clause(judge.clause, plain, place, place)
    plain = own.thing.sub(lambda thing: BLANK * len(thing[0]), plain)
    verbs = (judge.adds, judge.eases, INSERTS, CHANGED, *outer.table_of("outer").values())
    if not any(verb.search(plain, first, ends) for verb in verbs):
        return ""
    return refuse_stretch(action, sentence, first, ends)
