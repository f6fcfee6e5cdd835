"""Chinese pages → facts: an act with its measures, a reply that is or repeats one, news of one, or nothing."""

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Literal

from monitor.document import Document
from monitor.extract.scan import find, finds
from monitor.extract.zh import operations as grammar
from monitor.extract.zh import references
from monitor.extract.zh.clauses import Context, Deed, sentences
from monitor.extract.zh.effect import effects
from monitor.extract.zh.lines import Line
from monitor.extract.zh.measures import Reading, measures
from monitor.extract.zh.names import listed, mask
from monitor.extract.zh.phrases import CALLS_IT, LISTS_IT, TREATS, doubtful
from monitor.extract.zh.sections import Form, Sheet, read
from monitor.extract.zh.statements import decisions
from monitor.extract.zh.tables import GOODS, IMPOSED, LABELS, LISTS
from monitor.model import Action, Announcement, Entity, Fact, Mentions, Report, Unread

PLAIN_LINE = re.compile(r"[。;:,]")
OURS = re.compile("商务部|不可靠实体清单工作机制|外交部|中方|中国政府|我国|国台办|台办发言人|国务院台湾事务办公室|大陆方面")
RULES = re.compile(r"(?:规定|条例|办法|规则|指南|指引)(?:》)?(?:的(?:公告|决定|令|通知))?$")
LAW = re.compile(r"《([^《》]*(?:法|条例|规定|办法|则))》")
TRADE_DEFENCE = re.compile("反倾销|反补贴|保障措施|反歧视|产业竞争力|贸易壁垒")
CONTROL_WORDS = re.compile("|".join(["出口管制", *LISTS, *(f"列为{label}" for label in LABELS)]))
CONCRETE = re.compile("冻结|禁止(?:[^。]*?(?:入境|交易|冻结|不予签发|限制)|[^。]*+(?P<dead>))|不予签发|限制")
FROM_THE_TEXT = frozenset({Action.SUSPEND, Action.RESUME, Action.REMOVE, Action.REPEAL})


def facts(document: Document, *, url: str = "", authority: str | None = None) -> list[Fact]:
    """What a Chinese page announces, repeats or reports; nothing where it does neither."""
    sheet = read(document, url=url, authority=authority)
    if authority in IMPOSED and sheet.form is not Form.LESSON:
        return _statement(sheet, url)
    if sheet.form is Form.ACT:
        act = _act(sheet, url)
        return [act] if act else []
    if sheet.form is Form.REPLY:
        return _reply(sheet, url)
    if sheet.form is Form.NEWS:
        return _report(sheet, url, "press")
    return []


def _act(sheet: Sheet, url: str) -> Announcement | None:
    if not sheet.authority or RULES.search(sheet.title.text) or TRADE_DEFENCE.search(sheet.title.text):
        return None
    found = _deeds(sheet)
    if found:
        return _announcement(sheet, url, measures(sheet, found, effects(sheet.body, sheet.published)))
    context = Context(series=sheet.series, year=sheet.year, published=sheet.published)
    from_title = [deed for deed in grammar.deeds(sheet.title, context, only_decided=False) if _serious(deed)]
    if not from_title:
        return None
    reading = measures(sheet, from_title, effects(sheet.body, sheet.published))
    reading.unread.append(Unread(what="body", why="only the title could be understood", quote=sheet.title.raw))
    return _announcement(sheet, url, reading)


def _deeds(sheet: Sheet) -> list[Deed]:
    context = Context(series=sheet.series, year=sheet.year, published=sheet.published)
    found = [deed for line in _sentences(sheet) for deed in grammar.deeds(line, context)]
    found = [deed for deed in found if not any(each.key == sheet.key for each in deed.references)]
    on_entities = [deed for deed in found if deed.who]
    goods = [deed for deed in found if deed.goods]
    others = [deed for deed in found if not deed.who and not deed.goods]
    if on_entities:
        return [*on_entities, *others]
    return _goods_and_others(_one_control(goods, sheet), others)


def _goods_and_others(goods: list[Deed], others: list[Deed]) -> list[Deed]:
    """What a control amends belongs to it; a list that is replaced is not also amended."""
    amends = any(deed.action is Action.AMEND for deed in others)
    if not goods or (goods[0].action is not Action.AMEND and (goods[0].decided or not amends)):
        return [*goods, *others]
    if any(deed.action is Action.REPLACE for deed in others):
        return others
    changed = tuple(each for deed in others if deed.action is Action.AMEND for each in deed.references)
    return [
        replace(goods[0], action=Action.AMEND, references=changed),
        *(deed for deed in others if deed.action is not Action.AMEND),
    ]


def _one_control(goods: list[Deed], sheet: Sheet) -> list[Deed]:
    """An act controls its goods once; the sentence that decides speaks for those that explain."""
    decided = [deed for deed in goods if deed.decided]
    if decided:
        return decided[:1]
    return goods[:1] if "出口管制" in sheet.title.text else []


def _serious(deed: Deed) -> bool:
    return bool(deed.who or deed.goods or deed.references or deed.action is Action.REPLACE)


def _sentences(sheet: Sheet) -> Iterable[Line]:
    for line in sheet.body:
        is_title = line.text == sheet.title.text and "。" not in line.text
        if not is_title and PLAIN_LINE.search(line.text) and not line.text.startswith("【"):
            yield line


def _announcement(sheet: Sheet, url: str, reading: Reading) -> Announcement:
    unread = [*reading.unread, *_unread_files(sheet, reading)]
    if sheet.cut:
        unread.append(Unread(what="text", why="the page was cut before its end"))
    return Announcement(
        key=sheet.known_as(),
        number=sheet.number,
        authority=sheet.authority,
        title=sheet.title.raw.strip(),
        url=url,
        published=sheet.published,
        language="zh",
        measures=tuple(reading.measures),
        legal_basis=_laws(sheet),
        attachments=sheet.attachments,
        understood="part" if unread else "full",
        not_read=tuple(unread),
    )


def _unread_files(sheet: Sheet, reading: Reading) -> Iterable[Unread]:
    """Attachments whose words are not on the page."""
    if sheet.annexes or any(measure.entities or measure.items for measure in reading.measures):
        return
    for attachment in sheet.attachments:
        if "指南" not in attachment.title and "指引" not in attachment.title:
            yield Unread(what="attachment", why="it is a file of its own", quote=attachment.title)


def _laws(sheet: Sheet) -> tuple[str, ...]:
    return tuple(
        dict.fromkeys(name for line in sheet.body if re.search("根据|依据|依照", line.text) for name in LAW.findall(line.text))
    )


def _reply(sheet: Sheet, url: str) -> list[Fact]:
    """A spokesperson's reply: the act itself where it changes an earlier act from a day it names; else at most its echo."""
    series = "mofcom" if sheet.authority == "cn-mofcom" else ""
    context = Context(series=series, published=sheet.published, year=sheet.year, register=_register(sheet))
    found = [deed for line in _sentences(sheet) for deed in grammar.deeds(line, context)]
    acts = [deed for deed in found if _acts_by_itself(deed)]
    acts = acts or _sanctions(sheet, found)
    if acts and sheet.authority:
        return [_announcement(sheet, url, measures(sheet, acts, []))]
    return _report(sheet, url, "restatement")


def _statement(sheet: Sheet, url: str) -> list[Fact]:
    """What an authority says that publishes no acts but decides by word of mouth, in whatever form its page has."""
    told = decisions(sheet, _sentences(sheet))
    if told:
        return [_announcement(sheet, url, measures(sheet, told, []))]
    if told := decisions(sheet, [sheet.title]):
        reading = measures(sheet, told, [])
        reading.unread.append(Unread(what="body", why="only the title could be understood", quote=sheet.title.raw))
        return [_announcement(sheet, url, reading)]
    return _report(sheet, url, "restatement")


def _register(sheet: Sheet) -> str | None:
    return next((register for name, register in LISTS.items() if name in sheet.title.text), None)


def _acts_by_itself(deed: Deed) -> bool:
    """Whether a reply's words change the law: they end or suspend named measures, from or until a day."""
    return deed.action in FROM_THE_TEXT and bool(deed.references or deed.who) and bool(deed.starts or deed.ends)


def _sanctions(sheet: Sheet, found: list[Deed]) -> list[Deed]:
    """The foreign ministry also decides by word of mouth: names and concrete measures, and no order that says it already."""
    text = "".join(line.text for line in sheet.body)
    told = re.search("制裁|反制", sheet.title.text)
    if sheet.authority != "cn-mfa" or not told or "外交部令" in text or not find(CONCRETE, text):
        return []
    return [deed for deed in found if deed.action is Action.ADD and deed.decided and deed.who and listed(deed.who)]


def _report(sheet: Sheet, url: str, kind: Literal["press", "restatement"]) -> list[Fact]:
    told = [line for line in _sentences(sheet) if CONTROL_WORDS.search(line.text) and OURS.search(line.text)]
    context = Context(published=sheet.published, year=sheet.year)
    keys: dict[str, None] = {}
    registers: dict[str, None] = {}
    entities: dict[str, Entity] = {}
    for line in told:
        _mention(line, context, keys, registers, entities)
    if not keys and not registers:
        return []
    mentions = Mentions(keys=tuple(keys), registers=tuple(registers), entities=tuple(entities.values()))
    return [Report(kind=kind, title=sheet.title.raw.strip(), url=url, published=sheet.published, mentions=mentions)]


ANNOUNCED = re.compile(r"发布|公布|宣布|决定|启用|列入|列为|实施制裁|采取")


def _mention(
    line: Line, context: Context, keys: dict[str, None], registers: dict[str, None], entities: dict[str, Entity]
) -> None:
    series, year = "", context.year
    for sentence in sentences(line):
        found = references.references(sentence.text, series=series, year=year)
        series, year = (found[-1].series, found[-1].year) if found else (series, year)
        told = re.sub("请问[^,。?]*|有何[^,。?]*", "", sentence.text)
        if not CONTROL_WORDS.search(told) or not ANNOUNCED.search(told) or doubtful(told):
            continue
        keys.update(dict.fromkeys(each.key for each in found if each.key))
        names = [
            name
            for name in (*LISTS, *GOODS)
            if name in sentence.text.replace("《不可靠实体清单规定》", "").replace("不可靠实体清单工作机制", "")
        ]
        registers.update(dict.fromkeys(register for name in names if (register := (LISTS | GOODS)[name])))
        called = [match for pattern in CALLS_IT for match in finds(pattern, sentence.text)]
        registers.update(dict.fromkeys(LABELS[match["label"]] for match in called))
        masked = mask(sentence.text)
        for match in (*finds(LISTS_IT, masked), *finds(TREATS, masked), *called):
            named = listed(sentence.part(*match.span("who")))
            for each in named:
                entities.setdefault(str(each.names), each)
