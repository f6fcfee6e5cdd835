"""Goods named in prose (`对锑、铋相关物项`, `飞行高度…以上的系留气球(参考海关商品编号:…)`) → items."""

import re
from collections.abc import Iterator

from monitor.extract import codes
from monitor.extract.zh.names import JOINT, Piece, mask
from monitor.model import Item
from monitor.vocabulary.letters import HAN_RANGE

LEADS = re.compile(
    "(?:出口(?!管制)|进口|含有?(?=.{3})|部分|特定|有关|相关|经营|所有|全部|任何|各类|一切|境内|民用(?=.*两用)|从事|原产|该|本|上述|其中?|携带|"
    "税号|年度?|全国|第[一二三四五]批|(?:19|20)\\d\\d年(?:度|上半年|下半年)?(?:第[一二三四五]批)?|增列|新增|增加|删除|对|将|外销|了|为|:|,)*"
)
TAILS = re.compile(
    "(?:的|等|以及|整机){0,3}(?:(?:相关|有关|等)?(?:两用|管制|军民两用)?(?:物项|货物|物品)?(?:和技术)?|(?:相关|有关|等)产品|保税[^,。;]*)"
    "(?:的)?(?:出口|进口|出境|外销|出厂)?(?:的)?(?:经营者|企业|发货人|货主|单位)?(?:[一二两三四五六七八九十\\d]{1,4}项)?(?:等)?$"
)
NOTHING = re.compile(
    "^(?:下列|以下|如下|\\d*条|附件.*|.*所列|编号|条目|类.{0,4}|(?:有关|相关)?(?:技术)?资料|.*(?:许可证?|证件|手续|通关|查验|年度|双方|批次)|两用物项|物项|货物|产品|商品|技术|材料|设备|军民两用物项|管制物项|两用物项和技术|"
    f"申请|许可|报关单?|[^》]*(?:目录|清单)》.*|[^{HAN_RANGE}A-Z]*|其他.*|[^{HAN_RANGE}]*\\d[^{HAN_RANGE}]*|[一二两三四五六七八九十]+[种类项].*|"
    ".*(?:企业|公司|组织|个人|用户|船舶|船只|经营者|单位|合同|措施|名单|目录|清单|行为|活动|情况|信息|原产地?|国家|地区|用途|人员))$"
)
NUMBER = re.compile(r"(?<!\d)\d{8,10}(?!\d)")
TECHNOLOGY = re.compile(rf"{codes.ENTRY}(?![A-Za-z])")
CODED = re.compile(rf"(?<![A-Za-z0-9])(?:{codes.CODE})")
OF = re.compile("的")
# Names of one character are those of elements.
ELEMENTS = frozenset("镓锗锑铋钨碲钼铟镝铽钐钆镥钪钇铍铌钽锆铪铼铥铒钬铕镱铈镧钕镨锂钛镍钴铜铝锡铂钯铑铱银金铀钍硼硅磷锰铬镁钒")
QUOTED = re.compile(r'"(?P<name>[^"]{2,60})"[^"]{0,8}$')
INSIDE = re.compile(rf"编号:?{codes.ENTRY}\((?P<name>[{HAN_RANGE}][^()]{{1,60}})\)")  # the name behind the number


def things(piece: Piece) -> tuple[Item, ...]:
    """The things a phrase names, each with the numbers that stand in the brackets behind it."""
    made = (_thing(part) for part in _parts(piece))
    return tuple({(str(item.names), item.hs, item.codes): item for item in made if item}.values())


def _parts(piece: Piece) -> Iterator[Piece]:
    """The phrase cut where one thing ends and the next begins; what is joined before a last `的` only describes."""
    masked = mask(piece.text)
    tail = TAILS.search(masked)
    masked = masked[: tail.start()] if tail else masked
    described = max((match.end() for match in OF.finditer(masked)), default=0)
    joints = [joint for joint in JOINT.finditer(masked) if joint.start() >= described]
    here = 0
    for joint in joints:
        yield piece.part(here, joint.start())
        here = joint.end()
    yield piece.part(here, len(masked))


def _thing(part: Piece) -> Item | None:
    masked = mask(part.text)
    stop = masked.find("(")
    end = stop if stop > 0 else len(masked)
    start = max((match.end() for match in OF.finditer(masked, 0, end - 1)), default=0)
    start = _lead(masked, start, end)
    start = coded.end() if (coded := codes.HEAD.match(masked, start, end)) else start
    tail = TAILS.search(masked, start, end)
    end = tail.start() if tail else end
    name = part.part(start, end).said().strip('“”"《》：:，,') if end > start else ""
    own_name = INSIDE.match(part.text) or QUOTED.search(masked[:end], start)
    own = tuple(dict.fromkeys([*CODED.findall(part.text), *TECHNOLOGY.findall(part.text)]))
    hs = codes.tariff_numbers(part.text) or tuple(dict.fromkeys(NUMBER.findall(part.text)))
    name = own_name["name"] if own_name else name
    if hs and NOTHING.match(name) and not own:
        name, own_name = hs[0], None
    elif (NOTHING.match(name) or (len(name) == 1 and name not in ELEMENTS)) and not own:
        return None
    return Item(names={"zh": name or own[0]}, codes=own, hs=hs, quote=part.line.quote(part.start, part.end).strip())


def _lead(text: str, start: int, end: int) -> int:
    match = LEADS.match(text, start, end)
    return match.end() if match else start
