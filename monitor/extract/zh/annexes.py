"""An annex that is a file of its own → a part of the act it belongs to: the entities or items it lists, nothing of a form."""

import re
from collections.abc import Mapping, Sequence

import msgspec

from monitor import vocabulary
from monitor.document import Document
from monitor.extract import codes, referee
from monitor.extract.named import Phrase, names_of
from monitor.extract.zh import items, listing
from monitor.extract.zh.items import Row
from monitor.extract.zh.lines import Line, levelled
from monitor.extract.zh.tables import GOODS, LISTS
from monitor.model import Action, Announcement, Entity, Fact, Item, Measure, Unread

HEAD_LINES = 4
LABEL = re.compile(r"附件?\s*[\d一二三四五六七八九十]{0,3}[.、:]?$")
# What an applicant fills in or reads; it lists nobody and controls nothing.
NO_LIST = re.compile(
    r"指南|指引|申请[表书]|申报表|登记表|承诺书|证明|说明书|填[写表]|样[本式表]|流程|问答|须知|模板|表格|办法|规定|细则"
)
LISTING = Phrase(lambda: r"名单|(?:实体|企业|机构|人员|个人|组织)(?:清单|列表|目录)?$|" + names_of(LISTS))
OFF = re.compile(r"移出|移除|停止|取消|撤销")


def may_list(title: str) -> bool:
    """Whether an annex with this title can list anything; a form to fill in or a guide need not be fetched."""
    return not NO_LIST.search(title)


def annex(document: Document, *, of: str, url: str) -> list[Fact]:
    """What an annex in a file of its own lists, as a part of the act with the key `of`; nothing where it lists nothing."""
    _, lines = levelled(document)
    head = [line for line in lines if not line.cells and not LABEL.match(line.text)][:HEAD_LINES]
    title = head[0] if head else None
    if title and NO_LIST.search(title.text):
        return []
    rows = list(items.rows_of(lines))
    if controlled := _items(rows):
        measure = Measure(action=Action.ADD, register=_register(head, GOODS), items=tuple(controlled))
        return _part(of, url, document, title, measure, ())
    listed, unread = _entities(lines, titled=any(LISTING.search(line.text) for line in head))
    if not listed:
        return []
    action = Action.REMOVE if title and OFF.search(title.text) else Action.ADD
    measure = Measure(action=action, register=_register(head, LISTS), entities=tuple(listed))
    return _part(of, url, document, title, measure, unread)


def _part(of: str, url: str, document: Document, title: Line | None, measure: Measure, unread: tuple[Unread, ...]) -> list[Fact]:
    quoted = msgspec.structs.replace(measure, quote=title.raw.strip() if title else "")
    part = Announcement(
        key=of,
        authority=vocabulary.issuer(of),
        title=title.raw.strip() if title else document.title,
        url=url,
        measures=(quoted,),
        understood="part" if unread else "full",
        not_read=unread,
    )
    return referee.judge_facts([part], "")


def _register(head: Sequence[Line], known: Mapping[str, str | None]) -> str | None:
    """The register that the annex names in its first lines; the act knows it otherwise."""
    return next((register for name, register in known.items() if any(name in line.text for line in head)), None)


def _items(rows: Sequence[Row | Line]) -> list[Item]:
    plain = [line for line in rows if isinstance(line, Line)]
    tables = [row for row in rows if isinstance(row, Row)]
    controlled = [item for item in items.items(plain) if item.codes or item.hs]
    if not controlled:
        controlled = list(items.by_tariff(plain))
    return [*controlled, *(items.goods_of_rows(tables) if _lists_goods(tables) else [])]


def _lists_goods(tables: Sequence[Row]) -> bool:
    """Whether the rows are of goods: a heading says so, or most of them begin with a control code."""
    headed = any({"code", "hs"} & set(row.columns) for row in tables)
    coded = sum(any(codes.HEAD.fullmatch(cell) for cell in row.line.cells) for row in tables)
    return headed or coded * 2 > len(tables)


def _entities(lines: Sequence[Line], *, titled: bool) -> tuple[list[Entity], tuple[Unread, ...]]:
    """Who is listed; without a title that says it is a list, most entries must bear a name in Latin letters."""
    of_file = listing.of_lines(lines)
    listed = of_file.entities
    bilingual = sum("en" in entity.names for entity in listed)
    if not titled and bilingual * 2 <= len(listed):
        return [], ()
    return listed, tuple(of_file.unread)
