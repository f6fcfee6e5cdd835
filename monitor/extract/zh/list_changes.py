"""Whom an act puts on a list of entities or takes off it in other words than `决定将…列入`: `同意其移出`, `…，现列为恶意实体`."""

import re
from collections.abc import Iterator
from functools import lru_cache

from monitor import vocabulary
from monitor.extract import gate, why
from monitor.extract.named import names_of, phrase
from monitor.extract.zh import annexes
from monitor.extract.zh.names import Piece, entities_named, firms, is_pointing_back, listed, mask, named_before, those_meant
from monitor.extract.zh.operations import Context, Folded, Operation, folded, times
from monitor.extract.zh.sections import Sections
from monitor.extract.zh.tables import (
    CHANGES,
    COUNTERED,
    DUAL_USE,
    HONG_KONG,
    LABELS,
    LISTS,
    NAMESAKE,
    UNRELIABLE,
    blot_titles,
    speaks_of,
)
from monitor.extract.zh.words import GATE
from monitor.model import Action, Entity
from monitor.vocabulary import PerVocabulary
from monitor.vocabulary.authorities import UEL_NOTICES

VERB = phrase(
    lambda: (
        r"(?<!已)(?<!被)(?<!曾)(?<!应当)(?:(?P<off>移出|移除|剔除|除名|撤出|(?<=名单)删除|不再列[入为])|"
        r"(?P<on>(?<!再)(?<!不予)(?<!未)(?<!不)(?<!拟)(?:列入|纳入|列为|增列为?|认定为)))(?!之?[前后日]|以来|期间)"
        rf"(?:第[一二三四五六七八九十\d]+批|首批|新一批)?(?:[\"《]?(?P<list>{names_of(LISTS)})|(?P<label>{names_of(LABELS)}))?"
    )
)
# What ends or halts a listing names the list as well, and lists nobody.
HALTS = phrase(
    lambda: (
        r"(?P<verb>暂停|中止|停止|取消|解除|终止|撤销)(?:执行|实施)?(?:对|针对)(?P<who>[^。;,]{1,200}?)(?:列入|适用|实施|采取|执行|的)[^。;,]{0,6}?"
        rf"(?:(?P<list>{names_of(LISTS)})|(?P<label>{names_of(LABELS)}))[^。;,]{{0,6}}?(?:措施|限制|认定|管理)"
    )
)
# The label behind the names: `认定以下机构为恶意实体`.
NAMES_AS = phrase(
    lambda: (
        rf"(?P<verb>(?<!未)(?<!不)(?<!不予)(?:认定|确定|确认|指定))(?P<who>[^。;,:]{{2,200}}?)为"
        rf"(?:(?P<list>{names_of(LISTS)})|(?P<label>{names_of(LABELS)}))"
    )
)
# Who asks for it (`企业可申请移出`, `受理…移出清单的申请`), unless it is granted as well.
ASKED = re.compile("(?:(?!同意|批准|准予|准许|依|据|应(?!当))[^,。;:]){0,60}?(?:申请|请求)")
ASKED_BEHIND = re.compile("[^,。;:]{0,30}?的(?:申请|请求)")
GRANTED = re.compile("(?<!不)(?<!不予)(?<!未)(?<!未予)(?<!未获)(?:同意|批准|准予|准许|核准)")
PUTS = re.compile("将|把|同意|准予|准许|批准|:|对(?=[^,。;:]{1,80}(?:作出|采取|实施)的$)")
# What joins the names to the verb.
JOINS = re.compile(
    r"(?:,|[从自][^,。;从]{0,30}|现|予以|重新|再次|正式|(?:作出|采取|实施)的|一并|同时|依法|的?申请|等(?:\d+|[一二三四五六七八九十两]+)[家名个位][^,。;]{0,10}){0,6}$"
)
# What the foreign ministry does to somebody without the name of a list, and ends.
MEASURE = re.compile(
    r"(?<!暂停)(?<!停止)(?<!取消)(?<!解除)(?<!终止)(?<!中止)(?<!撤销)(?<!恢复)(?<!延长)对(?P<who>[^。;,]{1,200}?)(?P<verb>(?:采取|实施|适用)[^。;,]{0,40}?(?:措施|制裁|限制)|不予签发|禁止入境|不准入境|冻结|关闭入境)"
)
UNDOES = re.compile("暂停|中止|停止|取消|终止|撤销|废止|恢复|延长")  # in the clause before: `暂停适用第3号令对其采取的措施`
ENDS_NOW = re.compile("(?:起|即日)[^。;,]{0,4}(?P<verb>免除|取消|停止|解除|终止)(?=[。;,]|$)")  # of what only the title names
MOVES = re.compile("(?:措施|制裁)[^。;,]{0,8}(?P<verb>延长|顺延|延续|延至)")
IN_TITLE = re.compile("对(?P<who>[^。;,]{1,80}?)的?(?:制裁|反制|采取)")
LIFTED = re.compile(
    r"(?P<verb>免除|取消|停止|终止|解除|撤销)[^。;,对]{0,30}?(?:对|针对)(?P<who>[^。;,]{1,200}?)(?:(?:采取|实施|宣布)的?[^。;,]{0,24}?|的?[^。;,]{0,8}?)"
    r"(?:制裁|反制|措施)"
)
BARRED = re.compile(r"(?P<verb>禁止|不准|拒绝|不予准许)(?P<who>(?:(?!(?<!进)出口|进口|输入)[^。;]){1,200}?)(?:进入|入境|前来)")
SUPPLY = re.compile(
    r"(?P<verb>禁止|不得|停止(?!执行|实[施行]|适用|采取))[^。;,]{0,16}?(?:向|对)(?!中国|我国|我方)(?P<who>[^。;]{1,200}?)"
    r"(?:出口(?!管制|措施|限制|禁令)|供应|提供|转让|销售)"
)
NOT_SERVED = re.compile(
    r"对(?P<who>[^。;,]{2,120}?),?(?:一律|均)?(?P<verb>不再|停止|暂停|不予|不)(?:受理|批准|签发|颁发|办理|许可)[^。;,]{0,20}?(?:出口|许可|两用物项)"
)
INQUIRY = re.compile(r"(?:对(?P<who>[^。;,对]{1,60}?))?(?P<verb>启动|发起|开展|立案)[^。;,]{0,14}?调查")
OF_ISSUER = PerVocabulary(  # what an authority imposes on somebody abroad
    lambda known: {
        register.issuer: register.code for register in known.registers.values() if register.code in (COUNTERED, HONG_KONG)
    }
)


def operations(sentence: Piece, page: Sections, context: Context) -> Iterator[Operation]:
    """What a sentence does to those it names, or to those it points back to."""
    seen = folded(sentence, mask(blot_titles(sentence.text)))
    words = seen.text
    start, end = times(sentence, context)
    changes = [*_listings(seen, page)] or [*_measures(seen, page)]
    for action, register, verb, entities in changes:
        if bar := gate.bar(words, verb, GATE) or gate.bar(words, _opening(words, verb), GATE):
            why.sentence(bar, sentence.text)
        elif entities:
            named = tuple(entities)
            yield Operation(
                action, sentence, register, starts=start, ends=end, read_whole=True, entities=named, verb=_printed(seen, verb)
            )


def _opening(words: str, verb: int) -> int:
    """Where the phrase of a verb opens (`将甲公司移出`), which may be what is allowed or refused; else the verb itself."""
    opens = max(words.rfind(mark, _clause(words, verb), verb) for mark in "将把")
    return opens if opens >= 0 else verb


def _clause(words: str, verb: int) -> int:
    first = max(verb - gate.FAR, 0)
    return max(first, *(words.rfind(mark, first, verb) + 1 for mark in ",。;:"))


Change = tuple[Action, str | None, int, list[Entity]]


def _listings(seen: Folded, page: Sections) -> Iterator[Change]:
    words, sentence = seen.text, seen.piece
    if halted := HALTS.search(words):
        register = _register(halted, sentence, page)
        action = Action.SUSPEND if halted["verb"] in ("暂停", "中止") else Action.REMOVE
        yield action, register, halted.start("verb"), _named(seen, halted, page)
        return
    if named_as := NAMES_AS.search(words):
        verb, register = named_as.start("verb"), _register(named_as, sentence, page)
        yield (
            Action.ADD,
            register,
            verb,
            _named(seen, named_as, page) or annexes.those_listed(sentence, _printed(seen, verb), page),
        )
        return
    here = 0
    for match in VERB.finditer(words):
        if _only_asked(words, match) or (match["on"] and _halts(words, match.start())):
            why.sentence(gate.Bar.PLAN, sentence.text)
            continue
        register = _register(match, sentence, page)
        if register:
            action = Action.REMOVE if match["off"] else Action.ADD
            yield action, register, match.start(), _whom(seen, here, match.start(), page)
        here = match.end()


HALTING = re.compile("(?:暂停|中止|停止|取消|解除|终止|撤销)(?:执行|实施)?(?:对|针对)")


def _halts(words: str, verb: int) -> bool:
    """Whether the phrase of a verb opens as one that ends or halts a listing, of however much that is (`暂停对…列入`)."""
    begin = _clause(words, verb)
    return HALTING.search(words, 0 if begin == verb - gate.FAR else begin, verb) is not None


def _only_asked(words: str, verb: re.Match[str]) -> bool:
    """Whether somebody asks for what the verb says, and nobody grants it."""
    begin = _clause(words, verb.start())
    asked = ASKED.match(words, begin, verb.start()) or (
        ASKED_BEHIND.match(words, verb.end()) and not GRANTED.search(words, begin, verb.start())
    )
    return bool(asked) and not GRANTED.search(words, verb.end(), verb.end() + gate.FAR)


def _register(match: re.Match[str], sentence: Piece, page: Sections) -> str | None:
    """The list that the words name, the sentence, the title; else that of the act's own series, or the first it speaks of."""
    if match["list"] or match["label"]:
        return LISTS[match["list"]] if match["list"] else LABELS[match["label"]]
    for text in (sentence.text, page.title.text):
        if code := _named_list(text):
            return code
    if page.series == UEL_NOTICES.code:
        return UNRELIABLE
    return _list_of(page.text, vocabulary.current())


@lru_cache(maxsize=8)
def _list_of(text: str, _known: object) -> str | None:
    """The first list that an act speaks of, looked for once however many sentences ask."""
    return _named_list(text) or next((code for label, code in LABELS.items() if label in text), None)


def _named_list(text: str) -> str | None:
    named = NAMESAKE.sub("", text)
    return next((code for name, code in LISTS.items() if name in named), None)


def _whom(seen: Folded, here: int, verb: int, page: Sections) -> list[Entity]:
    """Those between what opens the phrase and the verb; a pronoun means those before it."""
    words, sentence = seen.text, seen.piece
    opens = max((match.end() for match in PUTS.finditer(words, here, verb)), default=None)
    stretch = words[opens if opens is not None else here : verb]
    joined = JOINS.search(stretch)
    who = seen.part(opens if opens is not None else here, verb - (len(joined[0]) if joined else 0))
    if who.text and is_pointing_back(who):
        return those_meant(who, page.before(who.line))
    if opens is not None and (entities := listed(who)):
        return entities
    if annexes.BELOW.search(words):
        return annexes.those_listed(sentence, _printed(seen, verb), page)
    last = who.part(who.text.rfind(",") + 1, len(who.text))
    alone = firms(last) or _head(who)
    return entities_named(who) or alone or named_before(sentence, page.before(sentence.line))


# What those did who stand at the head of a sentence: `甲株式会社、乙株式会社通过核查,移出`.
DID = re.compile("整改|申请|通过|已|因|配合|完成|拒[不绝]|符合|经|主动|停止|纠正|限期")


def _head(who: Piece) -> list[Entity]:
    """The firms at the head of a phrase."""
    did = DID.search(who.text)
    return firms(who.part(0, did.start())) if did else []


def _measures(seen: Folded, page: Sections) -> Iterator[Change]:
    """Measures against those named, by those whose measures have a register of their own, and bans on a firm by anybody."""
    words = seen.text
    register = OF_ISSUER().get(page.authority)
    if page.authority == "cn-mfa" and (match := ENDS_NOW.search(words) or MOVES.search(words)):
        titled = IN_TITLE.search(page.title.text)
        who = listed(Piece(page.title, *titled.span("who"))) if titled else []
        yield Action.AMEND if match.re is MOVES else Action.REMOVE, register, match.start("verb"), who
    elif page.authority == "cn-mfa" and (match := LIFTED.search(words)):
        yield Action.REMOVE, register, match.start("verb"), _named(seen, match, page)
    elif page.authority == "cn-mfa" and (match := MEASURE.search(words)):
        undoes = UNDOES.search(words, words.rfind(",", 0, match.start()) + 1, match.start())
        action = CHANGES[undoes[0]] if undoes else Action.ADD
        action = Action.REMOVE if action is Action.REPEAL else action
        yield action, register, (undoes or match).start(), _named(seen, match, page)
    elif (page.series == UEL_NOTICES.code or speaks_of(words, UNRELIABLE)) and (match := INQUIRY.search(words)):
        yield Action.INVESTIGATE, UNRELIABLE, match.start("verb"), _suspected(seen, match, page)
    elif match := NOT_SERVED.search(words):
        yield Action.RESTRICT, DUAL_USE, match.start("verb"), _barred(seen, match, page)
    elif match := BARRED.search(words):
        yield Action.RESTRICT, register, match.start("verb"), _named(seen, match, page)
    elif match := SUPPLY.search(words):
        yield Action.RESTRICT, register, match.start("verb"), _barred(seen, match, page)


def _printed(seen: Folded, verb: int) -> int:
    """Where a verb stands in the sentence as printed."""
    return seen.places[verb]


def _named(seen: Folded, match: re.Match[str], page: Sections) -> list[Entity]:
    who = seen.part(*match.span("who"))
    if annexes.FOLLOW.search(who.text):
        return annexes.those_listed(seen.piece, _printed(seen, match.start("verb")), page)
    return those_meant(who, page.before(who.line)) if is_pointing_back(who) else listed(who)


def _suspected(seen: Folded, match: re.Match[str], page: Sections) -> list[Entity]:
    """Those who are pointed back to, else those named before the sentence."""
    back = match["who"] and is_pointing_back(seen.part(*match.span("who")))
    return _named(seen, match, page) if back else named_before(seen.piece, page.before(seen.piece.line))


def _barred(seen: Folded, match: re.Match[str], page: Sections) -> list[Entity]:
    """Firms that something is kept from."""
    who = seen.part(*match.span("who"))
    if annexes.FOLLOW.search(who.text):
        return annexes.those_listed(seen.piece, _printed(seen, match.start("verb")), page)
    return those_meant(who, page.before(who.line)) if is_pointing_back(who) else firms(who)
