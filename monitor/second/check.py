"""What a model said, held against the page: only a value whose quote stands there, and says it, is kept. Pure.

Names, codes and days stand in their quote as they are. Whether a deed adds or lifts is read from its quote by the tables of
the grammar; where they can't tell, the deed is dropped. What is dropped is listed with the reason.
"""

import re
from collections.abc import Iterator

from monitor import vocabulary
from monitor.extract import frame, referee
from monitor.extract.en import dates as english_dates
from monitor.extract.en import references as english_references
from monitor.extract.frame import Turn
from monitor.extract.zh import dates as chinese_dates
from monitor.extract.zh import references as chinese_references
from monitor.extract.zh.lines import line
from monitor.model import Action, Dropped, End, Entity, Item, Measure, Start, Target
from monitor.second.answer import Answer, SaidAct, SaidDay, SaidEntity, SaidItem, SaidMeasure
from monitor.vocabulary.letters import HAN, folded

LONGEST = 2_000  # characters of a quote: more is no quote but a page
LATIN = re.compile(r"[A-Za-z]")
OTHER = re.compile(r"[\u3041-\u3096\u30a1-\u30fa\uac00-\ud7af]")  # kana, hangul: no table here tells what their verbs turn
CODE = re.compile(r"(?=.*\d)[0-9A-Za-z.()-]{2,24}")
TARIFF = re.compile(r"\d[\d. ]{2,16}\d")
# Words that a deed of this kind has in Chinese and English, whatever turns it.
SAYS = {
    Action.ADD: re.compile(
        r"列[入为]|增[列加]|纳入|管制|制裁|反制|\b(?:add|includ|plac|list|designat|sanction|control|impos|freez)", re.IGNORECASE
    ),
    Action.RESTRICT: re.compile(
        r"限制|禁止|不得|管制|许可|措施|\b(?:restrict|prohibit|ban|bar|control|licen[cs]e|impos|den[iy])", re.IGNORECASE
    ),
    Action.AMEND: re.compile(
        r"修[订改正]|调整|变更|更[正改]|延长|\b(?:amend|revis|correct|modif|chang|extend|adjust|renam|renew)", re.IGNORECASE
    ),
    Action.REPLACE: re.compile(r"取代|代替|替代|\b(?:replac|supersed|substitut)", re.IGNORECASE),
    Action.INVESTIGATE: re.compile(r"调查|\b(?:investigat|inquir)", re.IGNORECASE),
}
TURNED = {  # what may turn a deed of this kind; of the others nothing may
    Action.SUSPEND: ({Turn.STAYED},),
    Action.RESUME: ({Turn.RESUMED}, {Turn.STAYED, Turn.LIFTED}, {Turn.STAYED, Turn.RESUMED}),
    Action.AMEND: (set(), {Turn.PROLONGED}),
}
LIFTS = frozenset({Action.REMOVE, Action.REPEAL})
# A page that speaks to a model: no act does.
ADDRESSES_READER = re.compile(
    r"\b(?:ignore|disregard|forget)\b.{0,40}\b(?:instruction|prompt|above|previous|earlier)|"
    r"\b(?:answer|respond|reply|output) (?:that|with)\b|\b(?:system|assistant) (?:prompt|message)\b|\blanguage model\b|"
    r"(?:忽略|无视|忘记)[^。]{0,20}(?:指令|指示|提示)|提示词|语言模型",
    re.IGNORECASE,
)
JOINTS = "将把对和与及或为是由的等列入在自从被移予内以并且向给名企业公司"  # beside a Chinese name that is whole


class Checker:
    """Holds the values of an answer against the words of one act; `own` is the act's key."""

    def __init__(self, text: str, own: str = "") -> None:
        self._page = _squeeze(text)
        self._own = own
        self.dropped: list[Dropped] = []

    def check(self, answer: Answer) -> tuple[Measure, ...]:
        """The measures that the page bears out."""
        return tuple(measure for said in answer.measures if (measure := self._check_measure(said)) is not None)

    def _check_measure(self, said: SaidMeasure) -> Measure | None:
        if not self._is_borne_out(f"{said.action}: {said.quote}", said.quote, refuse_deed(said.action, said.quote)):
            self._drop_all(said)
            return None
        register = said.register and self._is_borne_out(said.register, said.quote, _refuse_register(said.register, said.quote))
        starts, ends = self._check_day(said.starts), self._check_day(said.ends)
        return Measure(
            action=said.action,
            register=said.register if register else None,
            entities=tuple(map(_make_entity, filter(self._check_entity, said.entities))),
            items=tuple(map(_make_item, filter(self._check_item, said.items))),
            amends=tuple(Target(key=act.key) for act in said.amends if self._check_act(act)),
            starts=Start(on=starts.on, basis="explicit", quote=starts.quote) if starts else None,
            ends=End(on=ends.on, basis="explicit", quote=ends.quote) if ends else None,
            quote=said.quote,
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
        refusal = _refuse_name(said.name, said.quote) or referee.refuse_name(said.name, _make_entity(said), referee.list_titles())
        return self._is_borne_out(said.name, said.quote, refusal)

    def _check_item(self, said: SaidItem) -> bool:
        refusal = _refuse_name(said.name, said.quote) or referee.refuse_name(said.name, _make_item(said), referee.list_titles())
        return self._is_borne_out(said.name, said.quote, refusal or next(_refuse_codes(said), ""))

    def _check_act(self, said: SaidAct) -> bool:
        named = {*_list_acts(said.quote)} - {self._own}
        return self._is_borne_out(said.key, said.quote, "" if said.key in named else "its quote names no such act")

    def _check_day(self, said: SaidDay | None) -> SaidDay | None:
        if said is None:
            return None
        refusal = "" if said.on in _list_days(said.quote) else "its quote prints no such day"
        return said if self._is_borne_out(said.on, said.quote, refusal) else None


def refuse_deed(action: Action, quote: str) -> str:
    """Why a quote does not say this deed; empty where it does."""
    if OTHER.search(quote) or not (HAN.search(quote) or LATIN.search(quote)):
        return "no table reads what the verbs of its language turn"
    if ADDRESSES_READER.search(quote):
        return "its quote speaks to its reader"
    is_chinese = bool(HAN.search(quote))
    words, outer = (referee.CHINESE, frame.CHINESE) if is_chinese else (referee.ENGLISH, frame.ENGLISH)
    text = words.aside.sub(" ", line(quote).text if is_chinese else quote)
    says = SAYS.get(action)
    if words.asks.search(text):
        return "its quote only asks"
    return _refuse_turns(action, text, words, outer) or (
        "" if says is None or says.search(text) else "its quote has no word of such a deed"
    )


def _refuse_turns(action: Action, text: str, words: referee.Words, outer: frame.Words) -> str:
    """Why the verbs of a text make another deed of it."""
    turns = {turn for turn, pattern in outer.outer.items() if pattern.search(text)}
    lifts = bool(words.eases.search(text)) or Turn.LIFTED in turns
    if action in LIFTS:
        return _refuse_lifting(text, words, outer) if lifts else "its quote lifts nothing"
    if lifts and turns != {Turn.STAYED} and action not in (Action.RESUME, Action.REPLACE):
        return "its quote lifts or denies something"
    return "" if turns in TURNED.get(action, (set(),)) else "the verbs of its quote say something else"


def _refuse_lifting(text: str, words: referee.Words, outer: frame.Words) -> str:
    """Why a quote that lifts something does not lift this: another deed in it is not lifted."""
    unbent = any(frame.turn(text, adds.start(), outer) is None for adds in words.adds.finditer(text))
    return "its quote adds something as well" if unbent else ""


def _refuse_register(code: str, quote: str) -> str:
    known = vocabulary.current().registers.get(code)
    if known is None:
        return "there is no such register"
    names = map(folded, (known.name, known.own, *known.written, *known.called))
    is_named = any(name and name in folded(quote) for name in names)
    return "" if is_named or any(re.search(phrase, quote) for phrase in known.phrases) else "its quote does not name it"


def _refuse_name(name: str, quote: str) -> str:
    """Why a name is not one that its quote prints whole."""
    words, said = _squeeze(quote), _squeeze(name)
    begins = words.find(said) if said else -1
    if begins < 0:
        return "its quote does not print it"
    before, after = words[begins - 1 : begins], words[begins + len(said) : begins + len(said) + 1]
    if HAN.search(said):
        is_cut = any(HAN.search(beside) and beside not in JOINTS for beside in (before, after) if beside)
    else:  # between Latin words stands a space, which squeezing takes away
        is_cut = not re.search(rf"(?<![^\W_]){re.escape(' '.join(name.split()))}(?![^\W_])", " ".join(quote.split()))
    return "its quote prints a longer name" if is_cut else ""


def _refuse_codes(said: SaidItem) -> Iterator[str]:
    printed = said.quote.upper()
    for code in (*said.codes, *said.hs):
        if not (TARIFF if code in said.hs else CODE).fullmatch(code):
            yield f"“{code}” is no code"
        elif not re.search(rf"(?<![0-9A-Z.]){re.escape(code.upper())}(?![0-9A-Z])", printed):
            yield f"its quote does not print {code}"


def _list_days(quote: str) -> set[str]:
    """All full days that a quote prints."""
    words = line(quote).text
    days = {(chinese_dates.day(match) or "")[:10] for match in chinese_dates.FULL_DAY.finditer(words)}
    days |= {english_dates.day(match["day"]) or "" for match in english_dates.FULL_DAY.finditer(quote)}
    return days - {""}


def _list_acts(quote: str) -> Iterator[str]:
    """The keys of the acts that a quote names."""
    yield from (cited.key for cited in chinese_references.references(line(quote).text) if cited.key)
    yield from (cited.key for cited in english_references.references(quote))
    yield from english_references.european(quote)


def _make_entity(said: SaidEntity) -> Entity:
    return Entity(names=_by_language(said.name), kind=said.kind, quote=said.quote)


def _make_item(said: SaidItem) -> Item:
    hs = tuple("".join(filter(str.isdigit, code)) for code in said.hs)
    return Item(names=_by_language(said.name), codes=tuple(said.codes), hs=hs, quote=said.quote)


def _by_language(name: str) -> dict[str, str]:
    return {"zh" if HAN.search(name) else "en": " ".join(name.split())}


def _squeeze(words: str) -> str:
    return "".join(words.split())
