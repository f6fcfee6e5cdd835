"""Compare a model's answer with the page; keep only values that a quote on the page supports. Pure.

Names, codes and days must stand in their quote unchanged. The tables of the grammar read from the
deed's sentence whether it adds or lifts. The subject must stand in that sentence, or in a row below
it. A value that can't be checked is dropped and listed with the reason.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property, partial
from itertools import chain
from typing import TypeVar

from msgspec.structs import replace

from monitor import vocabulary
from monitor.extract import verb_final
from monitor.extract.en import dates as english_dates
from monitor.extract.en import references as english_references
from monitor.extract.en.words import make_ours_pattern
from monitor.extract.verb_final import dates as verb_final_dates
from monitor.extract.verb_final.lines import LEVEL, Line
from monitor.extract.words import Phrase
from monitor.extract.zh import dates as chinese_dates
from monitor.extract.zh import references as chinese_references
from monitor.extract.zh.lines import make_line
from monitor.model import Action, Announcement, Dropped, End, Entity, Item, Measure, Start, Target
from monitor.second.answer import Answer, SaidAct, SaidDay, SaidEntity, SaidItem, SaidMeasure
from monitor.second.deed import LIFTS, verb_final_of
from monitor.second.names import TABLES, is_in, refuse_words
from monitor.second.page import OTHER, PRINTED
from monitor.second.place import Deed, Places
from monitor.vocabulary import NamedRegister, country_of
from monitor.vocabulary.letters import HAN, folded
from monitor.vocabulary.registers import (
    BLOCKED,
    CONTROLLED,
    DENIED_PERSONS,
    EU_DUAL_USE,
    EU_SANCTIONS,
    EU_SECTORAL,
    SDN,
    TAIWAN,
)

Day = TypeVar("Day", Start, End)
OURS = Phrase(make_ours_pattern, re.IGNORECASE)
LICENCES = "us-ofac-licences"
RULES = {  # of registers: the regulations and the deeds that are about no other one
    EU_DUAL_USE.code: (r"\b2021/821\b",),
    EU_SECTORAL.code: (r"\b(?:833/2014|765/2006)\b",),
    EU_SANCTIONS.code: (r"\b269/2014\b",),
    CONTROLLED.code: (
        "禁止[^,，;；。]*向[^,，;；。]*(?:公司|实体|株式会社)[^,，;；。]*出口[^,，;；。]*两用物项",
    ),
    SDN.code: (r"\bproperty and interests in property\b[^.;]{0,80}\bblocked\b",),
    BLOCKED.code: ("阻断外国法律|不得承认",),
    TAIWAN.code: ("[战戰]略性高科技[货貨]品(?![实實][体體])",),
    LICENCES: (r"\bGENERAL LICENSE NO\b|\bthis general license\b",),
    DENIED_PERSONS.code: (r"\bden(?:y|ies|ied) (?:the )?export privileges\b",),
}
SHORT = 2  # capitals, the most that are no abbreviation of rules
LONGEST = 2_000  # characters of a quote: more is no quote but a page
CODE = re.compile(r"(?=[A-Za-z.()-]{0,23}\d)(?=[\d.()-]{0,23}[A-Za-z])[0-9A-Za-z.()-]{2,24}")
GOODS = re.compile(r"\d[A-E]\d{3}")
CODES = re.compile(r"(?:(?!\b(?:FOR|USED|WITH)\b).)*\b(?:CODE|HEADING)S? ")  # within a name
TODAY = re.compile(r"\b(?:com|tak|enter|appl)\w* [^.;]{0,20}\btoday\b", re.IGNORECASE)
MINISTRY = re.compile(r"本[部署局委]\d{4}年")  # it publishes acts of several series
NOW = re.compile(r"今[日天]\((\d{4}年[^()]{2,6}日)\)(?!.{0,400}[自从于]\d)")
MINGUO, MINGUO_BEGINS = re.compile(r"(?<!\d)1\d\d(?=年)"), 1911  # years as Taiwan counts them
REGISTERED = re.compile("^Registration (.*)", re.MULTILINE)  # of Canadian regulations
DOCUMENT = re.compile(r"\bFR Doc\. (\d{4})-(\d+)")
# the day that opens a deed, or on which the whole act was issued
ON = re.compile(
    r"(?:(?:^(?:DATES: )?This \w+ was (?:issued|taken) on|(?:^|\d )On)"
    r" ([A-Z][a-z]+ \d{1,2}, \d{4}|\d{1,2} [A-Z][a-z]+ \d{4})[,.]"
    r"|\b(?:Applicable|Effective|Applicability) [Dd]ate: ([A-Z][a-z]+ \d{1,2}, \d{4}))"
)
LISTED = re.compile(
    rf"\b(?i:listed on|date (?:designated|listed|of (?:listing|designation))):? {PRINTED}"
)
SPAN = re.compile(r"(?:在|有效期限?[为:]?)(\d{4}年\d{1,2}月\d{1,2}日)起?至\d")  # the days of a time
FIELD = re.compile(r'"effective_on": ?"(\d{4}-\d\d-\d\d)"')  # of the Federal Register
# the code of another item, or of the last of several, stands between a name and a code
NUMBERED, CODED = (
    re.compile("^(?:上述|前述)"),
    re.compile(rf"{GOODS.pattern}[0-9a-z.]{{0,12}}[．、:： ]{{0,6}}$"),
)
PARTS = re.compile(r"\d{4}[^;；\d]{0,60}[;；]|^(?:[、和及]| AND )[^()（）;；]{1,40}[(（][^\d)）]*$")
# the code of what a description compares with, or leaves out
REFERRED = re.compile(
    r"(?:非|除|OTHER THAN|EXCLUDING|EXCEPT|NOT (?:CONTROLLED|SPECIFIED) (?:BY|IN|UNDER)) ?(?:ITEM )?$"
)
REFERS = re.compile("项?(?:所[管列述控]|以外|之外)")
HEADED = re.compile(r"\d\s?[(（]$")  # the code of a name in brackets stands before it
STAYING = re.compile("[^,;。]{0,4}(?:规定|宣布|决定)的(?:暂停|停止|中止)")  # behind an act
# the last column of a table: its head, and the day in the row below
COLUMN = re.compile(r"(有效期至)\s+\d[^。]{0,80}?\s(?=\d{4}年\d{1,2}月\d{1,2}日)")
ROW = re.compile(r"\d{4}\.\s[A-Z]")  # the number of a row
TARIFF = re.compile(r"\d[\d. ]{2,16}\d")


class Checker:
    """Checks the values of an answer against the words of one act, and against the grammar's
    reading.
    """

    def __init__(self, text: str, act: Announcement | None = None) -> None:
        self._text = text
        self._page = _squeeze(text)
        self._own, self._published = (act.key, act.published) if act else ("", None)
        self._authority = act.authority if act else ""
        self._places = Places(text, self._own, self._published or "")
        self._read = {(each.action, each.register) for each in act.measures} if act else set()
        self.dropped: list[Dropped] = []

    @cached_property
    def _cited(self) -> list[english_references.Reference]:
        """The acts that the whole page cites by number; the page may give a year only once."""
        return english_references.find_references(self._places.page.text, of=self._authority)

    def check(self, answer: Answer) -> tuple[Measure, ...]:
        """List the measures that the page supports."""
        return tuple(
            measure
            for said in answer.measures
            if (measure := self._check_measure(said)) is not None
        )

    def _check_measure(self, said: SaidMeasure) -> Measure | None:
        if not self._is_borne_out(
            f"{said.action}: {said.quote}",
            said.quote,
            lambda: self._places.refuse_deed(said.action, said.quote),
        ):
            self._drop_all(said)
            return None
        deed = self._places.deed(said.action, said.quote)
        register = said.register and self._is_borne_out(
            said.register, said.quote, lambda: self._refuse_register(deed, said)
        )
        starts = self._check_day(deed, said.starts, self._list_starts, starts=True)
        ends = self._check_day(deed, said.ends, self._list_ends, starts=False)
        return Measure(
            action=said.action,
            register=said.register if register else None,
            entities=tuple(self._check_entities(deed, said.entities)),
            items=tuple(self._check_items(deed, said.items)),
            amends=tuple(Target(key=act.key) for act in said.amends if self._check_act(deed, act)),
            starts=starts,
            ends=ends,
            quote=said.quote,
        )

    def _drop_all(self, said: SaidMeasure) -> None:
        names = [*(entity.name for entity in said.entities), *(item.name for item in said.items)]
        self.dropped += [Dropped(what=name[:LONGEST], why="its deed was dropped") for name in names]

    def _is_borne_out(self, what: str, quote: str, refuse: Callable[[], str]) -> bool:
        if not quote.strip() or len(quote) > LONGEST:
            refusal = "it has no quote" if not quote.strip() else "its quote is too long"
        elif _squeeze(quote) not in self._page or not self._places.page.find(quote):
            refusal = "its quote does not stand on the page"
        else:
            refusal = refuse()
        if refusal:
            self.dropped.append(Dropped(what=what[:LONGEST], why=refusal))
        return not refusal

    def _refuse_register(self, deed: Deed, said: SaidMeasure) -> str:
        """Explain why a register does not fit a deed; "" if it fits.

        It fits if its quote names it, or if the grammar reads it for such a deed. It also fits if
        the sentence or the page names only it, or if the authority has no other.
        """
        known = vocabulary.current().registers
        if (meant := known.get(said.register or "")) is None:
            return "there is no such register"
        if self._authority and country_of(self._authority) not in (meant.country, "un"):
            return "it is a register of another country"
        if (
            _names_register(said.quote, meant)
            or _calls_rules(said.quote, meant)
            or self._reads(said)
        ):
            return ""
        texts = (self._places.read(deed), self._places.read_before(deed), self._text)
        named = [
            {
                code
                for code, register in known.items()
                if register.country == meant.country and _names_register(text, register)
            }
            for text in texts
        ]
        others = (each for each in known.values() if each.country != meant.country)
        if not named[0] and any(_names_register(texts[0], each) for each in others):
            return "it is a register of another country"
        alone = {said.register} in (named if any(named) else [self._list_issued(said)])
        return "" if alone else "its quote does not name it"

    def _list_issued(self, said: SaidMeasure) -> set[str]:
        """List the registers of the authority that may have what a quote names."""
        return {
            code
            for code, register in vocabulary.current().registers.items()
            if register.issuer == self._authority
            and (register.goods or not GOODS.search(said.quote))
        }

    def _reads(self, said: SaidMeasure) -> bool:
        """Return whether the grammar reads this register for such a deed, or no other one in the
        act.
        """
        alone = {register for _, register in self._read if register} == {said.register}
        return alone or (said.action, said.register) in self._read

    def _check_entities(self, deed: Deed, said: Iterable[SaidEntity]) -> Iterator[Entity]:
        for each in said:
            entity = Entity(names=_by_language(each.name), kind=each.kind, quote=each.quote)
            if self._is_named(deed, each, entity):
                yield entity

    def _is_named(self, deed: Deed, said: SaidEntity | SaidItem, subject: Entity | Item) -> bool:
        """Return whether something is a name, and a subject of the deed."""
        return self._is_borne_out(
            said.name,
            said.quote,
            lambda: (
                refuse_words(subject, _strip_reference(said))
                or self._places.refuse_subject(deed, said.name, said.quote, subject)
            ),
        )

    def _check_items(self, deed: Deed, items: Iterable[SaidItem]) -> Iterator[Item]:
        """Yield the items that stand on the page, each with its supported codes."""
        for said in items:
            item = Item(names=_by_language(said.name), quote=said.quote)
            if self._is_named(deed, said, item):
                codes, hs = (
                    [*self._check_codes(said, *kind)]
                    for kind in ((said.codes, CODE), (said.hs, TARIFF))
                )
                digits = tuple("".join(filter(str.isdigit, code)) for code in hs)
                yield replace(item, codes=tuple(codes), hs=digits)

    def _check_codes(
        self, said: SaidItem, codes: Iterable[str], form: re.Pattern[str]
    ) -> Iterator[str]:
        return (
            code
            for code in codes
            if self._is_borne_out(code, said.quote, partial(_refuse_code, code, said, form))
        )

    def _list_starts(self, quote: str) -> list[Start]:
        """List the days on which something begins, as the grammar reads a quote."""
        quote = MINGUO.sub(lambda year: f"{int(year[0]) + MINGUO_BEGINS}", quote)
        if OTHER.search(quote):
            words = verb_final_of(quote)
            found = [verb_final_dates.find_start(_as_lines(quote), words, self._published)]
        else:
            chinese = chinese_dates.start(make_line(quote).text, self._published)
            english = english_dates.start(quote, self._published)
            field = [Start(on=day, basis="explicit") for day in self._list_days(quote)]
            if self._published and TODAY.search(quote):
                field.append(Start(on=self._published, basis="publication"))
            found = [chinese[0] if chinese else None, english, *field]
        return [start for start in found if start]

    def _list_days(self, quote: str) -> Iterator[str]:
        """List the days of a quote that only the second reader takes for starts."""
        yield from FIELD.findall(quote)
        words, plain = make_line(quote).text, " ".join(quote.split())
        registered = REGISTERED.search(self._text) if "registered" in quote else None
        for found in (NOW.search(words), SPAN.search(words), ON.search(plain), registered):
            said = next(filter(None, found.groups()), "") if found else ""
            if day := chinese_dates.first_day(said) or english_dates.first_day(said):
                yield day
        for printed in LISTED.findall(quote):
            yield from self._places.list_today(printed)

    def _list_ends(self, quote: str) -> list[End]:
        """List the last days that the grammar reads in a quote."""
        if OTHER.search(quote):
            last = verb_final_dates.find_end(_as_lines(quote), verb_final_of(quote), None)
            return [last] if last else []
        words = make_line(COLUMN.sub(r"\1", quote)).text
        spoken = chinese_dates.spoken_end(words, self._published)
        begins = next((start.on for start in self._list_starts(quote)), None)
        chinese = [each[0] for each in (chinese_dates.end(words, begins), spoken) if each]
        ends = (*chinese, english_dates.end(quote, begins))
        return [end for end in ends if end and end.basis == "explicit"]

    def _list_acts(self, deed: Deed, quote: str) -> Iterator[tuple[str, int, int]]:
        """List the keys of the acts that a quote cites, with the places of the citation and the
        quote; its sentence tells the issuer of a number.
        """
        series = self._own.rsplit("-", 2)[0]
        for words, at, begins, ends in self._places.read_around(quote):
            ours = series.partition("-")[0] if MINISTRY.search(words) else series
            for cited in chain.from_iterable(
                chinese_references.find_references(words, series=each) for each in {series, ours}
            ):
                is_within = at + cited.start < ends and at + cited.end > begins
                is_stay = deed.action is Action.RESUME and STAYING.match(words, cited.end)
                is_ground = TABLES[0].ground.search(words, 0, cited.start)
                if cited.key and is_within and not is_stay and not is_ground:
                    yield cited.key, at + cited.start, begins
            for named in self._cited:
                if begins <= named.start < ends:
                    yield named.key, named.start, begins
            documents = (f"fr-{year}-{number}" for year, number in DOCUMENT.findall(quote))
            for key in (*english_references.list_european_keys(quote), *documents):
                yield key, begins, begins

    def _check_act(self, deed: Deed, said: SaidAct) -> bool:
        quotes = [said.quote, *self._places.list_sentences(deed)]
        named = [
            [
                (place, begins)
                for key, place, begins in self._list_acts(deed, quote)
                if key == said.key
            ]
            for quote in quotes
        ]
        cited = [place for each in named for place in each] if named[0] else []
        cited = cited if said.key != self._own else []
        return self._is_borne_out(
            said.key,
            said.quote,
            lambda: (
                self._places.refuse_act(deed, cited) if cited else "its quote names no such act"
            ),
        )

    def _check_day(
        self, deed: Deed, said: SaidDay | None, read: Callable[[str], list[Day]], *, starts: bool
    ) -> Day | None:
        """Return the day as the grammar reads it in its quote."""
        if said is None:
            return None
        found: list[Day] = []

        def refuse() -> str:
            if deed.action in LIFTS and not starts:
                return "what is over does not end"
            found.extend(day for day in read(said.quote) if day.on[:10] == said.on)
            if not found:
                return "its quote does not say that it begins or ends on that day"
            own = read(self._places.read(deed)) if starts else []
            is_listed = deed.action is Action.ADD and LISTED.search(said.quote)
            if is_listed or said.on in (day.on[:10] for day in own):
                return ""
            return self._places.refuse_day(deed, said.quote, starts=starts)

        if not self._is_borne_out(said.on, said.quote, refuse):
            return None
        return replace(found[0], on=said.on, quote=said.quote)


def _names_register(text: str, known: NamedRegister) -> bool:
    """Return whether a text has a name of a register."""
    words = folded(text)
    phrases = known.phrases if known.country != "cn" or OURS.search(text) else ()
    phrases += RULES.get(known.code, ())
    names = map(folded, (known.name, known.own, *known.written, *known.called))
    return (
        any(name and name in words for name in names)
        or any(
            re.search(phrase, text, re.IGNORECASE if known.country == "cn" else 0)
            for phrase in phrases
        )
        or any(
            (named := words.table_of("lists").get(known.code)) and named.search(text)
            for words in (verb_final.JAPANESE, verb_final.KOREAN)
        )
    )


def _calls_rules(text: str, known: NamedRegister) -> bool:
    """Return whether a text names the rules that form a register without a name of its own."""
    name = known.name.split(",")[0].removeprefix(f"{known.country.upper()} ")
    short = "".join(filter(str.isupper, name))
    called = len(short) > SHORT and re.search(rf"\b{short}\b", text)
    return not known.phrases and bool(called or folded(name) in folded(text))


def _refuse_code(code: str, said: SaidItem, form: re.Pattern[str]) -> str:
    """Explain why a code is not the item's; "" if its quote prints the code beside the name."""
    if not form.fullmatch(code) or (
        form is TARIFF and ROW.match(said.quote, said.quote.find(code))
    ):
        return "it is no code"
    name, quote = said.name.upper(), said.quote.upper()
    if code.upper() != name.strip().removesuffix("项") and not CODES.match(name):
        quote = quote.replace(name, " " * len(name))
    place = re.search(rf"(?<![0-9A-Z.]){re.escape(code.upper())}(?![0-9A-Z]|\.[0-9A-Z])", quote)
    if place is None:
        return "its quote does not print it"
    is_referred = REFERRED.search(quote[: place.start()]) or REFERS.match(quote, place.end())
    if is_referred or _is_of_another(said.quote, said.name, place):
        return "it is the code of something else"
    is_old = is_in("old", quote[place.end() :])
    is_beside = is_in("position", quote[: place.start()])
    return "it is the code of before, or of something beside" if is_old or is_beside else ""


def _is_of_another(quote: str, name: str, code: re.Match[str]) -> bool:
    """Return whether a list of items in a quote separates a name from a code: `甲（1）；乙（2）`."""
    quote, name = quote.upper(), name.upper()
    ends = quote.rfind(name, 0, code.start()) + len(name)
    if ends < len(name):
        return bool(re.search("[)）;；]", quote[code.end() : quote.find(name)]))
    if HEADED.search(quote[: ends - len(name)]):
        return True
    between = quote[ends : code.start()]
    is_head = between.lstrip().startswith((":", "：")) or quote[code.end() :].startswith("、")
    return not is_head and bool(PARTS.search(between))


def _strip_reference(said: SaidEntity | SaidItem) -> str:
    """Strip `上述` off a name that its quote prints behind a control code."""
    return (
        NUMBERED.sub("", said.name)
        if CODED.search(said.quote.partition(said.name)[0])
        else said.name
    )


def _as_lines(quote: str) -> list[Line]:
    return [Line(quote, quote.translate(LEVEL))]


def _by_language(name: str) -> dict[str, str]:
    return {"zh" if HAN.search(name) else "en": " ".join(name.split())}


def _squeeze(words: str) -> str:
    return "".join(words.split())
