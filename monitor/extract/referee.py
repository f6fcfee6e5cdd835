"""The last gate: the finished facts of an act are held against its own words, and what contradicts them is said.

The referee lowers `full` to `part`, and adds to `not_read` why, with the quote. What is unsure is not told: a deed that
its own sentence lifts, what is no name, times that contradict each other, whoever is both added and removed. Pure.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from string import digits

import msgspec

from monitor import vocabulary
from monitor.extract.zh import lines
from monitor.model import DIRECTION, Action, Announcement, Entity, Fact, Item, Measure, Unread
from monitor.names.forms import han, latin
from monitor.vocabulary import forms, registers
from monitor.vocabulary.letters import HAN_RANGE

# What the referee looks for, as tables of words in Chinese (as levelled) and English: a new word is a line here.


@dataclass(frozen=True, slots=True)
class Words:
    """How a language says it. A quote is parted at `clause`; what stands `aside` in it is blotted out.

    `eases` lifts or denies, `frees` asks for no licence, `deed` is what is lifted, `adds` puts on a list, `asks` leaves it open.
    What `lists` announces a list. A `head` opens an act, a `day` signs it.
    `joins` finds a further deed of a sentence; `known` are the deeds that a table knows, and the ways to carry an act out.
    """

    clause: re.Pattern[str]
    aside: re.Pattern[str]
    frees: re.Pattern[str]
    eases: re.Pattern[str]
    deed: re.Pattern[str]
    adds: re.Pattern[str]
    asks: re.Pattern[str]
    lists: re.Pattern[str]
    head: re.Pattern[str]
    day: re.Pattern[str]
    joins: re.Pattern[str]
    known: re.Pattern[str]


FREED = "(?:[无毋]须|[无不]需|不必)(?!逐|每|再次|另行|重复|单独)|免[予于除]"  # `无须逐单申领` frees of no licence
CHINESE = Words(
    clause=re.compile("[,;:。]"),
    aside=re.compile(r"《[^《》]*》|\([^()]*\)"),
    frees=re.compile(FREED),
    eases=re.compile(
        f"{FREED}|不再(?!受理|批准|允许|签发|办理|给予|审批)|撤[销回]|取消|解除|废止|终止|豁免|移[出除]|调出|剔除|除名|删除|"
        f"失效|放[开宽]|解禁|"
        "(?:停止|暂停|中止|暂缓)(?=[^,;。]*(?:列[入为]|实施|实行|施行|执行|适用|采取|管制|制裁|措施))|"
        "不予?(?:[将把对]|列[入为]|纳入|实施|采取|适用|执行)|不受(?!理)"
    ),
    deed=re.compile(
        "列[入为]|增列|纳入|移[出除]|除名|剔除|[清名]单|目录|管制|限制|禁止|禁令|措施|制裁|反制|许可|决定|公告|实施|执行|适用"
    ),
    adds=re.compile("列[入为]|增列|纳入"),
    asks=re.compile("是否|[?]|征求意见"),
    lists=re.compile("(?<!措施)(?<!规定)(?<!如下):$"),
    head=re.compile(r"[^,。;:()《》]{2,40}?(?:公告|令|通告)[\[(〔（]?(\d{4})?[年\])〕）]?第?(\d{1,4})号(?:$|\s)"),
    day=re.compile(r"\d{4}年\d{1,2}月\d{1,2}日"),
    joins=re.compile(rf"(?:^|(?<=[,;:。]))(?P<deed>\s*[{HAN_RANGE}][^,;:。]{{2,}})"),
    known=re.compile(
        "列[入为]|增[列加]|纳入|移[出除]|剔除|除名|删除|禁止|不[得予再]|限制|管制|冻结|[暂停中终]止|停|恢复|取消|撤销|解除|"
        "废止|失效|"
        "[实施执]行|实施|生效|适用|公布|发布|公告|通[知告]|印发|采取|调整|修[改订]|更正|延[长续期]|启动|调查|认定|许可|批准|"
        "同意|要求|"
        "应|可|须|需|符合|遵守|履行|规定|依[据照法]|根据|自|至|明确|附|见|向|提[交供]|报告|申[报请]|使用|[出进]口|除外|不受|"
        "不允?许|决定|介绍|\\d(?:[吨元]|公斤)|"
        r"^\s*(?:[鉴由]于|针对|依|为|经|因|现[将就]|对|由|从\d|[业已]经|拒绝|配合|按|凭|期限|其中|编号|[^,]{0,8}(?:列表|"
        r"[清名]单|目录)$|[^,]{1,8}如下|即日|[下上]列|以下|作出本|包括|启运|当年|行政长官)"
    ),
)
ENGLISH = Words(
    clause=re.compile(rf"[;:]|,(?! {forms.FORM})|\.\s(?=[A-Z])|\band\b"),
    aside=re.compile(r"\([^()]*\)|“[^“”]*”|\b(?:which|who|because|since|having)\b[^,;:]*"),
    frees=re.compile(r"\b(?:(?:do(?:es)?|shall|will|need) not|no longer) (?:require|need|be required)\b", re.IGNORECASE),
    eases=re.compile(
        r"\b(?:(?:revo[kc]|rescind|rescission|withdr[ae]w|lift|cancel|annul|terminat|discontinu|repeal|delist|remov|delet|"
        r"waiv)\w*|"
        r"ceas(?:es?|ed|ing)|no longer|(?:taken?|taking|str(?:ike|iking|uck)) off|"
        r"overturn\w*|quash\w*|set(?:s|ting)? aside|exempt(?:s|ed|ing)?\b|"
        r"(?:stop(?:s|ped|ping)?|suspend(?:s|ed|ing)?) (?:the |its )?"
        r"(?:impos|appl|implement|enforc|list|inclu|addi|control|designat)\w*|"
        r"not (?:to )?(?:be )?(?:add|list|includ|impos|plac|designat|subject|requir|need|apply)\w*)",
        re.IGNORECASE,
    ),
    deed=re.compile(
        r"\b(?:list|control|licen[cs]|sanction|measure|restrict|prohibit|ban|designat|decision|order|announcement|add|entit|"
        r"entr)",
        re.IGNORECASE,
    ),
    adds=re.compile(r"\b(?:add|includ|plac|listing|designat)", re.IGNORECASE),
    asks=re.compile(r"\bwhether (?:to|it|they|the)\b|\?|\b(?:invites|requests|seeks) (?:public )?comments?\b", re.IGNORECASE),
    lists=re.compile(":$"),
    head=re.compile(
        r"(?:[\w’'.,&-]{1,40} ){0,10}?(?:Announcement|Order|Decree|Notice)\s+(?:[\[(]?(\d{4})[\])]?\s*)?No\.?\s?(\d{1,4})\b"
        r"(?:,? (?:of )?(\d{4}))?(?![^.]*\.$)"
    ),
    day=re.compile(r"[A-Z][a-z]+ \d{1,2}, \d{4}|\d{1,2} [A-Z][a-z]+ \d{4}"),
    joins=re.compile(
        r"\b(?:decided|determined|resolved)\b[^;]{0,400}?\band (?:also |further |hereby )?(?P<deed>to [a-z]{3,}\b[^,.;]*)"
    ),
    known=re.compile(
        r"to (?:add|appl|amend|abolish|adjust|annul|ban|bar|be\b|cancel|clarif|comply|correct|debar|defer|delay|delet|den[yi]|"
        r"designat|detain|discontinu|drop|delist|expand|extend|fulfil|grant|identif|implement|impos|includ|introduc|issu|"
        r"lift|list|"
        r"mak|modif|pause|place|postpone|prohibit|prolong|protect|publish|put|refus|reinstat|remov|renew|repeal|replac|rescind|"
        r"restor|resum|revis|revok|safeguard|stay|subject|supersed|suspend|tak|terminat|updat|vacat|waive|withdraw)"
    ),
)
STOPS = ("。", ":", "：", "；", ".", ";")  # that end a line of prose
SHORT = 12  # characters of a line that is no prose whatever it ends with
SOFT = re.compile(r"\d[DE]\d{3}|技术|软件|technology|software", re.IGNORECASE)  # goods that no customs office has a number for
KIND = re.compile(
    "(?:上述|下列|以下|有关|相关|其他|外国|境外|该|各){0,6}(?:企业|公司|机构|实体|组织|个人|人员|自然人|法人|单位|高级管理人员|"
    "管理层|议员|"
    "智库|团体|银行|船舶|飞机|财产|资产|动产|不动产|资金|物项|货物|产品|商品|技术|名称|姓名|[中英]文名称?|国别|国家|地区|"
    "序号|备注|"
    "类[别型])(?:和人员|及个人|名称)?等?|"
    r"(?:(?:the|these|those|following|above|certain|other|such|foreign|listed)\s){0,6}"
    r"(?:entit(?:y|ies)|compan(?:y|ies)|firms?|persons?|individuals?|organi[sz]ations?|bod(?:y|ies)|institutions?|vessels?|"
    r"aircraft|natural|legal|(?:natural|legal) persons?|groups?|undertakings?|ships|entry|entries|headings?|titles?|"
    r"types?|lists?|numbers?|"
    r"items?|goods|products?|technolog(?:y|ies)|names?|address(?:es)?|countr(?:y|ies)|n/?a|none|remarks?|others?)",
    re.IGNORECASE,
)
TITLE = re.compile(
    r".{0,20}(?:清单|名单|目录)|附[件表录].{0,3}|第?[一二三四五六七八九十\d]{1,4}[条章节款]|"
    r"['‘“\"]?(?:the\s)?(?:[A-Z][\w'’-]*\s(?:of\s)?){0,5}"
    r"(?:Lists?|Annex(?:es)?|Appendi(?:x|ces)|Schedules?|Articles?|Sections?|Chapters?|Parts?|Tables?)"
    r"(?:\s(?:\d[\w.-]*|[IVXLC]+|[A-Z]))?['’”\"]?"
)
# A body that decides or carries out, not somebody who is listed: `Office of Export Enforcement`, `安全与管制局`.
OFFICE = re.compile(
    r"(?:the )?(?:Office|Bureau|Directorate|Secretariat|Division|Branch|Board)(?:[ -]General)? "
    r"(?:of|for|on) (?:the )?(?:Export(?:er)? \w|Foreign Assets|Industry and Security|Financial Sanctions|Sanctions|Ombuds|"
    r"Trade (?:Control|Sanctions|Enforcement)|Economic Sanctions|Antiboycott|Defen[cs]e Trade|Nonproliferation Controls)|"
    r"(?:the )?(?:[A-Z][\w-]+ ){0,3}(?:Export (?:Enforcement|Controls?|Licensing|Administration)|Sanctions|End-User Review|"
    r"Operating|Trade Controls?) (?:Office|Bureau|Unit|Division|Committee|Directorate|Secretariat|Ombudsperson)|"
    r"(?:the )?(?:Official Journal|Federal Register|Canada Gazette|Official Gazette|Focal Point)\b|"
    r"(?:中国|中华人民共和国|原)?(?:商务部|海关总署|国务院|工业和信息化部|国家发展改革委)(?:[^公集].{0,10})?$|"
    r"[^,;、]{0,16}(?:工作机制|管制局|贸易署|办公厅)$"
)
CITES = re.compile(  # where a law is printed: `SR 946.231.121.8`, `15 CFR Part 744`
    r"(?:\d{1,2} )?(?:SR|SOR|RS|AS|OJ|CFR|C\.F\.R\.|USC|U\.S\.C\.|SI|RIN|FR Doc|F\.R\.|BGBl|Stcrt|DORS|E\.?O\.?|Cap|"
    r"Public Law|Pub\. ?L|Docket|Public Notice|Executive Order|[Rr]esolutions?)"
    r"\.?(?: (?:Nos?\.?|Part|Parts|Section|L|C|I|II))?[\s:/-]*[\d(][\d.,:()/\s§LC-]*"
)
NOBODY = re.compile(  # in the place of a person or a firm
    r"[。;；!?？！]|^禁止.*(?:从事|进行|交易|合作|[出进]口|入境)|^(?:不[得准予]|应当|决定|予以|根据|依据|为了|即日|上述|下列|前款|自\d)|列入|移出|不再|公布之日|起[施实执]行|起实施|起生效|"
    r"^(?:我国|我方|其)|转用|两用物项|将其|[对向]其|最终用[户途]|核查|拒不|擅自|未经|"
    r"\b(?:shall|is|are|was|were|has|have|had|must|been|among them)\b"
)
NOTHING = re.compile(  # in the place of goods
    r"^(?:上述|下列|前款|以下|附[件表]所列|本公告|一[条项种]$|自\d|开展$|包括$|如下$|实施|采取$|停止|删去|增加)|^(?:者|的|将|把|被|其|等)|无$|[无毋]须|交回|自行|(?:지정|해제|삭제|대상)$|^(?:대한|위한|따른)\s|(?:指定|措置|解除)$|\d{4}年\d|起[施实執执]行|起[实實]施|起生效|公布之日|"
    r"(?:总量|指标|配额|数量|总额|公告|通告|条例|规定|办法)$|\b(?:total|quota)s?$|"
    r"^(?:the )?(?:[A-Z]\w+ )*(?:Notice|Order|Regulations?|Rules?|Act|Decree)(?: (?:on|of|for) |$)|"
    r"改为|更正为|变更为|^\d+(?:\.\d+)?\s*(?:%|percent|吨|tonnes)|"
    r"^(?:the following|the above|among them|an? (?:additional|further|new)|these|those|such|all)\b",
    re.IGNORECASE,
)


BURDENS = {Action.ADD: "an addition", Action.RESTRICT: "a restriction"}
EASINGS = frozenset({Action.REMOVE, Action.REPEAL, Action.SUSPEND})
LICENCES = frozenset({registers.GENERAL_LICENCES.code, "us-ofac-licences"})  # what is added to them is allowed
LETTER = re.compile(r"[^\W\d_]")
BRACKETS = ("()", "（）", "《》", "[]")


def judge_facts(facts: Iterable[Fact], text: str) -> list[Fact]:
    """The facts of a page with these words; of an act that they contradict at most a part is understood."""
    return [_judge_act(fact, text) if isinstance(fact, Announcement) and fact.understood != "none" else fact for fact in facts]


def _judge_act(act: Announcement, text: str) -> Announcement:
    said = CHINESE if act.language == "zh" else ENGLISH
    opposed, mistimed = list(_opposed(act, said)), list(_mistimed(act))
    found = chain(
        _added_and_removed(act), _misnamed(act), _rows(act), _unlisted(act, said), _second_act(act, text, said),
        _unknown_deeds(act, said),
    )  # fmt: skip
    empty = [measure for measure in act.measures if _is_empty(measure)]
    empty = empty if any(each.entities and each.action in EASINGS for each in act.measures) else []  # it retells what is lifted
    aimless = (Unread(what="measure", why="on what it is was not understood", quote=measure.quote) for measure in empty)
    objections = tuple(dict.fromkeys([*(why for _, why in opposed), *(why for _, why in mistimed), *found, *aimless]))
    if not objections:
        return act
    lifted, deeds = {id(measure) for measure in (*(each for each, _ in opposed), *empty)}, {deed for deed, _ in mistimed}
    titles, done = list_titles() | {_folded(act.title)}, _listed(act)
    measures = tuple(
        _sure(measure, titles, {_folded(name) for name in _both_ways(measure, done)}, untimed=_deed(measure) in deeds)
        for measure in act.measures
        if id(measure) not in lifted
    )
    return msgspec.structs.replace(
        act, measures=measures, understood="part" if measures else "none", not_read=(*act.not_read, *objections)
    )


def _is_empty(measure: Measure) -> bool:
    """Whether a change says nothing of what it is on: no list, act, name, goods, count or destination."""
    told = (measure.register, measure.amends, measure.entities, measure.items, measure.stated, measure.destinations)
    return measure.action is Action.AMEND and not any(told)


def _sure(measure: Measure, titles: frozenset[str], moved: set[str], *, untimed: bool) -> Measure:
    """A measure without what is unsure of it."""

    def is_sure(subject: Entity | Item) -> bool:
        numbers = () if isinstance(subject, Entity) else (*subject.hs, *subject.codes)  # goods that are known by them alone
        names = [name.strip() for name in subject.names.values() if name not in numbers]
        return not any(refuse_name(name, subject, titles) or _folded(name) in moved for name in names)

    timed = msgspec.structs.replace(measure, starts=None, ends=None) if untimed else measure
    return msgspec.structs.replace(
        timed, entities=tuple(filter(is_sure, measure.entities)), items=tuple(filter(is_sure, measure.items))
    )


def _opposed(act: Announcement, said: Words) -> Iterator[tuple[Measure, Unread]]:
    """What was read as a burden where its own sentence, or a title that adds nothing, lifts, denies or asks."""
    eased = [_plain(measure.quote, act, said) for measure in act.measures if measure.action in EASINGS]
    unread = [_plain(part.quote, act, said) for part in act.not_read]
    by_title = () if eased or said.adds.search(_level(act.title, act)) else (act.title,)
    for measure in act.measures:
        easing = said.frees if measure.register in LICENCES else said.eases
        for quote in (measure.quote, *by_title) if measure.action in BURDENS else ():
            if word := next(_lifting(_plain(quote, act, said), (eased, unread), said, easing), ""):
                why = f"read as {BURDENS[measure.action]}, but the text says “{word}”"
                yield measure, Unread(what="sentence", why=why, quote=quote.strip())
                break


def _lifting(quote: str, read: tuple[list[str], list[str]], said: Words, easing: re.Pattern[str]) -> Iterator[str]:
    """The words of a quote that ask, or that lift or deny a deed of their own clause.

    Where an easing was read from that clause, or is told as unread beside another that adds, it must lift an addition.
    """
    if asks := said.asks.search(quote):
        yield asks[0]
    clauses = said.clause.split(quote)
    adds = any(said.adds.search(clause) and not easing.search(clause) for clause in clauses)
    eased, unread = read
    for clause in clauses:
        eases = easing.search(clause)
        known = eases and any(clause in other for other in (*eased, *(unread if adds else ())))
        if eases and (said.adds if known else said.deed).search(clause):
            yield eases[0]


def _plain(quote: str, act: Announcement, said: Words) -> str:
    """A quote without what stands aside in it."""
    return said.aside.sub(" ", _level(quote, act))


def _added_and_removed(act: Announcement) -> Iterator[Unread]:
    done = _listed(act)
    for measure in act.measures:
        if measure.action is Action.REMOVE and (names := _both_ways(measure, done)):
            yield Unread(what=DIRECTION, why=f"read as adding and removing {names[0]}", quote=measure.quote)


def _listed(act: Announcement) -> dict[bool, dict[str, set[str | None]]]:
    """By whether they are put on or taken off: the names of an act, with the registers."""
    done: dict[bool, dict[str, set[str | None]]] = {True: {}, False: {}}
    for measure in act.measures:
        if measure.action in BURDENS or measure.action is Action.REMOVE:
            for name in _named(measure):
                done[measure.action in BURDENS].setdefault(name, set()).add(measure.register)
    return done


def _both_ways(measure: Measure, done: dict[bool, dict[str, set[str | None]]]) -> list[str]:
    """The names of a measure to which its act does the opposite on the same list."""
    if measure.action not in BURDENS and measure.action is not Action.REMOVE:
        return []
    there = done[measure.action not in BURDENS]
    return [
        printed
        for name, printed in sorted(_named(measure).items())
        if any(other == measure.register or not (other and measure.register) for other in there.get(name, ()))
    ]


def _named(measure: Measure) -> dict[str, str]:
    """The names of a measure by how they are compared."""
    entities, items = (entity.names for entity in measure.entities), (item.names for item in measure.items)
    return {_folded(name): name for names in chain(entities, items) for name in names.values()}


def _misnamed(act: Announcement) -> Iterator[Unread]:
    titles = list_titles() | {_folded(act.title)}
    for measure in act.measures:
        yield from _numbered(measure)
        subjects: tuple[Entity | Item, ...] = (*measure.entities, *measure.items)
        for subject in subjects:
            for name in subject.names.values():
                if why := refuse_name(name.strip(), subject, titles):
                    yield Unread(what="name", why=f"“{name}” was read as a name, but {why}", quote=subject.quote or measure.quote)


def _numbered(measure: Measure) -> Iterator[Unread]:
    """Names that begin with the number of their row, where a row beside them has none."""
    for subjects in (measure.entities, measure.items):
        rows = [next(iter(subject.names.values()), "") for subject in subjects]
        numbered = [name[: len(name) - len(name.lstrip(digits))] == str(number) for number, name in enumerate(rows, 1)]
        for name in (name for name, is_numbered in zip(rows, numbered, strict=True) if is_numbered and sum(numbered) > 1):
            yield Unread(what="name", why=f"“{name}” begins with the number of its row", quote=measure.quote)


def list_titles() -> frozenset[str]:
    """What lists are called."""
    known = vocabulary.current().registers.values()
    return frozenset(_folded(name) for register in known for name in (register.name, register.own, *register.written) if name)


def refuse_name(name: str, subject: Entity | Item, titles: frozenset[str]) -> str:
    """Why something is no name; empty where it may be one."""
    is_entity = isinstance(subject, Entity)
    unpaired = any(name.count(pair[0]) != name.count(pair[1]) for pair in BRACKETS) or name.count("”") > name.count("“")
    reasons = {
        "it has no letters": not LETTER.search(name),
        "it is a legal form": _is_form(name),
        "it is the title of a list or of a part": _folded(name) in titles or TITLE.fullmatch(name),
        "it is the word for a kind": KIND.fullmatch(name),
        "it is cut": unpaired,
        "it is a body that decides": is_entity and OFFICE.match(name),
        "it is where a law is printed": CITES.fullmatch(name),
        "it is a clause": (NOBODY if is_entity else NOTHING).search(name),
    }
    return next((reason for reason, holds in reasons.items() if holds), "")


def _is_form(name: str) -> bool:
    return name in han() or tuple(name.replace(".", "").replace(",", " ").casefold().split()) in latin()


def _mistimed(act: Announcement) -> Iterator[tuple[object, Unread]]:
    """Ends before their starts, and one deed with two ends; the deed, and what is said of it."""
    ends: dict[object, str] = {}
    for measure in act.measures:
        if not measure.ends:
            continue
        end, start = measure.ends.on[:10], measure.starts.on[:10] if measure.starts else act.published or ""
        deed = _deed(measure)
        quote = measure.ends.quote or measure.quote
        if end < start:
            yield deed, Unread(what="term", why=f"its end, {end}, is before its start, {start}", quote=quote)
        if ends.setdefault(deed, end) != end:
            yield deed, Unread(what="term", why=f"it has two ends, {ends[deed]} and {end}", quote=quote)


def _deed(measure: Measure) -> tuple[object, ...]:
    """What a measure does to what, whatever its times."""
    return (measure.action, measure.register, measure.amends, measure.clauses, *_named(measure))


def _rows(act: Announcement) -> Iterator[Unread]:
    """Rows of a table without a number that the rows above and below have, as where a cell spans several."""
    for measure in act.measures:
        goods = [item for item in measure.items if "\t" in item.quote and not SOFT.search(item.quote)]
        for above, item, below in zip(goods, goods[1:], goods[2:], strict=False):
            if above.hs and below.hs and not item.hs:
                yield Unread(what="items", why="it has no tariff number, the rows beside it have one", quote=item.quote)
            if above.codes and below.codes and not item.codes:
                yield Unread(what="items", why="it has no control code, the rows beside it have one", quote=item.quote)


def _unlisted(act: Announcement, said: Words) -> Iterator[Unread]:
    """Additions and removals that announce a list, of which nothing was read or told as unread."""
    for measure in act.measures if not act.not_read else ():
        lists = measure.action in (Action.ADD, Action.REMOVE) and said.lists.search(_level(measure.quote.strip(), act))
        if lists and not measure.entities and not measure.items:
            yield Unread(what="list", why="whom or what it lists was not read", quote=measure.quote)


def _second_act(act: Announcement, text: str, said: Words) -> Iterator[Unread]:
    if len(set(_heads(text, said.head))) > 1 or len(set(_signed(text, said.day))) > 1:
        yield Unread(what="text", why="two acts stand on the page", quote=act.title)


def _heads(text: str, head: re.Pattern[str]) -> Iterator[tuple[str, ...]]:
    """The numbers of lines that open an act: prose follows them, as in no list of links."""
    number: tuple[str, ...] = ()
    for line in map(str.strip, text.splitlines()):
        if match := head.match(line):
            number = tuple(filter(None, match.groups()))
        elif number and _is_prose(line):
            yield number
            number = ()


def _signed(text: str, day: re.Pattern[str]) -> Iterator[str]:
    """The days that stand alone below prose."""
    prose = False
    for line in map(str.strip, text.splitlines()):
        if prose and day.fullmatch(line):
            yield line
            prose = False
        prose = prose or _is_prose(line)


def _is_prose(line: str) -> bool:
    return len(line) > SHORT and line.endswith(STOPS)


def _unknown_deeds(act: Announcement, said: Words) -> Iterator[Unread]:
    """Further deeds in the sentences of facts, whose verbs no table knows."""
    names = [_plain(name, act, said) for measure in act.measures for name in _named(measure).values()]
    for quote in dict.fromkeys(measure.quote for measure in act.measures if measure.quote):
        for match in said.joins.finditer(_plain(quote, act, said)):
            if not said.known.search(match["deed"]) and not any(name in match["deed"] for name in names):
                yield Unread(what="sentence", why=f"“{match['deed'].strip()}” was not understood", quote=quote)


def _level(text: str, act: Announcement) -> str:
    return lines.line(text).text if act.language == "zh" else text


def _folded(name: str) -> str:
    return "".join(letter for letter in name.casefold() if letter.isalnum())
