"""Where an act lists its goods, in the body, a table or an annex, and what of such a list nothing has taken."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise, takewhile

from monitor.extract import codes
from monitor.extract.named import finds
from monitor.extract.zh import columns, items, places, things
from monitor.extract.zh.columns import Row
from monitor.extract.zh.lines import CHEMICAL, Line, marked
from monitor.extract.zh.names import Piece
from monitor.extract.zh.sections import Sections
from monitor.model import Action, Item, Unread
from monitor.vocabulary.letters import HAN_RANGE

WHAT = r"(?:物项|物质|货物|商品|产品|材料|设备|装备|技术|软件|化学品|条目|飞行器|无人机|飞艇)"
FOLLOWING = re.compile(rf"(?:下列|以下|如下)[^。;:,]{{0,14}}{WHAT}")
CONTROLLED = re.compile(r"未经许可|不得(?:擅自)?出口|实施|采取|进行|禁止|暂停|增加|增列|新增|列入|纳入|出口管制")
HEADED = re.compile(
    rf"{WHAT}(?:范围|清单|名单)?如下[:。]?$|(?:列入|纳入)[^。;:,]{{0,20}}的{WHAT}[:。]?$|{WHAT}(?:清单|范围)[:。]?$"
)
DIVIDING = frozenset({"none", "top", "sub"})
ABROAD = rf"(?:{places.country_pattern()})"
CURBED = (  # whose exports are refused in prose
    re.compile(r"不予许可(?:(?P<what>[^。;,]+?)(?:相关)?(?:两用)?物项|[^。;,]*+(?P<dead>))"),
    re.compile(r"对(?:(?P<what>[^。;,对]+?)(?:相关)?两用物项对|[^。;,对]*+(?P<dead>))"),
    re.compile(
        rf"(?:禁止|暂停|停止)(?:(?P<what>[^。;,:禁暂停]{{1,120}}?)(?:对|向){ABROAD}[^。;,]{{0,30}}出口|[^。;,]*+(?P<dead>))"
    ),
    re.compile(
        rf"(?:禁止|暂停|停止)(?:对|向){ABROAD}"
        r"(?:[^。;,:]{0,30}?出口(?:(?:以下|下列|如下)[^。;:]{0,12}:)?(?P<what>[^。:]{1,300})|(?P<dead>))"
    ),
)
NO_GOODS = re.compile("其他|所有|全部|相关$|禁止|军民|任何|^(?:两用|管制)?物项")
PRINTED = re.compile(r"(?<![\d.])(?:\d{10}|\d{8}|\d{4}\.\d\d\.?\d\d)(?![\d.]|[年月日号])")  # what may be a tariff number
MOST_WHOLE = 3  # places of a line in which one mark more than its own stands
WIDE_MARK = r"(?:[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十]{1,3}\)(?!项))"
FINE_MARK = rf"(?:\d{{1,2}}[.、](?:(?![\d ]*\d)|(?={CHEMICAL}))|\([1-9]\d?\)(?!项)|[a-z][.](?![a-z]))"
# Where an entry begins in the middle of a line, as a page has lost its line breaks: at a mark after the end of another, at one
# before a control code, and at the words on how to apply.
APART = re.compile(
    rf"(?:(?<=[。;:)])|(?<=物项))(?={WIDE_MARK}|{FINE_MARK})|(?={WIDE_MARK}\s?{codes.CODE}(?!项))|(?=出口经营者(?:出口|应))"
)
NEXT_CODE = re.compile(rf"(?<=\)[、;])(?={codes.CODE}\s?[{HAN_RANGE}])")  # `1C901.a 甲(…)、1C902.a 乙(…)`


@dataclass(frozen=True)
class Goods:
    """The items of an act, and what of its lists could not be read."""

    items: tuple[Item, ...] = ()
    unread: tuple[Unread, ...] = ()


def goods(page: Sections, action: Action, heads: Sequence[Line] = ()) -> Goods:
    """What an act controls: what its body lists, else what stands before tariff numbers in prose, else what its annexes list.

    `heads`: of an act that does several things to goods the lines that do this one; of its lists only those that they introduce.
    """
    body = [row for line in heads if _introduces(line) for row in _own(page, line)] or page.body
    controlled, lines = (_curbed(page) if action is Action.RESTRICT else ()), []
    if not controlled:
        lines = list(_region([part for row in body for part in _apart(row)]))
        controlled = listed(lines)
    if not controlled and action in (Action.ADD, Action.AMEND):
        controlled, lines = items.by_tariff(body), []
    if not controlled and action is Action.ADD:
        lines = [part for annex in page.annexes for row in annex for part in _apart(row)]
        controlled = listed(lines)
    return Goods(controlled, tuple(_untaken(lines, controlled)))


def _own(page: Sections, line: Line) -> list[Line]:
    """A line and those below it to the next that introduces goods."""
    here = next(place for place, row in enumerate(page.body) if row is line)
    return [line, *takewhile(lambda row: not _introduces(row), page.body[here + 1 :])]


def below(page: Sections, named: tuple[Item, ...]) -> tuple[Item, ...]:
    """What a form's sentence names; where it only points to a list, what that lists by code or tariff number."""
    if any(not FOLLOWING.search(item.names.get("zh", "")) for item in named):
        return named
    lines = [part for line in page.body for part in _apart(line)]
    for controlled in (listed(list(_region(lines))), listed([line for annex in page.annexes for line in annex])):
        if any(item.codes or item.hs for item in controlled):
            return controlled
    return ()


def listed(lines: Sequence[Line]) -> tuple[Item, ...]:
    """The items of a run of lines, those of its tables among them."""
    rows = list(columns.rows(lines))
    plain = items.items([line for line in rows if isinstance(line, Line)])
    return (*plain, *columns.goods([row for row in rows if isinstance(row, Row)]))


def _apart(line: Line) -> list[Line]:
    """The entries of a line in which several stand."""
    if line.cells:
        return [line]
    places = [0, *(match.start() for match in APART.finditer(line.text)), len(line.text)]
    parts = [line.part(begin, end) for begin, end in pairwise(places)] if len(places) > MOST_WHOLE else [line]
    return [entry for part in parts for entry in _by_code(part)]


def _by_code(line: Line) -> list[Line]:
    places = [0, *(match.start() for match in NEXT_CODE.finditer(line.text)), len(line.text)]
    return [line.part(begin, end) for begin, end in pairwise(places)] if len(places) > 2 else [line]


def _region(body: Sequence[Line]) -> Iterator[Line]:
    """The lines between words that introduce goods and those on how to apply; an act may introduce several lists."""
    opens = [_introduces(line) for line in body]
    first = next((place for place, line in enumerate(body) if codes.HEAD.match(marked(line).words)), None)
    inside = False
    for place, line in enumerate(body):
        if opens[place]:
            inside = True
            yield from _tail(line)
        elif first is not None and place == max(first - 1, 0) and not any(opens[:first]):
            inside = True
            yield line
        elif items.ends(line):
            inside = False
        elif inside or line.cells:
            yield line


def _introduces(line: Line) -> bool:
    """Whether a line says that what follows is controlled, rather than lists a part of it."""
    entry = marked(line)
    if entry.level not in DIVIDING or codes.HEAD.match(entry.words):
        return False
    return bool((FOLLOWING.search(line.text) and CONTROLLED.search(line.text)) or HEADED.search(line.text))


def _tail(line: Line) -> Iterator[Line]:
    """What an introduction itself lists, where tariff numbers stand behind its colon."""
    begin = line.text.rfind(":", 0, first.start() if (first := codes.TARIFF.search(line.text)) else 0) + 1
    if begin:
        yield line.part(begin, len(line.text))


def _untaken(lines: Sequence[Line], controlled: Sequence[Item]) -> Iterator[Unread]:
    """Lines with tariff numbers that no item has, where one is lost, and those that mean goods without naming them."""
    known = set(chain.from_iterable(item.hs for item in controlled))
    for line in lines:
        printed = [number.replace(".", "") for number in PRINTED.findall(line.text)]
        if any(number not in known for number in printed):
            yield Unread(what="items", why="tariff numbers that no item has taken", quote=line.quote().strip())
        elif items.catches_all(line):
            yield Unread(what="items", why="what is meant beside the list, not by name", quote=line.quote().strip())


def _curbed(page: Sections) -> tuple[Item, ...]:
    """The goods that a ban by destination names in its sentence."""
    curbed: dict[str, Item] = {}
    for line in page.body:
        for match in (match for pattern in CURBED for match in finds(pattern, line.text)):
            for item in _listed_in(Piece(line, *match.span("what"))):
                curbed.setdefault(item.names["zh"], item)
    return tuple(curbed.values())


def _listed_in(piece: Piece) -> Iterator[Item]:
    """The things of a phrase; where semicolons divide it, each part with what belongs to it (`及其`) is one."""
    ends = [place for place, letter in enumerate(piece.text) if letter == ";"]
    for begin, end in pairwise([-1, *ends, len(piece.text)]):
        part = piece.part(begin + 1, end)
        if NO_GOODS.search(part.text):
            continue
        if ends and "及其" in part.text:
            yield Item(names={"zh": part.said()}, quote=part.line.quote(part.start, part.end).strip())
        else:
            yield from things.things(part)
