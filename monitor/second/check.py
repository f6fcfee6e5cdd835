"""What a model said, held against the page: only a value whose quote stands there, and says it, is
kept. Pure.

Names, codes and days stand in their quote as they are. Whether a deed adds or lifts is read from
its quote by the tables of the grammar; where they can't tell, the deed is dropped. What is dropped
is listed with the reason.
"""

import re
from collections.abc import Callable, Iterable, Iterator

import msgspec

from monitor import vocabulary
from monitor.extract import frame, referee
from monitor.extract.en import dates as english_dates
from monitor.extract.en import references as english_references
from monitor.extract.en.words import ENGLISH
from monitor.extract.frame import Turn
from monitor.extract.words import Words
from monitor.extract.zh import dates as chinese_dates
from monitor.extract.zh import references as chinese_references
from monitor.extract.zh.lines import line
from monitor.extract.zh.words import CHINESE
from monitor.model import Action, Dropped, End, Entity, Item, Measure, Start, Target
from monitor.names import countries
from monitor.second.answer import Answer, SaidAct, SaidDay, SaidEntity, SaidItem, SaidMeasure
from monitor.vocabulary import NamedRegister, forms
from monitor.vocabulary.letters import HAN, folded

LONGEST = 2_000  # characters of a quote: more is no quote but a page
LATIN = re.compile(r"[A-Za-z]")
# kana, hangul: no table here tells what their verbs turn
OTHER = re.compile(r"[\u3041-\u3096\u30a1-\u30fa\uac00-\ud7af]")
CODE = re.compile(r"(?=[A-Za-z.()-]{0,23}\d)[0-9A-Za-z.()-]{2,24}")
TARIFF = re.compile(r"\d[\d. ]{2,16}\d")
# Words that a deed of this kind has in Chinese and English, whatever turns it.
SAYS = {
    Action.ADD: re.compile(
        r"列[入为]|[增新]列|[增新]加|新增|纳入|(?:实施|采取|实行)[^,;。"
        r"]{0,30}(?:管制|措施)|制裁|反制|不得(?:出口|向)|未经许可|"
        r"\b(?:add(?!ress)|insert|includ|plac|list(?:s|ed|ing)|designat|sanction|control|impos|freez)",
        re.IGNORECASE,
    ),
    Action.RESTRICT: re.compile(
        r"限制|禁止|不得|管制|许可|措施|\b(?:restrict|prohibit|ban|bar|control|licen[cs]e|impos|den[iy])",
        re.IGNORECASE,
    ),
    Action.AMEND: re.compile(
        r"修[订改正]|调整|变更|更[正改]|改为|应为|延长|\b(?:amend|revis|correct|modif|chang|extend|adjust|renam|renew|replac)",
        re.IGNORECASE,
    ),
    Action.REPLACE: re.compile(r"取代|代替|替代|\b(?:replac|supersed|substitut)", re.IGNORECASE),
    Action.INVESTIGATE: re.compile(r"调查|\b(?:investigat|inquir)", re.IGNORECASE),
}
# done or not
LEFT_OPEN = re.compile(
    r"可以?(?=[将把对被]|申请)|继续有效|\b(?:may|might|can|could|remains? in force)\b"
)
# history
EARLIER = re.compile(
    r"于\d{4}年|\d[^;。.]{0,60}(?:发布|公布|宣布|印发|\b(?:issued|announced|published|released))"
)
EXCEPTS = re.compile(
    r"不管制|除外|不包括|不适用|\b(?:except|excluding|other than|does not (?:apply|include))",
    re.IGNORECASE,
)
TURNED = {  # what may turn a deed of this kind; of the others nothing may
    Action.SUSPEND: ({Turn.STAYED},),
    Action.RESUME: ({Turn.RESUMED}, {Turn.STAYED, Turn.LIFTED}, {Turn.STAYED, Turn.RESUMED}),
    Action.AMEND: (set(), {Turn.PROLONGED}),
}
LIFTS = frozenset({Action.REMOVE, Action.REPEAL})
# A page that speaks to a model: no act does.
ADDRESSES_READER = re.compile(
    r"\b(?:ignore|disregard|forget)\b.{0,40}\b(?:instruction|prompt|above|previous|earlier)|"
    r"\b(?:answer|respond|reply|output) (?:that|with)\b|\b(?:system|assistant)"
    r" (?:prompt|message)\b|\blanguage model\b|"
    r"(?:忽略|无视|忘记)[^。]{0,20}(?:指令|指示|提示)|提示词|语言模型",
    re.IGNORECASE,
)
SENTENCE = re.compile(r"[。；;\n]|(?<=[a-z\])])\.\s")
AROUND = re.compile(r"[A-Za-z0-9·•‧]")  # beside a name: it goes on
GOES_ON = re.compile(rf",?\s(?:{forms.FORM}|(?:and|of|&)\s[A-Z]|[A-Z][a-z])")
GOES_ON_WHOLE = re.compile(r",?\s(?:of|&)\s[A-Z]")  # of a name that ends with its legal form
BODY = re.compile(
    r"(?:the )?(?:ministry|bureau|council|department|office|commission|agency) (?:of|for)\b",
    re.IGNORECASE,
)
TITLED = re.compile(
    r"(?:[部局署司处]长|主任|\b(?:Minister|Secretary|Director|Chair\w*|President))[:,]?\s*$"
)
POSITION = re.compile(r"\b(?:after|before|behind)\s(?:(?:item|entry|row)\s)?$", re.IGNORECASE)
OLD_CODE = r"[\"”’]?\s*(?:改为|更正为|调整为|修改为)"
JOINTS = (  # beside a Chinese name that is whole
    "止增将把对和与及或为是由的等列入在自从被移予内以并且向给名企业公司"
)


class Checker:
    """Holds the values of an answer against the words of one act; `own` is the act's key."""

    def __init__(self, text: str, own: str = "") -> None:
        self._text = text
        self._page = _squeeze(text)
        self._sentences = [part for part in SENTENCE.split(text) if part.strip()]
        self._own = own
        self.dropped: list[Dropped] = []

    def check(self, answer: Answer) -> tuple[Measure, ...]:
        """The measures that the page bears out."""
        return tuple(
            measure
            for said in answer.measures
            if (measure := self._check_measure(said)) is not None
        )

    def _check_measure(self, said: SaidMeasure) -> Measure | None:
        if not self._is_borne_out(
            f"{said.action}: {said.quote}",
            said.quote,
            refuse_deed(said.action, said.quote, self._find_sentence(said.quote)),
        ):
            self._drop_all(said)
            return None
        register = said.register and self._is_borne_out(
            said.register, said.quote, self._refuse_register(said)
        )
        starts, ends = (
            self._check_day(said.starts, _list_starts),
            self._check_day(said.ends, _list_ends),
        )
        return Measure(
            action=said.action,
            register=said.register if register else None,
            entities=tuple(map(_make_entity, filter(self._check_entity, said.entities))),
            items=tuple(self._check_items(said.items)),
            amends=tuple(Target(key=act.key) for act in said.amends if self._check_act(act)),
            starts=Start(on=starts.on, basis="explicit", quote=starts.quote) if starts else None,
            ends=End(on=ends.on, basis="explicit", quote=ends.quote) if ends else None,
            quote=said.quote,
        )

    def _refuse_register(self, said: SaidMeasure) -> str:
        """Why a register is not the one: its quote names it, or the whole page names this one
        alone.
        """
        known = vocabulary.current().registers
        if (meant := known.get(said.register or "")) is None:
            return "there is no such register"
        if _names_register(said.quote, meant):
            return ""
        named = [code for code, register in known.items() if _names_register(self._text, register)]
        return "" if named == [said.register] else "its quote does not name it"

    def _find_sentence(self, quote: str) -> str:
        """The sentence of the page that a quote is cut from: what stands before it there may
        turn it.
        """
        words = _squeeze(quote)
        return next(
            (sentence for sentence in self._sentences if words in _squeeze(sentence)), quote
        )

    def _drop_all(self, said: SaidMeasure) -> None:
        names = [*(entity.name for entity in said.entities), *(item.name for item in said.items)]
        self.dropped += [Dropped(what=name[:LONGEST], why="its deed was dropped") for name in names]

    def _is_borne_out(self, what: str, quote: str, refusal: str) -> bool:
        if not quote.strip() or len(quote) > LONGEST:
            refusal = "it has no quote" if not quote.strip() else "its quote is too long"
        elif _squeeze(quote) not in self._page:
            refusal = "its quote does not stand on the page"
        if refusal:
            self.dropped.append(Dropped(what=what[:LONGEST], why=refusal))
        return not refusal

    def _check_entity(self, said: SaidEntity) -> bool:
        refusal = _refuse_name(said.name, said.quote) or referee.refuse_name(
            said.name, _make_entity(said), referee.list_titles()
        )
        return self._is_borne_out(said.name, said.quote, refusal)

    def _check_items(self, items: Iterable[SaidItem]) -> Iterator[Item]:
        """The items that stand on the page, each with those of its codes that do."""
        for said in items:
            item = Item(names=_by_language(said.name), quote=said.quote)
            refusal = _refuse_name(said.name, said.quote) or referee.refuse_name(
                said.name, item, referee.list_titles()
            )
            if self._is_borne_out(said.name, said.quote, refusal):
                codes, hs = (
                    [*self._check_codes(said, *kind)]
                    for kind in ((said.codes, CODE), (said.hs, TARIFF))
                )
                digits = tuple("".join(filter(str.isdigit, code)) for code in hs)
                yield msgspec.structs.replace(item, codes=tuple(codes), hs=digits)

    def _check_codes(
        self, said: SaidItem, codes: Iterable[str], form: re.Pattern[str]
    ) -> Iterator[str]:
        return (
            code
            for code in codes
            if self._is_borne_out(code, said.quote, _refuse_code(code, said.quote, form))
        )

    def _check_act(self, said: SaidAct) -> bool:
        named = {*_list_acts(said.quote)} - {self._own}
        return self._is_borne_out(
            said.key, said.quote, "" if said.key in named else "its quote names no such act"
        )

    def _check_day(self, said: SaidDay | None, read: Callable[[str], set[str]]) -> SaidDay | None:
        if said is None:
            return None
        refusal = (
            ""
            if said.on in read(said.quote)
            else "its quote does not say that it begins or ends on that day"
        )
        return said if self._is_borne_out(said.on, said.quote, refusal) else None


def refuse_deed(action: Action, quote: str, sentence: str = "") -> str:
    """Why a quote does not say this deed in the sentence that it is cut from; empty where it
    does.
    """
    sentence = sentence or quote
    if OTHER.search(quote) or not (HAN.search(quote) or LATIN.search(quote)):
        return "no table reads what the verbs of its language turn"
    if ADDRESSES_READER.search(sentence):
        return "its quote speaks to its reader"
    is_chinese = bool(HAN.search(quote))
    language = CHINESE if is_chinese else ENGLISH
    words, outer = language.table("referee"), language.table("frame")
    quote, sentence = (
        line(text).text if is_chinese else " ".join(text.split()) for text in (quote, sentence)
    )
    if words.asks.search(quote) or LEFT_OPEN.search(quote):
        return "its quote leaves it open"
    if action in frame.BURDENS and EARLIER.search(sentence[: max(0, sentence.find(quote))]):
        return "its sentence tells of an earlier act"
    return _refuse_turns(action, quote, sentence, words, outer)


def _refuse_turns(action: Action, quote: str, sentence: str, words: Words, outer: Words) -> str:
    """Why the verbs of a sentence make another deed of what its quote says."""
    text = words.aside.sub(" ", quote)
    begins = max(0, sentence.find(quote))
    says = [match.start() for match in SAYS[action].finditer(quote)] if action in SAYS else None
    if says == []:
        return "its quote has no word of such a deed"
    lifts = bool(words.eases.search(text))
    if action in LIFTS:
        return _refuse_lifting(quote, words, outer) if lifts else "its quote lifts nothing"
    if action in frame.BURDENS:
        turned = {frame.turn(sentence, begins + place, outer) for place in says or ()}
        return "" if turned == {None} and not lifts else "its sentence lifts, stays or denies it"
    clause = words.aside.sub(" ", _find_clause(sentence, begins, begins + len(quote), words))
    turns = {
        Turn(turn) for turn, pattern in outer.table_of("outer").items() if pattern.search(clause)
    }
    return (
        ""
        if turns in TURNED.get(action, (set(),))
        else "the verbs of its sentence say something else"
    )


def _find_clause(sentence: str, begins: int, ends: int, words: Words) -> str:
    """The clause of a sentence in which a quote stands."""
    first = max((mark.end() for mark in words.clause.finditer(sentence, 0, begins)), default=0)
    stop = words.clause.search(sentence, ends)
    return sentence[first : stop.start() if stop else len(sentence)]


def _refuse_lifting(text: str, words: Words, outer: Words) -> str:
    """Why a quote that lifts something does not lift this: another deed in it is not lifted."""
    unbent = any(
        frame.turn(text, adds.start(), outer) is None for adds in words.adds.finditer(text)
    )
    return "its quote adds something as well" if unbent else ""


def _names_register(text: str, known: NamedRegister) -> bool:
    """Whether a text has a name of a register."""
    words = folded(text)
    names = map(folded, (known.name, known.own, *known.written, *known.called))
    return any(name and name in words for name in names) or any(
        re.search(phrase, text) for phrase in known.phrases
    )


def _refuse_name(name: str, quote: str) -> str:
    """Why a name is not one that its quote prints whole, and counts."""
    begins, said = quote.find(name), " ".join(name.split())
    if begins < 0:
        quote, begins = " ".join(quote.split()), " ".join(quote.split()).find(said)
    if not said or begins < 0:
        return "its quote does not print it"
    if _is_authority(said) or TITLED.search(quote[:begins]):
        return "it is who issues or signs"
    if POSITION.search(quote[:begins]):
        return "it is where something else is put"
    if EXCEPTS.search(quote):
        return "its quote excepts something"
    return (
        "its quote prints a longer name"
        if _is_cut(quote[:begins], quote[begins + len(said) :], said)
        else ""
    )


def _is_cut(before: str, after: str, name: str) -> bool:
    """Whether the words beside a name in its quote are a part of it."""
    if AROUND.search(before[-1:]) or AROUND.search(after[:1]):
        return True
    if HAN.search(name[:1]) and HAN.search(before[-1:]) and before[-1] not in JOINTS:
        return not before.endswith(tuple(countries.names("zh").values()))
    if HAN.search(name[-1:]) and HAN.search(after[:1]):
        return after[0] not in JOINTS
    is_latin = bool(LATIN.search(name[-1:]))
    return is_latin and bool((GOES_ON_WHOLE if forms.is_ending(name) else GOES_ON).match(after))


def _is_authority(name: str) -> bool:
    known = vocabulary.current().authorities.values()
    names = {folded(called) for authority in known for called in (authority.name, *authority.own)}
    return folded(name) in names or bool(BODY.match(name))


def _refuse_code(code: str, quote: str, form: re.Pattern[str]) -> str:
    if not form.fullmatch(code):
        return "it is no code"
    printed = rf"(?<![0-9A-Z.]){re.escape(code.upper())}(?![0-9A-Z])"
    place = re.search(printed, quote.upper())
    if place is None:
        return "its quote does not print it"
    is_old = re.match(OLD_CODE, quote[place.end() :]) or POSITION.search(quote[: place.start()])
    return "it is the code of before, or of something beside" if is_old else ""


def _list_starts(quote: str) -> set[str]:
    """The days on which something begins, as the grammar reads a quote."""
    chinese, english = chinese_dates.start(line(quote).text, None), english_dates.start(quote, None)
    return {start.on[:10] for start in (chinese[0] if chinese else None, english) if start}


def _list_ends(quote: str) -> set[str]:
    """The last days that the grammar reads in a quote."""
    words = line(quote).text
    found = [
        each[0]
        for each in (chinese_dates.end(words, None), chinese_dates.spoken_end(words, None))
        if each
    ]
    return {
        end.on[:10]
        for end in (*found, english_dates.end(quote, None))
        if end and end.basis == "explicit"
    }


def _list_acts(quote: str) -> Iterator[str]:
    """The keys of the acts that a quote names."""
    yield from (cited.key for cited in chinese_references.references(line(quote).text) if cited.key)
    yield from (cited.key for cited in english_references.references(quote))
    yield from english_references.european(quote)


def _make_entity(said: SaidEntity) -> Entity:
    return Entity(names=_by_language(said.name), kind=said.kind, quote=said.quote)


def _by_language(name: str) -> dict[str, str]:
    return {"zh" if HAN.search(name) else "en": " ".join(name.split())}


def _squeeze(words: str) -> str:
    return "".join(words.split())
